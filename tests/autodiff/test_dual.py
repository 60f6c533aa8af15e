import math
import operator
import pickle
from fractions import Fraction
from math import acos, acosh, asin, cosh, e, erf, exp, hypot, inf, lgamma, log, pi, sin, sinh, sqrt, tanh

import numpy as np
import pytest
import scipy.special as sc
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.differentiate import derivative

from companion.autodiff import Dual, grad, jacfwd, lift
from companion.autodiff._rules import DOMAIN, EXACT, PREDICATES, RULES, _add_special_rules, partials

_add_special_rules()


def parts(dual):
    assert isinstance(dual, Dual)
    return dual.value, dual.tangent


def equal(dual, value, tangent):
    """Both parts equal, in type and shape too."""
    for part, wanted in zip(parts(dual), (value, tangent), strict=True):
        assert type(part) is type(wanted)
        assert_array_equal(part, wanted)
        assert np.shape(part) == np.shape(wanted)
    return True


# Each derivative in a form other than that of the rule, or by the math module.
UNARY = {
    np.positive: (lambda x: 1.0, (-2.0, 0.0, 3.0)),
    np.negative: (lambda x: -1.0, (-2.0, 0.0, 3.0)),
    np.reciprocal: (lambda x: -(x**-2), (-2.0, 0.5, 3.0)),
    np.square: (lambda x: x + x, (-2.0, 0.0, 3.0)),
    np.sqrt: (lambda x: x**-0.5 / 2, (1e-300, 0.25, 2.0, 1e300)),
    np.cbrt: (lambda x: abs(x) ** (-2 / 3) / 3, (-8.0, 0.125, 27.0)),
    np.exp: (exp, (-700.0, -1.0, 0.0, 2.0, 700.0)),
    np.exp2: (lambda x: 2**x * log(2), (-1.5, 0.0, 3.0)),
    np.expm1: (exp, (-30.0, 1e-9, 0.0, 2.0)),
    np.log: (lambda x: x**-1, (1e-300, 0.5, 2.0, 1e300)),
    np.log2: (lambda x: 1 / x / log(2), (0.5, 3.0)),
    np.log10: (lambda x: 1 / x / log(10), (0.5, 3.0)),
    np.log1p: (lambda x: 1 / (x + 1), (-0.5, 1e-20, 3.0)),
    np.sin: (math.cos, (-1.0, 0.0, 2.0, 1e5)),
    np.cos: (lambda x: -sin(x), (-1.0, 0.0, 2.0, 1e5)),
    np.tan: (lambda x: math.cos(x) ** -2, (-1.0, 0.0, 1.5)),
    np.arcsin: (lambda x: 1 / math.cos(asin(x)), (-0.5, 0.0, 0.25)),
    np.arccos: (lambda x: -1 / sin(acos(x)), (-0.5, 0.0, 0.25)),
    np.arctan: (lambda x: math.cos(math.atan(x)) ** 2, (-2.0, 0.0, 0.25)),
    np.sinh: (cosh, (-2.0, 0.0, 5.0)),
    np.cosh: (sinh, (-2.0, 0.0, 5.0)),
    np.tanh: (lambda x: cosh(x) ** -2, (-20.0, -2.0, 0.0, 0.5, 30.0, 300.0)),
    np.arcsinh: (lambda x: 1 / sqrt(1 + x * x), (-2.0, 0.0, 5.0)),
    np.arccosh: (lambda x: 1 / sinh(acosh(x)), (1.5, 5.0)),
    np.arctanh: (lambda x: cosh(math.atanh(x)) ** 2, (-0.5, 0.0, 0.75)),
    np.absolute: (lambda x: math.copysign(1.0, x), (-2.0, 3.0)),
    np.fabs: (lambda x: math.copysign(1.0, x), (-2.0, 3.0)),
    np.sign: (lambda x: 0.0, (-2.0, 3.0)),
    np.floor: (lambda x: 0.0, (-2.5, 3.5)),
    np.ceil: (lambda x: 0.0, (-2.5, 3.5)),
    np.trunc: (lambda x: 0.0, (-2.5, 3.5)),
    np.rint: (lambda x: 0.0, (-2.25, 3.75)),
    sc.expit: (lambda x: 1 / (2 + exp(x) + exp(-x)), (-30.0, -1.0, 0.0, 2.0, 30.0)),
    sc.log_expit: (lambda x: 1 / (1 + exp(x)), (-3.0, 0.0, 2.0, 30.0)),
    sc.logit: (lambda x: 1 / x + 1 / (1 - x), (0.25, 0.5, 0.875)),
    sc.erf: (lambda x: 2 * exp(-(x**2)) / sqrt(pi), (-2.0, 0.0, 0.5)),
    sc.erfc: (lambda x: -2 * exp(-(x**2)) / sqrt(pi), (-2.0, 0.0, 0.5)),
    sc.ndtr: (lambda x: exp(-(x**2) / 2) / sqrt(2 * pi), (-2.0, 0.0, 0.5)),
    sc.gamma: (lambda x: math.gamma(x) * float(sc.polygamma(0, x)), (-0.5, 0.5, 3.0)),
    sc.gammaln: (lambda x: float(sc.polygamma(0, x)), (-0.5, 0.5, 3.0)),
    sc.digamma: (lambda x: float(sc.polygamma(1, x)), (0.5, 1.0, 3.0)),
}

# Partial derivatives by the first and by the second operand.
BINARY = {
    np.add: (lambda x, y: 1.0, lambda x, y: 1.0, ((2.0, -3.0), (0.0, 0.0))),
    np.subtract: (lambda x, y: 1.0, lambda x, y: -1.0, ((2.0, -3.0), (0.0, 0.0))),
    np.multiply: (lambda x, y: y, lambda x, y: x, ((2.0, -3.0), (0.0, 0.0))),
    np.divide: (lambda x, y: y**-1, lambda x, y: -x * y**-2, ((2.0, -3.0), (0.0, 5.0))),
    np.power: (lambda x, y: x**y * y / x, lambda x, y: x**y * log(x), ((2.0, -3.0), (0.5, 0.0), (3.0, 2.5))),
    np.float_power: (lambda x, y: x**y * y / x, lambda x, y: x**y * log(x), ((2.0, -3.0), (0.5, 0.0), (3.0, 2.5))),
    np.logaddexp: (lambda x, y: 1 / (1 + exp(y - x)), lambda x, y: 1 / (1 + exp(x - y)), ((2.0, -3.0), (1.0, 1.0))),
    np.arctan2: (
        lambda y, x: x / (x * x + y * y),
        lambda y, x: -y / (x * x + y * y),
        ((2.0, -3.0), (-1.0, -2.0), (1.0, 0.0), (0.0, 1.0)),
    ),
    np.hypot: (lambda x, y: x / sqrt(x * x + y * y), lambda x, y: y / sqrt(x * x + y * y), ((2.0, -3.0), (0.0, 1.0))),
    np.maximum: (lambda x, y: float(x > y), lambda x, y: float(y > x), ((2.0, -3.0), (-1.0, 5.0))),
    np.minimum: (lambda x, y: float(x < y), lambda x, y: float(y < x), ((2.0, -3.0), (-1.0, 5.0))),
}


