import itertools
import time
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.linalg import LinAlgError
from numpy.testing import assert_allclose
from scipy.optimize import linprog, minimize
from sklearn.exceptions import ConvergenceWarning

from companion.calculus import equality_qp, kkt_residuals, solve_qp


def random_program(seed, *, strict=False):
    """Return a program of small integers: dependent rows, ties and degenerate corners come up by themselves."""
    rng = np.random.default_rng(seed)
    n, p, m = rng.integers(1, 5), rng.integers(0, 8), rng.integers(0, 3)
    B = rng.integers(-2, 3, size=(rng.integers(0, n + 1), n)).astype(float)
    P = B.T @ B + (np.eye(n) if strict else 0)
    G, h = rng.integers(-2, 3, size=(p, n)).astype(float), rng.integers(-2, 5, size=p).astype(float)
    A, b = rng.integers(-2, 3, size=(m, n)).astype(float), rng.integers(-2, 3, size=m).astype(float)
    if p > 2 and rng.random() < 0.4:  # a row twice
        G[-1], h[-1] = 2 * G[0], 2 * h[0]
    if m > 1 and rng.random() < 0.4:
        A[1], b[1] = -A[0], -b[0]
    return P, rng.integers(-3, 4, size=n).astype(float), G, h, A, b


def quietly(*args, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return solve_qp(*args, **kwargs)


def wanted_status(P, q, G, h, A, b):
    """Return 2 if linprog finds no feasible point, 3 if it finds a direction of endless fall, else 0."""
    free = {"bounds": (None, None)}
    sides = {"A_ub": G, "A_eq": A} if len(A) else {"A_ub": G}
    values = {"b_ub": h, "b_eq": b} if len(A) else {"b_ub": h}
    if linprog(0 * q, **sides, **values, **free).status == 2:
        return 2
    level = np.vstack([P, A])
    fall = linprog(q, A_ub=G, b_ub=0 * h, A_eq=level, b_eq=np.zeros(len(level)), bounds=(-1, 1))
    return 3 if fall.fun < -1e-9 else 0


def worst_residual(result, P, q, G, h, A, b):
    parts = kkt_residuals(
        lambda x: x @ P @ x / 2 + q @ x,
        result.x,
        lambda x: A @ x - b,
        lambda x: G @ x - h,
        eq_multipliers=result.eq_multipliers,
        ineq_multipliers=result.ineq_multipliers,
        jac=lambda x: P @ x + q,
        eq_jac=lambda x: A,
        ineq_jac=lambda x: G,
    )
    return max(parts)


def best_of_all_active_sets(P, q, G, h, A, b):
    """Return the least value over all feasible minimisers with some inequalities as equations."""
    best = np.inf
    for active in itertools.chain.from_iterable(itertools.combinations(range(len(h)), k) for k in range(len(h) + 1)):
        rows, sides = np.vstack([A, G[list(active)]]), np.r_[b, h[list(active)]]
        matrix = np.block([[P, rows.T], [rows, np.zeros((len(rows), len(rows)))]])
        x = np.linalg.lstsq(matrix, np.r_[-q, sides])[0][: len(q)]
        if np.allclose(rows @ x, sides, atol=1e-8) and np.all(G @ x <= h + 1e-8):
            best = min(best, x @ P @ x / 2 + q @ x)
    return best


# Equations alone


def test_the_line():
    result = equality_qp(2 * np.eye(2), [0, 0], [[2, 3]], [13])
    assert_allclose(result.x, [2, 3], rtol=1e-14)
    assert_allclose(result.multipliers, [2], rtol=1e-14)
    assert_allclose(result.fun, 13, rtol=1e-14)
    result = equality_qp(2 * np.eye(2), [0, 0], [[3, 4]], [25])
    assert_allclose([*result.x, *result.multipliers], [3, 4, 2], rtol=1e-13)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.integers(0, 4), st.integers(0, 10**6))
