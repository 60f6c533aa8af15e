from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from scipy.optimize import minimize, minimize_scalar

from companion.probability import (
    bernoulli_mle,
    beta_mode,
    beta_posterior,
    grid_posterior,
    norm_mle,
    point_estimates,
)

TOSSES = [1, 0, 1, 1, 0, 1, 1, 0, 1, 0]
THETA = np.linspace(0, 1, 20001)
SHAPE = st.floats(1.01, 50)
REALS = st.lists(st.floats(-100, 100), min_size=1, max_size=20)


def tosses(zeros, ones):
    return [0] * zeros + [1] * ones


def read_only(values):
    array = np.array(values, dtype=float)
    array.flags.writeable = False
    return array


def log_bernoulli(theta, x):
    with np.errstate(divide="ignore"):
        return np.sum(x) * np.log(theta) + (np.size(x) - np.sum(x)) * np.log1p(-theta)


# Numbers of the notes, 2.1.15


def test_ten_tosses():
    assert bernoulli_mle(TOSSES) == 0.6
    assert beta_posterior(TOSSES) == (7, 5)
    assert beta_posterior(TOSSES, a=2) == (8, 5)


@pytest.mark.parametrize(("a", "density", "mmse"), [(1, 2.759049216, 7 / 12), (2, 2.8378791936, 8 / 13)])
def test_posteriors_of_ten_tosses(a, density, mmse):
    posterior = stats.beta(*beta_posterior(TOSSES, a, 1))
    assert_allclose(posterior.pdf(0.6), density, rtol=1e-12)
    assert_allclose(posterior.mean(), mmse, rtol=1e-15)


@pytest.mark.parametrize(
    ("zeros", "ones", "mle", "means", "modes"),
    [
        (1, 3, 3 / 4, (4 / 6, 5 / 7), (3 / 4, 4 / 5)),
        (3, 1, 1 / 4, (2 / 6, 3 / 7), (1 / 4, 2 / 5)),
        (91, 9, 9 / 100, (10 / 102, 11 / 103), (9 / 100, 10 / 101)),
    ],
)
def test_the_three_data_sets_of_the_picture(zeros, ones, mle, means, modes):
    x = tosses(zeros, ones)
    posteriors = [beta_posterior(x), beta_posterior(x, 2, 1)]
    assert_allclose(bernoulli_mle(x), mle, rtol=1e-15)
    assert_allclose([a / (a + b) for a, b in posteriors], means, rtol=1e-15)
    assert_allclose([beta_mode(*posterior) for posterior in posteriors], modes, rtol=1e-15)


# Maximum likelihood


def test_norm_mle_of_four_numbers():
    loc, scale = norm_mle([4, 7, 13, 16])
    assert (loc, round(scale**2, 12)) == (10, 22.5)


@pytest.mark.parametrize("shape", [(1,), (2,), (57,), (8, 9)])
@pytest.mark.parametrize(("loc", "scale"), [(0, 1), (-3, 1e-6), (1e8, 2)])
def test_norm_mle_is_scipys_fit(shape, loc, scale):
    data = read_only(np.random.default_rng(1).normal(loc, scale, shape))
    assert_allclose(norm_mle(data), stats.norm.fit(data), rtol=1e-14)


@pytest.mark.parametrize("unit", [2.0**-1060, 1e-200, 1e200, 2.0**1018])
def test_norm_mle_in_units_whose_squares_leave_the_range_of_floats(unit):
    assert_allclose(norm_mle(np.array([4, 7, 13, 16]) * unit), [10 * unit, 22.5**0.5 * unit], rtol=1e-3)
    assert_allclose(np.array(norm_mle(np.array([-16, 16]) * unit)) / unit, [0, 16], rtol=1e-14)


def test_norm_mle_maximises_the_likelihood():
    data = np.random.default_rng(2).gamma(2, size=40)
    found = minimize(lambda v: -stats.norm.logpdf(data, v[0], np.exp(v[1])).sum(), [0, 0], tol=1e-12)
    assert_allclose(norm_mle(data), [found.x[0], np.exp(found.x[1])], rtol=1e-5)


def test_equal_observations_have_no_spread():
    assert norm_mle([3, 3, 3]) == (3, 0)
    assert norm_mle(7) == (7, 0)


