"""The derivative of every NumPy function that the package knows: one table for all modes.

A rule is a tuple of partial derivatives, one an operand, as functions of the operands. The partials are written in
operators and functions that are in the table themselves; that is why a derivative can be differentiated again.

Conventions at points where a function has no derivative, those of JAX: ``abs`` has slope 1 at 0 (the branch x >= 0);
where ``maximum`` or ``minimum`` tie, each operand gets one half; ``sign``, ``floor``, ``ceil``, ``trunc`` and ``rint``
have slope 0 everywhere, at their jumps too. Where the derivative is infinite or the function is not real, `evaluate`
complains, see `DOMAIN`.
"""

import functools
import itertools
import math
import operator
import sys
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

import numpy as np

Number: TypeAlias = Any
"""An int, float, Fraction or float array, or such a number that carries a derivative (a Dual)."""

# Nested derivatives need a d of their own each: in d/dx (x · d/dy (x + y)) the inner derivative must not take the d of
# x for that of y ("perturbation confusion"; Siskind and Pearlmutter, 2008). So every differentiation gets a level, the
# inner one the higher, and an operation belongs to the highest level among its operands, for which the others are
# constants. Level 0 is the one d of the numbers that are made by hand.
new_level: Callable[[], int] = itertools.count(1).__next__


# The levels of the runs on dual numbers that are under way. A number of another one was kept from an earlier run.
OPEN_LEVELS: set[int] = {0}


def level_of(x: object) -> int:
    """Return the level whose derivative *x* carries, -1 for a plain number."""
    return getattr(x, "_level", -1)


def is_tracked(x: object) -> bool:
    """Tell whether *x* carries a derivative of some level."""
    return level_of(x) >= 0


def _power_by_base(x: Number, y: Number) -> Number:
    if np.any((x == 0) & (y > 0) & (y < 1)):
        raise ValueError(
            "power has an infinite derivative at base 0 for an exponent between 0 and 1; keep the base > 0"
        )
    # x**0 has the derivative 0 at x = 0 too, where 0 * x**(-1) would divide by zero.
    lowered = y - 1 if is_tracked(y) else y - (y != 0)
    return y * x**lowered


def _power_by_exponent(x: Number, y: Number) -> Number:
    # 0**y is 0 for all y > 0, hence flat; but only if the base stays at 0.
    flat = (x == 0) & (y > 0) & (not is_tracked(x))
    if not np.all((x > 0) | flat):
        raise ValueError("power with a differentiated exponent needs a base > 0: base**y is not real around other y")
    return x**y * np.log(1.0 * x + flat)


def _sech2(x: Number) -> Number:
    # Never overflows, as cosh would, and never cancels; but its derivative does near 0, that of the other form far out.
    decay = np.exp(-2 * abs(x))
    far = 4 * decay / (1 + decay) ** 2
    return np.where(abs(x) < 1, 1 - np.tanh(x) ** 2, far) if is_tracked(x) else far


def _one_minus_square(x: Number) -> Number:
    # Near |x| = 1 the first form cancels; near 0 the derivative of the second does. (A power series has no |x| at 0.)
    return np.where(x * x < 0.25, 1 - x * x, (1 - x) * (1 + x))


Partial: TypeAlias = Callable[..., Number]
_LN2, _LN10 = math.log(2), math.log(10)

