from decimal import Decimal, localcontext
from math import factorial

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion import probability
from companion.probability import (
    bernoulli_log_mgf,
    binom_log_mgf,
    cumulants_from_mgf,
    expon_log_mgf,
    gamma_log_mgf,
    moments_from_mgf,
    norm_log_mgf,
    poisson_log_mgf,
    uniform_log_mgf,
)


def read_only(*values):
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


# Log-MGFs against expectations

T = np.array([-30.0, -3, -1, -0.999, -0.1, 0, 1e-3, 0.1, 0.999, 1, 3, 30])


def test_norm_log_mgf():
    assert_allclose(norm_log_mgf(T, 2, 3), 2 * T + 4.5 * T**2)
    expectation = stats.norm(1, 2).expect(lambda x: np.exp(0.5 * x), lb=-40, ub=40)
    assert_allclose(norm_log_mgf(0.5, 1, 2), np.log(expectation))


def test_poisson_log_mgf():
    assert_allclose(poisson_log_mgf(T, 2.5), 2.5 * np.expm1(T))
    assert_allclose(poisson_log_mgf(0.5, 2.5), np.log(stats.poisson(2.5).expect(lambda x: np.exp(0.5 * x))))
    assert_array_equal(poisson_log_mgf([-800, 800], 0), 0)
    assert poisson_log_mgf(800, 1) == np.inf


@pytest.mark.parametrize("p", [1e-12, 0.1, 0.5, 1 - 1e-12])
def test_bernoulli_log_mgf(p):
    for t in T:
        with localcontext(prec=50):
            exact = (1 - Decimal(p) + Decimal(p) * Decimal(float(t)).exp()).ln()
        assert_allclose(bernoulli_log_mgf(t, p), float(exact), rtol=1e-12, atol=1e-16)


def test_bernoulli_log_mgf_at_the_ends():
    assert_array_equal(bernoulli_log_mgf(T, 0), 0)
    assert_allclose(bernoulli_log_mgf(T, 1), T)
    assert_allclose(bernoulli_log_mgf([-1e4, 1e4], 0.5), [np.log(0.5), 1e4 + np.log(0.5)])


def test_binom_log_mgf():
    expectation = stats.binom(7, 0.2).expect(lambda x: np.exp(1.5 * x))
    assert_allclose(binom_log_mgf(1.5, 7, 0.2), np.log(expectation))
    assert_array_equal(binom_log_mgf(T, 0, 0.2), 0)


def test_expon_log_mgf():
    assert_allclose(expon_log_mgf([-4, 0.25], 2), [-np.log(9), np.log(2)])
    assert_array_equal(expon_log_mgf([0.5, 0.6, 1e300], 2), np.inf)
    assert not np.signbit(expon_log_mgf(0.0))
    expectation = stats.expon(scale=2).expect(lambda x: np.exp(-0.3 * x))
    assert_allclose(expon_log_mgf(-0.3, 2), np.log(expectation))


def exact_uniform_log_mgf(t, a, b):
    with localcontext(prec=80):
        t, a, b = Decimal(t), Decimal(a), Decimal(b)
        return float((((t * b).exp() - (t * a).exp()) / (t * (b - a))).ln())


@pytest.mark.parametrize(("loc", "scale"), [(0.0, 1.0), (2.0, 3.0), (-0.5, 1.0), (-1.0, 0.25), (0.0, 1e-6), (0.0, 1e6)])
def test_uniform_log_mgf(loc, scale):
    u = np.array([1e-12, 1e-3, 0.1, 1, 3.9, 3.999999, 4, 4.000001, 10, 700, 1e5])
    for t in np.concatenate([u, -u]) / scale:
        assert_allclose(uniform_log_mgf(t, loc, scale), exact_uniform_log_mgf(t, loc, loc + scale), rtol=4e-15)


def test_uniform_log_mgf_at_0_and_far_out():
    assert_array_equal(uniform_log_mgf([0.0, -0.0], 2, 3), 0)
    assert_array_equal(uniform_log_mgf([1e-320, -1e-320], -2, 4), 0)
    assert_allclose(uniform_log_mgf([1e300, -1e300]), [1e300, -np.log(1e300)])
    assert_array_equal(uniform_log_mgf(1e300, 0, 1e300), np.inf)


