"""Derivatives of solutions: of an equation's root with respect to its parameters, without those of the solver."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from companion.autodiff._arguments import check_callable
from companion.autodiff._forward import jvp, value_and_jacfwd
from companion.autodiff._reverse import vjp
from companion.autodiff._rules import Number, as_operand, is_tracked
from companion.autodiff._tracked import Function, Linearised, apply, detached, plain, shape_of, without_closure


def custom_root(residual: Function) -> Callable[[Function], Function]:
    """Make a solver differentiable by the implicit function theorem; a decorator.

    Parameters
    ----------
    residual : callable
        g(y, x), a number for numbers or n numbers for n unknowns y, which is 0 at the solution. It is written in
        operators and NumPy functions, and uses no other number that is differentiated than y and x.

    Returns
    -------
    callable
        Decorator. It takes a solver, a function of x that returns y with g(y, x) = 0 in any way (iteration, bisection,
        a compiled library), and returns the same function of x with derivatives, in forward and in reverse mode. Mode
        "source" reads the text of functions, and refuses it.

    Raises
    ------
    TypeError
        If `residual` or the solver cannot be called; when the solution is called, if `residual` uses a differentiated
        number that is not its argument.
    ValueError
        When differentiated, if y has more than one dimension, or g another shape than y.
    numpy.linalg.LinAlgError
        When differentiated, if the Jacobian of g by y is singular: the solution then has no derivative.

    Notes
    -----
    .. math:: \\dot y = -g_y^{-1}\\, g_x\\, \\dot x, \\qquad \\bar x = -(g_y^{-T} \\bar y)^T g_x

    The derivative is that of the exact solution near y; it needs one linear system and no step of the solver. For a
    fixed point y = G(y, x) take g = y - G(y, x).

    References
    ----------
    Griewank and Walther (2008), Evaluating Derivatives, ch. 15; Blondel et al. (2022), Efficient and modular implicit
    differentiation, NeurIPS 35 (the name is that of their JAXopt).

    Examples
    --------
    >>> from companion.autodiff import grad
    >>> @custom_root(lambda y, x: y * y - x)
    ... def root(x):
    ...     y = 1.0
    ...     for _ in range(10):
    ...         y = (y + x / y) / 2
    ...     return y
    >>> grad(root)(4.0)
    0.25
    """
    check_callable(residual)

    def decorator(solver: Function) -> Function:
        check_callable(solver)

        def solution(x: Any) -> Any:
            if is_tracked(x):
                return apply("custom_root", linearise, x)
            y = solver(x)
            # Of plain numbers the residual is plain, unless it uses others.
            without_closure("custom_root", residual(as_operand(y), as_operand(x)), level=0)
            return y

        def linearise(wanted: Sequence[int], x: Number) -> Linearised:
            y = detached(as_operand(solution(x)))
            g, by_y = value_and_jacfwd(lambda y: residual(y, x))(y)
            _check_shapes(g, y)

            def push(tangent: Number) -> Number:
                return -_solved(by_y, jvp(lambda x: residual(y, x), (x,), (tangent,))[1])

            def pull(adjoint: Number) -> Sequence[Number]:
                return vjp(lambda x: residual(y, x), x)[1](-_solved(np.transpose(by_y), adjoint))

            return Linearised(y, push, pull)

        return solution

    return decorator


def _check_shapes(g: Number, y: Number) -> None:
    if len(shape_of(y)) > 1:
        raise ValueError(
            f"custom_root takes a solution y with at most one dimension, got shape {shape_of(y)}; return np.ravel(y) "
            "from the solver, and reshape it in the residual"
        )
    if shape_of(g) != shape_of(y):
        raise ValueError(
            f"custom_root: the residual must have the shape {shape_of(y)} of the solution y, got {shape_of(g)}"
        )


def _solved(a: Number, b: Number) -> Number:
    """Return the solution of a y = b, for numbers or for a matrix and a vector."""
    if shape_of(a):
        return np.linalg.solve(a, b)
    if plain(a) == 0:
        raise np.linalg.LinAlgError("Singular matrix")
    return b / a
