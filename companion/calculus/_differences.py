"""Derivatives from function values: divided differences, their best step, extrapolation, and the complex step."""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_positive, as_real, as_real_array

Function = Callable[..., Any]
UNIT_ROUNDOFF = float(np.finfo(float).eps / 2)


def difference_quotient(
    f: Function, x: ArrayLike, h: ArrayLike, kind: Literal["forward", "backward", "central"] = "forward"
) -> Any:
    """Return a divided difference, an approximation of the derivative.

    Parameters
    ----------
    f : callable
        Function of numbers, entry by entry if arrays are given.
    x : float or array_like
        The points.
    h : float or array_like
        The steps, positive, broadcast against `x`.
    kind : {"forward", "backward", "central"}, default "forward"
        Which values are compared: at x + h and x, at x and x - h, or at x + h and x - h.

    Returns
    -------
    float or ndarray
        The difference of the values, divided by that of the points.

    Raises
    ------
    TypeError
        If `f` cannot be called.
    ValueError
        If an entry is not finite, a step is not positive, or there is no such `kind`.

    See Also
    --------
    optimal_step : The step with the least error.
    richardson : Several steps, extrapolated to step 0.
    complex_step : No cancellation, for analytic functions.

    Notes
    -----
    .. math:: \\frac{f(x + h) - f(x)}{h} = f'(x) + \\frac{h}{2} f''(\\xi), \\qquad
        \\frac{f(x + h) - f(x - h)}{2h} = f'(x) + \\frac{h^2}{6} f'''(\\xi)

    The step is used as it is, even if x + h is rounded: so the effect of rounding can be seen.

    References
    ----------
    Higham (2002), Accuracy and Stability of Numerical Algorithms, ch. 1.

    Examples
    --------
    >>> print(difference_quotient(lambda x: x**3, 1.0, 0.5))
    4.75
    >>> print(difference_quotient(lambda x: x**3, 1.0, 0.5, kind="central"))
    3.25
    """
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}")
    if kind not in ("forward", "backward", "central"):
        raise ValueError(f"kind must be 'forward', 'backward' or 'central', got {kind!r}")
    x, h = as_real_array(x, "x")[()], as_positive(h, "h")[()]
    right = x if kind == "backward" else x + h
    left = x if kind == "forward" else x - h
    return (f(right) - f(left)) / (2 * h if kind == "central" else h)


def optimal_step(
    value: ArrayLike,
    curvature: ArrayLike,
    kind: Literal["forward", "central"] = "forward",
    noise: float = UNIT_ROUNDOFF,
) -> Any:
    """Return the step for which the error bound of a divided difference is least.

    Parameters
    ----------
    value : float or array_like
        The value of f at the point; its size counts.
    curvature : float or array_like
        The size of the derivative that the truncation error contains: f'' for a forward difference, f''' for a central
        one. Not 0.
    kind : {"forward", "central"}, default "forward"
        The kind of difference.
    noise : float, default 2**-53
        The relative error of the values of f.

    Returns
    -------
    float or ndarray
        The step, in the units of the point.

    Raises
    ------
    ValueError
        If `value` is not finite, `curvature` or `noise` is not positive, or there is no such `kind`.

    Notes
    -----
    The bounds of truncation and rounding are

    .. math:: \\frac{h}{2} |f''| + \\frac{2 u |f|}{h} \\quad \\text{(forward)}, \\qquad
        \\frac{h^2}{6} |f'''| + \\frac{u |f|}{h} \\quad \\text{(central)}

    with u the relative error of the values. They are least for

    .. math:: h = 2 \\sqrt{\\frac{u |f|}{|f''|}}, \\qquad h = \\sqrt[3]{\\frac{3 u |f|}{|f'''|}}

    References
    ----------
    Gill, Murray and Wright (1981), Practical Optimization, ch. 8.6.

    Examples
    --------
    >>> float(optimal_step(1.0, 6.0))  # x³ at 1
    8.603189426505949e-09
    """
    size, bend = np.abs(as_real_array(value, "value")), as_positive(curvature, "curvature")
    u = float(as_positive(as_real(noise, "noise"), "noise"))
    if kind == "forward":
        return (2 * np.sqrt(u * size / bend))[()]
    if kind == "central":
        return np.cbrt(3 * u * size / bend)[()]
    raise ValueError(f"kind must be 'forward' or 'central', got {kind!r}")


