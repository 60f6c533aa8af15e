"""The bootstrap against scipy.stats: the percentile interval of a mean."""

from typing import Any

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import bootstrap
from tests.benchmarks.harness import Workload


def workloads() -> list[Workload]:
    x = np.random.default_rng(0).gamma(2, 10, 200)
    return [
        Workload(
            name="Bootstrap of a mean, 200 observations, 9,999 resamples",
            ours=lambda: bootstrap((x,), np.mean, method="percentile", rng=1),
            reference=lambda: stats.bootstrap((x,), np.mean, method="percentile", rng=1),
            reference_name="SciPy",
            check=same_interval,
            reach=0.85,
        )
    ]


def same_interval(ours: Any, reference: Any) -> str:
    """Say that the resamples are the same, or complain."""
    assert_array_equal(ours.bootstrap_distribution, reference.bootstrap_distribution)
    assert_allclose(ours.confidence_interval, reference.confidence_interval, rtol=1e-13)
    assert_allclose(ours.standard_error, reference.standard_error, rtol=1e-13)
    return "the same 9,999 means, and the same interval"
