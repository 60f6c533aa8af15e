"""Power of t and z tests: how often they see an effect of a given size, and how many observations that takes."""

from collections.abc import Callable
from math import exp, log
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from companion._validation import as_positive, as_real, as_real_array
from companion.probability import norm, t

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Alternative = Literal["two-sided", "larger", "smaller", "greater", "less"]

# Between these an effect size, a number of observations and a level are looked for.
_RANGES = {"effect_size": (1e-9, 1e9), "nobs": (1e-12, 1e18), "alpha": (1e-300, 1 - 1e-15)}


def ttest_power(
    effect_size: ArrayLike,
    nobs: ArrayLike,
    alpha: ArrayLike,
    df: ArrayLike | None = None,
    alternative: _Alternative = "two-sided",
) -> _Real:
    r"""Power of a one-sample or paired t test: the probability that it rejects the null hypothesis.

    Parameters
    ----------
    effect_size : array_like
        True difference of the mean from the hypothetical one, in standard deviations (Cohen's d).
    nobs : array_like
        Number n of observations or pairs, at least 2; it need not be whole.
    alpha : array_like
        Level of the test, strictly between 0 and 1.
    df : array_like, optional
        Degrees of freedom, at least 1; n - 1 unless given.
    alternative : {"two-sided", "larger", "smaller"}, default "two-sided"
        What the test looks for; SciPy's words "greater" and "less" will do, too.

    Returns
    -------
    power : float or ndarray
        In [0, 1], to about 12 decimals.

    Raises
    ------
    ValueError
        If `alpha` is not strictly between 0 and 1, `df` or `nobs` too small, or `alternative` is unknown.

    See Also
    --------
    tt_solve_power : any of the four numbers from the other three.
    normal_power : with a known standard deviation.

    Notes
    -----
    It replaces statsmodels.stats.power.ttest_power. If the effect size is d, then t follows the noncentral t law with
    the noncentrality :math:`\delta = d \sqrt n`; the power is its probability beyond the critical values.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2.

    Examples
    --------
    >>> ttest_power(0.5, [10, 20, 34], 0.05).round(4).tolist()
    [0.2932, 0.5645, 0.8078]
    """
    d, n, level = as_real_array(effect_size, "effect_size"), as_real_array(nobs, "nobs"), _as_level(alpha, "alpha")
    nu = n - 1 if df is None else as_real_array(df, "df")
    for value, name, least in ((n, "nobs", 2), (nu, "df", 1)):
        if np.any(value < least):
            raise ValueError(f"{name} must be at least {least}, got {value.min():g}")
    return _t_power(d * np.sqrt(n), nu, level, _as_sides(alternative))


def normal_power(
    effect_size: ArrayLike,
    nobs: ArrayLike,
    alpha: ArrayLike,
    alternative: _Alternative = "two-sided",
    sigma: ArrayLike = 1.0,
) -> _Real:
    r"""Power of a one-sample z test: the probability that it rejects the null hypothesis.

    Parameters
    ----------
    effect_size : array_like
        True difference of the mean from the hypothetical one, in units of which `sigma` make a standard deviation.
    nobs : array_like
        Number n of observations, positive; it need not be whole.
    alpha : array_like
        Level of the test, strictly between 0 and 1.
    alternative : {"two-sided", "larger", "smaller"}, default "two-sided"
        What the test looks for; SciPy's words "greater" and "less" will do, too.
    sigma : array_like, default 1
        Known standard deviation, positive. All are broadcast.

    Returns
    -------
    power : float or ndarray
        In [0, 1].

    Raises
    ------
    ValueError
        If `alpha` is not strictly between 0 and 1, `nobs` or `sigma` is not positive, or `alternative` is unknown.

    See Also
    --------
    zt_ind_solve_power : any of the four numbers from the other three.
    ttest_power : with an estimated standard deviation.

    Notes
    -----
    It replaces statsmodels.stats.power.normal_power. One-sided, with the critical value :math:`z_{1 - \alpha}`:

    .. math:: \text{power} = \Phi\Bigl(\frac{d \sqrt n}{\sigma} - z_{1 - \alpha}\Bigr)

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2.

    Examples
    --------
    >>> normal_power(0.3, [10, 50, 96], 0.05, "larger").round(4).tolist()
    [0.2432, 0.6831, 0.9023]
    """
    d, n, level = as_real_array(effect_size, "effect_size"), as_positive(nobs, "nobs"), _as_level(alpha, "alpha")
    return _z_power(d * np.sqrt(n) / as_positive(sigma, "sigma"), level, _as_sides(alternative))


