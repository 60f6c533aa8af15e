import pickle
import warnings
from inspect import signature

import numpy as np
import pandas as pd
import pytest
import sklearn.cluster
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.spatial.distance import pdist, squareform
from sklearn.base import clone
from sklearn.datasets import load_digits
from sklearn.metrics import adjusted_rand_score, pairwise_distances
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from companion.ml.cluster import AgglomerativeClustering, fcluster, linkage
from companion.ml.cluster._agglomerative import _SORTED_METRICS, _UNSORTED_METRICS
from tests.ml.cluster.test_linkage import BLOBS, CASES, TIES
from tests.ml.estimators import check_statuses

# All but the one that scikit-learn skips unless SciPy was imported with SCIPY_ARRAY_API=1: test_no_check_is_skipped.
CHECKS = [
    check
    for _, check in estimator_checks_generator(AgglomerativeClustering())
    if "check_array_api_input" not in str(check)
]
LINKAGES = ["ward", "complete", "average", "single"]
ALL = {**CASES, **TIES, "digits": load_digits().data[:400]}
X = BLOBS[:90]


def _breaks(points):
    raise TypeError("no such thing")


def fit_both(points, *args, **kwargs):
    ours = AgglomerativeClustering(*args, **kwargs).fit(points)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sklearn.cluster.AgglomerativeClustering(*args, **kwargs).fit(points)
    return ours, theirs


def assert_same(ours, theirs):
    assert_array_equal(ours.labels_, theirs.labels_)
    assert ours.labels_.dtype == theirs.labels_.dtype
    assert_array_equal(ours.children_, theirs.children_)
    assert ours.children_.dtype == theirs.children_.dtype
    for name in ("n_clusters_", "n_leaves_", "n_connected_components_", "n_features_in_"):
        assert getattr(ours, name) == getattr(theirs, name)
        assert type(getattr(ours, name)) in (int, type(getattr(theirs, name)))


