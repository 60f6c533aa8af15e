import math
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize
from sklearn.exceptions import ConvergenceWarning

from companion.calculus import minimize
from tests.calculus.problems import PROBLEMS, quadratic

METHODS = ["BFGS", "L-BFGS", "Newton"]
THEIRS = {"BFGS": "BFGS", "L-BFGS": "L-BFGS-B", "Newton": "trust-exact"}
SADDLE = (lambda x: x[0] ** 2 - x[1] ** 2 + x[1] ** 4, lambda x: np.array([2 * x[0], -2 * x[1] + 4 * x[1] ** 3]))


def options_of(method, **others):
    return {**({"ftol": 0} if method == "L-BFGS" else {}), **others}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.name)
def test_the_minimum_and_the_price(problem, method):
    jac, hess = problem.gradient(), problem.second()
    args = {"jac": jac, "hess": hess if method == "Newton" else None}
    ours = minimize(problem.fun, problem.x0, method=method, options=options_of(method, gtol=1e-7), **args)
    theirs = optimize.minimize(
        problem.fun, problem.x0, method=THEIRS[method], options=options_of(method, gtol=1e-7), **args
    )
    assert ours.success
    assert ours.status == 0
    assert np.abs(ours.jac).max() <= 1e-7
    assert_allclose(ours.fun, problem.minimum, rtol=1e-10, atol=1e-8)
    if problem.minimizers is not None:
        assert min(np.abs(ours.x - x).max() for x in np.array(problem.minimizers)) < 1e-5
    assert ours.fun == problem.fun(ours.x)
    assert_allclose(ours.jac, jac(ours.x), rtol=1e-12, atol=1e-15)
    assert ours.nfev <= 1.5 * theirs.nfev
    assert ours.njev <= ours.nfev
    assert ours.nit <= 1.5 * theirs.nit


@pytest.mark.parametrize("method", METHODS)
def test_derivatives_by_hand_by_program_and_together(method):
    def f(x):
        return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    runs = [
        minimize(f, [-1.2, 1], method=method, jac=jac, options={"gtol": 1e-6}) for jac in (None, optimize.rosen_der)
    ] + [
        minimize(lambda x: (f(x), optimize.rosen_der(np.asarray(x))), [-1.2, 1], method=method, jac=True)
        if method != "Newton"
        else minimize(
            lambda x: (f(x), optimize.rosen_der(x)), [-1.2, 1], method=method, jac=True, hess=optimize.rosen_hess
        )
    ]
    for run in runs:
        assert_allclose(run.x, [1, 1], atol=1e-4)
        assert abs(run.nit - runs[0].nit) <= 2


