"""Answers to the exercises of the page on tail bounds."""

from math import ceil, exp, log, sqrt

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.probability import binom_log_mgf, cantelli_bound, chebyshev_bound, chernoff_bound, markov_bound


def four_bounds() -> list[float]:
    """Bounds on P(Bin(100, 1/2) >= 70): Markov, Chebyshev, Cantelli, Chernoff."""
    chernoff = chernoff_bound(lambda t: binom_log_mgf(t, 100, 0.5), 70).bound
    return [float(b) for b in (markov_bound(50, 70), chebyshev_bound(25, 20), cantelli_bound(25, 20), chernoff)]


def crossing(mean: float, sd: float) -> float:
    """Threshold above which Chebyshev's bound is below Markov's."""
    root = sd * sqrt(sd**2 + 4 * mean**2)
    return mean + (sd**2 + root) / (2 * mean)


def attains_chebyshev(law: tuple[list[float], list[float]]) -> str:
    """Say why a law (values, probabilities) does not attain Chebyshev's bound for k = 2, or return an empty text."""
    values, p = (np.asarray(part, dtype=float) for part in law)
    if values.shape != p.shape or values.ndim != 1:
        return "Give two lists of the same length: the values, and the probability of each."
    if (p < 0).any() or abs(p.sum() - 1) > 1e-9:
        return f"Probabilities are non-negative and sum to 1; yours sum to {p.sum():.6g}."
    mean = p @ values
    var = p @ (values - mean) ** 2
    if abs(mean) > 1e-9 or abs(var - 1) > 1e-9:
        return f"The mean must be 0 and the variance 1; yours are {mean:.6g} and {var:.6g}."
    tail = p[np.abs(values) >= 2 - 1e-12].sum()
    if abs(tail - 0.25) > 1e-9:
        return (
            f"P(|X| >= 2) is {tail:.6g}, below the bound 0.25. Where is the inequality of the proof strict? "
            "Every value with |x| > 2, and every one with 0 < |x| < 2, wastes some variance."
        )
    return ""


def poisson_bound(mu: float, a: float) -> float:
    """Chernoff's bound on P(X >= a) for X ~ Poisson(mu), in closed form."""
    return exp(a - mu + a * log(mu / a)) if a > mu else 1.0


def tosses(eps: float, delta: float) -> int:
    """Smallest n for which Hoeffding's two-sided bound is at most delta."""
    return ceil(log(2 / delta) / (2 * eps**2))


