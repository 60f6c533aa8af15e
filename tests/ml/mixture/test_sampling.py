"""Points drawn from a mixture, and ellipses: moments, shares and distances have closed forms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist
from scipy.stats import chi2, chisquare, multivariate_normal

from companion.ml.mixture import Mixture, covariance_ellipse, sample_mixture

WEIGHTS = np.array([0.2, 0.5, 0.3])
MEANS = np.array([[0.0, 1.0], [4.0, -2.0], [-3.0, 5.0]])
COVARIANCES = {
    "full": np.array([[[2.0, 0.8], [0.8, 1.0]], [[1.0, -0.5], [-0.5, 3.0]], [[0.5, 0.0], [0.0, 0.5]]]),
    "tied": np.array([[2.0, 0.8], [0.8, 1.0]]),
    "diag": np.array([[2.0, 1.0], [0.5, 3.0], [1.0, 1.0]]),
    "spherical": np.array([2.0, 0.5, 1.0]),
}


def as_full(covariance_type: str) -> np.ndarray:
    given = COVARIANCES[covariance_type]
    each = {"full": given, "tied": [given] * 3, "diag": [np.diag(v) for v in COVARIANCES["diag"]]}
    return np.array(each.get(covariance_type, [v * np.eye(2) for v in COVARIANCES["spherical"]]))


@pytest.mark.parametrize("covariance_type", COVARIANCES)
class TestSampleMixture:
    def test_moments_of_the_mixture(self, covariance_type: str) -> None:
        mixture = Mixture(WEIGHTS, MEANS, COVARIANCES[covariance_type])
        X, _ = sample_mixture(mixture, 200_000, covariance_type, rng=0)
        mean = WEIGHTS @ MEANS
        second = np.einsum("k,kij->ij", WEIGHTS, as_full(covariance_type) + MEANS[:, :, None] * MEANS[:, None, :])
        np.testing.assert_allclose(X.mean(axis=0), mean, atol=0.05)
        np.testing.assert_allclose(np.cov(X.T), second - np.outer(mean, mean), atol=0.25)

    def test_moments_of_each_component(self, covariance_type: str) -> None:
        mixture = Mixture(WEIGHTS, MEANS, COVARIANCES[covariance_type])
        X, y = sample_mixture(mixture, 100_000, covariance_type, rng=1)
        assert chisquare(np.bincount(y), WEIGHTS * len(y)).pvalue > 1e-3
        for k, covariance in enumerate(as_full(covariance_type)):
            np.testing.assert_allclose(X[y == k].mean(axis=0), MEANS[k], atol=0.05)
            np.testing.assert_allclose(np.cov(X[y == k].T), covariance, atol=0.1)

    def test_labels_are_in_random_order(self, covariance_type: str) -> None:
        _, y = sample_mixture(Mixture(WEIGHTS, MEANS, COVARIANCES[covariance_type]), 10_000, covariance_type, rng=2)
        same_as_the_next = np.mean(y[1:] == y[:-1])
        assert abs(same_as_the_next - np.sum(WEIGHTS**2)) < 0.02

    def test_seed_and_generator(self, covariance_type: str) -> None:
        mixture = Mixture(WEIGHTS, MEANS, COVARIANCES[covariance_type])
        generator = np.random.default_rng(3)
        first, again = (
            sample_mixture(mixture, 5, covariance_type, rng=3),
            sample_mixture(mixture, 5, covariance_type, rng=generator),
        )
        np.testing.assert_array_equal(first[0], again[0])
        assert not np.array_equal(sample_mixture(mixture, 5, covariance_type, rng=generator)[0], first[0])


def test_a_component_of_weight_zero_is_never_drawn() -> None:
    X, y = sample_mixture(Mixture(np.array([0.0, 1.0]), np.array([[0.0], [9.0]]), np.ones(2)), 50, "spherical", rng=0)
    assert set(y) == {1}
    assert X.shape == (50, 1)


positive = st.floats(0.1, 10)


class TestCovarianceEllipse:
    @given(positive, positive, st.floats(-0.95, 0.95), st.floats(0, 5))
    def test_every_point_lies_at_the_distance(self, a: float, b: float, rho: float, n_std: float) -> None:
        covariance = np.array([[a * a, rho * a * b], [rho * a * b, b * b]])
        points = covariance_ellipse([3.0, -2.0], covariance, n_std)
        distances = cdist(points, [[3.0, -2.0]], "mahalanobis", VI=np.linalg.inv(covariance))
        np.testing.assert_allclose(distances, n_std, rtol=1e-9, atol=1e-12)

    def test_closed_and_as_many_points_as_asked_for(self) -> None:
        points = covariance_ellipse([0, 0], [[2, 1], [1, 2]], n_points=7)
        assert points.shape == (7, 2)
        np.testing.assert_allclose(points[0], points[-1], atol=1e-15)

    def test_semi_axes(self) -> None:
        lengths = np.linalg.norm(covariance_ellipse([0, 0], [[1, 0.8], [0.8, 1]], 2, n_points=3601), axis=1)
        np.testing.assert_allclose([lengths.min(), lengths.max()], 2 * np.sqrt([0.2, 1.8]), rtol=1e-9)

    def test_singular_covariance_is_a_segment(self) -> None:
        points = covariance_ellipse([0, 0], [[1, 1], [1, 1]])
        np.testing.assert_allclose(points[:, 0], points[:, 1], atol=1e-7)

    def test_share_of_a_gaussian_inside(self) -> None:
        covariance = np.array([[2.0, -1.0], [-1.0, 1.0]])
        X = multivariate_normal([0, 0], covariance).rvs(100_000, random_state=0)
        inside = np.mean(cdist(X, [[0, 0]], "mahalanobis", VI=np.linalg.inv(covariance)) <= 2)
        assert abs(inside - chi2(2).cdf(4)) < 0.005
        np.testing.assert_allclose(chi2(2).cdf(4), 1 - np.exp(-2))