def test_the_kkt_system_by_numpy(n, m, seed):
    rng = np.random.default_rng(seed)
    m = min(m, n)
    B, q, A, b = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=(m, n)), rng.normal(size=m)
    P = B.T @ B + np.eye(n)
    solution = np.linalg.solve(np.block([[P, A.T], [A, np.zeros((m, m))]]), np.r_[-q, b])
    result = equality_qp(P, q, A, b)
    assert_allclose(result.x, solution[:n], rtol=1e-6, atol=1e-8)
    assert_allclose(result.multipliers, -solution[n:], rtol=1e-6, atol=1e-7)


def test_indefinite_but_not_on_the_equations():
    result = equality_qp([[1, 0], [0, -1]], [0, 0], [[0, 1]], [3])
    assert_allclose(result.x, [0, 3], atol=1e-14)
    assert_allclose(result.multipliers, [-3], rtol=1e-14)


def test_redundant_equations():
    once = equality_qp(2 * np.eye(2), [1, 0], [[2, 3]], [13])
    twice = equality_qp(2 * np.eye(2), [1, 0], [[2, 3], [4, 6], [0, 0]], [13, 26, 0])
    assert_allclose(twice.x, once.x, rtol=1e-12)
    assert_allclose(twice.multipliers @ [1, 2, 0], once.multipliers[0], rtol=1e-12)


def test_multipliers_are_sensitivities():
    P, q, A, b = np.diag([1.0, 2, 3]), [1.0, 0, -1], [[1, 1, 1], [1, -1, 2]], np.array([1.0, 2])
    multipliers, step = equality_qp(P, q, A, b).multipliers, 1e-5
    for k in range(2):
        up, down = (equality_qp(P, q, A, b + s * step * np.eye(2)[k]).fun for s in (1, -1))
        assert_allclose((up - down) / 2 / step, multipliers[k], rtol=1e-6)


def test_many_minimisers_give_the_shortest():
    result = equality_qp(np.diag([1.0, 0, 0]), [-1, 0, 0], [[0, 1, 1]], [2])
    assert_allclose(result.x, [1, 1, 1], rtol=1e-12)


@pytest.mark.parametrize("size", [1e-6, 1.0, 1e8])
def test_no_minimum(size):
    with pytest.raises(LinAlgError, match="falls without end"):
        equality_qp(size * np.diag([1.0, 0]), [0, -size], [[1, 0]], [1])
    with pytest.raises(LinAlgError, match="falls without end"):
        equality_qp(size * np.diag([1.0, -1]), [0, 0], [[1, 0]], [1])
    with pytest.raises(LinAlgError, match="contradict"):
        equality_qp(np.eye(2), [0, 0], [[size, size], [1, 1]], [size, 2])


# With inequalities


def test_a_corner():
    result = solve_qp(2 * np.eye(2), [0, 0], [[-1, -1], [-1, 0]], [-2, -1.5])
    assert_allclose(result.x, [1.5, 0.5], rtol=1e-14)
    assert_allclose(result.ineq_multipliers, [1, 2], rtol=1e-13)
    assert_allclose(result.fun, 2.5, rtol=1e-14)
    assert result.success
    assert result.status == 0
    assert result.history[-1].working == (0, 1)
    assert result.nit == len(result.history) - 1


def test_the_example_of_nocedal_and_wright():
    G = -np.array([[1, -2], [-1, -2], [-1, 2], [1, 0], [0, 1]])
    result = solve_qp(2 * np.eye(2), [-2, -5], G, [2, 6, 2, 0, 0], initvals=[2, 0])  # example 16.4
    assert_allclose(result.x, [1.4, 1.7], rtol=1e-13)
    assert_allclose(result.ineq_multipliers, [0.8, 0, 0, 0, 0], atol=1e-13)
    assert_allclose(result.history[0].x, [2, 0], atol=1e-14)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10**9))