QUESTIONS = {
    "1": Value(
        0.75,
        mistakes=[
            Mistake(0.25, "That is the share that may lie outside, at a distance of 20 or more. What is left inside?"),
            Mistake(0.8, "That is the one-sided bound of Cantelli. Here both sides count, so use Chebyshev's."),
            Mistake(75, "As a share that is a number between 0 and 1."),
            Mistake(0.95, "That is the normal distribution's rule of thumb. Nothing here says that scores are normal."),
            Mistake(0.954499736, "That is the normal distribution's share. Nothing here says that scores are normal."),
        ],
        why="At least three quarters, whatever the distribution.",
    ),
    "2": Value(
        four_bounds(),
        mistakes=[
            Mistake(
                [50 / 70, 25 / 70**2, 25 / (25 + 70**2), four_bounds()[3]],
                "Chebyshev and Cantelli want the deviation from the mean, 70 - 50, not the threshold 70.",
            ),
            Mistake(
                [50 / 70, 50 / 400, 50 / 450, four_bounds()[3]],
                "The variance of Bin(n, p) is n p (1 - p), here 25; you used the mean.",
            ),
            Mistake(
                [50 / 70, 25 / 400, 25 / 425, exp(-8)],
                "That is Hoeffding's bound. Chernoff's, with the binomial's own log-MGF, is lower.",
            ),
            Mistake(
                [50 / 70, 25 / 800, 25 / 425, four_bounds()[3]],
                "Half of it is right for a symmetric law such as this one. Asked is Chebyshev's own bound.",
            ),
            Mistake(
                [50 / 70, 5 / 400, 5 / 405, four_bounds()[3]],
                "Chebyshev and Cantelli want the variance, 25, not the standard deviation, 5.",
            ),
        ],
        why="Markov knows the mean, Chebyshev and Cantelli the variance too, Chernoff the whole distribution.",
    ),
    "3": Function(
        crossing,
        draw=lambda rng: (float(rng.uniform(1, 100)), float(rng.uniform(0.5, 40))),
        cases=[(70.0, 10.0)],
        mistakes=[
            Mistake(
                lambda mean, sd: crossing(mean, sd) - mean,
                "That is the deviation from the mean. The question asks for the threshold.",
            ),
            Mistake(
                lambda mean, sd: 2 * mean + sd**2 / mean - crossing(mean, sd),
                "That root lies below the mean; Chebyshev says nothing about P(X >= a) there.",
            ),
            Mistake(lambda mean, sd: mean + sd**2 / mean, "That is where Cantelli takes over."),
        ],
        why="Cantelli is ahead much sooner, from mean + variance / mean on.",
    ),
    "4": Property(
        ([-2.0, 0.0, 2.0], [0.125, 0.75, 0.125]),
        attains_chebyshev,
        mistakes=[
            Mistake(([-1.0, 1.0], [0.5, 0.5]), attains_chebyshev(([-1.0, 1.0], [0.5, 0.5]))),
            Mistake(([-2.0, 2.0], [0.5, 0.5]), attains_chebyshev(([-2.0, 2.0], [0.5, 0.5]))),
            Mistake(([-2.0, 0.0, 2.0], [0.25, 0.25, 0.25]), attains_chebyshev(([-2, 0, 2], [0.25, 0.25, 0.25]))),
        ],
        why="All the variance sits exactly at distance 2: nothing is wasted.",
    ),
    "5": Function(
        poisson_bound,
        draw=lambda rng: (float(rng.uniform(0.5, 30)), float(rng.uniform(1, 90))),
        cases=[(50.0, 200.0), (3.0, 2.0), (4.0, 4.0)],
        atol=0.0,
        mistakes=[
            Mistake(
                lambda mu, a: poisson_bound(mu, a) if poisson_bound(mu, a) > 1e-10 else 0.0,
                "The bound is tiny, not 0: compute exp of the whole logarithm.",
            ),
            Mistake(
                lambda mu, a: exp(a - mu + a * log(mu / a)),
                "Right above the mean. Below it the best t > 0 does not exist (log(a/mu) is negative): return 1 there.",
            ),
            Mistake(
                lambda mu, a: exp(-mu + a * log(mu / a)) if a > mu else 1.0,
                "Put t = log(a/mu) into mu (e^t - 1) - t a once more: a term + a is missing.",
            ),
        ],
        why="It is (e mu / a)^a e^-mu, computed through its logarithm.",
    ),
    "6": Function(
        tosses,
        draw=lambda rng: (float(rng.uniform(0.005, 0.2)), float(rng.uniform(0.001, 0.3))),
        cases=[(0.01, 0.05)],
        mistakes=[
            Mistake(
                lambda eps, delta: ceil(log(1 / delta) / (2 * eps**2)),
                "That is the one-sided bound. |share - p| has two sides: the bound is 2 exp(-2 n eps^2).",
            ),
            Mistake(
                lambda eps, delta: log(2 / delta) / (2 * eps**2),
                "n is a number of tosses: round up to the next integer.",
            ),
            Mistake(
                lambda eps, delta: ceil(1 / (4 * eps**2 * delta)),
                "That is Chebyshev's answer. Solve Hoeffding's bound 2 exp(-2 n eps^2) <= delta for n.",
            ),
        ],
        why="For 0.01 and 5 % that is 18,445 tosses, where Chebyshev asks for 50,000.",
    ),
}
