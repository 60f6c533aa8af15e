"""Gaussian mixtures under the names of `sklearn.mixture`, and expectation maximisation for any model."""

from companion.ml.mixture._em import em
from companion.ml.mixture._gaussian_mixture import GaussianMixture, Mixture, e_step, log_gaussian, m_step
from companion.ml.mixture._sampling import covariance_ellipse, sample_mixture

__all__ = [
    "GaussianMixture",
    "Mixture",
    "covariance_ellipse",
    "e_step",
    "em",
    "log_gaussian",
    "m_step",
    "sample_mixture",
]
