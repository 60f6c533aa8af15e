import json
import subprocess
import sys
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from scipy.optimize import brentq
from scipy.special import rel_entr

from companion.probability import (
    bernoulli_log_mgf,
    binom_log_mgf,
    cantelli_bound,
    chebyshev_bound,
    chernoff_bound,
    expon_log_mgf,
    hoeffding_bound,
    markov_bound,
    norm_log_mgf,
    poisson_log_mgf,
)

positive = st.floats(1e-6, 1e6)


def two_point(low, high, p_high):
    return stats.rv_discrete(values=([low, high], [1 - p_high, p_high]))


def read_only(*values):
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


def binom_kl(a, p):
    return rel_entr(a, p) + rel_entr(1 - a, 1 - p)


def poisson_exponent(a, mu):
    return a - mu - a * np.log(a / mu)


# Numbers of the notes, 2.1.13


def test_restaurant_with_50_customers_an_hour():
    assert markov_bound(50, 200) == 0.25
    assert_allclose(markov_bound(50, [100, 200, 500]), [0.5, 0.25, 0.1], rtol=1e-15)
    assert_allclose(markov_bound(50, 201), 0.2488, atol=5e-5)
    assert_allclose(stats.poisson.sf(200, 50), 5.0e-58, rtol=0.01)
    assert 1 - stats.poisson.sf(200, 50) > markov_bound(50, 200)


def test_scores_with_mean_70():
    assert markov_bound(70, 90) == 70 / 90
    assert_allclose(markov_bound(70, 90), 0.78, atol=0.005)
    assert chebyshev_bound(10**2, 90 - 70) == 0.25
    assert cantelli_bound(10**2, 90 - 70) == 0.2
    assert 1 - chebyshev_bound(10**2, 20) == 0.75
    assert_allclose(stats.norm.sf(90, 70, 10), 0.0228, atol=5e-5)


def test_cantelli_is_attained_by_the_scores_65_and_90():
    law = two_point(65, 90, 0.2)
    assert_allclose([law.mean(), law.std()], [70, 10])
    assert_allclose(law.sf(89), cantelli_bound(10**2, 20))


def test_chebyshev_beats_markov_only_above_a_score_of_81():
    assert_allclose(markov_bound(70, 75), 0.933, atol=5e-4)
    assert chebyshev_bound(100, 5) == 1.0
    crossing = brentq(lambda a: chebyshev_bound(100, a - 70) - markov_bound(70, a), 80.1, 100)
    assert_allclose(crossing, 80.7398, atol=5e-5)


@pytest.mark.parametrize(("k", "chernoff", "chebyshev"), [(1.5, 0.649, 0.444), (3, 0.0222, 0.111)])
def test_two_sided_chernoff_of_the_normal_against_chebyshev(k, chernoff, chebyshev):
    assert_allclose(2 * chernoff_bound(norm_log_mgf, k).bound, chernoff, atol=6e-4)
    assert_allclose(chebyshev_bound(1, k), chebyshev, atol=6e-4)


def test_chernoff_overtakes_chebyshev_at_2_075():
    def difference(k):
        return 2 * chernoff_bound(norm_log_mgf, k).bound - chebyshev_bound(1, k)

    assert difference(1.0) > 0 > difference(3.0)
    assert_allclose(brentq(difference, 1.5, 3), 2.075, atol=5e-4)


def test_a_badly_chosen_t_is_useless():
    best = chernoff_bound(norm_log_mgf, 2)
    assert norm_log_mgf(10) - 10 * 2 == 30
    assert_allclose([best.t, best.log_bound, best.bound], [2, -2, 0.1353], rtol=5e-4)
    assert_allclose(stats.norm.sf(2), 0.0228, atol=5e-5)


def test_the_power_of_one_mgf_is_no_bound_for_unequal_variables():
    power = np.exp(2 * bernoulli_log_mgf(3, 0.1) - 3 * 2)
    product = np.exp(bernoulli_log_mgf(3, [0.1, 0.9]).sum() - 3 * 2)
    assert_allclose([power, product], [0.021, 0.131], atol=5e-4)
    assert power < 0.1 * 0.9 < product


