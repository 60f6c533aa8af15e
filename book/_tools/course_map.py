"""The map of a part: an arrow from each page to those that need it, drawn from what the pages themselves say.

The layout is Sugiyama's: rows by the longest chain of needs, arrows over several rows led through gaps in the rows
between, and the order in each row by the mean place of the neighbours (Sugiyama, Tagawa and Toda, 1981).
"""

import re
from collections.abc import Hashable
from html import escape
from itertools import pairwise
from textwrap import wrap

import course

NEED = re.compile(r"\*\*You need\*\*(.*?)^\s*:{3,}", re.S | re.M)
LINK = re.compile(r"\]\(([^)\s#]+\.ipynb)")

BOX, GAP, BEND = (156, 58), (18, 40), 26  # width and height; gaps between boxes and rows; width left for an arrow
SWEEPS = 12
LEAST = 0.85  # how small a map may get beside the contents; in narrower windows one scrolls

Needs = dict[str, set[str]]
Rows = list[list[Hashable]]


def needs_of(pages: list[course.Page]) -> Needs:
    """Return for each page, by slug, the others of these that it says one needs."""
    slugs = {page.path: page.slug for page in pages}
    found = {}
    for page in pages:
        box = NEED.search(page.markdown)
        paths = [(page.path.parent / link).resolve() for link in LINK.findall(box[1])] if box else []
        found[page.slug] = {slugs[path] for path in paths if path in slugs}
    return found


def rows_of(needs: Needs) -> dict[str, int]:
    """Return the row of each page: one below the lowest page that it needs."""
    row: dict[str, int] = {}

    def find(slug: str, path: tuple[str, ...]) -> int:
        if slug in path:
            raise ValueError(f"pages that need each other: {' -> '.join([*path, slug])}")
        if slug not in row:
            row[slug] = 1 + max((find(other, (*path, slug)) for other in needs[slug]), default=-1)
        return row[slug]

    for slug in needs:
        find(slug, ())
    return row


def without_detours(needs: Needs) -> Needs:
    """Leave out what a page needs anyway by way of another one."""

    def all_before(slug: str) -> set[str]:
        return needs[slug].union(*(all_before(other) for other in needs[slug]))

    return {slug: some - set().union(*(all_before(other) for other in some)) for slug, some in needs.items()}


def led_through(needs: Needs, row: dict[str, int]) -> tuple[Rows, list[list[Hashable]]]:
    """Return the rows with a bend for each arrow that passes through, and the arrows as chains of these."""
    rows: Rows = [[slug for slug in needs if row[slug] == level] for level in range(max(row.values(), default=-1) + 1)]
    chains = []
    for slug, some in needs.items():
        for other in sorted(some):
            bends: list[Hashable] = [(other, slug, level) for level in range(row[other] + 1, row[slug])]
            for level, bend in enumerate(bends, row[other] + 1):
                rows[level].append(bend)
            chains.append([other, *bends, slug])
    return rows, chains


def places(rows: Rows, chains: list[list[Hashable]]) -> dict[Hashable, float]:
    """Return the horizontal place of each box and bend."""
    above: dict[Hashable, list[Hashable]] = {node: [] for some in rows for node in some}
    below: dict[Hashable, list[Hashable]] = {node: [] for some in rows for node in some}
    for chain in chains:
        for upper, lower in pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    x: dict[Hashable, float] = {}
    for some in rows:
        x.update(side_by_side(some, dict.fromkeys(some, 0.0)))
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for some in rows if down else rows[::-1]:
            wanted = {}
            for node in some:
                near = [x[other] for other in (above if down else below)[node]]
                wanted[node] = sum(near) / len(near) if near else x[node]
            some.sort(key=wanted.__getitem__)
            x.update(side_by_side(some, wanted))
    return x


def side_by_side(some: list[Hashable], wanted: dict[Hashable, float]) -> dict[Hashable, float]:
    """Return places in this order, as near to the wanted ones as their widths allow (pool adjacent violators)."""
    offset, widths = 0.0, [BOX[0] if isinstance(node, str) else BEND for node in some]
    offsets = []
    for i, width in enumerate(widths):
        offset += (width + widths[i - 1]) / 2 + GAP[0] if i else 0.0
        offsets.append(offset)
    blocks: list[list[float]] = []
    for node, shift in zip(some, offsets, strict=True):
        blocks.append([wanted[node] - shift, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, m), (b, n) = blocks[-2:]
            blocks[-2:] = [[(a * m + b * n) / (m + n), m + n]]
    starts = [start for start, count in blocks for _ in range(int(count))]
    return {node: start + shift for node, start, shift in zip(some, starts, offsets, strict=True)}


def drawing(pages: list[course.Page], needs: Needs, links: dict[str, str]) -> str:
    """Return the map as SVG whose boxes are links."""
    label = f"Map of {len(pages)} pages; an arrow leads from a page to one that needs it. The list below says the same."
    needs = without_detours(needs)
    row = rows_of(needs)
    rows, chains = led_through(needs, row)
    x = places(rows, chains)
    left = min(x.values()) - BOX[0] / 2 - 2
    width, height = max(x.values()) + BOX[0] / 2 + 2 - left, len(rows) * (BOX[1] + GAP[1]) - GAP[1] + 4
    at = {node: (x[node] - left, level * (BOX[1] + GAP[1]) + 2) for level, some in enumerate(rows) for node in some}
    parts = [arrow([at[node] for node in chain]) for chain in chains]
    parts += [box(short_title(page), links[page.slug], *at[page.slug]) for page in pages]
    return (
        f'<div class="course-map"><svg role="group" aria-label="{escape(label)}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
        f'style="min-width: {LEAST * width:.0f}px">'
        f'<defs><marker id="map-tip" viewBox="0 0 8 8" refX="7" refY="4" '
        f'markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0L8,4L0,8z"/></marker></defs>'
        f"{''.join(parts)}</svg></div>"
    )


def arrow(points: list[tuple[float, float]]) -> str:
    """Return a smooth line from the foot of the first box through the gaps to the head of the last."""
    stops = [(points[0][0], points[0][1] + BOX[1])]
    for x, y in points[1:-1]:
        stops += [(x, y), (x, y + BOX[1])]
    stops.append((points[-1][0], points[-1][1] - 1))
    path = f"M{stops[0][0]:.1f},{stops[0][1]:.1f}"
    for (x0, y0), (x1, y1) in pairwise(stops):
        middle = (y0 + y1) / 2
        path += f"C{x0:.1f},{middle:.1f} {x1:.1f},{middle:.1f} {x1:.1f},{y1:.1f}"
    return f'<path class="map-arrow" d="{path}" marker-end="url(#map-tip)"/>'


def short_title(page: course.Page) -> str:
    """Return the title without what explains it."""
    return page.title.partition(":")[0]


def box(title: str, link: str, x: float, y: float) -> str:
    """Return a page's box with its title in one or two lines."""
    lines = wrap(title, 19)
    first = y + BOX[1] / 2 + 5 - 8 * (len(lines) - 1)
    text = "".join(
        f'<tspan x="{x:.1f}" y="{first + 16 * i:.1f}">{escape(line)}</tspan> ' for i, line in enumerate(lines)
    )
    return (
        f'<a href="{link}"><rect x="{x - BOX[0] / 2:.1f}" y="{y:.1f}" width="{BOX[0]}" height="{BOX[1]}" rx="7"/>'
        f"<text>{text}</text></a>"
    )
