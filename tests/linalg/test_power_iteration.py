import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.linalg import (
    inverse_iteration,
    pagerank,
    power_iteration,
    rayleigh_quotient,
    rayleigh_quotient_iteration,
)

TWO = np.array([[2.0, 1], [1, 2]])
ITERATIONS = [power_iteration, inverse_iteration, rayleigh_quotient_iteration]


def with_values(values, seed=0, kind="orthogonal"):
    """Return a matrix with these eigenvalues, and its eigenvectors as columns."""
    rng = np.random.default_rng(seed)
    n = len(values)
    V = rng.normal(size=(n, n)) + (1j * rng.normal(size=(n, n)) if kind == "unitary" or np.iscomplexobj(values) else 0)
    if kind != "general":
        V = np.linalg.qr(V).Q
    return V @ np.diag(values) @ np.linalg.inv(V), V / np.linalg.norm(V, axis=0)


def sine(x, v):
    """Return the sine of the angle between two unit vectors: their distance, whatever the factor between them."""
    return np.linalg.norm(x - v * np.vdot(v, x))


@pytest.mark.parametrize("kind", ["orthogonal", "unitary", "general"])
@pytest.mark.parametrize("values", [[5, 3, -2, 1], [-5, 3, -2, 1], [0.5, 0.1], [4 + 3j, 4, 1j], [2.0]])
def test_the_dominant_pair(values, kind):
    A, V = with_values(np.array(values), kind=kind)
    result = power_iteration(A, rng=3)
    assert result.converged
    assert_allclose(result.eigenvalue, values[0], rtol=1e-9)
    assert sine(result.eigenvector, V[:, 0]) < 1e-9
    assert_allclose(np.linalg.norm(result.eigenvector), 1)
    assert np.iscomplexobj(result.eigenvector) == np.iscomplexobj(A)


@pytest.mark.parametrize("kind", ["orthogonal", "unitary", "general"])
@pytest.mark.parametrize(("shift", "nearest"), [(0, 1), (1, 1), (2.9, 3), (3, 3), (3.9, 3), (9, 5), (-1.6, -2)])
def test_the_nearest_pair(shift, nearest, kind):
    values = [5, 3, -2, 1]
    A, V = with_values(values, kind=kind)
    result = inverse_iteration(A, shift)
    assert result.converged
    assert_allclose(result.eigenvalue, nearest, rtol=1e-9)
    assert sine(result.eigenvector, V[:, values.index(nearest)]) < 1e-9


def test_a_complex_shift_finds_a_complex_pair_of_a_real_matrix():
    A = np.array([[0.0, 1], [-1, 0]])
    assert_allclose(inverse_iteration(A, 0.8j).eigenvalue, 1j, atol=1e-9)
    assert_allclose(inverse_iteration(A, -0.8j).eigenvalue, -1j, atol=1e-9)
    assert_allclose(rayleigh_quotient_iteration(A, [1, 0.5j]).eigenvalue, 1j, atol=1e-9)


@pytest.mark.parametrize("kind", ["orthogonal", "unitary", "general"])
@pytest.mark.parametrize("seed", range(5))
def test_rayleigh_quotient_iteration_finds_a_pair(seed, kind):
    values = np.array([7.0, 5, 2, -1, -4])
    A, V = with_values(values, seed, kind)
    result = rayleigh_quotient_iteration(A, rng=seed)
    assert result.converged
    i = np.argmin(np.abs(values - result.eigenvalue))
    assert_allclose(result.eigenvalue, values[i], rtol=1e-9)
    assert sine(result.eigenvector, V[:, i]) < 1e-9
    assert result.n_iter < 20


def test_the_example_of_the_page_step_by_step():
    steps = power_iteration(TWO, [1, 0], maxiter=40, tol=1e-15).steps
    assert len(steps) > 20
    for t, step in enumerate(steps[:20]):
        exact = np.array([3**t + 1, 3**t - 1])
        assert_allclose(step.eigenvector, exact / np.linalg.norm(exact), rtol=1e-13)
        assert_allclose(step.eigenvalue, (3 * 9**t + 1) / (9**t + 1), rtol=1e-14)
        assert_allclose(step.residual, 2 * 3.0**t / (9.0**t + 1) / np.sqrt(10), rtol=1e-6)