def test_newton_differentiates_the_value_alone():
    def f(x):
        return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2, np.stack(
            [-400 * x[0] * (x[1] - x[0] ** 2) - 2 * (1 - x[0]), 200 * (x[1] - x[0] ** 2)]
        )

    assert_allclose(minimize(f, [-1.2, 1], method="Newton", jac=True).x, [1, 1], atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_the_counts_are_the_calls(method):
    calls = {"f": 0, "g": 0, "h": 0}

    def counted(name, function):
        def call(x):
            calls[name] += 1
            return function(x)

        return call

    run = minimize(
        counted("f", optimize.rosen),
        [-1.2, 1],
        method=method,
        jac=counted("g", optimize.rosen_der),
        hess=counted("h", optimize.rosen_hess) if method == "Newton" else None,
    )
    assert (run.nfev, run.njev) == (calls["f"], calls["g"])
    assert run.get("nhev", 0) == calls["h"]
    assert (method == "Newton") == ("nhev" in run) == ("hess" in run)
    assert (method == "Newton") != ("hess_inv" in run)


def test_value_and_gradient_together_are_computed_once_a_point():
    seen = []

    def f(x):
        seen.append(tuple(x))
        return optimize.rosen(x), optimize.rosen_der(x)

    run = minimize(f, [-1.2, 1], jac=True)
    assert len(set(seen)) == len(seen) == run.nfev == run.njev


@pytest.mark.parametrize("method", METHODS)
def test_the_history(method):
    run = minimize(
        optimize.rosen,
        [-1.2, 1],
        method=method,
        jac=optimize.rosen_der,
        hess=optimize.rosen_hess if method == "Newton" else None,
        options={"return_all": True},
    )
    assert len(run.history) == len(run.allvecs) == run.nit + 1
    assert run.allvecs[0].tolist() == [-1.2, 1]
    assert run.allvecs[-1].tolist() == run.x.tolist()
    for x, step in zip(run.allvecs, run.history, strict=True):
        assert step.fun == optimize.rosen(x)
        assert_allclose(step.jac_norm, np.abs(optimize.rosen_der(x)).max(), rtol=1e-12)
    assert all(a.fun > b.fun for a, b in zip(run.history, run.history[1:], strict=False))
    assert run.history[0].step == 0
    assert run.history[-1].step == 1
    assert (run.history[0].nfev, run.history[-1].nfev) == (1, run.nfev)
    assert run.history[-1].njev == run.njev
    assert run.history[-2].jac_norm > 1e-5 >= run.history[-1].jac_norm
    assert "allvecs" not in minimize(optimize.rosen, [-1.2, 1], jac=optimize.rosen_der)


def test_newtons_steps_are_the_formula():
    points = [np.array([3.0, 2.0])]
    A = np.array([[2.0, 0.5], [0.5, 1.0]])

    def f(x):
        return np.exp(x[0] - 1) + np.exp(1 - x[0]) + x @ (A @ x) / 2

    run = minimize(f, points[0], method="Newton", options={"damped": False, "return_all": True})
    for old, new in zip(run.allvecs, run.allvecs[1:], strict=False):
        second = A + np.diag([np.exp(old[0] - 1) + np.exp(1 - old[0]), 0])
        first = A @ old + [np.exp(old[0] - 1) - np.exp(1 - old[0]), 0]
        assert_allclose(new, old - np.linalg.inv(second) @ first, atol=1e-12)
    assert_allclose(run.hess, A + np.diag([np.exp(run.x[0] - 1) + np.exp(1 - run.x[0]), 0]), atol=1e-9)
    damped = minimize(f, points[0], method="Newton")
    assert_allclose(damped.x, run.x, atol=1e-9)


def test_one_newton_step_on_a_quadratic():
    for n in (1, 5, 30):
        A, b = quadratic(n)
        for damped in (True, False):
            run = minimize(
                lambda x, A=A, b=b: x @ (A @ x) / 2 - b @ x,
                np.full(n, 7.0),
                method="Newton",
                jac=lambda x, A=A, b=b: A @ x - b,
                hess=lambda x, A=A: A,
                options={"damped": damped, "gtol": 1e-8},
            )
            assert run.nit == 1
            assert_allclose(run.x, np.linalg.solve(A, b), atol=1e-9)


def test_damping_cures_divergence():
    def f(x):
        return np.sqrt(1 + x[0] ** 2)

    full = minimize(f, [0.9], method="Newton", options={"damped": False, "return_all": True})
    assert_allclose(full.allvecs[1], -(0.9**3))
    with pytest.warns(ConvergenceWarning, match="full step"):
        lost = minimize(f, [1.1], method="Newton", options={"damped": False, "return_all": True, "maxiter": 7})
    assert_allclose(np.abs(np.ravel(lost.allvecs))[:5], 1.1 ** (3.0 ** np.arange(5)))
    for start in (1.1, 10.0, 1e3):
        run = minimize(f, [start], method="Newton")
        assert run.success
        assert abs(run.x[0]) < 1e-5


def test_full_steps_go_to_the_saddle_damped_ones_to_a_minimum():
    f, jac = SADDLE
    with pytest.warns(ConvergenceWarning, match="a saddle or a maximum"):
        full = minimize(f, [1.0, 0.1], method="Newton", jac=jac, options={"damped": False})
    assert (full.status, full.success) == (5, False)
    assert_allclose(full.x, [0, 0], atol=1e-6)
    assert_allclose(full.hess, [[2, 0], [0, -2]], atol=1e-6)
    run = minimize(f, [1.0, 0.1], method="Newton", jac=jac)
    assert_allclose(run.x, [0, 0.5**0.5], atol=1e-6)
    assert_allclose(run.fun, -0.25)


def test_at_a_saddle_from_the_start():
    f, jac = SADDLE
    with pytest.warns(ConvergenceWarning, match="off the lines of symmetry"):
        run = minimize(f, [0.0, 0.0], method="Newton", jac=jac)
    assert (run.nit, run.status) == (0, 5)
    assert minimize(f, [0.0, 0.0], jac=jac).success  # without a Hessian nothing tells


def test_a_degenerate_minimum_is_no_saddle():
    run = minimize(lambda x: x[0] ** 4 + x[1] ** 2, [1.0, 1.0], method="Newton", options={"return_all": True})
    assert run.success
    first = np.array(run.allvecs)[:, 0]
    assert_allclose(first[1:] / first[:-1], 2 / 3)
    assert minimize(lambda x: 0 * x[0], [1.0], method="Newton").success


@pytest.mark.parametrize("curvature", [1e-9, 1e-12])
def test_a_slight_saddle_is_one(curvature):
    f = lambda x: x[0] ** 2 - curvature * x[1] ** 2  # noqa: E731
    with pytest.warns(ConvergenceWarning, match="negative eigenvalue"):
        assert minimize(f, [1.0, 0.0], method="Newton").status == 5


def test_minima_that_are_no_points_are_no_saddles():
    rng = np.random.default_rng(0)
    for n in (2, 5):
        X = rng.normal(size=(50, n - 1)) @ rng.normal(size=(n - 1, n))  # columns that depend on each other
        y = rng.normal(size=50)
        assert minimize(lambda w, X=X, y=y: np.sum((X @ w - y) ** 2), np.zeros(n), method="Newton").success
        softplus = lambda w, X=X: np.sum(np.log(1 + np.exp(X @ w)) - 0.3 * (X @ w))  # noqa: E731
        assert minimize(softplus, np.zeros(n), method="Newton").success


def test_a_singular_hessian():
    def f(x):
        return (x[0] + x[1] - 1) ** 2 + (x[0] + x[1] - 1) ** 4

    with pytest.warns(ConvergenceWarning, match="full step of Newton's method is not finite"):
        run = minimize(f, [3.0, 0.0], method="Newton", options={"damped": False}, hess=lambda x: np.ones((2, 2)))
    assert (run.status, run.nit) == (3, 0)
    assert minimize(f, [3.0, 0.0], method="Newton").fun < 1e-10


@pytest.mark.parametrize("method", METHODS)
def test_too_few_steps(method):
    with pytest.warns(ConvergenceWarning, match=rf"{method}: Maximum number of iterations.*raise options\['maxiter'\]"):
        run = minimize(
            optimize.rosen,
            [-1.2, 1],
            method=method,
            jac=optimize.rosen_der,
            options={"maxiter": 3},
            hess=optimize.rosen_hess if method == "Newton" else None,
        )
    assert (run.status, run.success, run.nit) == (1, False, 3)
    assert run.message == "Maximum number of iterations has been exceeded."


def test_too_few_evaluations():
    with pytest.warns(ConvergenceWarning):
        run = minimize(optimize.rosen, [-1.2, 1], method="L-BFGS", jac=optimize.rosen_der, options={"maxfun": 10})
    assert run.status == 1
    assert 10 < run.nfev < 20


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "f", [lambda x: x[0] - x[1], lambda x: -(x[0] ** 2) - x[1] ** 2, lambda x: x[0] ** 3 + x[1] ** 2]
)
def test_functions_without_a_minimum(f, method):
    with pytest.warns(ConvergenceWarning):
        run = minimize(f, [-1.0, 2.0], method=method, options={"maxiter": 60})
    assert run.status in ((4,) if method != "Newton" else (1, 2, 4))
    assert np.all(np.isfinite(run.x))
    assert math.isfinite(run.fun)


