"""Answers to the exercises of the page on confidence intervals."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.probability import binom
from companion.statistics import (
    ttest_ind_from_stats,
    zconfint_diff_from_stats,
    zconfint_mean_from_stats,
    ztest_ind_from_stats,
)

PAYS = (40, 14, 25, 36, 7, 25)
HALF = ttest_ind_from_stats(*PAYS, equal_var=False)
LOW, HIGH = (float(end) for end in HALF.confidence_interval())
P = float(HALF.pvalue)
FULL = ttest_ind_from_stats(40, 14, 50, 36, 7, 50, equal_var=False)


def overlap_problem(answer: Any) -> str:
    """Return what two samples lack to overlap and yet differ significantly."""
    if len(answer) != 6:
        return f"Six numbers are wanted: mean, sigma and n of each sample; got {len(answer)}."
    mean1, sigma1, n1, mean2, sigma2, n2 = (float(value) for value in answer)
    if min(sigma1, sigma2) <= 0 or min(n1, n2) < 1:
        return "sigma must be positive, and n at least 1."
    first, second = zconfint_mean_from_stats(mean1, sigma1, n1), zconfint_mean_from_stats(mean2, sigma2, n2)
    pvalue = float(ztest_ind_from_stats(mean1, sigma1, n1, mean2, sigma2, n2).pvalue)
    if max(first.low, second.low) > min(first.high, second.high):
        return "These intervals do not overlap. Move the means a little nearer to each other."
    if pvalue > 0.05:
        return f"They overlap, but the test does not reject: p = {pvalue:.3f}. Move the means a little apart."
    return ""


def percentile_interval(x: np.ndarray, i: np.ndarray) -> list[float]:
    """Ends of the percentile interval for the median, from a matrix of indices."""
    return [float(end) for end in np.quantile(np.median(x[i], axis=1), [0.025, 0.975])]


def draw_resamples(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw a skewed sample and the indices of its resamples."""
    n = int(rng.integers(5, 40))
    return rng.lognormal(size=n), rng.integers(0, n, (300, n))


def basic(x: np.ndarray, i: np.ndarray) -> list[float]:
    """Return the percentile interval mirrored at the median."""
    low, high = percentile_interval(x, i)
    return [float(2 * np.median(x) - high), float(2 * np.median(x) - low)]


QUESTIONS = {
    "1": Value(
        [48.04, 51.96, 246],
        mistakes=[
            Mistake([49.755, 50.245, 246], "Divide by the root of 64, not by 64."),
            Mistake([34.32, 65.68, 246], "That is the range of 95 % of the single values: use the standard error."),
            Mistake([48.04, 51.96, 245], "With 245 the margin is just above 1: round up."),
            Mistake([48.04, 51.96, 245.8624], "Observations are whole: round the number up."),
            Mistake([48.04, 51.96, 126], "The margin must fall by the factor 1.96, so n grows by its square."),
            Mistake([49.02, 50.98, 246], "Estimate plus and minus the margin, not half of it."),
        ],
        why="Nearly four times the data for about half the margin.",
    ),
    "2": Value(
        float(binom(100, 0.95).cdf(90)),
        mistakes=[
            Mistake(float(binom(100, 0.95).pmf(90)), "That is exactly 90. You want 90 or fewer."),
            Mistake(float(binom(100, 0.95).cdf(89)), "90 itself counts: 90 or fewer."),
            Mistake(float(binom(100, 0.95).sf(90)), "That is the probability of more than 90."),
            Mistake(float(binom(100, 0.95).cdf(95)), "That is 95 or fewer."),
        ],
        why="Less than 3 %: a reason to simulate more, not a proof.",
    ),
    "3": Value(
        [LOW, HIGH, P],
        mistakes=[
            Mistake([-HIGH, -LOW, P], "That is A minus B: put B first."),
            Mistake([*(float(end) for end in FULL.confidence_interval()), float(FULL.pvalue)], "Now 25 of each."),
            Mistake(
                [
                    *(float(e) for e in ttest_ind_from_stats(*PAYS).confidence_interval()),
                    float(ttest_ind_from_stats(*PAYS).pvalue),
                ],
                "That pools the variances, 49 and 196, as if they were equal: equal_var=False is Welch's method.",
            ),
            Mistake(
                [*(float(end) for end in zconfint_diff_from_stats(*PAYS)), float(ztest_ind_from_stats(*PAYS).pvalue)],
                "That is the z interval. The standard deviations are estimates: use Welch's method, with t quantiles.",
            ),
            Mistake([LOW, HIGH, P / 2], "That p-value is one-sided."),
        ],
        why="The interval is wide and holds 0: half the survey cannot decide.",
    ),
    "4": Property(
        [10, 5, 25, 13.5, 5, 25],
        overlap_problem,
        mistakes=[
            Mistake(answer, overlap_problem(answer))
            for answer in (
                [36, 7, 50, 40, 14, 50],
                [10, 5, 25, 15, 5, 25],
                [10, 1, 13.5, 1],
                [10, 0, 25, 13.5, 5, 25],
            )
        ],
        why="The margin of the difference is the hypotenuse of the two margins, which is shorter than their sum.",
    ),
    "5": Function(
        percentile_interval,
        draw=draw_resamples,
        mistakes=[
            Mistake(
                lambda x, i: list(np.quantile(np.median(x[i], axis=0), [0.025, 0.975])),
                "axis=0 runs over the resamples. Each row is a resample: take the median with axis=1.",
            ),
            Mistake(lambda x, i: list(np.quantile(np.mean(x[i], axis=1), [0.025, 0.975])), "The median, not the mean."),
            Mistake(
                lambda x, i: list(np.quantile(np.median(x[i], axis=1), [0.05, 0.95])),
                "That cuts 5 % off at each end, which leaves 90 %.",
            ),
            Mistake(
                basic, "That is the basic interval, mirrored. The percentile interval takes the quantiles as they are."
            ),
            Mistake(
                lambda x, i: list(np.quantile(x, [0.025, 0.975])), "Those are quantiles of the data. Resample: x[i]."
            ),
        ],
        why="Put any statistic in place of the median.",
    ),
}
