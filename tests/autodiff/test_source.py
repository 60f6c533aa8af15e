import cProfile
import itertools
import linecache
import math

import numpy as np
import pytest
import scipy.special as sc
import sympy
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.differentiate import derivative

from companion.autodiff import (
    _source,
    adjoint_program,
    adjoint_source,
    checkpoint,
    custom_root,
    grad,
    jvp,
    lift,
    tangent_program,
    tangent_source,
    value_and_grad,
    vjp,
)
from companion.autodiff._rules import RULES, _add_special_rules
from companion.autodiff._source_lowering import lowered
from companion.autodiff._source_rules import MATH, OPERATORS, STEPS, TEMPLATES, elementary_name
from tests.autodiff import source_programs as programs
from tests.autodiff.source_programs import ARRAY_POINTS, MATHEMATICAL, OF_ARRAYS, POINTS, SCALAR

_add_special_rules()


def named(f):
    return getattr(f, "__name__", str(f))


# --- text ---


def test_adjoint_of_the_lecture():
    assert adjoint_source(programs.lecture) == (
        "def lecture_b(x1, x2, lecture_bar=1.0):\n"
        "    w3 = x1 * x2\n"
        "    w4 = np.sin(x1)\n"
        "    w5 = w3 + w4\n"
        "    # reverse sweep\n"
        "    w5_bar = lecture_bar\n"
        "    w3_bar = w5_bar\n"
        "    w4_bar = w5_bar\n"
        "    x1_bar = np.cos(x1) * w4_bar\n"
        "    x1_bar = x1_bar + w3_bar * x2\n"
        "    x2_bar = x1 * w3_bar\n"
        "    return w5, x1_bar, x2_bar"
    )


def test_a_step_that_overwrites_its_operand_comes_after_its_tangent():
    def f(x):
        x = np.exp(x)
        return x

    assert tangent_source(f).splitlines()[1:3] == ["    dx = np.exp(x) * dx", "    x = np.exp(x)"]
    assert "stack.append(x)" in adjoint_source(f)


def test_only_what_the_reverse_sweep_reads_is_pushed():
    def f(x):
        s = 0.0
        for k in range(3):
            s = s + k * x
        return s

    assert "stack" not in adjoint_source(f)
    assert adjoint_source(programs.power_loop).count("stack.append") == 1


def test_terms_are_simple():
    def f(x):
        return 3 * x - x**2 + x / 4 - np.cos(x) * 1 + x**3

    text = tangent_source(f)
    for part in ("= 3 * dx", "= 2 * x * dx", "= dx / 4", "= -np.sin(x) * dx", "= 3 * x ** 2 * dx", "dw2 - dw3"):
        assert part in text, part
    assert "1.0" not in text


def test_the_text_runs_alone():
    for f in (programs.calls, programs.return_in_loop, programs.heron):
        space = {
            "np": np,
            "square": programs.square,
            "scaled": programs.scaled,
            "power_default": 3,
            "factor_default": 2.0,
        }
        exec(tangent_source(f), space)
        exec(adjoint_source(f), space)
        value, slope = space[f"{f.__name__}_d"](0.4, 1.3, 1.0, 0.0)
        assert_allclose(space[f"{f.__name__}_b"](0.4, 1.3)[:2], (value, slope), rtol=1e-13)
        assert_allclose(slope, grad(f)(0.4, 1.3), rtol=1e-13)


# --- the table of templates ---

NAMED = {"digamma" if f.__name__ == "psi" else f.__name__: f for f in RULES}
NEAR = {"arccosh": (1.5, 3.0), "logit": (0.2, 0.7), "reciprocal": (-0.3, 0.8), "log1p": (-0.4, 0.9)}


def test_the_table_holds_every_rule_but_steps():
    assert set(TEMPLATES) == {name for name, f in NAMED.items() if f not in STEPS}
    assert set(MATH.values()) <= set(TEMPLATES)
    assert set(OPERATORS.values()) <= set(TEMPLATES)
    assert all(len(TEMPLATES[name]) == len(RULES[NAMED[name]]) for name in TEMPLATES)


UNARY = [name for name in TEMPLATES if len(TEMPLATES[name]) == 1]


@pytest.mark.parametrize("name", UNARY)
def test_every_function_of_one_operand(name):
    module = "np" if hasattr(np, name) else "sc"
    f = program(f"{module}.{name}(x)")
    for x in NEAR.get(name, (0.25, 0.9)):
        value, slope = jvp(f, (x,), (1.0,))
        assert jvp(f, (x,), (1.0,), mode="source")[0] == value
        assert_allclose(jvp(f, (x,), (1.0,), mode="source")[1], slope, rtol=4e-15)
        assert_allclose(vjp(f, x, mode="source")[1](2.0), (2 * slope,), rtol=4e-15)


@pytest.mark.parametrize("function", MATH, ids=named)
def test_every_function_of_math(function):
    operands = "x, y" if len(TEMPLATES[MATH[function]]) == 2 else "x"
    f = program(f"math.{function.__name__}({operands})", operands)
    arguments = (1.6, 2.2)[: len(operands.split(","))] if MATH[function] == "arccosh" else (0.35, 0.9)
    for i, slope in enumerate(vjp(f, *arguments[: len(operands.split(","))], mode="source")[1](1.0)):
        point = list(arguments)[: len(operands.split(","))]
        rule = RULES[NAMED[MATH[function]]][i]
        assert_allclose(slope, rule(*point), rtol=4e-15)
    assert "np." not in tangent_source(f) or MATH[function] == "logaddexp"


def program(expression, parameters="x"):
    """A function whose source can be found."""
    return defined(f"def f({parameters}):\n    return {expression}\n")


def defined(text):
    name = f"<program {abs(hash(text))}>"
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    space = {"np": np, "math": math, "sc": sc}
    exec(compile(text, name, "exec"), space)
    return space["f"]


# --- programs, against the other modes and against differences ---


def test_there_are_many_programs():
    assert len(SCALAR) + len(MATHEMATICAL) + len(OF_ARRAYS) >= 45


