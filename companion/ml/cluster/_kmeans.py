"""k-means: Lloyd's algorithm, its two steps, k-means++ and the estimator around them."""

from collections.abc import Callable, Iterator
from numbers import Integral, Real
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

from companion._validation import as_count, as_nonnegative, as_real
from companion._warnings import warn_user
from companion.ml._rows import row_blocks
from companion.ml._rows import squared_norms as _squared_norms
from companion.ml.cluster._names import OneOf

Floats = NDArray[np.floating[Any]]
Labels = NDArray[np.int32]
Seed = int | np.random.RandomState | None
Init = str | ArrayLike | Callable[..., ArrayLike]

# Entries of one block of a large table: 512 KiB of float64, which stays in the cache and bounds the memory.
_BLOCK_SIZE = 2**16


class LloydStep(NamedTuple):
    """One assignment: the centers it was made with, the labels it gave and the inertia of the two."""

    centers: Floats
    labels: Labels
    inertia: float


class LloydResult(NamedTuple):
    """What `lloyd` returns; see there."""

    centers: Floats
    labels: Labels
    inertia: float
    n_iter: int
    converged: bool
    history: list[float]
    steps: list[LloydStep]


def assign_labels(X: ArrayLike, centers: ArrayLike) -> Labels:
    """Give every point the number of its nearest center: the first of the two steps of k-means.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    centers : array-like of shape (n_clusters, n_features)
        The centers, in the unit of the points.

    Returns
    -------
    labels : ndarray of int32, shape (n_samples,)
        Index of the nearest center; of several at the same distance (to rounding) the first.

    Raises
    ------
    ValueError
        If `X` or `centers` is not a finite table, or they differ in the number of features.

    Notes
    -----
    .. math:: c_i = \\arg\\min_j \\lVert x_i - \\mu_j \\rVert^2

    References
    ----------
    S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 129-137.

    Examples
    --------
    >>> from companion.ml.cluster import assign_labels
    >>> assign_labels([[1], [2], [10], [11]], centers=[[0], [9]]).tolist()
    [0, 0, 1, 1]
    """
    X = _as_points(X)
    centers = _as_centers(centers, X)
    return _assign_from(X, centers, offset=centers.mean(axis=0))


def update_centers(
    X: ArrayLike, labels: ArrayLike, centers: ArrayLike, *, sample_weight: ArrayLike | None = None
) -> Floats:
    """Move every center to the mean of its points: the second of the two steps of k-means.

    A cluster without points has no mean; it takes over the point that lies farthest from its center.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    labels : array-like of int, shape (n_samples,)
        For each point the index of its center.
    centers : array-like of shape (n_clusters, n_features)
        The centers before the step; they tell how far each point lies from its own.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each. A weight of 3 counts
        like three equal points.

    Returns
    -------
    centers : ndarray of shape (n_clusters, n_features)
        The (weighted) means. Where there are more clusters than distinct points, the centers left over are put on that
        of the heaviest cluster.

    Raises
    ------
    ValueError
        If shapes do not fit together, a label is not the index of a center, or a weight is negative.

    Notes
    -----
    .. math:: \\mu_j = \\frac{\\sum_{i \\in C_j} w_i x_i}{\\sum_{i \\in C_j} w_i}

    References
    ----------
    S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 129-137.

    Examples
    --------
    >>> from companion.ml.cluster import update_centers
    >>> update_centers([[1], [2], [10], [11]], labels=[0, 0, 1, 1], centers=[[0], [9]]).tolist()
    [[1.5], [10.5]]
    """
    X = _as_points(X)
    centers = _as_centers(centers, X)
    weights = _as_weights(sample_weight, X)
    centered, offset = _center(X, weights)
    return _update(centered, _as_labels(labels, X, centers), centers - offset, weights) + offset


