"""Statistics: describing data, correlation, intervals, and tests, with the names of `scipy.stats`.

The distributions of `scipy.stats` (norm, t, chi2, f ...) are in `companion.probability`, measures of performance in
`companion.ml.metrics`. What is not here, such as the rank tests, `scipy.stats` has.
"""

from companion.statistics._anova import f_oneway
from companion.statistics._bootstrap import bootstrap
from companion.statistics._chi_square import association, chi2_contingency, chisquare, expected_freq
from companion.statistics._confidence import (
    coverage,
    samplesize_confint_mean,
    samplesize_confint_proportion,
    tconfint_mean,
    tconfint_mean_from_stats,
    zconfint_diff_from_stats,
    zconfint_mean_from_stats,
)
from companion.statistics._correlation import pearsonr, spearmanr
from companion.statistics._covariance import corrcoef, cov
from companion.statistics._dependence import design_effect, distance_correlation
from companion.statistics._describe import describe
from companion.statistics._ecdf import dkw_band, ecdf
from companion.statistics._effect_size import (
    cohen_d,
    cohen_d_from_stats,
    overlap_coefficient,
    probability_of_superiority,
    proportion_effectsize,
)
from companion.statistics._mode import mode, multimode
from companion.statistics._moments import kurtosis, moment, skew
from companion.statistics._multiple_tests import false_discovery_control, multipletests
from companion.statistics._p_values import critical_value, decide, pvalue
from companion.statistics._permutation import permutation_test
from companion.statistics._power import (
    normal_power,
    tt_ind_solve_power,
    tt_solve_power,
    ttest_power,
    zt_ind_solve_power,
)
from companion.statistics._quantiles import (
    boxplot_stats,
    five_number_summary,
    iqr,
    percentile,
    percentileofscore,
    quantile,
    tukey_fences,
)
from companion.statistics._ranks import rankdata
from companion.statistics._running import RunningMoments
from companion.statistics._spread import mean_abs_deviation, median_abs_deviation
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
    "bootstrap",
    "boxplot_stats",
    "chi2_contingency",
    "chisquare",
    "cohen_d",
    "cohen_d_from_stats",
    "corrcoef",
    "cov",
    "coverage",
    "critical_value",
    "decide",
    "describe",
    "design_effect",
    "distance_correlation",
    "dkw_band",
    "ecdf",
    "expected_freq",
    "f_oneway",
    "false_discovery_control",
    "five_number_summary",
    "iqr",
    "kurtosis",
    "mean_abs_deviation",
    "median_abs_deviation",
    "mode",
    "moment",
    "multimode",
    "multipletests",
    "normal_power",
    "overlap_coefficient",
    "pearsonr",
    "percentile",
    "percentileofscore",
    "permutation_test",
    "probability_of_superiority",
    "proportion_confint",
    "proportion_effectsize",
    "proportions_ztest",
    "pvalue",
    "quantile",
    "rankdata",
    "samplesize_confint_mean",
    "samplesize_confint_proportion",
    "sem",
    "skew",
    "spearmanr",
    "tconfint_mean",
    "tconfint_mean_from_stats",
    "tt_ind_solve_power",
    "tt_solve_power",
    "ttest_1samp",
    "ttest_1samp_from_stats",
    "ttest_ind",
    "ttest_ind_from_stats",
    "ttest_power",
    "ttest_rel",
    "tukey_fences",
    "zconfint_diff_from_stats",
    "zconfint_mean_from_stats",
    "zscore",
    "zt_ind_solve_power",
    "ztest_1samp",
    "ztest_1samp_from_stats",
    "ztest_ind_from_stats",
]
