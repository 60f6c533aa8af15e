"""Confidence intervals of means, the sample sizes that make them narrow, and how often intervals cover."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_positive, as_real_array
from companion.probability import norm, t
from companion.statistics._power import _as_level
from companion.statistics._samples import Summary, as_samples, as_summary, demand_variation, summarise
from companion.statistics._t_tests import ConfidenceInterval
from companion.statistics._z_tests import ProportionInterval, proportion_confint

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Alternative = Literal["two-sided", "less", "greater"]


class CoverageResult(NamedTuple):
    """What `coverage` returns: how many intervals hold the value, and how many lie wholly below and above it."""

    inside: int
    too_low: int
    too_high: int

    @property
    def nobs(self) -> int:
        """The number of intervals."""
        return sum(self)

    @property
    def proportion(self) -> float:
        """The share of the intervals that hold the value."""
        return self.inside / self.nobs

    def confidence_interval(self, confidence_level: float = 0.95) -> ProportionInterval:
        """Return an exact interval for the share in the long run, if the intervals are independent."""
        tail = 1 - _as_level(confidence_level, "confidence_level")
        return proportion_confint(self.inside, self.nobs, float(tail), method="beta")


def zconfint_mean_from_stats(
    mean: ArrayLike,
    popstd: ArrayLike,
    nobs: ArrayLike,
    alpha: ArrayLike = 0.05,
    alternative: _Alternative = "two-sided",
) -> ConfidenceInterval:
    r"""Return a confidence interval for the mean of a population whose standard deviation is known.

    Parameters
    ----------
    mean : array_like
        Mean of the sample.
    popstd : array_like
        Known standard deviation :math:`\sigma` of the population, positive.
    nobs : array_like
        Number of observations, positive.
    alpha : array_like, default 0.05
        One minus the confidence level, strictly between 0 and 1. All four are broadcast.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        With "less" the interval has no lower end, with "greater" no upper end: the values that a test with this
        alternative does not reject.

    Returns
    -------
    low, high : float or ndarray
        In the unit of the variable.

    Raises
    ------
    ValueError
        If `popstd` or `nobs` is not positive, `alpha` is not between 0 and 1, a value is nan or infinite, or
        `alternative` is unknown.

    See Also
    --------
    tconfint_mean_from_stats : if the standard deviation is that of the sample.
    ztest_1samp_from_stats : the test that goes with it.
    statsmodels.stats.weightstats.DescrStatsW.zconfint_mean : from a sample, with its own standard deviation.

    Notes
    -----
    .. math:: \bar x \pm z_{1 - \alpha / 2} \frac{\sigma}{\sqrt n}

    It covers the true mean with the probability :math:`1 - \alpha`, exactly for normal data, and nearly for large n
    otherwise.

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 9.2.

    Examples
    --------
    A balance with a known standard deviation of 0.3 g weighs a coin nine times:

    >>> low, high = zconfint_mean_from_stats(8.42, 0.3, 9)
    >>> round(float(low), 4), round(float(high), 4)
    (8.224, 8.616)
    """
    error = as_positive(popstd, "popstd") / np.sqrt(as_positive(nobs, "nobs"))
    return _interval(as_real_array(mean, "mean"), error, norm.isf, alpha, alternative)


def tconfint_mean(
    a: ArrayLike, alpha: ArrayLike = 0.05, alternative: _Alternative = "two-sided", axis: int | None = 0
) -> ConfidenceInterval:
    r"""Return a confidence interval for the mean of a population, from a sample.

    Parameters
    ----------
    a : array_like, shape (n,) or (..., n, ...)
        Sample of at least two observations, in the unit of the variable.
    alpha : array_like, default 0.05
        One minus the confidence level, strictly between 0 and 1.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        With "less" the interval has no lower end, with "greater" no upper end.
    axis : int or None, default 0
        The axis of the sample; with None all numbers are one sample.

    Returns
    -------
    low, high : float, or ndarray without the axis

    Raises
    ------
    ValueError
        If the sample has less than two observations, a value is nan or infinite, all are equal, `alpha` is not between
        0 and 1, or `alternative` is unknown.

    See Also
    --------
    tconfint_mean_from_stats : the same from mean and standard deviation.
    bootstrap : for other statistics than the mean.
    statsmodels.stats.weightstats.DescrStatsW.tconfint_mean : the same.

    Notes
    -----
    .. math:: \bar x \pm t_{1 - \alpha / 2,\, n - 1} \frac{s}{\sqrt n}

    References
    ----------
    Student, The probable error of a mean, Biometrika 6, 1908.

    Examples
    --------
    Hours of additional sleep by a drug, in ten patients (Student's own example):

    >>> low, high = tconfint_mean([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    >>> round(float(low), 4), round(float(high), 4)
    (0.8977, 3.7623)
    """
    return _t_interval(summarise(as_samples(a, "a", axis, least=2)), "a must vary", alpha, alternative)


def tconfint_mean_from_stats(
    mean: ArrayLike,
    std: ArrayLike,
    nobs: ArrayLike,
    alpha: ArrayLike = 0.05,
    alternative: _Alternative = "two-sided",
) -> ConfidenceInterval:
    r"""Return a confidence interval for the mean of a population, from the mean and standard deviation of a sample.

    Parameters
    ----------
    mean, std : array_like
        Mean of the sample, and its standard deviation (with n - 1 in the denominator), which is positive.
    nobs : array_like
        Number of observations n, at least 2.
    alpha : array_like, default 0.05
        One minus the confidence level, strictly between 0 and 1. All four are broadcast.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        With "less" the interval has no lower end, with "greater" no upper end.

    Returns
    -------
    low, high : float or ndarray

    Raises
    ------
    ValueError
        If `std` is not positive, `nobs` is below 2, `alpha` is not between 0 and 1, a value is nan or infinite, or
        `alternative` is unknown.

    See Also
    --------
    tconfint_mean : the same from a sample, with the formula.
    ttest_ind_from_stats : its result holds the interval for the difference of two means.

    References
    ----------
    Student, The probable error of a mean, Biometrika 6, 1908.

    Examples
    --------
    Nine weighings of a coin, with standard deviation 0.3 g:

    >>> low, high = tconfint_mean_from_stats(8.42, 0.3, 9)
    >>> round(float(low), 4), round(float(high), 4)
    (8.1894, 8.6506)
    """
    return _t_interval(
        as_summary(mean, std, nobs, ("mean", "std", "nobs"), least=2), "std must be positive", alpha, alternative
    )


def zconfint_diff_from_stats(
    mean1: ArrayLike,
    popstd1: ArrayLike,
    nobs1: ArrayLike,
    mean2: ArrayLike,
    popstd2: ArrayLike,
    nobs2: ArrayLike,
    alpha: ArrayLike = 0.05,
    alternative: _Alternative = "two-sided",
) -> ConfidenceInterval:
    r"""Return a confidence interval for the difference of two means, the first minus the second.

    Parameters
    ----------
    mean1, mean2 : array_like
        Means of two independent samples.
    popstd1, popstd2 : array_like
        Known standard deviations :math:`\sigma_1, \sigma_2` of the populations, positive.
    nobs1, nobs2 : array_like
        Numbers of observations, positive.
    alpha : array_like, default 0.05
        One minus the confidence level, strictly between 0 and 1. All seven are broadcast.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        With "less" the interval has no lower end, with "greater" no upper end.

    Returns
    -------
    low, high : float or ndarray

    Raises
    ------
    ValueError
        If a standard deviation or a number is not positive, `alpha` is not between 0 and 1, a value is nan or infinite,
        or `alternative` is unknown.

    See Also
    --------
    ttest_ind_from_stats : its result holds the interval for standard deviations of samples.
    ztest_ind_from_stats : the test that goes with it.
    statsmodels.stats.weightstats.CompareMeans.zconfint_diff : from samples, with their own standard deviations.

    Notes
    -----
    .. math:: \bar x_1 - \bar x_2 \pm z_{1 - \alpha / 2} \sqrt{\frac{\sigma_1^2}{n_1} + \frac{\sigma_2^2}{n_2}}

    References
    ----------
    N. Schenker and J. Gentleman, On judging the significance of differences by examining the overlap between confidence
    intervals, The American Statistician 55, 2001.

    Examples
    --------
    The intervals from 4.3 to 5.7 and from 5.3 to 6.7 overlap. That of the difference does not hold 0:

    >>> low, high = zconfint_diff_from_stats(6, 2.5, 49, 5, 2.5, 49)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0101, 1.9899)
    """
    error1 = as_positive(popstd1, "popstd1") / np.sqrt(as_positive(nobs1, "nobs1"))
    error2 = as_positive(popstd2, "popstd2") / np.sqrt(as_positive(nobs2, "nobs2"))
    with np.errstate(over="ignore"):  # complained about in the end
        difference = as_real_array(mean1, "mean1") - as_real_array(mean2, "mean2")
    return _interval(difference, np.hypot(error1, error2), norm.isf, alpha, alternative)


def samplesize_confint_mean(popstd: ArrayLike, half_length: ArrayLike, alpha: ArrayLike = 0.05) -> _Real:
    r"""Return how many observations give the interval for a mean a wanted margin of error.

    Parameters
    ----------
    popstd : array_like
        Standard deviation :math:`\sigma` of the population, positive.
    half_length : array_like
        Margin of error :math:`h`, half the length of the interval, in the same unit; positive.
    alpha : array_like, default 0.05
        One minus the confidence level, strictly between 0 and 1. All three are broadcast.

    Returns
    -------
    n : float or ndarray
        Number of observations, not rounded: take the next whole number.

    Raises
    ------
    ValueError
        If `popstd` or `half_length` is not positive, `alpha` is not between 0 and 1, or a value is nan or infinite.

    See Also
    --------
    samplesize_confint_proportion : the same for a proportion.

    Notes
    -----
    .. math:: n = \left(\frac{z_{1 - \alpha / 2} \, \sigma}{h}\right)^2

    References
    ----------
    W. Cochran, Sampling Techniques, 3rd ed., 1977, ch. 4.

    Examples
    --------
    >>> round(float(samplesize_confint_mean(8, 1)), 2)
    245.85
    """
    sigma, h, level = as_positive(popstd, "popstd"), as_positive(half_length, "half_length"), _as_level(alpha, "alpha")
    with np.errstate(over="ignore"):
        n: _Real = (norm.isf(level / 2) * sigma / h) ** 2
    if not np.all(np.isfinite(n)):
        raise ValueError(f"half_length must be larger, got {half_length!r}: the number of observations is out of reach")
    return n


def samplesize_confint_proportion(
    proportion: ArrayLike, half_length: ArrayLike, alpha: ArrayLike = 0.05, method: Literal["normal"] = "normal"
) -> _Real:
    r"""Return how many trials give the interval for a proportion a wanted margin of error.

    Parameters
    ----------
    proportion : array_like
        The proportion p that one expects, strictly between 0 and 1. The most trials are needed for 0.5.
    half_length : array_like
        Margin of error :math:`h`, half the length of the interval, positive.
    alpha : array_like, default 0.05
        One minus the confidence level, strictly between 0 and 1. All three are broadcast.
    method : {"normal"}, default "normal"
        The interval; the only one that is known.

    Returns
    -------
    n : float or ndarray
        Number of trials, not rounded: take the next whole number.

    Raises
    ------
    ValueError
        If `proportion` or `alpha` is not between 0 and 1, `half_length` is not positive, or `method` is unknown.

    See Also
    --------
    proportion_confint : the interval.
    statsmodels.stats.proportion.samplesize_confint_proportion : the same.

    Notes
    -----
    .. math:: n = p (1 - p) \left(\frac{z_{1 - \alpha / 2}}{h}\right)^2

    References
    ----------
    W. Cochran, Sampling Techniques, 3rd ed., 1977, ch. 4.

    Examples
    --------
    A poll with a margin of three percentage points:

    >>> round(float(samplesize_confint_proportion(0.5, 0.03)), 2)
    1067.07
    """
    if method != "normal":
        raise ValueError(f"method must be 'normal', got {method!r}")
    p = _as_level(proportion, "proportion")
    return samplesize_confint_mean(np.sqrt(p * (1 - p)), half_length, alpha)


def coverage(low: ArrayLike, high: ArrayLike, value: ArrayLike) -> CoverageResult:
    """Count the intervals that hold a value.

    Parameters
    ----------
    low, high : array_like, shape (k,)
        Ends of the intervals, both inside; infinite ones are allowed.
    value : array_like
        The true value of the parameter. All three are broadcast.

    Returns
    -------
    CoverageResult
        The numbers `inside`, `too_low` (the interval ends below the value) and `too_high`, the `proportion` inside, the
        number `nobs` of intervals, and ``confidence_interval(confidence_level)`` for the share in the long run.

    Raises
    ------
    ValueError
        If there is no interval, a lower end is above the upper one, an end is nan, or `value` is nan or infinite.

    Notes
    -----
    A good 95 % interval misses about as often on one side as on the other; skewed data bring one side to the fore.

    References
    ----------
    J. Neyman, Outline of a theory of statistical estimation based on the classical theory of probability, Philosophical
    Transactions of the Royal Society A 236, 1937.

    Examples
    --------
    >>> result = coverage([1, 3, 5, 2], [4, 6, 8, 3.5], 3.5)
    >>> result
    CoverageResult(inside=3, too_low=0, too_high=1)
    >>> result.proportion
    0.75
    """
    # nan_to_num puts the largest float in place of infinity, which may be an end.
    ends = [as_real_array(np.nan_to_num(end, nan=np.nan), name) for end, name in ((low, "low"), (high, "high"))]
    lows, highs, true = np.broadcast_arrays(*ends, as_real_array(value, "value"))
    if lows.size == 0:
        raise ValueError("low and high must hold one interval or more, got none")
    if np.any(lows > highs):
        first = np.argmax(lows > highs)
        raise ValueError(f"low must be at most high, got {lows.flat[first]:g} and {highs.flat[first]:g}; exchange them")
    too_low, too_high = int((highs < true).sum()), int((lows > true).sum())
    return CoverageResult(lows.size - too_low - too_high, too_low, too_high)


def _t_interval(sample: Summary, rule: str, alpha: ArrayLike, alternative: str) -> ConfidenceInterval:
    demand_variation(sample.size, rule)
    error = sample.size / np.sqrt(sample.n * (sample.n - 1))
    return _interval(sample.mean + sample.rest, error, lambda tail: t.isf(tail, sample.n - 1), alpha, alternative)


def _interval(
    center: _Real, error: _Real, isf: Callable[[Any], Any], alpha: ArrayLike, alternative: str
) -> ConfidenceInterval:
    """Return the interval around an estimate, from its standard error and the upper quantiles of its law."""
    if alternative not in ("two-sided", "less", "greater"):
        raise ValueError(f"alternative must be 'two-sided', 'less' or 'greater', got {alternative!r}")
    level = _as_level(alpha, "alpha")
    with np.errstate(over="ignore", invalid="ignore"):
        reach = isf(level / 2 if alternative == "two-sided" else level) * error
        low, high = center - reach, center + reach
    if not np.all(np.isfinite(low) & np.isfinite(high)):
        raise ValueError(f"the interval must be within reach of floats, got {low} to {high}; rescale the data")
    unbounded = np.full_like(low, np.inf)[()]
    return ConfidenceInterval(
        low if alternative != "less" else -unbounded, high if alternative != "greater" else unbounded
    )
