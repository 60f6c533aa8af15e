import numpy as np
import pytest
import scipy.integrate
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.calculus import cumulative_trapezoid, riemann_sum, simpson, trapezoid

SCIPY = {trapezoid: scipy.integrate.trapezoid, simpson: scipy.integrate.simpson}
RULES = list(SCIPY)
CUBE = np.random.default_rng(0).normal(size=(5, 6, 7))
STEPS = np.cumsum(np.random.default_rng(1).uniform(0.1, 2.0, size=(5, 6, 7)), axis=0)


def points(n, seed=2):
    return np.cumsum(np.random.default_rng(seed).uniform(0.1, 2.0, size=n))


@pytest.mark.parametrize("rule", RULES)
class TestScipyAgrees:
    @pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 7, 8, 51, 52])
    @pytest.mark.parametrize("order", [1, -1], ids=["rising", "falling"])
    def test_unequal_distances(self, rule, n, order):
        x = points(n)[::order]
        y = np.sin(x) + x**2
        assert isinstance(rule(y, x), float)
        assert_allclose(rule(y, x), SCIPY[rule](y, x), rtol=1e-12)

    @pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 6, 51, 52])
    def test_equal_distances(self, rule, n):
        y = np.exp(points(n) / n)
        assert_allclose(rule(y), SCIPY[rule](y), rtol=1e-13)
        assert_allclose(rule(y, dx=-0.25), SCIPY[rule](y, dx=-0.25), rtol=1e-13)

    @pytest.mark.parametrize("axis", [0, 1, 2, -1, -2])
    def test_each_axis(self, rule, axis):
        x = points(CUBE.shape[axis])
        assert_allclose(rule(CUBE, x, axis=axis), SCIPY[rule](CUBE, x, axis=axis), rtol=1e-10)
        assert_allclose(rule(CUBE, dx=0.1, axis=axis), SCIPY[rule](CUBE, dx=0.1, axis=axis), rtol=1e-10)

    def test_each_curve_with_points_of_its_own(self, rule):
        for axis, x in ((0, STEPS), (1, np.moveaxis(STEPS[:, :, :6], 0, 2)[:5, :, :5])):
            y = CUBE[: x.shape[0], : x.shape[1], : x.shape[2]]
            x = np.cumsum(np.abs(x), axis=axis)
            assert_allclose(rule(y, x, axis=axis), SCIPY[rule](y, x, axis=axis), rtol=1e-10)

    def test_as_many_curves_as_points(self, rule):
        y, x = CUBE[0, :6, :6], points(6)
        assert_allclose(rule(y, x, axis=0), SCIPY[rule](y, x, axis=0), rtol=1e-10)
        assert_allclose(rule(y, x, axis=1), SCIPY[rule](y, x, axis=1), rtol=1e-10)

    def test_lists_and_integers(self, rule):
        assert rule([1, 2, 3], [4, 6, 8]) == 8
        assert rule(np.array([1, 2, 3], dtype=np.uint8), np.array([8, 6, 4], dtype=np.uint8)) == -8


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("initial", [None, 0, 0.0])
def test_scipy_agrees_on_sums_so_far(axis, initial):
    for x in (None, points(CUBE.shape[axis]), np.cumsum(np.abs(CUBE), axis=axis)):
        ours = cumulative_trapezoid(CUBE, x, 0.3, axis, initial)
        assert_allclose(ours, scipy.integrate.cumulative_trapezoid(CUBE, x, 0.3, axis, initial), rtol=1e-12, atol=1e-14)


def test_sums_so_far_of_one_point():
    assert cumulative_trapezoid([3.0]).shape == (0,)
    assert cumulative_trapezoid([3.0], initial=0).tolist() == [0]
    assert cumulative_trapezoid([3, 5]).tolist() == [4]


def test_the_last_sum_is_the_integral():
    x = points(20)
    assert_allclose(cumulative_trapezoid(np.cos(x), x)[-1], trapezoid(np.cos(x), x), rtol=1e-14)


def test_a_curve_may_turn_back():
    angle = np.linspace(0, 2 * np.pi, 1001)
    assert_allclose(trapezoid(np.cos(angle), np.sin(angle)), np.pi, rtol=1e-5)


# Riemann sums


def test_sums_by_hand():
    def square(x):
        return x**2

    for method, wanted in (("left", 6), ("right", 6), ("midpoint", 5)):
        assert riemann_sum(square, -2, 2, 4, method) == wanted
    assert riemann_sum(square, 0, 3, 3, "left") == 5
    assert riemann_sum(square, 0, 3, 3, "right") == 14
    assert riemann_sum(square, 0, 3, 3) == 8.75 == riemann_sum(square, 0, 3, 3, "midpoint")


def test_a_constant_need_not_be_an_array():
    assert riemann_sum(lambda x: 3, 1, 5, 7) == pytest.approx(12, rel=1e-15)


def test_the_direction_gives_the_sign():
    assert riemann_sum(np.exp, 1, 0, 8) == pytest.approx(-riemann_sum(np.exp, 0, 1, 8), rel=1e-14)
    assert riemann_sum(np.exp, 1, 0, 8, "left") == pytest.approx(-riemann_sum(np.exp, 0, 1, 8, "right"), rel=1e-14)
    assert riemann_sum(np.exp, 2, 2, 8) == 0


