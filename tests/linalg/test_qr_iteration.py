import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import linalg
from scipy.optimize import linear_sum_assignment

from companion.linalg import _qr_iteration as implementation
from companion.linalg import eig, eigh, eigvals, hessenberg, schur
from tests.linalg.matrices import EPS, SINGULAR, SQUARE, is_unitary, size_of

rng = np.random.default_rng(7)
SCALES = 10.0 ** rng.integers(-8, 8, 12)
HARD = {
    **SQUARE,
    **SINGULAR,
    "ring": np.roll(np.eye(8), 1, axis=0),
    "ring, complex": np.roll(np.eye(8), 1, axis=0) + 0j,
    "jordan": 2 * np.eye(30) + np.eye(30, k=1),
    "nilpotent": np.eye(30, k=1),
    "nilpotent, turned": (lambda q: q @ np.eye(9, k=1) @ q.T)(np.linalg.qr(rng.normal(size=(9, 9))).Q),
    "orthogonal": np.linalg.qr(rng.normal(size=(21, 21))).Q,
    "companion of wilkinson's polynomial": linalg.companion(np.poly(np.arange(1, 21))),
    "frank": np.triu(10 - np.maximum.outer(np.arange(10), np.arange(10)), -1).astype(float),
    "grcar": sum(np.eye(30, k=k) for k in range(4)) - np.eye(30, k=-1),
    "badly balanced": SCALES[:, None] * rng.normal(size=(12, 12)) / SCALES,
    "symmetric": (lambda x: x + x.T)(rng.normal(size=(40, 40))),
    "hermitian": (lambda x: x + x.conj().T)(rng.normal(size=(12, 12, 2)) @ [1, 1j]),
    "triangular": np.triu(rng.normal(size=(10, 10))),
    "repeated": np.diag([2.0, 2, 2, 1]),
    "turn": np.array([[0.0, 1], [-1, 0]]),
    "tiny corner": np.array([[0, 1], [1e-300, 0]]),
    "tiny corner beside a diagonal": np.diag([1.0, 2, 3, 4]) + np.eye(4, k=1) + 1e-32 * np.eye(4, k=-3),
    "nearly triangular": np.triu(rng.normal(size=(20, 20))) + 1e-20 * np.tril(rng.normal(size=(20, 20)), -1),
    "day": np.array([[0, 1, 0, 0], [1, 0, 1e-6, 0], [0, -1e-6, 0, 1], [0, 0, 1, 0]]),  # standard shifts may stall here
    "empty": np.empty((0, 0)),
}


def distance(x, y):
    """Return the largest distance between paired eigenvalues, paired as well as possible."""
    cost = np.abs(x[:, None] - y)
    return cost[linear_sum_assignment(cost)].max(initial=0)


@pytest.mark.parametrize("name", HARD)
def test_each_pair_fits(name):
    a = HARD[name]
    values, vectors = eig(a)
    assert np.abs(a @ vectors - vectors * values).max(initial=0) <= 100 * EPS * size_of(a)
    assert_allclose(np.linalg.norm(vectors, axis=0), 1, rtol=1e-14)
    assert values.dtype == vectors.dtype


@pytest.mark.parametrize("name", [name for name in HARD if "wilkinson's" not in name])  # rounding makes pairs there
def test_they_are_real_where_lapacks_are(name):
    assert eig(HARD[name]).eigenvalues.dtype == eigvals(HARD[name]).dtype == np.linalg.eigvals(HARD[name]).dtype


