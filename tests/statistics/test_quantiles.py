from fractions import Fraction
from math import ceil, erf, floor, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib import cbook
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import (
    boxplot_stats,
    ecdf,
    five_number_summary,
    iqr,
    percentile,
    percentileofscore,
    quantile,
    tukey_fences,
)

STEPS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation"]
LINES = ["interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased"]
NEIGHBOURS = ["lower", "higher", "midpoint", "nearest"]
METHODS = STEPS + LINES + NEIGHBOURS
every_method = pytest.mark.parametrize("method", METHODS)
NOTES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100]
LEVELS = np.concatenate([np.linspace(0, 1, 201), [1 / 3, 2 / 3, 1e-9, 1 - 1e-9, 5e-324]])
DATA = {
    "notes": NOTES,
    "one": [4.0],
    "two": [3, -1],
    "ties": [2, 2, 2, 5, 5, 1, 1, 1, 1],
    "unsorted": [7, -3, 12, 0, 5, 2],
    "normal": np.random.default_rng(0).normal(size=997),
    "tailed": np.random.default_rng(1).standard_cauchy(250),
    "far from 0": 1e9 + np.arange(10),
    "tiny": [3e-308, 5e-324, 0, -1e-310],
    "huge": [8e307, -8e307, 1e307],
    "bool": [True, False, True],
}
every_data = pytest.mark.parametrize("data", DATA.values(), ids=DATA)
SAMPLES = arrays(float, st.integers(1, 30), elements=st.integers(-9, 9).map(float))
REALS = arrays(float, st.integers(1, 30), elements=st.floats(-1e6, 1e6))


# quantile


def tolerance(data):
    """Return what rounding may change: of the values, and of a position times the widest gap."""
    gap = np.diff(np.sort(data)).max(initial=0)
    return 4e-16 * np.abs(data).max() + 8e-16 * len(data) * gap


@every_method
@every_data
def test_quantile_is_numpys(data, method):
    data = np.asarray(data, dtype=float)
    got, wanted = quantile(data, LEVELS, method=method), np.quantile(data, LEVELS, method=method)
    assert_allclose(got, wanted, rtol=0, atol=tolerance(data))
    if method in [*STEPS, *NEIGHBOURS] and method not in ("averaged_inverted_cdf", "midpoint"):
        assert_array_equal(got, wanted)


@given(SAMPLES, st.one_of(st.floats(0, 1), st.fractions(0, 1, max_denominator=30).map(float)))
def test_quantile_is_numpys_for_any_sample_and_level(sample, level):
    for method in METHODS:
        got, wanted = quantile(sample, level, method=method), np.quantile(sample, level, method=method)
        assert_allclose(got, wanted, rtol=0, atol=tolerance(sample), err_msg=method)


def definition(sample, p, method):
    """Quantile by the words of Hyndman and Fan, in exact numbers; p is a fraction."""
    x, n = sorted(Fraction(v) for v in sample), len(sample)
    shift = {
        "inverted_cdf": 0,
        "averaged_inverted_cdf": 0,
        "closest_observation": Fraction(-1, 2),
        "interpolated_inverted_cdf": 0,
        "hazen": Fraction(1, 2),
        "weibull": p,
        "linear": 1 - p,
        "median_unbiased": (p + 1) / 3,
        "normal_unbiased": p / 4 + Fraction(3, 8),
    }[method]
    j = floor(n * p + shift)
    g = n * p + shift - j
    gamma = {
        "inverted_cdf": int(g > 0),
        "averaged_inverted_cdf": Fraction(1, 2) if g == 0 else 1,
        "closest_observation": 0 if g == 0 and j % 2 == 0 else 1,
    }.get(method, g)
    here, there = (x[min(max(i, 1), n) - 1] for i in (j, j + 1))
    return (1 - gamma) * here + gamma * there


@pytest.mark.parametrize("method", STEPS + LINES)
def test_quantile_is_hyndman_and_fans(method):
    rng, count = np.random.default_rng(2), 0
    for n in (1, 2, 3, 4, 5, 8, 11, 16):
        sample = rng.integers(-20, 20, n).tolist()
        for k in range(33):  # 32nds are exact floats, so that whole positions are whole
            wanted = definition(sample, Fraction(k, 32), method)
            assert_allclose(quantile(sample, k / 32, method=method), float(wanted), rtol=1e-13, atol=1e-13)
            count += 1
    assert count == 264


