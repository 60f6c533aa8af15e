"""Convergence of random variables: a sequence in which every path is hit for ever, and when a path settles."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_axis, as_integers, as_positive, as_probability, as_real, as_real_array

_Integers = np.int64 | NDArray[np.int64]


def typewriter(n: ArrayLike, u: ArrayLike) -> _Integers:
    r"""Return the n-th variable of the typewriter sequence at the outcome u: 1 on an interval that moves on, else 0.

    The interval is first all of [0, 1), then the left half, the right half, the first quarter, the second quarter, ...

    Parameters
    ----------
    n : array_like of int
        Index in the sequence, at least 1 and below 2^64.
    u : array_like
        Outcome, in [0, 1), a uniform random number for instance. Both are broadcast.

    Returns
    -------
    int or ndarray of int
        0 or 1, of the broadcast shape.

    Raises
    ------
    TypeError
        If `n` does not hold integers, or `u` no real numbers.
    ValueError
        If `n` is not positive, or `u` is outside [0, 1) or not finite.

    Notes
    -----
    Block k consists of the 2^k indices from 2^k on, one for each interval of length 2^-k:

    .. math:: X_n(u) = \mathbb{1}\Bigl(\frac{j}{2^k} \le u < \frac{j+1}{2^k}\Bigr),
        \qquad k = \lfloor \log_2 n \rfloor, \quad j = n - 2^k

    So :math:`P(X_n = 1) = 2^{-k} \to 0`, while each outcome is hit once in every block. The result is exact for the
    floating-point number `u`, as a power of 2 scales it without rounding.

    References
    ----------
    J. M. Stoyanov, Counterexamples in Probability, 3rd ed., 2013 (modes of convergence).

    Examples
    --------
    The outcome 0.3 is hit at the indices 1, 2 and 5 among the first seven, once in each of the blocks 1, 2-3 and 4-7:

    >>> typewriter(range(1, 8), 0.3).tolist()
    [1, 1, 0, 0, 1, 0, 0]
    """
    n, u = as_integers(n, "n"), as_probability(u, "u")
    as_positive(n, "n")
    if np.any(u == 1):
        raise ValueError("u must be below 1, got 1.0; the intervals are [0, 1), [0, 1/2), [1/2, 1), ...")
    n = n.astype(np.uint64)
    leading = n & ~(n >> 1)  # first binary digit kept, second cleared: no rounding up to 2^(k+1)
    k = np.frexp(leading.astype(np.float64))[1] - 1
    j = n - (np.uint64(1) << k.astype(np.uint64))
    hit: _Integers = (np.floor(np.ldexp(u, k)).astype(np.uint64) == j).astype(np.int64)
    return hit


def settling_time(paths: ArrayLike, limit: ArrayLike, eps: float, axis: int = -1) -> _Integers:
    r"""Return for each path after how many entries it stays within eps of its limit, up to the end of the record.

    Parameters
    ----------
    paths : array_like
        Values of any unit, at least one-dimensional; entry n - 1 along `axis` is :math:`X_n`, each line is one path.
    limit : array_like
        :math:`X`: one number for all paths, or one a path, of the shape of `paths` without `axis`.
    eps : float
        Permitted deviation, in the unit of `paths`, positive. A deviation of exactly eps is outside.
    axis : int, default -1
        Axis along which the paths run.

    Returns
    -------
    int or ndarray of int
        Largest n with :math:`|X_n - X| \ge \varepsilon`, 0 if there is none, of the shape of `paths` without `axis`.
        As an index it is where the settled part begins. The length of the record means: not settled at its end.

    Raises
    ------
    TypeError
        If `paths`, `limit` or `eps` does not hold real numbers, or `axis` is not an integer.
    ValueError
        If `paths` is a single number or has no such axis, `limit` does not fit it, `eps` is not a single positive
        number, or one holds nan or infinity.

    Notes
    -----
    .. math:: T_\varepsilon = \max\,\{n : |X_n - X| \ge \varepsilon\}, \qquad
        P(T_\varepsilon \ge n) = P(|X_m - X| \ge \varepsilon \text{ for some } m \ge n)

    The sequence converges almost surely if and only if :math:`T_\varepsilon` is finite with probability 1 for every
    :math:`\varepsilon > 0`. A record has an end: an excursion that comes later is not seen.

    Deviations are compared as floating-point numbers: 1 - 0.9 is a little less than 0.1.

    References
    ----------
    R. Durrett, Probability: Theory and Examples, 5th ed., 2019, sec. 2.3.

    Examples
    --------
    The first path is last off by 0.1 or more at n = 2, the second at its end:

    >>> paths = [[0.5, 0.3, 0.05, 0.01], [0.0, 0.0, 0.0, 0.2]]
    >>> settling_time(paths, limit=0, eps=0.1).tolist()
    [2, 4]
    """
    paths, limit = as_real_array(paths, "paths"), as_real_array(limit, "limit")
    eps = float(as_positive(as_real(eps, "eps"), "eps"))
    paths = np.moveaxis(paths, as_axis(axis, paths.ndim, "paths"), -1)
    *lines, length = paths.shape
    try:
        np.broadcast_to(limit, lines)
    except ValueError:
        raise ValueError(
            f"limit must be one number, or one a path, here of shape {tuple(lines)}, got shape {limit.shape}"
        ) from None
    with np.errstate(over="ignore"):  # infinitely far is outside, too
        outside = np.abs(paths - limit[..., None]) >= eps
    last: _Integers = np.where(outside, np.arange(1, length + 1), 0).max(axis=-1, initial=0)
    return last
