"""Answers to the exercises of the page on choosing a test."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from companion.exercises._questions import Choice, Function, Mistake, Value
from companion.probability import chi2

STATISTIC = 15 * 2.8**2 / 2**2
P_VARIANCE = float(chi2.sf(STATISTIC, 15))


def kendall(x: ArrayLike, y: ArrayLike) -> float:
    """Return Kendall's tau of lists without ties."""
    return float(stats.kendalltau(x, y).statistic)


def share_of_concordant(x: ArrayLike, y: ArrayLike) -> float:
    """Return only the share of pairs in the same order."""
    return (kendall(x, y) + 1) / 2


def over_n_squared(x: ArrayLike, y: ArrayLike) -> float:
    """Divide by all ordered pairs, those of a point with itself included."""
    n = len(np.asarray(x))
    return kendall(x, y) * (n - 1) / n


def draw_lists(rng: np.random.Generator) -> tuple[list[float], list[float]]:
    """Draw two lists without ties."""
    n = int(rng.integers(3, 12))
    return rng.permutation(n).tolist(), rng.normal(size=n).tolist()


QUESTIONS = {
    "1": Value(
        112 / 1024,
        mistakes=[
            Mistake(56 / 1024, "That is one side; two-sided counts two to eight as well."),
            Mistake(90 / 1024, "At least as extreme: nine and ten of ten belong to it, too."),
            Mistake(22 / 1024, "At least as extreme: eight of ten itself belongs to it, too."),
            Mistake(45 / 1024, "That is the probability of exactly eight; add nine and ten, and the other side."),
        ],
        why="p is 0.109: eight of ten is not enough.",
    ),
    "2": Choice(
        "mood",
        hints={
            "welch": "Welch's test is about means, and salaries are strongly skewed.",
            "mann-whitney": "That is a test of the medians only if both laws have the same shape, tails and all.",
            "wilcoxon": "Wilcoxon's signed-rank test is for one sample, or for pairs.",
        },
        why="It only counts who is above the common median.",
    ),
    "3": Value(
        [STATISTIC, P_VARIANCE],
        mistakes=[
            Mistake([STATISTIC, float(chi2.sf(STATISTIC, 16))], "15 degrees of freedom: one is spent on the mean."),
            Mistake([16 * 2.8**2 / 4, float(chi2.sf(16 * 2.8**2 / 4, 15))], "The factor is n - 1."),
            Mistake([STATISTIC, 1 - P_VARIANCE], "That is the left tail; a large spread is what one fears."),
            Mistake([15 * 2.8 / 2, float(chi2.sf(21, 15))], "The ratio is of variances: square both."),
        ],
        why="29.4 with 15 degrees of freedom: p is 0.014.",
    ),
    "4": Function(
        kendall,
        draw=draw_lists,
        cases=[([1, 2, 3, 4], [1, 3, 2, 4])],
        mistakes=[
            Mistake(
                share_of_concordant, "That is the share in the same order; subtract the share in the opposite one."
            ),
            Mistake(over_n_squared, "A point is no pair with itself: n (n - 1) ordered pairs, or half as many."),
            Mistake(lambda x, y: -kendall(x, y), "The sign: same order counts plus."),
        ],
        why="It needs no units and no line, only orders.",
    ),
    "5": Value(
        [6, 8],
        mistakes=[
            Mistake([5, 7], "Two-sided: the most extreme outcome has the p-value 2/2^n, not 1/2^n."),
            Mistake([8, 6], "The right numbers in the wrong order: 5 % first."),
            Mistake([5, 8], "With five the p-value is 1/16, which is above 5 %."),
        ],
        why="With fewer, no data at all can reject.",
    ),
}
