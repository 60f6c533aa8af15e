import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.calculus import convexity_violation, is_positive_definite, is_positive_semidefinite

ENTRIES = st.integers(-3, 3)


def symmetric(entries, n):
    A = np.zeros((n, n))
    A[np.triu_indices(n)] = entries[: n * (n + 1) // 2]
    return A + np.triu(A, 1).T


# Definite matrices


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 4), st.lists(ENTRIES, min_size=10, max_size=10))
def test_minors_by_sympy(n, entries):
    A = symmetric(entries, n)
    exact = sp.Matrix(A.astype(int))
    assert is_positive_definite(A) == exact.is_positive_definite
    assert is_positive_semidefinite(A) == exact.is_positive_semidefinite


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.integers(0, 6), st.integers(0, 10**6))
def test_gram_matrices(n, rows, seed):
    B = np.random.default_rng(seed).normal(size=(rows, n))
    assert is_positive_semidefinite(B.T @ B)
    assert is_positive_definite(B.T @ B) == (rows >= n)
    assert not is_positive_semidefinite(-B.T @ B) or rows == 0


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_units_do_not_matter(n, seed):
    rng = np.random.default_rng(seed)
    B = rng.normal(size=(n, n))
    D = 10.0 ** rng.integers(-100, 100, size=n)
    assert is_positive_definite(D[:, None] * (B.T @ B + np.eye(n)) * D)
    bent = B.T @ B + np.eye(n)
    bent[0, 0] *= -1
    assert not is_positive_definite(D[:, None] * bent * D)


def test_known_matrices():
    assert is_positive_definite([[2, -1], [-1, 2]])
    assert not is_positive_definite([[1, 2], [2, 1]])
    assert not is_positive_semidefinite([[1, 2], [2, 1]])
    assert is_positive_semidefinite([[0, 0], [0, 0]])
    assert not is_positive_definite([[0, 0], [0, 0]])
    assert not is_positive_semidefinite([[0, 1], [1, 5]])
    assert is_positive_definite(np.empty((0, 0)))
    assert is_positive_semidefinite(np.empty((0, 0)))
    hilbert = 1 / (np.arange(8)[:, None] + np.arange(8) + 1.0)
    assert is_positive_definite(hilbert)  # condition number 1.5e10
    assert is_positive_definite([[1e-300, 0], [0, 1e300]])


def test_complex():
    A = np.array([[2, 1j], [-1j, 2]])
    assert is_positive_definite(A)
    assert not is_positive_definite(A - np.eye(2))
    assert is_positive_semidefinite(A - np.eye(2))
    assert not is_positive_semidefinite(A - 1.5 * np.eye(2))


def test_tolerance():
    A = np.diag([1.0, 1.0]) + (1 - 1e-6) * (1 - np.eye(2))  # eigenvalues 1e-6 and about 2
    assert is_positive_definite(A)
    assert not is_positive_definite(A, rtol=1e-5)
    assert not is_positive_semidefinite(np.diag([1, -1e-6]))
    assert is_positive_semidefinite(np.diag([1, -1e-6]), rtol=1e-5)


# Chords


@pytest.mark.parametrize(
    ("f", "bounds"),
    [
        (np.square, (-3, 3)),
        (np.exp, (-3, 3)),
        (np.abs, (-3, 3)),
        (lambda x: -np.log(x), (0.01, 5)),
        (lambda x: 3 * x - 1, (-3, 3)),
        (lambda x: np.sum(x**4), [(-2, 2)] * 3),
        (lambda x: np.logaddexp.reduce(x), [(-5, 5)] * 4),
        (lambda x: 1 / x if x > 0 else np.inf, (-1, 1)),
        (lambda x: 0.0, (-1, 1)),
    ],
    ids=["square", "exp", "abs", "-log", "line", "fourth powers", "logsumexp", "1/x where x > 0", "0"],
)
@pytest.mark.parametrize("seed", range(3))
def test_convex_functions_pass(f, bounds, seed):
    assert convexity_violation(f, bounds, rng=seed) is None