def test_a_kink():
    with pytest.warns(ConvergenceWarning, match="at a kink"):
        run = minimize(
            lambda x: abs(x[0]) + 0.5 * abs(x[0] - 1e-3), [1.0], jac=lambda x: np.sign(x) + 0.5 * np.sign(x - 1e-3)
        )
    assert run.status == 2
    assert abs(run.x[0]) < 1e-2


def test_a_gradient_of_the_wrong_sign():
    for method in ("BFGS", "L-BFGS"):
        with pytest.warns(ConvergenceWarning, match="check jac"):
            run = minimize(lambda x: x @ x, [1.0, 2.0], method=method, jac=lambda x: -2 * x)
        assert (run.status, run.nit) == (2, 0)


@pytest.mark.parametrize("method", METHODS)
def test_the_last_digits(method):
    # The values stop to fall at a gradient of about 1e-7; the slopes lead on.
    def f(x):
        return 1e3 + (x[0] - 1) ** 2 + np.cosh(x[1] + x[0])

    run = minimize(f, [3.0, 2.0], method=method, options=options_of(method, gtol=1e-11))
    assert run.success
    assert_allclose(run.x, [1, -1], atol=1e-10)


def test_a_gradient_that_rounding_keeps_away_from_0():
    def jac(x):
        return np.where(np.abs(x) < 1e-4, np.copysign(1e-4, x), 2 * x)

    for method in METHODS:
        with pytest.warns(ConvergenceWarning):
            run = minimize(
                lambda x: x @ x + 1,
                [3.0, 2.0],
                method=method,
                jac=jac,
                hess=(lambda x: 2 * np.eye(2)) if method == "Newton" else None,
                options={"gtol": 1e-9, "maxiter": 500},
            )
        assert np.abs(run.x).max() < 1e-3


