"""What the methods that resample share: samples along their last axis, and a statistic of many of them at once."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from inspect import signature
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_real_array
from companion.statistics._samples import as_flag

_Floats = NDArray[np.float64]


def along_last_axis(data: Iterable[ArrayLike], axis: int) -> list[_Floats]:
    """Return one sample or more with their observations along the last axis, broadcast along the others."""
    arrays = [as_real_array(x, f"data[{k}]") for k, x in enumerate(data)]
    ndim = max(x.ndim for x in arrays)
    axis = as_axis(axis, ndim, "data[0]")
    samples = [np.moveaxis(x.reshape((1,) * (ndim - x.ndim) + x.shape), axis, -1) for x in arrays]
    for k, x in enumerate(samples):
        if x.shape[-1] < 2:
            raise ValueError(f"data[{k}] must hold 2 or more observations along axis {axis}, got {x.shape[-1]}")
    others = np.broadcast_shapes(*(x.shape[:-1] for x in samples))
    return [np.broadcast_to(x, (*others, x.shape[-1])) for x in samples]


def of_many(statistic: Callable[..., Any], vectorized: bool | None) -> Callable[..., _Floats]:
    """Return the statistic of samples along the last axis, with a look at what it returns."""
    if not callable(statistic):
        raise TypeError(f"statistic must be a function of the samples, got {statistic!r}")
    takes_axis = _has_axis(statistic) if vectorized is None else as_flag(vectorized, "vectorized")
    values = partial(statistic, axis=-1) if takes_axis else partial(_one_by_one, statistic)

    def of_samples(*samples: NDArray[Any]) -> _Floats:
        return _checked(values(*samples), samples)

    return of_samples


def _has_axis(statistic: Callable[..., Any]) -> bool:
    try:
        return "axis" in signature(statistic).parameters
    except ValueError:  # built in, without a signature
        return False


def _one_by_one(statistic: Callable[..., Any], *samples: NDArray[Any]) -> NDArray[Any]:
    rows = zip(*(x.reshape(-1, x.shape[-1]) for x in samples), strict=True)
    values = np.array([statistic(*row) for row in rows])
    return values.reshape((*samples[0].shape[:-1], *values.shape[1:]))


def _checked(values: Any, samples: Sequence[NDArray[Any]]) -> _Floats:
    array, wanted = np.asarray(values), samples[0].shape[:-1]
    if array.dtype.kind not in "biuf":
        raise TypeError(f"statistic must return real numbers, got {array.dtype}")
    if array.shape != wanted:
        raise ValueError(
            f"statistic must return one number for samples, and the shape {wanted} for samples of shape "
            f"{samples[0].shape} along axis -1, got {array.shape}; pass vectorized=False if it does not use axis, and "
            "of a test take .statistic"
        )
    return array.astype(np.float64)