class TestParity:
    @pytest.mark.parametrize("linkage", LINKAGES)
    @pytest.mark.parametrize("case", CASES)
    def test_scikit_learn(self, case, linkage):
        points = CASES[case]
        for k in {1, 2, 3, 5, 8, 13, len(points) - 1, len(points)}:
            if k <= len(points):
                assert_same(*fit_both(points, k, linkage=linkage))

    @pytest.mark.parametrize("linkage", ["complete", "average", "single"])
    @pytest.mark.parametrize("case", TIES)
    def test_ties(self, case, linkage):
        for k in (1, 2, 3, 5, 6):
            assert_same(*fit_both(TIES[case], k, linkage=linkage))

    @pytest.mark.parametrize("case", ["iris", "digits", "integers"])
    def test_labels_of_ward_despite_ties(self, case):
        for k in (2, 3, 5, 10):
            ours, theirs = fit_both(ALL[case], k)
            assert_array_equal(ours.labels_, theirs.labels_)

    @pytest.mark.parametrize("linkage", LINKAGES)
    @pytest.mark.parametrize("case", CASES)
    def test_threshold(self, case, linkage):
        points = CASES[case]
        heights = AgglomerativeClustering(1, linkage=linkage, compute_distances=True).fit(points).distances_
        for t in (0, np.median(heights) * 1.01, heights[-1] * 0.9, heights[-1] * 2):
            ours, theirs = fit_both(points, None, linkage=linkage, distance_threshold=t)
            assert_same(ours, theirs)
            assert_allclose(ours.distances_, theirs.distances_, rtol=1e-7, atol=1e-12 * heights[-1])

    @pytest.mark.parametrize("linkage", ["complete", "average", "single"])
    @pytest.mark.parametrize(
        "metric",
        [
            *("l1", "l2", "manhattan", "cityblock", "chebyshev", "canberra", "braycurtis", "minkowski"),
            *("cosine", "correlation", "sqeuclidean"),
        ],
    )
    def test_metrics(self, metric, linkage):
        points = np.abs(CASES["wine"][::2])
        assert_same(*fit_both(points, 4, metric=metric, linkage=linkage))

    @pytest.mark.parametrize("linkage", ["complete", "average", "single"])
    @pytest.mark.parametrize("metric", ["dice", "hamming", "jaccard", "rogerstanimoto", "russellrao", "yule"])
    def test_metrics_of_sets(self, metric, linkage):
        points = np.random.default_rng(0).random((60, 40)) < 0.5
        assert_same(*fit_both(points, 4, metric=metric, linkage=linkage))

    @pytest.mark.parametrize("linkage", ["complete", "average", "single"])
    @pytest.mark.parametrize("metric", sorted(_UNSORTED_METRICS | _SORTED_METRICS))
    def test_every_metric_works(self, metric, linkage):
        points = CASES["wine"][::3] > CASES["wine"].mean(axis=0) if metric in ("dice", "yule") else CASES["wine"][::3]
        model = AgglomerativeClustering(4, metric=metric, linkage=linkage).fit(points)
        assert_array_equal(np.unique(model.labels_), np.arange(4))

    @pytest.mark.parametrize("linkage", ["complete", "average", "single"])
    def test_precomputed_and_callable(self, linkage):
        D = squareform(pdist(X))
        ours, theirs = fit_both(D, 4, metric="precomputed", linkage=linkage)
        assert_same(ours, theirs)
        assert_same(*fit_both(X, 4, metric=pairwise_distances, linkage=linkage))
        assert_array_equal(ours.labels_, AgglomerativeClustering(4, linkage=linkage).fit(X).labels_)

    @pytest.mark.parametrize("linkage", ["complete", "average", "single"])
    @pytest.mark.parametrize("kind", [bool, np.uint8, np.int8])
    def test_tables_of_any_type(self, linkage, kind):
        D = np.ones((6, 6), dtype=kind)
        D[:2, :2] = D[2:, 2:] = 0
        assert_same(*fit_both(D, 2, metric="precomputed", linkage=linkage))
        AgglomerativeClustering(metric="precomputed", linkage=linkage).fit(~np.eye(4, dtype=bool))

    def test_functions_of_all_points_with_more_arguments_or_without_a_signature(self):
        for metric in (lambda X, Y=None: pairwise_distances(X), lambda *args: pairwise_distances(*args)):
            assert_same(*fit_both(X, 4, metric=metric, linkage="average"))
        D = squareform(pdist(X))  # np.array is built in
        one, two = (AgglomerativeClustering(4, metric=m, linkage="average") for m in (np.array, "precomputed"))
        assert_array_equal(one.fit_predict(D), two.fit_predict(D))

    def test_a_mistake_inside_the_function_is_left_as_it_is(self):
        with pytest.raises(TypeError, match=r"^no such thing$"):
            AgglomerativeClustering(metric=_breaks, linkage="average").fit(X)

    def test_ward_under_both_names(self):
        assert_same(*fit_both(X, 4, metric="l2"))

    def test_parameters_are_those_of_scikit_learn(self):
        ours, theirs = AgglomerativeClustering().get_params(), sklearn.cluster.AgglomerativeClustering().get_params()
        assert theirs.keys() - ours.keys() == {"connectivity", "memory"}
        assert ours == {name: theirs[name] for name in ours}
        kinds = signature(sklearn.cluster.AgglomerativeClustering).parameters
        assert all(p.kind == kinds[name].kind for name, p in signature(AgglomerativeClustering).parameters.items())


