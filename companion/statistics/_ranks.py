"""Ranks: the places of numbers in sorted order, with rules for ties."""

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_real_array

_Method = Literal["average", "min", "max", "dense", "ordinal"]


def rankdata(a: ArrayLike, method: _Method = "average", *, axis: int | None = None) -> NDArray[Any]:
    r"""Give each number its place in the sorted order, from 1 for the smallest.

    Parameters
    ----------
    a : array_like
        Numbers to rank, in any unit.
    method : {"average", "min", "max", "dense", "ordinal"}, default "average"
        What equal numbers get: the mean of the places that they share (mid-rank), the first of them, the last of them,
        one number more than the next smaller value ("dense"), or different places in the order of appearance.
    axis : int or None, default None
        The axis along which to rank; with None the array is flattened first.

    Returns
    -------
    ranks : ndarray of float for "average", else of int
        In the shape of `a`, or of shape (n,) if `axis` is None.

    Raises
    ------
    TypeError
        If `a` does not hold real numbers, or `axis` is not an integer.
    ValueError
        If a value is nan or infinite, `method` is unknown, or there is no such axis. (SciPy returns nan for nan.)

    See Also
    --------
    spearmanr : the correlation of ranks.
    scipy.stats.rankdata : the same.

    Notes
    -----
    Without ties all methods agree. Mid-ranks keep the sum of the ranks at :math:`n (n + 1)/2`. Integers are compared as
    integers, so that large ones which become equal as floats are no ties.

    References
    ----------
    M. G. Kendall and J. D. Gibbons, Rank Correlation Methods, 5th ed., 1990, ch. 3.

    Examples
    --------
    >>> [rankdata([30, 10, 20, 20], method).tolist() for method in ("average", "min", "max", "dense", "ordinal")]
    [[4.0, 1.0, 2.5, 2.5], [4, 1, 2, 2], [4, 1, 3, 3], [3, 1, 2, 2], [4, 1, 2, 3]]
    """
    x = as_real_array(a, "a")
    if np.asarray(a).dtype.kind in "iu":
        x = np.asarray(a)
    if axis is None:
        x, axis = x.ravel(), 0
    x = np.moveaxis(x, as_axis(axis, x.ndim, "a"), -1)
    order = np.argsort(x, axis=-1, kind="stable")
    ranks = _ranks_of_sorted(np.take_along_axis(x, order, axis=-1), method)
    result = np.empty_like(ranks)
    np.put_along_axis(result, order, ranks, axis=-1)
    return np.moveaxis(result, -1, axis)


def _ranks_of_sorted(x: NDArray[Any], method: str) -> NDArray[Any]:
    place = np.broadcast_to(np.arange(1, x.shape[-1] + 1), x.shape)
    begins, ends = np.ones(x.shape, dtype=bool), np.ones(x.shape, dtype=bool)  # runs of equal numbers
    begins[..., 1:] = ends[..., :-1] = x[..., 1:] != x[..., :-1]
    if method == "ordinal":
        return place
    if method == "dense":
        return np.cumsum(begins, axis=-1)
    first = np.maximum.accumulate(np.where(begins, place, 0), axis=-1)
    last = np.minimum.accumulate(np.where(ends, place, x.shape[-1])[..., ::-1], axis=-1)[..., ::-1]
    if method == "average":
        return (first + last) / 2
    if method not in ("min", "max"):
        raise ValueError(f"method must be 'average', 'min', 'max', 'dense' or 'ordinal', got {method!r}")
    return first if method == "min" else last
