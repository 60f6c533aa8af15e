import numpy as np
import pytest
import scipy.linalg
import scipy.sparse.linalg
from numpy.testing import assert_allclose

from companion.linalg import low_rank_approximation, pinv, svds
from tests.linalg.matrices import ALL, EPS, SQUARE, size_of

WELL = [name for name in ALL if ALL[name].size and np.linalg.cond(ALL[name]) < 1e6] + ["rank five", "ones", "zeros"]


@pytest.mark.parametrize("name", ALL)
def test_best_approximations_leave_the_tail(name):
    a = ALL[name]
    S = np.linalg.svd(a, compute_uv=False)
    for k in {0, len(S) // 3, len(S)}:
        rest = a - low_rank_approximation(a, k)
        tail = np.linalg.svd(rest / size_of(a), compute_uv=False)
        wanted = np.r_[S[k:], np.zeros(k)] / size_of(a)
        assert_allclose(tail, wanted, atol=200 * EPS * max(1, len(S)))


def test_a_worked_example():
    assert_allclose(low_rank_approximation([[3, 0], [4, 5]], 1), [[1.5, 1.5], [4.5, 4.5]], rtol=1e-14)


@pytest.mark.parametrize("name", WELL)
def test_pseudo_inverse(name):
    a = ALL[name]
    ours = pinv(a)
    assert ours.shape == a.shape[::-1]
    assert_allclose(ours, scipy.linalg.pinv(a), atol=1e-9 * size_of(ours))
    for product in (a @ ours, ours @ a):  # Penrose's conditions
        assert_allclose(product, product.conj().T, atol=1e-8)
    assert_allclose(a @ ours @ a, a, atol=1e-9 * size_of(a))
    assert_allclose(ours @ a @ ours, ours, atol=1e-9 * size_of(ours))


@pytest.mark.parametrize("rtol", [1e-3, 1e-8, 0])
def test_small_singular_values_count_as_zero(rtol):
    a = np.diag([1, 1e-5, 1e-10])
    assert_allclose(pinv(a, rtol=rtol), np.linalg.pinv(a, rtol=rtol), rtol=1e-12)


@pytest.mark.parametrize("factor", [50, 200])
def test_by_default_the_longer_side_sets_what_counts_as_zero(factor):
    a = np.eye(2, 100) * [[1], [factor * EPS]]
    assert_allclose(pinv(a), scipy.linalg.pinv(a), rtol=1e-12)
    assert np.linalg.matrix_rank(pinv(a), rtol=1e-20) == (1 if factor < 100 else 2)


def test_shortest_least_squares_solution():
    a, b = ALL["tall"], np.random.default_rng(1).normal(size=70)
    assert_allclose(pinv(a) @ b, np.linalg.lstsq(a, b)[0], rtol=1e-9)


@pytest.mark.parametrize("name", ["random", "kahan", "vandermonde", "complex", "tall", "wide", "large", "small"])
@pytest.mark.parametrize("k", [1, 3])
def test_leading_triples(name, k):
    a = ALL[name]
    u, s, vt = svds(a, k, rng=0)
    U, S, Vh = np.linalg.svd(a, full_matrices=False)
    assert_allclose(s, S[:k][::-1], rtol=1e-9)
    assert_allclose(u * s @ vt, U[:, :k] * S[:k] @ Vh[:k], atol=1e-6 * size_of(a))
    assert_allclose(u.conj().T @ u, np.eye(k), atol=1e-6)


def test_order_and_shapes_are_scipy_s():
    a = ALL["tall"]
    ours, theirs = svds(a, 4, rng=0), scipy.sparse.linalg.svds(a, 4)
    assert [x.shape for x in ours] == [x.shape for x in theirs]
    assert_allclose(ours.s, theirs[1], rtol=1e-9)


def test_rank_deficient():
    a = np.outer([1.0, 2, 3], [1.0, 1])
    u, s, vt = svds(a, 2, rng=0)
    assert_allclose(s, [0, np.sqrt(28)], atol=1e-14)
    assert_allclose(u * s @ vt, a, atol=1e-13)
    assert svds(np.zeros((2, 3)), 1, rng=0).s.tolist() == [0]


def test_same_seed_same_signs_and_a_warning_without_convergence():
    a = SQUARE["random"]
    assert all(np.array_equal(x, y) for x, y in zip(svds(a, 2, rng=3), svds(a, 2, rng=3), strict=True))
    with pytest.warns(RuntimeWarning, match="svds did not converge in 2 steps; raise maxiter or tol"):
        svds(a, 1, maxiter=2, rng=0)


def test_inputs_stay_as_they_are():
    a = np.array([[4.0, 2], [1, 1]])
    a.setflags(write=False)
    svds(a, 1), pinv(a), low_rank_approximation(a, 1)
