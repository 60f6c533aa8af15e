"""Hierarchical clustering bottom-up: the tree of merges under seven linkages, and ways to cut and to read it."""

from collections.abc import Callable
from typing import Any, NamedTuple, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import cdist, pdist, squareform
from sklearn.base import BaseEstimator
from sklearn.utils import check_array

from companion._validation import as_count, as_nonnegative, as_positive, as_real
from companion._warnings import warn_user
from companion.ml._precomputed import demand_summable
from companion.ml.cluster._names import scipy_name

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Metric = str | Callable[..., float]

# The coefficients of Lance and Williams for clusters of a, b and c points. They are written as numerators and a common
# denominator, so that nothing is rounded where distances are whole numbers and their mean is one: ties stay ties.
_COEFFICIENTS: dict[str, Callable[[Any, Any, Any], tuple[Any, ...]]] = {
    #                         alpha_A  alpha_B  beta                  gamma  denominator
    "single": lambda a, b, c: (1, 1, 0, -1, 2),
    "complete": lambda a, b, c: (1, 1, 0, 1, 2),
    "average": lambda a, b, c: (a, b, 0, 0, a + b),
    "weighted": lambda a, b, c: (1, 1, 0, 0, 2),
    "centroid": lambda a, b, c: (a, b, -a * b / (a + b), 0, a + b),
    "median": lambda a, b, c: (2, 2, -1, 0, 4),
    "ward": lambda a, b, c: (a + c, b + c, -c, 0, a + b + c),
}
# These compare means of points, and their recurrence holds for squared distances.
_SQUARED = frozenset({"centroid", "median", "ward"})
# For these a merged cluster may be nearer to a third one than its parts were: merges need not come in order of height.
_INVERTING = frozenset({"centroid", "median"})

# Distances of one point to all, which single linkage needs, do not depend on the other points here, and `cdist` gives
# those that `pdist` gives.
_ROW_BY_ROW = frozenset({"euclidean", "sqeuclidean", "cityblock", "chebyshev"})

# Squares may come out below zero by rounding; by more than this share of the largest, the distances are to blame.
_ROUNDING = 1e-9


class Tree(NamedTuple):
    """The merges of n points: node n + i joins the nodes `children[i]` and holds `sizes[n + i]` points."""

    children: Indices
    heights: Floats
    sizes: Indices


class Clusters(NamedTuple):
    """The clusters on the way: distances `D`, infinite on the diagonal, `sizes`, and a point by which each one goes.

    A row of size 0 stands for a cluster that was merged into another one; what `D` holds for it means nothing.
    """

    D: Floats
    sizes: Floats
    points: Indices


