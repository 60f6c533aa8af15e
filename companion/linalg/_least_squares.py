"""More equations than unknowns: least squares, and Cholesky's factor of the normal equations."""

from typing import Any, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike

from companion._validation import as_nonnegative, as_real
from companion.linalg._input import Matrix, adjoint, as_matrix, as_right_side, as_square
from companion.linalg._jacobi import svd
from companion.linalg._lu import _substitute

# Below this many columns the factor is made column by column; above it in halves, where matrix products do the work.
_FEW = 24
# Entries across the diagonal may differ by this share of the largest entry: rounding, not asymmetry.
_ASYMMETRY = 1e-10


class LstsqResult(NamedTuple):
    """What `lstsq` returns."""

    x: Any
    residuals: Any
    rank: Any
    s: Any


def lstsq(a: ArrayLike, b: ArrayLike, rcond: float | None = None) -> LstsqResult:
    r"""Solve a system of linear equations as well as can be: with the least sum of squared errors.

    Parameters
    ----------
    a : array_like, shape (m, n)
        Matrix of the system, real or complex: m equations in n unknowns, of any rank.
    b : array_like, shape (m,) or (m, k)
        Right side, or k of them as columns.
    rcond : float, optional
        Singular values up to this share of the largest count as 0; by default max(m, n) times the machine epsilon.

    Returns
    -------
    LstsqResult
        `x`, shape (n,) or (n, k), the solution; if there are many, the shortest. `residuals`, shape (1,) or (k,), the
        sums of squares of b - a x, in the unit of b squared; empty if the rank is below n, or m is at most n. `rank`
        of a, an int. `s`, shape (min(m, n),), the singular values of a, from the largest to the smallest.

    Raises
    ------
    ValueError
        If a shape is wrong, a number is nan or infinite, or `rcond` is negative.

    See Also
    --------
    solve : for n equations in n unknowns, a fraction of the work.
    pinv : the matrix that gives x for every b.
    numpy.linalg.lstsq : the same. (There an `rcond` that is not between 0 and 1 stands for the machine epsilon.)

    Notes
    -----
    The residual is shortest where it is perpendicular to all columns of a, else a step along a column would shorten it.
    That gives the *normal equations* :math:`A^* A x = A^* b`, whose condition number is that of a, squared. So they are
    not formed here. With the decomposition :math:`A = U \Sigma V^*` of rank r

    .. math:: x = \sum_{i=1}^{r} \frac{u_i^* b}{\sigma_i} v_i .

    Rounding moves x by about the machine epsilon times :math:`\kappa + \kappa^2 \rho`, where :math:`\rho` is the
    length of the residual over that of :math:`A x`. This is in the problem, not in the method: the normal equations
    have :math:`\kappa^2` also where all residuals are 0. For m far above n the work is about :math:`6 m n^2`
    operations: a QR decomposition, its Q written out, and Q times the rotations. Jacobi's rotations themselves take
    some :math:`n^3`, times the number of sweeps. Singular values below about :math:`10^{-144}` times the largest come
    out as 0, whatever `rcond` is (see `svd`).

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 5.3 and 5.5. Å. Björck, Numerical Methods
    for Least Squares Problems, 1996, sec. 1.4.

    Examples
    --------
    >>> x, residuals, rank, s = lstsq([[1, 0], [1, 1], [1, 2]], [1, 2, 4])
    >>> x.round(6).tolist(), residuals.round(6).tolist(), rank
    ([0.833333, 1.5], [0.166667], 2)
    >>> lstsq([[1, 1]], [2]).x.round(12).tolist()
    [1.0, 1.0]
    """
    A = as_matrix(a, "a")
    m, n = A.shape
    B = as_right_side(b, m)
    share = max(m, n) * np.finfo(float).eps if rcond is None else as_nonnegative(as_real(rcond, "rcond"), "rcond")
    power, powers = _power(A, None), _power(B, 0)  # powers of 2, so that no product or square of entries overflows
    A, B = _shift(A, -power), _shift(B, -powers)
    U, s, Vh = svd(A, full_matrices=False)
    rank = int(np.count_nonzero(share * s.max(initial=0) < s))
    coordinates = adjoint(U[:, :rank]) @ B
    x = adjoint(Vh[:rank]) @ (coordinates.T / s[:rank]).T
    rest = B - U[:, :rank] @ coordinates  # has more digits than B - A @ x where x is large
    lengths = np.ldexp(np.linalg.norm(np.atleast_2d(rest.T), axis=1), powers)
    squares = lengths**2 if rank == n < m else np.empty(0)
    return LstsqResult(_shift(x, powers - power), squares, rank, np.ldexp(s, power))


