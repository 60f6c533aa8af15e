"""Initial value problems with fixed steps: explicit methods that can be differentiated, and an implicit one."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real, as_real_array
from companion.autodiff import jacfwd
from companion.autodiff._tracked import plain
from companion.calculus._objective import NotFiniteError, as_floats, as_jacobian

Function = Callable[..., Any]


def explicit_euler(fun: Function, t_span: Sequence[float], y0: ArrayLike, n_steps: int) -> tuple[Any, Any]:
    """Solve y' = fun(t, y) by Euler's method with equal steps.

    Parameters
    ----------
    fun : callable
        Right side of the equation, of t and an array y of shape (n,) (or a number), returns an array or a list of the
        same shape.
    t_span : (float, float)
        Begin and end, t0 < t1.
    y0 : array_like, shape (n,), or float
        The state at t0. It may carry derivatives, and so may numbers that `fun` uses: so have the results.
    n_steps : int
        Number of steps.

    Returns
    -------
    t : ndarray, shape (n_steps + 1,)
        The times.
    y : ndarray, shape (n, n_steps + 1), or (n_steps + 1,) for a number
        The states, one column a time (as `scipy.integrate.solve_ivp` has them).

    Raises
    ------
    TypeError
        If `fun` cannot be called or returns no real numbers, or `n_steps` is no integer.
    ValueError
        If `t_span` is no pair t0 < t1, `n_steps` is less than 1, `y0` is not finite or not of shape (n,) or (), or
        `fun` returns another shape, or a number that is nan or infinite.

    See Also
    --------
    runge_kutta4 : The error falls with the fourth power of the step.
    implicit_euler : For stiff equations.

    Notes
    -----
    .. math:: y_{k+1} = y_k + h\\, f(t_k, y_k)

    The error at t1 is proportional to the step h.

    Examples
    --------
    >>> t, y = explicit_euler(lambda t, y: -y, (0.0, 1.0), 1.0, 1000)
    >>> round(float(y[-1]), 4)
    0.3677
    """
    return _march(lambda f, t, y, h: y + h * f(t, y), fun, t_span, y0, n_steps)


def runge_kutta4(fun: Function, t_span: Sequence[float], y0: ArrayLike, n_steps: int) -> tuple[Any, Any]:
    """Solve y' = fun(t, y) by the classical Runge-Kutta method with equal steps.

    Parameters
    ----------
    fun : callable
        Right side of the equation, of t and an array y of shape (n,) (or a number), returns an array or a list of the
        same shape.
    t_span : (float, float)
        Begin and end, t0 < t1.
    y0 : array_like, shape (n,), or float
        The state at t0. It may carry derivatives, and so may numbers that `fun` uses: so have the results.
    n_steps : int
        Number of steps.

    Returns
    -------
    t : ndarray, shape (n_steps + 1,)
        The times.
    y : ndarray, shape (n, n_steps + 1), or (n_steps + 1,) for a number
        The states, one column a time (as `scipy.integrate.solve_ivp` has them).

    Raises
    ------
    TypeError
        If `fun` cannot be called or returns no real numbers, or `n_steps` is no integer.
    ValueError
        If `t_span` is no pair t0 < t1, `n_steps` is less than 1, `y0` is not finite or not of shape (n,) or (), or
        `fun` returns another shape, or a number that is nan or infinite.

    See Also
    --------
    scipy.integrate.solve_ivp : Chooses its steps by itself.

    Notes
    -----
    .. math::

        y_{k+1} = y_k + \\tfrac{h}{6} (k_1 + 2 k_2 + 2 k_3 + k_4), \\quad k_1 = f(t_k, y_k), \\quad
        k_2 = f(t_k + \\tfrac h2, y_k + \\tfrac h2 k_1), \\quad k_3 = f(t_k + \\tfrac h2, y_k + \\tfrac h2 k_2), \\quad
        k_4 = f(t_k + h, y_k + h k_3)

    The error at t1 is proportional to h⁴.

    References
    ----------
    Hairer, Nørsett and Wanner (1993), Solving Ordinary Differential Equations I, ch. II.1.

    Examples
    --------
    >>> t, y = runge_kutta4(lambda t, y: -y, (0.0, 1.0), 1.0, 10)
    >>> round(float(y[-1]), 6)
    0.36788
    """

    def step(f: Function, t: float, y: Any, h: float) -> Any:
        k1 = f(t, y)
        k2 = f(t + h / 2, y + h / 2 * k1)
        k3 = f(t + h / 2, y + h / 2 * k2)
        k4 = f(t + h, y + h * k3)
        return y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)

    return _march(step, fun, t_span, y0, n_steps)


def implicit_euler(
    fun: Function,
    t_span: Sequence[float],
    y0: ArrayLike,
    n_steps: int,
    jac: Function | None = None,
    tol: float = 1e-10,
    maxiter: int = 20,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Solve a stiff equation y' = fun(t, y) by the implicit Euler method with equal steps.

    Parameters
    ----------
    fun : callable
        Right side of the equation, of t and an array y of shape (n,) (or a number), returns an array or a list of the
        same shape.
    t_span : (float, float)
        Begin and end, t0 < t1.
    y0 : array_like, shape (n,), or float
        The state at t0.
    n_steps : int
        Number of steps.
    jac : callable, optional
        The Jacobian of `fun` by y, of t and y, returns an array of shape (n, n). By default `companion.autodiff`
        computes it; `fun` is then written in operators and NumPy functions.
    tol : float, default 1e-10
        Newton's iteration ends when its correction is at most `tol` times 1 + the largest entry of y.
    maxiter : int, default 20
        The most corrections in a step.

    Returns
    -------
    t : ndarray, shape (n_steps + 1,)
        The times.
    y : ndarray, shape (n, n_steps + 1), or (n_steps + 1,) for a number
        The states, one column a time.

    Raises
    ------
    TypeError
        If `fun` or `jac` cannot be called or returns no real numbers, or `n_steps` is no integer.
    ValueError
        If `t_span` is no pair t0 < t1, `n_steps` or `maxiter` is less than 1, `tol` is not positive, `y0` is not finite
        or not of shape (n,) or (), `fun` or `jac` returns a wrong shape, or `fun` a number that is nan or infinite.
    RuntimeError
        If Newton's iteration does not converge in a step; take more of them.
    numpy.linalg.LinAlgError
        If a matrix I - h J is singular.

    See Also
    --------
    scipy.integrate.solve_ivp : With methods 'BDF' and 'Radau', and steps that it chooses.

    Notes
    -----
    .. math:: y_{k+1} = y_k + h\\, f(t_{k+1}, y_{k+1})

    is solved for :math:`y_{k+1}` by Newton's method with the matrix :math:`I - h\\, \\partial f / \\partial y`. The
    error is proportional to h, as for `explicit_euler`; but no component that decays forces small steps.

    References
    ----------
    Hairer and Wanner (1996), Solving Ordinary Differential Equations II, ch. IV.

    Examples
    --------
    >>> import numpy as np
    >>> t, y = implicit_euler(lambda t, y: -1000 * (y - np.cos(t)), (0.0, 1.0), 0.0, 20)
    >>> round(float(y[-1] - np.cos(1.0)), 3)
    0.001
    """
    for name, function in (("fun", fun), ("jac", jac)):
        if function is not None and not callable(function):
            raise TypeError(f"{name} must be a function, got {function!r}")
    tolerance = as_real(tol, "tol")
    if tolerance <= 0:
        raise ValueError(f"tol must be positive, got {tol}")
    _check_count(maxiter, "maxiter")

    def step(f: Function, t: float, y: Any, h: float) -> Any:
        z = y
        for _ in range(maxiter):
            residual = z - y - h * f(t + h, z)
            if hasattr(residual, "_level"):
                raise TypeError(
                    "implicit_euler cannot be differentiated: a test ends its iterations; take runge_kutta4, or "
                    "explicit_euler, or solve for each step by custom_root"
                )
            J = jacfwd(lambda z: f(t + h, z))(z) if jac is None else as_jacobian(jac(t + h, z.copy()), np.size(z))
            matrix = np.eye(np.size(z)) - h * np.reshape(J, (np.size(z), np.size(z)))
            correction = np.reshape(np.linalg.solve(matrix, np.ravel(residual)), np.shape(z))
            z = z - correction
            if np.max(np.abs(correction), initial=0.0) <= tolerance * (1 + np.max(np.abs(z), initial=0.0)):
                return z
        raise RuntimeError(f"Newton's iteration did not converge at t = {t + h:g}; raise n_steps or maxiter")

    return _march(step, fun, t_span, y0, n_steps)


