"""Eigenvalues of any square matrix: Hessenberg form, then QR iteration with shifts."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion.linalg._input import Matrix, as_square, binary_scale
from companion.linalg._qr import mirror_normal, reflect

_EPS = float(np.finfo(float).eps)
_TINY = 2.0**-500  # what is smaller than that, times the norm, counts as 0: its square would underflow
_SWEEPS = 60  # the most that one eigenvalue, or pair, may take; two or three are usual
_STALLED = 10  # after so many sweeps another shift breaks a cycle
_GROWN = 1e100  # eigenvectors whose entries exceed this are scaled down on the way


class EigResult(NamedTuple):
    """What `eig` returns."""

    eigenvalues: Any
    eigenvectors: Any


def hessenberg(a: ArrayLike, calc_q: bool = False) -> Any:
    r"""Hessenberg form of a square matrix: zeros below the first subdiagonal.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    calc_q : bool, default False
        Whether to return the orthogonal (unitary) factor too.

    Returns
    -------
    H : ndarray, shape (n, n)
        Hessenberg matrix, with the eigenvalues of `a`.
    Q : ndarray, shape (n, n)
        Unitary, such that ``Q @ H @ Q.conj().T`` is a. Only if `calc_q`.

    Raises
    ------
    ValueError
        If `a` is not square, a number is nan or infinite, or an entry of H overflows.

    See Also
    --------
    schur : the next step, to triangular form.
    scipy.linalg.hessenberg : the same.

    Notes
    -----
    A reflection of the rows below the diagonal makes column 0 zero below its second entry. The same reflection of the
    columns makes it a change of basis; it leaves column 0 alone. So do columns 1, 2, ... It takes about
    :math:`\tfrac{10}{3} n^3` operations for H, once; a later QR step costs a multiple of :math:`n^2`, not of
    :math:`n^3`.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.4.

    Examples
    --------
    >>> H, Q = hessenberg([[1, 2, 3], [3, 1, 2], [4, 1, 1]], calc_q=True)
    >>> np.round(H, 6).tolist()
    [[1.0, -3.6, 0.2], [-5.0, 2.44, -0.08], [0.0, 0.92, -0.44]]
    """
    H = as_square(a, "a")
    scale = _scale(H)
    H /= scale
    Q = np.eye(len(H), dtype=H.dtype)
    _to_hessenberg(H, Q)
    H = _times(H, scale)
    return (H, Q) if calc_q else H


def schur(a: ArrayLike, output: Literal["real", "complex"] = "real") -> tuple[Matrix, Matrix]:
    r"""Schur decomposition: an orthogonal (unitary) change of basis that makes a matrix triangular.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    output : {"real", "complex"}, default "real"
        The form for a real matrix with complex eigenvalues: "real" leaves a block of two rows on the diagonal for each
        conjugate pair, "complex" is triangular.

    Returns
    -------
    T : ndarray, shape (n, n)
        Upper triangular but for those blocks; the eigenvalues are on the diagonal.
    Z : ndarray, shape (n, n)
        Unitary, such that ``Z @ T @ Z.conj().T`` is a.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the iteration does not converge, which has not been seen (a ValueError).
    ValueError
        If `a` is not square, a number is nan or infinite, an entry of T overflows, or `output` is unknown.

    See Also
    --------
    eig : eigenvalues and eigenvectors from it.
    scipy.linalg.schur : the same.

    Notes
    -----
    One step of QR iteration with the shift :math:`\mu` factors :math:`H - \mu I = QR` and forms
    :math:`RQ + \mu I = Q^* H Q`. The last row's entry beside the diagonal shrinks by :math:`|\lambda_n - \mu| /
    |\lambda_{n-1} - \mu|` a step; with the eigenvalue of the last two rows' block for :math:`\mu`, it converges
    quadratically as a rule. When it is at rounding, the row is split off.

    Real matrices take the two eigenvalues of that block together (Francis), so that no complex number is needed:
    :math:`(H - \mu_1 I)(H - \mu_2 I)` is real. Q is not formed. Its first column decides the rest: a reflection makes
    that column, which spoils the Hessenberg form by a bulge in the corner, and further reflections chase the bulge out
    at the other end.

    References
    ----------
    J. G. F. Francis, The QR transformation, parts 1 and 2, The Computer Journal 4, 1961 and 1962. G. H. Golub and C. F.
    Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.5.

    Examples
    --------
    >>> T, Z = schur([[4, 1], [2, 3]])
    >>> np.sort(np.diag(T)).round(12).tolist()
    [2.0, 5.0]
    >>> np.allclose(Z @ T @ Z.T, [[4, 1], [2, 3]])
    True
    """
    if output not in ("real", "complex"):
        raise ValueError(f"output must be 'real' or 'complex', got {output!r}")
    T = as_square(a, "a")
    scale = _scale(T)
    T /= scale
    Z = _triangularise(T)
    if output == "complex":
        T, Z = _split_pairs(T, Z)
    return _times(T, scale), Z


def eigvals(a: ArrayLike) -> Matrix:
    """Eigenvalues of a square matrix.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.

    Returns
    -------
    ndarray, shape (n,)
        The eigenvalues, each as often as its multiplicity, in no special order. Real if all are.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the iteration does not converge, which has not been seen (a ValueError).
    ValueError
        If `a` is not square, a number is nan or infinite, or an eigenvalue overflows.

    See Also
    --------
    eig : with the eigenvectors, and how it is done.
    eigh : for symmetric matrices: always real, and in order.
    numpy.linalg.eigvals : the same.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.5.

    Examples
    --------
    >>> np.sort(eigvals([[4, 1], [2, 3]])).round(12).tolist()
    [2.0, 5.0]
    >>> np.sort_complex(eigvals([[0, 1], [-1, 0]])).tolist()
    [-1j, 1j]
    """
    T, scale, _ = _prepare(a)
    _triangularise(T, vectors=False)
    return _times(_eigenvalues(T), scale)


def eig(a: ArrayLike) -> EigResult:
    r"""Eigenvalues and right eigenvectors of a square matrix, by QR iteration with shifts.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.

    Returns
    -------
    EigResult
        `eigenvalues`, shape (n,), each as often as its multiplicity, in no special order; `eigenvectors`, shape (n, n),
        with columns of length 1, column i for eigenvalue i. Both are real if all eigenvalues of a real matrix are;
        complex ones of a real matrix are exact conjugates in pairs, the one above the real axis first.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the iteration does not converge, which has not been seen (a ValueError).
    ValueError
        If `a` is not square, a number is nan or infinite, or an eigenvalue overflows.

    See Also
    --------
    eigh : for symmetric matrices, with orthogonal eigenvectors.
    schur : orthogonal whatever the matrix.
    numpy.linalg.eig : the same.

    Notes
    -----
    A diagonal scaling by powers of 2 balances rows and columns, `hessenberg` and `schur` make the matrix triangular,
    :math:`A = Z T Z^*`; back substitution in :math:`(T - \lambda I) x = 0` gives an eigenvector Z x.

    Each pair fits a matrix whose distance from the balanced one is a small multiple of the machine epsilon times its
    norm. How far that moves an eigenvalue is at most as much times the condition number of the matrix of eigenvectors,
    which is 1 for symmetric matrices; an eigenvalue of a Jordan block of size k moves by the k-th root. Balancing
    recovers the digits of small eigenvalues if units differ much. It does not suit every matrix: where sizes of entries
    are strewn over more than 16 powers of 10 without order, a pair may not fit `a` itself, as with LAPACK; `schur` does
    not balance. A **defective** matrix has fewer independent eigenvectors than columns; the columns returned for such
    an eigenvalue are parallel, to rounding.

    References
    ----------
    B. N. Parlett and C. Reinsch, Balancing a matrix for calculation of eigenvalues and eigenvectors, Numer. Math. 13,
    1969. R. James, J. Langou and B. R. Lowery, On matrix balancing and eigenvector computation, arXiv:1401.5766, 2014.
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.2 to 7.6.

    Examples
    --------
    >>> values, vectors = eig([[2, 1], [1, 2]])
    >>> np.sort(values).round(12).tolist()
    [1.0, 3.0]
    >>> np.allclose(vectors * values, [[2, 1], [1, 2]] @ vectors)
    True
    """
    T, scale, balance = _prepare(a)
    Z = _triangularise(T)
    values = _eigenvalues(T)
    pairs = np.iscomplexobj(values) and not np.iscomplexobj(T)
    if pairs:
        T, Z = _split_pairs(T, Z)
    vectors = _unit_columns(balance[:, None] * (Z @ _null_vectors(T)))
    if pairs:
        vectors = _unit_columns(_conjugate_pairs(values, vectors))
    return EigResult(_times(values, scale), vectors)


def _scale(a: Matrix) -> Any:
    return binary_scale(np.abs(a).max(initial=0))


def _times(a: Matrix, scale: Any) -> Matrix:
    """Undo the division by *scale*."""
    with np.errstate(over="ignore", invalid="ignore"):
        product: Matrix = a * scale
    if not np.all(np.isfinite(product)):
        raise ValueError("a must not be so large that the result overflows; divide it by its norm first")
    return product


def _unit_columns(vectors: Matrix) -> Matrix:
    vectors = vectors / binary_scale(np.abs(vectors).max(axis=0, initial=0))  # so that no square overflows or vanishes
    units: Matrix = vectors / np.linalg.norm(vectors, axis=0)
    return units


def _prepare(a: ArrayLike) -> tuple[Matrix, Any, NDArray[np.float64]]:
    """Return a matrix of size about 1 that is balanced, the scale of its eigenvalues and that of the eigenvectors."""
    T = as_square(a, "a")
    scale = _scale(T)
    T /= scale
    balance = _balance(T)
    smaller = _scale(T)
    T /= smaller
    return T, scale * smaller, balance


def _balance(a: Matrix) -> NDArray[np.float64]:
    """Scale rows and columns in place, a to D^-1 a D, until each row is about as long as its column; return D.

    The diagonal, which stays, counts in both. Without it tiny entries beside a large diagonal would lead to a D whose
    inverse blows rounding up.
    """
    scaling = np.ones(len(a))
    at_rest = False
    while not at_rest:
        at_rest = True
        for i in range(len(a)):
            column, row = np.hypot.reduce(np.abs(a[:, i])), np.hypot.reduce(np.abs(a[i]))
            if column == 0 or row == 0:
                continue
            factor = 2.0 ** np.round(np.log2(row / column) / 2)
            better = np.hypot(column * factor, row / factor) < 0.95 * np.hypot(column, row)
            if better and _TINY <= scaling[i] * factor <= 1 / _TINY:
                a[:, i] *= factor
                a[i] /= factor
                scaling[i] *= factor
                at_rest = False
    return scaling


def _to_hessenberg(H: Matrix, Q: Matrix) -> None:
    for j in range(len(H) - 2):
        _change_basis(H, Q, mirror_normal(H[j + 1 :, j]), j + 1, slice(None))
        H[j + 2 :, j] = 0


def _change_basis(H: Matrix, Q: Matrix, normal: Matrix, first: int, window: slice) -> None:
    """Mirror the coordinates from *first* on: rows and columns of H inside the window, and the columns of Q."""
    part = slice(first, first + len(normal))
    reflect(H[part, window], normal)
    reflect(H[window, part].T, normal.conj())
    reflect(Q[:, part].T, normal.conj())


def _triangularise(T: Matrix, vectors: bool = True) -> Matrix:
    """Make T triangular, but for blocks of conjugate pairs, in place; return the change of basis.

    Without *vectors* only the blocks on the diagonal are right.
    """
    Z = np.eye(len(T) if vectors else 0, len(T), dtype=T.dtype)
    _to_hessenberg(T, Z)
    finished = 1 if np.iscomplexobj(T) else 2
    norm, end, sweeps = np.linalg.norm(T), len(T), 0
    while end > 0:
        start = _split_off(T, end, norm)
        window = slice(None) if vectors else slice(start, end)
        if end - start <= finished:
            if end - start == 2:
                _split_real(T, Z, start, window)
            end, sweeps = start, 0
        elif sweeps < _SWEEPS:
            sweeps += 1
            _sweep(T, Z, start, end, window, stalled=sweeps % _STALLED == 0)
        else:
            raise LinAlgError(f"QR iteration did not converge in {_SWEEPS} sweeps")
    return Z


def _split_off(T: Matrix, end: int, norm: Any) -> int:
    """Return where the last block starts that no entry below the diagonal, but for rounding, ties to those before."""
    size, below = np.abs(np.diag(T)[:end]), np.abs(np.diag(T, -1)[: end - 1])
    rounding = below <= np.maximum(_EPS * (size[:-1] + size[1:]), _TINY * norm)
    if not rounding.any():
        return 0
    start = int(np.flatnonzero(rounding)[-1]) + 1
    T[start, start - 1] = 0
    return start


def _sweep(T: Matrix, Z: Matrix, start: int, end: int, window: slice, stalled: bool) -> None:
    """Do a QR step, of one shift or of two, by chasing a bulge from the corner at *start* to the one at *end*."""
    x = _first_column(T, start, _shifting_block(T, end, stalled))
    size = len(x)
    for k in range(start, end - 1):
        rows = slice(k, min(k + size, end))
        if k > start:
            x = T[rows, k - 1]
        _change_basis(T, Z, mirror_normal(x), k, window)
        if k > start:
            T[k + 1 : rows.stop, k - 1] = 0


def _shifting_block(T: Matrix, end: int, stalled: bool) -> Matrix:
    """Return a matrix of two rows whose eigenvalues are the shifts."""
    corner: Matrix = T[end - 2 : end, end - 2 : end]
    if not stalled:
        return corner
    # On a permutation, for one, the usual shifts change nothing; others of this size break the cycle.
    other: Matrix = corner[1, 1] * np.eye(2) + np.abs(corner[1, 0]) * np.array([[0.75, -0.4375], [1, 0.75]])
    return other


def _first_column(T: Matrix, start: int, block: Matrix) -> Matrix:
    """Return the first column of T - mu I, or of the product for both eigenvalues mu of the block if T is real."""
    h = T[start : start + 3, start : start + 3]
    (a, b), (c, d) = block
    if np.iscomplexobj(T):
        z = _offset(block)
        return np.array([h[0, 0] - d + (b * c / z if z != 0 else 0), h[1, 0]])
    return np.array([((h[0, 0] - a) * (h[0, 0] - d) - b * c) / h[1, 0] + h[0, 1], h[0, 0] - a + h[1, 1] - d, h[2, 1]])


def _offset(block: Matrix) -> Any:
    """Return z such that d + z is an eigenvalue of ((a, b), (c, d)): the farther one from d, or that of a pair above.

    Then (z, c) is an eigenvector, and the other eigenvalue is d - b c / z.
    """
    (a, b), (c, d) = block
    half = a / 2 - d / 2
    discriminant = half * half + b * c
    if np.isrealobj(block) and discriminant < 0:
        return half + 1j * np.sqrt(-discriminant)
    root = np.sqrt(discriminant)
    return half + root if (np.conj(half) * root).real >= 0 else half - root


def _split_real(T: Matrix, Z: Matrix, start: int, window: slice) -> None:
    """Make a block of two rows triangular if its eigenvalues are real."""
    z = _offset(T[start : start + 2, start : start + 2])
    if not np.iscomplexobj(z):
        _change_basis(T, Z, mirror_normal(np.array([z, T[start + 1, start]])), start, window)
        T[start + 1, start] = 0


def _split_pairs(T: Matrix, Z: Matrix) -> tuple[Matrix, Matrix]:
    """Return the triangular form of one that has blocks of conjugate pairs."""
    blocks = np.flatnonzero(np.diag(T, -1)).tolist()
    T, Z = T.astype(complex), Z.astype(complex)
    for k in blocks:
        z = _offset(T[k : k + 2, k : k + 2].real)
        _change_basis(T, Z, mirror_normal(np.array([z, T[k + 1, k]])), k, slice(None))
        T[k + 1, k] = 0
    return T, Z


def _eigenvalues(T: Matrix) -> Matrix:
    values = np.diag(T).copy()
    blocks = np.flatnonzero(np.diag(T, -1))
    if blocks.size:
        values = values.astype(complex)
    for k in blocks:
        values[k] = T[k + 1, k + 1] + _offset(T[k : k + 2, k : k + 2])
        values[k + 1] = values[k].conj()
    return values


def _null_vectors(T: Matrix) -> Matrix:
    """Return solutions x of (T - lambda I) x = 0 as columns, for each entry lambda of the diagonal."""
    values, X = np.diag(T), np.eye(len(T), dtype=T.dtype)
    least = np.maximum(_EPS * np.abs(values), _TINY * (np.abs(T).max(initial=0) or 1))
    for i in reversed(range(len(T) - 1)):
        later = slice(i + 1, None)
        gap = values[later] - T[i, i]
        gap[np.abs(gap) < least[later]] = least[later][np.abs(gap) < least[later]]  # equal eigenvalues
        X[i, later] = T[i, later] @ X[later, later] / gap
        grown = np.abs(X[i]) > _GROWN
        X[:, grown] /= np.abs(X[i, grown])
    return X


def _conjugate_pairs(values: Matrix, vectors: Matrix) -> Matrix:
    """Turn eigenvectors of a real matrix in the complex plane: real for real eigenvalues, else conjugate in pairs."""
    largest = vectors[np.argmax(np.abs(vectors), axis=0), np.arange(len(values))]
    turned: Matrix = vectors * (largest.conj() / np.abs(largest))
    turned[:, values.imag == 0] = turned[:, values.imag == 0].real
    turned[:, values.imag < 0] = turned[:, values.imag > 0].conj()
    return turned