@pytest.mark.parametrize("t", [-1e9, -2.0, -1e-9, 1e-9, 0.3, 0.499999])
def test_gamma_log_mgf(t):
    with localcontext(prec=60):
        exact = float(Decimal("-2.5") * (1 - 2 * Decimal(t)).ln())
    assert_allclose(gamma_log_mgf(t, 2.5, 2), exact, rtol=1e-14)


def test_gamma_log_mgf_at_the_edge_of_its_domain():
    assert_array_equal(gamma_log_mgf([0.5, 0.6, 1e300], 1e-3, 2), np.inf)
    assert gamma_log_mgf(0.0, 7) == 0
    assert_array_equal(gamma_log_mgf(T / 40, 1, 2), expon_log_mgf(T / 40, 2))


LAWS = {
    "norm": (stats.norm(2, 3), lambda t: norm_log_mgf(t, 2, 3)),
    "poisson": (stats.poisson(2.5), lambda t: poisson_log_mgf(t, 2.5)),
    "bernoulli": (stats.bernoulli(0.3), lambda t: bernoulli_log_mgf(t, 0.3)),
    "binom": (stats.binom(7, 0.2), lambda t: binom_log_mgf(t, 7, 0.2)),
    "expon": (stats.expon(scale=0.5), lambda t: expon_log_mgf(t, 0.5)),
    "uniform": (stats.uniform(2, 3), lambda t: uniform_log_mgf(t, 2, 3)),
    "gamma": (stats.gamma(3.5, scale=0.5), lambda t: gamma_log_mgf(t, 3.5, 0.5)),
}


@pytest.mark.parametrize("t", [-0.7, -1e-3, 0.2, 0.9])
@pytest.mark.parametrize("name", LAWS)
def test_log_mgfs_against_expectations(name, t):
    law, log_mgf = LAWS[name]
    ends = {} if hasattr(law.dist, "pmf") else {"lb": law.ppf(1e-30), "ub": law.isf(1e-30)}
    assert_allclose(log_mgf(t), np.log(law.expect(lambda x: np.exp(t * x), **ends)), rtol=1e-7)


@pytest.mark.parametrize("name", LAWS)
def test_slope_and_curvature_at_0_are_mean_and_variance(name):
    law, log_mgf = LAWS[name]
    h = 1e-4
    low, middle, high = log_mgf(np.array([-h, 0, h]))
    assert middle == 0
    assert_allclose((high - low) / (2 * h), law.mean(), rtol=1e-6)
    assert_allclose((high + low) / h**2, law.var(), rtol=1e-6)


@given(s=st.floats(-20, 20), t=st.floats(-20, 20), name=st.sampled_from(sorted(LAWS)))
def test_log_mgfs_are_convex(s, t, name):
    log_mgf = LAWS[name][1]
    middle, ends = log_mgf((s + t) / 2), (log_mgf(s) + log_mgf(t)) / 2
    assert middle <= ends + 1e-12 * (1 + abs(ends))


def test_log_mgfs_return_scalars_for_scalars():
    values = [norm_log_mgf(1), poisson_log_mgf(1, 1), bernoulli_log_mgf(1, 0.5), binom_log_mgf(1, 1, 0.5)]
    values += [expon_log_mgf(1), uniform_log_mgf(1), uniform_log_mgf(9), gamma_log_mgf(1, 2)]
    assert all(isinstance(value, float) for value in values)


@pytest.mark.parametrize("function", [poisson_log_mgf, expon_log_mgf, uniform_log_mgf, gamma_log_mgf])
def test_broadcasting_is_a_loop(function):
    t, parameter = read_only(0.1, 1, 20)[:, None], read_only(0.5, 3, 7, 40)
    expected = [[function(x, y) for y in parameter] for x in t[:, 0]]
    assert_array_equal(function(t, parameter), expected)
    assert_array_equal(function(t.tolist(), parameter.tolist()), expected)


