"""What the singular value decomposition is for: best approximations of low rank, and the pseudo-inverse."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_count, as_real
from companion._warnings import warn_user
from companion.linalg._input import Matrix, adjoint, as_matrix, binary_scale
from companion.linalg._jacobi import svd


class SVDSResult(NamedTuple):
    """What `svds` returns."""

    u: Any
    s: Any
    vt: Any


def low_rank_approximation(a: ArrayLike, k: int) -> Matrix:
    r"""Nearest matrix of rank k or less.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.
    k : int
        Rank of the approximation, from 0 to min(m, n).

    Returns
    -------
    ndarray, shape (m, n)
        The first k terms of the singular value decomposition. No matrix of rank k or less is nearer to a, in the
        spectral norm or in the Frobenius norm. (If the singular values k and k + 1 are equal, others are as near.)

    Raises
    ------
    TypeError
        If k is not an integer.
    ValueError
        If `a` is no matrix, a number is nan or infinite, or k is negative or above min(m, n).

    See Also
    --------
    svd : all terms.
    svds : the first k terms without the others.

    Notes
    -----
    .. math:: A_k = \sum_{i=1}^{k} \sigma_i u_i v_i^*, \qquad \|A - A_k\|_2 = \sigma_{k+1}, \qquad
              \|A - A_k\|_F = \sqrt{\sigma_{k+1}^2 + \dots + \sigma_r^2}

    References
    ----------
    C. Eckart and G. Young, The approximation of one matrix by another of lower rank, Psychometrika 1, 1936. L. Mirsky,
    Symmetric gauge functions and unitarily invariant norms, Quarterly Journal of Mathematics 11, 1960.

    Examples
    --------
    >>> low_rank_approximation([[3, 0], [4, 5]], 1).round(12).tolist()
    [[1.5, 1.5], [4.5, 4.5]]
    """
    matrix = as_matrix(a, "a")
    k = _as_rank(k, matrix)
    U, S, Vh = svd(matrix, full_matrices=False)
    product: Matrix = U[:, :k] * S[:k] @ Vh[:k]
    return product


def pinv(a: ArrayLike, *, rtol: float | None = None) -> Matrix:
    r"""Pseudo-inverse of a matrix (Moore and Penrose): the inverse where there is one, else the best substitute.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.
    rtol : float, optional
        Singular values up to `rtol` times the largest one count as 0; by default max(m, n) times the machine epsilon.

    Returns
    -------
    ndarray, shape (n, m)
        The pseudo-inverse :math:`A^+`. For any b, :math:`A^+ b` has the least residual :math:`\|A x - b\|_2`, and is
        the shortest x that has.

    Raises
    ------
    ValueError
        If `a` is no matrix, a number is nan or infinite, or `rtol` is negative.

    See Also
    --------
    inv : for square matrices that are not singular.
    scipy.linalg.pinv : the same. (numpy.linalg.pinv has by default an rtol of 1e-15.)

    Notes
    -----
    With the singular value decomposition :math:`A = U \Sigma V^*` of rank r it is

    .. math:: A^+ = \sum_{i=1}^{r} \frac1{\sigma_i} v_i u_i^* .

    References
    ----------
    R. Penrose, A generalized inverse for matrices, Proceedings of the Cambridge Philosophical Society 51, 1955. G. H.
    Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 5.5.

    Examples
    --------
    >>> pinv([[1, 2], [2, 4]]).round(12).tolist()
    [[0.04, 0.08], [0.08, 0.16]]
    """
    matrix = as_matrix(a, "a")
    share = max(matrix.shape) * np.finfo(float).eps if rtol is None else as_real(rtol, "rtol")
    if share < 0:
        raise ValueError(f"rtol must be non-negative, got {share}")
    U, S, Vh = svd(matrix, full_matrices=False)
    rank = np.count_nonzero(share * S.max(initial=0) < S)
    inverse: Matrix = adjoint(Vh[:rank]) / S[:rank] @ adjoint(U[:, :rank])
    return inverse


def svds(
    A: ArrayLike, k: int = 6, *, tol: float = 1e-12, maxiter: int = 10_000, rng: np.random.Generator | int | None = None
) -> SVDSResult:
    r"""Find the k largest singular values of a matrix and their vectors, by power iteration with deflation.

    Parameters
    ----------
    A : array_like, shape (m, n)
        Matrix, real or complex.
    k : int, default 6
        How many, from 1 to min(m, n).
    tol : float, default 1e-12
        A direction is found when a step turns it by less than this.
    maxiter : int, default 10000
        Most steps for one direction.
    rng : numpy.random.Generator or int, optional
        Source of the random first direction, or its seed.

    Returns
    -------
    SVDSResult
        `u`, shape (m, k), `s`, shape (k,), and `vt`, shape (k, n): singular values from the smallest to the largest, as
        in SciPy, with left vectors as columns and right vectors as rows. (Those of a singular value 0 are any vectors.)

    Warns
    -----
    RuntimeWarning
        If a direction is not found in `maxiter` steps, as where two singular values are nearly equal.

    Raises
    ------
    TypeError
        If `k` or `maxiter` is not an integer.
    ValueError
        If `A` is no matrix, a number is nan or infinite, k is below 1 or above min(m, n), or `tol` is not positive.

    See Also
    --------
    svd : all singular values, to full precision.
    scipy.sparse.linalg.svds : the same, by Lanczos' method, which needs fewer steps.

    Notes
    -----
    Multiplying by :math:`A^* A` stretches the component along :math:`v_i` by :math:`\sigma_i^2`, so the component along
    the first one grows beyond all others, as fast as :math:`(\sigma_1/\sigma_2)^{2t}`. Once it is found, its term is
    subtracted from the matrix (deflation), and the next one is the first.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.3 and 8.6.

    Examples
    --------
    >>> u, s, vt = svds([[3, 0, 0], [4, 5, 0]], k=1, rng=0)
    >>> (s**2).round(9).tolist()
    [45.0]
    """
    rest = as_matrix(A, "A")
    k = _as_rank(k, rest, least=1)
    scale = binary_scale(np.abs(rest).max())  # so that no square overflows
    rest /= scale
    if not as_real(tol, "tol") > 0:
        raise ValueError(f"tol must be positive, got {tol}")
    steps, generator = as_count(maxiter, "maxiter"), np.random.default_rng(rng)
    terms = []
    for _ in range(k):
        v = _leading_direction(rest, tol, steps, generator)
        image = rest @ v
        length = np.linalg.norm(image)
        left = image / length if length > 0 else image
        rest -= length * np.outer(left, v.conj())
        terms.append((left, length, v.conj()))
    u, s, vt = (np.array(part) for part in zip(*reversed(terms), strict=True))
    return SVDSResult(u.T, scale * s, vt)


def _leading_direction(a: Matrix, tol: float, maxiter: int, rng: np.random.Generator) -> Matrix:
    v: Matrix = np.asarray(rng.normal(size=a.shape[1]), dtype=a.dtype)
    v /= np.linalg.norm(v)
    for _ in range(maxiter):
        w = adjoint(a) @ (a @ v)
        size = np.linalg.norm(w)
        if size == 0:  # nothing is left of the matrix
            return v
        previous, v = v, w / size
        if np.linalg.norm(v - previous) < tol:
            return v
    warn_user(f"svds did not converge in {maxiter} steps; raise maxiter or tol, or use svd", RuntimeWarning)
    return v


def _as_rank(k: int, matrix: Matrix, least: int = 0) -> int:
    k = as_count(k, "k", minimum=least)
    if k > min(matrix.shape):
        raise ValueError(f"k must be at most min(m, n), {min(matrix.shape)}, got {k}")
    return k
