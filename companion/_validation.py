"""Checks of input that the functions share; a complaint names the argument, the rule, the value and the repair.

Estimators validate with scikit-learn's own helpers; the functions of the lighter subpackages use these, which need
NumPy alone.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def as_real_array(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return *x* as a float array of finite numbers; complain with the first entry that is none."""
    if np.ma.is_masked(x):  # asarray would forget the mask
        raise ValueError(f"{name} must have no masked entries; drop or fill them first")
    try:
        array = np.asarray(x)
    except ValueError as error:
        raise ValueError(f"{name} must hold rows of equal length: {error}") from error
    if array.dtype.kind not in "biuf":
        array = _from_objects(array, name)
    array = array.astype(np.float64)
    _demand(array, np.isfinite(array), name, "finite; drop or fill missing values first")
    return array


def _from_objects(array: NDArray[Any], name: str) -> NDArray[np.float64]:
    # Fractions, Decimals and SymPy numbers arrive as objects; text, None and complex numbers are not real numbers.
    text = array.dtype.kind in "US" or any(isinstance(entry, str | bytes) for entry in array.flat)
    if array.dtype.kind == "O" and not text and not any(entry is None for entry in array.flat):
        try:
            return array.astype(np.float64)
        except (TypeError, ValueError):
            pass
    repair = "; convert or count text first" if text else ""
    if array.ndim == 0 and isinstance(array.item(), Iterable) and not text:  # a set, a generator, a dictionary
        repair = "; make it a list first"
    raise TypeError(f"{name} must hold real numbers, got {array.dtype} {array.ravel()[:3].tolist()}{repair}")


def as_real(x: ArrayLike, name: str) -> float:
    """Return the scalar *x* as a finite float."""
    if x is None or isinstance(x, str | bytes):
        raise TypeError(f"{name} must be a number, got {x!r}")
    array = as_real_array(x, name)
    if array.ndim:
        raise ValueError(f"{name} must be a single number, got an array of shape {array.shape}")
    return float(array)


def as_positive(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return *x* as an array of numbers > 0."""
    array = as_real_array(x, name)
    _demand(array, array > 0, name, "positive")
    return array


def as_nonnegative(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return *x* as an array of numbers >= 0."""
    array = as_real_array(x, name)
    _demand(array, array >= 0, name, "non-negative")
    return array


def as_probability(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return *x* as an array of numbers in [0, 1]."""
    array = as_real_array(x, name)
    _demand(array, (array >= 0) & (array <= 1), name, "in [0, 1]")
    return array


def as_count(n: Any, name: str, *, minimum: int = 1) -> int:
    """Return *n* as an int that is at least *minimum*; a float such as 3.0 is no count."""
    if isinstance(n, (bool, np.bool_)) or not isinstance(n, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, got {n!r}")
    if n < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {n}")
    return int(n)


def as_integers(n: ArrayLike, name: str) -> NDArray[np.integer]:
    """Return *n* as an array of integers; floats such as 3.0 are none."""
    array = np.asarray(n)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{name} must hold integers, got {array.dtype} {array.ravel()[:1].tolist()}")
    return array


def as_axis(axis: Any, ndim: int, name: str) -> int:
    """Return *axis* as an int that counts an axis of the array *name* with *ndim* dimensions."""
    if isinstance(axis, (bool, np.bool_)) or not isinstance(axis, (int, np.integer)):
        raise TypeError(f"axis must be an integer, got {axis!r}")
    if ndim == 0:
        raise ValueError(f"{name} must be at least one-dimensional, got a single number; pass [{name}]")
    if not -ndim <= axis < ndim:
        raise ValueError(f"axis must be between {-ndim} and {ndim - 1} for {name} of {ndim} dimensions, got {axis}")
    return int(axis)


def _demand(array: NDArray[np.float64], holds: NDArray[np.bool_], name: str, rule: str) -> None:
    if np.all(holds):
        return
    if array.ndim == 0:
        raise ValueError(f"{name} must be {rule}, got {array}")
    first = tuple(int(i) for i in np.argwhere(~holds)[0])
    raise ValueError(f"{name} must be {rule}; {name}{list(first)} is {array[first]}")
