"""Analysis of variance against exact arithmetic (Fraction), SciPy, and the t test; NIST's data are in test_nist."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.datasets import load_iris

from companion.statistics import f_oneway, ttest_ind
from companion.statistics._anova import _root_sums_of_squares
from companion.statistics._samples import summarise

RNG = np.random.default_rng(0)  # given data
IRIS = load_iris().data
GROUPS = {
    "small": ([6.0, 8, 4, 5, 3, 4], [8.0, 12, 9, 11, 6, 8], [13.0, 9, 11, 8, 7, 12]),
    "unequal": ([1.0, 2], [3.0, 5, 4], [2.0]),
    "many": tuple(RNG.normal(k / 10, 2, 300 + k) for k in range(12)),
    "iris": (IRIS[:50], IRIS[50:100], IRIS[100:]),
    "columns": (RNG.normal(size=(4, 3)), RNG.normal(1, 3, size=(7, 3))),
}
small = arrays(float, st.integers(1, 8), elements=st.integers(-9, 9).map(float))


def exact(groups):
    """Return F in fractions, rounded once."""
    x = [[Fraction(value) for value in np.asarray(group, dtype=float).tolist()] for group in groups]
    N, k = sum(map(len, x)), len(x)
    means = [sum(group) / len(group) for group in x]
    grand = sum(map(sum, x)) / N
    between = sum(len(group) * (mean - grand) ** 2 for group, mean in zip(x, means, strict=True))
    within = sum((value - mean) ** 2 for group, mean in zip(x, means, strict=True) for value in group)
    return float(between / (k - 1) / (within / (N - k)))


@pytest.mark.parametrize("groups", GROUPS.values(), ids=GROUPS)
def test_as_scipy(groups):
    ours, theirs = f_oneway(*groups), stats.f_oneway(*groups)
    assert_allclose(ours.statistic, theirs.statistic, rtol=1e-12)
    assert_allclose(ours.pvalue, theirs.pvalue, rtol=1e-11)
    assert np.shape(ours.pvalue) == np.shape(theirs.pvalue)
    statistic, pvalue = ours
    assert_array_equal([statistic, pvalue], [ours.statistic, ours.pvalue])


@pytest.mark.parametrize("axis", [0, 1, -1, None])
def test_the_axis_is_that_of_scipy(axis):
    groups = RNG.normal(size=(3, 5, 4))
    assert_allclose(f_oneway(*groups, axis=axis), stats.f_oneway(*groups, axis=axis), rtol=1e-12)


@pytest.mark.parametrize(
    "groups",
    [
        ([3, 1, 4], [1, 5, 9], [2, 6]),
        (1e8 + RNG.normal(size=20), 1e8 + RNG.normal(size=30), 1e8 + RNG.normal(size=5)),
        ([-1e12, -1e12 + 1], [-1e12 + 3, -1e12 + 1.5], [-1e12]),
        ([1e16, 1e16 + 2], [1e16 + 4, 1e16 + 10]),
        ([1e200, -2e200], [3e200, 1e200]),
        ([1e-200, -2e-200], [3e-200, 1e-200]),
        ([0.1, 0.1, 0.1], [1, 2, 4], [3, 3]),
        ([0.1, 0.2, 0.3], [0.3, 0.1, 0.2 + 2**-50]),
        ([1e300, 1], [1, 2], [3, -1e300]),
        ([1e307, 2e307, -5e307], [1e307, 4e307]),
        ([0, 1e-30], [1, 1], [2, 2]),
    ],
)
def test_hard_numbers(groups):
    assert_allclose(f_oneway(*groups).statistic, exact(groups), rtol=1e-14, atol=1e-30)


@given(groups=st.lists(small, min_size=2, max_size=5), offset=st.sampled_from([0.0, 2.0**26, -(2.0**40)]))
@settings(deadline=None)
def test_against_fractions(groups, offset):
    assume(len(groups) < sum(map(len, groups)))
    assume(max(np.ptp(group) for group in groups) > 0)
    expected = exact(groups)
    result = f_oneway(*(group + offset for group in groups))
    assert_allclose(result.statistic, expected, rtol=1e-13, atol=1e-13)
    assert_allclose(f_oneway(*(group * -3e-100 for group in groups)).statistic, expected, rtol=1e-12, atol=1e-12)
    assert_allclose(f_oneway(*groups[::-1]).pvalue, result.pvalue, rtol=1e-12)


@given(a=small, b=small)
@settings(deadline=None)
def test_two_groups_are_the_pooled_t_test(a, b):
    assume(len(a) + len(b) > 2)
    assume(np.ptp(a) + np.ptp(b) > 0)
    anova, pooled = f_oneway(a, b), ttest_ind(a, b)
    assert_allclose(anova.statistic, pooled.statistic**2, rtol=1e-12, atol=1e-25)
    assert_allclose(anova.pvalue, pooled.pvalue, rtol=1e-11)


def test_sums_of_squares_add_up():
    groups = GROUPS["many"]
    between, within = _root_sums_of_squares([summarise(group.copy()) for group in groups])
    assert_allclose(between**2 + within**2, np.concatenate(groups).var() * sum(map(len, groups)), rtol=1e-13)
    assert_allclose(within**2, sum(group.var() * len(group) for group in groups), rtol=1e-13)


def test_p_values():
    rng = np.random.default_rng(1)
    pvalues = f_oneway(*(rng.normal(3, 2, (n, 4000)) for n in (2, 5, 9))).pvalue
    assert stats.kstest(pvalues, "uniform").pvalue > 0.01
    far = f_oneway([0, 1e-70], [1, 1], [2, 2])
    assert 1e-300 < far.pvalue < 1e-200
    # with two degrees of freedom between, the tail has a closed form
    assert_allclose(np.log(far.pvalue), -1.5 * np.log1p(2 * far.statistic / 3), rtol=1e-13)


def test_inputs():
    a = np.array([1, 2, 4], dtype=np.int8)
    a.flags.writeable = False
    result = f_oneway(a, [Fraction(1, 2), 3], np.float32([2, 2]))
    assert_allclose(result, f_oneway([1, 2, 4], [0.5, 3], [2, 2]), rtol=1e-15)
    assert all(isinstance(value, np.float64) for value in result)
    one_column = f_oneway(RNG.normal(size=(4, 1)), RNG.normal(size=(5, 3)))
    assert one_column.statistic.shape == (3,)
