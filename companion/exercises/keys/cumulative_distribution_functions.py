"""Answers to the exercises of the page on cumulative distribution functions."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]

# Every place where a curve below may jump is on this grid, without rounding.
GRID = np.arange(-40, 41) / 4


def is_cdf(F: Curve, x: Floats, falls: bool = False, ends: bool = False, right: bool = False) -> bool:
    """Say whether F looks like a CDF on a grid; a test that is set to True is left out."""
    level = F(x)
    return bool(
        (falls or (np.diff(level) >= 0).all())
        and (ends or np.allclose(level[[0, -1]], [0, 1], atol=1e-6))
        and (right or np.allclose(F(x + 1e-9), level, atol=1e-6))
    )


def named(name: str, curve: Curve) -> Curve:
    """Give a curve the name that a learner reads in a verdict."""
    curve.__name__ = name
    return curve


def draw_curve(rng: np.random.Generator) -> tuple[Curve, Floats]:
    """Draw a CDF, or a curve that fails one of the tests, and the grid."""
    places = np.sort(rng.choice(np.arange(-12, 13), size=4, replace=False)) / 2
    levels = np.concatenate([[0.0], np.cumsum(rng.multinomial(60, [0.25] * 4) + 1) / 64])
    start, slope = places[0], 1 / rng.integers(1, 5)

    def steps(side: Any) -> Curve:
        return lambda x: levels[np.searchsorted(places, x, side=side)]

    curves = {
        "steps": steps("right"),
        "ramp": lambda x: np.clip(slope * (x - start), 0, 1),
        "mixed": lambda x: np.where(x < start, 0, np.minimum(1 / 4 + slope * (x - start), 1)),
        "left_continuous": steps("left"),
        "too_low": lambda x: 0.75 * steps("right")(x),
        "from_a_quarter": lambda x: 0.25 + 0.75 * steps("right")(x),
        "with_a_dip": lambda x: steps("right")(x) - np.where((x >= start) & (x < places[1]), levels[1] / 2, 0)
        + np.where((x >= start - 1) & (x < start), levels[1], 0),
    }  # fmt: skip
    name = str(rng.choice(list(curves)))
    return named(name, curves[name]), GRID


def invert(values: Floats, p: Floats, u: Floats, side: Any = "left") -> Any:
    """Send uniform numbers through the quantile function of a discrete law."""
    return values[np.minimum(np.searchsorted(np.cumsum(p), u, side=side), len(values) - 1)]


def draw_law(rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Draw a law whose levels are exact in binary, and numbers in (0, 1) with all these levels among them."""
    n = int(rng.integers(2, 7))
    p = (rng.multinomial(64 - n, np.ones(n) / n) + 1) / 64
    values = np.sort(rng.choice(np.arange(-20, 20), size=n, replace=False)).astype(float)
    return values, p, rng.permutation(np.concatenate([np.cumsum(p)[:-1], rng.uniform(size=5)]))


def largest_gap(u: Floats) -> float:
    """Largest distance between the empirical CDF and the diagonal."""
    u, n = np.sort(u), len(u)
    i = np.arange(1, n + 1)
    return float(max((i / n - u).max(), (u - (i - 1) / n).max()))


HALF = 0.5
F_1 = float(norm.cdf(1))

