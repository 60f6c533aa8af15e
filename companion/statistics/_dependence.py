"""Dependence that correlation does not see, and what dependence within groups costs."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_positive, as_real_array

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats


def distance_correlation(x: ArrayLike, y: ArrayLike) -> float:
    r"""Return the distance correlation of two samples, which tends to 0 only for independent variables.

    Parameters
    ----------
    x, y : array_like, shape (n,) or (n, d)
        Paired samples of at least two observations; each may have its own number of columns. Units do not matter, as
        long as all columns of one sample share theirs.

    Returns
    -------
    dcor : float
        Between 0 and 1; 1 if `y` is `x` rotated, scaled and shifted. For samples of independent variables it is above
        0, too: the more, the fewer the observations and the more the columns. Compare it with its values for `y` in
        random order.

    Raises
    ------
    ValueError
        If the samples differ in length, hold fewer than two observations, have more than two axes, hold nan or
        infinity, or one of them does not vary.

    See Also
    --------
    pearsonr : sees the linear part only.
    statsmodels.stats.dist_dependence_measures.distance_correlation : the same number.

    Notes
    -----
    With the distances :math:`a_{ij} = \lVert x_i - x_j \rVert` and their double-centred matrix
    :math:`A_{ij} = a_{ij} - \bar a_{i \cdot} - \bar a_{\cdot j} + \bar a_{\cdot \cdot}`, and B likewise of y,

    .. math:: \mathrm{dCov}^2 = \frac{1}{n^2} \sum_{i,j} A_{ij} B_{ij}, \qquad
              \mathrm{dCor}^2 = \frac{\mathrm{dCov}^2(x, y)}{\sqrt{\mathrm{dCov}^2(x, x)\, \mathrm{dCov}^2(y, y)}}

    The variables behind the samples need a finite mean. Time and memory grow with :math:`n^2`.

    References
    ----------
    G. Székely, M. Rizzo and N. Bakirov, Measuring and testing dependence by correlation of distances, Annals of
    Statistics 35, 2007.

    Examples
    --------
    A parabola has correlation 0, and a distance correlation of about one half:

    >>> x = [-2.0, -1.0, 0.0, 1.0, 2.0]
    >>> round(distance_correlation(x, [value**2 for value in x]), 4)
    0.5159
    """
    A, B = _centred_distances(x, "x"), _centred_distances(y, "y")
    if A.shape != B.shape:
        raise ValueError(f"x and y must have the same length, got {len(A)} and {len(B)}")
    squared = (A * B).sum() / np.sqrt((A * A).sum() * (B * B).sum())
    return float(np.sqrt(np.clip(squared, 0, 1)))  # rounding may carry it a little out of [0, 1]


def design_effect(m: ArrayLike, rho: ArrayLike) -> _Real:
    r"""Return by how much correlation within groups inflates the variance of a mean.

    Parameters
    ----------
    m : array_like
        Number of observations a group, at least 1.
    rho : array_like
        Correlation of two observations of a group (intraclass correlation), from -1/(m - 1) to 1.

    Returns
    -------
    deff : float or ndarray
        Variance of the mean over that of as many independent observations. A sample of n observations is worth n / deff
        independent ones (effective sample size).

    Raises
    ------
    ValueError
        If `m` is below 1, or `rho` is outside its range.

    Notes
    -----
    .. math:: \mathrm{deff} = 1 + (m - 1)\, \rho

    References
    ----------
    L. Kish, Survey Sampling, 1965, sec. 5.4.

    Examples
    --------
    Families of four whose heights have the correlation 0.5:

    >>> float(design_effect(4, 0.5))
    2.5
    """
    m, rho = np.broadcast_arrays(as_positive(m, "m"), as_real_array(rho, "rho"))
    if np.any(m < 1):
        raise ValueError(f"m must be at least 1, got {m.min()}")
    effect = 1 + (m - 1) * rho
    impossible = (np.abs(rho) > 1) | (effect < 0)
    if np.any(impossible):
        raise ValueError(f"rho must be a correlation, from -1/(m - 1) to 1, got {rho[impossible][0]}")
    return np.asarray(effect)[()]


def _centred_distances(x: ArrayLike, name: str) -> _Floats:
    from scipy.spatial.distance import pdist, squareform

    points = as_real_array(x, name)
    if points.ndim not in (1, 2) or len(points) < 2 or points.size == 0:
        raise ValueError(f"{name} must hold two observations or more, shape (n,) or (n, d), got shape {points.shape}")
    offsets = _offsets(points.reshape(len(points), -1))
    largest = np.abs(offsets).max()
    if largest == 0:
        raise ValueError(f"{name} does not vary: all {len(points)} observations are equal")
    a = squareform(pdist(offsets / largest))  # only ratios count, and squares must not underflow
    means = a.mean(axis=0)
    centred: _Floats = a - means - means[:, None] + means.mean()
    return centred


def _offsets(points: _Floats) -> _Floats:
    """Return the points from the first one on, in units of a power of 2: exact, and no difference overflows."""
    scaled = np.ldexp(points, -np.frexp(np.abs(points).max())[1])
    offsets: _Floats = scaled - scaled[0]
    return offsets
