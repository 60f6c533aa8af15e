"""Forward mode: run a function on dual numbers and read off its derivatives."""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from companion._validation import as_real_array
from companion.autodiff._dual import Dual, make_dual
from companion.autodiff._rules import Number, is_tracked, level_of, new_level

Function: TypeAlias = Callable[..., Any]


def jvp(f: Function, primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """Return a function's value and its derivative along a direction, by one run on dual numbers.

    Parameters
    ----------
    f : callable
        Function of one or more numbers or arrays, written in operators and NumPy functions; it returns a number, an
        array, or a tuple or list of these.
    primals : tuple or list of numbers or array_like
        The point x, one entry an argument of `f`.
    tangents : tuple or list of numbers or array_like
        The direction v: for each entry of `primals` one of the same shape.

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
        If primals and tangents differ in number or shape, or an entry is not finite.

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
    _check_callable(f)
    for name, numbers in (("primals", primals), ("tangents", tangents)):
        if not isinstance(numbers, (tuple, list)):
            raise TypeError(f"{name} must be a tuple or list, one entry an argument of f, got {type(numbers).__name__}")
    if len(primals) != len(tangents):
        raise ValueError(f"primals and tangents must be equally many, got {len(primals)} and {len(tangents)}")
    level = new_level()
    return _split(f(*(_seeded(x, v, i, level) for i, (x, v) in enumerate(zip(primals, tangents, strict=True)))), level)


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
        float if both are scalars; a tuple of these if `argnums` is a sequence.

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
    derivative = _value_and_jacobian(f, argnums)
    return lambda *args, **kwargs: derivative(*args, **kwargs)[1]


def grad(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes the gradient of a scalar function.

    Parameters
    ----------
    f : callable
        Function as in `jvp` that returns one number.
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.

    Returns
    -------
    callable
        With the arguments of `f`. It returns a float for a scalar argument, else an array of the argument's shape; a
        tuple of these if `argnums` is a sequence.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer; when called, if the output is no scalar.
    ValueError
        When called: if there are too few positional arguments for `argnums`, or as in `jvp`.

    Notes
    -----
    .. math:: \\nabla f(x) = \\Big(\\frac{\\partial f}{\\partial x_1}, \\dots, \\frac{\\partial f}{\\partial x_n}\\Big)

    Forward mode: n inputs cost n runs of `f` on dual numbers.

    Examples
    --------
    >>> grad(lambda x: x**3)(2.0)
    12.0
    >>> grad(grad(lambda x: x**3))(2.0)
    12.0
    >>> grad(lambda x, y: x * y**2, argnums=(0, 1))(2.0, 3.0)
    (9.0, 12.0)
    """
    return jacfwd(_scalar(f), argnums)


def value_and_grad(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes a scalar function's value together with its gradient.

    Parameters
    ----------
    f : callable
        Function as in `jvp` that returns one number.
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.

    Returns
    -------
    callable
        With the arguments of `f`. It returns ``(f(...), grad(f, argnums)(...))``.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer; when called, if the output is no scalar.
    ValueError
        When called: if there are too few positional arguments for `argnums`, or as in `jvp`.

    Examples
    --------
    >>> value_and_grad(lambda x: x @ x)([1.0, 2.0])
    (5.0, array([2., 4.]))
    """
    return _value_and_jacobian(_scalar(f), argnums)


def _value_and_jacobian(f: Function, argnums: int | Sequence[int]) -> Function:
    _check_callable(f)
    numbers = _as_argnums(argnums)

    def derivative(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        needed = max((i + 1 if i >= 0 else -i for i in numbers), default=0)
        if needed > len(args):
            raise ValueError(f"argnums {argnums} needs {needed} positional arguments or more, got {len(args)}")
        results = [_jacobian(f, i % len(args), args, kwargs) for i in numbers]
        jacobians = tuple(jacobian for _, jacobian in results)
        return results[0][0], jacobians if isinstance(argnums, (tuple, list)) else jacobians[0]

    return derivative


def _jacobian(f: Function, i: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any]:
    """Return the value and, from one run a unit seed, the Jacobian with respect to argument *i*."""
    x = args[i] if is_tracked(args[i]) else as_real_array(args[i], f"argument {i}")

    def of_argument(z: Number) -> Any:
        return f(*args[:i], z, *args[i + 1 :], **kwargs)

    runs = [jvp(of_argument, (x,), (seed,)) for seed in _unit_seeds(x.shape)]
    return runs[0][0], _join_columns([column for _, column in runs], x.shape)


def _unit_seeds(shape: tuple[int, ...]) -> NDArray[np.float64]:
    n = math.prod(shape)
    # An empty argument gets one empty seed: its single run still finds the shape of the output.
    return np.eye(n).reshape(n, *shape) if n else np.zeros((1, *shape))


def _join_columns(columns: list[Any], shape: tuple[int, ...]) -> Any:
    if isinstance(columns[0], (tuple, list)):
        parts = (_join_columns(list(part), shape) for part in zip(*columns, strict=True))
        return list(parts) if isinstance(columns[0], list) else tuple(parts)
    jacobian = np.stack(columns, axis=-1)[..., : math.prod(shape)]
    jacobian = np.reshape(jacobian, jacobian.shape[:-1] + shape)
    return jacobian if jacobian.shape or is_tracked(jacobian) else jacobian.item()


def _seeded(x: Any, v: Any, i: int, level: int) -> Dual:
    """Return the dual number x + v d of *level*."""
    x, v = (z if is_tracked(z) else as_real_array(z, f"{name}[{i}]") for name, z in (("primals", x), ("tangents", v)))
    if x.shape != v.shape:
        raise ValueError(f"tangents[{i}] must have the shape {x.shape} of primals[{i}], got {v.shape}")
    return make_dual(x, v, level)


def _split(out: Any, level: int) -> tuple[Any, Any]:
    """Return the value and the tangent of a function's output, part by part."""
    if isinstance(out, (tuple, list)):
        pairs = [_split(part, level) for part in out]
        values, tangents = [value for value, _ in pairs], [tangent for _, tangent in pairs]
        return (values, tangents) if isinstance(out, list) else (tuple(values), tuple(tangents))
    if level_of(out) == level:
        return _detached(out.value), _detached(out.tangent)
    if not is_tracked(out):
        out = _as_output(out)
    return out, np.zeros(out.shape) if getattr(out, "shape", ()) else 0.0


def _as_output(out: Any) -> Any:
    array = np.asarray(out)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"f must return numbers or arrays, or a tuple or list of these, got {type(out).__name__}")
    return array.astype(np.float64) if array.ndim else float(array)


def _detached(part: Number) -> Number:
    # The caller may write into what he gets; a part can be an input of his, or a read-only view.
    return part.copy() if isinstance(part, np.ndarray) else part


def _scalar(f: Function) -> Function:
    """Return *f* with a check that its output is one number."""
    _check_callable(f)

    def checked(*args: Any, **kwargs: Any) -> Any:
        out = f(*args, **kwargs)
        if isinstance(out, (tuple, list)):
            raise TypeError(f"Gradient only defined for scalar-output functions. Output was a {type(out).__name__}.")
        if getattr(out, "shape", ()):
            raise TypeError(
                f"Gradient only defined for scalar-output functions. Output had shape: {out.shape}. Use jacfwd."
            )
        return out

    return checked


def _check_callable(f: Any) -> None:
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}; write grad(f)(x), not grad(f(x))")


def _as_argnums(argnums: int | Sequence[int]) -> list[int]:
    numbers: list[Any] = list(argnums) if isinstance(argnums, (tuple, list)) else [argnums]
    if not numbers:
        raise ValueError("argnums must name at least one argument, got an empty sequence")
    for number in numbers:
        if isinstance(number, bool) or not hasattr(number, "__index__"):
            raise TypeError(f"argnums must be an integer or a sequence of integers, got {argnums!r}")
    return [operator.index(number) for number in numbers]
