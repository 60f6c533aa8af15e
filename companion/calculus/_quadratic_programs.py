"""Quadratic objectives under linear constraints: one linear system for equalities, active sets for inequalities."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_real_array
from companion._warnings import warn_user
from companion.calculus._convexity import is_positive_semidefinite
from companion.linalg import lstsq, norm, null_space

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Floats = NDArray[np.float64]

_SWEEPS = 20  # over the rows and columns, to find units
_TINY = 1e-10  # what counts as 0 beside 1, after work of many roundings
_ATTEMPTS = 3  # to end at a feasible point; a start 1e10 away takes two
_MESSAGES = {  # by status, as in `scipy.optimize.linprog`
    0: "Optimization terminated successfully.",
    1: "The iteration limit was reached; raise maxiter.",
    2: "The problem is infeasible: no point satisfies all constraints.",
    3: "The problem is unbounded: the objective falls without end along a direction that keeps the constraints.",
    4: "Numerical difficulties encountered: rounding carries the way out of the constraints; bring their numbers to "
    "comparable sizes, or start nearer.",
}


class EqualityQP(NamedTuple):
    """What `equality_qp` returns."""

    x: Any
    multipliers: Any
    fun: float


def equality_qp(P: ArrayLike, q: ArrayLike, A: ArrayLike, b: ArrayLike) -> EqualityQP:
    r"""Minimise a quadratic function under linear equations.

    Parameters
    ----------
    P : array_like, shape (n, n)
        Symmetric matrix of the objective, positive semi-definite at least on the null space of A.
    q : array_like, shape (n,)
        Linear part of the objective.
    A : array_like, shape (m, n)
        Matrix of the equations; rows may depend on each other if their right sides fit.
    b : array_like, shape (m,)
        Right sides.

    Returns
    -------
    EqualityQP
        `x`, shape (n,), the minimiser, the shortest if there are many. `multipliers`, shape (m,): by how much the
        minimum grows for one unit of each b; the shortest if there are many, as there are for dependent rows. `fun`,
        the minimum.

    Raises
    ------
    numpy.linalg.LinAlgError
        If no x satisfies the equations; if the objective has no minimum on them (both are ValueErrors).
    ValueError
        If a shape is wrong, P is not symmetric, or a number is nan or infinite.

    See Also
    --------
    solve_qp : with inequalities, too.
    newton_lagrange : for any smooth objective and constraints.

    Notes
    -----
    The gradient of the Lagrangian :math:`L = \tfrac12 x^\top P x + q^\top x - \lambda^\top (A x - b)` vanishes at the
    minimiser. Together with the constraint this is one linear system, with the *KKT matrix*:

    .. math:: \begin{pmatrix} P & A^\top \\ A & 0 \end{pmatrix}
              \begin{pmatrix} x \\ -\lambda \end{pmatrix} = \begin{pmatrix} -q \\ b \end{pmatrix}

    The matrix is never definite, and it is singular for dependent rows. So it is taken apart. Write
    :math:`x = x_0 + Z u` with one solution :math:`x_0` of the equations and an orthonormal basis Z of the null space of
    A. What remains is to minimise over u without constraint: :math:`Z^\top P Z u = -Z^\top (P x_0 + q)`. Then
    :math:`A^\top \lambda = P x + q`. All this in units in which the diagonal of P is about 1: beside a curvature of 1
    one of 1e-14 looks like rounding, but it is none if its variable counts millimetres and the other one kilometres.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, sec. 16.1 and 16.2.

    Examples
    --------
    The point of the line 2x + 3y = 13 next to the origin:

    >>> x, multipliers, fun = equality_qp([[2, 0], [0, 2]], [0, 0], [[2, 3]], [13])
    >>> x.round(12).tolist(), multipliers.round(12).tolist(), round(fun, 12)
    ([2.0, 3.0], [2.0], 13.0)
    """
    P, q = _as_objective(P, q)
    A, b = _as_constraints(A, b, len(q), "A", "b")
    D = _units(P, A, b)
    P, q, A = D[:, None] * P * D, D * q, A * D
    x0, Z = _eliminate(A, b)
    if x0 is None:
        raise LinAlgError("A and b must have a solution; the equations A x = b contradict each other")
    H, gradient = Z.T @ P @ Z, Z.T @ (P @ x0 + q)
    # Against P, not against H alone: H may be what rounding leaves of 0.
    size = _size(P)
    step, falls, flat = _newton_step(H, gradient, size, size * norm(x0, np.inf) + norm(q, np.inf))
    if falls:
        raise LinAlgError("P must give a minimum on A x = b; the objective falls without end there")
    u = x0 + Z @ step
    multipliers = lstsq(A.T, P @ u + q).x
    return EqualityQP(_shortest(D * u, D[:, None] * (Z @ flat)), multipliers, _value(P, q, u))


def _shortest(x: Floats, directions: Floats) -> Floats:
    """Return the shortest of the points that differ from *x* by the columns of *directions* only."""
    Q = np.linalg.qr(directions).Q
    for _ in range(2):  # the first time may leave the rounding errors of a long x
        x = x - Q @ (Q.T @ x)
    return x


class QPStep(NamedTuple):
    """A point of the way of `solve_qp`: `x`, its value `fun`, and `working`, the inequalities held as equations."""

    x: Any
    fun: float
    working: tuple[int, ...]


def solve_qp(
    P: ArrayLike,
    q: ArrayLike,
    G: ArrayLike | None = None,
    h: ArrayLike | None = None,
    A: ArrayLike | None = None,
    b: ArrayLike | None = None,
    *,
    initvals: ArrayLike | None = None,
    maxiter: int | None = None,
) -> "OptimizeResult":
    r"""Minimise a convex quadratic function under linear inequalities and equations, by a primal active-set method.

    Parameters
    ----------
    P : array_like, shape (n, n)
        Symmetric positive semi-definite matrix of the objective x @ P @ x / 2 + q @ x; zeros make a linear program.
    q : array_like, shape (n,)
        Linear part of the objective.
    G, h : array_like, shapes (p, n) and (p,), optional
        The inequalities G x <= h. The bounds x >= l are G = -I, h = -l.
    A, b : array_like, shapes (m, n) and (m,), optional
        The equations A x = b.
    initvals : array_like, shape (n,), optional
        Where to start; used if it satisfies the constraints.
    maxiter : int, optional
        Most changes of the working set, in each of the two phases of an attempt; by default 50 + 10 (n + p).

    Returns
    -------
    scipy.optimize.OptimizeResult
        `x`, shape (n,), a minimiser, and `fun`, the minimum. `ineq_multipliers`, shape (p,), none negative: by how much
        the minimum falls for one unit of each h; 0 where the inequality is not active. `eq_multipliers`, shape (m,):
        by how much it grows for one unit of each b. `success`, `status`, `message`: 0 for success, 1 for too many
        steps, 2 if no point satisfies the constraints (`x` is then None), 3 if the objective falls without end, 4 if
        rounding errors keep `x` from satisfying the constraints. `nit`, the steps; `history`, the feasible start and
        after each step the point, its value, and the working set.

    Warns
    -----
    ConvergenceWarning
        If `success` is False.

    Raises
    ------
    TypeError
        If `maxiter` is no integer, or an argument does not hold real numbers.
    ValueError
        If a shape is wrong, P is not symmetric and positive semi-definite, a number is nan or infinite, or only one of
        G and h, or of A and b, is given.

    See Also
    --------
    equality_qp : equations alone, in one step.
    kkt_residuals : to check any point.
    scipy.optimize.minimize : its methods "SLSQP" and "trust-constr" take nonlinear constraints.

    Notes
    -----
    The arguments are those of qpsolvers and CVXOPT. Least squares, to minimise :math:`\tfrac12 \|C x - d\|^2`, are
    P = C.T @ C and q = -C.T @ d; `fun` then lacks the constant :math:`\tfrac12 \|d\|^2`.

    At a minimiser some inequalities hold as equations, and if one knew which, `equality_qp` would do. The method keeps
    a guess, the *working set* W, and a feasible x:

    1. Minimise with the inequalities of W as equations and without the others. If this leads to x itself, look at the
       multipliers of W. If none is negative, x is the minimiser; else drop a negative one from W.
    2. Else go there, but only as far as all inequalities allow. Whichever stops the way joins W.

    Where x stays as it is, the one with the lowest number leaves and joins, Bland's rule, so that W does not come back.
    A start is found in the same way, by the least t with :math:`G x \le h + t`. If P is singular, the objective may be
    a plane along some directions: the way there ends at an inequality, or never. Over long ways rounding may lead out
    of the constraints: then the method begins again from a feasible point near the end, up to three times in all.

    A step costs some :math:`n^3` operations, for a QR factorisation of the rows of W and a Cholesky factorisation, and
    some pn for the inequalities; there are as many steps as inequalities come and go. All variables are measured in
    units in which the diagonal of P is about 1 (where it is 0, in units that suit G and A): so those of the caller do
    not matter.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, alg. 16.3. R. G. Bland, New finite pivoting
    rules for the simplex method, Mathematics of Operations Research 2, 1977.

    Examples
    --------
    The least x² + y² with x + y >= 2 and x >= 1.5:

    >>> result = solve_qp([[2, 0], [0, 2]], [0, 0], [[-1, -1], [-1, 0]], [-2, -1.5])
    >>> result.x.round(12).tolist(), round(result.fun, 12), result.ineq_multipliers.round(12).tolist()
    ([1.5, 0.5], 2.5, [1.0, 2.0])
    """
    P, q = _as_objective(P, q)
    n = len(q)
    if not is_positive_semidefinite(P, 1e-12 * max(n, 1)):
        raise ValueError("P must be positive semi-definite, else the problem is not convex and x may be no minimiser")
    G, h = _as_constraints(G, h, n, "G", "h")
    A, b = _as_constraints(A, b, n, "A", "b")
    limit = 50 + 10 * (n + len(h)) if maxiter is None else as_count(maxiter, "maxiter")
    start = None if initvals is None else as_real_array(initvals, "initvals")
    if start is not None and start.shape != (n,):
        raise ValueError(f"initvals must have shape ({n},), got {start.shape}")
    D = _units(P, np.vstack([G, A]), np.r_[h, b])
    if not is_positive_semidefinite(D[:, None] * P * D, 1e-12 * n):  # rounding has made the tiny entries of P
        D = np.ones(n)
    scaled = _Program(D[:, None] * P * D, D * q, G * D, h, A * D, b)
    return _result(scaled, D, *_minimise(scaled, None if start is None else start / D, limit))


class _Program(NamedTuple):
    """The arguments of `solve_qp`, in units of the variables that suit P."""

    P: Floats
    q: Floats
    G: Floats
    h: Floats
    A: Floats
    b: Floats


def _minimise(program: _Program, start: Floats | None, maxiter: int) -> tuple[list[QPStep], Floats, int]:
    """Return the way to the minimiser, empty if no point is feasible, the multipliers and the status."""
    P, q, G, h, A, b = program
    x0, Z = _eliminate(A, b)
    if x0 is None:
        return [], np.zeros(len(h)), 2
    # From here on u counts: x = x0 + Z u satisfies the equations. Rows of G are scaled to length 1.
    lengths = _lengths(G)
    distances = np.abs(h) / lengths
    noise = _TINY * (norm(x0, np.inf) + _nearest(distances) + distances)
    inner = _Polyhedron(G / lengths[:, None] @ Z, (h - G @ x0) / lengths, noise)
    sizes = _size(P), _size(P) * norm(x0, np.inf) + norm(q, np.inf)
    objective = _Objective(Z.T @ P @ Z, Z.T @ (P @ x0 + q), sizes)
    run = _attempts(objective, inner, Z.T @ (x0 * 0 if start is None else start - x0), maxiter)
    history = [QPStep(x0 + Z @ point, _value(P, q, x0 + Z @ point), working) for point, working in run.path]
    return history, run.multipliers / lengths, run.status


def _nearest(distances: Floats) -> float:
    """Return the distance of the nearest plane from the origin, which serves as unit of length; 0 if there is none.

    Bounds far away, such as 1e20 for none, must not blur the others. A plane that only rounding keeps from the origin,
    such as that of the bound 0.1 + 0.2 - 0.3, is no unit.
    """
    away = distances[distances > 0]
    rounding = 64 * np.finfo(float).eps * min(1.0, np.median(away)) if away.size else 0.0
    return float(min(away[away > rounding].tolist(), default=0.0))


def _result(program: _Program, D: Floats, history: list[QPStep], mu: Floats, status: int) -> "OptimizeResult":
    """Put the fields together, in the caller's units."""
    from scipy.optimize import OptimizeResult

    if status:
        from sklearn.exceptions import ConvergenceWarning  # takes a second to load

        warn_user(f"solve_qp: {_MESSAGES[status]}", ConvergenceWarning)
    P, q, G, _, A, _ = program
    gradient = P @ history[-1].x + q if history else 0 * q
    return OptimizeResult(
        x=D * history[-1].x if history else None,
        fun=history[-1].fun if history else None,
        ineq_multipliers=mu,
        eq_multipliers=lstsq(A.T, gradient + G.T @ mu).x if len(A) else np.zeros(0),
        success=status == 0,
        status=status,
        message=_MESSAGES[status],
        nit=max(len(history) - 1, 0),
        history=[step._replace(x=D * step.x) for step in history],
    )