def lance_williams(
    d_AC: ArrayLike,
    d_BC: ArrayLike,
    d_AB: float,
    n_A: float = 1,
    n_B: float = 1,
    n_C: ArrayLike = 1,
    *,
    method: str,
) -> float | Floats:
    """Measure how far the union of two clusters is from a third one, given the three distances between them.

    Parameters
    ----------
    d_AC, d_BC : float or array-like of shape (n,)
        Distances of the clusters A and B to the cluster C, or to each of n clusters.
    d_AB : float
        Distance of A and B.
    n_A, n_B : float, default=1
        Numbers of points in A and B.
    n_C : float or array-like of shape (n,), default=1
        Number of points in C, or in each of the n clusters.
    method : {"single", "complete", "average", "weighted", "centroid", "median", "ward"}
        What distance of clusters means; see `linkage`.

    Returns
    -------
    distance : float or ndarray of shape (n,)
        Distance of the union of A and B to C, in the unit of the distances given.

    Raises
    ------
    ValueError
        If a distance is negative, not finite or above 1e300, a number of points is not positive, `method` is unknown,
        or points at these distances do not exist, so that a squared distance of means is negative.

    See Also
    --------
    linkage : the tree that comes of it.

    Notes
    -----
    All seven linkages are one formula with four coefficients,

    .. math:: d(A \\cup B, C) = \\alpha_A\\, d(A, C) + \\alpha_B\\, d(B, C) + \\beta\\, d(A, B)
              + \\gamma\\, \\lvert d(A, C) - d(B, C) \\rvert,

    with `d` the distance, and for centroid, median and ward its square. With :math:`n = n_A + n_B` and
    :math:`m = n + n_C`:

    ========  =====================  =====================  =====================  ==============
    method    :math:`\\alpha_A`       :math:`\\alpha_B`       :math:`\\beta`          :math:`\\gamma`
    ========  =====================  =====================  =====================  ==============
    single    1/2                    1/2                    0                      -1/2
    complete  1/2                    1/2                    0                      1/2
    average   :math:`n_A / n`        :math:`n_B / n`        0                      0
    weighted  1/2                    1/2                    0                      0
    centroid  :math:`n_A / n`        :math:`n_B / n`        :math:`-n_A n_B/n^2`   0
    median    1/2                    1/2                    -1/4                   0
    ward      :math:`(n_A+n_C)/m`    :math:`(n_B+n_C)/m`    :math:`-n_C / m`       0
    ========  =====================  =====================  =====================  ==============

    References
    ----------
    G. N. Lance and W. T. Williams (1967), A general theory of classificatory sorting strategies: 1. Hierarchical
    systems, The Computer Journal 9, 373-380.

    Examples
    --------
    The points 0 and 1 are merged; how far is the pair from the point 5?

    >>> from companion.ml.cluster import lance_williams
    >>> [lance_williams(5, 4, 1, method=method) for method in ("single", "complete", "average", "centroid")]
    [4.0, 5.0, 4.5, 4.5]
    """
    _demand_method(method)
    to_A, to_B = np.broadcast_arrays(as_nonnegative(d_AC, "d_AC"), as_nonnegative(d_BC, "d_BC"))
    between = as_nonnegative(as_real(d_AB, "d_AB"), "d_AB")
    for distances, name in ((to_A, "d_AC"), (to_B, "d_BC"), (between, "d_AB")):
        demand_summable(distances.max(initial=0), name)
    sizes = as_positive(as_real(n_A, "n_A"), "n_A"), as_positive(as_real(n_B, "n_B"), "n_B"), as_positive(n_C, "n_C")
    unit = _unit(max(d.max(initial=0) for d in (to_A, to_B, between)), method)
    to_A, to_B, between = (_as_powers(d, unit, method) for d in (to_A, to_B, between))
    new = _update(method, to_A, to_B, between, *sizes)
    distance = _heights(_demand_euclidean(new, method), unit, method)
    return distance if np.ndim(distance) else float(distance)


