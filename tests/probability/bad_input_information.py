import numpy as np

from companion.probability import (
    cross_entropy,
    entropy,
    jensen_shannon_divergence,
    jensenshannon,
    kl_divergence,
    self_information,
)
from tests.bad_input import BadInput

FAIR = [0.5, 0.5]


def cases_of_pairs(function, p, q):
    """Return what every function of two distributions refuses; *p* and *q* are the names of its arguments."""
    return [
        BadInput(function, ([0.5, -0.5], FAIR), {}, ValueError, rf"{p} must be non-negative; {p}\[1\] is -0.5"),
        BadInput(function, (FAIR, [-1, 2]), {}, ValueError, rf"{q} must be non-negative; {q}\[0\] is -1"),
        BadInput(function, ([np.nan, 1], FAIR), {}, ValueError, f"{p} must be finite; drop or fill"),
        BadInput(function, (FAIR, [1, np.inf]), {}, ValueError, rf"{q}\[1\] is inf"),
        BadInput(function, (["a", "b"], FAIR), {}, TypeError, f"{p} must hold real numbers"),
        BadInput(function, (FAIR, "fair"), {}, TypeError, f"{q} must hold real numbers"),
        BadInput(function, ([0, 0], FAIR), {}, ValueError, f"{p} must have a positive sum along axis 0"),
        BadInput(function, (FAIR, [[1, 0], [0, 0]]), {"axis": 1}, ValueError, f"{q} must have a positive sum .* drop"),
        BadInput(function, ([], []), {}, ValueError, f"{p} must hold at least one weight along axis 0"),
        BadInput(function, (0.5, 0.5), {}, ValueError, f"{p} must be an array of weights"),
        BadInput(function, ([1, 2, 3], [1]), {}, ValueError, f"{p} and {q} must have the same number of weights"),
        BadInput(function, (FAIR, 0.5), {}, ValueError, r"same number .* axis 0, got .* \(\); insert"),
        BadInput(function, (np.ones((2, 2)), FAIR), {}, ValueError, r"axis 0, got the shapes \(2, 2\) and \(2,\)"),
        BadInput(function, (FAIR, np.ones((2, 2))), {}, ValueError, r"axis 0, got the shapes \(2,\) and \(2, 2\)"),
        BadInput(function, (np.ones((2, 2)), np.ones((3, 2))), {"axis": 1}, ValueError, "broadcast"),
        BadInput(function, (FAIR, FAIR), {"axis": 1}, ValueError, "axis must be between -1 and 0 .* got 1"),
        BadInput(function, (FAIR, FAIR), {"axis": -2}, ValueError, "axis must be between -1 and 0 .* got -2"),
        BadInput(function, (FAIR, FAIR), {"axis": None}, TypeError, "axis must be an integer, got None"),
        BadInput(function, (FAIR, FAIR), {"axis": True}, TypeError, "axis must be an integer, got True"),
        BadInput(function, (FAIR, FAIR), {"axis": 0.0}, TypeError, "axis must be an integer, got 0.0"),
        *cases_of_base(function, FAIR, FAIR),
    ]


def cases_of_base(function, *args):
    return [
        BadInput(function, args, {"base": 1}, ValueError, "base must be greater than 1, got 1.0; take 2 for bits"),
        BadInput(function, args, {"base": 0.5}, ValueError, "base must be greater than 1, got 0.5"),
        BadInput(function, args, {"base": -2}, ValueError, "base must be greater than 1, got -2"),
        BadInput(function, args, {"base": np.nan}, ValueError, "base must be finite"),
        BadInput(function, args, {"base": [2, 10]}, ValueError, "base must be a single number"),
        BadInput(function, args, {"base": "bits"}, TypeError, "base must be a number"),
    ]


BAD_INPUT = [
    BadInput(self_information, (1.5,), {}, ValueError, r"p must be in \[0, 1\], got 1.5"),
    BadInput(self_information, ([0.5, -0.1],), {}, ValueError, r"p\[1\] is -0.1"),
    BadInput(self_information, (np.nan,), {}, ValueError, "p must be finite"),
    BadInput(self_information, ("rare",), {}, TypeError, "p must hold real numbers"),
    *cases_of_base(self_information, 0.5),
    BadInput(entropy, ([0.5, -0.5],), {}, ValueError, r"pk must be non-negative; pk\[1\] is -0.5"),
    BadInput(entropy, ([np.nan, 1],), {}, ValueError, "pk must be finite"),
    BadInput(entropy, ([0, 0],), {}, ValueError, "pk must have a positive sum"),
    BadInput(entropy, ([],), {}, ValueError, r"pk must hold at least one weight along axis 0, got shape \(0,\)"),
    BadInput(entropy, (np.ones((2, 0)),), {"axis": 1}, ValueError, "pk must hold at least one weight"),
    BadInput(entropy, (0.5,), {}, ValueError, "pk must be an array of weights"),
    BadInput(entropy, (FAIR,), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
    BadInput(entropy, (FAIR,), {"axis": None}, TypeError, "axis must be an integer, got None"),
    *cases_of_base(entropy, FAIR),
    *cases_of_pairs(entropy, "pk", "qk"),
    *cases_of_pairs(cross_entropy, "pk", "qk"),
    *cases_of_pairs(kl_divergence, "pk", "qk"),
    *cases_of_pairs(jensenshannon, "p", "q"),
    *cases_of_pairs(jensen_shannon_divergence, "p", "q"),
]
