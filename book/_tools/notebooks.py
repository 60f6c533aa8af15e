"""Edit the pages as text, execute them, and store them in one normal form.

    notebooks.py text PAGE.ipynb ...       write each page as text to _build/text/, for your editor
    notebooks.py run [--all] [-j 2] [PAGE ...]
                                           take up edited texts, then execute what has changed and store it

A page has changed when its code, its corrections, the companion package or requirements.txt has. Running it twice
leaves the files byte for byte the same. A new page starts as a text: write _build/text/<part>/<page>.md and run.
"""

import argparse
import hashlib
import json
import os
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from course import BOOK, ROOT, corrections, notebooks, weight_of
from jupytext.myst import MystMetadataParsingError
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

TEXTS = ROOT / "_build" / "text"
EXECUTED = ROOT / "_build" / "executed.json"
HEADING = "## Corrections to the notes"
GENERATED = {"generated": "corrections"}

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CELL_METADATA = ("tags", "mystnb", "examples", "generated")
ADDRESS = re.compile(r" at 0x[0-9a-f]{6,}")


# Text and notebook


def text_path(page: Path) -> Path:
    """Return where the text of a page lies."""
    return TEXTS / page.relative_to(BOOK).with_suffix(".md")


def write_text(page: Path) -> Path:
    """Write a page as MyST text, without the cells that are generated from data."""
    nb = nbformat.read(page, as_version=4)
    nb.cells = [cell for cell in nb.cells if not cell.metadata.get("generated")]
    nb.metadata["jupytext"] = {"notebook_metadata_filter": "notes,-jupytext"}
    target = text_path(page)
    target.parent.mkdir(parents=True, exist_ok=True)
    jupytext.write(nb, target, fmt="md:myst")
    return target


def read_text(text: Path) -> nbformat.NotebookNode:
    """Read the text of a page; a mistake in it ends the command with its place."""
    try:
        return split_at_headings(jupytext.read(text, fmt="md:myst"))
    except MystMetadataParsingError as error:
        sys.exit(f"{text.relative_to(ROOT)}: {error}\n(Quote a text that holds a colon, or begin it with >-.)")


