"""Answers to the exercises of the page on chi-square tests."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import gamma, poisson
from companion.statistics import association, chi2_contingency, chisquare

DIE = chisquare([8, 9, 12, 11, 6, 14])
SCHOOLS = [[30, 15, 5], [20, 20, 10], [10, 25, 15]]
GOALS = np.array([24, 36, 22, 12, 6])
FIT = 100 * np.append(poisson.pmf(np.arange(4), 1.42), poisson.sf(3, 1.42))
DRINKS = np.array([[20, 30], [10, 40]])


def expected(table: Any) -> Any:
    """Counts expected under independence."""
    return np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()


def draw_table(rng: np.random.Generator) -> tuple[Any]:
    """Draw a table of counts."""
    shape = tuple(int(size) for size in rng.integers(2, 5, 2))
    return (rng.integers(1, 40, shape),)


QUESTIONS = {
    "1": Value(
        [4.2, 5, float(DIE.pvalue)],
        mistakes=[
            Mistake([4.2, 6, float(gamma.sf(4.2, 3, scale=2))], "The six counts have a fixed sum: one is not free."),
            Mistake([4.2, 6, float(DIE.pvalue)], "The six counts have a fixed sum: one of them is not free."),
            Mistake([42.0, 5, float(gamma.sf(42, 2.5, scale=2))], "Divide each square by the expected count, 10."),
            Mistake([42.0, 5, float(DIE.pvalue)], "42 is the sum of squares. Divide by the expected count, 10."),
            Mistake([4.2, 5, 1 - float(DIE.pvalue)], "That is the probability of a smaller statistic."),
        ],
        why="Nothing unusual for a fair die.",
    ),
    "2": Function(
        expected,
        draw=draw_table,
        cases=[(DRINKS,)],
        mistakes=[
            Mistake(
                lambda table: np.full(np.shape(table), np.mean(table)),
                "Equal counts everywhere would be a test of something else: keep the margins.",
            ),
            Mistake(
                lambda table: np.outer(np.sum(table, axis=1), np.sum(table, axis=0)) / np.sum(table) ** 2,
                "Those are probabilities; multiply by N once, so divide by N once only.",
            ),
        ],
        why="Row total times column total, over the total.",
    ),
    "3": Value(
        [chi2_contingency(SCHOOLS).statistic, 4, association(SCHOOLS)],
        mistakes=[
            Mistake(
                [chi2_contingency(SCHOOLS).statistic, 8, association(SCHOOLS)],
                "Nine cells with a fixed total leave 8, but the margins were estimated: (3 - 1)(3 - 1).",
            ),
            Mistake(
                [chi2_contingency(SCHOOLS).statistic, 4, float(np.sqrt(chi2_contingency(SCHOOLS).statistic / 150))],
                "Divide by N times min(r - 1, c - 1), which is 2 here.",
            ),
        ],
        why="Highly significant, and yet no strong association.",
    ),
    "4": Value(
        [float(chisquare(GOALS, FIT, ddof=1).statistic), float(chisquare(GOALS, FIT, ddof=1).pvalue)],
        mistakes=[
            Mistake(
                [float(chisquare(GOALS, FIT).statistic), float(chisquare(GOALS, FIT).pvalue)],
                "The mean was estimated from these counts: it costs a degree of freedom, ddof=1.",
            ),
            Mistake(
                [float(chisquare(GOALS).statistic), float(chisquare(GOALS).pvalue)],
                "That tests equal counts. Give the Poisson counts as f_exp.",
            ),
        ],
        why="A Poisson law fits these goals well.",
    ),
    "5": Value(
        [10 * chi2_contingency(DRINKS, correction=False).statistic, association(DRINKS)],
        mistakes=[
            Mistake(
                [chi2_contingency(DRINKS, correction=False).statistic, association(DRINKS)],
                "The shares stay, but the counts grow, and the statistic with them.",
            ),
            Mistake(
                [100 * chi2_contingency(DRINKS, correction=False).statistic, association(DRINKS)],
                "The squares grow a hundredfold, but each is divided by a count ten times as large.",
            ),
            Mistake(
                [10 * chi2_contingency(DRINKS, correction=False).statistic, float(np.sqrt(10) * association(DRINKS))],
                "V divides the statistic by N, which has grown as much.",
            ),
            Mistake(
                [chi2_contingency(10 * DRINKS).statistic, association(DRINKS)],
                "That is with Yates' correction; the question is without it.",
            ),
        ],
        why="The evidence grows with the data, the strength does not.",
    ),
}
