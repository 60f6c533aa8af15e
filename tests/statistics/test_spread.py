from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.datasets import load_iris

from companion.statistics import mean_abs_deviation, median_abs_deviation

rng = np.random.default_rng(0)
DATA = {
    "five": np.array([1, 2, 3, 4, 5]),
    "with an outlier": np.array([1.0, 2, 3, 4, 100]),
    "one value": np.array([7.5]),
    "constant": np.full(10, 0.1),
    "iris": load_iris().data,
    "three axes": rng.standard_cauchy(size=(4, 5, 6)),
    "heavy tails": rng.lognormal(sigma=3, size=501),
    "far from 0": 1e8 + rng.normal(size=(50, 2)),
    "tiny": rng.normal(size=(6, 7)) * 1e-300,
    "huge": rng.uniform(-1, 1, size=20) * 5e306,
}
every_array = pytest.mark.parametrize("x", DATA.values(), ids=DATA)
INTEGERS = arrays(float, st.integers(1, 30), elements=st.integers(-50, 50).map(float))


def exact_mean_abs_deviation(values):
    x = [Fraction(float(value)) for value in values]
    mean = sum(x) / len(x)
    return float(sum(abs(value - mean) for value in x) / len(x))


def axes(x):
    return [None, *range(-x.ndim, x.ndim)]


@pytest.mark.parametrize("scale", [1.0, "normal", 0.6744897501960817, 7])
@every_array
def test_median_abs_deviation_is_that_of_scipy(x, scale):
    for axis in axes(x):
        found, expected = median_abs_deviation(x, axis, scale=scale), stats.median_abs_deviation(x, axis, scale=scale)
        assert np.shape(found) == np.shape(expected)
        assert_allclose(found, expected, rtol=1e-14)
    assert_array_equal(median_abs_deviation(x), median_abs_deviation(x, 0, None, 1.0))


@pytest.mark.parametrize("center", [np.mean, np.median, np.max, lambda x, axis: np.quantile(x, 0.3, axis=axis)])
@every_array
def test_any_center(x, center):
    for axis in axes(x):
        found = median_abs_deviation(x, axis, center)
        assert_allclose(found, stats.median_abs_deviation(x, axis, center), rtol=1e-14)
        if axis is not None:
            distances = np.abs(x - np.expand_dims(center(x, axis=axis), axis))
            assert_allclose(mean_abs_deviation(x, axis, center), distances.mean(axis=axis), rtol=1e-14)


@every_array
def test_mean_abs_deviation_in_fractions(x):
    assert_allclose(mean_abs_deviation(x, None), exact_mean_abs_deviation(x.ravel()), rtol=1e-8, atol=1e-17)
    if x.ndim == 2:
        columns = [exact_mean_abs_deviation(column) for column in x.T]
        assert_allclose(mean_abs_deviation(x), columns, rtol=1e-8)
        assert_allclose(mean_abs_deviation(x.T, axis=1), columns, rtol=1e-8)
        assert_allclose(mean_abs_deviation(x.T, axis=-1), columns, rtol=1e-8)


@given(INTEGERS)
def test_exact_for_integers(x):
    assert_allclose(mean_abs_deviation(x), exact_mean_abs_deviation(x), rtol=1e-13, atol=1e-14)
    middle = np.median(x)
    assert median_abs_deviation(x) == np.median([abs(value - middle) for value in x])


def test_known_cases():
    assert mean_abs_deviation([1, 2, 3, 4, 5]) == 1.2
    assert mean_abs_deviation([1, 2, 3, 4, 100]) == 31.2
    assert median_abs_deviation([1, 2, 3, 4, 5]) == 1
    assert median_abs_deviation([1, 2, 3, 4, 100]) == 1
    assert median_abs_deviation([1, 2, 3, 4]) == 1
    assert mean_abs_deviation([5, 5, 5, 9], center=np.median) == 1
    assert median_abs_deviation([5, 5, 5, 9]) == 0
    # Wikipedia's example, and the table of Leys et al. (2013): 1.4826 for normal data
    assert median_abs_deviation([1, 1, 2, 2, 4, 6, 9]) == 1
    assert round(float(median_abs_deviation([-1, 1], scale="normal")), 4) == 1.4826


@given(INTEGERS)
def test_chain_of_inequalities(x):
    about_median, about_mean = mean_abs_deviation(x, center=np.median), mean_abs_deviation(x)
    chain = [abs(x.mean() - np.median(x)), about_median, about_mean, x.std()]
    assert all(small <= large + 1e-12 for small, large in pairwise(chain))
    assert median_abs_deviation(x) <= 2 * about_median + 1e-12


@given(INTEGERS, st.integers(-60, 60).map(lambda k: 2.0**k), st.integers(-1000, 1000))
def test_shift_scale_order_and_repeats(x, scale, shift):
    for function in (mean_abs_deviation, median_abs_deviation):
        value = function(x)
        assert_allclose(function(-scale * x), scale * value, rtol=1e-14)
        assert_allclose(function(x + shift), value, rtol=1e-12, atol=1e-11)
        assert_allclose(function(x[::-1]), value, rtol=1e-13, atol=1e-14)
        assert_allclose(function(np.tile(x, 3)), value, rtol=1e-13, atol=1e-13)


def test_estimates_sigma_of_normal_data():
    z = np.random.default_rng(1).normal(10, 3, size=200_001)
    assert_allclose(median_abs_deviation(z, scale="normal"), 3, rtol=0.01)
    assert_allclose(mean_abs_deviation(z), 3 * np.sqrt(2 / np.pi), rtol=0.01)


def test_breakdown():
    for wild in range(6):
        x = np.r_[np.arange(11.0)[: 11 - wild], np.full(wild, 1e9)]
        assert median_abs_deviation(x) <= 10
    assert median_abs_deviation(np.r_[np.arange(5.0), 1e9 * np.arange(1, 7)]) > 1e8
    assert mean_abs_deviation([0, 1, 2, 1e9]) > 1e8


def test_numbers_for_numbers_lists_and_read_only_data():
    data = load_iris().data.copy()
    data.flags.writeable = False

    def greedy(x, axis):
        least = x.min(axis=axis)
        x[...] = 0  # a centre may spoil what it is given
        return least

    for function in (mean_abs_deviation, median_abs_deviation):
        assert_array_equal(function(data), function(data.tolist()))
        assert isinstance(function(data, axis=None), float)
        assert isinstance(function(data[:, 0]), float)
        assert function([Fraction(1, 2), Fraction(3, 2)]) == 0.5
        assert function([True, False]) == 0.5
        assert function([2, 0, 4], center=greedy) == 2
