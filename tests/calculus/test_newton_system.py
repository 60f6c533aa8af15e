import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import root
from sklearn.exceptions import ConvergenceWarning

from companion.calculus import newton_system


def circle(x):
    return np.stack([x[0] ** 2 + x[1] ** 2 - 4, x[0] * x[1] - 1])


def rosenbrock(x):
    return np.stack([10 * (x[1] - x[0] ** 2), 1 - x[0]])


def powell_badly_scaled(x):
    return np.stack([1e4 * x[0] * x[1] - 1, np.exp(-x[0]) + np.exp(-x[1]) - 1.0001])


def helical_valley(x):
    theta = np.arctan2(x[1], x[0]) / (2 * np.pi)
    return np.stack([10 * (x[2] - 10 * theta), 10 * (np.hypot(x[0], x[1]) - 1), x[2]])


def broyden(x):
    padded = np.concatenate([[0.0], x, [0.0]])
    return (3 - 2 * x) * x - padded[:-2] - 2 * padded[2:] + 1


CASES = {
    "circle": (circle, [2.0, 1.0]),
    "rosenbrock": (rosenbrock, [-1.2, 1.0]),
    "powell": (powell_badly_scaled, [0.0, 1.0]),
    "helical valley": (helical_valley, [-1.0, 0.0, 0.0]),
    "broyden": (broyden, -np.ones(40)),
}


@pytest.mark.parametrize(("fun", "x0"), CASES.values(), ids=CASES)
def test_solutions_are_those_of_scipy(fun, x0):
    result = newton_system(fun, x0, tol=1e-13)
    known = root(fun, x0, tol=1e-13)
    assert known.success
    assert_allclose(result.x, known.x, rtol=1e-7, atol=1e-9)
    assert np.abs(result.fun).max() <= 1e-13
    assert_array_equal(result.fun, fun(result.x))
    assert result.success
    assert (result.status, result.nit) == (0, len(result.history) - 1)
    assert result.njev == result.nit < 60
    assert result.nfev > result.nit


def test_point_of_the_lecture():
    assert_allclose(
        newton_system(circle, [2.0, 1.0], tol=1e-14).x, [1.9318516525781366, 0.5176380902050415], rtol=1e-13
    )


def test_digits_double():
    result = newton_system(circle, [2.0, 1.0], tol=1e-15)
    errors = [np.abs(x - result.x).max() for x in result.history[:-1]]
    ratios = [b / a**2 for a, b in itertools.pairwise(errors[1:]) if b > 1e-14]
    assert len(ratios) >= 2
    assert max(ratios) / min(ratios) < 3


def test_damping_is_needed():
    """The full steps for arctan diverge from 3, the damped ones do not."""
    result = newton_system(np.arctan, [3.0])
    assert_allclose(result.x, [0], atol=1e-10)
    assert result.nfev > result.nit + 1


@given(st.integers(1, 6), st.integers(0, 10**6))
def test_linear_systems_take_one_step(n, seed):
    rng = np.random.default_rng(seed)
    A, b = rng.normal(size=(n, n)) + 4 * np.eye(n), rng.normal(size=n)
    result = newton_system(lambda x, b: A @ x - b, rng.normal(size=n), args=(b,), jac=lambda x, b: A)
    assert result.nit <= 2
    assert_allclose(result.x, np.linalg.solve(A, b), rtol=1e-9, atol=1e-10)


def test_one_further_argument_needs_no_tuple():
    for jac in (None, lambda x, a: np.diag(2 * x)):
        assert_allclose(newton_system(lambda x, a: x**2 - a, [1.0, 3.0], args=2.0, jac=jac).x, 2**0.5, rtol=1e-9)


def test_the_slope_of_one_equation_may_be_a_number():
    for slope in (lambda x: 2 * x[0], lambda x: 2 * x, lambda x: [2 * x]):
        assert_allclose(newton_system(lambda x: x**2 - 2, [1.0], jac=slope).x, 2**0.5, rtol=1e-9)


def test_a_start_at_the_solution_takes_no_step():
    result = newton_system(rosenbrock, [1.0, 1.0])
    assert (result.nit, result.nfev, result.njev) == (0, 1, 0)


def test_failures_are_told():
    with pytest.warns(ConvergenceWarning, match="maximum number of steps was reached; raise maxiter"):
        result = newton_system(rosenbrock, [-1.2, 1.0], maxiter=1)
    assert (result.success, result.status, result.nit) == (False, 1, 1)
    with pytest.warns(ConvergenceWarning, match="No step along Newton's direction lowers the residual"):
        result = newton_system(lambda x: x**2 + 1, [1e-9])
    assert (result.success, result.status) == (False, 2)
    with pytest.raises(np.linalg.LinAlgError):
        newton_system(lambda x: x**2 + 1, [0.0])


def test_the_start_is_not_touched():
    x0 = np.array([2.0, 1.0])
    x0.setflags(write=False)
    result = newton_system(circle, x0)
    result.x[0] = 7.0
    assert x0[0] == 2
    assert result.history[-1][0] != 7


@pytest.mark.parametrize("scale", [1e200, 1e-200])
def test_huge_and_tiny_equations(scale):
    result = newton_system(lambda x: scale * (np.stack([np.arctan(x[0]), x[1] - 1])), [3.0, 0.0], tol=scale * 1e-12)
    assert result.success
    np.testing.assert_allclose(result.x, [0, 1], atol=1e-11)


@pytest.mark.parametrize("size", [2e12, 3e14, 7e20])
def test_large_numbers_are_solved_to_rounding(size):
    result = newton_system(lambda x: x**2 - size, [0.7 * np.sqrt(size)])
    assert (result.success, result.status) == (True, 0)
    assert_allclose(result.x, np.sqrt(size), rtol=4e-16)
    assert result.fun != 0
    with pytest.warns(ConvergenceWarning, match="No step along Newton's direction"):
        assert newton_system(lambda x: (x - 1e6) ** 2 + 1e-3, [1.1e6]).status == 2


def test_an_infinite_slope_excuses_nothing():
    jac = lambda x: [[1.0 if x[0] > 1 else np.inf]]  # noqa: E731
    with pytest.warns(ConvergenceWarning, match="No step along Newton's direction"):
        assert newton_system(lambda x: x - 0.5, [1.0], jac=jac).status == 2
