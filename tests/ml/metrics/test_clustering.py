"""Measures of clusterings against scikit-learn, against their definitions, and on the worked numbers of 1.3.1."""

import tracemalloc
import warnings
from fractions import Fraction
from inspect import signature
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist, pdist, squareform
from sklearn import metrics as sk
from sklearn.datasets import load_digits, load_iris, make_blobs, make_circles, make_moons
from sklearn.metrics import cluster as skc

from companion.ml.cluster import KMeans, inertia, update_centers
from companion.ml.metrics import _clustering as module
from companion.ml.metrics import (
    adjusted_rand_score,
    between_cluster_sum_of_squares,
    calinski_harabasz_score,
    contingency_matrix,
    davies_bouldin_score,
    dunn_index,
    pair_confusion_matrix,
    rand_score,
    silhouette_samples,
    silhouette_score,
)

RNG = np.random.default_rng(5)
LINE = np.linspace(-3, 5, 40)[:, None] ** 3
BLOBS = make_blobs(300, centers=4, cluster_std=1.5, random_state=0)
GRID = np.array([(i, j) for i in range(6) for j in range(6)], dtype=float)

SETS = {
    "blobs": BLOBS,
    "random labels": (BLOBS[0], RNG.integers(0, 7, 300)),
    "moons": make_moons(200, noise=0.05, random_state=42),
    "digits": (load_digits().data[:400], load_digits().target[:400]),
    "twenty-one features": (RNG.normal(size=(90, 21)), RNG.integers(0, 3, 90)),
    "single points": (BLOBS[0][:30], np.r_[np.zeros(10), np.ones(15), 2, 3, 4, 5, 6].astype(int)),
    "all but one alone": (BLOBS[0][:8], [0, 0, 1, 2, 3, 4, 5, 6]),
    "duplicates": (np.repeat(BLOBS[0][:40], 4, axis=0), np.repeat(BLOBS[1][:40], 4)),
    "duplicates apart": (np.repeat(BLOBS[0][:20], 2, axis=0), np.arange(40) % 2),
    "collinear": (np.hstack([LINE, 2 * LINE, -LINE]), np.arange(40) // 15),
    "constant column": (np.c_[BLOBS[0], np.full(300, 7.0)], BLOBS[1]),
    "ties": (GRID, (GRID[:, 0] > 2) + 2 * (GRID[:, 1] > 2)),
    "one feature": (LINE, np.arange(40) % 3),
    "three points": ([[0], [1], [5]], [0, 0, 1]),
    "texts": (BLOBS[0], np.array(["red", "green", "blue", "a"])[BLOBS[1]]),
    "truth values": (BLOBS[0], BLOBS[1] > 1),
    "noise": (BLOBS[0], np.where(BLOBS[1] == 2, -1, BLOBS[1])),
    "one far point": (np.vstack([BLOBS[0], [[1e4, 0]]]), np.r_[BLOBS[1], 1]),
    "a cluster in one place": (np.vstack([BLOBS[0], np.full((5, 2), 20.0)]), np.r_[BLOBS[1], [9] * 5]),
    "Fortran order": (np.asfortranarray(BLOBS[0]), BLOBS[1]),
    "float32": (BLOBS[0].astype(np.float32), BLOBS[1].astype(float)),
}
ALL = pytest.mark.parametrize("data", SETS.values(), ids=SETS)


def brute_silhouette(D, labels):
    s = []
    for i, label in enumerate(labels):
        own = [D[i, j] for j in range(len(D)) if labels[j] == label and j != i]
        others = [D[i, labels == other].mean() for other in set(labels) - {label}]
        a, b = np.mean(own) if own else 0, min(others)
        s.append((b - a) / max(a, b) if own and max(a, b) > 0 else 0)
    return s


def brute_dunn(D, labels):
    same = labels[:, None] == labels
    return D[~same].min() / D[same].max()


class TestSilhouette:
    @ALL
    def test_as_in_scikit_learn(self, data):
        # scikit-learn takes distances as a difference of large numbers, which leaves half of the digits near 0.
        ours = silhouette_samples(*data)
        assert_allclose(ours, sk.silhouette_samples(*data), rtol=1e-6, atol=2e-7)
        assert_allclose(silhouette_score(*data), sk.silhouette_score(*data), rtol=1e-6, atol=2e-7)
        assert ours.dtype == float

    @ALL
    def test_definition(self, data):
        X, labels = np.asarray(data[0], dtype=float), np.asarray(data[1])
        D = cdist(X, X)
        assert_allclose(silhouette_samples(X, labels), brute_silhouette(D, labels), rtol=1e-9, atol=1e-12)
        for ours in (silhouette_samples, sk.silhouette_samples):
            assert_allclose(ours(D, labels, metric="precomputed"), brute_silhouette(D, labels), rtol=1e-9, atol=1e-12)

    @pytest.mark.parametrize(
        ("metric", "kwds"),
        [
            ("manhattan", {}),
            ("cosine", {}),
            ("chebyshev", {}),
            ("minkowski", {"p": 3}),
            ("seuclidean", {}),
            ("sqeuclidean", {}),
            ("l2", {}),
            ("euclidean", {"squared": True}),
            (lambda x, y: abs(x[0] - y[0]), {}),
        ],
        ids=lambda x: getattr(x, "__name__", str(x)),
    )
    def test_other_distances(self, metric, kwds):
        X, labels = BLOBS
        ours, theirs = (f(X, labels, metric=metric, **kwds) for f in (silhouette_samples, sk.silhouette_samples))
        assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
        ours, theirs = (f(X, labels, metric=metric, **kwds) for f in (silhouette_score, sk.silhouette_score))
        assert_allclose(ours, theirs, rtol=1e-9)

    @pytest.mark.parametrize("metric", ["euclidean", "precomputed"])
    @pytest.mark.parametrize("size", [20, 299, 300, 1000])
    def test_a_seed_draws_the_sample_of_scikit_learn(self, metric, size):
        X, labels = SETS["texts"]
        X = cdist(X, X) if metric == "precomputed" else X
        for seed in range(5):
            options = {"metric": metric, "sample_size": size, "random_state": seed}
            assert_allclose(
                silhouette_score(X, labels, **options), sk.silhouette_score(X, labels, **options), rtol=1e-9
            )

    def test_random_state_is_used_up(self):
        ours, theirs = np.random.RandomState(1), np.random.RandomState(1)
        a = [silhouette_score(*BLOBS, sample_size=50, random_state=ours) for _ in range(3)]
        b = [sk.silhouette_score(*BLOBS, sample_size=50, random_state=theirs) for _ in range(3)]
        assert_allclose(a, b, rtol=1e-9)
        assert len(set(a)) == 3

    def test_distances_need_not_be_symmetric(self):
        D = RNG.uniform(1, 2, (30, 30))
        np.fill_diagonal(D, 0)
        labels = np.arange(30) % 4
        ours, theirs = (f(D, labels, metric="precomputed") for f in (silhouette_samples, sk.silhouette_samples))
        assert_allclose(ours, theirs, rtol=1e-12)

    def test_equal_points_everywhere_score_0(self):
        for d in (2, 30):
            assert silhouette_samples(np.full((6, d), 0.1), [0, 0, 0, 1, 1, 1]).tolist() == [0] * 6

    def test_wide_points_nearly_equal_keep_their_digits(self):
        near = np.array([0, 1, 3, 1000, 1001, 1003])[:, None] * np.eye(30)[0] * 1e-9
        X = np.vstack([near, np.ones(30)]) + 1
        labels = [0, 0, 0, 1, 1, 1, 2]
        assert_allclose(silhouette_samples(X, labels), brute_silhouette(cdist(X, X), np.array(labels)), rtol=1e-9)
        assert_allclose(dunn_index(X[:6], labels[:6]), brute_dunn(cdist(X, X)[:6, :6], np.array(labels[:6])), rtol=1e-9)

    @pytest.mark.parametrize("d", [3, 30])
    def test_far_from_the_origin(self, d):
        X, labels = np.random.default_rng(d).integers(0, 50, (80, d)), np.arange(80) % 3
        for measure in (silhouette_samples, dunn_index):
            assert_allclose(measure(X + 2.0**40, labels), measure(X, labels), rtol=1e-9, atol=1e-12)

    def test_arguments_are_those_of_scikit_learn(self):
        for ours, theirs in [
            (silhouette_samples, sk.silhouette_samples),
            (silhouette_score, sk.silhouette_score),
            (davies_bouldin_score, sk.davies_bouldin_score),
            (calinski_harabasz_score, sk.calinski_harabasz_score),
            (rand_score, sk.rand_score),
            (adjusted_rand_score, sk.adjusted_rand_score),
            (pair_confusion_matrix, skc.pair_confusion_matrix),
        ]:
            a, b = (signature(f).parameters.values() for f in (ours, theirs))
            assert [(p.name, p.kind, p.default) for p in a] == [(p.name, p.kind, p.default) for p in b]


class TestDunn:
    @ALL
    def test_definition(self, data):
        X, labels = np.asarray(data[0], dtype=float), np.asarray(data[1])
        D = cdist(X, X)
        assert_allclose(dunn_index(X, labels), brute_dunn(D, labels), rtol=1e-12)
        assert_allclose(dunn_index(D, labels, metric="precomputed"), brute_dunn(D, labels), rtol=1e-12)

    @pytest.mark.parametrize("metric", ["cityblock", "chebyshev", "cosine"])
    def test_other_distances(self, metric):
        X, labels = BLOBS
        assert_allclose(dunn_index(X, labels, metric=metric), brute_dunn(cdist(X, X, metric), labels), atol=1e-15)

    def test_one_feature(self):
        rows = np.random.default_rng(0).integers(0, 1000, 60) / 8
        labels = np.digitize(rows, [40, 80])
        parts = [rows[labels == j] for j in range(3)]
        gaps = [abs(a[:, None] - b).min() for a, b in combinations(parts, 2)]
        assert dunn_index(rows[:, None], labels) == min(gaps) / max(np.ptp(part) for part in parts)


class TestVariances:
    @ALL
    def test_as_in_scikit_learn(self, data):
        assert_allclose(davies_bouldin_score(*data), sk.davies_bouldin_score(*data), rtol=1e-6)
        assert_allclose(calinski_harabasz_score(*data), sk.calinski_harabasz_score(*data), rtol=1e-6, atol=1e-20)

    @ALL
    def test_total_is_within_and_between(self, data):
        X, codes = np.asarray(data[0], dtype=float), np.unique(data[1], return_inverse=True)[1]
        means = update_centers(X, codes, X[: codes.max() + 1])
        total = ((X - X.mean(axis=0)) ** 2).sum()
        within, between = inertia(X, means, codes), between_cluster_sum_of_squares(X, data[1])
        assert_allclose(within + between, total, rtol=1e-9)
        n, k = len(X), len(means)
        assert_allclose(calinski_harabasz_score(X, data[1]), between / (k - 1) / (within / (n - k)), rtol=1e-9)

    def test_between_at_the_ends(self):
        X = BLOBS[0]
        assert between_cluster_sum_of_squares(X, np.zeros(300)) == 0
        total = ((X - X.mean(axis=0)) ** 2).sum()
        assert_allclose(between_cluster_sum_of_squares(X, np.arange(300)), total, rtol=1e-12)
        assert between_cluster_sum_of_squares([[3.0, 4.0]], ["a"]) == 0

    def test_clusters_of_one_place_each(self):
        X = np.repeat([[0.1, 0.7], [0.3, 0.3], [1e8, 0.2]], 3, axis=0)
        labels = np.arange(9) // 3
        assert calinski_harabasz_score(X, labels) == 1
        assert davies_bouldin_score(X, labels) == 0

    def test_equal_means_are_left_out(self):
        circles = make_circles(200, factor=0.5, random_state=0)
        assert davies_bouldin_score(*circles) == sk.davies_bouldin_score(*circles) == 0
        X = [[-1, 0], [1, 0], [0, -2], [0, 2], [9, 0], [11, 0]]
        labels = [0, 0, 1, 1, 2, 2]
        # Clusters 0 and 1 have the mean 0; 2 has 10: the quotients are 2/10, 3/10 and 3/10.
        assert_allclose(davies_bouldin_score(X, labels), 0.8 / 3, rtol=1e-15)
        assert_allclose(sk.davies_bouldin_score(X, labels), 0.8 / 3, rtol=1e-15)

    @pytest.mark.parametrize("far", [1e6, 1e10, 1e13])
    def test_neighbours_beside_a_far_cluster_are_not_left_out(self, far):
        X, labels = np.array([[0], [1], [10], [11], [far], [far + 1]]), [0, 0, 1, 1, 2, 2]
        for order in ([0, 1, 2, 3, 4, 5], [4, 5, 0, 1, 2, 3]):
            # Clusters 0 and 1 are the nearest to each other, and 1 is to 2.
            assert_allclose(davies_bouldin_score(X[order], labels), (0.1 + 0.1 + 1 / (far - 10)) / 3, rtol=1e-6)
            assert_allclose(sk.davies_bouldin_score(X[order], labels), (0.1 + 0.1 + 1 / (far - 10)) / 3, rtol=1e-6)

    def test_equal_means_beside_a_far_cluster_are_left_out(self):
        X = np.array([[0.1], [0.3], [-1], [1], [2], [-2], [-5], [5]]) + np.repeat([0, 2.0**34], [2, 6])[:, None]
        labels = np.repeat([0, 1, 2, 3], 2)
        assert 0 < davies_bouldin_score(X, labels) < 1e-8

    def test_means_that_nearly_coincide_are_not_left_out(self):
        X, labels = [[-1, 0], [1, 0], [0, -1], [0, 1.001]], [0, 0, 1, 1]
        assert_allclose(davies_bouldin_score(X, labels), 2.0005 / 0.0005, rtol=1e-9)

    def test_the_scale_decides_nothing(self):
        X, labels = BLOBS
        for scale in (1e-12, 1e12):
            assert_allclose(davies_bouldin_score(X * scale, labels), davies_bouldin_score(X, labels), rtol=1e-9)
            assert_allclose(calinski_harabasz_score(X * scale, labels), calinski_harabasz_score(X, labels), rtol=1e-9)

    def test_many_clusters_take_several_blocks(self, monkeypatch):
        X, labels = BLOBS[0], np.r_[np.arange(290), np.arange(10)]
        expected = sk.davies_bouldin_score(X, labels)
        monkeypatch.setattr(module, "_LEAST_ROWS", 7)
        monkeypatch.setattr(module, "_BLOCK_SIZE", 100)
        assert_allclose(davies_bouldin_score(X, labels), expected, rtol=1e-6)


class TestBlocks:
    @pytest.mark.parametrize("height", [1, 7, 64, 299, 300, 301])
    @pytest.mark.parametrize("name", ["random labels", "digits"])
    @pytest.mark.parametrize("metric", ["euclidean", "precomputed", "manhattan"])
    def test_the_size_of_a_block_decides_nothing(self, height, name, metric, monkeypatch):
        X, labels = SETS[name]
        X = cdist(X, X) if metric == "precomputed" else X
        whole = silhouette_samples(X, labels, metric=metric), dunn_index(X, labels, metric=metric)
        monkeypatch.setattr(module, "_LEAST_ROWS", height)
        monkeypatch.setattr(module, "_BLOCK_SIZE", 1)
        assert_allclose(silhouette_samples(X, labels, metric=metric), whole[0], rtol=1e-9, atol=1e-12)
        assert_allclose(dunn_index(X, labels, metric=metric), whole[1], rtol=1e-9)

    @pytest.mark.parametrize("metric", ["euclidean", "chebyshev"])
    @pytest.mark.parametrize("d", [2, 25])
    def test_memory_stays_bounded(self, metric, d):
        X, labels = np.random.default_rng(0).normal(size=(6000, d)), np.arange(6000) % 3
        silhouette_samples(X[:100], labels[:100], metric=metric)
        for measure in (silhouette_samples, dunn_index):
            tracemalloc.start()
            measure(X, labels, metric=metric)
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert peak < 0.1 * 8 * 6000**2

    def test_two_clusterings_of_single_points_need_no_square_table(self):
        tracemalloc.start()
        score = adjusted_rand_score(np.arange(20_000), np.arange(20_000)[::-1])
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert score == 1
        assert peak < 2e7


PAIRS = {
    "equal": ([0, 0, 1, 1], [0, 0, 1, 1]),
    "renamed": ([0, 0, 1, 1], ["b", "b", "a", "a"]),
    "half": ([0, 0, 1, 2], [0, 0, 1, 1]),
    "crossed": ([0, 0, 1, 1], [0, 1, 0, 1]),
    "one against one": ([0] * 5, [3] * 5),
    "one against single points": ([0] * 5, np.arange(5)),
    "single points": (np.arange(5), np.arange(5)[::-1]),
    "one point": ([4], ["x"]),
    "two points": ([0, 1], [0, 0]),
    "random": (RNG.integers(0, 4, 500), RNG.integers(0, 9, 500)),
    "noisy": (BLOBS[1], np.where(RNG.uniform(size=300) < 0.2, RNG.integers(0, 4, 300), BLOBS[1])),
    "truth values and numbers": (RNG.uniform(size=60) < 0.5, RNG.integers(-3, 3, 60)),
    "wine": ([1, 1, 1, 2, 2, 3], [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]),
}
ALL_PAIRS = pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)


