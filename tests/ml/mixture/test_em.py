import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import optimize
from sklearn.exceptions import ConvergenceWarning

from companion.ml.mixture import em


def two_coins(heads, tosses, start, **settings):
    """EM for two coins, of which each row of tosses used one, with equal chance."""

    def e_step(chances):
        logs = heads[:, None] * np.log(chances) + (tosses - heads)[:, None] * np.log1p(-chances)
        top = logs.max(axis=1, keepdims=True)
        shares = np.exp(logs - top)
        value = (np.log(shares.sum(axis=1)) + top[:, 0] - math.log(2)).sum()
        return shares / shares.sum(axis=1, keepdims=True), float(value)

    def m_step(shares):
        return shares.T @ heads / (shares.sum(axis=0) * tosses)

    return em(e_step, m_step, np.array(start), **settings)


def test_published_coins():
    # Do and Batzoglou (2008), What is the expectation maximization algorithm?, Nature Biotechnology 26, fig. 1.
    heads = np.array([5, 9, 8, 4, 7])
    first = two_coins(heads, 10, [0.6, 0.5], max_iter=1, tol=0)
    assert_allclose(first.parameters, [0.71, 0.58], atol=0.005)
    tenth = two_coins(heads, 10, [0.6, 0.5], max_iter=10, tol=0)
    assert_allclose(tenth.parameters, [0.80, 0.52], atol=0.005)
    assert not tenth.converged
    assert tenth.n_iter == 10 == len(tenth.history)


def censored(observed, limit, n_censored, start=1.0, **settings):
    """EM for the rate of exponential lifetimes, of which some are only known to exceed a limit."""

    def e_step(rate):
        expected = [*observed, *[limit + 1 / rate] * n_censored]
        return expected, len(observed) * math.log(rate) - rate * (sum(observed) + limit * n_censored)

    return em(e_step, lambda lifetimes: len(lifetimes) / sum(lifetimes), start, **settings)


@given(st.lists(st.floats(0.1, 3), min_size=1, max_size=8), st.integers(0, 6), st.floats(0.05, 20))
def test_censored_lifetimes_reach_the_closed_form(observed, n_censored, start):
    result = censored(observed, 3.0, n_censored, start, tol=1e-13, max_iter=2000)
    assert result.converged
    assert_allclose(result.parameters, len(observed) / (sum(observed) + 3 * n_censored), rtol=1e-5)
    slack = 1e-12 * (1 + np.abs(result.history[1:]))
    assert np.all(np.diff(result.history) >= -slack)


def test_history_starts_with_the_start_and_ends_with_the_result():
    result = censored([1.0, 2.0], 3.0, 1, 1.0)
    assert result.history[0] == -6.0
    assert result.history[-1] == result.log_likelihood
    assert result.n_iter == len(result.history)


def test_the_maximum_is_that_of_direct_maximisation():
    heads = np.array([5, 9, 8, 4, 7, 2, 6])
    result = two_coins(heads, 10, [0.6, 0.5], tol=1e-13, max_iter=5000)

    def loss(chances):
        terms = chances ** heads[:, None] * (1 - chances) ** (10 - heads[:, None])
        return -np.log(terms.mean(axis=1)).sum()

    direct = optimize.minimize(loss, [0.6, 0.4], bounds=[(0.01, 0.99)] * 2, tol=1e-14)
    assert_allclose(result.log_likelihood, -direct.fun, rtol=1e-9)
    assert_allclose(np.sort(result.parameters), np.sort(direct.x), atol=1e-4)


def test_steps_that_do_not_belong_together_are_noticed_once():
    with pytest.warns(RuntimeWarning, match="log-likelihood fell from .* is m_step the maximiser") as caught:
        em(lambda x: (x, -x), lambda x: x + 1, 0.0, max_iter=9, tol=0)
    assert len(caught) == 1
    result = em(lambda x: (x, -x), lambda x: x + 1, 0.0, max_iter=3, tol=0, monotone=False)
    assert result.history == [0, -1, -2]


def test_a_run_that_is_cut_off_warns_unless_it_was_to_be():
    with pytest.warns(ConvergenceWarning, match="EM did not converge in max_iter=2 iterations"):
        cut = two_coins(np.array([5, 9, 8, 4, 7]), 10, [0.6, 0.5], max_iter=2)
    assert not cut.converged
    assert two_coins(np.array([5, 9, 8, 4, 7]), 10, [0.6, 0.5], max_iter=2, tol=0).history == cut.history


def test_numbers_of_a_result_are_python_numbers():
    result = censored([1.0, 2.0], 3.0, 1, np.float64(1.0))
    assert type(result.converged) is bool
    assert {type(value) for value in (*result.history, result.log_likelihood)} == {float}
