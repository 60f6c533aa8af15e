"""Reverse mode with less memory: parts of the run are forgotten, and run again when the sweep needs them."""

import contextlib
import dis
import functools
import math
import types
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from companion._validation import as_count
from companion.autodiff._arguments import as_output, check_callable, is_same, of_arguments
from companion.autodiff._forward import jvp
from companion.autodiff._reverse import vjp
from companion.autodiff._rules import Number, as_operand, is_tracked, level_of
from companion.autodiff._tracked import Function, Linearised, apply, detached, is_finite, plain, without_closure


def checkpoint(f: Function) -> Function:
    """Return a function that a tape records as one step, and runs again on the way back.

    Parameters
    ----------
    f : callable
        Function of numbers and arrays that returns one number or array, the same whenever it is called with the same
        arguments. Every number that is differentiated is a positional argument of it.

    Returns
    -------
    callable
        With the arguments, the value and the derivatives of `f`. The tape keeps its arguments only, not what `f`
        computes on the way. Keyword arguments are passed through; they have no derivative.

    Raises
    ------
    TypeError
        If `f` cannot be called; when called, if it uses a differentiated number that is not its argument, or returns
        anything but one number or array.
    ValueError
        If `f` returns another value when it runs again for the derivative, or a variable around it is then bound to
        another object: something that it uses has changed.

    Notes
    -----
    The name, and the use, are those of ``jax.checkpoint``. The time of the sweep grows by that of one more run of `f`.

    Examples
    --------
    >>> from companion.autodiff import grad
    >>> def power8(x):
    ...     for _ in range(3):
    ...         x = x * x
    ...     return x
    >>> grad(checkpoint(power8))(1.5) == grad(power8)(1.5)
    True
    """
    check_callable(f)

    def recomputed(*args: Any, **settings: Any) -> Any:
        for name, setting in settings.items():
            if is_tracked(setting):
                raise TypeError(f"checkpoint: {name} is differentiated; pass it by position, without its name")
        if not any(map(is_tracked, args)):
            return f(*args, **settings)
        return apply("checkpoint", functools.partial(linearise, settings, max(map(level_of, args))), *args)

    def linearise(settings: dict[str, Any], level: int, wanted: Sequence[int], *values: Number) -> Linearised:
        value = without_closure("checkpoint", _one_number(recomputed(*values, **settings)), level)
        return _linearised(f, value, settings, wanted, *values)

    return recomputed


def _linearised(
    f: Function, value: Number, settings: dict[str, Any], wanted: Sequence[int], *values: Number
) -> Linearised:
    """Return a value of a function with its derivative, for which the function runs again."""
    of_wanted = of_arguments(f, wanted, values, settings)
    chosen = [values[i] for i in wanted]
    surroundings = _surroundings(f)

    def check(again: Number) -> None:
        # On tracked numbers NumPy's functions may round otherwise: only the same call must give the same.
        if not is_same(again, value) and not is_same(f(*values, **settings), value):
            raise ValueError(_changed("gave another value"))

    def push(*tangents: Number) -> Number:
        again, tangent = jvp(of_wanted, chosen, tangents)
        check(again)
        return tangent

    def pull(adjoint: Number) -> Sequence[Number]:
        for name, bound in _surroundings(f).items():
            if not _is_bound_to(bound, surroundings.get(name, bound)):
                raise ValueError(_changed(f"had another {name}"))
        again, back = vjp(of_wanted, *chosen)
        check(again)
        return back(adjoint)

    return Linearised(value, push, pull)


def _changed(what: str) -> str:
    return (
        f"checkpoint: the function {what} when it ran again, for the derivative. What it uses must not change in "
        "between: pass it as an argument (a variable of a loop, too), and draw nothing random"
    )


def _surroundings(f: Function) -> dict[str, Any]:
    """Return what the variables around a function are bound to now, but for those that it binds itself."""
    bound = {}
    names, cells = _read_only(getattr(f, "__code__", None)), getattr(f, "__closure__", None) or ()
    for name, cell in zip(names, cells, strict=False):
        if name is not None:
            with contextlib.suppress(ValueError):  # not yet bound
                bound[name] = cell.cell_contents
    return bound


@functools.lru_cache(maxsize=256)
def _read_only(code: types.CodeType | None) -> tuple[str | None, ...]:
    """Return the names of a function's closure variables, None for those that it binds anew (a count of its runs)."""
    if code is None:
        return ()
    stored = {step.argval for step in dis.get_instructions(code) if step.opname == "STORE_DEREF"}
    return tuple(None if name in stored else name for name in code.co_freevars)


def _is_bound_to(now: Any, before: Any) -> bool:
    plain_numbers = isinstance(now, int | float) and isinstance(before, int | float)
    return now is before or (plain_numbers and now == before)