def inertia(X: ArrayLike, centers: ArrayLike, labels: ArrayLike, *, sample_weight: ArrayLike | None = None) -> float:
    """Sum the squared distances of the points to the centers of their clusters: what k-means makes small.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    centers : array-like of shape (n_clusters, n_features)
        The centers.
    labels : array-like of int, shape (n_samples,)
        For each point the index of its center.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each.

    Returns
    -------
    inertia : float
        Within-cluster sum of squares, in the squared unit of the points.

    Raises
    ------
    ValueError
        If shapes do not fit together, a label is not the index of a center, or a weight is negative.

    Notes
    -----
    .. math:: J = \\sum_i w_i \\lVert x_i - \\mu_{c_i} \\rVert^2

    Examples
    --------
    >>> from companion.ml.cluster import inertia
    >>> inertia([[1], [2], [10], [11]], centers=[[1.5], [10.5]], labels=[0, 0, 1, 1])
    1.0
    """
    X = _as_points(X)
    centers = _as_centers(centers, X)
    return _inertia(X, centers, _as_labels(labels, X, centers), _as_weights(sample_weight, X))


def lloyd(
    X: ArrayLike,
    centers: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    max_iter: int = 300,
    tol: float = 1e-4,
    keep_steps: bool = False,
) -> LloydResult:
    """Assign points to centers and move centers to means, in turn, until nothing changes (Lloyd's algorithm).

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    centers : array-like of shape (n_clusters, n_features)
        The centers to start from.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each.
    max_iter : int, default=300
        Greatest number of iterations.
    tol : float, default=1e-4
        Stop as soon as the squared shift of the centers in one iteration is at most `tol` times the mean variance of
        the features; with 0 the run goes on until no label changes.
    keep_steps : bool, default=False
        Keep the centers and labels of every iteration in `steps`.

    Returns
    -------
    result : LloydResult
        A named tuple of `centers` (n_clusters, n_features); `labels` (n_samples,), those nearest to the centers;
        `inertia`; `n_iter`, counted as scikit-learn does (the pass that changes no label is an iteration, too);
        `converged`; `history`, the inertia after each assignment, the first being that of the start; and `steps`, the
        triples (centers, labels, inertia) of each assignment, empty unless asked for.

    Raises
    ------
    ValueError
        If shapes do not fit together, a number is out of its range, or there are fewer points than centers.

    Notes
    -----
    Neither step can raise the inertia and there are finitely many partitions, so the algorithm ends: where neither step
    alone can lower the inertia, which place depends on the start. If no point is midway between two centers, it is a
    local minimum; with such a tie it need not be one.

    References
    ----------
    S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 129-137.

    S. Z. Selim and M. A. Ismail (1984), K-means-type algorithms: a generalized convergence theorem and characterization
    of local optimality, IEEE Transactions on Pattern Analysis and Machine Intelligence 6, 81-87.

    Examples
    --------
    The corners of a 4 by 1 rectangle, from a bad and from a good start:

    >>> from companion.ml.cluster import lloyd
    >>> corners = [[0, 0], [0, 1], [4, 0], [4, 1]]
    >>> lloyd(corners, [[0, 0], [0, 1]]).inertia
    16.0
    >>> lloyd(corners, [[0, 0], [4, 0]]).inertia
    1.0
    """
    X = _as_points(X)
    centers = _as_centers(centers, X)
    weights = _as_weights(sample_weight, X)
    _demand_enough_points(weights, len(centers))
    max_iter = as_count(max_iter, "max_iter")
    tol = float(as_nonnegative(as_real(tol, "tol"), "tol"))

    # Distances come from ||x||^2 - 2 x.c + ||c||^2, which cancels badly unless the origin lies amid the points.
    centered, offset = _center(X, weights)
    result = _lloyd(centered, weights, centers - offset, max_iter, tol, keep_steps)
    return result._replace(
        centers=result.centers + offset,
        steps=[step._replace(centers=step.centers + offset) for step in result.steps],
    )


