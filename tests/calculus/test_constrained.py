import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import NonlinearConstraint, minimize
from sklearn.exceptions import ConvergenceWarning

from companion.autodiff import grad, hessian, jacfwd
from companion.calculus import equality_qp, kkt_residuals, newton_lagrange, solve_qp


def square(x):
    return x[0] ** 2 + x[1] ** 2


def line(x):
    return 2 * x[0] + 3 * x[1] - 13


def circle(x):
    return x[0] ** 2 + x[1] ** 2 - 1


# Stationary points


def test_the_line():
    result = newton_lagrange(square, [5.0, -1.0], line)
    assert_allclose(result.x, [2, 3], rtol=1e-13)
    assert_allclose(result.multipliers, [2], rtol=1e-13)
    assert_allclose(result.fun, 13, rtol=1e-13)
    assert result.kind == "minimum"
    assert result.success
    assert result.nit == 1  # a quadratic under a linear equation: Newton's step is exact


def test_greatest_product():
    result = newton_lagrange(lambda x: x[0] * x[1], [1.0, 2.0], lambda x: x[0] + x[1] - 10)
    assert_allclose([*result.x, *result.multipliers], [5, 5, 5], rtol=1e-13)
    assert result.kind == "maximum"


@pytest.mark.parametrize(
    ("start", "sign", "kind"), [([1.0, 0.5], 1, "maximum"), ([-1.0, -0.5], -1, "minimum"), ([-0.5, -2], -1, "minimum")]
)
def test_both_ends_of_a_circle(start, sign, kind):
    result = newton_lagrange(lambda x: x[0] + x[1], start, circle)
    assert_allclose(result.x, sign * np.sqrt([0.5, 0.5]), rtol=1e-10)
    assert_allclose(result.multipliers, [sign * np.sqrt(0.5)], rtol=1e-10)
    assert result.kind == kind


def test_eigenvectors():
    A = np.array([[4.0, 1, 0], [1, 3, 1], [0, 1, 1]])
    values, vectors = np.linalg.eigh(A)
    for k, kind in enumerate(("minimum", "saddle", "maximum")):
        start = vectors[:, k] + 0.05 * np.array([1, -1, 1])
        result = newton_lagrange(lambda x: x @ A @ x, start, lambda x: x @ x - 1)
        assert_allclose(result.fun, values[k], rtol=1e-9)
        assert_allclose(result.multipliers, values[k], rtol=1e-9)  # the multiplier is the eigenvalue
        assert_allclose(np.abs(result.x), np.abs(vectors[:, k]), rtol=1e-8)
        assert result.kind == kind


@pytest.mark.parametrize("seed", range(8))
def test_trust_constr_and_slsqp_agree(seed):
    rng = np.random.default_rng(seed)
    center, weights = rng.normal(size=3), rng.uniform(0.5, 2, size=3)

    def fun(x):
        return np.sum(weights * (x - center) ** 2) + 0.1 * np.sum(x**4)

    def constraint(x):
        return np.stack([x[0] + x[1] ** 2 - 1, np.exp(x[2]) - x[0] - 1])

    equations = {"type": "eq", "fun": constraint}
    rough = minimize(fun, center, method="SLSQP", constraints=[equations], tol=1e-12).x  # a minimum, not a maximum
    near = rough + 0.01 * rng.normal(size=3)
    result = newton_lagrange(fun, near, constraint)
    assert result.success
    assert result.constr_violation < 1e-10
    assert result.optimality < 1e-9
    assert result.kind == "minimum"
    assert_allclose(rough, result.x, atol=1e-5)
    equations = NonlinearConstraint(
        constraint, 0, 0, jac=jacfwd(constraint), hess=lambda x, v: hessian(lambda z: np.sum(v * constraint(z)))(x)
    )
    theirs = minimize(fun, near, method="trust-constr", jac=grad(fun), hess=hessian(fun), constraints=[equations])
    assert_allclose(theirs.x, result.x, atol=1e-5)
    assert_allclose(np.ravel(theirs.v[0]), -result.multipliers, atol=1e-4)  # SciPy adds the product


