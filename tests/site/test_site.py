"""The built site in a browser: every page, what a reader clicks, and the checkers themselves."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.checks import site as check
from tests.site.conftest import HTML, serving

ALLOWED = ("doi.org", "python.org", "github.com", "colab.research.google.com", "mybinder.org")
PAGES = [path.relative_to(HTML).as_posix() for path in check.html_files(HTML)]
# A few of the pages that a tool makes from code stand for all of them; the index only sends the reader on.
MADE = {page for page in PAGES if page.startswith("_modules/")}
SHOWN = [page for page in PAGES if page not in MADE - {"_modules/index.html"} and page != "index.html"]
WRITTEN = [page for page in PAGES if page.startswith("book/")]
NOTEBOOKS = [page for page in WRITTEN if (HTML / "_sources" / page).with_suffix(".ipynb").is_file()]
PLAYERS = [page for page in NOTEBOOKS if 'class="step-player"' in (HTML / page).read_text(encoding="utf-8")]

LOOK = "[document.documentElement.dataset.theme, getComputedStyle(document.querySelector('article h1')).color]"


def test_site_is_there(html: Path) -> None:
    assert (html / "book/index.html").is_file(), check.MISSING.format("book/index.html")
    assert len(WRITTEN) >= 10
    assert NOTEBOOKS
    assert PLAYERS


class EveryPage:
    def test_page(self, page: Page, site: str, name: str) -> None:
        assert check.page_complaints(page, site, site + name) == []


# Two classes, so that two workers share the pages (xdist keeps a class on one worker).
@pytest.mark.parametrize("name", SHOWN[::2])
class TestEveryFirstPage(EveryPage): ...


@pytest.mark.parametrize("name", SHOWN[1::2])
class TestEverySecondPage(EveryPage): ...


def test_source_pages(page: Page, site: str) -> None:
    sources = sorted(MADE - {"_modules/index.html"}, key=lambda name: (HTML / name).stat().st_size)
    assert sources
    assert check.page_complaints(page, site, site + sources[0]) == []
    for name in sources[1:]:
        page.goto(site + name)
        assert list(check.width_complaints(page)) == []


class TestText:
    def test_links(self, html: Path) -> None:
        assert [c for path in check.html_files(html) for c in check.link_complaints(html, path, ALLOWED)] == []

    def test_images_have_a_text(self, html: Path) -> None:
        assert sum(len(check.read(html / name).images) for name in NOTEBOOKS) > 0
        assert [c for path in check.html_files(html) for c in check.image_complaints(html, path)] == []

    def test_headings(self, html: Path) -> None:
        assert [c for name in WRITTEN for c in check.heading_complaints(html, html / name)] == []

    def test_metadata(self, html: Path) -> None:
        assert [c for name in WRITTEN for c in check.meta_complaints(html, html / name)] == []

    def test_sitemap_lists_the_pages(self, html: Path) -> None:
        assert set(WRITTEN) - check.sitemap_pages(html) == set()


class TestReader:
    def test_the_root_leads_to_the_landing_page(self, page: Page, html: Path) -> None:
        page.goto((html / "index.html").as_uri())
        page.wait_for_url("**/book/index.html")

    @pytest.mark.parametrize("name", ["book/index.html", *NOTEBOOKS[:1], "search.html"])
    def test_without_a_server(self, page: Page, html: Path, name: str) -> None:
        heard = check.listen(page, "file:")
        check.show(page, (html / name).as_uri())
        assert heard == []
        assert list(check.math_complaints(page)) == []
        assert page.locator("h1:visible").count() == 1
        if name in NOTEBOOKS:
            assert page.locator("mjx-container").count() > 0

    def test_search_finds_a_word(self, page: Page, site: str) -> None:
        page.goto(site + "search.html?q=chebyshev")
        expect(page.locator("#search-results li a").first).to_be_visible()
        assert any("tail-bounds" in (a.get_attribute("href") or "") for a in page.locator("#search-results a").all())

    def test_dark_mode(self, fresh, site: str) -> None:
        page = fresh(color_scheme="light")
        page.goto(site + "book/index.html")
        seen = set()
        for _ in range(3):
            page.locator(".theme-switch-button:visible").first.click()
            seen.add(tuple(page.evaluate(LOOK)))
        assert {theme for theme, _ in seen} == {"light", "dark"}
        assert len({color for _, color in seen}) == 2

    @pytest.mark.parametrize("name", NOTEBOOKS)
    def test_download(self, html: Path, name: str) -> None:
        sources = [url for tag, url in check.read(html / name).links if tag == "a" and url.endswith(".ipynb")]
        assert sources, f"{name} offers no notebook"
        notebook = json.loads(((html / name).parent / sources[0]).read_text(encoding="utf-8"))
        assert notebook["cells"]

    def test_copy_buttons(self, page: Page, site: str) -> None:
        page.goto(site + NOTEBOOKS[0])
        expect(page.locator("button.copybtn").first).to_be_attached()
        assert page.locator("button.copybtn").count() >= page.locator(".cell_input").count() > 0

    def test_previous_and_next(self, html: Path) -> None:
        met = [Path("book/index.html")]
        while (following := check.turned(html, html / met[-1], "right-next")) is not None:
            assert check.turned(html, html / following, "left-prev") == met[-1]
            met.append(following)
        assert sorted(map(Path.as_posix, met)) == sorted(WRITTEN)

    def test_a_wrong_address_is_told_in_style(self, page: Page, site: str) -> None:
        page.goto(site + "404.html")
        expect(page.locator("h1:visible")).to_have_text("Page not found")
        assert page.locator("link[rel=stylesheet]").evaluate_all("all => all.every(e => e.sheet.cssRules.length > 0)")
        assert all(url.startswith(("/", "#", "http")) for _, url in check.read(HTML / "404.html").links)

    def test_print(self, fresh, site: str) -> None:
        page = fresh()
        page.goto(site + PLAYERS[0])
        page.emulate_media(media="print")
        hidden = ".bd-sidebar-primary, .bd-sidebar-secondary, .bd-header-article, .prev-next-footer, .sp-controls"
        assert page.locator(hidden).count() > 0
        assert not any(page.locator(hidden).evaluate_all("all => all.map(e => e.checkVisibility())"))
        folded = page.locator("details pre").evaluate_all("all => all.map(e => e.checkVisibility())")
        assert folded
        assert all(folded)


class TestPlayer:
    @pytest.fixture
    def player(self, page: Page, site: str):
        page.goto(site + PLAYERS[0])
        return page.locator("figure.step-player").first

    def place(self, player) -> int:
        return int(player.locator("input").input_value())

    def test_buttons(self, player) -> None:
        caption = player.locator("[aria-live=polite]")
        first = caption.inner_text()
        player.get_by_role("button", name="Next").click()
        assert self.place(player) == 1
        assert caption.inner_text() != first
        assert player.locator(".sp-now").count() == player.locator(".sp-area").count()
        player.get_by_role("button", name="Back").click()
        assert self.place(player) == 0
        assert caption.inner_text() == first

    def test_play_and_pause(self, player) -> None:
        player.get_by_role("button", name="Play").click()
        expect(player.locator("input")).to_have_value("1")
        player.get_by_role("button", name="Pause").click()
        expect(player.get_by_role("button", name="Play")).to_be_visible()

    def test_keys(self, player) -> None:
        player.get_by_role("button", name="Next").focus()
        player.press("ArrowRight")
        player.press("ArrowRight")
        player.press("ArrowLeft")
        assert self.place(player) == 1
        player.press("ArrowLeft")
        player.press("ArrowLeft")
        assert self.place(player) == 0

    def test_slider(self, player) -> None:
        slider = player.get_by_role("slider")
        slider.press("End")
        last = int(slider.get_attribute("max"))
        assert self.place(player) == last > 0
        assert player.get_by_role("button", name="Next").get_attribute("aria-disabled") == "true"
        slider.press("ArrowLeft")
        assert slider.get_attribute("aria-valuetext").startswith(f"{last - 1} ")

    def test_without_javascript(self, fresh, site: str) -> None:
        page = fresh(java_script_enabled=False)
        page.goto(site + PLAYERS[0])
        player = page.locator("figure.step-player").first
        assert player.locator(".sp-still").first.evaluate("e => getComputedStyle(e).visibility") == "visible"
        assert player.locator(".sp-captions li").count() > 1
        assert all(caption.is_visible() for caption in player.locator(".sp-captions li").all())
        assert not player.locator(".sp-controls").is_visible()


WHOLE = (
    '<!doctype html><html lang="en"><head><title>t</title></head><body><article><h1>h</h1>{}</article></body></html>'
)
BROKEN_TO_SEE = {
    "foreign request http://127.0.0.2": '<img alt="a" src="http://127.0.0.2:9/a.png">',
    "status 404": '<img alt="a" src="no.png">',
    "console error: oh": "<script>console.error('oh')</script>",
    "page error: no": "<script>throw new Error('no')</script>",
    "formulas not typeset": '<p class="math">x</p>',
    "raw mathematics \\(": r"<p>\(x\)</p>",
    "raw mathematics $$": "<p>$$x$$</p>",
    "formulas with an error": '<p class="math"><mjx-container><mjx-merror>x</mjx-merror></mjx-container></p>',
    "600 px wide in a window of 390 px": '<div style="width: 600px; margin-left: -8px">w</div>',
    "beyond the edge": '<div style="overflow: hidden"><p style="width: 600px">w</p></div>',
    "color-contrast": '<p style="color: #999; background: #fff">pale</p>',
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "scrollable-region-focusable": '<pre style="width: 90px; overflow: auto">a line of code, longer than its box</pre>',
    "label-content-name-mismatch": '<button aria-label="Find">Search</button>',
}


class TestCheckersCanFail:
    def complaints(self, page: Page, folder: Path, body: str) -> list[str]:
        (folder / "broken.html").write_text(WHOLE.format(body), encoding="utf-8")
        with serving(folder) as address:
            return check.page_complaints(page, address, address + "broken.html")

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "favicon.ico").touch()
        return tmp_path

    def test_a_good_page(self, page: Page, folder: Path) -> None:
        assert self.complaints(page, folder, "<p>Good.</p>") == []

    @pytest.mark.parametrize("problem", BROKEN_TO_SEE)
    def test_to_see(self, page: Page, folder: Path, problem: str) -> None:
        found = self.complaints(page, folder, BROKEN_TO_SEE[problem])
        assert any("/broken.html" in complaint and problem in complaint for complaint in found), found

    def test_contrast_in_the_dark_and_in_code(self, page: Page, folder: Path) -> None:
        dark = "<style>@media (prefers-color-scheme: dark) { body { background: #222 } }</style><p>Black on dark.</p>"
        found = self.complaints(page, folder, dark)
        assert found
        assert all("color-contrast" in complaint for complaint in found)
        code = '<pre><span class="a">for</span> <span class="a">in</span> <span style="color: #bbb">if</span></pre>'
        assert any("color-contrast" in complaint for complaint in self.complaints(page, folder, code))

    @pytest.mark.parametrize(
        ("checker", "body", "complaint"),
        [
            (lambda *a: check.link_complaints(*a, ALLOWED), '<a href="no.html">a</a>', "dead link no.html"),
            (lambda *a: check.link_complaints(*a, ALLOWED), '<a href="#no">a</a>', "dead fragment #no"),
            (lambda *a: check.link_complaints(*a, ALLOWED), '<a href="https://example.org">a</a>', "not allowed"),
            (lambda *a: check.link_complaints(*a, ALLOWED), '<a href="https://notdoi.org">a</a>', "not allowed"),
            (lambda *a: check.link_complaints(*a, ALLOWED), '<img src="https://doi.org/a">', "asks another host"),
            (check.image_complaints, '<img src="a.png">', "image without alt text: a.png"),
            (check.image_complaints, '<img src="a.png" alt="a.png">', "image without alt text: a.png"),
            (check.heading_complaints, "<h3>deep</h3>", "heading h3 follows h1"),
            (check.heading_complaints, "<h1>again</h1>", "the only h1"),
            (check.meta_complaints, "", "no meta og:title"),
            (check.meta_complaints, '<meta property="og:image" content="https://a.org/no.png">', "is not on the site"),
        ],
    )
    def test_text(self, folder: Path, checker, body: str, complaint: str) -> None:
        path = folder / "broken.html"
        path.write_text(WHOLE.format(body), encoding="utf-8")
        found = list(checker(folder, path))
        assert any(text.startswith("broken.html: ") and complaint in text for text in found), found