def test_status_and_conditions(seed):
    program = random_program(seed)
    result = quietly(*program)
    assert result.status == wanted_status(*program)
    if result.success:
        assert worst_residual(result, *program) < 1e-8
        values = [step.fun for step in result.history]
        assert np.all(np.diff(values) <= 1e-9 * (1 + np.abs(values[:-1])))


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**9))
def test_all_active_sets(seed):
    program = random_program(seed, strict=True)
    result = quietly(*program)
    best = best_of_all_active_sets(*program)
    assert result.success == np.isfinite(best)
    if result.success:
        assert_allclose(result.fun, best, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("seed", range(12))
def test_slsqp_agrees(seed):
    rng = np.random.default_rng(seed)
    n, p = 5, 9
    B, q, G, center = rng.normal(size=(n, n)), 5 * rng.normal(size=n), rng.normal(size=(p, n)), rng.normal(size=n)
    P, h = B.T @ B + 0.1 * np.eye(n), G @ center + rng.uniform(0.01, 1, size=p)
    result = solve_qp(P, q, G, h, [np.ones(n)], [center.sum()])
    constraints = [
        {"type": "ineq", "fun": lambda x: h - G @ x},
        {"type": "eq", "fun": lambda x: x.sum() - center.sum()},
    ]
    theirs = minimize(
        lambda x: x @ P @ x / 2 + q @ x, center, jac=lambda x: P @ x + q, constraints=constraints, tol=1e-12
    )
    assert_allclose(result.x, theirs.x, atol=1e-5)
    assert_allclose(result.fun, theirs.fun, rtol=1e-8)


@pytest.mark.parametrize("seed", range(12))
def test_linprog_agrees_on_linear_programs(seed):
    rng = np.random.default_rng(seed)
    G, cost = np.vstack([rng.normal(size=(6, 3)), np.eye(3), -np.eye(3)]), rng.normal(size=3)
    h = np.r_[rng.uniform(0, 1, size=6), np.full(6, 4.0)]
    result = solve_qp(np.zeros((3, 3)), cost, G, h)
    theirs = linprog(cost, G, h, bounds=(None, None))
    assert_allclose(result.fun, theirs.fun, rtol=1e-9)
    assert_allclose(result.ineq_multipliers, -theirs.ineqlin.marginals, atol=1e-8)


def test_beales_example_does_not_cycle():
    G = np.array([[0.25, -60, -0.04, 9], [0.5, -90, -0.02, 3], [0, 0, 1, 0]])
    cost, h = [-0.75, 150, -0.02, 6], [0, 0, 1]
    result = solve_qp(np.zeros((4, 4)), cost, np.vstack([G, -np.eye(4)]), [*h, 0, 0, 0, 0], initvals=np.zeros(4))
    assert_allclose(result.fun, -0.05, rtol=1e-9)


def test_many_planes_through_the_minimum():
    angle = np.linspace(0, 2 * np.pi, 13)[:-1]
    G = np.c_[np.cos(angle), np.sin(angle), -np.ones(12)]  # a pyramid with its tip at 0
    result = solve_qp(np.eye(3), [0, 0, 1], G, np.zeros(12))
    assert_allclose(result.x, 0, atol=1e-12)
    result = solve_qp(np.zeros((3, 3)), [0.2, 0.1, 1], G, np.zeros(12), initvals=[1, 2, 5])
    assert_allclose(result.x, 0, atol=1e-9)
    assert_allclose(np.array([0.2, 0.1, 1]) + G.T @ result.ineq_multipliers, 0, atol=1e-9)


def test_infeasible():
    for program in (
        (np.eye(1), [0], [[1], [-1]], [0, -1]),
        (np.eye(2), [0, 0], None, None, [[1, 1], [1, 1]], [0, 1]),
        (np.eye(1), [0], [[1]], [0], [[1]], [1]),
        (np.eye(1), [0], [[0]], [-1]),
    ):
        with pytest.warns(ConvergenceWarning, match="infeasible"):
            result = solve_qp(*program)
        assert (result.success, result.status, result.x, result.fun) == (False, 2, None, None)


def test_unbounded():
    for program in (
        (np.zeros((1, 1)), [1], [[1]], [0]),
        (np.diag([1.0, 0]), [0, -1]),
        ([[1, 1], [1, 1]], [1, -1], [[1, 0]], [3]),
    ):
        with pytest.warns(ConvergenceWarning, match="unbounded"):
            result = solve_qp(*program)
        assert (result.success, result.status) == (False, 3)


@pytest.mark.parametrize("size", [1e-3, 1e-2, 1, 10, 100, 1e3])
def test_a_curvature_that_is_rounding_is_none(size):
    B = np.array([0.0, 1, 2, -2])
    P, q = size * np.outer(B, B), size * np.array([2.0, -3, 3, -2])
    result = quietly(P, q, [[1, 1, -1, 0], [0, 0, -1, -1]], [0, 3], [[-1, -2, 2, -2]], [-2])
    assert result.status == 3


def test_too_many_steps():
    G, h = np.vstack([np.eye(5), -np.eye(5)]), np.ones(10)
    with pytest.warns(ConvergenceWarning, match="iteration limit"):
        result = solve_qp(np.eye(5), np.full(5, -9.0), G, h, maxiter=2)
    assert (result.success, result.status, result.nit) == (False, 1, 2)


def test_no_constraints_and_no_choice():
    assert_allclose(solve_qp([[2]], [-6]).x, [3])
    assert_allclose(solve_qp([[2]], [-6], None, None, [[1]], [5]).x, [5])
    assert_allclose(solve_qp([[2]], [-6], [[0], [1]], [0, 2]).x, [2])  # a row that says nothing


def test_rows_in_other_units():
    P, q, G, h = 2 * np.eye(2), [0, 0], np.array([[-1.0, -1], [-1, 0]]), np.array([-2.0, -1.5])
    scale = np.array([1e6, 1e-7])
    result = solve_qp(P, q, scale[:, None] * G, scale * h)
    assert_allclose(result.x, [1.5, 0.5], rtol=1e-9)
    assert_allclose(result.ineq_multipliers * scale, [1, 2], rtol=1e-9)


def test_variables_in_other_units():
    result = solve_qp([[1, 0], [0, 1e-14]], [-1, -1e-7], [[1, 1e-7]], [1])
    assert_allclose(result.x, [0.5, 5e6], rtol=1e-12)
    assert_allclose([result.fun, *result.ineq_multipliers], [-0.75, 0.5], rtol=1e-12)
    assert_allclose([step.fun for step in result.history], [0, -0.75], atol=1e-12)
    result = solve_qp([[1, 0], [0, 1e-14]], [0, -1e-14], initvals=[0, 0.5])
    assert_allclose(result.x, [0, 1], atol=1e-12)
    assert_allclose(result.history[0].x, [0, 0.5], atol=1e-12)


@pytest.mark.parametrize("decades", [4, 6, 8])
@pytest.mark.parametrize("kind", ["definite", "semi-definite", "half", "linear"])
def test_units_do_not_matter(kind, decades):
    for seed in range(15):
        rng = np.random.default_rng(seed)
        n = 4
        B = rng.normal(size=({"definite": n, "semi-definite": 2, "half": n, "linear": 0}[kind], n))
        P, q, A = B.T @ B, rng.normal(size=n), rng.normal(size=(seed % 2, n))
        if kind == "half":
            P[2:], P[:, 2:] = 0, 0
        G, h = np.vstack([rng.normal(size=(5, n)), np.eye(n), -np.eye(n)]), np.r_[rng.uniform(0.1, 1, size=5), [3] * 8]
        D = 10.0 ** (decades * rng.integers(-1, 2, size=n))
        plain = solve_qp(P, q, G, h, A, 0 * A[:, 0])
        scaled = solve_qp(D[:, None] * P * D, D * q, G * D, h, A * D, 0 * A[:, 0])
        assert_allclose(scaled.fun, plain.fun, rtol=1e-7)
        assert_allclose(scaled.ineq_multipliers, plain.ineq_multipliers, atol=1e-6)
        assert_allclose(scaled.eq_multipliers, plain.eq_multipliers, atol=1e-6)
        large = solve_qp(10.0**decades * P, 10.0**decades * q, G, h, A, 0 * A[:, 0])
        assert_allclose(large.fun, 10.0**decades * plain.fun, rtol=1e-7)


def test_equations_of_variables_in_other_units():
    none = np.zeros((0, 2))
    assert_allclose(equality_qp([[1, 0], [0, 1e-14]], [0, -1e-14], none, []).x, [0, 1], atol=1e-12)
    result = equality_qp([[1, 0], [0, 1e-14]], [-1, -1e-7], [[1, 1e-7]], [1])
    assert_allclose(result.x, [0.5, 5e6], rtol=1e-12)
    assert_allclose([*result.multipliers, result.fun], [-0.5, -0.75], rtol=1e-12)
    assert_allclose(equality_qp(np.diag([1, 1e-14, -1]), [0, -1e-14, 0], [[0, 0, 1]], [3]).x, [0, 1, 3], atol=1e-12)
    assert_allclose(equality_qp([[1e-30, 1], [1, 1]], [0, 0], [[1, -1]], [0]).x, 0, atol=1e-12)  # indefinite


def test_many_minimisers_in_other_units_give_the_shortest():
    P = np.outer([1, 1e-6], [1, 1e-6])  # a valley along (1e-6, -1)
    result = equality_qp(P, [-1, -1e-6], np.zeros((0, 2)), [])
    assert_allclose(result.x, np.array([1, 1e-6]) / (1 + 1e-12), rtol=1e-9)


def test_curvatures_that_are_rounding_and_negative():
    v = np.array([1.0, 2.0, -1.0])
    P = np.outer(v, v)
    P[1, 1] -= 1e-15
    assert_allclose(solve_qp(P, -v, np.vstack([np.eye(3), -np.eye(3)]), np.ones(6)).fun, -0.5, rtol=1e-9)


def test_a_hundred_bounds_take_no_second():
    rng = np.random.default_rng(0)
    n = 100
    B, q = rng.normal(size=(n, n)), 3 * rng.normal(size=n)
    P, G = B.T @ B / n + 0.1 * np.eye(n), np.vstack([np.eye(n), -np.eye(n)])
    begin = time.process_time()
    result = solve_qp(P, q, G, np.ones(2 * n))
    assert time.process_time() - begin < 1.5  # 0.05 here
    assert worst_residual(result, P, q, G, np.ones(2 * n), np.zeros((0, n)), np.zeros(0)) < 1e-9


@pytest.mark.parametrize("far", [1e4, 1e6, 1e8, 1e10, 1e20])
def test_bounds_far_away_change_nothing(far):
    box = np.vstack([np.eye(3), -np.eye(3)])
    compared = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        C, q, G, h = rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=(3, 3)), rng.normal(size=3)
        P = C.T @ C + 0.1 * np.eye(3)
        plain = quietly(P, q, G, h)
        boxed = quietly(P, q, np.vstack([G, box]), np.r_[h, np.full(6, far)])
        assert boxed.status == plain.status
        if plain.success:
            compared += 1
            assert_allclose(boxed.fun, plain.fun, rtol=1e-6, atol=1e-9)
            assert_allclose(boxed.ineq_multipliers, [*plain.ineq_multipliers, *[0] * 6], atol=1e-6)
    assert compared > 50


