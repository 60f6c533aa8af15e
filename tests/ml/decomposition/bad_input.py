import numpy as np
from scipy.sparse import csr_array

from companion.ml.decomposition import PCA, principal_components
from tests.bad_input import BadInput

X = [[0.0, 0.0], [1.0, 2.0], [2.0, 1.0], [3.0, 3.0]]
EQUAL = "all rows of X are equal: without variance no direction is the first"

BAD_TABLES = [
    ([[0.0, 0.0], [np.nan, 0.0]], ValueError, "X contains NaN"),
    ([[0.0, 0.0], [np.inf, 0.0]], ValueError, "X contains infinity"),
    ([1.0, 2.0, 3.0], ValueError, "Expected 2D array, got 1D array instead"),
    ([], ValueError, "Expected 2D array, got 1D array instead"),
    (np.empty((0, 2)), ValueError, r"Found array with 0 sample\(s\)"),
    (np.empty((3, 0)), ValueError, r"Found array with 0 feature\(s\)"),
    ([["a", "b"], ["c", "d"]], ValueError, "could not convert string to float"),
    (np.array([[1j, 2], [3, 4]]), ValueError, "Complex data not supported"),
    (csr_array(np.eye(2)), TypeError, "Sparse data was passed"),
]
BAD_TO_FIT = [
    *BAD_TABLES,
    ([[1.0, 2.0]], ValueError, r"Found array with 1 sample\(s\).*a minimum of 2 is required"),
    ([[0.1, 7.0]] * 3, ValueError, EQUAL),
    ([[1e200, 0.0], [0.0, 1.0]], ValueError, "X is too large: its squares overflow float64; scale it down"),
    ([[1.7e308, 0.0], [-1.7e308, 1.0]], ValueError, "X is too large: its squares overflow float64"),
    ([[1e-200, 0.0], [0.0, 0.0]], ValueError, "X varies too little: its squares underflow float64; scale it up"),
    (np.array([[1e30, 0], [0, 0]], dtype=np.float32), ValueError, "X is too large: its squares overflow float32"),
    (
        np.array([[1e-30, 0], [0, 0]], dtype=np.float32),
        ValueError,
        "X varies too little: its squares underflow float32",
    ),
]
BAD_PARAMETERS = [
    ({"n_components": 3}, r"n_components=3 must be at most min\(n_samples, n_features\)=2"),
    ({"n_components": -1}, "'n_components' parameter of PCA must be"),
    ({"n_components": 1.0}, "'n_components' parameter of PCA must be"),
    ({"n_components": 0.0}, "'n_components' parameter of PCA must be"),
    ({"n_components": np.nan}, "'n_components' parameter of PCA must be"),
    ({"n_components": "mle"}, "'n_components' parameter of PCA must be"),
    ({"svd_solver": "randomized"}, "'svd_solver' parameter of PCA must be a str among"),
    ({"whiten": "yes"}, "'whiten' parameter of PCA must be"),
    ({"copy": "no"}, "'copy' parameter of PCA must be"),
]


def fit(X, **parameters):
    return PCA(**parameters).fit(X)


def fit_then(method, new):
    return getattr(fit(X), method)(new)


NEW = [*BAD_TABLES, ([[1.0, 2.0, 3.0]], ValueError, "X has 3 features, but PCA is expecting 2 features")]
SCORES = [
    *BAD_TABLES,
    ([[1.0]], ValueError, r"X must have n_components_=2 columns, the scores of a sample, got .*\(1, 1\)"),
]
BAD_INPUT = [
    *(BadInput(principal_components, (table,), {}, error, match) for table, error, match in BAD_TO_FIT),
    *(BadInput(fit, (table,), {}, error, match, covers=PCA) for table, error, match in BAD_TO_FIT),
    *(BadInput(fit_then, ("transform", table), {}, error, match, covers=PCA) for table, error, match in NEW),
    *(BadInput(fit_then, ("inverse_transform", table), {}, error, match, covers=PCA) for table, error, match in SCORES),
    *(BadInput(fit, (X,), parameters, ValueError, match, covers=PCA) for parameters, match in BAD_PARAMETERS),
    BadInput(
        principal_components,
        (X,),
        {"svd_solver": "arpack"},
        ValueError,
        "svd_solver must be one of auto, full, covariance_eigh, got 'arpack'",
    ),
]
