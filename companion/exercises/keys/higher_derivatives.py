"""Answers to the exercises of the page on higher derivatives."""

from typing import Any

import numpy as np

from companion.autodiff import grad, hvp
from companion.exercises._questions import Function, Mistake, Value


def multiply(u: Any, v: Any) -> list[float]:
    """Return the product of two truncated series."""
    return [sum(u[j] * v[k - j] for j in range(k + 1)) for k in range(len(u))]


def draw_series(rng: np.random.Generator) -> tuple[list[float], list[float]]:
    """Draw two series of one order."""
    n = int(rng.integers(2, 7))
    return rng.normal(size=n).tolist(), rng.normal(size=n).tolist()


def hilly(x: Any) -> Any:
    """A function with positive and negative curvature."""
    return np.sum(np.cos(x)) + x[0] * x[-1] ** 2


def saddle(x: Any) -> Any:
    """A saddle."""
    return x[0] ** 2 - x[1] ** 2


def curvature(f: Any, x: Any, v: Any) -> float:
    """Return the second derivative along a direction."""
    return float(v @ hvp(f, (x,), (v,)) / (v @ v))


def draw_point(rng: np.random.Generator) -> tuple[Any, Any, Any]:
    """Draw a function, a point and a direction."""
    return hilly, rng.normal(size=3), rng.normal(size=3)


QUESTIONS = {
    "1": Value(
        [6, 2],
        mistakes=[
            Mistake([4, 1], "That is the gradient; the question is for the Hessian times v."),
            Mistake([4, 2], "That is the first row of the Hessian; multiply both rows by v."),
            Mistake([4, 0], "Those are the diagonal entries; the mixed derivatives 2 x1 belong to it, too."),
            Mistake([5, 1], "The mixed derivative of x1 squared times x2 is 2 x1, not x1."),
            Mistake([6, 0], "The second row is (2, 0): times (1, 1) it gives 2."),
        ],
        why="No matrix is needed: the derivative of the gradient along (1, 1).",
    ),
    "2": Function(
        multiply,
        draw=draw_series,
        cases=[([2.0, 1.0, 0.0], [2.0, 1.0, 0.0]), ([1.0, 2.0], [3.0, -1.0])],
        mistakes=[
            Mistake(
                lambda u, v: [a * b for a, b in zip(u, v, strict=True)], "Not entry by entry: t times t is t squared."
            ),
            Mistake(
                lambda u, v: np.convolve(u, v).tolist(), "Drop what lies beyond the order: as many numbers as u has."
            ),
            Mistake(
                lambda u, v: [sum(u[j] * v[k - j] for j in range(k)) for k in range(len(u))],
                "The sum runs to j = k, with u_k v_0 as its last term.",
            ),
            Mistake(
                lambda u, v: [sum(u[j] * v[k] for j in range(k + 1)) for k in range(len(u))],
                "The two degrees add up to k: u_j goes with v_(k-j).",
            ),
        ],
        why="With two coefficients this is the product of dual numbers.",
    ),
    "3": Function(
        curvature,
        draw=draw_point,
        cases=[
            (saddle, np.array([1.0, 1.0]), np.array([0.0, 3.0])),
            (saddle, np.array([0.0, 0.0]), np.array([1.0, 1.0])),
            (hilly, np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 0.0])),
        ],
        mistakes=[
            Mistake(
                lambda f, x, v: float(v @ hvp(f, (x,), (v,))),
                "Divide by the squared length of v: its length must not matter.",
            ),
            Mistake(
                lambda f, x, v: float(v @ hvp(f, (x,), (v,)) / np.linalg.norm(v)),
                "Divide by the *squared* length of v, as v stands twice in the numerator.",
            ),
            Mistake(lambda f, x, v: hvp(f, (x,), (v,)), "That is H v, a vector; multiply by v once more."),
            Mistake(
                lambda f, x, v: float(v @ grad(f)(x) / np.linalg.norm(v)),
                "That is the slope along v; curvature is the second derivative.",
            ),
        ],
        why="Its largest and smallest values are eigenvalues of the Hessian.",
    ),
    "4": Value(
        [20, 210, 1771],
        mistakes=[
            Mistake([20, 400, 1771], "The Hessian is symmetric: count each pair once."),
            Mistake([20, 190, 1771], "The diagonal counts as well."),
            Mistake(
                [20, 210, 1540], "That is the number of third derivatives alone; orders 0, 1 and 2 are in it, too."
            ),
            Mistake([20, 210, 1770], "Order 0, the function itself, is one more."),
            Mistake([20, 210, 231], "Those are the orders 0 to 2; the third derivatives are missing."),
            Mistake([20, 210, 8000], "Mixed derivatives do not depend on the order of the variables."),
        ],
        why="The third order alone has 1540 of them.",
    ),
}
