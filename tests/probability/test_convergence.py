from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.testing import assert_allclose, assert_array_equal

from companion.probability import settling_time, typewriter

outcomes = st.floats(0, 1, exclude_max=True)
indices = st.integers(1, 2**64 - 1)
deviations = st.floats(0.01, 5)
some_paths = hnp.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 12)), elements=st.floats(-9, 9))


def read_only(values):
    array = np.array(values)
    array.flags.writeable = False
    return array


def intervals(blocks):
    """Return the intervals of the first blocks one after another, in fractions."""
    return [(Fraction(j, 2**k), Fraction(j + 1, 2**k)) for k in range(blocks) for j in range(2**k)]


def hit(n, u):
    """Return X_n(u) in integers and fractions, for n of any size."""
    k = n.bit_length() - 1
    return int(floor(Fraction(u) * 2**k) == n - 2**k)


def last_outside(path, limit, eps):
    """Return the settling time of one path by walking back from its end."""
    for n in range(len(path), 0, -1):
        if abs(path[n - 1] - limit) >= eps:
            return n
    return 0


class TestTypewriter:
    def test_against_the_list_of_intervals(self):
        u = np.concatenate([np.arange(256) / 256, np.random.default_rng(0).random(200), [1 / 3, 1 - 2**-53, 2**-53]])
        rows = typewriter(np.arange(1, 128)[:, None], u)
        exact = [[int(low <= Fraction(v) < high) for v in u] for low, high in intervals(7)]
        assert len(exact) == 127
        assert_array_equal(rows, exact)

    def test_the_first_seven(self):
        table = typewriter(np.arange(1, 8)[:, None], [0, 0.25, 0.5, 0.75])
        expected = [[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
        assert_array_equal(table, expected)

    def test_hits_spell_the_binary_digits(self):
        # 0.3 is 0.0100110011... in binary
        n = np.flatnonzero(typewriter(np.arange(1, 1024), 0.3)) + 1
        assert [f"{m:b}" for m in n] == ["1" + "0100110011"[:k] for k in range(10)]

    def test_the_ends_of_an_interval(self):
        below = np.nextafter([0.5, 0.75], 0)
        assert_array_equal(typewriter(3, [0.5, *below]), [1, 0, 1])
        assert_array_equal(typewriter([6, 7], 0.75), [0, 1])
        assert_array_equal(typewriter([6, 7], below[1]), [1, 0])

    @pytest.mark.parametrize("k", [1, 10, 52, 53, 54, 62, 63])
    def test_the_ends_of_a_block(self, k):
        u = [0, 2**-60, 1 / 3, 0.5, 1 - 2**-53]
        for n in (2**k - 1, 2**k, 2**k + 1, 2 ** (k + 1) - 2, 2 ** (k + 1) - 1):
            assert_array_equal(typewriter(np.uint64(n), u), [hit(n, v) for v in u])

    def test_late_hits_are_found(self):
        for k in (53, 60, 63):
            n = 2**k + floor(Fraction(0.3) * 2**k)
            around = np.array([n - 1, n, n + 1], dtype=np.uint64)
            assert_array_equal(typewriter(around, 0.3), [0, 1, 0])

    @given(indices, outcomes)
    def test_against_integers(self, n, u):
        assert typewriter(np.uint64(n), u) == hit(n, u)

    @given(outcomes)
    def test_every_outcome_is_hit_once_in_every_block(self, u):
        hits = typewriter(np.arange(1, 2**10), u)
        assert_array_equal(np.add.reduceat(hits, 2 ** np.arange(10) - 1), 1)

    @pytest.mark.parametrize("n", [1, 2, 3, 4, 16, 100, 511, 512])
    def test_the_mass_is_the_length_of_the_interval(self, n):
        u = (np.arange(1024) + 0.5) / 1024
        assert typewriter(n, u).mean() == 0.5 ** floor(np.log2(n))

    def test_shapes_and_types(self):
        n, u = read_only([[1], [2], [3]]), read_only([0.1, 0.6])
        found = typewriter(n, u)
        assert found.shape == (3, 2)
        assert found.dtype == np.int64
        assert typewriter(5, 0.3) == 1
        assert np.ndim(typewriter(5, 0.3)) == 0
        assert_array_equal(typewriter(read_only(np.array([1, 2], dtype=np.int8)), [Fraction(1, 2)] * 2), [1, 0])
        assert typewriter(np.empty(0, dtype=int), 0.5).shape == (0,)
        assert typewriter(3, []).shape == (0,)
        assert_array_equal(n, [[1], [2], [3]])


class TestSettlingTime:
    def test_small_paths(self):
        paths = [[1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0], [-1, 0, -1, 0]]
        assert_array_equal(settling_time(paths, 0, 0.5), [1, 3, 4, 0, 3])

    def test_a_deviation_of_exactly_eps_is_outside(self):
        assert settling_time([0.5, 0.25, 0.125], 0, 0.25) == 2
        assert settling_time([0.5, 0.25, 0.125], 0, np.nextafter(0.25, 1)) == 1
        assert settling_time([1 - 0.5, 1 - 0.25], 1, 0.25) == 2

    @given(some_paths, st.data(), deviations)
    def test_against_walking_back(self, paths, data, eps):
        limit = data.draw(hnp.arrays(np.float64, paths.shape[0], elements=st.floats(-9, 9)))
        expected = [last_outside(path, x, eps) for path, x in zip(paths, limit, strict=True)]
        assert_array_equal(settling_time(paths, limit, eps), expected)

    @given(some_paths, deviations)
    def test_as_an_index_it_is_where_the_settled_part_begins(self, paths, eps):
        for path, t in zip(paths, settling_time(paths, 0, eps), strict=True):
            assert (np.abs(path[t:]) < eps).all()
            assert t == 0 or abs(path[t - 1]) >= eps

    @given(some_paths, deviations, deviations)
    def test_a_wider_band_is_reached_sooner(self, paths, a, b):
        narrow, wide = sorted([a, b])
        assert (settling_time(paths, 1, wide) <= settling_time(paths, 1, narrow)).all()

    def test_along_any_axis(self):
        paths = np.random.default_rng(0).normal(size=(3, 4, 50))
        limit = np.random.default_rng(1).normal(size=(3, 4))
        expected = settling_time(paths, limit, 1.5)
        assert expected.shape == (3, 4)
        assert len(set(expected.ravel())) > 5
        assert_array_equal(settling_time(np.moveaxis(paths, -1, 0), limit, 1.5, axis=0), expected)
        assert_array_equal(settling_time(np.moveaxis(paths, -1, 1), limit, 1.5, axis=-2), expected)

    def test_limits_are_broadcast(self):
        paths = np.random.default_rng(2).normal(size=(3, 4, 50))
        row = np.array([0.0, 1.0, -1.0, 2.0])
        assert_array_equal(settling_time(paths, row, 1), settling_time(paths, np.tile(row, (3, 1)), 1))

    def test_the_coin_sequence_settles_after_one_over_eps(self):
        # deviations 1/(n+1) on heads and 1/n on tails; eps is a power of 2, so that binary has the ties exactly
        n = np.arange(1, 200)
        paths = np.array([n / (n + 1), 1 / n])
        assert_array_equal(settling_time(paths, [1, 0], 1 / 64), [63, 64])

    def test_the_typewriter_never_settles(self):
        u = np.random.default_rng(3).random((100, 1))
        times = settling_time(typewriter(np.arange(1, 2**10), u), 0, 0.5)
        assert_array_equal(times, 2**9 + np.floor(2**9 * u[:, 0]))

    def test_independent_successes_by_the_closed_form(self):
        # P(no success among n..m) = (n - 1)/m for independent successes with probability 1/n
        m, repeats = 400, 20_000
        paths = np.random.default_rng(4).random((repeats, m)) < 1 / np.arange(1, m + 1)
        time = settling_time(paths, 0, 1)
        for n in (2, 20, 100, 350):
            assert_allclose((time < n).mean(), (n - 1) / m, atol=5 * 0.5 / np.sqrt(repeats))

    def test_far_off_is_outside(self):
        assert settling_time([-1.7e308, 1.7e308], 1.7e308, 1e308) == 1

    def test_no_record(self):
        assert settling_time([], 0, 1) == 0
        assert_array_equal(settling_time(np.empty((3, 0)), 0, 1), [0, 0, 0])
        assert settling_time(np.empty((0, 3)), 0, 1).shape == (0,)

    def test_input_is_left_alone(self):
        paths, limit = read_only([[1.0, 2.0], [0.0, 2.0]]), read_only([0.0, 2.0])
        assert_array_equal(settling_time(paths, limit, 0.5, axis=0), [1, 0])
        assert_array_equal(paths, [[1, 2], [0, 2]])
        assert np.ndim(settling_time(paths[0], 0, 0.5)) == 0
