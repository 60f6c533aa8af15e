import numpy as np

from companion.statistics import zscore
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(zscore, ([],), {}, ValueError, r"a must hold at least two values along an axis, got shape \(0,\)"),
    BadInput(zscore, (np.empty((0, 3)),), {}, ValueError, r"got shape \(0, 3\)"),
    BadInput(zscore, (7.0,), {}, ValueError, r"got shape \(\)"),
    BadInput(zscore, ([7.0],), {}, ValueError, "a must vary along axis 0, else its standard deviation is 0$"),
    BadInput(zscore, ([0.1, 0.1, 0.1],), {}, ValueError, "a must vary along axis 0"),
    BadInput(zscore, ([[1, 2], [3, 2]],), {}, ValueError, r"must vary along axis 0.*; at \[1\] it is constant"),
    BadInput(zscore, ([[1, 2, 3], [4, 2, 3]],), {}, ValueError, r"at \[1\] it is constant"),
    BadInput(zscore, ([[1, 2], [3, 3]], 1), {}, ValueError, r"must vary along axis 1.*; at \[1\] it is constant"),
    BadInput(zscore, (np.ones((2, 2)), None), {}, ValueError, "must vary along axis None, else .* is 0$"),
    BadInput(zscore, ([1, 2, np.nan],), {}, ValueError, r"a must be finite; drop .* a\[2\] is nan"),
    BadInput(zscore, ([1, -np.inf],), {}, ValueError, r"a must be finite; .* a\[1\] is -inf"),
    BadInput(zscore, (["1", "2"],), {}, TypeError, "a must hold real numbers"),
    BadInput(zscore, ([1, None],), {}, TypeError, "a must hold real numbers"),
    BadInput(zscore, ([1j, 2],), {}, TypeError, "a must hold real numbers"),
    BadInput(zscore, ([1, 2], 1), {}, ValueError, r"axis must be None or in -1, \.\.\., 0 for 1-d data, got 1"),
    BadInput(zscore, ([1, 2], -2), {}, ValueError, "axis must be None or in .*, got -2"),
    BadInput(zscore, ([1, 2], 0.0), {}, TypeError, "axis must be an integer or None, got 0.0"),
    BadInput(zscore, ([1, 2], True), {}, TypeError, "axis must be an integer or None, got True"),
    BadInput(zscore, ([1, 2],), {"ddof": 2}, ValueError, "ddof must be less than .* along axis 0, 2, got 2"),
    BadInput(
        zscore, ([[1, 2, 4], [2, 3, 1]], 1), {"ddof": 3}, ValueError, "ddof must be less than .* axis 1, 3, got 3"
    ),
    BadInput(zscore, ([1, 2],), {"ddof": -1}, ValueError, "ddof must be at least 0, got -1"),
    BadInput(zscore, ([1, 2],), {"ddof": 0.5}, TypeError, "ddof must be an integer, got 0.5"),
]
