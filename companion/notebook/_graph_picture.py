"""A picture of a computation graph, for the player and for figures: inputs at the bottom, outputs at the top."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from companion.autodiff import Graph
from companion.notebook._player import Label, Line, Panel, Points, Shape
from companion.notebook._style import COLORS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARGIN = 0.08  # what an edge leaves free at both ends, in units of its length


class GraphPicture:
    """A drawing of a computation graph, with texts at its nodes and edges.

    Parameters
    ----------
    graph : Graph
        The graph, of `companion.autodiff.trace`.
    width, height : int, default 540 and 420
        Size of the player's panel in pixels.

    Attributes
    ----------
    panel : Panel
        A panel without axes for the player.
    positions : list of (float, float)
        Where the nodes stand.

    Raises
    ------
    TypeError
        If `graph` is no `Graph`.

    Examples
    --------
    >>> from companion.autodiff import trace
    >>> picture = GraphPicture(trace(lambda x, y: x * y, 2.0, 3.0))
    >>> picture.panel.axes
    False
    """

    def __init__(self, graph: Graph, width: int = 540, height: int = 420) -> None:
        if not isinstance(graph, Graph):
            raise TypeError(f"graph must be a Graph, got {type(graph).__name__}; write GraphPicture(trace(f, x))")
        self.graph = graph
        self.positions = _positions(graph)
        top = max((y for _, y in self.positions), default=0.0)
        self.panel = Panel((0, 1), (-0.4, top + 0.45), "", "", width=width, height=height, axes=False)

    def shapes(
        self,
        texts: Mapping[int, Sequence[str]] | None = None,
        active: Collection[int] = (),
        slopes: bool = True,
    ) -> list[Shape]:
        """Return the shapes of one step of the player.

        Parameters
        ----------
        texts : mapping of int to sequence of str, optional
            Lines below the formula of a node, by its number; two at most.
        active : collection of int, default ()
            Numbers of edges to emphasise.
        slopes : bool, default True
            Whether every edge bears its local derivative.

        Returns
        -------
        list of shapes
            Edges, nodes and texts.

        Examples
        --------
        >>> from companion.autodiff import trace
        >>> picture = GraphPicture(trace(lambda x, y: x * y, 2.0, 3.0))
        >>> len(picture.shapes({2: ["6"]}))
        11
        """
        shapes: list[Shape] = []
        used = {edge.parent for edge in self.graph.edges}
        for number, edge in enumerate(self.graph.edges):
            (x0, y0), (x1, y1) = self._ends(number)
            color, width = ("orange", 4.0) if number in active else ("grey", 1.5)
            shapes.append(Line([x0, x1], [y0, y1], color=color, width=width))
            if slopes:
                x, y, anchor = self._beside(number)
                shapes.append(Label(x, y, f"{edge.slope + 0.0:.4g}", anchor))
        for number, (x, y) in enumerate(self.positions):
            shapes.append(Points([x], [y], color="blue", size=14))
            lines = [f"w{number + 1} = {self.graph.formula(number)}", *(texts or {}).get(number, ())]
            # Edges come from below and leave above; where none leaves, the lines have room above.
            top = y - 0.03 if number in used else y + 0.14 * len(lines) - 0.08
            shapes += [Label(x + 0.03, top - 0.14 * k, line) for k, line in enumerate(lines)]
        return shapes

    def draw(self, ax: "Axes", texts: Mapping[int, Sequence[str]] | None = None, active: Collection[int] = ()) -> None:
        """Draw the graph on axes of matplotlib.

        Parameters
        ----------
        ax : matplotlib Axes
            Where to draw; its frame and ticks are switched off.
        texts : mapping of int to sequence of str, optional
            Further lines in the box of a node, by its number.
        active : collection of int, default ()
            Numbers of edges to emphasise.

        Examples
        --------
        >>> from companion.autodiff import trace
        >>> import matplotlib.pyplot as plt
        >>> GraphPicture(trace(lambda x, y: x * y, 2.0, 3.0)).draw(plt.figure().gca())
        """
        boxes = []
        for number, (x, y) in enumerate(self.positions):
            lines = [f"w{number + 1} = {self.graph.formula(number)}", *(texts or {}).get(number, ())]
            box = {"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": COLORS["blue"], "linewidth": 1.5}
            text = ax.text(x, y, "\n".join(lines), ha="center", va="center", fontsize=11, bbox=box)
            boxes.append(text.get_bbox_patch())
        for number, edge in enumerate(self.graph.edges):
            shift = self._shift(number)
            (x0, y0), (x1, y1) = self.positions[edge.parent], self.positions[edge.child]
            color, width = (COLORS["orange"], 3.0) if number in active else (COLORS["grey"], 1.4)
            style: dict[str, Any] = {"arrowstyle": "-|>", "color": color, "linewidth": width}
            # From box to box: their sizes are known when the figure is drawn.
            style |= {"patchA": boxes[edge.parent], "patchB": boxes[edge.child], "shrinkA": 0, "shrinkB": 0}
            ax.annotate("", (x1 + shift, y1), (x0 + shift, y0), arrowprops=style)
            x, y, anchor = self._beside(number)
            sides = {"start": "left", "end": "right"}
            ax.text(x, y, f"{edge.slope + 0.0:.4g}", ha=sides[anchor], va="center", fontsize=11)
        ax.set(xlim=(0, 0.9), ylim=self.panel.ylim)
        ax.axis("off")

    def _ends(self, number: int) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return where an edge begins and ends; edges between the same nodes lie side by side."""
        edge, shift = self.graph.edges[number], self._shift(number)
        (x0, y0), (x1, y1) = self.positions[edge.parent], self.positions[edge.child]
        dx, dy = _MARGIN * (x1 - x0), _MARGIN * (y1 - y0)
        return (x0 + dx + shift, y0 + dy), (x1 - dx + shift, y1 - dy)

    def _shift(self, number: int) -> float:
        """Return how far an edge stands to the right, for edges between the same nodes."""
        twins = [i for i, other in enumerate(self.graph.edges) if other[:2] == self.graph.edges[number][:2]]
        return 0.05 * (twins.index(number) - (len(twins) - 1) / 2)

    def _beside(self, number: int) -> tuple[float, float, Any]:
        """Return where the slope of an edge stands, and which end of the text."""
        (x0, y0), (x1, y1) = self._ends(number)
        twins = [i for i, other in enumerate(self.graph.edges) if other[:2] == self.graph.edges[number][:2]]
        right = x1 < x0 or number > twins[0]
        rise = 0.0 if x1 == x0 else 0.06
        return (x0 + x1) / 2 + (0.02 if right else -0.02), (y0 + y1) / 2 + rise, "start" if right else "end"


def _positions(graph: Graph) -> list[tuple[float, float]]:
    """Return (x, y) of the nodes: y the longest way from an input, x by the order of the operands."""
    depth = [0] * len(graph.nodes)
    for parent, child, _ in graph.edges:
        depth[child] = max(depth[child], depth[parent] + 1)
    across = [0.0] * len(graph.nodes)
    for level in range(max(depth, default=-1) + 1):
        nodes = [i for i, d in enumerate(depth) if d == level]
        parents = {i: [across[edge.parent] for edge in graph.edges if edge.child == i] for i in nodes}
        nodes.sort(key=lambda i: (sum(parents[i]) / len(parents[i]) if parents[i] else i, i))
        for rank, node in enumerate(nodes):
            across[node] = 0.1 + 0.7 * (rank + 0.5) / len(nodes)
    return [(across[i], float(depth[i])) for i in range(len(graph.nodes))]
