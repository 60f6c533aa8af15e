"""Newton's method: for a root of one equation, and, damped, for a minimum of a function of many variables."""

from typing import Any

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike

from companion._validation import as_count, as_nonnegative, as_positive, as_real, as_real_array
from companion._warnings import warn_user
from companion.calculus._backtracking import backtracking
from companion.calculus._line_search import as_finite_value
from companion.calculus._objective import Floats, Function, NotFiniteError, Objective, as_point, as_value
from companion.calculus._run import NOT_FINITE, Record, Run

_EPS = float(np.finfo(float).eps)
_TINY = _EPS**0.5  # eigenvalues below this part of the largest one are taken for 0


def newton(
    func: Function,
    x0: float,
    fprime: Function | None = None,
    args: Any = (),
    tol: float = 1.48e-8,
    maxiter: int = 50,
    *,
    x1: float | None = None,
    rtol: float = 0.0,
    full_output: bool = False,
    disp: bool = True,
) -> Any:
    r"""Find a root of a function of one variable by Newton's method, or without its derivative by the secant method.

    Parameters
    ----------
    func : callable
        The function, ``func(x, *args)``. To find an extremum of f, pass its derivative here.
    x0 : float
        The start.
    fprime : callable, optional
        The derivative, ``fprime(x, *args)``; ``companion.autodiff.grad(func)`` computes it. Without it the secant
        method is used, as in SciPy.
    args : tuple, optional
        Further arguments of `func` and `fprime`.
    tol : float, default 1.48e-8
        A step is the last one if it is at most ``tol + rtol * abs(x)``, with the x it starts from.
    maxiter : int, default 50
        Most steps.
    x1 : float, optional
        Second start of the secant method. By default a point next to `x0`.
    rtol : float, default 0
        See `tol`.
    full_output : bool, default False
        Whether to return the report, too.
    disp : bool, default True
        Whether not to converge is an error.

    Returns
    -------
    root : float
        The estimate of the root.
    r : scipy.optimize.RootResults
        Only with `full_output`: `root`, `iterations`, `function_calls` (of `func` and `fprime` together), `converged`,
        `flag`, `method`, and `history`, an array of all points from `x0` on. The two starts of the secant method come
        in the order in which it uses them: the one with the smaller value is the second.

    Warns
    -----
    ConvergenceWarning
        If it did not converge, with neither `disp` nor `full_output`.

    Raises
    ------
    RuntimeError
        If it did not converge and `disp` is True: too many steps, a slope of 0, or a value that is not finite.
    TypeError
        If `func` or `fprime` is no function or returns no real number, or `maxiter` is no integer.
    ValueError
        If `x0` or `x1` is not one finite number, the two are equal, or a tolerance is out of range.

    See Also
    --------
    minimize : many variables, with steps that are kept from going astray.
    scipy.optimize.newton : the same; it also has Halley's method, and takes complex numbers and arrays of starts.

    Notes
    -----
    .. math:: x_{k+1} = x_k - \frac{f(x_k)}{f'(x_k)}

    is the root of the tangent. Near a root with :math:`f'(x^*) \ne 0` the error :math:`e_k` is about squared,
    :math:`e_{k+1} \approx \frac{f''(x^*)}{2 f'(x^*)} e_k^2`; at a double root it is halved only. Far away nothing is
    promised. The secant method has the slope of the chord through the last two points in the place of the derivative;
    its error falls with the order 1.618.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, sec. 11.1.

    Examples
    --------
    >>> newton(lambda x: x**2 - 2, 1.0, fprime=lambda x: 2 * x)
    1.4142135623730951
    >>> root, report = newton(lambda x: 2 * x - 4, 0.0, lambda x: 2.0, full_output=True)  # of (x - 2)^2 + 1
    >>> root, report.history.tolist()
    (2.0, [0.0, 2.0])
    """
    for name, function in (("func", func), ("fprime", fprime)):
        if not callable(function) and (name == "func" or function is not None):
            raise TypeError(f"{name} must be a function, got {function!r}")
    args = args if isinstance(args, tuple) else (args,)
    start, atol, rtol = np.float64(as_real(x0, "x0")), as_real(as_positive(tol, "tol"), "tol"), as_real(rtol, "rtol")
    as_nonnegative(rtol, "rtol")
    steps = as_count(maxiter, "maxiter")

    def close(new: float, old: float) -> bool:
        return abs(new - old) <= atol + rtol * abs(old)

    def f(x: Any) -> float:
        return as_value(func(x, *args), "func")

    if fprime is None:
        second = _second_start(start) if x1 is None else np.float64(as_real(x1, "x1"))
        if second == start:
            raise ValueError(f"x1 must differ from x0, got {x1} twice")
        points, calls, flag = _secant(f, start, second, steps, close)
    else:
        slope = fprime
        points, calls, flag = _tangents(f, lambda x: as_value(slope(x, *args), "fprime"), start, steps, close)
    return _report(points, calls, flag, "secant" if fprime is None else "newton", full_output, disp)


