"""Answers to the exercises of the page on integrals."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from companion.calculus import trapezoid
from companion.exercises._questions import Choice, Function, Mistake, Value


def distance(t: Sequence[float], v: Sequence[float]) -> float:
    """Return the distance that speeds at given times add up to, by the trapezoidal rule."""
    return float(trapezoid(v, t))


def equally_spaced(t: Sequence[float], v: Sequence[float]) -> float:
    """Return what comes of taking all strips for equally wide."""
    return float(trapezoid(v, dx=(t[-1] - t[0]) / (len(t) - 1)))


def left_rectangles(t: Sequence[float], v: Sequence[float]) -> float:
    """Return the sum of rectangles as high as the left edges."""
    return float(np.sum(np.diff(t) * np.asarray(v)[:-1]))


def right_rectangles(t: Sequence[float], v: Sequence[float]) -> float:
    """Return the sum of rectangles as high as the right edges."""
    return float(np.sum(np.diff(t) * np.asarray(v)[1:]))


def not_halved(t: Sequence[float], v: Sequence[float]) -> float:
    """Return twice the distance."""
    return 2 * distance(t, v)


def drive(rng: np.random.Generator) -> tuple[list[float], list[float]]:
    """Draw times in seconds and speeds in metres per second."""
    n = int(rng.integers(2, 8))
    times = np.cumsum(rng.uniform(0.5, 5, size=n)).round(1)
    return times.tolist(), rng.uniform(0, 30, size=n).round(1).tolist()


QUESTIONS: dict[str, Any] = {
    "1": Value(
        [21.0, 3.75, 4.25],
        mistakes=[
            Mistake([21.0, 4.25, 4.25], "The integral counts the part below the axis negative."),
            Mistake([21.0, 3.75, 3.75], "The area counts the part below the axis positive: split the integral at 0."),
            Mistake([15.0, 3.75, 4.25], "Raise the power and divide by it before you put in the ends."),
            Mistake([63.0, 15.0, 17.0], "Raise the power by one, and divide by the new one."),
            Mistake([65 / 3, 17 / 4, 15 / 4], "Subtract the value at the lower end, with its own sign."),
        ],
        why="The two parts of the last are 1/4 and 4.",
    ),
    "2": Value(
        [8.75, 9.5, 9.0],
        mistakes=[
            Mistake([9.5, 8.75, 9.25], "The midpoints give the first, the edges the second."),
            Mistake([8.75, 9.5, 9.25], "Simpson takes twice the midpoint sum and once the trapezoids."),
            Mistake([8.75, 9.5, 9.125], "Simpson's weights are two thirds and one third."),
            Mistake([8.75, 14.0, 10.5], "A trapezoid has the mean of its two edges, not the right one."),
            Mistake([8.75, 5.0, 7.5], "A trapezoid has the mean of its two edges, not the left one."),
            Mistake([8.75, 19.0, 73 / 6], "Each trapezoid takes half of the sum of its two edges."),
        ],
        why="Simpson's rule is exact for parabolas.",
    ),
    "3": Function(
        distance,
        draw=drive,
        cases=[([0.0, 1.0, 3.0], [0.0, 2.0, 2.0]), ([0.0, 10.0], [5.0, 5.0])],
        mistakes=[
            Mistake(equally_spaced, "The times are not equally spaced: each strip has its own width."),
            Mistake(left_rectangles, "Those are rectangles at the left edges; take the mean of both edges."),
            Mistake(right_rectangles, "Those are rectangles at the right edges; take the mean of both edges."),
            Mistake(not_halved, "That is twice the distance: the mean of two speeds is half of their sum."),
        ],
        why="Seconds times metres per second are metres.",
    ),
    "4": Value(
        [10_000.0, 1000.0],
        mistakes=[
            Mistake([1_000_000.0, 1_000_000.0], "That would hold if the error fell in proportion to the width."),
            Mistake([10_000.0, 10_000.0], "Simpson's error falls with the fourth power of the width."),
            Mistake([1000.0, 1000.0], "The error of the trapezoids falls with the square of the width only."),
            Mistake([1000.0, 10_000.0], "The right numbers, the wrong way round."),
            Mistake([100.0, 10.0], "Those are the factors; the number of strips is 100 times as large."),
        ],
        why="The square root of ten thousand, and its fourth root.",
    ),
    "5": Choice(
        "infinite",
        hints={
            "-2": "The function is positive, so this cannot be. F must be an antiderivative on the whole interval.",
            "2": "Taking the absolute value does not mend it: look at the part from a small c to 1, and let c go to 0.",
            "0": "The function is even and positive; nothing cancels.",
        },
        why="From c to 1 it is 1/c - 1, which grows without bound as c goes to 0.",
    ),
}
