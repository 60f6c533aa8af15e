"""Gaussian mixtures: the two steps of EM as functions, and the estimator around them."""

from numbers import Integral, Real
from typing import Any, ClassVar, Literal, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, DensityMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import check_array, check_random_state
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import check_is_fitted, validate_data

from companion._validation import as_count, as_nonnegative, as_real
from companion._warnings import warn_user
from companion.ml.cluster import KMeans, kmeans_plusplus
from companion.ml.cluster._names import OneOf
from companion.ml.mixture._covariances import SHAPES, CovarianceType, Floats, demand_symmetric
from companion.ml.mixture._em import EMResult, _em

Seed = int | np.random.RandomState | None


class Mixture(NamedTuple):
    """The parameters of a Gaussian mixture.

    Attributes
    ----------
    weights : ndarray of shape (n_components,)
        Shares of the components; they add up to 1.
    means : ndarray of shape (n_components, n_features)
        Their means.
    covariances : ndarray
        Their covariances; the shape depends on the type, see `GaussianMixture`.

    Examples
    --------
    >>> Mixture(np.ones(1), np.zeros((1, 2)), np.ones(1)).means.shape
    (1, 2)
    """

    weights: Floats
    means: Floats
    covariances: Floats


def log_gaussian(
    X: ArrayLike, means: ArrayLike, covariances: ArrayLike, covariance_type: CovarianceType = "full"
) -> Floats:
    """Return the log-densities of Gaussian components at points.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    means : array-like of shape (n_components, n_features)
        The means.
    covariances : array-like
        The covariances, of the shape that `GaussianMixture` names for the type.
    covariance_type : {"full", "tied", "diag", "spherical"}, default="full"
        What the covariances have in common.

    Returns
    -------
    log_densities : ndarray of shape (n_samples, n_components)
        Natural logarithms of the densities, in the reciprocal unit of volume.

    Raises
    ------
    ValueError
        If shapes do not fit together, a number is not finite, or a covariance is not symmetric and positive definite.

    Notes
    -----
    With the Cholesky factor P of the precision, :math:`\\Sigma^{-1} = P P^\\top`,

    .. math:: \\log N(x; \\mu, \\Sigma) = -\\tfrac d2 \\log 2\\pi + \\log\\det P
        - \\tfrac12 \\lVert P^\\top (x - \\mu) \\rVert^2

    References
    ----------
    C. M. Bishop (2006), Pattern Recognition and Machine Learning, section 2.3.

    Examples
    --------
    >>> log_gaussian([[0.0, 0.0]], means=[[0.0, 0.0]], covariances=[1.0], covariance_type="spherical").round(6)
    array([[-1.837877]])
    """
    X = as_points(X)
    centers, spreads = _as_components(X, means, covariances, covariance_type)
    shape = SHAPES[covariance_type]
    return shape.log_densities(X.T, centers, shape.precisions_cholesky(spreads)).T


