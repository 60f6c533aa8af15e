"""Figures: what they must say in words, and whether a fresh one is the stored one."""

import base64
import io
from typing import Any

import numpy as np
from course import Page
from numpy.typing import NDArray
from PIL import Image

from tests.checks.outputs import pngs
from tests.checks.prose import code_cells, where

LEVEL = 64  # of 255: smaller differences of a pixel come from rounding at the edge of a line
PIXELS = 20  # at two pixels a point, a digit or a marker that changes is more than that
ALT_LENGTH = 30


def decode(text: str) -> NDArray[np.int64]:
    """Return a PNG given in base64 as an array of shape (height, width, 3)."""
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB"), dtype=np.int64)


def difference(stored: str, fresh: str) -> str:
    """Return in words how two PNG figures in base64 differ, or an empty text."""
    if stored.strip() == fresh.strip():
        return ""
    a, b = decode(stored), decode(fresh)
    if a.shape != b.shape:
        return f"its size was {a.shape[1]} x {a.shape[0]} pixels and is {b.shape[1]} x {b.shape[0]}"
    changed = np.abs(a - b).max(axis=2) >= LEVEL
    count = int(changed.sum())
    if count < PIXELS:
        return ""
    rows, columns = np.nonzero(changed)
    box = f"columns {columns.min()} to {columns.max()}, rows {rows.min()} to {rows.max()}"
    return f"{count} of {changed.size} pixels changed ({box})"


def differences(stored: list[dict[str, Any]], fresh: list[dict[str, Any]]) -> list[str]:
    """Return in words how the figures of a cell differ from the stored ones."""
    a, b = pngs(stored), pngs(fresh)
    if len(a) != len(b):
        return [f"{len(a)} figures are stored, but the cell draws {len(b)}"]
    found = [difference(*pair) for pair in zip(a, b, strict=True)]
    return [f"figure {i} is not the stored one: {text}" for i, text in enumerate(found, 1) if text]


def complaints(page: Page) -> list[str]:
    """Return a complaint for each figure without alt text or caption."""
    found = []
    for index, cell in code_cells(page):
        count = len(pngs(cell["outputs"]))
        if count > 1:
            found.append(f"{where(page, index)}: {count} figures in one cell share one caption; give each its cell")
        if count:
            found += [f"{where(page, index)}: {text}" for text in missing_words(cell)]
    return found


def missing_words(cell: dict[str, Any]) -> list[str]:
    """Return what a figure's cell metadata lack."""
    figure = cell["metadata"].get("mystnb", {})
    alt, caption = figure.get("image", {}).get("alt", ""), figure.get("figure", {}).get("caption", "")
    found = []
    if len(alt) < ALT_LENGTH:
        found.append(
            f"the figure's alt text has {len(alt)} characters; say in {ALT_LENGTH} or more what it shows, in the "
            'cell\'s metadata: {"mystnb": {"image": {"alt": ...}}}'
        )
    if not caption.strip():
        found.append('the figure has no caption; write one: {"mystnb": {"figure": {"caption": ...}}}')
    return found
