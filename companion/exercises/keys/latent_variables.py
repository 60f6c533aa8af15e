"""Answers to the exercises of the page on latent variables."""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import norm

from companion.exercises._questions import Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Labels = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

_DENSITIES = norm.pdf(2.5, [-3, 1, 5], [2.8, 1.5, 1.8])
_WEIGHTED = _DENSITIES * [0.3, 0.4, 0.3]


def n_peaks(gap: float) -> int:
    """Return the number of peaks of two standard normal densities at a distance."""
    return 2 if abs(gap) > 2 else 1


def always_two(gap: float) -> int:
    """A wrong count: two components, two peaks."""
    return 2


def from_one_standard_deviation(gap: float) -> int:
    """A wrong count: one standard deviation is held to be enough."""
    return 2 if abs(gap) > 1 else 1


def draw_gap(rng: np.random.Generator) -> tuple[float]:
    """Draw a distance that is not critical."""
    gap = float(rng.uniform(0, 4))
    return (gap if abs(gap - 2) > 0.01 else gap + 0.05,)


def logs(x: Table, weights: Table, means: Table, sds: Table) -> Table:
    """Return the logarithms of the weighted densities."""
    return np.asarray(np.log(weights) + norm.logpdf(np.asarray(x)[:, None], means, sds))


def likelihoods(x: Table, z: Labels, weights: Table, means: Table, sds: Table) -> Table:
    """Return the complete-data and the marginal log-likelihood."""
    table = logs(x, weights, means, sds)
    return np.array([table[np.arange(len(table)), z].sum(), logsumexp(table, axis=1).sum()])


def swapped(x: Table, z: Labels, weights: Table, means: Table, sds: Table) -> Table:
    """A wrong order."""
    return likelihoods(x, z, weights, means, sds)[::-1]


def without_weights(x: Table, z: Labels, weights: Table, means: Table, sds: Table) -> Table:
    """Wrong: the weights are forgotten."""
    return likelihoods(x, z, np.ones_like(weights), means, sds)


def split_logarithm(x: Table, z: Labels, weights: Table, means: Table, sds: Table) -> Table:
    """Wrong: the logarithm of the sum is taken for the sum of the logarithms."""
    return np.array([likelihoods(x, z, weights, means, sds)[0], logs(x, weights, means, sds).sum()])


def draw_labelled(rng: np.random.Generator) -> tuple[Table, Labels, Table, Table, Table]:
    """Draw points with labels, and components."""
    k, n = int(rng.integers(2, 4)), int(rng.integers(3, 8))
    weights = rng.uniform(0.2, 1, size=k)
    sds = rng.uniform(0.5, 2, size=k)
    return rng.normal(0, 2, size=n), rng.integers(0, k, size=n), weights / weights.sum(), rng.normal(0, 2, size=k), sds


QUESTIONS = {
    "1": Value(
        [0.4, 8, 1],
        mistakes=[
            Mistake([0.4, 8, 2], "Maximum likelihood divides by the number of points, not by one less."),
            Mistake([0.6, 2, 8 / 3], "That is component 1."),
            Mistake([2, 8, 1], "The weight is a share of all five points."),
        ],
        why="Its own two points decide.",
    ),
    "2": Value(
        _DENSITIES / _DENSITIES.sum(),
        mistakes=[
            Mistake(_DENSITIES, "These are the densities; divide them by their sum."),
            Mistake(_WEIGHTED / _WEIGHTED.sum(), "These are the shares with the weights 0.3, 0.4, 0.3."),
            Mistake([1 / 3, 1 / 3, 1 / 3], "Equal weights are not equal shares: the densities differ."),
        ],
        why="The weights are part of the answer: a picture must state them.",
    ),
    "3": Function(
        n_peaks,
        draw=draw_gap,
        cases=[(0.0,), (1.0,), (1.95,), (1.985,), (2.015,), (2.1,), (4.0,)],
        mistakes=[
            Mistake(always_two, "Two bells that are near to each other melt into one."),
            Mistake(from_one_standard_deviation, "Look at gaps between 1 and 2: how many peaks are there?"),
        ],
        why="Two peaks exactly if the means are more than two standard deviations apart.",
    ),
    "4": Function(
        likelihoods,
        draw=draw_labelled,
        mistakes=[
            Mistake(swapped, "The complete-data one first."),
            Mistake(without_weights, "The weights belong to both."),
            Mistake(split_logarithm, "The logarithm of a sum is not the sum of the logarithms."),
        ],
        why="The marginal one is never the smaller: its sum holds the term of the true label.",
    ),
}