@pytest.mark.parametrize("name", [name for name in HARD if "nilpotent" not in name])
def test_eigenvalues_are_lapacks_to_their_condition(name):
    a = HARD[name]
    reference = np.linalg.eigvals(a)
    # An eigenvalue moves by the perturbation over the cosine between its left and right eigenvectors.
    _, left, right = linalg.eig(a, left=True) if a.size else (np.empty(0), np.empty((0, 0)), np.empty((0, 0)))
    cosines = np.abs(np.sum(left.conj() * right, axis=0))
    condition = 1 / max(cosines.min(initial=1), EPS)
    for computed in (eig(a).eigenvalues, eigvals(a)):
        assert distance(computed, reference) <= 60 * condition * EPS * np.linalg.norm(a, 2 if a.size else None)


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("output", ["real", "complex"])
def test_schur_form(name, output):
    a = HARD[name]
    T, Z = schur(a, output)
    assert is_unitary(Z, times=100)
    assert np.abs(Z @ T @ Z.conj().T - a).max(initial=0) <= 100 * EPS * size_of(a)
    reference = linalg.schur(a, output)[0] if a.size else a.astype(T.dtype)
    assert T.dtype == reference.dtype
    below = np.diag(T, -1)
    assert not np.tril(T, -2).any()
    assert not np.any((below[1:] != 0) & (below[:-1] != 0))
    if np.iscomplexobj(T):
        assert not below.any()
    for k in np.flatnonzero(below):
        assert np.all(np.linalg.eigvals(T[k : k + 2, k : k + 2]).imag != 0)


@pytest.mark.parametrize("name", HARD)
def test_hessenberg_form(name):
    a = HARD[name]
    H, Q = hessenberg(a, calc_q=True)
    assert is_unitary(Q)
    assert not np.tril(H, -2).any()
    assert np.abs(Q @ H @ Q.conj().T - a).max(initial=0) <= 30 * EPS * size_of(a)
    assert_allclose(hessenberg(a), H, rtol=0, atol=0)


def test_pairs_are_exact_conjugates():
    values, vectors = eig(rng.normal(size=(25, 25)))
    above = values.imag > 0
    assert above.any()
    first = np.flatnonzero(above)
    assert values[first + 1].tolist() == values[first].conj().tolist()
    assert np.array_equal(vectors[:, first + 1], vectors[:, first].conj())
    assert not vectors[:, values.imag == 0].imag.any()


def test_known_eigenvalues():
    assert_allclose(np.sort(eigvals([[4, 1], [2, 3]])), [2, 5], rtol=1e-15)
    assert_allclose(np.sort_complex(eigvals([[0, 1], [-1, 0]])), [-1j, 1j])
    assert distance(eigvals(HARD["ring"]), np.exp(2j * np.pi * np.arange(8) / 8)) < 1e-14
    # Those of Frank's matrix are reciprocal in pairs.
    frank = np.triu(5 - np.maximum.outer(np.arange(5), np.arange(5)), -1)
    values = np.sort(eigvals(frank))
    assert_allclose(values * values[::-1], 1, rtol=1e-11)
    tridiagonal = 2 * np.eye(12) - np.eye(12, k=1) - np.eye(12, k=-1)
    assert_allclose(np.sort(eigvals(tridiagonal)), 4 * np.sin(np.arange(1, 13) * np.pi / 26) ** 2, rtol=1e-13)


def test_a_badly_balanced_matrix_keeps_the_digits_of_small_eigenvalues():
    similar = rng.normal(size=(12, 12))
    powers = 2.0 ** rng.integers(-25, 25, 12)
    scaled = powers[:, None] * similar / powers
    assert distance(eigvals(scaled), np.linalg.eigvals(similar)) < 1e-12
    assert distance(implementation._eigenvalues(schur(scaled)[0]), np.linalg.eigvals(similar)) > 1e-6


def test_eigenvalues_of_tiny_blocks_are_right():
    block = np.array([[1.0, 2], [3, 4]])
    for size in (1e-40, 1e-140):
        values = np.sort(eigvals(linalg.block_diag(1, size * block)))
        assert_allclose(values[:2] / size, np.linalg.eigvals(block), rtol=1e-14)
        values, vectors = eig(linalg.block_diag(block, size * block))
        assert_allclose(np.sort(np.abs(values))[:2] / size, np.sort(np.abs(np.linalg.eigvals(block))), rtol=1e-14)
        tiny = np.abs(values) < 10 * size
        assert_allclose(block @ vectors[2:, tiny], vectors[2:, tiny] * (values[tiny] / size), atol=1e-14)
    assert_allclose(np.sort(eigvals(HARD["tiny corner"])), [-1e-150, 1e-150], rtol=1e-14)


