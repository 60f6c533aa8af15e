import numpy as np
from scipy.sparse import csr_array

from companion.ml.cluster import exhaustive_kmeans, kmeans_1d, set_partitions, stirling2
from tests.bad_input import BadInput

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]]
LINE = [0.0, 1.0, 5.0, 6.0]

BAD_INPUT = [
    *(
        BadInput(count, args, {}, error, message)
        for count in (stirling2, set_partitions)
        for args, error, message in [
            ((-1, 2), ValueError, "n must be at least 0, got -1"),
            ((3, -2), ValueError, "k must be at least 0, got -2"),
            ((3.0, 2), TypeError, "n must be an integer, got 3.0"),
            ((3, "2"), TypeError, "k must be an integer, got '2'"),
            ((True, 1), TypeError, "n must be an integer, got True"),
        ]
    ),
    *(
        BadInput(exhaustive_kmeans, args, {}, error, message)
        for args, error, message in [
            (([[0.0], [np.nan]], 1), ValueError, "X contains NaN"),
            (([[0.0], [np.inf]], 1), ValueError, "X contains infinity"),
            (([[0.0], [1e200]], 1), ValueError, "X is too large: its squared distances overflow float64"),
            ((LINE, 2), ValueError, "Expected 2D array, got 1D array instead"),
            ((np.empty((0, 2)), 1), ValueError, r"Found array with 0 sample\(s\)"),
            (([["a"], ["b"]], 1), ValueError, "could not convert string to float"),
            ((csr_array(np.eye(3)), 2), TypeError, "Sparse data was passed"),
            ((X, 0), ValueError, "n_clusters must be at least 1, got 0"),
            ((X, 2.0), TypeError, "n_clusters must be an integer, got 2.0"),
            ((X, 5), ValueError, "n_samples=4 with a positive weight are too few for n_clusters=5"),
            ((np.eye(20), 3), ValueError, "20 points in 3 clusters have 580606446 partitions, too many to try each"),
        ]
    ),
    *(
        BadInput(kmeans_1d, args, {}, error, message)
        for args, error, message in [
            (([0.0, np.nan], 1), ValueError, r"x must be finite; .*; x\[1\] is nan"),
            (([0.0, np.inf], 1), ValueError, r"x must be finite; .*; x\[1\] is inf"),
            (([0.0, 1e200], 1), ValueError, "x is too large: its squared distances overflow float64"),
            (([[0.0], [1.0]], 1), ValueError, r"x must have one dimension \(samples\), got shape \(2, 1\); of a table"),
            ((3.0, 1), ValueError, r"x must have one dimension \(samples\), got shape \(\)"),
            (([], 1), ValueError, "x has 0 different numbers|minimum of 1 is required"),
            ((["a", "b"], 1), TypeError, "x must hold real numbers"),
            ((LINE, 0), ValueError, "n_clusters must be at least 1, got 0"),
            ((LINE, 2.0), TypeError, "n_clusters must be an integer, got 2.0"),
            ((LINE, 5), ValueError, "x has 4 different numbers with a positive weight, too few for n_clusters=5"),
            (([1, 1, 2], 3), ValueError, "x has 2 different numbers with a positive weight, too few for n_clusters=3"),
        ]
    ),
    *(
        BadInput(kmeans_1d, (LINE, 2), {"sample_weight": weights}, error, message)
        for weights, error, message in [
            ([1, 1, 1], ValueError, r"sample_weight must have shape \(4,\), one for each row of X, got \(3,\)"),
            ([1, 1, -1, 1], ValueError, "sample_weight must be non-negative and not all zero, got values from -1.0"),
            ([0, 0, 0, 0], ValueError, "sample_weight must be non-negative and not all zero"),
            ([1, np.nan, 1, 1], ValueError, "sample_weight contains NaN"),
            ([1, 0, 0, 0], ValueError, "x has 1 different numbers with a positive weight"),
        ]
    ),
]
