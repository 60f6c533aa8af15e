"""Source transformation: from the text of a function, the text of its tangent and adjoint programs."""

import functools
import types
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from companion._validation import as_real_array
from companion.autodiff._arguments import as_output, as_weights, check_callable, is_same, map_parts, parts_of, scalar
from companion.autodiff._rules import is_tracked
from companion.autodiff._source_adjoint import AdjointWriter
from companion.autodiff._source_lowering import Program, lowered
from companion.autodiff._source_program import Source
from companion.autodiff._source_tangent import TangentWriter
from companion.autodiff._tracked import Function, check_finite, detached, shape_of, tidied


def tangent_source(f: Function) -> str:
    """Return the Python text of a function's tangent program.

    Parameters
    ----------
    f : callable
        Python function, by ``def`` or ``lambda``, whose source can be read; of numbers, or of arrays entry by entry.

    Returns
    -------
    str
        A function with the name of `f` and ``_d``, its parameters ``x1, x2, ...`` and their tangents ``dx1, dx2, ...``;
        it returns value and tangent. The functions that `f` calls come before it.

    Raises
    ------
    TypeError
        If `f` is no Python function, its source is not found, or it holds something that has no rule; the message
        names line, construct and repair.

    See Also
    --------
    tangent_program : The text, compiled.
    adjoint_source : The reverse mode.

    Notes
    -----
    Every elementary step is followed by its tangent (preceded, if the step overwrites an operand):

    .. math:: w = \\varphi(u, v): \\qquad \\dot w = \\varphi_u \\dot u + \\varphi_v \\dot v

    Long expressions are split into steps w3, w4, ..., numbered on from the inputs. Arrays are values: x += y makes a
    new x, and what the program calls must not write into its arrays; where Python would change an array under two
    names, or a list, an error says so. The language: assignments (of tuples too), ``+ - * / **``, elementary
    functions of NumPy, `scipy.special` and `math`, ``np.sum(x)``, ``np.where``, `abs`, `max` and `min` of two numbers,
    entries ``x[i]``, calls of other Python functions, ``if``, ``for``, ``while``, ``break``, ``continue``, ``return``
    anywhere, and whatever does not depend on the arguments. Comparisons are not differentiated. A parameter in
    ``range(n)`` or ``x[n]`` counts and has no tangent. At kinks, conventions as in `Dual`.

    References
    ----------
    Griewank and Walther (2008), Evaluating Derivatives, ch. 6.2; Hascoët and Pascual (2013), The Tapenade tool, ACM
    TOMS 39(3), 20.

    Examples
    --------
    >>> import numpy as np
    >>> def f(x1, x2):
    ...     return x1 * x2 + np.sin(x1)
    >>> print(tangent_source(f))
    def f_d(x1, x2, dx1, dx2):
        w3 = x1 * x2
        dw3 = dx1 * x2 + x1 * dx2
        w4 = np.sin(x1)
        dw4 = np.cos(x1) * dx1
        w5 = w3 + w4
        dw5 = dw3 + dw4
        return w5, dw5
    """
    return _Translation(f, "tangent").text()


