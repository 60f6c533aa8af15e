"""Answers to the exercises of the page on joint distributions."""

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Value


def mixture_variance(p: NDArray[np.float64], mean: NDArray[np.float64], sd: NDArray[np.float64]) -> list[float]:
    """Variance within and between the parts of a mixture."""
    return [float(p @ sd**2), float(p @ (mean - p @ mean) ** 2)]


def draw_mixture(rng: np.random.Generator) -> tuple[NDArray[np.float64], ...]:
    """Weights, means and standard deviations of a few parts."""
    k = int(rng.integers(2, 6))
    return rng.dirichlet(np.ones(k)), rng.normal(15, 5, size=k), rng.uniform(0.5, 4, size=k)


QUESTIONS = {
    "1": Value(
        [12 / 25, 3 / 5],
        mistakes=[
            Mistake(
                [13 / 25, 3 / 5], "The first number is the probability of different colours; add up the other two."
            ),
            Mistake(
                [12 / 25, 9 / 25], "The second number is the joint probability. Divide it by that of a red second ball."
            ),
            Mistake([12 / 25, 2 / 5], "The second number is that for a red first ball. Asked is blue."),
        ],
        why="The second is the marginal probability: the draws are independent.",
    ),
    "2": Value(
        [2 / 7, 33 / 7],
        mistakes=[
            Mistake([1 / 18, 33 / 7], "1/18 is the joint probability. Divide by P(min = 3) = 7/36."),
            Mistake([1 / 4, 9 / 2], "Not all maxima are equally probable: 3 comes from one roll, the others from two."),
            Mistake([2 / 11, 33 / 7], "You divided by P(max = 6) = 11/36: that is P(min = 3 | max = 6)."),
        ],
        why="Given a minimum of 3 there are seven rolls: (3, 3), and two for each larger maximum.",
    ),
    "3": Value(
        [1.0, 1 / 3, 7 / 12],
        mistakes=[
            Mistake([1.0, 1 / 2, 7 / 12], "The triangle has half of the area, but the density is lower there."),
            Mistake([1.0, 2 / 3, 7 / 12], "That is P(X + Y > 1). Integrate y from 0 to 1 - x."),
            Mistake(
                [1.0, 1 / 3, 1 / 2], "Given Y = 1/2 the density of X is x + 1/2, which is not symmetric about 1/2."
            ),
        ],
        why="At y = 1/2 the joint density is the conditional one, as the marginal density is 1 there.",
    ),
    "4": Function(
        mixture_variance,
        draw=draw_mixture,
        cases=[(np.array([0.5, 0.5]), np.array([18.0, 12.0]), np.array([2.0, 1.0]))],
        mistakes=[
            Mistake(lambda p, mean, sd: mixture_variance(p, mean, sd)[::-1], "The part within comes first."),
            Mistake(
                lambda p, mean, sd: [p @ sd**2, np.var(mean)],
                "The variance of the means needs the weights too: around their weighted mean, with weights p.",
            ),
            Mistake(
                lambda p, mean, sd: [np.mean(sd**2), mixture_variance(p, mean, sd)[1]],
                "Average the variances with the weights p.",
            ),
            Mistake(
                lambda p, mean, sd: [p @ sd, mixture_variance(p, mean, sd)[1]],
                "Within is the mean of the *variances*: square the standard deviations.",
            ),
            Mistake(
                lambda p, mean, sd: [(p @ sd) ** 2, mixture_variance(p, mean, sd)[1]],
                "Square each standard deviation first, then average.",
            ),
        ],
        why="Their sum is the variance of the mixture.",
    ),
    "5": Value(
        [[0.4, 0.2], [0.0, 0.4]],
        mistakes=[
            Mistake(
                [[0.24, 0.36], [0.16, 0.24]], "Those are independent draws; P(same colour) is 0.48. More is possible."
            ),
            Mistake([[0.0, 0.6], [0.4, 0.0]], "That is the smallest P(same colour), 0. Asked is the largest."),
            Mistake([[0.4, 0.0], [0.2, 0.4]], "Rows are B: the first must sum to 3/5, and the first column to 2/5."),
            Mistake([[0.5, 0.0], [0.0, 0.5]], "The margins must stay: rows 3/5 and 2/5, columns 2/5 and 3/5."),
        ],
        why="Each diagonal entry is as large as its smaller margin, 2/5; the rest follows.",
    ),
}
