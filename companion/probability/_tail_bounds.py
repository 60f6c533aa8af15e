"""Upper bounds on tail probabilities: Markov, Chebyshev, Cantelli, Chernoff and Hoeffding."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_integers, as_nonnegative, as_positive, as_real, as_real_array

# Relative size of the rounding error in log M(t) - t a: gains below it are noise.
_ROUNDING = 4 * float(np.finfo(np.float64).eps)
# An exponent that is still falling after t grew by this factor is taken to fall for ever.
_FOREVER = 1e100

_Real = np.float64 | NDArray[np.float64]
_LogMGF = Callable[[float], float]


def markov_bound(mean: ArrayLike, a: ArrayLike) -> _Real:
    r"""Bound the upper tail of a non-negative random variable by its mean alone.

    Parameters
    ----------
    mean : array_like
        Mean of the non-negative random variable, :math:`E[X] \ge 0`.
    a : array_like
        Threshold, positive, in the unit of `mean`; broadcast against `mean`.

    Returns
    -------
    float or ndarray
        Upper bound on :math:`P(X \ge a)`, at most 1, of the broadcast shape.

    Raises
    ------
    ValueError
        If `mean` is negative, `a` is not positive, or either is not finite.

    See Also
    --------
    chebyshev_bound, cantelli_bound : tighter far from the mean, if the variance is known.

    Notes
    -----
    .. math:: P(X \ge a) \le \frac{E[X]}{a}, \qquad X \ge 0,\ a > 0

    For :math:`a \ge E[X]` the two-point law on 0 and :math:`a` attains it: no better bound can be had from the mean.

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 8.

    Examples
    --------
    A restaurant serves 50 customers an hour on average. At most every fourth hour brings 200 or more:

    >>> float(markov_bound(50, 200))
    0.25
    """
    mean = as_nonnegative(mean, "mean")
    a = as_positive(a, "a")
    with np.errstate(over="ignore"):  # an overflow is clipped to 1, as it should be
        bound: _Real = np.minimum(1.0, mean / a)
    return bound


def chebyshev_bound(var: ArrayLike, k: ArrayLike) -> _Real:
    r"""Bound the probability of a deviation from the mean, to either side, by the variance.

    Parameters
    ----------
    var : array_like
        Variance of the random variable, :math:`\sigma^2 \ge 0`.
    k : array_like
        Deviation from the mean, positive, in the unit of the random variable (not in standard deviations);
        broadcast against `var`.

    Returns
    -------
    float or ndarray
        Upper bound on :math:`P(|X - \mu| \ge k)`, at most 1, of the broadcast shape.

    Raises
    ------
    ValueError
        If `var` is negative, `k` is not positive, or either is not finite.

    See Also
    --------
    cantelli_bound : tighter, for a deviation to one side.

    Notes
    -----
    Markov's inequality for the squared deviation:

    .. math:: P(|X - \mu| \ge k) = P\bigl((X - \mu)^2 \ge k^2\bigr) \le \frac{\sigma^2}{k^2}

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 8.

    Examples
    --------
    Test scores with mean 70 and standard deviation 10; a score of 50 or less, or of 90 or more:

    >>> float(chebyshev_bound(10**2, 20))
    0.25
    """
    var = as_nonnegative(var, "var")
    k = as_positive(k, "k")
    with np.errstate(over="ignore"):
        bound: _Real = np.minimum(1.0, var / k / k)  # k**2 can overflow where the quotient does not
    return bound


def cantelli_bound(var: ArrayLike, k: ArrayLike) -> _Real:
    r"""Bound the probability of a deviation from the mean to one side by the variance.

    Parameters
    ----------
    var : array_like
        Variance of the random variable, :math:`\sigma^2 \ge 0`.
    k : array_like
        Deviation from the mean, positive, in the unit of the random variable (not in standard deviations);
        broadcast against `var`.

    Returns
    -------
    float or ndarray
        Upper bound on :math:`P(X - \mu \ge k)`, and likewise on :math:`P(X - \mu \le -k)`, of the broadcast shape.

    Raises
    ------
    ValueError
        If `var` is negative, `k` is not positive, or either is not finite.

    See Also
    --------
    chebyshev_bound : for a deviation to either side.

    Notes
    -----
    .. math:: P(X - \mu \ge k) \le \frac{\sigma^2}{\sigma^2 + k^2} = \frac{1}{1 + k^2 / \sigma^2}

    References
    ----------
    F. P. Cantelli, Sui confini della probabilità, Atti del Congresso Internazionale dei Matematici 6, 1928.

    Examples
    --------
    Test scores with mean 70 and standard deviation 10; a score of 90 or more:

    >>> float(cantelli_bound(10**2, 20))
    0.2
    """
    var = as_nonnegative(var, "var")
    k = as_positive(k, "k")
    with np.errstate(divide="ignore", over="ignore"):  # both give k**2 / var = inf and the bound 0
        bound: _Real = 1.0 / (1.0 + k / var * k)
    return bound


def hoeffding_bound(
    n: ArrayLike,
    eps: ArrayLike,
    low: ArrayLike = 0.0,
    high: ArrayLike = 1.0,
    *,
    alternative: str = "greater",
) -> _Real:
    r"""Bound the deviation of the mean of independent bounded variables from its expectation.

    Parameters
    ----------
    n : array_like of int
        Number of independent variables :math:`X_i` that are averaged, at least 1.
    eps : array_like
        Deviation of the average from its expectation, positive, in the unit of the variables.
    low, high : array_like, default 0 and 1
        Range of every variable, :math:`\text{low} \le X_i \le \text{high}`. All four are broadcast.
    alternative : {'greater', 'less', 'two-sided'}, default 'greater'
        Deviation that is bounded: above the expectation, below it, or to either side.

    Returns
    -------
    float or ndarray
        Upper bound on the probability, at most 1, of the broadcast shape.

    Raises
    ------
    TypeError
        If `n` is not of integers.
    ValueError
        If `n` or `eps` is not positive, `low` is not below `high`, one is not finite, or `alternative` is unknown.

    Notes
    -----
    .. math:: P(\bar X - E[\bar X] \ge \varepsilon) \le e^{-2 n \varepsilon^2 / (\text{high} - \text{low})^2}

    The bound below the expectation is the same, the two-sided one twice that. The variables need not be identically
    distributed.

    References
    ----------
    W. Hoeffding, Probability inequalities for sums of bounded random variables, Journal of the American Statistical
    Association 58, 1963, theorem 2.

    Examples
    --------
    The share of heads in 18,445 tosses of a coin misses 1/2 by 0.01 or more:

    >>> round(float(hoeffding_bound(18_445, 0.01, alternative="two-sided")), 6)
    0.049994
    """
    if alternative not in ("greater", "less", "two-sided"):
        raise ValueError(f"alternative must be 'greater', 'less' or 'two-sided', got {alternative!r}")
    n = as_positive(as_integers(n, "n"), "n")
    eps = as_positive(eps, "eps")
    width = _width(low, high)
    with np.errstate(over="ignore"):  # exp(-inf) is the 0 that is meant
        one_sided = np.exp(-2.0 * n * (eps / width) ** 2)
    bound: _Real = np.minimum(1.0, 2.0 * one_sided) if alternative == "two-sided" else one_sided
    return bound


def _width(low: ArrayLike, high: ArrayLike) -> NDArray[np.float64]:
    low, high = np.broadcast_arrays(as_real_array(low, "low"), as_real_array(high, "high"))
    wrong = np.flatnonzero(low >= high)
    if wrong.size:
        raise ValueError(f"low must be below high, got low={low.flat[wrong[0]]}, high={high.flat[wrong[0]]}")
    width: NDArray[np.float64] = high - low
    return width


class ChernoffBound(NamedTuple):
    """The Chernoff bound, the t that gives it, and the bound's logarithm; of one shape."""

    bound: _Real
    t: _Real
    log_bound: _Real


