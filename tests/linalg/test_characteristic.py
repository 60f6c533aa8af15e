from fractions import Fraction
from math import comb

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from companion.linalg import _characteristic, characteristic_polynomial, det, eigvals
from tests.linalg.matrices import SINGULAR, SQUARE

INTEGERS = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(-4, 4), min_size=n, max_size=n), min_size=n, max_size=n)
)
OVERFLOWING = ("large", "large enough for halves")


def sizes(values):
    """Return what the error of each coefficient is measured by: the sums of products of sizes."""
    return np.poly(-np.abs(values))


def exactly(a):
    """Return the coefficients of det(x I - a), by exact elimination for n + 1 values of x."""
    n = len(a)
    x = sp.Symbol("x")
    exact = sp.Matrix(n, n, [sp.Rational(Fraction(float(v))) for v in np.ravel(a)])
    return [float(c) for c in sp.Poly(exact.charpoly(x).as_expr(), x).all_coeffs()]


@settings(deadline=None, max_examples=60)
@given(INTEGERS)
def test_small_integers_are_exact(rows):
    coefficients = characteristic_polynomial(rows)
    assert_array_equal(coefficients, exactly(rows))
    assert coefficients.dtype == np.float64
    assert not np.any(np.signbit(coefficients) & (coefficients == 0))


@pytest.mark.parametrize("name", [name for name in SQUARE | SINGULAR if name not in OVERFLOWING])
def test_numpy_agrees(name):
    a = (SQUARE | SINGULAR)[name]
    # Eigenvalues have errors in proportion to the norm, which small ones feel.
    measure = sizes(np.abs(np.linalg.eigvals(a)) + np.linalg.norm(a, 2) / 100)
    errors = np.abs(characteristic_polynomial(a) - np.poly(a))
    assert np.all(errors <= 1e-12 * measure + 1e-300)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 10])
@pytest.mark.parametrize("kind", ["normal", "positive"])
def test_sympy_agrees(n, kind):
    rng = np.random.default_rng(n)
    a = rng.normal(size=(n, n)) if kind == "normal" else rng.random((n, n))
    assert np.max(np.abs(characteristic_polynomial(a) - exactly(a)) / sizes(np.linalg.eigvals(a))) < 1e-13


def test_twenty_positive_rows_where_traces_cancel():
    a = np.random.default_rng(0).random((20, 20))
    ours, cancelled, theirs = characteristic_polynomial(a), _characteristic._by_traces(a), np.poly(a)
    measure = sizes(np.linalg.eigvals(a))
    assert np.max(np.abs(ours - theirs) / measure) < 1e-12
    assert np.max(np.abs(cancelled - theirs) / measure) > 1


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 7), st.integers(0, 10**6))
def test_properties(n, seed):
    rng = np.random.default_rng(seed)
    a = rng.normal(size=(n, n))
    c, measure = characteristic_polynomial(a), sizes(np.linalg.eigvals(a))
    assert np.isrealobj(c)
    assert c[0] == 1
    assert abs(c[1] + np.trace(a)) < 1e-12 * measure[1]
    assert abs(c[-1] - (-1) ** n * det(a)) < 1e-11 * measure[-1] + 1e-12
    assert np.all(np.abs(characteristic_polynomial(a.T) - c) < 1e-11 * measure)
    order = rng.permutation(n)
    assert np.all(np.abs(characteristic_polynomial(a[order][:, order]) - c) < 1e-11 * measure)
    powers = 3.0 ** np.arange(n + 1)
    assert np.all(np.abs(characteristic_polynomial(3 * a) - powers * c) < 1e-11 * powers * measure)
    # Cayley and Hamilton: a matrix satisfies its own characteristic equation
    value = np.zeros((n, n))
    for coefficient in c:
        value = value @ a + coefficient * np.eye(n)
    assert np.abs(value).max() < 1e-11 * np.polyval(measure, np.linalg.norm(a, 2))


def test_published_polynomials():
    # Companion matrix of x^3 - 6 x^2 + 11 x - 6 = (x - 1)(x - 2)(x - 3); Horn and Johnson, sec. 3.3
    assert characteristic_polynomial([[0, 0, 6], [1, 0, -11], [0, 1, 6]]).tolist() == [1, -6, 11, -6]
    # Wilkinson (1963): the product of (x - 1) to (x - 20) begins with -210, 20615 and ends with 20!
    c = characteristic_polynomial(np.diag(np.arange(1.0, 21)))
    assert c[:3].tolist() == [1, -210, 20615]
    assert c[-1] == pytest.approx(2432902008176640000, rel=1e-14)
    assert characteristic_polynomial(np.eye(6)).tolist() == [(-1) ** k * comb(6, k) for k in range(7)]


def test_complex_matrices_keep_complex_coefficients():
    c = characteristic_polynomial([[1j, 2], [0, 3]])
    assert_allclose(c, [1, -3 - 1j, 3j], rtol=1e-14)
    assert characteristic_polynomial([[1 + 0j, 0], [0, 2]]).dtype == np.complex128


def test_a_rotation_gives_real_coefficients():
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    assert np.iscomplexobj(eigvals(turn))
    assert_allclose(characteristic_polynomial(turn), [1, -1.2, 1], rtol=1e-15)


def test_no_zero_is_negative():
    for a in (np.zeros((3, 3)), np.zeros((48, 48)), [[0.5, 1], [0, 0]]):
        c = characteristic_polynomial(a)
        assert not np.any(np.signbit(c) & (c == 0))


def test_a_matrix_without_rows_has_the_polynomial_1():
    assert characteristic_polynomial(np.empty((0, 0))).tolist() == [1]


@pytest.mark.parametrize(
    ("a", "exact"),
    [
        ([[3]], True),
        ([[2**51 - 1]], True),
        ([[2**52]], False),
        ([[0.5]], False),
        ([[1j]], False),
        (np.zeros((47, 47)), True),
        (np.zeros((48, 48)), False),
        (np.diag([2**10, -(2**10), 0, 0]), True),
        (np.diag([2**12, 0, 0, 0]), False),
        (np.full((2, 2), 2**24), False),
        (np.full((2, 2), 2**23), True),
    ],
)
def test_the_exact_way_is_taken_only_where_it_is_exact(a, exact):
    assert _characteristic._stays_exact(np.asarray(a) * 1.0) == exact


def test_input_is_not_modified():
    a = np.arange(9.0).reshape(3, 3)
    a.flags.writeable = False
    before = a.copy()
    characteristic_polynomial(a)
    characteristic_polynomial(a / 7)
    assert_array_equal(a, before)
