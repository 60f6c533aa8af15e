import numpy as np

from companion.statistics import false_discovery_control, multipletests
from tests.bad_input import BadInput

P = [0.01, 0.2, 0.03]


def cases_of_p_values(function, name):
    return [
        BadInput(function, ([0.1, 1.1],), {}, ValueError, rf"{name} must be in \[0, 1\]; {name}\[1\] is 1.1"),
        BadInput(function, ([-0.1, 0.1],), {}, ValueError, rf"{name} must be in \[0, 1\]; {name}\[0\] is -0.1"),
        BadInput(function, ([0.1, np.nan],), {}, ValueError, rf"{name} must be finite; .*{name}\[1\] is nan"),
        BadInput(function, (["0.1", "0.2"],), {}, TypeError, f"{name} must hold real numbers"),
        BadInput(function, ([0.1, None],), {}, TypeError, f"{name} must hold real numbers"),
        BadInput(function, ([],), {}, ValueError, r"one p-value or more, got shape \(0,\)"),
        BadInput(function, (np.empty((0, 3)),), {}, ValueError, r"one p-value or more, got shape \(0, 3\)"),
        BadInput(function, (P,), {"method": "tukey"}, ValueError, "method must be .*, got 'tukey'"),
        BadInput(function, (P,), {"method": None}, ValueError, "method must be .*, got None"),
    ]


BAD_INPUT = [
    *cases_of_p_values(false_discovery_control, "ps"),
    *cases_of_p_values(multipletests, "pvals"),
    BadInput(false_discovery_control, (0.3,), {}, ValueError, r"ps must be at least one-dimensional.*; pass \[ps\]"),
    BadInput(false_discovery_control, (P,), {"axis": 1}, ValueError, "axis must be between -1 and 0 for ps .*, got 1"),
    BadInput(false_discovery_control, (P,), {"axis": 0.0}, TypeError, "axis must be an integer, got 0.0"),
    BadInput(false_discovery_control, (P, 0), {}, TypeError, "positional argument"),
    BadInput(multipletests, (0.3,), {}, ValueError, r"pvals must have one dimension .*, got shape \(\)"),
    BadInput(multipletests, ([P, P],), {}, ValueError, r"pvals must have one dimension .*, got shape \(2, 3\)"),
    BadInput(multipletests, (P, 5), {}, ValueError, r"alpha must be in \[0, 1\], got 5"),
    BadInput(multipletests, (P, [0.05, 0.01]), {}, ValueError, "alpha must be a single number"),
    BadInput(multipletests, (P, np.nan), {}, ValueError, "alpha must be finite"),
    BadInput(multipletests, (P, "5%"), {}, TypeError, "alpha must be a number"),
    BadInput(multipletests, (P, "holm"), {}, TypeError, "alpha must be a number"),
]
