import math

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.linalg import adjugate, cofactor_matrix, det, inv, laplace_det, minor
from tests.linalg.matrices import EPS, SINGULAR, SQUARE

NOTES = np.array([[1, 0, 3], [2, 1, 1], [1, 1, 1]])
SIZES = range(1, 9)  # on both sides of the size where the method changes


def integers(n, rank, seed=0):
    """Return a random matrix of integers of that rank or less, and its exact SymPy double."""
    rng = np.random.default_rng([n, rank, seed])
    a = rng.integers(-3, 4, size=(n, rank)) @ rng.integers(-3, 4, size=(rank, n))
    return a, sp.Matrix(a)


def floats(exact):
    return np.array(exact.tolist(), dtype=float).reshape(exact.shape)


def reach(a):
    """Return how far rounding may move a cofactor, by the products of the largest singular values."""
    S = np.linalg.svd(a, compute_uv=False)
    return 100 * EPS * max(np.prod(S[:-2]) * S[0], np.prod(S[:-1]))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("lost", [0, 1, 2, 3])
class TestSympyAgrees:
    def test_cofactors(self, n, lost):
        a, exact = integers(n, max(n - lost, 0))
        assert_allclose(cofactor_matrix(a), floats(exact.cofactor_matrix()), rtol=0, atol=reach(a))

    def test_adjugate(self, n, lost):
        a, exact = integers(n, max(n - lost, 0))
        assert_allclose(adjugate(a), floats(exact.adjugate()), rtol=0, atol=reach(a))

    def test_minors(self, n, lost):
        a, exact = integers(n, max(n - lost, 0))
        for i in range(-n, n):
            for j in range(-n, n):
                assert_allclose(minor(a, i, j), float(exact.minor(i % n, j % n)), rtol=0, atol=reach(a))


def test_the_rank_of_the_adjugate():
    assert [np.linalg.matrix_rank(adjugate(integers(7, rank)[0]), tol=1e-3) for rank in (7, 6, 5)] == [7, 1, 0]
    assert np.abs(adjugate(integers(7, 6)[0])).max() > 1000  # so that a singular matrix is a case


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("phase", [1, 1j])
def test_complex_cofactors(n, phase):
    rng = np.random.default_rng(n)
    a = rng.normal(size=(n, n)) + phase * rng.normal(size=(n, n)) * 1j
    expected = np.linalg.det(a) * np.linalg.inv(a)
    assert np.iscomplexobj(adjugate(a))
    assert_allclose(adjugate(a), expected, atol=1e-12 * np.abs(expected).max())
    assert_allclose(cofactor_matrix(a), expected.T, atol=1e-12 * np.abs(expected).max())


@pytest.mark.parametrize("name", ["random", "large enough for halves", "kahan", "wilkinson", "complex", "permutation"])
def test_inverse_times_determinant(name):
    a = SQUARE[name]
    expected = np.linalg.det(a) * np.linalg.inv(a)
    assert np.abs(adjugate(a) - expected).max() <= 200 * EPS * np.linalg.cond(a) * np.abs(expected).max()
    assert_allclose(adjugate(a) / det(a), inv(a), atol=200 * EPS * np.linalg.cond(a) * np.abs(inv(a)).max())


def test_a_hard_matrix():
    # Hilbert's: one part in 1e13 of singular, and the inverse holds integers
    exact = sp.Matrix(8, 8, lambda i, j: sp.Rational(1, i + j + 1)).adjugate()
    hilbert = np.array([[1 / (i + j + 1) for j in range(8)] for i in range(8)])
    assert np.abs(adjugate(hilbert) - floats(exact)).max() <= reach(hilbert)
    assert reach(hilbert) < 1e-3 * np.abs(floats(exact)).max()


@pytest.mark.parametrize("name", SINGULAR)
def test_singular_matrices_make_no_nan(name):
    a = SINGULAR[name]
    assert np.abs(a @ adjugate(a)).max() <= reach(a) * np.abs(a).sum()
    assert np.isfinite(adjugate(a)).all()


def test_published_values():
    assert_allclose(cofactor_matrix(NOTES), [[0, -1, 1], [3, -2, -1], [-3, 5, 1]], rtol=1e-14)
    assert_allclose(adjugate([[1, 2, 3], [0, 1, 4], [5, 6, 0]]), [[-24, 18, 5], [20, -15, -4], [-5, 4, 1]], rtol=1e-14)
    assert not np.signbit(cofactor_matrix(np.eye(4))).any()


def test_smallest_shapes():
    assert adjugate([[7]]).tolist() == cofactor_matrix([[0]]).tolist() == [[1]]
    assert minor([[7]], 0, 0) == 1
    assert adjugate(np.empty((0, 0))).shape == (0, 0)
    assert laplace_det([[7]]) == (7, 0)
    assert laplace_det(np.empty((0, 0))) == (1, 0)
    assert adjugate([[1, 2], [3, 4]]).dtype == float


@pytest.mark.parametrize(
    "sizes", [[1e170, 1e130, 1e-150], [1e110] * 3 + [1e-25, 1e-25, 7e-25], [1e-110] * 3 + [1e25, 1e25, 3e25]]
)
@pytest.mark.parametrize("unit", [1, 1j])
def test_partial_products_beyond_the_range_of_floats(sizes, unit):
    n = len(sizes)
    for order in (list(range(n)), list(reversed(range(n))), [*range(1, n), 0]):
        a = unit * np.diag(sizes)[order]
        logs = np.log2(sizes)
        expected = round(np.linalg.det(np.eye(n)[order])) * unit ** (n - 1) * np.diag(2.0 ** (logs.sum() - logs))[order]
        assert_allclose(cofactor_matrix(a), expected, rtol=1e-12, atol=1e-13 * np.abs(expected).max())


