import numpy as np

from companion.linalg import cholesky, lstsq
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import cases_of_matrix, cases_of_square, parts

INDEFINITE = np.diag([3.0, 1, -2, 5])


def lstsq_of(a, b=(1.0, 2.0)):
    return lstsq(a, b)


BAD_INPUT = [
    *(BadInput(*parts(case), covers=lstsq) for case in cases_of_matrix(lstsq_of)),
    BadInput(lstsq, (np.ones((3, 2)), [1.0, 2.0]), {}, ValueError, "b must have as many rows as a, 3, got 2"),
    BadInput(lstsq, (np.eye(2), 3.0), {}, ValueError, r"b must be a vector, or a matrix .* got shape \(\)"),
    BadInput(lstsq, (np.eye(2), np.ones((2, 1, 1))), {}, ValueError, r"got shape \(2, 1, 1\)"),
    BadInput(lstsq, (np.eye(2), [1.0, np.inf]), {}, ValueError, r"b must be finite; .*b\[1\] is inf"),
    BadInput(lstsq, (np.eye(2), ["a", "b"]), {}, TypeError, "b must hold real numbers"),
    BadInput(lstsq, (np.eye(2), [1, 2], -1), {}, ValueError, "rcond must be non-negative, got -1"),
    BadInput(lstsq, (np.eye(2), [1, 2], np.nan), {}, ValueError, "rcond must be finite"),
    BadInput(lstsq, (np.eye(2), [1, 2], "warn"), {}, TypeError, "rcond must be a number"),
    *cases_of_square(cholesky),
    BadInput(cholesky, ([[1, 2], [3, 9]],), {}, ValueError, r"symmetric .*; a\[0, 1\] is 2.0 but a\[1, 0\] is 3.0"),
    BadInput(cholesky, ([[1, 1j], [1j, 9]],), {}, ValueError, r"symmetric \(Hermitian\); a\[0, 1\] is 1j"),
    BadInput(cholesky, ([[2, 0], [0, 1j]],), {}, ValueError, r"symmetric \(Hermitian\); a\[1, 1\] is 1j"),
    BadInput(cholesky, ([[1, 2], [2, 1]],), {}, ValueError, "positive definite; the leading minor of order 2"),
    BadInput(cholesky, ([[-1.0]],), {}, ValueError, "leading minor of order 1 is not positive"),
    BadInput(cholesky, (np.zeros((2, 2)),), {}, ValueError, "leading minor of order 1 is not positive"),
    BadInput(cholesky, (INDEFINITE,), {}, ValueError, "leading minor of order 3 is not positive"),
]
