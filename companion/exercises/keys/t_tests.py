"""Answers to the exercises of the page on t tests."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm, t
from companion.statistics import (
    ttest_1samp,
    ttest_1samp_from_stats,
    ttest_ind,
    ttest_ind_from_stats,
    ttest_rel,
)

PACKETS = np.array([52, 49, 51, 53, 50, 54, 50, 51, 49])
P_PACKETS = float(ttest_1samp(PACKETS, 50).pvalue)
T_OVER_N = float(1 / np.sqrt(24 / 9 / 9))  # with n in the denominator of the variance
NOISY = ttest_1samp_from_stats(115, 40, 20, 100, alternative="greater")
T_NOISY, P_NOISY = float(NOISY.statistic), float(NOISY.pvalue)
BORDER = float(15 * np.sqrt(20) / t.isf(0.05, 19))
POOLED, WELCH = (float(ttest_ind_from_stats(10, 2, 10, 12, 6, 40, equal_var=e).statistic) for e in (True, False))
BEFORE = np.array([72, 65, 80, 58, 75, 69, 84, 62])
AFTER = np.array([76, 68, 85, 60, 80, 71, 88, 67])
P_PAIRED = float(ttest_rel(AFTER, BEFORE).pvalue)
P_WELCH = float(ttest_ind(AFTER, BEFORE, equal_var=False).pvalue)


def welch_df(s1: float, n1: int, s2: float, n2: int) -> float:
    """Return Welch's degrees of freedom."""
    v1, v2 = s1**2 / n1, s2**2 / n2
    return float((v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1)))


def without_squares(s1: float, n1: int, s2: float, n2: int) -> float:
    """Return the formula with standard deviations in place of variances."""
    return welch_df(np.sqrt(s1), n1, np.sqrt(s2), n2)


def divided_by_n(s1: float, n1: int, s2: float, n2: int) -> float:
    """Return the formula with n in place of n - 1."""
    v1, v2 = s1**2 / n1, s2**2 / n2
    return float((v1 + v2) ** 2 / (v1**2 / n1 + v2**2 / n2))


def draw_summaries(rng: np.random.Generator) -> tuple[float, int, float, int]:
    """Draw standard deviations and sizes of two samples."""
    (n1, n2), (s1, s2) = rng.integers(3, 60, 2), rng.uniform(0.5, 8, 2)
    return float(s1), int(n1), float(s2), int(n2)


QUESTIONS = {
    "1": Value(
        [float(np.sqrt(3)), 8.0, P_PACKETS],
        mistakes=[
            Mistake(
                [float(np.sqrt(3)), 9.0, 2 * float(t.sf(np.sqrt(3), 9))], "One degree is spent on the mean: n - 1."
            ),
            Mistake([float(np.sqrt(3)), 8.0, P_PACKETS / 2], "That is one tail: the test is two-sided."),
            Mistake(
                [T_OVER_N, 8.0, 2 * float(t.sf(T_OVER_N, 8))], "s has n - 1 in its denominator: np.std(x, ddof=1)."
            ),
            Mistake([float(np.sqrt(3)), 8.0, 2 * float(norm.sf(np.sqrt(3)))], "That p is of the normal law; use t."),
        ],
        why="The root of 3, with eight degrees of freedom: p is 0.12.",
    ),
    "2": Value(
        [T_NOISY, P_NOISY, BORDER],
        mistakes=[
            Mistake([T_NOISY, 2 * P_NOISY, BORDER], "The p-value is right-tailed."),
            Mistake([T_NOISY, float(norm.sf(T_NOISY)), BORDER], "40 ms is estimated from twenty calls: t, not normal."),
            Mistake(
                [T_NOISY, P_NOISY, float(15 * np.sqrt(20) / norm.isf(0.05))],
                "The third number uses 1.645, of the normal law; with 19 degrees of freedom it is more.",
            ),
            Mistake(
                [T_NOISY, P_NOISY, float(15 * np.sqrt(20) / t.isf(0.025, 19))],
                "The third number uses the two-sided critical value; the test is right-tailed.",
            ),
        ],
        why="A standard deviation of 40 is just too much: from 38.8 on the evidence is lost.",
    ),
    "3": Function(
        welch_df,
        draw=draw_summaries,
        cases=[(4.0, 24, 3.0, 18)],
        mistakes=[
            Mistake(without_squares, "The formula is about variances: square the standard deviations first."),
            Mistake(divided_by_n, "In the denominator stand n1 - 1 and n2 - 1."),
            Mistake(lambda s1, n1, s2, n2: n1 + n2 - 2, "Those are the degrees of freedom of the pooled test."),
        ],
        why="Between the smaller n - 1 and n1 + n2 - 2, always.",
    ),
    "4": Value(
        [POOLED, WELCH],
        mistakes=[
            Mistake([WELCH, POOLED], "The right numbers in the wrong order: the pooled test first."),
            Mistake([-POOLED, -WELCH], "First minus second: 10 - 12 is negative."),
        ],
        why="The small sample varies less, and pooling hides it.",
    ),
    "5": Value(
        [P_PAIRED, P_WELCH],
        mistakes=[
            Mistake([P_WELCH, P_PAIRED], "The right numbers in the wrong order: the paired test first."),
            Mistake([P_PAIRED / 2, P_WELCH / 2], "Two-sided, please: both tails."),
            Mistake(
                [P_PAIRED, float(ttest_ind(AFTER, BEFORE).pvalue)],
                "The second is the pooled test; Welch's is equal_var=False.",
            ),
        ],
        why="The lists are nearly a line: what each person brings along cancels in the difference.",
    ),
}
