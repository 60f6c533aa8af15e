"""Checks of matrices that the functions of this package share."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real_array

Matrix = NDArray[Any]  # of float64 or complex128


def as_array(a: ArrayLike, name: str) -> Matrix:
    """Return a copy of *a* as floats, or as complex numbers if it holds such; all of them finite."""
    array = np.asarray(a)
    if array.dtype.kind != "c":
        return as_real_array(array, name)
    if not np.all(np.isfinite(array)):
        first = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} must be finite; {name}{list(first)} is {array[first]}")
    return array.astype(np.complex128)


def as_matrix(a: ArrayLike, name: str) -> Matrix:
    """Return a copy of *a* as a matrix of shape (m, n)."""
    array = as_array(a, name)
    if array.ndim != 2:
        raise ValueError(f"{name} must be a matrix, with two dimensions, got shape {array.shape}")
    return array


def as_square(a: ArrayLike, name: str) -> Matrix:
    """Return a copy of *a* as a matrix of shape (n, n)."""
    matrix = as_matrix(a, name)
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"{name} must be square, got shape {matrix.shape}")
    return matrix


def as_right_side(b: ArrayLike, rows: int) -> Matrix:
    """Return a copy of *b*, a vector or a matrix with as many rows as the matrix of the system."""
    array = as_array(b, "b")
    if array.ndim not in (1, 2):
        raise ValueError(f"b must be a vector, or a matrix with one right side a column, got shape {array.shape}")
    if len(array) != rows:
        raise ValueError(f"b must have as many rows as a, {rows}, got {len(array)}")
    return array


def adjoint(a: Matrix) -> Matrix:
    """Return the conjugate transpose: for real matrices the transpose."""
    return a.conj().T


def times_power_of_2(a: Any, exponent: int) -> Any:
    """Return a 2**exponent, also if the power alone leaves the range of floats; 0 stays 0."""
    if not np.iscomplexobj(a):
        return np.ldexp(a, exponent)
    scaled = np.array(a)
    scaled.real, scaled.imag = np.ldexp(scaled.real, exponent), np.ldexp(scaled.imag, exponent)
    return scaled[()]


def binary_scale(size: Any) -> Any:
    """Return the powers of 2 next below the positive sizes, and 1 for 0: dividing by them loses no digit."""
    return np.where(size > 0, np.ldexp(1.0, np.frexp(size)[1] - 1), 1.0)
