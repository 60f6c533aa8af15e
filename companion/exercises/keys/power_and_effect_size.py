"""Answers to the exercises of the page on power and effect size."""

from math import ceil

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm, t
from companion.statistics import tt_ind_solve_power

POOLED = float(np.sqrt((23 * 4**2 + 17 * 3**2) / 40))
D = 3 / POOLED
EQUAL = tt_ind_solve_power(0.5, 64, 0.05)
UNEQUAL = tt_ind_solve_power(0.5, 32, 0.05, ratio=3)
EDGE = float(norm.isf(0.05))
LEAST = float(t.isf(0.025, 199_998) * np.sqrt(2 / 100_000))


def overlap(d: float) -> float:
    """Area that two normal densities with variance 1 share."""
    return float(2 * norm.cdf(-d / 2))


def needed(effect: float, level: float, power: float) -> float:
    """Sample size for a right-tailed z test, not rounded."""
    return float((norm.isf(level) + norm.ppf(power)) / effect) ** 2


def sample_size(effect: float, alpha: float, power: float) -> int:
    """Smallest whole sample with at least this power."""
    return ceil(needed(effect, alpha, power))


def draw_design(rng: np.random.Generator) -> tuple[float, float, float]:
    """Draw an effect, a level and a power."""
    return float(rng.uniform(0.05, 1)), float(rng.uniform(0.001, 0.1)), float(rng.uniform(0.5, 0.99))


QUESTIONS = {
    "1": Value(
        [D, overlap(D)],
        mistakes=[
            Mistake(
                [3 / 3.5, overlap(3 / 3.5)], "Pool the variances, weighted by n - 1, and take the root at the end."
            ),
            Mistake(
                [3 / np.sqrt(12.5), overlap(3 / np.sqrt(12.5))],
                "The samples differ in size: weigh the variances by 23 and 17.",
            ),
            Mistake(
                [3 / np.sqrt(13), overlap(3 / np.sqrt(13))],
                "The weights are n - 1, so 23 and 17, over their sum 40.",
            ),
            Mistake([-D, overlap(D)], "The first minus the second: the first mean is the larger one."),
            Mistake(
                [3 / (521 / 40), overlap(3 / (521 / 40))], "That is the pooled variance; divide by its square root."
            ),
            Mistake([D, float(norm.cdf(-D / 2))], "That is the area on one side of the crossing; there are two."),
            Mistake([D, float(norm.cdf(D / np.sqrt(2)))], "That is the probability of superiority, not the overlap."),
            Mistake([D, overlap(2 * D)], "The curves cross half-way between the means, at d/2."),
        ],
        why="Large in Cohen's words, and the laws still share two thirds.",
    ),
    "2": Value(
        [EQUAL, UNEQUAL],
        mistakes=[
            Mistake([UNEQUAL, EQUAL], "The right numbers in the wrong order: equal groups first."),
            Mistake([EQUAL, EQUAL], "The total is the same, but the standard error is not: give ratio=3."),
            Mistake(
                [EQUAL, tt_ind_solve_power(0.5, 96, 0.05, ratio=3)],
                "ratio is the second size over the first: with nobs1=32 it is 3.",
            ),
            Mistake(
                [EQUAL, tt_ind_solve_power(0.5, 32, 0.05, ratio=1 / 3)],
                "ratio is the second size over the first: 96/32, not 32/96.",
            ),
            Mistake(
                [EQUAL, tt_ind_solve_power(0.5, 32, 0.05)],
                "That is for 32 and 32: give ratio=3, the second size over the first.",
            ),
            Mistake(
                [
                    tt_ind_solve_power(0.5, 64, 0.05, alternative="larger"),
                    tt_ind_solve_power(0.5, 32, 0.05, ratio=3, alternative="larger"),
                ],
                "That is one-tailed; the test is two-tailed.",
            ),
        ],
        why="Unequal groups waste patients: 32 and 96 are worth about 48 and 48.",
    ),
    "3": Function(
        sample_size,
        draw=draw_design,
        cases=[(0.3, 0.05, 0.9), (0.5, 0.05, 0.8)],
        mistakes=[
            Mistake(lambda d, level, power: needed(d, level, power), "Observations are whole: round up."),
            Mistake(
                lambda d, level, power: int(needed(d, level, power)), "Round up: with fewer the power falls short."
            ),
            Mistake(
                lambda d, level, power: ceil(needed(d, level / 2, power)),
                "Right-tailed: all of alpha is in one tail; that is for two tails.",
            ),
            Mistake(
                lambda d, level, power: ceil(needed(d, level, 1 - power)),
                "The quantile of the power 1 - beta is wanted: norm.ppf(power), or norm.isf(1 - power).",
            ),
            Mistake(
                lambda d, level, power: ceil(2 * needed(d, level, power)),
                "That is for each of two groups; here is one.",
            ),
            Mistake(
                lambda d, level, power: ceil(needed(d, level, power) * d),
                "Divide by the effect before the square is taken.",
            ),
        ],
        why="For 0.3, 0.05 and 0.9 it is 96.",
    ),
    "4": Value(
        [0.5, float(norm.cdf(norm.isf(0.2) - EDGE))],
        mistakes=[
            Mistake([0.05, 0.2], "Those are the p-values. How often would the statistic exceed the critical value?"),
            Mistake([0.95, 0.8], "One minus p is not power: the bell is now centred at the observed statistic."),
            Mistake(
                [0.5, float(norm.cdf(EDGE - norm.isf(0.2)))],
                "The observed statistic is below the edge, so less than half.",
            ),
            Mistake(
                [float(norm.cdf(norm.isf(p) - norm.isf(0.025))) for p in (0.05, 0.2)],
                "Right-tailed: all of the 5 % lie beyond one edge.",
            ),
            Mistake([0.5, 0.5], "Only for p = 0.05 is the bell centred at the edge."),
        ],
        why="The power is a function of p alone, so it says nothing that p did not say.",
    ),
    "5": Value(
        [LEAST, float(norm.cdf(LEAST / np.sqrt(2)))],
        mistakes=[
            Mistake(
                [LEAST / np.sqrt(2), float(norm.cdf(LEAST / 2))],
                "Two groups: the standard error of the difference holds 2/n, not 1/n.",
            ),
            Mistake(
                [LEAST, float(norm.cdf(LEAST))],
                "The difference of two members has the variance 2: divide d by its root.",
            ),
            Mistake([LEAST, overlap(LEAST)], "That is the overlap. The chance of being ahead is wanted."),
            Mistake(
                [float(EDGE * np.sqrt(2 / 100_000)), float(norm.cdf(EDGE * np.sqrt(2 / 100_000) / np.sqrt(2)))],
                "Two-tailed: the critical value has 2.5 % beyond it.",
            ),
        ],
        why="One in four hundred comparisons more than a coin would give.",
    ),
}
