"""Correlation coefficients of paired data, with tests: Pearson's for lines, Spearman's for any monotone relation."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_probability, as_real, as_real_array
from companion.probability import norm
from companion.statistics._covariance import cov
from companion.statistics._ranks import rankdata
from companion.statistics._samples import demand_variation, summarise
from companion.statistics._t_tests import ConfidenceInterval, _pvalue

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Alternative = Literal["two-sided", "less", "greater"]

# Beyond this, r comes from the distance of the two unit vectors, whose square is 2 (1 - r): no digit of 1 - r is lost.
_NEARLY_A_LINE = 0.9


class SignificanceResult(NamedTuple):
    """What `spearmanr` returns."""

    statistic: _Real
    pvalue: _Real


class PearsonRResult(SignificanceResult):
    """What `pearsonr` returns: a pair (statistic, pvalue) that knows more.

    Attributes
    ----------
    statistic, pvalue : float or ndarray
        r, and the probability of a value at least as extreme under the null hypothesis.
    """

    _z: _Real
    _n: int
    _alternative: str

    def __new__(cls, statistic: _Real, pvalue: _Real, z: _Real, n: int, alternative: str) -> "PearsonRResult":
        self = super().__new__(cls, statistic, pvalue)
        self._z, self._n, self._alternative = z, n, alternative
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:  # for copies
        return (*self, self._z, self._n, self._alternative)

    def confidence_interval(self, confidence_level: float = 0.95) -> ConfidenceInterval:
        """Return an interval that holds the correlation of the population with the probability `confidence_level`.

        Fisher's z, the inverse hyperbolic tangent of r, is nearly normal with standard error 1/sqrt(n - 3) for normal
        data. Three pairs or fewer say nothing: the interval is from -1 to 1. For a one-sided test one end is -1 or 1.
        """
        level = float(as_probability(as_real(confidence_level, "confidence_level"), "confidence_level"))
        tail = (1 - level) / 2 if self._alternative == "two-sided" else 1 - level
        reach = norm.isf(tail) / np.sqrt(self._n - 3) if self._n > 3 and tail > 0 else np.inf
        low, high = -np.ones_like(self._z), np.ones_like(self._z)
        if self._alternative != "less" and reach < np.inf:
            low = np.tanh(self._z - reach)
        if self._alternative != "greater" and reach < np.inf:
            high = np.tanh(self._z + reach)
        return ConfidenceInterval(low[()], high[()])


def pearsonr(
    x: ArrayLike, y: ArrayLike, *, alternative: _Alternative = "two-sided", axis: int | None = 0
) -> PearsonRResult:
    r"""Pearson's correlation coefficient of paired data, with the test of no correlation.

    Parameters
    ----------
    x, y : array_like, shape (n,) or (..., n, ...)
        At least two pairs, each variable in its own unit. All but the axis of the pairs is broadcast: for the
        correlation of each column of X with y pass ``y[:, None]``.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the correlation of the population differs from, is below, or is above 0.
    axis : int or None, default 0
        The axis of the pairs; with None both arrays are flattened.

    Returns
    -------
    PearsonRResult
        `statistic`, which is r in [-1, 1], and `pvalue`, each a float, or an ndarray without the axis; and
        ``confidence_interval(confidence_level)`` by Fisher's z, with `low` and `high`.

    Raises
    ------
    TypeError
        If the data are not real numbers, or `axis` is not an integer.
    ValueError
        If there are less than two pairs, the lengths differ, a variable is constant, a value is nan or infinite, or
        `alternative` is unknown. (SciPy warns and returns nan for constants.)

    See Also
    --------
    corrcoef : the matrix of all correlations, without tests.
    spearmanr : the same of ranks.
    scipy.stats.pearsonr : the same, but for the p-value of two pairs with a one-sided alternative, which is 1 there.

    Notes
    -----
    .. math:: r = \frac{\sum_i (x_i - \bar x)(y_i - \bar y)}
              {\sqrt{\sum_i (x_i - \bar x)^2} \sqrt{\sum_i (y_i - \bar y)^2}}, \qquad
              t = r \sqrt{\frac{n - 2}{1 - r^2}}, \qquad z = \operatorname{artanh} r

    r is the cosine of the angle between the deviations :math:`x - \bar x` and :math:`y - \bar y`. For independent
    normal data t follows Student's law with n - 2 degrees of freedom, at every n. With the deviations at length 1,
    u and v, the root of :math:`1 - r^2` is :math:`\lVert u - v \rVert \lVert u + v \rVert / 2`, and z the logarithm of
    :math:`\lVert u + v \rVert / \lVert u - v \rVert`: both keep their digits for points that nearly lie on a line. Two
    points always do: r is 1 or -1, each with the probability 1/2.

    References
    ----------
    R. A. Fisher, Frequency distribution of the values of the correlation coefficient in samples from an indefinitely
    large population, Biometrika 10, 1915.

    Examples
    --------
    >>> result = pearsonr([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5])
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 4)
    (0.8286, 0.0416)
    >>> low, high = result.confidence_interval(0.95)
    >>> round(float(low), 4), round(float(high), 4)
    (0.0519, 0.9807)
    """
    u, v = _unit_deviations(x, y, axis)
    r = np.einsum("i...,i...->...", u, v)
    apart, along = np.linalg.norm(u - v, axis=0), np.linalg.norm(u + v, axis=0)
    r = np.where(np.abs(r) > _NEARLY_A_LINE, np.sign(r) * (1 - np.minimum(apart, along) ** 2 / 2), r)
    with np.errstate(divide="ignore"):  # points on a line
        z = np.log(along / apart)
    pvalue = _test(r, apart * along / 2, len(u), alternative)
    return PearsonRResult(r[()], pvalue, z, len(u), alternative)


def spearmanr(
    a: ArrayLike, b: ArrayLike | None = None, axis: int | None = 0, *, alternative: _Alternative = "two-sided"
) -> SignificanceResult:
    r"""Spearman's rank correlation coefficient, with the test of no correlation.

    Parameters
    ----------
    a, b : array_like, shape (n,) or (n, d)
        At least two observations of each variable, each in its own unit or an order of grades; `b` may be left out if
        `a` holds two variables or more.
    axis : {0, 1, None}, default 0
        The axis of the observations: 0 if each column is a variable, 1 if each row is one; with None both arrays are
        flattened.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Whether the correlation of the population differs from, is below, or is above 0.

    Returns
    -------
    statistic : float, or ndarray of shape (d, d) for d > 2 variables
        Correlation of the ranks, in [-1, 1]; 1 if one variable always rises with the other.
    pvalue : float, or ndarray of shape (d, d)

    Raises
    ------
    TypeError
        If the data are not real numbers, or `axis` is not an integer.
    ValueError
        If there is one variable only, or one observation, the lengths differ, a variable is constant, a value is nan or
        infinite, or `alternative` is unknown. (SciPy warns and returns nan for constants.)

    See Also
    --------
    pearsonr : the correlation of the values themselves.
    rankdata : the ranks, equal values sharing their mean.
    scipy.stats.spearmanr : the same; for two observations its p-value is nan.

    Notes
    -----
    Pearson's coefficient of the mid-ranks. Without ties it is

    .. math:: r_s = 1 - \frac{6 \sum_i d_i^2}{n (n^2 - 1)}

    with the differences :math:`d_i` of the two ranks. The p-value is Student's approximation, good from some tens of
    observations on; for few, `permutation_test` of pairings finds it exactly. For :math:`r_s = \pm 1` the approximation
    is 0 from three observations on, and right is 2/n!, two-sided and without ties.

    References
    ----------
    C. Spearman, The proof and measurement of association between two things, American Journal of Psychology 15, 1904.

    Examples
    --------
    Five students, ranked by two teachers:

    >>> result = spearmanr([1, 2, 3, 4, 5], [2, 1, 3, 5, 4])
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 4)
    (0.8, 0.1041)
    """
    if axis is not None:
        as_axis(axis, 2, "a")
    columns = [_mid_ranks(x, name, axis) for x, name in ((a, "a"), (b, "b")) if x is not None]
    if len(columns[0]) != len(columns[-1]):
        raise ValueError(f"a and b must have as many observations, got {len(columns[0])} and {len(columns[1])}")
    ranks = np.hstack(columns)
    if min(ranks.shape) < 2:
        raise ValueError(
            f"a and b must hold two variables or more, of two observations or more, got {ranks.shape[::-1]}"
        )
    demand_variation(np.ptp(ranks, axis=0), "each variable must vary")
    sigma = cov(ranks, rowvar=False)
    variances = np.diag(sigma)
    rho = np.clip(sigma / np.sqrt(np.outer(variances, variances)), -1, 1)
    pvalue = np.asarray(_test(rho, np.sqrt((1 - rho) * (1 + rho)), len(ranks), alternative))
    return SignificanceResult(rho, pvalue) if len(rho) > 2 else SignificanceResult(rho[0, 1], pvalue[0, 1])


def _unit_deviations(x: ArrayLike, y: ArrayLike, axis: int | None) -> list[_Floats]:
    """Return the deviations of both variables from their means, along the first axis, divided by their lengths."""
    arrays = [as_real_array(x, "x"), as_real_array(y, "y")]
    if axis is None:
        arrays, axis = [array.ravel() for array in arrays], 0
    ndim = max(array.ndim for array in arrays)
    axis = as_axis(axis, ndim, "x and y")
    arrays = [np.moveaxis(array.reshape((1,) * (ndim - array.ndim) + array.shape), axis, 0) for array in arrays]
    if len(arrays[0]) != len(arrays[1]):
        raise ValueError(
            f"x and y must have the same length along axis {axis}, got the shapes {np.shape(x)} and {np.shape(y)}; "
            "for each column of one with the other pass y[:, None]"
        )
    if len(arrays[0]) < 2:
        raise ValueError(f"x and y must hold two pairs or more along axis {axis}, got {len(arrays[0])}")
    return [_unit_deviation(array, name) for array, name in zip(arrays, ("x", "y"), strict=True)]


def _unit_deviation(x: _Floats, name: str) -> _Floats:
    _, exponent = np.frexp(np.abs(x).max(axis=0))
    deviations: _Floats = np.ldexp(x, -exponent)  # exact, and no square over- or underflows
    size = summarise(deviations).size
    demand_variation(size, f"{name} must vary")
    return deviations / size


def _mid_ranks(variables: ArrayLike, name: str, axis: int | None) -> _Floats:
    """Return the mid-ranks of one variable or of many, one a column."""
    ndim = as_real_array(variables, name).ndim
    if ndim > 2:
        raise ValueError(f"{name} must have one dimension or two, got shape {np.shape(variables)}")
    if axis is None or ndim < 2:
        return rankdata(variables)[:, None]
    ranks = rankdata(variables, axis=axis)
    return ranks if axis in (0, -2) else ranks.T


def _test(r: _Floats, root: _Floats, n: int, alternative: str) -> _Real:
    """Return the p-value of a correlation, given the root of 1 - r^2 with all its digits."""
    with np.errstate(divide="ignore"):  # points on a line
        statistic = r * np.sqrt(n - 2) / np.where(n > 2, root, 1)
    pvalue = _pvalue(statistic, np.broadcast_to(max(n - 2, 1), r.shape), alternative)
    if n > 2:
        return pvalue
    # Two pairs: r is 1 or -1, and one of them is what a one-sided alternative says.
    claimed = np.sign(r) == {"two-sided": 0, "less": -1, "greater": 1}[alternative]
    return np.where(claimed, 0.5, 1.0)[()]
