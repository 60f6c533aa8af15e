import numpy as np

from companion.statistics import mean_abs_deviation, median_abs_deviation
from tests.bad_input import BadInput

BOTH = [
    (([],), {}, ValueError, r"x must hold at least one value along axis 0, got shape \(0,\)"),
    ((np.empty((0, 3)), 1), {}, ValueError, r"at least one value along axis 1, got shape \(0, 3\)"),
    ((7.0,), {}, ValueError, r"x must be at least one-dimensional, got a single number; pass \[x\]"),
    (([1, 2, np.nan],), {}, ValueError, r"x must be finite; drop .* x\[2\] is nan"),
    (([1, -np.inf],), {}, ValueError, r"x must be finite; .* x\[1\] is -inf"),
    ((["1", "2"],), {}, TypeError, "x must hold real numbers"),
    (([1, None],), {}, TypeError, "x must hold real numbers"),
    (([1j, 2],), {}, TypeError, "x must hold real numbers"),
    (([1, 2], 1), {}, ValueError, "axis must be between -1 and 0 for x of 1 dimensions, got 1"),
    (([1, 2], 0.0), {}, TypeError, "axis must be an integer, got 0.0"),
    (([1, 2], True), {}, TypeError, "axis must be an integer, got True"),
    (([1, 2],), {"center": "mean"}, TypeError, "center must be a function such as numpy.median, got 'mean'"),
    (([1, 2],), {"center": 1.5}, TypeError, "center must be a function such as numpy.median, got 1.5"),
    (([[1, 2], [3, 5]],), {"center": lambda x, axis: 0.0}, ValueError, r"array of shape \(2,\), got \(\)"),
    (([[1, 2, 4]], 1), {"center": lambda x, axis: x}, ValueError, r"array of shape \(1,\), got \(1, 3\)"),
    (([1, 2],), {"center": lambda x, axis: np.nan}, ValueError, "x must have finite distances from its center"),
    (([1.7e308, -1.7e308, -1.7e308],), {}, ValueError, "if they overflow, divide it by a constant"),
]

BAD_INPUT = [
    BadInput(mean_abs_deviation, ([8e307, -8e307, 8e307, -8e307],), {}, ValueError, "if they overflow, divide it by"),
    *(BadInput(f, *row) for f in (mean_abs_deviation, median_abs_deviation) for row in BOTH),
    BadInput(median_abs_deviation, ([1, 2],), {"scale": "Normal"}, ValueError, "scale must be 'normal' or a positive"),
    BadInput(median_abs_deviation, ([1, 2],), {"scale": 0}, ValueError, "scale must be positive, got 0"),
    BadInput(median_abs_deviation, ([1, 2],), {"scale": -1.5}, ValueError, "scale must be positive, got -1.5"),
    BadInput(median_abs_deviation, ([1, 2],), {"scale": np.nan}, ValueError, "scale must be finite"),
    BadInput(median_abs_deviation, ([1, 2],), {"scale": [1, 2]}, ValueError, "scale must be a single number"),
    BadInput(median_abs_deviation, ([1, 2],), {"scale": None}, TypeError, "scale must hold real numbers"),
]
