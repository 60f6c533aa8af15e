"""Counts of right and wrong predictions, and the rates made of them."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.exceptions import UndefinedMetricWarning

from companion._validation import as_positive
from companion._warnings import warn_user
from companion.ml.metrics._input import Floats, Labels, as_labels, as_weights, demand_same_length, demand_same_type

_Average = Literal["binary", "micro", "macro", "weighted"] | None
_ZeroDivision = Literal["warn"] | float
_Score = float | Floats


class _Counts(NamedTuple):
    """Of each class: samples predicted rightly, predicted at all, and truly of it."""

    right: Floats
    predicted: Floats
    actual: Floats


class PrecisionRecallFscoreSupport(NamedTuple):
    """What `precision_recall_fscore_support` returns."""

    precision: Any
    recall: Any
    fbeta_score: Any
    support: Any


def confusion_matrix(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
    normalize: Literal["true", "pred", "all"] | None = None,
) -> NDArray[Any]:
    r"""Count how many samples of class i were predicted as class j.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels, numbers or texts.
    labels : array_like, shape (n_classes,), optional
        The classes, in the order of rows and columns; samples of other classes are left out. Without it: all classes
        that occur, sorted.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    normalize : {"true", "pred", "all"}, optional
        Divide by the sums of the rows, of the columns, or by the total; a class that does not occur keeps zeros.

    Returns
    -------
    C : ndarray, shape (n_classes, n_classes)
        Row i is the true class, column j the predicted one; integers, unless weights or shares are not. With the
        classes 0 and 1: ``tn, fp, fn, tp = C.ravel()``.

    Raises
    ------
    ValueError
        If the lengths differ, labels are missing or not classes, no class of `labels` occurs in `y_true`, or a weight
        is negative.
    TypeError
        If numbers are compared with texts.

    See Also
    --------
    sklearn.metrics.confusion_matrix : the same.

    References
    ----------
    T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006.

    Examples
    --------
    >>> confusion_matrix(["cat", "dog", "cat", "cat"], ["cat", "cat", "dog", "cat"])
    array([[2, 1],
           [1, 0]])
    """
    y_true, y_pred = _as_pair(y_true, y_pred)
    classes = _as_classes(labels, y_true, y_pred)
    (rows, known_true), (columns, known_predicted) = _index(y_true, classes), _index(y_pred, classes)
    known = known_true & known_predicted
    k = len(classes)
    counts = _total(k * rows + columns, known, k * k, sample_weight).reshape(k, k)
    if normalize is None:
        return counts
    if normalize not in ("true", "pred", "all"):
        raise ValueError(f"normalize must be 'true', 'pred', 'all' or None, got {normalize!r}")
    axis = {"true": 1, "pred": 0, "all": None}[normalize]
    totals = counts.sum(axis=axis, keepdims=True)
    shares: Floats = np.divide(counts, totals, out=np.zeros((k, k)), where=totals > 0)
    return shares


def accuracy_score(
    y_true: ArrayLike, y_pred: ArrayLike, *, normalize: bool = True, sample_weight: ArrayLike | None = None
) -> float:
    r"""Return the share of right predictions.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    normalize : bool, default True
        The share; otherwise the number (or weight) of right predictions.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.

    Returns
    -------
    score : float
        Between 0 and 1, or the number.

    Raises
    ------
    ValueError
        If the lengths differ, labels are missing or not classes, or a weight is negative.
    TypeError
        If numbers are compared with texts.

    See Also
    --------
    balanced_accuracy_score : where the classes differ in size.
    sklearn.metrics.accuracy_score : the same.

    References
    ----------
    T. Fawcett, An introduction to ROC analysis, Pattern Recognition Letters 27, 2006.

    Examples
    --------
    >>> accuracy_score([0, 1, 1, 0], [0, 1, 0, 0])
    0.75
    """
    y_true, y_pred = _as_pair(y_true, y_pred)
    right = y_true == y_pred
    if sample_weight is None:
        return float(right.mean() if normalize else right.sum())
    weights = as_weights(sample_weight, len(y_true))
    return float(np.average(right, weights=weights) if normalize else weights @ right)


def balanced_accuracy_score(
    y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: ArrayLike | None = None, adjusted: bool = False
) -> float:
    r"""Return the mean of the recalls of all classes, in which a small class counts as much as a large one.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    adjusted : bool, default False
        Rescale so that random guessing scores 0 and perfect prediction 1.

    Returns
    -------
    score : float

    Raises
    ------
    ValueError
        If the lengths differ, labels are missing or not classes, a weight is negative, or `adjusted` is asked for
        with one class only.
    TypeError
        If numbers are compared with texts.

    See Also
    --------
    sklearn.metrics.balanced_accuracy_score : the same.

    References
    ----------
    K. Brodersen et al., The balanced accuracy and its posterior distribution, ICPR 2010.

    Examples
    --------
    A model that never finds the rare class:

    >>> balanced_accuracy_score([0, 0, 0, 0, 1], [0, 0, 0, 0, 0])
    0.5
    """
    y_true, y_pred = _as_pair(y_true, y_pred)
    counts = _count(y_true, y_pred, _classes(y_true, y_pred), sample_weight)
    present = counts.actual > 0
    score = float(np.mean(counts.right[present] / counts.actual[present]))
    if not adjusted:
        return score
    if present.sum() < 2:
        raise ValueError("adjusted=True needs two classes in y_true, got one: guessing is then always right")
    chance = 1 / present.sum()
    return float((score - chance) / (1 - chance))


def precision_recall_fscore_support(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float = 1.0,
    labels: ArrayLike | None = None,
    pos_label: Any = 1,
    average: _Average = None,
    sample_weight: ArrayLike | None = None,
    zero_division: _ZeroDivision = "warn",
) -> PrecisionRecallFscoreSupport:
    r"""Return precision, recall, F-beta and support, of each class or as an average.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    beta : float, default 1.0
        How many times as much recall counts as precision, positive.
    labels : array_like, shape (n_classes,), optional
        The classes to report, in this order; without it all that occur, sorted.
    pos_label : label, default 1
        The positive class, for ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted"}, optional
        None: one value a class. "binary": of `pos_label`. "micro": of the counts added over the classes. "macro": the
        mean over the classes. "weighted": that mean, weighted by support.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    zero_division : {"warn"} or {0, 1, nan}, default "warn"
        What 0/0 is; "warn" means 0 and a warning. A nan is left out of averages.

    Returns
    -------
    precision, recall, fbeta_score : float, or ndarray of shape (n_classes,)
    support : None, or ndarray of shape (n_classes,)
        How many samples each class has; None for an average.

    Raises
    ------
    ValueError
        If the lengths differ, labels are missing or not classes, `average` is unknown or "binary" for more than two
        classes, `pos_label` does not occur, `beta` is not positive, or a weight is negative.
    TypeError
        If numbers are compared with texts.

    Warns
    -----
    UndefinedMetricWarning
        If a rate is 0/0 and `zero_division` is "warn".

    See Also
    --------
    sklearn.metrics.precision_recall_fscore_support : the same.

    Notes
    -----
    .. math:: P = \frac{TP}{TP + FP}, \qquad R = \frac{TP}{TP + FN}, \qquad
              F_\beta = \frac{(1 + \beta^2)\, TP}{(1 + \beta^2)\, TP + \beta^2 FN + FP}

    References
    ----------
    C. van Rijsbergen, Information Retrieval, 2nd ed., 1979, ch. 7.

    Examples
    --------
    >>> y_true, y_pred = [0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 1, 0]
    >>> result = precision_recall_fscore_support(y_true, y_pred, average="binary")
    >>> round(result.precision, 4), round(result.recall, 4)
    (0.6667, 0.6667)
    """
    counts = _count_for(average, y_true, y_pred, labels, pos_label, sample_weight)
    filler = _as_filler(zero_division)
    scores = [_precision(counts, filler), _recall(counts, filler), _fbeta(counts, beta, filler)]
    precision, recall, fbeta = (_summary(score, counts, average) for score in scores)
    return PrecisionRecallFscoreSupport(precision, recall, fbeta, counts.actual if average is None else None)


def precision_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = 1,
    average: _Average = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: _ZeroDivision = "warn",
) -> _Score:
    r"""Return the precision: of all samples predicted positive, the share that is positive.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    labels : array_like, shape (n_classes,), optional
        The classes to report or to average over; without it all that occur, sorted.
    pos_label : label, default 1
        The positive class, for ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted"} or None, default "binary"
        Of the positive class, of the added counts, the mean over the classes, that mean weighted by support, or one
        value a class.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    zero_division : {"warn"} or {0, 1, nan}, default "warn"
        What 0/0 is; "warn" means 0 and a warning.

    Returns
    -------
    precision : float, or ndarray of shape (n_classes,) with ``average=None``

    Raises
    ------
    ValueError, TypeError
        As `precision_recall_fscore_support`.

    Warns
    -----
    UndefinedMetricWarning
        If it is 0/0 and `zero_division` is "warn".

    See Also
    --------
    sklearn.metrics.precision_score : the same.

    Notes
    -----
    .. math:: P = \frac{TP}{TP + FP}

    References
    ----------
    C. van Rijsbergen, Information Retrieval, 2nd ed., 1979, ch. 7.

    Examples
    --------
    Three alarms, one of them false:

    >>> round(precision_score([1, 1, 0, 0, 1], [1, 1, 1, 0, 0]), 4)
    0.6667
    """
    counts = _count_for(average, y_true, y_pred, labels, pos_label, sample_weight)
    return _summary(_precision(counts, _as_filler(zero_division)), counts, average)


def recall_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = 1,
    average: _Average = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: _ZeroDivision = "warn",
) -> _Score:
    r"""Return the recall (sensitivity): of all positive samples, the share that is found.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    labels : array_like, shape (n_classes,), optional
        The classes to report or to average over; without it all that occur, sorted.
    pos_label : label, default 1
        The positive class, for ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted"} or None, default "binary"
        Of the positive class, of the added counts, the mean over the classes, that mean weighted by support, or one
        value a class.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    zero_division : {"warn"} or {0, 1, nan}, default "warn"
        What 0/0 is; "warn" means 0 and a warning.

    Returns
    -------
    recall : float, or ndarray of shape (n_classes,) with ``average=None``

    Raises
    ------
    ValueError, TypeError
        As `precision_recall_fscore_support`.

    Warns
    -----
    UndefinedMetricWarning
        If it is 0/0 and `zero_division` is "warn".

    See Also
    --------
    sklearn.metrics.recall_score : the same.

    Notes
    -----
    .. math:: R = \frac{TP}{TP + FN}

    References
    ----------
    C. van Rijsbergen, Information Retrieval, 2nd ed., 1979, ch. 7.

    Examples
    --------
    >>> recall_score([1, 1, 1, 1, 0], [1, 1, 1, 0, 0])
    0.75
    """
    counts = _count_for(average, y_true, y_pred, labels, pos_label, sample_weight)
    return _summary(_recall(counts, _as_filler(zero_division)), counts, average)


def fbeta_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    beta: float,
    labels: ArrayLike | None = None,
    pos_label: Any = 1,
    average: _Average = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: _ZeroDivision = "warn",
) -> _Score:
    r"""Return the F-beta score, the weighted harmonic mean of precision and recall.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    beta : float
        How many times as much recall counts as precision, positive.
    labels : array_like, shape (n_classes,), optional
        The classes to report or to average over; without it all that occur, sorted.
    pos_label : label, default 1
        The positive class, for ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted"} or None, default "binary"
        Of the positive class, of the added counts, the mean over the classes, that mean weighted by support, or one
        value a class.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    zero_division : {"warn"} or {0, 1, nan}, default "warn"
        What 0/0 is; "warn" means 0 and a warning.

    Returns
    -------
    fbeta : float, or ndarray of shape (n_classes,) with ``average=None``

    Raises
    ------
    ValueError, TypeError
        As `precision_recall_fscore_support`.

    Warns
    -----
    UndefinedMetricWarning
        If it is 0/0 and `zero_division` is "warn".

    See Also
    --------
    sklearn.metrics.fbeta_score : the same.

    Notes
    -----
    .. math:: F_\beta = \frac{(1 + \beta^2) P R}{\beta^2 P + R}
              = \frac{(1 + \beta^2)\, TP}{(1 + \beta^2)\, TP + \beta^2 FN + FP}

    References
    ----------
    C. van Rijsbergen, Information Retrieval, 2nd ed., 1979, ch. 7.

    Examples
    --------
    All found, with one false alarm; recall counts double:

    >>> round(fbeta_score([1, 1, 0, 0], [1, 1, 1, 0], beta=2), 4)
    0.9091
    """
    counts = _count_for(average, y_true, y_pred, labels, pos_label, sample_weight)
    return _summary(_fbeta(counts, beta, _as_filler(zero_division)), counts, average)


def f1_score(
    y_true: ArrayLike,
    y_pred: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = 1,
    average: _Average = "binary",
    sample_weight: ArrayLike | None = None,
    zero_division: _ZeroDivision = "warn",
) -> _Score:
    r"""Return the F1 score, the harmonic mean of precision and recall.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    labels : array_like, shape (n_classes,), optional
        The classes to report or to average over; without it all that occur, sorted.
    pos_label : label, default 1
        The positive class, for ``average="binary"``.
    average : {"binary", "micro", "macro", "weighted"} or None, default "binary"
        Of the positive class, of the added counts, the mean over the classes, that mean weighted by support, or one
        value a class.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.
    zero_division : {"warn"} or {0, 1, nan}, default "warn"
        What 0/0 is; "warn" means 0 and a warning.

    Returns
    -------
    f1 : float, or ndarray of shape (n_classes,) with ``average=None``

    Raises
    ------
    ValueError, TypeError
        As `precision_recall_fscore_support`.

    Warns
    -----
    UndefinedMetricWarning
        If it is 0/0 and `zero_division` is "warn".

    See Also
    --------
    sklearn.metrics.f1_score : the same.

    Notes
    -----
    .. math:: F_1 = \frac{2 P R}{P + R} = \frac{2\, TP}{2\, TP + FN + FP}

    References
    ----------
    C. van Rijsbergen, Information Retrieval, 2nd ed., 1979, ch. 7.

    Examples
    --------
    >>> f1_score([1, 1, 0, 0], [1, 1, 1, 0])
    0.8
    """
    counts = _count_for(average, y_true, y_pred, labels, pos_label, sample_weight)
    return _summary(_fbeta(counts, 1.0, _as_filler(zero_division)), counts, average)


def matthews_corrcoef(y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: ArrayLike | None = None) -> float:
    r"""Return Matthews' correlation coefficient, the correlation of true and predicted classes.

    Parameters
    ----------
    y_true, y_pred : array_like, shape (n_samples,)
        True and predicted labels.
    sample_weight : array_like, shape (n_samples,), optional
        How often each sample counts, at least 0.

    Returns
    -------
    mcc : float
        1 for perfect prediction, 0 for one that is no better than chance, negative below it. As in scikit-learn it is
        0 if all samples are of one class, or all are predicted to be.

    Raises
    ------
    ValueError
        If the lengths differ, labels are missing or not classes, or a weight is negative.
    TypeError
        If numbers are compared with texts.

    See Also
    --------
    sklearn.metrics.matthews_corrcoef : the same.

    Notes
    -----
    .. math:: \mathrm{MCC} = \frac{TP \cdot TN - FP \cdot FN}
              {\sqrt{(TP + FP)(TP + FN)(TN + FP)(TN + FN)}}

    for two classes. For more it is Gorodkin's coefficient, the covariance of the class indicators scaled by both
    spreads.

    References
    ----------
    J. Gorodkin, Comparing two K-category assignments by a K-category correlation coefficient, Computational Biology and
    Chemistry 28, 2004.

    Examples
    --------
    >>> round(matthews_corrcoef([1, 1, 1, 0, 0], [1, 1, 0, 0, 1]), 4)
    0.1667
    """
    C = confusion_matrix(y_true, y_pred, sample_weight=sample_weight).astype(np.float64)
    C /= C.max()  # tiny or huge weights must not vanish or overflow when they are squared
    actual, predicted, n = C.sum(axis=1), C.sum(axis=0), C.sum()
    if np.count_nonzero(actual) < 2 or np.count_nonzero(predicted) < 2:
        return 0.0  # asked of the classes: with weights, rounding would leave a spread that is not quite 0
    spread_actual, spread_predicted = actual @ (n - actual), predicted @ (n - predicted)
    return float((np.trace(C) * n - actual @ predicted) / np.sqrt(spread_actual * spread_predicted))


# Counting


def _index(y: Labels, classes: Labels) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return the position of each label in *classes*, which need not be sorted, and whether it is there."""
    order = np.argsort(classes, kind="stable")
    place = order[np.searchsorted(classes, y, sorter=order).clip(max=len(classes) - 1)]
    return place, classes[place] == y