def e_step(X: ArrayLike, mixture: Mixture, covariance_type: CovarianceType = "full") -> tuple[Floats, float]:
    """Give each point its share in each component: the expectation step of EM.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    mixture : Mixture
        Weights, means and covariances; a plain tuple of the three will do.
    covariance_type : {"full", "tied", "diag", "spherical"}, default="full"
        What the covariances have in common.

    Returns
    -------
    responsibilities : ndarray of shape (n_samples, n_components)
        Posterior probabilities of the components; each row adds up to 1.
    log_likelihood : float
        Log-likelihood of all points.

    Raises
    ------
    TypeError
        If `mixture` is neither a Mixture nor a tuple or list.
    ValueError
        If shapes do not fit together, a number is not finite, weights are negative or do not add up to 1, a
        covariance is not symmetric and positive definite, or a point is so far from all components that its squared
        distances overflow.

    See Also
    --------
    m_step : The other step.

    Notes
    -----
    .. math:: r_{ik} = \\frac{\\pi_k N(x_i; \\mu_k, \\Sigma_k)}{\\sum_j \\pi_j N(x_i; \\mu_j, \\Sigma_j)}, \\qquad
        \\ell = \\sum_i \\log \\sum_k \\pi_k N(x_i; \\mu_k, \\Sigma_k)

    computed from logarithms, of which the largest is taken out: a point far from all components has densities that are
    0 in floating-point numbers, and responsibilities all the same. They end where the squared distances from all means,
    in standard deviations, exceed the largest float, about 1.8e308.

    References
    ----------
    C. M. Bishop (2006), Pattern Recognition and Machine Learning, section 9.2.

    Examples
    --------
    >>> mixture = Mixture(np.array([0.5, 0.5]), np.array([[0.0], [4.0]]), np.ones(2))
    >>> responsibilities, log_likelihood = e_step([[0.0], [2.0]], mixture, "spherical")
    >>> responsibilities.round(3).tolist(), round(log_likelihood, 3)
    ([[1.0, 0.0], [0.5, 0.5]], -4.531)
    """
    X, mixture = as_points(X), as_mixture(mixture)
    weights = _as_mixing(mixture.weights, X.dtype)
    centers, spreads = _as_components(X, mixture.means, mixture.covariances, covariance_type)
    if len(weights) != len(centers):
        raise ValueError(f"weights and means must be equally many, got {len(weights)} and {len(centers)}")
    posterior, log_density = _e_step(X.T, Mixture(weights, centers, spreads), covariance_type)
    return posterior.T, float(log_density.sum(dtype=np.float64))


def m_step(
    X: ArrayLike,
    responsibilities: ArrayLike,
    covariance_type: CovarianceType = "full",
    *,
    reg_covar: float = 0.0,
) -> Mixture:
    """Fit each component to its shares of the points: the maximisation step of EM.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The points.
    responsibilities : array-like of shape (n_samples, n_components)
        Shares of the points, not negative. Zeros and ones say that the components are known: then this is maximum
        likelihood with labels.
    covariance_type : {"full", "tied", "diag", "spherical"}, default="full"
        What the covariances have in common.
    reg_covar : float, default=0.0
        Added to all variances, in their unit.

    Returns
    -------
    mixture : Mixture
        The (weighted) shares, means and covariances, those with divisor n.

    Raises
    ------
    ValueError
        If shapes do not fit together, a number is not finite or is negative, or a component has no points.

    See Also
    --------
    e_step : The other step.

    Notes
    -----
    .. math:: N_k = \\sum_i r_{ik}, \\qquad \\pi_k = \\frac{N_k}{n}, \\qquad
        \\mu_k = \\frac{1}{N_k} \\sum_i r_{ik} x_i, \\qquad
        \\Sigma_k = \\frac{1}{N_k} \\sum_i r_{ik} (x_i - \\mu_k)(x_i - \\mu_k)^\\top

    A tied covariance is the mean of these with the weights :math:`\\pi_k`; a diagonal one keeps the diagonal of each,
    a spherical one the mean of that.

    References
    ----------
    C. M. Bishop (2006), Pattern Recognition and Machine Learning, section 9.2.

    Examples
    --------
    >>> mixture = m_step([[0.0], [2.0], [7.0]], [[1, 0], [1, 0], [0, 1]], "spherical", reg_covar=0.5)
    >>> mixture.weights.round(3).tolist(), mixture.means.ravel().tolist(), mixture.covariances.tolist()
    ([0.667, 0.333], [1.0, 7.0], [1.5, 0.5])
    """
    X = as_points(X)
    posterior: Floats = check_array(responsibilities, dtype=X.dtype, input_name="responsibilities").T
    if posterior.shape[1] != len(X):
        raise ValueError(f"responsibilities must have a row for each of the {len(X)} points, got {posterior.shape[1]}")
    if posterior.min() < 0 or not posterior.any(axis=1).all():
        raise ValueError("responsibilities must be non-negative, and not all 0 for any component")
    _demand_type(covariance_type)
    extra = float(as_nonnegative(as_real(reg_covar, "reg_covar"), "reg_covar"))
    return _m_step(np.ascontiguousarray(X.T), posterior, covariance_type, extra, empty=0.0)


