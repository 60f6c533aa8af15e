"""How far to go along a direction of descent: shorten the step until the function falls enough."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_count, as_positive, as_real
from companion.calculus._objective import Function, as_point, as_value


class BacktrackingResult(NamedTuple):
    """What `backtracking` returns."""

    step: float
    fun: float
    nfev: int


def backtracking(
    fun: Function,
    x: ArrayLike,
    direction: ArrayLike,
    fx: float,
    slope: float,
    *,
    initial_step: float = 1.0,
    c1: float = 1e-4,
    shrink: float = 0.5,
    max_halvings: int = 60,
) -> BacktrackingResult:
    r"""Find a step length by Armijo's rule: the first of a falling sequence that lowers the function enough.

    Parameters
    ----------
    fun : callable
        The function, ``fun(x)``, which returns one number. Where it is nan or plus infinity, the step is too long.
    x : array_like, shape (n,)
        The point to start from.
    direction : array_like, shape (n,)
        The direction, along which `fun` falls.
    fx : float
        The value at `x`.
    slope : float
        The slope of `fun` along the direction at `x`, gradient times direction; negative.
    initial_step : float, default 1.0
        The first trial, in multiples of `direction`.
    c1 : float, default 1e-4
        The part of the fall along the tangent that `fun` must reach, between 0 and 1.
    shrink : float, default 0.5
        The factor from one trial to the next, between 0 and 1.
    max_halvings : int, default 60
        How often the step is shortened at most.

    Returns
    -------
    BacktrackingResult
        `step`, the length; `fun`, the value there; `nfev`, how many points were tried. If no trial falls enough, `step`
        is 0 and `fun` is `fx`. A value of minus infinity counts as a fall, and is returned.

    Raises
    ------
    TypeError
        If `fun` is no function or returns no number, or `max_halvings` is no integer.
    ValueError
        If a shape is wrong, a number is nan or infinite, `slope` is not negative, `initial_step` is not positive, `c1`
        or `shrink` does not lie strictly between 0 and 1, or `max_halvings` is negative.

    See Also
    --------
    gradient_descent : with ``learning_rate="backtracking"``.
    line_search : also asks that the slope become flatter, as quasi-Newton methods need it.

    Notes
    -----
    With the direction :math:`\mathbf p` and the slope :math:`s = \nabla f(\mathbf x)^\top \mathbf p < 0` the step
    length :math:`\alpha` is the first of :math:`\alpha_0, \rho \alpha_0, \rho^2 \alpha_0, \dots` for which

    .. math:: f(\mathbf x + \alpha \mathbf p) \le f(\mathbf x) + c_1 \alpha s .

    If f is differentiable, a short enough step is one. Floats set an end to that: a step too short to change `x`, or a
    fall that vanishes in rounding.

    References
    ----------
    L. Armijo, Minimization of functions having Lipschitz continuous first partial derivatives, Pacific J. Math. 16,
    1966. J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, alg. 3.1.

    Examples
    --------
    >>> backtracking(lambda x: x[0] ** 2, [1.0], [-2.0], 1.0, -4.0)  # the step 1 leads to -1, as high as 1
    BacktrackingResult(step=0.5, fun=0.0, nfev=2)
    """
    if not callable(fun):
        raise TypeError(f"fun must be a function, got {fun!r}")
    start, p = as_point(x, "x"), as_point(direction, "direction")
    if p.shape != start.shape:
        raise ValueError(f"direction must have the shape of x, {start.shape}, got {p.shape}")
    value, fall = as_real(fx, "fx"), as_real(slope, "slope")
    step = float(as_positive(as_real(initial_step, "initial_step"), "initial_step"))
    c1, shrink = as_fraction(c1, "c1"), as_fraction(shrink, "shrink")
    if not fall < 0:
        raise ValueError(f"slope must be negative, got {slope}: take a direction downhill, as minus the gradient")
    nfev = 0
    for _ in range(as_count(max_halvings, "max_halvings", minimum=0) + 1):
        with np.errstate(over="ignore"):
            there = start + step * p
        if np.array_equal(there, start):  # shorter steps do not move either
            break
        if np.all(np.isfinite(there)):
            nfev += 1
            new = as_value(fun(there), "fun")
            if new <= value + c1 * step * fall:  # false for nan
                return BacktrackingResult(step, new, nfev)
        step *= shrink
    return BacktrackingResult(0.0, value, nfev)


def as_fraction(x: float, name: str) -> float:
    """Return *x* as a float strictly between 0 and 1."""
    number = as_real(x, name)
    if not 0 < number < 1:
        raise ValueError(f"{name} must lie strictly between 0 and 1, got {x}")
    return number
