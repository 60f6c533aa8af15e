import math

import numpy as np

from companion.calculus import classify_critical_point, critical_points
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(critical_points, ([1, math.nan],), {}, ValueError, r"c must be finite; .*c\[1\] is nan"),
    BadInput(critical_points, ([1j, 2],), {}, TypeError, "c must hold real numbers"),
    BadInput(critical_points, (["1", "2"],), {}, TypeError, "c must hold real numbers"),
    BadInput(critical_points, ([[1, 2]],), {}, ValueError, r"c must be a vector of coefficients.*shape \(1, 2\)"),
    BadInput(critical_points, (3.0,), {}, ValueError, r"c must be a vector of coefficients.*shape \(\)"),
    BadInput(critical_points, ([],), {}, ValueError, "c must not be constant"),
    BadInput(critical_points, ([7],), {}, ValueError, "c must not be constant"),
    BadInput(critical_points, ([0, 0, 7],), {}, ValueError, "c must not be constant"),
    BadInput(critical_points, ([10**400, 0, 0],), {}, ValueError, "c must hold numbers in the range of floats"),
    BadInput(critical_points, ([1e-300, 1e300, 0],), {}, ValueError, "in the range of floats; rescale it"),
    BadInput(critical_points, ([1e-300, 0, -1e300, 0],), {}, ValueError, "in the range of floats; rescale it"),
    BadInput(classify_critical_point, ([[1, math.inf], [0, 1]],), {}, ValueError, "hessian must be finite"),
    BadInput(
        classify_critical_point,
        ([[3, 1], [0, 3]],),
        {},
        ValueError,
        r"hessian must be symmetric; entry \[0, 1\] is 1, \[1, 0\] is 0; .* pass \(H \+ H\.T\) / 2",
    ),
    BadInput(
        classify_critical_point,
        ([[1, 2, 3], [2, 1, 4]],),
        {},
        ValueError,
        r"hessian must be square, got shape \(2, 3\)",
    ),
    BadInput(classify_critical_point, ([1, 2],), {}, ValueError, "hessian must be a matrix"),
    BadInput(classify_critical_point, (np.empty((0, 0)),), {}, ValueError, r"must not be empty, got shape \(0, 0\)"),
    BadInput(classify_critical_point, (np.eye(2) * 1j,), {}, TypeError, "hessian must hold real numbers"),
    BadInput(classify_critical_point, (np.eye(2), -1.0), {}, ValueError, "tol must be non-negative, got -1"),
    BadInput(classify_critical_point, (np.eye(2), [1.0]), {}, ValueError, "tol must be a single number"),
]
