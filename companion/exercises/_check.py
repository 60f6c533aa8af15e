"""From the label of an exercise to the verdict on an answer."""

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import Any

KEYS = "companion.exercises.keys"
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
    questions = questions_of(page)
    if number not in questions:
        known = labels_of(page) or f"none on a page of that name{nearest_labels(str(label))}"
        raise ValueError(f"label must be that of an exercise, got {label!r}; there is: {known}")
    return questions[number]


def questions_of(page: str) -> dict[str, Any]:
    """Return the questions of a page by their numbers; of an unknown page there are none."""
    module = f"{KEYS}.{page.replace('-', '_')}"
    known = page.replace("-", "_").isidentifier() and find_spec(module)
    questions: dict[str, Any] = import_module(module).QUESTIONS if known else {}
    return questions


def labels_of(page: str) -> str:
    """Return the labels of a page, in one line."""
    return ", ".join(f"{page}-{number}" for number in questions_of(page))


def nearest_labels(label: str) -> str:
    """Return the labels of the pages that a mistyped or shortened label may mean, or an empty text."""
    page = label.lower().rpartition("-")[0] or label.lower()
    pages = [module.name.replace("_", "-") for module in iter_modules(import_module(KEYS).__path__)]
    near = [other for name in (label.lower(), page) for other in get_close_matches(name, pages)]
    for other in pages:
        words = other.split("-")
        if page in (*words, "".join(word[0] for word in words)):  # em stands for expectation-maximisation
            near.append(other)
    return f"; did you mean {', '.join(map(labels_of, list(dict.fromkeys(near))[:3]))}?" if near else ""