@pytest.mark.parametrize("method", METHODS)
def test_outside_the_domain_a_step_is_too_long(method):
    def f(x):
        return x[0] - np.log(x[0]) if x[0] > 0 else np.nan

    run = minimize(f, [50.0], method=method)
    assert run.success
    assert_allclose(run.x, 1, atol=1e-4)


def test_newton_on_x_minus_log_x_squares_the_error():
    run = minimize(lambda x: x[0] - np.log(x[0]), [0.5], method="Newton", options={"return_all": True})
    assert np.ravel(run.allvecs)[:4].tolist() == [0.5, 0.75, 0.9375, 0.99609375]


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.floats(-6, 6), st.sampled_from(METHODS))
def test_shifts_and_rotations_change_nothing(seed, shift, method):
    rng = np.random.default_rng(seed)
    V = np.linalg.qr(rng.normal(size=(2, 2))).Q
    options = options_of(method, gtol=1e-8)
    plain = minimize(
        optimize.rosen,
        [-1.2, 1],
        method=method,
        jac=optimize.rosen_der,
        options=options,
        hess=optimize.rosen_hess if method == "Newton" else None,
    )
    moved = minimize(
        lambda x: optimize.rosen(V @ x - shift),
        V.T @ (np.array([-1.2, 1]) + shift),
        method=method,
        jac=lambda x: V.T @ optimize.rosen_der(V @ x - shift),
        hess=(lambda x: V.T @ optimize.rosen_hess(V @ x - shift) @ V) if method == "Newton" else None,
        options=options,
    )
    assert_allclose(V @ moved.x - shift, plain.x, atol=1e-7)
    assert abs(moved.nit - plain.nit) <= 8