RULES: dict[np.ufunc, tuple[Partial, ...]] = {
    np.positive: (lambda x: 1,),
    np.negative: (lambda x: -1,),
    np.add: (lambda x, y: 1, lambda x, y: 1),
    np.subtract: (lambda x, y: 1, lambda x, y: -1),
    np.multiply: (lambda x, y: y, lambda x, y: x),
    np.divide: (lambda x, y: 1 / y, lambda x, y: -x / y / y),
    np.reciprocal: (lambda x: -1 / x / x,),
    np.power: (_power_by_base, _power_by_exponent),
    np.float_power: (_power_by_base, _power_by_exponent),
    np.square: (lambda x: 2 * x,),
    np.sqrt: (lambda x: 0.5 / np.sqrt(x),),
    np.cbrt: (lambda x: 1 / (3 * np.cbrt(x) ** 2),),
    np.exp: (np.exp,),
    np.exp2: (lambda x: _LN2 * np.exp2(x),),
    np.expm1: (np.exp,),
    np.log: (lambda x: 1 / x,),
    np.log2: (lambda x: 1 / (_LN2 * x),),
    np.log10: (lambda x: 1 / (_LN10 * x),),
    np.log1p: (lambda x: 1 / (1 + x),),
    np.logaddexp: (lambda x, y: np.exp(-np.logaddexp(0, y - x)), lambda x, y: np.exp(-np.logaddexp(0, x - y))),
    np.sin: (np.cos,),
    np.cos: (lambda x: -np.sin(x),),
    np.tan: (lambda x: 1 + np.tan(x) ** 2,),
    np.arcsin: (lambda x: 1 / np.sqrt(_one_minus_square(x)),),
    np.arccos: (lambda x: -1 / np.sqrt(_one_minus_square(x)),),
    np.arctan: (lambda x: 1 / (1 + x * x),),
    np.arctan2: (
        lambda y, x: x / np.hypot(x, y) / np.hypot(x, y),
        lambda y, x: -y / np.hypot(x, y) / np.hypot(x, y),
    ),
    np.hypot: (lambda x, y: x / np.hypot(x, y), lambda x, y: y / np.hypot(x, y)),
    np.sinh: (np.cosh,),
    np.cosh: (np.sinh,),
    np.tanh: (_sech2,),
    np.arcsinh: (lambda x: 1 / np.hypot(1, x),),
    np.arccosh: (lambda x: 1 / np.sqrt(x - 1) / np.sqrt(x + 1),),
    np.arctanh: (lambda x: 1 / _one_minus_square(x),),
    np.absolute: (lambda x: 2 * (x >= 0) - 1,),
    np.fabs: (lambda x: 2 * (x >= 0) - 1,),
    np.maximum: (lambda x, y: (x > y) + (x == y) / 2, lambda x, y: (x < y) + (x == y) / 2),
    np.minimum: (lambda x, y: (x < y) + (x == y) / 2, lambda x, y: (x > y) + (x == y) / 2),
    np.sign: (lambda x: 0.0,),
    np.floor: (lambda x: 0.0,),
    np.ceil: (lambda x: 0.0,),
    np.trunc: (lambda x: 0.0,),
    np.rint: (lambda x: 0.0,),
}


class Domain(NamedTuple):
    """Where a function is real and has a finite derivative.

    *error* is what Python raises elsewhere, *symbols* are the names of the operands in *rule*, in their order.
    """

    holds: Callable[..., Any]
    rule: str
    error: type[Exception] = ValueError
    symbols: str = "xy"


DOMAIN: dict[np.ufunc, list[Domain]] = {
    np.divide: [Domain(lambda x, y: y != 0, "y != 0", ZeroDivisionError)],
    np.reciprocal: [Domain(lambda x: x != 0, "x != 0", ZeroDivisionError)],
    np.power: [
        Domain(lambda x, y: (x != 0) | (y >= 0), "x != 0 unless y >= 0", ZeroDivisionError),
        Domain(lambda x, y: (x >= 0) | (y % 1 == 0), "x >= 0 unless y is an integer"),
    ],
    np.sqrt: [Domain(lambda x: x > 0, "x > 0")],
    np.cbrt: [Domain(lambda x: x != 0, "x != 0")],
    np.log: [Domain(lambda x: x > 0, "x > 0")],
    np.log2: [Domain(lambda x: x > 0, "x > 0")],
    np.log10: [Domain(lambda x: x > 0, "x > 0")],
    np.log1p: [Domain(lambda x: x > -1, "x > -1")],
    np.arcsin: [Domain(lambda x: abs(x) < 1, "|x| < 1")],
    np.arccos: [Domain(lambda x: abs(x) < 1, "|x| < 1")],
    np.arccosh: [Domain(lambda x: x > 1, "x > 1")],
    np.arctanh: [Domain(lambda x: abs(x) < 1, "|x| < 1")],
    np.arctan2: [Domain(lambda y, x: (x != 0) | (y != 0), "x and y not both 0", symbols="yx")],
    np.hypot: [Domain(lambda x, y: (x != 0) | (y != 0), "x and y not both 0")],
}
DOMAIN[np.float_power] = DOMAIN[np.power]

_NO_POLE = Domain(lambda x: (x > 0) | (x % 1 != 0), "x not 0, -1, -2, ...")

# Python's own arithmetic keeps integers and fractions exact, at any size.
EXACT: dict[np.ufunc, Callable[..., Number]] = {
    np.positive: operator.pos,
    np.negative: operator.neg,
    np.absolute: abs,
    np.add: operator.add,
    np.subtract: operator.sub,
    np.multiply: operator.mul,
    np.divide: operator.truediv,
    np.power: operator.pow,
    np.square: lambda x: x * x,
    np.less: operator.lt,
    np.less_equal: operator.le,
    np.equal: operator.eq,
    np.not_equal: operator.ne,
    np.greater_equal: operator.ge,
    np.greater: operator.gt,
}

