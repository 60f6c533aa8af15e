"""Style: words that do not help, and stored outputs that a reader should not meet."""

import re
from typing import Any

from course import Page, source

from tests.checks.outputs import joined
from tests.checks.prose import captions, code_cells, markdown_cells, prose, sentence_at, tags, where

BANNED = re.compile(r"\b(simply|obviously|trivially)\b", re.I)
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2705\u274c\u2728\u2b50\ufe0f]")
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")
SWITCHED_OFF = re.compile(r"nbval[-_](ignore[-_]output|skip|raises[-_]exception)|pytest_validate_ignore_output", re.I)


def complaints(page: Page) -> list[str]:
    """Return a complaint for each banned word, emoji, message on stderr, error, and cell that has not run."""
    found = [
        f"{where(page, index)}: {what} in “{sentence}”; leave it out"
        for index, text in texts(page)
        for what, sentence in words_to_leave_out(text)
    ]
    for index, cell in code_cells(page):
        found += [f"{where(page, index)}: {text}" for text in faults(cell)]
    return found


def texts(page: Page) -> list[tuple[int, str]]:
    """Return cell index and words of all texts, captions and alt texts."""
    found = [(index, prose(text)) for index, text in markdown_cells(page)]
    return found + [(index, text) for index, cell in code_cells(page) for text in captions(cell)]


def words_to_leave_out(text: str) -> list[tuple[str, str]]:
    """Return the banned words and emoji of a text, each with its sentence."""
    matches = [*BANNED.finditer(text), *EMOJI.finditer(text)]
    return [(f"“{match[0]}”", sentence_at(text, match.start())) for match in matches]


def faults(cell: dict[str, Any]) -> list[str]:
    """Return what is wrong with a code cell or its stored outputs."""
    found = []
    if not source(cell).strip():
        found.append("the code cell is empty; delete it")
    elif not cell.get("execution_count"):
        found.append("the cell has not been executed; run: python run.py notebooks")
    if EMOJI.search(source(cell)):
        found.append("an emoji in the code; leave it out")
    if SWITCHED_OFF.search(source(cell) + " ".join(tags(cell))):
        found.append("a marker switches the comparison of outputs off; make the output the same at every run instead")
    for output in cell["outputs"]:
        found += output_faults(cell, output)
    return found


def output_faults(cell: dict[str, Any], output: dict[str, Any]) -> list[str]:
    """Return what is wrong with one stored output."""
    if output.get("name") == "stderr":
        first = joined(output["text"]).strip().split("\n")[0]
        return [f"the cell writes to stderr ({first[:80]!r}); remove the cause of the warning"]
    if output["output_type"] == "error" and "raises-exception" not in tags(cell):
        return [f"the cell stops with {output['ename']}; mend it, or catch the error and print it"]
    shown = [joined(v) for k, v in output.get("data", {}).items() if k.startswith("text/")]
    address = ADDRESS.search(" ".join([*shown, joined(output.get("text", ""))]))
    return [f"a memory address in the output ({address[0].strip()}); end the cell with a semicolon"] if address else []
