"""t tests against scipy.stats: many columns at once."""

from typing import Any

import numpy as np
from numpy.testing import assert_allclose
from scipy import stats

from companion.statistics import ttest_ind
from tests.benchmarks.harness import Workload


def workloads() -> list[Workload]:
    rng = np.random.default_rng(0)
    a, b = rng.normal(0, 1, (50, 1000)), rng.normal(0.2, 2, (80, 1000))
    return [
        Workload(
            name="Welch's t-test on 1,000 columns, 50 against 80 observations",
            ours=lambda: ttest_ind(a, b, equal_var=False),
            reference=lambda: stats.ttest_ind(a, b, equal_var=False),
            reference_name="SciPy",
            check=same_results,
            reach=0.3,
        )
    ]


def same_results(ours: Any, reference: Any) -> str:
    """Say how near statistics and p-values are, or complain where they differ."""
    for field in ("statistic", "pvalue", "df"):
        assert_allclose(getattr(ours, field), getattr(reference, field), rtol=1e-11)
    difference = np.max(np.abs(ours.pvalue / reference.pvalue - 1))
    return f"p-values differ by at most {difference:.0e} of themselves"
