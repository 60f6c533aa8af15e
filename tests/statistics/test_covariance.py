from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.covariance import EmpiricalCovariance

from companion.statistics import corrcoef, cov

RNG = np.random.default_rng(1)
MIXED = RNG.normal(size=(4, 90))
MIXED[3] += 2 * MIXED[0]
DATA = {
    "normal": MIXED,
    "skewed": RNG.lognormal(0, 2, size=(2, 300)),
    "whole": RNG.integers(-9, 9, size=(5, 40)),
    "one variable": RNG.normal(size=30),
    "one row": RNG.normal(size=(1, 30)),
    "two observations": np.array([[1.0, 2.0], [5.0, -3.0]]),
    "more variables than observations": RNG.normal(size=(6, 3)),
    "scales": RNG.normal(size=(3, 50)) * [[1e-9], [1.0], [1e9]],
}
tables = arrays(np.float64, (3, 12), elements=st.integers(-400, 400).map(lambda k: k / 8))


def exact_cov(table, ddof):
    """The covariance matrix in fractions."""
    rows = [[Fraction(v) for v in row] for row in table]
    n = len(rows[0])
    off = [[v - sum(row) / n for v in row] for row in rows]
    return [[float(sum(a * b for a, b in zip(p, q, strict=True)) / (n - ddof)) for q in off] for p in off]


@pytest.mark.parametrize("x", DATA.values(), ids=DATA)
@pytest.mark.parametrize("ddof", [0, 1])
def test_as_numpy(x, ddof):
    expected = np.cov(x, ddof=ddof)
    size = np.sqrt(np.outer(np.diag(np.atleast_2d(expected)), np.diag(np.atleast_2d(expected)))).squeeze()
    assert np.shape(cov(x, ddof=ddof)) == expected.shape
    assert np.all(np.abs(cov(x, ddof=ddof) - expected) <= 1e-13 * size)
    assert_allclose(cov(x.T, rowvar=False, ddof=ddof), expected, rtol=1e-11, atol=1e-14 * size.min())
    assert_allclose(cov(x, ddof=ddof), np.array(exact_cov(np.atleast_2d(x), ddof)).squeeze(), rtol=1e-11, atol=1e-30)
    assert_array_equal(cov(x), cov(x, ddof=1))


@pytest.mark.parametrize("x", DATA.values(), ids=DATA)
def test_correlations_as_numpy(x):
    expected = np.corrcoef(x)
    assert np.shape(corrcoef(x)) == np.shape(expected)
    assert_allclose(corrcoef(x), expected, rtol=0, atol=1e-14)
    assert_allclose(corrcoef(x.T, rowvar=False), expected, rtol=0, atol=1e-14)


def test_two_arguments_as_numpy():
    x, y = MIXED[0], MIXED[3]
    for a, b in ((x, y), (MIXED, y), (x, MIXED[1:3]), (MIXED[:2], MIXED[2:])):
        assert_allclose(cov(a, b), np.cov(a, b), rtol=1e-12, atol=1e-15)
        assert_allclose(corrcoef(a, b), np.corrcoef(a, b), rtol=0, atol=1e-14)
    columns = MIXED.T
    assert_allclose(cov(columns[:, :2], columns[:, 2:], rowvar=False), np.cov(MIXED), rtol=1e-11, atol=1e-14)
    assert_allclose(cov(columns[:, :2], y, False), np.cov(columns[:, :2], y, rowvar=False), rtol=1e-11, atol=1e-14)
    assert_allclose(corrcoef(columns[:, :2], columns[:, 2:], False), np.corrcoef(MIXED), rtol=0, atol=1e-14)


