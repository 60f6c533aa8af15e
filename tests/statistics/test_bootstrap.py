"""The bootstrap against SciPy with the same resamples, all resamples of small samples, and published values.

`python -m tests.statistics.test_bootstrap` prints the worst differences from SciPy, in standard errors.
"""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import _bootstrap as code
from companion.statistics import bootstrap, cohen_d, sem

RNG = np.random.default_rng(0)  # given data
# Efron and Tibshirani (1993), table 3.1: fifteen law schools.
LSAT = [576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594]
GPA = [3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96]
METHODS = ("percentile", "basic", "BCa")
ALTERNATIVES = ("two-sided", "less", "greater")


def difference(a, b, axis):
    return a.mean(axis=axis) - b.mean(axis=axis)


def log_ratio(a, b):
    return np.log(a.var() / b.var())


def correlation(a, b):
    return np.corrcoef(a, b)[0, 1]


def slope(x, y, axis):
    x = x - x.mean(axis=axis, keepdims=True)
    return (x * y).sum(axis=axis) / (x * x).sum(axis=axis)


CASES = {
    "mean": ((RNG.gamma(2, size=40),), np.mean, {}),
    "median of few": (([3.0, 1, 4, 1, 5],), np.median, {}),
    "skew standard deviation": ((RNG.lognormal(size=25),), np.std, {}),
    "two observations": (([1.0, 2.5],), np.mean, {}),
    "not vectorized": ((RNG.normal(size=15),), lambda x: x.max() - x.mean(), {"n_resamples": 500}),
    "declared not vectorized": ((RNG.normal(size=15),), np.var, {"vectorized": False, "n_resamples": 500}),
    "columns": ((RNG.gamma(2, size=(30, 4)),), np.mean, {}),
    "rows": ((RNG.gamma(2, size=(4, 30)),), np.std, {"axis": 1}),
    "three axes": ((RNG.normal(size=(2, 12, 3)),), np.median, {"axis": -2, "n_resamples": 600}),
    "two samples": ((RNG.gamma(2, size=20), RNG.gamma(3, size=31)), difference, {"batch": 300}),
    "two samples one by one": (
        (RNG.gamma(2, size=20), RNG.gamma(3, size=31)),
        log_ratio,
        {"batch": 70, "n_resamples": 500},
    ),
    "samples of columns": (
        (RNG.gamma(2, size=(20, 3)), RNG.gamma(3, size=(31, 3))),
        difference,
        {"batch": 9999},
    ),
    "columns against one": ((RNG.gamma(2, size=(20, 3)), RNG.gamma(3, size=(31, 1))), difference, {"batch": 500}),
    "rows against one": ((RNG.gamma(2, size=(3, 20)), RNG.gamma(3, size=31)), difference, {"axis": 1, "batch": 500}),
    "pairs": ((LSAT, GPA), correlation, {"paired": True, "n_resamples": 800}),
    "pairs, vectorized": ((LSAT, GPA), slope, {"paired": True}),
    "pairs in rows": ((RNG.normal(size=(3, 14)), RNG.normal(size=(3, 14))), slope, {"paired": True, "axis": 1}),
    "array of samples": (RNG.normal(1, 0.3, size=(2, 9)), lambda a, b, axis: a.sum(axis) / b.sum(axis), {"batch": 99}),
}


def both(name, **more):
    data, statistic, options = CASES[name]
    options = {**options, **more}
    return bootstrap(data, statistic, **options, rng=7), stats.bootstrap(data, statistic, **options, rng=7)


def gap(ours, theirs):
    """The largest difference of the ends, in standard errors."""
    ends = [(a, b) for a, b in zip(ours.confidence_interval, theirs.confidence_interval, strict=True)]
    finite = [np.max(np.abs(a - b) / theirs.standard_error) for a, b in ends if np.all(np.isfinite(b))]
    assert finite
    assert all(np.array_equal(a, b) for a, b in ends if not np.all(np.isfinite(b)))
    return max(finite)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", CASES)
def test_as_scipy_with_the_same_resamples(name, method):
    for alternative, level in product(ALTERNATIVES, (0.95, 0.6)):
        ours, theirs = both(name, method=method, alternative=alternative, confidence_level=level)
        assert gap(ours, theirs) < 1e-11
        for end, other in zip(ours.confidence_interval, theirs.confidence_interval, strict=True):
            assert np.shape(end) == np.shape(other)
            assert isinstance(end, (np.float64, np.ndarray))
    assert_allclose(ours.bootstrap_distribution, theirs.bootstrap_distribution, rtol=1e-12, atol=1e-14)
    assert_allclose(ours.standard_error, theirs.standard_error, rtol=1e-11)