class GaussianMixture(DensityMixin, BaseEstimator):  # type: ignore[misc]
    """Describe points by a mixture of Gaussian distributions, fitted by expectation maximisation.

    Parameters
    ----------
    n_components : int, default=1
        Number of components.
    covariance_type : {"full", "tied", "diag", "spherical"}, default="full"
        Each component has its own matrix, all share one, each has a variance for each feature, or one for all.
    tol : float, default=1e-3
        EM stops when the mean log-likelihood of a point changes by less.
    reg_covar : float, default=1e-6
        Added to all variances, in their unit, lest a component collapse onto a point.
    max_iter : int, default=100
        Greatest number of iterations of one run; 0 keeps the start.
    n_init : int, default=1
        Number of starts, of which the one with the greatest likelihood is kept.
    init_params : {"kmeans", "k-means++", "random", "random_from_data"}, default="kmeans"
        What gives the responsibilities to start from: the clusters of k-means, single points chosen by k-means++,
        random numbers, or single random points.
    weights_init : array-like of shape (n_components,), default=None
        Weights to start from.
    means_init : array-like of shape (n_components, n_features), default=None
        Means to start from.
    precisions_init : array-like, default=None
        Inverse covariances to start from; the shape is that of `covariances_`.
    random_state : int, RandomState instance or None, default=None
        Source of the random choices.
    warm_start : bool, default=False
        Start a further fit from where the last one ended.
    verbose : int, default=0
        Without effect: nothing is printed. `lower_bounds_` tells how the run went.
    verbose_interval : int, default=10
        Without effect.

    Attributes
    ----------
    weights_ : ndarray of shape (n_components,)
        Shares of the components.
    means_ : ndarray of shape (n_components, n_features)
        Their means, in the unit of the points.
    covariances_ : ndarray
        Their covariances: "full" (n_components, n_features, n_features), "tied" (n_features, n_features), "diag"
        (n_components, n_features), "spherical" (n_components,).
    precisions_ : ndarray
        The inverses of the covariances, of the same shape.
    precisions_cholesky_ : ndarray
        The factors P of the precisions P Pᵀ: upper triangular, or reciprocal standard deviations.
    converged_ : bool
        Whether the best run met `tol`.
    n_iter_ : int
        Iterations of the best run.
    lower_bound_ : float
        Mean log-likelihood of a point at the last E-step of the best run.
    lower_bounds_ : list of float
        The same for each iteration.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str, one for each feature
        Names of the features, if `X` had any.

    Raises
    ------
    ValueError
        If an argument is out of its range, there are fewer points than components, a covariance is not positive
        definite, or a point is so far from all components that its squared distances overflow (`score_samples` then
        returns minus infinity).

    Warns
    -----
    ConvergenceWarning
        If the best run was cut off by `max_iter`.

    See Also
    --------
    e_step, m_step : The two steps.
    sklearn.mixture.BayesianGaussianMixture : Also finds out how many components are needed.

    Notes
    -----
    With `reg_covar` 0 no iteration lowers the likelihood; above 0 the M-step is not quite the maximiser, and an
    iteration may lose a little. Which maximum is reached depends on the start, and the likelihood has no global
    maximum: a component that collapses onto a point makes it infinite. `reg_covar` bounds it. Where values repeat, a
    floor as small as the default may leave such a spike the best fit, and the more starts, the surer it is found.

    Variances are taken from deviations from the means, so that data far from 0 keep their digits, where
    :math:`E[x^2] - \\mu^2` loses them.

    References
    ----------
    A. P. Dempster, N. M. Laird and D. B. Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm,
    Journal of the Royal Statistical Society B 39, 1-38.

    Examples
    --------
    >>> from companion.ml.mixture import GaussianMixture
    >>> X = [[1], [2], [3], [11], [12], [13]]
    >>> model = GaussianMixture(2, random_state=0).fit(X)
    >>> sorted(model.means_.ravel().round(3).tolist())
    [2.0, 12.0]
    >>> model.predict_proba([[2.0]]).max().round(6)
    np.float64(1.0)
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_components": [Interval(Integral, 1, None, closed="left")],
        "covariance_type": [OneOf(set(SHAPES))],
        "tol": [Interval(Real, 0, None, closed="left")],
        "reg_covar": [Interval(Real, 0, None, closed="left")],
        "max_iter": [Interval(Integral, 0, None, closed="left")],
        "n_init": [Interval(Integral, 1, None, closed="left")],
        "init_params": [OneOf({"kmeans", "k-means++", "random", "random_from_data"})],
        "weights_init": ["array-like", None],
        "means_init": ["array-like", None],
        "precisions_init": ["array-like", None],
        "random_state": ["random_state"],
        "warm_start": ["boolean"],
        "verbose": ["verbose"],
        "verbose_interval": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(
        self,
        n_components: int = 1,
        *,
        covariance_type: CovarianceType = "full",
        tol: float = 1e-3,
        reg_covar: float = 1e-6,
        max_iter: int = 100,
        n_init: int = 1,
        init_params: Literal["kmeans", "k-means++", "random", "random_from_data"] = "kmeans",
        weights_init: ArrayLike | None = None,
        means_init: ArrayLike | None = None,
        precisions_init: ArrayLike | None = None,
        random_state: Seed = None,
        warm_start: bool = False,
        verbose: int = 0,
        verbose_interval: int = 10,
    ) -> None:
        self.n_components = n_components
        self.covariance_type = covariance_type
        self.tol = tol
        self.reg_covar = reg_covar
        self.max_iter = max_iter
        self.n_init = n_init
        self.init_params = init_params
        self.weights_init = weights_init
        self.means_init = means_init
        self.precisions_init = precisions_init
        self.random_state = random_state
        self.warm_start = warm_start
        self.verbose = verbose
        self.verbose_interval = verbose_interval

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Find the parameters.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points, at least two; float32 is kept, all else becomes float64.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        self : GaussianMixture
            The fitted estimator.
        """
        self._validate_params()
        points: Floats = validate_data(self, X, dtype=[np.float64, np.float32], ensure_min_samples=2)
        _demand_finite_squares(points)
        if len(points) < as_count(self.n_components, "n_components"):  # the constraint lets True through
            raise ValueError(
                f"Expected n_samples >= n_components but got n_components = {self.n_components}, "
                f"n_samples = {len(points)}"
            )
        columns = np.ascontiguousarray(points.T)
        runs = [self._run(columns, start) for start in self._starts(points, columns)]
        best = max(runs, key=lambda run: run.log_likelihood)
        if self.max_iter and not best.converged:
            message = f"EM did not converge in max_iter={self.max_iter} iterations; raise max_iter or tol"
            warn_user(message, ConvergenceWarning)
        self._keep(best)
        return self

    def fit_predict(self, X: ArrayLike, y: Any = None) -> NDArray[np.intp]:
        """Find the parameters, and give each point its most probable component.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        labels : ndarray of int, shape (n_samples,)
            Numbers of the components.
        """
        return self.fit(X).predict(X)

    def predict(self, X: ArrayLike) -> NDArray[np.intp]:
        """Give each point its most probable component.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        labels : ndarray of int, shape (n_samples,)
            Numbers of the components.
        """
        log_densities = self._weighted_log_densities(X)
        _demand_near(log_densities.max(axis=0))
        labels: NDArray[np.intp] = log_densities.argmax(axis=0)
        return labels

    def predict_proba(self, X: ArrayLike) -> Floats:
        """Give each point its share in each component.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        responsibilities : ndarray of shape (n_samples, n_components)
            Posterior probabilities; each row adds up to 1.
        """
        return _normalise(self._weighted_log_densities(X))[0].T

    def score_samples(self, X: ArrayLike) -> Floats:
        """Return the log-density of the mixture at points.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        log_density : ndarray of shape (n_samples,)
            Natural logarithms.
        """
        log_densities: Floats = np.logaddexp.reduce(self._weighted_log_densities(X), axis=0)
        return log_densities

    def score(self, X: ArrayLike, y: Any = None) -> float:
        """Return the mean log-density of points.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        score : float
            Log-likelihood divided by the number of points.
        """
        return float(self.score_samples(X).mean(dtype=np.float64))

    def bic(self, X: ArrayLike) -> float:
        """Return the Bayesian information criterion: the smaller, the better.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        bic : float
            :math:`-2 \\ell + p \\log n`, with p free parameters and n points.
        """
        scores = self.score_samples(X)
        return float(-2 * scores.sum(dtype=np.float64) + self._n_parameters() * np.log(len(scores)))

    def aic(self, X: ArrayLike) -> float:
        """Return Akaike's information criterion: the smaller, the better.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The points.

        Returns
        -------
        aic : float
            :math:`-2 \\ell + 2 p`, with p free parameters.
        """
        return float(-2 * self.score_samples(X).sum(dtype=np.float64) + 2 * self._n_parameters())

    def sample(self, n_samples: int = 1) -> tuple[Floats, NDArray[np.intp]]:
        """Draw points from the fitted mixture, ordered by component.

        Parameters
        ----------
        n_samples : int, default=1
            How many.

        Returns
        -------
        X : ndarray of shape (n_samples, n_features)
            The points.
        y : ndarray of int, shape (n_samples,)
            The components that they come from.
        """
        check_is_fitted(self)
        if n_samples < 1:
            raise ValueError(f"n_samples must be at least 1, got {n_samples}")
        rng = check_random_state(self.random_state)
        counts = rng.multinomial(n_samples, self.weights_)
        shape = SHAPES[self.covariance_type]
        drawn = [
            shape.draw(rng, mean, self.covariances_, k, count)
            for k, (mean, count) in enumerate(zip(self.means_, counts, strict=True))
        ]
        return np.vstack(drawn), np.repeat(np.arange(self.n_components), counts)

    def _starts(self, points: Floats, columns: Floats) -> list[Mixture]:
        if self.warm_start and hasattr(self, "converged_"):
            return [Mixture(self.weights_, self.means_, self.covariances_)]
        rng = check_random_state(self.random_state)
        given = self._given(points)
        if all(part is not None for part in given):
            return [Mixture(*given)] * self.n_init
        return [self._start(points, columns, given, rng) for _ in range(self.n_init)]

    def _given(self, points: Floats) -> tuple[Any, Any, Any]:
        """Return the weights, means and covariances to start from, as far as they are given."""
        dtype, n_features, shape = points.dtype, points.shape[1], SHAPES[self.covariance_type]
        weights = None if self.weights_init is None else _as_mixing(self.weights_init, dtype, "weights_init")
        means = _as_table(self.means_init, dtype, (self.n_components, n_features), "means_init")
        wanted = shape.shape(self.n_components, n_features)
        precisions = _as_spreads(self.precisions_init, dtype, wanted, self.covariance_type, "precisions_init")
        if weights is not None and len(weights) != self.n_components:
            raise ValueError(f"weights_init must have shape ({self.n_components},), got {weights.shape}")
        return weights, means, None if precisions is None else shape.invert(precisions)

    def _start(
        self, points: Floats, columns: Floats, given: tuple[Any, Any, Any], rng: np.random.RandomState
    ) -> Mixture:
        posterior = _first_responsibilities(points, self.n_components, self.init_params, rng)
        fitted = _m_step(columns, posterior, self.covariance_type, self.reg_covar)
        return Mixture(*(own if own is not None else found for own, found in zip(given, fitted, strict=True)))

    def _run(self, columns: Floats, start: Mixture) -> EMResult:
        if not self.max_iter:
            return EMResult(start, -np.inf, 0, False, [])

        def expect(mixture: Mixture) -> tuple[Floats, float]:
            posterior, log_density = _e_step(columns, mixture, self.covariance_type)
            return posterior, float(log_density.mean(dtype=np.float64))

        def maximise(posterior: Floats) -> Mixture:
            return _m_step(columns, posterior, self.covariance_type, self.reg_covar)

        # With reg_covar the M-step is not quite the maximiser, and the likelihood may fall a little.
        return _em(expect, maximise, start, self.tol, self.max_iter, monotone=False)

    def _keep(self, run: EMResult) -> None:
        shape = SHAPES[self.covariance_type]
        self.weights_, self.means_, self.covariances_ = run.parameters
        self.precisions_cholesky_ = shape.precisions_cholesky(self.covariances_)
        self.precisions_ = shape.precisions(self.precisions_cholesky_)
        self.converged_, self.n_iter_ = run.converged, run.n_iter
        self.lower_bound_, self.lower_bounds_ = run.log_likelihood, run.history

    def _weighted_log_densities(self, X: ArrayLike) -> Floats:
        check_is_fitted(self)
        points: Floats = validate_data(self, X, reset=False, dtype=[np.float64, np.float32])
        _demand_finite_squares(points)
        mixture = Mixture(self.weights_, self.means_, self.covariances_)
        return _weighted_log_densities(np.ascontiguousarray(points.T), mixture, self.covariance_type)

    def _n_parameters(self) -> int:
        k, d = int(self.means_.shape[0]), int(self.means_.shape[1])
        return SHAPES[self.covariance_type].n_parameters(k, d) + k * d + k - 1


