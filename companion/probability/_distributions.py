"""Distributions with SciPy's names and methods: probabilities, quantiles, moments and random numbers.

The probabilities of binomial, Poisson, beta, gamma, chi-square, F and t laws rest on one expansion (Loader, 2000) that
keeps all digits where a difference of log-gamma functions loses them, and their far tails on one continued fraction
(Gauss).
"""

from collections.abc import Callable
from copy import copy
from math import inf, log
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from companion._validation import as_count, as_nonnegative, as_positive, as_probability, as_real, as_real_array
from companion.probability._expect import LEAST, Sum, Tail, expect_continuous, expect_discrete

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Formula = Callable[..., Any]
_Args = tuple[ArrayLike, ...]
_Kwds = dict[str, ArrayLike]
_Random = np.random.Generator | np.random.RandomState

# Below this SciPy's incomplete functions lose their digits, and soon are 0: the continued fraction takes over.
_FAR = 1e-290
# Higher moments of a count need whole numbers that leave the floats.
_MOST_ORDER = 200
# Relative change by which a continued fraction has settled, and the number of pairs of terms after which it would have.
_SETTLED = 1e-15
_MOST_PAIRS = 1000
# Relative error of a tail probability after which one more of Newton's steps is the last, and the most steps.
_CLOSE = 1e-9
_MOST_STEPS = 50
# Logarithm of what is negligible beside 1.
_NOTHING = -45.0


# The saddle-point expansion: k! = k^k e^-k e^rest(k), and the powers go into deviances that do not cancel


def _log_factorial_rest(k: _Floats) -> _Floats:
    """Return log k! - (k log k - k) for real k >= 0: half of log(2 pi k), and Stirling's series."""

    def large(k: _Floats) -> _Floats:
        terms = np.polynomial.polynomial.polyval(1 / k**2, [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188])
        rest: _Floats = 0.5 * np.log(2 * np.pi * k) + terms / k
        return rest

    def small(k: _Floats) -> _Floats:
        # Climb to k + 16: from k to k + 1 the rest grows by 1 - k log(1 + 1/k), where gammaln would cancel.
        steps = k[..., None] + np.arange(16)
        with np.errstate(divide="ignore", over="ignore"):  # 0 log(1 + 1/0) is 0
            rest: _Floats = large(k + 16) - (1 - special.xlog1py(steps, 1 / steps)).sum(axis=-1)
        return rest

    return np.piecewise(k, [k < 16], [small, large])


def _digamma_rest(a: _Floats) -> _Floats:
    """Return the digamma function of a > 0 without its leading term log a."""

    def large(a: _Floats) -> _Floats:
        terms = np.polynomial.polynomial.polyval(1 / a**2, [-1 / 12, 1 / 120, -1 / 252, 1 / 240, -1 / 132])
        rest: _Floats = -0.5 / a + terms / a**2
        return rest

    return np.piecewise(a, [a < 16], [lambda a: special.psi(a) - np.log(a), large])


def _deviance(x: _Floats, mean: _Floats, excess: _Floats) -> _Floats:
    """Return x log(x / mean) - (x - mean); *excess* is x - mean, with all its digits."""
    v = excess / (x + mean)
    # x log(x / mean) = 2 x artanh(v), whose first term cancels against x - mean but for excess * v
    w = v * v
    near = excess * v + 2 * x * v * w * np.polynomial.polynomial.polyval(w, 1 / np.arange(3, 19, 2))
    return np.where(np.abs(v) < 0.1, near, special.rel_entr(x, mean) - excess)


def _log_poisson(k: _Floats, mu: _Floats) -> _Floats:
    """Return log(mu^k e^-mu / k!) for real k >= 0."""
    return -_deviance(k, mu, k - mu) - _log_factorial_rest(k)


def _log_binom(k: _Floats, m: _Floats, p: _Floats) -> _Floats:
    """Return log((k + m)! / (k! m!) p^k (1 - p)^m) for k successes and m failures, real and >= 0."""
    return _log_binom_rest(k, m) - _binom_deviance(k, m, p)


def _log_binom_rest(k: _Floats, m: _Floats) -> _Floats:
    """Return log((k + m)! / (k! m!)) without the powers of k, m and k + m."""
    rest: _Floats = _log_factorial_rest(k + m) - _log_factorial_rest(k) - _log_factorial_rest(m)
    return rest


def _binom_deviance(k: _Floats, m: _Floats, p: _Floats) -> _Floats:
    n = k + m
    excess = _excess(k, n, p)
    return _deviance(k, n * p, excess) + _deviance(m, n * (1 - p), -excess)


def _odds_deviance(k: _Floats, m: _Floats, odds: _Floats) -> _Floats:
    """Return the deviance for the probabilities p and q with p / q = odds, by the smaller of them."""
    small = odds < 1
    least = np.where(small, odds, 1 / odds)
    return _binom_deviance(np.where(small, k, m), np.where(small, m, k), least / (1 + least))


def _log_ways(k: _Floats, m: _Floats, rest: _Floats) -> _Floats:
    """Return log((k + m)! / (k! m!)) for real k and m > 0 from what is left without the powers."""
    ways: _Floats = k * np.log1p(m / k) + m * np.log1p(k / m) + rest
    return ways


def _log_f_density(x: _Floats, dfn: _Floats, dfd: _Floats) -> _Floats:
    a, b = dfn / 2, dfd / 2
    inner = _log_binom_rest(a, b) - _odds_deviance(a, b, dfn / dfd * x) - np.log(1 / a + 1 / b) - np.log(x)
    inner = _f_beyond(lambda log: log + np.log(b) - np.log(x), inner, x, dfn, dfd)
    return np.where(x > 0, inner, special.xlogy(dfn / 2 - 1, x))


def _f_beyond(formula: _Formula, value: _Floats, x: _Floats, dfn: _Floats, dfd: _Floats) -> _Floats:
    """Return *value*, and by a formula of the log of the upper tail where the odds of x are beyond the floats.

    There the tail is a power of x, the first term of its series, beside which all others vanish.
    """
    far = np.isfinite(x) & np.isinf(dfn / dfd * x)
    if not far.any():
        return value
    a, b = dfn / 2, dfd / 2
    # betaln of SciPy loses digits where one of the two is large.
    log_beta = np.log(1 / a + 1 / b) - _log_binom_rest(a, b) - a * np.log1p(b / a) - b * np.log1p(a / b)
    log_tail = b * (np.log(dfd / dfn) - np.log(x)) - np.log(b) - log_beta
    return np.where(far, formula(log_tail), value)


def _log_beta_density(x: _Floats, a: _Floats, b: _Floats) -> _Floats:
    inner = np.log(a) + np.log(b / (a + b)) - np.log(x) - np.log1p(-x) + _log_binom(a, b, x)
    ends = special.xlogy(a - 1, x) + special.xlog1py(b - 1, -x) - special.betaln(a, b)
    return np.where((x > 0) & (x < 1), inner, ends)


def _log_gamma_density(x: _Floats, a: _Floats) -> _Floats:
    start = special.xlogy(a - 1, x) - special.gammaln(a)
    return np.where(x > 0, np.log(a) - np.log(x) + _log_poisson(a, x), start)


def _beta_entropy(a: _Floats, b: _Floats) -> _Floats:
    """Return log B(a, b) - (a - 1) psi(a) - (b - 1) psi(b) + (a + b - 2) psi(a + b), without what cancels."""
    n = a + b
    powers = _log_factorial_rest(a) + _log_factorial_rest(b) - _log_factorial_rest(n) - np.log(n)
    value: _Floats = powers - (a - 1) * _digamma_rest(a) - (b - 1) * _digamma_rest(b) + (n - 2) * _digamma_rest(n)
    return value


def _gamma_entropy(a: _Floats) -> _Floats:
    return _log_factorial_rest(a) + (1 - a) * _digamma_rest(a)


def _f_entropy(dfn: _Floats, dfd: _Floats) -> _Floats:
    # X is dfd / dfn times the odds of a beta number Y, and log_rest is E[log(1 - Y)]
    a, b, n = dfn / 2, dfd / 2, (dfn + dfd) / 2
    log_rest = np.log(b / n) + _digamma_rest(b) - _digamma_rest(n)
    entropy: _Floats = _beta_entropy(a, b) + np.log(b / a) - 2 * log_rest
    return entropy


def _t_entropy(df: _Floats) -> _Floats:
    # X^2 follows F(1, df): the entropy of |X| is that of X^2 less E[log 2 |X|], and the sign adds log 2
    log_square = special.psi(0.5) + np.log(2) - _digamma_rest(df / 2)
    entropy: _Floats = _f_entropy(np.ones_like(df), df) - log_square / 2
    return entropy


def _excess(k: _Floats, n: _Floats, p: _Floats) -> _Floats:
    """Return k - n p; the product of n with the leading 24 bits of p is exact, so only the small rest is rounded."""
    leading = p.astype(np.float32).astype(np.float64)
    return (k - n * leading) - n * (p - leading)


# Tails: SciPy's incomplete beta and gamma functions, far out the kernels above times a continued fraction


def _log_fraction(odd: _Formula, even: _Formula) -> _Floats:
    """Return log(1 / (1 + odd(0) / (1 + even(1) / (1 + odd(1) / (1 + even(2) / ...))))), by Lentz's method."""
    value = c = 1 + odd(0)
    d = np.ones_like(c)
    for m in range(1, _MOST_PAIRS):
        before = value
        for term in (even(m), odd(m)):
            c, d = 1 + term / c, 1 / (1 + term * d)
            value = value * (c * d)
        if np.all(np.abs(value - before) <= _SETTLED * np.abs(value)):
            break
    log: _Floats = -np.log(value)
    return log


def _log_betainc(a: _Floats, b: _Floats, x: _Floats) -> _Floats:
    return _log_binom(a, b, x) + np.log(b / (a + b)) + _log_beta_fraction(a, b, x)


