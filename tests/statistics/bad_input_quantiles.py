import numpy as np

from companion.statistics import (
    boxplot_stats,
    five_number_summary,
    iqr,
    percentile,
    percentileofscore,
    quantile,
    tukey_fences,
)
from tests.bad_input import BadInput

HUGE = [-1.7e308, 1.7e308]


def cases_of_data(function, name, *more):
    return [
        BadInput(function, ([1, np.nan], *more), {}, ValueError, rf"{name} must be finite; drop .* {name}\[1\] is nan"),
        BadInput(function, ([1, np.inf], *more), {}, ValueError, f"{name} must be finite"),
        BadInput(function, ([1, None], *more), {}, TypeError, f"{name} must hold real numbers"),
        BadInput(function, (["a"], *more), {}, TypeError, f"{name} must hold real numbers"),
        BadInput(function, ([], *more), {}, ValueError, f"{name} must hold 1 or more observations along axis 0, got 0"),
    ]


def cases_of_axes(function, name, *more):
    return [
        BadInput(function, ([1, 2], *more), {"axis": 1}, ValueError, f"axis must be between -1 and 0 for {name}"),
        BadInput(function, ([1, 2], *more), {"axis": 0.0}, TypeError, "axis must be an integer, got 0.0"),
        BadInput(function, ([[], []], *more), {"axis": 1}, ValueError, f"{name} must hold 1 or more .* along axis 1"),
    ]


def cases_of_rules(function, option, *more):
    return [
        BadInput(function, ([1, 2], *more), {option: "type7"}, ValueError, f"{option} must be one of .*weibull.*type7"),
        BadInput(function, ([1, 2], *more), {option: 7}, ValueError, f"{option} must be one of .*, got 7"),
        BadInput(function, ([1, 2], *more), {option: ["linear"]}, ValueError, f"{option} must be one of"),
    ]


BAD_INPUT = [
    *cases_of_data(quantile, "a", 0.5),
    *cases_of_axes(quantile, "a", 0.5),
    *cases_of_rules(quantile, "method", 0.5),
    BadInput(quantile, ([1, 2], 1.5), {}, ValueError, r"q must be in \[0, 1\], got 1.5"),
    BadInput(quantile, ([1, 2], [0.5, -0.1]), {}, ValueError, r"q must be in \[0, 1\]; q\[1\] is -0.1"),
    BadInput(quantile, ([1, 2], np.nan), {}, ValueError, "q must be finite"),
    BadInput(quantile, ([1, 2], "0.5"), {}, TypeError, "q must hold real numbers"),
    *cases_of_data(percentile, "a", 50),
    *cases_of_axes(percentile, "a", 50),
    *cases_of_rules(percentile, "method", 50),
    BadInput(percentile, ([1, 2], 101), {}, ValueError, r"q must be percentages in \[0, 100\], got 101"),
    BadInput(percentile, ([1, 2], [50, -1]), {}, ValueError, r"q must be percentages in \[0, 100\], got \[50, -1\]"),
    BadInput(percentile, ([1, 2], np.nan), {}, ValueError, "q must be finite"),
    BadInput(percentile, ([1, 2], None), {}, TypeError, "q must hold real numbers"),
    *cases_of_data(percentileofscore, "a", 1),
    BadInput(percentileofscore, (3, 1), {}, ValueError, r"a must be at least one-dimensional.*pass \[a\]"),
    BadInput(percentileofscore, ([[1, 2]], 1), {}, ValueError, r"a must be one sample .* got shape \(1, 2\)"),
    BadInput(percentileofscore, ([1, 2], np.nan), {}, ValueError, "score must be finite"),
    BadInput(percentileofscore, ([1, 2], "1"), {}, TypeError, "score must hold real numbers"),
    BadInput(percentileofscore, ([1, 2], 1, "middle"), {}, ValueError, "kind must be one of rank, .*, got 'middle'"),
    *cases_of_data(iqr, "x"),
    *cases_of_axes(iqr, "x"),
    *cases_of_rules(iqr, "interpolation"),
    BadInput(iqr, ([1, 2],), {"rng": (25, 175)}, ValueError, r"rng must be percentages in \[0, 100\], got \(25, 175\)"),
    BadInput(iqr, ([1, 2],), {"rng": (-1, 75)}, ValueError, "rng must be percentages"),
    BadInput(iqr, ([1, 2],), {"rng": (25, 50, 75)}, ValueError, r"rng must be a pair .* got \(25, 50, 75\)"),
    BadInput(iqr, ([1, 2],), {"rng": 50}, ValueError, "rng must be a pair"),
    BadInput(iqr, ([1, 2],), {"rng": (25, np.nan)}, ValueError, "rng must be finite"),
    BadInput(iqr, ([1, 2],), {"scale": 0}, ValueError, "scale must be positive, got 0"),
    BadInput(iqr, ([1, 2],), {"scale": -1.0}, ValueError, "scale must be positive"),
    BadInput(iqr, ([1, 2],), {"scale": "raw"}, ValueError, "scale must be 'normal' or a positive number, got 'raw'"),
    BadInput(iqr, (HUGE,), {"rng": (0, 100)}, ValueError, "x must have differences below 1.8e308"),
    BadInput(iqr, ([1, 2],), {"scale": 1e-320}, ValueError, "x must have differences below 1.8e308"),
    *cases_of_data(five_number_summary, "x"),
    *cases_of_axes(five_number_summary, "x"),
    *cases_of_rules(five_number_summary, "method"),
    *cases_of_data(tukey_fences, "x"),
    *cases_of_axes(tukey_fences, "x"),
    *cases_of_rules(tukey_fences, "method"),
    BadInput(tukey_fences, ([1, 2], -1), {}, ValueError, "k must be non-negative, got -1"),
    BadInput(tukey_fences, ([1, 2], [1, 2]), {}, ValueError, "k must be a single number"),
    BadInput(tukey_fences, ([1, 2], "3"), {}, TypeError, "k must be a number"),
    BadInput(tukey_fences, ([0, 1e308], 3), {}, ValueError, "x must have differences below 1.8e308"),
    *cases_of_data(boxplot_stats, "X"),
    *cases_of_rules(boxplot_stats, "method"),
    BadInput(boxplot_stats, (3,), {}, ValueError, r"X must be at least one-dimensional"),
    BadInput(boxplot_stats, ([[1, 2], [3, 4]],), {}, ValueError, r"X must be one sample .* pass one column at a time"),
    BadInput(boxplot_stats, ([1, 2], -0.1), {}, ValueError, "whis must be non-negative, got -0.1"),
    BadInput(boxplot_stats, ([1, 2], (5, 95)), {}, ValueError, "whis must be a single number"),
    BadInput(boxplot_stats, ([1.7e308, 1.7e308],), {}, ValueError, "X must have differences below 1.8e308"),
]
