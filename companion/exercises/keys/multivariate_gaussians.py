"""Answers to the exercises of the page on multivariate Gaussians."""

from math import pi

import numpy as np
from scipy.stats import multivariate_normal

from companion.exercises._questions import Function, Mistake, Value

Table = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def n_parameters(K: int, d: int, covariance_type: str) -> int:
    """Return the number of free parameters of a Gaussian mixture."""
    matrix = d * (d + 1) // 2
    return K - 1 + K * d + {"full": K * matrix, "tied": matrix, "diag": K * d, "spherical": K}[covariance_type]


def with_all_weights(K: int, d: int, covariance_type: str) -> int:
    """A wrong count: all K weights are taken as free."""
    return n_parameters(K, d, covariance_type) + 1


def with_whole_matrices(K: int, d: int, covariance_type: str) -> int:
    """A wrong count: both halves of the symmetric matrices are counted."""
    surplus = d * d - d * (d + 1) // 2
    return n_parameters(K, d, covariance_type) + {"full": K * surplus, "tied": surplus}.get(covariance_type, 0)


def without_means(K: int, d: int, covariance_type: str) -> int:
    """A wrong count: the means are forgotten."""
    return n_parameters(K, d, covariance_type) - K * d


def draw_sizes(rng: np.random.Generator) -> tuple[int, int, str]:
    """Draw a number of components, a dimension and a type."""
    return int(rng.integers(1, 7)), int(rng.integers(1, 9)), str(rng.choice(["full", "tied", "diag", "spherical"]))


def log_density(X: Table, mean: Table, covariance: Table) -> Table:
    """Return the log-density at the rows of X."""
    return np.atleast_1d(multivariate_normal(mean, covariance).logpdf(X))


def with_whole_log_det(X: Table, mean: Table, covariance: Table) -> Table:
    """A wrong log-density: the root of the determinant is forgotten."""
    return np.asarray(log_density(X, mean, covariance) - np.linalg.slogdet(covariance)[1] / 2)


def without_dimension(X: Table, mean: Table, covariance: Table) -> Table:
    """A wrong log-density: the constant is that of one dimension."""
    return np.asarray(log_density(X, mean, covariance) + (len(mean) - 1) / 2 * np.log(2 * pi))


def whitened_by_the_transpose(X: Table, mean: Table, covariance: Table) -> Table:
    """A wrong log-density: the system is solved with the upper factor."""
    L = np.linalg.cholesky(covariance)
    Z = np.linalg.solve(L.T, (X - mean).T)
    constant = np.log(np.diag(L)).sum() + len(mean) / 2 * np.log(2 * pi)
    return np.asarray(-(Z**2).sum(axis=0) / 2 - constant)


def draw_gaussian(rng: np.random.Generator) -> tuple[Table, Table, Table]:
    """Draw points, a mean and a covariance in two to four dimensions."""
    d = int(rng.integers(2, 5))
    factor = rng.normal(size=(d, d))
    return rng.normal(size=(int(rng.integers(2, 6)), d)), rng.normal(size=d), factor @ factor.T + 0.2 * np.eye(d)


QUESTIONS = {
    "1": Value(
        1 / (6 * pi),
        mistakes=[
            Mistake(1 / (18 * pi), "The normaliser has the square root of the determinant."),
            Mistake(1 / (3 * np.sqrt(2 * pi)), "In two dimensions 2 pi comes without its root."),
            Mistake(1 / (2 * pi * np.sqrt(41)), "The determinant is 25 - 16, not 25 + 16."),
        ],
        why="The determinant is 9.",
    ),
    "2": Value(
        [6, 2, 45],
        mistakes=[
            Mistake([2, 6, 45], "The longer one first, please."),
            Mistake([18, 2, 45], "The semi-axes are the square roots of the eigenvalues, times 2."),
            Mistake([3, 1, 45], "That is the ellipse at one standard deviation."),
            Mistake([6, 2, -45], "The covariance is positive: the long axis rises."),
            Mistake([6, 2, 225], "That is the axis, but take its angle below a half-turn: 180 degrees less."),
            Mistake([6, 2, -135], "That is the axis, but take its angle as a positive one: 180 degrees more."),
            Mistake([6, 2, np.pi / 4], "In degrees, please."),
        ],
        why="The eigenvalues are 9 along (1, 1) and 1 along (1, -1).",
    ),
    "3": Function(
        n_parameters,
        draw=draw_sizes,
        cases=[(2, 2, kind) for kind in ("full", "tied", "diag", "spherical")],
        mistakes=[
            Mistake(with_all_weights, "The weights add up to 1: K - 1 of them are free."),
            Mistake(with_whole_matrices, "A symmetric matrix has d (d + 1) / 2 free entries."),
            Mistake(without_means, "The means are parameters, too."),
        ],
        why="K - 1 weights, K d means, and the spread.",
    ),
    "4": Function(
        log_density,
        draw=draw_gaussian,
        mistakes=[
            Mistake(with_whole_log_det, "The density has the square root of the determinant: half of its logarithm."),
            Mistake(without_dimension, "The constant is d/2 times log(2 pi)."),
            Mistake(whitened_by_the_transpose, "Solve with the lower factor L, not with its transpose."),
        ],
        rtol=1e-7,
        why="The whitened point has the squared length of the Mahalanobis distance.",
    ),
}