@given(REALS, st.floats(-50, 50), st.integers(-3, 3))
def test_norm_mle_moves_with_the_data(data, shift, exponent):
    loc, scale = norm_mle(data)
    moved = norm_mle(np.array(data) * 10.0**exponent + shift)
    assert_allclose(moved.loc, loc * 10.0**exponent + shift, rtol=1e-9, atol=1e-9)
    assert_allclose(moved.scale, scale * 10.0**exponent, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("zeros", "ones"), [(4, 6), (0, 3), (5, 0), (1, 1), (91, 9)])
def test_bernoulli_mle_maximises_the_likelihood(zeros, ones):
    x = tosses(zeros, ones)
    found = minimize_scalar(lambda t: -log_bernoulli(t, x), bounds=(0, 1), options={"xatol": 1e-12})
    assert_allclose(bernoulli_mle(x), found.x, atol=1e-5)


def test_observations_of_any_type_and_shape():
    assert bernoulli_mle([True, False]) == bernoulli_mle(np.array([[1.0], [0.0]])) == bernoulli_mle([Fraction(1), 0])
    assert beta_posterior(np.array([[True, False], [True, True]])) == (4, 2)
    assert bernoulli_mle(1) == 1


# The beta posterior


@pytest.mark.parametrize(("a", "b"), [(1, 1), (2, 1), (0.5, 0.5), (3, 8.5)])
@pytest.mark.parametrize(("zeros", "ones"), [(4, 6), (1, 3), (1, 2), (91, 9), (600, 400)])
def test_conjugate_and_grid_posterior_agree(a, b, zeros, ones):
    x, theta = tosses(zeros, ones), THETA[1:-1]
    found = grid_posterior(theta, stats.beta.logpdf(theta, a, b), log_bernoulli(theta, x))
    exact = stats.beta.pdf(theta, *beta_posterior(x, a, b))
    assert_allclose(found, exact, atol=0.01 * exact.max())
    assert_allclose(found[5000:15000], exact[5000:15000], rtol=2e-3)


@given(st.lists(st.integers(0, 1)), st.lists(st.integers(0, 1)), SHAPE, SHAPE)
def test_two_updates_are_one(first, second, a, b):
    assert_allclose(beta_posterior(second, *beta_posterior(first, a, b)), beta_posterior(first + second, a, b))


@given(st.lists(st.integers(0, 1), min_size=1), SHAPE, SHAPE)
def test_the_posterior_mean_is_between_prior_mean_and_mle(x, a, b):
    post = beta_posterior(x, a, b)
    weight = len(x) / (len(x) + a + b)
    between = weight * bernoulli_mle(x) + (1 - weight) * a / (a + b)
    assert_allclose(post.a / (post.a + post.b), between, rtol=1e-12)


def test_no_data_leave_the_prior():
    assert beta_posterior([], 2.5, 0.5) == (2.5, 0.5)
    assert beta_posterior([]) == (1, 1)


@given(SHAPE, SHAPE)
def test_the_mode_is_the_highest_point(a, b):
    mode = beta_mode(a, b)
    heights = stats.beta.logpdf([mode - 1e-5, mode, mode + 1e-5], a, b)
    assert heights.argmax() == 1
    assert_allclose(beta_mode(b, a), 1 - mode, rtol=1e-12, atol=1e-15)


def test_modes_at_the_ends():
    a, b = [0.5, 0.5, 0.5, 1, 1, 2, 2], [1, 2, 1.5, 3, 0.5, 1, 0.5]
    assert_array_equal(beta_mode(a, b), [0, 0, 0, 0, 1, 1, 1])
    assert isinstance(beta_mode(7, 5), float)
    assert beta_mode([[2], [3]], [2, 4, 5]).shape == (2, 3)


# The grid


@pytest.mark.parametrize("mean", [0.3, 100])
def test_normal_prior_and_normal_data(mean):
    x = np.array([mean - 1, mean, mean + 2])
    theta = np.linspace(mean - 8, mean + 8, 4001)
    log_likelihood = -((x - theta[:, None]) ** 2).sum(axis=1) / 2
    density = grid_posterior(theta, stats.norm.logpdf(theta, mean, 2), log_likelihood)
    precision = 3 + 1 / 4
    exact = stats.norm((x.sum() + mean / 4) / precision, precision**-0.5)
    assert_allclose(density, exact.pdf(theta), rtol=1e-6, atol=1e-12)
    assert_allclose(point_estimates(theta, density), [exact.mean()] * 3, atol=2.1e-3)


