"""Tables of points that no clustering takes, and some that Mahalanobis' distance does not fit."""

import numpy as np

BAD_POINTS = [
    ([[0.0], [np.nan]], ValueError, "X contains NaN|Input X contains NaN"),
    ([[0.0], [np.inf]], ValueError, "X contains infinity"),
    ([0.0, 1.0], ValueError, "Expected 2D array, got 1D array instead"),
    (np.empty((0, 2)), ValueError, r"Found array with 0 sample\(s\)"),
    (np.empty((3, 0)), ValueError, r"Found array with 0 feature\(s\)"),
    ([["a"], ["b"]], ValueError, "could not convert string to float|dtype='numeric' is not compatible"),
    (np.array([[1j], [2]]), ValueError, "Complex data not supported"),
]

LINE = np.random.default_rng(0).normal(size=(50, 1))
NO_INVERSE = "needs more points than features and no feature that others determine, .* drop .*, or give metric_params="
SINGULAR = [
    ([[0.0, 1.0], [2.0, 1.0]], ValueError, NO_INVERSE),
    (np.hstack([LINE, 3 * LINE]), ValueError, NO_INVERSE),
    (np.hstack([LINE, LINE[::-1], LINE + 0.1 * LINE[::-1]]), ValueError, NO_INVERSE),
    (np.hstack([LINE, np.full((50, 1), 0.1)]), ValueError, NO_INVERSE),
    (LINE[:4].T + LINE[:3], ValueError, NO_INVERSE),
    (np.full((3, 1), 0.1), ValueError, NO_INVERSE),
    (LINE[::2] * LINE[:2].T, ValueError, NO_INVERSE),
    ([[0.0], [1e200]], ValueError, "takes the squares of X, which overflow float64; scale X down"),
]
