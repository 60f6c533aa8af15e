"""Intervals of means against SciPy and stored values of statsmodels, and what they promise.

`python -m tests.statistics.test_confidence` prints the worst differences from SciPy, in standard errors.
"""

from math import fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import (
    coverage,
    proportion_confint,
    samplesize_confint_mean,
    samplesize_confint_proportion,
    tconfint_mean,
    tconfint_mean_from_stats,
    ttest_1samp,
    zconfint_diff_from_stats,
    zconfint_mean_from_stats,
    ztest_1samp_from_stats,
    ztest_ind_from_stats,
)

RNG = np.random.default_rng(0)  # given data
SAMPLES = {
    "six": np.array([12.1, 10.4, 14.8, 11.9, 13.0, 9.7]),
    "two": np.array([1.0, 2.5]),
    "skew": RNG.gamma(1.5, size=40),
    "many": RNG.normal(3, 2, 5000),
    "columns": RNG.normal(size=(12, 5)),
    "around 1e8": 1e8 + RNG.normal(size=30),
    "tiny": RNG.normal(size=9) * 1e-150,
    "huge": RNG.normal(size=9) * 1e150,
}
ALPHAS = (0.05, 0.5, 1e-6)
ALTERNATIVES = ("two-sided", "less", "greater")
every_sample = pytest.mark.parametrize("x", SAMPLES.values(), ids=SAMPLES)
every_alternative = pytest.mark.parametrize("alternative", ALTERNATIVES)
positive = st.floats(0.01, 100)


def cut(low, high, alternative):
    """The interval at the level 1 - 2 alpha with one end taken away."""
    infinity = np.full_like(low, np.inf)
    return (-infinity if alternative == "less" else low), (infinity if alternative == "greater" else high)


# The t interval


@every_sample
@every_alternative
@pytest.mark.parametrize("alpha", ALPHAS)
def test_t_intervals_as_in_scipy(x, alternative, alpha):
    tail = alpha / 2 if alternative == "two-sided" else alpha
    mean, error, t = x.mean(axis=0), stats.sem(x), stats.t.isf(tail, len(x) - 1)
    rounding = 2 * np.max(np.spacing(np.abs(mean)) / error)
    for ours in (
        tconfint_mean(x, alpha, alternative),
        tconfint_mean_from_stats(mean, x.std(axis=0, ddof=1), len(x), alpha, alternative),
    ):
        assert np.shape(ours.low) == np.shape(ours.high) == np.shape(error)
        for end, sign, open_ in zip(ours, (-1, 1), ("less", "greater"), strict=True):
            if alternative == open_:
                assert_array_equal(end, np.broadcast_to(sign * np.inf, np.shape(error)))
            else:
                assert_allclose(
                    (end - mean) / error, np.broadcast_to(sign * t, np.shape(error)), rtol=1e-11, atol=rounding
                )
    if alternative == "two-sided":
        assert_allclose(
            ours, stats.t.interval(1 - alpha, len(x) - 1, mean, error), rtol=1e-9, atol=1e-9 * np.max(error)
        )


@every_sample
def test_t_intervals_are_those_of_the_t_test(x):
    for level in (0.95, 0.8):
        assert_allclose(tconfint_mean(x, 1 - level), ttest_1samp(x, 0).confidence_interval(level), rtol=1e-12)


@pytest.mark.parametrize(("axis", "transposed"), [(1, False), (-2, True), (None, False)])
def test_axes(axis, transposed):
    x = RNG.normal(size=(4, 6))
    flat = tconfint_mean(x.ravel()) if axis is None else tconfint_mean(x.T)
    assert_array_equal(tconfint_mean(x.T if transposed else x, axis=axis), flat)


def test_the_centre_is_the_mean_to_the_last_digit():
    x = 1e8 + np.random.default_rng(1).exponential(size=(20_000, 2))
    exact = [fsum(column) / len(x) for column in x.T]
    assert np.max(np.abs(x.mean(axis=0) - exact)) > 1e-7  # a plain mean along columns is off
    low, high = tconfint_mean(x)
    assert_allclose(low + (high - low) / 2, exact, rtol=0, atol=3e-8)


STATSMODELS = [  # alpha, alternative, z and t interval from the summary 36, 7, 50, and t interval of the sample "six"
    (
        0.05,
        "two-sided",
        (34.05973464591045, 37.94026535408955),
        (34.01062201152989, 37.98937798847011),
        (10.064941254716794, 13.90172541194987),
    ),
    (
        0.2,
        "two-sided",
        (34.73132867658845, 37.26867132341155),
        (34.71398751430794, 37.28601248569206),
        (10.881900097880422, 13.084766568786243),
    ),
    (0.05, "less", (-np.inf, 37.62832201514734), (-np.inf, 37.65970070724323), (-np.inf, 13.487137952132532)),
    (0.05, "greater", (34.37167798485265, np.inf), (34.34029929275677, np.inf), (10.479528714534133, np.inf)),
]


