import numpy as np

from companion.statistics import f_oneway
from tests.bad_input import BadInput

X, Y = [1.0, 2.0, 4.0], [3.0, 5.0]
HUGE = [1.2e308, -1.2e308, 1.2e308, -1.2e308, 1e307]  # all but the length of the deviations is within the range

BAD_INPUT = [
    BadInput(f_oneway, (), {}, ValueError, "compares two samples or more, got 0"),
    BadInput(f_oneway, ([X, Y],), {}, ValueError, "compares two samples or more, got 1; pass each as its own argument"),
    BadInput(f_oneway, (X, []), {}, ValueError, "sample 2 must hold 1 or more observations along axis 0, got 0"),
    BadInput(f_oneway, (X, 3.0), {}, ValueError, "sample 2 must be at least one-dimensional"),
    BadInput(f_oneway, ([1], [2], [3]), {}, ValueError, "more observations than there are samples, 3, got 3"),
    BadInput(f_oneway, (X, [1, np.nan]), {}, ValueError, r"sample 2 must be finite; .*sample 2\[1\] is nan"),
    BadInput(f_oneway, ([np.inf, 1], X), {}, ValueError, "sample 1 must be finite"),
    BadInput(f_oneway, (X, ["a", "b"]), {}, TypeError, "sample 2 must hold real numbers"),
    BadInput(f_oneway, ([5, 5], [5, 5]), {}, ValueError, "one of the samples must vary, else the standard deviation"),
    BadInput(f_oneway, ([0.1] * 3, [0.7] * 3, [0.2]), {}, ValueError, "one of the samples must vary"),
    BadInput(f_oneway, ([[1, 2], [1, 3]], [[4, 5], [4, 5]]), {}, ValueError, r"must vary.*; it is at \[0\]"),
    BadInput(f_oneway, (X, Y), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
    BadInput(f_oneway, (X, Y), {"axis": "rows"}, TypeError, "axis must be an integer"),
    BadInput(f_oneway, (np.ones((3, 2)), np.ones((3, 4))), {}, ValueError, "broadcast|shape mismatch"),
    BadInput(f_oneway, ([0, 1e-300], [1, 1]), {}, ValueError, "floats keep their digits, got .* 5e-301 .*; rescale"),
    BadInput(
        f_oneway, ([1.7e308, 1.6e308], [-1.7e308, 1e308]), {}, ValueError, "floats keep their digits, got .*; rescale"
    ),
    BadInput(f_oneway, (HUGE, [1, 2]), {}, ValueError, "got the standard deviation inf and .*; rescale"),
]
