"""Stochastic gradient descent: the gradient of a few points stands in for that of all."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_count, as_nonnegative, as_positive, as_real
from companion._warnings import warn_user
from companion.calculus._backtracking import as_fraction
from companion.calculus._gradient_descent import Cost, Schedule, as_schedule
from companion.calculus._line_search import as_finite_value
from companion.calculus._objective import Floats, Function, as_point

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

Indices: TypeAlias = NDArray[np.int64]
_Kind: TypeAlias = Literal["constant", "invscaling", "sqrt", "exponential"]

_DONE, _EPOCHS, _DIVERGED = 0, 1, 3
_MESSAGES = {
    _DONE: "All epochs were made.",
    _EPOCHS: "The gradient of the whole cost is not small after all epochs.",
    _DIVERGED: "The steps ran to where the cost or its gradient is not finite.",
}
_SMALL_GRADIENT = "The gradient of the whole cost became as small as tol."
# A cost that has risen by more than so many times that of the start and the rise of the first epoch, and rises more and
# more, runs away. (The rise counts because a cost may start near 0, as one less its minimum does.)
_GROWTH = 1000.0
_REPAIRS = {
    _EPOCHS: "raise epochs or batch_size; with a constant rate the noise never ends: take a learning_rate_schedule",
    _DIVERGED: "the learning rate is too large: lower learning_rate, or bring the features to comparable scales",
}


def learning_rate_schedule(
    learning_rate: _Kind = "invscaling",
    eta0: float = 0.01,
    *,
    power_t: float = 0.25,
    t0: float = 0.0,
    gamma: float = 0.999,
) -> Callable[[Any], Any]:
    r"""Make a rule for the learning rate of each update.

    Parameters
    ----------
    learning_rate : {"invscaling", "constant", "sqrt", "exponential"}, default "invscaling"
        The kind of rule; see the notes.
    eta0 : float, default 0.01
        The learning rate of a constant rule, and the factor of the others.
    power_t : float, default 0.25
        The exponent of "invscaling".
    t0 : float, default 0.0
        How many updates "invscaling" and "sqrt" begin late: the larger, the longer the first rate lasts.
    gamma : float, default 0.999
        The factor from one update to the next in "exponential", between 0 and 1.

    Returns
    -------
    callable
        A function of the number t = 1, 2, ... of the update, also of an array of such; it returns the learning rate.

    Raises
    ------
    ValueError
        If there is no such rule, `eta0` is not positive, `power_t` or `t0` is negative, or `gamma` does not lie
        strictly between 0 and 1.

    See Also
    --------
    stochastic_gradient_descent : takes it as its `learning_rate`.
    sklearn.linear_model.SGDRegressor : has "constant" and "invscaling" with the same meaning of `eta0` and `power_t`.

    Notes
    -----
    .. math:: \text{constant: } \eta_0, \quad \text{invscaling: } \frac{\eta_0}{(t + t_0)^p}, \quad
              \text{sqrt: } \frac{\eta_0}{\sqrt{t + t_0}}, \quad \text{exponential: } \eta_0\, \gamma^{t - 1} .

    Robbins and Monro ask for :math:`\sum_t \eta_t = \infty`, so that every distance can be covered, and for
    :math:`\sum_t \eta_t^2 < \infty`, so that the noise dies away. "invscaling" does both for
    :math:`\tfrac12 < p \le 1`. "constant" and "sqrt" fail the second demand, "exponential" the first: its rates add up
    to :math:`\eta_0 / (1 - \gamma)` only.

    References
    ----------
    H. Robbins and S. Monro, A stochastic approximation method, Ann. Math. Statist. 22, 1951.

    Examples
    --------
    >>> eta = learning_rate_schedule("invscaling", eta0=1.0, power_t=1.0)
    >>> [eta(t) for t in (1, 2, 4)]
    [1.0, 0.5, 0.25]
    """
    eta = as_real(as_positive(as_real(eta0, "eta0"), "eta0"), "eta0")
    power, late = (float(as_nonnegative(as_real(x, name), name)) for x, name in ((power_t, "power_t"), (t0, "t0")))
    factor = as_fraction(gamma, "gamma")
    rules: dict[str, Callable[[Any], Any]] = {
        "constant": lambda t: eta + 0.0 * t,
        "invscaling": lambda t: eta / (t + late) ** power,
        "sqrt": lambda t: eta / (t + late) ** 0.5,
        "exponential": lambda t: eta * factor ** (t - 1),
    }
    if not isinstance(learning_rate, str) or learning_rate not in rules:
        raise ValueError(f"learning_rate must be one of {', '.join(get_args(_Kind))}, got {learning_rate!r}")
    return rules[learning_rate]


def minibatches(
    n: int, batch_size: int, rng: np.random.Generator | int | None = None, *, shuffle: bool = True
) -> Iterator[Indices]:
    """Cut the indices of n points into batches: one epoch, in which every point comes once.

    Parameters
    ----------
    n : int
        Number of points.
    batch_size : int
        Points a batch, at most n. If it does not divide n, the last batch is smaller.
    rng : numpy.random.Generator or int, optional
        Source of randomness, or a seed.
    shuffle : bool, default True
        Whether the points come in random order.

    Returns
    -------
    iterator of ndarray, each of shape (batch_size,)
        The indices of a batch.

    Raises
    ------
    TypeError
        If `n` or `batch_size` is no integer.
    ValueError
        If `n` is less than 1, or `batch_size` does not lie between 1 and n.

    See Also
    --------
    stochastic_gradient_descent : takes one step a batch.
    sklearn.utils.gen_batches : slices, in order.

    References
    ----------
    L. Bottou, F. E. Curtis and J. Nocedal, Optimization methods for large-scale machine learning, SIAM Review 60, 2018.

    Examples
    --------
    >>> [batch.tolist() for batch in minibatches(5, 2, shuffle=False)]
    [[0, 1], [2, 3], [4]]
    >>> [batch.tolist() for batch in minibatches(5, 2, rng=0)]
    [[2, 4], [3, 0], [1]]
    """
    count = as_count(n, "n")
    size = as_count(batch_size, "batch_size")
    if size > count:
        raise ValueError(f"batch_size must be at most n, {count}, got {size}")
    order = np.random.default_rng(rng).permutation(count) if shuffle else np.arange(count)
    return (order[first : first + size] for first in range(0, count, size))


class EpochStep(NamedTuple):
    """What is kept of an epoch; an entry of the `history` of `stochastic_gradient_descent`."""

    fun: float
    learning_rate: float
    nit: int
    n_points: int


def stochastic_gradient_descent(
    fun: Function,
    x0: ArrayLike,
    n: int,
    args: Any = (),
    jac: Function | None = None,
    *,
    batch_size: int = 1,
    learning_rate: float | Schedule = 0.01,
    epochs: int = 10,
    shuffle: bool = True,
    tol: float | None = None,
    return_all: bool = False,
    rng: np.random.Generator | int | None = None,
) -> "OptimizeResult":
    r"""Minimise an average over n points by steps against the gradient of a few points at a time.

    Parameters
    ----------
    fun : callable
        The average cost of some points, ``fun(x, batch, *args)``, with x of shape (d,) and `batch` an array of indices
        from 0 to n - 1; it returns one number.
    x0 : array_like, shape (d,)
        The start.
    n : int
        Number of points.
    args : tuple, optional
        Further arguments of `fun` and `jac`.
    jac : callable, optional
        The gradient of `fun`, ``jac(x, batch, *args)``, shape (d,): the *average* of the gradients of the points in
        `batch`. None: `companion.autodiff` differentiates the program `fun`.
    batch_size : int, default 1
        Points an update: n for batch gradient descent, 1 for stochastic, in between for mini-batch gradient descent.
    learning_rate : float or callable, default 0.01
        The factor of the gradient, or a function of the number of the update, from 1 on; `learning_rate_schedule` makes
        such functions.
    epochs : int, default 10
        How often each point is used.
    shuffle : bool, default True
        Whether each epoch takes the points in a new random order.
    tol : float, optional
        The run ends after an epoch when no entry of the gradient over all points exceeds this in absolute value. By
        default all epochs are made.
    return_all : bool, default False
        Whether to return the points x after all updates.
    rng : numpy.random.Generator or int, optional
        Source of randomness, or a seed.

    Returns
    -------
    scipy.optimize.OptimizeResult
        `x`; `fun` and `jac`, cost and gradient over all points; `success`, `status`, `message`; `nit`, the number of
        updates, `nfev`, `njev`, of calls; `history`, for the start and after each epoch the cost `fun` over all points,
        the last `learning_rate`, the updates `nit` and the point gradients `n_points` until then. With ``return_all``:
        `allvecs`, the start and the point x after each update.

        `status` is 0 if all went as asked for, and `message` says whether all epochs were made or `tol` was reached; 1
        if the gradient did not reach `tol`; 3 if the steps diverge: they ran to where cost or gradient is not finite,
        or the cost rose in each of the last three epochs, in all by more than 1000 times that of the start.

    Warns
    -----
    ConvergenceWarning
        If `success` is False. It says what to change.

    Raises
    ------
    TypeError
        If `fun` or `jac` is no function, `fun` returns no number, `jac` no real numbers, or a count is no integer.
    ValueError
        If `x0` is no vector of finite numbers, cost or gradient is not finite there, the gradient has the wrong shape,
        or a count, `learning_rate` or `tol` is out of its range.

    See Also
    --------
    gradient_descent : with stopping rule, backtracking and momentum, for any function.
    sklearn.linear_model.SGDRegressor : linear regression so, one point an update. Its cost is half the squared error.

    Notes
    -----
    .. math:: \mathbf x_{t+1} = \mathbf x_t - \eta_t\, \frac1k \sum_{i \in B_t} \nabla l_i(\mathbf x_t)

    for a cost :math:`\frac1n \sum_i l_i` and batches B of k indices. For a random batch the gradient has the right
    expectation; its variance falls like 1/k. With a constant rate the iterates end up in a cloud around the minimum,
    unless all points agree where it is; the cloud's spread grows with the rate. They converge if
    :math:`\sum \eta_t = \infty` and :math:`\sum \eta_t^2 < \infty`, under conditions on the cost.

    References
    ----------
    H. Robbins and S. Monro, A stochastic approximation method, Ann. Math. Statist. 22, 1951. L. Bottou, F. E. Curtis
    and J. Nocedal, Optimization methods for large-scale machine learning, SIAM Review 60, 2018.

    Examples
    --------
    >>> import numpy as np
    >>> data = np.array([1.0, 2.0, 6.0])
    >>> cost = lambda x, batch: np.mean((x - data[batch]) ** 2)
    >>> batch = stochastic_gradient_descent(cost, [0.0], 3, batch_size=3, learning_rate=0.5, epochs=1)
    >>> batch.x.tolist(), batch.nit
    ([3.0], 1)
    >>> average = learning_rate_schedule(eta0=0.5, power_t=1.0)  # 1/2, 1/4, 1/6: the running mean
    >>> stochastic_gradient_descent(cost, [0.0], 3, learning_rate=average, epochs=1, rng=0).x.round(12).tolist()
    [3.0]
    """
    x, points, size = as_point(x0, "x0"), as_count(n, "n"), as_count(batch_size, "batch_size")
    if size > points:
        raise ValueError(f"batch_size must be at most n, {points}, got {size}")
    if not (jac is None or callable(jac)):  # not True either: value and gradient are asked for on different points
        raise TypeError(f"jac must be a function or None, got {jac!r}; None differentiates the program fun")
    cost = _AverageCost(fun, args, jac, points)
    times, schedule = as_count(epochs, "epochs"), as_schedule(learning_rate)
    least = None if tol is None else float(as_nonnegative(as_real(tol, "tol"), "tol"))
    descent = _Descent(cost, x, schedule, return_all)
    generator, mixed = np.random.default_rng(rng), bool(shuffle) and size < points
    for _ in range(times):
        if not descent.make_epoch(minibatches(points, size, generator, shuffle=mixed)):
            return descent.result(_DIVERGED)
        if least is not None and np.abs(descent.full_gradient()).max() <= least:
            return descent.result(_DONE, _SMALL_GRADIENT)
    if descent.runs_away():
        first, last = descent.history[0].fun, descent.fun
        return descent.result(_DIVERGED, f"The cost grows from epoch to epoch: it was {first:.3g} and is {last:.3g}.")
    return descent.result(_DONE if least is None else _EPOCHS)


class _AverageCost(Cost):
    """An average over points; `over` chooses the points for the next evaluation."""

    def __init__(self, fun: Function, args: Any, jac: Function | None, n: int) -> None:
        super().__init__(fun, args, jac, None)
        self.rest, self.everything = self.args, np.arange(n)

    def over(self, batch: Indices) -> "_AverageCost":
        """Return the cost as the average over the points *batch*."""
        self.args = (batch, *self.rest)
        return self


class _Descent:
    """The state of a run: the point, and what is kept of the way to it."""

    def __init__(self, cost: _AverageCost, x: Floats, schedule: Schedule, return_all: bool) -> None:
        self.cost, self.x, self.schedule = cost, x, schedule
        self.t = self.n_points = 0
        self.path = [x.copy()] if return_all else None
        self.fun = as_finite_value(cost.over(cost.everything).value(x))
        cost.gradient_at_start(x)
        self.history = [EpochStep(self.fun, 0.0, 0, 0)]

    def make_epoch(self, batches: Iterator[Indices]) -> bool:
        """Make an update a batch; return whether all stayed finite."""
        with np.errstate(over="ignore"):
            if not all(self.update(batch) for batch in batches):
                return False
        self.fun = self.cost.over(self.cost.everything).value_or_nan(self.x)
        self.history.append(EpochStep(self.fun, self.schedule(self.t), self.t, self.n_points))
        return bool(np.isfinite(self.fun))

    def update(self, batch: Indices) -> bool:
        """Step against the average gradient of the points in the batch."""
        g = self.cost.over(batch).gradient_or_none(self.x)
        if g is None:
            return False
        x = self.x - self.schedule(self.t + 1) * g
        if not np.isfinite(x).all():
            return False
        self.x, self.t, self.n_points = x, self.t + 1, self.n_points + batch.size
        if self.path is not None:
            self.path.append(x)
        return True

    def full_gradient(self) -> Floats:
        """Return the gradient of the whole cost, nan if it is not finite."""
        g = self.cost.over(self.cost.everything).gradient_or_none(self.x)
        return np.full_like(self.x, np.nan) if g is None else g

    def runs_away(self) -> bool:
        """Return whether the cost has risen far above that of the start, in each of the last epochs by more."""
        costs = np.array([step.fun for step in self.history])
        rises = np.diff(costs)
        if rises.size < 2:
            return bool(costs[-1] - costs[0] > _GROWTH * abs(costs[0]))
        steeper = bool(np.all(rises[-3:] > 0) and np.all(np.diff(rises[-3:]) > 0))
        return steeper and bool(costs[-1] - costs[0] > _GROWTH * max(abs(costs[0]), rises[0]))

    def result(self, status: int, message: str = "") -> "OptimizeResult":
        """Put the fields together, and warn if the run did not succeed."""
        from scipy.optimize import OptimizeResult

        message = message or _MESSAGES[status]
        if status:
            from sklearn.exceptions import ConvergenceWarning  # takes a second to load

            warn_user(f"stochastic_gradient_descent: {message} To do: {_REPAIRS[status]}.", ConvergenceWarning)
        jac = self.full_gradient()
        return OptimizeResult(
            x=self.x,
            fun=self.cost.over(self.cost.everything).value_or_nan(self.x),
            jac=jac,
            success=status == _DONE,
            status=status,
            message=message,
            nit=self.t,
            nfev=self.cost.nfev,
            njev=self.cost.njev,
            history=self.history,
            **({} if self.path is None else {"allvecs": self.path}),
        )
