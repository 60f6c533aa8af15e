"""Answers to the exercises of the page on correlation."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.statistics import cov, pearsonr, rankdata, spearmanr

Numbers = list[float]
R = float(pearsonr([2, 4, 6, 8], [1, 3, 2, 5]).statistic)


def rank_correlation(x: Numbers, y: Numbers) -> float:
    """Spearman's coefficient, right for ties."""
    return float(spearmanr(x, y).statistic)


def shortcut(x: Numbers, y: Numbers) -> float:
    """Return the formula with rank differences, which ties spoil."""
    d, n = rankdata(x) - rankdata(y), len(x)
    return float(1 - 6 * (d @ d) / (n * (n**2 - 1)))


def by_appearance(x: Numbers, y: Numbers) -> float:
    """Return the correlation of ranks that differ for equal values."""
    return float(pearsonr(rankdata(x, "ordinal"), rankdata(y, "ordinal")).statistic)


def partial_correlation(x: Numbers, y: Numbers, z: Numbers) -> float:
    """Correlation of x and y, given z."""
    return float(pearsonr(rest(x, z), rest(y, z)).statistic)


def rest(v: Numbers, z: Numbers) -> Any:
    """Return what a line on z leaves of v."""
    return np.array(v) - cov(v, z)[0, 1] / cov(z) * np.array(z)


def draw_with_ties(rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Draw two columns with equal values in each."""
    n = int(rng.integers(4, 12))
    x, y = (np.r_[0, 0, 1, rng.integers(0, 4, n)].astype(float) for _ in range(2))
    return rng.permutation(x).tolist(), rng.permutation(y).tolist()


def draw_three(rng: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    """Draw two columns that a third one moves."""
    z, e1, e2 = rng.normal(size=(3, int(rng.integers(5, 30))))
    return (2 * z + e1).round(2).tolist(), (e2 - z).round(2).tolist(), z.round(2).tolist()


def fault(y: Any) -> str:
    """Return what is wrong with a function on -3, ..., 3 that should have no correlation with its argument."""
    values = np.asarray(y, dtype=float)
    if values.shape != (7,):
        return f"Give a list of seven numbers; yours has the shape {values.shape}."
    if not np.all(np.isfinite(values)):
        return "All seven must be finite numbers."
    if np.ptp(values) == 0:
        return "They are all equal: the correlation is 0/0, not 0."
    product = np.arange(-3, 4) @ (values - values.mean())
    if abs(product) > 1e-9 * np.abs(values).max():
        return f"The products of the deviations add up to {product:.4g}, not to 0. Make f the same on both sides of 0."
    return ""


QUESTIONS = {
    "1": Value(
        [11 / 3, R],
        mistakes=[
            Mistake([11 / 4, R], "For a sample divide by n - 1, not by n."),
            Mistake([11.0, R], "11 is the sum of the products. Divide it by n - 1."),
            Mistake([11 / 3, R**2], "That is the square of r."),
            Mistake(
                [11 / 3, 0.75 * R], "Mixed divisors: take n - 1 in the covariance and in both standard deviations."
            ),
            Mistake(
                [11 / 3, R / 0.75],
                "No r is above 1: the standard deviations need the divisor n - 1, as the covariance.",
            ),
            Mistake([55 / 3, R], "Those are the products of the values. Subtract the means first."),
        ],
        why="Y falls once, and the tendency is positive all the same.",
    ),
    "2": Function(
        rank_correlation,
        draw=draw_with_ties,
        cases=[([1, 1, 2, 2], [1, 2, 1, 2]), ([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])],
        mistakes=[
            Mistake(shortcut, "The shortcut is exact without ties only. Take Pearson's coefficient of the mid-ranks."),
            Mistake(lambda x, y: float(pearsonr(x, y).statistic), "That is r of the values. Rank them first."),
            Mistake(by_appearance, "Equal values must get equal ranks: the mean of the places that they share."),
            Mistake(
                lambda x, y: float(pearsonr(rankdata(x, "dense"), rankdata(y, "dense")).statistic),
                "Those are dense ranks. Equal values share the mean of their places.",
            ),
            Mistake(
                lambda x, y: -rank_correlation(x, y), "One of the columns is ranked from the top; rank both alike."
            ),
        ],
        why="For mid-ranks the definition needs no special case.",
    ),
    "3": Property(
        [9, 4, 1, 0, 1, 4, 9],
        problem=fault,
        mistakes=[
            Mistake(
                [-3, -2, -1, 0, 1, 2, 3],
                "The products of the deviations add up to 28, not to 0. Make f the same on both sides of 0.",
            ),
            Mistake([5, 5, 5, 5, 5, 5, 5], "They are all equal: the correlation is 0/0, not 0."),
            Mistake([27, 8, 1, 0, 1, 8], "Give a list of seven numbers; yours has the shape (6,)."),
        ],
        why="y depends on i completely, and r does not see it.",
    ),
    "4": Function(
        partial_correlation,
        draw=draw_three,
        mistakes=[
            Mistake(lambda x, y, z: float(pearsonr(x, y).statistic), "That is r of x and y: z still moves both."),
            Mistake(
                lambda x, y, z: float(pearsonr(rest(x, z), y).statistic),
                "Take z out of y as well (with z in one of them it is called a semipartial correlation).",
            ),
            Mistake(
                lambda x, y, z: float(pearsonr(np.subtract(x, z), np.subtract(y, z)).statistic),
                "Subtract the best line, with its slope, not z itself.",
            ),
            Mistake(
                lambda x, y, z: float(pearsonr(x, y).statistic - pearsonr(x, z).statistic * pearsonr(y, z).statistic),
                "That is only the numerator of the formula with three coefficients; it lacks the roots of 1 - r^2.",
            ),
        ],
        why="The same as (r_xy - r_xz r_yz) over the roots of 1 - r_xz^2 and 1 - r_yz^2.",
    ),
    "5": Value(
        [385, 0.01],
        mistakes=[
            Mistake([383, 0.01], "383 are the degrees of freedom, n - 2."),
            Mistake([384, 0.01], "With 384 pairs t is just below the quantile."),
            Mistake([272, 0.01], "That is one-sided. Two-sided at 5 % takes the quantile of 0.975."),
            Mistake([385, 0.1], "The share of the variance is the square of r."),
        ],
        why="Significant, and one hundredth of the variance.",
    ),
}
