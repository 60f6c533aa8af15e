import pickle
import tracemalloc
import warnings
from collections import Counter
from inspect import signature

import numpy as np
import pandas as pd
import pytest
import sklearn.cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse import csr_array
from scipy.spatial.distance import cdist
from sklearn.base import clone
from sklearn.datasets import load_iris, make_blobs, make_moons
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import NearestNeighbors, radius_neighbors_graph
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from companion.ml.cluster import DBSCAN, dbscan, dbscan_steps, eps_neighborhood, k_distances, point_types
from companion.ml.cluster import _neighbor_pairs as pairs_module
from companion.ml.cluster._dbscan import _METRICS
from tests.ml.estimators import added_by_import, check_statuses

# All but the one that scikit-learn skips unless SciPy was imported with SCIPY_ARRAY_API=1: test_no_check_is_skipped.
CHECKS = [check for _, check in estimator_checks_generator(DBSCAN()) if "check_array_api_input" not in str(check)]

MOONS = make_moons(500, noise=0.07, random_state=42)[0]
BLOBS = make_blobs(300, centers=4, cluster_std=0.8, random_state=1)[0]
GRID = np.array([[x, y] for x in range(12) for y in range(12) if (x + 2 * y) % 5], dtype=float)
LINE = np.array([0, 0.4, 0.7, 1, 2, 3, 3.3, 3.6, 4, 9])[:, None]
RNG = np.random.default_rng(0)
WIDE = np.vstack([RNG.normal(c, 1, (60, 20)) for c in (0, 3, 6)])

