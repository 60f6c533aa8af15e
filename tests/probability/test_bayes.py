from fractions import Fraction
from functools import reduce
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import log_softmax, softmax
from sklearn.naive_bayes import CategoricalNB

from companion.probability import bayes, log_posterior, probability, total_probability

F = Fraction


def tables(seed, k, m, rows=()):
    """A prior over k parts and P(B_j | A_i), shape (m, k), of m observations that exclude one another."""
    rng = np.random.default_rng(seed)
    return rng.dirichlet(np.ones(k), size=rows), rng.dirichlet(np.ones(m), size=k).T


def random_fractions(seed, k):
    rng = np.random.default_rng(seed)
    weights = [int(w) for w in rng.integers(1, 50, size=k)]
    return [F(w, sum(weights)) for w in weights], [F(int(n), 100) for n in rng.integers(1, 101, size=k)]


def read_only(array):
    array = np.array(array)
    array.flags.writeable = False
    return array


# Known results


def test_a_five_given_an_odd_roll():
    prior, odd = [F(1, 6), F(5, 6)], [1, F(2, 5)]
    assert total_probability(prior, odd) == F(1, 2)
    assert bayes(prior, odd).tolist() == [F(1, 3), F(2, 3)]
    assert bayes([F(1, 6)] * 6, [1, 0, 1, 0, 1, 0]).tolist() == [F(1, 3), 0, F(1, 3), 0, F(1, 3), 0]


def test_a_positive_test_for_a_rare_disease():
    assert_allclose(bayes([0.01, 0.99], [0.99, 0.05]), [1 / 6, 5 / 6], rtol=1e-14)
    assert_allclose(total_probability([0.01, 0.99], [0.99, 0.05]), 0.0594, rtol=1e-14)


def test_three_machines():
    prior, defective = [F(5, 10), F(3, 10), F(2, 10)], [F(1, 100), F(2, 100), F(3, 100)]
    assert total_probability(prior, defective) == F(17, 1000)
    assert bayes(prior, defective).tolist() == [F(5, 17), F(6, 17), F(6, 17)]


def test_monty_hall():
    # The car is behind door 1, 2 or 3; the first is chosen and the host opens the third.
    assert bayes([F(1, 3)] * 3, [F(1, 2), 1, 0]).tolist() == [F(1, 3), F(2, 3), 0]


def test_mammography_of_eddy_1982():
    # Probabilistic reasoning in clinical medicine: 1 % are ill, 79.2 % and 9.6 % test positive; 7.7 % of those are ill.
    assert_allclose(bayes([0.01, 0.99], [0.792, 0.096])[0], 0.077, atol=5e-4)


# Oracles


@pytest.mark.parametrize("seed", range(5))
def test_fractions_agree_with_counting(seed):
    prior, likelihood = random_fractions(seed, 4)
    space = {}
    for i, (p, q) in enumerate(zip(prior, likelihood, strict=True)):
        space[i, True], space[i, False] = p * q, p * (1 - q)
    observed = {(i, True) for i in range(4)}
    assert total_probability(prior, likelihood) == probability(observed, space)
    assert bayes(prior, likelihood).tolist() == [probability({(i, True)}, space, given=observed) for i in range(4)]


@pytest.mark.parametrize(("k", "rows"), [(1, ()), (2, (1,)), (5, (7,)), (50, (3, 4))])
def test_floats_agree_with_scipy(k, rows):
    prior, table = tables(k, k, 6, rows)
    likelihood = table[0]
    joint = np.log(prior) + np.log(likelihood)
    assert_allclose(total_probability(prior, likelihood), np.minimum(prior @ likelihood, 1), rtol=1e-14)
    assert_allclose(bayes(prior, likelihood), softmax(joint, axis=-1), rtol=1e-13)
    assert_allclose(log_posterior(np.log(prior), np.log(likelihood)), log_softmax(joint, axis=-1), atol=1e-13)
    assert bayes(prior, likelihood).shape == (*rows, k)
    assert np.shape(total_probability(prior, likelihood)) == rows


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_naive_bayes_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    y = np.repeat([0, 1, 2], [20, 30, 50])
    x = np.concatenate([rng.integers(0, 4, size=96), [0, 1, 2, 3]])  # every value occurs
    model = CategoricalNB(alpha=1e-10, force_alpha=True).fit(x[:, None], y)
    table = np.array([[np.mean(x[y == c] == v) for c in range(3)] for v in range(4)])
    values = np.arange(4)[:, None]
    assert_allclose(bayes([0.2, 0.3, 0.5], table), model.predict_proba(values), atol=1e-8)
    with np.errstate(divide="ignore"):
        log_table = np.log(table)
    ours = log_posterior(np.log([0.2, 0.3, 0.5]), log_table)
    assert_allclose(np.exp(ours), model.predict_proba(values), atol=1e-8)


