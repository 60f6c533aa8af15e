import numpy as np

from companion.statistics import kurtosis, moment, skew
from tests.bad_input import BadInput

SHAPE = [
    (([1, 2, np.nan],), ValueError, r"a must be finite; drop .* a\[2\] is nan"),
    (([1, -np.inf],), ValueError, r"a must be finite; .* a\[1\] is -inf"),
    ((["1", "2"],), TypeError, "a must hold real numbers"),
    (([1, None],), TypeError, "a must hold real numbers"),
    (([1j, 2],), TypeError, "a must hold real numbers"),
]

BAD_INPUT = [
    *(BadInput(f, args, {}, error, match) for f in (moment, skew, kurtosis) for args, error, match in SHAPE),
    BadInput(moment, (7.0,), {}, ValueError, r"a must be at least one-dimensional, got a single number; pass \[a\]"),
    BadInput(moment, ([],), {}, ValueError, r"a must hold at least one value along axis -1, got shape \(0,\)"),
    BadInput(moment, (np.empty((0, 3)),), {}, ValueError, r"a must hold at least one value .* got shape \(0, 3\)"),
    BadInput(moment, ([1, 2], -1), {}, ValueError, "order must be non-negative, got -1"),
    BadInput(moment, ([1, 2], [2, -1]), {}, ValueError, r"order must be non-negative; order\[1\] is -1"),
    BadInput(moment, ([1, 2], 2.0), {}, TypeError, "order must hold integers, got float64"),
    BadInput(moment, ([1, 2], True), {}, TypeError, "order must hold integers, got bool"),
    BadInput(moment, ([1, 2], [[1, 2]]), {}, ValueError, r"order must be an integer or a list .* shape \(1, 2\)"),
    BadInput(moment, ([1, 2], np.array([], dtype=int)), {}, ValueError, r"at least one, got shape \(0,\)"),
    BadInput(moment, ([1, 2], 2, 1), {}, ValueError, "axis must be between -1 and 0 for a of 1 dimensions, got 1"),
    BadInput(moment, ([1, 2], 2, 0.0), {}, TypeError, "axis must be an integer, got 0.0"),
    BadInput(moment, ([1, 2], 2), {"center": np.nan}, ValueError, "center must be finite"),
    BadInput(moment, ([1, 2], 2), {"center": [0, 1]}, ValueError, "center must be a single number"),
    BadInput(moment, ([1, 2], 2), {"center": "0"}, TypeError, "center must be a number"),
    BadInput(moment, ([1e200, -1e200], 2), {}, ValueError, "a must have powers below 1.8e308, got an overflow"),
    BadInput(moment, ([1e308, 1e308, -1e308], 3), {}, ValueError, "a must have powers below"),
    BadInput(skew, ([],), {}, ValueError, r"a must hold at least two values along an axis, got shape \(0,\)"),
    BadInput(skew, (7.0,), {}, ValueError, r"got shape \(\)"),
    BadInput(skew, ([7.0, 7.0],), {}, ValueError, "a must vary along axis 0"),
    BadInput(skew, ([1, 2], 1), {}, ValueError, "axis must be None or in .*, got 1"),
    BadInput(skew, ([1, 2], 0.0), {}, TypeError, "axis must be an integer or None, got 0.0"),
    BadInput(skew, ([1, 2],), {"bias": False}, ValueError, "at least 3 values along axis 0 for skew .* got 2"),
    BadInput(kurtosis, ([],), {}, ValueError, r"got shape \(0,\)"),
    BadInput(kurtosis, ([[1, 2], [3, 2]],), {}, ValueError, r"must vary along axis 0.*; at \[1\] it is constant"),
    BadInput(kurtosis, ([1, 2], -2), {}, ValueError, "axis must be None or in .*, got -2"),
    BadInput(kurtosis, ([1, 2, 4],), {"bias": False}, ValueError, "at least 4 values along axis 0 for kurtosis"),
    BadInput(kurtosis, (np.eye(3), 1), {"bias": False}, ValueError, "4 values along axis 1 for .*, got 3"),
]
