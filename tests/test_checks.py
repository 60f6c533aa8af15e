"""The checkers are checked: a page that is whole passes, and each way to break it is named with its place."""

import copy
import re
import subprocess
import sys

import course
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from tests import toy_page
from tests.checks import (
    anatomy,
    corrections,
    coverage,
    examples,
    exercises,
    figures,
    numbers,
    outputs,
    prose,
    reseed,
    style,
)

CHECKERS = [anatomy, corrections, coverage, examples, exercises, figures, numbers, reseed, style]


@pytest.fixture(scope="module")
def toy():
    with pytest.MonkeyPatch.context() as patch:
        toy_page.install(patch)
        yield toy_page.make()


@pytest.fixture
def page(toy, monkeypatch):
    toy_page.install(monkeypatch)
    return course.Page(toy.path, copy.deepcopy(toy.notebook))


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_a_whole_page_passes(page, checker):
    assert checker.complaints(page) == []


# Ways to break it: each returns the index of the cell that it has broken


def find(page, text):
    return next(i for i, cell in enumerate(page.cells) if text in cell["source"])


def put(old, new):
    """Change a text in a cell's source."""

    def broken(page):
        index = find(page, old)
        page.cells[index]["source"] = page.cells[index]["source"].replace(old, new, 1)
        return index

    return broken


def show(text, old, new):
    """Change the printed output of the cell that holds a text."""

    def broken(page):
        index = find(page, text)
        (stream,) = page.cells[index]["outputs"]
        assert old in stream["text"]
        stream["text"] = stream["text"].replace(old, new)
        return index

    return broken


def cell(text, **changes):
    """Change entries of the cell that holds a text."""

    def broken(page):
        index = find(page, text)
        page.cells[index].update(changes)
        return index

    return broken


def figure(*keys):
    """Take an entry out of the first figure's metadata."""

    def broken(page):
        index = find(page, "figure = 1")
        metadata = page.cells[index]["metadata"]["mystnb"]
        for key in keys[:-1]:
            metadata = metadata[key]
        del metadata[keys[-1]]
        return index

    return broken


def remove(text):
    """Take out the cell that holds a text."""

    def broken(page):
        del page.cells[find(page, text)]

    return broken


def add(text, metadata=None, stdout=None, at="assert markov"):
    """Put a code cell, not counted as set-up, before another one."""

    def broken(page):
        shown = [] if stdout is None else [{"output_type": "stream", "name": "stdout", "text": stdout}]
        new = toy_page.code(text, **(metadata or {})) | {"outputs": shown, "execution_count": 1, "id": "new"}
        index = find(page, at)
        page.cells.insert(index, new)
        return index

    return broken


def share(page):
    """Return the share that the toy page has printed for its own seed."""
    return page.cells[find(page, "rng = ")]["outputs"][0]["text"].split()[1]


def put_share(text):
    return lambda page: show("rng = ", share(page), text)(page) and find(page, "is 0.4 to one digit")


def sentence_of_one_seed(page):
    return put("is 0.4 to one digit", f"is {share(page)} to four digits")(page)


def swap_headings(page):
    for old, new in (("## See it", "## X"), ("## Run it", "## See it"), ("## X", "## Run it")):
        put(old, new)(page)


def stream(name, text):
    return {"outputs": [{"output_type": "stream", "name": name, "text": text}]}


def value(text):
    return {"outputs": [{"output_type": "execute_result", "data": {"text/plain": text}, "metadata": {}}]}


ERROR = {"outputs": [{"output_type": "error", "ename": "KeyError", "evalue": "1", "traceback": []}]}
EXAMPLES = {"metadata": {"examples": ["9.9.9-e1", "9.9.9-e7"]}}

