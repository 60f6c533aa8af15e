"""p-values and critical values against SciPy, the tests of the package, and each other."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from companion.probability import binom, chi2, f, norm, t
from companion.statistics import critical_value, decide, pvalue, ttest_ind, ztest_1samp_from_stats

ALTERNATIVES = ("two-sided", "less", "greater")
LAWS = [
    (norm, stats.norm),
    (t(19), stats.t(19)),
    (t(1.5), stats.t(1.5)),
    (chi2(4), stats.chi2(4)),
    (f(3, 20), stats.f(3, 20)),
    (norm(5, 2), stats.norm(5, 2)),
]
STATISTICS = np.array([-30.0, -2.5, -0.1, 0.0, 0.3, 1.96, 4.9, 12.0, 80.0])


@pytest.mark.parametrize("pair", LAWS, ids=lambda pair: str(pair[0]))
def test_pvalues_are_tail_areas(pair):
    for law in pair:
        low, high = pair[1].cdf(STATISTICS), pair[1].sf(STATISTICS)
        assert_allclose(pvalue(STATISTICS, law, "less"), low, rtol=1e-12)
        assert_allclose(pvalue(STATISTICS, law, "greater"), high, rtol=1e-12)
        assert_allclose(pvalue(STATISTICS, law), np.minimum(1, 2 * np.minimum(low, high)), rtol=1e-12)


def test_symmetric_laws_keep_the_digits_of_far_tails():
    for law, reference in ((norm, stats.norm), (t(7), stats.t(7))):
        far = np.array([-37.0, -9, 9, 37])
        assert_allclose(pvalue(far, law), 2 * reference.sf(np.abs(far)), rtol=1e-11)
        assert np.all(pvalue(far, law) > 0)


def test_published_values():
    """Tables of t, chi-square and F (NIST/SEMATECH e-Handbook, sec. 1.3.6.7); the t of the errata."""
    table = [
        (t(10), 0.05, 1.812),
        (t(18), 0.01, 2.552),
        (norm, 0.025, 1.960),
        (chi2(4), 0.05, 9.488),
        (f(3, 20), 0.05, 3.098),
    ]
    for law, alpha, expected in table:
        assert_allclose(critical_value(alpha, law, "greater"), expected, atol=5e-4)
    assert_allclose(critical_value(0.05, chi2(4)), [0.484, 11.143], atol=5e-4)
    assert_allclose(critical_value(0.05, t(18), "less"), -1.734, atol=5e-4)
    assert_allclose([pvalue(-2.5, t(18), how) for how in ALTERNATIVES], [0.0223, 0.0112, 0.9888], atol=5e-5)


@pytest.mark.parametrize("alternative", ALTERNATIVES)
def test_the_tests_of_the_package_use_the_same_areas(alternative):
    rng = np.random.default_rng(5)
    a, b = rng.normal(0, 1, (9, 40)), rng.normal(0.3, 2, (12, 40))
    result = ttest_ind(a, b, equal_var=False, alternative=alternative)
    assert_allclose(pvalue(result.statistic, t(result.df), alternative), result.pvalue, rtol=1e-13)
    z = ztest_1samp_from_stats([117, 121, 120], 100, 120, 15, alternative)
    assert_allclose(pvalue(z.statistic, norm, alternative), z.pvalue, rtol=1e-14)


@given(
    statistic=st.floats(-40, 40),
    alpha=st.floats(1e-6, 0.5),
    which=st.integers(0, len(LAWS) - 1),
    alternative=st.sampled_from(ALTERNATIVES),
)
@settings(deadline=None)
def test_p_is_below_alpha_where_the_statistic_is_in_the_rejection_region(statistic, alpha, which, alternative):
    law = LAWS[which][0]
    reject, p, critical = decide(statistic, law, alpha, alternative)
    assume(abs(p - alpha) > 1e-9 * alpha)
    bounds = {"less": (critical, np.inf), "greater": (-np.inf, critical), "two-sided": critical}[alternative]
    inside = statistic < bounds[0] or statistic > bounds[1]
    assert inside == (p < alpha) == reject
    assert_allclose(pvalue(critical, law, alternative), alpha, rtol=1e-8)
    assert_allclose(p, pvalue(statistic, law, alternative), rtol=0)
    assert_allclose(critical, critical_value(alpha, law, alternative), rtol=0)


def test_counts_belong_to_their_own_tail():
    for law, reference in ((binom(100, 0.5), stats.binom(100, 0.5)), (binom(20, 0.3), stats.binom(20, 0.3))):
        n, p0 = reference.args
        for k in (0, 3, 6, 13, n):
            for alternative in ("less", "greater"):
                exact = stats.binomtest(k, n, p0, alternative=alternative).pvalue
                assert_allclose(pvalue(k, law, alternative), exact, rtol=1e-11)
                assert_allclose(pvalue(k, reference, alternative), exact, rtol=1e-11)
        low, high = critical_value(0.05, law)
        assert pvalue(low - 1, law, "less") < 0.025 <= pvalue(low, law, "less")
        assert pvalue(high + 1, law, "greater") <= 0.025 < pvalue(high, law, "greater")
    assert pvalue(50, binom(100, 0.5)) == 1
    assert stats.binom(1, 0.01).sf(0) + stats.binom(1, 0.01).pmf(0) > 1 == pvalue(0, stats.binom(1, 0.01), "greater")


def test_many_at_once():
    reject, p, (low, high) = decide([-3, 0, 3], t([5, 10, 20]), [0.05, 0.01, 0.1])
    assert reject.tolist() == [True, False, True]
    assert_allclose(p, 2 * stats.t.sf([3, 0, 3], [5, 10, 20]), rtol=1e-12)
    assert_allclose(high, stats.t.isf([0.025, 0.005, 0.05], [5, 10, 20]), rtol=1e-12)
    assert_allclose(low, -high, rtol=1e-12)


def test_types():
    assert isinstance(pvalue(1, norm), np.float64)
    assert isinstance(pvalue(-1, stats.t(5), "less"), np.float64)
    assert isinstance(critical_value(0.05, norm, "less"), np.float64)
    assert all(isinstance(bound, np.float64) for bound in critical_value(0.05, t(9)))
    assert isinstance(decide(1, norm).reject, np.bool_)
