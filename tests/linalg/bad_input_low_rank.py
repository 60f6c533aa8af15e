import numpy as np

from companion.linalg import low_rank_approximation, pinv, svds
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import cases_of_matrix

TWO = np.eye(2)

BAD_INPUT = [
    *cases_of_matrix(pinv),
    BadInput(low_rank_approximation, ([1.0, 2.0], 1), {}, ValueError, r"two dimensions, got shape \(2,\)"),
    BadInput(low_rank_approximation, ([[1, np.nan]], 1), {}, ValueError, r"a must be finite; .*a\[0, 1\] is nan"),
    BadInput(low_rank_approximation, (TWO, 3), {}, ValueError, r"k must be at most min\(m, n\), 2, got 3"),
    BadInput(low_rank_approximation, (TWO, -1), {}, ValueError, "k must be at least 0, got -1"),
    BadInput(low_rank_approximation, (TWO, 1.0), {}, TypeError, "k must be an integer"),
    BadInput(pinv, (TWO,), {"rtol": -0.1}, ValueError, "rtol must be non-negative, got -0.1"),
    BadInput(pinv, (TWO,), {"rtol": np.nan}, ValueError, "rtol must be finite"),
    BadInput(svds, (TWO, 0), {}, ValueError, "k must be at least 1, got 0"),
    BadInput(svds, (TWO,), {}, ValueError, r"k must be at most min\(m, n\), 2, got 6"),
    BadInput(svds, ([1.0, 2.0], 1), {}, ValueError, "A must be a matrix"),
    BadInput(svds, ([[1, np.inf]], 1), {}, ValueError, "A must be finite"),
    BadInput(svds, (TWO, 1), {"tol": 0}, ValueError, "tol must be positive, got 0"),
    BadInput(svds, (TWO, 1), {"maxiter": 0}, ValueError, "maxiter must be at least 1"),
    BadInput(svds, (TWO, 1), {"maxiter": 10.0}, TypeError, "maxiter must be an integer"),
]