BREAKAGES = {
    "a decimal in prose": (numbers, put("$0.25$", "$0.26$"), "0.26 in .*The bound is.*nearest is 0.25"),
    "a decimal in words": (numbers, put("has no such bound", "has bound 0.7"), "0.7 in"),
    "a percentage": (numbers, put("25 %", "26 %"), "26 % in"),
    "an integer": (numbers, put("threshold of 200", "threshold of 210"), "210 in"),
    "one digit too many": (numbers, put("is 0.4 to", "is 0.41 to"), "0.41 in"),
    "a small number in scientific form": (numbers, put("$0.25$", r"$2.6 \times 10^{-1}$"), "2.6e-1 in"),
    "a thousand": (numbers, put("mean of 50", "mean of 5,000"), "5,000 in"),
    "a fraction": (numbers, put("$0.25$", r"$\frac{50}{201}$"), "50/201 in"),
    "a quantile in an index": (numbers, put("$0.25$", "$z_{0.975}$"), "0.975 in"),
    "a title": (numbers, put("Markov\n", "Markov in 0.7 lines\n"), "0.7 in"),
    "a folded answer": (numbers, put("\nYes.", "\nAt 0.7 it is."), "0.7 in"),
    "a table": (numbers, put("The curve falls.", "| a | b |\n| - | - |\n| 1 | 0.7 |"), "0.7 in"),
    "a caption": (numbers, cell("figure = 1", metadata={"mystnb": {"figure": {"caption": "It is 0.7."}}}), "0.7 in"),
    "an alt text": (numbers, cell("figure = 1", metadata={"mystnb": {"image": {"alt": "Up to 170."}}}), "170 in"),
    "the output that binds": (numbers, put_share("0.9999"), "0.4 in"),
    "a number typed into print": (numbers, add('print("p = 0.0398")', stdout="p = 0.0398"), "0.0398 in"),
    "no alt text": (figures, figure("image", "alt"), "alt text has 0 characters"),
    "no caption": (figures, figure("figure", "caption"), "no caption"),
    "two figures in a cell": (
        figures,
        cell("figure = 1", outputs=[{"output_type": "display_data", "data": {"image/png": "iVBO"}}] * 2),
        "2 figures in one cell",
    ),
    "a heading out of order": (anatomy, put("## See it", "## Read on"), "“## See it” is missing"),
    "headings swapped": (
        anatomy,
        swap_headings,
        "“## Run it” is out of order",
    ),
    "an unknown heading": (anatomy, put("## See it", "## Look"), "“## Look” is none of"),
    "a heading twice": (anatomy, put("## See it", "## Run it"), "“## Run it” stands twice"),
    "a second title": (anatomy, put("## Where", "# More\n\n## Where"), "one title"),
    "one objective": (anatomy, put("\n- to check the bound", ""), "2 to 4 objectives.*lists 1"),
    "nothing said of what is needed": (anatomy, put("{doc}`/book/notation`", "patience"), "“You need” must link"),
    "no admonition": (anatomy, put("````{admonition} This page", "````"), "an admonition must say"),
    "too few words": (anatomy, put(toy_page.FILLER, "Short."), "600 to 1800 words.*there are"),
    "too many words": (anatomy, put(toy_page.FILLER, toy_page.FILLER * 3), "600 to 1800 words"),
    "a code cell fewer": (anatomy, remove("threshold = "), "6 to 20 code cells.*there are 5"),
    "no figure output": (anatomy, cell("figure = 1", outputs=[]), "2 or more figures are wanted; there are 1"),
    "no labelled block": (anatomy, put(":label: thm-toy\n", ""), "with a :label:"),
    "no companion": (
        anatomy,
        put("from companion.probability import markov_bound", "from companion.notebook import use_style"),
        "imports anything from companion",
    ),
    "a long cell": (anatomy, put("threshold = ", "a = 1\n" * 12 + "threshold = "), "has 14 lines of code, 12 at most"),
    "a wide cell": (
        anatomy,
        put("threshold = ", f"b = {'1' * 90}\nthreshold = "),
        "has a line of 94 columns, 92 at most",
    ),
    "no quick check": (anatomy, put("**Quick check.**", "A question."), "no \\*\\*Quick check"),
    "an open answer": (anatomy, put("```{dropdown} Answer", "```{note}"), "no folded answer"),
    "two lines in short": (anatomy, put("\n- It is wide.", ""), "3 to 5 lines “In short” are wanted; there are 2"),
    "one reference": (anatomy, put(",billingsley", ""), "2 to 3 references.*there are 1"),
    "no way on": (anatomy, put("[Tails](tail-bounds.ipynb)", "Tails"), "must link to a page"),
    "a stub with another output": (exercises, show("answer = ...", "Not answered yet", "Correct"), "the stub in cell"),
    "a solution that is wrong": (
        exercises,
        show('check("toy-page-1", 0.25)', "Correct.", "Not yet."),
        "must print “Correct”",
    ),
    "a solution half wrong": (
        exercises,
        show('check("toy-page-1", 0.25)', "Correct.", "Correct.\nNot yet."),
        "must print",
    ),
    "an open solution": (
        exercises,
        put("{solution-start} toy-page-1\n:class: dropdown", "{solution-start} toy-page-1"),
        "toy-page-1: its solution must stand between",
    ),
    "no solution": (exercises, remove('check("toy-page-1", 0.25)'), "toy-page-1: its solution must stand between"),
    "no stub": (exercises, remove("answer = ..."), "one stub cell.*there are 0"),
    "a solution of another": (
        exercises,
        put('check("toy-page-2", [1', 'check("toy-page-1", [1'),
        "the solution of toy-page-2",
    ),
    "a check without exercise": (exercises, add('check("toy-page-1", 1)'), "comes before an exercise"),
    "a gap in the labels": (exercises, put(":label: toy-page-3", ":label: toy-page-4"), "labels must be"),
    "no example": (examples, cell("at most", metadata={}), "no cell works out the example 9.9.9-e1"),
    "an unknown example": (examples, cell("at most", **EXAMPLES), "9.9.9-e7. is no worked example"),
    "a wrong result": (examples, show("at most", "0.2500", "0.2501"), "lacks the exact 0.25"),
    "a wrong fraction": (examples, show("at most", "0.333", "0.334"), "lacks the exact 0.333"),
    "two digits": (examples, show("at most", "0.333", "0.33"), "lacks the exact 0.333"),
    "a typed result": (
        examples,
        put('f"at most {markov_bound(50, 200):.4f}"', '"at most 0.2500"'),
        "lacks the exact 0.25",
    ),
    "a correction missing on the page": (corrections, remove("### A quarter"), "are not what .* makes"),
    "a correction changed on the page": (
        corrections,
        put("The bound is 0.3.", "The bound is 0.2."),
        "are not what .* makes",
    ),
    "a cell that has not run": (style, cell("threshold = ", execution_count=None), "has not been executed"),
    "an empty cell": (style, cell("threshold = ", source=""), "empty"),
    "stderr": (style, cell("threshold = ", **stream("stderr", "RuntimeWarning: overflow\n")), "stderr .*overflow"),
    "an error": (style, cell("threshold = ", **ERROR), "stops with KeyError"),
    "an address": (style, cell("threshold = ", **value("<function f at 0x7f12ab34cd>")), "memory address"),
    "a banned word": (style, put("The curve falls.", "The curve simply falls."), "“simply” in “The curve"),
    "an emoji": (style, put("The curve falls.", "The curve falls \U0001f600."), "leave it out"),
    "a comparison switched off": (
        style,
        put("threshold = ", "# NBVAL_IGNORE_OUTPUT\nthreshold = "),
        "switches the comparison",
    ),
    "a comparison tagged off": (
        style,
        cell("threshold = ", metadata={"tags": ["nbval-skip"]}),
        "switches the comparison",
    ),
    "a literal seed": (reseed, put("default_rng(SEED)", "default_rng(7)"), r"default_rng\(7\) hides the seed 7"),
    "a literal state": (reseed, put("threshold = ", "f = dict(random_state=7)\nthreshold = "), "hides the seed 7"),
    "no seed at all": (reseed, put("default_rng(SEED)", "default_rng()"), "draws other numbers"),
    "the global generator": (reseed, put("rng.exponential", "np.random.exponential"), "numpy's global generator"),
    "no SEED": (reseed, put("SEED = 3", "LEED = 3"), "must set SEED"),
    "SEED twice": (reseed, put("threshold = ", "SEED = 4\nthreshold = "), "must set SEED.*2 do"),
    "a sentence of one seed": (reseed, sentence_of_one_seed, "is not printed any more with SEED"),
    "an assert of one seed": (reseed, put("< 0.02", "< 1e-6"), "AssertionError .*assert abs.*with SEED ="),
    "an unknown section": (
        coverage,
        lambda page: page.notebook["metadata"].update(notes=["9.9.8"]),
        "9.9.8. in the metadata",
    ),
    "a function without tests": (
        coverage,
        put("import markov_bound", "import markov_bound\nfrom companion._validation import as_count"),
        "no test file imports companion._validation.as_count",
    ),
}


