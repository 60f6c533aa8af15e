"""What a program costs: its elementary operations, counted while it runs."""

import collections
import math
from collections.abc import Sequence
from typing import Any

from companion._validation import as_real_array
from companion.autodiff._arguments import check_callable
from companion.autodiff._array_functions import MOVING
from companion.autodiff._rules import RULES, Number, is_tracked, new_level
from companion.autodiff._tracked import Function, Linearised, Tracked, shape_of, tidied

_BY_ENTRY = frozenset(ufunc.__name__ for ufunc in RULES)
_FREE = frozenset({"getitem", "reshape", "transpose", "concatenate", "where", "scatter", *(f.__name__ for f in MOVING)})


class _Counted(Tracked):
    """A number whose operations are counted; what is computed from it is counted, too."""

    __slots__ = ("_counter",)

    _counter: "collections.Counter[str]"

    def _derived(
        self, name: str, linearised: Linearised, wanted: Sequence[int], operands: Sequence[Number]
    ) -> "_Counted":
        for operation, number in _cost(name, linearised.value, operands).items():
            self._counter[operation] += number
        return _counted(linearised.value, self._level, self._counter)


def _counted(value: Number, level: int, counter: "collections.Counter[str]") -> _Counted:
    number = object.__new__(_Counted)
    number._value, number._level, number._counter = tidied(value), level, counter
    return number


def _cost(name: str, value: Number, operands: Sequence[Number]) -> dict[str, int]:
    """Return how many operations of which kind a step takes."""
    size = math.prod(shape_of(value))
    if name in _BY_ENTRY:
        return {name: size}
    if name == "matmul":
        inner = shape_of(operands[0])[-1]
        return {"multiply": size * inner, "add": size * max(inner - 1, 0)}
    if name == "sum":
        return {"add": max(math.prod(shape_of(operands[0])) - size, 0)}
    if name in _FREE:
        return {}
    raise TypeError(f"count_operations knows no cost of {name}")


def count_operations(f: Function, *args: Any) -> "collections.Counter[str]":
    """Count the elementary operations on numbers that a run of a function takes.

    Parameters
    ----------
    f : callable
        Function written in operators and NumPy functions; derivatives of a function (`jvp`, `vjp`, `grad`, `hessian`)
        are such functions, too.
    *args : number or array_like
        The arguments. Operations on them, and on what is computed from them, are counted.

    Returns
    -------
    collections.Counter
        How many of each kind, 'add', 'multiply', 'sin', ...; its method ``total()`` gives them all. An operation on
        arrays counts once an entry; indexing, reshaping and joining are free.

    Raises
    ------
    TypeError
        If `f` cannot be called, or takes a step without a known cost, such as ``np.linalg.solve``.
    ValueError
        If an argument is not finite.

    Notes
    -----
    The derivative programs run on counted numbers: what is counted is what they really do. Constants in the text of
    the program are not counted numbers; an operation on two of them is free.

    Examples
    --------
    >>> from companion.autodiff import jvp
    >>> f = lambda x, y: x * y + x
    >>> count_operations(f, 2.0, 3.0) == {"multiply": 1, "add": 1}
    True
    >>> tangent = lambda x, y, dx, dy: jvp(f, (x, y), (dx, dy))
    >>> count_operations(tangent, 2.0, 3.0, 1.0, 0.0) == {"multiply": 3, "add": 3}
    True
    """
    check_callable(f)
    counter: collections.Counter[str] = collections.Counter()
    level = new_level()
    f(
        *(
            _counted(x if is_tracked(x) else as_real_array(x, f"argument {i}"), level, counter)
            for i, x in enumerate(args)
        )
    )
    return counter
