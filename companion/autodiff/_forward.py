"""Forward mode: derivatives run through the program together with the values."""

import math
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from companion._validation import as_real_array
from companion.autodiff._arguments import (
    as_argnums,
    as_output,
    called,
    check_callable,
    check_mode,
    map_parts,
    of_arguments,
    positions,
    unit_seeds,
)
from companion.autodiff._dual import Dual, make_dual
from companion.autodiff._rules import OPEN_LEVELS, is_tracked, level_of, new_level
from companion.autodiff._tracked import Function, current, detached


def jvp(
    f: Function, primals: Sequence[Any], tangents: Sequence[Any], mode: Literal["dual", "source"] = "dual"
) -> tuple[Any, Any]:
    """Return a function's value and its derivative along a direction, in one run.

    Parameters
    ----------
    f : callable
        Function of one or more numbers or arrays, written in operators and NumPy functions; it returns a number, an
        array, or a tuple or list of these.
    primals : tuple or list of numbers or array_like
        The point x, one entry an argument of `f`.
    tangents : tuple or list of numbers or array_like
        The direction v: for each entry of `primals` one of the same shape.
    mode : {"dual", "source"}, default "dual"
        Run `f` on dual numbers, or transform its source code into that of the tangent program (see `tangent_source`).

    Returns
    -------
    primals_out : float, ndarray, or tuple or list of these
        ``f(*primals)``.
    tangents_out : the same structure and shapes
        The Jacobian-vector product J(x) v.

    Raises
    ------
    TypeError
        If `f` cannot be called or returns no numbers, if the arguments are no tuples or lists, or if `f` calls
        something without a derivative rule (see `Dual`).
    ValueError
        If primals and tangents differ in number or shape, an entry is not finite, or there is no such `mode`.

    Notes
    -----
    .. math:: f(x + v\\,d) = f(x) + J(x)\\,v\\,d, \\qquad d^2 = 0

    The cost is a small multiple of that of `f`, whatever the number of inputs and outputs. Calls may be nested: each
    has a d of its own.

    References
    ----------
    Siskind and Pearlmutter (2008), Nesting forward-mode AD in a functional framework, HOSC 21, 361-376.

    Examples
    --------
    >>> import numpy as np
    >>> value, slope = jvp(lambda x1, x2: x1 * x2 + np.sin(x1), (2.0, 3.0), (0.0, 1.0))
    >>> round(value, 6), slope
    (6.909297, 2.0)
    """
    check_callable(f)
    check_mode(mode, "dual", "source")
    for name, numbers in (("primals", primals), ("tangents", tangents)):
        if not isinstance(numbers, (tuple, list)):
            raise TypeError(f"{name} must be a tuple or list, one entry an argument of f, got {type(numbers).__name__}")
    if len(primals) != len(tangents):
        raise ValueError(f"primals and tangents must be equally many, got {len(primals)} and {len(tangents)}")
    if mode == "source":
        from companion.autodiff._source import source_jvp

        return source_jvp(f, primals, tangents)
    level = new_level()
    inputs = [_seeded(x, v, i, level) for i, (x, v) in enumerate(zip(primals, tangents, strict=True))]
    OPEN_LEVELS.add(level)
    try:
        out = called(f, *inputs)
    finally:
        OPEN_LEVELS.remove(level)
    return map_parts(lambda part: _value_of(part, level), out), map_parts(lambda part: _tangent_of(part, level), out)


def jacfwd(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes the Jacobian matrix of another, one forward run an input.

    Parameters
    ----------
    f : callable
        Function as in `jvp`; further positional and keyword arguments are passed through.
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.

    Returns
    -------
    callable
        With the arguments of `f`. It returns an array of shape ``(*shape of the output, *shape of the argument)``, a
        float if both are scalars; a tuple of these if `argnums` is a sequence. If `f` returns a tuple or list, so does
        it, with one such result an entry.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer.
    ValueError
        When called: if there are too few positional arguments for `argnums`, or as in `jvp`.

    Notes
    -----
    .. math:: J_{ij} = \\frac{\\partial f_i}{\\partial x_j}

    Each input costs one run of `f` on dual numbers: for few inputs and many outputs this is the mode to take.

    Examples
    --------
    >>> import numpy as np
    >>> F = lambda x: np.stack([x[0] * x[1], x[0] - x[1] ** 2])
    >>> jacfwd(F)([2.0, 3.0])
    array([[ 3.,  2.],
           [ 1., -6.]])
    """
    derivative = value_and_jacfwd(f, argnums)
    return lambda *args, **kwargs: derivative(*args, **kwargs)[1]


def value_and_jacfwd(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes a function's value together with its Jacobian, by forward mode."""
    check_callable(f)
    numbers = as_argnums(argnums)

    def derivative(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        results = [_value_and_jacobian(f, i, args, kwargs) for i in positions(numbers, args)]
        value, jacobians = results[0][0], [jacobian for _, jacobian in results]
        if not isinstance(argnums, (tuple, list)):
            return value, jacobians[0]
        return value, map_parts(lambda *parts: parts, *jacobians)

    return derivative


def _value_and_jacobian(f: Function, i: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
    """Return the value and, from one run a unit seed, the Jacobian with respect to argument *i*."""
    x = args[i] if is_tracked(args[i]) else as_real_array(args[i], f"argument {i}")
    of_argument = of_arguments(f, [i], args, kwargs)
    # An empty argument gets one empty seed: its single run still finds the shape of the output.
    seeds = unit_seeds(x.shape) if math.prod(x.shape) else np.zeros((1, *x.shape))
    runs = [jvp(of_argument, (x,), (seed,)) for seed in seeds]
    columns = [column for _, column in runs]
    return runs[0][0], map_parts(lambda *parts: _joined(parts, x.shape), *columns)


def _joined(columns: Sequence[Any], shape: tuple[int, ...]) -> Any:
    jacobian = np.stack(columns, axis=-1)[..., : math.prod(shape)]
    jacobian = np.reshape(jacobian, jacobian.shape[:-1] + shape)
    return jacobian if jacobian.shape or is_tracked(jacobian) else jacobian.item()


def _seeded(x: Any, v: Any, i: int, level: int) -> Dual:
    """Return the dual number x + v d of *level*."""
    x, v = (z if is_tracked(z) else as_real_array(z, f"{name}[{i}]") for name, z in (("primals", x), ("tangents", v)))
    if x.shape != v.shape:
        raise ValueError(f"tangents[{i}] must have the shape {x.shape} of primals[{i}], got {v.shape}")
    return make_dual(x, v, level)


def _value_of(part: Any, level: int) -> Any:
    if level_of(part) == level:
        return detached(part.value)
    return current(part) if is_tracked(part) else as_output(part)


def _tangent_of(part: Any, level: int) -> Any:
    if level_of(part) == level:
        return detached(part.tangent)
    return np.zeros(part.shape) if getattr(part, "shape", ()) else 0.0
