"""Finishing touches on the built site: MathJax from the site itself, and accessible HTML where the theme's is not."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset

REPLACEMENTS = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    'title="Search" aria-label="Search"': 'aria-label="Search Ctrl+K"',
    'data-mode="light" title="Light"': 'data-mode="light"',
    'data-mode="dark"  title="Dark"': 'data-mode="dark"',
    'data-mode="auto"  title="System Settings"': 'data-mode="auto"',
    'role="doc-biblioentry"': 'role="listitem"',
    "<th></th>": "<td></td>",
    '<div class="sidebar-primary-items__start sidebar-primary__section">': (
        '<div class="sidebar-primary-items__start sidebar-primary__section" role="navigation" aria-label="Book">'
    ),
}


def copy_mathjax(app: Sphinx) -> None:
    """Copy MathJax and its fonts out of their package, so that no page asks another host for them."""
    spec = find_spec("sphinx-mathjax-offline")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package sphinx-mathjax-offline is not installed")
    packaged = Path(spec.origin).parent / "static" / "mathjax"
    target = Path(app.outdir) / "_static" / "mathjax"
    fonts = Path("output", "chtml", "fonts", "woff-v2")
    copy_asset(str(packaged / "tex-chtml.js"), str(target))
    copy_asset(str(packaged / fonts), str(target / fonts))


def mend_html(app: Sphinx) -> None:
    """Replace the few pieces of HTML that a screen reader stumbles over."""
    for page in Path(app.outdir).rglob("*.html"):
        text = mended = page.read_text(encoding="utf-8")
        for old, new in REPLACEMENTS.items():
            mended = mended.replace(old, new)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Run after a build that went well."""
    if exception is None and app.builder.format == "html":
        copy_mathjax(app)
        mend_html(app)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
