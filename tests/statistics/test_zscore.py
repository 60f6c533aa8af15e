from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.datasets import load_iris
from sklearn.preprocessing import StandardScaler

from companion.statistics import zscore

INTEGERS = arrays(float, st.integers(2, 30), elements=st.integers(-50, 50).map(float))
DATA = {
    "scores": np.array([60.0, 70, 80, 90, 100]),
    "two": np.array([3.0, 4.0]),
    "iris": load_iris().data,
    "three axes": np.random.default_rng(1).gamma(2, size=(4, 5, 6)),
    "far from 0": 1e8 + np.random.default_rng(2).normal(size=(50, 2)),
    "units far apart": np.random.default_rng(3).normal(size=(40, 3)) * [1e-6, 1, 1e6] + [1e-6, 5, -1e7],
}
every_array = pytest.mark.parametrize("a", DATA.values(), ids=DATA)


def exact(values, ddof=0):
    """Return the z-scores of a list, rounded once: all but the square root in fractions."""
    x = [Fraction(value) for value in values]
    mean = sum(x) / len(x)
    var = sum((value - mean) ** 2 for value in x) / (len(x) - ddof)
    return [float(np.sign(value - mean)) * sqrt((value - mean) ** 2 / var) for value in x]


@pytest.mark.parametrize("ddof", [0, 1])
@every_array
def test_parity_with_scipy(a, ddof):
    cases = 0
    for axis in (None, *range(-a.ndim, a.ndim)):
        if axis is None or a.shape[axis] > ddof:
            far = np.abs(a).max() / a.std(axis=axis).min()
            ours = zscore(a, axis=axis, ddof=ddof)
            assert_allclose(ours, stats.zscore(a, axis=axis, ddof=ddof), rtol=1e-12, atol=4e-16 * far)
            assert ours.shape == a.shape
            cases += 1
    assert cases >= 2
    assert_array_equal(zscore(a), zscore(a, 0, 0))


def test_parity_with_scikit_learn():
    X = load_iris().data
    assert_allclose(zscore(X), StandardScaler().fit_transform(X), rtol=1e-12, atol=1e-14)


def test_a_known_case():
    assert_allclose(zscore([60, 70, 80, 90, 100]), np.array([-2, -1, 0, 1, 2]) / sqrt(2), rtol=1e-15)
    assert_allclose(zscore([60, 70, 80, 90, 100], ddof=1), np.array([-2, -1, 0, 1, 2]) / sqrt(2.5), rtol=1e-15)
    assert_allclose(zscore([1, 1, 1, 1, 6], ddof=3), np.array([-1, -1, -1, -1, 4]) / sqrt(10), rtol=1e-15)


def test_the_axis():
    a = np.array([[1.0, 10.0], [3.0, 30.0]])
    assert_array_equal(zscore(a), [[-1, -1], [1, 1]])
    assert_array_equal(zscore(a, axis=1), zscore(a, axis=-1))
    assert_array_equal(zscore(a, axis=1), [[-1, 1], [-1, 1]])
    assert_allclose(zscore(a, axis=None), np.reshape(exact([1, 10, 3, 30]), (2, 2)), rtol=1e-15)


@given(INTEGERS, st.integers(0, 1))
def test_against_fractions(x, ddof):
    assume(np.ptp(x) > 0)
    assert_allclose(zscore(x, ddof=ddof), exact(x, ddof), rtol=1e-14, atol=1e-15)


@given(INTEGERS)
def test_mean_variance_and_the_bound_of_samuelson(x):
    assume(np.ptp(x) > 0)
    z = zscore(x)
    assert abs(z.mean()) < 1e-15 * x.size
    assert_allclose(z.var(), 1, rtol=1e-14)
    assert np.abs(z).max() <= sqrt(x.size - 1) * (1 + 1e-15)
    assert_allclose(zscore(x, ddof=1), z * sqrt((x.size - 1) / x.size), rtol=1e-15)


def test_the_bound_is_attained():
    for n in range(2, 60):
        assert_allclose(zscore([0] * (n - 1) + [1e6]).max(), sqrt(n - 1), rtol=1e-14)


@given(INTEGERS, st.integers(-900, 900).map(lambda k: 2.0**k), st.booleans())
def test_shift_scale_and_order(x, scale, reverse):
    assume(np.ptp(x) > 0)
    z = zscore(x)
    assert_array_equal(zscore(x * scale), z)
    assert_allclose(zscore(x * -3 * scale), -z, rtol=1e-14, atol=1e-15)
    assert_allclose(zscore(x + 2.0**40), z, rtol=1e-13, atol=1e-15)
    assert_allclose(zscore(x[::-1] if reverse else np.tile(x, 2)), z[::-1] if reverse else np.tile(z, 2), 1e-14, 1e-15)


@pytest.mark.parametrize(
    "x",
    [
        [1e16, 1e16 + 2, 1e16 + 4, 1e16 + 10],
        [1e308, -1e308, 1e308, 1.7e308],
        [5e-324, 0, 1e-323],
        [1e-300, 2e-300, 4e-300],
        [0.1 + 0.2, 0.3, 0.3],
        [1e15 / 7 + k / 8 for k in (0, 1, 5, 2, 2)],
        [0, 0, 0, 1e-200],
        [-1e-160, 1e-160, 3e-160],
    ],
)
def test_hard_numerics(x):
    with np.errstate(all="raise"):
        z = zscore(x)
    assert_allclose(z, exact(x), rtol=4e-16 * 8, atol=1e-15)


def test_one_column_does_not_disturb_another():
    a = np.column_stack([[1e308, -1e308, 0], [1e-300, 2e-300, 4e-300], [1, 2, 4]])
    assert_allclose(zscore(a)[:, 1], zscore(a)[:, 2], rtol=1e-14)
    assert_array_equal(zscore(a)[:, 0], zscore(a[:, 0]))


def test_types_and_inputs():
    x = np.array([3, 1, 2])
    x.flags.writeable = False
    assert zscore(x).dtype == np.float64
    assert x.tolist() == [3, 1, 2]
    free = np.array([3.0, 1.0, 2.0])
    zscore(free)
    assert free.tolist() == [3, 1, 2]
    assert_array_equal(zscore([Fraction(1, 2), Fraction(3, 2)]), [-1, 1])
    assert_array_equal(zscore([True, False, np.True_, False]), [1, -1, 1, -1])
    assert_array_equal(zscore([[1], [2]], axis=np.int64(0)), [[-1], [1]])
    assert_allclose(zscore(np.array([1, 2, 4], dtype=np.float32)), exact([1, 2, 4]), rtol=1e-15)
