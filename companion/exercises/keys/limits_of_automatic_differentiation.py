"""Answers to the exercises of the page on the limits of automatic differentiation."""

from typing import Any

import numpy as np

from companion.autodiff import grad
from companion.exercises._questions import Function, Mistake, Value


def solution_slope(g: Any, y: float, x: float) -> float:
    """Return the derivative of the solution by the parameter."""
    by_y, by_x = grad(g, argnums=(0, 1))(y, x)
    return float(-by_x / by_y)


def square_root(y: Any, x: Any) -> Any:
    """An equation for the square root."""
    return y * y - x


def circle(y: Any, x: Any) -> Any:
    """The equation of a circle."""
    return x * x + y * y - 25


def logarithm(y: Any, x: Any) -> Any:
    """An equation for the logarithm."""
    return np.exp(y) - x


def draw_solution(rng: np.random.Generator) -> tuple[Any, float, float]:
    """Draw an equation with a solution."""
    x = float(rng.uniform(0.5, 4))
    return [(square_root, x**0.5, x), (circle, (25 - x * x) ** 0.5, x), (logarithm, float(np.log(x)), x)][
        int(rng.integers(3))
    ]


QUESTIONS = {
    "1": Value(
        [0, 1 / 6, 1 / 6],
        mistakes=[
            Mistake([0.5, 1 / 6, 1 / 3], "The term x/y depends on y, too: its derivative is -x/y squared."),
            Mistake([1, 1 / 6, 0], "The derivative of x/y by y is -x/y squared = -1; halve the sum of 1 and -1."),
            Mistake([0, 1 / 3, 1 / 3], "The factor one half stands before x/y as well."),
            Mistake([4 / 9, 1 / 18, 0.1], "At the solution y = 3, not 9."),
        ],
        why="Indeed 1/(2 times the root of 9).",
    ),
    "2": Function(
        solution_slope,
        draw=draw_solution,
        cases=[(square_root, 2.0, 4.0), (circle, 4.0, 3.0)],
        mistakes=[
            Mistake(lambda g, y, x: -solution_slope(g, y, x), "The sign: g_y y' + g_x = 0."),
            Mistake(lambda g, y, x: 1 / solution_slope(g, y, x), "The quotient stands upside down: divide by g_y."),
            Mistake(
                lambda g, y, x: -1 / solution_slope(g, y, x), "Both the sign and the quotient: solve g_y y' + g_x = 0."
            ),
            Mistake(lambda g, y, x: grad(g, argnums=1)(y, x), "That is g_x alone; divide it by -g_y."),
            Mistake(lambda g, y, x: grad(g)(y, x), "That is g_y alone; you need g_x as well (argnums)."),
        ],
        why="For a system the quotient becomes a linear solve.",
    ),
    "3": Value(
        [0.1, 0.4],
        mistakes=[
            Mistake([0.05, 0.5], "The factor 2 before the root is missing."),
            Mistake([0.1, 0.2], "That is one of the two terms; add the other."),
            Mistake([0.005, 4.01], "Take the square root of delta / f''."),
            Mistake([0.1, 0.3], "Each of the two values is off by delta at most: 2 delta / h."),
        ],
        why="With h = 1e-6 the bound would be 20000.",
    ),
    "4": Value(
        [2, 1],
        mistakes=[
            Mistake([1, 1], "After one step y squared is still 1e-8 away from 4, more than the test allows."),
            Mistake([0, 0], "At 2.0001 y squared is 4e-4 away from 4: the loop does run."),
            Mistake([1, 0], "Run it, and print y and its tangent at each step."),
            Mistake([2, 0], "One step is enough to make the tangent nearly right: run it."),
            Mistake([3, 1], "Count again: after two steps the test is passed."),
        ],
        why="Only a start that passes the test at once leaves no derivative behind.",
    ),
}
