"""Answers to the exercises of the page on Lloyd's algorithm."""

from math import pi, sqrt

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Property, Value
from companion.ml.cluster import assign_labels, lloyd

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def one_iteration(X: Table, centers: Table) -> Table:
    """One assignment and one update; every cluster keeps a point."""
    labels = assign_labels(X, centers)
    return np.array([X[labels == j].mean(axis=0) for j in range(len(centers))])


def with_medians(X: Table, centers: Table) -> Table:
    """A wrong update: medians in place of means."""
    labels = assign_labels(X, centers)
    return np.array([np.median(X[labels == j], axis=0) for j in range(len(centers))])


def points_and_start(rng: np.random.Generator) -> tuple[Table, Table]:
    """Random points and a start among them, so that no cluster is empty."""
    X = rng.normal(size=(int(rng.integers(8, 40)), int(rng.integers(1, 4))))
    return X, X[: int(rng.integers(2, 5))].copy()


def leaves_one_empty(start: Table) -> str:
    """Say why three start centers do not leave a cluster empty, or return an empty text."""
    centers = np.asarray(start, dtype=float).reshape(-1)
    if centers.shape != (3,):
        return f"Give three numbers, the three start centers; got {centers.size}."
    if len(set(centers.tolist())) < 3:
        return "The three start centers must differ: with equal ones the question is only how ties are broken."
    X = np.array([[0.0], [1.0], [2.0], [10.0]])
    sizes = np.bincount(assign_labels(X, centers[:, None]), minlength=3)
    if sizes.all():
        return f"The first assignment gives clusters of {sizes.tolist()} points: none is empty. Where does no point go?"
    return ""


def sides_ratio(a: float) -> float:
    """Ratio of the two local optima of the rectangle with sides a and 1."""
    corners = np.array([[0, 0], [0, 1], [a, 0], [a, 1]])
    return lloyd(corners, corners[:2]).inertia / lloyd(corners, corners[::2]).inertia


QUESTIONS = {
    "1": Value(
        [1.5, 9.0, 50.5],
        mistakes=[
            Mistake([1.5, 9.0, 159.0], "That J uses the old centers, 2 and 3. Measure from the new ones."),
            Mistake([2.0, 11.0, 4.0], "That is where the algorithm ends. The question is about its first iteration."),
            Mistake([1.5, 9.0, 12.625], "J is a sum of squares: do not divide by the number of points."),
        ],
        why="The third point, 3, goes to the center 3 and drags it along with 10, 11 and 12.",
    ),
    "2": Function(
        one_iteration,
        draw=points_and_start,
        mistakes=[
            Mistake(with_medians, "Those are medians. The mean minimises the sum of squared distances."),
            Mistake(lambda X, centers: centers, "The centers did not move: return the new means, not the old centers."),
        ],
        why="One assignment, one mean a cluster: that is all there is in the loop.",
    ),
    "3": Function(
        sides_ratio,
        draw=lambda rng: (float(rng.uniform(1.5, 20)),),
        mistakes=[
            Mistake(
                lambda a: a, "Squared distances: each corner is a/2 from its center in one optimum, 1/2 in the other."
            ),
            Mistake(lambda a: 1 / a**2, "The other way round: worse divided by better."),
        ],
        why="As a grows, so does the ratio, without bound: no start-independent guarantee is possible.",
    ),
    "4": Property(
        [0.0, 2.0, 50.0],
        leaves_one_empty,
        mistakes=[
            Mistake([0.0, 1.0, 10.0], leaves_one_empty(np.array([0.0, 1.0, 10.0]))),
            Mistake([0.0, 1.0], leaves_one_empty(np.array([0.0, 1.0]))),
            Mistake([1.0, 1.0, 1.0], leaves_one_empty(np.array([1.0, 1.0, 1.0]))),
        ],
        why="A center far from all points, or squeezed between two others, gets none.",
    ),
    "5": Value(
        sqrt(1000 * 2 / pi / 25),
        rtol=1e-3,
        mistakes=[
            Mistake(1000 * 2 / pi / 25, "That is the square of the distance."),
            Mistake(
                sqrt(1000 * 2 / pi / 50), "Each of the 100 points is d/2 from the common mean: 100 (d/2)^2 = 25 d^2."
            ),
            Mistake(sqrt(1000 / 25), "Halving does not save all of the variance along the cut, only the share 2/pi."),
        ],
        why="Below that distance, k-means merges what you would call two clusters.",
    ),
    "6": Choice(
        "no",
        {"yes": "Compare the two runs of this page: both have converged, and one has nearly ten times the J."},
        why="Converged means that no point and no center moves any more; a local optimum does that.",
    ),
}
