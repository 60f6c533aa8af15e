import numpy as np

from companion.notebook import Bars, GraphPicture, Label, Line, Panel, Player, Points, Step, show_source
from tests.bad_input import BadInput

PANEL = Panel((0, 1), (0, 1), "x", "y")

BAD_INPUT = [
    BadInput(Panel, ((1, 0), (0, 1), "x", "y"), {}, ValueError, r"xlim must be a pair \(low, high\) with low < high"),
    BadInput(Panel, ((0, 1), (2, 2), "x", "y"), {}, ValueError, "ylim must be a pair"),
    BadInput(Panel, ((0, np.inf), (0, 1), "x", "y"), {}, ValueError, "xlim must be finite"),
    BadInput(Panel, (("a", 1), (0, 1), "x", "y"), {}, TypeError, "xlim must be a number"),
    BadInput(Points, ([1, 2], [1]), {}, ValueError, r"y must have the shape \(2,\) of x, got \(1,\)"),
    BadInput(Points, ([1], [1]), {"marker": "star"}, ValueError, "marker must be one of circle, square"),
    BadInput(
        lambda **kw: Points([1], [1], **kw).svg(PANEL), (), {"color": "red"}, ValueError, "color must be", covers=Points
    ),
    BadInput(Line, ([1, 2], [1, 2, 3]), {}, ValueError, "y must have the shape"),
    BadInput(Bars, ([1, 2], 1), {}, ValueError, "height must have the shape"),
    BadInput(Label, (0, 0, "a", "left"), {}, ValueError, "anchor must be start, middle or end, got 'left'"),
    BadInput(Step, ([Points([1], [1])],), {}, TypeError, "caption must be a text, got list"),
    BadInput(Player, ("t", "alt", [PANEL], []), {}, ValueError, "steps must hold at least one step"),
    BadInput(Player, ("t", "alt", [PANEL], [Step("a")]), {}, ValueError, r"steps\[0\] must have one list of shapes"),
    BadInput(GraphPicture, (np.sin,), {}, TypeError, r"graph must be a Graph, got ufunc; write GraphPicture\(trace"),
    BadInput(show_source, (np.sin,), {}, TypeError, "written in Python"),
]
