"""Every number in prose is bound: the page's code printed it, or it is given data.

A number is bound when one that was printed agrees with it to the precision that the prose gives, either half rounded
up or down. Given data are the numeric literals of the visible code cells and the texts of the notes' worked examples. A
number that is typed into a `print` text is prose like any other: it binds nothing and wants to be bound itself.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import course
import numpy as np
from course import Page, source

from tests.checks.outputs import Outputs, visible_text
from tests.checks.prose import (
    MATH,
    captions,
    code_cells,
    is_generated,
    markdown_cells,
    printed_strings,
    prose,
    sentence_at,
    where,
)

HIDDEN = {"hide-input", "hide-cell", "remove-input", "remove-cell"}
SMALLEST_INTEGER = 13  # smaller ones are counted by the reader himself
YEARS = range(1600, 2101)

SUPERSCRIPTS = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
NUMBER = re.compile(
    r"""(?<![\w.])
    (?P<sign>[-−+])?
    (?:(?P<thousands>\d{1,3}(?:[,\u2009\u202f]\d{3})+)(?!\d)|(?P<whole>\d+(?:_\d+)*))?
    (?P<decimals>\.\d+|(?<=\d)\.(?!\w))?
    (?<=[\d.])(?<!\w\.(?=\d))
    (?:[eE](?P<exponent>[-+]?\d+))?
    (?:\s?/\s?(?P<denominator>\d+)(?![\d.]*\.\d))?
    (?!\d|\.\d)
    (?P<percent>\s?(?:%|per\ ?cent))?""",
    re.VERBOSE,
)
ABOUT = re.compile(r"(?:about|roughly|around|near|nearly|almost|approximately|some|≈|~)\s*$", re.I)
IN_A_LIST = re.compile(r"[\[({,]\s*$")
REFERENCES = re.compile(
    r"\b(?:sections?|chapters?|parts?|pages?|pp?\.|theorems?|lemmas?|propositions?|equations?|eqs?\.|tables?|figures?|"
    r"figs?\.|algorithms?|listings?|remarks?|corollary|volume|vol\.|python|numpy|scipy|scikit-learn|matplotlib|pandas|"
    r"jax|version)\s+\d+(?:\.\d+)*(?:\s*(?:–|-|,|and|to|or)\s*\d+(?:\.\d+)*)*",
    re.I,
)
SECTION = re.compile(r"(?<=notes)(,?\s+)(\d+(?:\.\d+)+)")


@dataclass(frozen=True)
class Number:
    """A number as it is written: its value, and the unit of its last digit."""

    text: str
    position: int
    value: float
    unit: float
    percent: bool = False
    decimal: bool = False
    signed: bool = False
    grouped: bool = False
    parts: tuple[int, ...] = ()  # a fraction, or what may be a list such as 1,200: bound also if all of these are

    @property
    def needs_binding(self) -> bool:
        """Whether a reader would want to know where it comes from; small integers and years explain themselves."""
        if self.parts and self.unit == 0:
            return any(part >= SMALLEST_INTEGER for part in self.parts)
        plain = not (self.percent or self.decimal or self.grouped)
        return not plain or (abs(self.value) >= SMALLEST_INTEGER and int(self.value) not in YEARS)

    @property
    def readings(self) -> list["Number"]:
        """The number itself, and for 25 % also 0.25."""
        share = replace(self, value=self.value / 100, unit=self.unit / 100, percent=False)
        return [self, share] if self.percent else [self]

    @property
    def digits(self) -> int:
        """How many significant digits are written."""
        return len(re.sub(r"[eE].*|\D", "", self.text).lstrip("0"))


# Reading numbers


def numbers(text: str) -> list[Number]:
    """Return the numbers in plain text, such as 0.5, -1.2e-3, 50,000, 25 % and 7/9."""
    text = re.sub(r"\s*[×·]\s*10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "e" + m[1].translate(SUPERSCRIPTS), text)
    text = re.sub(r"\b10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda m: "1e" + m[1].translate(SUPERSCRIPTS), text)
    return [to_number(m, text) for m in NUMBER.finditer(text)]


def to_number(m: re.Match[str], text: str) -> Number:
    """Return the number that was matched in a text."""
    whole = re.sub(r"\D", "", m["thousands"] or m["whole"] or "0")
    decimals = (m["decimals"] or "")[1:]
    scale = 10.0 ** (int(m["exponent"] or 0) - len(decimals))
    value = float(f"{m['sign'] or ''}{whole}.{decimals or 0}e{m['exponent'] or 0}".replace("−", "-"))
    number = Number(
        m[0].strip().rstrip("."), m.start(), value, scale, bool(m["percent"]), bool(decimals or m["exponent"])
    )
    number = replace(number, signed=m["sign"] in ("-", "−"))
    if m["denominator"] and int(m["denominator"]):
        return replace(number, value=value / int(m["denominator"]), unit=0.0, parts=(int(whole), int(m["denominator"])))
    if m["thousands"] and IN_A_LIST.search(text[: m.start()]) and not re.search(r"\D0", m["thousands"]):
        number = replace(number, parts=tuple(int(part) for part in re.split(r"\D", m["thousands"])))
    if not decimals and ABOUT.search(text[: m.start()]):
        zeros = len(whole) - len(whole.rstrip("0"))
        number = replace(number, unit=scale * min(10.0**zeros, max(1.0, int(whole) / 10)))
    return replace(number, grouped=bool(m["thousands"]))


def plain_math(tex: str) -> str:
    """Return a formula with its numbers in plain text; whole exponents and indices go."""
    rules = [
        (r"\\begin\{\w+\*?\}(?:\{[^}]*\})?|\\end\{\w+\*?\}|\\(?:label|tag|eqref)\{[^}]*\}", " "),
        (r"(?<=\d)(?:\\[,;: ]|\{,\}|~)(?=\d{3}(?!\d))", ""),
        (r"\\[,;:!]|~", " "),
        (r"\\%", "%"),
        (r"\\approx", "≈"),
        (r"\\le(?:q|qslant)?(?![A-Za-z])", "≤"),
        (r"\\ge(?:q|qslant)?(?![A-Za-z])", "≥"),
        (r"([\d.]+)\s*\\(?:times|cdot)\s*10\^(?:\{([-+]?\d+)\}|(\d))", r"\1e\2\3"),
        (r"(?<![\d.])10\^(?:\{([-+]?\d+)\}|(\d))", r"1e\1\2"),
        (r"\\[dt]?frac\{(\d+)\}\{(\d+)\}", r" \1/\2 "),
        (r"\\[dt]?frac(\d)(\d)", r" \1/\2 "),
        (r"\^(?:\{\s*[-+]?\d+\s*\}|\d)", " "),
        (r"_(?:\{[^{}.]*\}|\w)", " "),
        (r"\\[A-Za-z]+|\\.|[{}$&^_]", " "),
    ]
    for pattern, replacement in rules:
        tex = re.sub(pattern, replacement, tex)
    return f" {tex} "


def plain(text: str) -> str:
    """Return prose with its formulas in plain text, without section numbers, references and versions."""
    text = MATH.sub(lambda m: plain_math(m[0]), text.replace(r"\$", " ").replace(r"\%", "%"))
    text = SECTION.sub(lambda m: m[1] if m[2] in course.sections() else m[0], text)
    return REFERENCES.sub(" ", text)


# What numbers may be bound to


@dataclass(frozen=True)
class Pool:
    """The numbers that prose can be bound to."""

    printed: tuple[Number, ...]
    given: tuple[float, ...]

    @cached_property
    def values(self) -> np.ndarray:
        """All values, given ones with both signs."""
        printed = [reading.value for number in self.printed for reading in number.readings]
        printed += [part for number in self.printed for part in number.parts]
        return np.array([*printed, *self.given, *(-g for g in self.given)])

    def holds(self, number: Number) -> bool:
        """Return whether a number of the prose is bound."""
        if number.parts and all(part < SMALLEST_INTEGER or self.agrees(part, 1.0) for part in number.parts):
            return True
        if number.unit == 0:
            return any(p.digits >= 3 and self.near(p.value, number.value, p.unit) for p in self.printed) or (
                self.agrees(number.value, 1e-12)
            )
        return any(self.agrees(r.value, r.unit, number.signed) for r in number.readings)

    def agrees(self, value: float, unit: float, signed: bool = False) -> bool:
        """Return whether some value rounds to this one; an unsigned number may be the size of a negative one."""
        values = self.values if signed else np.abs(self.values)
        return bool(np.any(self.near(values, value if signed else abs(value), unit)))

    @staticmethod
    def near(a: Any, b: float, unit: float) -> Any:
        """Return whether two numbers differ by half a unit at most, whichever way half is rounded."""
        return np.abs(a - b) <= unit / 2 + 1e-9 * abs(b)

    def nearest(self, number: Number) -> str:
        """Return the value that comes nearest, for the author who looks for his slip."""
        values = self.values[np.isfinite(self.values)]
        if not values.size:
            return "nothing is printed"
        best = min(values, key=lambda v: min(abs(v - r.value) for r in number.readings))
        return f"nearest is {best:.6g}"


def literals(code: str) -> Iterator[float]:
    """Yield the numeric literals of code, and what constant expressions such as 1/6 or 10**6 of them come to."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, (ast.Constant, ast.BinOp)):
            value = constant(node)
            if value is not None:
                yield value
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in ("range", "arange"):
            stops = [constant(argument) for argument in node.args[:2]]
            yield from [stop - 1 for stop in stops if stop is not None]  # the last of arange(51, 121) is 120


