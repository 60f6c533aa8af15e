import tracemalloc
import warnings
from inspect import signature
from itertools import combinations

import numpy as np
import pytest
import scipy.cluster.hierarchy as scipy_hierarchy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial.distance import cdist, pdist, squareform
from sklearn.datasets import load_breast_cancer, load_iris, load_wine, make_blobs, make_circles, make_moons

from companion.ml.cluster import _linkage as module
from companion.ml.cluster import cophenet, fcluster, lance_williams, leaves_list, linkage
from companion.ml.cluster._names import OTHER_NAMES

METHODS = ["single", "complete", "average", "weighted", "centroid", "median", "ward"]
MEANS = ["centroid", "median", "ward"]
MONOTONE = ["single", "complete", "average", "weighted", "ward"]

BLOBS = make_blobs(300, centers=4, random_state=0)[0]
LINE = np.linspace(-1, 1.3, 50)[:, None]
TEN_POINTS = np.array(
    [
        *([10.93, 1.84], [-0.18, 5.89], [-8.48, 0.68], [7.35, 11.89], [5.54, -2.15]),
        *([-4.17, -7.58], [-15.99, -9.34], [1.42, -0.75], [7.99, 1.22], [-4.41, -1.71]),
    ]
)
CASES = {
    "blobs": BLOBS,
    "moons": make_moons(200, noise=0.05, random_state=0)[0],
    "rings": make_circles(151, noise=0.03, factor=0.5, random_state=1)[0],
    "elongated": BLOBS[:120] @ [[0.6, -0.6], [-0.4, 0.9]],
    "wine": load_wine().data,
    "cancer": load_breast_cancer().data,
    "ten points": TEN_POINTS,
    "two points": np.array([[0.0], [3.0]]),
    "three points": np.array([[0.0], [1.0], [7.0]]),
    "collinear": LINE**3 * [1, 2, -1] + LINE,
    "constant column": np.c_[BLOBS, np.full(300, 7.0)],
    "shifted by 1e8": BLOBS + 1e8,
    "tiny": BLOBS * 1e-6,
    "huge": BLOBS * 1e6,
    "more features than points": np.random.default_rng(0).normal(size=(20, 50)),
    "one far point": np.vstack([BLOBS[:50], [[1e4, 0]]]),
}
# Equal distances, of which SciPy may take others first where it has rounded them.
TIES = {
    "iris": load_iris().data,
    "duplicates": np.repeat(BLOBS[:30], 4, axis=0),
    "equal steps": np.arange(20.0)[:, None],
    "grid": np.array([[i, j] for i in range(8) for j in range(8)], dtype=float),
    "all points equal": np.ones((10, 2)),
    "integers": np.random.default_rng(1).integers(0, 6, (80, 3)).astype(float),
    "hexagon": np.c_[np.cos(np.arange(6) * np.pi / 3), np.sin(np.arange(6) * np.pi / 3)],
}
ALL = CASES | TIES


def between(A, B, method):
    """Return the distance of two clusters by its definition."""
    D, apart = cdist(A, B), np.linalg.norm(A.mean(axis=0) - B.mean(axis=0))
    return {
        "single": D.min(),
        "complete": D.max(),
        "average": D.mean(),
        "centroid": apart,
        "ward": np.sqrt(2 * len(A) * len(B) / (len(A) + len(B))) * apart,
    }[method]


def by_halves(tree, X, other, method):
    """Return the distance of two clusters under weighted or median linkage, from how they came about."""
    if method == "median":
        return np.linalg.norm(midpoint(tree, X) - midpoint(other, X))
    for whole, rest in ((tree, other), (other, tree)):
        if isinstance(whole, tuple):
            return np.mean([by_halves(part, X, rest, method) for part in whole])
    return np.linalg.norm(X[tree] - X[other])


def midpoint(tree, X):
    return (midpoint(tree[0], X) + midpoint(tree[1], X)) / 2 if isinstance(tree, tuple) else X[tree]


