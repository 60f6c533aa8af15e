"""Answers to the exercises of the page on PageRank and vibrations."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value


def google_matrix(links: Any, alpha: float) -> Any:
    """Return the matrix whose columns say where the surfer goes next."""
    weights = np.asarray(links, dtype=float)
    weights = np.where(weights.sum(axis=1, keepdims=True) == 0, 1, weights)
    return alpha * (weights / weights.sum(axis=1, keepdims=True)).T + (1 - alpha) / len(weights)


def lost_in_dangling_pages(links: Any, alpha: float) -> Any:
    """Return what rows of zeros make of it."""
    weights = np.asarray(links, dtype=float)
    return alpha * (weights / np.maximum(weights.sum(axis=1, keepdims=True), 1)).T + (1 - alpha) / len(weights)


def without_the_share(links: Any, alpha: float) -> Any:
    """Return what a jump to every page with the whole probability makes of it."""
    return google_matrix(links, alpha) + (1 - alpha) * (1 - 1 / len(links))


def draw_links(rng: np.random.Generator) -> tuple[list[list[int]], float]:
    """Draw a few links, with one page that has none."""
    n = int(rng.integers(3, 7))
    links = rng.integers(0, 2, size=(n, n))
    links[0, :2] = 0, 1
    links[int(rng.integers(1, n))] = 0
    return links.tolist(), float(rng.choice([0.5, 0.85, 0.9]))


QUESTIONS = {
    "1": Value(
        [0.075, 0.925],
        mistakes=[
            Mistake([0.925, 0.075], "The right numbers in the wrong order: nobody links to page 0."),
            Mistake([0.15, 0.85], "A jump goes to each of the two pages with the probability one half."),
            Mistake([0.0, 1.0], "That is without damping."),
            Mistake([0.5, 0.5], "Nobody links to page 0, so it cannot have half."),
        ],
        why="Every page has at least the share of the jumps, 0.15 / n.",
    ),
    "2": Value(
        [1.0, float(np.sqrt(3))],
        mistakes=[
            Mistake([1.0, 3.0], "These are the eigenvalues; the frequencies are their roots."),
            Mistake([float(np.sqrt(3)), 1.0], "The smaller first."),
            Mistake([1 / (2 * np.pi), np.sqrt(3) / (2 * np.pi)], "That is in hertz; radians per second are asked for."),
            Mistake([0.0, float(np.sqrt(2))], "The springs to the banks count, too: 2 on the diagonal."),
        ],
        why="In the first mode the middle spring does nothing.",
    ),
    "3": Function(
        google_matrix,
        draw=draw_links,
        cases=[([[0, 1], [0, 0]], 0.85), ([[0, 1, 1], [1, 0, 0], [0, 1, 0]], 0.5)],
        mistakes=[
            Mistake(lambda links, alpha: google_matrix(links, alpha).T, "The columns must have the sum 1: transpose."),
            Mistake(lost_in_dangling_pages, "A page without links must jump anywhere: its column is 1/n throughout."),
            Mistake(without_the_share, "The probability 1 - alpha is shared by all n pages."),
            Mistake(lambda links, alpha: google_matrix(links, 1.0), "Without the jumps; alpha weighs the links."),
        ],
        rtol=1e-9,
        atol=1e-12,
        why="Every column has the sum 1, that of a dangling page too.",
    ),
    "4": Value(
        [114, 360],
        mistakes=[
            Mistake([113, 359], "Round up: with one step less the factor is still above the goal."),
            Mistake([360, 114], "Less damping takes more steps."),
            Mistake([50, 156], "The goal has a logarithm to base 10, the factor a natural one: take one base."),
            Mistake([261, 827], "The goal has a natural logarithm, the factor one to base 10: take one base."),
        ],
        why="Ten percentage points cost three times as many steps.",
    ),
}
