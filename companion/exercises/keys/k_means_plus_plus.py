"""Answers to the exercises of the page on k-means++."""

from math import sqrt

import numpy as np

from companion.exercises._questions import Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def squared_distances(X: Table, centers: Table) -> Table:
    """Return the squared distance of each point to each center."""
    return np.asarray(((X[:, None] - centers) ** 2).sum(axis=2))


def shares(values: Table) -> Table:
    """Return numbers divided by their sum."""
    return np.asarray(values / values.sum())


def chances(X: Table, centers: Table) -> Table:
    """Return the probabilities of the next center."""
    return shares(squared_distances(X, centers).min(axis=1))


def by_plain_distances(X: Table, centers: Table) -> Table:
    """A wrong rule: the distances are not squared."""
    return shares(np.sqrt(squared_distances(X, centers).min(axis=1)))


def by_farthest_center(X: Table, centers: Table) -> Table:
    """A wrong rule: the farthest center counts."""
    return shares(squared_distances(X, centers).max(axis=1))


def by_sum(X: Table, centers: Table) -> Table:
    """A wrong rule: all centers count."""
    return shares(squared_distances(X, centers).sum(axis=1))


def by_last_center(X: Table, centers: Table) -> Table:
    """A wrong rule: only the latest center counts."""
    return shares(squared_distances(X, centers)[:, -1])


def not_divided(X: Table, centers: Table) -> Table:
    """A wrong rule: weights in place of probabilities."""
    return np.asarray(squared_distances(X, centers).min(axis=1))


def points_and_centers(rng: np.random.Generator) -> tuple[Table, Table]:
    """Random points and some of them as centers."""
    X = rng.normal(size=(int(rng.integers(6, 20)), int(rng.integers(1, 4))))
    return X, X[: int(rng.integers(2, 5))].copy()


def same_side(s: float) -> float:
    """Return the probability that both centers are in the same pair."""
    return (1 / (1 + s**2 + (s + 1) ** 2) + 1 / (1 + (s - 1) ** 2 + s**2)) / 2


QUESTIONS = {
    "1": Value(
        np.array([9, 0, 1, 4, 0]) / 14,
        mistakes=[
            Mistake([9, 0, 1, 4, 0], "These are the squares; divide them by their sum."),
            Mistake(np.array([3, 0, 1, 2, 0]) / 6, "These are shares of the plain distances. Square them first."),
            Mistake(np.array([9, 0, 1, 36, 64]) / 110, "Those distances are to the centre 3 only; 11 is chosen, too."),
            Mistake(np.array([121, 64, 49, 4, 0]) / 238, "Those distances are to the centre 11 only; 3 counts, too."),
        ],
        why="The point 9 is near 11, so 0 is the likeliest.",
    ),
    "2": Function(
        chances,
        draw=points_and_centers,
        mistakes=[
            Mistake(by_plain_distances, "Those are plain distances; the rule squares them."),
            Mistake(by_farthest_center, "D is the distance to the nearest centre, not to the farthest."),
            Mistake(by_sum, "Only the nearest centre counts, not the sum over all."),
            Mistake(by_last_center, "All centres so far count, not the latest alone."),
            Mistake(not_divided, "Probabilities add up to 1: divide by the sum."),
        ],
        why="The sum that you divide by is the cost of the centres so far.",
    ),
    "3": Function(
        same_side,
        draw=lambda rng: (float(rng.uniform(2, 20)),),
        mistakes=[
            Mistake(lambda s: 1 / 3, "That is a random start: each of the three other points alike."),
            Mistake(lambda s: 1 / (1 + s**2 + (s + 1) ** 2), "The first centre may also be an inner point, 1 or s."),
            Mistake(lambda s: 1 / (1 + (s - 1) ** 2 + s**2), "The first centre may also be an outer one, 0 or s + 1."),
            Mistake(lambda s: (1 / (2 * s + 2) + 1 / (2 * s)) / 2, "Those are plain distances; the rule squares them."),
            Mistake(lambda s: 1 - same_side(s), "That is the probability that each pair gets a centre."),
        ],
        why="It falls like 1/(2 s^2), while a random start stays at 1/3.",
    ),
    "4": Value(
        1 - (203 / 303) ** 2,
        mistakes=[
            Mistake(100 / 303, "That is the plain rule, with one candidate."),
            Mistake((100 / 303) ** 2, "It is enough that one of the two candidates is 10."),
            Mistake(200 / 303, "That counts the case twice in which both candidates are 10."),
            Mistake(1 - (182 / 303) ** 2, "That is for 11. Which candidate leaves the least cost?"),
        ],
        why="The best candidate wins whenever it is among those drawn.",
    ),
    "5": Value(
        177,
        mistakes=[
            Mistake(168, "That is enough when 0 is the first centre. Which of the ten is the worst?"),
            Mistake(176, "Just not enough: round up."),
            Mistake(9 + sqrt(28215), "M is a whole number: round up."),
            Mistake(178, "That is enough, and one less is, too."),
            Mistake(4464, "Those are plain distances; the rule squares them."),
        ],
        why="From 9 the other nine weigh 285 in all, so (M - 9)^2 must be 99 times that.",
    ),
}