def leaves(tree):
    return leaves(tree[0]) + leaves(tree[1]) if isinstance(tree, tuple) else [tree]


def distance(tree, other, X, method):
    if method in ("weighted", "median"):
        return by_halves(tree, X, other, method)
    return between(X[leaves(tree)], X[leaves(other)], method)


def demand_greedy(Z, X, method):
    """Replay a tree by the definitions: every row must merge two clusters than which none are nearer."""
    slack = 1e-7 * max(1e-300, pdist(X).max())
    clusters = dict(enumerate(range(len(X))))
    D = {pair: distance(*pair, X, method) for pair in combinations(range(len(X)), 2)}
    for i, (a, b, height, size) in enumerate(Z):
        a, b, new = int(a), int(b), len(X) + i
        assert a < b
        assert_allclose([height, D[a, b]], min(D.values()), rtol=1e-7, atol=slack)
        tree = (clusters.pop(a), clusters.pop(b))
        assert size == len(leaves(tree))
        D = {pair: d for pair, d in D.items() if not {a, b} & set(pair)}
        D |= {(c, new): distance(other, tree, X, method) for c, other in clusters.items()}
        clusters[new] = tree
    assert len(clusters) == 1


def scipy_linkage(*args):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return scipy_hierarchy.linkage(*args)


def assert_same_tree(ours, theirs):
    assert_array_equal(ours[:, [0, 1, 3]], theirs[:, [0, 1, 3]])
    assert_allclose(ours[:, 2], theirs[:, 2], rtol=1e-11, atol=1e-13 * theirs[:, 2].max())


