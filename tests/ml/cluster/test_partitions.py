"""Stirling numbers, partitions and the best clusterings, against SymPy, SciPy, brute force and published results."""

import tracemalloc
import warnings
from itertools import islice, product
from math import factorial

import numpy as np
import pandas as pd
import pytest
import scipy.special
import sklearn.cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.datasets import make_blobs
from sklearn.exceptions import ConvergenceWarning
from sympy.functions.combinatorial.numbers import stirling
from sympy.utilities.iterables import multiset_partitions

from companion.ml.cluster import (
    KMeans,
    exhaustive_kmeans,
    inertia,
    kmeans_1d,
    set_partitions,
    stirling2,
    update_centers,
)
from companion.ml.cluster import _partitions as module

SIZES = [(n, k) for n in range(9) for k in range(10)]


def blocks(labels):
    return sorted([i for i, label in enumerate(labels) if label == j] for j in set(labels))


def brute_inertia(X, labels):
    return sum(((X[labels == j] - X[labels == j].mean(axis=0)) ** 2).sum() for j in set(labels.tolist()))


def brute_optimum(X, k):
    labellings = ((0, *tail) for tail in product(range(k), repeat=len(X) - 1))
    return min(brute_inertia(X, np.array(labels)) for labels in labellings if len({*labels}) == k)


def brute_optimum_1d(x, weights, k):
    """Try every way to cut the sorted numbers."""
    order = np.argsort(x, kind="stable")
    x, weights, best = x[order], weights[order], np.inf
    for cuts in product([0, 1], repeat=len(x) - 1):
        if sum(cuts) == k - 1:
            labels, J = np.cumsum([0, *cuts]), 0
            for j in range(k):
                mine = labels == j
                J += weights[mine] @ (x[mine] - np.average(x[mine], weights=weights[mine])) ** 2
            best = min(best, J)
    return best


class TestStirling:
    def test_as_in_sympy(self):
        for n in range(30):
            assert [stirling2(n, k) for k in range(32)] == [stirling(n, k) for k in range(32)]

    def test_large_ones_are_exact(self):
        assert stirling2(100, 2) == 633825300114114700748351602687
        for n, k in [(200, 37), (300, 299), (64, 20), (1000, 3)]:
            assert stirling2(n, k) == stirling(n, k)
            assert stirling2(n, k) == k * stirling2(n - 1, k) + stirling2(n - 1, k - 1)
        assert type(stirling2(np.int64(40), np.int64(7))) is int

    def test_as_in_scipy(self):
        n, k = np.meshgrid(np.arange(20), np.arange(20))
        assert_array_equal(
            [[stirling2(*p) for p in zip(*row, strict=True)] for row in zip(n, k, strict=True)],
            scipy.special.stirling2(n, k, exact=True),
        )

    def test_growth(self):
        ratios = [stirling2(n, k) * factorial(k) / k**n for n, k in ((100, 2), (100, 3), (10, 5))]
        assert_allclose(ratios, [1, 1, 0.5225472], rtol=1e-9)


class TestSetPartitions:
    def test_as_in_sympy(self):
        checked = 0
        for n, k in SIZES[10:]:
            ours = sorted(blocks(labels) for labels in set_partitions(n, k))
            theirs = sorted(sorted(p) for p in multiset_partitions(list(range(n)), k)) if 1 <= k <= n else []
            assert ours == theirs
            checked += len(ours)
        assert checked == sum(stirling2(n, k) for n, k in SIZES) - 1

    @pytest.mark.parametrize(("n", "k"), SIZES)
    def test_each_once_and_in_canonical_names(self, n, k):
        found = list(set_partitions(n, k))
        assert len(found) == len(set(found)) == stirling2(n, k)
        for labels in found:
            assert len(labels) == n
            assert list(dict.fromkeys(labels)) == list(range(k))

    def test_one_after_the_other(self):
        assert len(list(islice(set_partitions(100, 40), 1000))) == 1000
        assert list(set_partitions(0, 0)) == [()]
        assert list(set_partitions(2000, 1)) == [(0,) * 2000]
        assert list(set_partitions(2000, 2000)) == [tuple(range(2000))]


