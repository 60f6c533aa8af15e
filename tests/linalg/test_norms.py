import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.linalg import cond, norm
from tests.linalg.matrices import ALL, SQUARE, hilbert

VECTOR_ORDERS = [None, 1, 2, 3, 1.5, 0.5, 0, -1, -2.5, np.inf, -np.inf]
MATRIX_ORDERS = [None, "fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf]
CUBE = np.random.default_rng(0).normal(size=(3, 4, 5))
COMPLEX = CUBE + 1j * np.random.default_rng(1).normal(size=(3, 4, 5))


@pytest.mark.parametrize("x", [CUBE, COMPLEX], ids=["real", "complex"])
@pytest.mark.parametrize("keepdims", [False, True])
class TestNumpyAgrees:
    @pytest.mark.parametrize("axis", [0, 1, -1, (1,)])
    @pytest.mark.parametrize("ord", VECTOR_ORDERS)
    def test_vectors(self, x, ord, axis, keepdims):
        assert_allclose(norm(x, ord, axis, keepdims), np.linalg.norm(x, ord, axis, keepdims), rtol=1e-14)

    @pytest.mark.parametrize("axis", [(0, 1), (1, 0), (-1, 0), (2, 1)])
    @pytest.mark.parametrize("ord", MATRIX_ORDERS)
    def test_matrices(self, x, ord, axis, keepdims):
        assert_allclose(norm(x, ord, axis, keepdims), np.linalg.norm(x, ord, axis, keepdims), rtol=1e-13)

    def test_all_in_one(self, x, keepdims):
        ours, theirs = norm(x, keepdims=keepdims), np.linalg.norm(x, keepdims=keepdims)
        assert np.shape(ours) == np.shape(theirs)
        assert_allclose(ours, theirs, rtol=1e-14)


@pytest.mark.parametrize("ord", VECTOR_ORDERS)
def test_one_vector_gives_a_number(ord):
    x = [3.0, -1, 0, 2] if ord is None or ord >= 0 else [3.0, -1, 5, 2]
    assert isinstance(norm(x, ord), float)
    assert_allclose(norm(x, ord), np.linalg.norm(x, ord), rtol=1e-15)


@pytest.mark.parametrize("ord", MATRIX_ORDERS)
def test_one_matrix_gives_a_number(ord):
    assert isinstance(norm(CUBE[0], ord), float)


@pytest.mark.parametrize("scale", [1e200, 1e-200, 1e300, 1e-300])
@pytest.mark.parametrize("ord", [1, 2, 3, 7.5, np.inf])
def test_no_power_overflows_or_vanishes(scale, ord):
    assert_allclose(norm([3 * scale, -4 * scale], ord), norm([3, -4], ord) * scale, rtol=1e-14)
    assert_allclose(norm(np.diag([3 * scale, 4 * scale])), 5 * scale, rtol=1e-14)


@pytest.mark.parametrize("p", [64, 2000, 1e6, 1e300])
def test_no_large_power_overflows_or_vanishes(p):
    assert norm([3, 1], p) == 3
    assert_allclose(norm([3, -3], p), 3 * 2 ** (1 / p), rtol=1e-14)
    assert_allclose(norm([3, 3], -p), 3 * 2 ** (-1 / p), rtol=1e-14)
    assert norm([5, 3], -p) == pytest.approx(3, rel=1e-14)
    assert norm([0, 0], p) == 0


def test_what_is_empty_has_the_norm_0():
    assert [norm(np.empty(0), p) for p in (1, 2, 3, np.inf)] == [0] * 4
    assert [norm(np.empty((0, 3)), p) for p in (1, 2, np.inf, "fro", "nuc")] == [0] * 5
    assert norm(np.empty((2, 0, 3)), 2, axis=(1, 2)).tolist() == [0, 0]
    assert norm(np.empty((0, 2, 3)), 2, axis=(1, 2)).shape == (0,)


def test_zeros():
    assert [norm([0, 0], p) for p in (1, 2, 3, np.inf, 0)] == [0] * 5
    assert norm([0, 2], -1) == 0
    assert norm([]) == 0
    assert norm(np.zeros((2, 3)), 2) == 0


def norms_of(x):
    return [norm(x, p) for p in (np.inf, 10, 3, 2, 1.5, 1)]


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 8), st.integers(0, 10**6))
def test_norms_of_vectors(n, seed):
    x, y = np.random.default_rng(seed).normal(size=(2, n))
    assert np.all(np.diff(norms_of(x)) >= -1e-12)  # they fall as p grows
    assert norm(x, 1) <= np.sqrt(n) * norm(x) * (1 + 1e-12)
    for p in (1, 1.5, 2, 3, np.inf):
        assert norm(x + y, p) <= (norm(x, p) + norm(y, p)) * (1 + 1e-12)
        assert_allclose(norm(-2.5 * x, p), 2.5 * norm(x, p), rtol=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 10**6))
def test_induced_norms_bound_what_a_matrix_does(m, n, seed):
    rng = np.random.default_rng(seed)
    a, b, x = rng.normal(size=(m, n)), rng.normal(size=(n, m)), rng.normal(size=n)
    for p in (1, 2, np.inf):
        assert norm(a @ x, p) <= norm(a, p) * norm(x, p) * (1 + 1e-12)
        assert norm(a @ b, p) <= norm(a, p) * norm(b, p) * (1 + 1e-12)
    assert norm(a, 2) <= norm(a) * (1 + 1e-12) <= norm(a, "nuc") * (1 + 1e-11)


@pytest.mark.parametrize("p", [None, 1, -1, 2, -2, np.inf, -np.inf, "fro", "nuc"])
@pytest.mark.parametrize("a", [CUBE[0, :, :4], COMPLEX[0, :, :4], hilbert(5)], ids=["real", "complex", "hilbert"])
def test_condition_numbers(a, p):
    assert_allclose(cond(a, p), np.linalg.cond(a, p), rtol=1e-9)


@pytest.mark.parametrize("name", [name for name in SQUARE if name not in ("graded rows", "graded columns")])
def test_condition_numbers_of_hard_matrices(name):
    assert_allclose(cond(SQUARE[name]), np.linalg.cond(SQUARE[name]), rtol=1e-3)


@pytest.mark.parametrize("p", [None, 1, "fro", np.inf, -2])
def test_singular_matrices_have_an_infinite_condition_number(p):
    assert cond(np.zeros((2, 2)), p) == np.inf


def test_condition_number_of_an_oblong_matrix():
    assert_allclose(cond(ALL["tall"]), np.linalg.cond(ALL["tall"]))
