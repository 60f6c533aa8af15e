"""Answers to the exercises of the page on expectation maximisation."""

from math import exp

import numpy as np
from scipy.stats import norm

from companion.exercises._questions import Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def responsibilities(x: Table, weights: Table, means: Table, variances: Table) -> Table:
    """Return the posterior probabilities of the components."""
    parts = weights * norm.pdf(np.asarray(x)[:, None], means, np.sqrt(variances))
    return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def fitted(x: Table, gamma: Table, centers: Table | None = None) -> Table:
    """Return weights, means and variances by responsibilities; the variances about the given centers."""
    N = gamma.sum(axis=0)
    means = x @ gamma / N
    about = means if centers is None else centers
    return np.array([N / len(x), means, (gamma * (x[:, None] - about) ** 2).sum(axis=0) / N])


def em_round(x: Table, weights: Table, means: Table, variances: Table) -> Table:
    """Return the parameters after one round of EM."""
    return fitted(x, responsibilities(x, weights, means, variances))


def with_old_means(x: Table, weights: Table, means: Table, variances: Table) -> Table:
    """A wrong round: the variances are taken about the old means."""
    return fitted(x, responsibilities(x, weights, means, variances), means)


def hard_round(x: Table, weights: Table, means: Table, variances: Table) -> Table:
    """A wrong round: each point belongs wholly to the likelier component."""
    gamma = np.eye(len(weights))[responsibilities(x, weights, means, variances).argmax(axis=1)]
    with np.errstate(invalid="ignore"):
        return fitted(x, gamma)


def without_weights(x: Table, weights: Table, means: Table, variances: Table) -> Table:
    """A wrong round: the weights are forgotten in the E-step."""
    return em_round(x, np.ones_like(weights), means, variances)


def variances_as_sds(x: Table, weights: Table, means: Table, variances: Table) -> Table:
    """A wrong round: the variances are taken for standard deviations."""
    return em_round(x, weights, means, variances**2)


def draw_round(rng: np.random.Generator) -> tuple[Table, Table, Table, Table]:
    """Draw points and two or three components near to them."""
    k = int(rng.integers(2, 4))
    weights = rng.uniform(0.3, 1, size=k)
    x = rng.normal(0, 2, size=int(rng.integers(6, 12)))
    return x, weights / weights.sum(), rng.normal(0, 1.5, size=k), rng.uniform(0.5, 3, size=k)


def rate(burnt: Table, on: Table) -> float:
    """Return the rate of maximum likelihood."""
    return len(burnt) / float(np.sum(burnt) + np.sum(on))


def without_those_on(burnt: Table, on: Table) -> float:
    """A wrong rate: the lamps that still burn are left out."""
    return len(burnt) / float(np.sum(burnt))


def as_if_out(burnt: Table, on: Table) -> float:
    """A wrong rate: the lamps that still burn are taken as just gone out."""
    return (len(burnt) + len(on)) / float(np.sum(burnt) + np.sum(on))


def draw_lamps(rng: np.random.Generator) -> tuple[Table, Table]:
    """Draw lives, some of them cut off."""
    return rng.exponential(2, size=int(rng.integers(3, 9))), rng.uniform(0.5, 4, size=int(rng.integers(1, 6)))


QUESTIONS = {
    "1": Value(
        1 / (1 + exp(-2)),
        mistakes=[
            Mistake(0.5, "That is the prior; 0 is nearer to the first mean."),
            Mistake(1 / (1 + exp(-4)), "The exponent is half the squared distance."),
            Mistake(1 - 1 / (1 + exp(-2)), "That is the second component."),
        ],
        why="A logistic function of the difference of the exponents.",
    ),
    "2": Value(
        [0.5, 4 / 3, 32 / 9],
        mistakes=[
            Mistake([0.5, 2, 4], "The middle point counts half, in the sum and in the number."),
            Mistake([1.5, 4 / 3, 32 / 9], "The weight is the effective number divided by the number of points."),
            Mistake([0.5, 4 / 3, 16 / 3], "Divide the sum of squares by the effective number, 3/2."),
        ],
        why="The effective number is 3/2.",
    ),
    "3": Function(
        em_round,
        draw=draw_round,
        mistakes=[
            Mistake(with_old_means, "The variances are taken about the new means."),
            Mistake(hard_round, "The responsibilities are fractions: do not round them to 0 and 1."),
            Mistake(without_weights, "The weights belong to the E-step."),
            Mistake(variances_as_sds, "variances are squares of standard deviations."),
        ],
        why="E, then M.",
    ),
    "4": Function(
        rate,
        draw=draw_lamps,
        mistakes=[
            Mistake(without_those_on, "Lamps that still burn say that lives are long; do not leave them out."),
            Mistake(as_if_out, "A lamp that still burns lives on for 1/r more, on average."),
        ],
        rtol=1e-4,
        why="Those that went out, divided by all hours burnt.",
    ),
}
