"""How good a clustering is, judged by distances alone, and how far two clusterings of the same points agree."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array
from scipy.spatial.distance import cdist
from sklearn.utils import assert_all_finite, check_array, check_random_state

from companion._validation import as_count
from companion.ml._precomputed import demand_square, demand_table
from companion.ml._rows import row_blocks
from companion.ml._rows import squared_norms as _squared_norms
from companion.ml.metrics._input import Floats, Labels

Integers = NDArray[np.int64]
Metric = str | Callable[..., float]
Seed = int | np.random.RandomState | None

# Distances computed at once, if there are so many in this number of rows: they stay in the cache, or nearly so, and
# the table of all distances never arises.
_BLOCK_SIZE = 2**16
_LEAST_ROWS = 64
# Up to so many features the direct sum of squares is faster than a product of matrices.
_NARROW = 20


class _Clusters(NamedTuple):
    """A labelling with the points sorted by cluster, so that each cluster is a slice."""

    order: NDArray[np.intp]
    codes: NDArray[np.intp]
    starts: NDArray[np.intp]
    sizes: NDArray[np.intp]


class _Scatter(NamedTuple):
    """Points about the means of their clusters, and the means about the mean of all."""

    residuals: Floats
    centers: Floats


def silhouette_samples(X: ArrayLike, labels: ArrayLike, *, metric: Metric = "euclidean", **kwds: Any) -> Floats:
    r"""Return how much closer each point is to its own cluster than to the nearest other one.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features) or (n_samples, n_samples)
        The points; with ``metric="precomputed"`` their distances.
    labels : array_like, shape (n_samples,)
        The cluster of each point: whole numbers, texts or truth values, each different value a cluster.
    metric : str or callable, default "euclidean"
        The distance, by its name in `sklearn.metrics.pairwise_distances`, or as a function of two points.
    **kwds
        Further arguments of the distance.

    Returns
    -------
    s : ndarray, shape (n_samples,)
        Between -1 and 1: near 1 well inside its cluster, near 0 on a border, below 0 nearer to another cluster.

    Raises
    ------
    TypeError
        If labels are of different types that cannot be sorted, or `X` is sparse.
    ValueError
        If there are not 2 to n_samples - 1 clusters, lengths differ, a number is missing or infinite, a distance is
        unknown or overflows, or given distances are not square, negative, or not 0 from each point to itself.

    See Also
    --------
    silhouette_score : the mean.
    sklearn.metrics.silhouette_samples : the same, with sparse tables besides.

    Notes
    -----
    With :math:`a(i)` the mean distance to the other points of the own cluster A, and :math:`b(i)` the least mean
    distance to the points of another one,

    .. math::
        a(i) = \frac{1}{|A| - 1} \sum_{j \in A, j \ne i} d(i, j), \qquad
        b(i) = \min_{B \ne A} \frac{1}{|B|} \sum_{j \in B} d(i, j), \qquad
        s(i) = \frac{b(i) - a(i)}{\max\{a(i), b(i)\}}.

    A point alone in its cluster has no :math:`a(i)`; then :math:`s(i) = 0`, and so where :math:`a(i) = b(i) = 0`. A
    label for noise, such as -1, is a cluster like any other: drop such points first. The time grows with the square of
    n_samples, the memory does not.

    Given distances need not be symmetric, as in scikit-learn: of the pair (i, j) row i counts for the point i, and row
    j for j. So a table that should be symmetric and is not goes unnoticed here; `KMedoids` refuses it.

    References
    ----------
    P. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, Journal of
    Computational and Applied Mathematics 20, 1987.

    Examples
    --------
    >>> silhouette_samples([[0], [1], [4], [5], [6]], [0, 0, 1, 1, 1]).round(4).tolist()
    [0.8, 0.75, 0.5714, 0.7778, 0.7273]
    """
    X, clusters = _as_clustered(X, labels, metric)
    a, b = np.empty(len(X)), np.empty(len(X))
    for rows, distances in _distances(X, clusters, metric, kwds):
        sums = np.add.reduceat(distances, clusters.starts, axis=1)
        own = np.arange(len(sums)), clusters.codes[rows]
        a[rows] = sums[own]
        sums[own] = np.inf
        b[rows] = (sums / clusters.sizes).min(axis=1)
    others = clusters.sizes[clusters.codes] - 1
    a /= np.maximum(others, 1)
    larger = np.maximum(a, b)
    s = np.zeros(len(X))
    s[clusters.order] = np.divide(b - a, larger, out=np.zeros(len(X)), where=(others > 0) & (larger > 0))
    return s


def silhouette_score(
    X: ArrayLike,
    labels: ArrayLike,
    *,
    metric: Metric = "euclidean",
    sample_size: int | None = None,
    random_state: Seed = None,
    **kwds: Any,
) -> float:
    r"""Return the mean silhouette of all points, or of a random sample of them.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features) or (n_samples, n_samples)
        The points; with ``metric="precomputed"`` their distances.
    labels : array_like, shape (n_samples,)
        The cluster of each point.
    metric : str or callable, default "euclidean"
        The distance; see `silhouette_samples`.
    sample_size : int, optional
        Keep so many points, drawn without replacement, and drop the others altogether; without it all are kept.
    random_state : int, RandomState instance or None, default None
        Source of the random choice. A seed draws the same points as in scikit-learn.
    **kwds
        Further arguments of the distance.

    Returns
    -------
    score : float
        Between -1 and 1, the greater the better.

    Raises
    ------
    TypeError
        As `silhouette_samples`, or if `sample_size` is not an integer.
    ValueError
        As `silhouette_samples`, or if `sample_size` is less than 1 or leaves too few clusters.

    See Also
    --------
    sklearn.metrics.silhouette_score : the same.

    Notes
    -----
    .. math:: \bar s = \frac1n \sum_{i=1}^{n} s(i)

    With Euclidean distances it favours round clusters: two moons score higher when cut across than with their true
    labels.

    References
    ----------
    P. Rousseeuw, Silhouettes: a graphical aid to the interpretation and validation of cluster analysis, Journal of
    Computational and Applied Mathematics 20, 1987.

    Examples
    --------
    >>> round(silhouette_score([[0], [1], [4], [5], [6]], [0, 0, 1, 1, 1]), 4)
    0.7253
    """
    if sample_size is not None:
        points, codes = _as_points(X, metric), _as_codes(labels, "labels")
        _demand_same_length(points, codes)
        drawn = check_random_state(random_state).permutation(len(codes))[: as_count(sample_size, "sample_size")]
        X, labels = (points[np.ix_(drawn, drawn)] if _is_precomputed(metric) else points[drawn]), codes[drawn]
    return float(silhouette_samples(X, labels, metric=metric, **kwds).mean())


def dunn_index(X: ArrayLike, labels: ArrayLike, *, metric: Metric = "euclidean", **kwds: Any) -> float:
    r"""Return the least distance between two clusters, divided by the greatest diameter of a cluster.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features) or (n_samples, n_samples)
        The points; with ``metric="precomputed"`` their distances.
    labels : array_like, shape (n_samples,)
        The cluster of each point: whole numbers, texts or truth values, each different value a cluster.
    metric : str or callable, default "euclidean"
        The distance, by its name in `sklearn.metrics.pairwise_distances`, or as a function of two points.
    **kwds
        Further arguments of the distance.

    Returns
    -------
    index : float
        At least 0, the greater the better; above 1 each point is nearer to all of its cluster than to any other point.

    Raises
    ------
    TypeError
        If labels are of different types that cannot be sorted, or `X` is sparse.
    ValueError
        If there are not 2 to n_samples - 1 clusters, every cluster has diameter 0, lengths differ, a number is missing
        or infinite, a distance is unknown or overflows, or given distances are not square, negative, or not 0 from each
        point to itself.

    See Also
    --------
    silhouette_score : less sensitive to single points.

    Notes
    -----
    .. math::
        \mathrm{DI} = \frac{\min_{i < j} \delta(C_i, C_j)}{\max_l \Delta(C_l)}, \qquad
        \delta(C_i, C_j) = \min_{x \in C_i, y \in C_j} d(x, y), \qquad
        \Delta(C_l) = \max_{x, y \in C_l} d(x, y)

    :math:`\delta` is the single linkage of two clusters, :math:`\Delta` the diameter of one. One point between two
    clusters, or far from its own, decides the index. The time grows with the square of n_samples, the memory does not.
    Given distances need not be symmetric: every entry counts.

    References
    ----------
    J. Dunn, Well-separated clusters and optimal fuzzy partitions, Journal of Cybernetics 4, 1974.

    Examples
    --------
    The gap from 1 to 4, divided by the diameter from 4 to 6:

    >>> dunn_index([[0], [1], [4], [5], [6]], [0, 0, 1, 1, 1])
    1.5
    """
    X, clusters = _as_clustered(X, labels, metric)
    separation, diameter = np.inf, 0.0
    for rows, distances in _distances(X, clusters, metric, kwds):
        own = np.arange(len(distances)), clusters.codes[rows]
        farthest = np.maximum.reduceat(distances, clusters.starts, axis=1)
        nearest = np.minimum.reduceat(distances, clusters.starts, axis=1)
        nearest[own] = np.inf
        diameter = max(diameter, farthest[own].max())
        separation = min(separation, nearest.min())
    if diameter == 0:
        raise ValueError("every cluster has diameter 0, and the Dunn index divides by the greatest: it is undefined")
    return float(separation / diameter)


def davies_bouldin_score(X: ArrayLike, labels: ArrayLike) -> float:
    r"""Return how much each cluster overlaps with its most similar neighbour, on average.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        The points.
    labels : array_like, shape (n_samples,)
        The cluster of each point: whole numbers, texts or truth values, each different value a cluster.

    Returns
    -------
    score : float
        At least 0, the smaller the better.

    Raises
    ------
    TypeError
        If labels are of different types that cannot be sorted, or `X` is sparse.
    ValueError
        If there are not 2 to n_samples - 1 clusters, lengths differ, or a number is missing, infinite or so large that
        its square overflows.

    See Also
    --------
    sklearn.metrics.davies_bouldin_score : the same.

    Notes
    -----
    With :math:`S_j` the mean distance of the points of cluster j to their mean :math:`\mu_j`,

    .. math:: \mathrm{DB} = \frac1k \sum_{i=1}^{k} \max_{j \ne i} \frac{S_i + S_j}{\lVert \mu_i - \mu_j \rVert}.

    Pairs with the same mean, to eight digits of :math:`S_i + S_j` and to the rounding of the means, are left out,
    though their quotient is infinite; so the score is 0 if all clusters have the same mean. scikit-learn leaves out a
    pair only if its means are equal to the last digit, and all pairs if no two means are farther apart than 1e-8.

    References
    ----------
    D. Davies and D. Bouldin, A cluster separation measure, IEEE Transactions on Pattern Analysis and Machine
    Intelligence 1, 1979.

    Examples
    --------
    >>> davies_bouldin_score([[0], [2], [10], [14]], [0, 0, 1, 1])
    0.2727272727272727
    """
    X, clusters = _as_clustered(X, labels)
    residuals, centers = _scatter(X, clusters)
    S = np.add.reduceat(np.linalg.norm(residuals, axis=1), clusters.starts) / clusters.sizes
    rounding = 8 * np.finfo(np.float64).eps * np.linalg.norm(centers, axis=1).max()
    worst = np.empty(len(S))
    for rows in _blocks(len(S)):
        distances = cdist(centers[rows], centers)
        scatter = S[rows, None] + S
        distances[distances <= 1e-8 * scatter + rounding] = np.inf
        worst[rows] = (scatter / distances).max(axis=1)
    return float(worst.mean())


def calinski_harabasz_score(X: ArrayLike, labels: ArrayLike) -> float:
    r"""Return the ratio of the variances between and within clusters.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        The points.
    labels : array_like, shape (n_samples,)
        The cluster of each point: whole numbers, texts or truth values, each different value a cluster.

    Returns
    -------
    score : float
        At least 0, the greater the better; 1 if each cluster is one place, by scikit-learn's rule.

    Raises
    ------
    TypeError
        If labels are of different types that cannot be sorted, or `X` is sparse.
    ValueError
        If there are not 2 to n_samples - 1 clusters, lengths differ, or a number is missing, infinite or so large that
        its square overflows.

    See Also
    --------
    between_cluster_sum_of_squares : B below.
    companion.ml.cluster.inertia : W below, with the means as centers.
    sklearn.metrics.calinski_harabasz_score : the same.

    Notes
    -----
    With W and B the sums of squares within and between k clusters of n points,

    .. math:: \mathrm{CH} = \frac{B / (k - 1)}{W / (n - k)}.

    References
    ----------
    T. Caliński and J. Harabasz, A dendrite method for cluster analysis, Communications in Statistics 3, 1974.

    Examples
    --------
    Here B is 121.5 and W is 4:

    >>> calinski_harabasz_score([[1], [2], [3], [10], [11], [12]], [0, 0, 0, 1, 1, 1])
    121.5
    """
    X, clusters = _as_clustered(X, labels)
    n, k = len(X), len(clusters.sizes)
    residuals, centers = _scatter(X, clusters)
    W, B = _sum_of_squares(residuals), float(clusters.sizes @ _squared_norms(centers))
    return 1.0 if W == 0 else (B / (k - 1)) / (W / (n - k))


def between_cluster_sum_of_squares(X: ArrayLike, labels: ArrayLike) -> float:
    r"""Sum the squared distances of the cluster means to the mean of all, each as often as its cluster has points.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_features)
        The points.
    labels : array_like, shape (n_samples,)
        The cluster of each point: whole numbers, texts or truth values, each different value a cluster.

    Returns
    -------
    B : float
        In the squared unit of the points; 0 if there is only one cluster.

    Raises
    ------
    TypeError
        If labels are of different types that cannot be sorted, or `X` is sparse.
    ValueError
        If lengths differ, or a number is missing, infinite or so large that its square overflows.

    See Also
    --------
    companion.ml.cluster.inertia : the sum of squares within the clusters.

    Notes
    -----
    With the means :math:`\mu_j` of the clusters and :math:`\bar x` of all points, the total sum of squares is the sum
    of that within the clusters and this one:

    .. math::
        \sum_i \lVert x_i - \bar x \rVert^2
        = \sum_j \sum_{i \in C_j} \lVert x_i - \mu_j \rVert^2 + \sum_j |C_j| \lVert \mu_j - \bar x \rVert^2.

    So the clustering with the least sum within has the greatest sum between.

    References
    ----------
    T. Caliński and J. Harabasz, A dendrite method for cluster analysis, Communications in Statistics 3, 1974.

    Examples
    --------
    The means 2 and 11 lie 4.5 from the mean of all, and there are six points:

    >>> between_cluster_sum_of_squares([[1], [2], [3], [10], [11], [12]], [0, 0, 0, 1, 1, 1])
    121.5
    """
    points = _as_points(X, "euclidean")
    clusters = _as_clusters(labels, points)
    return float(clusters.sizes @ _squared_norms(_scatter(points[clusters.order], clusters).centers))


def contingency_matrix(labels_true: ArrayLike, labels_pred: ArrayLike) -> Integers:
    r"""Count the points that are in cluster i of one clustering and in cluster j of another.

    Parameters
    ----------
    labels_true, labels_pred : array_like, shape (n_samples,)
        The two clusterings: whole numbers, texts or truth values. The names of the clusters do not matter, and the two
        need not have the same number of them.

    Returns
    -------
    C : ndarray, shape (n_clusters_true, n_clusters_pred)
        The counts, rows and columns in the order of the sorted labels.

    Raises
    ------
    TypeError
        If the labels of one clustering are of different types that cannot be sorted.
    ValueError
        If the lengths differ, a clustering is empty, or labels are missing or not whole numbers.

    See Also
    --------
    confusion_matrix : where both sides name the same classes.
    sklearn.metrics.cluster.contingency_matrix : the same.

    References
    ----------
    L. Hubert and P. Arabie, Comparing partitions, Journal of Classification 2, 1985.

    Examples
    --------
    >>> contingency_matrix(["a", "a", "b", "b", "b"], [7, 7, 7, 8, 9])
    array([[2, 0, 0],
           [1, 1, 1]])
    """
    table: Integers = _contingency(labels_true, labels_pred).toarray()
    return table


def pair_confusion_matrix(labels_true: ArrayLike, labels_pred: ArrayLike) -> Integers:
    r"""Count the pairs of points that are together, or apart, in one clustering and in another.

    Parameters
    ----------
    labels_true, labels_pred : array_like, shape (n_samples,)
        The two clusterings; the names of the clusters do not matter.

    Returns
    -------
    C : ndarray, shape (2, 2)
        Row 0 are the pairs apart in `labels_true`, row 1 those together; the columns likewise for `labels_pred`. Each
        pair is counted in both orders, so that the sum is n (n - 1).

    Raises
    ------
    TypeError
        If the labels of one clustering are of different types that cannot be sorted.
    ValueError
        If the lengths differ, a clustering is empty, or labels are missing or not whole numbers.

    See Also
    --------
    sklearn.metrics.cluster.pair_confusion_matrix : the same.

    Notes
    -----
    With the counts :math:`n_{ij}` of `contingency_matrix` there are :math:`\sum_{ij} n_{ij}^2 - n` ordered pairs that
    are together in both.

    References
    ----------
    L. Hubert and P. Arabie, Comparing partitions, Journal of Classification 2, 1985.

    Examples
    --------
    >>> pair_confusion_matrix([0, 0, 1, 1], [0, 0, 1, 2])
    array([[8, 0],
           [2, 2]])
    """
    table = _contingency(labels_true, labels_pred)
    # Ordered pairs that are together, each point with itself included: in both, in the first, in the second.
    both, true, pred = (int(np.sum(counts**2)) for counts in (table.data, table.sum(axis=1), table.sum(axis=0)))
    n = int(table.sum())
    return np.array([[n**2 - true - pred + both, pred - both], [true - both, both - n]])


def rand_score(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    r"""Return the share of pairs of points on which two clusterings agree: together in both, or apart in both.

    Parameters
    ----------
    labels_true, labels_pred : array_like, shape (n_samples,)
        The two clusterings; the names of the clusters do not matter.

    Returns
    -------
    index : float
        Between 0 and 1, where the two are the same; with many clusters also random labels score high.

    Raises
    ------
    TypeError
        If the labels of one clustering are of different types that cannot be sorted.
    ValueError
        If the lengths differ, a clustering is empty, or labels are missing or not whole numbers.

    See Also
    --------
    adjusted_rand_score : 0 on average for random labels.
    sklearn.metrics.rand_score : the same.

    Notes
    -----
    .. math:: \mathrm{RI} = \frac{\text{pairs together in both} + \text{pairs apart in both}}{\binom n2}

    A single point makes no pair and scores 1.

    References
    ----------
    W. Rand, Objective criteria for the evaluation of clustering methods, Journal of the American Statistical
    Association 66, 1971.

    Examples
    --------
    Of the six pairs only the last one is judged differently:

    >>> round(rand_score([0, 0, 1, 1], ["a", "a", "b", "c"]), 4)
    0.8333
    """
    pairs = pair_confusion_matrix(labels_true, labels_pred)
    return float(np.trace(pairs) / pairs.sum()) if pairs.any() else 1.0


def adjusted_rand_score(labels_true: ArrayLike, labels_pred: ArrayLike) -> float:
    r"""Return the Rand index, rescaled so that random labels score 0 on average and equal clusterings 1.

    Parameters
    ----------
    labels_true, labels_pred : array_like, shape (n_samples,)
        The two clusterings; the names of the clusters do not matter.

    Returns
    -------
    index : float
        Between -1/2 and 1.

    Raises
    ------
    TypeError
        If the labels of one clustering are of different types that cannot be sorted.
    ValueError
        If the lengths differ, a clustering is empty, or labels are missing or not whole numbers.

    See Also
    --------
    sklearn.metrics.adjusted_rand_score : the same.

    Notes
    -----
    .. math:: \mathrm{ARI} = \frac{\mathrm{RI} - E[\mathrm{RI}]}{1 - E[\mathrm{RI}]},

    where the expectation is over all ways to shuffle the labels. With the entries of `pair_confusion_matrix`,
    :math:`c_{00}` to :math:`c_{11}`, this is

    .. math::
        \frac{2 (c_{00} c_{11} - c_{01} c_{10})}
        {(c_{11} + c_{10}) (c_{10} + c_{00}) + (c_{11} + c_{01}) (c_{01} + c_{00})}.

    References
    ----------
    L. Hubert and P. Arabie, Comparing partitions, Journal of Classification 2, 1985.

    J. Chacón and A. Rastrojo, Minimum adjusted Rand index for two clusterings of a given size, Advances in Data
    Analysis and Classification 17, 2023.

    Examples
    --------
    >>> round(adjusted_rand_score([0, 0, 1, 1], ["a", "a", "b", "c"]), 4)
    0.5714
    """
    # As Python's integers: the products are of the order of n^4.
    (c00, c01), (c10, c11) = pair_confusion_matrix(labels_true, labels_pred).tolist()
    if c01 == c10 == 0:
        return 1.0
    return float(2 * (c00 * c11 - c01 * c10) / ((c11 + c10) * (c10 + c00) + (c11 + c01) * (c01 + c00)))


def _contingency(labels_true: ArrayLike, labels_pred: ArrayLike) -> csr_array:
    """Count in a sparse table: with many clusters on both sides almost all entries are 0."""
    true, pred = (_as_codes(y, name) for y, name in ((labels_true, "labels_true"), (labels_pred, "labels_pred")))
    if len(true) != len(pred):
        raise ValueError(f"labels_true and labels_pred must have the same length, got {len(true)} and {len(pred)}")
    return coo_array((np.ones(len(true), dtype=np.int64), (true, pred))).tocsr()


def _scatter(X: Floats, clusters: _Clusters) -> _Scatter:
    """Return deviations from means, each mean taken about a point of its cluster: equal points deviate by 0."""
    first = X[clusters.starts]
    offsets = X - first[clusters.codes]
    means = np.add.reduceat(offsets, clusters.starts, axis=0) / clusters.sizes[:, None]
    centers = means + (first - X[0])
    offsets -= means[clusters.codes]
    return _Scatter(offsets, centers - np.average(centers, axis=0, weights=clusters.sizes))


def _sum_of_squares(X: Floats) -> float:
    return float(np.vdot(X, X))


def _distances(X: Floats, clusters: _Clusters, metric: Metric, kwds: dict[str, Any]) -> Iterator[tuple[slice, Floats]]:
    """Yield the distances of some points to all points, block by block."""
    start = 0
    for distances in _tables(X, clusters, metric, kwds):
        with np.errstate(over="ignore"):
            if not np.isfinite(distances.sum()):
                raise ValueError("a distance is infinite or nan: X is too large, or not what the metric is made for")
        yield slice(start, start + len(distances)), distances
        start += len(distances)


def _tables(X: Floats, clusters: _Clusters, metric: Metric, kwds: dict[str, Any]) -> Iterator[Floats]:
    if _is_precomputed(metric):
        return (X[np.ix_(clusters.order[rows], clusters.order)] for rows in _blocks(len(X)))
    if not callable(metric) and metric == "euclidean" and not kwds:
        centered = X - X.mean(axis=0)  # so that few distances are small against the norms
        norms = _squared_norms(centered)
        return (_euclidean(centered, norms, rows) for rows in _blocks(len(X)))
    from sklearn.metrics import pairwise, pairwise_distances_chunked

    if not callable(metric) and metric not in pairwise._VALID_METRICS:
        known = ", ".join(map(repr, sorted({"precomputed", *pairwise._VALID_METRICS})))
        raise ValueError(f"metric must be a function of two points or one of {known}, got {metric!r}")
    megabytes = max(_LEAST_ROWS * len(X), _BLOCK_SIZE) * 8 / 2**20
    tables: Iterator[Floats] = pairwise_distances_chunked(X, metric=metric, working_memory=megabytes, **kwds)
    return tables


def _euclidean(X: Floats, norms: Floats, rows: slice) -> Floats:
    if X.shape[1] <= _NARROW:
        direct: Floats = cdist(X[rows], X)
        return direct
    scale = norms[rows, None] + norms
    squares = X[rows] @ X.T
    squares *= -2
    squares += scale
    # Of nearly equal points the difference of large numbers has lost its digits; their distances are taken directly.
    i, j = np.nonzero(squares <= 1e-6 * scale)
    for some in _blocks(len(i), X.shape[1]):
        squares[i[some], j[some]] = _squared_norms(X[rows][i[some]] - X[j[some]])
    return np.sqrt(squares, out=squares)


def _blocks(n_rows: int, width: int | None = None) -> Iterator[slice]:
    """Cut the rows of a table with *width* columns, or of a square one, into slices of about _BLOCK_SIZE entries."""
    return row_blocks(n_rows, n_rows if width is None else width, _BLOCK_SIZE, _LEAST_ROWS)


def _is_precomputed(metric: Metric) -> bool:
    return not callable(metric) and metric == "precomputed"


def _as_clustered(X: ArrayLike, labels: ArrayLike, metric: Metric = "euclidean") -> tuple[Floats, _Clusters]:
    """Return points, sorted by cluster unless they are distances, and their 2 to n_samples - 1 clusters."""
    points = _as_points(X, metric)
    clusters = _as_clusters(labels, points)
    k = len(clusters.sizes)
    if not 2 <= k < len(points):
        raise ValueError(f"labels must name 2 to n_samples - 1 = {len(points) - 1} clusters, got {k}")
    return (points if _is_precomputed(metric) else points[clusters.order]), clusters


def _as_points(X: ArrayLike, metric: Metric) -> Floats:
    if _is_precomputed(metric):
        return _as_distances(X)
    plain = not callable(metric) and metric == "euclidean"
    points: Floats = check_array(X, dtype=np.float64 if plain else "numeric", input_name="X")
    if plain and not np.isfinite(np.vdot(points, points)):
        raise ValueError("X is too large: its squared distances overflow float64; scale it down")
    return points


def _as_distances(X: ArrayLike) -> Floats:
    demand_table(X, "X")
    table: Floats = check_array(X, dtype=np.float64, input_name="X")
    demand_square(table, "X")
    if table.diagonal().max() > 100 * np.finfo(float).eps:
        raise ValueError("X must hold the distance 0 from each point to itself; use np.fill_diagonal(X, 0)")
    return table


def _as_clusters(labels: ArrayLike, points: Floats) -> _Clusters:
    codes = _as_codes(labels, "labels")
    _demand_same_length(points, codes)
    order = np.argsort(codes, kind="stable")
    sizes = np.bincount(codes)
    return _Clusters(order, codes[order], np.cumsum(sizes) - sizes, sizes)


def _demand_same_length(points: Floats, codes: NDArray[np.intp]) -> None:
    if len(points) != len(codes):
        raise ValueError(f"X and labels must have the same length, got {len(points)} and {len(codes)}")


def _as_codes(labels: ArrayLike, name: str) -> NDArray[np.intp]:
    """Return the clusters by number, 0, 1, ... in the order of the sorted labels."""
    array: Labels = np.asarray(labels)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension (samples), got shape {array.shape}")
    if not array.size:
        raise ValueError(f"{name} must hold at least one label, got none")
    assert_all_finite(array, input_name=name)
    if array.dtype.kind == "c" or (array.dtype.kind == "f" and np.any(array != np.floor(array))):
        raise ValueError(f"{name} must name clusters by whole numbers or texts, got {array[:3].tolist()}")
    try:
        return np.unique(array, return_inverse=True)[1]
    except TypeError as error:
        raise TypeError(f"{name} must be of one type, so that they can be sorted: {error}") from None