def linkage(y: ArrayLike, method: str = "single", metric: Metric = "euclidean") -> Floats:
    """Merge the two nearest clusters again and again, from single points to one cluster, and write down the tree.

    Parameters
    ----------
    y : array-like of shape (n * (n - 1) / 2,) or (n, n_features)
        The distances of n points in condensed form, as `scipy.spatial.distance.pdist` gives them, or the points.
    method : {"single", "complete", "average", "weighted", "centroid", "median", "ward"}, default="single"
        What distance of clusters means: that of the nearest points (single), of the farthest (complete), the mean over
        all pairs (average); the mean of the distances of the two parts (weighted); the distance of the means (centroid)
        or of midpoints of midpoints (median); the growth of the sum of squares (ward).
    metric : str or callable, default="euclidean"
        Distance of points that `scipy.spatial.distance.pdist` knows, scikit-learn's "manhattan", "l1" or "l2", or a
        function of two points. Distances that are given are taken as they are.

    Returns
    -------
    Z : ndarray of shape (n - 1, 4)
        SciPy's linkage matrix. Row i makes the cluster n + i out of the clusters `Z[i, 0] < Z[i, 1]`, where numbers
        below n are points; `Z[i, 2]` is their distance, the height of the merge, in the unit of the distances, and
        `Z[i, 3]` the number of points in the new cluster. Rows come in ascending height; under centroid and median, in
        the order of the merges, where a later one may be lower (an inversion).

    Raises
    ------
    ValueError
        If there are fewer than two points, an entry is not finite, `y` is not as long as a condensed table must be or
        holds a negative distance, `method` or `metric` is unknown, or another metric than the Euclidean is asked for
        with centroid, median or ward. Given distances are not checked for being Euclidean.

    Warns
    -----
    UserWarning
        If `y` looks like a square table of distances; it is taken for points, as in SciPy.

    See Also
    --------
    lance_williams : the distance to a merged cluster.
    fcluster : cut the tree into clusters.
    cophenet : the heights at which pairs of points meet.
    leaves_list : the points in the order of the tree.
    AgglomerativeClustering : the same as an estimator.

    Notes
    -----
    .. math::

        d_{\\text{single}}(A, B) &= \\min_{a \\in A,\\, b \\in B} d(a, b), \\\\
        d_{\\text{complete}}(A, B) &= \\max_{a \\in A,\\, b \\in B} d(a, b), \\\\
        d_{\\text{average}}(A, B) &= \\frac{1}{n_A n_B} \\sum_{a \\in A} \\sum_{b \\in B} d(a, b), \\\\
        d_{\\text{centroid}}(A, B) &= \\lVert \\bar a - \\bar b \\rVert, \\\\
        d_{\\text{ward}}(A, B) &= \\sqrt{\\frac{2 n_A n_B}{n_A + n_B}}\\, \\lVert \\bar a - \\bar b \\rVert.

    The height under ward is :math:`\\sqrt{2 \\Delta}`, with :math:`\\Delta` the growth of the within-cluster sum of
    squares.

    Single linkage is a minimum spanning tree, found by Prim's algorithm in :math:`O(n^2)` steps; from points under the
    Euclidean, squared Euclidean, city block or Chebyshev distance it takes :math:`O(n)` memory. Complete, average,
    weighted and ward follow chains of nearest neighbors, again :math:`O(n^2)` steps: where two clusters are nearest to
    each other, no other merge brings a third one nearer, so they may be merged at once. Centroid and median lack this
    property and take the generic algorithm, which looks for the nearest pair every time: seldom much slower,
    :math:`O(n^3)` at worst. A merge may be lower than the one before, at lowest :math:`\\sqrt 3 / 2` of it. All but
    single linkage keep the :math:`n \\times n` table of distances.

    Of several pairs at the same distance, to rounding, any may be merged first, and the trees may differ.

    References
    ----------
    D. Müllner (2011), Modern hierarchical, agglomerative clustering algorithms, arXiv:1109.2378.

    F. Murtagh (1983), A survey of recent advances in hierarchical clustering algorithms, The Computer Journal 26,
    354-359.

    R. C. Prim (1957), Shortest connection networks and some generalizations, Bell System Technical Journal 36,
    1389-1401.

    J. H. Ward (1963), Hierarchical grouping to optimize an objective function, Journal of the American Statistical
    Association 58, 236-244.

    Examples
    --------
    >>> from companion.ml.cluster import linkage
    >>> linkage([[1], [2], [4], [7], [11]], "complete")
    array([[ 0.,  1.,  1.,  2.],
           [ 2.,  5.,  3.,  3.],
           [ 3.,  4.,  4.,  2.],
           [ 6.,  7., 10.,  5.]])

    An inversion: the mean of the first two points is nearer to the third point than they are to each other.

    >>> linkage([[0, 0], [1, 0], [0.5, 0.9]], "centroid")[:, 2].round(12).tolist()
    [1.0, 0.9]
    """
    tree = merge_tree(y, method, metric)
    return np.column_stack([np.sort(tree.children), tree.heights, tree.sizes[-len(tree.heights) :]])