@pytest.mark.parametrize(("checker", "broken", "message"), BREAKAGES.values(), ids=BREAKAGES)
def test_a_broken_page_is_found(page, checker, broken, message):
    place = broken(page)
    complaints = checker.complaints(page)
    assert any(re.search(message, text) for text in complaints), complaints
    assert all(page.path.name in text or "corrections/9.9.9" in text for text in complaints)
    if isinstance(place, int) and checker in (numbers, figures, style, examples) and "no cell" not in message:
        assert any(f"cell {place} (" in text for text in complaints), complaints


# Corrections: the data


@pytest.fixture
def entries(monkeypatch):
    return toy_page.install(monkeypatch)[0]


CHECK = toy_page.CORRECTIONS[0]["check"]
BROKEN_ENTRIES = {
    "no entry": (lambda e: e.pop(), "the erratum 9.9.9-x2 has no entry"),
    "twice": (lambda e: e.append(e[1]), "9.9.9-x2 stands twice"),
    "no title": (lambda e: e[0].pop("title"), "9.9.9-x1: the field 'title' is missing"),
    "nothing right": (lambda e: e[0].update(right=" "), "9.9.9-x1: the field 'right' is missing"),
    "a misspelt field": (lambda e: e[0].update(cheque="1"), "'cheque' is unknown"),
    "an unknown id": (lambda e: e[0].update(id="9.9.9-x7"), "9.9.9-x7: is no erratum of 9.9.9"),
    "no proof": (lambda e: e[1].pop("reference"), "9.9.9-x2: needs a check, or a reference"),
    "swapped": (
        lambda e: e[0].update(check=CHECK.replace("0.3", "0.2").replace("0.25", "0.3").replace("0.2\n", "0.25\n")),
        "must leave as_printed = False .*it is True",
    ),
    "no verdict": (lambda e: e[0].update(check="bound = 0.25"), "as_corrected = True .*'missing'"),
    "not a bool": (lambda e: e[0].update(check="as_printed = 0\nas_corrected = True"), "as_printed = False .*it is 0"),
    "an error": (lambda e: e[0].update(check="1 / 0"), "its check stops with ZeroDivisionError"),
    "a number": (lambda e: e[0].update(right="The bound is 0.24."), "9.9.9-x1: 0.24 in “The bound is 0.24.” .right."),
    "no such page": (lambda e: e[0].update(page="nowhere"), "9.9.9-x1: the field 'page' must name .*; it is 'nowhere'"),
}