def tt_solve_power(
    effect_size: float | None = None,
    nobs: float | None = None,
    alpha: float | None = None,
    power: float | None = None,
    alternative: _Alternative = "two-sided",
) -> float:
    r"""Find the one number of a one-sample or paired t test that is not given: often the sample size for a power.

    Parameters
    ----------
    effect_size : float, optional
        True difference of the mean from the hypothetical one, in standard deviations.
    nobs : float, optional
        Number of observations or pairs, at least 2.
    alpha : float, optional
        Level of the test, strictly between 0 and 1.
    power : float, optional
        Probability that the test rejects, strictly between 0 and 1.
    alternative : {"two-sided", "larger", "smaller"}, default "two-sided"
        What the test looks for; SciPy's words "greater" and "less" will do, too.

    Returns
    -------
    value : float
        The one of the four that is None. A number of observations is not rounded: take the next whole number. It is 2
        at least, even if the power is above `power` then, and a level is at least 1e-300. An effect size is positive,
        unless the test looks for smaller means.

    Raises
    ------
    ValueError
        If not exactly one of the four is None, one is out of its range, or no value leads to `power`.

    See Also
    --------
    tt_ind_solve_power : two independent samples.
    ttest_power : the power of many designs at once.

    Notes
    -----
    It replaces statsmodels.stats.power.tt_solve_power. The power is monotone in each of the three other numbers; the
    root is found by Brent's method.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2.

    Examples
    --------
    >>> round(tt_solve_power(effect_size=0.5, alpha=0.05, power=0.8), 4)
    33.3671
    """
    sides = _as_sides(alternative)

    def power_of(d: float, n: float, level: float) -> float:
        return float(_t_power(d * np.sqrt(n), np.float64(n - 1), np.float64(level), sides))

    return _solve(
        power_of, {"effect_size": effect_size, "nobs": nobs, "alpha": alpha, "power": power}, sides, least=2.0
    )


def tt_ind_solve_power(
    effect_size: float | None = None,
    nobs1: float | None = None,
    alpha: float | None = None,
    power: float | None = None,
    ratio: float = 1.0,
    alternative: _Alternative = "two-sided",
) -> float:
    r"""Find the one number of a pooled t test of two samples that is not given: often the sample size for a power.

    Parameters
    ----------
    effect_size : float, optional
        True difference of the two means, in standard deviations (Cohen's d).
    nobs1 : float, optional
        Number of observations in the first sample; with the second there must be 3 at least.
    alpha : float, optional
        Level of the test, strictly between 0 and 1.
    power : float, optional
        Probability that the test rejects, strictly between 0 and 1.
    ratio : float, default 1
        Size of the second sample divided by that of the first, positive.
    alternative : {"two-sided", "larger", "smaller"}, default "two-sided"
        What the test looks for in the first mean; SciPy's words "greater" and "less" will do, too.

    Returns
    -------
    value : float
        The one of the four that is None. A number of observations is not rounded: take the next whole number. It leaves
        one degree of freedom at least, even if the power is above `power` then, and a level is at least 1e-300. An
        effect size is positive, unless the test looks for smaller means.

    Raises
    ------
    ValueError
        If not exactly one of the four is None, one is out of its range, or no value leads to `power`.

    See Also
    --------
    tt_solve_power : one sample, or pairs.
    zt_ind_solve_power : with known standard deviations.

    Notes
    -----
    It replaces statsmodels.stats.power.tt_ind_solve_power. Two samples see an effect like one of
    :math:`1 / (1 / n_1 + 1 / n_2)` observations, with :math:`n_1 + n_2 - 2` degrees of freedom.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2.

    Examples
    --------
    A medium effect, seen in 4 cases of 5, takes 64 observations in each sample; with 20 it is seen in a third of them:

    >>> round(tt_ind_solve_power(effect_size=0.5, alpha=0.05, power=0.8), 4)
    63.7656
    >>> round(tt_ind_solve_power(effect_size=0.5, nobs1=20, alpha=0.05), 4)
    0.3379
    """
    sides, share = _as_sides(alternative), _as_ratio(ratio)

    def power_of(d: float, n1: float, level: float) -> float:
        effective, df = n1 * share / (1 + share), n1 * (1 + share) - 2
        return float(_t_power(d * np.sqrt(effective), np.float64(df), np.float64(level), sides))

    given = {"effect_size": effect_size, "nobs1": nobs1, "alpha": alpha, "power": power}
    return _solve(power_of, given, sides, least=3 / (1 + share))


