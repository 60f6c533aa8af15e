import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.autodiff import Edge, Graph, Node, best_elimination, chain_order, eliminate_vertices, trace
from tests.autodiff.test_reverse import programs, run


def layered(k):
    """The graph x, k nodes, b, k nodes, y: two diamonds."""
    node = Node("step", (), 1.0)
    nodes = (Node("input", (), 1.0), *[node] * (2 * k + 2))
    b, y = k + 1, 2 * k + 2
    first = [Edge(0, i, 0.5 + i) for i in range(1, k + 1)] + [Edge(i, b, 1.5 - i) for i in range(1, k + 1)]
    second = [Edge(b, i, 0.1 * i) for i in range(b + 1, y)] + [Edge(i, y, 2.0 + i) for i in range(b + 1, y)]
    return Graph(nodes, tuple(first + second), (y,))


@pytest.mark.parametrize("k", [1, 2, 3, 10])
def test_orders_of_two_diamonds(k):
    graph = layered(k)
    mixed = [*range(1, k + 1), *range(k + 2, 2 * k + 2), k + 1]
    results = [eliminate_vertices(graph, order) for order in ("forward", "reverse", mixed)]
    assert [result.multiplications for result in results] == [3 * k, 3 * k, 2 * k + 1]
    for result in results:
        assert_allclose(result.jacobian, [[graph.reverse_sweep()[0]]], rtol=1e-13)


def test_best_order_of_two_diamonds_by_brute_force():
    graph = layered(3)
    costs = [eliminate_vertices(graph, order).multiplications for order in itertools.permutations(range(1, 8))]
    assert min(costs) == 7
    assert eliminate_vertices(graph, best_elimination(graph)).multiplications == 7
    assert eliminate_vertices(graph, "forward").multiplications == 9


@given(programs(), st.floats(0.1, 2.0), st.floats(-2.0, -0.1), st.randoms())
def test_every_order_gives_the_jacobian(program, x, y, random):
    graph = trace(lambda x, y: run(program, x, y), x, y)
    middle = [i for i, node in enumerate(graph.nodes) if i not in graph.outputs and node.operation != "input"]
    random.shuffle(middle)
    for order in ("forward", "reverse", middle):
        jacobian = eliminate_vertices(graph, order).jacobian
        assert jacobian.shape == (1, 2)
        assert_allclose(jacobian[0], graph.reverse_sweep()[:2], rtol=1e-11, atol=1e-13)
    if len(middle) <= 6:
        best = eliminate_vertices(graph, best_elimination(graph)).multiplications
        assert best <= min(eliminate_vertices(graph, order).multiplications for order in ("forward", "reverse", middle))


def test_several_outputs_and_constants():
    graph = trace(lambda x, y: (np.sin(x * y), x, 3.0), 0.5, 2.0)
    jacobian, multiplications = eliminate_vertices(graph)
    assert_allclose(jacobian, [[2 * np.cos(1.0), 0.5 * np.cos(1.0)], [1, 0], [0, 0]], rtol=1e-15)
    assert multiplications == 2


def test_orders_must_fit():
    graph = trace(lambda x: np.sin(np.exp(x)) * x, 1.0)
    for order in ([1], [1, 2, 3], [0, 1], [1, 1]):
        with pytest.raises(ValueError, match=r"order must name each of the nodes \[1, 2\] once"):
            eliminate_vertices(graph, order)
    with pytest.raises(ValueError, match="'forward', 'reverse' or a sequence"):
        eliminate_vertices(graph, "backward")
    used = trace(lambda x: pair(np.sin(x)), 1.0)
    with pytest.raises(ValueError, match="outputs must not be operands, but node 2 uses the output 1"):
        eliminate_vertices(used)


def pair(y):
    return y, np.exp(y)


def test_large_graphs_are_refused():
    def f(x):
        for _ in range(14):
            x = np.sin(x)
        return x

    with pytest.raises(ValueError, match="at most 12 intermediate nodes, got 13"):
        best_elimination(trace(f, 1.0))


# --- chains -----------------------------------------------------------------------------------------------------------


def brute_force(d):
    """The least cost over all brackets of the matrices d[i+1] x d[i]."""
    if len(d) == 2:
        return 0
    splits = range(1, len(d) - 1)
    return min(brute_force(d[: k + 1]) + brute_force(d[k:]) + d[-1] * d[k] * d[0] for k in splits)


@pytest.mark.parametrize(
    ("sizes", "best", "forward", "reverse"),
    [
        ([10, 10, 1, 10, 10], 300, 1200, 1200),
        ([1, 50, 50, 50], 5000, 5000, 127500),
        ([50, 50, 50, 1], 5000, 127500, 5000),
        ([3, 4], 0, 0, 0),
        ([7, 1], 0, 0, 0),
        ([2, 3, 4], 24, 24, 24),
    ],
)
def test_chains(sizes, best, forward, reverse):
    result = chain_order(sizes)
    assert (result.multiplications, result.forward, result.reverse) == (best, forward, reverse)


@given(st.lists(st.integers(1, 12), min_size=2, max_size=7))
def test_best_brackets(sizes):
    result = chain_order(sizes)
    assert result.multiplications == brute_force(sizes)
    assert result.multiplications <= min(result.forward, result.reverse)
    assert result.brackets.count("J") == len(sizes) - 1
    # The brackets, read as a program on the shapes, cost what is said.
    cost = []

    class Shape:
        def __init__(self, m, n):
            self.m, self.n = m, n

        def __mul__(self, other):
            cost.append(self.m * self.n * other.n)
            return Shape(self.m, other.n)

    shapes = {f"J{i}": Shape(sizes[i], sizes[i - 1]) for i in range(1, len(sizes))}
    eval(result.brackets.replace(" ", "*"), {}, shapes)
    assert sum(cost) == result.multiplications


def test_a_long_chain():
    n = 250
    result = chain_order([2] * n + [1])
    assert result.multiplications == result.reverse == 4 * (n - 1)
    assert result.brackets.count("J") == n


def test_brackets_are_readable():
    assert chain_order([10, 10, 1, 10, 10]).brackets == "(J4 J3) (J2 J1)"
    assert chain_order([1, 5, 5, 5]).brackets == "J3 (J2 J1)"
    assert chain_order([5, 5, 5, 1]).brackets == "(J3 J2) J1"
