"""Answers to the exercises of the page on skewness and kurtosis."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.statistics import skew

LAPLACE_TAIL = float(np.exp(-5 * np.sqrt(2)) / 2)
UNIFORM_TAIL = float((10 * np.sqrt(3) - 5) / (20 * np.sqrt(3)))


def shape(p: float) -> list[float]:
    """Skewness and excess kurtosis of a Bernoulli variable."""
    q = 1 - p
    return [(q - p) / np.sqrt(p * q), 1 / (p * q) - 6]


def draw_probability(rng: np.random.Generator) -> tuple[float]:
    """Draw a probability, neither 0 nor 1."""
    return (float(rng.uniform(0.02, 0.98)),)


def breaks_the_rule(answer: Any) -> str:
    """Return what keeps five integers from being a counterexample, or an empty text."""
    x = np.asarray(answer)
    if x.shape != (5,) or not np.array_equal(x, np.round(np.asarray(x, dtype=float))):
        return "The answer is a list of five integers."
    if x.min() < 0 or x.max() > 9:
        return "The integers lie between 0 and 9."
    if sorted(x) == [0, 1, 2, 2, 4]:
        return "That is the list of this page. Find another one."
    if np.ptp(x) == 0:
        return "Equal numbers have no skewness: 0/0."
    if skew(x) <= 1e-9:
        return "Its skewness is not positive."
    if x.mean() >= np.median(x):
        return "Its skewness is positive, but its mean is not below its median."
    return ""


QUESTIONS = {
    "1": Value(
        [2 / np.sqrt(3), -2 / 3],
        mistakes=[
            Mistake([2 / np.sqrt(3), 7 / 3], "7/3 is the kurtosis; the excess is 3 less."),
            Mistake([6.0, 21.0], "Those are the moments. Divide by the powers 3/2 and 2 of the variance."),
            Mistake(
                [2 / np.sqrt(3), 4.0], "21 divided by 3 minus 3? The fourth moment is divided by the variance squared."
            ),
            Mistake([0.75, 21 / 16 - 3], "The divisor n gives the variance 3, not 4."),
            Mistake(
                [2 / 3, -2 / 3], "The third moment is divided by the power 3/2 of the variance, not by its square."
            ),
        ],
        why="Right-skewed, and yet of negative excess: four values cannot have heavy tails.",
    ),
    "2": Function(
        shape,
        draw=draw_probability,
        cases=[(0.5,), (0.01,), (0.9,)],
        mistakes=[
            Mistake(
                lambda p: [-shape(p)[0], shape(p)[1]], "A rare success is far out on the right: positive for small p."
            ),
            Mistake(lambda p: [shape(p)[0], shape(p)[1] + 3], "The second number is the excess: subtract 3."),
            Mistake(
                lambda p: [(1 - 2 * p) * p * (1 - p), (1 - 3 * p * (1 - p)) * p * (1 - p)],
                "Those are the central moments. Divide by the powers of the variance.",
            ),
            Mistake(
                lambda p: [(1 - 2 * p) / (p * (1 - p)), shape(p)[1]],
                "The third moment is divided by the power 3/2 of the variance.",
            ),
        ],
        why="The excess is -2 for a fair coin, and grows beyond all bounds for a rare event.",
    ),
    "3": Property(
        [1, 2, 3, 3, 5],
        breaks_the_rule,
        mistakes=[
            Mistake([0, 1, 2, 2, 4], "That is the list of this page. Find another one."),
            Mistake([0, 0, 0, 0, 9], "Its skewness is positive, but its mean is not below its median."),
            Mistake([0, 9, 9, 9, 9], "Its skewness is not positive."),
            Mistake([0, 1, 2, 2, 14], "The integers lie between 0 and 9."),
            Mistake([3, 3, 3, 3, 3], "Equal numbers have no skewness: 0/0."),
            Mistake([1, 2, 2, 4], "The answer is a list of five integers."),
        ],
        why="The sign of the skewness does not order mean and median.",
    ),
    "4": Value(
        [46 / 9, 11],
        mistakes=[
            Mistake([73 / 9, 8], "That is the kurtosis; the excess is 3 less."),
            Mistake([46 / 9, 10], "Ten values reach 5.11 at most, which is below 6."),
            Mistake([46 / 9, 12], "Eleven values are enough: their largest excess is 6.1."),
            Mistake([5.0, 11], "You left out 1 / (n - 1)."),
        ],
        why="The largest excess of n values is n - 5 + 1 / (n - 1).",
    ),
    "5": Value(
        [LAPLACE_TAIL, UNIFORM_TAIL],
        mistakes=[
            Mistake([UNIFORM_TAIL, LAPLACE_TAIL], "The right numbers in the wrong order: A first."),
            Mistake(
                [2 * LAPLACE_TAIL, 2 * UNIFORM_TAIL], "Those are the probabilities of both tails. A loss is one side."
            ),
            Mistake(
                [float(np.exp(-5) / 2), UNIFORM_TAIL], "1 is the standard deviation of A; its scale is 1 over root 2."
            ),
            Mistake([LAPLACE_TAIL, 0.25], "10 is the standard deviation of B; it reaches out to 10 times root 3."),
        ],
        why="The law of lower kurtosis loses more than 5 in every third period or so.",
    ),
}
