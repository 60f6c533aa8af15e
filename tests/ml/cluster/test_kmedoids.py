import pickle
import warnings
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import cdist
from sklearn.base import clone
from sklearn.datasets import load_iris, make_blobs, make_moons
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.metrics import adjusted_rand_score, pairwise_distances
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OrdinalEncoder, StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from companion.ml.cluster import KMedoids, alternating, k_medoids, medoid, pam, pam_build, swap_costs
from companion.ml.cluster import _kmeans as blocks_module
from companion.ml.cluster._kmedoids import _SCIPY_METRICS
from companion.ml.cluster._names import OTHER_NAMES
from tests.ml.estimators import added_by_import, check_statuses

# All but the one that scikit-learn skips unless SciPy was imported with SCIPY_ARRAY_API=1: test_no_check_is_skipped.
CHECKS = [check for _, check in estimator_checks_generator(KMedoids()) if "check_array_api_input" not in str(check)]

BLOBS, TRUTH = make_blobs(150, centers=4, cluster_std=0.8, random_state=1)
GRID = np.array([[x, y] for x in range(5) for y in range(4)], dtype=float)
LINE = np.array([0, 1, 2, 10, 11, 12, 20, 21, 22.0])[:, None]

# Points and numbers of clusters.
CASES = {
    "blobs": (BLOBS, 4),
    "too many clusters": (BLOBS, 9),
    "one cluster": (BLOBS, 1),
    "moons": (make_moons(80, noise=0.05, random_state=0)[0], 3),
    "Iris": (load_iris().data, 3),
    "duplicates": (np.repeat(BLOBS[:15], 3, axis=0), 4),
    "all equal": (np.full((6, 2), 2.5), 2),
    "single point": (np.array([[3.0, 4.0]]), 1),
    "n equals k": (BLOBS[:5], 5),
    "ties": (GRID, 3),
    "line": (LINE, 3),
    "collinear": (np.hstack([LINE, 2 * LINE, -LINE]), 2),
    "constant column": (np.c_[BLOBS[:60], np.full(60, 7.0)], 3),
    "shifted by 1e8": (BLOBS[:60] + 1e8, 3),
    "one far point": (np.vstack([BLOBS[:60], [[1e6, 0]]]), 3),
    "ten features": (np.random.default_rng(0).normal(size=(70, 10)), 5),
}


def distances(x):
    X = np.asarray(x, dtype=float)
    X = X[:, None] if X.ndim == 1 else X
    return cdist(X, X)


def cost(D, medoids):
    return D[:, list(medoids)].min(axis=1).sum()


def exhaustive(D, k):
    return min(cost(D, M) for M in combinations(range(len(D)), k))


def literal_swap_costs(D, M):
    return np.array([[cost(D, [*M[:m], h, *M[m + 1 :]]) - cost(D, M) for h in range(len(D))] for m in range(len(M))])


def random_start(D, k, seed=0):
    return np.random.default_rng(seed).choice(len(D), k, replace=False)


class TestMedoid:
    @pytest.mark.parametrize("case", CASES)
    def test_least_sum(self, case):
        D = distances(CASES[case][0])
        sums = [sum(row) for row in D.tolist()]
        m = medoid(D)
        assert isinstance(m, int)
        assert_allclose(sums[m], min(sums), rtol=1e-12, atol=1e-12)

    def test_first_of_equals(self):
        assert medoid(distances([0, 1, 2, 3])) == 1
        assert medoid(distances([5, 5, 5])) == 0
        assert medoid([[0]]) == 0

    @given(st.lists(st.integers(-50, 50), min_size=1, max_size=15), st.integers(-9, 9))
    @settings(deadline=None)
    def test_is_a_median(self, x, shift):
        x = np.array(x, dtype=float)
        m = x[medoid(distances(x))]
        assert np.abs(x - m).sum() == np.abs(x - np.median(x)).sum()
        assert x[medoid(distances(x + shift))] == m
        assert x[::-1][medoid(distances(x[::-1] * 2))] in x