@pytest.mark.parametrize("far", [1e8, 1e20])
@pytest.mark.parametrize("curvature", [1e-8, 1e-12, 1e-17])
def test_bounds_far_away_beside_hardly_any_curvature(curvature, far):
    G, cost = [[-1, 0], [0, -1], [-1, -2], [1, 0], [0, 1]], [1e4, 3e4]  # nearly a linear program
    result = solve_qp(curvature * np.eye(2), cost, G, [0, 0, -1, far, far])
    assert_allclose(result.x, [1, 0], atol=1e-9)
    assert_allclose(result.ineq_multipliers, [0, 1e4, 1e4, 0, 0], rtol=1e-6)


@pytest.mark.parametrize("far", [1e6, 1e10])
def test_bounds_far_away_do_not_hide_that_nothing_is_feasible(far):
    G = [[1, 0], [-1, 0], [0, 1], [0, -1], [1, 1]]
    with pytest.warns(ConvergenceWarning, match="infeasible"):
        assert solve_qp(np.eye(2), [0, 0], G, [1, -1.001, far, far, far]).status == 2


def test_right_sides_that_rounding_leaves_of_0():
    for seed in range(400):
        P, q, G, h, A, b = random_program(seed)
        near = h + 1e-17 * np.random.default_rng(seed).uniform(size=len(h))
        exact, rounded = quietly(P, q, G, h, A, b), quietly(P, q, G, near, A, b)
        assert rounded.status == exact.status
        if exact.success:
            assert_allclose(rounded.fun, exact.fun, rtol=1e-8, atol=1e-8)


