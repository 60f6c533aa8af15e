"""What one wrong prediction costs: losses of single data points, elementwise."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_nonnegative, as_real_array


def squared_loss(y_true: ArrayLike, y_pred: ArrayLike) -> Any:
    r"""Squared loss of each prediction, in squared units of the target.

    Parameters
    ----------
    y_true, y_pred : array_like
        True and predicted numbers, of shapes that broadcast.

    Returns
    -------
    float or ndarray
        One loss a prediction, of the shape that the arguments broadcast to.

    Raises
    ------
    ValueError
        If a number is nan or infinite, or the shapes do not broadcast.

    See Also
    --------
    absolute_loss, huber : grow more slowly with the residual.
    companion.ml.metrics.mean_squared_error : the mean over a data set.

    Notes
    -----
    .. math:: \ell(y, \hat y) = (y - \hat y)^2

    Smooth and strictly convex in the prediction; a residual ten times as large costs a hundred times as much.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 2.4.

    Examples
    --------
    >>> squared_loss([10, 20], [5, 25]).tolist()
    [25.0, 25.0]
    """
    return _residual(y_true, y_pred, "y_pred") ** 2


def absolute_loss(y_true: ArrayLike, y_pred: ArrayLike) -> Any:
    r"""Absolute loss of each prediction, in units of the target.

    Parameters
    ----------
    y_true, y_pred : array_like
        True and predicted numbers, of shapes that broadcast.

    Returns
    -------
    float or ndarray
        One loss a prediction, of the shape that the arguments broadcast to.

    Raises
    ------
    ValueError
        If a number is nan or infinite, or the shapes do not broadcast.

    See Also
    --------
    squared_loss, huber : differentiable, also where the residual is 0.
    companion.ml.metrics.mean_absolute_error : the mean over a data set.

    Notes
    -----
    .. math:: \ell(y, \hat y) = |y - \hat y|

    Convex in the prediction, with a kink where the residual is 0.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 10.6.

    Examples
    --------
    >>> absolute_loss([10, 20], [5, 25]).tolist()
    [5.0, 5.0]
    """
    return np.abs(_residual(y_true, y_pred, "y_pred"))


def hinge_loss(y_true: ArrayLike, pred_decision: ArrayLike) -> Any:
    r"""Hinge loss of each score of a classifier with the labels -1 and 1; no unit.

    Parameters
    ----------
    y_true : array_like
        Labels, -1 or 1.
    pred_decision : array_like
        Scores, of a shape that broadcasts with that of `y_true`: their sign is the predicted label.

    Returns
    -------
    float or ndarray
        One loss a score, of the shape that the arguments broadcast to.

    Raises
    ------
    ValueError
        If a label is neither -1 nor 1, a score is nan or infinite, or the shapes do not broadcast.

    See Also
    --------
    sklearn.metrics.hinge_loss : the mean of these.

    Notes
    -----
    .. math:: \ell(y, \hat y) = \max(0, 1 - y \hat y)

    The product :math:`y \hat y` is the *margin*. The loss is 0 from margin 1 on: on the right side is not enough.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 12.3.2.

    Examples
    --------
    >>> hinge_loss([1, 1, -1], [2.0, 0.25, 0.5]).tolist()
    [0.0, 0.75, 1.5]
    """
    labels = as_real_array(y_true, "y_true")
    wrong = labels[np.abs(labels) != 1]
    if wrong.size:
        raise ValueError(f"y_true must hold the labels -1 and 1, got {wrong[0]:g}; recode 0 and 1 by 2 * y - 1")
    scores = as_real_array(pred_decision, "pred_decision")
    _demand_broadcast(labels, scores, "y_true", "pred_decision")
    return np.maximum(0, 1 - labels * scores)[()]


def huber(delta: ArrayLike, r: ArrayLike) -> Any:
    r"""Huber's loss of each residual: squared near zero, absolute far out.

    Parameters
    ----------
    delta : array_like
        Where the parabola goes over into lines, in units of the residual, at least 0.
    r : array_like
        Residuals, of a shape that broadcasts with that of `delta`.

    Returns
    -------
    float or ndarray
        One loss a residual, in squared units of it.

    Raises
    ------
    ValueError
        If `delta` is negative (SciPy returns infinity), a number is nan or infinite, or the shapes do not broadcast.

    See Also
    --------
    scipy.special.huber : the same.

    Notes
    -----
    .. math:: \ell_\delta(r) = \begin{cases} \tfrac12 r^2 & |r| \le \delta \\
              \delta \left(|r| - \tfrac12 \delta\right) & |r| > \delta \end{cases}

    The pieces meet with the same slope, :math:`\pm\delta`. So the loss is convex and differentiable, and one outlier
    pulls with a force of :math:`\delta` at most.

    References
    ----------
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964.

    Examples
    --------
    >>> huber(1.0, [0.5, -1.0, 10.0]).tolist()
    [0.125, 0.5, 9.5]
    """
    bound, residual = as_nonnegative(delta, "delta"), np.abs(as_real_array(r, "r"))
    _demand_broadcast(bound, residual, "delta", "r")
    inner = np.minimum(residual, bound)  # the part of the residual that is squared
    return (0.5 * inner**2 + bound * (residual - inner))[()]


def _residual(y_true: ArrayLike, y_pred: ArrayLike, name: str) -> NDArray[np.float64]:
    true, predicted = as_real_array(y_true, "y_true"), as_real_array(y_pred, name)
    _demand_broadcast(true, predicted, "y_true", name)
    return (true - predicted)[()]


def _demand_broadcast(x: NDArray[Any], y: NDArray[Any], first: str, second: str) -> None:
    try:
        np.broadcast_shapes(x.shape, y.shape)
    except ValueError as error:
        raise ValueError(
            f"{first} and {second} must have shapes that broadcast, got {x.shape} and {y.shape}"
        ) from error
