"""Answers to the exercises of the page on z tests."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm
from companion.statistics import proportions_ztest, ztest_1samp_from_stats

NOISY = ztest_1samp_from_stats(117, 100, 120, 20, alternative="less")
EACH = float(np.ceil((norm.ppf(0.95) + norm.ppf(0.8)) ** 2 * (0.095 * 0.905 + 0.08 * 0.92) / 0.015**2))


def ab_z(x1: int, n1: int, x2: int, n2: int) -> float:
    """Statistic of the pooled z test of two proportions."""
    return float(proportions_ztest([x1, x2], [n1, n2]).statistic)


def unpooled(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return the statistic with the standard error of the interval."""
    p1, p2 = x1 / n1, x2 / n2
    return float((p1 - p2) / np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2))


def against_pooled(x1: int, n1: int, x2: int, n2: int) -> float:
    """Return what the notes print: the first rate minus the pooled one."""
    pooled = (x1 + x2) / (n1 + n2)
    return float((x1 / n1 - pooled) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2)))


def draw_counts(rng: np.random.Generator) -> tuple[int, int, int, int]:
    """Draw successes and trials of two samples."""
    n1, n2 = (int(n) for n in rng.integers(20, 500, 2))
    return int(rng.integers(2, n1 - 2)), n1, int(rng.integers(2, n2 - 2)), n2


QUESTIONS = {
    "1": Value(
        [2.0, float(norm.sf(2))],
        mistakes=[
            Mistake([2.0, float(norm.cdf(2))], "That is the share below 130."),
            Mistake([2.0, 2 * float(norm.sf(2))], "That is the share in both tails, above 130 and below 70."),
            Mistake([30.0, float(norm.sf(2))], "The z-score counts standard deviations: divide 30 by 15."),
            Mistake([2.0, 0.05], "5 % is the usual rounding, and for both tails: the share above 130 is smaller."),
        ],
        why="Two standard deviations; 2.3 % of the people are above.",
    ),
    "2": Value(
        [float(NOISY.statistic), float(NOISY.pvalue)],
        mistakes=[
            Mistake([1.5, float(NOISY.pvalue)], "117 is below 120: the statistic is negative."),
            Mistake([-1.5, 2 * float(NOISY.pvalue)], "That is two-sided. Faster is less: one tail."),
            Mistake([-1.5, float(norm.sf(-1.5))], "That is the right tail. Faster is less: the left one."),
            Mistake([-0.15, float(norm.cdf(-0.15))], "The unit is the standard error, 20 divided by the root of 100."),
        ],
        why="Not significant at 5 %: p is 0.067.",
    ),
    "3": Function(
        ab_z,
        draw=draw_counts,
        cases=[(114, 1200, 80, 1000)],
        mistakes=[
            Mistake(
                unpooled,
                "That is the standard error of the interval. Under H0 both samples share one proportion: pool.",
            ),
            Mistake(
                against_pooled, "The numerator is the difference of the two rates, not of a rate and the pooled one."
            ),
            Mistake(lambda x1, n1, x2, n2: -ab_z(x1, n1, x2, n2), "First minus second."),
        ],
        why="Squared, it is the chi-square statistic of the table.",
    ),
    "4": Value(
        [2, EACH],
        mistakes=[
            Mistake([1, EACH], "With the counts as they are p is 0.108. Multiply counts and visitors by c."),
            Mistake(
                [2, float(np.ceil((norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * (0.095 * 0.905 + 0.08 * 0.92) / 0.015**2))],
                "The test is right-tailed at 5 %: the quantile of 0.95, not of 0.975.",
            ),
            Mistake([2, EACH - 1], "Round up: with one visitor fewer the power is below 0.8."),
            Mistake(
                [2, float((norm.ppf(0.95) + norm.ppf(0.8)) ** 2 * (0.095 * 0.905 + 0.08 * 0.92) / 0.015**2)],
                "Visitors are whole: round the number up.",
            ),
            Mistake([2, 2 * EACH], "Those are the visitors of both designs together."),
        ],
        why="Twice the visitors make the same rates significant; power 0.8 takes about four times as many.",
    ),
    "5": Value(
        [float(np.sqrt(13 / 40 * 27 / 40 * 2 / 20)), float(np.sqrt((0.25 + 0.15 * 0.85) / 20))],
        mistakes=[
            Mistake(
                [float(np.sqrt((0.25 + 0.15 * 0.85) / 20)), float(np.sqrt(13 / 40 * 27 / 40 * 2 / 20))],
                "The right numbers in the wrong order: the pooled one first.",
            ),
            Mistake(
                [float(np.sqrt(13 / 40 * 27 / 40 / 40)), float(np.sqrt((0.25 + 0.15 * 0.85) / 20))],
                "A difference of two means: the pooled variance counts once for each sample, times 1/20 + 1/20.",
            ),
        ],
        why="They differ by 8 %; which one is right depends on what is assumed.",
    ),
}