@pytest.mark.parametrize("f", SCALAR, ids=named)
def test_scalar_programs_agree_with_dual_numbers(f):
    for x, y in POINTS:
        seen = [jvp(f, (x, y), v) for v in ((1.0, 0.0), (0.0, 1.0), (0.3, -2.0))]
        for v, (value, slope) in zip(((1.0, 0.0), (0.0, 1.0), (0.3, -2.0)), seen, strict=True):
            found = jvp(f, (x, y), v, mode="source")
            assert_allclose(found[0], value, rtol=1e-14)
            assert_allclose(found[1], slope, rtol=1e-12, atol=1e-13)
            assert isinstance(found[1], float)
        value, pull = vjp(f, x, y, mode="source")
        assert_allclose(value, seen[0][0], rtol=1e-14)
        for u in (1.0, -3.0):
            assert_allclose(pull(u), [u * slope for _, slope in seen[:2]], rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("f", SCALAR + MATHEMATICAL, ids=named)
def test_scalar_programs_agree_with_differences(f):
    if f in (programs.heron,):  # its number of rounds changes with x
        return
    x, y = 0.412, 1.327
    slopes = grad(f, (0, 1), mode="source")(x, y)
    at = np.vectorize(f, otypes=[float])
    known = [
        derivative(lambda t: at(t, y), x, initial_step=1e-3).df,
        derivative(lambda t: at(x, t), y, initial_step=1e-3).df,
    ]
    assert_allclose(slopes, known, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("f", OF_ARRAYS, ids=named)
def test_programs_of_arrays_agree_with_dual_numbers(f):
    for x in ARRAY_POINTS:
        known = grad(f, mode="dual")(x)
        value, found = value_and_grad(f, mode="source")(x)
        assert_allclose(value, f(x), rtol=1e-14)
        assert_allclose(found, known, rtol=1e-12, atol=1e-13)
        for v in np.eye(3):
            assert_allclose(jvp(f, (x,), (v,), mode="source")[1], known @ v, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("f", [programs.entrywise, programs.nested, programs.powers], ids=named)
@pytest.mark.parametrize("shapes", [((3,), (3,)), ((), (3,)), ((2, 1), (3,)), ((2, 3), (3,)), ((1,), ()), ((2, 3), ())])
def test_arrays_meet_with_broadcasting(f, shapes):
    rng = np.random.default_rng(3)
    x, y = (rng.uniform(0.3, 1.5, shape) for shape in shapes)
    v = [rng.normal(size=shape) for shape in shapes]
    value, slope = jvp(f, (x, y), v, mode="source")
    assert_allclose(slope, jvp(f, (x, y), v)[1], rtol=1e-12, atol=1e-13)
    value, pull = vjp(f, x, y, mode="source")
    u = rng.normal(size=np.shape(value))
    for found, known in zip(pull(u), vjp(f, x, y)[1](u), strict=True):
        assert_allclose(found, known, rtol=1e-12, atol=1e-13)
        assert np.shape(found) == np.shape(known)


def test_outputs_in_a_tuple_and_in_a_list():
    for f, (x, y) in itertools.product((programs.vector, programs.listed), [(0.5, 1.5), (2.0, 1.0)]):
        known = jvp(f, (x, y), (1.0, 2.0))
        found = jvp(f, (x, y), (1.0, 2.0), mode="source")
        assert type(found[0]) is type(found[1]) is type(known[0])
        for a, b in zip(found, known, strict=True):
            assert_allclose(a, b, rtol=1e-14)
        value, pull = vjp(f, x, y, mode="source")
        assert type(value) is type(known[0])
        assert_allclose(
            pull([2.0, -1.0] if isinstance(value, list) else (2.0, -1.0)),
            vjp(f, x, y)[1](type(value)((2.0, -1.0))),
            rtol=1e-14,
        )
        with pytest.raises(ValueError, match=r"weights must be a (tuple|list) of 2"):
            pull(1.0)


def test_a_parameter_counts_or_varies():
    f = defined("def f(x, y):\n    for _ in range(y):\n        x = 2 * x\n    y = x\n    return y\n")
    with pytest.raises(TypeError, match="y counts and is differentiated"):
        tangent_source(f)


def test_counts_are_not_differentiated():
    def f(x, n, k):
        for _ in range(n):
            x = x * programs.WEIGHTS[k]
        return x

    value, pull = vjp(f, 3.0, 2, 0, mode="source")
    assert (value, pull(1.0)) == (0.75, (0.25, None, None))
    assert jvp(f, (3.0, 2, 0), (1.0, 0.0, 0.0), mode="source") == (0.75, 0.25)
    with pytest.raises(ValueError, match=r"tangents\[1\] must be 0: n counts"):
        jvp(f, (3.0, 2, 0), (1.0, 1.0, 0.0), mode="source")
    assert grad(programs.scaled, mode="source")(0.3, 2.0, 2) == grad(programs.scaled, mode="tape")(0.3, 2.0, power=2)
    assert grad(programs.scaled, mode="source")(0.3) == grad(programs.scaled, mode="tape")(0.3)


def test_conventions_at_kinks_are_those_of_dual_numbers():
    for expression in (
        "abs(x)",
        "np.maximum(x, 0.0)",
        "np.minimum(0.0, x)",
        "max(x, 0.0)",
        "max(0.0, x)",
        "min(x, 0.0)",
    ):
        f = program(expression)
        assert jvp(f, (0.0,), (1.0,), mode="source") == jvp(f, (0.0,), (1.0,)), expression
        assert vjp(f, 0.0, mode="source")[1](1.0) == vjp(f, 0.0)[1](1.0), expression


def test_a_power_0_is_constant_at_0():
    for expression in ("x**0", "np.power(x, 0)"):
        f = program(expression)
        assert jvp(f, (0.0,), (1.0,), mode="source") == (1.0, 0.0)
    assert jvp(programs.power_by_variable, (0.0, 1.0), (1.0, 0.0), mode="source") == (1.0, 1.0)


def test_closures_are_read_when_the_program_is_made():
    a = 2.0

    def f(x):
        return a * x

    first = tangent_program(f)
    assert first(1.0, 1.0) == (2.0, 2.0)
    a = 5.0
    assert tangent_program(f)(1.0, 1.0) == (5.0, 5.0)
    assert grad(f, mode="source")(1.0) == 5.0


def test_an_augmented_assignment_makes_a_new_array():
    def f(x):
        y = x
        y += 1.0
        return x * y

    x, u = np.array([1.0, 2.0, 3.0]), np.array([1.0, -1.0, 0.5])
    value, pull = vjp(f, x, mode="source")
    assert_array_equal(x, [1.0, 2.0, 3.0])
    assert_array_equal(value, vjp(f, x)[0])
    assert_array_equal(pull(u), vjp(f, x)[1](u))
    assert_array_equal(jvp(f, (x,), (u,), mode="source"), jvp(f, (x,), (u,)))


def test_arrays_that_the_function_brings_along():
    def inner(a):
        return np.sum(a * programs.GRID) * a

    for f in (lambda a: a * programs.GRID, lambda a: a + programs.GRID, inner, lambda a: inner(a) + 2 * a):
        value, pull = vjp(f, 1.5, mode="source")
        known, known_pull = vjp(f, 1.5)
        assert_array_equal(value, known)
        u = np.ones(np.shape(value))
        assert_allclose(pull(u), known_pull(u), rtol=1e-14)
        assert_allclose(jvp(f, (1.5,), (2.0,), mode="source"), jvp(f, (1.5,), (2.0,)), rtol=1e-14)


def test_a_local_name_is_not_the_global_of_that_name():
    def f(x):
        WEIGHTS = (v * v for v in programs.WEIGHTS)
        for w in WEIGHTS:
            x = np.sin(w * x)
        return x

    assert "seen" in adjoint_source(f)
    assert_allclose(grad(f, mode="source")(0.4), grad(f)(0.4), rtol=1e-14)


def test_arguments_and_weights_are_not_modified():
    x, u = np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 1.0])
    x.flags.writeable = u.flags.writeable = False
    for f in (lambda x: x * x, lambda x: x, lambda x: x + x[0], lambda x: np.sin(x) * x):
        pull = vjp(f, x, mode="source")[1]
        first, again = pull(u)[0], pull(u)[0]
        assert_array_equal(first, again)
        first[0] = 7.0
        assert_array_equal(pull(u)[0], again)
        assert_allclose(again, vjp(f, x)[1](u)[0], rtol=1e-14)


def test_a_derivative_that_is_not_finite_is_an_error():
    for expression, x in (("np.sqrt(x)", 0.0), ("np.log(x)", -1.0), ("np.log(x)", 0.0), ("np.arcsin(x)", 1.0)):
        for call in (
            lambda f, x: jvp(f, (x,), (1.0,), mode="source"),
            lambda f, x: vjp(f, x, mode="source")[1](1.0),
        ):
            with pytest.raises((ValueError, ZeroDivisionError)):
                call(program(expression), x)
    with pytest.raises(OverflowError):
        jvp(program("np.exp(x)"), (1000.0,), (1.0,), mode="source")
    with pytest.raises(OverflowError):
        vjp(program("x * 1e308"), 1.0, mode="source")[1](10.0)
    with pytest.raises(ZeroDivisionError):
        grad(program("1 / x"), mode="source")(0.0)


# --- against SymPy ---


@pytest.mark.parametrize(
    "f",
    [programs.nested, programs.self_overwriting, programs.power_loop, programs.double_loop, programs.augmented],
    ids=named,
)
def test_programs_agree_with_sympy(f, monkeypatch):
    x, y = sympy.symbols("x y")
    point = {x: sympy.Rational(2, 5), y: sympy.Rational(13, 10)}
    fake = type("FakeNumPy", (), {name: staticmethod(getattr(sympy, name)) for name in ("sin", "cos", "exp", "tanh")})
    with monkeypatch.context() as patched:
        patched.setattr(programs, "np", fake)
        patched.setattr(programs, "sin", sympy.sin)
        expression = f(x, y)
    known = [float(sympy.diff(expression, s).evalf(30, subs=point)) for s in (x, y)]
    assert_allclose(grad(f, (0, 1), mode="source")(0.4, 1.3), known, rtol=1e-13)
    assert_allclose(jvp(f, (0.4, 1.3), (0.0, 1.0), mode="source")[1], known[1], rtol=1e-13)


# --- random programs ---

NAMES = ("x", "y", "a", "b", "c")
FUNCTIONS = ("np.sin", "np.tanh", "np.arctan", "abs", "np.cos", "-")


@st.composite
def statements(draw, depth=0):
    """Lines of a block; every variable is bound before."""
    lines = []
    for _ in range(draw(st.integers(1, 4))):
        kinds = ["binary", "binary", "unary", "tuple", "augmented", *(["if", "for", "while"] if depth < 2 else [])]
        if depth:
            kinds += ["break"]
        kind = draw(st.sampled_from(kinds))
        u, v, w = (draw(st.sampled_from(NAMES)) for _ in range(3))
        if kind == "binary":
            lines.append(f"{u} = {v} {draw(st.sampled_from('+-*'))} {w} * 0.5")
        elif kind == "unary":
            lines.append(f"{u} = {draw(st.sampled_from(FUNCTIONS))}({v} + 0.3 * {w})")
        elif kind == "tuple":
            lines.append(f"{u}, {v} = ({v}, {u} * {w})" if u != v else f"{u} = {w}")
        elif kind == "augmented":
            lines.append(f"{u} {draw(st.sampled_from(['+=', '*=', '-=']))} np.sin({v})")
        else:
            lines += draw(blocks(depth, kind, u, v))
    return lines


@st.composite
def blocks(draw, depth, kind, u, v):
    inner = ["    " + line for line in draw(statements(depth + 1))]
    if kind == "for":
        return [f"for k{depth} in range({draw(st.integers(0, 3))}):", *inner, f"    {u} = {u} + 0.1 * k{depth}"]
    if kind == "while":
        return [f"n{depth} = 0", f"while n{depth} < 2:", f"    n{depth} += 1", *inner]
    if kind == "break":
        return [
            "for _ in range(2):",
            f"    if {u} > {v}:",
            f"        {draw(st.sampled_from(['break', 'continue', f'return {u} * {v}']))}",
            *inner,
        ]
    other = ["    " + line for line in draw(statements(depth + 1))]
    return [f"if {u} > {v}:", *inner, "else:", *other]


@given(statements(), st.floats(-1.5, 1.5), st.floats(-1.5, 1.5))
def test_random_programs_agree_with_dual_numbers(lines, x, y):
    head = ["def f(x, y):", "    a = x * y", "    b = np.sin(x)", "    c = 0.5"]
    f = defined("\n".join([*head, *("    " + line for line in lines), "    return a + b * c - x * y\n"]))
    try:
        known = [jvp(f, (x, y), v) for v in ((1.0, 0.0), (0.0, 1.0))]
    except (OverflowError, ValueError):
        return
    slopes = [slope for _, slope in known]
    size = max(1.0, *map(abs, slopes), abs(known[0][0]))
    value, pull = vjp(f, x, y, mode="source")
    assert_allclose(value, known[0][0], rtol=1e-12, atol=1e-12 * size)
    assert_allclose(pull(1.0), slopes, rtol=1e-9, atol=1e-9 * size)
    assert_allclose(jvp(f, (x, y), (1.0, 0.0), mode="source")[1], slopes[0], rtol=1e-9, atol=1e-9 * size)
    assert_allclose(adjoint_program(f, broadcast=True)(x, y)[1:], pull(1.0), rtol=1e-12, atol=1e-12 * size)


# --- arrays of different shapes ---


def product(x, y):
    return x * y


def total(x, y):
    return x + y


def chosen(x, y):
    return np.where(np.array([[True], [False], [True]]), x, y)


def in_branch_and_loop(x, y):
    z = x
    if np.sum(y) > 0:
        z = z * y
    for _ in range(2):
        z = z - y / 3
    return z


def by_a_call(x, y):
    return total(x, y) * x


def several(x, y):
    return x * y, np.sum(x) * y


SHAPES = [(3, 3), (3, 1), (1, 3), (3,), (1,), (1, 1), ()]


@pytest.mark.parametrize("f", [product, total, chosen, in_branch_and_loop, by_a_call, several], ids=named)
def test_adjoints_of_broadcasting(f):
    rng = np.random.default_rng(1)
    for first, second in itertools.product(SHAPES, SHAPES):
        x, y = rng.normal(size=first), rng.normal(size=second)
        value, pull = vjp(f, x, y)
        parts = [rng.normal(size=np.shape(part)) for part in (value if f is several else [value])]
        seed = tuple(parts) if f is several else parts[0]
        for adjoints in (vjp(f, x, y, mode="source")[1](seed), adjoint_program(f)(x, y, seed)[1:]):
            for found, known in zip(adjoints, pull(seed), strict=True):
                assert np.shape(found) == np.shape(known), (first, second)
                assert_allclose(found, known, rtol=1e-13, atol=1e-14)


def test_an_entry_as_array_of_size_one():
    def f(x):
        return x[1:2] * x

    assert_array_equal(vjp(f, [1.0, 2.0, 3.0], mode="source")[1]([1.0, -1.0, 2.0])[0], [2, 3, 4])


def test_the_seed_one_counts_for_every_entry():
    x, y = np.arange(3.0), np.array([[1.0], [2.0]])
    _, by_x, by_y = adjoint_program(total)(x, y)
    assert_array_equal(by_x, [2, 2, 2])
    assert_array_equal(by_y, [[3], [3]])


def test_the_seed_is_not_written_into():
    def f(x):
        y = x * x
        return y, y[0]

    seed = np.ones(2)
    assert_array_equal(adjoint_program(f)(np.array([3.0, 4.0]), (seed, 10.0))[1], [66, 8])
    assert_array_equal(seed, [1, 1])


# --- constants in the place of what varied ---

CONSTANTS, PAIR = (1.0, 2.0), (np.array([1.0, 3.0]), 2.0)


def unpacked_constants(x):
    a = x * x
    a, b = CONSTANTS
    return a * x * b


def unpacked_in_a_loop(x):
    a, total = x, 0.0
    for _ in range(2):
        a, b = CONSTANTS
        a = a * x
        total = total + a * b
    return total


def unpacked_arrays(x):
    a = x * x
    a, b = PAIR
    c = a + 0 * x
    return np.sum(c) * x + a[0] * b


def unpacked_arrays_in_a_sum(x):
    a = x * x
    y = a * x
    a, b = PAIR
    return np.sum(a + x) * b + y


@pytest.mark.parametrize(
    "f", [unpacked_constants, unpacked_in_a_loop, unpacked_arrays, unpacked_arrays_in_a_sum], ids=named
)
def test_unpacked_constants_have_no_derivative(f):
    assert_allclose(jvp(f, (3.0,), (1.0,), mode="source"), jvp(f, (3.0,), (1.0,)), rtol=1e-14)
    assert grad(f, mode="source")(3.0) == grad(f)(3.0)


def test_a_list_widens_a_sum():
    for expression in (
        "np.sum(np.sin(x) + [1.0, 2.0, 3.0])",
        "np.sum(np.subtract([1.0, 2.0, 3.0], x))",
        "np.sum(np.sin(x) + [1.0] * 3)",
        "np.sum(np.add(x, [1.0, 2.0]) * np.array([3.0, 4.0]))",
        "np.sum(np.maximum(x, [0.0, 2.0]))",
        "np.sum(np.where([True, False], x, [1.0, 2.0]))",
        "np.sum(np.sin(x) ** (1, 2, 3) / [1.0, 2.0, 4.0])",
    ):
        for x in (0.5, np.array([0.5])):
            f, v = program(expression), np.ones(np.shape(x))
            assert_allclose(jvp(f, (x,), (v,), mode="source")[1], jvp(f, (x,), (v,))[1], rtol=1e-14)
            assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-14)


