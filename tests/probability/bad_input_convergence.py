import numpy as np

from companion.probability import settling_time, typewriter
from tests.bad_input import BadInput

PATHS = [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]]

BAD_INPUT = [
    BadInput(typewriter, (0, 0.5), {}, ValueError, "n must be positive, got 0"),
    BadInput(typewriter, ([3, -1], 0.5), {}, ValueError, r"n must be positive; n\[1\] is -1"),
    BadInput(typewriter, (3.0, 0.5), {}, TypeError, r"n must hold integers, got float64 \[3.0\]"),
    BadInput(typewriter, (True, 0.5), {}, TypeError, "n must hold integers, got bool"),
    BadInput(typewriter, (2**64, 0.5), {}, TypeError, "n must hold integers, got object"),
    BadInput(typewriter, ([], 0.5), {}, TypeError, "n must hold integers"),
    BadInput(typewriter, (3, 1), {}, ValueError, "u must be below 1, got 1.0; the intervals are"),
    BadInput(typewriter, (3, [0.5, 1.0]), {}, ValueError, "u must be below 1, got 1.0"),
    BadInput(typewriter, (3, -0.1), {}, ValueError, r"u must be in \[0, 1\], got -0.1"),
    BadInput(typewriter, (3, [0.5, 1.5]), {}, ValueError, r"u\[1\] is 1.5"),
    BadInput(typewriter, (3, np.nan), {}, ValueError, "u must be finite"),
    BadInput(typewriter, (3, "half"), {}, TypeError, "u must hold real numbers"),
    BadInput(typewriter, ([1, 2, 3], [0.1, 0.2]), {}, ValueError, "broadcast"),
    BadInput(settling_time, (3.0, 0, 0.1), {}, ValueError, r"paths must be at least one-dimensional.*pass \[paths\]"),
    BadInput(settling_time, ([[0.1, np.nan]], 0, 0.1), {}, ValueError, r"paths must be finite.*paths\[0, 1\] is nan"),
    BadInput(settling_time, ([np.inf], 0, 0.1), {}, ValueError, "paths must be finite"),
    BadInput(settling_time, (["a"], 0, 0.1), {}, TypeError, "paths must hold real numbers"),
    BadInput(settling_time, (PATHS, np.inf, 0.1), {}, ValueError, "limit must be finite"),
    BadInput(settling_time, (PATHS, [0, np.nan], 0.1), {}, ValueError, r"limit\[1\] is nan"),
    BadInput(settling_time, (PATHS, None, 0.1), {}, TypeError, "limit must hold real numbers"),
    BadInput(
        settling_time,
        (PATHS, [0, 0, 0], 0.1),
        {},
        ValueError,
        r"limit must be one number.*\(2,\), got shape \(3,",
    ),
    BadInput(settling_time, (PATHS, PATHS, 0.1), {}, ValueError, r"here of shape \(2,\), got shape \(2, 3\)"),
    BadInput(settling_time, (PATHS, [[0], [0]], 0.1), {}, ValueError, r"got shape \(2, 1\)"),
    BadInput(settling_time, (PATHS, [0, 1], 0.1), {"axis": 0}, ValueError, r"here of shape \(3,\), got shape \(2,\)"),
    BadInput(settling_time, (PATHS[0], [0.0], 0.1), {}, ValueError, r"here of shape \(\), got shape \(1,\)"),
    BadInput(settling_time, (PATHS, 0, 0), {}, ValueError, "eps must be positive, got 0"),
    BadInput(settling_time, (PATHS, 0, -0.1), {}, ValueError, "eps must be positive, got -0.1"),
    BadInput(settling_time, (PATHS, 0, np.nan), {}, ValueError, "eps must be finite"),
    BadInput(settling_time, (PATHS, 0, [0.1, 0.2]), {}, ValueError, "eps must be a single number"),
    BadInput(settling_time, (PATHS, 0, "small"), {}, TypeError, "eps must be a number"),
    BadInput(settling_time, (PATHS, 0, 0.1), {"axis": 2}, ValueError, "axis must be between -2 and 1 .* got 2"),
    BadInput(settling_time, (PATHS, 0, 0.1), {"axis": None}, TypeError, "axis must be an integer, got None"),
]
