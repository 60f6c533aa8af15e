"""What is prose on a page, what is code, and how to name a place on it."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from course import Page, source

VERBATIM = {"code", "code-block", "code-cell", "literalinclude", "raw", "bibliography", "toctree", "image", "figure"}
TITLE_IS_A_TARGET = {"solution-start", "solution", "solution-end", "exercise-end", "math"}
FENCE = re.compile(r"^\s*(?P<mark>`{3,}|~{3,}|:{3,})(?:\{(?P<name>[^}]+)\})?\s*(?P<rest>[^`]*)$")
OPTION = re.compile(r"^\s*:[\w-]+:( |$)")
HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.M)
MATH = re.compile(r"(?<!\\)\$\$.*?\$\$|(?<![\\$])\$[^$\n]+(?:\n[^$\n]+)*\$|\\begin\{(\w+\*?)\}.*?\\end\{\1\}", re.S)

INLINE = [
    (re.compile(r"<!--.*?-->", re.S), " "),
    (re.compile(r"\{math\}`([^`]*)`"), r"$\1$"),
    (re.compile(r"\{[\w:.+-]+\}`[^`]*`"), " "),  # roles: citations, references, terms
    (re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s[^)]*)?\)"), r"\1"),
    (re.compile(r"^\([\w:.-]+\)=\s*$", re.M), ""),
    (re.compile(r"</?[A-Za-z][^>]*>|<https?:[^>]*>|https?://\S+"), " "),
    (re.compile(r"&nbsp;"), " "),
]


def where(page: Page, index: int) -> str:
    """Return the name of a cell, as the head of a complaint."""
    return f"{page.path.name}, cell {index} ({page.cells[index].get('id', 'no id')})"


def is_generated(cell: dict[str, Any]) -> bool:
    """Return whether a cell is made from data."""
    return bool(cell["metadata"].get("generated"))


def tags(cell: dict[str, Any]) -> list[str]:
    """Return the tags of a cell."""
    return cell["metadata"].get("tags", [])


def markdown_cells(page: Page) -> Iterator[tuple[int, str]]:
    """Yield index and source of the cells that an author writes as text."""
    for index, cell in enumerate(page.cells):
        if cell["cell_type"] == "markdown" and not is_generated(cell):
            yield index, source(cell)


def code_cells(page: Page) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield index and cell of all code cells."""
    for index, cell in enumerate(page.cells):
        if cell["cell_type"] == "code":
            yield index, cell


def without_code(text: str) -> str:
    """Return Markdown without code blocks; of a directive only the title and the content stay."""
    kept: list[str] = []
    stack: list[tuple[str, bool, str]] = []
    options = False
    for line in text.splitlines():
        fence = FENCE.match(line)
        if fence and stack and _closes(fence, stack[-1][0]):
            kept.append("$$" if stack.pop()[2] == "math" else "")
        elif stack and stack[-1][1]:
            continue
        elif fence:
            name = fence["name"] or ""
            stack.append((fence["mark"], not name or name in VERBATIM, name))
            kept += ["", "" if not name or name in VERBATIM | TITLE_IS_A_TARGET else fence["rest"], ""]
            kept += ["$$"] if name == "math" else []
            options = True
        elif options and OPTION.match(line):
            continue
        else:
            options = False
            kept.append(line)
    return "\n".join(kept)


def _closes(fence: re.Match[str], opening: str) -> bool:
    same = fence["mark"][0] == opening[0] and len(fence["mark"]) >= len(opening)
    return same and not fence["name"] and not fence["rest"]


def prose(text: str) -> str:
    """Return Markdown as the words and formulas that a reader reads."""
    text = without_code(text)
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text


def words(text: str) -> list[str]:
    """Return the words of Markdown, formulas left out."""
    return [word for word in MATH.sub(" ", prose(text)).split() if re.search(r"[^\W\d_]", word)]


def sentence_at(text: str, position: int) -> str:
    """Return the sentence around a position, cut to a readable length."""
    start = max((m.end() for m in re.finditer(r"[.!?:]\s+|\n\s*\n|\n[-*#|]", text[:position])), default=0)
    stop = re.search(r"[.!?](\s|$)|\n\s*\n", text[position:])
    sentence = " ".join(text[start : position + stop.start() + 1 if stop else None].split())
    return sentence if len(sentence) <= 160 else sentence[:157] + "..."


def captions(cell: dict[str, Any]) -> list[str]:
    """Return the alt text and the caption of a cell's figure."""
    figure = cell["metadata"].get("mystnb", {})
    found = [figure.get("image", {}).get("alt"), figure.get("figure", {}).get("caption")]
    return [text for text in found if text]


def printed_strings(cell: dict[str, Any]) -> list[str]:
    """Return the texts typed by hand in a cell's print calls."""
    calls = [n for n in ast.walk(ast.parse(source(cell))) if isinstance(n, ast.Call) and _name(n.func) == "print"]
    texts = [text for call in calls for argument in call.args for text in _texts(argument)]
    return [re.sub(r"\{[^{}]*\}", " ", text) for text in texts]


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for name, child in ast.iter_fields(node):
        if name in ("format_spec", "slice"):  # f"{x:.3f}" and row["2.5 %"] print something else
            continue
        for part in child if isinstance(child, list) else [child]:
            if isinstance(part, ast.AST):
                yield from _texts(part)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def headings(page: Page) -> list[tuple[int, int, str]]:
    """Return cell index, level and text of all headings that an author wrote."""
    return [
        (index, len(match[1]), match[2])
        for index, text in markdown_cells(page)
        for match in HEADING.finditer(without_code(text))
    ]


def blocks(page: Page) -> list[str]:
    """Return for each cell the level-2 heading that it stands under, without what follows a colon."""
    names, current = [], ""
    starts = {index: text.partition(":")[0] for index, level, text in headings(page) if level == 2}
    for index in range(len(page.cells)):
        current = starts.get(index, current)
        names.append(current)
    return names


def block_text(page: Page, name: str) -> str:
    """Return the Markdown below a level-2 heading."""
    text = "\n\n".join(text for _, text in markdown_cells(page))
    match = re.search(rf"^## {re.escape(name)}\b.*?$(.*?)(?=^## |\Z)", text, re.M | re.S)
    return match[1] if match else ""


def in_solutions(page: Page) -> set[int]:
    """Return the indices of the cells from a solution's start to its end."""
    inside, found = False, set()
    for index, cell in enumerate(page.cells):
        text = source(cell) if cell["cell_type"] == "markdown" else ""
        inside = inside or "{solution-start}" in text
        if inside:
            found.add(index)
        if "{solution-end}" in text:
            inside = False
    return found
