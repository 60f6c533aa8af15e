"""What is done with the rows of a table: their squared norms, and the table in slices that fit into the cache."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray


def squared_norms(X: NDArray[Any]) -> NDArray[Any]:
    """Return the squared length of each row."""
    norms: NDArray[Any] = np.einsum("ij,ij->i", X, X)
    return norms


def row_blocks(n_rows: int, width: int, size: int, least: int = 1) -> Iterator[slice]:
    """Cut the rows of a table with *width* columns into slices of about *size* entries, and *least* rows or more."""
    height = max(least, size // max(width, 1))
    return (slice(start, start + height) for start in range(0, n_rows, height))