QUESTIONS = {
    "1": Value(
        [0, 1 / 6, 1 / 2, 1, 1],
        mistakes=[
            Mistake(
                [0, 0, 1 / 2, 5 / 6, 1], "That is P(X < x). At most x includes x itself: a CDF is right-continuous."
            ),
            Mistake([0, 1 / 6, 0, 1 / 6, 0], "That is P(X = x), the jump. Add up all faces at or below x."),
            Mistake([0, 1 / 6, 3.5 / 6, 1, 1], "Between 3 and 4 nothing is added: the CDF of a count is a staircase."),
            Mistake([1, 1, 1 / 2, 1 / 6, 0], "That is P(X >= x). Count the faces at or below x."),
            Mistake([1, 5 / 6, 1 / 2, 0, 0], "That is P(X > x), what is left above. Take it from 1."),
        ],
        why="Steps of 1/6, flat in between, 1 for ever after.",
    ),
    "2": Function(
        is_cdf,
        draw=draw_curve,
        cases=[(named("normal", lambda x: np.asarray(norm.cdf(x))), GRID)],
        mistakes=[
            Mistake(
                lambda F, x: is_cdf(F, x, right=True),
                "An impostor gets through: P(X < x) never falls and has the right limits, but at a jump it has the "
                "lower level. Compare F(x) with F(x + 1e-9).",
            ),
            Mistake(
                lambda F, x: is_cdf(F, x) and bool(np.allclose(F(x - 1e-9), F(x), atol=1e-6)),
                "You refuse every jump. A CDF may jump: only the limit from the right must be its value.",
            ),
            Mistake(
                lambda F, x: is_cdf(F, x, right=True) and bool(np.allclose(F(x - 1e-9), F(x), atol=1e-6)),
                "You test continuity from the left. A CDF may jump; it is the limit from the right that must agree.",
            ),
            Mistake(
                lambda F, x: is_cdf(F, x) and bool((np.diff(F(x)) > 0).all()),
                "A CDF may be flat. It must not fall: differences of 0 are allowed.",
            ),
            Mistake(lambda F, x: is_cdf(F, x, ends=True), "A CDF goes all the way from 0 to 1. Look at both ends."),
            Mistake(lambda F, x: is_cdf(F, x, falls=True), "A CDF never falls. Look at np.diff(F(x))."),
        ],
        why="And by the theorem on inverse-transform sampling these four are enough.",
    ),
    "3": Function(
        invert,
        draw=draw_law,
        cases=[(np.array([0.0, 1.0, 2.0]), np.array([0.25, 0.5, 0.25]), np.array([0.1, 0.25, 0.3, 0.75, 0.8]))],
        mistakes=[
            Mistake(
                lambda values, p, u: invert(values, p, u, side="right"),
                'With side="right" a u that equals F(x) skips x. Wanted is the first x with F(x) >= u.',
            ),
            Mistake(
                lambda values, p, u: np.searchsorted(np.cumsum(p), u),
                "Those are indices. Look up the values at them.",
            ),
            Mistake(
                lambda values, p, u: values[np.minimum(np.searchsorted(np.sort(p), u), len(values) - 1)],
                "Search among the levels of the CDF, the cumulative sums of p, not among the probabilities.",
            ),
            Mistake(
                lambda values, p, u: values[np.maximum(np.searchsorted(np.cumsum(p), u) - 1, 0)],
                "That is one value too low: searchsorted already returns the index of the first level that reaches u.",
            ),
        ],
        why="The levels, a search, a look-up: that is all a discrete sampler does.",
    ),
    "4": Value(
        [0, HALF, HALF, F_1, 0],
        mistakes=[
            Mistake(
                [float(norm.cdf(-1)), HALF, 0, F_1, float(norm.ppf(1 / 3))],
                "That is Z itself. X is never negative, and all of Z's negative half is gathered at 0.",
            ),
            Mistake(
                [0, HALF, HALF, F_1, float(norm.ppf(1 / 3))],
                "The quantile cannot be negative, since X is not. Which is the first x with F(x) >= 1/3?",
            ),
            Mistake([0, 0, HALF, F_1, 0], "F(0) = P(X <= 0) includes the jump at 0."),
            Mistake(
                [0, HALF, HALF, 2 * F_1 - 1, 0],
                "That is F(1) for |Z|. For x >= 0 the event max(0, Z) <= x is the event Z <= x.",
            ),
            Mistake([0, HALF, HALF, F_1 - HALF, 0], "F(1) counts everything up to 1, the jump at 0 included."),
        ],
        why="Mixed: half of the mass in one jump, the other half spread out.",
    ),
    "5": Function(
        largest_gap,
        draw=lambda rng: (rng.uniform(size=int(rng.integers(1, 30))),),
        cases=[(np.array([0.5]),), (np.array([0.9, 0.1, 0.95]),)],
        mistakes=[
            Mistake(
                lambda u: np.abs(np.arange(1, len(u) + 1) / len(u) - np.sort(u)).max(),
                "You look at the observations only. Just before the i-th one the staircase is still at (i - 1)/n.",
            ),
            Mistake(
                lambda u: np.abs(np.arange(len(u)) / len(u) - np.sort(u)).max(),
                "You look just before each observation. At the i-th one the staircase steps up to i/n: look there too.",
            ),
            Mistake(
                lambda u: np.maximum(
                    np.abs(np.arange(1, len(u) + 1) / len(u) - u), np.abs(np.arange(len(u)) / len(u) - u)
                ).max(),
                "The i-th smallest observation has the level i/n: sort first.",
            ),
            Mistake(
                lambda u: largest_gap(u) * np.sqrt(len(u)),
                "That is the gap times the root of n. Return the gap itself.",
            ),
        ],
        why="The Kolmogorov-Smirnov statistic: at least 1 - alpha of the time no more than sqrt(log(2/alpha)/(2n)).",
    ),
}
