"""Answers to the exercises of the page on many tests at once."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.statistics import false_discovery_control, multipletests

PValues = list[float]
FALSE = 0.99 * 0.05 / (0.99 * 0.05 + 0.01 * 0.8)
LEVEL = 0.01 * 0.8 / 9 / 0.99


def holm(p: PValues) -> Any:
    """Holm's adjusted p-values."""
    return multipletests(p, method="holm").pvals_corrected.tolist()


def falling(p: PValues) -> Any:
    """Return them without the rule that none is below the one before."""
    raw = np.empty(len(p))
    raw[np.argsort(p)] = np.arange(len(p), 0, -1) * np.sort(p)
    return np.minimum(raw, 1).tolist()


def above_one(p: PValues) -> Any:
    """Return them without the limit 1."""
    raw = np.empty(len(p))
    raw[np.argsort(p)] = np.maximum.accumulate(np.arange(len(p), 0, -1) * np.sort(p))
    return raw.tolist()


def draw_p_values(rng: np.random.Generator) -> tuple[PValues]:
    """Draw some small and some large p-values."""
    n = int(rng.integers(3, 10))
    return ((rng.uniform(size=n) ** rng.choice([1, 3], size=n)).round(4).tolist(),)


QUESTIONS = {
    "1": Value(
        [1 - 0.95**10, 0.005],
        mistakes=[
            Mistake([0.5, 0.005], "Ten times 0.05 is the expected number. Take 1 minus the probability of none."),
            Mistake([0.95**10, 0.005], "That is the probability of no rejection."),
            Mistake([0.05**10, 0.005], "That is the probability that all ten reject."),
            Mistake([1 - 0.95**10, 1 - 0.95**0.1], "The second is Šidák's level. Bonferroni divides by the number."),
            Mistake([1 - 0.95**10, 0.5], "Bonferroni divides the level by the number of tests."),
        ],
        why="Two in five such families find something that is not there.",
    ),
    "2": Value(
        [1, 2, 4],
        mistakes=[
            Mistake(
                [1, 2, 2],
                "BH goes from the largest down: the fourth is below its limit 0.04. That takes the third along.",
            ),
            Mistake([1, 2, 3], "BH rejects all up to the last one below the line, the third among them: count again."),
            Mistake([1, 1, 4], "Holm's second limit is 0.05/4 = 0.0125, not 0.05/5."),
            Mistake([1, 4, 4], "Holm stops at the first failure: 0.032 is above 0.05/3."),
            Mistake([4, 2, 4], "Bonferroni compares each with 0.05/5; 4 is the number without correction."),
        ],
        why="The same data, three promises.",
    ),
    "3": Function(
        holm,
        draw=draw_p_values,
        cases=[([0.04, 0.001, 0.3, 0.02],), ([0.01, 0.011, 0.012],), ([1.0, 0.9, 0.8],)],
        mistakes=[
            Mistake(falling, "A larger p-value may not get a smaller adjusted one: take the running maximum."),
            Mistake(above_one, "No p-value is above 1."),
            Mistake(
                lambda p: np.minimum(len(p) * np.array(p), 1).tolist(),
                "That is Bonferroni. Holm multiplies by the number of p-values that are left: m, m - 1, ..., 1.",
            ),
            Mistake(lambda p: sorted(holm(p)), "Return them in the order of the input, not sorted."),
            Mistake(
                lambda p: false_discovery_control(p).tolist(), "That is Benjamini and Hochberg's rule, for the FDR."
            ),
        ],
        why="A running maximum, where BH has a running minimum from the other end.",
    ),
    "4": Value(
        [FALSE, LEVEL],
        mistakes=[
            Mistake([1 - FALSE, LEVEL], "The first is the share of true findings."),
            Mistake(
                [0.0495, LEVEL], "That is the share of false rejections among all tests, not among the rejections."
            ),
            Mistake(
                [0.05, LEVEL],
                "5 % is the share of rejections among the true null hypotheses. Turn the condition round.",
            ),
            Mistake([FALSE, 0.01 * 0.8 / 10 / 0.99], "One in ten false means the odds 1 to 9, not 1 to 10."),
            Mistake([FALSE, 0.1], "Solve the formula for alpha; a level of 0.1 makes more of them false."),
        ],
        why="Rare effects need a strict level.",
    ),
    "5": Value(
        75,
        mistakes=[
            Mistake(74, "With 74 the limit is just below 0.04: 0.05 times 75/94."),
            Mistake(80, "The 0.04 comes after the certain ones: its place is c + 1, not c."),
            Mistake(79, "The 0.04 itself is one of the twenty: there are 20 + c tests."),
            Mistake(15, "The added ones count among the tests as well: there are 20 + c."),
            Mistake(16, "The added ones count among the tests as well, and the place of the 0.04 is c + 1."),
        ],
        why="The family must be fixed before the data are seen.",
    ),
}
