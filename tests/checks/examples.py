"""Worked examples: a cell claims each one of the notes, and its output holds the exact results."""

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import course
import numpy as np
from course import Page

from tests.checks.numbers import Number, printed
from tests.checks.outputs import visible_text
from tests.checks.prose import code_cells, where

ZERO = 1e-12
WORD = re.compile(r"[A-Za-z][a-z]{2,}")
DIGITS = re.compile(r"\d{6,}")


def complaints(page: Page, pages: Iterable[Page] | None = None) -> list[str]:
    """Return a complaint for each worked example that no page of its section claims, or claims with other numbers."""
    pages = list(course.pages() if pages is None else pages)
    pages = pages if page in pages else [*pages, page]
    known = {e["id"]: e for s in page.notes if s in course.sections() for e in course.sections()[s].examples}
    found = [
        f"{where(page, index)}: “{example}” is no worked example of {', '.join(page.notes)}; mend the cell's metadata"
        for index, cell in code_cells(page)
        for example in cell["metadata"].get("examples", [])
        if example not in known
    ]
    for name, example in known.items():
        found += example_complaints(page, name, example["exact"], list(claims(name, pages)))
    return found


def claims(name: str, pages: Iterable[Page]) -> Iterator[tuple[Page, int]]:
    """Yield the cells that work an example out."""
    for page in pages:
        for index, cell in code_cells(page):
            if name in cell["metadata"].get("examples", []):
                yield page, index


def example_complaints(page: Page, name: str, exact: Any, cells: list[tuple[Page, int]]) -> list[str]:
    """Return what is wrong with one worked example on a page."""
    if not cells:
        return [
            f"{page.path.name}: no cell works out the example {name} of the notes; write one, with the metadata "
            f'"examples": ["{name}"]'
        ]
    here = next((place for place in cells if place[0] == page), None)
    if here is None:
        return []
    outputs = [(p.cells[i], p.cells[i]["outputs"]) for p, i in cells]
    shown = [number for cell, out in outputs for number in printed(cell, out)]
    text = "\n".join(visible_text(out) for _, out in outputs)
    missing = [leaf for leaf in leaves(exact) if not is_shown(leaf, shown, text)]
    listed = ", ".join(str(leaf) for leaf in missing[:6]) + (", ..." if len(missing) > 6 else "")
    return [
        f"{where(*here)}: the example {name} is claimed, but the output lacks the exact {listed}; print it with three "
        "digits or more (numbers typed into a print text do not count)"
    ][: len(missing)]


def leaves(exact: Any) -> Iterator[Any]:
    """Yield the single results: numbers, and words; truth values and formulas are left to the page's asserts."""
    if isinstance(exact, dict):
        exact = list(exact.values())
    if isinstance(exact, list):
        for part in exact:
            yield from leaves(part)
    elif isinstance(exact, str):
        yield from [value for value in [text_leaf(exact)] if value is not None]
    elif isinstance(exact, (int, float)) and not isinstance(exact, bool):
        yield exact


def text_leaf(text: str) -> Any:
    """Return a result that is stored as a text: a number, a string of digits, a word, or None for a formula."""
    text = text.partition(" = ")[0].strip()
    if DIGITS.fullmatch(text) or WORD.fullmatch(text):
        return float(text) if text in ("nan", "inf") else text
    try:
        return float(Fraction(text))
    except (ValueError, ZeroDivisionError):
        return {"oo": math.inf, "-oo": -math.inf}.get(text)


def is_shown(leaf: Any, shown: list[Number], text: str) -> bool:
    """Return whether an output holds a result."""
    if isinstance(leaf, str):
        inside = leaf in re.sub(r"\D", "", text) if DIGITS.fullmatch(leaf) else False
        return inside or bool(re.search(rf"\b{leaf}\b", text, re.I))
    if not math.isfinite(leaf):
        return bool(re.search("nan|undefined" if math.isnan(leaf) else r"inf|∞|\boo\b", text, re.I))
    return any(agrees(reading, leaf) for number in shown for reading in number.readings)


def agrees(number: Number, exact: float) -> bool:
    """Return whether a printed number is the exact one to its own precision, with three digits where it has them."""
    if abs(exact) < ZERO:
        return abs(number.value) < ZERO
    if np.isclose(number.value, exact, rtol=1e-9, atol=0):
        return True
    return number.digits >= 3 and abs(number.value - exact) <= number.unit / 2 + 1e-9 * abs(exact)
