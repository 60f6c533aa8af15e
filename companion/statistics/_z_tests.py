"""z tests: means with known standard deviations, and proportions of large samples."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_nonnegative, as_positive, as_real, as_real_array
from companion.probability import beta, norm

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Alternative = Literal["two-sided", "less", "greater"]


class ZtestResult(NamedTuple):
    """What the z tests return."""

    statistic: _Real
    pvalue: _Real


class ProportionInterval(NamedTuple):
    """What `proportion_confint` returns."""

    low: _Real
    high: _Real


def ztest_1samp(
    a: ArrayLike, popmean: ArrayLike, popstd: ArrayLike, axis: int = 0, alternative: _Alternative = "two-sided"
) -> ZtestResult:
    r"""Test whether the mean of a population is `popmean`, if its standard deviation is known.

    Parameters
    ----------
    a : array_like, shape (n,) or (..., n, ...)
        Sample, in the unit of the variable.
    popmean : array_like
        Mean :math:`\mu_0` under the null hypothesis, broadcast against the means.
    popstd : array_like
        Known standard deviation :math:`\sigma` of the population, positive.
    axis : int, default 0
        The axis of the sample.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the mean differs from, is below, or is above `popmean`.

    Returns
    -------
    statistic : float, or ndarray without the axis
        z, standard normal under the null hypothesis.
    pvalue : float, or ndarray without the axis

    Raises
    ------
    ValueError
        If the sample is empty, `axis` is none of its axes, a value is nan or infinite, `popstd` is not positive, or
        `alternative` is unknown.

    See Also
    --------
    ztest_1samp_from_stats : the same from the mean of the sample.
    ttest_1samp : if the standard deviation has to be estimated.

    Notes
    -----
    .. math:: z = \frac{\bar x - \mu_0}{\sigma / \sqrt n}

    It is exact for normal data, at every n, and approximate for large n otherwise.

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 8.2.

    Examples
    --------
    >>> result = ztest_1samp([9.8, 10.4, 10.1, 10.5], popmean=10, popstd=0.4)
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 4)
    (1.0, 0.3173)
    """
    x = as_real_array(a, "a")
    axis = as_axis(axis, x.ndim, "a")
    if x.shape[axis] == 0:
        raise ValueError(f"a must hold a sample along axis {axis}, got shape {x.shape}")
    return ztest_1samp_from_stats(x.mean(axis=axis), x.shape[axis], popmean, popstd, alternative)


def ztest_1samp_from_stats(
    mean: ArrayLike,
    nobs: ArrayLike,
    popmean: ArrayLike,
    popstd: ArrayLike,
    alternative: _Alternative = "two-sided",
) -> ZtestResult:
    r"""Test whether the mean of a population is `popmean`, from the mean of a sample.

    Parameters
    ----------
    mean : array_like
        Mean of the sample.
    nobs : array_like
        Number of observations, positive.
    popmean : array_like
        Mean :math:`\mu_0` under the null hypothesis.
    popstd : array_like
        Known standard deviation :math:`\sigma` of the population, positive. All four are broadcast.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the mean differs from, is below, or is above `popmean`.

    Returns
    -------
    statistic, pvalue : float or ndarray

    Raises
    ------
    ValueError
        If `nobs` or `popstd` is not positive, a value is nan or infinite, or `alternative` is unknown.

    See Also
    --------
    ztest_1samp : the same from a sample.

    Notes
    -----
    .. math:: z = \frac{\bar x - \mu_0}{\sigma / \sqrt n}

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 8.2.

    Examples
    --------
    A hundred runs after an optimisation take 117 s on average; before it was 120 s, with standard deviation 15 s:

    >>> result = ztest_1samp_from_stats(117, 100, 120, 15, alternative="less")
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 6)
    (-2.0, 0.02275)
    """
    n, sigma = as_positive(nobs, "nobs"), as_positive(popstd, "popstd")
    difference = as_real_array(mean, "mean") - as_real_array(popmean, "popmean")
    return _result(difference, sigma / np.sqrt(n), alternative)


def ztest_ind_from_stats(
    mean1: ArrayLike,
    popstd1: ArrayLike,
    nobs1: ArrayLike,
    mean2: ArrayLike,
    popstd2: ArrayLike,
    nobs2: ArrayLike,
    alternative: _Alternative = "two-sided",
) -> ZtestResult:
    r"""Test whether two populations with known standard deviations have the same mean.

    Parameters
    ----------
    mean1, mean2 : array_like
        Means of the samples.
    popstd1, popstd2 : array_like
        Known standard deviations :math:`\sigma_1, \sigma_2` of the populations, positive.
    nobs1, nobs2 : array_like
        Numbers of observations, positive. All six are broadcast.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the first mean differs from, is below, or is above the second.

    Returns
    -------
    statistic, pvalue : float or ndarray

    Raises
    ------
    ValueError
        If a standard deviation or a number is not positive, a value is nan or infinite, or `alternative` is unknown.

    See Also
    --------
    ttest_ind_from_stats : with estimated standard deviations.

    Notes
    -----
    .. math:: z = \frac{\bar x_1 - \bar x_2}{\sqrt{\sigma_1^2 / n_1 + \sigma_2^2 / n_2}}

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 8.2.

    Examples
    --------
    >>> result = ztest_ind_from_stats(52, 6, 40, 50, 5, 50)
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 4)
    (1.6903, 0.091)
    """
    sigma1, sigma2 = as_positive(popstd1, "popstd1"), as_positive(popstd2, "popstd2")
    n1, n2 = as_positive(nobs1, "nobs1"), as_positive(nobs2, "nobs2")
    difference = as_real_array(mean1, "mean1") - as_real_array(mean2, "mean2")
    return _result(difference, np.hypot(sigma1 / np.sqrt(n1), sigma2 / np.sqrt(n2)), alternative)


def proportions_ztest(
    count: ArrayLike, nobs: ArrayLike, value: float | None = None, alternative: _Alternative = "two-sided"
) -> ZtestResult:
    r"""Test one proportion against a value, or two against each other, by the normal approximation.

    Parameters
    ----------
    count : int, or array_like of shape (1,) or (2,)
        Successes of one or two samples.
    nobs : int, or array_like of the same shape
        Trials of each sample; one number stands for both.
    value : float, optional
        Proportion :math:`p_0` under the null hypothesis, strictly between 0 and 1; needed for one sample, not allowed
        for two.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the (first) proportion differs from, is below, or is above the value (the second).

    Returns
    -------
    statistic, pvalue : float

    Raises
    ------
    ValueError
        If a count is negative, broken or above its trials, there are more than two samples, `value` is missing, not
        allowed or not between 0 and 1, all or none of the trials of two samples succeed, or `alternative` is unknown.

    See Also
    --------
    chi2_contingency : its statistic, without correction, is the square for two samples.
    scipy.stats.binomtest : exact, for one sample.
    statsmodels.stats.proportion.proportions_ztest : the same with ``prop_var=value`` for one sample, and the words
        "smaller" and "larger" for the alternatives.

    Notes
    -----
    .. math:: z = \frac{\hat p - p_0}{\sqrt{p_0 (1 - p_0) / n}}, \qquad
              z = \frac{\hat p_1 - \hat p_2}{\sqrt{\bar p (1 - \bar p) (1 / n_1 + 1 / n_2)}}, \quad
              \bar p = \frac{x_1 + x_2}{n_1 + n_2}

    The standard error is that under the null hypothesis. Expect at least 10 successes and 10 failures in each sample.

    References
    ----------
    A. Agresti, Categorical Data Analysis, 3rd ed., 2013, sec. 1.3 and 3.2.

    Examples
    --------
    Sign-ups for two designs of a page, 114 of 1200 visitors and 80 of 1000:

    >>> result = proportions_ztest([114, 80], [1200, 1000], alternative="greater")
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 4)
    (1.2355, 0.1083)
    """
    x, n = _as_trials(count, nobs)
    x, n = np.atleast_1d(x), np.atleast_1d(n)
    if x.shape == (1,):
        if value is None:
            raise ValueError("value, the proportion under the null hypothesis, is needed for one sample")
        p0 = _as_inner_proportion(value)
        return _result(x[0] / n[0] - p0, np.sqrt(p0 * (1 - p0) / n[0]), alternative)
    if x.shape != (2,):
        raise ValueError(f"count must hold one or two samples, got shape {x.shape}; for more use chi2_contingency")
    if value is not None:
        raise ValueError(f"value is for one sample; two are compared with each other, got value={value}")
    pooled = x.sum() / n.sum()
    if pooled in (0, 1):
        raise ValueError(f"count must hold both successes and failures, got {x} of {n}: nothing can be compared")
    difference = x[0] / n[0] - x[1] / n[1]
    return _result(difference, np.sqrt(pooled * (1 - pooled) * (1 / n).sum()), alternative)


def proportion_confint(
    count: ArrayLike,
    nobs: ArrayLike,
    alpha: float = 0.05,
    method: Literal["normal", "wilson", "agresti_coull", "beta"] = "normal",
) -> ProportionInterval:
    r"""Return a confidence interval for a proportion.

    Parameters
    ----------
    count, nobs : array_like
        Successes and trials, broadcast.
    alpha : float, default 0.05
        One minus the confidence level, strictly between 0 and 1.
    method : {"normal", "wilson", "agresti_coull", "beta"}, default "normal"
        "normal": :math:`\hat p \pm z \sqrt{\hat p (1 - \hat p) / n}` (Wald), cut to [0, 1]; poor near 0 and 1.
        "wilson": the values that the z test with the standard error of the *null hypothesis* does not reject.
        "agresti_coull": the normal one after adding :math:`z^2 / 2` successes and failures.
        "beta": exact, by the binomial law (Clopper and Pearson); covers at least as often as promised.

    Returns
    -------
    low, high : float or ndarray

    Raises
    ------
    ValueError
        If a count is negative, broken or above its trials, a number of trials is not positive, `alpha` is not between 0
        and 1, or `method` is unknown.

    See Also
    --------
    statsmodels.stats.proportion.proportion_confint : the same, with more methods.

    References
    ----------
    L. Brown, T. Cai and A. DasGupta, Interval estimation for a binomial proportion, Statistical Science 16, 2001.

    Examples
    --------
    Nobody among ten: the first method claims to be sure.

    >>> for method in ("normal", "wilson", "beta"):
    ...     print(method, *(round(float(end), 4) for end in proportion_confint(0, 10, method=method)))
    normal 0.0 0.0
    wilson 0.0 0.2775
    beta 0.0 0.3085
    """
    x, n = _as_trials(count, nobs)
    level = as_real(alpha, "alpha")
    if not 0 < level < 1:
        raise ValueError(f"alpha must be strictly between 0 and 1, got {alpha}")
    if method == "beta":
        low = beta.ppf(level / 2, np.where(x > 0, x, 1), n - x + 1)
        high = beta.isf(level / 2, x + 1, np.where(x < n, n - x, 1))
        return ProportionInterval(np.where(x > 0, low, 0.0)[()], np.where(x < n, high, 1.0)[()])
    if method not in ("normal", "wilson", "agresti_coull"):
        raise ValueError(f"method must be 'normal', 'wilson', 'agresti_coull' or 'beta', got {method!r}")
    z2 = norm.isf(level / 2) ** 2
    p, center = x / n, (x + z2 / 2) / (n + z2)
    if method == "normal":
        center, half = p, np.sqrt(z2 * p * (1 - p) / n)
    elif method == "wilson":
        half = np.sqrt(z2 * (n * p * (1 - p) + z2 / 4)) / (n + z2)
    else:
        half = np.sqrt(z2 * center * (1 - center) / (n + z2))
    return ProportionInterval(np.clip(center - half, 0, 1)[()], np.clip(center + half, 0, 1)[()])


def _result(difference: _Real, standard_error: _Real, alternative: str) -> ZtestResult:
    z = difference / standard_error
    if alternative == "two-sided":
        return ZtestResult(z, 2 * norm.sf(np.abs(z)))
    if alternative not in ("less", "greater"):
        raise ValueError(f"alternative must be 'two-sided', 'less' or 'greater', got {alternative!r}")
    return ZtestResult(z, norm.cdf(z) if alternative == "less" else norm.sf(z))


def _as_trials(count: ArrayLike, nobs: ArrayLike) -> tuple[_Floats, _Floats]:
    x, n = np.broadcast_arrays(as_nonnegative(count, "count"), as_positive(nobs, "nobs"))
    for value, name in ((x, "count"), (n, "nobs")):
        if np.any(value != np.floor(value)):
            broken = value[value != np.floor(value)].flat[0]
            raise ValueError(f"{name} must hold whole numbers, got {broken}; of rates take rate * nobs")
    if np.any(x > n):
        raise ValueError(f"count must be at most nobs, got {x[x > n].flat[0]} of {n[x > n].flat[0]}")
    return x, n


def _as_inner_proportion(value: float) -> float:
    p0 = as_real(value, "value")
    if not 0 < p0 < 1:
        raise ValueError(f"value must be strictly between 0 and 1, got {value}")
    return p0
