import numpy as np

from companion.statistics import association, chi2_contingency, chisquare, expected_freq
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(chisquare, ([5, -1],), {}, ValueError, r"f_obs must be non-negative; f_obs\[1\] is -1"),
    BadInput(chisquare, ([5, np.nan],), {}, ValueError, "f_obs must be finite; drop or fill"),
    BadInput(chisquare, (["a", "b"],), {}, TypeError, "f_obs must hold real numbers"),
    BadInput(chisquare, (7,), {}, ValueError, r"f_obs must hold the counts of the categories, got shape \(\)"),
    BadInput(chisquare, ([],), {}, ValueError, r"f_obs must hold the counts of the categories, got shape \(0,\)"),
    BadInput(chisquare, ([7],), {}, ValueError, "no degree of freedom is left: 1 categories - 1 - ddof = 0"),
    BadInput(chisquare, ([7, 8],), {"ddof": 1}, ValueError, "no degree of freedom is left"),
    BadInput(chisquare, ([7, 8],), {"ddof": -1}, ValueError, "ddof must be at least 0, got -1"),
    BadInput(chisquare, ([7, 8],), {"ddof": 0.5}, TypeError, "ddof must be an integer, got 0.5"),
    BadInput(chisquare, ([0, 0],), {}, ValueError, "f_obs must hold a positive count, got zeros only"),
    BadInput(chisquare, ([5, 5], [10, 0]), {}, ValueError, r"f_exp must be positive; f_exp\[1\] is 0"),
    BadInput(chisquare, ([5, 5], [5, 5, 5]), {}, ValueError, r"f_exp must have the shape of f_obs, \(2,\), got \(3,\)"),
    BadInput(chisquare, ([5, 5], [6, 6]), {}, ValueError, "f_obs and f_exp must have the same sum, got 10.0 and 12.0"),
    BadInput(chisquare, ([5, 5],), {"axis": 1}, ValueError, "axis must be between -1 and 0 for f_obs"),
    BadInput(chisquare, ([5, 5],), {"axis": None}, TypeError, "axis must be an integer, got None"),
    *(
        BadInput(function, args, {}, error, message)
        for function in (association, chi2_contingency, expected_freq)
        for args, error, message in [
            (([[1, -2], [3, 4]],), ValueError, r"observed must be non-negative; observed\[0, 1\] is -2"),
            (([[1, np.inf], [3, 4]],), ValueError, "observed must be finite"),
            (([["a"]],), TypeError, "observed must hold real numbers"),
            (([],), ValueError, "observed must hold the counts of the categories"),
        ]
    ),
    BadInput(expected_freq, ([[0, 0], [0, 0]],), {}, ValueError, "observed must hold a positive count"),
    BadInput(chi2_contingency, ([[0, 0], [3, 4]],), {}, ValueError, "observed has a row or column without any count"),
    BadInput(association, ([3, 4],), {}, ValueError, r"two rows and two columns at least, got shape \(2,\)"),
    BadInput(association, ([[3, 4]],), {}, ValueError, r"two rows and two columns at least, got shape \(1, 2\)"),
    BadInput(association, ([[1, 2], [3, 4]],), {"method": "phi"}, ValueError, "method must be .* got 'phi'"),
]
