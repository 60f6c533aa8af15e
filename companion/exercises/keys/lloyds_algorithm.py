"""Answers to the exercises of the page on Lloyd's algorithm."""

from collections.abc import Callable
from math import pi, sqrt

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.ml.cluster import assign_labels, inertia, lloyd

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


def points_start_and_count(rng: np.random.Generator) -> tuple[Table, Table, int]:
    """Random points, a start from which no cluster is empty in the first iterations, and their number."""
    X, centers = points_and_start(rng)
    return X, centers, int(rng.integers(1, 4))


def J_after_half_steps(J: Callable[..., float]) -> Callable[[Table, Table, int], Table]:
    """Return the function that measures each half-step of n iterations by J(X, centers, labels)."""

    def half_steps(X: Table, centers: Table, n: int) -> Table:
        values = []
        for _ in range(n):
            labels = assign_labels(X, centers)
            values.append(J(X, centers, labels))
            centers = np.array([X[labels == j].mean(axis=0) for j in range(len(centers))])
            values.append(J(X, centers, labels))
        return np.array(values)

    return half_steps


def half_steps_with_old_centers(X: Table, centers: Table, n: int) -> Table:
    """A wrong J after the update: that before it."""
    return J_after_half_steps(inertia)(X, centers, n)[::2].repeat(2)


def half_steps_with_new_labels(X: Table, centers: Table, n: int) -> Table:
    """A wrong J after the update: that after the next assignment."""
    J = J_after_half_steps(inertia)(X, centers, n + 1)
    return np.column_stack([J[:-2:2], J[2::2]]).ravel()


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
    """Ratio of J in the two ways to pair the corners of the rectangle with sides a and 1."""
    corners = np.array([[0, 0], [0, 1], [a, 0], [a, 1]])
    return lloyd(corners, corners[:2]).inertia / lloyd(corners, corners[::2]).inertia


SIX = np.array([[1.0], [2.0], [3.0], [10.0], [11.0], [12.0]])
SIX_LABELS, SIX_STARTS, SIX_MEANS = np.array([0, 0, 1, 1, 1, 1]), np.array([[2.0], [3.0]]), np.array([[1.5], [9.0]])
SIX_J = inertia(SIX, SIX_MEANS, SIX_LABELS)
SQUARES = ((SIX - SIX_MEANS[SIX_LABELS]) ** 2).ravel()

QUESTIONS = {
    "1": Value(
        [1.5, 9.0, SIX_J],
        mistakes=[
            Mistake(
                [1.5, 9.0, inertia(SIX, SIX_STARTS, SIX_LABELS)],
                "That J uses the old centers, 2 and 3. Measure from the new ones.",
            ),
            Mistake([2.0, 11.0, 4.0], "That is where the algorithm ends. The question is about its first iteration."),
            Mistake([1.5, 9.0, SIX_J / 6], "J is a sum of squares: do not divide by the number of points."),
            Mistake(
                [1.5, 9.0, SQUARES[:2].mean() + SQUARES[2:].mean()],
                "J is a sum of squares: do not divide by the number of points in each cluster.",
            ),
            Mistake([1.5, 9.0, np.sqrt(SQUARES).sum()], "Those are plain distances. J adds up their squares."),
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
        J_after_half_steps(inertia),
        draw=points_start_and_count,
        mistakes=[
            Mistake(half_steps_with_old_centers, "The second J of each iteration is measured from the new centers."),
            Mistake(half_steps_with_new_labels, "The second J of each iteration still has the labels of the first."),
            Mistake(
                J_after_half_steps(lambda X, centers, labels: inertia(X, centers, labels) / len(X)),
                "J is a sum over the points, not a mean.",
            ),
            Mistake(
                J_after_half_steps(lambda X, centers, labels: np.linalg.norm(X - centers[labels], axis=1).sum()),
                "Those are plain distances. J adds up their squares.",
            ),
        ],
        why="No number in such a list is greater than the one before it.",
    ),
    "4": Function(
        sides_ratio,
        draw=lambda rng: (float(rng.uniform(2, 20)),),
        mistakes=[
            Mistake(
                lambda a: a, "Squared distances: each corner is a/2 from its center in one case, 1/2 in the other."
            ),
            Mistake(lambda a: 1 / a**2, "The other way round: long sides divided by short sides."),
            Mistake(lambda a: a**2 / 4, "All four corners count, in both cases; and in the other case J is 4 (1/2)^2."),
        ],
        why="As a grows, so does the ratio, without bound: an arbitrary start has no guarantee.",
    ),
    "5": Property(
        [0.0, 2.0, 50.0],
        leaves_one_empty,
        mistakes=[
            Mistake([0.0, 1.0, 10.0], leaves_one_empty(np.array([0.0, 1.0, 10.0]))),
            Mistake([0.0, 1.0], leaves_one_empty(np.array([0.0, 1.0]))),
            Mistake([1.0, 1.0, 1.0], leaves_one_empty(np.array([1.0, 1.0, 1.0]))),
        ],
        why="A center far from all points, or squeezed between two others, gets none.",
    ),
    "6": Value(
        sqrt(2000 / pi / 25),
        rtol=1e-3,
        mistakes=[
            Mistake(2000 / pi / 25, "That is the square of the distance."),
            Mistake(sqrt(2000 / pi / 50), "Each of the 100 points is s/2 from the common mean: 100 (s/2)^2 = 25 s^2."),
            Mistake(sqrt(2000 / pi / 12.5), "Both groups count: 100 points, not 50, are s/2 from the common mean."),
            Mistake(sqrt(2000 / pi / 100), "The common mean lies midway: each point is s/2 from it, not s."),
            Mistake(sqrt(1000 / 25), "Halving does not save all of the variance along the cut, only the share 2/pi."),
        ],
        why="Below that distance, the least J merges what you would call two clusters.",
    ),
}
