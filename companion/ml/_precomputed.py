"""The check of a table of distances that the caller brings along (`metric="precomputed"`)."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import issparse

# Distances that two formulas give for one pair may differ by this share of the largest distance.
_ROUNDING = 1e-8
# Sums of this many distances, and squares of their shares, stay in the range of float64.
LARGEST = 1e300


def demand_table(D: Any, name: str) -> None:
    """Complain where distances come in a row, as `scipy.spatial.distance.pdist` returns them."""
    if np.ndim(D) == 1:
        raise ValueError(
            f"{name} must be a square table of distances, the distance of each point to each, got shape {np.shape(D)}; "
            "scipy.spatial.distance.squareform makes one of what pdist returns"
        )


def demand_square(D: Any, name: str) -> None:
    """Complain where a finite array or sparse table is not square, or holds a negative number."""
    if D.shape[0] != D.shape[1]:
        raise ValueError(f"{name} must be square, the distance of each point to each, got shape {D.shape}")
    entries = D.data if issparse(D) else D
    if entries.size and entries.min() < 0:
        raise ValueError(f"{name} must hold distances, which are not negative, got {entries.min()}")


def demand_summable(greatest: float, name: str) -> None:
    """Complain where the greatest of some distances is so large that sums of them would leave the range of float64."""
    if greatest > LARGEST:
        raise ValueError(
            f"{name} must hold distances of at most {LARGEST:g}, so that their sums stay in float64, got {greatest:g}; "
            "scale it down"
        )


def demand_distances(D: Any, name: str) -> None:
    """Complain where a finite array or sparse table is not square, symmetric and zero on the diagonal."""
    demand_square(D, name)
    entries = D.data if issparse(D) else D
    slack = _ROUNDING * entries.max(initial=0)
    diagonal: NDArray[Any] = D.diagonal()
    if diagonal.max(initial=0) > slack:
        i = int(diagonal.argmax())
        raise ValueError(
            f"{name} must hold distances, so {name}[{i}, {i}] must be 0, got {diagonal[i]}; turn similarities into "
            f"distances first, for example into 1 - {name}"
        )
    # NumPy has no difference of truth values.
    gap = D != D.T if D.dtype == bool else abs(D - D.T)
    if gap.max() > slack:
        i, j = (int(index) for index in np.unravel_index(gap.argmax(), D.shape))
        repair = f"{name}.maximum({name}.T)" if issparse(D) else f"({name} + {name}.T) / 2"
        raise ValueError(
            f"{name} must be symmetric, but {name}[{i}, {j}] is {D[i, j]} and {name}[{j}, {i}] is {D[j, i]}; "
            f"a distance has no direction: take {repair} if that is what you mean"
        )
