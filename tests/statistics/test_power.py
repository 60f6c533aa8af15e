"""Power against its definition by quadrature, stored values of statsmodels 0.15, and the tests themselves."""

from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import special, stats

from companion.statistics import (
    normal_power,
    tt_ind_solve_power,
    tt_solve_power,
    ttest_1samp,
    ttest_ind,
    ttest_power,
    zt_ind_solve_power,
)
from companion.statistics._power import _noncentral_sf

ALTERNATIVES = ("two-sided", "larger", "smaller")
LEVELS = np.linspace(-10, 10, 2561)
WEIGHTS = stats.norm.pdf(LEVELS) / 128


def noncentral_tail(critical, df, delta):
    """P(T > critical) by its definition: T > c if a normal number with mean delta exceeds c times a chi."""
    below, above = LEVELS[LEVELS < 0], LEVELS[LEVELS >= 0]
    squares = special.gammaincinv(df / 2, stats.norm.cdf(below)), special.gammainccinv(df / 2, stats.norm.sf(above))
    chi = np.sqrt(2 * np.concatenate(squares) / df)
    return WEIGHTS @ stats.norm.cdf(delta - critical * chi)


@pytest.mark.parametrize("df", [1, 2, 5, 19, 100, 1e4])
@pytest.mark.parametrize("delta", [-8, -1, 0, 0.3, 2, 5, 20])
def test_the_noncentral_t_law(df, delta):
    for critical in (-1, 0, 0.5, 1.7, 3, 8):
        computed = _noncentral_sf(np.float64(critical), np.float64(df), np.float64(delta))
        assert_allclose(computed, noncentral_tail(critical, df, delta), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("d", "n", "alpha"), list(product([0.1, 0.5, -0.8, 3], [2, 5, 40, 1000], [0.05, 0.001])))
def test_power_of_the_t_test(d, n, alpha):
    df, delta = n - 1, d * np.sqrt(n)
    larger = noncentral_tail(stats.t.isf(alpha, df), df, delta)
    smaller = noncentral_tail(stats.t.isf(alpha, df), df, -delta)
    both = stats.t.isf(alpha / 2, df)
    two = noncentral_tail(both, df, delta) + noncentral_tail(both, df, -delta)
    tolerance = {"rtol": 1e-9, "atol": 1e-12} if n > 2 else {"rtol": 1e-5}  # at alpha = 0.001 the quadrature is coarse
    for alternative, expected in zip(ALTERNATIVES, (two, larger, smaller), strict=True):
        assert_allclose(ttest_power(d, n, alpha, alternative=alternative), expected, **tolerance)


# Computed by statsmodels 0.15: effect size, number of observations, alpha, alternative, and the power of the one-sample
# t test, the two-sample t test with as many in each sample, and the one-sample z test.
STATSMODELS = [
    (0.2, 5, 0.05, "two-sided", 0.06426957404800915, 0.05904263425365329, 0.07320971273248586),
    (0.2, 20, 0.05, "larger", 0.21707518167188566, 0.15300966722823262, 0.22649895708656193),
    (0.2, 63.77, 0.05, "smaller", 0.0006299224996383079, 0.002818901522713783, 0.0005935200104887214),
    (0.2, 400, 0.001, "two-sided", 0.7524833035448327, 0.31857462607872256, 0.7609845828586298),
    (0.5, 5, 0.001, "larger", 0.00740759889284881, 0.006283544692612497, 0.024293485843090084),
    (1.3, 5, 0.05, "larger", 0.7692951534721226, 0.5921819616136618, 0.8965318576687109),
    (1.3, 400, 0.001, "larger", 1.0, 1.0, 1.0),
    (-0.4, 5, 0.001, "smaller", 0.005205196186342476, 0.0044807787876053095, 0.014052947696086478),
    (-0.4, 63.77, 0.05, "two-sided", 0.8819998834320818, 0.6108133652098641, 0.8914509908926196),
]


