"""Names of distances, and the constraint of a parameter that is one of some names."""

from collections.abc import Callable
from typing import Any

from sklearn.utils._param_validation import StrOptions

# scikit-learn's names of distances that SciPy calls otherwise.
OTHER_NAMES = {"l1": "cityblock", "manhattan": "cityblock", "l2": "euclidean"}


def scipy_name(metric: str | Callable[..., Any]) -> Any:
    """Return the name that SciPy has for a distance; a function is returned as it is."""
    return OTHER_NAMES.get(metric, metric) if isinstance(metric, str) else metric


class OneOf(StrOptions):  # type: ignore[misc]
    """One of some names; a complaint lists them by the alphabet, not in the order of a set, which changes."""

    def __str__(self) -> str:
        return f"a str among {{{', '.join(map(repr, sorted(self.options)))}}}"