def fcluster(Z: ArrayLike, t: float, criterion: str | None = None) -> NDArray[np.int32]:
    """Cut a tree of merges into flat clusters, at a height or by their number.

    Parameters
    ----------
    Z : array-like of shape (n - 1, 4)
        The tree, as `linkage` returns it.
    t : float or int
        The height or the number.
    criterion : {"distance", "maxclust"}
        Merge up to the height `t`, inclusive ("distance"), or up to the least height that leaves at most `t` clusters
        ("maxclust"). It has to be named: SciPy's default, "inconsistent", is not offered.

    Returns
    -------
    labels : ndarray of int32, shape (n,)
        For each point the number of its cluster, from 1 on, as SciPy numbers them: along the tree.

    Raises
    ------
    ValueError
        If `Z` is not a tree of merges, `criterion` is left out or unknown, or `t` is not finite, or less than 1 as a
        number of clusters.
    TypeError
        If `t` is not an integer as a number of clusters, or `Z` is an estimator.

    See Also
    --------
    AgglomerativeClustering : exactly `n_clusters` clusters, even where merges tie.

    Notes
    -----
    Merges of equal height go together, so there may be fewer than `t` clusters. Where a tree has inversions (centroid,
    median), the height of a node is taken to be the greatest in its subtree.

    Examples
    --------
    >>> from companion.ml.cluster import fcluster, linkage
    >>> Z = linkage([[1], [2], [4], [7], [11]], "complete")
    >>> fcluster(Z, 3.5, "distance").tolist()
    [1, 1, 1, 2, 3]
    >>> fcluster(Z, 2, "maxclust").tolist()
    [1, 1, 1, 2, 2]
    """
    tree = _as_tree(Z)
    tops = _greatest_heights(tree)
    n = len(tops) + 1
    if criterion == "maxclust":
        k = as_count(t, "t")
        if k >= n:
            return np.arange(1, n + 1, dtype=np.int32)
        # Every merge takes one cluster away: n - k of them leave k.
        t = np.sort(tops)[n - k - 1]
    elif criterion != "distance":
        raise ValueError(
            f"criterion must be 'distance', if t={t!r} is a height, or 'maxclust', if it is a number of clusters, got "
            f"{criterion!r}"
        )
    return _cut(tree, tops > as_real(t, "t"))


@overload
def cophenet(Z: ArrayLike, Y: None = None) -> Floats: ...
@overload
def cophenet(Z: ArrayLike, Y: ArrayLike) -> tuple[float, Floats]: ...
def cophenet(Z: ArrayLike, Y: ArrayLike | None = None) -> Floats | tuple[float, Floats]:
    """Read off a tree the height at which each pair of points first meets in one cluster.

    Parameters
    ----------
    Z : array-like of shape (n - 1, 4)
        The tree, as `linkage` returns it.
    Y : array-like of shape (n * (n - 1) / 2,), default=None
        The distances of the points in condensed form, to compare with.

    Returns
    -------
    c : float
        Correlation of the heights with the distances: how faithful the tree is. Only if `Y` is given.
    d : ndarray of shape (n * (n - 1) / 2,)
        The cophenetic distances in condensed form, in the unit of the heights.

    Raises
    ------
    ValueError
        If `Z` is not a tree of merges, `Y` is not as long as it must be, or one of the two is constant, so that there
        is no correlation.

    See Also
    --------
    scipy.spatial.distance.squareform : condensed form to square table and back.

    Notes
    -----
    .. math:: c = \\frac{\\sum_{i<j} (y_{ij} - \\bar y)(d_{ij} - \\bar d)}
              {\\sqrt{\\sum_{i<j} (y_{ij} - \\bar y)^2 \\sum_{i<j} (d_{ij} - \\bar d)^2}}

    References
    ----------
    R. R. Sokal and F. J. Rohlf (1962), The comparison of dendrograms by objective methods, Taxon 11, 33-40.

    Examples
    --------
    >>> from companion.ml.cluster import cophenet, linkage
    >>> cophenet(linkage([[0], [1], [5]], "average")).tolist()
    [1.0, 4.5, 4.5]
    """
    tree = _as_tree(Z)
    n = len(tree.heights) + 1
    starts = _starts(tree)
    lefts, rights = starts[tree.children.T].tolist()
    ends = (starts + tree.sizes)[n:].tolist()
    # In the order of the leaves a merge joins two neighboring blocks.
    D = np.zeros((n, n))
    for left, right, end, height in zip(lefts, rights, ends, tree.heights.tolist(), strict=True):
        D[left:right, right:end] = D[right:end, left:right] = height
    places = starts[:n]
    d: Floats = squareform(D[np.ix_(places, places)], checks=False)
    return d if Y is None else (_correlation(_as_distances_of(n, Y), d), d)


