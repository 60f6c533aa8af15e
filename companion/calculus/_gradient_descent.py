"""Gradient descent: step against the gradient, with a fixed, a falling or a searched learning rate."""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_count, as_nonnegative, as_positive, as_real
from companion._warnings import warn_user
from companion.calculus._backtracking import backtracking
from companion.calculus._line_search import as_finite_value
from companion.calculus._objective import Floats, Function, NotFiniteError, Objective, as_floats, as_point
from companion.calculus._run import MESSAGES, MinimizeStep, Record, Run

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Schedule: TypeAlias = Callable[[int], float]
# A rule for the next point: from x, its value and gradient and the number of the step to the next x, its value and the
# learning rate; None if it finds no step.
_Rule: TypeAlias = Callable[[Floats, float, Floats, int], tuple[Floats, float, float] | None]

_CONVERGED, _MAXITER, _NO_STEP, _DIVERGED, _ENDLESS, _STOPPED = 0, 1, 2, 3, 4, 99
_MESSAGES = {
    **{status: MESSAGES[status] for status in (_CONVERGED, _MAXITER, _NO_STEP, _ENDLESS, _STOPPED)},
    _DIVERGED: "A step led to where the function or its gradient is not finite; x is the last point before.",
}
_REPAIRS = {
    _NO_STEP: "the values do not fall any more: raise tol, or check jac; at a kink it may stop short of the minimum",
    _DIVERGED: "the learning rate is too large: lower learning_rate, or take 'backtracking'; "
    "if that ends here, too, start elsewhere",
    _ENDLESS: "check the sign of fun, or bound it below, for example by a penalty",
}
_C1 = 0.3  # with 1e-4 a step nearly twice too long passes: it crosses the valley and hardly gets down


class Cost(Objective):
    """An objective that steps may leave: from the second point on, what is not finite is no error."""

    def value_or_nan(self, x: Floats) -> float:
        """Return the value; nan where it overflows, also in Python's own numbers."""
        try:
            with np.errstate(all="ignore"):
                return self.value(x) if np.all(np.isfinite(x)) else np.nan
        except ArithmeticError:
            return np.nan

    def gradient_or_none(self, x: Floats) -> Floats | None:
        """Return the gradient, or None if it is not finite."""
        try:
            with np.errstate(all="ignore"):
                return self.gradient(x)
        except ArithmeticError:
            return None

    def gradient_at_start(self, x: Floats) -> Floats:
        """Return the gradient, which must be finite."""
        try:
            return self.gradient(x)
        except ArithmeticError as error:
            raise ValueError(f"the gradient must be finite at the start, x0: {error}") from error

    @staticmethod
    def _checked(derivative: ArrayLike, name: str, shape: tuple[int, ...], x: Floats) -> Floats:
        array = as_floats(derivative, name)
        if not np.isfinite(array).all():
            raise NotFiniteError(f"{name} returned {array.ravel()[:3]} at x = {x[:3]}")
        return array if array.shape == shape else Objective._checked(array, name, shape, x)


