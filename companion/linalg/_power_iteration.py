"""One eigenpair at a time: power iteration, inverse iteration, and the ranks of linked pages."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_nonnegative, as_positive, as_probability, as_real
from companion._warnings import warn_user
from companion.linalg._input import Matrix, adjoint, as_array, as_square, binary_scale
from companion.linalg._lu import lu, solve_triangular

_Floats = NDArray[np.float64]

_EPS = float(np.finfo(float).eps)
_GROWN = 1e100  # solutions whose entries exceed this are scaled down on the way: only their direction counts


class EigenStep(NamedTuple):
    """A vector on the way to an eigenvector; one entry of the `steps` of an `EigenpairResult`."""

    eigenvalue: Any
    eigenvector: Any
    residual: Any


class EigenpairResult(NamedTuple):
    """What `power_iteration`, `inverse_iteration` and `rayleigh_quotient_iteration` return."""

    eigenvalue: Any
    eigenvector: Any
    n_iter: int
    converged: bool
    steps: list[EigenStep]


def rayleigh_quotient(a: ArrayLike, x: ArrayLike) -> Any:
    r"""Rayleigh quotient: the best estimate of an eigenvalue that a vector gives.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    x : array_like, shape (n,)
        Vector, not zero; its length does not matter.

    Returns
    -------
    float or complex
        The quotient; real if a is Hermitian, or a and x are real.

    Raises
    ------
    ValueError
        If a shape is wrong, `x` is zero, a number is nan or infinite, or the quotient exceeds the floating-point range.

    See Also
    --------
    rayleigh_quotient_iteration : its use as a shift that improves itself.

    Notes
    -----
    .. math:: \rho(x) = \frac{x^* A x}{x^* x}

    is the number for which :math:`\|A x - \rho x\|` is least. If x is an eigenvector, it is the eigenvalue. If A is
    Hermitian and x is wrong by a small angle :math:`\varepsilon`, :math:`\rho` is wrong by a multiple of
    :math:`\varepsilon^2` only.

    References
    ----------
    B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM, 1998, sec. 1.5 and 4.6.

    Examples
    --------
    >>> float(rayleigh_quotient([[2, 1], [1, 2]], [1, 1]))
    3.0
    >>> round(float(rayleigh_quotient([[2, 1], [1, 2]], [1, 0.9])), 4)
    2.9945
    """
    A, scale = _scaled(a)
    vector = _as_start(x, "x", len(A))
    return _times(scale, _quotient(A, vector, A @ vector))


def power_iteration(
    a: ArrayLike,
    x0: ArrayLike | None = None,
    *,
    tol: float = 1e-12,
    maxiter: int = 1000,
    rng: np.random.Generator | int | None = 0,
) -> EigenpairResult:
    r"""Find the eigenvalue of largest modulus, and its eigenvector, by multiplying a vector by the matrix repeatedly.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    x0 : array_like, shape (n,), optional
        First vector, not zero. By default a random one, complex if `a` is.
    tol : float, default 1e-12
        The iteration ends when the residual is at most this.
    maxiter : int, default 1000
        Most steps, each one product of the matrix and a vector.
    rng : numpy.random.Generator or int, default 0
        Source of the random first vector, or its seed; None for another vector at each call.

    Returns
    -------
    EigenpairResult
        `eigenvalue`, the Rayleigh quotient of the last vector, and that `eigenvector`, shape (n,), of length 1;
        `n_iter`, the number of steps; `converged`; and `steps`, from the first vector on, each with its own
        `eigenvalue`, `eigenvector` and `residual`, which is :math:`\|A x - \rho x\|_2 / \|A\|_F`.

    Warns
    -----
    RuntimeWarning
        If the residual is larger than `tol` after `maxiter` steps.

    Raises
    ------
    TypeError
        If `maxiter` is not an integer.
    ValueError
        If `a` is not square or is empty, `x0` is zero or has the wrong shape, a number is nan or infinite, `tol` or
        `maxiter` is not positive, or an estimate of the eigenvalue exceeds the floating-point range.

    See Also
    --------
    inverse_iteration : for the eigenvalue nearest to a given number.
    eig, eigh : all eigenvalues.

    Notes
    -----
    .. math:: x_{t+1} = \frac{A x_t}{\|A x_t\|}

    If A has n independent eigenvectors, :math:`A^t x_0 = \sum_i c_i \lambda_i^t v_i`. The first term outgrows the
    others, and the error of the vector shrinks like :math:`|\lambda_2/\lambda_1|^t`; that of the eigenvalue too, and
    for Hermitian matrices like its square.

    It fails if two different eigenvalues share the largest modulus, such as :math:`\pm\lambda` or a conjugate pair.
    From a first vector without any part along the first eigenvector it leads, in exact arithmetic, to another one. If
    the first eigenvalue is defective, the error shrinks like :math:`1/t` only.

    A small residual means that the pair is exact for a matrix near A. If A is Hermitian, some eigenvalue then lies
    within the residual times :math:`\|A\|_F` of the one returned; for other matrices it can be much farther away.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.3.1 and 8.2.1.

    Examples
    --------
    >>> result = power_iteration([[2, 1], [1, 2]], [1, 0])
    >>> round(float(result.eigenvalue), 9), result.eigenvector.round(9).tolist(), result.n_iter
    (3.0, [0.707106781, 0.707106781], 25)
    """
    A, scale = _scaled(a)
    x = _start(x0, A, rng)
    name = "power_iteration"
    repair = "raise maxiter or tol, or use eig; it never ends if two eigenvalues share the largest modulus"
    return _iterate(A, scale, x, lambda x, image, rho: image, tol, maxiter, name, repair)


def inverse_iteration(
    a: ArrayLike,
    shift: complex = 0.0,
    x0: ArrayLike | None = None,
    *,
    tol: float = 1e-12,
    maxiter: int = 1000,
    rng: np.random.Generator | int | None = 0,
) -> EigenpairResult:
    r"""Find the eigenvalue nearest to a number, and its eigenvector, by solving a system of equations repeatedly.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    shift : float or complex, default 0
        The number. It may be an eigenvalue, exactly or nearly.
    x0 : array_like, shape (n,), optional
        First vector, not zero. By default a random one, complex if `a` is.
    tol : float, default 1e-12
        The iteration ends when the residual is at most this.
    maxiter : int, default 1000
        Most steps, each one solution of two triangular systems.
    rng : numpy.random.Generator or int, default 0
        Source of the random first vector, or its seed; None for another vector at each call.

    Returns
    -------
    EigenpairResult
        As of `power_iteration`.

    Warns
    -----
    RuntimeWarning
        If the residual is larger than `tol` after `maxiter` steps.

    Raises
    ------
    TypeError
        If `maxiter` is not an integer.
    ValueError
        If `a` is not square or is empty, `shift` is not one number, `x0` is zero or has the wrong shape, a number is
        nan or infinite, `tol` or `maxiter` is not positive, or an estimate of the eigenvalue exceeds the
        floating-point range.

    See Also
    --------
    rayleigh_quotient_iteration : with a new shift each step.
    lu : the factors.

    Notes
    -----
    It is power iteration with :math:`(A - \mu I)^{-1}`, whose eigenvalues are :math:`1/(\lambda_i - \mu)` and whose
    eigenvectors are those of A. The error of the vector shrinks each step by the factor
    :math:`|\lambda_1 - \mu| / |\lambda_2 - \mu|`, with the nearest and the second nearest eigenvalue.

    :math:`A - \mu I` is factored once. If it is singular, a pivot is zero; a tiny number takes its place. The solution
    is then huge, with large errors; but they point along the eigenvector, and only the direction is kept.

    References
    ----------
    G. H. Golub and C. F. Van Loan, Matrix Computations, 4th ed., 2013, sec. 7.6.1 and 8.2.2. I. C. F. Ipsen, Computing
    an eigenvector with inverse iteration, SIAM Review 39, 1997.

    Examples
    --------
    >>> result = inverse_iteration([[2, 1], [1, 2]], 0.9, [1, 0])
    >>> round(float(result.eigenvalue), 9), abs(result.eigenvector).round(9).tolist(), result.n_iter
    (1.0, [0.707106781, 0.707106781], 9)
    """
    A, scale = _scaled(a)
    number = as_array(shift, "shift")
    if number.ndim:
        raise ValueError(f"shift must be a single number, got an array of shape {number.shape}")
    unit = scale if np.abs(number) <= scale else _size(number)  # so that neither overflows
    factors = _factors(A * (scale / unit), number / unit)
    x = _start(x0, A, rng)
    name = "inverse_iteration"
    repair = "raise maxiter or tol, or move shift; it may lie midway between two eigenvalues"
    return _iterate(A, scale, x, lambda x, image, rho: _direction(*factors, x), tol, maxiter, name, repair)


def rayleigh_quotient_iteration(
    a: ArrayLike,
    x0: ArrayLike | None = None,
    *,
    tol: float = 1e-12,
    maxiter: int = 50,
    rng: np.random.Generator | int | None = 0,
) -> EigenpairResult:
    r"""Find an eigenvalue and its eigenvector by inverse iteration with the Rayleigh quotient as the shift.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Matrix, real or complex.
    x0 : array_like, shape (n,), optional
        First vector, not zero. By default a random one, complex if `a` is.
    tol : float, default 1e-12
        The iteration ends when the residual is at most this.
    maxiter : int, default 50
        Most steps, each one factorisation of a matrix.
    rng : numpy.random.Generator or int, default 0
        Source of the random first vector, or its seed; None for another vector at each call.

    Returns
    -------
    EigenpairResult
        As of `power_iteration`.

    Warns
    -----
    RuntimeWarning
        If the residual is larger than `tol` after `maxiter` steps.

    Raises
    ------
    TypeError
        If `maxiter` is not an integer.
    ValueError
        If `a` is not square or is empty, `x0` is zero or has the wrong shape, a number is nan or infinite, `tol` or
        `maxiter` is not positive, or an estimate of the eigenvalue exceeds the floating-point range.

    See Also
    --------
    inverse_iteration : with one shift, and so one factorisation.

    Notes
    -----
    .. math:: (A - \rho(x_t) I)\, y = x_t, \qquad x_{t+1} = y / \|y\|

    For Hermitian matrices it converges from almost every first vector, in the end cubically: each step triples the
    number of correct digits. For others, if it converges, the number doubles in general. Which eigenvalue it finds, one
    cannot say beforehand; from a real first vector, for a real matrix, a real one.

    References
    ----------
    B. N. Parlett, The Symmetric Eigenvalue Problem, SIAM, 1998, sec. 4.6 to 4.9.

    Examples
    --------
    >>> result = rayleigh_quotient_iteration([[2, 1], [1, 2]], [1, 0.5])
    >>> round(float(result.eigenvalue), 9), result.n_iter
    (3.0, 3)
    """
    A, scale = _scaled(a)
    x = _start(x0, A, rng)
    name = "rayleigh_quotient_iteration"
    repair = "start from another x0; a real one never finds a complex eigenvalue of a real matrix"
    return _iterate(A, scale, x, lambda x, image, rho: _direction(*_factors(A, rho), x), tol, maxiter, name, repair)


def pagerank(
    links: ArrayLike,
    alpha: float = 0.85,
    personalization: ArrayLike | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    nstart: ArrayLike | None = None,
    *,
    dangling: ArrayLike | None = None,
) -> _Floats:
    r"""PageRank: the share of its time that a random surfer spends on each page.

    Parameters
    ----------
    links : array_like, shape (n, n)
        Adjacency matrix: entry [i, j] is the weight, not negative, of the link from page i to page j, 0 for none.
    alpha : float, default 0.85
        Damping: the probability to follow a link of the page. Else the surfer jumps.
    personalization : array_like, shape (n,), optional
        Weights, not negative and not all 0, of the pages to jump to. By default all alike.
    max_iter : int, default 100
        Most steps.
    tol : float, default 1e-6
        The iteration ends when a step changes the ranks by less than n times this, summed over all pages.
    nstart : array_like, shape (n,), optional
        Weights, not negative and not all 0, to begin with. By default all alike.
    dangling : array_like, shape (n,), optional
        Weights, not negative and not all 0, of the pages to go to from a page without links. By default as
        `personalization`.

    Returns
    -------
    ndarray, shape (n,)
        The ranks, not negative, with the sum 1.

    Warns
    -----
    RuntimeWarning
        If the change is still larger after `max_iter` steps (where networkx raises an error).

    Raises
    ------
    TypeError
        If `max_iter` is not an integer.
    ValueError
        If `links` is not square or is empty, a weight is negative, all weights of a kind are 0, a shape is wrong,
        `alpha` lies outside [0, 1], a number is nan or infinite, or `tol` or `max_iter` is not positive.

    See Also
    --------
    power_iteration : the method, for any matrix.
    networkx.pagerank : the same, for a graph; it returns a dictionary.

    Notes
    -----
    .. math:: r \leftarrow \alpha \Bigl(P^\top r + d \sum_{i \text{ without links}} r_i\Bigr) + (1 - \alpha)\, p

    with the rows of `links`, divided by their sums, in P, and the weights of the jumps in d and p, divided by theirs.
    It is power iteration on a matrix whose columns have the sum 1: the first eigenvalue is 1, and no other is larger
    than alpha in size. Each step multiplies the error, summed over all pages, by alpha at most. When a step has changed
    the ranks by :math:`\delta`, the error left is at most :math:`\delta\, \alpha / (1 - \alpha)`.

    References
    ----------
    L. Page, S. Brin, R. Motwani and T. Winograd, The PageRank citation ranking, Stanford InfoLab, 1999. A. N. Langville
    and C. D. Meyer, Google's PageRank and Beyond, Princeton, 2006, ch. 4.

    Examples
    --------
    >>> pagerank([[0, 1, 1], [0, 0, 1], [1, 0, 0]]).round(3).tolist()
    [0.388, 0.215, 0.397]
    """
    weights = as_square(as_nonnegative(links, "links"), "links")
    n = len(weights)
    if n == 0:
        raise ValueError("links must have at least one row, got none")
    damping = as_real(as_probability(alpha, "alpha"), "alpha")
    least_change, steps = n * as_real(as_positive(tol, "tol"), "tol"), as_count(max_iter, "max_iter")
    jump = _distribution(personalization, "personalization", np.ones(n))
    leave = _distribution(dangling, "dangling", jump)
    r = _distribution(nstart, "nstart", np.ones(n))
    largest = weights.max(axis=1)
    no_links = largest == 0
    weights /= np.where(no_links, 1, largest)[:, None]  # so that no sum overflows
    P = weights / np.where(no_links, 1, weights.sum(axis=1))[:, None]
    for _ in range(steps):
        previous, r = r, damping * (r @ P + r[no_links].sum() * leave) + (1 - damping) * jump
        if np.abs(r - previous).sum() < least_change:
            break
    else:
        warn_user(f"pagerank did not converge in {steps} steps; raise max_iter or tol, or lower alpha", RuntimeWarning)
    ranks: _Floats = r / r.sum()
    return ranks


def _iterate(
    A: Matrix,
    scale: Any,
    x: Matrix,
    advance: Callable[[Matrix, Matrix, Any], Matrix],
    tol: float,
    maxiter: int,
    name: str,
    repair: str,
) -> EigenpairResult:
    """Advance the unit vector x until it is an eigenvector of A, up to the tolerance."""
    limit, most = as_real(as_positive(tol, "tol"), "tol"), as_count(maxiter, "maxiter")
    size = np.linalg.norm(A) or 1.0
    steps: list[EigenStep] = []
    while True:
        image = A @ x
        rho = _quotient(A, x, image)
        residual = np.linalg.norm(image - rho * x) / size
        steps.append(EigenStep(_times(scale, rho), x, residual))
        if residual <= limit or len(steps) > most:
            break
        x = _unit(advance(x, image, rho))
    converged = bool(residual <= limit)
    if not converged:
        warn_user(f"{name} did not converge in {most} steps, residual {residual:.2g}; {repair}", RuntimeWarning)
    return EigenpairResult(steps[-1].eigenvalue, x, len(steps) - 1, converged, steps)


def _quotient(A: Matrix, x: Matrix, image: Matrix) -> Any:
    rho = np.vdot(x, image) / np.vdot(x, x).real
    return rho.real if np.array_equal(A, adjoint(A)) else rho


def _factors(A: Matrix, shift: Any) -> tuple[Matrix, Matrix, Matrix]:
    """Return the LU factors of A - shift I, without zeros among the pivots."""
    shifted = A - shift * np.eye(len(A))
    p, l, u = lu(shifted)
    least = _EPS**2 * np.abs(shifted).max() or 1.0
    pivots = np.einsum("ii->i", u)  # a view
    pivots[np.abs(pivots) < least] = least
    return p, l, u


def _direction(p: Matrix, l: Matrix, u: Matrix, x: Matrix) -> Matrix:
    """Return a positive multiple of the solution of p l u y = x; y itself may exceed the range of floats."""
    y = solve_triangular(l, p.T @ x, lower=True, unit_diagonal=True)
    for i in reversed(range(len(y))):
        y[i] = (y[i] - u[i, i + 1 :] @ y[i + 1 :]) / u[i, i]
        if abs(y[i]) > _GROWN:
            y /= abs(y[i])
    return y


def _scaled(a: ArrayLike) -> tuple[Matrix, Any]:
    """Return a matrix divided by a power of 2 near its largest entry, and that power."""
    A = as_square(a, "a")
    if len(A) == 0:
        raise ValueError("a must have at least one row, got none")
    scale = _size(A)
    return A / scale, scale


def _start(x0: ArrayLike | None, A: Matrix, rng: np.random.Generator | int | None) -> Matrix:
    """Return the first vector, of length 1, random if none is given."""
    if x0 is not None:
        x = _as_start(x0, "x0", len(A))
    else:
        draw = np.random.default_rng(rng).normal
        x = draw(size=len(A))
        if np.iscomplexobj(A):  # real vectors alone can be special: all with one Rayleigh quotient, say
            x = x + 1j * draw(size=len(A))
    return _unit(x.astype(np.result_type(A, x)))


def _as_start(x: ArrayLike, name: str, n: int) -> Matrix:
    """Return a vector divided by a power of 2, so that no square overflows or underflows."""
    vector = as_array(x, name)
    if vector.shape != (n,):
        raise ValueError(f"{name} must be a vector with one entry a row of a, {n}, got shape {vector.shape}")
    if not vector.any():
        raise ValueError(f"{name} must not be the zero vector")
    scaled: Matrix = vector / _size(vector)
    return scaled


def _unit(x: Matrix) -> Matrix:
    x = x / _size(x)
    unit: Matrix = x / np.linalg.norm(x)
    return unit


def _size(x: Matrix) -> Any:
    """Return a power of 2 near the largest entry."""
    return binary_scale(max(np.abs(x.real).max(), np.abs(x.imag).max()))


def _times(scale: Any, rho: Any) -> Any:
    """Return the eigenvalue of the matrix as it was."""
    with np.errstate(over="ignore", invalid="ignore"):
        eigenvalue = scale * rho
    if not np.isfinite(eigenvalue):
        raise ValueError("a must have smaller entries; its eigenvalue, or an estimate, exceeds the range of floats")
    return eigenvalue


def _distribution(weights: ArrayLike | None, name: str, default: _Floats) -> _Floats:
    """Return weights divided by their sum."""
    w = default if weights is None else as_nonnegative(weights, name)
    if w.shape != default.shape:
        raise ValueError(f"{name} must hold one weight a page, {len(default)}, got shape {w.shape}")
    if not w.any():
        raise ValueError(f"{name} must hold at least one weight above 0")
    w = w / w.max()
    shares: _Floats = w / w.sum()
    return shares
