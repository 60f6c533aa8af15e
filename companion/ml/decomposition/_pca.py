"""Principal component analysis: the directions of largest variance, and the estimator around them."""

from numbers import Integral
from typing import Any, ClassVar, Literal, NamedTuple, Self, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, ClassNamePrefixFeaturesOutMixin, TransformerMixin
from sklearn.utils import Tags, check_array
from sklearn.utils._param_validation import Interval, RealNotInt, StrOptions
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = NDArray[np.floating[Any]]
Solver = Literal["auto", "full", "covariance_eigh"]

_DTYPES = (np.float64, np.float32)


class PrincipalComponents(NamedTuple):
    """What `principal_components` returns; see there."""

    mean: Floats
    components: Floats
    variances: Floats


def principal_components(X: ArrayLike, *, svd_solver: Solver = "auto") -> PrincipalComponents:
    """Find the perpendicular directions in which data vary most, and the variances along them.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_features)
        The data, at least two samples; float32 is kept, all else becomes float64.
    svd_solver : {"auto", "full", "covariance_eigh"}, default="auto"
        "covariance_eigh" takes the eigenvectors of the covariance matrix; "full" takes the singular value decomposition
        of the centred data, which is slower for many samples and finds small variances to more digits. "auto" is the
        former if there are at most 1000 features and ten times as many samples, else the latter.

    Returns
    -------
    mean : ndarray of shape (n_features,)
        Mean of the samples, in the unit of the data.
    components : ndarray of shape (k, n_features), k = min(n_samples, n_features)
        Orthonormal rows, the directions; the entry of a row that is largest in size is positive.
    variances : ndarray of shape (k,)
        Variances along them (divisor n_samples - 1), from the largest to the smallest, in the squared unit.

    Raises
    ------
    ValueError
        If `X` is not a finite table of at least two samples, all its rows are equal, its squares leave the range of the
        floats, or the solver is unknown.

    See Also
    --------
    PCA : the estimator.

    Notes
    -----
    With centred data :math:`\\mathbf X_c`, the two ways are

    .. math:: \\frac{1}{n-1} \\mathbf X_c^\\top \\mathbf X_c = \\mathbf Q \\boldsymbol\\Lambda \\mathbf Q^\\top
              \\quad\\text{and}\\quad \\mathbf X_c = \\mathbf U \\mathbf S \\mathbf Q^\\top,
              \\qquad \\lambda_i = \\frac{s_i^2}{n-1}.

    The data are centred before they are multiplied, so that a mean far from 0 costs no digits.

    References
    ----------
    H. Hotelling (1933), Analysis of a complex of statistical variables into principal components, Journal of
    Educational Psychology 24, 417-441.

    Examples
    --------
    >>> from companion.ml.decomposition import principal_components
    >>> mean, components, variances = principal_components([[0, 0], [1, 2], [2, 1], [3, 3]])
    >>> variances.round(6).tolist()
    [3.0, 0.333333]
    >>> components[0].round(4).tolist()
    [0.7071, 0.7071]
    """
    if svd_solver not in get_args(Solver):
        raise ValueError(f"svd_solver must be one of {', '.join(get_args(Solver))}, got {svd_solver!r}")
    points: Floats = check_array(X, dtype=_DTYPES, ensure_min_samples=2, input_name="X")
    return _principal_components(points, svd_solver)[0]