@settings(max_examples=20)
@given(st.floats(-5, 5))
def test_newtons_points_do_not_depend_on_the_units(exponent):
    unit = np.array([10.0**exponent, 1.0])
    plain, scaled = (
        minimize(
            lambda x, u=u: optimize.rosen(x / u),
            u * [-1.2, 1],
            method="Newton",
            jac=lambda x, u=u: optimize.rosen_der(x / u) / u,
            hess=lambda x, u=u: optimize.rosen_hess(x / u) / np.outer(u, u),
            options={"gtol": 1e-9 / u.min(), "return_all": True, "damped": False},
        )
        for u in (np.ones(2), unit)
    )
    k = min(plain.nit, scaled.nit)
    assert k >= 3
    assert_allclose((np.array(scaled.allvecs) / unit)[: k + 1], np.array(plain.allvecs)[: k + 1], rtol=1e-5, atol=1e-6)


def test_norms_and_tolerances():
    runs = [
        minimize(optimize.rosen, [-1.2, 1] * 4, jac=optimize.rosen_der, options={"norm": p, "gtol": 1e-4})
        for p in (1, 2, np.inf)
    ]
    for run, p in zip(runs, (1, 2, np.inf), strict=True):
        assert np.linalg.norm(run.jac, p) <= 1e-4
        assert_allclose(run.history[0].jac_norm, np.linalg.norm(optimize.rosen_der(np.array([-1.2, 1] * 4)), p))
    for method in METHODS:
        args = {
            "method": method,
            "jac": optimize.rosen_der,
            "hess": optimize.rosen_hess if method == "Newton" else None,
        }
        rough, fine = (minimize(optimize.rosen, [-1.2, 1], tol=tol, **args) for tol in (1e-1, 1e-8))
        assert rough.nit < fine.nit
        assert np.abs(fine.jac).max() <= 1e-8 or method == "L-BFGS"


@pytest.mark.parametrize("method", METHODS)
def test_no_step_at_all(method):
    with pytest.warns(ConvergenceWarning, match="Maximum number of iterations"):
        run = minimize(lambda x: x @ x, [1.0, 2.0], method=method, options={"maxiter": 0})
    assert (run.nit, run.status, run.x.tolist()) == (0, 1, [1, 2])
    assert minimize(lambda x: x @ x, [0.0], method=method, options={"maxiter": 0}).success


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS"])
def test_a_hessian_that_is_not_used_is_told(method):
    with pytest.warns(RuntimeWarning, match=f"{method} does not use the Hessian: leave out hess"):
        run = minimize(optimize.rosen, [1, 1], method=method, jac=optimize.rosen_der, hess=optimize.rosen_hess)
    assert run.success


def test_a_small_fall_ends_lbfgs():
    run = minimize(
        optimize.rosen, [-1.2, 1], method="L-BFGS", jac=optimize.rosen_der, options={"ftol": 1e-2, "gtol": 0}
    )
    falls = -np.diff([step.fun for step in run.history])
    sizes = np.maximum(1, [step.fun for step in run.history[:-1]])
    assert falls[-1] <= 1e-2 * sizes[-1]
    assert np.all(falls[:-1] > 1e-2 * sizes[:-1])
    assert run.success
    assert np.abs(run.jac).max() > 1e-3
    assert run.message.startswith("The last step lowered the value by no more than 'ftol' allows")
    near = minimize(lambda x: x @ x, [1e-6], method="L-BFGS", options={"ftol": 1e-2})
    assert near.message == "Optimization terminated successfully."  # the gradient is small, too


def test_a_given_inverse_hessian():
    A, b = quadratic(6)

    def run(**options):
        return minimize(lambda x: x @ (A @ x) / 2 - b @ x, np.zeros(6), jac=lambda x: A @ x - b, options=options)

    inverse = np.linalg.inv(A)
    inverse = (inverse + inverse.T) / 2
    assert run(hess_inv0=inverse).nit <= 2
    assert run().nit > 4
    assert run(hess_inv0=np.eye(6)).nit == run().nit


def test_the_constants_of_the_line_search_are_used():
    runs = [minimize(optimize.rosen, [-1.2, 1], jac=optimize.rosen_der, options={"c2": c2}) for c2 in (0.9, 0.01)]
    assert runs[1].nfev / runs[1].nit > 1.5 * runs[0].nfev / runs[0].nit