def test_a_right_side_that_rounding_keeps_from_0_is_no_unit_of_length():
    nearly_equal = [[1, 1], [-1, -1]]  # x + y is 0, up to the rounding of a sum
    box = [[1, 0], [-1, 0], [0, 1], [0, -1]]
    result = solve_qp(np.eye(2), [1.0, 0], nearly_equal + box, [0.3 - (0.1 + 0.2), 0, 1, 1, 1, 1])
    assert result.success
    assert_allclose(result.x, [-0.5, 0.5], atol=1e-12)


def test_long_ways_do_not_lead_through_a_plane():
    result = solve_qp(2 * np.eye(2), [0, -2e10], [[-1, 0]], [-1])
    assert_allclose(result.x, [1, 1e10], rtol=1e-12)
    assert_allclose(result.ineq_multipliers, [2], rtol=1e-6)


def test_a_start_far_away():
    result = solve_qp(np.eye(2), [0, 0], [[-1, -1]], [-1], initvals=[1e10, -1e10])
    assert_allclose(result.x, [0.5, 0.5], rtol=1e-9)
    assert result.success
    assert_allclose(result.history[0].x, [1e10, -1e10])


def test_a_start_far_away_hides_no_feasible_point():
    for seed in range(40):  # the origin is one
        rng = np.random.default_rng(seed)
        G, q = rng.normal(size=(6, 3)), rng.normal(size=3)
        near, far = (quietly(np.eye(3), q, G, np.ones(6), initvals=size * q) for size in (0, 1e9))
        assert near.success
        assert far.success
        assert_allclose(far.x, near.x, rtol=1e-6, atol=1e-6)


def test_sensitivities_of_inequalities():
    P, q, G, h = 2 * np.eye(2), [0, 0], [[-1, -1], [-1, 0], [0, 1]], np.array([-2, -1.5, 7.0])
    step, multipliers = 1e-5, solve_qp(2 * np.eye(2), q, G, h).ineq_multipliers
    for k in range(3):
        up, down = (solve_qp(P, q, G, h + s * step * np.eye(3)[k]).fun for s in (1, -1))
        assert_allclose((up - down) / 2 / step, -multipliers[k], atol=1e-8)


def test_arguments_are_left_alone():
    P, q, G, h = 2 * np.eye(2), np.zeros(2), np.array([[-1.0, -1]]), np.array([-2.0])
    solve_qp(P, q, G, h, initvals=h.repeat(2) * -1)
    assert_allclose(P, 2 * np.eye(2))
    assert_allclose(q, 0)
    assert_allclose(G, [[-1, -1]])
    assert_allclose(h, [-2])
