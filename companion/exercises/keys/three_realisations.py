"""Answers to the exercises of the page on the three realisations."""

from math import exp, pi

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Value


def h_d(x: float, dx: float) -> tuple[float, float]:
    """Return value and tangent of the squared sum of x**k / k."""
    s = sum(x**k / k for k in range(1, 4))
    return s * s, 2 * s * sum(x ** (k - 1) for k in range(1, 4)) * dx


def without_the_last_rule(x: float, dx: float) -> tuple[float, float]:
    """A wrong one, which forgets the square at the end."""
    s = sum(x**k / k for k in range(1, 4))
    return s * s, sum(x ** (k - 1) for k in range(1, 4)) * dx


def without_the_seed(x: float, dx: float) -> tuple[float, float]:
    """A wrong one, which takes the seed 1."""
    return h_d(x, 1.0)


def without_the_division(x: float, dx: float) -> tuple[float, float]:
    """A wrong one, with k x**(k-1) in place of x**(k-1)."""
    s = sum(x**k / k for k in range(1, 4))
    return s * s, 2 * s * sum(k * x ** (k - 1) for k in range(1, 4)) * dx


def g_slope(r: float) -> float:
    """Return the derivative of pi r² exp(-r)."""
    return float(pi * (2 * r - r * r) * exp(-r))


QUESTIONS = {
    "1": Value(
        [1, 1, 1],
        mistakes=[
            Mistake(
                [1, 1, 0], "The product rule has two terms: the exponential times the tangent of w1 is one of them."
            ),
            Mistake([0, 0, 1], "The derivative of the sine is the cosine, and cos 0 = 1."),
            Mistake([0, 1, 0], "Those are the values; the tangents are asked for."),
            Mistake([1, 1, 2], "The first term of the product rule is the tangent of w3 times w1 = 0."),
        ],
        why="So the derivative of exp(sin x) x at 0 is 1.",
    ),
    "2": Function(
        h_d,
        draw=lambda rng: (float(rng.uniform(-2, 2)), float(rng.normal())),
        cases=[(1.0, 1.0), (0.5, -2.0)],
        mistakes=[
            Mistake(without_the_last_rule, "The returned square has a tangent statement, too: 2 s ds."),
            Mistake(without_the_seed, "Multiply by dx: the tangent is the derivative times the seed."),
            Mistake(without_the_division, "The tangent of x**k / k is x**(k-1) dx: the k cancels."),
            Mistake(lambda x, dx: h_d(x, dx)[1], "Return both, value and tangent."),
        ],
        why="A tool does just that, for any program.",
    ),
    "3": Choice(
        "source",
        {
            "overloading": "The language has no operators that could be redefined.",
            "differences": "A forecast for each input: far too many, and inexact.",
        },
        why="The adjoint of a forecast model, by a tool or by hand.",
    ),
    "4": Function(
        g_slope,
        draw=lambda rng: (float(rng.uniform(0.1, 5)),),
        cases=[(1.0,), (2.0,)],
        mistakes=[
            Mistake(lambda r: float(pi * r * r * exp(-r)), "That is the value; the tangent is the derivative."),
            Mistake(
                lambda r: float(2 * pi * r * exp(-r)), "The exponential depends on r, too: was its argument a Dual?"
            ),
            Mistake(
                lambda r: float(-pi * r * r * exp(-r)), "The square depends on r, too: was it the square of a Dual?"
            ),
            Mistake(lambda r: float(np.float64(2 * r - r * r) * exp(-r)), "The factor pi is missing."),
        ],
        why="It vanishes at r = 2: there the formula has its maximum.",
    ),
}
