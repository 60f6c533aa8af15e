"""Answers to the exercises of the page on the modes of convergence."""

from fractions import Fraction
from math import ceil, exp, floor

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Value


def die_outside(n: int, eps: Fraction) -> Fraction:
    """Probability that a face of a fair die, divided by n, is eps or more."""
    return Fraction(sum(Fraction(face, n) >= eps for face in range(1, 7)), 6)


def in_floats(n: int, eps: Fraction) -> float:
    """Return the same in floating point, which loses ties."""
    return sum(face * (1 + 1 / n) - face >= float(eps) for face in range(1, 7)) / 6


def hit_in_sweep(u: float, k: int) -> int:
    """Index of sweep k at which the typewriter hits u."""
    return int(2**k + floor(2**k * u))


def draw_tie(rng: np.random.Generator) -> tuple[int, Fraction]:
    """Draw n and eps so that one face lies exactly at eps every other time."""
    n = int(rng.integers(1, 60))
    face, shift = int(rng.integers(1, 7)), int(rng.integers(0, 2))
    return n, Fraction(2 * face + shift, 2 * n)


QUESTIONS = {
    "1": Value(
        [21, 0.5],
        mistakes=[
            Mistake([20, 0], "That is right for >. Here a deviation of exactly 0.05 counts: what is 1/n at n = 20?"),
            Mistake([20, 0.5], "If it is 1/2 at n = 20, it is not 0 from n = 20 on."),
            Mistake([21, 0], "At n = 20 the deviation on tails is 1/20, which is not below 0.05."),
            Mistake(
                [21, 1], "On heads the deviation at n = 20 is 1/21, below 0.05: only one of the two outcomes is off."
            ),
            Mistake(
                [20, 1], "On heads the deviation is 1/(n + 1), on tails 1/n. Compare both with 1/20, at n = 20 and 21."
            ),
            Mistake([19, 0.5], "At n = 19 both deviations, 1/20 and 1/19, are 0.05 or more."),
            Mistake([0.5, 21], "The other way round: first the n, then the probability."),
        ],
        why="The rule is n > 1/eps.",
    ),
    "2": Function(
        die_outside,
        draw=draw_tie,
        cases=[(10, Fraction(3, 10)), (7, Fraction(6, 7)), (1, Fraction(10)), (100, Fraction(1, 100))],
        mistakes=[
            Mistake(
                lambda n, eps: Fraction(sum(Fraction(face, n) > eps for face in range(1, 7)), 6),
                "A deviation of exactly eps counts, too: >= in place of >.",
            ),
            Mistake(
                lambda n, eps: sum(Fraction(face, n) >= eps for face in range(1, 7)),
                "That counts the faces. Each of the six has probability 1/6.",
            ),
            Mistake(in_floats, "Ties are lost in floating point. The deviation is face / n; keep it as a Fraction."),
            Mistake(
                lambda n, eps: Fraction(int(Fraction(1, n) >= eps)),
                "The deviation is not 1/n but X/n: it depends on the face.",
            ),
            Mistake(
                lambda n, eps: 1 - die_outside(n, eps),
                "That is the probability to be within eps.",
            ),
        ],
        why="It is 0 for n > 6/eps, so X_n converges to X in probability. In fact it does so on every path.",
    ),
    "3": Function(
        hit_in_sweep,
        draw=lambda rng: (float(rng.random()), int(rng.integers(0, 20))),
        cases=[(0.3, 0), (0.3, 3), (0.5, 1), (0.0, 4), (0.75, 2)],
        mistakes=[
            Mistake(lambda u, k: floor(2**k * u), "That is the place within the sweep. The sweep begins at n = 2^k."),
            Mistake(
                lambda u, k: 2**k + round(2**k * u),
                "Round down, not to the nearest: j is the whole part of 2^k u.",
            ),
            Mistake(lambda u, k: 2**k + ceil(2**k * u), "The j-th interval begins at j/2^k, so round down."),
            Mistake(lambda u, k: 2**k + floor(2**k * u) + 1, "The first interval of the sweep has j = 0, so n = 2^k."),
            Mistake(
                lambda u, k: 2**k - 1 + floor(2**k * u),
                "The sweeps before have 1 + 2 + ... = 2^k - 1 indices; this one begins after them, at n = 2^k.",
            ),
        ],
        why="It is the whole part of (1 + u) 2^k: a 1, and then k binary digits of u.",
    ),
    "4": Function(
        lambda a: (a - 1) / a,
        draw=lambda rng: (int(rng.integers(2, 1000)),),
        cases=[(2,), (10,), (101,)],
        mistakes=[
            Mistake(lambda a: 1 - 1 / a**2, "That is no hit at the time a alone. Multiply over all later times."),
            Mistake(
                lambda a: 1 - float(np.pi**2 / 6 - sum(1 / n**2 for n in range(1, a))),
                "The sum of the probabilities counts times with several hits more than once: it is only a bound.",
            ),
            Mistake(
                lambda a: exp(-float(np.pi**2 / 6 - sum(1 / n**2 for n in range(1, a)))),
                "1 - x is close to exp(-x), not equal to it. The product telescopes, so no approximation is needed.",
            ),
            Mistake(lambda a: 0.0, "So it is for 1/n, whose sum is infinite. The sum of 1/n^2 is finite."),
            Mistake(lambda a: 1 / a, "That is the probability of a hit at some time from a on."),
            Mistake(lambda a: a / (a + 1), "That leaves the time a itself out; it counts."),
        ],
        why="It rises to 1: whoever waits long enough has seen the last hit.",
    ),
    "5": Choice(
        "almost surely",
        {
            "in mean square": "The square is n^2, with probability 1/n^2. What is its mean?",
            "both": "One of them fails. The square is n^2, with probability 1/n^2: what is its mean?",
            "neither": "Is the sum of the probabilities 1/n^2 finite? Then Borel-Cantelli says something.",
        },
        why="The sum of 1/n^2 is finite, but the second moment is 1 for every n.",
    ),
}
