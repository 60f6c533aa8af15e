import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize
from sklearn.exceptions import ConvergenceWarning

from companion.autodiff import grad
from companion.calculus import newton, newton_direction

FUNCTIONS = [
    (lambda x: x**2 - 2, lambda x: 2 * x, 1.0),
    (lambda x: x**3 - 2 * x - 5, lambda x: 3 * x**2 - 2, 2.0),
    (lambda x: np.cos(x) - x, lambda x: -np.sin(x) - 1, 0.5),
    (lambda x: np.exp(x) - 3, np.exp, 0.0),
    (lambda x: (x - 1) ** 2, lambda x: 2 * (x - 1), 3.0),
    (lambda x: x**2 - 2, lambda x: 2 * x, -7.0),
]


@pytest.mark.parametrize("with_slope", [True, False])
@pytest.mark.parametrize(("f", "slope", "start"), FUNCTIONS)
def test_it_is_scipys(f, slope, start, with_slope):
    fprime = slope if with_slope else None
    root, ours = newton(f, start, fprime, full_output=True)
    expected, scipy = optimize.newton(f, start, fprime, full_output=True)
    assert_allclose(root, expected, rtol=1e-12)
    assert isinstance(ours, optimize.RootResults)
    assert (ours.iterations, ours.function_calls) == (scipy.iterations, scipy.function_calls)
    assert (ours.converged, ours.flag, ours.method) == (True, "converged", scipy.method)
    assert ours.root == root == newton(f, start, fprime)
    assert type(root) is float


@pytest.mark.parametrize(("f", "slope", "start"), FUNCTIONS)
def test_the_history_is_the_formula(f, slope, start):
    history = newton(f, start, slope, full_output=True)[1].history
    assert history[0] == start
    assert len(history) > 3
    for old, new in pairwise(history):
        assert_allclose(new, old - f(old) / slope(old), rtol=1e-14, atol=1e-16)


def test_newtons_own_example():
    # x^3 - 2x - 5 = 0, De analysi, 1669: 2.09455148
    assert_allclose(newton(lambda x: x**3 - 2 * x - 5, 2.0, lambda x: 3 * x**2 - 2), 2.09455148, atol=5e-9)


def test_the_secant_starts_and_steps():
    def f(x):
        return x**2 - 2

    history = newton(f, 1.0, x1=2.0, full_output=True)[1].history
    assert history[:2].tolist() == [2, 1]  # it goes on from the better one
    assert newton(f, 2.0, x1=1.0, full_output=True)[1].history.tolist() == history.tolist()
    a, b, c = history[:3]
    assert_allclose(c, b - f(b) * (b - a) / (f(b) - f(a)))
    better = newton(f, 1.4, x1=5.0, full_output=True)[1].history
    assert better[:2].tolist() == [5, 1.4]
    default = newton(f, 1.0, full_output=True)[1].history
    assert_allclose(sorted(default[:2]), [1, 1.0002])
    below = newton(f, -1.0, full_output=True)[1].history
    assert_allclose(sorted(below[:2]), [-1.0002, -1])


@pytest.mark.parametrize(("start", "root"), [(0.0, 2.0), (-50.0, 2.0), (1e6, 2.0)])
def test_a_parabola_takes_one_step_from_anywhere(start, root):
    found, report = newton(lambda x: 2 * x - 4, start, lambda x: 2.0, full_output=True)
    assert found == root
    assert report.iterations == 1


def test_errors_are_squared():
    history = newton(lambda x: 1 - 1 / x, 0.5, lambda x: 1 / x**2, full_output=True)[1].history  # of x - log x
    assert history[:4].tolist() == [0.5, 0.75, 0.9375, 0.99609375]
    assert_allclose((1 - history[1:4]) / (1 - history[:3]) ** 2, 1)


def test_at_a_degenerate_minimum_the_error_falls_by_a_constant_factor():
    history = newton(lambda x: 4 * x**3, 1.0, lambda x: 12 * x**2, full_output=True)[1].history
    assert_allclose(history[1:20] / history[:19], 2 / 3)


def test_maxima_attract_too():
    history = newton(lambda x: 3 * x**2 - 3, -0.5, lambda x: 6 * x, full_output=True)[1].history
    assert_allclose(history[1:4], [-1.25, -1.025, -1.000305], atol=1e-6)


@settings(max_examples=100)
@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.5, 5), st.floats(-8, 8))
def test_roots_move_with_shifts_and_units(root, start, width, exponent):
    assume(abs(start - root) > 1e-3)
    unit = 10.0**exponent

    def f(x):
        return np.arctan((x / unit - root) / (10 * width))  # so wide that it converges

    found = newton(f, start * unit, grad(f), tol=1e-10 * unit)
    assert abs(found / unit - root) < 1e-7


