from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from scipy.stats import contingency

from companion.probability import JointPMF, bivariate_normal_conditional

F = Fraction
SEEDS = st.integers(0, 10**6)


def random_joint(seed, shape=(4, 3), exact=False):
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, 5, size=shape)
    counts[0, :], counts[:, 0] = 1, 1
    table = counts * F(1, int(counts.sum())) if exact else counts / counts.sum()
    values = [rng.choice(np.arange(-20, 20), size=n, replace=False) for n in shape]
    return JointPMF(table, *values)


def without_replacement():
    balls = ["red 1", "red 2", "blue 1", "blue 2", "blue 3"]
    colours = ["red", "blue"]
    pairs = [(a.split()[0], b.split()[0]) for a, b in product(balls, balls) if a != b]
    return JointPMF([[F(pairs.count((a, b)), len(pairs)) for b in colours] for a in colours], colours, colours)


def two_dice(f, g):
    rolls = [(f(roll), g(roll)) for roll in product(range(1, 7), repeat=2)]
    values = [sorted(set(column)) for column in zip(*rolls, strict=True)]
    return JointPMF([[F(rolls.count((x, y)), 36) for y in values[1]] for x in values[0]], *values)


def read_only(array):
    array = np.array(array)
    array.flags.writeable = False
    return array


# Known tables


def test_functions_are_called_where_the_probability_is_positive():
    assert JointPMF([[0, 0.5], [0.5, 0]], [0, 1], [0, 1]).expect(lambda x, y: 1 / (x + y)) == 1


def test_two_bags():
    a, b = [F(2, 5), F(3, 5)], [F(3, 5), F(2, 5)]
    bags = JointPMF(np.outer(a, b), ["red", "blue"], ["red", "blue"])
    assert bags.table.tolist() == [[F(6, 25), F(4, 25)], [F(9, 25), F(6, 25)]]
    assert (bags.marginal_x().p.tolist(), bags.marginal_y().p.tolist()) == (a, b)
    assert bags.given_y("blue").p.tolist() == a
    assert bags.given_x("red").p.tolist() == b
    assert bags.expect(lambda x, y: x == y) == F(12, 25)
    assert bags.is_independent()


def test_draws_without_replacement():
    draws = without_replacement()
    assert draws.table[0, 0] == F(1, 10)
    assert draws.marginal_x().p.tolist() == draws.marginal_y().p.tolist() == [F(2, 5), F(3, 5)]
    assert draws.given_x("red").p.tolist() == [F(1, 4), F(3, 4)]
    assert not draws.is_independent()


def test_minimum_and_maximum_of_two_dice():
    dice = two_dice(min, max)
    assert dice.given_x(3).p[dice.y_values.index(6)] == F(2, 7)
    assert dice.given_x(3).values == (1, 2, 3, 4, 5, 6)
    assert dice.cdf(2, 4) == F(12, 36)
    assert dice.cov() == F(35, 36) ** 2


def test_uncorrelated_is_not_independent():
    dice = two_dice(sum, lambda roll: roll[0] - roll[1])
    assert dice.cov() == 0
    assert not dice.is_independent()


def test_large_values_do_not_overflow():
    big = np.array([2**62, 2**62 + 2])
    joint = JointPMF([[F(1, 2), 0], [0, F(1, 2)]], big, big)
    assert joint.marginal_x().var() == joint.cov() == 1


def test_independence_needs_every_entry():
    half, quarter = F(1, 2), F(1, 4)
    joint = JointPMF([[half, 0, 0], [0, quarter, 0], [0, 0, quarter]], range(3), range(3))
    assert not joint.is_independent()
    partly = [[F(1, 9), F(1, 9), F(1, 9)], [F(1, 9), F(2, 9), 0], [F(1, 9), 0, F(2, 9)]]
    assert not JointPMF(partly, range(3), range(3)).is_independent()


