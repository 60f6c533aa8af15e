"""Permutation test against scipy.stats: random deals of two samples."""

from typing import Any

import numpy as np
from numpy.testing import assert_allclose
from scipy import stats

from companion.statistics import permutation_test
from tests.benchmarks.harness import Workload


def workloads() -> list[Workload]:
    rng = np.random.default_rng(0)
    data = rng.normal(0, 1, 50), rng.normal(0.3, 1, 50)
    return [
        Workload(
            name="Permutation test of two means, 50 against 50, 9,999 resamples",
            ours=lambda: permutation_test(data, gap, rng=1),
            reference=lambda: stats.permutation_test(data, gap, rng=1),
            reference_name="SciPy",
            check=same_results,
            reach=0.35,
        )
    ]


def gap(a: Any, b: Any, axis: int) -> Any:
    return np.mean(a, axis=axis) - np.mean(b, axis=axis)


def same_results(ours: Any, reference: Any) -> str:
    """Say that all resamples agree, or complain where they differ."""
    assert ours.pvalue == reference.pvalue
    assert_allclose(ours.null_distribution, reference.null_distribution, rtol=1e-12, atol=1e-15)
    return "the same resamples and p-value for a seed"
