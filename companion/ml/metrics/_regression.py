"""How far predicted numbers are from the true ones."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from sklearn.utils import check_array

from companion.ml.metrics._input import Floats, as_weights, demand_same_length

_Multioutput = Literal["raw_values", "uniform_average"]
_Score = float | Floats


def mean_squared_error(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    multioutput: _Multioutput = "uniform_average",
) -> _Score:
    r"""Return the mean squared error, in squared units of the target.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,) or (n_samples, n_outputs)
        True and predicted numbers.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    multioutput : {"uniform_average", "raw_values"}, default "uniform_average"
        The mean over the outputs, or one value each.

    Returns
    -------
    mse : float, or ndarray of shape (n_outputs,)

    Raises
    ------
    ValueError
        If the shapes differ, a number is nan or infinite, a weight is negative, or `multioutput` is unknown.

    See Also
    --------
    sklearn.metrics.mean_squared_error : the same.

    Notes
    -----
    .. math:: \mathrm{MSE} = \frac1n \sum_i (y_i - \hat y_i)^2

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 7.2.

    Examples
    --------
    >>> mean_squared_error([3, -0.5, 2, 7], [2.5, 0.0, 2, 8])
    0.375
    """
    true, predicted, weights = _as_outputs(y_true, y_pred, sample_weight)
    return _over_outputs(np.average((true - predicted) ** 2, axis=0, weights=weights), multioutput)


def root_mean_squared_error(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    multioutput: _Multioutput = "uniform_average",
) -> _Score:
    r"""Return the root of the mean squared error, in the units of the target.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,) or (n_samples, n_outputs)
        True and predicted numbers.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    multioutput : {"uniform_average", "raw_values"}, default "uniform_average"
        The mean of the outputs' roots, or one value each.

    Returns
    -------
    rmse : float, or ndarray of shape (n_outputs,)

    Raises
    ------
    ValueError
        As `mean_squared_error`.

    See Also
    --------
    sklearn.metrics.root_mean_squared_error : the same.

    Notes
    -----
    .. math:: \mathrm{RMSE} = \sqrt{\mathrm{MSE}}

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 7.2.

    Examples
    --------
    >>> round(root_mean_squared_error([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]), 6)
    0.612372
    """
    mse = mean_squared_error(y_true, y_pred, sample_weight=sample_weight, multioutput="raw_values")
    return _over_outputs(np.sqrt(mse), multioutput)


def mean_absolute_error(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    multioutput: _Multioutput = "uniform_average",
) -> _Score:
    r"""Return the mean absolute error, in the units of the target.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,) or (n_samples, n_outputs)
        True and predicted numbers.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    multioutput : {"uniform_average", "raw_values"}, default "uniform_average"
        The mean over the outputs, or one value each.

    Returns
    -------
    mae : float, or ndarray of shape (n_outputs,)

    Raises
    ------
    ValueError
        As `mean_squared_error`.

    See Also
    --------
    sklearn.metrics.mean_absolute_error : the same.

    Notes
    -----
    .. math:: \mathrm{MAE} = \frac1n \sum_i |y_i - \hat y_i|

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 7.2.

    Examples
    --------
    >>> mean_absolute_error([3, -0.5, 2, 7], [2.5, 0.0, 2, 8])
    0.5
    """
    true, predicted, weights = _as_outputs(y_true, y_pred, sample_weight)
    return _over_outputs(np.average(np.abs(true - predicted), axis=0, weights=weights), multioutput)


def r2_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    sample_weight: ArrayLike | None = None,
    multioutput: _Multioutput = "uniform_average",
) -> _Score:
    r"""Return the coefficient of determination: by how much the model's squared error is below that of the mean.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,) or (n_samples, n_outputs)
        True and predicted numbers, two samples or more.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    multioutput : {"uniform_average", "raw_values"}, default "uniform_average"
        The mean over the outputs, or one value each.

    Returns
    -------
    r2 : float, or ndarray of shape (n_outputs,)
        At most 1; negative if the model is worse than the mean. For a constant target: 1 if it is met, else 0.

    Raises
    ------
    ValueError
        If there are fewer than two samples (scikit-learn returns nan), and as `mean_squared_error`.

    See Also
    --------
    sklearn.metrics.r2_score : the same.

    Notes
    -----
    .. math:: R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}

    References
    ----------
    N. Draper and H. Smith, Applied Regression Analysis, 3rd ed., 1998, ch. 1.

    Examples
    --------
    >>> round(r2_score([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]), 6)
    0.948608
    """
    true, predicted, weights = _as_outputs(y_true, y_pred, sample_weight)
    if len(true) < 2:
        raise ValueError(f"y_true must hold at least two samples, got {len(true)}; one has no spread to explain")
    error = weights @ (true - predicted) ** 2
    shifted = true - true[weights.argmax()]  # exactly 0 for a constant target, whose mean may be rounded
    spread = weights @ (shifted - np.average(shifted, axis=0, weights=weights)) ** 2
    constant = np.where(error > 0, 0.0, 1.0)
    share = np.divide(error, spread, out=np.zeros_like(error), where=spread > 0)
    return _over_outputs(np.where(spread > 0, 1 - share, constant), multioutput)


def _as_outputs(y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | None) -> tuple[Floats, Floats, Floats]:
    true, predicted = (
        check_array(y, dtype=np.float64, ensure_2d=False, input_name=name)
        for y, name in ((y_true, "y_true"), (y_pred, "y_pred"))
    )
    demand_same_length(true, predicted, "y_pred")
    true, predicted = (y.reshape(len(y), -1) for y in (true, predicted))
    if true.shape != predicted.shape:
        raise ValueError(f"y_true and y_pred must have as many outputs, got {true.shape[1]} and {predicted.shape[1]}")
    return true, predicted, as_weights(sample_weight, len(true))


def _over_outputs(scores: Floats, multioutput: _Multioutput) -> _Score:
    if multioutput not in ("raw_values", "uniform_average"):
        raise ValueError(f"multioutput must be 'raw_values' or 'uniform_average', got {multioutput!r}")
    return scores if multioutput == "raw_values" else float(scores.mean())
