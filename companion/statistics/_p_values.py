"""p-values, critical values and decisions, for any law of a test statistic under the null hypothesis."""

from typing import Any, Literal, NamedTuple, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real_array
from companion.statistics._power import _as_level

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Alternative = Literal["two-sided", "less", "greater"]


class Decision(NamedTuple):
    """What `decide` returns: by p-value and by critical value it is the same.

    Attributes
    ----------
    reject : bool or ndarray of bool
        Whether the null hypothesis is rejected, ``pvalue < alpha``.
    pvalue : float or ndarray
        Probability under the null hypothesis of a statistic at least as extreme.
    critical_value : float, ndarray, or a pair of such
        Where the rejection region begins; for two-sided tests its lower and its upper part.
    """

    reject: np.bool_ | NDArray[np.bool_]
    pvalue: _Real
    critical_value: _Real | tuple[_Real, _Real]


def pvalue(statistic: ArrayLike, law: Any, alternative: _Alternative = "two-sided") -> _Real:
    r"""Probability under the null hypothesis of a statistic at least as extreme as the observed one.

    Parameters
    ----------
    statistic : array_like
        Observed value of the test statistic.
    law : distribution
        Its law under the null hypothesis, with its parameters: ``norm``, ``t(19)``, ``chi2(4)``, or one of SciPy's.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Which values are extreme: those on both sides, the small ones, or the large ones.

    Returns
    -------
    pvalue : float or ndarray
        In [0, 1].

    Raises
    ------
    TypeError
        If `law` is no distribution or lacks parameters, or `statistic` does not hold real numbers.
    ValueError
        If `statistic` is nan or infinite, a parameter of the law is outside its range, or `alternative` is unknown.

    See Also
    --------
    critical_value : the statistic that has a given p-value.
    decide : both, and the decision.

    Notes
    -----
    .. math:: P(T \le t), \qquad P(T \ge t), \qquad 2 \min\bigl(P(T \le t), P(T \ge t)\bigr)

    for "less", "greater" and "two-sided", the last at most 1. If the law is symmetric about 0, the last is
    :math:`2 P(T \ge |t|)`. For a law of counts :math:`P(T \ge t)` includes t itself.

    References
    ----------
    E. L. Lehmann and J. P. Romano, Testing Statistical Hypotheses, 3rd ed., 2005, sec. 3.3.

    Examples
    --------
    The same t of -2.5, in three tests:

    >>> from companion.probability import t
    >>> for alternative in ("less", "greater", "two-sided"):
    ...     print(round(float(pvalue(-2.5, t(18), alternative)), 4))
    0.0112
    0.9888
    0.0223
    """
    x = as_real_array(statistic, "statistic")
    _demand_options(law, alternative)
    lower, upper = _apply(law, "cdf", x), _apply(law, "sf", x)
    if hasattr(law, "pmf"):
        upper = np.minimum(upper + _apply(law, "pmf", x), 1.0)
    if alternative != "two-sided":
        return lower if alternative == "less" else upper
    both: _Real = np.minimum(2 * np.minimum(lower, upper), 1.0)
    return both


@overload
def critical_value(alpha: ArrayLike, law: Any, alternative: Literal["less", "greater"]) -> _Real: ...
@overload
def critical_value(alpha: ArrayLike, law: Any, alternative: Literal["two-sided"] = ...) -> tuple[_Real, _Real]: ...
def critical_value(alpha: ArrayLike, law: Any, alternative: _Alternative = "two-sided") -> _Real | tuple[_Real, _Real]:
    r"""Where the rejection region of a test at level alpha begins.

    Parameters
    ----------
    alpha : array_like
        Level of the test, strictly between 0 and 1.
    law : distribution
        Law of the test statistic under the null hypothesis, as for `pvalue`.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Which values are extreme.

    Returns
    -------
    critical_value : float or ndarray, or a pair of such
        The null hypothesis is rejected below it for "less", above it for "greater"; for "two-sided" below the first or
        above the second, with half of alpha in each tail.

    Raises
    ------
    TypeError
        If `law` is no distribution or lacks parameters, or `alpha` does not hold real numbers.
    ValueError
        If `alpha` is not strictly between 0 and 1, a parameter of the law is outside its range, or `alternative` is
        unknown.

    See Also
    --------
    pvalue : is below alpha exactly where the statistic is in the rejection region, if the law has no jumps.

    References
    ----------
    E. L. Lehmann and J. P. Romano, Testing Statistical Hypotheses, 3rd ed., 2005, sec. 3.1.

    Examples
    --------
    >>> from companion.probability import t
    >>> round(float(critical_value(0.05, t(18), "less")), 4)
    -1.7341
    >>> [round(float(value), 4) for value in critical_value(0.05, t(18))]
    [-2.1009, 2.1009]
    """
    level = _as_level(alpha, "alpha")
    _demand_options(law, alternative)
    if alternative == "two-sided":
        return _apply(law, "ppf", level / 2), _apply(law, "isf", level / 2)
    return _apply(law, "ppf" if alternative == "less" else "isf", level)


def decide(
    statistic: ArrayLike, law: Any, alpha: ArrayLike = 0.05, alternative: _Alternative = "two-sided"
) -> Decision:
    """Decide a test at level alpha, with its p-value and its critical value.

    Parameters
    ----------
    statistic : array_like
        Observed value of the test statistic.
    law : distribution
        Its law under the null hypothesis, as for `pvalue`.
    alpha : array_like, default 0.05
        Level of the test, strictly between 0 and 1, chosen before the data are seen.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Which values are extreme.

    Returns
    -------
    Decision
        `reject`, `pvalue` and `critical_value`.

    Raises
    ------
    TypeError, ValueError
        As `pvalue` and `critical_value` do.

    See Also
    --------
    pvalue, critical_value : the parts.

    References
    ----------
    E. L. Lehmann and J. P. Romano, Testing Statistical Hypotheses, 3rd ed., 2005, sec. 3.1.

    Examples
    --------
    >>> from companion.probability import t
    >>> reject, p, critical = decide(-2.6, t(10), alternative="less")
    >>> bool(reject), round(float(p), 4), round(float(critical), 4)
    (True, 0.0132, -1.8125)
    """
    p = pvalue(statistic, law, alternative)
    return Decision(np.less(p, _as_level(alpha, "alpha")), p, critical_value(alpha, law, alternative))


def _demand_options(law: Any, alternative: str) -> None:
    if any(not callable(getattr(law, method, None)) for method in ("cdf", "sf", "ppf", "isf")):
        raise TypeError(f"law must be a distribution with its parameters, such as t(19), got {law!r}")
    if alternative not in ("two-sided", "less", "greater"):
        raise ValueError(f"alternative must be 'two-sided', 'less' or 'greater', got {alternative!r}")


def _apply(law: Any, method: str, x: _Floats) -> _Real:
    try:
        value: _Real = np.asarray(getattr(law, method)(x), dtype=np.float64)[()]
    except TypeError as error:  # t.cdf(x), for example
        raise TypeError(f"law must have its parameters, as in t(19); {law!r} does not: {error}") from error
    if np.isnan(value).any():
        raise ValueError(f"law must have parameters within their range; {method} is nan for {law!r}")
    return value