def test_the_defaults_are_those_of_scipy():
    ours, theirs = both("mean")
    assert ours.bootstrap_distribution.shape == theirs.bootstrap_distribution.shape == (9999,)
    assert gap(ours, theirs) < 1e-11
    assert gap(ours, both("mean", method="bca", alternative="TWO-SIDED")[0]) == 0


@pytest.mark.parametrize("name", ["mean", "rows", "pairs, vectorized", "not vectorized"])
@pytest.mark.parametrize("batch", [1, 7, 400, 10**6])
def test_the_batch_of_one_sample_changes_nothing(name, batch):
    data, statistic, options = CASES[name]
    options = {**options, "n_resamples": 400}
    one = bootstrap(data, statistic, **options, rng=3)
    other = bootstrap(data, statistic, **options, rng=3, batch=batch)
    assert_allclose(one.bootstrap_distribution, other.bootstrap_distribution, rtol=1e-13)
    assert_allclose(one.confidence_interval, other.confidence_interval, rtol=1e-13)


# Every resample


def every_mean(x):
    return np.array([np.mean(rows) for rows in product(x, repeat=len(x))])


@pytest.mark.parametrize("x", [[1.0, 2.0, 4.0], [0.0, 0.0, 1.0, 10.0], [-1.0, 3.0]])
def test_shares_are_those_of_all_resamples(x):
    values, counts = np.unique(every_mean(x).round(9), return_counts=True)
    drawn = bootstrap((x,), np.mean, n_resamples=40_000, method="percentile", rng=1).bootstrap_distribution.round(9)
    seen = np.array([(drawn == value).sum() for value in values])
    assert seen.sum() == len(drawn)
    assert stats.chisquare(seen, counts / counts.sum() * len(drawn)).pvalue > 0.001


@given(n=st.integers(2, 30), seed=st.integers(0, 50))
@settings(deadline=None, max_examples=25)
def test_the_standard_error_of_a_mean_is_that_with_n_in_the_denominator(n, seed):
    x = np.random.default_rng(seed).normal(size=n)
    result = bootstrap((x,), np.mean, n_resamples=4000, method="percentile", rng=seed)
    assert_allclose(result.standard_error, sem(x, ddof=0), rtol=0.06)  # five times the error of 4,000 resamples
    assert_allclose(result.bootstrap_distribution.mean(), x.mean(), atol=5 * sem(x, ddof=0) / np.sqrt(4000))


def test_samples_are_drawn_independently_unless_they_are_paired():
    x = np.random.default_rng(0).normal(size=60)

    def deviation(**options):
        return bootstrap((x, x), difference, method="percentile", rng=1, **options).standard_error

    assert_allclose(deviation(), np.sqrt(2) * sem(x, ddof=0), rtol=0.05)
    with pytest.warns(stats.DegenerateDataWarning):
        assert deviation(paired=True) == 0


# Published values, and the acceleration


def test_jackknife_of_the_law_schools():
    """MATLAB's documentation of jackknife: correlation 0.7764, its mean without one school 0.7759, bias -0.0065."""

    def statistic(rows):
        return np.array([correlation(np.take(LSAT, r), np.take(GPA, r)) for r in rows])

    values = code._leave_one_out([np.arange(15)], 0, statistic, 4)
    assert_allclose(values, [correlation(np.delete(LSAT, i), np.delete(GPA, i)) for i in range(15)], rtol=1e-13)
    assert round(correlation(LSAT, GPA), 4) == 0.7764
    assert round(values.mean(), 4) == 0.7759
    assert round(14 * (values.mean() - correlation(LSAT, GPA)), 4) == -0.0065


def test_standard_error_of_the_law_schools():
    """Efron and Tibshirani (1993), table 6.1: 0.132 from 3,200 resamples, which is right to about 3 %."""
    result = bootstrap((LSAT, GPA), correlation, paired=True, n_resamples=3200, rng=1)
    assert_allclose(result.standard_error, 0.132, rtol=0.05)


def test_acceleration_of_a_mean_is_a_sixth_of_the_skewness_of_the_sample():
    """Efron (1987), Journal of the American Statistical Association 82: a = skewness / (6 sqrt(n)) for a mean."""
    x = np.random.default_rng(3).gamma(1, size=50)
    a = stats.skew(x) / 6 / np.sqrt(50)
    n_resamples = 20_000
    result = bootstrap((x,), np.mean, n_resamples=n_resamples, rng=2)
    distribution = result.bootstrap_distribution
    z0 = stats.norm.ppf((distribution < x.mean()).mean())
    for end, z in zip(result.confidence_interval, (-1.959963984540054, 1.959963984540054), strict=True):
        level = stats.norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z)))
        assert_allclose(end, np.quantile(distribution, level), rtol=1e-10)


