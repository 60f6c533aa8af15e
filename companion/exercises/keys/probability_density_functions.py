"""Answers to the exercises of the page on probability density functions."""

from math import erf, exp, pi, sqrt

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import norm

HEIGHTS = norm(170, 10)


def height_answers(sd: float = 10) -> list[float]:
    """Return P(160 < X < 180) and the 90 % quantile of a normal law of heights."""
    law = norm(170, sd)
    return [float(law.cdf(180) - law.cdf(160)), float(law.ppf(0.9))]


def density(y: float) -> float:
    """Density at y of the area of a square whose side is uniform on [0, 1]."""
    return 1 / (2 * sqrt(y)) if 0 < y <= 1 else 0.0


def bell(z: float) -> float:
    """Return the standard normal density."""
    return exp(-z * z / 2) / sqrt(2 * pi)


def by_series(z: float) -> float:
    """Return the standard normal distribution function by its series about 0."""
    term = total = z
    for k in range(1, 300):
        term *= z * z / (2 * k + 1)
        total += term
    return 0.5 + bell(z) * total


def upper_tail(z: float) -> float:
    """Return P(Z > z) for z > 0 by the continued fraction."""
    fraction = z
    for k in range(200, 0, -1):
        fraction = z + k / fraction
    return bell(z) / fraction


def normal_cdf(z: float) -> float:
    """Return the standard normal distribution function with small relative error on both sides."""
    if abs(z) < 2:
        return by_series(z)
    return upper_tail(-z) if z < 0 else 1 - upper_tail(z)


QUESTIONS = {
    "1": Value(
        [1 / 3, 0.0, 2.0, 3.0],
        mistakes=[
            Mistake([1 / 3, 1 / 6, 2.0, 3.0], "1/6 is the density at 1. The probability of a single point is an area."),
            Mistake([1 / 6, 0.0, 2.0, 3.0], "From -1 to 1 are two degrees of six. The density is 1/6 for each."),
            Mistake([1 / 5, 0.0, 5 / 2, 25 / 12], "The interval begins at -1, not at 0. How long is it?"),
            Mistake([1 / 3, 0.0, 3.0, 3.0], "The mean is the middle, (a + b)/2 with a = -1."),
            Mistake([1 / 3, 0.0, 2.0, 4 / 3], "b - a is 5 - (-1), which is 6. Mind the sign."),
            Mistake([1 / 3, 0.0, 2.0, sqrt(3)], "That is the standard deviation. The variance is its square."),
            Mistake([1 / 3, 0.0, 2.0, 0.5], "The length is squared in the variance, (b - a)^2 / 12."),
        ],
        why="Two of six degrees, no area over a point, the middle, and 36/12.",
    ),
    "2": Value(
        height_answers(),
        mistakes=[
            Mistake(height_answers(sd=100), "scale is the standard deviation, 10, not the variance, 100."),
            Mistake(
                height_answers(sd=sqrt(10)),
                "10 is the standard deviation already; N(170, 10^2) gives its square.",
            ),
            Mistake(
                [height_answers()[0], float(norm.ppf(0.9))],
                "The second number is a z-score. The height is 170 + 10 z, which norm(170, 10).ppf(0.9) gives.",
            ),
            Mistake(
                [height_answers()[0], float(HEIGHTS.ppf(0.1))],
                "That is the height that one of ten stays below. Nine of ten stay below a taller one.",
            ),
            Mistake(
                [height_answers()[0], float(HEIGHTS.ppf(0.95))],
                "The other tenth is all above: there is one tail here, and its quantile is 0.9.",
            ),
            Mistake(
                [float(HEIGHTS.pdf(180) - HEIGHTS.pdf(160)), height_answers()[1]],
                "Probabilities are areas: subtract values of cdf, not of pdf.",
            ),
            Mistake(
                [0.68, height_answers()[1]], "68 % is the rule of thumb. Take the difference of two values of cdf."
            ),
        ],
        why="One standard deviation to either side, and 1.28 above the mean.",
    ),
    "3": Function(
        density,
        draw=lambda rng: (float(rng.choice([1, 1, 1, -1]) * rng.uniform(1e-3, 1.5)),),
        cases=[(0.25,), (1e-4,), (0.81,), (4.0,), (-0.25,)],
        mistakes=[
            Mistake(
                lambda y: 1 / (2 * sqrt(abs(y))),
                "Right between 0 and 1. Elsewhere no area can lie: the density is 0 there.",
            ),
            Mistake(
                lambda y: 1 / (2 * sqrt(y)) if y > 0 else 0.0,
                "Right up to 1. A side of at most 1 makes an area of at most 1: the density is 0 beyond.",
            ),
            Mistake(
                lambda y: 1 / (2 * y) if 0 < y <= 1 else 0.0, "g'(x) = 2x is taken at x, the side: put in x = sqrt(y)."
            ),
            Mistake(
                lambda y: 2 * sqrt(y) if 0 < y <= 1 else 0.0,
                "Divide by the slope of g: where g is steep, the probability is spread thin.",
            ),
            Mistake(
                lambda y: 1.0 if 0 < y <= 1 else 0.0,
                "That is the density of the side. f_X(x) = 1 must be divided by the slope g'(x).",
            ),
            Mistake(
                lambda y: sqrt(y) if 0 < y <= 1 else 0.0,
                "That is the distribution function, P(Y <= y) = P(X <= sqrt(y)). Its slope is the density.",
            ),
        ],
        why="At y = 0.0001 it is 50: small squares are crowded.",
    ),
    "4": Value(
        exp(-1),
        mistakes=[
            Mistake(1.0, "That is e^0, the median of Y. The density of Y has the factor 1/y, which moves the peak."),
            Mistake(0.0, "Y is positive. Write down its density, f_X(log y) / y, and differentiate its logarithm."),
            Mistake(exp(0.5), "That is the mean of Y. Look for the largest value of the density f_X(log y) / y."),
            Mistake(-1.0, "That is x = log y at the peak. Asked is y."),
            Mistake(exp(1), "Mind the sign: -x^2/2 - x is largest at x = -1."),
        ],
        why="1/e. A peak depends on the scale; a median does not.",
    ),
    "5": Function(
        normal_cdf,
        draw=lambda rng: (float(rng.uniform(-8, 8)),),
        cases=[(0.0,), (-8.0,), (8.0,), (-2.0,), (1e-9,), (-1.0,)],
        rtol=1e-12,
        atol=0.0,
        mistakes=[
            Mistake(
                lambda z: 0.5 * (1 + erf(z / sqrt(2))),
                "Right near 0 and above. At z = -8 it adds 1 to nearly -1, and no digit is left: use the fraction.",
            ),
            Mistake(
                lambda z: 0.5 * (1 + erf(z)), "The argument of erf is z / sqrt(2). And it has no digits left at z = -8."
            ),
            Mistake(
                by_series,
                "The series is right near 0. Far below it subtracts nearly 1/2 from 1/2: use the fraction there.",
            ),
            Mistake(
                lambda z: by_series(z) if abs(z) < 2 else upper_tail(abs(z)),
                "The fraction gives the tail beyond |z|. For z > 0 subtract it from 1.",
            ),
            Mistake(
                lambda z: 1 - normal_cdf(z),
                "That is P(Z > z). The distribution function is P(Z <= z).",
            ),
        ],
        why="The fraction keeps the digits far out, where 1/2 plus the series cancels.",
    ),
}