def test_grid_posterior_integrates_to_1_on_an_uneven_grid():
    theta = np.sort(np.random.default_rng(3).uniform(size=50))
    density = grid_posterior(theta, np.zeros(50), log_bernoulli(theta, TOSSES))
    assert_allclose(np.trapezoid(density, theta), 1, rtol=1e-14)
    likelihood = np.exp(log_bernoulli(theta, TOSSES))
    assert_allclose(density / density[0], likelihood / likelihood[0], rtol=1e-12)


def test_many_observations_do_not_underflow():
    log_likelihood = log_bernoulli(THETA, tosses(40_000, 60_000))
    density = grid_posterior(THETA, np.zeros(THETA.size), log_likelihood)
    assert_allclose(point_estimates(THETA, density), [0.6] * 3, atol=1e-5)
    shifted = grid_posterior(THETA, np.full(THETA.size, 1e4), log_likelihood)
    assert_allclose(shifted, density, rtol=1e-9, atol=1e-12)


def test_a_zero_prior_stays_zero():
    log_prior = np.where(THETA < 0.5, 0.0, -np.inf)
    density = grid_posterior(THETA, log_prior, log_bernoulli(THETA, tosses(100, 900)))
    assert_array_equal(density[THETA >= 0.5], 0)
    assert_allclose(np.trapezoid(density, THETA), 1)
    assert point_estimates(THETA, density).mode == THETA[THETA < 0.5].max()


@pytest.mark.parametrize(("a", "b"), [(7, 5), (8, 5), (2, 9), (1, 3), (30, 1)])
def test_point_estimates_of_beta_laws(a, b):
    law = stats.beta(a, b)
    found = point_estimates(THETA, law.pdf(THETA))
    assert_allclose(found, [beta_mode(a, b), law.median(), law.mean()], atol=5e-5)
    assert_allclose(found[1:], [law.median(), law.mean()], atol=2e-6)


@pytest.mark.parametrize(("power", "index"), [(1, 1), (2, 2)])
def test_each_estimate_is_best_under_its_loss(power, index):
    density = stats.beta.pdf(THETA, 3, 6)
    estimate = point_estimates(THETA, density)[index]
    loss = [
        np.trapezoid(abs(THETA - e) ** power * density, THETA) for e in (estimate - 0.01, estimate, estimate + 0.01)
    ]
    assert np.argmin(loss) == 1


def test_point_estimates_on_an_uneven_grid_and_in_any_unit():
    theta = THETA**2
    found = point_estimates(theta, 1e300 * stats.beta.pdf(theta, 7, 5))
    assert_allclose(found, [0.6, stats.beta.median(7, 5), 7 / 12], atol=1e-4)
    assert_allclose(point_estimates(100 * theta - 7, stats.beta.pdf(theta, 7, 5)), 100 * np.array(found) - 7, rtol=1e-9)


def test_huge_heights_do_not_overflow():
    assert point_estimates([0, 1, 2], [1.2e308, 1.5e308, 1.2e308]) == (1, 1, 1)


def test_inputs_are_left_alone():
    theta, log_prior = read_only([0.1, 0.5, 0.9]), read_only([0, 0, -np.inf])
    density = read_only(grid_posterior(theta, log_prior, log_prior))
    assert_allclose(density, [1.25, 1.25, 0] / np.float64(0.75), rtol=1e-14)
    assert point_estimates(theta, density).mode == 0.1
    assert beta_posterior(read_only([1, 0])) == (2, 2)
    assert grid_posterior([0, 1], [0, 0], [0, 0]).tolist() == [1, 1]


def test_results_have_names():
    assert norm_mle([1, 2])._fields == ("loc", "scale")
    assert beta_posterior([1])._fields == ("a", "b")
    assert point_estimates([0, 1], [1, 1]) == (0, 0.5, 0.5)
    assert point_estimates([0, 1], [1, 1])._fields == ("mode", "median", "mean")