# Properties


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(2, 6), st.integers(1, 5))
def test_one_by_one_is_all_at_once_in_any_order(seed, k, n):
    rng = np.random.default_rng(seed)
    prior, _ = random_fractions(rng.integers(1000), k)
    likelihoods = [random_fractions(rng.integers(1000), k)[1] for _ in range(n)]
    batch = bayes(prior, reduce(np.multiply, map(np.array, likelihoods))).tolist()
    orders = [list(order) for order in permutations(likelihoods)][:24]
    assert orders
    for order in orders:
        assert reduce(bayes, order, prior).tolist() == batch
    floats = reduce(bayes, np.array(likelihoods, dtype=float), np.array(prior, dtype=float))
    assert_allclose(floats, np.array(batch, dtype=float), rtol=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.integers(2, 6), st.integers(2, 5))
def test_beliefs_are_expected_to_stay(seed, k, m):
    prior, table = tables(seed, k, m)
    posterior, evidence = bayes(prior, table), total_probability(prior, table)
    assert_allclose(posterior.sum(axis=-1), 1, rtol=1e-12)
    assert_allclose(evidence.sum(), 1, rtol=1e-12)
    assert_allclose(total_probability(evidence, posterior.T), prior, rtol=1e-11)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32), st.floats(1e-200, 1))
def test_a_common_factor_of_the_likelihoods_does_not_matter(seed, factor):
    prior, table = tables(seed, 4, 3)
    assert_allclose(bayes(prior, factor * table), bayes(prior, table), rtol=1e-12)
    assert_allclose(
        log_posterior(np.log(prior), np.log(table) + 100 * np.log(factor)),
        log_posterior(np.log(prior), np.log(table)),
        atol=1e-9,
    )


def test_parts_may_be_renamed_and_rows_are_independent():
    prior, table = tables(3, 5, 4, (4,))
    order = [3, 0, 4, 1, 2]
    assert_allclose(bayes(prior[:, order], table[:, order]), bayes(prior, table)[:, order], rtol=1e-14)
    for i in range(4):
        assert_array_equal(bayes(prior, table)[i], bayes(prior[i], table[i]))
        assert_array_equal(bayes(prior[0], table)[i], bayes(prior[0], table[i]))
        assert_array_equal(bayes(prior, table[0])[i], bayes(prior[i], table[0]))
    assert bayes(np.empty((0, 3)), [0.1, 0.2, 0.3]).shape == (0, 3)


def test_evidence_that_says_nothing_changes_nothing():
    assert bayes([F(1, 7), F(6, 7)], [F(1, 9), F(1, 9)]).tolist() == [F(1, 7), F(6, 7)]


def test_a_prior_of_zero_stays_zero():
    posterior = reduce(bayes, [[0.999, 0.001]] * 100, [0.0, 1.0])
    assert posterior.tolist() == [0.0, 1.0]
    assert log_posterior([-np.inf, 0.0], [0.0, -1e6]).tolist() == [-np.inf, 0.0]


# Exact and inexact numbers


@pytest.mark.parametrize("other", [[1, 0], (True, False), np.array([1, 0]), [np.int64(1), F(0)], [F(1), F(0)]])
def test_fractions_beside_integers_stay_exact(other):
    half = [F(1, 2), F(1, 2)]
    for result in (bayes(half, other), bayes(other, half)):
        assert result.tolist() == [1, 0]
        assert all(type(entry) is F for entry in result)
    assert type(total_probability(half, other)) is F
    assert total_probability(half, other) == F(1, 2)


def test_a_certain_event_is_a_fraction_too():
    total = total_probability([F(1, 3), F(2, 3)], [1, 1])
    assert type(total) is F
    assert total == 1


@pytest.mark.parametrize("likelihood", [[0.5, 0.25], [F(1, 2), 0.25], np.array([0.5, 0.25])])
def test_fractions_beside_floats_become_floats(likelihood):
    result = bayes([F(1, 2), F(1, 2)], likelihood)
    assert result.dtype == np.float64
    assert_allclose(result, [2 / 3, 1 / 3], rtol=1e-15)
    assert isinstance(total_probability([F(1, 2), F(1, 2)], likelihood), np.float64)


