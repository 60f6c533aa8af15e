"""Answers to the exercises of the page on hyperplanes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value


def mirror(w: Sequence[float], w0: float, x: Sequence[float]) -> Any:
    """Return the mirror image of a point."""
    return _moved(w, w0, x, 2, 2)


def _moved(w: Sequence[float], w0: float, x: Sequence[float], times: float, power: float) -> Any:
    """Return the point after some steps against the normal, with ||w|| to this power below."""
    normal, point = np.asarray(w, dtype=float), np.asarray(x, dtype=float)
    return point - times * (normal @ point + w0) / np.linalg.norm(normal) ** power * normal


def draw_point(rng: np.random.Generator) -> tuple[list[float], float, list[float]]:
    """Draw a hyperplane and a point in one to five dimensions."""
    w, x = 3 * rng.normal(size=(2, int(rng.integers(1, 6))))
    return w.tolist(), float(rng.normal()), x.tolist()


QUESTIONS = {
    "1": Value(
        [2.0, 4 / 13],
        mistakes=[
            Mistake([26.0, 4.0], "These are the values; divide them by the length of the normal."),
            Mistake([26 / 169, 4 / 169], "Divide by the length of the normal, not by its square."),
            Mistake([22 / 13, 0.0], "The offset is forgotten: the value is w·x + w0."),
            Mistake([26 / 17, 4 / 17], "The length is the root of the sum of squares; 17 is the 1-norm."),
            Mistake([2 / 13, 4 / 13], "Mind the signs: -12 times -1 is +12."),
        ],
        why="The origin's distance is the offset over the length of the normal, without its sign.",
    ),
    "2": Value(
        [-1, -1, 1, 1, 1, 1],
        mistakes=[
            Mistake([0, 1, 1, 0, 1, 1], "Those are the sides seen from the origin; count from the line."),
            Mistake([-1, -1, 1, -1, -1, 1], "The second line is x = -5. The origin has the value w0 there, 5."),
            Mistake([1, 1, -1, -1, -1, -1], "All signs are turned: positive is the side to which (1, 0) points."),
            Mistake([-1, -1, 1, -1, -1, -1], "The second line is at x = -5: which way does its normal (1, 0) point?"),
            Mistake([-5, -2, 2, 5, 8, 12], "These are the values. The side is their sign."),
        ],
        why="The origin is on the negative side first, on the positive side then: the sign of w0.",
    ),
    "3": Value(
        [-40.0, -4.0, 4.0, 0.0],
        mistakes=[
            Mistake([-40.0, -8.0, 8.0, 0.0], "The length of w doubles, too: divide by 10."),
            Mistake(
                [-40.0, 4.0, 4.0, 0.0], "A length is positive: the sign of the value stays in the signed distance."
            ),
            Mistake([-40.0, -4.0, 4.0, 8.0], "It is the same hyperplane, so the foot is the same point."),
            Mistake([-40.0, -4.0, -4.0, 0.0], "A distance is never negative."),
            Mistake([20.0, 4.0, 4.0, 0.0], "The values change with w and w0; the half-spaces swap."),
        ],
        why="Same hyperplane, the half-spaces swapped.",
    ),
    "4": Function(
        mirror,
        draw=draw_point,
        cases=[([3, 4], -10, [6, 8]), ([1, 0], 5, [0, 0]), ([2, 1, -2], 0, [1, 1, 1])],
        mistakes=[
            Mistake(lambda w, w0, x: _moved(w, w0, x, 1, 2), "That is the foot: go the same way once more."),
            Mistake(
                lambda w, w0, x: _moved(w, w0, x, 2, 1),
                "Right for a unit normal. The length of w divides twice: in the distance, and in the unit normal.",
            ),
            Mistake(lambda w, w0, x: _moved(w, w0, x, 2, 0), "Divide by w·w, the squared length of the normal."),
            Mistake(lambda w, w0, x: _moved(w, w0, x, -2, 2), "You step away from the hyperplane: mind the sign."),
            Mistake(lambda w, w0, x: _moved(w, 0, x, 2, 2), "You mirror at the hyperplane through the origin: add w0."),
            Mistake(lambda w, w0, x: _moved(w, -w0, x, 2, 2), "The value is w·x + w0, with a plus sign."),
        ],
        why="For w0 = 0 it is Householder's reflection.",
    ),
    "5": Value(
        [0.4 * np.sqrt(2), 5 / np.sqrt(2), -5.5 / np.sqrt(2)],
        mistakes=[
            Mistake(
                [0.4 * np.sqrt(2), 2.5 / np.sqrt(2), -5.5 / np.sqrt(2)],
                "That is the distance of the nearest points; the margin reaches to both sides.",
            ),
            Mistake(
                [0.4 * np.sqrt(2), 5 / np.sqrt(2), -2.2],
                "That is the value of the origin, w0; its signed distance is w0 / ||w||.",
            ),
            Mistake(
                [0.4 * np.sqrt(2), 5 / np.sqrt(2), 5.5 / np.sqrt(2)],
                "The size is right. On which side is the origin?",
            ),
            Mistake(
                [0.32, 6.25, -6.875], "The first number is the squared length of w: take the root, and divide by that."
            ),
        ],
        rtol=2e-3,
        why="Only (1, 2), (2, 1) and (4, 4) hold the wall; the other three could go.",
    ),
}
