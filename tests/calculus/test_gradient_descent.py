import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import minimize, rosen, rosen_der
from sklearn.exceptions import ConvergenceWarning

from companion.calculus import backtracking, gradient_descent, learning_rate_schedule


def quadratic(curvatures):
    d = np.asarray(curvatures, dtype=float)
    return (lambda x: (d * x) @ x / 2), (lambda x: d * x)


class TestBacktracking:
    def test_first_of_the_sequence_that_falls_enough(self):
        tried = []

        def f(x):
            tried.append(float(x[0]))
            return float(x[0] ** 2)

        step, new, nfev = backtracking(f, [3.0], [-6.0], 9.0, -36.0, initial_step=4.0)
        assert tried == [-21.0, -9.0, -3.0, 0.0]
        assert (step, new, nfev) == (0.5, 0.0, 4)

    @pytest.mark.parametrize(("c1", "wanted"), [(1e-4, 0.9), (0.05, 0.9), (0.3, 0.45), (0.6, 0.225)])
    def test_armijo_constant(self, c1, wanted):
        """On x^2 from 1 the step a is allowed while 1 - a is at least c1."""
        step, new, _ = backtracking(lambda x: x[0] ** 2, [1.0], [-2.0], 1.0, -4.0, initial_step=0.9, c1=c1)
        assert step == wanted
        assert_allclose(new, (1 - 2 * step) ** 2)

    def test_shrinking_factor(self):
        step, _, nfev = backtracking(lambda x: x[0] ** 2, [1.0], [-2.0], 1.0, -4.0, initial_step=10.0, shrink=0.1)
        assert nfev == 3
        assert_allclose(step, 0.1)

    @given(st.integers(1, 5), st.integers(0, 10**6), st.floats(1e-4, 0.9), st.floats(0.1, 0.9))
    def test_the_step_satisfies_the_rule_and_the_one_before_does_not(self, n, seed, c1, shrink):
        rng = np.random.default_rng(seed)
        f, g = quadratic(rng.uniform(0.1, 100, size=n))
        x = rng.normal(size=n)
        p = -g(x)
        slope = -float(p @ p)
        step, new, nfev = backtracking(f, x, p, f(x), slope, c1=c1, shrink=shrink)
        assert new == f(x + step * p) <= f(x) + c1 * step * slope
        if nfev > 1:
            longer = step / shrink
            assert f(x + longer * p) > (f(x) + c1 * longer * slope) * (1 - 1e-9)

    def test_what_is_not_finite_is_too_long(self):
        def f(x):
            return np.nan if x[0] < 0 else np.inf if x[0] < 0.2 else float(x[0])

        assert backtracking(f, [1.0], [-1.0], 1.0, -1.0, initial_step=2.0) == (0.5, 0.5, 3)

    def test_overflowing_points_are_not_tried(self):
        tried = []

        def f(x):
            tried.append(x)
            return 0.0

        step, _, nfev = backtracking(f, [0.0], [1e308], 1.0, -1e-300, initial_step=4.0)
        assert (step, nfev, len(tried)) == (1.0, 1, 1)

    def test_no_step(self):
        assert backtracking(abs_sum, [0.0], [1.0], 0.0, -1.0) == (0.0, 0.0, 61)
        assert backtracking(abs_sum, [0.0], [1.0], 0.0, -1.0, max_halvings=3) == (0.0, 0.0, 4)
        assert backtracking(abs_sum, [1.0], [1e-20], 1.0, -1.0) == (0.0, 1.0, 0)  # shorter than the last digit of x

    def test_minus_infinity_is_a_fall(self):
        assert backtracking(lambda x: -np.inf, [0.0], [1.0], 0.0, -1.0) == (1.0, -np.inf, 1)

    def test_the_point_is_not_touched(self):
        x = np.array([1.0])

        def f(there):
            there[:] = 7
            return 0.0

        backtracking(f, x, [-1.0], 1.0, -1.0)
        assert x[0] == 1


def abs_sum(x):
    return float(np.abs(x).sum())


@given(
    st.lists(st.floats(0.1, 10), min_size=1, max_size=4), st.floats(0.01, 0.19), st.integers(1, 20), st.floats(0, 0.9)
)
def test_closed_form_on_a_quadratic(curvatures, eta, steps, beta):
    """Each coordinate follows x(t+1) = (1 + beta - eta d) x(t) - beta x(t-1), without momentum (1 - eta d)^t."""
    f, g = quadratic(curvatures)
    d, start = np.array(curvatures), np.ones(len(curvatures))
    with pytest.warns(ConvergenceWarning):
        result = gradient_descent(
            f, start, jac=g, learning_rate=eta, momentum=beta, tol=0, maxiter=steps, return_all=True
        )
    before, x = start, start
    for t in range(steps + 1):
        assert_allclose(result.allvecs[t], x, rtol=1e-9, atol=1e-12)
        before, x = x, (1 + beta - eta * d) * x - beta * before
    if beta == 0:
        assert_allclose(result.x, (1 - eta * d) ** steps, rtol=1e-9, atol=1e-12)
    assert result.nit == steps == len(result.history) - 1
    assert result.history[-1].step == eta


