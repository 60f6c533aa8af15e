"""Answers to the exercises of the page on why one differentiates automatically."""

from math import sqrt
from typing import Any

import numpy as np

from companion.autodiff import grad, value_and_grad
from companion.exercises._questions import Function, Mistake, Value
from companion.exercises.keys.dual_numbers import cosine_minus_x, exponential, quadratic

U = 2.0**-53


def root(f: Any, x: float, sign: float = -1.0, steps: int = 10) -> float:
    """Return where ten of Newton's steps lead."""
    for _ in range(steps):
        value, slope = value_and_grad(f)(x)
        x = x + sign * value / slope
    return float(x)


def slope(x: float) -> float:
    """Return the derivative of log(1 + x) / x, by a series for small x."""
    if abs(x) < 0.02:
        return float(sum((-1) ** (k + 1) * (k + 1) / (k + 2) * x**k for k in range(12)))
    return float((x / (1 + x) - np.log1p(x)) / x**2)


def careless_slope(x: float) -> float:
    """Return the derivative of the program that rounds 1 + x."""
    return float(grad(lambda t: np.log(1 + t) / t)(x))


QUESTIONS = {
    "1": Value(
        [2 * sqrt(U), 2 * sqrt(1000 * U / 60)],
        atol=1e-20,
        mistakes=[
            Mistake([sqrt(U), sqrt(1000 * U / 60)], "The factor 2 before the root is missing."),
            Mistake([2 * sqrt(U), 2 * sqrt(1000 * U / 6)], "The second derivative of x cubed at 10 is 60."),
            Mistake([2 * sqrt(U), 2 * sqrt(1000 * U / 300)], "300 is the first derivative; the second is asked for."),
            Mistake([2 * U, 2000 * U / 60], "Take the square root."),
        ],
        why="Near 1e-8 times the scale of x.",
    ),
    "2": Function(
        root,
        draw=lambda rng: (
            (quadratic, cosine_minus_x, exponential)[int(rng.integers(3))],
            float(rng.uniform(0.5, 2)),
        ),
        cases=[(quadratic, 1.0), (cosine_minus_x, 1.0), (quadratic, 1000.0)],  # the last is still on its way
        mistakes=[
            Mistake(lambda f, x: root(f, x, steps=1), "That is one step; make ten."),
            Mistake(lambda f, x: root(f, x, steps=9), "That is nine steps: range(10) makes ten."),
            Mistake(lambda f, x: root(f, x, steps=11), "That is eleven steps; make ten."),
            Mistake(lambda f, x: float(f(root(f, x))), "Return x, not the value of f there."),
            Mistake(lambda f, x: x, "The start comes back: do you assign the new x in the loop?"),
        ],
        why="No derivative was derived.",
    ),
    "3": Value(
        [2, -1],
        mistakes=[
            Mistake([-1, 2], "Right first: there h is large, and truncation rules."),
            Mistake(
                [1, -1], "That is the forward difference; the central one has the truncation error h squared f'''/6."
            ),
            Mistake([2, 1], "Rounding grows as h shrinks: the slope on the left is negative."),
            Mistake([2, -2], "Rounding errors are divided by h, not by its square."),
        ],
        why="The two lines meet near the cube root of the unit roundoff.",
    ),
    "4": Function(
        slope,
        draw=lambda rng: (float(10 ** rng.uniform(-5, 0.5)),),
        cases=[(1e-5,), (1e-4,), (1.0,)],
        rtol=1e-8,
        mistakes=[
            Mistake(careless_slope, "The sum 1 + x is rounded, as before: repair the program with log1p."),
            Mistake(lambda x: float(np.log1p(x) / x), "That is the value; its derivative is asked for."),
            Mistake(
                lambda x: float(1 / (1 + x)), "That is the derivative of log(1 + x) alone; divide by x in the program."
            ),
            Mistake(lambda x: -slope(x), "The sign: the quotient falls."),
        ],
        why="At x = 1e-8 even this one loses half of its digits: the quotient rule subtracts.",
    ),
}
