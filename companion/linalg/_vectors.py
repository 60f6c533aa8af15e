"""Directions and coordinates of vectors."""

from typing import Any

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real_array
from companion.linalg._input import Matrix, adjoint, as_array, as_matrix, binary_scale
from companion.linalg._lu import solve_triangular
from companion.linalg._norms import norm
from companion.linalg._qr import qr

_EPS = float(np.finfo(float).eps)
# How many roundings, per dimension, a vector may be off the span of a basis that it was computed from.
_ROUNDINGS = 64


def angle_between(u: ArrayLike, v: ArrayLike) -> Any:
    r"""Angle between two vectors, in radians.

    Parameters
    ----------
    u, v : array_like, shape (..., n)
        Vectors, or arrays of vectors along the last axis, which are paired by broadcasting; real and not zero.

    Returns
    -------
    float or ndarray
        Angles from 0 (the same direction) to pi (opposite), one for each pair.

    Raises
    ------
    ValueError
        If the numbers of components differ, the shapes do not broadcast, a vector is zero, or a number is nan or
        infinite.

    Notes
    -----
    With the unit vectors :math:`\hat u` and :math:`\hat v`

    .. math:: \theta = 2 \operatorname{atan2}(\|\hat u - \hat v\|, \|\hat u + \hat v\|)

    The two are sides of a rhombus, the norms are its diagonals, and half the angle has the ratio of the half diagonals
    for its tangent. The error is a few machine epsilons at every angle. The textbook's arc cosine of the dot product
    is off by about 1e-8 near 0 and near pi, where the cosine is flat; there it may even be asked for the arc cosine of
    1.0000000000000002.

    References
    ----------
    W. Kahan, How futile are mindless assessments of roundoff in floating-point computation?, 2006, on "mangled angles".

    Examples
    --------
    >>> round(float(np.degrees(angle_between([1, 2], [3, 4]))), 6)
    10.304846
    >>> float(angle_between([1, 0], [1, 1e-12]))
    1e-12
    """
    first, second = _unit_vectors(u, "u"), _unit_vectors(v, "v")
    if first.shape[-1] != second.shape[-1]:
        raise ValueError(f"u and v must have as many components, got {first.shape[-1]} and {second.shape[-1]}")
    try:
        apart, together = first - second, first + second
    except ValueError:
        raise ValueError(f"u and v must broadcast, got shapes {first.shape} and {second.shape}") from None
    return 2 * np.arctan2(norm(apart, axis=-1), norm(together, axis=-1))


def _unit_vectors(x: ArrayLike, name: str) -> NDArray[np.float64]:
    """Return the vectors along the last axis divided by their lengths."""
    vectors = as_real_array(x, name)
    if vectors.ndim == 0:
        raise ValueError(f"{name} must be a vector, got a single number; pass [{name}]")
    largest = np.abs(vectors).max(axis=-1, keepdims=True, initial=0)
    if np.any(largest == 0):
        raise ValueError(f"{name} must not be the zero vector, which has no direction; its shape is {vectors.shape}")
    vectors /= binary_scale(largest)  # so that no square overflows, and no length is rounded to a few digits
    unit: NDArray[np.float64] = vectors / norm(vectors, axis=-1, keepdims=True)
    return unit


def coordinates(basis: ArrayLike, x: ArrayLike) -> Matrix:
    r"""Coordinates of a vector in a basis: the weights with which the basis vectors add up to it.

    Parameters
    ----------
    basis : array_like, shape (n, k)
        k linearly independent vectors of length n as columns, real or complex. With k < n they are a basis of a
        subspace.
    x : array_like, shape (n,) or (n, m)
        Vector in the span of the basis, or m of them as columns.

    Returns
    -------
    ndarray, shape (k,) or (k, m)
        The coordinates c, such that ``basis @ c`` is x.

    Raises
    ------
    numpy.linalg.LinAlgError
        If a basis vector depends linearly on those before, to rounding (a ValueError).
    ValueError
        If a vector x is not in the span, the shapes do not fit, or a number is nan or infinite.

    See Also
    --------
    solve : for a square matrix.
    numpy.linalg.lstsq : the nearest point of the span, for vectors outside.

    Notes
    -----
    With :math:`B = Q R` and orthonormal columns of Q, the coordinates in the basis Q are dot products, :math:`Q^* x`,
    and those in B solve the triangular system :math:`R c = Q^* x`. What B c leaves of x is outside the span.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 5.3.

    Examples
    --------
    >>> coordinates([[3, -1], [1, 2]], [5, 4]).round(12).tolist()
    [2.0, 1.0]
    """
    B = as_matrix(basis, "basis")
    n, k = B.shape
    target = as_array(x, "x")
    if target.ndim not in (1, 2) or len(target) != n:
        raise ValueError(f"x must have the shape ({n},), or ({n}, m) for m vectors as columns, got {target.shape}")
    if k > n:
        raise LinAlgError(f"basis must have at most as many vectors as components, got {k} columns of length {n}")
    Q, R = qr(B)
    lengths, rounding = norm(B, axis=0), max(n, 1) * _EPS
    dependent = np.flatnonzero(np.abs(np.diag(R)) <= rounding * lengths)
    if dependent.size:
        raise LinAlgError(f"basis must be linearly independent; column {dependent[0]} depends on those before")
    c = solve_triangular(R, adjoint(Q) @ target)
    outside = norm(target - B @ c, axis=0)
    if np.any(outside > _ROUNDINGS * rounding * (lengths @ np.abs(c))):
        raise ValueError(f"x must be in the span of the basis; it is {np.max(outside):.3g} away from it")
    return c
