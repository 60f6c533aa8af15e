"""Corrections: each major and minor erratum has its entry, its check holds, and it stands on the page."""

from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from numbers import Real
from typing import Any

import course
import notebooks
import numpy as np
from course import Page, source

from tests.checks.numbers import Number, Pool, given_in_notes, literals, numbers, plain, unbound
from tests.checks.prose import is_generated, prose, where

FIELDS = ("id", "title", "says", "right", "check", "reference", "page")
Entry = dict[str, str]


def complaints(page: Page) -> list[str]:
    """Return the complaints about the data of the page's sections, and about the cells made from them."""
    return [text for section in page.notes for text in section_complaints(section)] or on_page(page)


def on_page(page: Page) -> list[str]:
    """Compare the generated cells with what the data make."""
    entries = [entry for section in page.notes for entry in course.corrections(section, page.slug)]
    wanted = [(cell.cell_type, cell.source) for cell in notebooks.correction_cells(entries)]
    places = [index for index, cell in enumerate(page.cells) if is_generated(cell)]
    given = [(page.cells[i]["cell_type"], source(page.cells[i])) for i in places]
    if given == wanted:
        return []
    differing = [i for i, a, b in zip(places, given, wanted, strict=False) if a != b]
    place = where(page, differing[0]) if differing else page.path.name
    return [
        f"{place}: the corrections on the page ({len(given)} cells) are not what book/_data/corrections makes "
        f"({len(wanted)} cells); run: python run.py notebooks"
    ]


def section_complaints(section: str) -> list[str]:
    """Return the complaints about the corrections of one section of the notes."""
    entries = course.corrections(section)
    file = f"book/_data/corrections/{section}.yml"
    given = [entry.get("id") for entry in entries]
    known = course.sections().get(section)
    wanted = known.errata_ids("major", "minor") if known else []
    found = [
        f"{file}: the erratum {e} has no entry; write id, title, says, right, check" for e in wanted if e not in given
    ]
    found += [f"{file}: {e} stands twice" for e in sorted({e for e in given if e and given.count(e) > 1})]
    slugs = [page.slug for page in course.pages() if section in page.notes]
    for entry in entries:
        complaints = [*page_complaints(entry, slugs), *entry_complaints(entry, section)]
        found += [f"{file}, {entry.get('id')}: {text}" for text in complaints]
    return found


def page_complaints(entry: Entry, slugs: list[str]) -> list[str]:
    """Return what is wrong with the page that an entry names: one of several that mirror the section must be named."""
    named = entry.get("page")
    if (named is None and len(slugs) < 2) or named in slugs:
        return []
    return [f"the field 'page' must name one of the section's pages, {', '.join(slugs)}; it is {named!r}"]


def entry_complaints(entry: Entry, section: str) -> list[str]:
    """Return what is wrong with one correction."""
    ids = [e["id"] for e in course.sections()[section].errata] if section in course.sections() else []
    found = [f"the field {name!r} is missing" for name in FIELDS[:4] if not str(entry.get(name, "")).strip()]
    found += [f"the field {name!r} is unknown" for name in entry if name not in FIELDS]
    if entry.get("id") not in ids:
        found.append(f"is no erratum of {section}; it has {', '.join(ids) or 'none'}")
    if "check" not in entry and "reference" not in entry:
        found.append("needs a check, or a reference where no computation can show it")
    if found:
        return found
    return check_complaints(entry, section) if "check" in entry else []


def check_complaints(entry: Entry, section: str) -> list[str]:
    """Run a correction's check: false for what the notes print, true as corrected, and the text says its numbers."""
    namespace, shown, problem = run(entry["check"])
    if problem:
        return [f"its check stops with {problem}"]
    found = []
    for name, wanted in (("as_printed", False), ("as_corrected", True)):
        left = namespace.get(name, "missing")
        if not isinstance(left, (bool, np.bool_)) or left != wanted:
            found.append(f"its check must leave {name} = {wanted} (a bool); it is {left!r}")
    pool = check_pool(entry["check"], namespace, shown, section)
    return found + [
        f"{number.text} in “{sentence}” ({name}) is neither in the check's code nor in what it computes"
        for name in ("says", "right")
        for number, sentence in unbound(plain(prose(entry[name])), pool)
    ]


def run(check: str) -> tuple[dict[str, Any], str, str]:
    """Run the code of a check by itself; return its names, what it prints, and the error that stopped it."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    stdout = StringIO()
    try:
        with redirect_stdout(stdout):
            exec(compile(check, "<check>", "exec"), namespace)
    except Exception as error:  # any error in the data is for the author to read
        return namespace, stdout.getvalue(), f"{type(error).__name__}: {error}"
    return namespace, stdout.getvalue(), ""


def check_pool(check: str, namespace: dict[str, Any], shown: str, section: str) -> Pool:
    """Return the numbers that the text of a correction may give."""
    computed = [Number(f"{v:.17g}", 0, v, 0.0) for name in namespace if name[0] != "_" for v in values(namespace[name])]
    return Pool((*numbers(shown), *computed), (*literals(check), *given_in_notes([section])))


def values(thing: Any) -> Iterator[float]:
    """Yield the real numbers in a number, an array, or a list of such."""
    if isinstance(thing, np.ndarray):
        thing = thing.ravel()[:10_000].tolist()
    if isinstance(thing, dict):
        thing = list(thing.values())
    if isinstance(thing, (list, tuple, set)):
        for part in thing:
            yield from values(part)
    elif isinstance(thing, Real) and not isinstance(thing, bool):
        yield float(thing)