def test_seventy_heads_in_a_hundred_tosses():
    bounds = [
        stats.binom.sf(69, 100, 0.5),
        chernoff_bound(lambda t: binom_log_mgf(t, 100, 0.5), 70).bound,
        cantelli_bound(25, 20),
        chebyshev_bound(25, 20),
        markov_bound(50, 70),
    ]
    assert_allclose(bounds, [3.925e-05, 2.672e-04, 25 / 425, 1 / 16, 5 / 7], rtol=1e-3)
    assert bounds == sorted(bounds)


def test_tosses_for_a_share_within_a_hundredth():
    assert hoeffding_bound(18_445, 0.01, alternative="two-sided") <= 0.05
    assert hoeffding_bound(18_444, 0.01, alternative="two-sided") > 0.05
    assert_allclose(chebyshev_bound(0.25 / 50_000, 0.01), 0.05)


# Markov, Chebyshev, Cantelli


@pytest.mark.parametrize(("mean", "a"), [(0.3, 1.0), (50, 200), (1e-9, 1e9)])
def test_markov_is_attained_by_two_points(mean, a):
    law = two_point(0, a, mean / a)
    assert_allclose(law.mean(), mean)
    assert_allclose(markov_bound(mean, a), law.pmf(a))


@pytest.mark.parametrize(("sigma", "k"), [(10, 20), (1, 1), (0.5, 4)])
def test_chebyshev_is_attained_by_three_points(sigma, k):
    side = (sigma / k) ** 2 / 2
    law = stats.rv_discrete(values=([-k, 0, k], [side, 1 - 2 * side, side]))
    assert_allclose(law.var(), sigma**2)
    assert_allclose(chebyshev_bound(sigma**2, k), 2 * side)


@pytest.mark.parametrize(("sigma", "k"), [(10, 20), (1, 1), (3, 0.5)])
def test_cantelli_is_attained_by_two_points(sigma, k):
    law = two_point(-(sigma**2) / k, k, sigma**2 / (sigma**2 + k**2))
    assert_allclose([law.mean(), law.var()], [0, sigma**2], atol=1e-12)
    assert_allclose(cantelli_bound(sigma**2, k), law.pmf(k))


def test_bounds_stop_at_one():
    assert markov_bound(3, 2) == chebyshev_bound(4, 1) == 1.0
    assert hoeffding_bound(1, 1e-3, alternative="two-sided") == 1.0


def test_without_spread_nothing_deviates():
    assert markov_bound(0, 1) == chebyshev_bound(0, 1) == cantelli_bound(0, 1) == 0.0


@pytest.mark.parametrize(
    ("var", "k", "two_sided", "one_sided"),
    [
        (1e300, 1e200, 1e-100, 1e-100),
        (1e300, 1e160, 1e-20, 1e-20),
        (1e300, 1e-300, 1, 1),
        (1e-300, 1e-200, 1, 1),
        (1, 1e200, 0, 0),
        (1e-300, 1e-145, 1e-10, 1e-10),
    ],
)
def test_squares_that_leave_the_range_of_floats(var, k, two_sided, one_sided):
    assert_allclose(chebyshev_bound(var, k), two_sided, rtol=1e-9)
    assert_allclose(cantelli_bound(var, k), one_sided, rtol=1e-9)


def test_quotients_that_leave_the_range_of_floats():
    assert markov_bound(1e300, 1e-300) == 1.0
    assert hoeffding_bound(1, 1e200, 0, 1e-200) == 0.0


LAWS = {
    "normal": (stats.norm(70, 10), lambda t: norm_log_mgf(t, 70, 10)),
    "poisson": (stats.poisson(3.5), lambda t: poisson_log_mgf(t, 3.5)),
    "binomial": (stats.binom(40, 0.3), lambda t: binom_log_mgf(t, 40, 0.3)),
    "exponential": (stats.expon(scale=2.5), lambda t: expon_log_mgf(t, 2.5)),
    "gamma": (stats.gamma(4.5, scale=0.1), lambda t: 4.5 * expon_log_mgf(t, 0.1)),
    "uniform": (stats.uniform(0, 1), lambda t: np.log(np.expm1(t) / t)),
}


@pytest.fixture(params=LAWS)
def law_and_log_mgf(request):
    return LAWS[request.param]


def tails(law, x):
    """P(X >= x) and P(X <= x)."""
    atom = law.pmf(x) if hasattr(law.dist, "pmf") else 0.0
    return law.sf(x) + atom, law.cdf(x)


