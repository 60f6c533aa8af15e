"""Measures of performance with scikit-learn's names: in place of `sklearn.metrics` import `companion.ml.metrics`."""

from companion.ml.metrics._classification import (
    accuracy_score,
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    fbeta_score,
    matthews_corrcoef,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
)
from companion.ml.metrics._clustering import (
    adjusted_rand_score,
    between_cluster_sum_of_squares,
    calinski_harabasz_score,
    contingency_matrix,
    davies_bouldin_score,
    dunn_index,
    pair_confusion_matrix,
    rand_score,
    silhouette_samples,
    silhouette_score,
)
from companion.ml.metrics._ranking import (
    auc,
    average_precision_score,
    precision_recall_curve,
    roc_auc_score,
    roc_curve,
)
from companion.ml.metrics._regression import (
    mean_absolute_error,
    mean_squared_error,
    r2_score,
    root_mean_squared_error,
)

__all__ = [
    "accuracy_score",
    "adjusted_rand_score",
    "auc",
    "average_precision_score",
    "balanced_accuracy_score",
    "between_cluster_sum_of_squares",
    "calinski_harabasz_score",
    "confusion_matrix",
    "contingency_matrix",
    "davies_bouldin_score",
    "dunn_index",
    "f1_score",
    "fbeta_score",
    "matthews_corrcoef",
    "mean_absolute_error",
    "mean_squared_error",
    "pair_confusion_matrix",
    "precision_recall_curve",
    "precision_recall_fscore_support",
    "precision_score",
    "r2_score",
    "rand_score",
    "recall_score",
    "roc_auc_score",
    "roc_curve",
    "root_mean_squared_error",
    "silhouette_samples",
    "silhouette_score",
]
