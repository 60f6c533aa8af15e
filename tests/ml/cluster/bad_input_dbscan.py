import numpy as np
from scipy.sparse import csr_array

from companion.ml.cluster import DBSCAN, dbscan, dbscan_steps, eps_neighborhood, k_distances, point_types
from tests.bad_input import BadInput
from tests.ml.cluster.tables import BAD_POINTS, SINGULAR

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]]
D = [[0.0, 1.0], [1.0, 0.0]]

OVERFLOW = ([[0.0], [1e200]], ValueError, "X is too large: distances to the power of 2 overflow float64")
BAD_DISTANCES = [
    (np.ones(3), ValueError, r"X must be a square table of distances, .* got shape \(3,\); .*squareform"),
    (
        [[0.0, 1.0, 2.0], [1.0, 0.0, 1.0]],
        ValueError,
        r"X must be square, the distance of each point to each, got shape",
    ),
    ([[0.0, -1.0], [-1.0, 0.0]], ValueError, "X must hold distances, which are not negative, got -1.0"),
    ([[1.0, 0.5], [0.5, 1.0]], ValueError, r"X\[0, 0\] must be 0, got 1.0; turn similarities into distances first"),
    (
        [[0.0, 1.0], [2.0, 0.0]],
        ValueError,
        r"X must be symmetric, but X\[0, 1\] is 1.0 and X\[1, 0\] is 2.0; .* \(X \+ X.T\) / 2",
    ),
    (csr_array([[0.0, 1.0], [0.0, 0.0]]), ValueError, r"X must be symmetric, .*: take X.maximum\(X.T\)"),
    (csr_array([[0.0, -1.0], [-1.0, 0.0]]), ValueError, "not negative, got -1.0"),
]
BAD_PARAMETERS = [
    ({"eps": 0.0}, ValueError, "'eps' parameter of DBSCAN must be a float in the range"),
    ({"eps": -1}, ValueError, "'eps' parameter of DBSCAN must be"),
    ({"eps": np.nan}, ValueError, "'eps' parameter of DBSCAN must be"),
    ({"eps": np.inf}, ValueError, "'eps' parameter of DBSCAN must be"),
    ({"eps": "wide"}, ValueError, "'eps' parameter of DBSCAN must be"),
    ({"eps": 1e-200}, ValueError, r"eps=1e-200 is out of reach: eps \*\* 2 is 0.0 in float64; scale X and eps alike"),
    ({"eps": 1e200}, ValueError, r"eps=1e\+200 is out of reach: eps \*\* 2 is inf"),
    ({"min_samples": 0}, ValueError, "'min_samples' parameter of DBSCAN must be"),
    ({"min_samples": 2.5}, ValueError, "'min_samples' parameter of DBSCAN must be"),
    ({"metric": "far"}, ValueError, "'metric' parameter of DBSCAN must be"),
    ({"metric": "wminkowski"}, ValueError, "'metric' parameter of DBSCAN must be"),
    ({"metric": "matching"}, ValueError, "'metric' parameter of DBSCAN must be"),
]
MORE_PARAMETERS = [
    ({"metric_params": 2}, ValueError, "'metric_params' parameter of DBSCAN must be"),
    ({"algorithm": "fast"}, ValueError, "'algorithm' parameter of DBSCAN must be"),
    ({"algorithm": "kd_tree", "metric": "cosine"}, ValueError, "Metric 'cosine' not valid"),
    ({"algorithm": "brute", "eps": 1e200}, ValueError, r"eps=1e\+200 is out of reach: eps \*\* 2 is inf"),
    ({"leaf_size": 0}, ValueError, "'leaf_size' parameter of DBSCAN must be"),
    ({"p": -1}, ValueError, "'p' parameter of DBSCAN must be"),
    ({"n_jobs": "all"}, ValueError, "'n_jobs' parameter of DBSCAN must be"),
]
BAD_WEIGHTS = [
    ([1, 1, 1], ValueError, r"sample_weight.shape == \(3,\), expected \(4,\)"),
    ([1, 1, np.nan, 1], ValueError, "sample_weight contains NaN"),
    ([[1, 1, 1, 1]], ValueError, "Sample weights must be 1D array or scalar"),
    ("heavy", ValueError, "could not convert string to float"),
]


