"""Answers to the exercises of the page on gradient descent."""

import warnings
from typing import Any

import numpy as np

from companion.calculus import gradient_descent
from companion.exercises._questions import Function, Mistake, Property, Value


def path(H: Any, x0: Any, eta: float, steps: int) -> Any:
    """Return the points of gradient descent on a quadratic, shape (steps + 1, d)."""
    x = np.array(x0, dtype=float)
    points = [x]
    for _ in range(steps):
        x = x - eta * (np.asarray(H) @ x)
        points.append(x)
    return np.array(points)


def uphill(H: Any, x0: Any, eta: float, steps: int) -> Any:
    """Return the points of steps along the gradient."""
    return path(H, x0, -eta, steps)


def doubled(H: Any, x0: Any, eta: float, steps: int) -> Any:
    """Return the points with the gradient of a quadratic without its factor one half."""
    return path(H, x0, 2 * eta, steps)


def from_start_only(H: Any, x0: Any, eta: float, steps: int) -> Any:
    """Return the points if the gradient is taken at the start each time."""
    x, g = np.array(x0, dtype=float), np.asarray(H) @ np.array(x0, dtype=float)
    return np.array([x - t * eta * g for t in range(steps + 1)])


def draw_quadratic(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a symmetric matrix, a start, a learning rate and a number of steps."""
    d = int(rng.integers(1, 4))
    A = rng.normal(size=(d, d))
    return (A + A.T, rng.normal(size=d), float(rng.uniform(0.01, 0.3)), int(rng.integers(2, 6)))


def lacks(answer: Any) -> str:
    """Return what a learning rate and a momentum lack to be fast enough."""
    eta, beta = (float(number) for number in answer)
    if not 0 <= beta < 1:
        return f"The momentum, the second number, must be at least 0 and below 1; yours is {beta:g}."
    if eta <= 0:
        return f"The learning rate, the first number, must be positive; yours is {eta:g}."
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        run = gradient_descent(
            lambda x: x[0] ** 2 + 25 * x[1] ** 2,
            [1.0, 1.0],
            jac=lambda x: np.array([2 * x[0], 50 * x[1]]),
            learning_rate=eta,
            momentum=beta,
            tol=1e-6,
            maxiter=1000,
        )
    if not run.success and (run.status != 1 or run.fun > 26):  # it left the numbers, or got higher than the start
        what = "It diverges" if run.nit else "The very first step is so long that the cost overflows"
        return f"{what}: lower the learning rate. It must be below 2 (1 + momentum) / 50."
    if not run.success or run.nit > 60:
        steps = run.nit if run.success else "more than 1000"
        return f"It takes {steps} steps. Change the momentum or the learning rate."
    return ""


QUESTIONS = {
    "1": Value(
        [1.0, 1.5, 1.75],
        mistakes=[
            Mistake([-1.0, -2.5, -4.75], "That goes uphill: subtract the gradient."),
            Mistake([1.0, 2.0, 3.0], "Take the slope anew at each point; it shrinks on the way."),
            Mistake([0.0, 1.0, 1.5], "The start is not asked for; give the three points after it."),
            Mistake([1.0, 0.5, 0.25], "That is the distance from the minimum; the points themselves are asked for."),
            Mistake([4.0, 0.0, 4.0], "You took whole gradients: multiply by the learning rate."),
        ],
        why="The distance from 2 halves at each step.",
    ),
    "2": Value(
        0.2,
        mistakes=[
            Mistake(0.4, "The largest curvature is 10, the second derivative, not the coefficient 5."),
            Mistake(0.1, "That is 1/L, safe, but twice as much still converges."),
            Mistake(1 / 6, "That is the best rate, 2 / (2 + 10); larger ones still converge."),
            Mistake(1.0, "That is the limit for the flat direction; the steep one decides."),
        ],
        why="2/L, with the largest eigenvalue 10 of the Hessian.",
    ),
    "3": Function(
        path,
        draw=draw_quadratic,
        cases=[(np.diag([1.0, 10.0]), np.array([1.0, 1.0]), 2 / 11, 3)],
        mistakes=[
            Mistake(uphill, "That goes uphill: subtract the gradient."),
            Mistake(doubled, "The gradient of one half x^T H x is H x, without a factor 2."),
            Mistake(from_start_only, "Take the gradient at the point where you are, not at the start."),
        ],
        why="It does for any number of variables.",
    ),
    "4": Value(
        691,
        mistakes=[
            Mistake(690, "Round up: after 690 steps it is just not yet enough."),
            Mistake(300, "Take the natural logarithm of both sides, and divide by that of the factor 99/101."),
            Mistake(1375, "That is for the rate 1/L, with the factor 99/100; the best rate has 99/101."),
            Mistake(1382, "Half as many: the factor is about 1 minus 2/kappa."),
        ],
        rtol=1e-9,
        why="About kappa / 2 times the logarithm of a million.",
    ),
    "5": Property(
        [1 / 18, 4 / 9],
        lacks,
        mistakes=[
            Mistake([1 / 26, 0.0], "It takes 222 steps. Change the momentum or the learning rate."),
            Mistake([0.2, 0.4], "It diverges: lower the learning rate. It must be below 2 (1 + momentum) / 50."),
            Mistake(
                [1e160, 0.5],
                "The very first step is so long that the cost overflows: lower the learning rate. It must be below "
                "2 (1 + momentum) / 50.",
            ),
            Mistake([0.05, 1.0], "The momentum, the second number, must be at least 0 and below 1; yours is 1."),
            Mistake([-0.05, 0.5], "The learning rate, the first number, must be positive; yours is -0.05."),
        ],
        why="Polyak's choice is not the only one.",
    ),
}
