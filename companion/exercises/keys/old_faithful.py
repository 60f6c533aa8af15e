"""Answers to the exercises of the page on Old Faithful."""

from typing import Any

import numpy as np
from scipy.stats import norm

from companion.datasets import load_old_faithful
from companion.exercises._questions import Function, Mistake, Value
from companion.ml.mixture import GaussianMixture

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_GEYSER = load_old_faithful().data
_BRIEF = _GEYSER[_GEYSER[:, 0] < 3]
_PARTS = np.array([0.36089, 0.63911]) * norm.pdf(67, [54.615, 80.091], [5.871, 5.868])


def _gain(column: int) -> float:
    """Return the gain in log-likelihood from one to two Gaussians."""
    options: dict[str, Any] = {"tol": 1e-10, "max_iter": 5000, "reg_covar": 0, "random_state": 0}
    one, two = (GaussianMixture(k, **options).fit(_GEYSER[:, [column]]) for k in (1, 2))
    return len(_GEYSER) * (two.score(_GEYSER[:, [column]]) - one.score(_GEYSER[:, [column]]))


def expected_wait(length: float, weights: Table, means: Table, covariances: Table) -> float:
    """Return the expected second feature given the first."""
    parts = weights * norm.pdf(length, means[:, 0], np.sqrt(covariances[:, 0, 0]))
    return float(parts @ _waits(length, means, covariances) / parts.sum())


def _waits(length: float, means: Table, covariances: Table) -> Table:
    slopes = covariances[:, 1, 0] / covariances[:, 0, 0]
    return np.asarray(means[:, 1] + slopes * (length - means[:, 0]))


def with_prior_weights(length: float, weights: Table, means: Table, covariances: Table) -> float:
    """A wrong expectation: the length is not used to update the weights."""
    return float(weights @ _waits(length, means, covariances))


def of_the_likelier(length: float, weights: Table, means: Table, covariances: Table) -> float:
    """A wrong expectation: hard instead of soft."""
    parts = weights * norm.pdf(length, means[:, 0], np.sqrt(covariances[:, 0, 0]))
    return float(_waits(length, means, covariances)[parts.argmax()])


def without_slopes(length: float, weights: Table, means: Table, covariances: Table) -> float:
    """A wrong expectation: the means of the components, whatever the length within them."""
    parts = weights * norm.pdf(length, means[:, 0], np.sqrt(covariances[:, 0, 0]))
    return float(parts @ means[:, 1] / parts.sum())


def draw_mixture(rng: np.random.Generator) -> tuple[float, Table, Table, Table]:
    """Draw a length and a mixture in two dimensions."""
    k = int(rng.integers(2, 4))
    weights = rng.uniform(0.2, 1, size=k)
    factors = rng.normal(size=(k, 2, 2))
    covariances = factors @ factors.transpose(0, 2, 1) + 0.3 * np.eye(2)
    return float(rng.uniform(-2, 2)), weights / weights.sum(), rng.normal(0, 2, size=(k, 2)), covariances


QUESTIONS = {
    "1": Value(
        [len(_BRIEF), _BRIEF[:, 1].mean()],
        mistakes=[
            Mistake([len(_GEYSER) - len(_BRIEF), _GEYSER[_GEYSER[:, 0] >= 3, 1].mean()], "These are the long ones."),
            Mistake([len(_BRIEF), _GEYSER[:, 1].mean()], "The mean of those after a short eruption only."),
        ],
        why="After short eruptions one waits less than an hour.",
    ),
    "2": Value(
        _gain(0),
        mistakes=[
            Mistake(_gain(0) / len(_GEYSER), "That is the gain of a point on average; there are 272 points."),
            Mistake(_gain(1), "These are the waiting times; the lengths are the first column."),
            Mistake(-_gain(0), "The greater one less the smaller one."),
        ],
        why="Two groups of lengths, too.",
    ),
    "3": Value(
        _PARTS[0] / _PARTS.sum(),
        mistakes=[
            Mistake(_PARTS[1] / _PARTS.sum(), "That is the second component."),
            Mistake(0.36089, "That is its probability before you know the 67 minutes."),
            Mistake(_PARTS[0], "That is a weighted density; divide by the sum of both."),
        ],
        why="The weights tip the balance: 67 minutes are nearly half-way between the means.",
    ),
    "4": Function(
        expected_wait,
        draw=draw_mixture,
        mistakes=[
            Mistake(with_prior_weights, "The length tells something of the component: update the weights."),
            Mistake(of_the_likelier, "Do not decide for one component: average with the probabilities."),
            Mistake(without_slopes, "Within a component the wait depends on the length, too."),
        ],
        why="A soft mean of straight lines.",
    ),
}