def adjoint_source(f: Function, broadcast: bool = False) -> str:
    """Return the Python text of a function's adjoint program.

    Parameters
    ----------
    f : callable
        Function as in `tangent_source`.
    broadcast : bool, default False
        Whether arrays of different shapes may meet, so that adjoints must be summed over the axes along which an
        operand was broadcast. Without it the text is that for numbers; with arrays it is right only where all of them,
        and the seed, have the same shape.

    Returns
    -------
    str
        A function with the name of `f` and ``_b``, its parameters and the adjoint of the result, which is 1 by default.
        It returns the value and the adjoints of all parameters (but of those that count).

    Raises
    ------
    TypeError
        As in `tangent_source`.

    See Also
    --------
    adjoint_program : The text, compiled.

    Notes
    -----
    With adjoints :math:`\\bar w = \\partial y / \\partial w`, each step is answered by a step back:

    .. math:: w = \\varphi(u, v): \\qquad \\bar u \\mathrel{+}= \\varphi_u \\bar w, \\quad
        \\bar v \\mathrel{+}= \\varphi_v \\bar w

    The forward sweep computes the value. It pushes on a stack what the reverse sweep needs and would not find: values
    that are overwritten, and which way branches and loops went. The reverse sweep runs through the steps from the last
    to the first and pops it off again. A called function is run once forward, and again by its own adjoint program: it
    must be pure (no random numbers). Unless all that it calls surely is, its two values are compared. One that is
    called with constants has an adjoint program of its own, which computes the other adjoints only.

    References
    ----------
    Hascoët and Pascual (2013), The Tapenade tool, ACM TOMS 39(3), 20; Griewank and Walther (2008), Evaluating
    Derivatives, ch. 6.2.

    Examples
    --------
    >>> def power(x, n):
    ...     p = 1.0
    ...     for k in range(n):
    ...         p = p * x
    ...     return p
    >>> print(adjoint_source(power))
    def power_b(x, n, power_bar=1.0):
        stack = []
        p = 1.0
        for k in range(n):
            stack.append(p)
            p = p * x
        value = p
        # reverse sweep
        p_bar = power_bar
        x_bar = 0.0
        for k in reversed(range(n)):
            p = stack.pop()
            x_bar = x_bar + p * p_bar
            p_bar = p_bar * x
        return value, x_bar
    """
    return _Translation(f, "adjoint", broadcast).text()


def tangent_program(f: Function) -> Function:
    """Return a function's tangent program, compiled from `tangent_source`.

    Parameters
    ----------
    f : callable
        Function as in `tangent_source`.

    Returns
    -------
    callable
        ``f_d(x1, x2, ..., dx1, dx2, ...)``, which returns value and tangent. Globals and closure variables of `f` have
        in it the values of now.

    Raises
    ------
    TypeError
        As in `tangent_source`.

    Examples
    --------
    >>> f_d = tangent_program(lambda x, y: x * y)
    >>> f_d(2.0, 3.0, 1.0, 0.0)
    (6.0, 3.0)
    """
    return _Translation(f, "tangent").compiled()


def adjoint_program(f: Function, broadcast: bool = True) -> Function:
    """Return a function's adjoint program, compiled from `adjoint_source`.

    Parameters
    ----------
    f : callable
        Function as in `tangent_source`.
    broadcast : bool, default True
        As in `adjoint_source`, but with another default: the program takes arrays of all shapes that NumPy broadcasts.
        False makes it faster, for numbers, and for arrays of one shape with a seed of that shape.

    Returns
    -------
    callable
        ``f_b(x1, x2, ..., f_bar=1.0)``, which returns the value and all adjoints, each of the shape of its parameter
        (or the number 0, where the result does not depend on it). Globals and closure variables of `f` have in it the
        values of now.

    Raises
    ------
    TypeError
        As in `tangent_source`.

    Examples
    --------
    >>> f_b = adjoint_program(lambda x, y: x * y)
    >>> f_b(2.0, 3.0)
    (6.0, 3.0, 2.0)
    >>> import numpy as np
    >>> f_b(2.0, np.array([3.0, 4.0]), np.array([1.0, 10.0]))[1]
    np.float64(43.0)
    """
    return _Translation(f, "adjoint", broadcast).compiled()


Wanted: TypeAlias = tuple[int, ...] | None
"""The positions of the parameters to differentiate by; None for all."""


