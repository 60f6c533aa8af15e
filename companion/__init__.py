"""The package behind the course Notes that Run.

Each part of the book has its subpackage; the names and arguments are those of SciPy, scikit-learn and JAX where
these have the thing:

- `companion.probability`: events, distributions, tail bounds, information, estimation;
- `companion.statistics`: descriptions of data, tests, intervals;
- `companion.linalg`: systems of equations, orthogonal bases, eigenvalues, singular values, norms;
- `companion.calculus`: limits, integrals, extrema, and the methods that minimise functions;
- `companion.autodiff`: derivatives of programs, forward and reverse;
- `companion.ml`: estimators under scikit-learn's module names, `companion.ml.cluster` first;
- `companion.datasets`: small real data sets, loaded as in `sklearn.datasets`;
- `companion.exercises`: `check` for the exercises of the pages;
- `companion.notebook`: what the pages themselves use (figure style, source listings, the player).
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

__all__ = [
    "__version__",
    "autodiff",
    "calculus",
    "datasets",
    "exercises",
    "linalg",
    "ml",
    "notebook",
    "probability",
    "statistics",
]


def __getattr__(name: str) -> ModuleType:
    # Loaded at first use, as in SciPy: `import companion` itself costs nothing.
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