def _log_betaincc(a: _Floats, b: _Floats, x: _Floats) -> _Floats:
    return _log_binom(a, b, x) + np.log(a / (a + b)) + _log_beta_fraction(b, a, 1 - x)


def _log_beta_fraction(a: _Floats, b: _Floats, x: _Floats) -> _Floats:
    return _log_fraction(
        odd=lambda m: -(a + m) / (a + 2 * m) * (a + b + m) / (a + 2 * m + 1) * x,
        even=lambda m: m / (a + 2 * m - 1) * (b - m) / (a + 2 * m) * x,
    )


def _log_gammainc(a: _Floats, x: _Floats) -> _Floats:
    fraction = _log_fraction(
        odd=lambda m: -(a + m) / (a + 2 * m) * x / (a + 2 * m + 1), even=lambda m: m / (a + 2 * m - 1) * x / (a + 2 * m)
    )
    return _log_poisson(a, x) + fraction


def _log_gammaincc(a: _Floats, x: _Floats) -> _Floats:
    fraction = _log_fraction(odd=lambda m: (m + 1 - a) / x, even=lambda m: m / x)
    return _log_poisson(a, x) + np.log(a / x) + fraction


def _betainc_of_odds(a: _Floats, b: _Floats, odds: _Floats) -> _Floats:
    """Return the incomplete beta function at p = odds / (1 + odds), by the smaller of p and 1 - p."""
    small = odds < 1
    least = np.where(small, odds, 1 / odds)
    args = np.where(small, a, b), np.where(small, b, a), least / (1 + least)
    value = np.asarray(special.betainc(*args))
    above = np.asarray(1 - value)
    # The complement is ten times as slow, and needed only where the difference loses digits.
    lost = ~small & (above < 0.1)
    above[lost] = special.betaincc(*(arg[lost] for arg in args))
    return np.where(small, value, above)


def _log_betainc_of_odds(a: _Floats, b: _Floats, odds: _Floats) -> _Floats:
    # The argument of this fraction is -odds, not p, so that nothing cancels if b is large and p small.
    fraction = _log_fraction(
        odd=lambda m: (m + 1 - b) / (a + 2 * m) * (a + m) / (a + 2 * m + 1) * odds,
        even=lambda m: m / (a + 2 * m - 1) * (a + b + m - 1) / (a + 2 * m) * odds,
    )
    log: _Floats = _log_binom_rest(a, b) - _odds_deviance(a, b, odds) + np.log(b / (a + b)) + np.log1p(odds) + fraction
    return log


def _log_t_scale(df: _Floats) -> _Floats:
    """Return the logarithm of the density of t at 0."""
    half, k = np.full_like(df, 0.5), df / 2
    log: _Floats = _log_ways(half, k, _log_binom_rest(half, k)) + np.log(df) / 2 - np.log1p(df) - np.log(2)
    return log


def _log_t_hypot(t: _Floats, df: _Floats) -> _Floats:
    """Return log(1 + t^2 / df) / 2, also where t^2 is too large for floats."""
    s = np.abs(t) / np.sqrt(df)
    return np.where(s < 1, np.log1p(s * s) / 2, np.log(s) + np.log1p(s**-2.0) / 2)


def _log_t_density(t: _Floats, df: _Floats) -> _Floats:
    return _log_t_scale(df) - (df + 1) * _log_t_hypot(t, df)


def _t_sf(t: _Floats, df: _Floats) -> _Floats:
    """Return the upper tail of t by SciPy's function, which loses digits close to 0."""
    value: _Floats = np.asarray(special.stdtr(df, -t))
    near = np.abs(t) < 0.1
    if near.any():
        odds = t[near] ** 2 / df[near]
        share = special.betainc(0.5, df[near] / 2, odds / (1 + odds))
        value[near] = 0.5 - 0.5 * np.copysign(share, t[near])
    return value


def _log_t_sf(t: _Floats, df: _Floats) -> _Floats:
    """Return the logarithm of the upper tail of t > 0: of Mills' ratio times the density."""
    # As df grows, this fraction becomes that of Laplace for the normal law.
    fraction = _log_fraction(
        odd=lambda m: (m + 0.5) / (df / 2 + 2 * m) * (df / 2 + m) / (df / 2 + 2 * m + 1) * (np.sqrt(df) / t) ** 2,
        even=lambda m: m / (df / 2 + 2 * m - 1) * (df / 2 + m - 0.5) / (df / 2 + 2 * m) * (np.sqrt(df) / t) ** 2,
    )
    mills = np.log1p(df / t / t) / 2 - np.log(df) / 2 + fraction
    return _log_t_scale(df) - df * _log_t_hypot(t, df) + mills


class _Incomplete(NamedTuple):
    """A regularised incomplete function: SciPy's, its logarithm by the fraction, and where the fraction converges."""

    direct: _Formula
    log_far: _Formula
    converges: _Formula
    least: _Formula = lambda *args: _FAR  # the least value that SciPy's has with all digits

    def far(self, value: _Floats, *args: _Floats) -> NDArray[np.bool_]:
        """Return where to prefer the fraction."""
        small: NDArray[np.bool_] = (value < self.least(*args)) & self.converges(*args)
        return small


_BETAINC = _Incomplete(special.betainc, _log_betainc, lambda a, b, x: x * (a + b + 2) < a + 1)
_BETAINCC = _Incomplete(special.betaincc, _log_betaincc, lambda a, b, x: (1 - x) * (a + b + 2) < b + 1)
# For a large a SciPy breaks its series off: at a = 10^6 and 4.9 standard deviations it has 5 digits.
_GAMMAINC = _Incomplete(
    special.gammainc, _log_gammainc, lambda a, x: x < a + 1, lambda a, x: np.where(a < 60_000, _FAR, 1e-5)
)
_GAMMAINCC = _Incomplete(special.gammaincc, _log_gammaincc, lambda a, x: x > a + 1)
_ODDS_BELOW = _Incomplete(_betainc_of_odds, _log_betainc_of_odds, lambda a, b, odds: odds * (b + 1) < a + 1)
_ODDS_ABOVE = _Incomplete(
    lambda a, b, odds: _betainc_of_odds(b, a, 1 / odds),
    lambda a, b, odds: _log_betainc_of_odds(b, a, 1 / odds),
    lambda a, b, odds: odds * (b + 1) > a + 1,
)
_T_ABOVE = _Incomplete(_t_sf, _log_t_sf, lambda t, df: t > 2)
_T_BELOW = _Incomplete(lambda t, df: _t_sf(-t, df), lambda t, df: _log_t_sf(-t, df), lambda t, df: t < -2)


def _probability(tail: _Incomplete, other: _Incomplete, args: tuple[_Floats, ...]) -> _Floats:
    """Return the probability of a tail."""
    args = np.broadcast_arrays(*args)
    value = np.asarray(tail.direct(*args))
    small = tail.far(value, *args)
    if small.any():
        value[small] = np.exp(tail.log_far(*(arg[small] for arg in args)))
    large = other.far(1 - value, *args) & (value < 1)
    if large.any():
        value[large] = -np.expm1(other.log_far(*(arg[large] for arg in args)))
    return value


def _log_probability(tail: _Incomplete, other: _Incomplete, args: tuple[_Floats, ...]) -> _Floats:
    """Return the logarithm of the probability of a tail."""
    args = np.broadcast_arrays(*args)
    value = _probability(tail, other, args)
    log = np.asarray(np.log(value))
    large = value >= 0.5
    if large.any():
        log[large] = np.log1p(-_probability(other, tail, tuple(arg[large] for arg in args)))
    small = tail.far(value, *args)
    if small.any():
        log[small] = tail.log_far(*(arg[small] for arg in args))
    return log


# Quantiles of F and t: SciPy's inverses, and Newton's method where these miss


def _log_odds_quantile(q: _Floats, a: _Floats, b: _Floats) -> _Floats:
    """Return the logarithm of the odds at which the incomplete beta function is q."""
    q, a, b, rest = np.broadcast_arrays(q, a, b, _log_binom_rest(a, b))
    below = q <= 0.5
    level, k, m = np.where(below, q, 1 - q), np.where(below, a, b), np.where(below, b, a)
    with np.errstate(all="ignore"):  # log 0 = -inf is the end of the support
        # In the far tail the function is a power of the odds.
        log_odds = np.asarray((np.log(level) - _log_ways(k, m, rest) - np.log(m / (k + m))) / k)
        near = log_odds + np.log(k + m) > _NOTHING
        if near.any():
            log_odds[near] = _newton(*(value[near] for value in (log_odds, level, k, m, rest)))
    return np.where(below, log_odds, -log_odds)


def _newton(log_odds: _Floats, level: _Floats, k: _Floats, m: _Floats, rest: _Floats) -> _Floats:
    """Return the logarithm of the odds from SciPy's quantile, or where it has none from the given ones.

    The logarithm of the function is concave in that of the odds, so that Newton's method converges from anywhere.
    """
    guess = special.logit(special.betaincinv(k, m, level))
    log_odds = np.where(np.isfinite(guess), guess, log_odds)
    some = np.arange(level.size)
    for _ in range(_MOST_STEPS):
        args = k[some], m[some], np.exp(log_odds[some])
        log_value = _log_probability(_ODDS_BELOW, _ODDS_ABOVE, args)
        log_slope = rest[some] - _odds_deviance(*args) - np.log(1 / args[0] + 1 / args[1]) - log_value
        miss = log_value - np.log(level[some])
        log_odds[some] -= miss * np.exp(-log_slope)
        some = some[np.abs(miss) > _CLOSE]
        if not some.size:
            break
    return log_odds


def _f_ppf(q: _Floats, dfn: _Floats, dfd: _Floats) -> _Floats:
    return _exp(np.log(dfd / dfn) + _log_odds_quantile(q, dfn / 2, dfd / 2))


