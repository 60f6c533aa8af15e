"""Mean and variance of data that come one by one, or in batches, and are not kept."""

from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_real_array

_Floats = NDArray[np.float64]


class _Summary(NamedTuple):
    """What is kept of n observations.

    The mean is the sum of two numbers: one of the observations, the origin, and the mean distance from it. The second
    is as small as the data are spread out, so it has digits that the mean itself would have to round away.
    """

    n: int
    origin: _Floats
    offset: _Floats
    squares: _Floats  # the sum of the squared deviations from the mean


def _summarise(x: _Floats) -> _Summary:
    """Go over one batch, shape (n,) or (n, d), twice: for the mean, and for the deviations from it."""
    origin = x[0]
    deviations = x - origin
    offset = deviations.mean(axis=0)
    return _Summary(len(x), origin, offset, ((deviations - offset) ** 2).sum(axis=0))


def _merge(a: _Summary, b: _Summary) -> _Summary:
    """Put two summaries together (Chan, Golub and LeVeque); with one observation in b this is Welford's update."""
    n = a.n + b.n
    delta = (b.origin - a.origin) + (b.offset - a.offset)  # the second mean minus the first
    offset = a.offset + delta * (b.n / n)
    squares = a.squares + b.squares + delta**2 * (a.n * b.n / n)
    return _Summary(n, a.origin, offset, squares)


class RunningMoments:
    r"""Mean and variance of a stream: each observation is seen once and then forgotten.

    Feed it with `update`, and put two of them together with ``+``: the result does not depend on how the data were
    split, but for rounding.

    Raises
    ------
    TypeError
        If data are not real numbers, or the other summand is no RunningMoments.
    ValueError
        If data hold nan or infinity, have another number of features than those before, or are so large that their
        squares overflow; or if mean or variance is asked for before there are enough observations.

    See Also
    --------
    cov : variances and covariances of data in memory.
    sklearn.preprocessing.StandardScaler : has the same update in its `partial_fit`.

    Notes
    -----
    With the number, the mean and the sum of squared deviations of two parts,

    .. math:: \delta = \bar x_b - \bar x_a, \qquad
        \bar x = \bar x_a + \delta\, \frac{n_b}{n_a + n_b}, \qquad
        S = S_a + S_b + \delta^2\, \frac{n_a n_b}{n_a + n_b}

    and the variance is :math:`S / (n - \mathrm{ddof})`. For :math:`n_b = 1` this is Welford's update. No two large
    numbers are subtracted, other than with the formula :math:`\overline{x^2} - \bar x^2`.

    References
    ----------
    B. P. Welford, Note on a method for calculating corrected sums of squares and products, Technometrics 4, 1962.

    T. F. Chan, G. H. Golub and R. J. LeVeque, Algorithms for computing the sample variance: analysis and
    recommendations, The American Statistician 37, 1983.

    Examples
    --------
    >>> moments = RunningMoments().update([4, 7]).update(13).update(16)
    >>> moments.n, float(moments.mean), float(moments.var())
    (4, 10.0, 22.5)

    Two machines, each with its part of a table of two features:

    >>> whole = RunningMoments().update([[1, 10], [3, 10]]) + RunningMoments().update([[5, 40]])
    >>> whole.mean.tolist(), whole.var(ddof=1).tolist()
    ([3.0, 20.0], [4.0, 300.0])
    """

    def __init__(self) -> None:
        self._summary: _Summary | None = None

    def update(self, x: ArrayLike) -> Self:
        """Take in one number, n numbers of shape (n,), or n observations of d features, shape (n, d)."""
        batch = as_real_array(x, "x")
        if batch.ndim > 2:
            raise ValueError(f"x must be a number or have shape (n,) or (n, d), got shape {batch.shape}")
        batch = np.atleast_1d(batch)
        if len(batch):
            with np.errstate(over="ignore", invalid="ignore"):  # complained about in _add
                self._summary = self._add(_summarise(batch), "x")
        return self

    def __add__(self, other: "RunningMoments") -> "RunningMoments":
        """Return the moments of all that either has seen."""
        if not isinstance(other, RunningMoments):
            return NotImplemented
        whole = RunningMoments()
        whole._summary = self._summary if other._summary is None else self._add(other._summary, "the second summand")
        return whole

    def _add(self, summary: _Summary, name: str) -> _Summary:
        if self._summary is not None:
            given, wanted = summary.origin.shape, self._summary.origin.shape
            if given != wanted:
                raise ValueError(f"{name} must have the shape of what came before, (n, *{wanted}), got (n, *{given})")
            with np.errstate(over="ignore", invalid="ignore"):
                summary = _merge(self._summary, summary)
        if not np.all(np.isfinite(summary.squares)):
            raise ValueError(f"{name} must have squares below 1.8e308, got an overflow; divide the data by a constant")
        return summary

    @property
    def n(self) -> int:
        """The number of observations so far."""
        return 0 if self._summary is None else self._summary.n

    @property
    def mean(self) -> Any:
        """The mean of the observations so far, a number or an array of shape (d,)."""
        summary = self._demand(1, "mean")
        return np.asarray(summary.origin + summary.offset)[()]

    def var(self, ddof: int = 0) -> Any:
        """Return the variance: the sum of squared deviations divided by n - ddof, as numpy.var does."""
        summary = self._demand(as_count(ddof, "ddof", minimum=0) + 1, "var")
        return np.asarray(summary.squares / (summary.n - ddof))[()]

    def std(self, ddof: int = 0) -> Any:
        """Return the standard deviation, the square root of the variance."""
        return np.sqrt(self.var(ddof))

    def _demand(self, least: int, name: str) -> _Summary:
        if self._summary is None or self._summary.n < least:
            raise ValueError(f"{name} needs {least} or more observations, got {self.n}; call update with data first")
        return self._summary

    def __repr__(self) -> str:
        return f"RunningMoments(n={self.n}" + (f", mean={self.mean}, var={self.var()})" if self.n else ")")
