import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.linalg import det, inv, lu, slogdet, solve, solve_triangular
from tests.linalg.matrices import ALL, EPS, SINGULAR, SQUARE, size_of

SOLVABLE = {name: a for name, a in SQUARE.items() if name != "wilkinson"}


def roundings(a):
    """Return the relative error to allow a determinant: few digits go, also if grading makes the condition huge."""
    return min(EPS * np.linalg.cond(a), 1e-3) + 1e-11


@pytest.mark.parametrize("name", ALL)
class TestFactors:
    def test_product_and_forms(self, name):
        a = ALL[name]
        p, low, up = lu(a)
        assert np.abs(p @ low @ up - a).max(initial=0) <= 40 * EPS * size_of(a)
        assert np.all(np.triu(low, 1) == 0)
        assert np.all(np.diag(low) == 1)
        assert np.all(np.tril(up, -1) == 0)
        assert np.abs(low).max(initial=0) <= 1 + 1e-15
        assert np.all(p.sum(axis=0) == 1)
        assert np.all(p.sum(axis=1) == 1)

    def test_determinant(self, name):
        a = ALL[name]
        if a.shape[0] != a.shape[1]:
            return
        with np.errstate(over="ignore"):
            reference = np.linalg.det(a)
            if np.isfinite(reference) and name not in SINGULAR:
                assert_allclose(det(a), reference, rtol=roundings(a))
        ours, theirs = slogdet(a), np.linalg.slogdet(a)
        if name not in SINGULAR:
            assert_allclose(ours, theirs, rtol=1e-8, atol=roundings(a))


@pytest.mark.parametrize("name", ["random", "large enough for halves", "wilkinson", "permutation", "tall", "wide"])
def test_factors_are_scipy_s(name):
    for ours, theirs in zip(lu(ALL[name]), scipy.linalg.lu(ALL[name]), strict=True):
        assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", SOLVABLE)
@pytest.mark.parametrize("sides", [(), (3,)])
def test_solutions_are_backward_stable(name, sides):
    a = SQUARE[name]
    x = np.random.default_rng(1).normal(size=(len(a), *sides))
    b = a @ x
    found = solve(a, b)
    assert found.shape == b.shape
    reach = np.abs(a).sum(axis=1).max() * np.abs(found).max()
    assert np.abs(a @ found - b).max() <= 40 * EPS * reach
    theirs = np.linalg.solve(a, b)
    assert np.abs(found - theirs).max() <= 100 * EPS * np.linalg.cond(a) * np.abs(theirs).max()


def test_pivoting_saves_the_digits():
    assert_allclose(solve([[1e-20, 1], [1, 1]], [1, 2]), [1, 1], rtol=1e-15)


@pytest.mark.parametrize("name", SOLVABLE)
def test_inverse(name):
    a = SQUARE[name]
    assert np.abs(a @ inv(a) - np.eye(len(a))).max() <= 100 * EPS * np.linalg.cond(a)


def test_complex_right_side_of_a_real_system():
    assert_allclose(solve([[2, 1], [1, 3]], [1j, 2]), np.linalg.solve([[2, 1], [1, 3]], [1j, 2]))
    assert_allclose(solve_triangular([[2, 1], [0, 3]], [1j, 2]), np.linalg.solve([[2, 1], [0, 3]], [1j, 2]))


@pytest.mark.parametrize("n", [1, 2, 24, 25, 80])
@pytest.mark.parametrize("lower", [True, False])
@pytest.mark.parametrize("unit_diagonal", [True, False])
@pytest.mark.parametrize("sides", [(), (4,)])
def test_triangular_systems(n, lower, unit_diagonal, sides):
    rng = np.random.default_rng(n)
    a, b = rng.normal(size=(n, n)) / n + 2 * np.eye(n), rng.normal(size=(n, *sides))
    kwargs = {"lower": lower, "unit_diagonal": unit_diagonal}
    assert_allclose(solve_triangular(a, b, **kwargs), scipy.linalg.solve_triangular(a, b, **kwargs), rtol=1e-11)


