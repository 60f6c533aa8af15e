import numpy as np

from companion.linalg import det, inv, lu, slogdet, solve, solve_triangular
from tests.bad_input import BadInput

SINGULAR = [[1.0, 2.0], [2.0, 4.0]]


def cases_of_square(function):
    return [
        BadInput(function, ([[1, 2, 3], [4, 5, 6]],), {}, ValueError, r"a must be square, got shape \(2, 3\)"),
        *cases_of_matrix(function),
    ]


def cases_of_matrix(function):
    return [
        BadInput(function, ([1.0, 2.0],), {}, ValueError, r"two dimensions, got shape \(2,\)"),
        BadInput(function, ([[1, np.nan], [0, 1]],), {}, ValueError, r"a must be finite; .*a\[0, 1\] is nan"),
        BadInput(function, ([[1, 1j * np.inf], [0, 1]],), {}, ValueError, r"a must be finite; a\[0, 1\]"),
        BadInput(function, ([["a", "b"], ["c", "d"]],), {}, TypeError, "a must hold real numbers"),
        BadInput(function, (None,), {}, TypeError, "a must hold real numbers"),
    ]


def with_right_side(function):
    def call(a, b=(1.0, 2.0)):
        return function(a, b)

    return [
        *(BadInput(call, *rest, covers=function) for _, *rest in map(parts, cases_of_square(call))),
        BadInput(function, (np.eye(2), [1.0, 2.0, 3.0]), {}, ValueError, "b must have as many rows as a, 2, got 3"),
        BadInput(function, (np.eye(2), 3.0), {}, ValueError, r"b must be a vector, or a matrix .* got shape \(\)"),
        BadInput(function, (np.eye(2), np.ones((2, 1, 1))), {}, ValueError, r"got shape \(2, 1, 1\)"),
        BadInput(function, (np.eye(2), [1.0, np.inf]), {}, ValueError, r"b must be finite; .*b\[1\] is inf"),
    ]


def parts(case):
    return case.call, case.args, case.kwargs, case.error, case.match


BAD_INPUT = [
    *cases_of_matrix(lu),
    *cases_of_square(det),
    *cases_of_square(slogdet),
    *cases_of_square(inv),
    *with_right_side(solve),
    *with_right_side(solve_triangular),
    BadInput(inv, (SINGULAR,), {}, ValueError, "must not be singular; elimination finds no pivot in column 1"),
    BadInput(solve, (SINGULAR, [1, 2]), {}, ValueError, "no pivot in column 1"),
    BadInput(solve, (np.zeros((2, 2)), [1, 2]), {}, ValueError, "no pivot in column 0"),
    BadInput(solve_triangular, ([[1, 2], [0, 0]], [1, 2]), {}, ValueError, "no 0 on its diagonal, .* entry 1 is 0"),
]