def test_rates():
    A, V = with_values([5, 4, 1], kind="general")
    steps = power_iteration(A, tol=1e-11).steps
    errors = np.array([sine(step.eigenvector, V[:, 0]) for step in steps])
    assert_allclose(errors[61:81] / errors[60:80], 4 / 5, rtol=1e-3)
    A, V = with_values([5, 4, 1])
    values = np.array([step.eigenvalue for step in power_iteration(A, tol=1e-8).steps])
    assert_allclose((5 - values[31:51]) / (5 - values[30:50]), 16 / 25, rtol=1e-3)
    errors = [sine(step.eigenvector, V[:, 1]) for step in inverse_iteration(A, 4.2).steps]
    assert_allclose(errors[6] / errors[5], 0.2 / 0.8, rtol=1e-3)


def test_rayleigh_quotient_iteration_is_cubic_for_symmetric_matrices():
    A = np.diag([3.0, 1])
    errors = [abs(step.eigenvector[1]) for step in rayleigh_quotient_iteration(A, [1, 0.3]).steps]
    tangents = errors / np.sqrt(1 - np.square(errors))
    assert_allclose(tangents[:3], [0.3, 0.3**3, 0.3**9], rtol=1e-9)


def test_it_ends_as_soon_as_the_residual_allows():
    for function in ITERATIONS:
        result = function(TWO, x0=[1, 0.2], tol=1e-6)
        residuals = [step.residual for step in result.steps]
        assert residuals[-1] <= 1e-6
        assert min(residuals[:-1]) > 1e-6
        assert result.n_iter == len(result.steps) - 1
        assert result.eigenvalue == result.steps[-1].eigenvalue
        assert result.eigenvector.tolist() == result.steps[-1].eigenvector.tolist()
        x = result.eigenvector
        residual = np.linalg.norm(TWO @ x - result.eigenvalue * x) / np.linalg.norm(TWO)
        assert_allclose(residual, residuals[-1], atol=1e-15)


@pytest.mark.parametrize(
    ("function", "arguments", "words"),
    [
        (power_iteration, (np.diag([1.0, -1]),), "share the largest modulus"),
        (power_iteration, ([[0, 1], [-1, 0]],), "share the largest modulus"),
        (power_iteration, (TWO, [1, 0], 1e-12, 10), "in 10 steps, residual 1.1e-05"),
        (inverse_iteration, (TWO, 2), "move shift"),
        (rayleigh_quotient_iteration, ([[0, 1], [1, 0]], [1, 0]), "another x0"),
        (rayleigh_quotient_iteration, ([[0, 1], [-1, 0]],), "complex eigenvalue of a real matrix"),
    ],
)
def test_no_convergence_is_a_warning(function, arguments, words):
    def call(a, x0=None, tol=1e-12, maxiter=30):
        extra = {"shift": x0, "x0": [1, 0.3]} if function is inverse_iteration else {"x0": x0}
        return function(a, **extra, tol=tol, maxiter=maxiter)

    with pytest.warns(RuntimeWarning, match=words) as records:
        result = call(*arguments)
    assert records[0].filename == __file__
    assert not result.converged
    assert result.n_iter == (arguments[3] if len(arguments) > 3 else 30)


def test_a_step_that_converges_in_the_last_moment_is_no_failure():
    needed = power_iteration(TWO, [1, 0]).n_iter
    assert power_iteration(TWO, [1, 0], maxiter=needed).converged
    with pytest.warns(RuntimeWarning, match="did not converge"):
        power_iteration(TWO, [1, 0], maxiter=needed - 1)


def test_an_orthogonal_start_misses_the_dominant_pair():
    result = power_iteration(np.diag([3.0, 2, 1]), [0, 1, 1])
    assert_allclose(result.eigenvalue, 2)
    assert result.eigenvector[0] == 0


