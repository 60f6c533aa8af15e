import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from companion.calculus import limit
from companion.calculus._limits import _rho, _wynn

x = sympy.Symbol("x", real=True)
INF = sympy.oo
SYMPY = [  # expression, point, side
    ("1/x", 0, "right"),
    ("1/x", 0, "left"),
    ("x**2", 0, "both"),
    ("Abs(x)", 0, "both"),
    ("Abs(x)/x", 0, "left"),
    ("Abs(x)/x", 0, "right"),
    ("sin(x)/x", 0, "both"),
    ("(1 - cos(x))/x**2", 0, "both"),
    ("(exp(x) - 1)/x", 0, "both"),
    ("(x - sin(x))/x**3", 0, "right"),
    ("(tan(x) - sin(x))/x**3", 0, "left"),
    ("1/sin(x)**2 - 1/x**2", 0, "right"),
    ("x*log(x)", 0, "right"),
    ("log(x)", 0, "right"),
    ("x**x", 0, "right"),
    ("sqrt(x)", 0, "right"),
    ("exp(-1/x**2)", 0, "both"),
    ("exp(1/x)", 0, "right"),
    ("exp(1/x)", 0, "left"),
    ("1/(1 + exp(1/x))", 0, "left"),
    ("x*sin(1/x)", 0, "both"),
    ("x**2*sin(1/x)", 0, "both"),
    ("(1 + x)**(1/x)", 0, "right"),
    ("(x**3 - 1)/(x - 1)", 1, "both"),
    ("(sqrt(x) - 1)/(x - 1)", 1, "both"),
    ("1/(x - 1)**2", 1, "both"),
    ("log(x)/(x - 1)", 1, "both"),
    ("(x**2 - 4)/(x - 2)", 2, "both"),
    ("1/(x**2 - 1)", -1, "left"),
    ("tan(x)", sympy.pi / 2, "left"),
    ("tan(x)", sympy.pi / 2, "right"),
    ("acos(x)", 1, "left"),
    ("atan(x)", INF, "both"),
    ("atan(x)", -INF, "both"),
    ("(1 + 1/x)**x", INF, "left"),
    ("log(x)/x", INF, "left"),
    ("sqrt(x**2 + x) - x", INF, "both"),
    ("(3*x**2 + 1)/(2*x**2 - x)", -INF, "right"),
    ("exp(x)", INF, "both"),
    ("exp(x)", -INF, "both"),
    ("x**2*exp(-x)", INF, "both"),
]


@pytest.mark.parametrize(("text", "c", "side"), SYMPY, ids=[f"{t} at {c} {s}" for t, c, s in SYMPY])
def test_against_sympy(text, c, side):
    tree = sympy.sympify(text, locals={"x": x})
    inner = "-" if c == INF else "+" if c == -INF else {"left": "-", "right": "+", "both": "+-"}[side]
    exact = sympy.limit(tree, x, c, inner)
    found = limit(sympy.lambdify(x, tree, "math"), float(c), side)
    assert found.converged
    if exact.is_infinite:
        assert found.limit == float(exact)
        assert found.error == 0
    else:
        assert abs(found.limit - float(exact)) <= max(found.error, 1e-15)
        assert found.error <= 1e-6 * max(1, abs(float(exact)))


@pytest.mark.parametrize(
    ("f", "c", "side"),
    [
        (lambda t: math.sin(1 / t), 0, "right"),
        (lambda t: math.sin(math.pi / t), 0, "right"),
        (lambda t: math.sin(1 / (t - 1)), 1, "left"),
        (lambda t: math.cos(1e-9 / t), 0, "right"),
        (lambda t: math.sin(2 * math.pi * math.log2(t)), 0, "right"),
        (lambda t: math.sin(math.log(t)), 0, "right"),
        (lambda t: math.sin(1 / t) / t, 0, "right"),
        (lambda t: 2 * t * math.sin(1 / t) - math.cos(1 / t), 0, "both"),
        (math.sin, math.inf, "both"),
    ],
    ids=range(9),
)
def test_no_limit_is_found_where_there_is_none(f, c, side):
    found = limit(f, c, side)
    assert not found.converged
    assert math.isnan(found.limit)
    assert found.error == math.inf
    assert "do not settle" in found.message


@pytest.mark.parametrize("f", [math.sqrt, np.sqrt, lambda t: t**0.5, lambda t: math.sqrt(t * t - 1e-6)])
def test_where_f_is_not_defined(f):
    found = limit(f, 0, "left")
    assert not found.converged
    assert found.message.startswith("f is not defined next to c")


SLOW = {  # at infinity
    "1/log": (lambda t: 1 / math.log(t), 0),
    "2 + 1/log": (lambda t: 2 + 1 / math.log(t), 2),
    "log/log": (lambda t: math.log(2 * t) / math.log(3 * t), 1),
    "power of 1/log": (lambda t: t ** (1 / math.log(2 * t)), math.e),
    "atan(log)": (lambda t: math.atan(math.log(t)), math.pi / 2),
    "1/log^2": (lambda t: math.log(t) ** -2, 0),
    "100 log/(100 + log)": (lambda t: math.log(t) / (1 + 0.01 * math.log(t)), 100),
    "1/log + sin": (lambda t: 1 / math.log(t) + math.sin(t) / t, 0),
}


