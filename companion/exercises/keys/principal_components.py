"""Answers to the exercises of the page on principal components."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion.exercises._questions import Function, Mistake, Property, Value

_Floats = NDArray[np.float64]


def squares(X: ArrayLike) -> _Floats:
    """Return the squared singular values of the centred data."""
    table = np.asarray(X, dtype=float)
    found: _Floats = np.linalg.svd(table - table.mean(axis=0), compute_uv=False) ** 2
    return found


def lost(X: ArrayLike, k: int) -> float:
    """Return the variance along the axes dropped."""
    return float(squares(X)[k:].sum() / (len(np.asarray(X)) - 1))


def kept(X: ArrayLike, k: int) -> float:
    """Return the variance along the axes kept."""
    return float(squares(X)[:k].sum() / (len(np.asarray(X)) - 1))


def per_sample(X: ArrayLike, k: int) -> float:
    """Divide by n."""
    return float(squares(X)[k:].sum() / len(np.asarray(X)))


def not_divided(X: ArrayLike, k: int) -> float:
    """Divide by nothing."""
    return float(squares(X)[k:].sum())


def not_centred(X: ArrayLike, k: int) -> float:
    """Forget the mean."""
    table = np.asarray(X, dtype=float)
    return float((np.linalg.svd(table, compute_uv=False)[k:] ** 2).sum() / (len(table) - 1))


def as_share(X: ArrayLike, k: int) -> float:
    """Return the share of the total variance."""
    return float(squares(X)[k:].sum() / squares(X).sum())


def smallest_kept(X: ArrayLike, k: int) -> float:
    """Take the eigenvalues in the order of eigh."""
    return float(squares(X)[::-1][k:].sum() / (len(np.asarray(X)) - 1))


def draw_table(rng: np.random.Generator) -> tuple[_Floats, int]:
    """Draw a table that is not centred, and how many axes are kept."""
    n, d = int(rng.integers(8, 20)), int(rng.integers(2, 6))
    return (rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + 5 * rng.normal(size=d), int(rng.integers(1, d)))


def lacks(answer: Any) -> str:
    """Return what a data set lacks to hide two classes from the first component."""
    X = np.asarray(answer, dtype=float)
    if X.shape != (6, 2):
        return f"Six samples of two features are wanted; yours has the shape {X.shape}."
    if not np.isfinite(X).all():
        return "All numbers must be finite."
    centred = X - X.mean(axis=0)
    _, s, Vh = np.linalg.svd(centred)
    if s[1] > s[0] * (1 - 1e-6):
        return "Both directions vary equally, so that no component is the first."
    first, second = (centred @ Vh.T).T
    slack = 1e-9 * np.abs(X).max()  # what rounding may part is not separated
    if not separates(second, slack):
        return "The scores on the second component do not separate the classes; leave a gap across the long axis."
    if separates(first, slack):
        return "The scores on the first component separate the classes, too; let them overlap there."
    return ""


def separates(scores: _Floats, slack: float) -> bool:
    """Return whether the first three scores lie all on one side of the others."""
    a, b = scores[:3], scores[3:]
    return bool(max(b.min() - a.max(), a.min() - b.max()) > slack)


QUESTIONS = {
    "1": Value(
        [12.0, 4 / 3],
        mistakes=[
            Mistake([4 / 3, 12.0], "The larger first."),
            Mistake([9.0, 1.0], "Divide by n - 1, not by n."),
            Mistake([36.0, 4.0], "These are the eigenvalues before the division by n - 1."),
            Mistake([164 / 3, 4 / 3], "Subtract the means first."),
            Mistake([float(np.sqrt(12)), float(np.sqrt(4 / 3))], "These are standard deviations along the axes."),
            Mistake([20 / 3, 20 / 3], "These are the variances of the features, along the old axes."),
        ],
        why="Twice as far apart as the four points of the page, so four times the variance.",
    ),
    "2": Value(
        0.8,
        mistakes=[
            Mistake(1.6, "That is the eigenvalue. Divide by the sum of both."),
            Mistake(0.6, "The correlation is no share yet: find the eigenvalues of the correlation matrix."),
            Mistake(0.36, "The squared correlation is what a regression explains; here the eigenvalues are wanted."),
            Mistake(0.2, "That is the share of the second component."),
        ],
        why="In general (1 + r)/2 for a positive correlation r.",
    ),
    "3": Function(
        lost,
        draw=draw_table,
        cases=[([[0.0, 0.0], [1.0, 2.0], [2.0, 1.0], [3.0, 3.0]], 1)],
        mistakes=[
            Mistake(per_sample, "Divide by n - 1, not by n."),
            Mistake(not_divided, "That is the sum of squares; divide by n - 1."),
            Mistake(not_centred, "Subtract the column means first."),
            Mistake(kept, "That is the variance along the axes that are kept."),
            Mistake(as_share, "That is the share that is lost, not the variance."),
            Mistake(smallest_kept, "The largest variances are kept: eigh sorts the other way."),
        ],
        rtol=1e-8,
        why="The sum of the eigenvalues dropped.",
    ),
    "4": Value(
        8.0,
        mistakes=[
            Mistake(7.0, "Seven explain a little less than 90%."),
            Mistake(1.0, "That is the answer for the raw data: standardise each feature first."),
            Mistake(9.0, "One fewer is enough."),
        ],
        why="Seven stop just short of it.",
    ),
    "5": Property(
        [[-9.0, 0.0], [0.0, 0.0], [9.0, 0.0], [-9.0, 1.0], [0.0, 1.0], [9.0, 1.0]],
        lacks,
        mistakes=[
            Mistake([[0, 0], [1, 0], [2, 0]], "Six samples of two features are wanted; yours has the shape (3, 2)."),
            Mistake(
                [[0, 0], [0, 1], [0, 2], [9, 0], [9, 1], [9, 2]],
                "The scores on the second component do not separate the classes; leave a gap across the long axis.",
            ),
            Mistake(
                [[7, 1], [9, 2], [7, 2], [-2, -4], [-5, -9], [0, 7]],
                "The scores on the first component separate the classes, too; let them overlap there.",
            ),
        ],
        why="Whoever drops the second component drops the classes.",
    ),
}
