"""Quasi-Newton methods against SciPy: the same function, gradient, tolerance and start."""

from typing import Any

import numpy as np
from scipy import optimize

from companion import calculus
from tests.benchmarks.harness import Workload

START = np.zeros(100)
TOLERANCE = {"gtol": 1e-5}
REACH = {"BFGS": 1, "L-BFGS": 3}
NOTES = {
    "BFGS": "Ours multiplies the update out, so that a step costs one product of a matrix and a vector; SciPy "
    "multiplies matrices.",
    "L-BFGS": "SciPy's two loops and line search are compiled.",
}


def workloads() -> list[Workload]:
    return [workload("BFGS", "BFGS"), workload("L-BFGS", "L-BFGS-B")]


def workload(method: str, their_name: str) -> Workload:
    args = (optimize.rosen, START)
    return Workload(
        name=f"minimize by {method}, Rosenbrock, n = 100",
        ours=lambda: calculus.minimize(*args, method=method, jac=optimize.rosen_der, options=TOLERANCE),
        reference=lambda: optimize.minimize(*args, method=their_name, jac=optimize.rosen_der, options=TOLERANCE),
        reference_name="SciPy",
        check=as_good,
        reach=REACH[method],
        note=NOTES[method],
    )


def as_good(ours: Any, reference: Any) -> str:
    """Say how near both are to the minimum, 0, and at what price."""
    if not (ours.success and max(ours.fun, reference.fun) < 1e-6):
        raise AssertionError(f"minima {ours.fun:.2g} and {reference.fun:.2g}")
    return f"{ours.nfev} evaluations of the function, SciPy {reference.nfev}"