# --- parameters that are not differentiated ---


def powered(x, n=2.0):
    return x**n


def by_powered(x):
    return powered(x, 3.0) + powered(x)


def reset(x, y):
    y = y * x
    for c in (1.0, 2.0):
        y = y + c * x
    return y * x


def by_reset(x):
    return reset(x, 2.0)


def test_derivatives_that_nobody_wants_are_not_computed():
    for x, n in ((-2.0, 3.0), (0.0, 2.0), (0.0, 1.0), (-1.5, 2)):
        assert grad(powered, mode="source")(x, n) == grad(powered)(x, n)
    assert grad(program("x * np.sqrt(c)", "x, c"), mode="source")(2.0, 0.0) == 0
    with pytest.raises(ValueError, match="no finite real number"):
        grad(powered, 1, mode="source")(-2.0, 3.0)
    for f in (by_powered, by_reset):
        assert_allclose(jvp(f, (-2.0,), (3.0,), mode="source"), jvp(f, (-2.0,), (3.0,)), rtol=1e-14)
        assert_allclose(grad(f, mode="source")(-2.0), grad(f)(-2.0), rtol=1e-14)
    assert jvp(powered, (-2.0,), (1.0,), mode="source") == (4, -4)
    assert vjp(powered, -2.0, mode="source")[1](1.0) == (-4,)