def _tangents(f: Function, slope: Function, x: Any, maxiter: int, close: Function) -> tuple[list[Any], int, str]:
    """Return the points, the number of calls, and how it ended."""
    points = [x]
    for k in range(maxiter):
        value = f(x)
        if value == 0:
            return points, 2 * k + 1, "converged"
        if not np.isfinite(value):
            return points, 2 * k + 1, "the values are not finite"
        derivative = slope(x)
        if not np.isfinite(derivative):  # the step would be 0, which is no sign of a root
            return points, 2 * k + 2, "the values are not finite"
        if derivative == 0:
            return points, 2 * k + 2, "the slope is 0, so that the tangent has no root"
        with np.errstate(over="ignore"):
            x = x - value / derivative
        points.append(x)
        if not np.isfinite(x):
            return points, 2 * k + 2, "the values are not finite"
        if close(x, points[-2]):
            return points, 2 * k + 2, "converged"
    return points, 2 * maxiter, "too many steps"


def _secant(f: Function, x0: Any, x1: Any, maxiter: int, close: Function) -> tuple[list[Any], int, str]:
    """Return the points, the number of calls, and how it ended."""
    points, old, value = [x0, x1], f(x0), f(x1)
    if abs(old) < abs(value):  # go on from the better one
        points, old, value = [x1, x0], value, old
    for k in range(maxiter):
        if value == 0:
            return points, k + 2, "converged"
        if not (np.isfinite(value) and np.isfinite(old)):
            return points, k + 2, "the values are not finite"
        if value == old:
            return points, k + 2, "the slope is 0, so that the secant has no root"
        with np.errstate(over="ignore", invalid="ignore"):
            x = points[-1] - value * ((points[-1] - points[-2]) / (value - old))
        points.append(x)
        if not np.isfinite(x):
            return points, k + 2, "the values are not finite"
        if close(x, points[-2]):
            return points, k + 2, "converged"
        old, value = value, f(x)
    return points, maxiter + 2, "too many steps"


def _second_start(x: Any) -> Any:
    return x * (1 + 1e-4) + (1e-4 if x >= 0 else -1e-4)  # as in SciPy


def _report(points: list[Any], calls: int, flag: str, method: str, full_output: bool, disp: bool) -> Any:
    """Return the root, or complain."""
    root, k = float(points[-1]), len(points) - (1 if method == "newton" else 2)
    if flag != "converged":
        message = f"{method} did not converge: {flag} (x = {root:.6g} after {k} steps); start nearer to the root"
        if disp:
            raise RuntimeError(f"{message}, or pass disp=False")
        if not full_output:
            from sklearn.exceptions import ConvergenceWarning  # takes a second to load

            warn_user(message, ConvergenceWarning)
    if not full_output:
        return root
    from scipy.optimize import RootResults

    result = RootResults(root, k, calls, 0 if flag == "converged" else flag, method)
    result.history = np.array(points)
    return root, result


