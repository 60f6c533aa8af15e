"""Truncated power series: arithmetic that carries all derivatives up to an order along."""

import functools
import sys
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_real, as_real_array
from companion.autodiff._arguments import check_callable
from companion.autodiff._rules import DOMAIN, PREDICATES, RULES, check_domain, partials

Series: TypeAlias = NDArray[np.float64]


class Taylor(NDArrayOperatorsMixin):
    """The polynomial u_0 + u_1 t + ... + u_d t^d, modulo t^(d+1): a number together with its derivatives.

    A program that is run on ``Taylor([x, 1, 0, ..., 0])`` instead of x returns the Taylor coefficients of its result,
    the k-th derivative divided by k!.

    Parameters
    ----------
    coefficients : array_like, shape (d + 1,)
        The coefficients, the constant first.

    Attributes
    ----------
    coefficients : ndarray, shape (d + 1,)
        The same.

    Raises
    ------
    ValueError
        If there is no coefficient, or one is not finite; later, where a function has no power series.
    ZeroDivisionError
        Later, division by a series whose constant is 0.
    OverflowError
        Later, where a coefficient is beyond the largest float.
    TypeError
        Later, for a function without a rule, series of different order, and where the derivatives would be lost.

    Notes
    -----
    .. math:: (uv)_k = \\sum_{j=0}^k u_j v_{k-j}, \\qquad v = e^u:\\; k v_k = \\sum_{j=1}^k j u_j v_{k-j}

    Such recurrences take time proportional to d² for products, quotients, powers, exponentials, logarithms, sines and
    cosines. Every other function is integrated from its derivative, :math:`v' = f'(u)\\, u'`.

    References
    ----------
    Griewank and Walther (2008), Evaluating Derivatives, ch. 13.

    Examples
    --------
    >>> Taylor([2, 1, 0]) * Taylor([2, 1, 0])
    Taylor([4.0, 4.0, 1.0])
    >>> import numpy as np
    >>> np.exp(Taylor([0, 1, 0]))
    Taylor([1.0, 1.0, 0.5])
    """

    __slots__ = ("coefficients",)

    def __init__(self, coefficients: ArrayLike) -> None:
        self.coefficients: Series = as_real_array(coefficients, "coefficients")
        if self.coefficients.ndim != 1 or not self.coefficients.size:
            raise ValueError(
                f"coefficients must be one row of at least one number, got shape {self.coefficients.shape}"
            )

    def __repr__(self) -> str:
        return f"Taylor({self.coefficients.tolist()})"

    def __bool__(self) -> bool:
        return bool(self.coefficients[0])

    def __float__(self) -> float:
        raise TypeError(
            "a Taylor is no float: the derivatives would be lost. Call NumPy's function, not math's; drop float()"
        )

    def __array__(self, dtype: Any = None, copy: Any = None) -> Series:
        raise TypeError("a Taylor is no array: the derivatives would be lost; x.coefficients are the numbers alone")

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        if func is np.where and len(args) == 3 and np.ndim(args[0]) == 0:
            return args[1] if args[0] else args[2]
        raise TypeError(f"numpy.{func.__name__} has no rule for Taylor; write it in functions that have one")

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if len(kwargs.get("out", ())) == 1 and kwargs["out"][0] is inputs[0] and isinstance(inputs[0], Taylor):
            kwargs.pop("out")  # x += y is x = x + y
        if method != "__call__" or kwargs:
            raise TypeError(f"{ufunc.__name__} of a Taylor takes numbers and no options")
        order = max(len(x.coefficients) for x in inputs if isinstance(x, Taylor))
        series = [_as_series(x, order) for x in inputs]
        if ufunc in PREDICATES:
            return bool(ufunc(*(float(u[0]) for u in series)))
        for domain in DOMAIN.get(ufunc, ()):
            check_domain(domain, ufunc.__name__, [float(u[0]) for u in series])
        rule = _SERIES.get(ufunc.__name__)
        with np.errstate(over="ignore", invalid="ignore"):
            return _of_series(rule(*series) if rule else _integrated(ufunc, *series), ufunc.__name__)