def test_broadcasting_of_more_arguments():
    t, n, scale = read_only(0.1, 0.5, 1), np.array([1, 20])[:, None], read_only(1, 2)[:, None, None]
    assert norm_log_mgf(t, 0, scale).shape == uniform_log_mgf(t, 0, scale).shape == (2, 1, 3)
    assert binom_log_mgf(t, n, 0.5).shape == gamma_log_mgf(t, n, 0.5).shape == (2, 3)


# Moments and cumulants from an MGF

MGFS = {
    "norm(0, 1)": lambda t: np.exp(t * t / 2),
    "norm(-3, 2)": lambda t: np.exp(-3 * t + 2 * t * t),
    "norm(1e6, 1)": lambda t: np.exp(1e6 * t + t * t / 2),
    "norm(0, 1e-9)": lambda t: np.exp(1e-18 * t * t / 2),
    "norm(0, 1e9)": lambda t: np.exp(1e18 * t * t / 2),
    "bernoulli(0.3)": lambda t: 0.7 + 0.3 * np.exp(t),
    "binom(10, 0.3)": lambda t: (0.7 + 0.3 * np.exp(t)) ** 10,
    "poisson(50)": lambda t: np.exp(50 * np.expm1(t)),
    "poisson(0.001)": lambda t: np.exp(0.001 * np.expm1(t)),
    "uniform(0, 1)": lambda t: (np.exp(t) - 1) / t,
    "uniform(2, 3)": lambda t: (np.exp(5 * t) - np.exp(2 * t)) / (3 * t),
    "expon(scale=0.5)": lambda t: 2 / (2 - t),
    "gamma(4, scale=0.7)": lambda t: (1 - 0.7 * t) ** -4,
    "gamma(0.5, scale=1e3)": lambda t: (1 - 1e3 * t) ** -0.5,
    "gamma(100)": lambda t: (1 - t) ** -100.0,
}


@pytest.mark.parametrize("n", [1, 2, 3, 8, 25])
@pytest.mark.parametrize("name", MGFS)
def test_moments_of_the_laws_of_the_companion(name, n):
    law = eval(name, vars(probability))
    found = moments_from_mgf(MGFS[name], n)
    exact = np.array([law.moment(k) for k in range(1, n + 1)])
    even = np.array([law.moment(k + k % 2) ** (k / (k + k % 2)) for k in range(1, n + 1)])  # where a moment is 0
    assert found.shape == (n,)
    assert np.max(np.abs(found - exact) / even) < 2e-14


def test_moments_of_high_order():
    factorials = [float(factorial(k)) for k in range(1, 101)]
    assert_allclose(moments_from_mgf(lambda t: 1 / (1 - t), 100), factorials, rtol=1e-13)


def test_moments_near_a_pole_on_either_side():
    # Laplace and its square, whose poles at 1/s lie between the radii that are tried
    for s in np.linspace(0.7, 1.4, 15):
        laplace = [0, 2 * s**2, 0, 24 * s**4]
        assert_allclose(moments_from_mgf(lambda t, s=s: 1 / (1 - (s * t) ** 2), 4), laplace, rtol=1e-14, atol=1e-13)
        twice = [0, 4 * s**2, 0, 72 * s**4]
        assert_allclose(moments_from_mgf(lambda t, s=s: (1 - (s * t) ** 2) ** -2, 4), twice, rtol=1e-14, atol=1e-13)


def test_moments_of_a_rare_event_lose_the_digits_that_its_mgf_has_lost():
    assert_allclose(moments_from_mgf(lambda t: 1 - 1e-6 + 1e-6 * np.exp(t), 6), 1e-6, rtol=1e-9)


@pytest.mark.parametrize("n", [1, 3, 10])
def test_the_variable_that_is_0(n):
    for mgf in (lambda t: 1.0, lambda t: 1 + 0 * t, lambda t: 1 - 0 + 0 * np.exp(t), lambda t: np.exp(t) ** 0):
        assert_array_equal(moments_from_mgf(mgf, n), 0)
        assert_array_equal(cumulants_from_mgf(mgf, n), 0)


