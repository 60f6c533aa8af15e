"""Events at a constant rate, without memory: the Poisson process."""

import numpy as np
from numpy.typing import NDArray

from companion._validation import as_nonnegative, as_positive

_Floats = NDArray[np.float64]


def poisson_process(rate: float, horizon: float, rng: np.random.Generator | int | None = None) -> _Floats:
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
        Times of the events, rising, in [0, T). Their number n is random, with mean :math:`\lambda T`.

    Raises
    ------
    ValueError
        If `rate` is negative, `horizon` is not positive, or one of them is no single finite number.

    See Also
    --------
    poisson : the number of events.
    expon : the time between two of them.

    Notes
    -----
    Given their number, the events of a Poisson process are spread over [0, T) as independent uniform points. So n is
    drawn from the Poisson law with mean :math:`\lambda T`, then n points, which are sorted. The gaps between them are
    exponential with mean :math:`1 / \lambda`.

    References
    ----------
    J. Kingman, Poisson Processes, 1993, sec. 2.4 and 4.1.

    Examples
    --------
    Two events an hour on average, for five hours:

    >>> poisson_process(2, 5, rng=0).round(2).tolist()
    [0.01, 0.08, 0.2, 2.72, 3.03, 3.65, 4.07, 4.08, 4.29, 4.56, 4.68]
    """
    rate, horizon = (
        _as_single(as_nonnegative(rate, "rate"), "rate"),
        _as_single(as_positive(horizon, "horizon"), "horizon"),
    )
    generator = np.random.default_rng(rng)
    n = generator.poisson(rate * horizon)
    return np.sort(generator.uniform(0, horizon, n))


def _as_single(value: _Floats, name: str) -> float:
    if value.ndim:
        raise ValueError(f"{name} must be a single number, got an array of shape {value.shape}")
    return float(value)
