"""Permutation tests against SciPy with the same random numbers, all arrangements by hand, and published values."""

from itertools import combinations, permutations, product
from math import comb, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import _permutation as module
from companion.statistics import permutation_test

FIRST, SECOND = [7, 9, 8, 6, 10, 7], [9, 11, 10, 8, 12, 10]
# Darwin's fifteen pairs of plants, crossed minus self-fertilised, in eighths of an inch (Fisher 1935, sec. 17).
DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
ALTERNATIVES = ("two-sided", "less", "greater")


def gap(a, b, axis):
    return np.mean(a, axis=axis) - np.mean(b, axis=axis)


def slope(a, b, axis):
    return np.sum(a * b, axis=axis)


def spread_of_means(*samples, axis):
    return np.var([np.mean(x, axis=axis) for x in samples], axis=0)


def same(ours, reference):
    assert_allclose(ours.statistic, reference.statistic, rtol=1e-15)
    assert_allclose(ours.pvalue, reference.pvalue, rtol=1e-15)
    assert ours.null_distribution.shape == reference.null_distribution.shape
    assert_allclose(ours.null_distribution, reference.null_distribution, rtol=1e-13, atol=1e-14)


def draw(*shapes):
    rng = np.random.default_rng(len(shapes) + sum(map(sum, shapes)))
    return tuple(rng.normal(size=shape).round(2) for shape in shapes)


CASES = [
    (draw((8,), (9,)), gap, "independent", 0),
    (draw((30,), (5,)), gap, "independent", 0),
    (draw((4,), (5,), (6,)), spread_of_means, "independent", -1),
    (draw((7, 3), (6, 3)), gap, "independent", 0),
    (draw((2, 7), (1, 9)), gap, "independent", 1),
    (draw((7,), (2, 9)), gap, "independent", -1),
    (draw((7,), (2, 9)), gap, "independent", 1),
    (draw((20,), (20,)), gap, "samples", 0),
    (draw((11,), (11,), (11,)), spread_of_means, "samples", 0),
    (draw((20,)), lambda a, axis: np.mean(a, axis=axis), "samples", 0),
    (draw((2, 15), (2, 15)), gap, "samples", 1),
    (draw((12,), (12,)), slope, "pairings", 0),
    (draw((9, 2), (9, 2)), slope, "pairings", 0),
]


@pytest.mark.parametrize("case", range(len(CASES)))
@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_random_arrangements_are_those_of_scipy(case, alternative):
    data, statistic, kind, axis = CASES[case]
    options = {"permutation_type": kind, "axis": axis, "n_resamples": 199, "alternative": alternative}
    for seed in (0, 7):
        ours = permutation_test(data, statistic, **options, rng=seed)
        same(ours, stats.permutation_test(data, statistic, **options, rng=seed))
        same(permutation_test(data, statistic, **options, rng=seed, batch=17), ours)
        same(permutation_test(data, statistic, **options, rng=np.random.default_rng(seed), vectorized=True), ours)


def test_a_statistic_without_a_signature_is_called_sample_by_sample():
    ours = permutation_test((DARWIN[:6],), max, permutation_type="samples")
    same(ours, stats.permutation_test((DARWIN[:6],), lambda x: max(x), permutation_type="samples"))


FEW = [
    (draw((3,), (4,)), gap, "independent", 0),
    (draw((2,), (3,), (2,)), spread_of_means, "independent", 0),
    (draw((2,), (2,), (2,), (2,)), spread_of_means, "independent", 0),
    (draw((3, 2), (4, 2)), gap, "independent", 0),
    (draw((6,)), lambda a, axis: np.mean(a, axis=axis), "samples", 0),
    (draw((7,), (7,)), gap, "samples", 0),
    (draw((4,), (4,), (4,)), spread_of_means, "samples", 0),
    (draw((2, 5), (2, 5)), gap, "samples", 1),
    (draw((3,), (3,)), slope, "pairings", 0),
    (draw((4,)), lambda a, axis: np.take(a, 0, axis=axis), "pairings", 0),
    (draw((3, 2), (3, 2)), slope, "pairings", 0),
]


