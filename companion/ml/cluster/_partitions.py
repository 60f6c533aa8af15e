"""All ways to split points into clusters: how many there are, which, and the best of them for k-means."""

from collections.abc import Iterator
from itertools import islice
from math import comb, factorial
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_real_array
from companion.ml.cluster._kmeans import (
    _BLOCK_SIZE,
    Floats,
    Labels,
    _as_points,
    _as_weights,
    _demand_enough_points,
    _demand_finite_squares,
    _inertia,
    assign_labels,
)

# Partitions that exhaustive_kmeans is willing to try: some ten seconds.
_MOST_PARTITIONS = 10**7


class BestClustering(NamedTuple):
    """What `exhaustive_kmeans` and `kmeans_1d` return."""

    centers: Floats
    labels: Labels
    inertia: float


def stirling2(n: int, k: int) -> int:
    """Count the ways to split n points into k clusters, none of them empty: a Stirling number of the second kind.

    Parameters
    ----------
    n : int
        Number of points, at least 0.
    k : int
        Number of clusters, at least 0.

    Returns
    -------
    S : int
        The exact number; 0 if there are more clusters than points.

    Raises
    ------
    TypeError
        If a number is not an integer.
    ValueError
        If a number is negative.

    See Also
    --------
    set_partitions : The partitions themselves.
    scipy.special.stirling2 : The same, also for arrays; in floating point unless asked otherwise.

    Notes
    -----
    .. math:: S(n, k) = \\frac{1}{k!} \\sum_{j=0}^{k} (-1)^{k-j} \\binom kj j^n

    For a fixed k this grows like :math:`k^n / k!`.

    References
    ----------
    R. L. Graham, D. E. Knuth and O. Patashnik (1994), Concrete Mathematics, 2nd edition, section 6.1.

    Examples
    --------
    >>> from companion.ml.cluster import stirling2
    >>> [stirling2(5, k) for k in range(6)]
    [0, 1, 15, 25, 10, 1]
    >>> stirling2(100, 2) == 2**99 - 1
    True
    """
    n, k = as_count(n, "n", minimum=0), as_count(k, "k", minimum=0)
    # Integers throughout: the terms alternate, and in floating point they would cancel.
    ordered: int = sum((-1) ** (k - j) * comb(k, j) * j**n for j in range(k + 1))
    return ordered // factorial(k)


def set_partitions(n: int, k: int) -> Iterator[tuple[int, ...]]:
    """List all ways to split n points into k clusters, none of them empty, one after the other.

    Parameters
    ----------
    n : int
        Number of points, at least 0 and at most a few hundred.
    k : int
        Number of clusters, at least 0.

    Returns
    -------
    partitions : iterator over tuples of n ints
        For each partition the labels of the points, 0 to k - 1. Clusters are numbered in the order of their first
        points, so that no partition comes twice under other names.

    Raises
    ------
    TypeError
        If a number is not an integer.
    ValueError
        If a number is negative.

    See Also
    --------
    stirling2 : Their number.

    Notes
    -----
    The last point either joins one of k clusters of the others or is a cluster of its own:

    .. math:: S(n, k) = k S(n - 1, k) + S(n - 1, k - 1).

    References
    ----------
    R. L. Graham, D. E. Knuth and O. Patashnik (1994), Concrete Mathematics, 2nd edition, section 6.1.

    Examples
    --------
    >>> from companion.ml.cluster import set_partitions
    >>> list(set_partitions(3, 2))
    [(0, 1, 0), (0, 1, 1), (0, 0, 1)]
    """
    return _set_partitions(as_count(n, "n", minimum=0), as_count(k, "k", minimum=0))


