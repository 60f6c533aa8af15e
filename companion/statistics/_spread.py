"""Absolute deviations: the spread of data without squares."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from companion._validation import as_axis, as_positive, as_real, as_real_array

_Floats = NDArray[np.float64]
_Center = Callable[..., Any]


def mean_abs_deviation(x: ArrayLike, axis: int | None = 0, center: _Center | None = None) -> Any:
    r"""Mean absolute deviation: the average distance of data from their mean, or from another centre.

    Parameters
    ----------
    x : array_like
        Data in any unit, with at least one axis and one value.
    axis : int or None, default 0
        Axis along which to average: 0 treats each column of a data matrix (samples, features) by itself, None the
        whole array as one sample.
    center : callable, optional
        A function that is called as ``center(x, axis=axis)`` and returns the centres; the mean by default. For the
        average distance from the median pass ``np.median``.

    Returns
    -------
    float or ndarray
        The mean absolute deviation, in the unit of the data.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, `axis` is not an integer, or `center` is not callable.
    ValueError
        If `x` is a single number, empty, or holds nan or infinity, `axis` is none of its axes, `center` does not return
        one number for each sample, or a difference overflows.

    See Also
    --------
    median_abs_deviation : the median of the distances from the median, which shares the letters MAD.

    Notes
    -----
    .. math:: \frac1n \sum_{i=1}^{n} \lvert x_i - \bar x \rvert

    It is never larger than the standard deviation (with the divisor n), the root mean square of the same distances.

    References
    ----------
    P. J. Huber and E. M. Ronchetti, Robust Statistics, 2nd ed., 2009, sec. 1.1.

    Examples
    --------
    >>> float(mean_abs_deviation([1, 2, 3, 4, 5]))
    1.2
    >>> mean_abs_deviation([[1, 10], [3, 50]]).tolist()
    [1.0, 20.0]
    """
    distances, axis = _distances(x, axis, np.mean if center is None else center)
    with np.errstate(over="ignore"):  # complained about in the next line
        return _finite(distances.mean(axis=axis))


def median_abs_deviation(
    x: ArrayLike,
    axis: int | None = 0,
    center: _Center | None = None,
    scale: float | Literal["normal"] = 1.0,
) -> Any:
    r"""Median absolute deviation (MAD): the median distance of data from their median, a robust measure of spread.

    Parameters
    ----------
    x : array_like
        Data in any unit, with at least one axis and one value.
    axis : int or None, default 0
        Axis along which to take medians: 0 treats each column of a data matrix (samples, features) by itself, None the
        whole array as one sample.
    center : callable, optional
        A function that is called as ``center(x, axis=axis)`` and returns the centres; the median by default.
    scale : float or 'normal', default 1.0
        The number to divide by, above 0. For 'normal' it is :math:`\Phi^{-1}(3/4) \approx 0.6745`; the result then
        estimates the standard deviation of normal data.

    Returns
    -------
    float or ndarray
        The median absolute deviation, in the unit of the data. It is 0 if more than half of the values are equal.

    Raises
    ------
    TypeError
        If `x` or `scale` does not hold real numbers, `axis` is not an integer, or `center` is not callable.
    ValueError
        If `x` is a single number, empty, or holds nan or infinity, `axis` is none of its axes, `center` does not return
        one number for each sample, a difference overflows, or `scale` is neither 'normal' nor above 0.

    See Also
    --------
    mean_abs_deviation : the mean of the distances from the mean.
    scipy.stats.median_abs_deviation : the same.

    Notes
    -----
    .. math:: \operatorname{median}_i \lvert x_i - \operatorname{median}(x) \rvert

    Half of the values lie within this distance of the median. Nearly half of the values can be wrong, however wildly,
    before it can exceed all bounds (breakdown point 1/2).

    References
    ----------
    P. J. Rousseeuw and C. Croux, Alternatives to the median absolute deviation, Journal of the American Statistical
    Association 88, 1993.

    Examples
    --------
    >>> float(median_abs_deviation([1, 2, 3, 4, 5])), float(median_abs_deviation([1, 2, 3, 4, 100]))
    (1.0, 1.0)
    >>> round(float(median_abs_deviation([1, 2, 3, 4, 5], scale="normal")), 4)
    1.4826
    """
    divisor = ndtri(0.75) if isinstance(scale, str) and scale == "normal" else _as_scale(scale)
    distances, axis = _distances(x, axis, np.median if center is None else center)
    return np.median(distances, axis=axis) / divisor


def _distances(x: ArrayLike, axis: int | None, center: _Center) -> tuple[_Floats, int]:
    """Return how far each value is from the centre of its sample, and the axis along which the samples lie."""
    x = as_real_array(x, "x")
    if axis is None:
        x, axis = x.ravel(), 0
    axis = as_axis(axis, x.ndim, "x")
    if x.size == 0:
        raise ValueError(f"x must hold at least one value along axis {axis}, got shape {x.shape}")
    if not callable(center):
        raise TypeError(f"center must be a function such as numpy.median, got {center!r}")
    with np.errstate(over="ignore", invalid="ignore"):  # complained about below
        middle = np.asarray(center(x.copy(), axis=axis), dtype=np.float64)
        wanted = x.shape[:axis] + x.shape[axis:][1:]
        if middle.shape != wanted:
            raise ValueError(f"center must return an array of shape {wanted}, got {middle.shape}")
        distances = np.abs(x - np.expand_dims(middle, axis))
    return _finite(distances), axis


def _finite(distances: Any) -> Any:
    if not np.isfinite(distances).all():
        raise ValueError("x must have finite distances from its center; if they overflow, divide it by a constant")
    return distances


def _as_scale(scale: Any) -> float:
    if isinstance(scale, str):
        raise ValueError(f"scale must be 'normal' or a positive number, got {scale!r}")
    as_positive(scale, "scale")
    return as_real(scale, "scale")
