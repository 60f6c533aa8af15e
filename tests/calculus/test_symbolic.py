import math

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from companion.calculus import differentiate

NAMES = [
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atanh",
    "cos",
    "cosh",
    "exp",
    "log",
    "sin",
    "sinh",
    "sqrt",
    "tan",
    "tanh",
]
FUNCTIONS = (
    {name: getattr(sympy, name) for name in NAMES}
    | {"abs": sympy.Abs}
    | {"log2": lambda u: sympy.log(u, 2), "log10": lambda u: sympy.log(u, 10)}
)


def value(text, x):
    return float(sympy.sympify(text, locals=FUNCTIONS, rational=True).subs(sympy.Symbol("x"), x).evalf(30))


def true_derivative(text, x):
    tree = sympy.sympify(text, locals=FUNCTIONS, rational=True)
    symbol = sympy.Symbol("x", real=True)
    return float(sympy.diff(tree.subs(sympy.Symbol("x"), symbol), symbol).subs(symbol, x).evalf(30))


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_each_function_with_the_chain_rule(function):
    inside = "1 + x**2" if function == "acosh" else "x**2/2"
    text = f"{function}({inside})"
    x = sympy.Rational(7, 10)
    assert value(differentiate(text), x) == pytest.approx(true_derivative(text, x), rel=1e-13)


@pytest.mark.parametrize(
    "text",
    [
        "x**2*sin(x)",
        "sin(x)/x",
        "log(x**2)",
        "x**x",
        "2**x",
        "x**-3",
        "x**0.5",
        "(x + 1)*(x - 1)/(x*x + 1)",
        "-x",
        "+x - -x",
        "3",
        "x",
        "x - x",
        "exp(x*sin(x))/(1 + exp(-x))",
        "(x + 1)**(x - 1)",
        "1/(1/(1/x))",
        "x/3 - 4/x",
        "sqrt(1 - x**2)**3",
        "5*(2 + x*0)",
        "x**1",
        "x**0",
        "1e-3*x**3 + 1e3",
    ],
)
@pytest.mark.parametrize("simplify", [True, False])
def test_expressions(text, simplify):
    x = sympy.Rational(2, 7)
    found = value(differentiate(text, simplify=simplify), x)
    assert found == pytest.approx(true_derivative(text, x), rel=1e-13, abs=1e-15)


def test_the_rules_are_seen():
    assert differentiate("x**2*sin(x)") == "2*x*sin(x) + x**2*cos(x)"
    assert differentiate("sin(x)/x") == "(cos(x)*x - sin(x))/x**2"
    assert differentiate("log(x**2)") == "1/x**2*(2*x)"
    assert differentiate("3*x**2 + 5*x - 7") == "6*x + 5"
    assert differentiate("a*x + b") == "a"
    assert differentiate("a*x + b", "b") == "1"
    assert differentiate("c") == "0"


def trees():
    leaves = st.sampled_from(["x", "2", "3", "0.5", "a"])
    functions = st.sampled_from(["sin", "cos", "exp", "atan", "tanh"])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["+", "-", "*"]), inner),
            st.builds("({}/(2 + sin({})))".format, inner, inner),
            st.builds("{}({})".format, functions, inner),
            st.builds("-{}".format, inner),
            st.builds("({}*-{})".format, inner, inner),
            st.builds("(-{}/-3)".format, inner),
            st.builds("({})**{}".format, inner, st.sampled_from(["0", "1", "2", "3"])),
        ),
        max_leaves=6,
    )


@given(trees(), st.floats(-1, 1))
def test_random_expressions_against_the_complex_step(text, x):
    names = {name: getattr(np, name) for name in ("sin", "cos", "exp", "tanh")} | {"atan": np.arctan, "a": 0.3}
    with np.errstate(all="ignore"):
        expected = np.imag(eval(text, names, {"x": complex(x, 1e-20)})) / 1e-20
        for simplify in (True, False):
            found = eval(differentiate(text, simplify=simplify), names | {"log": np.log}, {"x": x})
            if math.isfinite(expected) and abs(expected) < 1e100:
                assert found == pytest.approx(expected, rel=1e-10, abs=1e-10)


def test_twice_is_the_second_derivative():
    text = "x**3*exp(-x)"
    second = differentiate(differentiate(text))
    true = sympy.diff(sympy.sympify(text), "x", 2).subs("x", sympy.Rational(1, 3))
    assert value(second, sympy.Rational(1, 3)) == pytest.approx(float(true), rel=1e-13)


def test_names_as_python_reads_them():
    micro, wide = "\u00b5", "\uff54"  # the micro sign is the letter mu for Python, the wide t a t
    assert differentiate(f"{micro}**2", micro) == differentiate("\u03bc**2", "\u03bc") == "2*\u03bc"
    assert differentiate(f"{wide}**2", "t") == differentiate("t**2", wide) == "2*t"


def test_whole_numbers_of_any_size():
    number = "1" + "0" * 309
    assert differentiate(f"{number}*x") == number


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("1/cos(x)", "sin(x)/cos(x)**2"),
        ("x**3*exp(-x)", "3*x**2*exp(-x) - x**3*exp(-x)"),
        ("1/x", "-1/x**2"),
        ("x**-3", "-3*x**(-4)"),
        ("x - -sin(x)", "1 + cos(x)"),
        ("a - b*-x", "b"),
        ("-1*x*a", "-a"),
        ("-x/-a", "1/a"),
        ("-(x + 1)", "-1"),
        ("cos(cos(x))", "sin(cos(x))*sin(x)"),
        ("exp(-t**2/2)", "0"),
        ("(-x)**2", "2*x"),
        ("x**2 - y**2*x*-1", "2*x + y**2"),
        ("-(x*x)/2", "-x"),
    ],
)
def test_signs_are_joined(text, derivative):
    assert differentiate(text) == derivative


@pytest.mark.parametrize(
    ("text", "derivative"),
    [
        ("x**1", "1"),
        ("x**2/2", "x"),
        ("x**3/6", "3*x**2/6"),
        ("x*x*x", "3*x*x"),
        ("x*x*x*x", "4*x*x*x"),
        ("(x + 1)*(x - 1)", "2*x"),
        ("x*(x + 1)*(x + 2)", "(2*x + 1)*(x + 2) + x*(x + 1)"),
        ("3*x**2 + 5*x - 7 - 6*x", "6*x - 1"),
        ("1/x + 1/x", "-2/x**2"),
        ("6*x**2/4", "3*x"),
        ("-x*-3", "3"),
        ("x - x", "0"),
        ("sin(x) - sin(x)*2", "cos(x) - cos(x)*2"),  # a factor behind the others stays there
        ("sin(x) - 2*sin(x)", "-cos(x)"),
        ("0.5*x + 0.5*x", "2*0.5"),
        ("log(x**2)", "1/x**2*(2*x)"),  # the chain rule is seen
        ("y**2/2 - x**2/2 + x", "-x + 1"),
    ],
)
def test_like_terms_are_put_together(text, derivative):
    assert differentiate(text) == derivative
