"""The kinds of question that an answer key is made of.

Each question knows a right answer (`solution`) and some wrong ones that learners give (`mistakes`), each with the
hint that fits it. The tests hold every key to that: the solution passes, each mistake gets its own hint.
"""

from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from copy import deepcopy
from dataclasses import dataclass
from io import StringIO
from typing import Any

import numpy as np

from companion.exercises._check import UNANSWERED, Verdict, is_blank

NOT_YET = "Not yet."
# How near to the right answer "close" is, and how much a learner's rounding may change a wrong one.
CLOSE, ROUNDED = 0.01, 0.005
NO_RETURN = "Your function prints its result and returns None; end it with return in place of print."


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that learners give, and the hint for it."""

    answer: Any
    hint: str


@dataclass(frozen=True)
class Value:
    """A question whose answer is a number, an array of numbers, or a list of such."""

    solution: Any
    mistakes: Sequence[Mistake] = ()
    rtol: float = 5e-6  # what rounding to six significant digits may change
    atol: float = 1e-12
    why: str = ""

    def judge(self, answer: Any) -> Verdict:
        """Compare the answer with the solution, then with the known mistakes."""
        problem = shape_problem(answer, self.solution)
        if problem:
            return Verdict(False, f"{NOT_YET} {problem}")
        if self.agree(answer, self.solution):
            return Verdict(True, f"Correct. {self.why}".strip())
        rounded = () if self.agree(answer, self.solution, CLOSE) else (ROUNDED,)
        for rtol in (self.rtol, *rounded):  # a mistake may come rounded, too
            for mistake in self.mistakes:
                if not shape_problem(answer, mistake.answer) and self.agree(answer, mistake.answer, rtol):
                    return Verdict(False, f"{NOT_YET} {mistake.hint}")
        return Verdict(False, f"{NOT_YET} {self.distance(answer)}")

    def agree(self, answer: Any, other: Any, rtol: float | None = None) -> bool:
        """Return whether two answers are equal to the tolerance."""
        rtol = self.rtol if rtol is None else rtol
        return bool(np.allclose(as_numbers(answer), as_numbers(other), rtol=rtol, atol=self.atol))

    def distance(self, answer: Any) -> str:
        """Return what can be said about a wrong number without giving the right one away."""
        a, b = as_numbers(answer), as_numbers(self.solution)
        wrong = ~np.isclose(a, b, rtol=self.rtol, atol=self.atol)
        counted = are_counts(self.solution)
        if counted and np.any(a % 1 != 0):
            return "The answer is in whole numbers; yours is not: look for a count, and whether to round up or down."
        if not counted and np.allclose(a, b, rtol=CLOSE, atol=self.atol):
            digits = int(np.ceil(1 - np.log10(2 * self.rtol) - 1e-9))
            return f"That is close, within 1 %, but rounded or approximate: give it to {digits} significant digits."
        if a.size > 1:
            return f"{int(wrong.sum())} of {a.size} numbers are wrong; the first wrong one is at index {first(wrong)}."
        return "That is not the number. Do the steps again, one line each, and print what each gives."


@dataclass(frozen=True)
class Choice:
    """A question whose answer is one of a few words, each wrong one with its hint."""

    solution: str
    hints: dict[str, str]
    why: str = ""

    @property
    def mistakes(self) -> list[Mistake]:
        """The wrong options with their hints."""
        return [Mistake(option, hint) for option, hint in self.hints.items()]

    def judge(self, answer: Any) -> Verdict:
        """Compare the word, letters of any case, with the options."""
        word = answer.strip(" .!\"'").lower() if isinstance(answer, str) else ""
        if word == self.solution:
            return Verdict(True, f"Correct. {self.why}".strip())
        if word in self.hints:
            return Verdict(False, f"{NOT_YET} {self.hints[word]}")
        options = ", ".join(repr(option) for option in sorted([self.solution, *self.hints]))
        return Verdict(False, f"{NOT_YET} The answer is one of {options}; got {short(answer)}.")


@dataclass(frozen=True)
class Function:
    """A question whose answer is a function; it is tried on `cases` and on 30 random inputs from `draw`."""

    solution: Callable[..., Any]
    draw: Callable[[np.random.Generator], tuple[Any, ...]]
    cases: Sequence[tuple[Any, ...]] = ()
    mistakes: Sequence[Mistake] = ()
    rtol: float = 1e-6
    atol: float = 1e-10
    why: str = ""
    pure: bool = False  # whether the exercise asks to leave the arguments as they are

    def judge(self, answer: Any) -> Verdict:
        """Compare the function with the reference on many inputs, then with the known mistakes."""
        if not callable(answer):
            return Verdict(False, f"{NOT_YET} The answer is a function; got {type(answer).__name__}.")
        inputs = self.inputs()
        problem = self.first_difference(answer, self.solution, inputs)
        if not problem:
            return Verdict(True, f"Correct, on {len(inputs)} inputs. {self.why}".strip())
        if problem != UNANSWERED:
            for mistake in self.mistakes:
                if not self.first_difference(answer, mistake.answer, inputs):
                    return Verdict(False, f"{NOT_YET} {mistake.hint}")
        return Verdict(False, problem if problem == UNANSWERED else f"{NOT_YET} {problem}")

    def inputs(self) -> list[tuple[Any, ...]]:
        """Return the inputs that an answer is tried on."""
        rng = np.random.default_rng(0)
        return [*self.cases, *(self.draw(rng) for _ in range(30))]

    def first_difference(self, answer: Any, reference: Any, inputs: list[tuple[Any, ...]]) -> str:
        """Return a sentence on the first input where two functions differ, or an empty text."""
        for args in inputs:
            shown = ", ".join(short(a) for a in args)
            given, printed = deepcopy(args), StringIO()
            try:
                with redirect_stdout(printed):
                    got = answer(*given)
            except Exception as error:  # whatever a learner's function raises is for him to read
                return f"For the input ({shown}) your function raises {type(error).__name__}: {error}"
            wanted = reference(*deepcopy(args))
            if is_blank(got) and wanted is not None:
                return self.without_result(answer, shown, printed.getvalue()) if got is None else UNANSWERED
            if self.pure and not same(given, args):
                return f"For the input ({shown}) your function changes what it was given: work on a copy."
            problem = shape_problem(got, wanted)
            if problem:
                return f"For the input ({shown}): {problem}"
            if not np.allclose(as_numbers(got), as_numbers(wanted), rtol=self.rtol, atol=self.atol, equal_nan=True):
                return f"For the input ({shown}) your function returns {short(got)}; right is {short(wanted)}."
        return ""

    @staticmethod
    def without_result(answer: Callable[..., Any], shown: str, printed: str) -> str:
        """Say why a function has returned None: it is still the stub, it prints, or it ends without a return."""
        if is_stub(answer):
            return UNANSWERED
        return NO_RETURN if printed else f"For the input ({shown}) your function returns None: look for a return."


@dataclass(frozen=True)
class Property:
    """A question with many right answers: `problem` says what an answer lacks, or returns an empty text."""

    solution: Any
    problem: Callable[[Any], str]
    mistakes: Sequence[Mistake] = ()
    why: str = ""

    def judge(self, answer: Any) -> Verdict:
        """Ask `problem`; an error in it means that the answer has not the form that is asked for."""
        try:
            problem = self.problem(deepcopy(answer))
        except Exception as error:  # the answer may be anything at all
            problem = f"The answer has not the form that is asked for ({type(error).__name__}: {error})."
        return Verdict(False, f"{NOT_YET} {problem}") if problem else Verdict(True, f"Correct. {self.why}".strip())


def is_stub(function: Callable[..., Any]) -> bool:
    """Return whether a function has nothing but the ... (and maybe a docstring) in its body."""

    def stub() -> None: ...

    code = getattr(function, "__code__", None)
    return code is not None and code.co_code[::2] == stub.__code__.co_code[::2]  # without the operands


def same(a: Any, b: Any) -> bool:
    """Return whether two nests of lists, dictionaries and arrays are equal."""
    try:
        np.testing.assert_equal(a, b)
    except AssertionError:
        return False
    return True


def are_counts(value: Any) -> bool:
    """Return whether all numbers of an answer are integers."""
    if isinstance(value, (tuple, list)):
        return all(map(are_counts, value))
    return np.asarray(value).dtype.kind in "iu"


def as_numbers(value: Any) -> Any:
    """Return an answer as one flat float array; pairs and lists are strung together."""
    if isinstance(value, (tuple, list)):
        return np.concatenate([as_numbers(v) for v in value]) if len(value) else np.empty(0)
    if np.asarray(value).dtype.kind in "cSU":  # NumPy would drop an imaginary part, and read "0.5" as a number
        raise TypeError("complex or text")
    return np.asarray(value, dtype=float).ravel()


def shape_problem(answer: Any, wanted: Any) -> str:
    """Return what is wrong with the form of an answer, or an empty text."""
    try:
        numbers = as_numbers(answer)
    except (TypeError, ValueError, OverflowError):
        return f"The answer must be numeric; got {type(answer).__name__} {short(answer)}."
    if np.isnan(numbers).any() and not np.isnan(as_numbers(wanted)).any():
        return "Your answer holds nan (not a number): look for 0/0 or the logarithm of a negative number."
    a, b = form(answer), form(wanted)
    if a != b and (a, b) != ((1,), ()):
        return f"The answer must be {a_form(b)}; yours is {a_selection(answer, wanted) or a_form(a)}."
    size = as_numbers(wanted).size
    return "" if numbers.size == size else f"The answer must have {size} numbers in all; yours has {numbers.size}."


def a_selection(answer: Any, wanted: Any) -> str:
    """Return what NumPy gave in place of row numbers, and how to get at them; else an empty text."""
    if isinstance(answer, tuple) and len(answer) == 1 and isinstance(answer[0], np.ndarray):
        return "a tuple that holds one array, as np.where returns it: take np.flatnonzero in its place, or add [0]"
    if len(form(answer)) == len(form(wanted)) == 1 and np.asarray(answer).dtype == bool:
        rows = np.asarray(wanted)
        if rows.dtype.kind in "iu" and len(set(rows.tolist())) == len(rows) and np.all(rows < len(answer)):
            return f"a mask of {len(answer)} truth values: np.flatnonzero(mask) gives the row numbers"
    return ""


def form(value: Any) -> tuple[int, ...]:
    """Return the shape of an answer; a list of numbers counts as an array, unlike parts as their number."""
    try:
        return np.shape(value)
    except ValueError:
        return (len(value), -1)


def a_form(shape: tuple[int, ...]) -> str:
    """Return a shape in words."""
    if shape == ():
        return "one number"
    if -1 in shape:
        return f"a list of {shape[0]} parts"
    return f"a list of {shape[0]} numbers" if len(shape) == 1 else f"an array of shape {shape}"


def short(value: Any) -> str:
    """Return a value as a learner can read it."""
    with np.printoptions(precision=6, threshold=8, edgeitems=2):
        if isinstance(value, (float, np.floating)):
            return f"{value:.6g}"
        text = getattr(value, "__name__", None) if callable(value) else str(value)
    return f"{text if text is not None else type(value).__name__}".replace("\n", " ")


def first(wrong: Any) -> int:
    """Return the index of the first True."""
    return int(np.argmax(wrong))
