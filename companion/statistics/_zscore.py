"""Standardising data: how many standard deviations each value lies above the mean."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_real_array

_Floats = NDArray[np.float64]


def zscore(a: ArrayLike, axis: int | None = 0, ddof: int = 0) -> _Floats:
    r"""Standardise data: subtract the mean and divide by the standard deviation, both taken along one axis.

    Parameters
    ----------
    a : array_like
        Data in any unit, with at least one axis and, along `axis`, at least two values that are not all equal.
    axis : int or None, default 0
        Axis along which to standardise: 0 treats each column of a data matrix (samples, features) by itself, None the
        whole array as one sample.
    ddof : int, default 0
        The sum of squares is divided by n - ddof, with n the number of values along `axis`.

    Returns
    -------
    ndarray, same shape as `a`
        The z-scores, without a unit. Along `axis` their mean is 0, and with ddof = 0 their variance is 1.

    Raises
    ------
    TypeError
        If `a` does not hold real numbers, or `axis` or `ddof` is not an integer.
    ValueError
        If `a` is a single number, empty, holds nan or infinity or does not vary along `axis`, `axis` is none of its
        axes, or `ddof` is not in 0, ..., n - 1. (For data that do not vary SciPy returns nan.)

    See Also
    --------
    companion.probability.norm : the law whose z-scores are standard normal.
    scipy.stats.zscore : the same, with nan where the data do not vary.

    Notes
    -----
    .. math:: z_i = \frac{x_i - \bar x}{s}, \qquad s^2 = \frac{1}{n - \mathrm{ddof}} \sum_{i=1}^{n} (x_i - \bar x)^2

    The rounding error of the mean is subtracted as well (it is the mean of the deviations), and the data are scaled by
    a power of two first. So the digits stay for data far from 0, and very large and very small numbers are no danger.

    References
    ----------
    P. A. Samuelson, How deviant can you be?, Journal of the American Statistical Association 63, 1968: with ddof = 0
    no z-score exceeds :math:`\sqrt{n - 1}`.

    Examples
    --------
    >>> zscore([60, 70, 80, 90, 100]).round(4).tolist()
    [-1.4142, -0.7071, 0.0, 0.7071, 1.4142]
    >>> zscore([[1.60, 50], [1.80, 90]]).round(4).tolist()
    [[-1.0, -1.0], [1.0, 1.0]]
    """
    a, axis = _as_data(a, axis)
    n = a.size if axis is None else a.shape[axis]
    if as_count(ddof, "ddof", minimum=0) >= n:
        raise ValueError(f"ddof must be less than the number of values along axis {axis}, {n}, got {ddof}")
    along: dict[str, Any] = {"axis": axis, "keepdims": True}
    _, exponent = np.frexp(np.abs(a).max(**along))
    scaled = np.ldexp(a, -exponent)
    deviations = scaled - scaled.mean(**along)
    deviations -= deviations.mean(**along)
    z: _Floats = deviations / np.sqrt((deviations**2).sum(**along) / (n - ddof))
    return z


def _as_data(a: ArrayLike, axis: Any) -> tuple[_Floats, int | None]:
    array = as_real_array(a, "a")
    if array.ndim == 0 or array.size == 0:
        raise ValueError(f"a must hold at least two values along an axis, got shape {array.shape}")
    if axis is not None:
        if isinstance(axis, (bool, np.bool_)) or not isinstance(axis, (int, np.integer)):
            raise TypeError(f"axis must be an integer or None, got {axis!r}")
        if not -array.ndim <= axis < array.ndim:
            raise ValueError(
                f"axis must be None or in {-array.ndim}, ..., {array.ndim - 1} for {array.ndim}-d data, got {axis}"
            )
    constant = np.atleast_1d(array.max(axis=axis) == array.min(axis=axis))
    if constant.any():
        where = "" if axis is None or array.ndim == 1 else f"; at {np.argwhere(constant)[0].tolist()} it is constant"
        raise ValueError(f"a must vary along axis {axis}, else its standard deviation is 0{where}")
    return array, axis