def test_the_rules_that_pick_neighbours():
    x = [10, 20, 30, 40, 50]
    levels = [0, 0.1, 0.125, 0.2, 0.25, 0.375, 0.625, 0.875, 1]  # positions 0, .4, .5, .8, 1, 1.5, 2.5, 3.5, 4
    assert quantile(x, levels, method="lower").tolist() == [10, 10, 10, 10, 20, 20, 30, 40, 50]
    assert quantile(x, levels, method="higher").tolist() == [10, 20, 20, 20, 20, 30, 40, 50, 50]
    assert quantile(x, levels, method="midpoint").tolist() == [10, 15, 15, 15, 20, 25, 35, 45, 50]
    assert quantile(x, levels, method="nearest").tolist() == [10, 10, 10, 20, 20, 30, 30, 50, 50]


def test_the_quartiles_of_the_notes():
    assert quantile(NOTES, [0.25, 0.5, 0.75], method="weibull").tolist() == [3, 6, 9]
    assert quantile(NOTES, [0.25, 0.5, 0.75]).tolist() == [3.5, 6, 8.5]
    lower = [float(quantile(NOTES, 0.25, method=m)) for m in STEPS + LINES]
    assert_allclose(lower, [3, 3, 3, 2.75, 3.25, 3, 3.5, 19 / 6, 3.1875], rtol=1e-15)


@pytest.mark.parametrize("shape", [(7,), (4, 3), (2, 3, 5), (3, 0), (1,)])
@pytest.mark.parametrize("q", [0.3, [0.1, 0.9], [[0.2, 0.4, 0.6], [0, 1, 0.5]], []])
def test_shapes_are_numpys(shape, q):
    a = np.random.default_rng(3).normal(size=shape)
    axes = range(-len(shape), len(shape)) if a.size else [0]
    for axis in [*axes, *([None] if a.size else [])]:
        for method in ("averaged_inverted_cdf", "weibull", "linear", "lower"):
            got, wanted = quantile(a, q, axis, method=method), np.quantile(a, q, axis, method=method)
            assert np.shape(got) == np.shape(wanted)
            assert_allclose(got, wanted, rtol=1e-14, atol=1e-14)


@given(REALS)
def test_quantiles_rise_with_the_level_and_stay_within_the_data(sample):
    for method in METHODS:
        values = quantile(sample, np.sort(LEVELS), method=method)
        assert (np.diff(values) >= -4e-16 * np.abs(sample).max()).all()
        assert (values[0], values[-1]) == (sample.min(), sample.max())
        if method in STEPS and method != "averaged_inverted_cdf":
            assert np.isin(values, sample).all()


@given(SAMPLES)
def test_rules_with_a_mirror(sample):
    levels = np.arange(33) / 32
    for method in ("averaged_inverted_cdf", "midpoint", "hazen", "weibull", "linear"):
        mirrored = -quantile(-sample, 1 - levels, method=method)
        assert_allclose(mirrored, quantile(sample, levels, method=method), atol=1e-12)