def test_whole_entries_pass(entries):
    assert corrections.section_complaints("9.9.9") == []


@pytest.mark.parametrize(("broken", "message"), BROKEN_ENTRIES.values(), ids=BROKEN_ENTRIES)
def test_a_broken_entry_is_found(entries, broken, message):
    broken(entries)
    complaints = corrections.section_complaints("9.9.9")
    assert any(re.search(message, text) for text in complaints), complaints
    assert all("corrections/9.9.9.yml" in text for text in complaints)


def test_an_entry_of_a_section_with_two_pages_must_name_one():
    assert corrections.page_complaints({}, ["one"]) == []
    assert corrections.page_complaints({"page": "two"}, ["one", "two"]) == []
    assert "must name one of the section's pages, one, two" in corrections.page_complaints({}, ["one", "two"])[0]


# Answer keys and coverage


def test_a_key_without_exercise_and_an_exercise_without_key_are_found(page):
    questions = exercises.questions("toy-page")
    questions["4"] = questions.pop("3")
    text = "\n".join(exercises.complaints(page))
    assert "exercise toy-page-3 has no question in companion/exercises/keys/toy_page.py" in text
    assert "the question toy-page-4 in companion/exercises/keys/toy_page.py has no exercise" in text


def test_an_example_may_be_worked_out_on_another_page_of_the_section(page):
    other = course.Page(page.path.with_name("other.ipynb"), copy.deepcopy(page.notebook))
    page.cells[find(page, "at most")]["metadata"] = {}
    assert "no cell works out" in "".join(examples.complaints(page, [page]))
    assert examples.complaints(page, [page, other]) == []


