"""DBSCAN: clusters as connected regions of many points, step by step and in bulk, and the estimator around it."""

from collections import deque
from collections.abc import Callable, Iterator
from numbers import Integral, Real
from typing import Any, ClassVar, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import issparse
from scipy.spatial import KDTree
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_array
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import _check_sample_weight, validate_data

from companion._validation import as_count, as_positive, as_real
from companion.ml._precomputed import demand_distances, demand_table
from companion.ml.cluster._kmeans import _demand_finite_squares
from companion.ml.cluster._names import OneOf, with_params_of
from companion.ml.cluster._neighbor_pairs import (
    PairList,
    PairSearch,
    demand_finite_powers,
    demand_representable,
    pairs_by_finder,
    pairs_by_products,
    pairs_by_tree,
    pairs_of_table,
)

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.intp]
Algorithm = Literal["auto", "ball_tree", "kd_tree", "brute"]
Metric = str | Callable[..., float]

# scikit-learn, too, compares with all points where there are more features than this: a tree has to visit them all.
_TREE_FEATURES = 15

# The names that `sklearn.neighbors` knows; to ask it would load half of scikit-learn with this package.
_METRICS = {
    "precomputed",
    *("braycurtis", "canberra", "chebyshev", "cityblock", "correlation", "cosine", "dice", "euclidean", "hamming"),
    *("haversine", "jaccard", "l1", "l2", "mahalanobis", "manhattan", "minkowski", "nan_euclidean"),
    *("rogerstanimoto", "russellrao", "seuclidean", "sokalsneath", "sqeuclidean", "yule"),
}
# Without missing values, which `fit` refuses, nan_euclidean is the Euclidean distance.
_POWERS = {"euclidean": 2, "l2": 2, "nan_euclidean": 2, "manhattan": 1, "cityblock": 1, "l1": 1, "chebyshev": np.inf}


class DBSCANStep(NamedTuple):
    """One event of `dbscan_steps`; see there."""

    point: int
    label: int
    kind: Literal["core", "border", "noise"]
    reached_from: int


def eps_neighborhood(X: ArrayLike, point: ArrayLike, eps: float = 0.5) -> Indices:
    """Find the points within a distance of a place, those at that very distance among them.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    point : array-like of shape (n_features,)
        The place, which may be one of the points.
    eps : float, default=0.5
        Radius of the ball, in the unit of the points.

    Returns
    -------
    neighbors : ndarray of int, shape (n_neighbors,)
        Row numbers, ascending. A point of `X` is its own neighbor.

    Raises
    ------
    ValueError
        If `X` is not a finite table, `point` is not a point of its space, or `eps` is not positive.

    See Also
    --------
    point_types : core, border and noise points.

    Notes
    -----
    .. math:: N_\\varepsilon(p) = \\{ i : \\lVert x_i - p \\rVert \\le \\varepsilon \\}

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu (1996), A density-based algorithm for discovering clusters in large
    spatial databases with noise, KDD-96, 226-231: definition 1.

    Examples
    --------
    >>> from companion.ml.cluster import eps_neighborhood
    >>> eps_neighborhood([[0], [1], [2], [5]], [1], eps=1).tolist()
    [0, 1, 2]
    """
    X = _as_points(X)
    center: Floats = check_array(point, dtype=X.dtype, ensure_2d=False, input_name="point")
    if center.shape != X.shape[1:]:
        raise ValueError(f"point must have shape ({X.shape[1]},), one number a feature of X, got {center.shape}")
    _demand_finite_squares(center, "point")
    radius = float(as_positive(as_real(eps, "eps"), "eps"))
    demand_representable(X, radius, 2)
    neighbors = KDTree(X).query_ball_point(center, radius, return_sorted=True)
    return np.array(neighbors, dtype=np.intp)


