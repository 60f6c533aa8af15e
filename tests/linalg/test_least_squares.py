from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.linalg import LinAlgError
from numpy.testing import assert_allclose

from companion.linalg import cholesky, cond, lstsq, pinv, svdvals
from tests.linalg.matrices import ALL, EPS, OBLONG, SINGULAR, hilbert, size_of

# Employment in the United States, 1947 to 1962 (J. W. Longley, JASA 62, 1967), with the certified values of NIST StRD.
LONGLEY = np.array(
    [
        [83.0, 234289, 2356, 1590, 107608, 1947, 60323],
        [88.5, 259426, 2325, 1456, 108632, 1948, 61122],
        [88.2, 258054, 3682, 1616, 109773, 1949, 60171],
        [89.5, 284599, 3351, 1650, 110929, 1950, 61187],
        [96.2, 328975, 2099, 3099, 112075, 1951, 63221],
        [98.1, 346999, 1932, 3594, 113270, 1952, 63639],
        [99.0, 365385, 1870, 3547, 115094, 1953, 64989],
        [100.0, 363112, 3578, 3350, 116219, 1954, 63761],
        [101.2, 397469, 2904, 3048, 117388, 1955, 66019],
        [104.6, 419180, 2822, 2857, 118734, 1956, 67857],
        [108.4, 442769, 2936, 2798, 120445, 1957, 68169],
        [110.8, 444546, 4681, 2637, 121950, 1958, 66513],
        [112.6, 482704, 3813, 2552, 123366, 1959, 68655],
        [114.2, 502601, 3931, 2514, 125368, 1960, 69564],
        [115.7, 518173, 4806, 2572, 127852, 1961, 69331],
        [116.9, 554894, 4007, 2827, 130081, 1962, 70551],
    ]
)
CERTIFIED = [
    -3482258.63459582,
    15.0618722713733,
    -0.0358191792925910,
    -2.02022980381683,
    -1.03322686717359,
    -0.0511041056535807,
    1829.15146461355,
]
CERTIFIED_RESIDUAL = 836424.055505915


def right_sides(a, *shape):
    return np.random.default_rng(5).normal(size=(len(a), *shape))


def exact_solution(a, b):
    """Return the least-squares solution for the floats as they are, by the normal equations in fractions."""
    a, b = (sp.Matrix(np.vectorize(sp.Rational, otypes=[object])(np.atleast_2d(m).astype(float))) for m in (a, b))
    b = b.T if b.shape[0] == 1 else b
    x = (a.T * a).LUsolve(a.T * b)
    rest = b - a * x
    return np.array(x, dtype=float).ravel(), float((rest.T * rest)[0])


@pytest.mark.parametrize("sides", [(), (1,), (3,)])
@pytest.mark.parametrize("name", ALL)
class TestNumpyAgrees:
    def test_form(self, name, sides):
        a = ALL[name]
        ours, theirs = lstsq(a, right_sides(a, *sides)), np.linalg.lstsq(a, right_sides(a, *sides))
        assert ours.rank == theirs[2]
        assert isinstance(ours.rank, int)
        for mine, other in ((ours.x, theirs[0]), (ours.residuals, theirs[1]), (ours.s, theirs[3])):
            assert mine.shape == other.shape
            assert mine.dtype == other.dtype

    def test_numbers(self, name, sides):
        a, b = ALL[name], right_sides(ALL[name], *sides)
        ours, theirs = lstsq(a, b), np.linalg.lstsq(a, b)
        positive = ours.s[: ours.rank]
        kappa = positive.max(initial=0) / positive.min(initial=np.inf)
        rest = np.linalg.norm(b) / size_of(a @ theirs[0])  # the length of the residual is less than that of b
        shift = 100 * EPS * kappa * (1 + (kappa * rest if len(a) > ours.rank else 0))
        assert np.abs(ours.x - theirs[0]).max(initial=0) <= shift * size_of(theirs[0])
        assert_allclose(ours.residuals, theirs[1], rtol=1e-11)
        assert np.abs(ours.s - theirs[3]).max(initial=0) <= 60 * EPS * ours.s.max(initial=0)

    def test_the_residual_is_perpendicular_to_the_columns(self, name, sides):
        a, b = ALL[name], right_sides(ALL[name], *sides)
        x = lstsq(a, b).x
        scaled = a / size_of(a)
        rest = b - scaled @ (x * size_of(a))
        reach = 1 + np.abs(x).max(initial=0) * size_of(a)
        assert np.abs(scaled.conj().T @ rest).max(initial=0) <= 200 * EPS * reach