@settings(deadline=None, max_examples=40)
@given(st.floats(-5, 5), st.floats(-5, 5), st.integers(1, 50))
def test_the_edges_make_the_trapezoids(a, b, n):
    x = np.linspace(a, b, n + 1)
    edges = (riemann_sum(np.exp, a, b, n, "left") + riemann_sum(np.exp, a, b, n, "right")) / 2
    assert_allclose(edges, trapezoid(np.exp(x), x), rtol=1e-12, atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(st.floats(-5, 5), st.floats(-5, 5), st.integers(1, 50))
def test_midpoints_and_trapezoids_make_simpson(a, b, n):
    x = np.linspace(a, b, 2 * n + 1)
    if not (np.diff(x) > 0).all() and not (np.diff(x) < 0).all():
        return
    mixed = (2 * riemann_sum(np.exp, a, b, n) + trapezoid(np.exp(x[::2]), x[::2])) / 3
    assert_allclose(simpson(np.exp(x), x), mixed, rtol=1e-9, atol=1e-9)


# How exact


@pytest.mark.parametrize("n", [2, 3, 4, 9, 10])
def test_trapezoids_are_exact_for_lines(n):
    x = points(n)
    assert_allclose(trapezoid(3 * x - 1, x), np.diff(1.5 * x[[0, -1]] ** 2 - x[[0, -1]])[0], rtol=1e-13)


@pytest.mark.parametrize("n", [3, 4, 5, 8, 9])
def test_parabolas_are_exact_for_parabolas(n):
    x = points(n)
    assert_allclose(simpson(x**2 - x, x), np.diff(x[[0, -1]] ** 3 / 3 - x[[0, -1]] ** 2 / 2)[0], rtol=1e-12)


@pytest.mark.parametrize("n", [3, 5, 9, 101])
def test_parabolas_are_exact_for_cubics_at_equal_distances(n):
    x = np.linspace(-1, 2, n)
    assert_allclose(simpson(x**3, x), 15 / 4, rtol=1e-13)


ORDERS = {"left": 1, "right": 1, "midpoint": 2}


@pytest.mark.parametrize("method", ORDERS)
def test_order_of_riemann_sums(method):
    errors = [abs(riemann_sum(np.exp, 0, 1, n, method) - (np.e - 1)) for n in (64, 128)]
    assert np.log2(errors[0] / errors[1]) == pytest.approx(ORDERS[method], abs=0.02)


@pytest.mark.parametrize(("rule", "order", "odd"), [(trapezoid, 2, 0), (simpson, 4, 0), (simpson, 4, 1)])
def test_order_of_rules(rule, order, odd):
    errors = []
    for n in (64 + odd, 128 + odd):
        x = np.linspace(0, 1, n + 1)
        errors.append(abs(rule(np.exp(x), x) - (np.e - 1)))
    assert np.log2(errors[0] / errors[1]) == pytest.approx(order, abs=0.1)


def test_leading_errors():
    x = np.linspace(0, np.pi, 101)
    h = x[1]
    assert_allclose(trapezoid(np.sin(x), x) - 2, -(h**2) / 12 * 2, rtol=1e-3)  # -h²/12 (f'(b) - f'(a))
    assert_allclose(simpson(np.sin(x), x) - 2, h**4 / 180 * 2, rtol=1e-3)
    assert_allclose(riemann_sum(np.sin, 0, np.pi, 100) - 2, h**2 / 24 * 2, rtol=1e-3)


def test_whole_periods():
    x = np.linspace(0, 2 * np.pi, 25)
    exact = 2 * np.pi * 1.2660658777520084  # modified Bessel function I0(1), Abramowitz and Stegun, table 9.8
    assert_allclose(trapezoid(np.exp(np.cos(x)), x), exact, rtol=1e-14)


# Properties


@settings(deadline=None, max_examples=40)
@given(st.integers(3, 12), st.integers(0, 10**6))
def test_linear_and_reversible(n, seed):
    rng = np.random.default_rng(seed)
    x, y, z = points(n, seed), *rng.normal(size=(2, n))
    for rule in RULES:
        assert_allclose(rule(2 * y - z, x), 2 * rule(y, x) - rule(z, x), rtol=1e-9, atol=1e-9)
        assert_allclose(rule(y, 1e6 * x), 1e6 * rule(y, x), rtol=1e-9, atol=1e-6)
        assert_allclose(rule(y, x + 8), rule(y, x), rtol=1e-8, atol=1e-8)
        assert_allclose(rule(y, -x), -rule(y, x), rtol=1e-12, atol=1e-12)
    assert_allclose(trapezoid(y[::-1], x[::-1]), -trapezoid(y, x), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_no_square_of_a_distance_overflows_or_vanishes(scale):
    for n in (3, 4):
        x = points(n)
        assert_allclose(simpson(x**2, x * scale), simpson(x**2, x) * scale, rtol=1e-12)


def test_the_samples_stay_as_they_are():
    y, x = CUBE.copy(), points(7)
    y.setflags(write=False)
    x.setflags(write=False)
    for rule in (*RULES, cumulative_trapezoid):
        rule(y, x)
    assert np.array_equal(y, CUBE)


@pytest.mark.parametrize(
    ("shape", "axis"), [((4, 1, 1), 0), ((1, 5), -1), ((3, 1), 1), ((1, 3, 5), 2), ((3, 5), -2), ((1, 1), 0)]
)
def test_trapezoid_broadcasts_points_as_scipy(shape, axis):
    rng = np.random.default_rng(0)
    y, x = rng.normal(size=(4, 3, 5)), rng.normal(size=shape)
    assert_allclose(trapezoid(y, x, axis=axis), scipy.integrate.trapezoid(y, x, axis=axis), rtol=1e-12, atol=1e-13)
