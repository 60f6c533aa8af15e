"""Gaussian mixtures against scikit-learn: expectation maximisation from a given start."""

from typing import Any

import numpy as np
import sklearn.mixture

from companion.ml.mixture import GaussianMixture
from tests.benchmarks.harness import Workload, fit_quietly


def workloads() -> list[Workload]:
    X = np.random.default_rng(0).normal(size=(5_000, 5))
    # Without structure no run settles in 20 iterations, so that both libraries do all of them.
    settings: dict[str, Any] = {
        "n_components": 4,
        "weights_init": np.full(4, 0.25),
        "means_init": X[:4].copy(),
        "precisions_init": np.stack([np.eye(5)] * 4),
        "max_iter": 20,
        "tol": 0,
    }

    return [
        Workload(
            name="Gaussian mixture, full covariance, n = 5,000, d = 5, k = 4, given start, 20 iterations",
            ours=lambda: fit_quietly(GaussianMixture, settings, X),
            reference=lambda: fit_quietly(sklearn.mixture.GaussianMixture, settings, X),
            reference_name="scikit-learn",
            check=same_mixture,
            reach=0.65,
        )
    ]


def same_mixture(ours: Any, reference: Any) -> str:
    """Say what both found, or complain where they differ."""
    if not ours.n_iter_ == reference.n_iter_ == 20:
        raise AssertionError(f"iterations differ: {ours.n_iter_} and {reference.n_iter_}, not 20")
    np.testing.assert_allclose(ours.lower_bound_, reference.lower_bound_, rtol=1e-9)
    np.testing.assert_allclose(ours.means_, reference.means_, rtol=1e-6)
    return f"mean log-likelihood {ours.lower_bound_:.6g}, equal to 1e-9"
