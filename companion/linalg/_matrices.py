"""What a square matrix is by its pattern, and its powers."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_nonnegative, as_real
from companion.linalg._input import Matrix, adjoint, as_matrix, as_square
from companion.linalg._lu import inv


def matrix_power(a: ArrayLike, n: int) -> Matrix:
    r"""Power of a square matrix, by repeated squaring.

    Parameters
    ----------
    a : array_like, shape (m, m)
        Matrix: integers, truth values, real or complex numbers.
    n : int
        Exponent. For a negative one the inverse is raised to the power -n.

    Returns
    -------
    ndarray, shape (m, m)
        The product of n factors a; for n = 0 the identity. For n >= 0 integers of up to 64 bits and truth values
        keep their type, and are exact; all else becomes float64 or complex128.

    Raises
    ------
    numpy.linalg.LinAlgError
        If n is negative and a is singular (a ValueError).
    TypeError
        If `n` is no integer, or `a` holds something else than numbers.
    ValueError
        If `a` is not square, a number is nan or infinite, or the power may leave the range of the type.

    See Also
    --------
    inv : the power -1.
    numpy.linalg.matrix_power : the same; but where we refuse, its integers wrap around, and its floats become inf or
        nan.

    Notes
    -----
    With the binary digits of n, for example :math:`a^{13} = a^8 a^4 a`, the squares :math:`a, a^2, a^4, a^8, \dots` are
    enough: :math:`\lfloor \log_2 n \rfloor` products, and one less than n has ones in its binary digits. Between truth
    values a product is "and", a sum "or".

    An integer product is refused as soon as an entry could be too large without cancellation, that is, by
    :math:`\sum_k |a_{ik}| |b_{kj}|`.

    References
    ----------
    D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed., 1997, sec. 4.6.3.

    Examples
    --------
    >>> matrix_power([[1, 1], [1, 0]], 10).tolist()
    [[89, 55], [55, 34]]
    >>> matrix_power([[1, 1], [0, 1]], -3).tolist()
    [[1.0, -3.0], [0.0, 1.0]]
    """
    if isinstance(n, (bool, np.bool_)) or not isinstance(n, (int, np.integer)):
        raise TypeError(f"n must be an integer, got {n!r}")
    with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
        square = as_square(a, "a") if n >= 0 else inv(a)
    if not np.all(np.isfinite(square)):
        raise _too_large(square.dtype)
    if n >= 0 and np.asarray(a).dtype.kind in "biu":
        square = np.array(a)
    power, n = np.eye(len(square), dtype=square.dtype), abs(int(n))
    first = True  # so that the identity costs no product
    while n > 0:
        if n % 2:
            power, first = square if first else _product(power, square), False
        n //= 2
        square = _product(square, square) if n else square
    return power


def bandwidth(a: ArrayLike) -> tuple[int, int]:
    """Bandwidth of a matrix: how far from the main diagonal its entries other than 0 lie, below and above it.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.

    Returns
    -------
    lower, upper : int
        The numbers of the outermost diagonals below and above the main one that are not all 0. (0, 0) is a diagonal
        matrix, (0, u) an upper triangular one, (l, 0) a lower triangular one.

    Raises
    ------
    ValueError
        If `a` is no matrix, or a number is nan or infinite.

    See Also
    --------
    scipy.linalg.bandwidth : the same; but of a matrix of a single row or column it says (0, 0).

    Notes
    -----
    The bandwidths of a product are at most the sums of those of its factors. So a product of triangular matrices of one
    kind is triangular of that kind.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 1.2.

    Examples
    --------
    >>> bandwidth([[1, 2, 0], [0, 3, 4], [0, 0, 5]])
    (0, 1)
    """
    rows, columns = np.nonzero(as_matrix(a, "a"))
    return int((rows - columns).max(initial=0)), int((columns - rows).max(initial=0))


def issymmetric(a: ArrayLike, atol: float | None = None, rtol: float | None = None) -> bool:
    r"""Whether a square matrix is symmetric, that is, equal to its transpose.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    atol, rtol : float, optional
        Absolute and relative tolerance; one that is not given is 0. Without both the comparison is exact.

    Returns
    -------
    bool
        Whether :math:`|a_{ij} - a_{ji}| \le \mathrm{atol} + \mathrm{rtol} |a_{ji}|` for all i and j.

    Raises
    ------
    ValueError
        If `a` is not square, a number is nan or infinite, or a tolerance is negative.

    See Also
    --------
    ishermitian : with the conjugate transpose.
    scipy.linalg.issymmetric : the same, for finite numbers.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 0.2.

    Examples
    --------
    >>> issymmetric([[2, 1], [1, 2]]), issymmetric([[0, 1], [-1, 0]])
    (True, False)
    >>> issymmetric([[2, 1], [1 + 1e-9, 2]]), issymmetric([[2, 1], [1 + 1e-9, 2]], rtol=1e-8)
    (False, True)
    """
    return _mirrored(a, False, atol, rtol)


def ishermitian(a: ArrayLike, atol: float | None = None, rtol: float | None = None) -> bool:
    r"""Whether a square matrix is Hermitian, that is, equal to its conjugate transpose.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    atol, rtol : float, optional
        Absolute and relative tolerance; one that is not given is 0. Without both the comparison is exact.

    Returns
    -------
    bool
        Whether :math:`|a_{ij} - \bar a_{ji}| \le \mathrm{atol} + \mathrm{rtol} |a_{ji}|` for all i and j. A real
        matrix is Hermitian if it is symmetric.

    Raises
    ------
    ValueError
        If `a` is not square, a number is nan or infinite, or a tolerance is negative.

    See Also
    --------
    issymmetric : without conjugates.
    scipy.linalg.ishermitian : the same, for finite numbers.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 0.2.

    Examples
    --------
    >>> ishermitian([[2, 1j], [-1j, 2]]), ishermitian([[2, 1j], [1j, 2]])
    (True, False)
    """
    return _mirrored(a, True, atol, rtol)


def trace(a: ArrayLike) -> Any:
    r"""Trace of a square matrix: the sum of its main diagonal.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.

    Returns
    -------
    int, float or complex
        The trace; for integers of up to 64 bits an exact one.

    Raises
    ------
    ValueError
        If `a` is not square, or a number is nan or infinite.

    See Also
    --------
    numpy.trace : the same for square matrices; it adds up the diagonal of a rectangle, too.

    Notes
    -----
    .. math:: \operatorname{tr}(AB) = \sum_i \sum_k a_{ik} b_{ki} = \operatorname{tr}(BA)

    The trace is the sum of the eigenvalues, each as often as it is a root of the characteristic polynomial.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 0.2 and 1.2.

    Examples
    --------
    >>> trace([[19, 22], [43, 50]])
    69
    """
    matrix = as_square(a, "a")
    if np.asarray(a).dtype.kind in "biu":
        return sum(int(entry) for entry in np.diagonal(a))
    return matrix.diagonal().sum()


def _product(a: Matrix, b: Matrix) -> Matrix:
    """Return the product of two matrices of one type; refuse it if an entry may leave the range of the type."""
    if a.dtype.kind in "iu":
        largest = (np.abs(a.astype(float)) @ np.abs(b.astype(float))).max(initial=0)
        fits = largest * (1 + 1e-12) < np.iinfo(a.dtype).max + 1
        product = a @ b
    else:
        with np.errstate(over="ignore", invalid="ignore"):
            product = a @ b
        fits = bool(np.all(np.isfinite(product)))
    if not fits:
        raise _too_large(a.dtype)
    return product


def _too_large(kind: np.dtype[Any]) -> ValueError:
    repair = "pass a as floats" if kind.kind in "iu" else "scale a first"
    return ValueError(f"n must be nearer to 0, else the power may not fit into {kind}; or {repair}")


def _mirrored(a: ArrayLike, conjugate: bool, atol: float | None, rtol: float | None) -> bool:
    """Return whether a matrix equals its (conjugate) transpose, exactly or to a tolerance."""
    matrix = as_square(a, "a")
    if atol is None and rtol is None:
        exact = np.asarray(a)
        matrix = exact if exact.dtype.kind in "iuO" else matrix  # floats would round large integers
        return bool(np.all(matrix == (adjoint(matrix) if conjugate else matrix.T)))
    absolute, relative = (
        float(as_nonnegative(as_real(0.0 if tolerance is None else tolerance, name), name))
        for name, tolerance in (("atol", atol), ("rtol", rtol))
    )
    return bool(np.allclose(matrix, adjoint(matrix) if conjugate else matrix.T, atol=absolute, rtol=relative))
