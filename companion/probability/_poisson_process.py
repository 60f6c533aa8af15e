"""Events at a constant rate, without memory: the Poisson process."""

import numpy as np
from numpy.typing import NDArray

from companion._validation import as_nonnegative, as_positive, as_real

# As many different times as uniform random numbers have; with more events a draw would be full of ties.
_MOST = 2.0**53


def poisson_process(rate: float, horizon: float, rng: np.random.Generator | int | None = None) -> NDArray[np.float64]:
    r"""Draw the times of the events of a Poisson process.

    Parameters
    ----------
    rate : float
        Mean number of events per unit of time :math:`\lambda`, at least 0.
    horizon : float
        End T of the time that is watched, from 0 on; positive, in the unit of time.
    rng : numpy.random.Generator or int, optional
        Source of randomness, or its seed; without it a fresh one.

    Returns
    -------
    times : ndarray, shape (n,)
        Times of the events, sorted, in [0, T). Their number n is random, with mean :math:`\lambda T`.

    Raises
    ------
    TypeError
        If `rate` or `horizon` is no real number, or `rng` neither a generator nor a seed.
    ValueError
        If `rate` is negative or `horizon` not positive, if one of them is no single finite number, or if their
        product, the mean number of events, is above 2^53.

    See Also
    --------
    poisson : the number of events.
    expon : the time between two of them.

    Notes
    -----
    Given their number, the events of a Poisson process are spread over [0, T) as independent uniform points. So n is
    drawn from the Poisson law with mean :math:`\lambda T`, then n points, which are sorted. The gaps come out
    exponential with mean :math:`1 / \lambda`. To add up exponential gaps until they pass T gives the same law, but
    nobody knows beforehand how many to draw, and the sums round at every step.

    References
    ----------
    J. F. C. Kingman, Poisson Processes, 1993, sec. 2.4 (uniform points) and 4.1 (exponential gaps).

    Examples
    --------
    Two events an hour on average, for five hours:

    >>> poisson_process(2, 5, rng=0).round(2).tolist()
    [0.01, 0.08, 0.2, 2.72, 3.03, 3.65, 4.07, 4.08, 4.29, 4.56, 4.68]
    """
    rate = float(as_nonnegative(as_real(rate, "rate"), "rate"))
    horizon = float(as_positive(as_real(horizon, "horizon"), "horizon"))
    mean = rate * horizon
    if mean > _MOST:
        raise ValueError(f"rate * horizon, the mean number of events, must be at most 2^53, got {mean:.3g}")
    generator = np.random.default_rng(rng)
    n = generator.poisson(mean)
    return np.sort(generator.uniform(0, horizon, n))
