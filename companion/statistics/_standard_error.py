"""How far a sample mean strays, and how far its law is from the normal one."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_count, as_positive, as_real_array

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats

# The constant of the inequality for identically distributed variables (Shevtsova, 2011).
_BERRY_ESSEEN = 0.4748


def sem(a: ArrayLike, axis: int = 0, ddof: int = 1) -> _Real:
    r"""Return the standard error of the mean, estimated from the sample.

    Parameters
    ----------
    a : array_like, shape (n,) or (..., n, ...)
        Sample, in the unit of the variable.
    axis : int, default 0
        The axis of the sample.
    ddof : int, default 1
        What to subtract from n in the variance; 1 makes it unbiased.

    Returns
    -------
    s : float, or ndarray without the axis
        :math:`s / \sqrt n`, in the unit of `a`.

    Raises
    ------
    ValueError
        If n is not above `ddof`, or a value is nan or infinite.

    See Also
    --------
    scipy.stats.sem : the same.

    Notes
    -----
    .. math:: \mathrm{SE} = \frac{s}{\sqrt n}, \qquad s^2 = \frac{1}{n - \mathrm{ddof}} \sum_i (x_i - \bar x)^2

    References
    ----------
    G. Casella and R. Berger, Statistical Inference, 2nd ed., 2002, sec. 5.2.

    Examples
    --------
    >>> round(float(sem([171, 168, 180, 175])), 4)
    2.5981
    """
    x = as_real_array(a, "a")
    axis = as_axis(axis, x.ndim, "a")
    n, lost = x.shape[axis], as_count(ddof, "ddof", minimum=0)
    if n <= lost:
        raise ValueError(f"a must hold more than ddof={lost} observations along axis {axis}, got {n}")
    error: _Real = np.sqrt(x.var(axis=axis, ddof=lost) / n)
    return error


def berry_esseen_bound(n: ArrayLike, sigma: ArrayLike, rho: ArrayLike) -> _Real:
    r"""Return how far the distribution function of a standardised mean can be from the normal one, at most.

    Parameters
    ----------
    n : array_like
        Number of independent, identically distributed observations, positive.
    sigma : array_like
        Their standard deviation, positive.
    rho : array_like
        Their third absolute central moment :math:`E|X - \mu|^3`, in the cubed unit; at least :math:`\sigma^3`.

    Returns
    -------
    bound : float or ndarray
        Upper bound of :math:`\max_x |F_n(x) - \Phi(x)|`; may exceed 1.

    Raises
    ------
    ValueError
        If an argument is not positive, or `rho` is below `sigma` cubed.

    Notes
    -----
    .. math:: \sup_x |F_n(x) - \Phi(x)| \le 0.4748 \, \frac{\rho}{\sigma^3 \sqrt n}

    References
    ----------
    I. Shevtsova, On the absolute constants in the Berry-Esseen type inequalities for identically distributed summands,
    2011, arXiv:1111.6554.

    Examples
    --------
    A hundred tosses of a coin, with values 0 and 1:

    >>> round(float(berry_esseen_bound(100, 0.5, 0.125)), 5)
    0.04748
    """
    n, sigma, rho = as_positive(n, "n"), as_positive(sigma, "sigma"), as_positive(rho, "rho")
    ratio = rho / sigma**3
    if np.any(ratio < 1 - 1e-9):
        raise ValueError("rho must be at least sigma cubed (Lyapunov); rho is E|X - mu|^3, not E[(X - mu)^3]")
    bound: _Real = _BERRY_ESSEEN * ratio / np.sqrt(n)
    return bound
