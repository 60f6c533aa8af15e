"""Pairs of points within a distance: all at once where memory has room for them, else block by block."""

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import SparseEfficiencyWarning
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from sklearn.neighbors import NearestNeighbors

Floats = NDArray[np.floating[Any]]
Indices = NDArray[np.intp]
Pairs = tuple[Indices, Indices]

# Pairs found at a time: some 300 MB, however many there are in all.
_BLOCK_SIZE = 2**22


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

    def __init__(
        self, find: Callable[[Indices], Pairs], blocks: list[Indices], counts: NDArray[np.integer[Any]] | None = None
    ) -> None:
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
    # In the order of the leaves the points of a block lie together; a new block begins where one is full.
    cuts = np.flatnonzero(np.diff(np.cumsum(counts[tree.indices]) // _BLOCK_SIZE)) + 1
    return PairSearch(partial(_find_by_tree, tree, eps, power), np.split(tree.indices, cuts), counts)


def pairs_by_rows(finder: "NearestNeighbors", X: Any) -> PairList | PairSearch:
    """Find the points within the radius of a *finder* that was fitted to X, in any metric that it knows."""
    n_samples = X.shape[0]
    height = max(1, _BLOCK_SIZE // n_samples)
    find = partial(_find_by_rows, finder, X)
    if n_samples > height:
        return PairSearch(find, np.split(np.arange(n_samples), range(height, n_samples, height)))
    i, j = find(np.arange(n_samples))
    once = i < j
    return PairList(i[once], j[once], n_samples)


def _find_by_tree(tree: KDTree, eps: float, power: float, rows: Indices) -> Pairs:
    found = KDTree(tree.data[rows]).sparse_distance_matrix(tree, eps, p=power, output_type="ndarray")
    return rows[found["i"]], found["j"]


def _find_by_rows(finder: "NearestNeighbors", X: Any, rows: Indices) -> Pairs:
    found = finder.radius_neighbors(X[rows], return_distance=False)
    return np.repeat(rows, [len(neighbors) for neighbors in found]), np.concatenate(found)


def demand_representable(X: Floats, eps: float, power: float) -> None:
    """Complain where the powers of distances, which are what is compared, leave the range of float64."""
    exponent = 1 if np.isinf(power) else power
    with np.errstate(over="ignore", under="ignore"):
        bound = float(np.power(float(eps), exponent))
        extent = np.abs(X).max() * 2 * X.shape[1] ** (1 / exponent)
        farthest = float(np.power(extent, exponent))
    if not 1e-300 < bound < np.inf:
        raise ValueError(f"eps={eps} is out of reach: eps ** {exponent} is {bound} in float64; scale X and eps alike")
    if np.isinf(farthest):
        raise ValueError(f"X is too large: distances to the power of {exponent} overflow float64; scale X and eps down")


def with_diagonal(D: Any) -> Any:
    """Store the zeros of a sparse diagonal, as each point is its own neighbour, and sort the rows for the search."""
    from sklearn.neighbors import sort_graph_by_row_values

    D = D.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SparseEfficiencyWarning)
        D.setdiag(D.diagonal())
    return sort_graph_by_row_values(D, warn_when_not_sorted=False)
