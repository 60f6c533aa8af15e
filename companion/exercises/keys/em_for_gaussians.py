"""Answers to the exercises of the page on EM for Gaussians."""

from math import log, sqrt

import numpy as np
from scipy.special import softmax

from companion.exercises._questions import Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def em_means(x: Table, mu: Table, sigma: float, rounds: int) -> Table:
    """Return the means after rounds of EM."""
    for _ in range(rounds):
        shares = softmax(-((x[:, None] - mu) ** 2) / (2 * sigma**2), axis=1)
        mu = x @ shares / shares.sum(axis=0)
    return mu


def with_variance_one(x: Table, mu: Table, sigma: float, rounds: int) -> Table:
    """A wrong loop: sigma is forgotten."""
    return em_means(x, mu, 1.0, rounds)


def sigma_as_variance(x: Table, mu: Table, sigma: float, rounds: int) -> Table:
    """A wrong loop: sigma is taken for the variance."""
    return em_means(x, mu, sqrt(sigma), rounds)


def divided_by_all(x: Table, mu: Table, sigma: float, rounds: int) -> Table:
    """A wrong loop: the sums are divided by the number of points."""
    for _ in range(rounds):
        mu = x @ softmax(-((x[:, None] - mu) ** 2) / (2 * sigma**2), axis=1) / len(x)
    return mu


def hard(x: Table, mu: Table, sigma: float, rounds: int) -> Table:
    """A wrong loop: nearly hard assignments."""
    return em_means(x, mu, sigma / 30, rounds)


def draw_start(rng: np.random.Generator) -> tuple[Table, Table, float, int]:
    """Draw points, two or three means among them, a spread and a number of rounds."""
    x = rng.normal(0, 2, size=int(rng.integers(5, 12)))
    mu = rng.choice(x, size=int(rng.integers(2, 4)), replace=False)
    return x, mu, float(rng.uniform(1.3, 2.5)), int(rng.integers(1, 5))


QUESTIONS = {
    "1": Value(
        0.6,
        mistakes=[
            Mistake(1, "That is the hard assignment; both points have a share in the mean."),
            Mistake(-0.6, "That is the first mean."),
            Mistake(0.8, "That is a share; the mean weighs both points."),
            Mistake(1 / 3, "The exponent is the difference of the means times x: 2 log 2, not log 2."),
        ],
        why="Shares of 1/5 and 4/5.",
    ),
    "2": Value(
        sqrt(2 / log(9)),
        mistakes=[
            Mistake(2 / log(9), "That is the variance."),
            Mistake(sqrt(2 / log(0.9 / 0.1) / 2), "The squared distance is 4, divided by 2 sigma squared."),
            Mistake(sqrt(2 / log(10)), "The odds are 0.9 to 0.1: the logarithm of 9."),
        ],
        why="The logarithm of the odds is 2 over the variance.",
    ),
    "3": Function(
        em_means,
        draw=draw_start,
        mistakes=[
            Mistake(with_variance_one, "sigma decides how soft the shares are."),
            Mistake(sigma_as_variance, "The exponent has the square of sigma."),
            Mistake(divided_by_all, "Divide by the sum of the shares of each component."),
            Mistake(hard, "Shares are fractions."),
        ],
        why="Shares, then weighted means.",
    ),
    "4": Value(
        2 + log(9) / 4,
        mistakes=[
            Mistake(2, "That is k-means; the weights differ."),
            Mistake(2 - log(9) / 4, "The frequent component gets more room, not less."),
            Mistake(2 + log(9), "Divide by the distance of the means."),
            Mistake(3.6, "The cut does not divide the distance by the weights."),
        ],
        why="The logarithm of the odds of the weights, divided by the distance of the means.",
    ),
}