@pytest.fixture
def grid(law_and_log_mgf):
    law = law_and_log_mgf[0]
    x = law.mean() + law.std() * np.linspace(-4, 12, 161)
    return np.unique(np.round(x)) if hasattr(law.dist, "pmf") else x


def test_moment_bounds_hold(law_and_log_mgf, grid):
    law, _ = law_and_log_mgf
    upper, lower = tails(law, grid)
    k, tolerance = grid - law.mean(), 1 + 1e-12
    assert np.sum(k > 0) > 20
    if law.support()[0] >= 0:
        assert np.all(markov_bound(law.mean(), grid[grid > 0]) * tolerance >= upper[grid > 0])
    assert np.all(cantelli_bound(law.var(), k[k > 0]) * tolerance >= upper[k > 0])
    assert np.all(cantelli_bound(law.var(), -k[k < 0]) * tolerance >= lower[k < 0])
    far = k[k > 0]
    both = tails(law, law.mean() + far)[0] + tails(law, law.mean() - far)[1]
    assert np.all(chebyshev_bound(law.var(), far) * tolerance >= both)


def test_chernoff_bounds_hold(law_and_log_mgf, grid):
    law, log_mgf = law_and_log_mgf
    upper, lower = tails(law, grid)
    assert np.all(chernoff_bound(log_mgf, grid).bound * (1 + 1e-12) >= upper)
    assert np.all(chernoff_bound(log_mgf, grid, tail="lower").bound * (1 + 1e-12) >= lower)


def test_chernoff_is_never_far_above_the_tail(law_and_log_mgf):
    # Bahadur and Rao: apart from a slowly varying factor the bound is the tail.
    law, log_mgf = law_and_log_mgf
    x = law.ppf([0.9, 0.99, 0.999])
    bound = chernoff_bound(log_mgf, x).bound
    assert np.all(bound < 25 * tails(law, x)[0])


@pytest.mark.parametrize("p", [0.02, 0.5, 0.9])
@pytest.mark.parametrize("n", [1, 10, 200])
def test_hoeffding_holds_for_the_binomial(n, p):
    count = np.arange(n + 1)
    above, below = count[count > n * p], count[count < n * p]
    upper, lower = stats.binom.sf(above - 1, n, p), stats.binom.cdf(below, n, p)
    assert np.all(hoeffding_bound(n, above / n - p) >= upper)
    assert np.all(hoeffding_bound(n, p - below / n, alternative="less") >= lower)
    either = upper + stats.binom.cdf(np.floor(2 * n * p - above + 1e-9), n, p)
    assert np.all(hoeffding_bound(n, above / n - p, alternative="two-sided") >= either)


def test_hoeffding_closed_form():
    assert_allclose(hoeffding_bound(50, 0.1), np.exp(-1))
    assert_allclose(hoeffding_bound(8, 0.5, -1, 3), np.exp(-0.25))
    assert_allclose(hoeffding_bound(50, 0.1, alternative="two-sided"), 2 * np.exp(-1))
    assert hoeffding_bound(50, 0.1, alternative="less") == hoeffding_bound(50, 0.1, alternative="greater")


# Chernoff against closed forms

K = np.array([1e-3, 0.01, 0.1, 0.5, 1, 1.5, 2, 3, 5, 10, 20, 37, 38.6, 100, 1e3, 1e6])


@pytest.mark.parametrize(("loc", "scale"), [(0, 1), (70, 10), (-5, 1e-2), (1, 1e6), (0, 1e-6), (0, 1e150), (0, 1e-150)])
@pytest.mark.parametrize("tail", ["upper", "lower"])
def test_chernoff_of_the_normal(loc, scale, tail):
    sign = 1 if tail == "upper" else -1
    result = chernoff_bound(lambda t: norm_log_mgf(t, loc, scale), loc + sign * K * scale, tail=tail)
    assert_allclose(result.log_bound, -(K**2) / 2, rtol=1e-9, atol=1e-14)
    visible = K**2 / 2 < 700
    assert visible.sum() == 12
    assert_allclose(result.bound[visible], np.exp(-(K[visible] ** 2) / 2), rtol=1e-9)
    assert_allclose(result.t[1:] * scale, sign * K[1:], rtol=1e-5)


