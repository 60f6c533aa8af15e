"""Expectations of functions: quadrature along the quantiles of a continuous law, a sum over a discrete one."""

from collections.abc import Callable
from functools import cache
from math import exp, expm1, inf, log
from typing import Any, NamedTuple

import numpy as np
from numpy.polynomial import Legendre
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
_Function = Callable[[Any], Any]

# Tails of a smaller probability are left out, where func lets them be negligible.
LEAST = 1e-300
_LONGEST = -log(LEAST)
# The last term must be less than this part of the whole.
_NEGLIGIBLE = 1e-14
# What a quadrature aims at in each interval and must reach in all, as parts of E|func(X)|; when it halves no more.
_AIM, _GOAL = 1e-13, 1e-9
_NARROWEST, _MOST_INTERVALS = 1e-13, 500
# The most values that a sum runs over.
_MOST_VALUES = 10_000_000

_DIVERGES = (
    "func must have an expectation, but func(x) times the probability does not become negligible at an end of the "
    "support: E|func(X)| is infinite, or it converges too slowly for floats; bound the range with lb and ub"
)
_TOO_FAR = f"lb and ub must enclose a probability of {LEAST:g} or more: farther out floats cannot follow"


class Tail(NamedTuple):
    """A part of a law on one side of its median: the quantiles of the tail probabilities e^-t, t from start to stop.

    The last float before the end of the support is the edge, and from t = edge_at on every quantile is rounded to it.
    """

    quantile: Callable[[_Floats], _Floats]
    start: float
    stop: float
    edge: float
    edge_at: float

    @property
    def probability(self) -> float:
        """Return the probability of this part."""
        return -exp(-self.start) * expm1(self.start - self.stop)


def expect_continuous(func: _Function, tails: list[Tail], conditional: bool) -> np.float64:
    """Return the integral of func over the tails, divided by their probability if it is conditional."""
    parts = [tail for tail in tails if tail.start < tail.stop]
    whole = sum(_over_tail(func, tail) for tail in parts)
    return _per(whole, sum(tail.probability for tail in parts), conditional)


def _over_tail(func: _Function, tail: Tail) -> float:
    """Return the integral of func(Q(e^-t)) e^-t over t: with u = e^-t, that of func(Q(u)) over u.

    The quantile function Q takes in the density with its peaks and poles, and t spreads the tail out, where func may be
    large: what is left to integrate is smooth where func is.
    """

    def integrand(t: _Floats) -> _Floats:
        probabilities = np.exp(-t)
        values = [value_at(func, x) for x in tail.quantile(probabilities).ravel().tolist()]
        return np.reshape(values, t.shape) * probabilities

    start, stop = tail.start, min(tail.stop, _LONGEST)
    if start >= stop:
        raise ValueError(_TOO_FAR)
    cuts = np.array([start, *(2.0**k for k in range(10) if start < 2.0**k < stop), stop])
    value, error, size = _integrate(integrand, cuts)
    if stop < tail.stop and abs(integrand(np.array([stop])))[0] > _NEGLIGIBLE * size:
        raise ValueError(_DIVERGES)
    _demand_no_pole(func, tail, size)
    if not error <= _GOAL * size:
        raise ValueError(
            f"func must be smooth enough for quadrature, which leaves an error of {error:.1g} in {value:.6g}; "
            "split the range with lb and ub where func jumps or swings"
        )
    return value


def _integrate(integrand: Callable[[_Floats], _Floats], cuts: _Floats) -> tuple[float, float, float]:
    """Return the integral from the first to the last cut, its error, and about the integral of the absolute value.

    Two of Lobatto's rules at once: an interval on which they differ is halved. They look at its ends, too, and one has
    an odd, the other an even number of nodes, so that a jump makes them differ wherever it is. All intervals go into
    one call of the integrand, and with it of the quantile function, which is what takes time; SciPy's integrators make
    one for each interval, or for each node.
    """
    nodes, weights = (np.concatenate(pair) for pair in zip(_lobatto(11), _lobatto(20), strict=True))
    many = np.arange(nodes.size) >= 11
    left, right = cuts[:-1], cuts[1:]
    value = error = size = 0.0
    while left.size:
        middle, half = (left + right) / 2, (right - left) / 2
        parts = integrand(middle[:, None] + half[:, None] * nodes) * weights * half[:, None]
        integral = parts[:, many].sum(axis=1)
        gap = np.abs(integral - parts[:, ~many].sum(axis=1))
        size = max(size, float(np.abs(parts[:, many]).sum()))
        halve = (gap > _AIM * size) & (half > _NARROWEST) & (left.size <= _MOST_INTERVALS)
        value += float(integral[~halve].sum())
        error += float(gap[~halve].sum())
        left, right = np.r_[left[halve], middle[halve]], np.r_[middle[halve], right[halve]]
    return value, error, size