class TestBuild:
    @pytest.mark.parametrize("case", CASES)
    def test_each_medoid_is_the_best_next(self, case):
        X, k = CASES[case]
        D = distances(X)
        chosen = pam_build(D, k)
        assert len(set(chosen)) == k
        assert chosen[0] == medoid(D)
        for t in range(1, k):
            best = min(cost(D, [*chosen[:t], h]) for h in range(len(D)))
            assert_allclose(cost(D, chosen[: t + 1]), best, rtol=1e-12, atol=1e-12)

    def test_across_blocks(self, monkeypatch):
        D = distances(BLOBS)
        whole = pam_build(D, 6), swap_costs(D, [3, 50, 99])
        for size in (1, 149, 1000):
            monkeypatch.setattr(blocks_module, "_BLOCK_SIZE", size)
            assert_array_equal(pam_build(D, 6), whole[0])
            assert_allclose(swap_costs(D, [3, 50, 99]), whole[1], rtol=1e-12, atol=1e-9)


class TestSwaps:
    @pytest.mark.parametrize("case", CASES)
    def test_each_change_is_the_difference_of_costs(self, case):
        X, k = CASES[case]
        D = distances(X)
        for seed in range(3):
            M = random_start(D, k, seed).tolist()
            expected = literal_swap_costs(D, M)
            found = swap_costs(D, M)
            assert found.shape == (k, len(D))
            assert_allclose(found, expected, rtol=1e-9, atol=1e-10 * max(1, D.max()))

    @given(
        st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=14),
        st.integers(1, 4),
        st.integers(0, 100),
    )
    @settings(max_examples=150, deadline=None)
    def test_with_ties(self, points, k, seed):
        D = cdist(points, points, "cityblock")
        M = random_start(D, min(k, len(D)), seed).tolist()
        assert_array_equal(swap_costs(D, M), literal_swap_costs(D, M))


class TestPam:
    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("start", ["build", "random"])
    def test_no_swap_lowers_the_cost(self, case, start):
        X, k = CASES[case]
        D = distances(X)
        run = pam(D, k if start == "build" else random_start(D, k))
        assert run.converged
        assert literal_swap_costs(D, run.medoids.tolist()).min() >= -1e-9 * max(1, run.cost)
        assert_allclose(run.cost, cost(D, run.medoids), rtol=1e-12)
        assert_allclose(D[np.arange(len(D)), run.medoids[run.labels]], D[:, run.medoids].min(axis=1))

    def test_brute_force(self):
        n_best = 0
        for seed in range(60):
            rng = np.random.default_rng(seed)
            n, k = int(rng.integers(3, 13)), int(rng.integers(1, 4))
            D = distances(rng.normal(size=(n, 2)))
            best = exhaustive(D, k)
            for run in (pam(D, k), pam(D, random_start(D, k, seed))):
                assert run.cost >= best - 1e-12
                assert run.cost <= 1.25 * best + 1e-12
                n_best += run.cost <= best + 1e-12
        assert n_best >= 110  # of 120; the others are local optima

    def test_swaps_are_the_best(self):
        D = distances(BLOBS)
        run = pam(D, random_start(D, 5), keep_steps=True)
        assert len(run.history) == len(run.steps) == run.n_iter > 3
        for before, after in zip(run.steps, run.steps[1:], strict=False):
            changes = literal_swap_costs(D, before.medoids.tolist())
            assert_allclose(after.cost - before.cost, changes.min(), rtol=1e-9)
            assert (before.medoids != after.medoids).sum() == 1
        assert [step.cost for step in run.steps] == run.history
        assert run.history[-1] == run.cost

    def test_cut_off(self):
        D = distances(BLOBS)
        start = random_start(D, 5)
        whole, part = pam(D, start, keep_steps=True), pam(D, start, max_iter=2)
        assert not part.converged
        assert part.n_iter == 2
        assert part.steps == []
        assert part.history == whole.history[:3]
        assert_array_equal(part.medoids, whole.steps[2].medoids)
        assert pam(D, whole.medoids).n_iter == 1

    @given(
        st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=16, unique=True),
        st.integers(1, 3),
        st.data(),
    )
    @settings(max_examples=100, deadline=None)
    def test_properties(self, points, k, data):
        D = cdist(points, points, "cityblock")
        run = pam(D, k)
        assert run.cost >= exhaustive(D, k)
        assert np.all(np.diff(run.history) < 0)
        assert pam(D * 1024, k).cost == run.cost * 1024
        assert pam(D, len(D)).cost == 0
        # A better medoid of a cluster would be a better swap. (From there `alternating` may still move between equals.)
        for j, m in enumerate(run.medoids):
            members = np.flatnonzero(run.labels == j)
            assert D[np.ix_(members, members)].sum(axis=0).min() == D[members, m].sum()
        order = np.array(data.draw(st.permutations(range(len(D)))))
        permuted = pam(D[np.ix_(order, order)], np.argsort(order)[run.medoids])
        assert permuted.cost == run.cost