def test_promised_sections_are_demanded(page, monkeypatch, tmp_path):
    monkeypatch.setattr(coverage, "PROMISED", tmp_path / "complete.yml")
    assert coverage.course_complaints([page]) == []
    coverage.PROMISED.write_text("- 9.9.9\n")
    assert coverage.course_complaints([page]) == []
    assert "no page mirrors 9.9.9 Toys" in coverage.course_complaints([])[0]
    coverage.PROMISED.write_text("- statistics\n")
    assert "no page mirrors 2.2.1" in coverage.course_complaints([page])[0]
    coverage.PROMISED.write_text("- no part\n")
    with pytest.raises(ValueError, match="no part"):
        coverage.course_complaints([page])


# Reading numbers and outputs


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("0.5, -1.2e-3 and .25.", [0.5, -0.0012, 0.25]),
        ("50,000 of 1_000", [50000, 1000]),
        ("[1. 2.5 3.]", [1, 2.5, 3]),
        ("[13,14,15] 0.1,0.2", [13, 14, 15, 0.1, 0.2]),
        ("np.float64(0.25) x1 L2 C4.5 2.1.13", [0.25]),
        ("1.2 × 10⁻³ and 10⁶", [0.0012, 1e6]),
        ("7/9 and 95th", [7 / 9, 95]),
        ("(−2) 5-3 = 2", [-2, 5, 3, 2]),
        ("k=25: 25 % | -0.0", [25, 25, 0]),
        (numbers.plain(r"$50\,000$, $2^{53}$, $x_{12}$, $\tfrac{1}{45}$, $1{,}500$"), [50000, 2, 1 / 45, 1500]),
        (numbers.plain(r"$$\begin{aligned} a &= 0.25 \\ b &\le e^{-0.5} \end{aligned}$$"), [0.25, -0.5]),
        (numbers.plain("Section 2.3, pages 64 to 66, Python 3.11 and Theorem 8.2.4"), []),
    ],
)
def test_numbers_are_read(text, values):
    assert [number.value for number in numbers.numbers(text)] == pytest.approx(values)


@pytest.mark.parametrize(
    ("written", "printed", "bound"),
    [
        ("0.12", "0.1249", True), ("0.12", "0.125", True), ("0.13", "0.125", True), ("0.12", "0.1251", False),
        ("0.3333", "0.3", False), ("25 %", "0.251", True), ("25 %", "0.26", False), ("12.5 %", "12.5%", True),
        ("0.4", "-0.4", True), ("-0.4", "0.4", False), ("1.2e-3", "0.00124", True), ("about 50,000", "49,873", True),
        ("50,000", "49,873", False), ("7/9", "0.778", True), ("7/90", "0.08", False), ("50/60", "50 60", True),
        ("1/45", "1/45", True), ("16", "15.6", True), ("16", "15.4", False), ("about 100", "140", False),
        ("(1,200)", "1200", True), ("(1,200)", "200", True), ("1,200", "200", False), ("50,000", "50", False),
    ],
)  # fmt: skip
def test_precision_of_the_prose_decides(written, printed, bound):
    (number,) = numbers.numbers(written)
    assert number.needs_binding or written == "7/9"
    assert numbers.Pool(tuple(numbers.numbers(printed)), ()).holds(number) is bound


