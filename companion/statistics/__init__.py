"""Statistics: describing data, correlation, intervals, tests, and measures of performance."""

from companion.statistics._chi_square import association, chi2_contingency, chisquare, expected_freq
from companion.statistics._covariance import corrcoef, cov
from companion.statistics._dependence import design_effect, distance_correlation
from companion.statistics._ecdf import dkw_band, ecdf
from companion.statistics._moments import kurtosis, moment, skew
from companion.statistics._running import RunningMoments
from companion.statistics._standard_error import berry_esseen_bound, sem
from companion.statistics._z_tests import (
    proportion_confint,
    proportions_ztest,
    ztest_1samp,
    ztest_1samp_from_stats,
    ztest_ind_from_stats,
)
from companion.statistics._zscore import zscore

__all__ = [
    "RunningMoments",
    "association",
    "berry_esseen_bound",
    "chi2_contingency",
    "chisquare",
    "corrcoef",
    "cov",
    "design_effect",
    "distance_correlation",
    "dkw_band",
    "ecdf",
    "expected_freq",
    "kurtosis",
    "moment",
    "proportion_confint",
    "proportions_ztest",
    "sem",
    "skew",
    "zscore",
    "ztest_1samp",
    "ztest_1samp_from_stats",
    "ztest_ind_from_stats",
]
