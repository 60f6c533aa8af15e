import numpy as np

from companion.statistics import (
    cohen_d,
    cohen_d_from_stats,
    overlap_coefficient,
    probability_of_superiority,
    proportion_effectsize,
)
from tests.bad_input import BadInput

X, Y = [1.0, 2.0, 4.0], [3.0, 5.0]
HUGE = [1.2e308, -1.2e308, 1.2e308, -1.2e308, 1e307]  # all but the length of the deviations is within the range

BAD_INPUT = [
    BadInput(cohen_d, ([],), {}, ValueError, "a must hold 2 or more observations along axis 0, got 0"),
    BadInput(cohen_d, ([1],), {}, ValueError, "a must hold 2 or more observations along axis 0, got 1"),
    BadInput(cohen_d, (X, []), {}, ValueError, "b must hold 1 or more observations along axis 0, got 0"),
    BadInput(cohen_d, ([1], [2]), {}, ValueError, "must leave 1 or more degrees of freedom, got 0"),
    BadInput(cohen_d, ([1, 2],), {"correction": True}, ValueError, "must leave 2 or more degrees of freedom, got 1"),
    BadInput(cohen_d, ([1], [2, 3]), {"correction": True}, ValueError, "must leave 2 or more .*, got 1"),
    BadInput(cohen_d, ([3, 3],), {}, ValueError, "a must vary, else the standard deviation is 0"),
    BadInput(cohen_d, ([3, 3], [0.1, 0.1]), {}, ValueError, "a or b must vary"),
    BadInput(cohen_d, ([1, np.nan], X), {}, ValueError, r"a must be finite; .*a\[1\] is nan"),
    BadInput(
        cohen_d, (X, ["1"]), {}, TypeError, r"b must hold real numbers, got <U1 \['1'\]; convert or count text first"
    ),
    BadInput(
        cohen_d, (X, np.array(["1", 2], object)), {}, TypeError, r"got object \['1', 2\]; convert or count text first"
    ),
    BadInput(cohen_d, (X, np.array([b"1", 2], object)), {}, TypeError, "convert or count text first"),
    BadInput(
        cohen_d, (X, {1, 2}), {}, TypeError, r"b must hold real numbers, got object \[\{1, 2\}\]; make it a list first"
    ),
    BadInput(cohen_d, (X, [[1, 2], [3]]), {}, ValueError, "b must hold rows of equal length"),
    BadInput(cohen_d, (X, Y), {"popmean": 1}, ValueError, "popmean is for one sample; .* got popmean=1"),
    BadInput(cohen_d, (X,), {"popmean": [1, 2]}, ValueError, "popmean must be a number, or have length 1 along axis 0"),
    BadInput(cohen_d, (X,), {"popmean": np.nan}, ValueError, "popmean must be finite"),
    BadInput(cohen_d, (X, Y), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
    BadInput(cohen_d, (X, Y), {"correction": "hedges"}, TypeError, "correction must be True or False, got 'hedges'"),
    BadInput(cohen_d, (X, Y, 0), {}, TypeError, "positional argument"),
    BadInput(cohen_d, ([1e-300, 2e-300],), {"popmean": 1e300}, ValueError, "must be of a size at which .*; rescale"),
    BadInput(cohen_d, (HUGE,), {}, ValueError, "got the standard deviation inf and the statistic .*; rescale"),
    BadInput(cohen_d, ([1e-320, 2e-320],), {}, ValueError, "got the standard deviation .*e-321 and .*; rescale"),
    BadInput(cohen_d_from_stats, (1, 0, 5, 2, 0, 5), {}, ValueError, "std1 or std2 must be positive"),
    BadInput(cohen_d_from_stats, (1, -1, 5, 2, 0, 5), {}, ValueError, "std1 must be non-negative, got -1"),
    BadInput(cohen_d_from_stats, (1, 1, 0, 2, 1, 5), {}, ValueError, "nobs1 must be 1 or more, got 0"),
    BadInput(cohen_d_from_stats, (1, 1, 1, 2, 1, 1), {}, ValueError, "must leave 1 or more degrees of freedom, got 0"),
    BadInput(cohen_d_from_stats, (1, 1, 5, np.nan, 1, 5), {}, ValueError, "mean2 must be finite"),
    BadInput(cohen_d_from_stats, (1, 1, 5, 2, "1", 5), {}, TypeError, "std2 must hold real numbers"),
    BadInput(cohen_d_from_stats, (1, 1, 5, 2, 1, 5), {"correction": 1}, TypeError, "correction must be True or False"),
    *(
        BadInput(measure, *case)
        for measure in (overlap_coefficient, probability_of_superiority)
        for case in (
            (("0.5",), {}, TypeError, "d must hold real numbers"),
            (([0.5, np.nan],), {}, ValueError, r"d must be finite.*d\[1\] is nan"),
            ((np.inf,), {}, ValueError, "d must be finite"),
        )
    ),
    BadInput(proportion_effectsize, (1.1, 0.5), {}, ValueError, r"prop1 must be in \[0, 1\], got 1.1"),
    BadInput(proportion_effectsize, (0.1, [0.5, -1]), {}, ValueError, r"prop2 must be in \[0, 1\]; prop2\[1\] is -1"),
    BadInput(proportion_effectsize, (np.nan, 0.5), {}, ValueError, "prop1 must be finite"),
    BadInput(proportion_effectsize, ("0.1", 0.5), {}, TypeError, "prop1 must hold real numbers"),
]
