"""Limits of functions by computer: values nearer and nearer to a point, extrapolated."""

import math
from collections.abc import Callable
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from companion._validation import as_positive, as_real
from companion.calculus._objective import as_value

Side: TypeAlias = Literal["both", "left", "right"]
_Floats: TypeAlias = NDArray[np.float64]

_EPS = float(np.finfo(float).eps)
_PER_OCTAVE = 4  # points while the distance is halved: four sequences with the ratio 1/2, one between the other
_OCTAVES = 160  # at 0 and at infinity; elsewhere down to 4096 spacings of floats
_DEFINED = 1e-8  # f counts as defined next to c if it has values up to here, relative to the farthest point
_ORDERS = (1, 3, 5, 7, 9)  # numbers of values from which one is extrapolated; 1 is the value itself
_LAST = 24  # how many values of a sequence, the nearest ones, an estimate may end with
_FAR = 0.01  # the least growth for an infinite limit: c is rounded to 1/4096 of the least distance
_CALM = 6 * _PER_OCTAVE  # the least number of values to extrapolate from
_JUMP = 1000.0  # the growth of the differences that betrays rounding
_SUDDEN = 1e-12  # a jump nearer to c than that, relative to the farthest point, is taken for rounding


class LimitResult(NamedTuple):
    """What `limit` returns."""

    limit: float
    error: float
    converged: bool
    message: str
    nfev: int
    h: _Floats
    values: _Floats
    left: "LimitResult | None" = None
    right: "LimitResult | None" = None

    def __repr__(self) -> str:
        parts = [f"{name}={getattr(self, name)!r}" for name in self._fields[:5]]
        parts += [f"{name}=<{len(array)} floats>" for name, array in (("h", self.h), ("values", self.values))]
        parts += [f"{name}=<limit {one.limit}>" for name, one in (("left", self.left), ("right", self.right)) if one]
        return f"LimitResult({', '.join(parts)})"