class PCA(ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Replace features by their coordinates along the directions of largest variance.

    Parameters
    ----------
    n_components : int, float or None, default=None
        How many directions to keep. A share between 0 and 1 keeps as many as it takes to explain more than that share
        of the variance; None keeps min(n_samples, n_features).
    copy : bool, default=True
        Without effect: the data are never modified.
    whiten : bool, default=False
        Divide the scores by their standard deviations, so that each has variance 1. The directions of variance 0 (to
        rounding) should not be kept then: their scores are noise.
    svd_solver : {"auto", "full", "covariance_eigh"}, default="auto"
        See `principal_components`.

    Attributes
    ----------
    components_ : ndarray of shape (k, n_features)
        The directions, orthonormal rows; the entry of a row that is largest in size is positive.
    explained_variance_ : ndarray of shape (k,)
        Variances along them (divisor n_samples - 1), from the largest to the smallest, in the squared unit of the data.
    explained_variance_ratio_ : ndarray of shape (k,)
        Their shares of the total variance.
    singular_values_ : ndarray of shape (k,)
        Singular values of the centred data, in the unit of the data.
    mean_ : ndarray of shape (n_features,)
        Mean of the samples.
    n_components_ : int
        The number k of directions that are kept.
    n_samples_ : int
        Number of samples.
    noise_variance_ : float
        Mean of the variances that are dropped, 0 if none is.
    n_features_in_ : int
        Number of features.
    feature_names_in_ : ndarray of str, one for each feature
        Names of the features, if `X` had any.

    Raises
    ------
    ValueError
        If an argument is out of its range, there are fewer than two samples, or all of them are equal.

    See Also
    --------
    principal_components : the computation.
    sklearn.decomposition.PCA : the same, with more solvers.

    Notes
    -----
    A sign may be given to each direction freely. It is chosen as in scikit-learn; where two entries of a direction have
    the same size, rounding decides.

    References
    ----------
    H. Hotelling (1933), Analysis of a complex of statistical variables into principal components, Journal of
    Educational Psychology 24, 417-441.

    Examples
    --------
    >>> from companion.ml.decomposition import PCA
    >>> model = PCA(n_components=1).fit([[0, 0], [1, 2], [2, 4]])
    >>> model.explained_variance_.round(6).tolist()
    [5.0]
    >>> model.inverse_transform(model.transform([[3, 6]])).round(6).tolist()
    [[3.0, 6.0]]
    """

    _parameter_constraints: ClassVar[dict[str, list[Any]]] = {
        "n_components": [
            Interval(Integral, 0, None, closed="left"),
            Interval(RealNotInt, 0, 1, closed="neither"),
            None,
        ],
        "copy": ["boolean"],
        "whiten": ["boolean"],
        "svd_solver": [StrOptions(set(get_args(Solver)))],
    }

    def __init__(
        self,
        n_components: int | float | None = None,
        *,
        copy: bool = True,
        whiten: bool = False,
        svd_solver: Solver = "auto",
    ) -> None:
        self.n_components = n_components
        self.copy = copy
        self.whiten = whiten
        self.svd_solver = svd_solver

    def fit(self, X: ArrayLike, y: Any = None) -> Self:
        """Find the directions.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The data; float32 is kept, all else becomes float64.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        self : PCA
            The fitted estimator.
        """
        self._fit(X)
        return self

    def fit_transform(self, X: ArrayLike, y: Any = None) -> Floats:
        """Find the directions, and return the scores of the same data.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The data.
        y : ignored
            There for the sake of pipelines.

        Returns
        -------
        scores : ndarray of shape (n_samples, k)
            Coordinates along the directions, seen from the mean.
        """
        return self._project(self._fit(X))

    def transform(self, X: ArrayLike) -> Floats:
        """Return the coordinates of data along the directions, seen from the mean.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            The data.

        Returns
        -------
        scores : ndarray of shape (n_samples, k)
            The coordinates, in the unit of the data; without unit if whitened.
        """
        check_is_fitted(self)
        return self._project(validate_data(self, X, reset=False, dtype=_DTYPES) - self.mean_)

    def inverse_transform(self, X: ArrayLike) -> Floats:
        """Return the points of the data's space that have given scores and no other parts.

        Parameters
        ----------
        X : array-like of shape (n_samples, k)
            Scores on the k directions, as `transform` returns them.

        Returns
        -------
        X_original : ndarray of shape (n_samples, n_features)
            The points, in the unit of the data.
        """
        check_is_fitted(self)
        scores: Floats = check_array(X, dtype=_DTYPES, input_name="X")
        if scores.shape[1] != self.n_components_:
            raise ValueError(
                f"X must have n_components_={self.n_components_} columns, the scores of a sample, got an array of "
                f"shape {scores.shape}"
            )
        points: Floats = (scores * self._unit()) @ self.components_ + self.mean_
        return points

    def _fit(self, X: ArrayLike) -> Floats:
        """Find the directions; return the centred data."""
        self._validate_params()
        points: Floats = validate_data(self, X, dtype=_DTYPES, ensure_min_samples=2)
        if self.n_components is not None and self.n_components > min(points.shape):
            raise ValueError(
                f"n_components={self.n_components} must be at most min(n_samples, n_features)={min(points.shape)}"
            )
        (mean, components, variances), centred = _principal_components(points, self.svd_solver)
        total = variances.sum()
        k = _number_kept(self.n_components, variances / total)

        self.mean_ = mean
        self.components_ = components[:k].copy()
        self.explained_variance_ = variances[:k].copy()
        self.explained_variance_ratio_ = variances[:k] / total
        self.singular_values_ = np.sqrt(variances[:k] * (len(points) - 1))
        self.noise_variance_ = float(variances[k:].mean()) if k < len(variances) else 0.0
        self.n_components_ = k
        self.n_samples_ = len(points)
        return centred

    def _project(self, centred: Floats) -> Floats:
        scores: Floats = centred @ self.components_.T
        return scores / self._unit() if self.whiten else scores

    def _unit(self) -> Floats | float:
        """Return the length of a unit of each score."""
        if not self.whiten:
            return 1.0
        return np.sqrt(np.where(self.explained_variance_ > 0, self.explained_variance_, 1))

    @property
    def _n_features_out(self) -> int:
        return len(self.components_)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


def _principal_components(X: Floats, solver: Solver) -> tuple[PrincipalComponents, Floats]:
    """Return the result, and the centred data."""
    n, d = X.shape
    if solver == "auto":
        solver = "covariance_eigh" if d <= 1000 and n >= 10 * d else "full"
    with np.errstate(over="ignore", invalid="ignore"):
        # In float64 also for float32: there the last digits of a long sum are wrong.
        mean = (np.ones(n) @ X / n).astype(X.dtype, copy=False)
        centred = _demand_spread(X, X - mean)
    if solver == "covariance_eigh":
        eigenvalues, Q = np.linalg.eigh(centred.T @ centred / (n - 1))
        k = min(n, d)
        components, variances = Q.T[::-1][:k], np.maximum(eigenvalues[::-1][:k], 0)
    else:
        _, S, components = np.linalg.svd(centred, full_matrices=False)
        variances = S**2 / (n - 1)
    return PrincipalComponents(mean, _flip(components), variances), centred


def _demand_spread(X: Floats, centred: Floats) -> Floats:
    total = np.vdot(centred, centred)
    if not np.isfinite(total):
        raise ValueError(f"X is too large: its squares overflow {X.dtype}; scale it down")
    # The mean of equal numbers may differ from them by rounding, so the rows are compared, too.
    if np.array_equal(X[0], X[-1]) and (X[0] == X).all():
        raise ValueError("all rows of X are equal: without variance no direction is the first; give other samples")
    if total < np.finfo(X.dtype).tiny:
        raise ValueError(f"X varies too little: its squares underflow {X.dtype}; scale it up")
    return centred


def _flip(components: Floats) -> Floats:
    """Choose signs such that the entry of each row that is largest in size is positive."""
    largest = np.abs(components).argmax(axis=1)[:, None]
    signed: Floats = components * np.where(np.take_along_axis(components, largest, axis=1) < 0, -1, 1)
    return signed.astype(components.dtype, copy=False)


def _number_kept(n_components: int | float | None, shares: Floats) -> int:
    if n_components is None:
        return len(shares)
    if not 0 < n_components < 1:
        return int(n_components)
    enough = int(np.searchsorted(np.cumsum(shares), n_components, side="right")) + 1
    return min(enough, len(shares))  # all of them, where rounding keeps the sum below the share