def test_callbacks():
    points, values = [], []
    run = minimize(
        optimize.rosen, [-1.2, 1], jac=optimize.rosen_der, callback=points.append, options={"return_all": True}
    )
    assert np.array_equal(points, run.allvecs[1:])

    def watch(intermediate_result):
        values.append(intermediate_result.fun)
        intermediate_result.x[:] = 99  # a copy

    minimize(optimize.rosen, [-1.2, 1], jac=optimize.rosen_der, callback=watch)
    assert values == [step.fun for step in run.history[1:]]

    def stop(x):
        raise StopIteration

    for method in METHODS:
        ended = minimize(
            optimize.rosen,
            [-1.2, 1],
            method=method,
            jac=optimize.rosen_der,
            callback=stop,
            hess=optimize.rosen_hess if method == "Newton" else None,
        )
        assert (ended.nit, ended.status, ended.success) == (1, 99, False)


def test_inputs_are_left_alone_and_forms_accepted():
    x0 = np.array([-1.2, 1.0])
    x0.flags.writeable = False
    shared = np.zeros(2)

    def jac(x):  # one array for all gradients
        shared[:] = optimize.rosen_der(x)
        x[:] = 99
        return shared

    def f(x):
        value = optimize.rosen(x)
        x[:] = 99
        return np.array([value])

    run = minimize(f, x0, jac=jac)
    assert_allclose(run.x, [1, 1], atol=1e-4)
    assert minimize(lambda x: (x[0] - 3) ** 2, 0).x.shape == (1,)
    assert minimize(lambda x, a, b: (x[0] - a) ** 2 + b, 0, args=(3, 4)).fun == pytest.approx(4)
    assert minimize(lambda x, a: (x[0] - a) ** 2, 0, args=3).x == pytest.approx(3, abs=1e-5)
    assert minimize(optimize.rosen, [1, 1], method="bfgs", jac=optimize.rosen_der, options={"disp": True}).nit == 0
    assert minimize(lambda x: x @ x, [1.0], (), "l-bfgs").success


def test_a_small_memory_is_enough_for_many_variables():
    n = 2000
    scale = np.linspace(1, 100, n)
    run = minimize(
        lambda x: scale @ x**2 / 2,
        np.ones(n),
        method="L-BFGS",
        jac=lambda x: scale * x,
        options={"maxcor": 5, "ftol": 0},
    )
    assert run.success
    assert run.nit < 100


def test_success_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for method in METHODS:
            minimize(lambda x: np.sum(x**2), [1.0, 2.0], method=method)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("start", [0, [3.0]])
def test_an_array_of_one_number_is_a_number(start, method):
    run = minimize(lambda x: (x - 1) ** 4 + (x - 1) ** 2, start, method=method)
    assert run.success
    assert run.x.shape == (1,)
    assert_allclose(run.x, optimize.minimize(lambda x: (x - 1) ** 4 + (x - 1) ** 2, start).x, atol=1e-5)


def test_an_array_of_one_number_and_its_gradient():
    run = minimize(lambda x: ((x - 1) ** 2, 2 * (x - 1)), [3.0], method="Newton", jac=True)
    assert_allclose(run.x, [1.0], atol=1e-12)


def test_a_kink_may_stop_a_method_but_need_not():
    with pytest.warns(ConvergenceWarning, match="at a kink it may stop short of the minimum"):
        minimize(lambda x: abs(x[0]), [1.0], jac=lambda x: np.sign(x + 0.5))


# Huge values, slopes and distances


def poisson_loss():
    """Return the loss of a Poisson regression whose feature has not been scaled, and its minimum."""
    rng = np.random.default_rng(0)
    X = np.column_stack([np.ones(50), rng.uniform(100, 400, size=50)])
    y = rng.poisson(3, size=50)
    unit = np.array([1, 1 / 400])

    def loss(w):
        return np.sum(np.exp(X @ w) - y * (X @ w))

    def jac(w):
        return X.T @ (np.exp(X @ w) - y)

    scaled = optimize.minimize(lambda v: loss(unit * v), [1.0, 0.0], jac=lambda v: unit * jac(unit * v))
    return loss, scaled.fun


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS"])
@pytest.mark.parametrize("start", [[0.0, 1.0], [0.0, 0.5]])
def test_slopes_whose_squares_overflow(method, start):
    loss, least = poisson_loss()
    assert loss(np.array(start)) > 1e70
    run = minimize(loss, start, method=method)
    assert run.success
    assert_allclose(run.fun, least, rtol=1e-6)


