"""Reverse mode with less memory: parts of the run are forgotten, and run again when the sweep needs them."""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from companion.autodiff._arguments import check_callable, of_arguments
from companion.autodiff._forward import jvp
from companion.autodiff._reverse import vjp
from companion.autodiff._rules import Number, is_tracked
from companion.autodiff._tracked import Function, Linearised, apply, detached


def checkpoint(f: Function) -> Function:
    """Return a function that a tape records as one step, and runs again on the way back.

    Parameters
    ----------
    f : callable
        Function of numbers and arrays that returns one number or array, the same whenever it is called with the same
        arguments.

    Returns
    -------
    callable
        With the arguments, the value and the derivatives of `f`. The tape keeps its arguments only, not what `f`
        computes on the way.

    Raises
    ------
    TypeError
        If `f` cannot be called.

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

    def recomputed(*args: Any) -> Any:
        return apply("checkpoint", linearise, *args) if any(map(is_tracked, args)) else f(*args)

    def linearise(wanted: Sequence[int], *values: Number) -> Linearised:
        of_wanted = of_arguments(f, wanted, values, {})
        chosen = [values[i] for i in wanted]

        def pull(adjoint: Number) -> Sequence[Number]:
            return vjp(of_wanted, *chosen)[1](adjoint)

        return Linearised(detached(recomputed(*values)), lambda *tangents: jvp(of_wanted, chosen, tangents)[1], pull)

    return recomputed


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
        If `step` cannot be called, or the numbers are no integers.
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
    for name, number, least in (("n_steps", n_steps, 1), ("n_checkpoints", n_checkpoints, 0)):
        if isinstance(number, bool) or not hasattr(number, "__index__"):
            raise TypeError(f"{name} must be an integer, got {number!r}")
        if number < least:
            raise ValueError(f"{name} must be {least} or more, got {number}")
    first, _ = vjp(lambda state: state, x)  # checks the state
    value = _advanced(step, first, n_steps)

    def back(adjoint: Any) -> Any:
        return _reversed(step, first, n_steps, n_checkpoints, adjoint)

    return CheckpointedVjp(value, back, least_runs(n_steps, n_checkpoints))


def _advanced(step: Function, state: Any, n_steps: int) -> Any:
    for _ in range(n_steps):
        state = step(state)
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
