"""Anatomy: the blocks of a page in the one order, and enough of everything but not too much."""

import ast
import re
from itertools import pairwise
from typing import Any

import course
from course import Page, source

from tests.checks.numbers import HIDDEN
from tests.checks.outputs import players, pngs
from tests.checks.prose import (
    block_text,
    blocks,
    code_cells,
    headings,
    in_solutions,
    is_generated,
    markdown_cells,
    tags,
    where,
    without_code,
    words,
)

CORRECTIONS = "Corrections to the notes"
HEADINGS = [
    "The idea",
    "Run it",
    "See it",
    "Check it",
    "Where it goes wrong",
    CORRECTIONS,
    "Exercises",
    "In short",
    "Read on",
]
WORDS = (600, 1800)
CODE_CELLS = (6, 20)
FIGURES = 2
LINES, HIDDEN_LINES = 12, 30
COLUMNS = 92  # what a window of 1440 pixels shows without scrolling
LABELLED = re.compile(r"\{prf:\w+\}[^\n]*\n(?:\s*:(?!label)[\w-]+:[^\n]*\n)*\s*:label:\s*\S+")
LINK = re.compile(r"\]\([^)\s]+\)|\{(?:doc|ref|numref|prf:ref)\}`")
PAGE_LINK = re.compile(r"\]\((?!https?:)[^)\s]+\)|\{(?:doc|ref)\}`")
FOLDED = re.compile(r"\{dropdown\}|:class:.*\bdropdown\b")
CITATION = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")


def complaints(page: Page) -> list[str]:
    """Return a complaint for each block that is missing, out of order, too short or too long."""
    checks = (headings_of, opening, amounts, long_cells, long_lines, quick_check, closing)
    return [f"{page.path.name}: {text}" for check in checks for text in check(page)]


def headings_of(page: Page) -> list[str]:
    """Check the title and the order of the level-2 headings."""
    titles = [index for index, level, _ in headings(page) if level == 1]
    found = [] if titles == [0] else [f"one title (# ...) must stand in the first cell; there is one in cells {titles}"]
    given = [text.partition(":")[0].strip() for _, level, text in headings(page) if level == 2]
    errata = any(has_errata(section, page.slug) for section in page.notes)
    wanted = [name for name in HEADINGS if name != CORRECTIONS or errata or CORRECTIONS in given]
    found += [f"the heading “## {name}” is missing" for name in wanted if name not in given]
    found += [f"the heading “## {name}” is none of {', '.join(HEADINGS)}" for name in given if name not in HEADINGS]
    found += [f"the heading “## {name}” stands twice" for name in sorted({n for n in given if given.count(n) > 1})]
    known = [name for name in given if name in HEADINGS]
    late = next((b for a, b in pairwise(known) if HEADINGS.index(a) > HEADINGS.index(b)), None)
    return [*found, f"the heading “## {late}” is out of order; the order is {', '.join(wanted)}"] if late else found


def has_errata(section: str, slug: str) -> bool:
    """Return whether a page owes corrections: a section may leave all of its own to its other pages."""
    known = course.sections().get(section)
    elsewhere = course.corrections(section) and not course.corrections(section, slug)
    return bool(known and known.errata_ids("major", "minor") and not elsewhere)


def opening(page: Page) -> list[str]:
    """Check what stands between the title and the first block."""
    head = re.split(r"^## ", page.markdown, maxsplit=1, flags=re.M)[0]
    if not re.search(r"\{(?:admonition|note|tip|important|card)\}", head):
        return ["before the first block an admonition must say “You will learn” and “You need”; there is none"]
    learn = re.search(r"You will learn(.*?)(?:You need|\Z)", head, re.S)
    need = re.search(r"You need(.*?)(?:^\s*(?:`{3,}|:{3,})\s*$|\Z)", head, re.S | re.M)
    count = len(bullets(learn[1])) if learn else 0
    found = [] if 2 <= count <= 4 else [f"“You will learn” must list 2 to 4 objectives, one a bullet; it lists {count}"]
    if not need or not (LINK.search(need[1]) or re.search(r"\bnothing\b", need[1], re.I)):
        found.append("“You need” must link to the pages that come before, or say that nothing is needed")
    return found


def bullets(text: str) -> list[str]:
    """Return the items of Markdown lists."""
    return re.findall(r"^\s*(?:[-*+]|\d+\.)\s+(.+)$", text, re.M)


