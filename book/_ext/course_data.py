"""Directives for what is made from data and so cannot fall behind it: coverage, corrections, speed, accuracy, maps."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "_tools"))

import course
import course_map
import growth_plot


class FromData(SphinxDirective):
    """A directive without content that stands for Markdown made from data."""

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield headings, each with its Markdown; a block without a heading stands by itself."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        """Parse the blocks where the directive stands, and make it depend on all the data."""
        for path in [*course.DATA.rglob("*.*"), *course.notebooks(), Path(__file__)]:
            self.env.note_dependency(str(path))
        found: list[nodes.Node] = []
        for heading, markdown in self.blocks():
            section = nodes.section(ids=[nodes.make_id(heading)])
            section.document = self.state.document
            if heading:
                section += nodes.title(text=heading)
            self.state.nested_parse(StringList(markdown.splitlines()), self.content_offset, section)
            found += [section] if heading else section.children
        return found


class Coverage(FromData):
    """The sections of the notes, part by part: section, page, functions, tests; then those still to come."""

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield a summary, and for each part a table and a list."""
        page_of: dict[str, list[course.Page]] = {}
        for page in course.pages():
            for section in page.notes:
                page_of.setdefault(section, []).append(page)
        yield (
            "",
            f"{len(page_of)} of {len(course.sections())} sections of the notes and topics of the lecture have a page.",
        )
        for part, title in course.PARTS.items():
            sections = [section for section in course.sections().values() if section.part == part]
            rows = [self.row(section, page_of[section.id]) for section in sections if section.id in page_of]
            rest = [f"{section.id} {section.title}" for section in sections if section.id not in page_of]
            table = ["| Notes | Page | Functions | Tests |", "| --- | --- | --- | --- |", *rows, ""] if rows else []
            yield title, "\n".join([*table, f"To come: {'; '.join(rest)}." if rest else "Complete."])

    def row(self, section: course.Section, pages: list[course.Page]) -> str:
        """Return one row of the table."""
        names = [name for page in pages for name in page.companion_names()]
        tests = sorted({test for name in names for test in course.tests_of(name)})
        links = ", ".join(f"[{page.title}](/{page.docname}.ipynb)" for page in pages)
        functions = ", ".join(f"{{py:obj}}`~{name}`" for name in names)
        shown = ", ".join(f"`{test.removeprefix('tests/')}`" for test in tests)
        return f"| {section.id} {section.title} | {links} | {functions} | {shown} |"


class Corrections(FromData):
    """All corrections to the notes, section by section."""

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield a summary and one list a section."""
        entries = {section: course.corrections(section) for section in course.sections()}
        flat = [entry for some in entries.values() for entry in some]
        major = sum(course.weight_of(entry["id"]) == "major" for entry in flat)
        checked = sum("check" in entry for entry in flat)
        proved = "all" if checked == len(flat) else str(checked)
        yield "", f"So far: {len(flat)} corrections, {major} of them major; {proved} are proved by code."
        for section, some in entries.items():
            if some:
                text = [self.links(section), "", *(self.item(entry) for entry in some)]
                yield f"{section} {course.sections()[section].title}", "\n".join(text)

    def links(self, section: str) -> str:
        """Return the links to the pages of a section."""
        pages = [page for page in course.pages() if section in page.notes]
        return "On the page " + ", ".join(f"[{page.title}](/{page.docname}.ipynb)" for page in pages) + "."

    def item(self, entry: dict[str, str]) -> str:
        """Return one correction as a list item; the code stands on the section's page."""
        weight = course.weight_of(entry["id"])
        proof = "Proved by code." if "check" in entry else f"Reference: {entry['reference'].strip()}."
        parts = [f"- **{entry['title']}** ({weight}). The notes: {entry['says'].strip()}"]
        parts += ["", f"  What is right: {entry['right'].strip()} {proof}", ""]
        return "\n".join(line if i == 0 else line.replace("\n", "\n  ") for i, line in enumerate(parts)).replace(
            "\n\n\n", "\n\n"
        )


