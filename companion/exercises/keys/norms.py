"""Answers to the exercises of the page on norms."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import norm, svd

A = np.array([[1, -2, 3], [4, 5, -6]])
LONGEST = svd(A).Vh[0]


def safe_norm(x: Sequence[float]) -> float:
    """Return the 2-norm, without overflow."""
    return float(norm(x))


def by_the_formula(x: Sequence[float]) -> float:
    """Return what squares that overflow or vanish make of it."""
    with np.errstate(over="ignore", under="ignore"):
        return float(np.sqrt(np.sum(np.square(x))))


def draw_vector(rng: np.random.Generator) -> tuple[list[float]]:
    """Draw a vector of any size."""
    return ((rng.normal(size=int(rng.integers(1, 6))) * 10.0 ** rng.integers(-3, 4)).tolist(),)


def lacks(answer: Any) -> str:
    """Return what a vector lacks to be the direction of largest stretching."""
    x = np.asarray(answer, dtype=float)
    if x.shape != (3,):
        return f"A vector of three numbers is wanted; yours has the shape {x.shape}."
    if not np.isclose(np.linalg.norm(x), 1, rtol=1e-5):
        return f"Its 2-norm must be 1; it is {np.linalg.norm(x):.6g}. Divide by it."
    stretched = np.linalg.norm(A @ x)
    if stretched < np.linalg.norm(A, 2) * (1 - 1e-6):
        return f"It is stretched by {stretched:.6g}; another unit vector is stretched more."
    return ""


QUESTIONS = {
    "1": Value(
        [5.0, 3.0, 2.0],
        mistakes=[
            Mistake([1.0, 3.0, 2.0], "The 1-norm sums absolute values."),
            Mistake([5.0, 9.0, 2.0], "Take the root of the sum of squares."),
            Mistake([2.0, 3.0, 5.0], "The right numbers in the wrong order: 1, 2, infinity."),
            Mistake([5.0, 3.0, 1.0], "1 is the smallest absolute value; the infinity norm is the largest."),
            Mistake([5.0, 3.0, -2.0], "A norm is never negative: take absolute values."),
        ],
        why="They never grow with p, for any vector.",
    ),
    "2": Value(
        [7.0, 5.0, 31.0],
        mistakes=[
            Mistake([5.0, 7.0, 31.0], "Columns for the 1-norm, rows for the infinity norm."),
            Mistake([2.0, 3.0, 31.0], "Sum absolute values, not the entries with their signs."),
            Mistake([7.0, 5.0, float(np.sqrt(31))], "The third is asked for squared."),
            Mistake(
                [4.0, 4.0, 31.0], "Sum the absolute values of a whole column or row; these are the largest entries."
            ),
        ],
        why="The second column decides the first, the last row the second.",
    ),
    "3": Function(
        safe_norm,
        draw=draw_vector,
        cases=[([3.0, -4.0],), ([0.0, 0.0],), ([1e200, 1e200],), ([1e-200, 1e-200],), ([-3e-200, 4e-200, 0.0],)],
        mistakes=[
            Mistake(by_the_formula, "The squares overflow or vanish: divide by the largest entry first."),
            Mistake(lambda x: float(np.max(np.abs(x))), "That is the infinity norm."),
            Mistake(lambda x: float(np.sum(np.abs(x))), "That is the 1-norm."),
        ],
        rtol=1e-9,
        atol=0.0,
        why="Also for zeros, and for vectors of any size.",
    ),
    "4": Property(
        LONGEST,
        lacks,
        mistakes=[
            Mistake((7 * LONGEST).tolist(), "Its 2-norm must be 1; it is 7. Divide by it."),
            Mistake([0.0, 0.0, 1.0], "It is stretched by 6.7082; another unit vector is stretched more."),
            Mistake([1.0, 0.0], "A vector of three numbers is wanted; yours has the shape (2,)."),
        ],
        why="Its negative would do as well.",
    ),
    "5": Value(
        [10.0, 10.0],
        mistakes=[
            Mistake([100.0, 100.0], "That works, but a smaller one does: think of Cauchy and Schwarz."),
            Mistake([100.0, 10.0], "The first can be smaller: Cauchy and Schwarz give the root of n."),
            Mistake([10.0, 100.0], "The second can be smaller: a sum of n squares, then the root."),
            Mistake([1.0, 1.0], "Try the vector of a hundred ones."),
        ],
        why="Both are the root of n, for vectors of equal entries.",
    ),
}
