"""Answers to the exercises of the page on linear systems."""

import math
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.linalg import inv, lu, norm, solve, solve_triangular

ORDER = 10
HILBERT = math.lcm(*range(1, 2 * ORDER)) // np.add.outer(np.arange(ORDER), np.arange(1, ORDER + 1))
SUMS = HILBERT.sum(axis=1)


def residual(x: Any) -> float:
    """Return the relative residual of a solution of the Hilbert system."""
    return float(norm(SUMS - HILBERT @ x) / (norm(HILBERT, 2) * norm(x)))


def from_factors(P: Any, L: Any, U: Any, b: Any) -> Any:
    """Solve by two substitutions."""
    return solve_triangular(U, solve_triangular(L, P.T @ b, lower=True))


def draw_factors(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw the factors of a matrix, and a right side."""
    n = int(rng.integers(3, 7))
    return (*lu(rng.normal(size=(n, n)) + n * np.eye(n)[rng.permutation(n)]), rng.normal(size=n))


def lacks(answer: Any) -> str:
    """Return what is wrong with the two residuals."""
    numbers = np.asarray(answer, dtype=float)
    if numbers.shape != (2,):
        return f"A list of two numbers is wanted; yours has the shape {numbers.shape}."
    first, second = numbers
    if second < 1e-14 < first:
        return "The right numbers in the wrong order: solve first."
    if second > 1:
        return "Divide by the norms of the matrix and of x: the entries of the matrix are large."
    if not 0 <= first <= 1e-14:  # nan is not, either
        return "The first is too large for solve. Is it the residual, b - H x, and not the error?"
    if not 1e-8 < second < 1e-2:
        return "The second is not what the inverse leaves: x is inv(H) @ b."
    return ""


QUESTIONS = {
    "1": Value(
        [1.0, -1.0, 2.0],
        mistakes=[
            Mistake([3.0, 1.0, 4.0], "That is the right side after elimination; now substitute backwards."),
            Mistake([-2.0, -2.5, 9.5], "Subtract the multiples on the right side as well."),
            Mistake([2.0, -1.0, 1.0], "The right numbers in the wrong order: x, y, z."),
            Mistake([2.0, 1.0, 2.0], "Those are the pivots; the unknowns are wanted."),
        ],
        why="The pivots are 2, 1 and 2.",
    ),
    "2": Value(
        [0.0, math.inf, 1.0],
        mistakes=[
            Mistake([math.inf, 0.0, 1.0], "The first two are the wrong way round: twice 1 is not 3."),
            Mistake([0.0, math.inf, 0.0], "Three equations in two unknowns may agree: try (1, 0) in the third."),
            Mistake([0.0, 1.0, 1.0], "The second system is one equation, twice: a whole line of solutions."),
            Mistake([math.inf, math.inf, 1.0], "In the first, the left sides are doubled but the right side is not."),
            Mistake([1.0, 1.0, 1.0], "Draw the lines: parallel ones do not cross."),
        ],
        why="Count ranks, not equations.",
    ),
    "3": Function(
        from_factors,
        draw=draw_factors,
        cases=[(np.eye(3)[[1, 2, 0]], np.eye(3), np.eye(3), np.array([1.0, 2.0, 3.0]))],
        mistakes=[
            Mistake(
                lambda P, L, U, b: solve_triangular(U, solve_triangular(L, P @ b, lower=True)),
                "The permutation is undone by its transpose: P.T @ b.",
            ),
            Mistake(
                lambda P, L, U, b: solve_triangular(U, solve_triangular(L, b, lower=True)),
                "The rows of b must be swapped as those of the matrix were.",
            ),
            Mistake(
                lambda P, L, U, b: solve_triangular(L, solve_triangular(U, P.T @ b), lower=True),
                "First the lower triangle, then the upper one.",
            ),
            Mistake(
                lambda P, L, U, b: solve_triangular(L, P.T @ b, lower=True),
                "That is y, half of the way: U x = y is to be solved as well.",
            ),
            Mistake(
                lambda P, L, U, b: solve_triangular(U, solve_triangular(L, P.T @ b)),
                "L is a lower triangle: say lower=True.",
            ),
            Mistake(
                lambda P, L, U, b: P.T @ solve_triangular(U, solve_triangular(L, b, lower=True)),
                "Swaps of rows reorder equations, not unknowns: P.T acts on b, before the substitutions.",
            ),
        ],
        why="Each further right side costs two substitutions only.",
    ),
    "4": Property(
        [residual(solve(HILBERT, SUMS)), residual(inv(HILBERT) @ SUMS)],
        lacks,
        mistakes=[
            Mistake([6e-5, 1.2e-16], "The right numbers in the wrong order: solve first."),
            Mistake(
                [4e-4, 4e-3],
                "The first is too large for solve. Is it the residual, b - H x, and not the error?",
            ),
            Mistake([1e-16, 1e-16], "The second is not what the inverse leaves: x is inv(H) @ b."),
            Mistake(
                [float(norm(SUMS - HILBERT @ x)) for x in (solve(HILBERT, SUMS), inv(HILBERT) @ SUMS)],
                "Divide by the norms of the matrix and of x: the entries of the matrix are large.",
            ),
        ],
        why="Both errors are below 0.01; only one residual is at the level of rounding.",
    ),
    "5": Value(
        [5 / 6, 1.5],
        mistakes=[
            Mistake([1.5, 5 / 6], "The right numbers in the wrong order: intercept, then slope."),
            Mistake([1.0, 1.5], "That is the line through the first and the last point; it ignores the second."),
            Mistake([0.0, 2.0], "Your line has no intercept: the first column of the matrix is ones."),
            Mistake([1.0, 1.0], "That is the line through the first two points; the third is far off."),
        ],
        why="The residuals are 1/6, -1/3 and 1/6: their sum is 0.",
    ),
}