def test_a_sum_of_hyperbolic_cosines_from_far_away():
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # no overflow on the way
        run = minimize(lambda x: np.sum(np.cosh(x)), [500.0, -300.0], method="L-BFGS")
    assert run.success
    assert_allclose(run.x, 0, atol=1e-4)
    assert all(step.step > 0 for step in run.history[1:])


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS"])
@pytest.mark.parametrize(
    ("f", "start"), [(lambda x: np.exp(x[0]) - x[0], 300.0), (lambda x: x[0] ** 2, 1e19)], ids=["exp", "square"]
)
def test_a_minimum_far_away_is_not_denied(f, start, method):
    run = minimize(f, [start], method=method)
    assert run.success
    assert_allclose(run.x, 0, atol=1e-4)


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS"])
@pytest.mark.parametrize("f", [lambda x: -x[0], lambda x: -(x[0] ** 3), lambda x: -(x[0] ** 4)], ids=[1, 3, 4])
@pytest.mark.parametrize("start", [1.0, 1e3])
def test_an_endless_fall_is_told_at_once(f, start, method):
    with pytest.warns(ConvergenceWarning, match="falls without end along a direction, as far as was tried"):
        run = minimize(f, [start], method=method)
    assert (run.status, run.success, run.nit, run.x.tolist()) == (4, False, 0, [start])
    assert run.nfev < 40


# Derivatives that are not finite

ROOT = (  # its slope is infinite at 0, where the first trial leads
    lambda x: 3 * (np.sqrt(x[0]) - 0.5) ** 2 if x[0] >= 0 else np.nan,
    lambda x: np.array([3 * (np.sqrt(x[0]) - 0.5) / np.sqrt(x[0]) if x[0] > 0 else np.inf]),
)


@pytest.mark.parametrize("method", ["BFGS", "L-BFGS"])
@pytest.mark.parametrize("by_hand", [True, False])
def test_a_trial_without_a_gradient_is_too_long(method, by_hand):
    seen = []

    def f(x):
        seen.append(float(getattr(x, "value", x)[0]))
        return ROOT[0](x)

    run = minimize(f, [1.0], method=method, jac=ROOT[1] if by_hand else None)
    assert 0.0 in seen
    assert run.success
    assert_allclose(run.x, 0.25, atol=1e-5)


def test_a_gradient_that_is_not_finite_at_the_start():
    for jac in (None, ROOT[1]):
        with pytest.raises(ValueError, match=r"finite real derivative|infinite derivative|must be finite where fun is"):
            minimize(ROOT[0], [0.0], jac=jac)


def test_newton_stops_where_a_derivative_is_infinite():
    def f(x):
        return (x[0] ** 1.5 if x[0] >= 0 else np.nan) + (x[1] - 1) ** 4

    with pytest.warns(ConvergenceWarning, match="a derivative is not finite. To do: the Hessian is singular or inf"):
        run = minimize(f, [4.0, 3.0], method="Newton", options={"return_all": True})
    assert (run.status, run.success) == (3, False)
    assert run.x[0] == 0
    assert f(run.x) == run.fun < f([4.0, 3.0])
    assert np.all(np.isfinite(run.hess))
    assert run.allvecs[-1].tolist() == run.x.tolist()
    with pytest.warns(ConvergenceWarning, match="a derivative is not finite"):  # sqrt: no gradient where it is least
        run = minimize(lambda x: np.sqrt(x[0]) if x[0] >= 0 else np.nan, [4.0], method="Newton")
    assert (run.status, run.nit, run.x.tolist(), run.fun) == (3, 0, [4.0], 2.0)