@pytest.mark.parametrize(("alpha", "alternative", "z", "t", "sample"), STATSMODELS)
def test_values_of_statsmodels(alpha, alternative, z, t, sample):
    """statsmodels 0.15.0: _zconfint_generic, _tconfint_generic, DescrStatsW.tconfint_mean."""
    assert_allclose(zconfint_mean_from_stats(36, 7, 50, alpha, alternative), z, rtol=1e-13)
    assert_allclose(tconfint_mean_from_stats(36, 7, 50, alpha, alternative), t, rtol=1e-13)
    assert_allclose(tconfint_mean(SAMPLES["six"], alpha, alternative), sample, rtol=1e-13)


# The z intervals


@every_alternative
@given(mean=st.floats(-50, 50), sigma=positive, n=st.integers(1, 1000), alpha=st.floats(1e-8, 0.49))
def test_z_intervals_as_in_scipy(alternative, mean, sigma, n, alpha):
    level = 1 - alpha if alternative == "two-sided" else 1 - 2 * alpha
    error = sigma / np.sqrt(n)
    expected = cut(*stats.norm.interval(level, mean, error), alternative)
    ours = zconfint_mean_from_stats(mean, sigma, n, alpha, alternative)
    assert_allclose(ours, expected, rtol=1e-9, atol=1e-8 * error)
    assert all(isinstance(end, np.float64) for end in ours)


@every_alternative
@given(mean1=st.floats(-50, 50), mean2=st.floats(-50, 50), s1=positive, s2=positive, n1=st.integers(1, 200))
def test_ends_are_just_rejected(alternative, mean1, mean2, s1, s2, n1):
    low, high = zconfint_mean_from_stats(mean1, s1, n1, 0.03, alternative)
    for end in (low, high):
        if np.isfinite(end):
            pvalue = ztest_1samp_from_stats(mean1, n1, end, s1, alternative).pvalue
            assert_allclose(pvalue, 0.03, rtol=1e-6)
    for end in zconfint_diff_from_stats(mean1, s1, n1, mean2, s2, 50, 0.03, alternative):
        if np.isfinite(end):
            result = ztest_ind_from_stats(mean1, s1, n1, mean2 + end, s2, 50, alternative)
            assert_allclose(result.pvalue, 0.03, rtol=1e-6)


def test_differences_of_statsmodels():
    """statsmodels 0.15.0: CompareMeans.zconfint_diff(0.1, usevar="unequal") of two samples, from their deviations."""
    y = [11.2, 10.1, 13.9, 11.1, 12.8]
    x = SAMPLES["six"]
    ours = zconfint_diff_from_stats(np.mean(x), np.std(x, ddof=1), 6, np.mean(y), np.std(y, ddof=1), 5, alpha=0.1)
    assert_allclose(ours, (-1.4932755438204486, 1.8199422104871166), rtol=1e-13)


def test_salaries():
    """The worked examples of section 2.2.4 of the notes, with 1.96 in its full length."""
    low, high = zconfint_mean_from_stats([36, 40], [7, 14], 50)
    assert_array_equal(low.round(2), [34.06, 36.12])
    assert_array_equal(high.round(2), [37.94, 43.88])
    assert_array_equal(np.round(zconfint_diff_from_stats(40, 14, 50, 36, 7, 50), 2), [-0.34, 8.34])
    assert_array_equal(np.round(tconfint_mean_from_stats(40, 14, 50), 2), [36.02, 43.98])


def test_arguments_are_broadcast():
    low, high = zconfint_mean_from_stats([[0.0], [1.0]], [1, 2, 3], 4, alpha=0.1)
    assert low.shape == high.shape == (2, 3)
    assert_allclose((high - low)[1] / (high - low)[0, 0], [1, 2, 3])
    assert tconfint_mean_from_stats(0, 1, [5, 10, 20, 40], 0.1).low.shape == (4,)
    assert np.all(np.diff(zconfint_diff_from_stats(0, 1, 5, 0, 1, 5, alpha=[0.01, 0.05, 0.5]).high) < 0)


def test_t_intervals_approach_z_intervals():
    t, z = (
        tconfint_mean_from_stats(0, 1, [2, 5, 30, 10**7]).high,
        zconfint_mean_from_stats(0, 1, [2, 5, 30, 10**7]).high,
    )
    assert np.all(t > z)
    assert np.all(np.diff(t / z) < 0)
    assert_allclose(t[-1] / z[-1], 1, rtol=1e-6)


