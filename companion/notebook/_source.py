"""Listings of the package's own code on the pages, so that formula and code stand side by side."""

import ast
import inspect
import textwrap
from typing import Any


def show_source(*objects: Any) -> Any:
    """Return the source of functions or classes, without docstrings, for display in a notebook.

    Parameters
    ----------
    *objects : function or class
        What to list, in this order.

    Returns
    -------
    IPython.display.Markdown
        One highlighted listing; a notebook shows it when it is the cell's last value.

    Raises
    ------
    TypeError
        If an object has no Python source, such as a NumPy ufunc.

    Examples
    --------
    >>> from companion.exercises import check
    >>> print(show_source(check).data)
    ```python
    def check(label: str, answer: Any) -> None:
        print(grade(label, answer).message)
    ```
    """
    from IPython.display import Markdown

    listing = "\n\n\n".join(source_without_docstring(obj) for obj in objects)
    return Markdown(f"```python\n{listing}\n```")


def source_without_docstring(obj: Any) -> str:
    """Return the source text of a function or class with its docstrings left out."""
    try:
        lines = textwrap.dedent(inspect.getsource(obj)).rstrip().split("\n")
    except TypeError:
        raise TypeError(f"show_source lists functions and classes written in Python, got {obj!r}") from None
    tree = ast.parse("\n".join(lines))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
            first, last = node.body[0].lineno, node.body[0].end_lineno or node.body[0].lineno
            lines[first - 1 : last] = [""] * (last - first + 1)
    return _single_blank_lines(lines)


def _single_blank_lines(lines: list[str]) -> str:
    kept: list[str] = []
    for line in lines:
        opens_block = bool(kept) and kept[-1].endswith(":")
        if line.strip() or (kept and kept[-1].strip() and not opens_block):
            kept.append(line)
    return "\n".join(kept)