@pytest.mark.parametrize("n", [1, 2, 5, 30, 60])
def test_singular_and_defective_matrices(n):
    graded = np.diag(1e-200 ** np.linspace(0, 1, n)) if n > 1 else np.ones((1, 1))
    assert_allclose(power_iteration(graded, np.full(n, 1e-170)).eigenvalue, 1)
    jordan = np.diag(np.ones(n - 1), 1)  # its inverse, with a tiny number for each 0, exceeds the range of floats
    result = inverse_iteration(jordan)
    assert result.converged
    assert abs(result.eigenvalue) < 1e-12
    assert sine(result.eigenvector, np.eye(n)[0]) < 1e-10
    assert power_iteration(np.zeros((n, n))).eigenvalue == 0
    assert inverse_iteration(np.zeros((n, n))).eigenvalue == 0
    assert_allclose(inverse_iteration(np.eye(n), 1).eigenvalue, 1)
    assert rayleigh_quotient_iteration(np.zeros((n, n))).eigenvalue == 0


def test_nothing_left_of_a_nilpotent_matrix_is_an_eigenvector():
    result = power_iteration([[0, 1], [0, 0]], [1, 1])
    assert (result.eigenvalue, result.eigenvector.tolist(), result.n_iter) == (0, [1, 0], 1)


@pytest.mark.parametrize("factor", [1e300, 1e-300, 1e-310, 2.0**-20, 1e150j])
def test_any_scale(factor):
    A, V = with_values([5, 3, -2], seed=4)
    for function, value, i in ((power_iteration, 5, 0), (inverse_iteration, -2, 2)):
        result = function(factor * A)
        assert_allclose(result.eigenvalue / factor, value, rtol=1e-8)
        assert sine(result.eigenvector, V[:, i]) < 1e-8
    shifted = inverse_iteration(factor * A, factor * 2.8)
    assert_allclose(shifted.eigenvalue / factor, 3, rtol=1e-8)
    assert_allclose(rayleigh_quotient(factor * A, 1e200 * V[:, 1]) / factor, 3, rtol=1e-8)
    assert_allclose(rayleigh_quotient(factor * A, 1e-200 * V[:, 1]) / factor, 3, rtol=1e-8)
    assert_allclose(power_iteration(A, 1e300 * np.array([1, 2, 3])).eigenvalue, 5)


def test_a_shift_far_beyond_the_matrix():
    result = inverse_iteration(TWO, 100, [1, 0], tol=1e-6)
    assert_allclose(result.eigenvalue, 3)
    with pytest.warns(RuntimeWarning, match="did not converge"):
        assert np.isfinite(inverse_iteration(TWO, 1e300, [1, 0], maxiter=5).eigenvalue)
    with pytest.warns(RuntimeWarning, match="did not converge"):
        tiny = inverse_iteration(1e-200 * TWO, 1e200, [1, 0], maxiter=5)
    assert_allclose(np.abs(tiny.eigenvector), [1, 0])  # beside such a shift nothing is left of the matrix


def test_hermitian_matrices_have_real_quotients():
    A, V = with_values([5, 3, -2], kind="unitary")
    A = (A + A.conj().T) / 2
    x = V @ [1, 1j, 2]
    assert isinstance(rayleigh_quotient(A, x), float)
    assert_allclose(rayleigh_quotient(A, x), (5 + 3 - 8) / 6, atol=1e-14)
    assert isinstance(power_iteration(A).eigenvalue, float)
    assert np.iscomplexobj(rayleigh_quotient([[0, 1], [-1, 0]], [1, 1j]))
    assert rayleigh_quotient([[0, 1], [-1, 0]], [1, 1j]) == 1j


def test_the_random_first_vector_of_a_complex_matrix_is_complex():
    A = np.array([[2, 1j], [-1j, 2]])  # every real vector has the quotient 2, midway between the eigenvalues
    assert_allclose([rayleigh_quotient(A, x) for x in ([1, 0], [3, -1], [1, 5])], 2)
    result = rayleigh_quotient_iteration(A)
    assert result.converged
    assert_allclose(np.abs(result.eigenvalue - 2), 1)
    for function in ITERATIONS:
        assert np.all(function(A).steps[0].eigenvector.imag != 0)
        assert np.isrealobj(function(TWO).steps[0].eigenvector)


def test_a_defective_first_eigenvalue_is_found_slowly():
    with pytest.warns(RuntimeWarning, match="did not converge"):
        steps = power_iteration([[2, 1], [0, 2]], [1, 1]).steps
    errors = np.array([abs(step.eigenvector[1]) for step in steps])
    t = np.array([100, 200, 400, 800])
    assert_allclose(errors[t] * t, 2, rtol=0.05)


