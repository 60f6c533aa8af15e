"""Answers to the exercises of the page on the laws of large numbers."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import binom, chebyshev_bound, deviation_probability, hoeffding_bound, run_probability


def equal_faces_in_a_row(n: int, r: int) -> float:
    """Probability of r or more equal faces in a row, heads or tails, in n tosses of a fair coin."""
    return float(run_probability(n - 1, r - 1))


TOSSES = [10, 100, 1000]

QUESTIONS = {
    "1": Value(
        12_500,
        mistakes=[
            Mistake(
                50_000,
                "Four times too many. Is the variance of one toss, 1/4, in it? And the deviation is 0.02, not 0.01.",
            ),
            Mistake(
                25_000, "The variance of one toss is 1/4, the standard deviation 1/2; you took 1/2 as the variance."
            ),
            Mistake(250, "Chebyshev has the square of the deviation: solve (1/4) / (n 0.02^2) = 0.05."),
            Mistake(
                0.25 / (0.02**2 * 0.95), "0.95 is the probability to be close. The one to miss must be at most 0.05."
            ),
            Mistake(
                np.log(2 / 0.05) / (2 * 0.02**2),
                "That is what Hoeffding's inequality gives. It is better, but Chebyshev's is asked for.",
            ),
            Mistake(2401, "That is the normal approximation. Chebyshev's inequality is asked for."),
            Mistake(4612, "So many by Hoeffding's inequality, which is better. Here Chebyshev's is asked for."),
            Mistake(625, "Then the bound is 1. It must be 0.05 or less: solve (1/4) / (n 0.02^2) = 0.05."),
        ],
        why="Half the deviation would ask for four times as many.",
    ),
    "2": Value(
        deviation_probability(TOSSES, 0.5, 0.1),
        rtol=1e-4,
        mistakes=[
            Mistake(
                deviation_probability(TOSSES, 0.5, 0.1 + 1e-9),
                "A share at a distance of exactly 0.1, such as 4 or 6 heads of 10, counts too: use >=, not >. "
                "You did? In binary 0.6 - 0.5 is less than 0.1: compare numbers of heads, not shares.",
            ),
            Mistake(deviation_probability(TOSSES, 0.5, 0.1) / 2, "That is one side. The share may be too low as well."),
            Mistake(1 - deviation_probability(TOSSES, 0.5, 0.1), "That is the probability to be within the band."),
            Mistake(
                chebyshev_bound([1 / 40, 1 / 400, 1 / 4000], 0.1), "That is Chebyshev's ceiling. Add up the binomial."
            ),
            Mistake([2.5, 0.25, 0.025], "That is Chebyshev's ceiling, not the probability. Add up the binomial."),
            Mistake(
                hoeffding_bound(TOSSES, 0.1, alternative="two-sided"),
                "That is Hoeffding's ceiling. Add up the binomial.",
            ),
            Mistake(
                binom.cdf([4, 40, 400], TOSSES, 0.5) + binom.sf([6, 60, 600], TOSSES, 0.5),
                "sf(k) is the probability of more than k: for 6 heads or more take sf(5).",
            ),
        ],
        why="From three in four to less than one in a thousand million.",
    ),
    "3": Value(
        510 / 1010,
        mistakes=[
            Mistake(
                0.5, "So the coin would have to make up for the ten heads. It has no memory: half of the new tosses."
            ),
            Mistake(510, "As a share of all 1010 tosses."),
            Mistake(51_000 / 1010, "That is in percent. Give the share, a number between 0 and 1."),
            Mistake(500 / 1010, "The ten heads count as well: they are among the 1010 tosses."),
            Mistake(510 / 1000, "There are 1010 tosses in all."),
        ],
        why="The surplus of 5 stays, on average, and is diluted.",
    ),
    "4": Function(
        equal_faces_in_a_row,
        draw=lambda rng: (int(rng.integers(2, 300)), int(rng.integers(2, 10))),
        cases=[(200, 6), (2, 2), (4, 9)],
        mistakes=[
            Mistake(lambda n, r: float(run_probability(n, r)), "That counts heads only. Tails may run, too."),
            Mistake(
                lambda n, r: 2 * float(run_probability(n, r)),
                "Twice the chance for heads counts the sequences twice that hold a run of each; it can exceed 1.",
            ),
            Mistake(
                lambda n, r: 1 - (1 - float(run_probability(n, r))) ** 2,
                "Runs of heads and runs of tails are not independent: while one face runs, the other cannot.",
            ),
            Mistake(
                lambda n, r: min(1.0, 2 * float(run_probability(n, r))),
                "Twice the chance for heads counts the sequences twice that hold a run of each.",
            ),
            Mistake(
                lambda n, r: float(run_probability(n - 1, r)),
                "r equal faces in a row are only r - 1 times 'equal to the one before'.",
            ),
            Mistake(
                lambda n, r: float(run_probability(n, r - 1)),
                "n tosses have only n - 1 neighbours to compare.",
            ),
        ],
        why="In 200 tosses six equal faces in a row are nearly certain, and people who invent tosses avoid them.",
    ),
    "5": Value(
        [1, 2],
        mistakes=[
            Mistake([2, 2], "Finite variance is what Chebyshev needs. The law itself needs less: a finite mean."),
            Mistake([2, 3], "You took x^(-a) as the density. The density is minus its derivative, a x^(-a-1)."),
            Mistake([0, 2], "For a finite mean a > 0 is not enough: look at the integral of x a x^(-a-1) for a = 1/2."),
            Mistake([2, 1], "The other way round: the mean is the weaker demand."),
            Mistake([0, 1], "With a = 1/2 the integral of x times the density diverges. From which a on is it finite?"),
            Mistake([1, 1], "The second moment, the integral of x^2 a x^(-a-1), needs a larger a."),
        ],
        why="Between 1 and 2 the law holds without a variance, and convergence is slower than 1 / sqrt(n).",
    ),
}
