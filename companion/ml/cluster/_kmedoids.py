"""k-medoids: PAM with its two phases, the alternating heuristic, and the estimator around them."""

from collections.abc import Callable
from numbers import Integral
from typing import Any, ClassVar, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array
from scipy.spatial.distance import cdist
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, ClusterMixin, TransformerMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_array, check_random_state
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import check_is_fitted, validate_data

from companion._validation import as_count, as_integers
from companion._warnings import warn_user
from companion.ml._precomputed import LARGEST, demand_distances, demand_summable, demand_table
from companion.ml.cluster._kmeans import _blocks
from companion.ml.cluster._names import OTHER_NAMES, OneOf, scipy_name, with_params_of

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.intp]
Seed = int | np.random.RandomState | None
Metric = str | Callable[..., float]
Method = Literal["pam", "alternate"]
Init = str | ArrayLike

_SCIPY_METRICS = {
    *("braycurtis", "canberra", "chebyshev", "cityblock", "correlation", "cosine", "dice", "euclidean", "hamming"),
    *("jaccard", "jensenshannon", "mahalanobis", "minkowski", "rogerstanimoto", "russellrao", "seuclidean"),
    *("sokalsneath", "sqeuclidean", "yule"),
}
_METHODS = {"pam", "alternate"}
_INITS = {"build", "heuristic", "k-medoids++", "random"}


class KMedoidsStep(NamedTuple):
    """One set of medoids, the labels of the points nearest to each, and the sum of their distances."""

    medoids: Indices
    labels: Indices
    cost: float


class KMedoidsResult(NamedTuple):
    """What `pam` and `alternating` return; see there."""

    medoids: Indices
    labels: Indices
    cost: float
    n_iter: int
    converged: bool
    history: list[float]
    steps: list[KMedoidsStep]


def medoid(D: ArrayLike) -> int:
    """Find the most central of some points: the one with the least sum of distances to the others.

    Parameters
    ----------
    D : array-like of shape (n_samples, n_samples)
        Their distances.

    Returns
    -------
    medoid : int
        Its row number; of several with the same sum the first.

    Raises
    ------
    ValueError
        If `D` is not a finite, symmetric table of distances with zeros on the diagonal.

    See Also
    --------
    pam : several medoids.

    Notes
    -----
    .. math:: m = \\arg\\min_j \\sum_i d(x_i, x_j)

    References
    ----------
    L. Kaufman and P. J. Rousseeuw (1990), Finding groups in data, Wiley, chapter 2.

    Examples
    --------
    A far point takes the mean (22) with it, but not the medoid:

    >>> import numpy as np
    >>> from companion.ml.cluster import medoid
    >>> x = np.array([1, 2, 3, 4, 100])
    >>> int(x[medoid(abs(x[:, None] - x))])
    3
    """
    return int(_as_distances(D).sum(axis=0).argmin())


def pam_build(D: ArrayLike, n_clusters: int) -> Indices:
    """Choose starting medoids one by one, each the one that lowers the cost most (the BUILD phase of PAM).

    Parameters
    ----------
    D : array-like of shape (n_samples, n_samples)
        Distances of the points.
    n_clusters : int
        Number of medoids.

    Returns
    -------
    medoids : ndarray of int, shape (n_clusters,)
        Their row numbers, in the order of the choice; the first is the `medoid` of all points.

    Raises
    ------
    ValueError
        If `D` is not a finite, symmetric table of distances, or there are fewer points than clusters.

    See Also
    --------
    pam : what follows.

    Notes
    -----
    With :math:`d_1(x)` the distance to the nearest medoid so far, the next one is

    .. math:: h = \\arg\\max_h \\sum_i \\max(d_1(x_i) - d(x_i, x_h),\\, 0).

    References
    ----------
    L. Kaufman and P. J. Rousseeuw (1990), Finding groups in data, Wiley, chapter 2.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.ml.cluster import pam_build
    >>> x = np.array([0, 1, 2, 10, 11, 12, 20, 21, 22])
    >>> x[pam_build(abs(x[:, None] - x), 3)].tolist()
    [11, 1, 21]
    """
    D = _as_distances(D)
    return _build(D, _as_n_clusters(n_clusters, len(D)))