@pytest.mark.parametrize(("f", "exact"), SLOW.values(), ids=SLOW)
def test_slow_limits(f, exact):
    found = limit(f, math.inf)
    assert found.converged
    assert abs(found.limit - exact) <= found.error < 1e-6
    near = limit(lambda t: f(1 / t), 0, "right")
    assert abs(near.limit - exact) <= near.error < 1e-6
    shifted = limit(lambda t: f(1 / (t - 1)), 1, "right")  # fewer points
    assert not shifted.converged or abs(shifted.limit - exact) <= shifted.error < 1e-4


@pytest.mark.parametrize(
    "f",
    [
        lambda t: math.log(math.log(t) + 1),
        lambda t: math.sqrt(math.log(t) + 1),
        lambda t: math.sin(math.log(math.log(t) + 1)),
        lambda t: math.sin(math.sqrt(math.log(t))),
        lambda t: 1 / math.log(math.log(t) + 2),
        lambda t: 0.1 * math.log(math.log(t) + 2) / math.log(t + 2) - 0.1 * math.exp(-math.sqrt(math.log(t))),
    ],
    ids=range(6),
)
def test_slower_limits_are_not_claimed(f):
    assert not limit(f, math.inf).converged


def test_rho_finds_the_limit_of_rational_sequences():
    k = np.arange(3.0, 8)
    one, two = 3 + 2 / k, (3 * k**2 + k + 5) / (k**2 + 4)
    np.testing.assert_allclose(_rho(one[None, :3]), [3], rtol=1e-12)
    np.testing.assert_allclose(_rho(two[None]), [3], rtol=1e-9)
    assert abs(_rho(two[None, :3])[0] - 3) > 1e-3


@pytest.mark.parametrize(
    ("f", "c"),
    [
        (lambda t: t - math.floor(t), math.inf),
        (lambda t: t % 1, math.inf),
        (lambda t: math.ceil(t) - t, math.inf),
        (lambda t: math.sqrt(t) % 1, math.inf),
        (lambda t: 1 / t - math.floor(1 / t), 0),
        (lambda t: math.sin(0.1 * math.log(t)) + 3 / t, math.inf),
    ],
    ids=range(6),
)
def test_what_floats_make_of_no_limit_is_none(f, c):
    found = limit(f, c, "right" if c == 0 else "both")  # all large floats are whole numbers
    assert not found.converged


TAYLOR = {  # functions with their coefficients
    "exp": (math.exp, [1 / math.factorial(j) for j in range(7)]),
    "cos": (math.cos, [1, 0, -1 / 2, 0, 1 / 24, 0, -1 / 720]),
    "cosh": (math.cosh, [1, 0, 1 / 2, 0, 1 / 24, 0, 1 / 720]),
    "sqrt": (lambda t: math.sqrt(1 + t), [1, 1 / 2, -1 / 8, 1 / 16, -5 / 128, 7 / 256, -21 / 1024]),
    "cbrt": (lambda t: (1 + t) ** (1 / 3), [1, 1 / 3, -1 / 9, 5 / 81, -10 / 243, 22 / 729, -154 / 6561]),
    "1/(1 - t)": (lambda t: 1 / (1 - t), [1] * 7),
}


def taylor_remainder(f, a, k, form, c):
    """Return the program of (f(t) - p(t)) / t**k at t = x - c, whose limit is a[k]."""

    def remainder(x):
        t = x - c
        if form == "Horner":
            p = 0.0
            for j in reversed(range(k)):
                p = p * t + a[j]
            return (f(t) - p) / t**k
        value = f(t)
        for j in range(k):
            value -= a[j] * t**j
        return value / t**k

    return remainder


@pytest.mark.parametrize("c", [0, 1, 3.0])
@pytest.mark.parametrize("form", ["sum", "Horner"])
@pytest.mark.parametrize("name", TAYLOR)
def test_remainders_of_taylors_polynomials_are_never_wrong(name, form, c):
    f, a = TAYLOR[name]
    found = []
    for k in range(1, 7):
        if a[k]:
            for side in ("both", "right"):
                one = limit(taylor_remainder(f, a, k, form, c), c, side)
                assert not one.converged or abs(one.limit - a[k]) <= 1e-6 * abs(a[k]) + 3 * one.error
                found.append(one.converged)
    assert sum(found) >= 2  # the low orders


@pytest.mark.parametrize(
    ("f", "c", "exact"),
    [
        (lambda x: math.sin(50 * x) ** 3 / x**3, 0, 125_000),
        (lambda x: math.sin(200 * x) ** 2 / x**2, 0, 40_000),
        (lambda x: math.sin(1e5 * x) / x, 0, 1e5),
        (lambda x: math.sin(x - 1e5) / (x - 1e5), 1e5, 1),
    ],
)
def test_an_oscillation_far_from_c_is_no_rounding(f, c, exact):
    assert limit(f, c).limit == pytest.approx(exact, rel=1e-8)