def fit(X, sample_weight=None, **parameters):
    return DBSCAN(**parameters).fit(X, sample_weight=sample_weight)


BAD_INPUT = [
    *(
        BadInput(call, (table,), {}, error, message, covers=covers)
        for call, covers in [
            (fit, DBSCAN),
            (dbscan, None),
            (dbscan_steps, None),
            (point_types, None),
            (lambda X: k_distances(X, 1), k_distances),
            (lambda X: eps_neighborhood(X, [0.0]), eps_neighborhood),
        ]
        for table, error, message in BAD_POINTS
    ),
    *(
        BadInput(call, (OVERFLOW[0],), {}, *OVERFLOW[1:], covers=covers)
        for call, covers in [(fit, DBSCAN), (dbscan, None), (dbscan_steps, None), (point_types, None)]
    ),
    *(
        BadInput(call, (table,), {"metric": "precomputed"}, error, message, covers=covers)
        for call, covers in [(fit, DBSCAN), (dbscan, None), (dbscan_steps, None), (point_types, None)]
        for table, error, message in BAD_DISTANCES
    ),
    *(
        BadInput(call, (X,), parameters, error, message, covers=covers)
        for call, covers in [(fit, DBSCAN), (dbscan, None), (dbscan_steps, None), (point_types, None)]
        for parameters, error, message in BAD_PARAMETERS
    ),
    *(
        BadInput(call, (X,), parameters, error, message, covers=covers)
        for call, covers in [(fit, DBSCAN), (dbscan, None)]
        for parameters, error, message in MORE_PARAMETERS
    ),
    *(
        BadInput(call, (X,), {"sample_weight": weights}, error, message, covers=covers)
        for call, covers in [(fit, DBSCAN), (dbscan, None), (point_types, None)]
        for weights, error, message in BAD_WEIGHTS
    ),
    *(
        BadInput(fit, ([[0.0], [1e200]],), {"metric": metric, "algorithm": "brute"}, *OVERFLOW[1:], covers=DBSCAN)
        for metric in ("euclidean", "sqeuclidean")
    ),
    *(
        BadInput(fit, (table,), {"metric": "mahalanobis"}, error, message, covers=DBSCAN)
        for table, error, message in SINGULAR
    ),
    BadInput(fit, ([[0.0]],), {"metric": "seuclidean"}, ValueError, "needs the variances of two points", covers=DBSCAN),
    BadInput(k_distances, (X, 0), {}, ValueError, "k must be at least 1, got 0"),
    BadInput(k_distances, (X, 1.5), {}, TypeError, "k must be an integer, got 1.5"),
    BadInput(k_distances, (X, 4), {}, ValueError, "k must be less than n_samples=4, the number of points, got 4"),
    BadInput(k_distances, ([[0.0], [1e200]], 1), {}, ValueError, "X is too large: its squared distances overflow"),
    BadInput(eps_neighborhood, (X, [0.0]), {}, ValueError, r"point must have shape \(2,\), one number a feature of X"),
    BadInput(eps_neighborhood, (X, 0.0), {}, TypeError, "at least 1 dimension"),
    BadInput(eps_neighborhood, (X, [0.0, np.nan]), {}, ValueError, "point contains NaN"),
    BadInput(eps_neighborhood, (X, [0.0, 0.0], 0), {}, ValueError, "eps must be positive, got 0"),
    BadInput(eps_neighborhood, (X, [0.0, 0.0], np.nan), {}, ValueError, "eps must be finite"),
    BadInput(eps_neighborhood, (X, [0.0, 0.0], "1"), {}, TypeError, "eps must be a number"),
    BadInput(eps_neighborhood, (X, [0.0, 0.0], 1e-200), {}, ValueError, "eps=1e-200 is out of reach"),
    BadInput(eps_neighborhood, (X, [1e200, 0.0]), {}, ValueError, "point is too large: its squared distances overflow"),
]
