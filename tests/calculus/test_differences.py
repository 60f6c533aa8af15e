from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.differentiate import derivative
from scipy.optimize import approx_fprime

from companion.autodiff import grad
from companion.calculus import complex_step, difference_quotient, optimal_step, richardson


def cube(x):
    return x * x * x


def test_values_of_the_lecture():
    exact = (Fraction(11, 10) ** 3 - 1) / Fraction(1, 10)
    assert exact - 3 == Fraction(31, 100)
    errors = [abs(difference_quotient(cube, 1.0, h) - 3) for h in (1e-1, 1e-2, 1e-4, 1e-8, 1e-12, 1e-16)]
    known = [0.31000000000000405, 0.030099999999991134, 0.00030000999873536216, 3.972047579736682e-09]
    assert_array_equal(errors, [*known, 0.00026670174702303484, 3.0])


def test_kinds_of_differences():
    for x, h in ((0.5, 0.1), (-2.0, 0.25)):
        assert_allclose(difference_quotient(cube, x, h), 3 * x**2 + 3 * x * h + h**2)
        assert_allclose(difference_quotient(cube, x, h, "backward"), 3 * x**2 - 3 * x * h + h**2)
        assert_allclose(difference_quotient(cube, x, h, "central"), 3 * x**2 + h**2)
    assert_allclose(difference_quotient(np.sin, 1.0, 1e-6), approx_fprime([1.0], lambda x: np.sin(x[0]), 1e-6)[0])


def test_arrays_broadcast():
    steps = 10.0 ** -np.arange(1, 5)
    quotients = difference_quotient(np.exp, [[0.0], [1.0]], steps)
    assert quotients.shape == (2, 4)
    assert_array_equal(quotients[1], [difference_quotient(np.exp, 1.0, h) for h in steps])


@pytest.mark.parametrize(("kind", "order"), [("forward", 1), ("backward", 1), ("central", 2)])
def test_order_of_the_truncation_error(kind, order):
    h = np.array([1e-2, 1e-3])
    errors = np.abs(difference_quotient(np.sin, 1.0, h, kind) - np.cos(1.0))
    assert_allclose(np.log10(errors[0] / errors[1]), order, atol=0.02)


def test_best_step_of_the_model():
    assert optimal_step(1.0, 6.0) == 8.603189426505949e-09
    assert_allclose(optimal_step(1000.0, 60.0), 8.6e-8, rtol=1e-3)
    assert_allclose(optimal_step([1.0, 1000.0], [6.0, 60.0]), [8.603e-9, 8.603e-8], rtol=1e-4)
    assert optimal_step(-1.0, 6.0) == optimal_step(1.0, 6.0)
    assert optimal_step(0.0, 1.0) == 0


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(1e-16, 1e-3))
def test_best_step_minimises_the_bound(value, curvature, noise):
    bounds = {
        "forward": lambda h: h / 2 * curvature + 2 * noise * value / h,
        "central": lambda h: h**2 / 6 * curvature + noise * value / h,
    }
    for kind, bound in bounds.items():
        h = optimal_step(value, curvature, kind, noise)
        assert bound(h) <= min(bound(1.01 * h), bound(0.99 * h))


def test_the_best_step_is_good():
    h = 10.0 ** np.arange(-15, 0, 0.25)
    for f, value, second in ((np.sin, np.sin(1.0), np.sin(1.0)), (np.exp, np.e, np.e)):
        exact = complex_step(f, 1.0)
        errors = np.abs(difference_quotient(f, 1.0, h) - exact)
        at_best = abs(difference_quotient(f, 1.0, optimal_step(value, second)) - exact)
        assert at_best < 1e-7
        assert at_best < np.median(errors)


COMPLEX = {
    "polynomial": lambda x: 4 * x**3 - x + 2,
    "quotient": lambda x: (1 + x) / (2 + x * x),
    "elementary": lambda x: np.exp(np.sin(x)) + np.log(2 + x) * np.sqrt(3 + x),
    "hyperbolic": lambda x: np.tanh(x) * np.cosh(x / 2),
}


@pytest.mark.parametrize("f", COMPLEX.values(), ids=COMPLEX)
def test_complex_step_is_as_exact_as_automatic_differentiation(f):
    x = np.linspace(-1, 2, 13)
    by_step = complex_step(f, x)
    assert_allclose(by_step, [grad(f)(z) for z in x], rtol=1e-14, atol=1e-15)
    assert_allclose(by_step, derivative(f, x).df, rtol=1e-7, atol=1e-9)
    assert_array_equal(complex_step(f, x[3]), by_step[3])


@given(st.floats(-100, 100).filter(lambda x: abs(x) > 1e-3))
def test_complex_step_to_the_last_place(x):
    assert_allclose(complex_step(cube, x), 3 * x * x, rtol=5e-16)
    assert type(complex_step(cube, x)) is float


def test_what_is_not_analytic_is_refused():
    for f in (abs, np.real, lambda z: np.abs(z) ** 2, lambda z: 3.0):
        with pytest.raises(TypeError, match="not analytic"):
            complex_step(f, 1.0)


def test_each_column_of_the_extrapolation_gains_two_orders():
    wide, narrow = richardson(np.exp, 0.5, h=0.4, levels=4), richardson(np.exp, 0.5, h=0.2, levels=4)
    for j in range(3):
        ratio = (wide[j, j] - np.exp(0.5)) / (narrow[j, j] - np.exp(0.5))
        assert_allclose(np.log2(ratio), 2 * (j + 1), atol=0.05)


def test_extrapolation_is_exact_for_polynomials():
    table = richardson(lambda x: x**5, 2.0, h=1.0, levels=4)
    assert_allclose(table[[2, 3, 3], [2, 2, 3]], 80, rtol=1e-14)
    assert abs(table[2, 1] - 80) > 1e-3
    assert np.isnan(table[np.triu_indices(4, 1)]).all()


def test_extrapolation_equals_the_library():
    for f, x in ((np.sin, 1.0), (np.exp, 0.3), (np.cosh, -2.0)):
        found = derivative(f, x).df
        assert_allclose(richardson(f, x)[-1, -1], found, rtol=2e-12)
