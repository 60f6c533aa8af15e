"""One-way analysis of variance: do several populations have the same mean?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion.probability import f
from companion.statistics._samples import Summary, as_samples, demand_digits, demand_variation, summarise

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats


class F_onewayResult(NamedTuple):
    """What `f_oneway` returns."""

    statistic: _Real
    pvalue: _Real


def f_oneway(*samples: ArrayLike, axis: int | None = 0) -> F_onewayResult:
    r"""Test whether several populations, of the same variance, have the same mean (one-way analysis of variance).

    Parameters
    ----------
    *samples : array_like, shapes (n1,), (n2,), ... or (..., n1, ...), (..., n2, ...), ...
        A sample of each population, in the same unit; all but the axis of the samples is broadcast.
    axis : int or None, default 0
        The axis of the samples; with None all numbers of an argument are one sample.

    Returns
    -------
    statistic : float, or ndarray without the axis
        F, the mean square between the samples divided by that within them.
    pvalue : float, or ndarray without the axis
        Probability of a statistic at least as large under the null hypothesis, for normal data.

    Raises
    ------
    ValueError
        If there are less than two samples, one is empty, all together hold no more observations than there are samples,
        a value is nan or infinite, or none of the samples varies. (SciPy returns nan or infinity.)

    See Also
    --------
    ttest_ind : two samples; there F is the square of the pooled t.
    scipy.stats.f_oneway : the same.

    Notes
    -----
    For k samples with N observations in all, the means :math:`\bar x_i` and the mean :math:`\bar x` of everything:

    .. math:: F = \frac{\frac{1}{k - 1} \sum_i n_i (\bar x_i - \bar x)^2}
              {\frac{1}{N - k} \sum_i \sum_j (x_{ij} - \bar x_i)^2}

    It follows Fisher's F law with k - 1 and N - k degrees of freedom. The rounding error of each mean is found in a
    second pass, so that no digits are lost but those that the data themselves have lost: 1000000000000.4 as a float is
    off by 0.00002, and no computation with it can give F for variations of 0.1 to more than 4 digits.

    References
    ----------
    R. A. Fisher, Statistical Methods for Research Workers, 1925, ch. 7.

    Examples
    --------
    >>> result = f_oneway([6, 8, 4, 5, 3, 4], [8, 12, 9, 11, 6, 8], [13, 9, 11, 8, 7, 12])
    >>> round(float(result.statistic), 4), round(float(result.pvalue), 6)
    (9.2647, 0.002399)
    """
    if len(samples) < 2:
        raise ValueError(f"f_oneway compares two samples or more, got {len(samples)}; pass each as its own argument")
    groups = [as_samples(sample, f"sample {i}", axis, least=1) for i, sample in enumerate(samples, 1)]
    k, N = len(groups), sum(len(x) for x in groups)
    if k >= N:
        raise ValueError(f"the samples must hold more observations than there are samples, {k}, got {N}")
    between, within = _root_sums_of_squares([summarise(x) for x in groups])
    demand_variation(within, "one of the samples must vary")
    deviation = within / np.sqrt(N - k)
    with np.errstate(over="ignore", invalid="ignore"):
        statistic = (between / np.sqrt(k - 1) / deviation) ** 2
    demand_digits(statistic, deviation, "standard deviation")
    return F_onewayResult(statistic, f.sf(statistic, k - 1, N - k))


def _root_sums_of_squares(groups: list[Summary]) -> tuple[_Real, _Real]:
    """Return the square roots of the sums of squares between and within the groups."""
    shares = [x.n / sum(group.n for group in groups) for x in groups]
    with np.errstate(over="ignore", invalid="ignore"):
        origin = sum(share * x.mean for share, x in zip(shares, groups, strict=True))
        distances = [x.mean - origin + x.rest for x in groups]
        off = sum(share * distance for share, distance in zip(shares, distances, strict=True))
        lengths = [np.sqrt(x.n) * (distance - off) for x, distance in zip(groups, distances, strict=True)]
        between, within = (
            np.hypot.reduce(np.broadcast_arrays(*parts)) for parts in (lengths, [x.size for x in groups])
        )
    return between, within
