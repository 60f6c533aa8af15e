import numpy as np
from scipy.sparse import csr_array

from companion.ml.cluster import KMedoids, alternating, k_medoids, medoid, pam, pam_build, swap_costs
from tests.bad_input import BadInput
from tests.ml.cluster.tables import BAD_POINTS, SINGULAR

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]]
D = [[0.0, 1.0, 2.0], [1.0, 0.0, 1.0], [2.0, 1.0, 0.0]]

BAD_TABLES = [
    *BAD_POINTS,
    (csr_array(np.eye(3)), TypeError, "Sparse data was passed"),
    ([[0.0], [1e308], [-1e308]], ValueError, "metric='euclidean' gives inf for points 0 and 1"),
]
BAD_DISTANCES = [
    ([[0.0, np.nan], [np.nan, 0.0]], ValueError, "contains NaN"),
    ([[0.0, np.inf], [np.inf, 0.0]], ValueError, "contains infinity"),
    (np.ones(3), ValueError, r"must be a square table of distances, .* got shape \(3,\); .*squareform"),
    (np.empty((0, 0)), ValueError, r"Found array with 0 sample\(s\)"),
    ([[0.0, 1.0, 2.0], [1.0, 0.0, 1.0]], ValueError, "must be square, the distance of each point to each, got shape"),
    ([[0.0, -1.0], [-1.0, 0.0]], ValueError, "must hold distances, which are not negative, got -1.0"),
    ([[1.0, 0.5], [0.5, 1.0]], ValueError, r"\[0, 0\] must be 0, got 1.0; turn similarities into distances first"),
    ([[0.0, 1.0], [2.0, 0.0]], ValueError, r"must be symmetric, but .\[0, 1\] is 1.0 and .\[1, 0\] is 2.0"),
    (
        [[0.0, 1e308], [1e308, 0.0]],
        ValueError,
        r"must hold distances of at most 1e\+300, .* got 1e\+308; scale it down",
    ),
    ([["a", "b"], ["c", "d"]], ValueError, "could not convert string to float"),
    (csr_array((2, 2)), TypeError, "Sparse data was passed"),
]
BAD_MEDOIDS = [
    ([0, 3], ValueError, "medoids must be row numbers from 0 to 2, got values from 0 to 3"),
    ([-1, 0], ValueError, "medoids must be row numbers from 0 to 2, got values from -1 to 0"),
    ([1, 1], ValueError, r"medoids must be different points, got \[1, 1\]"),
    ([[0, 1]], ValueError, r"medoids must have shape \(n_clusters,\), row numbers, not points; got shape \(1, 2\)"),
    (np.array([], dtype=int), ValueError, r"medoids must have shape \(n_clusters,\)"),
    ([0.0, 1.0], TypeError, "medoids must hold integers"),
]
BAD_COUNTS = [
    (0, ValueError, "n_clusters must be at least 1, got 0"),
    (4, ValueError, "n_samples=3 are too few for n_clusters=4; ask for fewer clusters or give more points"),
    (2.0, TypeError, "n_clusters must be an integer, got 2.0"),
]
BAD_PARAMETERS = [
    ({"n_clusters": 0}, ValueError, "'n_clusters' parameter of KMedoids must be"),
    ({"n_clusters": 2.5}, ValueError, "'n_clusters' parameter of KMedoids must be"),
    ({"n_clusters": True}, TypeError, "n_clusters must be an integer, got True"),
    ({"n_clusters": 5}, ValueError, "n_samples=4 are too few for n_clusters=5; ask for fewer clusters"),
    ({"metric": "far"}, ValueError, "KMedoids must be a str among {'braycurtis', 'canberra', 'ch"),
    ({"metric": "cosine"}, ValueError, "metric='cosine' gives nan for points 0 and 0, .* not defined there"),
    ({"metric_params": 2}, ValueError, "'metric_params' parameter of KMedoids must be"),
    ({"metric_params": {"q": 2}}, TypeError, r"metric_params=\{'q': 2\} do not fit metric='euclidean'"),
    ({"metric": "precomputed"}, ValueError, "X must be square"),
    ({"method": "clara"}, ValueError, "'method' parameter of KMedoids must be"),
    ({"init": "far"}, ValueError, "'init' parameter of KMedoids must be"),
    ({"init": [0]}, ValueError, "init must give n_clusters=2 medoids, got 1"),
    ({"init": [0, 4]}, ValueError, "init must be row numbers from 0 to 3, got values from 0 to 4"),
    ({"init": [[0.0, 0.0], [5.0, 5.0]]}, ValueError, r"init must have shape \(n_clusters,\), row numbers, not po"),
    ({"init": [0.0, 1.0]}, TypeError, "init must hold integers"),
    ({"max_iter": 0}, ValueError, "'max_iter' parameter of KMedoids must be"),
    ({"random_state": "seed"}, ValueError, "'random_state' parameter of KMedoids must be"),
]
WITH_MEDOIDS = [swap_costs, pam, alternating]