def test_overwritten_constants():
    point = (3.0, np.array([1.0, 2.0]))
    for argnums in (0, 1, (0, 1)):
        total = defined("def f(x, y):\n    y = y * x\n    return np.sum(y * y) + y[1]\n")
        summed = defined(
            "def f(x, y):\n    z = np.sum(y + x)\n    y = y * x\n    y = y + 1\n    return z * np.sum(y * 2)\n"
        )
        for f in (total, summed, lambda x, y: np.sum(reset(x, y))):
            found, known = grad(f, argnums, mode="source")(*point), grad(f, argnums)(*point)
            for a, b in zip(
                found if argnums == (0, 1) else [found], known if argnums == (0, 1) else [known], strict=True
            ):
                assert_allclose(a, b, rtol=1e-14)
    outer = defined("def f(x):\n    return inner(x, two)\n")
    outer.__globals__.update(inner=summed, two=point[1])
    assert_allclose(jvp(outer, (3.0,), (1.0,), mode="source"), jvp(outer, (3.0,), (1.0,)), rtol=1e-14)


def test_arguments_by_name_and_of_other_types():
    def f(x, n, kind="plus", flag=None, table=()):
        x = x**n if kind == "plus" else -(x**n)
        for weight in table:
            x = x * weight
        return x if flag is None else 2 * x

    gradient, by_tape = grad(f, mode="source"), grad(f)
    for args, kwargs in (
        ((2.0,), {"n": 3}),
        ((2.0, 3), {"kind": "minus"}),
        ((2.0, 3, "minus", True), {}),
        ((2.0, 3), {"flag": True, "table": [1.0, 2.0]}),
    ):
        assert gradient(*args, **kwargs) == by_tape(*args, **kwargs)
        assert value_and_grad(f, mode="source")(*args, **kwargs) == value_and_grad(f)(*args, **kwargs)
    assert grad(program("x * table['a']", "x, table"), mode="source")(3.0, {"a": 2.0}) == 2
    for body, x, t in (
        ("x * {(1, 2): 3.0}[t]", 2.0, (1, 2)),
        ("np.sum(x[t])", np.array([1.0, 2.0, 3.0]), [0, 2]),
        ("np.sum(x * np.ones(t))", 2.0, (2, 3)),
        ("x * len(t + t)", 2.0, [1.0, 2.0]),
        ("x if isinstance(t, list) else x * 0", 2.0, [1.0, 2.0]),
        ("np.sum(np.sin(x) * t) + np.sum(-t[1] * x / t)", 2.0, [1.0, 2.0]),
        ("np.sum(np.sin(x) * np.array(t)) + weighted(x, t) + weighted(x, [1.0, 3.0])", 2.0, [1.0, 2.0]),
        ("np.sum(t - x) + np.sum(np.maximum(x, t) ** t)", np.array([1.5, 3.0]), (1.0, 2.0)),
    ):
        listed = program(body, "x, t")
        listed.__globals__["weighted"] = program("np.sum(np.multiply(x, weights))", "x, weights")
        assert_allclose(grad(listed, mode="source")(x, t), grad(listed)(x, t), rtol=1e-14)
    listed = defined("def f(x):\n    ks = [1.0, 2.0]\n    return np.sum(x * ks) + np.sum(x / KS)\n")
    listed.__globals__["KS"] = (2.0, 4.0)
    assert grad(listed, mode="source")(3.0) == 3.75
    assert vjp(f, 2.0, 3.0, mode="source")[0] == 8
    with pytest.raises(TypeError, match=r"primals\[2\] must hold real numbers"):
        vjp(f, 2.0, 3.0, "plus", mode="source")
    for args, kwargs in (((2.0, 3), {"n": 2}), ((2.0,), {}), ((2.0, 3), {"m": 1}), ((2.0, 3, "", None, (), 1), {})):
        with pytest.raises(TypeError, match=r"f takes the arguments x, n, kind, flag, table, each once; got"):
            gradient(*args, **kwargs)