class _Polyhedron(NamedTuple):
    """The points with G u <= h, up to *noise*; rows may be 0, if the equations decide them."""

    G: Floats
    h: Floats
    noise: Floats

    def slack(self, u: Floats) -> Floats:
        return self.h - self.G @ u

    def tolerance(self, u: Floats) -> Floats:
        """Return what counts as zero slack at *u*, for each row: a length, as rows have length 1."""
        return self.noise + _TINY * float(np.abs(u).max(initial=0))

    def holds(self, u: Floats) -> bool:
        """Return whether *u* satisfies all inequalities, up to what the steps leave of an error."""
        return bool(np.all(self.slack(u) >= -10 * self.tolerance(u)))


class _Objective(NamedTuple):
    """The function u @ P @ u / 2 + q @ u; *sizes* are what entries of P and q are measured by."""

    P: Floats
    q: Floats
    sizes: tuple[float, float]


class _Run(NamedTuple):
    path: list[tuple[Floats, tuple[int, ...]]]
    multipliers: Floats
    status: int


def _attempts(objective: _Objective, inner: _Polyhedron, u: Floats, maxiter: int) -> _Run:
    """Minimise over the polyhedron, anew where rounding has led out of it; the path is empty if no point is feasible.

    The second attempt begins near the solution, with smaller numbers and so with smaller errors.
    """
    path, none = list[tuple[Floats, tuple[int, ...]]](), np.zeros(len(inner.h))
    for _ in range(_ATTEMPTS):
        u, status = _feasible_point(inner, u, maxiter)
        if status:
            return _Run(path, none, 4 if path else status)
        run = _active_set(objective, inner, u, maxiter)
        path, u = path + run.path, run.path[-1][0]
        if run.status or inner.holds(u):
            return run._replace(path=path)
    return _Run(path, none, 4)