@pytest.mark.parametrize("mu", [1e-3, 0.5, 3, 50, 1e4])
def test_chernoff_of_the_poisson(mu):
    upper = np.r_[mu + np.sqrt(mu) * np.array([0.1, 1, 3, 10, 30]), mu * np.array([2, 10, 1e3])]
    lower = mu * np.array([1e-6, 0.1, 0.5, 0.9, 0.99])
    for a, tail in [(upper, "upper"), (lower, "lower")]:
        result = chernoff_bound(lambda t: poisson_log_mgf(t, mu), a, tail=tail)
        expected = poisson_exponent(a, mu)
        assert_allclose(result.log_bound, expected, rtol=1e-9, atol=1e-11)
        assert_allclose(result.bound, np.exp(expected), rtol=1e-9)
        assert_allclose(result.t, np.log(a / mu), rtol=1e-5)


@pytest.mark.parametrize("p", [1e-3, 0.3, 0.5, 0.99])
@pytest.mark.parametrize("n", [1, 10, 100, 1000])
def test_chernoff_of_the_binomial(n, p):
    share = np.array([1e-4, 0.01, 0.25, 0.4, 0.6, 0.75, 0.95, 0.995, 1 - 1e-9])
    for a, tail in [(share[share > p], "upper"), (share[share < p], "lower")]:
        result = chernoff_bound(lambda t: binom_log_mgf(t, n, p), n * a, tail=tail)
        expected = -n * binom_kl(a, p)
        assert a.size
        assert_allclose(result.log_bound, expected, rtol=1e-9, atol=1e-10)
        assert_allclose(result.bound, np.exp(expected), rtol=1e-9)


@pytest.mark.parametrize("n", [10**5, 10**8])
def test_chernoff_of_a_large_binomial(n):
    getcontext().prec = 50
    p = 0.3
    for factor, tail in [(0.999, "lower"), (1.001, "upper")]:
        a = n * p * factor
        share, q = Decimal(a) / n, Decimal(p)
        expected = -n * (share * (share / q).ln() + (1 - share) * ((1 - share) / (1 - q)).ln())
        result = chernoff_bound(lambda t: binom_log_mgf(t, n, p), a, tail=tail)
        assert_allclose(result.log_bound, float(expected), rtol=0, atol=1e-9)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 3.0, 1e9])
@pytest.mark.parametrize("shape", [1e-6, 0.5, 1.0, 20.0])
def test_chernoff_of_the_gamma_up_to_the_edge_of_its_domain(shape, scale):
    ratio = np.array([1e-9, 0.1, 0.9, 1.1, 2, 10, 700, 1e4, 1e8, 7e8])
    expected = shape * (1 + np.log(ratio) - ratio)
    for part, tail in [(ratio > 1, "upper"), (ratio < 1, "lower")]:
        result = chernoff_bound(lambda t: shape * expon_log_mgf(t, scale), shape * scale * ratio[part], tail=tail)
        assert_allclose(result.log_bound, expected[part], rtol=1e-9, atol=1e-11)
        assert_allclose(result.bound, np.exp(expected[part]), rtol=1e-9)
        tilt = 1 - 1 / ratio[part]
        significant = shape * np.abs(1 - ratio[part]) > 1e-3
        assert_allclose((result.t * scale)[significant], tilt[significant], rtol=1e-5)


def test_chernoff_of_the_inverse_gaussian_whose_mgf_is_finite_at_the_edge():
    # log M(t) = 1 - sqrt(1 - 2 t) for mean and shape 1; the best t is (1 - 1 / a**2) / 2.
    a = np.array([1.5, 3, 30, 1e3])
    result = chernoff_bound(lambda t: 1 - np.sqrt(1 - 2 * t), a)
    assert_allclose(result.log_bound, -((a - 1) ** 2) / (2 * a), rtol=1e-9)
    assert_allclose(result.t, (1 - a**-2.0) / 2, rtol=1e-6)


def test_minimum_at_the_edge_of_the_domain():
    # Density proportional to exp(-x) / (1 + x)**4: the slope of log M stays finite up to t = 1.
    from scipy.special import expn

    def log_mgf(t):
        return np.log(np.exp(1 - t) * expn(4, 1 - t) / (np.e * expn(4, 1))) if t <= 1 else np.inf

    result = chernoff_bound(log_mgf, [1.0, 10.0])
    assert_allclose(result.log_bound, log_mgf(1.0) - np.array([1.0, 10.0]), rtol=1e-12)
    assert_allclose(result.t, 1.0, rtol=1e-12)


