"""Areas under curves: sums of rectangles, and the rules of trapezoids and parabolas for sampled values."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_count, as_real, as_real_array

_Floats = NDArray[np.float64]
# Where in its strip, from 0 at the left edge to 1 at the right one, each method reads off the height.
_PLACES = {"left": 0.0, "midpoint": 0.5, "right": 1.0}


def riemann_sum(
    f: Callable[[Any], Any],
    a: float,
    b: float,
    n: int,
    method: Literal["left", "midpoint", "right"] = "midpoint",
) -> float:
    r"""Integral of a function as the sum of n rectangles of equal width.

    Parameters
    ----------
    f : callable
        The function; it gets all n points as one array, and returns as many heights, or one for all.
    a, b : float
        Where the integral begins and ends. If b < a, it counts with the other sign.
    n : int
        Number of strips, at least 1.
    method : {"midpoint", "left", "right"}, default "midpoint"
        Where in its strip the height of a rectangle is taken.

    Returns
    -------
    float
        The signed area, in the unit of f times that of x: what lies below the axis counts negative.

    Raises
    ------
    TypeError
        If `f` cannot be called, or `n` is no integer.
    ValueError
        If a number or a height is nan or infinite, `n` is less than 1, `f` returns another number of heights, or
        `method` is unknown.

    See Also
    --------
    trapezoid, simpson : rules for values at given points.
    scipy.integrate.quad : chooses its points by itself, to reach a given accuracy.

    Notes
    -----
    .. math:: \int_a^b f(x)\,dx \approx \sum_{i=1}^n f(x_i)\,\Delta x, \qquad \Delta x = \frac{b - a}{n}

    For a smooth f the error of the midpoints falls like :math:`\Delta x^2`, that of the edges like :math:`\Delta x`.

    References
    ----------
    J. Stewart, Calculus: Early Transcendentals, 8th ed., 2016, sec. 5.2 and 7.7.

    Examples
    --------
    >>> [riemann_sum(lambda x: x**2, 0, 1, 4, method) for method in ("left", "midpoint", "right")]
    [0.21875, 0.328125, 0.46875]
    """
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}")
    if method not in _PLACES:
        raise ValueError(f"method must be 'left', 'midpoint' or 'right', got {method!r}")
    start, end, strips = as_real(a, "a"), as_real(b, "b"), as_count(n, "n")
    width = (end - start) / strips
    x = start + (np.arange(strips) + _PLACES[method]) * width
    heights = as_real_array(f(x), "the values of f")
    if heights.shape not in ((), x.shape):
        raise ValueError(f"f must return one height for each of the {strips} points, got shape {heights.shape}")
    return float(np.broadcast_to(heights, x.shape).sum() * width)


def trapezoid(y: ArrayLike, x: ArrayLike | None = None, dx: float = 1.0, axis: int = -1) -> Any:
    r"""Integral of sampled values by the trapezoidal rule.

    Parameters
    ----------
    y : array_like
        Values of a function, shape (..., n, ...).
    x : array_like, optional
        The points where it has them: shape (n,), or one of two or more dimensions that broadcasts to that of y; in any
        order, for a curve that turns back.
    dx : float, default 1.0
        The distance of neighbouring points, if x is None.
    axis : int, default -1
        The axis along which the points lie.

    Returns
    -------
    float or ndarray
        The integral, in the unit of y times that of x; for an array of curves, one for each.

    Raises
    ------
    ValueError
        If a number is nan or infinite, there is no point, or x fits y neither in length nor in shape.

    See Also
    --------
    cumulative_trapezoid : the integral up to each point.
    simpson : with parabolas in place of lines.
    scipy.integrate.trapezoid : the same; it takes complex values, too.

    Notes
    -----
    .. math:: \int_{x_0}^{x_n} f(x)\,dx \approx \sum_{i=1}^{n} \frac{y_{i-1} + y_i}{2}\,(x_i - x_{i-1})

    With equal distances h the error is :math:`-\tfrac{b - a}{12} h^2 f''(\xi)` for some :math:`\xi` in between.

    References
    ----------
    P. J. Davis and P. Rabinowitz, Methods of Numerical Integration, 2nd ed., 1984, sec. 2.1.

    Examples
    --------
    >>> float(trapezoid([0, 1, 4, 9]))
    9.5
    >>> float(trapezoid([4, 1, 0, 1, 4], x=[-2, -1, 0, 1, 2]))
    6.0
    """
    values, widths = _samples(y, x, dx, axis, broadcast=True)
    return _areas(values, widths).sum(axis=-1)[()]


def cumulative_trapezoid(
    y: ArrayLike, x: ArrayLike | None = None, dx: float = 1.0, axis: int = -1, initial: float | None = None
) -> _Floats:
    """Integral of sampled values up to each point, by the trapezoidal rule.

    Parameters
    ----------
    y : array_like
        Values of a function, shape (..., n, ...).
    x : array_like, optional
        The points where it has them: shape (n,), or the shape of y.
    dx : float, default 1.0
        The distance of neighbouring points, if x is None.
    axis : int, default -1
        The axis along which the points lie.
    initial : {None, 0}, optional
        0 puts the integral up to the first point, 0, before the others.

    Returns
    -------
    ndarray
        The integrals from the first point to the second, the third, ..., the last: n - 1 along the axis; n with
        `initial`.

    Raises
    ------
    ValueError
        If a number is nan or infinite, there is no point, x does not fit y, or `initial` is neither None nor 0.

    See Also
    --------
    trapezoid : the last of them.
    scipy.integrate.cumulative_trapezoid : the same.

    Notes
    -----
    A sampled antiderivative, the one that is 0 at the first point.

    Examples
    --------
    >>> cumulative_trapezoid([0, 1, 2, 3], initial=0).tolist()
    [0.0, 0.5, 2.0, 4.5]
    """
    values, widths = _samples(y, x, dx, axis)
    sums: _Floats = np.cumsum(_areas(values, widths), axis=-1)
    if initial is not None:
        if as_real(initial, "initial") != 0:
            raise ValueError(f"initial must be None or 0, got {initial}; add a constant to the result instead")
        sums = np.concatenate([np.zeros((*sums.shape[:-1], 1)), sums], axis=-1)
    return np.moveaxis(sums, -1, axis)


def simpson(y: ArrayLike, x: ArrayLike | None = None, *, dx: float = 1.0, axis: int = -1) -> Any:
    r"""Integral of sampled values by Simpson's rule: parabolas through three points each.

    Parameters
    ----------
    y : array_like
        Values of a function, shape (..., n, ...).
    x : array_like, optional
        The points where it has them: shape (n,), or the shape of y. They must rise, or fall, from each to the next.
    dx : float, default 1.0
        The distance of neighbouring points, if x is None.
    axis : int, default -1
        The axis along which the points lie.

    Returns
    -------
    float or ndarray
        The integral, in the unit of y times that of x; for an array of curves, one for each.

    Raises
    ------
    ValueError
        If a number is nan or infinite, there is no point, x fits y neither in length nor in shape, or x stands still or
        turns back.

    See Also
    --------
    trapezoid : for functions with kinks, and for whole periods of periodic ones.
    scipy.integrate.simpson : the same, except that it takes points that stand still or turn back.

    Notes
    -----
    The parabola through three points with the distances h and k = r h has the integral

    .. math:: \frac{h + k}{6} \left[ (2 - r)\,y_0 + \left(2 + r + \tfrac1r\right) y_1
              + \left(2 - \tfrac1r\right) y_2 \right], \qquad
              \frac h3 \left[ y_0 + 4 y_1 + y_2 \right] \text{ if } r = 1.

    With equal distances h the error is :math:`-\tfrac{b - a}{180} h^4 f''''(\xi)` for some :math:`\xi` in between. If
    the number of points is even, one strip is left over: it gets the parabola of the last three points, as in
    Cartwright's paper. Two points have but a line.

    References
    ----------
    P. J. Davis and P. Rabinowitz, Methods of Numerical Integration, 2nd ed., 1984, sec. 2.2. K. V. Cartwright,
    Simpson's rule cumulative integration with MS Excel and irregularly-spaced data, Journal of Mathematical Sciences
    and Mathematics Education 12(2), 2017.

    Examples
    --------
    >>> float(simpson([0, 1, 8], dx=1.0))
    4.0
    >>> round(float(simpson([0, 1, 9], x=[0, 1, 3])), 12)
    9.0
    """
    values, widths = _samples(y, x, dx, axis)
    if not np.all((widths > 0).all(axis=-1) | (widths < 0).all(axis=-1)):
        raise ValueError("x must rise or fall from each point to the next along the axis (dx must not be 0)")
    if values.shape[-1] < 3:
        return _areas(values, widths).sum(axis=-1)[()]
    end = widths.shape[-1] // 2 * 2  # the strips that have a partner
    h, k = widths[..., 0:end:2], widths[..., 1:end:2]
    y0, y1, y2 = values[..., 0:end:2], values[..., 1:end:2], values[..., 2 : end + 1 : 2]
    r = k / h
    total = ((h + k) / 6 * ((2 - r) * y0 + (2 + r + 1 / r) * y1 + (2 - 1 / r) * y2)).sum(axis=-1)
    return (total if end == widths.shape[-1] else total + _last_strip(values, widths))[()]


def _last_strip(values: _Floats, widths: _Floats) -> _Floats:
    """Return the integral over the last strip of the parabola through the last three points."""
    y0, y1, y2 = values[..., -3], values[..., -2], values[..., -1]
    k, r = widths[..., -1], widths[..., -1] / widths[..., -2]
    return np.asarray(k / 6 * ((2 * r + 3) / (r + 1) * y2 + (r + 3) * y1 - r**2 / (r + 1) * y0))


def _areas(values: _Floats, widths: _Floats) -> _Floats:
    """Return the areas of the trapezoids."""
    return widths * (values[..., :-1] + values[..., 1:]) / 2


def _samples(
    y: ArrayLike, x: ArrayLike | None, dx: float, axis: int, *, broadcast: bool = False
) -> tuple[_Floats, _Floats]:
    """Return the values, shape (..., n), and the signed widths of the strips, shape (..., n - 1), or (n - 1,)."""
    values = as_real_array(y, "y")
    values = np.moveaxis(values, as_axis(axis, values.ndim, "y"), -1)
    n = values.shape[-1]
    if n == 0:
        raise ValueError("y must have at least one point along the axis, got none")
    if x is None:
        return values, np.full(n - 1, as_real(dx, "dx"))
    points = as_real_array(x, "x")
    if broadcast and points.ndim > 1:  # as SciPy's trapezoid does, and none of its other rules
        points = _broadcast(points, np.shape(y))
    if points.ndim > 1 and points.shape == np.shape(y):
        points = np.moveaxis(points, axis, -1)
    elif points.shape != (n,):
        raise ValueError(f"x must have shape ({n},), or that of y, {np.shape(y)}; got {points.shape}")
    return values, np.diff(points, axis=-1)


def _broadcast(points: _Floats, shape: tuple[int, ...]) -> _Floats:
    """Return the points in the shape of y, as one column of them for many columns of values."""
    try:
        return np.broadcast_to(points, shape)
    except ValueError:
        raise ValueError(f"x must be a vector, or broadcast to the shape of y, {shape}; got {points.shape}") from None