def test_cofactors_beyond_the_range_of_floats():
    large, small = adjugate(SQUARE["large"]), adjugate(SQUARE["small"])
    signs = np.sign(np.linalg.inv(1e-200 * SQUARE["large"]) * np.linalg.det(1e-200 * SQUARE["large"]))
    assert np.array_equal(large, signs * np.inf)
    assert not small.any()


@pytest.mark.parametrize("unit", [1, -1, 1j])
@pytest.mark.parametrize(
    ("sizes", "expected"),
    [([1e200, 1e200, 1e-200], [1, 1, np.inf]), ([1e120] * 3 + [1e-10] * 2, [1e220] * 3 + [np.inf] * 2)],
    ids=["elimination", "singular values"],
)
def test_some_cofactors_beyond_the_range_of_floats(unit, sizes, expected):
    n = len(sizes)
    found = cofactor_matrix(unit * np.diag(sizes)[[1, 0, *range(2, n)]])  # two rows are swapped: the sign changes
    sign = -(unit ** (n - 1)).real  # n - 1 is even
    reach = 1e-14 * expected[0]
    assert_allclose(found.real, sign * np.diag(expected)[[1, 0, *range(2, n)]], rtol=1e-12, atol=reach)
    assert np.abs(found.imag).max() <= reach


@pytest.mark.parametrize("i", range(4))
@pytest.mark.parametrize("j", range(4))
def test_an_infinite_complex_cofactor_keeps_its_direction(i, j):
    a = np.ones((4, 4), dtype=complex)
    a[np.arange(4) != i] = 1e150j * np.insert(np.eye(3), j, 0, axis=1)  # so that the minor is -1e450j
    found = cofactor_matrix(a)[i, j]
    assert (found.real, found.imag) == (0, -((-1) ** (i + j)) * np.inf)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 7), st.integers(0, 10**6))
def test_identities(n, seed):
    a, b = np.random.default_rng(seed).integers(-2, 3, size=(2, n, n)).astype(float)
    sized = 1e-11 * 10.0**n
    assert_allclose(a @ adjugate(a), det(a) * np.eye(n), atol=sized)
    assert_allclose(adjugate(a) @ a, det(a) * np.eye(n), atol=sized)
    assert_allclose(adjugate(a @ b), adjugate(b) @ adjugate(a), atol=1e-11 * 50.0**n)
    assert_allclose(adjugate(a.T), adjugate(a).T, atol=sized)
    assert_allclose(cofactor_matrix(a).sum(), det(a + 1) - det(a), atol=sized)
    assert_allclose(laplace_det(a).det, det(a), atol=sized)
    if n > 1:
        assert_allclose(minor(a, 0, n - 1), (-1) ** (n - 1) * cofactor_matrix(a)[0, -1], atol=sized)


class TestLaplace:
    @pytest.mark.parametrize("n", range(1, 7))
    def test_integers_come_out_exact(self, n):
        a, exact = integers(n, n)
        assert laplace_det(a).det == int(exact.det())
        assert isinstance(laplace_det(a).det, float)

    @pytest.mark.parametrize("entries", [[[2, 7, 1], [8, 2, 8], [1, 8, 2]], [[True, True], [False, True]]])
    @pytest.mark.parametrize("kind", [None, np.uint8, np.int16, object, float, complex])
    def test_kinds_of_numbers(self, entries, kind):
        # the differences are negative: small and unsigned integers must not wrap around
        found = laplace_det(np.array(entries, dtype=kind)).det
        assert found == int(sp.Matrix(np.array(entries, dtype=int)).det())
        assert isinstance(found, complex if kind is complex else float)

    def test_gaussian_integers_come_out_exact(self):
        a = np.random.default_rng(1).integers(-9, 10, size=(2, 5, 5))
        exact = sp.expand(sp.Matrix(a[0] + 1j * a[1].astype(object)).applyfunc(sp.nsimplify).det(method="berkowitz"))
        assert laplace_det(a[0] + 1j * a[1]).det == complex(exact)
        assert laplace_det([[1j]]) == (1j, 0)

    def test_beyond_the_range_of_floats(self):
        assert laplace_det(np.diag([1e200, 1e200])) == (np.inf, 2)
        assert laplace_det(np.diag([1e-200, 1e-200])) == (0, 2)
        assert np.isnan(laplace_det(1e200 * np.ones((3, 3))).det)

    def test_complex(self):
        a = np.random.default_rng(0).normal(size=(2, 5, 5))
        assert_allclose(laplace_det(a[0] + 1j * a[1]).det, np.linalg.det(a[0] + 1j * a[1]), rtol=1e-13)

    @pytest.mark.parametrize("n", range(2, 8))
    def test_number_of_products(self, n):
        # n! / k! products form the determinants with k + 1 columns: the choices of what is left out, in order
        products = sum(math.factorial(n) // math.factorial(k) for k in range(1, n))
        assert laplace_det(np.ones((n, n))).products == products
        assert products > math.factorial(n) or n == 2
        assert products <= (math.e - 1) * math.factorial(n)

    def test_the_largest_size(self):
        with pytest.raises(ValueError, match="at most 10 columns, got 11"):
            laplace_det(np.eye(11))


def test_inputs_stay_as_they_are():
    for n in (3, 6):
        a = np.random.default_rng(n).normal(size=(n, n))
        before = a.copy()
        a.setflags(write=False)
        minor(a, 0, 1), cofactor_matrix(a), adjugate(a), laplace_det(a)
        assert np.array_equal(a, before)
        assert np.array_equal(adjugate(a.tolist()), adjugate(a))
