"""Dual numbers x + x'd with d² = 0: arithmetic that carries the derivative along (forward mode)."""

import functools
import inspect
import operator
from collections.abc import Callable, Iterator
from numbers import Integral, Rational
from typing import Any, NoReturn, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_real_array
from companion.autodiff._rules import (
    PREDICATES,
    Number,
    as_operand,
    evaluate,
    is_tracked,
    level_of,
    partials,
    prepare,
)

Function: TypeAlias = Callable[[Any], Any]


def _binary(ufunc: np.ufunc) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return the operator of *ufunc* and its reflection (the Dual on the right)."""

    def forward(self: "Dual", other: Any) -> Any:
        return NotImplemented if other is None or isinstance(other, (str, bytes)) else _apply(ufunc, self, other)

    def reflected(self: "Dual", other: Any) -> Any:
        return NotImplemented if other is None or isinstance(other, (str, bytes)) else _apply(ufunc, other, self)

    return forward, reflected


def _unary(ufunc: np.ufunc) -> Callable[..., Any]:
    return lambda self: _apply(ufunc, self)


class Dual:
    """The dual number ``value + tangent d`` with d² = 0.

    A program that is run on ``Dual(x, 1.0)`` instead of ``x`` returns its value and, as tangent, its derivative at x.
    Arithmetic, comparisons (they look at the value), NumPy's elementary functions and many array functions work.

    Parameters
    ----------
    value : number or array_like
        The real part x. Integers and fractions stay exact in arithmetic; arrays of any shape are held as float64.
    tangent : number or array_like, broadcast to the shape of `value`, default 0.0
        The dual part x', in units of `value` per unit of the seed: the derivative along the direction of the seed.

    Raises
    ------
    ValueError
        If a part is not finite or the tangent does not broadcast to the value's shape; later, where a function is not
        real or its slope is infinite (``np.log`` and ``np.sqrt`` need a value > 0), or where nan would arise.
    OverflowError
        Later, where a part becomes infinite though no operand is: ``1 / Dual(1e-200, 1.0)`` has the tangent -1e400.
    ZeroDivisionError
        Division by a number with value 0, as for floats; also if just one entry of an array is 0.
    TypeError
        If a part is no real number; later, where the derivative would be lost: ``float``, `math`, ``np.array([x])``
        (use ``np.stack``), writing into an array, a function without a rule.

    Notes
    -----
    .. math:: f(x + \\dot x\\,d) = f(x) + f'(x)\\,\\dot x\\,d, \\qquad d^2 = 0

    The dual numbers are a ring and no field: ``0 + x'd`` has no inverse. All duals made by hand share one d; do not
    nest derivatives with them, but with `grad` or `jvp`, which keep theirs apart.

    Arrays: indexing, iteration, ``@``, ``.T``, and NumPy's sum, mean, cumsum, diff, prod, max, min, clip, where, stack,
    concatenate, reshape, dot, inner, outer, tensordot, cross, convolve, polyval and their like.

    At a kink the tangent is a convention, JAX's: ``abs`` has slope 1 at 0, operands of ``maximum`` and ``minimum``
    that tie get half each, steps such as ``sign`` and ``floor`` have slope 0. Python's ``max`` and ``min`` are
    branches: on a tie they return their first argument.

    References
    ----------
    Clifford (1873), Preliminary sketch of biquaternions; Griewank and Walther (2008), Evaluating Derivatives, ch. 3.

    Examples
    --------
    >>> Dual(2, 3) * Dual(4, 5)
    Dual(8, 22)
    >>> 1 / Dual(2, 3)
    Dual(0.5, -0.75)
    >>> import numpy as np
    >>> np.exp(Dual(0.0, 1.0))
    Dual(1.0, 1.0)
    >>> np.array([1.0, 2.0]) * Dual(3.0, 1.0)
    Dual(array([3., 6.]), array([1., 2.]))
    """

    __slots__ = ("_level", "_tangent", "_value")

    def __init__(self, value: ArrayLike | Rational, tangent: ArrayLike | Rational = 0.0) -> None:
        self._value = _as_part(value, "value")
        self._tangent = _as_part(tangent, "tangent")
        self._level = 0
        try:
            self._tangent = _fitted(self._tangent, _shape(self._value))
        except ValueError:
            raise ValueError(
                f"tangent must broadcast to the shape {_shape(self._value)} of value, got {_shape(self._tangent)}"
            ) from None

    @property
    def value(self) -> Any:
        """The real part."""
        return self._value

    @property
    def tangent(self) -> Any:
        """The dual part, of the same shape."""
        return self._tangent

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of both parts, () for a scalar."""
        return _shape(self._value)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of entries."""
        return int(np.prod(self.shape, dtype=int))

    @property
    def T(self) -> "Dual":
        """The transpose."""
        return _linear(np.transpose, self)

    __add__, __radd__ = _binary(np.add)
    __sub__, __rsub__ = _binary(np.subtract)
    __mul__, __rmul__ = _binary(np.multiply)
    __truediv__, __rtruediv__ = _binary(np.divide)
    __pow__, __rpow__ = _binary(np.power)
    __matmul__, __rmatmul__ = _binary(np.matmul)
    __lt__, __gt__ = _binary(np.less)
    __le__, __ge__ = _binary(np.less_equal)
    __eq__ = _binary(np.equal)[0]
    __ne__ = _binary(np.not_equal)[0]
    # Equal values may have unequal tangents: as keys of a dict they would be taken for one another.
    __hash__ = None  # type: ignore[assignment]

    __neg__ = _unary(np.negative)
    __pos__ = _unary(np.positive)
    __abs__ = _unary(np.absolute)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return f"Dual({self._value!r}, {self._tangent!r})"

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("a scalar Dual has no len()")
        return self.shape[0]

    def __iter__(self) -> Iterator["Dual"]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> "Dual":
        if not self.shape:
            raise TypeError("a scalar Dual has no entries")
        return _linear(operator.itemgetter(index), self)

    def sum(self, axis: Any = None, keepdims: bool = False) -> "Dual":
        """Return the sum over *axis*, as `numpy.sum`."""
        return _linear(lambda a: np.sum(a, axis=axis, keepdims=keepdims), self)

    def mean(self, axis: Any = None, keepdims: bool = False) -> "Dual":
        """Return the mean over *axis*, as `numpy.mean`."""
        return _linear(lambda a: np.mean(a, axis=axis, keepdims=keepdims), self)

    def max(self, axis: Any = None, keepdims: bool = False) -> "Dual":
        """Return the maximum over *axis*, as `numpy.max`; entries that tie share its tangent."""
        return _max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> "Dual":
        """Return the minimum over *axis*, as `numpy.min`; entries that tie share its tangent."""
        return _min(self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> "Dual":
        """Return the entries in a new shape, given as integers or as one tuple."""
        return _linear(lambda a: np.reshape(a, shape[0] if len(shape) == 1 else shape), self)

    def dot(self, other: Any) -> "Dual":
        """Return the product with *other*, as `numpy.dot`."""
        return _bilinear(np.dot, self, other)

    def __float__(self) -> NoReturn:
        raise TypeError(
            "a Dual is no float: the derivative would be lost. Call NumPy's function (np.sin, not math.sin); "
            "x.value is the value alone"
        )

    __int__ = __complex__ = __float__

    def __array__(self, dtype: Any = None, copy: Any = None) -> NoReturn:
        raise TypeError(
            "a Dual is no array: the derivative would be lost. Join duals with np.stack([x, y]) or np.concatenate; "
            "x.value is the value alone"
        )

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__":
            raise TypeError(f"{ufunc.__name__}.{method} has no derivative rule (np.sum replaces np.add.reduce)")
        if kwargs:
            # Reached by `array += dual` too: the result is a Dual, which an array cannot hold.
            raise TypeError(f"{ufunc.__name__} of a Dual takes no {', '.join(kwargs)}; write x = x + y for x += y")
        return _apply(ufunc, *inputs)

    def __array_function__(self, func: Callable[..., Any], types: Any, args: Any, kwargs: Any) -> Any:
        name = f"{func.__module__}.{func.__name__}"
        if not args:
            raise TypeError(f"{name} of a Dual takes the array as its first argument, without a keyword")
        for functions, apply in _FAMILIES:
            if func in functions:
                return apply(func, *args, **kwargs)
        if func in _COMPOSED:
            return _call(_COMPOSED[func], name, args, kwargs)
        raise TypeError(f"{name} has no derivative rule for Dual; write it in functions that have one")


def lift(f: Function, df: Function) -> Function:
    """Make a function with a known derivative work on dual numbers.

    Parameters
    ----------
    f : callable
        Function of one number (or of an array, entry by entry).
    df : callable
        Its derivative f'. For second derivatives `df` must itself work on dual numbers: lift it, too.

    Returns
    -------
    callable
        g with ``g(x) = f(x)`` for plain numbers and ``g(x + x'd) = f(x) + f'(x) x' d`` for dual ones.

    Raises
    ------
    TypeError
        If `f` or `df` cannot be called.

    Examples
    --------
    >>> import math
    >>> sin = lift(math.sin, math.cos)
    >>> sin(Dual(0.0, 2.0))
    Dual(0.0, 2.0)
    """
    for name, function in (("f", f), ("df", df)):
        if not callable(function):
            raise TypeError(f"{name} must be a function, got {function!r}")

    def lifted(x: Any) -> Any:
        if not isinstance(x, Dual):
            return f(x)
        return make_dual(lifted(x.value), df(x.value) * x.tangent, x._level, x)

    return lifted


def make_dual(value: Number, tangent: Number, level: int, *operands: Number) -> Dual:
    """Return the Dual of *level*, whose parts may be duals of lower levels; complain of nan and of overflow.

    An infinite part is an overflow, unless one of the *operands* that it was computed from is infinite.
    """
    dual = object.__new__(Dual)
    dual._value = _tidied(value)
    dual._tangent = _fitted(tangent, _shape(dual._value))
    dual._level = level
    if not _is_finite(dual):
        if _has_nan(dual._value) or _has_nan(dual._tangent):
            raise ValueError("a Dual became nan: an operand is nan, or a number overflowed on the way")
        if all(_is_finite(x) for x in operands):
            raise OverflowError("a Dual overflowed: a part is beyond the largest float, 1.8e308. Scale the numbers")
    return dual


def _as_part(x: Any, name: str) -> Number:
    if is_tracked(x):
        raise TypeError(f"{name} is a Dual already; nest derivatives with grad or jvp, which keep their d's apart")
    if isinstance(x, Integral):
        return int(x)
    if isinstance(x, Rational):
        return x
    return _tidied(as_real_array(x, name))


def _tidied(x: Any) -> Number:
    """Return a scalar of NumPy as Python's, which prints as a number and stays exact, and an array as float64."""
    if not isinstance(x, (np.ndarray, np.generic)):
        return x
    return x.astype(np.float64, copy=False) if x.ndim else x.item()


def _is_finite(x: Number) -> bool:
    if isinstance(x, Dual):
        return _is_finite(x.value) and _is_finite(x.tangent)
    # Comparison takes integers of any size; nan fails it.
    return bool(np.isfinite(x).all()) if isinstance(x, np.ndarray) else is_tracked(x) or -np.inf < x < np.inf


def _has_nan(x: Number) -> bool:
    # nan is the one number that differs from itself.
    return bool(np.isnan(x).any()) if isinstance(x, np.ndarray) else not is_tracked(x) and x != x


def _shape(x: Number) -> tuple[int, ...]:
    return getattr(x, "shape", ())


def _fitted(tangent: Any, shape: tuple[int, ...]) -> Number:
    tangent = _tidied(tangent)
    return tangent if _shape(tangent) == shape else _tidied(np.broadcast_to(tangent, shape))


def _carries(x: Number, level: int) -> bool:
    return isinstance(x, Dual) and x._level == level


def _value(x: Number, level: int) -> Number:
    return x.value if _carries(x, level) else x


def _tangent(x: Number, level: int) -> Number:
    return x.tangent if _carries(x, level) else np.zeros(_shape(x))


_complains_itself = np.errstate(over="ignore", invalid="ignore")  # make_dual raises an error for NumPy's warning


@_complains_itself
def _apply(ufunc: np.ufunc, *inputs: Any) -> Any:
    """Return f(x + x'd, y + y'd) = f(x, y) + (f_x x' + f_y y') d for the *ufunc* f."""
    operands = [as_operand(x) for x in inputs]
    level = max(map(level_of, operands))
    if not any(_carries(x, level) for x in operands):
        return NotImplemented
    if ufunc in _BILINEAR:
        return _bilinear(ufunc, *operands)
    values = prepare(ufunc, [_value(x, level) for x in operands])
    if ufunc in PREDICATES:
        answer = evaluate(ufunc, values)
        return answer if np.ndim(answer) else bool(answer)
    rule = partials(ufunc)
    value = evaluate(ufunc, values)
    terms = [partial(*values) * x.tangent for partial, x in zip(rule, operands, strict=True) if _carries(x, level)]
    return make_dual(value, functools.reduce(operator.add, terms), level, *operands)


@_complains_itself
def _linear(f: Callable[..., Any], *operands: Number) -> Dual:
    """Apply *f*, linear in all the operands together, to the values and to the tangents."""
    level = max(level_of(x) for x in operands)
    if not any(_carries(x, level) for x in operands):
        return NotImplemented  # type: ignore[no-any-return]
    value, tangent = (f(*(part(x, level) for x in operands)) for part in (_value, _tangent))
    return make_dual(value, tangent, level, *operands)


@_complains_itself
def _bilinear(f: Callable[..., Any], x: Number, y: Number, *settings: Any, **options: Any) -> Dual:
    """Apply the product *f*: (x + x'd)(y + y'd) = xy + (x'y + xy')d."""
    x, y = as_operand(x), as_operand(y)
    level = max(level_of(x), level_of(y))
    if not (_carries(x, level) or _carries(y, level)):
        return NotImplemented  # type: ignore[no-any-return]
    value = f(_value(x, level), _value(y, level), *settings, **options)
    tangent_x = f(_tangent(x, level), _value(y, level), *settings, **options)
    tangent_y = f(_value(x, level), _tangent(y, level), *settings, **options)
    return make_dual(value, tangent_x + tangent_y, level, x, y)


def _rearrange(f: Callable[..., Any], x: Number, *settings: Any, **options: Any) -> Any:
    # Other options add numbers of their own (initial), round (dtype) or write into an array (out): not linear in x.
    unknown = sorted(options.keys() - _SETTINGS)
    if unknown or len(settings) > (1 if f in _REDUCTIONS else 2):
        raise TypeError(f"{f.__name__} of a Dual takes no {', '.join(unknown) or 'further arguments'}")
    return _linear(lambda a: f(a, *settings, **options), x)


def _join(f: Callable[..., Any], arrays: Any, *axis: int, **options: int) -> Any:
    if len(axis) > 1 or not {"axis"}.issuperset(options):
        raise TypeError(f"{f.__name__} of duals takes no options but axis")
    return _linear(lambda *parts: f(parts, *axis, **options), *(as_operand(x) for x in arrays))


def _describe(f: Callable[..., Any], x: Dual, *settings: Any, **options: Any) -> Any:
    return f(x.value, *settings, **options)


def _call(function: Callable[..., Any], name: str, args: Any, kwargs: Any) -> Any:
    try:
        inspect.signature(function).bind(*args, **kwargs)
    except TypeError as error:
        raise TypeError(f"{name} of a Dual: {error}") from None
    return function(*args, **kwargs)


def _where(condition: Any, *branches: Number) -> Any:
    if len(branches) != 2:
        raise TypeError("np.where of a Dual takes a condition and two branches; for the indices write np.where(x != 0)")
    x, y = branches
    if is_tracked(condition):
        return np.where(condition != 0, x, y)
    return _linear(lambda a, b: np.where(condition, a, b), as_operand(x), as_operand(y))


def _max(x: Dual, axis: Any = None, keepdims: bool = False) -> Dual:
    hits = x.value == np.max(x.value, axis=axis, keepdims=True)
    # Entries that tie for the maximum share its tangent, as the operands of np.maximum do.
    tangent = np.sum(x.tangent * (hits / np.sum(hits, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims)
    return make_dual(np.max(x.value, axis=axis, keepdims=keepdims), tangent, x._level, x)


def _min(x: Dual, axis: Any = None, keepdims: bool = False) -> Dual:
    minimum: Dual = -_max(-x, axis=axis, keepdims=keepdims)
    return minimum


def _clip(x: Number, a_min: Number = None, a_max: Number = None, *, min: Number = None, max: Number = None) -> Any:
    if (a_min is not None or a_max is not None) and (min is not None or max is not None):
        raise ValueError("np.clip takes its bounds as a_min and a_max or as min= and max=, not both")
    for bound, apply in ((a_min, np.maximum), (min, np.maximum), (a_max, np.minimum), (max, np.minimum)):
        x = x if bound is None else apply(x, bound)
    return x


def _prod(x: Dual, axis: int | None = None) -> Any:
    factors = x.reshape(-1) if axis is None else _linear(lambda a: np.moveaxis(a, axis, 0), x)
    return functools.reduce(operator.mul, factors, 1)


def _polyval(p: Any, x: Number) -> Any:
    # Horner's scheme.
    return functools.reduce(lambda y, coefficient: y * as_operand(x) + coefficient, p, 0)


_REDUCTIONS = (np.sum, np.mean, np.cumsum)

_SETTINGS = frozenset(
    {
        *("axis", "axes", "axis1", "axis2", "source", "destination", "keepdims"),
        *("shape", "order", "k", "n", "offset", "shift", "indices", "repeats", "reps"),
    }
)

_FAMILIES: tuple[tuple[frozenset[Callable[..., Any]], Callable[..., Any]], ...] = (
    (
        frozenset(
            {
                *(*_REDUCTIONS, np.trace),
                *(np.reshape, np.ravel, np.squeeze, np.expand_dims, np.atleast_1d, np.broadcast_to),
                *(np.transpose, np.swapaxes, np.moveaxis, np.flip, np.roll, np.tile, np.repeat),
                *(np.take, np.diff, np.diag, np.diagonal, np.triu, np.tril),
            }
        ),
        _rearrange,
    ),
    (frozenset({np.concatenate, np.stack, np.vstack, np.hstack, np.column_stack}), _join),
    (frozenset({np.dot, np.vdot, np.inner, np.outer, np.tensordot, np.kron, np.cross, np.convolve}), _bilinear),
    (
        frozenset({np.shape, np.ndim, np.size, np.zeros_like, np.ones_like, np.argmax, np.argmin, np.argsort}),
        _describe,
    ),
)

_BILINEAR = frozenset({np.matmul, np.vecdot})

_COMPOSED: dict[Callable[..., Any], Callable[..., Any]] = {
    np.where: _where,
    np.max: _max,
    np.min: _min,
    np.clip: _clip,
    np.prod: _prod,
    np.polyval: _polyval,
}
