import numpy as np

from companion.ml.mixture import Mixture, covariance_ellipse, sample_mixture
from tests.bad_input import BadInput

MIXTURE = Mixture(np.array([0.5, 0.5]), np.array([[0.0, 0.0], [5.0, 5.0]]), np.ones(2))
BAD_MIXTURES = [
    ({"weights": [0.5, 0.6]}, "weights must be a vector of non-negative numbers that add up to 1"),
    ({"weights": [1.0]}, "weights and means must be equally many, got 1 and 2"),
    ({"means": [[0.0, np.nan], [5.0, 5.0]]}, "means contains NaN"),
    ({"means": [0.0, 5.0]}, "Expected 2D array, got 1D array instead"),
    ({"covariances": [1.0]}, r"covariances must have shape \(2,\), got \(1,\)"),
    ({"covariances": [1.0, -1.0]}, "a covariance is not positive definite"),
]
BAD_COUNTS = [
    (0, ValueError, "n_samples must be at least 1, got 0"),
    (2.0, TypeError, "n_samples must be an integer, got 2.0"),
]
EYE = [[1.0, 0.0], [0.0, 1.0]]
HALF = [[1e-9, 9e-10], [0.0, 1e-9]]
BAD_ELLIPSES = [
    (([0.0], EYE), {}, ValueError, r"mean and covariance must have shapes \(2,\) and \(2, 2\), got \(1,\)"),
    (([0.0, np.inf], EYE), {}, ValueError, "mean contains infinity"),
    (([0.0, 0.0], np.eye(3)), {}, ValueError, r"got \(2,\) and \(3, 3\)"),
    (([0.0, 0.0], [[1.0, 2.0], [0.0, 1.0]]), {}, ValueError, "covariance must be symmetric"),
    (([0.0, 0.0], HALF), {}, ValueError, r"got covariance\[0, 1\] = 9e-10 and covariance\[1, 0\] = 0; fill in both"),
    (([0.0, 0.0], [[1.0, 2.0], [2.0, 1.0]]), {}, ValueError, "covariance must be positive semi-definite"),
    (([0.0, 0.0], [[-1.0, 0.0], [0.0, -1.0]]), {}, ValueError, "covariance must be positive semi-definite"),
    (([0.0, 0.0], EYE, -1.0), {}, ValueError, "n_std must"),
    (([0.0, 0.0], EYE), {"n_points": 1}, ValueError, "n_points must be at least 2, got 1"),
    (([0.0, 0.0], EYE), {"n_points": 9.0}, TypeError, "n_points must be an integer, got 9.0"),
]

BAD_INPUT = [
    *(
        BadInput(sample_mixture, (MIXTURE._replace(**change), 3, "spherical"), {}, ValueError, match)
        for change, match in BAD_MIXTURES
    ),
    *(BadInput(sample_mixture, (MIXTURE, n, "spherical"), {}, error, match) for n, error, match in BAD_COUNTS),
    BadInput(sample_mixture, (MIXTURE._replace(covariances=[EYE, HALF]), 3), {}, ValueError, "must be symmetric"),
    BadInput(sample_mixture, (MIXTURE._replace(covariances=HALF), 3, "tied"), {}, ValueError, "must be symmetric"),
    BadInput(sample_mixture, (MIXTURE[:2], 3), {}, ValueError, "or a tuple of these three, got 2 parts"),
    BadInput(sample_mixture, (None, 3), {}, TypeError, "mixture must be Mixture.*, got NoneType$"),
    BadInput(sample_mixture, (MIXTURE, 3, "round"), {}, ValueError, "covariance_type must be one of full, tied"),
    *(BadInput(covariance_ellipse, *case) for case in BAD_ELLIPSES),
]
