"""The Poisson process: counts, gaps and places of events against their laws."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.probability import poisson_process

RATE, HORIZON = 3.0, 4.0
RUNS = [poisson_process(RATE, HORIZON, rng=seed) for seed in range(3000)]


def counts_in(start, stop):
    return np.array([((times >= start) & (times < stop)).sum() for times in RUNS])


def p_of_counts(counts, mean):
    """Return the p-value of the chi-square test for a Poisson law; the cells hold 5 counts or more on average."""
    n = len(counts)
    cells = np.flatnonzero(n * stats.poisson.pmf(np.arange(100), mean) >= 5)
    low, high = cells[0], cells[-1]
    observed = np.bincount(np.clip(counts, low, high) - low, minlength=high - low + 1)
    expected = n * stats.poisson.pmf(np.arange(low, high + 1), mean)
    expected[0], expected[-1] = n * stats.poisson.cdf(low, mean), n * stats.poisson.sf(high - 1, mean)
    return stats.chisquare(observed, expected).pvalue


@pytest.mark.parametrize(("start", "stop"), [(0, 4), (0, 1), (1.5, 1.75), (0.3, 2.9), (3, 4)])
def test_counts_of_every_stretch_follow_the_poisson_law(start, stop):
    counts, mean = counts_in(start, stop), RATE * (stop - start)
    assert p_of_counts(counts, mean) > 0.001
    assert abs(counts.mean() - mean) < 5 * np.sqrt(mean / 3000)
    assert abs(counts.var() - mean) < 5 * np.sqrt((mean + 2 * mean**2) / 3000)


def test_the_number_of_events_is_random_even_where_its_mean_is_whole():
    assert len({len(times) for times in RUNS}) > 20


def test_counts_on_disjoint_stretches_are_independent():
    hours = np.stack([counts_in(hour, hour + 1) for hour in range(4)])
    others = np.corrcoef(hours)[np.triu_indices(4, 1)]
    assert len(others) == 6
    assert np.abs(others).max() < 4 / np.sqrt(3000)
    few, none_after = hours[0] <= 2, hours[1] <= 2
    table = [[(a & b).sum() for b in (none_after, ~none_after)] for a in (few, ~few)]
    assert stats.chi2_contingency(table).pvalue > 0.001


def test_the_first_event_and_the_gaps_are_exponential_and_independent():
    gaps = np.diff(poisson_process(2.0, 5000.0, rng=1), prepend=0.0)
    assert stats.kstest(gaps, stats.expon(scale=1 / 2).cdf).pvalue > 0.001
    assert abs(gaps.mean() - 1 / 2) < 5 * 0.5 / np.sqrt(len(gaps))
    assert abs(gaps.std() - 1 / 2) < 5 * 0.5 * np.sqrt(2 / len(gaps))
    assert abs(np.corrcoef(gaps[:-1], gaps[1:])[0, 1]) < 5 / np.sqrt(len(gaps))


def test_p_values_of_the_gaps_are_uniform_over_seeds():
    gaps = [np.diff(poisson_process(2.0, 200.0, rng=seed), prepend=0.0) for seed in range(400)]
    pvalues = [stats.kstest(gap, stats.expon(scale=1 / 2).cdf).pvalue for gap in gaps]
    assert stats.kstest(pvalues, "uniform").pvalue > 0.001


def test_from_any_moment_on_the_wait_is_exponential():
    waits = [times[times >= 1.3][0] - 1.3 for times in RUNS if (times >= 1.3).any()]
    law = stats.truncexpon(b=RATE * (HORIZON - 1.3), scale=1 / RATE)
    assert len(waits) > 2900
    assert stats.kstest(waits, law.cdf).pvalue > 0.001


def test_the_wait_for_the_fifth_event_follows_the_gamma_law():
    fifth = np.array([times[4] if len(times) > 4 else np.inf for times in RUNS])
    for t in (0.5, 1.0, 2.0, 3.9):
        share = stats.gamma.cdf(t, 5, scale=1 / RATE)
        assert abs((fifth <= t).mean() - share) < 5 * np.sqrt(share * (1 - share) / 3000)


def test_given_their_number_events_are_uniform_points():
    places = np.concatenate([times for times in RUNS if len(times) == 12]) / HORIZON
    assert len(places) > 3000
    assert stats.kstest(places, "uniform").pvalue > 0.001


def test_two_streams_together_are_a_stream_at_the_sum_of_the_rates():
    both = [np.union1d(poisson_process(1.0, HORIZON, rng=[seed, 1]), RUNS[seed]) for seed in range(3000)]
    assert p_of_counts(np.array([len(times) for times in both]), (RATE + 1.0) * HORIZON) > 0.001


@pytest.mark.parametrize(("rate", "horizon"), [(5, 1), (0.001, 1), (1e6, 1), (1, 1e6), (2, 1e-9), (1e9, 1e-6), (1, 1)])
def test_times_rise_within_the_horizon(rate, horizon):
    times = poisson_process(rate, horizon, rng=0)
    assert times.dtype == np.float64
    assert (np.diff(times) >= 0).all()
    assert ((times >= 0) & (times < horizon)).all()
    assert abs(len(times) - rate * horizon) <= 6 * np.sqrt(rate * horizon) + 6


def test_the_unit_of_time_does_not_matter():
    assert_allclose(poisson_process(2 / 60, 300.0, rng=3), 60 * poisson_process(2.0, 5.0, rng=3), rtol=1e-15)


def test_without_a_rate_there_are_no_events():
    assert poisson_process(0, 10).shape == (0,)


def test_a_seed_repeats_and_a_generator_goes_on():
    assert_array_equal(poisson_process(2, 5, rng=7), poisson_process(2, 5, rng=7))
    rng = np.random.default_rng(7)
    first, second = poisson_process(2, 5, rng=rng), poisson_process(2, 5, rng=rng)
    assert_array_equal(first, poisson_process(2, 5, rng=7))
    assert not np.array_equal(first, second)


def test_without_a_seed_every_draw_is_another():
    assert not np.array_equal(poisson_process(50, 5), poisson_process(50, 5))