def _feasible_point(inner: _Polyhedron, u: Floats, maxiter: int) -> tuple[Floats, int]:
    """Return a point of the polyhedron, *u* if it is one, and status 0; or some point and the status 1 or 2."""
    if np.all(inner.slack(u) >= -inner.tolerance(u)):
        return u, 0
    end, status = _least_excess(inner, u, maxiter)
    if status and u.any():  # from far away rounding may decide: ask again from where the numbers are small
        return _least_excess(inner, 0 * u, maxiter)
    return end, status


def _least_excess(inner: _Polyhedron, u: Floats, maxiter: int) -> tuple[Floats, int]:
    """Return a point where the largest excess over h is least, and the status 0 if it is none.

    That is the least t >= 0 with G u <= h + t: a linear program that has a feasible point.
    """
    (G, h, noise), n = inner, len(u)
    rows = np.block([[G, -np.ones((len(G), 1))], [np.zeros(n), -1.0]])
    lifted = _Polyhedron(rows, np.r_[h, 0], np.r_[noise, noise.min()])
    least_t = _Objective(np.zeros((n + 1, n + 1)), np.eye(n + 1)[n], (0.0, 1.0))
    run = _active_set(least_t, lifted, np.r_[u, max(-inner.slack(u).min(), 0.0)], maxiter)
    end = run.path[-1][0][:n]
    return end, 0 if inner.holds(end) else run.status or 2