# Below, samples are columns; see _covariances.


def _weighted_log_densities(columns: Floats, mixture: Mixture, covariance_type: str) -> Floats:
    """Return log(weight * density), of shape (n_components, n_samples)."""
    shape = SHAPES[covariance_type]
    log_densities = shape.log_densities(columns, mixture.means, shape.precisions_cholesky(mixture.covariances))
    with np.errstate(divide="ignore"):  # a component may have the weight 0
        log_densities += np.log(mixture.weights)[:, None]
    return log_densities


def _normalise(log_densities: Floats) -> tuple[Floats, Floats]:
    """Return the shares of the components, and the logarithm of the sum of what the logarithms stand for."""
    top = log_densities.max(axis=0)
    _demand_near(top)
    shares = np.exp(log_densities - top)
    total = shares.sum(axis=0)
    shares /= total
    return shares, top + np.log(total)


def _demand_near(top: Floats) -> None:
    """Complain about points of which not even the logarithms say where they come from."""
    if (far := np.isneginf(top)).any():
        raise ValueError(
            f"X[{far.argmax()}] is too far from all components: its squared distances overflow {top.dtype}; "
            "scale it down, or widen a component"
        )


def _e_step(columns: Floats, mixture: Mixture, covariance_type: str) -> tuple[Floats, Floats]:
    return _normalise(_weighted_log_densities(columns, mixture, covariance_type))


