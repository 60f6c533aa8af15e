"""Answers to the exercises of the page that introduces probability."""

from typing import Any

from companion.exercises._questions import Function, Mistake, Property, Value

DIE = set(range(1, 7))


def not_independent(events: Any) -> str:
    """Say why two events of a die are not what is asked for, or return an empty text."""
    if not isinstance(events, (tuple, list)) or len(events) != 2:
        return "Give two events, each a set of faces."
    a, b = (set(event) for event in events)
    if not a | b <= DIE:
        return f"An event of a die is a set of faces from 1 to 6; {sorted(a | b - DIE, key=str)} goes beyond that."
    for event in (a, b):
        if event in (set(), DIE):
            return f"The event {sorted(event)} is impossible or sure. Each must be able to happen, and to fail."
    if not a & b:
        return "Those two exclude each other: if one happens the other cannot. Let them share a face."
    if len(a) * len(b) != 6 * len(a & b):
        return (
            f"P(A) P(B) is {len(a) * len(b)}/36, but P(A and B) is {6 * len(a & b)}/36. "
            "How many faces must they share if A has two and B has three?"
        )
    return ""


def meet(wait: float) -> float:
    """Probability that two people meet who come at random within one hour and wait for `wait` hours."""
    return 1 - (1 - wait) ** 2


TWO_SIXES = 1 - (35 / 36) ** 24
ONE_SIX = 1 - (5 / 6) ** 4

QUESTIONS = {
    "1": Value(
        [6 / 36, 5 / 36, 6 / 36],
        mistakes=[
            Mistake(
                [1 / 11, 1 / 11, 3 / 11], "The eleven sums are not equally likely. Count pairs of faces, 36 of them."
            ),
            Mistake(
                [3 / 21, 3 / 21, 4 / 21],
                "(3, 4) and (4, 3) are two outcomes: the dice are two, even if they look alike.",
            ),
            Mistake([3 / 36, 3 / 36, 4 / 36], "(3, 4) and (4, 3) are two of the 36 pairs, and so for every such twin."),
            Mistake([6 / 36, 5 / 36, 3 / 36], "At least 10 is 10, 11 or 12: add the pairs of all three sums."),
        ],
        why="Six pairs have the sum 7, five the sum 8, and 3 + 2 + 1 at least 10.",
    ),
    "2": Value(
        [0.7, 0.3],
        mistakes=[
            Mistake([0.9, 0.1], "What lies in both events is counted twice in P(A) + P(B)."),
            Mistake([0.5, 0.5], "Take away what lies in both once, not twice: it belongs to the union."),
            Mistake([0.7, 0.7], "That is the union twice. That neither occurs is its complement."),
            Mistake([0.7, 0.8], "That is “not both”. Neither occurs where the union does not."),
            Mistake([0.2, 0.8], "That is “both” and “not both”. The union is A or B or both."),
        ],
        why="0.5 + 0.4 - 0.2, and the complement of that.",
    ),
    "3": Property(
        ({1, 2, 3}, {3, 4}),
        not_independent,
        mistakes=[
            Mistake(({1, 3, 5}, {2, 4, 6}), not_independent(({1, 3, 5}, {2, 4, 6}))),
            Mistake(({1, 3, 5}, {1, 2, 3}), not_independent(({1, 3, 5}, {1, 2, 3}))),
            Mistake(({1, 3, 5}, DIE), not_independent(({1, 3, 5}, DIE))),
        ],
        why="P(A and B) = P(A) P(B): each event is as probable within the other as it is in the whole space.",
    ),
    "4": Value(
        [ONE_SIX, TWO_SIXES],
        mistakes=[
            Mistake(
                [4 / 6, 24 / 36], "Adding the chances of the single throws counts twice what happens in two of them."
            ),
            Mistake([1 - ONE_SIX, 1 - TWO_SIXES], "Those are the complements: no six at all."),
            Mistake([(1 / 6) ** 4, (1 / 36) ** 24], "Those are the probabilities of nothing but sixes."),
            Mistake(
                [4 / 6 * (5 / 6) ** 3, 24 / 36 * (35 / 36) ** 23],
                "Those are the probabilities of exactly one. At least one is the complement of none.",
            ),
            Mistake(
                [ONE_SIX, 1 - (25 / 36) ** 24],
                "The second is the probability of a six on either die. A double six is one pair of 36.",
            ),
        ],
        why="The first bet wins more often than not and the second does not, although 4/6 = 24/36.",
    ),
    "5": Function(
        meet,
        draw=lambda rng: (float(rng.uniform(0, 1)),),
        cases=[(0.25,), (0.0,), (1.0,)],
        mistakes=[
            Mistake(
                lambda wait: 1 - (1 - wait) ** 2 / 2,
                "There are two triangles in which they miss each other: either may be the first.",
            ),
            Mistake(
                lambda wait: wait, "Draw the square of both times of arrival, and the band in which they differ little."
            ),
            Mistake(lambda wait: (1 - wait) ** 2, "That is the area in which they miss each other."),
            Mistake(
                lambda wait: 2 * wait,
                "The square cuts two corners off the band: nobody comes before the hour begins or after it ends.",
            ),
            Mistake(
                lambda wait: (1 - (1 - wait) ** 2) / 2,
                "That is half of the band: the first may wait for the second, or the second for the first.",
            ),
        ],
        why="The two triangles beyond the band make a square of side 1 - wait.",
    ),
}
