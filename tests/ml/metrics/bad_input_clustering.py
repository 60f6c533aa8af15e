import numpy as np
from scipy.sparse import csr_array

from companion.ml.metrics import (
    adjusted_rand_score,
    between_cluster_sum_of_squares,
    calinski_harabasz_score,
    contingency_matrix,
    davies_bouldin_score,
    dunn_index,
    pair_confusion_matrix,
    rand_score,
    silhouette_samples,
    silhouette_score,
)
from tests.bad_input import BadInput

X = [[0.0, 0.0], [1.0, 0.0], [5.0, 5.0], [6.0, 5.0]]
LABELS = [0, 0, 1, 1]
DISTANCES = np.abs(np.subtract.outer([0.0, 1, 5, 6], [0.0, 1, 5, 6]))

FAR = [silhouette_samples, silhouette_score, dunn_index]
SCORES = [*FAR, davies_bouldin_score, calinski_harabasz_score]
PAIRED = [adjusted_rand_score, contingency_matrix, pair_confusion_matrix, rand_score]

BAD_INPUT = [
    *(
        BadInput(score, args, {}, error, message)
        for score in [*SCORES, between_cluster_sum_of_squares]
        for args, error, message in [
            (([[0.0], [np.nan], [1.0]], [0, 0, 1]), ValueError, "X contains NaN"),
            (([[0.0], [np.inf], [1.0]], [0, 0, 1]), ValueError, "X contains infinity"),
            (([[0.0], [1e200], [1.0]], [0, 0, 1]), ValueError, "X is too large: its squared distances overflow"),
            (([0.0, 1.0, 5.0], [0, 0, 1]), ValueError, "Expected 2D array, got 1D array instead"),
            ((np.empty((0, 2)), []), ValueError, r"Found array with 0 sample\(s\)"),
            (([["a"], ["b"], ["c"]], [0, 0, 1]), ValueError, "could not convert string to float"),
            ((csr_array(np.eye(3)), [0, 0, 1]), TypeError, "Sparse data was passed"),
            ((X, [0, 0, 1]), ValueError, "X and labels must have the same length, got 4 and 3"),
            ((X, []), ValueError, "labels must hold at least one label, got none"),
            ((X, [[0], [0], [1], [1]]), ValueError, r"labels must have one dimension \(samples\), got shape \(4, 1\)"),
            ((X, [0, 0, 1, np.nan]), ValueError, "labels contains NaN"),
            ((X, [0.0, 0.5, 1.0, 1.0]), ValueError, "labels must name clusters by whole numbers or texts, got"),
            ((X, [0, 0, 1j, 1]), ValueError, "labels must name clusters by whole numbers or texts, got"),
            ((X, np.array([0, "a", 1, None], dtype=object)), TypeError, "labels must be of one type, so that they"),
        ]
    ),
    *(
        BadInput(score, (X, labels), {}, ValueError, f"labels must name 2 to n_samples - 1 = 3 clusters, got {k}")
        for score in SCORES
        for labels, k in (([0, 0, 0, 0], 1), ([0, 1, 2, 3], 4))
    ),
    *(
        BadInput(score, (table, LABELS), {"metric": metric}, ValueError, message)
        for score in FAR
        for table, metric, message in [
            (X, "manhatan", "^metric must be a function of two points or one of 'braycurtis', .* got 'manhatan'"),
            ([1.0, 5.0, 5.0], "precomputed", r"X must be a square table .* got shape \(3,\); .*squareform"),
            (X, "precomputed", r"X must be square, the distance of each point to each, got shape \(4, 2\)"),
            (-DISTANCES, "precomputed", "X must hold distances, which are not negative, got -6.0"),
            (DISTANCES + 1, "precomputed", "X must hold the distance 0 from each point to itself"),
            (np.where(DISTANCES > 5, np.inf, DISTANCES), "precomputed", "X contains infinity"),
            (np.array(X) * 1e200, "sqeuclidean", "a distance is infinite or nan: X is too large"),
            (X, lambda x, y: np.nan, "a distance is infinite or nan"),
        ]
    ),
    *(
        BadInput(silhouette_score, (X, LABELS), {"sample_size": size, "random_state": seed}, error, message)
        for size, seed, error, message in [
            (0, 0, ValueError, "sample_size must be at least 1, got 0"),
            (2.5, 0, TypeError, "sample_size must be an integer, got 2.5"),
            (2, 0, ValueError, "labels must name 2 to n_samples - 1 = 1 clusters, got"),
            (3, "seed", ValueError, "cannot be used to seed"),
        ]
    ),
    BadInput(
        silhouette_score, (X, [0, 0, 1]), {"sample_size": 3}, ValueError, "X and labels must have the same length"
    ),
    BadInput(dunn_index, ([[0], [0], [5], [5]], LABELS), {}, ValueError, "every cluster has diameter 0"),
    *(
        BadInput(score, args, {}, error, message)
        for score in PAIRED
        for args, error, message in [
            (([0, 1], [0, 1, 1]), ValueError, "labels_true and labels_pred must have the same length, got 2 and 3"),
            (([], []), ValueError, "labels_true must hold at least one label, got none"),
            (([0, 1], [[0, 1]]), ValueError, r"labels_pred must have one dimension \(samples\), got shape \(1, 2\)"),
            (([0, 1], [0.2, 0.7]), ValueError, r"labels_pred must name clusters by whole .* got \[0.2, 0.7\]"),
            (([0, np.nan], [0, 1]), ValueError, "labels_true contains NaN"),
            (([0, np.inf], [0, 1]), ValueError, "labels_true contains infinity"),
            ((np.array([0, "a"], dtype=object), [0, 1]), TypeError, "labels_true must be of one type"),
        ]
    ),
]
