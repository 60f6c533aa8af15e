import numpy as np
from scipy.sparse import csr_array

from companion.ml.cluster import AgglomerativeClustering, cophenet, fcluster, lance_williams, leaves_list, linkage
from tests.bad_input import BadInput

POINTS = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0]]
Z = [[0, 1, 1.0, 2], [2, 3, 4.0, 3]]
MODEL = AgglomerativeClustering().fit(POINTS)

BAD_TABLES = [
    ([[0.0, 0.0], [np.nan, 0.0]], ValueError, "y contains NaN"),
    ([[0.0, 0.0], [np.inf, 0.0]], ValueError, "y contains infinity"),
    ([1.0, np.nan, 2.0], ValueError, "y contains NaN"),
    ([[0.0, 0.0], [1e200, 0.0]], ValueError, "the distances of y are not finite: too large for float64"),
    ([1.0, 1e301, 2.0], ValueError, r"y must hold distances of at most 1e\+300, .* got 1e\+301; scale it down"),
    ([1.0, -2.0, 2.0], ValueError, "y must hold distances, which are not negative, got -2.0"),
    (
        [1.0, 2.0],
        ValueError,
        r"y must have n \(n - 1\) / 2 entries, one for each pair of n points, got 2; pass points as a table of shape",
    ),
    ([[1.0, 2.0]], ValueError, r"y must hold at least two points, got shape \(1, 2\)"),
    ([], ValueError, r"Found array with 0 sample\(s\)"),
    (np.empty((3, 0)), ValueError, r"Found array with 0 feature\(s\)"),
    (np.ones((2, 2, 2)), ValueError, "Found array with dim 3"),
    ([["a", "b"], ["c", "d"]], ValueError, "could not convert string to float"),
    (np.array([[1j, 2], [3, 4]]), ValueError, "Complex data not supported"),
    (csr_array(np.eye(3)), TypeError, "Sparse data was passed"),
    (5.0, TypeError, "Singleton array|1 dimension|0-dimensional|scalar"),
]
METHODS = ["single", "complete", "average", "weighted", "centroid", "median", "ward"]

BAD_TREES = [
    ([[0, 1, 1.0]], ValueError, r"Z must have 4 columns: two clusters, their distance, their size; got shape \(1, 3\)"),
    ([0, 1, 1.0, 2], ValueError, "Expected 2D array, got 1D array instead"),
    (np.empty((0, 4)), ValueError, r"Found array with 0 sample\(s\)"),
    ([[0, 1, np.nan, 2]], ValueError, "Z contains NaN"),
    ([[0, 1, "far", 2]], ValueError, "could not convert string to float"),
    ([[0, 0.5, 1.0, 2]], ValueError, r"Z\[:, :2\] must hold each of the clusters 0 to 1 once"),
    ([[0, 0, 1.0, 2]], ValueError, r"Z\[:, :2\] must hold each of the clusters 0 to 1 once"),
    ([[0, -1, 1.0, 2]], ValueError, r"Z\[:, :2\] must hold each of the clusters 0 to 1 once"),
    ([[0, 2, 1.0, 2]], ValueError, r"Z\[:, :2\] must hold each of the clusters 0 to 1 once"),
    ([[0, 3, 1.0, 2], [1, 2, 4.0, 2]], ValueError, r"Z\[0\] must join clusters that exist, 0 to 2, got 3"),
    ([[0, 1, -1.0, 2]], ValueError, r"Z\[:, 2\] must hold distances, which are not negative, got -1.0"),
    (
        [[0, 1, 1.0, 2], [2, 3, 4.0, 4]],
        ValueError,
        r"Z\[1, 3\] must be 3, the number of points in the cluster, got 4",
    ),
]

