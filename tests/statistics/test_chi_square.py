"""Chi-square tests against SciPy, published values, and what must not matter."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose
from scipy import stats

from companion.statistics import association, chi2_contingency, chisquare, expected_freq

COUNTS = {
    "coin": [62, 38],
    "die": [8, 9, 12, 11, 6, 14],
    "mendel": [315, 101, 108, 32],
    "floats": [1.5, 2.5, 7.0],
    "as expected": [25, 25, 25, 25],
    "a zero": [0, 5, 10],
    "huge": [10**12, 10**12 + 10**7, 10**12 - 10**7],
    "far off": [5000, 100],
    "hopeless": [1300, 0],
}
TABLES = {
    "tea": [[20, 30], [10, 40]],
    "three by three": [[10, 20, 30], [6, 9, 17], [25, 5, 3]],
    "two by four": [[12, 7, 3, 9], [1, 8, 14, 9]],
    "independent": [[10, 20], [30, 60]],
    "near": [[10.2, 20], [30, 60]],
    "zero cell": [[0, 5], [8, 2]],
    "three variables": np.arange(1, 25).reshape(2, 3, 4),
    "large": [[10**9, 10**9 + 10**6], [10**9, 10**9]],
    "one row": [[3, 4, 5]],
    "flat": [3, 4, 5],
}


@pytest.mark.parametrize("counts", COUNTS.values(), ids=COUNTS)
@pytest.mark.parametrize("ddof", [0, 1])
def test_goodness_of_fit_as_in_scipy(counts, ddof):
    if len(counts) - 1 - ddof < 1:
        return
    ours, theirs = chisquare(counts, ddof=ddof), stats.chisquare(counts, ddof=ddof)
    assert_allclose(ours.statistic, theirs.statistic, rtol=1e-12, atol=1e-15)
    assert_allclose(ours.pvalue, theirs.pvalue, rtol=1e-11)


def test_expected_counts_may_be_given():
    observed, expected = COUNTS["mendel"], np.array([9, 3, 3, 1]) * 556 / 16
    ours, theirs = chisquare(observed, expected), stats.chisquare(observed, expected)
    assert_allclose(ours, theirs, rtol=1e-12)


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_many_samples_at_once(axis):
    f_obs = np.random.default_rng(0).integers(1, 50, (4, 4))
    assert_allclose(chisquare(f_obs, axis=axis), stats.chisquare(f_obs, axis=axis), rtol=1e-11)
    f_exp = np.full((4, 4), f_obs.sum(axis=axis, keepdims=True) / 4)
    assert_allclose(chisquare(f_obs, f_exp, axis=axis), stats.chisquare(f_obs, f_exp, axis=axis), rtol=1e-11)


def test_published_peas_of_mendel():
    """R. A. Fisher, Has Mendel's work been rediscovered?, 1936: 9:3:3:1 among 556 seeds, chi-square 0.470, 3 d.f."""
    result = chisquare(COUNTS["mendel"], np.array([9, 3, 3, 1]) * 556 / 16)
    assert round(float(result.statistic), 3) == 0.470
    assert round(float(result.pvalue), 3) == 0.925


def test_published_die_and_coin():
    assert_allclose(chisquare(COUNTS["die"]).statistic, 4.2)
    assert_allclose(chisquare(COUNTS["die"]).pvalue, 0.5210, atol=5e-5)
    assert_allclose(chisquare([62, 38]).statistic, 5.76)
    assert_allclose(chisquare([62, 38]).pvalue, 0.01639507184919225, rtol=1e-12)


def test_a_p_value_far_out_keeps_its_digits():
    result = chisquare([1300, 0])
    assert result.pvalue < 1e-280
    assert_allclose(result.pvalue, 2 * stats.norm.sf(np.sqrt(1300)), rtol=1e-11)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
@pytest.mark.parametrize("correction", [False, True])
def test_independence_as_in_scipy(table, correction):
    ours, theirs = chi2_contingency(table, correction), stats.chi2_contingency(table, correction=correction)
    assert_allclose(ours.statistic, theirs.statistic, rtol=1e-11, atol=1e-13)
    assert_allclose(ours.pvalue, theirs.pvalue, rtol=1e-10)
    assert ours.dof == theirs.dof
    assert_allclose(ours.expected_freq, theirs.expected_freq, rtol=1e-13)
    assert_allclose(expected_freq(table), stats.contingency.expected_freq(table), rtol=1e-13)


@pytest.mark.parametrize("name", ["tea", "three by three", "two by four", "zero cell"])
@pytest.mark.parametrize("method", ["cramer", "tschuprow", "pearson"])
@pytest.mark.parametrize("correction", [False, True])
def test_association_as_in_scipy(name, method, correction):
    table = np.array(TABLES[name])
    theirs = stats.contingency.association(table, method=method, correction=correction)
    assert_allclose(association(table, method, correction), theirs, rtol=1e-11)


def test_a_function_of_the_other_variable_is_associated_fully():
    assert association([[7, 0, 0], [0, 4, 9]]) == pytest.approx(1)
    assert association(TABLES["independent"]) == pytest.approx(0, abs=1e-12)


def test_two_by_two_is_the_square_of_the_z_test_of_proportions():
    (a, b), (c, d) = TABLES["tea"]
    pooled = (a + c) / (a + b + c + d)
    se = np.sqrt(pooled * (1 - pooled) * (1 / (a + b) + 1 / (c + d)))
    z = (a / (a + b) - c / (c + d)) / se
    result = chi2_contingency(TABLES["tea"], correction=False)
    assert_allclose(result.statistic, z**2)
    assert_allclose(result.pvalue, 2 * stats.norm.sf(abs(z)))


POSITIVE = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(1, 60))


@given(POSITIVE, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter(table, random):
    rows, columns = list(range(table.shape[0])), list(range(table.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    mixed = table[rows][:, columns]
    assert_allclose(chi2_contingency(mixed)[:2], chi2_contingency(table)[:2], rtol=1e-9, atol=1e-12)
    assert_allclose(chi2_contingency(table.T)[:2], chi2_contingency(table)[:2], rtol=1e-9, atol=1e-12)


@given(POSITIVE, st.integers(2, 50))
def test_repeated_data_multiply_the_statistic_and_keep_the_association(table, times):
    once, often = chi2_contingency(table, False), chi2_contingency(times * table, False)
    assert_allclose(often.statistic, times * once.statistic, rtol=1e-9, atol=1e-9)
    assert_allclose(association(times * table), association(table), rtol=1e-7, atol=1e-7)


@given(POSITIVE)
def test_expected_counts_have_the_margins_of_the_observed(table):
    E = expected_freq(table)
    assert_allclose(E.sum(axis=0), table.sum(axis=0))
    assert_allclose(E.sum(axis=1), table.sum(axis=1))


@given(POSITIVE)
def test_the_correction_never_raises_the_statistic(table):
    assert chi2_contingency(table).statistic <= chi2_contingency(table, False).statistic + 1e-12


def test_p_values_are_uniform_under_the_null():
    rng = np.random.default_rng(0)
    counts = rng.multinomial(2000, [0.1, 0.2, 0.3, 0.4], size=4000)
    p = chisquare(counts, 2000 * np.tile([0.1, 0.2, 0.3, 0.4], (4000, 1)), axis=1).pvalue
    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_inputs_are_not_changed():
    table = np.array(TABLES["tea"])
    table.setflags(write=False)
    assert chi2_contingency(table).dof == 1
    assert chisquare(table).statistic.shape == (2,)