def _active_set(objective: _Objective, inner: _Polyhedron, u: Floats, maxiter: int) -> _Run:
    """Minimise over the polyhedron from a feasible *u*."""
    P, q, sizes = objective
    G, working, stays = inner.G, list[int](), False
    path: list[tuple[Floats, tuple[int, ...]]] = [(u, ())]
    for _ in range(maxiter):
        g = P @ u + q
        noise = sizes[0] * np.abs(u).max(initial=0) + sizes[1]
        Y, Z, R = _split(G[working], len(u))
        step, falls, _ = _newton_step(Z.T @ P @ Z, Z.T @ g, sizes[0], noise)
        p = Z @ step
        if not falls and np.abs(Z.T @ g).max(initial=0) <= _TINY * noise:
            mu = -np.linalg.solve(R, Y.T @ g) if working else np.zeros(0)
            negative = np.flatnonzero(mu < -_TINY * noise)
            if not negative.size:
                multipliers = np.zeros(len(G))
                multipliers[working] = np.maximum(mu, 0)
                return _Run(path, multipliers, 0)
            worst = min(negative, key=lambda i: working[i]) if stays else int(np.argmin(mu))
            working.pop(int(worst))
        else:
            share, blocking = _longest_step(inner, u, p, working, np.inf if falls else 1.0)
            if np.isinf(share):
                return _Run(path, np.zeros(len(G)), 3)
            stays = share * np.abs(p).max() <= _TINY * np.abs(u).max() + inner.noise.min(initial=np.inf)
            u = u + share * p
            if blocking is not None:
                working.append(blocking)
        path.append((u, tuple(sorted(working))))
    return _Run(path, np.zeros(len(G)), 1)


