import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from companion.autodiff import grad, jacfwd, jacrev
from companion.calculus import explicit_euler, implicit_euler, minimize, runge_kutta4

METHODS = [(explicit_euler, 1), (runge_kutta4, 4), (implicit_euler, 1)]
A = np.array([[-1.0, 2.0], [-3.0, -0.5]])


def pendulum(t, y):
    return np.stack([y[1], -np.sin(y[0]) - 0.1 * y[1] + 0.5 * np.cos(t)])


@pytest.mark.parametrize(("method", "order"), METHODS, ids=lambda x: getattr(x, "__name__", str(x)))
def test_order_of_the_error(method, order):
    known = solve_ivp(pendulum, (0, 2), [1.0, 0.0], rtol=1e-12, atol=1e-13).y[:, -1]
    errors = [np.abs(method(pendulum, (0.0, 2.0), [1.0, 0.0], n)[1][:, -1] - known).max() for n in (80, 160, 320)]
    assert_allclose(np.log2(errors[0] / errors[1]), order, atol=0.15)
    assert_allclose(np.log2(errors[1] / errors[2]), order, atol=0.1)


@pytest.mark.parametrize(("method", "order"), METHODS, ids=lambda x: getattr(x, "__name__", str(x)))
def test_linear_equations_by_their_matrices(method, order):
    n, h = 5, 0.1
    step = {
        explicit_euler: np.eye(2) + h * A,
        implicit_euler: np.linalg.inv(np.eye(2) - h * A),
        runge_kutta4: sum(np.linalg.matrix_power(h * A, k) / [1, 1, 2, 6, 24][k] for k in range(5)),
    }[method]
    t, y = method(lambda t, y: A @ y, (0.0, 0.5), [1.0, -1.0], n)
    assert_allclose(t, np.linspace(0, 0.5, 6))
    assert y.shape == (2, 6)
    for k in range(n + 1):
        assert_allclose(y[:, k], np.linalg.matrix_power(step, k) @ [1.0, -1.0], rtol=1e-12)
    assert_allclose(y[:, -1], expm(0.5 * A) @ [1.0, -1.0], atol=0.3 if order == 1 else 1e-4)


def test_numbers_and_vectors():
    for method, _ in METHODS:
        number = method(lambda t, y: -y + t, (0.0, 1.0), 2.0, 10)[1]
        vector = method(lambda t, y: -y + t, (0.0, 1.0), [2.0], 10)[1]
        assert number.shape == (11,)
        assert_array_equal(vector, number[None])


def test_stiff_equation():
    def fun(t, y):
        return -1000 * (y - np.cos(t))

    y = implicit_euler(fun, (0.0, 1.0), 0.0, 20)[1]
    known = solve_ivp(fun, (0, 1), [0.0], method="BDF", rtol=1e-8, atol=1e-10).y[0, -1]
    assert_allclose(y[-1], known, atol=1e-4)
    assert np.abs(explicit_euler(fun, (0.0, 1.0), 0.0, 20)[1][-1]) > 1e20
    assert_array_equal(implicit_euler(fun, (0.0, 1.0), 0.0, 20, jac=lambda t, y: -1000.0)[1], y)


def test_robertson():
    """A stiff chemical reaction; the reference is from Hairer and Wanner's test set at t = 40."""

    def fun(t, y):
        a, b, c = 0.04 * y[0], 1e4 * y[1] * y[2], 3e7 * y[1] ** 2
        return np.stack([-a + b, a - b - c, c])

    y = implicit_euler(fun, (0.0, 40.0), [1.0, 0.0, 0.0], 2000)[1]
    assert_allclose(y[:, -1], [0.7158, 9.185e-6, 0.2842], rtol=2e-3)
    assert_allclose(y.sum(axis=0), 1, rtol=1e-10)


def test_solutions_can_be_differentiated():
    for method in (explicit_euler, runge_kutta4):
        last = lambda k, method=method: method(lambda t, y: -k * y, (0.0, 2.0), 1.5, 40)[1][-1]  # noqa: E731
        h = 2.0 / 40
        factor = np.polynomial.Polynomial([1, 1] if method is explicit_euler else [1, 1, 1 / 2, 1 / 6, 1 / 24])
        z = -0.7 * h
        known = 1.5 * 40 * factor(z) ** 39 * factor.deriv()(z) * -h
        assert_allclose(grad(last)(0.7), known, rtol=1e-12)
        assert_allclose(grad(last, mode="dual")(0.7), known, rtol=1e-12)
    flow = lambda y0: runge_kutta4(lambda t, y: A @ y, (0.0, 0.5), y0, 50)[1][:, -1]  # noqa: E731
    for jacobian in (jacfwd, jacrev):
        assert_allclose(jacobian(flow)([1.0, -1.0]), expm(0.5 * A), rtol=1e-7)


