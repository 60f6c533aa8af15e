import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.autodiff import Edge, Node, grad, jacfwd, lift, trace
from tests.autodiff.test_reverse import programs, run


def page(x1, x2):
    return x1 * x2 + np.sin(x1)


def test_graph_of_the_page():
    graph = trace(page, 2.0, 3.0)
    assert [graph.formula(i) for i in range(5)] == ["x1", "x2", "w1 * w2", "sin(w1)", "w3 + w4"]
    assert [node.value for node in graph.nodes] == [2, 3, 6, np.sin(2.0), 6 + np.sin(2.0)]
    assert graph.edges == (
        Edge(0, 2, 3.0),
        Edge(1, 2, 2.0),
        Edge(0, 3, np.cos(2.0)),
        Edge(2, 4, 1.0),
        Edge(3, 4, 1.0),
    )
    assert graph.inputs == (0, 1)
    assert graph.outputs == (4,)
    assert graph.nodes[3] == Node("sin", (0,), np.sin(2.0))


def test_sweeps_of_the_page():
    graph = trace(page, 2.0, 3.0)
    cos = np.cos(2.0)
    assert graph.forward_sweep([1, 0]) == [1, 0, 3, cos, 3 + cos]
    assert graph.forward_sweep([0, 1]) == [0, 1, 2, 0, 2]
    assert graph.reverse_sweep() == [3 + cos, 2, 1, 1, 1]
    assert trace(page, 0.0, 5.0).reverse_sweep()[:2] == [6, 0]
    assert [trace(page, 0.0, 5.0).forward_sweep(seed)[-1] for seed in ([1, 0], [0, 1])] == [6, 0]


def test_trace_of_the_textbook():
    """Griewank and Walther's kind of example: log x1 + x1 x2 - sin x2 at (2, 5)."""
    graph = trace(lambda x1, x2: np.log(x1) + x1 * x2 - np.sin(x2), 2.0, 5.0)
    assert_allclose(graph.nodes[graph.outputs[0]].value, 11.652071455223084, rtol=1e-15)
    assert_allclose(graph.reverse_sweep()[:2], [5.5, 1.7163378145367738], rtol=1e-15)


def test_paths_add_up():
    graph = trace(page, 2.0, 3.0)
    by_paths = [sum(np.prod([edge.slope for edge in path]) for path in graph.paths(i, 4)) for i in (0, 1)]
    assert_allclose(by_paths, graph.reverse_sweep()[:2], rtol=1e-15)
    assert len(list(graph.paths(0, 4))) == 2
    assert len(list(graph.paths(1, 4))) == 1
    assert list(graph.paths(4, 0)) == []
    assert list(graph.paths(3, 3)) == [()]


def test_repeated_squares():
    def power8(x):
        for _ in range(3):
            x = x * x
        return x

    graph = trace(power8, 2.0)
    assert len(graph.nodes) == 4
    assert len(graph.edges) == 6
    assert len(list(graph.paths(0, 3))) == 8
    assert graph.reverse_sweep()[0] == 8 * 2**7


def test_shared_subexpressions():
    shared = trace(lambda a, b, c: (lambda s: s * (s + c))(a + b), 1.0, 2.0, 3.0)
    separate = trace(lambda a, b, c: (a + b) * (a + b + c), 1.0, 2.0, 3.0)
    assert (len(shared.nodes), len(shared.edges)) == (6, 6)
    assert (len(separate.nodes), len(separate.edges)) == (7, 8)
    assert shared.reverse_sweep()[:3] == separate.reverse_sweep()[:3]


def test_several_outputs():
    graph = trace(lambda x, y: (x * y, [y - 1, 7.0, x]), 2.0, 3.0)
    assert [graph.nodes[i].value for i in graph.outputs] == [6, 2, 7, 2]
    assert graph.reverse_sweep([1.0, 10.0, 100.0, 1000.0])[:2] == [3 + 1000, 2 + 10]
    assert graph.evaluate(5.0, 4.0) == (20, 3, 7, 5)
    assert graph.formula(graph.outputs[2]) == "7"