def kmeans_plusplus(
    X: ArrayLike,
    n_clusters: int,
    *,
    sample_weight: ArrayLike | None = None,
    x_squared_norms: ArrayLike | None = None,
    random_state: Seed = None,
    n_local_trials: int | None = None,
) -> tuple[Floats, NDArray[np.intp]]:
    """Choose starting centers among the points, each new one far from those before (k-means++).

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    n_clusters : int
        Number of centers to choose.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each.
    x_squared_norms : array-like of shape (n_samples,), default=None
        Squared norms of the points, if known. Without them the points are centered first, which is safer far from the
        origin.
    random_state : int, RandomState instance or None, default=None
        Source of the random choices. A seed chooses the same points as in scikit-learn.
    n_local_trials : int, default=None
        Candidates drawn for each center, of which the one that lowers the inertia most is taken; 2 + int(log(k)) if
        not given. With 1 this is the plain rule.

    Returns
    -------
    centers : ndarray of shape (n_clusters, n_features)
        The chosen points.
    indices : ndarray of int, shape (n_clusters,)
        Their row numbers: `centers` is `X[indices]`.

    Raises
    ------
    ValueError
        If a number is out of its range, a shape does not fit, or fewer than `n_clusters` points have a positive weight.

    Notes
    -----
    With :math:`D(x)` the distance to the nearest center so far, the next center is drawn with probability

    .. math:: P(x) = \\frac{w(x) D(x)^2}{\\sum_{x'} w(x') D(x')^2}.

    Under the plain rule the expected inertia is at most :math:`8 (\\ln k + 2)` times the optimum.

    References
    ----------
    D. Arthur and S. Vassilvitskii (2007), k-means++: the advantages of careful seeding, SODA, 1027-1035.

    Examples
    --------
    >>> from companion.ml.cluster import kmeans_plusplus
    >>> centers, indices = kmeans_plusplus([[0], [1], [50], [51]], 2, random_state=0)
    >>> sorted((indices // 2).tolist())
    [0, 1]
    """
    X = _as_points(X)
    weights = _as_weights(sample_weight, X)
    n_clusters = as_count(n_clusters, "n_clusters")
    _demand_enough_points(weights, n_clusters)
    n_trials = _n_trials(n_clusters) if n_local_trials is None else as_count(n_local_trials, "n_local_trials")
    if x_squared_norms is None:
        points, _ = _center(X, weights)
        norms = _squared_norms(points)
    else:
        points, norms = X, _as_squared_norms(x_squared_norms, X)

    # A point without weight must not become a center, not even where all other points are taken.
    rows = np.flatnonzero(weights)
    rng = check_random_state(random_state)
    indices = rows[_draw_spread(points[rows], norms[rows], weights[rows], n_clusters, n_trials, rng)]
    return X[indices], indices


def k_means(
    X: ArrayLike,
    n_clusters: int,
    *,
    sample_weight: ArrayLike | None = None,
    init: Init = "k-means++",
    n_init: Literal["auto"] | int = "auto",
    max_iter: int = 300,
    verbose: int | bool = False,
    tol: float = 1e-4,
    random_state: Seed = None,
    copy_x: bool = True,
    algorithm: Literal["lloyd", "elkan"] = "lloyd",
    return_n_iter: bool = False,
) -> tuple[Any, ...]:
    """Split points into k clusters about their means; `KMeans` as a function.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    n_clusters : int
        Number of clusters.
    sample_weight : array-like of shape (n_samples,) or float, default=None
        Weights of the points, 1 each if not given; a number is the weight of each.
    init, n_init, max_iter, verbose, tol, random_state, copy_x, algorithm
        As in `KMeans`.
    return_n_iter : bool, default=False
        Return the number of iterations, too.

    Returns
    -------
    centroid : ndarray of shape (n_clusters, n_features)
        The centers.
    label : ndarray of int32, shape (n_samples,)
        For each point the index of its center.
    inertia : float
        Sum of the squared distances of the points to their centers, in the squared unit of the points.
    best_n_iter : int
        Iterations of the best run, only if `return_n_iter`.

    Raises
    ------
    ValueError
        If an argument is out of its range, or there are fewer points than clusters.

    References
    ----------
    S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 129-137.

    Examples
    --------
    >>> from companion.ml.cluster import k_means
    >>> centroid, label, inertia = k_means([[1], [2], [10], [11]], 2, init=[[0], [9]])
    >>> centroid.tolist(), label.tolist(), inertia
    ([[1.5], [10.5]], [0, 0, 1, 1], 1.0)
    """
    model = KMeans(
        n_clusters,
        init=init,
        n_init=n_init,
        max_iter=max_iter,
        tol=tol,
        verbose=verbose,
        random_state=random_state,
        copy_x=copy_x,
        algorithm=algorithm,
    ).fit(X, sample_weight=sample_weight)
    found = (model.cluster_centers_, model.labels_, model.inertia_)
    return (*found, model.n_iter_) if return_n_iter else found


