from fractions import Fraction as F

import numpy as np

from companion.probability import PMF
from tests.bad_input import BadInput

COIN = PMF(["H", "T"], [0.5, 0.5])
HEADS = PMF([0, 1, 2], [F(1, 4), F(1, 2), F(1, 4)])


def method(call, args, error, match):
    return BadInput(call, args, {}, error, match, covers=PMF)


BAD_INPUT = [
    BadInput(PMF, ([0, 1], [0.5, 0.4]), {}, ValueError, "p must sum to 1, got the sum 0.9; divide weights"),
    BadInput(PMF, ([0, 1], [F(1, 3), F(1, 3)]), {}, ValueError, "p must sum to 1, got the sum 2/3"),
    BadInput(PMF, ([0, 1], [1.5, -0.5]), {}, ValueError, r"p must be in \[0, 1\]; p\[0\] is 1.5"),
    BadInput(PMF, ([0, 1], [np.nan, 1]), {}, ValueError, r"p must be finite.*p\[0\] is nan"),
    BadInput(PMF, ([0, 1], ["a", "b"]), {}, TypeError, "p must hold real numbers"),
    BadInput(PMF, ([0, 1], 1.0), {}, ValueError, r"p must have one probability for each value, got shape \(\)"),
    BadInput(PMF, ([0, 1], [[0.5, 0.5]]), {}, ValueError, r"got shape \(1, 2\)"),
    BadInput(PMF, ([], []), {}, ValueError, "p must sum to 1, got the sum 0"),
    BadInput(PMF, ([0, 1, 2], [0.5, 0.5]), {}, ValueError, "values must name 2 values, .* got 3"),
    BadInput(PMF, ([1, 1], [0.5, 0.5]), {}, ValueError, r"values must name each value once, got \(1, 1\); add up"),
    BadInput(PMF, (3, [1.0]), {}, TypeError, "values must be a list of hashable numbers or labels, got 3"),
    BadInput(PMF, ([[1]], [1.0]), {}, TypeError, r"values must be a list .* got \[\[1\]\]"),
    BadInput(COIN.mean, (), {}, TypeError, "values must hold real numbers, got .*'H', 'T'", covers=PMF),
    BadInput(COIN.var, (), {}, TypeError, "values must hold real numbers", covers=PMF),
    BadInput(COIN.expect, (3,), {}, TypeError, "func must be a function of one value, got 3", covers=PMF),
    BadInput(COIN.expect, (str,), {}, TypeError, "what func returns must hold real numbers", covers=PMF),
    BadInput(COIN.expect, (lambda x: np.inf,), {}, ValueError, "what func returns must be finite", covers=PMF),
    BadInput(COIN.expect, (lambda x: [1, 2],), {}, ValueError, r"what func returns must have shape \(2,\)", covers=PMF),
    BadInput(PMF([np.nan, 1], [0.5, 0.5]).mean, (), {}, ValueError, r"values must be finite", covers=PMF),
    method(COIN.cdf, (0,), TypeError, "values must hold real numbers, got .*'H', 'T'"),
    method(COIN.ppf, (0.5,), TypeError, "values must hold real numbers"),
    method(COIN.rvs, (), TypeError, "values must hold real numbers"),
    method(HEADS.cdf, (np.nan,), ValueError, "x must be finite; drop or fill missing values first, got nan"),
    method(HEADS.cdf, ([0, np.nan],), ValueError, r"x must be finite.*x\[1\] is nan"),
    method(HEADS.cdf, ("1",), TypeError, "x must hold real numbers"),
    method(HEADS.cdf, (None,), TypeError, "x must hold real numbers"),
    method(HEADS.ppf, (1.5,), ValueError, r"q must be in \[0, 1\], got 1.5"),
    method(HEADS.ppf, ([0.5, F(-1, 4)],), ValueError, r"q must be in \[0, 1\]; q\[1\] is -0.25"),
    method(HEADS.ppf, (np.nan,), ValueError, "q must be finite"),
    method(HEADS.ppf, ("0.5",), TypeError, "q must hold real numbers"),
    method(HEADS.rvs, (3, "1"), TypeError, "random_state must be None, an integer or a numpy.random.Generator"),
    method(HEADS.rvs, (3, True), TypeError, "random_state must be None, an integer"),
    method(HEADS.rvs, (-3,), ValueError, "negative dimensions are not allowed"),
]
