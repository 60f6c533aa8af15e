import numpy as np

from companion.statistics import describe
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(describe, ([1, np.nan, 2],), {}, ValueError, "a must be finite"),
    BadInput(describe, (["a", "b"],), {}, TypeError, "a must hold real numbers"),
    BadInput(describe, (3.0,), {}, ValueError, "a must be at least one-dimensional"),
    BadInput(describe, ([1, 2], 1), {}, ValueError, "axis must be between -1 and 0"),
    BadInput(describe, ([1, 2],), {"ddof": 2}, ValueError, "ddof must be below the number of values, 2, got 2"),
    BadInput(describe, ([1, 2],), {"ddof": -1}, ValueError, "ddof must be at least 0"),
    BadInput(describe, ([1, 2],), {"ddof": 0.5}, TypeError, "ddof must be an integer"),
    BadInput(describe, ([5, 5, 5],), {}, ValueError, "a must"),
    BadInput(describe, ([1, 2, 4],), {"bias": False}, ValueError, "at least 4 values"),
    BadInput(describe, ([],), {}, ValueError, "0"),
]
