import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.linalg import matrix_rank, null_space, orth
from tests.linalg.matrices import ALL, EPS, SINGULAR, is_unitary, size_of


def projector(basis):
    return basis @ basis.conj().T


@pytest.mark.parametrize("name", ALL)
def test_numpy_and_scipy_agree(name):
    a = ALL[name]
    rank = int(np.linalg.matrix_rank(a)) if a.size else 0
    assert matrix_rank(a) == rank
    for ours, theirs in ((null_space(a), scipy.linalg.null_space), (orth(a), scipy.linalg.orth)):
        wanted = theirs(a) if a.size else ours
        assert ours.shape == wanted.shape
        assert ours.dtype == wanted.dtype
        assert_allclose(projector(ours), projector(wanted), atol=1e-11)


@pytest.mark.parametrize("name", ALL)
def test_what_the_bases_are_for(name):
    a = ALL[name]
    N, Q = null_space(a), orth(a)
    assert N.shape == (a.shape[1], a.shape[1] - matrix_rank(a))
    assert Q.shape == (a.shape[0], matrix_rank(a))
    assert is_unitary(N)
    assert is_unitary(Q)
    assert np.abs(a @ N).max(initial=0) <= 60 * EPS * size_of(a)
    assert np.abs(Q @ (Q.conj().T @ a) - a).max(initial=0) <= 60 * EPS * size_of(a)


def test_complex_combinations_vanish_without_conjugates():
    a = np.array([[1, 1j, 2], [2j, -2, 1]])
    N = null_space(a)
    assert N.shape == (3, 1)
    assert_allclose(a @ N, 0, atol=1e-15)
    assert_allclose(projector(N), projector(scipy.linalg.null_space(a)), atol=1e-15)
    Q = orth(a[:, :2])
    assert_allclose(projector(Q), [[0.2, -0.4j], [0.4j, 0.8]], atol=1e-15)


def test_known_ranks():
    assert {name: matrix_rank(a) for name, a in SINGULAR.items()} == {
        "rank five": 5,
        "zeros": 0,
        "ones": 1,
        "a column of zeros": 5,
    }
    assert isinstance(matrix_rank(np.eye(2)), int)


def test_tolerances():
    a = np.diag([100.0, 1.0, 1e-3, 0.0])
    for tol in (0, 1e-4, 1e-3, 0.5, 1, 99, 100, 200):
        assert matrix_rank(a, tol) == np.linalg.matrix_rank(a, tol)
    for share in (0.0, 1e-6, 1e-5, 0.009, 0.02, 1.0):
        rank = np.linalg.matrix_rank(a, rtol=share)
        assert matrix_rank(a, rtol=share) == rank
        assert null_space(a, share).shape == scipy.linalg.null_space(a, share).shape == (4, 4 - rank)
        assert orth(a, share).shape == scipy.linalg.orth(a, share).shape == (4, rank)


@pytest.mark.parametrize("shape", [(2, 5), (5, 2), (9, 9)])
def test_the_default_tolerance_counts_the_longer_side(shape):
    edge = max(shape) * EPS
    for factor, rank in ((0.9, 1), (1.1, 2)):
        a = np.zeros(shape)
        a[0, 0], a[1, 1] = 4, 4 * factor * edge
        assert matrix_rank(a) == np.linalg.matrix_rank(a) == rank
        assert orth(a).shape[1] == rank
        assert null_space(a).shape[1] == shape[1] - rank


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 7), st.integers(1, 7), st.integers(0, 7), st.integers(0, 10**6))
def test_rank_and_nullity_add_up(m, n, r, seed):
    rng = np.random.default_rng(seed)
    r = min(r, m, n)
    a = rng.normal(size=(m, r)) @ rng.normal(size=(r, n))
    assert matrix_rank(a) == matrix_rank(a.T) == r
    assert matrix_rank(1e-100 * a) == matrix_rank(a[::-1]) == r
    assert null_space(a).shape[1] + orth(a).shape[1] == n


def test_inputs_stay_as_they_are():
    a = np.array([[1.0, 2], [2, 4]])
    a.setflags(write=False)
    matrix_rank(a), null_space(a), orth(a)
    assert matrix_rank(a.tolist()) == 1
    assert null_space(a.tolist()).tolist() == null_space(a).tolist()
