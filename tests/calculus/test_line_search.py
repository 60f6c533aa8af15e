import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize
from sklearn.exceptions import ConvergenceWarning

from companion.autodiff import grad
from companion.calculus import line_search
from tests.calculus.problems import PROBLEMS

METHODS = {problem.name: problem for problem in PROBLEMS}


def satisfies(f, slope, x, p, alpha, c1=1e-4, c2=0.9):
    """Return whether a step satisfies the strong Wolfe conditions."""
    before, after = slope(x) @ p, slope(x + alpha * p) @ p
    return f(x + alpha * p) <= f(x) + c1 * alpha * before and abs(after) <= c2 * abs(before)


def test_the_example_of_scipy():
    def f(x):
        return x[0] ** 2 + x[1] ** 2

    def slope(x):
        return 2 * np.asarray(x)

    start, p = np.array([1.8, 1.7]), np.array([-1.0, -1.0])
    ours, scipy = line_search(f, slope, start, p), optimize.line_search(f, slope, start, p)
    assert len(ours) == len(scipy)
    for a, b in zip(ours, scipy, strict=True):
        assert_allclose(a, b)
    assert_allclose(ours[:5], (1.0, 2, 1, 1.13, 6.13))


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize(("c1", "c2"), [(1e-4, 0.9), (1e-4, 0.1), (0.1, 0.2), (1e-4, 1e-3)])
@pytest.mark.parametrize("length", [1e-3, 1.0, 1e3])
def test_the_conditions_hold(name, c1, c2, length):
    problem = METHODS[name]
    x, slope = np.asarray(problem.x0, dtype=float), problem.gradient()
    p = -length * slope(x)
    alpha, fc, gc, new, old, gradient = line_search(problem.fun, slope, x, p, c1=c1, c2=c2)
    assert alpha is not None
    assert satisfies(problem.fun, slope, x, p, alpha, c1, c2)
    assert new == problem.fun(x + alpha * p)
    assert old == problem.fun(x)
    assert_allclose(gradient, slope(x + alpha * p))
    assert fc <= 25
    assert gc < fc


@settings(max_examples=150)
@given(st.integers(0, 10**6), st.floats(-8, 8), st.floats(-8, 8))
def test_the_conditions_hold_on_random_quartics_of_any_scale(seed, value_exponent, step_exponent):
    rng = np.random.default_rng(seed)
    coefficients, scale, unit = rng.normal(size=5), 10.0**value_exponent, 10.0**step_exponent
    coefficients[0] = abs(coefficients[0]) + 0.1
    coefficients[3] = -abs(coefficients[3]) - 0.01  # it falls at 0

    def f(x):
        return scale * np.polyval(coefficients, x[0] / unit)

    def slope(x):
        return np.array([scale / unit * np.polyval(np.polyder(coefficients), x[0] / unit)])

    x, p = np.zeros(1), np.ones(1)
    alpha, *_ = line_search(f, slope, x, p, maxiter=30)
    assert alpha is not None
    assert satisfies(f, slope, x, p, alpha)


def test_a_step_that_is_good_is_taken_at_once():
    alpha, fc, gc, *_ = line_search(lambda x: x @ x, lambda x: 2 * x, [3.0], [-3.0])
    assert (alpha, fc, gc) == (1.0, 2, 1)


def test_a_cubic_is_minimised_by_the_second_trial():
    # From 0 to 4 the values and slopes at both ends are those of the cubic itself.
    def f(x):
        return (x[0] - 1) ** 2 * (x[0] + 2)

    alpha, fc, *_ = line_search(f, grad(f), [0.0], [3.0], c1=1e-8, c2=1e-6)
    assert_allclose(alpha * 3, 1, rtol=1e-9)
    assert fc == 3


def test_known_values_are_not_computed_again():
    calls = []

    def f(x):
        calls.append(x)
        return x @ x

    alpha, fc, *_, old, _ = line_search(f, lambda x: 2 * x, [3.0], [-3.0], gfk=[6.0], old_fval=9.0)
    assert (alpha, fc, old, len(calls)) == (1.0, 1, 9.0, 1)


def test_the_last_fall_gives_the_first_trial():
    tried = []

    def f(x):
        tried.append(float(x[0]))
        return x @ x

    line_search(f, lambda x: 2 * x, [1.0], [-2.0], old_fval=1.0, old_old_fval=1.5)
    assert_allclose(tried, [1 - 2 * 2.02 * 0.5 / 4])
    line_search(f, lambda x: 2 * x, [1.0], [-2.0], old_fval=1.0, old_old_fval=99.0)
    assert_allclose(tried[1], -1)
    line_search(f, lambda x: 2 * x, [1.0], [-1.0], old_fval=1.0, old_old_fval=0.5)  # it rose: no guess
    assert_allclose(tried[-1], 0)