# Chernoff at and beyond the ends


def test_near_side_of_the_mean_gives_one():
    for a in [70, 69, 0, -1e9]:
        result = chernoff_bound(lambda t: norm_log_mgf(t, 70, 10), a)
        assert result == (1.0, 0.0, 0.0)
    result = chernoff_bound(lambda t: norm_log_mgf(t, 70, 10), [70, 1e9], tail="lower")
    assert_array_equal(result, [[1, 1], [0, 0], [0, 0]])
    assert not np.signbit(result.t).any()


@pytest.mark.parametrize(("n", "p"), [(1, 0.5), (10, 0.3), (100, 0.99), (1000, 1e-3), (70_000, 0.99)])
def test_threshold_at_the_greatest_and_least_value(n, p):
    def log_mgf(t):
        return binom_log_mgf(t, n, p)

    most = chernoff_bound(log_mgf, n)
    assert_allclose(most.log_bound, n * np.log(p), rtol=1e-9)
    assert_allclose(most.bound, np.exp(n * np.log(p)), rtol=1e-8)
    assert most.t == np.inf
    least = chernoff_bound(log_mgf, 0, tail="lower")
    assert_allclose(least.log_bound, n * np.log1p(-p), rtol=1e-9)
    assert least.t == -np.inf


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
def test_threshold_beyond_the_greatest_value(scale):
    def log_mgf(t):
        return binom_log_mgf(scale * t, 10, 0.3)

    result = chernoff_bound(log_mgf, scale * np.array([10.0001, 11, 1e3]))
    assert_array_equal(result.bound, 0)
    assert_array_equal(result.t, np.inf)
    assert_array_equal(result.log_bound, -np.inf)


def test_the_lower_tail_of_positive_variables():
    for log_mgf in [expon_log_mgf, lambda t: poisson_log_mgf(t, 3)]:
        assert chernoff_bound(log_mgf, -0.5, tail="lower") == (0.0, -np.inf, -np.inf)
    assert chernoff_bound(expon_log_mgf, 0, tail="lower") == (0.0, -np.inf, -np.inf)
    result = chernoff_bound(lambda t: poisson_log_mgf(t, 50), 0, tail="lower")
    assert_allclose(result, [np.exp(-50), -np.inf, -50], rtol=1e-12)


def test_a_constant():
    result = chernoff_bound(lambda t: 5 * t, [4.9, 5, 5.1])
    assert_array_equal(result.bound, [1, 1, 0])
    assert_array_equal(result.t, [0, 0, np.inf])


def test_heavy_tails_have_no_chernoff_bound():
    def log_mgf(t):  # of the exponential of a normal: finite for t <= 0 alone
        return np.inf if t > 0 else 0.0 * t

    assert chernoff_bound(log_mgf, 100) == (1.0, 0.0, 0.0)


# Chernoff and what it is given


@pytest.mark.parametrize("outside", [np.inf, np.nan, -np.inf, ValueError, ZeroDivisionError, OverflowError])
def test_what_log_mgf_may_do_outside_its_domain(outside):
    def log_mgf(t):
        if t < 0.5:
            return -np.log(1 - 2 * t)
        if isinstance(outside, float):
            return outside
        raise outside

    result = chernoff_bound(log_mgf, [2, 3, 20, 2000])
    ratio = np.array([1, 1.5, 10, 1000])
    assert_allclose(result.log_bound, 1 + np.log(ratio) - ratio, rtol=1e-9, atol=1e-12)


def test_other_errors_of_log_mgf_come_through():
    def log_mgf(t):
        return t + undefined_name if t else 0.0  # noqa: F821

    with pytest.raises(NameError, match="undefined_name"):
        chernoff_bound(log_mgf, 2)


def test_plain_formulas_need_no_care_of_their_domain():
    chi2 = chernoff_bound(lambda t: np.log((1 - 2 * t) ** -1.5), 9)
    assert_allclose(chi2.log_bound, 1.5 * (1 + np.log(3) - 3), rtol=1e-12)
    naive = chernoff_bound(lambda t: 10 * np.log(0.7 + 0.3 * np.exp(t)), 6)
    assert_allclose(naive.log_bound, -10 * binom_kl(0.6, 0.3), rtol=1e-12)


