"""Smooth objectives under smooth constraints: stationary points of the Lagrangian, and what makes a point optimal."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_positive, as_real, as_real_array
from companion._warnings import warn_user
from companion.calculus._critical_points import classify_critical_point
from companion.calculus._objective import Objective, as_point, rounding_of_point
from companion.linalg import lstsq, matrix_rank, norm, null_space

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Floats = NDArray[np.float64]
Function = Callable[..., Any]

_HALVINGS = 40
_MESSAGES = {
    0: "Optimization terminated successfully.",
    1: "The maximum number of steps was reached; raise maxiter, or start nearer to a stationary point.",
    2: "No step along Newton's direction brings the equations nearer to zero; start elsewhere. Where the constraint's "
    "gradient vanishes there may be no multiplier at all.",
    3: "A second derivative is not finite where a step led; start elsewhere.",
}


class LagrangeStep(NamedTuple):
    """A point of the way of `newton_lagrange`, with the sizes of what is zero at its end."""

    x: Floats
    multipliers: Floats
    optimality: float
    constr_violation: float


def newton_lagrange(
    fun: Function,
    x0: ArrayLike,
    constraint: Function,
    args: tuple[Any, ...] = (),
    *,
    jac: Function | None = None,
    hess: Function | None = None,
    constraint_jac: Function | None = None,
    constraint_hess: Function | None = None,
    multipliers0: ArrayLike | None = None,
    tol: float = 1e-10,
    maxiter: int = 100,
) -> "OptimizeResult":
    r"""Find a stationary point of a function under equations, by Newton's method on the Lagrangian.

    Parameters
    ----------
    fun : callable
        The objective, ``fun(x, *args)``, of a vector x of shape (n,); it returns one number.
    x0 : array_like, shape (n,)
        The start; it need not satisfy the equations.
    constraint : callable
        ``constraint(x, *args)``, one number or m of them, all 0 where the equations hold: for g(x) = c it is g(x) - c.
    args : tuple, default ()
        Further arguments of the functions.
    jac, hess : callable, optional
        Gradient, shape (n,), and Hessian, shape (n, n), of `fun`. By default `companion.autodiff` computes them; `fun`
        is then written in operators and NumPy functions.
    constraint_jac : callable, optional
        Jacobian of `constraint`, shape (m, n); by default from `companion.autodiff`.
    constraint_hess : callable, optional
        ``constraint_hess(x, v, *args)``, the sum of v[i] times the Hessian of constraint i, shape (n, n), as in
        `scipy.optimize.NonlinearConstraint`; by default from `companion.autodiff`.
    multipliers0 : array_like, shape (m,), optional
        First multipliers; by default those that fit the gradients at the start best.
    tol : float, default 1e-10
        The iteration ends when no constraint exceeds this, and no entry of the gradient of L exceeds it times 1 + the
        largest entry of the gradient of `fun`. A constraint may exceed it by what rounding of x makes of it, 4 times
        the machine epsilon times :math:`\sum_j |J_{ij} x_j|` with its gradient :math:`J_i`.
    maxiter : int, default 100
        The most steps.

    Returns
    -------
    scipy.optimize.OptimizeResult
        `x` and `fun`, the point and its value; `multipliers`, shape (m,): the rate at which `fun` changes there with
        the right sides of the equations, the shortest if there are many. `kind`, by the second derivatives: a
        "minimum", a "maximum" or a "saddle" among the points that satisfy the equations, "isolated" if there is no way
        to move, else "inconclusive". `optimality`, the largest entry of the gradient of L, and `constr_violation`, the
        largest of `constraint`, in absolute value. `success`, `status` (0, or 1: too many steps, 2: no step helps, 3: a
        second derivative is not finite where a step led), `message`, `nit`, `nfev`, `njev`, and `history`, a list with
        the points and multipliers from the start on.

    Warns
    -----
    ConvergenceWarning
        If `success` is False.

    Raises
    ------
    TypeError
        If a function cannot be called, `fun` returns no number, or `maxiter` is no integer.
    ValueError
        If `x0` is no vector of finite numbers, a function is not finite there, a result has the wrong shape, `tol` is
        not positive, or `maxiter` is less than 1.

    See Also
    --------
    equality_qp : one step, for quadratic objectives and linear equations.
    kkt_residuals : to check a point, also with inequalities.
    scipy.optimize.minimize : its methods "SLSQP" and "trust-constr" look for minima only, and take inequalities.

    Notes
    -----
    The Lagrangian is :math:`L(x, \lambda) = f(x) - \lambda^\top c(x)`. Newton's method for the equations
    :math:`\nabla L = 0` solves in each step, with J the Jacobian of c,

    .. math:: \begin{pmatrix} \nabla_{xx}^2 L & -J^\top \\ -J & 0 \end{pmatrix}
              \begin{pmatrix} \Delta x \\ \Delta \lambda \end{pmatrix}
              = -\begin{pmatrix} \nabla f - J^\top \lambda \\ -c \end{pmatrix}

    and goes the way, or a half, a quarter, ... of it, until the right side is shorter by a ten-thousandth of what the
    linear model promises. It does not minimise: L has no minimum in :math:`\lambda`. So it finds maxima as readily as
    minima; look at `kind`. It says what the curvature of L is along the directions that keep the equations to first
    order. A singular matrix, as dependent equations make it, gets the shortest of the best solutions.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, sec. 12.5 and 18.1.

    Examples
    --------
    The point of the line 2x + 3y = 13 next to the origin:

    >>> f = lambda x: x[0] ** 2 + x[1] ** 2
    >>> result = newton_lagrange(f, [0.0, 0.0], lambda x: 2 * x[0] + 3 * x[1] - 13)
    >>> result.x.round(12).tolist(), result.multipliers.round(12).tolist(), result.kind
    ([2.0, 3.0], [2.0], 'minimum')
    """
    limit, tolerance = as_count(maxiter, "maxiter"), float(as_positive(as_real(tol, "tol"), "tol"))
    x = as_point(x0, "x0")
    problem = _Lagrangian(Objective(fun, args, jac, hess), constraint, constraint_jac, constraint_hess)
    lam = problem.first_multipliers(x, multipliers0)
    history, status = _newton_steps(problem, x, lam, tolerance, limit)
    return _lagrange_result(problem, history, status)


def _newton_steps(
    problem: "_Lagrangian", x: Floats, lam: Floats, tolerance: float, maxiter: int
) -> tuple[list[LagrangeStep], int]:
    """Return the points of the way, and the status."""
    F, n, history = problem.residual(x, lam), x.size, list[LagrangeStep]()
    while True:
        sizes = (float(np.abs(part).max(initial=0)) for part in (F[:n], F[n:]))
        history.append(LagrangeStep(x.copy(), lam.copy(), *sizes))
        if problem.is_solved(x, F, tolerance):
            return history, 0
        if len(history) > maxiter:
            return history, 1
        try:
            matrix = problem.kkt_matrix(x, lam)
        except (ValueError, ArithmeticError):  # a second derivative is not finite, as that of x**1.5 at 0
            if len(history) == 1:
                raise
            return history, 3
        found = _damped(problem, x, lam, F, lstsq(matrix, -F).x)
        if found is None:
            return history, 2
        x, lam, F = found


class _Lagrangian:
    """An objective with its constraints: the equations that are zero at a stationary point, and their matrix."""

    def __init__(self, objective: Objective, c: Function, jac: Function | None, hess: Function | None) -> None:
        for name, function in (("constraint", c), ("constraint_jac", jac), ("constraint_hess", hess)):
            if not callable(function) and (name == "constraint" or function is not None):
                raise TypeError(f"{name} must be a function, got {function!r}")
        self.objective, self.c, self.jac, self.hess = objective, c, jac, hess

    def constraints(self, x: Floats) -> Floats:
        """Return the values, shape (m,), which may be nan or infinite."""
        out = np.atleast_1d(np.array(self.c(x.copy(), *self.objective.args), dtype=float))
        if out.ndim != 1:
            raise ValueError(f"constraint must return a number or a vector, got shape {out.shape}")
        return out

    def jacobian(self, x: Floats, m: int) -> Floats:
        return _jacobian("constraint", self.c, self.jac, x, m, self.objective.args)

    def first_multipliers(self, x: Floats, given: ArrayLike | None) -> Floats:
        if not np.isfinite(self.objective.value(x)):
            raise ValueError(f"fun must be finite at x0 = {x[:3]}; start where it is defined")
        m = len(as_real_array(self.constraints(x), "the value of constraint at x0"))
        if given is None:
            return np.asarray(lstsq(self.jacobian(x, m).T, self.objective.gradient(x)).x)
        lam = np.atleast_1d(as_real_array(given, "multipliers0"))
        if lam.shape != (m,):
            raise ValueError(f"multipliers0 must have shape ({m},), one a constraint, got {lam.shape}")
        return lam

    def residual(self, x: Floats, lam: Floats) -> Floats:
        """Return the gradient of L by x and lambda; infinite where a function or its gradient is not finite."""
        c, nowhere = self.constraints(x), np.full(len(x) + len(lam), np.inf)
        if not (np.isfinite(self.objective.value(x)) and np.all(np.isfinite(c))):
            return nowhere
        try:
            return np.concatenate([self.objective.gradient(x) - self.jacobian(x, len(lam)).T @ lam, -c])
        except (ValueError, ArithmeticError):  # such as sqrt at 0; what is wrong at the start, too, has been told there
            return nowhere

    def is_solved(self, x: Floats, F: Floats, tolerance: float) -> bool:
        """Return whether the residual F at x is 0, up to the tolerance and the rounding of x."""
        n = len(x)
        size = 1 + norm(self.objective.gradient(x), np.inf)
        if np.abs(F[:n]).max() > tolerance * size:
            return False
        c = np.abs(F[n:])
        return bool(np.all(c <= tolerance) or np.all(c <= tolerance + rounding_of_point(self.jacobian(x, len(c)), x)))

    def hessian(self, x: Floats, lam: Floats) -> Floats:
        """Return the second derivatives of L by x."""
        args, n = self.objective.args, len(x)
        if self.hess is not None:
            second = self.hess(x.copy(), lam.copy(), *args)
        else:
            from companion.autodiff import hessian

            second = hessian(lambda z: np.sum(lam * self.c(z, *args)))(x)
        bent = as_real_array(second, "constraint_hess")
        if bent.size != n * n:
            raise ValueError(f"constraint_hess must return an array of shape {(n, n)}, got {bent.shape}")
        return self.objective.hessian(x) - bent.reshape(n, n)

    def kkt_matrix(self, x: Floats, lam: Floats) -> Floats:
        J = self.jacobian(x, len(lam))
        return np.block([[self.hessian(x, lam), -J.T], [-J, np.zeros((len(lam), len(lam)))]])


def _damped(
    problem: _Lagrangian, x: Floats, lam: Floats, F: Floats, direction: Floats
) -> tuple[Floats, Floats, Floats] | None:
    """Return the first point of the halved steps where the residual is shorter, its multipliers, and the residual."""
    share, length, n = 1.0, np.linalg.norm(F), len(x)
    for _ in range(_HALVINGS):
        new_x, new_lam = x + share * direction[:n], lam + share * direction[n:]
        with np.errstate(all="ignore"):
            candidate = problem.residual(new_x, new_lam)
        if np.linalg.norm(candidate) <= (1 - 1e-4 * share) * length:
            return new_x, new_lam, candidate
        share /= 2
    return None


def _lagrange_result(problem: _Lagrangian, history: list[LagrangeStep], status: int) -> "OptimizeResult":
    from scipy.optimize import OptimizeResult

    last = history[-1]
    if status:
        from sklearn.exceptions import ConvergenceWarning  # takes a second to load

        sizes = f"gradient of L {last.optimality:.1e}, constraints {last.constr_violation:.1e}"
        warn_user(f"newton_lagrange: {_MESSAGES[status]} At the end: {sizes}.", ConvergenceWarning)
    return OptimizeResult(
        x=last.x.copy(),
        fun=problem.objective.value(last.x),
        multipliers=last.multipliers.copy(),
        kind="inconclusive" if status else _kind(problem, last.x, last.multipliers),
        optimality=last.optimality,
        constr_violation=last.constr_violation,
        success=status == 0,
        status=status,
        message=_MESSAGES[status],
        nit=len(history) - 1,
        nfev=problem.objective.nfev,
        njev=problem.objective.njev,
        history=history,
    )


def _kind(problem: _Lagrangian, x: Floats, lam: Floats) -> str:
    try:
        J, H = problem.jacobian(x, len(lam)), problem.hessian(x, lam)
    except (ValueError, ArithmeticError):  # such as x**1.5 at 0, whose second derivative is infinite
        return "inconclusive"
    regular = matrix_rank(J, rtol=1e-10) == len(J)
    Z = null_space(J, rcond=1e-10)
    if not Z.shape[1]:
        return "isolated"
    kind = classify_critical_point(Z.T @ H @ Z, tol=1e-10 * float(norm(H)))
    # Where gradients of constraints depend, a direction of Z need not be one that the equations allow.
    return "inconclusive" if kind == "saddle" and not regular else kind


class KKTResiduals(NamedTuple):
    """What `kkt_residuals` returns: by how much a point misses each of the conditions, 0 or more."""

    stationarity: float
    equalities: float
    inequalities: float
    dual: float
    complementarity: float


def kkt_residuals(
    fun: Function,
    x: ArrayLike,
    eq: Function | None = None,
    ineq: Function | None = None,
    *,
    eq_multipliers: ArrayLike = (),
    ineq_multipliers: ArrayLike = (),
    jac: Function | None = None,
    eq_jac: Function | None = None,
    ineq_jac: Function | None = None,
) -> KKTResiduals:
    r"""Say by how much a point misses the conditions of Karush, Kuhn and Tucker.

    Parameters
    ----------
    fun : callable
        The objective of a vector x of shape (n,); it returns one number.
    x : array_like, shape (n,)
        The point.
    eq : callable, optional
        The equations: m numbers (or one) that are to be 0.
    ineq : callable, optional
        The inequalities: p numbers (or one) that are to be at most 0: h(x) - d for h(x) <= d. (SciPy's "ineq"
        constraints are to be at *least* 0: change their sign.)
    eq_multipliers, ineq_multipliers : array_like, shapes (m,) and (p,)
        The multipliers, with the signs below.
    jac, eq_jac, ineq_jac : callable, optional
        Gradient of `fun`, Jacobians of `eq` and `ineq`, shapes (n,), (m, n), (p, n). By default `companion.autodiff`
        computes them; the functions are then written in operators and NumPy functions.

    Returns
    -------
    KKTResiduals
        Largest entries in absolute value: `stationarity` of the gradient of L; `equalities` of the equations;
        `inequalities` of what exceeds 0; `dual` of negative multipliers; `complementarity` of the products of
        multipliers and inequalities.

    Raises
    ------
    TypeError
        If a function cannot be called, or `fun` returns no number.
    ValueError
        If `x` is no vector of finite numbers, a function is not finite there, or a shape does not fit.

    See Also
    --------
    solve_qp, newton_lagrange : return such points with their multipliers.

    Notes
    -----
    .. math:: L = f(x) - \lambda^\top g(x) + \mu^\top h(x), \qquad \nabla_x L = 0, \quad g(x) = 0, \quad h(x) \le 0,
              \quad \mu \ge 0, \quad \mu_j h_j(x) = 0

    At a minimum of a smooth problem there are such multipliers if the gradients of the active constraints are
    independent. If f and h are convex and g is linear, these conditions are enough for a minimum.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, theorem 12.1. S. Boyd and L. Vandenberghe,
    Convex Optimization, 2004, sec. 5.5.3.

    Examples
    --------
    Least x² with x >= 1: the multiplier 2 holds the point at the bound.

    >>> kkt_residuals(lambda x: x[0] ** 2, [1.0], ineq=lambda x: 1 - x[0], ineq_multipliers=[2.0])
    KKTResiduals(stationarity=0.0, equalities=0.0, inequalities=0.0, dual=0.0, complementarity=0.0)
    """
    point = as_point(x, "x")
    objective = Objective(fun, (), jac, None)
    if not np.isfinite(objective.value(point)):
        raise ValueError(f"fun must be finite at x = {point[:3]}")
    gradient = objective.gradient(point)
    g, J_g, lam = _at(point, eq, eq_jac, eq_multipliers, "eq")
    h, J_h, mu = _at(point, ineq, ineq_jac, ineq_multipliers, "ineq")
    parts = (gradient - J_g.T @ lam + J_h.T @ mu, g, np.maximum(h, 0), np.maximum(-mu, 0), mu * h)
    return KKTResiduals(*(float(np.abs(part).max(initial=0)) for part in parts))


def _at(
    x: Floats, function: Function | None, jac: Function | None, multipliers: ArrayLike, name: str
) -> tuple[Floats, Floats, Floats]:
    """Return the values of constraints, their Jacobian and multipliers."""
    weights = np.atleast_1d(as_real_array(multipliers, f"{name}_multipliers"))
    if function is None:
        if weights.size:
            raise ValueError(f"{name} must be given where {name}_multipliers are")
        return np.zeros(0), np.zeros((0, len(x))), weights
    for label, one in ((name, function), (f"{name}_jac", jac)):
        if not callable(one) and one is not None:
            raise TypeError(f"{label} must be a function, got {one!r}")
    values = np.atleast_1d(as_real_array(function(x.copy()), f"the value of {name}"))
    if values.shape != weights.shape or values.ndim != 1:
        raise ValueError(f"{name}_multipliers must be as many as {name} returns, {values.size}, got {weights.size}")
    return values, _jacobian(name, function, jac, x, len(values)), weights


def _jacobian(
    name: str, function: Function, jac: Function | None, x: Floats, m: int, args: tuple[Any, ...] = ()
) -> Floats:
    """Return the Jacobian, shape (m, n), given or by forward mode, all of it finite."""
    if jac is None:
        from companion.autodiff import jacfwd

        jac = jacfwd(function)
    out = as_real_array(jac(x.copy(), *args), f"{name}_jac")
    n = x.size
    shapes = [(m, n), *([(n,)] if m == 1 else []), *([(m,)] if n == 1 else []), *([()] if m == n == 1 else [])]
    if out.shape not in shapes:  # the transpose has as many numbers, but other ones
        raise ValueError(f"{name}_jac must return an array of shape {(m, n)}, got {out.shape}")
    return out.reshape(m, n)