@settings(deadline=None, max_examples=50)
@given(st.integers(2, 8), st.integers(0, 10**6))
def test_a_small_residual_bounds_the_error_for_symmetric_matrices(n, seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(n, n))
    A += A.T
    values = np.linalg.eigvalsh(A)
    for step in rayleigh_quotient_iteration(A, rng=seed).steps:
        assert np.abs(values - step.eigenvalue).min() <= step.residual * np.linalg.norm(A) + 1e-13


def test_a_small_residual_bounds_no_error_without_symmetry():
    far = power_iteration([[1, 1e13], [0, 2]], [1, 1])  # a neighbour of this matrix has the eigenvalue 3
    assert far.converged
    assert_allclose(far.eigenvalue, 3)


@settings(deadline=None, max_examples=50)
@given(st.integers(2, 8), st.integers(0, 10**6))
def test_the_quotient_is_the_best_number_and_lies_between_the_extremes(n, seed):
    rng = np.random.default_rng(seed)
    A, x = rng.normal(size=(n, n)), rng.normal(size=n)
    rho = rayleigh_quotient(A, x)
    best = np.linalg.norm(A @ x - rho * x)
    assert all(best <= np.linalg.norm(A @ x - (rho + h) * x) for h in (-0.1, -1e-3, 1e-3, 0.1))
    assert_allclose(rayleigh_quotient(A, -7 * x), rho)
    extremes = np.linalg.eigvalsh(A + A.T)[[0, -1]]
    assert extremes[0] - 1e-12 <= rayleigh_quotient(A + A.T, x) <= extremes[1] + 1e-12


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 9), st.integers(0, 10**6))
def test_inverse_iteration_agrees_with_lapack(n, seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(n, n))
    A += A.T
    values = np.linalg.eigvalsh(A)
    i = int(rng.integers(n))
    shift = values[i] + 0.2 * np.min(np.abs(np.delete(values, i) - values[i]), initial=1) * rng.choice([-1, 1])
    result = inverse_iteration(A, shift)
    assert_allclose(result.eigenvalue, values[i], atol=1e-10)
    assert result.n_iter < 40


def test_the_same_call_gives_the_same_result():
    A = np.random.default_rng(1).normal(size=(6, 6))
    A += A.T
    for function in ITERATIONS:
        first, second = function(A), function(A)
        assert first.eigenvector.tolist() == second.eigenvector.tolist()
        assert function(A, rng=5).steps[0].eigenvector.tolist() != first.steps[0].eigenvector.tolist()


def test_inputs_stay_as_they_are():
    a, x, links = TWO.copy(), np.array([1.0, 0.5]), np.array([[0.0, 1], [0, 0]])
    for array in (a, x, links):
        array.setflags(write=False)
    for function in ITERATIONS:
        assert function(a.tolist(), x0=x.tolist()).eigenvalue == function(a, x0=x).eigenvalue
    rayleigh_quotient(a, x), pagerank(links, personalization=x, nstart=x, dangling=x)


def google_matrix(links, alpha=0.85, jump=None, leave=None):
    """Return the matrix whose columns say where the surfer goes next."""
    n = len(links)
    jump = np.ones(n) if jump is None else np.asarray(jump, dtype=float)
    leave = jump if leave is None else np.asarray(leave, dtype=float)
    columns = [row / sum(row) if sum(row) else leave / leave.sum() for row in np.asarray(links, dtype=float)]
    return alpha * np.transpose(columns) + (1 - alpha) * np.outer(jump / jump.sum(), np.ones(n))


def dominant(G):
    values, vectors = np.linalg.eig(G)
    v = vectors[:, np.argmin(np.abs(values - 1))].real
    return v / v.sum()


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 12), st.integers(0, 10**6), st.floats(0, 0.95))
def test_ranks_are_the_dominant_eigenvector(n, seed, alpha):
    rng = np.random.default_rng(seed)
    links = rng.integers(0, 4, size=(n, n)) * (rng.random((n, n)) < 0.3)
    jump, leave = rng.integers(1, 5, size=(2, n))
    for options in ({}, {"personalization": jump}, {"personalization": jump, "dangling": leave}, {"dangling": leave}):
        ranks = pagerank(links, alpha, max_iter=2000, tol=1e-14, **options)
        G = google_matrix(links, alpha, options.get("personalization"), options.get("dangling"))
        assert_allclose(ranks, dominant(G), atol=1e-10)
        assert_allclose(ranks.sum(), 1)
        assert np.all(ranks >= 0)
    order = rng.permutation(n)
    assert_allclose(
        pagerank(links[np.ix_(order, order)], alpha, max_iter=2000, tol=1e-14),
        pagerank(links, alpha, max_iter=2000, tol=1e-14)[order],
        atol=1e-10,
    )


