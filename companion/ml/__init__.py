"""Machine learning under scikit-learn's module names: in place of `sklearn.cluster` import `companion.ml.cluster`."""

from importlib import import_module
from types import ModuleType

__all__ = ["cluster", "decomposition", "metrics", "mixture"]


def __getattr__(name: str) -> ModuleType:
    # Loaded at first use: scikit-learn takes a second to import.
    if name in __all__:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
