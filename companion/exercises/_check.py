"""From the label of an exercise to the verdict on an answer."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

UNANSWERED = "Not answered yet: put your answer in place of the ... and run the cell again."


@dataclass(frozen=True)
class Verdict:
    """What there is to say about an answer.

    Parameters
    ----------
    correct : bool
        Whether the answer is right.
    message : str
        The sentence for the learner: a confirmation, or a hint that fits the mistake.

    Examples
    --------
    >>> Verdict(True, "Correct.").correct
    True
    """

    correct: bool
    message: str


def grade(label: str, answer: Any) -> Verdict:
    """Judge an answer to an exercise, and return the verdict.

    Parameters
    ----------
    label : str
        The exercise's label, as it stands on its page: the page's name, a hyphen, the exercise's number.
    answer : object
        A number, an array, a word or a function, as the exercise asks.

    Returns
    -------
    Verdict
        Its `correct` is a bool, its `message` a sentence.

    Raises
    ------
    ValueError
        If there is no exercise of that label.

    Examples
    --------
    >>> grade("tail-bounds-1", ...).message
    'Not answered yet: put your answer in place of the ... and run the cell again.'
    """
    question = find_question(label)
    if is_blank(answer):
        return Verdict(False, UNANSWERED)
    verdict: Verdict = question.judge(answer)
    return verdict


def check(label: str, answer: Any) -> None:
    """Judge an answer to an exercise, and print the verdict.

    Parameters
    ----------
    label : str
        The exercise's label, as it stands on its page: the page's name, a hyphen, the exercise's number.
    answer : object
        A number, an array, a word or a function, as the exercise asks.

    Raises
    ------
    ValueError
        If there is no exercise of that label.

    Examples
    --------
    >>> check("tail-bounds-1", ...)
    Not answered yet: put your answer in place of the ... and run the cell again.
    """
    print(grade(label, answer).message)


def is_blank(answer: Any) -> bool:
    """Return whether an answer is still the stub's ..., or holds one."""
    return answer is None or answer is ... or (isinstance(answer, (tuple, list)) and any(map(is_blank, answer)))


def find_question(label: str) -> Any:
    """Return the question behind a label such as tail-bounds-1."""
    page, _, number = str(label).rpartition("-")
    module = f"companion.exercises.keys.{page.replace('-', '_')}"
    questions = import_module(module).QUESTIONS if page.replace("-", "_").isidentifier() and find_spec(module) else {}
    if number not in questions:
        known = ", ".join(f"{page}-{n}" for n in questions) or "none on a page of that name"
        raise ValueError(f"label must be that of an exercise, got {label!r}; there is: {known}")
    return questions[number]
