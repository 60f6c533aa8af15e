"""Permutation tests: a statistic against its values when chance alone deals the data to the samples."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, islice, permutations
from math import comb, factorial, inf, prod
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count
from companion.statistics._resampling import along_last_axis, of_many

_Floats = NDArray[np.float64]
_Indices = NDArray[np.intp]
_Real = np.float64 | _Floats
_Samples = list[_Floats]
_Type = Literal["independent", "samples", "pairings"]

# Numbers that are dealt at once, unless `batch` says otherwise: they stay in the cache.
_AT_ONCE = 2**16
# More arrangements fill the memory.
_MOST = 10**8
# Relative difference up to which two values of the statistic are equal: they differ by rounding.
_TIE = 100 * np.finfo(float).eps


@dataclass(frozen=True, eq=False)
class PermutationTestResult:
    """What `permutation_test` returns.

    Attributes
    ----------
    statistic : float or ndarray
        The value for the data as they are.
    pvalue : float or ndarray
        The share of arrangements with a value at least as extreme.
    null_distribution : ndarray, shape (arrangements, ...)
        The value for each arrangement.
    """

    statistic: _Real
    pvalue: _Real
    null_distribution: _Floats


def permutation_test(
    data: Iterable[ArrayLike],
    statistic: Callable[..., Any],
    *,
    permutation_type: _Type = "independent",
    vectorized: bool | None = None,
    n_resamples: float = 9999,
    batch: int | None = None,
    alternative: Literal["two-sided", "less", "greater"] = "two-sided",
    axis: int = 0,
    rng: np.random.Generator | int | None = None,
) -> PermutationTestResult:
    r"""Test by dealing the data again: how often does chance alone make the statistic this extreme?

    Parameters
    ----------
    data : iterable of array_like
        The samples, each with two or more observations along `axis`; all other axes are broadcast.
    statistic : callable
        ``statistic(*samples)`` returns a number; if it is vectorised, ``statistic(*samples, axis=axis)`` returns an
        array without that axis.
    permutation_type : {"independent", "samples", "pairings"}, default "independent"
        What the null hypothesis says, and so what is dealt. "independent": all observations come from one law; they are
        dealt to samples of the same sizes. "samples": the samples are exchangeable within each pair (or triple, ...),
        so the members of each change places; the observations of a single sample change their signs. "pairings": the
        samples have nothing to do with each other; each is brought into a new order.
    vectorized : bool, optional
        Whether `statistic` takes `axis`; unless given, its signature tells.
    n_resamples : int or infinity, default 9999
        Number of random arrangements. If there are no more in all, each is tried once, and the p-value is exact.
    batch : int, optional
        Arrangements in each call of a vectorised statistic; as many as stay in the cache unless given (SciPy: all).
    alternative : {"two-sided", "less", "greater"}, default "two-sided"
        Which values are more extreme. Two-sided: twice the smaller of the two p-values, at most 1.
    axis : int, default 0
        The axis of the observations.
    rng : numpy.random.Generator or int, optional
        Source of random arrangements, or its seed. They are the ones that SciPy draws from it.

    Returns
    -------
    PermutationTestResult
        `statistic`, `pvalue` and `null_distribution`.

    Raises
    ------
    TypeError
        If `data` are no samples of real numbers, `statistic` cannot be called, or another argument has a wrong type.
    ValueError
        If a sample has less than two observations, samples differ in length where they must not, a value is nan or
        infinite, the statistic is nan for an arrangement (SciPy: no error) or has a wrong shape, or an option is
        unknown.

    See Also
    --------
    ttest_ind, ttest_rel : the same questions about means, with the t law in place of the arrangements.
    scipy.stats.permutation_test : the same.

    Notes
    -----
    With :math:`B` arrangements, of which :math:`b` are at least as extreme as the data,

    .. math:: p = \frac{b}{B} \quad \text{(all of them)}, \qquad p = \frac{b + 1}{B + 1} \quad \text{(random ones)}.

    The data are an arrangement, too: without the ones p could be 0, and would be below :math:`\alpha` too often. Values
    that differ by less than :math:`2 \cdot 10^{-14}` of the statistic count as equal; where it is the small difference
    of large numbers, subtract a common number from the data first.

    References
    ----------
    B. Phipson and G. K. Smyth, Permutation p-values should never be zero, Statistical Applications in Genetics and
    Molecular Biology 9, 2010.

    Examples
    --------
    Recovery times in days under two medicines. Is the first faster? Of all 924 deals of these twelve numbers to two
    groups of six, 22 have a difference of means as small as this one:

    >>> first, second = [7, 9, 8, 6, 10, 7], [9, 11, 10, 8, 12, 10]
    >>> def difference(a, b, axis):
    ...     return np.mean(a, axis=axis) - np.mean(b, axis=axis)
    >>> result = permutation_test((first, second), difference, alternative="less")
    >>> round(float(result.statistic), 4), len(result.null_distribution), round(float(result.pvalue * 924))
    (-2.1667, 924, 22)
    """
    samples = _as_samples(data, axis, permutation_type)
    if alternative not in ("two-sided", "less", "greater"):
        raise ValueError(f"alternative must be 'two-sided', 'less' or 'greater', got {alternative!r}")
    size = max(1, _AT_ONCE // sum(x.size for x in samples)) if batch is None else as_count(batch, "batch")
    of = _never_nan(of_many(statistic, vectorized))
    deals = _SCHEMES[permutation_type](samples)
    count = _as_number_of_arrangements(n_resamples, deals.total)
    exact = count == deals.total
    rows = deals.every(size) if exact else _random_rows(deals.shape, count, size, np.random.default_rng(rng))
    observed = of([x.copy() for x in samples])
    null = np.concatenate([of(deals.arrange(some)) for some in rows])
    return PermutationTestResult(observed[()], _pvalue(observed, null, 0 if exact else 1, alternative), null)


def _pvalue(observed: _Floats, null: _Floats, more: int, alternative: str) -> _Real:
    slack = np.abs(_TIE * observed)
    with np.errstate(invalid="ignore"):  # an infinite statistic needs no slack
        slack = np.where(np.isfinite(slack), slack, 0)

    def share(extreme: NDArray[np.bool_]) -> _Real:
        p: _Real = (np.count_nonzero(extreme, axis=0) + more) / np.float64(len(null) + more)
        return p

    if alternative == "less":
        return share(null <= observed + slack)
    if alternative == "greater":
        return share(null >= observed - slack)
    both: _Real = 2 * np.minimum(share(null <= observed + slack), share(null >= observed - slack))
    return np.minimum(both, 1.0)


# What the null hypothesis allows to be dealt


class _Deals(NamedTuple):
    """The arrangements of samples; each is described by one permutation or several, along the last axis of `shape`."""

    shape: tuple[int, ...]
    total: int
    every: Callable[[int], Iterator[_Indices]]  # all of them, so many at once
    arrange: Callable[[_Indices], _Samples]  # from descriptions, shape (b, *shape), samples of shape (b, ..., n)


def _independent(samples: _Samples) -> _Deals:
    pooled, sizes = np.concatenate(samples, axis=-1), [x.shape[-1] for x in samples]
    ends = np.cumsum(sizes)

    def arrange(rows: _Indices) -> _Samples:
        return np.split(_reorder(pooled, rows), ends[:-1], axis=-1)

    total = prod(comb(int(end), n) for end, n in zip(ends, sizes, strict=True))
    return _Deals((int(ends[-1]),), total, partial(_partitions, sizes), arrange)


def _samples(samples: _Samples) -> _Deals:
    members = np.stack(samples if len(samples) > 1 else [samples[0], -samples[0]], axis=-1)
    n, k = members.shape[-2:]
    where = np.arange(n)[:, None]

    def arrange(rows: _Indices) -> _Samples:
        dealt = np.moveaxis(members[..., where, rows], -3, 0)
        return [dealt[..., j] for j in range(len(samples))]

    return _Deals((n, k), factorial(k) ** n, partial(_orders, n, k), arrange)


def _pairings(samples: _Samples) -> _Deals:
    k, n = len(samples), samples[0].shape[-1]

    def arrange(rows: _Indices) -> _Samples:
        return [_reorder(x, rows[:, j]) for j, x in enumerate(samples)]

    return _Deals((k, n), factorial(n) ** k, partial(_orders, k, n), arrange)


_SCHEMES: dict[str, Callable[[_Samples], _Deals]] = {
    "independent": _independent,
    "samples": _samples,
    "pairings": _pairings,
}


def _reorder(x: _Floats, rows: _Indices) -> _Floats:
    return np.moveaxis(np.take(x, rows, axis=-1), -2, 0)


def _random_rows(shape: tuple[int, ...], count: int, size: int, generator: np.random.Generator) -> Iterator[_Indices]:
    for start in range(0, count, size):
        rows = np.empty((min(size, count - start), *shape), dtype=np.intp)
        rows[...] = np.arange(shape[-1])
        yield generator.permuted(rows, axis=-1, out=rows)


def _partitions(sizes: list[int], size: int) -> Iterator[_Indices]:
    """Yield all ways to deal indices to groups of these sizes, group after group, in rows: about *size* at once."""
    n, (first, *others) = sum(sizes), sizes
    rest = np.concatenate([*_partitions(others, size)]) if len(others) > 1 else np.arange(n - first)[None]
    chosen = combinations(range(n), first)
    while group := list(islice(chosen, -(-size // len(rest)))):
        left = np.ones((len(group), n), dtype=bool)
        np.put_along_axis(left, np.array(group), False, axis=1)
        remaining = np.nonzero(left)[1].reshape(len(group), n - first)[:, rest]
        heads = np.broadcast_to(np.array(group)[:, None], (len(group), len(rest), first))
        yield np.concatenate([heads, remaining], axis=-1).reshape(-1, n)


def _orders(k: int, n: int, size: int) -> Iterator[_Indices]:
    """Yield all ways to bring each of k rows of n into an order, shape (size, k, n) at once."""
    orders = np.array(list(permutations(range(n))))
    total = len(orders) ** k
    for start in range(0, total, size):
        codes = np.unravel_index(np.arange(start, min(start + size, total)), (len(orders),) * k)
        yield orders[np.stack(codes, axis=-1)]


# Checks


def _as_samples(data: Iterable[ArrayLike], axis: int, permutation_type: str) -> _Samples:
    if permutation_type not in _SCHEMES:
        raise ValueError(f"permutation_type must be one of {', '.join(map(repr, _SCHEMES))}, got {permutation_type!r}")
    if isinstance(data, str) or not isinstance(data, Iterable):
        raise TypeError(f"data must hold the samples, as in (a, b), got {data!r}")
    arrays = list(data)
    least = 2 if permutation_type == "independent" else 1
    if len(arrays) < least:
        raise ValueError(f"data must hold {least} or more samples for {permutation_type!r}, got {len(arrays)}")
    samples = along_last_axis(arrays, axis)
    sizes = [x.shape[-1] for x in samples]
    if permutation_type != "independent" and len(set(sizes)) > 1:
        raise ValueError(f"the samples must be equally long for {permutation_type!r}, got {sizes} observations")
    return samples


def _as_number_of_arrangements(n_resamples: float, total: int) -> int:
    wanted = total if n_resamples == inf else as_count(n_resamples, "n_resamples")
    if min(wanted, total) > _MOST:
        raise ValueError(f"n_resamples must be at most {_MOST:,}, got {n_resamples}; there are more arrangements")
    return min(wanted, total)


def _never_nan(statistic: Callable[..., _Floats]) -> Callable[[_Samples], _Floats]:
    """Return the statistic with a complaint if it is nan."""

    def of_samples(samples: _Samples) -> _Floats:
        values = statistic(*samples)
        if np.isnan(values).any():
            raise ValueError("statistic must be a number for each arrangement of the data; for one it is nan")
        return values

    return of_samples