def gradient_descent(
    fun: Function,
    x0: ArrayLike,
    args: Any = (),
    jac: Function | bool | None = None,
    *,
    learning_rate: float | Schedule | Literal["backtracking"] = "backtracking",
    momentum: float = 0.0,
    tol: float = 1e-5,
    maxiter: int = 1000,
    callback: Function | None = None,
    return_all: bool = False,
) -> "OptimizeResult":
    r"""Find a local minimum by steps against the gradient.

    Parameters
    ----------
    fun : callable
        The function, ``fun(x, *args)``, with x of shape (n,); it returns one number.
    x0 : array_like, shape (n,)
        The start.
    args : tuple, optional
        Further arguments of `fun` and `jac`.
    jac : callable or True, optional
        The gradient, ``jac(x, *args)``, shape (n,). True: `fun` returns value and gradient. None: `companion.autodiff`
        differentiates the program `fun`, which must be written in operators and NumPy functions.
    learning_rate : float, callable or "backtracking", default "backtracking"
        The factor of the gradient. A function of the number of the step, from 1 on, as `learning_rate_schedule` makes
        them. "backtracking" searches it for each step by Armijo's rule, beginning with twice the last one.
    momentum : float, default 0.0
        The part of the last step that is added to the next, at least 0 and below 1. Not with "backtracking".
    tol : float, default 1e-5
        The run ends when no entry of the gradient exceeds this in absolute value.
    maxiter : int, default 1000
        Most steps.
    callback : callable, optional
        Called after each step with the point, or if its one argument is called ``intermediate_result`` with a result
        that holds `x` and `fun`. A StopIteration that it raises ends the run.
    return_all : bool, default False
        Whether to return all points.

    Returns
    -------
    scipy.optimize.OptimizeResult
        `x`, `fun`, `jac`: the point, its value and gradient; `success`, `status`, `message`; `nit`, the number of
        steps, `nfev`, `njev`, of evaluations; `history`, for the start and after each step the value `fun`, the largest
        entry `jac_norm` of the gradient, the learning rate `step`, and `nfev` and `njev` until then. With
        ``return_all``: `allvecs`, the points.

        `status` is 0 for success, 1 for too many steps, 2 if backtracking found no lower value, 3 if the steps ran to
        where `fun` or its gradient is not finite, 4 if it falls to minus infinity, 99 if the callback ended the run.

    Warns
    -----
    ConvergenceWarning
        If `success` is False, but for status 99. It says what to change.

    Raises
    ------
    TypeError
        If `fun`, `jac` or `callback` is no function, `fun` returns no number, `jac` no real numbers, or
        `companion.autodiff` has no rule for something that `fun` calls.
    ValueError
        If `x0` is no vector of finite numbers, value or gradient is not finite there, the gradient has the wrong shape,
        or `learning_rate`, `momentum`, `tol` or `maxiter` is out of its range.

    See Also
    --------
    stochastic_gradient_descent : for a cost that is an average over many points.
    minimize : Newton's method and those that imitate it, which need fewer steps.
    backtracking : the search.

    Notes
    -----
    .. math:: \mathbf v_{t+1} = \beta \mathbf v_t - \eta_t \nabla f(\mathbf x_t), \qquad
              \mathbf x_{t+1} = \mathbf x_t + \mathbf v_{t+1}

    with the learning rate :math:`\eta` and the momentum :math:`\beta`. Without momentum: if the gradient is Lipschitz
    continuous with constant L (all curvatures are at most L in absolute value), each step with :math:`0 < \eta < 2/L`
    lowers f, unless the gradient is 0. On a quadratic with curvatures between :math:`\mu > 0` and L the best fixed rate
    is :math:`2/(\mu + L)`: no step leaves more than :math:`(L - \mu)/(L + \mu)` of the error. What the run calls
    success is a small gradient; the point may be a saddle, too.

    References
    ----------
    Y. Nesterov, Lectures on Convex Optimization, 2nd ed., 2018, sec. 1.2.3. B. T. Polyak, Some methods of speeding up
    the convergence of iteration methods, USSR Comput. Math. Math. Phys. 4, 1964 (momentum).

    Examples
    --------
    >>> bowl = lambda x: x[0] ** 2 + 5 * x[1] ** 2
    >>> result = gradient_descent(bowl, [1.0, 1.0], learning_rate=1 / 6)
    >>> result.success, result.nit
    (True, 35)
    >>> gradient_descent(bowl, [1.0, 1.0]).nit  # the learning rate is searched
    26
    """
    start, objective, limit = as_point(x0, "x0"), Cost(fun, args, jac, None), as_count(maxiter, "maxiter")
    least = as_real(as_nonnegative(as_real(tol, "tol"), "tol"), "tol")
    record = Record(objective, np.inf, callback, return_all)
    run = _descend(objective, start, _as_rule(objective, learning_rate, momentum), record, least, limit)
    return _result(run, record)


def _descend(objective: Cost, x: Floats, rule: _Rule, record: Record, tol: float, maxiter: int) -> Run:
    """Step until the gradient vanishes."""
    value = as_finite_value(objective.value(x))
    g = objective.gradient_at_start(x)
    record.add(x, value, g, 0.0)
    while record.jac_norm > tol:
        if record.stopped or record.nit >= maxiter:
            return Run(x, value, g, _STOPPED if record.stopped else _MAXITER)
        step = rule(x, value, g, record.nit + 1)
        if step is None:
            return Run(x, value, g, _NO_STEP)
        new_x, new_value, eta = step
        new_g = objective.gradient_or_none(new_x) if np.isfinite(new_value) else None
        if new_g is None:
            return Run(x, value, g, _ENDLESS if new_value == -np.inf else _DIVERGED)
        x, value, g = new_x, new_value, new_g
        record.add(x, value, g, eta)
    return Run(x, value, g, _CONVERGED)


