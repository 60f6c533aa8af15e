"""Answers to the exercises of the page on power iteration."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.linalg import power_iteration


def second_eigenvalue(A: Any) -> float:
    """Return the eigenvalue of second largest modulus of a symmetric matrix."""
    value, v, *_ = power_iteration(A)
    return float(power_iteration(np.asarray(A) - value * np.outer(v, v)).eigenvalue)


def without_the_eigenvalue(A: Any) -> float:
    """Return what subtracting v v^T alone gives."""
    v = power_iteration(A).eigenvector
    return float(power_iteration(np.asarray(A) - np.outer(v, v)).eigenvalue)


def shifted(A: Any) -> float:
    """Return what subtracting the eigenvalue from the whole diagonal gives."""
    value = power_iteration(A).eigenvalue
    return float(power_iteration(np.asarray(A) - value * np.eye(len(A))).eigenvalue)


def draw_matrix(rng: np.random.Generator) -> tuple[list[list[float]]]:
    """Draw a symmetric matrix with eigenvalues of clearly different size."""
    n = int(rng.integers(3, 6))
    V = np.linalg.qr(rng.normal(size=(n, n))).Q
    values = 10 * 0.6 ** np.arange(n) * rng.choice([-1, 1], size=n)
    return (((V * values) @ V.T).tolist(),)


QUESTIONS = {
    "1": Value(
        [18.0, 14.0, 66 / 13],
        mistakes=[
            Mistake([4.0, 2.0, 5.0], "That is one step; multiply twice."),
            Mistake([18.0, 14.0, 2640.0], "The quotient is to be divided by the squared length of the vector."),
            Mistake([18.0, 14.0, 5.0], "5 is the eigenvalue; the quotient of this vector is only near it."),
            Mistake([18.0, 7.0, 5.0], "The second row is (2, 3): 2 times 4 plus 3 times 2."),
        ],
        why="It exceeds the largest eigenvalue: the matrix is not symmetric.",
    ),
    "2": Value(
        [1375, 6],
        mistakes=[
            Mistake([688, 3], "That is for the eigenvalue, whose error is squared; the vector is asked for."),
            Mistake([1374, 5], "Round up: with one step less the factor is still above a millionth."),
            Mistake([6, 1375], "Power iteration first."),
            Mistake([1375, 7], "The rate of inverse iteration is 0.001 / 0.011: both distances count from the shift."),
        ],
        why="Each step of inverse iteration costs two triangular systems, about as much as a product.",
    ),
    "3": Function(
        second_eigenvalue,
        draw=draw_matrix,
        cases=[([[2.0, 1.0], [1.0, 2.0]],), ([[5.0, 0.0, 0.0], [0.0, -3.0, 0.0], [0.0, 0.0, 1.0]],)],
        mistakes=[
            Mistake(
                lambda A: float(power_iteration(A).eigenvalue), "That is the first; subtract its part, start again."
            ),
            Mistake(without_the_eigenvalue, "Subtract the eigenvalue times v v^T, not v v^T alone."),
            Mistake(shifted, "The eigenvalue times I shifts all eigenvalues; subtract it times v v^T."),
            Mistake(lambda A: abs(second_eigenvalue(A)), "It may be negative: return it with its sign."),
            Mistake(
                lambda A: float(np.sort(np.linalg.eigvalsh(A))[-2]),
                "The second by modulus, not on the number line.",
            ),
        ],
        rtol=1e-6,
        atol=1e-8,
        why="For a symmetric matrix the other eigenvectors stay what they are.",
    ),
    "4": Value(
        1.5,
        mistakes=[
            Mistake(4.0, "That removes the rival -4, but 1 becomes 5, close to 8."),
            Mistake(0.0, "Without a shift 4 and -4 tie."),
            Mistake(5 / 11, "That is the best rate; the shift is asked for."),
            Mistake(-1.5, "s is to be positive; a negative shift favours -4."),
        ],
        why="The rate is then 5/11.",
    ),
}