@pytest.mark.parametrize("text", ["12", "2.", "in 1867", "7/9", "`0.5`", "[a](b-0.5.html)", "{cite}`x0.5`", "(l-0.5)="])
def test_some_numbers_explain_themselves(text):
    assert not [n for n in numbers.numbers(numbers.plain(prose.prose(text))) if n.needs_binding]


def test_literals_are_given_data():
    code = "x = [0.5, -2]\ny = 1 / 8\nz = 10**6\nfor i in range(1, 121): pass"
    assert {0.5, 2, 0.125, 1e6, 120} <= set(numbers.literals(code))


def test_code_in_markdown_is_no_prose():
    text = (
        "A\n\n```python\nx = 0.5\n```\n\n:::{note} Title\n:class: tip-0.5\nB\n:::\n\n```{math}\n:label: eq-25\nc\n```"
    )
    assert prose.prose(text).split() == ["A", "Title", "B", "$$", "c", "$$"]


def test_only_the_words_of_a_print_text_are_typed():
    cell = toy_page.code(
        """print(f"p = 0.5: {x:.3f} {row['2.5']:{5.5}}", "{:.4f}".format(y), "or 25", end="0.1")\nz = "0.7\""""
    )
    assert [n.text for text in prose.printed_strings(cell) for n in numbers.numbers(text)] == ["0.5", "25"]


def test_of_a_player_only_the_captions_are_read():
    html = (
        '<figure class="step-player"><style>a{width:71px}</style><svg viewBox="0 0 360 320"><text>0.7</text>'
        '<svg x="52"><path d="M1 2"/></svg></svg><ol><li>Step 0.25</li></ol><script>let a = 31;</script></figure>'
    )
    shown = [{"output_type": "execute_result", "data": {"text/html": html, "text/plain": "<Player: 4 steps>"}}]
    assert [n.value for n in numbers.numbers(outputs.visible_text(shown))] == [0.25, 4]
    assert len(outputs.players(shown)) == 1


@pytest.mark.parametrize(
    ("exact", "shown", "ok"),
    [
        (1 / 3, "0.333", True), (1 / 3, "0.33", False), (1 / 3, "0.334", False), (0.5, "0.5", True), (99, "99", True),
        (0, "1e-17", True), (0, "0.01", False), (-2, "-2", True), (-2, "2", False), ("16/3", "5.333", True),
        ("1/45 = 0.02", "1/45", True), ("oo", "inf", True), (float("nan"), "nan", True), ("blue", "Blue", True),
        ("blue", "red", False), ("6317408529", "6 3 1 7 4 0 8 5 2 9", True), (0.25, "25.0 %", True),
        ([1, {"a": 2.5}], "1 2.5", True), ([1, {"a": 2.5}], "1 2.6", False), (True, "", True), ("x**2", "", True),
    ],
)  # fmt: skip
def test_exact_results_are_found(exact, shown, ok):
    found = [examples.is_shown(leaf, numbers.numbers(shown), shown) for leaf in examples.leaves(exact)]
    assert all(found) is ok


# Figures


def test_the_same_figure_is_the_same():
    assert figures.difference(toy_page.draw(), toy_page.draw()) == ""


def test_a_moved_point_is_found():
    text = figures.difference(toy_page.draw(), toy_page.draw(moved=0.05))
    assert re.search(r"\d+ of \d+ pixels changed .columns \d+ to \d+, rows", text)


def test_another_size_is_found():
    small = toy_page.Figure(figsize=(2, 2))
    buffer = toy_page.io.BytesIO()
    small.savefig(buffer)
    text = figures.difference(toy_page.draw(), toy_page.base64.b64encode(buffer.getvalue()).decode())
    assert text == "its size was 900 x 540 pixels and is 200 x 200"


@pytest.mark.parametrize(("side", "found"), [(4, False), (5, True)])
def test_a_block_of_pixels_is_found(side, found):
    a, b = np.full((2, 50, 60, 3), 255, dtype=np.uint8)
    b[10 : 10 + side, 10 : 10 + side] = 0
    assert bool(figures.difference(encode(a), encode(b))) is found


