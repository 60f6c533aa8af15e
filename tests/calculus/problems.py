"""Standard functions to minimise, with their gradients, Hessians and minima as the literature gives them.

J. J. Moré, B. S. Garbow and K. E. Hillstrom, Testing unconstrained optimization software, ACM TOMS 7, 1981, for all but
Himmelblau's function, the quadratic and the logistic regression.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize

from companion.autodiff import grad, hessian


@dataclass(frozen=True)
class Problem:
    name: str
    fun: Any
    x0: Any
    minimum: float
    minimizers: Any = None  # None if they are known by the value alone
    jac: Any = None
    hess: Any = None

    def gradient(self):
        return self.jac or grad(self.fun)

    def second(self):
        return self.hess or hessian(self.fun)


def beale(x):
    powers = x[1] ** np.arange(1, 4)
    return np.sum((np.array([1.5, 2.25, 2.625]) - x[0] * (1 - powers)) ** 2)


def himmelblau(x):
    return (x[0] ** 2 + x[1] - 11) ** 2 + (x[0] + x[1] ** 2 - 7) ** 2


HIMMELBLAU_MINIMA = [[3, 2], [-2.805118087, 3.131312518], [-3.779310253, -3.283185991], [3.584428340, -1.848126527]]


def powell_singular(x):
    return (x[0] + 10 * x[1]) ** 2 + 5 * (x[2] - x[3]) ** 2 + (x[1] - 2 * x[2]) ** 4 + 10 * (x[0] - x[3]) ** 4


def wood(x):
    sides = 100 * (x[0] ** 2 - x[1]) ** 2 + (x[0] - 1) ** 2 + (x[2] - 1) ** 2 + 90 * (x[2] ** 2 - x[3]) ** 2
    return sides + 10.1 * ((x[1] - 1) ** 2 + (x[3] - 1) ** 2) + 19.8 * (x[1] - 1) * (x[3] - 1)


def quadratic(n, condition=1e3, seed=0):
    """Return A and b of x A x / 2 - b x, with eigenvalues from 1 to the condition number."""
    rng = np.random.default_rng(seed)
    V = np.linalg.qr(rng.normal(size=(n, n))).Q
    A = (V * np.logspace(0, np.log10(condition), n)) @ V.T
    return (A + A.T) / 2, rng.normal(size=n)


def quadratic_problem(n=50):
    A, b = quadratic(n)
    solution = np.linalg.solve(A, b)
    return Problem(
        f"quadratic-{n}",
        lambda x: x @ (A @ x) / 2 - b @ x,
        np.zeros(n),
        -b @ solution / 2,
        [solution],
        lambda x: A @ x - b,
        lambda x: A,
    )


def logistic_problem():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(150, 4))
    t = np.where(X @ [1, -2, 0.5, 0] + rng.normal(size=150) > 0, 1.0, -1.0)

    def loss(w):
        return np.sum(np.logaddexp(0, -t * (X @ w))) + w @ w / 2

    best = optimize.minimize(loss, np.zeros(4), jac=grad(loss), hess=hessian(loss), method="trust-exact", tol=1e-10)
    return Problem("logistic", loss, np.zeros(4), best.fun, [best.x])


PROBLEMS = [
    Problem(
        "rosenbrock",
        optimize.rosen,
        [-1.2, 1],
        0,
        [[1, 1]],
        optimize.rosen_der,
        optimize.rosen_hess,
    ),
    Problem(
        "rosenbrock-20",
        optimize.rosen,
        [1.3, 0.7, 0.8, 1.9, 1.2] * 4,
        0,
        [np.ones(20)],
        optimize.rosen_der,
        optimize.rosen_hess,
    ),
    Problem("beale", beale, [1, 1], 0, [[3, 0.5]]),
    Problem("himmelblau", himmelblau, [0, 0], 0, HIMMELBLAU_MINIMA),
    Problem("himmelblau-left", himmelblau, [-3, 4], 0, HIMMELBLAU_MINIMA),
    Problem("powell-singular", powell_singular, [3, -1, 0, 1], 0),
    Problem("wood", wood, [-3, -1, -3, -1], 0, [np.ones(4)]),
    quadratic_problem(),
    logistic_problem(),
]
