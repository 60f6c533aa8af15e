"""NumPy's functions on arrays for tracked numbers: each a linear map that runs both ways, or composed of such."""

import functools
import math
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from companion.autodiff._rules import Number, as_operand, is_tracked
from companion.autodiff._tracked import (
    ARRAY_FUNCTIONS,
    PRODUCTS,
    Function,
    Linearised,
    Tracked,
    apply,
    detached,
    plain,
    shape_of,
    summed_to,
)

# --- functions that move entries about ------------------------------------------------------------------------------


def _moving(f: Function, x: Number, *settings: Any, **options: Any) -> Any:
    """Apply *f*, every entry of whose result is an entry of *x* or 0."""
    settings, options = _settled(settings), {name: _settled(setting) for name, setting in options.items()}
    # Other options round (dtype), write into an array (out) or bring numbers of their own (constant_values).
    unknown = sorted(options.keys() - _SETTINGS)
    several = f in (np.atleast_1d, np.atleast_2d) and settings
    if unknown or several or len(settings) > 2 or any(map(is_tracked, settings)):
        raise TypeError(f"{f.__name__} of a {type(x).__name__} takes no {', '.join(unknown) or 'further arguments'}")
    return _moved(f.__name__, lambda a: f(a, *settings, **options), x)


def _settled(setting: Any) -> Any:
    """Return indices and other settings as they are now; the program may write over them before the sweep back."""
    if isinstance(setting, (tuple, list)):
        return (tuple if isinstance(setting, tuple) else list)(map(_settled, setting))
    return detached(setting)


def _moved(name: str, move: Function, x: Number) -> Any:
    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        shape = shape_of(x)

        def pull(adjoint: Number) -> list[Number]:
            # Moved in place of the entries, their numbers 1, 2, ... tell where each went.
            numbers = move(np.arange(1, math.prod(shape) + 1).reshape(shape))
            return [_scattered(adjoint, numbers, shape)]

        return Linearised(move(x), move, pull)

    return apply(name, linearise, x)


def _scattered(x: Number, numbers: Any, shape: tuple[int, ...]) -> Number:
    """Return zeros of *shape* to which each entry of *x* is added at the place of its number; 0 is no place."""
    if not is_tracked(x):
        sums = np.bincount(np.ravel(numbers), np.ravel(x), minlength=math.prod(shape) + 1)
        return sums[1:].reshape(shape)

    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        def gathered(adjoint: Number) -> list[Number]:
            return [np.concatenate([[0.0], np.ravel(adjoint)])[numbers]]

        return Linearised(_scattered(x, numbers, shape), lambda t: _scattered(t, numbers, shape), gathered)

    return apply("scatter", linearise, x)


def _entries(index: Any, x: Number) -> Any:
    return _moved("getitem", operator.itemgetter(_settled(index)), x)


def _reshape(x: Number, shape: Any) -> Any:
    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        return Linearised(
            np.reshape(x, shape), lambda t: np.reshape(t, shape), lambda adjoint: [np.reshape(adjoint, shape_of(x))]
        )

    return apply("reshape", linearise, x)


def _transpose(x: Number, axes: Sequence[int] | None = None) -> Any:
    back = None if axes is None else np.argsort(normalize_axis_tuple(axes, len(x.shape)))

    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        return Linearised(
            np.transpose(x, axes), lambda t: np.transpose(t, axes), lambda adjoint: [np.transpose(adjoint, back)]
        )

    return apply("transpose", linearise, x)


