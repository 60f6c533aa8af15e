from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.stats import ortho_group

from companion.autodiff import hessian
from companion.calculus import classify_critical_point, critical_points

X = sp.Symbol("x", real=True)


def expand(roots, leading=1):
    """Return the coefficients of a polynomial whose derivative has these roots, as fractions."""
    slope = sp.Poly(leading * sp.prod([X - sp.Rational(root) for root in roots]), X)
    return [Fraction(int(one.p), int(one.q)) for one in slope.integrate().all_coeffs()]


def kinds(c):
    return [(point.x, point.kind, point.order) for point in critical_points(c)]


# One variable


def test_the_cubic():
    maximum, minimum = critical_points([2, 5, 0, 3])
    assert maximum == (-5 / 3, 206 / 27, "maximum", 2)
    assert minimum == (0, 3, "minimum", 2)
    assert minimum.x == 0
    assert minimum.fun == 3
    assert minimum.kind == "minimum"
    assert minimum.order == 2


@pytest.mark.parametrize("n", range(2, 10))
@pytest.mark.parametrize("sign", [1, -1])
def test_powers(n, sign):
    kind = "inflection" if n % 2 else "minimum" if sign > 0 else "maximum"
    assert critical_points([sign, *[0] * (n - 1), 7]) == [(0, 7, kind, n)]


def test_no_critical_point():
    assert critical_points([2, 1]) == []
    assert critical_points([1, 0, 1, 0]) == []
    assert critical_points([0, 0, 2, 1]) == []


@pytest.mark.parametrize(
    "roots",
    [
        [0, 0, 1],
        [1, 1, 1, 2, 2, 3],
        [-3, -3, "1/3", "1/3", "1/3", "1/7"],
        [-1, 1, 1, 1, 1, 1, 5, 5],
        ["1/3", "100000001/300000000", "100000001/300000000"],
        [10**9, 10**9, -(10**9)],
        ["1/1000000000", 0, 0, 0],
    ],
    ids=str,
)
@pytest.mark.parametrize("leading", [1, -3])
def test_multiple_roots_with_sympy(roots, leading):
    c = expand(roots, leading)
    f = sp.Poly([sp.Rational(one.numerator, one.denominator) for one in c], X)
    wanted = []
    for root, multiplicity in sorted(sp.roots(f.diff()).items()):
        derivative = f.diff((X, multiplicity + 1)).eval(root)
        assert all(f.diff((X, k)).eval(root) == 0 for k in range(1, multiplicity + 1))
        assert derivative != 0
        kind = "inflection" if multiplicity % 2 == 0 else "minimum" if derivative > 0 else "maximum"
        wanted.append((float(root), float(f.eval(root)), kind, multiplicity + 1))
    assert len(wanted) == len(set(roots))
    assert critical_points(c) == wanted


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 9), st.integers(0, 10**6))
def test_numpy_agrees(degree, seed):
    c = np.random.default_rng(seed).normal(size=degree + 1)
    roots = np.roots(np.polyder(c))
    real = np.sort(roots.real[np.abs(roots.imag) < 1e-9])
    points = critical_points(c)
    assert_allclose([point.x for point in points], real, rtol=1e-8, atol=1e-10)
    for point in points:
        curvature = np.polyval(np.polyder(c, 2), point.x)
        assert point.kind == ("minimum" if curvature > 0 else "maximum")
        assert point.order == 2
        assert_allclose(point.fun, np.polyval(c, point.x), rtol=1e-8, atol=1e-8)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-4, 4), min_size=2, max_size=7).filter(lambda c: any(c[:-1])))
def test_the_kind_is_what_one_sees(c):
    points = critical_points(c)
    roots = [point.x for point in points]
    assert roots == sorted(roots)
    for point in points:
        near = min([abs(point.x - other) for other in roots if other != point.x], default=1) / 2
        left, right = (np.polyval(np.polyder(c), point.x + side * min(near, 0.01)) for side in (-1, 1))
        wanted = {(-1, 1): "minimum", (1, -1): "maximum"}.get((np.sign(left), np.sign(right)), "inflection")
        assert point.kind == wanted


def test_wilkinsons_polynomial():
    slope = [int(one) for one in sp.Poly(sp.prod([X - k for k in range(1, 21)]), X).all_coeffs()]
    c = [Fraction(one, 21 - k) for k, one in enumerate(slope)] + [Fraction(0)]
    assert kinds(c) == [(k, "maximum" if k % 2 else "minimum", 2) for k in range(1, 21)]


def test_two_roots_that_floats_cannot_tell_apart():
    tiny = Fraction(1, 10**30)
    c = [Fraction(1, 3), -(2 + tiny) / 2, 1 + tiny, 0]  # f' = (x - 1)(x - 1 - 1e-30)
    assert kinds(c) == [(1, "maximum", 2), (1, "minimum", 2)]


def test_the_coefficients_are_those_given():
    c = np.poly([0.1] * 4)  # rounded, no longer a fourth power
    assert [point.order for point in critical_points(c)] == [2]
    assert kinds([1, Fraction(-4, 10), Fraction(6, 100), Fraction(-4, 1000), 0]) == [(0.1, "minimum", 4)]


