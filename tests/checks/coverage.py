"""Coverage: which page mirrors which section of the notes, and which tests stand behind its functions."""

from collections.abc import Iterable
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any

import course
from course import Page

PROMISED = course.DATA / "complete.yml"


def complaints(page: Page) -> list[str]:
    """Return a complaint for each unknown section, and each function of the page that no test file imports."""
    found = [f"“{s}” in the metadata is no section of the notes" for s in page.notes if s not in course.sections()]
    found += [
        f"no test file imports {name}; write its tests under tests/"
        for name in page.companion_names()
        if has_behaviour(name) and not course.tests_of(name)
    ]
    return [f"{page.path.name}: {text}" for text in found]


def has_behaviour(name: str) -> bool:
    """Return whether a name is a function or class to be tested by itself, not a constant, record or exception."""
    module, _, attribute = name.rpartition(".")
    thing: Any = getattr(import_module(module), attribute)
    if isinstance(thing, type):
        return not is_dataclass(thing) and not issubclass(thing, (BaseException, tuple))
    return callable(thing)


def pages_of(pages: Iterable[Page]) -> dict[str, list[Page]]:
    """Return for each section of the notes the pages that mirror it."""
    pages = list(pages)
    return {section: [page for page in pages if section in page.notes] for section in course.sections()}


def promised() -> list[str]:
    """Return the sections that are promised to be mirrored: those listed in complete.yml, by id or by part."""
    names = [str(name) for name in (course.load_yaml(PROMISED) if PROMISED.is_file() else None) or []]
    unknown = [name for name in names if name not in course.PARTS and name not in course.sections()]
    if unknown:
        raise ValueError(f"{PROMISED.name} must list sections or parts; {unknown} are neither")
    return [s.id for s in course.sections().values() if s.id in names or s.part in names]


def course_complaints(pages: Iterable[Page]) -> list[str]:
    """Return a complaint for each promised section without a page."""
    mirrored = pages_of(pages)
    open_ones = sum(not some for some in mirrored.values())
    return [
        f"no page mirrors {section} {course.sections()[section].title}: name it in a page's metadata "
        f'("notes": ["{section}"]); {open_ones} of {len(mirrored)} sections have no page yet'
        for section in promised()
        if not mirrored[section]
    ]
