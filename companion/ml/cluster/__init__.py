"""Clustering under the names of `sklearn.cluster`: k-means by Lloyd's algorithm, seeded by k-means++."""

from companion.ml.cluster._kmeans import (
    KMeans,
    assign_labels,
    inertia,
    k_means,
    kmeans_plusplus,
    lloyd,
    update_centers,
)

__all__ = ["KMeans", "assign_labels", "inertia", "k_means", "kmeans_plusplus", "lloyd", "update_centers"]
