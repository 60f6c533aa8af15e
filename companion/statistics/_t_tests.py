"""t tests: means with standard deviations that are estimated from the samples."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_probability, as_real, as_real_array
from companion.probability import t
from companion.statistics._samples import (
    Summary,
    as_flag,
    as_samples,
    as_summary,
    demand_digits,
    demand_variation,
    summarise,
    without_axis,
)

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Alternative = Literal["two-sided", "less", "greater"]


class ConfidenceInterval(NamedTuple):
    """What `TtestResult.confidence_interval` returns."""

    low: _Real
    high: _Real


class _Result(NamedTuple):
    statistic: _Real
    pvalue: _Real


class TtestResult(_Result):
    """What the t tests return: a pair (statistic, pvalue) that knows more.

    Attributes
    ----------
    statistic, pvalue : float or ndarray
        t, and the probability of a value at least as extreme under the null hypothesis.
    df : float or ndarray
        Degrees of freedom.
    """

    df: _Real
    _estimate: _Real
    _standard_error: _Real
    _alternative: str

    def __new__(
        cls, statistic: _Real, pvalue: _Real, df: _Real, estimate: _Real, standard_error: _Real, alternative: str
    ) -> "TtestResult":
        self = super().__new__(cls, statistic, pvalue)
        self.df, self._alternative = df, alternative
        self._estimate, self._standard_error = estimate, standard_error
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:  # for copies
        return (*self, self.df, self._estimate, self._standard_error, self._alternative)

    def __repr__(self) -> str:
        return f"TtestResult(statistic={self.statistic!r}, pvalue={self.pvalue!r}, df={self.df!r})"

    def confidence_interval(self, confidence_level: float = 0.95) -> ConfidenceInterval:
        """Return the values of the mean, or of the difference, that the test does not reject.

        It holds the true one with the probability `confidence_level`; for a one-sided test one end is infinite.
        """
        level = float(as_probability(as_real(confidence_level, "confidence_level"), "confidence_level"))
        tail = (1 - level) / 2 if self._alternative == "two-sided" else 1 - level
        reach = t.isf(tail, self.df) * self._standard_error
        low = self._estimate - reach if self._alternative != "less" else np.full_like(reach, -np.inf)[()]
        high = self._estimate + reach if self._alternative != "greater" else np.full_like(reach, np.inf)[()]
        return ConfidenceInterval(low, high)


def ttest_1samp(
    a: ArrayLike, popmean: ArrayLike, axis: int | None = 0, *, alternative: _Alternative = "two-sided"
) -> TtestResult:
    r"""Test whether the mean of a population is `popmean`.

    Parameters
    ----------
    a : array_like, shape (n,) or (..., n, ...)
        Sample of at least two observations, in the unit of the variable.
    popmean : float or array_like
        Mean :math:`\mu_0` under the null hypothesis; an array has length 1 along `axis` and is broadcast.
    axis : int or None, default 0
        The axis of the sample; with None all numbers are one sample.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the mean differs from, is below, or is above `popmean`.

    Returns
    -------
    TtestResult
        `statistic`, `pvalue`, `df`, each a float, or an ndarray without the axis, and
        ``confidence_interval(confidence_level)`` for the mean, with `low` and `high`.

    Raises
    ------
    ValueError
        If the sample has less than two observations, a value is nan or infinite, all are equal, or `alternative` is
        unknown. (SciPy returns nan or infinity.)

    See Also
    --------
    ttest_1samp_from_stats : the same from mean and standard deviation.
    ztest_1samp : if the standard deviation of the population is known.
    scipy.stats.ttest_1samp : the same.

    Notes
    -----
    .. math:: t = \frac{\bar x - \mu_0}{s / \sqrt n}, \qquad s^2 = \frac{1}{n - 1} \sum_{i=1}^{n} (x_i - \bar x)^2,
              \qquad \nu = n - 1

    Under the null hypothesis and for normal data t follows Student's law with :math:`\nu` degrees of freedom, at every
    n. The rounding error of the mean is found in a second pass, so that data far from 0 lose no digits.

    References
    ----------
    Student, The probable error of a mean, Biometrika 6, 1908.

    Examples
    --------
    Hours of additional sleep by a drug, in ten patients (Student's own example):

    >>> result = ttest_1samp([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], 0)
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 6), float(result.df)
    (3.6799, 0.005076, 9.0)
    >>> low, high = result.confidence_interval(0.95)
    >>> round(float(low), 4), round(float(high), 4)
    (0.8977, 3.7623)
    """
    x = as_samples(a, "a", axis, least=2)
    return _one_sample(summarise(x), without_axis(popmean, axis, "popmean"), "a must vary", alternative)


def ttest_rel(
    a: ArrayLike, b: ArrayLike, axis: int | None = 0, *, alternative: _Alternative = "two-sided"
) -> TtestResult:
    r"""Test whether two measurements of the same things, such as before and after, have the same mean (paired t test).

    Parameters
    ----------
    a, b : array_like, shape (n,) or (..., n, ...)
        The measurements, in the same unit and order; at least two pairs.
    axis : int or None, default 0
        The axis of the samples; with None all numbers are one sample.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the mean of a differs from, is below, or is above that of b.

    Returns
    -------
    TtestResult
        `statistic`, `pvalue`, `df`, each a float, or an ndarray without the axis, and
        ``confidence_interval(confidence_level)`` for the mean of a - b, with `low` and `high`.

    Raises
    ------
    ValueError
        If a and b differ in shape, have less than two pairs, a value is nan or infinite, all differences are equal, or
        `alternative` is unknown. (SciPy returns nan or infinity.)

    See Also
    --------
    ttest_ind : two samples of different things.
    scipy.stats.ttest_rel : the same.

    Notes
    -----
    It is the one-sample test of the differences:

    .. math:: t = \frac{\bar d}{s_d / \sqrt n}, \qquad d_i = a_i - b_i, \qquad \nu = n - 1

    References
    ----------
    Student, The probable error of a mean, Biometrika 6, 1908.

    Examples
    --------
    >>> before, after = [12.1, 10.4, 14.8, 11.9, 13.0], [11.2, 10.1, 13.9, 11.1, 12.8]
    >>> result = ttest_rel(before, after, alternative="greater")
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 4)
    (4.0531, 0.0077)
    """
    x, y = as_samples(a, "a", axis, least=2), as_samples(b, "b", axis, least=2)
    if x.shape != y.shape:
        raise ValueError(f"a and b must hold pairs, got the shapes {np.shape(a)} and {np.shape(b)}; or use ttest_ind")
    with np.errstate(over="ignore"):  # complained about below
        differences = x - y
    return _one_sample(summarise(differences), np.float64(0), "a - b must vary", alternative)


def ttest_ind(
    a: ArrayLike,
    b: ArrayLike,
    *,
    axis: int | None = 0,
    equal_var: bool = True,
    alternative: _Alternative = "two-sided",
) -> TtestResult:
    r"""Test whether two populations have the same mean, from a sample of each.

    Parameters
    ----------
    a, b : array_like, shapes (n1,) and (n2,), or (..., n1, ...) and (..., n2, ...)
        Independent samples, in the same unit; all but the axis of the samples is broadcast.
    axis : int or None, default 0
        The axis of the samples; with None all numbers are one sample.
    equal_var : bool, default True
        Whether the populations have the same variance (pooled t test). With False they need not (Welch's t test):
        the better choice, unless you know.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the mean of a differs from, is below, or is above that of b.

    Returns
    -------
    TtestResult
        `statistic`, `pvalue`, `df`, each a float, or an ndarray without the axis, and
        ``confidence_interval(confidence_level)`` for the difference of the means, with `low` and `high`.

    Raises
    ------
    ValueError
        If a sample is too small (Welch's test needs two observations in each, the pooled one three in all), a value is
        nan or infinite, nothing varies in both samples, or `alternative` is unknown. (SciPy returns nan or infinity.)

    See Also
    --------
    ttest_ind_from_stats : the same from means and standard deviations.
    ttest_rel : two measurements of the same things.
    cohen_d : how large the difference is, rather than how sure.
    scipy.stats.ttest_ind : the same.

    Notes
    -----
    Pooled, with :math:`s_p^2 = \frac{(n_1 - 1) s_1^2 + (n_2 - 1) s_2^2}{\nu}`:

    .. math:: t = \frac{\bar a - \bar b}{s_p \sqrt{1 / n_1 + 1 / n_2}}, \qquad \nu = n_1 + n_2 - 2

    Welch's test, where t follows Student's law approximately:

    .. math:: t = \frac{\bar a - \bar b}{\sqrt{s_1^2 / n_1 + s_2^2 / n_2}}, \qquad
              \nu = \frac{(s_1^2 / n_1 + s_2^2 / n_2)^2}{\frac{(s_1^2 / n_1)^2}{n_1 - 1} +
              \frac{(s_2^2 / n_2)^2}{n_2 - 1}}

    References
    ----------
    B. L. Welch, The generalization of "Student's" problem when several different population variances are involved,
    Biometrika 34, 1947.

    Examples
    --------
    >>> a, b = [7, 9, 8, 6, 10, 7], [9, 11, 10, 8, 12, 10]
    >>> result = ttest_ind(a, b, equal_var=False, alternative="less")
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 5), round(float(result.df), 2)
    (-2.6, 0.01326, 9.98)
    """
    least = 1 if as_flag(equal_var, "equal_var") else 2
    x, y = (summarise(as_samples(sample, name, axis, least)) for sample, name in ((a, "a"), (b, "b")))
    return _two_samples(x, y, equal_var, "a or b must vary", alternative)


def ttest_1samp_from_stats(
    mean: ArrayLike, std: ArrayLike, nobs: ArrayLike, popmean: ArrayLike, alternative: _Alternative = "two-sided"
) -> TtestResult:
    r"""Test whether the mean of a population is `popmean`, from the mean and the standard deviation of a sample.

    Parameters
    ----------
    mean, std : array_like
        Mean of the sample, and its standard deviation (with n - 1 in the denominator), which is positive.
    nobs : array_like
        Number of observations n, at least 2.
    popmean : array_like
        Mean :math:`\mu_0` under the null hypothesis. All four are broadcast.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the mean differs from, is below, or is above `popmean`.

    Returns
    -------
    TtestResult
        `statistic`, `pvalue`, `df`, each a float or ndarray, and ``confidence_interval(confidence_level)``.

    Raises
    ------
    ValueError
        If `std` is not positive, `nobs` is below 2, a value is nan or infinite, or `alternative` is unknown.

    See Also
    --------
    ttest_1samp : the same from a sample.

    Notes
    -----
    .. math:: t = \frac{\bar x - \mu_0}{s / \sqrt n}, \qquad \nu = n - 1

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, ch. 8.

    Examples
    --------
    Twenty calls took 115 ms on average, with a standard deviation of 25 ms. Is the mean above 100 ms?

    >>> result = ttest_1samp_from_stats(115, 25, 20, 100, alternative="greater")
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 6), float(result.df)
    (2.6833, 0.007355, 19.0)
    """
    sample = as_summary(mean, std, nobs, ("mean", "std", "nobs"), least=2)
    return _one_sample(sample, as_real_array(popmean, "popmean"), "std must be positive", alternative)


def ttest_ind_from_stats(
    mean1: ArrayLike,
    std1: ArrayLike,
    nobs1: ArrayLike,
    mean2: ArrayLike,
    std2: ArrayLike,
    nobs2: ArrayLike,
    equal_var: bool = True,
    alternative: _Alternative = "two-sided",
) -> TtestResult:
    r"""Test whether two populations have the same mean, from the means and standard deviations of two samples.

    Parameters
    ----------
    mean1, std1, nobs1 : array_like
        Mean, standard deviation (with n - 1 in the denominator) and number of observations of the first sample.
    mean2, std2, nobs2 : array_like
        The same of the second. All six are broadcast.
    equal_var : bool, default True
        Whether the populations have the same variance; with False it is Welch's test.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the first mean differs from, is below, or is above the second.

    Returns
    -------
    TtestResult
        `statistic`, `pvalue`, `df`, each a float or ndarray, and ``confidence_interval(confidence_level)`` for the
        difference of the means. (SciPy returns the first two.)

    Raises
    ------
    ValueError
        If a standard deviation is negative or both are 0, a sample is too small (see `ttest_ind`), a value is nan or
        infinite, or `alternative` is unknown.

    See Also
    --------
    ttest_ind : the same from samples, with the formulas.
    scipy.stats.ttest_ind_from_stats : the same.

    References
    ----------
    B. L. Welch, The generalization of "Student's" problem when several different population variances are involved,
    Biometrika 34, 1947.

    Examples
    --------
    The accuracy of two models, in percent, in 24 and 18 runs. Is the first better?

    >>> for equal_var in (True, False):
    ...     result = ttest_ind_from_stats(91, 4, 24, 88, 3, 18, equal_var, alternative="greater")
    ...     print(round(float(result.statistic), 4), round(float(result.pvalue), 6), round(float(result.df), 2))
    2.6659 0.005511 40.0
    2.7775 0.00415 40.0
    """
    least = 1 if as_flag(equal_var, "equal_var") else 2
    first = as_summary(mean1, std1, nobs1, ("mean1", "std1", "nobs1"), least)
    second = as_summary(mean2, std2, nobs2, ("mean2", "std2", "nobs2"), least)
    return _two_samples(first, second, equal_var, "std1 or std2 must be positive", alternative)


def _one_sample(sample: Summary, popmean: _Real, rule: str, alternative: str) -> TtestResult:
    demand_variation(sample.size, rule)
    with np.errstate(over="ignore", invalid="ignore"):  # complained about in the end
        difference = sample.mean - popmean + sample.rest
        estimate = sample.mean + sample.rest
        error = sample.size / np.sqrt(sample.n * (sample.n - 1))
    return _result(difference, estimate, error, sample.n - 1, alternative)


def _two_samples(a: Summary, b: Summary, equal_var: bool, rule: str, alternative: str) -> TtestResult:
    if equal_var and np.any(a.n + b.n < 3):
        raise ValueError(f"the samples must hold three observations or more in all, got {np.min(a.n + b.n):g}")
    demand_variation(np.maximum(a.size, b.size), rule)
    with np.errstate(over="ignore", invalid="ignore"):  # complained about in the end
        difference = a.mean - b.mean + (a.rest - b.rest)
        error, df = (_pooled if equal_var else _welch)(a, b)
    return _result(difference, difference, error, df, alternative)


def _pooled(a: Summary, b: Summary) -> tuple[_Real, _Real]:
    """Return the standard error of the difference of the means, and the degrees of freedom."""
    df = a.n + b.n - 2
    return np.hypot(a.size, b.size) * np.sqrt((1 / a.n + 1 / b.n) / df), df


def _welch(a: Summary, b: Summary) -> tuple[_Real, _Real]:
    """Return the standard error of the difference of the means, and the degrees of freedom (Satterthwaite)."""
    errors = [x.size / np.sqrt(x.n * (x.n - 1)) for x in (a, b)]
    error = np.hypot(*errors)
    shares = [(x / error) ** 2 for x in errors]
    return error, 1 / (shares[0] ** 2 / (a.n - 1) + shares[1] ** 2 / (b.n - 1))


def _result(difference: _Real, estimate: _Real, error: _Real, df: _Real, alternative: str) -> TtestResult:
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        statistic = np.asarray(difference / error)
    demand_digits(statistic, error, "standard error")
    df = np.broadcast_to(df, statistic.shape).copy()
    return TtestResult(statistic[()], _pvalue(statistic, df, alternative), df[()], estimate, error, alternative)


def _pvalue(statistic: _Floats, df: _Floats, alternative: str) -> _Real:
    if alternative == "two-sided":
        return 2 * t.sf(np.abs(statistic), df)
    if alternative not in ("less", "greater"):
        raise ValueError(f"alternative must be 'two-sided', 'less' or 'greater', got {alternative!r}")
    return t.cdf(statistic, df) if alternative == "less" else t.sf(statistic, df)
