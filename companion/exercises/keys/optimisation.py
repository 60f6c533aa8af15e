"""Answers to the exercises of the page on optimisation."""

from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value


def mse_gradient(X: Any, y: Any, w: Any) -> Any:
    """Return the gradient of the mean squared error of a linear model."""
    return 2 / len(y) * np.asarray(X).T @ (np.asarray(X) @ w - y)


def uphill_and_downhill(X: Any, y: Any, w: Any) -> Any:
    """Return the gradient with the wrong sign."""
    return -mse_gradient(X, y, w)


def without_two(X: Any, y: Any, w: Any) -> Any:
    """Return half of the gradient."""
    return mse_gradient(X, y, w) / 2


def of_the_sum(X: Any, y: Any, w: Any) -> Any:
    """Return the gradient of the sum of squares."""
    return mse_gradient(X, y, w) * len(y)


def draw_data(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw data, targets and weights."""
    n, d = int(rng.integers(3, 8)), int(rng.integers(1, 4))
    return (rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d))


def no_proof(answer: Any) -> str:
    """Return why two points do not prove that the root of |x| is not convex."""
    if np.shape(answer) != (2,):
        return "Give a list of 2 numbers, [x, z]."
    x, z = (float(number) for number in answer)
    if not (np.isfinite(x) and np.isfinite(z)):
        return "Both numbers must be finite."
    chord, graph = (abs(x) ** 0.5 + abs(z) ** 0.5) / 2, abs((x + z) / 2) ** 0.5
    if x == z:
        return "The two points must differ."
    if chord >= graph - 1e-9 and x * z >= 0:
        return "So near to one another, or to 0, rounding hides which one is below. Take points further apart."
    if chord >= graph - 1e-9:
        return f"In the middle the chord is at {chord:.3f}, the graph at {graph:.3f}: not below. Avoid the dip at 0."
    return ""


QUESTIONS = {
    "1": Value(
        [0.375, 0.5],
        mistakes=[
            Mistake([1.5, 2.0], "Those are the sums: divide by the number of points."),
            Mistake([0.5, 0.375], "The other way round: first the MSE, then the MAE."),
            Mistake([0.375, -0.25], "The second is the mean of the residuals themselves: take absolute values first."),
            Mistake([0.375**0.5, 0.5], "The MSE has no root; with the root it is the root mean squared error."),
        ],
        why="The squares make large residuals count more.",
    ),
    "2": Value(
        2,
        mistakes=[
            Mistake(4, "The determinant is 4 - c²: take the root."),
            Mistake(-2, "That is the other root of the determinant, but c is to be at least 0."),
            Mistake(1, "Set the determinant of the Hessian to 0; its entries are 1, c, c and 4."),
            Mistake(2.5, "That is half of the trace. The product of the eigenvalues decides, the determinant."),
        ],
        why="At c = 2 one eigenvalue is 0: convex, but flat along one direction.",
    ),
    "3": Function(
        mse_gradient,
        draw=draw_data,
        cases=[(np.eye(2), np.array([1.0, 2.0]), np.zeros(2))],
        mistakes=[
            Mistake(uphill_and_downhill, "The sign: prediction minus truth, X w - y."),
            Mistake(without_two, "The square has the derivative 2 times the residual."),
            Mistake(of_the_sum, "The cost is the mean: divide by the number of points."),
        ],
        why="Set to zero, it is the normal equation.",
    ),
    "4": Property(
        [0, 1],
        no_proof,
        mistakes=[
            Mistake(
                [-1, 1],
                "In the middle the chord is at 1.000, the graph at 0.000: not below. Avoid the dip at 0.",
            ),
            Mistake([1, 1], "The two points must differ."),
            Mistake(1, "Give a list of 2 numbers, [x, z]."),
            Mistake([np.nan, 1], "Both numbers must be finite."),
            Mistake(
                [2, 2.0000001],
                "So near to one another, or to 0, rounding hides which one is below. Take points further apart.",
            ),
        ],
        why="One pair is enough.",
    ),
}