class KMeans(ClassNamePrefixFeaturesOutMixin, TransformerMixin, ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Split points into k clusters, each about its mean, with the least sum of squared distances to the means.

    Parameters
    ----------
    n_clusters : int, default=8
        Number of clusters.
    init : {"k-means++", "random"}, array-like of shape (n_clusters, n_features) or callable, default="k-means++"
        Where the centers start: spread over the points (see `kmeans_plusplus`), at random points, at the given places,
        or at those which `init(X, n_clusters, random_state=...)` returns.
    n_init : "auto" or int, default="auto"
        Number of starts, of which the one with the least inertia is kept. "auto" is 10 for "random" or a callable, else
        1.
    max_iter : int, default=300
        Greatest number of iterations of one run.
    tol : float, default=1e-4
        A run ends when the squared shift of the centers is at most `tol` times the mean variance of the features, or
        when no label changes.
    verbose : int or bool, default=0
        Without effect: nothing is printed. `history_` tells how the run went.
    random_state : int, RandomState instance or None, default=None
        Source of the random choices.
    copy_x : bool, default=True
        Without effect: the points are never modified.
    algorithm : {"lloyd", "elkan"}, default="lloyd"
        Elkan's algorithm skips distances that the triangle inequality makes superfluous and gives the same result. Both
        are computed by Lloyd's here.

    Attributes
    ----------
    cluster_centers_ : ndarray of shape (n_clusters, n_features)
        The centers, in the unit of the points.
    labels_ : ndarray of int32, shape (n_samples,)
        For each point of the fit the index of its nearest center.
    inertia_ : float
        Sum of the squared distances of the points to their centers, in the squared unit of the points.
    n_iter_ : int
        Iterations of the best run.
    history_ : ndarray of shape (n_assignments,)
        Inertia after each assignment of the best run, from the start to `inertia_`.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str, one for each feature
        Names of the features, if `X` had any.

    Raises
    ------
    ValueError
        If an argument is out of its range, or fewer than `n_clusters` points have a positive weight.

    Warns
    -----
    ConvergenceWarning
        If the best run was cut off by `max_iter`, or there are fewer distinct points than clusters.

    Notes
    -----
    The rows are sorted before "k-means++" or "random" picks among them. So a seed gives the same centers however the
    rows are ordered, and with "k-means++" also whether a point has weight 3 or is there three times; scikit-learn picks
    by row number, so that its picks for the same seed are others.

    References
    ----------
    S. P. Lloyd (1982), Least squares quantization in PCM, IEEE Transactions on Information Theory 28, 129-137.

    Examples
    --------
    >>> from companion.ml.cluster import KMeans
    >>> model = KMeans(2, init=[[0], [9]]).fit([[1], [2], [10], [11]])
    >>> model.cluster_centers_.tolist(), model.inertia_
    ([[1.5], [10.5]], 1.0)
    >>> model.predict([[3], [8]]).tolist()
    [0, 1]
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_clusters": [Interval(Integral, 1, None, closed="left")],
        "init": [OneOf({"k-means++", "random"}), callable, "array-like"],
        "n_init": [OneOf({"auto"}), Interval(Integral, 1, None, closed="left")],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "tol": [Interval(Real, 0, None, closed="left")],
        "verbose": ["verbose"],
        "random_state": ["random_state"],
        "copy_x": ["boolean"],
        "algorithm": [OneOf({"lloyd", "elkan"})],
    }

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        init: Init = "k-means++",
        n_init: Literal["auto"] | int = "auto",
        max_iter: int = 300,
        tol: float = 1e-4,
        verbose: int | bool = 0,
        random_state: Seed = None,
        copy_x: bool = True,
        algorithm: Literal["lloyd", "elkan"] = "lloyd",
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.verbose = verbose
        self.random_state = random_state
        self.copy_x = copy_x
        self.algorithm = algorithm

    def fit(self, X: ArrayLike, y: Any = None, sample_weight: ArrayLike | None = None) -> Self:
        """Find the centers.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points; float32 is kept, all else becomes float64.
        y : ignored
            There for the sake of pipelines.
        sample_weight : array-like of shape (n_samples,) or float, default=None
            Weights of the points, 1 each if not given; a number is the weight of each.

        Returns
        -------
        self : KMeans
            The fitted estimator.
        """
        self._validate_params()
        points: Floats = validate_data(self, X, dtype=[np.float64, np.float32], order="C")
        weights = _as_weights(sample_weight, points)
        n_clusters = as_count(self.n_clusters, "n_clusters")  # the constraint lets True through
        _demand_enough_points(weights, n_clusters)
        rng = check_random_state(self.random_state)
        starts = _starts(points, weights, n_clusters, self.init, self.n_init, rng)
        best = _best(
            lloyd(points, start, sample_weight=weights, max_iter=self.max_iter, tol=self.tol) for start in starts
        )

        self._offset = _mean(points, weights)
        self._n_features_out = self.n_clusters
        self.cluster_centers_ = best.centers
        # Assigned anew as predict does it, so that the two agree even on a point midway between two centers.
        self.labels_ = _assign_from(points, best.centers, self._offset)
        self.inertia_ = best.inertia
        self.n_iter_ = best.n_iter
        self.history_ = np.array(best.history)
        _warn_if_poor(best, self.n_clusters, self.max_iter)
        return self

    def predict(self, X: ArrayLike) -> Labels:
        """Give every point the index of its nearest center.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        labels : ndarray of int32, shape (n_samples,)
            The indices.
        """
        return _assign_from(self._validate_new(X), self.cluster_centers_, self._offset)

    def transform(self, X: ArrayLike) -> Floats:
        """Measure the distance of every point to every center.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        distances : ndarray of shape (n_samples, n_clusters)
            Euclidean distances, in the unit of the points.
        """
        X = self._validate_new(X)
        distances: Floats = cdist(X, self.cluster_centers_).astype(X.dtype, copy=False)
        return distances

    def score(self, X: ArrayLike, y: Any = None, sample_weight: ArrayLike | None = None) -> float:
        """Return minus the inertia of points about the fitted centers: the greater, the better.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.
        y : ignored
            There for the sake of pipelines.
        sample_weight : array-like of shape (n_samples,) or float, default=None
            Weights of the points, 1 each if not given; a number is the weight of each.

        Returns
        -------
        score : float
            Minus the (weighted) sum of squared distances to the nearest centers.
        """
        X = self._validate_new(X)
        labels = _assign_from(X, self.cluster_centers_, self._offset)
        return -_inertia(X, self.cluster_centers_, labels, _as_weights(sample_weight, X))

    def _validate_new(self, X: ArrayLike) -> Floats:
        check_is_fitted(self)
        X_new: Floats = validate_data(self, X, reset=False, dtype=[np.float64, np.float32], order="C")
        return _demand_finite_squares(X_new, "X")