@pytest.mark.parametrize(("d", "n", "alpha", "alternative", "one", "two", "z"), STATSMODELS)
def test_power_as_statsmodels(d, n, alpha, alternative, one, two, z):
    assert_allclose(ttest_power(d, n, alpha, alternative=alternative), one, rtol=1e-11)
    assert_allclose(tt_solve_power(d, n, alpha, alternative=alternative), one, rtol=1e-11)
    assert_allclose(tt_ind_solve_power(d, n, alpha, alternative=alternative), two, rtol=1e-11)
    assert_allclose(ttest_power(d, n / 2, alpha, 2 * n - 2, alternative), two, rtol=1e-11)
    assert_allclose(normal_power(d, n, alpha, alternative), z, rtol=1e-12)
    assert_allclose(normal_power(7 * d, n, alpha, alternative, sigma=7), z, rtol=1e-12)
    assert_allclose(zt_ind_solve_power(d, n, alpha, ratio=0, alternative=alternative), z, rtol=1e-12)
    assert_allclose(zt_ind_solve_power(d, 4 * n, alpha, ratio=1 / 3, alternative=alternative), z, rtol=1e-12)


SOLVED = [
    ({"effect_size": 0.5, "alpha": 0.05, "power": 0.8}, 33.36713118431779, 63.76561058891169, 62.79088416571135),
    ({"effect_size": 0.2, "alpha": 0.05, "power": 0.8}, 198.150820955562, 393.4056930002526, 392.4430232577885),
    (
        {"effect_size": 0.8, "alpha": 0.01, "power": 0.95, "alternative": "larger"},
        27.441207313948265,
        50.662413719695635,
        49.28262942140637,
    ),
    ({"nobs": 30, "alpha": 0.05, "power": 0.9}, 0.6124454643867093, 0.8511699210689874, 0.8369555885990797),
    ({"effect_size": 0.5, "nobs": 40, "power": 0.7}, 0.012086819823226274, 0.09079283664105742, 0.08693769050544836),
    (
        {"effect_size": -0.5, "alpha": 0.05, "power": 0.8, "alternative": "smaller"},
        26.13750381705929,
        50.150783386857455,
        49.460457856315955,
    ),
]


@pytest.mark.parametrize(("given_", "one", "two", "z"), SOLVED)
def test_solutions_as_statsmodels(given_, one, two, z):
    """Its search stops early; that ours leads back is tested below."""
    two_samples = {f"{name}1" if name == "nobs" else name: value for name, value in given_.items()}
    assert_allclose(tt_solve_power(**given_), one, rtol=1e-5)
    assert_allclose(tt_ind_solve_power(**two_samples), two, rtol=1e-5)
    assert_allclose(zt_ind_solve_power(**two_samples), z, rtol=1e-5)


def test_published_sample_sizes():
    """Cohen (1988), table 2.4.1, and a ratio of two by statsmodels."""
    sizes = [tt_ind_solve_power(d, alpha=0.05, power=0.8) for d in (0.2, 0.5, 0.8)]
    assert_allclose(np.ceil(sizes), [394, 64, 26])
    assert_allclose(tt_ind_solve_power(0.5, alpha=0.05, power=0.8, ratio=2), 47.741920646056975, rtol=1e-6)
    assert_allclose(zt_ind_solve_power(0.5, alpha=0.05, power=0.8, ratio=2), 47.09316429922395, rtol=1e-6)
    powers = [tt_ind_solve_power(0.5, n, alpha=0.05) for n in (10, 20, 50, 100)]
    assert_allclose(powers, [0.185, 0.338, 0.697, 0.940], atol=5e-4)
    n = ((stats.norm.isf(0.05) + stats.norm.isf(0.1)) / 0.3) ** 2
    assert_allclose(zt_ind_solve_power(0.3, alpha=0.05, power=0.9, ratio=0, alternative="larger"), n, rtol=1e-12)
    assert np.ceil(n) == 96


SOLVERS = {
    "one": (tt_solve_power, "nobs", {}),
    "two": (tt_ind_solve_power, "nobs1", {"ratio": 1.7}),
    "z": (zt_ind_solve_power, "nobs1", {"ratio": 0.4}),
    "one z": (zt_ind_solve_power, "nobs1", {"ratio": 0}),
}


