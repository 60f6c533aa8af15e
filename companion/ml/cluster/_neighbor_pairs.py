"""Pairs of points within a distance: all at once where memory has room for them, else block by block."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse
from scipy.spatial import KDTree

from companion.ml._rows import row_blocks, squared_norms

if TYPE_CHECKING:
    from sklearn.neighbors import NearestNeighbors

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.intp]
Counts = NDArray[np.integer[Any]]
Pairs = tuple[Indices, Indices]

# Pairs found at a time: some 300 MB, however many there are in all.
_BLOCK_SIZE = 2**22
# Numbers in the table of the pairs in doubt, which are measured one by one: 2 MiB, which stay in the cache.
_CACHE_SIZE = 2**18


class PairList:
    """All pairs i < j of neighbours, as two arrays."""

    def __init__(self, i: Indices, j: Indices, n_samples: int) -> None:
        self.i, self.j, self.n_samples = i, j, n_samples

    def weigh(self, weights: Floats | None) -> Floats:
        """Sum the weights of each point and its neighbours, or count them."""
        mass = np.ones(self.n_samples) if weights is None else weights.copy()
        mass += np.bincount(self.i, None if weights is None else weights[self.j], self.n_samples)
        mass += np.bincount(self.j, None if weights is None else weights[self.i], self.n_samples)
        return mass

    def search(self, wanted: NDArray[np.bool_]) -> Iterator[Pairs]:
        """Yield the pairs with a wanted point, and others with them."""
        yield self.i, self.j


class PairSearch:
    """Pairs (i, j) of neighbours, each in both directions and i with itself, found anew at each call.

    `find` takes rows and returns their pairs, for not more rows at a time than a block has.
    """

    def __init__(self, find: Callable[[Indices], Pairs], blocks: list[Indices], counts: Counts | None = None) -> None:
        self.find, self.blocks, self.counts = find, blocks, counts
        self.n_samples = sum(map(len, blocks))

    def weigh(self, weights: Floats | None) -> Floats:
        """Sum the weights of the neighbours of each point, or count them."""
        if weights is None and self.counts is not None:
            return self.counts.astype(np.float64)
        mass = np.zeros(self.n_samples)
        for i, j in map(self.find, self.blocks):
            mass += np.bincount(i, None if weights is None else weights[j], self.n_samples)
        return mass

    def search(self, wanted: NDArray[np.bool_]) -> Iterator[Pairs]:
        """Yield the pairs (i, j) in which i is wanted, block by block."""
        for block in self.blocks:
            rows = block[wanted[block]]
            if rows.size:
                yield self.find(rows)


def pairs_by_tree(X: Floats, eps: float, power: float, leaf_size: int) -> PairList | PairSearch:
    """Find the points within *eps* by Minkowski's distance of that power with a k-d tree."""
    demand_representable(X, eps, power)
    tree = KDTree(X, leafsize=leaf_size)
    # Both count each pair twice.
    if len(X) ** 2 <= 2 * _BLOCK_SIZE or tree.count_neighbors(tree, eps, p=power) <= 2 * _BLOCK_SIZE:
        i, j = np.ascontiguousarray(tree.query_pairs(eps, p=power, output_type="ndarray").T)
        return PairList(i, j, len(X))
    counts = tree.query_ball_point(tree.data, eps, p=power, return_length=True)
    # In the order of the leaves the points of a block lie together.
    return PairSearch(partial(_find_by_tree, tree, eps, power), _cut(tree.indices, counts[tree.indices]), counts)


def pairs_by_products(X: Floats, bound: float) -> PairList | PairSearch:
    """Find the points whose squared Euclidean distance is at most *bound*, by a product of matrices for all pairs."""
    X = X.astype(np.float64, copy=False)
    centered = X - X.mean(axis=0)
    find = partial(_find_by_products, X, centered, squared_norms(centered), bound)
    return _collect(PairSearch(find, _cut_for_the_worst(len(X), _BLOCK_SIZE)))


def pairs_of_table(D: Any, eps: float) -> PairList | PairSearch:
    """List the pairs within *eps* in a table of distances; those that a sparse one does not store are far apart."""
    if not issparse(D):
        return _collect(PairSearch(partial(_find_in_table, D, eps), _cut_for_the_worst(len(D), _BLOCK_SIZE)))
    table = D.tocsr(copy=True)
    table.sum_duplicates()
    table = table.tocoo()
    near = (table.row < table.col) & (table.data <= eps)
    return PairList(table.row[near].astype(np.intp), table.col[near].astype(np.intp), D.shape[0])