def _lloyd(
    X: Floats,
    weights: Floats,
    centers: Floats,
    max_iter: int,
    tol: float,
    keep_steps: bool,
) -> LloydResult:
    total = _weighted_sum(weights, _squared_norms(X))
    mean_variance = total / (float(weights.sum()) * X.shape[1])
    columns = np.ascontiguousarray(X.T)  # distances to centers take half the time along contiguous features
    step = _assign(columns, weights, centers, total)
    history = [step.inertia]
    steps = [step] if keep_steps else []
    converged = False
    for n_iter in range(1, max_iter + 1):
        previous = step
        centers = _update(X, previous.labels, previous.centers, weights)
        step = _assign(columns, weights, centers, total)
        history.append(step.inertia)
        if keep_steps:
            steps.append(step)
        shift = np.sum((step.centers - previous.centers) ** 2)
        if shift <= tol * mean_variance:
            converged = True
            break
        if np.array_equal(step.labels, previous.labels):
            # The pass that changes no label counts, as in scikit-learn;
            # its update would change no center either.
            converged, n_iter = True, min(n_iter + 1, max_iter)
            break
    # The inertias on the way carry the rounding of the total sum of squares;
    # the last one is worth a fresh sum.
    history[-1] = _inertia(X, step.centers, step.labels, weights)
    step = step._replace(inertia=history[-1])
    return LloydResult(*step, n_iter, converged, history, steps)