def _one_number(out: Any) -> Number:
    if isinstance(out, (tuple, list)):
        raise TypeError(
            f"checkpoint takes a function that returns one number or array, got a {type(out).__name__}; join the "
            "numbers with np.stack or np.concatenate"
        )
    return detached(as_operand(out))


class CheckpointedVjp(NamedTuple):
    """What `checkpointed_vjp` returns.

    Examples
    --------
    >>> CheckpointedVjp(1.0, lambda adjoint: adjoint, 0).n_runs
    0
    """

    value: Any
    """The last state."""
    vjp_fun: Callable[[Any], Any]
    """Takes the adjoint of the last state back to that of the first."""
    n_runs: int
    """How many times `vjp_fun` runs a step without recording it."""


def checkpointed_vjp(step: Function, x: Any, n_steps: int, n_checkpoints: int) -> CheckpointedVjp:
    """Iterate a step, and go back through the iteration with room for a few states only.

    Parameters
    ----------
    step : callable
        Function of a state, a number or an array, that returns the next state.
    x : number or array_like
        The first state.
    n_steps : int
        Number of steps, 1 or more.
    n_checkpoints : int
        How many states the sweep back may hold besides the first one, 0 or more.

    Returns
    -------
    value : float or ndarray
        The state after `n_steps` steps.
    vjp_fun : callable
        Takes the adjoint of the last state to the adjoint of the first one. One step at a time is on a tape.
    n_runs : int
        The number of steps that the sweep runs again, the least that is possible.

    Raises
    ------
    TypeError
        If `step` cannot be called or returns no number or array, or the numbers are no integers.
    ValueError
        If `n_steps` is less than 1, `n_checkpoints` is negative, or a state is not finite.

    Notes
    -----
    With room for s states, the first among them, and r runs of every step at most, an iteration of
    :math:`\\binom{s+r}{s}` steps can be reversed: if both grow like the logarithm of its length, that is enough.

    References
    ----------
    Griewank (1992), Achieving logarithmic growth of temporal and spatial complexity in reverse automatic
    differentiation, Optimization Methods and Software 1, 35-54.

    Examples
    --------
    >>> import numpy as np
    >>> value, pull, n_runs = checkpointed_vjp(np.sin, 1.0, n_steps=10, n_checkpoints=2)
    >>> round(pull(1.0), 6), n_runs
    (0.079293, 15)
    """
    check_callable(step)
    n_steps, n_checkpoints = as_count(n_steps, "n_steps"), as_count(n_checkpoints, "n_checkpoints", minimum=0)
    first, _ = vjp(lambda state: state, x)  # checks the state
    value = _advanced(step, first, n_steps)

    def back(adjoint: Any) -> Any:
        return _reversed(step, first, n_steps, n_checkpoints, adjoint)

    return CheckpointedVjp(value, back, least_runs(n_steps, n_checkpoints))


def _advanced(step: Function, state: Any, n_steps: int) -> Any:
    for _ in range(n_steps):
        with np.errstate(all="ignore"):  # an error is raised instead of NumPy's warning
            after = step(state)
        if isinstance(after, (tuple, list)):
            raise TypeError(f"step must return a number or an array, got a {type(after).__name__}; use np.stack")
        after = after if is_tracked(after) else as_output(after, "step")
        if not is_finite(after):
            raise ValueError(f"every state must be finite, but step took {plain(state)} to {after}")
        state = after
    return state


def _reversed(step: Function, state: Any, n_steps: int, n_checkpoints: int, adjoint: Any) -> Any:
    """Return the adjoint of *state*, from that of the state *n_steps* later."""
    while n_steps > 1:
        before = _best_split(n_steps, n_checkpoints) if n_checkpoints else n_steps - 1
        middle = _advanced(step, state, before)
        adjoint = _reversed(step, middle, n_steps - before, max(n_checkpoints - 1, 0), adjoint)
        n_steps = before
    return vjp(step, state)[1](adjoint)[0]


def least_runs(n_steps: int, n_checkpoints: int) -> int:
    """Return the least number of steps to run again, r n - C(s + r, s + 1) with the first state among the s."""
    states, repetitions = n_checkpoints + 1, _repetitions(n_steps, n_checkpoints)
    return repetitions * n_steps - math.comb(states + repetitions, states + 1)


def _repetitions(n_steps: int, n_checkpoints: int) -> int:
    """Return how often a step is run at most: the least r with C(s + r, s) >= n."""
    states, r = n_checkpoints + 1, 0
    while math.comb(states + r, states) < n_steps:
        r += 1
    return r


def _best_split(n_steps: int, n_checkpoints: int) -> int:
    """Return after how many steps the next checkpoint lies best."""
    states, r = n_checkpoints + 1, _repetitions(n_steps, n_checkpoints)
    # Behind it there is one state less for r repetitions, before it are all of them for r - 1: both must suffice.
    return max(n_steps - math.comb(states - 1 + r, states - 1), math.comb(states + r - 2, states), 1)