def _f_isf(q: _Floats, dfn: _Floats, dfd: _Floats) -> _Floats:
    return _exp(np.log(dfd / dfn) - _log_odds_quantile(q, dfd / 2, dfn / 2))


def _t_quantile(q: _Floats, df: _Floats) -> _Floats:
    """Return the distance from 0 of the quantile of q."""
    return _exp((np.log(df) - _log_odds_quantile(2 * np.minimum(q, 1 - q), df / 2, np.full_like(df, 0.5))) / 2)


def _exp(log: _Floats) -> _Floats:
    """Return e^log, which is infinite beyond the floats."""
    with np.errstate(over="ignore"):
        value: _Floats = np.exp(log)
    return value


def _first_beta_term(a: _Floats, b: _Floats, q: _Floats) -> _Floats:
    """Return the x for which the first term of the series of betainc(a, b, x), x^a / (a B(a, b)), is q."""
    term: _Floats = np.exp(np.minimum((np.log(q) + np.log(a) + special.betaln(a, b)) / a, 0.0))
    return term


def _unless_nan(value: _Floats, instead: _Floats) -> _Floats:
    """Return the value of SciPy's inverse function, which for some q below 1e-90 is nan; there *instead* is right."""
    return np.where(np.isnan(value), instead, value)


# Parameters and points


def _as_whole_number(n: ArrayLike, name: str) -> _Floats:
    array = as_nonnegative(n, name)
    broken = array[array != np.floor(array)]
    if broken.size:
        raise ValueError(f"{name} must be a whole number, got {broken.flat[0]}")
    return array


def _as_points(x: ArrayLike) -> _Floats:
    """Return the points as floats; unlike a parameter, a point may be infinite."""
    array = np.asarray(x)
    if array.dtype.kind != "f":
        return as_real_array(array, "x")
    infinite = np.isinf(array)
    points = as_real_array(np.where(infinite, 0.0, array), "x")
    return np.where(infinite, array, points)


def _as_bound(bound: Any, name: str, default: float) -> float:
    """Return an end of a range, which may be infinite, as a float."""
    if bound is None:
        return default
    return float(bound) if isinstance(bound, float) and np.isinf(bound) else as_real(bound, name)


def _as_random(random_state: Any) -> _Random:
    """Return a source of random numbers; an integer seeds the one that SciPy seeds with it, for the same numbers."""
    if random_state is None:
        return np.random.default_rng()
    if isinstance(random_state, (np.random.Generator, np.random.RandomState)):
        return random_state
    if isinstance(random_state, (bool, np.bool_)) or not isinstance(random_state, (int, np.integer)):
        raise TypeError(f"random_state must be None, an integer or a numpy.random.Generator, got {random_state!r}")
    return np.random.RandomState(random_state)


# What the laws share


class _Law:
    """A law by its name; once called with parameters, a copy that has them (SciPy calls it frozen)."""

    _given: tuple[_Floats, ...] | None = None
    # Checks the parameters and returns them as arrays; its signature is that of the law.
    _parameters: ClassVar[Callable[..., tuple[_Floats, ...]]]

    def __call__(self, *args: ArrayLike, **kwds: ArrayLike) -> Self:
        """Return the law with its parameters fixed."""
        frozen = copy(self)
        frozen._given = self._bind(args, kwds)
        return frozen

    def __repr__(self) -> str:
        name = type(self).__name__.strip("_").lower()
        return name if self._given is None else f"{name}({', '.join(str(value.tolist()) for value in self._given)})"

    def _bind(self, args: _Args, kwds: _Kwds) -> tuple[_Floats, ...]:
        if self._given is None:
            return type(self)._parameters(*args, **kwds)
        if args or kwds:
            raise TypeError(f"the parameters of {self} are fixed already, got more: {[*args, *kwds]}")
        return self._given

    def _draw_size(self, args: tuple[Any, ...], kwds: _Kwds, size: Any) -> tuple[tuple[_Floats, ...], Any]:
        if self._given is not None and len(args) == 1:  # norm(0, 1).rvs(100)
            return self._given, args[0]
        return self._bind(args, kwds), size


