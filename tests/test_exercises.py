"""The answer keys: each solution is correct, each known mistake gets its hint, and no answer breaks them."""

import pkgutil
import warnings
from importlib import import_module

import numpy as np
import pytest

from companion.exercises import Verdict, check, grade, keys
from companion.exercises._check import UNANSWERED
from companion.exercises._questions import NOT_YET, Choice, Function, Mistake, Property, Value

QUESTIONS = [
    pytest.param(question, id=f"{module.name.replace('_', '-')}-{number}")
    for module in pkgutil.iter_modules(keys.__path__)
    for number, question in import_module(f"{keys.__name__}.{module.name}").QUESTIONS.items()
]

NUMBER = Value(0.25, [Mistake(0.75, "That is the other tail."), Mistake(4, "That is 1/p.")], why="It is 1/4.")
ARRAY = Value([1.0, 2.0, 3.0], [Mistake([3.0, 2.0, 1.0], "Reversed."), Mistake([1.0, 2.0, 4.0], "Last one.")])
RAGGED = Value((1.0, [2.0, 3.0]), [Mistake((1.0, [3.0, 2.0]), "Swapped."), Mistake((2.0, [2.0, 3.0]), "First.")])
WORD = Choice("markov", {"chebyshev": "That one needs a variance.", "hoeffding": "That one needs bounds."})
SQUARE = Function(
    lambda x: x**2,
    draw=lambda rng: (rng.normal(size=3),),
    cases=[(np.zeros(2),)],
    mistakes=[Mistake(lambda x: 2 * x, "That is the derivative."), Mistake(lambda x: x**3, "That is the cube.")],
)
ROWS = Value(np.array([0, 2, 3]), [Mistake(np.array([1, 3, 4]), "From 0 on."), Mistake(np.array([1]), "The others.")])
ROOT = Property(
    2.0,
    lambda x: "" if abs(x**2 - 4) < 1e-9 else f"Its square is {x**2:g}.",
    [Mistake(4.0, "Its square is 16."), Mistake(1.0, "Its square is 1.")],
)
KINDS = [
    pytest.param(question, id=f"a-{name}")
    for name, question in {
        "number": NUMBER, "array": ARRAY, "ragged": RAGGED, "word": WORD, "function": SQUARE, "property": ROOT
    }.items()
]  # fmt: skip

every_question = pytest.mark.parametrize("question", QUESTIONS + KINDS)


def fails(*args):
    raise KeyError("a learner's bug")


NONSENSE = {
    "text": "abc", "empty": "", "nan": np.nan, "nothing": [], "letters": ["a", "b"], "dict": {}, "object": object(),
    "huge": 10**400, "complex": 1 + 2j, "complex array": np.array([1j, 2.0]), "shape": np.full((2, 3, 5), 7.0),
    "ragged": [1.0, [2.0, 3.0, 4.0]], "nothing inside": [None, 1.0], "raises": fails, "text out": lambda *args: "abc",
    "ragged out": lambda *args: [1.0, [2.0, 3.0, 4.0]], "complex out": lambda *args: 1j, "no argument": lambda: 0.0,
    "huge out": lambda *args: 10**400,
}  # fmt: skip


def test_there_are_keys():
    assert QUESTIONS


@every_question
def test_the_solution_is_correct(question):
    verdict = question.judge(question.solution)
    assert verdict.correct
    assert verdict.message.startswith("Correct")


@every_question
def test_every_mistake_gets_its_own_hint(question):
    hints = [mistake.hint for mistake in question.mistakes]
    assert len(hints) >= (1 if isinstance(question, Choice) else 2)  # of yes and no, only one is wrong
    assert len(set(hints)) == len(hints)
    for mistake in question.mistakes:
        assert question.judge(mistake.answer) == Verdict(False, f"{NOT_YET} {mistake.hint}")