def test_newton_must_converge():
    with pytest.raises(RuntimeError, match=r"did not converge at t = 1; raise n_steps or maxiter"):
        implicit_euler(lambda t, y: y**2 + 10, (0.0, 1.0), 1.0, 1)


def test_no_unknowns():
    for method in (explicit_euler, runge_kutta4, implicit_euler):
        assert method(lambda t, y: -y, (0.0, 1.0), [], 4)[1].shape == (0, 5)


def with_one_array_for_all_results():
    out = np.zeros(2)

    def fun(t, y):
        out[:] = A @ y
        return out

    return fun


def in_place(t, y):
    y[:] = A @ y
    return y


@pytest.mark.parametrize("method", [explicit_euler, runge_kutta4, implicit_euler])
@pytest.mark.parametrize(
    "fun",
    [with_one_array_for_all_results(), in_place, lambda t, y: list(A @ y), lambda t, y: tuple(A @ y)],
    ids=["one array", "in place", "list", "tuple"],
)
def test_what_the_right_side_does_with_its_arrays(method, fun):
    extra = {"jac": lambda t, y: A} if method is implicit_euler else {}
    y = method(fun, (0.0, 0.5), [1.0, -1.0], 20, **extra)[1]
    assert_allclose(y, method(lambda t, y: A @ y, (0.0, 0.5), [1.0, -1.0], 20)[1], rtol=1e-12)


def test_lists_can_be_differentiated():
    for method in (explicit_euler, runge_kutta4, implicit_euler):
        plain = method(lambda t, y: np.stack([y[1], -y[0]]), (0.0, 0.5), [1.0, 0.0], 50)[1]
        assert_array_equal(method(lambda t, y: [y[1], -y[0]], (0.0, 0.5), [1.0, 0.0], 50)[1], plain)
    flow = lambda y0: runge_kutta4(lambda t, y: [y[1], -y[0]], (0.0, 0.5), y0, 50)[1][:, -1]  # noqa: E731
    for jacobian in (jacfwd, jacrev):
        assert_allclose(jacobian(flow)([1.0, 0.0]), expm(0.5 * np.array([[0, 1], [-1, 0]])), rtol=1e-7)


@pytest.mark.parametrize("method", [explicit_euler, runge_kutta4])
def test_a_start_may_be_a_list_of_tracked_numbers(method):
    def last(a):
        return method(lambda t, y: np.stack([y[1], -y[0]]), (0.0, 0.5), [a, 2.0], 50)[1][0, -1]

    assert_allclose(grad(last)(1.0), last(2.0) - last(1.0), rtol=1e-12)  # the flow is linear


def test_implicit_euler_says_that_it_has_no_derivative():
    def last(k):
        return implicit_euler(lambda t, y: -k * y, (0.0, 1.0), 1.0, 4)[1][-1]

    with pytest.raises(TypeError, match=r"implicit_euler cannot be differentiated.*take runge_kutta4"):
        grad(last)(2.0)
    with pytest.raises(TypeError, match=r"implicit_euler cannot be differentiated"):
        grad(lambda a: implicit_euler(lambda t, y: -y, (0.0, 1.0), a, 4)[1][-1])(2.0)


@pytest.mark.parametrize("start", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("method", ["BFGS", "L-BFGS", "Newton"])
def test_a_fit_survives_trial_parameters_whose_solution_runs_away(start, method):
    def loss(k):
        with np.errstate(over="ignore", invalid="ignore"):
            return (runge_kutta4(lambda t, y: k[0] * y * y, (0.0, 1.0), 1.0, 40)[1][-1] - 5.0) ** 2

    fit = minimize(loss, [start], method=method)
    assert_allclose(fit.x, 0.8, atol=1e-4)  # y(1) = 1 / (1 - k), up to the error of the method


@pytest.mark.parametrize("method", [explicit_euler, runge_kutta4])
def test_a_blow_up_is_told(method):
    def last(k):
        return method(lambda t, y: k * y * y, (0.0, 1.0), 3.0, 12)[1][-1]

    assert np.isfinite(last(0.1))
    with np.errstate(all="ignore"):
        with pytest.raises(ValueError, match=r"fun must return finite numbers, got (inf|nan) at t = .*raise n_steps"):
            last(1e3)
        with pytest.raises((ValueError, OverflowError)):  # companion.autodiff may see it first
            grad(last)(1e3)
