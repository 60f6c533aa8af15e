"""Quasi-Newton methods: the curvature is learnt from the gradients along the way."""

from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_real, as_real_array
from companion.calculus._line_search import Trial, along, as_finite_value, first_trial, wolfe_search
from companion.calculus._objective import Floats, Objective, as_point
from companion.calculus._run import SMALL_FALL, Record, Run
from companion.linalg import norm

_EPS = float(np.finfo(float).eps)
_FAR = 1e10  # a line that still falls at so many times the size of x is taken for endless
_NOISE = 1e-14  # relative differences of values up to this are taken for rounding


class Approximation(Protocol):
    """What stands in the place of the inverse Hessian.

    It `is_new` before it has learnt anything. It `is_scaled` if it starts from a matrix of the right size, so that the
    step length 1 is worth the first trial.
    """

    is_new: bool
    is_scaled: bool

    def direction(self, jac: Floats) -> Floats:
        """Return minus the product with the gradient."""

    def update(self, s: Floats, y: Floats) -> None:
        """Learn from a step s and the change y of the gradient over it."""

    def reset(self) -> None:
        """Forget everything."""


def bfgs_update(hess_inv: ArrayLike, s: ArrayLike, y: ArrayLike) -> Floats:
    r"""Update an approximate inverse Hessian by the formula of Broyden, Fletcher, Goldfarb and Shanno.

    Parameters
    ----------
    hess_inv : array_like, shape (n, n)
        The approximation so far, symmetric and positive definite.
    s : array_like, shape (n,)
        The step, from one point to the next.
    y : array_like, shape (n,)
        The change of the gradient over it, with ``y @ s > 0``.

    Returns
    -------
    ndarray, shape (n, n)
        The new approximation, symmetric and positive definite (but for rounding), which maps y to s.

    Raises
    ------
    ValueError
        If a shape is wrong, a number is nan or infinite, or ``y @ s`` is not positive.

    See Also
    --------
    two_loop_recursion : the product with a vector, without the matrix.
    minimize : the method.

    Notes
    -----
    .. math:: H_+ = (I - \rho s y^\top)\, H\, (I - \rho y s^\top) + \rho s s^\top, \qquad \rho = \frac1{y^\top s}

    Multiplied out it needs one product of the matrix and a vector, about :math:`4 n^2` operations, and no product of
    matrices. Of all symmetric matrices with the **secant equation** :math:`H_+ y = s` it is the one nearest to H, in a
    weighted Frobenius norm.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, eq. 6.17.

    Examples
    --------
    >>> new = bfgs_update([[1, 0], [0, 1]], [1, 0], [2, 1])
    >>> new.tolist()
    [[0.75, -0.5], [-0.5, 1.0]]
    """
    H, step, change = as_real_array(hess_inv, "hess_inv"), as_point(s, "s"), as_point(y, "y")
    n = len(step)
    if change.shape != (n,) or H.shape != (n, n):
        raise ValueError(
            f"hess_inv, s and y must have shapes (n, n), (n,), (n,), got {H.shape}, {(n,)}, {change.shape}"
        )
    if not change @ step > 0:
        raise ValueError(f"y @ s must be positive, got {change @ step}; a step with the Wolfe conditions makes it so")
    return _bfgs(H, step, change)


def _bfgs(H: Floats, s: Floats, y: Floats) -> Floats:
    rho = 1 / (y @ s)
    Hy = H @ y
    cross = rho * np.outer(s, Hy)
    new: Floats = H - (cross + cross.T) + rho * (1 + rho * (y @ Hy)) * np.outer(s, s)
    return new


