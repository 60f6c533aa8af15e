"""Answers to the exercises of the page on DBSCAN."""

from typing import Any

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.datasets import make_moons

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.ml.cluster import DBSCAN

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Rows = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

_TEN = np.array([0, 0.4, 0.7, 1, 2, 3, 3.3, 3.6, 4, 9.0])[:, None]
_MOONS = make_moons(1000, noise=0.07, random_state=42)[0]


def neighbors(X: Table, eps: float) -> Table:
    """Return the table of neighbors, each point among its own."""
    return np.asarray(cdist(X, X) <= eps)


def core_points(X: Table, eps: float, min_samples: int) -> Rows:
    """Return the row numbers of the core points."""
    return np.flatnonzero(neighbors(X, eps).sum(axis=1) >= min_samples)


def without_itself(X: Table, eps: float, min_samples: int) -> Rows:
    """Wrong: the point itself is not counted."""
    return core_points(X, eps, min_samples + 1)


def more_than_enough(X: Table, eps: float, min_samples: int) -> Rows:
    """Wrong: the radius is taken for a diameter."""
    return core_points(X, eps / 2, min_samples)


def strictly_nearer(X: Table, eps: float, min_samples: int) -> Rows:
    """Wrong: a distance of exactly eps does not count."""
    return core_points(X, np.nextafter(eps, 0), min_samples)


def reached(X: Table, eps: float, passes_on: Rows, start: int) -> Rows:
    """Return what is reached from a point if these points pass it on."""
    table = neighbors(X, eps)
    found, queue = {start}, [start]
    while queue:
        p = queue.pop()
        new = set(np.flatnonzero(table[p]).tolist()) - found
        found |= new
        queue += [q for q in new if q in passes_on]
    return np.array(sorted(found))


def cluster_of(X: Table, eps: float, min_samples: int, start: int) -> Rows:
    """Return the cluster of a core point."""
    return reached(X, eps, core_points(X, eps, min_samples), start)


def through_borders(X: Table, eps: float, min_samples: int, start: int) -> Rows:
    """Wrong: border points pass it on as well."""
    return reached(X, eps, np.arange(len(X)), start)


def core_only(X: Table, eps: float, min_samples: int, start: int) -> Rows:
    """Wrong: the border points are left out."""
    return np.intersect1d(cluster_of(X, eps, min_samples, start), core_points(X, eps, min_samples))


def by_the_labels(X: Table, eps: float, min_samples: int, start: int) -> Rows:
    """Wrong: the labels of a run, in which a border point belongs to one cluster only."""
    labels = DBSCAN(eps=eps, min_samples=min_samples).fit_predict(X)
    return np.flatnonzero(labels == labels[start])


def one_step(X: Table, eps: float, min_samples: int, start: int) -> Rows:
    """Wrong: the neighbors of the start alone."""
    return np.flatnonzero(neighbors(X, eps)[start])


def draw_points(rng: np.random.Generator) -> tuple[Table, float, int]:
    """Draw points on a line or in the plane, a radius and a number."""
    X = rng.uniform(0, 5, size=(int(rng.integers(15, 40)), int(rng.integers(1, 3))))
    return X, float(rng.uniform(0.2, 0.8)), int(rng.integers(3, 6))


def draw_cluster(rng: np.random.Generator) -> tuple[Table, float, int, int]:
    """Draw points with a core point among them."""
    X, _, min_samples = draw_points(rng)
    X = X * 0.8
    nearest = np.sort(cdist(X, X), axis=1)[:, min_samples - 1]
    eps = float(np.quantile(nearest, 0.4)) * 1.0001
    return X, eps, min_samples, int(core_points(X, eps, min_samples)[0])


def count_clusters(eps: float) -> int:
    """Return the number of clusters in the moons."""
    return int(DBSCAN(eps=eps, min_samples=5).fit_predict(_MOONS).max()) + 1


def why_not_least(answer: Any) -> str:
    """Return what keeps a radius from being the least one with a single cluster; empty if nothing does."""
    radii = np.asarray(answer, dtype=float).ravel()
    if radii.size != 1:
        return f"Give one radius; got {radii.size} numbers."
    hundredths = 100 * radii[0]
    if not 10 - 1e-9 <= hundredths <= 30 + 1e-9:
        return "Give a radius from 0.10 to 0.30."
    if abs(hundredths - round(hundredths)) > 1e-9:
        return "Try the hundredths only, 0.10, 0.11, 0.12 and so on: the answer is one of them."
    found = count_clusters(round(hundredths) / 100)
    if found > 1:
        return f"With that radius there are still {found} clusters."
    if count_clusters((round(hundredths) - 1) / 100) == 1:
        return "With that radius there is one cluster, but a hundredth less is enough."
    return ""


QUESTIONS = {
    "1": Value(
        [2, 2, 3],
        mistakes=[
            Mistake([0, 0, 7], "A point counts in its own neighborhood, and those at exactly 1.5 belong to it."),
            Mistake([1, 2, 4], "4.5 is exactly 1.5 away from 3: it counts."),
            Mistake([4, 0, 3], "1 and 4.5 have only two points in reach: not core, but border."),
            Mistake([2, 4, 1], "8 and 8.5 have no core point in reach."),
        ],
        why="2 and 3 are core, 1 and 4.5 border.",
    ),
    "2": Property(
        0.23,
        why_not_least,
        mistakes=[
            Mistake(0.22, "With that radius there are still 2 clusters."),
            Mistake(0.24, "With that radius there is one cluster, but a hundredth less is enough."),
            Mistake(0.2322, "Try the hundredths only, 0.10, 0.11, 0.12 and so on: the answer is one of them."),
            Mistake(23, "Give a radius from 0.10 to 0.30."),
        ],
        why="Somewhere there the gap is as wide as the radius.",
    ),
    "3": Function(
        core_points,
        draw=draw_points,
        cases=[(_TEN, 1.0, 4), (np.array([[0.0], [1.0], [2.0], [4.0]]), 1.0, 3)],
        mistakes=[
            Mistake(strictly_nearer, "A point at a distance of exactly eps is a neighbor."),
            Mistake(without_itself, "Each point counts in its own neighborhood."),
            Mistake(more_than_enough, "eps is the radius of the neighborhood."),
        ],
        why="A row of the table of neighbors holds min_samples or more.",
    ),
    "4": Function(
        cluster_of,
        draw=draw_cluster,
        cases=[(_TEN, 1.0, 4, 6), (_TEN, 1.0, 4, 0)],
        mistakes=[
            Mistake(by_the_labels, "A border point of two clusters is reached from both; the labels give it to one."),
            Mistake(through_borders, "Only core points pass it on."),
            Mistake(core_only, "The border points belong to it, too."),
            Mistake(one_step, "Go on from the core points that are reached."),
        ],
        why="A queue, and core points alone pass it on.",
    ),
}
