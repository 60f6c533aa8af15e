"""Answers to the exercises of the page on k-means."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.ml.cluster import kmeans_1d

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Labels = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


def within_between(X: Table, labels: Labels) -> Table:
    """Return WCSS and BCSS."""
    means = centroids(X, labels)
    between = np.bincount(labels) @ ((means - X.mean(axis=0)) ** 2).sum(axis=1)
    return np.array([((X - means[labels]) ** 2).sum(), between])


def centroids(X: Table, labels: Labels) -> Table:
    """Return the mean of each cluster."""
    return np.array([X[labels == j].mean(axis=0) for j in range(labels.max() + 1)])


def without_sizes(X: Table, labels: Labels) -> Table:
    """A wrong BCSS: every centroid counts once."""
    within = within_between(X, labels)[0]
    return np.array([within, ((centroids(X, labels) - X.mean(axis=0)) ** 2).sum()])


def from_mean_of_centroids(X: Table, labels: Labels) -> Table:
    """A wrong BCSS: measured from the mean of the centroids."""
    means = centroids(X, labels)
    between = np.bincount(labels) @ ((means - means.mean(axis=0)) ** 2).sum(axis=1)
    return np.array([within_between(X, labels)[0], between])


def divided(X: Table, labels: Labels) -> Table:
    """Wrong: means of squares in place of sums."""
    return within_between(X, labels) / len(X)


def swapped(X: Table, labels: Labels) -> Table:
    """Wrong: the two in the other order."""
    return within_between(X, labels)[::-1]


def draw_labelled(rng: np.random.Generator) -> tuple[Table, Labels]:
    """Draw points in clusters of different sizes."""
    k = int(rng.integers(2, 5))
    labels = np.concatenate([np.arange(k), rng.integers(0, k, size=int(rng.integers(6, 15))), [0, 0, 0]])
    return rng.normal(size=(len(labels), int(rng.integers(1, 4)))), rng.permutation(labels)


def best_cut(x: Table) -> float:
    """Return the least WCSS of two clusters of numbers."""
    return min(costs(np.sort(x)))


def costs(x: Table) -> list[float]:
    """Return the WCSS of each cut of the numbers, in the order in which they are given."""
    n = len(x)
    return [float(m * x[:m].var() + (n - m) * x[m:].var()) for m in range(1, n)]


def unsorted_cut(x: Table) -> float:
    """Wrong: the numbers are not sorted first."""
    return min(costs(np.asarray(x)))


def at_the_gap(x: Table) -> float:
    """Wrong: the widest gap decides."""
    x = np.sort(x)
    return costs(x)[int(np.diff(x).argmax())]


def in_halves(x: Table) -> float:
    """Wrong: two halves of equal size."""
    x = np.sort(x)
    return costs(x)[len(x) // 2 - 1]


def sum_of_variances(x: Table) -> float:
    """Wrong: variances are added, not sums of squares."""
    x = np.sort(x)
    return min(float(x[:m].var() + x[m:].var()) for m in range(1, len(x)))


def draw_numbers(rng: np.random.Generator) -> tuple[Table]:
    """Draw numbers, not sorted."""
    return (np.round(rng.normal(0, 3, size=int(rng.integers(5, 12))), 2),)


def is_cut_at_the_gap(numbers: Table) -> str:
    """Say why a list does not show what it should, or return an empty text."""
    x = np.sort(np.asarray(numbers, dtype=float).ravel())
    if not np.isfinite(x).all():
        return "Give finite numbers."
    if (different := len(np.unique(x))) < 3:
        return f"Give three different numbers or more; got {different}."
    gaps = np.diff(x)
    if np.sum(gaps > gaps.max() * (1 - 1e-9)) > 1:
        return "Two gaps are equally wide; let one be the widest."
    best, cut = kmeans_1d(x, 2), int(gaps.argmax())
    if costs(x)[cut] <= best.inertia * (1 + 1e-9):
        return f"Here k-means cuts at the widest gap, between {x[cut]:g} and {x[cut + 1]:g}."
    return ""


QUESTIONS = {
    "1": Value(
        [4, 9],
        mistakes=[
            Mistake([9, 4], "The other way round: the lower and upper pairs first."),
            Mistake([4, 6], "Those are plain distances; J adds up their squares."),
            Mistake([1, 2.25], "J is a sum over all four points, not a mean."),
            Mistake([8, 18], "Measure to the centroid, the midpoint of a pair, not to the other point."),
            Mistake([16, 36], "Half as far: the centroid is the midpoint of a pair, not its other point."),
        ],
        why="Less is better: the lower and the upper pair.",
    ),
    "2": Value(
        [7, 25],
        mistakes=[
            Mistake([14, 150], "The names of the clusters do not matter: divide by k!."),
            Mistake([8, 40.5], "That is the rule k^n/k!, which is good for large n; here all terms count."),
            Mistake([16, 243], "Those are the labellings; some use not all names, and names do not matter."),
            Mistake([6, 10], "That is how to choose k of n points. Here all points are placed."),
        ],
        why="Seven and twenty-five: small, and it does not stay so.",
    ),
    "3": Function(
        within_between,
        draw=draw_labelled,
        mistakes=[
            Mistake(without_sizes, "Each centroid counts as often as its cluster has points."),
            Mistake(from_mean_of_centroids, "Measure from the mean of all points, not from that of the centroids."),
            Mistake(divided, "Sums of squares: do not divide by the number of points."),
            Mistake(swapped, "WCSS first, then BCSS."),
        ],
        why="Their sum is the same for all labels.",
    ),
    "4": Function(
        best_cut,
        draw=draw_numbers,
        cases=[(np.array([3.0, 1.0]),), (np.array([12.0, 1.0, 10.0, 2.0, 11.0, 3.0]),)],
        mistakes=[
            Mistake(unsorted_cut, "Sort the numbers first."),
            Mistake(at_the_gap, "The widest gap need not be the best cut: try them all."),
            Mistake(in_halves, "The two clusters may have different sizes."),
            Mistake(sum_of_variances, "WCSS is a sum of squares: a variance times the number of its points."),
        ],
        why="There are n - 1 cuts, not 2^(n-1) - 1.",
    ),
    "5": Property(
        [0, 1, 2, 3, 4, 5, 6, 8],
        is_cut_at_the_gap,
        mistakes=[
            Mistake([1, 2, 3, 10, 11, 12], is_cut_at_the_gap(np.array([1.0, 2, 3, 10, 11, 12]))),
            Mistake([0, 1, 2, 3], is_cut_at_the_gap(np.array([0.0, 1, 2, 3]))),
            Mistake([0, 5], is_cut_at_the_gap(np.array([0.0, 5]))),
        ],
        why="WCSS weighs whole clusters; a gap is a matter of two points.",
    ),
}
