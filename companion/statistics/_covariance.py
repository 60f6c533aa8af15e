"""Covariance and correlation matrices of data, in two passes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_nonnegative, as_real_array

_Floats = NDArray[np.float64]


def cov(
    m: ArrayLike,
    y: ArrayLike | None = None,
    rowvar: bool = True,
    *,
    ddof: int = 1,
    fweights: ArrayLike | None = None,
    aweights: ArrayLike | None = None,
) -> Any:
    r"""Covariance matrix of data.

    Parameters
    ----------
    m : array_like, shape (d, n) or (n,)
        n observations of d variables, one variable a row; or of a single variable.
    y : array_like, optional
        More variables, in the same form: for two columns of data, ``cov(x, y)``.
    rowvar : bool, default True
        Pass False for a data matrix of shape (n, d), with one variable a column.
    ddof : int, default 1
        The sums of products are divided by n - ddof: 1 for a sample, 0 for a whole population.
    fweights : array_like of int, shape (n,), optional
        How often each observation occurred.
    aweights : array_like, shape (n,), optional
        How much each observation counts relative to the others.

    Returns
    -------
    ndarray, shape (d, d), or float
        Variances on the diagonal, in squared units; for a single variable its variance as a number. Symmetric to the
        last bit.

    Raises
    ------
    TypeError
        If data or weights are not real numbers, `fweights` not whole ones, or `ddof` is not an integer.
    ValueError
        If a number is not finite, a shape is wrong, a weight is negative, the squares overflow, or `ddof` leaves
        nothing to divide by. (NumPy warns and returns nan or infinity.)

    See Also
    --------
    corrcoef : the same without units.
    RunningMoments : variances of data that do not fit into memory.
    companion.probability.JointPMF.cov : the covariance of a distribution, not of data.

    Notes
    -----
    .. math:: \hat\Sigma_{jk} = \frac{1}{n - \mathrm{ddof}} \sum_{i=1}^{n} (x_{ij} - \bar x_j)(x_{ik} - \bar x_k)

    The first pass finds the means, the second the products. Before that the first observation is subtracted from all,
    so that data far from 0 lose no digits, and a constant has the variance 0 exactly. With weights
    :math:`w_i = f_i a_i` sums become weighted ones, and n becomes :math:`\sum_i w_i` (and, as in NumPy, ddof is
    multiplied by :math:`\sum_i w_i a_i / \sum_i w_i`).

    References
    ----------
    T. F. Chan, G. H. Golub and R. J. LeVeque, Algorithms for computing the sample variance: analysis and
    recommendations, The American Statistician 37, 1983.

    Examples
    --------
    >>> cov([1, 2, 3, 4], [3, 2, 2.5, 0], ddof=0).tolist()
    [[1.25, -1.0625], [-1.0625, 1.296875]]
    >>> float(cov([4, 7, 13, 16], ddof=0))
    22.5
    """
    variables = _as_variables(m, "m", rowvar)
    if y is not None:
        variables = _stack(variables, _as_variables(y, "y", rowvar))
    w, divisor = _weights(variables.shape[1], ddof, fweights, aweights)
    with np.errstate(over="ignore", invalid="ignore"):  # complained about below
        deviations = variables - variables[:, :1]
        deviations -= np.average(deviations, axis=1, weights=w, keepdims=True)
        deviations *= np.sqrt(w)
        sigma = deviations @ deviations.T / divisor
    if not np.all(np.isfinite(sigma)):
        raise ValueError("m must have squares below 1.8e308, got an overflow; divide the data by a constant")
    return sigma.squeeze()[()]


def corrcoef(x: ArrayLike, y: ArrayLike | None = None, rowvar: bool = True) -> Any:
    r"""Correlation matrix of data: the covariance matrix of the variables, each in units of its standard deviation.

    Parameters
    ----------
    x : array_like, shape (d, n) or (n,)
        n observations of d variables, one variable a row; or of a single variable.
    y : array_like, optional
        More variables, in the same form.
    rowvar : bool, default True
        Pass False for a data matrix of shape (n, d), with one variable a column.

    Returns
    -------
    ndarray, shape (d, d), or float
        Correlations in [-1, 1], ones on the diagonal; for a single variable the number 1.

    Raises
    ------
    TypeError
        If the data are not real numbers.
    ValueError
        If a number is not finite, a shape is wrong, there is only one observation, or a variable is constant. (NumPy
        returns nan.)

    See Also
    --------
    cov : in the units of the data.

    Notes
    -----
    .. math:: \rho_{jk} = \frac{\Sigma_{jk}}{\sqrt{\Sigma_{jj} \Sigma_{kk}}}

    The variables are scaled by powers of two first, which costs no digit, so that the size of their units is no danger.

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, sec. 7.4.

    Examples
    --------
    >>> corrcoef([1, 2, 3, 4], [3, 2, 2.5, 0]).round(4).tolist()
    [[1.0, -0.8345], [-0.8345, 1.0]]
    """
    variables = _as_variables(x, "x", rowvar)
    if y is not None:
        variables = _stack(variables, _as_variables(y, "y", rowvar))
    low, high = variables.min(axis=1, initial=np.inf), variables.max(axis=1, initial=-np.inf)
    constant = np.flatnonzero(low >= high)
    if constant.size:
        raise ValueError(f"x must hold two or more values that differ for each variable; number {constant[0]} has none")
    sigma = np.atleast_2d(cov(_to_unit_size(variables)))
    deviation = np.sqrt(np.diag(sigma))
    rho = np.clip(sigma / np.outer(deviation, deviation), -1, 1)  # rounding may go beyond
    np.fill_diagonal(rho, 1)
    return rho.squeeze()[()]


def _as_variables(x: ArrayLike, name: str, rowvar: bool) -> _Floats:
    """Return data with one variable a row, shape (d, n)."""
    array = as_real_array(x, name)
    if array.ndim not in (1, 2):
        raise ValueError(f"{name} must have one dimension (n,), or two (d, n), got shape {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one observation, got shape {array.shape}")
    return np.atleast_2d(array) if rowvar or array.ndim == 1 else array.T


def _stack(x: _Floats, y: _Floats) -> _Floats:
    if x.shape[1] != y.shape[1]:
        raise ValueError(f"y must have as many observations as the first argument, {x.shape[1]}, got {y.shape[1]}")
    return np.concatenate([x, y])


def _weights(n: int, ddof: int, fweights: ArrayLike | None, aweights: ArrayLike | None) -> tuple[_Floats, float]:
    """Return the weight of each observation, and what the weighted sum of products is divided by."""
    ddof = as_count(ddof, "ddof", minimum=0)
    f = np.ones(n) if fweights is None else _as_weights(fweights, "fweights", n)
    a = np.ones(n) if aweights is None else _as_weights(aweights, "aweights", n)
    if np.any(f != np.floor(f)):
        raise TypeError(f"fweights must hold whole numbers, got {f[f != np.floor(f)][0]}; others go into aweights")
    w = f * a
    total = float(w.sum())
    divisor = total - ddof * float(w @ a) / total if total else 0.0
    if not divisor > 0:
        raise ValueError(f"ddof must leave a positive divisor, got ddof={ddof} for a total weight of {total:g}")
    return w, divisor


def _as_weights(weights: ArrayLike, name: str, n: int) -> _Floats:
    array = as_nonnegative(weights, name)
    if array.shape != (n,):
        raise ValueError(f"{name} must hold one weight for each of the {n} observations, got shape {array.shape}")
    return array


def _to_unit_size(variables: _Floats) -> _Floats:
    """Return the variables, each divided by the power of two that brings it to at most 1."""
    _, exponent = np.frexp(np.abs(variables).max(axis=1, keepdims=True))
    scaled: _Floats = np.ldexp(variables, -exponent)
    return scaled
