"""Randomness: a page shows its one seed, and what it says holds for other seeds too."""

import ast
import linecache
import re
import warnings
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

import matplotlib as mpl
import numpy as np
from course import Page, source
from IPython.display import display
from IPython.lib.pretty import pretty
from matplotlib import pyplot as plt

from tests.checks import numbers
from tests.checks.outputs import Outputs
from tests.checks.prose import code_cells, tags, where

SEED = re.compile(r"^SEED = (\d+)\b", re.M)
GIVEN = "# given data"
SEED_ARGUMENTS = {"random_state", "rng", "seed"}
MODERN = {"default_rng", "Generator", "SeedSequence", "BitGenerator", "PCG64"}


def complaints(page: Page, seeds: int = 3) -> list[str]:
    """Return complaints about hidden seeds, and about what is not true any more with as many other seeds."""
    found = hidden_seeds(page)
    own = seed_of(page)
    if found or own is None:
        return found
    known = numbers.problems(page)
    for seed in other_seeds(own, seeds):
        try:
            outputs = run(page, seed)
        except CellError as error:
            found.append(f"{error} with SEED = {seed}: say and assert only what holds for every seed")
            continue
        found += [
            f"{where(page, index)}: {number} in “{sentence}” is not printed any more with SEED = {seed} ({nearest}): "
            "say only what holds for every seed, or compute it without chance"
            for (index, number, sentence), nearest in numbers.problems(page, outputs).items()
            if (index, number, sentence) not in known
        ]
    return found


def other_seeds(own: int, count: int) -> list[int]:
    """Return seeds that are not the page's own."""
    return [own + 7919 * (k + 1) for k in range(count)]


# Seeds in the code


def seed_of(page: Page) -> int | None:
    """Return the seed that the page shows, or None."""
    found = [int(match) for _, cell in code_cells(page) for match in SEED.findall(source(cell))]
    return found[0] if found else None


def hidden_seeds(page: Page) -> list[str]:
    """Return a complaint for each seed that is not SEED, and for SEED itself when it is not set exactly once."""
    found, random = [], False
    for index, cell in code_cells(page):
        for node, text in seedings(source(cell)):
            random = random or not text
            if text and not is_given_data(source(cell), node):
                found.append(f"{where(page, index)}: {ast.unparse(node)} {text}")
    count = sum(len(SEED.findall(source(cell))) for _, cell in code_cells(page))
    if count > 1 or (random and not count):
        found.append(f"{page.path.name}: one code cell must set SEED = <an integer>; {count} do")
    return found


def seedings(code: str) -> Iterator[tuple[ast.expr, str]]:
    """Yield each expression that seeds or draws random numbers, with what is wrong with it, or an empty text."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call):
            yield from seeded_calls(node)
        name = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        if re.fullmatch(r"(np|numpy)\.random\.\w+", name) and name.rpartition(".")[2] not in MODERN:
            yield node, "is numpy's global generator; use np.random.default_rng(SEED)"


def seeded_calls(call: ast.Call) -> Iterator[tuple[ast.expr, str]]:
    """Yield a call that takes a seed, with what is wrong with it, or an empty text."""
    name = ast.unparse(call.func).rpartition(".")[2]
    seeds = [keyword.value for keyword in call.keywords if keyword.arg in SEED_ARGUMENTS]
    if name == "default_rng":
        seeds += call.args
        if not seeds:
            yield call, "draws other numbers at every run; write default_rng(SEED)"
    for seed in seeds:
        literal = isinstance(seed, ast.Constant) and isinstance(seed.value, int)
        yield call, f"hides the seed {ast.unparse(seed)}; write SEED, or mark the line “{GIVEN}”" if literal else ""


def is_given_data(code: str, node: ast.expr) -> bool:
    """Return whether a line of an expression is marked as making the notes' given data."""
    lines = code.split("\n")[node.lineno - 1 : node.end_lineno]
    return any(GIVEN in line for line in lines)


# Running a page with another seed


class CellError(Exception):
    """A cell stopped with an error; the message names the cell."""


def run(page: Page, seed: int | None = None) -> dict[int, Outputs]:
    """Run the code cells of a page in one namespace, here; return by cell index what they show."""
    namespace: dict[str, Any] = {"__name__": "__main__", "display": display}
    outputs = {}
    with quiet(page):
        for index, cell in code_cells(page):
            code = source(cell) if seed is None else SEED.sub(f"SEED = {seed}", source(cell))
            try:
                outputs[index] = run_cell(code, namespace, f"<{page.slug}, cell {index}>")
            except Exception as error:
                outputs[index] = []
                if "raises-exception" not in tags(cell):
                    first = str(error).split("\n")[0] or failed_line(error)
                    raise CellError(f"{where(page, index)}: {type(error).__name__} ({first})") from error
    return outputs


@contextmanager
def quiet(page: Page) -> Iterator[None]:
    """Run in the page's folder, without windows and warnings, and put the settings of the libraries back."""
    backend = mpl.get_backend()
    plt.switch_backend("Agg")
    options = np.get_printoptions()
    with chdir(page.path.parent), mpl.rc_context(), warnings.catch_warnings(), redirect_stderr(StringIO()):
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            plt.close("all")
            np.set_printoptions(**options)
    plt.switch_backend(backend)


def run_cell(code: str, namespace: dict[str, Any], name: str) -> Outputs:
    """Run one cell as a notebook does: what it prints, then the value of its last expression."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)  # for inspect.getsource
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    silent = code.rstrip().endswith(";")
    value = None
    stdout = StringIO()
    with redirect_stdout(stdout):
        exec(compile(tree, name, "exec"), namespace)
        if last is not None:
            value = eval(compile(ast.Expression(last.value), name, "eval"), namespace)
    plt.close("all")
    shown = [] if value is None or silent else [{"output_type": "execute_result", "data": representations(value)}]
    return [{"output_type": "stream", "name": "stdout", "text": stdout.getvalue()}, *shown]


def representations(value: Any) -> dict[str, str]:
    """Return what a notebook shows of a value, as far as it is text."""
    data = {"text/plain": pretty(value)}
    for kind, method in (("text/html", "_repr_html_"), ("text/markdown", "_repr_markdown_")):
        text = getattr(value, method)() if hasattr(type(value), method) else None
        if text is not None:
            data[kind] = text
    return data


def failed_line(error: Exception) -> str:
    """Return the source line on which an error was raised last."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    return linecache.getline(frame.tb_frame.f_code.co_filename, frame.tb_lineno).strip() if frame else ""