def test_kinds_of_numbers():
    assert critical_points([sp.Integer(1), sp.Rational(1, 2), 0]) == [(-0.25, -0.0625, "minimum", 2)]
    assert critical_points(np.array([1, 1, 0], dtype=np.float32)) == [(-0.5, -0.25, "minimum", 2)]
    assert critical_points(np.array([1, 0, 0], dtype=np.int8)) == [(0, 0, "minimum", 2)]
    assert str(critical_points([-1, 0, 0])[0].x) == "0.0"


@pytest.mark.parametrize("scale", [1e-300, 1e-100, 1e100, 1e300])
def test_scales(scale):
    assert kinds([scale, 0, -3 * scale, 0]) == [(-1, "maximum", 2), (1, "minimum", 2)]


@pytest.mark.parametrize("size", [1e-150, 1e-10, 1e10, 1e90])
def test_places_far_out_and_near_zero(size):
    (left, *_), (right, *_) = kinds([1, 0, -3 * size**2, 0])
    assert_allclose([left, right], [-size, size], rtol=1e-12)


def test_the_input_stays_as_it_is():
    c = np.array([2.0, 5, 0, 3])
    c.setflags(write=False)
    critical_points(c)


# Several variables


@pytest.mark.parametrize(
    ("hessian_matrix", "kind"),
    [
        ([[2, 0], [0, 2]], "minimum"),
        ([[-2, 0], [0, -2]], "maximum"),
        ([[2, 0], [0, -2]], "saddle"),
        ([[2, 3], [3, 2]], "saddle"),  # a minimum along either axis
        ([[0, 1], [1, 0]], "saddle"),
        ([[2, 0], [0, 0]], "inconclusive"),
        ([[-2, 0], [0, 0]], "inconclusive"),
        ([[0, 0], [0, 0]], "inconclusive"),
        ([[1, 1], [1, 1]], "inconclusive"),
        ([[3]], "minimum"),
        ([[-3]], "maximum"),
        ([[0]], "inconclusive"),
        (np.diag([1, -1, -1]), "saddle"),  # the determinant is positive
        (np.diag([-1, -1, -1]), "maximum"),  # the determinant is negative
        (np.diag([1, 0, -1]), "saddle"),  # the determinant is zero, and yet it is decided
        (np.diag([1, 0, 1]), "inconclusive"),
    ],
    ids=str,
)
def test_classes(hessian_matrix, kind):
    assert classify_critical_point(hessian_matrix) == kind


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-2, 2), min_size=2, max_size=6), st.integers(0, 10**6))
def test_turned(eigenvalues, seed):
    Q = ortho_group.rvs(len(eigenvalues), random_state=seed)
    H = Q * eigenvalues @ Q.T
    H = (H + H.T) / 2
    low, high = min(eigenvalues), max(eigenvalues)
    wanted = "saddle" if low < 0 < high else "minimum" if low > 0 else "maximum" if high < 0 else "inconclusive"
    for scale in (1e-200, 1, 1e200):
        assert classify_critical_point(H * scale, tol=1e-13 * scale) == wanted
    if 0 not in eigenvalues:
        computed = np.linalg.eigvalsh(H)
        assert (computed > 0).all() == (classify_critical_point(H) == "minimum")
        assert (computed < 0).all() == (classify_critical_point(H) == "maximum")


@pytest.mark.parametrize("d", [2, 3, 6])
def test_default_tolerance_on_singular_matrices(d):
    for seed in range(20):
        factor = np.random.default_rng(seed).normal(size=(d, d - 1))
        gram = factor @ factor.T  # one eigenvalue is 0, and comes out as rounding noise
        assert classify_critical_point(gram) == "inconclusive"
        assert classify_critical_point(-gram) == "inconclusive"


def test_tolerance():
    H = np.diag([1.0, 1e-7])
    assert classify_critical_point(H) == "minimum"
    assert classify_critical_point(H, tol=1e-6) == "inconclusive"
    assert classify_critical_point(np.diag([1.0, -1e-7]), tol=1e-6) == "inconclusive"
    assert classify_critical_point(np.diag([1.0, 1e-30])) == "inconclusive"
    assert classify_critical_point(np.diag([1.0, 1e-30]), tol=0) == "minimum"
    assert classify_critical_point(np.diag([2.0, 1.0]), tol=1.0) == "inconclusive"


@pytest.mark.filterwarnings("error")
def test_eigenvalues_beyond_the_range_of_floats():
    H = np.array([[1.0, 1.5], [1.5, 1.0]])  # eigenvalues 2.5 and -0.5
    for scale in (1e308, 1e-308):
        assert classify_critical_point(H * scale) == "saddle"
    assert classify_critical_point(np.diag([1e-310, 1e-310]), tol=1.0) == "inconclusive"
    assert classify_critical_point(np.diag([1e308, 1e308]), tol=1e307) == "minimum"


def test_with_derivatives_of_programs():
    def f(v):
        return v[0] ** 3 - 3 * v[0] * v[1] + v[1] ** 3

    found = [classify_critical_point(hessian(f)(np.array(point))) for point in ([0.0, 0.0], [1.0, 1.0])]
    assert found == ["saddle", "minimum"]


def test_the_matrix_stays_as_it_is():
    H = np.array([[2.0, 1], [1, 2]])
    H.setflags(write=False)
    assert classify_critical_point(H) == "minimum"
