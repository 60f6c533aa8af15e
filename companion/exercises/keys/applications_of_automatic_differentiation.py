"""Answers to the exercises of the page on applications of automatic differentiation."""

from typing import Any

import numpy as np

from companion.autodiff import grad
from companion.calculus import runge_kutta4
from companion.exercises._questions import Function, Mistake, Value


def final(p: Any) -> Any:
    """Return where the spring is in the end."""

    def spring(t: float, y: Any) -> Any:
        return np.stack([y[1], -p[0] * y[0] - p[1] * y[1]])

    return runge_kutta4(spring, (0.0, 2.0), [1.0, 0.0], 10)[1][0, -1]


def final_velocity(p: Any) -> Any:
    """A wrong one: how fast the spring is in the end."""

    def spring(t: float, y: Any) -> Any:
        return np.stack([y[1], -p[0] * y[0] - p[1] * y[1]])

    return runge_kutta4(spring, (0.0, 2.0), [1.0, 0.0], 10)[1][1, -1]


def gradient(w: Any, X: Any, y: Any) -> Any:
    """Return the gradient of the logistic loss, in closed form."""
    margin = y * (X @ w)
    return -(X.T @ (y * np.exp(-np.logaddexp(0, margin)))) / len(y)


def draw_data(rng: np.random.Generator) -> tuple[Any, Any, Any]:
    """Draw weights, points and labels; some margins are huge."""
    n, d = int(rng.integers(2, 8)), int(rng.integers(1, 4))
    scale = 1000.0 if rng.random() < 0.3 else 1.0
    return scale * rng.normal(size=d), rng.normal(size=(n, d)), rng.choice([-1.0, 1.0], size=n)


QUESTIONS = {
    "1": Value(
        [2, 0.5],
        mistakes=[
            Mistake([2, 1.5], "The step goes the wrong way: solve J p = -F, not J p = F."),
            Mistake([0, -0.5], "That is the step; add it to (2, 1)."),
            Mistake(
                [1.75, 0.5], "Both equations hold for both unknowns: solve the system, do not divide by the diagonal."
            ),
            Mistake([1.9318516525781366, 0.5176380902050415], "That is the solution; one step only."),
        ],
        why="The next step lands at (1.933..., 0.516...), near the solution.",
    ),
    "2": Function(
        lambda k, c: grad(final)([k, c]),
        draw=lambda rng: (float(rng.uniform(0.5, 4)), float(rng.uniform(0, 1))),
        cases=[(1.0, 0.0), (2.0, 0.5)],
        mistakes=[
            Mistake(lambda k, c: grad(final)([c, k]), "First k, then c: the other way round in your array."),
            Mistake(lambda k, c: grad(final)([k, c])[::-1], "First the derivative by k, then that by c."),
            Mistake(lambda k, c: grad(final_velocity)([k, c]), "That is the velocity, the second row; take the first."),
            Mistake(lambda k, c: float(final([k, c])), "That is y(2); its derivatives are asked for."),
        ],
        why="Ten steps of Runge and Kutta, differentiated as one program.",
    ),
    "3": Value(
        [1, 0, 1],
        mistakes=[
            Mistake([0, 0, 1], "(a) One number by a million: one reverse sweep, or a million forward ones."),
            Mistake([1, 1, 1], "(b) One input: one forward sweep gives all responses."),
            Mistake([1, 0, 0], "(c) Three rows: three reverse sweeps, against a thousand forward ones."),
            Mistake(
                [0, 1, 0], "The other way round: count the inputs for forward sweeps, the outputs for reverse ones."
            ),
        ],
        why="Few outputs reverse, few inputs forward.",
    ),
    "4": Function(
        gradient,
        draw=draw_data,
        cases=[
            (np.array([1.0, -1.0]), np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([1.0, -1.0])),
            (np.array([800.0]), np.array([[1.0], [-2.0]]), np.array([1.0, 1.0])),
        ],
        mistakes=[
            Mistake(
                lambda w, X, y: gradient(w, X, -y),
                "The exponent is minus the label times the product.",
            ),
            Mistake(lambda w, X, y: -gradient(w, X, y), "The sign: this points downhill, the gradient uphill."),
            Mistake(lambda w, X, y: len(y) * gradient(w, X, y), "The loss is a mean: divide by the number of points."),
            Mistake(
                lambda w, X, y: float(np.mean(np.logaddexp(0, -y * (X @ w)))),
                "That is the loss; its gradient is asked for.",
            ),
        ],
        why="With np.log(1 + np.exp(z)) in its place, large z overflow.",
    ),
}