def two_loop_recursion(jac: ArrayLike, sk: ArrayLike, yk: ArrayLike, gamma: float | None = None) -> Floats:
    r"""Multiply a vector by the inverse Hessian that the last steps imply, without any matrix.

    Parameters
    ----------
    jac : array_like, shape (n,)
        The vector, in L-BFGS the gradient.
    sk : array_like, shape (m, n)
        The last m steps, oldest first; m may be 0.
    yk : array_like, shape (m, n)
        The changes of the gradient over them, each with ``y @ s > 0``.
    gamma : float, optional
        The matrix to begin with is gamma times the identity. By default ``s @ y / (y @ y)`` of the last pair, and 1 if
        there is none.

    Returns
    -------
    ndarray, shape (n,)
        The product. The next direction of L-BFGS is minus this.

    Raises
    ------
    ValueError
        If a shape is wrong, a number is nan or infinite, `gamma` is not positive, or a ``y @ s`` is not positive.

    See Also
    --------
    bfgs_update : m such updates make the same matrix.
    scipy.optimize.LbfgsInvHessProduct : the same for gamma 1.

    Notes
    -----
    The matrix is :math:`H_m`, with :math:`H_{i+1} = V_i^\top H_i V_i + \rho_i s_i s_i^\top`,
    :math:`V_i = I - \rho_i y_i s_i^\top` and :math:`H_0 = \gamma I`. The first loop applies the factors :math:`V_i`
    from the newest to the oldest, the second their transposes back. It takes 4mn multiplications and 2mn numbers of
    memory.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, alg. 7.4. J. Nocedal, Updating quasi-Newton
    matrices with limited storage, Mathematics of Computation 35, 1980.

    Examples
    --------
    >>> two_loop_recursion([2, 1], [[1, 0]], [[2, 1]]).round(12).tolist()  # the secant equation
    [1.0, 0.0]
    """
    vector = as_point(jac, "jac")
    S, Y = _as_pairs(sk, "sk", vector.size), _as_pairs(yk, "yk", vector.size)
    if len(S) != len(Y):
        raise ValueError(f"sk and yk must have equally many rows, got {len(S)} and {len(Y)}")
    if not np.all(np.sum(S * Y, axis=1) > 0):
        raise ValueError("each y @ s must be positive; leave out pairs for which it is not")
    if gamma is None:
        gamma = float(S[-1] @ Y[-1] / (Y[-1] @ Y[-1])) if len(S) else 1.0
    if not as_real(gamma, "gamma") > 0:
        raise ValueError(f"gamma must be positive, got {gamma}")
    return _two_loops(vector, [(s, y, float(1 / (y @ s))) for s, y in zip(S, Y, strict=True)], gamma)


def _as_pairs(pairs: ArrayLike, name: str, n: int) -> Floats:
    """Return steps or changes as a matrix with one a row; none at all may be an empty list."""
    array = as_real_array(pairs, name)
    if array.size == 0:
        return array.reshape(0, n)
    if array.ndim != 2 or array.shape[1] != n:
        raise ValueError(f"{name} must have shape (m, {n}), one step a row, got {array.shape}")
    return array


def _two_loops(jac: Floats, pairs: list[tuple[Floats, Floats, float]], gamma: float) -> Floats:
    q, alphas = jac.copy(), []
    for s, y, rho in reversed(pairs):
        alphas.append(rho * (s @ q))
        q -= alphas[-1] * y
    q *= gamma
    for (s, y, rho), alpha in zip(pairs, reversed(alphas), strict=True):
        q += (alpha - rho * (y @ q)) * s
    return q


class InverseHessian:
    """The dense approximation of BFGS."""

    is_scaled = False

    def __init__(self, n: int, hess_inv0: Floats | None = None) -> None:
        self.first = np.eye(n) if hess_inv0 is None else hess_inv0
        self.matrix, self.is_new = self.first, True

    def direction(self, jac: Floats) -> Floats:
        """Return minus the product with the gradient."""
        return -(self.matrix @ jac)

    def update(self, s: Floats, y: Floats) -> None:
        """Apply the formula."""
        self.matrix, self.is_new = _bfgs(self.matrix, s, y), False

    def reset(self) -> None:
        """Forget everything."""
        self.matrix, self.is_new = self.first, True