def test_source_is_not_nested():
    for outer, kind in (("tape", "Var"), ("dual", "Dual")):
        with pytest.raises(TypeError, match=f'x: got a {kind}; mode "source" is not nested, take mode "tape"'):
            grad(grad(powered, mode="source"), mode=outer)(2.0)
        with pytest.raises(TypeError, match=f"n: got a {kind}"):
            grad(lambda n: grad(powered, mode="source")(2.0, n), mode=outer)(2.0)
        with pytest.raises(TypeError, match=f"the weights: got a {kind}"):
            grad(lambda u: vjp(powered, 2.0, mode="source")[1](u)[0], mode=outer)(1.0)


# --- lambdas ---


def test_lambdas_are_found_by_their_places():
    outer = lambda a: lambda x: x * x if a else -x  # noqa: E731
    absolute, both = (lambda x: x if x > 0 else -x), (lambda x, y: x * y if x > y else x + y)
    pair = [lambda x: 2 * x if x > 0 else x, lambda x: 3 * x if x > 0 else x]
    of_lines = [
        lambda x: x * x
        if x > 0
        else -x
    ]  # fmt: skip
    for f in (outer(1), outer(0), absolute, *pair, *of_lines, lambda x: 1.0 if x > 0 else 2.0, lambda x: x):
        for x in (2.0, -2.0):
            assert grad(f, mode="source")(x) == grad(f)(x)
    assert grad(both, mode="source")(2.0, 1.0) == 1
    assert grad(both, mode="source")(1.0, 2.0) == 1


# --- runs that differ ---

GENERATOR = np.random.default_rng(5)


def noisy(x):
    return x * GENERATOR.normal()


def noisy_items(x):
    total = 0.0
    for c in [GENERATOR.normal(), GENERATOR.normal()]:
        total = total + c * x
    return total


def noisy_rounds(x):
    total = 0.0
    for _ in range(GENERATOR.integers(1, 9)):
        total = total + x * x
    return total


def test_a_gradient_is_that_of_the_run_that_gave_the_value():
    for f, degree in ((noisy, 1), (noisy_items, 1), (noisy_rounds, 2)):
        for _ in range(5):
            value, slope = value_and_grad(f, mode="source")(3.0)
            assert_allclose(slope, degree * value / 3, rtol=1e-14)
            value, slope = adjoint_program(f)(3.0)
            assert_allclose(slope, degree * value / 3, rtol=1e-14)
    for f in (noisy, noisy_items):
        with pytest.raises(ValueError, match=r"gave another value when it ran again.*mode \"tape\""):
            vjp(f, 3.0, mode="source")[1](1.0)


def test_a_gradient_takes_one_run():
    runs = []

    def f(x):
        c = counted(runs)
        return c * x * x

    assert value_and_grad(f, mode="source")(2.0) == (4, 4)
    assert grad(f, mode="source")(2.0) == 4
    assert len(runs) == 2


def counted(runs):
    runs.append(1)
    return 1.0


def test_a_list_that_changes_before_the_way_back_is_seen():
    weights = [1.0, 2.0]
    value, pull = vjp(lambda x: x * weights[0], 3.0, mode="source")
    assert (value, pull(1.0)) == (3, (1,))
    weights[0] = 100.0
    with pytest.raises(ValueError, match="gave another value when it ran again"):
        pull(1.0)


def calling_noisy(x):
    y = noisy(x)
    return y * y


def calling_deeper(x):
    return steady(x) * by_noise(x)


def steady(x):
    return x * np.sum(np.ones(3)) * len("abc") * WEIGHTS_OF_STEADY.sum()


def by_noise(x):
    return x * noisy(2.0)


WEIGHTS_OF_STEADY = np.array([1.0, 2.0])


RANDOM, TICKS = np.random.default_rng(6), {"n": 0}


def drawn():
    return RANDOM.normal()


def drawn_for(*_):
    return RANDOM.normal()


def ticked():
    TICKS["n"] += 1
    return TICKS["n"]


def numbered():
    global N_TICKS
    N_TICKS += 1
    return N_TICKS


N_TICKS = 0


def test_called_functions_must_be_pure():
    def check(f):
        with pytest.raises(ValueError, match=r"gave another value when it was run again.*takes pure functions only"):
            grad(f, mode="source")(2.0)
        assert jvp(f, (2.0,), (1.0,), mode="source")[1] != 0  # runs everything once

    check(calling_noisy)
    check(calling_deeper)
    for call in ("np.random.normal()", "random.random()", "drawn()", "drawn_for(1)", "ticked()", "numbered()"):
        inner = defined(f"import random\ndef f(x):\n    return x * {call}\n")
        inner.__globals__.update(drawn=drawn, drawn_for=drawn_for, ticked=ticked, numbered=numbered)
        for body in (
            "y = g(x)\n    return y * y",
            "for _ in range(2):\n        y = g(x)\n        x = y * y\n    return x",
        ):
            f = defined(f"def f(x):\n    {body}\n")
            f.__globals__["g"] = inner
            check(f)


PURE = (
    *(
        "np.sum(A.flatten())",
        "A.cumsum()[1]",
        "A.round()[0, 1]",
        "A.clip(0, 1)[1, 1]",
        "A.trace()",
        "A.argsort()[0, 1]",
    ),
    *("A.squeeze()[0, 1]", "A.diagonal()[0]", "np.add.outer(1.0, 2.0)", "np.add.reduce([1.0, 2.0])"),
    *("np.maximum.accumulate([1.0, 2.0])[1]", "'abc'.startswith('a')", "len('A b'.lower().split())"),
    *("len('a,b'.partition(','))", "sc.stats.norm.pdf(1.0)", "T['a'](1.0)", "float.fromhex('0x10')"),
    *("sum(iter([1.0, 2.0]))", "next(iter([3.0]))", "WEIGHTS.sum() * len('abc')"),
)


