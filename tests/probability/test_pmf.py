from decimal import Decimal
from fractions import Fraction
from math import comb, inf, nextafter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.probability import PMF

F = Fraction
SEEDS = st.integers(0, 10**6)
HEADS = PMF([0, 1, 2], [F(1, 4), F(1, 2), F(1, 4)])


def random_pmf(seed, n=6, exact=False, gaps=False):
    """A PMF with values in no order, in fractions or floats; with gaps, some probabilities are 0."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(0 if gaps else 1, 9, size=n)
    counts[n // 2] = 1
    values = rng.choice(np.arange(-40, 40), size=n, replace=False) / 4
    if exact:
        return PMF([F(v) for v in values.tolist()], counts * F(1, int(counts.sum())))
    return PMF(values, counts / counts.sum())


def scipy_law(pmf):
    return stats.rv_discrete(values=(np.array(pmf.values), pmf.p))


def off_the_levels(pmf, q):
    """Leave out what may be a level of the CDF: there the quantile in floats is a matter of rounding."""
    away = np.abs(np.subtract.outer(q, pmf.cdf(pmf.values))).min(axis=1) > 1e-9
    assert away.sum() > 50
    return np.asarray(q)[away]


# Moments


def test_a_fair_die():
    die = PMF(range(1, 7), [F(1, 6)] * 6)
    assert (die.mean(), die.var(), die.expect(lambda x: x**2)) == (F(7, 2), F(35, 12), F(91, 6))
    assert die.values == (1, 2, 3, 4, 5, 6)


@given(SEEDS)
def test_moments_agree_with_rv_discrete(seed):
    pmf = random_pmf(seed)
    x, p = np.array(pmf.values), pmf.p
    oracle = scipy_law(pmf)
    assert_allclose([pmf.mean(), pmf.var()], [oracle.mean(), oracle.var()], rtol=1e-9, atol=1e-9)
    assert_allclose(pmf.expect(lambda v: v**3), (p * x**3).sum(), rtol=1e-12, atol=1e-9)


def test_variance_far_from_zero():
    assert PMF([1e9, 1e9 + 1], [0.5, 0.5]).var() == 0.25


def test_labels_have_expectations_of_functions():
    assert PMF(["H", "T"], [F(2, 3), F(1, 3)]).expect(lambda side: side == "H") == F(2, 3)


def test_functions_are_called_where_the_probability_is_positive():
    assert PMF([0, 2], [0, 1]).expect(lambda x: 1 / x) == 0.5


def test_values_of_arrays_become_plain_python_numbers():
    assert {type(v) for v in PMF(np.arange(2), [0.5, 0.5]).values} == {int}


def test_input_is_copied():
    given = np.array([0.5, 0.5])
    pmf = PMF([0, 1], given)
    given[0] = 1
    assert pmf.p.tolist() == [0.5, 0.5]


# Distribution function


def test_cdf_of_two_tosses():
    x = [-inf, -1, -1e-300, 0, 0.99, 0.999, 1, 1.001, 1.01, nextafter(2, 0), 2, 2.5, inf]
    wanted = [0, 0, 0, F(1, 4), F(1, 4), F(1, 4), F(3, 4), F(3, 4), F(3, 4), F(3, 4), 1, 1, 1]
    assert HEADS.cdf(x).tolist() == wanted
    assert [HEADS.cdf(point) for point in x] == wanted


def test_cdf_and_quantile_keep_fractions_and_shapes():
    assert {type(level) for level in HEADS.cdf([[-1, 0], [1, 5]]).flat} == {Fraction}
    assert HEADS.cdf([[-1, 0], [1, 5]]).shape == HEADS.ppf([[0.1, 0.5], [0.9, 1]]).shape == (2, 2)
    assert (type(HEADS.cdf(0)), type(HEADS.ppf(F(1, 4)))) == (Fraction, Fraction)
    floats = PMF([0, 1], [0.5, 0.5])
    assert (type(floats.cdf(0)), type(floats.ppf(0.5))) == (np.float64, np.float64)
    assert floats.cdf(np.zeros((2, 0))).shape == floats.ppf(np.zeros((2, 0))).shape == (2, 0)


@given(SEEDS)
def test_cdf_agrees_with_rv_discrete(seed):
    pmf = random_pmf(seed)
    x = np.concatenate([pmf.values, np.array(pmf.values) - 1e-9, np.linspace(-11, 11, 50), [-inf, inf]])
    assert_allclose(pmf.cdf(x), scipy_law(pmf).cdf(x), rtol=1e-14, atol=0)


@given(SEEDS)
def test_cdf_is_the_sum_up_to_x(seed):
    pmf = random_pmf(seed, exact=True, gaps=True)
    for x in (*pmf.values, *(v + F(1, 10**30) for v in pmf.values), *(v - F(1, 10**30) for v in pmf.values)):
        assert pmf.cdf(x) == pmf.expect(lambda v, x=x: v <= x)


@given(SEEDS)
def test_jumps_are_the_probabilities(seed):
    pmf = random_pmf(seed, exact=True, gaps=True)
    for value, p in zip(pmf.values, pmf.p, strict=True):
        assert pmf.cdf(value) - pmf.cdf(nextafter(float(value), -inf)) == p


@given(SEEDS)
def test_fractions_and_floats_agree(seed):
    exact = random_pmf(seed, exact=True, gaps=True)
    floats = PMF([float(v) for v in exact.values], exact.p.astype(float))
    x = np.linspace(-11, 11, 45)
    assert_allclose(floats.cdf(x), exact.cdf(x).astype(float), rtol=1e-14, atol=0)
    q = off_the_levels(floats, np.linspace(0, 1, 101))
    assert_array_equal(floats.ppf(q), exact.ppf(q).astype(float))


def test_the_cdf_ends_at_one_exactly():
    for n in range(1, 60):
        assert PMF(range(n), [1 / n] * n).cdf([n - 1, inf]).tolist() == [1, 1]
    assert PMF([0, 1], [0.5, 0.5 + 5e-9]).cdf(1) == 1  # a sum as far from 1 as is allowed


def test_a_float_is_compared_as_the_binary_number_that_it_is():
    tenth = PMF([F(1, 10), 1], [F(1, 2), F(1, 2)])
    assert F(0.1) > F(1, 10)
    assert tenth.cdf([0.1, nextafter(0.1, 0)]).tolist() == [F(1, 2), 0]
    assert tenth.cdf([F(1, 10), F(1, 10) - F(1, 10**40)]).tolist() == [F(1, 2), 0]
    assert tenth.cdf([Decimal("0.1")]).tolist() == [F(1, 2)]


# Quantiles


def test_quantiles_of_two_tosses():
    q = [0, F(1, 10**20), F(1, 4), F(1, 4) + F(1, 10**20), F(3, 4), F(3, 4) + F(1, 10**20), 1]
    assert HEADS.ppf(q).tolist() == [-1, 0, 0, 1, 1, 2, 2]
    assert [HEADS.ppf(level) for level in q] == [-1, 0, 0, 1, 1, 2, 2]


@given(SEEDS)
def test_quantiles_agree_with_rv_discrete(seed):
    pmf = random_pmf(seed)
    q = off_the_levels(pmf, [1e-300, *np.linspace(0, 1, 101)])
    assert_array_equal(pmf.ppf([0, 1]), scipy_law(pmf).ppf([0, 1]))
    assert_array_equal(pmf.ppf(q), scipy_law(pmf).ppf(q))


@given(SEEDS, st.fractions(0, 1).filter(bool))
def test_the_quantile_is_the_least_value_that_reaches_the_level(seed, q):
    pmf = random_pmf(seed, exact=True, gaps=True)
    assert pmf.ppf(q) == min(v for v in pmf.values if pmf.cdf(v) >= q)
    for x in pmf.values:
        assert (pmf.ppf(q) <= x) == (q <= pmf.cdf(x))


@given(SEEDS)
def test_quantile_and_cdf_are_inverse_on_the_possible_values(seed):
    for exact in (True, False):
        pmf = random_pmf(seed, n=9, exact=exact, gaps=True)
        possible = [v for v, p in zip(pmf.values, pmf.p, strict=True) if p > 0]
        assert pmf.ppf(pmf.cdf(possible)).tolist() == possible


def test_values_of_probability_zero_are_no_quantiles():
    pmf = PMF([0, 1, 2, 3, 4], [0, 0.5, 0, 0.5, 0])
    assert pmf.ppf([0, 1e-9, 0.5, 0.6, 1]).tolist() == [0, 1, 1, 3, 3]
    assert set(pmf.rvs(size=200, random_state=1).tolist()) == {1, 3}


def test_a_decimal_level_may_be_missed_in_floats_and_is_met_in_fractions():
    digits = PMF(range(10), [F(1, 10)] * 10)
    levels = [F(k, 10) for k in range(1, 11)]
    assert digits.ppf(levels).tolist() == list(range(10))
    assert digits.ppf(0.1) == 1  # 0.1 is more than 1/10


def test_the_last_value_has_the_level_one_however_small_its_probability():
    pmf = PMF([0, 1, 2], [0.75, 0.25, 1e-20])
    assert pmf.ppf([0.75, 0.76, 1]).tolist() == [0, 1, 2]
    assert stats.rv_discrete(values=([0, 1, 2], [0.75, 0.25, 1e-20])).ppf(1) == 2


def test_large_integers_stay_apart():
    big = 2**70
    pmf = PMF([big + 1, big], [F(1, 3), F(2, 3)])
    assert (pmf.cdf(big), pmf.cdf(big + 1), pmf.cdf(big - 1)) == (F(2, 3), 1, 0)
    assert pmf.ppf([F(2, 3), F(3, 4)]).tolist() == [big, big + 1]
    assert set(pmf.rvs(size=50, random_state=0).tolist()) == {big, big + 1}


# Random values


@given(SEEDS)
def test_random_values_are_those_of_rv_discrete(seed):
    pmf = random_pmf(seed)
    for size in (None, 1, 7, (2, 3)):
        assert_array_equal(pmf.rvs(size, seed), scipy_law(pmf).rvs(size=size, random_state=seed))
        generators = (np.random.default_rng(seed) for _ in range(2))
        ours, theirs = (
            law.rvs(size=size, random_state=rng) for law, rng in zip((pmf, scipy_law(pmf)), generators, strict=True)
        )
        assert_array_equal(ours, theirs)


def test_random_values_have_the_type_of_the_values():
    assert HEADS.rvs(5, random_state=0).dtype == np.int64
    assert HEADS.rvs(random_state=0) in (0, 1, 2)
    assert np.shape(HEADS.rvs()) == ()
    assert PMF([0.5, 1], [0.5, 0.5]).rvs(5, random_state=0).dtype == np.float64
    assert set(PMF([F(1, 3), 1], [0.5, 0.5]).rvs(50, random_state=0).tolist()) == {F(1, 3), 1}


def test_random_values_follow_the_law():
    n, p = 100_000, [comb(3, k) / 8 for k in range(4)]
    counts = np.bincount(PMF(range(4), p).rvs(n, random_state=3), minlength=4)
    assert stats.chisquare(counts, n * np.array(p)).pvalue > 1e-4
    assert counts.sum() == n


class FixedUniform(np.random.Generator):
    """A source whose uniform numbers are given."""

    def __init__(self, u):
        super().__init__(np.random.PCG64(0))
        self.u = np.asarray(u)

    def uniform(self, size=None):
        return self.u


def test_uniform_numbers_are_sent_through_the_quantile_function():
    u = [0.0, 0.25, nextafter(0.25, 1), 0.75, nextafter(0.75, 1), nextafter(1, 0)]
    assert HEADS.rvs(6, FixedUniform(u)).tolist() == [0, 0, 1, 1, 2, 2]


def test_no_call_remembers_another():
    before = HEADS.cdf([0, 1]).tolist()
    HEADS.cdf([0, 1])[0] = 7
    HEADS.ppf([0.5, 0.9])[0] = 7
    assert HEADS.cdf([0, 1]).tolist() == before
    assert_array_equal(HEADS.rvs(9, 5), HEADS.rvs(9, 5))


@pytest.mark.parametrize("container", [list, tuple, np.array])
def test_containers_and_read_only_arrays(container):
    x = container([0.0, 1.5])
    if isinstance(x, np.ndarray):
        x.flags.writeable = False
    assert HEADS.cdf(x).tolist() == [F(1, 4), F(3, 4)]
    assert HEADS.ppf(container([0.25, 1.0])).tolist() == [0, 2]