def constant(node: ast.expr) -> float | None:
    """Return the value of a constant expression, else None."""
    if isinstance(node, ast.Constant):
        number = isinstance(node.value, (int, float)) and not isinstance(node.value, bool)
        return float(node.value) if number and abs(node.value) < 1e300 else None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = constant(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.BinOp):
        return combine(node.op, constant(node.left), constant(node.right))
    return None


def combine(op: ast.operator, a: float | None, b: float | None) -> float | None:
    """Return a quotient or a power of two constants."""
    if a is None or b is None:
        return None
    if isinstance(op, ast.Div) and b:
        return a / b
    if isinstance(op, ast.Pow) and a > 0 and abs(b * np.log10(a)) < 300:
        return a**b
    return None


def printed(cell: dict[str, Any], outputs: Outputs) -> list[Number]:
    """Return the numbers that a cell computed and shows: those typed into its print texts do not count."""
    typed = {n.text for text in printed_strings(cell) for n in numbers(text) if n.needs_binding}
    return [n for n in numbers(visible_text(outputs)) if n.text not in typed]


def given_in_notes(sections: Iterable[str]) -> list[float]:
    """Return the numbers in the worked examples of these sections: what is given and what the notes print."""
    known = [course.sections()[s] for s in sections if s in course.sections()]
    texts = [str(example[key]) for section in known for example in section.examples for key in ("given", "notes")]
    return [reading.value for text in texts for number in numbers(text) for reading in number.readings]


