"""Chi-square tests on counts: goodness of fit, independence, and the strength of an association."""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_count, as_nonnegative, as_positive
from companion.probability import gamma

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats

# Relative difference by which the sums of observed and expected counts may differ, as in SciPy.
_SUM_RTOL = 1e-8


class ChisquareResult(NamedTuple):
    """What `chisquare` returns."""

    statistic: _Real
    pvalue: _Real


class Chi2ContingencyResult(NamedTuple):
    """What `chi2_contingency` returns."""

    statistic: float
    pvalue: float
    dof: int
    expected_freq: _Floats


def chisquare(f_obs: ArrayLike, f_exp: ArrayLike | None = None, ddof: int = 0, axis: int = 0) -> ChisquareResult:
    r"""Test whether counts agree with expected ones (goodness of fit).

    Parameters
    ----------
    f_obs : array_like, shape (k,) or (..., k, ...)
        Observed counts of the k categories.
    f_exp : array_like, shape as `f_obs`, optional
        Expected counts under the null hypothesis, positive, with the same sum; without them all categories are equally
        likely.
    ddof : int, default 0
        How many parameters were estimated from these counts: they cost as many degrees of freedom.
    axis : int, default 0
        The axis of the categories.

    Returns
    -------
    statistic : float, or ndarray without the axis
        :math:`\chi^2`.
    pvalue : float, or ndarray without the axis
        Probability of a statistic at least as large under the null hypothesis, by its limit law, which has k - 1 - ddof
        degrees of freedom.

    Raises
    ------
    ValueError
        If a count is negative, an expected one is not positive, the sums differ, no degree of freedom is left, or
        `axis` is none of the axes.

    See Also
    --------
    chi2_contingency : independence of two variables.
    scipy.stats.chisquare : the same.

    Notes
    -----
    .. math:: \chi^2 = \sum_{i=1}^{k} \frac{(O_i - E_i)^2}{E_i}

    The limit law is a good approximation if the expected counts are at least 5 or so.

    References
    ----------
    K. Pearson, On the criterion that a given system of deviations ..., Philosophical Magazine 50, 1900.

    Examples
    --------
    62 heads in 100 tosses of a coin that should be fair:

    >>> result = chisquare([62, 38])
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 6)
    (5.76, 0.016395)
    """
    O = _as_counts(f_obs, "f_obs")
    axis = as_axis(axis, O.ndim, "f_obs")
    O = np.moveaxis(O, axis, -1)
    k = O.shape[-1]
    dof = k - 1 - as_count(ddof, "ddof", minimum=0)
    if dof < 1:
        raise ValueError(f"no degree of freedom is left: {k} categories - 1 - ddof = {dof}; use more categories")
    if f_exp is None:
        E = np.broadcast_to(O.mean(axis=-1, keepdims=True), O.shape)
        _demand_some(O.sum(axis=-1), "f_obs")
    else:
        E = np.moveaxis(_as_expected(f_exp, f_obs), axis, -1)
        _demand_same_sum(O.sum(axis=-1), E.sum(axis=-1))
    statistic = ((O - E) ** 2 / E).sum(axis=-1)
    return ChisquareResult(statistic, _chi2_sf(statistic, dof))


def expected_freq(observed: ArrayLike) -> _Floats:
    r"""Return the counts that a table with these margins would have on average if its variables were independent.

    Parameters
    ----------
    observed : array_like, shape (r, c) or with more axes
        Observed counts, one axis a variable.

    Returns
    -------
    expected : ndarray, shape as `observed`

    Raises
    ------
    ValueError
        If a count is negative, or all are 0.

    See Also
    --------
    scipy.stats.contingency.expected_freq : the same.

    Notes
    -----
    .. math:: E_{ij} = \frac{(\text{row total})_i \, (\text{column total})_j}{N}

    References
    ----------
    A. Agresti, Categorical Data Analysis, 3rd ed., 2013, sec. 3.2.

    Examples
    --------
    Tea or coffee, men in the first row and women in the second:

    >>> expected_freq([[20, 30], [10, 40]])
    array([[15., 35.],
           [15., 35.]])
    """
    O = _as_counts(observed, "observed")
    N = _demand_some(O.sum(), "observed")
    E = np.full(O.shape, N)
    for axis in range(O.ndim):
        others = tuple(other for other in range(O.ndim) if other != axis)
        E = E * (O.sum(axis=others, keepdims=True) / N)
    return E


