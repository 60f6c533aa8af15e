"""Curves that a threshold draws as it falls through the scores, and the areas below them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion.ml.metrics._input import Floats, Labels, as_labels, as_numbers, as_weights, demand_same_length


class ROCCurve(NamedTuple):
    """What `roc_curve` returns."""

    fpr: Floats
    tpr: Floats
    thresholds: Floats


class PrecisionRecallCurve(NamedTuple):
    """What `precision_recall_curve` returns."""

    precision: Floats
    recall: Floats
    thresholds: Floats


class _Counts(NamedTuple):
    """False and true positives at each threshold, from the highest score down."""

    fps: Floats
    tps: Floats
    thresholds: Floats


def roc_curve(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
    drop_intermediate: bool = True,
) -> ROCCurve:
    r"""Return false and true positive rate for each threshold.

    Parameters
    ----------
    y_true : array_like, shape (n_samples,)
        True labels of two classes.
    y_score : array_like, shape (n_samples,)
        The higher the score, the more the model holds the sample for positive; a sample is predicted positive if its
        score is at least the threshold. Equal scores make one step.
    pos_label : label, optional
        The positive class; without it 1, if the labels are 0 and 1 or -1 and 1.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    drop_intermediate : bool, default True
        Leave out points half-way between their neighbours; the area stays the same.

    Returns
    -------
    fpr, tpr : ndarray, shape (n_thresholds,)
        The rates, both rising from 0 to 1.
    thresholds : ndarray, shape (n_thresholds,)
        Falling from infinity, where nothing is predicted positive.

    Raises
    ------
    ValueError
        If the lengths differ, one class is missing or there are more than two, `pos_label` is needed or does not
        occur, a score is nan or infinite, or a weight is negative. (scikit-learn returns nan where a class is missing.)

    See Also
    --------
    roc_auc_score : the area below it.
    sklearn.metrics.roc_curve : the same.

    Notes
    -----
    .. math:: \mathrm{TPR}(\tau) = P(S \ge \tau \mid +), \qquad \mathrm{FPR}(\tau) = P(S \ge \tau \mid -)

    References
    ----------
    T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006.

    Examples
    --------
    >>> fpr, tpr, thresholds = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> fpr.tolist(), tpr.tolist()
    ([0.0, 0.0, 0.5, 0.5, 1.0], [0.0, 0.5, 0.5, 1.0, 1.0])
    """
    fps, tps, thresholds = _count_by_threshold(y_true, y_score, pos_label, sample_weight)
    if drop_intermediate and len(thresholds) > 2:
        corner = np.r_[True, (np.diff(fps, 2) != 0) | (np.diff(tps, 2) != 0), True]
        fps, tps, thresholds = fps[corner], tps[corner], thresholds[corner]
    fpr, tpr = (np.r_[0.0, count] / count[-1] for count in (fps, tps))
    return ROCCurve(fpr, tpr, np.r_[np.inf, thresholds])


def roc_auc_score(y_true: ArrayLike, y_score: ArrayLike, *, sample_weight: ArrayLike | None = None) -> float:
    r"""Return the area under the ROC curve of two classes.

    Parameters
    ----------
    y_true : array_like, shape (n_samples,)
        True labels of two classes; the greater one is positive.
    y_score : array_like, shape (n_samples,)
        Scores, higher for positive samples.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.

    Returns
    -------
    auc : float
        Between 0 and 1; 1/2 for random scores.

    Raises
    ------
    ValueError
        If the lengths differ, one class is missing or there are more than two, a score is nan or infinite, or a weight
        is negative. (scikit-learn returns nan where a class is missing.)

    See Also
    --------
    roc_curve : the curve.
    sklearn.metrics.roc_auc_score : the same, with more than two classes and partial areas besides.

    Notes
    -----
    It is the probability that a random positive sample scores higher than a random negative one, ties counted half:

    .. math:: \mathrm{AUC} = P(S^+ > S^-) + \tfrac12 P(S^+ = S^-)

    References
    ----------
    J. Hanley and B. McNeil, The meaning and use of the area under a receiver operating characteristic (ROC) curve,
    Radiology 143, 1982.

    Examples
    --------
    >>> roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.75
    """
    labels = as_labels(y_true, "y_true")
    classes = np.unique(labels)
    if len(classes) < 2:
        raise ValueError(f"y_true must hold two classes, got {classes.tolist()} alone; there are no pairs to rank")
    fpr, tpr, _ = roc_curve(labels, y_score, pos_label=classes[-1], sample_weight=sample_weight)
    return auc(fpr, tpr)


def precision_recall_curve(
    y_true: ArrayLike,
    y_score: ArrayLike,
    *,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
    drop_intermediate: bool = False,
) -> PrecisionRecallCurve:
    r"""Return precision and recall for each threshold.

    Parameters
    ----------
    y_true : array_like, shape (n_samples,)
        True labels of two classes.
    y_score : array_like, shape (n_samples,)
        Scores, higher for positive samples; a sample is predicted positive if its score is at least the threshold.
    pos_label : label, optional
        The positive class; without it 1, if the labels are 0 and 1 or -1 and 1.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    drop_intermediate : bool, default False
        Leave out points in the middle of a run with one recall.

    Returns
    -------
    precision, recall : ndarray, shape (n_thresholds + 1,)
        The rates at the rising thresholds; the last element of `precision` is 1 and that of `recall` 0, and these have
        no threshold.
    thresholds : ndarray, shape (n_thresholds,)
        The different scores, rising.

    Raises
    ------
    ValueError
        If the lengths differ, no sample is positive, there are more than two classes, `pos_label` is needed or does
        not occur, a score is nan or infinite, or a weight is negative. (Without a positive sample scikit-learn sets the
        recall to 1.)

    See Also
    --------
    average_precision_score : the area below it.
    sklearn.metrics.precision_recall_curve : the same.

    References
    ----------
    J. Davis and M. Goadrich, The relationship between precision-recall and ROC curves, ICML 2006.

    Examples
    --------
    >>> precision, recall, thresholds = precision_recall_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> precision.round(3).tolist(), recall.tolist()
    ([0.5, 0.667, 0.5, 1.0, 1.0], [1.0, 1.0, 0.5, 0.5, 0.0])
    """
    fps, tps, thresholds = _count_by_threshold(y_true, y_score, pos_label, sample_weight, demand_negative=False)
    if drop_intermediate and len(thresholds) > 2:
        kept = np.r_[True, (np.diff(tps[:-1]) != 0) | (np.diff(tps[1:]) != 0), True]
        fps, tps, thresholds = fps[kept], tps[kept], thresholds[kept]
    precision, recall = tps / (tps + fps), tps / tps[-1]
    return PrecisionRecallCurve(np.r_[precision[::-1], 1.0], np.r_[recall[::-1], 0.0], thresholds[::-1])


def average_precision_score(
    y_true: ArrayLike, y_score: ArrayLike, *, pos_label: Any = 1, sample_weight: ArrayLike | None = None
) -> float:
    r"""Return the average precision, the area below the steps of the precision-recall curve.

    Parameters
    ----------
    y_true : array_like, shape (n_samples,)
        True labels of two classes.
    y_score : array_like, shape (n_samples,)
        Scores, higher for positive samples.
    pos_label : label, default 1
        The positive class.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.

    Returns
    -------
    ap : float
        Above 0 and at most 1; for random scores about the share of positives, in a small sample somewhat more.

    Raises
    ------
    ValueError
        As `precision_recall_curve`.

    See Also
    --------
    sklearn.metrics.average_precision_score : the same, with several labels besides.

    Notes
    -----
    .. math:: \mathrm{AP} = \sum_i (R_i - R_{i-1}) P_i

    with :math:`R_0 = 0`. Trapezoids in place of steps would be wrong: between two thresholds precision does not move
    along a straight line. Where precision falls from one threshold to the next, the line promises too much; where it
    rises, too little.

    References
    ----------
    J. Davis and M. Goadrich, The relationship between precision-recall and ROC curves, ICML 2006.

    Examples
    --------
    >>> round(average_precision_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 4)
    0.8333
    """
    precision, recall, _ = precision_recall_curve(y_true, y_score, pos_label=pos_label, sample_weight=sample_weight)
    return float(-np.diff(recall) @ precision[:-1])


def auc(x: ArrayLike, y: ArrayLike) -> float:
    r"""Return the area under a curve by trapezoids.

    Parameters
    ----------
    x : array_like, shape (n,)
        Places, rising or falling all the way.
    y : array_like, shape (n,)
        Heights.

    Returns
    -------
    area : float

    Raises
    ------
    ValueError
        If the lengths differ, there are fewer than two points, `x` turns round, or a number is nan or infinite.

    See Also
    --------
    sklearn.metrics.auc : the same.

    References
    ----------
    T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006.

    Examples
    --------
    >>> auc([0, 0.5, 1], [0, 1, 1])
    0.75
    """
    x, y = as_numbers(x, "x"), as_numbers(y, "y")
    if len(x) != len(y):
        raise ValueError(f"x and y must have the same length, got {len(x)} and {len(y)}")
    if len(x) < 2:
        raise ValueError(f"x must hold at least two points, got {len(x)}")
    widths = np.diff(x)
    if (widths < 0).any() and (widths > 0).any():
        raise ValueError("x must rise or fall all the way; sort the points first")
    return float(np.abs(widths) @ (y[1:] + y[:-1]) / 2)


def _count_by_threshold(
    y_true: ArrayLike,
    y_score: ArrayLike,
    pos_label: Any,
    sample_weight: ArrayLike | None,
    demand_negative: bool = True,
) -> _Counts:
    """Count the positives, false and true, with a score at or above each score that occurs, from the highest down."""
    labels, score = as_labels(y_true, "y_true"), as_numbers(y_score, "y_score")
    demand_same_length(labels, score, "y_score")
    positive = labels == _positive_label(labels, pos_label)
    weights = as_weights(sample_weight, len(labels))
    _demand_weight(weights, positive, "positive")
    if demand_negative:
        _demand_weight(weights, ~positive, "negative")
    counted = weights > 0
    score, positive, weights = score[counted], positive[counted], weights[counted]
    order = np.argsort(-score, kind="stable")
    score, positive, weights = score[order], positive[order], weights[order]
    last_of_ties = np.r_[np.flatnonzero(np.diff(score)), len(score) - 1]
    tps, fps = (np.cumsum(weights * side)[last_of_ties] for side in (positive, ~positive))
    return _Counts(fps, tps, score[last_of_ties])


def _positive_label(labels: Labels, pos_label: Any) -> Any:
    classes = np.unique(labels).tolist()
    if len(classes) > 2:
        raise ValueError(f"y_true must hold two classes, got {len(classes)}; compare one of them with the rest")
    if pos_label is not None and len(classes) == 2 and pos_label not in classes:
        raise ValueError(f"pos_label must be one of the classes {classes}, got {pos_label!r}")
    if pos_label is None:
        if not {*classes} <= {0, 1} and not {*classes} <= {-1, 1}:
            raise ValueError(f"y_true holds {classes}: say with pos_label which of them is positive")
        return 1
    return pos_label


def _demand_weight(weights: Floats, chosen: NDArray[np.bool_], kind: str) -> None:
    if not weights[chosen].any():
        raise ValueError(f"y_true must hold a {kind} sample with a positive weight, got none; the rate is 0/0")
