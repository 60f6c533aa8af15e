"""Answers to the exercises of the page on the central limit theorem."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm


def enough(p: float, error: float) -> int:
    """Least n for which the Berry-Esseen bound of a count is at most *error*."""
    return int(np.ceil((0.4748 * skewness_ratio(p) / error) ** 2))


def skewness_ratio(p: float) -> float:
    """Third absolute central moment of a 0/1 variable over its cubed standard deviation."""
    return float((p**2 + (1 - p) ** 2) / np.sqrt(p * (1 - p)))


def draw_case(rng: np.random.Generator) -> tuple[float, float]:
    """Draw a probability and a permitted error."""
    return float(rng.uniform(0.001, 0.999)), float(rng.uniform(0.005, 0.2))


QUESTIONS = {
    "1": Value(
        [2.0, 144],
        mistakes=[
            Mistake([1 / 3, 144], "Divide by the root of 36, not by 36."),
            Mistake([2.0, 72], "Twice the data divide the standard error by the root of 2 only."),
            Mistake([4.0, 144], "4 is the variance of the mean; the standard error is its root."),
        ],
        why="Half the error costs four times the data.",
    ),
    "2": Value(
        [3.5, 35 / 24],
        mistakes=[
            Mistake([3.5, 35 / 12], "That is the variance of a single face; the mean of two has half of it."),
            Mistake([7.0, 35 / 6], "Those are mean and variance of the sum. Divide by 2 before."),
            Mistake([3.5, 35 / 24 * 36 / 35], "You listed all samples: divide by 36, not by 35 (ddof=0)."),
        ],
        why="35/12 over 2.",
    ),
    "3": Value(
        [float(norm.sf(2)), float(norm.sf(0.2))],
        mistakes=[
            Mistake([float(norm.sf(0.2)), float(norm.sf(0.2))], "Means of 100 scatter by 10/10 = 1 cm only."),
            Mistake([float(norm.cdf(2)), float(norm.cdf(0.2))], "Those are the probabilities of staying below."),
            Mistake([float(norm.sf(2)), float(norm.sf(2))], "A single person scatters by 10 cm, not by 1 cm."),
        ],
        why="For one person nothing unusual, for a mean of 100 rare.",
    ),
    "4": Function(
        enough,
        draw=draw_case,
        cases=[(0.5, 0.05), (0.01, 0.05)],
        mistakes=[
            Mistake(
                lambda p, error: int(np.ceil(0.4748 * skewness_ratio(p) / error)),
                "n stands under a root in the bound: square what you get.",
            ),
            Mistake(
                lambda p, error: int((0.4748 * skewness_ratio(p) / error) ** 2),
                "Round up: with n rounded down the bound is still above the error.",
            ),
            Mistake(
                lambda p, error: int(np.ceil((0.4748 * skewness_ratio(p) * np.sqrt(p * (1 - p)) / error) ** 2)),
                "Divide rho by the third power of sigma, that is by (p(1 - p))^(3/2).",
            ),
        ],
        why="At p = 0.5 ninety or so are enough for 0.05, at p = 0.01 thousands.",
    ),
    "5": Value(
        [2 / np.sqrt(10), 0.2],
        mistakes=[
            Mistake([2 / np.sqrt(1000), 2 / np.sqrt(100)], "The number of groups does not matter, their size does."),
            Mistake([0.2, 0.02], "Skewness falls with the root of n: 2 over the root of 10, not 2 over 10."),
            Mistake([2.0, 2.0], "2 is the skewness of a single value; means are less skewed."),
        ],
        why="Larger groups are more normal, though there are fewer of them.",
    ),
}