def test_a_jump_of_the_function_itself_is_no_rounding():
    assert limit(lambda t: 1.0 if t > 1e-5 else 0.0, 0, "right").limit == 0
    assert limit(lambda t: math.exp(t) if t > 1e-4 else 0.0, 0, "right").limit == 0
    assert limit(lambda t: math.cos(t) / (1 + t) if t > 1.001 else 0.0, 1, "right").limit == 0


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_pole_that_the_rounding_of_c_makes(side):
    found = limit(lambda t: math.cos(t) / (t - math.pi / 2), math.pi / 2, side)
    assert found.converged
    assert abs(found.limit + 1) < 1e-9
    assert abs(limit(lambda t: math.sin(t) ** 2 / (t - math.pi) ** 2, math.pi, side).limit - 1) < 1e-9
    assert not limit(lambda t: 1 - 1e-17 / (t - 1), 1.0, "right").converged


@pytest.mark.parametrize("shift", [0, 50, -100, 1000, 1e6])
def test_slow_growth_is_growth(shift):
    assert limit(lambda t: shift + math.log(t), 0, "right").limit == -math.inf
    assert limit(lambda t: shift + math.log(t - 1), 1, "right").limit == -math.inf
    assert not limit(lambda t: 1e6 + math.log(t) ** 2, 0, "right").converged


def test_the_sides_of_a_jump():
    jump = limit(math.floor, 3)
    assert not jump.converged
    assert math.isnan(jump.limit)
    assert (jump.left.limit, jump.right.limit) == (2, 3)
    assert jump.message == "The one-sided limits differ: 2 from the left, 3 from the right."
    pole = limit(lambda t: 1 / t, 0)
    assert not pole.converged
    assert (pole.left.limit, pole.right.limit) == (-math.inf, math.inf)
    half = limit(math.log, 0)
    assert not half.converged
    assert half.right.limit == -math.inf
    assert half.message.startswith("From the left: f is not defined")
    assert half.nfev == half.left.nfev + half.right.nfev


def test_the_point_itself_is_never_asked():
    seen = []
    found = limit(lambda t: seen.append(t) or 2.0 * t, 5)
    assert found.limit == pytest.approx(10)
    assert len(seen) == found.nfev
    assert 5.0 not in seen
    assert min(seen) < 5 < max(seen)


def test_values_and_distances():
    found = limit(lambda t: t * t, 2, "left")
    assert np.all(np.diff(found.h) < 0)
    assert found.h[-1] < 1e-9
    np.testing.assert_allclose(found.values, (2 - found.h) ** 2)
    far = limit(lambda t: 1 / t, math.inf)
    np.testing.assert_allclose(far.values, far.h)


def test_rtol_decides_what_is_believed():
    assert limit(lambda t: (math.exp(t) - 1 - t) / t**2, 0, "right").limit == pytest.approx(0.5, abs=1e-6)
    tight = limit(lambda t: (math.exp(t) - 1 - t) / t**2, 0, "right", rtol=1e-15)
    assert not tight.converged
    assert tight.message.startswith("They settle to")


@given(
    st.sampled_from([0.0, 1.0, -2.5, 1 / 3]),
    st.floats(0.1, 3),
    st.sampled_from([0.5, 1.0, 1.5, 2.0, 3.0]),
    st.sampled_from([1e-6, 1.0, 1e6]),
    st.sampled_from([0.0, 1.0, -20.0]),
)
def test_powers_scaled_and_shifted(limit_value, slope, power, scale, c):
    found = limit(lambda t: scale * (limit_value + slope * abs(t - c) ** power), c)
    assert found.converged
    assert abs(found.limit - scale * limit_value) <= 1e-6 * scale * (abs(limit_value) + abs(slope)) + 1e-300


@pytest.mark.parametrize("c", [-2.0, -0.3, 0.0, 0.7, 1.0, 3.0])
@pytest.mark.parametrize(("f", "df"), [(math.sin, math.cos), (math.exp, math.exp)], ids=["sin", "exp"])
def test_difference_quotients_have_the_derivative_as_limit(c, f, df):
    found = limit(lambda h: (f(c + h) - f(c)) / h, 0)
    assert found.converged
    assert found.limit == pytest.approx(df(c), rel=1e-6)


def test_wynn_removes_geometric_sequences():
    k = np.arange(5)
    one, two = 3 + 2 * 0.7**k, 3 + 2 * 0.7**k - 0.2**k
    np.testing.assert_allclose(_wynn(one[None, :3]), [3], rtol=1e-12)
    np.testing.assert_allclose(_wynn(two[None]), [3], rtol=1e-12)
    assert abs(_wynn(two[None, :3])[0] - 3) > 1e-3


def test_a_result_is_shown_in_a_line():
    both = limit(abs, 0)
    assert repr(both).endswith("h=<0 floats>, values=<0 floats>, left=<limit 0.0>, right=<limit 0.0>)")
    assert repr(both).startswith("LimitResult(limit=0.0, error=")
    assert f"nfev={both.left.nfev}, h=<{len(both.left.h)} floats>, values=<" in repr(both.left)
    assert len(repr(both.left)) < 200
    assert "left" not in repr(both.left)