def _assign(
    columns: Floats,
    weights: Floats,
    centers: Floats,
    total: float,
) -> LloydStep:
    labels, scores = _nearest(columns, centers)
    # Rounding can take a sum that should be zero below it.
    J = max(total + _weighted_sum(weights, scores), 0.0)
    return LloydStep(centers, labels, J)


def _nearest(columns: Floats, centers: Floats) -> tuple[Labels, Floats]:
    """Return for each point x, a column, the label of its nearest center c, and ||x - c||^2 - ||x||^2."""
    n = columns.shape[1]
    norms = _squared_norms(centers)[:, None]
    labels = np.empty(n, dtype=np.int32)
    least = np.empty(n, dtype=columns.dtype)
    for some in _blocks(n, len(centers)):
        scores = -2 * centers @ columns[:, some]
        scores += norms
        scores.min(axis=0, out=least[some])
        labels[some] = _argmin(scores, least[some])
    return labels, least


def _argmin(scores: Floats, least: Floats) -> NDArray[np.unsignedinteger[Any]]:
    """Return scores.argmin(axis=0), given the least of each column."""
    k = len(scores)
    ranks = np.arange(k, 0, -1, dtype=np.min_scalar_type(k))[:, None]
    # This runs along whole rows, which takes a third of the time of argmin.
    first: NDArray[np.unsignedinteger[Any]] = k - ((scores == least) * ranks).max(axis=0)
    return first


def _assign_from(X: Floats, centers: Floats, offset: Floats) -> Labels:
    return _nearest(_shift(X, offset).T, centers - offset)[0]


def _update(
    X: Floats,
    labels: Labels,
    centers: Floats,
    weights: Floats,
) -> Floats:
    sums, mass = _cluster_sums(X, labels, weights, len(centers))
    if not mass.all():
        empty = np.flatnonzero(mass == 0)
        labels = _fill_empty(X, labels, centers, weights, empty)
        sums, mass = _cluster_sums(X, labels, weights, len(centers))
    means = sums / np.where(mass > 0, mass, 1)[:, None]
    means[mass == 0] = means[mass.argmax()]
    return means.astype(X.dtype, copy=False)


def _cluster_sums(
    X: Floats,
    labels: Labels,
    weights: Floats,
    k: int,
) -> tuple[Floats, Floats]:
    # Column i of the membership table holds one entry: the weight of point i,
    # in the row of its cluster.
    n = len(X)
    starts = np.arange(n + 1, dtype=np.int32)
    membership = csc_array((weights, labels, starts), shape=(k, n))
    mass: Floats = np.bincount(labels, weights, minlength=k).astype(np.float64, copy=False)
    return membership @ X, mass


def _fill_empty(X: Floats, labels: Labels, centers: Floats, weights: Floats, empty: NDArray[np.intp]) -> Labels:
    """Give each empty cluster one of the points that lie farthest from their centers."""
    distances = np.where(weights > 0, _squared_norms(X - centers[labels]), 0)
    if not distances.any():
        return labels
    farthest = np.argpartition(distances, -len(empty))[-len(empty) :]
    labels = labels.copy()
    labels[farthest[::-1]] = empty
    return labels


def _inertia(X: Floats, centers: Floats, labels: Labels, weights: Floats) -> float:
    return sum(
        _weighted_sum(weights[rows], _squared_norms(X[rows] - centers[labels[rows]]))
        for rows in _blocks(len(X), X.shape[1])
    )


