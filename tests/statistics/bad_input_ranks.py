import numpy as np

from companion.statistics import rankdata
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(rankdata, ([1, np.nan, 2],), {}, ValueError, r"a must be finite; drop or fill .*; a\[1\] is nan"),
    BadInput(rankdata, ([1, np.inf],), {}, ValueError, r"a must be finite.*; a\[1\] is inf"),
    BadInput(rankdata, (["low", "high"],), {}, TypeError, "a must hold real numbers"),
    BadInput(rankdata, ([1, 1j],), {}, TypeError, "a must hold real numbers"),
    BadInput(rankdata, ([1, None],), {}, TypeError, "a must hold real numbers"),
    BadInput(rankdata, ([1, 2], "mean"), {}, ValueError, "method must be 'average', .* or 'ordinal', got 'mean'"),
    BadInput(rankdata, ([1, 2], None), {}, ValueError, "method must be .*, got None"),
    BadInput(rankdata, ([1, 2],), {"axis": 1}, ValueError, "axis must be between -1 and 0 for a .*, got 1"),
    BadInput(rankdata, ([1, 2],), {"axis": 0.0}, TypeError, "axis must be an integer, got 0.0"),
    BadInput(rankdata, (3.0,), {"axis": 0}, ValueError, r"a must be at least one-dimensional.*; pass \[a\]"),
    BadInput(rankdata, ([1, 2], "min", 0), {}, TypeError, "positional argument"),
]
