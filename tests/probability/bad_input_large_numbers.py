import numpy as np

from companion.probability import deviation_probability, run_probability, running_mean
from tests.bad_input import BadInput


def cases_of_trials(function, *others):
    return [
        BadInput(function, (0, *others), {}, ValueError, "n must be positive, got 0"),
        BadInput(function, ([5, -3], *others), {}, ValueError, r"n must be positive; n\[1\] is -3"),
        BadInput(function, (10.0, *others), {}, TypeError, "n must hold integers, got float64"),
        BadInput(function, (True, *others), {}, TypeError, "n must hold integers, got bool"),
        BadInput(function, ("ten", *others), {}, TypeError, "n must hold integers"),
        BadInput(function, ([], *others), {}, TypeError, "n must hold integers"),
    ]


BAD_INPUT = [
    BadInput(running_mean, ([1, np.nan],), {}, ValueError, r"x must be finite; drop or fill .* x\[1\] is nan"),
    BadInput(running_mean, ([np.inf],), {}, ValueError, "x must be finite"),
    BadInput(running_mean, (["a"],), {}, TypeError, "x must hold real numbers"),
    BadInput(running_mean, ([None],), {}, TypeError, "x must hold real numbers"),
    BadInput(running_mean, (3.0,), {}, ValueError, r"got a single number; pass \[x\]"),
    BadInput(running_mean, ([1, 2],), {"axis": 1}, ValueError, "axis must be between -1 and 0 .* got 1"),
    BadInput(running_mean, ([1, 2],), {"axis": -2}, ValueError, "axis must be between -1 and 0 .* got -2"),
    BadInput(running_mean, ([1, 2],), {"axis": None}, TypeError, "axis must be an integer, got None"),
    BadInput(running_mean, ([1, 2],), {"axis": True}, TypeError, "axis must be an integer, got True"),
    BadInput(running_mean, ([1e308, -1e308],), {}, ValueError, "overflow; divide x by a constant first"),
    *cases_of_trials(deviation_probability, 0.5, 0.1),
    BadInput(deviation_probability, (10, 1.5, 0.1), {}, ValueError, r"p must be in \[0, 1\], got 1.5"),
    BadInput(deviation_probability, (10, [0.5, -0.1], 0.1), {}, ValueError, r"p\[1\] is -0.1"),
    BadInput(deviation_probability, (10, np.nan, 0.1), {}, ValueError, "p must be finite"),
    BadInput(deviation_probability, (10, 0.5, 0), {}, ValueError, "eps must be positive, got 0"),
    BadInput(deviation_probability, (10, 0.5, -0.1), {}, ValueError, "eps must be positive, got -0.1"),
    BadInput(deviation_probability, (10, 0.5, np.inf), {}, ValueError, "eps must be finite"),
    BadInput(deviation_probability, (10, 0.5, "small"), {}, TypeError, "eps must hold real numbers"),
    BadInput(deviation_probability, ([1, 2], 0.5, [0.1] * 3), {}, ValueError, "broadcast"),
    *cases_of_trials(run_probability, 3),
    BadInput(run_probability, (10, 0), {}, ValueError, "r must be at least 1, got 0"),
    BadInput(run_probability, (10, 3.0), {}, TypeError, "r must be an integer, got 3.0"),
    BadInput(run_probability, (10, [2, 3]), {}, TypeError, "r must be an integer"),
    BadInput(run_probability, (10, 3, 1.01), {}, ValueError, r"p must be in \[0, 1\], got 1.01"),
    BadInput(run_probability, (10, 3, -0.01), {}, ValueError, r"p must be in \[0, 1\], got -0.01"),
    BadInput(run_probability, (10, 3, [0.5, 0.6]), {}, ValueError, "p must be a single number"),
    BadInput(run_probability, (10, 3, np.nan), {}, ValueError, "p must be finite"),
]