CASES = {
    "moons": (MOONS, 0.2, 5),
    "moons, much noise": (MOONS, 0.06, 5),
    "blobs": (BLOBS, 0.6, 5),
    "blobs, one cluster": (BLOBS, 30.0, 5),
    "blobs, only noise": (BLOBS, 1e-3, 2),
    "each point a cluster": (BLOBS, 1e-3, 1),
    "Iris": (load_iris().data, 0.5, 5),
    "duplicates": (np.repeat(BLOBS[:60], 4, axis=0), 0.3, 6),
    "all equal": (np.full((20, 3), 2.5), 0.1, 20),
    "all equal, too few": (np.full((20, 3), 2.5), 0.1, 21),
    "single point": (np.array([[3.0, 4.0]]), 1.0, 1),
    "single point, noise": (np.array([[3.0, 4.0]]), 1.0, 2),
    "two points": (np.array([[0.0], [1.0]]), 1.0, 2),
    "grid, ties at eps": (GRID, 1.0, 4),
    "grid, ties at the diagonal": (GRID, np.sqrt(2), 7),
    "line": (LINE, 1.0, 4),
    "line reversed": (LINE[::-1], 1.0, 4),
    "collinear": (np.hstack([LINE, 2 * LINE, -LINE]), 1.0, 2),
    "constant column": (np.c_[BLOBS, np.full(300, 7.0)], 0.6, 5),
    "shifted by 1e8": (BLOBS + 1e8, 0.6, 5),
    "scaled by 1e-6": (BLOBS * 1e-6, 0.6e-6, 5),
    "twenty features": (WIDE, 5.5, 5),
    "integers": (np.arange(40).reshape(-1, 1) ** 2 // 7, 3, 3),
    "float32": (BLOBS.astype(np.float32), 0.6, 5),
    "Fortran order": (np.asfortranarray(MOONS), 0.1, 5),
}


def assert_same(ours, theirs):
    assert_array_equal(ours.labels_, theirs.labels_)
    assert_array_equal(ours.core_sample_indices_, theirs.core_sample_indices_)
    assert_array_equal(ours.components_, theirs.components_)
    assert ours.labels_.dtype == theirs.labels_.dtype
    assert ours.core_sample_indices_.dtype == theirs.core_sample_indices_.dtype
    assert ours.n_features_in_ == theirs.n_features_in_


def fit_both(X, eps, min_samples, sample_weight=None, **kwargs):
    models = (
        DBSCAN(eps, min_samples=min_samples, **kwargs),
        sklearn.cluster.DBSCAN(eps, min_samples=min_samples, **kwargs),
    )
    return [model.fit(X, sample_weight=sample_weight) for model in models]


def literal_dbscan(D, eps, min_samples, weights):
    """Follow the definitions word by word: core, border, noise, and clusters in the order of the rows."""
    near = eps >= D
    core = near @ weights >= min_samples
    labels = np.full(len(D), -1)
    for seed in range(len(D)):
        if not core[seed] or labels[seed] >= 0:
            continue
        members = np.zeros(len(D), dtype=bool)
        members[seed] = True
        while (grown := members | near[:, members & core].any(axis=1)).sum() > members.sum():
            members = grown
        labels[members & (labels < 0)] = labels.max() + 1
    return core, labels


class TestParity:
    @pytest.mark.parametrize("case", CASES)
    def test_same_as_scikit_learn(self, case):
        assert_same(*fit_both(*CASES[case]))

    @pytest.mark.parametrize("case", CASES)
    def test_same_with_weights(self, case):
        X, eps, m = CASES[case]
        weights = np.random.default_rng(1).integers(1, 12, len(X)) / 4
        assert_same(*fit_both(X, eps, m, sample_weight=weights))

    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("size", [1, 50, 3000])
    def test_same_in_small_blocks(self, case, size, monkeypatch):
        X, eps, m = CASES[case]
        weights = np.random.default_rng(2).integers(0, 5, len(X)) / 2 + 0.5 * (len(X) < 3)
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", size)
        assert_same(*fit_both(X, eps, m))
        assert_same(*fit_both(X, eps, m, sample_weight=weights))

    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("size", [1, 50, 3000, 2**22])
    def test_brute_finds_what_the_tree_finds(self, case, size, monkeypatch):
        # Far from the origin scikit-learn's "brute" errs: its ||x||^2 - 2 x.y + ||y||^2 has lost the digits.
        X, eps, m = CASES[case]
        by_tree = DBSCAN(eps, min_samples=m, algorithm="kd_tree").fit(X)
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", size)
        assert_same(DBSCAN(eps, min_samples=m, algorithm="brute").fit(X), by_tree)
        if case != "shifted by 1e8":
            assert_same(*fit_both(X, eps, m, algorithm="brute"))

    def test_blocks_are_used(self, monkeypatch):
        whole = DBSCAN(0.1)._find_pairs(MOONS)
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", 1000)
        parts = DBSCAN(0.1)._find_pairs(MOONS)
        assert isinstance(whole, pairs_module.PairList)
        assert isinstance(parts, pairs_module.PairSearch)
        assert len(parts.blocks) == 5
        assert max(parts.counts[block].sum() for block in parts.blocks) < 1000 + parts.counts.max()
        assert sorted(np.concatenate(parts.blocks)) == list(range(500))

    @pytest.mark.parametrize("metric", ["euclidean", "l2", "l1", "manhattan", "cityblock", "chebyshev", "cosine"])
    @pytest.mark.parametrize("eps", [0.05, 0.2, 0.9])
    def test_metrics(self, metric, eps, monkeypatch):
        assert_same(*fit_both(BLOBS, eps, 5, metric=metric))
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", 700)
        assert_same(*fit_both(BLOBS, eps, 5, metric=metric))

    @pytest.mark.parametrize("p", [1, 1.5, 2, 3, 10])
    def test_powers(self, p):
        assert_same(*fit_both(BLOBS, 0.7, 5, metric="minkowski", p=p))

    def test_power_below_one_is_no_distance(self):
        with pytest.warns(UserWarning, match="not distance metrics"):
            assert_same(*fit_both(BLOBS, 0.7, 5, metric="minkowski", p=0.5))

    def test_no_power_is_two(self):  # scikit-learn says so, too, but breaks down
        ours = DBSCAN(0.7, metric="minkowski", p=None).fit(BLOBS)
        assert_same(ours, sklearn.cluster.DBSCAN(0.7).fit(BLOBS))

    def test_power_counts_for_minkowski_only(self):
        assert_same(*fit_both(BLOBS, 0.7, 5, metric="euclidean", p=1))
        assert_same(*fit_both(BLOBS, 0.7, 5, metric="cosine", p=1))

    @pytest.mark.parametrize("algorithm", ["auto", "ball_tree", "kd_tree", "brute"])
    @pytest.mark.parametrize("X", [MOONS, WIDE], ids=["narrow", "wide"])
    def test_algorithms(self, algorithm, X):
        eps = 0.1 if X is MOONS else 5.5
        assert_same(*fit_both(X, eps, 5, algorithm=algorithm, leaf_size=7, n_jobs=1))

    def test_other_metrics(self):
        radians = np.radians(np.random.default_rng(3).uniform(-80, 80, (200, 2)))
        assert_same(*fit_both(radians, 0.1, 4, metric="haversine"))
        assert_same(*fit_both(BLOBS[:80], 0.7, 4, metric=lambda a, b: np.abs(a - b).sum()))
        weighted = {"metric": "minkowski", "metric_params": {"w": [1.0, 3.0]}, "p": 2}
        assert_same(*fit_both(BLOBS, 0.7, 4, **weighted))
        codes = np.random.default_rng(4).integers(0, 3, (100, 6))
        assert_same(*fit_both(codes, 0.34, 5, metric="hamming"))

    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("size", [1, 3000, 2**22])
    def test_precomputed(self, case, size, monkeypatch):
        X, eps, m = CASES[case]
        D = cdist(X, X)
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", size)
        assert_same(*fit_both(D, eps, m, metric="precomputed"))

    @pytest.mark.parametrize("size", [1000, 2**22])
    def test_sparse_graph_of_distances(self, size, monkeypatch):
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", size)
        graph = radius_neighbors_graph(MOONS, 0.3, mode="distance")
        before = graph.copy()
        ours, theirs = fit_both(graph, 0.1, 5, metric="precomputed")
        assert_array_equal(ours.labels_, theirs.labels_)
        assert_array_equal(ours.labels_, DBSCAN(0.1).fit(MOONS).labels_)
        assert_array_equal(ours.components_.toarray(), theirs.components_.toarray())
        assert (graph != before).nnz == 0
        assert graph.nnz == before.nnz

    def test_sparse_table_with_zeros_that_are_stored(self):
        D = csr_array(np.array([[2.0, 1, 1], [1, 2, 3], [1, 3, 2]]))
        D.data -= 1
        assert D.nnz == 9
        D.data[[0, 4, 8]] = 0
        for table in (D, D.toarray()):  # points 0 and 1 are at one place, and so are 0 and 2
            assert DBSCAN(1, min_samples=3, metric="precomputed").fit(table).core_sample_indices_.tolist() == [0]
            assert DBSCAN(1, min_samples=4, metric="precomputed").fit_predict(table).tolist() == [-1, -1, -1]

    def test_sparse_table_with_entries_in_parts(self):
        D = np.array([[0, 0.75, 3], [0.75, 0, 0.25], [3, 0.25, 0]])
        i, j = np.nonzero(D)
        parts = csr_array((np.repeat(D[i, j] / 2, 2), np.repeat(j, 2), 2 * np.array([0, 2, 4, 6])), shape=(3, 3))
        assert parts.nnz == 12
        assert DBSCAN(0.5, min_samples=2, metric="precomputed").fit_predict(parts).tolist() == [-1, 0, 0]
        assert DBSCAN(1, min_samples=4, metric="precomputed").fit_predict(parts).tolist() == [-1, -1, -1]
        assert parts.nnz == 12

    @pytest.mark.parametrize("kind", [bool, np.uint8, np.float32])
    def test_tables_of_any_type(self, kind):
        D = np.ones((6, 6), dtype=kind)
        D[:3, :3] = D[3:, 3:] = 0
        for table in (D, csr_array(D)):
            stored = [0, 0, 0, 1, 1, 1] if table is D else [-1] * 6  # what is not stored is far apart
            assert DBSCAN(0.5, min_samples=2, metric="precomputed").fit_predict(table).tolist() == stored
            assert_array_equal(DBSCAN(1, min_samples=3, metric="precomputed").fit_predict(table), 0)
        assert DBSCAN(metric="precomputed", min_samples=1).fit_predict(~np.eye(4, dtype=bool)).tolist() == [0, 1, 2, 3]

    def test_sparse_points(self):
        X = csr_array(np.where(np.abs(BLOBS) > 2, BLOBS, 0))
        ours, theirs = fit_both(X, 0.6, 5)
        assert_array_equal(ours.labels_, theirs.labels_)
        assert_array_equal(ours.components_.toarray(), theirs.components_.toarray())

    @pytest.mark.parametrize("n", [40, 300])
    @pytest.mark.parametrize("algorithm", ["auto", "ball_tree", "brute"])
    def test_variances_of_the_points(self, n, algorithm, monkeypatch):
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", 5000)
        X = BLOBS[:n] @ [[1, 0.3], [0, 20]]
        whitened = X @ np.linalg.cholesky(np.linalg.inv(np.cov(X.T)))
        for metric, same in (("seuclidean", X / X.std(axis=0, ddof=1)), ("mahalanobis", whitened)):
            for eps in np.sort(cdist(same, same), axis=1)[::3, 4] * (1 + 1e-9):
                found = DBSCAN(eps, metric=metric, algorithm=algorithm).fit(X)
                assert_array_equal(found.core_sample_indices_, DBSCAN(eps).fit(same).core_sample_indices_)
                assert_array_equal(found.labels_, DBSCAN(eps).fit(same).labels_)
        for metric in ("seuclidean", "mahalanobis"):
            V = np.ones(2) if metric == "seuclidean" else np.eye(2)
            given = DBSCAN(0.9, metric=metric, metric_params={"V": V}, algorithm="ball_tree").fit(X)
            assert_array_equal(given.labels_, DBSCAN(0.9).fit(X).labels_)

    @pytest.mark.parametrize("size", [1, 700, 20_000, 2**22])
    @pytest.mark.parametrize("metric", ["haversine", "canberra", "cosine"])
    def test_other_metrics_in_blocks(self, size, metric, monkeypatch):
        X = np.radians(np.random.default_rng(3).uniform(-80, 80, (200, 2)))
        weights = np.random.default_rng(2).integers(0, 5, 200) / 2
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", size)
        for eps in (0.002, 0.1, 0.3, 9):
            assert_same(*fit_both(X, eps, 4, metric=metric))
            assert_same(*fit_both(X, eps, 4, metric=metric, sample_weight=weights))

    def test_few_pairs_are_kept(self, monkeypatch):
        # Else they are found three times, and the time of a search by blocks of the worst case is that of all pairs.
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", 5000)
        D = cdist(MOONS, MOONS)
        for X, metric, algorithm in (
            *((MOONS, "haversine", "auto"), (MOONS, "canberra", "brute"), (MOONS, "euclidean", "brute")),
            *((D, "precomputed", "auto"), (csr_array(np.where(D < 0.05, D, 0)), "precomputed", "auto")),
        ):
            few = DBSCAN(0.03, metric=metric, algorithm=algorithm)._find_pairs(X)
            assert isinstance(few, pairs_module.PairList)
            assert 100 < len(few.i) < 5000
        many = DBSCAN(0.5, metric="haversine")._find_pairs(MOONS)
        assert isinstance(many, pairs_module.PairSearch)
        assert max(many.counts[block].sum() for block in many.blocks) < 5000 + many.counts.max()
        assert 5 < len(many.blocks) < 50  # in the worst case each block holds ten points

    def test_function(self):
        weights = np.random.default_rng(0).uniform(0.2, 2, 500)
        kwargs = {"eps": 0.1, "min_samples": 7, "metric": "minkowski", "p": 3, "algorithm": "kd_tree", "leaf_size": 10}
        ours, theirs = (
            dbscan(MOONS, sample_weight=weights, **kwargs),
            sklearn.cluster.dbscan(MOONS, sample_weight=weights, **kwargs),
        )
        assert_array_equal(ours[0], theirs[0])
        assert_array_equal(ours[1], theirs[1])
        kwargs = {"metric_params": {"w": [1.0, 9.0]}, "n_jobs": 1}
        assert_array_equal(dbscan(MOONS, 0.2, **kwargs)[1], sklearn.cluster.dbscan(MOONS, 0.2, **kwargs)[1])
        assert len(np.unique(dbscan(MOONS, 0.2, **kwargs)[1])) != len(np.unique(dbscan(MOONS, 0.2)[1]))

    def test_defaults_and_names_are_those_of_scikit_learn(self):
        assert DBSCAN().get_params() == sklearn.cluster.DBSCAN().get_params()
        ours, theirs = signature(dbscan).parameters, signature(sklearn.cluster.dbscan).parameters
        assert [(p.name, p.kind, p.default) for p in ours.values()] == [
            (p.name, p.kind, p.default) for p in theirs.values()
        ]

    @pytest.mark.parametrize("size", [1, 2**22])
    def test_weights_of_a_tenth_make_a_whole(self, size, monkeypatch):
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", size)
        X = np.zeros((10, 1))
        assert_array_equal(DBSCAN(1, min_samples=1).fit(X, sample_weight=np.full(10, 0.1)).labels_, 0)
        assert_array_equal(DBSCAN(1, min_samples=1).fit(X, sample_weight=np.full(10, 0.0999)).labels_, -1)

    @pytest.mark.parametrize("X", [BLOBS, BLOBS.astype(np.float32), np.arange(40)[:, None]], ids=["float", "32", "int"])
    def test_a_number_is_the_weight_of_each(self, X):
        for weight, m in ((2, 5), (0.5, 3), (np.float64(3), 9)):
            assert_same(*fit_both(X, 0.6, m, sample_weight=weight))
            assert_same(*(DBSCAN(0.6, min_samples=m).fit(X, sample_weight=w) for w in (weight, [weight] * len(X))))
        assert_array_equal(point_types(X, 0.6, min_samples=2, sample_weight=2), "core")

    def test_negative_weight_inhibits(self):
        X, weights = [[0.0], [0.5], [1.0], [9.0]], [1, 1, -1, 3]
        assert_same(*fit_both(X, 1, 2, sample_weight=weights))
        assert DBSCAN(1, min_samples=2).fit(X, sample_weight=weights).labels_.tolist() == [-1, -1, -1, 0]
        assert DBSCAN(1, min_samples=2).fit(X).labels_.tolist() == [0, 0, 0, -1]


class TestDefinition:
    @pytest.mark.parametrize("case", CASES)
    @pytest.mark.parametrize("algorithm", ["auto", "brute"])
    def test_literal(self, case, algorithm):
        X, eps, m = CASES[case]
        core, labels = literal_dbscan(cdist(X, X), eps, m, np.ones(len(X)))
        core_samples, found = dbscan(X, eps, min_samples=m, algorithm=algorithm)
        assert_array_equal(core_samples, np.flatnonzero(core))
        assert_array_equal(found, labels)

    @pytest.mark.parametrize("metric", ["euclidean", "l2", "minkowski", "nan_euclidean", "sqeuclidean"])
    def test_many_features_far_from_the_origin(self, metric):
        # Multiples of 1/1024 are moved without rounding, so that the labels must stay.
        X = np.round(make_blobs(300, 16, centers=4, random_state=0)[0] * 1024) / 1024
        eps = 4.5**2 if metric == "sqeuclidean" else 4.5
        near = DBSCAN(4.5, algorithm="kd_tree").fit(X)
        assert Counter(near.labels_.tolist()).keys() == {-1, 0, 1, 2, 3}
        again = np.where(near.labels_ < 0, -1, near.labels_ + 4)
        for moved, expected in (
            *((X + 2.0**27, near.labels_), (X - 2.0**35, near.labels_)),
            # One far point and two far groups: there is no origin to which all are near.
            *((np.r_[X[:1] + 2.0**40, X], [-1, *near.labels_]), (np.r_[X, X - 2.0**35], [*near.labels_, *again])),
        ):
            assert_array_equal(DBSCAN(eps, metric=metric).fit(moved).labels_, expected)

    @pytest.mark.parametrize("d", [1, 3, 16, 40])
    def test_whole_numbers_tie_at_eps(self, d):
        for seed in range(20):
            X = np.random.default_rng(seed).integers(0, 3, (60, d)) + 1e9
            squares = cdist(X, X, "sqeuclidean")
            for square in np.unique(squares)[1:4]:
                core, labels = literal_dbscan(squares, square, 3, np.ones(60))
                for eps, metric in ((np.sqrt(square) * (1 + 1e-15), "euclidean"), (square, "sqeuclidean")):
                    found = DBSCAN(eps, min_samples=3, metric=metric, algorithm="brute").fit(X)
                    assert_array_equal(found.core_sample_indices_, np.flatnonzero(core))
                    assert_array_equal(found.labels_, labels)

    def test_decimal_grids(self):
        # The rule is d^2 <= eps^2 as floating point has it; scikit-learn's trees round otherwise for whole boxes.
        n_border = 0
        for seed in range(200):
            rng = np.random.default_rng(seed)
            X = rng.integers(0, 15, (int(rng.integers(1, 60)), int(rng.integers(1, 4)))) / rng.choice([3, 7, 10, 100])
            eps, m = float(rng.choice([0.1, 0.2, 0.3, 1 / 3, 1 / 7])), int(rng.integers(1, 7))
            near = sum((X[:, None, a] - X[None, :, a]) ** 2 for a in range(X.shape[1])) <= eps**2
            core, labels = literal_dbscan(np.where(near, 0, np.inf), 1, m, np.ones(len(X)))
            found = DBSCAN(eps, min_samples=m).fit(X)
            assert_array_equal(found.core_sample_indices_, np.flatnonzero(core))
            assert_array_equal(found.labels_, labels)
            n_border += ((labels >= 0) & ~core).sum()
        assert n_border > 100

    @given(
        points=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=40),
        eps=st.sampled_from([0.5, 1, 1.5, 2, 3]),
        m=st.integers(1, 8),
        data=st.data(),
    )
    @settings(max_examples=200, deadline=None)
    def test_properties(self, points, eps, m, data):
        X = np.array(points, dtype=float)
        model = DBSCAN(eps, min_samples=m).fit(X)
        assert_array_equal(model.labels_, sklearn.cluster.DBSCAN(eps, min_samples=m).fit(X).labels_)
        order = np.array(data.draw(st.permutations(range(len(X)))))
        types = point_types(X, eps, min_samples=m)
        assert_array_equal(point_types(X[order], eps, min_samples=m), types[order])
        core = types == "core"
        again = np.empty(len(X), dtype=int)
        again[order] = DBSCAN(eps, min_samples=m).fit_predict(X[order])
        assert adjusted_rand_score(model.labels_[core], again[core]) == 1 if core.any() else (again == -1).all()
        assert_array_equal(DBSCAN(eps * 1024, min_samples=m).fit_predict(X[:, ::-1] * 1024 - 8), model.labels_)
        assert set(model.labels_) - {-1} == set(range(model.labels_.max() + 1))
        # More demanded, fewer core points.
        assert set(dbscan(X, eps, min_samples=m + 1)[0]) <= set(model.core_sample_indices_)

    @given(
        counts=st.lists(st.integers(1, 4), min_size=1, max_size=12),
        eps=st.sampled_from([1, 2, 3]),
        m=st.integers(1, 8),
        seed=st.integers(0, 1000),
    )
    @settings(max_examples=100, deadline=None)
    def test_weights_are_repeats(self, counts, eps, m, seed):
        X = np.random.default_rng(seed).integers(0, 12, (len(counts), 2)).astype(float)
        weighted = DBSCAN(eps, min_samples=m).fit(X, sample_weight=counts)
        repeated = DBSCAN(eps, min_samples=m).fit(np.repeat(X, counts, axis=0))
        assert_array_equal(np.repeat(weighted.labels_, counts), repeated.labels_)

    def test_long_chains_in_any_order(self):
        for seed in range(20):
            order = np.random.default_rng(seed).permutation(3000)
            X = (order + 5.0 * (order >= 1000))[:, None]
            labels = DBSCAN(1, min_samples=2).fit_predict(X)
            first_is_long = order[0] >= 1000
            assert_array_equal(labels, (order >= 1000) ^ first_is_long)

    def test_border_point_goes_to_the_cluster_that_starts_first(self):
        x = LINE[:9]
        assert DBSCAN(1, min_samples=4).fit_predict(x).tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]
        assert DBSCAN(1, min_samples=4).fit_predict(x[::-1]).tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1]
        assert point_types(x, 1, min_samples=4).tolist() == 4 * ["core"] + ["border"] + 4 * ["core"]

    def test_extreme_scales(self):
        for scale in (1e-100, 1e-6, 1e6, 1e100):
            assert_array_equal(DBSCAN(0.2 * scale).fit_predict(MOONS * scale), DBSCAN(0.2).fit_predict(MOONS))
        # Sums of absolute values need no squares.
        assert DBSCAN(1e-200, min_samples=2, metric="l1").fit_predict([[0], [1e-200], [3e-200]]).tolist() == [0, 0, -1]
        assert DBSCAN(1e-200, min_samples=2, metric="chebyshev").fit_predict([[0], [1e-200]]).tolist() == [0, 0]


