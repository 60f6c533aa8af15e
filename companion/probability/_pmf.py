"""The probability mass function of one discrete variable, in fractions or floats."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_probability, as_real_array
from companion.probability._bayes import _as_fractions, _demand_sum_one, _is_exact
from companion.probability._distributions import _as_points, _as_random

_Numbers = NDArray[Any]


@dataclass(frozen=True, eq=False)
class PMF:
    r"""Probability mass function of one discrete variable.

    Parameters
    ----------
    values : iterable of n hashable things
        What the variable can be, each named once: numbers or labels.
    p : array_like, shape (n,)
        The probability of each value; they sum to 1. Fractions (and integers beside them) are kept exact, everything
        else becomes floats.

    Attributes
    ----------
    values : tuple
    p : ndarray, shape (n,)
        Read-only.

    Raises
    ------
    TypeError
        If `p` does not hold real numbers, or a value is not hashable.
    ValueError
        If a probability is outside [0, 1], they do not sum to 1, a value is named twice, or the lengths differ.

    See Also
    --------
    JointPMF : of two variables.
    scipy.stats.rv_discrete : a whole distribution, in floats.

    Notes
    -----
    .. math:: F(x) = P(X \le x) = \sum_{x_i \le x} p_i, \qquad F^{-1}(q) = \min \{x : F(x) \ge q\}

    `cdf` and `ppf` keep to the two inequality signs. In floats a level may lie a rounding error above or below the
    decimal that one would write, so that the quantile of just that decimal is off by one step; with fractions for the
    probabilities and for q it is exact.

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 4.

    L. Devroye, Non-Uniform Random Variate Generation, 1986, sec. III.2 (inversion).

    Examples
    --------
    >>> from fractions import Fraction
    >>> die = PMF(range(1, 7), [Fraction(1, 6)] * 6)
    >>> print(die.mean(), die.var())
    7/2 35/12
    >>> print(die.expect(lambda face: face % 2))
    1/2
    >>> print(*die.cdf([0, 1, 3.5, 6]))
    0 1/6 1/2 1
    >>> print(die.ppf(Fraction(1, 6)), die.ppf(Fraction(1, 2)))
    1 3
    >>> die.rvs(size=5, random_state=0).tolist()
    [4, 5, 4, 4, 3]
    """

    values: tuple[Any, ...]
    p: _Numbers

    def __init__(self, values: Iterable[Any], p: ArrayLike) -> None:
        object.__setattr__(self, "p", _as_table(p, "p", ndim=1))
        object.__setattr__(self, "values", _as_values(values, "values", len(self.p)))

    def expect(self, func: Callable[[Any], Any]) -> Any:
        """Return the expectation of a function of one value, which is called where the probability is positive."""
        _demand_callable(func, "one value")
        possible = [i for i, p in enumerate(self.p) if p > 0]
        return _average(self.p[possible], [func(self.values[i]) for i in possible])

    def mean(self) -> Any:
        """Return the expectation; the values must be numbers."""
        return self.p @ _as_numbers(self.values, "values", self.p)

    def var(self) -> Any:
        """Return the variance; the values must be numbers."""
        return self.p @ (_as_numbers(self.values, "values", self.p) - self.mean()) ** 2

    def cdf(self, x: ArrayLike) -> Any:
        """Return P(X <= x) for each x, which may be infinite; the values must be numbers."""
        numbers, levels, _ = self._staircase()
        return levels[np.searchsorted(numbers, _as_exact_as(numbers, x, _as_points(x)), side="right")]

    def ppf(self, q: ArrayLike) -> Any:
        """Return the quantile: the least value x with P(X <= x) >= q; the values must be numbers.

        For q = 0 it is one less than the least value of positive probability: SciPy's convention.
        """
        numbers, levels, _ = self._staircase()
        q = _as_exact_as(levels, q, as_probability(q, "q"))
        # A last step too small for floats is a step all the same.
        step = np.where(q == 1, len(numbers), np.searchsorted(levels, q, side="left"))
        return np.concatenate([numbers[:1] - 1, numbers])[step]

    def rvs(self, size: Any = None, random_state: Any = None) -> Any:
        """Return random values, one or as many as `size` says: uniform numbers, sent through `ppf`.

        They are the same as SciPy's for an integer `random_state`; None or a numpy.random.Generator will do, too.
        """
        _, levels, order = self._staircase()
        u = _as_random(random_state).uniform(size=size)
        step = np.searchsorted(levels[1:].astype(np.float64), u, side="left")
        return np.asarray(self.values)[order][step]

    def _staircase(self) -> tuple[_Numbers, _Numbers, NDArray[np.intp]]:
        """Return the possible values in ascending order, the levels of the CDF from 0 to 1, and that order."""
        numbers = _as_numbers(self.values, "values", self.p)
        order = np.argsort(numbers)
        order = order[self.p[order] > 0]
        cumulative = np.cumsum(self.p[order])
        return numbers[order], np.concatenate([cumulative[:1] * 0, cumulative / cumulative[-1]]), order


def _as_table(p: ArrayLike, name: str, ndim: int) -> _Numbers:
    given = np.asarray(p)
    table: _Numbers = as_probability(given, name)
    if given.dtype == object and _is_exact(given):
        table = _as_fractions(given)
    if table.ndim != ndim:
        wanted = "one probability for each value" if ndim == 1 else "two dimensions (values of X, values of Y)"
        raise ValueError(f"{name} must have {wanted}, got shape {table.shape}")
    _demand_sum_one(table.ravel(), name)
    table.flags.writeable = False
    return table


def _as_values(values: Iterable[Any], name: str, length: int) -> tuple[Any, ...]:
    try:
        # Python's integers cannot overflow; NumPy's can.
        given = tuple(values.tolist() if isinstance(values, np.ndarray) else values)
        distinct = set(given)
    except TypeError:
        raise TypeError(f"{name} must be a list of hashable numbers or labels, got {values!r}") from None
    if len(given) != length:
        raise ValueError(f"{name} must name {length} values, one for each probability along its axis, got {len(given)}")
    if len(distinct) != length:
        raise ValueError(f"{name} must name each value once, got {given}; add up the probabilities of equal values")
    return given


def _as_numbers(values: Iterable[Any], name: str, p: _Numbers) -> _Numbers:
    given = np.asarray(values)
    return _as_exact_as(p, given, as_real_array(given, name))


def _as_exact_as(other: _Numbers, x: ArrayLike, floats: NDArray[np.float64]) -> _Numbers:
    """Return *x* in fractions if it can be had in them and *other* holds some, else as it was read in floats."""
    given = np.asarray(x)
    return _as_fractions(given) if other.dtype == object and _is_exact(given) else floats


def _average(p: _Numbers, results: list[Any]) -> Any:
    return p @ _of_shape(_as_numbers(results, "what func returns", p), "what func returns", p.shape)


def _demand_callable(func: object, arguments: str) -> None:
    if not callable(func):
        raise TypeError(f"func must be a function of {arguments}, got {func!r}")


def _of_shape(array: _Numbers, name: str, shape: tuple[int, ...]) -> _Numbers:
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array
