import numpy as np

from companion.statistics import pearsonr, spearmanr
from tests.bad_input import BadInput

X, Y = [1.0, 2.0, 4.0], [3.0, 5.0, 4.0]
TABLE = [[1, 5, 2], [2, 5, 1], [4, 5, 7]]
INTERVAL = pearsonr(X, Y).confidence_interval


def cases_of_pairs(function, x, y):
    return [
        BadInput(function, ([1, 2, np.nan], Y), {}, ValueError, rf"{x} must be finite; drop or fill .*{x}\[2\] is nan"),
        BadInput(function, (X, [1, np.inf, 2]), {}, ValueError, rf"{y} must be finite; .*{y}\[1\] is inf"),
        BadInput(function, (["a", "b", "c"], Y), {}, TypeError, f"{x} must hold real numbers"),
        BadInput(function, (X, "abc"), {}, TypeError, f"{y} must hold real numbers"),
        BadInput(function, (X, [1j, 2, 3]), {}, TypeError, f"{y} must hold real numbers"),
        BadInput(function, (X, Y), {"alternative": "larger"}, ValueError, "alternative must be .*, got 'larger'"),
        BadInput(function, ([1, 2], [3, 4]), {"alternative": "up"}, ValueError, "alternative must be .*, got 'up'"),
        BadInput(function, (X, Y), {"alternative": None}, ValueError, "alternative must be .*, got None"),
        BadInput(function, (X, Y), {"axis": 2}, ValueError, "axis must be between"),
        BadInput(function, (X, Y), {"axis": 0.0}, TypeError, "axis must be an integer, got 0.0"),
        BadInput(function, (X, Y), {"nan_policy": "omit"}, TypeError, "nan_policy"),
    ]


BAD_INPUT = [
    *cases_of_pairs(pearsonr, "x", "y"),
    *cases_of_pairs(spearmanr, "a", "b"),
    BadInput(pearsonr, ([], []), {}, ValueError, "x and y must hold two pairs or more along axis 0, got 0"),
    BadInput(pearsonr, ([1], [2]), {}, ValueError, "x and y must hold two pairs or more along axis 0, got 1"),
    BadInput(pearsonr, (3.0, 4.0), {}, ValueError, "x and y must be at least one-dimensional"),
    BadInput(pearsonr, (X, [1, 2]), {}, ValueError, r"same length along axis 0, got the shapes \(3,\) and \(2,\)"),
    BadInput(pearsonr, (X, [1]), {}, ValueError, "same length along axis 0"),
    BadInput(pearsonr, (TABLE, X), {}, ValueError, r"same length along axis 0.*pass y\[:, None\]"),
    BadInput(pearsonr, (np.eye(3), np.ones((3, 2))), {}, ValueError, "broadcast|y must vary"),
    BadInput(pearsonr, (np.eye(3), np.eye(3)[:, :2]), {}, ValueError, "broadcast"),
    BadInput(pearsonr, ([5, 5, 5], Y), {}, ValueError, "x must vary, else the standard deviation is 0$"),
    BadInput(pearsonr, (X, [0.1, 0.1, 0.1]), {}, ValueError, "y must vary, else the standard deviation is 0$"),
    BadInput(pearsonr, (X, [0, 0, 0]), {}, ValueError, "y must vary"),
    BadInput(pearsonr, (TABLE, TABLE), {}, ValueError, r"x must vary.*; it is at \[1\]"),
    BadInput(pearsonr, (X, Y, "less"), {}, TypeError, "positional argument"),
    BadInput(INTERVAL, (1.5,), {}, ValueError, r"confidence_level must be in \[0, 1\], got 1.5", covers=pearsonr),
    BadInput(INTERVAL, (95,), {}, ValueError, r"confidence_level must be in \[0, 1\], got 95", covers=pearsonr),
    BadInput(INTERVAL, (np.nan,), {}, ValueError, "confidence_level must be finite", covers=pearsonr),
    BadInput(INTERVAL, ([0.9, 0.95],), {}, ValueError, "confidence_level must be a single number", covers=pearsonr),
    BadInput(spearmanr, (X,), {}, ValueError, r"two variables or more, .*, got \(1, 3\)"),
    BadInput(spearmanr, ([], []), {}, ValueError, r"of two observations or more, got \(2, 0\)"),
    BadInput(spearmanr, ([1], [2]), {}, ValueError, r"of two observations or more, got \(2, 1\)"),
    BadInput(spearmanr, (X, [1, 2]), {}, ValueError, "a and b must have as many observations, got 3 and 2"),
    BadInput(spearmanr, (TABLE, [1, 2, 4, 3]), {}, ValueError, "a and b must have as many observations, got 3 and 4"),
    BadInput(spearmanr, ([5, 5, 5], Y), {}, ValueError, r"each variable must vary.*; it is at \[0\]"),
    BadInput(spearmanr, (TABLE,), {}, ValueError, r"each variable must vary.*; it is at \[1\]"),
    BadInput(spearmanr, (np.ones((2, 2, 2)),), {}, ValueError, r"one dimension or two, got shape \(2, 2, 2\)"),
    BadInput(spearmanr, (X, np.ones((3, 1, 1))), {}, ValueError, r"b must have one dimension or two"),
]
