"""Reverse mode: record a run on a tape and go back through its steps."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import numpy as np

from companion._validation import as_real_array
from companion.autodiff._arguments import (
    as_argnums,
    as_output,
    as_weights,
    called,
    check_callable,
    check_mode,
    map_parts,
    of_arguments,
    parts_of,
    positions,
    unit_seeds,
)
from companion.autodiff._rules import Number, is_tracked
from companion.autodiff._tape import Tape, Var, finished
from companion.autodiff._tracked import Function, current, detached, shape_of


class Recording:
    """A run of a function that was recorded on a tape."""

    def __init__(self, f: Function, primals: Mapping[str, Any]) -> None:
        self.tape = Tape()
        self.inputs = [self.tape._input(x if is_tracked(x) else as_real_array(x, name)) for name, x in primals.items()]
        try:
            self.out = called(f, *self.inputs)
        finally:
            self.tape._is_closed = True
        self.value = map_parts(self._value_of, self.out)

    def _on_tape(self, part: Any) -> bool:
        return isinstance(part, Var) and part._tape is self.tape

    def _value_of(self, part: Any) -> Any:
        if self._on_tape(part):
            return detached(part.value)
        return current(part) if is_tracked(part) else as_output(part)

    def pull(self, adjoints: Sequence[Number]) -> tuple[Any, ...]:
        """Return the adjoints of the inputs, from those of the parts of the output."""
        seeds: dict[int, Number] = {}
        for part, adjoint in zip(parts_of(self.out), adjoints, strict=True):
            if self._on_tape(part):
                index = part._index
                seeds[index] = seeds[index] + adjoint if index in seeds else adjoint
        complete = self.tape._sweep(seeds)
        return tuple(finished(complete.get(x._index), x) for x in self.inputs)


def vjp(
    f: Function, *primals: Any, mode: Literal["tape", "source"] = "tape"
) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """Return a function's value, and the function that takes weights of its outputs back to the inputs.

    Parameters
    ----------
    f : callable
        Function of one or more numbers or arrays, written in operators and NumPy functions; it returns a number, an
        array, or a tuple or list of these.
    *primals : number or array_like
        The point x, one an argument of `f`.
    mode : {"tape", "source"}, default "tape"
        Record a run of `f` on a `Tape`, or transform its source code into that of the adjoint program (see
        `adjoint_source`), which runs for the value and again for each vector-Jacobian product.

    Returns
    -------
    primals_out : float, ndarray, or tuple or list of these
        ``f(*primals)``.
    vjp_fun : callable
        Takes weights u of the structure and shapes of the output and returns a tuple, for each argument an array of its
        shape: the vector-Jacobian product u J(x). It can be called many times; each call is one sweep back. In mode
        "source" an argument that counts (in ``range(n)`` or ``x[n]``) has None in its place: it has no derivative.

    Raises
    ------
    TypeError
        If `f` cannot be called or returns no numbers, or calls something without a derivative rule (see `Dual`).
    ValueError
        If an entry is not finite, or there is no such `mode`; from the second function, if the weights have another
        structure or shape than the output, or if in mode "source" `f` gives another value now.
    OverflowError
        If a value or a derivative exceeds the largest float.

    See Also
    --------
    jvp : The Jacobian times a direction.

    Notes
    -----
    .. math:: \\bar x = \\bar y\\, J(x)

    Run and sweep together cost a small multiple of a run of `f`, whatever the number of inputs. The tape holds what
    the sweep needs of every step, until the second function is forgotten.

    References
    ----------
    Griewank and Walther (2008), Evaluating Derivatives, ch. 3.2.

    Examples
    --------
    >>> import numpy as np
    >>> value, pull = vjp(lambda x1, x2: x1 * x2 + np.sin(x1), 2.0, 3.0)
    >>> round(value, 6)
    6.909297
    >>> pull(1.0)
    (2.5838531634528574, 2.0)
    """
    check_callable(f)
    check_mode(mode, "tape", "source")
    if mode == "source":
        from companion.autodiff._source import source_vjp

        return source_vjp(f, primals)
    recording = Recording(f, {f"primals[{i}]": x for i, x in enumerate(primals)})
    return recording.value, lambda adjoint: recording.pull(parts_of(as_weights(adjoint, recording.value)))


def jacrev(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes the Jacobian matrix of another, one sweep back an output.

    Parameters
    ----------
    f : callable
        Function as in `vjp`; further positional and keyword arguments are passed through.
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.

    Returns
    -------
    callable
        With the arguments of `f`. It returns an array of shape ``(*shape of the output, *shape of the argument)``, a
        float if both are scalars; a tuple of these if `argnums` is a sequence. If `f` returns a tuple or list, so does
        it, with one such result an entry.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer.
    ValueError
        When called: if there are too few positional arguments for `argnums`, or as in `vjp`.

    See Also
    --------
    jacfwd : The same by forward mode, for few inputs and many outputs.

    Notes
    -----
    .. math:: J_{ij} = \\frac{\\partial f_i}{\\partial x_j}

    One run of `f`, and a sweep back for each entry of the output: for many inputs and few outputs this is the mode to
    take.

    Examples
    --------
    >>> import numpy as np
    >>> F = lambda x: np.stack([x[0] * x[1], x[0] - x[1] ** 2])
    >>> jacrev(F)([2.0, 3.0])
    array([[ 3.,  2.],
           [ 1., -6.]])
    """
    derivative = value_and_jacrev(f, argnums)
    return lambda *args, **kwargs: derivative(*args, **kwargs)[1]


def value_and_jacrev(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes a function's value together with its Jacobian, by reverse mode."""
    check_callable(f)
    numbers = as_argnums(argnums)

    def derivative(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        chosen = positions(numbers, args)
        of_chosen = of_arguments(f, chosen, args, kwargs)
        recording = Recording(of_chosen, {f"argument {i}": args[i] for i in chosen})
        jacobians = iter(_jacobians(recording))
        one = not isinstance(argnums, (tuple, list))
        return recording.value, map_parts(lambda part: next(jacobians)[0 if one else slice(None)], recording.value)

    return derivative


def _jacobians(recording: Recording) -> list[tuple[Any, ...]]:
    """Return, for each part of the output, its Jacobians with respect to the inputs."""
    parts = parts_of(recording.value)
    silent = [np.zeros(shape_of(part)) for part in parts]
    results = []
    for k, part in enumerate(parts):
        seeds = unit_seeds(shape_of(part))
        sweeps = [recording.pull([*silent[:k], seed, *silent[k + 1 :]]) for seed in seeds]
        columns = zip(*sweeps, strict=True) if sweeps else ([] for _ in recording.inputs)
        results.append(
            tuple(_joined(rows, shape_of(part), x.shape) for rows, x in zip(columns, recording.inputs, strict=True))
        )
    return results


def _joined(rows: Sequence[Any], out: tuple[int, ...], shape: tuple[int, ...]) -> Any:
    if not math.prod(out):
        return np.zeros(out + shape)
    return np.reshape(np.stack(rows), out + shape) if out + shape else rows[0]
