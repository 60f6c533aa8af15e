"""What must hold on the built site: checkers that return complaints, each naming the page and the problem."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree

from playwright.sync_api import Page

MISSING = "the site is not built (no {}); run: python run.py book"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
STRUCTURE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    # axe calls "label in name" (WCAG 2.5.3) experimental, so one has to ask for it; the contrast has its own turn.
    "rules": {"label-content-name-mismatch": {"enabled": True}, "color-contrast": {"enabled": False}},
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; }"
TYPESET = "async () => { if (window.MathJax) await MathJax.startup.promise; }"
OPEN_ALL = """() => {
  document.querySelectorAll("details").forEach(e => e.open = true);
  document.querySelectorAll(".toggle-hidden, .toggle-button-hidden").forEach(e => {
    e.classList.remove("toggle-hidden", "toggle-button-hidden");
  });
}"""
CUT_OFF = """() => {
  const scrolls = e => e && (["auto", "scroll"].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  return [...document.querySelectorAll("article :not(mjx-assistive-mml, mjx-assistive-mml *)")]
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && e.checkVisibility() && !scrolls(e.parentElement))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 80));
}"""

# axe looks at every word of code, symbol of a formula, function of the reference and entry of the sidebar, for seconds.
# Of the words of code with one class and one surrounding, one is enough; a symbol has the colour of its formula; all
# functions are set alike, and so are all entries. (A single character axe does not judge: it may be no text.)
THIN_OUT_CODE = """() => {
  const seen = new Set();
  for (const pre of document.querySelectorAll("pre")) {
    const place = pre.closest("div[class]")?.parentElement.closest("div[class]")?.className;
    for (const word of pre.querySelectorAll("span")) {
      const kind = `${word.className} in ${place}`, short = word.textContent.trim().length < 2;
      if (!word.children.length && (short || seen.has(kind))) word.replaceWith(word.textContent);
      if (!short) seen.add(kind);
    }
    pre.normalize();
  }
}"""
THIN_OUT = """() => {
  for (const formula of document.querySelectorAll("mjx-container")) {
    formula.replaceChildren("formula");
    formula.style.overflow = "visible";
  }
  const drop = (selector, keep) => [...document.querySelectorAll(selector)].slice(keep).forEach(e => e.remove());
  for (const kind of ["function", "class", "method", "property", "attribute", "exception", "data"])
    drop(`dl.py.${kind}`, 3);
  drop("#pst-primary-sidebar li:not(.current)", 5);
}"""
AXE = """async options => (await axe.run(document, options)).violations.flatMap(v => v.nodes.slice(0, 5).map(n => {
  const why = [...n.any, ...n.all, ...n.none].map(c => c.message).join("; ");
  return `${v.id}: ${n.html.slice(0, 140)} (${why.slice(0, 160)})`;
}))"""
SCHEME = "document.documentElement.dataset.theme || ''"


# The HTML as text: no browser needed


@dataclass
class Document(HTMLParser):
    """What the checkers ask of one HTML file."""

    path: Path
    ids: set[str] = field(default_factory=set)
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    turns: dict[str, str] = field(default_factory=dict)
    print_only: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        values = dict(attrs)
        if name := values.get("id"):
            self.ids.add(name)
        if values.get("rel") != "canonical":  # that is the page's own public address
            self.links += [(tag, url) for key in ("href", "src", "poster") if (url := values.get(key)) is not None]
        self.links += [(tag, source.split()[0]) for source in (values.get("srcset") or "").split(",") if source]
        for turn in {"left-prev", "right-next"} & set((values.get("class") or "").split()):
            self.turns[turn] = values.get("href") or ""
        if tag == "img":
            self.images.append(values)
        if tag == "meta" and (key := values.get("property") or values.get("name")):
            self.meta[key] = values.get("content") or ""
        if tag == "div" and (self.print_only or values.get("id") == "jb-print-docs-body"):
            self.print_only += 1  # the theme repeats the headings for print, hidden on the screen
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not self.print_only:
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag: str) -> None:
        """Leave the part for print."""
        if tag == "div" and self.print_only:
            self.print_only -= 1


@cache
def read(path: Path) -> Document:
    """Return the parsed file."""
    return Document(path)


def html_files(root: Path) -> list[Path]:
    """Return the pages of a site, without the templates that the theme leaves in _static."""
    return sorted(path for path in root.rglob("*.html") if "_static" not in path.relative_to(root).parts)


def link_complaints(root: Path, path: Path, allowed: tuple[str, ...]) -> Iterator[str]:
    """Complain of internal links that lead nowhere, and of external ones but plain links to an allowed host."""
    page = path.relative_to(root)
    for tag, url in read(path).links:
        parts = urlsplit(url)
        if parts.scheme in ("data", "mailto", "javascript"):
            continue
        if parts.netloc:
            if tag not in ("a", "link") and url != "#":
                yield f"{page}: <{tag}> asks another host: {url}"
            elif tag == "link" or parts.scheme != "https" or not any(host_is(parts.netloc, host) for host in allowed):
                yield f"{page}: external link that is not allowed: <{tag}> {url}"
            continue
        target, fragment = urldefrag(url)
        target = unquote(urlsplit(target).path)
        file = (root / target.lstrip("/") if target.startswith("/") else path.parent / target) if target else path
        file = (file / "index.html" if file.is_dir() else file).resolve()
        if not file.is_file():
            yield f"{page}: dead link {url}"
        elif fragment and file.suffix == ".html" and unquote(fragment) not in read(file).ids:
            yield f"{page}: dead fragment {url}"


def host_is(host: str, allowed: str) -> bool:
    """Return whether a host is the allowed one or below it."""
    return host == allowed or host.endswith("." + allowed)


def image_complaints(root: Path, path: Path) -> Iterator[str]:
    """Complain of images without a text that says what they show."""
    for image in read(path).images:
        text = (image.get("alt") or "").strip()
        source = (image.get("src") or "")[-60:]
        if not text or text.endswith((".png", ".svg")):
            yield f"{path.relative_to(root)}: image without alt text: {source}"


def turned(root: Path, path: Path, turn: str) -> Path | None:
    """Return the page that the link to the previous ("left-prev") or next ("right-next") one leads to."""
    url = read(path).turns.get(turn)
    return (path.parent / url).resolve().relative_to(root.resolve()) if url else None


def heading_complaints(root: Path, path: Path) -> Iterator[str]:
    """Complain of a page without exactly one first heading, and of headings that skip a level."""
    levels, page = read(path).headings, path.relative_to(root)
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"{page}: headings must begin with the only h1, got levels {levels}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"{page}: heading h{after} follows h{before}"


def meta_complaints(root: Path, path: Path) -> Iterator[str]:
    """Complain of missing metadata for search engines and previews, and of a picture that is not there."""
    meta, page = read(path).meta, path.relative_to(root)
    for key in ("og:title", "og:url", "og:site_name", "og:description", "og:image", "description"):
        if not meta.get(key):
            yield f"{page}: no meta {key}"
    card = urlsplit(meta.get("og:image", "")).path
    if card and not (root / card.lstrip("/")).is_file():
        yield f"{page}: og:image {card} is not on the site"


def sitemap_pages(root: Path) -> set[str]:
    """Return the paths that the sitemap lists."""
    tree = ElementTree.parse(root / "sitemap.xml")
    return {urlsplit(loc.text or "").path.lstrip("/") for loc in tree.iterfind(".//{*}loc")}


# The page in a browser


def listen(page: Page, own: str) -> list[str]:
    """Return a list that fills with the page's foreign or failed requests and its errors from now on."""
    heard: list[str] = []

    def note(text: str) -> None:
        heard.append(f"{urlsplit(page.url).path}: {text}")

    def request(url: str) -> None:
        if not url.startswith((own, "data:", "blob:", "about:")):
            note(f"foreign request {url}")

    page.on("request", lambda r: request(r.url))
    page.on("requestfailed", lambda r: note(f"request failed: {r.url}"))
    page.on("response", lambda r: note(f"status {r.status} for {r.url}") if r.status >= 400 else None)
    page.on("console", lambda m: note(f"console error: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda e: note(f"page error: {e}"))
    return heard


def show(page: Page, url: str) -> None:
    """Open a page, let it finish, stop its fades, and unfold everything."""
    page.goto(url, wait_until="load")
    page.evaluate(TYPESET)
    page.add_style_tag(content=STILL)
    page.evaluate(OPEN_ALL)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def math_complaints(page: Page) -> Iterator[str]:
    """Complain of mathematics that is not typeset."""
    name = urlsplit(page.url).path
    if raw := page.locator(".math:not(:has(mjx-container))").all_inner_texts():
        yield f"{name}: {len(raw)} formulas not typeset, first {raw[0][:80]!r}"
    if wrong := page.locator("mjx-merror, [data-mjx-error]").count():
        yield f"{name}: {wrong} formulas with an error"
    text = page.locator("body").evaluate(
        "e => { const c = e.cloneNode(true); c.querySelectorAll('pre, code, script, style').forEach(x => x.remove());"
        " return c.textContent; }"
    )
    for mark in (r"\(", r"\[", "$$", r"\begin{"):
        if mark in text:
            yield f"{name}: raw mathematics {mark} in the text"


def width_complaints(page: Page) -> Iterator[str]:
    """Complain of a page that is wider than its window, and of what is cut off at its edge."""
    name = urlsplit(page.url).path
    wide, window = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    if wide > window:
        yield f"{name}: {wide} px wide in a window of {window} px"
    yield from (f"{name}: beyond the edge of a window of {window} px: {found}" for found in page.evaluate(CUT_OFF))


def axe_complaints(page: Page, options: dict[str, Any]) -> Iterator[str]:
    """Complain of what axe finds with these options."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_source())
    where = f"{urlsplit(page.url).path} ({page.viewport_size['width']} px, {page.evaluate(SCHEME)})"
    found = page.evaluate(AXE, {**options, "resultTypes": ["violations"], "preload": False})
    yield from (f"{where}: {complaint}" for complaint in found)


@cache
def axe_source() -> str:
    """Return axe itself, as the package axe-playwright-python brings it."""
    spec = find_spec("axe_playwright_python")
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


def page_complaints(page: Page, own: str, url: str) -> list[str]:
    """Return what is wrong with a page, in light and dark, on a phone and on a desk."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(PHONE)
    heard = listen(page, own)
    show(page, url)
    found = [*math_complaints(page), *width_complaints(page)]
    page.evaluate(THIN_OUT_CODE)
    found += axe_complaints(page, STRUCTURE)
    page.evaluate(THIN_OUT)
    page.set_viewport_size(DESKTOP)
    found += axe_complaints(page, STRUCTURE)
    for scheme in ("light", "dark"):  # at one width: the style sheets give no colour that depends on it
        page.emulate_media(color_scheme=scheme)
        found += axe_complaints(page, CONTRAST)
    return heard + found
