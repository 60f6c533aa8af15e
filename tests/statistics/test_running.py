from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.preprocessing import StandardScaler

from companion.statistics import RunningMoments, cov

RNG = np.random.default_rng(0)
DATA = {
    "normal": RNG.normal(3, 2, size=(200, 3)),
    "skewed": RNG.lognormal(0, 2, size=(500, 2)),
    "whole": RNG.integers(-9, 9, size=(40, 5)),
    "two rows": np.array([[1.0, -4.0], [2.0, 7.0]]),
    "tiny": RNG.normal(size=(60, 2)) * 1e-9,
    "huge": RNG.normal(size=(60, 2)) * 1e90,
    "one feature": RNG.normal(size=(30, 1)),
    "far away": 1e8 + RNG.integers(-80, 80, size=(300, 2)) / 8,
}
eighths = st.integers(-800, 800).map(lambda k: k / 8)
samples = st.lists(eighths, min_size=2, max_size=60)


def read_only(x):
    array = np.array(x, dtype=float)
    array.flags.writeable = False
    return array


def exact(x):
    """Mean and variance (ddof = 0) in fractions."""
    x = [Fraction(v) for v in x]
    mean = sum(x) / len(x)
    return float(mean), float(sum((v - mean) ** 2 for v in x) / len(x))


def in_batches(x, cuts):
    """The moments of x, fed in batches that end at the cuts."""
    moments = RunningMoments()
    for batch in np.split(np.asarray(x, dtype=float), sorted(cuts)):
        moments.update(batch)
    return moments