def taylor_coefficients(f: Callable[[Any], Any], x: float, order: int) -> Series:
    """Return the Taylor coefficients of a function of one variable at a point.

    Parameters
    ----------
    f : callable
        Function of one number, written in operators and NumPy functions.
    x : float
        The point.
    order : int
        The degree of the last one, 0 or more.

    Returns
    -------
    ndarray, shape (order + 1,)
        The coefficients :math:`f^{(k)}(x) / k!` for k = 0, 1, ..., `order`.

    Raises
    ------
    TypeError
        If `f` cannot be called or returns no number, or `order` is no integer.
    ValueError
        If `x` is not finite, `order` is negative, or `f` has no Taylor series at `x`.
    ZeroDivisionError
        If a run of `f` divides by 0.
    OverflowError
        If a coefficient is beyond the largest float.

    See Also
    --------
    jvp, grad : First derivatives, and higher ones by nesting, at twice the cost for each order.

    Notes
    -----
    One run of `f` on power series (`Taylor`), in time proportional to `order` squared.

    Examples
    --------
    >>> import numpy as np
    >>> taylor_coefficients(np.exp, 0.0, 4)
    array([1.        , 1.        , 0.5       , 0.16666667, 0.04166667])
    """
    check_callable(f)
    order = as_count(order, "order", minimum=0)
    seed = np.zeros(order + 1)
    seed[:2] = [as_real(x, "x"), 1.0][: order + 1]
    out = f(Taylor(seed))
    return (
        out.coefficients.copy() if isinstance(out, Taylor) else _as_series(as_real(out, "the output of f"), order + 1)
    )


def _as_series(x: Any, length: int) -> Series:
    if isinstance(x, Taylor):
        if len(x.coefficients) != length:
            raise TypeError(f"series must have the same order, got {len(x.coefficients) - 1} and {length - 1}")
        return x.coefficients
    series = np.zeros(length)
    series[0] = as_real(x, "an operand")
    return series


def _of_series(coefficients: Series, name: str) -> Taylor:
    if not np.all(np.isfinite(coefficients)):
        raise OverflowError(f"{name} of a Taylor overflowed: a coefficient is beyond the largest float")
    series = object.__new__(Taylor)
    series.coefficients = coefficients
    return series


# --- recurrences ------------------------------------------------------------------------------------------------------


def _multiply(u: Series, v: Series) -> Series:
    return np.convolve(u, v)[: len(u)]


def _divide(u: Series, v: Series) -> Series:
    """From u = w v: w_k v_0 = u_k - sum of w_j v_(k-j) over j < k."""
    w = np.zeros_like(u)
    for k in range(len(u)):
        w[k] = (u[k] - w[:k] @ v[k:0:-1]) / v[0]
    return w


def _times_degrees(u: Series) -> Series:
    """Return the series t u', with the coefficients k u_k."""
    degrees: Series = np.arange(len(u)) * u
    return degrees


def _exp(u: Series) -> Series:
    """From v' = u' v: k v_k = sum of j u_j v_(k-j)."""
    v, slope = np.zeros_like(u), _times_degrees(u)
    v[0] = np.exp(u[0])
    for k in range(1, len(u)):
        v[k] = slope[1 : k + 1] @ v[k - 1 :: -1][:k] / k
    return v


def _log(u: Series) -> Series:
    """From u v' = u': k v_k u_0 = k u_k - sum of j v_j u_(k-j) over j < k."""
    v = np.zeros_like(u)
    v[0] = np.log(u[0])
    for k in range(1, len(u)):
        v[k] = (k * u[k] - (np.arange(1, k) * v[1:k]) @ u[k - 1 : 0 : -1]) / (k * u[0])
    return v


def _sin_cos(u: Series) -> tuple[Series, Series]:
    """From s' = c u' and c' = -s u'."""
    s, c, slope = np.zeros_like(u), np.zeros_like(u), _times_degrees(u)
    s[0], c[0] = np.sin(u[0]), np.cos(u[0])
    for k in range(1, len(u)):
        s[k] = slope[1 : k + 1] @ c[k - 1 :: -1][:k] / k
        c[k] = -slope[1 : k + 1] @ s[k - 1 :: -1][:k] / k
    return s, c


def _tanh(u: Series) -> Series:
    """From v' = w u' and w' = -2 v w u', for w = 1 - v², which would cancel far from 0."""
    v, w, slope = np.zeros_like(u), np.zeros_like(u), _times_degrees(u)
    v[0], w[0] = np.tanh(u[0]), RULES[np.tanh][0](float(u[0]))
    for k in range(1, len(u)):
        v[k] = slope[1 : k + 1] @ w[k - 1 :: -1][:k] / k
        w[k] = -2 * slope[1 : k + 1] @ np.convolve(v[:k], w[:k])[k - 1 :: -1][:k] / k
    return v


