"""Moment generating functions: their logarithms in closed form, and the moments that are in them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from companion._validation import (
    as_count,
    as_integers,
    as_nonnegative,
    as_positive,
    as_probability,
    as_real_array,
)

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_MGF = Callable[[Any], Any]

# The radii of the circles to choose from: powers of 2 first, then powers of 1.1 around the best of them.
_COARSE = np.ldexp(1.0, np.arange(-300, 301))
_FINE = 1.1 ** np.arange(-8, 9)
# Points on a circle, for each order: terms of the series that they confuse then differ by a factor of e^-40 or less.
_POINTS = 40
_MOST_ORDER = 100
# Part of E|X|^k that the error of a moment may be.
_TRUSTED = 1e-7
_NO_MGF = (
    "mgf must be 1 at t = 0, since M(0) = E[1], and finite around it; then its mean over a small circle |t| = r is 1, "
    "but there is {}; pass M, not log M"
)
# sinh(h) / h - 1, divided by h^2, as a series in h^2.
_SINH_SERIES = 1 / special.factorial(np.arange(3, 33, 2))


def moments_from_mgf(mgf: _MGF, n: int) -> _Floats:
    r"""Return the first n moments about 0 of a random variable, from its moment generating function.

    Parameters
    ----------
    mgf : callable
        Moment generating function, :math:`t \mapsto M_X(t) = E[e^{tX}]`, for arrays of *complex* numbers t: write it
        with operators and NumPy's functions (``np.exp``, not ``math.exp``). The log-MGFs of the companion take real
        numbers only.
    n : int
        Order of the last moment, from 1 to 100.

    Returns
    -------
    ndarray, shape (n,)
        The moments :math:`m_1 = E[X], \dots, m_n = E[X^n]`.

    Raises
    ------
    TypeError
        If `mgf` is not callable or does not work on complex arrays, or `n` is not an integer.
    ValueError
        If `n` is not in 1, ..., 100, a moment overflows or is lost in rounding errors, or `mgf` is no MGF: it is not 1
        at 0, or not finite around 0.

    See Also
    --------
    cumulants_from_mgf : mean, variance and so on in one go.
    companion.statistics.moment : the moments of data.

    Notes
    -----
    As :math:`M_X(t) = \sum_j m_j t^j / j!`, the k-th derivative at 0 is the k-th moment. But no derivative is taken. On
    the circle :math:`t = r e^{i\theta}` the term of order j turns j times, and

    .. math:: \frac{m_k}{k!}\, r^k = \text{mean over } \theta \text{ of } M_X(r e^{i\theta})\, e^{-ik\theta}

    since all other terms, which turn j - k times, average to 0. That is Cauchy's integral, here a discrete Fourier
    transform. No two nearly equal numbers are subtracted, as in a difference quotient, and M(0) itself is not needed: a
    formula may be 0/0 there. For each k the circle is the one with the least :math:`\max |M_X| / r^k`, the rounding
    error of :math:`m_k / k!` in units of the machine epsilon. What the transform shows for negative orders should be 0;
    it measures the error. If the mean is huge against the standard deviation, pass the MGF of :math:`X - \mu`, which is
    :math:`e^{-\mu t} M_X(t)`.

    References
    ----------
    F. Bornemann, Accuracy and stability of computing high-order derivatives of analytic functions by Cauchy integrals,
    Foundations of Computational Mathematics 11, 2011.

    Examples
    --------
    The exponential law with mean 1, whose moments are the factorials:

    >>> moments_from_mgf(lambda t: 1 / (1 - t), 5).round(9).tolist()
    [1.0, 2.0, 6.0, 24.0, 120.0]

    Mean and variance of the number of successes in 10 trials:

    >>> m1, m2 = moments_from_mgf(lambda t: (0.7 + 0.3 * np.exp(t)) ** 10, 2)
    >>> round(float(m1), 9), round(float(m2 - m1**2), 9)
    (3.0, 2.1)
    """
    if not callable(mgf):
        raise TypeError(f"mgf must be a function of t, got {mgf!r}")
    n = as_count(n, "n")
    if n > _MOST_ORDER:
        raise ValueError(f"n must be at most {_MOST_ORDER}, got {n}")
    k = np.arange(1, max(n, 2) + 1)
    points = _POINTS * k.size
    coarse = _best_radii(mgf, _COARSE, k, points)
    r = _best_radii(mgf, coarse[:, None] * _FINE, k, points) * np.exp(-1 / k)
    terms = np.fft.fft(_on_circles(mgf, r, points)) / points  # m_j r^j / j!, j = 0, 1, 2, ..., -2, -1
    with np.errstate(all="ignore"):  # complained about below
        factors = special.factorial(k) / r**k
        moments: _Floats = terms[k - 1, k].real * factors
        errors = np.abs(np.c_[terms[:, 0] - 1, terms[:, -points // 8 :]]).max(axis=1) * factors
    _demand_digits(terms[0, 0].real, moments, errors)
    return moments[:n]


def cumulants_from_mgf(mgf: _MGF, n: int) -> _Floats:
    r"""Return the first n cumulants of a random variable: the derivatives at 0 of the logarithm of its MGF.

    Parameters
    ----------
    mgf : callable
        Moment generating function, as for `moments_from_mgf`.
    n : int
        Order of the last cumulant, from 1 to 100.

    Returns
    -------
    ndarray, shape (n,)
        The cumulants: the mean :math:`\kappa_1`, the variance :math:`\kappa_2`, then
        :math:`\kappa_3 = E[(X - \mu)^3]`, :math:`\kappa_4 = E[(X - \mu)^4] - 3 \sigma^4` and so on.

    Raises
    ------
    TypeError
        If `mgf` is not callable or does not work on complex arrays, or `n` is not an integer.
    ValueError
        If `moments_from_mgf` complains, of `mgf` or of the MGF of :math:`X - \mu`.

    Notes
    -----
    The logarithm K of M has :math:`M' = K' M`. Differentiate both sides n - 1 times and set t = 0:

    .. math:: m_n = \sum_{j=1}^{n} \binom{n - 1}{j - 1} \kappa_j\, m_{n-j}, \qquad m_0 = 1

    This is solved for one cumulant after the other, for the variable :math:`X - \mu`: a shift changes the first
    cumulant alone, and without it no large numbers cancel. The skewness is :math:`\kappa_3 / \kappa_2^{3/2}`, the
    excess kurtosis :math:`\kappa_4 / \kappa_2^2`. The cumulants of a sum of independent variables are the sums of
    theirs.

    References
    ----------
    P. McCullagh, Tensor Methods in Statistics, 1987, ch. 2.

    Examples
    --------
    All cumulants of a Poisson law are its mean:

    >>> cumulants_from_mgf(lambda t: np.exp(3 * np.expm1(t)), 4).round(9).tolist()
    [3.0, 3.0, 3.0, 3.0]

    A normal law has only two that are not 0:

    >>> abs(cumulants_from_mgf(lambda t: np.exp(5 * t + t**2 / 2), 4).round(9)).tolist()
    [5.0, 1.0, 0.0, 0.0]
    """
    (mean,) = moments_from_mgf(mgf, 1)
    m = np.concatenate([[1.0], moments_from_mgf(lambda t: np.exp(-mean * t) * mgf(t), n)])
    kappa = np.zeros(n + 1)
    for i in range(2, n + 1):
        j = np.arange(2, i)
        kappa[i] = m[i] - special.comb(i - 1, j - 1) * kappa[j] @ m[i - j]
    kappa[1] = mean
    return kappa[1:]


def _best_radii(mgf: _MGF, r: _Floats, k: NDArray[np.integer], points: int) -> _Floats:
    """Return for each k the radius among r, shape (..., candidates), with the least max |M| / r^k inside the domain."""
    values = _on_circles(mgf, r, points)
    with np.errstate(all="ignore"):  # outside the domain anything may come
        size = np.abs(values).max(axis=-1)
        inside = np.abs(values.mean(axis=-1) - 1) <= 1e-8 + 1e-14 * size  # the mean over a circle is M(0)
        cost = np.where(inside, np.log(size) - k[:, None] * np.log(r), np.inf)
    if not np.isfinite(cost.min(axis=-1)).all():
        raise ValueError(_NO_MGF.format("no such circle"))
    best = cost.argmin(axis=-1)[:, None]
    return np.take_along_axis(np.broadcast_to(r, cost.shape), best, axis=-1)[:, 0]


def _on_circles(mgf: _MGF, r: _Floats, points: int) -> NDArray[np.complex128]:
    """Return M on circles of the radii r around 0, at as many points each; the points are the last axis."""
    t = r[..., None] * np.exp(2j * np.pi * np.arange(points) / points)
    try:
        with np.errstate(all="ignore"):
            values = np.asarray(mgf(t))
        if values.dtype.kind not in "biufc":
            raise TypeError(f"the result is of type {values.dtype}")
        return np.broadcast_to(values.astype(np.complex128), t.shape)
    except (TypeError, ValueError) as error:
        raise TypeError(
            f"mgf must return one number for each entry of a complex array, but: {error}; "
            "use NumPy's functions, np.exp and not math.exp"
        ) from error


def _demand_digits(at_0: float, moments: _Floats, errors: _Floats) -> None:
    """Complain if M(0) is not 1, a moment is not finite, or its error is no small part of E|X|^k."""
    if abs(at_0 - 1) > 1e-6:
        raise ValueError(_NO_MGF.format(f"the mean {at_0:.6g}"))
    if not np.isfinite(moments).all():
        raise ValueError("n must be so low that the moments are finite in floats; choose a lower n, or another unit")
    k = np.arange(1, moments.size + 1)
    even = np.maximum(k - k % 2, 2)
    sizes = np.maximum(np.abs(moments), np.maximum(moments[even - 1], 0) ** (k / even))  # E|X|^k is no less (Lyapunov)
    lost = np.flatnonzero(errors > _TRUSTED * sizes)
    if lost.size:
        order, moment, error = k[lost[0]], moments[lost[0]], errors[lost[0]]
        raise ValueError(
            f"mgf must be accurate enough for the moment of order {order}, got {moment:.3g} with an error of about "
            f"{error:.1g}; if the mean is large against the standard deviation, pass the MGF of X - mean"
        )


def norm_log_mgf(t: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> _Real:
    r"""Logarithm of the moment generating function of the normal law.

    Parameters
    ----------
    t : array_like
        Argument, in 1 / unit of the random variable.
    loc : array_like, default 0
        Mean :math:`\mu`.
    scale : array_like, default 1
        Standard deviation :math:`\sigma > 0`. All three are broadcast.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = \mu t + \sigma^2 t^2 / 2`, of the broadcast shape; inf where that overflows.

    Raises
    ------
    ValueError
        If `scale` is not positive or an argument is not finite.

    Examples
    --------
    >>> float(norm_log_mgf(2))
    2.0
    """
    t = as_real_array(t, "t")
    loc = as_real_array(loc, "loc")
    scale = as_positive(scale, "scale")
    with np.errstate(over="ignore"):
        value: _Real = t * (loc + scale * (scale * t) / 2.0)
    return value


def poisson_log_mgf(t: ArrayLike, mu: ArrayLike) -> _Real:
    r"""Logarithm of the moment generating function of the Poisson law.

    Parameters
    ----------
    t : array_like
        Argument.
    mu : array_like
        Mean :math:`\mu \ge 0`; broadcast against `t`.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = \mu (e^t - 1)`, of the broadcast shape; inf where that overflows.

    Raises
    ------
    ValueError
        If `mu` is negative or an argument is not finite.

    Examples
    --------
    >>> round(float(poisson_log_mgf(1, mu=3)), 6)
    5.154845
    """
    t = as_real_array(t, "t")
    mu = as_nonnegative(mu, "mu")
    with np.errstate(over="ignore", invalid="ignore"):
        value: _Real = np.where(mu > 0.0, mu * np.expm1(t), 0.0)[()]  # not 0 * inf
    return value


def bernoulli_log_mgf(t: ArrayLike, p: ArrayLike) -> _Real:
    r"""Logarithm of the moment generating function of the Bernoulli law.

    Parameters
    ----------
    t : array_like
        Argument.
    p : array_like
        Probability of 1; broadcast against `t`.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = \log(1 - p + p e^t)`, of the broadcast shape.

    Raises
    ------
    ValueError
        If `p` is not in [0, 1] or `t` is not finite.

    Examples
    --------
    A sum of independent variables that are not identically distributed, and :math:`P(S \ge 2)`:

    >>> from companion.probability import chernoff_bound
    >>> result = chernoff_bound(lambda t: bernoulli_log_mgf(t, [0.1, 0.9]).sum(), 2)
    >>> round(float(result.bound), 6), float(result.t)
    (0.09, inf)
    """
    t = as_real_array(t, "t")
    p = as_probability(p, "p")
    # Near 0 the first form has no cancellation, far from it the second does not overflow.
    near = np.log1p(p * np.expm1(np.clip(t, -1.0, 1.0)))
    with np.errstate(divide="ignore"):  # log(0) = -inf is right for p = 0 and p = 1
        far = np.logaddexp(np.log1p(-p), np.log(p) + t)
    value: _Real = np.where(np.abs(t) < 1.0, near, far)[()]
    return value


def binom_log_mgf(t: ArrayLike, n: ArrayLike, p: ArrayLike) -> _Real:
    r"""Logarithm of the moment generating function of the binomial law.

    Parameters
    ----------
    t : array_like
        Argument.
    n : array_like of int
        Number of trials, at least 0.
    p : array_like
        Probability of success. All three are broadcast.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = n \log(1 - p + p e^t)`, of the broadcast shape.

    Raises
    ------
    TypeError
        If `n` is not of integers.
    ValueError
        If `n` is negative, `p` is not in [0, 1], or `t` is not finite.

    Examples
    --------
    70 or more heads in 100 tosses of a coin:

    >>> from companion.probability import chernoff_bound
    >>> round(float(chernoff_bound(lambda t: binom_log_mgf(t, 100, 0.5), 70).bound), 6)
    0.000267
    """
    value: _Real = as_nonnegative(as_integers(n, "n"), "n") * bernoulli_log_mgf(t, p)
    return value


def expon_log_mgf(t: ArrayLike, scale: ArrayLike = 1.0) -> _Real:
    r"""Logarithm of the moment generating function of the exponential law.

    Parameters
    ----------
    t : array_like
        Argument, in 1 / unit of the random variable.
    scale : array_like, default 1
        Mean :math:`1 / \lambda > 0`, the reciprocal of the rate; broadcast against `t`.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = -\log(1 - t / \lambda)` for :math:`t < \lambda`, else inf; of the broadcast shape.

    Raises
    ------
    ValueError
        If `scale` is not positive or an argument is not finite.

    Examples
    --------
    >>> expon_log_mgf([0, 0.25, 0.5], scale=2).round(6).tolist()
    [0.0, 0.693147, inf]
    """
    t = as_real_array(t, "t")
    scale = as_positive(scale, "scale")
    with np.errstate(divide="ignore", over="ignore"):  # log1p(-1) = -inf from the edge of the domain on
        value: _Real = -np.log1p(-np.minimum(1.0, scale * t))
    return value


def uniform_log_mgf(t: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> _Real:
    r"""Logarithm of the moment generating function of the uniform law on the interval from loc to loc + scale.

    Parameters
    ----------
    t : array_like
        Argument, in 1 / unit of the random variable.
    loc : array_like, default 0
        Lower end of the interval.
    scale : array_like, default 1
        Length of the interval, positive. All three are broadcast.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = \log \dfrac{e^{tb} - e^{ta}}{t (b - a)}` with the ends a and b, of the broadcast shape;
        0 for t = 0.

    Raises
    ------
    ValueError
        If `scale` is not positive or an argument is not finite.

    Notes
    -----
    Near t = 0 the formula is 0/0; there the series of sinh is used:

    .. math:: \log E[e^{tX}] = t\,\frac{a + b}{2} + \log \frac{\sinh h}{h}, \qquad h = t\,\frac{b - a}{2}

    Examples
    --------
    >>> uniform_log_mgf([-1, 0, 1, 1000]).round(6).tolist()
    [-0.458675, 0.0, 0.541325, 993.092245]
    """
    t = as_real_array(t, "t")
    loc = as_real_array(loc, "loc")
    scale = as_positive(scale, "scale")
    with np.errstate(all="ignore"):  # of the two forms one may overflow or be 0/0: the one that is not taken
        u = np.abs(scale * t)
        h2 = np.minimum(u / 2, 2.0) ** 2
        # sinh(h)/h - 1 = h^2/3! + h^4/5! + ...
        near = t * (loc + scale / 2) + np.log1p(h2 * np.polynomial.polynomial.polyval(h2, _SINH_SERIES))
        far = t * np.where(t < 0, loc, loc + scale) + np.log(-np.expm1(-u)) - np.log(scale) - np.log(np.abs(t))
        value: _Real = np.where(u < 4, near, far)[()]
    return value


def gamma_log_mgf(t: ArrayLike, a: ArrayLike, scale: ArrayLike = 1.0) -> _Real:
    r"""Logarithm of the moment generating function of the gamma law.

    Parameters
    ----------
    t : array_like
        Argument, in 1 / unit of the random variable.
    a : array_like
        Shape, positive.
    scale : array_like, default 1
        Reciprocal of the rate, :math:`1 / \lambda > 0`. All three are broadcast.

    Returns
    -------
    float or ndarray
        :math:`\log E[e^{tX}] = -a \log(1 - t / \lambda)` for :math:`t < \lambda`, else inf; of the broadcast shape.

    Raises
    ------
    ValueError
        If `a` or `scale` is not positive or an argument is not finite.

    Examples
    --------
    The sum of three exponential waiting times has three times their log-MGF:

    >>> float(gamma_log_mgf(0.25, 3, scale=2) / expon_log_mgf(0.25, scale=2))
    3.0
    """
    value: _Real = as_positive(a, "a") * expon_log_mgf(t, scale)
    return value
