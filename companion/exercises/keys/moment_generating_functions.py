"""Answers to the exercises of the page on moment generating functions."""

from math import exp, expm1, inf, log1p, sqrt
from typing import Any

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value


def shape(m1: float, m2: float, m3: float, m4: float) -> list[float]:
    """Return skewness and kurtosis from the first four raw moments."""
    var = m2 - m1**2
    mu3 = m3 - 3 * m1 * m2 + 2 * m1**3
    mu4 = m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
    return [mu3 / var**1.5, mu4 / var**2]


def raw_moments(rng: np.random.Generator) -> tuple[float, float, float, float]:
    """Return the first four raw moments of a random law on four values."""
    x, p = rng.uniform(-1, 3, size=4), rng.dirichlet(np.full(4, 2.0))
    m1, m2, m3, m4 = (float(p @ x**n) for n in (1, 2, 3, 4))
    return m1, m2, m3, m4


def truncated_mgf(t: float, rate: float, c: float) -> float:
    """Integrate exp(t x) times the exponential density from 0 to c."""
    return rate * c if t == rate else -rate * expm1((t - rate) * c) / (rate - t)


def rate_and_end(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return t, rate and c, with t on either side of the rate."""
    rate = float(rng.uniform(0.5, 3))
    return rate + float(rng.uniform(-2, 1)), rate, float(rng.uniform(0.5, 6))


def skewness_without_symmetry(law: tuple[Any, Any]) -> str:
    """Say why a law (values, probabilities) is no answer to exercise 4, or return an empty text."""
    values, p = (np.asarray(part, dtype=float) for part in law)
    if values.shape != p.shape or values.ndim != 1:
        return "Give two lists of the same length: the values, and the probability of each."
    if (p < 0).any() or abs(p.sum() - 1) > 1e-9:
        return f"Probabilities are non-negative and sum to 1; yours sum to {p.sum():.6g}."
    values, p = values[p > 0], p[p > 0]
    if np.ptp(values) == 0:
        return "A constant has variance 0, and no skewness: give two or more values."
    deviations = values - p @ values
    skewness = p @ deviations**3 / (p @ deviations**2) ** 1.5
    if abs(skewness) > 1e-6:
        return f"The skewness is {skewness:.6g}, not 0. Does the mean of the cubes of the deviations vanish?"
    # A symmetric law has the same mass at every distance on either side: its odd functions average to 0.
    distance = deviations / np.abs(deviations).max()
    if all(abs(p @ np.sin(w * distance)) < 1e-6 for w in (1.0, 2.3, 4.1, 7.7)):
        return "That law is symmetric about its mean, which is why its skewness is 0. Find one that is not."
    return ""


def log_mgf(t: float, n: int) -> float:
    """Return the logarithm of the MGF of the standardised sum of n exponential variables with mean 1."""
    s = t / sqrt(n)
    return -n * s - n * log1p(-s) if s < 1 else inf


QUESTIONS = {
    "1": Value(
        [0.3, 0.21],
        mistakes=[
            Mistake([0.3, 0.3], "The second derivative is the second raw moment. Subtract the square of the mean."),
            Mistake([1.0, 0.0], "You set t = 0 in M itself. Differentiate first."),
            Mistake([0.3, sqrt(0.21)], "That is the standard deviation. Give the variance."),
            Mistake([0.3 * exp(1), 0.3 * exp(1) - 0.09 * exp(2)], "Set t = 0, not t = 1, after differentiating."),
            Mistake([0.3, 0.09], "0.3 squared is what is to be subtracted from the second raw moment, 0.3."),
        ],
        why="It is p (1 - p), as it must be.",
    ),
    "2": Function(
        shape,
        draw=raw_moments,
        cases=[(1.0, 2.0, 6.0, 24.0), (0.0, 1.0, 0.0, 3.0)],
        rtol=1e-5,
        atol=1e-6,
        mistakes=[
            Mistake(
                lambda m1, m2, m3, m4: [shape(m1, m2, m3, m4)[0], shape(m1, m2, m3, m4)[1] - 3],
                "That is the excess kurtosis. Asked is the fourth standardised moment itself, 3 for the normal law.",
            ),
            Mistake(
                lambda m1, m2, m3, m4: [m3 / m2**1.5, m4 / m2**2],
                "Those are raw moments. Subtract the mean before you raise to a power.",
            ),
            Mistake(
                lambda m1, m2, m3, m4: [m3 / (m2 - m1**2) ** 1.5, m4 / (m2 - m1**2) ** 2],
                "The divisor is right. Above it belong the central moments, not m3 and m4.",
            ),
            Mistake(
                lambda m1, m2, m3, m4: [
                    shape(m1, m2, m3, m4)[0] * (m2 - m1**2) ** 1.5,
                    shape(m1, m2, m3, m4)[1] * (m2 - m1**2) ** 2,
                ],
                "Those are the central moments. Divide by the third and the fourth power of the standard deviation.",
            ),
            Mistake(
                lambda m1, m2, m3, m4: [
                    shape(m1, m2, m3, m4)[0] * sqrt(m2 - m1**2) ** 1.5,
                    shape(m1, m2, m3, m4)[1] * (m2 - m1**2),
                ],
                "The third power of the standard deviation is the variance to the power 3/2, the fourth its square.",
            ),
        ],
        why="For the exponential law: 2 and 9, so that its excess kurtosis is 6.",
    ),
    "3": Function(
        truncated_mgf,
        draw=rate_and_end,
        cases=[(2.0, 2.0, 10.0), (0.0, 2.0, 3.0), (2.1, 2.0, 40.0), (-1.0, 1.0, 50.0)],
        mistakes=[
            Mistake(
                lambda t, rate, c: rate / (rate - t) if t < rate else inf,
                "That is the limit for c = infinity. Stop the integral at c.",
            ),
            Mistake(
                lambda t, rate, c: c if t == rate else truncated_mgf(t, rate, c) / rate,
                "The density is rate times exp(-rate x): the factor is missing.",
            ),
            Mistake(
                lambda t, rate, c: rate * c if t == rate else rate * exp((t - rate) * c) / (t - rate),
                "The antiderivative at 0 is not 0: subtract it.",
            ),
        ],
        why="Bounded for t < rate only; at t = rate it grows like c, beyond exponentially.",
    ),
    "4": Property(
        ([-2.0, 1.0, 3.0], [0.4, 0.5, 0.1]),
        skewness_without_symmetry,
        mistakes=[
            Mistake(answer, skewness_without_symmetry(answer))
            for answer in (
                ([-1.0, 0.0, 1.0], [0.25, 0.5, 0.25]),
                ([-2.0, 1.0, 3.0], [0.5, 0.4, 0.1]),
                ([-2.0, 1.0, 3.0], [0.4, 0.5, 0.2]),
                ([5.0], [1.0]),
            )
        ],
        why="One number cannot say that all odd central moments vanish.",
    ),
    "5": Function(
        log_mgf,
        draw=lambda rng: (float(rng.uniform(-3, 3)), int(rng.integers(1, 50))),
        cases=[(1.0, 4), (2.0, 4), (2.5, 4), (-3.0, 1), (1.0, 10_000)],
        mistakes=[
            Mistake(
                lambda t, n: -n * log1p(-t / sqrt(n)) if t < sqrt(n) else inf,
                "The shift is missing: b = -sqrt(n) contributes the term -t sqrt(n).",
            ),
            Mistake(
                lambda t, n: -n * t - n * log1p(-t) if t < 1 else inf,
                "That is the log-MGF of S - n. Divide by sqrt(n): put t / sqrt(n) in place of t.",
            ),
            Mistake(
                lambda t, n: -n * log1p(-t) if t < 1 else inf,
                "That is the log-MGF of S. Shift and scale it: Z = a S + b.",
            ),
            Mistake(
                lambda t, n: exp(log_mgf(t, n)) if t < sqrt(n) else inf,
                "That is M itself. Give its logarithm.",
            ),
            Mistake(lambda t, n: t * t / 2, "That is the limit. Asked is the function for finite n."),
            Mistake(
                lambda t, n: -sqrt(n) * t - log1p(-t / sqrt(n)) if t < sqrt(n) else inf,
                "The MGF of a sum is a power: its logarithm has the factor n.",
            ),
        ],
        why="It tends to t^2/2, the log-MGF of the standard normal law.",
    ),
}