def exhaustive_kmeans(X: ArrayLike, n_clusters: int) -> BestClustering:
    """Find the clustering with the least inertia of all, by trying every one; for a dozen points at most.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    n_clusters : int
        Number of clusters.

    Returns
    -------
    result : BestClustering
        A named tuple of `centers` (n_clusters, n_features), the means of the clusters; `labels` (n_samples,), clusters
        being numbered in the order of their first points; and `inertia`, the least possible one.

    Raises
    ------
    TypeError
        If `n_clusters` is not an integer.
    ValueError
        If `X` is not a finite table, there are fewer points than clusters, or more than ten million partitions.

    See Also
    --------
    stirling2 : The number of partitions to try.
    kmeans_1d : The same in one dimension, for thousands of points.
    KMeans : Good clusterings of many points, though perhaps not the best.

    Notes
    -----
    .. math:: \\min_{C_1, \\dots, C_k} \\sum_j \\sum_{x \\in C_j} \\lVert x - \\mu_j \\rVert^2,
        \\qquad \\mu_j = \\frac{1}{|C_j|} \\sum_{x \\in C_j} x

    References
    ----------
    D. Aloise, A. Deshpande, P. Hansen and P. Popat (2009), NP-hardness of Euclidean sum-of-squares clustering, Machine
    Learning 75, 245-248.

    Examples
    --------
    >>> from companion.ml.cluster import exhaustive_kmeans
    >>> best = exhaustive_kmeans([[0, 0], [0, 1], [4, 0], [4, 1]], 2)
    >>> best.labels.tolist(), best.inertia
    ([0, 0, 1, 1], 1.0)
    """
    X = _as_points(X)
    k = as_count(n_clusters, "n_clusters")
    _demand_enough_points(np.ones(len(X)), k)
    if (n_partitions := stirling2(len(X), k)) > _MOST_PARTITIONS:
        raise ValueError(
            f"{len(X)} points in {k} clusters have {n_partitions} partitions, too many to try each; use KMeans with "
            "several starts"
        )
    partitions, best, least = set_partitions(len(X), k), np.array([], dtype=np.int32), np.inf
    while some := list(islice(partitions, max(1, _BLOCK_SIZE // X.size))):
        labels = np.array(some, dtype=np.int32)
        J = _inertias(X, labels)
        if J.min() < least:
            best, least = labels[J.argmin()], J.min()
    return BestClustering(_means(X, best[None], k)[0], best, float(least))


def kmeans_1d(x: ArrayLike, n_clusters: int, *, sample_weight: ArrayLike | None = None) -> BestClustering:
    """Find the clustering of numbers with the least inertia of all, by dynamic programming.

    Parameters
    ----------
    x : array-like of shape (n_samples,)
        The numbers, in any order.
    n_clusters : int
        Number of clusters.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the numbers, 1 each if not given. A weight of 3 counts like three equal numbers; a number of weight 0
        gets the label of the nearest center.

    Returns
    -------
    result : BestClustering
        A named tuple of `centers` (n_clusters,), the (weighted) means in rising order; `labels` (n_samples,), the index
        of the center for each number; and `inertia`, the least possible one.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `n_clusters` is not an integer.
    ValueError
        If `x` has not one dimension, a number is missing, infinite or too large, a weight is negative, or fewer than
        `n_clusters` different numbers have a positive weight.

    See Also
    --------
    exhaustive_kmeans : The same for a few points in any dimension.

    Notes
    -----
    In one dimension the best clusters are intervals of the sorted numbers. If the last of j clusters of the first m
    numbers begins at number l, the numbers before it must be split into j - 1 clusters in the best way, too:

    .. math:: D(j, m) = \\min_{l \\le m} \\; D(j - 1, l - 1) + \\sum_{i=l}^{m} w_i (x_i - \\mu_{l..m})^2.

    So the time is of the order :math:`k n^2`, although the partitions are as many as in the plane: their number alone
    makes no problem hard. Ten thousand different numbers take about a second.

    References
    ----------
    H. Wang and M. Song (2011), Ckmeans.1d.dp: optimal k-means clustering in one dimension by dynamic programming, The R
    Journal 3(2), 29-33.

    Examples
    --------
    >>> from companion.ml.cluster import kmeans_1d
    >>> best = kmeans_1d([12, 1, 10, 2, 11, 3], 2)
    >>> best.centers.tolist(), best.labels.tolist(), best.inertia
    ([2.0, 11.0], [1, 0, 1, 0, 1, 0], 4.0)
    """
    values = _as_line(x)
    weights = _as_weights(sample_weight, values)
    k = as_count(n_clusters, "n_clusters")
    # Equal numbers belong together.
    places, codes = np.unique(values, return_inverse=True)
    mass = np.bincount(codes, weights=weights).astype(float)
    places, mass = places[mass > 0], mass[mass > 0]
    if len(places) < k:
        raise ValueError(
            f"x has {len(places)} different numbers with a positive weight, too few for n_clusters={k}; ask for fewer "
            "clusters"
        )
    starts = _best_starts(places - places[len(places) // 2], mass, k)
    first = places[starts]
    labels = np.searchsorted(first[1:], values, side="right").astype(np.int32)
    # A mean is taken about the first number of its cluster, so that numbers far from 0 lose no digits.
    offsets = np.bincount(labels, weights=weights * (values - first[labels]))
    centers = first + offsets / np.bincount(labels, weights=weights)
    weightless = weights == 0
    if weightless.any():
        labels[weightless] = assign_labels(values[weightless, None], centers[:, None])
    return BestClustering(centers, labels, _inertia(values[:, None], centers[:, None], labels, weights))


def _set_partitions(n: int, k: int) -> Iterator[tuple[int, ...]]:
    if k == n or (k == 1 and n > 1):
        yield tuple(range(n)) if k == n else (0,) * n
    elif 1 < k < n:
        for labels in _set_partitions(n - 1, k):
            for j in range(k):
                yield (*labels, j)
        for labels in _set_partitions(n - 1, k - 1):
            yield (*labels, k - 1)


def _inertias(X: Floats, labels: Labels) -> Floats:
    """Return the inertia of each row of labels; differences first, so that a far point hides nothing."""
    means = _means(X, labels, labels.max() + 1)
    residuals = X - np.take_along_axis(means, labels[:, :, None], axis=1)
    inertias: Floats = np.einsum("pij,pij->p", residuals, residuals)
    return inertias


def _means(X: Floats, labels: Labels, k: int) -> Floats:
    """Return the means of the k clusters for each row of labels: shape (n_partitions, k, n_features)."""
    members = (labels[:, None, :] == np.arange(k)[:, None]).astype(X.dtype)
    means: Floats = members @ X / members.sum(axis=2)[:, :, None]
    return means


def _best_starts(x: Floats, weights: Floats, k: int) -> NDArray[np.intp]:
    """Return where the k clusters of the rising numbers x begin."""
    n = len(x)
    # Entry (j, m): the least inertia of the first m numbers in j clusters, and where the last cluster begins.
    least, start = np.full((k + 1, n + 1), np.inf), np.zeros((k + 1, n + 1), dtype=np.intp)
    least[0, 0] = 0
    # Of the clusters that begin at number l and end at the present one: mean, weight and inertia for each l.
    mean, mass, J = np.zeros((3, n))
    for m in range(1, n + 1):
        new, weight = x[m - 1], weights[m - 1]
        step = (new - mean[:m]) * (weight / (mass[:m] + weight))
        J[:m] += mass[:m] * step * (new - mean[:m])
        mean[:m] += step
        mass[:m] += weight
        total = least[:-1, :m] + J[:m]
        start[1:, m] = total.argmin(axis=1)
        least[1:, m] = total.min(axis=1)
    starts = [n]
    for j in range(k, 0, -1):
        starts.append(start[j, starts[-1]])
    return np.array(starts[:0:-1])


def _as_line(x: ArrayLike) -> Floats:
    values = as_real_array(x, "x")
    if values.ndim != 1:
        raise ValueError(
            f"x must have one dimension (samples), got shape {values.shape}; of a table pass one column, X[:, 0]"
        )
    return _demand_finite_squares(values, "x")
