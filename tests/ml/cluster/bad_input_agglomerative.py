import numpy as np
from scipy.sparse import csr_array
from scipy.spatial.distance import pdist

from companion.ml.cluster import AgglomerativeClustering
from tests.bad_input import BadInput

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0]]
D = [[0.0, 1.0, 2.0], [1.0, 0.0, 3.0], [2.0, 3.0, 0.0]]

BAD_TABLES = [
    ([[0.0, 0.0], [np.nan, 0.0]], ValueError, "X contains NaN"),
    ([[0.0, 0.0], [np.inf, 0.0]], ValueError, "X contains infinity"),
    ([[0.0, 0.0], [1e200, 0.0]], ValueError, "the distances of y are not finite: too large for float64"),
    ([1.0, 2.0, 3.0], ValueError, "Expected 2D array, got 1D array instead"),
    ([[1.0, 2.0]], ValueError, r"Found array with 1 sample\(s\) \(shape=\(1, 2\)\) while a minimum of 2 is required"),
    (np.empty((0, 2)), ValueError, r"Found array with 0 sample\(s\)"),
    (np.empty((3, 0)), ValueError, r"Found array with 0 feature\(s\)"),
    ([["a", "b"], ["c", "d"]], ValueError, "dtype='numeric' is not compatible with arrays of bytes/strings"),
    (np.array([[1j, 2], [3, 4]]), ValueError, "Complex data not supported"),
    (csr_array(np.eye(3)), TypeError, "Sparse data was passed"),
]
BAD_DISTANCES = [
    (pdist(X), ValueError, r"X must be a square table of distances, .* got shape \(3,\); .*squareform"),
    (X, ValueError, r"X must be square, the distance of each point to each, got shape \(3, 2\)"),
    (np.eye(3), ValueError, r"X\[0, 0\] must be 0"),
    (np.triu(D), ValueError, "X must be symmetric"),
    (np.tri(3, k=-1, dtype=bool), ValueError, r"X must be symmetric, but X\[0, 1\] is False and X\[1, 0\] is True"),
    (-np.array(D), ValueError, "X must hold distances, which are not negative"),
]
BAD_PARAMETERS = [
    ({"n_clusters": 0}, ValueError, r"'n_clusters' parameter of AgglomerativeClustering must be an int in the range"),
    ({"n_clusters": 2.0}, ValueError, "'n_clusters' parameter of AgglomerativeClustering must be"),
    ({"n_clusters": True}, TypeError, "n_clusters must be an integer, got True"),
    ({"n_clusters": 4}, ValueError, "n_clusters=4 must not exceed n_samples=3"),
    (
        {"n_clusters": None},
        ValueError,
        "exactly one of n_clusters and distance_threshold must be None, got n_clusters=None .*; give one of them",
    ),
    ({"distance_threshold": 1.0}, ValueError, "exactly one of .*; pass n_clusters=None with distance_threshold"),
    ({"n_clusters": None, "distance_threshold": -1.0}, ValueError, "'distance_threshold' parameter of Agglomerative"),
    ({"n_clusters": None, "distance_threshold": np.nan}, ValueError, "'distance_threshold' parameter of Agglomerative"),
    (
        {"n_clusters": None, "distance_threshold": 1.0, "compute_full_tree": False},
        ValueError,
        "compute_full_tree must not be False with a distance_threshold; leave it at 'auto'",
    ),
    ({"compute_full_tree": "yes"}, ValueError, "'compute_full_tree' parameter of AgglomerativeClustering must be"),
    ({"compute_distances": "yes"}, ValueError, "'compute_distances' parameter of AgglomerativeClustering must be"),
    ({"linkage": "centroid"}, ValueError, "must be a str among {'average', 'complete', 'single', 'ward'}"),
    ({"metric": "far"}, ValueError, "'metric' parameter of AgglomerativeClustering must be a str among"),
    ({"metric": "l1"}, ValueError, "metric must be 'euclidean' for ward linkage, which takes means; got 'l1'"),
    ({"metric": "precomputed"}, ValueError, "metric must be 'euclidean' for ward linkage"),
    ({"metric": lambda X: X, "linkage": "single"}, ValueError, r"metric\(X\) must be square"),
    ({"metric": lambda X: np.full((3, 3), np.nan), "linkage": "single"}, ValueError, r"metric\(X\) contains NaN"),
    ({"metric": pdist, "linkage": "single"}, ValueError, r"metric\(X\) must be a square .*squareform"),
    (
        {"metric": lambda a, b: 0.0, "linkage": "single"},
        TypeError,
        r"metric must be a function of the whole table X, .*'b'; turn a function d of two points into lambda X: squ",
    ),
    ({"metric": "cosine", "linkage": "single"}, ValueError, "not finite: .* or not defined by the metric"),
]


def fit(table, **parameters):
    return AgglomerativeClustering(**parameters).fit(table)


BAD_INPUT = [
    *(BadInput(fit, (table,), {}, error, match, covers=AgglomerativeClustering) for table, error, match in BAD_TABLES),
    *(
        BadInput(fit, (table,), {"linkage": "single"}, error, match, covers=AgglomerativeClustering)
        for table, error, match in BAD_TABLES
    ),
    *(
        BadInput(
            fit, (table,), {"metric": "precomputed", "linkage": "average"}, error, match, covers=AgglomerativeClustering
        )
        for table, error, match in BAD_DISTANCES
    ),
    *(
        BadInput(fit, (X,), kwargs, error, match, covers=AgglomerativeClustering)
        for kwargs, error, match in BAD_PARAMETERS
    ),
]
