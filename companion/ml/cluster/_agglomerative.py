"""The estimator around the tree of merges: flat clusters of hierarchical clustering."""

from collections.abc import Callable
from heapq import heappush, heappushpop
from inspect import signature
from numbers import Integral, Real
from typing import Any, ClassVar, Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import squareform
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils import check_array
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import validate_data

from companion._validation import as_count
from companion.ml._precomputed import demand_distances, demand_table
from companion.ml.cluster._linkage import Tree, _starts, merge_tree
from companion.ml.cluster._names import OneOf

Indices = NDArray[np.intp]

# The distances that both know. Under single linkage scikit-learn sorts the children for some only.
_UNSORTED_METRICS = frozenset(
    {
        *("braycurtis", "canberra", "chebyshev", "cityblock", "dice", "euclidean", "hamming", "jaccard", "l1", "l2"),
        *("mahalanobis", "manhattan", "minkowski", "rogerstanimoto", "russellrao", "seuclidean", "sokalsneath"),
    }
)
_SORTED_METRICS = frozenset({"correlation", "cosine", "sqeuclidean", "yule"})


class AgglomerativeClustering(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Merge the two nearest clusters again and again, and stop at a number of clusters or at a distance.

    Parameters
    ----------
    n_clusters : int or None, default=2
        Number of clusters; None if `distance_threshold` is given.
    metric : str or callable, default="euclidean"
        Distance of points, as scikit-learn or `scipy.spatial.distance.pdist` calls it; "precomputed" if `X` holds
        distances; or a function of the whole table of points that returns the square table of their distances. Only the
        Euclidean fits ward.
    compute_full_tree : "auto" or bool, default="auto"
        The whole tree is always made; False is refused with `distance_threshold`, as in scikit-learn.
    linkage : {"ward", "complete", "average", "single"}, default="ward"
        What distance of clusters means; see `linkage`.
    distance_threshold : float, default=None
        Clusters at this distance or farther from each other are not merged. Needs `n_clusters=None`.
    compute_distances : bool, default=False
        Keep `distances_` even without `distance_threshold`.

    Attributes
    ----------
    labels_ : ndarray of int, shape (n_samples,)
        For each point the number of its cluster, from 0 on, in the order of scikit-learn.
    n_clusters_ : int
        Number of clusters.
    n_leaves_ : int
        Number of points.
    n_connected_components_ : int
        1, as every pair of points may be merged.
    children_ : ndarray of int, shape (n_samples - 1, 2)
        Row i holds the clusters that make up the cluster n_samples + i; numbers below n_samples are points.
    distances_ : ndarray of shape (n_samples - 1,)
        Heights of the merges, in the unit of the distances. Only with `distance_threshold` or `compute_distances`.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str, one for each feature
        Names of the features, if `X` had any.

    Raises
    ------
    ValueError
        If an argument is out of its range, not exactly one of `n_clusters` and `distance_threshold` is None, another
        metric than the Euclidean is asked for under ward, or there are fewer than two points, or than `n_clusters`.
    TypeError
        If `n_clusters` is True, or `metric` is a function of two points.

    See Also
    --------
    linkage : the tree itself, and what the linkages are.
    fcluster : cut a tree.

    Notes
    -----
    The number of clusters at a threshold :math:`t` is :math:`1 + \\#\\{i : h_i \\ge t\\}`, with :math:`h_i` the heights
    of the merges. This leaves apart what `fcluster(Z, t, "distance")` joins if a height is :math:`t` itself.

    Under scikit-learn's `connectivity` only neighbors in a given graph may be merged; that is not offered, and neither
    is `memory`.

    There is no `predict`, as in scikit-learn: a new point would change the merges. Fit all points together, or train a
    classifier on `labels_`.

    References
    ----------
    J. H. Ward (1963), Hierarchical grouping to optimize an objective function, Journal of the American Statistical
    Association 58, 236-244.

    Examples
    --------
    >>> from companion.ml.cluster import AgglomerativeClustering
    >>> model = AgglomerativeClustering(n_clusters=2, linkage="complete", compute_distances=True)
    >>> model.fit([[1], [2], [4], [7], [11]]).labels_.tolist()
    [1, 1, 1, 0, 0]
    >>> model.distances_.tolist()
    [1.0, 3.0, 4.0, 10.0]
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_clusters": [Interval(Integral, 1, None, closed="left"), None],
        "metric": [OneOf({*_UNSORTED_METRICS, *_SORTED_METRICS, "precomputed"}), callable],
        "compute_full_tree": [OneOf({"auto"}), "boolean"],
        "linkage": [OneOf({"ward", "complete", "average", "single"})],
        "distance_threshold": [Interval(Real, 0, None, closed="left"), None],
        "compute_distances": ["boolean"],
    }

    def __init__(
        self,
        n_clusters: int | None = 2,
        *,
        metric: str | Callable[..., ArrayLike] = "euclidean",
        compute_full_tree: Literal["auto"] | bool = "auto",
        linkage: Literal["ward", "complete", "average", "single"] = "ward",
        distance_threshold: float | None = None,
        compute_distances: bool = False,
    ) -> None:
        self.n_clusters = n_clusters
        self.metric = metric
        self.compute_full_tree = compute_full_tree
        self.linkage = linkage
        self.distance_threshold = distance_threshold
        self.compute_distances = compute_distances

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Make the tree of merges and cut it.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features), or (n_samples, n_samples) if `metric="precomputed"`
            The points, or their distances.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        self : AgglomerativeClustering
            The fitted estimator.
        """
        self._validate_params()
        self._demand_consistent()
        if self.metric == "precomputed":
            demand_table(X, "X")
        points = validate_data(self, X, ensure_min_samples=2)
        tree = self._grow(points)
        n_clusters = self._count_clusters(tree)

        self.children_ = tree.children
        self.n_leaves_ = len(points)
        self.n_connected_components_ = 1
        self.n_clusters_ = n_clusters
        self.labels_ = _split(tree, n_clusters)
        if self.compute_distances or self.distance_threshold is not None:
            self.distances_ = tree.heights
        elif hasattr(self, "distances_"):
            del self.distances_  # of an earlier fit
        return self

    def _demand_consistent(self) -> None:
        if (self.n_clusters is None) == (self.distance_threshold is None):
            repair = "give one of them" if self.n_clusters is None else "pass n_clusters=None with distance_threshold"
            raise ValueError(
                "exactly one of n_clusters and distance_threshold must be None, got n_clusters="
                f"{self.n_clusters} and distance_threshold={self.distance_threshold}; {repair}"
            )
        if self.n_clusters is not None:
            as_count(self.n_clusters, "n_clusters")  # the constraint lets True through
        if self.distance_threshold is not None and not self.compute_full_tree:
            raise ValueError("compute_full_tree must not be False with a distance_threshold; leave it at 'auto'")
        if self.linkage == "ward" and self.metric not in ("euclidean", "l2"):
            raise ValueError(f"metric must be 'euclidean' for ward linkage, which takes means; got {self.metric!r}")

    def _grow(self, X: NDArray[Any]) -> Tree:
        if callable(self.metric):
            tree = merge_tree(_condense(_measured(self.metric, X), "metric(X)"), self.linkage)
        elif self.metric == "precomputed":
            tree = merge_tree(_condense(X, "X"), self.linkage)
        else:
            tree = merge_tree(X, self.linkage, self.metric)
            if self.linkage == "single" and self.metric in _UNSORTED_METRICS:
                return tree
        return tree._replace(children=np.sort(tree.children))

    def _count_clusters(self, tree: Tree) -> int:
        if self.distance_threshold is not None:
            return 1 + int(np.count_nonzero(tree.heights >= self.distance_threshold))
        n_clusters, n_samples = self.n_clusters or 0, len(tree.heights) + 1
        if n_clusters > n_samples:
            raise ValueError(f"n_clusters={n_clusters} must not exceed n_samples={n_samples}")
        return n_clusters

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.pairwise = self.metric == "precomputed"
        return tags


def _measured(metric: Callable[..., ArrayLike], X: NDArray[Any]) -> NDArray[Any]:
    """Return the table that a function of all points makes, and say what such a function is where it is none."""
    try:
        signature(metric).bind(X)
    except TypeError as error:
        raise TypeError(
            f"metric must be a function of the whole table X, which returns the square table of distances: {error}; "
            "turn a function d of two points into lambda X: squareform(pdist(X, d)), with both from "
            "scipy.spatial.distance"
        ) from error
    except ValueError:
        pass  # built in, without a signature
    table = metric(X)
    demand_table(table, "metric(X)")
    checked: NDArray[Any] = check_array(table, input_name="metric(X)")
    return checked


def _condense(D: NDArray[Any], name: str) -> NDArray[np.float64]:
    """Return one entry for each pair of a square table of distances."""
    demand_distances(D, name)
    condensed: NDArray[np.float64] = squareform(D, checks=False)
    return condensed


def _split(tree: Tree, n_clusters: int) -> Indices:
    """Undo the last merges until there are n_clusters clusters, and number these."""
    n = len(tree.heights) + 1
    # A heap of negated nodes: the first is the latest merge. Its order is that in which scikit-learn numbers clusters.
    heap = [-(2 * n - 2)]
    for _ in range(n_clusters - 1):
        left, right = tree.children[-heap[0] - n].tolist()
        heappush(heap, -left)
        heappushpop(heap, -right)
    starts = _starts(tree)
    labels = np.empty(n, dtype=np.intp)
    for label, node in enumerate(heap):
        labels[starts[-node] : starts[-node] + tree.sizes[-node]] = label
    return labels[starts[:n]]