def _m_step(
    columns: Floats, posterior: Floats, covariance_type: str, reg_covar: float, empty: float | None = None
) -> Mixture:
    # A component without points keeps a mass of about 0 and the mean 0, as in scikit-learn.
    mass = posterior.sum(axis=1) + (10 * np.finfo(posterior.dtype).eps if empty is None else empty)
    means = posterior @ columns.T / mass[:, None]
    covariances = SHAPES[covariance_type].estimate(columns, posterior, mass, means, reg_covar)
    return Mixture(mass / mass.sum(), means, covariances)


def _first_responsibilities(points: Floats, n_components: int, init_params: str, rng: np.random.RandomState) -> Floats:
    n_samples = len(points)
    if init_params == "random":
        shares = rng.uniform(size=(n_samples, n_components)).astype(points.dtype)
        return np.ascontiguousarray((shares / shares.sum(axis=1, keepdims=True)).T)
    posterior = np.zeros((n_components, n_samples), dtype=points.dtype)
    if init_params == "kmeans":
        labels = KMeans(n_components, n_init=1, random_state=rng).fit(points).labels_
        posterior[labels, np.arange(n_samples)] = 1
        return posterior
    if init_params == "k-means++":
        indices = kmeans_plusplus(points, n_components, random_state=rng)[1]
    else:
        indices = rng.choice(n_samples, n_components, replace=False)
    posterior[np.arange(n_components), indices] = 1
    return posterior


