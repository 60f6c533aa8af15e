"""Joint distributions: tables with their marginals and conditionals, in fractions or floats; the bivariate normal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real, as_real_array
from companion.probability._pmf import (
    PMF,
    _as_numbers,
    _as_table,
    _as_values,
    _average,
    _demand_callable,
    _of_shape,
)

_Numbers = NDArray[Any]

# How far a product of marginals may be from the table by rounding, relative to it.
_RTOL = 1e-9


@dataclass(frozen=True, eq=False)
class JointPMF:
    r"""Joint probability mass function of two discrete variables X and Y.

    Parameters
    ----------
    table : array_like, shape (n, m)
        :math:`P(X = x_i, Y = y_j)` in row i and column j; the sum is 1. Fractions (and integers beside them) are kept
        exact, everything else becomes floats.
    x_values : iterable of n hashable things
        What X can be, one value a row, each named once: numbers or labels.
    y_values : iterable of m hashable things
        What Y can be, one value a column.

    Attributes
    ----------
    table : ndarray, shape (n, m)
        Read-only.
    x_values, y_values : tuple

    Raises
    ------
    TypeError
        If `table` does not hold real numbers, or a value is not hashable.
    ValueError
        If a probability is outside [0, 1], they do not sum to 1, a value is named twice, or the shapes differ.

    See Also
    --------
    scipy.stats.contingency.crosstab : the table of counts of a sample; divide it by its sum.

    Notes
    -----
    .. math:: P(X = x) = \sum_y P(X = x, Y = y), \qquad
              P(X = x \mid Y = y) = \frac{P(X = x, Y = y)}{P(Y = y)}

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 6 and 7.

    Examples
    --------
    Heads and tails in two tosses of a coin:

    >>> from fractions import Fraction
    >>> q, h = Fraction(1, 4), Fraction(1, 2)
    >>> tosses = JointPMF([[0, 0, q], [0, h, 0], [q, 0, 0]], [0, 1, 2], [0, 1, 2])
    >>> print(*tosses.marginal_x().p)
    1/4 1/2 1/4
    >>> print(*tosses.given_y(2).p)
    1 0 0
    >>> print(tosses.cov(), tosses.is_independent())
    -1/2 False
    """

    table: _Numbers
    x_values: tuple[Any, ...]
    y_values: tuple[Any, ...]

    def __init__(self, table: ArrayLike, x_values: Iterable[Any], y_values: Iterable[Any]) -> None:
        object.__setattr__(self, "table", _as_table(table, "table", ndim=2))
        n, m = self.table.shape
        object.__setattr__(self, "x_values", _as_values(x_values, "x_values", n))
        object.__setattr__(self, "y_values", _as_values(y_values, "y_values", m))

    def marginal_x(self) -> PMF:
        """Return the distribution of X alone: the sums of the rows."""
        return PMF(self.x_values, self.table.sum(axis=1))

    def marginal_y(self) -> PMF:
        """Return the distribution of Y alone: the sums of the columns."""
        return PMF(self.y_values, self.table.sum(axis=0))

    def given_y(self, y: Any) -> PMF:
        """Return the distribution of X given Y = y: one column, rescaled; it must have a positive probability."""
        column = self.table[:, _index(self.y_values, y, "y")]
        return PMF(self.x_values, column / _positive(column.sum(), "y", y))

    def given_x(self, x: Any) -> PMF:
        """Return the distribution of Y given X = x: one row, rescaled; it must have a positive probability."""
        row = self.table[_index(self.x_values, x, "x")]
        return PMF(self.y_values, row / _positive(row.sum(), "x", x))

    def cdf(self, x: Any, y: Any) -> Any:
        """Return P(X <= x, Y <= y); the values must be numbers, and `x` and `y` may be infinite."""
        rows = _as_numbers(self.x_values, "x_values", self.table) <= _as_limit(x, "x")
        columns = _as_numbers(self.y_values, "y_values", self.table) <= _as_limit(y, "y")
        return self.table[rows][:, columns].sum()

    def expect(self, func: Callable[[Any, Any], Any]) -> Any:
        """Return the expectation of a function of x and y, which is called where the probability is positive."""
        _demand_callable(func, "x and y")
        possible = self.table > 0
        results = [func(self.x_values[i], self.y_values[j]) for i, j in np.argwhere(possible).tolist()]
        return _average(self.table[possible], results)

    def cov(self) -> Any:
        """Return the covariance of X and Y; the values must be numbers."""
        x = _as_numbers(self.x_values, "x_values", self.table) - self.marginal_x().mean()
        y = _as_numbers(self.y_values, "y_values", self.table) - self.marginal_y().mean()
        return x @ self.table @ y

    def is_independent(self) -> bool:
        """Return whether every entry is the product of its marginals: exactly for fractions, for floats to rounding."""
        product = np.outer(self.marginal_x().p, self.marginal_y().p)
        if self.table.dtype == object:
            return bool((self.table == product).all())
        # The sum of a table of floats may differ from 1 by rounding.
        return bool(np.allclose(self.table * self.table.sum(), product, rtol=_RTOL, atol=0))


class NormalConditional(NamedTuple):
    """The normal distribution of X given Y = y: its mean, for each y, and its variance, the same for all y."""

    mean: Any
    var: float


def bivariate_normal_conditional(mean: ArrayLike, cov: ArrayLike, y: ArrayLike) -> NormalConditional:
    r"""Mean and variance of X given Y = y, if (X, Y) is bivariate normal.

    Parameters
    ----------
    mean : array_like, shape (2,)
        :math:`(\mu_X, \mu_Y)`.
    cov : array_like, shape (2, 2)
        Covariance matrix: symmetric, with :math:`\sigma_Y^2 > 0` and a correlation in [-1, 1].
    y : array_like, shape (...)
        What was observed of Y.

    Returns
    -------
    NormalConditional
        `mean`, in the units of X, shape (...), and `var`, one number for every y.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a number is not finite, a shape is wrong, or `cov` is no covariance matrix with a positive variance of Y.

    See Also
    --------
    scipy.stats.multivariate_normal : the joint density.

    Notes
    -----
    .. math:: E[X \mid Y = y] = \mu_X + \frac{\sigma_{XY}}{\sigma_Y^2} (y - \mu_Y), \qquad
              \operatorname{Var}(X \mid Y = y) = \sigma_X^2 - \frac{\sigma_{XY}^2}{\sigma_Y^2}

    The variance is the Schur complement of :math:`\sigma_Y^2` in the covariance matrix; with the correlation
    :math:`\rho` it is :math:`\sigma_X^2 (1 - \rho^2)`.

    References
    ----------
    C. Bishop, Pattern Recognition and Machine Learning, 2006, sec. 2.3.1.

    Examples
    --------
    >>> given = bivariate_normal_conditional([0, 0], [[4, 1], [1, 1]], [0, 1, 2])
    >>> given.mean.tolist(), given.var
    ([0.0, 1.0, 2.0], 3.0)
    """
    mu_x, mu_y = _of_shape(as_real_array(mean, "mean"), "mean", (2,))
    (var_x, cov_xy), (cov_yx, var_y) = _of_shape(as_real_array(cov, "cov"), "cov", (2, 2))
    _demand_covariance(var_x, cov_xy, cov_yx, var_y)
    slope = cov_xy / var_y
    # With a correlation of 1 or -1 rounding may carry the variance below 0.
    return NormalConditional(mu_x + slope * (as_real_array(y, "y") - mu_y), max(float(var_x - slope * cov_xy), 0.0))


def _as_limit(x: Any, name: str) -> Any:
    if not (isinstance(x, float) and np.isinf(x)):
        as_real(x, name)
    return x


def _index(values: tuple[Any, ...], value: Any, name: str) -> int:
    if value not in values:
        raise ValueError(f"{name} must be one of {name}_values {values}, got {value!r}")
    return values.index(value)


def _positive(total: Any, name: str, value: Any) -> Any:
    if total == 0:
        raise ValueError(
            f"{name} must have a positive probability, but P({name.upper()} = {value!r}) is 0, "
            "and given such an event no probability is defined"
        )
    return total


def _demand_covariance(var_x: float, cov_xy: float, cov_yx: float, var_y: float) -> None:
    if not np.isclose(cov_xy, cov_yx, rtol=_RTOL, atol=0):
        raise ValueError(f"cov must be symmetric, got the covariances {cov_xy} and {cov_yx}")
    if var_x < 0 or var_y <= 0:
        raise ValueError(f"cov must have variances >= 0 on its diagonal, that of Y > 0, got {var_x} and {var_y}")
    largest = np.sqrt(var_x) * np.sqrt(var_y)
    if abs(cov_xy) > largest * (1 + _RTOL):
        raise ValueError(
            f"cov must be positive semidefinite: a covariance of at most {largest:.6g} in size (a correlation in "
            f"[-1, 1]), got {cov_xy}"
        )
