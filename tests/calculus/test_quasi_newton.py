import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize

from companion.calculus import bfgs_update, minimize, two_loop_recursion
from tests.calculus.problems import quadratic


def pairs(n, m, seed=0):
    """Return steps, and the changes of a quadratic's gradient over them."""
    A, _ = quadratic(n, 100, seed)
    S = np.random.default_rng(seed).normal(size=(m, n))
    return S, S @ A


def product_of_matrices(H, s, y):
    """Return the update as the formula has it, with products of matrices."""
    rho, eye = 1 / (y @ s), np.eye(len(s))
    return (eye - rho * np.outer(s, y)) @ H @ (eye - rho * np.outer(y, s)) + rho * np.outer(s, s)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 8), st.floats(-100, 100), st.floats(-40, 40))
def test_the_update_is_the_formula_and_has_its_properties(seed, n, unit, curvature):
    (s,), (y,) = pairs(n, 1, seed)
    s, y = s * 10.0**unit, y * 10.0 ** (unit + curvature)
    root = np.random.default_rng(seed).normal(size=(n, n))
    H = (root @ root.T + 0.1 * np.eye(n)) / 10.0**curvature
    new = bfgs_update(H, s, y)
    assert_allclose(new, product_of_matrices(H, s, y), rtol=1e-7, atol=1e-9 * np.abs(new).max())
    assert_allclose(new @ y, s, rtol=1e-7, atol=1e-8 * np.abs(s).max())  # the secant equation
    assert np.array_equal(new, new.T)
    assert np.linalg.eigvalsh(new)[0] > 0


def test_the_update_is_the_nearest_matrix_with_the_secant_equation():
    # N&W 6.16: in the Frobenius norm weighted by any matrix that maps s to y, here the Hessian.
    A, _ = quadratic(4, 100, 3)
    (s,), (y,) = pairs(4, 1, 3)
    root = np.linalg.cholesky(A)

    def distance(change):
        return np.linalg.norm(root.T @ change @ root)

    H = np.eye(4)
    new = bfgs_update(H, s, y)
    rng = np.random.default_rng(0)
    for _ in range(50):
        v = np.linalg.qr(np.column_stack([y, rng.normal(size=(4, 3))])).Q[:, 1:]  # v.T y = 0
        other = new + v @ (lambda m: m + m.T)(rng.normal(size=(3, 3))) @ v.T * 0.1
        assert_allclose(other @ y, s)
        assert distance(other - H) > distance(new - H)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 8), st.integers(0, 8), st.sampled_from([None, 1.0, 0.01, 300.0]))
def test_two_loops_are_as_many_updates(seed, n, m, gamma):
    S, Y = pairs(n, m, seed)
    start = gamma or (S[-1] @ Y[-1] / (Y[-1] @ Y[-1]) if m else 1.0)
    H = start * np.eye(n)
    for s, y in zip(S, Y, strict=True):
        H = bfgs_update(H, s, y)
    v = np.random.default_rng(seed + 1).normal(size=n)
    assert_allclose(two_loop_recursion(v, S, Y, gamma), H @ v, rtol=1e-6, atol=1e-7 * np.abs(H @ v).max())


def test_two_loops_are_scipys_for_gamma_1():
    S, Y = pairs(6, 4)
    operator = optimize.LbfgsInvHessProduct(S, Y)
    for v in np.eye(6):
        assert_allclose(two_loop_recursion(v, S, Y, 1), operator @ v, rtol=1e-10)


def test_two_loops_without_a_pair_and_with_one():
    assert two_loop_recursion([1, 2], [], []).tolist() == [1, 2]
    assert two_loop_recursion([1, 2], [], [], 3).tolist() == [3, 6]
    (s,), (y,) = pairs(5, 1)
    assert_allclose(two_loop_recursion(y, [s], [y]), s)


def test_inputs_are_left_alone():
    S, Y = pairs(3, 2)
    H, v = np.eye(3), np.ones(3)
    for array in (S, Y, H, v):
        array.flags.writeable = False
    bfgs_update(H, S[0], Y[0])
    two_loop_recursion(v, S, Y)


