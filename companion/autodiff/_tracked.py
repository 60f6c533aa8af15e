"""The number that carries a derivative: operators and NumPy functions for every mode."""

import functools
import inspect
import operator
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, NoReturn, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion.autodiff._rules import PREDICATES, Number, as_operand, evaluate, level_of, partials, prepare

Function: TypeAlias = Callable[..., Any]


class Linearised(NamedTuple):
    """A function's value and its derivative there: one linear map, to be run both ways.

    *push* takes the tangents of the wanted operands to the tangent of the value, *pull* (its transpose) takes the
    adjoint of the value to those of the wanted operands.
    """

    value: Number
    push: Callable[..., Number]
    pull: Callable[[Number], Sequence[Number]]


Linearise: TypeAlias = Callable[..., Linearised]
"""Takes the positions of the wanted operands and the values of all of them."""

LOST = ": the derivative would be lost"

# The NumPy functions on arrays that tracked numbers know; `_array_functions` enters them.
ARRAY_FUNCTIONS: dict[Function, Function] = {}
# Ufuncs that do not go entry by entry.
PRODUCTS: dict[np.ufunc, Function] = {}


def _binary(ufunc: np.ufunc) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return the operator of *ufunc* and its reflection (the tracked number on the right)."""

    def forward(self: "Tracked", other: Any) -> Any:
        return NotImplemented if other is None or isinstance(other, (str, bytes)) else call_ufunc(ufunc, self, other)

    def reflected(self: "Tracked", other: Any) -> Any:
        return NotImplemented if other is None or isinstance(other, (str, bytes)) else call_ufunc(ufunc, other, self)

    return forward, reflected


def _unary(ufunc: np.ufunc) -> Callable[..., Any]:
    return lambda self: call_ufunc(ufunc, self)


class Tracked(ABC):
    """A number or an array that carries a derivative: base of `Dual` (forward mode) and `Var` (reverse mode)."""

    __slots__ = ("_level", "_value")

    _level: int
    _value: Number

    def _kept(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return an array that meets *self* in an operation, as it is now if the derivative comes later."""
        return array

    @abstractmethod
    def _derived(self, name: str, linearised: Linearised, wanted: Sequence[int], operands: Sequence[Number]) -> "Self":
        """Return the result of the operation *name*, of the kind and level of *self*."""

    @property
    def _is_over(self) -> bool:
        """Whether the run that this number belongs to has ended."""
        return False

    @property
    def value(self) -> Any:
        """The number itself, without its derivative."""
        return self._value

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the value, () for a scalar."""
        return shape_of(self._value)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of entries."""
        return int(np.prod(self.shape, dtype=int))

    @property
    def T(self) -> Any:
        """The transpose."""
        return np.transpose(self)

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
    # Equal values may have unequal derivatives: as keys of a dict they would be taken for one another.
    __hash__ = None  # type: ignore[assignment]

    # These have no rule; the table says so, by their names.
    __mod__, __rmod__ = _binary(np.remainder)
    __floordiv__, __rfloordiv__ = _binary(np.floor_divide)
    __divmod__, __rdivmod__ = _binary(np.divmod)

    __neg__ = _unary(np.negative)
    __pos__ = _unary(np.positive)
    __abs__ = _unary(np.absolute)

    def __bool__(self) -> bool:
        return bool(self._value)

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError(f"a scalar {type(self).__name__} has no len()")
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __getitem__(self, index: Any) -> Any:
        if not self.shape:
            raise TypeError(f"a scalar {type(self).__name__} has no entries")
        return ARRAY_FUNCTIONS[operator.itemgetter](index, self)

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} cannot be written into; make a new array with np.where, np.stack or "
            "np.concatenate"
        )

    def copy(self) -> Self:
        """Return the number itself: as nothing can be written into it, no copy is needed."""
        return self

    # A copy made attribute by attribute would be a number of a tape (or of a d) that nobody asks.
    __copy__ = copy

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def sum(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the sum over *axis*, as `numpy.sum`."""
        return np.sum(self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the mean over *axis*, as `numpy.mean`."""
        return np.mean(self, axis=axis, keepdims=keepdims)

    def prod(self, axis: Any = None) -> Any:
        """Return the product over *axis*, as `numpy.prod`."""
        return np.prod(self, axis=axis)

    def max(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the maximum over *axis*, as `numpy.max`; entries that tie share its derivative."""
        return np.max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, keepdims: bool = False) -> Any:
        """Return the minimum over *axis*, as `numpy.min`; entries that tie share its derivative."""
        return np.min(self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> Any:
        """Return the entries in a new shape, given as integers or as one tuple."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    def ravel(self) -> Any:
        """Return the entries in one row, as `numpy.ravel`."""
        return np.ravel(self)

    def dot(self, other: Any) -> Any:
        """Return the product with *other*, as `numpy.dot`."""
        return np.dot(self, other)

    def __float__(self) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} is no float{LOST}. Call NumPy's function (np.sin, not math.sin); drop float() "
            "and item(); in place of writing it into an array, join such numbers with np.stack; x.value is the value "
            "alone"
        )

    __int__ = __complex__ = item = tolist = __float__

    def __array__(self, dtype: Any = None, copy: Any = None) -> NoReturn:
        raise TypeError(
            f"a {type(self).__name__} is no array{LOST}. Write X @ w or np.dot(X, w) for X.dot(w), and "
            "np.stack([x, y]) or np.concatenate for np.array([x, y]); of scipy.special only ufuncs work, so write "
            "m + np.log(np.sum(np.exp(z - m))), where m = np.max(z), for logsumexp(z); x.value is the value alone"
        )

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__":
            raise TypeError(f"{ufunc.__name__}.{method} has no derivative rule (np.sum replaces np.add.reduce)")
        if kwargs:
            # Reached by `array += x` too: the result is tracked, which an array cannot hold.
            kind = type(self).__name__
            raise TypeError(f"{ufunc.__name__} of a {kind} takes no {', '.join(kwargs)}; write x = x + y for x += y")
        return call_ufunc(ufunc, *inputs)

    def __array_function__(self, func: Function, types: Any, args: Any, kwargs: Any) -> Any:
        if not all(issubclass(t, (Tracked, np.ndarray)) for t in types):
            return NotImplemented
        name, kind = f"{func.__module__}.{func.__name__}", type(self).__name__
        if not args:
            raise TypeError(f"{name} of a {kind} takes the array as its first argument, without a keyword")
        if func not in ARRAY_FUNCTIONS:
            raise TypeError(f"{name} has no derivative rule for {kind}; write it in functions that have one")
        function = ARRAY_FUNCTIONS[func]
        try:
            _signature(function).bind(*args, **kwargs)
        except TypeError as error:
            raise TypeError(f"{name} of a {kind}: {error}") from None
        return function(*args, **kwargs)