def _count(y_true: Labels, y_pred: Labels, classes: Labels, sample_weight: ArrayLike | None) -> _Counts:
    (true_place, true_known), (place, known) = _index(y_true, classes), _index(y_pred, classes)
    k = len(classes)
    return _Counts(
        right=_total(place, known & (y_true == y_pred), k, sample_weight),
        predicted=_total(place, known, k, sample_weight),
        actual=_total(true_place, true_known, k, sample_weight),
    )


def _total(
    places: NDArray[np.intp], counted: NDArray[np.bool_], n_places: int, sample_weight: ArrayLike | None
) -> NDArray[Any]:
    """Add up the samples, or their weights, at each place; integers give integers."""
    if sample_weight is None:
        return np.bincount(places[counted], minlength=n_places)
    weights = as_weights(sample_weight, len(places))
    totals = np.bincount(places[counted], weights[counted], minlength=n_places)
    return totals.astype(np.int64) if np.asarray(sample_weight).dtype.kind in "iub" else totals


def _count_for(
    average: _Average,
    y_true: ArrayLike,
    y_pred: ArrayLike,
    labels: ArrayLike | None,
    pos_label: Any,
    sample_weight: ArrayLike | None,
) -> _Counts:
    """Count right, predicted and actual samples of each class that the average is of; for "micro" add them up."""
    y_true, y_pred = _as_pair(y_true, y_pred)
    if average == "binary":
        classes = _as_positive_class(pos_label, _classes(y_true, y_pred))
    elif average in (None, "micro", "macro", "weighted"):
        classes = _as_classes(labels, y_true, y_pred)
    else:
        raise ValueError(f"average must be 'binary', 'micro', 'macro', 'weighted' or None, got {average!r}")
    counts = _count(y_true, y_pred, classes, sample_weight)
    return _Counts(*(np.atleast_1d(count.sum()) for count in counts)) if average == "micro" else counts


