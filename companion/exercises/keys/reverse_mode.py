"""Answers to the exercises of the page on the reverse mode."""

from typing import Any

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Value


def draw_tape(rng: np.random.Generator) -> tuple[list[tuple[float, list[tuple[int, float]]]]]:
    """Draw the tape of a small program of sums and products."""
    tape: list[tuple[float, list[tuple[int, float]]]] = [(float(value), []) for value in rng.uniform(-2, 2, size=2)]
    for _ in range(int(rng.integers(2, 7))):
        i, j = (int(k) for k in rng.integers(len(tape), size=2))
        a, b = tape[i][0], tape[j][0]
        product = rng.random() < 0.6
        tape.append((a * b, [(i, b), (j, a)]) if product else (a + b, [(i, 1.0), (j, 1.0)]))
    i = len(tape) - 1
    tape.append((tape[i][0] ** 2, [(i, tape[i][0]), (i, tape[i][0])]))
    return (tape,)


def backward(tape: Any) -> list[float]:
    """Return the adjoints of all steps."""
    bars = [0.0] * (len(tape) - 1) + [1.0]
    for k in reversed(range(len(tape))):
        for i, slope in tape[k][1]:
            bars[i] += slope * bars[k]
    return bars


def overwriting(tape: Any) -> list[float]:
    """A wrong one, which keeps one contribution only."""
    bars = [0.0] * (len(tape) - 1) + [1.0]
    for k in reversed(range(len(tape))):
        for i, slope in tape[k][1]:
            bars[i] = slope * bars[k]
    return bars


def forwards(tape: Any) -> list[float]:
    """A wrong one, which goes through the tape from the front."""
    bars = [0.0] * (len(tape) - 1) + [1.0]
    for k in range(len(tape)):
        for i, slope in tape[k][1]:
            bars[i] += slope * bars[k]
    return bars


def without_the_adjoint(tape: Any) -> list[float]:
    """A wrong one, which adds the local derivatives alone."""
    bars = [0.0] * (len(tape) - 1) + [1.0]
    for k in reversed(range(len(tape))):
        for i, slope in tape[k][1]:
            bars[i] += slope
    return bars


def direction(x: Any) -> Any:
    """Return the unit vector along x."""
    return x / np.linalg.norm(x)


QUESTIONS = {
    "1": Value(
        [1, 1, 0, 6],
        mistakes=[
            Mistake([1, 1, 0, 5], "The contribution through the sine is missing: cos(0) times its adjoint."),
            Mistake([1, 1, 0, 1], "The contribution through the product is missing: w2 = 5 times its adjoint."),
            Mistake([1, 1, 5, 1], "The product hands each operand the *other* one: w1 to x2, and w2 to x1."),
            Mistake([6, 0, 1, 1], "In this order: w4, w3, w2, w1, from the top down."),
        ],
        why="The last two are the gradient, in one sweep.",
    ),
    "2": Function(
        backward,
        draw=draw_tape,
        cases=[([(2.0, []), (3.0, []), (6.0, [(0, 3.0), (1, 2.0)]), (8.0, [(2, 1.0), (0, 1.0)])],)],
        mistakes=[
            Mistake(
                overwriting, "An operand that is used twice must collect both contributions: add, do not overwrite."
            ),
            Mistake(
                forwards, "From the last step to the first: only then is an adjoint complete when it is passed on."
            ),
            Mistake(
                without_the_adjoint, "Multiply the local derivative by the adjoint of the step that uses the operand."
            ),
            Mistake(lambda tape: backward(tape)[:2], "Return the adjoints of all steps, not those of the inputs only."),
        ],
        why="This loop, with more operations, is what trains neural networks.",
    ),
    "3": Choice(
        "add",
        {
            "multiply": "The slopes of a product are its operands, crosswise: both must be kept.",
            "sin": "The slope of the sine is the cosine of the operand: it must be kept.",
            "exp": "Its slope is its result: that must be kept.",
        },
        why="Linear steps need no values at all.",
    ),
    "4": Function(
        direction,
        draw=lambda rng: (rng.normal(size=int(rng.integers(1, 6))),),
        cases=[(np.array([3.0, 4.0]),), (np.array([0.0, -2.0, 0.0]),)],
        mistakes=[
            Mistake(lambda x: 2 * x, "That is the gradient of the squared norm; take the root as well."),
            Mistake(lambda x: x / 2 / np.linalg.norm(x), "The inner function x * x has the slope 2 x."),
            Mistake(
                lambda x: float(np.linalg.norm(x)), "That is the value; the function that vjp returns has the gradient."
            ),
            Mistake(
                lambda x: (direction(x),), "vjp's function returns a tuple, one entry an argument: take the first."
            ),
        ],
        why="Its length is 1, wherever x is.",
    ),
}