_signature = functools.cache(inspect.signature)

_complains_itself = np.errstate(over="ignore", invalid="ignore")  # an error is raised instead of NumPy's warning


@_complains_itself
def apply(name: str, linearise: Linearise, *operands: Number) -> Any:
    """Return the result of an operation on *operands*, of which those of the highest level are differentiated."""
    level = max(map(level_of, operands))
    wanted = [i for i, x in enumerate(operands) if level_of(x) == level]
    first = operands[wanted[0]]
    if not isinstance(first, Tracked):
        return NotImplemented
    kept: list[Any] = [first._kept(x) if isinstance(x, np.ndarray) else x for x in operands]
    values = [x.value if level_of(x) == level else x for x in kept]
    return first._derived(name, linearise(wanted, *values), wanted, kept)


def call_ufunc(ufunc: np.ufunc, *inputs: Any) -> Any:
    """Return *ufunc* of tracked and other numbers, by the rule in the table of derivatives."""
    operands = [as_operand(x) for x in inputs]
    if ufunc in PRODUCTS:
        return PRODUCTS[ufunc](*operands)
    if ufunc in PREDICATES:
        return _answer(ufunc, operands)
    return apply(ufunc.__name__, functools.partial(_by_entry, ufunc), *operands)


def _answer(ufunc: np.ufunc, operands: Sequence[Number]) -> Any:
    level = max(map(level_of, operands))
    if not any(isinstance(x, Tracked) and level_of(x) == level for x in operands):
        return NotImplemented
    answer = evaluate(ufunc, prepare(ufunc, [x.value if level_of(x) == level else x for x in operands]))
    return answer if np.ndim(answer) else bool(answer)


def _by_entry(ufunc: np.ufunc, wanted: Sequence[int], *values: Number) -> Linearised:
    """Return f(x, y), and the map of (x', y') to f_x x' + f_y y'."""
    values = tuple(prepare(ufunc, list(values)))
    rule = partials(ufunc)
    value = evaluate(ufunc, list(values))
    slopes = [rule[i](*values) for i in wanted]

    def push(*tangents: Number) -> Number:
        return functools.reduce(operator.add, map(_times, slopes, tangents))

    def pull(adjoint: Number) -> list[Number]:
        return [summed_to(_times(slope, adjoint), shape_of(values[i])) for i, slope in zip(wanted, slopes, strict=True)]

    return Linearised(value, push, pull)


def _times(slope: Number, x: Number) -> Number:
    return x if type(slope) is int and slope == 1 else slope * x


