"""Answers to the exercises of the page on matrices."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import matrix_power

Integers = NDArray[np.int64]
WIDE, TALL = np.array([[1, 0, 2], [-1, 3, 1]]), np.array([[3, 1], [2, 1], [1, 0]])
HALF_SUM, HALF_DIFFERENCE = np.array([[1, 4], [4, 3]]), np.array([[0, -2], [2, 0]])
M = np.array([[2, 1], [1, 2]])


def routes(links: Integers, n: int) -> Integers:
    """Return the numbers of routes of n roads between each two towns."""
    return matrix_power(links, n)


def draw_map(rng: np.random.Generator) -> tuple[Integers, int]:
    """Draw a map of roads, one-way streets among them, and a number of roads."""
    towns = int(rng.integers(2, 6))
    return (rng.random((towns, towns)) < 0.5).astype(int), int(rng.integers(1, 6))


def lacks(answer: Any) -> str:
    """Return what a matrix lacks to commute with M, have trace 0 and not be zero."""
    X = np.asarray(answer, dtype=float)
    if X.shape != (2, 2):
        return f"A 2 x 2 matrix is wanted; yours has the shape {X.shape}."
    size = float(np.abs(X).max())
    if not np.isfinite(size) or size == 0:
        return "The zero matrix does not count, nor do nan and infinity."
    if abs(np.trace(X)) > 1e-6 * size:
        return f"Its trace must be 0; it is {np.trace(X):.6g}."
    if not np.allclose(M @ X, X @ M, rtol=0, atol=1e-6 * size):
        return f"It does not commute with M: M X - X M is {(M @ X - X @ M).tolist()}."
    return ""


QUESTIONS = {
    "1": Value(
        [WIDE @ TALL, TALL @ WIDE],
        mistakes=[
            Mistake([TALL @ WIDE, WIDE @ TALL], "These are the right matrices in the wrong order: A B is 2 x 2."),
            Mistake([(WIDE @ TALL).T, (TALL @ WIDE).T], "Rows and columns are swapped: row i of the left factor."),
            Mistake([WIDE @ TALL, (TALL @ WIDE).T], "The first is right; in B A rows and columns are swapped."),
            Mistake([(WIDE @ TALL).T, TALL @ WIDE], "The second is right; in A B rows and columns are swapped."),
        ],
        why="Both have the trace 7.",
    ),
    "2": Value(
        [HALF_SUM, HALF_DIFFERENCE],
        mistakes=[
            Mistake([2 * HALF_SUM, 2 * HALF_DIFFERENCE], "Divide by 2: the parts must add up to the matrix."),
            Mistake([HALF_SUM, -HALF_DIFFERENCE], "The skew part is (A - A^T)/2, in this order."),
            Mistake([HALF_DIFFERENCE, HALF_SUM], "These are the right matrices; the symmetric one comes first."),
        ],
        why="They add up to the matrix, and there is no other way.",
    ),
    "3": Value(
        [55_000, 1_500_000],
        mistakes=[
            Mistake([1_500_000, 55_000], "The other way round: (A B) C starts with 10 x 1000 by 1000 x 5."),
            Mistake([50_000, 500_000], "That is the first product of each; there is a second."),
            Mistake([5_000, 1_000_000], "That is the second product of each; the first costs, too."),
            Mistake([50_050, 500_500], "The second product takes m d n multiplications, like the first."),
        ],
        why="Start where the result is small.",
    ),
    "4": Function(
        routes,
        draw=draw_map,
        cases=[(np.array([[0, 1, 1], [0, 0, 1], [1, 0, 0]]), 3), (np.array([[1, 1], [1, 0]]), 0)],
        mistakes=[
            Mistake(lambda links, n: links**n, "** raises each entry to the power; the product of matrices is @."),
            Mistake(lambda links, n: links * n, "That multiplies each entry by n; multiply the matrix by itself."),
            Mistake(lambda links, n: matrix_power(links.T, n), "That counts the routes from j to i; do not transpose."),
            Mistake(
                lambda links, n: matrix_power(links, n + 1), "One factor too many: the matrix itself is for n = 1."
            ),
            Mistake(
                lambda links, n: (matrix_power(links, n) > 0).astype(int),
                "That says whether there is a route; count them.",
            ),
            Mistake(
                lambda links, n: sum(matrix_power(links, k) for k in range(1, n + 1)) + 0 * links,
                "That counts routes with up to n roads; exactly n is asked for.",
            ),
        ],
        why="Each product adds one road.",
    ),
    "5": Property(
        [[0, 1], [1, 0]],
        lacks,
        mistakes=[
            Mistake([[1, 0], [0, 1]], "Its trace must be 0; it is 2."),
            Mistake([[2, 1], [1, 2]], "Its trace must be 0; it is 4."),
            Mistake([[0, 0], [0, 0]], "The zero matrix does not count, nor do nan and infinity."),
            Mistake([[1, 0], [0, -1]], "It does not commute with M: M X - X M is [[0.0, -2.0], [2.0, 0.0]]."),
            Mistake([[0, 1], [-1, 0]], "It does not commute with M: M X - X M is [[-2.0, 0.0], [0.0, 2.0]]."),
            Mistake([0, 1, 1, 0], "A 2 x 2 matrix is wanted; yours has the shape (4,)."),
        ],
        why="All answers are multiples of one matrix.",
    ),
}