class TestFit:
    @pytest.mark.parametrize("linkage_name", LINKAGES)
    def test_tree_is_that_of_linkage(self, linkage_name):
        model = AgglomerativeClustering(6, linkage=linkage_name, compute_distances=True).fit(BLOBS)
        Z = linkage(BLOBS, linkage_name)
        assert_array_equal(np.sort(model.children_), Z[:, :2])
        assert_array_equal(model.distances_, Z[:, 2])
        assert adjusted_rand_score(model.labels_, fcluster(Z, 6, "maxclust")) == 1

    def test_exactly_as_many_clusters_despite_ties(self):
        line = np.arange(12.0)[:, None]
        for k in range(1, 13):
            model = AgglomerativeClustering(k, linkage="single").fit(line)
            assert_array_equal(np.unique(model.labels_), np.arange(k))
            assert model.n_clusters_ == k

    def test_threshold_is_exclusive(self):
        line = [[1], [2], [4], [7], [11]]
        counts = [
            AgglomerativeClustering(None, linkage="complete", distance_threshold=t).fit(line).n_clusters_
            for t in (0, 1, 1.5, 3, 4, 4.5, 10, 10.5)
        ]
        assert counts == [5, 5, 4, 4, 3, 2, 2, 1]

    def test_clusters_are_subtrees(self):
        model = AgglomerativeClustering(7).fit(BLOBS)
        coarse = AgglomerativeClustering(4).fit(BLOBS)
        assert len(set(zip(model.labels_, coarse.labels_, strict=True))) == 7

    def test_distances_only_when_asked_for(self):
        model = AgglomerativeClustering()
        assert not hasattr(model.fit(X), "distances_")
        assert hasattr(model.set_params(compute_distances=True).fit(X), "distances_")
        assert not hasattr(model.set_params(compute_distances=False).fit(X), "distances_")
        assert hasattr(model.set_params(n_clusters=None, distance_threshold=3).fit(X), "distances_")

    def test_compute_full_tree_changes_nothing(self):
        for value in ("auto", True, False):
            assert_same(*fit_both(X, 4, compute_full_tree=value))
        assert_same(*fit_both(X, None, distance_threshold=3.0, compute_full_tree=True))

    def test_two_fits_in_a_row(self):
        model = AgglomerativeClustering(4, compute_distances=True)
        one = pickle.dumps(vars(model.fit(X)))
        model.fit(BLOBS)
        assert pickle.dumps(vars(model.fit(X))) == one

    def test_input_is_left_alone(self):
        for metric, table in (("euclidean", X.copy()), ("precomputed", squareform(pdist(X)))):
            before = table.copy()
            table.flags.writeable = False
            AgglomerativeClustering(3, metric=metric, linkage="average").fit(table)
            assert_array_equal(table, before)

    def test_lists_and_frames(self):
        model = AgglomerativeClustering(4).fit(X.tolist())
        frame = AgglomerativeClustering(4).fit(pd.DataFrame(X, columns=["a", "b"]))
        assert_array_equal(model.labels_, frame.labels_)
        assert frame.feature_names_in_.tolist() == ["a", "b"]

    def test_square_table_of_distances(self):
        with pytest.warns(UserWarning, match="looks like a square table of distances") as caught:
            AgglomerativeClustering(linkage="average").fit(squareform(pdist(X)))
        assert [w.filename for w in caught] == [__file__]

    @given(seed=st.integers(0, 1000), name=st.sampled_from(LINKAGES), k=st.integers(1, 6))
    @settings(deadline=None, max_examples=50)
    def test_rows_permuted(self, seed, name, k):
        order = np.random.default_rng(seed).permutation(len(X))
        one = AgglomerativeClustering(k, linkage=name).fit_predict(X)
        two = AgglomerativeClustering(k, linkage=name).fit_predict(X[order])
        assert adjusted_rand_score(one[order], two) == 1

    @given(power=st.sampled_from([-20, 20]), name=st.sampled_from(LINKAGES), k=st.integers(1, 6))
    @settings(deadline=None)
    def test_scaled(self, power, name, k):
        one = AgglomerativeClustering(k, linkage=name).fit_predict(X)
        assert_array_equal(AgglomerativeClustering(k, linkage=name).fit_predict(X * 2.0**power), one)


class TestScikitLearn:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
    def test_check_estimator(self, check):
        check(AgglomerativeClustering())

    def test_no_check_is_skipped(self):
        counts = check_statuses(AgglomerativeClustering)
        assert counts.keys() == {"passed"}
        assert counts["passed"] >= len(CHECKS) > 40

    def test_pipeline(self):
        model = make_pipeline(StandardScaler(), AgglomerativeClustering(4))
        expected = AgglomerativeClustering(4).fit_predict(StandardScaler().fit_transform(BLOBS))
        assert_array_equal(model.fit_predict(BLOBS), expected)

    def test_clone_and_pickle(self):
        model = AgglomerativeClustering(4, linkage="average").fit(X)
        assert_array_equal(clone(model).fit(X).labels_, model.labels_)
        assert_array_equal(pickle.loads(pickle.dumps(model)).labels_, model.labels_)

    def test_tags(self):
        assert AgglomerativeClustering(metric="precomputed").__sklearn_tags__().input_tags.pairwise
        assert not AgglomerativeClustering().__sklearn_tags__().input_tags.pairwise