def zt_ind_solve_power(
    effect_size: float | None = None,
    nobs1: float | None = None,
    alpha: float | None = None,
    power: float | None = None,
    ratio: float = 1.0,
    alternative: _Alternative = "two-sided",
) -> float:
    r"""Find the one number of a z test of two samples, or of one, that is not given: often the sample size for a power.

    Parameters
    ----------
    effect_size : float, optional
        True difference of the two means, in standard deviations, which are known and equal.
    nobs1 : float, optional
        Number of observations in the first sample, positive.
    alpha : float, optional
        Level of the test, strictly between 0 and 1.
    power : float, optional
        Probability that the test rejects, strictly between 0 and 1.
    ratio : float, default 1
        Size of the second sample divided by that of the first; 0 stands for a one-sample test.
    alternative : {"two-sided", "larger", "smaller"}, default "two-sided"
        What the test looks for in the first mean; SciPy's words "greater" and "less" will do, too.

    Returns
    -------
    value : float
        The one of the four that is None. A number of observations is not rounded: take the next whole number. A level
        is at least 1e-300. An effect size is positive, unless the test looks for smaller means.

    Raises
    ------
    ValueError
        If not exactly one of the four is None, one is out of its range, or no value leads to `power`.

    See Also
    --------
    tt_ind_solve_power : with estimated standard deviations.
    normal_power : the power of many designs at once.

    Notes
    -----
    It replaces statsmodels.stats.power.zt_ind_solve_power. One-sided and for one sample the solution is
    :math:`n = \bigl((z_{1 - \alpha} + z_{\text{power}}) / d\bigr)^2`.

    References
    ----------
    J. Cohen, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., 1988, ch. 2.

    Examples
    --------
    >>> n = zt_ind_solve_power(0.3, alpha=0.05, power=0.9, ratio=0, alternative="larger")
    >>> round(n, 4)
    95.1539
    """
    sides, share = _as_sides(alternative), _as_ratio(ratio, zero=True)

    def power_of(d: float, n1: float, level: float) -> float:
        effective = n1 * share / (1 + share) if share else n1
        return float(_z_power(d * np.sqrt(effective), np.float64(level), sides))

    given = {"effect_size": effect_size, "nobs1": nobs1, "alpha": alpha, "power": power}
    return _solve(power_of, given, sides, least=_RANGES["nobs"][0])


def _t_power(delta: _Real, df: _Real, alpha: _Real, sides: tuple[int, ...]) -> _Real:
    """Return the probability of t beyond its critical values, on the given sides, for the noncentrality delta."""
    critical = t.isf(alpha / len(sides), df)
    return _sum_of([_noncentral_sf(critical, df, side * delta) for side in sides])