def swap_costs(D: ArrayLike, medoids: ArrayLike) -> Floats:
    """Compute for each medoid and each point how the cost changes when the point takes the place of the medoid.

    Parameters
    ----------
    D : array-like of shape (n_samples, n_samples)
        Distances of the points.
    medoids : array-like of int, shape (n_clusters,)
        Row numbers of the medoids.

    Returns
    -------
    changes : ndarray of shape (n_clusters, n_samples)
        The changes, in the unit of the distances; negative ones are improvements.

    Raises
    ------
    ValueError
        If `D` is not a finite, symmetric table of distances, or `medoids` are not different row numbers of it.
    TypeError
        If `medoids` are no integers.

    See Also
    --------
    pam : makes the best swap again and again.

    Notes
    -----
    Let :math:`d_1, d_2` be the distances of a point to the nearest and the second nearest medoid. Whatever medoid goes,
    the points that are nearer to :math:`x_h` move to it; beyond that, only the points of the medoid m that goes
    move, to :math:`x_h` or to their second nearest:

    .. math::

        \\Delta(m, h) = \\sum_i \\min(d_{ih} - d_1(x_i),\\, 0)
        + \\sum_{i \\in C_m} \\bigl( \\min(\\max(d_{ih}, d_1(x_i)), d_2(x_i)) - d_1(x_i) \\bigr)

    The first sum serves all k medoids, so that all changes together take :math:`O(n^2)` steps, not
    :math:`O(k n^2)`.

    References
    ----------
    E. Schubert and P. J. Rousseeuw (2019), Faster k-medoids clustering: improving the PAM, CLARA, and CLARANS
    algorithms, SISAP, 171-187.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.ml.cluster import swap_costs
    >>> x = np.array([0, 1, 2, 10])
    >>> swap_costs(abs(x[:, None] - x), [0, 3]).tolist()
    [[0.0, -1.0, 0.0, 24.0], [10.0, 7.0, 6.0, 0.0]]
    """
    D = _as_distances(D)
    return _swap_costs(D, _as_medoids(medoids, len(D)))


def pam(D: ArrayLike, medoids: int | ArrayLike, *, max_iter: int = 300, keep_steps: bool = False) -> KMedoidsResult:
    """Make the best swap of a medoid and another point, again and again, until none lowers the cost (PAM).

    Parameters
    ----------
    D : array-like of shape (n_samples, n_samples)
        Distances of the points.
    medoids : int or array-like of int, shape (n_clusters,)
        Number of clusters, which `pam_build` starts, or row numbers of the medoids to start from.
    max_iter : int, default=300
        Greatest number of rounds through all swaps.
    keep_steps : bool, default=False
        Keep the medoids and labels after every swap in `steps`.

    Returns
    -------
    result : KMedoidsResult
        A named tuple of `medoids` (n_clusters,), row numbers; `labels` (n_samples,), for each point the number of its
        nearest medoid; `cost`, the sum of the distances to these; `n_iter`, where the round that finds no swap counts;
        `converged`; `history`, the costs from the start on; and `steps`, the triples (medoids, labels, cost) of each,
        empty unless asked for.

    Raises
    ------
    ValueError
        If `D` is not a finite, symmetric table of distances, `medoids` are not different row numbers, or a number is
        out of its range.

    See Also
    --------
    swap_costs : the changes that a swap makes.
    alternating : a cheaper heuristic that stops earlier.

    Notes
    -----
    PAM is one algorithm for the problem of k medoids: to make the sum of the distances to the nearest medoid small,

    .. math:: \\text{cost}(M) = \\sum_i \\min_{m \\in M} d(x_i, x_m).

    In the end no single swap lowers the cost; a better set may differ in two or more medoids.

    References
    ----------
    L. Kaufman and P. J. Rousseeuw (1990), Finding groups in data, Wiley, chapter 2.

    E. Schubert and P. J. Rousseeuw (2019), Faster k-medoids clustering: improving the PAM, CLARA, and CLARANS
    algorithms, SISAP, 171-187.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.ml.cluster import pam
    >>> x = np.array([0, 1, 2, 10, 11, 12, 20, 21, 22])
    >>> run = pam(abs(x[:, None] - x), [0, 1, 2])
    >>> sorted(x[run.medoids].tolist()), run.cost
    ([1, 11, 21], 6.0)
    """
    D = _as_distances(D)
    start = _build(D, _as_n_clusters(medoids, len(D))) if np.ndim(medoids) == 0 else _as_medoids(medoids, len(D))
    return _descend(D, start, _best_swap, as_count(max_iter, "max_iter"), keep_steps)