def summed_to(x: Number, shape: tuple[int, ...]) -> Number:
    """Return *x* summed over the axes along which an array of *shape* was broadcast: the transpose of broadcasting."""
    if shape_of(x) == shape:
        return x
    extra = len(x.shape) - len(shape)
    repeated = [extra + i for i, n in enumerate(shape) if n == 1]
    return np.reshape(np.sum(x, axis=(*range(extra), *repeated)), shape)


def shape_of(x: Number) -> tuple[int, ...]:
    """Return the shape of a number or array, tracked or not."""
    return getattr(x, "shape", ())


def tidied(x: Any) -> Number:
    """Return a scalar of NumPy as Python's, which prints as a number and stays exact, and an array as float64."""
    if not isinstance(x, (np.ndarray, np.generic)):
        return x
    return x.astype(np.float64, copy=False) if x.ndim else x.item()


def plain(x: Number) -> Number:
    """Return the value alone, without the derivatives of any level."""
    while isinstance(x, Tracked):
        x = x.value
    return x


def detached(x: Any) -> Any:
    """Return a number, or a copy of an array, into which its next holder or its last one may write."""
    return x.copy() if isinstance(x, np.ndarray) else x


def without_closure(name: str, result: Number, level: int) -> Number:
    """Return a *result* that was computed from the values of operands; complain if it is still tracked at their level.

    It then depends on a number that is no operand, whose derivative the step would drop.
    """
    if level_of(result) < level:
        return result
    raise TypeError(
        f"{name}: the function uses a {type(result).__name__} that is not among its arguments{LOST}. Pass every number "
        "that is differentiated as an argument, not from the lines around the function"
    )


def over(name: str, kind: str) -> str:
    """Return the complaint of an operation on a number of a run that has ended."""
    return (
        f"{name} got a {kind} whose differentiation is over{LOST}. It was kept from an earlier run, in an attribute or "
        "a list: return it from the function instead, or keep x.value"
    )


def current(x: Any) -> Any:
    """Return a tracked number that a function returned as it is; complain if its differentiation is over."""
    if isinstance(x, Tracked) and x._is_over:
        raise TypeError(over("return", type(x).__name__))
    return x


def check_finite(x: Number, subject: str, *operands: Number) -> None:
    """Complain of nan, and of an infinite number, unless one of the *operands* that it comes from is infinite."""
    if is_finite(x):
        return
    if has_nan(x):
        raise ValueError(f"{subject} became nan: an operand is nan, or a number overflowed on the way")
    if all(map(is_finite, operands)):
        raise OverflowError(f"{subject} overflowed: a part is beyond the largest float, 1.8e308. Scale the numbers")


def is_finite(x: Number) -> bool:
    """Tell whether a number, and all the numbers in an array, are finite; those that carry derivatives are."""
    # Comparison takes integers of any size; nan fails it.
    return bool(np.isfinite(x).all()) if isinstance(x, np.ndarray) else isinstance(x, Tracked) or -np.inf < x < np.inf


def has_nan(x: Number) -> bool:
    """Tell whether there is a nan among the numbers."""
    # nan is the one number that differs from itself.
    return bool(np.isnan(x).any()) if isinstance(x, np.ndarray) else not isinstance(x, Tracked) and x != x


def lift(f: Function, df: Function) -> Function:
    """Make a function with a known derivative work on tracked numbers, in forward and in reverse mode.

    Parameters
    ----------
    f : callable
        Function of one number (or of an array, entry by entry), and of no other number that is differentiated.
    df : callable
        Its derivative f'. For second derivatives `df` must itself work on tracked numbers: lift it, too.

    Returns
    -------
    callable
        g with ``g(x) = f(x)`` for plain numbers and ``g(x + x'd) = f(x) + f'(x) x' d`` for dual ones; the tape records
        it with the slope f'(x), under the name of `f` after "lifted:". Mode "source" reads the text of functions, and
        refuses it.

    Raises
    ------
    TypeError
        If `f` or `df` cannot be called; when called, if they use a differentiated number that is not their argument.

    Examples
    --------
    >>> import math
    >>> from companion.autodiff import Dual
    >>> sin = lift(math.sin, math.cos)
    >>> sin(Dual(0.0, 2.0))
    Dual(0.0, 2.0)
    """
    for name, function in (("f", f), ("df", df)):
        if not callable(function):
            raise TypeError(f"{name} must be a function, got {function!r}")

    # A function of the user's may be called square, and be another one than NumPy's.
    name = f"lifted:{getattr(f, '__name__', 'function')}"

    def lifted(x: Any) -> Any:
        return apply(name, functools.partial(linearise, level_of(x)), x) if isinstance(x, Tracked) else f(x)

    def linearise(level: int, wanted: Sequence[int], x: Number) -> Linearised:
        value, slope = (without_closure(name, detached(g(x)), level) for g in (lifted, df))
        return Linearised(value, push=lambda tangent: slope * tangent, pull=lambda adjoint: [slope * adjoint])

    return lifted
