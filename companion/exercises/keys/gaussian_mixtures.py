"""Answers to the exercises of the page on Gaussian mixtures."""

import numpy as np
from scipy.special import softmax
from scipy.stats import norm

from companion.exercises._questions import Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
ENDS = np.sort(np.roots([2 - 1 / 18, -20, 50 - np.log(6)]))


def shares(x: Table, weights: Table, means: Table, sds: Table) -> Table:
    """Return the posterior probabilities of the components, from logarithms."""
    logs = np.log(weights) + norm.logpdf(np.asarray(x)[:, None], means, sds)
    return np.asarray(softmax(logs, axis=1))


def without_weights(x: Table, weights: Table, means: Table, sds: Table) -> Table:
    """A wrong posterior: the weights are forgotten."""
    return shares(x, np.ones_like(weights), means, sds)


def as_variances(x: Table, weights: Table, means: Table, sds: Table) -> Table:
    """A wrong posterior: the standard deviations are taken for variances."""
    return shares(x, weights, means, np.sqrt(sds))


def not_normalised(x: Table, weights: Table, means: Table, sds: Table) -> Table:
    """A wrong posterior: weighted densities that do not add up to 1."""
    return np.asarray(weights * norm.pdf(np.asarray(x)[:, None], means, sds))


def underflowing(x: Table, weights: Table, means: Table, sds: Table) -> Table:
    """A posterior that is 0/0 far out."""
    parts = not_normalised(x, weights, means, sds)
    with np.errstate(invalid="ignore"):
        return np.asarray(parts / parts.sum(axis=1, keepdims=True))


def draw_components(rng: np.random.Generator) -> tuple[Table, Table, Table, Table]:
    """Draw points, one of them far out, and two to four components."""
    k = int(rng.integers(2, 5))
    x = np.append(rng.normal(0, 4, size=int(rng.integers(2, 7))), rng.choice([-1, 1]) * rng.uniform(300, 600))
    weights = rng.uniform(0.2, 1, size=k)
    return x, weights / weights.sum(), rng.normal(0, 3, size=k), rng.uniform(0.3, 3, size=k)


QUESTIONS = {
    "1": Value(
        0.8,
        mistakes=[
            Mistake(0.5, "The densities are the same, but the weights are not."),
            Mistake(0.2, "That is the probability of the second component."),
        ],
        why="Where the densities are the same, the posterior is the prior.",
    ),
    "2": Value(
        [0, 5],
        mistakes=[
            Mistake([0, 2], "That is the mean of the variances; the means vary, too."),
            Mistake([-1, 6], "The weights are 1/4 and 3/4, not equal."),
            Mistake([0, 3], "That is the variance of the means alone; add the mean of the variances."),
        ],
        why="2 within the components and 3 between their means.",
    ),
    "3": Value(
        ENDS,
        mistakes=[
            Mistake(ENDS[::-1], "The smaller end first, please."),
            Mistake(
                np.sort(np.roots([2 - 1 / 18, -20, 50])),
                "The densities have different heights at their peaks: the factor 1/sd is missing.",
            ),
            Mistake([2.5, np.inf], "That is the rule of the nearest center."),
        ],
        why="Outside of the interval the wide component is the likelier one, on both sides.",
    ),
    "4": Function(
        shares,
        draw=draw_components,
        cases=[(np.array([3.2, 500.0]), np.array([0.5, 0.5]), np.array([0.0, 5.0]), np.array([3.0, 0.5]))],
        mistakes=[
            Mistake(without_weights, "The weights are missing."),
            Mistake(not_normalised, "Divide by the sum of each row: probabilities add up to 1."),
            Mistake(as_variances, "sds are standard deviations: the scale of norm, not its square."),
            Mistake(underflowing, "Far out all densities are 0 and the quotient is 0/0. Work with logarithms."),
        ],
        why="The largest logarithm is taken out, so that no row is 0/0.",
    ),
}