@every_question
@pytest.mark.parametrize("answer", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_gets_a_sentence(question, answer):
    verdict = question.judge(answer)
    assert verdict.correct is False
    assert verdict.message.startswith(NOT_YET)
    assert len(verdict.message) > len(NOT_YET) + 10


@every_question
def test_the_answer_is_not_changed_and_no_warning_is_given(question):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = question.judge(question.solution), question.judge(question.solution)
    assert first == second


FUNCTIONS = [q for q in QUESTIONS + KINDS if isinstance(q.values[0], Function)]


def stub(*args): ...


def documented_stub(*args):
    """Return the square."""
    ...


@pytest.mark.parametrize("question", FUNCTIONS)
@pytest.mark.parametrize("answer", [stub, documented_stub, lambda *args: ...], ids=["body", "documented", "result"])
def test_a_stub_is_unanswered(question, answer):
    assert question.judge(answer) == Verdict(False, UNANSWERED)


def test_a_function_that_ends_without_a_return_is_told_so():
    def halfway(x):
        if x.sum() > 0:
            return x**2

    message = SQUARE.judge(halfway).message
    assert message == f"{NOT_YET} For the input ([0. 0.]) your function returns None: look for a return."


def test_none_is_a_mistake_like_any_other():
    maybe = Function(
        lambda x: x,
        draw=lambda rng: (rng.normal(),),
        mistakes=[Mistake(lambda x: x if x > 0 else None, "Of all x."), Mistake(lambda x: -x, "The sign.")],
    )
    assert maybe.judge(lambda x: None if x <= 0 else x).message == f"{NOT_YET} Of all x."


def double(table):
    table["x"][0] *= 2
    return table["x"]


@pytest.mark.parametrize("pure", [True, False])
def test_a_changed_argument_is_told_where_the_exercise_forbids_it(pure):
    question = Function(
        lambda table: table["x"] * [2, 1], draw=lambda rng: ({"x": rng.normal(size=2), "name": "a"},), pure=pure
    )
    verdict = question.judge(double)
    assert verdict.correct is not pure
    assert ("your function changes what it was given: work on a copy" in verdict.message) is pure
    assert question.judge(lambda table: double({"x": table["x"].copy()})).correct


LABELS = [parameter.id for parameter in QUESTIONS]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("nothing", [None, ...])
def test_no_answer_is_unanswered(label, nothing, capsys):
    assert grade(label, nothing) == Verdict(False, UNANSWERED)
    check(label, nothing)
    assert capsys.readouterr().out == f"{UNANSWERED}\n"


@pytest.mark.parametrize("label", LABELS)
def test_an_unknown_number_names_the_known_labels(label):
    with pytest.raises(ValueError, match=f"got .*there is: .*{label}"):
        grade(f"{label.rpartition('-')[0]}-99", 1.0)


@pytest.mark.parametrize("label", ["", "no-such-page-1", "tail bounds", "a.b-1", "..-1", "ä-1", 5, "-", "keys-1"])
def test_an_unknown_page_is_named(label):
    with pytest.raises(ValueError, match=r"label must be that of an exercise, got .*; there is: none"):
        grade(label, 1.0)


@pytest.mark.parametrize(
    ("label", "meant"),
    [
        ("em-1", "expectation-maximisation-1"),
        ("svd-2", "singular-value-decomposition-2"),
        ("k-medoid-1", "k-medoids-1"),
        ("KMeans-1", "k-means-1"),
        ("tail-bounds", "tail-bounds-1"),
        ("dbscan", "dbscan-1"),
    ],
)
def test_the_nearest_labels_are_named(label, meant):
    with pytest.raises(ValueError, match=rf"did you mean .*{meant}\b.*\?$"):
        grade(label, 1.0)


def test_nothing_is_near_to_a_label_of_another_kind():
    with pytest.raises(ValueError, match=r"none on a page of that name$"):
        grade("zzz-1", 1.0)


def test_a_rounded_number_is_told_so():
    assert "rounded" in NUMBER.judge(0.2501).message
    assert "rtol" not in NUMBER.judge(0.2501).message


@pytest.mark.parametrize("solution", [177, [691, 2], np.array([55000, 1500000])])
def test_of_a_count_no_digits_are_asked_for(solution):
    count = Value(solution, [])
    assert "whole numbers" in count.judge(np.asarray(solution) * 1.00123).message
    off_by_one = count.judge(np.asarray(solution) + 1).message
    assert "wrong" in off_by_one or "not the number" in off_by_one


def test_the_first_wrong_entry_is_named():
    assert "1 of 3 numbers are wrong; the first wrong one is at index 1" in ARRAY.judge([1.0, 5.0, 3.0]).message


def test_the_first_wrong_input_is_named():
    message = SQUARE.judge(lambda x: x**2 + (x > 0)).message
    assert "your function returns" in message
    assert "right is" in message


def test_a_wrong_shape_is_named():
    assert "one number; yours is a list of 2 numbers" in NUMBER.judge([0.25, 0.25]).message
    assert "shape (2, 1)" in ARRAY.judge(np.ones((2, 1))).message


@pytest.mark.parametrize("found", [np.array([0, 2, 3]), np.array([1, 2]), np.array([], dtype=int)], ids=len)
@pytest.mark.parametrize("question", [ROWS, ARRAY, NUMBER], ids=["rows", "array", "number"])
def test_the_tuple_of_where_is_named(question, found):
    message = question.judge((found,)).message
    assert "as np.where returns it: take np.flatnonzero in its place, or add [0]." in message


@pytest.mark.parametrize("kind", [np.array, list])
def test_a_mask_in_place_of_row_numbers_is_named(kind):
    mask = kind([True, False, True, True, False])
    message = ROWS.judge(mask).message
    assert "yours is a mask of 5 truth values: np.flatnonzero(mask) gives the row numbers." in message
    assert ROWS.judge(np.flatnonzero(mask)).correct
    for other in (ARRAY, Value([0, 1, 1, 0]), Value([7, 8])):  # no row numbers of five rows
        assert "mask" not in other.judge(mask).message


def test_a_function_that_returns_a_tuple_or_a_mask_is_told_so():
    question = Function(lambda x: np.flatnonzero(x > 0), draw=lambda rng: (rng.normal(size=9),))
    assert "as np.where returns it" in question.judge(lambda x: np.where(x > 0)).message
    assert "a mask of 9 truth values" in question.judge(lambda x: x > 0).message
    assert question.judge(lambda x: np.where(x > 0)[0]).correct


def test_letters_of_any_case_are_taken():
    assert WORD.judge(" Markov ").correct


def test_a_function_that_prints_is_told_to_return():
    verdict = SQUARE.judge(lambda x: print(x**2))
    assert not verdict.correct
    assert "end it with return" in verdict.message


def test_one_number_in_a_list_counts_as_that_number():
    assert NUMBER.judge([0.25]).correct