class TestAlternating:
    @pytest.mark.parametrize("case", CASES)
    def test_medoids_are_those_of_their_clusters(self, case):
        X, k = CASES[case]
        D = distances(X)
        run = alternating(D, random_start(D, k), keep_steps=True)
        assert run.converged
        assert np.all(np.diff(run.history) <= 0)
        assert [step.cost for step in run.steps] == run.history
        for j, m in enumerate(run.medoids):
            members = np.flatnonzero(run.labels == j)
            if members.size:
                sums = D[np.ix_(members, members)].sum(axis=0)
                assert_allclose(D[members, m].sum(), sums.min(), rtol=1e-9, atol=1e-9)
        assert_allclose(run.cost, cost(D, run.medoids), rtol=1e-12)

    def test_never_leaves_a_cluster(self):
        D = distances(BLOBS)
        run = alternating(D, random_start(D, 4, 3), keep_steps=True)
        assert len(run.steps) > 2
        for before, after in zip(run.steps, run.steps[1:], strict=False):
            assert_array_equal(before.labels[after.medoids], np.arange(4))

    def test_no_medoid_comes_twice(self):
        assert alternating(distances([0, 0, 5]), [1, 0]).medoids.tolist() == [1, 0]
        n_coincident = 0
        for seed in range(300):
            rng = np.random.default_rng(seed)
            x = rng.integers(0, 4, 8)
            start = random_start(x, 4, seed)
            run = alternating(distances(x), start, keep_steps=True)
            assert all(len(set(step.medoids.tolist())) == 4 for step in run.steps)
            assert run.converged
            assert np.all(np.diff(run.history) <= 0)
            n_coincident += len(set(x[start].tolist())) < 4
        assert n_coincident > 100

    def test_goes_on_where_the_cost_stays(self):
        assert alternating(distances([4, 7, 10, 12, 13]), [2, 4, 1]).cost == 3

    def test_not_below_pam_on_average(self):
        D = distances(BLOBS)
        starts = [random_start(D, 6, seed) for seed in range(20)]
        slow, fast = ([method(D, M).cost for M in starts] for method in (pam, alternating))
        assert np.mean(slow) < 0.98 * np.mean(fast)