def limit(f: Callable[[float], Any], c: float, side: Side = "both", *, rtol: float = 1e-6) -> LimitResult:
    r"""Limit of a function at a point, from its values at points nearer and nearer.

    Parameters
    ----------
    f : callable
        The function; it gets a float and returns a real number. It is never called at `c`. Where it returns nan or a
        complex number, or raises ValueError or ArithmeticError, it counts as not defined.
    c : float
        The point; inf and -inf are allowed.
    side : {"both", "left", "right"}, default "both"
        From where to approach `c`. At inf and -inf there is one side only.
    rtol : float, default 1e-6
        How small the estimated error must be, relative to the largest value of the nearer two thirds.

    Returns
    -------
    LimitResult
        A tuple with the fields

        - `limit` : float, which may be inf or -inf; nan if none was found;
        - `error` : float, an estimate of its error; 0 for infinite limits, inf if none was found;
        - `converged` : bool, whether there is a limit, finite or infinite, as far as the values tell;
        - `message` : str, why, in words;
        - `nfev` : int, the number of calls of `f`;
        - `h`, `values` : ndarray, the distances from `c`, falling, and the values there (nan where `f` is not defined,
          inf where it overflows). At inf the distance is the reciprocal of the point. For two sides both are empty;
        - `left`, `right` : LimitResult, for two sides; else None.

    Raises
    ------
    TypeError
        If `f` is no function or returns no number.
    ValueError
        If `c` is nan, `side` is unknown or does not exist at `c`, or `rtol` is not positive.

    See Also
    --------
    difference_quotient : whose limit is the derivative.

    Notes
    -----
    Along :math:`h_k = h_0 2^{-k}` most functions behave like :math:`L + a_1 h^{p_1} + a_2 h^{p_2} + \dots` with some
    positive powers, and so the values like L and a sum of geometric sequences. Wynn's epsilon algorithm,

    .. math:: \epsilon^{(k)}_{j+1} = \epsilon^{(k+1)}_{j-1} + \frac{1}{\epsilon^{(k+1)}_j - \epsilon^{(k)}_j}, \qquad
        \epsilon^{(k)}_{-1} = 0, \quad \epsilon^{(k)}_0 = f(c \pm h_k),

    removes one of them with each two columns, whatever its power. It is believed only where the values come nearer to
    its result; else it would give :math:`1/h` the limit 0. The error is judged by the change of the last results, and
    by four sequences with different :math:`h_0`, which must agree.

    Logarithms are slower: :math:`1/\log h_k` is a rational function of k. Where the epsilon algorithm fails, Wynn's rho
    algorithm is tried, which finds the limit of such functions with few terms,

    .. math:: \rho^{(k)}_{j+1} = \rho^{(k+1)}_{j-1} + \frac{j + 1}{\rho^{(k+1)}_j - \rho^{(k)}_j}, \qquad
        \rho^{(k)}_{-1} = 0, \quad \rho^{(k)}_0 = f(c \pm h_k) .

    Differences of the values that fall, and then grow again with changing signs, are taken for rounding errors:
    nothing nearer to `c` is believed. So are those that grow with changing signs before the values jump to a constant,
    as in (f(x) - p(x))/x^5 with a polynomial p that begins like f. Differences that keep their sign and do not fall
    mean an infinite limit, if they amount to more than a hundredth of the values or are the same all the way. Others
    may come from the rounding of `c`: cos(x)/(x - c) has a pole at the float c next to :math:`\pi/2`, but is nearly -1
    at all points that are tried.

    Finitely many values prove nothing. What happens nearer to `c` than about 1e-12 of its size (1e-48, if `c` is 0), or
    looks like rounding errors, is not seen. Limits approached as slowly as by :math:`1/\log\log h`, or by roots of
    logarithms, are not found.

    References
    ----------
    P. Wynn, On a device for computing the e_m(S_n) transformation, MTAC 10 (1956) 91-96. P. Wynn, On a Procrustean
    technique for the numerical transformation of slowly convergent sequences and series, Proc. Cambridge Philos. Soc.
    52 (1956) 663-671.

    Examples
    --------
    >>> import math
    >>> found = limit(lambda x: (1 - math.cos(x)) / x**2, 0)
    >>> round(found.limit, 9), found.error < 1e-9, found.converged
    (0.5, True, True)
    >>> limit(lambda x: 1 / x, 0, "right").limit
    inf
    >>> jump = limit(lambda x: abs(x) / x, 0)
    >>> jump.converged, jump.message
    (False, 'The one-sided limits differ: -1 from the left, 1 from the right.')
    >>> limit(lambda x: math.sin(1 / x), 0, "right").message
    'The values do not settle.'
    """
    if not callable(f):
        raise TypeError(f"f must be a function, got {f!r}")
    point, tolerance = _as_point(c), as_real(as_positive(rtol, "rtol"), "rtol")
    if side not in ("both", "left", "right"):
        raise ValueError(f"side must be 'both', 'left' or 'right', got {side!r}")
    if math.isinf(point):
        inner = "left" if point > 0 else "right"
        if side not in ("both", inner):
            raise ValueError(f"side must be {inner!r} or 'both' at c = {c}, got {side!r}: nothing lies beyond")
        return _one_sided(f, point, inner, tolerance)
    if side != "both":
        return _one_sided(f, point, side, tolerance)
    return _two_sided(_one_sided(f, point, "left", tolerance), _one_sided(f, point, "right", tolerance))


def _as_point(c: Any) -> float:
    return c if isinstance(c, float) and math.isinf(c) else as_real(c, "c")


def _two_sided(left: LimitResult, right: LimitResult) -> LimitResult:
    """Return the limit from both sides: it exists if both one-sided limits exist and agree."""
    apart = f"{left.limit:.6g} from the left, {right.limit:.6g} from the right."
    if not (left.converged and right.converged):
        sides = (("the left", left), ("the right", right))
        message = " ".join(f"From {name}: {one.message}" for name, one in sides if not one.converged)
    elif left.limit != right.limit and not abs(left.limit - right.limit) <= left.error + right.error:
        message = f"The one-sided limits differ: {apart}"
    else:
        message = "Both one-sided limits exist and agree."
    exists = message.startswith("Both")
    best = min(left, right, key=lambda one: one.error)
    error = max(left.error, right.error) if exists else math.inf
    nfev, none = left.nfev + right.nfev, np.empty(0)
    return LimitResult(best.limit if exists else math.nan, error, exists, message, nfev, none, none, left, right)


