"""Answers to the exercises of the page on hierarchical clustering."""

from math import sqrt
from typing import Any

import numpy as np
from scipy.spatial.distance import squareform

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.ml.cluster import linkage

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def heights(D: Table, method: str) -> Table:
    """Return the heights of a linkage for a square table of distances."""
    return np.asarray(linkage(squareform(D, checks=False), method)[:, 2])


def single_heights(D: Table) -> Table:
    """Return the heights of single linkage."""
    return heights(D, "single")


def complete_heights(D: Table) -> Table:
    """Wrong: those of complete linkage."""
    return heights(D, "complete")


def least_distances(D: Table) -> Table:
    """Wrong: the least distances of all pairs, merged already or not."""
    return np.sort(squareform(D, checks=False))[: len(D) - 1]


def nearest_neighbors(D: Table) -> Table:
    """Wrong: the sorted distances to the nearest neighbor."""
    return np.sort((D + np.diag(np.full(len(D), np.inf))).min(axis=0))[:-1]


def draw_table(rng: np.random.Generator) -> tuple[Table]:
    """Draw distances of points in the plane."""
    X = rng.normal(size=(int(rng.integers(4, 12)), 2))
    return (np.linalg.norm(X[:, None] - X, axis=2),)


def why_no_inversion(answer: Any) -> str:
    """Return what keeps three points from an inversion; empty if nothing does.

    Examples
    --------
    >>> [why_no_inversion([[0, 0], [side, 0], [side / 2, 0.9 * side]]) for side in (1, 3, 100)]
    ['', '', '']
    """
    X = np.asarray(answer, dtype=float)
    if X.shape != (3, 2) or not np.isfinite(X).all():
        return "Give three points in the plane, as a list of three pairs of numbers."
    first, second = linkage(X, "centroid")[:, 2]
    if first == 0:
        return "Two of the points are the same: the first height is 0, and nothing is lower."
    if second > 0.9 * first * (1 + 1e-9):  # a tenth, up to rounding
        return f"The heights are {first:.3g} and {second:.3g}: the second is not lower by a tenth."
    return ""


QUESTIONS = {
    "1": Value(
        [1, 2, 5, 1, 3, 8],
        mistakes=[
            Mistake([1, 3, 8, 1, 2, 5], "Single linkage first; it has the smaller heights."),
            Mistake([1, 2, 5, 1, 2, 5], "Complete linkage takes the farthest pair of two clusters."),
            Mistake([1, 2.5, 20 / 3, 1, 3, 8], "The first three are those of average linkage."),
        ],
        why="Nearest and farthest pairs.",
    ),
    "2": Value(
        [294 / 5, sqrt(2 * 294 / 5)],
        mistakes=[
            Mistake([294 / 5, sqrt(294 / 5)], "The height is the root of twice the increase."),
            Mistake([49, sqrt(98)], "The squared distance of the means is multiplied by |A||B|/(|A|+|B|)."),
            Mistake([42 / 5, sqrt(84 / 5)], "Square the distance of the means."),
        ],
        why="6/5 times 49.",
    ),
    "3": Function(
        single_heights,
        draw=draw_table,
        mistakes=[
            Mistake(complete_heights, "Take the minimum of both rows, not the maximum."),
            Mistake(least_distances, "A short distance within a cluster is no merge any more."),
            Mistake(nearest_neighbors, "Clusters merge as well, not only points with their neighbors."),
        ],
        why="The edges of a minimum spanning tree.",
    ),
    "4": Property(
        [[0, 0], [1, 0], [0.5, 0.87]],
        why_no_inversion,
        mistakes=[
            Mistake([[0, 0], [1, 0]], "Give three points in the plane, as a list of three pairs of numbers."),
            Mistake(
                [[0, 0], [0, 0], [0, 0]],
                "Two of the points are the same: the first height is 0, and nothing is lower.",
            ),
            Mistake([[0, 0], [1, 0], [3, 0]], "The heights are 1 and 2.5: the second is not lower by a tenth."),
        ],
        why="The mean of the first two comes nearer to the third point.",
    ),
}
