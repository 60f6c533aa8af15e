"""Answers to the exercises of the page on k-medoids."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.ml.cluster import alternating, pam

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def alternate(D: Table, medoids: Sequence[int]) -> list[int]:
    """Return the medoids of the clusters of the given medoids."""
    return _step(D, medoids, D)


def _step(D: Table, medoids: Sequence[int], summed: Table) -> list[int]:
    labels = D[:, medoids].argmin(axis=1)
    members = [np.flatnonzero(labels == j) for j in range(len(medoids))]
    return [int(mine[summed[np.ix_(mine, mine)].sum(axis=1).argmin()]) for mine in members]


def with_squares(D: Table, medoids: Sequence[int]) -> list[int]:
    """A wrong step: the squares of the distances are added."""
    return _step(D, medoids, D**2)


def over_all_points(D: Table, medoids: Sequence[int]) -> list[int]:
    """A wrong step: the sums run over all points."""
    labels = D[:, medoids].argmin(axis=1)
    members = [np.flatnonzero(labels == j) for j in range(len(medoids))]
    return [int(mine[D[mine].sum(axis=1).argmin()]) for mine in members]


def nearest_to_the_old(D: Table, medoids: Sequence[int]) -> list[int]:
    """A wrong step: nothing moves."""
    return [int(m) for m in medoids]


def draw_table(rng: np.random.Generator) -> tuple[Table, list[int]]:
    """Draw distances of points in the plane, and medoids, so that each cluster has one medoid only."""
    while True:
        X = rng.normal(size=(int(rng.integers(8, 20)), 2)) * [3, 1]
        D = np.linalg.norm(X[:, None] - X, axis=2)
        medoids = [int(i) for i in rng.choice(len(X), int(rng.integers(2, 4)), replace=False)]
        if not has_ties(D, medoids):
            return D, medoids


def has_ties(D: Table, medoids: Sequence[int]) -> bool:
    """Return whether some cluster has two medoids, as each cluster of two points has."""
    labels = D[:, medoids].argmin(axis=1)
    for j in range(len(medoids)):
        mine = np.flatnonzero(labels == j)
        sums = np.sort(D[np.ix_(mine, mine)].sum(axis=1))
        if len(mine) > 1 and sums[1] - sums[0] < 1e-6:
            return True
    return False


def why_not_stuck(answer: Any) -> str:
    """Return what keeps six numbers from being a trap for the alternating heuristic; empty if nothing does."""
    x = np.asarray(answer, dtype=float)
    if x.shape != (6,) or not np.isfinite(x).all() or len(set(x.tolist())) < 6:
        return "Give a list of six different numbers."
    D = np.abs(x[:, None] - x)
    run, best = alternating(D, [0, 1]), pam(D, [0, 1])
    if len(run.history) > 1:
        return (
            f"The alternating heuristic does not stop at once: the cost falls from {run.history[0]:g} to {run.cost:g}."
        )
    if best.cost > 0.75 * run.cost:
        return f"PAM ends at {best.cost:g}, the alternating heuristic at {run.cost:g}: that is not a quarter less."
    return ""


QUESTIONS = {
    "1": Value(
        [4, 4],
        mistakes=[
            Mistake([5, 4], "5 is the mean; the medoid is one of the numbers."),
            Mistake([4, 8], "The medoid is the median here, and the median does not move."),
            Mistake([5, 200003.2], "These are the means."),
        ],
        why="On a line the medoid is a median.",
    ),
    "2": Value(
        [2, 8, -15],
        mistakes=[
            Mistake([2, 8, 15], "The cost falls: the change is negative."),
            Mistake([1, 8, -14], "That swap is good; keeping 1, in the middle of its group, is better."),
            Mistake([8, 2, -15], "The medoid that goes comes first."),
            Mistake([2, 8, 4], "That is the new cost; the change is wanted."),
        ],
        why="From 19 to 4.",
    ),
    "3": Function(
        alternate,
        draw=draw_table,
        mistakes=[
            Mistake(with_squares, "Add the distances themselves, not their squares."),
            Mistake(over_all_points, "Only the distances within the cluster count."),
            Mistake(nearest_to_the_old, "The medoids do not move: take the medoid of each cluster."),
        ],
        why="The medoid of each cluster.",
    ),
    "4": Property(
        [0, 15, 14, 12, 29, 30],
        why_not_stuck,
        mistakes=[
            Mistake([0, 1, 2, 3, 4], "Give a list of six different numbers."),
            Mistake(
                [0, 1, 2, 10, 11, 12],
                "The alternating heuristic does not stop at once: the cost falls from 31 to 4.",
            ),
        ],
        why="A medoid that serves a single point could do more elsewhere.",
    ),
}
