"""Answers to the exercises of the page on low-rank approximation."""

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Value

_Floats = NDArray[np.float64]

MOST = 68  # the largest k with 4 k (480 + 640 + 1) < 480 * 640


def rank_for(A: _Floats, share: float) -> int:
    """Return the smallest rank that holds a share of the squared norm."""
    squares = np.cumsum(np.linalg.svd(A, compute_uv=False) ** 2)
    return int(np.argmax(squares >= share * squares[-1])) + 1


def of_unsquared(A: _Floats, share: float) -> int:
    """Add up the singular values, not their squares."""
    sums = np.cumsum(np.linalg.svd(A, compute_uv=False))
    return int(np.argmax(sums >= share * sums[-1])) + 1


def counted_from_zero(A: _Floats, share: float) -> int:
    """Return the index in place of the number of terms."""
    return rank_for(A, share) - 1


def draw_matrix(rng: np.random.Generator) -> tuple[_Floats, float]:
    """Draw a matrix with falling singular values, and a share."""
    m, n = (int(size) for size in rng.integers(2, 9, 2))
    return rng.normal(size=(m, n)) * 0.6 ** np.arange(n), float(rng.uniform(0.3, 0.98))


QUESTIONS = {
    "1": Value(
        [[1.5, 1.5], [4.5, 4.5]],
        mistakes=[
            Mistake([[3, 3], [9, 9]], "Mind the two roots: v1 v1^T has the entries one half."),
            Mistake([[1.5, 4.5], [1.5, 4.5]], "Multiply A by v1 v1^T from the right: the rows are averaged."),
            Mistake([[3.5, 2.5], [3.5, 2.5]], "The columns are averaged there; average the rows."),
        ],
        why="Its error is the root of 5, the second singular value, in both norms.",
    ),
    "2": Value(
        MOST,
        mistakes=[
            Mistake(MOST + 1, "That many take more bytes than the picture."),
            Mistake(274, "That counts numbers; a number takes four bytes, a pixel one."),
            Mistake(307200 / 4484, "k is a whole number."),
        ],
        why="Less than a sixth of the full rank.",
    ),
    "3": Function(
        rank_for,
        draw=draw_matrix,
        cases=[(np.diag([3.0, 2.0, 1.0]), 0.9)],
        mistakes=[
            Mistake(of_unsquared, "The squared norm is the sum of the squares of the singular values."),
            Mistake(counted_from_zero, "Python counts from 0, a rank from 1."),
        ],
        why="That is how a rank is chosen in practice, when nobody knows the noise.",
    ),
    "4": Value(
        [2 * 40 / 360, 2 * 418 / 36000],
        mistakes=[
            Mistake(
                [2 / 12, 2 / 120],
                "Count the free numbers of a matrix of rank 2, not its singular values.",
            ),
            Mistake([1 - 2 * 40 / 360, 1 - 2 * 418 / 36000], "That is what it removes; what does it keep?"),
            Mistake([2 * 42 / 360, 2 * 420 / 36000], "It is k (m + n - k): a change of basis is not free."),
        ],
        why="In large tables low rank removes nearly all the noise.",
    ),
}
