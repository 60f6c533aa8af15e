"""Names of distances, the constraint of a parameter that is one of some names, and what distances take from points."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.utils._param_validation import StrOptions

# scikit-learn's names of distances that SciPy calls otherwise.
OTHER_NAMES = {"l1": "cityblock", "manhattan": "cityblock", "l2": "euclidean"}

# Of a table with this ratio of the largest to the least singular value, the inverse has two or three true digits.
_WORST_CONDITION = 1e13


def scipy_name(metric: str | Callable[..., Any]) -> Any:
    """Return the name that SciPy has for a distance; a function is returned as it is."""
    return OTHER_NAMES.get(metric, metric) if isinstance(metric, str) else metric


def with_params_of(X: NDArray[Any], metric: str | Callable[..., Any], given: dict[str, Any] | None) -> dict[str, Any]:
    """Complete the arguments of a distance by the variances or the covariance of the points where it needs them."""
    params = {} if given is None else dict(given)
    if metric == "seuclidean" and "V" not in params:
        _demand_two_points(X, metric)
        params["V"] = np.var(X, axis=0, ddof=1, dtype=np.float64)
    # scikit-learn's trees take the covariance V itself, too.
    if metric == "mahalanobis" and not {"V", "VI"} & params.keys():
        _demand_two_points(X, metric)
        params["VI"] = _inverse_covariance(X)
    return params


def _demand_two_points(X: NDArray[Any], metric: str | Callable[..., Any]) -> None:
    if len(X) < 2:
        raise ValueError(f"metric={metric!r} needs the variances of two points or more, got n_samples={len(X)}")


def _inverse_covariance(X: NDArray[Any]) -> NDArray[np.float64]:
    X = X.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        covariance = np.atleast_2d(np.cov(X.T))
    if not np.isfinite(covariance).all():
        raise ValueError("metric='mahalanobis' takes the squares of X, which overflow float64; scale X down")
    if not _is_regular(X, covariance):
        raise ValueError(
            "metric='mahalanobis' needs more points than features and no feature that others determine, but the "
            f"covariance of n_samples={len(X)} points in n_features={X.shape[1]} has no inverse; drop features that "
            "others determine, or give metric_params={'VI': ...}"
        )
    inverse: NDArray[np.float64] = np.linalg.inv(covariance)
    return inverse


def _is_regular(X: NDArray[np.float64], covariance: NDArray[np.float64]) -> bool:
    """Tell whether the covariance has an inverse; of one that is singular up to rounding, inv makes mere noise."""
    variances = np.diag(covariance)
    # The variance of equal numbers may be off 0 by rounding.
    if np.any(np.ptp(X, axis=0) == 0) or not variances.all():
        return False
    # The correlations tell, as they do not depend on the units of the features.
    scale = np.sqrt(variances)
    return bool(np.linalg.cond(covariance / np.outer(scale, scale)) < _WORST_CONDITION)


class OneOf(StrOptions):  # type: ignore[misc]
    """One of some names; a complaint lists them by the alphabet, not in the order of a set, which changes."""

    def __str__(self) -> str:
        return f"a str among {{{', '.join(map(repr, sorted(self.options)))}}}"
