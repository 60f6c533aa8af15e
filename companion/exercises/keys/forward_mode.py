"""Answers to the exercises of the page on the forward mode."""

from math import cos
from typing import Any

import numpy as np

from companion.autodiff import trace
from companion.exercises._questions import Function, Mistake, Value


def sweep(edges: Any, tangents: Any) -> list[float]:
    """Return the tangents of all nodes."""
    swept = [float(tangent) for tangent in tangents]
    for parent, child, slope in edges:
        swept[child] += slope * swept[parent]
    return swept


def overwriting(edges: Any, tangents: Any) -> list[float]:
    """A wrong one, which keeps the last contribution only."""
    swept = [float(tangent) for tangent in tangents]
    for parent, child, slope in edges:
        swept[child] = slope * swept[parent]
    return swept


def backwards(edges: Any, tangents: Any) -> list[float]:
    """A wrong one, which passes the edges in the wrong order."""
    return sweep(list(edges)[::-1], tangents)


def draw_graph(rng: np.random.Generator) -> tuple[list[tuple[int, int, float]], list[float]]:
    """Draw the graph of a program of two inputs and some products and sums, and a seed."""

    def program(x: Any, y: Any) -> Any:
        values = [x, y]
        for _ in range(int(rng.integers(3, 8))):
            i, j = rng.integers(len(values), size=2)
            values.append(values[i] * values[j] if rng.random() < 0.6 else np.sin(values[i]) + values[j])
        return values[-1] + values[-2]

    graph = trace(program, *rng.uniform(-1, 1, size=2))
    seeds = [*rng.normal(size=2), *[0.0] * (len(graph.nodes) - 2)]
    return [(edge.parent, edge.child, edge.slope) for edge in graph.edges], seeds


PAGE = [(0, 2, 3.0), (1, 2, 2.0), (0, 3, cos(2.0)), (2, 4, 1.0), (3, 4, 1.0)]

QUESTIONS = {
    "1": Value(
        [6, 0],
        mistakes=[
            Mistake([5, 0], "The path through the sine is missing: its tangent is cos(0) times 1."),
            Mistake([1, 0], "The path through the product is missing: its tangent is 1 times 5."),
            Mistake([0, 6], "In this order: first the seed (1, 0), for the derivative by x1."),
            Mistake([6, 6], "With the seed (0, 1) nothing enters through x1; and the product's tangent is x1 times 1."),
        ],
        why="The derivatives are x2 + cos x1 and x1.",
    ),
    "2": Value(
        [10, 1024, 20],
        mistakes=[
            Mistake([10, 20, 20], "Paths multiply: every one chooses again at each step."),
            Mistake([10, 1024, 10], "Both operands of x * x are edges, each with the slope x."),
            Mistake([10, 100, 20], "Two choices at each of ten steps are 2 to the 10, not 10 squared."),
            Mistake([10, 1024, 1024], "A sweep passes each edge once, whatever the number of paths."),
            Mistake(
                [1024, 1024, 2048], "The loop has ten steps; x to the 1024 comes out, but nobody multiplies so often."
            ),
        ],
        why="That is why one sweeps and does not add paths.",
    ),
    "3": Function(
        sweep,
        draw=draw_graph,
        cases=[(PAGE, [1.0, 0.0, 0.0, 0.0, 0.0]), (PAGE, [0.0, 1.0, 0.0, 0.0, 0.0])],
        mistakes=[
            Mistake(overwriting, "A node with two operands gets two contributions: add them up."),
            Mistake(
                backwards,
                "Go through the edges from the first to the last, and multiply by the new tangent of the parent.",
            ),
            Mistake(
                lambda edges, tangents: sweep(edges, tangents)[-1], "Return the whole list, not the last entry only."
            ),
        ],
        why="One multiplication and one addition an edge.",
        pure=True,
    ),
    "4": Value(
        -(3 + cos(2)) / 2,
        mistakes=[
            Mistake((3 + cos(2)) / 2, "The sign: the two contributions must cancel."),
            Mistake(-2 / (3 + cos(2)), "The quotient stands upside down; the tangent of x1 is 1, look for that of x2."),
            Mistake(-1.5, "The derivative by x1 has a second path, through the sine."),
            Mistake(-(3 + cos(2)), "Divide by the derivative by x2, which is x1 = 2."),
        ],
        why="Along a level line the directional derivative is 0; this seed is its slope.",
    ),
}