def chernoff_bound(
    log_mgf: Callable[[np.float64], ArrayLike],
    a: ArrayLike,
    *,
    t_range: tuple[float, float] = (-np.inf, np.inf),
    tail: str = "upper",
) -> ChernoffBound:
    r"""Bound a tail of a random variable by its moment generating function, with the best t.

    Parameters
    ----------
    log_mgf : callable
        Logarithm of the moment generating function, :math:`t \mapsto \log M_X(t) = \log E[e^{tX}]`, of one number
        ``t``. Where :math:`M_X` is infinite it may return inf or nan, or raise a ValueError or an ArithmeticError.
        For a sum of independent variables, add their log-MGFs.
    a : array_like
        Threshold, in the unit of the random variable.
    t_range : pair of float, default (-inf, inf)
        Interval around 0 in which t is sought, in 1 / unit of the random variable. Needed only if `log_mgf` returns
        finite numbers where :math:`M_X` is infinite.
    tail : {'upper', 'lower'}, default 'upper'
        Whether :math:`P(X \ge a)` or :math:`P(X \le a)` is bounded.

    Returns
    -------
    ChernoffBound
        Named tuple with the fields, each a float or an array of the shape of `a`:

        bound
            The bound on the probability, at most 1.
        t
            The minimising t: positive for the upper tail, negative for the lower; 0 where the bound is 1 (`a` on the
            near side of the mean, or :math:`M_X` infinite for every t of that sign); inf or -inf where the infimum is
            only approached, that is if X cannot lie beyond `a`.
        log_bound
            Natural logarithm of the bound, good where the bound itself underflows to 0.

    Raises
    ------
    TypeError
        If `log_mgf` is not callable or does not return a real number.
    ValueError
        If `a` is not finite, `t_range` is not an interval around 0, `tail` is unknown, or `log_mgf` is no log-MGF:
        :math:`\log M_X(0)` is not 0.

    Notes
    -----
    Markov's inequality for :math:`e^{tX}`, and the best t:

    .. math:: P(X \ge a) = P(e^{tX} \ge e^{ta}) \le \inf_{t > 0} e^{\log M_X(t) - ta}

    with :math:`t < 0` for :math:`P(X \le a)`. The exponent is convex in t and 0 at t = 0, so its minimum is bracketed
    by doubling or halving t and then found by Brent's bounded method; no derivative is needed. The rounding error of
    `log_bound` is that of the difference :math:`\log M_X(t) - ta`: if the mean is huge against the standard deviation,
    pass the log-MGF of :math:`X - \mu` and the threshold :math:`a - \mu`.

    References
    ----------
    H. Chernoff, A measure of asymptotic efficiency for tests of a hypothesis based on the sum of observations, Annals
    of Mathematical Statistics 23, 1952.

    S. Boucheron, G. Lugosi and P. Massart, Concentration Inequalities, 2013, ch. 2.

    Examples
    --------
    The standard normal: the best t for a = 2 is 2, and the bound is exp(-2).

    >>> from companion.probability import norm_log_mgf, poisson_log_mgf
    >>> result = chernoff_bound(norm_log_mgf, 2)
    >>> round(float(result.bound), 6), round(float(result.t), 6)
    (0.135335, 2.0)

    The log-MGF of a sum of independent variables is the sum of the log-MGFs:

    >>> result = chernoff_bound(lambda t: poisson_log_mgf(t, 3) + norm_log_mgf(t, loc=1), [10, 100, 1000])
    >>> result.log_bound.round(3).tolist()
    [-3.346, -244.103, -4789.484]
    """
    if tail not in ("upper", "lower"):
        raise ValueError(f"tail must be 'upper' or 'lower', got {tail!r}")
    a = as_real_array(a, "a")
    sign = 1.0 if tail == "upper" else -1.0
    reach = _reach(t_range, tail)
    # Outside its domain a log-MGF may well divide by zero or take the log of a negative number.
    with np.errstate(all="ignore"):
        defined = _is_log_mgf(log_mgf)
        # The lower tail of X is the upper tail of -X, whose log-MGF is log M(-t): below this line t > 0.
        mirrored = _infinite_outside_domain(log_mgf, sign)
        start = _finite_start(mirrored, reach)
        if start == 0.0 and not defined:
            raise ValueError("log_mgf must be finite somewhere in t_range; it is not, not even at t = 0")
        minima = [_minimise_exponent(mirrored, float(sign * a_i), start, reach) for a_i in a.flat]
    log_bound, t = np.array(minima).reshape(-1, 2).T.reshape(2, *a.shape)
    return ChernoffBound(np.exp(log_bound), sign * t + 0.0, log_bound[()])