@settings(deadline=None, max_examples=25)
@given(st.integers(2, 5), st.integers(1, 2), st.integers(0, 10**6))
def test_quadratic_programs(n, m, seed):
    rng = np.random.default_rng(seed)
    m = min(m, n - 1)
    B, q, A, b = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=(m, n)), rng.normal(size=m)
    P = B.T @ B + np.eye(n)
    result = newton_lagrange(lambda x: x @ P @ x / 2 + q @ x, rng.normal(size=n), lambda x: A @ x - b)
    wanted = equality_qp(P, q, A, b)
    assert_allclose(result.x, wanted.x, rtol=1e-7, atol=1e-8)
    assert_allclose(result.multipliers, wanted.multipliers, rtol=1e-6, atol=1e-7)


def test_multipliers_are_sensitivities():
    def best(c):
        return newton_lagrange(lambda x: np.exp(x[0]) + x[1] ** 2, [0.5, 0.5], lambda x: x[0] * x[1] - c)

    step = 1e-4
    slope = (best(1 + step).fun - best(1 - step).fun) / 2 / step
    assert_allclose(slope, best(1).multipliers[0], rtol=1e-6)


def test_given_derivatives_are_used():
    calls = []

    def counted(name, function):
        def wrapper(*args):
            calls.append(name)
            return function(*args)

        return wrapper

    result = newton_lagrange(
        lambda x, a: a * (x[0] + x[1]),
        [1.0, 0.5],
        lambda x, a: circle(x),
        (2.0,),
        jac=counted("jac", lambda x, a: np.array([a, a])),
        hess=counted("hess", lambda x, a: np.zeros((2, 2))),
        constraint_jac=counted("constraint_jac", lambda x, a: 2 * x),
        constraint_hess=counted("constraint_hess", lambda x, v, a: 2 * v[0] * np.eye(2)),
    )
    assert set(calls) == {"jac", "hess", "constraint_jac", "constraint_hess"}
    assert_allclose(result.fun, 2 * np.sqrt(2), rtol=1e-12)


def test_dependent_equations():
    result = newton_lagrange(square, [5.0, -1.0], lambda x: np.stack([line(x), 2 * line(x)]))
    assert_allclose(result.x, [2, 3], rtol=1e-10)
    assert_allclose(result.multipliers @ [1, 2], 2, rtol=1e-10)


def test_nowhere_to_go():
    result = newton_lagrange(square, [0.0, 0.0], lambda x: np.stack([x[0] - 1, x[0] + x[1] - 3]))
    assert_allclose(result.x, [1, 2])
    assert result.kind == "isolated"


def test_a_cusp_has_no_multiplier():
    with pytest.warns(ConvergenceWarning, match="newton_lagrange"):  # min x with y^2 = x^3: at (0, 0)
        result = newton_lagrange(lambda x: x[0], [1.0, 1.0], lambda x: x[1] ** 2 - x[0] ** 3)
    assert not result.success
    assert result.status in (1, 2)
    assert result.kind == "inconclusive"
    assert result.optimality > 1e-3


def test_a_trial_without_a_gradient_is_too_long():
    fun = lambda x: x[0] + x[1] ** 2  # noqa: E731
    constraint = lambda x: (x[0] - 1) * np.exp(-x[0] / 2)  # noqa: E731  (the full step from 2 leads to 0)
    jac = lambda x: np.array([1.0 if x[0] > 0.5 else np.inf, 2 * x[1]])  # noqa: E731
    result = newton_lagrange(fun, [2.0, 1.0], constraint, jac=jac, hess=lambda x: np.diag([0, 2.0]))
    assert_allclose(result.x, [1, 0], atol=1e-8)
    slope = lambda x: jac(x)[0] * (1.5 - x[0] / 2) * np.exp(-x[0] / 2) * np.eye(2)[0]  # noqa: E731
    given = {"constraint_jac": slope, "constraint_hess": lambda x, v: np.zeros((2, 2))}
    with np.errstate(invalid="ignore"):
        assert_allclose(newton_lagrange(fun, [2.0, 1.0], constraint, **given).x, [1, 0], atol=1e-8)
    with pytest.warns(ConvergenceWarning, match="newton_lagrange"):  # the minimum is where sqrt has no slope
        assert not newton_lagrange(lambda x: np.sqrt(x[0]) + x[1] ** 2, [1.0, 2.0], lambda x: x[0]).success


