import numpy as np
from scipy.sparse import csr_array

from companion.ml.cluster import KMeans, assign_labels, inertia, k_means, kmeans_plusplus, lloyd, update_centers
from tests.bad_input import BadInput

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]]
CENTERS = [[0.0, 0.0], [5.0, 5.0]]
LABELS = [0, 0, 1, 1]
NAN = [[0.0, 0.0], [np.nan, 0.0], [5.0, 5.0]]
INFINITE = [[0.0, 0.0], [np.inf, 0.0], [5.0, 5.0]]
HUGE = [[0.0, 0.0], [1e200, 0.0], [5.0, 5.0]]
FLAT = [1.0, 2.0, 3.0]

BAD_TABLES = [
    (NAN, ValueError, "X contains NaN"),
    (INFINITE, ValueError, "X contains infinity"),
    (HUGE, ValueError, "X is too large: its squared distances overflow float64; scale it down"),
    (FLAT, ValueError, "Expected 2D array, got 1D array instead"),
    ([], ValueError, "Expected 2D array, got 1D array instead"),
    (np.empty((0, 2)), ValueError, r"Found array with 0 sample\(s\)"),
    (np.empty((3, 0)), ValueError, r"Found array with 0 feature\(s\)"),
    ([["a", "b"], ["c", "d"]], ValueError, "could not convert string to float"),
    (np.array([[1j, 2], [3, 4]]), ValueError, "Complex data not supported"),
    (csr_array(np.eye(3)), TypeError, "Sparse data was passed"),
]
BAD_CENTERS = [
    ([[0.0], [1.0]], ValueError, "centers must have the n_features=2 columns of X, got an array of shape"),
    ([0.0, 1.0], ValueError, "Expected 2D array, got 1D array instead"),
    ([[0.0, np.nan]], ValueError, "centers contains NaN"),
    ([[0.0, 1e200]], ValueError, "centers is too large"),
]
BAD_LABELS = [
    ([0, 0, 1], ValueError, r"labels must have shape \(4,\), one for each row of X, got \(3,\)"),
    ([[0, 0, 1, 1]], ValueError, r"labels must have shape \(4,\)"),
    ([0, 0, 1, 2], ValueError, "labels must be indices of the 2 centers, 0 to 1, got values from 0 to 2"),
    ([0, 0, -1, 1], ValueError, "labels must be indices of the 2 centers, 0 to 1, got values from -1 to 1"),
    ([0.0, 0.0, 1.0, 1.0], TypeError, "labels must be integers, got float64"),
]
BAD_WEIGHTS = [
    ([1, 1, 1], ValueError, r"sample_weight must have shape \(4,\), one for each row of X, got \(3,\)"),
    ([[1, 1, 1, 1]], ValueError, r"sample_weight must have shape \(4,\)"),
    (-2.0, ValueError, "sample_weight must be non-negative and not all zero, got values from -2.0"),
    (np.inf, ValueError, "sample_weight contains infinity"),
    ("2", TypeError, "1 dimension|Singleton array"),
    ([1, 1, -1, 1], ValueError, "sample_weight must be non-negative and not all zero, got values from -1.0"),
    ([1, 1, np.nan, 1], ValueError, "sample_weight contains NaN"),
    ([0, 0, 0, 0], ValueError, "sample_weight must be non-negative and not all zero, got values from 0.0"),
]
TOO_FEW = "n_samples=4 with a positive weight are too few for n_clusters=5; ask for fewer clusters"
BAD_PARAMETERS = [
    ({"n_clusters": 0}, ValueError, r"'n_clusters' parameter of KMeans must be an int in the range \[1, inf\). Got 0"),
    ({"n_clusters": 2.0}, TypeError, "'n_clusters' parameter of KMeans must be an int"),
    ({"n_clusters": True}, TypeError, "n_clusters must be an integer, got True"),
    ({"n_clusters": 5}, ValueError, TOO_FEW),
    ({"init": "far"}, ValueError, "'init' parameter of KMeans must be a str among"),
    ({"init": [[0.0, 0.0]]}, ValueError, r"init must give n_clusters=2 centers, got an array of shape \(1, 2\)"),
    ({"init": [[0.0], [1.0]]}, ValueError, "init must have the n_features=2 columns"),
    ({"init": [[0.0, 0.0], [np.nan, 0.0]]}, ValueError, "init contains NaN"),
    ({"init": [[0.0, 0.0], [1e200, 0.0]]}, ValueError, "init is too large"),
    ({"init": lambda X, k, random_state: X[:1]}, ValueError, "init must give n_clusters=2 centers"),
    ({"n_init": 0}, ValueError, "'n_init' parameter of KMeans must be"),
    ({"max_iter": 0}, ValueError, "'max_iter' parameter of KMeans must be"),
    ({"tol": -1.0}, ValueError, "'tol' parameter of KMeans must be"),
    ({"tol": np.nan}, ValueError, "'tol' parameter of KMeans must be"),
    ({"random_state": "seed"}, ValueError, "'random_state' parameter of KMeans must be"),
    ({"verbose": "much"}, ValueError, "'verbose' parameter of KMeans must be"),
    ({"copy_x": "no"}, ValueError, "'copy_x' parameter of KMeans must be"),
    ({"algorithm": "hamerly"}, ValueError, "'algorithm' parameter of KMeans must be a str among"),
]


