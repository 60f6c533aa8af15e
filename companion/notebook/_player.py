"""A player for iterative algorithms: the reader steps through drawings that were made when the page was executed.

All drawing happens here, in Python, as SVG text that is the same at every run; the few lines of JavaScript in
`_player.js` only choose which step is shown. Without JavaScript the still picture and all captions are there to read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real
from companion.notebook._style import COLORS

Floats = NDArray[np.float64]
Marker = Literal["circle", "square", "cross", "plus", "diamond", "triangle"]

LEFT, RIGHT, TOP, BOTTOM = 52, 10, 10, 42  # pixels around a panel's drawing area


class Shape(Protocol):
    """What can be drawn in a panel."""

    def svg(self, panel: "Panel") -> str:
        """Return the shape as an SVG element in the panel's pixels."""


@dataclass(frozen=True)
class Panel:
    """One pair of axes in a player.

    Parameters
    ----------
    xlim, ylim : pair of float
        The range of each axis, in data units.
    xlabel, ylabel : str
        What the axes show, with units.
    background : sequence of shape
        What every step shows.
    width, height : int
        Size in pixels; a narrow screen scales it down.
    axes : bool
        Whether the grid, its numbers and the labels are drawn.

    Examples
    --------
    >>> Panel((0, 1), (0, 1), "x", "y").width
    360
    """

    xlim: tuple[float, float]
    ylim: tuple[float, float]
    xlabel: str
    ylabel: str
    background: Sequence[Shape] = ()
    width: int = 360
    height: int = 320
    axes: bool = True

    def __post_init__(self) -> None:
        for name, limits in (("xlim", self.xlim), ("ylim", self.ylim)):
            low, high = (as_real(limit, name) for limit in limits)
            if not low < high:
                raise ValueError(f"{name} must be a pair (low, high) with low < high, got {limits}")

    def pixels(self, x: ArrayLike, y: ArrayLike) -> Floats:
        """Return points, shape (n, 2), in pixels of the drawing area."""
        u = _fraction(x, self.xlim) * (self.width - LEFT - RIGHT)
        v = _fraction(y, self.ylim) * (self.height - TOP - BOTTOM)
        return np.column_stack([u, self.height - TOP - BOTTOM - v])


@dataclass(frozen=True)
class Points:
    """Points in one colour and marker; `x` and `y` have shape (n,), `size` is in pixels.

    Examples
    --------
    >>> Points([0.0, 1.0], [2.0, 3.0], color="orange", marker="cross").size
    5
    """

    x: ArrayLike
    y: ArrayLike
    color: str = "blue"
    marker: Marker = "circle"
    size: float = 5

    def __post_init__(self) -> None:
        _demand_same_shape(self.x, self.y, "y")
        if self.marker not in get_args(Marker):
            raise ValueError(f"marker must be one of {', '.join(get_args(Marker))}, got {self.marker!r}")

    def svg(self, panel: Panel) -> str:
        """Return one path: a zero-length stroke a point for the round and square markers, else its outline."""
        xy = panel.pixels(self.x, self.y)
        if self.marker in ("circle", "square"):
            cap = "round" if self.marker == "circle" else "square"
            data = "".join(f"M{_n(x)} {_n(y)}h0" for x, y in xy)
            return f'<path class="{_color(self.color)}" stroke-linecap="{cap}" stroke-width="{self.size}" d="{data}"/>'
        r = _n(self.size / 2)
        outline = {
            "cross": f"m-{r} -{r}l{_n(self.size)} {_n(self.size)}m-{_n(self.size)} 0l{_n(self.size)} -{_n(self.size)}",
            "plus": f"m-{r} 0h{_n(self.size)}m-{r} -{r}v{_n(self.size)}",
            "diamond": f"m0 -{r}l{r} {r}l-{r} {r}l-{r} -{r}z",
            "triangle": f"m0 -{r}l{r} {_n(self.size)}h-{_n(self.size)}z",
        }[self.marker]
        data = "".join(f"M{_n(x)} {_n(y)}{outline}" for x, y in xy)
        stroke = 1.2 + 0.12 * self.size
        return f'<path class="{_color(self.color)}" stroke-width="{_n(stroke)}" d="{data}"/>'