def test_three_steps_by_hand():
    with pytest.warns(ConvergenceWarning):
        result = gradient_descent(
            lambda x: x[0] ** 2 - 4 * x[0] + 5, [0.0], learning_rate=0.25, maxiter=3, return_all=True
        )
    assert [float(x[0]) for x in result.allvecs] == [0.0, 1.0, 1.5, 1.75]
    assert [step.fun for step in result.history] == [5.0, 2.0, 1.25, 1.0625]


def test_best_fixed_rate():
    """From (1/mu, 1/L) the worst case is met: every step leaves exactly (L - mu)/(L + mu) of the error."""
    f, g = quadratic([1.0, 10.0])
    with pytest.warns(ConvergenceWarning):
        result = gradient_descent(f, [1.0, 1.0], jac=g, learning_rate=2 / 11, maxiter=50, tol=0, return_all=True)
    errors = np.linalg.norm(result.allvecs, axis=1)
    assert_allclose(errors[1:] / errors[:-1], 9 / 11, rtol=1e-12)


@pytest.mark.parametrize("curvature", [0.5, 2.0, 40.0])
def test_limit_of_stability(curvature):
    f, g = quadratic([curvature])
    assert gradient_descent(f, [1.0], jac=g, learning_rate=1.99 / curvature, maxiter=3000).success
    with pytest.warns(ConvergenceWarning, match="does not fall: lower learning_rate"):
        result = gradient_descent(f, [1.0], jac=g, learning_rate=2.01 / curvature, maxiter=300)
    assert result.fun > f(np.ones(1))
    with pytest.warns(ConvergenceWarning, match="does not fall: lower learning_rate"):
        gradient_descent(f, [1.0], jac=g, learning_rate=2.0 / curvature, maxiter=300)