def alternating(D: ArrayLike, medoids: ArrayLike, *, max_iter: int = 300, keep_steps: bool = False) -> KMedoidsResult:
    """Assign points to medoids and move each medoid within its cluster, in turn, until none moves.

    This is the step of k-means with medoids for means. It is cheaper than `pam`, and stops earlier: a medoid cannot
    leave its cluster.

    Parameters
    ----------
    D : array-like of shape (n_samples, n_samples)
        Distances of the points.
    medoids : array-like of int, shape (n_clusters,)
        Row numbers of the medoids to start from.
    max_iter : int, default=300
        Greatest number of iterations.
    keep_steps : bool, default=False
        Keep the medoids and labels of every iteration in `steps`.

    Returns
    -------
    result : KMedoidsResult
        As from `pam`.

    Raises
    ------
    ValueError
        If `D` is not a finite, symmetric table of distances, `medoids` are not different row numbers, or a number is
        out of its range.
    TypeError
        If `medoids` are no integers.

    See Also
    --------
    pam : swaps across clusters, too.

    Notes
    -----
    .. math:: m_j = \\arg\\min_{h \\in C_j} \\sum_{i \\in C_j} d(x_i, x_h)

    Of several such points the one of the least row number, so that a medoid may move to an equal; then `history` holds
    the same cost twice. A point that is another medoid already, at the same place, is left out.

    References
    ----------
    F. E. Maranzana (1963), On the location of supply points to minimize transportation costs, IBM Systems Journal 2,
    129-135.

    H.-S. Park and C.-H. Jun (2009), A simple and fast algorithm for K-medoids clustering, Expert Systems with
    Applications 36, 3336-3341.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.ml.cluster import alternating
    >>> x = np.array([0, 1, 2, 10, 11, 12, 20, 21, 22])
    >>> run = alternating(abs(x[:, None] - x), [0, 1, 2])
    >>> x[run.medoids].tolist(), run.cost
    ([0, 1, 12], 31.0)
    """
    D = _as_distances(D)
    return _descend(D, _as_medoids(medoids, len(D)), _recenter, as_count(max_iter, "max_iter"), keep_steps)


def k_medoids(
    X: ArrayLike,
    n_clusters: int,
    *,
    metric: Metric = "euclidean",
    metric_params: dict[str, Any] | None = None,
    method: Method = "pam",
    init: Init = "build",
    max_iter: int = 300,
    random_state: Seed = None,
    return_n_iter: bool = False,
) -> tuple[Any, ...]:
    """Split points into k clusters about k of them; `KMedoids` as a function.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features), or (n_samples, n_samples) if `metric="precomputed"`
        The points, or their distances.
    n_clusters : int
        Number of clusters.
    metric, metric_params, method, init, max_iter, random_state
        As in `KMedoids`.
    return_n_iter : bool, default=False
        Return the number of iterations, too.

    Returns
    -------
    medoids : ndarray of int, shape (n_clusters,)
        Row numbers of the medoids.
    label : ndarray of int, shape (n_samples,)
        For each point the number of its nearest medoid.
    inertia : float
        Sum of the distances of the points to these.
    n_iter : int
        Iterations, only if `return_n_iter`.

    Raises
    ------
    ValueError
        If an argument is out of its range, or there are fewer points than clusters.

    References
    ----------
    L. Kaufman and P. J. Rousseeuw (1990), Finding groups in data, Wiley, chapter 2.

    Examples
    --------
    >>> from companion.ml.cluster import k_medoids
    >>> medoids, label, inertia = k_medoids([[0], [1], [2], [10], [11], [12]], 2)
    >>> sorted(medoids.tolist()), label.tolist(), inertia
    ([1, 4], [0, 0, 0, 1, 1, 1], 4.0)
    """
    model = KMedoids(
        n_clusters,
        metric=metric,
        metric_params=metric_params,
        method=method,
        init=init,
        max_iter=max_iter,
        random_state=random_state,
    ).fit(X)
    result = model.medoid_indices_, model.labels_, model.inertia_
    return (*result, model.n_iter_) if return_n_iter else result