def _split(rows: Floats, n: int) -> tuple[Floats, Floats, Floats]:
    """Return bases Y of the span and Z of the null space of independent *rows*, and R with rows.T = Y R."""
    if not len(rows):
        return np.zeros((n, 0)), np.eye(n), np.zeros((0, 0))
    Q, R = np.linalg.qr(rows.T, mode="complete")
    m = len(rows)
    return Q[:, :m], Q[:, m:], R[:m]


def _newton_step(H: Floats, gradient: Floats, size: float, noise: float) -> tuple[Floats, bool, Floats]:
    """Return the step to the minimum of a quadratic function, or a direction of endless fall, and whether it is that.

    The third is a basis of the directions without curvature. *size* and *noise* are what the entries of H and of the
    gradient are measured by. A negative curvature counts as endless fall.
    """
    n = len(gradient)
    H, zero = (H + H.T) / 2, 64 * n * np.finfo(float).eps * size  # forming H leaves as much of a true 0
    if _exceeds(H, zero):
        return -np.linalg.solve(H, gradient).astype(np.float64), False, np.zeros((n, 0))
    values, V = np.linalg.eigh(H)
    curved = values > zero
    along = V.T @ gradient
    if np.any(values < -1e-10 * size):
        return V[:, 0] * -np.copysign(1, along[0]), True, V[:, ~curved]
    fall = -V[:, ~curved] @ along[~curved]
    if np.abs(fall).max(initial=0) > _TINY * noise:
        return fall / float(norm(fall)), True, V[:, ~curved]
    return -V[:, curved] @ (along[curved] / values[curved]), False, V[:, ~curved]


def _exceeds(H: Floats, least: float) -> bool:
    """Return whether all eigenvalues exceed a bound, by Cholesky's method: a tenth of the work of finding them."""
    try:
        np.linalg.cholesky(H - least * np.eye(len(H)))
    except LinAlgError:
        return False
    return True


def _longest_step(
    inner: _Polyhedron, u: Floats, p: Floats, working: list[int], limit: float
) -> tuple[float, int | None]:
    """Return how far to go along *p*, and the number of the inequality that stops the way, the lowest if several do."""
    rate = inner.G @ p
    rate[working] = 0
    # Nothing but rounding may be passed over: along a p of length 1e10 even a rate of 1e-10 of it leads out by 1.
    stopping = np.flatnonzero(rate > 64 * len(p) * np.finfo(float).eps * np.linalg.norm(p))
    shares = np.maximum(inner.slack(u)[stopping], 0) / rate[stopping]
    share = float(shares.min(initial=np.inf))
    if share >= limit:
        return limit, None
    stops = inner.slack(u + share * p)[stopping] <= 1e-3 * inner.tolerance(u)[stopping]
    stops[np.argmin(shares)] = True  # whatever rounding says
    return share, int(stopping[stops][0])