@pytest.mark.parametrize("solver", SOLVERS)
@pytest.mark.parametrize("alternative", ALTERNATIVES)
@given(
    d=st.floats(0.01, 3),
    n=st.floats(3, 500),
    alpha=st.floats(-8, -0.1).map(lambda k: 10**k),
)
@settings(max_examples=10, deadline=None)
@example(d=0.25, n=64.0, alpha=0.1)  # at the very end of a bracket
def test_each_number_is_found_again(solver, alternative, d, n, alpha):
    solve, nobs, more = SOLVERS[solver]
    d = -d if alternative == "smaller" else d
    numbers = {"effect_size": d, nobs: n, "alpha": alpha}
    power = solve(**numbers, alternative=alternative, **more)
    if not alpha + 1e-3 < power < 1 - 1e-6:  # beyond, the power hardly depends on what is looked for
        return
    for name, value in numbers.items():
        others = numbers | {name: None}
        found = solve(**others, power=power, alternative=alternative, **more)
        assert_allclose(found, value, rtol=1e-6)
        assert_allclose(solve(**(numbers | {name: found}), alternative=alternative, **more), power, rtol=1e-10)


@pytest.mark.parametrize(("word", "scipys"), [("larger", "greater"), ("smaller", "less"), ("two-sided", "two-sided")])
def test_power_is_how_often_the_test_rejects(word, scipys):
    rng = np.random.default_rng(5)
    d, n, alpha, runs = 0.6, 12, 0.1, 40_000
    d = -d if word == "smaller" else d
    one = np.mean(ttest_1samp(rng.normal(5 + 2 * d, 2, (n, runs)), 5, alternative=scipys).pvalue < alpha)
    assert abs(one - ttest_power(d, n, alpha, alternative=word)) < 4 * 0.5 / np.sqrt(runs)
    a, b = rng.normal(d, 1, (n, runs)), rng.normal(0, 1, (2 * n, runs))
    two = np.mean(ttest_ind(a, b, alternative=scipys).pvalue < alpha)
    assert abs(two - tt_ind_solve_power(d, n, alpha, ratio=2, alternative=word)) < 4 * 0.5 / np.sqrt(runs)
    assert ttest_power(d, n, alpha, alternative=word) == ttest_power(d, n, alpha, alternative=scipys)


def test_limits():
    for alternative in ALTERNATIVES:
        assert_allclose(ttest_power(0, [2, 10, 1e9], 0.03, alternative=alternative), 0.03, rtol=1e-11)
        assert_allclose(normal_power(0, [1, 10, 1e9], 0.03, alternative), 0.03, rtol=1e-14)
    for d, n in ((10, 1e6), (1e9, 1e9), (1e150, 10)):
        assert ttest_power(d, n, 0.05) == 1
        assert ttest_power(-d, n, 0.05) == 1
        assert ttest_power(-d, n, 0.05, alternative="larger") == 0
    assert_allclose(ttest_power(0.5, 400, 0.05), 1, rtol=1e-12)  # SciPy's law is nan on the far side
    n = np.array([2, 3, 10, 100, 1e4])
    assert np.all(np.diff(ttest_power(0.1, n, 0.05)) > 0)
    assert_allclose(ttest_power(1e-4, 1e9, 0.05), normal_power(1e-4, 1e9, 0.05), rtol=1e-7)


def test_small_and_large_solutions():
    assert tt_solve_power(1e3, alpha=0.05, power=0.8) == 2
    assert tt_ind_solve_power(1e3, alpha=0.05, power=0.8) == 1.5
    assert_allclose(
        tt_solve_power(1e-6, alpha=0.05, power=0.8), zt_ind_solve_power(1e-6, None, 0.05, 0.8, 0), rtol=1e-9
    )
    assert_allclose(tt_solve_power(None, 1e12, 0.05, 0.8), zt_ind_solve_power(None, 1e12, 0.05, 0.8, 0), rtol=1e-9)
    assert_allclose(tt_solve_power(nobs=2, alpha=0.05, power=0.999999), 60, rtol=0.5)
    assert tt_solve_power(0.5, 1e4, power=0.9) < 1e-300 or tt_solve_power(0.5, 1e4, power=0.9) == 1e-300
    assert_allclose(tt_solve_power(0.0, 10, power=0.25), 0.25, rtol=1e-9)


def test_arrays():
    assert ttest_power([0.2, 0.5], [[10], [20], [30]], 0.05).shape == (3, 2)
    assert normal_power(0.2, [10, 20], [[0.05], [0.01]]).shape == (2, 2)
    assert isinstance(ttest_power(0.5, 10, 0.05), np.float64)
    assert isinstance(normal_power(0.5, 10, 0.05), np.float64)
    assert isinstance(tt_solve_power(0.5, 10, 0.05), float)