@given(SAMPLES, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_scale_goes_through(sample, random):
    shuffled = sample.tolist()
    random.shuffle(shuffled)
    for method in METHODS:
        base = quantile(sample, LEVELS, method=method)
        assert_array_equal(quantile(shuffled, LEVELS, method=method), base)
        assert_array_equal(quantile(sample * 2.0**20, LEVELS, method=method), base * 2.0**20)
        assert_allclose(quantile(sample + 1e8, LEVELS, method=method), base + 1e8, rtol=1e-15)


def test_numbers_near_the_largest_float():
    x = [-1.7e308, 1.7e308]
    assert_allclose(quantile(x, [0, 0.25, 0.5, 1]), [-1.7e308, -0.85e308, 0, 1.7e308], rtol=1e-15)
    assert quantile([1.7e308] * 3, LEVELS).tolist() == [1.7e308] * LEVELS.size


@given(SAMPLES)
def test_the_first_rule_is_the_inverse_of_the_staircase(sample):
    steps = ecdf(sample).cdf
    k = np.arange(1, sample.size + 1)
    levels = (k - 0.5) / sample.size
    first = [steps.quantiles[np.argmax(steps.probabilities >= level)] for level in levels]
    assert_array_equal(quantile(sample, levels, method="inverted_cdf"), first)
    assert_array_equal(first, np.sort(sample))


def test_a_percentage_is_a_hundredth():
    levels = [0, 2.5, 10, 50, 97.5, 100]
    x = np.random.default_rng(4).gamma(2, size=(40, 3))
    for method in METHODS:
        for axis in (0, 1, None):
            got = percentile(x, levels, axis, method=method)
            assert_allclose(got, np.percentile(x, levels, axis, method=method), rtol=1e-14)
    assert percentile([1, 2, 3], 50) == 2


def test_types_and_untouched_input():
    data = np.array([3.0, 1.0, 2.0, 9.0])
    data.flags.writeable = False
    for result in (quantile(data, 0.5), percentile(data, 50), iqr(data), percentileofscore(data, 2)):
        assert type(result) is np.float64
    assert all(type(value) is np.float64 for value in (*five_number_summary(data), *tukey_fences(data)))
    boxplot_stats(data)
    assert data.tolist() == [3, 1, 2, 9]
    assert quantile([Fraction(1, 2), 1], 0.5) == 0.75
    assert quantile(7, 0.3) == 7
    assert quantile([5, 5, 5], [0.1, 0.7]).tolist() == [5, 5]


# percentileofscore


@pytest.mark.parametrize("kind", ["rank", "weak", "strict", "mean"])
@every_data
def test_percentileofscore_is_scipys(data, kind):
    data = np.asarray(data, dtype=float)
    scores = np.concatenate([data, data - 0.5, data * 1.5, [data.mean()]])
    assert_allclose(percentileofscore(data, scores, kind), stats.percentileofscore(data, scores, kind), rtol=1e-14)
    square = scores[:4].reshape(2, 2)
    assert_allclose(percentileofscore(data, square, kind), stats.percentileofscore(data, square, kind), rtol=1e-14)


def test_percentileofscore_is_rank_by_default():
    assert percentileofscore([1, 2, 3, 3, 4], 3) == 70
    assert [percentileofscore([1, 2, 3, 3, 4], 3, kind) for kind in ("weak", "strict", "mean")] == [80, 40, 60]


@given(SAMPLES)
def test_the_weak_rank_is_the_share_at_or_below(sample):
    scores = np.arange(-10, 11) + 0.0
    assert_allclose(percentileofscore(sample, scores, "weak"), 100 * ecdf(sample).cdf.evaluate(scores), rtol=1e-14)
    assert_allclose(
        percentileofscore(sample, scores, "strict"), 100 - percentileofscore(-sample, -scores, "weak"), atol=1e-12
    )


@given(SAMPLES, st.integers(1, 20))
def test_a_percentile_has_at_least_its_rank(sample, twentieths):
    value = percentile(sample, 5 * twentieths, method="inverted_cdf")
    assert percentileofscore(sample, value, "weak") >= 5 * twentieths - 1e-9
    assert percentileofscore(sample, value, "strict") <= 5 * twentieths + 1e-9


# iqr


@pytest.mark.parametrize("rng", [(25, 75), (75, 25), (0, 100), (10, 90), (50, 50)])
@pytest.mark.parametrize("scale", [1.0, 2.5, "normal"])
def test_iqr_is_scipys(rng, scale):
    x = np.random.default_rng(5).exponential(size=(30, 4))
    for axis in (None, 0, 1, -1):
        for method in METHODS:
            got, wanted = iqr(x, axis, rng, scale, method), stats.iqr(x, axis, rng, scale, interpolation=method)
            assert np.shape(got) == np.shape(wanted)
            assert_allclose(got, wanted, rtol=1e-13, atol=1e-15)


@every_data
def test_iqr_is_scipys_on_odd_data(data):
    data = np.asarray(data, dtype=float)
    assert_allclose(iqr(data), stats.iqr(data), rtol=1e-14, atol=1e-15 * np.abs(data).max())


def test_iqr_of_the_notes_and_of_a_normal_law():
    assert iqr(NOTES, interpolation="weibull") == 6
    assert iqr(NOTES) == 5
    z = stats.norm.ppf((np.arange(100_001) + 0.5) / 100_001)
    assert_allclose(iqr(7 + 3 * z, scale="normal"), 3, rtol=1e-4)


# five_number_summary


@every_method
def test_five_numbers_are_quantiles(method):
    x = np.random.default_rng(6).normal(size=(9, 4))
    for axis in (None, 0, 1):
        wanted = np.quantile(x, [0, 0.25, 0.5, 0.75, 1], axis, method=method)
        assert_allclose(five_number_summary(x, axis, method=method), wanted, rtol=1e-14)
    five = five_number_summary([5, 1, 4, 2, 3])
    assert (five.minimum, five.q1, five.median, five.q3, five.maximum) == (1, 2, 3, 4, 5)


def test_published_summary():
    # summary(cars$speed) in R
    speed = [4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15]
    speed += [15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25]
    assert len(speed) == 50
    assert list(five_number_summary(speed)) == [4, 12, 15, 19, 25]


# tukey_fences


def test_fences_of_the_notes():
    assert tukey_fences(NOTES, method="weibull") == (-6, 18)
    assert tukey_fences(NOTES) == (-4, 16)
    assert tukey_fences(NOTES, 3, method="weibull") == (-15, 27)
    assert tukey_fences(NOTES, k=0) == (3.5, 8.5)


@every_method
def test_fences_along_an_axis(method):
    x = np.random.default_rng(7).lognormal(size=(12, 3))
    q1, q3 = np.quantile(x, [0.25, 0.75], axis=0, method=method)
    fences = tukey_fences(x, 2.0, axis=0, method=method)
    assert_allclose(fences.lower, q1 - 2 * (q3 - q1), rtol=1e-13)
    assert_allclose(fences.upper, q3 + 2 * (q3 - q1), rtol=1e-13)
    assert_allclose(tukey_fences(x[:, 1], 2.0, method=method), (fences.lower[1], fences.upper[1]), rtol=1e-14)


def test_share_of_a_normal_law_outside():
    # Hoaglin, Mosteller and Tukey (1983): 0.7 %
    z = stats.norm.ppf((np.arange(10**6) + 0.5) / 10**6)
    lower, upper = tukey_fences(z)
    assert_allclose([-lower, upper], 2.6979592, rtol=1e-5)
    outside = np.mean((z < lower) | (z > upper))
    assert_allclose(outside, 1 - erf(2.6979592 / sqrt(2)), atol=3e-6)


# boxplot_stats


@pytest.mark.parametrize("whis", [1.5, 0, 0.3, 3.0])
@every_data
def test_boxplot_stats_are_matplotlibs(data, whis):
    data = np.asarray(data, dtype=float)
    if np.abs(data).max() > 1e307:
        data = data / 1e10
    (ours,), (theirs,) = boxplot_stats(data, whis), cbook.boxplot_stats(data, whis=whis)
    assert set(theirs) - set(ours) == {"cilo", "cihi"}
    for name in set(ours) - {"fliers"}:
        assert_allclose(ours[name], theirs[name], rtol=0, atol=4 * tolerance(data), err_msg=name)
    assert_array_equal(ours["fliers"], theirs["fliers"])


@given(SAMPLES, st.sampled_from([0.0, 0.5, 1.0, 1.5, 2.0]))
def test_boxplot_stats_are_matplotlibs_for_any_sample(sample, whis):
    (ours,), (theirs,) = boxplot_stats(sample, whis), cbook.boxplot_stats(sample, whis=whis)
    for name in set(ours) - {"fliers"}:
        assert_allclose(ours[name], theirs[name], rtol=1e-13, atol=1e-13, err_msg=name)
    assert_array_equal(ours["fliers"], theirs["fliers"])


@given(SAMPLES, st.sampled_from(METHODS))
def test_whiskers_and_fliers_share_the_data(sample, method):
    (box,) = boxplot_stats(sample, method=method)
    assert box["whislo"] <= box["q1"] <= box["med"] <= box["q3"] <= box["whishi"]
    within = (sample >= box["whislo"]) & (sample <= box["whishi"])
    assert_array_equal(np.sort(sample[~within]), np.sort(box["fliers"]))
    lower, upper = tukey_fences(sample, method=method)
    assert ((sample[within] >= lower) & (sample[within] <= upper)).all()


def test_a_whisker_never_ends_inside_the_box():
    x = [0, 100, 101, 102, 103, 104, 105]
    (box,) = boxplot_stats(x, 0.0)
    assert (box["q1"], box["whislo"], box["q3"], box["whishi"]) == (100.5, 100.5, 103.5, 103.5)
    assert box["fliers"].tolist() == [0, 100, 104, 105]


def test_a_value_on_the_fence_is_inside():
    x = [0, 4, 4, 6, 6, 9]  # linear: quartiles 4 and 6, fences 1 and 9
    assert tukey_fences(x) == (1, 9)
    (box,) = boxplot_stats(x)
    assert (box["whislo"], box["whishi"], box["fliers"].tolist()) == (4, 9, [0])


def test_matplotlib_draws_it():
    from matplotlib.figure import Figure

    figure = Figure()
    artists = figure.subplots().bxp(boxplot_stats(NOTES, method="weibull"))
    assert artists["fliers"][0].get_ydata().tolist() == [100]
    assert sorted(set(artists["boxes"][0].get_ydata())) == [3, 9]


def test_positions_are_centres_of_beta_laws():
    # Hyndman and Fan (1996): the k-th smallest stands at the mean, mode and (nearly) median of its level
    n = 9
    for k in range(1, n + 1):
        level = stats.beta(k, n + 1 - k)
        assert_allclose(quantile(np.arange(1, n + 1), level.mean(), method="weibull"), k, rtol=1e-13)
        assert_allclose(quantile(np.arange(1, n + 1), (k - 1) / (n - 1)), k, rtol=1e-13)
        assert_allclose(quantile(np.arange(1, n + 1), level.median(), method="median_unbiased"), k, rtol=0, atol=0.03)
    assert ceil(0.25 * n) == quantile(np.arange(1, n + 1), 0.25, method="inverted_cdf")