@dataclass(frozen=True)
class Line:
    """A polyline through points of shape (n,); nan breaks it.

    Examples
    --------
    >>> Line([0.0, 1.0], [0.0, 1.0], dashed=True).color
    'blue'
    """

    x: ArrayLike
    y: ArrayLike
    color: str = "blue"
    dashed: bool = False
    width: float = 2

    def __post_init__(self) -> None:
        _demand_same_shape(self.x, self.y, "y")

    def svg(self, panel: Panel) -> str:
        """Return one path."""
        parts, pen = [], "M"
        for x, y in panel.pixels(self.x, self.y):
            if np.isnan(x) or np.isnan(y):
                pen = "M"
                continue
            parts.append(f"{pen}{_n(x)} {_n(y)}")
            pen = "L"
        dash = ' stroke-dasharray="5 4"' if self.dashed else ""
        return f'<path class="{_color(self.color)}" stroke-width="{self.width}"{dash} d="{"".join(parts)}"/>'


@dataclass(frozen=True)
class Bars:
    """Bars from 0 to `height` centred at `x`, both of shape (n,); `width` is in data units.

    Examples
    --------
    >>> Bars([0, 1], [0.5, 0.5]).width
    0.8
    """

    x: ArrayLike
    height: ArrayLike
    color: str = "blue"
    width: float = 0.8

    def __post_init__(self) -> None:
        _demand_same_shape(self.x, self.height, "height")

    def svg(self, panel: Panel) -> str:
        """Return one filled path."""
        x, half = np.atleast_1d(np.asarray(self.x, dtype=float)), self.width / 2
        low, high = panel.pixels(x - half, np.zeros_like(x)), panel.pixels(x + half, self.height)
        data = "".join(f"M{_n(a)} {_n(b)}V{_n(d)}H{_n(c)}V{_n(b)}z" for (a, b), (c, d) in zip(low, high, strict=True))
        return f'<path class="{_color(self.color)} sp-fill" d="{data}"/>'


@dataclass(frozen=True)
class Label:
    """A short text at the point (`x`, `y`); `anchor` says which end of the text stands there.

    Examples
    --------
    >>> Label(0.0, 1.0, "start").anchor
    'start'
    """

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"

    def __post_init__(self) -> None:
        if self.anchor not in ("start", "middle", "end"):
            raise ValueError(f"anchor must be start, middle or end, got {self.anchor!r}")

    def svg(self, panel: Panel) -> str:
        """Return one text element."""
        ((x, y),) = panel.pixels(self.x, self.y)
        return f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{self.anchor}">{escape(self.text)}</text>'


@dataclass(frozen=True)
class Step:
    """One step: its caption, and for each panel the shapes that this step shows.

    Examples
    --------
    >>> Step("Start.", [Points([0.0], [0.0])]).caption
    'Start.'
    """

    caption: str
    shapes: tuple[Sequence[Shape], ...] = field(default=())

    def __init__(self, caption: str, *shapes: Sequence[Shape]) -> None:
        if not isinstance(caption, str):
            raise TypeError(f"caption must be a text, got {type(caption).__name__}")
        object.__setattr__(self, "caption", caption)
        object.__setattr__(self, "shapes", shapes)