def fit(X, n_clusters=1, **parameters):
    return KMedoids(n_clusters, **parameters).fit(X)


def fit_then(method, X):
    return getattr(fit([[0.0], [5.0]], 2), method)(X)


BAD_INPUT = [
    *(BadInput(fit, (table,), {}, error, message, covers=KMedoids) for table, error, message in BAD_TABLES),
    *(BadInput(k_medoids, (table, 1), {}, error, message) for table, error, message in BAD_TABLES),
    *(
        BadInput(fit_then, (method, table), {}, error, message, covers=KMedoids)
        for method in ("predict", "transform")
        for table, error, message in BAD_TABLES[:-1]
    ),
    *(
        BadInput(fit, (table,), {"metric": "precomputed"}, error, message, covers=KMedoids)
        for table, error, message in BAD_DISTANCES[:-2]
    ),
    *(BadInput(medoid, (table,), {}, error, message) for table, error, message in BAD_DISTANCES),
    *(BadInput(pam_build, (table, 1), {}, error, message) for table, error, message in BAD_DISTANCES),
    *(BadInput(call, (table, [0]), {}, e, m) for call in WITH_MEDOIDS for table, e, m in BAD_DISTANCES),
    *(BadInput(call, (D, medoids), {}, e, m) for call in WITH_MEDOIDS for medoids, e, m in BAD_MEDOIDS),
    *(BadInput(call, (D, count), {}, e, m) for call in (pam_build, pam) for count, e, m in BAD_COUNTS),
    *(BadInput(call, (D, [0, 1]), {"max_iter": 0}, match="max_iter must be at least 1") for call in (pam, alternating)),
    *(
        BadInput(call, (D, [0, 1]), {"max_iter": "9"}, TypeError, "max_iter must be an integer")
        for call in (pam, alternating)
    ),
    *(
        BadInput(call, (X,), {"n_clusters": 2, **parameters}, error, message, covers=covers)
        for call, covers in [(fit, KMedoids), (k_medoids, None)]
        for parameters, error, message in BAD_PARAMETERS
    ),
    BadInput(
        fit,
        ([[0.5, 3.0], [9.0, 0.1]],),
        {"metric": "dice"},
        ValueError,
        "'dice' gives -.* not defined",
        covers=KMedoids,
    ),
    BadInput(
        fit, ([[0.0]],), {"metric": "seuclidean"}, ValueError, "needs the variances of two points", covers=KMedoids
    ),
    BadInput(fit, ([[0.0, 1.0], [2.0, 1.0]],), {"metric": "seuclidean"}, ValueError, "gives nan", covers=KMedoids),
    BadInput(
        fit,
        ([[0.0], [1e305]],),
        {"metric": "cityblock"},
        ValueError,
        "metric='cityblock' gives 1e\\+305 .*: .* too large to be summed; .* scale them",
        covers=KMedoids,
    ),
    *(
        BadInput(fit, (table,), {"metric": "mahalanobis"}, error, message, covers=KMedoids)
        for table, error, message in SINGULAR
    ),
]
