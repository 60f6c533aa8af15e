"""Answers to the exercises of the page on diagonalisation."""

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Value

_Floats = NDArray[np.float64]


def square_root(S: _Floats) -> _Floats:
    """Return the symmetric root."""
    values, Q = np.linalg.eigh(S)
    root: _Floats = Q * np.sqrt(np.maximum(values, 0)) @ Q.T
    return root


def of_the_entries(S: _Floats) -> _Floats:
    """Take the root of each entry."""
    root: _Floats = np.sqrt(S)
    return root


def without_going_back(S: _Floats) -> _Floats:
    """Forget the transpose of Q."""
    values, Q = np.linalg.eigh(S)
    root: _Floats = Q * np.sqrt(np.maximum(values, 0))
    return root


def scaled_on_the_wrong_side(S: _Floats) -> _Floats:
    """Multiply the rows of Q by the roots."""
    values, Q = np.linalg.eigh(S)
    root: _Floats = np.sqrt(np.maximum(values, 0))[:, None] * Q @ Q.T
    return root


def not_rooted(S: _Floats) -> _Floats:
    """Return the matrix itself."""
    return np.asarray(S, dtype=float)


def draw_matrix(rng: np.random.Generator) -> tuple[_Floats]:
    """Draw a symmetric matrix without negative eigenvalues, and without negative entries: they have roots, too."""
    n = int(rng.integers(2, 5))
    B = rng.random((n, n))
    return (B @ B.T,)


QUESTIONS = {
    "1": Value(
        [[86.0, 39.0], [78.0, 47.0]],
        mistakes=[
            Mistake(
                [[64.0, 1.0], [8.0, 27.0]], "Those are the powers of the entries; only for diagonal ones is it so."
            ),
            Mistake([[86.0, 78.0], [39.0, 47.0]], "The factors are in the wrong order: V first, its inverse last."),
            Mistake([[18.0, 7.0], [14.0, 11.0]], "That is the second power."),
            Mistake([[258.0, 117.0], [234.0, 141.0]], "Divide by 3: the inverse of V has that in its denominator."),
            Mistake([[125.0, 0.0], [0.0, 8.0]], "That is the power of Lambda; go back to the old coordinates."),
        ],
        why="Its trace is 5 cubed plus 2 cubed.",
    ),
    "2": Value(
        [0.0, 1.0, 1.0, 1.0],
        mistakes=[
            Mistake([0.0, 0.0, 1.0, 1.0], "The second has the eigenvalues 2i and -2i: complex ones count here."),
            Mistake([0.0, 1.0, 0.0, 1.0], "The third is diagonal already, although its eigenvalue is repeated."),
            Mistake([1.0, 1.0, 1.0, 1.0], "A minus 2 I has rank 1 for the first: only one direction of eigenvectors."),
            Mistake([0.0, 1.0, 1.0, 0.0], "The fourth is not symmetric, but has two different eigenvalues."),
            Mistake([0.0, 0.0, 1.0, 0.0], "Symmetry is sufficient, not necessary; look for independent eigenvectors."),
            Mistake([1.0, 0.0, 0.0, 0.0], "1 for yes, 0 for no."),
        ],
        why="Different eigenvalues suffice; for a repeated one count eigenvectors.",
    ),
    "3": Function(
        square_root,
        draw=draw_matrix,
        cases=[(np.array([[5.0, 4], [4, 5]]),), (np.array([[4.0, 0], [0, 9]]),), (np.array([[1.0, 1], [1, 1]]),)],
        mistakes=[
            Mistake(of_the_entries, "The root of a matrix is not that of its entries: R R must be S."),
            Mistake(without_going_back, "Go back to the old coordinates: the transpose of Q is missing."),
            Mistake(scaled_on_the_wrong_side, "Lambda stands between Q and its transpose: scale the columns of Q."),
            Mistake(not_rooted, "That is S itself: take the roots of its eigenvalues."),
        ],
        rtol=1e-6,
        atol=1e-7,
        why="Any function of a symmetric matrix goes that way.",
    ),
    "4": Value(
        [2 / 3, 1 / 3],
        mistakes=[
            Mistake([1 / 3, 2 / 3], "Sun first, then rain."),
            Mistake([0.5, 0.5], "That is the eigenvector for 1 of the transpose, (1, 1); columns are today's weather."),
            Mistake([2.0, 1.0], "The right direction; chances sum to 1."),
            Mistake([0.8, 0.2], "That is tomorrow after a sunny day."),
            Mistake([0.64, 0.36], "Two sunny days in a row are not the long run."),
        ],
        why="The other eigenvalue, 0.4, is forgotten in a few days.",
    ),
    "5": Value(
        [[3.0, 2.0], [2.0, 0.0]],
        mistakes=[
            Mistake([[15.0, 10.0], [10.0, 0.0]], "Divide by the squared lengths: the terms are of unit vectors."),
            Mistake([[3.4, 1.2], [1.2, 1.6]], "The trace 3 is the sum of both eigenvalues: the other one is 3 - 4."),
            Mistake([[4.0, 0.0], [0.0, -1.0]], "Those are the eigenvalues; the first direction is (2, 1), not (1, 0)."),
            Mistake([[3.2, 1.6], [1.6, 0.8]], "That is the first term alone; its trace is 4."),
            Mistake([[3.8, 0.4], [0.4, 3.2]], "3 is the trace, not the other eigenvalue."),
        ],
        why="One eigenvector of a symmetric matrix of two rows gives the other for nothing.",
    ),
}