values = st.lists(st.floats(-5, 5), min_size=2, max_size=6)


@settings(deadline=None)
@given(x=values, data=st.data(), n=st.integers(1, 8))
def test_moments_of_a_discrete_law(x, data, n):
    weights = data.draw(st.lists(st.floats(0.05, 1), min_size=len(x), max_size=len(x)))
    x, p = np.array(x), np.array(weights) / np.sum(weights)
    size = (p @ x**2) ** 0.5
    assume(size > 1e-3)
    found = moments_from_mgf(lambda t: np.exp(t[..., None] * x) @ p, n)
    k = np.arange(1, n + 1)
    exact = (x ** k[:, None]) @ p
    assert np.all(np.abs(found - exact) <= 1e-12 * np.maximum(np.abs(x).max(), size) ** k)


@settings(deadline=None)
@given(c=st.floats(-6, 6).map(lambda e: 10**e), n=st.integers(1, 8))
def test_moments_change_with_the_unit(c, n):
    one, other = moments_from_mgf(lambda t: 1 / (1 - t), n), moments_from_mgf(lambda t: 1 / (1 - c * t), n)
    assert_allclose(other, one * c ** np.arange(1, n + 1), rtol=1e-13)


CUMULANTS = {  # in closed form, of the orders 1 to 6
    "norm(0, 1)": [0, 1, 0, 0, 0, 0],
    "norm(-3, 2)": [-3, 4, 0, 0, 0, 0],
    "poisson(50)": [50] * 6,
    "poisson(0.001)": [0.001] * 6,
    "expon(scale=0.5)": [0.5**k * factorial(k - 1) for k in range(1, 7)],
    "gamma(4, scale=0.7)": [4 * 0.7**k * factorial(k - 1) for k in range(1, 7)],
    "uniform(2, 3)": [3.5, 9 / 12, 0, -(3**4) / 120, 0, 3**6 / 252],
    "bernoulli(0.3)": [0.3, 0.21, 0.084, -0.0546, -0.12768, -0.00168],
    "binom(10, 0.3)": [3, 2.1, 0.84, -0.546, -1.2768, -0.0168],
}


@pytest.mark.parametrize("name", CUMULANTS)
def test_cumulants_in_closed_form(name):
    exact = np.array(CUMULANTS[name])
    size = exact[1] ** (np.arange(1, 7) / 2)
    assert np.max(np.abs(cumulants_from_mgf(MGFS[name], 6) - exact) / np.maximum(size, np.abs(exact))) < 1e-12


@pytest.mark.parametrize("name", ["bernoulli(0.3)", "gamma(4, scale=0.7)", "poisson(50)", "uniform(2, 3)"])
def test_cumulants_give_what_stats_gives(name):
    mean, var, skewness, kurtosis = eval(name, vars(probability)).stats(moments="mvsk")
    k1, k2, k3, k4 = cumulants_from_mgf(MGFS[name], 4)
    assert_allclose([k1, k2, k3 / k2**1.5, k4 / k2**2], [mean, var, skewness, kurtosis], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_few_cumulants(n):
    assert_allclose(cumulants_from_mgf(MGFS["poisson(50)"], n), [50] * n, rtol=1e-12)


def test_cumulants_of_a_sum_add_up():
    names = ["gamma(4, scale=0.7)", "bernoulli(0.3)", "norm(-3, 2)"]
    total = cumulants_from_mgf(lambda t: np.prod([MGFS[name](t) for name in names], axis=0), 8)
    assert_allclose(total, sum(cumulants_from_mgf(MGFS[name], 8) for name in names), rtol=1e-11)


@pytest.mark.parametrize("shift", [10, 100, -1000])
def test_cumulants_do_not_feel_a_shift(shift):
    k1, *others = cumulants_from_mgf(lambda t: np.exp(shift * t) / (1 - t), 6)
    assert_allclose(k1, shift + 1)
    assert_allclose(others, [1, 2, 6, 24, 120], rtol=1e-8)