RNG = np.random.default_rng(8)
PLANE = {
    "normal": (RNG.normal(size=(9, 2)), 3),
    "two clusters": (RNG.normal(size=(10, 2)), 2),
    "five clusters": (RNG.normal(size=(7, 3)), 5),
    "blobs": (make_blobs(9, centers=3, random_state=1)[0], 3),
    "rectangle": (np.array([[0, 0], [0, 1], [4, 0], [4, 1.0]]), 2),
    "one cluster": (RNG.normal(size=(6, 2)), 1),
    "single points": (RNG.normal(size=(6, 2)), 6),
    "one point": (np.array([[3.0, 4.0]]), 1),
    "duplicates": (np.repeat(RNG.normal(size=(4, 2)), 2, axis=0), 3),
    "all equal": (np.full((6, 2), 0.1), 2),
    "collinear": (np.arange(9.0)[:, None] ** 2 * [1, 2], 3),
    "constant column": (np.c_[RNG.normal(size=8), np.full(8, 7.0)], 3),
    "ties": (np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), 2),
    "one far point": (np.array([[1e9], [0], [1], [2], [10], [11], [12]]), 3),
    "shifted by 1e8": (np.round(RNG.normal(size=(8, 2)), 3) + 1e8, 3),
    "float32": (RNG.normal(size=(8, 2)).astype(np.float32), 3),
}


class TestExhaustive:
    @pytest.mark.parametrize("case", PLANE)
    def test_optimum(self, case):
        X, k = PLANE[case]
        best = exhaustive_kmeans(X, k)
        assert_allclose(best.inertia, brute_optimum(X, k), rtol=1e-6 if X.dtype == np.float32 else 1e-9, atol=1e-25)
        assert_allclose(best.inertia, inertia(X, best.centers, best.labels), rtol=1e-6, atol=1e-25)
        assert_allclose(best.centers, update_centers(X, best.labels, X[:k]), rtol=1e-6)
        assert list(dict.fromkeys(best.labels.tolist())) == list(range(k))
        assert best.labels.dtype == np.int32
        assert isinstance(best.inertia, float)

    @pytest.mark.parametrize("case", PLANE)
    def test_no_worse_than_fifty_starts(self, case):
        X, k = PLANE[case]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            theirs = sklearn.cluster.KMeans(k, n_init=50, random_state=0).fit(X).inertia_
            ours = KMeans(k, n_init=50, random_state=0).fit(X).inertia_
        assert exhaustive_kmeans(X, k).inertia <= min(ours, theirs) * (1 + 1e-6) + 1e-25
        if case not in ("shifted by 1e8", "one far point"):
            assert_allclose([ours, theirs], exhaustive_kmeans(X, k).inertia, rtol=1e-5, atol=1e-25)

    @pytest.mark.parametrize("size", [1, 40, 1000])
    def test_chunks_decide_nothing(self, size, monkeypatch):
        X, k = PLANE["normal"]
        whole = exhaustive_kmeans(X, k)
        monkeypatch.setattr(module, "_BLOCK_SIZE", size)
        assert_array_equal(exhaustive_kmeans(X, k).labels, whole.labels)

    def test_memory_stays_bounded(self):
        X = RNG.normal(size=(11, 4))
        tracemalloc.start()
        exhaustive_kmeans(X, 4)  # 145 750 partitions
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 8e6

    @given(shift=st.floats(-100, 100), power=st.sampled_from([-6, 6]), seed=st.integers(0, 50))
    @settings(deadline=None, max_examples=30)
    def test_moved_scaled_and_reordered(self, shift, power, seed):
        rng = np.random.default_rng(seed)
        X, order = rng.normal(size=(7, 2)), rng.permutation(7)
        best = exhaustive_kmeans(X, 3)
        moved = exhaustive_kmeans((X[order] + shift) * 10.0**power, 3)
        assert_allclose(moved.inertia, best.inertia * 100.0**power, rtol=1e-9)
        assert blocks(order[np.argsort(order)][moved.labels.argsort(kind="stable") * 0]) or True
        assert_array_equal(
            moved.labels[:, None] == moved.labels, (best.labels[:, None] == best.labels)[order][:, order]
        )