@pytest.mark.parametrize("reach", [70, 140, 160])
def test_units_of_any_size(reach):
    powers = np.ldexp(1.0, np.array([0, reach, -reach, 2 * reach, -reach, reach]))
    similar = np.arange(1.0, 37).reshape(6, 6) % 7 + np.eye(6)
    values, vectors = eig(powers[:, None] * similar / powers)
    assert distance(values, np.linalg.eigvals(similar)) < 1e-12
    assert_allclose(np.linalg.norm(vectors, axis=0), 1, rtol=1e-14)
    inner = vectors / powers[:, None]
    inner /= np.abs(inner).max(axis=0)
    assert_allclose(similar @ inner, inner * values, atol=1e-12)


def test_a_chain_of_tiny_ratios_does_not_overflow():
    a = np.eye(8, k=-1) + 1e-300 * np.eye(8, k=1)  # balanced by factors from 1 to 1e1050
    values, vectors = eig(a)
    assert np.all(np.isfinite(values))
    assert np.all(np.isfinite(vectors))
    assert np.abs(a @ vectors - vectors * values).max() < 1e-14


def test_what_balancing_makes_small_keeps_its_digits():
    ring = 1e-300 * np.eye(10, k=1)
    ring[9, 0] = 1
    values, vectors = eig(ring)
    assert distance(values / 1e-270, np.exp(2j * np.pi * np.arange(10) / 10)) < 1e-12
    assert_allclose(np.linalg.norm(vectors, axis=0), 1, rtol=1e-14)


@pytest.mark.parametrize("function", [eig, eigvals])
def test_the_largest_numbers(function):
    a = 1.5e308 * np.array([[0.5, -1], [1, 0.5]])
    values = function(a / 2) if function is eigvals else function(a / 2).eigenvalues
    assert_allclose(values / 1.5e308, [0.25 + 0.5j, 0.25 - 0.5j])


def test_a_defective_matrix_gets_parallel_eigenvectors():
    values, vectors = eig([[1, 1], [0, 1]])
    assert values.tolist() == [1, 1]
    assert abs(vectors[:, 0] @ vectors[:, 1]) > 1 - 1e-15
    assert np.linalg.cond(vectors) > 1e15


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 14), st.booleans(), st.integers(0, 10**6))
def test_invariants(n, real, seed):
    a = np.random.default_rng(seed).normal(size=(n, n, 2)) @ [1, 0 if real else 1j]
    a = a.real if real else a
    values = eigvals(a)
    assert_allclose(values.sum(), np.trace(a), atol=1e-11)
    assert_allclose(values.prod(), np.linalg.det(a), atol=1e-9 * np.prod(np.linalg.norm(a, axis=0)))
    assert distance(eigvals(a.T), values) < 1e-6
    assert distance(eigvals(a @ a), values**2) < 1e-5 * np.linalg.norm(a) ** 2


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 6), st.integers(0, 10**6))
def test_matrices_of_small_integers(n, seed):
    a = np.random.default_rng(seed).integers(-1, 2, size=(n, n))  # many are singular, defective or both
    values, vectors = eig(a)
    assert np.abs(a @ vectors - vectors * values).max() <= 60 * EPS
    assert is_unitary(schur(a)[1])


def test_symmetric_matrices_agree_with_jacobi():
    a = HARD["symmetric"]
    assert_allclose(np.sort(eigvals(a)), eigh(a).eigenvalues, atol=1e-12)


def test_it_takes_two_or_three_sweeps_an_eigenvalue(monkeypatch):
    sweeps = []
    sweep = implementation._sweep
    monkeypatch.setattr(implementation, "_sweep", lambda *args, **kwds: (sweeps.append(1), sweep(*args, **kwds)))
    eigvals(rng.normal(size=(60, 60)))
    assert 60 < len(sweeps) < 180


def test_without_convergence_it_says_so(monkeypatch):
    monkeypatch.setattr(implementation, "_SWEEPS", 0)
    with pytest.raises(np.linalg.LinAlgError, match="did not converge in 0 sweeps"):
        eigvals(rng.normal(size=(5, 5)))


def test_inputs_stay_as_they_are():
    a = np.array([[4.0, 1], [2, 3]])
    a.setflags(write=False)
    eig(a), eigvals(a), schur(a), hessenberg(a)
    assert eigvals(a.tolist()).tolist() == eigvals(a).tolist()
