from fractions import Fraction
from itertools import product
from math import comb, fsum

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.probability import (
    chebyshev_bound,
    deviation_probability,
    hoeffding_bound,
    run_probability,
    running_mean,
)

trials = st.integers(1, 400)
chances = st.floats(0, 1)
deviations = st.floats(1e-6, 1.5)
SIZES = [1, 2, 3, 5, 7, 10, 30, 100]
TENTHS = [0, 1, 2, 3, 5, 7, 9, 10]
WIDTHS = [1, 2, 3, 5, 10, 12]


def read_only(values):
    array = np.array(values)
    array.flags.writeable = False
    return array


def share_misses(n, p, eps):
    """Return P(|K/n - p| >= eps) in fractions."""
    far = (k for k in range(n + 1) if abs(Fraction(k, n) - p) >= eps)
    return float(sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in far))


def runs_counted(n, r, p):
    """Return the chance of a run by going through all 2^n outcomes, in fractions."""
    with_run = (x for x in product("01", repeat=n) if "1" * r in "".join(x))
    return sum(p ** x.count("1") * (1 - p) ** x.count("0") for x in with_run)


def run_by_markov_chain(n, r, p):
    """Return the chance of a run by the chain whose states are the length of the current run; the last one holds."""
    step = np.diag([p] * r, k=1)
    step[:r, 0] = 1 - p
    step[r, r] = 1
    return np.linalg.matrix_power(step, n)[0, r]


class TestRunningMean:
    @pytest.mark.parametrize("shape", [(1,), (50,), (3, 40), (2, 3, 17)])
    def test_is_the_cumulative_sum_over_the_count(self, shape):
        x = np.random.default_rng(0).normal(size=shape)
        for axis in range(-len(shape), len(shape)):
            counts = np.expand_dims(np.arange(1, shape[axis] + 1), tuple(range(1, len(shape) - axis % len(shape))))
            assert_allclose(running_mean(x, axis=axis), np.cumsum(x, axis=axis) / counts, rtol=1e-12, atol=1e-13)

    def test_the_last_axis_is_the_default(self):
        assert_array_equal(running_mean([[1, 3], [5, 9]]), [[1, 2], [5, 7]])
        assert_array_equal(running_mean([[1, 3], [5, 9]], axis=0), [[1, 3], [3, 6]])

    def test_a_large_constant_costs_no_digits(self):
        x = np.random.default_rng(1).integers(-8, 9, size=100_000) / 8
        exact = [fsum(x[:n]) / n for n in (1, 10, 1000, 100_000)]
        shifted = running_mean(x + 1e8)[[0, 9, 999, 99_999]] - 1e8
        assert_allclose(shifted, exact, rtol=0, atol=1.5e-8)
        assert_array_equal(running_mean(np.full(100_000, 0.1)), 0.1)

    def test_what_comes_later_changes_nothing(self):
        x = [0.1, 0.7, 0.4]
        assert_array_equal(running_mean([*x, 1e200])[:3], running_mean(x))

    def test_huge_equal_numbers_do_not_overflow(self):
        assert_array_equal(running_mean([1e308] * 5), 1e308)

    def test_nothing_has_no_means(self):
        assert running_mean([]).shape == (0,)
        assert running_mean(np.empty((2, 0))).shape == (2, 0)
        assert running_mean(np.empty((2, 0)), axis=0).shape == (2, 0)

    def test_input_is_left_alone(self):
        x = read_only([[1, 2], [3, 5]])
        assert_array_equal(running_mean(x, axis=0)[-1], [2, 3.5])
        assert_array_equal(x, [[1, 2], [3, 5]])

    @given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=60))
    def test_stays_between_the_extremes_and_ends_at_the_mean(self, x):
        mean = running_mean(x)
        assert_allclose(mean[-1], np.mean(x), rtol=1e-12, atol=1e-10)
        assert (mean >= np.minimum.accumulate(x) - 1e-9).all()
        assert (mean <= np.maximum.accumulate(x) + 1e-9).all()


