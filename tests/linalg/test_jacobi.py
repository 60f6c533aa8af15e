import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.linalg import eigh, svd, svdvals
from companion.linalg._jacobi import _rounds
from tests.linalg.matrices import ALL, EPS, hilbert, is_unitary, size_of

SYMMETRIC = {
    "random": (lambda x: x + x.T)(np.random.default_rng(2).normal(size=(41, 41))),
    "gram": (lambda x: x.T @ x)(np.random.default_rng(3).normal(size=(50, 20))),
    "hermitian": (lambda x: x + x.conj().T)(np.random.default_rng(4).normal(size=(24, 24, 2)) @ [1, 1j]),
    "hilbert": hilbert(11),
    "identity": np.eye(5),
    "zeros": np.zeros((3, 3)),
    "ones": np.ones((6, 6)),
    "exchange": np.array([[0.0, 1], [1, 0]]),
    "both signs": np.diag([1.0, 0, -1, 5]),
    "large": 1e200 * np.array([[2.0, 1], [1, 2]]),
    "small": 1e-250 * np.array([[2.0, 1], [1, 2]]),
    "one": np.array([[-2.0]]),
    "empty": np.empty((0, 0)),
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("full_matrices", [True, False])
def test_singular_values_and_vectors(name, full_matrices):
    a = ALL[name]
    U, S, Vh = svd(a, full_matrices)
    reference = np.linalg.svd(a, full_matrices)
    assert (U.shape, S.shape, Vh.shape) == tuple(x.shape for x in reference)
    assert is_unitary(U)
    assert is_unitary(Vh.conj().T)
    k = len(S)
    assert np.abs(U[:, :k] * S @ Vh[:k] - a).max(initial=0) <= 60 * EPS * size_of(a)
    assert np.abs(S - reference.S).max(initial=0) <= 60 * EPS * (reference.S.max(initial=0) or 1)
    assert np.all(S >= 0)
    assert np.all(np.diff(S) <= 0)
    assert svdvals(a).tolist() == svd(a, full_matrices=False).S.tolist()


def test_small_singular_values_keep_their_digits():
    b = np.array([[1.0, 1, 1], [1, 2, 3], [1, 3, 6]])
    exact = [1.7320508075688776, 1.4142135623730955e-08, 4.0824829046386255e-17]  # in 90-digit arithmetic
    assert_allclose(svdvals(b * [1, 1e-8, 1e-16]), exact, rtol=4e-15)
    assert_allclose(svdvals((b * [1, 1e-8, 1e-16])[:, ::-1]), exact, rtol=4e-15)


@pytest.mark.parametrize("small", [1e-140, 1e-150, 1e-158, 1e-160, 1e-162, 1e-200, 1e-310])
def test_columns_far_apart_in_size(small):
    large, little = np.random.default_rng(5).normal(size=(2, 6, 2))
    U, S, Vh = svd(np.c_[large, small * little])
    assert is_unitary(U)
    assert is_unitary(Vh.T)
    beside = np.linalg.qr(large, "complete").Q[:, 2:].T @ little  # LAPACK's bidiagonals lose the small ones
    exact = np.r_[np.linalg.svd(large).S, small * np.linalg.svd(beside).S]
    assert_allclose(S, exact, rtol=1e-13, atol=1e-143)


@pytest.mark.parametrize("name", SYMMETRIC)
def test_eigenvalues_of_symmetric_matrices(name):
    a = SYMMETRIC[name]
    values, vectors = eigh(a)
    assert is_unitary(vectors)
    assert np.abs(a @ vectors - vectors * values).max(initial=0) <= 60 * EPS * (np.abs(values).max(initial=0) or 1)
    reference = np.linalg.eigvalsh(a)
    assert np.abs(values - reference).max(initial=0) <= 40 * EPS * (np.abs(reference).max(initial=0) or 1)
    assert values.dtype == float
    assert np.all(np.diff(values) >= 0)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 12), st.integers(0, 10**6))
def test_invariants(n, seed):
    a = np.random.default_rng(seed).normal(size=(n, n))
    S = svdvals(a)
    assert_allclose(np.sum(S**2), np.sum(a**2), rtol=1e-12)
    assert_allclose(np.prod(S), abs(np.linalg.det(a)), rtol=1e-8)
    assert_allclose(svdvals(a.T), S, rtol=1e-10)
    values = eigh(a + a.T).eigenvalues
    assert_allclose(values.sum(), 2 * np.trace(a), atol=1e-11)
    assert_allclose(eigh(a.T @ a).eigenvalues, np.sort(S**2), atol=1e-12 * S[0] ** 2)


@pytest.mark.parametrize("n", range(1, 9))
def test_in_a_tournament_each_meets_each_once(n):
    rounds = list(_rounds(n))
    assert len(rounds) == n - 1 + n % 2
    for p, q in rounds:
        assert len({*p, *q}) == 2 * len(p)
    meetings = [pair for p, q in rounds for pair in zip(p, q, strict=True)]
    assert sorted(meetings) == [(i, j) for i in range(n) for j in range(i + 1, n)]


def test_rounding_across_the_diagonal_is_no_asymmetry():
    a = np.array([[2.0, 1 + 1e-15], [1, 2]])
    assert_allclose(eigh(a).eigenvalues, [1, 3])


def test_eigenvalues_are_those_of_the_symmetric_part():
    assert_allclose(eigh([[0, 1 + 2e-11], [1 - 2e-11, 0]]).eigenvalues, [-1, 1], rtol=1e-14)


def test_small_eigenvalues_keep_their_digits():
    a = [[1, 0.5e-17], [0.5e-17, 1e-34]]
    assert_allclose(eigh(a).eigenvalues, [0.75e-34, 1], rtol=1e-14)


def test_inputs_stay_as_they_are():
    a = np.array([[4.0, 2], [2, 1]])
    a.setflags(write=False)
    svd(a), svdvals(a), eigh(a)
    assert svdvals(a.tolist()).tolist() == svdvals(a).tolist()