class TestAgreement:
    @ALL_PAIRS
    def test_as_in_scikit_learn(self, pair):
        assert_allclose(rand_score(*pair), sk.rand_score(*pair), rtol=1e-14)
        assert_allclose(adjusted_rand_score(*pair), sk.adjusted_rand_score(*pair), rtol=1e-12, atol=1e-16)
        assert_array_equal(contingency_matrix(*pair), skc.contingency_matrix(*pair))
        assert_array_equal(pair_confusion_matrix(*pair), skc.pair_confusion_matrix(*pair))
        assert contingency_matrix(*pair).dtype == np.int64

    @ALL_PAIRS
    def test_pairs_are_counted(self, pair):
        counts = np.zeros((2, 2), dtype=int)
        for i, j in permutations(range(len(pair[0])), 2):
            counts[tuple(int(y[i] == y[j]) for y in pair)] += 1
        assert_array_equal(pair_confusion_matrix(*pair), counts)

    def test_expectation_under_shuffles_is_0(self):
        true, pred = np.array([0, 0, 0, 1, 1, 2]), [0, 0, 1, 1, 1, 1]
        scores = [adjusted_rand_score(true[list(order)], pred) for order in permutations(range(6))]
        assert len(scores) == 720
        assert abs(np.mean(scores)) < 1e-14
        assert np.mean([rand_score(true[list(order)], pred) for order in permutations(range(6))]) > 0.4

    def test_by_hand(self):
        # Six pairs are together in the first, three in the second, and (0, 1) and (4, 5) in both.
        true, pred = [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]
        assert pair_confusion_matrix(true, pred).tolist() == [[16, 2], [8, 4]]
        assert_allclose(rand_score(true, pred), 2 / 3, rtol=1e-15)
        expected = Fraction(6 * 3, 15)
        assert_allclose(adjusted_rand_score(true, pred), float((2 - expected) / (Fraction(6 + 3, 2) - expected)))

    def test_least_value_is_minus_a_half(self):
        assert adjusted_rand_score([0, 0, 1, 1], [0, 1, 0, 1]) == -0.5

    def test_counts_beyond_2_to_the_31(self):
        true, pred = np.arange(200_000) % 2, np.arange(200_000) // 100_000
        assert pair_confusion_matrix(true, pred).sum() == 200_000 * 199_999
        assert_allclose(rand_score(true, pred), sk.rand_score(true, pred), rtol=1e-14)
        assert_allclose(adjusted_rand_score(true, pred), sk.adjusted_rand_score(true, pred), rtol=1e-9)

    def test_many_clusters_bring_no_warning(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            rand_score(np.arange(50), np.arange(50))
            silhouette_samples(RNG.normal(size=(50, 2)), np.r_[0, np.arange(49)])


class TestNotes:
    """The worked numbers of 1.3.1.1, 1.3.1.2, 1.3.1.5 and 1.3.1.6."""

    def test_sums_of_squares(self):
        X = make_blobs(300, centers=4, cluster_std=0.6, random_state=0)[0]
        labels = KMeans(4, n_init=10, random_state=0).fit_predict(X)
        assert_allclose(between_cluster_sum_of_squares(X, labels), 2600.131599, atol=6e-7)
        six = np.array([1, 2, 3, 10, 11, 12.0])[:, None], [0, 0, 0, 1, 1, 1]
        assert between_cluster_sum_of_squares(*six) == 121.5
        rng = np.random.default_rng(0)
        X, labels = rng.normal(size=(30, 2)), rng.integers(0, 3, 30)
        assert between_cluster_sum_of_squares(X, labels) < ((X - X.mean(axis=0)) ** 2).sum()

    def test_adjusted_rand_of_the_four_failures(self):
        for X, truth, expected in [
            (*make_blobs(1500, cluster_std=[0.5, 2.5, 0.5], random_state=170), 0.826477),
            (*make_moons(1500, noise=0.05, random_state=42), 0.250835),
        ]:
            labels = KMeans(len(set(truth)), n_init=10, tol=0, random_state=170).fit_predict(X)
            assert_allclose(adjusted_rand_score(truth, labels), expected, atol=6e-7)

    def test_dunn(self):
        X, labels = make_blobs(100, centers=3, cluster_std=0.5, random_state=42)
        assert_allclose(dunn_index(X, labels), 3.50312984, atol=6e-9)
        assert dunn_index([[0], [1], [4], [5], [6]], [0, 0, 1, 1, 1]) == 1.5

    def test_one_point_wrecks_the_dunn_index_but_not_the_silhouette(self):
        X, labels = make_blobs(200, centers=[[0, 0], [10, 0]], random_state=0)
        found = [(dunn_index(X, labels), silhouette_score(X, labels))]
        for point in ([5, 0], [0, 40]):
            data = np.vstack([X, [point]]), np.r_[labels, 0]
            found.append((dunn_index(*data), silhouette_score(*data)))
        assert_allclose(found, [(0.915, 0.821), (0.319, 0.815), (0.118, 0.801)], atol=6e-4)

    def test_moons(self):
        X, truth = make_moons(300, noise=0.05, random_state=0)
        labels = KMeans(2, n_init=10, random_state=0).fit_predict(X)
        assert_allclose([dunn_index(X, labels), dunn_index(X, truth)], [0.0138, 0.1448], atol=6e-5)

    def test_silhouettes_by_hand(self):
        s = [Fraction(4, 5), Fraction(3, 4), Fraction(4, 7), Fraction(7, 9), Fraction(8, 11)]
        assert_allclose(silhouette_samples([[0], [1], [4], [5], [6]], [0, 0, 1, 1, 1]), [float(v) for v in s])
        assert silhouette_samples([[0], [1], [3], [5], [6]], [0, 0, 0, 1, 1])[2] == 0
        assert_allclose(silhouette_samples([[0], [1], [5], [5.5], [6]], [0, 0, 0, 1, 1])[2], -5 / 6, rtol=1e-15)
        assert silhouette_samples([[0], [1], [5]], [0, 0, 1]).tolist() == [0.8, 0.75, 0]

    def test_silhouettes_of_the_pictures(self):
        X, labels = make_blobs(50, centers=2, cluster_std=0.6, random_state=42)
        assert_allclose(silhouette_samples(X, labels)[15], 0.9274631128, atol=6e-11)
        blobs = make_blobs(200, centers=2, cluster_std=0.5, random_state=42)
        X, moons = make_moons(200, noise=0.05, random_state=42)
        cut = KMeans(2, n_init=10, random_state=0).fit_predict(X)
        found = [silhouette_score(*blobs), silhouette_score(X, moons), silhouette_score(X, cut)]
        assert_allclose(found, [0.9161072248, 0.322443297, 0.4831877244], atol=6e-11)

    def test_fishers_irises(self):
        # The values found in many texts: with the species as labels, and with two clusters of k-means.
        X, species = load_iris(return_X_y=True)
        assert_allclose(silhouette_score(X, species), 0.503, atol=6e-4)
        assert_allclose(silhouette_score(X, KMeans(2, random_state=0).fit_predict(X)), 0.681, atol=6e-4)


ROWS = st.lists(st.tuples(st.integers(-20, 20), st.integers(-20, 20), st.integers(0, 3)), min_size=4, max_size=25)
MEASURES = [silhouette_score, dunn_index, davies_bouldin_score, calinski_harabasz_score]


def points_and_labels(rows):
    X, labels = np.array(rows, dtype=float)[:, :2], np.array(rows)[:, 2]
    k = len(set(labels))
    assume(2 <= k < len(labels))
    assume(max(pdist(X[labels == j]).max(initial=0) for j in set(labels)) > 0)
    means = np.array([X[labels == j].mean(axis=0) for j in set(labels)])
    assume(pdist(means).min() > 1e-3)  # near 0 scikit-learn's rule for Davies and Bouldin makes a jump
    return X, labels


class TestProperties:
    @given(rows=ROWS, seed=st.integers(0, 100))
    @settings(deadline=None)
    def test_order_of_rows_and_names_of_clusters(self, rows, seed):
        X, labels = points_and_labels(rows)
        order = np.random.default_rng(seed).permutation(len(X))
        names = np.array(["d", "c", "b", "a"])[labels]
        for measure in MEASURES:
            assert_allclose(measure(X[order], names[order]), measure(X, labels), rtol=1e-9, atol=1e-12)
        assert_allclose(silhouette_samples(X, labels)[order], silhouette_samples(X[order], names[order]), atol=1e-12)

    @given(rows=ROWS, power=st.sampled_from([-6, 6]))
    @settings(deadline=None)
    def test_scaled_and_shifted(self, rows, power):
        X, labels = points_and_labels(rows)
        for measure in MEASURES:
            expected = measure(X, labels)
            assert_allclose(measure(X * 10.0**power, labels), expected, rtol=1e-9, atol=1e-12)
            assert_allclose(measure(X + 1e8, labels), expected, rtol=1e-6, atol=1e-12)

    @given(rows=ROWS)
    @settings(deadline=None)
    def test_bounds_and_scikit_learn(self, rows):
        X, labels = points_and_labels(rows)
        s = silhouette_samples(X, labels)
        assert np.abs(s).max() <= 1 + 1e-15
        assert not s[np.isin(labels, np.flatnonzero(np.bincount(labels) == 1))].any()
        assert_allclose(s, sk.silhouette_samples(X, labels), atol=1e-7)
        assert_allclose(davies_bouldin_score(X, labels), sk.davies_bouldin_score(X, labels), rtol=1e-7)
        assert_allclose(calinski_harabasz_score(X, labels), sk.calinski_harabasz_score(X, labels), rtol=1e-9)
        assert_allclose(dunn_index(X, labels), brute_dunn(squareform(pdist(X)), labels), rtol=1e-12)

    @given(pairs=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30))
    def test_agreement(self, pairs):
        true, pred = np.array(pairs).T
        for measure in (rand_score, adjusted_rand_score):
            assert measure(true, pred) == measure(pred, true) == measure(-true, np.array(list("xyzw"))[pred])
            assert measure(true, true) == 1
        assert -0.5 <= adjusted_rand_score(true, pred) <= 1
        assert 0 <= rand_score(true, pred) <= 1
        assert_array_equal(contingency_matrix(true, pred), contingency_matrix(pred, true).T)
        assert_allclose(adjusted_rand_score(true, pred), sk.adjusted_rand_score(true, pred), rtol=1e-12, atol=1e-15)

    def test_input_is_left_alone(self):
        X, labels = BLOBS[0].copy(), BLOBS[1].copy()
        D = cdist(X, X)
        for array in (X, labels, D):
            array.flags.writeable = False
        for measure in (*MEASURES, silhouette_samples, between_cluster_sum_of_squares):
            measure(X, labels)
        assert silhouette_score(D, labels, metric="precomputed") == pytest.approx(silhouette_score(X, labels))
        dunn_index(D, labels, metric="precomputed")
        adjusted_rand_score(labels, labels)
        assert_array_equal(X, BLOBS[0])
        assert_array_equal(labels, BLOBS[1])

    def test_lists_and_frames(self):
        X, labels = BLOBS
        for measure in (*MEASURES, between_cluster_sum_of_squares):
            assert measure(X.tolist(), labels.tolist()) == measure(X, labels)
            assert measure(pd.DataFrame(X), pd.Series(labels).astype("category")) == measure(X, labels)


@pytest.mark.parametrize("labels", [[0] * 5, list(range(5))], ids=["one cluster", "single points"])
@pytest.mark.parametrize("name", ["silhouette_samples", "silhouette_score", "davies_bouldin_score"])
def test_scikit_learn_refuses_these_labels_too(labels, name):
    X = BLOBS[0][:5]
    for measure in (getattr(sk, name), globals()[name]):
        with pytest.raises(ValueError, match=r"2 to n_samples - 1"):
            measure(X, labels)