def test_constants_stand_in_the_formulas():
    graph = trace(lambda x: -2 * x**0.5 / 3, 4.0)
    assert [line.split()[-1] for line in graph.table().splitlines()[1:]] == ["4.0000", "2.0000", "-4.0000", "-1.3333"]
    assert [graph.formula(i) for i in range(4)] == ["x1", "w1 ** 0.5", "-2 * w2", "w3 / 3"]
    assert trace(lambda x: -x, 1.0).formula(1) == "-w1"


def test_table_with_columns():
    graph = trace(page, 2.0, 3.0)
    lines = graph.table(tangent=graph.forward_sweep([0, 1]), adjoint=graph.reverse_sweep()).splitlines()
    assert lines[0].split() == ["step", "value", "tangent", "adjoint"]
    assert lines[5].split()[-3:] == ["6.9093", "2.0000", "1.0000"]
    assert len({len(line) for line in lines}) == 1
    with pytest.raises(ValueError, match="tangent must have one number a node, 5, got 2"):
        graph.table(tangent=[1.0, 2.0])


@given(programs(), st.floats(0.1, 2.0), st.floats(-2.0, -0.1))
def test_sweeps_equal_the_gradient(program, x, y):
    f = lambda x, y: run(program, x, y)  # noqa: E731
    graph = trace(f, x, y)
    gradient = grad(f, (0, 1))(x, y)
    assert_allclose(graph.reverse_sweep()[:2], gradient, rtol=1e-12, atol=1e-14)
    forward = [graph.forward_sweep(seed)[graph.outputs[0]] for seed in ([1, 0], [0, 1])]
    assert_allclose(forward, gradient, rtol=1e-12, atol=1e-14)
    assert graph.evaluate(x, y) == (f(x, y),)
    # Later nodes are computed from earlier ones, and only from these.
    assert all(edge.parent < edge.child for edge in graph.edges)


def test_sweep_back_is_the_transposed_sweep_forward():
    def F(x, y, z):
        return x * y, np.exp(z) - x / y, np.sin(x * y * z)

    point, u, v = (0.5, 1.5, -0.7), [1.0, -2.0, 0.5], [0.3, 0.2, -1.0]
    graph = trace(F, *point)
    pushed = [graph.forward_sweep(v)[i] for i in graph.outputs]
    assert_allclose(np.dot(u, pushed), np.dot(graph.reverse_sweep(u)[:3], v), rtol=1e-14)
    assert_allclose(pushed, jacfwd(lambda x: np.stack(F(*x)))(point) @ v, rtol=1e-14)


def test_what_trace_refuses():
    with pytest.raises(TypeError, match=r"add made an array of shape \(2,\).*separate arguments"):
        trace(lambda x: np.sum(x + np.ones(2)), 1.0)
    graph = trace(lift(abs, np.sign), -3.0)
    assert graph.reverse_sweep()[0] == -1
    with pytest.raises(TypeError, match=r"lifted:abs is no function of NumPy's"):
        graph.evaluate(1.0)


def test_a_lifted_function_is_not_the_one_of_numpy_with_its_name():
    def square(x):
        return x * x + 1

    graph = trace(lambda x: lift(square, lambda x: 2 * x)(x) * 1.0, 3.0)
    assert graph.nodes[-1].value == 10
    with pytest.raises(TypeError, match="lifted:square is no function of NumPy's"):
        graph.evaluate(3.0)


def test_evaluation_is_checked_as_the_run_was():
    for f, x, error, match in (
        (np.log, -1.0, ValueError, r"log needs x > 0 .* got x = -1\.0"),
        (lambda x: 1 / x, 0.0, ZeroDivisionError, "divide needs y != 0"),
        (np.exp, 1000.0, OverflowError, "exp overflowed"),
        (lambda x: x * 1e200, 1e200, OverflowError, "multiply overflowed"),
    ):
        with pytest.raises(error, match=match):
            trace(f, 2.0).evaluate(x)
    assert trace(lambda x: np.sqrt(x) + x**2, 2.0).evaluate(4.0) == (18,)
