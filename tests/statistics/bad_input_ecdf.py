import numpy as np
from scipy.stats import CensoredData

from companion.statistics import dkw_band, ecdf
from tests.bad_input import BadInput


def cases_of_samples(function):
    return [
        BadInput(function, ([],), {}, ValueError, r"sample must be a list of at least one number, got shape \(0,\)"),
        BadInput(function, (3.0,), {}, ValueError, r"sample must be a list of at least one number, got shape \(\)"),
        BadInput(function, ([[1, 2]],), {}, ValueError, r"got shape \(1, 2\)"),
        BadInput(function, ([1, np.nan],), {}, ValueError, r"sample must be finite; drop .* sample\[1\] is nan"),
        BadInput(function, ([1, np.inf],), {}, ValueError, "sample must be finite"),
        BadInput(function, (["a"],), {}, TypeError, "sample must hold real numbers"),
        BadInput(function, ([1, None],), {}, TypeError, "sample must hold real numbers"),
        BadInput(function, (CensoredData([1.0], right=[2.0]),), {}, TypeError, "sample must hold real numbers"),
    ]


BAD_INPUT = [
    *cases_of_samples(ecdf),
    *cases_of_samples(dkw_band),
    BadInput(ecdf([1]).cdf.evaluate, (np.nan,), {}, ValueError, "x must be finite", covers=ecdf),
    BadInput(ecdf([1]).sf.evaluate, (["0"],), {}, TypeError, "x must hold real numbers", covers=ecdf),
    BadInput(dkw_band, ([1], 95), {}, ValueError, r"confidence_level must be in \[0, 1\], got 95"),
    BadInput(dkw_band, ([1], -0.1), {}, ValueError, r"confidence_level must be in \[0, 1\], got -0.1"),
    BadInput(dkw_band, ([1], np.nan), {}, ValueError, "confidence_level must be finite"),
    BadInput(dkw_band, ([1], [0.9, 0.95]), {}, ValueError, "confidence_level must be a single number"),
    BadInput(dkw_band, ([1], "0.9"), {}, TypeError, "confidence_level must be a number"),
]
