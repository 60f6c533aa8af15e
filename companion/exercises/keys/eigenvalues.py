"""Answers to the exercises of the page on eigenvalues."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Property, Value

_Floats = NDArray[np.float64]

E = np.array([[4, 1], [2, 3]])


def lacks(answer: Any) -> str:
    """Return what a vector lacks to be an eigenvector for the smaller eigenvalue."""
    v = np.asarray(answer, dtype=float)
    if v.shape != (2,):
        return f"A list of two numbers is wanted; yours has the shape {v.shape}."
    length = np.abs(v).max()
    if length == 0:
        return "The zero vector is an eigenvector of no matrix; choose the free component 1."
    image = E @ v
    if np.allclose(image, 5 * v, rtol=1e-5, atol=1e-5 * length):
        return "That is one for the larger eigenvalue, 5."
    if not np.allclose(image, 2 * v, rtol=1e-5, atol=1e-5 * length):
        return f"The matrix sends it to {image.tolist()}, which is not twice the vector."
    return ""


def turn_and_stretch(A: _Floats) -> list[float]:
    """Return size and angle of the complex pair."""
    r = np.sqrt(np.linalg.det(A))
    return [float(r), float(np.arccos(np.trace(A) / (2 * r)))]


def without_root(A: _Floats) -> list[float]:
    """Take the determinant for the stretch."""
    r = np.linalg.det(A)
    return [float(r), turn_and_stretch(A)[1]]


def in_degrees(A: _Floats) -> list[float]:
    """Return degrees."""
    r, theta = turn_and_stretch(A)
    return [r, float(np.degrees(theta))]


def turned_about(A: _Floats) -> list[float]:
    """Return the angle first."""
    return turn_and_stretch(A)[::-1]


def by_an_arctangent(A: _Floats) -> list[float]:
    """Take the arctangent of the quotient, which lies in the wrong quadrant for a negative real part."""
    r = np.sqrt(np.linalg.det(A))
    alpha = np.trace(A) / 2
    with np.errstate(divide="ignore"):
        return [float(r), float(np.arctan(np.sqrt(np.linalg.det(A) - alpha**2) / alpha))]


def draw_matrix(rng: np.random.Generator) -> tuple[_Floats]:
    """Draw a matrix with a complex pair: a turn and stretch in oblique coordinates."""
    r, theta = rng.uniform(0.3, 3), rng.uniform(0.3, np.pi - 0.3)
    turn = r * np.array([[np.cos(theta), -np.sin(theta)], [np.sin(theta), np.cos(theta)]])
    basis = np.eye(2) + np.triu(rng.normal(size=(2, 2)), 1)
    return (basis @ turn @ np.linalg.inv(basis),)


QUESTIONS = {
    "1": Value(
        [5.0, 2.0],
        mistakes=[
            Mistake([2.0, 5.0], "The larger first."),
            Mistake([4.0, 3.0], "Those are the diagonal entries; the matrix is not triangular."),
            Mistake([-2.0, -5.0], "Mind the sign: the sum of the eigenvalues is plus the trace."),
            Mistake([4.0, 2.5], "Those are the pivots of elimination, which changes the eigenvalues."),
        ],
        why="5 + 2 is the trace, 5 times 2 the determinant.",
    ),
    "2": Property(
        [1.0, -2.0],
        lacks,
        mistakes=[
            Mistake([1.0, 1.0], "That is one for the larger eigenvalue, 5."),
            Mistake([0.0, 0.0], "The zero vector is an eigenvector of no matrix; choose the free component 1."),
            Mistake([1.0, 2.0], "The matrix sends it to [6.0, 8.0], which is not twice the vector."),
            Mistake([-2.0, 1.0], "The matrix sends it to [-7.0, -1.0], which is not twice the vector."),
            Mistake([1.0, -2.0, 0.0], "A list of two numbers is wanted; yours has the shape (3,)."),
        ],
        why="Each multiple of (1, -2) will do, but zero.",
    ),
    "3": Function(
        turn_and_stretch,
        draw=draw_matrix,
        cases=[(np.array([[0.0, 1], [-1, 0]]),), (np.array([[-1.0, -1], [1, -1]]),)],
        mistakes=[
            Mistake(without_root, "The determinant is the product of the pair: the stretch squared."),
            Mistake(in_degrees, "The angle in radians."),
            Mistake(turned_about, "The stretch first, then the angle."),
            Mistake(by_an_arctangent, "If the real part is negative, the angle is more than a right one."),
        ],
        why="Trace and determinant are enough.",
    ),
    "4": Value(
        15.0,
        mistakes=[
            Mistake(5.0, "That is the product of the pair alone; there is a third eigenvalue."),
            Mistake(9.0, "(2 + i)(2 - i) is 4 + 1."),
            Mistake(3.0, "That is the third eigenvalue; the determinant is the product of all three."),
        ],
        why="Complex eigenvalues of a real matrix come in pairs.",
    ),
    "5": Value(
        [3.5, 3.2],
        mistakes=[
            Mistake([3.2, 3.5], "The larger first: of the inverses 1/2 is larger than 1/5."),
            Mistake([8.0, 5.0], "Those belong to M + 3 I; invert M first."),
            Mistake([0.5, 0.2], "Those belong to the inverse; add 3."),
            Mistake([0.2, 0.125], "Those belong to the inverse of M + 3 I; first invert, then add."),
        ],
        why="The eigenvectors stay; the eigenvalues go through the same formula.",
    ),
}
