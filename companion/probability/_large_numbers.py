"""Laws of large numbers: running means, how far a share strays from its probability, and runs of successes."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import (
    as_axis,
    as_count,
    as_integers,
    as_positive,
    as_probability,
    as_real,
    as_real_array,
)
from companion.probability._distributions import binom

_EPS = float(np.finfo(np.float64).eps)

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats


def running_mean(x: ArrayLike, axis: int = -1) -> _Floats:
    r"""Return the mean of the first entry, of the first two, of the first three, and so on.

    Parameters
    ----------
    x : array_like
        Numbers of any unit, at least one-dimensional; each line along `axis` is a sequence of its own.
    axis : int, default -1
        Axis along which the means run.

    Returns
    -------
    ndarray
        Means in the unit of `x`, of its shape; entry n - 1 along `axis` is the mean of the first n. Empty if `x` is.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers, or `axis` is not an integer.
    ValueError
        If `x` is a single number, holds nan or infinity, or has no such axis, or if a sum overflows.

    Notes
    -----
    .. math:: \bar x_n = \frac1n \sum_{i=1}^{n} x_i = x_1 + \frac1n \sum_{i=1}^{n} (x_i - x_1)

    The second form is computed: a large constant in all :math:`x_i` then costs no digits, however long the sequence.

    References
    ----------
    T. F. Chan, G. H. Golub and R. J. LeVeque, Algorithms for computing the sample variance: analysis and
    recommendations, The American Statistician 37, 1983 (shifted data).

    Examples
    --------
    Share of heads (1) after each of four tosses:

    >>> running_mean([1, 0, 0, 1]).round(4).tolist()
    [1.0, 0.5, 0.3333, 0.5]
    """
    x = as_real_array(x, "x")
    axis = as_axis(axis, x.ndim, "x")
    x = np.moveaxis(x, axis, -1)
    first = x[..., :1]
    with np.errstate(over="ignore", invalid="ignore"):  # complained about below
        mean = first + np.cumsum(x - first, axis=-1) / np.arange(1, x.shape[-1] + 1)
    if not np.isfinite(mean).all():
        raise ValueError("x must have sums below 1.8e308, got an overflow; divide x by a constant first")
    return np.moveaxis(mean, -1, axis)


def deviation_probability(n: ArrayLike, p: ArrayLike, eps: ArrayLike) -> _Real:
    r"""Return the exact probability that the share of successes in n trials misses p by eps or more.

    Parameters
    ----------
    n : array_like of int
        Number of independent trials, at least 1.
    p : array_like
        Probability of success in each trial, in [0, 1].
    eps : array_like
        Deviation of the share from p, to either side, positive. All three are broadcast.

    Returns
    -------
    float or ndarray
        :math:`P(|K/n - p| \ge \varepsilon)` for :math:`K \sim \operatorname{Bin}(n, p)`, of the broadcast shape.

    Raises
    ------
    TypeError
        If `n` does not hold integers.
    ValueError
        If `n` or `eps` is not positive, `p` is outside [0, 1], or one is not finite.

    See Also
    --------
    chebyshev_bound, hoeffding_bound : ceilings on this probability.

    Notes
    -----
    .. math:: P(|K/n - p| \ge \varepsilon)
        = P\bigl(K \le \lfloor n(p - \varepsilon) \rfloor\bigr) + P\bigl(K \ge \lceil n(p + \varepsilon) \rceil\bigr)

    A share at a distance of exactly eps counts. Decimals are not exact in binary: 10 (0.1 + 0.2) is a little more
    than 3. So a threshold that misses a whole number by no more than the rounding errors of `p`, `eps` and the product
    counts as that number.

    References
    ----------
    W. Feller, An Introduction to Probability Theory and Its Applications, vol. 1, 3rd ed., 1968, ch. VI.

    Examples
    --------
    The share of heads misses 1/2 by 0.05 or more, in 10, 100 and 1000 tosses:

    >>> deviation_probability([10, 100, 1000], 0.5, 0.05).round(6).tolist()
    [0.753906, 0.368202, 0.001731]
    """
    n = as_positive(as_integers(n, "n"), "n")
    p, eps = as_probability(p, "p"), as_positive(eps, "eps")
    eps = np.minimum(eps, 2.0)  # no share is further off than 1; a huge eps would overflow below
    rounding = 2 * _EPS * n * (p + eps)
    below = np.floor(n * (p - eps) + rounding)
    above = np.ceil(n * (p + eps) - rounding)
    # However small eps is, a share of exactly p is no deviation.
    below = np.minimum(below, np.ceil(n * p * (1 - 2 * _EPS)) - 1)
    above = np.maximum(above, np.floor(n * p * (1 + 2 * _EPS)) + 1)
    both: _Real = binom.cdf(below, n, p) + binom.sf(above - 1, n, p)
    return both


def run_probability(n: ArrayLike, r: int, p: float = 0.5) -> _Real:
    r"""Return the probability of a run of r or more successes in a row, somewhere in n trials.

    Parameters
    ----------
    n : array_like of int
        Number of independent trials, at least 1.
    r : int
        Length of the run, at least 1.
    p : float, default 0.5
        Probability of success in each trial, in [0, 1].

    Returns
    -------
    float or ndarray
        Probability, of the shape of `n`. Time and memory grow with the largest `n`.

    Raises
    ------
    TypeError
        If `n` does not hold integers or `r` is not an integer.
    ValueError
        If `n` or `r` is not positive, or `p` is not a single number in [0, 1].

    Notes
    -----
    The first run is complete at trial m if there was none in the first m - r - 1 trials, then came a failure, then r
    successes:

    .. math:: P_m = P_{m-1} + (1 - P_{m-r-1}) (1 - p) p^r, \qquad P_r = p^r, \quad P_m = 0 \text{ for } m < r

    Nothing but numbers that are not negative is added, so a small probability keeps its digits. The mean waiting time
    for the run is :math:`(1 - p^r) / (p^r (1 - p))` trials.

    References
    ----------
    W. Feller, An Introduction to Probability Theory and Its Applications, vol. 1, 3rd ed., 1968, sec. XIII.7.

    Examples
    --------
    Ten heads in a row, in 10, 1000 and 10,000 tosses:

    >>> run_probability([10, 1000, 10_000], 10).round(6).tolist()
    [0.000977, 0.38545, 0.992584]
    """
    n = as_positive(as_integers(n, "n"), "n").astype(np.int64)
    r = as_count(r, "r")
    p = float(as_probability(as_real(p, "p"), "p"))
    chance = [0.0] * r + [p**r]
    for m in range(r + 1, int(n.max(initial=0)) + 1):
        more = (1 - chance[m - r - 1]) * (1 - p) * p**r
        chance.append(min(1.0, chance[-1] + more))  # rounding may add up to a little more than 1
    found: _Real = np.array(chance)[n]
    return found