def _given_rate(objective: Cost, rate: Schedule, momentum: float) -> _Rule:
    """Return the rule that takes the learning rate as given, and keeps a part of the last step."""
    v: Any = 0.0

    def rule(x: Floats, value: float, g: Floats, t: int) -> tuple[Floats, float, float]:
        nonlocal v
        eta = rate(t)
        with np.errstate(over="ignore"):
            v = momentum * v - eta * g
            x = x + v
        return x, objective.value_or_nan(x), eta

    return rule


def _searched_rate(objective: Cost) -> _Rule:
    """Return the rule that searches the learning rate, from twice the last one down."""
    first = 1.0

    def rule(x: Floats, value: float, g: Floats, t: int) -> tuple[Floats, float, float] | None:
        nonlocal first
        with np.errstate(over="ignore", under="ignore"):
            slope = -float(g @ g)
        if not -np.inf < slope < 0:  # the square of the gradient is beyond the range of floats
            return None
        eta, new, _ = backtracking(objective.value_or_nan, x, -g, value, slope, initial_step=first, c1=_C1)
        first = 2 * eta
        return (x - eta * g, new, eta) if new < value else None

    return rule


def _as_rule(objective: Cost, learning_rate: Any, momentum: float) -> _Rule:
    beta = as_momentum(momentum)
    if isinstance(learning_rate, str):
        if learning_rate != "backtracking":
            raise ValueError(f"learning_rate must be a number, a function or 'backtracking', got {learning_rate!r}")
        if beta:
            raise ValueError(f"momentum must be 0 with 'backtracking', got {momentum}; give a learning_rate for it")
        return _searched_rate(objective)
    return _given_rate(objective, as_schedule(learning_rate), beta)


def as_schedule(learning_rate: Any) -> Schedule:
    """Return the learning rate as a function of the number of the step, which checks what it returns."""
    if not callable(learning_rate):
        eta = as_real(as_positive(as_real(learning_rate, "learning_rate"), "learning_rate"), "learning_rate")
        return lambda t: eta

    def rate(t: int) -> float:
        eta = learning_rate(t)
        if isinstance(eta, float) and 0 <= eta < np.inf:  # the usual case, at once: it comes up in each step
            return float(eta)
        return as_real(as_nonnegative(eta, f"learning_rate({t})"), f"learning_rate({t})")

    return rate


def as_momentum(momentum: float) -> float:
    """Return the momentum as a float in [0, 1)."""
    beta = as_real(momentum, "momentum")
    if not 0 <= beta < 1:
        raise ValueError(f"momentum must be at least 0 and below 1, got {momentum}")
    return beta


def _result(run: Run, record: Record) -> "OptimizeResult":
    """Put the fields together, and warn if the run did not succeed."""
    from scipy.optimize import OptimizeResult

    if run.status not in (_CONVERGED, _STOPPED):
        from sklearn.exceptions import ConvergenceWarning  # takes a second to load

        repair = _REPAIRS.get(run.status) or _more_steps_or_smaller(record.history)
        warn_user(f"gradient_descent: {_MESSAGES[run.status]} To do: {repair}.", ConvergenceWarning)
    return OptimizeResult(
        x=run.x,
        fun=run.fun,
        jac=run.jac,
        success=run.status == _CONVERGED,
        status=run.status,
        message=_MESSAGES[run.status],
        nit=record.nit,
        nfev=record.objective.nfev,
        njev=record.objective.njev,
        history=record.history,
        **({"allvecs": record.allvecs} if record.return_all else {}),
    )


def _more_steps_or_smaller(history: list[MinimizeStep]) -> str:
    """Return what to change after too many steps."""
    last = history[-10:]
    if sum(after.fun >= before.fun for before, after in pairwise(last)) > len(last) / 2:
        return "the value does not fall: lower learning_rate, or take 'backtracking'"
    return "the value still falls: raise maxiter, or learning_rate; bring the variables to comparable scales"