@pytest.mark.parametrize("x", DATA.values(), ids=DATA)
@pytest.mark.parametrize("ddof", [0, 1])
def test_as_numpy_whole_by_rows_and_in_batches(x, ddof):
    for moments in (
        RunningMoments().update(x),
        in_batches(x, range(1, len(x))),
        in_batches(x, [len(x) // 3, len(x) // 2]),
    ):
        assert moments.n == len(x)
        assert_allclose(moments.mean, x.mean(axis=0), rtol=1e-13, atol=1e-13 * np.abs(x).max())
        assert_allclose(moments.var(ddof), x.var(axis=0, ddof=ddof), rtol=1e-12)
        assert_allclose(moments.std(ddof), x.std(axis=0, ddof=ddof), rtol=1e-12)


@pytest.mark.parametrize("x", [x for name, x in DATA.items() if name != "far away"])
def test_as_the_scaler_of_scikit_learn(x):
    scaler, moments = StandardScaler(), RunningMoments()
    for batch in np.array_split(x, 3 if len(x) > 3 else 1):
        scaler.partial_fit(batch)
        moments.update(batch)
        assert moments.n == scaler.n_samples_seen_
        assert_allclose(moments.mean, scaler.mean_, rtol=1e-11, atol=1e-13 * np.abs(x).max())
        assert_allclose(moments.var(), scaler.var_, rtol=1e-10)


def test_far_from_zero_it_keeps_what_scikit_learn_loses():
    x = 1e8 + RNG.integers(-80, 80, size=1000) / 8
    _, var = exact(x)
    scaler, moments = StandardScaler(), RunningMoments()
    for value in x:
        scaler.partial_fit([[value]])
        moments.update(value)
    assert_allclose(moments.var(), var, rtol=1e-13)
    assert abs(scaler.var_[0] / var - 1) > 1e-12


def test_the_data_of_chan_golub_and_leveque():
    x = np.array([4.0, 7.0, 13.0, 16.0]) + 1e9
    assert (x**2).mean() - x.mean() ** 2 < 0
    for moments in (RunningMoments().update(x), in_batches(x, [1, 2, 3])):
        assert moments.mean == 1e9 + 10
        assert moments.var() == 22.5
        assert moments.var(ddof=1) == 30


def test_step_by_step_as_welford():
    moments, mean, squares = RunningMoments(), 0.0, 0.0
    for n, x in enumerate([3.0, 8.0, -1.0, 4.0, 4.0, 100.0], 1):
        delta = x - mean
        mean += delta / n
        squares += delta * (x - mean)
        moments.update(x)
        assert_allclose([moments.mean, moments.var()], [mean, squares / n], rtol=1e-14, atol=1e-14)


@given(x=samples, cuts=st.lists(st.integers(0, 60), max_size=6))
def test_any_split_gives_the_same(x, cuts):
    moments = in_batches(x, [min(cut, len(x)) for cut in cuts])
    mean, var = exact(x)
    assert moments.n == len(x)
    assert_allclose(moments.mean, mean, rtol=1e-12, atol=1e-12)
    assert_allclose(moments.var(), var, rtol=1e-12, atol=1e-12)


@given(x=samples, y=samples, z=samples)
def test_sums_of_moments(x, y, z):
    a, b, c = (RunningMoments().update(part) for part in (x, y, z))
    mean, var = exact([*x, *y, *z])
    for whole in ((a + b) + c, a + (b + c), c + a + b, sum([a, b, c], RunningMoments())):
        assert whole.n == len(x) + len(y) + len(z)
        assert_allclose([whole.mean, whole.var()], [mean, var], rtol=1e-12, atol=1e-12)
    assert [a.n, b.n, c.n] == [len(x), len(y), len(z)]
    assert_allclose(a.var(), exact(x)[1], rtol=1e-12, atol=1e-12)


@given(x=samples, shift=st.sampled_from([1e8, -1e8, 1e12]), cut=st.integers(0, 60))
def test_a_shift_moves_the_mean_alone(x, shift, cut):
    plain, shifted = in_batches(x, [min(cut, len(x))]), in_batches(np.array(x) + shift, [min(cut, len(x))])
    assert_allclose(shifted.mean - shift, plain.mean, rtol=0, atol=abs(shift) * 2e-16 + 1e-12)
    assert_allclose(shifted.var(), plain.var(), rtol=1e-11, atol=1e-12)


@given(x=samples, power=st.integers(-300, 300))
def test_a_power_of_two_scales_exactly(x, power):
    plain, scaled = in_batches(x, [1]), in_batches(np.ldexp(x, power), [1])
    assert scaled.mean == np.ldexp(plain.mean, power)
    assert scaled.var() == np.ldexp(plain.var(), 2 * power)


@given(x=samples, data=st.data())
@settings(max_examples=50)
def test_the_order_does_not_matter(x, data):
    other = data.draw(st.permutations(x))
    a, b = in_batches(x, [1]), in_batches(other, [1])
    assert_allclose([a.mean, a.var()], [b.mean, b.var()], rtol=1e-12, atol=1e-12)


def test_constants_have_no_variance():
    for value in (0.1, 1e16, -3.3e-7):
        moments = in_batches([value] * 10, [1, 2, 5])
        assert moments.mean == value
        assert moments.var() == 0


def test_one_observation_and_none():
    moments = RunningMoments()
    assert moments.n == 0
    assert repr(moments) == "RunningMoments(n=0)"
    assert moments.update([]) is moments
    assert moments.n == 0
    moments.update(7)
    assert (moments.n, moments.mean, moments.var()) == (1, 7, 0)
    assert repr(moments) == "RunningMoments(n=1, mean=7.0, var=0.0)"
    assert (RunningMoments() + moments).mean == (moments + RunningMoments()).mean == 7
    assert (RunningMoments() + RunningMoments()).n == 0


def test_shapes():
    assert np.shape(RunningMoments().update([1, 2]).mean) == ()
    assert isinstance(RunningMoments().update([1, 2]).var(), np.float64)
    assert RunningMoments().update([[1, 2]]).mean.shape == (2,)
    assert RunningMoments().update([[1], [2]]).var().shape == (1,)
    assert RunningMoments().update([[1, 2], [3, 4], [5, 9]]).std(1).shape == (2,)


def test_a_sum_is_separate_from_its_parts_and_from_what_it_shows():
    a, b = RunningMoments().update([[1.0, 2.0]]), RunningMoments().update([[3.0, 5.0]])
    for whole in (a + b, a + RunningMoments(), RunningMoments() + a):
        n = whole.n
        whole.update([[100.0, 100.0]])
        whole.mean[:] = 0
        assert whole.n == n + 1
        assert whole.mean[0] > 1
    assert (a.n, b.n) == (1, 1)
    assert_array_equal(a.mean, [1, 2])


def test_the_data_are_left_alone():
    x = read_only([[1, 2], [3, 4]])
    moments = RunningMoments().update(x)
    assert_array_equal(moments.mean, [2, 3])
    kept = np.array([[1.0, 2.0], [3.0, 4.0]])
    moments = RunningMoments().update(kept)
    kept[:] = 99
    assert_array_equal(moments.mean, [2, 3])


def test_variances_are_the_diagonal_of_the_covariance_matrix():
    x = DATA["normal"]
    assert_allclose(RunningMoments().update(x).var(ddof=1), np.diag(cov(x, rowvar=False)), rtol=1e-13)