def test_a_unit_diagonal_is_not_looked_at():
    assert solve_triangular([[0, 1], [0, 0]], [3, 1], unit_diagonal=True).tolist() == [2, 1]


@pytest.mark.parametrize("order", [[0], [1, 0], [1, 2, 0], [1, 0, 3, 2], [2, 0, 1, 4, 3], [0, 3, 2, 1]])
def test_sign_of_permutations(order):
    matrix = np.eye(len(order))[order]
    assert det(matrix) == round(np.linalg.det(matrix))


def test_singular_determinants_are_zero():
    assert det(np.ones((3, 3))) == 0
    assert slogdet(np.zeros((2, 2))) == (0, -np.inf)
    assert det(np.empty((0, 0))) == 1


@pytest.mark.parametrize("sizes", [[1e200, 1e200, 1e-200, 1e-200], [1e-200, 1e-200, 1e200, 1e200], [1e200, 1e200, 0]])
@pytest.mark.parametrize("unit", [1, 1j])
def test_determinants_whose_partial_products_leave_the_range_of_floats(sizes, unit):
    assert_allclose(det(unit * np.diag(sizes)), np.prod(np.sign(sizes)), rtol=1e-14)


def test_determinants_beyond_the_range_of_floats():
    a = 1e200 * np.array([[2.0, 1], [1, 1]])
    sign, logabsdet = slogdet(a)
    assert sign == 1
    assert_allclose(logabsdet, 400 * np.log(10))


@pytest.mark.parametrize("unit", [1, -1, 1j])
def test_determinants_at_the_ends_of_the_range_of_floats(unit):
    swapped = np.array([[0, 1e170, 0], [1e170, 0, 0], [0, 0, 1e-2]])
    for a, sign in ((unit * np.diag([1e200, 1e200]), unit**2), (unit * swapped, -(unit**3))):
        with pytest.warns(RuntimeWarning, match="overflow"):
            found = det(a)
        assert np.isinf(found)
        assert (np.sign(found.real), np.sign(found.imag)) == (sign.real, sign.imag)
    assert det(unit * np.diag([1e-200, 1e-200])) == 0
    for sizes, expected in (
        ([1e-200, 1e-120], 1e-320),
        ([2.0**-1022, 2.0**1000], 2.0**-22),
        ([2.0**1023, 0.75], 1.5 * 2.0**1022),
    ):
        assert_allclose(det(unit * np.diag(sizes)), unit**2 * expected, rtol=1e-14, atol=5e-324)


def test_a_determinant_with_a_subnormal_entry():
    assert det(np.diag([5e-324, 2.0**1000])) == 2.0**-74


def test_only_a_part_of_a_complex_determinant_overflows():
    with pytest.warns(RuntimeWarning, match="overflow"):
        found = det(np.diag([1e160 * (1 + 1e-20j), 1e160]))
    assert found.real == np.inf
    assert_allclose(found.imag, 1e300, rtol=1e-12)


def test_sign_of_a_complex_determinant():
    sign, logabsdet = slogdet([[2j, 0], [0, 3]])
    assert_allclose([sign, logabsdet], [1j, np.log(6)])


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 40), st.integers(0, 10**6))
def test_determinant_of_products_and_transposes(n, seed):
    a, b = np.random.default_rng(seed).normal(size=(2, n, n))
    (sa, la), (sb, lb), (sc, lc), (st_, lt) = slogdet(a), slogdet(b), slogdet(a @ b), slogdet(a.T)
    assert sa * sb == sc
    assert st_ == sa
    assert_allclose([lc, lt], [la + lb, la], atol=1e-6)


def test_inputs_stay_as_they_are():
    a, b = np.array([[0.0, 2], [3, 4]]), np.array([1.0, 2])
    for array in (a, b):
        array.setflags(write=False)
    lu(a), solve(a, b), inv(a), det(a), slogdet(a), solve_triangular(a + np.eye(2), b)
    assert solve(a.tolist(), b.tolist()).tolist() == solve(a, b).tolist()
