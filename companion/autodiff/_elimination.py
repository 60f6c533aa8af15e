"""The order of the chain rule: what a Jacobian costs, multiplied out of the local derivatives in different orders."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from companion._validation import as_count
from companion.autodiff._graph import Graph


class Elimination(NamedTuple):
    """What `eliminate_vertices` returns.

    Examples
    --------
    >>> Elimination(np.eye(1), 3).multiplications
    3
    """

    jacobian: NDArray[np.float64]
    """Derivatives of the outputs (rows) by the inputs (columns)."""
    multiplications: int
    """How many products of two local derivatives it took."""


def eliminate_vertices(graph: Graph, order: str | Sequence[int] = "forward") -> Elimination:
    """Accumulate the Jacobian of a graph by eliminating its intermediate nodes, one after the other.

    Parameters
    ----------
    graph : Graph
        The graph of `trace`.
    order : {"forward", "reverse"} or sequence of int, default "forward"
        The intermediate nodes (neither input nor output) in the order of their elimination: as they were computed, the
        other way round, or any other.

    Returns
    -------
    jacobian : ndarray, shape (m, n)
        Derivatives of the m outputs by the n inputs.
    multiplications : int
        The number of products.

    Raises
    ------
    ValueError
        If `order` does not name every intermediate node once, or an output is an operand of another node.

    See Also
    --------
    best_elimination : The cheapest order.

    Notes
    -----
    To eliminate a node is to connect each of its p operands with each of its s users, by an edge of the product of the
    two slopes, which is added to an edge that is there: p s products. In the end edges from inputs to outputs remain.
    The order changes the number of products, not the result. To find the least number is NP-complete.

    References
    ----------
    Griewank and Reese (1991), On the calculation of Jacobian matrices by the Markowitz rule; Naumann (2008), Optimal
    Jacobian accumulation is NP-complete, Mathematical Programming 112, 427-441.

    Examples
    --------
    >>> import numpy as np
    >>> from companion.autodiff import trace
    >>> graph = trace(lambda x: np.sin(np.exp(x)) * np.exp(x), 0.0)
    >>> eliminate_vertices(graph, "reverse").multiplications
    3
    """
    middle = _middle(graph)
    if isinstance(order, str):
        if order not in ("forward", "reverse"):
            raise ValueError(f"order must be 'forward', 'reverse' or a sequence of nodes, got {order!r}")
        sequence = middle if order == "forward" else middle[::-1]
    else:
        sequence = list(order)
    if sorted(sequence) != middle:
        raise ValueError(f"order must name each of the nodes {middle} once, got {sequence}")
    slopes = _slopes(graph)
    multiplications = sum(_eliminate(slopes, node) for node in sequence)
    jacobian = [[slopes.get((i, o), float(i == o)) for i in graph.inputs] for o in graph.outputs]
    return Elimination(np.reshape(np.array(jacobian, dtype=float), (len(graph.outputs), -1)), multiplications)


def best_elimination(graph: Graph) -> tuple[int, ...]:
    """Return the order of elimination with the fewest multiplications, by trying all of them.

    Parameters
    ----------
    graph : Graph
        The graph of `trace`, with at most 12 intermediate nodes.

    Returns
    -------
    tuple of int
        The intermediate nodes in that order, for `eliminate_vertices`; among equals the first in the order of tuples.

    Raises
    ------
    ValueError
        If there are more than 12 intermediate nodes, or an output is an operand of another node.

    Notes
    -----
    The graph that remains depends on which nodes are gone, not on their order: so it is enough to look at the 2^k sets
    of nodes (dynamic programming) in place of all k! orders.

    Examples
    --------
    >>> from companion.autodiff import trace
    >>> graph = trace(lambda x: (x + 1) * (x + 2), 3.0)
    >>> best_elimination(graph)
    (1, 2)
    """
    middle = _middle(graph)
    if len(middle) > _MOST:
        raise ValueError(f"the graph must have at most {_MOST} intermediate nodes, got {len(middle)}")
    edges = {(edge.parent, edge.child): 1.0 for edge in graph.edges}
    best: dict[frozenset[int], tuple[int, tuple[int, ...], dict[tuple[int, int], float]]] = {
        frozenset(): (0, (), edges)
    }
    for k in range(1, len(middle) + 1):
        for gone in map(frozenset, itertools.combinations(middle, k)):
            candidates = []
            for last in gone:
                cost, order, before = best[gone - {last}]
                after = dict(before)
                candidates.append((cost + _eliminate(after, last), (*order, last), after))
            best[gone] = min(candidates, key=lambda candidate: candidate[:2])
    return best[frozenset(middle)][1]


_MOST = 12


def _middle(graph: Graph) -> list[int]:
    for edge in graph.edges:
        if edge.parent in graph.outputs and edge.parent not in graph.inputs:
            raise ValueError(f"outputs must not be operands, but node {edge.child} uses the output {edge.parent}")
    ends = {*graph.inputs, *graph.outputs}
    return [i for i, node in enumerate(graph.nodes) if i not in ends and node.operation != "constant"]


def _slopes(graph: Graph) -> dict[tuple[int, int], float]:
    slopes: defaultdict[tuple[int, int], float] = defaultdict(float)
    for parent, child, slope in graph.edges:
        slopes[parent, child] += slope
    return dict(slopes)


def _eliminate(slopes: dict[tuple[int, int], float], node: int) -> int:
    """Connect the operands of *node* with its users; return the number of products."""
    into = {parent: slope for (parent, child), slope in slopes.items() if child == node}
    out = {child: slope for (parent, child), slope in slopes.items() if parent == node}
    for ends in [(parent, node) for parent in into] + [(node, child) for child in out]:
        del slopes[ends]
    for parent, first in into.items():
        for child, second in out.items():
            slopes[parent, child] = slopes.get((parent, child), 0.0) + first * second
    return len(into) * len(out)


class ChainOrder(NamedTuple):
    """What `chain_order` returns.

    Examples
    --------
    >>> ChainOrder(24, "J2 J1", 24, 24).multiplications
    24
    """

    multiplications: int
    """The least number of products of numbers."""
    brackets: str
    """The product with its brackets, as '(J3 J2) J1'."""
    forward: int
    """The number from right to left, as in forward mode."""
    reverse: int
    """The number from left to right, as in reverse mode."""


def chain_order(sizes: Sequence[int]) -> ChainOrder:
    """Find the cheapest brackets in the product of the Jacobians of a chain of maps.

    Parameters
    ----------
    sizes : sequence of int
        The numbers of variables d_0, d_1, ..., d_K from the input of the chain to its output: the Jacobian J_i of the
        i-th map has d_i rows and d_(i-1) columns.

    Returns
    -------
    multiplications : int
        Products of numbers in J_K ... J_2 J_1 with the best brackets.
    brackets : str
        These.
    forward, reverse : int
        Products from right to left (J_2 J_1 first) and from left to right.

    Raises
    ------
    TypeError
        If a size is no integer.
    ValueError
        If there are fewer than two sizes, or one is less than 1.

    Notes
    -----
    .. math:: C_{ij} = \\min_{i \\le k < j} \\big(C_{ik} + C_{k+1,j} + d_j\\, d_k\\, d_{i-1}\\big)

    by dynamic programming, in time proportional to K³ (`numpy.linalg.multi_dot` does the same for matrices).

    References
    ----------
    Godbole (1973), On efficient computation of matrix chain products, IEEE Trans. Computers C-22, 864-866.

    Examples
    --------
    >>> chain_order([10, 10, 1, 10, 10])
    ChainOrder(multiplications=300, brackets='(J4 J3) (J2 J1)', forward=1200, reverse=1200)
    """
    d = [as_count(size, f"sizes[{i}]") for i, size in enumerate(sizes)]
    if len(d) < 2:
        raise ValueError(f"sizes must be two or more numbers, got {d}")
    last = len(d) - 1
    best = {(i, i): (0, i) for i in range(1, last + 1)}  # the cost of J_j ... J_i, and where to split it
    for length in range(1, last):
        for i in range(1, last - length + 1):
            j = i + length
            best[i, j] = min((best[i, k][0] + best[k + 1, j][0] + d[j] * d[k] * d[i - 1], k) for k in range(i, j))

    def brackets(i: int, j: int) -> str:
        if i == j:
            return f"J{i}"
        k = best[i, j][1]
        left, right = brackets(k + 1, j), brackets(i, k)
        return f"{f'({left})' if k + 1 < j else left} {f'({right})' if i < k else right}"

    forward = sum(d[k + 1] * d[k] * d[0] for k in range(1, last))
    reverse = sum(d[last] * d[k] * d[k - 1] for k in range(1, last))
    return ChainOrder(best[1, last][0], brackets(1, last), forward, reverse)
