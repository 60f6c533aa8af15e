"""Answers to the exercises of the page on Newton's method."""

from collections.abc import Sequence

import numpy as np

from companion.exercises._questions import Function, Mistake, Value


def downhill_step(coefficients: Sequence[float], x: float) -> float:
    """Return the Newton step with the size of the curvature."""
    slope, curvature = derivatives(coefficients, x)
    return x - slope / (abs(curvature) if curvature else 1.0)


def derivatives(coefficients: Sequence[float], x: float) -> tuple[float, float]:
    """Return slope and curvature of a polynomial."""
    f = np.asarray(coefficients, dtype=float)
    return float(np.polyval(np.polyder(f, 1), x)), float(np.polyval(np.polyder(f, 2), x))


def full_step(coefficients: Sequence[float], x: float) -> float:
    """Return Newton's own step."""
    slope, curvature = derivatives(coefficients, x)
    return x - slope / (curvature or 1.0)


def uphill_step(coefficients: Sequence[float], x: float) -> float:
    """Return a step with the sign forgotten."""
    return 2 * x - downhill_step(coefficients, x)


def step_to_a_root(coefficients: Sequence[float], x: float) -> float:
    """Return the step for a root of f itself."""
    slope, _ = derivatives(coefficients, x)
    return x - float(np.polyval(coefficients, x)) / (abs(slope) or 1.0)


def draw_polynomial(rng: np.random.Generator) -> tuple[list[float], float]:
    """Draw the coefficients of a polynomial, and a point."""
    return rng.integers(-4, 5, size=int(rng.integers(3, 6))).astype(float).tolist(), round(float(rng.uniform(-2, 2)), 2)


QUESTIONS = {
    "1": Value(
        [0.75, 0.9375],
        mistakes=[
            Mistake([2.25, 2.25**2], "The step has the sign of minus the slope: subtract f'/f''."),
            Mistake([7 / 6, 43 / 42], "That is gradient descent with the rate 1; divide the slope by the curvature."),
            Mistake([1.5, 0.75], "You begin with x0; give x1 and x2."),
            Mistake([0.75, 0.5625], "The second step starts from 3/4: 2x minus x squared."),
        ],
        why="The error is squared each time.",
    ),
    "2": Value(
        [2.0, 1.0],
        mistakes=[
            Mistake([1.0, 2.0], "The other way round: the first errors fall faster and faster."),
            Mistake([0.5, 1.0], "Turn the fraction over: the newer ratio above."),
            Mistake([0.04, 2 / 3], "That is the ratio of the last two errors; the order needs logarithms."),
        ],
        rtol=1e-4,
        why="Quadratic and linear convergence.",
    ),
    "3": Function(
        downhill_step,
        draw=draw_polynomial,
        cases=[([1.0, 0.0, -3.0, 0.0], -0.5), ([2.0, 1.0], 3.0), ([1.0, -4.0, 5.0], 0.0)],
        mistakes=[
            Mistake(full_step, "Where the curvature is negative this leads to the top: take its absolute value."),
            Mistake(uphill_step, "It goes the wrong way: subtract."),
            Mistake(step_to_a_root, "That looks for a root of f; take one derivative more."),
        ],
        why="It never moves uphill at first.",
    ),
    "4": Value(
        [1.0, -1.0],
        mistakes=[
            Mistake([1.0, 1.0], "Count the signs: each step turns it."),
            Mistake([0.0, 0.0], "From 0 it converges at once: 0 is the minimum. Look for a positive start."),
            Mistake([-1.0, 1.0], "x_0 is to be positive."),
        ],
        why="A cycle of two points.",
    ),
    "5": Value(
        [35.0, 3.0],
        mistakes=[
            Mistake([34.0, 3.0], "After 34 steps the error is still a little above a millionth: round up."),
            Mistake([13.0, 3.0], "The factor is 2/3 a step, not 1/3: only a third of the way is gone."),
            Mistake([35.0, 1.5], "One step is a third of the way to 0."),
            Mistake([35.0, 4.0], "Not the power of f, but of its slope."),
        ],
        why="Linear convergence, and what cures it.",
    ),
}
