"""Fewer features for the same data, under the names of `sklearn.decomposition`: principal component analysis."""

from companion.ml.decomposition._pca import PCA, principal_components

__all__ = ["PCA", "principal_components"]
