"""Answers to the exercises of the page on probability mass functions."""

import numpy as np
from scipy.special import gammaln

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import binom, poisson


def log_pmf(k: int, n: int, p: float) -> float:
    """Logarithm of the binomial probability, by log-gamma functions."""
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return float(ways + k * np.log(p) + (n - k) * np.log1p(-p))


def draw_count(rng: np.random.Generator) -> tuple[int, int, float]:
    """Draw a number of successes, a number of trials and a probability."""
    n = int(10 ** rng.uniform(0, 6))
    return int(rng.integers(0, n + 1)), n, float(rng.uniform(0.05, 0.95))


QUESTIONS = {
    "1": Value(
        [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16],
        mistakes=[
            Mistake([1 / 5] * 5, "The counts are not equally likely: four heads come in one way, two heads in six."),
            Mistake([1, 4, 6, 4, 1], "Those are the numbers of sequences. Divide by the number of all sequences."),
            Mistake([1 / 16] * 5, "That is the probability of one sequence. How many sequences have k heads?"),
        ],
        why="Binomial coefficients over 16; they sum to 1.",
    ),
    "2": Value(
        float(binom.sf(5, 10, 1 / 3)),
        mistakes=[
            Mistake(float(binom.sf(6, 10, 1 / 3)), "sf(6) is P(X > 6), without the 6. You want P(X >= 6) = P(X > 5)."),
            Mistake(float(binom.pmf(6, 10, 1 / 3)), "That is exactly 6. At least 6 means 6, 7, 8, 9 or 10."),
            Mistake(float(binom.cdf(5, 10, 1 / 3)), "That is at most 5, the opposite event."),
            Mistake(
                float(binom.sf(5, 10, 1 / 2)), "With three choices a guess is right with probability 1/3, not 1/2."
            ),
        ],
        why="About one guesser in thirteen.",
    ),
    "3": Value(
        poisson.pmf(np.arange(21), 5),
        mistakes=[
            Mistake(
                poisson.pmf(np.arange(21), 2) + poisson.pmf(np.arange(21), 3),
                "That sums to 2. X + Y = k can happen as 0 + k, 1 + (k - 1), and so on: add the products.",
            ),
            Mistake(
                poisson.pmf(np.arange(21), 2) * poisson.pmf(np.arange(21), 3),
                "That is P(X = k and Y = k), both inboxes with k. The sum k can be shared out in other ways.",
            ),
            Mistake(poisson.pmf(np.arange(21), 2.5), "Means of sums add; they are not averaged."),
        ],
        why="It is Poisson with mean 5: the sum of independent Poisson counts is Poisson.",
    ),
    "4": Function(
        log_pmf,
        draw=draw_count,
        cases=[(1000, 2000, 0.5), (0, 1, 0.3), (0, 1_000_000, 0.1), (1_000_000, 1_000_000, 0.9)],
        rtol=1e-7,
        atol=1e-7,
        mistakes=[
            Mistake(
                lambda k, n, p: float(
                    gammaln(n) - gammaln(k + 1e-300) - gammaln(n - k + 1e-300) + k * np.log(p) + (n - k) * np.log1p(-p)
                ),
                "gammaln(n) is log (n - 1)!. The factorial of n is gammaln(n + 1).",
            ),
            Mistake(
                lambda k, n, p: float(k * np.log(p) + (n - k) * np.log1p(-p)),
                "That is one sequence. Add the logarithm of the number of sequences, log of n! / (k! (n - k)!).",
            ),
            Mistake(lambda k, n, p: float(np.exp(log_pmf(k, n, p))), "That is the probability. Return its logarithm."),
        ],
        why="For n = 2000 and k = 1000 the probability itself is exp of it, with no overflow on the way.",
    ),
    "5": Value(
        [0.0, float(poisson.pmf(2, 2.5)), 10.0],
        mistakes=[
            Mistake(
                [float(poisson.pmf(3, 5)), float(poisson.pmf(4, 5)), 5.0],
                "People are not a Poisson count here: they come two at a time. Count the couples.",
            ),
            Mistake(
                [0.0, float(poisson.pmf(2, 2.5)), 5.0],
                "The variance of 2 N is four times that of N; only the mean doubles.",
            ),
            Mistake(
                [0.0, float(poisson.pmf(4, 2.5)), 10.0],
                "Four people are two couples: P(X = 4) = P(N = 2).",
            ),
        ],
        why="Mean 5, variance 10, and never an odd number.",
    ),
}