class TestNotes:
    """The worked numbers of 1.3.3.1."""

    def test_types_of_the_classification_picture(self):
        X = np.vstack([make_moons(500, noise=0.1, random_state=42)[0], [[0, 1.5], [1, -1], [2, 1.5]]])
        types = point_types(X, 0.2, min_samples=5)
        assert Counter(types.tolist()) == {"core": 496, "border": 4, "noise": 3}
        expected = [[0.929, 0.887], [-0.369, 1.243], [-1.211, 0.395], [2.171, -0.013]]
        assert_allclose(X[types == "border"], expected, atol=6e-4)
        assert len(eps_neighborhood(X, X[9], 0.2)) == 30

    @pytest.mark.parametrize(
        ("eps", "sizes", "agreement"),
        [(0.2, {0: 500, 1: 500}, 1), (0.1, {-1: 7, 0: 495, 1: 498}, 0.986062), (0.3, {0: 1000}, 0)],
    )
    def test_moons(self, eps, sizes, agreement):
        X, y = make_moons(1000, noise=0.07, random_state=42)
        labels = DBSCAN(eps, min_samples=5).fit_predict(X)
        assert Counter(labels.tolist()) == sizes
        assert_allclose(adjusted_rand_score(y, labels), agreement, atol=6e-7)

    @pytest.mark.parametrize(
        ("eps", "table"),
        [
            (0.5, {-1: [0, 59, 50], 0: [500, 0, 0], 1: [0, 41, 0]}),
            (2.5, {-1: [0, 0, 21], 0: [500, 100, 3], 1: [0, 0, 26]}),
        ],
    )
    def test_different_densities(self, eps, table):
        rng = np.random.RandomState(42)
        groups = [rng.normal(0, 0.3, (500, 2)), rng.normal([5, 0], 1, (100, 2)), rng.normal([15, 0], 3.5, (50, 2))]
        y = np.repeat([0, 1, 2], [500, 100, 50])
        labels = DBSCAN(eps, min_samples=10).fit_predict(np.vstack(groups))
        assert {int(c): np.bincount(y[labels == c], minlength=3).tolist() for c in np.unique(labels)} == table

    def test_snakes(self):
        rng = np.random.RandomState(42)
        x = np.linspace(0, 10, 500)
        snakes = [np.c_[x, np.sin(x) + shift + rng.normal(0, 0.1, 500)] for shift in (0, 1.5)]
        X = np.vstack([*snakes, np.c_[rng.uniform(0, 10, 40), rng.uniform(-1.5, 3, 40)]])
        labels = DBSCAN(0.25, min_samples=10).fit_predict(X)
        assert adjusted_rand_score(np.repeat([0, 1], 500), labels[:1000]) == 1
        assert (labels < 0).sum() == 30

    def test_ten_points(self):
        core, labels = dbscan(LINE, 1, min_samples=4)
        assert labels.tolist() == [0, 0, 0, 0, 0, 1, 1, 1, 1, -1]
        assert LINE[core, 0].tolist() == [0, 0.4, 0.7, 1, 3, 3.3, 3.6, 4]
        assert LINE[point_types(LINE, 1, min_samples=4) == "border", 0].tolist() == [2]
        assert LINE[point_types(LINE, 1, min_samples=4) == "noise", 0].tolist() == [9]


