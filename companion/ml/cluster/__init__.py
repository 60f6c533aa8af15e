"""Clustering under the names of `sklearn.cluster`: k-means, k-medoids, DBSCAN and hierarchical clustering."""

from companion.ml.cluster._agglomerative import AgglomerativeClustering
from companion.ml.cluster._dbscan import DBSCAN, dbscan, dbscan_steps, eps_neighborhood, k_distances, point_types
from companion.ml.cluster._kmeans import (
    KMeans,
    assign_labels,
    inertia,
    k_means,
    kmeans_plusplus,
    lloyd,
    update_centers,
)
from companion.ml.cluster._kmedoids import (
    KMedoids,
    alternating,
    k_medoids,
    medoid,
    pam,
    pam_build,
    swap_costs,
)
from companion.ml.cluster._linkage import cophenet, fcluster, lance_williams, leaves_list, linkage
from companion.ml.cluster._partitions import exhaustive_kmeans, kmeans_1d, set_partitions, stirling2

__all__ = [
    "DBSCAN",
    "AgglomerativeClustering",
    "KMeans",
    "KMedoids",
    "alternating",
    "assign_labels",
    "cophenet",
    "dbscan",
    "dbscan_steps",
    "eps_neighborhood",
    "exhaustive_kmeans",
    "fcluster",
    "inertia",
    "k_distances",
    "k_means",
    "k_medoids",
    "kmeans_1d",
    "kmeans_plusplus",
    "lance_williams",
    "leaves_list",
    "linkage",
    "lloyd",
    "medoid",
    "pam",
    "pam_build",
    "point_types",
    "set_partitions",
    "stirling2",
    "swap_costs",
    "update_centers",
]
