from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import kurtosis, moment, skew

rng = np.random.default_rng(0)
SKEWED = rng.gamma(2, size=500)
MATRIX = rng.lognormal(size=(40, 5))
CUBE = rng.normal(size=(4, 5, 6)) ** 3
# Newcomb's times for 7442 m of light, 1882: deviations from 24,800 ns (Stigler, 1977, table 5)
NEWCOMB = np.array(
    [28, 26, 33, 24, 34, -44, 27, 16, 40, -2, 29, 22, 24, 21, 25, 30, 23, 29, 31, 19, 24, 20, 36, 32, 36, 28, 25, 21,
     28, 29, 37, 25, 28, 26, 30, 32, 36, 26, 30, 22, 36, 23, 27, 27, 28, 27, 31, 27, 26, 33, 26, 32, 32, 24, 39, 28, 24,
     25, 32, 25, 29, 27, 28, 29, 16, 23]
)  # fmt: skip
DATA = [pytest.param(x, id=name) for name, x in {"skewed": SKEWED, "matrix": MATRIX, "newcomb": NEWCOMB}.items()]
AXES = [(SKEWED, 0), (MATRIX, 0), (MATRIX, 1), (MATRIX, -1), (MATRIX, None), (CUBE, 1), (CUBE, -3), (CUBE, None)]


def exact_moments(x):
    """Mean and the central moments 2, 3, 4 of numbers, in fractions."""
    x = [Fraction(float(v)) for v in x]
    mean = sum(x) / len(x)
    return mean, *(sum((v - mean) ** k for v in x) / len(x) for k in (2, 3, 4))


@pytest.mark.parametrize("center", [None, 0, 1.5, -1e3])
@pytest.mark.parametrize("order", [0, 1, 2, 3, 4, 7, [2], [1, 2, 3, 4], [4, 0, 1]])
@pytest.mark.parametrize("x", DATA)
def test_moment_is_that_of_scipy(x, order, center):
    found = moment(x, order, center=center)
    expected = stats.moment(x, order, center=center)
    assert np.shape(found) == np.shape(expected)
    assert_allclose(found, expected, rtol=1e-12)


@pytest.mark.parametrize(("x", "axis"), AXES)
def test_axes_are_those_of_scipy(x, axis):
    for order in (3, [2, 3]):
        assert_allclose(moment(x, order, axis), stats.moment(x, order, axis), rtol=1e-11, atol=1e-15)
    assert_allclose(moment(x, 2, axis, center=1), stats.moment(x, 2, axis, center=1), rtol=1e-12)
    for bias in (True, False):
        assert_allclose(skew(x, axis, bias), stats.skew(x, axis, bias), rtol=1e-11, atol=1e-13)
        for fisher in (True, False):
            found, expected = kurtosis(x, axis, fisher, bias), stats.kurtosis(x, axis, fisher, bias)
            assert np.shape(found) == np.shape(expected)
            assert_allclose(found, expected, rtol=1e-11, atol=1e-13)


def test_defaults_are_those_of_scipy():
    for ours, theirs in [(moment, stats.moment), (skew, stats.skew), (kurtosis, stats.kurtosis)]:
        assert_allclose(ours(MATRIX), theirs(MATRIX), rtol=1e-12)
        assert_allclose(ours(MATRIX, axis=1), theirs(MATRIX, axis=1), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("x", [SKEWED, NEWCOMB, SKEWED[:4]], ids=["skewed", "newcomb", "four"])
def test_without_bias_they_are_ratios_of_k_statistics(x):
    k2, k3, k4 = (stats.kstat(x, k) for k in (2, 3, 4))
    assert_allclose(skew(x, bias=False), k3 / k2**1.5, rtol=1e-11)
    assert_allclose(kurtosis(x, bias=False), k4 / k2**2, rtol=1e-11)


def test_newcomb_in_fractions():
    mean, m2, m3, m4 = exact_moments(NEWCOMB)
    assert round(float(mean), 2) == 26.21
    assert_allclose(moment(NEWCOMB, [2, 3, 4]), [float(m2), float(m3), float(m4)], rtol=1e-14)
    assert_allclose(skew(NEWCOMB), float(m3) / float(m2) ** 1.5, rtol=1e-14)
    assert_allclose(kurtosis(NEWCOMB, fisher=False), float(m4 / m2**2), rtol=1e-14)


@pytest.mark.parametrize("shift", [1e6, 1e8, -1e10, 1e14])
def test_data_far_from_0_lose_no_digits(shift):
    x = shift + SKEWED  # rounded to what floats hold there: the numbers are compared with these
    _, m2, m3, m4 = exact_moments(x)
    assert_allclose(moment(x, [2, 3, 4]), [float(m2), float(m3), float(m4)], rtol=1e-12)
    assert_allclose(skew(x), float(m3) / float(m2) ** 1.5, rtol=1e-12)
    assert_allclose(kurtosis(x, fisher=False), float(m4 / m2**2), rtol=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1e-30, 1e30, 1e200, -1.0])
def test_shape_has_no_unit(scale):
    assert_allclose(skew(scale * SKEWED), np.sign(scale) * skew(SKEWED), rtol=1e-12)
    assert_allclose(kurtosis(scale * SKEWED), kurtosis(SKEWED), rtol=1e-12)


def test_extreme_samples():
    for n in (3, 10, 1000):
        x = np.zeros(n)
        x[0] = 5
        assert_allclose(skew(x), (n - 2) / np.sqrt(n - 1))
        assert_allclose(kurtosis(x, fisher=False), (n * n - 3 * n + 3) / (n - 1))
    assert kurtosis([3, 7, 7, 3]) == -2
    assert skew([3, 7, 7, 3]) == 0


def test_published_values_for_a_small_table():
    assert_allclose(skew([2, 8, 0, 4, 1, 9, 9, 0]), 0.2650554122698573, rtol=1e-14)  # SciPy's documentation
    assert moment([1, 2, 3, 4, 5], 2) == 2


def test_constants_have_moments():
    assert_array_equal(moment([0.1] * 10, [0, 1, 2, 3]), [1, 0, 0, 0])
    assert moment([3.0], 2) == 0
    assert moment([3.0], 2, center=1) == 4


def test_the_first_central_moment_is_0_and_the_first_raw_one_the_mean():
    assert moment(SKEWED) == 0
    assert_array_equal(moment(MATRIX, [1, 0]), [[0] * 5, [1] * 5])
    assert_allclose(moment(SKEWED, 1, center=0), SKEWED.mean(), rtol=1e-14)


samples = arrays(float, st.integers(4, 30), elements=st.floats(-1e3, 1e3))


@given(samples)
def test_pearsons_inequality_and_mirror(x):
    assume(np.ptp(x) > 1e-3)
    assert kurtosis(x, fisher=False) >= 1 + skew(x) ** 2 - 1e-9
    assert_allclose(skew(-x), -skew(x), rtol=1e-9, atol=1e-9)
    assert_allclose(skew(x[::-1]), skew(x), rtol=1e-9, atol=1e-9)
    assert abs(skew(x)) <= (x.size - 2) / np.sqrt(x.size - 1) + 1e-9


def test_numbers_for_numbers_lists_and_read_only_data():
    data = MATRIX.copy()
    data.flags.writeable = False
    for function in (moment, skew, kurtosis):
        assert_array_equal(function(data), function(data.tolist()))
        assert isinstance(function(data, axis=None), float)
        assert isinstance(function(data[:, 0]), float)
    assert isinstance(moment(data[:, 0], 3), float)
    assert moment([True, False, False], 2, center=0) == 1 / 3
