import numpy as np

from companion.statistics import berry_esseen_bound, sem
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(sem, ([1],), {}, ValueError, "a must hold more than ddof=1 observations along axis 0, got 1"),
    BadInput(sem, ([],), {}, ValueError, "a must hold more than ddof=1 observations .* got 0"),
    BadInput(sem, (3.0,), {}, ValueError, r"a must be at least one-dimensional, got a single number; pass \[a\]"),
    BadInput(sem, ([1, np.nan],), {}, ValueError, "a must be finite"),
    BadInput(sem, (["x", "y"],), {}, TypeError, "a must hold real numbers"),
    BadInput(sem, ([1, 2],), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
    BadInput(sem, ([1, 2],), {"axis": None}, TypeError, "axis must be an integer"),
    BadInput(sem, ([1, 2],), {"ddof": -1}, ValueError, "ddof must be at least 0"),
    BadInput(berry_esseen_bound, (0, 1, 1), {}, ValueError, "n must be positive"),
    BadInput(berry_esseen_bound, (9, 0, 1), {}, ValueError, "sigma must be positive"),
    BadInput(berry_esseen_bound, (9, 1, -1), {}, ValueError, "rho must be positive"),
    BadInput(berry_esseen_bound, (9, 2, 1), {}, ValueError, r"rho must be at least sigma cubed \(Lyapunov\)"),
    BadInput(berry_esseen_bound, (9, np.inf, 1), {}, ValueError, "sigma must be finite"),
]