@pytest.mark.parametrize("shift", [(1e9, 0), (0, 1e9), (1e9, -1e9)])
def test_covariance_far_from_zero(shift):
    table, x, y = [[0.3, 0.1], [0.17, 0.43]], np.array([0.0, 1.0]), np.array([0.0, 2.0])
    near, far = JointPMF(table, x, y).cov(), JointPMF(table, x + shift[0], y + shift[1]).cov()
    assert_allclose(far, near, rtol=0, atol=1e-8)
    assert_allclose(near, 2 * (0.43 - 0.6 * 0.53), rtol=1e-12)


# Oracles and properties


@given(SEEDS)
def test_marginals_and_independence_agree_with_contingency(seed):
    joint = random_joint(seed)
    rows, columns = contingency.margins(joint.table)
    assert_allclose(joint.marginal_x().p, rows.ravel(), rtol=1e-14)
    assert_allclose(joint.marginal_y().p, columns.ravel(), rtol=1e-14)
    expected = contingency.expected_freq(joint.table)
    assert joint.is_independent() == np.allclose(joint.table, expected, rtol=1e-9, atol=0)
    assert JointPMF(expected, joint.x_values, joint.y_values).is_independent()


def test_independence_of_floats_allows_rounding_and_no_more():
    p, q = [0.1, 0.2, 0.7], [0.3, 0.3, 0.4]
    table = np.outer(p, q)
    assert JointPMF(table, range(3), range(3)).is_independent()
    assert JointPMF(table * (1 + 5e-9), range(3), range(3)).is_independent()
    table[:2, :2] += [[1e-9, -1e-9], [-1e-9, 1e-9]]
    assert not JointPMF(table, range(3), range(3)).is_independent()


def test_independence_sees_small_probabilities():
    table = [[1 - 2e-12, 1e-12], [1e-12, 0]]
    assert not JointPMF(table, [0, 1], [0, 1]).is_independent()


@given(SEEDS)
def test_fractions_and_floats_agree(seed):
    exact = random_joint(seed, exact=True)
    floats = JointPMF(exact.table.astype(float), exact.x_values, exact.y_values)
    assert isinstance(exact.cov(), Fraction)
    assert_allclose(float(exact.cov()), floats.cov(), rtol=1e-9, atol=1e-9)
    for x in exact.x_values:
        assert_allclose(exact.given_x(x).p.astype(float), floats.given_x(x).p, rtol=1e-12)
    assert_allclose(float(exact.expect(lambda x, y: x * y * y)), floats.expect(lambda x, y: x * y * y), atol=1e-8)


@given(SEEDS)
def test_covariance_agrees_with_numpy(seed):
    joint = random_joint(seed)
    pairs = np.array(list(product(joint.x_values, joint.y_values)))
    wanted = np.cov(pairs.T, aweights=joint.table.ravel(), ddof=0)
    assert_allclose(joint.cov(), wanted[0, 1], rtol=1e-9, atol=1e-9)


@given(SEEDS)
def test_laws_of_total_expectation_and_variance(seed):
    joint = random_joint(seed, exact=True)
    x, y = joint.marginal_x(), joint.marginal_y()
    assert y.expect(lambda v: joint.given_y(v).mean()) == x.mean()
    within = y.expect(lambda v: joint.given_y(v).var())
    between = y.expect(lambda v: (joint.given_y(v).mean() - x.mean()) ** 2)
    assert within + between == x.var()


@given(SEEDS)
def test_transposed_table_swaps_the_variables(seed):
    joint = random_joint(seed, exact=True)
    swapped = JointPMF(joint.table.T, joint.y_values, joint.x_values)
    assert swapped.cov() == joint.cov()
    for y in joint.y_values:
        assert_array_equal(swapped.given_x(y).p, joint.given_y(y).p)
        assert swapped.given_x(y).values == joint.given_y(y).values == joint.x_values