@cache
def _lobatto(n: int) -> tuple[_Floats, _Floats]:
    """Return the nodes and weights of Lobatto's rule on [-1, 1], exact for polynomials up to the degree 2n - 3."""
    legendre = Legendre.basis(n - 1)
    nodes = np.concatenate([[-1.0], legendre.deriv().roots(), [1.0]])
    return nodes, 2 / (n * (n - 1) * legendre(nodes) ** 2)


def _demand_no_pole(func: _Function, tail: Tail, size: float) -> None:
    """Complain if func still changes at the edge: then what lies beyond is lost to rounding."""
    if tail.edge_at < min(tail.stop, _LONGEST):
        neighbour = float(np.nextafter(tail.edge, tail.quantile(np.array(0.5))))
        change = value_at(func, tail.edge) - value_at(func, neighbour)
        if abs(change) * exp(-tail.edge_at) > _GOAL * size:
            raise ValueError(
                f"func must stay finite at the end of the support, got a pole at {tail.edge}: the expectation is "
                "infinite, or floats cannot resolve it there; leave the end out with lb or ub, or shift it to 0"
            )


class Sum(NamedTuple):
    """The values of a discrete law that are summed: those to be summed, and those of a probability that counts."""

    pmf: Callable[[_Floats], Any]
    bounds: tuple[float, float]
    ends: tuple[float, float]


def expect_discrete(func: _Function, values: Sum, conditional: bool) -> np.float64:
    """Return the sum of func(k) pmf(k), divided by the probability of its range if it is conditional."""
    first, last = np.maximum(values.bounds[0], values.ends[0]), np.minimum(values.bounds[1], values.ends[1])
    if first > last:
        if values.bounds[0] <= values.bounds[1]:
            raise ValueError(_TOO_FAR)
        return _per(0.0, 0.0, conditional)
    if last - first >= _MOST_VALUES:
        raise ValueError(f"lb and ub must leave at most {_MOST_VALUES} values to sum, got {last - first + 1:.3g}")
    k = np.arange(first, last + 1)
    mass = values.pmf(k)
    terms = mass * [value_at(func, int(i)) if p > 0 else 0.0 for i, p in zip(k, mass, strict=True)]
    cut = np.array([first > values.bounds[0], last < values.bounds[1]])
    if np.any(cut & (np.abs(terms[[0, -1]]) > _NEGLIGIBLE * np.abs(terms).sum())):
        raise ValueError(_DIVERGES)
    return _per(terms.sum(), mass.sum(), conditional)


def _per(whole: float, probability: float, conditional: bool) -> np.float64:
    if conditional and probability == 0:
        raise ValueError("lb and ub must enclose a positive probability for a conditional expectation, got 0")
    return np.float64(whole / probability if conditional else whole)


def value_at(func: _Function, x: float) -> float:
    """Return func(x) as a float; complain if it is no finite real number."""
    value = func(x)
    if not isinstance(value, float):
        value = _as_float(value, x)
    if not abs(value) < inf:
        raise ValueError(
            f"func must return a finite number, got {value} for {x}: if it grows faster than the probabilities "
            "fall, the expectation is infinite; else leave such values out by lb and ub"
        )
    return value


def _as_float(value: Any, x: float) -> float:
    array = np.asarray(value)
    if array.ndim:
        raise ValueError(f"func must return one number for one value, got an array of shape {array.shape}")
    if array.dtype.kind not in "biufO" or value is None:
        raise TypeError(f"func must return a real number, got {value!r} for {x}")
    try:
        return float(value)
    except OverflowError:
        return inf