def test_faint_differences_do_not_count():
    a, b = np.full((2, 50, 60, 3), 255, dtype=np.uint8)
    b -= 40
    assert figures.difference(encode(a), encode(b)) == ""


def test_a_missing_figure_is_found():
    stored = [{"output_type": "display_data", "data": {"image/png": toy_page.draw()}}]
    assert figures.differences(stored, []) == ["1 figures are stored, but the cell draws 0"]
    assert figures.differences(stored, stored) == []


def encode(pixels):
    buffer = toy_page.io.BytesIO()
    figures.Image.fromarray(pixels).save(buffer, format="png")
    return toy_page.base64.b64encode(buffer.getvalue()).decode()


# Running a page here, as a notebook does


def test_a_cell_shows_what_it_prints_and_its_last_value():
    names = {}
    assert reseed.run_cell("x = 0.5\nprint('a')\nx", names, "<a>")[0]["text"] == "a\n"
    assert outputs.visible_text(reseed.run_cell("x", names, "<b>")) == "\n0.5"
    assert outputs.visible_text(reseed.run_cell("x;", names, "<c>")) == ""


def test_the_settings_of_the_libraries_are_put_back(page):
    import matplotlib as mpl

    before = dict(mpl.rcParams), np.get_printoptions()
    page.cells[find(page, "threshold = ")]["source"] = (
        "import matplotlib.pyplot as plt\nnp.set_printoptions(precision=2)\nplt.rcParams['lines.linewidth'] = 7\n"
        "plt.plot([1, 2])\nplt.show()"
    )
    reseed.run(page, 5)
    assert (dict(mpl.rcParams), np.get_printoptions()) == before
    assert not reseed.plt.get_fignums()


# nbval itself, with our settings


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Execute a notebook, tamper with copies of it, and return what pytest says of them."""
    folder = tmp_path_factory.mktemp("book")
    plot = "import matplotlib.pyplot as plt\nplt.figure(figsize=(3, 2))\nplt.plot([1, 3, 2], 'o')\nplt.show()"
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in (plot, "print(0.25)")])
    nb.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    NotebookClient(nb, kernel_name="python3").execute()
    figure, output, gone = copy.deepcopy(nb), copy.deepcopy(nb), copy.deepcopy(nb)
    (stored,) = figure.cells[0].outputs
    pixels = figures.decode(stored.data["image/png"]).astype(np.uint8)
    pixels[20:30, 20:30] = 0
    stored.data["image/png"] = encode(pixels)
    output.cells[1].outputs[0].text = "0.26\n"
    gone.cells[0].outputs = []
    for name, notebook in {"whole": nb, "figure": figure, "output": output, "gone": gone}.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    settings = [
        "-c",
        str(course.ROOT / "pyproject.toml"),
        "--rootdir",
        str(folder),
        "-p",
        "conftest",
        "-p",
        "no:cacheprovider",
    ]
    command = [sys.executable, "-m", "pytest", *settings, "-p", "no:cacheprovider", "--color=no", "-q", str(folder)]
    return subprocess.run(command, cwd=course.ROOT, capture_output=True, text=True, check=False).stdout


def test_nbval_passes_what_is_whole(report):
    assert "whole.ipynb::Cell" not in report.partition("= short test summary")[2]
    assert "3 failed, 5 passed" in report


def test_nbval_finds_a_changed_figure(report):
    assert "figure.ipynb::Cell 0" in report.partition("= short test summary")[2]
    assert re.search(r"figure.ipynb, code cell 0: figure 1 is not the stored one: \d+ of \d+ pixels changed", report)


def test_nbval_finds_a_changed_output(report):
    assert "output.ipynb::Cell 1" in report.partition("= short test summary")[2]
    assert "0.26" in report


def test_nbval_finds_a_figure_that_is_not_stored(report):
    assert "gone.ipynb::Cell 0" in report.partition("= short test summary")[2]
    assert "gone.ipynb, code cell 0: 0 figures are stored, but the cell draws 1" in report
