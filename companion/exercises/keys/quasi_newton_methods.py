"""Answers to the exercises of the page on quasi-Newton methods."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value


def wolfe(phi0: float, slope0: float, alpha: float, phi: float, slope: float, c1: float, c2: float) -> bool:
    """Return whether a step length satisfies the strong Wolfe conditions."""
    return bool(phi <= phi0 + c1 * alpha * slope0 and abs(slope) <= c2 * abs(slope0))


def draw_step(rng: np.random.Generator) -> tuple[float, ...]:
    """Return a step length near the border of each condition."""
    phi0, slope0, alpha = float(rng.uniform(1, 3)), -float(rng.uniform(0.5, 2)), float(rng.uniform(0.2, 2))
    c1, c2 = 0.25, 0.6
    phi = phi0 + c1 * alpha * slope0 + float(rng.uniform(-0.5, 0.4))
    return phi0, slope0, alpha, phi, float(rng.uniform(-1, 1)) * abs(slope0), c1, c2


def direction(g: Any, s: Any, y: Any) -> Any:
    """Return the direction of L-BFGS from one pair and the identity."""
    rho = 1 / (y @ s)
    q = g - rho * (s @ g) * y
    return -(q + rho * (s @ g - y @ q) * s)


def draw_pair(rng: np.random.Generator) -> tuple[Any, Any, Any]:
    """Return a gradient and a pair with a positive product."""
    s = rng.normal(size=4)
    return rng.normal(size=4), s, rng.uniform(0.5, 3, size=4) * s


QUESTIONS = {
    "1": Value(
        [[3 / 8, -1 / 8], [-1 / 8, 11 / 8]],
        mistakes=[
            Mistake([[1 / 8, -3 / 8], [-3 / 8, 9 / 8]], "The last term is missing: plus rho s sᵀ."),
            Mistake([[7 / 8, -3 / 8], [-3 / 8, 7 / 8]], "The factor with s yᵀ comes first, the one with y sᵀ last."),
            Mistake([[1 / 3, 1 / 3], [1 / 3, 1 / 3]], "That maps y to (4/3, 4/3); it must be s."),
            Mistake([[1 / 4, 1 / 4], [1 / 4, 1 / 4]], "That is rho s sᵀ alone; it is not positive definite."),
        ],
        why="Times y it gives s, and it is positive definite.",
    ),
    "2": Function(
        wolfe,
        draw=draw_step,
        cases=[
            (1.0, -1.0, 1.0, 0.5, 0.1, 0.1, 0.5),
            (1.0, -1.0, 1.0, 0.5, 0.7, 0.1, 0.5),
            (1.0, -1.0, 1.0, 1.0, 0.1, 0.1, 0.5),
        ],
        mistakes=[
            Mistake(
                lambda p0, s0, a, p, s, c1, c2: bool(p <= p0 + c1 * a * s0), "The condition on the slope is missing."
            ),
            Mistake(
                lambda p0, s0, a, p, s, c1, c2: bool(abs(s) <= c2 * abs(s0)), "The condition on the value is missing."
            ),
            Mistake(
                lambda p0, s0, a, p, s, c1, c2: bool(p <= p0 + c1 * a * s0 and s >= c2 * s0),
                "That is the weak form: it lets the slope become steeply positive. Compare absolute values.",
            ),
            Mistake(lambda p0, s0, a, p, s, c1, c2: not wolfe(p0, s0, a, p, s, c1, c2), "The other way round."),
        ],
        why="Where the function is smooth and bounded below along the line, a whole interval passes.",
    ),
    "3": Function(
        direction,
        draw=draw_pair,
        cases=[(np.array([1.0, 2.0]), np.array([1.0, 0.0]), np.array([2.0, 1.0]))],
        mistakes=[
            Mistake(lambda g, s, y: -direction(g, s, y), "The sign: downhill is minus H g."),
            Mistake(lambda g, s, y: -g, "That is the direction of gradient descent: use the pair."),
            Mistake(lambda g, s, y: -(g - (s @ g) / (y @ s) * y), "That is the first loop alone: go back up with y."),
            Mistake(
                lambda g, s, y: -(s @ g) / (y @ s) * s,
                "That is the last term alone: rho s sᵀ g. Two others are missing.",
            ),
        ],
        why="Two loops over one pair: three dot products and no matrix.",
    ),
    "4": Value(
        [3.2, 0.0032],
        mistakes=[
            Mistake([0.4, 0.0004], "Each number takes 8 bytes."),
            Mistake([3.2, 0.0016], "A pair holds two vectors, s and y."),
            Mistake([3200.0, 3.2], "Those are megabytes."),
            Mistake([1.6, 0.0032], "That is the half of the matrix that symmetry leaves; BFGS stores it whole."),
        ],
        why="A thousandfold less; the price is some more steps.",
    ),
}