def point_types(
    X: ArrayLike,
    eps: float = 0.5,
    *,
    min_samples: int = 5,
    metric: Metric = "euclidean",
    sample_weight: ArrayLike | None = None,
) -> NDArray[np.str_]:
    """Tell for each point whether it is a core, a border or a noise point of DBSCAN.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or (n_samples, n_samples) if `metric="precomputed"`
        The points, or their distances.
    eps, min_samples, metric
        As in `DBSCAN`.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each.

    Returns
    -------
    types : ndarray of str, shape (n_samples,)
        "core", "border" or "noise" for each point. They do not depend on the order of the points.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    See Also
    --------
    dbscan : the clusters.

    Notes
    -----
    A point is core if the points within `eps`, itself among them, weigh at least `min_samples`; border if it is not
    core, but within `eps` of a core point; else noise.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu (1996), A density-based algorithm for discovering clusters in large
    spatial databases with noise, KDD-96, 226-231.

    Examples
    --------
    >>> from companion.ml.cluster import point_types
    >>> point_types([[0], [1], [2], [5]], eps=1, min_samples=3).tolist()
    ['border', 'core', 'border', 'noise']
    """
    core_samples, labels = dbscan(X, eps, min_samples=min_samples, metric=metric, sample_weight=sample_weight)
    types = np.where(labels < 0, "noise", "border")
    types[core_samples] = "core"
    return types


def k_distances(X: ArrayLike, k: int = 4) -> Floats:
    """Measure how far the k-th nearest other point is from each point, the farthest first.

    The curve of these distances falls steeply over the noise and is flat over the clusters; the bend between is a good
    `eps` for `DBSCAN` with `min_samples=k + 1`, which counts the point itself, too.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    k : int, default=4
        Which of the other points, counted from the nearest.

    Returns
    -------
    distances : ndarray of shape (n_samples,)
        Euclidean distances, in the unit of the points, in descending order.

    Raises
    ------
    ValueError
        If `X` is not a finite table, `k` is less than 1, or there are not more than `k` points.

    See Also
    --------
    DBSCAN : the clustering.

    Notes
    -----
    The points whose distance is at most :math:`\\varepsilon` are those with `k` others or more within
    :math:`\\varepsilon`: the core points for this :math:`\\varepsilon` and `min_samples=k + 1`. Where
    :math:`\\varepsilon` is one of these distances itself, rounding decides about its point, as `DBSCAN` compares the
    square of the distance with :math:`\\varepsilon^2`. To have the point among the core points, take an `eps` that is a
    hair larger, such as `distances[i] * (1 + 1e-12)`.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu (1996), A density-based algorithm for discovering clusters in large
    spatial databases with noise, KDD-96, 226-231: section 4.2.

    Examples
    --------
    >>> from companion.ml.cluster import k_distances
    >>> k_distances([[0], [1], [2], [5]], k=1).tolist()
    [3.0, 1.0, 1.0, 1.0]
    """
    X = _as_points(X)
    k = as_count(k, "k")
    if len(X) <= k:
        raise ValueError(f"k must be less than n_samples={len(X)}, the number of points, got {k}")
    # Of a point and its k neighbours it is itself the nearest, so that the k-th other one is number k + 1.
    distances = KDTree(X).query(X, k=[k + 1])[0][:, 0]
    descending: Floats = np.sort(distances)[::-1]
    return descending


def dbscan_steps(
    X: ArrayLike, eps: float = 0.5, *, min_samples: int = 5, metric: Metric = "euclidean"
) -> Iterator[DBSCANStep]:
    """Run DBSCAN point by point, as its authors wrote it down, and tell which point joins which cluster when.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or (n_samples, n_samples) if `metric="precomputed"`
        The points, or their distances.
    eps, min_samples, metric
        As in `DBSCAN`.

    Yields
    ------
    step : DBSCANStep
        A named tuple of `point`, its row number; `label`, the cluster that it joins, or -1; `kind`, "core", "border" or
        "noise"; and `reached_from`, the core point that it was reached from, or -1 where the point starts a cluster or
        is noise. A point told to be noise may come a second time, as the border of a cluster.

    Returns
    -------
    steps : iterator of DBSCANStep
        The steps; writing `labels[step.point] = step.label` for each ends in the labels of `dbscan`.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    See Also
    --------
    dbscan : the same labels in a fraction of the time.

    Notes
    -----
    Take the next point without a label. If it is core, it starts a cluster, and a queue is filled with its neighbours:
    each of them without a label joins, and the core points among them add their own neighbours to the queue. When the
    queue is empty, the cluster is complete.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu (1996), A density-based algorithm for discovering clusters in large
    spatial databases with noise, KDD-96, 226-231: section 4.1.

    Examples
    --------
    >>> from companion.ml.cluster import dbscan_steps
    >>> for step in dbscan_steps([[0], [1], [2], [5]], eps=1, min_samples=3):
    ...     print(step.point, step.kind, step.label, step.reached_from)
    0 noise -1 -1
    1 core 0 -1
    0 border 0 1
    2 border 0 1
    3 noise -1 -1
    """
    model = DBSCAN(eps, min_samples=min_samples, metric=metric)
    model._validate_params()
    points = model._validate(X)
    return _expand(_neighborhoods(model._find_pairs(points)), min_samples)


