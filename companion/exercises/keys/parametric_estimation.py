"""Answers to the exercises of the page on parametric estimation."""

from math import log

import numpy as np

from companion.exercises._questions import Function, Mistake, Value

Observations = list[float]


def decide(x: Observations, p0: float) -> int:
    """MAP decision between the means 0 and 1, with prior probability p0 for 0."""
    return int(np.mean(x) > 0.5 + log(p0 / (1 - p0)) / len(x))


def normal_posterior(x: np.ndarray, m: float, s: float) -> tuple[float, float]:
    """Mean and variance of the posterior of a normal mean, data variance 1, prior N(m, s^2)."""
    precision = len(x) + 1 / s**2
    return (float(np.sum(x)) + m / s**2) / precision, 1 / precision


def draw_decision(rng: np.random.Generator) -> tuple[Observations, float]:
    """Draw observations whose mean is near the threshold, so that each mistake shows."""
    return rng.normal(rng.uniform(-0.5, 1.8), 0.3, int(rng.integers(1, 9))).tolist(), float(rng.uniform(0.1, 0.9))


QUESTIONS = {
    "1": Value(
        [4 / 5, 5 / 7, 5 / 6, 6 / 8],
        mistakes=[
            Mistake([4 / 5, 5 / 7, 6 / 8, 5 / 6], "MAP and MMSE with the prior 2 theta have changed places."),
            Mistake([4 / 5, 4 / 5, 5 / 6, 6 / 8], "That second number is the MAP. The MMSE is the posterior's mean."),
            Mistake(
                [4 / 5, 5 / 7, 4 / 5, 5 / 7],
                "With the prior 2 theta the posterior is Beta(4 + 2, 1 + 1); you took that of the uniform prior again.",
            ),
            Mistake(
                [4 / 5, 5 / 7, 5 / 7, 6 / 9],
                "You took Beta(2, 2) for the prior 2 theta. It is Beta(2, 1): no factor 1 - theta.",
            ),
            Mistake([4 / 5, 5 / 7, 6 / 8, 6 / 8], "That third number is the MMSE again. The MAP is the mode."),
        ],
        why="The prior 2 theta pulls both up; the uniform one pulls the mean towards 1/2.",
    ),
    "2": Value(
        0.25,
        mistakes=[
            Mistake(4.0, "That is the mean waiting time, in minutes. The rate is one over it."),
            Mistake(1 / 12, "That is one over the sum. The log-likelihood has n log lambda, not log lambda."),
            Mistake(
                float(np.mean([1 / 2, 1 / 3, 1 / 7])), "That is the mean of the reciprocals; take one over the mean."
            ),
        ],
        why="One bus in four minutes.",
    ),
    "3": Function(
        decide,
        draw=draw_decision,
        cases=[([0.6], 0.5), ([0.6], 0.75), ([1.7], 0.75), ([0.4], 0.25), ([0.55] * 8, 0.55)],
        mistakes=[
            Mistake(
                lambda x, p0: int(np.mean(x) > 0.5),
                "That is the rule for equal priors. Add log(p0 / (1 - p0)) / n to the threshold.",
            ),
            Mistake(
                lambda x, p0: int(np.mean(x) > 0.5 + log(p0 / (1 - p0))),
                "The prior counts once, the observations n times: divide its term by n.",
            ),
            Mistake(
                lambda x, p0: int(np.mean(x) > 0.5 - log(p0 / (1 - p0)) / len(x)),
                "The sign: a prior that favours 0 must raise the threshold.",
            ),
            Mistake(lambda x, p0: 1 - decide(x, p0), "0 and 1 have changed places: a large mean speaks for 1."),
        ],
        why="With many observations the threshold comes down to 1/2: the prior is drowned.",
    ),
    "4": Value(
        [5.3, 4 / 3 * 5.3],
        mistakes=[
            Mistake([5.3, 3 / 4 * 5.3], "The maximum is too small on average, so the correction makes it larger."),
            Mistake(
                [7.4, 4 / 3 * 7.4],
                "Twice the mean is the estimate by moments. The likelihood is largest at the least possible theta.",
            ),
            Mistake([5.3, 7.4], "Twice the mean is unbiased, too, but asked for is a multiple of the largest number."),
            Mistake([5.3, 3 / 2 * 5.3], "You took n/(n - 1). The expectation is n/(n + 1) of theta; turn that over."),
            Mistake([3.7, 4 / 3 * 3.7], "Below the largest observation the likelihood is 0: 5.3 could not occur."),
        ],
        why="The likelihood falls from a jump on; the maximum is at the jump, not where a derivative vanishes.",
    ),
    "5": Function(
        normal_posterior,
        draw=lambda rng: (
            rng.normal(2, 1, int(rng.integers(1, 9))),
            float(rng.uniform(-1, 3)),
            float(rng.uniform(0.3, 3)),
        ),
        cases=[(np.array([1.0]), 0.0, 1.0), (np.array([1.0, 3.0, 2.0]), -1.0, 0.5)],
        mistakes=[
            Mistake(
                lambda x, m, s: (normal_posterior(x, m, s)[0], normal_posterior(x, m, s)[1] ** 0.5),
                "The second number is the standard deviation. The variance is asked for.",
            ),
            Mistake(lambda x, m, s: normal_posterior(x, m, s)[::-1], "Mean and variance have changed places."),
            Mistake(
                lambda x, m, s: (normal_posterior(x, m, s)[0], 1 / normal_posterior(x, m, s)[1]),
                "The second number is the precision. The variance is one over it.",
            ),
            Mistake(
                lambda x, m, s: normal_posterior(x, m, s**0.5),
                "You take s for the variance of the prior; it is the standard deviation.",
            ),
            Mistake(
                lambda x, m, s: (float(np.mean(x)), 1 / len(x)),
                "That is what the data say alone. The prior adds m / s^2 to the sum and 1 / s^2 to the precision.",
            ),
            Mistake(
                lambda x, m, s: ((float(np.mean(x)) + m / s**2) / (1 + 1 / s**2), 1 / (1 + 1 / s**2)),
                "You count the data as one observation. Each of the n adds 1 to the precision.",
            ),
        ],
        why="Precisions add, and the mean is weighted by them.",
    ),
}