EXACT = {"c1": 1e-10, "c2": 1e-9, "gtol": 1e-6}  # so that each line search ends at its minimum


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 12), st.floats(0, 3))
def test_with_exact_line_searches_a_quadratic_takes_n_steps_and_gives_the_inverse(seed, n, log_condition):
    # N&W theorem 6.4
    A, b = quadratic(n, 10**log_condition, seed)
    result = minimize(lambda x: x @ (A @ x) / 2 - b @ x, np.zeros(n), jac=lambda x: A @ x - b, options=EXACT)
    assert result.success
    assert result.nit <= n + 2
    assert_allclose(result.x, np.linalg.solve(A, b), atol=1e-5)
    if result.nit == n and log_condition < 2:
        assert_allclose(result.hess_inv, np.linalg.inv(A), atol=1e-4)


def test_full_memory_is_bfgs_from_the_same_matrix():
    # With H0 = I and the same line search, until the memory is full the points are the same.
    A, b = quadratic(8, 50)
    f, jac = (lambda x: x @ (A @ x) / 2 - b @ x), (lambda x: A @ x - b)
    dense = minimize(f, np.zeros(8), jac=jac, options={"return_all": True})
    xs = dense.allvecs
    S, Y = np.diff(xs, axis=0), np.diff([jac(x) for x in xs], axis=0)
    for k in range(1, dense.nit):
        p = -two_loop_recursion(jac(xs[k]), S[:k], Y[:k], gamma=1)
        step = xs[k + 1] - xs[k]
        assert_allclose(step, p * (step @ p) / (p @ p), atol=1e-6 * np.abs(step).max())  # along one line


def test_the_matrix_stays_positive_definite_and_holds_the_last_secant_equation():
    for n in (2, 10):
        x0 = np.tile([-1.2, 1.0], n // 2)
        run = minimize(optimize.rosen, x0, jac=optimize.rosen_der, options={"return_all": True})
        assert np.linalg.eigvalsh(run.hess_inv)[0] > 0
        s = run.allvecs[-1] - run.allvecs[-2]
        y = optimize.rosen_der(run.allvecs[-1]) - optimize.rosen_der(run.allvecs[-2])
        assert_allclose(run.hess_inv @ y, s, rtol=1e-6, atol=1e-12)
        assert_allclose(run.hess_inv, np.linalg.inv(optimize.rosen_hess(np.ones(n))), rtol=0.35, atol=0.05)


def test_the_operator_of_lbfgs_holds_the_last_pairs():
    run = minimize(
        optimize.rosen, [-1.2, 1], method="L-BFGS", jac=optimize.rosen_der, options={"return_all": True, "maxcor": 3}
    )
    assert isinstance(run.hess_inv, optimize.LbfgsInvHessProduct)
    assert_allclose(run.hess_inv.sk, np.diff(run.allvecs, axis=0)[-3:])
    gradients = [optimize.rosen_der(x) for x in run.allvecs]
    assert_allclose(run.hess_inv.yk, np.diff(gradients, axis=0)[-3:])
    start = minimize(optimize.rosen, [1, 1], method="L-BFGS", jac=optimize.rosen_der)
    assert start.hess_inv.sk.shape == (0, 2)
    assert start.nit == 0


def test_memory_of_one_pair_and_of_many():
    steps = [
        minimize(optimize.rosen, [-1.2, 1] * 5, method="L-BFGS", jac=optimize.rosen_der, options={"maxcor": m}).nit
        for m in (1, 3, 10, 100)
    ]
    assert steps[0] > 1.5 * steps[2]
    assert max(steps) < 500


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS"])
def test_a_direction_gone_bad_is_given_up(method):
    # The gradient is wrong in one region; there the memory is dropped and the plain gradient tried.
    def f(x):
        return x @ x

    run = minimize(f, [3.0, 4.0], method=method, jac=lambda x: 2 * x + 1e-3 * np.sin(1e3 * x), options={"gtol": 1e-2})
    assert f(run.x) < 1e-3