def richardson(f: Function, x: float, h: float = 0.5, levels: int = 6) -> NDArray[np.float64]:
    """Return the table of central differences with halved steps, extrapolated to step 0.

    Parameters
    ----------
    f : callable
        Function of one number, smooth near `x`.
    x : float
        The point.
    h : float, default 0.5
        The first step, positive; f must be defined within it around `x`.
    levels : int, default 6
        Number of steps h, h/2, h/4, ...; at least 1. Each costs two values of f.

    Returns
    -------
    ndarray of shape (levels, levels)
        Lower triangular, with nan above. Column 0 holds the differences, column j has the error terms up to
        h^2j removed; the last diagonal entry is the best while rounding does not rule.

    Raises
    ------
    TypeError
        If `f` cannot be called, or `levels` is not an integer.
    ValueError
        If `x` or `h` is not finite, `h` is not positive, or `levels` is less than 1.

    See Also
    --------
    scipy.differentiate.derivative : Chooses the steps itself and estimates the error.

    Notes
    -----
    A central difference has only even powers in its error, :math:`D(h) = f'(x) + c_1 h^2 + c_2 h^4 + \\dots`, so

    .. math:: D_{i,j} = D_{i,j-1} + \\frac{D_{i,j-1} - D_{i-1,j-1}}{4^j - 1}

    lacks the term in :math:`h^{2j}`.

    References
    ----------
    Richardson (1911), The approximate arithmetical solution by finite differences of physical problems, Phil. Trans.
    Royal Society A 210, 307-357.

    Examples
    --------
    >>> table = richardson(np.exp, 0.0, h=1.0, levels=3)
    >>> np.round(table, 5)
    array([[1.1752 ,     nan,     nan],
           [1.04219, 0.99785,     nan],
           [1.01045, 0.99987, 1.     ]])
    """
    point, first = as_real(x, "x"), float(as_positive(as_real(h, "h"), "h"))
    levels = as_count(levels, "levels", minimum=1)
    table = np.full((levels, levels), np.nan)
    for i in range(levels):
        table[i, 0] = difference_quotient(f, point, first / 2**i, "central")
        for j in range(1, i + 1):
            table[i, j] = table[i, j - 1] + (table[i, j - 1] - table[i - 1, j - 1]) / (4**j - 1)
    return table


def complex_step(f: Function, x: ArrayLike, h: float = 1e-20) -> Any:
    """Return the derivative of an analytic function by a step along the imaginary axis.

    Parameters
    ----------
    f : callable
        Function of complex numbers, entry by entry if an array is given: arithmetic and NumPy's elementary functions,
        without ``abs``, ``max``, comparisons or the conjugate.
    x : float or array_like
        The points, real.
    h : float, default 1e-20
        The step. It may be tiny, as nothing is subtracted.

    Returns
    -------
    float or ndarray
        The derivatives, as exact as the values are.

    Raises
    ------
    TypeError
        If `f` cannot be called, or does not return complex numbers for complex arguments: it takes their real part or
        their modulus, or compares them.
    ValueError
        If an entry is not finite, or `h` is not positive.

    Notes
    -----
    .. math:: f'(x) = \\frac{\\operatorname{Im} f(x + ih)}{h} + O(h^2)

    Where f is analytic and real on the real line. A function that is not analytic, but returns complex numbers, is not
    noticed: ``abs(z) * z`` for example.

    References
    ----------
    Squire and Trapp (1998), Using complex variables to estimate derivatives of real functions, SIAM Review 40, 110-112.

    Examples
    --------
    >>> complex_step(lambda x: x**3, 1.0)
    3.0
    """
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}")
    point, step = as_real_array(x, "x"), float(as_positive(as_real(h, "h"), "h"))
    # Python's complex numbers refuse comparisons; NumPy's would be ordered, and a branch taken.
    out = np.asarray(f(point + 1j * step if point.ndim else complex(point, step)))
    if out.dtype.kind != "c":
        raise TypeError(f"f must return complex numbers for complex arguments, got {out.dtype}: it is not analytic")
    derivative = out.imag / step
    return derivative if derivative.ndim else derivative.item()