BAD_INPUT = [
    *(BadInput(linkage, (table,), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(linkage, (table, "average"), {}, error, match) for table, error, match in BAD_TABLES),
    *(BadInput(linkage, (table, "centroid"), {}, error, match) for table, error, match in BAD_TABLES),
    BadInput(linkage, (POINTS, "nearest"), {}, ValueError, "method must be one of single, .*, ward, got 'nearest'"),
    BadInput(linkage, (POINTS, "single", "far"), {}, ValueError, "Unknown Distance Metric: far"),
    BadInput(linkage, (POINTS, "average", 2), {}, TypeError, "metric must be a string identifier or a function"),
    *(
        BadInput(
            linkage,
            (POINTS, method, "cityblock"),
            {},
            ValueError,
            f"metric must be 'euclidean' under {method} linkage, which takes means; got 'cityblock'",
        )
        for method in ("centroid", "median", "ward")
    ),
    *(
        BadInput(linkage, (POINTS, method, "manhattan"), {}, ValueError, "metric must be .*; got 'manhattan'")
        for method in ("centroid", "median", "ward")
    ),
    *(
        BadInput(linkage, (POINTS, method, "cosine"), {}, ValueError, "not finite: .* or not defined by the metric")
        for method in ("single", "average")
    ),
    *(BadInput(fcluster, (tree, 1, "distance"), {}, error, match) for tree, error, match in BAD_TREES),
    *(BadInput(cophenet, (tree,), {}, error, match) for tree, error, match in BAD_TREES),
    *(BadInput(leaves_list, (tree,), {}, error, match) for tree, error, match in BAD_TREES),
    BadInput(
        fcluster,
        (Z, 3),
        {},
        ValueError,
        "criterion must be 'distance', if t=3 is a height, or 'maxclust', if it is a number of clusters, got None",
    ),
    BadInput(
        fcluster, (Z, 1, "inconsistent"), {}, ValueError, "criterion must be 'distance', .* 'maxclust', .* 'incons"
    ),
    *(
        BadInput(read, (MODEL, *more), {}, TypeError, "got AgglomerativeClustering; pass the tree that linkage returns")
        for read, more in ((fcluster, (1, "distance")), (cophenet, ()), (leaves_list, ()))
    ),
    BadInput(fcluster, (Z, 0, "maxclust"), {}, ValueError, "t must be at least 1, got 0"),
    BadInput(fcluster, (Z, 2.0, "maxclust"), {}, TypeError, "t must be an integer, got 2.0"),
    BadInput(fcluster, (Z, np.nan, "distance"), {}, ValueError, "t must be finite"),
    BadInput(fcluster, (Z, [1, 2], "distance"), {}, ValueError, "t must be a single number"),
    BadInput(fcluster, (Z, "1", "distance"), {}, TypeError, "t must be a number, got '1'"),
    BadInput(
        cophenet, (Z, [1, 2]), {}, ValueError, r"Y must have shape \(3,\), one distance for each pair of 3 points"
    ),
    BadInput(cophenet, (Z, [[1, 2, 3]]), {}, ValueError, r"Y must have shape \(3,\)"),
    BadInput(cophenet, (Z, [1, 2, np.nan]), {}, ValueError, "Y contains NaN"),
    BadInput(cophenet, (Z, [2, 2, 2]), {}, ValueError, "the correlation is not defined, as all distances are equal"),
    BadInput(
        cophenet,
        ([[0, 1, 1.0, 2], [2, 3, 1.0, 3]], [1, 2, 3]),
        {},
        ValueError,
        "the correlation is not defined, as all distances are equal",
    ),
    *(
        BadInput(lance_williams, args, {"method": method}, error, match)
        for method in METHODS
        for args, error, match in [
            ((-1, 1, 1), ValueError, "d_AC must be non-negative, got -1"),
            ((1, [1, -1], 1), ValueError, r"d_BC must be non-negative; d_BC\[1\] is -1"),
            ((1, 1, np.nan), ValueError, "d_AB must be finite"),
            ((1, 1, [1, 1]), ValueError, "d_AB must be a single number"),
            ((1e308, 1e308, 1), ValueError, r"d_AC must hold distances of at most 1e\+300, .* got 1e\+308; scale"),
            ((1, [1, 1e308], 1), ValueError, r"d_BC must hold distances of at most 1e\+300, .* got 1e\+308; scale"),
            ((1, 1, 2e300), ValueError, r"d_AB must hold distances of at most 1e\+300, .* got 2e\+300; scale"),
            ((1, 1, 1, 0), ValueError, "n_A must be positive, got 0"),
            ((1, 1, 1, 1, "2"), TypeError, "n_B must be a number"),
            ((1, 1, 1, 1, 1, [1, 0]), ValueError, r"n_C must be positive; n_C\[1\] is 0"),
            (([1, 2], [1, 2, 3], 1), ValueError, "shape mismatch"),
        ]
    ),
    BadInput(
        lance_williams, (1, 1, 1), {"method": "nearest"}, ValueError, "method must be one of single, .*, ward, got"
    ),
    *(
        BadInput(lance_williams, (0.1, 0.1, 1), {"method": method}, ValueError, "the distances are not Euclidean")
        for method in ("centroid", "median")
    ),
]
