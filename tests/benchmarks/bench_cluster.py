"""Hierarchical clustering against SciPy, and DBSCAN against scikit-learn."""

from typing import Any

import numpy as np
import scipy.cluster.hierarchy
import sklearn.cluster
from sklearn.datasets import make_moons

from companion.ml.cluster import DBSCAN, linkage
from tests.benchmarks.harness import Workload


def workloads() -> list[Workload]:
    X = np.random.default_rng(0).normal(size=(1_000, 5))
    moons = make_moons(2_000, noise=0.1, random_state=0)[0]
    return [
        Workload(
            name="hierarchical clustering, average linkage, n = 1,000, d = 5",
            ours=lambda: linkage(X, "average"),
            reference=lambda: scipy.cluster.hierarchy.linkage(X, "average"),
            reference_name="SciPy",
            check=same_tree,
            reach=2.1,
        ),
        Workload(
            name="DBSCAN, n = 2,000, d = 2",
            ours=lambda: DBSCAN(eps=0.1).fit(moons),
            reference=lambda: sklearn.cluster.DBSCAN(eps=0.1).fit(moons),
            reference_name="scikit-learn",
            check=same_labels,
            reach=0.7,
        ),
    ]


def same_tree(ours: Any, reference: Any) -> str:
    """Say what both found, or complain where they differ."""
    np.testing.assert_allclose(ours, reference, rtol=1e-9)
    return f"same merges, last height {ours[-1, 2]:.6g}"


def same_labels(ours: Any, reference: Any) -> str:
    """Say what both found, or complain where they differ."""
    np.testing.assert_array_equal(ours.labels_, reference.labels_)
    np.testing.assert_array_equal(ours.core_sample_indices_, reference.core_sample_indices_)
    return f"same labels, {ours.labels_.max() + 1} clusters, {np.sum(ours.labels_ < 0)} noise points"
