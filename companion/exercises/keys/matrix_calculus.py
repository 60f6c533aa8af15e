"""Answers to the exercises of the page on matrix calculus."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Property, Value

Array = NDArray[np.float64]


def ridge_gradient(A: Array, b: Array, x: Array) -> Array:
    """Return the gradient of the squared residual plus three times the squared length of x."""
    return 2 * A.T @ (A @ x - b) + 6 * x


def trace_gradient(A: Array, B: Array) -> Array:
    """Return the derivative of tr(A B A^T) by A."""
    return A @ (B + B.T)


def draw_system(rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Draw a matrix of any shape, a right side and a point."""
    m, n = rng.integers(1, 6, size=2)
    return rng.normal(size=(m, n)), rng.normal(size=m), rng.normal(size=n)


def draw_factors(rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw a matrix of any shape, and a square one that fits."""
    m, n = rng.integers(1, 6, size=2)
    return rng.normal(size=(m, n)), rng.normal(size=(n, n))


def lacks(answer: Any) -> str:
    """Return what a matrix lacks to have a quadratic form without slope."""
    A = np.asarray(answer, dtype=float)
    if A.shape != (2, 2):
        return f"A matrix with two rows and two columns is wanted; yours has the shape {A.shape}."
    if not np.isfinite(A).all():
        return "All entries must be finite numbers."
    if not A.any():
        return "The zero matrix is excluded."
    slope = (A + A.T) @ [1.0, 2.0]
    if not np.allclose(A + A.T, 0, atol=1e-9 * np.abs(A).max()):
        return f"Its gradient is (A + A^T) x, which at (1, 2), for instance, is {slope.tolist()}. A + A^T must vanish."
    return ""


QUESTIONS = {
    "1": Value(
        [[0.0, 1.0], [5.0, 1.0]],
        mistakes=[
            Mistake([[0.0, 5.0], [1.0, 1.0]], "That is the transpose: one row an output, one column an input."),
            Mistake([[0.0, 1.0], [5.0, 0.0]], "The derivative of sin y is cos y, which is 1 at 0."),
            Mistake([[0.0, 1.0], [5.0, -1.0]], "The derivative of sin y is cos y, with a plus sign."),
            Mistake([[2.0, 1.0], [5.0, 1.0]], "By x the first output has the slope 2xy, and y is 0."),
        ],
        why="The first row is the transposed gradient of the first output.",
    ),
    "2": Value(
        [[12.0, 3.0], [3.0, 2.0]],
        mistakes=[
            Mistake([[12.0, 1.0], [1.0, 2.0]], "By y it is x^3 + 2y; differentiate x^3 by x, too."),
            Mistake([[12.0, 0.0], [0.0, 2.0]], "The mixed derivatives are missing: by x, then by y."),
            Mistake([[12.0, 3.0], [0.0, 2.0]], "The second derivatives are continuous, so the Hessian is symmetric."),
            Mistake([[12.0, 3.0], [3.0, 4.0]], "Twice by y the second term gives 2, at any y."),
        ],
        why="It is symmetric, as it must be.",
    ),
    "3": Function(
        ridge_gradient,
        draw=draw_system,
        mistakes=[
            Mistake(lambda A, b, x: A.T @ (A @ x - b) + 3 * x, "The factor 2 of the squares is missing."),
            Mistake(lambda A, b, x: 2 * A.T @ (A @ x - b), "The term with the length of x is missing."),
            Mistake(lambda A, b, x: 2 * A.T @ (A @ x - b) + 3 * x, "The gradient of 3 |x|^2 is 6x."),
            Mistake(
                lambda A, b, x: 2 * A.T @ (b - A @ x) + 6 * x, "The sign of the residual: A x - b, the other way round."
            ),
        ],
        why="Setting it to zero gives the equations of ridge regression.",
    ),
    "4": Function(
        trace_gradient,
        draw=draw_factors,
        mistakes=[
            Mistake(lambda A, B: 2 * A @ B, "That holds for symmetric B only."),
            Mistake(lambda A, B: 2 * A @ B.T, "That holds for symmetric B only: B and its transpose both occur."),
            Mistake(lambda A, B: A @ B, "A stands in two places: there is a second part, with the transpose of B."),
            Mistake(lambda A, B: A @ B.T, "A stands in two places: there is a second part, with B itself."),
            Mistake(lambda A, B: (B + B.T) @ A.T, "Transpose it: the derivative has the shape of A."),
        ],
        why="For B the identity it is 2A.",
    ),
    "5": Property(
        [[0.0, 1.0], [-1.0, 0.0]],
        lacks,
        mistakes=[
            Mistake([[0.0, 0.0], [0.0, 0.0]], "The zero matrix is excluded."),
            Mistake(
                [[1.0, 0.0], [0.0, -1.0]],
                "Its gradient is (A + A^T) x, which at (1, 2), for instance, is [2.0, -4.0]. A + A^T must vanish.",
            ),
            Mistake([0.0, 1.0], "A matrix with two rows and two columns is wanted; yours has the shape (2,)."),
        ],
        why="Its multiples would do as well, and no others.",
    ),
}
