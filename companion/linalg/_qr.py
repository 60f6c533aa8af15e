"""Orthonormal bases: Gram and Schmidt's way, and Householder's."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike

from companion.linalg._input import Matrix, adjoint, as_matrix, binary_scale


class QRResult(NamedTuple):
    """What `qr` and `gram_schmidt` return."""

    Q: Any
    R: Any


def qr(a: ArrayLike, mode: Literal["reduced", "complete"] = "reduced") -> QRResult:
    r"""QR decomposition by Householder's reflections: orthonormal columns times an upper triangular matrix.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix, real or complex.
    mode : {"reduced", "complete"}, default "reduced"
        Whether Q has k = min(m, n) columns, or all m.

    Returns
    -------
    QRResult
        `Q`, shape (m, k) or (m, m), with orthonormal columns, and `R`, shape (k, n) or (m, n), upper triangular, such
        that ``Q @ R`` is a.

    Raises
    ------
    ValueError
        If `a` is no matrix, holds nan or infinity, or `mode` is unknown.

    See Also
    --------
    gram_schmidt : the same factors in another way, up to signs.
    numpy.linalg.qr : the same; for complex matrices with other phases, such that the diagonal of R is real.

    Notes
    -----
    The reflection :math:`H = I - 2 v v^* / (v^* v)` mirrors at the plane across v. With
    :math:`v = x + \operatorname{sign}(x_1) \|x\| e_1` it sends x to a multiple of :math:`e_1`: zeros below the first
    entry. One such reflection a column makes a upper triangular. Reflections preserve lengths, so Q is orthogonal to
    rounding whatever the columns of a are; the sign is chosen so that :math:`v_1` is a sum, not a difference.

    References
    ----------
    A. S. Householder, Unitary triangularization of a nonsymmetric matrix, Journal of the ACM 5, 1958. G. H. Golub and
    C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 5.2.

    Examples
    --------
    >>> Q, R = qr([[3, 1], [4, 2]])
    >>> np.round(Q, 6).tolist(), np.round(R, 6).tolist()
    ([[-0.6, -0.8], [-0.8, 0.6]], [[-5.0, -2.2], [0.0, 0.4]])
    """
    if mode not in ("reduced", "complete"):
        raise ValueError(f"mode must be 'reduced' or 'complete', got {mode!r}")
    R = as_matrix(a, "a")
    m, n = R.shape
    k = min(m, n)
    vectors = [_reflect_column(R, j) for j in range(k)]
    Q = np.eye(m, k if mode == "reduced" else m, dtype=R.dtype)
    for j in reversed(range(k)):
        reflect(Q[j:, j:], vectors[j])
    return QRResult(Q, np.triu(R[: Q.shape[1]]))


def _reflect_column(a: Matrix, j: int) -> Matrix:
    """Mirror the rows from j on, so that column j becomes 0 below the diagonal; return the normal of the mirror."""
    v = mirror_normal(a[j:, j])
    reflect(a[j:, j:], v)
    return v


def mirror_normal(x: Matrix) -> Matrix:
    """Return the unit normal of the mirror that sends *x* to a multiple of the first axis, 0 if it lies there."""
    v = x.copy()
    if not v[1:].any():
        return np.zeros_like(v)
    v /= binary_scale(np.abs(v).max())  # so that no square overflows or underflows
    length = np.sqrt(np.vdot(v, v).real)
    v[0] += length * (v[0] / abs(v[0]) if v[0] != 0 else 1)
    v /= np.sqrt(np.vdot(v, v).real)
    return v


def reflect(rows: Matrix, normal: Matrix) -> None:
    """Mirror each column of *rows*, in place."""
    rows -= 2 * normal[:, None] * (normal.conj() @ rows)


def gram_schmidt(a: ArrayLike, method: Literal["modified", "classical"] = "modified") -> QRResult:
    r"""Orthonormalise the columns of a matrix, one after the other.

    Parameters
    ----------
    a : array_like, shape (m, n)
        n linearly independent columns of length m, real or complex.
    method : {"modified", "classical"}, default "modified"
        Whether each new direction is taken out of all later columns at once, or a column waits for its turn and all
        earlier directions are taken out of it together.

    Returns
    -------
    QRResult
        `Q`, shape (m, n), with orthonormal columns that span the same spaces as the first 1, 2, ... columns of a; and
        `R`, shape (n, n), upper triangular with a positive diagonal, such that ``Q @ R`` is a.

    Raises
    ------
    numpy.linalg.LinAlgError
        If a column depends linearly on those before, to rounding (a ValueError).
    ValueError
        If `a` is no matrix, has more columns than rows, holds nan or infinity, or `method` is unknown.

    See Also
    --------
    qr : by reflections; orthogonal to rounding for any matrix.

    Notes
    -----
    .. math:: v_j = a_j - \sum_{i < j} (q_i^* a_j) q_i, \qquad q_j = v_j / \|v_j\|

    In exact arithmetic both methods are the same. In floats the loss of orthogonality :math:`\|I - Q^* Q\|` grows with
    the condition number :math:`\kappa` of a for the modified method: the dot product with a direction is taken from
    what the other directions have left, so it sees their errors. For the classical one it grows with :math:`\kappa^2`
    or worse. Twice is enough: while :math:`\kappa` is below about :math:`10^{15}`, the modified method on its own Q
    makes it orthogonal to rounding.

    References
    ----------
    Å. Björck, Solving linear least squares problems by Gram-Schmidt orthogonalization, BIT 7, 1967. A. Smoktunowicz,
    J. L. Barlow and J. Langou, A note on the error analysis of classical Gram-Schmidt, Numer. Math. 105, 2006. G. H.
    Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 5.2.

    Examples
    --------
    >>> Q, R = gram_schmidt([[3, 1], [4, 2]])
    >>> np.round(Q, 6).tolist(), np.round(R, 6).tolist()
    ([[0.6, -0.8], [0.8, 0.6]], [[5.0, 2.2], [0.0, 0.4]])
    """
    if method not in ("modified", "classical"):
        raise ValueError(f"method must be 'modified' or 'classical', got {method!r}")
    Q = as_matrix(a, "a")
    m, n = Q.shape
    if m < n:
        raise LinAlgError(f"a must have at most as many columns as rows, else they depend linearly; got shape {(m, n)}")
    scale = binary_scale(np.abs(Q).max(axis=0, initial=0))  # a power of 2 a column: no square overflows or vanishes
    Q /= scale
    least = m * np.finfo(float).eps * np.linalg.norm(Q, axis=0)
    R = np.zeros((n, n), dtype=Q.dtype)
    for j in range(n):
        if method == "classical":
            R[:j, j] = adjoint(Q[:, :j]) @ Q[:, j]
            Q[:, j] -= Q[:, :j] @ R[:j, j]
        length = np.linalg.norm(Q[:, j])
        if length <= least[j]:
            raise LinAlgError(f"a must have linearly independent columns; column {j} depends on those before")
        R[j, j] = length
        Q[:, j] /= length
        if method == "modified":
            R[j, j + 1 :] = Q[:, j].conj() @ Q[:, j + 1 :]
            Q[:, j + 1 :] -= np.outer(Q[:, j], R[j, j + 1 :])
    return QRResult(Q, R * scale)