def as_points(X: ArrayLike) -> Floats:
    """Return *X* as a finite table of floats."""
    points: Floats = check_array(X, dtype=[np.float64, np.float32], input_name="X")
    _demand_finite_squares(points)
    return points


def as_mixture(mixture: Any) -> Mixture:
    """Return a mixture, of which the three parts may be given as a plain tuple."""
    if isinstance(mixture, tuple | list) and len(mixture) == len(Mixture._fields):
        return Mixture(*mixture)
    fields = ", ".join(Mixture._fields)
    fitted = ", ".join(f"model.{field}_" for field in Mixture._fields)
    repair = f"; pass Mixture({fitted})" if isinstance(mixture, BaseEstimator) else ""
    got = f"{len(mixture)} parts" if isinstance(mixture, tuple | list) else type(mixture).__name__
    error = ValueError if isinstance(mixture, tuple | list) else TypeError
    raise error(f"mixture must be Mixture({fields}), or a tuple of these three, got {got}{repair}")


def _demand_finite_squares(points: Floats) -> None:
    with np.errstate(over="ignore"):
        if not np.isfinite(np.vdot(points, points)):
            raise ValueError(f"X is too large: its squares overflow {points.dtype}; scale it down")


def _demand_type(covariance_type: str) -> None:
    if covariance_type not in SHAPES:
        raise ValueError(f"covariance_type must be one of {', '.join(SHAPES)}, got {covariance_type!r}")