class KMedoids(ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Split points into k clusters about k of the points, with a small sum of distances to these, in any distance.

    Parameters
    ----------
    n_clusters : int, default=8
        Number of clusters.
    metric : str or callable, default="euclidean"
        A distance that `scipy.spatial.distance.cdist` knows, "manhattan", or "precomputed": `X` holds distances.
    metric_params : dict, default=None
        Further arguments of the distance. Without them "seuclidean" takes the variances of the features, and
        "mahalanobis" the inverse of their covariance, from the points of the fit.
    method : {"pam", "alternate"}, default="pam"
        Swaps of any medoid for any point (`pam`), or moves of each medoid within its cluster (`alternating`).
    init : {"build", "heuristic", "k-medoids++", "random"} or array-like of shape (n_clusters,), default="build"
        Where the medoids start: one by one where each helps most (see `pam_build`), at the points with the least sums
        of distances, spread over the points by chance, at random points, or at those of the given row numbers.
    max_iter : int, default=300
        Greatest number of iterations.
    random_state : int, RandomState instance or None, default=None
        Source of the random choices of "k-medoids++" and "random".

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (n_clusters, n_features), or None if `metric="precomputed"`
        The medoids.
    medoid_indices_ : ndarray of int, shape (n_clusters,)
        Their row numbers.
    labels_ : ndarray of int, shape (n_samples,)
        For each point of the fit the number of its nearest medoid; of several at the same distance the first.
    inertia_ : float
        Sum of the distances of the points to their medoids.
    n_iter_ : int
        Iterations.
    history_ : ndarray of float, one for each set of medoids
        The sum of distances, from the start to `inertia_`.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str, one for each feature
        Names of the features, if `X` had any.

    Raises
    ------
    ValueError
        If an argument is out of its range, a distance is not defined or above 1e300, there are fewer points than
        clusters, or "mahalanobis" has to invert the covariance of features of which some determine another.

    Warns
    -----
    ConvergenceWarning
        If the run was cut off by `max_iter`, or there are fewer distinct points than clusters.

    See Also
    --------
    KMeans : means in place of medoids, squared distances in place of plain ones.

    Notes
    -----
    All distances are kept: n points take 8 n² bytes. Parameters and attributes bear the names that they have in
    `sklearn_extra.cluster.KMedoids`, where it has them; its defaults are others, such as `init="heuristic"`.

    "k-medoids++" draws each new medoid with a probability proportional to the distance to the nearest one so far, not
    to its square as k-means++ does, because it is plain distances that are summed.

    References
    ----------
    L. Kaufman and P. J. Rousseeuw (1990), Finding groups in data, Wiley, chapter 2.

    D. Arthur and S. Vassilvitskii (2007), k-means++: the advantages of careful seeding, SODA, 1027-1035.

    Examples
    --------
    >>> from companion.ml.cluster import KMedoids
    >>> model = KMedoids(2).fit([[0], [1], [2], [10], [11], [12]])
    >>> model.cluster_centers_.tolist(), model.inertia_
    ([[1], [11]], 4.0)
    >>> model.predict([[3], [8]]).tolist()
    [0, 1]
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_clusters": [Interval(Integral, 1, None, closed="left")],
        "metric": [OneOf({*_SCIPY_METRICS, *OTHER_NAMES, "precomputed"}), callable],
        "metric_params": [dict, None],
        "method": [OneOf(_METHODS)],
        "init": [OneOf(_INITS), "array-like"],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    }

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        metric: Metric = "euclidean",
        metric_params: dict[str, Any] | None = None,
        method: Method = "pam",
        init: Init = "build",
        max_iter: int = 300,
        random_state: Seed = None,
    ) -> None:
        self.n_clusters = n_clusters
        self.metric = metric
        self.metric_params = metric_params
        self.method = method
        self.init = init
        self.max_iter = max_iter
        self.random_state = random_state

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Find the medoids.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or (n_samples, n_samples) if `metric="precomputed"`
            The points, or their distances.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        self : KMedoids
            The fitted estimator.
        """
        self._validate_params()
        precomputed = self.metric == "precomputed"
        if precomputed:
            demand_table(X, "X")
        points = validate_data(self, X)
        n_clusters = _as_n_clusters(self.n_clusters, len(points))
        self._metric_params = {} if precomputed else with_params_of(points, self.metric, self.metric_params)
        D = _as_distances(points, "X") if precomputed else self._measure(points, points)
        start = _start(D, n_clusters, self.init, check_random_state(self.random_state))
        run = _descend(D, start, _best_swap if self.method == "pam" else _recenter, self.max_iter, keep_steps=False)

        self._n_features_out = n_clusters
        self.medoid_indices_ = run.medoids
        self.cluster_centers_ = None if precomputed else points[run.medoids]
        self.labels_ = run.labels
        self.inertia_ = run.cost
        self.n_iter_ = run.n_iter
        self.history_ = np.array(run.history)
        _warn_if_poor(run, n_clusters, self.max_iter)
        return self

    def predict(self, X: ArrayLike) -> Indices:
        """Give every point the number of its nearest medoid.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or (n_samples, n_samples_fit) if `metric="precomputed"`
            The points, or their distances to the points of the fit.

        Returns
        -------
        labels : ndarray of int, shape (n_samples,)
            The numbers.
        """
        labels: Indices = self.transform(X).argmin(axis=1)
        return labels

    def transform(self, X: ArrayLike) -> Floats:
        """Measure the distance of every point to every medoid.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or (n_samples, n_samples_fit) if `metric="precomputed"`
            The points, or their distances to the points of the fit.

        Returns
        -------
        distances : ndarray of shape (n_samples, n_clusters)
            The distances.
        """
        check_is_fitted(self)
        points = validate_data(self, X, reset=False)
        if self.cluster_centers_ is None:
            distances: Floats = points[:, self.medoid_indices_].astype(np.float64)
            return distances
        return self._measure(points, self.cluster_centers_)

    def _measure(self, X: Floats, Y: Floats) -> Floats:
        try:
            with np.errstate(all="ignore"):
                distances: Floats = cdist(X, Y, scipy_name(self.metric), **self._metric_params)
        except TypeError as error:
            raise TypeError(f"metric_params={self.metric_params} do not fit metric={self.metric!r}: {error}") from error
        wrong = np.argwhere(~((distances >= 0) & (distances <= LARGEST)))
        if wrong.size:
            i, j = wrong[0].tolist()
            raise ValueError(
                f"metric={self.metric!r} gives {distances[i, j]} for points {i} and {j}, {X[i]} and {Y[j]}: it is not "
                "defined there, or too large to be summed; drop such points, scale them, or take another metric"
            )
        return distances

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = self.metric == "precomputed"
        return tags


def _descend(
    D: Floats, start: Indices, move: Callable[[Floats, KMedoidsStep], Indices], max_iter: int, keep_steps: bool
) -> KMedoidsResult:
    step = _assign(D, start)
    history, steps = [step.cost], [step] if keep_steps else []
    n_iter, converged = 0, False
    while not converged and n_iter < max_iter:
        n_iter += 1
        moved = _assign(D, move(D, step))
        converged = np.array_equal(moved.medoids, step.medoids) or moved.cost > step.cost
        if not converged:
            step = moved
            history.append(step.cost)
            if keep_steps:
                steps.append(step)
    return KMedoidsResult(*step, n_iter, converged, history, steps)


def _assign(D: Floats, medoids: Indices) -> KMedoidsStep:
    distances = D[:, medoids]
    return KMedoidsStep(medoids, distances.argmin(axis=1), float(distances.min(axis=1).sum()))


def _best_swap(D: Floats, step: KMedoidsStep) -> Indices:
    changes = _swap_costs(D, step.medoids)
    m, h = np.unravel_index(changes.argmin(), changes.shape)
    medoids = step.medoids.copy()
    medoids[m] = h
    # Judged by the cost itself: a change that is negative by rounding only could be made to and fro for ever.
    return medoids if _assign(D, medoids).cost < step.cost else step.medoids


def _swap_costs(D: Floats, medoids: Indices) -> Floats:
    n, k = len(D), len(medoids)
    itself = np.arange(n)
    distances = D[:, medoids]
    labels = distances.argmin(axis=1)
    nearest = distances[itself, labels][:, None]
    distances[itself, labels] = np.inf
    second = distances.min(axis=1)[:, None]
    changes = np.zeros((k, n))
    # By blocks of rows, that no second table of n x n is needed.
    for rows in _blocks(n, n):
        d, d1, d2 = D[rows], nearest[rows], second[rows]
        members = csc_array((np.ones(len(d)), labels[rows], np.arange(len(d) + 1)), shape=(k, len(d)))
        changes += np.minimum(d - d1, 0).sum(axis=0)
        changes += members @ (np.clip(d, d1, d2) - d1)
    return changes


def _recenter(D: Floats, step: KMedoidsStep) -> Indices:
    medoids = step.medoids.copy()
    for j in range(len(medoids)):
        members = np.flatnonzero(step.labels == j)
        # Of medoids at one place the first has all their points, the other medoids among them.
        candidates = np.setdiff1d(members, np.delete(step.medoids, j))
        if candidates.size:
            # Of equals the first: where the cost stays, row numbers fall, so that the same set never comes again.
            medoids[j] = candidates[D[np.ix_(members, candidates)].sum(axis=0).argmin()]
    return medoids


def _build(D: Floats, n_clusters: int) -> Indices:
    medoids = [int(D.sum(axis=0).argmin())]
    nearest = D[medoids[0]]
    while len(medoids) < n_clusters:
        gains = sum(np.maximum(nearest[rows, None] - D[rows], 0).sum(axis=0) for rows in _blocks(len(D), len(D)))
        gains[medoids] = -1  # each only once, even where no other point has anything to gain
        medoids.append(int(gains.argmax()))
        nearest = np.minimum(nearest, D[medoids[-1]])
    return np.array(medoids)


def _start(D: Floats, n_clusters: int, init: Init, rng: np.random.RandomState) -> Indices:
    if not isinstance(init, str):
        medoids = _as_medoids(init, len(D), "init")
        if len(medoids) != n_clusters:
            raise ValueError(f"init must give n_clusters={n_clusters} medoids, got {len(medoids)}")
        return medoids
    if init == "build":
        return _build(D, n_clusters)
    if init == "heuristic":
        return np.argsort(D.sum(axis=0), kind="stable")[:n_clusters]
    if init == "random":
        return rng.permutation(len(D))[:n_clusters]
    return _draw_spread(D, n_clusters, rng)


def _draw_spread(D: Floats, n_clusters: int, rng: np.random.RandomState) -> Indices:
    medoids = [int(rng.randint(len(D)))]
    nearest = D[medoids[0]]
    while len(medoids) < n_clusters:
        free = np.ones(len(D))
        free[medoids] = 0
        shares = nearest if nearest.any() else free
        medoids.append(int(rng.choice(len(D), p=shares / shares.sum())))
        nearest = np.minimum(nearest, D[medoids[-1]])
    return np.array(medoids)


def _warn_if_poor(run: KMedoidsResult, n_clusters: int, max_iter: int) -> None:
    if not run.converged:
        warn_user(f"k-medoids did not converge in max_iter={max_iter} iterations; raise max_iter", ConvergenceWarning)
    n_distinct = len(np.unique(run.labels))
    if n_distinct < n_clusters:
        message = (
            f"found {n_distinct} distinct clusters, fewer than n_clusters={n_clusters}; X may have too few distinct "
            "points: ask for fewer clusters"
        )
        warn_user(message, ConvergenceWarning)


def _as_distances(D: ArrayLike, name: str = "D") -> Floats:
    demand_table(D, name)
    table: Floats = check_array(D, dtype=np.float64, order="C", input_name=name)
    demand_distances(table, name)
    demand_summable(table.max(), name)
    return table


def _as_n_clusters(n_clusters: Any, n_samples: int) -> int:
    count = as_count(n_clusters, "n_clusters")
    if count > n_samples:
        raise ValueError(
            f"n_samples={n_samples} are too few for n_clusters={count}; ask for fewer clusters or give more points"
        )
    return count


def _as_medoids(medoids: ArrayLike, n_samples: int, name: str = "medoids") -> Indices:
    if np.ndim(medoids) != 1 or not np.size(medoids):
        raise ValueError(
            f"{name} must have shape (n_clusters,), row numbers, not points; got shape {np.shape(medoids)}"
        )
    rows = as_integers(medoids, name)
    if rows.min() < 0 or rows.max() >= n_samples:
        raise ValueError(
            f"{name} must be row numbers from 0 to {n_samples - 1}, got values from {rows.min()} to {rows.max()}"
        )
    if len(np.unique(rows)) < len(rows):
        raise ValueError(f"{name} must be different points, got {rows.tolist()}")
    return rows.astype(np.intp)
