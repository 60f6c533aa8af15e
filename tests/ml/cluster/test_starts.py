"""The starts of k-means, which share what they have in common, against one call of k-means++ for each."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from companion.ml.cluster import kmeans_plusplus
from companion.ml.cluster._kmeans import _sorted_rows, _starts

RNG = np.random.default_rng(0)
CASES = {
    "normal": (RNG.normal(size=(200, 3)), np.ones(200)),
    "weights": (RNG.normal(size=(200, 3)), RNG.integers(0, 3, 200) * 1.0),
    "ties": (RNG.integers(0, 4, (60, 2)) * 1.0, RNG.uniform(size=60)),
    "shifted by 1e6": (RNG.normal(size=(90, 2)) + 1e6, RNG.integers(0, 2, 90) * 0.1),
    "float32": (RNG.normal(size=(80, 5)).astype(np.float32), np.ones(80, dtype=np.float32)),
    "few places with weight": (np.array([[-9.0], [1], [1], [5], [7]]), np.array([0.0, 1, 1, 1, 0])),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("k", [1, 3])
def test_each_start_is_one_of_kmeans_plusplus(case, k):
    X, weights = CASES[case]
    rows = _sorted_rows(X)
    rng = np.random.RandomState(1)
    expected = [kmeans_plusplus(X[rows], k, sample_weight=weights[rows], random_state=rng)[0] for _ in range(20)]
    starts = list(_starts(X, weights, k, "k-means++", 20, np.random.RandomState(1)))
    assert_array_equal(starts, expected)
    assert starts[0].dtype == X.dtype
    assert len(np.unique(starts, axis=0)) > 1


def test_no_point_without_weight_is_a_start():
    X, weights = CASES["few places with weight"]
    starts = np.array(list(_starts(X, weights, 3, "k-means++", 50, np.random.RandomState(0))))
    assert set(starts.ravel()) == {1, 5}
