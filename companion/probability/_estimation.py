"""Parametric estimation: maximum likelihood, posteriors for a success probability and on a grid, point estimates."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_nonnegative, as_positive, as_real_array

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats


class BetaParameters(NamedTuple):
    """The two shapes of a beta distribution."""

    a: float
    b: float


class NormParameters(NamedTuple):
    """Mean and standard deviation of a normal distribution."""

    loc: float
    scale: float


class PointEstimates(NamedTuple):
    """Three summaries of a posterior density: its mode (MAP), its median, and its mean (MMSE)."""

    mode: float
    median: float
    mean: float


def bernoulli_mle(x: ArrayLike) -> float:
    r"""Estimate a success probability by maximum likelihood: the proportion of ones.

    Parameters
    ----------
    x : array_like
        Independent observations, 0 or 1 (or False and True), of any shape; at least one.

    Returns
    -------
    float
        Estimate of :math:`\theta = P(X = 1)`.

    Raises
    ------
    TypeError
        If `x` does not hold real numbers.
    ValueError
        If `x` is empty or holds anything but 0 and 1.

    Notes
    -----
    The likelihood of :math:`n` observations with :math:`n_1` ones, :math:`\theta^{n_1} (1 - \theta)^{n - n_1}`, is
    largest at :math:`n_1 / n`.

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 7.2.

    Examples
    --------
    >>> bernoulli_mle([1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
    0.6
    """
    return float(_as_zeros_and_ones(x, minimum=1).mean())


def norm_mle(data: ArrayLike) -> NormParameters:
    r"""Estimate mean and standard deviation of a normal distribution by maximum likelihood.

    Parameters
    ----------
    data : array_like
        Independent observations, of any shape; at least one.

    Returns
    -------
    NormParameters
        Named tuple with the fields `loc` and `scale`, in the unit of `data`, as `scipy.stats.norm.fit` returns them.
        The scale divides by n, not by n - 1. It is 0 if all observations are equal; then the likelihood has no maximum
        and grows without bound as the scale goes to 0.

    Raises
    ------
    TypeError
        If `data` does not hold real numbers.
    ValueError
        If `data` is empty, or holds nan or infinities.

    Notes
    -----
    .. math:: \mu_{ML} = \frac1n \sum_{i=1}^n x_i, \qquad \sigma^2_{ML} = \frac1n \sum_{i=1}^n (x_i - \mu_{ML})^2

    The variance has the expectation :math:`\frac{n-1}{n} \sigma^2`: it is biased.

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 7.2.

    Examples
    --------
    >>> loc, scale = norm_mle([4, 7, 13, 16])
    >>> loc, round(scale**2, 6)
    (10.0, 22.5)
    """
    data = _demand_some(as_real_array(data, "data"), "data", minimum=1)
    _, exponent = np.frexp(abs(data).max())
    near_1: _Floats = np.ldexp(data, -exponent)  # a power of two rounds nothing; no square over- or underflows
    return NormParameters(float(np.ldexp(near_1.mean(), exponent)), float(np.ldexp(near_1.std(), exponent)))


def beta_posterior(x: ArrayLike, a: float = 1.0, b: float = 1.0) -> BetaParameters:
    r"""Update a beta prior for a success probability with observations of successes and failures.

    Parameters
    ----------
    x : array_like
        Independent observations, 0 or 1 (or False and True), of any shape; none leave the prior as it is.
    a, b : float, default 1
        Shapes of the prior :math:`\mathrm{Beta}(a, b)`, positive. The default is the uniform distribution on [0, 1];
        ``a=2, b=1`` is the density :math:`2\theta`.

    Returns
    -------
    BetaParameters
        Named tuple with the fields `a` and `b`, the shapes of the posterior. It can be the prior of the next update,
        ``beta_posterior(more, *posterior)``, and makes a distribution by ``beta(*posterior)``.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If `x` holds anything but 0 and 1, or `a` or `b` is not a positive number.

    See Also
    --------
    beta_mode : the MAP estimate.

    Notes
    -----
    With :math:`n_1` ones among :math:`n` observations,

    .. math:: f(\theta \mid x) \propto \theta^{a - 1} (1 - \theta)^{b - 1} \cdot \theta^{n_1} (1 - \theta)^{n - n_1}

    which is :math:`\mathrm{Beta}(a + n_1,\, b + n - n_1)`.

    References
    ----------
    A. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, sec. 2.4.

    Examples
    --------
    >>> beta_posterior([1, 0, 1, 1, 0, 1, 1, 0, 1, 0])
    BetaParameters(a=7.0, b=5.0)
    """
    x = _as_zeros_and_ones(x, minimum=0)
    ones = float(x.sum())
    return BetaParameters(_as_shape(a, "a") + ones, _as_shape(b, "b") + x.size - ones)


def beta_mode(a: ArrayLike, b: ArrayLike) -> _Real:
    r"""Return where the density of a beta distribution is largest: the MAP estimate, if it is a posterior.

    Parameters
    ----------
    a, b : array_like
        Shapes of :math:`\mathrm{Beta}(a, b)`, positive; broadcast.

    Returns
    -------
    float or ndarray
        The mode, in [0, 1], of the broadcast shape.

    Raises
    ------
    TypeError
        If `a` or `b` does not hold real numbers.
    ValueError
        If one is not positive, or there is no single mode: the uniform density (``a = b = 1``) has a largest value
        everywhere, and with both shapes below 1 the density is infinite at both ends.

    Notes
    -----
    .. math:: \frac{a - 1}{a + b - 2} \qquad (a, b \ge 1)

    With :math:`a < 1` the mode is 0, with :math:`b < 1` it is 1.

    Examples
    --------
    >>> float(beta_mode(7, 5))
    0.6
    """
    a, b = np.broadcast_arrays(as_positive(a, "a"), as_positive(b, "b"))
    none = ((a < 1) & (b < 1)) | ((a == 1) & (b == 1))
    if none.any():
        raise ValueError(
            f"a and b must give a single mode, got a={a[none][0]} and b={b[none][0]}; take the mean in its place"
        )
    up, down = np.maximum(a - 1, 0), np.maximum(b - 1, 0)
    with np.errstate(invalid="ignore"):  # 0/0, if one shape is 1 and the other is less: the mode is at an end
        mode: _Floats = np.where(up + down > 0, up / (up + down), b < a)
    return mode[()]


def grid_posterior(theta: ArrayLike, log_prior: ArrayLike, log_likelihood: ArrayLike) -> _Floats:
    r"""Compute a posterior density on a grid of parameter values, for any prior and any likelihood.

    Parameters
    ----------
    theta : array_like, shape (m,)
        Increasing values of the parameter, at least two, that cover all that matters of the posterior.
    log_prior : array_like, shape (m,)
        Logarithm of the prior density at `theta`, up to a constant; -inf where the prior is 0.
    log_likelihood : array_like, shape (m,)
        Logarithm of the likelihood at `theta`, up to a constant; -inf where it is 0. For independent observations the
        sum of their log-densities.

    Returns
    -------
    ndarray, shape (m,)
        Posterior density at `theta`, in 1 / unit of `theta`; its integral by the trapezoidal rule is 1.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If `theta` does not increase, shapes differ, a logarithm is nan or +inf, or prior and likelihood exclude the
        whole grid.

    See Also
    --------
    point_estimates : mode, median and mean of the result.
    log_posterior : for finitely many values of the parameter, with probabilities in place of densities.

    Notes
    -----
    .. math:: f(\theta \mid x) = \frac{f(\theta)\, f(x \mid \theta)}{\int f(t)\, f(x \mid t)\, dt}

    The largest logarithm is subtracted before the exponential is taken, so many observations do not underflow.

    References
    ----------
    A. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, sec. 10.1.

    Examples
    --------
    Six ones in ten tosses, with a uniform prior:

    >>> theta = np.linspace(0.001, 0.999, 999)
    >>> density = grid_posterior(theta, np.zeros(999), 6 * np.log(theta) + 4 * np.log(1 - theta))
    >>> round(float(density[599]), 3)
    2.759
    """
    theta = _as_grid(theta)
    log_joint = _as_logarithms(log_prior, "log_prior", theta) + _as_logarithms(log_likelihood, "log_likelihood", theta)
    if not np.isfinite(log_joint).any():
        raise ValueError("log_prior + log_likelihood must be above -inf somewhere; widen theta or the prior")
    joint = np.exp(log_joint - log_joint.max())
    density: _Floats = joint / np.trapezoid(joint, theta)
    return density


def point_estimates(theta: ArrayLike, density: ArrayLike) -> PointEstimates:
    r"""Summarise a posterior density on a grid by one number, for each of three losses.

    Parameters
    ----------
    theta : array_like, shape (m,)
        Increasing values of the parameter, at least two.
    density : array_like, shape (m,)
        Posterior density at `theta`, non-negative; a constant factor does not matter.

    Returns
    -------
    PointEstimates
        Named tuple with the fields, in the unit of `theta`:

        mode
            Grid point with the largest density (the first, if there are several): the MAP estimate.
        median
            Halves the probability; minimises the expected absolute error.
        mean
            Minimises the expected squared error: the MMSE estimate.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If `theta` does not increase, the shapes differ, or `density` is negative or 0 everywhere.

    Notes
    -----
    Integrals by the trapezoidal rule; the error falls with the square of the grid's spacing, that of the mode with the
    spacing itself.

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 7.3.4.

    Examples
    --------
    >>> theta = np.linspace(0, 1, 1001)
    >>> estimates = point_estimates(theta, theta**6 * (1 - theta) ** 4)
    >>> [round(float(value), 4) for value in estimates]
    [0.6, 0.5881, 0.5833]
    """
    theta = _as_grid(theta)
    density = as_nonnegative(density, "density")
    if density.shape != theta.shape:
        raise ValueError(f"density must have the shape {theta.shape} of theta, got {density.shape}")
    if not density.any():
        raise ValueError("density must be positive somewhere; widen theta")
    heights: _Floats = density / density.max()
    probability = np.append(0.0, np.cumsum(np.diff(theta) * (heights[1:] + heights[:-1]) / 2))
    median = np.interp(probability[-1] / 2, probability, theta)
    mean = np.trapezoid(theta * heights, theta) / probability[-1]
    return PointEstimates(float(theta[heights.argmax()]), float(median), float(mean))


def _as_zeros_and_ones(x: ArrayLike, minimum: int) -> _Floats:
    x = _demand_some(as_real_array(x, "x"), "x", minimum)
    other = x[(x != 0) & (x != 1)]
    if other.size:
        raise ValueError(f"x must hold zeros and ones, got {other[0]}; code success as 1 and failure as 0")
    return x


def _demand_some(x: _Floats, name: str, minimum: int) -> _Floats:
    if x.size < minimum:
        raise ValueError(f"{name} must hold at least one observation, got none")
    return x


def _as_shape(shape: float, name: str) -> float:
    array = as_positive(shape, name)
    if array.ndim:
        raise ValueError(f"{name} must be a single number, got an array of shape {array.shape}")
    return float(array)


def _as_grid(theta: ArrayLike) -> _Floats:
    theta = as_real_array(theta, "theta")
    if theta.ndim != 1 or theta.size < 2:
        raise ValueError(f"theta must be a grid of at least two values in one dimension, got shape {theta.shape}")
    if not np.all(np.diff(theta) > 0):
        raise ValueError("theta must increase strictly; sort it and drop duplicates")
    return theta


def _as_logarithms(values: ArrayLike, name: str, theta: _Floats) -> _Floats:
    """Return logarithms, one for each grid point; -inf is the logarithm of 0."""
    array = np.asarray(values)
    zero = np.isneginf(array) if array.dtype.kind == "f" else np.zeros(array.shape, dtype=bool)
    logarithms = as_real_array(np.where(zero, 0.0, array) if zero.any() else array, name)
    if logarithms.shape != theta.shape:
        raise ValueError(f"{name} must have the shape {theta.shape} of theta, got {logarithms.shape}")
    logarithms[zero] = -np.inf
    return logarithms
