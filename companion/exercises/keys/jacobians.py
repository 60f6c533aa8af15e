"""Answers to the exercises of the page on Jacobians."""

from typing import Any

import numpy as np

from companion.autodiff import jacfwd, jvp, vjp
from companion.exercises._questions import Function, Mistake, Value


def polar(x: Any) -> Any:
    """A map of the plane."""
    return np.stack([x[0] * np.cos(x[1]), x[0] * np.sin(x[1])])


def wave(x: Any) -> Any:
    """A map with more outputs than inputs."""
    return np.concatenate([np.sin(x), x[:-1] * x[1:], x**2])


def gauss_newton_product(F: Any, x: Any, v: Any) -> Any:
    """Return the product with the transposed Jacobian and the Jacobian."""
    return vjp(F, x)[1](jvp(F, (x,), (v,))[1])[0]


def draw_map(rng: np.random.Generator) -> tuple[Any, Any, Any]:
    """Draw a map, a point and a vector."""
    n = 2 if rng.random() < 0.5 else int(rng.integers(2, 6))
    F = polar if n == 2 else wave
    return F, rng.uniform(0.5, 2, size=n), rng.normal(size=n)


QUESTIONS = {
    "1": Value(
        [-1, 0, 6],
        mistakes=[
            Mistake([5, 2, 6], "That is the seed (1, 1), or its sum without signs: the second seed is -1."),
            Mistake([1, 0, 6], "The product: 1 times x2 = 2, plus x1 = 3 times -1."),
            Mistake([-1, 2, 6], "The tangent of the sum is 1 plus -1: the signs of the seed count."),
            Mistake([-1, 0, 0], "The last output does depend on x1: its tangent is 2 times x1."),
            Mistake([-1, 0, 3], "The derivative of the square is 2 times x1, not x1."),
        ],
        why="The difference of the two columns, with no matrix in between.",
    ),
    "2": Value(
        [127500, 5000, 5000],
        mistakes=[
            Mistake([5000, 127500, 5000], "The wide end is the input: forward mode starts there, with large matrices."),
            Mistake(
                [250000, 5000, 5000], "The last product of the forward order is a row by a matrix: 2500, not 125000."
            ),
            Mistake([125000, 5000, 5000], "The product with the last row is missing: 2500 more."),
            Mistake([127500, 2500, 2500], "A row of 50 times a matrix of 50 by 50, twice."),
        ],
        why="One output: reverse mode, as for every loss function.",
    ),
    "3": Function(
        gauss_newton_product,
        draw=draw_map,
        cases=[
            (polar, np.array([2.0, 0.5]), np.array([1.0, 0.0])),
            (wave, np.array([1.0, 2.0, 0.5]), np.array([0.0, 1.0, -1.0])),
        ],
        mistakes=[
            Mistake(
                lambda F, x, v: jvp(F, (x,), (v,))[1], "That is J v; its product with the transposed J is missing."
            ),
            Mistake(
                lambda F, x, v: vjp(F, x)[1](jvp(F, (x,), (v,))[0])[0],
                "You took the value F(x), the first part of what jvp returns; the tangent is the second.",
            ),
            Mistake(
                lambda F, x, v: (gauss_newton_product(F, x, v),),
                "The function that vjp returns gives a tuple, one entry an argument: take the first.",
            ),
            Mistake(
                lambda F, x, v: jacfwd(F)(x).T @ (jacfwd(F)(x) @ np.ones(len(v))),
                "Where is v? The tangents of jvp are v.",
            ),
        ],
        why="Two sweeps, whatever the size: so large least-squares problems are solved.",
    ),
    "4": Value(
        [100, 2],
        mistakes=[
            Mistake([2, 100], "The other way round: the full row forbids any two columns to share a sweep."),
            Mistake(
                [2, 2], "Two columns may share a sweep only if no row has an entry in both; look at the first row."
            ),
            Mistake([100, 1], "The first row shares columns with all others, it needs a sweep of its own."),
            Mistake([99, 2], "Count the first column, too: its entry on the diagonal lies in the full row."),
            Mistake([100, 100], "Rows 2 to 100 share no column: they go together."),
        ],
        why="A mixture of both modes gets by with two sweeps for arrows of either kind.",
    ),
}
