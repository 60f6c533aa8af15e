"""What tests of means use of samples: checked, with their means and deviations found in two passes."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_nonnegative, as_real_array

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats

# Standard errors and deviations below this have lost digits.
_LEAST_UNIT = 1e-290
# The square of this is nothing beside 1, and numbers that are all equal differ from their rounded mean by less.
_NEGLIGIBLE = 1e-9


class Summary(NamedTuple):
    """What a t test uses of a sample, or of many side by side: ``size**2`` is the sum of the squared deviations.

    The mean is the sum of two numbers, the rounded mean and the small rest, so that differences of means are exact.
    """

    n: _Real
    mean: _Real
    rest: _Real
    size: _Real


def summarise(x: _Floats) -> Summary:
    """Go over the samples, shape (n, ...), twice: for the mean, and for the deviations from it, which replace *x*."""
    with np.errstate(over="ignore", invalid="ignore"):  # complained about in the end
        mean = x.mean(axis=0)
        x -= mean
        rest = x.mean(axis=0)
        size = _lengths(x)
        if np.any(np.sqrt(len(x)) * np.abs(rest) > _NEGLIGIBLE * size):
            x -= rest
            size = _lengths(x)
    if np.any(size <= _NEGLIGIBLE * np.abs(mean)):
        size = np.where((x == x[0]).all(axis=0), 0.0, size)[()]
    return Summary(np.float64(len(x)), mean, rest, size)


def _lengths(x: _Floats) -> _Real:
    """Return the Euclidean lengths of vectors along the first axis; no square may be too small or large for floats."""
    lengths: _Real = np.sqrt(np.einsum("i...,i...->...", x, x))
    if not np.all((lengths > 1e-140) & (lengths < 1e140)):
        largest = np.abs(x).max(axis=0)
        lengths = largest * np.sqrt(((x / np.where(largest > 0, largest, 1)) ** 2).sum(axis=0))
    return lengths


def as_samples(sample: ArrayLike, name: str, axis: int | None, least: int) -> _Floats:
    """Return a copy of the samples, along the first axis."""
    array = as_real_array(sample, name)
    if axis is None:
        array, axis = array.ravel(), 0
    axis = as_axis(axis, array.ndim, name)
    if array.shape[axis] < least:
        raise ValueError(f"{name} must hold {least} or more observations along axis {axis}, got {array.shape[axis]}")
    return np.moveaxis(array, axis, 0)


def without_axis(popmean: ArrayLike, axis: int | None, name: str) -> _Floats:
    """Return the hypothetical means without the axis of the sample."""
    array = as_real_array(popmean, name)
    if array.ndim == 0 or axis is None:
        return array
    axis = as_axis(axis, array.ndim, name)
    if array.shape[axis] != 1:
        raise ValueError(f"{name} must be a number, or have length 1 along axis {axis}, got shape {array.shape}")
    return array.squeeze(axis)


def as_summary(mean: ArrayLike, std: ArrayLike, nobs: ArrayLike, names: tuple[str, str, str], least: int) -> Summary:
    m, s, n = as_real_array(mean, names[0]), as_nonnegative(std, names[1]), as_real_array(nobs, names[2])
    if np.any(n < least):
        raise ValueError(f"{names[2]} must be {least} or more, got {n.min():g}")
    with np.errstate(over="ignore"):  # complained about in the end
        size = s * np.sqrt(n - 1)
    return Summary(n, m, np.float64(0), size)


def as_flag(flag: Any, name: str) -> bool:
    if not isinstance(flag, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {flag!r}")
    return bool(flag)


def demand_variation(size: _Real, rule: str) -> None:
    constant = np.atleast_1d(size == 0)
    if constant.any():
        where = "" if np.ndim(size) == 0 else f"; it is at {np.argwhere(constant)[0].tolist()}"
        raise ValueError(f"{rule}, else the standard deviation is 0{where}")


def demand_digits(quotient: _Real, unit: _Real, name: str) -> None:
    """Complain of a quotient that is not finite, or whose denominator is too small or too large for floats."""
    if not np.all(np.isfinite(quotient) & (unit >= _LEAST_UNIT) & (unit < np.inf)):
        raise ValueError(
            f"the data must be of a size at which floats keep their digits, got the {name} {np.min(unit):.3g} and the "
            f"statistic {np.max(np.abs(quotient)):.3g}; rescale them"
        )
