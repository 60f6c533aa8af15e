"""The Poisson process: counts, gaps and places of events against their laws."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.probability import poisson_process

RUNS = [poisson_process(3.0, 4.0, rng=seed) for seed in range(3000)]


def test_counts_follow_the_poisson_law():
    counts = np.bincount([len(times) for times in RUNS], minlength=31)
    expected = 3000 * stats.poisson.pmf(np.arange(31), 12)
    few = expected < 5
    observed, expected = np.append(counts[:31][~few], counts[:31][few].sum()), np.append(expected[~few], 0.0)
    expected[-1] = 3000 - expected.sum()
    assert stats.chisquare(observed, expected).pvalue > 0.001
    assert abs(np.mean([len(times) for times in RUNS]) - 12) < 5 * np.sqrt(12 / 3000)


def test_counts_on_disjoint_stretches_are_independent():
    early = np.array([(times < 1).sum() for times in RUNS])
    late = np.array([(times >= 1).sum() for times in RUNS])
    assert abs(early.mean() - 3) < 5 * np.sqrt(3 / 3000)
    assert abs(early.var() - 3) < 0.6
    assert abs(np.corrcoef(early, late)[0, 1]) < 5 / np.sqrt(3000)


def test_the_first_event_and_the_gaps_are_exponential():
    long = poisson_process(2.0, 5000.0, rng=1)
    gaps = np.diff(long, prepend=0.0)
    assert stats.kstest(gaps, stats.expon(scale=1 / 2).cdf).pvalue > 0.001
    assert abs(gaps.mean() - 0.5) < 5 * 0.5 / np.sqrt(len(gaps))
    assert abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 5 / np.sqrt(len(gaps))


def test_p_values_of_the_gaps_are_uniform_over_seeds():
    gaps = [np.diff(poisson_process(2.0, 200.0, rng=seed), prepend=0.0) for seed in range(200)]
    pvalues = [stats.kstest(gap, stats.expon(scale=1 / 2).cdf).pvalue for gap in gaps]
    assert stats.kstest(pvalues, "uniform").pvalue > 0.001


@pytest.mark.parametrize(("rate", "horizon"), [(5, 1), (0.001, 1), (1e6, 1), (1, 1e6), (2, 1e-9)])
def test_times_rise_within_the_horizon(rate, horizon):
    times = poisson_process(rate, horizon, rng=0)
    assert (np.diff(times) >= 0).all()
    assert ((times >= 0) & (times < horizon)).all()
    assert abs(len(times) - rate * horizon) <= 6 * np.sqrt(rate * horizon) + 6


def test_the_unit_of_time_does_not_matter():
    assert_allclose(poisson_process(2 / 60, 300.0, rng=3), 60 * poisson_process(2.0, 5.0, rng=3))


def test_without_a_rate_there_are_no_events():
    assert poisson_process(0, 10).shape == (0,)


def test_a_seed_repeats_and_a_generator_goes_on():
    assert_array_equal(poisson_process(2, 5, rng=7), poisson_process(2, 5, rng=7))
    rng = np.random.default_rng(7)
    first, second = poisson_process(2, 5, rng=rng), poisson_process(2, 5, rng=rng)
    assert_array_equal(first, poisson_process(2, 5, rng=7))
    assert not np.array_equal(first, second)
