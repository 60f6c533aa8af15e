"""Answers to the exercises of the page on orthogonality."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import qr

Floats = NDArray[np.float64]
GIVEN = np.array([0.6, 0.8])


def nearest(A: ArrayLike, v: ArrayLike) -> Floats:
    """Return the point of the span of the columns that is nearest to a vector."""
    Q = qr(A).Q
    point: Floats = Q @ (Q.T @ np.asarray(v))
    return point


def as_if_orthonormal(A: ArrayLike, v: ArrayLike) -> Floats:
    """Return what the formula for orthonormal columns makes of others."""
    columns = np.asarray(A, dtype=float)
    return np.asarray(columns @ (columns.T @ np.asarray(v)))


def one_by_one(A: ArrayLike, v: ArrayLike) -> Floats:
    """Return the sum of the projections on each column."""
    columns = np.asarray(A, dtype=float)
    return as_if_orthonormal(columns / np.linalg.norm(columns, axis=0), v)


def draw_span(rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Draw independent columns and a vector."""
    rows = int(rng.integers(3, 7))
    return rng.normal(size=(rows, int(rng.integers(2, rows)))), rng.normal(size=rows)


def lacks(answer: Any) -> str:
    """Return what a vector lacks to complete the orthonormal basis."""
    x = np.asarray(answer, dtype=float)
    if x.shape != (2,):
        return f"A vector of two numbers is wanted; yours has the shape {x.shape}."
    if not abs(GIVEN @ x) < 1e-6 * max(1.0, float(np.linalg.norm(x))):
        return f"The dot product with (0.6, 0.8) must be 0; it is {GIVEN @ x:.6g}."
    if not np.isclose(np.linalg.norm(x), 1, rtol=1e-6):
        return f"It is perpendicular, but its length must be 1; it is {np.linalg.norm(x):.6g}."
    return ""


QUESTIONS = {
    "1": Value(
        [2.0, 2.0, 2.0, -1.0, 0.0, 1.0],
        mistakes=[
            Mistake([6.0, 6.0, 6.0, -5.0, -4.0, -3.0], "Divide the dot product by u.u, which is 3."),
            Mistake([2.0, 2.0, 2.0, 1.0, 0.0, -1.0], "What is left is v minus the projection, not the reverse."),
            Mistake([2.0, 2.0, 2.0, 1.0, 2.0, 3.0], "Subtract the projection from v."),
            Mistake(
                [3 / 7, 6 / 7, 9 / 7, 4 / 7, 1 / 7, -2 / 7], "That is the projection of u on v; the line is that of u."
            ),
        ],
        why="The projection is the mean, three times.",
    ),
    "2": Property(
        [-0.8, 0.6],
        lacks,
        mistakes=[
            Mistake([-0.6, -0.8], "The dot product with (0.6, 0.8) must be 0; it is -1."),
            Mistake([0.8, 0.6], "The dot product with (0.6, 0.8) must be 0; it is 0.96."),
            Mistake([-4.0, 3.0], "It is perpendicular, but its length must be 1; it is 5."),
            Mistake([0.0, 0.0], "It is perpendicular, but its length must be 1; it is 0."),
            Mistake([[0.6, 0.8], [-0.8, 0.6]], "A vector of two numbers is wanted; yours has the shape (2, 2)."),
        ],
        why="Its opposite would do as well.",
    ),
    "3": Value(
        [5.0, 2.0, 1.0, 0.8, -0.6],
        mistakes=[
            Mistake([5.0, 2.0, 1.0, -0.8, 0.6], "What is left keeps its sign: a2 minus 2 q1, with positive length."),
            Mistake([5.0, 10.0, 1.0, 0.8, -0.6], "The dot product is with q1, not with a1."),
            Mistake([5.0, 0.4, 1.0, 0.8, -0.6], "Multiply q1, not a1: divide 10 by the length 5, once."),
            Mistake([25.0, 2.0, 1.0, 0.8, -0.6], "The first number is a length, not its square."),
            Mistake([5.0, 2.0, float(np.sqrt(5)), 0.8, -0.6], "The third number is the length of what is left of a2."),
        ],
        why="(2, 1) is 2 q1 + 1 q2.",
    ),
    "4": Function(
        nearest,
        draw=draw_span,
        cases=[
            (np.array([[1.0, 1.0], [1.0, 2.0], [1.0, 3.0]]), np.array([1.0, 0.0, 0.0])),
            (np.array([[2.0], [0.0]]), np.array([1.0, 1.0])),
        ],
        mistakes=[
            Mistake(as_if_orthonormal, "That is right for orthonormal columns; make them so first."),
            Mistake(
                one_by_one, "Projections on each column add up to the nearest point only if the columns are orthogonal."
            ),
            Mistake(
                lambda A, v: np.asarray(v) - nearest(A, v), "That is what is left of v; the point itself is asked for."
            ),
        ],
        rtol=1e-6,
        atol=1e-9,
        why="This is what least squares computes.",
    ),
    "5": Value(
        float(1 / np.sqrt(1000)),
        mistakes=[
            Mistake(0.001, "That is the variance; take the root."),
            Mistake(1.0, "The dot products with a thousand perpendicular directions cannot all be that large."),
            Mistake(0.0, "That is the mean."),
            Mistake(float(np.sqrt(1000)), "The dot product of unit vectors is at most 1."),
        ],
        why="About 0.03: nearly all angles are within six degrees of a right one.",
    ),
}
