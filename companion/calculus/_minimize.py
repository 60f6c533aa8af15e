"""Minimise a function of many variables: one door to Newton's method, BFGS and L-BFGS."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_count, as_nonnegative, as_real, as_real_array
from companion._warnings import warn_user
from companion.calculus._line_search import as_wolfe_constants
from companion.calculus._newton import newton_method
from companion.calculus._objective import Floats, Function, Objective, as_point
from companion.calculus._quasi_newton import InverseHessian, Memory, quasi_newton
from companion.calculus._run import MESSAGES, REPAIRS, Record, Run

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

_COMMON = {"gtol": 1e-5, "norm": np.inf, "maxiter": None, "return_all": False, "disp": False}
OPTIONS: dict[str, dict[str, Any]] = {
    "Newton": {**_COMMON, "damped": True},
    "BFGS": {**_COMMON, "c1": 1e-4, "c2": 0.9, "hess_inv0": None},
    "L-BFGS": {**_COMMON, "maxiter": 15000, "maxcor": 10, "ftol": 2.2204460492503131e-09, "maxfun": 15000, "maxls": 20},
}


def minimize(
    fun: Function,
    x0: ArrayLike,
    args: Any = (),
    method: str | None = None,
    jac: Function | bool | None = None,
    hess: Function | None = None,
    *,
    tol: float | None = None,
    callback: Function | None = None,
    options: dict[str, Any] | None = None,
) -> "OptimizeResult":
    r"""Find a local minimum of a function of one or more variables, without constraints or bounds.

    Parameters
    ----------
    fun : callable
        The function, ``fun(x, *args)``, with x of shape (n,), an array also for n = 1; it returns one number. Where it
        or its gradient is nan or infinite, or it raises an ArithmeticError (an overflow, a division by zero, a solution
        that runs away), a step is too long; but both must be finite at the start.
    x0 : array_like, shape (n,)
        The start.
    args : tuple, optional
        Further arguments of `fun`, `jac` and `hess`.
    method : {"BFGS", "L-BFGS", "Newton"}, default "BFGS"
        "BFGS" learns an n by n matrix from the gradients; "L-BFGS" keeps a few pairs of vectors instead; "Newton" needs
        second derivatives. Letters of any case.
    jac : callable or True, optional
        The gradient, ``jac(x, *args)``, shape (n,). True: `fun` returns value and gradient. None: `companion.autodiff`
        differentiates the program `fun`, which must be written in operators and NumPy functions. (SciPy takes
        differences then.)
    hess : callable, optional
        For "Newton" alone: the Hessian, ``hess(x, *args)``, shape (n, n). None: `companion.autodiff.hessian`.
    tol : float, optional
        Sets `gtol`, and for "L-BFGS" `ftol` as well.
    callback : callable, optional
        Called after each step with the point, or if its one argument is called ``intermediate_result`` with a result
        that holds `x` and `fun`. A StopIteration that it raises ends the run.
    options : dict, optional
        ``gtol`` (1e-5)
            The run ends when the norm of the gradient is at most this,
        ``norm`` (inf)
            in this norm: its order, 1 or more, as in `numpy.linalg.norm`.
        ``maxiter``
            Most steps, perhaps 0: 200 n by default, 15000 for "L-BFGS".
        ``return_all`` (False)
            Whether to return all points.
        ``disp``
            Without effect: nothing is printed; `history` tells how the run went.
        ``c1``, ``c2`` (1e-4, 0.9)
            "BFGS": the constants of the Wolfe conditions.
        ``hess_inv0``
            "BFGS": the first inverse Hessian. By default the identity, scaled after the first step.
        ``maxcor`` (10)
            "L-BFGS": how many pairs to keep.
        ``ftol`` (2.2e-9)
            "L-BFGS": the run ends, too, when a step lowers f by at most this times ``max(abs(f), 1)``; 0 for
            no such end.
        ``maxfun`` (15000), ``maxls`` (20)
            "L-BFGS": most evaluations of `fun`, up to those of one line; most longer and longer trials on one line,
            before it is known that a step lies between two of them; up to 30 more then find it.
        ``damped`` (True)
            "Newton": False for the method as it was invented, with full steps to whatever stationary point.

    Returns
    -------
    scipy.optimize.OptimizeResult
        `x`, `fun`, `jac`: the point, its value and gradient; `success`, `status`, `message`; `nit`, the number of
        steps, `nfev`, `njev`, of evaluations; `history`, for the start and after each step the value `fun`, the norm
        `jac_norm`, the length `step` along the direction, and `nfev` and `njev` until then. "BFGS" and "L-BFGS":
        `hess_inv`, an ndarray or a `scipy.optimize.LbfgsInvHessProduct`. "Newton": `hess` and `nhev`. With
        ``return_all``: `allvecs`, the points.

        `status` is 0 for success, 1 for too many steps, 2 if values did not fall any more before the gradient was
        small, 3 if a full Newton step was not finite, or a derivative where a Newton step led (`hess` is then the last
        finite one), 4 if the function falls to minus infinity or, along a line, still at 1e10 times the distance of the
        start, 5 if Newton's method ended where the Hessian has a negative eigenvalue (of more than 64 n times the
        machine epsilon, relative to the largest one), 99 if the callback ended it.

    Warns
    -----
    ConvergenceWarning
        If `success` is False, but for status 99.
    RuntimeWarning
        If `hess` is given to another method than "Newton", which does not use it.

    Raises
    ------
    TypeError
        If `fun`, `jac`, `hess` or `callback` is no function, `fun` returns no number, or `companion.autodiff` has no
        rule for something that `fun` calls.
    ValueError
        If `x0` is no vector of finite numbers, `fun` or a derivative is not finite there, a derivative has the wrong
        shape, or there is no such method or option.

    See Also
    --------
    newton : one equation in one variable.
    line_search, bfgs_update, two_loop_recursion, newton_direction : the parts.
    scipy.optimize.minimize : the same; its "L-BFGS-B" takes bounds, its "Newton-CG" and "trust-exact" damp Newton's
        steps in other ways.

    Notes
    -----
    .. math:: x_{k+1} = x_k - \alpha_k H_k \nabla f(x_k)

    "Newton": H is the inverse Hessian, changed by `newton_direction` where it is not positive definite; alpha is halved
    from 1 until f falls enough. "BFGS": H is updated by `bfgs_update`. "L-BFGS": H is only implied, by
    `two_loop_recursion`. Both search alpha by `line_search`, starting with 1. A method finds a *local* minimum at best,
    and what it calls success is a small gradient; for "L-BFGS" also a small fall, by `ftol`, and `message` says so.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, alg. 3.2, 6.1 and 7.5.

    Examples
    --------
    >>> rosenbrock = lambda x: 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2
    >>> result = minimize(rosenbrock, [-1.2, 1.0])
    >>> result.x.round(5).tolist(), result.success
    ([1.0, 1.0], True)
    >>> minimize(rosenbrock, [-1.2, 1.0], method="Newton").x.round(5).tolist()
    [1.0, 1.0]
    """
    name = _as_method(method)
    start, objective = as_point(x0, "x0"), Objective(fun, args, jac, hess)
    if hess is not None and name != "Newton":
        warn_user(f"{name} does not use the Hessian: leave out hess, or take method='Newton'", RuntimeWarning)
    settings = _as_settings(name, options, tol, start.size)
    record = Record(objective, settings["norm"], callback, settings["return_all"])
    own: dict[str, Any] = {}
    common = {"gtol": settings["gtol"], "maxiter": settings["maxiter"]}
    if name == "Newton":
        run, own["hess"] = newton_method(objective, start, record, **common, damped=settings["damped"])
        own["nhev"] = objective.nhev
    elif name == "BFGS":
        dense = InverseHessian(start.size, settings["hess_inv0"])
        run = quasi_newton(objective, start, dense, record, **common, c1=settings["c1"], c2=settings["c2"])
        own["hess_inv"] = dense.matrix
    else:
        memory, limits = Memory(settings["maxcor"]), {key: settings[key] for key in ("ftol", "maxfun", "maxls")}
        run = quasi_newton(objective, start, memory, record, **common, **limits)
        own["hess_inv"] = _operator(memory, start.size)
    return _result(name, run, record, own)


def _result(name: str, run: Run, record: Record, own: dict[str, Any]) -> "OptimizeResult":
    """Put the fields together, and warn if the run did not succeed."""
    from scipy.optimize import OptimizeResult

    if run.status in REPAIRS:
        from sklearn.exceptions import ConvergenceWarning  # takes a second to load

        message = run.message or MESSAGES[run.status]
        warn_user(f"{name}: {message} To do: {REPAIRS[run.status]}.", ConvergenceWarning)
    counts = {"nit": record.nit, "nfev": record.objective.nfev, "njev": record.objective.njev}
    points = {"allvecs": record.allvecs} if record.return_all else {}
    return OptimizeResult(
        x=run.x,
        fun=run.fun,
        jac=run.jac,
        success=run.status == 0,
        status=run.status,
        message=run.message or MESSAGES[run.status],
        history=record.history,
        **counts,
        **own,
        **points,
    )


_RELATIVES = {
    "l-bfgs-b": "; without bounds it is 'L-BFGS' here",
    "newton-cg": "; 'Newton' takes the whole Hessian, which companion.autodiff computes",
}


def _as_method(method: str | None) -> str:
    """Return the method's name as it is written here."""
    if method is not None and not isinstance(method, str):
        raise TypeError(f"method must be a name, got {method!r}")
    known = {name.lower(): name for name in OPTIONS}
    word = "bfgs" if method is None else method.lower()
    if word not in known:
        raise ValueError(f"method must be one of {', '.join(OPTIONS)}, got {method!r}{_RELATIVES.get(word, '')}")
    return known[word]


