"""Minors, cofactors and the adjugate: determinants and inverses by formula."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion.linalg._input import Matrix, as_square, binary_scale, times_power_of_2
from companion.linalg._jacobi import svd
from companion.linalg._lu import det, slogdet

# Up to this many columns each cofactor is a determinant of its own; above it all come from singular values.
_FEW = 4
_MOST = 10  # columns that `laplace_det` takes: a few seconds


class LaplaceResult(NamedTuple):
    """What `laplace_det` returns."""

    det: Any
    products: int


def minor(a: ArrayLike, i: int, j: int) -> Any:
    r"""Minor of a matrix: the determinant of what is left without one row and one column.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    i, j : int
        Row and column to leave out, counted from 0; negative ones from the end.

    Returns
    -------
    float or complex
        The minor :math:`M_{ij}`: a number, not the submatrix. 1 for n = 1.

    Raises
    ------
    TypeError
        If `i` or `j` is no integer, or `a` holds something else than numbers.
    ValueError
        If `a` is not square or a number is nan or infinite, or there is no such row or column.

    See Also
    --------
    cofactor_matrix : all of them, with signs.
    sympy.Matrix.minor : the same, exact, as a method.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 0.3.

    Examples
    --------
    >>> round(float(minor([[1, 0, 3], [2, 1, 1], [1, 1, 1]], 0, 2)), 12)
    1.0
    """
    matrix = as_square(a, "a")
    n = len(matrix)
    return det(_without(matrix, _as_index(i, n, "i"), _as_index(j, n, "j")))


def cofactor_matrix(a: ArrayLike) -> Matrix:
    r"""Matrix of the cofactors: the minors with the signs of a chessboard.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex; it may be singular.

    Returns
    -------
    ndarray, shape (n, n)
        The cofactors, as floats or complex numbers: integers come out rounded, not exact. Beyond the range of floats
        they are infinite or 0, and nan where elimination itself leaves it, without a warning.

    Raises
    ------
    ValueError
        If `a` is not square, or a number is nan or infinite.

    See Also
    --------
    adjugate : the transpose.
    sympy.Matrix.cofactor_matrix : the same, exact, as a method.

    Notes
    -----
    .. math:: C_{ij} = (-1)^{i+j} M_{ij}

    Up to n = 4 each minor is computed by elimination. For larger n that would take :math:`n^2` eliminations, about
    :math:`n^5` operations, so the singular value decomposition :math:`A = U \Sigma V^*` serves all of them in
    :math:`O(n^3)`. The cofactors of a product are the products of the cofactors, and those of a unitary matrix are its
    determinant times its conjugate:

    .. math:: C = \det(U) \det(V^*)\; \overline{U}\, \Gamma\, V^\top, \qquad \gamma_i = \prod_{k \ne i} \sigma_k

    Nothing is divided, so that singular matrices need no care. The error is a modest multiple of the machine epsilon
    times :math:`\sigma_1^2 \sigma_2 \cdots \sigma_{n-2}`, as a change of a in its last digit may make it, whatever the
    method. (So singular values below about 1e-144 times the largest entry count as 0.) det(a) inv(a) would fail on a
    singular matrix.

    References
    ----------
    G. W. Stewart, On the adjugate matrix, Linear Algebra and its Applications 283, 1998.

    Examples
    --------
    >>> cofactor_matrix([[1, 2], [3, 4]]).tolist()
    [[4.0, -3.0], [-2.0, 1.0]]
    """
    matrix = as_square(a, "a")
    n = len(matrix)
    if n > _FEW:
        return _from_singular_values(matrix)
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        minors = [[det(_without(matrix, i, j)) for j in range(n)] for i in range(n)]
    cofactors: Matrix = np.array(minors, dtype=matrix.dtype).reshape(n, n)
    odd = np.add.outer(np.arange(n), np.arange(n)) % 2 == 1
    cofactors[odd] = -cofactors[odd]
    return cofactors + 0.0  # no minus before a 0


def adjugate(a: ArrayLike) -> Matrix:
    r"""Adjugate of a matrix: the transpose of its cofactor matrix.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex; it may be singular.

    Returns
    -------
    ndarray, shape (n, n)
        The adjugate, as floats or complex numbers: integers come out rounded, not exact.

    Raises
    ------
    ValueError
        If `a` is not square, or a number is nan or infinite.

    See Also
    --------
    cofactor_matrix : how it is computed, and how precisely.
    inv : the inverse, by elimination.
    sympy.Matrix.adjugate : the same, exact, as a method.

    Notes
    -----
    .. math:: A \operatorname{adj}(A) = \operatorname{adj}(A) A = \det(A) I

    So the inverse is the adjugate divided by the determinant, if that is not 0. The rank of the adjugate is n if a has
    rank n, 1 for rank n - 1, and else 0. For n = 1 the adjugate is 1, even that of 0. Each entry of adj(A) is the
    derivative of the determinant by an entry of A (Jacobi's formula), with the indices swapped.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 0.8.

    Examples
    --------
    >>> adjugate([[1, 0, 3], [2, 1, 1], [1, 1, 1]]).round(12).tolist()
    [[0.0, 3.0, -3.0], [-1.0, -2.0, 5.0], [1.0, -1.0, 1.0]]
    >>> adjugate([[1, 2], [2, 4]]).tolist()
    [[4.0, -2.0], [-2.0, 1.0]]
    """
    return cofactor_matrix(a).T


def laplace_det(a: ArrayLike) -> LaplaceResult:
    r"""Determinant by expansion along the first row, and how many products that took. To learn from, not to use.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex, with n at most 10.

    Returns
    -------
    LaplaceResult
        `det`, the determinant, and `products`, the number of multiplications (signs do not count).

    Raises
    ------
    ValueError
        If `a` is not square, n is above 10, or a number is nan or infinite.

    See Also
    --------
    det : the same determinant for any n, in about :math:`\tfrac23 n^3` operations.

    Notes
    -----
    .. math:: \det(A) = \sum_{j=1}^n (-1)^{1+j} a_{1j} M_{1j}

    with minors that are expanded in turn. So :math:`p_n = n (p_{n-1} + 1)` products, from :math:`p_1 = 0`: more than
    n! from n = 3 on, and soon close to :math:`(e - 1)\, n!`. No use is made of zeros, nor of minors that come back.
    Where a product leaves the range of floats, so does the result: it is infinite, nan or 0.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 0.3.

    Examples
    --------
    >>> laplace_det([[1, 0, 3], [2, 1, 1], [1, 1, 1]])
    LaplaceResult(det=3.0, products=9)
    """
    matrix = as_square(a, "a")
    if len(matrix) > _MOST:
        raise ValueError(f"a must have at most {_MOST} columns, got {len(matrix)}; det takes any number")
    total, products = _expand(matrix.tolist())
    return LaplaceResult(total, products)


def _expand(rows: list[list[Any]]) -> tuple[Any, int]:
    if len(rows) < 2:
        return (rows[0][0] if rows else 1.0), 0
    total, products = 0.0, 0
    for j, entry in enumerate(rows[0]):
        below, inside = _expand([row[:j] + row[j + 1 :] for row in rows[1:]])
        total += (-1) ** j * entry * below
        products += inside + 1
    return total, products


def _from_singular_values(a: Matrix) -> Matrix:
    U, S, Vh = svd(a)
    scales = binary_scale(S)  # so that no partial product overflows or vanishes
    others = np.tile(S / scales, (len(S), 1))
    np.fill_diagonal(others, 1)
    exponents = np.log2(scales).sum() - np.log2(scales)
    gamma = others.prod(axis=1)
    top = exponents[gamma > 0].max(initial=0)  # 0 factors say nothing on the size
    gamma *= 2.0 ** np.minimum(exponents - top, 0)
    unit = slogdet(U).sign * slogdet(Vh).sign
    cofactors = unit * (U.conj() * gamma) @ Vh.conj()
    with np.errstate(over="ignore", under="ignore"):
        scaled: Matrix = times_power_of_2(cofactors, int(top))
    return scaled


def _without(a: Matrix, i: int, j: int) -> Matrix:
    return np.delete(np.delete(a, i, axis=0), j, axis=1)


def _as_index(i: Any, n: int, name: str) -> int:
    if isinstance(i, (bool, np.bool_)) or not isinstance(i, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, got {i!r}")
    if not -n <= i < n:
        raise ValueError(f"{name} must be between {-n} and {n - 1} for {n} rows and columns, got {i}")
    return int(i)