# Sample sizes


@given(sigma=positive, h=positive, alpha=st.floats(1e-6, 0.9))
def test_sample_size_gives_the_margin(sigma, h, alpha):
    n = samplesize_confint_mean(sigma, h, alpha)
    low, high = zconfint_mean_from_stats(0, sigma, n, alpha)
    assert_allclose((high, -low), (h, h), rtol=1e-12)


def test_sample_sizes_of_statsmodels():
    """statsmodels 0.15.0: samplesize_confint_proportion(0.3, 0.04, 0.1) and (0.5, 0.03)."""
    assert_allclose(samplesize_confint_proportion(0.3, 0.04, 0.1), 355.1025783500232, rtol=1e-13)
    assert_allclose(samplesize_confint_proportion(0.5, 0.03, method="normal"), 1067.0718946372576, rtol=1e-13)
    assert_array_equal(np.ceil(samplesize_confint_mean(8, [1, 0.5])), [246, 984])


@given(p=st.floats(0.05, 0.95), h=st.floats(0.001, 0.04))
def test_sample_size_of_a_proportion_gives_the_margin(p, h):
    n = float(samplesize_confint_proportion(p, h))
    count = round(p * round(n))
    low, high = proportion_confint(count, round(n))
    assert_allclose(high - low, 2 * h, rtol=0.05)


# Coverage


def test_coverage_counts_the_ends_in():
    low, high = [0.0, 1, 2, 3, -5], [1.0, 2, 3, 4, 0]
    result = coverage(low, high, 2)
    assert result == (2, 2, 1)
    assert (result.inside, result.too_low, result.too_high, result.nobs, result.proportion) == (2, 2, 1, 5, 0.4)
    assert coverage(np.array([low, low]), high, 2) == (4, 4, 2)
    assert coverage(low, high, [0, 0, 0, 0, 0]) == (2, 0, 3)
    assert coverage(1, 3, 2) == (1, 0, 0)


def test_one_sided_intervals_are_counted():
    assert coverage([-np.inf, -np.inf, 1], [1, 3, np.inf], 2) == (2, 1, 0)


def test_the_share_has_an_interval():
    result = coverage(np.arange(20) - 18, np.arange(20) + 0.5, 0)
    assert result == (19, 0, 1)
    expected = stats.binomtest(19, 20).proportion_ci(0.9, method="exact")
    assert_allclose(result.confidence_interval(0.9), expected, rtol=1e-6)
    wide, narrow = result.confidence_interval(), result.confidence_interval(0.5)
    assert wide.low < narrow.low < 0.95 < narrow.high < wide.high


def test_coverage_of_the_intervals():
    """Exact for normal data; with s in place of sigma it is 1 - 2 P(t > 1.96)."""
    rng = np.random.default_rng(1)
    x = rng.normal(30, 3, size=(5, 20_000))
    z = zconfint_mean_from_stats(x.mean(axis=0), 3, 5)
    t = tconfint_mean(x)
    mixed = zconfint_mean_from_stats(x.mean(axis=0), x.std(axis=0, ddof=1), 5)
    for interval, share in ((z, 0.95), (t, 0.95), (mixed, 1 - 2 * stats.t.sf(1.959963984540054, 4))):
        low, high = coverage(*interval, 30).confidence_interval(0.999)
        assert low < share < high
    y = rng.normal(27, 5, size=(8, 20_000))
    difference = zconfint_diff_from_stats(x.mean(axis=0), 3, 5, y.mean(axis=0), 5, 8, alpha=0.2)
    low, high = coverage(*difference, 3).confidence_interval(0.999)
    assert low < 0.8 < high


def test_nothing_is_changed():
    x = np.array([3.0, 1, 2])
    x.flags.writeable = False
    tconfint_mean(x)
    coverage(x, x + 1, x)
    assert_array_equal(x, [3, 1, 2])


def main() -> None:
    worst = 0.0
    for x in SAMPLES.values():
        for level in (0.5, 0.95, 0.999):
            ends = zip(
                tconfint_mean(x, 1 - level),
                stats.t.interval(level, len(x) - 1, x.mean(axis=0), stats.sem(x)),
                strict=True,
            )
            worst = max(worst, *(np.max(np.abs(a - b) / (stats.sem(x) + 1e-9 * np.abs(b))) for a, b in ends))
    print(f"t intervals: worst difference {worst:.0e} standard errors")


if __name__ == "__main__":
    main()
