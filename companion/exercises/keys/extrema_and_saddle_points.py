"""Answers to the exercises of the page on extrema and saddle points."""

from typing import Any

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Value


def ways_down(H: Any) -> int:
    """Return the number of negative eigenvalues of a symmetric matrix."""
    return int(np.sum(np.linalg.eigvalsh(H) < 0))


def along_the_axes(H: Any) -> int:
    """Return the number of negative entries of the diagonal."""
    return int(np.sum(np.diag(np.asarray(H)) < 0))


def ways_up(H: Any) -> int:
    """Return the number of positive eigenvalues."""
    return int(np.sum(np.linalg.eigvalsh(H) > 0))


def by_determinant(H: Any) -> int:
    """Return 1 if the determinant is negative, else 0."""
    return int(np.linalg.det(H) < 0)


def flat_or_down(H: Any) -> int:
    """Return the number of eigenvalues that are not positive."""
    return int(np.sum(np.linalg.eigvalsh(H) <= 0))


def negative_entries(H: Any) -> int:
    """Return the number of negative entries of the matrix."""
    return int(np.sum(np.asarray(H) < 0))


def draw_hessian(rng: np.random.Generator) -> tuple[np.ndarray[Any, Any]]:
    """Draw a symmetric matrix with eigenvalues well away from 0."""
    n = int(rng.integers(2, 6))
    turn = np.linalg.qr(rng.normal(size=(n, n)))[0]
    H = turn * (rng.choice([-1, 1], size=n) * rng.uniform(0.5, 3, size=n)) @ turn.T
    return ((H + H.T) / 2,)


QUESTIONS: dict[str, Any] = {
    "1": Value(
        [8, -4, 8],
        mistakes=[
            Mistake([-1, 0, 1], "Those are the critical points. Now put them into the second derivative."),
            Mistake([-1, 0, -1], "Those are the values of the function; the question is for its second derivative."),
            Mistake([0, 0, 0], "Those are the slopes, all zero at critical points. Differentiate once more."),
            Mistake([-16, -4, 8], "The second derivative is even: the square of -1 is 1."),
            Mistake([12, 0, 12], "The term -2 x^2 has a second derivative, too: -4."),
        ],
        why="Positive, negative, positive: a hill between two wells.",
    ),
    "2": Value(
        [-9, 27],
        mistakes=[
            Mistake([27, -9], "The right numbers, the wrong way round: the origin comes first."),
            Mistake([0, 36], "The mixed derivative is -3; its square is subtracted."),
            Mistake([9, 45], "Subtract the product of the mixed derivatives; a minus squared is plus 9, taken off."),
            Mistake([-3, 33], "The mixed derivative is squared before it is subtracted."),
            Mistake([0, 27], "At the origin only the diagonal of the Hessian is zero."),
            Mistake([-6, 12], "Those are the sums of the entries of the Hessian, not the determinants."),
        ],
        why="A saddle at the origin, and at (1, 1) a minimum, as the second derivative along x is 6.",
    ),
    "3": Function(
        ways_down,
        draw=draw_hessian,
        cases=[
            ([[2.0, 3.0], [3.0, 2.0]],),
            ([[2.0, 0.0], [0.0, -2.0]],),
            ([[1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, -1.0]],),
            ([[-3.0]],),
            ([[2.0, 0.0], [0.0, 0.0]],),
            ([[0.0, 0.0], [0.0, -1.0]],),
        ],
        mistakes=[
            Mistake(along_the_axes, "The axes are not special: a saddle can curve up along each of them."),
            Mistake(ways_up, "Those are the ways up: count the negative curvatures."),
            Mistake(by_determinant, "The determinant only knows whether the number is odd."),
            Mistake(flat_or_down, "Flat is not down: along an eigenvector with eigenvalue 0 there is no curvature."),
            Mistake(negative_entries, "Single entries do not tell: look along the eigenvectors."),
        ],
        why="This number is called the index of the critical point.",
    ),
    "4": Choice(
        "minimum or saddle",
        hints={
            "minimum": "That is the rule for two variables. Can two of three eigenvalues be negative?",
            "maximum": "Along x it curves up, so it cannot be a maximum.",
            "saddle": "It can be one. But the identity matrix meets the conditions, too.",
        },
        why="The eigenvalues are all positive, or one is positive and two are negative.",
    ),
}
