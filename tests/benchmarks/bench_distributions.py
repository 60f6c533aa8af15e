"""Distributions against scipy.stats: mass or density, tails and quantiles at 10,000 points of one law."""

from typing import Any

import numpy as np
from numpy.testing import assert_allclose
from scipy import stats

from companion import probability
from tests.benchmarks.harness import Workload

LAWS = {"binom": (1000, 0.3), "poisson": (50,), "norm": (170, 10), "expon": (0, 20), "beta": (7, 5), "gamma": (3.5,)}
# The tails of both are SciPy's own incomplete functions; the density of gamma pays for its digits at large shapes.
REACH = {"beta": 1.1, "gamma": 1.1, "gamma.pdf": 2.0}


def workloads() -> list[Workload]:
    rng = np.random.default_rng(0)
    return [
        workload(name, args, method, rng)
        for name, args in LAWS.items()
        for method in ("pmf" if hasattr(getattr(probability, name), "pmf") else "pdf", "cdf", "sf", "ppf")
    ]


def workload(name: str, args: tuple[float, ...], method: str, rng: np.random.Generator) -> Workload:
    ours, theirs = getattr(probability, name), getattr(stats, name)
    values = rng.uniform(size=10_000) if method == "ppf" else theirs.rvs(*args, size=10_000, random_state=rng)
    return Workload(
        name=f"{name}.{method}, 10,000 {'levels' if method == 'ppf' else 'points'}, parameters {args}",
        ours=lambda: getattr(ours, method)(values, *args),
        reference=lambda: getattr(theirs, method)(values, *args),
        reference_name="SciPy",
        check=same_values,
        reach=REACH.get(f"{name}.{method}", REACH.get(name, 1.0)),
    )


def same_values(ours: Any, reference: Any) -> str:
    """Say how near the values are, or complain where they differ."""
    assert_allclose(ours, reference, rtol=1e-11)
    return f"relative difference at most {np.max(np.abs(ours - reference) / np.abs(reference)):.0e}"
