import numpy as np

from companion.statistics import mode, multimode
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(mode, ([],), {}, ValueError, r"a must hold at least one value along axis 0, got shape \(0,\)"),
    BadInput(mode, (np.empty((2, 0)), 1), {}, ValueError, r"at least one value along axis 1, got shape \(2, 0\)"),
    BadInput(mode, (7,), {}, ValueError, r"a must be at least one-dimensional, got a single number; pass \[a\]"),
    BadInput(mode, ([1, np.nan, 1],), {}, ValueError, r"a must be finite; drop .* a\[1\] is nan"),
    BadInput(mode, ([np.inf, np.inf],), {}, ValueError, r"a must be finite; .* a\[0\] is inf"),
    BadInput(mode, (["A", "B"],), {}, TypeError, "a must hold real numbers, got <U1 .*; convert or count text first"),
    BadInput(mode, ([1, None],), {}, TypeError, "a must hold real numbers"),
    BadInput(mode, ([1j],), {}, TypeError, "a must hold real numbers"),
    BadInput(mode, ([1, 2], 1), {}, ValueError, "axis must be between -1 and 0 for a of 1 dimensions, got 1"),
    BadInput(mode, ([[1, 2]], -3), {}, ValueError, "axis must be between -2 and 1 for a of 2 dimensions, got -3"),
    BadInput(mode, ([1, 2], 0.0), {}, TypeError, "axis must be an integer, got 0.0"),
    BadInput(mode, ([1, 2], True), {}, TypeError, "axis must be an integer, got True"),
    BadInput(multimode, ([],), {}, ValueError, "data must hold at least one value, got none"),
    BadInput(multimode, (7,), {}, TypeError, "data must be a one-dimensional list of values, got int 7"),
    BadInput(multimode, (np.eye(2),), {}, TypeError, "data must be a one-dimensional list of values, got ndarray"),
    BadInput(multimode, (np.array(3.0),), {}, TypeError, "data must be a one-dimensional list"),
    BadInput(multimode, ([1, [2]],), {}, TypeError, r"data must hold hashable values.*; data\[1\] is \[2\]"),
    BadInput(multimode, ([1, None, 1],), {}, ValueError, r"no missing value; drop or fill it: data\[1\] is None"),
    BadInput(multimode, ([1.0, 2.0, np.nan],), {}, ValueError, r"no missing value; .* data\[2\] is nan"),
    BadInput(multimode, ([1, 1],), {"unrepeated": "first"}, ValueError, "unrepeated must be 'all' or 'none', got 'fi"),
    BadInput(multimode, ([1, 1],), {"unrepeated": None}, ValueError, "unrepeated must be .*, got None"),
]
