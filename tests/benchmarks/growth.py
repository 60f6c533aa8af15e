"""How time and memory grow with the number of points: the clustering methods beside the order that theory states."""

import time
import tracemalloc
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from companion.ml.cluster import DBSCAN, KMeans, KMedoids, linkage
from companion.ml.metrics import silhouette_samples
from companion.ml.mixture import GaussianMixture

LINEAR = [12_500, 25_000, 50_000, 100_000, 200_000]
QUADRATIC = [500, 1_000, 2_000, 4_000]


@dataclass(frozen=True)
class Method:
    """One method: its name, the order of its time and the power of n in it, numbers of points, the work on points."""

    name: str
    order: str
    power: int
    sizes: list[int]
    work: Callable[[Any], Any]


def methods() -> list[Method]:
    few = {"n_init": 1, "random_state": 0}
    return [
        Method("k-means, 10 iterations", "n", 1, LINEAR, lambda X: KMeans(8, max_iter=10, tol=0, **few).fit(X)),
        Method("Gaussian mixture, 5 iterations", "n", 1, LINEAR, lambda X: start(X).fit(X)),
        Method("DBSCAN, about 20 neighbours", "n log n", 1, LINEAR, lambda X: DBSCAN(radius(X), min_samples=10).fit(X)),
        Method("single linkage", "n²", 2, [4 * n for n in QUADRATIC], lambda X: linkage(X, "single")),
        Method("average linkage", "n²", 2, QUADRATIC, lambda X: linkage(X, "average")),
        Method("PAM, BUILD and one swap", "n²", 2, QUADRATIC, lambda X: KMedoids(4, max_iter=1).fit(X)),
        Method("silhouette", "n²", 2, QUADRATIC, lambda X: silhouette_samples(X, np.arange(len(X)) % 5)),
    ]


def start(X: Any) -> GaussianMixture:
    """Return a mixture of eight components that start at the first points, so that all time goes into EM."""
    return GaussianMixture(8, max_iter=5, tol=0, means_init=X[:8], precisions_init=[np.eye(2)] * 8, random_state=0)


def radius(X: Any) -> float:
    """Return the radius of a disc that holds about 20 of n points in the unit square."""
    return float(np.sqrt(20 / (np.pi * len(X))))


def measure(method: Method, rounds: int = 3) -> dict[str, Any]:
    """Return seconds of CPU time and the peak of memory, in MB, for each number of points, and the power of n."""
    seconds, megabytes = [], []
    for n in method.sizes:
        X = points(n)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            seconds.append(min(cpu_seconds(method, X) for _ in range(rounds)))
            megabytes.append(peak_megabytes(method, X))
    power = np.polyfit(np.log(method.sizes[-3:]), np.log(seconds[-3:]), 1)[0]
    return {
        "name": method.name,
        "order": method.order,
        "sizes": method.sizes,
        "seconds": seconds,
        "megabytes": megabytes,
        "power": float(power),
    }


def points(n: int) -> Any:
    """Return n points of the unit square."""
    return np.random.default_rng(0).uniform(size=(n, 2))


def cpu_seconds(method: Method, X: Any) -> float:
    """Return the CPU seconds of one call."""
    begin = time.process_time()
    method.work(X)
    return time.process_time() - begin


def peak_megabytes(method: Method, X: Any) -> float:
    """Return the most that one call holds at once, beyond the points."""
    tracemalloc.start()
    try:
        method.work(X)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


def table() -> dict[str, Any]:
    """Measure all methods."""
    return {"rows": [measure(method) for method in methods()]}