class _Translation:
    """The transformed programs of a function and of the functions that it calls."""

    def __init__(self, f: Function, mode: str, broadcast: bool = False, wanted: Wanted = None) -> None:
        check_callable(f)
        self.mode, self.broadcast = mode, broadcast
        self.names: dict[tuple[Function, Wanted, tuple[int, ...]], str] = {}
        self.programs: dict[str, tuple[Program, list[str]]] = {}
        # What is not differentiated may be anything.
        others = range(len(Source(f).parameters)) if wanted is not None else ()
        self.main = self.name_of(f, wanted, tuple(i for i in others if i not in (wanted or ())))
        self.program = self.programs[self.main][0]
        for name, (program, _) in self.programs.items():
            if program.source.original_names & set(self.programs):
                raise TypeError(f"{program.source.name} cannot be transformed: it uses the name {name}; rename that")

    def name_of(self, f: Function, wanted: Wanted, lists: tuple[int, ...]) -> str:
        """Return the name of the transformed function, which is written if it is new."""
        if (f, wanted, lists) in self.names:
            return self.names[f, wanted, lists]
        program = lowered(f, wanted, lists)
        name = program.source.name + ("_d" if self.mode == "tangent" else "_b")
        while name in self.names.values():
            name += "_"
        self.names[f, wanted, lists] = name
        if self.mode == "tangent":
            lines = TangentWriter(program, name, self.name_of).lines()
        else:
            lines = AdjointWriter(program, name, self.name_of, self.broadcast).lines()
        # The functions that it calls have entered theirs by now.
        self.programs[name] = program, lines
        return name

    def text(self) -> str:
        """Return the text of all."""
        return "\n\n\n".join("\n".join(lines) for _, lines in self.programs.values())

    def is_current(self) -> bool:
        """Tell whether all functions, and what they use, are still the same."""
        return all(program.source.is_current() for program, _ in self.programs.values())

    @functools.cached_property
    def _codes(self) -> dict[str, types.CodeType]:
        return {name: compile("\n".join(lines), f"<{name}>", "exec") for name, (_, lines) in self.programs.items()}

    def compiled(self) -> Function:
        """Return the function, with the others in its reach, each in the namespace of its original."""
        spaces: dict[str, dict[str, Any]] = {}
        for name, (program, _) in self.programs.items():
            spaces[name] = space = dict(program.source.scope)
            # Arrays as they are now: others may write over them before the sweep back.
            used = program.source.original_names & space.keys()
            space.update({key: space[key].copy() for key in used if isinstance(space[key], np.ndarray)})
            exec(self._codes[name], space)
        functions = {name: space[name] for name, space in spaces.items()}
        for space in spaces.values():
            space.update(functions)
        main: Function = functions[self.main]
        return main


Translations: TypeAlias = dict[tuple[Wanted, bool], _Translation]
"""The adjoint programs of a function: by which parameters, and whether for arrays of different shapes."""

# --- for jvp, vjp and grad ------------------------------------------------------------------------------------------


def source_jvp(f: Function, primals: Sequence[Any], tangents: Sequence[Any]) -> tuple[Any, Any]:
    """Return value and derivative along a direction, from the tangent program; arguments as in `jvp`."""
    translation = _Translation(f, "tangent", wanted=_first(len(primals)))
    program = translation.program
    points = _arguments(program, primals, {})
    directions = []
    for i, (name, v) in enumerate(zip(program.source.parameters, tangents, strict=False)):
        direction = as_real_array(v, f"tangents[{i}]")
        if direction.shape != shape_of(points[i]):
            raise ValueError(
                f"tangents[{i}] must have the shape {shape_of(points[i])} of primals[{i}], got {direction.shape}"
            )
        if name in program.inputs:
            directions.append(tidied(direction))
        elif np.any(direction != 0):
            raise ValueError(f"tangents[{i}] must be 0: {name} counts, and has no derivative")
    value, tangent = _run(translation.compiled(), points, directions)
    finished = map_parts(lambda part: _finite(as_output(part), "the value"), value)
    return finished, map_parts(lambda part, y: _fitted(part, shape_of(y), "the derivative"), tangent, finished)


def source_vjp(f: Function, primals: Sequence[Any]) -> tuple[Any, Callable[[Any], tuple[Any, ...]]]:
    """Return the value, and the pullback that runs the adjoint program; arguments as in `vjp`."""
    known: Translations = {}
    wanted = _first(len(primals))
    translation, points = _fitting(f, wanted, primals, {}, known)
    program = translation.program
    run = functools.partial(_run, translation.compiled(), points)
    # Not f itself: its x += 1 would write into arrays, where the program makes a new x.
    value = map_parts(lambda part: _finite(as_output(part), "the value"), run([program.silence()])[0])
    if not translation.broadcast and any(map(shape_of, parts_of(value))):  # of arrays that f brings along
        run = functools.partial(_run, _adjoint(f, wanted, True, known).compiled(), points)

    def pull(weights: Any) -> tuple[Any, ...]:
        _check_untracked("the weights", parts_of(weights))
        again, *adjoints = run([as_weights(weights, value)])
        if not all(map(is_same, parts_of(again), parts_of(value))):
            raise ValueError(
                f"{program.source.name} gave another value when it ran again, on the way back. What it uses must not "
                'change in between; for random numbers and the like take mode "tape"'
            )
        return _by_position(program, points, adjoints)[: len(primals)]

    return value, pull