def leaves_list(Z: ArrayLike) -> NDArray[np.int32]:
    """List the points in the order in which a dendrogram shows them, from left to right.

    Parameters
    ----------
    Z : array-like of shape (n - 1, 4)
        The tree, as `linkage` returns it.

    Returns
    -------
    leaves : ndarray of int32, shape (n,)
        Numbers of the points. Those of every cluster of the tree stand side by side.

    Raises
    ------
    ValueError
        If `Z` is not a tree of merges.

    See Also
    --------
    scipy.cluster.hierarchy.dendrogram : the drawing.

    Examples
    --------
    >>> from companion.ml.cluster import leaves_list, linkage
    >>> leaves_list(linkage([[0], [9], [1], [8]], "average")).tolist()
    [0, 2, 1, 3]
    """
    tree = _as_tree(Z)
    return np.argsort(_starts(tree)[: len(tree.heights) + 1]).astype(np.int32)


def merge_tree(y: ArrayLike, method: str, metric: Metric = "euclidean") -> Tree:
    """Do the work of `linkage`; the children of a node come in the order in which they were found."""
    _demand_method(method)
    table = _as_table(y)
    distance = scipy_name(metric)
    if table.ndim == 2 and method in _SQUARED and distance != "euclidean":
        raise ValueError(f"metric must be 'euclidean' under {method} linkage, which takes means; got {metric!r}")
    if method == "single":
        return _label(_by_height(_spanning_tree(table, distance)))
    D, unit = _square(table if table.ndim == 1 else _demand_distances(pdist(table, distance), "y"), method)
    merges = _generic(D, method) if method in _INVERTING else _by_height(_nn_chain(D, method))
    merges[:, 2] = _heights(merges[:, 2], unit, method)
    return _label(merges)


def _update(method: str, d_AC: Floats, d_BC: Floats, d_AB: Any, n_A: Any, n_B: Any, n_C: Any) -> Floats:
    alpha_A, alpha_B, beta, gamma, denominator = _COEFFICIENTS[method](n_A, n_B, n_C)
    if gamma:
        # |u - v| makes u + v twice the smaller or the larger of the two; here without rounding.
        return (np.minimum if gamma < 0 else np.maximum)(d_AC, d_BC)
    new: Floats = alpha_A * d_AC
    new += alpha_B * d_BC
    if method in _SQUARED:
        new += beta * d_AB
    new /= denominator
    return new


def _nn_chain(D: Floats, method: str) -> Floats:
    """Merge by chains of nearest neighbors; a cluster goes by the last of its points."""
    n = len(D)
    clusters = Clusters(D, np.ones(n), np.arange(n))
    merges = np.empty((n - 1, 3))
    chain: list[int] = []
    for k in range(n - 1):
        if 2 * (n - k) <= len(clusters.D):
            clusters, rows = _drop_merged(clusters)
            chain = np.searchsorted(rows, chain).tolist()
        if not chain:
            chain = [int(np.argmax(clusters.sizes > 0))]
        a, b = _follow(clusters, chain)
        merges[k] = _merge(clusters, a, b, method)
    return merges


def _follow(clusters: Clusters, chain: list[int]) -> tuple[int, int]:
    """Go on to the nearest cluster until two are nearest to each other, and take these off the chain."""
    D, sizes, _ = clusters
    while True:
        row = D[chain[-1]]
        nearest = _nearest(row, sizes)
        # Of several at the same distance the one before in the chain, or it might run in circles.
        if len(chain) > 1 and row[chain[-2]] <= row[nearest]:
            b, a = chain.pop(), chain.pop()
            return min(a, b), max(a, b)
        chain.append(nearest)


def _generic(D: Floats, method: str) -> Floats:
    """Merge the nearest pair each time; for every cluster a nearest one of those after it is kept in mind."""
    n = len(D)
    clusters = Clusters(D, np.ones(n), np.arange(n))
    merges = np.empty((n - 1, 3))
    neighbors = np.zeros(n, dtype=np.intp)
    bounds = np.full(n, np.inf)  # at most the distance to the nearest one after it
    for a in range(n - 1):
        _look_after(clusters, a, neighbors, bounds)
    for k in range(n - 1):
        if 2 * (n - k) <= len(clusters.D):
            clusters, rows = _drop_merged(clusters)
            neighbors, bounds = np.searchsorted(rows, neighbors[rows]), bounds[rows]
        a, b = _nearest_pair(clusters, neighbors, bounds)
        merges[k] = _merge(clusters, a, b, method)
        bounds[a] = np.inf
        neighbors[neighbors == a] = b
        closer = np.flatnonzero((clusters.D[b, :b] < bounds[:b]) & (clusters.sizes[:b] > 0))
        neighbors[closer], bounds[closer] = b, clusters.D[b, closer]
        _look_after(clusters, b, neighbors, bounds)
    return merges


