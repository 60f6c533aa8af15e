"""Many tests at once: p-values adjusted for the number of tests, by several rules."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_probability, as_real

_Floats = NDArray[np.float64]


class MultipleTestsResult(NamedTuple):
    """What `multipletests` returns."""

    reject: NDArray[np.bool_]
    pvals_corrected: _Floats
    alphacSidak: float
    alphacBonf: float


def false_discovery_control(ps: ArrayLike, *, axis: int | None = 0, method: Literal["bh", "by"] = "bh") -> _Floats:
    r"""Adjust p-values so that those at most q have a false discovery rate of at most q.

    Parameters
    ----------
    ps : array_like, shape (m,) or (..., m, ...)
        p-values of m tests.
    axis : int or None, default 0
        The axis of the tests; with None the array is flattened.
    method : {"bh", "by"}, default "bh"
        Benjamini and Hochberg's rule, for independent or positively dependent tests, or Benjamini and Yekutieli's, for
        all.

    Returns
    -------
    ps_adjusted : ndarray
        In the shape of `ps`, in [0, 1]: for each test the least q at which it is rejected.

    Raises
    ------
    TypeError
        If the p-values are not real numbers, or `axis` is not an integer.
    ValueError
        If there are no p-values, one is outside [0, 1], `method` is unknown, or there is no such axis.

    See Also
    --------
    multipletests : the same and other rules, with decisions.
    scipy.stats.false_discovery_control : the same.

    Notes
    -----
    With the sorted p-values :math:`p_{(1)} \le \dots \le p_{(m)}`

    .. math:: \tilde p_{(i)} = \min_{j \ge i} \frac{m}{j}\, c\, p_{(j)}, \qquad
              c = 1 \text{ (bh)} \quad \text{or} \quad c = \sum_{j=1}^{m} \frac1j \text{ (by)}

    References
    ----------
    Y. Benjamini and Y. Hochberg, Controlling the false discovery rate: a practical and powerful approach to multiple
    testing, Journal of the Royal Statistical Society B 57, 1995. Y. Benjamini and D. Yekutieli, The control of the
    false discovery rate in multiple testing under dependency, Annals of Statistics 29, 2001.

    Examples
    --------
    >>> false_discovery_control([0.04, 0.001, 0.3, 0.02]).round(4).tolist()
    [0.0533, 0.004, 0.3, 0.04]
    """
    p = as_probability(ps, "ps")
    if p.size == 0:
        raise ValueError(f"ps must hold one p-value or more, got shape {p.shape}")
    if axis is None:
        p, axis = p.ravel(), 0
    p = np.moveaxis(p, as_axis(axis, p.ndim, "ps"), -1)
    order = np.argsort(p, axis=-1)
    i = np.arange(1, p.shape[-1] + 1)
    ratio = np.take_along_axis(p, order, axis=-1) * (len(i) / i)
    if method == "by":
        ratio *= (1 / i).sum()
    elif method != "bh":
        raise ValueError(f"method must be 'bh' or 'by', got {method!r}")
    adjusted = np.empty_like(ratio)
    least = np.minimum.accumulate(ratio[..., ::-1], axis=-1)[..., ::-1]
    np.put_along_axis(adjusted, order, np.minimum(least, 1), axis=-1)
    return np.moveaxis(adjusted, -1, axis)


def multipletests(pvals: ArrayLike, alpha: float = 0.05, method: str = "hs") -> MultipleTestsResult:
    r"""Test many null hypotheses at once, with a limit for false rejections among all of them.

    Parameters
    ----------
    pvals : array_like, shape (m,)
        p-values of m tests, in any order.
    alpha : float, default 0.05
        The limit: for the probability of one false rejection or more (family-wise error rate), or, for the rules that
        begin with fdr, for the expected share of false ones among the rejections (false discovery rate).
    method : {"bonferroni", "sidak", "holm", "holm-sidak", "fdr_bh", "fdr_by"}, default "hs"
        The rule; the first four may be shortened to "b", "s", "h" and "hs".

    Returns
    -------
    reject : ndarray of bool, shape (m,)
        Whether each null hypothesis is rejected, ``pvals_corrected <= alpha``.
    pvals_corrected : ndarray, shape (m,)
        For each test the least `alpha` at which it is rejected.
    alphacSidak, alphacBonf : float
        Level of each single test by Šidák and by Bonferroni.

    Raises
    ------
    TypeError
        If the p-values or `alpha` are not real numbers.
    ValueError
        If `pvals` has not one dimension or is empty, a p-value or `alpha` is outside [0, 1], or `method` is unknown.

    See Also
    --------
    false_discovery_control : the two rules for the false discovery rate, along an axis.
    statsmodels.stats.multitest.multipletests : the same, with more rules.

    Notes
    -----
    With m tests, Bonferroni and Šidák correct each p-value alone,

    .. math:: \tilde p = m p, \qquad \tilde p = 1 - (1 - p)^m .

    Holm's rules take them in order and count the ones that are left: for :math:`p_{(i)}` there are m - i + 1, and no
    corrected p-value is below the one before. Bonferroni and Holm need no independence; Šidák's hold for independent
    tests, exactly if all null hypotheses are true.

    References
    ----------
    S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979.

    Examples
    --------
    >>> pvals = [0.04, 0.001, 0.3, 0.02]
    >>> for method in ("bonferroni", "holm", "fdr_bh"):
    ...     result = multipletests(pvals, 0.05, method)
    ...     print(result.pvals_corrected.round(4).tolist(), result.reject.sum())
    [0.16, 0.004, 1.0, 0.08] 1
    [0.08, 0.004, 0.3, 0.06] 1
    [0.0533, 0.004, 0.3, 0.04] 2
    """
    p, level = as_probability(pvals, "pvals"), float(as_probability(as_real(alpha, "alpha"), "alpha"))
    if p.ndim != 1 or p.size == 0:
        raise ValueError(f"pvals must have one dimension and one p-value or more, got shape {p.shape}")
    if method not in _RULES:
        raise ValueError(f"method must be one of {', '.join(map(repr, _RULES))}, got {method!r}")
    corrected = _RULES[method](p)
    m = len(p)
    return MultipleTestsResult(corrected <= level, corrected, float(_sidak(np.asarray(level), 1 / m)), level / m)


def _bonferroni(p: _Floats, m: ArrayLike) -> _Floats:
    return np.minimum(np.multiply(m, p), 1)


def _sidak(p: _Floats, m: ArrayLike) -> _Floats:
    """Return 1 - (1 - p)^m, with all digits of small p."""
    with np.errstate(divide="ignore"):  # p = 1
        return np.abs(np.expm1(np.multiply(m, np.log1p(-p))))


def _step_down(p: _Floats, correct: Callable[[_Floats, ArrayLike], _Floats]) -> _Floats:
    """Correct each p-value for the number of those that are not smaller, in order."""
    order = np.argsort(p)
    corrected = np.empty_like(p)
    corrected[order] = np.maximum.accumulate(correct(p[order], np.arange(len(p), 0, -1)))
    return corrected


_RULES: dict[str, Callable[[_Floats], _Floats]] = {
    "bonferroni": lambda p: _bonferroni(p, len(p)),
    "sidak": lambda p: _sidak(p, len(p)),
    "holm": lambda p: _step_down(p, _bonferroni),
    "holm-sidak": lambda p: _step_down(p, _sidak),
    "fdr_bh": lambda p: false_discovery_control(p, method="bh"),
    "fdr_by": lambda p: false_discovery_control(p, method="by"),
}
_RULES |= {short: _RULES[name] for short, name in zip(("b", "s", "h", "hs"), _RULES, strict=False)}