def _precision(counts: _Counts, filler: float | None) -> Floats:
    return _ratio(counts.right, counts.predicted, "precision", "no sample is predicted", filler)


def _recall(counts: _Counts, filler: float | None) -> Floats:
    return _ratio(counts.right, counts.actual, "recall", "no sample is true", filler)


def _fbeta(counts: _Counts, beta: float, filler: float | None) -> Floats:
    beta2 = float(as_positive(beta, "beta")) ** 2
    whole = beta2 * counts.actual + counts.predicted
    return _ratio((1 + beta2) * counts.right, whole, "F-score", "no sample is predicted or true", filler)


def _ratio(part: Floats, whole: Floats, name: str, lacking: str, filler: float | None) -> Floats:
    undefined = whole == 0
    if filler is None and undefined.any():
        warn_user(
            f"{name} is 0/0 and set to 0 for {undefined.sum()} of {undefined.size} classes: {lacking}; "
            "choose its value with zero_division",
            UndefinedMetricWarning,
        )
    ratio: Floats = np.divide(part, whole, out=np.full(part.shape, filler or 0.0), where=~undefined)
    return ratio


def _summary(score: Floats, counts: _Counts, average: _Average) -> _Score:
    """Return the mean over the classes without nan, weighted by support if some has one; or all of them."""
    if average is None:
        return score
    weights = counts.actual if average == "weighted" else None
    defined = ~np.isnan(score)
    if not defined.any():
        return np.nan
    chosen = None if weights is None or not weights[defined].any() else weights[defined]
    return float(np.average(score[defined], weights=chosen))