def _reach(t_range: tuple[float, float], tail: str) -> float:
    ends = np.asarray(t_range, dtype=np.float64)
    if ends.shape != (2,) or not ends[0] <= 0.0 <= ends[1]:
        raise ValueError(f"t_range must be a pair (low, high) with low <= 0 <= high, got {t_range!r}")
    reach = float(ends[1] if tail == "upper" else -ends[0])
    if reach == 0.0:
        side = "above" if tail == "upper" else "below"
        raise ValueError(f"t_range must reach {side} 0 for the {tail} tail, got {t_range!r}")
    return reach


def _is_log_mgf(log_mgf: Callable[[np.float64], ArrayLike]) -> bool:
    if not callable(log_mgf):
        raise TypeError(f"log_mgf must be a function of t, got {log_mgf!r}")
    value = np.asarray(log_mgf(np.float64(0.0)))
    if value.ndim:
        raise ValueError(
            f"log_mgf must return one number for one t, got an array of shape {value.shape}; "
            "for a sum of independent variables add the log-MGFs"
        )
    if value.dtype.kind not in "biufO" or value.item() is None:
        raise TypeError(f"log_mgf must return a real number, got {value.item()!r}")
    number = float(value)
    if np.isnan(number):  # 0 / 0, as in log(expm1(t) / t) of the uniform law
        return False
    if abs(number) > 1e-8:
        raise ValueError(f"log_mgf(0) must be 0, since M(0) = E[1] = 1, got {number}; pass log M, not M itself")
    return True


