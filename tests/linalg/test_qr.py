import numpy as np
import pytest
from numpy.testing import assert_allclose

from companion.linalg import gram_schmidt, qr
from tests.linalg.matrices import ALL, EPS, OBLONG, SQUARE, hilbert, is_unitary, size_of

INDEPENDENT = {
    name: a for name, a in (SQUARE | OBLONG).items() if np.linalg.matrix_rank(a) == a.shape[1] and 0 not in a.shape
}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("mode", ["reduced", "complete"])
def test_householder(name, mode):
    a = ALL[name]
    Q, R = qr(a, mode)
    reference = np.linalg.qr(a, mode)
    assert Q.shape == reference.Q.shape
    assert R.shape == reference.R.shape
    assert is_unitary(Q)
    assert np.all(np.tril(R, -1) == 0)
    assert np.abs(Q @ R - a).max(initial=0) <= 60 * EPS * size_of(a)


@pytest.mark.parametrize("name", ["random", "kahan", "permutation", "tall", "wide", "one", "a row", "a column"])
def test_signs_are_numpy_s(name):
    for ours, theirs in zip(qr(ALL[name]), np.linalg.qr(ALL[name]), strict=True):
        assert_allclose(ours, theirs, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("name", INDEPENDENT)
@pytest.mark.parametrize("method", ["modified", "classical"])
def test_gram_schmidt(name, method):
    a = INDEPENDENT[name]
    Q, R = gram_schmidt(a, method)
    assert np.all(np.tril(R, -1) == 0)
    assert np.all(np.diag(R).real > 0)
    assert_allclose(np.diag(R).imag, 0)
    assert np.abs(Q @ R - a).max() <= 20 * EPS * size_of(a)
    assert_allclose(np.linalg.norm(Q, axis=0), 1, rtol=1e-14)
    if method == "modified":
        assert np.abs(Q.conj().T @ Q - np.eye(Q.shape[1])).max() <= 40 * EPS * np.linalg.cond(a)


def test_the_two_methods_lose_orthogonality_as_they_should():
    def loss(method, n=8):
        Q = gram_schmidt(hilbert(n), method).Q
        return np.abs(Q.T @ Q - np.eye(n)).max()

    condition = np.linalg.cond(hilbert(8))
    assert EPS * condition / 100 < loss("modified") < EPS * condition
    assert loss("classical") > 0.1


def test_columns_far_apart_in_size():
    a = np.array([[1e200, 1e-200], [1e200, 2e-200]])
    Q, R = qr(a)
    assert is_unitary(Q)
    assert_allclose(Q @ R, a, rtol=1e-14)
    for method in ("modified", "classical"):
        Q, R = gram_schmidt(a, method)
        assert is_unitary(Q)
        assert_allclose(Q @ R, a, rtol=1e-14)
        assert_allclose(R, [[np.sqrt(2) * 1e200, 1.5 * np.sqrt(2) * 1e-200], [0, np.sqrt(0.5) * 1e-200]], rtol=1e-14)


@pytest.mark.parametrize("method", ["modified", "classical"])
def test_signs_and_order_of_the_directions(method):
    a = ALL["tall, complex"]
    Q, R = gram_schmidt(a, method)
    reference = np.linalg.qr(a)
    phases = np.diag(reference.R) / np.abs(np.diag(reference.R))
    assert_allclose(Q, reference.Q * phases, atol=1e-14)
    assert_allclose(R, reference.R / phases[:, None], atol=1e-14)


def test_twice_is_enough():
    for n in (8, 10, 11):
        Q = gram_schmidt(gram_schmidt(hilbert(n)).Q).Q
        assert np.abs(Q.T @ Q - np.eye(n)).max() < 4 * EPS


@pytest.mark.parametrize("method", ["modified", "classical"])
def test_a_column_is_taken_for_dependent_up_to_m_roundings(method):
    for factor, independent in ((0.9, False), (1.1, True)):
        a = np.array([[1, 1], [0, 3 * factor * EPS], [0, 0]])
        if independent:
            assert_allclose(np.abs(gram_schmidt(a, method).Q), np.eye(3, 2), atol=1e-15)
        else:
            with pytest.raises(np.linalg.LinAlgError, match="column 1"):
                gram_schmidt(a, method)


def test_no_columns():
    assert [x.shape for x in gram_schmidt(np.empty((3, 0)))] == [(3, 0), (0, 0)]
    assert [x.shape for x in gram_schmidt(np.empty((0, 0)))] == [(0, 0), (0, 0)]


def test_inputs_stay_as_they_are():
    a = np.array([[0.0, 2], [3, 4]])
    a.setflags(write=False)
    qr(a), gram_schmidt(a)
    assert qr(a.tolist()).R.tolist() == qr(a).R.tolist()