class TestNotes:
    """The worked numbers of 1.3.1.4."""

    def test_five_numbers(self):
        x = np.array([1, 2, 3, 4, 100.0])
        D = distances(x)
        m = medoid(D)
        assert x.mean() == 22
        assert x[m] == 3
        assert D[m].sum() == 101
        # With squared distances it is pulled as the mean is.
        assert x[medoid(D**2)] == 4

    def test_alternating_and_pam(self):
        D, x = distances(LINE), LINE[:, 0]
        stuck, best = alternating(D, [0, 1, 2]), pam(D, [0, 1, 2])
        assert (x[stuck.medoids].tolist(), stuck.cost) == ([0, 1, 12], 31)
        assert (sorted(x[best.medoids].tolist()), best.cost) == ([1, 11, 21], 6)
        starts = list(combinations(range(9), 3))
        assert len(starts) == 84
        assert sum(alternating(D, M).cost > 6 for M in starts) == 20
        assert sum(pam(D, M).cost > 6 for M in starts) == 0

    def test_far_point_takes_a_medoid(self):
        x = np.array([0, 1, 2, 10, 11, 12, 1000.0])
        D = distances(x)
        run = pam(D, 2)
        assert x[run.medoids].tolist() == [10, 1000]  # as good as 2 and 1000
        assert run.cost == exhaustive(D, 2) == cost(D, [2, 6]) == 30
        assert cost(D, [1, 4]) == 993

    def test_cosine_must_be_a_distance(self):
        X = np.array([[1, 0], [1, 0.1], [0, 1]])
        D = cdist(X, X, "cosine")
        assert medoid(D) == 1
        assert (1 - D).sum(axis=0).argmin() == 2
        with pytest.raises(ValueError, match="turn similarities into distances first"):
            medoid(1 - D)


