"""Effect sizes against their formulas in fractions, the t test, and what their correction promises."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose
from scipy import special, stats

from companion.statistics import (
    cohen_d,
    cohen_d_from_stats,
    overlap_coefficient,
    probability_of_superiority,
    proportion_effectsize,
    ttest_1samp,
    ttest_ind,
)
from companion.statistics._effect_size import _hedges

A, B = np.array([7.0, 9, 8, 6, 10, 7]), np.array([9.0, 11, 10, 8, 12, 10])
small = arrays(float, st.integers(2, 20), elements=st.integers(-9, 9).map(float))


@given(a=small, b=small, offset=st.sampled_from([0.0, 2.0**26, 2.0**40]), scale=st.sampled_from([1.0, 1e-200, 1e200]))
@settings(deadline=None)
def test_d_is_t_without_the_sizes(a, b, offset, scale):
    assume(np.ptp(a) > 0)
    n1, n2 = len(a), len(b)
    x, y = (a + offset) * scale, (b + offset) * scale
    assume(offset == 0 or scale == 1)
    expected = ttest_ind(a, b).statistic * np.sqrt(1 / n1 + 1 / n2)
    assert_allclose(cohen_d(x, y), expected, rtol=1e-13, atol=1e-15)
    assert_allclose(cohen_d(y, x), -expected, rtol=1e-13, atol=1e-15)
    one = ttest_1samp(a, 1.5).statistic / np.sqrt(n1)
    assert_allclose(cohen_d(x, popmean=(1.5 + offset) * scale), one, rtol=1e-13, atol=1e-15)


def test_known_cases():
    assert_allclose(cohen_d(A, B), (A.mean() - B.mean()) / np.sqrt((A.var(ddof=1) + B.var(ddof=1)) / 2), rtol=1e-14)
    assert_allclose(cohen_d([1, 2, 3], popmean=5), -3, rtol=1e-15)
    assert_allclose(cohen_d([1], [2, 4]), -2 / np.sqrt(2), rtol=1e-15)
    assert_allclose(cohen_d_from_stats(91, 4, 24, 88, 3, 18), 3 / np.sqrt(521 / 40), rtol=1e-15)
    assert_allclose(cohen_d_from_stats([91, 88], 4, 24, 88, 3, 18), [3 / np.sqrt(521 / 40), 0], rtol=1e-15)


@pytest.mark.parametrize("correction", [True, False])
def test_statistics_instead_of_samples(correction):
    given_ = [x for s in (A, B[:4]) for x in (s.mean(), s.std(ddof=1), len(s))]
    assert_allclose(
        cohen_d_from_stats(*given_, correction=correction), cohen_d(A, B[:4], correction=correction), rtol=1e-14
    )


@pytest.mark.parametrize("axis", [0, 1, -1, None])
def test_axes(axis):
    a, b = np.random.default_rng(0).normal(size=(2, 5, 6))
    n = a.size if axis is None else a.shape[axis]
    expected = ttest_ind(a, b, axis=axis).statistic * np.sqrt(2 / n)
    assert_allclose(cohen_d(a, b, axis=axis), expected, rtol=1e-14)
    assert_allclose(cohen_d(a - b, axis=axis), ttest_1samp(a - b, 0, axis=axis).statistic / np.sqrt(n), rtol=1e-14)
    popmean = 0.5 if axis is None else np.take(b, [0], axis=axis)
    expected = ttest_1samp(a, popmean, axis=axis).statistic / np.sqrt(n)
    assert_allclose(cohen_d(a, popmean=popmean, axis=axis), expected, rtol=1e-14)


def test_the_factor_of_hedges():
    """His table of the factor, its definition, and its expansion."""
    table = {2: 0.5642, 3: 0.7236, 4: 0.7979, 5: 0.8408, 10: 0.9228, 20: 0.9619, 50: 0.9849}
    for df, expected in table.items():
        assert_allclose(_hedges(np.float64(df)), expected, atol=1e-4)
        exact = special.gamma(df / 2) / np.sqrt(df / 2) / special.gamma((df - 1) / 2)
        assert_allclose(_hedges(np.float64(df)), exact, rtol=1e-14)
    for df in (1e6, 1e9):
        assert_allclose(_hedges(np.float64(df)), 1 - 3 / (4 * df - 1), rtol=1e-12)
    assert_allclose(cohen_d(A, B, correction=True), cohen_d(A, B) * _hedges(np.float64(10)), rtol=1e-15)
    assert_allclose(cohen_d(A, correction=True), cohen_d(A) * _hedges(np.float64(5)), rtol=1e-15)


@pytest.mark.parametrize(("n1", "n2", "delta"), [(2, 2, 0.5), (3, 8, 2), (20, 5, -1)])
def test_the_correction_removes_the_bias(n1, n2, delta):
    """By the law of d: d / sqrt(1/n1 + 1/n2) follows the noncentral t law."""
    df, root = n1 + n2 - 2, np.sqrt(1 / n1 + 1 / n2)
    mean = root * stats.nct.mean(df, delta / root)
    assert abs(mean) > abs(delta) * 1.02
    assert_allclose(mean * _hedges(np.float64(df)), delta, rtol=1e-9)
    rng = np.random.default_rng(1)
    a, b = rng.normal(delta, 1, (n1, 100_000)), rng.normal(0, 1, (n2, 100_000))
    d, g = cohen_d(a, b), cohen_d(a, b, correction=True)
    assert abs(g.mean() - delta) < 4 * g.std() / np.sqrt(len(g))
    assert abs(d.mean() - mean) < 4 * d.std() / np.sqrt(len(d))


def test_types():
    assert isinstance(cohen_d([1, 2], [3, 5]), np.float64)
    assert isinstance(cohen_d([1, 2]), np.float64)
    assert isinstance(cohen_d_from_stats(1, 2, 3, 4, 5, 6), np.float64)


def test_overlap_and_superiority():
    """Against the area of the lower density, the standard library, and the area under the ROC curve."""
    d = np.array([-3.0, -0.5, 0, 0.2, 0.5, 0.8, 1.5, 4])
    x = np.linspace(-15, 15, 300_001)
    for one, overlap, above in zip(d, overlap_coefficient(d), probability_of_superiority(d), strict=True):
        lower = np.minimum(stats.norm.pdf(x), stats.norm.pdf(x, one))
        assert_allclose(overlap, np.trapezoid(lower, x), rtol=1e-6)
        if one:
            assert_allclose(overlap, NormalDist(0, 1).overlap(NormalDist(one, 1)), rtol=1e-12)
        assert_allclose(above, np.trapezoid(stats.norm.pdf(x, one) * stats.norm.cdf(x), x), rtol=1e-9)
    assert_allclose(overlap_coefficient([0.2, 0.5, 0.8]), [0.920344325445942, 0.8025873486341526, 0.6891565167793516])
    assert_allclose(probability_of_superiority([0.1, 0.8]), [0.5281859888985083, 0.7141961775233342], rtol=1e-14)
    assert_allclose(overlap_coefficient(60), 2 * stats.norm.cdf(-30), rtol=1e-11)
    assert_allclose(probability_of_superiority(-40), stats.norm.cdf(-40 / np.sqrt(2)), rtol=1e-11)
    assert isinstance(overlap_coefficient(1), np.float64)
    assert isinstance(probability_of_superiority(1), np.float64)


def test_proportion_effectsize():
    """Against the values in the documentation of statsmodels, and limits."""
    assert_allclose(proportion_effectsize(0.5, [0.25, 0.5]), [np.pi / 6, 0], atol=1e-15)
    assert_allclose(proportion_effectsize([0, 1], [1, 0]), [-np.pi, np.pi])
    assert_allclose(proportion_effectsize(0.5, [0.3, 0.4]), [0.41151684606748806, 0.20135792079033088], rtol=1e-14)
    assert isinstance(proportion_effectsize(0.2, 0.3), np.float64)
    p, n = 0.07, 4000  # its promise: the variance of an angle is 1/n
    k = np.arange(n + 1)
    angle, weight = proportion_effectsize(k / n, p), stats.binom.pmf(k, n, p)
    assert_allclose(n * np.average(angle**2, weights=weight), 1, rtol=5e-3)