def split_at_headings(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Begin a new cell at each heading of level 2, as one would in a notebook."""
    cells = []
    for cell in nb.cells:
        parts = re.split(r"\n+(?=## )", cell.source) if cell.cell_type == "markdown" else [cell.source]
        cells += [nbformat.from_dict({**cell, "source": part}) for part in parts]
    nb.cells = cells
    return nb


def take_up_texts(wanted: list[Path]) -> list[Path]:
    """Rewrite the notebooks whose text is newer, of all or of the wanted ones; return them."""
    taken = []
    for text in sorted(TEXTS.rglob("*.md")):
        page = BOOK / text.relative_to(TEXTS).with_suffix(".ipynb")
        if wanted and page not in wanted:
            continue
        if page.exists() and page.stat().st_mtime >= text.stat().st_mtime:
            continue
        page.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(normalise(insert_corrections(read_text(text), page.stem)), page)
        taken.append(page)
    return taken


# Corrections: cells made from book/_data/corrections


def insert_corrections(nb: nbformat.NotebookNode, slug: str) -> nbformat.NotebookNode:
    """Put the cells of the page's corrections below their heading, in place of older ones."""
    cells = [cell for cell in nb.cells if not cell.metadata.get("generated")]
    at = [i for i, cell in enumerate(cells) if cell.cell_type == "markdown" and cell.source.startswith(HEADING)]
    if at:
        entries = [entry for section in nb.metadata.get("notes", []) for entry in corrections(str(section), slug)]
        cells[at[0] + 1 : at[0] + 1] = correction_cells(entries)
    nb.cells = cells
    return nb


def correction_cells(entries: list[dict[str, str]]) -> list[nbformat.NotebookNode]:
    """Return the cells for some corrections: the major ones one by one, the minor ones in one folded list."""
    cells = []
    for entry in entries:
        if weight_of(entry["id"]) == "major":
            cells += major_cells(entry)
    minor = [entry for entry in entries if weight_of(entry["id"]) != "major"]
    if minor:
        cells.append(nbformat.v4.new_markdown_cell(minor_list(minor, bool(cells)), metadata=GENERATED))
    return cells


def major_cells(entry: dict[str, str]) -> list[nbformat.NotebookNode]:
    """Return one correction as a text and, where it has a check, as code that proves it."""
    text = f"### {entry['title']}\n\n**The notes say:** {entry['says'].strip()}\n\n"
    text += f"**What is right:** {entry['right'].strip()}"
    if "reference" in entry:
        text += f" See {entry['reference'].strip().rstrip('.')}."
    cells = [nbformat.v4.new_markdown_cell(text, metadata=GENERATED)]
    if "check" in entry:
        cells.append(nbformat.v4.new_code_cell(with_verdict(entry["check"]), metadata=GENERATED))
    return cells


def with_verdict(check: str) -> str:
    """Return the check's code with the line that makes it one."""
    return f"{check.strip()}\nassert as_corrected and not as_printed"


def minor_list(entries: list[dict[str, str]], follows: bool) -> str:
    """Return the folded list of smaller corrections; the title says *And* if it follows larger ones."""
    count = "one smaller correction" if len(entries) == 1 else f"{len(entries)} smaller corrections"
    title = f"And {count}" if follows else count.capitalize()
    items = []
    for entry in entries:
        text = f"**{entry['title']}.** The notes: {entry['says'].strip()}\n\nWhat is right: {entry['right'].strip()}"
        if "reference" in entry:
            text += f" See {entry['reference'].strip().rstrip('.')}."
        if "check" in entry:
            text += f"\n\n```python\n{with_verdict(entry['check'])}\n```"
        items.append("- " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n"))
    return f"````{{dropdown}} {title}\n" + "\n\n".join(items) + "\n````"


# Execution


def normalise(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Bring a notebook into the stored form; refuse outputs that would differ from run to run."""
    nb.metadata = {**METADATA, **({"notes": nb.metadata["notes"]} if "notes" in nb.metadata else {})}
    nb.nbformat, nb.nbformat_minor = 4, 5
    count = 0
    for i, cell in enumerate(nb.cells):
        cell.id = f"c{i:02d}"
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in CELL_METADATA}
        if cell.cell_type != "code":
            cell.pop("attachments", None)
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            normalise_output(output, count, i)
    return nb


def normalise_output(output: Any, count: int, cell: int) -> None:
    """Number an output as its cell, keep only image sizes as metadata, and refuse memory addresses."""
    if "execution_count" in output:
        output.execution_count = count
    if "metadata" in output:
        output.metadata = {k: v for k, v in output.metadata.items() if k.startswith("image/")}
    texts = [v for k, v in output.get("data", {}).items() if k.startswith("text/")] + [output.get("text", "")]
    for text in texts:
        if found := ADDRESS.search("".join(text)):
            raise ValueError(f"cell {cell}: a memory address in the output, {found[0]!r}, changes from run to run")


def execute(path: Path) -> bool:
    """Execute a page and store it; return whether the file has changed."""
    before = path.read_text(encoding="utf-8")
    nb = insert_corrections(nbformat.reads(before, as_version=4), path.stem)
    client = NotebookClient(
        nb,
        timeout=600,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    nbformat.validate(normalise(nb))
    after = nbformat.writes(nb) + "\n"
    if after != before:
        path.write_text(after, encoding="utf-8", newline="\n")
    return after != before


def fingerprint(path: Path) -> str:
    """Return a digest of all that the outputs of a page depend on, and of which cells have any."""
    nb = json.loads(path.read_text(encoding="utf-8"))
    # Outputs are lost where a text is taken up whose options alone have changed: such a page is due as well.
    cells = [(cell["source"], cell["metadata"], bool(cell.get("outputs"))) for cell in nb["cells"]]
    digest = hashlib.sha256(json.dumps(cells).encode())
    entries = [corrections(str(n), path.stem) for n in nb["metadata"].get("notes", [])]
    digest.update(json.dumps(entries, default=str).encode())
    for file in [ROOT / "requirements.txt", *sorted((ROOT / "companion").rglob("*.py"))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def run(paths: list[Path], jobs: int, everything: bool) -> int:
    """Execute the pages that have changed; return how many failed."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # two pages at a time, and the same sums on every machine
    os.environ.setdefault("OPENBLAS_CORETYPE", "Haswell")
    done = json.loads(EXECUTED.read_text()) if EXECUTED.is_file() else {}
    key = {path: path.relative_to(ROOT).as_posix() for path in paths}
    due = [path for path in paths if everything or done.get(key[path]) != fingerprint(path)]
    print(f"{len(paths)} pages, {len(due)} to execute", flush=True)
    failed = 0
    with ThreadPoolExecutor(jobs) as pool:
        for path, (state, seconds) in zip(due, pool.map(attempt, due), strict=True):
            print(f"  {key[path]}: {state} ({seconds:.1f} s)", flush=True)
            if state.startswith("failed"):
                failed += 1
            else:
                done[key[path]] = fingerprint(path)
    EXECUTED.parent.mkdir(parents=True, exist_ok=True)
    EXECUTED.write_text(json.dumps(done, indent=1), encoding="utf-8")
    return failed


def attempt(path: Path) -> tuple[str, float]:
    """Execute one page; return what came of it and the seconds it took."""
    start = time.perf_counter()
    try:
        state = "changed" if execute(path) else "unchanged"
    except (CellExecutionError, ValueError) as error:
        state = f"failed\n{error}"
    return state, time.perf_counter() - start


def main(argv: list[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("text", "run"):
        commands.add_parser(name).add_argument("pages", nargs="*", type=Path)
    commands.choices["run"].add_argument("--all", action="store_true", help="execute the unchanged ones too")
    commands.choices["run"].add_argument("-j", type=int, default=os.cpu_count(), help="how many at a time")
    args = parser.parse_args(argv)
    if args.command == "text":
        for page in args.pages or notebooks():
            print(write_text(page.resolve()).relative_to(ROOT))
        return 0
    wanted = [page.resolve() for page in args.pages]
    for page in take_up_texts(wanted):
        print(f"  {page.relative_to(ROOT)}: taken from its text")
    return run(wanted or notebooks(), args.j, args.all)


if __name__ == "__main__":
    sys.exit(main())
