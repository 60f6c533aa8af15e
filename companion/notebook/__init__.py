"""What the pages of the book use to show things: figure style, source listings, and the player for iterations.

Needs matplotlib and IPython: ``pip install "notes-that-run[notebook]"`` outside the course.
"""

from companion.notebook._graph_picture import GraphPicture
from companion.notebook._player import Bars, Label, Line, Panel, Player, Points, Step
from companion.notebook._source import show_source
from companion.notebook._style import COLORS, use_style

__all__ = [
    "COLORS",
    "Bars",
    "GraphPicture",
    "Label",
    "Line",
    "Panel",
    "Player",
    "Points",
    "Step",
    "show_source",
    "use_style",
]