@pytest.mark.parametrize(
    ("f", "bounds"),
    [
        (np.sin, (-3, 3)),
        (lambda x: x**3, (-1, 1)),
        (lambda x: np.sqrt(abs(x)), (-1, 1)),
        (np.log, (0.1, 3)),
        (lambda w: (w[0] * w[1] - 1) ** 2, [(-2, 2), (-2, 2)]),
        (lambda x: x[0] ** 2 - 1e-3 * x[1] ** 2, [(-1, 1), (-1, 1)]),
        (lambda x: x**2 - 0.05 * np.exp(-((x - 0.3) ** 2) / 2e-4), (-1, 1)),
    ],
    ids=["sin", "cube", "root", "log", "product", "saddle", "dent"],
)
@pytest.mark.parametrize("seed", range(3))
def test_others_do_not(f, bounds, seed):
    found = convexity_violation(f, bounds, rng=seed)
    assert found is not None
    between = found.theta * found.x + (1 - found.theta) * found.y
    above = f(between) - found.theta * f(found.x) - (1 - found.theta) * f(found.y)
    assert 0 < found.theta < 1
    assert found.gap > 0
    assert_allclose(above, found.gap, rtol=1e-9)


def test_a_domain_that_is_not_convex():
    found = convexity_violation(lambda x: 0.0 if abs(x) > 1 else np.inf, (-2, 2), rng=0)
    assert found is not None
    assert found.gap == np.inf


def test_points_drawn_by_the_caller():
    seen = []

    def on_a_line(rng, size):
        return np.outer(rng.uniform(-1, 1, size), [1, 2])

    def f(x):
        seen.append(x)
        return -x[0] * x[1]

    assert convexity_violation(f, on_a_line, rng=1, n_trials=10) is not None
    assert 30 <= len(seen) <= 30 + 10 * 96
    assert_allclose([x[1] for x in seen], [2 * x[0] for x in seen])


def test_the_seed_decides():
    first, again, other = (convexity_violation(np.sin, (-3, 3), rng=seed, n_trials=50) for seed in (0, 0, 1))
    assert first == again != other


def test_a_function_that_writes_into_its_argument():
    def f(x):
        x *= 0
        return 1.0

    assert convexity_violation(f, [(1, 2)], rng=0, n_trials=20) is None


def test_rounding_is_no_violation():
    assert convexity_violation(lambda x: 1e9 + x, (0, 1e-6), rng=0) is None
    flat = lambda x: 1 - 1e-10 * x**2  # noqa: E731
    assert convexity_violation(flat, (-1, 1), rng=0) is None
    assert convexity_violation(flat, (-1, 1), rng=0, rtol=1e-12) is not None


@pytest.mark.parametrize(
    ("f", "bounds"),
    [
        (lambda x: (x**2 + 1e8) - 1e8, (-0.01, 0.01)),
        (lambda x: np.exp(x) - 1, (-1e-8, 1e-8)),
        (lambda x: (1 + x) ** 2 - 1 - 2 * x, (-1e-6, 1e-6)),
        (lambda x: (x - 1e9) ** 2, (1e9, 1e9 + 1)),
        (lambda x: 1 - np.cos(x), (-1e-6, 1e-6)),
        (lambda x: np.sum(np.exp(x) - 1 - x), [(-1e-6, 1e-6)] * 2),
    ],
    ids=["1e8", "exp(x) - 1", "(1 + x)**2 - 1 - 2x", "a shift", "1 - cos", "two variables"],
)
@pytest.mark.parametrize("seed", range(5))
def test_cancellation_is_no_violation(f, bounds, seed):
    assert convexity_violation(f, bounds, rng=seed) is None


@pytest.mark.parametrize(
    ("f", "bounds"),
    [(np.sign, (-1, 1)), (np.round, (-100, 100)), (lambda x: float(x > 0.2) / 8, (-1, 1)), (lambda x: -x * x, (1, 2))],
    ids=["sign", "round", "a step", "concave"],
)
@pytest.mark.parametrize("seed", range(5))
def test_steps_are_no_rounding(f, bounds, seed):
    assert convexity_violation(f, bounds, rng=seed) is not None


def test_no_coordinate_of_the_points_differs():
    assert convexity_violation(lambda x: 0.0, lambda rng, size: np.ones((size, 2)), rng=0) is None


def test_a_wrong_index_into_a_vector_is_left_to_numpy():
    with pytest.raises(IndexError, match="index 2 is out of bounds"):
        convexity_violation(lambda x: x[2], [(0, 1), (0, 1)])


@pytest.mark.parametrize("bounds", [(-40, 40), (-35, 30), (-38, 0)])
def test_softplus_is_not_denied_to_be_convex(bounds):
    for seed in range(20):  # left of -30 its values are small multiples of the machine epsilon
        assert convexity_violation(lambda x: np.log(1 + np.exp(x)), bounds, rng=seed) is None


def test_large_values_elsewhere_hide_no_dent():
    found = convexity_violation(lambda x: np.exp(x) + np.sin(5 * x), (-40, 40), rng=0)
    assert found.gap > 0.5
    assert max(found.x, found.y) < 10
