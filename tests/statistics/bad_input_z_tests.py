import numpy as np

from companion.statistics import (
    proportion_confint,
    proportions_ztest,
    ztest_1samp,
    ztest_1samp_from_stats,
    ztest_ind_from_stats,
)
from tests.bad_input import BadInput

ALTERNATIVE = {"alternative": "larger"}
REFUSED = "alternative must be 'two-sided', 'less' or 'greater', got 'larger'"

BAD_INPUT = [
    BadInput(ztest_1samp, ([], 0, 1), {}, ValueError, r"a must hold a sample along axis 0, got shape \(0,\)"),
    BadInput(ztest_1samp, (5, 0, 1), {}, ValueError, r"a must be at least one-dimensional, .* pass \[a\]"),
    BadInput(ztest_1samp, ([1, 2], 0, 1), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
    BadInput(ztest_1samp, ([1, 2], 0, 1), {"axis": None}, TypeError, "axis must be an integer"),
    BadInput(ztest_1samp, ([1, np.nan], 0, 1), {}, ValueError, r"a must be finite; .* a\[1\] is nan"),
    BadInput(ztest_1samp, (["a"], 0, 1), {}, TypeError, "a must hold real numbers"),
    BadInput(ztest_1samp, ([1, 2], 0, 0), {}, ValueError, "popstd must be positive, got 0"),
    BadInput(ztest_1samp, ([1, 2], np.inf, 1), {}, ValueError, "popmean must be finite"),
    BadInput(ztest_1samp, ([1, 2], 0, 1), ALTERNATIVE, ValueError, REFUSED),
    BadInput(ztest_1samp_from_stats, (1, 0, 0, 1), {}, ValueError, "nobs must be positive, got 0"),
    BadInput(ztest_1samp_from_stats, (1, 5, 0, -1), {}, ValueError, "popstd must be positive, got -1"),
    BadInput(ztest_1samp_from_stats, (np.nan, 5, 0, 1), {}, ValueError, "mean must be finite"),
    BadInput(ztest_1samp_from_stats, (1, 5, 0, 1), ALTERNATIVE, ValueError, REFUSED),
    BadInput(ztest_ind_from_stats, (1, 0, 5, 1, 1, 5), {}, ValueError, "popstd1 must be positive, got 0"),
    BadInput(ztest_ind_from_stats, (1, 1, 5, 1, -1, 5), {}, ValueError, "popstd2 must be positive, got -1"),
    BadInput(ztest_ind_from_stats, (1, 1, 0, 1, 1, 5), {}, ValueError, "nobs1 must be positive, got 0"),
    BadInput(ztest_ind_from_stats, (1, 1, 5, np.nan, 1, 5), {}, ValueError, "mean2 must be finite"),
    BadInput(ztest_ind_from_stats, (1, 1, 5, 1, 1, 5), ALTERNATIVE, ValueError, REFUSED),
    BadInput(proportions_ztest, (5, 10), {}, ValueError, "value, the proportion .* is needed for one sample"),
    BadInput(proportions_ztest, (5, 10), {"value": 1}, ValueError, "value must be strictly between 0 and 1, got 1"),
    BadInput(proportions_ztest, (11, 10), {"value": 0.5}, ValueError, "count must be at most nobs, got 11.0 of 10.0"),
    BadInput(
        proportions_ztest, ([0.095, 0.08], [1200, 1000]), {}, ValueError, "count must hold whole numbers, got 0.095"
    ),
    BadInput(proportion_confint, (5, 10.5), {}, ValueError, "nobs must hold whole numbers, got 10.5; of rates take"),
    BadInput(proportions_ztest, (-1, 10), {"value": 0.5}, ValueError, "count must be non-negative"),
    BadInput(proportions_ztest, (0, 0), {"value": 0.5}, ValueError, "nobs must be positive"),
    BadInput(proportions_ztest, ([1, 2, 3], [9, 9, 9]), {}, ValueError, "count must hold one or two samples, got"),
    BadInput(proportions_ztest, ([1, 2], [9, 9]), {"value": 0.5}, ValueError, "value is for one sample"),
    BadInput(proportions_ztest, ([0, 0], [9, 9]), {}, ValueError, "count must hold both successes and failures"),
    BadInput(proportions_ztest, ([9, 9], [9, 9]), {}, ValueError, "count must hold both successes and failures"),
    BadInput(proportions_ztest, ([1, 2], [9, 9]), ALTERNATIVE, ValueError, REFUSED),
    BadInput(proportion_confint, (11, 10), {}, ValueError, "count must be at most nobs"),
    BadInput(proportion_confint, (1, 0), {}, ValueError, "nobs must be positive"),
    BadInput(proportion_confint, (1, 10, 0), {}, ValueError, "alpha must be strictly between 0 and 1, got 0"),
    BadInput(proportion_confint, (1, 10, 1), {}, ValueError, "alpha must be strictly between 0 and 1, got 1"),
    BadInput(proportion_confint, (1, 10), {"method": "wald"}, ValueError, "method must be .* got 'wald'"),
    BadInput(proportion_confint, ("one", 10), {}, TypeError, "count must hold real numbers"),
]