@pytest.mark.parametrize("name", [*SINGULAR, *OBLONG])
def test_the_solution_is_the_shortest(name):
    a, b = ALL[name], right_sides(ALL[name])
    x = lstsq(a, b).x
    assert_allclose(x, pinv(a) @ b, atol=1e-11 * size_of(x))
    null = scipy.linalg.null_space(a) if a.size else np.eye(a.shape[1])
    assert np.abs(null.conj().T @ x).max(initial=0) <= 100 * EPS * size_of(x)


@pytest.mark.parametrize(("m", "n"), [(4, 2), (6, 4), (8, 5), (10, 7), (12, 9)])
def test_exact_solutions_of_hilbert_s_columns(m, n):
    a = hilbert(m)[:, :n]
    for b in (a.sum(axis=1), right_sides(a)):  # without and with a residual
        x, squares = exact_solution(a, b)
        found = lstsq(a, b, rcond=0)
        kappa = cond(a)
        steep = kappa * np.sqrt(squares) / np.linalg.norm(a @ x)
        assert np.linalg.norm(found.x - x) <= 10 * EPS * kappa * (1 + steep) * np.linalg.norm(x)
        assert_allclose(found.residuals, squares, rtol=10 * EPS * kappa, atol=(20 * EPS * np.linalg.norm(b)) ** 2)


def test_normal_equations_would_lose_twice_the_digits():
    a = hilbert(10)[:, :7]
    b = a.sum(axis=1)
    x, _ = exact_solution(a, b)
    error = np.linalg.norm(lstsq(a, b).x - x)
    assert error < 1e-7
    assert np.linalg.norm(np.linalg.solve(a.T @ a, a.T @ b) - x) > 1e4 * error


def test_longley_s_certified_values():
    a, b = np.c_[np.ones(16), LONGLEY[:, :6]], LONGLEY[:, 6]
    x, squares = exact_solution(a, b)
    assert_allclose(x, CERTIFIED, rtol=1e-14)
    assert_allclose(squares, CERTIFIED_RESIDUAL, rtol=1e-14)
    found = lstsq(a, b)
    assert found.rank == 7
    assert_allclose(found.x, CERTIFIED, rtol=1e-8)
    assert_allclose(found.residuals, [CERTIFIED_RESIDUAL], rtol=1e-10)


@pytest.mark.parametrize("shape", [(2, 5), (5, 2), (9, 9)])
def test_the_default_share_counts_the_longer_side(shape):
    edge = max(shape) * EPS
    for factor, rank in ((0.9, 1), (1.1, 2)):
        a = np.zeros(shape)
        a[0, 0], a[1, 1] = 4, 4 * factor * edge
        assert lstsq(a, np.ones(shape[0])).rank == np.linalg.lstsq(a, np.ones(shape[0]))[2] == rank


@pytest.mark.parametrize("rcond", [1e-6, 1e-5, 1e-4, 0.009, 0.02, 0.5])
def test_rcond(rcond):
    a, b = np.diag([100.0, 1.0, 1e-3])[:, [2, 0, 1]], np.ones(3)
    ours, theirs = lstsq(a, b, rcond), np.linalg.lstsq(a, b, rcond)
    assert ours.rank == theirs[2]
    assert_allclose(ours.x, theirs[0], rtol=1e-14, atol=1e-16)


def test_rcond_is_taken_at_its_word():
    a, b = np.diag([1.0, 1e-20]), [1.0, 1.0]
    assert [lstsq(a, b, rcond).rank for rcond in (None, 1e-19, 1e-21, 0, 1)] == [1, 1, 2, 2, 0]
    assert lstsq(a, b, 0).x.tolist() == [1, 1e20]
    assert lstsq(a, b, 1).x.tolist() == [0, 0]


