"""Tables of points that no clustering takes."""

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
