"""Effect size: how large a difference of means is, in units of the standard deviation."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_probability, as_real_array
from companion.probability import norm, t
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


def cohen_d(
    a: ArrayLike,
    b: ArrayLike | None = None,
    *,
    popmean: ArrayLike = 0.0,
    axis: int | None = 0,
    correction: bool = False,
) -> _Real:
    r"""Difference of two means in units of the pooled standard deviation (Cohen's d), or of one mean from a number.

    Parameters
    ----------
    a, b : array_like, shapes (n1,) and (n2,), or (..., n1, ...) and (..., n2, ...)
        Independent samples, in the same unit. Without b the mean of a is compared with `popmean`; for paired samples
        pass their differences.
    popmean : float or array_like, default 0
        What the mean of a single sample is compared with.
    axis : int or None, default 0
        The axis of the samples; with None all numbers are one sample.
    correction : bool, default False
        Whether to remove the bias of small samples (Hedges' g).

    Returns
    -------
    d : float, or ndarray without the axis
        Positive if the mean of a is the larger one; without a unit.

    Raises
    ------
    ValueError
        If a sample is too small (two observations without b, else three in all, and with `correction` one more), a
        value is nan or infinite, nothing varies, or both b and a `popmean` are given.

    See Also
    --------
    cohen_d_from_stats : the same from means and standard deviations.
    ttest_ind : how sure the difference is, rather than how large; t grows with n, d does not.

    Notes
    -----
    .. math:: d = \frac{\bar a - \bar b}{s_p}, \qquad
              s_p^2 = \frac{(n_1 - 1) s_1^2 + (n_2 - 1) s_2^2}{n_1 + n_2 - 2}; \qquad
              d = \frac{\bar a - \mu_0}{s} \quad \text{(one sample)}

    On average d is too far from 0 for small samples. Hedges' factor undoes this for normal data,

    .. math:: g = d \, \frac{\Gamma(\nu / 2)}{\sqrt{\nu / 2}\, \Gamma((\nu - 1) / 2)}
              \approx d \Bigl(1 - \frac{3}{4 \nu - 1}\Bigr),

    with the degrees of freedom :math:`\nu`. Cohen called 0.2 small, 0.5 medium and 0.8 large.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2. L. V. Hedges, Distribution
    theory for Glass's estimator of effect size and related estimators, Journal of Educational Statistics 6, 1981.

    Examples
    --------
    >>> a, b = [7, 9, 8, 6, 10, 7], [9, 11, 10, 8, 12, 10]
    >>> round(float(cohen_d(a, b)), 4), round(float(cohen_d(a, b, correction=True)), 4)
    (-1.5011, -1.3851)
    """
    x = summarise(as_samples(a, "a", axis, least=2 if b is None else 1))
    if b is None:
        return _standardised(x, None, without_axis(popmean, axis, "popmean"), "a must vary", correction)
    if np.any(as_real_array(popmean, "popmean") != 0):
        raise ValueError(f"popmean is for one sample; two are compared with each other, got popmean={popmean!r}")
    return _standardised(x, summarise(as_samples(b, "b", axis, least=1)), np.float64(0), "a or b must vary", correction)


def cohen_d_from_stats(
    mean1: ArrayLike,
    std1: ArrayLike,
    nobs1: ArrayLike,
    mean2: ArrayLike,
    std2: ArrayLike,
    nobs2: ArrayLike,
    *,
    correction: bool = False,
) -> _Real:
    r"""Difference of two means in units of the pooled standard deviation (Cohen's d), from the statistics of samples.

    Parameters
    ----------
    mean1, std1, nobs1 : array_like
        Mean, standard deviation (with n - 1 in the denominator) and number of observations of the first sample.
    mean2, std2, nobs2 : array_like
        The same of the second. All six are broadcast.
    correction : bool, default False
        Whether to remove the bias of small samples (Hedges' g).

    Returns
    -------
    d : float or ndarray
        Positive if the first mean is the larger one; without a unit.

    Raises
    ------
    ValueError
        If a standard deviation is negative or both are 0, the samples are too small (see `cohen_d`), or a value is nan
        or infinite.

    See Also
    --------
    cohen_d : the same from samples, with the formulas.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2.

    Examples
    --------
    The accuracy of two models, in percent, in 24 and 18 runs:

    >>> round(float(cohen_d_from_stats(91, 4, 24, 88, 3, 18)), 4)
    0.8313
    """
    first = as_summary(mean1, std1, nobs1, ("mean1", "std1", "nobs1"), least=1)
    second = as_summary(mean2, std2, nobs2, ("mean2", "std2", "nobs2"), least=1)
    return _standardised(first, second, np.float64(0), "std1 or std2 must be positive", correction)


def overlap_coefficient(d: ArrayLike) -> _Real:
    r"""Area that the densities of two normal laws share, if they have the same variance and their means differ by d.

    Parameters
    ----------
    d : array_like
        Difference of the means, in standard deviations (Cohen's d).

    Returns
    -------
    overlap : float or ndarray
        In [0, 1]: 1 for equal laws.

    Raises
    ------
    TypeError
        If `d` does not hold real numbers.
    ValueError
        If `d` is nan or infinite.

    See Also
    --------
    probability_of_superiority : the same effect, as a chance of one observation against another.
    statistics.NormalDist.overlap : for any two normal laws.

    Notes
    -----
    The densities cross half-way between the means, and each is the lower one on the other's side:

    .. math:: 2 \Phi(-|d| / 2)

    References
    ----------
    H. F. Inman and E. L. Bradley, The overlapping coefficient as a measure of agreement between probability
    distributions, Communications in Statistics - Theory and Methods 18, 1989.

    Examples
    --------
    A small, a medium and a large effect in Cohen's words:

    >>> overlap_coefficient([0.2, 0.5, 0.8]).round(4).tolist()
    [0.9203, 0.8026, 0.6892]
    """
    return 2 * norm.cdf(-np.abs(as_real_array(d, "d")) / 2)


def probability_of_superiority(d: ArrayLike) -> _Real:
    r"""Chance that an observation of one normal law is above one of another, whose mean is d standard deviations less.

    Parameters
    ----------
    d : array_like
        Difference of the means, in standard deviations (Cohen's d).

    Returns
    -------
    probability : float or ndarray
        In [0, 1]: 1/2 for equal laws.

    Raises
    ------
    TypeError
        If `d` does not hold real numbers.
    ValueError
        If `d` is nan or infinite.

    See Also
    --------
    companion.ml.metrics.roc_auc_score : the same for two samples, without a law.

    Notes
    -----
    The difference of two independent observations is normal with mean d and variance 2 (in squared standard
    deviations), so

    .. math:: P(X > Y) = \Phi(d / \sqrt 2).

    References
    ----------
    K. O. McGraw and S. P. Wong, A common language effect size statistic, Psychological Bulletin 111, 1992.

    Examples
    --------
    >>> probability_of_superiority([0, 0.1, 0.8]).round(4).tolist()
    [0.5, 0.5282, 0.7142]
    """
    return norm.cdf(as_real_array(d, "d") / np.sqrt(2))


def proportion_effectsize(prop1: ArrayLike, prop2: ArrayLike) -> _Real:
    r"""Cohen's h: the effect size of a difference of two proportions, for power and sample sizes.

    Parameters
    ----------
    prop1, prop2 : array_like
        The proportions, in [0, 1]; they are broadcast.

    Returns
    -------
    float or ndarray
        The difference of the two angles, from -pi to pi, positive if `prop1` is larger.

    Raises
    ------
    ValueError
        If a proportion is nan or outside [0, 1].

    See Also
    --------
    zt_ind_solve_power : the number of trials that this effect needs.
    statsmodels.stats.proportion.proportion_effectsize : the same.

    Notes
    -----
    .. math:: h = 2 \arcsin \sqrt{p_1} - 2 \arcsin \sqrt{p_2}

    The angle :math:`2 \arcsin \sqrt{\hat p}` of an observed proportion has nearly the variance 1/n whatever p is: so
    the same h is equally easy to notice everywhere between 0 and 1.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 6.

    Examples
    --------
    How many visitors of each design tell 9.5 % from 8 % (right-tailed at 5 %, power 0.8)?

    >>> from companion.statistics import zt_ind_solve_power
    >>> h = proportion_effectsize(0.095, 0.08)
    >>> visitors = zt_ind_solve_power(h, alpha=0.05, power=0.8, alternative="larger")
    >>> round(float(h), 5), int(np.ceil(visitors))
    (0.05313, 4381)
    """
    first, second = (as_probability(p, name) for p, name in ((prop1, "prop1"), (prop2, "prop2")))
    h: _Real = 2 * (np.arcsin(np.sqrt(first)) - np.arcsin(np.sqrt(second)))
    return h


def _standardised(a: Summary, b: Summary | None, popmean: _Real, rule: str, correction: bool) -> _Real:
    other = Summary(np.float64(1), popmean, np.float64(0), np.float64(0)) if b is None else b
    df = a.n + other.n - 2
    least = 2 if as_flag(correction, "correction") else 1
    if np.any(df < least):
        raise ValueError(f"the observations must leave {least} or more degrees of freedom, got {np.min(df):g}")
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # complained about below
        size = np.hypot(a.size, other.size)
        deviation = size / np.sqrt(df)
        d = (a.mean - other.mean + (a.rest - other.rest)) / deviation
    demand_variation(size, rule)
    demand_digits(d, deviation, "standard deviation")
    return d * _hedges(df) if correction else d


def _hedges(df: _Real) -> _Real:
    """Return Gamma(df / 2) / (sqrt(df / 2) Gamma((df - 1) / 2)): both are in the density of t at 0."""
    factor: _Real = t.pdf(0, df - 1) * np.sqrt(2 * np.pi * (1 - 1 / df))
    return factor