def _concatenate(arrays: Sequence[Number], axis: int | None = 0) -> Any:
    parts = [as_operand(x) for x in arrays]
    if axis is None:
        parts, axis = [np.ravel(x) for x in parts], 0

    def linearise(wanted: Sequence[int], *values: Number) -> Linearised:
        along = normalize_axis_index(axis, len(shape_of(values[0])))
        ends = np.cumsum([shape_of(x)[along] for x in values])

        def push(*tangents: Number) -> Number:
            known = dict(zip(wanted, tangents, strict=True))
            return np.concatenate([known.get(i, np.zeros(shape_of(x))) for i, x in enumerate(values)], axis=axis)

        def pull(adjoint: Number) -> list[Number]:
            before = (slice(None),) * along
            return [adjoint[(*before, slice(ends[i] - shape_of(values[i])[along], ends[i]))] for i in wanted]

        return Linearised(np.concatenate(values, axis=axis), push, pull)

    return apply("concatenate", linearise, *parts)


def _stack(arrays: Sequence[Number], axis: int = 0) -> Any:
    return _concatenate([np.expand_dims(as_operand(x), axis) for x in arrays], axis)


def _hstack(arrays: Sequence[Number]) -> Any:
    rows = [np.atleast_1d(as_operand(x)) for x in arrays]
    return _concatenate(rows, 0 if len(shape_of(rows[0])) == 1 else 1)


def _vstack(arrays: Sequence[Number]) -> Any:
    return _concatenate([np.atleast_2d(as_operand(x)) for x in arrays])


def _column_stack(arrays: Sequence[Number]) -> Any:
    columns = [np.atleast_1d(as_operand(x)) for x in arrays]
    return _concatenate([x[:, None] if len(x.shape) == 1 else x for x in columns], 1)


def _where(condition: Any, *branches: Number) -> Any:
    if len(branches) != 2:
        raise TypeError(
            "np.where of a tracked number takes a condition and two branches; for the indices write np.where(x != 0)"
        )
    choice = condition != 0 if is_tracked(condition) else np.array(condition)
    operands = [as_operand(x) for x in branches]
    if not any(map(is_tracked, operands)):
        return np.where(choice, *operands)

    def linearise(wanted: Sequence[int], *values: Number) -> Linearised:
        def push(*tangents: Number) -> Number:
            known = dict(zip(wanted, tangents, strict=True))
            return np.where(choice, known.get(0, 0.0), known.get(1, 0.0))

        def pull(adjoint: Number) -> list[Number]:
            chosen = {0: np.where(choice, adjoint, 0.0), 1: np.where(choice, 0.0, adjoint)}
            return [summed_to(chosen[i], shape_of(values[i])) for i in wanted]

        return Linearised(np.where(choice, *values), push, pull)

    return apply("where", linearise, *operands)


def _sort(x: Tracked, axis: int | None = -1) -> Any:
    flat: Number = np.ravel(x) if axis is None else x
    along = -1 if axis is None else axis
    return np.take_along_axis(flat, np.argsort(plain(flat), axis=along, kind="stable"), axis=along)


# --- sums -----------------------------------------------------------------------------------------------------------


def _kept(shape: tuple[int, ...], axis: Any) -> tuple[int, ...]:
    """Return the shape after a reduction over *axis* with keepdims."""
    axes = range(len(shape)) if axis is None else normalize_axis_tuple(axis, len(shape))
    return tuple(1 if i in axes else n for i, n in enumerate(shape))


def _sum(x: Number, axis: Any = None, *, keepdims: bool = False) -> Any:
    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        def add(a: Number) -> Number:
            return np.sum(a, axis=axis, keepdims=keepdims)

        def pull(adjoint: Number) -> list[Number]:
            return [np.broadcast_to(np.reshape(adjoint, _kept(shape_of(x), axis)), shape_of(x))]

        return Linearised(add(x), add, pull)

    return apply("sum", linearise, x)


def _count(shape: tuple[int, ...], axis: Any) -> int:
    """Return how many entries a reduction over *axis* takes together."""
    return math.prod(n for n, kept in zip(shape, _kept(shape, axis), strict=True) if kept == 1)


def _mean(x: Number, axis: Any = None, *, keepdims: bool = False) -> Any:
    return np.sum(x, axis=axis, keepdims=keepdims) / _count(shape_of(x), axis)


