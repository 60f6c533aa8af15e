"""Statistics: describing data, correlation, intervals, tests, and measures of performance."""

from companion.statistics._anova import f_oneway
from companion.statistics._chi_square import association, chi2_contingency, chisquare, expected_freq
from companion.statistics._covariance import corrcoef, cov
from companion.statistics._dependence import design_effect, distance_correlation
from companion.statistics._ecdf import dkw_band, ecdf
from companion.statistics._effect_size import cohen_d, cohen_d_from_stats
from companion.statistics._moments import kurtosis, moment, skew
from companion.statistics._power import (
    normal_power,
    tt_ind_solve_power,
    tt_solve_power,
    ttest_power,
    zt_ind_solve_power,
)
from companion.statistics._running import RunningMoments
from companion.statistics._standard_error import berry_esseen_bound, sem
from companion.statistics._t_tests import (
    ttest_1samp,
    ttest_1samp_from_stats,
    ttest_ind,
    ttest_ind_from_stats,
    ttest_rel,
)
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
    "cohen_d",
    "cohen_d_from_stats",
    "corrcoef",
    "cov",
    "design_effect",
    "distance_correlation",
    "dkw_band",
    "ecdf",
    "expected_freq",
    "f_oneway",
    "kurtosis",
    "moment",
    "normal_power",
    "proportion_confint",
    "proportions_ztest",
    "sem",
    "skew",
    "tt_ind_solve_power",
    "tt_solve_power",
    "ttest_1samp",
    "ttest_1samp_from_stats",
    "ttest_ind",
    "ttest_ind_from_stats",
    "ttest_power",
    "ttest_rel",
    "zscore",
    "zt_ind_solve_power",
    "ztest_1samp",
    "ztest_1samp_from_stats",
    "ztest_ind_from_stats",
]