def _weighted_sum(weights: Floats, values: Floats) -> float:
    # In float64 also for float32: there the last digits of a long sum are wrong.
    return float(np.dot(weights.astype(np.float64, copy=False), values.astype(np.float64, copy=False)))


def _blocks(n_rows: int, width: int) -> Iterator[slice]:
    """Cut the rows of a table with *width* columns into slices of about _BLOCK_SIZE entries."""
    return row_blocks(n_rows, width, _BLOCK_SIZE)


def _draw_spread(
    X: Floats, norms: Floats, weights: Floats, n_clusters: int, n_trials: int, rng: np.random.RandomState
) -> list[int]:
    indices = [int(rng.choice(len(X), p=weights / weights.sum()))]
    closest = _squared_distances(X[indices], X, norms)[0]
    for _ in range(n_clusters - 1):
        mass = np.cumsum(weights * closest)
        candidates = np.searchsorted(mass, rng.uniform(size=n_trials) * mass[-1])
        closer = np.minimum(closest, _squared_distances(X[candidates], X, norms))
        best = np.argmin(closer @ weights)
        indices.append(int(candidates[best]))
        closest = closer[best]
    return indices


def _starts(
    X: Floats, weights: Floats, n_clusters: int, init: Init, n_init: Literal["auto"] | int, rng: np.random.RandomState
) -> Iterator[Floats]:
    if not isinstance(init, str) and not callable(init):
        if n_init not in ("auto", 1):
            warn_user(f"an array init is one start, so one run is made, not n_init={n_init}", RuntimeWarning)
        yield _as_start(init, X, n_clusters)
        return
    n_starts = (1 if init == "k-means++" else 10) if n_init == "auto" else n_init
    if init == "k-means++":
        yield from _spread_starts(X, weights, n_clusters, n_starts, rng)
        return
    rows = _sorted_rows(X)
    for _ in range(n_starts):
        if callable(init):
            yield _as_start(init(X, n_clusters, random_state=rng), X, n_clusters)
        else:
            yield X[rng.choice(rows, n_clusters, replace=False, p=weights[rows] / weights.sum())]


def _spread_starts(
    X: Floats, weights: Floats, n_clusters: int, n_starts: int, rng: np.random.RandomState
) -> Iterator[Floats]:
    """Draw as `kmeans_plusplus` does from the sorted rows; what all starts need is computed once."""
    order = _sorted_rows(X)
    points, weights = X[order], weights[order]
    centered, _ = _center(points, weights)
    # A point without weight must not become a center, not even where all other points are taken.
    rows = np.flatnonzero(weights)
    points, centered, weights = points[rows], centered[rows], weights[rows]
    norms, n_trials = _squared_norms(centered), _n_trials(n_clusters)
    for _ in range(n_starts):
        yield points[_draw_spread(centered, norms, weights, n_clusters, n_trials, rng)]


def _n_trials(n_clusters: int) -> int:
    return 2 + int(np.log(n_clusters))  # as scikit-learn has it


def _sorted_rows(X: Floats) -> NDArray[np.intp]:
    """Return the numbers of the rows, ordered by their values."""
    rows = np.argsort(X[:, 0])
    if not np.diff(X[rows, 0]).all():
        # Only ties in the first feature need the others, and sorting by all of them takes much longer.
        rows = np.lexsort(X.T[::-1])
    return rows


def _best(runs: Iterator[LloydResult]) -> LloydResult:
    best = next(runs)
    for run in runs:
        # By more than rounding: else chance would choose among runs that differ in the order of the clusters only.
        if run.inertia < best.inertia * (1 - 1e3 * np.finfo(run.centers.dtype).eps):
            best = run
    return best


def _warn_if_poor(run: LloydResult, n_clusters: int, max_iter: int) -> None:
    if not run.converged:
        message = f"k-means did not converge in max_iter={max_iter} iterations; raise max_iter or tol"
        warn_user(message, ConvergenceWarning)
    n_distinct = len(np.unique(run.labels))
    if n_distinct < n_clusters:
        message = (
            f"found {n_distinct} distinct clusters, fewer than n_clusters={n_clusters}; X may have too few distinct "
            "points: ask for fewer clusters"
        )
        warn_user(message, ConvergenceWarning)