def test_no_second_derivative_at_the_end():
    result = newton_lagrange(lambda x: x[0] ** 1.5 + x[1] ** 2, [1.0, 1.0], lambda x: x[0])
    assert_allclose(result.x, 0, atol=1e-9)
    assert result.kind in ("inconclusive", "minimum")


def test_a_second_derivative_that_is_not_finite():
    def fun(x):
        return x[0] ** 1.5 + x[1] ** 2

    with pytest.warns(ConvergenceWarning, match="A second derivative is not finite where a step led"):
        result = newton_lagrange(fun, [1.0, 1.0], lambda x: x[0] + x[1])
    assert (result.success, result.status, result.x[0], result.kind) == (False, 3, 0, "inconclusive")
    assert_array_equal(result.x, result.history[-1].x)
    with pytest.raises(ValueError, match=r"hess must be finite|infinite|finite real"):
        newton_lagrange(fun, [0.0, 1.0], lambda x: x[0] + x[1])  # at the start it is an error


def test_constraints_in_large_units():
    rng = np.random.default_rng(0)
    for size in rng.uniform(1e5, 1e9, size=40):
        side = np.sqrt(size)
        fence = newton_lagrange(lambda x: 2 * (x[0] + x[1]), side * np.array([0.7, 1.5]), lambda x: x[0] * x[1] - size)  # noqa: B023
        assert fence.success
        assert_allclose(fence.x, side, rtol=1e-12)
        circle = newton_lagrange(lambda x: 3 * x[0] + 4 * x[1], -side * np.array([0.7, 0.5]), lambda x: x @ x - size)  # noqa: B023
        assert circle.success
        assert_allclose(circle.x, -side * np.array([0.6, 0.8]), rtol=1e-12)
        edge = np.cbrt(size / (2 * np.pi))  # a can of this radius, and twice as high, has the least surface
        can = newton_lagrange(
            lambda x: 2 * np.pi * x[0] * (x[0] + x[1]),
            np.cbrt(size) * np.array([0.5, 1.0]),
            lambda x: np.pi * x[0] ** 2 * x[1] - size,  # noqa: B023
        )
        assert can.success
        assert_allclose(can.x, [edge, 2 * edge], rtol=1e-8)


def test_rounding_excuses_no_more_than_rounding():
    with pytest.warns(ConvergenceWarning, match="newton_lagrange"):
        result = newton_lagrange(square, [1e3, 1e3], lambda x: (x[0] * x[1] - 1e6) ** 2 + 1e-6)
    assert not result.success


def test_shapes_of_a_jacobian():
    A, x = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([1.0, -1, 2])
    wanted = kkt_residuals(lambda x: x @ x, x, lambda x: A @ x, eq_multipliers=[1, 2], eq_jac=lambda x: A)
    assert wanted == kkt_residuals(lambda x: x @ x, x, lambda x: A @ x, eq_multipliers=[1, 2])
    for rows in (A[0], A[:1]):
        kkt_residuals(lambda x: x @ x, x, lambda x: A[0] @ x, eq_multipliers=1, eq_jac=lambda x, rows=rows: rows)
    for column in ([2.0, 3.0], [[2.0], [3.0]]):
        one = kkt_residuals(
            lambda x: x[0] ** 2,
            [1.0],
            lambda x: np.stack([2 * x[0], 3 * x[0]]),
            eq_multipliers=[1, 2],
            eq_jac=lambda x, column=column: column,
        )
        assert one.stationarity == 6
    for number in (2.0, [2.0], [[2.0]]):
        one = kkt_residuals(
            lambda x: x[0] ** 2, [1.0], lambda x: 2 * x[0], eq_multipliers=1, eq_jac=lambda x, number=number: number
        )
        assert one.stationarity == 0


