"""How far to go along a direction: a step length that satisfies the strong Wolfe conditions."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from companion._validation import as_count, as_positive, as_real
from companion._warnings import warn_user
from companion.calculus._objective import Floats, Function, NotFiniteError, Objective, as_point, as_value

Outcome: TypeAlias = Literal["found", "endless", "stuck"]

_ZOOMS = 30  # most trials between two ends; each third one halves the interval at least
_MARGIN = 0.1  # no trial nearer to an end than this part of the interval
_REASONS = {
    "endless": "f falls on and on along pk: raise amax or maxiter, or f has no minimum there",
    "stuck": "no step satisfies the conditions: check myfprime against f, or f has a kink",
}
_GROWTH = (2.0, 10.0)  # least and largest factor from one trial to the next, before there is an upper end


class Trial(NamedTuple):
    """A point on the line: step length, value, slope along it, gradient.

    Slope and gradient are nan where the value is not finite, and all three where the gradient is not.
    """

    step: float
    value: float
    slope: float
    jac: Floats


def line_search(
    f: Function,
    myfprime: Function,
    xk: ArrayLike,
    pk: ArrayLike,
    gfk: ArrayLike | None = None,
    old_fval: float | None = None,
    old_old_fval: float | None = None,
    args: Any = (),
    c1: float = 1e-4,
    c2: float = 0.9,
    amax: float | None = None,
    *,
    maxiter: int = 10,
) -> tuple[float | None, int, int, float | None, float, Floats | None]:
    r"""Find a step length that satisfies the strong Wolfe conditions.

    Parameters
    ----------
    f : callable
        The function, ``f(x, *args)``, which returns one number. Where it or its gradient is nan or infinite, the step
        is too long.
    myfprime : callable
        Its gradient, ``myfprime(x, *args)``, shape (n,). Give ``companion.autodiff.grad(f)`` to have it computed.
    xk : array_like, shape (n,)
        The point to start from.
    pk : array_like, shape (n,)
        The direction; f must fall along it.
    gfk : array_like, shape (n,), optional
        The gradient at `xk`, if known.
    old_fval : float, optional
        The value at `xk`, if known.
    old_old_fval : float, optional
        The value at the point before `xk`: it serves to guess the first trial, which is 1 otherwise.
    args : tuple, optional
        Further arguments of `f` and `myfprime`.
    c1, c2 : float, default 1e-4 and 0.9
        The constants of the two conditions, ``0 < c1 < c2 < 1``.
    amax : float, optional
        Largest step length. None is no limit.
    maxiter : int, default 10
        Most trials until the interval that holds a solution is found.

    Returns
    -------
    alpha : float or None
        The step length; None if none was found.
    fc, gc : int
        How often `f` and `myfprime` were called; as in SciPy without the call of `myfprime` at `xk`.
    new_fval : float or None
        The value at ``xk + alpha * pk``.
    old_fval : float
        The value at `xk`.
    new_slope : ndarray, shape (n,), or None
        The gradient at ``xk + alpha * pk``; SciPy has this name for it.

    Warns
    -----
    ConvergenceWarning
        If no step length was found: `pk` is no direction of descent, or `f` falls without end, or up to `amax`.

    Raises
    ------
    TypeError
        If `f` or `myfprime` is no function, or `f` returns no number.
    ValueError
        If `f` is not finite at `xk`, a shape is wrong, a number is nan or infinite, or the constants are not
        ``0 < c1 < c2 < 1``.

    See Also
    --------
    minimize : whose quasi-Newton methods search in this way.
    scipy.optimize.line_search : the same; it goes on from a slope of 0, where this function finds no descent.

    Notes
    -----
    With :math:`\varphi(\alpha) = f(x + \alpha p)` and :math:`\varphi'(0) < 0` the conditions are

    .. math:: \varphi(\alpha) \le \varphi(0) + c_1 \alpha\, \varphi'(0), \qquad
              |\varphi'(\alpha)| \le c_2\, |\varphi'(0)| :

    the value falls in proportion to the step, and the slope has become flatter. Trials grow until an interval must
    hold such a step. Then it shrinks: the next trial is the minimum of the cubic that has the values and slopes at
    both ends, or the middle where there is no such cubic. If f is smooth and bounded below, such a step exists.

    References
    ----------
    J. Nocedal and S. J. Wright, Numerical Optimization, 2nd ed., 2006, alg. 3.5 and 3.6, eq. 3.59.

    Examples
    --------
    >>> f, slope = lambda x: x[0] ** 2 + x[1] ** 2, lambda x: 2 * x
    >>> alpha, fc, gc, new, old, gradient = line_search(f, slope, [1.8, 1.7], [-1, -1])
    >>> alpha, fc, gc, round(new, 2), round(old, 2), gradient.round(2).tolist()
    (1.0, 2, 1, 1.13, 6.13, [1.6, 1.4])
    """
    x, p, largest = as_point(xk, "xk"), as_point(pk, "pk"), _as_limit(amax)
    if p.shape != x.shape:
        raise ValueError(f"pk must have the shape of xk, {x.shape}, got {p.shape}")
    c1, c2 = as_wolfe_constants(c1, c2)
    if not callable(myfprime):
        raise TypeError(f"myfprime must be a function, got {myfprime!r}")
    objective = Objective(f, args, myfprime, None)
    value = as_finite_value(objective.value(x) if old_fval is None else as_value(old_fval, "old_fval"))
    gradient = objective.gradient(x) if gfk is None else as_point(gfk, "gfk")
    if gradient.shape != x.shape:
        raise ValueError(f"gfk must have the shape of xk, {x.shape}, got {gradient.shape}")
    objective.njev = 0
    start = Trial(0.0, value, float(gradient @ p), gradient)
    if not start.slope < 0:
        _complain("pk is no direction of descent, as gfk @ pk is not negative: take -pk, or -gfk; alpha is None")
        return None, objective.nfev, 0, None, value, None
    first = 1.0 if old_old_fval is None else first_trial(as_real(old_old_fval, "old_old_fval") - value, start.slope)
    trial, outcome = wolfe_search(
        along(objective, x, p), start, first, c1, c2, largest=largest, maxiter=as_count(maxiter, "maxiter")
    )
    if outcome != "found":
        _complain(f"{_REASONS[outcome]}; alpha is None")
        return None, objective.nfev, objective.njev, None, value, None
    return trial.step, objective.nfev, objective.njev, trial.value, value, trial.jac


@dataclass(frozen=True)
class _Conditions:
    """The strong Wolfe conditions along a line; differences up to `noise` in the values are taken for rounding."""

    start: Trial
    c1: float
    c2: float
    noise: float

    def decreases(self, trial: Trial) -> bool:
        """Return whether the value has fallen enough."""
        fall = self.c1 * trial.step * self.start.slope
        if trial.value <= self.start.value + fall:
            return True
        # Where rounding hides the fall, the slope tells: this is the same condition for a parabola.
        hidden = self.noise > 0 and abs(trial.value - self.start.value) <= self.noise
        return hidden and trial.slope <= (2 * self.c1 - 1) * self.start.slope

    def flattens(self, trial: Trial) -> bool:
        """Return whether the slope has become flat enough."""
        return abs(trial.slope) <= self.c2 * abs(self.start.slope)

    def is_end(self, trial: Trial, low: Trial) -> bool:
        """Return whether a step with both conditions lies between *low* and *trial*, as the value says; nan is high."""
        too_high = trial.value > low.value + self.noise or (self.noise == 0 and trial.value == low.value)
        return not self.decreases(trial) or (low.step > 0 and too_high)


def wolfe_search(
    at: Callable[[float], Trial],
    start: Trial,
    first: float,
    c1: float,
    c2: float,
    *,
    largest: float = np.inf,
    maxiter: int = 20,
    noise: float = 0.0,
) -> tuple[Trial, Outcome]:
    """Return a step with both conditions; or the best that decreases, perhaps the start, and why there is no other."""
    conditions, low, step = _Conditions(start, c1, c2, noise), start, min(first, largest)
    for _ in range(maxiter):
        trial = at(step)
        if conditions.is_end(trial, low):
            return _zoom(at, conditions, low, trial)
        if conditions.flattens(trial):
            return trial, "found"
        if trial.slope >= 0:
            return _zoom(at, conditions, trial, low)
        low = trial
        if step >= largest or not np.isfinite(trial.value):
            break
        step = min(_beyond(low, start, step), largest)
    return low, "endless"


def _zoom(at: Callable[[float], Trial], conditions: _Conditions, low: Trial, high: Trial) -> tuple[Trial, Outcome]:
    """Shrink an interval that holds a step with both conditions; *low* is its better end."""
    for i in range(_ZOOMS):
        step = (low.step + high.step) / 2 if i % 3 == 2 else _inside(low, high)
        if step in (low.step, high.step):  # no number lies between
            break
        trial = at(step)
        if conditions.is_end(trial, low):
            high = trial
            continue
        if conditions.flattens(trial):
            return trial, "found"
        if trial.slope * (high.step - low.step) >= 0:
            high = low
        low = trial
    return low, "stuck"


def first_trial(fall: float, slope: float) -> float:
    """Return the step at which a parabola with this slope has fallen as much as the step before, at most 1."""
    guess = -2.02 * fall / slope  # a hundredth more, so that 1 is tried in the end
    return min(1.0, guess) if guess > 0 else 1.0


def _inside(low: Trial, high: Trial) -> float:
    """Return where the cubic through both ends is least, but not too near to an end."""
    left, right = sorted((low.step, high.step))
    step, margin = _cubic_minimizer(low, high), _MARGIN * (right - left)
    return min(max(step, left + margin), right - margin) if np.isfinite(step) else (left + right) / 2


def _beyond(last: Trial, start: Trial, step: float) -> float:
    """Return the next longer step: where the cubic through the start and the last trial is least, within limits."""
    least, most = (factor * step for factor in _GROWTH)
    guess = _cubic_minimizer(start, last)
    return min(max(guess, least), most) if guess > step else most


def _cubic_minimizer(a: Trial, b: Trial) -> float:
    """Return where the cubic with the values and slopes at two points is least, or nan if it has no minimum."""
    if not np.isfinite(b.value):
        return np.nan
    chord = 3 * (a.value - b.value) / (a.step - b.step)
    d = a.slope + b.slope - chord
    scale = max(abs(d), abs(a.slope), abs(b.slope))  # squares of slopes would overflow sooner
    radicand = (d / scale) ** 2 - (a.slope / scale) * (b.slope / scale) if scale > 0 else -1.0
    if not radicand >= 0:
        return np.nan
    root = math.copysign(scale * math.sqrt(radicand), b.step - a.step)
    denominator = b.slope - a.slope + 2 * root
    if denominator == 0:
        return np.nan
    return b.step - (b.step - a.step) * (b.slope + root - d) / denominator


def along(objective: Objective, x: Floats, p: Floats) -> Callable[[float], Trial]:
    """Return the function that tries a step length along p."""
    nowhere = np.full(x.shape, np.nan)

    def at(step: float) -> Trial:
        with np.errstate(over="ignore", invalid="ignore"):
            point = x + step * p
        value = objective.value(point) if np.all(np.isfinite(point)) else np.nan
        if not np.isfinite(value):
            return Trial(step, value, np.nan, nowhere)
        try:
            gradient = objective.gradient(point)
        except NotFiniteError:  # such as sqrt at 0: as useless as a point without a value
            return Trial(step, np.nan, np.nan, nowhere)
        return Trial(step, value, float(gradient @ p), gradient)

    return at


def as_wolfe_constants(c1: float, c2: float) -> tuple[float, float]:
    """Return both constants, checked."""
    first, second = as_real(c1, "c1"), as_real(c2, "c2")
    if not 0 < first < second < 1:
        raise ValueError(f"c1 and c2 must satisfy 0 < c1 < c2 < 1, got {c1} and {c2}")
    return first, second


def as_finite_value(value: float) -> float:
    """Return the value at the start, which must be finite."""
    if not np.isfinite(value):
        raise ValueError(f"the function must be finite at the start, got {value}; start from another point")
    return value


def _as_limit(amax: float | None) -> float:
    return np.inf if amax is None or amax == np.inf else as_real(as_positive(amax, "amax"), "amax")


def _complain(message: str) -> None:
    from sklearn.exceptions import ConvergenceWarning  # takes a second to load

    warn_user(message, ConvergenceWarning)