@pytest.mark.parametrize("of_a", [1e-200, 1e-30, 1e150, 1e300])
@pytest.mark.parametrize("of_b", [1e-200, 1e-30, 1e150, 1e300])
def test_no_product_overflows_or_vanishes(of_a, of_b):
    a, b = ALL["tall"], right_sides(ALL["tall"])
    plain = lstsq(a, b)
    with np.errstate(over="ignore", under="ignore"):
        scaled = lstsq(of_a * a, of_b * b)
    if -300 < np.log10(of_b) - np.log10(of_a) < 300:
        assert_allclose(scaled.x, plain.x * (of_b / of_a), rtol=1e-11)
        assert_allclose(scaled.s, plain.s * of_a, rtol=1e-12)
    if 1e-100 < of_b < 1e140:
        assert_allclose(scaled.residuals, plain.residuals * of_b**2, rtol=1e-11)


def test_singular_values_may_overflow_and_the_solution_does_not():
    a, b = np.sign(ALL["tall"]), right_sides(ALL["tall"])
    b /= np.abs(b).max()
    with np.errstate(over="ignore"):
        found = lstsq(1e308 * a, 1e308 * b)
    assert np.isinf(found.s[0])
    assert_allclose(found.x, lstsq(a, b).x, rtol=1e-11)


@pytest.mark.parametrize("kind", [1, 1j])
def test_zero_stays_zero_where_the_scale_overflows(kind):
    with np.errstate(over="ignore"):
        x = lstsq(kind * 1e-300 * np.eye(2), [1e300, 0.0]).x
    assert np.isinf(x[0])
    assert x[1] == 0
    assert lstsq([[kind * 5e-324]], [0.0]).x.tolist() == [0]
    assert lstsq([[kind * 5e-324]], [5e-324]).x.tolist() == [1 / kind]


def test_parts_of_complex_numbers_near_the_largest_float():
    z = 1.5e308 + 1.5e308j  # its absolute value overflows
    assert_allclose(lstsq([[1.0]], [z]).x / 1.5e308, [1 + 1j], rtol=1e-14)
    with np.errstate(over="ignore"):
        assert_allclose(lstsq([[z]], [z]).x, [1], rtol=1e-14)


def test_right_sides_of_unlike_sizes_do_not_meet():
    a = ALL["tall"]
    b = right_sides(a, 3) * [1e-280, 1, 1e140]
    together = lstsq(a, b)
    for j in range(3):
        assert_allclose(together.x[:, j], lstsq(a, b[:, j]).x, rtol=1e-12)
    assert_allclose(together.residuals[1:], [lstsq(a, b[:, j]).residuals[0] for j in (1, 2)], rtol=1e-12)


def test_nothing_to_solve():
    for shape in ((0, 3), (3, 0), (0, 0)):
        a, b = np.zeros(shape), np.ones(shape[0])
        ours, theirs = lstsq(a, b), np.linalg.lstsq(a, b)
        assert ours.x.tolist() == theirs[0].tolist()
        assert_allclose(ours.residuals, theirs[1], rtol=1e-15)
        assert (ours.rank, ours.s.tolist()) == (0, [])
    assert lstsq(np.eye(3)[:, :2], np.zeros((3, 0))).x.shape == (2, 0)


def test_complex_right_side_of_a_real_system():
    a, b = ALL["tall"], right_sides(ALL["tall"], 2) @ [1, 1j]
    assert_allclose(lstsq(a, b).x, np.linalg.lstsq(a, b)[0], atol=1e-13)
    assert_allclose(lstsq(a, b).residuals, np.linalg.lstsq(a, b)[1])


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 8), st.integers(1, 8), st.integers(0, 8), st.integers(0, 10**6))
def test_no_neighbour_is_better(m, n, r, seed):
    rng = np.random.default_rng(seed)
    r = min(r, m, n)
    a, b = rng.normal(size=(m, r)) @ rng.normal(size=(r, n)), rng.normal(size=m)
    found = lstsq(a, b)
    least = np.linalg.norm(b - a @ found.x)
    assert found.rank == r
    for _ in range(5):
        step = rng.normal(size=n) * 10.0 ** rng.integers(-6, 3)
        there = np.linalg.norm(b - a @ (found.x + step))
        assert there >= least * (1 - 1e-12)
        if there <= least * (1 + 1e-13):  # as good: then it is not shorter
            assert np.linalg.norm(found.x + step) >= np.linalg.norm(found.x) * (1 - 1e-3)
    rows = rng.permutation(m)
    assert_allclose(lstsq(a[rows], b[rows]).x, found.x, rtol=1e-6, atol=1e-6 * (1 + np.abs(found.x).max()))


