"""Answers to the exercises of the page on mixtures in practice."""

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Labels = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


def relabel(labels: Labels, means: Table) -> Labels:
    """Return the labels renumbered by the first mean."""
    return np.asarray(np.argsort(np.argsort(means[:, 0]))[labels])


def by_the_order_itself(labels: Labels, means: Table) -> Labels:
    """A wrong relabelling: the permutation in place of its inverse."""
    return np.asarray(np.argsort(means[:, 0])[labels])


def from_the_right(labels: Labels, means: Table) -> Labels:
    """A wrong relabelling: the rightmost is 0."""
    return np.asarray(len(means) - 1 - relabel(labels, means))


def draw_labels(rng: np.random.Generator) -> tuple[Labels, Table]:
    """Draw labels and means."""
    k = int(rng.integers(3, 7))
    return rng.integers(0, k, size=int(rng.integers(4, 12))), rng.normal(size=(k, 2))


QUESTIONS = {
    "1": Value(
        [45, 30],
        mistakes=[
            Mistake([30, 45], "The number of entries first."),
            Mistake([45, 45], "A symmetric matrix of three rows has six free entries."),
            Mistake([9, 6], "That is one component; there are five."),
        ],
        why="Five symmetric matrices.",
    ),
    "2": Value(
        2,
        mistakes=[
            Mistake(5, "The log-likelihood always prefers more; take the least BIC."),
            Mistake(1, "One Gaussian has the greatest BIC: the less, the better."),
            Mistake(0, "Indices begin at 0; give the number of components."),
        ],
        why="Two groups of waiting times.",
    ),
    "3": Function(
        relabel,
        draw=draw_labels,
        cases=[(np.array([0, 1, 2, 2]), np.array([[5.0, 0.0], [9.0, 0.0], [1.0, 0.0]]))],
        mistakes=[
            Mistake(by_the_order_itself, "argsort lists old numbers in the new order; invert the permutation."),
            Mistake(from_the_right, "0 is to be the leftmost."),
        ],
        why="The rank of each mean.",
    ),
    "4": Choice(
        "aic",
        hints={
            "bic": "BIC adds log 1000, which is more than 6.",
            "both": "AIC adds 2 and gains 6. And BIC?",
            "neither": "AIC adds 2 for a parameter; the fit gains 6.",
        },
        why="6 is more than 2 and less than log 1000.",
    ),
}
