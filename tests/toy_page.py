"""A small page that every checker accepts, made in code: the tests of the checkers break one thing of it at a time."""

import base64
import io
from importlib.machinery import ModuleSpec
from types import ModuleType

import course
import notebooks
import numpy as np
from matplotlib.figure import Figure

from companion.exercises._questions import Choice, Value
from tests.checks import reseed

PATH = course.ROOT / "toy-page.ipynb"
SECTION = course.Section(
    id="9.9.9",
    title="Toys",
    part="probability",
    examples=(
        {"id": "9.9.9-e1", "given": "mean 50, at least 200", "notes": "at most 0.3", "exact": [0.25, {"odds": "1/3"}]},
    ),
    errata=({"id": "9.9.9-x1", "weight": "major"}, {"id": "9.9.9-x2", "weight": "minor"}),
)
CORRECTIONS = [
    {
        "id": "9.9.9-x1",
        "title": "A quarter",
        "says": "The bound is 0.3.",
        "right": "The bound is 0.25, which is 25 %.",
        "check": "bound = 50 / 200\nas_printed = bound == 0.3\nas_corrected = bound == 0.25\n",
    },
    {"id": "9.9.9-x2", "title": "A name", "says": "Tchebychev, 1874.", "right": "Chebyshev.", "reference": "Feller"},
]
QUESTIONS = {
    "1": Value(0.25),
    "2": Value([1.0, 2.0]),
    "3": Choice("markov", {"chernoff": "That one needs more."}),
}
FILLER = "A page says one thing at a time, and shows it before it names it. " * 45


def markdown(text):
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(text, **metadata):
    return {"cell_type": "code", "metadata": metadata, "source": text, "outputs": [], "execution_count": None}


def figure_metadata(name):
    alt = f"A falling curve, named {name}, that ends at the axis."
    return {"image": {"alt": alt}, "figure": {"caption": "The curve falls.", "name": name}}


def exercise(number, answer):
    label = f"toy-page-{number}"
    return [
        markdown(f"```{{exercise}} Title\n:label: {label}\n\nHow much?\n```"),
        code(f'answer = ...\ncheck("{label}", answer)'),
        markdown(f"```{{solution-start}} {label}\n:class: dropdown\n```"),
        code(f'check("{label}", {answer})'),
        markdown("```{solution-end}\n```"),
    ]


def draw(points=20, moved=0.0):
    """Return a scatter plot as a PNG in base64, one point of it moved."""
    figure = Figure(figsize=(5, 3), dpi=180)
    y = np.linspace(1, 0, points)
    y[points // 2] += moved
    figure.subplots().scatter(np.arange(points), y)
    buffer = io.BytesIO()
    figure.savefig(buffer, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


def cells():
    return [
        markdown(
            "# Toy page\n\nHow far does a mean reach?\n\n````{admonition} This page\nYou will learn\n\n- to bound\n"
            "- to check the bound\n\nYou need {doc}`/book/notation`.\n````"
        ),
        code(
            "import numpy as np\nfrom companion.exercises import check\n"
            "from companion.probability import markov_bound\n\nSEED = 3"
        ),
        markdown(
            f"## The idea: a mean limits the tail\n\n{FILLER}\n\n```{{prf:theorem}} Markov\n:label: thm-toy\n\n"
            "$P(X \\ge a) \\le \\mu / a$.\n```\n\n**Quick check.** Is it sharp?\n\n```{dropdown} Answer\nYes.\n```"
        ),
        markdown("## Run it\n\nThe bound is $0.25$, that is 25 %, for a mean of 50 and a threshold of 200."),
        code('print(f"at most {markov_bound(50, 200):.4f}")\nprint(f"odds {1 / 3:.3f}")', examples=["9.9.9-e1"]),
        code("threshold = 10 * np.arange(1, 4)\nthreshold"),
        code("assert markov_bound(50, 200) < 1"),
        markdown("## See it\n\nThe curve falls."),
        code("figure = 1", mystnb=figure_metadata("first")),
        code("figure = 2", mystnb=figure_metadata("second")),
        markdown("## Check it\n\nThe share of the sample beyond its mean is 0.4 to one digit."),
        code(
            "rng = np.random.default_rng(SEED)\nsample = rng.exponential(size=100_000)\n"
            'print(f"share {np.mean(sample > 1):.4f}")\nassert abs(np.mean(sample > 1) - np.exp(-1)) < 0.02'
        ),
        markdown(
            "## Where it goes wrong\n\nA negative variable has no such bound (notes, 9.9.9; in 1867 and on page 64)."
        ),
        markdown("## Corrections to the notes\n\nWhat follows is right."),
        *notebooks.correction_cells(CORRECTIONS),
        markdown("## Exercises"),
        *exercise(1, 0.25),
        *exercise(2, [1, 2]),
        *exercise(3, '"markov"'),
        markdown("## In short\n\n- A mean limits a tail.\n- It is sharp.\n- It is wide."),
        markdown("## Read on\n\n[Tails](tail-bounds.ipynb), and {cite:p}`feller,billingsley`."),
    ]


def make():
    """Return the page, executed."""
    page = course.Page(PATH, {"metadata": {"notes": ["9.9.9"]}, "cells": [dict(cell) for cell in cells()]})
    for index, cell in enumerate(page.cells):
        cell["id"] = f"c{index:02d}"
    outputs = reseed.run(page)
    for count, (index, shown) in enumerate(outputs.items(), 1):
        cell = page.cells[index]
        cell["execution_count"] = count
        cell["outputs"] = [o for o in shown if o["output_type"] != "stream" or o["text"]]
        if "mystnb" in cell["metadata"]:
            cell["outputs"].append(
                {"output_type": "display_data", "data": {"image/png": draw(), "text/plain": "Figure"}}
            )
    return page


def install(monkeypatch):
    """Let the course know the toy section, its corrections and its answer key."""
    corrections = [dict(entry) for entry in CORRECTIONS]
    known = {**course.sections(), "9.9.9": SECTION}
    monkeypatch.setattr(course, "sections", lambda: known)
    monkeypatch.setattr(course, "corrections", lambda section, slug=None: corrections if section == "9.9.9" else [])
    name = "companion.exercises.keys.toy_page"
    module = ModuleType(name)
    module.QUESTIONS, module.__spec__ = dict(QUESTIONS), ModuleSpec(name, None)
    monkeypatch.setitem(__import__("sys").modules, name, module)
    return corrections, module
