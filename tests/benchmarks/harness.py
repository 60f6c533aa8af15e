"""Measure the companion against the library: the same work, in one process, by turns, on one thread."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Workload:
    """One comparison; `check` looks at both results and says how good ours is, or raises AssertionError."""

    name: str
    ours: Callable[[], Any]
    reference: Callable[[], Any]
    library_name: str
    check: Callable[[Any, Any], str]
    reach: float


def cpu_seconds(work: Callable[[], Any]) -> float:
    """Return the CPU seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(workload: Workload, rounds: int = 15) -> dict[str, Any]:
    """Return one row of the table: best CPU times in milliseconds, their ratio, and the quality."""
    quality = workload.check(workload.ours(), workload.reference())  # the warm-up, too
    repeats = max(1, round(0.02 / max(cpu_seconds(workload.reference), 1e-6)))  # well above the clock's tick
    ours, reference = [], []
    for _ in range(rounds):
        ours.append(cpu_seconds(lambda: [workload.ours() for _ in range(repeats)]))
        reference.append(cpu_seconds(lambda: [workload.reference() for _ in range(repeats)]))
    return {
        "name": workload.name,
        "library": workload.library_name,
        "ours_ms": 1e3 * min(ours) / repeats,
        "reference_ms": 1e3 * min(reference) / repeats,
        "ratio": min(ours) / min(reference),
        "reach": workload.reach,
        "quality": quality,
    }
