import ast

import numpy as np
import pytest
import scipy.special as sc
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from companion.autodiff import (
    adjoint_program,
    adjoint_source,
    grad,
    jvp,
    tangent_program,
    tangent_source,
    trace,
    value_and_grad,
    vjp,
)
from companion.autodiff._rules import RULES, _add_special_rules
from companion.autodiff._source_rules import TEMPLATES
from tests.autodiff import transformable
from tests.autodiff.test_dual import BINARY, UNARY
from tests.autodiff.transformable import REFUSED, SCALARS, VECTORS

_add_special_rules()
POINTS = [(0.7, 1.2), (1.4, 0.6), (2.5, 1.9)]
OF_MATH = {transformable.of_math}  # math refuses tracked numbers: compared with its twin in NumPy's functions


def twin(f):
    if f is not transformable.of_math:
        return f
    return lambda x, y: np.exp(-x) + np.sin(x * y) + np.log1p(y) + x**2.5 + np.pi * x


@pytest.mark.parametrize("f", SCALARS, ids=lambda f: f.__name__)
def test_transformed_programs_agree_with_dual_numbers_and_the_tape(f):
    for x, y in POINTS:
        value, gradient = value_and_grad(twin(f), (0, 1))(x, y)
        by_source = value_and_grad(f, (0, 1), mode="source")(x, y)
        assert_allclose(by_source[0], value, rtol=1e-15)
        assert_allclose(by_source[1], gradient, rtol=1e-12, atol=1e-14)
        for seed in ((1.0, 0.0), (0.0, 1.0), (0.3, -2.0)):
            found = jvp(f, (x, y), seed, mode="source")
            assert_allclose(found, jvp(twin(f), (x, y), seed), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("f", VECTORS, ids=lambda f: f.__name__)
def test_transformed_programs_on_arrays(f):
    x, v = np.array([0.7, -1.2, 0.4]), np.array([0.3, -1.0, 2.0])
    assert_allclose(grad(f, mode="source")(x), grad(f)(x), rtol=1e-12)
    assert_allclose(jvp(f, (x,), (v,), mode="source"), jvp(f, (x,), (v,)), rtol=1e-12)


def test_elementwise_programs_on_arrays():
    x, y = np.array([0.7, 1.4, 2.5]), np.array([1.2, 0.6, 1.9])
    u = np.array([1.0, -2.0, 0.5])
    for f in (transformable.arithmetic, transformable.elementary, transformable.for_loop, transformable.calls):
        value, pull = vjp(f, x, y, mode="source")
        known, known_pull = vjp(f, x, y)
        assert_allclose(value, known, rtol=1e-14)
        assert_allclose(pull(u), known_pull(u), rtol=1e-12)
    number, row = vjp(transformable.page, 2.0, x, mode="source")[1](u)
    by_tape = vjp(transformable.page, 2.0, x)[1](u)
    assert_allclose(number, by_tape[0], rtol=1e-14)
    assert_allclose(row, by_tape[1], rtol=1e-14)


def test_text_of_the_lecture():
    assert tangent_source(transformable.page_with_names).splitlines() == [
        "def page_with_names_d(x1, x2, dx1, dx2):",
        "    w3 = x1 * x2",
        "    dw3 = dx1 * x2 + x1 * dx2",
        "    w4 = np.sin(x1)",
        "    dw4 = np.cos(x1) * dx1",
        "    w5 = w3 + w4",
        "    dw5 = dw3 + dw4",
        "    return w5, dw5",
    ]
    assert (
        tangent_source(transformable.page).splitlines()[1:]
        == tangent_source(transformable.page_with_names).splitlines()[1:]
    )
    assert tangent_program(transformable.page)(2.0, 3.0, 0.0, 1.0) == (6 + np.sin(2.0), 2.0)


def test_adjoint_of_the_lecture():
    assert adjoint_program(transformable.page)(2.0, 3.0) == (6 + np.sin(2.0), 3 + np.cos(2.0), 2.0)
    assert adjoint_program(transformable.page)(2.0, 3.0, 10.0)[1:] == (10 * (3 + np.cos(2.0)), 20.0)


@pytest.mark.parametrize("f", [*SCALARS, *VECTORS], ids=lambda f: f.__name__)
def test_the_text_is_python_and_runs_again(f):
    for write in (tangent_source, adjoint_source):
        text = write(f)
        functions = [node for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]
        assert functions[-1].name in (f"{f.__name__}_d", f"{f.__name__}_b")
        assert all(len(line) <= 120 for line in text.splitlines())
        assert write(f) == text


def test_three_realisations_agree():
    for x, y in POINTS:
        by_graph = trace(transformable.page, x, y)
        known = sp.symbols("a b")
        expression = known[0] * known[1] + sp.sin(known[0])
        exact = [float(sp.diff(expression, s).subs({known[0]: x, known[1]: y})) for s in known]
        for found in (
            grad(transformable.page, (0, 1), mode="source")(x, y),
            grad(transformable.page, (0, 1), mode="dual")(x, y),
            grad(transformable.page, (0, 1), mode="tape")(x, y),
            by_graph.reverse_sweep()[:2],
            [by_graph.forward_sweep(seed)[-1] for seed in ([1, 0], [0, 1])],
        ):
            assert_allclose(found, exact, rtol=1e-15)


def test_templates_print_the_rules():
    """Every function that the table of rules knows has a text, and its numbers are those of the rule."""
    steps = {np.sign, np.floor, np.ceil, np.trunc, np.rint}
    names = {"digamma" if ufunc is sc.digamma else ufunc.__name__ for ufunc in RULES if ufunc not in steps}
    assert names == set(TEMPLATES)
    space = {**vars(np), **{name: getattr(sc, name) for name in dir(sc) if not name.startswith("_")}}
    space["sech2"] = RULES[np.tanh][0]
    cases = {**UNARY, **BINARY}
    for ufunc, (*_, points) in cases.items():
        name = "digamma" if ufunc is sc.digamma else ufunc.__name__
        if ufunc in steps:
            continue
        for point in points:
            operands = [float(x) for x in (point if isinstance(point, tuple) else (point,))]
            for i, text in enumerate(TEMPLATES[name]):
                if ufunc in (np.power, np.float_power) and operands[0] <= 0:
                    continue
                scope = dict(zip("xy", operands, strict=False)) | {"t": -1.5}
                printed = eval(text, space, scope)
                assert_allclose(printed, -1.5 * RULES[ufunc][i](*operands), rtol=1e-12, atol=1e-300)


def test_counts_have_no_derivative():
    assert grad(transformable.power, mode="source")(1.5, 4) == 4 * 1.5**3
    value, pull = vjp(transformable.power, 1.5, 4, mode="source")
    assert value == 1.5**4
    assert pull(1.0) == (4 * 1.5**3, None)
    with pytest.raises(ValueError, match=r"tangents\[1\] must be 0: n counts"):
        jvp(transformable.power, (1.5, 4), (1.0, 1.0), mode="source")
    assert grad(transformable.power, mode="source")(1.5, 0) == 0


def test_several_results():
    value, pull = vjp(transformable.pair, 2.0, 3.0, mode="source")
    assert value == (6, np.sin(2.0) - 3)
    assert_allclose(pull((1.0, 10.0)), (3 + 10 * np.cos(2.0), 2 - 10), rtol=1e-15)
    assert_allclose(jvp(transformable.pair, (2.0, 3.0), (1.0, 0.0), mode="source")[1], (3, np.cos(2.0)), rtol=1e-15)
    with pytest.raises(ValueError, match="the weights must be a tuple of 2"):
        pull(1.0)
    with pytest.raises(TypeError, match="only defined for scalar-output"):
        grad(transformable.pair, mode="source")(2.0, 3.0)


def test_closures_and_defaults():
    f = transformable.make_scaled
    assert grad(f, (0, 1), mode="source")(2.0, 5.0) == (15.0, 6.0)
    slope = 4.0
    g = lambda x: slope * x * x  # noqa: E731
    assert grad(g, mode="source")(3.0) == 24


@pytest.mark.parametrize(("f", "match"), REFUSED, ids=lambda x: getattr(x, "__name__", None))
def test_what_has_no_rule_is_refused_with_its_line(f, match):
    for write in (tangent_source, adjoint_source, tangent_program, adjoint_program):
        with pytest.raises(TypeError, match=match):
            write(f)
    with pytest.raises(TypeError, match=match):
        grad(f, mode="source")(1.0)


def test_no_silent_nan():
    with pytest.raises((ValueError, OverflowError, ZeroDivisionError)):
        grad(lambda x: np.log(x), mode="source")(0.0)
    with pytest.raises(OverflowError):
        grad(lambda x: np.exp(x), mode="source")(1000.0)
    with pytest.raises(ZeroDivisionError):
        grad(lambda x: 1 / x, mode="source")(0.0)


OPERATIONS = [
    "{a} + {b}",
    "{a} - {b}",
    "{a} * {b}",
    "{a} / (1 + {b} * {b})",
    "np.sin({a})",
    "np.exp(-{a} * {a})",
    "2 * {a}",
]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 8), st.integers(0, 8)), min_size=1, max_size=9), st.data())
def test_random_programs(steps, data):
    """Straight-line programs of random steps that overwrite their variables."""
    names = ["x", "y", "u", "v"]
    lines = ["def program(x, y):", "    u, v = x, y"]
    for operation, i, j in steps:
        target = names[(i + 2 * j) % 4]
        lines.append(f"    {target} = np.sin({OPERATIONS[operation].format(a=names[i % 4], b=names[j % 4])})")
    lines.append("    return x + 2 * y + 3 * u + 4 * v")
    f = compiled("\n".join(lines) + "\n")
    x, y = data.draw(st.floats(-2, 2)), data.draw(st.floats(-2, 2))
    by_source = grad(f, (0, 1), mode="source")(x, y)
    assert_allclose(by_source, grad(f, (0, 1))(x, y), rtol=1e-12, atol=1e-13)
    assert_allclose(
        jvp(f, (x, y), (0.5, -1.0), mode="source")[1], jvp(f, (x, y), (0.5, -1.0))[1], rtol=1e-12, atol=1e-13
    )


def compiled(text):
    """Compile a function whose source the standard library finds again, as in a cell of a notebook."""
    import linecache

    name = f"<program {hash(text)}>"
    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
    space = {"np": np}
    exec(compile(text, name, "exec"), space)
    return space["program"]


def test_the_program_is_not_changed():
    x = np.array([0.7, -1.2, 0.4])
    kept = x.copy()
    gradient = grad(transformable.sum_of_squares, mode="source")(x)
    gradient[0] = 7.0
    assert_array_equal(x, kept)