def fit(X, sample_weight=None, n_clusters=2, **parameters):
    return KMeans(n_clusters, **parameters).fit(X, sample_weight=sample_weight)


def fit_then(method, X):
    return getattr(fit([[0.0, 0.0], [5.0, 5.0]]), method)(X)


BAD_INPUT = [
    *(BadInput(assign_labels, (table, CENTERS), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(update_centers, (table, LABELS, CENTERS), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(inertia, (table, CENTERS, LABELS), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(lloyd, (table, CENTERS), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(kmeans_plusplus, (table, 2), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(k_means, (table, 2), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(fit, (table,), {}, error, match, covers=KMeans) for table, error, match in BAD_TABLES),
    *(BadInput(fit_then, ("predict", table), {}, error, match, covers=KMeans) for table, error, match in BAD_TABLES),
    *(BadInput(fit_then, ("transform", table), {}, error, match, covers=KMeans) for table, error, match in BAD_TABLES),
    *(BadInput(fit_then, ("score", table), {}, error, match, covers=KMeans) for table, error, match in BAD_TABLES),
    *(BadInput(assign_labels, (X, centers), {}, error, match) for centers, error, match in BAD_CENTERS),
    *(BadInput(update_centers, (X, LABELS, centers), {}, error, match) for centers, error, match in BAD_CENTERS),
    *(BadInput(inertia, (X, centers, LABELS), {}, error, match) for centers, error, match in BAD_CENTERS),
    *(BadInput(lloyd, (X, centers), {}, error, match) for centers, error, match in BAD_CENTERS),
    *(BadInput(update_centers, (X, labels, CENTERS), {}, error, match) for labels, error, match in BAD_LABELS),
    *(BadInput(inertia, (X, CENTERS, labels), {}, error, match) for labels, error, match in BAD_LABELS),
    *(BadInput(lloyd, (X, CENTERS), {"sample_weight": w}, error, match) for w, error, match in BAD_WEIGHTS),
    *(BadInput(update_centers, (X, LABELS, CENTERS), {"sample_weight": w}, e, m) for w, e, m in BAD_WEIGHTS),
    *(BadInput(inertia, (X, CENTERS, LABELS), {"sample_weight": w}, e, m) for w, e, m in BAD_WEIGHTS),
    *(BadInput(kmeans_plusplus, (X, 2), {"sample_weight": w}, error, match) for w, error, match in BAD_WEIGHTS),
    *(BadInput(k_means, (X, 2), {"sample_weight": w}, error, match) for w, error, match in BAD_WEIGHTS),
    *(BadInput(fit, (X, w), {}, error, match, covers=KMeans) for w, error, match in BAD_WEIGHTS),
    *(BadInput(fit, (X,), parameters, error, match, covers=KMeans) for parameters, error, match in BAD_PARAMETERS),
    *(
        BadInput(k_means, (X,), {"n_clusters": 2, **parameters}, error, match)
        for parameters, error, match in BAD_PARAMETERS
    ),
    BadInput(
        lloyd, (X, X + CENTERS), {}, ValueError, "n_samples=4 with a positive weight are too few for n_clusters=6"
    ),
    BadInput(lloyd, (X, CENTERS), {"sample_weight": [1, 0, 0, 0]}, ValueError, "n_samples=1 with a positive weight"),
    BadInput(lloyd, (X, CENTERS), {"max_iter": 0}, ValueError, "max_iter must be at least 1, got 0"),
    BadInput(lloyd, (X, CENTERS), {"max_iter": 2.5}, TypeError, "max_iter must be an integer, got 2.5"),
    BadInput(lloyd, (X, CENTERS), {"tol": -1}, ValueError, "tol must be non-negative, got -1"),
    BadInput(lloyd, (X, CENTERS), {"tol": [1, 2]}, ValueError, "tol must be a single number"),
    BadInput(lloyd, (X, CENTERS), {"tol": "small"}, TypeError, "tol must be a number"),
    BadInput(kmeans_plusplus, (X, 5), {}, ValueError, TOO_FEW),
    BadInput(kmeans_plusplus, (X, 0), {}, ValueError, "n_clusters must be at least 1, got 0"),
    BadInput(kmeans_plusplus, (X, "2"), {}, TypeError, "n_clusters must be an integer, got '2'"),
    BadInput(kmeans_plusplus, (X, 2), {"n_local_trials": 0}, ValueError, "n_local_trials must be at least 1, got 0"),
    BadInput(
        kmeans_plusplus, (X, 2), {"x_squared_norms": [1, 2]}, ValueError, r"x_squared_norms must have shape \(4,\)"
    ),
    BadInput(kmeans_plusplus, (X, 2), {"random_state": "seed"}, ValueError, "cannot be used to seed"),
]
