"""Measure the companion against the library: the same work, in one process, by turns, on one thread."""

import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sklearn.exceptions import ConvergenceWarning


@dataclass(frozen=True)
class Workload:
    """One comparison; `check` looks at both results and says how good ours is, or raises AssertionError.

    `reach` is the ratio of the times that is aimed at; `note` says why, where ours must be slower.
    """

    name: str
    ours: Callable[[], Any]
    reference: Callable[[], Any]
    reference_name: str
    check: Callable[[Any, Any], str]
    reach: float
    note: str = ""


def fit_quietly(estimator: type, settings: dict[str, Any], X: Any) -> Any:
    """Return a fitted estimator, without the warning of a run that is cut off on purpose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return estimator(**settings).fit(X)


def cpu_seconds(work: Callable[[], Any], repeats: int = 1) -> float:
    """Return the CPU seconds of one call, on average over *repeats* calls."""
    start = time.process_time()
    for _ in range(repeats):
        work()
    return (time.process_time() - start) / repeats


def enough(work: Callable[[], Any]) -> int:
    """Return how many calls take a time well above the clock's tick."""
    return max(1, round(0.02 / max(cpu_seconds(work), 1e-6)))


def measure(workload: Workload, rounds: int = 15) -> dict[str, Any]:
    """Return one row of the table: best CPU times in milliseconds, their ratio, and the quality."""
    quality = workload.check(workload.ours(), workload.reference())  # the warm-up, too
    repeats, reference_repeats = enough(workload.ours), enough(workload.reference)
    ours, reference = [], []
    for _ in range(rounds):
        ours.append(cpu_seconds(workload.ours, repeats))
        reference.append(cpu_seconds(workload.reference, reference_repeats))
    return {
        "name": workload.name,
        "library": workload.reference_name,
        "ours_ms": 1e3 * min(ours),
        "reference_ms": 1e3 * min(reference),
        "ratio": min(ours) / min(reference),
        "reach": workload.reach,
        "quality": quality,
        "note": workload.note,
    }
