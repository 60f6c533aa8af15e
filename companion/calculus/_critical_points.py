"""Where a function has a horizontal tangent, and what it has there: a minimum, a maximum, or neither."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import inf, isinf
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_nonnegative, as_real_array
from companion.linalg import eigh
from companion.linalg._input import as_square

_EPS = float(np.finfo(float).eps)
# A polynomial, the highest power first, without leading zeros; exact, so that to be zero is no matter of tolerance.
_Polynomial = list[Fraction]
# Sturm's chain of a polynomial without multiple roots, which comes first: its changes of sign count roots.
_Chain = list[_Polynomial]


class CriticalPoint(NamedTuple):
    """One of the points that `critical_points` returns."""

    x: float
    fun: float
    kind: Literal["minimum", "maximum", "inflection"]
    order: int


def critical_points(c: ArrayLike) -> list[CriticalPoint]:
    r"""Find the critical points of a polynomial, and what it has at each.

    Parameters
    ----------
    c : array_like, shape (degree + 1,)
        Coefficients, the highest power first (as in `numpy.polyval`). Floats are taken as the exact numbers that they
        are; integers and fractions stay exact.

    Returns
    -------
    list of CriticalPoint
        In rising order, each with its place `x`, the value `fun` there, `kind` ("minimum", "maximum" or "inflection")
        and `order`, that of the first derivative which is not zero there: 2 where the second-derivative test decides.

    Raises
    ------
    TypeError
        If a coefficient is no real number.
    ValueError
        If a coefficient is nan or infinite, there is none, the polynomial is constant (then every point is critical),
        or a critical point or a value there is beyond the range of floats.

    See Also
    --------
    classify_critical_point : for several variables.
    numpy.roots : all roots, complex ones too, in floating point; a multiple root comes as a cloud of simple ones.

    Notes
    -----
    The critical points are the real roots of f'. Nothing is rounded on the way: with fractions, Euclid's algorithm
    splits multiple roots off, as :math:`\gcd(f', f'')` has each root one time less, and Sturm's theorem counts the
    distinct real roots in an interval, which is halved until one is left, and its ends are the same float. A root of f'
    of multiplicity m makes `order` m + 1; f' changes its sign there if m is odd.

    The answer is about the polynomial as given. The coefficients of :math:`(x - 0.1)^4`, rounded to floats, belong to
    another one, whose f' has no threefold root: pass fractions where that matters.

    References
    ----------
    J. Stewart, Calculus: Early Transcendentals, 8th ed., 2016, sec. 4.1 and 4.3. S. Basu, R. Pollack and M.-F. Roy,
    Algorithms in Real Algebraic Geometry, 2nd ed., 2006, sec. 2.2 (Sturm's theorem).

    Examples
    --------
    >>> for point in critical_points([1, 0, -2, 0, 0]):  # x^4 - 2 x^2
    ...     print(point)
    CriticalPoint(x=-1.0, fun=-1.0, kind='minimum', order=2)
    CriticalPoint(x=0.0, fun=0.0, kind='maximum', order=2)
    CriticalPoint(x=1.0, fun=-1.0, kind='minimum', order=2)
    >>> critical_points([1, 0, 0, 5])
    [CriticalPoint(x=0.0, fun=5.0, kind='inflection', order=3)]
    """
    f = _as_polynomial(c)
    slope = _derivative(f)
    right = 1 if slope[0] > 0 else -1  # the sign of f' to the right of all its roots
    points: list[CriticalPoint] = []
    for root, multiplicity in reversed(_real_roots(slope)):
        left = right * (-1) ** multiplicity
        extremum: Literal["minimum", "maximum"] = "minimum" if right > 0 else "maximum"
        kind = extremum if left != right else "inflection"
        points.append(CriticalPoint(_as_float(root), _as_float(_value(f, root)), kind, multiplicity + 1))
        right = left
    return points[::-1]


def classify_critical_point(
    hessian: ArrayLike, tol: float | None = None
) -> Literal["minimum", "maximum", "saddle", "inconclusive"]:
    r"""Say what a function has at a critical point, by the eigenvalues of its Hessian there.

    Parameters
    ----------
    hessian : array_like, shape (d, d)
        The symmetric matrix of the second partial derivatives, at a point where all first ones are zero.
    tol : float, optional
        Eigenvalues of at most this size count as zero, in the unit of the entries. By default d ε times the largest,
        with ε = 2.2e-16: what rounding can make of zero. Take more for a Hessian of finite differences.

    Returns
    -------
    str
        "minimum" if all eigenvalues are positive, "maximum" if all are negative, "saddle" if both signs occur, else
        "inconclusive".

    Raises
    ------
    ValueError
        If `hessian` is empty, not square or not symmetric, a number is nan or infinite, or `tol` is negative.

    See Also
    --------
    critical_points : for polynomials of one variable, where it is never inconclusive.
    companion.autodiff.hessian : the matrix.

    Notes
    -----
    .. math:: f(\mathbf{x} + \mathbf{h}) - f(\mathbf{x}) = \tfrac12\,\mathbf{h}^\top \mathbf{H}\,\mathbf{h}
              + o(\|\mathbf{h}\|^2), \qquad
              \mathbf{h}^\top \mathbf{H}\,\mathbf{h} = \sum_i \lambda_i c_i^2

    with the coordinates :math:`c_i` of h in the basis of the eigenvectors. If an eigenvalue is zero and the others have
    one sign, what is left out decides.

    References
    ----------
    J. R. Magnus and H. Neudecker, Matrix Differential Calculus, 3rd ed., 2019, ch. 7.

    Examples
    --------
    >>> classify_critical_point([[2, 0], [0, 2]]), classify_critical_point([[2, 0], [0, -2]])
    ('minimum', 'saddle')
    >>> classify_critical_point([[2, 0], [0, 0]])
    'inconclusive'
    """
    if np.size(hessian) == 0:
        raise ValueError(f"hessian must not be empty, got shape {np.shape(hessian)}")
    H = _as_symmetric(hessian)
    exponent = int(np.frexp(np.abs(H).max())[1])  # a power of 2 keeps the eigenvalues in range, and rounds nothing
    values = eigh(np.ldexp(H, -exponent)).eigenvalues
    smallest, largest = float(values[0]), float(values[-1])
    zero = len(values) * _EPS * max(abs(smallest), abs(largest))
    if tol is not None:
        with np.errstate(over="ignore"):  # infinite against a tiny matrix: all of it counts as zero
            zero = float(np.ldexp(_as_tolerance(tol), -exponent))
    if smallest < -zero and largest > zero:
        return "saddle"
    if smallest > zero:
        return "minimum"
    return "maximum" if largest < -zero else "inconclusive"


def _as_symmetric(hessian: ArrayLike) -> NDArray[np.float64]:
    """Return the matrix, made symmetric; complain if more than rounding is amiss."""
    H = as_square(as_real_array(hessian, "hessian"), "hessian")
    half = H / 2  # so that no sum overflows
    apart = np.abs(half - half.T)
    if apart.max() > 1e-10 * np.abs(half).max():
        i, j = (int(k) for k in np.unravel_index(np.argmax(apart), H.shape))
        raise ValueError(
            f"hessian must be symmetric; entry [{i}, {j}] is {H[i, j]:.17g}, [{j}, {i}] is {H[j, i]:.17g}; "
            "if they differ by errors of differences, pass (H + H.T) / 2"
        )
    return np.asarray(half + half.T)


def _as_tolerance(tol: float) -> float:
    size = as_nonnegative(tol, "tol")
    if size.ndim:
        raise ValueError(f"tol must be a single number, got an array of shape {size.shape}")
    return float(size)


def _as_polynomial(c: ArrayLike) -> _Polynomial:
    """Return the coefficients as fractions, without leading zeros."""
    try:
        floats = as_real_array(c, "c")
    except OverflowError:  # Python's integers and fractions may be larger
        raise ValueError("c must hold numbers in the range of floats; rescale it") from None
    if floats.ndim != 1:
        raise ValueError(f"c must be a vector of coefficients, the highest power first, got shape {np.shape(c)}")
    f = _without_leading_zeros([_as_fraction(one) for one in np.asarray(c).tolist()])
    if len(f) < 2:
        raise ValueError("c must not be constant: every point is critical where the slope is 0 everywhere")
    return f


def _as_fraction(number: Any) -> Fraction:
    try:
        return Fraction(number)
    except TypeError:  # SymPy's numbers, for example
        return Fraction(float(number))


def _as_float(number: Fraction) -> float:
    result = _rounded(number)
    if isinf(result):
        raise ValueError("c must have critical points, and values there, in the range of floats; rescale it")
    return result


def _real_roots(p: _Polynomial) -> list[tuple[Fraction, int]]:
    """Return the distinct real roots in rising order, rounded to floats or better, and how often p has each."""
    bound = _bound(p)
    chains = []
    while len(p) > 1:
        chain = _remainders(p)
        common = chain[-1]  # has each root of p one time less
        chains.append([_divide(one, common)[0] for one in chain])
        p = common
    return [
        (_refine(chains[0][0], low, high), sum(_count(chain, low, high) for chain in chains))
        for low, high in (_isolate(chains[0], -bound, bound) if chains else ())
    ]


def _isolate(chain: _Chain, low: Fraction, high: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield intervals (low, high] with one root each, from left to right."""
    waiting = [(low, high)]
    while waiting:
        low, high = waiting.pop()
        count = _count(chain, low, high)
        if count == 1:
            yield low, high
        elif count > 1:
            middle = (low + high) / 2
            waiting += [(middle, high), (low, middle)]


def _refine(p: _Polynomial, low: Fraction, high: Fraction) -> Fraction:
    """Return the one root in (low, high]: exactly, if it is found, else an end of an interval within one float."""
    above = _value(p, high)
    if above == 0:
        return high
    while _rounded(low) != _rounded(high):
        middle = (low + high) / 2
        value = _value(p, middle)
        if value == 0:
            return middle
        low, high = (low, middle) if (value > 0) == (above > 0) else (middle, high)
    return high


def _rounded(number: Fraction) -> float:
    try:
        return float(number) + 0.0  # no negative zero
    except OverflowError:
        return inf if number > 0 else -inf


def _count(chain: _Chain, low: Fraction, high: Fraction) -> int:
    """Return the number of roots in (low, high], by Sturm's theorem."""
    return _sign_changes(chain, low) - _sign_changes(chain, high)


def _sign_changes(chain: _Chain, x: Fraction) -> int:
    positive = [value > 0 for value in (_value(p, x) for p in chain) if value]
    return sum(a != b for a, b in pairwise(positive))


def _remainders(p: _Polynomial) -> _Chain:
    """Return p, p' and the negative remainders of their divisions; the last is their greatest common divisor."""
    chain, rest = [p], _derivative(p)
    while rest:
        chain.append([one / abs(rest[0]) for one in rest])  # a positive factor changes no sign
        rest = [-one for one in _divide(chain[-2], chain[-1])[1]]
    return chain


def _divide(p: _Polynomial, q: _Polynomial) -> tuple[_Polynomial, _Polynomial]:
    """Return quotient and remainder."""
    rest, quotient = list(p), []
    while len(rest) >= len(q):
        factor = rest[0] / q[0]
        quotient.append(factor)
        rest = [a - factor * b for a, b in zip(rest[1 : len(q)], q[1:], strict=True)] + rest[len(q) :]
    return quotient, _without_leading_zeros(rest)


def _derivative(p: _Polynomial) -> _Polynomial:
    return [coefficient * (len(p) - 1 - i) for i, coefficient in enumerate(p[:-1])]


def _value(p: _Polynomial, x: Fraction) -> Fraction:
    """Return p(x), by Horner's scheme."""
    value = Fraction(0)
    for coefficient in p:
        value = value * x + coefficient
    return value


def _without_leading_zeros(p: _Polynomial) -> _Polynomial:
    first = next((i for i, coefficient in enumerate(p) if coefficient), len(p))
    return p[first:]


def _bound(p: _Polynomial) -> Fraction:
    """Return a power of 2 above every root (Cauchy's bound); halving it meets every root that is a float."""
    largest = max((abs(one / p[0]) for one in p[1:]), default=Fraction(0))
    return Fraction(2) ** int(largest + 1).bit_length()