@pytest.mark.parametrize(
    ("f", "slope", "start", "words"),
    [
        (lambda x: x**2 + 1, lambda x: 2 * x, 0.3, "too many steps"),
        (lambda x: x**2 - 1, lambda x: 2 * x, 0.0, "the slope is 0, so that the tangent has no root"),
        (np.cbrt, lambda x: np.cbrt(1 / x) ** 2 / 3, 1e300, "the values are not finite"),
        (lambda x: math.inf if x > 2 else x - 5, lambda x: 1.0, 0.0, "the values are not finite"),
        (lambda x: 1.0, None, 0.0, "the slope is 0, so that the secant has no root"),
        (lambda x: x**2 + 1, None, 0.3, "too many steps"),
        (lambda x: math.nan if x > 2 else x - 5, None, 0.0, "the values are not finite"),
    ],
)
def test_not_to_converge_is_told(f, slope, start, words):
    with pytest.raises(RuntimeError, match=words):
        newton(f, start, slope)
    root, report = newton(f, start, slope, disp=False, full_output=True)
    assert not report.converged
    assert words in report.flag
    assert report.history[-1] == root or math.isnan(root)
    with pytest.warns(ConvergenceWarning, match=words):
        again = newton(f, start, slope, disp=False)
    assert again == root or math.isnan(root)


def test_the_number_of_steps_is_bounded():
    calls = []

    def f(x):
        calls.append(x)
        return x**2 + 1

    _, report = newton(f, 0.3, lambda x: 2 * x, maxiter=7, disp=False, full_output=True)
    assert (report.iterations, len(calls), report.function_calls, len(report.history)) == (7, 7, 14, 8)
    calls.clear()
    _, report = newton(f, 0.3, maxiter=7, disp=False, full_output=True)
    assert report.iterations == 7
    assert report.function_calls == len(calls) == 9


def test_tolerances():
    def f(x):
        return x**2 - 2e6

    coarse = newton(f, 1000.0, lambda x: 2 * x, tol=1e-12, rtol=0.2, full_output=True)[1]
    fine = newton(f, 1000.0, lambda x: 2 * x, tol=1e-12, full_output=True, disp=False)[1]
    assert coarse.iterations < fine.iterations
    assert abs(np.diff(coarse.history)[-1]) <= 0.2 * coarse.history[-2] < abs(np.diff(coarse.history)[-2])


def test_further_arguments():
    assert_allclose(newton(lambda x, a: x**2 - a, 1.0, lambda x, a: 2 * x, args=(9,)), 3)
    assert_allclose(newton(lambda x, a: x**2 - a, 1.0, args=9), 3)


# --- the direction in many dimensions -------------------------------------------------------------------------------


@settings(max_examples=80)
@given(st.integers(0, 10**6), st.integers(1, 7), st.floats(-100, 100), st.floats(-100, 100))
def test_the_direction_solves_with_the_sizes_of_the_eigenvalues(seed, n, exponent, unit):
    rng = np.random.default_rng(seed)
    values = rng.uniform(0.5, 5, size=n) * rng.choice([-1, 1], size=n) * 10.0**exponent
    V, g = np.linalg.qr(rng.normal(size=(n, n))).Q, rng.normal(size=n) * 10.0**unit
    H, size = (V * values) @ V.T, (V * np.abs(values)) @ V.T
    p = newton_direction(H, g)
    assert_allclose(p, -np.linalg.solve(size, g), rtol=1e-9, atol=1e-9 * np.abs(p).max())
    assert p @ g < 0


def test_the_direction_where_curvature_vanishes():
    assert newton_direction(np.zeros((2, 2)), [3.0, 4.0]).tolist() == [-3, -4]
    p = newton_direction(np.diag([4.0, 0.0]), [4.0, 1.0])
    assert_allclose(p, [-1, -1 / (4 * np.finfo(float).eps ** 0.5)])
    assert newton_direction([[1.0]], [0.0]).tolist() == [0]


def test_the_direction_takes_the_symmetric_part():
    assert_allclose(newton_direction([[2.0, 2.0], [0.0, 3.0]], [1.0, 1.0]), -np.linalg.solve([[2, 1], [1, 3]], [1, 1]))


def test_inputs_are_left_alone():
    H, g = np.diag([2.0, -1.0]), np.ones(2)
    for array in (H, g):
        array.flags.writeable = False
    newton_direction(H, g)
    assert H.tolist() == [[2, 0], [0, -1]]


def test_a_value_or_slope_that_is_not_finite_is_no_root():
    for args, kwargs in (
        ((lambda x: x - 1, 0.0, lambda x: float("inf")), {}),
        ((lambda x: x - 1, 0.0, lambda x: float("nan")), {}),
        ((lambda x: -np.inf, 0.0, lambda x: 1.0), {}),
        ((lambda x: np.inf if x > 9 else x - 2, 1.0), {"x1": 1000.0}),
        ((lambda x: np.inf if x > 9 else x - 2, 1000.0), {"x1": 1.0}),
    ):
        with pytest.raises(RuntimeError, match="the values are not finite"):
            newton(*args, **kwargs)
        root, report = newton(*args, **kwargs, full_output=True, disp=False)
        assert not report.converged
        assert math.isfinite(root)