def amounts(page: Page) -> list[str]:
    """Check the numbers of words, code cells and figures, and that a labelled block and the package are there."""
    cells = [cell for _, cell in code_cells(page)]
    figures = sum(len(pngs(cell["outputs"])) + len(players(cell["outputs"])) for cell in cells)
    found = [
        outside("words of prose (without formulas, code and solutions)", word_count(page), WORDS),
        outside("code cells (without set-up, corrections and exercises)", len(lesson_cells(page)), CODE_CELLS),
        "" if figures >= FIGURES else f"{FIGURES} or more figures are wanted; there are {figures}",
    ]
    if not LABELLED.search(page.markdown):
        found.append("one definition, theorem, algorithm or example must be a block {prf:...} with a :label:")
    if not page.companion_names():
        found.append("no code cell imports anything from companion; run the worked examples with it")
    return [text for text in found if text]


def outside(what: str, count: int, limits: tuple[int, int]) -> str:
    """Return what to say of a count outside its limits, or an empty text."""
    low, high = limits
    return "" if low <= count <= high else f"{low} to {high} {what} are wanted; there are {count}"


def word_count(page: Page) -> int:
    """Return the number of words that a reader meets, solutions and generated cells left out."""
    solutions = in_solutions(page)
    return sum(len(words(text)) for index, text in markdown_cells(page) if index not in solutions)


def lesson_cells(page: Page) -> list[dict[str, Any]]:
    """Return the code cells that teach: no set-up, no generated ones, no exercises."""
    names = blocks(page)
    return [
        cell
        for index, cell in code_cells(page)
        if names[index] != "Exercises" and not is_generated(cell) and not is_setup(cell)
    ]


def is_setup(cell: dict[str, Any]) -> bool:
    """Return whether a cell only imports, sets the style and names constants such as SEED."""
    if {"hide-cell", "remove-cell"} & set(tags(cell)):
        return True
    return all(
        isinstance(node, (ast.Import, ast.ImportFrom))
        or (isinstance(node, ast.Expr) and ast.unparse(node) == "use_style()")
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).isupper())
        for node in ast.parse(source(cell)).body
    )


def long_cells(page: Page) -> list[str]:
    """Check the length of the code cells."""
    solutions, found = in_solutions(page), []
    for index, cell in code_cells(page):
        lines = [line for line in source(cell).split("\n") if line.strip() and not line.strip().startswith("#")]
        limit = HIDDEN_LINES if HIDDEN & set(tags(cell)) or index in solutions else LINES
        if len(lines) > limit and not is_generated(cell):
            place = where(page, index).partition(", ")[2]
            found.append(
                f"{place} has {len(lines)} lines of code, {limit} at most; make two of it, or fold it (hide-input)"
            )
    return found


def long_lines(page: Page) -> list[str]:
    """Check the width of the code that is not folded away."""
    return [
        f"{where(page, index).partition(', ')[2]} has a line of {len(line)} columns, {COLUMNS} at most: {line.strip()}"
        for index, cell in code_cells(page)
        if not HIDDEN & set(tags(cell))
        for line in source(cell).split("\n")
        if len(line) > COLUMNS
    ]


def quick_check(page: Page) -> list[str]:
    """Check that a question with a folded answer interrupts the text."""
    texts = [text for _, text in markdown_cells(page)]
    pairs = [text + "\n" + "".join(texts[i + 1 : i + 2]) for i, text in enumerate(texts) if "**Quick check" in text]
    if not pairs:
        return ["there is no **Quick check**; ask one question in the text, its answer folded"]
    open_ones = [
        p for p in pairs if not re.search(r"\{dropdown\}|:class:.*\bdropdown\b", p.split("**Quick check", 1)[1])
    ]
    return ["a **Quick check** has no folded answer; put it into a {dropdown} below"] if open_ones else []


def closing(page: Page) -> list[str]:
    """Check the last two blocks."""
    short = without_code(block_text(page, "In short"))
    count = len(bullets(short)) or len([line for line in short.split("\n") if line.strip()])
    read_on = block_text(page, "Read on")
    cited = {key.strip() for match in CITATION.finditer(read_on) for key in match[1].split(",")}
    found = [outside("lines “In short”", count, (3, 5)), outside("references {cite} in “Read on”", len(cited), (2, 3))]
    if not PAGE_LINK.search(read_on):
        found.append("“Read on” must link to a page of the course")
    return [text for text in found if text]