def _power(a: Matrix, axis: int | None) -> Any:
    """Return the exponents of the powers of 2 next above the largest entries, and 0 if they are 0."""
    return np.frexp(np.maximum(np.abs(a.real), np.abs(a.imag)).max(axis=axis, initial=0))[1]


def _shift(a: Matrix, exponent: Any) -> Matrix:
    """Multiply *a*, in place, by powers of 2 that may themselves overflow: so 0 stays 0 and does not become nan."""
    for part in (a.real, a.imag) if np.iscomplexobj(a) else (a,):
        np.ldexp(part, exponent, out=part)
    return a


def cholesky(a: ArrayLike, *, upper: bool = False) -> Matrix:
    r"""Cholesky decomposition of a positive definite matrix: a triangular matrix times its own adjoint.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Symmetric (or Hermitian) and positive definite matrix.
    upper : bool, default False
        Whether to return the adjoint of the factor, which is upper triangular.

    Returns
    -------
    ndarray, shape (n, n)
        Lower triangular L with a positive diagonal such that ``L @ L.conj().T`` is a; there is one such matrix only.

    Raises
    ------
    numpy.linalg.LinAlgError
        If a is not positive definite, to rounding (a ValueError).
    ValueError
        If `a` is not square or not symmetric, or a number is nan or infinite.

    See Also
    --------
    lu : for matrices of any kind, with more work.
    numpy.linalg.cholesky : the same; it does not look whether a is symmetric.

    Notes
    -----
    Compare the entries of :math:`A = L L^*`, column by column:

    .. math:: l_{jj} = \sqrt{a_{jj} - \sum_{k < j} |l_{jk}|^2}, \qquad
              l_{ij} = \frac{a_{ij} - \sum_{k < j} l_{ik} \bar l_{jk}}{l_{jj}} \quad (i > j)

    The leading minor of order j is the product of the first j of the :math:`l_{jj}^2`. So the first number under a root
    that is not positive belongs to the first leading minor that is not, and a is not positive definite. No pivoting is
    needed: :math:`|l_{ij}|^2 \le a_{ii}`, so nothing grows. The formulas take :math:`\tfrac13 n^3` operations, half of
    those of `lu`. Large matrices go by halves as there, which takes :math:`\tfrac12 n^3`, as both triangles of what is
    left are brought up to date, but in fast products of matrices.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 4.2. N. J. Higham, Accuracy and Stability
    of Numerical Algorithms, 2nd ed., 2002, ch. 10.

    Examples
    --------
    >>> cholesky([[4, 2], [2, 5]]).tolist()
    [[2.0, 0.0], [1.0, 2.0]]
    """
    L = as_square(a, "a")
    apart = np.abs(L / 2 - adjoint(L) / 2)
    if apart.max(initial=0) > _ASYMMETRY * np.abs(L / 2).max(initial=0):
        i, j = (int(k) for k in np.unravel_index(np.argmax(apart), L.shape))
        raise ValueError(f"a must be symmetric (Hermitian); a[{i}, {j}] is {L[i, j]} but a[{j}, {i}] is {L[j, i]}")
    with np.errstate(over="ignore", invalid="ignore"):  # infinity and nan come before a minor that is not positive
        _factor(L, 0)
    L = np.tril(L)
    return adjoint(L) if upper else L


def _factor(a: Matrix, before: int) -> None:
    """Put the factor in the place of the lower triangle of *a*, which *before* rows of the whole matrix precede."""
    n = len(a)
    if n <= _FEW:
        _factor_columns(a, before)
        return
    half = n // 2
    corner, below, rest = a[:half, :half], a[half:, :half], a[half:, half:]
    _factor(corner, before)
    rows = adjoint(below).copy()
    _substitute(corner, rows, lower=True)
    below[:] = adjoint(rows)
    rest -= below @ rows
    _factor(rest, before + half)


def _factor_columns(a: Matrix, before: int) -> None:
    for j in range(len(a)):
        square = a[j, j].real - np.vdot(a[j, :j], a[j, :j]).real
        if not square > 0:  # nan is not, either
            raise LinAlgError(
                f"a must be positive definite; the leading minor of order {before + j + 1} is not positive"
            )
        a[j, j] = np.sqrt(square)
        a[j + 1 :, j] = (a[j + 1 :, j] - a[j + 1 :, :j] @ a[j, :j].conj()) / a[j, j]