def test_calls_of_whatever_gives_the_same_are_innocent():
    import scipy.stats  # noqa: F401

    for call in PURE:
        inner = defined(f"import scipy as sc\ndef f(x):\n    return x * {call}\n")
        inner.__globals__.update(A=np.array([[1.0, 2.0], [3.0, 4.0]]), T={"a": np.exp}, WEIGHTS=WEIGHTS_OF_STEADY)
        f = defined("def f(x):\n    y = g(x)\n    return y * y\n")
        f.__globals__["g"] = inner
        assert_allclose(grad(f, mode="source")(2.0), grad(f)(2.0), rtol=1e-14)
    assert grad(lambda x: steady(x) * x, mode="source")(2.0) == 4 * 27
    assert "same(" not in adjoint_source(by_powered)
    assert grad(defined("def f(x):\n    m = np\n    return x * m.add(1, 2)\n"), mode="source")(2.0) == 3


def test_iterators_run_once():
    for call in ("sum(g)", "max(g)", "len(list(g))", "sum([a for a in g])", "sum([*g])", "len(tuple(zip(g, g)))"):
        f = defined(f"def f(x):\n    g = iter([1.0, 2.0])\n    return x * {call}\n")
        value = f(1.0)
        assert value_and_grad(f, mode="source")(2.0) == (2 * value, value)
        assert jvp(f, (2.0,), (1.0,), mode="source") == (2 * value, value)


def test_what_an_unknown_call_may_change_is_read_once():
    f = defined("def f(x):\n    y = x * D['n']\n    z = tick()\n    return y * z\n")
    f.__globals__.update(D=TICKS, tick=ticked)
    TICKS["n"] = 3
    assert value_and_grad(f, mode="source")(2.0) == (24, 12)


def test_called_functions_must_not_change_their_arguments():
    x = np.array([1.0, 2.0])
    head = "    return np.sum(c * c)\ndef f(x):\n    return inner(x) * np.sum(x)\n"
    for change in ("c += 1", "d = c\n    d *= 2\n    c = d"):
        f = defined(f"def inner(c):\n    {change}\n{head}")
        with pytest.raises(ValueError, match="inner gave another value when it was run again"):
            grad(f, mode="source")(x)
        assert grad(f, mode="source")(2.0) == grad(f)(2.0)
    f = defined(f"def inner(c):\n    s = 0.0\n    s += c\n{head}")
    assert_array_equal(grad(f, mode="source")(x), grad(f)(x))
    assert "same(" not in adjoint_source(f)


# --- changes within objects ---

SHARED = {
    "two names": "c = np.zeros(3)\n    d = c\n    c += 1\n    return np.sum(x * d)",
    "the other": "c = np.zeros(3)\n    d = c\n    d += 1\n    return np.sum(x * c)",
    "a view": "c = np.zeros(3)\n    d = c[1:]\n    c += 1\n    return np.sum(x * d)",
    "a transpose": "c = np.zeros((2, 2))\n    d = c.T\n    c += 1\n    return np.sum(x * d)",
    "a reshape": "c = np.zeros(4)\n    d = np.reshape(c, (2, 2))\n    c += 1\n    return np.sum(x * d)",
    "a tuple": "c, d = np.zeros(3), 1.0\n    e = (c, d)\n    c *= 2\n    return np.sum(x * e[0])",
    "a choice": "c = np.zeros(3)\n    d = c if len(c) else 1.0\n    c += 1\n    return np.sum(x * d)",
    "a chain": "c = d = np.zeros(3)\n    c += 1\n    return np.sum(x * d)",
    "a row": "c = np.zeros((2, 2))\n    for row in c:\n        row += 1\n    return np.sum(x * c)",
    "a global": "c = np.pi * np.ones(2)\n    d = c\n    c -= x\n    return np.sum(x * d)",
    "an entry": "cs = [np.ones(2)] * 2\n    for c, k in zip(cs, (1, 2)):\n        c += k\n    return np.sum(x * cs[0])",
    "an or": "c = np.ones(2)\n    d = None or c\n    c += 1\n    return np.sum(x * d)",
    "asarray": "c = np.ones(2)\n    d = np.asarray(c)\n    c += 1\n    return np.sum(x * d)",
    "array": "c = np.ones(2)\n    d = np.array(c, copy=None)\n    c += 1\n    return np.sum(x * d)",
    "a dictionary": "d = {'w': np.ones(2)}\n    c = d.get('w')\n    c += 1\n    return np.sum(x * d['w'])",
    "a loop": "c = 0.0\n    for k in range(2):\n        d = c\n        c += np.ones(3)\n    return np.sum(x * d)",
    "around": "c = np_ones\n    c **= 2\n    return np.sum(x * np_ones)",
}


@pytest.mark.parametrize("body", SHARED.values(), ids=SHARED)
def test_a_change_of_an_array_with_two_names_is_refused(body):
    f = defined(f"def f(x):\n    {body}\n")
    f.__globals__["np_ones"] = np.ones(2)
    match = r"f, line [0-9]+: `(c|d|row) [^ ]+= .*` changes an array that .* shares with another name, .*; write .* or"
    with pytest.raises(TypeError, match=match):
        grad(f, mode="source")(2.0)
    with pytest.raises(TypeError, match=match):
        jvp(f, (2.0,), (1.0,), mode="source")


def test_the_transformation_takes_time_like_the_length():
    def calls(n):
        f = defined("def f(x):\n    s = 0.0\n" + "".join(f"    s += x * {i}\n" for i in range(n)) + "    return s\n")
        profile = cProfile.Profile()
        profile.runcall(adjoint_source, f)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(160) < 2.5 * calls(80)


def test_the_complaint_of_a_shared_object_names_the_operator():
    f = defined("def f(x, c):\n    d = c\n    c *= 3\n    return np.sum(x * d)\n")
    with pytest.raises(
        TypeError, match=r"`c \*= 3` changes an array that c shares with another name, d; write c = c \* "
    ):
        grad(f, mode="source")(2.0, np.ones(2))
    assert grad(f, mode="source")(2.0, 5.0) == 5
    f = defined("def f(x):\n    c = [1.0]\n    d = c\n    c += [2.0]\n    return x * len(d)\n")
    with pytest.raises(TypeError, match="changes a list that c shares with another name, d"):
        grad(f, mode="source")(2.0)


