"""Dual numbers x + x'd with d² = 0: arithmetic that carries the derivative along (forward mode)."""

from collections.abc import Sequence
from numbers import Integral, Rational
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_real_array
from companion.autodiff._rules import OPEN_LEVELS, Number, is_tracked
from companion.autodiff._tracked import Linearised, Tracked, check_finite, is_finite, over, shape_of, tidied


class Dual(Tracked):
    """The dual number ``value + tangent d`` with d² = 0.

    A program that is run on ``Dual(x, 1.0)`` instead of ``x`` returns its value and, as tangent, its derivative at x.
    Arithmetic, comparisons (they look at the value), NumPy's elementary functions and many array functions work.

    Parameters
    ----------
    value : number or array_like
        The real part x. Integers and fractions stay exact in arithmetic; arrays of any shape are held as float64.
    tangent : number or array_like, broadcast to the shape of `value`, default 0.0
        The dual part x', in units of `value` per unit of the seed: the derivative along the direction of the seed.

    Raises
    ------
    ValueError
        If a part is not finite or the tangent does not broadcast to the value's shape; later, where a function is not
        real or its slope is infinite (``np.log`` and ``np.sqrt`` need a value > 0), or where nan would arise.
    OverflowError
        Later, where a part becomes infinite though no operand is: ``1 / Dual(1e-200, 1.0)`` has the tangent -1e400.
    ZeroDivisionError
        Division by a number with value 0, as for floats; also if just one entry of an array is 0.
    TypeError
        If a part is no real number; later, where the derivative would be lost: ``float``, `math`, ``np.array([x])``
        (use ``np.stack``), writing into an array, a function without a rule.

    Notes
    -----
    .. math:: f(x + \\dot x\\,d) = f(x) + f'(x)\\,\\dot x\\,d, \\qquad d^2 = 0

    The dual numbers are a ring and no field: ``0 + x'd`` has no inverse. All duals made by hand share one d; do not
    nest derivatives with them, but with `grad` or `jvp`, which keep theirs apart.

    Arrays: indexing, iteration, ``@``, ``.T``, and NumPy's sum, mean, var, std, cumsum, diff, prod, max, min, sort,
    clip, where, stack, concatenate, reshape, dot, inner, outer, tensordot, cross, convolve, polyval and their like, and
    solve, inv, det, slogdet and norm of ``numpy.linalg``.

    At a kink the tangent is a convention, JAX's: ``abs`` has slope 1 at 0, operands of ``maximum`` and ``minimum``
    that tie get half each, steps such as ``sign`` and ``floor`` have slope 0. Python's ``max`` and ``min`` are
    branches: on a tie they return their first argument.

    References
    ----------
    Clifford (1873), Preliminary sketch of biquaternions; Griewank and Walther (2008), Evaluating Derivatives, ch. 3.

    Examples
    --------
    >>> Dual(2, 3) * Dual(4, 5)
    Dual(8, 22)
    >>> 1 / Dual(2, 3)
    Dual(0.5, -0.75)
    >>> import numpy as np
    >>> np.exp(Dual(0.0, 1.0))
    Dual(1.0, 1.0)
    >>> np.array([1.0, 2.0]) * Dual(3.0, 1.0)
    Dual(array([3., 6.]), array([1., 2.]))
    """

    __slots__ = ("_tangent",)

    def __init__(self, value: ArrayLike | Rational, tangent: ArrayLike | Rational = 0.0) -> None:
        self._value = _as_part(value, "value")
        self._tangent = _as_part(tangent, "tangent")
        self._level = 0
        try:
            self._tangent = _fitted(self._tangent, self.shape)
        except ValueError:
            raise ValueError(
                f"tangent must broadcast to the shape {self.shape} of value, got {shape_of(self._tangent)}"
            ) from None

    @property
    def value(self) -> Any:
        """The real part."""
        return self._value

    @property
    def tangent(self) -> Any:
        """The dual part, of the same shape."""
        return self._tangent

    @property
    def _is_over(self) -> bool:
        return self._level not in OPEN_LEVELS

    def __repr__(self) -> str:
        return f"Dual({self._value!r}, {self._tangent!r})"

    def _derived(self, name: str, linearised: Linearised, wanted: Sequence[int], operands: Sequence[Number]) -> "Dual":
        if self._is_over:
            raise TypeError(over(name, "Dual"))
        tangent = linearised.push(*(operands[i].tangent for i in wanted))
        return make_dual(linearised.value, tangent, self._level, *operands)


def make_dual(value: Number, tangent: Number, level: int, *operands: Number) -> Dual:
    """Return the Dual of *level*, whose parts may be duals of lower levels; complain of nan and of overflow.

    An infinite part is an overflow, unless one of the *operands* that it was computed from is infinite.
    """
    dual = object.__new__(Dual)
    dual._value = tidied(value)
    dual._tangent = _fitted(tangent, dual.shape)
    dual._level = level
    if not all(map(is_finite, (dual._value, dual._tangent))):
        parts = [part for x in operands for part in _parts_of(x)]
        check_finite(dual._value, "a Dual", *parts)
        check_finite(dual._tangent, "a Dual", *parts)
    return dual


def _parts_of(x: Number) -> list[Number]:
    return [*_parts_of(x.value), *_parts_of(x.tangent)] if isinstance(x, Dual) else [x]


def _as_part(x: Any, name: str) -> Number:
    if is_tracked(x):
        raise TypeError(
            f"{name} is a {type(x).__name__} already; nest derivatives with grad or jvp, which keep their d's apart"
        )
    if isinstance(x, Integral):
        return int(x)
    if isinstance(x, Rational):
        return x
    return tidied(as_real_array(x, name))


def _fitted(tangent: Any, shape: tuple[int, ...]) -> Number:
    tangent = tidied(tangent)
    return tangent if shape_of(tangent) == shape else tidied(np.broadcast_to(tangent, shape))
