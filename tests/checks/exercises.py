"""Exercises: a question, a stub that says "not answered yet", a folded solution that is correct, and its key."""

import ast
import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from course import Page, source

from companion.exercises._check import UNANSWERED
from tests.checks.outputs import visible_text
from tests.checks.prose import where

DIRECTIVE = re.compile(r"\{exercise\}[^\n]*\n(?:\s*:[\w-]+:[^\n]*\n)*?\s*:label:\s*(\S+)")
START = re.compile(r"\{solution-start\}\s*(\S+)[^\n]*\n((?:\s*:[\w-]+:[^\n]*\n)*)")
ENOUGH = 3


@dataclass
class Exercise:
    """What the page holds for one label."""

    label: str
    cell: int
    stubs: list[int] = field(default_factory=list)
    solutions: list[int] = field(default_factory=list)
    folded: bool = False
    closed: bool = False


def complaints(page: Page) -> list[str]:
    """Return a complaint for each exercise that lacks a part, and for labels that page and key do not share."""
    exercises, found = read(page)
    for exercise in exercises.values():
        found += [f"{where(page, exercise.cell)}: exercise {exercise.label}: {t}" for t in faults(page, exercise)]
    return found + labels(page, list(exercises))


def read(page: Page) -> tuple[dict[str, Exercise], list[str]]:
    """Return the exercises of a page by label, and complaints about cells that belong to none."""
    exercises: dict[str, Exercise] = {}
    found: list[str] = []
    solving = ""
    for index, cell in enumerate(page.cells):
        if cell["cell_type"] == "code":
            for label in labels_checked(cell):
                if label not in exercises:
                    found.append(f"{where(page, index)}: check({label!r}) comes before an exercise of that label")
                elif solving and solving != label:
                    found.append(f"{where(page, index)}: the solution of {solving} checks {label!r}")
                else:
                    (exercises[label].solutions if solving else exercises[label].stubs).append(index)
            continue
        for match in DIRECTIVE.finditer(source(cell)):
            exercises.setdefault(match[1], Exercise(match[1], index))
        solving = solution_at(source(cell), solving, exercises)
    return exercises, found


def solution_at(text: str, solving: str, exercises: dict[str, Exercise]) -> str:
    """Return the label whose solution is open after a cell, and note what its directives say."""
    start = START.search(text)
    if start and start[1] in exercises:
        exercises[start[1]].folded = "dropdown" in start[2]
        solving = start[1]
    if solving and "{solution-end}" in text:
        exercises[solving].closed = True
        solving = ""
    return solving


def labels_checked(cell: dict[str, Any]) -> list[str]:
    """Return the labels in a cell's calls of check."""
    return [
        node.args[0].value
        for node in ast.walk(ast.parse(source(cell)))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "check"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    ]


def faults(page: Page, exercise: Exercise) -> list[str]:
    """Return what is wrong with one exercise."""
    found = []
    if len(exercise.stubs) != 1:
        found.append(f'one stub cell must call check("{exercise.label}", ...); there are {len(exercise.stubs)}')
    for index in exercise.stubs:
        shown = visible_text(page.cells[index]["outputs"]).strip()
        if shown != UNANSWERED:
            found.append(f"the stub in cell {index} must print “{UNANSWERED}”; it prints {shown[:80]!r}")
    if not exercise.solutions or not exercise.folded or not exercise.closed:
        found.append(
            f"its solution must stand between {{solution-start}} {exercise.label} (:class: dropdown) and "
            "{solution-end}, with a code cell that calls check"
        )
    for index in exercise.solutions:
        shown = visible_text(page.cells[index]["outputs"]).strip()
        if not re.search(r"^Correct\b", shown, re.M) or "Not yet." in shown:
            found.append(f"the solution in cell {index} must print “Correct”; it prints {shown[:80]!r}")
    return found


def labels(page: Page, given: list[str]) -> list[str]:
    """Return complaints about the labels: their number, their order, and the answer key."""
    wanted = [f"{page.slug}-{n}" for n in range(1, len(given) + 1)]
    found = []
    if len(given) < ENOUGH:
        found.append(f"{ENOUGH} or more exercises are wanted; there are {len(given)}")
    if given != wanted:
        found.append(f"the exercises' labels must be {wanted}, in this order; they are {given}")
    keys = [f"{page.slug}-{number}" for number in questions(page.slug)]
    module = f"companion/exercises/keys/{page.slug.replace('-', '_')}.py"
    found += [f"exercise {label} has no question in {module}" for label in given if label not in keys]
    found += [f"the question {label} in {module} has no exercise on the page" for label in keys if label not in given]
    return [f"{page.path.name}: {text}" for text in found]


def questions(slug: str) -> dict[str, Any]:
    """Return the answer key of a page, from the exercise's number to its question."""
    name = f"companion.exercises.keys.{slug.replace('-', '_')}"
    try:
        return import_module(name).QUESTIONS
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return {}