@pytest.mark.parametrize("case", range(len(FEW)))
@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_all_arrangements(case, alternative):
    data, statistic, kind, axis = FEW[case]
    options = {"permutation_type": kind, "axis": axis, "alternative": alternative}
    reference = stats.permutation_test(data, statistic, **options, n_resamples=inf)
    ours = permutation_test(data, statistic, **options, n_resamples=inf)
    same(ours, reference)
    same(permutation_test(data, statistic, **options), reference)
    for batch in (1, 5, 10**6):
        same(permutation_test(data, statistic, **options, batch=batch), reference)
    exactly = len(reference.null_distribution)
    same(permutation_test(data, statistic, **options, n_resamples=exactly), reference)
    assert len(permutation_test(data, statistic, **options, n_resamples=exactly - 1).null_distribution) == exactly - 1


@pytest.mark.parametrize("sizes", [[1, 1], [2, 3], [4, 1], [1, 2, 3], [2, 2, 2], [1, 1, 1, 1], [3, 1, 2, 1]])
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_every_partition_comes_once(sizes, size):
    rows = np.concatenate([*module._partitions(sizes, size)])
    ends = np.cumsum(sizes)
    groups = {tuple(frozenset(part.tolist()) for part in np.split(row, ends[:-1])) for row in rows}
    assert len(groups) == len(rows) == np.prod([comb(int(e), n) for e, n in zip(ends, sizes, strict=True)])
    assert all(sorted(row) == list(range(sum(sizes))) for row in rows.tolist())


@pytest.mark.parametrize(("k", "n"), [(1, 3), (2, 2), (3, 2), (2, 3), (6, 2)])
def test_every_order_comes_once(k, n):
    expected = list(product(permutations(range(n)), repeat=k))
    for size in (1, 5, 1000):
        rows = [*module._orders(k, n, size)]
        assert all(len(some) == size for some in rows[:-1])
        assert [tuple(map(tuple, row)) for row in np.concatenate(rows).tolist()] == expected


def test_the_medicines_by_counting():
    pooled = np.array(FIRST + SECOND)
    sums = np.array([pooled[list(group)].sum() for group in combinations(range(12), 6)])
    assert np.count_nonzero(sums <= sum(FIRST)) == 22
    result = permutation_test((FIRST, SECOND), gap, alternative="less")
    assert_allclose(result.pvalue, 22 / 924, rtol=1e-15)
    assert_allclose(permutation_test((SECOND, FIRST), gap, alternative="greater").pvalue, 22 / 924, rtol=1e-15)
    assert_allclose(permutation_test((FIRST, SECOND), gap).pvalue, 44 / 924, rtol=1e-15)
    assert permutation_test(([1, 4], [2, 3]), gap).pvalue == 1  # twice 4/6 is no probability
    # Sums of tenths tie only up to rounding.
    tenths = [np.array(x) / 10 + 0.1 for x in (FIRST, SECOND)]
    assert_allclose(permutation_test(tenths, gap, alternative="less").pvalue, 22 / 924, rtol=1e-15)


def test_published_values():
    """Fisher's test of Darwin's plants: 863 of the 32,768 choices of signs reach the sum; and his lady, 1 of 70."""
    total = permutation_test(
        (DARWIN,), lambda a, axis: np.sum(a, axis=axis), permutation_type="samples", n_resamples=inf
    )
    assert (total.statistic, len(total.null_distribution)) == (314, 32_768)
    assert total.pvalue == 2 * 863 / 32_768
    tea = permutation_test(([1, 1, 1, 1], [0, 0, 0, 0]), gap, alternative="greater")
    assert_allclose(tea.pvalue, 1 / 70, rtol=1e-15)


