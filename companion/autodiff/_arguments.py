"""What the modes share: checks of functions and arguments, and outputs that are tuples or lists of numbers."""

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion._validation import as_real_array
from companion.autodiff._rules import is_tracked
from companion.autodiff._tracked import LOST, Function, plain, shape_of, tidied


def check_callable(f: Any) -> None:
    """Complain if *f* is no function."""
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}; write grad(f)(x), not grad(f(x))")


def check_mode(mode: str, *modes: str) -> None:
    """Complain if *mode* is none of the *modes*."""
    if mode not in modes:
        raise ValueError(f"mode must be {' or '.join(map(repr, modes))}, got {mode!r}")


def called(f: Function, *args: Any) -> Any:
    """Return ``f(*args)``; where a tracked number was written into an array, say so in place of NumPy."""
    try:
        return f(*args)
    except ValueError as error:  # "setting an array element with a sequence"
        if isinstance(error.__cause__, TypeError) and LOST in str(error.__cause__):
            kind = str(error.__cause__).split()[1]
            raise TypeError(
                f"a {kind} cannot be written into an array{LOST}. Join such numbers with np.stack or np.concatenate"
            ) from error
        raise


def as_argnums(argnums: int | Sequence[int]) -> list[int]:
    """Return *argnums* as a list of integers."""
    numbers: list[Any] = list(argnums) if isinstance(argnums, (tuple, list)) else [argnums]
    if not numbers:
        raise ValueError("argnums must name at least one argument, got an empty sequence")
    for number in numbers:
        if isinstance(number, bool) or not hasattr(number, "__index__"):
            raise TypeError(f"argnums must be an integer or a sequence of integers, got {argnums!r}")
    return [operator.index(number) for number in numbers]


def positions(numbers: Sequence[int], args: Sequence[Any]) -> list[int]:
    """Return the positions that *numbers* name among the arguments, all from 0."""
    needed = max(i + 1 if i >= 0 else -i for i in numbers)
    if needed > len(args):
        shown = numbers[0] if len(numbers) == 1 else tuple(numbers)
        raise ValueError(f"argnums {shown} needs {needed} positional arguments or more, got {len(args)}")
    chosen = [i % len(args) for i in numbers]
    if len(set(chosen)) < len(chosen):
        raise ValueError(f"argnums must name different arguments, got {tuple(numbers)}")
    return chosen


def of_arguments(f: Function, numbers: Sequence[int], args: Sequence[Any], kwargs: dict[str, Any]) -> Function:
    """Return *f* as a function of the arguments at *numbers* alone."""

    def of_some(*values: Any) -> Any:
        full = list(args)
        for i, value in zip(numbers, values, strict=True):
            full[i] = value
        return f(*full, **kwargs)

    return of_some


def scalar(f: Function) -> Function:
    """Return *f* with a check that its output is one number."""

    def checked(*args: Any, **kwargs: Any) -> Any:
        out = f(*args, **kwargs)
        if isinstance(out, (tuple, list)):
            raise TypeError(f"Gradient only defined for scalar-output functions. Output was a {type(out).__name__}.")
        if getattr(out, "shape", ()):
            one = " For x of one entry write x[0], or return a sum." if math.prod(out.shape) == 1 else ""
            raise TypeError(
                f"Gradient only defined for scalar-output functions. Output had shape: {out.shape}. Use jacrev.{one}"
            )
        return out

    return checked


def map_parts(function: Callable[..., Any], out: Any, *others: Any) -> Any:
    """Return an output with *function* applied to every number or array in it, and in the *others* beside it."""
    if isinstance(out, (tuple, list)):
        parts = [map_parts(function, *column) for column in zip(out, *others, strict=True)]
        return parts if isinstance(out, list) else tuple(parts)
    return function(out, *others)


def parts_of(out: Any) -> list[Any]:
    """Return the numbers and arrays in an output, in order."""
    return [part for entry in out for part in parts_of(entry)] if isinstance(out, (tuple, list)) else [out]


def as_output(out: Any, name: str = "f") -> Any:
    """Return an untracked output of the function *name* as a float or a float array."""
    array = np.asarray(out)
    if array.dtype.kind not in "iuf":
        got = "None: is a return missing?" if out is None else type(out).__name__
        raise TypeError(f"{name} must return numbers or arrays, or a tuple or list of these, got {got}")
    return array.astype(np.float64) if array.ndim else float(array)


def as_weights(weights: Any, value: Any) -> Any:
    """Return the weights of an output, checked: a tuple for a tuple or list, else a number or an array of its shape."""
    if isinstance(value, (tuple, list)):
        if not isinstance(weights, (tuple, list)) or len(weights) != len(value):
            raise ValueError(f"the weights must be a {type(value).__name__} of {len(value)}, as the output of f is")
        return tuple(as_weights(*pair) for pair in zip(weights, value, strict=True))
    checked = weights if is_tracked(weights) else as_real_array(weights, "weights")
    if checked.shape != shape_of(value):
        raise ValueError(f"the weights must have the shape {shape_of(value)} of the output of f, got {checked.shape}")
    return tidied(checked)


def is_same(a: Any, b: Any) -> bool:
    """Tell whether two numbers or arrays, tracked or not, have the same values, each up to rounding."""
    a, b = np.asarray(plain(a)), np.asarray(plain(b))
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-9, atol=0.0)


def unit_seeds(shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the arrays of *shape* with one entry 1 and the others 0."""
    n = math.prod(shape)
    return np.eye(n).reshape(n, *shape)
