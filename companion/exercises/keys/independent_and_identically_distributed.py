"""Answers to the exercises of the page on independent and identically distributed variables."""

from collections.abc import Callable
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import entropy
from companion.statistics import design_effect, distance_correlation

Statistic = Callable[[Any, Any], float]


def permutation_test(statistic: Statistic, extra: int = 1) -> Callable[[Any, Any, Any], float]:
    """Return a permutation test of independence by a statistic."""

    def p_value(x: Any, y: Any, orders: Any) -> float:
        x, y = np.asarray(x), np.asarray(y)
        observed = statistic(x, y)
        above = sum(statistic(x, y[order]) >= observed for order in orders)
        return (above + extra) / (len(orders) + extra)

    return p_value


def draw_samples(rng: np.random.Generator) -> tuple[Any, Any, Any]:
    """Draw a parabola with noise, much or little, and permutations of its indices."""
    x = rng.uniform(-1, 1, 12)
    y = x**2 + rng.choice([0.2, 2.0]) * rng.normal(size=12)
    return x, y, np.array([rng.permutation(12) for _ in range(19)])


QUESTIONS = {
    "1": Value(
        [0.12, -0.02],
        mistakes=[
            Mistake(
                [0.1, -0.02],
                "0.1 is the joint probability. Multiply the sums of the first row and of the first column.",
            ),
            Mistake([0.12, 0.4], "0.4 is E[XY]. Subtract E[X] E[Y] = 0.7 times 0.6."),
            Mistake([0.12, 0.02], "Mind the sign: E[XY] - E[X] E[Y] = 0.4 - 0.42."),
            Mistake([0.12, 0.0], "A covariance of 0 would need 0.4 = 0.7 times 0.6."),
        ],
        why="0.12 is not 0.1, so they are dependent; for two values each, that is the covariance with its sign turned.",
    ),
    "2": Value(
        [-n / 4 for n in range(1, 11)],
        mistakes=[
            Mistake([n / 4 for n in range(1, 11)], "One head more is one tail less: the covariance is negative."),
            Mistake([-n / 2 for n in range(1, 11)], "The variance of a toss is 1/4, not 1/2."),
            Mistake([0.0] * 10, "Heads and tails are as dependent as can be: Y = n - X."),
        ],
        why="-n/4: the correlation is -1 for every n.",
    ),
    "3": Value(
        float(entropy([2 / 3, 1 / 3], base=2)),
        mistakes=[
            Mistake(float(entropy([2 / 3, 1 / 3])), "That is in nats; use base=2."),
            Mistake(float(np.log2(3)), "That is H(X). Add H(Y) and subtract the entropy of the pair."),
            Mistake(0.0, "Uncorrelated is not independent: X determines Y."),
        ],
        why="0.918296 bits, all that there is to know about Y.",
    ),
    "4": Value(
        [1000 / float(design_effect(25, 0.2)), float(np.sqrt(design_effect(25, 0.2)))],
        mistakes=[
            Mistake([40.0, float(np.sqrt(design_effect(25, 0.2)))], "40 would be right for correlation 1 in a class."),
            Mistake(
                [1000 / float(design_effect(25, 0.2)), float(design_effect(25, 0.2))],
                "5.8 is the ratio of variances; lengths of intervals go with its root.",
            ),
            Mistake([1000 / 6.0, float(np.sqrt(6.0))], "1 + (m - 1) rho: each pupil has 24 classmates, not 25."),
        ],
        why="A thousand pupils in classes are worth 172 drawn one by one.",
    ),
    "5": Function(
        permutation_test(distance_correlation),
        draw=draw_samples,
        mistakes=[
            Mistake(
                permutation_test(distance_correlation, extra=0),
                "Count the given order, too: (k + 1)/(m + 1). A p-value must not be 0.",
            ),
            Mistake(
                permutation_test(lambda x, y: abs(float(np.corrcoef(x, y)[0, 1]))),
                "That is the test by correlation, which misses a parabola: use distance_correlation.",
            ),
            Mistake(
                permutation_test(lambda x, y: -distance_correlation(x, y)),
                "Count the orders whose distance correlation is at least the observed one, not at most.",
            ),
        ],
        why="Permuting y keeps both margins and breaks every tie between the two.",
    ),
}