def _nearest_pair(clusters: Clusters, neighbors: Indices, bounds: Floats) -> tuple[int, int]:
    while True:
        a = int(bounds.argmin())
        b = int(neighbors[a])
        if bounds[a] == clusters.D[a, b]:
            return a, b
        # The one kept in mind has moved away since.
        _look_after(clusters, a, neighbors, bounds)


def _look_after(clusters: Clusters, a: int, neighbors: Indices, bounds: Floats) -> None:
    after = clusters.D[a, a + 1 :]
    if after.size:
        nearest = _nearest(after, clusters.sizes[a + 1 :])
        neighbors[a], bounds[a] = a + 1 + nearest, after[nearest]


def _nearest(row: Floats, sizes: Floats) -> int:
    """Return the place of the least entry; those of clusters merged into others are struck out where they are met."""
    nearest = int(row.argmin())
    while not sizes[nearest] and row[nearest] < np.inf:
        row[nearest] = np.inf
        nearest = int(row.argmin())
    return nearest


def _merge(clusters: Clusters, a: int, b: int, method: str) -> tuple[int, int, float]:
    """Let row b stand for the union of a and b, and row a for nothing; return what there is to write down."""
    D, sizes, points = clusters
    between = float(D[a, b])
    new = _update(method, D[a], D[b], between, sizes[a], sizes[b], sizes)
    new[a] = new[b] = np.inf
    D[b] = D[:, b] = new
    sizes[b] += sizes[a]
    sizes[a] = 0
    return points[a], points[b], between


def _drop_merged(clusters: Clusters) -> tuple[Clusters, Indices]:
    """Leave out the rows that stand for nothing: half of them, so that all the copies cost no more than one."""
    D, sizes, points = clusters
    rows = np.flatnonzero(sizes)
    return Clusters(D[np.ix_(rows, rows)], sizes[rows], points[rows]), rows


def _spanning_tree(table: Floats, metric: Metric) -> Floats:
    if table.ndim == 2 and metric in _ROW_BY_ROW:
        edges = _prim_points(table, metric)
        _demand_distances(edges[:, 2], "y")
        return edges
    y = table if table.ndim == 1 else _demand_distances(pdist(table, metric), "y")
    n = _n_points(len(y))
    # In the condensed form the pair (i, j) with i < j stands at offsets[i] + j.
    i = np.arange(n)
    offsets = n * i - i * (i + 1) // 2 - i - 1
    return _prim(n, lambda a: np.concatenate([y[offsets[:a] + a], [np.inf], y[offsets[a] + a + 1 : offsets[a] + n]]))


def _prim(n: int, distances_from: Callable[[int], Floats]) -> Floats:
    """Grow a tree from point 0, each time by the point that is nearest to it.

    An edge is written down with the point added before instead of that which it starts from: both were added after the
    last longer edge, so they are in one cluster by the time that this edge joins clusters.
    """
    edges = np.empty((n - 1, 3))
    distances = np.full(n, np.inf)
    inside = np.zeros(n, dtype=np.bool_)
    a = 0
    for k in range(n - 1):
        np.minimum(distances, distances_from(a), out=distances)
        inside[a] = True
        distances[inside] = np.inf
        b = int(distances.argmin())
        edges[k] = a, b, distances[b]
        a = b
    return edges


def _prim_points(points: Floats, metric: Metric) -> Floats:
    """Do the same from points, without a table of distances.

    A point that joins the tree is moved to infinity, where it is never the nearest again. As soon as half of the points
    are there, they are left out: all these copies together cost no more than the first one.
    """
    n = len(points)
    edges = np.empty((n - 1, 3))
    rows, points, distances = np.arange(n), points.copy(), np.full(n, np.inf)
    place = 0  # where in the tables the point stands that joins; `rows` tells its number
    for k in range(n - 1):
        a, joining = rows[place], points[place : place + 1].copy()
        points[place] = distances[place] = np.inf
        n_outside = n - 1 - k
        if 2 * n_outside <= len(points):
            outside = points[:, 0] < np.inf
            rows, points, distances = rows[outside], points[outside], distances[outside]
        np.minimum(distances, cdist(joining, points, metric)[0], out=distances)
        place = int(distances.argmin())
        edges[k] = a, rows[place], distances[place]
    return edges