PROBLEMS = {
    "bowl": (lambda x: x[0] ** 2 + 25 * x[1] ** 2, [1.0, 1.0]),
    "rosenbrock": (lambda x: 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2, [-1.2, 1.0]),
    "log": (lambda x: x[0] - np.log(x[0]) + (x[0] - x[1]) ** 2, [5.0, 1.0]),
    "logistic": (lambda x: np.sum(np.log(1 + np.exp(np.array([1.0, -2.0, 3.0]) * x[0]))) + x[0] ** 2, [4.0]),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_minimisers_are_those_of_scipy(name):
    f, x0 = PROBLEMS[name]
    result = gradient_descent(f, x0, maxiter=20000, tol=1e-6)
    for method in ("CG", "BFGS"):
        known = minimize(f, x0, method=method, options={"gtol": 1e-6})
        assert_allclose(result.x, known.x, rtol=1e-4, atol=1e-5)
    assert_allclose(result.fun, f(result.x), rtol=1e-12)
    assert result.success
    assert np.abs(result.jac).max() <= 1e-6
    falls = np.diff([step.fun for step in result.history])
    assert len(falls) > 3
    assert np.all(falls < 0)


def test_gradient_given_by_hand_or_by_autodiff():
    options = {"learning_rate": 1e-3, "maxiter": 40000}
    by_hand = gradient_descent(rosen, [-1.0, 1.0], jac=rosen_der, **options)
    together = gradient_descent(lambda x: (rosen(x), rosen_der(x)), [-1.0, 1.0], jac=True, **options)
    assert_array_equal(by_hand.x, together.x)
    f = PROBLEMS["rosenbrock"][0]
    short = {"learning_rate": 1e-3, "maxiter": 100}
    with pytest.warns(ConvergenceWarning, match="still falls: raise maxiter"):
        derived = gradient_descent(f, [-1.0, 1.0], **short)
    with pytest.warns(ConvergenceWarning):
        known = gradient_descent(f, [-1.0, 1.0], jac=rosen_der, **short)
    assert_allclose(derived.x, known.x, rtol=1e-10)


def test_momentum_needs_the_root_of_the_steps():
    """Polyak's rate on a quadratic: about the root of the condition number."""
    f, g = quadratic([1.0, 900.0])
    plain = gradient_descent(f, [1.0, 1.0], jac=g, learning_rate=2 / 901, maxiter=10**4)
    low, high = 1.0, 30.0
    beta = ((high - low) / (high + low)) ** 2
    heavy = gradient_descent(f, [1.0, 1.0], jac=g, learning_rate=4 / (high + low) ** 2, momentum=beta, maxiter=10**4)
    assert heavy.success
    assert heavy.nit * 10 < plain.nit


@pytest.mark.parametrize("scale", [1e-8, 1e-3, 1e3, 1e8])
def test_backtracking_finds_the_scale(scale):
    f, g = quadratic([scale, 5 * scale])
    result = gradient_descent(f, [1.0, 1.0], jac=g, tol=1e-6 * scale, maxiter=200)
    assert result.success
    assert_allclose(result.x, [0, 0], atol=2e-6)


def test_schedule_and_counts():
    f, g = quadratic([1.0])
    schedule = learning_rate_schedule("invscaling", eta0=0.5, power_t=0.5)
    with pytest.warns(ConvergenceWarning):
        result = gradient_descent(f, [1.0], jac=g, learning_rate=schedule, maxiter=3)
    assert_allclose([step.step for step in result.history], [0, *(0.5 / np.sqrt([1, 2, 3]))])
    assert_allclose(result.x, np.prod(1 - 0.5 / np.sqrt([1, 2, 3])))
    assert (result.nit, result.nfev, result.njev) == (3, 4, 4)


def test_a_start_at_a_stationary_point_takes_no_step():
    f, g = quadratic([1.0, -1.0])
    result = gradient_descent(f, [0.0, 0.0], jac=g)
    assert (result.success, result.nit, result.nfev, result.njev) == (True, 0, 1, 1)


@pytest.mark.parametrize(
    "fun",
    [
        pytest.param(lambda x: x[0] ** 4, id="numpy"),
        pytest.param(lambda x: np.exp(x[0] ** 2), id="exp"),
    ],
)
def test_divergence_is_told(fun):
    with pytest.warns(ConvergenceWarning, match="not finite.*lower learning_rate"):
        result = gradient_descent(fun, [2.0], learning_rate=1.0)
    assert (result.success, result.status) == (False, 3)
    assert np.all(np.isfinite(result.x))
    assert np.isfinite(result.fun)
    assert result.nit == len(result.history) - 1


def test_divergence_of_functions_that_raise():
    def f(x):
        return math.exp(x[0] ** 2)

    with pytest.warns(ConvergenceWarning, match="lower learning_rate"):
        result = gradient_descent(f, [2.0], jac=lambda x: 2 * x * f(x), learning_rate=1.0)
    assert (result.status, result.x[0]) == (3, 2.0)
    with pytest.warns(ConvergenceWarning, match="lower learning_rate"):  # the gradient overflows before the value
        result = gradient_descent(lambda x: 1.0, [2.0], jac=lambda x: x * 1e200, learning_rate=1.0)
    assert (result.status, result.nit, result.x[0]) == (3, 0, 2.0)


def test_leaving_the_domain():
    f = PROBLEMS["log"][0]
    with pytest.warns(ConvergenceWarning, match="or take 'backtracking'"):
        result = gradient_descent(f, [0.5, 0.5], jac=lambda x: np.array([9.0, 0.0]), learning_rate=1.0)
    assert (result.status, result.nit) == (3, 0)


def test_endless_fall():
    for options in ({"learning_rate": 1.0}, {}):
        with pytest.warns(ConvergenceWarning, match="falls without end"):
            result = gradient_descent(lambda x: -(x[0] ** 2), [1.0], maxiter=2000, **options)
        assert result.status == 4


def test_a_wrong_gradient_is_told():
    with pytest.warns(ConvergenceWarning, match="do not fall any more.*check jac"):
        result = gradient_descent(lambda x: x[0] ** 2, [1.0], jac=lambda x: -2 * x)
    assert (result.status, result.nit, result.x[0]) == (2, 0, 1.0)
    with pytest.warns(ConvergenceWarning, match="do not fall any more"):  # its square overflows
        result = gradient_descent(lambda x: 1e160 * x[0] ** 2, [1.0])
    assert result.status == 2


def test_callback_ends_the_run():
    seen = []

    def stop(x):
        seen.append(x)
        if len(seen) == 3:
            raise StopIteration

    result = gradient_descent(*quadratic([1.0])[:1], [1.0], learning_rate=0.1, callback=stop)
    assert (result.status, result.success, result.nit) == (99, False, 3)
    assert_array_equal(seen[-1], result.x)


def test_inputs_are_not_touched():
    x0 = np.array([1.0, 2.0])
    x0.setflags(write=False)
    for options in ({"learning_rate": 0.1, "momentum": 0.5}, {}):
        result = gradient_descent(*quadratic([1.0, 3.0])[:1], x0, return_all=True, **options)
        assert len({id(x) for x in result.allvecs}) == len(result.allvecs)
        assert_array_equal(result.allvecs[0], x0)


def test_extra_arguments():
    result = gradient_descent(lambda x, a, b: (x[0] - a) ** 2 + b, [0.0], (3.0, 1.0), learning_rate=0.5)
    assert_allclose((result.x[0], result.fun), (3, 1))


def test_a_gradient_that_is_not_finite_ends_the_run_by_hand_and_by_program():
    f = lambda x: 3 * (np.sqrt(x[0]) - 0.5) ** 2  # noqa: E731
    slope = lambda x: np.array([3 * (np.sqrt(x[0]) - 0.5) / np.sqrt(x[0]) if x[0] else np.inf])  # noqa: E731
    for jac in (slope, None):
        with pytest.warns(ConvergenceWarning, match="the function or its gradient is not finite"):
            run = gradient_descent(f, [1.0], jac=jac, learning_rate=2 / 3)  # to 0
        assert (run.status, run.nit, run.x.tolist()) == (3, 0, [1.0])