def pool(page: Page, outputs: dict[int, Outputs] | None = None) -> Pool:
    """Return what the prose of a page can be bound to, from its stored outputs or from fresh ones by cell index.

    The literals of a folded cell, the limits and sizes of a figure, are no data that a reader sees.
    """
    shown: list[Number] = []
    given = given_in_notes(page.notes)
    for index, cell in code_cells(page):
        shown += printed(cell, cell["outputs"] if outputs is None else outputs[index])
        if not HIDDEN & set(cell["metadata"].get("tags", [])):
            given += literals(source(cell))
    return Pool(tuple(shown), tuple(given))


# The check


def unbound(text: str, pool: Pool) -> list[tuple[Number, str]]:
    """Return the numbers of plain text that are not in the pool, each with its sentence."""
    return [
        (number, sentence_at(text, number.position))
        for number in numbers(text)
        if number.needs_binding and not pool.holds(number)
    ]


def passages(page: Page) -> Iterator[tuple[int, str]]:
    """Yield cell index and plain text of all that an author wrote: text, captions, alt texts, and texts to print."""
    for index, text in markdown_cells(page):
        yield index, plain(prose(text))
    for index, cell in code_cells(page):
        yield from ((index, plain(prose(text))) for text in captions(cell))
        if not is_generated(cell):
            yield from ((index, text) for text in printed_strings(cell))


def problems(page: Page, outputs: dict[int, Outputs] | None = None) -> dict[tuple[int, str, str], str]:
    """Return the unbound numbers of a page, by cell index, number and sentence, each with the nearest bound one."""
    found = pool(page, outputs)
    return {
        (index, number.text, sentence): found.nearest(number)
        for index, text in passages(page)
        for number, sentence in unbound(text, found)
    }


def complaints(page: Page, outputs: dict[int, Outputs] | None = None) -> list[str]:
    """Return a complaint for each number in prose that nothing on the page computes."""
    return [
        f"{where(page, index)}: {number} in “{sentence}” is not among the numbers that the page prints ({nearest}): "
        "print it in a code cell, or correct the sentence"
        for (index, number, sentence), nearest in problems(page, outputs).items()
    ]