def _by_height(merges: Floats) -> Floats:
    return merges[np.argsort(merges[:, 2], kind="stable")]


def _label(merges: Floats) -> Tree:
    """Number the clusters in the order of the merges, given one point of each of the two (union-find)."""
    n = len(merges) + 1
    parents, sizes = list(range(2 * n - 1)), [1] * n
    children = []
    for new, (a, b) in enumerate(merges[:, :2].astype(np.intp).tolist(), n):
        left, right = _find(parents, a), _find(parents, b)
        parents[left] = parents[right] = new
        children.append((left, right))
        sizes.append(sizes[left] + sizes[right])
    return Tree(np.array(children, dtype=np.intp), merges[:, 2], np.array(sizes, dtype=np.intp))


def _find(parents: list[int], node: int) -> int:
    while parents[node] != node:
        parents[node] = parents[parents[node]]  # halves the way for the next one
        node = parents[node]
    return node


def _starts(tree: Tree) -> Indices:
    """Return where in the order of the leaves the points of each node begin."""
    n = len(tree.heights) + 1
    starts, sizes = [0] * (2 * n - 1), tree.sizes.tolist()
    for node, (left, right) in zip(range(2 * n - 2, n - 1, -1), tree.children[::-1].tolist(), strict=True):
        starts[left] = starts[node]
        starts[right] = starts[node] + sizes[left]
    return np.array(starts, dtype=np.intp)


def _greatest_heights(tree: Tree) -> Floats:
    """Return for each merge the greatest height in its subtree; only an inversion makes it another than its own."""
    n = len(tree.heights) + 1
    tops = [-np.inf] * n
    for (left, right), height in zip(tree.children.tolist(), tree.heights.tolist(), strict=True):
        tops.append(max(height, tops[left], tops[right]))
    return np.array(tops[n:])