class TestSteps:
    @pytest.mark.parametrize("case", CASES)
    def test_steps_end_in_the_labels(self, case):
        X, eps, m = CASES[case]
        labels, types = np.full(len(X), -9), point_types(X, eps, min_samples=m)
        visits = Counter()
        for step in dbscan_steps(X, eps, min_samples=m):
            visits[step.point] += 1
            assert (step.label == -1) == (step.kind == "noise")
            if step.reached_from >= 0:
                assert types[step.reached_from] == "core"
                assert labels[step.reached_from] == step.label
                assert step.point in eps_neighborhood(X, X[step.reached_from], eps * (1 + 1e-12))
            assert labels[step.point] < 0  # no point changes its cluster
            labels[step.point] = step.label
            if step.kind != "noise":
                assert step.kind == types[step.point]
        assert_array_equal(labels, dbscan(X, eps, min_samples=m)[1])
        assert set(visits) == set(range(len(X)))
        assert max(visits.values()) <= 2

    def test_clusters_are_completed_one_by_one(self):
        joined = [step.label for step in dbscan_steps(MOONS, 0.1) if step.label >= 0]
        assert joined == sorted(joined)
        assert set(joined) == set(dbscan(MOONS, 0.1)[1]) - {-1}

    def test_order_of_ten_points(self):
        steps = [(s.point, s.label, s.kind, s.reached_from) for s in dbscan_steps(LINE, 1, min_samples=4)]
        assert steps == [
            *[(0, 0, "core", -1), (1, 0, "core", 0), (2, 0, "core", 0), (3, 0, "core", 0), (4, 0, "border", 3)],
            *[(5, 1, "core", -1), (6, 1, "core", 5), (7, 1, "core", 5), (8, 1, "core", 5), (9, -1, "noise", -1)],
        ]

    def test_breadth_first(self):
        X = np.arange(7.0)[:, None]
        order = [s.point for s in dbscan_steps(X[[3, 2, 4, 1, 5, 0, 6]], 1, min_samples=2)]
        assert order == [0, 1, 2, 3, 4, 5, 6]

    def test_metric_and_blocks(self, monkeypatch):
        steps = list(dbscan_steps(MOONS, 0.1, metric="l1"))
        assert steps == list(dbscan_steps(cdist(MOONS, MOONS, "cityblock"), 0.1, metric="precomputed"))
        assert steps != list(dbscan_steps(MOONS, 0.1))
        monkeypatch.setattr(pairs_module, "_BLOCK_SIZE", 700)
        assert steps == list(dbscan_steps(MOONS, 0.1, metric="l1"))

    def test_complains_before_the_first_step(self):
        with pytest.raises(ValueError, match="eps"):
            dbscan_steps(MOONS, -1)


