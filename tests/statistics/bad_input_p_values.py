import numpy as np
from scipy import stats

from companion.probability import norm, t
from companion.statistics import critical_value, decide, pvalue
from tests.bad_input import BadInput


def shared():
    for call, first in ((pvalue, (1.0,)), (critical_value, (0.05,)), (decide, (1.0,))):
        yield call, (*first, 19), {}, TypeError, r"law must be a distribution with its parameters, .* got 19"
        yield call, (*first, "norm"), {}, TypeError, "law must be a distribution .*, got 'norm'"
        yield call, (*first, t), {}, TypeError, r"law must have its parameters, as in t\(19\); t does not"
        yield call, (*first, stats.t), {}, TypeError, r"law must have its parameters"
        yield call, (*first, stats.t(-1)), {}, ValueError, "law must have parameters within their range"
        yield call, (*first, norm), {"alternative": "left"}, ValueError, "alternative must be .*, got 'left'"


BAD_INPUT = [
    *(BadInput(*case) for case in shared()),
    BadInput(pvalue, ([1, np.nan], norm), {}, ValueError, r"statistic must be finite.*statistic\[1\] is nan"),
    BadInput(pvalue, (np.inf, norm), {}, ValueError, "statistic must be finite"),
    BadInput(pvalue, ("2", norm), {}, TypeError, "statistic must hold real numbers"),
    BadInput(pvalue, ([1, 2], t([1, 2, 3])), {}, ValueError, "broadcast"),
    BadInput(critical_value, (0, norm), {}, ValueError, "alpha must be strictly between 0 and 1, got 0"),
    BadInput(critical_value, ([0.05, 5], norm), {}, ValueError, "alpha must be strictly between 0 and 1, got 5"),
    BadInput(critical_value, (None, norm), {}, TypeError, "alpha must hold real numbers"),
    BadInput(decide, (1, norm, 1), {}, ValueError, "alpha must be strictly between 0 and 1, got 1"),
    BadInput(decide, (np.nan, norm), {}, ValueError, "statistic must be finite"),
]
