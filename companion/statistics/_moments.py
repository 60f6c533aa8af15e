"""Moments, skewness and kurtosis of data, in two passes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_integers, as_nonnegative, as_real, as_real_array
from companion.statistics._zscore import zscore

_Floats = NDArray[np.float64]


def moment(a: ArrayLike, order: ArrayLike = 1, axis: int | None = 0, *, center: float | None = None) -> Any:
    r"""Moment of data: the mean of a power of the distances from a centre.

    Parameters
    ----------
    a : array_like
        Data in any unit, with at least one axis and one value.
    order : int or array_like of int, shape (k,), default 1
        The power, 0 or more; or several of them.
    axis : int or None, default 0
        Axis along which to average: 0 treats each column of a data matrix (samples, features) by itself, None the
        whole array as one sample.
    center : float or None, default None
        The centre c: 0 for raw moments; None for the mean, which gives central moments.

    Returns
    -------
    float or ndarray
        The moment, in the unit of the data to the power of the order. For several orders they are the first axis.

    Raises
    ------
    TypeError
        If `a` or `center` does not hold real numbers, or `order` or `axis` is not an integer.
    ValueError
        If `a` is a single number, empty, or holds nan or infinity, `order` is negative or has two dimensions, `axis` is
        none of its axes, or a power overflows.

    See Also
    --------
    skew, kurtosis : the third and the fourth central moment without unit.
    companion.probability.moments_from_mgf : the moments of a distribution.

    Notes
    -----
    .. math:: \frac1n \sum_{i=1}^{n} (x_i - c)^k

    The divisor is n for every order. The rounding error of the mean is subtracted as well (it is the mean of the
    deviations), so that data far from 0 lose no digits.

    References
    ----------
    G. Casella and R. L. Berger, Statistical Inference, 2nd ed., 2002, sec. 2.3.

    Examples
    --------
    >>> float(moment([1, 2, 3, 4, 5], 2)), float(moment([1, 2, 3, 4, 5], 2, center=0))
    (2.0, 11.0)
    >>> moment([0, 0, 0, 4], [1, 2, 3, 4]).tolist()
    [0.0, 3.0, 6.0, 21.0]
    """
    a = as_real_array(a, "a")
    if axis is None:
        a, axis = a.ravel(), 0
    axis = as_axis(axis, a.ndim, "a") % a.ndim - a.ndim  # counted from the end, where it stays
    if a.size == 0:
        raise ValueError(f"a must hold at least one value along axis {axis}, got shape {a.shape}")
    order = _as_orders(order)
    with np.errstate(over="ignore", invalid="ignore"):  # complained about below
        deviations = a - (a.mean(axis=axis, keepdims=True) if center is None else as_real(center, "center"))
        if center is None:
            deviations -= deviations.mean(axis=axis, keepdims=True)
        value = np.asarray(np.mean(deviations ** order.reshape(order.shape + (1,) * a.ndim), axis=axis))
    if center is None:
        value[order == 1] = 0  # but for rounding it is
    if not np.isfinite(value).all():
        raise ValueError("a must have powers below 1.8e308, got an overflow; divide the data by a constant")
    return value[()]


def skew(a: ArrayLike, axis: int | None = 0, bias: bool = True) -> Any:
    r"""Skewness of data: the mean of the cubes of their z-scores. It is positive if the long tail is on the right.

    Parameters
    ----------
    a : array_like
        Data in any unit, with at least two values along `axis` that are not all equal.
    axis : int or None, default 0
        Axis along which to average: 0 treats each column of a data matrix (samples, features) by itself, None the
        whole array as one sample.
    bias : bool, default True
        If False, the third cumulant and the variance are replaced by their unbiased estimates (the ratio is still
        biased, but less so); there must be at least three values then.

    Returns
    -------
    float or ndarray
        The skewness, without a unit; 0 for data that are symmetric about their mean.

    Raises
    ------
    TypeError
        If `a` does not hold real numbers, or `axis` is not an integer.
    ValueError
        If `a` is a single number, empty, holds nan or infinity, does not vary along `axis` or has too few values there,
        or `axis` is none of its axes. (SciPy returns nan for data that do not vary, the biased value for too few.)

    See Also
    --------
    kurtosis : the next power.

    Notes
    -----
    .. math:: g_1 = \frac1n \sum_{i=1}^{n} z_i^3 = \frac{m_3}{m_2^{3/2}}, \qquad
              G_1 = \frac{\sqrt{n (n - 1)}}{n - 2}\, g_1

    with the central moments :math:`m_k`; the second is for ``bias=False``. No sample exceeds :math:`|g_1| = (n - 2) /
    \sqrt{n - 1}`.

    References
    ----------
    D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47, 1998.

    Examples
    --------
    >>> round(float(skew([0, 0, 0, 4])), 6), float(skew([1, 2, 3]))
    (1.154701, 0.0)
    """
    z = zscore(a, axis)
    n = _number(z, axis, "skew", 1 if bias else 3)
    g1 = np.mean(z * z**2, axis=axis)  # not z**3: a power may round -z and z differently
    return g1 if bias else g1 * np.sqrt(n * (n - 1)) / (n - 2)


def kurtosis(a: ArrayLike, axis: int | None = 0, fisher: bool = True, bias: bool = True) -> Any:
    r"""Kurtosis of data: the mean of the fourth powers of their z-scores, minus 3. Large values mean heavy tails.

    Parameters
    ----------
    a : array_like
        Data in any unit, with at least two values along `axis` that are not all equal.
    axis : int or None, default 0
        Axis along which to average: 0 treats each column of a data matrix (samples, features) by itself, None the
        whole array as one sample.
    fisher : bool, default True
        If True, 3 is subtracted: *excess* kurtosis, 0 for the normal law. If False, it is not.
    bias : bool, default True
        If False, the fourth cumulant and the variance are replaced by their unbiased estimates (the ratio is still
        biased, but less so); there must be at least four values then.

    Returns
    -------
    float or ndarray
        The kurtosis, without a unit.

    Raises
    ------
    TypeError
        If `a` does not hold real numbers, or `axis` is not an integer.
    ValueError
        If `a` is a single number, empty, holds nan or infinity, does not vary along `axis` or has too few values there,
        or `axis` is none of its axes. (SciPy returns nan for data that do not vary, the biased value for too few.)

    See Also
    --------
    skew : the power before.

    Notes
    -----
    .. math:: g_2 = \frac1n \sum_{i=1}^{n} z_i^4 - 3 = \frac{m_4}{m_2^2} - 3, \qquad
              G_2 = \frac{n - 1}{(n - 2)(n - 3)} \bigl((n + 1)\, g_2 + 6\bigr)

    with the central moments :math:`m_k`; the second is for ``bias=False``. The mean of :math:`z^4` is at least 1, the
    square of the mean of :math:`z^2`, and attains it if all z-scores are 1 or -1.

    References
    ----------
    D. N. Joanes and C. A. Gill, Comparing measures of sample skewness and kurtosis, The Statistician 47, 1998.

    Examples
    --------
    >>> float(kurtosis([-1, 1])), float(kurtosis([-1, 1], fisher=False))
    (-2.0, 1.0)
    >>> round(float(kurtosis([0, 0, 0, 0, 0, 0, 0, 0, 0, 1])), 6)
    5.111111
    """
    z = zscore(a, axis)
    n = _number(z, axis, "kurtosis", 1 if bias else 4)
    g2 = np.mean(z**4, axis=axis) - 3
    if not bias:
        g2 = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)
    return g2 if fisher else g2 + 3


def _as_orders(order: ArrayLike) -> NDArray[np.integer]:
    orders = as_integers(order, "order")
    as_nonnegative(orders, "order")
    if orders.ndim > 1 or orders.size == 0:
        raise ValueError(f"order must be an integer or a list of at least one, got shape {orders.shape}")
    return orders


def _number(z: _Floats, axis: int | None, name: str, least: int) -> int:
    """Return how many values are averaged; complain if they are too few."""
    n = z.size if axis is None else z.shape[axis]
    if n < least:
        raise ValueError(f"a must hold at least {least} values along axis {axis} for {name} with bias=False, got {n}")
    return n
