"""Gaussian elimination: LU factors with partial pivoting, and what follows from them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion.linalg._input import Matrix, as_matrix, as_right_side, as_square, binary_scale, times_power_of_2

# Below this many columns elimination goes column by column; above it in halves, where matrix products do the work.
_FEW = 24


class SlogdetResult(NamedTuple):
    """What `slogdet` returns."""

    sign: Any
    logabsdet: Any


def lu(a: ArrayLike) -> tuple[Matrix, Matrix, Matrix]:
    r"""LU decomposition with partial pivoting: a permutation, a lower and an upper triangular matrix.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.

    Returns
    -------
    p : ndarray, shape (m, m)
        Permutation matrix.
    l : ndarray, shape (m, k)
        Lower triangular, with ones on the diagonal and no entry above 1 in size; k = min(m, n).
    u : ndarray, shape (k, n)
        Upper triangular, such that ``p @ l @ u`` is a. Its diagonal holds the pivots.

    Raises
    ------
    ValueError
        If `a` is no matrix or holds nan or infinity.

    See Also
    --------
    solve, det : what the factors are for.
    scipy.linalg.lu : the same.

    Notes
    -----
    Step k subtracts multiples of row k from the rows below, so that column k becomes 0 there; the multipliers are
    column k of l. **Partial pivoting** first swaps the row with the largest entry of the column into place, so that no
    multiplier exceeds 1. Without it a small pivot makes huge multipliers, and the digits of the other rows are lost.

    The elimination goes by halves: the left columns are factored, the right ones brought up to date by a product of
    matrices, then factored as well. The numbers are those of the elimination column by column, up to rounding.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 3.4. S. Toledo, Locality of reference in LU
    decomposition with partial pivoting, SIAM J. Matrix Anal. Appl. 18, 1997.

    Examples
    --------
    >>> p, l, u = lu([[1, 2], [4, 6]])
    >>> l.tolist(), u.tolist()
    ([[1.0, 0.0], [0.25, 1.0]], [[4.0, 6.0], [0.0, 0.5]])
    >>> (p @ l @ u).tolist()
    [[1.0, 2.0], [4.0, 6.0]]
    """
    factors = as_matrix(a, "a")
    m, n = factors.shape
    order = _eliminate(factors)
    p = np.zeros((m, m))
    p[order, np.arange(m)] = 1
    k = min(m, n)
    return p, np.tril(factors[:, :k], -1) + np.eye(m, k), np.triu(factors[:k])


def solve_triangular(a: ArrayLike, b: ArrayLike, *, lower: bool = False, unit_diagonal: bool = False) -> Matrix:
    r"""Solve a triangular system of linear equations by substitution.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Triangular matrix; the entries on the other side of the diagonal are not looked at.
    b : array_like, shape (n,) or (n, k)
        Right side, or k of them as columns.
    lower : bool, default False
        Whether `a` is lower triangular.
    unit_diagonal : bool, default False
        Whether to take the diagonal of `a` for ones, whatever it holds.

    Returns
    -------
    ndarray, of the shape of b
        The solution x of a x = b.

    Raises
    ------
    numpy.linalg.LinAlgError
        If an entry of the diagonal is 0 (a ValueError).
    ValueError
        If a shape is wrong, or a number is nan or infinite.

    See Also
    --------
    scipy.linalg.solve_triangular : the same.

    Notes
    -----
    Forward substitution for a lower triangular matrix, row by row; backward for an upper triangular one:

    .. math:: x_i = \frac1{a_{ii}} \Bigl(b_i - \sum_{j < i} a_{ij} x_j\Bigr), \qquad
              x_i = \frac1{a_{ii}} \Bigl(b_i - \sum_{j > i} a_{ij} x_j\Bigr)

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 3.1.

    Examples
    --------
    >>> solve_triangular([[2, 1], [0, 4]], [4, 8]).tolist()
    [1.0, 2.0]
    """
    matrix = as_square(a, "a")
    x = as_right_side(b, len(matrix))
    zeros = np.flatnonzero(np.diag(matrix) == 0)
    if zeros.size and not unit_diagonal:
        raise LinAlgError(f"a must have no 0 on its diagonal, else it is singular; entry {zeros[0]} is 0")
    x = x.astype(np.result_type(matrix, x))
    _substitute(matrix, x, lower, unit_diagonal)
    return x


def solve(a: ArrayLike, b: ArrayLike) -> Matrix:
    r"""Solve a system of n linear equations in n unknowns.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix of the system, real or complex, not singular.
    b : array_like, shape (n,) or (n, k)
        Right side, or k of them as columns.

    Returns
    -------
    ndarray, of the shape of b
        The solution x of a x = b.

    Raises
    ------
    numpy.linalg.LinAlgError
        If a pivot is 0, so that a is singular (a ValueError).
    ValueError
        If a shape is wrong, or a number is nan or infinite.

    See Also
    --------
    cond : how much of the digits a solution may lose.
    numpy.linalg.solve : the same.

    Notes
    -----
    With the factors of `lu`, a x = b is solved by a forward and a backward substitution. The computed x solves a nearby
    system exactly: its residual is a small multiple of the machine epsilon times :math:`\|a\| \|x\|`. How near it is to
    the solution, the condition number says.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 3.4 and 3.5.

    Examples
    --------
    >>> solve([[2, 1], [1, 3]], [5, 10]).tolist()
    [1.0, 3.0]
    """
    factors = as_square(a, "a")
    x = as_right_side(b, len(factors))
    order = _eliminate(factors)
    _demand_pivots(factors)
    x = x[order].astype(np.result_type(factors, x))
    _substitute(factors, x, lower=True, unit=True)
    _substitute(factors, x, lower=False)
    return x


def inv(a: ArrayLike) -> Matrix:
    """Inverse of a matrix.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex, not singular.

    Returns
    -------
    ndarray, shape (n, n)
        The matrix whose product with a, from either side, is the identity.

    Raises
    ------
    numpy.linalg.LinAlgError
        If a pivot is 0, so that a is singular (a ValueError).
    ValueError
        If `a` is not square, or a number is nan or infinite.

    See Also
    --------
    solve : if the inverse is only wanted for a product, half the work and often more digits.
    numpy.linalg.inv : the same.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 3.4.

    Examples
    --------
    >>> inv([[2, 1], [1, 1]]).tolist()
    [[1.0, -1.0], [-1.0, 2.0]]
    """
    matrix = as_square(a, "a")
    return solve(matrix, np.eye(len(matrix)))


def slogdet(a: ArrayLike) -> SlogdetResult:
    """Sign and logarithm of the absolute value of a determinant, which neither overflow nor underflow.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.

    Returns
    -------
    SlogdetResult
        `sign`, 1, -1 or 0 (for a complex matrix a number on the unit circle, or 0), and `logabsdet`, the natural
        logarithm, minus infinity for a singular matrix.

    Raises
    ------
    ValueError
        If `a` is not square, or a number is nan or infinite.

    See Also
    --------
    numpy.linalg.slogdet : the same.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 3.2.

    Examples
    --------
    >>> sign, logabsdet = slogdet([[1, 2], [3, 4]])
    >>> float(sign), round(float(logabsdet), 6)
    (-1.0, 0.693147)
    """
    pivots, sign = _pivots(a)
    size = np.abs(pivots)
    if np.any(size == 0):
        return SlogdetResult(pivots.dtype.type(0), np.float64(-np.inf))
    return SlogdetResult(sign * np.prod(pivots / size), np.log(size).sum())


def det(a: ArrayLike) -> Any:
    r"""Determinant of a matrix: the factor by which it changes volumes, negative if it mirrors.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.

    Returns
    -------
    float or complex
        The determinant; 1 for the empty matrix. Beyond the range of floats it is infinite, with NumPy's warning, or 0.

    Raises
    ------
    ValueError
        If `a` is not square, or a number is nan or infinite.

    See Also
    --------
    slogdet : if the determinant itself overflows.
    numpy.linalg.det : the same.

    Notes
    -----
    Elimination does not change the determinant, but for the sign at each swap of rows; so it is the product of the
    pivots: about :math:`\tfrac23 n^3` operations, where the expansion along a row needs more than n! from n = 3 on.
    Products of some of the pivots may leave the range of floats without harm. Elimination may not: if an entry is close
    to the ends of that range, the determinant can come out infinite or nan, with a warning.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 3.2.

    Examples
    --------
    >>> round(float(det([[1, 2], [3, 4]])), 12)
    -2.0
    """
    pivots, sign = _pivots(a)
    scales = binary_scale(np.abs(pivots))  # so that no partial product overflows or vanishes
    product = sign * np.prod(pivots / scales)
    return times_power_of_2(product, int(np.log2(scales).sum()))


def _pivots(a: ArrayLike) -> tuple[Matrix, int]:
    """Return the pivots, and the sign of the permutation of the rows."""
    factors = as_square(a, "a")
    order = _eliminate(factors)
    return np.diag(factors), _parity(order)


def _eliminate(a: Matrix) -> NDArray[np.intp]:
    """Put l (below the diagonal) and u in the place of *a*; return the order of the rows."""
    m, n = a.shape
    if n <= _FEW or m <= _FEW:
        return _eliminate_columns(a)
    half = min(m, n) // 2
    left, right = a[:, :half], a[:, half:]
    order = _eliminate(left)
    right[:] = right[order]
    _substitute(left[:half], right[:half], lower=True, unit=True)
    right[half:] -= left[half:] @ right[:half]
    below = half + _eliminate(right[half:])
    left[half:] = left[below]
    return np.concatenate([order[:half], order[below]])


def _eliminate_columns(a: Matrix) -> NDArray[np.intp]:
    m, n = a.shape
    order = np.arange(m)
    for k in range(min(m - 1, n)):
        pivot = k + int(np.argmax(np.abs(a[k:, k])))
        if a[pivot, k] == 0:
            continue
        a[[k, pivot]], order[[k, pivot]] = a[[pivot, k]], order[[pivot, k]]
        a[k + 1 :, k] /= a[k, k]
        a[k + 1 :, k + 1 :] -= np.outer(a[k + 1 :, k], a[k, k + 1 :])
    return order


def _substitute(a: Matrix, x: Matrix, lower: bool, unit: bool = False) -> None:
    """Put the solution of a triangular system in the place of its right side *x*."""
    n = len(a)
    if n <= _FEW:
        for i in range(n) if lower else reversed(range(n)):
            known = slice(0, i) if lower else slice(i + 1, n)
            x[i] -= a[i, known] @ x[known]
            if not unit:
                x[i] /= a[i, i]
        return
    first, last = (slice(0, n // 2), slice(n // 2, n)) if lower else (slice(n // 2, n), slice(0, n // 2))
    _substitute(a[first, first], x[first], lower, unit)
    x[last] -= a[last, first] @ x[first]
    _substitute(a[last, last], x[last], lower, unit)


def _demand_pivots(factors: Matrix) -> None:
    zeros = np.flatnonzero(np.diag(factors) == 0)
    if zeros.size:
        raise LinAlgError(f"a must not be singular; elimination finds no pivot in column {zeros[0]}")


def _parity(order: NDArray[np.intp]) -> int:
    """Return 1 for an even permutation, -1 for an odd one: each cycle of length l is l - 1 swaps."""
    sign, seen = 1, np.zeros(len(order), dtype=bool)
    for start in range(len(order)):
        length, i = 0, start
        while not seen[i]:
            seen[i], i, length = True, order[i], length + 1
        if length:
            sign *= (-1) ** (length - 1)
    return sign
