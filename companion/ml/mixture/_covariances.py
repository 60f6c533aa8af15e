"""The four shapes of a Gaussian component: full, tied, diagonal and spherical covariances.

Samples are columns here, so that each row of a table is one feature, or one component, of all samples: NumPy then works
along contiguous memory, and no table is larger than (n_features, n_samples) or (n_components, n_samples).
"""

from abc import ABC, abstractmethod
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import solve_triangular

Floats = NDArray[np.floating[Any]]
Source = np.random.RandomState | np.random.Generator
CovarianceType = Literal["full", "tied", "diag", "spherical"]


class Shape(ABC):
    """What differs between the covariance types; the EM algorithm around them is the same."""

    @abstractmethod
    def shape(self, n_components: int, n_features: int) -> tuple[int, ...]:
        """Return the shape of the array of covariances."""

    @abstractmethod
    def estimate(self, columns: Floats, posterior: Floats, mass: Floats, means: Floats, reg_covar: float) -> Floats:
        """Return the covariances that maximise the expected log-likelihood, with *reg_covar* added to variances."""

    @abstractmethod
    def precisions_cholesky(self, covariances: Floats) -> Floats:
        """Return the factors P of the inverse covariances P Pᵀ."""

    @abstractmethod
    def whiten(self, deviations: Floats, precisions_cholesky: Floats, k: int) -> Floats:
        """Return deviations from the mean of component *k* in units in which its covariance is the identity."""

    @abstractmethod
    def log_det(self, precisions_cholesky: Floats, n_features: int) -> Floats:
        """Return the logarithms of det P, one for each component or one for all."""

    @abstractmethod
    def n_parameters(self, n_components: int, n_features: int) -> int:
        """Return how many numbers describe the covariances."""

    @abstractmethod
    def precisions(self, precisions_cholesky: Floats) -> Floats:
        """Return the inverse covariances."""

    @abstractmethod
    def invert(self, precisions: Floats) -> Floats:
        """Return the covariances of these inverses, which must be symmetric and positive definite."""

    @abstractmethod
    def draw(self, rng: Source, mean: Floats, covariances: Floats, k: int, n: int) -> Floats:
        """Draw *n* points of component *k*."""

    def log_densities(self, columns: Floats, means: Floats, precisions_cholesky: Floats) -> Floats:
        """Return log N(x; mean, covariance), of shape (n_components, n_samples)."""
        n_features, n_samples = columns.shape
        distances = np.empty((len(means), n_samples), dtype=columns.dtype)
        for k, mean in enumerate(means):
            white = self.whiten(columns - mean[:, None], precisions_cholesky, k)
            np.einsum("ij,ij->j", white, white, out=distances[k])
        log_det = np.broadcast_to(self.log_det(precisions_cholesky, n_features), len(means))
        constant = (log_det - 0.5 * n_features * np.log(2 * np.pi)).astype(columns.dtype)
        distances *= -0.5
        distances += constant[:, None]
        return distances


class Full(Shape):
    """Each component has its own matrix."""

    def shape(self, n_components: int, n_features: int) -> tuple[int, ...]:
        return (n_components, n_features, n_features)

    def estimate(self, columns: Floats, posterior: Floats, mass: Floats, means: Floats, reg_covar: float) -> Floats:
        scatters = np.stack([scatter(columns, *component) for component in zip(posterior, means, strict=True)])
        covariances: Floats = scatters / mass[:, None, None] + reg_identity(columns, reg_covar)
        return covariances

    def precisions_cholesky(self, covariances: Floats) -> Floats:
        return np.stack([inverse_cholesky(covariance) for covariance in covariances])

    def whiten(self, deviations: Floats, precisions_cholesky: Floats, k: int) -> Floats:
        white: Floats = precisions_cholesky[k].T @ deviations
        return white

    def log_det(self, precisions_cholesky: Floats, n_features: int) -> Floats:
        out: Floats = np.log(np.diagonal(precisions_cholesky, axis1=1, axis2=2)).sum(axis=1)
        return out

    def n_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_features * (n_features + 1) // 2

    def precisions(self, precisions_cholesky: Floats) -> Floats:
        return np.stack([factor @ factor.T for factor in precisions_cholesky])

    def invert(self, precisions: Floats) -> Floats:
        return np.stack([inverse(precision) for precision in precisions])

    def draw(self, rng: Source, mean: Floats, covariances: Floats, k: int, n: int) -> Floats:
        points: Floats = rng.multivariate_normal(mean, covariances[k], n)
        return points


class Tied(Shape):
    """All components share one matrix."""

    def shape(self, n_components: int, n_features: int) -> tuple[int, ...]:
        return (n_features, n_features)

    def estimate(self, columns: Floats, posterior: Floats, mass: Floats, means: Floats, reg_covar: float) -> Floats:
        scatters = [scatter(columns, *component) for component in zip(posterior, means, strict=True)]
        covariance: Floats = np.sum(scatters, axis=0) / mass.sum() + reg_identity(columns, reg_covar)
        return covariance

    def precisions_cholesky(self, covariances: Floats) -> Floats:
        return inverse_cholesky(covariances)

    def whiten(self, deviations: Floats, precisions_cholesky: Floats, k: int) -> Floats:
        white: Floats = precisions_cholesky.T @ deviations
        return white

    def log_det(self, precisions_cholesky: Floats, n_features: int) -> Floats:
        out: Floats = np.log(np.diagonal(precisions_cholesky)).sum(keepdims=True)
        return out

    def n_parameters(self, n_components: int, n_features: int) -> int:
        return n_features * (n_features + 1) // 2

    def precisions(self, precisions_cholesky: Floats) -> Floats:
        precision: Floats = precisions_cholesky @ precisions_cholesky.T
        return precision

    def invert(self, precisions: Floats) -> Floats:
        return inverse(precisions)

    def draw(self, rng: Source, mean: Floats, covariances: Floats, k: int, n: int) -> Floats:
        points: Floats = rng.multivariate_normal(mean, covariances, n)
        return points


