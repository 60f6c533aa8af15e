"""Jacobi's rotations: singular values, and eigenvalues of symmetric matrices, to full precision."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion.linalg._input import Matrix, adjoint, as_matrix, as_square, binary_scale
from companion.linalg._qr import qr

_Floats = NDArray[np.float64]
_Indices = NDArray[np.intp]

_EPS = float(np.finfo(float).eps)
_SWEEPS = 60
# Of rows shorter than this (the largest entry is about 1) the squares lose digits by underflow; they count as zero.
_LEAST = 2.0**-480
# Entries across the diagonal may differ by this share of the largest entry: rounding, not asymmetry.
_ASYMMETRY = 1e-10


class SVDResult(NamedTuple):
    """What `svd` returns."""

    U: Any
    S: Any
    Vh: Any


class EighResult(NamedTuple):
    """What `eigh` returns."""

    eigenvalues: Any
    eigenvectors: Any


def svd(a: ArrayLike, full_matrices: bool = True) -> SVDResult:
    r"""Singular value decomposition, by one-sided Jacobi rotations.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.
    full_matrices : bool, default True
        Whether U and Vh are square; else they have k = min(m, n) columns and rows.

    Returns
    -------
    SVDResult
        `U`, shape (m, m) or (m, k), with orthonormal columns; `S`, shape (k,), the singular values from the largest to
        the smallest, none negative; `Vh`, shape (n, n) or (k, n), with orthonormal rows; such that
        ``U[:, :k] * S @ Vh[:k]`` is a.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the rotations do not converge, which has not been seen (a ValueError).
    ValueError
        If `a` is no matrix, or a number is nan or infinite.

    See Also
    --------
    svdvals : the singular values alone.
    numpy.linalg.svd : the same.

    Notes
    -----
    A rotation of two columns can make them orthogonal. Going over all pairs again and again makes all columns
    orthogonal: :math:`A V = W`. The lengths of the columns of W are the singular values, their directions the columns
    of U. A QR decomposition goes ahead, with the longest columns first. Disjoint pairs are rotated at the same time, in
    the order of a round-robin tournament. Small singular values come out with many more digits than by way of the
    eigenvalues of :math:`A^* A`, which squares them. Those below about :math:`10^{-144}` times the largest entry come
    out as 0.

    References
    ----------
    M. R. Hestenes, Inversion of matrices by biorthogonalization and related results, J. SIAM 6, 1958. G. H. Golub and
    C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 8.6.3. J. Demmel and K. Veselić, Jacobi's method is more
    accurate than QR, SIAM J. Matrix Anal. Appl. 13, 1992.

    Examples
    --------
    >>> U, S, Vh = svd([[3, 0], [4, 5]])
    >>> np.round(S**2, 6).tolist()
    [45.0, 5.0]
    >>> np.allclose(U * S @ Vh, [[3, 0], [4, 5]])
    True
    """
    A = as_matrix(a, "a")
    m, n = A.shape
    if m < n:
        V, S, Uh = svd(adjoint(A), full_matrices)
        return SVDResult(adjoint(Uh), S, adjoint(V))
    scale = binary_scale(np.abs(A).max(initial=0))  # so that no square overflows
    A /= scale
    order = np.argsort(-np.linalg.norm(A, axis=0), kind="stable")
    Q, R = qr(A[:, order], mode="complete" if full_matrices else "reduced")
    W = R[:n].conj()  # its rows, the columns of the adjoint of R, become orthogonal
    V = _orthogonalise(W)
    S = np.linalg.norm(W, axis=1)
    down = np.argsort(-S, kind="stable")
    Q[:, :n] = Q[:, :n] @ V[down].T
    Vh = np.empty_like(W)
    Vh[:, order] = _unit_rows(W[down], S[down]).conj()
    return SVDResult(Q, scale * S[down], Vh)


def svdvals(a: ArrayLike) -> _Floats:
    """Singular values of a matrix.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.

    Returns
    -------
    ndarray, shape (min(m, n),)
        The singular values, from the largest to the smallest.

    Raises
    ------
    ValueError
        If `a` is no matrix, or a number is nan or infinite.

    See Also
    --------
    svd : with the directions, and how it is done.
    scipy.linalg.svdvals : the same.

    References
    ----------
    M. R. Hestenes, Inversion of matrices by biorthogonalization and related results, J. SIAM 6, 1958.

    Examples
    --------
    >>> svdvals([[2, 1], [1, 2]]).round(12).tolist()
    [3.0, 1.0]
    """
    S: _Floats = svd(a, full_matrices=False).S
    return S


def eigh(a: ArrayLike) -> EighResult:
    r"""Eigenvalues and eigenvectors of a symmetric or Hermitian matrix, by Jacobi rotations.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real symmetric or complex Hermitian.

    Returns
    -------
    EighResult
        `eigenvalues`, shape (n,), real, from the smallest to the largest; `eigenvectors`, shape (n, n), with
        orthonormal columns, column i for eigenvalue i.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the rotations do not converge, which has not been seen (a ValueError).
    ValueError
        If `a` is not square or not symmetric, or a number is nan or infinite. (NumPy takes the lower triangle and does
        not look at the upper one.)

    See Also
    --------
    svd : for any matrix.
    numpy.linalg.eigh : the same.

    Notes
    -----
    A rotation in the plane of two coordinates p and q makes :math:`a_{pq}` zero:

    .. math:: \zeta = \frac{a_{qq} - a_{pp}}{2 |a_{pq}|}, \qquad
              \tan\theta = \frac{\operatorname{sign} \zeta}{|\zeta| + \sqrt{1 + \zeta^2}}

    Others that were zero do not stay so, but the sum of all squares off the diagonal shrinks by
    :math:`2 |a_{pq}|^2`, and in the end quadratically. Disjoint pairs are rotated at the same time.

    References
    ----------
    C. G. J. Jacobi, Über ein leichtes Verfahren, die in der Theorie der Säcularstörungen vorkommenden Gleichungen
    numerisch aufzulösen, Crelle's Journal 30, 1846. G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013,
    sec. 8.5.

    Examples
    --------
    >>> values, vectors = eigh([[2, 1], [1, 2]])
    >>> values.round(12).tolist()
    [1.0, 3.0]
    """
    A = as_square(a, "a")
    largest = np.abs(A).max(initial=0)
    apart = np.abs(A - adjoint(A))
    if np.any(apart > _ASYMMETRY * largest):
        i, j = (int(k) for k in np.unravel_index(np.argmax(apart), A.shape))
        raise ValueError(f"a must be symmetric (Hermitian); a[{i}, {j}] is {A[i, j]} but a[{j}, {i}] is {A[j, i]}")
    scale = binary_scale(largest)
    A = A / scale / 2 + adjoint(A) / scale / 2
    V = _diagonalise(A)
    values = np.diag(A).real
    up = np.argsort(values, kind="stable")
    return EighResult(scale * values[up], V[up].T)


def _orthogonalise(W: Matrix) -> Matrix:
    """Rotate pairs of rows until all are orthogonal; return the rotations, as rows too."""
    V = np.eye(len(W), dtype=W.dtype)
    tolerance = _EPS * np.sqrt(len(W))
    rounds = list(_rounds(len(W)))
    for _ in range(_SWEEPS):
        W[np.linalg.norm(W, axis=1) < _LEAST] = 0
        at_rest = True
        for p, q in rounds:
            alpha, beta = (np.einsum("ij,ij->i", W[k].conj(), W[k]).real for k in (p, q))
            gamma = np.einsum("ij,ij->i", W[p].conj(), W[q])
            turn = np.abs(gamma) > tolerance * np.sqrt(alpha) * np.sqrt(beta)
            if turn.any():
                p, q, rotation = p[turn], q[turn], _rotation(alpha[turn], beta[turn], gamma[turn])
                _rotate(W, p, q, *rotation)
                _rotate(V, p, q, *rotation)
                at_rest = False
        if at_rest:
            return V
    raise LinAlgError(f"the columns did not become orthogonal in {_SWEEPS} sweeps")


def _diagonalise(A: Matrix) -> Matrix:
    """Rotate a Hermitian matrix until it is diagonal; return the eigenvectors as rows."""
    V = np.eye(len(A), dtype=A.dtype)
    least = _EPS**2 * np.linalg.norm(A)
    rounds = list(_rounds(len(A)))
    for _ in range(_SWEEPS):
        at_rest = True
        for p, q in rounds:
            alpha, beta, gamma = A[p, p].real, A[q, q].real, A[p, q]
            turn = np.abs(gamma) > np.maximum(_EPS * np.sqrt(np.abs(alpha)) * np.sqrt(np.abs(beta)), least)
            if turn.any():
                p, q = p[turn], q[turn]
                c, s, phase = _rotation(alpha[turn], beta[turn], gamma[turn])
                _rotate(A.T, p, q, c, s, phase)
                _rotate(A, p, q, c, s, phase.conj())
                _rotate(V, p, q, c, s, phase)
                A[p, q] = A[q, p] = 0
                at_rest = False
        if at_rest:
            return V
    raise LinAlgError(f"a did not become diagonal in {_SWEEPS} sweeps")


def _rounds(n: int) -> Iterator[tuple[_Indices, _Indices]]:
    """Yield the pairings of a round-robin tournament: n - 1 rounds in which each meets each once."""
    players = np.arange(n + n % 2)  # if n is odd, the last one is a bye
    for _ in range(len(players) - 1):
        p, q = players[: len(players) // 2], players[len(players) // 2 :][::-1]
        both = (p < n) & (q < n)
        yield np.minimum(p, q)[both], np.maximum(p, q)[both]
        players[1:] = np.roll(players[1:], 1)


def _rotation(alpha: _Floats, beta: _Floats, gamma: Matrix) -> tuple[_Floats, _Floats, Matrix]:
    """Return cosines, sines and phases that diagonalise 2 x 2 matrices with diagonal alpha, beta and corner gamma."""
    size = np.abs(gamma)
    zeta = (beta - alpha) / 2 / size
    tangent = np.copysign(1, zeta) / (np.abs(zeta) + np.hypot(1, zeta))
    cosine = 1 / np.hypot(1, tangent)
    return cosine, cosine * tangent, gamma.conj() / size


def _rotate(rows: Matrix, p: _Indices, q: _Indices, c: _Floats, s: _Floats, phase: Matrix) -> None:
    x, y = rows[p], rows[q] * phase[:, None]
    rows[p] = c[:, None] * x - s[:, None] * y
    rows[q] = s[:, None] * x + c[:, None] * y


def _unit_rows(W: Matrix, lengths: _Floats) -> Matrix:
    """Divide orthogonal rows, the longest first, by their lengths; put any orthonormal ones in the place of zeros."""
    rank = np.count_nonzero(lengths)
    units = W[:rank] / lengths[:rank, None]
    if rank == len(W):
        return units
    return np.concatenate([units, qr(units.T, mode="complete").Q[:, rank:].T])