def test_uniform_whose_log_mgf_is_0_over_0_at_0():
    def log_mgf(t):
        return np.log(np.expm1(t) / t)

    assert chernoff_bound(log_mgf, 0.4) == (1.0, 0.0, 0.0)
    assert stats.uniform.sf(0.9) < chernoff_bound(log_mgf, 0.9).bound < 0.3


def test_t_range_keeps_out_where_the_formula_goes_on_without_the_mgf():
    def log_mgf(t):  # gamma of shape 4: for t > 1 the power is finite, the MGF is not
        return np.log((1 - t) ** -4.0)

    a = np.array([5.0, 12, 400])
    result = chernoff_bound(log_mgf, a, t_range=(-np.inf, 1))
    assert_allclose(result.log_bound, 4 * (1 + np.log(a / 4) - a / 4), rtol=1e-9)
    lower = chernoff_bound(log_mgf, 1, t_range=(-np.inf, 1), tail="lower")
    assert_allclose(lower.log_bound, 4 * (1 + np.log(1 / 4) - 1 / 4), rtol=1e-9)


@pytest.mark.parametrize(("tail", "t"), [("upper", 0.5), ("lower", -0.25)])
def test_t_range_limits_t(tail, t):
    result = chernoff_bound(norm_log_mgf, 3 * np.sign(t), t_range=(-0.25, 0.5), tail=tail)
    assert_allclose(result.t, t)
    assert_allclose(result.log_bound, t * t / 2 - 3 * abs(t))


def test_t_range_holds_where_the_exponent_is_still_rounding_error():
    assert chernoff_bound(lambda t: norm_log_mgf(t, 0, 1e-18), 3e-18, t_range=(-1, 1)) == (1.0, 0.0, 0.0)


def test_wide_t_range_changes_nothing():
    assert_allclose(chernoff_bound(norm_log_mgf, 3, t_range=(0, 1e6)), chernoff_bound(norm_log_mgf, 3))


def test_chernoff_keeps_the_shape_of_a():
    result = chernoff_bound(norm_log_mgf, [[1, 2, 3], [4, 5, 6]])
    assert_allclose(result.log_bound, [[-0.5, -2, -4.5], [-8, -12.5, -18]])
    assert [field.shape for field in result] == [(2, 3)] * 3
    assert [np.shape(field) for field in chernoff_bound(norm_log_mgf, 2)] == [()] * 3
    assert [field.shape for field in chernoff_bound(norm_log_mgf, [])] == [(0,)] * 3


def test_scalars_come_back_as_scalars():
    scalars = [markov_bound(1, 2), chebyshev_bound(1, 2), cantelli_bound(1, 2), hoeffding_bound(1, 2)]
    scalars += chernoff_bound(norm_log_mgf, 2)
    assert all(isinstance(value, float) for value in scalars)


def test_result_fields_have_names():
    result = chernoff_bound(norm_log_mgf, 2)
    assert result == (result.bound, result.t, result.log_bound)
    assert result.bound == np.exp(result.log_bound)


def test_a_sum_has_the_product_of_the_mgfs():
    p = np.array([0.1, 0.5, 0.9, 0.3])
    total = chernoff_bound(lambda t: sum(bernoulli_log_mgf(t, p_i) for p_i in p), 3)
    product = chernoff_bound(lambda t: np.log(np.prod(1 - p + p * np.exp(t))), 3)
    assert_allclose(total, product, rtol=1e-7)
    normals = chernoff_bound(lambda t: norm_log_mgf(t, 1, 3) + norm_log_mgf(t, 2, 4), 23)
    assert_allclose(normals, [np.exp(-8), 0.8, -8], rtol=1e-7)


def test_a_sum_of_equal_variables_has_the_power():
    ten = chernoff_bound(lambda t: 10 * bernoulli_log_mgf(t, 0.3), [4, 7, 9])
    assert_allclose(ten, chernoff_bound(lambda t: binom_log_mgf(t, 10, 0.3), [4, 7, 9]))


# Properties


@given(mean=positive, a=positive, c=positive)
def test_markov_does_not_depend_on_the_unit(mean, a, c):
    assert_allclose(markov_bound(c * mean, c * a), markov_bound(mean, a))