# Questions about the value: the answer carries no derivative.
PREDICATES = frozenset(
    {
        *(np.less, np.less_equal, np.equal, np.not_equal, np.greater_equal, np.greater),
        *(np.isfinite, np.isinf, np.isnan, np.signbit),
    }
)


@functools.cache
def _add_special_rules() -> None:
    """Enter the functions of scipy.special, which takes longer to import than NumPy, once somebody uses one."""
    import scipy.special as sc

    RULES.update(
        {
            sc.expit: (lambda x: _sech2(x / 2) / 4,),
            sc.log_expit: (lambda x: sc.expit(-x),),
            sc.logit: (lambda x: 1 / (x * (1 - x)),),
            sc.erf: (lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x),),
            sc.erfc: (lambda x: -2 / math.sqrt(math.pi) * np.exp(-x * x),),
            sc.ndtr: (lambda x: np.exp(-x * x / 2) / math.sqrt(2 * math.pi),),
            sc.gamma: (lambda x: sc.gamma(x) * sc.digamma(x),),
            sc.gammaln: (sc.digamma,),
            sc.digamma: (_trigamma,),
        }
    )
    DOMAIN.update(
        {
            sc.logit: [Domain(lambda x: (x > 0) & (x < 1), "0 < x < 1")],
            sc.gamma: [_NO_POLE],
            sc.gammaln: [_NO_POLE],
            sc.digamma: [_NO_POLE],
        }
    )


def _trigamma(x: Number) -> Number:
    if not isinstance(x, (float, int, np.ndarray)):
        raise TypeError("digamma has a rule for its first derivative only; give the second with lift(f, df)")
    return sys.modules["scipy.special"].polygamma(1, x)


def partials(ufunc: np.ufunc) -> tuple[Partial, ...]:
    """Return the partial derivatives of *ufunc*, one an operand; complain if there is no rule."""
    if ufunc not in RULES and "scipy.special" in sys.modules:
        _add_special_rules()
    if ufunc not in RULES:
        raise TypeError(
            f"{ufunc.__name__} has no derivative rule; write it in functions that have one, "
            "or give its derivative with lift(f, df)"
        )
    return RULES[ufunc]


_PLAIN = frozenset({int, float, Fraction})


def as_operand(x: Number) -> Number:
    """Return *x* as a Python number, a float array or the tracked number that it is."""
    if type(x) in _PLAIN or is_tracked(x):
        return x
    array = x if isinstance(x, (np.ndarray, np.generic)) else np.asarray(x)
    if isinstance(array, (np.ma.MaskedArray, np.matrix)):
        repair = "write np.asarray(x)" if isinstance(array, np.matrix) else "fill it, or take x[~x.mask]"
        raise TypeError(f"an operand must be an array, got a {type(array).__name__}, with rules of its own; {repair}")
    if array.dtype.kind not in "biuf":
        raise TypeError(f"an operand must hold real numbers, got {x!r}")
    if array.ndim == 0:
        return float(array) if array.dtype.kind == "f" else int(array)
    return array.astype(np.float64, copy=False)


def prepare(ufunc: np.ufunc, operands: list[Number]) -> list[Number]:
    """Return the *operands* as floats, except where Python's exact arithmetic takes them as they are."""
    if ufunc in EXACT and not any(type(x) is np.ndarray for x in operands):
        return operands
    return [float(x) if type(x) in _PLAIN else x for x in operands]


def evaluate(ufunc: np.ufunc, operands: list[Number]) -> Number:
    """Return the value of *ufunc* at *operands* that `prepare` has made; outside its `DOMAIN` complain."""
    plain = all(type(x) in _PLAIN for x in operands)
    if not plain and any(is_tracked(x) for x in operands):
        return ufunc(*operands)
    for domain in DOMAIN.get(ufunc, ()):
        check_domain(domain, ufunc.__name__, operands)
    return EXACT[ufunc](*operands) if plain and ufunc in EXACT else ufunc(*operands)


def check_domain(domain: Domain, name: str, operands: list[Number]) -> None:
    holds = domain.holds(*operands)
    if holds is True or np.all(holds):
        return
    first = tuple(int(i) for i in np.argwhere(np.logical_not(holds))[0])
    entries = (np.broadcast_to(x, np.shape(holds))[first] for x in operands)
    point = ", ".join(f"{symbol} = {entry}" for symbol, entry in zip(domain.symbols, entries, strict=False))
    where = f" in entry {list(first)}" if first else ""
    raise domain.error(f"{name} needs {domain.rule} for a finite real derivative, got {point}{where}")