def _squared_distances(centers: Floats, X: Floats, norms: Floats) -> Floats:
    distances = _squared_norms(centers)[:, None] - 2 * centers @ X.T + norms
    return np.maximum(distances, 0, out=distances)


def _mean(X: Floats, weights: Floats) -> Floats:
    mean: Floats = weights @ X / weights.sum()
    return mean


def _center(X: Floats, weights: Floats) -> tuple[Floats, Floats]:
    offset = _mean(X, weights)
    return _shift(X, offset), offset


def _shift(X: Floats, offset: Floats) -> Floats:
    with np.errstate(over="ignore"):
        return _demand_finite_squares(X - offset, "X")


def _demand_finite_squares(X: Floats, name: str) -> Floats:
    if not np.isfinite(np.vdot(X, X)):
        raise ValueError(f"{name} is too large: its squared distances overflow {X.dtype}; scale it down")
    return X


def _as_points(X: ArrayLike) -> Floats:
    points: Floats = check_array(X, dtype=[np.float64, np.float32], order="C", input_name="X")
    return _demand_finite_squares(points, "X")


def _as_centers(centers: ArrayLike, X: Floats, name: str = "centers") -> Floats:
    table: Floats = check_array(centers, dtype=X.dtype, order="C", input_name=name)
    if table.shape[1] != X.shape[1]:
        raise ValueError(
            f"{name} must have the n_features={X.shape[1]} columns of X, got an array of shape {table.shape}"
        )
    return _demand_finite_squares(table, name)


def _as_start(init: ArrayLike, X: Floats, n_clusters: int) -> Floats:
    start = _as_centers(init, X, "init")
    if len(start) != n_clusters:
        raise ValueError(f"init must give n_clusters={n_clusters} centers, got an array of shape {start.shape}")
    return start


def _as_labels(labels: ArrayLike, X: Floats, centers: Floats) -> Labels:
    array = np.asarray(labels)
    if array.dtype.kind not in "iu":
        raise TypeError(f"labels must be integers, got {array.dtype}")
    if array.shape != (len(X),):
        raise ValueError(f"labels must have shape ({len(X)},), one for each row of X, got {array.shape}")
    if array.min() < 0 or array.max() >= len(centers):
        raise ValueError(
            f"labels must be indices of the {len(centers)} centers, 0 to {len(centers) - 1}, got values from "
            f"{array.min()} to {array.max()}"
        )
    return array.astype(np.int32)


def _as_weights(sample_weight: ArrayLike | None, X: Floats) -> Floats:
    if sample_weight is None:
        return np.ones(len(X), dtype=X.dtype)
    if isinstance(sample_weight, Real):
        sample_weight = np.full(len(X), sample_weight)
    weights: Floats = check_array(sample_weight, dtype=X.dtype, ensure_2d=False, input_name="sample_weight")
    if weights.shape != (len(X),):
        raise ValueError(f"sample_weight must have shape ({len(X)},), one for each row of X, got {weights.shape}")
    if weights.min() < 0 or not weights.any():
        raise ValueError(
            f"sample_weight must be non-negative and not all zero, got values from {weights.min()} to {weights.max()}"
        )
    return weights


def _as_squared_norms(norms: ArrayLike, X: Floats) -> Floats:
    array: Floats = check_array(norms, dtype=X.dtype, ensure_2d=False, input_name="x_squared_norms")
    if array.shape != (len(X),):
        raise ValueError(f"x_squared_norms must have shape ({len(X)},), one for each row of X, got {array.shape}")
    return array


def _demand_enough_points(weights: Floats, n_clusters: int) -> None:
    n_samples = np.count_nonzero(weights)
    if n_samples < n_clusters:
        raise ValueError(
            f"n_samples={n_samples} with a positive weight are too few for n_clusters={n_clusters}; ask for fewer "
            "clusters or give more points"
        )