def dbscan(
    X: ArrayLike,
    eps: float = 0.5,
    *,
    min_samples: int = 5,
    metric: Metric = "minkowski",
    metric_params: dict[str, Any] | None = None,
    algorithm: Algorithm = "auto",
    leaf_size: int = 30,
    p: float | None = 2,
    sample_weight: ArrayLike | None = None,
    n_jobs: int | None = None,
) -> tuple[Indices, Indices]:
    """Find clusters of any shape as connected dense regions, and the noise; `DBSCAN` as a function.

    Parameters
    ----------
    X : array-like or sparse matrix of shape (n_samples, n_features), or (n_samples, n_samples)
        The points, or their distances if `metric="precomputed"`.
    eps, min_samples, metric, metric_params, algorithm, leaf_size, p, n_jobs
        As in `DBSCAN`.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each.

    Returns
    -------
    core_samples : ndarray of int, shape (n_core_samples,)
        Row numbers of the core points, ascending.
    labels : ndarray of int, shape (n_samples,)
        For each point the number of its cluster, or -1 for noise.

    Raises
    ------
    ValueError
        If an argument is out of its range.

    See Also
    --------
    dbscan_steps : the same, point by point.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu (1996), A density-based algorithm for discovering clusters in large
    spatial databases with noise, KDD-96, 226-231.

    Examples
    --------
    >>> from companion.ml.cluster import dbscan
    >>> core_samples, labels = dbscan([[0], [1], [2], [5], [8], [9], [9.5]], eps=1, min_samples=3)
    >>> core_samples.tolist(), labels.tolist()
    ([1, 5], [0, 0, 0, -1, 1, 1, 1])
    """
    model = DBSCAN(
        eps,
        min_samples=min_samples,
        metric=metric,
        metric_params=metric_params,
        algorithm=algorithm,
        leaf_size=leaf_size,
        p=p,
        n_jobs=n_jobs,
    ).fit(X, sample_weight=sample_weight)
    return model.core_sample_indices_, model.labels_


