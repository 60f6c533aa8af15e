"""Answers to the exercises of the page on classification metrics."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value


def scores(tp: int, fn: int, fp: int, tn: int) -> list[float]:
    """Precision, recall and Matthews' coefficient of four counts, 0 where they are 0/0."""
    root = float(np.sqrt(float((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))))
    return [_ratio(tp, tp + fp), _ratio(tp, tp + fn), _ratio(tp * tn - fp * fn, root)]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def draw_counts(rng: np.random.Generator) -> tuple[int, int, int, int]:
    """Draw four counts."""
    tp, fn, fp, tn = (int(count) for count in rng.integers(0, 100, 4))
    return tp, fn, fp, tn


QUESTIONS = {
    "1": Value(
        [45 / 60, 45 / 50, 90 / 110, 180 / 200, 135 / 150],
        mistakes=[
            Mistake(
                [45 / 50, 45 / 60, 90 / 110, 180 / 200, 135 / 150],
                "Precision and recall are swapped. Precision divides by the alarms, recall by the patients.",
            ),
            Mistake(
                [45 / 60, 45 / 50, (45 / 60 + 45 / 50) / 2, 180 / 200, 135 / 150],
                "F1 is the harmonic mean of precision and recall, not the plain one.",
            ),
            Mistake(
                [45 / 60, 45 / 50, 90 / 110, 180 / 200, 15 / 150],
                "The last one is the false positive rate; the specificity is 1 minus that.",
            ),
        ],
        why="Accuracy 0.9, recall 0.9 and specificity 0.9, and yet every fourth alarm is false.",
    ),
    "2": Value(
        [0.8, 0.4],
        mistakes=[
            Mistake([0.4, 0.8], "The right numbers; give the larger one first."),
            Mistake([0.6, 0.6], "Those have the mean 0.6, but their harmonic mean is 0.6 too, not 8/15."),
        ],
        why="Sum 1.2 and product 0.32.",
    ),
    "3": Value(
        [36 * 0.05 / 0.95 / (1 + 36 * 0.05 / 0.95), 0.2],
        mistakes=[
            Mistake([0.8 * 0.05, 0.2], "That is P(fraud and flagged). Divide by the share of all that is flagged."),
            Mistake(
                [36 * 0.05 / 0.95 / (1 + 36 * 0.05 / 0.95), 0.25],
                "0.25 are the odds, share / (1 - share). Turn them into a share.",
            ),
            Mistake(
                [36 * 0.05 / (1 + 36 * 0.05), 0.2],
                "The prior odds are 0.05 / 0.95, not 0.05.",
            ),
        ],
        why="About 0.655; a share of one in five gives precision 0.9.",
    ),
    "4": Function(
        scores,
        draw=draw_counts,
        cases=[(90, 10, 1, 899), (0, 5, 0, 5), (0, 0, 3, 4), (0, 0, 0, 9), (5, 0, 0, 5), (0, 7, 7, 0)],
        mistakes=[
            Mistake(
                lambda tp, fn, fp, tn: scores(tp, fp, fn, tn),
                "Precision and recall are swapped: precision divides by tp + fp, recall by tp + fn.",
            ),
            Mistake(
                lambda tp, fn, fp, tn: [*scores(tp, fn, fp, tn)[:2], abs(scores(tp, fn, fp, tn)[2])],
                "Matthews' coefficient can be negative: keep its sign.",
            ),
            Mistake(
                lambda tp, fn, fp, tn: [
                    *scores(tp, fn, fp, tn)[:2],
                    _ratio(tp * tn - fp * fn, (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)),
                ],
                "The product of the four sums stands under a square root.",
            ),
        ],
        why="An empty row or column of the matrix makes the coefficient 0/0.",
    ),
    "5": Value(
        [2 * 0.2 / 1.2, 1 / 3],
        mistakes=[
            Mistake(
                [2 * 0.2 / 1.2, 0.5],
                "At one half its F1 is 2/3 already. Solve 2 share / (1 + share) = 1/2.",
            ),
            Mistake([0.6, 0.0], "That is the plain mean of recall 1 and precision 0.2; take the harmonic one."),
            Mistake([0.2, 1 / 3], "0.2 is its precision; its recall is 1. What is the harmonic mean of the two?"),
        ],
        why="F1 = 2 share / (1 + share).",
    ),
}