def test_every_rule_has_a_test():
    assert set(UNARY) | set(BINARY) == set(RULES)
    assert all(len(rule) == ufunc.nin for ufunc, rule in RULES.items())
    assert set(DOMAIN) <= set(RULES)
    assert set(EXACT) <= set(RULES) | PREDICATES


@pytest.mark.parametrize("ufunc", UNARY, ids=lambda ufunc: ufunc.__name__)
def test_unary_rule(ufunc):
    slope, points = UNARY[ufunc]
    assert len(points) >= 2
    for x in points:
        value, tangent = parts(ufunc(Dual(x, 1.0)))
        assert value == ufunc(x)
        # The closed forms themselves round: 20 units in the last place.
        assert_allclose(tangent, slope(x), rtol=5e-15, atol=1e-323)
        assert parts(ufunc(Dual(x, -2.0)))[1] == -2 * tangent


@pytest.mark.parametrize("ufunc", UNARY, ids=lambda ufunc: ufunc.__name__)
def test_unary_rule_against_differences_and_as_array(ufunc):
    x = np.array([p for p in UNARY[ufunc][1] if 1e-3 < abs(p) < 1e3 and abs(p) != 30])
    assert len(x) >= 1
    numerical = derivative(ufunc, x, initial_step=0.0625, tolerances={"rtol": 1e-9})
    value, tangent = parts(ufunc(Dual(x, 1.0)))
    assert_array_equal(value, ufunc(x))
    assert_allclose(tangent, numerical.df, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("ufunc", BINARY, ids=lambda ufunc: ufunc.__name__)
def test_binary_rule(ufunc):
    by_first, by_second, points = BINARY[ufunc]
    for x, y in points:
        for dual, tangent in (
            (ufunc(Dual(x, 1.0), y), by_first(x, y)),
            (ufunc(x, Dual(y, 1.0)), by_second(x, y)),
            (ufunc(Dual(x, 3.0), Dual(y, 5.0)), 3 * by_first(x, y) + 5 * by_second(x, y)),
        ):
            assert dual.value == ufunc(x, y)
            assert_allclose(dual.tangent, tangent, rtol=5e-15, atol=1e-16)


@pytest.mark.parametrize("ufunc", BINARY, ids=lambda ufunc: ufunc.__name__)
def test_binary_rule_against_differences(ufunc):
    for x, y in BINARY[ufunc][2]:
        if ufunc in (np.maximum, np.minimum) or x > 0:
            by_x = derivative(lambda t, y=y: ufunc(t, y), x, initial_step=0.0625).df
            assert_allclose(ufunc(Dual(x, 1.0), y).tangent, by_x, rtol=1e-7, atol=1e-8)
        by_y = derivative(lambda t, x=x: ufunc(x, t), y, initial_step=0.0625).df
        assert_allclose(ufunc(x, Dual(y, 1.0)).tangent, by_y, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("ufunc", [f for f in UNARY if f is not sc.digamma], ids=lambda ufunc: ufunc.__name__)
def test_rules_can_be_differentiated_again(ufunc):
    if ufunc in (np.absolute, np.fabs, np.sign, np.floor, np.ceil, np.trunc, np.rint):
        assert grad(grad(ufunc))(2.5) == 0
        return
    for x in (p for p in UNARY[ufunc][1] if 0.1 < abs(p) < 10):
        slope = UNARY[ufunc][0]
        second = derivative(np.vectorize(slope, otypes=[float]), x, initial_step=0.0625).df
        assert_allclose(grad(grad(ufunc))(x), second, rtol=1e-6, atol=1e-8)


def test_digamma_has_a_first_derivative_only():
    assert_allclose(grad(grad(sc.gammaln))(1.5), sc.polygamma(1, 1.5), rtol=1e-15)
    with pytest.raises(TypeError, match="digamma has a rule for its first derivative only"):
        grad(grad(sc.digamma))(1.5)


@pytest.mark.parametrize("ufunc", [*UNARY, *BINARY], ids=lambda ufunc: ufunc.__name__)
def test_no_derivative_outside_the_domain(ufunc):
    """At a point where a rule gave inf or nan it must raise; elsewhere both parts are finite."""
    grid = (-2.0, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.0)
    points = [(x, y) for x in grid for y in grid] if ufunc.nin == 2 else [(x,) for x in grid]
    answers = 0
    for point in points:
        for seeds in ([1.0, 0.0], [0.0, 1.0], [1.0, 1.0]):
            operands = [Dual(x, s) for x, s in zip(point, seeds, strict=False)]
            try:
                value, tangent = parts(ufunc(*operands))
            except (ValueError, ZeroDivisionError):
                continue
            answers += 1
            assert math.isfinite(value)
            assert math.isfinite(tangent)
    assert answers >= 3


# --- the worked examples of the notes ---------------------------------------------------------------------------------


def test_product_and_reciprocal_of_the_page():
    assert equal(Dual(2, 3) * Dual(4, 5), 8, 22)
    assert equal(1 / Dual(2, 3), 0.5, -0.75)
    assert equal(Dual(1, 2) + Dual(3, -1), 4, 1)
    assert equal(Dual(1, 2) * Dual(3, -1), 3, 5)
    assert equal(1 / Dual(4, 1), 0.25, -0.0625)


def test_matrix_model():
    # x + x'd is the matrix [[x, x'], [0, x]].
    def matrix(dual):
        return np.array([[dual.value, dual.tangent], [0, dual.value]])

    rng = np.random.default_rng(1)
    for a, da, b, db in rng.integers(1, 20, (50, 4)).tolist():
        x, y = Dual(a, da), Dual(b, db)
        for op in (operator.add, operator.sub):
            assert_array_equal(matrix(op(x, y)), op(matrix(x), matrix(y)))
        assert_array_equal(matrix(x * y), matrix(x) @ matrix(y))
        assert_allclose(matrix(x / y), matrix(x) @ np.linalg.inv(matrix(y)), rtol=1e-12, atol=1e-13)
        assert_array_equal(matrix(x**3), np.linalg.matrix_power(matrix(x), 3))
        assert_array_equal(matrix(-x), -matrix(x))


def test_polynomial_by_horner():
    x = Dual(2, 1)
    assert equal(1 + 2 * x + 3 * x**2 + 4 * x**3, 49, 62)
    assert equal(np.polyval([4, 3, 2, 1], x), 49, 62)
    assert equal(np.poly1d([4, 3, 2, 1])(x), 49, 62)
    assert equal(x**5 - 3 * x, 26, 77)
    assert equal(np.polyval([4, 3, 2, 1], Dual(2, 0.5)), 49, 31.0)
    assert equal(np.polyval(Dual([2.0, 1.0], [1.0, 0.0]), [1.0, 3.0]), np.array([3.0, 7.0]), np.array([1.0, 3.0]))


def test_elementary_functions_of_the_page():
    slopes = [f(Dual(2.0, 1.0)).tangent for f in (np.sin, np.cos, np.exp, np.log, np.sqrt)]
    assert slopes == pytest.approx(
        [-0.4161468365471424, -0.9092974268256817, 7.38905609893065, 0.5, 0.35355339059327373], rel=1e-15
    )


def test_gradient_of_the_page():
    def f(x1, x2):
        return x1 * x2 + np.sin(x1)

    assert f(Dual(2.0, 1.0), Dual(3.0, 0.0)).value == pytest.approx(6.909297426825682, rel=1e-15)
    assert f(Dual(2.0, 1.0), Dual(3.0, 0.0)).tangent == pytest.approx(2.5838531634528574, rel=1e-15)
    assert f(Dual(2.0, 0.0), Dual(3.0, 1.0)).tangent == 2
    # The directional derivative is the gradient times the direction.
    for v1, v2 in np.random.default_rng(2).standard_normal((20, 2)).tolist():
        assert f(Dual(2.0, v1), Dual(3.0, v2)).tangent == pytest.approx(2.5838531634528574 * v1 + 2 * v2, rel=1e-13)


def test_tangent_is_the_derivative_times_the_seed():
    assert equal(Dual(3, 2) ** 2, 9, 12)


def test_branching_program_has_the_derivative_of_its_branch():
    def f(x):
        return x * 0 if x == 0 else np.sin(x) * x / x

    assert f(Dual(0.0, 1.0)).tangent == 0
    assert f(Dual(1e-9, 1.0)).tangent == pytest.approx(1)


def test_cancellation_is_inherited_from_the_program():
    naive = (lambda x: (1 - np.cos(x)) / (x * x))(Dual(1e-5, 1.0))
    stable = (lambda x: 2 * np.sin(x / 2) ** 2 / (x * x))(Dual(1e-5, 1.0))
    assert abs(naive.tangent) > 1e-3
    assert abs(stable.tangent + 1e-5 / 12) < 1e-10


def test_stopped_iteration_has_no_derivative():
    def heron(a, y):
        while abs(y * y - a) >= 1e-12:
            y = (y + a / y) / 2
        return y

    assert heron(Dual(4.0, 1.0), Dual(2.0, 0.0)).tangent == 0
    assert heron(Dual(4.0, 1.0), Dual(3.0, 0.0)).tangent == pytest.approx(0.25, rel=1e-12)


def test_newton_with_the_slope_of_a_dual():
    x, iterates = 1.0, []
    for _ in range(3):
        y = (lambda t: t * t - 2)(Dual(x, 1.0))
        x -= y.value / y.tangent
        iterates.append(x)
    assert iterates == [1.5, 1.4166666666666667, 1.4142156862745099]


# --- a ring, not a field ----------------------------------------------------------------------------------------------

numbers = st.integers(-(10**6), 10**6) | st.fractions(-10, 10, max_denominator=100)
duals = st.builds(lambda x, dx: (x, dx), numbers, numbers).map(lambda pair: Dual(*exactly(pair)))


def exactly(pair):
    return [Fraction(part) for part in pair]


def same(x, y):
    return parts(x) == parts(y)


@given(duals, duals, duals)
def test_ring_laws_hold_exactly(x, y, z):
    assert same(x + y, y + x)
    assert same(x * y, y * x)
    assert same((x + y) + z, x + (y + z))
    assert same((x * y) * z, x * (y * z))
    assert same(x * (y + z), x * y + x * z)
    assert same(x + 0, x)
    assert same(1 * x, x)
    assert same(x - x, Dual(0, 0))
    assert same(x - y, x + (-y))


@given(duals, duals)
def test_division_undoes_multiplication(x, y):
    if y.value == 0:
        with pytest.raises(ZeroDivisionError):
            x / y
    else:
        assert same(x * y / y, x)


@given(duals, st.integers(0, 6))
def test_power_is_repeated_multiplication(x, n):
    product = Dual(1, 0)
    for _ in range(n):
        product = product * x
    assert same(x**n, product)


def test_zero_divisors():
    assert equal(Dual(0, 3) * Dual(0, 5), 0, 0)


# --- powers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dual", "value", "tangent"),
    [
        (Dual(0.0, 1.0) ** 0, 1.0, 0.0),
        (Dual(0.0, 1.0) ** 1, 0.0, 1.0),
        (Dual(0.0, 1.0) ** 2, 0.0, 0.0),
        (Dual(0.0, 1.0) ** 1.5, 0.0, 0.0),
        (Dual(-2, 1) ** 3, -8, 12),
        (Dual(-2.0, 1.0) ** 0, 1.0, 0.0),
        (Dual(2, 1) ** -1, 0.5, -0.25),
        (0.0 ** Dual(2.0, 1.0), 0.0, 0.0),
        (0.0 ** Dual(0.5, 1.0), 0.0, 0.0),
        (1.0 ** Dual(2.0, 1.0), 1.0, 0.0),
        (Dual(4.0, 1.0) ** 0.5, 2.0, 0.25),
        (Dual(2.0, 3.0) ** Dual(3.0, 0.0), 8.0, 36.0),
    ],
)
def test_power_cases(dual, value, tangent):
    assert parts(dual) == (value, tangent)


def test_power_of_arrays():
    dual = Dual([0.0, -2.0, 0.0, 3.0], 1.0) ** [0, 3, 1, 2]
    assert equal(dual, np.array([1.0, -8.0, 0.0, 9.0]), np.array([0.0, 12.0, 1.0, 6.0]))
    dual = np.array([0.0, 1.0, e]) ** Dual([2.0, 3.0, 1.0], 1.0)
    assert_allclose(dual.tangent, [0, 0, e], rtol=1e-15)
    # d/dx x**x = x**x (1 + log x)
    assert_allclose((Dual(2.0, 1.0) ** Dual(2.0, 1.0)).tangent, 4 * (1 + log(2)), rtol=1e-15)


def test_mixed_second_derivatives_of_powers():
    # d/dx d/dy x**y = x**(y-1) (1 + y log x); at y = 0 the slope by x is 0, but not its slope by y.
    for x, y in ((2.0, 3.0), (2.0, 0.0), (3.0, 1.0)):
        wanted = x ** (y - 1) * (1 + y * log(x))
        assert_allclose(grad(lambda t, y=y: grad(lambda s, t=t: t**s)(y))(x), wanted, rtol=1e-14)
        assert_allclose(grad(lambda s, x=x: grad(lambda t, s=s: t**s)(x))(y), wanted, rtol=1e-14)
    assert grad(lambda t: grad(lambda s: s**t)(0.0))(2.0) == 0
    with pytest.raises(ValueError, match="base > 0"):
        grad(lambda t: grad(lambda s: t**s)(1.0))(0.0)
    with pytest.raises(ValueError, match="base > 0"):
        grad(lambda t: grad(lambda s: s**t)(0.0))(1.0)


# --- conventions at kinks, those of JAX -------------------------------------------------------------------------------


def test_kinks():
    assert [abs(Dual(x, 1.0)).tangent for x in (-1.0, -0.0, 0.0, 1.0)] == [-1, 1, 1, 1]
    assert np.fabs(Dual(0.0, 1.0)).tangent == 1
    for f in (np.maximum, np.minimum):
        assert f(Dual(1.0, 1.0), 1.0).tangent == 0.5
        assert f(1.0, Dual(1.0, 1.0)).tangent == 0.5
        assert f(Dual(1.0, 1.0), Dual(1.0, 3.0)).tangent == 2
    assert max(Dual(0.0, 1.0), 0).tangent == 1
    assert type(max(0, Dual(0.0, 1.0))) is int
    assert np.max(Dual([1.0, 3.0, 3.0], [9.0, 1.0, 4.0])).tangent == 2.5
    assert np.min(Dual([5.0, 3.0, 3.0], [9.0, 1.0, 4.0])).tangent == 2.5
    for f in (np.sign, np.floor, np.ceil, np.trunc, np.rint):
        assert f(Dual(0.0, 1.0)).tangent == 0


# --- scalars, arrays, mixtures ----------------------------------------------------------------------------------------


def test_numbers_stay_exact():
    assert equal(Dual(10**30, 1) * Dual(10**30, 1), 10**60, 2 * 10**30)
    assert equal(Dual(Fraction(1, 2), 1) * Fraction(1, 3), Fraction(1, 6), Fraction(1, 3))
    assert equal(abs(Dual(-2, 3)), 2, -3)
    assert equal(np.square(Dual(3, 1)), 9, 6)
    assert equal(np.sin(Dual(Fraction(1, 2), Fraction(1))), sin(0.5), math.cos(0.5))
    assert equal(Dual(Fraction(1), Fraction(1)) * np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    assert_allclose((Fraction(1, 2) ** Dual(2, 1)).tangent, log(0.5) / 4, rtol=1e-15)
    assert Dual(10**30, 1) > 10**30 - 1


def test_parts_of_scalars_are_python_numbers():
    for x in (np.float64(2), np.float32(2), np.array(2.0)):
        assert equal(Dual(x, x), 2.0, 2.0)
    assert equal(Dual(np.int64(2), True), 2, 1)
    assert equal(np.sin(Dual(0.0, 1.0)), 0.0, 1.0)
    assert equal(Dual([1.0, 2.0], [3.0, 4.0])[1], 2.0, 4.0)
    assert equal(np.float64(3) * Dual(2, 1), 6.0, 3.0)
    assert equal(np.int64(3) * Dual(2, 1), 6, 3)
    assert equal(np.array(3.0) * Dual(2, 1), 6.0, 3.0)


def test_reflected_operators():
    x = Dual(2.0, 3.0)
    for plain in (5, 5.0, Fraction(5), np.float64(5), np.int64(5), np.array(5.0)):
        for op, by_left, by_right in (
            (operator.add, 3, 3),
            (operator.sub, 3, -3),
            (operator.mul, 15, 15),
            (operator.truediv, 0.6, -15 / 4),
            (operator.pow, 5 * 2**4 * 3, 25 * log(5) * 3),
        ):
            assert_allclose(parts(op(x, plain)), (op(2.0, 5.0), by_left), rtol=1e-15)
            assert_allclose(parts(op(plain, x)), (op(5.0, 2.0), by_right), rtol=1e-15)


def test_augmented_assignment_makes_a_new_number():
    x = total = Dual(2.0, 1.0)
    total += x * x
    total *= 2
    assert parts(total) == (12.0, 10.0)
    assert parts(x) == (2.0, 1.0)


def test_lists_and_arrays_on_both_sides():
    for other in ([1, 2], (1, 2), np.array([1.0, 2.0]), np.array([1, 2]), np.array([True, 2])):
        for product in (other * Dual(3.0, 1.0), Dual(3.0, 1.0) * other):
            assert equal(product, np.array([3.0, 6.0]), np.array([1.0, 2.0]))


def test_broadcasting():
    x = Dual([1.0, 2.0, 3.0], [1.0, 0.0, 2.0])
    for y in (x + np.ones((2, 3)), np.ones((2, 3)) + x, x * np.ones((2, 1)), np.maximum(x, np.zeros((2, 1)))):
        assert y.shape == (2, 3)
        assert_array_equal(y.tangent, [[1, 0, 2]] * 2)
    assert_array_equal(Dual([[1.0], [2.0]], 1.0).tangent, [[1], [1]])
    assert_array_equal(Dual(np.zeros((2, 3)), [1, 2, 3]).tangent, [[1, 2, 3]] * 2)
    assert_array_equal((Dual([1.0, 2.0], 1.0) ** Dual([[1.0], [2.0]], 0.0)).tangent, [[1, 1], [2, 4]])


def test_inputs_are_not_touched():
    value, tangent = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    value.flags.writeable = tangent.flags.writeable = False
    x = Dual(value, tangent)
    _ = (x * value + np.exp(x)) @ value
    assert not np.shares_memory(x.value, value)
    assert value.tolist() == [1, 2]
    assert tangent.tolist() == [3, 4]


def test_empty_arrays():
    x = Dual(np.zeros((0, 3)), 1.0)
    assert np.exp(x).shape == (0, 3)
    assert equal(np.sum(x, axis=0), np.zeros(3), np.zeros(3))
    assert len(x) == 0
    assert list(x) == []


def test_parts_cannot_be_set():
    x = Dual(1.0, 2.0)
    for name in ("value", "tangent", "T", "other"):
        with pytest.raises(AttributeError):
            setattr(x, name, 3.0)
    with pytest.raises(TypeError):
        Dual([1.0], 1.0)[0] = 2.0


def test_comparisons_look_at_the_value():
    x = Dual(2, 7)
    assert [x < 3, x <= 2, x == 2, x != 2, x >= 3, x > 1] == [True, True, True, False, False, True]
    assert [3 > x, 2 >= x, 2 == x, 2 != x, 3 <= x, 1 < x] == [True, True, True, False, False, True]  # noqa: SIM300
    assert type(x < 3) is bool
    assert Dual(2, 1) == Dual(2, 5)
    assert x != "text"
    assert x is not None
    assert (x == None) is False  # noqa: E711
    assert_array_equal(Dual([1.0, 3.0], 1.0) > [2, 2], [False, True])
    assert np.isfinite(x) is True
    assert bool(Dual(0.0, 1.0)) is False
    assert bool(Dual(0.5, 0.0)) is True
    with pytest.raises(TypeError, match="unhashable"):
        hash(x)


def test_repr_can_be_read_back():
    for x in (Dual(8, 22), Dual(0.1, -1e-20), Dual(Fraction(1, 3), 2)):
        assert parts(eval(repr(x))) == parts(x)
    assert repr(Dual([1.0, 2.0], 0.5)) == "Dual(array([1., 2.]), array([0.5, 0.5]))"


def test_pickle():
    assert parts(pickle.loads(pickle.dumps(Dual(2.0, 3.0)))) == (2.0, 3.0)


# --- array functions --------------------------------------------------------------------------------------------------

A = np.array([[1.0, -2.0, 0.5], [3.0, 0.25, 4.0]])
dA = np.array([[1.0, 2.0, -1.0], [0.0, 3.0, 0.5]])
B = np.array([[2.0, 1.0], [0.0, -1.0], [1.5, 1.0]])

ARRAY_FUNCTIONS = {
    "sum": lambda x: np.sum(x),
    "sum axis": lambda x: np.sum(x, axis=1),
    "sum axis position": lambda x: np.sum(x, 0),
    "sum keepdims": lambda x: np.sum(x, axis=0, keepdims=True),
    "method sum": lambda x: x.sum(),
    "method sum axis": lambda x: x.sum(axis=1, keepdims=True),
    "mean": lambda x: np.mean(x),
    "mean axis": lambda x: np.mean(x, axis=0),
    "method mean": lambda x: x.mean(axis=1),
    "cumsum": lambda x: np.cumsum(x, axis=1),
    "trace": lambda x: np.trace(x),
    "trace offset": lambda x: np.trace(x, offset=1),
    "prod": lambda x: np.prod(x),
    "prod axis": lambda x: np.prod(x, axis=0),
    "prod axis 1": lambda x: np.prod(x, axis=1),
    "max": lambda x: np.max(x),
    "max axis": lambda x: np.max(x, axis=1),
    "max keepdims": lambda x: np.max(x, axis=0, keepdims=True),
    "min axis": lambda x: np.min(x, axis=0),
    "method max": lambda x: x.max() * x.max(1) * x.max(axis=1, keepdims=True),
    "method min": lambda x: x.min(0) * x.min(axis=0, keepdims=True),
    "clip": lambda x: np.clip(x, 0.0, 3.5),
    "clip below": lambda x: np.clip(x, 0.0, None),
    "clip above": lambda x: np.clip(x, None, 0.7),
    "clip by keywords": lambda x: np.clip(x, min=-1.0, max=3.5) * np.clip(x, max=0.7) * np.clip(x, min=-1.0),
    "clip by old keywords": lambda x: np.clip(x, a_min=-1.0, a_max=None),
    "clip between duals": lambda x: np.clip(A * 0.8, x * 0.7, x[0, 0] * 3) + np.clip(A, None, x[0, 0] * 3),
    "diff": lambda x: np.diff(x) ** 2,
    "diff axis": lambda x: np.diff(x, axis=0),
    "diff twice": lambda x: np.diff(x, n=2) + np.diff(x, 2, 1),
    "where": lambda x: np.where(x > 0, x * x, 7.0),
    "where both": lambda x: np.where([[True], [False]], x, -3 * x),
    "reshape": lambda x: np.reshape(x, (3, 2)),
    "method reshape": lambda x: x.reshape(3, 2),
    "method reshape tuple": lambda x: x.reshape((6,)),
    "method reshape -1": lambda x: x.reshape(-1),
    "ravel": lambda x: np.ravel(x),
    "squeeze": lambda x: np.squeeze(x[:1]),
    "expand_dims": lambda x: np.expand_dims(x, 1),
    "atleast_1d": lambda x: np.atleast_1d(np.sum(x)),
    "broadcast_to": lambda x: np.broadcast_to(x[0], (2, 3)),
    "T": lambda x: x.T,
    "transpose": lambda x: np.transpose(x, (1, 0)),
    "swapaxes": lambda x: np.swapaxes(x, 0, 1),
    "moveaxis": lambda x: np.moveaxis(x, 0, 1),
    "flip": lambda x: np.flip(x, axis=1),
    "roll": lambda x: np.roll(x, 1, axis=0),
    "tile": lambda x: np.tile(x, 2),
    "settings by keyword": lambda x: np.repeat(x, repeats=2, axis=0) * np.trace(x, offset=0, axis1=0, axis2=1),
    "repeat": lambda x: np.repeat(x, 2, axis=1),
    "take": lambda x: np.take(x, [2, 0], axis=1),
    "diag": lambda x: np.diag(x),
    "diagonal": lambda x: np.diagonal(x),
    "triu": lambda x: np.triu(x),
    "tril": lambda x: np.tril(x, k=1),
    "row": lambda x: x[1],
    "entry": lambda x: x[1, 2],
    "slice": lambda x: x[:, ::-1],
    "new axis": lambda x: x[:, None, :],
    "mask": lambda x: x[A > 0],
    "fancy": lambda x: x[[0, 0], [1, 2]],
    "stack": lambda x: np.stack([x[0], x[1] * x[0], A[0]], axis=1),
    "stack scalars": lambda x: np.stack([x[0, 0], 2, x[1, 1] ** 2]),
    "concatenate": lambda x: np.concatenate([x, A, 2 * x], axis=1),
    "concatenate default": lambda x: np.concatenate([[1.0, 2.0, 3.0], x[0]]),
    "concatenate position": lambda x: np.concatenate([x, x], 1),
    "vstack": lambda x: np.vstack([x, A]),
    "hstack": lambda x: np.hstack([x, A]),
    "column_stack": lambda x: np.column_stack([x[0], A[0]]),
    "matmul": lambda x: x @ B,
    "matmul reflected": lambda x: B @ x,
    "matmul both": lambda x: x @ (x.T * 2),
    "matmul vectors": lambda x: x[0] @ x[1],
    "matmul list": lambda x: np.array([1.0, 2.0]) @ x if isinstance(x, np.ndarray) else [1.0, 2.0] @ x,
    "vecdot": lambda x: np.vecdot(x, A),
    "dot": lambda x: np.dot(x, B),
    "dot second": lambda x: np.dot(B, x),
    "method dot": lambda x: x.dot(x.T),
    "inner": lambda x: np.inner(x, A),
    "outer": lambda x: np.outer(x, x),
    "vdot": lambda x: np.vdot(x, A * 2),
    "tensordot": lambda x: np.tensordot(x, B, axes=1),
    "tensordot position": lambda x: np.tensordot(x, A, 2),
    "kron": lambda x: np.kron(B, x),
    "cross": lambda x: np.cross(x[0], x[1]),
    "convolve": lambda x: np.convolve(x[0], x[1], "same"),
    "polyval": lambda x: np.polyval([1.0, -2.0, 3.0], x),
    "polyval coefficients": lambda x: np.polyval(x[0], A[1]),
    "iteration": lambda x: sum(row[0] * row[1] for row in x),
    "shape": lambda x: x * np.shape(x)[0] + np.ndim(x) * np.size(x) * x + x.ndim * x.size * x.shape[1] * x,
    "zeros and ones like": lambda x: x * np.ones_like(x) + np.zeros_like(x),
    "argmax": lambda x: x[0, np.argmax(x[1])] * x[0, np.argmin(x[0])] * x[1, np.argsort(x[1])],
    "softmax": lambda x: np.exp(x - np.max(x)) / np.sum(np.exp(x - np.max(x))),
}


@pytest.mark.parametrize("f", ARRAY_FUNCTIONS.values(), ids=ARRAY_FUNCTIONS)
def test_array_function(f):
    """The value is NumPy's, the tangent that of the five-point difference along dA (exact for degree four)."""
    result = f(Dual(A, dA))
    assert_allclose(result.value, f(A), rtol=1e-15)
    assert np.shape(result.value) == np.shape(result.tangent) == np.shape(f(A))
    h = 2.0**-10
    difference = (8 * (f(A + h * dA) - f(A - h * dA)) - (f(A + 2 * h * dA) - f(A - 2 * h * dA))) / (12 * h)
    assert_allclose(result.tangent, difference, rtol=1e-9, atol=1e-10)
    assert np.any(difference != 0)


def test_product_with_a_zero_factor():
    assert equal(np.prod(Dual([0.0, 2.0, 3.0], [1.0, 0.0, 0.0])), 0.0, 6.0)


def test_sum_of_a_list_of_duals():
    assert equal(sum([Dual(1, 1), Dual(2, 5)]), 3, 6)


def test_condition_may_be_dual():
    assert equal(np.where(Dual([0.0, 2.0], 1.0), Dual(3.0, 1.0), 4.0), np.array([4.0, 3.0]), np.array([0.0, 1.0]))
    assert np.where(Dual([0.0, 2.0], 1.0), 3.0, 4.0).tolist() == [4, 3]


# --- what must fail, and say why --------------------------------------------------------------------------------------

x = Dual(1.0, 1.0)
v = Dual([1.0, 2.0], 1.0)

LOST = {
    "float": (lambda: float(x), "np.sin, not math.sin"),
    "int": (lambda: int(x), "derivative would be lost"),
    "complex": (lambda: complex(x), "derivative would be lost"),
    "math": (lambda: math.sin(x), "np.sin, not math.sin"),
    "array": (lambda: np.array([x, 2.0]), r"np\.stack"),
    "asarray": (lambda: np.asarray(v), r"np\.stack"),
    "in-place on an array": (lambda: operator.iadd(np.zeros(2), v), r"add of a Dual takes no out; write x = x \+ y"),
    "where=": (lambda: np.exp(v, where=[True, False]), "exp of a Dual takes no where"),
    "reduce": (lambda: np.multiply.reduce(v), "multiply.reduce"),
    "no ufunc rule": (lambda: np.floor_divide(x, 2.0), "floor_divide has no derivative rule"),
    "no special rule": (lambda: sc.gammainc(x, 2.0), "gammainc has no derivative rule"),
    "no function rule": (lambda: np.linalg.svd(v), r"numpy\.linalg\.svd has no derivative rule"),
    "operator": (lambda: x // 2, "floor_divide has no derivative rule"),
    "text": (lambda: x + "a", "str"),
    "None": (lambda: None * x, "NoneType"),
    "complex operand": (lambda: x * 1j, "real numbers"),
    "initial": (lambda: np.sum(v, initial=3.0), "sum of a Dual: got an unexpected keyword argument 'initial'"),
    "dtype by position": (lambda: np.sum(v, None, int), "sum of a Dual: too many positional arguments"),
    "out by position": (lambda: np.sum(v, None, None, np.zeros(2)), "sum of a Dual: too many positional arguments"),
    "out of stack": (
        lambda: np.stack([v, v], out=np.zeros((2, 2))),
        "stack of a Dual: got an unexpected",
    ),
    "stack position": (lambda: np.stack([v, v], 0, None), "stack of a Dual: too many positional arguments"),
    "keyword array": (lambda: np.sum(a=v), "first argument"),
    "one branch of where": (lambda: np.where(v > 0, v), "a condition and two branches"),
    "where for indices": (lambda: np.where(v), r"for the indices write np\.where\(x != 0\)"),
    "initial of max by name": (lambda: np.max(v, initial=3.0), r"numpy\.max of a Dual: got an unexpected .*initial"),
    "out of clip": (lambda: np.clip(v, 0.0, 1.0, out=np.zeros(2)), r"numpy\.clip of a Dual: .*out"),
    "ends of diff": (lambda: np.diff(v, prepend=0.0), "diff of a Dual: got an unexpected keyword argument 'prepend'"),
    "len": (lambda: len(x), "scalar Dual"),
    "iteration": (lambda: list(x), "scalar Dual"),
    "entry": (lambda: x[0], "scalar Dual"),
    "nested value": (lambda: Dual(x, 1.0), "grad or jvp"),
    "nested tangent": (lambda: Dual(1.0, x), "grad or jvp"),
}


@pytest.mark.parametrize(("call", "match"), LOST.values(), ids=LOST)
def test_type_errors(call, match):
    with pytest.raises(TypeError, match=match):
        call()


def test_entry_of_an_array_cannot_be_a_dual():
    with pytest.raises(ValueError, match="sequence"):
        np.zeros(3)[0] = x


@pytest.mark.parametrize(
    ("call", "error", "match"),
    [
        (lambda: np.log(Dual(-1.0, 1.0)), ValueError, r"log needs x > 0 .* got x = -1\.0$"),
        (lambda: np.log(Dual(0.0, 1.0)), ValueError, "log needs x > 0"),
        (lambda: np.sqrt(Dual(-1.0, 1.0)), ValueError, "sqrt needs x > 0"),
        (lambda: np.sqrt(Dual(0.0, 1.0)), ValueError, "sqrt needs x > 0"),
        (lambda: np.sqrt(Dual([[1.0, 0.0]], 1.0)), ValueError, r"got x = 0\.0 in entry \[0, 1\]"),
        (lambda: 1 / Dual(0, 3), ZeroDivisionError, "divide needs y != 0"),
        (lambda: Dual(1, 3) / 0, ZeroDivisionError, "divide needs y != 0"),
        (lambda: v / [1, 0], ZeroDivisionError, r"got x = 2\.0, y = 0\.0 in entry \[1\]"),
        (lambda: np.reciprocal(Dual(0.0, 3.0)), ZeroDivisionError, "reciprocal needs x != 0"),
        (lambda: Dual(0, 1) ** -1, ZeroDivisionError, "power needs x != 0 unless y >= 0"),
        (lambda: Dual(-2, 1) ** 0.5, ValueError, "power needs x >= 0 unless y is an integer"),
        (lambda: Dual(0.0, 1.0) ** 0.5, ValueError, "infinite derivative at base 0"),
        (lambda: Dual(-2.0, 1.0) ** Dual(2.0, 1.0), ValueError, "base > 0"),
        (lambda: (-2.0) ** Dual(2.0, 1.0), ValueError, "base > 0"),
        (lambda: 0.0 ** Dual(0.0, 1.0), ValueError, "base > 0"),
        (lambda: np.hypot(Dual(0.0, 1.0), 0.0), ValueError, "not both 0"),
        (lambda: np.arctan2(Dual(0.0, 1.0), 0.0), ValueError, "y = 0.0, x = 0.0"),
        (lambda: np.arcsin(Dual(1.0, 1.0)), ValueError, r"\|x\| < 1"),
        (lambda: np.cbrt(Dual(0.0, 1.0)), ValueError, "x != 0"),
        (lambda: sc.gammaln(Dual(-1.0, 1.0)), ValueError, "x not 0, -1"),
        (lambda: sc.logit(Dual(1.0, 1.0)), ValueError, "0 < x < 1"),
        (lambda: x * math.nan, ValueError, "nan"),
        (lambda: operator.add(v, [1.0, math.nan]), ValueError, "nan"),
        (lambda: np.clip(v, 0.0, None, min=1.0), ValueError, "not both"),
    ],
)
def test_domain_errors(call, error, match):
    with pytest.raises(error, match=match):
        call()


OVERFLOWS = {
    "tangent of a quotient": lambda: 1 / Dual(1e-200, 1.0),
    "value of a product": lambda: Dual(1e200, 1.0) * 1e200,
    "tangent of a product": lambda: Dual(1e200, 1e200) * Dual(1e10, 1e200),
    "exponential": lambda: np.exp(Dual(1000.0, 1.0)),
    "one entry": lambda: np.exp(Dual([0.0, 1000.0], 1.0)),
    "tangent alone": lambda: np.sqrt(Dual(1e-300, 1e200)),
    "sum": lambda: np.sum(Dual([1.7e308, 1.7e308], 1.0)),
    "tangent of a sum": lambda: np.sum(Dual([1.0, 1.0], 1.7e308)),
    "matrix product": lambda: Dual([1e200, 1.0], 1.0) @ [1e200, 1.0],
    "tangent of a matrix product": lambda: Dual([1.0, 1.0], 1e200) @ [1e200, 1.0],
    "gamma": lambda: sc.gamma(Dual(200.0, 1.0)),
    "lift": lambda: lift(lambda t: t, lambda t: 1e200)(Dual(1.0, 1e200)),
    "nested": lambda: grad(grad(lambda t: 1 / t))(1e-120),
}


@pytest.mark.parametrize("call", OVERFLOWS.values(), ids=OVERFLOWS)
def test_overflow_is_not_silent(call):
    with pytest.raises(OverflowError, match=r"beyond the largest float"):
        call()


def test_overflow_that_cancels_is_not_silent():
    with pytest.raises(ValueError, match="overflowed on the way"):
        1 / Dual(1e-200, 0.0)
    with pytest.raises(ValueError, match="overflowed on the way"):
        np.sin(np.maximum(x, inf))


def test_infinite_operands_are_allowed():
    assert equal(np.minimum(Dual(2.0, 3.0), inf), 2.0, 3.0)
    assert equal(np.maximum(Dual(2.0, 3.0), inf), inf, 0.0)
    assert np.logaddexp(Dual(2.0, 3.0), -inf).tangent == 3
    assert equal(np.dot(Dual([1.0, 2.0], 1.0), [inf, 1.0]), inf, inf)
    infinite = np.maximum(Dual([1.0, 2.0], 1.0), [inf, 1.0])
    assert equal(np.max(infinite), inf, 0.0)
    assert equal(lift(lambda t: t, lambda t: 1.0)(infinite[0]), inf, 0.0)
    # A mask of minus infinity takes entries out of a softmax.
    masked = np.where([True, True, False], Dual([1.0, 1.0, 5.0], [1.0, 0.0, 7.0]), -inf)
    weights = np.exp(masked - np.max(masked))
    assert equal(weights / np.sum(weights), np.array([0.5, 0.5, 0.0]), np.array([0.25, -0.25, 0.0]))


# --- lift -------------------------------------------------------------------------------------------------------------


def test_lift():
    g = lift(math.erf, lambda t: 2 / sqrt(pi) * exp(-t * t))
    assert g(0.5) == erf(0.5)
    assert equal(g(Dual(0.5, 3.0)), erf(0.5), 3 * 2 / sqrt(pi) * exp(-0.25))
    vectorised = lift(lambda t: t**3, lambda t: 3 * t**2)
    assert equal(vectorised(Dual([1.0, 2.0], [1.0, 0.5])), np.array([1.0, 8.0]), np.array([3.0, 6.0]))


def test_lift_twice_for_second_derivatives():
    once = lift(math.sin, math.cos)
    with pytest.raises(TypeError, match="derivative would be lost"):
        grad(grad(once))(0.5)
    twice = lift(math.sin, lift(math.cos, lambda t: -math.sin(t)))
    assert grad(grad(twice))(0.5) == -sin(0.5)
    assert lift(math.lgamma, sc.digamma)(Dual(2.5, 1.0)).value == lgamma(2.5)


def test_lifted_functions_may_use_a_number_that_is_differentiated_outside():
    assert grad(lambda p: grad(lift(lambda x: x * x * p, lambda x: 2 * x * p))(3.0))(2.0) == 6


def test_stable_far_out():
    assert np.tanh(Dual(400.0, 1.0)).tangent == pytest.approx(4 * exp(-700) * exp(-100), rel=1e-12)
    assert sc.expit(Dual(-700.0, 1.0)).tangent == pytest.approx(exp(-700), rel=1e-13)
    assert np.logaddexp(Dual(1000.0, 1.0), 0.0).tangent == 1
    assert np.hypot(Dual(3e200, 1.0), 4e200).tangent == pytest.approx(0.6)
    assert np.arctan2(Dual(3e-200, 1.0), 4e-200).tangent == pytest.approx(0.16e200)
    assert (1e-100 / Dual(1e-170, 1.0)).tangent == pytest.approx(-1e240)
    assert np.arccosh(Dual(1e200, 1.0)).tangent == pytest.approx(1e-200)
    assert np.arcsinh(Dual(1e200, 1.0)).tangent == pytest.approx(1e-200)
    assert np.arctanh(Dual(1 - 2.0**-53, 1.0)).tangent == pytest.approx(2.0**52)
    assert tanh(400.0) == 1
    assert hypot(3, 4) == 5


SMALL_AND_LARGE = (1e-12, 1e-6, 0.1, 0.4999, 0.5, 0.75, 0.9999, 1.0, 1.0001, 1.5, 5.0, 20.0, 170.0)


def tanh_derivatives(x):
    t, s = tanh(x), cosh(x) ** -2
    return s, -2 * t * s, 2 * s * (2 * t * t - s)


def expit_derivatives(x):
    return [slope / 2 ** (k + 1) for k, slope in enumerate(tanh_derivatives(x / 2), 1)]


def arcsin_derivatives(x):
    u = float(1 - Fraction(x) ** 2)
    return u**-0.5, x * u**-1.5, (1 + 2 * x * x) * u**-2.5


def arctanh_derivatives(x):
    u = float(1 - Fraction(x) ** 2)
    return 1 / u, 2 * x / u**2, (2 + 6 * x * x) / u**3


@pytest.mark.parametrize(
    ("f", "known", "limit"),
    [
        (np.tanh, tanh_derivatives, inf),
        (sc.expit, expit_derivatives, inf),
        (np.arcsin, arcsin_derivatives, 1),
        (lambda x: -np.arccos(x), arcsin_derivatives, 1),
        (np.arctanh, arctanh_derivatives, 1),
    ],
    ids=["tanh", "expit", "arcsin", "arccos", "arctanh"],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_three_derivatives_without_cancellation(f, known, limit, sign):
    points = [sign * x for x in SMALL_AND_LARGE if x < limit]
    assert len(points) >= 7
    for x in points:
        found = grad(f)(x), grad(grad(f))(x), grad(grad(grad(f)))(x)
        assert_allclose(found, known(x), rtol=2e-13)
    assert_allclose(jacfwd(jacfwd(f))(points).sum(axis=(1, 2)), [known(x)[1] for x in points], rtol=2e-13)


def test_second_derivative_of_logaddexp_far_from_the_tie():
    for gap in (1.0, 40.0, 700.0):
        second = grad(grad(lambda x: np.logaddexp(x, 3.0)))(3.0 + gap)
        assert_allclose(second, exp(-gap) / (1 + exp(-gap)) ** 2, rtol=1e-12)


def test_unknown_ufunc_is_named():
    with pytest.raises(TypeError, match=r"gcd .* lift\(f, df\)"):
        partials(np.gcd)


class Foreign:
    """Stands for a number of another mode, of a higher level: it must get the operation."""

    _level = 10**9

    def __array_ufunc__(self, ufunc, method, *inputs):
        return ufunc.__name__

    def __array_function__(self, func, types, args, kwargs):
        return func.__name__

    def __radd__(self, other):
        return "radd"


def test_higher_level_of_another_mode_goes_first():
    assert np.add(x, Foreign()) == "add"
    assert x + Foreign() == "radd"
    assert np.matmul(v, Foreign()) == "matmul"
    assert np.dot(v, Foreign()) == "dot"
    assert np.stack([x, Foreign()]) == "stack"
    assert np.where(True, x, Foreign()) == "where"
