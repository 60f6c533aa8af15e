import numpy as np

from companion.ml.metrics import (
    accuracy_score,
    auc,
    average_precision_score,
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    fbeta_score,
    matthews_corrcoef,
    mean_absolute_error,
    mean_squared_error,
    precision_recall_curve,
    precision_recall_fscore_support,
    precision_score,
    r2_score,
    recall_score,
    roc_auc_score,
    roc_curve,
    root_mean_squared_error,
)
from tests.bad_input import BadInput

BETA = {fbeta_score: {"beta": 2.0}}
LABELLED = [
    accuracy_score,
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    fbeta_score,
    matthews_corrcoef,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
]
AVERAGED = [f1_score, fbeta_score, precision_score, recall_score]
SCORED = [average_precision_score, precision_recall_curve, roc_auc_score, roc_curve]
NUMERIC = [mean_absolute_error, mean_squared_error, r2_score, root_mean_squared_error]

BAD_INPUT = [
    *(
        BadInput(score, args, {**BETA.get(score, {}), **options}, error, message)
        for score in LABELLED
        for args, options, error, message in [
            (([0, 1], [0, 1, 1]), {}, ValueError, "y_true and y_pred must have the same length, got 2 and 3"),
            (([], []), {}, ValueError, "y_true must hold at least one label, got none"),
            (([0, 1], [0.2, 0.7]), {}, ValueError, "y_pred must hold class labels, got continuous values; for prob"),
            (([0, 1], [0, np.nan]), {}, ValueError, "contains NaN"),
            (([0, 1], ["a", "b"]), {}, TypeError, "y_true and y_pred must hold labels of one type, got int64"),
            (([[0, 1], [1, 0]], [0, 1]), {}, ValueError, "y_true must hold class labels, got multi"),
            (([0, 1], [0, 1]), {"sample_weight": [1]}, ValueError, r"sample_weight must have shape \(2,\)"),
            (([0, 1], [0, 1]), {"sample_weight": [1, -1]}, ValueError, "sample_weight must be non-negative"),
            (([0, 1], [0, 1]), {"sample_weight": [0, 0]}, ValueError, "sample_weight must be .* not all zero"),
            (([0, 1], [0, 1]), {"sample_weight": [1, np.nan]}, ValueError, "sample_weight contains NaN"),
        ]
    ),
    *(
        BadInput(score, args, {**BETA.get(score, {}), **options}, ValueError, message)
        for score in AVERAGED
        for args, options, message in [
            (([0, 1, 2], [0, 1, 2]), {}, "average='binary' needs two classes, got 3; choose average='macro'"),
            (([2, 3], [2, 3]), {}, r"pos_label must be one of the classes \[2, 3\], got 1"),
            (([0, 1], [0, 1]), {"average": "samples"}, "average must be 'binary', .* got 'samples'"),
            (([0, 1], [0, 1]), {"zero_division": "0"}, "zero_division must be 'warn', 0, 1 or nan, got '0'"),
            (([0, 1], [0, 1]), {"zero_division": 0.5}, "zero_division must be .* got 0.5"),
            (([0, 1], [0, 1]), {"zero_division": None}, "zero_division must be .* got None"),
            (([0, 1], [0, 1]), {"labels": [5], "average": "macro"}, "labels must hold a class of y_true"),
        ]
    ),
    BadInput(confusion_matrix, ([0, 1], [0, 1]), {"normalize": "rows"}, ValueError, "normalize must be .* got 'rows'"),
    BadInput(confusion_matrix, ([0, 1], [0, 1]), {"labels": []}, ValueError, "labels must be a list of classes"),
    BadInput(confusion_matrix, ([0, 1], [0, 1]), {"labels": [[0, 1]]}, ValueError, r"got shape \(1, 2\)"),
    BadInput(confusion_matrix, ([0, 1], [0, 1]), {"labels": [0, 0]}, ValueError, "labels must name each class once"),
    BadInput(fbeta_score, ([0, 1], [0, 1]), {"beta": 0}, ValueError, "beta must be positive, got 0"),
    BadInput(fbeta_score, ([0, 1], [0, 1]), {"beta": -1}, ValueError, "beta must be positive, got -1"),
    BadInput(balanced_accuracy_score, ([1, 1], [1, 0]), {"adjusted": True}, ValueError, "adjusted=True needs two"),
    *(
        BadInput(score, args, options, ValueError, message)
        for score in SCORED
        for args, options, message in [
            (([0, 1], [0.1]), {}, "y_true and y_score must have the same length, got 2 and 1"),
            (([], []), {}, "y_true must hold at least one label"),
            (([0, 1], [0.1, np.nan]), {}, "y_score contains NaN"),
            (([0, 1], [0.1, np.inf]), {}, "y_score contains infinity"),
            (([0, 1], ["a", "b"]), {}, "could not convert string to float"),
            (([0, 1], [[0.1, 0.9], [0.2, 0.8]]), {}, r"y_score must have one dimension \(samples\), got shape"),
            (([0, 1, 2], [0.1, 0.2, 0.3]), {}, "y_true must hold two classes, got 3; compare one of them"),
            (([0.5, 1.5], [0.1, 0.2]), {}, "y_true must hold class labels, got continuous"),
            (([0, 1], [0.1, 0.2]), {"sample_weight": [1, -1]}, "sample_weight must be non-negative"),
            (([0, 1], [0.1, 0.2]), {"sample_weight": [1, 0]}, "must hold a positive sample with a positive weight"),
        ]
    ),
    *(
        BadInput(curve, args, options, ValueError, message)
        for curve in (precision_recall_curve, roc_curve)
        for args, options, message in [
            ((["a", "b"], [0.1, 0.2]), {}, r"y_true holds \['a', 'b'\]: say with pos_label which"),
            (([1, 2], [0.1, 0.2]), {}, r"y_true holds \[1, 2\]: say with pos_label"),
            (([0, 1], [0.1, 0.2]), {"pos_label": 7}, r"pos_label must be one of the classes \[0, 1\], got 7"),
            (([0, 0], [0.1, 0.2]), {"pos_label": 7}, "must hold a positive sample"),
            (([0, 0], [0.1, 0.2]), {}, "must hold a positive sample"),
        ]
    ),
    BadInput(roc_curve, ([1, 1], [0.1, 0.2]), {}, ValueError, "must hold a negative sample .* the rate is 0/0"),
    BadInput(roc_auc_score, ([1, 1], [0.1, 0.2]), {}, ValueError, r"y_true must hold two classes, got \[1\] alone"),
    BadInput(roc_auc_score, ([0, 0], [0.1, 0.2]), {}, ValueError, r"y_true must hold two classes, got \[0\] alone"),
    BadInput(
        average_precision_score, (["a", "b"], [0.1, 0.2]), {}, ValueError, r"pos_label must .* \['a', 'b'\], got 1"
    ),
    BadInput(auc, ([0, 1], [0, 1, 2]), {}, ValueError, "x and y must have the same length, got 2 and 3"),
    BadInput(auc, ([0], [1]), {}, ValueError, "x must hold at least two points, got 1"),
    BadInput(auc, ([0, 1, 0.5], [0, 1, 2]), {}, ValueError, "x must rise or fall all the way; sort"),
    BadInput(auc, ([0, np.nan], [0, 1]), {}, ValueError, "x contains NaN"),
    BadInput(auc, ([0, 1], [0, np.inf]), {}, ValueError, "y contains infinity"),
    *(
        BadInput(score, args, options, ValueError, message)
        for score in NUMERIC
        for args, options, message in [
            (([1, 2], [1]), {}, "y_true and y_pred must have the same length, got 2 and 1"),
            (([1, np.nan], [1, 2]), {}, "y_true contains NaN"),
            (([1, 2], [1, np.inf]), {}, "y_pred contains infinity"),
            (([], []), {}, "Found array with 0 sample"),
            (([1, 2], ["a", "b"]), {}, "could not convert string to float"),
            (([[1, 2], [3, 4]], [1, 2]), {}, "must have as many outputs, got 2 and 1"),
            (([1, 2], [1, 2]), {"multioutput": "sum"}, "multioutput must be .* got 'sum'"),
            (([1, 2], [1, 2]), {"sample_weight": [1, -1]}, "sample_weight must be non-negative"),
        ]
    ),
    BadInput(r2_score, ([1], [1]), {}, ValueError, "y_true must hold at least two samples, got 1"),
]