class Player:
    """Steps of an algorithm, for the reader to walk through by mouse or keyboard.

    As the last value of a notebook cell it shows itself. The last step is the still picture for readers without
    JavaScript and in print.

    Parameters
    ----------
    title : str
        The name of the drawing.
    alt : str
        What a reader who does not see it must know: what moves, and how it ends.
    panels : sequence of Panel
        The axes, side by side; on a narrow screen one below the other.
    steps : sequence of Step
        At least one; each with as many lists of shapes as there are panels.

    Raises
    ------
    ValueError
        If there is no step, or if a step has not one list of shapes a panel.

    Examples
    --------
    >>> panel = Panel((0, 3), (0, 9), "n", "n squared")
    >>> steps = [Step(f"n = {n}", [Points([n], [n**2])]) for n in range(4)]
    >>> Player("Squares", "The point climbs ever faster.", [panel], steps)
    <Player 'Squares': 4 steps>
    """

    def __init__(self, title: str, alt: str, panels: Sequence[Panel], steps: Sequence[Step]) -> None:
        if not steps:
            raise ValueError("steps must hold at least one step, got none")
        for i, step in enumerate(steps):
            if len(step.shapes) != len(panels):
                raise ValueError(
                    f"steps[{i}] must have one list of shapes for each of the {len(panels)} panels, "
                    f"got {len(step.shapes)}"
                )
        self.title, self.alt, self.panels, self.steps = title, alt, list(panels), list(steps)

    def __repr__(self) -> str:
        return f"<Player {self.title!r}: {len(self.steps)} steps>"

    def _repr_html_(self) -> str:
        drawings = "".join(self._drawing(i) for i in range(len(self.panels)))
        captions = "".join(f"<li>{escape(step.caption)}</li>" for step in self.steps)
        return (
            f'<figure class="step-player" aria-label="{escape(self.title)}" role="group">'
            f"<style>{_asset('_player.css')}{_color_rules()}</style>"
            f'<div class="sp-panels" role="img" aria-label="{escape(self.alt)}">{drawings}</div>'
            f'<div class="sp-controls" hidden></div>'
            f'<figcaption><strong>{escape(self.title)}</strong><ol class="sp-captions">{captions}</ol></figcaption>'
            f"<script>{_asset('_player.js')}</script></figure>"
        )

    def _drawing(self, index: int) -> str:
        panel = self.panels[index]
        steps = "".join(
            f'<g class="sp-step{" sp-still" if k == len(self.steps) - 1 else ""}">'
            f"{''.join(shape.svg(panel) for shape in step.shapes[index])}</g>"
            for k, step in enumerate(self.steps)
        )
        inner = f'width="{panel.width - LEFT - RIGHT}" height="{panel.height - TOP - BOTTOM}"'
        background = "".join(shape.svg(panel) for shape in panel.background)
        return (
            f'<svg viewBox="0 0 {panel.width} {panel.height}" style="max-width:{panel.width}px" aria-hidden="true">'
            f"{''.join(_axes(panel)) if panel.axes else ''}"
            f'<svg class="sp-area" x="{LEFT}" y="{TOP}" {inner}>{background}{steps}</svg></svg>'
        )


def _axes(panel: Panel) -> Iterator[str]:
    right, bottom = panel.width - RIGHT, panel.height - BOTTOM
    for value in _ticks(panel.xlim):
        x = LEFT + panel.pixels(value, panel.ylim[0])[0, 0]
        yield f'<path class="sp-grid" d="M{_n(x)} {TOP}V{bottom}"/>'
        yield f'<text x="{_n(x)}" y="{bottom + 16}" text-anchor="middle">{value:g}</text>'
    for value in _ticks(panel.ylim):
        y = TOP + panel.pixels(panel.xlim[0], value)[0, 1]
        yield f'<path class="sp-grid" d="M{LEFT} {_n(y)}H{right}"/>'
        yield f'<text x="{LEFT - 6}" y="{_n(y + 4)}" text-anchor="end">{value:g}</text>'
    middle_x, middle_y = (LEFT + right) / 2, (TOP + bottom) / 2
    yield f'<text x="{_n(middle_x)}" y="{panel.height - 6}" text-anchor="middle">{escape(panel.xlabel)}</text>'
    yield (
        f'<text x="12" y="{_n(middle_y)}" text-anchor="middle" transform="rotate(-90 12 {_n(middle_y)})">'
        f"{escape(panel.ylabel)}</text>"
    )


def _demand_same_shape(x: ArrayLike, other: ArrayLike, name: str) -> None:
    if np.shape(x) != np.shape(other):
        raise ValueError(f"{name} must have the shape {np.shape(x)} of x, got {np.shape(other)}")


def _ticks(limits: tuple[float, float]) -> list[float]:
    """Return about five round numbers within the limits: multiples of 1, 2 or 5 times a power of ten."""
    low, high = limits
    rough = (high - low) / 5
    power = 10.0 ** np.floor(np.log10(rough))
    step = power * next(m for m in (1, 2, 5, 10) if m * power >= rough)
    return [float(f"{k * step:.10g}") for k in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)]


def _fraction(values: ArrayLike, limits: tuple[float, float]) -> Floats:
    """Return where values lie between the limits: 0 at the lower, 1 at the upper one."""
    low, high = limits
    return (np.atleast_1d(np.asarray(values, dtype=float)) - low) / (high - low)


def _n(value: float) -> str:
    """Return pixels with one decimal, in the fewest characters."""
    return f"{value:.1f}".removesuffix(".0")


def _color(name: str) -> str:
    if name not in (*COLORS, "ink"):
        raise ValueError(f"color must be ink (that of the text) or one of {', '.join(COLORS)}, got {name!r}")
    return f"sp-{name}"


def _color_rules() -> str:
    return "".join(f".sp-{name}{{stroke:{value};--sp-color:{value}}}" for name, value in COLORS.items())


def _asset(name: str) -> str:
    return files("companion.notebook").joinpath(name).read_text(encoding="utf-8").strip()