@given(var=positive, k=positive, c=positive)
def test_chebyshev_and_cantelli_do_not_depend_on_the_unit(var, k, c):
    assert_allclose(chebyshev_bound(c * c * var, c * k), chebyshev_bound(var, k))
    assert_allclose(cantelli_bound(c * c * var, c * k), cantelli_bound(var, k))


@given(spread=positive, near=positive, far=positive)
def test_bounds_fall_with_the_distance_and_grow_with_the_spread(spread, near, far):
    near, far = sorted((near, far))
    for bound in (markov_bound, chebyshev_bound, cantelli_bound):
        assert 0 <= bound(spread, far) <= bound(spread, near) <= 1
        assert bound(near, spread) <= bound(far, spread)


@given(var=positive, k=positive)
def test_cantelli_is_below_chebyshev(var, k):
    assert cantelli_bound(var, k) <= chebyshev_bound(var, k) * (1 + 1e-15)


@given(n=st.integers(1, 10**6), eps=st.floats(1e-4, 1), width=positive, low=st.floats(-10, 10))
def test_hoeffding_sees_only_eps_over_the_width(n, eps, width, low):
    scaled = hoeffding_bound(n, eps * width, -width / 2, width / 2)
    assert_allclose(scaled, hoeffding_bound(n, eps), rtol=1e-6)
    assert_allclose(hoeffding_bound(n, eps, low, low + 1), hoeffding_bound(n, eps), rtol=1e-6)
    assert hoeffding_bound(n + 1, eps) <= hoeffding_bound(n, eps)


@settings(deadline=None)
@given(st.lists(st.floats(-50, 50), min_size=2, max_size=5), st.sampled_from(sorted(LAWS)))
def test_chernoff_is_monotone(thresholds, name):
    a = np.sort(thresholds)
    log_mgf = LAWS[name][1]
    assert np.all(np.diff(chernoff_bound(log_mgf, a).bound) <= 1e-12)
    assert np.all(np.diff(chernoff_bound(log_mgf, a, tail="lower").bound) >= -1e-12)


@settings(deadline=None)
@given(a=st.floats(-30, 30), c=st.floats(-6, 6).map(lambda e: 10**e), name=st.sampled_from(sorted(LAWS)))
def test_chernoff_does_not_depend_on_the_unit_and_mirrors(a, c, name):
    log_mgf = LAWS[name][1]
    bound = chernoff_bound(log_mgf, a).bound
    assert_allclose(chernoff_bound(lambda t: log_mgf(c * t), c * a).bound, bound, rtol=1e-9, atol=1e-14)
    mirrored = chernoff_bound(lambda t: log_mgf(-t), -a, tail="lower")
    assert_allclose(mirrored.bound, bound, rtol=1e-12)


@pytest.mark.parametrize("function", [markov_bound, chebyshev_bound, cantelli_bound])
def test_broadcasting_is_a_loop(function):
    first, second = read_only(0.1, 1, 20)[:, None], read_only(0.5, 3, 7, 40)
    expected = [[function(x, y) for y in second] for x in first[:, 0]]
    assert_array_equal(function(first, second), expected)
    assert_array_equal(function(first.tolist(), second.tolist()), expected)


def test_broadcasting_of_more_arguments():
    n, eps, high = np.array([1, 20])[:, None], read_only(0.1, 0.5, 1), read_only(1, 2)[:, None, None]
    expected = [[[hoeffding_bound(i, e, 0, h) for e in eps] for i in n[:, 0]] for h in high[:, 0, 0]]
    assert_array_equal(hoeffding_bound(n, eps, 0, high), expected)
    assert hoeffding_bound(5, 0.1, [0, 0, 0]).shape == (3,)


def test_inputs_are_left_alone():
    a = read_only(1, 2, 3)
    chernoff_bound(lambda t: bernoulli_log_mgf(t, a / 4).sum(), a, t_range=read_only(-5, 5))
    assert_array_equal(a, [1, 2, 3])
    values = np.array([1.0, 2.0])
    for function in (markov_bound, chebyshev_bound, cantelli_bound):
        function(values, values)
    assert_array_equal(values, [1, 2])


def test_the_import_is_cheap():
    code = (
        "import sys, json, companion.probability; print(json.dumps([m for m in sys.modules if m.startswith('scipy')]))"
    )
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout)
    assert not {"scipy.stats", "scipy.optimize"} & set(loaded)
