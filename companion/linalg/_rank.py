"""The rank of a matrix, and orthonormal bases of what it reaches and of what it sends to zero."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_nonnegative, as_real
from companion.linalg._input import Matrix, adjoint, as_matrix
from companion.linalg._jacobi import svd, svdvals


def matrix_rank(A: ArrayLike, tol: float | None = None, *, rtol: float | None = None) -> int:
    r"""Rank of a matrix: the number of linearly independent columns, to rounding.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Matrix, real or complex, for example with vectors as columns.
    tol : float, optional
        Singular values up to `tol` count as 0.
    rtol : float, optional
        The same as a share of the largest singular value; by default max(m, n) times the machine epsilon.

    Returns
    -------
    int
        The number of singular values above the tolerance; 0 for a matrix of zeros.

    Raises
    ------
    ValueError
        If `A` is no matrix, a number is nan or infinite, a tolerance is negative, or both are given.

    See Also
    --------
    null_space : the combinations of the columns that vanish.
    numpy.linalg.matrix_rank : the same.

    Notes
    -----
    A matrix with singular values :math:`\sigma_1 \ge \sigma_2 \ge \dots` is at the distance :math:`\sigma_{r+1}` from
    the nearest matrix of rank at most r. So this is the least rank among all matrices within the tolerance.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 2.4 and 5.4.

    Examples
    --------
    >>> matrix_rank([[1, 1, 2], [1, 2, 4], [1, 3, 6]])
    2
    """
    matrix = as_matrix(A, "A")
    S = svdvals(matrix)
    if tol is None:
        return _count(S, matrix.shape, rtol, "rtol")
    if rtol is not None:
        raise ValueError(f"tol and rtol must not be given both; got tol={tol} and rtol={rtol}")
    return int(np.count_nonzero(as_nonnegative(as_real(tol, "tol"), "tol") < S))


def null_space(A: ArrayLike, rcond: float | None = None) -> Matrix:
    r"""Orthonormal basis of the null space of a matrix: of all vectors x with A x = 0.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Matrix, real or complex.
    rcond : float, optional
        Singular values up to this share of the largest count as 0; by default max(m, n) times the machine epsilon.

    Returns
    -------
    ndarray, shape (n, n - rank)
        Orthonormal columns. Each holds the weights of a combination of the columns of A that vanishes.

    Raises
    ------
    ValueError
        If `A` is no matrix, a number is nan or infinite, or `rcond` is negative.

    See Also
    --------
    matrix_rank, orth
    scipy.linalg.null_space : the same space; its basis may be turned.

    Notes
    -----
    With :math:`A = U \Sigma V^*` the length of A x is that of :math:`\Sigma V^* x`: it is 0 for the columns of V whose
    singular value is 0 or missing, and for their combinations.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 2.4.

    Examples
    --------
    >>> N = null_space([[1, 1, 2], [1, 2, 4], [1, 3, 6]])
    >>> N.shape
    (3, 1)
    >>> np.allclose(N / N[2], [[0], [-2], [1]])
    True
    """
    matrix = as_matrix(A, "A")
    _, S, Vh = svd(matrix)
    return adjoint(Vh[_count(S, matrix.shape, rcond, "rcond") :])


def orth(A: ArrayLike, rcond: float | None = None) -> Matrix:
    """Orthonormal basis of the span of the columns of a matrix, also if these depend on each other.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Matrix, real or complex.
    rcond : float, optional
        Singular values up to this share of the largest count as 0; by default max(m, n) times the machine epsilon.

    Returns
    -------
    ndarray, shape (m, rank)
        Orthonormal columns.

    Raises
    ------
    ValueError
        If `A` is no matrix, a number is nan or infinite, or `rcond` is negative.

    See Also
    --------
    gram_schmidt : column by column, for independent columns.
    scipy.linalg.orth : the same space; its basis may be turned.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 2.4.

    Examples
    --------
    >>> np.abs(orth([[3, 6], [4, 8]])).round(12).tolist()
    [[0.6], [0.8]]
    """
    matrix = as_matrix(A, "A")
    U, S, _ = svd(matrix, full_matrices=False)
    basis: Matrix = U[:, : _count(S, matrix.shape, rcond, "rcond")]
    return basis


def _count(S: NDArray[np.float64], shape: tuple[int, ...], share: float | None, name: str) -> int:
    """Return how many singular values are more than a share of the largest."""
    if share is None:
        share = max(shape) * float(np.finfo(float).eps)
    least = as_nonnegative(as_real(share, name), name) * S.max(initial=0)
    return int(np.count_nonzero(least < S))