class Memory:
    """The last m pairs of L-BFGS."""

    is_scaled = True

    def __init__(self, maxcor: int) -> None:
        self.maxcor, self.gamma, self.is_new = maxcor, 1.0, True
        self.pairs: list[tuple[Floats, Floats, float]] = []

    def direction(self, jac: Floats) -> Floats:
        """Return minus the product with the gradient."""
        return -_two_loops(jac, self.pairs, self.gamma)

    def update(self, s: Floats, y: Floats) -> None:
        """Keep the pair, and drop the oldest one if there are too many."""
        self.pairs = [*self.pairs, (s, y, float(1 / (s @ y)))][-self.maxcor :]
        self.gamma, self.is_new = float((s @ y) / (y @ y)), False

    def reset(self) -> None:
        """Forget everything."""
        self.pairs, self.gamma, self.is_new = [], 1.0, True


def quasi_newton(
    objective: Objective,
    x0: Floats,
    approximation: Approximation,
    record: Record,
    *,
    gtol: float,
    maxiter: int,
    ftol: float = 0.0,
    maxfun: float = np.inf,
    maxls: int = 20,
    c1: float = 1e-4,
    c2: float = 0.9,
) -> Run:
    """Go along the directions of the approximation, by steps that satisfy the Wolfe conditions."""
    x, value = x0, as_finite_value(objective.value(x0))
    here = Trial(0.0, value, np.nan, objective.gradient(x))
    fall = 0.0
    record.add(x, value, here.jac, 0.0)
    while record.jac_norm > gtol:
        if record.nit >= maxiter or objective.nfev > maxfun or record.stopped:
            return Run(x, here.value, here.jac, 99 if record.stopped else 1)
        p, first, here = _descend(approximation, here, fall)
        line, noise = along(objective, x, p), _NOISE * abs(here.value)
        there, outcome = wolfe_search(line, here, first, c1, c2, maxiter=maxls, noise=noise)
        stuck = outcome == "stuck" and there.value >= here.value
        if (stuck and approximation.is_new) or (outcome == "endless" and _is_far(there, p, x)):
            return Run(x, here.value, here.jac, 2 if stuck else 4)
        if stuck:  # the approximation has gone bad: begin anew, with the gradient
            approximation.reset()
            continue
        if outcome == "endless":  # the approximation makes steps that are too short by many orders
            approximation.reset()
        s, y = there.step * p, there.jac - here.jac
        if _bends_up(s, y):
            approximation.update(s, y)
        fall, x, here = here.value - there.value, x + s, there
        record.add(x, here.value, here.jac, there.step)
        # A line without an end has a short last step, not a short fall.
        if ftol > 0 and outcome != "endless" and fall <= ftol * max(abs(here.value), abs(here.value + fall), 1):
            return Run(x, here.value, here.jac, 0, SMALL_FALL if record.jac_norm > gtol else "")
    return Run(x, here.value, here.jac, 0)


def _descend(approximation: Approximation, here: Trial, fall: float) -> tuple[Floats, float, Trial]:
    """Return a direction in which the function falls, the first step length, and the point as the start of the line."""
    p = approximation.direction(here.jac)
    with np.errstate(over="ignore"):
        if not -np.inf < p @ here.jac < 0:  # rounding has cost the approximation its positive definiteness
            approximation.reset()
            p = -here.jac
        if p @ here.jac == -np.inf:  # the square of a length above 1e154
            p = p / np.abs(p).max()
    here = here._replace(step=0.0, slope=float(p @ here.jac))
    if approximation.is_new:  # nothing is known of the scale: a step of length 1, unless the gradient is small
        return p, min(1.0, 1 / float(norm(p))), here
    return p, 1.0 if approximation.is_scaled else first_trial(fall, here.slope), here


def _bends_up(s: Floats, y: Floats) -> bool:
    """Return whether y @ s is positive, as the Wolfe conditions make it, and no rounding error."""
    with np.errstate(over="ignore"):  # no use of lengths above 1e154
        return bool(s @ y > _EPS * np.linalg.norm(s) * np.linalg.norm(y))


def _is_far(there: Trial, p: Floats, x: Floats) -> bool:
    """Return whether a function that falls as far as *there* seems to have no minimum along p.

    Twenty trials alone do not tell: from x = 300, where exp(x) is 1e130, or from 1e19 they may all be too short.
    """
    return there.value == -np.inf or float(np.abs(there.step * p).max()) > _FAR * (1 + float(np.abs(x).max()))