def _noncentral_sf(critical: _Real, df: _Real, delta: _Real) -> _Real:
    """Return P(T > critical), which is P(T < -critical) for -delta."""
    value = special.nctdtr(df, -delta, -critical)
    # SciPy's is nan where it is closer to 0 or 1 than 1e-13, if df is at least 1
    return np.where(np.isnan(value), np.where(delta > critical, 1.0, 0.0), value)[()]


def _z_power(delta: _Real, alpha: _Real, sides: tuple[int, ...]) -> _Real:
    critical = norm.isf(alpha / len(sides))
    return _sum_of([norm.sf(critical - side * delta) for side in sides])


def _sum_of(probabilities: list[_Real]) -> _Real:
    total: _Real = np.minimum(np.sum(probabilities, axis=0), 1.0)
    return total


def _solve(
    power_of: Callable[[float, float, float], float],
    given: dict[str, float | None],
    sides: tuple[int, ...],
    least: float,
) -> float:
    """Return the one of effect size, number of observations, alpha and power that is None."""
    known = {name: _as_known(value, name, least) for name, value in given.items() if value is not None}
    unknown = [name for name in given if name not in known]
    if len(unknown) != 1:
        raise ValueError(f"exactly one of {', '.join(given)} must be None, got {unknown or 'none of them'}")
    name = unknown[0]
    if name == "power":
        return power_of(*known.values())
    power = known.pop("power")
    if power <= known.get("alpha", 0.0):
        raise ValueError(f"power must be above alpha, which a test has without any effect, got {power}")
    sign = sides[0] if name == "effect_size" else 1

    def surplus(value: float) -> float:
        values = known | {name: sign * value}
        return power_of(*(values[key] for key in given if key != "power")) - power

    low, high = _RANGES[name.rstrip("1")]
    found = _root(surplus, max(low, least) if name.startswith("nobs") else low, high)
    if found is None:
        raise ValueError(
            f"no {name} up to {high:g} leads to power={power}; is effect_size on the side of the alternative, and not "
            "next to 0?"
        )
    return sign * found


def _root(surplus: Callable[[float], float], low: float, high: float) -> float | None:
    """Return the root of an increasing function, *low* if it is positive there, None if it is negative up to *high*."""
    from scipy.optimize import brentq

    def at(x: float) -> float:
        return surplus(exp(x))

    # The bracket is sought in logarithms, too: exp(log(64)) is below 64, where the sign may be another.
    bottom, top = log(low), log(high)
    left = right = min(max(bottom, 0.0), top)
    while at(right) < 0:
        left, right = right, min(right + log(4), top)
        if left == right:
            return None
    while at(left) > 0:
        right, left = left, max(left - log(4), bottom)
        if left == right:
            return low
    return exp(brentq(at, left, right, xtol=1e-15, rtol=1e-15))


def _as_known(value: float, name: str, least: float) -> float:
    number = as_real(value, name)
    if name in ("alpha", "power"):
        return float(_as_level(number, name))
    if name.startswith("nobs") and number < least:
        raise ValueError(f"{name} must be at least {least:g}, got {number:g}")
    return number


def _as_level(alpha: ArrayLike, name: str) -> _Floats:
    level = as_real_array(alpha, name)
    outside = level[(level <= 0) | (level >= 1)]
    if outside.size:
        raise ValueError(f"{name} must be strictly between 0 and 1, got {outside.flat[0]:g}")
    return level


def _as_ratio(ratio: float, zero: bool = False) -> float:
    share = as_real(ratio, "ratio")
    if share < 0 or (share == 0 and not zero):
        raise ValueError(f"ratio must be {'0 or more' if zero else 'positive'}, got {share:g}")
    return share


def _as_sides(alternative: str) -> tuple[int, ...]:
    """Return the signs of the effects that the test looks for."""
    sides = {"two-sided": (1, -1), "larger": (1,), "greater": (1,), "smaller": (-1,), "less": (-1,)}
    if alternative not in sides:
        raise ValueError(f"alternative must be 'two-sided', 'larger' or 'smaller', got {alternative!r}")
    return sides[alternative]