class TestParity:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("case", CASES)
    def test_scipy(self, case, method):
        Z = linkage(CASES[case], method)
        assert_same_tree(Z, scipy_linkage(CASES[case], method))
        assert Z.dtype == np.float64

    @pytest.mark.parametrize("method", ["single", "complete", "average", "weighted"])
    @pytest.mark.parametrize("case", TIES)
    def test_same_as_scipy_even_in_ties(self, case, method):
        assert_array_equal(linkage(TIES[case], method), scipy_linkage(TIES[case], method))

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("case", [name for name, X in ALL.items() if len(X) <= 80])
    def test_each_merge_is_of_a_nearest_pair(self, case, method):
        demand_greedy(linkage(ALL[case], method), ALL[case], method)

    def test_the_replay_tells_a_wrong_tree(self):
        for other in ("single", "centroid"):
            with pytest.raises(AssertionError):
                demand_greedy(linkage(TEN_POINTS, other), TEN_POINTS, "average")

    @pytest.mark.parametrize("method", METHODS)
    def test_condensed_distances(self, method):
        assert_array_equal(linkage(pdist(BLOBS), method), linkage(BLOBS, method))
        for n in (2, 3, 4, 17):
            assert_same_tree(linkage(pdist(BLOBS[:n]), method), scipy_linkage(BLOBS[:n], method))

    @pytest.mark.parametrize("method", ["single", "complete", "average", "weighted"])
    @pytest.mark.parametrize(
        "metric",
        [
            *(
                "sqeuclidean",
                "cityblock",
                "chebyshev",
                "minkowski",
                "cosine",
                "correlation",
                "seuclidean",
                "mahalanobis",
            ),
            lambda u, v: np.abs(u - v).sum() ** 0.5,
        ],
        ids=lambda metric: "callable" if callable(metric) else str(metric),
    )
    def test_other_metrics(self, metric, method):
        X = load_wine().data[::2]
        assert_same_tree(linkage(X, method, metric), scipy_linkage(X, method, metric))

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize(("name", "scipy_name"), OTHER_NAMES.items())
    def test_names_of_scikit_learn(self, name, scipy_name, method):
        if scipy_name == "euclidean" or method not in MEANS:
            assert_array_equal(linkage(BLOBS[:80], method, name), linkage(BLOBS[:80], method, scipy_name))

    @pytest.mark.parametrize("method", ["average", "ward"])
    def test_distances_that_no_points_have(self, method):
        y = np.random.default_rng(3).uniform(0.1, 1, 100 * 99 // 2)
        assert_same_tree(linkage(y, method), scipy_linkage(y, method))

    def test_arguments_of_scipy(self):
        for ours in (linkage, cophenet, leaves_list):
            theirs = signature(getattr(scipy_hierarchy, ours.__name__)).parameters
            names = list(signature(ours).parameters)
            assert names == list(theirs)[: len(names)]
            assert all(signature(ours).parameters[name].default == theirs[name].default for name in names)


class TestNotes:
    """The worked numbers of 1.3.2.1."""

    def test_two_clusters(self):
        r = np.random.RandomState(42)
        A = r.normal(2, 0.5, (50, 2))
        B = r.normal([5, 4], 0.6, (50, 2))
        expected = {"single": 1.68364769, "complete": 5.74344302, "average": 3.75292515, "centroid": 3.68213293}
        for method, value in {**expected, "ward": np.sqrt(2 * 338.95257331)}.items():
            # A cluster each, by merges within them; then the distance comes from the recurrence alone.
            assert_allclose(recurrent(A, B, method), value, atol=6e-9)

    def test_outlier(self):
        A = np.random.RandomState(42).normal(5, 0.4, (15, 2))
        X = np.vstack([A, [[7, 5], [9, 5]]])
        expected = {"single": [0.479777, 1.402326, 2], "complete": [1.424665, 2, 4.695357]}
        for method, heights in expected.items():
            Z = linkage(X, method)
            assert_allclose(Z[-3:, 2], heights, atol=6e-7)
            labels = fcluster(Z, 2, "maxclust")
            assert (labels[15] == labels[16]) == (method == "complete")
            assert np.bincount(labels)[labels[16]] == (2 if method == "complete" else 1)

    def test_six_letters(self):
        Z = linkage(np.array([[0, 10, 11, 15, 16.2, 18.5]]).T, "single")
        names = list("ABCDEF")
        for a, b, _, _ in Z:
            names.append("".join(sorted(names[int(a)] + names[int(b)])))
        assert names[6:] == ["BC", "DE", "DEF", "BCDEF", "ABCDEF"]
        assert_allclose(Z[:, 2], [1, 1.2, 2.3, 4, 10], rtol=1e-12)

    @pytest.mark.parametrize(
        ("method", "heights", "order"),
        [
            ("single", [3.005, 4.166, 4.351, 4.72, 5.875, 5.909, 6.83, 9.628, 11.95], "6317408529"),
            ("complete", [3.005, 4.351, 4.72, 9.317, 9.628, 9.856, 13.868, 14.156, 31.551], "6529130847"),
            ("average", [3.005, 4.351, 4.72, 6.897, 7.596, 9.483, 11.821, 12.78, 16.702], "3108476529"),
            ("ward", [3.005, 4.351, 4.72, 8.57, 9.449, 9.628, 14.901, 15.201, 34.331], "6529084713"),
            ("centroid", [3.005, 4.351, 4.72, 6.681, 7.422, 8.857, 10.906, 12.166, 15.67], "3108476529"),
        ],
    )
    def test_ten_points(self, method, heights, order):
        Z = linkage(TEN_POINTS, method)
        assert_allclose(Z[:, 2], heights, atol=6e-4)
        drawn = scipy_hierarchy.dendrogram(Z, no_plot=True)["leaves"]
        assert "".join(map(str, drawn)) == order
        assert (Z[-1, 2] > pdist(TEN_POINTS).max()) == (method == "ward")

    @pytest.mark.parametrize(
        ("method", "heights"),
        [
            ("single", [1, 2, 3, 4]),
            ("complete", [1, 3, 4, 10]),
            ("average", [1, 2.5, 4, 20 / 3]),
            ("centroid", [1, 2.5, 4, 20 / 3]),
            ("ward", [1, 2.8867513459481287, 4, 10.327955589886445]),
        ],
    )
    def test_five_numbers(self, method, heights):
        Z = linkage([[1], [2], [4], [7], [11]], method)
        assert_allclose(Z[:, 2], heights, rtol=1e-14)
        assert np.bincount(fcluster(Z, 2, "maxclust"))[1:].tolist() == ([4, 1] if method == "single" else [3, 2])

    def test_two_sets(self):
        A, B = np.array([[0.0], [1]]), np.array([[4.0], [5], [6]])
        expected = {"single": 3, "complete": 6, "average": 4.5, "centroid": 4.5, "ward": np.sqrt(2 * 24.3)}
        for method, value in expected.items():
            assert_allclose(recurrent(A, B, method), value, rtol=1e-14)
            assert_allclose(between(A, B, method), value, rtol=1e-14)

    @pytest.mark.parametrize("method", ["single", "complete", "average", "ward", "centroid"])
    def test_far_point(self, method):
        e = 0.01
        x = np.array([[1 + 2 * e, 4, 5 + 2 * e, 6, 7 - e]]).T
        labels = fcluster(linkage(x, method), 2, "maxclust").tolist()
        assert labels == ([2, 2, 1, 1, 1] if method == "complete" else [2, 1, 1, 1, 1])

    def test_cut_of_the_dendrogram(self):
        heights = [119.6, 102.8, 71.3, 43.3, 42.0, 41.4, 34.6, 25.7, 24.0, 21.6, 20.2, 20.0, 19.7, 18.6]
        n = len(heights) + 1
        Z = [[i, 0 if i == 1 else n + i - 2, h, i + 1] for i, h in enumerate(sorted(heights), 1)]
        counts = {t: fcluster(Z, t, "distance").max() for t in (110, 90, 60, 30)}
        assert counts == {110: 2, 90: 3, 60: 4, 30: 8}

    @pytest.mark.parametrize("method", ["centroid", "median"])
    def test_inversion(self, method):
        Z = linkage([[0, 0], [1, 0], [0.5, 0.9]], method)
        assert_allclose(Z[:, 2], [1.0, 0.9], rtol=1e-12)
        assert_array_equal(fcluster(Z, 0.95, "distance"), [1, 2, 3])
        assert_array_equal(fcluster(Z, 1.0, "distance"), [1, 1, 1])
        assert_array_equal(fcluster(Z, 2, "maxclust"), [1, 1, 1])


def recurrent(A, B, method):
    """Return the distance of two clusters by merging first within A, then within B, with the recurrence."""
    X = np.vstack([A, B])
    D = squareform(pdist(X))
    sizes = np.ones(len(X))
    for a, b in [(i, i + 1) for i in range(len(X) - 1) if i + 1 != len(A)]:
        D[b] = lance_williams(D[a], D[b], D[a, b], sizes[a], sizes[b], sizes, method=method)
        D[:, b] = D[b]
        sizes[b] += sizes[a]
    return D[len(A) - 1, -1]


class TestLanceWilliams:
    @pytest.mark.parametrize("method", ["single", "complete", "average", "centroid", "ward"])
    @pytest.mark.parametrize("sizes", [(1, 1, 1), (2, 1, 3), (4, 7, 2)])
    def test_definitions(self, method, sizes):
        rng = np.random.default_rng(5)
        A, B, C = (rng.normal(size=(n, 3)) + rng.normal(size=3) for n in sizes)
        pairs = [between(P, Q, method) for P, Q in ((A, C), (B, C), (A, B))]
        new = lance_williams(*pairs, *sizes, method=method)
        assert isinstance(new, float)
        assert_allclose(new, between(np.vstack([A, B]), C, method), rtol=1e-12)

    @pytest.mark.parametrize(
        ("method", "power", "coefficients"),
        [
            ("single", 1, (1 / 2, 1 / 2, 0, -1 / 2)),
            ("complete", 1, (1 / 2, 1 / 2, 0, 1 / 2)),
            ("average", 1, (3 / 7, 4 / 7, 0, 0)),
            ("weighted", 1, (1 / 2, 1 / 2, 0, 0)),
            ("centroid", 2, (3 / 7, 4 / 7, -12 / 49, 0)),
            ("median", 2, (1 / 2, 1 / 2, -1 / 4, 0)),
            ("ward", 2, (5 / 9, 6 / 9, -2 / 9, 0)),
        ],
    )
    def test_table(self, method, power, coefficients):
        d_AC, d_BC, d_AB = np.array([5.0, 6.5, 4.25]), np.array([4.5, 7.0, 4.25]), 1.5
        terms = [d_AC**power, d_BC**power, d_AB**power, abs(d_AC**power - d_BC**power)]
        expected = sum(c * term for c, term in zip(coefficients, terms, strict=True)) ** (1 / power)
        assert_allclose(lance_williams(d_AC, d_BC, d_AB, 3, 4, 2, method=method), expected, rtol=1e-14)

    @pytest.mark.parametrize("method", ["single", "complete", "average", "weighted"])
    def test_equal_whole_numbers_stay_equal(self, method):
        for n_A in range(1, 60):
            assert lance_williams(3, 3, 2, n_A, 49, 1, method=method) == 3

    @pytest.mark.parametrize("method", METHODS)
    def test_scale(self, method):
        one = lance_williams([3, 4], [5, 4.5], 2, 2, 3, [1, 4], method=method)
        for power in (-1000, -600, 600, 900):
            unit = 2.0**power
            scaled = lance_williams([3 * unit, 4 * unit], [5 * unit, 4.5 * unit], 2 * unit, 2, 3, [1, 4], method=method)
            assert_array_equal(scaled, one * unit)

    def test_zeros(self):
        for method in METHODS:
            assert lance_williams(0, 0, 0, method=method) == 0


class TestLinkage:
    def test_single_linkage_is_a_minimum_spanning_tree(self):
        for X in CASES.values():
            edges = minimum_spanning_tree(squareform(pdist(X))).data
            assert_allclose(linkage(X)[:, 2], np.sort(edges), rtol=1e-12)

    @pytest.mark.parametrize("method", METHODS)
    def test_scale_of_given_distances(self, method):
        y = pdist(BLOBS[:60])
        Z = linkage(y, method)
        for power in (-900, -500, 500, 900):
            scaled = linkage(y * 2.0**power, method)
            assert_array_equal(scaled[:, [0, 1, 3]], Z[:, [0, 1, 3]])
            assert_array_equal(scaled[:, 2], Z[:, 2] * 2.0**power)

    @pytest.mark.parametrize("method", ["centroid", "median"])
    def test_means_that_coincide(self, method):
        angles = np.arange(12) * np.pi / 6
        X = np.r_[np.c_[np.cos(angles), np.sin(angles)], np.c_[np.cos(angles), np.sin(angles)] * 3, [[0, 0]]] + 0.1
        Z = linkage(X, method)
        assert np.isfinite(Z).all()
        assert Z[:, 2].min() >= 0
        demand_greedy(Z, X, method)

    @pytest.mark.parametrize("method", ["centroid", "median"])
    def test_how_low_an_inversion_can_be(self, method):
        rng = np.random.default_rng(2)
        tables = [*ALL.values(), *(rng.uniform(0.5, 1, 190) for _ in range(50)), np.ones(3)]
        ratios = np.concatenate([Z[1:, 2] / Z[:-1, 2] for Z in (linkage(y, method) for y in tables) if Z[0, 2] > 0])
        assert_allclose(ratios.min(), np.sqrt(3) / 2, rtol=1e-12)

    @pytest.mark.parametrize("method", MONOTONE)
    def test_heights_ascend(self, method):
        for X in ALL.values():
            assert np.all(np.diff(linkage(X, method)[:, 2]) >= 0)

    def test_ward_is_the_growth_of_the_sum_of_squares(self):
        Z = linkage(BLOBS, "ward")
        total = ((BLOBS - BLOBS.mean(axis=0)) ** 2).sum()
        assert_allclose((Z[:, 2] ** 2 / 2).sum(), total, rtol=1e-10)

    @pytest.mark.parametrize("metric", sorted(module._ROW_BY_ROW))
    @pytest.mark.parametrize("case", ALL)
    def test_single_linkage_from_points_and_from_distances(self, case, metric):
        X = ALL[case]
        for n in {2, 3, 4, 5, 8, 9, len(X)}:
            if n <= len(X):
                assert_array_equal(linkage(X[:n], "single", metric), linkage(pdist(X[:n], metric), "single"))

    @pytest.mark.parametrize("metric", sorted(module._ROW_BY_ROW))
    def test_points_that_overflow(self, metric):
        with pytest.raises(ValueError, match=r"not finite: too large|at most 1e"):
            linkage([[0], [1], [1e308], [-1e308]], "single", metric)

    def test_memory_of_single_linkage_is_linear(self):
        X = np.random.default_rng(0).normal(size=(2000, 3))
        tracemalloc.start()
        linkage(X)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 8 * 2000 * 100  # the table of distances takes 8 * 2000 * 2000

    def test_memory_of_the_others(self):
        y = pdist(np.random.default_rng(0).normal(size=(700, 3)))
        tracemalloc.start()
        linkage(y, "average")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 1.5 * 8 * 700**2

    @pytest.mark.parametrize("method", METHODS)
    def test_input_is_left_alone(self, method):
        for y in (BLOBS[:40].copy(), pdist(BLOBS[:40])):
            before = y.copy()
            y.flags.writeable = False
            Z = linkage(y, method)
            Z.flags.writeable = False
            assert_array_equal(y, before)
            assert_array_equal(linkage(y.tolist(), method), Z)
            copy = Z.copy()
            fcluster(Z, 3, "maxclust"), cophenet(Z, pdist(BLOBS[:40])), leaves_list(Z)
            assert_array_equal(Z, copy)

    def test_numbers_of_any_type(self):
        X = TIES["integers"]
        for kind in (np.int8, np.float32, object):
            assert_array_equal(linkage(X.astype(kind), "average"), linkage(X, "average"))

    def test_square_table_of_distances(self):
        D = squareform(pdist(BLOBS[:10]))
        with pytest.warns(UserWarning, match=r"y looks like a square table of distances.*squareform\(y\)") as caught:
            Z = linkage(D, "average")
        assert [w.filename for w in caught] == [__file__]
        assert_same_tree(Z, scipy_linkage(D, "average"))
        linkage(BLOBS[:2] + 1), linkage(-D), linkage(D + np.eye(10)), linkage(np.triu(D)), linkage(D[:9])


class TestFcluster:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("case", ALL)
    def test_height(self, case, method):
        Z = linkage(ALL[case], method)
        heights = Z[:, 2]
        between_two = (heights[1:] + heights[:-1])[::7] / 2
        for t in [-1, 0, *heights[:: max(1, len(Z) // 12)], *between_two[:12], heights.max(), heights.max() + 1]:
            labels = fcluster(Z, t, "distance")
            assert_array_equal(labels, scipy_hierarchy.fcluster(Z, t, "distance"))
            assert labels.dtype == np.int32

    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("case", ALL)
    def test_number(self, case, method):
        X = ALL[case]
        Z = linkage(X, method)
        for k in {1, 2, 3, 4, 7, 10, len(X) - 1, len(X), len(X) + 5}:
            labels = fcluster(Z, k, "maxclust")
            assert_array_equal(labels, scipy_hierarchy.fcluster(Z, k, "maxclust"))
            assert labels.dtype == np.int32

    def test_ties_go_together(self):
        Z = linkage([[0], [1], [2], [3]])
        assert fcluster(Z, 3, "maxclust").tolist() == [1, 1, 1, 1]
        assert fcluster(Z, 4, "maxclust").tolist() == [1, 2, 3, 4]

    @given(seed=st.integers(0, 10_000), n=st.integers(2, 30))
    @settings(deadline=None, max_examples=60)
    def test_any_tree(self, seed, n):
        Z = random_tree(seed, n)
        for t in (0.5, 2, 5, 9):
            assert_array_equal(fcluster(Z, t, "distance"), scipy_hierarchy.fcluster(Z, t, "distance"))
        assert_array_equal(leaves_list(Z), scipy_hierarchy.leaves_list(Z))
        assert_array_equal(cophenet(Z), scipy_hierarchy.cophenet(Z))
        for k in range(1, n):
            # The least height that leaves at most k clusters, by trial; SciPy supposes that heights ascend.
            t = min(t for t in range(10) if fcluster(Z, t, "distance").max() <= k)
            assert_array_equal(fcluster(Z, k, "maxclust"), fcluster(Z, t, "distance"))


def random_tree(seed, n):
    """Return merges of clusters at random, with children in any order and heights that need not ascend."""
    rng = np.random.default_rng(seed)
    clusters, sizes, Z = list(range(n)), [1] * n, []
    for i in range(n - 1):
        a, b = rng.choice(len(clusters), 2, replace=False)
        left, right = clusters[a], clusters[b]
        clusters = [c for c in clusters if c not in (left, right)] + [n + i]
        sizes.append(sizes[left] + sizes[right])
        Z.append([left, right, float(rng.integers(0, 10)), sizes[-1]])
    return np.array(Z, dtype=float)


class TestCophenet:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("case", CASES)
    def test_scipy(self, case, method):
        X = CASES[case]
        Z = linkage(X, method)
        assert_array_equal(cophenet(Z), scipy_hierarchy.cophenet(Z))
        if len(X) > 2:
            c, d = cophenet(Z, pdist(X))
            assert isinstance(c, float)
            assert_allclose(c, np.corrcoef(pdist(X), scipy_hierarchy.cophenet(Z))[0, 1], rtol=1e-9)
            assert_array_equal(d, cophenet(Z))

    def test_scale_of_the_distances(self):
        y = pdist(BLOBS[:30])
        Z = linkage(y, "average")
        expected = cophenet(Z, y)[0]
        for power in (-1000, -530, -280, 280, 530, 990):
            assert_allclose(cophenet(Z * [1, 1, 2.0**power, 1], y * 2.0**power)[0], expected, rtol=1e-12)
            assert_allclose(cophenet(Z, y * 2.0**power)[0], expected, rtol=1e-12)
        assert_allclose(cophenet(Z, -y)[0], -expected, rtol=1e-12)

    def test_perfect_tree(self):
        y = cophenet(linkage(BLOBS[:30], "average"))
        for method in ("single", "complete", "average"):
            assert_allclose(cophenet(linkage(y, method), y)[0], 1, rtol=1e-12)
            assert_allclose(cophenet(linkage(y, method)), y, rtol=1e-12)

    def test_single_is_the_shortest_longest_step(self):
        # The longest step of the best way from i to j, by Floyd and Warshall with max in place of the sum.
        steps = squareform(pdist(BLOBS[:40]))
        for k in range(40):
            steps = np.minimum(steps, np.maximum(steps[:, k, None], steps[k]))
        assert_array_equal(cophenet(linkage(BLOBS[:40])), squareform(steps))

    def test_single_below_average_below_complete(self):
        y = pdist(BLOBS)
        assert np.all(cophenet(linkage(y, "single")) <= y)
        assert np.all(cophenet(linkage(y, "complete")) >= y)

    @pytest.mark.parametrize("method", MONOTONE)
    def test_ultrametric(self, method):
        D = squareform(cophenet(linkage(BLOBS[:60], method)))
        assert np.all(D[:, None] <= np.maximum(D[:, :, None], D[None]) * (1 + 1e-12))


class TestLeavesList:
    @pytest.mark.parametrize("method", METHODS)
    @pytest.mark.parametrize("case", ALL)
    def test_scipy(self, case, method):
        Z = linkage(ALL[case], method)
        order = leaves_list(Z)
        assert_array_equal(order, scipy_hierarchy.leaves_list(Z))
        assert order.dtype == np.int32


POINTS = st.integers(3, 25).flatmap(lambda n: arrays(float, (n, 2), elements=st.integers(-50, 50)))


def jittered(rows):
    # Without ties, and with spacings far above the rounding of points at 1e8.
    return np.round(rows + np.random.default_rng(len(rows)).uniform(-0.3, 0.3, rows.shape), 3)


class TestProperties:
    @given(rows=POINTS, method=st.sampled_from(METHODS))
    @settings(deadline=None)
    def test_greedy(self, rows, method):
        demand_greedy(linkage(rows, method), rows, method) if np.ptp(rows) else None

    @given(rows=POINTS, method=st.sampled_from(METHODS), seed=st.integers(0, 100))
    @settings(deadline=None)
    def test_rows_permuted(self, rows, method, seed):
        X = jittered(rows) + np.random.default_rng(1).uniform(0, 0.01, rows.shape)
        order = np.random.default_rng(seed).permutation(len(X))
        one, two = (squareform(cophenet(linkage(table, method))) for table in (X, X[order]))
        assert_allclose(one[np.ix_(order, order)], two, rtol=1e-9, atol=1e-7)

    @given(rows=POINTS, method=st.sampled_from(METHODS), power=st.sampled_from([-20, 20]))
    @settings(deadline=None)
    def test_scaled(self, rows, method, power):
        one, two = linkage(rows, method), linkage(rows * 2.0**power, method)
        assert_array_equal(one * [1, 1, 2.0**power, 1], two)

    @given(rows=POINTS, method=st.sampled_from(METHODS))
    @settings(deadline=None)
    def test_shifted(self, rows, method):
        # Integers are shifted without rounding.
        assert_array_equal(linkage(rows, method), linkage(rows + 1e8, method))

    @given(rows=POINTS, method=st.sampled_from(["single", "complete"]))
    @settings(deadline=None)
    def test_only_the_order_of_distances_matters(self, rows, method):
        y = pdist(rows)
        one, two = linkage(y, method), linkage(y**2, method)
        assert_array_equal(one[:, [0, 1, 3]], two[:, [0, 1, 3]])
        assert_array_equal(one[:, 2] ** 2, two[:, 2])

    @given(rows=POINTS, method=st.sampled_from(["average", "centroid", "ward"]))
    @settings(deadline=None)
    def test_equal_points_are_merged_first(self, rows, method):
        Z = linkage(np.vstack([rows, rows]), method)
        n_distinct = len(np.unique(rows, axis=0))
        assert_array_equal(Z[: 2 * len(rows) - n_distinct, 2], 0)
        assert np.count_nonzero(Z[:, 2] == 0) >= 2 * len(rows) - n_distinct

    def test_two_calls_in_a_row(self):
        for method in METHODS:
            assert_array_equal(linkage(BLOBS, method), linkage(BLOBS, method))


class TestChain:
    def test_chain_stops_at_ties(self):
        # All distances are equal: a chain that did not prefer the cluster before would go in circles.
        for method in METHODS:
            Z = linkage(np.ones(45), method)
            assert Z[-1, 3] == 10

    @pytest.mark.parametrize("method", METHODS)
    def test_rows_dropped_on_the_way(self, method):
        # Clusters of clusters, so that rows are dropped with a chain of any length.
        rng = np.random.default_rng(4)
        X = np.cumsum(rng.exponential(size=(257, 1)) ** 3, axis=0)
        assert_same_tree(linkage(X, method), scipy_linkage(X, method))

    def test_merged_rows_are_struck_out(self):
        row = np.array([3.0, 1.0, 2.0, np.inf])
        assert module._nearest(row, np.array([1.0, 0, 2, 0])) == 2
        assert row.tolist() == [3, np.inf, 2, np.inf]
        assert module._nearest(np.full(2, np.inf), np.zeros(2)) == 0
