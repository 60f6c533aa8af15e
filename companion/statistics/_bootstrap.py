"""The bootstrap: how a statistic varies, learnt by drawing new samples from the sample."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from companion._validation import as_count, as_real
from companion._warnings import warn_user
from companion.statistics._power import _as_level
from companion.statistics._resampling import along_last_axis, of_many
from companion.statistics._samples import as_flag
from companion.statistics._t_tests import ConfidenceInterval

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats
_Samples = Sequence[NDArray[Any]]
_Alternative = Literal["two-sided", "less", "greater"]
_Method = Literal["percentile", "basic", "BCa", "bca"]

# Numbers in one batch of resamples: a megabyte, which stays in the cache.
_BATCH = 2**17
# Relative to the largest one, values of a statistic that differ by less are equal: they differ by rounding.
_TIE = 100 * np.finfo(float).eps


@dataclass
class BootstrapResult:
    """What `bootstrap` returns.

    Attributes
    ----------
    confidence_interval : ConfidenceInterval
        With `low` and `high`, each a float or ndarray.
    bootstrap_distribution : ndarray, shape (..., n_resamples)
        The statistic of each resample.
    standard_error : float or ndarray
        Their standard deviation.
    """

    confidence_interval: ConfidenceInterval
    bootstrap_distribution: _Floats
    standard_error: _Real


def bootstrap(
    data: Sequence[ArrayLike],
    statistic: Callable[..., Any],
    *,
    n_resamples: int = 9999,
    batch: int | None = None,
    vectorized: bool | None = None,
    paired: bool = False,
    axis: int = 0,
    confidence_level: float = 0.95,
    alternative: _Alternative = "two-sided",
    method: _Method = "BCa",
    rng: np.random.Generator | int | None = None,
) -> BootstrapResult:
    r"""Return a confidence interval for any statistic, without a formula for its law.

    Parameters
    ----------
    data : sequence of array_like
        One sample or more, each of two observations or more along `axis`; one sample is written ``(sample,)``.
    statistic : callable
        ``statistic(*data)`` returns a number; if it is vectorized, ``statistic(*data, axis=axis)`` returns an array
        without that axis.
    n_resamples : int, default 9999
        Number of resamples, at least 2.
    batch : int, optional
        Number of resamples in one call of a vectorized statistic; by default as many as fit into the cache.
    vectorized : bool, optional
        Whether `statistic` takes `axis`; by default this is read off its signature.
    paired : bool, default False
        Whether the observations of the samples belong together, and are drawn together.
    axis : int, default 0
        The axis of the samples.
    confidence_level : float, default 0.95
        Strictly between 0 and 1.
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        With "less" the interval has no lower end, with "greater" no upper end.
    method : {"BCa", "percentile", "basic"}, default "BCa"
        How the interval is read off the distribution; see the notes.
    rng : numpy.random.Generator or int, optional
        Source of the random numbers, or a seed.

    Returns
    -------
    BootstrapResult
        `confidence_interval` with `low` and `high`, `bootstrap_distribution` and `standard_error`. For one sample, or
        for several with the same `batch`, they are those of SciPy with the same seed.

    Raises
    ------
    TypeError
        If `statistic` cannot be called, or does not return real numbers.
    ValueError
        If a sample is too small, holds nan or infinity, or does not fit the others; the statistic of a resample is nan
        or infinite, or of a wrong shape; an option is out of its range; or the BCa interval does not exist. (SciPy
        returns nan.)

    Warns
    -----
    DegenerateDataWarning
        If all resamples have the same statistic, so that the interval is one point. (It is SciPy's warning.)

    See Also
    --------
    tconfint_mean : for the mean, by a formula.
    scipy.stats.bootstrap : the same.

    Notes
    -----
    Let :math:`\hat\theta` be the statistic of the data, :math:`q(u)` the quantile of the bootstrap distribution at the
    level u, and :math:`\alpha` one minus the confidence level.

    - "percentile": from :math:`q(\alpha/2)` to :math:`q(1 - \alpha/2)`.
    - "basic": from :math:`2 \hat\theta - q(1 - \alpha/2)` to :math:`2 \hat\theta - q(\alpha/2)`, the same mirrored.
    - "BCa" (bias-corrected and accelerated): percentiles at shifted levels

      .. math:: \Phi\left(z_0 + \frac{z_0 + z}{1 - a (z_0 + z)}\right), \qquad z = \pm z_{1 - \alpha/2}, \qquad
                z_0 = \Phi^{-1}\bigl(P(\hat\theta^* < \hat\theta) + \tfrac12 P(\hat\theta^* = \hat\theta)\bigr),
                \qquad a = \frac{\sum_i l_i^3}{6 \, (\sum_i l_i^2)^{3/2}},

      where :math:`l_i` is by how much the statistic without observation i is below the mean of these.

    References
    ----------
    B. Efron and R. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13 and 14.

    Examples
    --------
    The correlation of test score (LSAT) and grades (GPA) at fifteen law schools (Efron and Tibshirani, table 3.1):

    >>> lsat = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594]
    >>> gpa = [3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96]
    >>> def correlation(x, y):
    ...     return np.corrcoef(x, y)[0, 1]
    >>> result = bootstrap((lsat, gpa), correlation, paired=True, n_resamples=3000, rng=1)
    >>> print(f"{correlation(lsat, gpa):.3f} from {result.confidence_interval.low:.1f}")
    0.776 from 0.3
    """
    count = as_count(n_resamples, "n_resamples", minimum=2)
    level = float(_as_level(as_real(confidence_level, "confidence_level"), "confidence_level"))
    kind = _as_word(method, "method", ("percentile", "basic", "bca"))
    side = _as_word(alternative, "alternative", ("two-sided", "less", "greater"))
    samples, of_samples = _as_samples(data, axis), _finite(of_many(statistic, vectorized))
    rows = max(1, _BATCH // sum(x.size for x in samples)) if batch is None else as_count(batch, "batch")
    if as_flag(paired, "paired"):
        samples, of_samples = _as_indices(samples, of_samples)

    resamples = _resamples(samples, count, rows, np.random.default_rng(rng))
    distribution = np.concatenate([of_samples(*some) for some in resamples], axis=-1)
    estimate = of_samples(*(x.copy() for x in samples))
    tail = (1 - level) / 2 if side == "two-sided" else 1 - level
    levels: Sequence[_Real] = (np.float64(tail), np.float64(1 - tail))
    if kind == "bca":
        jackknife = [_leave_one_out(samples, j, of_samples, rows) for j in range(len(samples))]
        levels = [_bca_level(u, distribution, estimate, jackknife) for u in levels]
    elif np.any(np.ptp(distribution, axis=-1) == 0):
        _warn_degenerate()
    ordered = np.sort(distribution, axis=-1)
    low, high = (_quantile(ordered, u) for u in levels)
    if kind == "basic":
        low, high = 2 * estimate - high, 2 * estimate - low
    interval = ConfidenceInterval(
        low if side != "less" else np.full_like(low, -np.inf)[()],
        high if side != "greater" else np.full_like(high, np.inf)[()],
    )
    return BootstrapResult(interval, distribution, distribution.std(axis=-1, ddof=1))


def _resamples(samples: _Samples, count: int, rows: int, rng: np.random.Generator) -> Iterator[list[NDArray[Any]]]:
    """Yield batches of samples of shape (..., rows, n), drawn from the sample with replacement."""
    for start in range(0, count, rows):
        batch = min(rows, count - start)
        yield [x.take(rng.integers(0, x.shape[-1], (batch, x.shape[-1])), axis=-1) for x in samples]


def _leave_one_out(samples: _Samples, j: int, statistic: Callable[..., _Floats], rows: int) -> _Floats:
    """Return the statistic without each observation of sample j in turn, shape (..., n)."""
    n, values = samples[j].shape[-1], []
    for start in range(0, n, rows):
        out = np.arange(start, min(start + rows, n))[:, None]
        kept = np.arange(n - 1) + (np.arange(n - 1) >= out)
        repeated = [np.repeat(x[..., None, :], len(out), axis=-2) for x in samples]
        repeated[j] = samples[j].take(kept, axis=-1)
        values.append(statistic(*repeated))
    return np.concatenate(values, axis=-1)


def _bca_level(u: _Real, distribution: _Floats, estimate: _Real, jackknife: Sequence[_Floats]) -> _Real:
    """Return the level u of a percentile, corrected for bias and for a spread that changes (acceleration)."""
    above = distribution - np.asarray(estimate)[..., None]
    tie = _TIE * np.abs(distribution).max(axis=-1, keepdims=True)
    z0 = ndtri(((above < -tie).mean(axis=-1) + (above <= tie).mean(axis=-1)) / 2)
    _demand_bca(np.isfinite(z0), "all resamples have a statistic on the same side of that of the data")
    below = [(1 - 1 / x.shape[-1]) * (x.mean(axis=-1, keepdims=True) - x) for x in jackknife]
    influence = np.concatenate(below, axis=-1)
    largest = np.abs(influence).max(axis=-1, keepdims=True)
    _demand_bca(largest > 0, "the statistic does not change when one observation is left out")
    influence /= largest  # so that no power is too small or large for floats
    a = (influence**3).sum(axis=-1) / (6 * (influence**2).sum(axis=-1) ** 1.5)
    z = z0 + ndtri(u)
    _demand_bca(a * z < 1, "the corrections for bias and acceleration are too large")
    corrected: _Real = ndtr(z0 + z / (1 - a * z))
    return corrected


def _demand_bca(holds: Any, reason: str) -> None:
    if not np.all(holds):
        raise ValueError(f"method must not be 'BCa' for these data and this statistic: {reason}; pass 'percentile'")


def _quantile(ordered: _Floats, level: _Real) -> _Real:
    """Return the quantile at a level, one for all distributions or one for each, with linear interpolation."""
    last = ordered.shape[-1] - 1
    place = np.broadcast_to(last * level, ordered.shape[:-1])[..., None]
    left = np.minimum(place.astype(np.intp), last - 1)
    a, b = (np.take_along_axis(ordered, k, axis=-1) for k in (left, left + 1))
    quantile: _Real = (a + (place - left) * (b - a))[..., 0][()]
    return quantile


def _as_samples(data: Sequence[ArrayLike], axis: int) -> _Samples:
    if not isinstance(data, (Sequence, np.ndarray)) or isinstance(data, (str, bytes)) or len(data) == 0:
        raise ValueError(f"data must be a sequence of one sample or more, got {data!r}")
    if any(np.ndim(x) == 0 for x in data):
        raise ValueError("data must be a sequence of samples, got one of numbers; for one sample pass (data,)")
    return along_last_axis(data, axis)


def _as_indices(samples: _Samples, statistic: Callable[..., _Floats]) -> tuple[_Samples, Callable[..., _Floats]]:
    """Return the indices of paired observations as the one sample, and the statistic as a function of them."""
    sizes = {x.shape[-1] for x in samples}
    if len(sizes) > 1:
        raise ValueError(f"data must hold pairs if paired is True, got samples of {sorted(sizes)} observations")
    return [np.arange(sizes.pop())], lambda indices: statistic(*(x.take(indices, axis=-1) for x in samples))


def _finite(statistic: Callable[..., _Floats]) -> Callable[..., _Floats]:
    """Return the statistic with a complaint if it is nan or infinite."""

    def of_samples(*samples: NDArray[Any]) -> _Floats:
        values = statistic(*samples)
        if not np.all(np.isfinite(values)):
            bad = values[~np.isfinite(values)].flat[0]
            raise ValueError(f"statistic must be finite for every resample, got {bad}; some may hold one value only")
        return values

    return of_samples


def _as_word(word: Any, name: str, words: tuple[str, ...]) -> str:
    lower = word.lower() if isinstance(word, str) else word
    if lower not in words:
        raise ValueError(f"{name} must be one of {', '.join(map(repr, words))}, got {word!r}")
    return str(lower)


def _warn_degenerate() -> None:
    from scipy.stats import DegenerateDataWarning

    message = "all resamples have the same statistic, so the interval is one point; the data must vary, or be more"
    warn_user(message, DegenerateDataWarning)
