"""Finishing touches on the built site: MathJax from the site itself, accessible HTML, a sitemap."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

# What axe (WCAG 2.1 A and AA, with "label in name") complains of in the HTML of the theme and of extensions.
REPLACEMENTS = {
    # A folded cell bears the words that one sees ("Show code cell source"), so that voice control finds it.
    '<summary aria-label="Toggle hidden content">': "<summary>",
    # The arrow that unfolds a part of the sidebar is a picture only: it needs a name.
    '<summary><span class="toctree-toggle"': '<summary aria-label="Pages of this part"><span class="toctree-toggle"',
    # The same for the search button, which shows its keys.
    'title="Search" aria-label="Search"': 'aria-label="Search Ctrl+K"',
    # The switch between light and dark is named "Color mode"; the tooltips of its icons are not its words.
    'data-mode="light" title="Light"': 'data-mode="light"',
    'data-mode="dark"  title="Dark"': 'data-mode="dark"',
    'data-mode="auto"  title="System Settings"': 'data-mode="auto"',
    # The role is deprecated, and no item of the role "list" around it.
    'role="doc-biblioentry"': 'role="listitem"',
}


def copy_mathjax(app: Sphinx) -> None:
    """Copy MathJax and its fonts out of their package, so that no page asks another host for them."""
    spec = find_spec("sphinx-mathjax-offline")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package sphinx-mathjax-offline is not installed")
    packaged = Path(spec.origin).parent / "static" / "mathjax"
    target = Path(app.outdir) / "_static" / "mathjax"
    copy_asset(str(packaged / "tex-chtml.js"), str(target))
    for folder in ("output/chtml/fonts/woff-v2", "input/tex/extensions"):
        copy_asset(str(packaged / folder), str(target / folder))


def mend_html(app: Sphinx) -> None:
    """Replace the few pieces of HTML that a screen reader stumbles over."""
    for page in Path(app.outdir).rglob("*.html"):
        text = mended = page.read_text(encoding="utf-8")
        for old, new in REPLACEMENTS.items():
            mended = mended.replace(old, new)
        if mended != text:
            page.write_text(mended, encoding="utf-8")


def write_sitemap(app: Sphinx) -> None:
    """List all pages for search engines, also those that this build had no need to touch."""
    uris = [app.builder.get_target_uri(name) for name in sorted(app.env.found_docs)]
    urls = "".join(f"<url><loc>{app.config.html_baseurl}{uri}</loc></url>\n" for uri in uris)
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{SITEMAP}">\n{urls}</urlset>\n'
    Path(app.outdir, "sitemap.xml").write_text(text, encoding="utf-8")


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Run after a build that went well."""
    if exception is None and app.builder.format == "html":
        copy_mathjax(app)
        mend_html(app)
        write_sitemap(app)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("build-finished", finish)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
