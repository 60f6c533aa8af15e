import numpy as np

from companion.statistics import corrcoef, cov
from tests.bad_input import BadInput

PAIR = [[1.0, 2.0, 4.0], [3.0, 1.0, 1.0]]


def cases_of_data(function):
    return [
        BadInput(function, ([1, np.nan, 2],), {}, ValueError, r"must be finite; drop or fill .*\[1\] is nan"),
        BadInput(function, ([[1, 2], [np.inf, 1]],), {}, ValueError, r"\[1, 0\] is inf"),
        BadInput(function, (["a", "b"],), {}, TypeError, "must hold real numbers"),
        BadInput(
            function, (np.ma.masked_equal([1, 2, 9], 9),), {}, ValueError, "must have no masked entries; drop or fill"
        ),
        BadInput(function, ([1, 1j],), {}, TypeError, "must hold real numbers"),
        BadInput(function, (3.0,), {}, ValueError, r"one dimension \(n,\), or two \(d, n\), got shape \(\)"),
        BadInput(function, (np.ones((2, 2, 2)),), {}, ValueError, r"got shape \(2, 2, 2\)"),
        BadInput(function, ([],), {}, ValueError, r"at least one observation, got shape \(0,\)"),
        BadInput(function, ([[], []],), {}, ValueError, "at least one observation"),
        BadInput(function, ([1, 2, 3], [1, 2]), {}, ValueError, "as many observations as the first argument, 3, got 2"),
        BadInput(function, (PAIR, [1, np.nan, 2]), {}, ValueError, "y must be finite"),
        BadInput(function, ([1, 2], "ab"), {}, TypeError, "y must hold real numbers"),
    ]


BAD_INPUT = [
    *cases_of_data(cov),
    *cases_of_data(corrcoef),
    BadInput(cov, ([3.0],), {}, ValueError, "ddof must leave a positive divisor, got ddof=1 for a total weight of 1"),
    BadInput(cov, (PAIR,), {"ddof": 3}, ValueError, "ddof must leave a positive divisor"),
    BadInput(cov, (PAIR,), {"ddof": -1}, ValueError, "ddof must be at least 0, got -1"),
    BadInput(cov, (PAIR,), {"ddof": 0.5}, TypeError, "ddof must be an integer"),
    BadInput(cov, (PAIR,), {"fweights": [1, 2]}, ValueError, r"one weight for each of the 3 observations"),
    BadInput(cov, (PAIR,), {"fweights": [1, 2, -1]}, ValueError, r"fweights must be non-negative; fweights\[2\] is -1"),
    BadInput(cov, (PAIR,), {"fweights": [1, 2, 0.5]}, TypeError, "fweights must hold whole numbers, got 0.5"),
    BadInput(cov, (PAIR,), {"fweights": [0, 0, 0]}, ValueError, "for a total weight of 0"),
    BadInput(cov, (PAIR,), {"aweights": [[1, 2, 1]]}, ValueError, r"got shape \(1, 3\)"),
    BadInput(cov, (PAIR,), {"aweights": [1, np.nan, 1]}, ValueError, "aweights must be finite"),
    BadInput(cov, (PAIR,), {"aweights": [1, 0, 0]}, ValueError, "ddof must leave a positive divisor"),
    BadInput(cov, ([1e200, -1e200],), {}, ValueError, "squares below 1.8e308, got an overflow; divide the data"),
    BadInput(cov, ([1e308, -1e308],), {}, ValueError, "got an overflow"),
    BadInput(corrcoef, ([[1, 2, 4], [5, 5, 5]],), {}, ValueError, "values that differ .* number 1 has none"),
    BadInput(corrcoef, ([1, 2, 4], [0.1, 0.1, 0.1]), {}, ValueError, "number 1 has none"),
    BadInput(corrcoef, ([[3], [1]],), {}, ValueError, "two or more values that differ"),
]