def _march(step: Function, fun: Function, t_span: Sequence[float], y0: Any, n_steps: int) -> tuple[Any, Any]:
    """Return the times and the states of a method with equal steps."""
    if not callable(fun):
        raise TypeError(f"fun must be a function, got {fun!r}")
    _check_count(n_steps, "n_steps")
    span = as_real_array(t_span, "t_span")
    if span.shape != (2,) or not span[0] < span[1]:
        raise ValueError(f"t_span must be a pair t0 < t1, got {t_span}")
    y = _stacked(y0)
    y = y if hasattr(y, "_level") else as_real_array(y, "y0")[()]
    if np.ndim(y) > 1:
        raise ValueError(f"y0 must be a number or a vector, got shape {np.shape(y)}; flatten it")
    t = np.linspace(span[0], span[1], n_steps + 1)
    h = float(span[1] - span[0]) / n_steps
    right_side, states = _guarded(fun), [y]
    for time in t[:-1]:
        states.append(step(right_side, float(time), states[-1], h))
    return t, np.stack(states, axis=-1)


def _guarded(fun: Function) -> Function:
    """Return the function with its results checked; it may write into its argument, or return one array ever again."""

    def right_side(t: float, y: Any) -> Any:
        out = _stacked(fun(t, y if hasattr(y, "_level") else y.copy()))
        out = out if hasattr(out, "_level") else as_floats(out, "fun")
        if np.shape(out) != np.shape(y) and not np.size(out) == np.size(y) == 1:
            raise ValueError(f"fun must return an array of the shape of y, {np.shape(y)}, got {np.shape(out)}")
        if not np.all(np.isfinite(plain(out))):
            where = f"at t = {t:g}, y = {plain(y)}"
            repair = "if y ran away, raise n_steps, or take a shorter t_span"
            raise NotFiniteError(f"fun must return finite numbers, got {plain(out)} {where}; {repair}")
        return np.reshape(out, np.shape(y))

    return right_side


def _stacked(numbers: Any) -> Any:
    """Return a list of numbers of which some carry derivatives as one such vector, and anything else as it is."""
    tracked = isinstance(numbers, (list, tuple)) and any(hasattr(number, "_level") for number in numbers)
    return np.stack(numbers) if tracked else numbers


def _check_count(number: int, name: str) -> None:
    if isinstance(number, (bool, np.bool_)) or not isinstance(number, (int, np.integer)):
        raise TypeError(f"{name} must be an integer, got {number!r}")
    if number < 1:
        raise ValueError(f"{name} must be 1 or more, got {number}")