def test_too_few_steps():
    with pytest.warns(ConvergenceWarning, match="maxiter"):
        result = newton_lagrange(lambda x: x[0] + x[1], [3.0, 0.5], circle, maxiter=1)
    assert (result.status, result.nit, len(result.history)) == (1, 1, 2)


def test_history():
    result = newton_lagrange(lambda x: x[0] + x[1], [3.0, 0.5], circle)
    assert_array_equal(result.history[0].x, [3, 0.5])
    assert_array_equal(result.history[-1].x, result.x)
    errors = [abs(step.constr_violation) for step in result.history]
    assert errors[-1] < 1e-10 < errors[0]
    assert errors[-2] ** 2 < 1e-4  # quadratic at the end


def test_first_multipliers():
    given_ones = newton_lagrange(square, [5.0, -1.0], line, multipliers0=[7.0])
    assert given_ones.history[0].multipliers == [7.0]
    assert_allclose(given_ones.x, [2, 3], rtol=1e-12)


# Residuals


def test_residuals_of_each_kind():
    def at(x, mu):
        return kkt_residuals(lambda x: x[0] ** 2, x, ineq=lambda x: 1 - x[0], ineq_multipliers=[mu])

    assert at([1.0], 2.0) == (0, 0, 0, 0, 0)
    assert at([1.0], 0.0) == (2, 0, 0, 0, 0)
    assert at([0.5], 1.0) == (0, 0, 0.5, 0, 0.5)
    assert at([-1.0], -2.0) == (0, 0, 2, 2, 4)
    assert at([3.0], 6.0) == (0, 0, 0, 0, 12)
    equal = kkt_residuals(square, [2.0, 3.5], line, eq_multipliers=[2.0])
    assert equal == (1, 1.5, 0, 0, 0)


@pytest.mark.parametrize("seed", range(6))
def test_slsqp_finds_points_without_residuals(seed):
    rng = np.random.default_rng(seed)
    center = rng.normal(size=2) * 2

    def fun(x):
        return np.sum((x - center) ** 2)

    def disc(x):
        return np.stack([x[0] ** 2 + x[1] ** 2 - 1, -x[0]])

    theirs = minimize(
        fun, [0.5, 0], method="SLSQP", constraints=[{"type": "ineq", "fun": lambda x: -disc(x)}], tol=1e-14
    )
    active = disc(theirs.x) > -1e-6
    J = np.array([2 * theirs.x, [-1, 0]])
    mu = np.zeros(2)
    mu[active] = np.linalg.lstsq(J[active].T, -2 * (theirs.x - center))[0]
    assert max(kkt_residuals(fun, theirs.x, ineq=disc, ineq_multipliers=mu)) < 1e-5
    assert max(kkt_residuals(fun, theirs.x + np.array([0, 0.1]), ineq=disc, ineq_multipliers=mu)) > 1e-2


def test_residuals_of_solve_qp_with_automatic_derivatives():
    P, q, G, h, A, b = np.diag([1.0, 2, 3]), np.array([-4.0, 1, 0]), np.eye(3), np.ones(3), np.ones((1, 3)), [1.0]
    result = solve_qp(P, q, G, h, A, b)
    residuals = kkt_residuals(
        lambda x: x @ P @ x / 2 + q @ x,
        result.x,
        lambda x: A @ x - b,
        lambda x: G @ x - h,
        eq_multipliers=result.eq_multipliers,
        ineq_multipliers=result.ineq_multipliers,
    )
    assert max(residuals) < 1e-12
    assert result.ineq_multipliers[0] > 0