def test_as_scikit_learn():
    expected = EmpiricalCovariance().fit(MIXED.T).covariance_
    assert_allclose(cov(MIXED, ddof=0), expected, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("ddof", [0, 1, 2])
def test_weights_as_numpy(ddof):
    f, a = RNG.integers(0, 5, size=90), RNG.uniform(0, 3, size=90)
    for weights in ({"fweights": f}, {"aweights": a}, {"fweights": f, "aweights": a}, {"fweights": f.tolist()}):
        assert_allclose(cov(MIXED, ddof=ddof, **weights), np.cov(MIXED, ddof=ddof, **weights), rtol=1e-11, atol=1e-14)


def test_frequencies_are_repetitions():
    f = RNG.integers(0, 4, size=90)
    repeated = np.repeat(MIXED, f, axis=1)
    assert_allclose(cov(MIXED, fweights=f), cov(repeated), rtol=1e-12, atol=1e-15)
    f[0] = 0
    broken = MIXED.copy()
    broken[:, 0] = 1e5  # an observation without weight
    assert_allclose(cov(broken, fweights=f), cov(MIXED, fweights=f), rtol=1e-9)


def test_the_pair_of_the_page():
    sigma = cov([1, 2, 3, 4], [3, 2, 2.5, 0], ddof=0)
    assert_array_equal(sigma, [[1.25, -1.0625], [-1.0625, 1.296875]])


def test_the_data_of_chan_golub_and_leveque():
    x = np.array([4.0, 7.0, 13.0, 16.0]) + 1e9
    assert cov(x) == 30
    assert cov(x, ddof=0) == 22.5


@given(tables)
def test_symmetric_and_positive_semidefinite(x):
    sigma = cov(x)
    assert_array_equal(sigma, sigma.T)
    assert np.linalg.eigvalsh(sigma).min() >= -1e-12 * max(1, np.trace(sigma))
    assert_array_equal(sigma, np.array(cov(x[::-1]))[::-1, ::-1])


@given(tables, arrays(np.float64, 3, elements=st.integers(-5, 5).map(float)))
def test_the_quadratic_form_is_a_variance(x, w):
    assert_allclose(w @ cov(x) @ w, np.var(w @ x, ddof=1), rtol=1e-11, atol=1e-9)


@given(tables, st.sampled_from([1e8, -1e8, 1e12]))
def test_a_shift_changes_nothing(x, shift):
    assert_array_equal(cov(x + shift), cov(x))


@given(tables, st.integers(-200, 200), st.integers(-200, 200))
def test_units_multiply_out(x, p, q):
    scales = np.ldexp(1.0, [p, q, 0])
    assert_array_equal(cov(x * scales[:, None]), cov(x) * np.outer(scales, scales))
    if np.all(np.ptp(x, axis=1) > 0):
        assert_allclose(corrcoef(x * scales[:, None]), corrcoef(x), rtol=0, atol=1e-15)


@given(tables)
def test_correlations(x):
    if np.all(np.ptp(x, axis=1) > 0):
        rho = corrcoef(x)
        assert_array_equal(np.diag(rho), 1)
        assert_array_equal(rho, rho.T)
        assert np.all(np.abs(rho) <= 1)
        assert_allclose(rho, np.corrcoef(x), rtol=0, atol=1e-13)
        assert_allclose(corrcoef(x[0], -3 * x[0])[0, 1], -1, rtol=1e-15)


def test_correlations_of_any_size():
    x = np.array([[1.0, 2.0, 4.0, 3.0], [2.0, 1.0, 5.0, 5.0]])
    expected = np.corrcoef(x)
    for size in (1e-200, 1e200, 1e307):
        assert_allclose(corrcoef(x * [[size], [1]]), expected, rtol=0, atol=1e-15)
    assert_allclose(corrcoef([5e-324, 1e-323, 0], [1, 2, 0])[0, 1], 1, rtol=1e-15)
    assert_allclose(corrcoef(x + 1e8), expected, rtol=0, atol=1e-15)


def test_constants_have_no_variance():
    assert_array_equal(cov([[0.1] * 10, list(range(10))])[0], 0)
    assert cov([5.0], ddof=0) == 0


def test_the_data_are_left_alone():
    x, w = MIXED.copy(), np.ones(90)
    for array in (x, w):
        array.flags.writeable = False
    cov(x, x[0], ddof=0, fweights=w, aweights=w)
    corrcoef(x, x[0])
    assert_array_equal(x, MIXED)
    assert isinstance(cov([1, 2, 4]), np.float64)
    assert corrcoef([1, 2, 4]) == 1