class TestEstimator:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
    def test_check_estimator(self, check):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check(KMedoids())

    def test_no_check_is_skipped(self):
        assert set(check_statuses(KMedoids)) == {"passed"}

    def test_import_loads_no_heavy_library(self):
        heavy = {"scipy.stats", "matplotlib", "pandas", "matplotlib.pyplot"}
        assert not heavy & added_by_import(KMedoids)

    @pytest.mark.parametrize("method", ["pam", "alternate"])
    @pytest.mark.parametrize("init", ["build", "heuristic", "random", "k-medoids++", "rows"])
    @pytest.mark.parametrize("case", [name for name in CASES if name not in ("all equal",)])
    def test_attributes(self, case, init, method):
        X, k = CASES[case]
        D = distances(X)
        start = random_start(D, k) if init == "rows" else init
        model = KMedoids(k, init=start, method=method, random_state=3).fit(X)
        assert_array_equal(model.cluster_centers_, X[model.medoid_indices_])
        assert_array_equal(model.labels_, D[:, model.medoid_indices_].argmin(axis=1))
        assert model.inertia_ == model.history_[-1]
        assert len(model.history_) == model.n_iter_
        assert_allclose(model.inertia_, cost(D, model.medoid_indices_), rtol=1e-12)
        assert_array_equal(model.predict(X), model.labels_)
        assert_array_equal(model.transform(X), D[:, model.medoid_indices_])
        assert model.n_features_in_ == X.shape[1]
        run = {"pam": pam, "alternate": alternating}[method](D, model.medoid_indices_)
        assert run.n_iter == 1
        # The same from the table of distances.
        table = KMedoids(k, init=start, method=method, random_state=3, metric="precomputed").fit(D)
        assert_array_equal(table.medoid_indices_, model.medoid_indices_)
        assert_array_equal(table.predict(D), model.labels_)
        assert_array_equal(table.transform(D[:5]), model.transform(X[:5]))
        assert table.cluster_centers_ is None

    def test_starts(self):
        D = distances(BLOBS)
        assert_array_equal(KMedoids(4).fit(BLOBS).history_, pam(D, 4).history)
        assert_array_equal(KMedoids(3, init=[5, 0, 9]).fit(BLOBS).history_, pam(D, [5, 0, 9]).history)
        assert_array_equal(
            KMedoids(3, init=[5, 0, 9], method="alternate").fit(BLOBS).history_, alternating(D, [5, 0, 9]).history
        )
        central = np.argsort(D.sum(axis=0))[:3]
        assert_array_equal(KMedoids(3, init="heuristic").fit(BLOBS).history_, pam(D, central).history)

    def test_draws_by_distance(self):
        X = np.array([[0.0], [1], [2], [3]])
        rng = np.random.RandomState(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            draws = [start_of(X, 2, "k-medoids++", rng) for _ in range(6000)]
        seconds = [second for first, second in draws if first == 0]
        share = np.bincount(seconds, minlength=4) / len(seconds)
        p = np.array([0, 1, 2, 3]) / 6
        assert len(seconds) > 1300
        assert share[0] == 0
        assert np.all(np.abs(share - p) <= 4 * np.sqrt(p * (1 - p) / len(seconds)))
        pairs = {tuple(start_of(X, 2, "random", rng)) for _ in range(300)}
        assert len(pairs) == 12

    def test_draws_no_place_twice(self):
        X = np.array([[0.0], [0], [0], [5], [9]])
        rng = np.random.RandomState(0)
        assert {frozenset(X[start_of(X, 3, "k-medoids++", rng), 0]) for _ in range(50)} == {frozenset([0, 5, 9])}

    def test_fewer_distinct_points_than_clusters(self):
        X = np.array([[0.0], [0.0], [0.0], [5.0]])
        for init in ("build", "heuristic", "random", "k-medoids++"):
            for method in ("pam", "alternate"):
                with pytest.warns(ConvergenceWarning, match="distinct clusters, fewer than n_clusters=3"):
                    model = KMedoids(3, init=init, method=method, random_state=0).fit(X)
                assert len(set(model.medoid_indices_)) == 3
                assert model.inertia_ in ((0,) if method == "pam" else (0, 5))

    def test_cut_off(self):
        with pytest.warns(ConvergenceWarning, match="did not converge in max_iter=1 iterations; raise max_iter"):
            model = KMedoids(4, init=[0, 1, 2, 3], max_iter=1).fit(BLOBS)
        assert model.n_iter_ == 1
        assert len(model.history_) == 2

    def test_function(self):
        model = KMedoids(4, metric="cityblock", method="alternate", init="random", random_state=5).fit(BLOBS)
        kwargs = {"metric": "cityblock", "method": "alternate", "init": "random", "random_state": 5}
        medoids, labels, inertia, n_iter = k_medoids(BLOBS, 4, **kwargs, return_n_iter=True)
        assert_array_equal(medoids, model.medoid_indices_)
        assert_array_equal(labels, model.labels_)
        assert (inertia, n_iter) == (model.inertia_, model.n_iter_)
        assert len(k_medoids(BLOBS, 4)) == 3
        power = k_medoids(BLOBS, 4, metric="minkowski", metric_params={"p": 1})
        assert power[2] == pytest.approx(k_medoids(BLOBS, 4, metric="manhattan")[2])
        with pytest.warns(ConvergenceWarning):
            k_medoids(BLOBS, 4, init=[0, 1, 2, 3], max_iter=1)

    @pytest.mark.parametrize("metric", sorted(_SCIPY_METRICS | set(OTHER_NAMES)))
    def test_metrics(self, metric):
        X = np.random.default_rng(0).uniform(0.1, 1, (40, 6)) + np.eye(6)[np.arange(40) % 3] * 4
        if metric in ("yule", "dice", "jaccard", "rogerstanimoto", "russellrao", "sokalsneath"):
            X = np.repeat([0.5, 0.8], 3) < X
        elif metric == "hamming":
            X = np.round(X, 1)
        D = cdist(X, X, metric) if metric in ("russellrao", "jensenshannon") else pairwise_distances(X, metric=metric)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # Yule's distance leaves many points at zero
            model = KMedoids(3, metric=metric).fit(X)
        assert_allclose(model.inertia_, cost(D, model.medoid_indices_), rtol=1e-9, atol=1e-12)
        assert_array_equal(model.predict(X), model.labels_)
        assert_allclose(model.transform(X[:7]), D[:7, model.medoid_indices_], rtol=1e-9, atol=1e-12)
        assert len(np.unique(D)) > 2

    def test_callable_metric(self):
        by_name = KMedoids(4, metric="cityblock").fit(BLOBS)
        assert_array_equal(KMedoids(4, metric=lambda a, b: np.abs(a - b).sum()).fit(BLOBS).labels_, by_name.labels_)

    def test_metric_of_the_fit_is_kept(self):
        for metric in ("seuclidean", "mahalanobis"):
            model = KMedoids(3, metric=metric).fit(BLOBS)
            assert_array_equal(model.predict(BLOBS[:7]), model.labels_[:7])
            assert_array_equal(model.predict(BLOBS[9:10]), model.labels_[9:10])
        given = KMedoids(3, metric="seuclidean", metric_params={"V": [1.0, 100.0]}).fit(BLOBS)
        scaled = KMedoids(3).fit(BLOBS / [1, 10])
        assert_allclose(given.inertia_, scaled.inertia_, rtol=1e-9)
        given = KMedoids(3, metric="mahalanobis", metric_params={"VI": np.eye(2)}).fit(BLOBS)
        assert_allclose(given.inertia_, KMedoids(3).fit(BLOBS).inertia_, rtol=1e-9)

    def test_mahalanobis_in_any_units(self):
        labels = KMedoids(4, metric="mahalanobis").fit_predict(BLOBS)
        assert_array_equal(KMedoids(4, metric="mahalanobis").fit_predict(BLOBS * [2.0**-40, 2.0**40]), labels)
        X = BLOBS.round().astype(int)
        assert_array_equal(
            KMedoids(4, metric="mahalanobis").fit_predict(X), KMedoids(4, metric="mahalanobis").fit_predict(X * 1.0)
        )
        near = np.c_[BLOBS, BLOBS[:, 0] + 1e-5 * BLOBS[:, 1] ** 2]  # hard to invert, but not singular
        assert np.isfinite(KMedoids(4, metric="mahalanobis").fit(near).inertia_)

    def test_categories(self):
        table = [["red", "round"], ["red", "round"], ["red", "square"], ["blue", "flat"], ["blue", "flat"]]
        model = make_pipeline(OrdinalEncoder(), KMedoids(2, metric="hamming"))
        labels = model.fit_predict(table)
        assert adjusted_rand_score([0, 0, 0, 1, 1], labels) == 1
        assert model[-1].inertia_ == 0.5

    def test_finds_the_blobs(self):
        X, y = make_blobs(200, centers=[[0, 0], [8, 0], [0, 8]], random_state=0)
        for init in ("build", "k-medoids++", "random"):
            assert adjusted_rand_score(y, KMedoids(3, init=init, random_state=0).fit_predict(X)) > 0.98

    def test_pipeline_names_and_copies(self):
        frame = pd.DataFrame(BLOBS, columns=["x", "y"])
        pipe = make_pipeline(StandardScaler(), KMedoids(4)).set_output(transform="pandas")
        assert list(pipe.fit_transform(frame)) == ["kmedoids0", "kmedoids1", "kmedoids2", "kmedoids3"]
        model = KMedoids(4).fit(frame)
        assert model.feature_names_in_.tolist() == ["x", "y"]
        assert_array_equal(pickle.loads(pickle.dumps(model)).predict(frame), model.labels_)
        assert not hasattr(clone(model), "labels_")
        with pytest.raises(NotFittedError):
            KMedoids().predict(BLOBS)

    def test_input_is_not_modified(self):
        X = BLOBS.copy()
        D = distances(X)
        X.flags.writeable = D.flags.writeable = False
        for method in ("pam", "alternate"):
            for init in ("build", "k-medoids++"):
                model = KMedoids(4, method=method, init=init, random_state=0).fit(X)
                table = KMedoids(4, method=method, init=init, random_state=0, metric="precomputed").fit(D)
                assert_array_equal(model.labels_, table.labels_)
        swap_costs(D, [0, 1])
        assert KMedoids(4).fit(X.tolist()).inertia_ == KMedoids(4).fit(X).inertia_

    def test_second_fit_forgets_the_first(self):
        model = KMedoids(3, random_state=0, init="random").fit(BLOBS)
        model.set_params(metric="precomputed").fit(distances(LINE))
        assert model.cluster_centers_ is None
        model.set_params(metric="euclidean").fit(BLOBS)
        assert_array_equal(model.labels_, KMedoids(3, random_state=0, init="random").fit(BLOBS).labels_)


def start_of(X, k, init, rng):
    from companion.ml.cluster._kmedoids import _start

    return _start(distances(X), k, init, rng).tolist()
