"""Answers to the exercises of the page on the quality of a clustering."""

from math import sqrt

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Property, Value
from companion.ml.metrics import dunn_index, silhouette_score

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Labels = np.ndarray[tuple[int, ...], np.dtype[np.intp]]


def dunn(D: Table, labels: Labels) -> float:
    """Return the Dunn index from a table of distances."""
    return dunn_index(D, labels, metric="precomputed")


def parts(D: Table, labels: Labels) -> tuple[Table, list[float]]:
    """Return the distances between clusters, and the diameters."""
    separate = D[labels[:, None] != labels]
    return separate, [float(D[np.ix_(labels == j, labels == j)].max()) for j in np.unique(labels)]


def with_complete_linkage(D: Table, labels: Labels) -> float:
    """Wrong: the farthest points of two clusters."""
    separate, diameters = parts(D, labels)
    return float(separate.max() / max(diameters))


def with_least_diameter(D: Table, labels: Labels) -> float:
    """Wrong: the narrowest cluster."""
    separate, diameters = parts(D, labels)
    return float(separate.min() / min(diameters))


def with_mean_diameter(D: Table, labels: Labels) -> float:
    """Wrong: the mean of the diameters."""
    separate, diameters = parts(D, labels)
    return float(separate.min() / np.mean(diameters))


def upside_down(D: Table, labels: Labels) -> float:
    """Wrong: the inverse."""
    return 1 / dunn(D, labels)


def draw_table(rng: np.random.Generator) -> tuple[Table, Labels]:
    """Draw points in clusters of two or more, and return their distances."""
    k = int(rng.integers(2, 5))
    labels = np.concatenate([np.arange(k), np.arange(k), rng.integers(0, k, size=int(rng.integers(0, 8)))])
    X = rng.normal(size=(len(labels), 2)) + 3 * labels[:, None]
    D = np.asarray(np.linalg.norm(X[:, None] - X, axis=2))
    return D, labels


def elbow_of_noise(K: float) -> float:
    """Return where 1/k is farthest below its chord from 1 to K."""
    return sqrt(K)


def half_way(K: float) -> float:
    """Wrong: the middle of the axis."""
    return (1 + K) / 2


def in_logarithms(K: float) -> float:
    """Wrong: where the curve crosses half of its height."""
    return 2 * K / (K + 1)


def without_chord(K: float) -> float:
    """Wrong: the steepest place."""
    return 1.0


SIX, OWNERS = np.array([0.0, 1, 2, 10, 11, 12]), np.array([0, 0, 0, 1, 1, 1])
BEFORE = silhouette_score(SIX[:, None], OWNERS)


def is_harmless(number: float) -> str:
    """Say why a further number does not wreck the Dunn index alone, or return an empty text."""
    value = float(number)
    if not np.isfinite(value):
        return "Give one finite number."
    X, labels = np.append(SIX, value)[:, None], np.append(OWNERS, 0)
    index, score = dunn_index(X, labels), silhouette_score(X, labels)
    if index >= 1:
        return f"The Dunn index is {index:.3g}, not below 1: the number must narrow the gap or widen the cluster more."
    if score <= 0.75 * BEFORE:
        return f"The silhouette score falls too far, from {BEFORE:.3f} to {score:.3f}: go back a bit."
    return ""


QUESTIONS = {
    "1": Value(
        [4, 3, 4 / 3],
        mistakes=[
            Mistake([4, 1, 4], "The greatest diameter: the wider of the two clusters."),
            Mistake([8, 3, 8 / 3], "That is complete linkage; the separation is between the nearest points."),
            Mistake([4, 3, 3 / 4], "Separation over diameter, not the inverse."),
            Mistake([4, 2, 2], "The diameter is between the farthest points of a cluster: 0 and 3."),
        ],
        why="The gap is from 3 to 7, the widest cluster from 0 to 3.",
    ),
    "2": Function(
        dunn,
        draw=draw_table,
        mistakes=[
            Mistake(with_complete_linkage, "The separation is between the nearest points of two clusters: a minimum."),
            Mistake(with_least_diameter, "The widest cluster counts, not the narrowest."),
            Mistake(with_mean_diameter, "The greatest diameter counts, not their mean."),
            Mistake(upside_down, "Separation over diameter, not the inverse."),
        ],
        why="Two pairs of points decide, whatever n is.",
    ),
    "3": Function(
        elbow_of_noise,
        draw=lambda rng: (float(rng.uniform(2, 60)),),
        cases=[(4,), (16,), (49,)],
        mistakes=[
            Mistake(half_way, "The curve is not symmetric: compare its slope with that of the chord."),
            Mistake(in_logarithms, "Half of the height is not farthest from the chord."),
            Mistake(without_chord, "At the end the curve touches the chord."),
        ],
        why="The elbow goes with the root of the axis: it says nothing of the data.",
    ),
    "4": Property(
        6,
        is_harmless,
        mistakes=[
            Mistake(4, is_harmless(4)),
            Mistake(11, is_harmless(11)),
        ],
        why="Two distances changed a lot, the mean of seven scores a little.",
    ),
    "5": Choice(
        "gap",
        hints={
            "chord": "At k = 1 the curve touches its chord; unless it is straight, it lies below it further on.",
            "dunn": "With one cluster there is no separation.",
            "silhouette": "With one cluster there is no next cluster.",
        },
        why="It compares with noise, and starts at k = 1.",
    ),
}