def newton_direction(hess: ArrayLike, jac: ArrayLike) -> Floats:
    r"""Direction of Newton's step, changed where the Hessian is not positive definite, so that it leads downhill.

    Parameters
    ----------
    hess : array_like, shape (n, n)
        The Hessian. Of an unsymmetric matrix the symmetric part is taken.
    jac : array_like, shape (n,)
        The gradient.

    Returns
    -------
    ndarray, shape (n,)
        The direction p. Unless the gradient is 0, ``p @ jac`` is negative.

    Raises
    ------
    ValueError
        If a shape is wrong, or a number is nan or infinite.

    See Also
    --------
    minimize : its method "Newton" goes along these directions.

    Notes
    -----
    If :math:`H = V \operatorname{diag}(\lambda) V^\top` is positive definite, p solves :math:`H p = -g`, by Cholesky's
    factors. Else p solves it with :math:`|\lambda_i|` in the place of each :math:`\lambda_i`, at least
    :math:`1.5 \cdot 10^{-8} \max_j |\lambda_j|`: along an eigenvector with negative curvature the step keeps its
    length and turns round, away from the saddle or maximum.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, sec. 3.4. Y. Dauphin et al., Identifying and
    attacking the saddle point problem in high-dimensional non-convex optimization, NeurIPS 2014.

    Examples
    --------
    >>> newton_direction([[2, 0], [0, 4]], [2, 4]).round(12).tolist()
    [-1.0, -1.0]
    >>> newton_direction([[2, 0], [0, -4]], [2, 4]).round(12).tolist()  # the full step, (-1, 1), leads to the saddle
    [-1.0, -1.0]
    """
    H, g = as_real_array(hess, "hess"), as_point(jac, "jac")
    if H.shape != (g.size, g.size):
        raise ValueError(f"hess must have shape {(g.size, g.size)}, as jac has {g.size} entries, got {H.shape}")
    return _direction((H + H.T) / 2, g)


def _direction(H: Floats, g: Floats) -> Floats:
    from scipy.linalg import cho_factor, cho_solve

    try:
        p: Floats = -cho_solve(cho_factor(H), g)
        if p @ g < 0 and np.all(np.isfinite(p)):
            return p
    except LinAlgError:  # not positive definite
        pass
    values, V = np.linalg.eigh(H)
    sizes = np.abs(values)
    least = _TINY * sizes.max()
    curvatures = np.maximum(sizes, least) if least > 0 else np.ones_like(sizes)
    turned: Floats = -(V @ ((V.T @ g) / curvatures))
    return turned


def _full_step(H: Floats, g: Floats) -> Floats:
    """Return Newton's own step, wherever it leads; nan if the matrix is singular."""
    try:
        return -np.linalg.solve(H, g).astype(np.float64)
    except LinAlgError:
        return np.full_like(g, np.nan)


def newton_method(
    objective: Objective, x0: Floats, record: Record, *, gtol: float, maxiter: int, damped: bool
) -> tuple[Run, Floats]:
    """Go by Newton's steps, shortened until the value falls; return also the last finite Hessian."""
    x, value = x0, as_finite_value(objective.value(x0))
    g, H = objective.gradient(x), objective.hessian(x)
    record.add(x, value, g, 0.0)
    while record.jac_norm > gtol:
        if record.nit >= maxiter or record.stopped:
            return Run(x, value, g, 99 if record.stopped else 1), H
        p = _direction(H, g) if damped else _full_step(H, g)
        step, new = _length(objective, x, p, value, float(p @ g)) if damped else _one(objective, x, p)
        if step == 0 or not np.isfinite(new):
            return Run(x, value, g, 4 if new == -np.inf else 2 if damped else 3), H
        try:
            there = objective.gradient(x + step * p)
        except NotFiniteError:
            return Run(x, value, g, 3, NOT_FINITE), H
        if new >= value and damped and np.linalg.norm(there) >= np.linalg.norm(g):
            return Run(x, value, g, 2), H  # neither the value nor the gradient can get smaller: rounding
        x, value, g = x + step * p, new, there
        try:
            H = objective.hessian(x)
        except NotFiniteError:  # such as that of x**1.5 at 0
            record.add(x, value, g, step)
            return Run(x, value, g, 3, NOT_FINITE), H
        record.add(x, value, g, step)
    return Run(x, value, g, 5 if _bends_down(H) else 0), H


def _bends_down(H: Floats) -> bool:
    """Return whether a Hessian has a negative eigenvalue; forming it may leave a small one of a true 0."""
    eigenvalues = np.linalg.eigvalsh(H)
    return bool(eigenvalues[0] < -64 * len(H) * _EPS * np.abs(eigenvalues).max())


def _length(objective: Objective, x: Floats, p: Floats, value: float, slope: float) -> tuple[float, float]:
    """Return a step length at which the value falls enough, and the value there."""
    if -slope <= 1e-14 * abs(value):  # a fall that rounding hides: so near to the end Newton's own step is right
        return _one(objective, x, p)
    step, new, _ = backtracking(objective.value, x, p, value, slope)
    return step, new


def _one(objective: Objective, x: Floats, p: Floats) -> tuple[float, float]:
    """Return the step length 1, and the value there."""
    with np.errstate(over="ignore", invalid="ignore"):
        there = x + p
    return 1.0, objective.value(there) if np.all(np.isfinite(there)) else np.nan
