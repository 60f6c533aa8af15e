"""Answers to the exercises of the page on constrained optimisation."""

import warnings
from typing import Any

import numpy as np

from companion.calculus import equality_qp, solve_qp
from companion.exercises._questions import Function, Mistake, Value


def calmest(S: Any) -> Any:
    """Return the shares of least variance, none of them negative."""
    d = len(S)
    return solve_qp(2 * np.asarray(S), np.zeros(d), -np.eye(d), np.zeros(d), np.ones((1, d)), [1.0]).x


def with_short_sales(S: Any) -> Any:
    """Return the shares of least variance, of any sign."""
    d = len(S)
    return equality_qp(2 * np.asarray(S), np.zeros(d), np.ones((1, d)), [1.0]).x


def clipped(S: Any) -> Any:
    """Return the shares of any sign with the negative ones set to 0, divided by their sum."""
    w = np.maximum(with_short_sales(S), 0)
    return w / w.sum()


def without_sum(S: Any) -> Any:
    """Return the shares without the condition that they sum to 1."""
    return np.zeros(len(S))


def all_negative(S: Any) -> Any:
    """Return what solve_qp finds with w <= 0 in place of w >= 0: None, as no such shares sum to 1."""
    d = len(S)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return solve_qp(2 * np.asarray(S), np.zeros(d), np.eye(d), np.zeros(d), np.ones((1, d)), [1.0]).x


def by_variance_alone(S: Any) -> Any:
    """Return the shares of least variance for assets without covariances."""
    w = 1 / np.diag(S)
    return w / w.sum()


def draw_covariances(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw the covariances of two to four assets, some of them strongly correlated."""
    d = int(rng.integers(2, 5))
    common, own = rng.uniform(0.5, 3, size=d), rng.uniform(0.1, 1, size=d)  # so some would be sold short
    S = np.outer(common, common) + np.diag(own)
    return (S,)


QUESTIONS = {
    "1": Value(
        [3, 4, 2],
        mistakes=[
            Mistake([3, 4, -2], "That is the multiplier for +λ; the Lagrangian here has a minus sign."),
            Mistake([4, 3, 2], "x and y are swapped: 3 times 3 plus 4 times 4 is 25."),
            Mistake([3, 4, 1], "The point is right. 2x = 3 λ, so λ is 2 x / 3."),
            Mistake([0, 6.25, 3.125], "That point is on the line, but (3, 4) is closer: use both equations."),
        ],
        why="The distance is 5.",
    ),
    "2": Value(
        0.5,
        mistakes=[
            Mistake(5, "That is the multiplier, for one whole unit; here it is a tenth of a unit."),
            Mistake(0.1, "Multiply the change of the constraint by the multiplier."),
            Mistake(0.5025, "That is the exact growth; the estimate by the multiplier is asked for."),
            Mistake(-0.5, "The maximum grows: y = λ with the minus sign in the Lagrangian."),
        ],
        why="The exact growth is 0.5025.",
    ),
    "3": Function(
        calmest,
        draw=draw_covariances,
        cases=[(np.array([[1.0, 1.5], [1.5, 4.0]]),), (np.diag([1.0, 2.0, 4.0]),)],
        mistakes=[
            Mistake(with_short_sales, "Some shares are negative: add the inequalities -w <= 0."),
            Mistake(clipped, "Setting negative shares to 0 afterwards does not give the least variance."),
            Mistake(without_sum, "Nothing bought, no variance: add the equation that the shares sum to 1."),
            Mistake(all_negative, "No shares w <= 0 sum to 1, so x is None. For w >= 0 take G = -I: -w <= 0."),
            Mistake(by_variance_alone, "That ignores the covariances."),
        ],
        atol=1e-7,
        why="Where an asset only adds variance, its share is 0.",
    ),
    "4": Value(
        [2, 0, 0],
        mistakes=[
            Mistake([1, 0, 1], "The second equation is 0 + μ₂ + μ₃ = 0 at (2, 1): the third does not push."),
            Mistake(
                [-2, 0, 0], "Multipliers of inequalities are not negative: the gradient (-2, 0) plus μ₁ (1, 0) is 0."
            ),
            Mistake([0, 0, 2], "The gradient is (-2, 0); the third pushes along (1, 1), the first along (1, 0)."),
            Mistake([2, 0, 2], "Put them into both stationary equations: the third must be 0."),
        ],
        why="An active inequality may have the multiplier 0.",
    ),
}
