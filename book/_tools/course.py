"""The course as data: the sections of the notes, the pages that mirror them, and the corrections.

The site, the notebook tool and the tests all ask here, so that they cannot disagree.
"""

import ast
import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

BOOK = Path(__file__).resolve().parent.parent
ROOT = BOOK.parent
DATA = BOOK / "_data"

PARTS = {
    "probability": "Probability",
    "statistics": "Statistics",
    "linear-algebra": "Linear algebra",
    "calculus": "Calculus",
    "autodiff": "Automatic differentiation",
    "ml-introduction": "Machine learning: introduction",
    "ml-supervised": "Machine learning: supervised",
    "ml-unsupervised": "Machine learning: unsupervised",
    "mixtures": "Machine learning: mixtures (lecture)",
    "ml-practice": "Machine learning: practice",
}


@dataclass(frozen=True)
class Section:
    """One section of the notes, or one topic of the lecture."""

    id: str
    title: str
    part: str
    examples: tuple[dict[str, Any], ...]
    errata: tuple[dict[str, str], ...]

    def errata_ids(self, *weights: str) -> list[str]:
        """Return the ids of the errata of these weights (major, minor, slip)."""
        return [erratum["id"] for erratum in self.errata if erratum["weight"] in weights]


def load_yaml(path: Path) -> Any:
    """Return what the YAML file holds."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@cache
def sections() -> dict[str, Section]:
    """Return all sections and topics by id, in the notes' own order."""
    return {
        str(entry["id"]): Section(
            str(entry["id"]), entry["title"], part, tuple(entry["examples"]), tuple(entry["errata"])
        )
        for part in PARTS
        for entry in load_yaml(DATA / "notes" / f"{part}.yml")
    }


def corrections(section_id: str, slug: str | None = None) -> list[dict[str, str]]:
    """Return the corrections to a section: id, title, says, right, and check or reference.

    Where several pages mirror the section, each entry names its `page`; with a *slug* only those of that page.
    """
    path = DATA / "corrections" / f"{section_id}.yml"
    entries = load_yaml(path) if path.is_file() else []
    return [entry for entry in entries if slug is None or entry.get("page", slug) == slug]


def weight_of(erratum_id: str) -> str:
    """Return the weight of an erratum, such as major."""
    return next(e["weight"] for s in sections().values() for e in s.errata if e["id"] == erratum_id)


@dataclass(frozen=True)
class Page:
    """A notebook of the book."""

    path: Path
    notebook: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> "Page":
        """Read the page from its notebook file."""
        return cls(path, json.loads(path.read_text(encoding="utf-8")))

    @property
    def slug(self) -> str:
        """The file's name without its ending: the prefix of the labels on the page."""
        return self.path.stem

    @property
    def docname(self) -> str:
        """The page's name in the site, such as book/probability/tail-bounds."""
        return self.path.relative_to(ROOT).with_suffix("").as_posix()

    @property
    def notes(self) -> list[str]:
        """The sections of the notes that the page mirrors."""
        return [str(n) for n in self.notebook["metadata"].get("notes", [])]

    @property
    def cells(self) -> list[dict[str, Any]]:
        """All cells."""
        return self.notebook["cells"]

    @property
    def code_cells(self) -> list[dict[str, Any]]:
        """The code cells."""
        return [cell for cell in self.cells if cell["cell_type"] == "code"]

    @cached_property
    def title(self) -> str:
        """The text of the first heading."""
        return re.search(r"^# (.+)$", self.markdown, re.M)[1].strip()

    @property
    def markdown(self) -> str:
        """All prose."""
        return "\n\n".join(source(cell) for cell in self.cells if cell["cell_type"] == "markdown")

    def companion_names(self) -> list[str]:
        """Return the package's functions that the code cells import, such as companion.probability.markov_bound."""
        names = []
        for cell in self.code_cells:
            for node in ast.walk(ast.parse(source(cell))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("companion."):
                    names += [f"{node.module}.{alias.name}" for alias in node.names]
        helpers = ("companion.notebook.", "companion.exercises.")
        return sorted({n for n in names if not n.startswith(helpers) and not n.rpartition(".")[2].startswith("_")})


def source(cell: dict[str, Any]) -> str:
    """Return a cell's source as one text; IPython magics do not occur in the book."""
    return "".join(cell["source"])


def notebooks(book: Path = BOOK) -> list[Path]:
    """Return the paths of all notebooks of the book."""
    return sorted(path for path in book.rglob("*.ipynb") if ".ipynb_checkpoints" not in path.parts)


def pages(book: Path = BOOK) -> list[Page]:
    """Return the notebooks that mirror sections of the notes."""
    return [page for page in map(Page.read, notebooks(book)) if page.notes]


def tests_of(name: str) -> list[str]:
    """Return the test files that import the function *name* (dotted)."""
    module, _, function = name.rpartition(".")
    return [file for file, imported in _imports_of_tests() if (module, function) in imported]


@cache
def _imports_of_tests() -> list[tuple[str, set[tuple[str, str]]]]:
    return [(path.relative_to(ROOT).as_posix(), _imports(path)) for path in sorted((ROOT / "tests").rglob("test_*.py"))]


def _imports(path: Path) -> set[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