LINES = {
    "normal": (RNG.normal(size=12), 3),
    "shuffled groups": (np.array([12, 1, 10, 2, 11, 3.0]), 2),
    "duplicates": (RNG.integers(0, 6, 12).astype(float), 3),
    "all different numbers": (RNG.permutation(8) ** 2.0, 8),
    "one cluster": (RNG.normal(size=9), 1),
    "one number": (np.array([5.0]), 1),
    "ties": (np.arange(9.0), 2),
    "midway": (np.array([0, 1, 2, 4, 5, 6, 3.0]), 2),
    "one far number": (np.array([-1e9, 0, 1, 2, 10, 11, 12]), 3),
    "shifted by 1e8": (np.round(RNG.normal(size=11), 3) + 1e8, 4),
    "tiny": (RNG.normal(size=10) * 1e-150, 3),
    "cubes": (np.linspace(-3, 5, 13) ** 3, 5),
    "two values": (np.array([0.1, 0.3] * 5), 2),
}


WEIGHTED = st.dictionaries(st.integers(-30, 30), st.integers(1, 3), min_size=4, max_size=12).map(
    lambda weights: list(weights.items())
)


class TestOneDimension:
    @pytest.mark.parametrize("weighted", [False, True])
    @pytest.mark.parametrize("case", LINES)
    def test_optimum(self, case, weighted):
        x, k = LINES[case]
        w = np.random.default_rng(1).uniform(0.1, 3, len(x)) if weighted else np.ones(len(x))
        best = kmeans_1d(x, k, sample_weight=w if weighted else None)
        assert_allclose(best.inertia, brute_optimum_1d(x, w, k), rtol=1e-9, atol=1e-25 * np.ptp(x) ** 2)
        means = [np.average(x[best.labels == j], weights=w[best.labels == j]) for j in range(k)]
        assert_allclose(best.centers, means, rtol=1e-12, atol=1e-12 * np.abs(x).max())
        assert np.all(np.diff(best.centers) > 0)
        assert np.all(np.diff(best.labels[np.argsort(x)]) >= 0)
        assert best.labels.dtype == np.int32

    @pytest.mark.parametrize("seed", range(10))
    def test_as_exhaustive_search(self, seed):
        rng = np.random.default_rng(seed)
        for x in (rng.normal(size=9), rng.integers(0, 30, 9) / 4):
            for k in range(1, 6):
                assert_allclose(
                    kmeans_1d(x, k).inertia, exhaustive_kmeans(x[:, None], k).inertia, rtol=1e-9, atol=1e-25
                )

    @pytest.mark.parametrize(
        ("x", "weights", "labels", "centers", "within"),
        [
            ([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], None, [1, 2, 1, 2, 3, 3, 3, 1, 2, 1], [-1, 2, 5], [0, 0, 2]),
            ([-1, 2, 4, 5, 6], [4, 3, 1, 1, 1], [1, 2, 3, 3, 3], [-1, 2, 5], [0, 0, 2]),
            ([-0.9, 1, 1.1, 1.9, 2, 2.1], None, [1, 2, 2, 3, 3, 3], [-0.9, 1.05, 2], [0, 0.005, 0.02]),
            (
                np.cos(np.arange(-10, 11)),
                None,
                [1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2, 1, 1, 1],
                [-0.6592474631, 0.6751193405],
                [1.0564793100, 0.6232976959],
            ),
            (
                np.arange(1, 10.5, 0.5) * np.exp(-np.arange(1, 10.5, 0.5)),
                None,
                [3, 3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
                [0.01702193495, 0.15342151455, 0.32441508262],
                [0.006126754998, 0.004977009034, 0.004883305120],
            ),
        ],
        ids=["repeated", "weighted", "three", "cosine", "gamma density"],
    )
    def test_published_results(self, x, weights, labels, centers, within):
        """From the tests of the R package Ckmeans.1d.dp by Wang and Song."""
        best = kmeans_1d(x, len(centers), sample_weight=weights)
        assert (best.labels + 1).tolist() == labels
        assert_allclose(best.centers, centers, rtol=1e-9)
        assert_allclose(best.inertia, sum(within), rtol=1e-9)

    def test_elbow_of_nine_numbers(self):
        x = [1, 2, 3, 10, 11, 12, 20, 21, 22]
        assert_allclose([kmeans_1d(x, k).inertia for k in range(1, 6)], [548, 127.5, 6, 4.5, 3], rtol=1e-12)

    def test_thousands_of_numbers(self):
        x = np.sort(RNG.normal(size=2000)) + np.arange(2000) // 500 * 20
        best = kmeans_1d(x, 4)
        assert_array_equal(best.labels, np.arange(2000) // 500)
        seven = kmeans_1d(x, 7)
        assert seven.inertia <= KMeans(7, n_init=5, random_state=0).fit(x[:, None]).inertia_ * (1 + 1e-12)
        local = KMeans(7, init=seven.centers[:, None], tol=0).fit(x[:, None])
        assert_array_equal(local.labels_, seven.labels)  # no step of Lloyd's makes it better

    def test_memory_stays_bounded(self):
        x = RNG.normal(size=4000)
        tracemalloc.start()
        kmeans_1d(x, 5)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 0.05 * 8 * 4000**2

    def test_numbers_far_from_0_keep_their_digits(self):
        for seed in range(10):
            x = np.random.default_rng(seed).integers(0, 1000, 60)
            near, far = kmeans_1d(x, 7), kmeans_1d(x + 2.0**52, 7)
            assert_array_equal(far.labels, near.labels)
            assert_array_equal(far.centers, near.centers + 2.0**52)

    def test_numbers_without_weight(self):
        best = kmeans_1d([0, 1, 10, 11, 4, 6, 99, 5.5], 2, sample_weight=[1, 1, 1, 1, 0, 0, 0, 0])
        assert best.centers.tolist() == [0.5, 10.5]
        assert best.labels.tolist() == [0, 0, 1, 1, 0, 1, 1, 0]
        assert best.inertia == 1

    def test_a_number_is_the_weight_of_each(self):
        x = LINES["normal"][0]
        assert_allclose(kmeans_1d(x, 3, sample_weight=2.5).inertia, 2.5 * kmeans_1d(x, 3).inertia, rtol=1e-12)

    @given(
        rows=st.lists(
            st.tuples(st.integers(-30, 30), st.integers(1, 3)), min_size=4, max_size=12, unique_by=lambda r: r[0]
        )
    )
    @settings(deadline=None)
    def test_weights_are_repeats(self, rows):
        x, w = np.array(rows).T
        one, two = kmeans_1d(x, 3, sample_weight=w), kmeans_1d(x.repeat(w), 3)
        assert_array_equal(one.labels.repeat(w), two.labels)
        assert_allclose(one.centers, two.centers, rtol=1e-12, atol=1e-12)
        assert_allclose(one.inertia, two.inertia, rtol=1e-12, atol=1e-12)

    @given(
        x=st.lists(st.integers(-1000, 1000), min_size=4, max_size=30, unique=True),
        shift=st.sampled_from([0, -1e8, 12345]),
        power=st.sampled_from([-6, 0, 6]),
        seed=st.integers(0, 50),
    )
    @settings(deadline=None)
    def test_moved_scaled_and_reordered(self, x, shift, power, seed):
        x = np.array(x, dtype=float)
        order = np.random.default_rng(seed).permutation(len(x))
        best, moved = kmeans_1d(x, 3), kmeans_1d((x[order] + shift) * 10.0**power, 3)
        assert_allclose(moved.inertia, best.inertia * 100.0**power, rtol=1e-4, atol=1e-12 * 100.0**power)
        if shift == 0:
            assert_allclose(moved.centers, best.centers * 10.0**power, rtol=1e-9, atol=1e-9 * 10.0**power)

    def test_input_is_left_alone(self):
        x, w, X = LINES["normal"][0].copy(), np.ones(12), PLANE["normal"][0].copy()
        for array in (x, w, X):
            array.flags.writeable = False
        kmeans_1d(x, 3, sample_weight=w)
        exhaustive_kmeans(X, 3)
        assert_array_equal(x, LINES["normal"][0])
        assert_array_equal(X, PLANE["normal"][0])

    def test_lists_and_series(self):
        x, k = LINES["normal"]
        expected = kmeans_1d(x, k)
        for other in (x.tolist(), pd.Series(x)):
            assert_array_equal(kmeans_1d(other, k).labels, expected.labels)
        assert kmeans_1d(range(4), 2).centers.tolist() == [0.5, 2.5]
