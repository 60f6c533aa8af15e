"""Newton's method for systems of equations."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_positive, as_real, as_real_array
from companion._warnings import warn_user
from companion.autodiff import jacfwd
from companion.calculus._objective import as_jacobian, rounding_of_point

Function = Callable[..., Any]

_HALVINGS = 40


def newton_system(
    fun: Function,
    x0: ArrayLike,
    args: Any = (),
    jac: Function | None = None,
    tol: float = 1e-10,
    maxiter: int = 100,
) -> Any:
    """Solve a system of n equations in n unknowns by Newton's method, damped where a full step does not help.

    Parameters
    ----------
    fun : callable
        Function of an array x of shape (n,), and of `args`, that returns n numbers, 0 at the solution.
    x0 : array_like, shape (n,)
        The start.
    args : tuple, default ()
        Further arguments of `fun` and `jac`; a single one need not be in a tuple.
    jac : callable, optional
        The Jacobian of `fun`, returns an array of shape (n, n). By default `companion.autodiff` computes it; `fun` is
        then written in operators and NumPy functions.
    tol : float, default 1e-10
        The iteration ends when the largest entry of `fun` is at most this, in absolute value; or when no step lowers
        the residual any more, and each entry exceeds this by no more than the rounding of x makes: 4 times the machine
        epsilon times :math:`\\sum_j |J_{ij} x_j|`.
    maxiter : int, default 100
        The most steps.

    Returns
    -------
    scipy.optimize.OptimizeResult
        With `x` (the solution, shape (n,)), `fun` (there), `success`, `status` (0, or 1: too many steps, 2: no step
        lowers the residual), `message`, `nit`, `nfev`, `njev`, and `history`, the list of all x from the start on.

    Raises
    ------
    TypeError
        If `fun` or `jac` cannot be called, or `maxiter` is no integer.
    ValueError
        If `x0` is no vector or not finite, `tol` is not positive, `maxiter` is less than 1, `fun` does not return n
        finite numbers at the start, or `jac` returns another shape than (n, n).
    numpy.linalg.LinAlgError
        If a Jacobian is singular.

    Warns
    -----
    ConvergenceWarning
        If the iteration does not converge.

    See Also
    --------
    scipy.optimize.root : Many methods, with the same result fields.

    Notes
    -----
    .. math:: x_{k+1} = x_k - s_k\\, J(x_k)^{-1} F(x_k)

    with s = 1, 1/2, 1/4, ... until the length of F decreases by a ten-thousandth of what the linear model promises.
    Near a solution with an invertible Jacobian full steps are taken, and the number of right digits doubles with each.

    References
    ----------
    Dennis and Schnabel (1996), Numerical Methods for Unconstrained Optimization and Nonlinear Equations, ch. 6.

    Examples
    --------
    >>> import numpy as np
    >>> F = lambda x: np.stack([x[0] ** 2 + x[1] ** 2 - 4, x[0] * x[1] - 1])
    >>> newton_system(F, [2.0, 1.0]).x
    array([1.93185165, 0.51763809])
    """
    from scipy.optimize import OptimizeResult

    for name, function in (("fun", fun), ("jac", jac)):
        if function is not None and not callable(function):
            raise TypeError(f"{name} must be a function, got {function!r}")
    if isinstance(maxiter, (bool, np.bool_)) or not isinstance(maxiter, (int, np.integer)):
        raise TypeError(f"maxiter must be an integer, got {maxiter!r}")
    if maxiter < 1:
        raise ValueError(f"maxiter must be at least 1, got {maxiter}")
    tolerance = float(as_positive(as_real(tol, "tol"), "tol"))
    system = _System(fun, jac, args)
    x = np.atleast_1d(as_real_array(x0, "x0"))
    if x.ndim != 1:
        raise ValueError(f"x0 must be a vector, got shape {x.shape}")
    F = as_real_array(system.value(x), "the value of fun at x0")
    if F.shape != x.shape:
        raise ValueError(f"fun must return {x.size} numbers, as many as x0 has, got shape {F.shape}")
    history, F, status = _iterate(system, x, F, tolerance, maxiter)
    if status:
        from sklearn.exceptions import ConvergenceWarning  # takes a second to load

        largest = np.max(np.abs(F))
        warn_user(f"newton_system: {_MESSAGES[status]} The largest residual is {largest:.1e}.", ConvergenceWarning)
    return OptimizeResult(
        x=history[-1].copy(),
        fun=F,
        success=status == 0,
        status=status,
        message=_MESSAGES[status],
        nit=len(history) - 1,
        nfev=system.nfev,
        njev=system.njev,
        history=history,
    )


_MESSAGES = {
    0: "The solution converged.",
    1: "The maximum number of steps was reached; raise maxiter, or start nearer to a solution.",
    2: "No step along Newton's direction lowers the residual; start elsewhere, or raise tol.",
}


def _iterate(
    system: "_System", x: NDArray[np.float64], F: NDArray[np.float64], tolerance: float, maxiter: int
) -> tuple[list[NDArray[np.float64]], NDArray[np.float64], int]:
    """Make Newton's steps, shortened where they must be; return the points, the last residual and the status."""
    history = [x]
    while np.max(np.abs(F), initial=0.0) > tolerance:
        if len(history) > maxiter:
            return history, F, 1
        J = system.jacobian(x)
        found = _damped(system, x, F, -np.linalg.solve(J, F))
        if found is None:
            return history, F, 0 if np.all(np.abs(F) <= tolerance + rounding_of_point(J, x)) else 2
        x, F = found
        history.append(x)
    return history, F, 0


class _System:
    """The equations with their Jacobian; counts their evaluations."""

    def __init__(self, fun: Function, jac: Function | None, args: Any) -> None:
        self.fun, self.args = fun, args if isinstance(args, tuple) else (args,)
        self.jac = jacfwd(fun) if jac is None else jac
        self.nfev = self.njev = 0

    def value(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        self.nfev += 1
        return np.atleast_1d(np.asarray(self.fun(x.copy(), *self.args), dtype=float))

    def jacobian(self, x: NDArray[np.float64]) -> NDArray[np.float64]:
        self.njev += 1
        return as_jacobian(self.jac(x.copy(), *self.args), x.size)


def _damped(
    system: _System, x: NDArray[np.float64], F: NDArray[np.float64], direction: NDArray[Any]
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return the first point of the halved steps where the residual is shorter, and the residual."""
    scale, step = np.max(np.abs(F)), 1.0  # squares of large entries overflow, and those of small ones vanish
    length = np.linalg.norm(F / scale)
    for _ in range(_HALVINGS):
        with np.errstate(all="ignore"):
            candidate = system.value(x + step * direction)
            shorter = np.linalg.norm(candidate / scale) <= (1 - 1e-4 * step) * length
        if np.all(np.isfinite(candidate)) and shorter:
            return x + step * direction, candidate
        step /= 2
    return None
