"""Answers to the exercises of the page on centre and spread."""

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion.exercises._questions import Function, Mistake, Value
from companion.statistics import mean_abs_deviation, median_abs_deviation

FIVE = [1, 2, 3, 4, 5]
BEFORE, AFTER = [4.0, 3.0, 3.0, 5.0], [202.6, 3.0, 3.0, 998.0]


def robust_z(x: ArrayLike) -> NDArray[np.float64]:
    """Distances from the median, in units of the MAD scaled for normal data."""
    x = np.asarray(x)
    z: NDArray[np.float64] = (x - np.median(x)) / median_abs_deviation(x, scale="normal")
    return z


def rescaled(x: ArrayLike, center: Any, unit: Any) -> NDArray[np.float64]:
    """Return the distances from some centre, in some unit."""
    x = np.asarray(x)
    return np.asarray((x - center(x)) / unit(x))


def draw_list(rng: np.random.Generator) -> tuple[list[float]]:
    """Draw different numbers, now and then with a wild one."""
    x = rng.choice(np.arange(-30, 31), size=int(rng.integers(4, 10)), replace=False).astype(float)
    if rng.uniform() < 0.5:
        x[0] = 1000.0
    return (x.tolist(),)


def average_over_samples(n: int, ddof: int) -> float:
    """Return the mean variance of all samples of n of the five members, drawn without putting back."""
    return float(np.mean([np.var(sample, ddof=ddof) for sample in combinations(FIVE, n)]))


QUESTIONS = {
    "1": Value(
        [*BEFORE, *AFTER],
        mistakes=[
            Mistake([*BEFORE, 202.6, 3.0, 3.0, 1000.0], "The range is the largest minus the smallest, 1000 - 2."),
            Mistake([*BEFORE, 4.0, 3.0, 3.0, 998.0], "The mean moves, too: the sum of the second list is 1013."),
            Mistake([*BEFORE, 202.6, 5.0, 3.0, 998.0], "The median is the third of the sorted list, before and after."),
            Mistake([4.0, 3.0, 3.0, 7.0, 202.6, 3.0, 3.0, 1000.0], "The range is a difference: subtract the smallest."),
        ],
        why="Mean and range follow the wild value; median and mode do not see it.",
    ),
    "2": Value(
        [4.0, 32 / 7],
        mistakes=[
            Mistake([32 / 7, 4.0], "The other way round: the population is divided by 8, the sample by 7."),
            Mistake([2.0, float(np.sqrt(32 / 7))], "Those are the standard deviations. Do not take the root."),
            Mistake([4.0, 4.0], "The sample variance divides by n - 1."),
            Mistake([1.5, 12 / 7], "You added the distances; a variance adds their squares."),
            Mistake([32 / 7, 32 / 6], "Eight numbers: divide by 8 for the population, by 7 for the sample."),
        ],
        why="The squared deviations make 32.",
    ),
    "3": Function(
        robust_z,
        draw=draw_list,
        cases=[([1, 2, 3, 4, 100],), ([0.5, 0.5, 2.0, 8.0],)],
        mistakes=[
            Mistake(
                lambda x: rescaled(x, np.median, median_abs_deviation),
                "Scale the MAD for normal data: divide it by 0.6745.",
            ),
            Mistake(
                lambda x: rescaled(x, np.median, lambda a: median_abs_deviation(a) * 0.6744897501960817),
                "The MAD of normal data is 0.6745 sigma: to estimate sigma, divide it by that number.",
            ),
            Mistake(
                lambda x: rescaled(x, np.mean, lambda a: median_abs_deviation(a, scale="normal")),
                "Subtract the median. The mean follows a wild value.",
            ),
            Mistake(lambda x: rescaled(x, np.mean, np.std), "That is the ordinary z-score. Use median and MAD."),
            Mistake(
                lambda x: rescaled(x, np.median, mean_abs_deviation),
                "Divide by the median absolute deviation, not by the mean one.",
            ),
        ],
        why="Wild values stand out: they do not stretch their own yardstick.",
    ),
    "4": Value(
        [2.5, 2.5],
        mistakes=[
            Mistake([2.0, 2.0], "That is the average with putting back. Use combinations, not product."),
            Mistake(
                [average_over_samples(2, 0), average_over_samples(3, 0)],
                "You divided by n. The variance of a sample has ddof=1.",
            ),
            Mistake([float(np.sqrt(2.5))] * 2, "That is a standard deviation; the averages are those of the variance."),
        ],
        why="That is the variance of the population with divisor N - 1, for every n.",
    ),
    "5": Value(
        [50.5, 49.5],
        mistakes=[
            Mistake([50.5, 99.0], "From the middle both extremes are half a range away."),
            Mistake(
                [3.0, 97.0], "The median: from there 100 is 97 away. Move right, and the largest distance shrinks."
            ),
            Mistake([22.0, 78.0], "The mean: from there 100 is 78 away. Move right, and the largest distance shrinks."),
            Mistake([49.5, 50.5], "The centre is (1 + 100) / 2, the cost (100 - 1) / 2."),
        ],
        why="The midrange sees nothing but the extremes.",
    ),
}
