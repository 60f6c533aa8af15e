import numpy as np

from companion.probability import JointPMF, bivariate_normal_conditional
from tests.bad_input import BadInput

EYE = [[1, 0], [0, 1]]
COINS = JointPMF([[0.5, 0.0], [0.5, 0.0]], [0, 1], [0, 1])
COLOURS = JointPMF([[0.5, 0.0], [0.5, 0.0]], ["red", "blue"], ["red", "blue"])


def joint(call, args, error, match):
    return BadInput(call, args, {}, error, match, covers=JointPMF)


def normal(args, error, match):
    return BadInput(bivariate_normal_conditional, args, {}, error, match)


BAD_INPUT = [
    joint(JointPMF, ([[0.5, 0.4]], [0], [0, 1]), ValueError, "table must sum to 1, got the sum 0.9"),
    joint(JointPMF, ([[5, 4]], [0], [0, 1]), ValueError, r"table must be in \[0, 1\]; table\[0, 0\] is 5"),
    joint(JointPMF, ([[1.5, -0.5]], [0], [0, 1]), ValueError, r"table must be in \[0, 1\]"),
    joint(JointPMF, ([[np.nan, 1]], [0], [0, 1]), ValueError, r"table\[0, 0\] is nan"),
    joint(JointPMF, ([["a"]], [0], [0]), TypeError, "table must hold real numbers"),
    joint(JointPMF, ([0.5, 0.5], [0], [0, 1]), ValueError, r"table must have two dimensions .* got shape \(2,\)"),
    joint(JointPMF, ([[0.5, 0.5]], [0, 1], [0]), ValueError, "x_values must name 1 values, .* got 2"),
    joint(JointPMF, ([[0.5, 0.5]], [0], [0]), ValueError, "y_values must name 2 values, .* got 1"),
    joint(JointPMF, ([[0.5, 0.5]], [0], [1, 1]), ValueError, "y_values must name each value once"),
    joint(JointPMF, ([[0.5, 0.5]], None, [0, 1]), TypeError, "x_values must be a list .* got None"),
    joint(COINS.given_y, (1,), ValueError, r"y must have a positive probability, but P\(Y = 1\) is 0"),
    joint(COINS.given_y, (7,), ValueError, r"y must be one of y_values \(0, 1\), got 7"),
    joint(COINS.given_x, ("red",), ValueError, r"x must be one of x_values \(0, 1\), got 'red'"),
    joint(JointPMF([[0, 0], [0, 1]], "ab", "cd").given_x, ("a",), ValueError, r"but P\(X = 'a'\) is 0"),
    joint(COLOURS.cov, (), TypeError, "x_values must hold real numbers"),
    joint(JointPMF([[1.0]], [0], ["a"]).cov, (), TypeError, "y_values must hold real numbers"),
    joint(COLOURS.cdf, (0, 0), TypeError, "x_values must hold real numbers"),
    joint(COINS.cdf, ("a", 0), TypeError, "x must be a number"),
    joint(COINS.cdf, (0, np.nan), ValueError, "y must be finite"),
    joint(COINS.cdf, ([0, 1], 0), ValueError, "x must be a single number"),
    joint(COINS.expect, (None,), TypeError, "func must be a function of x and y, got None"),
    joint(COINS.expect, (lambda x, y: None,), TypeError, "what func returns must hold real numbers"),
    normal(([0, 0, 0], EYE, 0), ValueError, r"mean must have shape \(2,\), got \(3,\)"),
    normal((0, EYE, 0), ValueError, r"mean must have shape \(2,\), got \(\)"),
    normal(([0, np.nan], EYE, 0), ValueError, "mean must be finite"),
    normal((["a", "b"], EYE, 0), TypeError, "mean must hold real numbers"),
    normal(([0, 0], [1, 1], 0), ValueError, r"cov must have shape \(2, 2\), got \(2,\)"),
    normal(([0, 0], [[1, 0.5], [0.4, 1]], 0), ValueError, "cov must be symmetric, got the covariances 0.5 and 0.4"),
    normal(([0, 0], [[1, 0], [0, 0]], 0), ValueError, "cov must have variances >= 0 .* got 1.0 and 0.0"),
    normal(([0, 0], [[-1, 0], [0, 1]], 0), ValueError, "cov must have variances >= 0 .* got -1.0 and 1.0"),
    normal(([0, 0], [[1, 3], [3, 4]], 0), ValueError, r"a covariance of at most 2 in size .* got 3.0"),
    normal(([0, 0], [[1, -3], [-3, 4]], 0), ValueError, r"correlation in \[-1, 1\]\), got -3.0"),
    normal(([0, 0], [[np.inf, 0], [0, 1]], 0), ValueError, "cov must be finite"),
    normal(([0, 0], EYE, [0, np.nan]), ValueError, r"y\[1\] is nan"),
    normal(([0, 0], EYE, "0"), TypeError, "y must hold real numbers"),
]
