import numpy as np
from scipy.sparse import csr_array

from companion.ml.mixture import GaussianMixture, Mixture, e_step, em, log_gaussian, m_step
from tests.bad_input import BadInput

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]]
MIXTURE = Mixture(np.array([0.5, 0.5]), np.array([[0.0, 0.0], [5.0, 5.0]]), np.ones(2))
SHARES = [[1, 0], [1, 0], [0, 1], [0, 1]]

BAD_TABLES = [
    ([[0.0, 0.0], [np.nan, 0.0]], ValueError, "X contains NaN"),
    ([[0.0, 0.0], [np.inf, 0.0]], ValueError, "X contains infinity"),
    ([[0.0, 0.0], [1e200, 0.0]], ValueError, "X is too large: its squares overflow float64; scale it down"),
    ([1.0, 2.0], ValueError, "Expected 2D array, got 1D array instead"),
    (np.empty((0, 2)), ValueError, r"Found array with 0 sample\(s\)"),
    ([["a", "b"], ["c", "d"]], ValueError, "could not convert string to float"),
    (np.array([[1j, 2], [3, 4]]), ValueError, "Complex data not supported"),
    (csr_array(np.eye(2)), TypeError, "Sparse data was passed"),
]
BAD_MIXTURES = [
    ({"weights": [0.5, 0.6]}, ValueError, "weights must be a vector of non-negative numbers that add up to 1"),
    ({"weights": [1.5, -0.5]}, ValueError, "weights must be a vector of non-negative numbers that add up to 1"),
    ({"weights": [1.0]}, ValueError, "weights and means must be equally many, got 1 and 2"),
    ({"means": [[0.0], [5.0]]}, ValueError, "means must have the n_features=2 columns of X"),
    ({"means": [[0.0, np.nan], [5.0, 5.0]]}, ValueError, "means contains NaN"),
    ({"covariances": [1.0]}, ValueError, r"covariances must have shape \(2,\), got \(1,\)"),
    ({"covariances": [1.0, 0.0]}, ValueError, "a covariance is not positive definite"),
    ({"covariances": [1.0, -1.0]}, ValueError, "a covariance is not positive definite"),
]
BAD_WHOLES = [
    ((MIXTURE.weights, MIXTURE.means), ValueError, "or a tuple of these three, got 2 parts"),
    (MIXTURE._asdict(), TypeError, r"mixture must be Mixture\(weights, means, covariances\), .* got dict$"),
    (GaussianMixture(), TypeError, r"got GaussianMixture; pass Mixture\(model.weights_, model.means_, model.cov"),
]
NOT_DEFINITE = [[[1.0, 2.0], [2.0, 1.0]]]
HALF = [[1e-9, 9e-10], [0.0, 1e-9]]
MIXED_UNITS = [[1e-18, 0.9], [-0.9, 1e18]]
FAR = ([[0.0], [1e154]], Mixture(np.array([0.5, 0.5]), np.array([[0.0], [1.0]]), np.array([1e-6, 1e-6])), "spherical")
BAD_SHARES = [
    ([[1, 0]], ValueError, "responsibilities must have a row for each of the 4 points, got 1"),
    ([[1, 0], [1, 0], [0, 1], [0, -1]], ValueError, "responsibilities must be non-negative"),
    ([[1, 0]] * 4, ValueError, "not all 0 for any component"),
    ([[1, np.nan]] * 4, ValueError, "responsibilities contains NaN"),
]
BAD_PARAMETERS = [
    ({"n_components": 0}, ValueError, r"'n_components' parameter of GaussianMixture must be an int in the range"),
    ({"n_components": True}, TypeError, "n_components must be an integer, got True"),
    ({"n_components": 5}, ValueError, "Expected n_samples >= n_components but got n_components = 5, n_samples = 4"),
    ({"covariance_type": "round"}, ValueError, "must be a str among {'diag', 'full', 'spherical', 'tied'}"),
    ({"tol": -1}, ValueError, "'tol' parameter of GaussianMixture"),
    ({"reg_covar": -1}, ValueError, "'reg_covar' parameter of GaussianMixture"),
    ({"reg_covar": 0}, ValueError, "a covariance is not positive definite"),
    ({"max_iter": -1}, ValueError, "'max_iter' parameter of GaussianMixture"),
    ({"n_init": 0}, ValueError, "'n_init' parameter of GaussianMixture"),
    ({"init_params": "far"}, ValueError, "'init_params' parameter of GaussianMixture must be a str among"),
    (
        {"weights_init": [0.3, 0.3]},
        ValueError,
        "weights_init must be a vector of non-negative numbers that add up to 1",
    ),
    ({"weights_init": [0.3, 0.3, 0.4]}, ValueError, r"weights_init must have shape \(2,\), got \(3,\)"),
    ({"means_init": [[0.0, 0.0]]}, ValueError, r"means_init must have shape \(2, 2\), got \(1, 2\)"),
    ({"precisions_init": [1.0, 1.0]}, ValueError, r"precisions_init must have shape \(2, 2, 2\), got \(2,\)"),
    ({"precisions_init": NOT_DEFINITE * 2}, ValueError, "not positive definite"),
    ({"precisions_init": [np.eye(2), HALF]}, ValueError, r"precisions_init must .* precisions_init\[1, 0, 1\] = 9e-10"),
    ({"precisions_init": HALF, "covariance_type": "tied"}, ValueError, r"precisions_init\[1, 0\] = 0; fill in both"),
    ({"random_state": "seed"}, ValueError, "'random_state' parameter of GaussianMixture"),
    ({"warm_start": "no"}, ValueError, "'warm_start' parameter of GaussianMixture"),
    ({"verbose_interval": 0}, ValueError, "'verbose_interval' parameter of GaussianMixture"),
]