def test_augmented_assignments_that_share_nothing():
    for body in (
        "c = np.zeros(3)\n    c += 1\n    return np.sum(x * c)",
        "c = np.zeros(3)\n    d = c.copy()\n    c += 1\n    return np.sum(x * c * d)",
        "c = np.zeros(3)\n    d = c + 0\n    c += 1\n    return np.sum(x * d) + np.sum(c) * np.sum(x)",
        "n = 0\n    m = n\n    while n < 3:\n        n += 1\n        x = x * n\n    return np.sum(x) * (m + 1)",
        "s = t = 0.5\n    s += np.sum(x)\n    return s * t",
        "s = np.sqrt(2.0)\n    t = s\n    s *= 3\n    return np.sum(x) * s * t",
        "y = x\n    z = y\n    y += 1\n    return np.sum(y * z)",
        "c = float('2')\n    d = c\n    c += 1\n    return np.sum(x * c * d)",
        "c = hash(2.0)\n    d = c\n    while c > 0:\n        c -= 1\n        x = x * d\n    return np.sum(x)",
        "c = np.zeros(3)\n    c += 1\n    d = c\n    return np.sum(x * d)",
        "w = np.ones(3)\n    w /= np.sum(w)\n    p = w[0]\n    return np.sum(x) * p * np.sum(w)",
        "w = np.ones(3)\n    m = w[[0, 1]]\n    w *= 2\n    return np.sum(x) * np.sum(m) * np.sum(w)",
        "s = np.zeros(3)\n    for k in range(2):\n        old = s\n        s = s + NUMBERS[k]\n        s *= 0.5\n"
        "    return np.sum(x * s) * np.sum(old)",
        "for k in range(3):\n        c = np.ones(2) * k\n        c += 1\n        best = c\n"
        "    return np.sum(x) * np.sum(best)",
        "k = NUMBERS[1]\n    for _ in range(2):\n        k += 1\n    return np.sum(k * x)",
    ):
        f, x = defined(f"def f(x):\n    {body}\n"), np.array([1.0, 2.0, 4.0])
        f.__globals__["NUMBERS"] = [2.0, 3.0]
        assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-14)
    halving = defined(
        "def f(x, n):\n    k = n\n    while k > 0:\n        x, k = x * x, k\n        k -= 1\n    return x\n"
    )
    assert grad(halving, mode="source")(1.5, 3) == grad(halving)(1.5, 3)
    assert "unshared" not in adjoint_source(programs.quick)
    assert "unshared" not in adjoint_source(defined("def f(x):\n    s = 0.0\n    s += 2 * x\n    return s\n"))


def test_methods_that_change_their_object_are_refused():
    for line, match in (
        ("z = items.pop(0)", "pop changes an object"),
        ("z = items.sort() or 1.0", "sort changes an object"),
        ("z = y if items.pop() > 2 else x", "pop changes an object"),
        ("return y * items.pop(0)", "pop changes an object"),
        ("z = np.add(1.0, 2.0, out=buffer)", "a result written into an array"),
    ):
        head = "items, buffer = [2.0, 3.0], np.zeros(())\n    y = items[0] * x"
        f = defined(f"def f(x):\n    {head}\n    {line}\n    return y * z\n")
        for transform in (tangent_source, adjoint_source):
            with pytest.raises(TypeError, match=match):
                transform(f)


# --- assignments of several names ---


def test_assignments_of_several_names():
    for body in (
        "a, b = z = 2 * x\n    return np.sum(z * z) * a * b",
        "a, b = z = np.array([1.0, 2.0])\n    return np.sum(z * x) * a * b",
        "z = a, b = 2 * x\n    return np.sum(z * z) * a * b",
        "a, a = 3 * x\n    return a * a",
        "a, a = x[0], x[1]\n    return a * a",
        "a, b = x\n    a, a = b, a\n    return a * a * b",
    ):
        f, x = defined(f"def f(x):\n    {body}\n"), np.array([3.0, 5.0])
        assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-14)
        assert_allclose(jvp(f, (x,), (x,), mode="source"), jvp(f, (x,), (x,)), rtol=1e-14)


def test_functions_that_only_raise_or_count_are_refused():
    with pytest.raises(TypeError, match="no path with a result"):
        grad(defined("def f(x):\n    raise ValueError(x)\n"), mode="source")(2.0)
    with pytest.raises(TypeError, match="n counts, in a range or an index"):
        grad(defined("def f(x, n):\n    return x * len(range(n))\n"), 1, mode="source")(2.0, 3)


# --- early returns ---


def test_the_text_grows_like_the_program():
    def nest(n, indent, factor):
        return "".join(
            f"{indent}if x > {i}:\n{indent}    if x > {i + 100}:\n{indent}        return {factor} * {i}\n"
            f"{indent}    x = x * 1.01\n"
            for i in range(n)
        )

    for head, indent in (("", "    "), ("    for _ in range(3):\n", "        ")):
        texts = []
        for n in (4, 8):
            f = defined(f"def f(x):\n{head}{nest(n, indent, 'x')}{indent}x = x * x\n    return x\n")
            texts.append(len(adjoint_source(f).splitlines()))
            for x in (-1.0, 0.5, 2.5, 7.3, 102.5, 105.0, 500.0):
                assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-14)
        assert texts[1] < 2.1 * texts[0]


def test_the_text_grows_like_the_breaks_in_a_loop():
    for leave in ("continue", "break"):
        texts = []
        for n in (4, 8):
            body = "".join(
                f"        if x > {i}:\n            x = x * 1.01\n            if x > {i + 3}:\n                {leave}\n"
                for i in range(n)
            )
            f = defined(f"def f(x):\n    for _ in range(3):\n{body}        x = x * x + 0.1\n    return x\n")
            texts.append(len(adjoint_source(f).splitlines()))
            for x in (-0.5, 0.9, 2.95, 3.5, 7.0):
                assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-14)
        assert texts[1] < 2.2 * texts[0]


def test_ways_out_of_nested_loops():
    f = defined(
        """def f(x):
    for i in range(4):
        if x > 0.5:
            x = x * 1.1
            for j in range(3):
                if x > 1.5:
                    x = x + 0.1 * i
                    if x > 2.5:
                        break
                    if x > 2.2:
                        continue
                    x = x * 1.05
                x = x * 1.2
            if x > 3:
                if x > 30:
                    return x * 2
                x = x * x
                continue
            if x > 2.8:
                break
        x = x + 0.3
    return x * x
"""
    )
    for x in np.linspace(-1.0, 6.0, 71):
        assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-13)
        assert_allclose(jvp(f, (x,), (1.0,), mode="source"), jvp(f, (x,), (1.0,)), rtol=1e-13)


# --- what the package makes ---


def test_functions_of_the_package_are_refused_by_name():
    made = {"lifted": lift(math.sin, math.cos), "root": custom_root(lambda y, x: y * y - x)(lambda x: x**0.5)}
    made["kept"] = checkpoint(lambda x: x * x)
    for name, function in made.items():
        f = program(f"{name}(x) * x")
        f.__globals__[name] = function
        with pytest.raises(TypeError, match=rf"`{name}\(x\)` cannot be transformed \({name} was made by companion"):
            grad(f, mode="source")(1.5)
        with pytest.raises(TypeError, match=r"companion\.autodiff made it .*mode \"tape\" or \"dual\""):
            grad(function, mode="source")(1.5)


def test_complex_numbers_on_the_way_are_named():
    for expression in ("abs(x**0.5)", "np.sin(abs(x * 1j))"):
        f = program(expression)
        with pytest.raises(ValueError, match="a number became complex on the way"):
            grad(f, mode="source")(-2.0)
        with pytest.raises(ValueError, match="a number became complex on the way"):
            jvp(f, (-2.0,), (1.0,), mode="source")