def source_value_and_grad(
    f: Function, wanted: Wanted, args: Sequence[Any], kwargs: dict[str, Any], known: Translations
) -> tuple[Any, tuple[Any, ...]]:
    """Return the value, and the derivatives by all parameters (None where not *wanted*), from one run.

    The caller keeps *known*, the programs of *f*, between the calls.
    """
    translation, points = _fitting(f, wanted, args, kwargs, known)
    scalar(translation.program.silence)()
    out, *adjoints = _run(translation.compiled(), points)
    value = _finite(as_output(out), "the value")
    scalar(lambda: value)()
    return value, _by_position(translation.program, points, adjoints)


def _first(n: int) -> Wanted:
    return tuple(range(n)) or None


def _fitting(
    f: Function, wanted: Wanted, args: Sequence[Any], kwargs: dict[str, Any], known: Translations
) -> tuple[_Translation, list[Any]]:
    """Return the adjoint program for numbers or that for arrays, and the values of all parameters."""
    translation = _adjoint(f, wanted, False, known)
    points = _arguments(translation.program, args, kwargs)
    if any(map(shape_of, points)) or any(called.arrays for called, _ in translation.programs.values()):
        translation = _adjoint(f, wanted, True, known)
    return translation, points


def _adjoint(f: Function, wanted: Wanted, broadcast: bool, known: Translations) -> _Translation:
    translation = known.get((wanted, broadcast))
    if translation is None or not translation.is_current():
        known[wanted, broadcast] = translation = _Translation(f, "adjoint", broadcast, wanted)
    return translation


def _by_position(program: Program, points: Sequence[Any], adjoints: Sequence[Any]) -> tuple[Any, ...]:
    """Return the adjoint of each parameter; a count has no derivative (None), not the derivative 0."""
    known = dict(zip(program.inputs, adjoints, strict=True))
    return tuple(
        _fitted(known[name], shape_of(x), f"the derivative by {name}") if name in known else None
        for name, x in zip(program.source.parameters, points, strict=True)
    )


def _arguments(program: Program, args: Sequence[Any], kwargs: dict[str, Any]) -> list[Any]:
    """Return the values of all parameters: floats and float arrays, but for what is not differentiated."""
    parameters = program.source.parameters
    given = program.source.defaults() | dict(zip(parameters, args, strict=False)) | kwargs
    twice = {*parameters[: len(args)]} & {*kwargs}
    if len(args) > len(parameters) or {*given} != {*parameters} or twice:
        named = f" and {', '.join(sorted(kwargs))} by name" if kwargs else ""
        raise TypeError(
            f"{program.source.name} takes the arguments {', '.join(parameters)}, each once; got {len(args)} by "
            f"position{named}"
        )
    for name, x in given.items():
        _check_untracked(name, [x])
    return [
        tidied(as_real_array(given[name], f"primals[{i}]")) if name in program.inputs else detached(given[name])
        for i, name in enumerate(parameters)
    ]


def _check_untracked(name: str, parts: Sequence[Any]) -> None:
    for x in parts:
        if is_tracked(x):
            raise TypeError(
                f'{name}: got a {type(x).__name__}; mode "source" is not nested, take mode "tape" or "dual"'
            )


def _run(program: Function, *arguments: Sequence[Any]) -> Any:
    """Run a program; complain, where NumPy would only warn and go on with inf or nan."""
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            return program(*(x for part in arguments for x in part))
    except TypeError as error:
        if "complex" in str(error):  # comparisons and float() refuse such numbers
            raise ValueError(
                "a number became complex on the way, as the power of a negative number does; keep the base positive"
            ) from error
        raise
    except FloatingPointError as error:
        if "overflow" in str(error):
            raise OverflowError(f"a number or a derivative overflowed: {error}. Scale the numbers") from error
        raise ValueError(f"a value or a derivative is no finite real number here: {error}") from error


def _fitted(x: Any, shape: tuple[int, ...], name: str) -> Any:
    """Return a float, or an array of *shape*, which the caller may write into."""
    return _finite(np.broadcast_to(x, shape).astype(np.float64) if shape else float(x), name)


def _finite(x: Any, name: str) -> Any:
    check_finite(x, name)
    return x
