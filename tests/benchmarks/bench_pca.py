"""PCA against scikit-learn: directions and scores of a tall table."""

from typing import Any

import numpy as np
import sklearn.decomposition

from companion.ml.decomposition import PCA
from tests.benchmarks.harness import Workload


def workloads() -> list[Workload]:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(5000, 50)) @ rng.normal(size=(50, 50))

    def fit(estimator: type) -> Any:
        model = estimator(n_components=10)
        return model, model.fit_transform(X)

    return [
        Workload(
            name="PCA, fit and transform, n = 5,000, d = 50, 10 components",
            ours=lambda: fit(PCA),
            reference=lambda: fit(sklearn.decomposition.PCA),
            reference_name="scikit-learn",
            check=same_components,
            reach=0.65,
        )
    ]


def same_components(ours: Any, reference: Any) -> str:
    """Say what both found, or complain where they differ."""
    (model, scores), (their_model, their_scores) = ours, reference
    np.testing.assert_allclose(model.components_, their_model.components_, rtol=0, atol=1e-10)
    np.testing.assert_allclose(scores, their_scores, rtol=0, atol=1e-9 * np.abs(their_scores).max())
    error = np.abs(model.explained_variance_ / their_model.explained_variance_ - 1).max()
    if not error < 1e-10:
        raise AssertionError(f"variances differ by the share {error:.1e}")
    return f"same directions and scores, variances to {error:.0e}"