def chi2_contingency(observed: ArrayLike, correction: bool = True) -> Chi2ContingencyResult:
    r"""Test whether the variables of a table of counts are independent.

    Parameters
    ----------
    observed : array_like, shape (r, c) or with more axes
        Observed counts, one axis a variable.
    correction : bool, default True
        For one degree of freedom move each observed count by 1/2 towards its expected one, but not beyond it (Yates).

    Returns
    -------
    statistic : float
        :math:`\chi^2`.
    pvalue : float
        Probability of a statistic at least as large under independence, by its limit law.
    dof : int
        Degrees of freedom, (r - 1)(c - 1) for two variables.
    expected_freq : ndarray, shape as `observed`
        Expected counts.

    Raises
    ------
    ValueError
        If a count is negative, all are 0, or all counts of a row or column are 0: its expected counts are 0.

    See Also
    --------
    association : how strong the dependence is.
    scipy.stats.chi2_contingency : the same; it also has exact and Monte Carlo p-values.

    Notes
    -----
    .. math:: \chi^2 = \sum_i \sum_j \frac{(O_{ij} - E_{ij})^2}{E_{ij}}

    References
    ----------
    A. Agresti, Categorical Data Analysis, 3rd ed., 2013, sec. 3.2. F. Yates, Contingency tables involving small numbers
    and the chi-square test, Supplement to the Journal of the Royal Statistical Society 1, 1934.

    Examples
    --------
    >>> result = chi2_contingency([[20, 30], [10, 40]], correction=False)
    >>> round(result.statistic, 4), round(result.pvalue, 6), result.dof
    (4.7619, 0.029096, 1)
    """
    O = _as_counts(observed, "observed")
    E = expected_freq(O)
    if np.any(E == 0):
        raise ValueError("observed has a row or column without any count; leave it out: it says nothing")
    dof = O.size - sum(O.shape) + O.ndim - 1
    if correction and dof == 1:
        O = O + np.clip(E - O, -0.5, 0.5)
    if dof == 0:
        return Chi2ContingencyResult(0.0, 1.0, 0, E)
    statistic = float(((O - E) ** 2 / E).sum())
    return Chi2ContingencyResult(statistic, float(_chi2_sf(statistic, dof)), dof, E)


def association(
    observed: ArrayLike, method: Literal["cramer", "tschuprow", "pearson"] = "cramer", correction: bool = False
) -> float:
    r"""Return how strongly two categorical variables depend on each other, from 0 to 1.

    Parameters
    ----------
    observed : array_like, shape (r, c)
        Observed counts, at least two rows and columns.
    method : {"cramer", "tschuprow", "pearson"}, default "cramer"
        Cramér's V, Tschuprow's T, or Pearson's contingency coefficient, which does not reach 1.
    correction : bool, default False
        Whether to correct the statistic of a 2 × 2 table (Yates).

    Returns
    -------
    value : float
        0 for counts as under independence; V is 1 if one variable is a function of the other.

    Raises
    ------
    ValueError
        If `observed` has not two axes with two categories at least, and as `chi2_contingency`.

    See Also
    --------
    scipy.stats.contingency.association : the same.

    Notes
    -----
    .. math:: V = \sqrt{\frac{\chi^2}{N \min(r - 1, c - 1)}}, \qquad
              T = \sqrt{\frac{\chi^2}{N \sqrt{(r - 1)(c - 1)}}}, \qquad C = \sqrt{\frac{\chi^2}{N + \chi^2}}

    References
    ----------
    H. Cramér, Mathematical Methods of Statistics, 1946, sec. 21.9.

    Examples
    --------
    >>> round(association([[20, 30], [10, 40]]), 4)
    0.2182
    """
    O = _as_counts(observed, "observed")
    if O.ndim != 2 or min(O.shape) < 2:
        raise ValueError(f"observed must have two rows and two columns at least, got shape {O.shape}")
    statistic, N = chi2_contingency(O, correction=correction).statistic, O.sum()
    rows, columns = O.shape
    if method == "cramer":
        phi2 = statistic / (N * min(rows - 1, columns - 1))
    elif method == "tschuprow":
        phi2 = statistic / (N * np.sqrt((rows - 1) * (columns - 1)))
    elif method == "pearson":
        phi2 = statistic / (N + statistic)
    else:
        raise ValueError(f"method must be 'cramer', 'tschuprow' or 'pearson', got {method!r}")
    return float(np.sqrt(phi2))


def _chi2_sf(statistic: ArrayLike, dof: int) -> _Real:
    # chi-square with nu degrees of freedom is gamma with shape nu/2 and scale 2
    return gamma.sf(statistic, dof / 2, scale=2)


def _as_counts(counts: ArrayLike, name: str) -> _Floats:
    O = as_nonnegative(counts, name)
    if O.ndim == 0 or O.size == 0:
        raise ValueError(f"{name} must hold the counts of the categories, got shape {O.shape}")
    return O


def _as_expected(f_exp: ArrayLike, f_obs: ArrayLike) -> _Floats:
    E = as_positive(f_exp, "f_exp")
    if E.shape != np.shape(f_obs):
        raise ValueError(f"f_exp must have the shape of f_obs, {np.shape(f_obs)}, got {E.shape}")
    return E


def _demand_some(total: _Real, name: str) -> _Real:
    if np.any(total == 0):
        raise ValueError(f"{name} must hold a positive count, got zeros only")
    return total


def _demand_same_sum(observed: _Real, expected: _Real) -> None:
    if np.any(np.abs(observed - expected) > _SUM_RTOL * np.minimum(observed, expected)):
        raise ValueError(
            f"f_obs and f_exp must have the same sum, got {observed} and {expected}; scale f_exp, e.g. "
            "f_exp * f_obs.sum() / f_exp.sum()"
        )