@given(
    values=st.lists(st.integers(-50, 50), min_size=7, max_size=9, unique=True),
    first=st.integers(2, 5),
    data=st.data(),
)
@settings(max_examples=30, deadline=None)
def test_exact_p_values_hold_their_level(values, first, data):
    """Over all deals of the same numbers, p is at most alpha in a share of at most alpha of them, and nearly so."""
    whole = permutation_test((values[:first], values[first:]), lambda a, b: sum(a), alternative="less")
    null = np.sort(whole.null_distribution)
    p = np.searchsorted(null, null, side="right") / len(null)
    alpha = data.draw(st.sampled_from([0.05, 0.1, 0.5]))
    assert np.mean(p <= alpha) <= alpha
    order = data.draw(st.permutations(range(first)))
    again = permutation_test(([values[i] for i in order], values[first:]), lambda a, b: sum(a), alternative="less")
    assert again.pvalue == whole.pvalue >= 1 / len(null)
    upper = permutation_test((values[:first], values[first:]), lambda a, b: sum(a), alternative="greater").pvalue
    assert whole.pvalue + upper >= 1  # the data count in both tails
    both = permutation_test((values[:first], values[first:]), lambda a, b: sum(a)).pvalue
    assert both == min(1, 2 * min(whole.pvalue, upper))


def test_random_p_values_are_never_0_and_hold_their_level():
    a, b = np.arange(40.0), np.arange(40.0) + 100
    result = permutation_test((a, b), gap, n_resamples=99, rng=0)
    assert_allclose(result.pvalue, 2 / 100, rtol=1e-15)
    rng = np.random.default_rng(1)
    p = [permutation_test((rng.normal(size=(2, 12))), gap, n_resamples=19, rng=rng).pvalue for _ in range(2000)]
    share = np.mean(np.array(p) <= 0.1)
    assert 0.08 < share < 0.12


def test_without_axis_and_on_read_only_data():
    data = draw((9,), (8,))
    for sample in data:
        sample.flags.writeable = False
    reference = permutation_test(data, gap, rng=3, n_resamples=50)
    same(permutation_test(data, lambda a, b: a.mean() - b.mean(), rng=3, n_resamples=50), reference)
    same(permutation_test([list(x) for x in data], gap, rng=3, n_resamples=50, vectorized=True), reference)

    def sorts(a, b, axis):
        a.sort(axis=axis)
        return gap(a, b, axis=axis)

    same(permutation_test(data, sorts, rng=3, n_resamples=50), reference)
    table = draw((2, 7), (2, 6))
    reference = permutation_test(table, gap, axis=1, rng=3, n_resamples=50)
    same(permutation_test(table, lambda a, b: a.mean() - b.mean(), axis=1, rng=3, n_resamples=50), reference)


def test_infinite_statistics():
    """A t statistic is infinite where nothing varies within the samples: as extreme as can be."""

    def infinite(a, b):
        return (a.mean() - b.mean()) / 0.0 if a.var() + b.var() == 0 else a.mean() - b.mean()

    with np.errstate(divide="ignore"):
        result = permutation_test(([2.0, 2.0, 2.0], [1.0, 1.0, 1.0]), infinite, alternative="greater")
        assert (result.statistic, result.pvalue) == (inf, 1 / 20)
        opposite = permutation_test(([1.0, 1.0, 1.0], [2.0, 2.0, 2.0]), infinite, alternative="greater")
    assert (opposite.statistic, opposite.pvalue) == (-inf, 1)


def test_whole_statistics_and_types():
    result = permutation_test((FIRST, SECOND), lambda a, b: int(a.sum()), alternative="less")
    assert isinstance(result.statistic, np.float64)
    assert isinstance(result.pvalue, np.float64)
    assert_allclose(result.pvalue, 22 / 924, rtol=1e-15)
    table = permutation_test((np.ones((2, 3)) * [1, 2, 4], np.arange(6.0).reshape(2, 3)), gap, axis=1)
    assert table.statistic.shape == table.pvalue.shape == (2,)
    assert_array_equal(table.null_distribution.shape, (20, 2))
