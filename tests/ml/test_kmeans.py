import pickle
import tracemalloc
import warnings
from inspect import signature
from itertools import product
from math import log

import numpy as np
import pandas as pd
import pytest
import sklearn.cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.datasets import make_blobs, make_moons
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from companion.ml.cluster import KMeans, assign_labels, inertia, k_means, kmeans_plusplus, lloyd, update_centers
from companion.ml.cluster import _kmeans as module
from tests.ml.estimators import added_by_import, check_statuses

# All but the one that scikit-learn skips unless SciPy was imported with SCIPY_ARRAY_API=1: test_no_check_is_skipped.
CHECKS = [check for _, check in estimator_checks_generator(KMeans()) if "check_array_api_input" not in str(check)]


def blobs(n=300, k=4, d=2, seed=0):
    return make_blobs(n, centers=k, n_features=d, cluster_std=1.5, random_state=seed)[0]


def starts(X, k, seed=0):
    return X[np.random.default_rng(seed).choice(len(X), k, replace=False)]


def weights(n, seed=3):
    return np.random.default_rng(seed).uniform(0.1, 3, n)


def brute_labels(X, centers):
    return ((X[:, None] - centers) ** 2).sum(axis=2).argmin(axis=1)


def brute_inertia(X, centers, labels, weight=1.0):
    return (weight * ((X - centers[labels]) ** 2).sum(axis=1)).sum()


X_BLOBS = blobs()
X_MOONS = make_moons(500, noise=0.05, random_state=42)[0]
LINE = np.linspace(-3, 5, 40)[:, None] ** 3
CASES = {
    "blobs": (X_BLOBS, starts(X_BLOBS, 4), None),
    "overlapping blobs": (X_BLOBS, starts(X_BLOBS, 7, seed=5), None),
    "ten features": (blobs(2000, 8, 10, 1), starts(blobs(2000, 8, 10, 1), 8), None),
    "many clusters": (blobs(3000, 300, 3, 2), starts(blobs(3000, 300, 3, 2), 300), None),
    "moons": (X_MOONS, starts(X_MOONS, 2), None),
    "duplicates": (np.repeat(X_BLOBS[:40], 5, axis=0), X_BLOBS[[0, 1, 2]], None),
    "single point": (np.array([[3.0, 4.0]]), np.array([[0.0, 0.0]]), None),
    "one cluster": (X_BLOBS, X_BLOBS[:1], None),
    "collinear": (np.hstack([LINE, 2 * LINE, -LINE]), np.hstack([LINE, 2 * LINE, -LINE])[[0, 3, 20]], None),
    "constant column": (np.c_[X_BLOBS, np.full(300, 7.0)], np.c_[X_BLOBS, np.full(300, 7.0)][:4], None),
    "n equals k": (X_BLOBS[:6], X_BLOBS[:6] + 0.01, None),
    "one feature": (LINE, LINE[[0, 1, 2, 3]], None),
    "weights": (X_BLOBS, starts(X_BLOBS, 5, seed=2), weights(300)),
    "weights with zeros": (X_BLOBS, starts(X_BLOBS, 3, seed=1), np.arange(300) % 3.0),
    "one empty cluster": (X_BLOBS, np.vstack([X_BLOBS[:3], [[900.0, 900.0]]]), None),
    "three empty clusters": (X_BLOBS, np.vstack([X_BLOBS[:2], [[900.0, 900.0]] * 3]), None),
    "empty cluster, weights": (X_BLOBS, np.vstack([X_BLOBS[:3], [[900.0, 900.0]]]), weights(300)),
    "shifted by 1e8": (X_BLOBS + 1e8, X_BLOBS[:4] + 1e8, None),
    "one far point": (np.vstack([X_BLOBS, [[1e4, 0]]]), X_BLOBS[:3], None),
    "Fortran order": (np.asfortranarray(X_BLOBS), X_BLOBS[:4], None),
}


