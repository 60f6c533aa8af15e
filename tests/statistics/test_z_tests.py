"""z tests against their formulas in SciPy's functions, stored values of statsmodels, and what intervals promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from companion.statistics import (
    chi2_contingency,
    proportion_confint,
    proportions_ztest,
    ztest_1samp,
    ztest_1samp_from_stats,
    ztest_ind_from_stats,
)

TAIL = {"two-sided": lambda z: 2 * stats.norm.sf(abs(z)), "less": stats.norm.cdf, "greater": stats.norm.sf}
ALTERNATIVES = pytest.mark.parametrize("alternative", TAIL)


@ALTERNATIVES
@pytest.mark.parametrize("shift", [0.0, 0.3, -2.0, 1e8])
def test_one_sample(alternative, shift):
    x = np.random.default_rng(0).normal(10, 2, 40) + shift
    z = (x - (10 + shift)).mean() / (2 / np.sqrt(40))
    result = ztest_1samp(x, 10 + shift, 2, alternative=alternative)
    rtol = 1e-12 if abs(shift) < 1e6 else 1e-6  # the data themselves have lost digits
    assert_allclose(result.statistic, z, rtol=rtol)
    assert_allclose(result.pvalue, TAIL[alternative](z), rtol=max(rtol, 1e-11))
    assert_allclose(ztest_1samp_from_stats(x.mean(), 40, 10 + shift, 2, alternative), result)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_many_samples_at_once(axis):
    x = np.random.default_rng(0).normal(size=(5, 7))
    z = x.mean(axis=axis) * np.sqrt(x.shape[axis])
    assert_allclose(ztest_1samp(x, 0, 1, axis=axis).statistic, z, rtol=1e-12)


@ALTERNATIVES
def test_two_samples(alternative):
    z = (52 - 50) / np.sqrt(6**2 / 40 + 5**2 / 50)
    result = ztest_ind_from_stats(52, 6, 40, 50, 5, 50, alternative)
    assert_allclose(result, (z, TAIL[alternative](z)), rtol=1e-12)


def test_p_values_far_out_keep_their_digits():
    assert_allclose(ztest_1samp_from_stats(37, 1, 0, 1).pvalue, 2 * stats.norm.sf(37), rtol=1e-12)
    assert ztest_1samp_from_stats(37, 1, 0, 1).pvalue < 1e-298


def test_run_time_and_sign_ups():
    """The worked examples of section 2.2.7 of the notes."""
    assert_allclose(ztest_1samp_from_stats(117, 100, 120, 15, "less"), (-2.0, 0.022750131948179195), rtol=1e-12)
    result = proportions_ztest([114, 80], [1200, 1000], alternative="greater")
    assert_allclose(result, (1.2354548914005277, 0.10833062732121651), rtol=1e-12)


def test_values_of_statsmodels():
    """statsmodels 0.15.0: proportions_ztest([114, 80], [1200, 1000]), and (62, 100, value=0.5, prop_var=0.5)."""
    assert_allclose(proportions_ztest([114, 80], [1200, 1000]), (1.2354548914005277, 0.21666125464243302), rtol=1e-12)
    assert_allclose(proportions_ztest(62, 100, value=0.5), (2.4, 0.01639507184919225), rtol=1e-12)


@ALTERNATIVES
def test_one_proportion(alternative):
    z = (0.62 - 0.5) / np.sqrt(0.25 / 100)
    for count, nobs in ((62, 100), ([62], [100])):
        result = proportions_ztest(count, nobs, 0.5, alternative)
        assert_allclose(result, (z, TAIL[alternative](z)), rtol=1e-12)


@given(st.integers(1, 99), st.integers(1, 199))
def test_two_proportions_squared_are_chi_square(x1, x2):
    result = proportions_ztest([x1, x2], [100, 200])
    table = chi2_contingency([[x1, 100 - x1], [x2, 200 - x2]], correction=False)
    assert_allclose(result.statistic**2, table.statistic, rtol=1e-9, atol=1e-12)
    assert_allclose(result.pvalue, table.pvalue, rtol=1e-8)
    swapped = proportions_ztest([x2, x1], [200, 100])
    assert_allclose(swapped.statistic, -result.statistic)


METHODS = pytest.mark.parametrize("method", ["normal", "wilson", "agresti_coull", "beta"])


@pytest.mark.parametrize(("method", "scipy_method"), [("wilson", "wilson"), ("beta", "exact")])
@pytest.mark.parametrize(("count", "nobs"), [(0, 10), (10, 10), (3, 17), (81, 263), (1, 10**6)])
@pytest.mark.parametrize("alpha", [0.05, 0.2, 1e-6])
def test_intervals_as_in_scipy(method, scipy_method, count, nobs, alpha):
    theirs = stats.binomtest(count, nobs).proportion_ci(1 - alpha, method=scipy_method)
    # SciPy searches for the exact limits with an absolute tolerance
    assert_allclose(proportion_confint(count, nobs, alpha, method), theirs, rtol=1e-9, atol=1e-11)


def test_intervals_of_statsmodels():
    """statsmodels 0.15.0, proportion_confint(7, 50, method=...)."""
    for method, low, high in [
        ("normal", 0.04382186922053717, 0.23617813077946287),
        ("wilson", 0.06950833427016288, 0.26186193710585537),
        ("agresti_coull", 0.06637434349421775, 0.2649959278818006),
        ("beta", 0.05819170034037209, 0.2673960024970084),
    ]:
        assert_allclose(proportion_confint(7, 50, method=method), (low, high), rtol=1e-12)


def test_wilson_is_the_set_of_values_that_are_not_rejected():
    low, high = proportion_confint(9, 40, method="wilson")
    for end in (low, high):
        assert_allclose(proportions_ztest(9, 40, value=float(end)).pvalue, 0.05)


def test_the_exact_interval_ends_where_the_binomial_tails_are_half_of_alpha():
    low, high = proportion_confint(9, 40, method="beta")
    assert_allclose(stats.binom.sf(8, 40, low), 0.025)
    assert_allclose(stats.binom.cdf(9, 40, high), 0.025)


@METHODS
@given(count=st.integers(0, 30), alpha=st.floats(0.001, 0.5))
def test_intervals_hold_the_share_and_mirror_with_failures(method, count, alpha):
    low, high = proportion_confint(count, 30, alpha, method)
    assert 0 <= low <= count / 30 + 1e-12
    assert count / 30 - 1e-12 <= high <= 1
    mirrored = proportion_confint(30 - count, 30, alpha, method)
    assert_allclose((1 - mirrored.high, 1 - mirrored.low), (low, high), atol=1e-9)
    wider = proportion_confint(count, 30, alpha / 2, method)
    assert wider.low <= low + 1e-12
    assert high <= wider.high + 1e-12


def test_coverage_is_as_promised_by_the_exact_one_and_not_by_the_normal_one():
    count = np.arange(51)
    low, high = proportion_confint(count, 50, method="beta")
    p = np.linspace(0.01, 0.99, 99)[:, None]
    covered = (stats.binom.pmf(count, 50, p) * ((low <= p) & (p <= high))).sum(axis=1)
    assert covered.min() >= 0.95
    low, high = proportion_confint(count, 50)
    wald = (stats.binom.pmf(count, 50, p) * ((low <= p) & (p <= high))).sum(axis=1)
    assert wald.min() < 0.5


def test_inputs_are_not_changed():
    x = np.array([1.0, 2.0])
    x.setflags(write=False)
    assert ztest_1samp(x, 1.5, 1).statistic == 0
    assert proportions_ztest(x, [3, 4]).pvalue > 0
