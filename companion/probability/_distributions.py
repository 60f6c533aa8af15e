"""Distributions with SciPy's names and methods: probabilities, quantiles, moments and random numbers.

The probabilities of binomial, Poisson, beta and gamma laws rest on one expansion (Loader, 2000) that keeps all digits
where a difference of log-gamma functions loses them, and their far tails on one continued fraction (Gauss).
"""

from collections.abc import Callable
from copy import copy
from typing import Any, ClassVar, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from companion._validation import as_nonnegative, as_positive, as_probability, as_real_array

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Formula = Callable[..., Any]
_Args = tuple[ArrayLike, ...]
_Kwds = dict[str, ArrayLike]
_Random = np.random.Generator | np.random.RandomState

# Below this SciPy's incomplete functions lose their digits, and soon are 0: the continued fraction takes over.
_FAR = 1e-290
# Relative change by which a continued fraction has settled, and the number of pairs of terms after which it would have.
_SETTLED = 1e-15
_MOST_PAIRS = 1000


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
    n = k + m
    excess = _excess(k, n, p)
    deviances = _deviance(k, n * p, excess) + _deviance(m, n * (1 - p), -excess)
    value: _Floats = _log_factorial_rest(n) - _log_factorial_rest(k) - _log_factorial_rest(m) - deviances
    return value


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
    value, complement = _probability(tail, other, args), _probability(other, tail, args)
    log = np.asarray(np.where(value < 0.5, np.log(value), np.log1p(-complement)))
    small = tail.far(value, *args)
    if small.any():
        log[small] = tail.log_far(*(arg[small] for arg in args))
    return log


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


def _as_result(value: Any) -> _Real:
    """Return a number for a number, and an array that shares nothing with the parameters of the law."""
    result: _Real = np.array(value, dtype=np.float64)[()]
    return result


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
    # The third cumulant divided by the variance, for a good first guess of a quantile.
    _asymmetry: ClassVar[_Formula] = staticmethod(lambda *parameters: 0.0)

    def pmf(self, k: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the probability mass function P(X = k), 0 off the support."""
        return self._at_values(self._pmf, k, args, kwds, outside=0.0)

    def logpmf(self, k: ArrayLike, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return log P(X = k), -inf off the support."""
        return self._at_values(self._logpmf, k, args, kwds, outside=-np.inf)

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

    def entropy(self, *args: ArrayLike, **kwds: ArrayLike) -> _Real:
        """Return the differential entropy in nats: -E[log f(X)] with f the density."""
        *shapes, loc, scale = self._bind(args, kwds)
        return _as_result(self._entropy(*shapes) + np.log(scale) + 0 * loc)

    def _standardise(self, x: ArrayLike, args: _Args, kwds: _Kwds) -> tuple[_Floats, list[_Floats], _Floats]:
        *shapes, loc, scale = self._bind(args, kwds)
        with np.errstate(over="ignore"):
            return (_as_points(x) - loc) / scale, shapes, scale

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


def _no_closed_form(*parameters: _Floats) -> _Floats:
    raise NotImplementedError("this law's entropy has no closed form; sum scipy.special.entr(pmf(k)) over its values k")


# The discrete laws


class _Bernoulli(_Discrete):
    r"""One trial that succeeds with probability p; X is 1 for success and 0 for failure.

    Call a method with the parameter, ``bernoulli.pmf(1, p)``, or fix it first, ``bernoulli(p).pmf(1)``. Methods: `pmf`,
    `logpmf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `rvs`.

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
    `pmf`, `logpmf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `rvs`.

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
    _pmf = staticmethod(lambda k, n, p: np.exp(_log_binom(k, n - k, p)))
    _logpmf = staticmethod(lambda k, n, p: _log_binom(k, n - k, p))
    _tails = staticmethod(lambda k, n, p: (_BETAINCC, _BETAINC, (k + 1, n - k, p)))
    _entropy = staticmethod(_no_closed_form)
    _draw = staticmethod(lambda random, n, p, size: random.binomial(n.astype(np.int64), p, size))


class _Poisson(_SpecialTails, _Discrete):
    r"""The number of events in a fixed stretch, if they come singly, independently and at a constant rate.

    Call a method with the parameter, ``poisson.pmf(k, mu)``, or fix it first, ``poisson(mu).pmf(k)``. Methods: `pmf`,
    `logpmf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `rvs`.

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

    Call a method with the parameters, ``uniform.cdf(x, loc, scale)``, or fix them first,
    ``uniform(loc, scale).cdf(x)``. Methods: `pdf`, `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`,
    `var`, `std`, `median`, `entropy`, `rvs`.

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
    `rvs`.

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
    `rvs`.

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
    `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`, `rvs`.

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
    _pdf = staticmethod(lambda x, a, b: np.exp(_log_beta_density(x, a, b)))
    _logpdf = staticmethod(_log_beta_density)
    _tails = staticmethod(lambda x, a, b: (_BETAINC, _BETAINCC, (a, b, x)))
    _ppf = staticmethod(lambda q, a, b: special.betaincinv(a, b, q))
    _isf = staticmethod(lambda q, a, b: special.betainccinv(a, b, q))
    _entropy = staticmethod(_beta_entropy)
    _draw = staticmethod(lambda random, a, b, loc, scale, size: random.beta(a, b, size) * scale + loc)

    @staticmethod
    def _parameters(a: ArrayLike, b: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> tuple[_Floats, ...]:
        return as_positive(a, "a"), as_positive(b, "b"), as_real_array(loc, "loc"), as_positive(scale, "scale")


class _Gamma(_SpecialTails, _Continuous):
    r"""The waiting time until the a-th event, if events come at a constant rate 1 / scale; a need not be whole.

    Call a method with the parameters, ``gamma.cdf(x, a, scale=2)``, or fix them first, ``gamma(a, scale=2).cdf(x)``.
    Methods: `pdf`, `logpdf`, `cdf`, `sf`, `logcdf`, `logsf`, `ppf`, `isf`, `mean`, `var`, `std`, `median`, `entropy`,
    `rvs`.

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
    _pdf = staticmethod(lambda x, a: np.exp(_log_gamma_density(x, a)))
    _logpdf = staticmethod(_log_gamma_density)
    _tails = staticmethod(lambda x, a: (_GAMMAINC, _GAMMAINCC, (a, x)))
    _ppf = staticmethod(lambda q, a: special.gammaincinv(a, q))
    _isf = staticmethod(lambda q, a: special.gammainccinv(a, q))
    _entropy = staticmethod(lambda a: _log_factorial_rest(a) + (1 - a) * _digamma_rest(a))
    _draw = staticmethod(lambda random, a, loc, scale, size: random.standard_gamma(a, size) * scale + loc)

    @staticmethod
    def _parameters(a: ArrayLike, loc: ArrayLike = 0.0, scale: ArrayLike = 1.0) -> tuple[_Floats, ...]:
        return as_positive(a, "a"), as_real_array(loc, "loc"), as_positive(scale, "scale")


bernoulli = _Bernoulli()
binom = _Binom()
poisson = _Poisson()
multinomial = _Multinomial()
uniform = _Uniform()
norm = _Norm()
expon = _Expon()
beta = _Beta()
gamma = _Gamma()
