import numpy as np

from companion.linalg import adjugate, cofactor_matrix, laplace_det, minor
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(minor, (np.ones((2, 3)), 0, 0), {}, ValueError, r"a must be square, got shape \(2, 3\)"),
    BadInput(minor, ([[1, np.nan], [0, 1]], 0, 0), {}, ValueError, r"a must be finite; .*a\[0, 1\] is nan"),
    BadInput(minor, (np.eye(3), 3, 0), {}, ValueError, "i must be between -3 and 2 for 3 rows and columns, got 3"),
    BadInput(minor, (np.eye(3), 0, -4), {}, ValueError, "j must be between -3 and 2 for 3 rows and columns, got -4"),
    BadInput(minor, (np.eye(3), 1.0, 0), {}, TypeError, "i must be an integer, got 1.0"),
    BadInput(minor, (np.eye(3), 0, True), {}, TypeError, "j must be an integer, got True"),
    BadInput(minor, (np.empty((0, 0)), 0, 0), {}, ValueError, "for 0 rows and columns, got 0"),
    BadInput(cofactor_matrix, ([1, 2],), {}, ValueError, r"two dimensions, got shape \(2,\)"),
    BadInput(cofactor_matrix, (np.ones((3, 2)),), {}, ValueError, r"a must be square, got shape \(3, 2\)"),
    BadInput(cofactor_matrix, ([["a"]],), {}, TypeError, "a must hold real numbers"),
    BadInput(adjugate, (np.ones((3, 2)),), {}, ValueError, r"a must be square, got shape \(3, 2\)"),
    BadInput(adjugate, ([[1, np.inf], [0, 1]],), {}, ValueError, "a must be finite"),
    BadInput(laplace_det, (np.eye(11),), {}, ValueError, "at most 10 columns, got 11; det takes any number"),
    BadInput(laplace_det, (np.ones((3, 2)),), {}, ValueError, r"a must be square, got shape \(3, 2\)"),
    BadInput(laplace_det, ([[1, np.nan], [0, 1]],), {}, ValueError, "a must be finite"),
]
