"""The empirical distribution function of a sample, and a band around it for the true one."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_probability, as_real, as_real_array
from companion.probability._distributions import _as_points

_Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class EmpiricalDistributionFunction:
    """A right-continuous staircase: it steps to each level at its quantile, and keeps it until the next.

    Parameters
    ----------
    quantiles : ndarray, shape (k,)
        Where it steps, ascending, in the unit of the sample.
    probabilities : ndarray, shape (k,)
        The level from each quantile on.
    before : float, default 0
        The level before the first quantile.

    Examples
    --------
    >>> steps = EmpiricalDistributionFunction(np.array([1.0, 3.0]), np.array([0.25, 1.0]))
    >>> steps.evaluate([0, 1, 2, 3]).tolist()
    [0.0, 0.25, 0.25, 1.0]
    """

    quantiles: _Floats
    probabilities: _Floats
    before: float = field(default=0.0, repr=False)

    def evaluate(self, x: ArrayLike) -> np.float64 | _Floats:
        """Return the level at each x, which may be infinite."""
        levels = np.concatenate([[self.before], self.probabilities])
        value: np.float64 | _Floats = levels[np.searchsorted(self.quantiles, _as_points(x), side="right")]
        return value


class ECDFResult(NamedTuple):
    """The empirical distribution function of a sample, and one minus it."""

    cdf: EmpiricalDistributionFunction
    sf: EmpiricalDistributionFunction


class ConfidenceBand(NamedTuple):
    """Two staircases, one below and one above the empirical distribution function."""

    low: EmpiricalDistributionFunction
    high: EmpiricalDistributionFunction


def ecdf(sample: ArrayLike) -> ECDFResult:
    r"""Empirical distribution function of a sample: the share of observations at or below x.

    Parameters
    ----------
    sample : array_like, shape (n,)
        Observations in any unit and order, at least one; not censored.

    Returns
    -------
    ECDFResult
        `cdf` and `sf`, the share at or below x and the share above it. Each has `quantiles`, the k different
        observations in ascending order, `probabilities`, the k shares there, and ``evaluate(x)`` for any x.

    Raises
    ------
    TypeError
        If `sample` does not hold real numbers.
    ValueError
        If `sample` is empty, has not one dimension, or holds nan or infinity.

    See Also
    --------
    dkw_band : how far the distribution function itself may be from it.
    scipy.stats.ecdf : the same, also for right-censored samples.

    Notes
    -----
    .. math:: F_n(x) = \frac1n \sum_{i=1}^{n} \mathbb{1}(x_i \le x)

    References
    ----------
    A. W. van der Vaart, Asymptotic Statistics, 1998, ch. 19.

    Examples
    --------
    >>> share = ecdf([3, 1, 3, 7])
    >>> share.cdf
    EmpiricalDistributionFunction(quantiles=array([1., 3., 7.]), probabilities=array([0.25, 0.75, 1.  ]))
    >>> share.cdf.evaluate([0, 3, 6.9]).tolist(), share.sf.evaluate([0, 3, 6.9]).tolist()
    ([0.0, 0.75, 0.75], [1.0, 0.25, 0.25])
    """
    quantiles, counts = np.unique(_as_sample(sample), return_counts=True)
    up_to = np.cumsum(counts)
    n = up_to[-1]
    return ECDFResult(
        cdf=EmpiricalDistributionFunction(quantiles, up_to / n),
        sf=EmpiricalDistributionFunction(quantiles, (n - up_to) / n, before=1.0),
    )


def dkw_band(sample: ArrayLike, confidence_level: float = 0.95) -> ConfidenceBand:
    r"""Band around the empirical distribution function that holds the true one, for all x at once.

    Parameters
    ----------
    sample : array_like, shape (n,)
        Independent observations of one distribution, whichever it is; at least one.
    confidence_level : float, default 0.95
        Probability, at least, that the band holds the whole distribution function; in [0, 1].

    Returns
    -------
    ConfidenceBand
        `low` and `high`, cut off at 0 and 1, each with `quantiles`, `probabilities` and ``evaluate(x)``.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If `sample` is empty, has not one dimension, or holds nan or infinity, or `confidence_level` is not a number in
        [0, 1].

    See Also
    --------
    ecdf : the staircase in the middle.

    Notes
    -----
    The half-width comes from the inequality of Dvoretzky, Kiefer and Wolfowitz, with Massart's constant:

    .. math:: P\Bigl(\sup_x |F_n(x) - F(x)| > \varepsilon\Bigr) \le 2 e^{-2 n \varepsilon^2} = \alpha, \qquad
              \varepsilon = \sqrt{\frac{1}{2n} \log \frac{2}{\alpha}}

    with :math:`\alpha` one minus the confidence level. It holds for every n and every distribution, with jumps or
    without.

    References
    ----------
    P. Massart, The tight constant in the Dvoretzky-Kiefer-Wolfowitz inequality, The Annals of Probability 18, 1990.

    Examples
    --------
    >>> band = dkw_band(range(1, 101))
    >>> band.low.evaluate([0, 50, 200]).round(4).tolist()
    [0.0, 0.3642, 0.8642]
    >>> band.high.evaluate([0, 50, 200]).round(4).tolist()
    [0.1358, 0.6358, 1.0]
    """
    sample = _as_sample(sample)
    confidence_level = float(as_probability(as_real(confidence_level, "confidence_level"), "confidence_level"))
    with np.errstate(divide="ignore"):  # to be sure, the band must be all of [0, 1]
        half_width = np.sqrt((np.log(2) - np.log1p(-confidence_level)) / (2 * sample.size))
    cdf = ecdf(sample).cdf
    return ConfidenceBand(
        low=EmpiricalDistributionFunction(cdf.quantiles, np.maximum(cdf.probabilities - half_width, 0)),
        high=EmpiricalDistributionFunction(
            cdf.quantiles, np.minimum(cdf.probabilities + half_width, 1), before=min(float(half_width), 1.0)
        ),
    )


def _as_sample(sample: ArrayLike) -> _Floats:
    array = as_real_array(sample, "sample")
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"sample must be a list of at least one number, got shape {array.shape}")
    return array
