"""Which way a function curves: definite matrices, and chords that lie below a graph."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_nonnegative, as_real, as_real_array
from companion.calculus._objective import kind_of
from companion.linalg import cholesky, eigh
from companion.linalg._input import adjoint, as_square, binary_scale

Sampler = Callable[[np.random.Generator, int], ArrayLike]

_EPS = float(np.finfo(float).eps)
_APART = 2.0**20 * _EPS  # how far apart points must be, so that pairs next to them are other pairs
_CONFIRMATIONS, _SHIFT = 32, 1e-5  # how many pairs next to a pair, and how near, relative to all pairs
_STEPS = 16  # a function with so few steps is taken for one that has steps, not rounding errors


def is_positive_definite(a: ArrayLike, rtol: float | None = None) -> bool:
    r"""Say whether a symmetric matrix is positive definite: a quadratic form that is positive in all directions.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Symmetric (or Hermitian) matrix.
    rtol : float, optional
        How far from singular the matrix must be, once it is scaled to a diagonal of ones: its eigenvalues must exceed
        this. By default 4 n times the machine epsilon, about what rounding can make of 0. Take more for entries with
        errors of their own.

    Returns
    -------
    bool
        True for the empty matrix, which has no direction.

    Raises
    ------
    ValueError
        If `a` is not square or not symmetric, a number is nan or infinite, or `rtol` is negative.

    See Also
    --------
    is_positive_semidefinite : allows flat directions.
    companion.linalg.cholesky : the factor that proves it.
    classify_critical_point : by the eigenvalues.

    Notes
    -----
    These say the same of a symmetric matrix: :math:`z^\top A z > 0` for all :math:`z \ne 0`; all eigenvalues are
    positive; Cholesky's factor exists; all leading minors are positive. Scaling,

    .. math:: H = D^{-1} A D^{-1}, \qquad D = \operatorname{diag}(\sqrt{a_{11}}, \dots, \sqrt{a_{nn}}),

    changes no sign, :math:`z^\top H z = (D^{-1} z)^\top A (D^{-1} z)`, and takes the units out. So
    :math:`\operatorname{diag}(1, 10^{-30})` is definite. Cholesky's method on A fails in floats about where the least
    eigenvalue of H is at rounding level, however A is scaled; here it is tried on :math:`H - \text{rtol}\,I`.

    References
    ----------
    N. J. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., 2002, sec. 10.1 (the theorem is Demmel's).

    Examples
    --------
    >>> is_positive_definite([[2, -1], [-1, 2]]), is_positive_definite([[1, 2], [2, 1]])
    (True, False)
    >>> is_positive_definite([[1, 1], [1, 1]])
    False
    """
    A, margin = _as_symmetric(a), _as_margin(rtol, np.shape(a))
    diagonal = np.diag(A).real
    if not np.all(diagonal > 0):  # z'Az for the unit vectors z
        return False
    D = np.sqrt(diagonal)
    H = A / D[:, None] / D
    if np.abs(H).max(initial=0) > 1 + 8 * _EPS:  # the form of two coordinates is not positive
        return False
    try:
        cholesky((H + adjoint(H)) / 2 - margin * np.eye(len(A)))
    except LinAlgError:
        return False
    return True


def is_positive_semidefinite(a: ArrayLike, rtol: float | None = None) -> bool:
    r"""Say whether a symmetric matrix is positive semi-definite: a quadratic form that is nowhere negative.

    Parameters
    ----------
    a : array_like, shape (n, n)
        Symmetric (or Hermitian) matrix.
    rtol : float, optional
        Eigenvalues down to minus this share of the largest in absolute value count as 0. By default 4 n times the
        machine epsilon, about what rounding can make of 0.

    Returns
    -------
    bool
        True for each matrix that `is_positive_definite` with the same `rtol`; and for the empty matrix.

    Raises
    ------
    ValueError
        If `a` is not square or not symmetric, a number is nan or infinite, or `rtol` is negative.

    See Also
    --------
    is_positive_definite : allows no flat directions.

    Notes
    -----
    These say the same: :math:`z^\top A z \ge 0` for all z; no eigenvalue is negative; *all* principal minors, of the
    same rows as columns, are at least 0. The leading ones are not enough: see the last example. A computed matrix whose
    smallest eigenvalue is truly 0 has one of about :math:`\pm\varepsilon \|A\|`: so a small negative one counts as 0.

    References
    ----------
    R. A. Horn and C. R. Johnson, Matrix Analysis, 2nd ed., 2013, sec. 7.1 and 7.2.

    Examples
    --------
    >>> is_positive_semidefinite([[1, 1], [1, 1]]), is_positive_semidefinite([[1, 2], [2, 1]])
    (True, False)
    >>> is_positive_semidefinite([[0, 0], [0, -1]])  # the leading minors are 0 and 0
    False
    """
    A, margin = _as_symmetric(a), _as_margin(rtol, np.shape(a))
    if is_positive_definite(A, margin):
        return True
    values = eigh(A / binary_scale(np.abs(A).max())).eigenvalues  # scaled: no square may overflow
    return bool(values[0] >= -margin * np.abs(values).max())


def _as_symmetric(a: ArrayLike) -> NDArray[Any]:
    """Return the matrix; complain if it is not symmetric up to rounding."""
    A = as_square(a, "a")
    half = A / 2  # so that no sum overflows
    apart = np.abs(half - adjoint(half))
    if apart.max(initial=0) > 1e-10 * np.abs(half).max(initial=0):
        i, j = (int(k) for k in np.unravel_index(np.argmax(apart), A.shape))
        raise ValueError(
            f"a must be symmetric (Hermitian); entries [{i}, {j}] and [{j}, {i}] differ; "
            "the quadratic form sees (a + a.T) / 2 only: pass that"
        )
    return half + adjoint(half)


def _as_margin(rtol: float | None, shape: tuple[int, ...]) -> float:
    if rtol is None:
        return 4 * shape[0] * _EPS
    return float(as_nonnegative(as_real(rtol, "rtol"), "rtol"))


class ConvexityViolation(NamedTuple):
    """Two points whose chord lies below the graph, as `convexity_violation` returns them.

    The graph is above the chord by `gap` at the point ``theta * x + (1 - theta) * y``.
    """

    x: Any
    y: Any
    theta: float
    gap: float


def convexity_violation(
    f: Callable[[Any], Any],
    bounds: Sequence[Any] | Sampler,
    *,
    rng: np.random.Generator | int | None = None,
    n_trials: int = 1000,
    rtol: float = 1e-9,
) -> ConvexityViolation | None:
    r"""Search for two points that prove a function not convex.

    None does not mean that the function is convex, only that no such pair was among those tried: a dent that is narrow
    or lies in a corner of many dimensions is easily missed. A pair that is returned is a proof if `f` is computed
    accurately, see `rtol`.

    Parameters
    ----------
    f : callable
        Function of a vector of shape (n,), or of a number; it returns one number. Infinity means outside of the domain.
    bounds : pair, sequence of n pairs, or callable
        Where to search: one pair (low, high) for a function of a number, one pair a coordinate for a function of a
        vector. Or a function of a random generator and a count that draws so many points, as rows.
    rng : numpy.random.Generator or int, optional
        Source of randomness, or a seed.
    n_trials : int, default 1000
        How many pairs to try; each costs three evaluations, and up to 96 more to confirm what it seems to prove.
    rtol : float, default 1e-9
        The relative accuracy of the values of `f`: what `f` is above the chord must exceed this share of the largest of
        the three values. Larger errors, as (x² + 1e8) - 1e8 has them, are recognised in most cases: see the notes.

    Returns
    -------
    ConvexityViolation or None
        The pair with the largest gap found: `x` and `y`, floats or arrays of shape (n,), `theta` in (0, 1), and `gap`,
        in units of f; infinite if the domain itself is not convex.

    Raises
    ------
    TypeError
        If `f` cannot be called, `bounds` is neither a function nor numbers, or `n_trials` is no integer.
    ValueError
        If a pair of bounds is not low < high, or a function of a vector gets one pair alone, `f` returns nan, minus
        infinity, or no single number, `n_trials` is less than 1, or `rtol` is negative.

    See Also
    --------
    is_positive_semidefinite : of the Hessian, at all points of an open convex domain, it proves convexity.

    Notes
    -----
    A function is convex if its domain is and for all x, y in it and all :math:`0 \le \theta \le 1`

    .. math:: f(\theta x + (1 - \theta) y) \le \theta f(x) + (1 - \theta) f(y) .

    Two pairs of three are drawn from anywhere, the third is moved together, to a distance of 1 to 0.001 of what it had:
    that finds small dents. Each second pair is tried at its middle, :math:`\theta = \tfrac12`.

    Rounding errors make dents, too. So a pair counts only if it is longer than 1e-4 of the median one and than a
    million floats, and if 32 pairs whose ends are moved inward by up to a tenth of that have at least half of its gap.
    And its gap must exceed twice the largest power of 2 of which all values are multiples, as they are after a large
    number has been subtracted. (Not so for multiples of 1, or if all values lie within 16 of them: such a function has
    steps.) And it must exceed what rounding makes of intermediate results of the size 1 or, if that is more, of three
    quarters of the values (of the largest one, if that is less). This does not cure all: left of -30
    :math:`\log(1 + e^x)` has no right digit, and if no value is much larger, the pair that is returned proves nothing.
    Write ``np.logaddexp(0, x)``.

    References
    ----------
    S. Boyd and L. Vandenberghe, Convex Optimization, 2004, sec. 3.1.

    Examples
    --------
    >>> import numpy as np
    >>> convexity_violation(np.square, (-1, 1), rng=0) is None
    True
    >>> x, y, theta, gap = convexity_violation(lambda x: np.sqrt(abs(x)), (-1, 1), rng=0)
    >>> bool(gap > 0.15)
    True
    """
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}")
    count, share = as_count(n_trials, "n_trials"), float(as_nonnegative(as_real(rtol, "rtol"), "rtol"))
    generator = np.random.default_rng(rng)
    draw = bounds if callable(bounds) else _box(bounds)
    X, Y = (as_real_array(draw(generator, count), "the points drawn") for _ in range(2))
    if len(X) != count or X.shape != Y.shape or X.ndim > 2:
        raise ValueError(f"bounds must draw {count} points, as rows, got arrays of shape {X.shape} and {Y.shape}")
    near = np.arange(count) % 3 == 2
    shrunk = 10.0 ** -generator.uniform(0, 3, size=count)
    theta = np.where(np.arange(count) % 2, generator.uniform(size=count), 0.5)
    shift = _SHIFT * float(np.median(np.abs(Y - X).reshape(count, -1).max(axis=1)))
    values, found = list[float](), list[ConvexityViolation]()

    def kept(point: Any) -> float:
        values.append(_value(f, point))
        return values[-1]

    for x, y, t, s, together in zip(X, Y, theta, shrunk, near, strict=True):
        end = x + s * (y - x) if together else y
        gap = _gap(kept, x, end, float(t), share)
        if gap > 0 and np.abs(end - x).max() > max(10 * shift, _APART * np.abs([x, end]).max()):
            found.append(ConvexityViolation(x.copy()[()], end.copy()[()], float(t), gap))
    unit = max(_unit(values), 2 * _EPS * _size(values))
    found = sorted((one for one in found if one.gap > 2 * unit), key=lambda one: -one.gap)
    return next((one for one in found if _is_confirmed(f, one, share, shift, generator)), None)


def _gap(f: Callable[[Any], Any], x: Any, y: Any, t: float, rtol: float) -> float:
    """Return by how much f is above the chord, 0 if it is not, or not by more than rounding."""
    at_x, at_y, between = (_value(f, point) for point in (x, y, t * x + (1 - t) * y))
    if np.isinf(at_x) or np.isinf(at_y):
        return 0.0  # an end outside of the domain: the chord is infinitely high
    gap = between - (t * at_x + (1 - t) * at_y)
    return gap if gap > rtol * max(abs(at_x), abs(at_y), abs(between) if np.isfinite(between) else 0.0) else 0.0


def _is_confirmed(
    f: Callable[[Any], Any], one: ConvexityViolation, rtol: float, shift: float, generator: np.random.Generator
) -> bool:
    """Return whether pairs next to this one, inside of it, have a gap, too; rounding errors change with them."""
    along = shift / np.abs(one.y - one.x).max() * (one.y - one.x)
    shifts = generator.uniform(size=(_CONFIRMATIONS, 2))
    return all(_gap(f, one.x + a * along, one.y - b * along, one.theta, rtol) >= one.gap / 2 for a, b in shifts)


def _unit(values: list[float]) -> float:
    """Return the largest power of 2 of which all values are multiples; 0 if that is no sign of rounding."""
    known = np.array([value for value in values if value and np.isfinite(value)])
    if not known.size:
        return 0.0
    mantissas, exponents = np.frexp(known)
    digits = np.ldexp(mantissas, 53).astype(np.int64)
    last = np.log2(digits & -digits).astype(int)  # the place of the last 1 of the binary number
    unit = float(np.ldexp(1.0, (exponents - 53 + last).min()))
    return unit if unit < 1 and np.ptp(known) > _STEPS * unit else 0.0


def _size(values: list[float]) -> float:
    """Return the size of numbers that may have been rounded on the way to all values, also to the tiny ones.

    Such as the 1 in log(1 + exp(x)). The largest values alone do not count: those of exp hide no dent elsewhere.
    """
    sizes = np.abs([value for value in values if np.isfinite(value)])
    return float(min(sizes.max(), max(1.0, np.quantile(sizes, 0.75)))) if sizes.size else 0.0


def _value(f: Callable[[Any], Any], point: Any) -> float:
    try:
        out = np.asarray(f(point.copy()[()] if isinstance(point, np.ndarray) else point))
    except IndexError as error:
        if np.ndim(point):
            raise
        repair = "for two variables give bounds [(-1, 1), (-1, 1)]"
        raise ValueError(f"bounds must have one pair a coordinate; f got a number and indexes it: {repair}") from error
    if out.size != 1 or out.dtype.kind not in "biuf":
        raise ValueError(f"f must return one real number at {point}, got {kind_of(out)}")
    value = float(out.reshape(()))
    if np.isnan(value) or value == -np.inf:
        raise ValueError(f"f must be a number or plus infinity, got {value} at {point}; search where it is defined")
    return value


def _box(bounds: Any) -> Sampler:
    limits = as_real_array(bounds, "bounds")
    if limits.shape[-1:] != (2,) or limits.ndim > 2 or not limits.size:
        raise ValueError(f"bounds must be a pair (low, high), or one pair a coordinate, got shape {limits.shape}")
    low, high = limits[..., 0], limits[..., 1]
    if not np.all(low < high):
        raise ValueError(f"bounds must be pairs with low < high, got {limits.tolist()}")
    return lambda generator, size: generator.uniform(low, high, size=(size, *low.shape))
