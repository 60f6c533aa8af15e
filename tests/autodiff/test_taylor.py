import math

import numpy as np
import pytest
import scipy.special as sc
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from companion.autodiff import Taylor, grad, taylor_coefficients
from companion.autodiff._rules import RULES, _add_special_rules
from tests.autodiff.test_dual import BINARY, UNARY

_add_special_rules()
x = sp.Symbol("x")
FLAT = {np.sign, np.floor, np.ceil, np.trunc, np.rint}

PROGRAMS = {
    "polynomial": (lambda t: 1 + 2 * t + 3 * t**2 - t**5, 1 + 2 * x + 3 * x**2 - x**5, 0.7),
    "quotient": (lambda t: (1 + t) / (2 - t * t), (1 + x) / (2 - x * x), 0.3),
    "exp(sin x)": (lambda t: np.exp(np.sin(t)), sp.exp(sp.sin(x)), 0.0),
    "log": (lambda t: np.log(1 + t * t), sp.log(1 + x * x), 0.8),
    "sqrt": (lambda t: np.sqrt(t), sp.sqrt(x), 2.5),
    "real power": (lambda t: t**1.7 + t**-0.5, x ** sp.Rational(17, 10) + 1 / sp.sqrt(x), 1.3),
    "negative power": (lambda t: t**-3, x**-3, -1.5),
    "power at zero": (lambda t: (t - 1) ** 4 + np.sin(t - 1) ** 2, (x - 1) ** 4 + sp.sin(x - 1) ** 2, 1.0),
    "power of powers": (lambda t: t**t + 2.0**t, x**x + 2**x, 0.9),
    "tan": (np.tan, sp.tan(x), 0.4),
    "tanh": (np.tanh, sp.tanh(x), 0.4),
    "sinh cosh": (lambda t: np.sinh(t) * np.cosh(2 * t), sp.sinh(x) * sp.cosh(2 * x), 0.2),
    "arctan": (np.arctan, sp.atan(x), 0.6),
    "arcsin": (np.arcsin, sp.asin(x), 0.3),
    "arcsin at zero": (np.arcsin, sp.asin(x), 0.0),
    "arccos at zero": (lambda t: np.arccos(t * t + t), sp.acos(x * x + x), 0.0),
    "arctanh at zero": (np.arctanh, sp.atanh(x), 0.0),
    "erf": (sc.erf, sp.erf(x), 0.5),
    "log1p expm1": (lambda t: np.log1p(t) * np.expm1(t), sp.log(1 + x) * (sp.exp(x) - 1), 0.25),
    "hypot": (lambda t: np.hypot(t, 2 * t + 1), sp.sqrt(x**2 + (2 * x + 1) ** 2), 0.5),
    "arctan2": (lambda t: np.arctan2(t, 2 - t), sp.atan(x / (2 - x)), 0.5),
}


@pytest.mark.parametrize(("f", "expression", "point"), PROGRAMS.values(), ids=PROGRAMS)
def test_coefficients_are_those_of_sympy(f, expression, point):
    order = 8
    known = [float(sp.diff(expression, x, k).subs(x, sp.Rational(str(point))).evalf(30)) for k in range(order + 1)]
    known = np.array(known) / [math.factorial(k) for k in range(order + 1)]
    found = taylor_coefficients(f, point, order)
    assert_allclose(found, known, rtol=1e-12, atol=1e-13 * np.abs(known).max())


def test_derivatives_of_the_lecture():
    """Of exp(sin x) at 0, orders 1 to 8: the sequence 1, 1, 0, -3, -8, -3, 56, 217."""
    series = taylor_coefficients(lambda t: np.exp(np.sin(t)), 0.0, 8)
    derivatives = series * [math.factorial(k) for k in range(9)]
    assert_allclose(derivatives, [1, 1, 1, 0, -3, -8, -3, 56, 217], atol=1e-11)


@pytest.mark.parametrize("ufunc", UNARY, ids=lambda ufunc: ufunc.__name__)
def test_first_derivatives_are_those_of_the_rules(ufunc):
    slope, points = UNARY[ufunc]
    for point in points:
        if point == 0 and ufunc in (np.absolute, np.fabs):
            continue
        value, first = taylor_coefficients(ufunc, point, 1)
        assert_allclose([value, first], [ufunc(point), slope(point)], rtol=1e-14, atol=1e-300)


@pytest.mark.parametrize("ufunc", BINARY, ids=lambda ufunc: ufunc.__name__)
def test_first_derivatives_of_two_operands(ufunc):
    by_first, by_second, points = BINARY[ufunc]
    for a, b in points:
        if a == b:
            continue
        assert_allclose(taylor_coefficients(lambda t, b=b: ufunc(t, b), a, 1)[1], by_first(a, b), rtol=1e-13)
        if ufunc not in (np.power, np.float_power) or a > 0:
            assert_allclose(taylor_coefficients(lambda t, a=a: ufunc(a, t), b, 1)[1], by_second(a, b), rtol=1e-13)


def test_every_rule_has_a_series():
    assert set(UNARY) | set(BINARY) == set(RULES)