class DBSCAN(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Find clusters of any shape as connected dense regions, and call the points outside them noise.

    Parameters
    ----------
    eps : float, default=0.5
        Radius of a neighbourhood, in the unit of the points; a point at this very distance is a neighbour.
    min_samples : int, default=5
        Neighbours, the point itself counted, or total weight of them, that make a point a core point.
    metric : str or callable, default="euclidean"
        A distance that `sklearn.neighbors.NearestNeighbors` knows, or "precomputed": `X` holds distances.
    metric_params : dict, default=None
        Further arguments of the distance. Without them "seuclidean" takes the variances of the features, and
        "mahalanobis" the inverse of their covariance, from the points.
    algorithm : {"auto", "ball_tree", "kd_tree", "brute"}, default="auto"
        How neighbours are found: it changes the time, not the result.
    leaf_size : int, default=30
        Number of points below which a tree is not split: it changes the time, not the result.
    p : float, default=None
        Power of the distance "minkowski", 2 if not given.
    n_jobs : int, default=None
        Number of threads where scikit-learn finds the neighbours: under "ball_tree", and in distances other than
        Minkowski's. Else there is one.

    Attributes
    ----------
    core_sample_indices_ : ndarray of int, shape (n_core_samples,)
        Row numbers of the core points, ascending.
    components_ : ndarray of shape (n_core_samples, n_features)
        The core points.
    labels_ : ndarray of int, shape (n_samples,)
        For each point the number of its cluster, or -1 for noise. Clusters are numbered by their first core points.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str, one for each feature
        Names of the features, if `X` had any.

    Raises
    ------
    ValueError
        If an argument is out of its range, precomputed distances are not symmetric, or "mahalanobis" has to invert the
        covariance of features of which some determine another.

    See Also
    --------
    point_types : core, border and noise points.
    k_distances : a curve from which to choose `eps`.

    Notes
    -----
    A point :math:`p` is core if :math:`N_\\varepsilon(p) = \\{ q : d(p, q) \\le \\varepsilon \\}` weighs at least
    `min_samples`. Core points within :math:`\\varepsilon` of each other share a cluster, and so do those that a chain
    of such points links. Core points, clusters of core points and noise are unique; a border point within
    :math:`\\varepsilon` of two clusters goes to that whose first core point comes first in `X`.

    Pairs of neighbours are taken in blocks, so that memory grows with the number of points, not with that of the pairs.

    There is no `predict`, as in scikit-learn: a new point may be dense enough to join two clusters. Fit all points
    together, or give a new point the cluster of a core point within :math:`\\varepsilon`.

    References
    ----------
    M. Ester, H.-P. Kriegel, J. Sander and X. Xu (1996), A density-based algorithm for discovering clusters in large
    spatial databases with noise, KDD-96, 226-231.

    E. Schubert, J. Sander, M. Ester, H.-P. Kriegel and X. Xu (2017), DBSCAN revisited, revisited: why and how you
    should (still) use DBSCAN, ACM Transactions on Database Systems 42(3), 19.

    Examples
    --------
    >>> from companion.ml.cluster import DBSCAN
    >>> model = DBSCAN(eps=1, min_samples=3).fit([[0], [1], [2], [5], [8], [9], [9.5]])
    >>> model.labels_.tolist(), model.core_sample_indices_.tolist()
    ([0, 0, 0, -1, 1, 1, 1], [1, 5])
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "eps": [Interval(Real, 0.0, None, closed="neither")],
        "min_samples": [Interval(Integral, 1, None, closed="left")],
        "metric": [OneOf(_METRICS), callable],
        "metric_params": [dict, None],
        "algorithm": [OneOf({"auto", "ball_tree", "kd_tree", "brute"})],
        "leaf_size": [Interval(Integral, 1, None, closed="left")],
        "p": [Interval(Real, 0.0, None, closed="left"), None],
        "n_jobs": [Integral, None],
    }

    def __init__(
        self,
        eps: float = 0.5,
        *,
        min_samples: int = 5,
        metric: Metric = "euclidean",
        metric_params: dict[str, Any] | None = None,
        algorithm: Algorithm = "auto",
        leaf_size: int = 30,
        p: float | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.eps = eps
        self.min_samples = min_samples
        self.metric = metric
        self.metric_params = metric_params
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.n_jobs = n_jobs

    def fit(self, X: ArrayLike, y: Any = None, sample_weight: ArrayLike | None = None) -> Self:
        """Find the clusters.

        Parameters
        ----------
        X : array-like or sparse matrix of shape (n_samples, n_features), or (n_samples, n_samples)
            The points, or their distances if `metric="precomputed"`; of a sparse table of distances the pairs that are
            not stored are taken to be far apart.
        y : ignored
            There for the sake of pipelines.
        sample_weight : array-like of shape (n_samples,) or float, default=None
            Weights of the points, 1 each if not given; a number is the weight of each. A point of weight 3 counts like
            three equal points, and one of negative weight makes its neighbours less dense.

        Returns
        -------
        self : DBSCAN
            The fitted estimator.
        """
        self._validate_params()
        points = self._validate(X)
        weights = None if sample_weight is None else _check_sample_weight(sample_weight, points, dtype=np.float64)
        pairs = self._find_pairs(points)
        # Ten weights of 0.1 make 1, though their sum in floating point falls short of it.
        core = pairs.weigh(weights) >= self.min_samples * (1 - 1e-12)
        self.labels_ = _label(pairs, core)
        self.core_sample_indices_ = np.flatnonzero(core)
        self.components_ = points[self.core_sample_indices_]
        return self

    def _validate(self, X: ArrayLike) -> Any:
        if self.metric != "precomputed":
            return validate_data(self, X, accept_sparse="csr")
        demand_table(X, "X")
        points = validate_data(self, X, accept_sparse="csr")
        demand_distances(points, "X")
        return points

    def _find_pairs(self, X: Any) -> PairList | PairSearch:
        if self.metric == "precomputed":
            return pairs_of_table(X, self.eps)
        power = self._minkowski_power(X)
        narrow = X.shape[1] <= _TREE_FEATURES
        if power is not None and (self.algorithm == "kd_tree" or (self.algorithm == "auto" and narrow)):
            return pairs_by_tree(X, self.eps, power, self.leaf_size)
        if self.algorithm in ("auto", "brute"):
            if power == 2:
                demand_representable(X, self.eps, 2)
                return pairs_by_products(X, self.eps**2)
            if self.metric == "sqeuclidean" and not (issparse(X) or self.metric_params):
                demand_finite_powers(X, 2)
                return pairs_by_products(X, self.eps)
        return self._find_pairs_by_finder(X)

    def _minkowski_power(self, X: Any) -> float | None:
        """Return the power if the distance is one of Minkowski's, of dense points, without weights of the features."""
        powers = {**_POWERS, "minkowski": 2 if self.p is None else self.p}
        if issparse(X) or self.metric_params or self.metric not in powers or powers[self.metric] < 1:
            return None
        return powers[self.metric]

    def _find_pairs_by_finder(self, X: Any) -> PairList | PairSearch:
        from sklearn.neighbors import NearestNeighbors

        finder = NearestNeighbors(
            radius=self.eps,
            algorithm=self.algorithm,
            leaf_size=self.leaf_size,
            metric=self.metric,
            metric_params=self.metric_params if issparse(X) else with_params_of(X, self.metric, self.metric_params),
            p=2 if self.p is None else self.p,
            n_jobs=self.n_jobs,
        ).fit(X)
        return pairs_by_finder(finder, X)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = self.metric == "precomputed"
        tags.input_tags.sparse = True
        return tags


def _label(pairs: PairList | PairSearch, core: NDArray[np.bool_]) -> Indices:
    roots = _connect(pairs, core)
    _reach_borders(pairs, core, roots)
    labels = np.full(len(core), -1, dtype=np.intp)
    clustered = roots < len(core)
    labels[clustered] = np.unique(roots[clustered], return_inverse=True)[1]
    return labels


def _connect(pairs: PairList | PairSearch, core: NDArray[np.bool_]) -> Indices:
    """Return for each core point the first one of its cluster, and for the others n."""
    roots = np.arange(len(core))
    for i, j in pairs.search(core):
        both = core[i] & core[j]
        i, j = i[both], j[both]
        # A sample of the pairs joins nearly all, and leaves little to do for the others.
        _join(roots, i[::16], j[::16])
        _join(roots, i, j)
    roots[~core] = len(core)
    return roots


def _join(roots: Indices, i: Indices, j: Indices) -> None:
    """Give the points i and j of each pair the same root: the first point that a chain of pairs leads to."""
    while True:
        a, b = roots[i], roots[j]
        apart = a != b
        if not apart.any():
            return
        i, j = a[apart], b[apart]
        np.minimum.at(roots, np.maximum(i, j), np.minimum(i, j))
        while not np.array_equal(roots, roots[roots]):
            roots[:] = roots[roots]


def _reach_borders(pairs: PairList | PairSearch, core: NDArray[np.bool_], roots: Indices) -> None:
    """Give each point within reach of core points the least of their roots: the cluster that is expanded first."""
    if core.all():
        return
    for i, j in pairs.search(~core):
        one = core[i] != core[j]
        i, j = i[one], j[one]
        inner, border = np.where(core[i], (i, j), (j, i))
        np.minimum.at(roots, border, roots[inner])


def _neighborhoods(pairs: PairList | PairSearch) -> list[Indices]:
    itself = np.arange(pairs.n_samples)
    found = list(pairs.search(np.ones(pairs.n_samples, dtype=bool)))
    # A list of pairs has each of them in one direction, a search in both.
    ends = [(itself, itself), *found, *((j, i) for i, j in found)]
    graph = np.unique(np.hstack(ends), axis=1)
    return np.split(graph[1], np.cumsum(np.bincount(graph[0]))[:-1])


def _expand(neighborhoods: list[Indices], min_samples: int) -> Iterator[DBSCANStep]:
    core = [len(neighbors) >= min_samples for neighbors in neighborhoods]
    labels = [-1] * len(core)
    cluster = -1
    for start in range(len(core)):
        if labels[start] >= 0:
            continue
        if not core[start]:
            yield DBSCANStep(start, -1, "noise", -1)
            continue
        cluster += 1
        labels[start] = cluster
        yield DBSCANStep(start, cluster, "core", -1)
        queue = deque([start])
        while queue:
            center = queue.popleft()
            for q in neighborhoods[center].tolist():
                if labels[q] >= 0:
                    continue
                labels[q] = cluster
                yield DBSCANStep(q, cluster, "core" if core[q] else "border", center)
                if core[q]:
                    queue.append(q)


def _as_points(X: ArrayLike) -> Floats:
    points: Floats = check_array(X, dtype=np.float64, input_name="X")
    return _demand_finite_squares(points, "X")
