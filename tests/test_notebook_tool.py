"""The notebook tool: text and back changes nothing, the stored form is normal, corrections come from their data."""

import json
import shutil

import course
import nbformat
import notebooks
import pytest

PAGES = pytest.mark.parametrize("page", course.notebooks(), ids=lambda path: path.stem)


def stripped(nb):
    """What an author edits: metadata, sources and cell metadata, without outputs."""
    cells = [(cell["cell_type"], cell["source"], dict(cell["metadata"])) for cell in nb["cells"]]
    return dict(nb["metadata"]), cells


@PAGES
def test_text_and_back_changes_nothing(page, tmp_path, monkeypatch):
    monkeypatch.setattr(notebooks, "TEXTS", tmp_path)
    monkeypatch.setattr(notebooks, "ROOT", tmp_path)
    stored = nbformat.read(page, as_version=4)
    text = notebooks.read_text(notebooks.write_text(page))
    again = notebooks.normalise(notebooks.insert_corrections(text, page.stem))
    assert stripped(again) == stripped(stored)


@PAGES
def test_stored_form_is_the_normal_form(page):
    text = page.read_text(encoding="utf-8")
    assert nbformat.writes(notebooks.normalise(nbformat.reads(text, as_version=4))) + "\n" == text


@PAGES
def test_every_page_names_its_sections(page):
    assert course.Page.read(page).notes, f'{page.name}: its metadata names no section of the notes ("notes": [...])'


def test_an_address_in_an_output_is_refused():
    cell = nbformat.v4.new_code_cell("object()")
    cell.outputs = [nbformat.v4.new_output("stream", text="<object object at 0x7f0123456789>")]
    with pytest.raises(ValueError, match="cell 0: a memory address"):
        notebooks.normalise(nbformat.v4.new_notebook(cells=[cell]))


def test_corrections_replace_older_ones():
    old = nbformat.v4.new_markdown_cell("old", metadata=notebooks.GENERATED)
    heading = nbformat.v4.new_markdown_cell(notebooks.HEADING)
    nb = nbformat.v4.new_notebook(cells=[heading, old], metadata={"notes": ["2.1.13"]})
    cells = notebooks.insert_corrections(nb, "tail-bounds").cells
    assert cells[0] == heading
    assert all(cell.metadata == notebooks.GENERATED and cell.source != "old" for cell in cells[1:])
    assert sum(cell.cell_type == "code" for cell in cells) == len(course.sections()["2.1.13"].errata_ids("major"))


def test_each_page_of_a_section_has_its_own_corrections(monkeypatch):
    entry = {"title": "t", "says": "s", "right": "r", "reference": "book"}
    ids = course.sections()["2.1.13"].errata_ids("major")[:2]
    data = [{**entry, "id": ids[0], "page": "first"}, {**entry, "id": ids[1], "page": "second"}]
    monkeypatch.setattr(course, "load_yaml", lambda path: data if path.parent.name == "corrections" else [])
    assert [e["id"] for e in course.corrections("2.1.13")] == ids
    assert [e["id"] for e in course.corrections("2.1.13", "second")] == ids[1:]
    assert course.corrections("2.1.13", "third") == []


def test_a_run_stores_what_a_second_run_leaves_alone(tmp_path, monkeypatch):
    page = tmp_path / "page.ipynb"
    shutil.copy(course.BOOK / "probability" / "tail-bounds.ipynb", page)
    nb = json.loads(page.read_text(encoding="utf-8"))
    nb["cells"] = nb["cells"][:3]
    page.write_text(json.dumps(nb), encoding="utf-8")
    assert notebooks.execute(page)
    assert not notebooks.execute(page)


@pytest.mark.parametrize("change", ["source", "metadata", "outputs"])
def test_a_page_is_due_when_anything_that_it_shows_has_changed(tmp_path, change):
    page = tmp_path / "page.ipynb"
    shutil.copy(course.BOOK / "probability" / "tail-bounds.ipynb", page)
    before = notebooks.fingerprint(page)
    nb = json.loads(page.read_text(encoding="utf-8"))
    cell = next(cell for cell in nb["cells"] if cell.get("outputs"))
    cell[change] = {"source": ["1"], "metadata": {"tags": ["new"]}, "outputs": []}[change]
    page.write_text(json.dumps(nb), encoding="utf-8")
    assert notebooks.fingerprint(page) != before
