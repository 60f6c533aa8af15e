"""Answers to the exercises of the page on waiting times."""

from collections.abc import Callable

import numpy as np

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import expon, poisson

Survival = Callable[[float], float]


def ageing(sf: Survival, t: float, s: float) -> float:
    """How much more probable s further units of time are for a used part than for a new one."""
    return sf(t + s) / sf(t) - sf(s)


def weibull(k: float) -> Survival:
    """Return the survival function of a Weibull law with shape k."""
    return lambda t: float(np.exp(-(t**k)))


def draw_case(rng: np.random.Generator) -> tuple[Survival, float, float]:
    """Draw a survival function and two times."""
    return weibull(float(rng.uniform(0.5, 2))), float(rng.uniform(0, 2)), float(rng.uniform(0, 2))


QUESTIONS = {
    "1": Value(
        [4 * np.log(2), np.exp(-1)],
        mistakes=[
            Mistake(
                [4.0, np.exp(-1)], "4 is the mean. Half of the waits are shorter than the median: solve S(m) = 1/2."
            ),
            Mistake(
                [4 * np.log(2), np.exp(-10 / 4)],
                "That is P(T > 10) for a new customer. This one has stayed 6 minutes: condition on that.",
            ),
            Mistake([np.log(2) / 4, np.exp(-16)], "The rate is 1/4 a minute, not 4."),
            Mistake([4 * np.log(2), 1 - np.exp(-1)], "That is the probability of leaving within 4 minutes more."),
        ],
        why="The median is 69 % of the mean, and the past does not count.",
    ),
    "2": Value(
        [float(poisson.pmf(0, 3)), float(expon.cdf(0.5, scale=1 / 3)), float(poisson.sf(4, 6))],
        mistakes=[
            Mistake(
                [float(poisson.pmf(0, 3)), float(expon.cdf(0.5, scale=1 / 3)), float(poisson.sf(5, 6))],
                "sf(5) is P(N > 5), without the 5. At least 5 is P(N > 4).",
            ),
            Mistake(
                [float(poisson.pmf(0, 3)), float(expon.cdf(0.5, scale=3)), float(poisson.sf(4, 6))],
                "scale is the mean wait, 1/3 of a second; 3 is the rate.",
            ),
            Mistake(
                [float(poisson.pmf(0, 3)), float(expon.cdf(0.5, scale=1 / 3)), float(poisson.sf(4, 3))],
                "In 2 seconds the mean count is 3 times 2.",
            ),
        ],
        why="The first is also expon.sf(1, scale=1/3).",
    ),
    "3": Value(
        [float(np.exp(-10 / 12)), 0.6],
        mistakes=[
            Mistake([float(np.exp(-10 / 12)), 0.4], "The machine with the higher rate is more likely to be first."),
            Mistake(
                [float(1 - (1 - np.exp(-1 / 2)) * (1 - np.exp(-1 / 3))), 0.6],
                "That is the probability that at least one survives. Both must: multiply the survival functions.",
            ),
            Mistake([float(np.exp(-10 / 50)), 0.6], "The rates add, not the mean times: 1/20 + 1/30 = 1/12."),
        ],
        why="Rates add; A is first with a probability in proportion to its rate.",
    ),
    "4": Function(
        ageing,
        draw=draw_case,
        cases=[(weibull(1.0), 1.0, 2.0), (weibull(2.0), 0.0, 1.0)],
        mistakes=[
            Mistake(lambda sf, t, s: sf(t + s) - sf(s), "P(T > t + s | T > t) is P(T > t + s) divided by P(T > t)."),
            Mistake(lambda sf, t, s: sf(s) - sf(t + s) / sf(t), "The other way round: used minus new."),
            Mistake(lambda sf, t, s: sf(t + s) / sf(s) - sf(t), "Condition on T > t, the time that has passed."),
        ],
        why="Negative for wear, 0 without memory, positive for early failures.",
    ),
    "5": Value(
        [5, 10],
        mistakes=[
            Mistake([5, 5], "Half of the mean gap is right for A. On B you arrive in long gaps more often."),
            Mistake([10, 10], "On A the wait is between 0 and 10 minutes, each equally likely."),
            Mistake([5, 20], "20 minutes is the whole gap that you are in; you wait for half of it on average."),
        ],
        why="Without memory the wait is a full mean gap.",
    ),
}