def fit(X, n_components=2, **parameters):
    return GaussianMixture(n_components, **parameters).fit(X)


def fit_then(method, X, unit=1.0):
    return getattr(fit(unit * np.array([[0.0, 0.0], [5.0, 5.0], [1.0, 2.0]]), 1), method)(X)


BAD_INPUT = [
    *(BadInput(log_gaussian, (table, [[0, 0]], [1.0], "spherical"), {}, e, m) for table, e, m in BAD_TABLES),
    *(BadInput(e_step, (table, MIXTURE, "spherical"), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(m_step, (table, SHARES), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(fit, (table,), {}, error, match, covers=GaussianMixture) for table, error, match in BAD_TABLES),
    *(
        BadInput(fit_then, (method, table), {}, error, match, covers=GaussianMixture)
        for method in ("predict", "predict_proba", "score", "bic")
        for table, error, match in BAD_TABLES
    ),
    *(BadInput(e_step, (X, MIXTURE._replace(**part), "spherical"), {}, e, m) for part, e, m in BAD_MIXTURES),
    *(BadInput(e_step, (X, mixture), {}, error, match) for mixture, error, match in BAD_WHOLES),
    BadInput(e_step, (X, MIXTURE._replace(covariances=[np.eye(2), HALF])), {}, ValueError, "covariances must be symm"),
    BadInput(e_step, FAR, {}, ValueError, r"X\[1\] is too far .* overflow float64; scale it down, or widen"),
    BadInput(fit_then, ("predict", [[0.0, 1e154]], 1e-3), {}, ValueError, r"X\[0\] is too far", GaussianMixture),
    BadInput(fit_then, ("predict_proba", [[0.0, 1e154]], 1e-3), {}, ValueError, "too far", GaussianMixture),
    *(BadInput(m_step, (X, shares), {}, error, match) for shares, error, match in BAD_SHARES),
    *(BadInput(fit, (X,), part, error, match, covers=GaussianMixture) for part, error, match in BAD_PARAMETERS),
    BadInput(fit, ([[1.0, 2.0]], 1), {}, ValueError, "minimum of 2 is required", GaussianMixture),
    BadInput(fit_then, ("sample", 0), {}, ValueError, "n_samples must be at least 1, got 0", GaussianMixture),
    BadInput(log_gaussian, (X, [[0, 0]], NOT_DEFINITE), {}, ValueError, "a covariance is not positive definite"),
    BadInput(
        log_gaussian, (X, [[0, 0]], [HALF]), {}, ValueError, r"covariances\[0, 1, 0\] = 0; fill in both triangles"
    ),
    BadInput(log_gaussian, (X, [[0, 0]], [MIXED_UNITS]), {}, ValueError, "covariances must be symmetric"),
    BadInput(log_gaussian, (X, [[0, 0]], HALF, "tied"), {}, ValueError, r"got covariances\[0, 1\] = 9e-10 and"),
    BadInput(log_gaussian, (X, [[0, 0]], [1.0], "round"), {}, ValueError, "covariance_type must be one of full, tied"),
    BadInput(e_step, (X, MIXTURE, "round"), {}, ValueError, "covariance_type must be one of full, tied"),
    BadInput(m_step, (X, SHARES, "round"), {}, ValueError, "covariance_type must be one of full, tied"),
    BadInput(m_step, (X, SHARES), {"reg_covar": -1.0}, ValueError, "reg_covar must be non-negative"),
    BadInput(em, (None, abs, 1.0), {}, TypeError, "e_step must be a function, got NoneType"),
    BadInput(em, (abs, 3, 1.0), {}, TypeError, "m_step must be a function, got int; pass it without calling it"),
    BadInput(em, (abs, abs, 1.0), {"tol": -1}, ValueError, "tol must be non-negative"),
    BadInput(em, (abs, abs, 1.0), {"tol": "small"}, TypeError, "tol must be a number, got 'small'"),
    BadInput(em, (abs, abs, 1.0), {"max_iter": 0}, ValueError, "max_iter must be at least 1, got 0"),
    BadInput(em, (abs, abs, 1.0), {"max_iter": 2.5}, TypeError, "max_iter must be an integer, got 2.5"),
    BadInput(em, (lambda x: (x, np.nan), abs, 1.0), {}, ValueError, "the log-likelihood is not a number"),
    BadInput(em, (lambda x: None, abs, 1.0), {}, ValueError, "log_likelihood.*, got nothing: is a return missing"),
    BadInput(em, (lambda x: np.ones((4, 2)), abs, 1.0), {}, ValueError, "must return a pair .*, got ndarray"),
    BadInput(em, (lambda x: (x, np.ones(4)), abs, 1.0), {}, ValueError, r"one number, got ndarray of shape \(4,\)"),
    BadInput(em, (lambda x: (x, "a"), abs, 1.0), {}, ValueError, "the second one number, got str"),
]
