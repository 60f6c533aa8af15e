"""The tape: a run's elementary steps, written down so that derivatives can go back from the result (reverse mode)."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real_array
from companion.autodiff._rules import Number, level_of, new_level
from companion.autodiff._tracked import Linearised, Tracked, check_finite, detached, is_finite, over, tidied


class Step(NamedTuple):
    """One elementary step of a run.

    Examples
    --------
    >>> Tape().variable(2.0)._tape.steps[0].name
    'input'
    """

    name: str
    """The operation; 'input' for a variable."""
    value: Number
    parents: tuple[int, ...]
    """The steps that it was computed from."""
    constants: tuple[Number | None, ...]
    """The operands, None where a parent stands."""
    pull: Callable[[Number], Sequence[Number]]
    """Takes the adjoint of the value to what it adds to the adjoints of the parents."""


class Var(Tracked):
    """A number or an array on a `Tape`: whatever is computed from it is written down there.

    Variables come from `Tape.variable`. Operators and the NumPy functions that `Dual` knows work on them, with its
    conventions at kinks and its errors. The tape of `grad`, `vjp` or `jacrev` is closed when the function has run: a
    variable that it kept cannot be used any more.

    Examples
    --------
    >>> import numpy as np
    >>> x = Tape().variable(2.0)
    >>> np.log(x * x)
    Var(1.3862943611198906)
    """

    __slots__ = ("_index", "_tape")

    _tape: "Tape"
    _index: int

    def __init__(self) -> None:
        raise TypeError("a Var belongs to a tape: write Tape().variable(x)")

    @property
    def _is_over(self) -> bool:
        return self._tape._is_closed

    def __repr__(self) -> str:
        return f"Var({self._value!r})"

    def _kept(self, array: NDArray[Any]) -> NDArray[Any]:
        return self._tape._kept(array)

    def _derived(self, name: str, linearised: Linearised, wanted: Sequence[int], operands: Sequence[Number]) -> "Var":
        parents = tuple(operands[i]._index for i in wanted)
        constants = tuple(None if i in wanted else x for i, x in enumerate(operands))
        value = tidied(linearised.value)
        if not is_finite(value):
            check_finite(value, f"{name} on the tape", *(x.value if isinstance(x, Var) else x for x in operands))
        return self._tape._append(Step(name, value, parents, constants, linearised.pull))


class Tape:
    """The list of the elementary steps of a run, in their order (Wengert list), for the reverse mode.

    Run a program on variables of the tape; then sweep back through the steps. `grad` and `vjp` do both.

    Notes
    -----
    With :math:`\\bar w_j = \\partial y / \\partial w_j`, the adjoint of step j, the sweep starts from
    :math:`\\bar y = 1` and goes through the steps from the last to the first,

    .. math:: \\bar w_j \\mathrel{+}= \\bar w_i \\frac{\\partial w_i}{\\partial w_j} \\quad (w_i \\text{ uses } w_j)

    so every adjoint is complete before it is passed on. The tape holds the value of every step: memory grows with the
    number of steps. Arrays of the program that are no variables are copied when a step uses them (once, while they do
    not change), so the program may write over them afterwards; into the values on the tape nobody can write.

    References
    ----------
    Wengert (1964), A simple automatic derivative evaluation program, CACM 7, 463-464; Griewank and Walther (2008),
    Evaluating Derivatives, ch. 3.2.

    Examples
    --------
    >>> import numpy as np
    >>> tape = Tape()
    >>> x1, x2 = tape.variable(2.0), tape.variable(3.0)
    >>> y = x1 * x2 + np.sin(x1)
    >>> [step.name for step in tape.steps]
    ['input', 'input', 'multiply', 'sin', 'add']
    >>> tape.gradient(y, [x1, x2])
    [2.5838531634528574, 2.0]
    """

    def __init__(self) -> None:
        self._level = new_level()
        self._steps: list[Step] = []
        self._is_closed = False
        self._copies: dict[Any, NDArray[Any]] = {}

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps so far: name, value, parents (positions of earlier steps), constants and pull."""
        return tuple(self._steps)

    def variable(self, value: ArrayLike | Tracked) -> Var:
        """Return a new input with this value.

        Parameters
        ----------
        value : number or array_like
            Finite real numbers; held as a float or a float array.

        Returns
        -------
        Var
            The variable.

        Raises
        ------
        ValueError
            If an entry is not finite.
        TypeError
            If an entry is no real number.

        Examples
        --------
        >>> Tape().variable([1, 2])
        Var(array([1., 2.]))
        """
        return self._input(value if isinstance(value, Tracked) else as_real_array(value, "value"))

    def gradient(self, y: Var, inputs: Sequence[Var], adjoint: ArrayLike | Tracked = 1.0) -> list[Any]:
        """Return the derivatives of a result by inputs, in one sweep back.

        Parameters
        ----------
        y : Var
            The result, on this tape.
        inputs : sequence of Var
            Variables of this tape, or results of its steps.
        adjoint : number or array_like of the shape of `y`, default 1.0
            The seed: weights of the entries of `y`, if it is an array.

        Returns
        -------
        list of float or ndarray
            For each input an array of its shape, in units of `y` per unit of the input; 0 where `y` does not depend on
            it.

        Raises
        ------
        TypeError
            If `y` or an input is no variable of this tape, or `inputs` is no sequence.
        ValueError
            If the seed has another shape than `y`, or a derivative is nan.
        OverflowError
            If a derivative exceeds the largest float.

        Examples
        --------
        >>> tape = Tape()
        >>> x = tape.variable(3.0)
        >>> tape.gradient(x * x, [x])
        [6.0]
        """
        if isinstance(inputs, Tracked):
            raise TypeError(f"inputs must be a sequence of variables, got {inputs!r}; for one variable write [x]")
        for name, var in [("y", y), *((f"inputs[{i}]", x) for i, x in enumerate(inputs))]:
            if level_of(var) != self._level:
                raise TypeError(f"{name} must be a variable of this tape, got {var!r}")
        seed = adjoint if isinstance(adjoint, Tracked) else as_real_array(adjoint, "adjoint")
        if seed.shape != y.shape:
            raise ValueError(f"adjoint must have the shape {y.shape} of y, got {seed.shape}")
        adjoints = self._sweep({y._index: seed}, {x._index for x in inputs})
        return [finished(adjoints.get(x._index), x) for x in inputs]

    def _input(self, value: Number) -> Var:
        return self._append(Step("input", tidied(value), (), (), lambda adjoint: []))

    def _kept(self, array: NDArray[Any]) -> NDArray[Any]:
        """Return a copy, since the program may write over the array; while it has not, the one of last time."""
        if not array.flags.writeable and array.base is None:
            return array
        place = array.__array_interface__["data"][0], array.shape, array.strides, array.dtype
        last = self._copies.get(place)
        if last is None or not _are_same(last, array):
            self._copies[place] = last = array.copy(order="K")
            last.flags.writeable = False
        return last

    def _append(self, step: Step) -> Var:
        if self._is_closed:
            raise TypeError(over(step.name, "Var"))
        if isinstance(step.value, np.ndarray):
            step.value.flags.writeable = False
        var = object.__new__(Var)
        var._tape, var._level, var._index, var._value = self, self._level, len(self._steps), step.value
        self._steps.append(step)
        return var

    def _sweep(self, seeds: Mapping[int, Number], wanted: Collection[int] = ()) -> dict[int, Number]:
        """Return the adjoints of the inputs and of the steps *wanted*, from those of some steps."""
        adjoints = dict(seeds)
        with np.errstate(over="ignore", invalid="ignore"):  # `finished` raises an error instead
            for i in range(max(adjoints, default=-1), -1, -1):
                step = self._steps[i]
                if i not in adjoints or not step.parents:
                    continue
                # All later steps are done, so it is complete; where nobody asked for it, it is forgotten.
                adjoint = adjoints[i] if i in wanted else adjoints.pop(i)
                for parent, part in zip(step.parents, step.pull(adjoint), strict=True):
                    adjoints[parent] = adjoints[parent] + part if parent in adjoints else part
        return adjoints


def _are_same(a: NDArray[Any], b: NDArray[Any]) -> bool:
    """Compare floats by their bits: 0.0 and -0.0 differ, and nan is itself."""
    if a.dtype == np.float64:
        a, b = a.view(np.int64), b.view(np.int64)
    return np.array_equal(a, b)


def finished(adjoint: Number | None, x: Var) -> Any:
    """Return the complete adjoint of an input, 0 if there is none; complain of nan and of overflow."""
    if adjoint is None:
        return np.zeros(x.shape) if x.shape else 0.0
    adjoint = tidied(adjoint)
    check_finite(adjoint, "a derivative")
    # It can be a read-only view.
    return detached(adjoint)