# --- programs that are kept for the next call ---


def test_a_program_is_transformed_once(monkeypatch):
    transformed = []
    monkeypatch.setattr(_source, "lowered", lambda *which: transformed.append(which) or lowered(*which))
    gradient = grad(programs.calls, mode="source")
    assert gradient(0.4, 1.3) == gradient(0.4, 1.3) == grad(programs.calls)(0.4, 1.3)
    assert transformed
    assert len(set(transformed)) == len(transformed)


def test_a_kept_program_is_transformed_again_when_a_name_means_something_else():
    f = defined("c = 2.0\ndef g(x):\n    return c * x\ndef f(x):\n    return g(x) * x\n")
    gradient = grad(f, mode="source")
    assert gradient(1.0) == 4
    f.__globals__["c"] = 3.0
    assert gradient(1.0) == 6
    f.__globals__["g"] = defined("def f(x):\n    return x * x\n")
    assert gradient(1.0) == 3


def test_arrays_outside_the_program_may_be_written_over():
    a = np.ones(3)

    def f(x):
        return np.sum(x * a)

    gradient, (_, pull) = grad(f, mode="source"), vjp(f, np.ones(3), mode="source")
    assert_array_equal(gradient(np.ones(3)), [1, 1, 1])
    a *= 5
    assert_array_equal(pull(1.0)[0], [1, 1, 1])
    assert_array_equal(gradient(np.ones(3)), [5, 5, 5])


def test_counts_have_no_derivative():
    def power(x, n):
        p = 1.0
        for _ in range(n):
            p = p * x
        return p

    assert vjp(power, 2.0, 3, mode="source")[1](1.0) == (12.0, None)


# --- what is refused ---

REFUSED = {
    "x @ x": r"line 2: `x @ x` cannot be transformed \(an operator without a derivative rule\)",
    "x // 2": "an operator without a derivative rule",
    "x % 2": "an operator without a derivative rule",
    "x.sum()": r"only a run can tell\); call functions by name: np.sum\(x\)",
    "x.T": "an attribute of a differentiated value",
    "x or 2.0": "and, or between differentiated values",
    "float(x)": "float would lose the derivative",
    "int(x) * x": "int would lose the derivative",
    "sum(x)": "the built-in sum has no rule",
    "np.cumsum(x)": r"np.cumsum has no derivative rule",
    "np.sum(x, axis=0)": "np.sum has no derivative rule",
    "np.frexp(x)[0]": "has no derivative rule",
    "np.add(x, x, out=None)": "np.add with these arguments has no rule",
    "math.log(x, 2)": "math.log with these arguments has no rule",
    "math.hypot(x, x, x)": "math.hypot with these arguments has no rule",
    "[x, 2 * x][0]": "a list of differentiated values",
    "{'a': x}['a']": "a Dict of differentiated values",
    "(lambda t: t * x)(2.0)": "only a run can tell",
    "[x * k for k in range(3)]": "a ListComp of differentiated values",
    "(y := x * x) * y": "an assignment within an expression",
    "np.where(x, x, 0.0)": "a differentiated condition",
    "x[x]": "all parameters count",
    "((x, x), x)": "a tuple of differentiated values",
    "unknown(x)": "what unknown is, only a run can tell",
    "(yield x)": "a function that pauses",
    "g(x, *x)": "only a run can tell",
}


@pytest.mark.parametrize("expression", REFUSED)
def test_refused_expressions(expression):
    f = program(expression)
    for transform in (tangent_source, adjoint_source):
        with pytest.raises(TypeError, match=REFUSED[expression]):
            transform(f)


REFUSED_STATEMENTS = {
    "y = [0.0]\n    y[0] = x\n    return y[0]": "line 3: .*an assignment to a part of a value",
    "y = []\n    y.append(x)\n    return y[0]": "line 3: .*called for its effect",
    "for k in range(3):\n        x = k * x\n    return x * k": "the loop variable k has another use",
    "for k in range(3):\n        k = 2\n        x = k * x\n    return x": "the loop variable k has another use",
    "for x in range(3):\n        pass\n    return x": "the loop variable x has another use",
    "for a in zip(x, [1.0]):\n        x = a\n    return x": "a loop over differentiated values",
    "for a in x:\n        x = a\n    return x": "a loop over differentiated values",
    "for k in range(3):\n        pass\n    else:\n        x = 2 * x\n    return x": "else after a loop",
    "while x > 1:\n        x = x / 2\n    else:\n        x = 2 * x\n    return x": "else after a loop",
    "with open('a'):\n        return x": "a statement of type With",
    "try:\n        return x\n    except ValueError:\n        return 2 * x": "a statement of type Try",
    "global z\n    z = x\n    return z": "a statement of type Global",
    "def g(t):\n        return t\n    return g(x)": "a function within the function",
    "x = 2 * x": "a path without a result",
    "if x > 0:\n        return x": "a path without a result",
    "return": "a return without a value",
    "a, b = x, x, x\n    return a": "3 values for 2 names",
    "a, *b = x\n    return a": "an assignment to a part of a value",
    "for k in range(x):\n        x = 2 * x\n    return x": "all parameters count",
}


@pytest.mark.parametrize("body", REFUSED_STATEMENTS)
def test_refused_statements(body):
    f = defined(f"def f(x):\n    {body}\n")
    with pytest.raises(TypeError, match=REFUSED_STATEMENTS[body]):
        adjoint_source(f)
    with pytest.raises(TypeError, match=REFUSED_STATEMENTS[body]):
        tangent_source(f)


def test_refused_functions():
    for f, message in (
        (np.sin, "it is a ufunc, not a Python function"),
        (math.sin, "it is a builtin_function_or_method"),
        (programs.make_closure(1.0, [2.0]).__call__, "it is a method-wrapper"),
        (eval("lambda x: x"), "its source code was not found"),
        (defined("def f(*x):\n    return x[0]\n"), "a parameter with"),
        (defined("def f(x, *, y):\n    return x\n"), "a parameter with"),
        (defined("def f():\n    return 1.0\n"), "a function without parameters"),
    ):
        with pytest.raises(TypeError, match=message):
            tangent_source(f)


def test_returns_of_different_structure():
    f = defined("def f(x):\n    if x > 0:\n        return x, x\n    return x\n")
    with pytest.raises(TypeError, match="returns of different structure"):
        adjoint_source(f)


def test_calls_that_are_refused():
    def several(x):
        return x, x

    def counting(x, n):
        for _ in range(n):
            x = 2 * x
        return x

    for f, message in (
        (lambda x: several(x), "several returns several numbers"),
        (lambda x: counting(x, x), "n of counting counts"),
        (lambda x: counting(x), "arguments that do not match the parameters of counting"),
    ):
        with pytest.raises(TypeError, match=message):
            tangent_source(f)


def test_names():
    assert elementary_name([]) is None
    assert elementary_name(sc.psi) == "digamma"
    assert elementary_name(np.frexp) is None