def gram(n, kind=float):
    rng = np.random.default_rng(n)
    a = rng.normal(size=(n + 3, n)) + (1j * rng.normal(size=(n + 3, n)) if kind is complex else 0)
    return a.conj().T @ a


@pytest.mark.parametrize("kind", [float, complex])
@pytest.mark.parametrize("n", [0, 1, 2, 5, 24, 25, 49, 120])
def test_cholesky_s_factor_is_numpy_s(n, kind):
    a = gram(n, kind)
    L = cholesky(a)
    assert L.shape == (n, n)
    assert L.dtype == a.dtype
    assert np.all(np.triu(L, 1) == 0)
    assert np.all(np.diag(L).imag == 0)
    assert np.all(np.diag(L).real > 0)
    assert np.abs(L @ L.conj().T - a).max(initial=0) <= 60 * EPS * size_of(a)
    if n:
        assert np.abs(L - np.linalg.cholesky(a)).max() <= 100 * EPS * np.linalg.cond(a) * size_of(L)
    assert np.array_equal(cholesky(a, upper=True), L.conj().T)


@pytest.mark.parametrize("scale", [1e-300, 1e-200, 1e200, 1e306])
def test_factors_of_large_and_small_matrices(scale):
    a = gram(30)
    L = cholesky(scale * a)
    assert_allclose(L / np.sqrt(scale), cholesky(a), rtol=1e-9, atol=1e-13)


def test_hilbert_matrices_have_factors_until_rounding_makes_them_indefinite():
    for n in range(1, 12):
        L = cholesky(hilbert(n))
        assert np.abs(L @ L.T - hilbert(n)).max() <= 4 * EPS
        # the exact factor: Choi, Tricks or treats with the Hilbert matrix, 1983
        last = np.sqrt(2 * n - 1.0) * float(Fraction(1, (2 * n - 1) * int(sp.binomial(2 * n - 2, n - 1))))
        assert_allclose(L[-1, -1], last, rtol=1e-15 * np.linalg.cond(hilbert(n)) + 1e-15)


@pytest.mark.parametrize("n", [1, 2, 24, 25, 30, 61])
def test_the_first_minor_that_is_not_positive_is_named(n):
    for k in {0, n // 2, n - 1}:
        a = gram(n)
        leading = a[:k, :k]
        rest = a[k, k] - (a[k, :k] @ np.linalg.solve(leading, a[:k, k]) if k else 0)
        a[k, k] -= rest * (1 + 1e-3)
        with pytest.raises(LinAlgError, match=rf"leading minor of order {k + 1} is not positive"):
            cholesky(a)


@pytest.mark.parametrize("n", [3, 30, 60])
def test_entries_that_overflow_are_not_positive_definite(n):
    a = np.eye(n)
    a[0, 0], a[0, -1], a[-1, 0] = 1e-300, 1e300, 1e300
    with pytest.raises(LinAlgError, match=rf"leading minor of order {n} is not positive"):
        cholesky(a)


def test_rounding_is_no_asymmetry():
    a = gram(6)
    a[0, 1] *= 1 + 1e-14
    assert_allclose(cholesky(a), np.linalg.cholesky(a), rtol=1e-9, atol=1e-14)
    with pytest.raises(ValueError, match="symmetric"):
        cholesky(a + 1e-8 * np.eye(6, k=1) * size_of(a))


def test_inputs_stay_as_they_are():
    a, b = gram(3), np.ones(3)
    for array in (a, b):
        array.setflags(write=False)
    assert lstsq(a.tolist(), b.tolist()).x.tolist() == lstsq(a, b).x.tolist()
    assert cholesky(a.tolist()).tolist() == cholesky(a).tolist()
    assert lstsq(a, b).s.tolist() == svdvals(a).tolist()
