"""The computation graph of a program on numbers: its elementary steps, with a local derivative on every edge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from companion._validation import as_real, as_real_array
from companion.autodiff._arguments import as_output, called, check_callable, parts_of
from companion.autodiff._rules import RULES, evaluate, level_of
from companion.autodiff._tape import Step, Tape
from companion.autodiff._tracked import Function, check_finite

_SIGNS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


class Edge(NamedTuple):
    """An edge of a `Graph`: *parent* is an operand of *child*, with the local derivative *slope*.

    Examples
    --------
    >>> Edge(0, 1, 2.5).slope
    2.5
    """

    parent: int
    child: int
    slope: float


class Node(NamedTuple):
    """A node of a `Graph`: an input, a constant output, or an elementary step.

    Examples
    --------
    >>> Node("input", (), 3.0).value
    3.0
    """

    operation: str
    """Name of the NumPy function; 'input' for an input, 'constant' for an output that no input goes into."""
    operands: tuple["int | Constant", ...]
    """Numbers of the nodes that it is computed from, or constants."""
    value: float


class Constant(float):
    """A number in the text of the program."""

    __slots__ = ()


Path: TypeAlias = tuple[Edge, ...]


@dataclass(frozen=True)
class Graph:
    """The computation graph of a program on numbers; `trace` makes it.

    Parameters
    ----------
    nodes : tuple of Node
        Inputs first, then the elementary steps in the order of the run: every edge leads from an earlier node to a
        later one.
    edges : tuple of Edge
        One an operand that is no constant; two for ``x * x``, both from x.
    outputs : tuple of int
        Numbers of the nodes that the program returned.

    Notes
    -----
    Nodes are numbered from 0; `table` and the pages call node i :math:`w_{i+1}`.

    References
    ----------
    Bauer (1974), Computational graphs and rounding error, SIAM J. Numer. Anal. 11, 87-96; Griewank and Walther (2008),
    Evaluating Derivatives, ch. 2.

    Examples
    --------
    >>> import numpy as np
    >>> graph = trace(lambda x1, x2: x1 * x2 + np.sin(x1), 2.0, 3.0)
    >>> graph.edges[2]
    Edge(parent=0, child=3, slope=-0.4161468365471424)
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    outputs: tuple[int, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        """Numbers of the inputs."""
        return tuple(i for i, node in enumerate(self.nodes) if node.operation == "input")

    def forward_sweep(self, tangents: Sequence[float]) -> list[float]:
        """Return the tangent of every node, in one sweep along the edges.

        Parameters
        ----------
        tangents : sequence of float, one an input
            The seeds.

        Returns
        -------
        list of float
            For node i the sum, over the edges that lead to it, of the slope times the tangent of the parent.

        Raises
        ------
        ValueError
            If the seeds are not one finite number an input.

        Examples
        --------
        >>> trace(lambda x, y: x * y, 2.0, 3.0).forward_sweep([1.0, 0.0])
        [1.0, 0.0, 3.0]
        """
        seeds = _as_seeds(tangents, "tangents", len(self.inputs), "inputs")
        of_nodes = [0.0] * len(self.nodes)
        for i, seed in zip(self.inputs, seeds, strict=True):
            of_nodes[i] = seed
        for parent, child, slope in self.edges:
            of_nodes[child] += slope * of_nodes[parent]
        return of_nodes

    def reverse_sweep(self, adjoints: Sequence[float] = (1.0,)) -> list[float]:
        """Return the adjoint of every node, in one sweep against the edges.

        Parameters
        ----------
        adjoints : sequence of float, one an output, default (1.0,)
            The seeds: weights of the outputs.

        Returns
        -------
        list of float
            For node j the sum, over the edges that leave it, of the slope times the adjoint of the child.

        Raises
        ------
        ValueError
            If the seeds are not one finite number an output.

        Examples
        --------
        >>> trace(lambda x, y: x * y, 2.0, 3.0).reverse_sweep()
        [3.0, 2.0, 1.0]
        """
        seeds = _as_seeds(adjoints, "adjoints", len(self.outputs), "outputs")
        of_nodes = [0.0] * len(self.nodes)
        for i, seed in zip(self.outputs, seeds, strict=True):
            of_nodes[i] += seed
        for parent, child, slope in reversed(self.edges):
            of_nodes[parent] += slope * of_nodes[child]
        return of_nodes

    def paths(self, start: int, end: int) -> Iterator[Path]:
        """Yield every path from one node to another, as a tuple of edges.

        Parameters
        ----------
        start, end : int
            Numbers of nodes.

        Yields
        ------
        tuple of Edge
            The edges in their order; empty if `start` is `end`.

        Raises
        ------
        ValueError
            If there is no such node.

        Notes
        -----
        The derivative of `end` by `start` is the sum over these paths of the product of the slopes. Their number can
        grow exponentially with the number of steps; sweeps do without.

        Examples
        --------
        >>> graph = trace(lambda x: (x * x) * (x * x), 3.0)
        >>> len(list(graph.paths(0, graph.outputs[0])))
        4
        """
        for name, node in (("start", start), ("end", end)):
            if not 0 <= node < len(self.nodes):
                raise ValueError(f"{name} must be the number of a node, 0 to {len(self.nodes) - 1}, got {node}")
        return self._paths(start, end)

    def _paths(self, start: int, end: int) -> Iterator[Path]:
        if start == end:
            yield ()
        for edge in self.edges:
            if edge.parent == start and edge.child <= end:
                for rest in self._paths(edge.child, end):
                    yield (edge, *rest)

    def evaluate(self, *inputs: float) -> tuple[float, ...]:
        """Return the outputs at other inputs, by running the recorded steps again.

        Parameters
        ----------
        *inputs : float
            One an input. The branches are those of the recorded run.

        Returns
        -------
        tuple of float
            The outputs.

        Raises
        ------
        ValueError
            If the inputs are not one finite number an input of the graph, or a step is not real or has no finite
            derivative there, as ``np.log`` at -1.
        ZeroDivisionError
            If a step divides by 0.
        OverflowError
            If a value exceeds the largest float.
        TypeError
            If a step is no NumPy function.

        Examples
        --------
        >>> trace(lambda x, y: x * y + 1, 2.0, 3.0).evaluate(5.0, 6.0)
        (31.0,)
        """
        points = iter(_as_seeds(inputs, "inputs", len(self.inputs), "inputs"))
        functions = {ufunc.__name__: ufunc for ufunc in RULES}
        values: list[float] = []
        for node in self.nodes:
            if node.operation in ("input", "constant"):
                values.append(next(points) if node.operation == "input" else node.value)
                continue
            if node.operation not in functions:
                raise TypeError(f"{node.operation} is no function of NumPy's; only these can be run again")
            operands = [float(x) if isinstance(x, Constant) else values[x] for x in node.operands]
            with np.errstate(over="ignore", invalid="ignore"):  # an error is raised instead of NumPy's warning
                values.append(float(evaluate(functions[node.operation], operands)))
            check_finite(values[-1], node.operation, *operands)
        return tuple(values[i] for i in self.outputs)

    def table(self, **columns: Sequence[float]) -> str:
        """Return the evaluation trace as text, one line a node.

        Parameters
        ----------
        **columns : sequence of float, one a node
            Further columns under their names, such as tangents and adjoints from the sweeps.

        Returns
        -------
        str
            Lines of the node's formula, its value, and the columns.

        Raises
        ------
        ValueError
            If a column is not one number a node.

        Examples
        --------
        >>> import numpy as np
        >>> graph = trace(lambda x1, x2: x1 * x2 + np.sin(x1), 2.0, 3.0)
        >>> print(graph.table(adjoint=graph.reverse_sweep()))
        step             value   adjoint
        w1 = x1         2.0000    2.5839
        w2 = x2         3.0000    2.0000
        w3 = w1 * w2    6.0000    1.0000
        w4 = sin(w1)    0.9093    1.0000
        w5 = w3 + w4    6.9093    1.0000
        """
        everything: Mapping[str, Sequence[float]] = {"value": [node.value for node in self.nodes], **columns}
        for name, column in columns.items():
            if len(column) != len(self.nodes):
                raise ValueError(f"{name} must have one number a node, {len(self.nodes)}, got {len(column)}")
        formulas = [f"w{i + 1} = {self.formula(i)}" for i in range(len(self.nodes))]
        width = max(map(len, formulas), default=0)
        lines = [f"{'step':{width}}" + "".join(f"{name:>{_width(name)}}" for name in everything)]
        for i, formula in enumerate(formulas):
            numbers = (f"{column[i] + 0.0:>{_width(name)}.4f}" for name, column in everything.items())
            lines.append(f"{formula:{width}}" + "".join(numbers))
        return "\n".join(lines)

    def formula(self, node: int) -> str:
        """Return the right side of a node's formula, as 'w1 * w2'.

        Parameters
        ----------
        node : int
            Its number, from 0.

        Returns
        -------
        str
            The formula; for the inputs 'x1', 'x2', ...

        Examples
        --------
        >>> trace(lambda x: 2 * x, 5.0).formula(1)
        '2 * w1'
        """
        operation, operands, value = self.nodes[node]
        if operation == "input":
            return f"x{self.inputs.index(node) + 1}"
        names = [f"{x:g}" if isinstance(x, Constant) else f"w{x + 1}" for x in operands]
        if operation == "constant":
            return f"{value:g}"
        if operation in _SIGNS:
            return f"{names[0]} {_SIGNS[operation]} {names[1]}"
        return f"-{names[0]}" if operation == "negative" else f"{operation}({', '.join(names)})"


def trace(f: Function, *primals: float) -> Graph:
    """Run a function on numbers and return the computation graph of the run.

    Parameters
    ----------
    f : callable
        Function of numbers, written in operators and NumPy functions of numbers; it returns a number, or a tuple or
        list of numbers.
    *primals : float
        The point, one number an argument.

    Returns
    -------
    Graph
        The elementary steps with their values, the local derivatives, and the outputs.

    Raises
    ------
    TypeError
        If `f` cannot be called, returns no numbers, or makes an array on the way.
    ValueError
        If a number is not finite.

    Examples
    --------
    >>> import numpy as np
    >>> print(trace(lambda x: np.exp(-x) / x, 1.0).table())
    step             value
    w1 = x1         1.0000
    w2 = -w1       -1.0000
    w3 = exp(w2)    0.3679
    w4 = w3 / w1    0.3679
    """
    check_callable(f)
    tape = Tape()
    out = called(f, *(tape.variable(as_real(x, f"primals[{i}]")) for i, x in enumerate(primals)))
    nodes = [_as_node(step) for step in tape.steps]
    edges = [
        Edge(parent, child, float(slope))
        for child, step in enumerate(tape.steps)
        for parent, slope in zip(step.parents, step.pull(1.0), strict=True)
    ]
    outputs = []
    for part in parts_of(out):
        if level_of(part) == tape._level:
            outputs.append(part._index)
        else:
            outputs.append(len(nodes))
            nodes.append(Node("constant", (), as_real(as_output(part), "an output of f")))
    return Graph(tuple(nodes), tuple(edges), tuple(outputs))


def _as_node(step: Step) -> Node:
    if np.ndim(step.value):
        raise TypeError(
            f"trace takes programs on numbers; {step.name} made an array of shape {np.shape(step.value)}. Pass the "
            "numbers as separate arguments, and return them in a tuple"
        )
    parents = iter(step.parents)
    operands = tuple(next(parents) if x is None else Constant(x) for x in step.constants)
    return Node(step.name, operands, float(step.value))


def _as_seeds(seeds: Sequence[float], name: str, count: int, what: str) -> list[float]:
    array: Any = as_real_array(seeds, name)
    if array.shape != (count,):
        raise ValueError(f"{name} must be one number for each of the {count} {what}, got shape {array.shape}")
    return [float(x) for x in array]


def _width(name: str) -> int:
    return max(10, len(name) + 2)
