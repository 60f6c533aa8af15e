import numpy as np

from companion.linalg import matrix_rank, null_space, orth
from tests.bad_input import BadInput


def cases_of(function, share):
    return [
        BadInput(function, ([1.0, 2.0],), {}, ValueError, r"A must be a matrix, .* got shape \(2,\)"),
        BadInput(function, ([[1, np.nan]],), {}, ValueError, r"A must be finite; .*A\[0, 1\] is nan"),
        BadInput(function, ([["a"]],), {}, TypeError, "A must hold real numbers"),
        BadInput(function, (np.eye(2),), {share: -0.1}, ValueError, f"{share} must be non-negative, got -0.1"),
        BadInput(function, (np.eye(2),), {share: np.nan}, ValueError, f"{share} must be finite"),
        BadInput(function, (np.eye(2),), {share: [0.1]}, ValueError, f"{share} must be a single number"),
    ]


BAD_INPUT = [
    *cases_of(matrix_rank, "tol"),
    *cases_of(matrix_rank, "rtol"),
    *cases_of(null_space, "rcond"),
    *cases_of(orth, "rcond"),
    BadInput(matrix_rank, (np.eye(2), 0.1), {"rtol": 0.2}, ValueError, "must not be given both; got tol=0.1 and rtol"),
]
