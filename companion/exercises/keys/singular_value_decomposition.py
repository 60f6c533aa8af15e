"""Answers to the exercises of the page on the singular value decomposition."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import svd

_Floats = NDArray[np.float64]

W = np.array([[1, 2, 2], [2, 1, 2], [1, 2, 1.5]])
WEAKEST = svd(W).Vh[-1]
LEFT = svd(W).U[:, -1]


def svd_by_eigh(A: _Floats) -> list[_Floats]:
    """Return singular values and the product of the three factors."""
    values, V = np.linalg.eigh(A.T @ A)
    S, V = np.sqrt(values[::-1]), V[:, ::-1]
    return [S, A @ V / S * S @ V.T]


def of_both_products(A: _Floats) -> list[_Floats]:
    """Take U from the other product, with signs that need not fit."""
    values, V = np.linalg.eigh(A.T @ A)
    S, V = np.sqrt(values[::-1]), V[:, ::-1]
    U = np.linalg.eigh(A @ A.T)[1][:, ::-1][:, : len(S)]
    U = U * np.sign(U[0])
    V = V * np.sign(V[0])
    return [S, U * S @ V.T]


def not_reversed(A: _Floats) -> list[_Floats]:
    """Keep the order of eigh."""
    S, product = svd_by_eigh(A)
    return [S[::-1], product]


def without_roots(A: _Floats) -> list[_Floats]:
    """Return the eigenvalues themselves."""
    S, product = svd_by_eigh(A)
    return [S**2, product]


def draw_matrix(rng: np.random.Generator) -> tuple[_Floats]:
    """Draw a matrix of full column rank."""
    n = int(rng.integers(1, 4))
    return (rng.normal(size=(n + int(rng.integers(1, 3)), n)),)


def lacks(answer: Any) -> str:
    """Return what a vector lacks to be the direction that shrinks most."""
    x = np.asarray(answer, dtype=float)
    if x.shape != (3,):
        return f"A list of three numbers is wanted; yours has the shape {x.shape}."
    if not np.isclose(np.linalg.norm(x), 1, rtol=1e-5):
        return f"A unit vector is wanted; the length of yours is {np.linalg.norm(x):.6g}."
    length = np.linalg.norm(W @ x)
    if length > np.linalg.norm(W @ WEAKEST) * (1 + 1e-6) + 1e-9:
        return f"Its image has the length {length:.6g}; that of another unit vector is shorter."
    return ""


QUESTIONS = {
    "1": Value(
        [45.0, 5.0],
        mistakes=[
            Mistake([float(np.sqrt(45)), float(np.sqrt(5))], "Those are the singular values; give their squares."),
            Mistake([25.0, 9.0], "Those are the squared eigenvalues of the matrix itself, which is not symmetric."),
            Mistake([5.0, 45.0], "The larger first."),
            Mistake([25.0, 25.0], "Those are the squared lengths of the columns, which are not perpendicular."),
            Mistake([41.0, 9.0], "Those are the squared lengths of the rows, which are not perpendicular."),
        ],
        why="45 + 5 is the trace of A^T A, 45 times 5 its determinant.",
    ),
    "2": Value(
        [3.0, 2.0, 0.5, 1 / 3],
        mistakes=[
            Mistake([3.0, 2.0, 1 / 3, 0.5], "The second pair from large to small, too."),
            Mistake([2.0, 3.0, 0.5, 1 / 3], "The first pair from large to small."),
            Mistake([2.0, -3.0, 0.5, -1 / 3], "Singular values are never negative."),
            Mistake([3.0, 2.0, 3.0, 2.0], "The pseudo-inverse has the inverses of the positive singular values."),
        ],
        why="Perpendicular columns are already the work of Jacobi.",
    ),
    "3": Function(
        svd_by_eigh,
        draw=draw_matrix,
        cases=[(np.array([[1.0, 2], [3, 4], [5, 6]]),), (np.array([[1.0, 0], [0, -2], [0, 0]]),)],
        mistakes=[
            Mistake(not_reversed, "Reverse them: from large to small."),
            Mistake(without_roots, "Singular values are the roots of the eigenvalues."),
            Mistake(of_both_products, "Signs of eigenvectors are arbitrary: compute U from A and V."),
        ],
        rtol=1e-6,
        atol=1e-8,
        why="U from A and V, and the signs fit by themselves.",
    ),
    "4": Value(
        -1.0,
        mistakes=[
            Mistake(1.0, "Then the determinant of A would be positive, for that of Sigma is."),
            Mistake(0.0, "Orthogonal matrices have the determinants 1 or -1."),
        ],
        why="One of the two factors mirrors.",
    ),
    "5": Property(
        WEAKEST,
        lacks,
        mistakes=[
            Mistake((2 * WEAKEST).tolist(), "A unit vector is wanted; the length of yours is 2."),
            Mistake([1.0, 0.0, 0.0], "Its image has the length 2.44949; that of another unit vector is shorter."),
            Mistake(LEFT.tolist(), lacks(LEFT)),
            Mistake([1.0, 0.0], "A list of three numbers is wanted; yours has the shape (2,)."),
        ],
        why="The last right singular vector, or its negative.",
    ),
}