def test_published_ranks():
    # The graph of networkx' own test, and what it expects there: alpha 0.9, tolerance 1e-8.
    edges = [(1, 2), (1, 3), (3, 1), (3, 2), (3, 5), (4, 5), (4, 6), (5, 4), (5, 6), (6, 4)]
    links = np.zeros((6, 6))
    for i, j in edges:
        links[i - 1, j - 1] = 1
    expected = [0.03721197, 0.05395735, 0.04150565, 0.37508082, 0.20599833, 0.28624589]
    assert_allclose(pagerank(links, 0.9, tol=1e-8), expected, atol=1e-7)
    leave = [0.1, 0.2, 0.3, 0.4, 0, 0]  # the ranks then solve the equations, page by page
    ranks = pagerank(links, 0.9, tol=1e-12, max_iter=500, dangling=leave)
    assert_allclose(google_matrix(links, 0.9, None, leave) @ ranks, ranks, atol=1e-11)
    # Two pages that link to each other, and one that links to the first: by hand.
    third = 0.15 / 3
    first = (third + 0.85 * (third + third)) / (1 - 0.85**2)
    hand = [first, third + 0.85 * first, third]
    assert_allclose(pagerank([[0, 1, 0], [1, 0, 0], [1, 0, 0]], tol=1e-13, max_iter=500), hand, rtol=1e-10)


def test_special_graphs():
    assert pagerank([[0.0]]).tolist() == [1]
    assert_allclose(pagerank(np.zeros((4, 4))), np.full(4, 0.25))
    assert_allclose(pagerank(np.eye(3), personalization=[1, 2, 1], tol=1e-12, max_iter=500), [0.25, 0.5, 0.25])
    assert_allclose(pagerank([[0, 1], [1, 0]], 0, personalization=[3, 1]), [0.75, 0.25])
    star = np.array([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]])
    assert_allclose(pagerank(1e308 * star), pagerank(star))
    assert_allclose(pagerank(star, personalization=[1e308, 1e308, 5e307]), pagerank(star, personalization=[2, 2, 1]))
    assert_allclose(pagerank([[0, 2], [5, 0]], nstart=[1e308, 1e308]), [0.5, 0.5])


def test_a_row_of_weights_may_be_scaled():
    links = np.array([[0, 1, 3], [2, 0, 0], [1, 1, 0]])
    assert_allclose(pagerank(links * np.array([[7], [1e-9], [1e9]])), pagerank(links), rtol=1e-12)


def test_ranks_that_do_not_settle_are_a_warning():
    with pytest.warns(RuntimeWarning, match="pagerank did not converge in 100 steps; raise max_iter") as records:
        ranks = pagerank([[0, 1], [1, 0]], 1, nstart=[2, 1])
    assert records[0].filename == __file__
    assert_allclose(ranks.sum(), 1)


def test_the_tolerance_is_that_of_a_page():
    # The ranks change by 0.1 * 0.5**t, summed over both pages: 0.1 at first, then 0.05.
    ranks = pagerank([[0, 1], [1, 0]], 0.5, nstart=[0.6, 0.4], tol=0.16)
    assert_allclose(ranks, [0.45, 0.55])
    assert_allclose(pagerank([[0, 1], [1, 0]], 0.5, nstart=[0.6, 0.4], tol=0.14), [0.525, 0.475])


def test_the_error_of_ranks_is_as_promised():
    links = np.zeros((7, 7))
    links[np.arange(7), (np.arange(7) + 1) % 7] = 1
    links[0, 3] = 1
    exact = dominant(google_matrix(links, 0.85))
    for tol in (1e-3, 1e-5, 1e-8):
        error = np.abs(pagerank(links, tol=tol, max_iter=1000) - exact).sum()
        assert error <= 7 * tol * 0.85 / 0.15
    assert error > 0
