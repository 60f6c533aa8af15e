"""Answers to the exercises of the page on hypothesis tests."""

from itertools import product
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm, t

LOW, HIGH = float(t.cdf(-2.5, 18)), float(t.sf(-2.5, 18))
CLAIMS = [
    float(t.ppf(0.95, 19)),
    float(t.ppf(0.975, 11)),
    float(t.ppf(0.05, 18)),
    float(norm.ppf(0.975)),
    float(norm.ppf(0.05)),
]
ONE_SIDED, TWO_SIDED = float(t.ppf(0.95, 18)), float(t.ppf(0.975, 18))
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]


def all_sums(differences: Any) -> Any:
    """Return the sums of the differences for all choices of signs."""
    return np.array(list(product([-1, 1], repeat=len(differences)))) @ np.asarray(differences)


def sign_flip_p(differences: Any) -> float:
    """Share of all choices of signs whose sum is at least that of the data."""
    return float(np.mean(all_sums(differences) >= np.sum(differences)))


def draw_differences(rng: np.random.Generator) -> tuple[Any]:
    """Draw whole differences, mostly positive, with ties."""
    return (rng.integers(-3, 8, rng.integers(3, 9)).tolist(),)


QUESTIONS = {
    "1": Value(
        [LOW, HIGH, 2 * LOW],
        mistakes=[
            Mistake([HIGH, LOW, 2 * LOW], "Left-tailed is the area below the statistic, P(T <= -2.5)."),
            Mistake([LOW, HIGH, 2 * HIGH], "A probability above 1? Two-tailed doubles the smaller area."),
            Mistake([LOW, HIGH, LOW / 2], "Two-tailed is harder to pass: twice the area of one tail, not half."),
            Mistake([HIGH, HIGH, HIGH], "The area to the right answers the right-tailed test only."),
            Mistake(
                [float(norm.cdf(-2.5)), float(norm.sf(-2.5)), float(2 * norm.cdf(-2.5))],
                "Those are areas of the normal law. With 18 degrees of freedom use t(18).",
            ),
        ],
        why="Rejected in the left-tailed and the two-tailed test.",
    ),
    "2": Value(
        CLAIMS,
        mistakes=[
            Mistake([-CLAIMS[0], *CLAIMS[1:]], "Claim 1 says above: a right-tailed test, a positive critical value."),
            Mistake(
                [CLAIMS[0], float(t.ppf(0.95, 11)), *CLAIMS[2:]],
                "Changes means either way: two-tailed, with half of the 5 % in each tail.",
            ),
            Mistake(
                [*CLAIMS[:3], float(norm.ppf(0.95)), CLAIMS[4]],
                "Not fair means either way: two-tailed, with half of the 5 % in each tail.",
            ),
            Mistake([*CLAIMS[:2], -CLAIMS[2], *CLAIMS[3:]], "Claim 3: shortens means a negative difference."),
            Mistake([*CLAIMS[:4], -CLAIMS[4]], "Claim 5 says less: a left-tailed test, a negative critical value."),
            Mistake([abs(value) for value in CLAIMS], "Left-tailed tests (claims 3 and 5) have negative ones."),
            Mistake(
                [float(norm.ppf(0.95)), float(norm.ppf(0.975)), float(norm.ppf(0.05)), *CLAIMS[3:]],
                "Claims 1 to 3 are t tests: use t with its degrees of freedom.",
            ),
        ],
        why="The claim is the alternative, and its words choose the tail.",
    ),
    "3": Function(
        sign_flip_p,
        draw=draw_differences,
        cases=[(DARWIN,), ([3, 3, 3],), ([2, -2],)],
        mistakes=[
            Mistake(
                lambda d: float(np.mean(all_sums(d) > np.sum(d))),
                "At least as extreme: the choices that tie with the data count, the data among them.",
            ),
            Mistake(
                lambda d: float(np.mean(np.abs(all_sums(d)) >= np.abs(np.sum(d)))),
                "That is two-sided; here count only the sums that are at least that of the data.",
            ),
            Mistake(
                lambda d: float(np.mean(all_sums(d) <= np.sum(d))), "That is the other tail: sums at most as large."
            ),
            Mistake(
                lambda d: float(np.mean(all_sums(d) >= np.sum(np.abs(d)))),
                "Compare with the sum of the data as they are, signs included.",
            ),
        ],
        why="Fisher found 863 of 32,768 choices.",
    ),
    "4": Value(
        [0.1, TWO_SIDED],
        mistakes=[
            Mistake([0.05, TWO_SIDED], "He rejects on whichever side the data lie: both sides count."),
            Mistake([0.05, ONE_SIDED], "Neither: this test has two tails, each with the area 0.05."),
            Mistake([0.1, ONE_SIDED], "That is the critical value which he uses; each side needs half of the 5 %."),
            Mistake([0.0975, TWO_SIDED], "The two sides exclude each other, so their probabilities add up."),
            Mistake([0.1, float(norm.ppf(0.975))], "That is the normal law; with 18 degrees of freedom use t(18)."),
        ],
        why="It is a two-tailed test at 10 %.",
    ),
}
