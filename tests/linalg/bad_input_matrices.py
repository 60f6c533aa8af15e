import numpy as np

from companion.linalg import bandwidth, ishermitian, issymmetric, matrix_power, trace
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import SINGULAR, cases_of_matrix, cases_of_square, parts


def squared(a):
    return matrix_power(a, 2)


def inverted(a):
    return matrix_power(a, -2)


BAD_INPUT = [
    *(BadInput(squared, *rest, covers=matrix_power) for _, *rest in map(parts, cases_of_square(squared))),
    *(BadInput(inverted, *rest, covers=matrix_power) for _, *rest in map(parts, cases_of_square(inverted))),
    BadInput(matrix_power, (np.eye(2), 2.0), {}, TypeError, "n must be an integer, got 2.0"),
    BadInput(matrix_power, (np.eye(2), True), {}, TypeError, "n must be an integer, got True"),
    BadInput(matrix_power, (np.eye(2), "2"), {}, TypeError, "n must be an integer, got '2'"),
    BadInput(matrix_power, (SINGULAR, -1), {}, ValueError, "must not be singular"),
    BadInput(matrix_power, ([[10]], 19), {}, ValueError, "n must be nearer to 0, .* int64; or pass a as floats"),
    BadInput(matrix_power, ([[1e200]], 2), {}, ValueError, "n must be nearer to 0, .* float64; or scale a first"),
    BadInput(matrix_power, ([[1e200j]], 2), {}, ValueError, "n must be nearer to 0, .* complex128; or scale a first"),
    *cases_of_matrix(bandwidth),
    *cases_of_square(issymmetric),
    *cases_of_square(ishermitian),
    *cases_of_square(trace),
    BadInput(issymmetric, (np.eye(2), -1e-9), {}, ValueError, "atol must be non-negative"),
    BadInput(issymmetric, (np.eye(2),), {"rtol": np.nan}, ValueError, "rtol must be finite"),
    BadInput(ishermitian, (np.eye(2), 1e-9, -1), {}, ValueError, "rtol must be non-negative"),
    BadInput(ishermitian, (np.eye(2), "a"), {}, TypeError, "atol must be a number"),
]
