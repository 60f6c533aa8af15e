"""Answers to the exercises of the page on independence of events."""

from itertools import combinations
from typing import Any

from companion.exercises._questions import Choice, Function, Mistake, Property, Value
from companion.probability import are_independent, probability

EIGHT = range(1, 9)


def next_heads(n: int) -> float:
    """Probability of heads after n heads, from a coin that is fair or two-headed with equal probability."""
    return (1 + 0.5 ** (n + 1)) / (1 + 0.5**n)


def product_of_three_only(answer: Any) -> str:
    """Say what three events of eight equally likely outcomes lack, or return an empty text."""
    events = [set(event) for event in answer]
    if len(events) != 3 or any(not event <= set(EIGHT) for event in events):
        return "The answer is three sets of numbers from 1 to 8."
    if any(a == b for a, b in combinations(events, 2)):
        return "Two of the events are one and the same; the question asks for three different ones."
    a, b, c = (probability(event, EIGHT) for event in events)
    joint = probability(set.intersection(*events), EIGHT)
    if joint != a * b * c:
        return f"P(A and B and C) is {joint}, and P(A) P(B) P(C) is {a * b * c}."
    for (i, first), (j, second) in combinations(zip("ABC", events, strict=True), 2):
        if are_independent([first, second], EIGHT):
            return f"The product rule of three holds, but {i} and {j} are independent."
    return ""


QUESTIONS = {
    "1": Value(
        [1 / 12, 1 / 12, 1 / 12, 5 / 72],
        mistakes=[
            Mistake(
                [1 / 12, 1 / 12, 5 / 72, 5 / 72],
                "For the sum 8 you multiplied. Count: which rolls begin with an even number and have the sum 8?",
            ),
            Mistake(
                [1 / 12, 1 / 12, 5 / 72, 1 / 12],
                "The last two are the wrong way round: first the joint probability, then the product.",
            ),
            Mistake(
                [1 / 2, 1 / 12, 3 / 5, 5 / 72],
                "That is P(even | sum). The question asks for the joint probability.",
            ),
            Mistake([3, 1 / 12, 3, 5 / 72], "Those are the numbers of rolls; divide by 36."),
        ],
        why="A seven can be reached from every first roll. An eight cannot be reached from a 1, which is odd.",
    ),
    "2": Choice(
        "sometimes",
        {
            "always": "Toss two coins: A is heads of the first, B heads of the second. What if C is A itself?",
            "never": "Toss three coins, one for each event.",
        },
        why="Independence is symmetric, but not transitive: C may be A itself, or have a coin of its own.",
    ),
    "3": Function(
        next_heads,
        draw=lambda rng: (int(rng.integers(0, 40)),),
        cases=[(0,), (1,), (2,)],
        mistakes=[
            Mistake(
                lambda n: 0.75,
                "That is right before the first toss. The heads that you have seen speak for the two-headed coin.",
            ),
            Mistake(
                lambda n: (1 + 0.5 ** (n + 1)) / 2,
                "That is the probability of n + 1 heads. Divide by the probability of the n that you have seen.",
            ),
            Mistake(
                lambda n: 1 / (1 + 0.5**n),
                "That is the probability that the coin has two heads. A fair one may show heads too.",
            ),
            Mistake(
                lambda n: (1 + 0.5**n) / (1 + 0.5 ** (n - 1)),
                "One toss too few: n heads are known, and the next one is number n + 1.",
            ),
        ],
        why="It climbs from 3/4 towards 1. Given the coin, the next toss would not depend on the ones before.",
    ),
    "4": Value(
        8,
        mistakes=[
            Mistake(46, "Those are all pairwise independent triples; leave out the mutually independent ones."),
            Mistake(38, "Those are the mutually independent triples; the question asks for the others."),
            Mistake(48, "You counted each triple in six orders; use combinations in place of permutations."),
        ],
        why="Cut four points in two and two: there are three ways. Take one half of each, 2 x 2 x 2 choices.",
    ),
    "5": Property(
        ({1, 2, 3, 4}, {1, 2, 3, 5}, {1, 6, 7, 8}),
        product_of_three_only,
        mistakes=[
            Mistake(
                ({1, 2, 3, 4}, {1, 2, 3, 4}, {1, 5, 6, 7}),
                product_of_three_only(({1, 2, 3, 4}, {1, 2, 3, 4}, {1, 5, 6, 7})),
            ),
            Mistake(
                ({1, 2, 3, 4}, {1, 2, 3, 5}, {1, 2, 7, 8}),
                product_of_three_only(({1, 2, 3, 4}, {1, 2, 3, 5}, {1, 2, 7, 8})),
            ),
            Mistake(
                ({1, 2, 3, 4}, {1, 2, 5, 6}, {1, 3, 5, 7}),
                product_of_three_only(({1, 2, 3, 4}, {1, 2, 5, 6}, {1, 3, 5, 7})),
            ),
            Mistake(({1}, {2}), product_of_three_only(({1}, {2}))),
        ],
        why="One equation out of four holds; the three of the pairs fail. Mutual independence needs all four.",
    ),
}
