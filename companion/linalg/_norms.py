"""Sizes of vectors and matrices."""

from math import prod
from typing import Any, Literal

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis
from companion.linalg._input import as_array, as_square, binary_scale
from companion.linalg._jacobi import svdvals
from companion.linalg._lu import inv

_Floats = NDArray[np.float64]
Order = float | Literal["fro", "nuc"] | None


def norm(x: ArrayLike, ord: Order = None, axis: int | tuple[int, int] | None = None, keepdims: bool = False) -> Any:
    r"""Norm of a vector or of a matrix.

    Parameters
    ----------
    x : array_like
        Vector or matrix, real or complex; with `axis`, an array of such. With both `axis` and `ord` None, any array, as
        one long vector.
    ord : {number, inf, -inf, "fro", "nuc"}, optional
        Which norm, see Notes. None is the Euclidean norm of a vector and the Frobenius norm of a matrix.
    axis : int or tuple of two int, optional
        The axis of the vectors, or the axes of rows and columns of the matrices.
    keepdims : bool, default False
        Whether to leave the axes in the result, with length 1.

    Returns
    -------
    float or ndarray
        The norm, in the unit of x; with `axis`, one for each vector or matrix.

    Raises
    ------
    ValueError
        If a number is nan or infinite, `ord` is no norm that exists for vectors, or matrices; or `axis` does not fit.

    See Also
    --------
    cond : the condition number, a product of two norms.
    numpy.linalg.norm : the same.

    Notes
    -----
    ========  =======================================  ====================================
    ord       vectors                                  matrices
    ========  =======================================  ====================================
    inf       largest \|x_i\|                          largest absolute row sum
    1         sum of \|x_i\|                           largest absolute column sum
    2         root of the sum of squares               largest singular value
    p         :math:`(\sum |x_i|^p)^{1/p}`             --
    "fro"     --                                       root of the sum of squares
    "nuc"     --                                       sum of the singular values
    0         number of entries other than 0           --
    -inf      smallest \|x_i\|                         smallest absolute row sum
    -1, -2    the formula of p                         smallest column sum, singular value
    ========  =======================================  ====================================

    Only 1 and more (with inf) are norms of vectors; below 1 the triangle inequality fails, and below 0 more than that.
    Of a matrix the norms 1, 2 and inf are the largest stretching of a vector, measured in the same norm. Powers are
    taken of the entries divided by the largest or, for p up to 2, a power of 2 near it, so that neither (1e200, 1e200)
    overflows nor (1e-200, 1e-200) vanishes. The norms of what is empty are 0.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, ch. 5.

    Examples
    --------
    >>> [float(norm([3, -4], p)) for p in (1, 2, np.inf)]
    [7.0, 5.0, 4.0]
    >>> A = [[1, -2, 3], [4, 5, -6]]
    >>> float(norm(A, 1)), float(norm(A, np.inf)), round(float(norm(A)), 4)
    (9.0, 15.0, 9.5394)
    >>> round(float(norm([3e200, 4e200]) / 1e200), 12)
    5.0
    """
    array = as_array(x, "x")
    if axis is None and ord is None:  # any array, as one long vector
        axes: tuple[int, ...] = tuple(range(array.ndim))
        result = _vector_norm(array.ravel(), 2)
    else:
        axes = _as_axes(axis, array.ndim)
        last = np.moveaxis(array, axes, range(-len(axes), 0))
        vectors = len(axes) == 1
        result = _vector_norm(last, 2 if ord is None else ord) if vectors else _matrix_norm(last, ord or "fro")
    return np.expand_dims(result, axes) if keepdims else result[()]