class Benchmarks(FromData):
    """The last table of speed, and why some methods are slower."""

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield the machine and the table, then the reasons."""
        path = course.DATA / "benchmarks.json"
        last = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            f"| {row['name']} | {row['library']} | {row['ours_ms']:.1f} | {row['reference_ms']:.1f} "
            f"| {row['ratio']:.2f} | {row['reach']:g} | {row['quality']} |"
            for row in last["rows"]
        ]
        head = [
            "| Workload | Library | Companion (ms) | Library (ms) | Ratio | Goal | Quality |",
            "| --- | --- | ---: | ---: | ---: | ---: | --- |",
        ]
        yield "", "\n".join([f"Measured with {last['versions']}.", "", *head, *rows])
        rows_of: dict[str, list[str]] = {}
        for row in last["rows"]:
            if row["note"]:
                rows_of.setdefault(row["note"], []).append(f"**{row['name']}** ({row['ratio']:.0f} times)")
        reasons = ["In brackets stands how many times the library's time it takes.", ""]
        reasons += [f"- {', '.join(names)}: {note}" for note, names in rows_of.items()]
        yield "Slower, and why", "\n".join(reasons)


class Accuracy(FromData):
    """One of the tables of accuracy: ``{course-accuracy} residual``, ``orthogonality`` or ``small``."""

    required_arguments = 1

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield the table."""
        data = json.loads((course.DATA / "accuracy.json").read_text(encoding="utf-8"))
        table = self.small(data["small"]) if self.arguments[0] == "small" else self.errors(data, self.arguments[0])
        yield "", "\n".join(table)

    def errors(self, data: dict[str, Any], quantity: str) -> list[str]:
        """Return a table of matrices by methods, and what the companion promises below it."""
        methods = [method for method, found in data["rows"][0]["entries"].items() if quantity in found]
        rows = [
            [row["matrix"], *(self.pair(*row["entries"][method][quantity]) for method in methods)]
            for row in data["rows"]
        ]
        rows.append(["**Promised**", *(f"**{data['promised'][method]}**" for method in methods)])
        head = [["Matrix", *(f"`{method}`" for method in methods)], ["---", *("---:" for _ in methods)]]
        return [f"| {' | '.join(row)} |" for row in [*head, *rows]]

    def pair(self, *errors: float) -> str:
        """Return two numbers as one entry, which no line break parts."""
        return "\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}".join(f"{error:.{1 if error < 10 else 0}f}" for error in errors)

    def small(self, rows: list[dict[str, Any]]) -> list[str]:
        """Return the table of relative errors."""
        return [
            "| Values of | Companion | LAPACK | Promised |",
            "| --- | ---: | ---: | ---: |",
            *(
                f"| {row['name']} | {row['ours']:.0e} | {row['library']:.0e} "
                f"| {'nothing' if row['promised'] is None else format(row['promised'], '.0e')} |"
                for row in rows
            ),
        ]


class Growth(FromData):
    """How time and memory of the clustering methods grow with the number of points."""

    def blocks(self) -> Iterator[tuple[str, str]]:
        """Yield the table: a row for each method, its largest number of points, and the power of n."""
        data = json.loads((course.DATA / "growth.json").read_text(encoding="utf-8"))
        head = [
            "| Method | Stated order | Power of n | Points | Seconds | Memory (MB) |",
            "| --- | --- | ---: | ---: | ---: | ---: |",
        ]
        rows = [
            f"| {row['name']} | {row['order']} | {row['power']:.2f} | {row['sizes'][-1]:,} "
            f"| {row['seconds'][-1]:.2f} | {row['megabytes'][-1]:.0f} |"
            for row in data["rows"]
        ]
        yield "", "\n".join([f"Measured with {data['versions']}.", "", *head, *rows])


class GrowthPlot(SphinxDirective):
    """``{course-growthplot}``: the times of the table of growth on two logarithmic axes."""

    def run(self) -> list[nodes.Node]:
        """Draw the plot, and depend on what it shows."""
        path = course.DATA / "growth.json"
        self.env.note_dependency(str(path))
        return [nodes.raw("", growth_plot.drawing(json.loads(path.read_text(encoding="utf-8"))["rows"]), format="html")]


class Map(SphinxDirective):
    """``{course-map} probability``: the map of the pages in that folder of the book, and the same as a list."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Draw the map, and depend on all that it shows."""
        folder = course.BOOK / self.arguments[0]
        order = list(course.sections())
        pages = sorted(course.pages(folder), key=lambda page: order.index(page.notes[0]))
        for path in [*course.notebooks(folder), Path(course_map.__file__)]:
            self.env.note_dependency(str(path))
        needs = course_map.needs_of(pages)
        uri = self.env.app.builder.get_relative_uri
        links = {page.slug: uri(self.env.docname, page.docname) for page in pages}
        svg = course_map.drawing(pages, needs, links)
        names = {page.slug: f"[{course_map.short_title(page)}](/{page.docname}.ipynb)" for page in pages}
        items = [
            f"- {names[slug]}: {', '.join(names[other] for other in names if other in some) or 'nothing'}"
            for slug, some in needs.items()
        ]
        box = [":::{dropdown} The same as a list: each page, and what it needs of this part", *items, ":::"]
        listed = nodes.container()
        self.state.nested_parse(StringList(box), self.content_offset, listed)
        return [nodes.raw("", svg, format="html"), *listed.children]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    for directive in (Coverage, Corrections, Benchmarks, Accuracy, Growth, GrowthPlot, Map):
        app.add_directive(f"course-{directive.__name__.lower()}", directive)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