def _expit(u: Series) -> Series:
    """From expit(u) = 1/2 + tanh(u/2) / 2, whose constant cancels where expit is small."""
    v = _tanh(u / 2) / 2
    v[0] = sys.modules["scipy.special"].expit(u[0])
    return v


def _power(u: Series, a: Series) -> Series:
    if np.any(a[1:]):
        if u[0] <= 0:
            raise ValueError(f"power has no Taylor series in its exponent where its base is not positive, got {u[0]}")
        return _exp(_multiply(a, _log(u)))
    exponent = float(a[0])
    if not np.any(u[1:]):
        return _as_series(float(u[0] ** exponent), len(u))
    if exponent.is_integer() and exponent >= 0 and u[0] == 0:
        return _whole_power(u, int(exponent))
    if u[0] == 0:
        raise ValueError(f"power has no Taylor series at 0 for the exponent {exponent}")
    return _real_power(u, exponent)


def _real_power(u: Series, a: float) -> Series:
    """From u v' = a u' v: k u_0 v_k = sum of (a j - k + j) u_j v_(k-j) over j >= 1."""
    v = np.zeros_like(u)
    v[0] = u[0] ** a
    for k in range(1, len(u)):
        j = np.arange(1, k + 1)
        v[k] = ((a * j - k + j) * u[j]) @ v[k - j] / (k * u[0])
    return v


def _whole_power(u: Series, n: int) -> Series:
    """Square and multiply."""
    if n == 0:
        return _as_series(1.0, len(u))
    half = _whole_power(u, n // 2)
    square = _multiply(half, half)
    return _multiply(square, u) if n % 2 else square


def _abs(u: Series) -> Series:
    if u[0] == 0:
        raise ValueError("absolute has no Taylor series at 0")
    return u if u[0] > 0 else -u


def _chosen(name: str, u: Series, v: Series, first: bool) -> Series:
    if u[0] == v[0] and np.any(u != v):
        raise ValueError(f"{name} has no Taylor series where its operands are equal")
    return u if first else v


def _flat(ufunc: np.ufunc, u: Series) -> Series:
    return _as_series(float(ufunc(u[0])), len(u))


def _integrated(ufunc: np.ufunc, *operands: Series) -> Series:
    """From v' = f_u(u, w) u' + f_w(u, w) w', by the derivatives in the table of rules."""
    length, rule = len(operands[0]), partials(ufunc)
    value = _as_series(float(ufunc(*(u[0] for u in operands))), length)
    shorter = [float(u[0]) if length <= 2 else Taylor(u[:-1]) for u in operands]
    for u, partial in zip(operands, rule, strict=True):
        if np.any(u[1:]):
            slope = _as_series(partial(*shorter), length - 1)
            value[1:] += _multiply(slope, _times_degrees(u)[1:]) / np.arange(1, length)
    return value


_SERIES: dict[str, Callable[..., Series]] = {
    "positive": lambda u: u,
    "negative": lambda u: -u,
    "add": lambda u, v: u + v,
    "subtract": lambda u, v: u - v,
    "multiply": _multiply,
    "divide": _divide,
    "reciprocal": lambda u: _divide(_as_series(1.0, len(u)), u),
    "square": lambda u: _multiply(u, u),
    "power": _power,
    "float_power": _power,
    "sqrt": lambda u: _real_power(u, 0.5),
    "exp": _exp,
    "log": _log,
    "sin": lambda u: _sin_cos(u)[0],
    "cos": lambda u: _sin_cos(u)[1],
    "tan": lambda u: _divide(*_sin_cos(u)),
    "tanh": _tanh,
    "expit": _expit,
    "absolute": _abs,
    "fabs": _abs,
    "maximum": lambda u, v: _chosen("maximum", u, v, u[0] > v[0]),
    "minimum": lambda u, v: _chosen("minimum", u, v, u[0] < v[0]),
    **{ufunc.__name__: functools.partial(_flat, ufunc) for ufunc in (np.sign, np.floor, np.ceil, np.trunc, np.rint)},
}