def cond(x: ArrayLike, p: Order = None) -> float:
    r"""Condition number of a matrix: how much it can magnify relative errors.

    Parameters
    ----------
    x : array_like, shape (m, n)
        Matrix, real or complex; square unless p is None, 2 or -2.
    p : {None, 1, -1, 2, -2, inf, -inf, "fro", "nuc"}, optional
        The norm to take; None is 2.

    Returns
    -------
    float
        At least 1 for a norm p >= 1; infinity if the matrix is singular.

    Raises
    ------
    ValueError
        If `x` is no matrix or empty, not square where it must be, a number is nan or infinite, or p is unknown.

    See Also
    --------
    solve : whose result loses about log10(cond) digits.
    numpy.linalg.cond : the same.

    Notes
    -----
    .. math:: \kappa_p(A) = \|A\|_p \|A^{-1}\|_p, \qquad \kappa_2(A) = \sigma_1 / \sigma_n

    A relative change of b or of A by :math:`\varepsilon` changes the solution of A x = b by up to about
    :math:`\kappa \varepsilon`.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 2.6.

    Examples
    --------
    >>> round(cond([[2, 1], [1, 2]]), 12)
    3.0
    >>> cond([[1, 2], [2, 4]], 1)
    inf
    """
    if np.size(x) == 0:
        raise ValueError(f"x must not be empty, got shape {np.shape(x)}")
    if p is None or p in (2, -2):
        S = svdvals(x)
        largest, smallest = (S[-1], S[0]) if p == -2 else (S[0], S[-1])
        return float(largest / smallest) if smallest > 0 else np.inf
    matrix = as_square(x, "x")
    try:
        return float(norm(matrix, p, axis=(0, 1)) * norm(inv(matrix), p, axis=(0, 1)))
    except LinAlgError:
        return np.inf


def _as_axes(axis: int | tuple[int, int] | None, ndim: int) -> tuple[int, ...]:
    if axis is None:
        if ndim not in (1, 2):
            raise ValueError(f"x must be a vector or a matrix where ord is given, got {ndim} dimensions; or give axis")
        return tuple(range(ndim))
    axes = tuple(as_axis(one, ndim, "x") % ndim for one in (axis if isinstance(axis, tuple) else (axis,)))
    if len(axes) not in (1, 2) or len(set(axes)) < len(axes):
        raise ValueError(f"axis must be an integer, or two different ones, got {axis}")
    return axes


def _vector_norm(x: NDArray[Any], p: float | str) -> _Floats:
    """Return the norms of the vectors along the last axis."""
    if isinstance(p, str) or np.isnan(p):
        raise ValueError(f"ord must be a number, inf or None for vectors, got {p!r}")
    if p < 0 and x.shape[-1] == 0:
        raise ValueError(f"x must not be empty for a negative ord, got ord={p}")
    size: _Floats = np.abs(x)
    if p == 0:
        return np.asarray(np.count_nonzero(size, axis=-1), dtype=float)
    extreme: _Floats = np.asarray(size.max(axis=-1, initial=0) if p > 0 else size.min(axis=-1))
    if np.isinf(p):
        return extreme
    # Dividing by a power of 2 costs no digit, but leaves numbers up to 2, whose powers overflow for large p.
    unit = binary_scale(extreme) if abs(p) <= 2 else np.where(extreme > 0, extreme, 1.0)
    with np.errstate(divide="ignore"):  # 0 to a negative power
        total = ((size / unit[..., None]) ** p).sum(axis=-1)
        return np.asarray(unit * total ** (1 / p))


def _matrix_norm(a: NDArray[Any], ord: float | str) -> _Floats:
    """Return the norms of the matrices along the last two axes."""
    if ord in (-1, -2, -np.inf) and 0 in a.shape[-2:]:
        raise ValueError(f"x must not be empty for a negative ord, got ord={ord}")
    if ord == "fro":
        return _vector_norm(a.reshape(*a.shape[:-2], -1), 2)
    if ord in (1, -1, np.inf, -np.inf):
        sums: _Floats = np.abs(a).sum(axis=-2 if abs(float(ord)) == 1 else -1)
        return np.asarray(sums.max(axis=-1, initial=0) if float(ord) > 0 else sums.min(axis=-1))
    if ord not in (2, -2, "nuc"):
        raise ValueError(f"ord must be 'fro', 'nuc', 1, -1, 2, -2, inf, -inf or None for matrices, got {ord!r}")
    rows, columns = a.shape[-2:]
    one_by_one = a.reshape(prod(a.shape[:-2]), rows, columns)
    S = np.array([svdvals(one) for one in one_by_one]).reshape(*a.shape[:-2], min(rows, columns))
    if ord == "nuc":
        return np.asarray(S.sum(axis=-1))
    return np.asarray(S.max(axis=-1, initial=0) if ord == 2 else S[..., -1])
