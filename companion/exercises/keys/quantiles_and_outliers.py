"""Answers to the exercises of the page on quantiles and outliers."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value

BEYOND = 3**-1.5 / 4
TURNED = (5 - 7.001) / (19 - 8)
PAIRS = [(0.0, 0.0), (1.0, 1.0), (0.5, 0.5), (0.0, 1.0), (1 / 3, 1 / 3), (3 / 8, 3 / 8)]


def position_quantile(x: list[float], p: float, alpha: float, beta: float) -> float:
    """Quantile at the position alpha + (n + 1 - alpha - beta) p."""
    n = len(x)
    return float(np.interp(p, (np.arange(1, n + 1) - alpha) / (n + 1 - alpha - beta), np.sort(x)))


def unsorted(x: list[float], p: float, alpha: float, beta: float) -> float:
    """Forget to sort."""
    n = len(x)
    return float(np.interp(p, (np.arange(1, n + 1) - alpha) / (n + 1 - alpha - beta), x))


def counted_from_0(x: list[float], p: float, alpha: float, beta: float) -> float:
    """Take the position for an index from 0."""
    n = len(x)
    h = alpha + (n + 1 - alpha - beta) * p
    return float(np.interp(h, np.arange(n), np.sort(x)))


def one_rule(x: list[float], p: float, alpha: float, beta: float) -> float:
    """Ignore the constants."""
    return float(np.quantile(x, p))


def without_step(x: list[float], p: float, alpha: float, beta: float) -> float:
    """Take the value at the whole part of the position."""
    n = len(x)
    h = alpha + (n + 1 - alpha - beta) * p
    return float(np.sort(x)[int(np.clip(np.floor(h), 1, n)) - 1])


def draw_sample(rng: np.random.Generator) -> tuple[list[float], float, float, float]:
    """Draw a sample, a level and the constants of a rule."""
    alpha, beta = PAIRS[int(rng.integers(len(PAIRS)))]
    sample = np.round(rng.normal(50, 20, int(rng.integers(2, 15))), 1)
    return sample.tolist(), float(rng.uniform()), alpha, beta


QUESTIONS = {
    "1": Value(
        [5.5, 14.5, -8, 28],
        mistakes=[
            Mistake([6.5, 13.5, -4, 24], "That is the rule of np.quantile's default, at 1 + (n - 1)p. Use (n + 1)p."),
            Mistake(
                [3.25, 9.75, -6.5, 19.5], "3.25 and 9.75 are positions in the list. The quartiles are the values there."
            ),
            Mistake([6, 14, -6, 26], "Those are the medians of the two halves. Go a quarter of the way from 5 to 7."),
            Mistake([5.5, 14.5, -3.5, 23.5], "The quartiles are right. The fences are 1.5 IQR away, not 1."),
            Mistake([5, 13, -7, 25], "Positions 3.25 and 9.75 are not whole: go on towards the next value."),
            Mistake(
                [6.5, 13.5, -8, 28], "Positions 3.25 and 9.75: a quarter, and three quarters, of the way to the next."
            ),
        ],
        why="The largest value, 27, is inside. By NumPy's default it is outside.",
    ),
    "2": Function(
        position_quantile,
        draw=draw_sample,
        cases=[
            ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100], 0.25, 0.0, 0.0),
            ([3, 1], 0.0, 0.0, 0.0),
            ([3, 1], 1.0, 0.0, 0.0),
            ([4, 2, 9], 0.5, 1.0, 1.0),
        ],
        mistakes=[
            Mistake(unsorted, "Sort the list first."),
            Mistake(counted_from_0, "Position h counts from 1, Python from 0: the value at position 1 is x[0]."),
            Mistake(one_rule, "That is one rule for all alpha and beta."),
            Mistake(without_step, "Go on by h - j towards the next value."),
        ],
        why="With alpha = beta = 0 it is 'weibull', with 1 and 1 'linear'.",
    ),
    "3": Value(
        BEYOND,
        mistakes=[
            Mistake(2 * BEYOND, "The lower fence is negative, and no wait is: only one side counts."),
            Mistake(0.00697660, "That is the share of a normal law."),
            Mistake(1 - BEYOND, "That is the share below the upper fence."),
            Mistake(1 / 12, "That is one IQR above the quartile; the fence is one and a half."),
            Mistake(3**-1.5, "That is P(T > 1.5 IQR). The fence stands at 1.5 IQR above the quartile, log 4."),
        ],
        why="Nearly 5 %, all on the right.",
    ),
    "4": Value(
        TURNED,
        mistakes=[
            Mistake(-TURNED, "The line goes down: from 7.001 at x = 8 to 5 at x = 19."),
            Mistake((12.5 - 7.001) / 11, "That is the slope through the old point, at 12.50."),
            Mistake((5 - 7.001) / 19, "Divide by the run from 8 to 19."),
            Mistake(5 - 7.001, "That is the rise. Divide by the run from 8 to 19."),
            Mistake(
                (5 - 82.51 / 11) / 10, "The mean of all eleven y has the old point in it. The ten at x = 8 decide."
            ),
        ],
        why="One point turned the line.",
    ),
    "5": Value(
        [1, 6, 3],
        mistakes=[
            Mistake([1, 5, 3], "With five liars the sixth smallest is still honest, and it is the median."),
            Mistake([1, 6, 2], "With two liars the ninth smallest is still honest, and it is Q3."),
            Mistake([1, 5, 2], "The statistic breaks when the liars reach its position, 6 or 9, not one before."),
            Mistake([1, 3, 6], "The right numbers, in another order: mean, median, IQR."),
            Mistake([0, 6, 3], "Without a liar nothing is driven anywhere: the mean needs one."),
        ],
        why="As shares of n: none, one half and one quarter in the limit.",
    ),
}
