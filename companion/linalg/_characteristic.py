"""The polynomial whose roots are the eigenvalues of a matrix."""

import numpy as np
from numpy.typing import ArrayLike

from companion.linalg._input import Matrix, as_square
from companion.linalg._qr_iteration import eigvals

_EXACT = 2.0**53  # floats hold all integers up to here


def characteristic_polynomial(a: ArrayLike) -> Matrix:
    r"""Coefficients of the characteristic polynomial det(x I - a), the highest power first.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.

    Returns
    -------
    ndarray, shape (n + 1,)
        The coefficients. The first one is 1, the second minus the trace, the last :math:`(-1)^n` times the determinant.
        Real if a is.

    Raises
    ------
    ValueError
        If `a` is not square, a number is nan or infinite, or a coefficient overflows.

    See Also
    --------
    eigvals : the roots. Do not compute them from the coefficients.
    numpy.poly : the same.

    Notes
    -----
    For small matrices of small integers, by a recursion of traces that is exact in floats (Faddeev and Le Verrier):

    .. math:: c_0 = 1, \quad M_1 = A, \qquad c_k = -\tfrac1k \operatorname{tr} M_k, \quad M_{k+1} = A (M_k + c_k I)

    It is taken if :math:`n (2r)^n < 2^{53}`, where r is the largest sum of absolute values along a row, at least 1:
    then no integer on the way exceeds what a float holds. With numbers that must be rounded it cancels: for 20 rows of
    random numbers between 0 and 1 no digit is left. All other matrices go by way of their eigenvalues,

    .. math:: \det(x I - A) = (x - \lambda_1) (x - \lambda_2) \cdots (x - \lambda_n).

    The error of :math:`c_k` is then about the machine epsilon times the sum of the absolute values of all products of k
    eigenvalues (times a modest factor, and if the eigenvalues are not ill conditioned).

    References
    ----------
    A. S. Householder, The Theory of Matrices in Numerical Analysis, 1964, chapter 6. J. H. Wilkinson, The Algebraic
    Eigenvalue Problem, 1965, chapter 7.

    Examples
    --------
    >>> characteristic_polynomial([[2, 1], [1, 2]]).tolist()
    [1.0, -4.0, 3.0]
    """
    A = as_square(a, "a")
    coefficients = _by_traces(A) if _stays_exact(A) else _by_eigenvalues(A)
    if not np.all(np.isfinite(coefficients)):
        raise ValueError("a must not be so large that a coefficient overflows; divide it by its norm first")
    return coefficients


def _stays_exact(A: Matrix) -> bool:
    if np.iscomplexobj(A) or not np.array_equal(A, np.rint(A)):
        return False
    n, r = len(A), max(1.0, np.abs(A).sum(axis=1).max(initial=0))
    return bool(np.log2(max(n, 1)) + n * np.log2(2 * r) < np.log2(_EXACT))


def _by_traces(A: Matrix) -> Matrix:
    n = len(A)
    c, M = np.ones(n + 1), np.eye(n)
    for k in range(1, n + 1):
        M = A @ M
        c[k] = -np.trace(M) / k
        M = M + c[k] * np.eye(n)
    return c + 0.0  # without a negative zero


def _by_eigenvalues(A: Matrix) -> Matrix:
    c = np.ones(1)
    with np.errstate(over="ignore", invalid="ignore"):
        for value in eigvals(A):
            c = np.convolve(c, [1, -value])
    # The conjugate pairs of a real matrix give real products; rounding may leave an imaginary part.
    return (c if np.iscomplexobj(A) else c.real) + 0.0
