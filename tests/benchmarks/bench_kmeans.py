"""k-means against scikit-learn: Lloyd's algorithm from a given start."""

from typing import Any

import numpy as np
import sklearn.cluster

from companion.ml.cluster import KMeans
from tests.benchmarks.harness import Workload, fit_quietly


def workloads() -> list[Workload]:
    X = np.random.default_rng(0).normal(size=(20_000, 10))
    # Without structure no run settles in 20 iterations, so that both libraries do all of them.
    settings: dict[str, Any] = {"n_clusters": 8, "init": X[:8].copy(), "n_init": 1, "max_iter": 20, "tol": 0}

    return [
        Workload(
            name="k-means, Lloyd, n = 20,000, d = 10, k = 8, given start, 20 iterations",
            ours=lambda: fit_quietly(KMeans, settings, X),
            reference=lambda: fit_quietly(sklearn.cluster.KMeans, settings, X),
            reference_name="scikit-learn",
            check=same_clustering,
            reach=1.7,
        )
    ]


def same_clustering(ours: Any, reference: Any) -> str:
    """Say what both found, or complain where they differ."""
    if not ours.n_iter_ == reference.n_iter_ == 20:
        raise AssertionError(f"iterations differ: {ours.n_iter_} and {reference.n_iter_}, not 20")
    if not np.array_equal(ours.labels_, reference.labels_):
        raise AssertionError("labels differ")
    np.testing.assert_allclose(ours.inertia_, reference.inertia_, rtol=1e-9)
    return f"same labels, inertia {ours.inertia_:.6g}"