def _cut(tree: Tree, undone: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Number the clusters that are left when some merges, and all those above them, are undone."""
    n = len(undone) + 1
    # SciPy numbers the clusters below a node before it comes to a point that hangs on the node itself.
    points_first = (tree.children[:, 0] < n) & (tree.children[:, 1] >= n)
    children = np.where(points_first[:, None], tree.children[:, ::-1], tree.children)
    starts = _starts(tree._replace(children=children))
    begins = np.zeros(n, dtype=np.int32)
    begins[0] = 1
    begins[starts[children[undone, 1]]] = 1
    labels: NDArray[np.int32] = np.cumsum(begins, dtype=np.int32)[starts[:n]]
    return labels


def _correlation(x: Floats, y: Floats) -> float:
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("the correlation is not defined, as all distances are equal; leave out Y")
    x, y = x / np.abs(x).max(), y / np.abs(y).max()  # or sums and squares might leave the range of float64
    x, y = x - x.mean(), y - y.mean()
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


def _square(y: Floats, method: str) -> tuple[Floats, float]:
    """Return the square table of the distances, or of their squares, in a unit of about the greatest, and that unit."""
    unit = _unit(y.max(), method)
    D: Floats = squareform(_as_powers(y, unit, method))
    np.fill_diagonal(D, np.inf)
    return D, unit


def _unit(greatest: float, method: str) -> float:
    # A power of two, so that nothing is rounded; without it squares could leave the range of float64.
    return float(2.0 ** np.frexp(greatest)[1]) if method in _SQUARED else 1.0


def _as_powers(distances: Floats, unit: float, method: str) -> Floats:
    return np.square(distances / unit) if method in _SQUARED else distances


def _heights(powers: Floats, unit: float, method: str) -> Floats:
    return np.sqrt(powers) * unit if method in _SQUARED else powers


def _demand_euclidean(squares: Floats, method: str) -> Floats:
    # In the unit of `_unit`: the greatest is about 1. `linkage` has no need of this: where d(A, B) is the least of the
    # three distances, the new one is at least sqrt(3) / 2 of it.
    if method not in _SQUARED:
        return squares
    if squares.min(initial=0) < -_ROUNDING:
        raise ValueError(
            f"the distances are not Euclidean, as under {method} linkage a squared distance comes out negative; choose "
            "average linkage, which does without means"
        )
    return np.maximum(squares, 0)


def _demand_method(method: str) -> None:
    if method not in _COEFFICIENTS:
        raise ValueError(f"method must be one of {', '.join(_COEFFICIENTS)}, got {method!r}")


def _as_table(y: ArrayLike) -> Floats:
    table: Floats = check_array(y, dtype=np.float64, ensure_2d=False, input_name="y")
    if table.ndim == 1:
        _n_points(len(table))
        return _demand_distances(table, "y")
    if len(table) < 2:
        raise ValueError(f"y must hold at least two points, got shape {table.shape}")
    if _looks_like_distances(table):
        message = (
            "y looks like a square table of distances, but its rows are taken for points; pass "
            "scipy.spatial.distance.squareform(y) if it holds distances"
        )
        warn_user(message, UserWarning)
    return table


def _looks_like_distances(table: Floats) -> bool:
    square = table.shape[0] == table.shape[1]
    return square and not np.diagonal(table).any() and table.min() >= 0 and np.allclose(table, table.T)


def _n_points(length: int) -> int:
    n = round((1 + np.sqrt(1 + 8 * length)) / 2)
    if n * (n - 1) // 2 != length:
        raise ValueError(
            f"y must have n (n - 1) / 2 entries, one for each pair of n points, got {length}; pass points as a table "
            "of shape (n, n_features)"
        )
    return int(n)


def _demand_distances(y: Floats, name: str) -> Floats:
    least, greatest = y.min(), y.max()
    if not (np.isfinite(least) and np.isfinite(greatest)):
        raise ValueError(f"the distances of {name} are not finite: too large for float64, or not defined by the metric")
    if least < 0:
        raise ValueError(f"{name} must hold distances, which are not negative, got {least}")
    demand_summable(greatest, name)
    return y


def _as_distances_of(n: int, Y: ArrayLike) -> Floats:
    distances: Floats = check_array(Y, dtype=np.float64, ensure_2d=False, input_name="Y")
    if distances.shape != (n * (n - 1) // 2,):
        raise ValueError(
            f"Y must have shape ({n * (n - 1) // 2},), one distance for each pair of {n} points, got {distances.shape}"
        )
    return distances


def _as_tree(Z: ArrayLike) -> Tree:
    """Return the tree of a linkage matrix, after a check that it is one."""
    if isinstance(Z, BaseEstimator):
        raise TypeError(f"Z must be a tree of merges, got {type(Z).__name__}; pass the tree that linkage returns")
    table: Floats = check_array(Z, dtype=np.float64, input_name="Z")
    if table.shape[1] != 4:
        raise ValueError(f"Z must have 4 columns: two clusters, their distance, their size; got shape {table.shape}")
    n = len(table) + 1
    children = table[:, :2].astype(np.intp)
    if np.any(children != table[:, :2]) or not np.array_equal(np.sort(children, axis=None), np.arange(2 * n - 2)):
        raise ValueError(f"Z[:, :2] must hold each of the clusters 0 to {2 * n - 3} once")
    late = np.flatnonzero(children.max(axis=1) >= np.arange(n, 2 * n - 1))
    if late.size:
        i = int(late[0])
        raise ValueError(f"Z[{i}] must join clusters that exist, 0 to {n + i - 1}, got {children[i].max()}")
    if table[:, 2].min() < 0:
        raise ValueError(f"Z[:, 2] must hold distances, which are not negative, got {table[:, 2].min()}")
    sizes = np.concatenate([np.ones(n), table[:, 3]])
    wrong = np.flatnonzero(sizes[children].sum(axis=1) != table[:, 3])
    if wrong.size:
        i = int(wrong[0])
        size = sizes[children[i]].sum()
        raise ValueError(f"Z[{i}, 3] must be {size:g}, the number of points in the cluster, got {table[i, 3]:g}")
    return Tree(children, table[:, 2], sizes.astype(np.intp))
