"""Checks of labels, scores and weights that the metrics share."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import assert_all_finite, check_array, column_or_1d
from sklearn.utils.multiclass import type_of_target

Floats = NDArray[np.float64]
Labels = NDArray[Any]


def as_labels(y: ArrayLike, name: str) -> Labels:
    """Return class labels, of any type, as a one-dimensional array."""
    labels = np.asarray(y)
    if not labels.size:
        raise ValueError(f"{name} must hold at least one label, got none")
    assert_all_finite(labels, input_name=name)
    kind = type_of_target(labels, input_name=name)
    if kind not in ("binary", "multiclass"):
        raise ValueError(f"{name} must hold class labels, got {kind} values; for probabilities apply a threshold first")
    array: Labels = column_or_1d(labels)
    return array


def as_numbers(y: ArrayLike, name: str) -> Floats:
    """Return finite real numbers of one dimension."""
    array: Floats = check_array(y, dtype=np.float64, ensure_2d=False, input_name=name)
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension (samples), got shape {array.shape}")
    return array


def as_weights(sample_weight: ArrayLike | None, n_samples: int) -> Floats:
    """Return one weight a sample; ones in place of none."""
    if sample_weight is None:
        return np.ones(n_samples)
    weights = as_numbers(sample_weight, "sample_weight")
    if weights.shape != (n_samples,):
        raise ValueError(f"sample_weight must have shape ({n_samples},), one for each sample, got {weights.shape}")
    if weights.min() < 0 or not weights.any():
        raise ValueError(
            f"sample_weight must be non-negative and not all zero, got values from {weights.min()} to {weights.max()}"
        )
    return weights


def demand_same_length(y_true: NDArray[Any], other: NDArray[Any], name: str) -> None:
    """Complain where the truth and what is compared with it differ in length."""
    if len(y_true) != len(other):
        raise ValueError(f"y_true and {name} must have the same length, got {len(y_true)} and {len(other)}")


def demand_same_type(y_true: Labels, y_pred: Labels) -> None:
    """Complain where numbers are compared with texts."""
    if (y_true.dtype.kind in "OSU") != (y_pred.dtype.kind in "OSU"):
        raise TypeError(
            f"y_true and y_pred must hold labels of one type, got {y_true.dtype} and {y_pred.dtype}; "
            "convert one of them with .astype"
        )