def test_integers_alone_give_floats():
    assert bayes([0, 1], [1, 1]).dtype == np.float64


def test_rows_of_fractions():
    prior = np.array([[F(1, 2), F(1, 2)], [F(1, 100), F(99, 100)]])
    result = bayes(prior, [F(99, 100), F(5, 100)])
    assert result.tolist() == [[F(99, 104), F(5, 104)], [F(1, 6), F(5, 6)]]
    assert total_probability(prior, [F(99, 100), F(5, 100)]).tolist() == [F(52, 100), F(594, 10_000)]


def test_fractions_of_numpy_integers_do_not_overflow():
    big = np.int64(2**40)
    prior = [F(np.int64(1), big), 1 - F(1, 2**40)]
    posterior = reduce(bayes, [[F(np.int64(1), big), F(1, 3)]] * 3, prior)
    assert posterior[0] == F(1, 2**160) / (F(1, 2**160) + F(2**40 - 1, 2**40) * F(1, 27))


# Numerical traps


def test_many_observations_do_not_underflow():
    rng = np.random.default_rng(5)
    log_likelihood = np.log(rng.uniform(0.01, 0.2, size=(5000, 3))).sum(axis=0)
    assert np.exp(log_likelihood).tolist() == [0, 0, 0]
    log_p = log_posterior(np.log([0.2, 0.3, 0.5]), log_likelihood)
    assert_allclose(np.exp(log_p).sum(), 1, rtol=1e-14)
    assert_allclose(log_p, log_softmax(np.log([0.2, 0.3, 0.5]) + log_likelihood), atol=1e-10)


def test_a_log_posterior_is_a_log_prior():
    log_p = np.log([0.5, 0.5])
    for _ in range(3):
        log_p = log_posterior(log_p, [-1e9, -1e9 - 1e-3])
    assert_allclose(log_p[0] - log_p[1], 3e-3, rtol=1e-3)
    assert log_p.max() <= 0


def test_log_densities_may_be_positive():
    assert_allclose(log_posterior(np.log([0.5, 0.5]), [800.0, 800.0 + np.log(3)]), np.log([0.25, 0.75]), rtol=1e-12)


def test_an_underflow_is_no_impossibility():
    with pytest.raises(ValueError, match=r"underflows, got .* use log_posterior"):
        bayes([0.5, 0.5], [1e-300, 3e-300])
    with pytest.raises(ValueError, match="underflows"):
        bayes([1e-200, 1.0], [1e-200, 0.0])
    assert_allclose(bayes([0.5, 0.5], [1e-290, 3e-290]), [0.25, 0.75], rtol=1e-13)
    assert bayes([F(1, 2), F(1, 2)], [F(1, 10**400), F(3, 10**400)]).tolist() == [F(1, 4), F(3, 4)]


def test_a_total_probability_is_at_most_one():
    prior = np.full(10, 0.1) + np.array([1e-9] + 9 * [0])
    assert prior.sum() > 1
    assert total_probability(prior, np.ones(10)) == 1.0


def test_a_sum_of_one_is_one_to_rounding():
    assert total_probability([0.1] * 10, [0.3] * 10) == pytest.approx(0.3, rel=1e-14)
    assert bayes([0.5 + 9e-9, 0.5], [1.0, 1.0]).shape == (2,)


def test_arguments_are_not_changed():
    prior, likelihood = read_only([0.25, 0.75]), read_only([[0.5, 0.5], [1.0, 0.0]])
    fractions = read_only([F(1, 4), F(3, 4)])
    assert_allclose(bayes(prior, likelihood), [[0.25, 0.75], [1, 0]])
    assert bayes(fractions, fractions).tolist() == [F(1, 10), F(9, 10)]
    logs = read_only([-np.inf, 0.0])
    log_posterior(logs, logs)
    assert_allclose(total_probability(prior, likelihood), [0.5, 0.25])
    assert logs.tolist() == [-np.inf, 0.0]


def test_logarithms_of_any_kind_of_number():
    assert log_posterior([0], [-7]).tolist() == [0.0]
    assert log_posterior(np.float32([0, -np.inf]), [F(-1, 2), F(-1, 3)]).tolist() == [0.0, -np.inf]
    assert log_posterior(np.float32([0, -np.inf]), np.float32([-1, -1])).dtype == np.float64