@given(st.lists(st.floats(-2, 2), min_size=4, max_size=4), st.lists(st.floats(-2, 2), min_size=4, max_size=4))
def test_products_and_quotients(u, v):
    a, b = Taylor(u), Taylor([1.5, *v[1:]])
    assert_allclose((a * b / b).coefficients, u, atol=1e-12)
    assert_allclose((a * b).coefficients, np.convolve(u, b.coefficients)[:4], atol=1e-13)
    assert_allclose((a - a).coefficients, 0)


@given(st.lists(st.floats(-1, 1), min_size=6, max_size=6))
def test_identities_of_functions(u):
    a = Taylor([0.7, *u[1:]])
    for one, other in [
        (np.exp(np.log(a)), a),
        (np.sqrt(a) * np.sqrt(a), a),
        (np.sin(a) ** 2 + np.cos(a) ** 2, Taylor([1, 0, 0, 0, 0, 0])),
        (a**2.5, np.exp(2.5 * np.log(a))),
        (a**3, a * a * a),
        (np.tan(np.arctan(a)), a),
        (np.log(np.exp(a)), a),
    ]:
        assert_allclose(one.coefficients, other.coefficients, atol=1e-11)


def test_nested_derivatives_agree():
    f, derivatives = (lambda t: np.exp(-t * t) / (1 + t)), []
    g = f
    for _ in range(5):
        g = grad(g)
        derivatives.append(g(0.4))
    series = taylor_coefficients(f, 0.4, 5)[1:]
    assert_allclose(series * [math.factorial(k) for k in range(1, 6)], derivatives, rtol=1e-12)


def test_constants_and_low_orders():
    assert_array_equal(taylor_coefficients(lambda t: 5, 2.0, 3), [5, 0, 0, 0])
    assert_array_equal(taylor_coefficients(lambda t: t * t, 3.0, 0), [9])
    assert_array_equal(taylor_coefficients(np.arctan, 0.0, 0), [0])
    assert_array_equal(taylor_coefficients(lambda t: t**0, 0.0, 2), [1, 0, 0])
    for ufunc in FLAT:
        assert_array_equal(taylor_coefficients(ufunc, 2.5, 2), [ufunc(2.5), 0, 0])


def test_branches_look_at_the_value():
    assert_array_equal(taylor_coefficients(lambda t: t * t if t > 1 else t, 2.0, 2), [4, 4, 1])
    assert bool(Taylor([0, 1])) is False
    assert (Taylor([2, 5]) == 2) is True


def test_powers_of_constants():
    for f in (lambda t: (0 * t) ** 1.5 + t, lambda t: t + (0 * t) ** 2):
        assert_array_equal(taylor_coefficients(f, 2.0, 2), [2, 1, 0])
    assert_array_equal(taylor_coefficients(lambda t: (t - t - 2) ** 3, 1.0, 2), [-8, 0, 0])


def test_in_place_operators_make_a_new_series():
    def program(t):
        total = 1 * t
        total += t * t
        total *= t
        total -= 1
        total /= 2
        total **= 2
        return total

    assert_allclose(
        taylor_coefficients(program, 2.0, 2),
        taylor_coefficients(lambda t: (((t + t * t) * t - 1) / 2) ** 2, 2.0, 2),
        rtol=1e-15,
    )
    first = second = Taylor([1.0, 1.0])
    second += 1
    assert_array_equal(first.coefficients, [1, 1])
    assert_array_equal(second.coefficients, [2, 1])
    with pytest.raises(TypeError, match="numbers and no options"):
        np.add(first, 1, out=(second,))


def test_what_has_no_series():
    for f, point, match in (
        (abs, 0.0, "absolute has no Taylor series at 0"),
        (np.log, -1.0, "log needs x > 0"),
        (np.sqrt, 0.0, "sqrt needs x > 0"),
        (lambda t: np.maximum(t, 1), 1.0, "maximum has no Taylor series where its operands are equal"),
        (lambda t: t**0.5, -1.0, "x >= 0 unless y is an integer"),
        (lambda t: t**1.5, 0.0, r"power has no Taylor series at 0 for the exponent 1\.5"),
        (lambda t: (-2.0) ** t, 2.0, r"base is not positive, got -2\.0"),
        (lambda t: t**t, 0.0, r"base is not positive, got 0\.0"),
    ):
        with pytest.raises(ValueError, match=match):
            taylor_coefficients(f, point, 3)
    with pytest.raises(ZeroDivisionError, match="divide needs y != 0"):
        taylor_coefficients(lambda t: 1 / t, 0.0, 3)
    with pytest.raises(OverflowError, match="exp of a Taylor overflowed"):
        taylor_coefficients(np.exp, 1000.0, 3)


@pytest.mark.parametrize(
    ("f", "match"),
    [
        (math.sin, "a Taylor is no float"),
        (lambda t: np.array([t, 1.0]), "a Taylor is no array"),
        (lambda t: np.gcd(t, 2), "gcd has no derivative rule"),
        (lambda t: np.add.reduce(t), "numbers and no options"),
        (lambda t: t + Taylor([1, 2]), "the same order, got 1 and 3"),
        (lambda t: t + "a", "an operand must be a number, got .a."),
    ],
    ids=["math", "array", "gcd", "reduce", "order", "text"],
)
def test_type_errors(f, match):
    with pytest.raises(TypeError, match=match):
        taylor_coefficients(f, 1.0, 3)
