"""Answers to the exercises of the page on ROC and precision-recall curves."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value


def roc_points(y: Any, s: Any) -> Any:
    """False and true positive rates from the threshold infinity down, one point for each different score."""
    y, s = np.asarray(y), np.asarray(s)
    return _rates(y, s, np.r_[np.inf, np.unique(s)[::-1]])


def _rates(y: Any, s: Any, thresholds: Any) -> Any:
    return np.array([[(s[y == label] >= t).mean() for t in thresholds] for label in (0, 1)])


def draw_sample(rng: np.random.Generator) -> tuple[Any, Any]:
    """Draw labels of both classes and scores with ties."""
    n = int(rng.integers(2, 12))
    y = rng.integers(0, 2, n)
    y[:2] = 0, 1
    return y, rng.integers(0, 6, n) / 10


QUESTIONS = {
    "1": Value(
        8 / 9,
        mistakes=[
            Mistake(1 / 9, "That is the share of pairs in the wrong order."),
            Mistake(1 / 2, "Half is what a score that knows nothing reaches. Count the pairs."),
            Mistake(5 / 6, "Count pairs of a 1 and a 0, not samples: there are nine pairs."),
            Mistake(8, "Eight pairs are in order; divide by the number of pairs."),
        ],
        why="Eight of nine pairs are in order.",
    ),
    "2": Value(
        [0.37, 5 / 6, 2],
        mistakes=[
            Mistake(
                [0.37, 5 / 6, 0.5], "That is the cost of a miss in false alarms; give that of a false alarm in misses."
            ),
            Mistake([0.37, 5 / 6, 5], "At five times it has jumped already. Where do 0.37 and 0.95 cost the same?"),
            Mistake(
                [0.37, 5 / 6, 0.95], "That is the threshold after the jump; give the ratio of costs at which it jumps."
            ),
            Mistake([0.63, 2 / 3, 2], "Try all ten scores as thresholds; a lower one has a larger F1."),
        ],
        why="Threshold 0.37: all five ill found, two false alarms. At 0.95: four misses, no false alarm.",
    ),
    "3": Function(
        roc_points,
        draw=draw_sample,
        cases=[
            ([1, 0], [0.5, 0.5]),
            ([0, 1, 0, 1], [0.1, 0.9, 0.9, 0.1]),
            ([1, 0, 1, 1, 0], [0.9, 0.8, 0.8, 0.3, 0.1]),
        ],
        mistakes=[
            Mistake(
                lambda y, s: roc_points(y, s)[::-1],
                "The rows are swapped: first the false positive rates (of the zeros), then the true ones.",
            ),
            Mistake(
                lambda y, s: roc_points(y, s)[:, 1:], "The start (0, 0) is missing: begin with the threshold np.inf."
            ),
            Mistake(
                lambda y, s: _rates(np.asarray(y), np.asarray(s), np.r_[np.inf, np.sort(s)[::-1]]),
                "Equal scores must make one point together; use each different score once.",
            ),
        ],
        why="One point for each different score, and the start.",
    ),
    "4": Value(
        [0.76, 3 / 23],
        mistakes=[
            Mistake([0.76, 0.6], "0.6 was the precision before. Each false alarm has become ten."),
            Mistake([0.076, 3 / 23], "The area is a share of pairs, and the share stays."),
            Mistake([0.76, 20 / 23], "That is the share of false alarms among the flagged; precision is the rest."),
            Mistake([0.76, 3 / 5 / 10], "True positives stay 3, false ones become 20: what share of 23 is that?"),
        ],
        why="Ranks do not change, the balance does.",
    ),
    "5": Value(
        [0.05, 0.95],
        mistakes=[
            Mistake([1 / 19, 18 / 19], "The threshold is the cost of a false alarm over the *sum* of both costs."),
            Mistake([0.95, 0.05], "A dear miss lowers the threshold."),
            Mistake([0.05, 19.0], "With the best decision a patient costs the smaller of 19 p and 1 - p."),
        ],
        why="At the threshold both decisions cost the same, 0.95.",
    ),
}
