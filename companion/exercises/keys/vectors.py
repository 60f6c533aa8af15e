"""Answers to the exercises of the page on vectors."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import angle_between

COLUMNS = np.array([[1.0, 4, 7], [2, 5, 8], [3, 6, 9]])


def degrees_between(u: Sequence[float], v: Sequence[float]) -> float:
    """Return the angle between two vectors in degrees."""
    return float(np.degrees(angle_between(u, v)))


def cosine(u: Sequence[float], v: Sequence[float]) -> float:
    """Return the cosine as the textbook has it, no more than 1 in size."""
    return float(np.clip(np.dot(u, v) / (np.linalg.norm(u) * np.linalg.norm(v)), -1, 1))


def draw_pair(rng: np.random.Generator) -> tuple[list[float], list[float]]:
    """Draw two vectors of the same dimension, some at a small angle."""
    u = rng.normal(size=int(rng.integers(2, 6)))
    v = rng.normal() * u + rng.normal(size=len(u)) * 10.0 ** rng.integers(-6, 1)
    return u.tolist(), v.tolist()


def lacks(answer: Any) -> str:
    """Return what weights lack to be those of a sum that vanishes."""
    weights = np.asarray(answer, dtype=float)
    if weights.shape != (3,):
        return f"Three weights are wanted; yours have the shape {weights.shape}."
    size = np.abs(weights).max()
    if not np.isfinite(size) or size == 0:
        return "Weights that are all 0 work for any vectors; find others."
    total = COLUMNS @ weights
    if np.abs(total).max() > 1e-6 * size:
        return f"They add up to ({', '.join(f'{t:.6g}' for t in total)}), not to the zero vector."
    return ""


QUESTIONS = {
    "1": Value(
        [3.0, 2 / 3, -1 / 3, 2 / 3, 0.0],
        mistakes=[
            Mistake([9.0, 2 / 9, -1 / 9, 2 / 9, 0.0], "The length is the root of the sum of squares."),
            Mistake([3.0, 2.0, -1.0, 2.0, 0.0], "Divide each component by the length."),
            Mistake([3.0, 2 / 3, 1 / 3, 2 / 3, 0.0], "The direction keeps the sign of each component."),
            Mistake([3.0, 2 / 3, -1 / 3, 2 / 3, 8.0], "The middle product is -1 times 4: mind its sign."),
            Mistake([5.0, 2 / 5, -1 / 5, 2 / 5, 0.0], "That is the sum of absolute values, not the length."),
        ],
        why="The dot product is 0: the two are perpendicular.",
    ),
    "2": Value(
        [1.0, 2.0],
        mistakes=[
            Mistake([-2.0, 9.0], "That is the vector with the coordinates (1, 5); you want the way back."),
            Mistake([2.0, 1.0], "The first coordinate belongs to (3, 1)."),
            Mistake([8.0, 9.0], "Dot products with the basis vectors are coordinates in an orthonormal basis only."),
            Mistake([1.0, 5.0], "Those are the coordinates in the standard basis."),
        ],
        why="(3, 1) + 2 (-1, 2) = (1, 5).",
    ),
    "3": Function(
        degrees_between,
        draw=draw_pair,
        cases=[
            ([1.0, 2.0], [3.0, 4.0]),
            ([1.0, 0.0], [-2.0, 0.0]),
            ([1.0, 0.0], [1.0, 1e-8]),
            ([1.0, 1.0, 1.0], [1.0, 1.0, 1.0 + 1e-8]),
        ],
        mistakes=[
            Mistake(
                lambda u, v: float(np.degrees(np.arccos(cosine(u, v)))),
                "The arc cosine loses half of the digits near 0 and near 180 degrees.",
            ),
            Mistake(lambda u, v: float(angle_between(u, v)), "That is in radians."),
            Mistake(lambda u, v: degrees_between(u, v) / 2, "That is half of the angle."),
            Mistake(cosine, "That is the cosine of the angle."),
        ],
        rtol=1e-6,
        atol=1e-13,
        why="Also for angles of a millionth of a degree.",
    ),
    "4": Property(
        [1.0, -2.0, 1.0],
        lacks,
        mistakes=[
            Mistake([0.0, 0.0, 0.0], "Weights that are all 0 work for any vectors; find others."),
            Mistake([1.0, 2.0, 1.0], "They add up to (16, 20, 24), not to the zero vector."),
            Mistake([1.0, -1.0, 0.0], "They add up to (-3, -3, -3), not to the zero vector."),
            Mistake([1.0, -2.0], "Three weights are wanted; yours have the shape (2,)."),
        ],
        why="All others are multiples of (1, -2, 1): the rank is 2.",
    ),
    "5": Value(
        [2.0, 2.0],
        mistakes=[
            Mistake([3.0, 4.0], "Kelvin minus Celsius is the same number in every row; is it new?"),
            Mistake([3.0, 3.0], "Write F and K with C and a column of ones."),
            Mistake([2.0, 3.0], "Is the column of ones not already a combination of C and K?"),
            Mistake([1.0, 2.0], "F is no multiple of C: at 0 degrees C it is 32."),
            Mistake([1.0, 1.0], "All multiples of one column? At 0 degrees C neither F nor K is 0."),
        ],
        why="Everything is a combination of C and a constant column, which is in the span already.",
    ),
}