# Input


def _as_pair(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[Labels, Labels]:
    true, predicted = as_labels(y_true, "y_true"), as_labels(y_pred, "y_pred")
    demand_same_length(true, predicted, "y_pred")
    demand_same_type(true, predicted)
    return true, predicted


def _classes(y_true: Labels, y_pred: Labels) -> Labels:
    classes: Labels = np.unique(np.concatenate([y_true, y_pred]))
    return classes


def _as_classes(labels: ArrayLike | None, y_true: Labels, y_pred: Labels) -> Labels:
    every = _classes(y_true, y_pred)
    if labels is None:
        return every
    classes = np.asarray(labels)
    if classes.ndim != 1 or not classes.size:
        raise ValueError(f"labels must be a list of classes, got shape {classes.shape}")
    if len(np.unique(classes)) < len(classes):
        raise ValueError(f"labels must name each class once, got {classes.tolist()}")
    if not np.isin(classes, y_true).any():
        raise ValueError(f"labels must hold a class of y_true, got {classes.tolist()}; y_true has {every.tolist()}")
    return classes


def _as_positive_class(pos_label: Any, every: Labels) -> Labels:
    if len(every) > 2:
        raise ValueError(
            f"average='binary' needs two classes, got {len(every)}; choose average='macro', 'micro', 'weighted' or None"
        )
    if len(every) == 2 and pos_label not in every.tolist():
        raise ValueError(f"pos_label must be one of the classes {every.tolist()}, got {pos_label!r}")
    return np.array([pos_label])


def _as_filler(zero_division: _ZeroDivision) -> float | None:
    if isinstance(zero_division, str):
        if zero_division != "warn":
            raise ValueError(f"zero_division must be 'warn', 0, 1 or nan, got {zero_division!r}")
        return None
    if zero_division not in (0, 1) and zero_division == zero_division:  # nan alone is not equal to itself
        raise ValueError(f"zero_division must be 'warn', 0, 1 or nan, got {zero_division!r}")
    return float(zero_division)