class Diagonal(Shape):
    """Each component has a variance for each feature."""

    def shape(self, n_components: int, n_features: int) -> tuple[int, ...]:
        return (n_components, n_features)

    def estimate(self, columns: Floats, posterior: Floats, mass: Floats, means: Floats, reg_covar: float) -> Floats:
        sums = [(columns - means[k][:, None]) ** 2 @ posterior[k] for k in range(len(means))]
        variances: Floats = np.stack(sums) / mass[:, None] + reg_covar
        return variances

    def precisions_cholesky(self, covariances: Floats) -> Floats:
        return inverse_roots(covariances)

    def whiten(self, deviations: Floats, precisions_cholesky: Floats, k: int) -> Floats:
        out: Floats = deviations * precisions_cholesky[k][:, None]
        return out

    def log_det(self, precisions_cholesky: Floats, n_features: int) -> Floats:
        out: Floats = np.log(precisions_cholesky).sum(axis=1)
        return out

    def n_parameters(self, n_components: int, n_features: int) -> int:
        return n_components * n_features

    def precisions(self, precisions_cholesky: Floats) -> Floats:
        precisions: Floats = precisions_cholesky**2
        return precisions

    def invert(self, precisions: Floats) -> Floats:
        variances: Floats = inverse_roots(precisions) ** 2
        return variances

    def draw(self, rng: Source, mean: Floats, covariances: Floats, k: int, n: int) -> Floats:
        out: Floats = mean + rng.standard_normal(size=(n, len(mean))) * np.sqrt(covariances[k])
        return out


class Spherical(Diagonal):
    """Each component has one variance, the same in all directions."""

    def shape(self, n_components: int, n_features: int) -> tuple[int, ...]:
        return (n_components,)

    def estimate(self, columns: Floats, posterior: Floats, mass: Floats, means: Floats, reg_covar: float) -> Floats:
        variances: Floats = super().estimate(columns, posterior, mass, means, reg_covar).mean(axis=1)
        return variances

    def whiten(self, deviations: Floats, precisions_cholesky: Floats, k: int) -> Floats:
        out: Floats = deviations * precisions_cholesky[k]
        return out

    def log_det(self, precisions_cholesky: Floats, n_features: int) -> Floats:
        log_det: Floats = n_features * np.log(precisions_cholesky)
        return log_det

    def n_parameters(self, n_components: int, n_features: int) -> int:
        return n_components


SHAPES: dict[str, Shape] = {"full": Full(), "tied": Tied(), "diag": Diagonal(), "spherical": Spherical()}


def scatter(columns: Floats, shares: Floats, mean: Floats) -> Floats:
    """Return the sum of shares times (x - mean)(x - mean)ᵀ."""
    deviations = columns - mean[:, None]
    products: Floats = (shares * deviations) @ deviations.T
    return products


def reg_identity(columns: Floats, reg_covar: float) -> Floats:
    """Return *reg_covar* times the identity matrix."""
    return reg_covar * np.eye(len(columns), dtype=columns.dtype)


def inverse_cholesky(covariance: Floats) -> Floats:
    """Return the upper triangular P for which P Pᵀ is the inverse of the covariance L Lᵀ: the inverse of Lᵀ."""
    try:
        factor = np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise ValueError(not_positive_definite()) from None
    precision: Floats = solve_triangular(factor, np.eye(len(factor), dtype=factor.dtype), lower=True).T
    return precision


def inverse(precision: Floats) -> Floats:
    """Return the inverse of a symmetric positive definite matrix."""
    factor = inverse_cholesky(precision)
    covariance: Floats = factor @ factor.T
    return covariance


def demand_symmetric(matrices: Floats, given: ArrayLike, name: str) -> None:
    """Complain if a matrix is not symmetric, up to rounding in the precision in which the matrices were given.

    Differences are measured in the standard deviations of the diagonal, so that no unit is too small to be looked at.
    """
    types = [np.asarray(table).dtype for table in (matrices, given)]
    slack = np.sqrt(max(np.finfo(dtype).eps for dtype in types if dtype.kind == "f"))
    roots = np.sqrt(np.abs(np.diagonal(matrices, axis1=-2, axis2=-1)))
    mirrored = np.swapaxes(matrices, -2, -1)
    allowed = slack * roots[..., :, None] * roots[..., None, :] + 1e-5 * np.abs(mirrored)
    wrong = np.argwhere(np.abs(matrices - mirrored) > allowed)
    if len(wrong):
        *k, i, j = wrong[0].tolist()
        here, there = (f"{name}[{', '.join(map(str, at))}]" for at in ((*k, i, j), (*k, j, i)))
        raise ValueError(
            f"{name} must be symmetric, got {here} = {matrices[*k, i, j]:g} and {there} = {matrices[*k, j, i]:g}; "
            "fill in both triangles of the matrix with the same numbers"
        )


def inverse_roots(variances: Floats) -> Floats:
    """Return the reciprocals of the standard deviations."""
    if not (variances > 0).all():
        raise ValueError(not_positive_definite())
    roots: Floats = 1 / np.sqrt(variances)
    return roots


def not_positive_definite() -> str:
    """Say why a covariance cannot be inverted, and what helps."""
    return (
        "a covariance is not positive definite: a component has too few distinct points, or points on a line or "
        "plane; decrease n_components, or increase reg_covar"
    )