class TestPieces:
    @pytest.mark.parametrize("case", [name for name in CASES if name != "twenty features"])
    def test_neighborhoods(self, case):
        X, eps, _ = CASES[case]
        finder = NearestNeighbors(radius=eps).fit(X)
        for i in range(0, len(X), 7):
            expected = np.sort(finder.radius_neighbors(X[i : i + 1], return_distance=False)[0])
            found = eps_neighborhood(X, X[i], eps)
            assert_array_equal(found, expected)
            assert found.dtype == np.intp

    def test_neighborhood_of_a_place_without_points(self):
        assert eps_neighborhood([[0, 0], [3, 4]], [0, 4], eps=3).tolist() == [1]
        assert eps_neighborhood([[0, 0], [3, 4]], [50, 50], eps=3).tolist() == []

    @pytest.mark.parametrize("case", [name for name, (X, _, _) in CASES.items() if len(X) > 4])
    @pytest.mark.parametrize("k", [1, 4])
    def test_k_distances(self, case, k):
        X = CASES[case][0]
        expected = NearestNeighbors(n_neighbors=k, algorithm="kd_tree").fit(X).kneighbors()[0][:, -1]
        found = k_distances(X, k)
        assert_allclose(found, np.sort(expected)[::-1], rtol=1e-12)
        assert found.shape == (len(X),)

    def test_rounding_decides_at_a_k_distance(self):
        distances = k_distances(MOONS, 4)
        counts = [len(dbscan(MOONS, eps, min_samples=5)[0]) - (distances <= eps).sum() for eps in distances]
        assert set(counts) == {-2, -1, 0}  # two points may be each other's fourth
        assert counts.count(0) < 490

    def test_k_distance_tells_the_core_points(self):
        distances = k_distances(MOONS, 4)
        for m in range(0, 500, 7):
            eps = distances[m] * (1 + 1e-12)
            assert len(dbscan(MOONS, eps, min_samples=5)[0]) == (distances <= eps).sum() >= 500 - m

    def test_types_with_weights_and_metric(self):
        assert point_types([[0], [1], [5]], 1, min_samples=3, sample_weight=[1, 1, 3]).tolist() == [
            *["noise", "noise", "core"]
        ]
        D = cdist(MOONS, MOONS)
        assert_array_equal(point_types(D, 0.1, metric="precomputed"), point_types(MOONS, 0.1))
        assert (point_types(MOONS, 0.1, metric="l1") != point_types(MOONS, 0.1)).any()