class _Univariate(_Law):
    """The shell of a law on the real line; the formulas below see points within its support only."""

    # From the parameters: the ends of the support, and moments.
    _support: ClassVar[Callable[..., tuple[Any, Any]]]
    _mean: ClassVar[_Formula]
    _var: ClassVar[_Formula]
    _entropy: ClassVar[_Formula]
    # From a point and the parameters.
    _cdf: ClassVar[_Formula]
    _sf: ClassVar[_Formula]
    _logcdf: ClassVar[_Formula]
    _logsf: ClassVar[_Formula]
    # From a source of random numbers, the parameters and the size.
    _draw: ClassVar[Callable[..., Any]]

    def cdf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the cumulative distribution function, P(X <= x)."""
        return self._on_support(self._cdf, x, args, kwds, below=0.0, above=1.0)

    def sf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the survival function P(X > x), accurate where 1 - cdf has no digit left."""
        return self._on_support(self._sf, x, args, kwds, below=1.0, above=0.0)

    def logcdf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return log P(X <= x), finite where the probability itself underflows."""
        return self._on_support(self._logcdf, x, args, kwds, below=-np.inf, above=0.0)

    def logsf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return log P(X > x), finite where the probability itself underflows."""
        return self._on_support(self._logsf, x, args, kwds, below=0.0, above=-np.inf)

    def ppf(self, q: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the quantile: the least x with P(X <= x) >= q."""
        return self._quantile(q, args, kwds, upper=False)

    def isf(self, q: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the upper quantile: the least x with P(X > x) <= q."""
        return self._quantile(q, args, kwds, upper=True)

    def mean(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the expectation."""
        return _as_result(self._mean(*self._bind(args, kwds)))

    def var(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the variance."""
        return _as_result(self._var(*self._bind(args, kwds)))

    def std(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the standard deviation."""
        deviation: _Real = np.sqrt(self.var(*args, **kwds))
        return deviation

    def median(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the median, the quantile of 1/2."""
        return self.ppf(0.5, *args, **kwds)

    def moment(self, order: int, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the moment E[X^order] about 0, for a whole number *order*."""
        raise NotImplementedError

    def stats(self, *args: ArrayLike, moments: str = "mv", **kwds: ArrayLike) -> Any:
        """Return what *moments* asks for: mean (m), variance (v), skewness (s), excess kurtosis (k), in this order.

        One letter gives a number (or an array), several give a tuple. The skewness is E[(X - mu)^3] / sigma^3, the
        excess kurtosis E[(X - mu)^4] / sigma^4 - 3, which is 0 for the normal law.
        """
        if not isinstance(moments, str) or not moments or set(moments) - set("mvsk"):
            raise ValueError(f"moments must be made of the letters m, v, s and k, got {moments!r}")
        parameters = self._bind(args, kwds)
        law = self if self._given is not None else self(*parameters)
        if set(moments) & set("sk") and np.any(law.var() == 0):
            raise ValueError(f"moments s and k need a variance above 0, but {law} is a constant")
        formulas = {"m": law.mean, "v": law.var, "s": law._skewness, "k": law._kurtosis}
        shape = np.broadcast_shapes(*(value.shape for value in parameters))
        found = [_as_result(np.broadcast_to(formulas[letter](), shape)) for letter in "mvsk" if letter in moments]
        return found[0] if len(found) == 1 else tuple(found)

    def expect(self, func: _Formula | None = None, *args: Any, **kwds: Any) -> np.float64:
        """Return E[func(X)], without *func* E[X], as the law of the unconscious statistician has it.

        The other arguments are SciPy's: ``norm.expect(func, args, loc, scale, lb, ub, conditional)``, for a discrete
        law without loc and scale, and ``norm(0, 1).expect(func, lb, ub, conditional)``. Only values from *lb* to *ub*
        count; if *conditional* is true, the result is divided by their probability. One law at a time.

        A discrete law is summed; for a continuous one func is integrated along its quantiles, as a rule to 12 digits of
        E|func(X)|. If func has no expectation, or the integral does not settle, a ValueError says so.
        """
        compute = self._expect_of if self._given is None else self._expect_frozen
        return compute(float if func is None else func, *args, **kwds)

    def entropy(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the entropy in nats: -E[log p(X)] with p the probability or the density."""
        return _as_result(self._entropy(*self._bind(args, kwds)))

    def rvs(self, *args: Any, size: Any = None, random_state: Any = None, **kwds: ArrayLike) -> Any:
        """Return random numbers: one for each parameter or as many as *size* says, the same as SciPy's for a seed."""
        parameters, size = self._draw_size(args, kwds, size)
        shape = np.broadcast_shapes(*(value.shape for value in parameters)) if size is None else size
        return self._draw(_as_random(random_state), *parameters, shape)

    def _on_support(
        self, formula: _Formula, x: ArrayLike, args: _Args, kwds: _Kwds, below: float, above: float
    ) -> _Real:
        raise NotImplementedError

    def _quantile(self, q: ArrayLike, args: _Args, kwds: _Kwds, upper: bool) -> _Real:
        raise NotImplementedError

    def _skewness(self) -> Any:
        raise NotImplementedError

    def _kurtosis(self) -> Any:
        raise NotImplementedError

    def _expect_of(self, func: _Formula, *args: Any, **kwds: Any) -> np.float64:
        raise NotImplementedError

    def _expect_frozen(
        self, func: _Formula, lb: ArrayLike | None = None, ub: ArrayLike | None = None, conditional: bool = False
    ) -> np.float64:
        if not callable(func):
            raise TypeError(f"func must be a function of one number, got {func!r}")
        if not _is_one_law(self._bind((), {})):
            raise ValueError(f"expect takes one law at a time, got {self}; call it for each of them")
        low, high = _as_bound(lb, "lb", -inf), _as_bound(ub, "ub", inf)
        if low > high:
            raise ValueError(f"lb must be at most ub, got lb={low}, ub={high}")
        return self._expect_within(func, low, high, conditional)

    def _expect_within(self, func: _Formula, lb: float, ub: float, conditional: bool) -> np.float64:
        raise NotImplementedError


def _as_result(value: Any) -> _Real:
    """Return a number for a number, and an array that shares nothing with the parameters of the law."""
    result: _Real = np.array(value, dtype=np.float64)[()]
    return result


def _finite_moment(moment: Any, order: int) -> _Real:
    if not np.all(np.isfinite(moment)):
        raise ValueError(f"order must be so low that the moment is finite in floats, got order {order}")
    return _as_result(moment)


def _as_parameters(args: Any) -> tuple[Any, ...]:
    if not isinstance(args, (tuple, list)):
        raise TypeError(f"args must be a tuple of the law's parameters, got {args!r}")
    return tuple(args)


def _is_one_law(parameters: tuple[_Floats, ...]) -> bool:
    return not any(value.ndim for value in parameters)


def _where_inside(
    inside: NDArray[np.bool_], formula: _Formula, x: _Floats, low: Any, parameters: Any, outside: Any
) -> _Real:
    # In place of points outside the formula sees another one; what it does there is thrown away.
    filler = x[inside][0] if inside.any() and _is_one_law(parameters) else low
    with np.errstate(all="ignore"):
        value = formula(np.where(inside, x, filler), *parameters)
    result: _Real = np.where(inside, value, outside)[()]
    return result


def _tabulated(formula: _Formula) -> _Formula:
    """Return the formula of one law for many whole numbers, which then sees each of them only once."""

    def look_up(k: _Floats, *parameters: _Floats) -> Any:
        first, last = k.min(), k.max()
        if last - first >= k.size:
            return formula(k, *parameters)
        numbers = np.arange(first, last + 1)
        table = np.broadcast_to(formula(numbers, *parameters), numbers.shape)
        return table[(k - first).astype(np.intp)]

    return look_up


class _Discrete(_Univariate):
    """A law on whole numbers."""

    _pmf: ClassVar[_Formula]
    _logpmf: ClassVar[_Formula]
    # The third and the fourth cumulant, divided by the variance.
    _asymmetry: ClassVar[_Formula]
    _peakedness: ClassVar[_Formula]
    # From k and the parameters: E[X (X - 1) ... (X - k)] divided by E[X (X - 1) ... (X - k + 1)].
    _factorial_ratio: ClassVar[_Formula]

    def pmf(self, k: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the probability mass function P(X = k), 0 off the support."""
        return self._at_values(self._pmf, k, args, kwds, outside=0.0)

    def logpmf(self, k: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return log P(X = k), -inf off the support."""
        return self._at_values(self._logpmf, k, args, kwds, outside=-np.inf)

    def moment(self, order: int, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the moment E[X^order] about 0, for a whole number *order* up to 200."""
        parameters, order = self._bind(args, kwds), as_count(order, "order", minimum=0)
        if order > _MOST_ORDER:
            raise ValueError(f"order must be at most {_MOST_ORDER}, got {order}")
        # Stirling's numbers make powers of the falling factorials: x^3 = x + 3 x (x - 1) + x (x - 1) (x - 2).
        ways = special.stirling2(order, np.arange(order + 1), exact=True).astype(np.float64)
        falling, total = 1.0, ways[0] + 0.0 * sum(parameters)
        with np.errstate(over="ignore"):
            for k in range(order):
                falling = falling * self._factorial_ratio(k, *parameters)
                total = total + ways[k + 1] * falling
        return _finite_moment(total, order)

    def _skewness(self) -> Any:
        return self._asymmetry(*self._bind((), {})) / self.std()

    def _kurtosis(self) -> Any:
        return self._peakedness(*self._bind((), {})) / self.var()

    def _expect_of(
        self,
        func: _Formula,
        args: _Args = (),
        *,
        lb: ArrayLike | None = None,
        ub: ArrayLike | None = None,
        conditional: bool = False,
    ) -> np.float64:
        return self(*_as_parameters(args))._expect_frozen(func, lb, ub, conditional)

    def _expect_within(self, func: _Formula, lb: float, ub: float, conditional: bool) -> np.float64:
        low, high = self._support(*self._bind((), {}))
        bounds = max(float(low), np.ceil(lb)), min(float(high), np.floor(ub))
        ends = float(self.ppf(LEAST)) - 1, float(self.isf(LEAST)) + 1
        return expect_discrete(func, Sum(self.pmf, bounds, ends), conditional)

    def _at_values(self, formula: _Formula, k: ArrayLike, args: _Args, kwds: _Kwds, outside: float) -> _Real:
        parameters, k = self._bind(args, kwds), _as_points(k)
        low, high = self._support(*parameters)
        inside = (low <= k) & (k <= high) & (k == np.floor(k)) & (k < np.inf)
        return self._of_whole_numbers(inside, formula, k, low, parameters, outside)

    def _on_support(
        self, formula: _Formula, x: ArrayLike, args: _Args, kwds: _Kwds, below: float, above: float
    ) -> _Real:
        parameters, k = self._bind(args, kwds), np.floor(_as_points(x))
        low, high = self._support(*parameters)
        outside = np.where(k < low, below, above)
        return self._of_whole_numbers((low <= k) & (k < high), formula, k, low, parameters, outside)

    def _of_whole_numbers(
        self, inside: NDArray[np.bool_], formula: _Formula, k: _Floats, low: Any, parameters: Any, outside: Any
    ) -> _Real:
        if inside.ndim and inside.any() and _is_one_law(parameters):
            formula = _tabulated(formula)
        return _where_inside(inside, formula, k, low, parameters, outside)

    def _quantile(self, q: ArrayLike, args: _Args, kwds: _Kwds, upper: bool) -> _Real:
        bound = self._bind(args, kwds)
        low, high = self._support(*bound)
        q, low, high, *parameters = np.broadcast_arrays(as_probability(q, "q"), low, high, *bound)
        # SciPy's convention: nothing lies at or below the point before the support.
        k = np.where(q == (1 if upper else 0), low - 1.0, high)
        inside = (q > 0) & (q < 1)
        q, low, high, *parameters = (value[inside] for value in (q, low, high, *parameters))
        with np.errstate(all="ignore"):
            search = self._search_table if q.size > 2 and _is_one_law(bound) else self._search
            k[inside] = search(q, low, high, parameters, upper)
        return _as_result(k)

    def _search_table(self, q: _Floats, low: _Floats, high: _Floats, parameters: list[_Floats], upper: bool) -> _Floats:
        """Search for the quantiles of one law: first for the least and the greatest of them, then between these."""
        ends = [q.argmin(), q.argmax()]
        first, last = np.sort(
            self._search(q[ends], low[ends], high[ends], [value[ends] for value in parameters], upper)
        )
        if last - first > q.size:
            return self._search(q, low, high, parameters, upper)
        table = self._rising(np.arange(first, last), [value[0] for value in parameters], upper)
        found: _Floats = first + np.searchsorted(np.maximum.accumulate(table), -q if upper else q)
        return found

    def _search(self, q: _Floats, low: _Floats, high: _Floats, parameters: list[_Floats], upper: bool) -> _Floats:
        """Search for the least k with cdf(k) >= q or sf(k) <= q: from a guess outwards, then by halves."""
        level, z = (-q, -special.ndtri(q)) if upper else (q, special.ndtri(q))
        guess = self._mean(*parameters) + np.sqrt(self._var(*parameters)) * z
        guess = np.rint(guess + self._asymmetry(*parameters) * (z * z - 1) / 6)  # Cornish and Fisher, 1938
        left, right, step = low - 1.0, high + 0.0, 1.0
        trial = np.clip(guess, left + 1, right - 1)
        while (unsettled := right - left > 1).any():
            k = trial[unsettled]
            reached = self._rising(k, [value[unsettled] for value in parameters], upper) >= level[unsettled]
            right[unsettled] = np.where(reached, k, right[unsettled])
            left[unsettled] = np.where(reached, left[unsettled], k)
            trial[unsettled] = np.where(reached, k - step, k + step)
            trial = np.where((left < trial) & (trial < right), trial, np.floor((left + right) / 2))
            step *= 2
        return right

    def _rising(self, k: _Floats, parameters: list[_Floats], upper: bool) -> _Floats:
        value: _Floats = -self._sf(k, *parameters) if upper else self._cdf(k, *parameters)
        return np.broadcast_to(value, k.shape)


class _Continuous(_Univariate):
    """A law with a density; the formulas below are those of loc = 0 and scale = 1."""

    # From the shapes: the coefficients of the law's Stein kernel, the quadratic tau with
    # E[(X - E[X]) g(X)] = E[tau(X) g'(X)] for every smooth g. Laws that have one are Pearson's (1895).
    _kernel: ClassVar[Callable[..., tuple[Any, Any, Any]]]
    _pdf: ClassVar[_Formula]
    _logpdf: ClassVar[_Formula]
    _ppf: ClassVar[_Formula]
    _isf: ClassVar[_Formula]

    def pdf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the probability density function, 0 off the support."""
        value, scale = self._at_points(self._pdf, x, args, kwds, outside=0.0)
        return value / scale

    def logpdf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the logarithm of the density, -inf off the support."""
        value, scale = self._at_points(self._logpdf, x, args, kwds, outside=-np.inf)
        return value - np.log(scale)

    def _at_points(
        self, formula: _Formula, x: ArrayLike, args: _Args, kwds: _Kwds, outside: float
    ) -> tuple[_Real, _Floats]:
        z, shapes, scale = self._standardise(x, args, kwds)
        low, high = self._support(*shapes)
        inside = (low <= z) & (z <= high) & np.isfinite(z)
        return _where_inside(inside, formula, z, low, shapes, outside), scale

    def mean(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the expectation."""
        *shapes, loc, scale = self._bind(args, kwds)
        return _as_result(loc + scale * self._mean(*shapes))

    def var(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the variance."""
        *shapes, loc, scale = self._bind(args, kwds)
        return _as_result(scale**2 * self._var(*shapes) + 0 * loc)

    def moment(self, order: int, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the moment E[X^order] about 0, for a whole number *order*; under a heavy tail it may be infinite."""
        *shapes, loc, scale = self._bind(args, kwds)
        order = as_count(order, "order", minimum=0)
        t0, t1, t2 = self._kernel(*shapes)
        mean = loc + scale * self._mean(*shapes)
        before, moment = np.zeros_like(mean), np.ones_like(mean)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):  # complained about below
            # The kernel of loc + scale Z; with g(x) = x^n the identity links three moments in a row.
            c0, c1, c2 = scale**2 * t0 - loc * (scale * t1 - loc * t2), scale * t1 - 2 * loc * t2, t2
            for n in range(order):
                before, moment = moment, ((mean + n * c1) * moment + n * c0 * before) / (1 - n * c2)
            infinite = (order > 0) & (np.isinf(mean) | ((order - 1) * c2 >= 1))
        if order % 2 and np.any(infinite) and np.any(np.isinf(self._support(*shapes)[0])):
            raise ValueError(f"order must be so low that the moment is defined, got {order}: both tails are infinite")
        return _as_result(np.where(infinite, inf, _finite_moment(np.where(infinite, 0.0, moment), order)))

    def _skewness(self) -> Any:
        slope, curvature, deviation = self._kernel_at_mean()
        if np.any(2 * curvature >= 1):
            raise ValueError(f"moments s needs a finite third moment, which {self} has not")
        return 2 * slope / ((1 - 2 * curvature) * deviation)

    def _kurtosis(self) -> Any:
        slope, curvature, deviation = self._kernel_at_mean()
        if np.any(curvature >= 1):
            raise ValueError(f"moments k needs a finite variance, which {self} has not")
        with np.errstate(divide="ignore"):
            kurtosis = 6 * (curvature + (slope / deviation) ** 2 / (1 - 2 * curvature)) / (1 - 3 * curvature)
        return np.where(3 * curvature < 1, kurtosis, np.inf)

    def _kernel_at_mean(self) -> tuple[Any, Any, Any]:
        """Return the first derivative of the kernel at the mean, half of the second, and the standard deviation."""
        *shapes, _, _ = self._bind((), {})
        _, t1, t2 = self._kernel(*shapes)
        return t1 + 2 * t2 * self._mean(*shapes), t2, np.sqrt(self._var(*shapes))

    def _expect_of(
        self,
        func: _Formula,
        args: _Args = (),
        loc: ArrayLike = 0.0,
        scale: ArrayLike = 1.0,
        lb: ArrayLike | None = None,
        ub: ArrayLike | None = None,
        conditional: bool = False,
    ) -> np.float64:
        return self(*_as_parameters(args), loc=loc, scale=scale)._expect_frozen(func, lb, ub, conditional)

    def _expect_within(self, func: _Formula, lb: float, ub: float, conditional: bool) -> np.float64:
        *shapes, loc, scale = self._bind((), {})
        low, high = (float(loc + scale * end) for end in self._support(*shapes))
        first, last = float(np.nextafter(low, high)), float(np.nextafter(high, low))  # func may have a pole at an end

        def tail(formula: _Formula, log_probability: _Formula, near: float, far: float, edge: float) -> Tail:
            def quantile(q: _Floats) -> _Floats:
                x: _Floats = np.clip(loc + scale * formula(q, *shapes), first, last)
                return x

            start, stop, edge_at = (-float(log_probability(x)) for x in (near, far, edge))
            return Tail(quantile, max(start, log(2)), stop, edge, edge_at)

        tails = [tail(self._ppf, self.logcdf, ub, lb, first), tail(self._isf, self.logsf, lb, ub, last)]
        return expect_continuous(func, tails, conditional)

    def entropy(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the differential entropy in nats: -E[log f(X)] with f the density."""
        *shapes, loc, scale = self._bind(args, kwds)
        return _as_result(self._entropy(*shapes) + np.log(scale) + 0 * loc)

    def _standardise(self, x: ArrayLike, args: _Args, kwds: _Kwds) -> tuple[_Floats, list[_Floats], _Floats]:
        *shapes, loc, scale = self._bind(args, kwds)
        with np.errstate(over="ignore"):
            # 0.0 turns -0.0 into 0.0, whose reciprocal, in the tails of f, is positive.
            return (_as_points(x) - loc) / scale + 0.0, shapes, scale

    def _on_support(
        self, formula: _Formula, x: ArrayLike, args: _Args, kwds: _Kwds, below: float, above: float
    ) -> _Real:
        z, shapes, _ = self._standardise(x, args, kwds)
        low, high = self._support(*shapes)
        outside = np.where(z < low, below, above)
        return _where_inside((low <= z) & (z < high), formula, z, low, shapes, outside)

    def _quantile(self, q: ArrayLike, args: _Args, kwds: _Kwds, upper: bool) -> _Real:
        *shapes, loc, scale = self._bind(args, kwds)
        q = as_probability(q, "q")
        with np.errstate(divide="ignore"):  # log 0 = -inf is the end of the support
            z = (self._isf if upper else self._ppf)(q, *shapes)
        return _as_result(loc + scale * z)


class _SpecialTails(_Univariate):
    """Tails by an incomplete beta or gamma function."""

    # From a point and the parameters: the functions for the lower and the upper tail, and their arguments.
    _tails: ClassVar[Callable[..., tuple[_Incomplete, _Incomplete, tuple[_Floats, ...]]]]

    def _cdf(self, x: _Floats, *parameters: _Floats) -> _Floats:
        lower, upper, args = self._tails(x, *parameters)
        return _probability(lower, upper, args)

    def _sf(self, x: _Floats, *parameters: _Floats) -> _Floats:
        lower, upper, args = self._tails(x, *parameters)
        return _probability(upper, lower, args)

    def _logcdf(self, x: _Floats, *parameters: _Floats) -> _Floats:
        lower, upper, args = self._tails(x, *parameters)
        return _log_probability(lower, upper, args)

    def _logsf(self, x: _Floats, *parameters: _Floats) -> _Floats:
        lower, upper, args = self._tails(x, *parameters)
        return _log_probability(upper, lower, args)


def _demand_above(value: _Floats, bound: int, name: str, what: str) -> None:
    """Complain of too few degrees of freedom: the integral over the tails is undefined then."""
    few = value[value <= bound]
    if few.size:
        raise ValueError(f"{name} must be above {bound} for a {what} to exist, got {few.flat[0]}")


def _no_closed_form(*parameters: _Floats) -> _Floats:
    raise NotImplementedError("this law's entropy has no closed form; sum scipy.special.entr(pmf(k)) over its values k")


# The discrete laws


class _Bernoulli(_Discrete):
    r"""One trial that succeeds with probability p; X is 1 for success and 0 for failure.

    Call a method with the parameter, ``bernoulli.pmf(1, p)``, or fix it first, ``bernoulli(p).pmf(1)``. Methods: `pmf`,
    `logpmf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `moment`,
    `stats`, `expect`, `rvs`.

    Parameters
    ----------
    p : array_like
        Probability of success, in [0, 1].

    Raises
    ------
    ValueError
        If `p`, or the probability for a quantile, is outside [0, 1], or a point is nan. (SciPy returns nan.)

    See Also
    --------
    binom : the number of successes in n such trials.

    Notes
    -----
    .. math:: P(X = k) = p^k (1 - p)^{1 - k}, \quad k \in \{0, 1\};
        \qquad E[X] = p, \quad \operatorname{Var}(X) = p (1 - p)

    Examples
    --------
    >>> bernoulli.pmf([0, 1], 0.25).tolist()
    [0.75, 0.25]
    >>> float(bernoulli(0.25).var())
    0.1875
    """

    _parameters = staticmethod(lambda p: (as_probability(p, "p"),))
    _support = staticmethod(lambda p: (0.0, 1.0))
    _mean = staticmethod(lambda p: p)
    _var = staticmethod(lambda p: p * (1 - p))
    _asymmetry = staticmethod(lambda p: 1 - 2 * p)
    _peakedness = staticmethod(lambda p: 1 - 6 * p * (1 - p))
    _factorial_ratio = staticmethod(lambda k, p: (1 - k) * p)
    _pmf = staticmethod(lambda k, p: p**k * (1 - p) ** (1 - k))
    _logpmf = staticmethod(lambda k, p: special.xlogy(k, p) + special.xlog1py(1 - k, -p))
    # The tails of 0; elsewhere they are 0 or 1.
    _cdf = staticmethod(lambda k, p: 1 - p)
    _sf = staticmethod(lambda k, p: p)
    _logcdf = staticmethod(lambda k, p: np.log1p(-p))
    _logsf = staticmethod(lambda k, p: np.log(p))
    _entropy = staticmethod(lambda p: special.entr(p) + special.entr(1 - p))
    _draw = staticmethod(lambda random, p, size: random.binomial(1, p, size))


class _Binom(_SpecialTails, _Discrete):
    r"""The number of successes in n independent trials that each succeed with probability p.

    Call a method with the parameters, ``binom.pmf(k, n, p)``, or fix them first, ``binom(n, p).pmf(k)``. Methods:
    `pmf`, `logpmf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `moment`, `stats`,
    `expect`, `rvs`.

    Parameters
    ----------
    n : array_like
        Number of trials, a whole number that is at least 0.
    p : array_like
        Probability of success in each trial, in [0, 1]; broadcast against `n`.

    Raises
    ------
    ValueError
        If `n` is negative or broken, `p`, or the probability for a quantile, is outside [0, 1], or a point is nan.
        (SciPy returns nan.)

    See Also
    --------
    bernoulli : one trial.
    multinomial : trials with more than two outcomes.
    poisson : the limit of many trials with rare successes.

    Notes
    -----
    .. math:: P(X = k) = \binom{n}{k} p^k (1 - p)^{n - k}, \quad k = 0, \dots, n;
        \qquad E[X] = n p, \quad \operatorname{Var}(X) = n p (1 - p)

    The tails are incomplete beta functions: :math:`P(X > k) = I_p(k + 1, n - k)`.

    References
    ----------
    C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000.

    Examples
    --------
    Two heads in three tosses, and at least 60 in 100:

    >>> round(float(binom.pmf(2, 3, 0.5)), 12)
    0.375
    >>> round(float(binom(100, 0.5).sf(59)), 6)
    0.028444
    """

    _parameters = staticmethod(lambda n, p: (_as_whole_number(n, "n"), as_probability(p, "p")))
    _support = staticmethod(lambda n, p: (0.0, n))
    _mean = staticmethod(lambda n, p: n * p)
    _var = staticmethod(lambda n, p: n * p * (1 - p))
    _asymmetry = staticmethod(lambda n, p: 1 - 2 * p)
    _peakedness = staticmethod(lambda n, p: 1 - 6 * p * (1 - p))
    _factorial_ratio = staticmethod(lambda k, n, p: (n - k) * p)
    _pmf = staticmethod(lambda k, n, p: np.exp(_log_binom(k, n - k, p)))
    _logpmf = staticmethod(lambda k, n, p: _log_binom(k, n - k, p))
    _tails = staticmethod(lambda k, n, p: (_BETAINCC, _BETAINC, (k + 1, n - k, p)))
    _entropy = staticmethod(_no_closed_form)
    _draw = staticmethod(lambda random, n, p, size: random.binomial(n.astype(np.int64), p, size))


class _Poisson(_SpecialTails, _Discrete):
    r"""The number of events in a fixed stretch, if they come singly, independently and at a constant rate.

    Call a method with the parameter, ``poisson.pmf(k, mu)``, or fix it first, ``poisson(mu).pmf(k)``. Methods: `pmf`,
    `logpmf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `moment`, `stats`, `expect`,
    `rvs`.

    Parameters
    ----------
    mu : array_like
        Mean number of events :math:`\lambda`, at least 0.

    Raises
    ------
    ValueError
        If `mu` is negative, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy returns nan.)

    See Also
    --------
    expon : the time between two events.
    gamma : the time until the a-th event.

    Notes
    -----
    .. math:: P(X = k) = \frac{\lambda^k e^{-\lambda}}{k!}, \quad k = 0, 1, 2, \dots;
        \qquad E[X] = \operatorname{Var}(X) = \lambda

    The tails are incomplete gamma functions: :math:`P(X > k) = P(k + 1, \lambda)`.

    References
    ----------
    C. Loader, Fast and Accurate Computation of Binomial Probabilities, 2000.

    Examples
    --------
    Five e-mails an hour on average; exactly three, and at least one, in the next hour:

    >>> round(float(poisson.pmf(3, 5)), 6)
    0.140374
    >>> round(float(poisson(5).sf(0)), 6)
    0.993262
    """

    _parameters = staticmethod(lambda mu: (as_nonnegative(mu, "mu"),))
    _support = staticmethod(lambda mu: (0.0, np.inf))
    _mean = staticmethod(lambda mu: mu)
    _var = staticmethod(lambda mu: mu)
    _asymmetry = staticmethod(lambda mu: 1.0)
    _peakedness = staticmethod(lambda mu: 1.0)
    _factorial_ratio = staticmethod(lambda k, mu: mu)
    _pmf = staticmethod(lambda k, mu: np.exp(_log_poisson(k, mu)))
    _logpmf = staticmethod(_log_poisson)
    _tails = staticmethod(lambda k, mu: (_GAMMAINCC, _GAMMAINC, (k + 1, mu)))
    _entropy = staticmethod(_no_closed_form)
    _draw = staticmethod(lambda random, mu, size: random.poisson(mu, size))


class _Multinomial(_Law):
    r"""How often each of several outcomes occurs in n independent trials.

    Call a method with the parameters, ``multinomial.pmf(x, n, p)``, or fix them first, ``multinomial(n, p).pmf(x)``.
    Methods: `pmf`, `logpmf`, `mean`, `cov`, `rvs`.

    Parameters
    ----------
    n : array_like
        Number of trials, a whole number that is at least 0.
    p : array_like, shape (..., m)
        Probabilities of the m outcomes along the last axis; they sum to 1. The other axes are broadcast against `n`.

    Raises
    ------
    ValueError
        If `n` is negative or broken, or `p` does not hold probabilities that sum to 1. (SciPy returns nan, or replaces
        the last probability.)

    See Also
    --------
    binom : two outcomes.

    Notes
    -----
    .. math:: P(X_1 = x_1, \dots, X_m = x_m) = \frac{n!}{x_1! \cdots x_m!}\, p_1^{x_1} \cdots p_m^{x_m},
        \qquad \textstyle\sum_i x_i = n

    Each count by itself is binomial with n and :math:`p_i`; two are correlated, :math:`\operatorname{Cov}(X_i, X_j) =
    -n p_i p_j`.

    Examples
    --------
    Twelve throws of a die show each face twice:

    >>> die = multinomial(12, [1 / 6] * 6)
    >>> round(float(die.pmf([2, 2, 2, 2, 2, 2])), 8)
    0.00343829
    >>> die.mean().round(6).tolist()
    [2.0, 2.0, 2.0, 2.0, 2.0, 2.0]
    """

    @staticmethod
    def _parameters(n: ArrayLike, p: ArrayLike) -> tuple[_Floats, ...]:
        p = as_probability(p, "p")
        if p.ndim == 0:
            raise ValueError(f"p must hold one probability for each outcome, got the single number {p}")
        off = np.abs(p.sum(axis=-1) - 1)
        if np.any(off > 1e-9):
            raise ValueError(f"p must sum to 1 along its last axis, got a sum of {p.sum(axis=-1).flat[off.argmax()]}")
        return _as_whole_number(n, "n"), p

    def pmf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the probability of the counts *x*, shape (..., m); 0 if they do not sum to n."""
        mass: _Real = np.exp(self.logpmf(x, *args, **kwds))
        return mass

    def logpmf(self, x: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the logarithm of the probability of the counts *x*, shape (..., m)."""
        n, p = self._bind(args, kwds)
        x = as_real_array(x, "x")
        if x.ndim == 0 or x.shape[-1] != p.shape[-1]:
            raise ValueError(f"x must hold {p.shape[-1]} counts along its last axis, as p does, got shape {x.shape}")
        possible = np.all((x >= 0) & (x == np.floor(x)), axis=-1) & (x.sum(axis=-1) == n)
        x = np.where(x >= 0, x, 0.0)
        mean = n[..., None] * p
        with np.errstate(all="ignore"):
            deviances = _deviance(x, mean, _excess(x, n[..., None], p))
            value = _log_factorial_rest(n) - (_log_factorial_rest(x) + deviances).sum(axis=-1)
        result: _Real = np.where(possible, value, -np.inf)[()]
        return result

    def mean(self, *args: ArrayLike, **kwds: ArrayLike) -> _Floats:
        """Return the expected counts, shape (..., m)."""
        n, p = self._bind(args, kwds)
        return n[..., None] * p

    def cov(self, *args: ArrayLike, **kwds: ArrayLike) -> _Floats:
        """Return the covariance matrix of the counts, shape (..., m, m)."""
        n, p = self._bind(args, kwds)
        variances = p[..., None] * np.eye(p.shape[-1])
        return n[..., None, None] * (variances - p[..., :, None] * p[..., None, :])

    def rvs(self, *args: Any, size: Any = 1, random_state: Any = None, **kwds: ArrayLike) -> NDArray[np.int64]:
        """Return random counts, shape (*size, m), the same as SciPy's for a seed."""
        (n, p), size = self._draw_size(args, kwds, size)
        return _as_random(random_state).multinomial(n.astype(np.int64), p, size)


# The continuous laws


class _Uniform(_Continuous):
    r"""A number between loc and loc + scale; intervals of equal length are equally likely.

    Call a method with the parameters, ``uniform.cdf(x, loc, scale)``, or fix them first, ``uniform(loc,
    scale).cdf(x)``. Methods: `pdf`, `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`,
    `median`, `entropy`, `moment`, `stats`, `expect`, `rvs`.

    Parameters
    ----------
    loc : array_like, default 0
        Lower end a, in the unit of the variable.
    scale : array_like, default 1
        Length b - a of the interval, positive: U(2, 5) is ``uniform(2, 3)``.

    Raises
    ------
    ValueError
        If `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy returns
        nan.)

    Notes
    -----
    .. math:: f(x) = \frac{1}{b - a}, \quad a \le x \le b; \qquad E[X] = \frac{a + b}{2},
        \quad \operatorname{Var}(X) = \frac{(b - a)^2}{12}

    Examples
    --------
    >>> float(uniform.cdf(1.25, 0, 2))
    0.625
    >>> float(uniform(2, 3).var())
    0.75
    """

    _parameters = staticmethod(lambda loc=0.0, scale=1.0: (as_real_array(loc, "loc"), as_positive(scale, "scale")))
    _support = staticmethod(lambda: (0.0, 1.0))
    _mean = staticmethod(lambda: 1 / 2)
    _var = staticmethod(lambda: 1 / 12)
    _kernel = staticmethod(lambda: (0.0, 1 / 2, -1 / 2))
    _pdf = staticmethod(np.ones_like)
    _logpdf = staticmethod(np.zeros_like)
    _cdf = staticmethod(lambda z: z)
    _sf = staticmethod(lambda z: 1 - z)
    _logcdf = staticmethod(np.log)
    _logsf = staticmethod(lambda z: np.log1p(-z))
    _ppf = staticmethod(lambda q: q)
    _isf = staticmethod(lambda q: 1 - q)
    _entropy = staticmethod(lambda: 0.0)
    _draw = staticmethod(lambda random, loc, scale, size: random.uniform(size=size) * scale + loc)


class _Norm(_Continuous):
    r"""The normal law with mean loc and standard deviation scale.

    Call a method with the parameters, ``norm.cdf(x, loc, scale)``, or fix them first, ``norm(loc, scale).cdf(x)``.
    Methods: `pdf`, `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`,
    `moment`, `stats`, `expect`, `rvs`.

    Parameters
    ----------
    loc : array_like, default 0
        Mean :math:`\mu`, in the unit of the variable.
    scale : array_like, default 1
        Standard deviation :math:`\sigma`, positive (not the variance).

    Raises
    ------
    ValueError
        If `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy returns
        nan.)

    Notes
    -----
    .. math:: f(x) = \frac{1}{\sqrt{2 \pi}\, \sigma} e^{-(x - \mu)^2 / (2 \sigma^2)}

    Examples
    --------
    >>> round(float(norm.cdf(1.96)), 6)
    0.975002
    >>> norm(170, 10).ppf([0.5, 0.9]).round(6).tolist()
    [170.0, 182.815516]
    """

    _parameters = staticmethod(lambda loc=0.0, scale=1.0: (as_real_array(loc, "loc"), as_positive(scale, "scale")))
    _support = staticmethod(lambda: (-np.inf, np.inf))
    _mean = staticmethod(lambda: 0.0)
    _var = staticmethod(lambda: 1.0)
    _kernel = staticmethod(lambda: (1.0, 0.0, 0.0))
    _pdf = staticmethod(lambda z: np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
    _logpdf = staticmethod(lambda z: -(z**2) / 2 - np.log(2 * np.pi) / 2)
    _cdf = staticmethod(special.ndtr)
    _sf = staticmethod(lambda z: special.ndtr(-z))
    _logcdf = staticmethod(special.log_ndtr)
    _logsf = staticmethod(lambda z: special.log_ndtr(-z))
    _ppf = staticmethod(special.ndtri)
    _isf = staticmethod(lambda q: -special.ndtri(q))
    _entropy = staticmethod(lambda: np.log(2 * np.pi * np.e) / 2)
    _draw = staticmethod(lambda random, loc, scale, size: random.standard_normal(size) * scale + loc)


class _Expon(_Continuous):
    r"""The waiting time until an event that comes at a constant rate 1 / scale.

    Call a method with the parameters, ``expon.cdf(x, loc, scale)``, or fix them first, ``expon(loc, scale).cdf(x)``.
    Methods: `pdf`, `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`,
    `moment`, `stats`, `expect`, `rvs`.

    Parameters
    ----------
    loc : array_like, default 0
        Earliest time, in the unit of the variable.
    scale : array_like, default 1
        Mean waiting time :math:`1 / \lambda` after `loc`, positive; the reciprocal of the rate :math:`\lambda`.

    Raises
    ------
    ValueError
        If `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy returns
        nan.)

    Notes
    -----
    .. math:: f(x) = \lambda e^{-\lambda x}, \quad P(X > x) = e^{-\lambda x}, \quad x \ge 0

    Examples
    --------
    A customer takes 4 minutes on average; at most 3, and more than 2:

    >>> round(float(expon.cdf(3, scale=4)), 6), round(float(expon(scale=4).sf(2)), 6)
    (0.527633, 0.606531)
    """

    _parameters = staticmethod(lambda loc=0.0, scale=1.0: (as_real_array(loc, "loc"), as_positive(scale, "scale")))
    _support = staticmethod(lambda: (0.0, np.inf))
    _mean = staticmethod(lambda: 1.0)
    _var = staticmethod(lambda: 1.0)
    _kernel = staticmethod(lambda: (0.0, 1.0, 0.0))
    _pdf = staticmethod(lambda z: np.exp(-z))
    _logpdf = staticmethod(np.negative)
    _cdf = staticmethod(lambda z: -np.expm1(-z))
    _sf = staticmethod(lambda z: np.exp(-z))
    _logcdf = staticmethod(lambda z: np.where(z < 1, np.log(-np.expm1(-z)), np.log1p(-np.exp(-z))))
    _logsf = staticmethod(np.negative)
    _ppf = staticmethod(lambda q: -np.log1p(-q))
    _isf = staticmethod(lambda q: -np.log(q))
    _entropy = staticmethod(lambda: 1.0)
    _draw = staticmethod(lambda random, loc, scale, size: random.standard_exponential(size) * scale + loc)


class _Beta(_SpecialTails, _Continuous):
    r"""A proportion; the posterior of a success probability after a - 1 successes, b - 1 failures and a uniform prior.

    Call a method with the parameters, ``beta.cdf(x, a, b)``, or fix them first, ``beta(a, b).cdf(x)``. Methods: `pdf`,
    `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `moment`,
    `stats`, `expect`, `rvs`.

    Parameters
    ----------
    a, b : array_like
        Shapes, positive.
    loc, scale : array_like, default 0 and 1
        Lower end and length of the interval, `scale` positive. All four are broadcast.

    Raises
    ------
    ValueError
        If `a`, `b` or `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan.
        (SciPy returns nan.)

    Notes
    -----
    .. math:: f(x) = \frac{x^{a - 1} (1 - x)^{b - 1}}{B(a, b)}, \quad 0 \le x \le 1; \qquad E[X] = \frac{a}{a + b}

    Examples
    --------
    Six successes in ten trials: the mean of the posterior is 7/12.

    >>> posterior = beta(7, 5)
    >>> round(float(posterior.mean()), 6), posterior.ppf([0.025, 0.975]).round(4).tolist()
    (0.583333, [0.3079, 0.8325])
    """

    _support = staticmethod(lambda a, b: (0.0, 1.0))
    _mean = staticmethod(lambda a, b: a / (a + b))
    _var = staticmethod(lambda a, b: a / (a + b) * b / (a + b) / (a + b + 1))
    _kernel = staticmethod(lambda a, b: (0.0, 1 / (a + b), -1 / (a + b)))
    _pdf = staticmethod(lambda x, a, b: np.exp(_log_beta_density(x, a, b)))
    _logpdf = staticmethod(_log_beta_density)
    _tails = staticmethod(lambda x, a, b: (_BETAINC, _BETAINCC, (a, b, x)))
    _ppf = staticmethod(lambda q, a, b: _unless_nan(special.betaincinv(a, b, q), _first_beta_term(a, b, q)))
    _isf = staticmethod(lambda q, a, b: _unless_nan(special.betainccinv(a, b, q), 1 - _first_beta_term(b, a, q)))
    _entropy = staticmethod(_beta_entropy)
    _draw = staticmethod(lambda random, a, b, loc, scale, size: random.beta(a, b, size) * scale + loc)

    @staticmethod
    def _parameters(a: ArrayLike, b: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> tuple[_Floats, ...]:
        return as_positive(a, "a"), as_positive(b, "b"), as_real_array(loc, "loc"), as_positive(scale, "scale")


class _Gamma(_SpecialTails, _Continuous):
    r"""The waiting time until the a-th event, if events come at a constant rate 1 / scale; a need not be whole.

    Call a method with the parameters, ``gamma.cdf(x, a, scale=2)``, or fix them first, ``gamma(a, scale=2).cdf(x)``.
    Methods: `pdf`, `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`,
    `moment`, `stats`, `expect`, `rvs`.

    Parameters
    ----------
    a : array_like
        Shape, positive.
    loc, scale : array_like, default 0 and 1
        Earliest time, and the reciprocal of the rate, which is positive. All three are broadcast.

    Raises
    ------
    ValueError
        If `a` or `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy
        returns nan.)

    See Also
    --------
    expon : the first event, a = 1.
    poisson : the number of events.

    Notes
    -----
    .. math:: f(x) = \frac{x^{a - 1} e^{-x}}{\Gamma(a)}, \quad x \ge 0; \qquad E[X] = \operatorname{Var}(X) = a

    for scale = 1.

    Examples
    --------
    >>> round(float(gamma.sf(10, 3, scale=2)), 6)
    0.124652
    >>> float(gamma(3, scale=2).mean())
    6.0
    """

    _support = staticmethod(lambda a: (0.0, np.inf))
    _mean = staticmethod(lambda a: a)
    _var = staticmethod(lambda a: a)
    _kernel = staticmethod(lambda a: (0.0, 1.0, 0.0))
    _pdf = staticmethod(lambda x, a: np.exp(_log_gamma_density(x, a)))
    _logpdf = staticmethod(_log_gamma_density)
    _tails = staticmethod(lambda x, a: (_GAMMAINC, _GAMMAINCC, (a, x)))
    _ppf = staticmethod(lambda q, a: special.gammaincinv(a, q))
    _isf = staticmethod(lambda q, a: special.gammainccinv(a, q))
    _entropy = staticmethod(_gamma_entropy)
    _draw = staticmethod(lambda random, a, loc, scale, size: random.standard_gamma(a, size) * scale + loc)

    @staticmethod
    def _parameters(a: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> tuple[_Floats, ...]:
        return as_positive(a, "a"), as_real_array(loc, "loc"), as_positive(scale, "scale")


class _Chi2(_SpecialTails, _Continuous):
    r"""The sum of the squares of df independent standard normal numbers; df need not be whole.

    Call a method with the parameters, ``chi2.sf(x, df)``, or fix them first, ``chi2(df).sf(x)``. Methods: `pdf`,
    `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `moment`,
    `stats`, `expect`, `rvs`.

    Parameters
    ----------
    df : array_like
        Degrees of freedom :math:`\nu`, positive.
    loc, scale : array_like, default 0 and 1
        Lower end, and the variance of the normal numbers, which is positive. All three are broadcast.

    Raises
    ------
    ValueError
        If `df` or `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy
        returns nan.)

    See Also
    --------
    gamma : the same law, with the shape df / 2 and the scale 2.

    Notes
    -----
    .. math:: f(x) = \frac{x^{\nu / 2 - 1} e^{-x / 2}}{2^{\nu / 2}\, \Gamma(\nu / 2)}, \quad x \ge 0;
        \qquad E[X] = \nu, \quad \operatorname{Var}(X) = 2 \nu

    For n numbers of a normal law, :math:`(n - 1) s^2 / \sigma^2` follows it with n - 1 degrees of freedom.

    Examples
    --------
    >>> round(float(chi2.sf(3.841, 1)), 4)
    0.05
    >>> chi2(4).isf([0.05, 0.01]).round(3).tolist()
    [9.488, 13.277]
    """

    _support = staticmethod(lambda df: (0.0, np.inf))
    _mean = staticmethod(lambda df: df)
    _var = staticmethod(lambda df: 2 * df)
    _kernel = staticmethod(lambda df: (0.0, 2.0, 0.0))
    _pdf = staticmethod(lambda x, df: np.exp(_log_gamma_density(x / 2, df / 2)) / 2)
    _logpdf = staticmethod(lambda x, df: _log_gamma_density(x / 2, df / 2) - np.log(2))
    _tails = staticmethod(lambda x, df: (_GAMMAINC, _GAMMAINCC, (df / 2, x / 2)))
    _ppf = staticmethod(lambda q, df: 2 * special.gammaincinv(df / 2, q))
    _isf = staticmethod(lambda q, df: 2 * special.gammainccinv(df / 2, q))
    _entropy = staticmethod(lambda df: _gamma_entropy(df / 2) + np.log(2))
    _draw = staticmethod(lambda random, df, loc, scale, size: random.chisquare(df, size) * scale + loc)

    @staticmethod
    def _parameters(df: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> tuple[_Floats, ...]:
        return as_positive(df, "df"), as_real_array(loc, "loc"), as_positive(scale, "scale")


class _F(_SpecialTails, _Continuous):
    r"""The quotient of two independent chi-square numbers, each divided by its degrees of freedom.

    Call a method with the parameters, ``f.sf(x, dfn, dfd)``, or fix them first, ``f(dfn, dfd).sf(x)``. Methods: `pdf`,
    `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `moment`,
    `stats`, `expect`, `rvs`.

    Parameters
    ----------
    dfn, dfd : array_like
        Degrees of freedom m of the numerator and n of the denominator, positive.
    loc, scale : array_like, default 0 and 1
        Lower end, and a factor, which is positive. All four are broadcast.

    Raises
    ------
    ValueError
        If `dfn`, `dfd` or `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan.
        (SciPy returns nan.) Also if a moment is not defined, such as the variance for dfd <= 2, where the mean is
        infinite.

    See Also
    --------
    chi2 : the law of the numerator and the denominator.
    t : its square has this law with dfn = 1.

    Notes
    -----
    .. math:: f(x) = \frac{(m / n)^{m / 2}}{B(m / 2, n / 2)}\, x^{m / 2 - 1}
        \Bigl(1 + \frac{m}{n} x\Bigr)^{-(m + n) / 2}, \quad x \ge 0; \qquad E[X] = \frac{n}{n - 2} \quad (n > 2)

    The tails are incomplete beta functions of p with the odds p / (1 - p) = m x / n.

    Examples
    --------
    >>> round(float(f.sf(4.066, 3, 8)), 4)
    0.05
    >>> round(float(f(3, 8).mean()), 6)
    1.333333
    """

    _support = staticmethod(lambda dfn, dfd: (0.0, np.inf))
    _pdf = staticmethod(lambda x, dfn, dfd: np.exp(_log_f_density(x, dfn, dfd)))
    _logpdf = staticmethod(_log_f_density)
    _tails = staticmethod(lambda x, dfn, dfd: (_ODDS_BELOW, _ODDS_ABOVE, (dfn / 2, dfd / 2, dfn / dfd * x)))
    _ppf = staticmethod(_f_ppf)
    _isf = staticmethod(_f_isf)
    _entropy = staticmethod(_f_entropy)
    _draw = staticmethod(lambda random, dfn, dfd, loc, scale, size: random.f(dfn, dfd, size) * scale + loc)

    def _cdf(self, x: _Floats, *degrees: _Floats) -> _Floats:
        return _f_beyond(lambda log: -np.expm1(log), super()._cdf(x, *degrees), x, *degrees)

    def _sf(self, x: _Floats, *degrees: _Floats) -> _Floats:
        return _f_beyond(np.exp, super()._sf(x, *degrees), x, *degrees)

    def _logcdf(self, x: _Floats, *degrees: _Floats) -> _Floats:
        return _f_beyond(lambda log: np.log1p(-np.exp(log)), super()._logcdf(x, *degrees), x, *degrees)

    def _logsf(self, x: _Floats, *degrees: _Floats) -> _Floats:
        return _f_beyond(lambda log: log, super()._logsf(x, *degrees), x, *degrees)

    @staticmethod
    def _parameters(
        dfn: ArrayLike, dfd: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0
    ) -> tuple[_Floats, ...]:
        degrees = as_positive(dfn, "dfn"), as_positive(dfd, "dfd")
        return *degrees, as_real_array(loc, "loc"), as_positive(scale, "scale")

    @staticmethod
    def _mean(dfn: _Floats, dfd: _Floats) -> _Floats:
        with np.errstate(divide="ignore"):
            return np.where(dfd > 2, dfd / (dfd - 2), np.inf)

    @staticmethod
    def _var(dfn: _Floats, dfd: _Floats) -> _Floats:
        _demand_above(dfd, 2, "dfd", "variance")
        with np.errstate(divide="ignore"):
            var = 2 * (dfd / (dfd - 2)) ** 2 * (dfn + dfd - 2) / dfn / (dfd - 4)
        return np.where(dfd > 4, var, np.inf)

    @staticmethod
    def _kernel(dfn: _Floats, dfd: _Floats) -> tuple[Any, Any, Any]:
        with np.errstate(divide="ignore"):
            curvature = 2 / (dfd - 2)
        return 0.0, dfd / dfn * curvature, curvature


class _T(_SpecialTails, _Continuous):
    r"""A standard normal number, divided by an independent estimate of its standard deviation (Student).

    Call a method with the parameters, ``t.sf(x, df)``, or fix them first, ``t(df).sf(x)``. Methods: `pdf`, `logpdf`,
    `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `moment`, `stats`,
    `expect`, `rvs`.

    Parameters
    ----------
    df : array_like
        Degrees of freedom :math:`\nu`, positive; they need not be whole.
    loc, scale : array_like, default 0 and 1
        Centre, and a factor, which is positive and not the standard deviation. All three are broadcast.

    Raises
    ------
    ValueError
        If `df` or `scale` is not positive, the probability for a quantile is outside [0, 1], or a point is nan. (SciPy
        returns nan.) Also if a moment is not defined, such as the mean for df <= 1.

    See Also
    --------
    norm : the limit of many degrees of freedom.
    f : the law of the square, with dfn = 1.

    Notes
    -----
    .. math:: f(x) = \frac{\Gamma(\frac{\nu + 1}{2})}{\sqrt{\nu \pi}\, \Gamma(\frac{\nu}{2})}
        \Bigl(1 + \frac{x^2}{\nu}\Bigr)^{-\frac{\nu + 1}{2}}; \qquad E[X] = 0 \quad (\nu > 1), \qquad
        \operatorname{Var}(X) = \frac{\nu}{\nu - 2} \quad (\nu > 2)

    For n numbers of a normal law, :math:`(\bar x - \mu) / (s / \sqrt n)` follows it with n - 1 degrees of freedom.

    References
    ----------
    Student, The probable error of a mean, Biometrika 6, 1908.

    Examples
    --------
    What is exceeded in 5 percent of all cases, and in the limit by a normal number:

    >>> t.isf(0.05, [1, 19, 1e10]).round(4).tolist()
    [6.3138, 1.7291, 1.6449]
    >>> round(float(t(19).sf(2.683)), 6)
    0.007359
    """

    _support = staticmethod(lambda df: (-np.inf, np.inf))
    _pdf = staticmethod(lambda x, df: np.exp(_log_t_density(x, df)))
    _logpdf = staticmethod(_log_t_density)
    _tails = staticmethod(lambda x, df: (_T_BELOW, _T_ABOVE, (x, df)))
    _ppf = staticmethod(lambda q, df: np.copysign(_t_quantile(q, df), q - 0.5))
    _isf = staticmethod(lambda q, df: np.copysign(_t_quantile(q, df), 0.5 - q))
    _entropy = staticmethod(_t_entropy)
    _draw = staticmethod(lambda random, df, loc, scale, size: random.standard_t(df, size) * scale + loc)

    @staticmethod
    def _parameters(df: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> tuple[_Floats, ...]:
        return as_positive(df, "df"), as_real_array(loc, "loc"), as_positive(scale, "scale")

    @staticmethod
    def _mean(df: _Floats) -> _Floats:
        _demand_above(df, 1, "df", "mean")
        return np.zeros_like(df)

    @staticmethod
    def _var(df: _Floats) -> _Floats:
        _demand_above(df, 1, "df", "variance")
        with np.errstate(divide="ignore"):
            return np.where(df > 2, df / (df - 2), np.inf)

    @staticmethod
    def _kernel(df: _Floats) -> tuple[Any, Any, Any]:
        _demand_above(df, 1, "df", "moment")
        return df / (df - 1), 0.0, 1 / (df - 1)


bernoulli = _Bernoulli()
binom = _Binom()
poisson = _Poisson()
multinomial = _Multinomial()
uniform = _Uniform()
norm = _Norm()
expon = _Expon()
beta = _Beta()
gamma = _Gamma()
chi2 = _Chi2()
f = _F()
t = _T()
