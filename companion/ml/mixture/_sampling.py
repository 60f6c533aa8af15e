"""Draw points from a Gaussian mixture, and the ellipses of its components."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.utils import check_array

from companion._validation import as_count, as_nonnegative, as_real
from companion.ml.mixture._covariances import SHAPES, CovarianceType, Floats, demand_symmetric
from companion.ml.mixture._gaussian_mixture import Mixture, _as_components, _as_mixing, as_mixture


def sample_mixture(
    mixture: Mixture,
    n_samples: int,
    covariance_type: CovarianceType = "full",
    *,
    rng: int | np.random.Generator | None = None,
) -> tuple[Floats, NDArray[np.intp]]:
    """Draw independent points from a Gaussian mixture: for each first the component, then the point.

    Parameters
    ----------
    mixture : Mixture
        Weights, means and covariances; a plain tuple of the three will do.
    n_samples : int
        How many points.
    covariance_type : {"full", "tied", "diag", "spherical"}, default="full"
        What the covariances have in common.
    rng : int, Generator or None, default=None
        Source of the random choices.

    Returns
    -------
    X : ndarray of shape (n_samples, n_features)
        The points, in the order in which they were drawn.
    y : ndarray of int, shape (n_samples,)
        Their components, which an observer of `X` does not see.

    Raises
    ------
    TypeError
        If `n_samples` is not an integer, or `mixture` is neither a Mixture nor a tuple or list.
    ValueError
        If shapes do not fit together, a number is not finite, weights are negative or do not add up to 1, a
        covariance is not symmetric and positive definite, or `n_samples` is less than 1.

    See Also
    --------
    GaussianMixture.sample : From a fitted model; its points are ordered by component.

    Notes
    -----
    .. math:: y_i \\sim \\mathrm{Categorical}(\\pi_1, \\dots, \\pi_K), \\qquad
        x_i \\mid y_i = k \\sim N(\\mu_k, \\Sigma_k).

    Examples
    --------
    >>> mixture = Mixture(np.array([0.25, 0.75]), np.array([[0.0], [100.0]]), np.ones(2))
    >>> X, y = sample_mixture(mixture, 1000, "spherical", rng=0)
    >>> bool(np.all((X[:, 0] > 50) == (y == 1))), X.shape
    (True, (1000, 1))
    """
    mixture = as_mixture(mixture)
    means = check_array(mixture.means, dtype=float, input_name="means")
    weights = _as_mixing(mixture.weights, means.dtype)
    if len(weights) != len(means):
        raise ValueError(f"weights and means must be equally many, got {len(weights)} and {len(means)}")
    covariances = _as_components(means, means, mixture.covariances, covariance_type)[1]
    SHAPES[covariance_type].precisions_cholesky(covariances)  # refuses what is not positive definite
    generator = np.random.default_rng(rng)
    y = generator.choice(len(means), size=as_count(n_samples, "n_samples"), p=weights / weights.sum())
    X = np.empty((len(y), means.shape[1]))
    for k, mean in enumerate(means):
        mine = y == k
        X[mine] = SHAPES[covariance_type].draw(generator, mean, covariances, k, int(mine.sum()))
    return X, y


def covariance_ellipse(mean: ArrayLike, covariance: ArrayLike, n_std: float = 1.0, *, n_points: int = 100) -> Floats:
    """Return points on the ellipse at a given number of standard deviations from the mean, in two dimensions.

    Parameters
    ----------
    mean : array-like of shape (2,)
        Center.
    covariance : array-like of shape (2, 2)
        Symmetric and positive semi-definite.
    n_std : float, default=1.0
        Mahalanobis distance c of the ellipse from its center.
    n_points : int, default=100
        How many points; the first and the last are the same, so that a line through them is closed.

    Returns
    -------
    points : ndarray of shape (n_points, 2)
        Points on the ellipse, in order.

    Raises
    ------
    TypeError
        If `n_points` is not an integer.
    ValueError
        If a shape is wrong, a number is not finite, the covariance is not symmetric or has a negative eigenvalue,
        `n_std` is negative, or `n_points` is less than 2.

    Notes
    -----
    With eigenvalues :math:`\\lambda_i` and unit eigenvectors :math:`u_i` of the covariance, the ellipse
    :math:`(x - \\mu)^\\top \\Sigma^{-1} (x - \\mu) = c^2` has the semi-axes :math:`c \\sqrt{\\lambda_i}` along
    :math:`u_i`. It holds the share :math:`1 - e^{-c^2/2}` of a Gaussian: 39 % for c = 1, 86 % for c = 2.

    Examples
    --------
    >>> covariance_ellipse([0, 0], [[4, 0], [0, 1]], n_points=5).round(6) + 0.0
    array([[ 0.,  1.],
           [ 2.,  0.],
           [ 0., -1.],
           [-2.,  0.],
           [ 0.,  1.]])
    """
    center = check_array(mean, dtype=float, ensure_2d=False, input_name="mean")
    matrix = check_array(covariance, dtype=float, input_name="covariance")
    if center.shape != (2,) or matrix.shape != (2, 2):
        raise ValueError(f"mean and covariance must have shapes (2,) and (2, 2), got {center.shape} and {matrix.shape}")
    demand_symmetric(matrix, covariance, "covariance")
    eigenvalues, eigenvectors = np.linalg.eigh(matrix)
    if eigenvalues[0] < -1e-12 * eigenvalues[1] or eigenvalues[1] < 0:
        raise ValueError(f"covariance must be positive semi-definite, got the eigenvalue {eigenvalues[0]:g}")
    radius = as_nonnegative(as_real(n_std, "n_std"), "n_std")
    angles = np.linspace(0, 2 * np.pi, as_count(n_points, "n_points", minimum=2))
    circle = np.column_stack([np.cos(angles), np.sin(angles)])
    points: Floats = center + radius * circle * np.sqrt(eigenvalues.clip(0)) @ eigenvectors.T
    return points