@pytest.mark.parametrize("method", METHODS)
def test_an_interval_covers_about_as_often_as_it_promises(method):
    rng = np.random.default_rng(4)
    x = rng.normal(5, 2, size=(1500, 60))
    low, high = bootstrap((x,), np.mean, axis=1, n_resamples=1500, method=method, rng=rng).confidence_interval
    share = ((low <= 5) & (high >= 5)).mean()
    assert 0.92 < share < 0.965


# Properties


@pytest.mark.parametrize("method", METHODS)
@given(scale=st.sampled_from([1e-160, 1e-6, 1.0, 1e6, 1e100, -1.0, -1e3]), shift=st.sampled_from([0.0, 1e3, -1e6]))
@settings(deadline=None, max_examples=25)
def test_intervals_move_with_the_data(method, scale, shift):
    x = np.random.default_rng(5).integers(0, 50, 21).astype(float)
    low, high = bootstrap((x,), np.mean, method=method, n_resamples=801, rng=1).confidence_interval
    moved = bootstrap((scale * (x + shift),), np.mean, method=method, n_resamples=801, rng=1).confidence_interval
    assert_allclose(sorted(moved), sorted([scale * (low + shift), scale * (high + shift)]), rtol=1e-12)


def test_percentiles_follow_a_monotone_transformation():
    x = np.random.default_rng(6).gamma(2, size=30)
    for method in ("percentile", "BCa"):
        plain = bootstrap((x,), np.median, method=method, n_resamples=1001, rng=1, confidence_level=0.9)
        log = bootstrap((x,), lambda x, axis: np.log(np.median(x, axis)), method="percentile", n_resamples=1001, rng=1)
        exp = np.exp(log.bootstrap_distribution)
        assert_allclose(exp, plain.bootstrap_distribution, rtol=1e-13)
    low, high = plain.confidence_interval
    assert plain.bootstrap_distribution.min() <= low < high <= plain.bootstrap_distribution.max()


def test_one_sided_ends_are_those_of_a_wider_two_sided_interval():
    x = np.random.default_rng(7).gamma(2, size=30)
    for method in METHODS:
        less, greater, both_ = (
            bootstrap((x,), np.mean, method=method, alternative=alternative, confidence_level=level, rng=1)
            for alternative, level in (("less", 0.95), ("greater", 0.95), ("two-sided", 0.9))
        )
        assert_allclose(less.confidence_interval, (-np.inf, both_.confidence_interval.high))
        assert_allclose(greater.confidence_interval, (both_.confidence_interval.low, np.inf))


def test_data_stay_as_they_are_and_a_generator_goes_on():
    x = np.array([3.0, 1, 2, 7])
    x.flags.writeable = False
    rng = np.random.default_rng(1)

    def careless(sample):
        sample -= sample.max()
        return sample.mean()

    first, second = (bootstrap((x,), careless, n_resamples=200, method="percentile", rng=rng) for _ in range(2))
    assert_array_equal(x, [3, 1, 2, 7])
    assert not np.array_equal(first.bootstrap_distribution, second.bootstrap_distribution)
    again = bootstrap(([3, 1, 2, 7],), careless, n_resamples=200, method="percentile", rng=1)
    assert_array_equal(again.bootstrap_distribution, first.bootstrap_distribution)


def test_statistics_of_the_package():
    rng = np.random.default_rng(8)
    a, b = rng.normal(1, 1, 40), rng.normal(0, 1, 30)
    low, high = bootstrap((a, b), cohen_d, n_resamples=400, rng=1).confidence_interval
    assert 0 < low < cohen_d(a, b) < high < 2


# Degenerate data


@pytest.mark.parametrize("method", ["percentile", "basic"])
def test_a_point_is_no_silent_interval(method):
    with pytest.warns(stats.DegenerateDataWarning, match="the interval is one point"):
        result = bootstrap(([4.0, 4, 4],), np.mean, method=method, n_resamples=50, rng=1)
    assert result.confidence_interval == (4, 4)
    with pytest.warns(stats.DegenerateDataWarning) as caught:
        bootstrap(([[4.0, 1], [4, 2], [4, 3]],), np.mean, method=method, n_resamples=50, rng=1)
    assert caught[0].filename == __file__


def test_extremes_of_a_sample_have_an_interval_as_in_scipy():
    x = RNG.normal(size=12)
    ours, theirs = (f((x,), np.min, rng=1) for f in (bootstrap, stats.bootstrap))
    assert gap(ours, theirs) < 1e-11


def main() -> None:
    worst = {(name, method): gap(*both(name, method=method)) for name in CASES for method in METHODS}
    name, method = max(worst, key=worst.get)
    print(f"{len(worst)} cases, worst difference {worst[name, method]:.0e} standard errors ({name}, {method})")


if __name__ == "__main__":
    main()
