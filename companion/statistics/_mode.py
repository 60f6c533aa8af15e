"""The most frequent values of data."""

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import Any, Literal, NamedTuple, TypeVar, get_args

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_axis, as_real_array

_Value = TypeVar("_Value", bound=Hashable)
_Unrepeated = Literal["all", "none"]


class ModeResult(NamedTuple):
    """What `mode` returns."""

    mode: Any
    count: Any


def mode(a: ArrayLike, axis: int | None = 0, *, keepdims: bool = False) -> ModeResult:
    r"""Most frequent value of numbers; of several equally frequent ones the smallest.

    Parameters
    ----------
    a : array_like
        Data in any unit, with at least one axis and one value.
    axis : int or None, default 0
        Axis along which to count: 0 treats each column of a data matrix (samples, features) by itself, None the whole
        array as one sample.
    keepdims : bool, default False
        If True, the results keep `axis` (for None, all axes), with length 1.

    Returns
    -------
    ModeResult
        With the fields `mode`, in the unit and the type of the data, and `count`, how often it occurs. They are numbers
        for one sample, else arrays.

    Raises
    ------
    TypeError
        If `a` does not hold real numbers, or `axis` is not an integer.
    ValueError
        If `a` is a single number, empty, or holds nan or infinity, or `axis` is none of its axes.

    See Also
    --------
    multimode : all most frequent values, of numbers or labels.
    scipy.stats.mode : the same.

    Notes
    -----
    The values are sorted, so that equal ones stand together; the length of each run is counted, and the first of the
    longest runs is taken. If no value repeats, this is the smallest value, with the count 1.

    Examples
    --------
    >>> most = mode([3, 1, 3, 2, 2])
    >>> int(most.mode), int(most.count)
    (2, 2)
    >>> mode([[1, 5], [1, 6], [2, 6]]).mode.tolist()
    [1, 6]
    """
    numbers = as_real_array(a, "a")
    values = np.asarray(a) if np.asarray(a).dtype.kind in "biuf" else numbers  # integers stay integers
    dropped: Any = tuple(range(values.ndim)) if axis is None else axis
    if axis is None:
        values, axis = values.ravel(), 0
    axis = as_axis(axis, values.ndim, "a")
    if values.size == 0:
        raise ValueError(f"a must hold at least one value along axis {axis}, got shape {numbers.shape}")
    x = np.sort(np.moveaxis(values, axis, -1), axis=-1)
    position = np.arange(x.shape[-1])
    starts = np.concatenate([np.ones((*x.shape[:-1], 1), bool), x[..., 1:] != x[..., :-1]], axis=-1)
    run = position - np.maximum.accumulate(np.where(starts, position, 0), axis=-1) + 1
    longest = np.expand_dims(run.argmax(axis=-1), -1)
    found = [np.take_along_axis(part, longest, axis=-1)[..., 0] for part in (x, run)]
    return ModeResult(*(np.expand_dims(part, dropped) if keepdims else part[()] for part in found))


def multimode(data: Iterable[_Value], *, unrepeated: _Unrepeated = "all") -> list[_Value]:
    """All most frequent values of data, which may be labels: one, two or many.

    Parameters
    ----------
    data : iterable of hashable, n values
        Numbers, or labels of any type.
    unrepeated : {'all', 'none'}, default 'all'
        What to return if no value occurs twice: all values, since all are equally frequent, or none.

    Returns
    -------
    list
        The most frequent values as they were given, in the order of their first occurrence.

    Raises
    ------
    TypeError
        If `data` is not iterable, or a value is not hashable.
    ValueError
        If `data` is empty or holds a missing value (None or nan), or `unrepeated` is not one of the options.

    See Also
    --------
    mode : the smallest of them, for numbers; along an axis.
    statistics.multimode : the same with ``unrepeated="all"``, and an empty list for empty data.

    Notes
    -----
    Data with one, two or more of them are called unimodal, bimodal, multimodal.

    Examples
    --------
    >>> multimode(["B", "0", "A", "A", "0"])
    ['0', 'A']
    >>> multimode([1, 2, 3]), multimode([1, 2, 3], unrepeated="none")
    ([1, 2, 3], [])
    """
    if unrepeated not in get_args(_Unrepeated):
        raise ValueError(f"unrepeated must be 'all' or 'none', got {unrepeated!r}")
    counts = _count(data)
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most and (count > 1 or unrepeated == "all")]


def _count(data: Iterable[_Value]) -> Counter[_Value]:
    """Return how often each value occurs; complain of data that cannot be counted."""
    if not isinstance(data, Iterable) or np.ndim(data if isinstance(data, np.ndarray) else []) != 1:
        raise TypeError(f"data must be a one-dimensional list of values, got {type(data).__name__} {data!r:.60}")
    values = list(data)
    if not values:
        raise ValueError("data must hold at least one value, got none")
    for i, value in enumerate(values):
        if not isinstance(value, Hashable):
            raise TypeError(f"data must hold hashable values, such as numbers or texts; data[{i}] is {value!r:.60}")
        if value is None or value != value:
            raise ValueError(f"data must hold no missing value; drop or fill it: data[{i}] is {value}")
    return Counter(values)
