"""Answers to the exercises of the page on the silhouette."""

from typing import Any

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.datasets import make_moons

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.ml.cluster import KMeans
from companion.ml.metrics import dunn_index, silhouette_samples, silhouette_score

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Codes = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def cohesion(D: Table, labels: Codes, i: int) -> float:
    """Return the mean distance to the other points of the own cluster; 0 for a point alone."""
    own = labels == labels[i]
    return float(D[i, own].sum() / max(own.sum() - 1, 1))


def separations(D: Table, labels: Codes, i: int) -> list[float]:
    """Return the mean distances to the other clusters."""
    return [float(D[i, labels == c].mean()) for c in np.unique(labels[labels != labels[i]])]


def silhouette(D: Table, labels: Codes, i: int) -> float:
    """Return the silhouette of one point."""
    return float(silhouette_samples(D, labels, metric="precomputed")[i])


def alone_is_one(D: Table, labels: Codes, i: int) -> float:
    """Wrong for a point alone in its cluster."""
    a, b = cohesion(D, labels, i), min(separations(D, labels, i))
    return (b - a) / max(a, b)


def alone_or(value: float, D: Table, labels: Codes, i: int) -> float:
    """Return 0 for a point alone, else the value."""
    return value if (labels == labels[i]).sum() > 1 else 0.0


def with_itself(D: Table, labels: Codes, i: int) -> float:
    """A wrong cohesion: the point counts itself."""
    a, b = float(D[i, labels == labels[i]].mean()), min(separations(D, labels, i))
    return alone_or((b - a) / max(a, b), D, labels, i)


def farthest_cluster(D: Table, labels: Codes, i: int) -> float:
    """A wrong separation: the farthest cluster."""
    a, b = cohesion(D, labels, i), max(separations(D, labels, i))
    return alone_or((b - a) / max(a, b), D, labels, i)


def all_others(D: Table, labels: Codes, i: int) -> float:
    """A wrong separation: all other clusters together."""
    a, b = cohesion(D, labels, i), float(D[i, labels != labels[i]].mean())
    return alone_or((b - a) / max(a, b), D, labels, i)


def not_divided(D: Table, labels: Codes, i: int) -> float:
    """A wrong silhouette: the difference alone."""
    return alone_or(min(separations(D, labels, i)) - cohesion(D, labels, i), D, labels, i)


def reversed_sign(D: Table, labels: Codes, i: int) -> float:
    """A wrong sign."""
    return -silhouette(D, labels, i)


def table_and_labels(rng: np.random.Generator) -> tuple[Table, Codes, int]:
    """Random points as a table of distances, their labels in three or four clusters, and one of them."""
    n, k = int(rng.integers(8, 20)), int(rng.integers(3, 5))
    points = rng.normal(size=(n, 2))
    labels = rng.permutation(np.r_[np.arange(k), np.arange(k), rng.integers(1, k, size=n - 2 * k)])
    return cdist(points, points), labels, int(rng.integers(n))


def alone() -> tuple[Table, Codes, int]:
    """Return three points of which the last is alone."""
    x = np.array([[0.0], [1.0], [5.0]])
    return cdist(x, x), np.array([0, 0, 1]), 2


def at_place(x: float) -> float:
    """Return the silhouette of x in the cluster 0, 1, x beside 10, 11."""
    points = np.array([0, 1, x, 10, 11], dtype=float)[:, None]
    return float(silhouette_samples(points, [0, 0, 0, 1, 1])[2])


def places_problem(answer: Any) -> str:
    """Say what two places lack, or return an empty text."""
    places = np.asarray(answer, dtype=float).ravel()
    if places.shape != (2,):
        return f"Give two places, first the one with s = 0; got {places.size}."
    first, second = (at_place(x) for x in places)
    if abs(first) > 1e-9:
        return f"At your first place s = {first:.4g}, not 0. Where are a and b equal?"
    if second >= -0.5:
        return f"At your second place s = {second:.4g}; it must be below -1/2, so a more than twice b."
    return ""


MOONS, HALVES = make_moons(200, noise=0.05, random_state=42)
CUT = KMeans(2, n_init=10, random_state=0).fit(MOONS).labels_
GAINS = np.array([score(MOONS, CUT) - score(MOONS, HALVES) for score in (silhouette_score, dunn_index)])

QUESTIONS = {
    "1": Value(
        [3, 6, 0.5],
        mistakes=[
            Mistake([2, 6, 2 / 3], "The point itself does not count: a has two terms, not three."),
            Mistake([3, 5, 0.4], "b is the mean distance to the other cluster, not the least one."),
            Mistake([3, 6, -0.5], "b - a, not a - b: here home is nearer."),
            Mistake([3, 6, 1], "Divide by the larger of a and b, not by the smaller."),
            Mistake([3, 6, 3], "Divide the difference by the larger of a and b."),
        ],
        why="Home is half as far as next door, so s = 1 - 1/2.",
    ),
    "2": Function(
        silhouette,
        draw=table_and_labels,
        cases=[alone()],
        mistakes=[
            Mistake(alone_is_one, "A point alone in its cluster has no a; its silhouette is 0 by convention."),
            Mistake(with_itself, "The point itself does not count: a has one term less than the cluster has points."),
            Mistake(farthest_cluster, "b belongs to the nearest other cluster, not to the farthest."),
            Mistake(all_others, "b is the least of the means of the single clusters, not the mean over all others."),
            Mistake(not_divided, "Divide the difference by the larger of a and b."),
            Mistake(reversed_sign, "b - a, not a - b: a point well placed has a positive silhouette."),
        ],
        why="The whole function of the package is this, for all points at once.",
    ),
    "3": Property(
        [5.5, 10.0],
        places_problem,
        mistakes=[
            Mistake([5.0, 10.0], places_problem([5.0, 10.0])),
            Mistake([5.5, 7.0], places_problem([5.5, 7.0])),
            Mistake([5.5], places_problem([5.5])),
        ],
        why="The border lies midway between the two means here, and the label does not move with the point.",
    ),
    "4": Value(
        2,
        mistakes=[
            Mistake(3, "That is the number of species. Compute the mean for each number: which is the greatest?"),
            Mistake(6, "That is the least inertia, or the worst score; the silhouette has its maximum elsewhere."),
        ],
        why="Two species overlap and count as one cluster.",
    ),
    "5": Value(
        GAINS,
        mistakes=[
            Mistake(-GAINS, "k-means minus true, not the other way round."),
            Mistake(GAINS[::-1], "First the silhouette, then Dunn."),
            Mistake(np.abs(GAINS), "Give the differences with their signs."),
            Mistake([0.162384, -0.146145], "That run stopped in a local minimum: use n_init=10."),
            Mistake([0.161585, -0.153222], "That run stopped in a rare local minimum: use n_init=10."),
        ],
        why="The silhouette prefers the straight cut, the Dunn index the moons.",
    ),
}