@given(SEEDS)
def test_cdf_by_counting(seed):
    joint = random_joint(seed, exact=True)
    for a, b in [(-3, 4), (0, 0.5), (F(7, 2), 9), (np.inf, 2), (3, np.inf)]:
        assert joint.cdf(a, b) == joint.expect(lambda x, y, a=a, b=b: x <= a and y <= b)
    a, b = joint.x_values[1], joint.y_values[2]
    assert joint.cdf(a, b) == joint.expect(lambda x, y: x <= a and y <= b)
    assert (joint.cdf(np.inf, np.inf), joint.cdf(-np.inf, np.inf)) == (1, 0)


def test_input_is_kept_and_not_modified():
    table = read_only([[0.25, 0.25], [0.5, 0.0]])
    joint = JointPMF(table, iter("ab"), [0, 1])
    assert joint.x_values == ("a", "b")
    with pytest.raises(ValueError, match="read-only"):
        joint.table[0, 0] = 1


# Bivariate normal

NORMALS = [
    ([0, 0], [[1, 0.5], [0.5, 1]]),
    ([72, 170], [[169, 60], [60, 81]]),
    ([-3, 2], [[0.04, -0.3], [-0.3, 9]]),
    ([1, 1], [[2, 0], [0, 5]]),
]


@pytest.mark.parametrize(("mean", "cov"), NORMALS)
def test_conditional_of_the_normal_by_quadrature(mean, cov):
    sd = np.sqrt(np.diag(cov))
    x = mean[0] + sd[0] * np.linspace(-12, 12, 2001)  # for a smooth density a plain sum is exact to rounding
    for y in mean[1] + sd[1] * np.array([-1.5, 0, 0.8]):
        density = stats.multivariate_normal(mean, cov).pdf(np.column_stack([x, np.full_like(x, y)]))
        p = density / density.sum()
        found = bivariate_normal_conditional(mean, cov, y)
        assert_allclose(found.mean, p @ x, rtol=1e-10, atol=1e-12)
        assert_allclose(found.var, p @ (x - p @ x) ** 2, rtol=1e-10)


@given(st.floats(-0.999, 0.999), st.floats(1e-3, 1e3), st.floats(1e-3, 1e3), st.floats(-5, 5))
def test_conditional_of_the_normal_in_closed_form(rho, sd_x, sd_y, z):
    cov = [[sd_x**2, rho * sd_x * sd_y], [rho * sd_x * sd_y, sd_y**2]]
    mean, var = bivariate_normal_conditional([7, -2], cov, -2 + z * sd_y)
    assert_allclose(mean, 7 + rho * sd_x * z, rtol=1e-7, atol=1e-7 * sd_x)
    assert_allclose(var, sd_x**2 * (1 - rho**2), rtol=1e-9)


def test_many_observations_at_once():
    y = read_only([[160.0, 170.0], [180.0, 190.0]])
    many = bivariate_normal_conditional(*NORMALS[1], y)
    assert many.mean.shape == (2, 2)
    assert many.mean[1, 0] == bivariate_normal_conditional(*NORMALS[1], 180).mean


@pytest.mark.parametrize("scale", [1e-6, 0.1, 3.7, 1e6])
def test_perfect_correlation_leaves_no_variance(scale):
    for sign in (1, -1):
        cov = [[scale**2, sign * scale * 0.3], [sign * scale * 0.3, 0.09]]
        mean, var = bivariate_normal_conditional([0, 0], cov, 0.3)
        assert_allclose(mean, sign * scale, rtol=1e-12)
        assert 0 <= var <= 1e-15 * scale**2


@given(st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_rounding_of_a_perfect_correlation_is_forgiven(var_x, var_y):
    cov = np.sqrt(var_x * var_y)
    assert bivariate_normal_conditional([0, 0], [[var_x, cov], [cov, var_y]], 0).var <= 1e-12 * var_x


def test_a_constant_x_stays_what_it_is():
    assert bivariate_normal_conditional([5, 0], [[0, 0], [0, 1]], 2) == (5, 0)
