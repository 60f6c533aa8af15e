"""The plot of growth: CPU time against the number of points, both logarithmic, one line for each method, as SVG."""

from html import escape
from math import log10
from typing import Any

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 66, 236, 14, 48
X_LIMITS, Y_LIMITS = (400.0, 250_000.0), (0.0005, 1.0)
DASHES = ("none", "7 4", "2 3", "9 3 2 3", "14 4", "5 2 2 2 2 2", "1 2")


def drawing(rows: list[dict[str, Any]]) -> str:
    """Return the plot; each line ends in the name of its method."""
    label = "Seconds of CPU time against the number of points for each method of the table, on logarithmic axes."
    names = spread([place(row["sizes"][-1], row["seconds"][-1])[1] for row in rows])
    parts = [*grid(), *(line(row, dash, at) for row, dash, at in zip(rows, DASHES, names, strict=False))]
    return (
        f'<div class="growth-plot"><svg role="img" aria-label="{escape(label)}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" style="max-width: 100%; height: auto" fill="currentColor" '
        f'font-size="13">{"".join(parts)}</svg></div>'
    )


def place(n: float, seconds: float) -> tuple[float, float]:
    """Return where a number of points and a time stand in the drawing."""
    x = log10(n / X_LIMITS[0]) / log10(X_LIMITS[1] / X_LIMITS[0])
    y = log10(max(seconds, Y_LIMITS[0]) / Y_LIMITS[0]) / log10(Y_LIMITS[1] / Y_LIMITS[0])
    return LEFT + x * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - y * (HEIGHT - TOP - BOTTOM)


def grid() -> list[str]:
    """Return the axes with their powers of ten."""
    right, bottom = place(X_LIMITS[1], Y_LIMITS[0])
    parts = []
    for power in (3, 4, 5):
        x, _ = place(10**power, 1)
        parts.append(f'<path d="M{x:.1f},{TOP}V{bottom:.1f}" stroke="currentColor" stroke-opacity="0.2"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 18:.1f}" text-anchor="middle">{10**power:,}</text>')
    for seconds in (0.001, 0.01, 0.1, 1.0):
        _, y = place(1, seconds)
        parts.append(f'<path d="M{LEFT},{y:.1f}H{right:.1f}" stroke="currentColor" stroke-opacity="0.2"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{seconds:g}</text>')
    parts.append(f'<text x="{(LEFT + right) / 2:.0f}" y="{HEIGHT - 8}" text-anchor="middle">points</text>')
    middle = (TOP + bottom) / 2
    parts.append(f'<text transform="translate(16 {middle:.0f}) rotate(-90)" text-anchor="middle">seconds</text>')
    return parts


def line(row: dict[str, Any], dash: str, name_at: float) -> str:
    """Return the line of one method with its name to the right of the plot."""
    points = [place(n, s) for n, s in zip(row["sizes"], row["seconds"], strict=True)]
    path = "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points)
    (x, y), edge = points[-1], WIDTH - RIGHT
    return (
        f'<path d="{path}" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="{dash}"/>'
        f'<path d="M{x:.1f},{y:.1f}L{edge},{name_at:.1f}" stroke="currentColor" stroke-opacity="0.35"/>'
        f'<text x="{edge + 6}" y="{name_at + 4:.1f}">{escape(row["name"])}</text>'
    )


def spread(heights: list[float], least: float = 17.0) -> list[float]:
    """Move heights apart, in their order, so that names do not overlap, and keep them in the drawing."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    placed = dict.fromkeys(order, 0.0)
    last = TOP - least + 6
    for i in order:
        last = placed[i] = max(heights[i], last + least)
    surplus = max(0.0, last - (HEIGHT - BOTTOM))
    return [placed[i] - surplus for i in range(len(heights))]