def test_further_arguments():
    alpha, *_ = line_search(lambda x, a: a * x @ x, lambda x, a: 2 * a * x, [1.0], [-1.0], args=(3.0,))
    assert alpha == 1
    assert line_search(lambda x, a: a * x @ x, lambda x, a: 2 * a * x, [1.0], [-1.0], args=3.0)[0] == 1


def test_steps_out_of_the_domain_are_too_long():
    def f(x):
        return x[0] - np.log(x[0]) if x[0] > 0 else np.nan

    def barrier(x):
        return -np.log(1 - x[0]) - x[0] * 1e3 if x[0] < 1 else np.inf

    for function, x, p in [(f, 5.0, -100.0), (barrier, 0.0, 1e5)]:
        alpha, *_ = line_search(function, grad(function), [x], [p])
        assert satisfies(function, grad(function), np.array([x]), np.array([p]), alpha)


@pytest.mark.parametrize(
    ("f", "slope", "x", "p", "words"),
    [
        (lambda x: x @ x, lambda x: 2 * x, [1.0], [1.0], "pk is no direction of descent"),
        (lambda x: 1.0, lambda x: 0 * x, [1.0], [1.0], "pk is no direction of descent"),
        (lambda x: -x[0], lambda x: -np.ones(1), [0.0], [1.0], "falls on and on along pk"),
        (lambda x: -np.inf if x[0] > 0 else 0.0, lambda x: -np.ones(1), [0.0], [1.0], "falls on and on along pk"),
        (lambda x: x @ x, lambda x: -2 * x, [1.0], [1.0], "check myfprime against f"),
        (lambda x: abs(x[0]), np.sign, [1.0], [-0.7], "or f has a kink"),
    ],
)
def test_where_there_is_no_step(f, slope, x, p, words):
    with pytest.warns(ConvergenceWarning, match=words):
        alpha, fc, gc, new, old, gradient = line_search(f, slope, x, p)
    assert (alpha, new, gradient) == (None, None, None)
    assert old == f(np.array(x))
    assert fc >= 1
    assert gc >= 0


def test_the_warning_names_the_line_of_the_user():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        line_search(lambda x: x @ x, lambda x: 2 * x, [1.0], [1.0])
    assert caught[0].filename == __file__


def test_the_largest_step():
    def f(x):
        return (x[0] - 10) ** 2

    alpha, *_ = line_search(f, grad(f), [0.0], [1.0], amax=50, c2=0.01)
    assert_allclose(alpha, 10, rtol=0.02)
    tried = []
    with pytest.warns(ConvergenceWarning, match="raise amax"):
        result = line_search(lambda x: tried.append(x[0]) or f(x), grad(f), [0.0], [1.0], amax=3, c2=0.01)
    assert result[0] is None
    assert max(tried) == 3
    assert line_search(f, grad(f), [0.0], [1.0], amax=np.inf)[0] == line_search(f, grad(f), [0.0], [1.0])[0]


def test_inputs_are_left_alone():
    x, p = np.array([1.8, 1.7]), np.array([-1.0, -1.0])
    for array in (x, p):
        array.flags.writeable = False

    def greedy(x):
        value = x @ x
        x[:] = 99
        return value

    assert line_search(greedy, lambda x: 2 * x, x, p)[0] == 1
    assert line_search(lambda x: x @ x, lambda x: 2 * x, [1.8, 1.7], [-1, -1])[0] == 1


@pytest.mark.parametrize("name", METHODS)
def test_no_more_evaluations_than_half_as_many_again_as_scipy(name):
    problem = METHODS[name]
    x, slope = np.asarray(problem.x0, dtype=float), problem.gradient()
    ours = scipy = 0
    for length in (1e-2, 1.0, 1e2):
        p = -length * slope(x)
        ours += line_search(problem.fun, slope, x, p)[1]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            scipy += optimize.line_search(problem.fun, slope, x, p, maxiter=50)[1]
    assert ours <= 1.5 * scipy


def test_a_step_to_an_infinite_gradient_is_too_long():
    f = lambda x: 3 * (np.sqrt(x[0]) - 0.5) ** 2  # noqa: E731
    seen = []

    def slope(x):
        seen.append(x[0])
        return np.array([3 * (np.sqrt(x[0]) - 0.5) / np.sqrt(x[0]) if x[0] else np.inf])

    alpha, *_, new, old, gradient = line_search(f, slope, [1.0], [-1.0])
    assert 0.0 in seen  # the first trial
    assert 0 < alpha < 1
    assert new < old
    assert np.all(np.isfinite(gradient))