def _as_components(X: Floats, means: ArrayLike, covariances: ArrayLike, covariance_type: str) -> tuple[Floats, Floats]:
    _demand_type(covariance_type)
    centers: Floats = check_array(means, dtype=X.dtype, input_name="means")
    if centers.shape[1] != X.shape[1]:
        raise ValueError(f"means must have the n_features={X.shape[1]} columns of X, got shape {centers.shape}")
    wanted = SHAPES[covariance_type].shape(*centers.shape)
    spreads = _as_spreads(covariances, X.dtype, wanted, covariance_type, "covariances")
    assert spreads is not None
    return centers, spreads


def _as_mixing(weights: ArrayLike, dtype: np.dtype[Any], name: str = "weights") -> Floats:
    array: Floats = check_array(weights, dtype=dtype, ensure_2d=False, input_name=name)
    if array.ndim != 1 or array.min() < 0 or not np.isclose(array.sum(), 1, atol=1e-6):
        raise ValueError(f"{name} must be a vector of non-negative numbers that add up to 1, got {array}")
    return array


def _as_table(table: ArrayLike | None, dtype: np.dtype[Any], shape: tuple[int, ...], name: str) -> Floats | None:
    if table is None:
        return None
    array: Floats = check_array(table, dtype=dtype, ensure_2d=False, allow_nd=True, input_name=name)
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def _as_spreads(
    table: ArrayLike | None, dtype: np.dtype[Any], shape: tuple[int, ...], covariance_type: str, name: str
) -> Floats | None:
    array = _as_table(table, dtype, shape, name)
    if array is not None and table is not None and covariance_type in ("full", "tied"):
        demand_symmetric(array, table, name)
    return array