def _eliminate(A: Floats, b: Floats) -> tuple[Floats | None, Floats]:
    """Return the shortest solution of A x = b, or None if there is none, and a basis of the null space of A."""
    n = A.shape[1]
    if not len(A):
        return np.zeros(n), np.eye(n)
    lengths = _lengths(A)
    A, b = A / lengths[:, None], b / lengths
    share = 1e-12 * max(A.shape)
    x0 = lstsq(A, b, rcond=share).x
    apart = np.abs(A @ x0 - b).max()
    return (x0 if apart <= 1e-9 * (np.abs(b).max() + norm(x0)) else None), null_space(A, rcond=share)


def _units(P: Floats, rows: Floats, sides: Floats) -> Floats:
    """Return powers of 2, one a variable, as units in which the numbers of the program are comparable.

    The diagonal of P is about 1 in size then, where it is not 0. Where it is, the rows decide: they and their sides are
    scaled, too, until the logarithms of the entries of each row and column have the mean 0.
    """
    n, d, signed = len(P), np.abs(np.diag(P)), np.diag(P)
    curved = (signed > 0) | (signed < -_TINY * d.max())  # a tiny negative number is what rounding leaves of 0
    entries = np.column_stack([rows, sides])
    there = entries != 0
    logs = np.log2(np.abs(entries), where=there, out=np.zeros(entries.shape))
    free = np.r_[~curved, curved.any()] & there.any(axis=0)  # the last one is the unit of the sides
    powers = np.full(n + 1, -np.log2(d[curved]).mean() / 2 if curved.any() else 0.0)
    powers[:n][curved] = -np.log2(d[curved]) / 2
    for _ in range(_SWEEPS if free[:n].any() else 0):
        means = np.mean(logs + powers, axis=1, where=there | ~there.any(axis=1, keepdims=True))  # of a row of zeros: 0
        powers[free] = -np.mean((logs - means[:, None])[:, free], axis=0, where=there[:, free])
    D = np.exp2(np.rint(powers[:n]))
    fits = np.abs(D[:, None] * P * D).max() <= 4  # else P is indefinite, and its diagonal tells nothing of its size
    return D if fits else np.ones(n)


def _size(P: Floats) -> float:
    return float(norm(P, np.inf))


def _lengths(rows: Floats) -> Floats:
    """Return the lengths of rows, and 1 for a row of zeros."""
    lengths = np.asarray(norm(rows, axis=1)) if len(rows) else np.ones(0)
    return np.where(lengths > 0, lengths, 1.0)


def _value(P: Floats, q: Floats, x: Floats) -> float:
    return float(x @ P @ x / 2 + q @ x)


def _as_objective(P: ArrayLike, q: ArrayLike) -> tuple[Floats, Floats]:
    matrix, vector = as_real_array(P, "P"), as_real_array(q, "q")
    if vector.ndim != 1 or not vector.size:
        raise ValueError(f"q must be a vector of at least one number, got shape {vector.shape}")
    if matrix.shape != (len(vector), len(vector)):
        raise ValueError(f"P must have shape {(len(vector), len(vector))} for q of {len(vector)}, got {matrix.shape}")
    if np.abs(matrix - matrix.T).max() > _TINY * np.abs(matrix).max():
        raise ValueError("P must be symmetric; (P + P.T) / 2 gives the same objective")
    return (matrix + matrix.T) / 2, vector


def _as_constraints(
    matrix: ArrayLike | None, side: ArrayLike | None, n: int, name: str, side_name: str
) -> tuple[Floats, Floats]:
    if matrix is None and side is None:
        return np.zeros((0, n)), np.zeros(0)
    if matrix is None or side is None:
        raise ValueError(f"{name} and {side_name} must be given together")
    rows, values = as_real_array(matrix, name), as_real_array(side, side_name)
    if rows.ndim != 2 or rows.shape[1] != n:
        raise ValueError(f"{name} must have shape (m, {n}), one column a variable, got {rows.shape}")
    if values.shape != rows.shape[:1]:
        raise ValueError(f"{side_name} must have shape ({len(rows)},), one number a row of {name}, got {values.shape}")
    return rows, values