class TestDeviationProbability:
    @pytest.mark.parametrize("n", SIZES)
    def test_is_exact_with_ties(self, n):
        cases = list(product(TENTHS, WIDTHS))
        p, eps = np.array(cases).T / 10
        exact = [share_misses(n, Fraction(a, 10), Fraction(b, 10)) for a, b in cases]
        assert sum(0 < value < 1 for value in exact) >= 3
        assert_allclose(deviation_probability(n, p, eps), exact, rtol=1e-13, atol=0)

    def test_a_tie_that_binary_misses_counts(self):
        assert 10 * (0.1 + 0.2) > 3
        assert_allclose(deviation_probability(10, 0.1, 0.2), 1 - stats.binom.cdf(2, 10, 0.1), rtol=1e-13)
        assert 0.3 - 0.1 < 0.2
        assert_allclose(deviation_probability(10, 0.3, 0.1), 1 - stats.binom.pmf(3, 10, 0.3), rtol=1e-13)

    def test_a_threshold_close_to_a_tie_is_none(self):
        tie, miss = deviation_probability(10, 0.5, [0.1, 0.1 + 1e-12])
        assert_allclose(tie - miss, 2 * stats.binom.pmf(6, 10, 0.5), rtol=1e-12)

    @pytest.mark.parametrize("eps", [1e-300, 1e-17, 1e-9])
    @pytest.mark.parametrize(("n", "p"), [(10, 0.5), (10, 0.3), (1000, 0.7), (100, 0.07), (100, 0.29)])
    def test_a_share_of_exactly_p_never_counts(self, n, p, eps):
        assert_allclose(deviation_probability(n, p, eps), 1 - stats.binom.pmf(round(n * p), n, p), rtol=1e-12)

    def test_far_tails_keep_their_digits(self):
        n = 10 ** np.array([4, 5, 6])
        exact = 2 * stats.binom.sf(n * 51 // 100 - 1, n, 0.5)
        assert exact.min() < 1e-80
        assert_allclose(deviation_probability(n, 0.5, 0.01), exact, rtol=1e-10)

    def test_values_of_the_page(self):
        assert_allclose(
            deviation_probability([10, 100, 1000], 0.5, 0.1), [0.75390625, 0.05688793, 2.72846e-10], rtol=1e-5
        )

    def test_nothing_deviates_where_nothing_varies(self):
        assert_array_equal(deviation_probability([1, 7, 100], [[0], [1]], 1e-9), np.zeros((2, 3)))

    def test_no_share_is_further_off_than_1(self):
        assert_array_equal(deviation_probability([1, 10, 10**6], 0.5, [0.6, 1.7e308, 2]), 0)
        assert deviation_probability(1, 0.25, 0.75) == 0.25

    def test_broadcasts_and_leaves_input_alone(self):
        n, p, eps = read_only([[5], [6]]), read_only([0.2, 0.5, 0.9]), read_only(0.1)
        all_at_once = deviation_probability(n, p, eps)
        one_by_one = [[deviation_probability(int(a), b, 0.1) for b in p] for a in n[:, 0]]
        assert all_at_once.shape == (2, 3)
        assert_array_equal(all_at_once, one_by_one)
        assert_array_equal(n, [[5], [6]])

    @given(trials, chances, deviations)
    def test_stays_below_chebyshev_and_hoeffding(self, n, p, eps):
        exact = deviation_probability(n, p, eps)
        assert 0 <= exact <= 1 + 1e-12
        assert exact <= chebyshev_bound(p * (1 - p) / n, eps) + 1e-12
        assert exact <= hoeffding_bound(n, eps, alternative="two-sided") + 1e-12

    @given(trials, st.integers(0, 64), st.integers(1, 64))
    def test_failures_deviate_like_successes(self, n, a, b):
        p, eps = a / 64, b / 64
        assert_allclose(deviation_probability(n, p, eps), deviation_probability(n, 1 - p, eps), rtol=1e-10, atol=1e-300)

    @given(trials, chances, deviations, deviations)
    def test_falls_with_eps(self, n, p, a, b):
        near, far = deviation_probability(n, p, sorted([a, b]))
        assert far <= near + 1e-13


class TestRunProbability:
    @pytest.mark.parametrize("p", [Fraction(1, 2), Fraction(1, 5), Fraction(9, 10)])
    @pytest.mark.parametrize("r", [1, 2, 3, 4, 9])
    def test_against_all_outcomes(self, r, p):
        n = np.arange(1, 11)
        exact = [float(runs_counted(int(m), r, p)) for m in n]
        assert_allclose(run_probability(n, r, p), exact, rtol=1e-13, atol=0)
        assert_array_equal(np.array(exact) > 0, n >= r)

    @pytest.mark.parametrize(("n", "r", "p"), [(50, 3, 0.2), (1000, 10, 0.5), (10_000, 10, 0.5), (777, 6, 0.7)])
    def test_against_the_markov_chain(self, n, r, p):
        assert_allclose(run_probability(n, r, p), run_by_markov_chain(n, r, p), rtol=1e-11)

    def test_ten_heads(self):
        assert run_probability(10, 10) == 2.0**-10
        assert_allclose(run_probability([1000, 10_000], 10), [0.385449752412, 0.9925838943866], rtol=1e-11)

    def test_mean_waiting_time(self):
        # E[T] is the sum of P(T > n) over n = 0, 1, ...
        for r, p in [(10, 0.5), (3, 0.3), (1, 0.1)]:
            waiting = 1 + (1 - run_probability(np.arange(1, 100_000), r, p)).sum()
            assert_allclose(waiting, (1 - p**r) / (p**r * (1 - p)), rtol=1e-9)

    def test_small_probabilities_keep_their_digits(self):
        # 20 trials hold 11 places for a run of ten, nearly exclusive at p = 1/1000
        p = Fraction(1, 1000)
        exact = p**10 + 10 * (1 - p) * p**10
        assert_allclose(run_probability(20, 10, 0.001), float(exact), rtol=1e-14)

    def test_certain_and_impossible(self):
        assert_array_equal(run_probability([1, 2, 3, 9], 3, 1.0), [0, 0, 1, 1])
        assert_array_equal(run_probability([1, 3, 9], 3, 0.0), 0)
        assert_array_equal(run_probability([1, 9], 10), 0)

    @pytest.mark.parametrize(("r", "p"), [(2, 0.99), (3, 0.99), (1, 0.9)])
    def test_rounding_does_not_push_it_above_1(self, r, p):
        assert run_probability(np.arange(1, 200), r, p).max() <= 1

    def test_shapes_and_input(self):
        n = read_only([[1, 2, 3], [40, 5, 6]])
        found = run_probability(n, 2)
        assert found.shape == (2, 3)
        assert found[1, 0] == run_probability(40, 2)
        assert run_probability(np.empty((0, 2), dtype=int), 2).shape == (0, 2)
        assert_array_equal(n, [[1, 2, 3], [40, 5, 6]])

    @given(trials, chances)
    def test_a_run_of_one_is_any_success(self, n, p):
        assert_allclose(run_probability(n, 1, p), -np.expm1(n * np.log1p(-p)) if p < 1 else 1, rtol=1e-10)

    @given(trials, st.integers(1, 12), chances)
    def test_rises_with_n_and_falls_with_r(self, n, r, p):
        chance = run_probability([n, n + 1], r, p)
        assert 0 <= chance[0] <= chance[1] + 1e-13 <= 1 + 1e-12
        assert run_probability(n, r + 1, p) <= chance[0] + 1e-13