def _infinite_outside_domain(log_mgf: Callable[[np.float64], ArrayLike], sign: float) -> _LogMGF:
    @cache  # the bracketing of every a looks at the same few t
    def mirrored(t: float) -> float:
        try:
            # As a NumPy float t obeys errstate: 1 / t and (1 - t) ** 0.5 never raise and never turn complex.
            return as_real(log_mgf(np.float64(sign * t)), "log_mgf(t)")
        except (ArithmeticError, ValueError):
            return np.inf

    return mirrored


def _finite_start(log_mgf: _LogMGF, reach: float) -> float:
    """Return a t > 0 with a finite log-MGF; 0.0 if there is none, as for heavy tails."""
    t = min(1.0, reach)
    while t > 0.0 and not np.isfinite(log_mgf(t)):
        t /= 2.0
    return t


def _minimise_exponent(log_mgf: _LogMGF, a: float, start: float, reach: float) -> tuple[float, float]:
    """Return the minimum of log M(t) - t a over 0 <= t <= reach, and its t."""
    if start == 0.0:
        return 0.0, 0.0

    def exponent(t: float) -> float:
        return log_mgf(t) - t * a

    def noise(t: float) -> float:
        return _ROUNDING * (1.0 + abs(t * a) - min(exponent(t), 0.0))

    while abs(exponent(start)) <= noise(start) and 2.0 * start <= reach and np.isfinite(exponent(2.0 * start)):
        start *= 2.0  # far below the scale of t the exponent is nothing but rounding error
    if exponent(start) > 0.0:
        left, middle, right = _bracket_below(exponent, noise, start)
    else:
        left, middle, right = _bracket_above(exponent, noise, start, reach)
    if middle > _FOREVER * start:
        return -np.inf, np.inf
    lowest, t = _minimise_bracketed(exponent, left, middle, right)
    if lowest > -_ROUNDING:
        return 0.0, 0.0
    # Level from here on: the infimum is that of t -> inf, log P(X = a), and a is the greatest value of X.
    level = 4.0 * right < reach and exponent(4.0 * right) <= lowest + noise(4.0 * right)
    return lowest, np.inf if level else t


_Bracket = tuple[float, float, float]


def _bracket_below(exponent: _LogMGF, noise: _LogMGF, start: float) -> _Bracket:
    """Halve t until the exponent is negative; (0, 0, 0) if it is nowhere."""
    middle, right = start / 2.0, start
    while exponent(middle) > -noise(middle):
        # A convex function lies above the continuation of its chord, which meets t = 0 at this height.
        if 2.0 * exponent(middle) - exponent(right) > -_ROUNDING:
            return 0.0, 0.0, 0.0
        middle, right = middle / 2.0, middle
    return 0.0, middle, right


def _bracket_above(exponent: _LogMGF, noise: _LogMGF, start: float, reach: float) -> _Bracket:
    """Double t until the exponent rises, stepping back by halves from where the MGF is infinite."""
    left, middle, edge = 0.0, start, np.inf
    while middle <= _FOREVER * start:
        right = min(2.0 * middle, (middle + edge) / 2.0, reach)
        if not middle < right < edge:
            break  # the exponent falls right up to the end of the domain
        if not np.isfinite(exponent(right)):
            edge = right
        elif exponent(right) > exponent(middle) - noise(right):
            return left, middle, right
        else:
            left, middle = middle, right
    return left, middle, middle


def _minimise_bracketed(exponent: _LogMGF, left: float, middle: float, right: float) -> tuple[float, float]:
    from scipy.optimize import minimize_scalar  # a quarter of a second to import

    if left == right:
        return 0.0, 0.0
    # Measured from the left end t keeps its digits where the domain ends a hair's breadth away.
    found = minimize_scalar(
        lambda step: exponent(left + step), bounds=(0.0, right - left), options={"xatol": 1e-10 * (right - left)}
    )
    return min((exponent(middle), middle), (float(found.fun), left + float(found.x)))