def pairs_by_finder(finder: "NearestNeighbors", X: Any) -> PairList | PairSearch:
    """Find the points within the radius of a *finder* that was fitted to X, in any metric that it knows."""
    n_samples, tree = X.shape[0], finder._tree
    find = partial(_find_by_finder, finder, X)
    # Without a tree the finder compares all with all, so that there is no cheaper way to count.
    if tree is None or n_samples**2 <= _BLOCK_SIZE:
        return _collect(PairSearch(find, _cut_for_the_worst(n_samples, _BLOCK_SIZE)))
    counts = tree.query_radius(X, finder.radius, count_only=True)
    return _collect(PairSearch(find, _cut(np.arange(n_samples), counts), counts))


def _cut(rows: Indices, counts: Counts) -> list[Indices]:
    """Cut rows into blocks; a new one begins where the neighbours of the rows before fill a block."""
    ends = np.flatnonzero(np.diff(np.cumsum(counts) // _BLOCK_SIZE)) + 1
    return np.split(rows, ends)


def _cut_for_the_worst(n_samples: int, size: int) -> list[Indices]:
    """Cut the rows into blocks that have *size* pairs if all points are neighbours of all."""
    height = max(1, size // n_samples)
    return np.split(np.arange(n_samples), range(height, n_samples, height))


def _collect(pairs: PairSearch) -> PairList | PairSearch:
    """Keep the pairs where memory has room for them all; else they are found anew each time."""
    found, room = [], _BLOCK_SIZE
    for i, j in map(pairs.find, pairs.blocks):
        once = i < j
        found.append(np.stack([i[once], j[once]]))
        room -= found[-1].shape[1]
        if room < 0:
            return pairs
    i, j = np.hstack(found)
    return PairList(i, j, pairs.n_samples)


def _find_by_tree(tree: KDTree, eps: float, power: float, rows: Indices) -> Pairs:
    found = KDTree(tree.data[rows]).sparse_distance_matrix(tree, eps, p=power, output_type="ndarray")
    return rows[found["i"]], found["j"]


def _find_by_products(X: Floats, centered: Floats, norms: Floats, bound: float, rows: Indices) -> Pairs:
    """Find the pairs with ||x - y||^2 = ||x||^2 - 2 x.y + ||y||^2 <= bound.

    Such a difference loses the digits of points that are near each other and far from the mean. So this takes from each
    norm a share that is more than rounding can have added to it. Of the pairs within the bound, those that are beyond
    it with that share put on instead are in doubt, and are measured directly.
    """
    share = 4 * (X.shape[1] + 8) * np.finfo(np.float64).eps  # rounding grows with the number of terms of a sum
    least, ones = (1 - share) * norms, np.ones(len(X))
    # The norms are two more terms of each product: -2 x.y + ||x||^2 * 1 + 1 * ||y||^2.
    left = np.column_stack([-2 * centered[rows], least[rows], ones[rows]])
    squares = (left @ np.column_stack([centered, ones, least]).T).ravel()
    found = np.flatnonzero(squares <= bound)
    i, j = np.divmod(found, len(X))
    near = squares[found] + 2 * share * (norms[rows[i]] + norms[j]) <= bound
    doubtful = np.flatnonzero(~near)
    for block in row_blocks(len(doubtful), X.shape[1], _CACHE_SIZE):
        some = doubtful[block]
        near[some] = squared_norms(X[rows[i[some]]] - X[j[some]]) <= bound
    return rows[i[near]], j[near]


def _find_in_table(D: NDArray[Any], eps: float, rows: Indices) -> Pairs:
    i, j = np.nonzero(D[rows] <= eps)
    return rows[i], j


def _find_by_finder(finder: "NearestNeighbors", X: Any, rows: Indices) -> Pairs:
    found = finder.radius_neighbors(X[rows], return_distance=False)
    return np.repeat(rows, [len(neighbors) for neighbors in found]), np.concatenate(found)


def demand_representable(X: Floats, eps: float, power: float) -> None:
    """Complain where the powers of distances, which are what is compared, leave the range of float64."""
    exponent = 1 if np.isinf(power) else power
    with np.errstate(over="ignore", under="ignore"):
        bound = float(np.power(float(eps), exponent))
    if not 1e-300 < bound < np.inf:
        raise ValueError(f"eps={eps} is out of reach: eps ** {exponent} is {bound} in float64; scale X and eps alike")
    demand_finite_powers(X, exponent)


def demand_finite_powers(X: Floats, exponent: float) -> None:
    """Complain where powers of the distances of points overflow."""
    with np.errstate(over="ignore"):
        extent = float(np.abs(X).max()) * 2 * X.shape[1] ** (1 / exponent)
        farthest = float(np.power(extent, exponent))
    if np.isinf(farthest):
        raise ValueError(f"X is too large: distances to the power of {exponent} overflow float64; scale X and eps down")