def fit_both(X, start, sample_weight, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        ours = KMeans(len(start), init=start, **kwargs).fit(X, sample_weight=sample_weight)
        theirs = sklearn.cluster.KMeans(len(start), init=start, n_init=1, **kwargs).fit(X, sample_weight=sample_weight)
    return ours, theirs


class TestParity:
    @pytest.mark.parametrize("tol", [0, 1e-4, 1e-2])
    @pytest.mark.parametrize("case", CASES)
    def test_same_run_as_scikit_learn(self, case, tol):
        ours, theirs = fit_both(*CASES[case], tol=tol)
        assert_array_equal(ours.labels_, theirs.labels_)
        assert ours.labels_.dtype == theirs.labels_.dtype
        assert_allclose(ours.cluster_centers_, theirs.cluster_centers_, rtol=1e-9, atol=1e-12)
        assert_allclose(ours.inertia_, theirs.inertia_, rtol=1e-9, atol=1e-20)
        assert ours.n_iter_ == theirs.n_iter_

    @pytest.mark.parametrize("max_iter", [1, 2, 3, 7])
    def test_same_when_cut_off(self, max_iter):
        ours, theirs = fit_both(*CASES["overlapping blobs"], tol=0, max_iter=max_iter)
        assert_array_equal(ours.labels_, theirs.labels_)
        assert_allclose(ours.cluster_centers_, theirs.cluster_centers_, rtol=1e-12)
        assert_allclose(ours.inertia_, theirs.inertia_, rtol=1e-12)
        assert ours.n_iter_ == theirs.n_iter_ == max_iter

    def test_float32_is_kept(self):
        X, start, _ = CASES["ten features"]
        ours, theirs = fit_both(X.astype(np.float32), start, None)
        assert ours.cluster_centers_.dtype == ours.transform(X.astype(np.float32)).dtype == np.float32
        assert (ours.labels_ == theirs.labels_).mean() > 0.999
        assert_allclose(ours.cluster_centers_, theirs.cluster_centers_, rtol=1e-3)
        assert_allclose(ours.inertia_, theirs.inertia_, rtol=1e-5)

    def test_methods(self):
        X, start, w = CASES["weights"]
        ours, theirs = fit_both(X, start, w)
        new = blobs(50, 6, seed=9)
        assert_array_equal(ours.predict(new), theirs.predict(new))
        assert_allclose(ours.transform(new), theirs.transform(new), rtol=1e-9)
        assert_allclose(ours.fit_transform(X, sample_weight=w), theirs.fit_transform(X, sample_weight=w), rtol=1e-9)
        assert_array_equal(ours.fit_predict(X, sample_weight=w), theirs.labels_)
        assert_allclose(ours.score(new), theirs.score(new), rtol=1e-9)
        assert_allclose(ours.score(X, sample_weight=w), theirs.score(X, sample_weight=w), rtol=1e-9)
        assert_array_equal(ours.get_feature_names_out(), ["kmeans0", "kmeans1", "kmeans2", "kmeans3", "kmeans4"])

    def test_k_means(self):
        X, start, w = CASES["weights"]
        kwargs = {"n_clusters": 5, "sample_weight": w, "init": start, "return_n_iter": True}
        ours, theirs = k_means(X, **kwargs), sklearn.cluster.k_means(X, **kwargs)
        assert_allclose(ours[0], theirs[0], rtol=1e-9)
        assert_array_equal(ours[1], theirs[1])
        assert_allclose(ours[2], theirs[2], rtol=1e-9)
        assert ours[3] == theirs[3]
        assert len(k_means(X, 5, init=start)) == 3

    def test_defaults_and_names_are_those_of_scikit_learn(self):
        assert KMeans().get_params() == sklearn.cluster.KMeans().get_params()
        ours, theirs = signature(k_means).parameters, signature(sklearn.cluster.k_means).parameters
        assert [(p.name, p.kind, p.default) for p in ours.values()] == [
            (p.name, p.kind, p.default) for p in theirs.values()
        ]

    @pytest.mark.parametrize("case", [name for name, (_, start, _) in CASES.items() if len(start) > 1])
    def test_elkan_gives_the_same_result(self, case):
        ours, theirs = fit_both(*CASES[case], algorithm="elkan")
        assert_array_equal(ours.labels_, theirs.labels_)
        assert_allclose(ours.cluster_centers_, theirs.cluster_centers_, rtol=1e-9, atol=1e-12)
        assert ours.n_iter_ == theirs.n_iter_

    def test_parameters_without_effect(self, capsys):
        X = X_BLOBS.copy()
        model = KMeans(4, init=X[:4], verbose=2, copy_x=False).fit(X)
        assert_array_equal(X, X_BLOBS)
        assert_array_equal(model.labels_, KMeans(4, init=X[:4]).fit(X).labels_)
        k_means(X, 4, init=X[:4], verbose=True, copy_x=False)
        assert capsys.readouterr().out == ""

    @pytest.mark.parametrize("n_local_trials", [None, 1, 5])
    @pytest.mark.parametrize("weighted", [False, True])
    def test_kmeans_plusplus_picks_what_scikit_learn_picks(self, n_local_trials, weighted):
        for seed in range(30):
            kwargs = {
                "sample_weight": weights(300) if weighted else None,
                "random_state": seed,
                "n_local_trials": n_local_trials,
            }
            centers, indices = kmeans_plusplus(X_BLOBS, 9, **kwargs)
            assert_array_equal(indices, sklearn.cluster.kmeans_plusplus(X_BLOBS, 9, **kwargs)[1])
            assert_array_equal(centers, X_BLOBS[indices])

    def test_kmeans_plusplus_with_known_norms(self):
        norms = (X_BLOBS**2).sum(axis=1)
        ours = kmeans_plusplus(X_BLOBS, 5, x_squared_norms=norms, random_state=1)[1]
        assert_array_equal(ours, kmeans_plusplus(X_BLOBS, 5, random_state=1)[1])
        # Far too great norms drown the distances, so that the norms given are seen to be those used.
        misled = kmeans_plusplus(X_BLOBS, 5, x_squared_norms=norms + 1e6 * (np.arange(300) == 7), random_state=1)[1]
        assert 7 in misled


class TestNotes:
    """The worked numbers of 1.3.1.1 to 1.3.1.3."""

    X = make_blobs(600, centers=3, random_state=42)[0]

    @pytest.mark.parametrize(
        ("start", "expected", "sizes"),
        [
            (
                [[-7.98, -8.32], [-6.82, -7.53], [3.87, 0.73]],
                [
                    *[23639.365, 11163.809, 11140.605, 11128.004, 11117.234],
                    *[11111.963, 11109.24, 11108.539, 11107.422, 11106.682],
                ],
                [86, 114, 400],
            ),
            (
                [[3.57, 1.83], [4.06, 2.10], [4.02, 2.00]],
                [54967.428, 28034.996, 26872.608, 11993.073, 1161.231, 1160.903],
                [200, 200, 200],
            ),
        ],
    )
    def test_two_runs(self, start, expected, sizes):
        run = lloyd(self.X, start, tol=0)
        assert_allclose(run.history, expected, atol=6e-4)
        assert run.n_iter == len(expected)
        assert sorted(np.bincount(run.labels)) == sizes

    def test_four_failures(self):
        B, b = make_blobs(1500, random_state=170)
        skew = np.array([[0.60834549, -0.63667341], [-0.40887718, 0.85253229]])
        sizes = make_blobs([1000, 50, 50], centers=[[0, 0], [4.5, 9], [9, 9]], random_state=170)
        # Run to the end (tol=0): with the default tolerance the counts depend on the seed.
        panels = [
            (*sizes, [100, 497, 503], 0.243566),
            (*make_blobs(1500, cluster_std=[0.5, 2.5, 0.5], random_state=170), [406, 529, 565], 0.826477),
            (B @ skew, b, [488, 500, 512], 0.607586),
            (*make_moons(1500, noise=0.05, random_state=42), [744, 756], 0.250835),
        ]
        assert len(panels) == 4
        for X, truth, counts, agreement in panels:
            labels = KMeans(len(counts), n_init=10, tol=0, random_state=170).fit_predict(X)
            assert sorted(np.bincount(labels)) == counts
            assert_allclose(adjusted_rand_score(truth, labels), agreement, atol=6e-7)

    @pytest.mark.parametrize(
        ("start", "labels", "J"), [([[0, 0], [0, 1]], [0, 1, 0, 1], 16), ([[0, 0], [4, 0]], [0, 0, 1, 1], 1)]
    )
    def test_rectangle(self, start, labels, J):
        run = lloyd([[0, 0], [0, 1], [4, 0], [4, 1]], start)
        assert run.labels.tolist() == labels
        assert run.inertia == J

    def test_within_and_between(self):
        X = make_blobs(300, centers=4, cluster_std=0.6, random_state=0)[0]
        model = KMeans(4, n_init=10, random_state=0).fit(X)
        between = np.bincount(model.labels_) @ ((model.cluster_centers_ - X.mean(axis=0)) ** 2).sum(axis=1)
        assert_allclose([model.inertia_, between], [212.005996, 2600.131599], atol=6e-7)
        assert_allclose(model.inertia_ + between, ((X - X.mean(axis=0)) ** 2).sum(), rtol=1e-12)

    def test_six_points(self):
        assert inertia([[1], [2], [3], [10], [11], [12]], [[2], [11]], [0, 0, 0, 1, 1, 1]) == 4

    def test_second_center_is_drawn_by_squared_distance(self):
        X = [[0], [1], [2], [10], [11]]
        seconds = [
            second
            for first, second in (kmeans_plusplus(X, 2, random_state=s, n_local_trials=1)[1] for s in range(4000))
            if first == 0
        ]
        n, p = len(seconds), np.array([0, 1, 4, 100, 121]) / 226
        assert n > 700
        share = np.bincount(seconds, minlength=5) / n
        assert share[0] == 0
        assert np.all(np.abs(share - p) <= 4 * np.sqrt(p * (1 - p) / n))

    def test_share_of_good_runs(self):
        best = 1160.9027
        share = {}
        for init in ("random", "k-means++"):
            J = np.array([KMeans(3, init=init, n_init=1, random_state=s).fit(self.X).inertia_ for s in range(100)])
            assert_allclose(J.min(), best, atol=6e-5)
            share[init] = np.isclose(J, best, rtol=1e-3).mean()
        assert share["k-means++"] == 1
        assert 0.55 < share["random"] < 0.85

    def test_seeding_keeps_the_bound(self):
        X, k = blobs(9, 3, seed=4), 3
        cost = [brute_inertia(X, C, brute_labels(X, C)) for C in (plain_seeds(X, k, seed) for seed in range(300))]
        optimum = exhaustive_optimum(X, k)
        assert optimum < np.mean(cost) < 8 * (log(k) + 2) * optimum


def plain_seeds(X, k, seed):
    return kmeans_plusplus(X, k, random_state=seed, n_local_trials=1)[0]


def exhaustive_optimum(X, k):
    best = np.inf
    for tail in product(range(k), repeat=len(X) - 1):
        labels = np.array((0, *tail))
        if len(np.unique(labels)) == k:
            means = np.array([X[labels == j].mean(axis=0) for j in range(k)])
            best = min(best, brute_inertia(X, means, labels))
    return best


class TestAlgorithm:
    @pytest.mark.parametrize(("n", "k", "seed"), [(8, 3, 0), (9, 2, 1), (10, 2, 2), (8, 4, 3)])
    def test_restarts_reach_the_optimum(self, n, k, seed):
        X = np.random.default_rng(seed).normal(size=(n, 2))
        for init in ("k-means++", "random"):
            model = KMeans(k, init=init, n_init=50, random_state=0).fit(X)
            assert_allclose(model.inertia_, exhaustive_optimum(X, k), rtol=1e-12)

    @pytest.mark.parametrize("case", CASES)
    def test_optimality(self, case):
        X, start, w = CASES[case]
        w = np.ones(len(X)) if w is None else w
        run = lloyd(X, start, sample_weight=w, tol=0)
        assert run.converged
        centered, centers = X - X.mean(axis=0), run.centers - X.mean(axis=0)
        distances = ((centered[:, None] - centers) ** 2).sum(axis=2)
        own = distances[np.arange(len(X)), run.labels]
        assert_allclose(own, distances.min(axis=1), rtol=1e-7, atol=1e-20 + 1e-14 * (centered**2).sum())
        occupied = [j for j in range(len(start)) if w[run.labels == j].sum() > 0]
        assert len(occupied) == len(start)
        for j in occupied:
            mean = np.average(centered[run.labels == j], axis=0, weights=w[run.labels == j])
            assert_allclose(centers[j], mean, rtol=1e-9, atol=1e-12 * np.abs(X).max())

    @pytest.mark.parametrize("case", CASES)
    def test_labels_are_those_predicted(self, case):
        X, start, w = CASES[case]
        model, _ = fit_both(X, start, w, max_iter=2)
        assert_array_equal(model.labels_, model.predict(X))

    @pytest.mark.parametrize(
        ("n", "parts", "seed"), [(20, 3, 1), (20, 3, 382), (50, 3, 5), (50, 7, 206), (50, 10, 111)]
    )
    def test_labels_are_those_predicted_midway(self, n, parts, seed):
        X = np.random.default_rng(seed).integers(0, 6, (n, 1)) / parts
        model = KMeans(4, init=np.unique(X)[:4, None]).fit(X)
        assert_array_equal(model.labels_, model.predict(X))

    def test_labels_are_those_predicted_with_ties(self):
        grid = np.array(list(product(range(7), repeat=2)), dtype=float) / 3
        for k in range(2, 8):
            model = KMeans(k, random_state=k).fit(grid)
            assert_array_equal(model.labels_, model.predict(grid))
            assert_array_equal(model.labels_, model.fit_predict(grid))

    @pytest.mark.parametrize("case", CASES)
    def test_history(self, case):
        X, start, w = CASES[case]
        w = np.ones(len(X)) if w is None else w
        run = lloyd(X, start, sample_weight=w, keep_steps=True)
        noise = 1e-13 * w @ ((X - X.mean(axis=0)) ** 2).sum(axis=1)
        assert len(run.steps) == len(run.history) in (run.n_iter, run.n_iter + 1)
        assert np.all(np.diff(run.history) <= noise)
        assert run.history[-1] == run.inertia
        assert_array_equal(run.steps[-1].centers, run.centers)
        assert_array_equal(run.steps[-1].labels, run.labels)
        assert_allclose(run.steps[0].centers, start)
        for centers, labels, J in run.steps:
            assert_allclose(J, brute_inertia(X, centers, labels, w), rtol=1e-6, atol=noise)
        for before, after in zip(run.steps, run.steps[1:], strict=False):
            moved = update_centers(X, before.labels, before.centers, sample_weight=w)
            assert_allclose(after.centers, moved, rtol=1e-9, atol=1e-12)

    def test_history_in_float32(self):
        rng = np.random.default_rng(2)
        X = rng.normal(size=(5, 2))[rng.integers(0, 5, 200_000)] * 3 + rng.normal(size=(200_000, 2)) + 100
        run = lloyd(X.astype(np.float32), X[:5], tol=0, max_iter=60)
        assert len(run.history) > 40
        assert np.diff(run.history).max() <= np.finfo(np.float32).eps * run.history[0]

    def test_history_is_never_negative(self):
        for seed in range(100):  # in four of them the sum of the parts comes out below zero
            X = np.random.default_rng(seed).normal(size=(6, 2)) + 1e8
            assert lloyd(X, X).history[0] >= 0

    def test_steps_only_when_asked(self):
        assert lloyd(X_BLOBS, X_BLOBS[:4]).steps == []
        model = KMeans(4, init=X_BLOBS[:4]).fit(X_BLOBS)
        assert model.history_.tolist() == lloyd(X_BLOBS, X_BLOBS[:4]).history
        assert model.history_[-1] == model.inertia_

    @pytest.mark.parametrize("k", [1, 2, 127, 128, 255, 256, 257, 700])
    def test_assign_with_many_centers(self, k):
        X = np.random.default_rng(k).normal(size=(1000, 3))
        assert_array_equal(assign_labels(X, X[:k]), brute_labels(X, X[:k]))

    def test_assign_across_blocks(self, monkeypatch):
        whole = assign_labels(X_BLOBS, X_BLOBS[:5]), inertia(X_BLOBS, X_BLOBS[:5], np.arange(300) % 5)
        for size in (1, 7, 64, 1499):
            monkeypatch.setattr(module, "_BLOCK_SIZE", size)
            assert_array_equal(assign_labels(X_BLOBS, X_BLOBS[:5]), whole[0])
            assert_allclose(inertia(X_BLOBS, X_BLOBS[:5], np.arange(300) % 5), whole[1], rtol=1e-12)

    def test_ties_go_to_the_first(self):
        assert assign_labels([[0], [2], [-2]], [[1], [-1], [1], [-1]]).tolist() == [0, 0, 1]

    def test_update_is_the_weighted_mean(self):
        labels, w = np.arange(300) % 4, weights(300)
        means = [np.average(X_BLOBS[labels == j], axis=0, weights=w[labels == j]) for j in range(4)]
        assert_allclose(update_centers(X_BLOBS, labels, X_BLOBS[:4], sample_weight=w), means, rtol=1e-12)

    def test_empty_cluster_takes_the_farthest_point(self):
        # 5 is farthest from its center and leaves the mean of 0 and 1 behind.
        assert update_centers([[0], [1], [5]], [0, 0, 0], [[0], [9]]).tolist() == [[0.5], [5]]
        assert update_centers([[0], [1], [5], [-9]], [0, 0, 0, 0], [[0], [9], [9]]).tolist() == [[0.5], [-9], [5]]
        assert update_centers([[0], [1], [5]], [0, 0, 0], [[0], [9]], sample_weight=[1, 1, 0]).tolist() == [[0], [1]]
        assert sorted(lloyd([[0], [1], [2]], [[0], [1], [100]]).centers.ravel()) == [0, 1, 2]

    def test_center_left_over_goes_to_the_heaviest_cluster(self):
        X = [[0.0], [0.0], [0.0], [6.0]]
        assert update_centers(X, [1, 1, 1, 2], [[50.0], [0.0], [6.0]]).tolist() == [[0], [0], [6]]

    def test_a_number_is_the_weight_of_each_point(self):
        labels, w = np.arange(300) % 4, np.full(300, 2.5)
        start = X_BLOBS[:4]
        assert inertia(X_BLOBS, start, labels, sample_weight=2.5) == inertia(X_BLOBS, start, labels, sample_weight=w)
        assert_array_equal(
            update_centers(X_BLOBS, labels, start, sample_weight=2.5),
            update_centers(X_BLOBS, labels, start, sample_weight=w),
        )
        ours, theirs = fit_both(X_BLOBS, start, np.float32(2.5))
        assert_allclose(ours.inertia_, theirs.inertia_, rtol=1e-12)
        assert_allclose(ours.inertia_, 2.5 * KMeans(4, init=start).fit(X_BLOBS).inertia_, rtol=1e-12)

    def test_inertia(self):
        labels, w = np.arange(300) % 4, weights(300)
        expected = brute_inertia(X_BLOBS, X_BLOBS[:4], labels, w)
        assert_allclose(inertia(X_BLOBS, X_BLOBS[:4], labels, sample_weight=w), expected, rtol=1e-12)

    def test_best_of_the_starts(self):
        X = TestNotes.X
        bad, good = [[-7.98, -8.32], [-6.82, -7.53], [3.87, 0.73]], [[3.57, 1.83], [4.06, 2.10], [4.02, 2.00]]
        for order in ([bad, good], [good, bad]):
            queue = list(order)
            model = KMeans(3, init=lambda X, k, random_state, queue=queue: queue.pop(0), n_init=2, tol=0).fit(X)
            assert queue == []
            assert_allclose(model.inertia_, 1160.903, atol=6e-4)
            assert model.n_iter_ == 6

    @pytest.mark.parametrize(("second", "kept"), [(1 - 1e-15, 0), (1 - 1e-9, 1), (2.0, 0)])
    def test_rounding_does_not_choose_among_runs(self, second, kept):
        runs = [lloyd(X_BLOBS, X_BLOBS[:4])._replace(inertia=J) for J in (1.0, second)]
        assert module._best(iter(runs)) is runs[kept]

    def test_random_starts_are_different_points_with_weight(self):
        X, w = np.arange(9.0)[:, None], np.array([0, 1, 0, 1, 0, 5, 0, 1, 0.0])
        rng = np.random.RandomState(0)
        found = [start.ravel() for start in module._starts(X, w, 3, "random", 200, rng)]
        assert len(found) == 200
        assert all(len(set(start)) == 3 for start in found)
        share = np.mean([np.isin([1, 3, 5, 7], start) for start in found], axis=0)
        assert set(np.ravel(found)) == {1, 3, 5, 7}
        assert share[2] > 0.9
        assert share[[0, 1, 3]].max() < 0.85

    def test_squared_distances_are_never_negative(self):
        X = X_BLOBS + 1e6
        distances = module._squared_distances(X, X, module._squared_norms(X))
        assert distances.min() == 0

    def test_number_of_starts(self):
        calls = []

        def first_rows(X, n_clusters, random_state):
            calls.append((len(X), n_clusters, random_state.randint(10)))
            return X[:n_clusters]

        KMeans(3, init=first_rows, random_state=0).fit(X_BLOBS)
        assert [call[:2] for call in calls] == [(300, 3)] * 10
        assert len({call[2] for call in calls}) > 1

    @pytest.mark.parametrize(("init", "n_runs"), [("k-means++", 1), ("random", 10), (X_BLOBS[:3], 1)])
    def test_auto_number_of_starts(self, init, n_runs, monkeypatch):
        runs = []
        monkeypatch.setattr(module, "lloyd", lambda *args, **kwargs: runs.append(1) or lloyd(*args, **kwargs))
        KMeans(3, init=init, random_state=0).fit(X_BLOBS)
        assert len(runs) == n_runs

    def test_memory_stays_bounded(self):
        X = np.random.default_rng(0).normal(size=(100_000, 4))
        start = X[:200].copy()
        tracemalloc.start()
        lloyd(X, start, max_iter=2)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 6 * X.nbytes  # the table of all distances alone takes 50


ROWS = st.integers(2, 30).flatmap(
    lambda n: st.lists(st.tuples(*[st.integers(-50, 50)] * 2), min_size=n, max_size=n, unique=True)
)


def points_and_start(rows):
    # Jitter, as among integers a point is often midway between two centers, where rounding chooses.
    X = np.array(rows, dtype=float) + np.random.default_rng(len(rows)).uniform(-0.3, 0.3, (len(rows), 2))
    return X, X[: min(3, len(X))]


class TestProperties:
    @given(rows=ROWS, seed=st.integers(0, 100))
    @settings(deadline=None)
    def test_rows_permuted(self, rows, seed):
        X, start = points_and_start(rows)
        order = np.random.default_rng(seed).permutation(len(X))
        one, two = lloyd(X, start), lloyd(X[order], start)
        assert_array_equal(one.labels[order], two.labels)
        assert_allclose(one.centers, two.centers, rtol=1e-9)

    @given(rows=ROWS, seed=st.integers(0, 100))
    @settings(deadline=None)
    def test_centers_permuted(self, rows, seed):
        X, start = points_and_start(rows)
        order = np.random.default_rng(seed).permutation(len(start))
        one, two = lloyd(X, start), lloyd(X, start[order])
        assert_array_equal(one.labels, order[two.labels])
        assert_allclose(one.centers[order], two.centers, rtol=1e-12)

    @given(rows=ROWS, seed=st.integers(0, 100))
    @settings(deadline=None)
    def test_weights_are_repeats(self, rows, seed):
        X, start = points_and_start(rows)
        w = np.random.default_rng(seed).integers(0, 4, len(X))
        w[: len(start)] = 1
        one, two = lloyd(X, start, sample_weight=w, tol=0), lloyd(X.repeat(w, axis=0), start, tol=0)
        assert_array_equal(one.labels.repeat(w), two.labels)
        assert_allclose(one.centers, two.centers, rtol=1e-9)
        assert_allclose(one.inertia, two.inertia, rtol=1e-9, atol=1e-18)

    @given(rows=ROWS, power=st.sampled_from([-6, 6]))
    @settings(deadline=None)
    def test_scaled(self, rows, power):
        X, start = points_and_start(rows)
        one, two = lloyd(X, start), lloyd(X * 10.0**power, start * 10.0**power)
        assert_array_equal(one.labels, two.labels)
        assert_allclose(one.centers * 10.0**power, two.centers, rtol=1e-9)
        assert_allclose(one.inertia * 100.0**power, two.inertia, rtol=1e-9, atol=1e-18 * 100.0**power)
        assert one.n_iter == two.n_iter

    @given(rows=ROWS)
    @settings(deadline=None)
    def test_shifted(self, rows):
        X, start = points_and_start(rows)
        X, start = np.round(X, 3), np.round(start, 3)
        one, two = lloyd(X, start), lloyd(X + 1e8, start + 1e8)
        assert_array_equal(one.labels, two.labels)
        assert_allclose(one.centers, two.centers - 1e8, atol=1e-6)
        assert_allclose(one.inertia, two.inertia, rtol=1e-4, atol=1e-12)

    def test_seeded_fit_does_not_depend_on_the_order_of_rows(self):
        order = np.random.default_rng(1).permutation(300)
        for X in (X_BLOBS, X_BLOBS.round()):
            for init in ("k-means++", "random"):
                one = KMeans(5, init=init, random_state=3).fit(X)
                two = KMeans(5, init=init, random_state=3).fit(X[order])
                assert_allclose(one.cluster_centers_, two.cluster_centers_, rtol=1e-9)

    def test_seeded_fit_takes_weights_as_repeats(self):
        w = np.random.default_rng(2).integers(0, 4, 300)
        one = KMeans(5, random_state=3, tol=0).fit(X_BLOBS, sample_weight=w)
        two = KMeans(5, random_state=3, tol=0).fit(X_BLOBS.repeat(w, axis=0))
        assert_allclose(one.cluster_centers_, two.cluster_centers_, rtol=1e-9)

    def test_weightless_points_change_nothing(self):
        X = np.vstack([X_BLOBS, [[1e6, 1e6]]])
        w = np.append(np.ones(300), 0.0)
        one = KMeans(4, init=X_BLOBS[:4]).fit(X, sample_weight=w)
        two = KMeans(4, init=X_BLOBS[:4]).fit(X_BLOBS)
        assert one.n_iter_ == two.n_iter_
        assert_allclose(one.cluster_centers_, two.cluster_centers_, rtol=1e-9)

    def test_weightless_points_are_never_seeds(self):
        X, w = [[9.0], [0.0], [0.0], [0.0]], [0, 1, 1, 1]
        picked = [kmeans_plusplus(X, 3, sample_weight=w, random_state=s)[1] for s in range(20)]
        assert not (np.array(picked) == 0).any()

    def test_one_row_as_in_the_batch(self):
        model = KMeans(4, random_state=0).fit(X_BLOBS)
        assert_array_equal([model.predict(x[None])[0] for x in X_BLOBS], model.predict(X_BLOBS))
        assert_array_equal(np.vstack([model.transform(x[None]) for x in X_BLOBS]), model.transform(X_BLOBS))

    def test_two_fits_in_a_row(self):
        model = KMeans(4, random_state=0)
        one = pickle.dumps(vars(model.fit(X_BLOBS)))
        model.fit(X_BLOBS + 5)
        assert pickle.dumps(vars(model.fit(X_BLOBS))) == one

    def test_far_from_the_origin(self):
        model = KMeans(4, init=X_BLOBS[:4] + 1e8).fit(X_BLOBS + 1e8)
        here = KMeans(4, init=X_BLOBS[:4]).fit(X_BLOBS)
        new = blobs(100, 4, seed=5)
        assert_array_equal(model.predict(new + 1e8), here.predict(new))
        assert_array_equal(assign_labels(new + 1e8, X_BLOBS[:4] + 1e8), assign_labels(new, X_BLOBS[:4]))
        assert_allclose(model.transform(new + 1e8), here.transform(new), atol=1e-6)
        assert_allclose(model.score(new + 1e8), here.score(new), rtol=1e-6)
        far = kmeans_plusplus(X_BLOBS + 1e8, 4, random_state=0)[1]
        assert_array_equal(far, kmeans_plusplus(X_BLOBS, 4, random_state=0)[1])

    def test_input_is_left_alone(self):
        X, start, w = X_BLOBS.copy(), X_BLOBS[:4].copy(), np.ones(300)
        for array in (X, start, w):
            array.flags.writeable = False
        model = KMeans(4, init=start).fit(X, sample_weight=w)
        model.predict(X), model.transform(X), model.score(X, sample_weight=w)
        lloyd(X, start, sample_weight=w, keep_steps=True)
        kmeans_plusplus(X, 4, sample_weight=w)
        update_centers(X, model.labels_, np.full((4, 2), 1e3), sample_weight=w)
        assert_array_equal(X, X_BLOBS)
        assert_array_equal(model.init, X_BLOBS[:4])

    def test_lists_and_frames(self):
        model = KMeans(4, init=X_BLOBS[:4].tolist()).fit(X_BLOBS.tolist())
        frame = KMeans(4, init=X_BLOBS[:4]).fit(pd.DataFrame(X_BLOBS, columns=["a", "b"]))
        assert_array_equal(model.labels_, frame.labels_)
        assert frame.feature_names_in_.tolist() == ["a", "b"]
        assert frame.n_features_in_ == 2


class TestWarnings:
    def test_cut_off(self):
        with pytest.warns(ConvergenceWarning, match="max_iter=2 iterations; raise max_iter or tol") as caught:
            model = KMeans(7, init=CASES["overlapping blobs"][1], max_iter=2).fit(X_BLOBS)
        assert [w.filename for w in caught] == [__file__]
        assert model.n_iter_ == 2
        assert not lloyd(X_BLOBS, CASES["overlapping blobs"][1], max_iter=2).converged

    def test_no_warning_when_the_last_pass_settles(self):
        n_iter = lloyd(X_BLOBS, X_BLOBS[:4], tol=0).n_iter
        run = lloyd(X_BLOBS, X_BLOBS[:4], tol=0, max_iter=n_iter)
        assert run.converged
        assert run.n_iter == n_iter
        # One less leaves no pass to see that no label changes, but the assignment after the last update shows it.
        run = lloyd(X_BLOBS, X_BLOBS[:4], tol=0, max_iter=n_iter - 1)
        assert run.converged
        assert run.n_iter == n_iter - 1
        assert not lloyd(X_BLOBS, X_BLOBS[:4], tol=0, max_iter=n_iter - 2).converged

    @pytest.mark.parametrize("init", ["k-means++", "random", [[0.0], [1.0], [7.0]]])
    def test_too_few_distinct_points(self, init):
        with pytest.warns(ConvergenceWarning, match="found 2 distinct clusters, fewer than n_clusters=3") as caught:
            model = KMeans(3, init=init, random_state=0).fit([[0.0], [0.0], [1.0], [1.0], [1.0]])
        assert [w.filename for w in caught] == [__file__]
        assert model.inertia_ < 1e-30
        assert sorted(set(model.cluster_centers_.ravel().round(12))) == [0, 1]

    def test_several_runs_from_one_start(self):
        with pytest.warns(RuntimeWarning, match="one run is made, not n_init=3") as caught:
            KMeans(2, init=X_BLOBS[:2], n_init=3).fit(X_BLOBS)
        assert [w.filename for w in caught] == [__file__]

    @pytest.mark.parametrize(
        "call",
        [
            lambda model: model.fit_predict(X_BLOBS),
            lambda model: model.fit_transform(X_BLOBS),
            lambda model: make_pipeline(StandardScaler(), model).fit(X_BLOBS),
            lambda model: k_means(X_BLOBS, 7, init=model.init, n_init=2, max_iter=1),
        ],
        ids=["fit_predict", "fit_transform", "pipeline", "k_means"],
    )
    def test_warnings_name_the_line_of_the_caller(self, call):
        with pytest.warns() as caught:
            call(KMeans(7, init=CASES["overlapping blobs"][1], n_init=2, max_iter=1))
        assert [w.category for w in caught] == [RuntimeWarning, ConvergenceWarning]
        assert {w.filename for w in caught} == {__file__}


class TestScikitLearn:
    @pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
    def test_check_estimator(self, check):
        check(KMeans())

    def test_no_check_is_skipped(self):
        counts = check_statuses(KMeans)
        assert counts.keys() == {"passed"}
        assert counts["passed"] >= len(CHECKS) > 50

    def test_grid_search_in_a_pipeline(self):
        pipeline = make_pipeline(StandardScaler(), KMeans(random_state=0))
        search = GridSearchCV(pipeline, {"kmeans__n_clusters": [2, 3, 4]}, cv=3).fit(X_BLOBS)
        assert search.best_params_ == {"kmeans__n_clusters": 4}
        scores = search.cv_results_["mean_test_score"]
        assert np.all(np.diff(scores) > 0)
        assert np.all(scores < 0)

    def test_clone_and_pickle(self):
        model = KMeans(4, init=X_BLOBS[:4], tol=0).fit(X_BLOBS)
        with pytest.raises(NotFittedError):
            clone(model).predict(X_BLOBS)
        assert_array_equal(clone(model).fit(X_BLOBS).labels_, model.labels_)
        assert_array_equal(pickle.loads(pickle.dumps(model)).predict(X_BLOBS), model.labels_)

    def test_pandas_output(self):
        frame = pd.DataFrame(X_BLOBS, index=np.arange(300)[::-1])
        out = KMeans(3, random_state=0).set_output(transform="pandas").fit_transform(frame)
        assert out.columns.tolist() == ["kmeans0", "kmeans1", "kmeans2"]
        assert out.index.tolist() == frame.index.tolist()

    def test_import_adds_nothing_heavy_to_scikit_learn(self):
        added = added_by_import(KMeans)
        assert "companion.ml" in added
        assert not {"scipy.stats", "matplotlib", "pandas", "sklearn.cluster", "sklearn.metrics"} & added
