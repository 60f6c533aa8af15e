import numpy as np

from companion.linalg import Hyperplane
from tests.bad_input import BadInput

LINE = Hyperplane([3, 4], -10)
LARGE = Hyperplane([1e200, -1e200])


def bad(call, args, error, match):
    return BadInput(call, args, {}, error, match, covers=Hyperplane)


BAD_INPUT = [
    bad(Hyperplane, ([0, 0], 1), ValueError, r"w must not be 0, .*; got \[0.0, 0.0\]"),
    bad(Hyperplane, ([], 1), ValueError, r"w must be a vector, not empty, got shape \(0,\)"),
    bad(Hyperplane, (3, 1), ValueError, r"w must be a vector, .* got shape \(\)"),
    bad(Hyperplane, ([[3, 4]], 1), ValueError, r"w must be a vector, .* got shape \(1, 2\); of a table pass one row"),
    bad(Hyperplane, ([3, np.nan], 1), ValueError, r"w must be finite; .*w\[1\] is nan"),
    bad(Hyperplane, ([3j, 4], 1), TypeError, "w must hold real numbers"),
    bad(Hyperplane, (["3", "4"], 1), TypeError, "w must hold real numbers"),
    bad(Hyperplane, ([3, 4], [1]), ValueError, r"w0 must be a single number, got an array of shape \(1,\)"),
    bad(Hyperplane, ([3, 4], np.inf), ValueError, "w0 must be finite"),
    bad(Hyperplane, ([3, 4], None), TypeError, "w0 must be a number"),
    bad(Hyperplane, ([1e-200, 0], 1e200), ValueError, r"w0 / \|\|w\|\| must not overflow; w0 is 1e\+200, .* is 1e-200"),
    *[
        bad(call, args, error, match)
        for call in (LINE.evaluate, LINE.signed_distance, LINE.distance, LINE.side, LINE.project, LINE.reflect)
        for args, error, match in [
            (([1, 2, 3],), ValueError, r"X must have 2 coordinates a point in its last axis, got shape \(3,\)"),
            ((5,), ValueError, r"X must have 2 coordinates a point in its last axis, got shape \(\)"),
            (([[1, 2], [np.nan, 3]],), ValueError, r"X must be finite; .*X\[1, 0\] is nan"),
            ((["a", "b"],), TypeError, "X must hold real numbers"),
        ]
    ],
    bad(LARGE.evaluate, ([1e200, 1e200],), ValueError, "X must hold smaller numbers"),
    bad(LARGE.evaluate, ([1e200, 0],), ValueError, "X must hold smaller numbers"),
    bad(LARGE.distance, ([1.7e308, -1.7e308],), ValueError, "X must hold smaller numbers"),
    bad(Hyperplane([1, 1], 1.7e308).reflect, ([1.5e307, 0],), ValueError, "a point overflows"),
    bad(Hyperplane.from_points, ([[1, 2, 3], [4, 5, 6]],), ValueError, r"one a row, got shape \(2, 3\)"),
    bad(Hyperplane.from_points, ([1, 2],), ValueError, r"points must hold d points .* got shape \(2,\)"),
    bad(Hyperplane.from_points, (np.empty((0, 0)),), ValueError, r"got shape \(0, 0\)"),
    bad(
        Hyperplane.from_points, ([[1, 2], [1, np.inf]],), ValueError, r"points must be finite; .*points\[1, 1\] is inf"
    ),
    bad(Hyperplane.from_points, ([[1, 2], [1, 2]],), ValueError, "points must be in general position"),
    bad(Hyperplane.from_points, ([[0, 0], [0, 0]],), ValueError, "points must be in general position"),
    bad(Hyperplane.from_points, ([[1, 1, 1], [2, 2, 2], [5, 5, 5]],), ValueError, "points must be in general position"),
    bad(Hyperplane.from_points, ([[1e9, 1, 1e9], [1e9, 1, 1e9 + 1e-7], [0, 0, 0]],), ValueError, "general position"),
    bad(Hyperplane.from_slope_intercept, (np.inf, 0), ValueError, "slope must be finite"),
    bad(Hyperplane.from_slope_intercept, ([1, 2], 0), ValueError, "slope must be a single number"),
    bad(Hyperplane.from_slope_intercept, (1, "c"), TypeError, "intercept must be a number"),
]
