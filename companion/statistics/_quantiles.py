"""Quantiles by every common rule, percentile ranks, and what a box plot is made of."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from companion._validation import as_nonnegative, as_probability, as_real, as_real_array
from companion.statistics._samples import as_samples
from companion.statistics._spread import _as_scale

_Floats = NDArray[np.float64]
_Kind = Literal["rank", "weak", "strict", "mean"]


class _Rule(NamedTuple):
    """Where a rule places the sorted values, and the weight of the upper neighbour, from its place and the rest."""

    alpha: float
    beta: float
    weight: Callable[[_Floats, _Floats], Any] = lambda j, rest: rest


_RULES = {
    "inverted_cdf": _Rule(0, 1, lambda j, rest: rest > 0),
    "averaged_inverted_cdf": _Rule(0, 1, lambda j, rest: (1 + (rest > 0)) / 2),
    "closest_observation": _Rule(-1 / 2, 3 / 2, lambda j, rest: (rest > 0) | (j % 2 == 0)),
    "interpolated_inverted_cdf": _Rule(0, 1),
    "hazen": _Rule(1 / 2, 1 / 2),
    "weibull": _Rule(0, 0),
    "linear": _Rule(1, 1),
    "median_unbiased": _Rule(1 / 3, 1 / 3),
    "normal_unbiased": _Rule(3 / 8, 3 / 8),
    # Hyndman and Fan number those above from 1 to 9; these four choose between the neighbours of "linear".
    "lower": _Rule(1, 1, lambda j, rest: 0 * rest),
    "higher": _Rule(1, 1, lambda j, rest: rest > 0),
    "midpoint": _Rule(1, 1, lambda j, rest: (rest > 0) / 2),
    "nearest": _Rule(1, 1, lambda j, rest: (rest > 0.5) | ((rest == 0.5) & (j % 2 == 1))),
}


class FiveNumberSummary(NamedTuple):
    """The extremes, the quartiles and the median between them."""

    minimum: Any
    q1: Any
    median: Any
    q3: Any
    maximum: Any


class Fences(NamedTuple):
    """What lies below `lower` or above `upper` deserves a second look."""

    lower: Any
    upper: Any


def quantile(a: ArrayLike, q: ArrayLike, axis: int | None = None, *, method: str = "linear") -> Any:
    r"""Quantile of data: the value below which about a share q of them lies.

    Parameters
    ----------
    a : array_like
        Data in any unit and order, at least one value.
    q : float or array_like
        Levels, in [0, 1].
    axis : int or None, default None
        Axis along which the observations lie; None takes all of `a` as one sample.
    method : str, default "linear"
        The rule, by NumPy's names: "inverted_cdf", "averaged_inverted_cdf", "closest_observation",
        "interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased" and "normal_unbiased" (numbers 1
        to 9 of Hyndman and Fan, in this order), "lower", "higher", "midpoint" or "nearest".

    Returns
    -------
    float or ndarray
        The quantiles, in the unit of the data: the shape of `q`, followed by that of `a` without `axis`.

    Raises
    ------
    TypeError
        If `a` or `q` does not hold real numbers, or `axis` is not an integer or None.
    ValueError
        If `a` is empty along `axis` or holds nan or infinity, a level is outside [0, 1], `axis` is none of its axes, or
        `method` is none of the rules.

    See Also
    --------
    percentile : with levels from 0 to 100.
    percentileofscore : the other way, from a value to its level.
    numpy.quantile : the same.

    Notes
    -----
    With the sorted values :math:`x_{(1)} \le \dots \le x_{(n)}`, every rule is a position in the list, and a weight of
    the value after it:

    .. math:: h = \alpha + (n + 1 - \alpha - \beta)\, p, \quad j = \lfloor h \rfloor, \qquad
              Q_p = (1 - \gamma)\, x_{(j)} + \gamma\, x_{(j + 1)}

    Positions below 1 mean the smallest value, above n the largest. The rules that interpolate have
    :math:`\gamma = h - j`; the others make of it one of 0, 1/2 and 1. The code counts from 0, so its position is one
    less.

    References
    ----------
    R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50(4), 1996.

    Examples
    --------
    >>> x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]
    >>> quantile(x, [0.25, 0.5, 0.75]).tolist()
    [3.5, 6.0, 8.5]
    >>> quantile(x, [0.25, 0.5, 0.75], method="weibull").tolist()
    [3.0, 6.0, 9.0]
    >>> float(quantile(x, 0.9, method="inverted_cdf"))
    10.0
    """
    rule = _as_rule(method, "method")
    return _quantile(as_samples(a, "a", axis, 1), as_probability(q, "q"), rule)


def _quantile(x: _Floats, p: _Floats, rule: _Rule) -> Any:
    n = len(x)
    h = (rule.alpha - 1) + (n + 1 - rule.alpha - rule.beta) * p  # counted from 0
    j = np.floor(h)
    gamma = np.reshape(rule.weight(j, h - j), p.shape + (1,) * (x.ndim - 1))
    here, there = (np.clip(j + step, 0, n - 1).astype(int) for step in (0, 1))
    x = np.partition(x, np.union1d(here, there), axis=0)
    value = (1 - gamma) * x[here] + gamma * x[there]
    return np.clip(value, x[here], x[there])  # rounding must not lead out of the interval


def percentile(a: ArrayLike, q: ArrayLike, axis: int | None = None, *, method: str = "linear") -> Any:
    """Percentile of data: the quantile at a level given in percent.

    Parameters
    ----------
    a : array_like
        Data in any unit and order, at least one value.
    q : float or array_like
        Levels in percent, in [0, 100].
    axis : int or None, default None
        Axis along which the observations lie; None takes all of `a` as one sample.
    method : str, default "linear"
        One of the rules of `quantile`.

    Returns
    -------
    float or ndarray
        The percentiles, in the unit of the data: the shape of `q`, followed by that of `a` without `axis`.

    Raises
    ------
    TypeError
        If `a` or `q` does not hold real numbers, or `axis` is not an integer or None.
    ValueError
        As `quantile`, with levels in [0, 100].

    See Also
    --------
    quantile : with levels from 0 to 1, and all about the rules.
    percentileofscore : the percentile rank of a value.

    References
    ----------
    R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50(4), 1996.

    Examples
    --------
    >>> float(percentile(range(1, 11), 90, method="inverted_cdf"))
    9.0
    >>> percentile([[1, 10], [3, 30]], 50, axis=0).tolist()
    [2.0, 20.0]
    """
    rule = _as_rule(method, "method")
    return _quantile(as_samples(a, "a", axis, 1), _as_percent(q, "q") / 100, rule)


def percentileofscore(a: ArrayLike, score: ArrayLike, kind: _Kind = "rank") -> Any:
    r"""Percentile rank: the percentage of the data at or below a score.

    Parameters
    ----------
    a : array_like, shape (n,)
        Data in any unit and order, at least one value.
    score : float or array_like
        The scores, in the unit of the data; they need not be among them.
    kind : {"rank", "weak", "strict", "mean"}, default "rank"
        What becomes of data equal to the score. "weak" counts all of them, "strict" none, "mean" half, and "rank"
        gives them their average rank, which is half a value more than "mean".

    Returns
    -------
    float or ndarray, same shape as `score`
        Percentages, from 0 to 100.

    Raises
    ------
    TypeError
        If `a` or `score` does not hold real numbers.
    ValueError
        If `a` is empty or has not one dimension, an argument holds nan or infinity, or `kind` is none of the four.

    See Also
    --------
    percentile : the other way, from a percentage to a value.
    ecdf : the "weak" share for all values at once.
    scipy.stats.percentileofscore : the same.

    Notes
    -----
    .. math:: \text{weak:}\quad \frac{100}{n}\, \#\{i : x_i \le s\}, \qquad
              \text{strict:}\quad \frac{100}{n}\, \#\{i : x_i < s\}

    References
    ----------
    R. J. Hyndman and Y. Fan, Sample quantiles in statistical packages, The American Statistician 50(4), 1996.

    Examples
    --------
    >>> scores = range(1, 11)
    >>> float(percentileofscore(scores, 9, kind="weak")), float(percentileofscore(scores, 9, kind="strict"))
    (90.0, 80.0)
    >>> percentileofscore([1, 2, 3, 3, 4], [0, 3], kind="mean").tolist()
    [0.0, 60.0]
    """
    if kind not in get_args(_Kind):
        raise ValueError(f"kind must be one of {', '.join(get_args(_Kind))}, got {kind!r}")
    x, score = np.sort(_as_one_sample(a, "a")), as_real_array(score, "score")
    below, up_to = (np.searchsorted(x, score, side=side) for side in ("left", "right"))
    twice = {
        "weak": 2 * up_to,
        "strict": 2 * below,
        "mean": below + up_to,
        "rank": below + up_to + (below < up_to),
    }
    return (twice[kind] * 50 / x.size)[()]


def iqr(
    x: ArrayLike,
    axis: int | None = None,
    rng: tuple[float, float] = (25, 75),
    scale: float | Literal["normal"] = 1.0,
    interpolation: str = "linear",
) -> Any:
    r"""Interquartile range: the spread of the middle half of the data.

    Parameters
    ----------
    x : array_like
        Data in any unit and order, at least one value.
    axis : int or None, default None
        Axis along which the observations lie; None takes all of `x` as one sample.
    rng : pair of float, default (25, 75)
        The two percentiles whose distance is wanted, each in [0, 100], in either order.
    scale : float or "normal", default 1.0
        What the distance is divided by, above 0. "normal" stands for the interquartile range 1.349 of the standard
        normal law: then the result estimates the standard deviation of normal data.
    interpolation : str, default "linear"
        One of the rules of `quantile`.

    Returns
    -------
    float or ndarray
        The distance, in the unit of the data: 0 or more, the shape of `x` without `axis`.

    Raises
    ------
    TypeError
        If `x`, `rng` or `scale` does not hold real numbers, or `axis` is not an integer or None.
    ValueError
        If `x` is empty along `axis` or holds nan or infinity, `axis` is none of its axes, `rng` is not a pair of
        numbers in [0, 100], `scale` is not positive, `interpolation` is none of the rules, or the distance overflows.

    See Also
    --------
    median_abs_deviation : another spread that outliers hardly move.
    tukey_fences : uses it to find outliers.
    scipy.stats.iqr : the same.

    Notes
    -----
    .. math:: \mathrm{IQR} = Q_3 - Q_1

    References
    ----------
    J. W. Tukey, Exploratory Data Analysis, 1977, ch. 2.

    Examples
    --------
    >>> x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]
    >>> float(iqr(x)), float(iqr(x, interpolation="weibull"))
    (5.0, 6.0)
    >>> float(iqr(x, rng=(10, 90)))
    8.0
    """
    rule, unit = _as_rule(interpolation, "interpolation"), _as_unit(scale)
    levels = _as_percent(rng, "rng")
    if levels.shape != (2,):
        raise ValueError(f"rng must be a pair of percentages such as (25, 75), got {rng!r}")
    low, high = _quantile(as_samples(x, "x", axis, 1), np.sort(levels) / 100, rule)
    with np.errstate(over="ignore"):  # complained about
        return _without_overflow((high - low) / unit, "x")


def five_number_summary(x: ArrayLike, axis: int | None = None, *, method: str = "linear") -> FiveNumberSummary:
    """Five-number summary of data: minimum, lower quartile, median, upper quartile, maximum.

    Parameters
    ----------
    x : array_like
        Data in any unit and order, at least one value.
    axis : int or None, default None
        Axis along which the observations lie; None takes all of `x` as one sample.
    method : str, default "linear"
        One of the rules of `quantile`, for the quartiles and the median.

    Returns
    -------
    FiveNumberSummary
        `minimum`, `q1`, `median`, `q3` and `maximum`, in the unit of the data, each of the shape of `x` without `axis`.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `axis` is not an integer or None.
    ValueError
        If `x` is empty along `axis` or holds nan or infinity, `axis` is none of its axes, or `method` is none of the
        rules.

    See Also
    --------
    boxplot_stats : the same, with whiskers that stop before outliers.

    References
    ----------
    J. W. Tukey, Exploratory Data Analysis, 1977, ch. 2. His hinges are the quartiles of one rule more; for n = 4k + 1
    they are those of "linear".

    Examples
    --------
    >>> five = five_number_summary([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100], method="weibull")
    >>> [float(number) for number in five]
    [1.0, 3.0, 6.0, 9.0, 100.0]
    >>> five_number_summary([[1, 10], [3, 30]], axis=0).median.tolist()
    [2.0, 20.0]
    """
    rule, levels = _as_rule(method, "method"), np.array([0, 0.25, 0.5, 0.75, 1])
    return FiveNumberSummary(*_quantile(as_samples(x, "x", axis, 1), levels, rule))


def tukey_fences(x: ArrayLike, k: float = 1.5, axis: int | None = None, *, method: str = "linear") -> Fences:
    r"""Tukey's fences: values outside them are potential outliers.

    Parameters
    ----------
    x : array_like
        Data in any unit and order, at least one value.
    k : float, default 1.5
        How many interquartile ranges the fences stand off the quartiles, 0 or more; 3 for values "far out".
    axis : int or None, default None
        Axis along which the observations lie; None takes all of `x` as one sample.
    method : str, default "linear"
        One of the rules of `quantile`.

    Returns
    -------
    Fences
        `lower` and `upper`, in the unit of the data, each of the shape of `x` without `axis`.

    Raises
    ------
    TypeError
        If `x` or `k` does not hold real numbers, or `axis` is not an integer or None.
    ValueError
        If `x` is empty along `axis` or holds nan or infinity, `axis` is none of its axes, `k` is negative, `method` is
        none of the rules, or a fence overflows.

    See Also
    --------
    boxplot_stats : with the values outside.

    Notes
    -----
    .. math:: Q_1 - k\,(Q_3 - Q_1), \qquad Q_3 + k\,(Q_3 - Q_1)

    For k = 1.5, 0.7 % of a normal population lies outside.

    References
    ----------
    J. W. Tukey, Exploratory Data Analysis, 1977, ch. 2.

    Examples
    --------
    >>> x = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100])
    >>> lower, upper = tukey_fences(x, method="weibull")
    >>> float(lower), float(upper)
    (-6.0, 18.0)
    >>> x[(x < lower) | (x > upper)].tolist()
    [100]
    """
    return _fences(as_samples(x, "x", axis, 1), _as_reach(k, "k"), _as_rule(method, "method"), "x")


def _fences(x: _Floats, k: float, rule: _Rule, name: str) -> Fences:
    q1, q3 = _quantile(x, np.array([0.25, 0.75]), rule)
    with np.errstate(over="ignore", invalid="ignore"):  # complained about
        return Fences(*_without_overflow(np.array([q1 - k * (q3 - q1), q3 + k * (q3 - q1)]), name))


def boxplot_stats(X: ArrayLike, whis: float = 1.5, *, method: str = "linear") -> list[dict[str, Any]]:
    """Numbers that a box plot draws: quartiles, whiskers that end at data within Tukey's fences, and the rest.

    Parameters
    ----------
    X : array_like, shape (n,)
        One sample in any unit and order, at least one value.
    whis : float, default 1.5
        How many interquartile ranges the fences stand off the box, 0 or more.
    method : str, default "linear"
        One of the rules of `quantile`.

    Returns
    -------
    list of one dict
        As matplotlib's ``Axes.bxp`` wants it: the numbers "mean", "med", "q1", "q3", "iqr", "whislo" and "whishi", and
        the ndarray "fliers" of the values beyond the whiskers, the low ones first; all in the unit of the data.

    Raises
    ------
    TypeError
        If `X` or `whis` does not hold real numbers.
    ValueError
        If `X` is empty, has not one dimension or holds nan or infinity, `whis` is negative, `method` is none of the
        rules, or a fence overflows.

    See Also
    --------
    tukey_fences : the fences themselves, which a box plot does not draw.
    matplotlib.cbook.boxplot_stats : the same for the rule "linear", also with several samples and notches.

    Notes
    -----
    A whisker ends at the outermost value within the fence, or at the quartile if no value lies between the two.

    References
    ----------
    R. McGill, J. W. Tukey and W. A. Larsen, Variations of box plots, The American Statistician 32(1), 1978.

    Examples
    --------
    >>> (box,) = boxplot_stats([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100], method="weibull")
    >>> float(box["q1"]), float(box["q3"]), float(box["whislo"]), float(box["whishi"]), box["fliers"].tolist()
    (3.0, 9.0, 1.0, 10.0, [100.0])
    """
    x, rule = _as_one_sample(X, "X"), _as_rule(method, "method")
    lower, upper = _fences(x, _as_reach(whis, "whis"), rule, "X")
    q1, med, q3 = _quantile(x, np.array([0.25, 0.5, 0.75]), rule)
    whislo = min(q1, x[x >= lower].min(initial=np.inf))
    whishi = max(q3, x[x <= upper].max(initial=-np.inf))
    fliers = np.concatenate([x[x < whislo], x[x > whishi]])
    with np.errstate(over="ignore"):  # complained about
        mean = _without_overflow(x.mean(), "X")
    box = {"mean": mean, "med": med, "q1": q1, "q3": q3, "iqr": q3 - q1}
    return [{**box, "whislo": whislo, "whishi": whishi, "fliers": fliers}]


def _as_rule(method: Any, name: str) -> _Rule:
    if not isinstance(method, str) or method not in _RULES:
        raise ValueError(f"{name} must be one of {', '.join(_RULES)}, got {method!r}")
    return _RULES[method]


def _as_percent(q: ArrayLike, name: str) -> _Floats:
    array = as_real_array(q, name)
    if np.any((array < 0) | (array > 100)):
        raise ValueError(f"{name} must be percentages in [0, 100], got {q!r}")
    return array


def _as_reach(k: ArrayLike, name: str) -> float:
    return float(as_nonnegative(as_real(k, name), name))


def _as_unit(scale: Any) -> Any:
    return 2 * ndtri(0.75) if isinstance(scale, str) and scale == "normal" else _as_scale(scale)


def _as_one_sample(x: ArrayLike, name: str) -> _Floats:
    array = as_samples(x, name, 0, 1)
    if array.ndim != 1:
        raise ValueError(f"{name} must be one sample of shape (n,), got shape {array.shape}; pass one column at a time")
    return array


def _without_overflow(value: Any, name: str) -> Any:
    if not np.all(np.isfinite(value)):
        raise ValueError(f"{name} must have differences below 1.8e308, got an overflow; divide {name} by 1e9 first")
    return value
