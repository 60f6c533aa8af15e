"""Answers to the exercises of the page on determinant and inverse."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import adjugate, cofactor_matrix, det

A = np.array([[1, 2, 3], [0, 1, 4], [5, 6, 0]])
COFACTORS = cofactor_matrix(A).round(9)
INVERSE = adjugate(A).round(9)  # the determinant is 1
MINORS = COFACTORS * [[1, -1, 1], [-1, 1, -1], [1, -1, 1]]


def cofactor_sum(a: ArrayLike) -> float:
    """Return the sum of all cofactors, as the difference of two determinants."""
    matrix = np.asarray(a, dtype=float)
    return float(det(matrix + 1) - det(matrix))


def draw_matrix(rng: np.random.Generator) -> tuple[NDArray[np.int64]]:
    """Draw a square matrix of small integers, singular ones among them."""
    n = int(rng.integers(1, 6))
    return (rng.integers(-3, 4, size=(n, n)),)


def lacks(answer: Any) -> str:
    """Return what a matrix lacks to be orthogonal, to mirror, and to send (3, 4) to (5, 0)."""
    Q = np.asarray(answer, dtype=float)
    if Q.shape != (2, 2):
        return f"A 2 x 2 matrix is wanted; yours has the shape {Q.shape}."
    if not np.allclose(Q @ [3, 4], [5, 0], atol=1e-6):
        return f"It sends (3, 4) to {np.round(Q @ [3, 4], 6).tolist()}."
    if not np.allclose(Q.T @ Q, np.eye(2), atol=1e-6):
        return f"It is not orthogonal: the dot products of its columns are {np.round(Q.T @ Q, 6).tolist()}."
    if det(Q) > 0:
        return "It turns: its determinant is 1, and -1 is wanted."
    return ""


QUESTIONS = {
    "1": Value(
        [-6.0, -24.0],
        mistakes=[
            Mistake([6.0, 24.0], "Main diagonal first: a d - b c."),
            Mistake([-6.0, -12.0], "Both rows are doubled: the factor counts twice."),
            Mistake([30.0, 120.0], "Subtract the second product."),
        ],
        why="Doubling both sides makes four times the area.",
    ),
    "2": Value(
        INVERSE,
        mistakes=[
            Mistake(COFACTORS, "That is the cofactor matrix: transpose it."),
            Mistake(MINORS.T, "The signs are missing: plus and minus as on a chessboard."),
            Mistake(MINORS, "These are the minors: signs and transposition are still to do."),
            Mistake(-INVERSE, "The determinant is 1, not -1."),
        ],
        why="The determinant is 1, so that the inverse is the adjugate.",
    ),
    "3": Function(
        cofactor_sum,
        draw=draw_matrix,
        cases=[([[2, 1], [1, 2]],), ([[1, 0, 3], [2, 1, 1], [1, 1, 1]],), ([[0, 0], [0, 0]],), ([[5]],)],
        mistakes=[
            Mistake(lambda a: float(det(a)), "That is the determinant; the sum is another number in general."),
            Mistake(lambda a: float(det(np.asarray(a) + 1)), "Subtract the determinant of A itself."),
            Mistake(lambda a: -cofactor_sum(a), "The other way round: the determinant with the ones comes first."),
            Mistake(
                lambda a: float(det(np.asarray(a) + np.eye(len(a))) - det(a)),
                "J holds ones everywhere, not on the diagonal alone.",
            ),
        ],
        rtol=1e-6,
        atol=1e-8,
        why="Two eliminations, for any n, also where A is singular.",
    ),
    "4": Property(
        [[0.6, 0.8], [0.8, -0.6]],
        lacks,
        mistakes=[
            Mistake([[0.6, 0.8], [-0.8, 0.6]], "It turns: its determinant is 1, and -1 is wanted."),
            Mistake([[3.0, 4.0], [4.0, -3.0]], "It sends (3, 4) to [25.0, 0.0]."),
            Mistake(
                [[1.0, 0.5], [4.0, -3.0]],
                "It is not orthogonal: the dot products of its columns are [[17.0, -11.5], [-11.5, 9.25]].",
            ),
            Mistake([5.0, 0.0], "A 2 x 2 matrix is wanted; yours has the shape (2,)."),
        ],
        why="It is the only one. It is symmetric, and its own inverse: a mirror.",
    ),
    "5": Value(
        [48.0, 1 / 3, 9.0, 27.0],
        mistakes=[
            Mistake([6.0, 1 / 3, 9.0, 27.0], "The first: the factor 2 counts once for each of the four rows."),
            Mistake([48.0, -3.0, 9.0, 27.0], "The second: the product with det A must be 1."),
            Mistake([48.0, 1 / 3, 1.0, 27.0], "The third: the transpose is not the inverse; its determinant is 3."),
            Mistake([48.0, 1 / 3, 9.0, 1.0], "The last: A adj(A) is 3 I, and I has four rows."),
            Mistake([48.0, 1 / 3, 9.0, 81.0], "The last: 81 is the determinant of A adj(A); divide by det A."),
        ],
        why="The last is the third power: in general the power n - 1.",
    ),
}
