"""The usual numbers about a sample, in one call."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_axis, as_count, as_real_array
from companion.statistics._moments import kurtosis, skew


class DescribeResult(NamedTuple):
    """What `describe` returns."""

    nobs: int
    minmax: tuple[Any, Any]
    mean: Any
    variance: Any
    skewness: Any
    kurtosis: Any


def describe(a: ArrayLike, axis: int | None = 0, ddof: int = 1, bias: bool = True) -> DescribeResult:
    """Describe data: their number, extremes, mean, variance, skewness and kurtosis.

    Parameters
    ----------
    a : array_like
        Data in any unit, with at least two values along `axis` that are not all equal.
    axis : int or None, default 0
        Axis of the samples: 0 treats each column of a data matrix (samples, features) by itself, None the whole array
        as one sample.
    ddof : int, default 1
        The sum of squares is divided by n - ddof.
    bias : bool, default True
        Whether skewness and kurtosis are plain averages; if False they are corrected for bias.

    Returns
    -------
    DescribeResult
        `nobs`; `minmax`, a pair; `mean`; `variance`, in squared units; `skewness` and `kurtosis` (excess), without
        unit: each a number, or an ndarray without the axis.

    Raises
    ------
    TypeError
        If `a` does not hold real numbers, or `axis` or `ddof` is not an integer.
    ValueError
        If `a` is a single number, empty, holds nan or infinity, does not vary or has too few values along `axis`, or
        `ddof` is not below their number.

    See Also
    --------
    five_number_summary : extremes and quartiles.
    scipy.stats.describe : the same.

    References
    ----------
    G. Casella and R. L. Berger, Statistical Inference, 2nd ed., 2002, sec. 5.2.

    Examples
    --------
    >>> result = describe([30, 30, 30, 30, 30, 30, 30, 30, 500, 700])
    >>> result.nobs, float(result.mean), round(float(result.skewness), 4)
    (10, 144.0, 1.6356)
    """
    data = as_real_array(a, "a")
    axis = None if axis is None else as_axis(axis, data.ndim, "a")
    n = data.size if axis is None else data.shape[axis]
    if as_count(ddof, "ddof", minimum=0) >= n:
        raise ValueError(f"ddof must be below the number of values, {n}, got {ddof}")
    skewness = skew(data, axis, bias=bias)
    return DescribeResult(
        n,
        (data.min(axis=axis), data.max(axis=axis)),
        data.mean(axis=axis),
        np.var(data, axis=axis, ddof=ddof),
        skewness,
        kurtosis(data, axis, bias=bias),
    )
