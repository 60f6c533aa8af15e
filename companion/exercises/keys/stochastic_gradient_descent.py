"""Answers to the exercises of the page on stochastic gradient descent."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value


def batch_gradient(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the gradient of the mean squared error over a batch."""
    return 2 / len(batch) * X[batch].T @ (X[batch] @ w - y[batch])


def divided_by_n(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the gradient with the sum divided by the number of all points."""
    return batch_gradient(w, X, y, batch) * len(batch) / len(y)


def summed(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the sum of the point gradients."""
    return batch_gradient(w, X, y, batch) * len(batch)


def halved(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the gradient of half the squared error."""
    return batch_gradient(w, X, y, batch) / 2


def with_wrong_sign(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the negative gradient."""
    return -batch_gradient(w, X, y, batch)


def of_all_points(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the gradient over all points."""
    return batch_gradient(w, X, y, np.arange(len(y)))


def without_repeats(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the gradient over the different points of a batch, each counted once."""
    return batch_gradient(w, X, y, np.unique(batch))


def repeats_left_out(w: Any, X: Any, y: Any, batch: Any) -> Any:
    """Return the sum over the different points of a batch, divided by the size of the batch."""
    return without_repeats(w, X, y, batch) * len(np.unique(batch)) / len(batch)


def draw_batch(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw weights, data, and a batch of less than all points."""
    n, d = int(rng.integers(4, 9)), int(rng.integers(1, 4))
    batch = rng.choice(n, int(rng.integers(2, n)), replace=False)
    return (rng.normal(size=d), rng.normal(size=(n, d)), rng.normal(size=n), batch)


REASONS = {
    1: "the sum of its squares is infinite, the noise stays",
    2: "the harmonic series is infinite, the sum of 1/t^2 finite",
    3: "its squares are 1/t, and their sum is infinite",
    4: "its sum is infinite, and that of its squares, t^(-3/2), finite",
    5: "the rates have a finite sum; the path may stop short",
    6: "a geometric series is finite; the path may stop short",
}


def wrongly_sorted(answer: Any) -> str:
    """Return which schedule is missing in an answer, or does not belong there."""
    chosen = {int(number) for number in answer}
    if list(answer) != sorted(chosen) or not chosen <= set(REASONS):
        return "Give the numbers as a list, such as [1, 6], each once, in rising order."
    for number in sorted(chosen ^ {2, 4}):
        return f"Number {number} {'does not belong' if number in chosen else 'is missing'}: {REASONS[number]}."
    return ""


QUESTIONS = {
    "1": Value(
        [320, 8],
        mistakes=[
            Mistake([310, 8], "The rest that does not fill a batch makes an update, too."),
            Mistake([313, 8], "Round up in each epoch, not once for all ten."),
            Mistake([320, 32], "1000 is no multiple of 32: the last batch is smaller."),
            Mistake([32, 8], "That is one epoch; ten are asked for."),
            Mistake([10, 8], "That would be batch gradient descent, one update an epoch."),
        ],
        why="31 full batches and one of 8, ten times.",
    ),
    "2": Value(
        288,
        mistakes=[
            Mistake(48, "It is the variance that falls like 1/k; the standard deviation falls like its root."),
            Mistake(36, "That is the factor; multiply it by the 8 points."),
            Mistake(8 * 6**0.5, "The other way round: the square of 6, not its root."),
        ],
        why="A sixth of the noise for 36 times the work.",
    ),
    "3": Function(
        batch_gradient,
        draw=draw_batch,
        cases=[
            (np.array([1.0, -1.0]), np.array([[1.0, 0], [1, 2], [1, 3]]), np.array([2.0, 1, 4]), np.array([2, 0, 2]))
        ],
        mistakes=[
            Mistake(divided_by_n, "Divide by the size of the batch, not by the number of all points."),
            Mistake(summed, "That is the sum; the average over the batch is asked for."),
            Mistake(halved, "The square has a derivative with a factor 2."),
            Mistake(with_wrong_sign, "The sign is wrong: the residual y - X w falls when w grows."),
            Mistake(without_repeats, "An index that stands in the batch twice counts twice: X[batch] repeats its row."),
            Mistake(repeats_left_out, "An index that stands in the batch twice counts twice, in the sum as in k."),
            Mistake(of_all_points, "Use the points in the batch only: X[batch] and y[batch]."),
        ],
        why="With batch = all indices it is the whole gradient.",
    ),
    "4": Value(
        0.5,
        mistakes=[
            Mistake(1.0, "The derivative of the square has a factor 2, which c must undo."),
            Mistake(2.0, "The other way round: c times 2 must be 1."),
        ],
        why="Stochastic gradient descent computes a running mean.",
    ),
    "5": Property(
        [2, 4],
        wrongly_sorted,
        mistakes=[
            Mistake([2, 3, 4], "Number 3 does not belong: its squares are 1/t, and their sum is infinite."),
            Mistake([2], "Number 4 is missing: its sum is infinite, and that of its squares, t^(-3/2), finite."),
            Mistake([4], "Number 2 is missing: the harmonic series is infinite, the sum of 1/t^2 finite."),
            Mistake([2, 4, 5], "Number 5 does not belong: the rates have a finite sum; the path may stop short."),
            Mistake([1, 2, 4], "Number 1 does not belong: the sum of its squares is infinite, the noise stays."),
            Mistake([2, 4, 6], "Number 6 does not belong: a geometric series is finite; the path may stop short."),
        ],
        why="Exponents above one half, up to 1.",
    ),
}