def _one_sided(f: Callable[[float], Any], c: float, side: str, rtol: float) -> LimitResult:
    """Return the limit from one side, on which all sequences of points must agree."""
    h, points = _points(c, side)
    values, complaint = _evaluate(f, points)

    def result(limit: float, error: float, message: str) -> LimitResult:
        return LimitResult(limit, error, not math.isnan(limit), message, len(h), h, values)

    distances, run, overflow = _nearest_run(h, values)
    if run.size == 0:
        return result(math.nan, math.inf, f"f is not defined next to c{complaint}.")
    near = run[: _trusted(distances, run)]
    sequences = _sequences(near)
    if len(near) == len(run) and all(_grows(v, overflow) for v in sequences):
        if _is_far(near):
            return result(math.copysign(math.inf, near[-1] - near[-2]), 0.0, "The values grow beyond all bounds.")
        near = near[: _calm(near)]
        sequences = _sequences(near)
    size = np.abs(near[len(near) // 3 :]).max()
    best, error = _common_limit([_extrapolate(v) for v in sequences])
    if not error <= rtol * size:
        slow, slow_error = _common_limit([_extrapolate_slow(v) for v in sequences])
        if slow_error <= rtol * size:
            return result(slow, slow_error, "The values settle, slowly.")
        rough = not error <= 0.1 * size
        return result(math.nan, math.inf, "The values do not settle." if rough else f"They settle to {error:.1e} only.")
    return result(best, error, "The values settle.")


def _common_limit(found: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the best of the limits of all sequences, and an error that covers the others; infinite if one has none."""
    limits, errors = np.transpose(found)
    if not np.all(np.isfinite(limits)):
        return math.nan, math.inf
    best = float(limits[np.argmin(errors)])
    return best, float(max(errors.max(), np.abs(limits - best).max()))


def _sequences(values: _Floats) -> list[_Floats]:
    """Return the values at distances that are halved again and again, once for each fraction."""
    return [values[start % _PER_OCTAVE :: _PER_OCTAVE] for start in range(len(values), len(values) + _PER_OCTAVE)]


def _points(c: float, side: str) -> tuple[_Floats, list[float]]:
    """Return distances, four to an octave, and the points so far from c."""
    # Irrational, so that the points are not in step with sin(pi / x).
    fractions = [2.0 ** (-0.4 - j / _PER_OCTAVE) for j in range(_PER_OCTAVE)]
    if math.isinf(c):
        points = [math.copysign(2.0**k / fraction, c) for k in range(_OCTAVES) for fraction in fractions]
        return np.abs(1 / np.array(points)), points
    octaves, scale = _OCTAVES, 1.0
    if c:
        fractions = [round(fraction * 4096) / 4096 for fraction in fractions]  # so that c + h and c are exactly h apart
        scale = max(1.0, math.ldexp(0.5, math.frexp(c)[1]))
        octaves = math.frexp(scale)[1] - math.frexp(4096 * math.ulp(c))[1]
    distances = [fraction * math.ldexp(scale, -k) for k in range(octaves) for fraction in fractions]
    pairs = [(h, c - h if side == "left" else c + h) for h in distances]
    pairs = [(h, point) for h, point in pairs if math.isfinite(point)]
    return np.array([h for h, _ in pairs]), [point for _, point in pairs]


def _evaluate(f: Callable[[float], Any], points: list[float]) -> tuple[_Floats, str]:
    """Return the values, inf for an overflow and nan where f is not defined, and the last complaint of f."""
    values, complaint = [], ""
    with np.errstate(all="ignore"):
        for point in points:
            try:
                value = f(point)
                values.append(math.nan if isinstance(value, complex) else as_value(value, "f"))
            except OverflowError:
                values.append(math.inf)
            except (ValueError, ArithmeticError) as error:
                values.append(math.nan)
                complaint = f" ({type(error).__name__}: {error})"
    return np.array(values), complaint


def _nearest_run(h: _Floats, values: _Floats) -> tuple[_Floats, _Floats, bool]:
    """Return the finite values nearest to c without a gap, where they are, and whether still nearer ones overflow."""
    finite = np.isfinite(values)
    near = h < _DEFINED * h[0]
    gaps = np.flatnonzero(near & ~finite)  # such as 1 / (exp(x) - 1 - x), where the denominator is rounded to 0
    end = int(gaps[0]) if gaps.size else len(h)
    while end and not finite[end - 1]:
        end -= 1
    overflow = end < len(h) and bool(np.isinf(values[end]))
    if not end or (end < len(h) and not overflow and not near[end - 1]):
        return h[:0], values[:0], False
    holes = np.flatnonzero(~finite[:end])
    run = slice(int(holes[-1]) + 1 if holes.size else 0, end)
    return h[run], values[run], overflow


class _Way(NamedTuple):
    """Values on the way to c, their differences, the largest of five of these each, and which are more than noise."""

    h: _Floats
    values: _Floats
    steps: _Floats
    around: _Floats
    moves: NDArray[np.intp]

    @property
    def is_dead(self) -> bool:
        """Whether nothing moves at the end, as in (1 - cos(x)) / x**2, which is 0 for tiny x."""
        return not self.steps[-8:].any()

    def turns_from(self, first: int) -> NDArray[np.intp]:
        """Return where the differences change their sign, from the index *first* on."""
        signs = np.sign(self.steps[self.moves])
        turns: NDArray[np.intp] = self.moves[1:][signs[1:] != signs[:-1]]
        return turns[turns >= first]


def _trusted(h: _Floats, values: _Floats) -> int:
    """Return how many values come before rounding errors take over: all, if nothing looks like such."""
    steps = np.diff(values)
    if len(steps) < 8:
        return len(values)
    noise = 4 * _EPS * np.maximum(np.abs(values[1:]), np.abs(values[:-1]))
    around = sliding_window_view(np.maximum(np.abs(steps), noise), 5).max(axis=-1)
    way = _Way(h, values, steps, around, np.flatnonzero(np.abs(steps) > noise))
    to_come = np.maximum.accumulate(around[::-1])[::-1]
    rises = to_come > _JUMP * np.minimum.accumulate(around)
    low = int(np.argmin(np.where(rises, around, np.inf)))  # here truncation and rounding are in balance
    if rises.any() and (_is_erratic(way, low) or _has_collapsed(way, low)):
        return low + 3
    return _before_a_jump(way, low)


def _is_erratic(way: _Way, low: int) -> bool:
    """Return whether the differences change their signs after *low* as rounding makes them."""
    turns, before = way.turns_from(low), way.turns_from(low - 24)
    calm = low >= 16 and not np.any(before < low - 8)
    died = np.count_nonzero(way.h[turns] < _DEFINED * way.h[0]) >= 4  # or they last to the end, as at c other than 0
    # They may also swell and end: the digits of x behind the point, until large floats x have none. If the values are
    # as calm as at the low in the end, the swell was an oscillation of f far from c, such as that of sin(200 x)**2.
    largest = way.around[turns[turns < len(way.around)]].max(initial=0)
    swell = largest > _JUMP * way.around[low] and way.around[-1] > way.around[low]
    lasts = len(turns) > 0 and turns[-1] >= len(way.steps) - 20
    return len(turns) >= 4 and bool(way.is_dead or calm or died or lasts or (swell and len(turns) >= 8))


def _has_collapsed(way: _Way, low: int) -> bool:
    """Return whether what has grown after *low* ends in a constant."""
    turns = way.turns_from(low)
    return way.is_dead and len(turns) > 0 and bool(abs(way.values[turns[-1]]) > _JUMP * abs(way.values[low]))


def _before_a_jump(way: _Way, low: int) -> int:
    """Return how many values to trust if the last difference is a jump to a constant: all, if it is no rounding.

    It is if it comes very near to c, or after others that rose and changed their signs: those of (f(x) - p(x)) / x**5,
    where p begins like f, become erratic, and then 0. Before the jump of a step they do not.
    """
    steps, all_of_them = way.steps, len(way.values)
    last = int(way.moves[-1]) if way.moves.size else 0
    if not way.is_dead or not abs(steps[last]) > np.abs(steps).max() / _JUMP:
        return all_of_them
    if way.h[last] < _SUDDEN * way.h[0]:
        return low + 3
    before = way.around[: max(last - 4, 1)]
    least = int(np.argmin(before))
    turns = np.count_nonzero(np.diff(np.sign(steps[least:last])))
    return least + 3 if turns >= 2 and before[least:].max() > 10 * before[least] else all_of_them


def _grows(values: _Floats, overflow: bool) -> bool:
    """Return whether the last differences keep their sign and do not fall."""
    steps = np.diff(values)[-2 if overflow else -10 :]
    if len(steps) < (1 if overflow else 10):
        return False
    one_sign = np.all(steps > 0) or np.all(steps < 0)
    return bool(one_sign and np.all(np.abs(steps[1:]) >= np.abs(steps[:-1]) * (1 - 1e-6)))


def _is_far(values: _Floats) -> bool:
    """Return whether the values have gone farther from the middle one than rounding of c or in f can move them.

    Or else whether they go steadily from the first to the last, as those of a large number and a logarithm.
    """
    middle = float(np.median(values))
    with np.errstate(over="ignore"):
        steps = np.abs(np.diff(values))
        return bool(abs(values[-1] - middle) > _FAR * abs(middle) or steps.min() > steps.max() / 2)


def _calm(values: _Floats) -> int:
    """Return how many values come before the differences grow."""
    around = sliding_window_view(np.abs(np.diff(values)), 5).max(axis=-1)
    return max(int(np.argmin(around)) + 3, _CALM)


def _extrapolate(values: _Floats) -> tuple[float, float]:
    """Return the limit of a sequence and an estimate of the error; nan if it does not come nearer to anything."""
    n, found = len(values), []
    if n < 5:
        return math.nan, math.inf
    slowness = _slowness(values)
    for order in _ORDERS[: (n - 1) // 2]:
        results = _wynn(sliding_window_view(values, order))
        last = np.arange(order + 1, n)  # the index of the last value that was used
        with np.errstate(all="ignore"):
            change = np.maximum(np.abs(results[2:] - results[1:-1]), np.abs(results[2:] - results[:-2]))
            errors = np.maximum(2 * change * slowness[last], 16 * _EPS * np.abs(results[2:]))
        found += list(zip(errors.tolist(), results[2:].tolist(), last.tolist(), strict=True))
    for error, result, k in sorted(one for one in found if one[2] >= n - _LAST and math.isfinite(one[0])):
        distance = np.abs(values - result)
        first, middle, nearest = (float(part.max()) for part in np.array_split(distance, 3))
        # Else 3 h + sin(log(h)) would be taken for a sum of geometric sequences, two of them with complex ratios.
        nearer = nearest <= 0.75 * first + 10 * error and nearest <= 0.87 * middle + 10 * error
        if nearer and np.all(distance[k:] <= 2 * distance[k] + 10 * error):
            return result, error
    return math.nan, math.inf


def _extrapolate_slow(values: _Floats) -> tuple[float, float]:
    """Return the limit of a sequence that is like a rational function of its index, as 1 / log(h) is, and the error.

    More is asked for than of a fast sequence: the latter half of the values must come nearer with each step. An error
    like 1/n² changes by 2/n of itself from one index n to the next, so it is n/2 times the change.
    """
    n, found = len(values), []
    if n < _CALM:
        return math.nan, math.inf
    for order in _ORDERS[1:]:
        results = _rho(sliding_window_view(values, order))
        last = np.arange(order + 1, n)  # the index of the last value that was used
        with np.errstate(all="ignore"):
            change = np.maximum(np.abs(results[2:] - results[1:-1]), np.abs(results[2:] - results[:-2]))
            errors = last / 2 * change + 16 * _EPS * np.abs(results[2:])
        found += list(zip(errors.tolist(), results[2:].tolist(), last.tolist(), strict=True))
    for error, result, _ in sorted(one for one in found if one[2] >= n - _LAST and math.isfinite(one[0])):
        distance = np.abs(values - result)
        if np.all(np.diff(distance[n // 2 :]) <= 0) and distance[-1] <= 0.75 * distance[n // 4] + 10 * error:
            return result, error
    return math.nan, math.inf


def _slowness(values: _Floats) -> _Floats:
    """Return 1 / (1 - r) for the ratio r by which the differences fall at each value, inf where they do not."""
    steps = np.abs(np.diff(values))
    largest = sliding_window_view(steps, 3).max(axis=-1)
    now = np.maximum(np.arange(len(values)) - 3, 0)
    before = np.maximum(now - 8, 0)
    with np.errstate(all="ignore"):
        ratio = (largest[now] / largest[before]) ** (1 / (now - before))
        ratio = np.where(largest[now] == 0, 0.0, ratio)
        return np.where((now > 0) & (ratio < 1), 1 / (1 - ratio), np.inf)


def _wynn(windows: _Floats) -> _Floats:
    """Return the last entry of Wynn's epsilon table of each row; the rows have an odd length."""
    before, now = np.zeros((*windows.shape[:-1], windows.shape[-1] + 1)), windows
    with np.errstate(all="ignore"):
        while now.shape[-1] > 1:
            before, now = now, before[..., 1:-1] + 1 / np.diff(now)
    return now[..., 0]


def _rho(windows: _Floats) -> _Floats:
    """Return the last entry of Wynn's rho table of each row, for the indices 0, 1, ... as abscissas."""
    before, now = np.zeros((*windows.shape[:-1], windows.shape[-1] + 1)), windows
    with np.errstate(all="ignore"):
        for apart in range(1, windows.shape[-1]):  # of the indices x_{k+j+1} and x_k
            before, now = now, before[..., 1:-1] + apart / np.diff(now)
    return now[..., 0]