def _as_settings(name: str, options: dict[str, Any] | None, tol: float | None, n: int) -> dict[str, Any]:
    """Return the options of a method, checked, with defaults for what is not given."""
    given = {} if options is None else dict(options)
    unknown = sorted(given.keys() - OPTIONS[name].keys())
    if unknown:
        raise ValueError(f"options of {name} must be among {', '.join(OPTIONS[name])}, got {', '.join(unknown)}")
    if tol is not None:
        given = {"gtol": tol, **({"ftol": tol} if name == "L-BFGS" else {}), **given}
    settings = {**OPTIONS[name], **given}
    if settings["maxiter"] is None:
        settings["maxiter"] = 200 * n
    for key in {"maxiter", "maxcor", "maxfun", "maxls"} & settings.keys():
        settings[key] = as_count(settings[key], f"options['{key}']", minimum=0 if key == "maxiter" else 1)
    for key in {"gtol", "ftol"} & settings.keys():
        settings[key] = as_real(as_nonnegative(settings[key], f"options['{key}']"), f"options['{key}']")
    settings["norm"] = _as_order(settings["norm"])
    if name == "BFGS":
        settings["c1"], settings["c2"] = as_wolfe_constants(settings["c1"], settings["c2"])
        settings["hess_inv0"] = _as_inverse(settings["hess_inv0"], n)
    return settings


def _as_order(norm: Any) -> float:
    """Return the order of a norm; what NumPy makes of numbers below 1, and of text, is none."""
    order = norm if isinstance(norm, float) and norm == np.inf else as_real(norm, "options['norm']")
    if order < 1:
        raise ValueError(f"options['norm'] must be 1 or more, or inf, got {norm}")
    return order


def _as_inverse(matrix: ArrayLike | None, n: int) -> Floats | None:
    if matrix is None:
        return None
    H = as_real_array(matrix, "options['hess_inv0']")
    if H.shape != (n, n):
        raise ValueError(f"options['hess_inv0'] must have shape {(n, n)}, got {H.shape}")
    if not np.allclose(H, H.T) or not np.linalg.eigvalsh(H)[0] > 0:
        raise ValueError("options['hess_inv0'] must be symmetric and positive definite")
    return H


def _operator(memory: Memory, n: int) -> Any:
    """Return the pairs as SciPy returns them."""
    from scipy.optimize import LbfgsInvHessProduct

    steps, changes = (np.reshape([pair[i] for pair in memory.pairs], (-1, n)) for i in (0, 1))
    return LbfgsInvHessProduct(steps, changes)
