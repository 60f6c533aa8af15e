"""What a reader sees of a cell's outputs."""

import re
from html import unescape
from typing import Any

from tests.checks.prose import without_code

Outputs = list[dict[str, Any]]
HIDDEN = re.compile(r"<(style|script|svg)\b.*?</\1>", re.S)  # of a player, title and captions stay


def joined(value: Any) -> str:
    """Return a text that the notebook may store as lines."""
    return value if isinstance(value, str) else "".join(value)


def visible_text(outputs: Outputs) -> str:
    """Return the text of outputs: what is printed, values, tables, and the captions of a player."""
    texts = []
    for output in outputs:
        data = output.get("data", {})
        if output.get("name") == "stdout":
            texts.append(joined(output["text"]))
        if "text/html" in data:
            texts.append(html_text(joined(data["text/html"])))
        if "text/markdown" in data:
            texts.append(without_code(joined(data["text/markdown"])))
        elif "text/plain" in data and "image/png" not in data:
            texts.append(joined(data["text/plain"]))
    return "\n".join(texts)


def html_text(html: str) -> str:
    """Return the text of HTML, without drawings and scripts; table cells and captions stay apart."""
    return unescape(re.sub(r"<[^>]*>", " ", HIDDEN.sub(" ", html)))


def pngs(outputs: Outputs) -> list[str]:
    """Return the PNG figures, in base64."""
    return [joined(o["data"]["image/png"]) for o in outputs if "image/png" in o.get("data", {})]


def players(outputs: Outputs) -> list[str]:
    """Return the HTML of the step players."""
    html = [joined(o["data"]["text/html"]) for o in outputs if "text/html" in o.get("data", {})]
    return [text for text in html if 'class="step-player"' in text]