def _var(x: Number, axis: Any = None, *, ddof: float = 0, keepdims: bool = False) -> Any:
    count = _count(shape_of(x), axis)
    if count <= ddof:
        raise ValueError(f"var and std need more numbers than ddof, {ddof}, got {count}")
    return np.sum((x - np.mean(x, axis=axis, keepdims=True)) ** 2, axis=axis, keepdims=keepdims) / (count - ddof)


def _std(x: Number, axis: Any = None, *, ddof: float = 0, keepdims: bool = False) -> Any:
    return np.sqrt(np.var(x, axis=axis, ddof=ddof, keepdims=keepdims))


def _cumsum(x: Number, axis: int | None = None) -> Any:
    if axis is None:
        return np.cumsum(np.ravel(x), axis=0)

    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        def pull(adjoint: Number) -> list[Number]:
            return [np.flip(np.cumsum(np.flip(adjoint, axis), axis=axis), axis)]

        return Linearised(np.cumsum(x, axis=axis), lambda t: np.cumsum(t, axis=axis), pull)

    return apply("cumsum", linearise, x)


def _trace(x: Number, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    return np.sum(np.diagonal(x, offset=offset, axis1=axis1, axis2=axis2), axis=-1)


def _diff(x: Number, n: int = 1, axis: int = -1) -> Any:
    rows = np.moveaxis(x, axis, 0)
    for _ in range(n):
        rows = rows[1:] - rows[:-1]
    return np.moveaxis(rows, 0, axis)


# --- products -------------------------------------------------------------------------------------------------------


def _bilinear(name: str, product: Function, by_first: Function, by_second: Function, x: Number, y: Number) -> Any:
    """Apply *product*, with (x + x'd)(y + y'd) = xy + (x'y + xy')d; *by_first* and *by_second* are its transposes."""

    def linearise(wanted: Sequence[int], x: Number, y: Number) -> Linearised:
        def push(*tangents: Number) -> Number:
            known = dict(zip(wanted, tangents, strict=True))
            terms = [product(known[0], y)] if 0 in known else []
            terms += [product(x, known[1])] if 1 in known else []
            return functools.reduce(operator.add, terms)

        def pull(adjoint: Number) -> list[Number]:
            return [(by_first, by_second)[i](adjoint, x, y) for i in wanted]

        return Linearised(product(x, y), push, pull)

    return apply(name, linearise, as_operand(x), as_operand(y))


def _flipped(a: Number) -> Number:
    """Return a matrix, or each in a stack, transposed."""
    return np.swapaxes(a, -1, -2)


def _as_matrices(adjoint: Number, x: Number, y: Number) -> tuple[Number, Number, Number]:
    """Return the adjoint of ``x @ y`` and x and y, a vector x as a row and a vector y as a column."""
    if len(shape_of(y)) == 1:
        y, adjoint = y[:, None], np.expand_dims(adjoint, -1)
    if len(shape_of(x)) == 1:
        x, adjoint = x[None, :], np.expand_dims(adjoint, -2)
    return adjoint, x, y


def _matmul_by_first(adjoint: Number, x: Number, y: Number) -> Number:
    out, rows, columns = _as_matrices(adjoint, x, y)
    return np.reshape(summed_to(out @ _flipped(columns), shape_of(rows)), shape_of(x))


def _matmul_by_second(adjoint: Number, x: Number, y: Number) -> Number:
    out, rows, columns = _as_matrices(adjoint, x, y)
    return np.reshape(summed_to(_flipped(rows) @ out, shape_of(columns)), shape_of(y))


_matmul = functools.partial(_bilinear, "matmul", np.matmul, _matmul_by_first, _matmul_by_second)


def _dot(x: Number, y: Number) -> Any:
    x, y = as_operand(x), as_operand(y)
    if not shape_of(x) or not shape_of(y):
        return x * y
    return x @ y if len(shape_of(y)) <= 2 else np.tensordot(x, y, axes=(-1, -2))


def _inner(x: Number, y: Number) -> Any:
    x, y = as_operand(x), as_operand(y)
    return np.tensordot(x, y, axes=(-1, -1)) if shape_of(x) and shape_of(y) else x * y


def _vdot(x: Number, y: Number) -> Any:
    return np.ravel(as_operand(x)) @ np.ravel(as_operand(y))


def _outer(x: Number, y: Number) -> Any:
    return np.ravel(as_operand(x))[:, None] * np.ravel(as_operand(y))


def _vecdot(x: Number, y: Number) -> Any:
    return np.sum(x * y, axis=-1)


def _tensordot(x: Number, y: Number, axes: Any = 2) -> Any:
    x, y = as_operand(x), as_operand(y)
    n = operator.index(axes) if hasattr(axes, "__index__") else None
    first, second = axes if n is None else (tuple(range(-n, 0)), tuple(range(n)))
    over_x = normalize_axis_tuple(first, len(shape_of(x)))
    over_y = normalize_axis_tuple(second, len(shape_of(y)))
    free_x = [i for i in range(len(shape_of(x))) if i not in over_x]
    free_y = [i for i in range(len(shape_of(y))) if i not in over_y]
    rows = np.reshape(np.transpose(x, (*free_x, *over_x)), (-1, math.prod(shape_of(x)[i] for i in over_x)))
    columns = np.reshape(np.transpose(y, (*over_y, *free_y)), (math.prod(shape_of(y)[i] for i in over_y), -1))
    return np.reshape(rows @ columns, [shape_of(x)[i] for i in free_x] + [shape_of(y)[i] for i in free_y])


def _kron(x: Number, y: Number) -> Any:
    x, y = as_operand(x), as_operand(y)
    ndim = max(len(shape_of(x)), len(shape_of(y)))
    a, b = ((1,) * (ndim - len(shape_of(z))) + shape_of(z) for z in (x, y))
    spread = [n for pair in zip(a, (1,) * ndim, strict=True) for n in pair]
    inside = [n for pair in zip((1,) * ndim, b, strict=True) for n in pair]
    return np.reshape(np.reshape(x, spread) * np.reshape(y, inside), [m * n for m, n in zip(a, b, strict=True)])


def _cross(x: Number, y: Number, axis: int = -1) -> Any:
    # The vectors last, so that arrays of different dimensions meet as NumPy lets them.
    x, y = (np.moveaxis(as_operand(z), axis, -1) for z in (x, y))
    if shape_of(x)[-1] != 3 or shape_of(y)[-1] != 3:
        raise ValueError(
            f"cross needs vectors of three numbers along axis {axis}, got {shape_of(x)[-1]} and {shape_of(y)[-1]}; for "
            "two numbers write x[0] * y[1] - x[1] * y[0]"
        )
    product = np.roll(x, -1, -1) * np.roll(y, -2, -1) - np.roll(x, -2, -1) * np.roll(y, -1, -1)
    return np.moveaxis(product, -1, axis)


def _convolve(x: Number, y: Number, mode: str = "full") -> Any:
    x, y = np.atleast_1d(as_operand(x)), np.atleast_1d(as_operand(y))
    whole = _bilinear(
        "convolve",
        np.convolve,
        lambda adjoint, x, y: np.convolve(adjoint, np.flip(y), "valid"),
        lambda adjoint, x, y: np.convolve(adjoint, np.flip(x), "valid"),
        x,
        y,
    )
    longer, shorter = max(len(x), len(y)), min(len(x), len(y))
    start, length = {
        "full": (0, longer + shorter - 1),
        "same": ((shorter - 1) // 2, longer),
        "valid": (shorter - 1, longer - shorter + 1),
    }[mode]
    return whole[start : start + length]


def _prod(x: Number, axis: int | None = None) -> Any:
    if isinstance(axis, (tuple, list)):
        raise TypeError(f"prod takes one axis or None, got {axis!r}; multiply along one axis after the other")
    factors = np.ravel(x) if axis is None else np.moveaxis(x, axis, 0)
    if not len(factors):
        return np.sum(factors, axis=0) + 1.0
    while len(factors) > 1:  # in pairs: as few steps as the logarithm of their number
        half = len(factors) // 2
        pairs = factors[:half] * factors[half : 2 * half]
        factors = np.concatenate([pairs, factors[2 * half :]]) if len(factors) % 2 else pairs
    return factors[0]


def _polyval(p: Any, x: Number) -> Any:
    # Horner's scheme.
    return functools.reduce(lambda y, coefficient: y * as_operand(x) + coefficient, p, 0)


# --- extremes -------------------------------------------------------------------------------------------------------


def _max(x: Number, axis: Any = None, *, keepdims: bool = False) -> Any:
    hits = plain(x) == np.max(plain(x), axis=axis, keepdims=True)
    # Entries that tie for the maximum share its derivative, as the operands of np.maximum do.
    shares = hits / np.sum(hits, axis=axis, keepdims=True)

    def linearise(wanted: Sequence[int], x: Number) -> Linearised:
        return Linearised(
            np.max(x, axis=axis, keepdims=keepdims),
            lambda tangent: np.sum(tangent * shares, axis=axis, keepdims=keepdims),
            lambda adjoint: [np.reshape(adjoint, _kept(shape_of(x), axis)) * shares],
        )

    return apply("max", linearise, x)


def _min(x: Number, axis: Any = None, *, keepdims: bool = False) -> Any:
    return -np.max(-x, axis=axis, keepdims=keepdims)


def _clip(x: Number, a_min: Number = None, a_max: Number = None, *, min: Number = None, max: Number = None) -> Any:
    if (a_min is not None or a_max is not None) and (min is not None or max is not None):
        raise ValueError("np.clip takes its bounds as a_min and a_max or as min= and max=, not both")
    for bound, extreme in ((a_min, np.maximum), (min, np.maximum), (a_max, np.minimum), (max, np.minimum)):
        x = x if bound is None else extreme(x, bound)
    return x


# --- linear algebra -------------------------------------------------------------------------------------------------


def _solve(a: Number, b: Number) -> Any:
    b = as_operand(b)
    if len(shape_of(b)) == 1:  # as in NumPy 2, a vector for each matrix of a stack; all else holds matrices
        column = np.linalg.solve(a, np.reshape(b, (-1, 1)))
        return np.reshape(column, shape_of(column)[:-1])

    def linearise(wanted: Sequence[int], a: Number, b: Number) -> Linearised:
        x = np.linalg.solve(a, b)

        def push(*tangents: Number) -> Number:
            known = dict(zip(wanted, tangents, strict=True))
            return np.linalg.solve(a, known.get(1, 0.0) - (known[0] @ x if 0 in known else np.zeros(shape_of(x))))

        def pull(adjoint: Number) -> list[Number]:
            for_b = np.linalg.solve(_flipped(a), adjoint)
            return [summed_to((-for_b @ _flipped(x), for_b)[i], shape_of((a, b)[i])) for i in wanted]

        return Linearised(x, push, pull)

    return apply("solve", linearise, as_operand(a), b)


def _inv(a: Number) -> Any:
    return np.linalg.solve(a, np.eye(shape_of(a)[-1]))


def _scaled_trace(name: str, f: Function, scale: Function, a: Number) -> Any:
    """Apply *f*, with the derivative scale tr(A⁻¹A') along A' (Jacobi's formula)."""

    def linearise(wanted: Sequence[int], a: Number) -> Linearised:
        value = f(a)
        factor = scale(value)

        def pull(adjoint: Number) -> list[Number]:
            return [np.expand_dims(adjoint * factor, (-1, -2)) * _flipped(np.linalg.inv(a))]

        return Linearised(value, lambda t: factor * np.trace(np.linalg.solve(a, t), axis1=-2, axis2=-1), pull)

    return apply(name, linearise, a)


def _det(a: Number) -> Any:
    return _scaled_trace("det", np.linalg.det, lambda determinant: determinant, a)


def _slogdet(a: Number) -> Any:
    known = np.linalg.slogdet(plain(a))
    logarithm = _scaled_trace("slogdet", lambda a: np.linalg.slogdet(a)[1], lambda logarithm: 1.0, a)
    return type(known)(known.sign, logarithm)


def _norm(x: Number, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    ndim = len(shape_of(x)) if axis is None else np.size(axis)
    if ord is None or (ord == "fro" and ndim == 2) or (ord == 2 and ndim == 1):
        squares = np.sum(x * x, axis=axis, keepdims=keepdims)
        if not np.all(plain(squares) > 0):
            raise ValueError(
                "norm needs a sum of squares > 0 for a finite derivative; write w @ w (of a matrix np.sum(W * W)) for "
                "the squared norm"
            )
        return np.sqrt(squares)
    if ndim == 1 and ord in (1, np.inf):
        return (np.sum if ord == 1 else np.max)(abs(x), axis=axis, keepdims=keepdims)
    orders = "1, 2 or inf of vectors (give the axis)" if ndim == 1 else "'fro' of matrices (for vectors give an axis)"
    raise TypeError(f"numpy.linalg.norm of a {type(x).__name__} takes ord None, or {orders}; got {ord!r}")


# --- the table ------------------------------------------------------------------------------------------------------


def _describe(f: Function, x: Tracked, *settings: Any, **options: Any) -> Any:
    return f(x.value, *settings, **options)


_SETTINGS = frozenset(
    {
        *("axis", "axes", "axis1", "axis2", "source", "destination", "shape", "order", "k", "offset", "shift"),
        *("indices", "repeats", "reps", "obj"),
    }
)

MOVING = (
    *(np.squeeze, np.expand_dims, np.atleast_1d, np.atleast_2d, np.broadcast_to, np.copy),
    *(np.swapaxes, np.moveaxis, np.flip, np.fliplr, np.flipud, np.rot90, np.roll, np.tile, np.repeat),
    *(np.take, np.take_along_axis, np.delete, np.diag, np.diagonal, np.triu, np.tril),
)
_DESCRIBING = (np.shape, np.ndim, np.size, np.zeros_like, np.ones_like, np.argmax, np.argmin, np.argsort)

ARRAY_FUNCTIONS.update((f, functools.partial(_moving, f)) for f in MOVING)
ARRAY_FUNCTIONS.update((f, functools.partial(_describe, f)) for f in _DESCRIBING)
ARRAY_FUNCTIONS.update(
    {
        operator.itemgetter: _entries,
        np.reshape: _reshape,
        np.ravel: lambda x: _reshape(x, -1),
        np.transpose: _transpose,
        np.concatenate: _concatenate,
        np.stack: _stack,
        np.hstack: _hstack,
        np.vstack: _vstack,
        np.column_stack: _column_stack,
        np.where: _where,
        np.sort: _sort,
        np.sum: _sum,
        np.mean: _mean,
        np.var: _var,
        np.std: _std,
        np.cumsum: _cumsum,
        np.trace: _trace,
        np.diff: _diff,
        np.dot: _dot,
        np.inner: _inner,
        np.vdot: _vdot,
        np.outer: _outer,
        np.tensordot: _tensordot,
        np.kron: _kron,
        np.cross: _cross,
        np.convolve: _convolve,
        np.prod: _prod,
        np.polyval: _polyval,
        np.max: _max,
        np.min: _min,
        np.clip: _clip,
        np.linalg.solve: _solve,
        np.linalg.inv: _inv,
        np.linalg.det: _det,
        np.linalg.slogdet: _slogdet,
        np.linalg.norm: _norm,
    }
)
PRODUCTS.update({np.matmul: _matmul, np.vecdot: _vecdot})
