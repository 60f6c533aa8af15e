"""Answers to the exercises of the page on limits and continuity."""

from math import sqrt

from companion.exercises._questions import Function, Mistake, Value


def delta(eps: float) -> float:
    """Return the largest distance from 3 within which x² differs from 9 by less than eps."""
    return sqrt(9 + eps) - 3


QUESTIONS = {
    "1": Value(
        [4.0, 3.0, 1.5],
        mistakes=[
            Mistake([0.0, 3.0, 1.5], "The first is 0/0 at 2: factor the numerator, and cancel x - 2."),
            Mistake([4.0, 1.0, 1.5], "sin(u)/u tends to 1 for u = 3x; here the denominator is x."),
            Mistake([4.0, 1 / 3, 1.5], "The factor 3 belongs on top: 3 sin(3x)/(3x)."),
            Mistake([4.0, 3.0, 1.0], "At infinity the highest powers decide, with their factors: 3 and 2."),
        ],
        why="None of the three can be had by putting the point in.",
    ),
    "2": Value(
        3.0,
        mistakes=[
            Mistake(
                5.0, "From the left 2a + 1, from the right 4 + a: bring the a to one side, the numbers to the other."
            ),
            Mistake(1.0, "Each side contains a: from the left 2a + 1, from the right 4 + a."),
            Mistake(1.5, "The right piece contains a as well: x squared plus a."),
        ],
        why="Both pieces have the height 7 at 2.",
    ),
    "3": Function(
        delta,
        draw=lambda rng: (float(rng.uniform(0.01, 9)),),
        cases=[(7.0,), (1.0,), (9.0,)],
        mistakes=[
            Mistake(lambda eps: 3 - sqrt(9 - eps), "That is the distance on the left; the right side is steeper."),
            Mistake(
                lambda eps: sqrt(9 + eps), "That is the x where the height is reached; its distance from 3 is wanted."
            ),
            Mistake(
                lambda eps: eps / 6, "That takes the slope 6 of the tangent; the parabola gets steeper to the right."
            ),
            Mistake(lambda eps: min(1, eps / 7), "That works for the definition, but is not the largest."),
        ],
        why="The smaller of the distances to the two sides.",
    ),
    "4": Value(
        [True, False, False, True, False],
        mistakes=[
            Mistake([False, False, False, True, False], "x sin(1/x) lies between -|x| and |x|, which both tend to 0."),
            Mistake([True, True, False, True, False], "|x|/x is 1 on the right and -1 on the left."),
            Mistake([True, False, True, True, False], "sin(1/x) takes all values from -1 to 1 arbitrarily near 0."),
            Mistake([True, False, False, False, False], "(exp(x) - 1)/x is 0/0 at 0, but its limit is 1."),
            Mistake([True, False, False, True, True], "Infinity is no value of a function."),
        ],
        why="The values are the limits 0 and 1.",
    ),
}