class TestEstimator:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
    def test_check_estimator(self, check):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check(DBSCAN())

    def test_no_check_is_skipped(self):
        assert set(check_statuses(DBSCAN)) == {"passed"}

    def test_import_loads_no_heavy_library(self):
        heavy = {"scipy.stats", "matplotlib", "pandas", "matplotlib.pyplot"}
        assert not heavy & added_by_import(DBSCAN)

    def test_pipeline_names_and_copies(self):
        frame = pd.DataFrame(MOONS, columns=["x", "y"])
        model = DBSCAN(0.2).fit(frame)
        assert model.feature_names_in_.tolist() == ["x", "y"]
        assert_array_equal(
            make_pipeline(StandardScaler(), DBSCAN(0.3)).fit_predict(frame),
            make_pipeline(StandardScaler(), sklearn.cluster.DBSCAN(0.3)).fit_predict(frame),
        )
        assert_array_equal(pickle.loads(pickle.dumps(model)).labels_, model.labels_)
        assert not hasattr(clone(model), "labels_")

    def test_input_is_not_modified(self):
        X, weights = MOONS.copy(), np.ones(500)
        X.flags.writeable = weights.flags.writeable = False
        model = DBSCAN(0.2).fit(X, sample_weight=weights)
        model.components_[:] = 0
        assert_array_equal(weights, 1)
        assert_array_equal(DBSCAN(0.2).fit(MOONS.tolist()).labels_, model.labels_)
        D = cdist(X, X)
        D.flags.writeable = False
        assert_array_equal(DBSCAN(0.2, metric="precomputed").fit(D).labels_, model.labels_)

    def test_second_fit_forgets_the_first(self):
        model = DBSCAN(0.2).fit(MOONS)
        model.fit(BLOBS[:50])
        assert_same(model, sklearn.cluster.DBSCAN(0.2).fit(BLOBS[:50]))

    def test_memory_does_not_grow_with_the_pairs(self):
        X = np.random.default_rng(0).normal(size=(6000, 2))  # 36 million pairs, of which each takes 16 bytes and more
        tracemalloc.start()
        labels = DBSCAN(50.0).fit(X).labels_
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert_array_equal(labels, 0)
        assert peak < 400e6


def test_the_metrics_are_those_with_which_scikit_learn_works() -> None:
    from sklearn.metrics.pairwise import _VALID_METRICS
    from sklearn.neighbors import VALID_METRICS

    # Its DBSCAN lets names through that its NearestNeighbors, which it relies on, refuses.
    assert {*_VALID_METRICS, "precomputed"} & {name for names in VALID_METRICS.values() for name in names} == _METRICS


@pytest.mark.parametrize("metric", sorted(_METRICS - {"precomputed"}))
def test_every_metric_works(metric):
    X = np.random.default_rng(5).uniform(0.1, 1, (40, 2))
    X = X > 0.5 if metric in ("dice", "jaccard", "rogerstanimoto", "russellrao", "sokalsneath", "yule") else X
    assert len(DBSCAN(0.2, min_samples=2, metric=metric).fit(X).labels_) == 40
