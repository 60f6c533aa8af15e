import numpy as np

from companion.statistics import normal_power, tt_ind_solve_power, tt_solve_power, ttest_power, zt_ind_solve_power
from tests.bad_input import BadInput


def solvers():
    for solve, nobs in ((tt_solve_power, "nobs"), (tt_ind_solve_power, "nobs1"), (zt_ind_solve_power, "nobs1")):
        yield solve, (0.5, 20, 0.05, 0.8), {}, ValueError, rf"exactly one of .*{nobs}.* must be None, got none of them"
        yield solve, (0.5,), {}, ValueError, rf"exactly one .* must be None, got \['{nobs}', 'alpha', 'power'\]"
        yield solve, (), {}, ValueError, "exactly one of"
        yield solve, (0.5, None, 0.05, 1.0), {}, ValueError, "power must be strictly between 0 and 1, got 1"
        yield solve, (0.5, None, 5, 0.8), {}, ValueError, "alpha must be strictly between 0 and 1, got 5"
        yield solve, (0.5, None, 0.05, 0.05), {}, ValueError, "power must be above alpha, .*, got 0.05"
        yield solve, (None, 20, 0.5, 0.4), {}, ValueError, "power must be above alpha, .*, got 0.4"
        yield solve, (0.0, None, 0.05, 0.8), {}, ValueError, f"no {nobs} up to 1e.18 leads to power=0.8; is effect_size"
        yield solve, (-0.5, None, 0.05, 0.8), {"alternative": "larger"}, ValueError, "effect_size on the side"
        yield solve, (0.5, None, 0.05, 0.8), {"alternative": "smaller"}, ValueError, f"no {nobs} up to 1e.18 leads to"
        yield solve, (0.5, None, 0.05, 0.8), {"alternative": "both"}, ValueError, "alternative must be .*, got 'both'"
        yield solve, (0.5, 0, 0.05), {}, ValueError, f"{nobs} must be at least .*, got 0"
        yield solve, (np.nan, 10, 0.05), {}, ValueError, "effect_size must be finite"
        yield solve, ([0.2, 0.5], 10, 0.05), {}, ValueError, "effect_size must be a single number"
        yield solve, (0.5, "10", 0.05), {}, TypeError, f"{nobs} must be a number, got '10'"


BAD_INPUT = [
    *(BadInput(*case) for case in solvers()),
    BadInput(tt_solve_power, (0.5, 1.9, 0.05), {}, ValueError, "nobs must be at least 2, got 1.9"),
    BadInput(tt_ind_solve_power, (0.5, 1.4, 0.05), {}, ValueError, "nobs1 must be at least 1.5, got 1.4"),
    BadInput(tt_ind_solve_power, (0.5, 20, 0.05), {"ratio": 0}, ValueError, "ratio must be positive, got 0"),
    BadInput(tt_ind_solve_power, (0.5, 20, 0.05), {"ratio": -1}, ValueError, "ratio must be positive, got -1"),
    BadInput(tt_ind_solve_power, (0.5, 20, 0.05), {"ratio": "1"}, TypeError, "ratio must be a number"),
    BadInput(zt_ind_solve_power, (0.5, 20, 0.05), {"ratio": -1}, ValueError, "ratio must be .*, got -1"),
    BadInput(ttest_power, (0.5, 1, 0.05), {}, ValueError, "nobs must be at least 2, got 1"),
    BadInput(ttest_power, (0.5, [5, 1.5], 0.05), {}, ValueError, "nobs must be at least 2, got 1.5"),
    BadInput(ttest_power, (0.5, 10, 0.05, 0.5), {}, ValueError, "df must be at least 1, got 0.5"),
    BadInput(ttest_power, (0.5, 10, 0), {}, ValueError, "alpha must be strictly between 0 and 1, got 0"),
    BadInput(ttest_power, (0.5, 10, [0.05, 1]), {}, ValueError, "alpha must be strictly between 0 and 1, got 1"),
    BadInput(ttest_power, ([0.5, np.inf], 10, 0.05), {}, ValueError, r"effect_size\[1\] is inf"),
    BadInput(ttest_power, ("0.5", 10, 0.05), {}, TypeError, "effect_size must hold real numbers"),
    BadInput(ttest_power, (0.5, 10, 0.05), {"alternative": "up"}, ValueError, "alternative must be .*, got 'up'"),
    BadInput(ttest_power, ([0.5, 1], [10, 20, 30], 0.05), {}, ValueError, "broadcast"),
    BadInput(normal_power, (0.5, 0, 0.05), {}, ValueError, "nobs must be positive, got 0"),
    BadInput(normal_power, (0.5, 10, 1.5), {}, ValueError, "alpha must be strictly between 0 and 1, got 1.5"),
    BadInput(normal_power, (0.5, 10, 0.05), {"sigma": 0}, ValueError, "sigma must be positive, got 0"),
    BadInput(normal_power, (0.5, 10, 0.05, "bigger"), {}, ValueError, "alternative must be .*, got 'bigger'"),
    BadInput(normal_power, (None, 10, 0.05), {}, TypeError, "effect_size must hold real numbers"),
]
