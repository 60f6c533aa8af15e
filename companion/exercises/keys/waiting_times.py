"""Answers to the exercises of the page on waiting times."""

import numpy as np
from numpy.typing import NDArray

from companion.exercises._questions import Function, Mistake, Value
from companion.probability import expon, poisson

SERVER = [float(poisson.pmf(0, 3)), float(expon.cdf(0.5, scale=1 / 3)), float(poisson.sf(4, 6))]


def failure_rate(hours: NDArray[np.float64], failed: NDArray[np.bool_]) -> float:
    """Failures per hour of running, whether or not the hours ended in a failure."""
    return float(failed.sum() / hours.sum())


def draw_machines(rng: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Draw hours of machines that were watched for 20 hours, or less, and whether they failed."""
    lifetimes = rng.exponential(20.0, size=int(rng.integers(3, 30)))
    watched = rng.uniform(1, 20, size=lifetimes.size)
    lifetimes[0], watched[1] = watched[0] / 2, lifetimes[1] / 2  # one of either kind at least
    return np.minimum(lifetimes, watched), lifetimes <= watched


QUESTIONS = {
    "1": Value(
        [4 * np.log(2), np.exp(-1)],
        mistakes=[
            Mistake(
                [4.0, np.exp(-1)], "4 is the mean. Half of the waits are shorter than the median: solve S(m) = 1/2."
            ),
            Mistake([2.0, np.exp(-1)], "2 is half of the mean. The median m solves S(m) = exp(-m/4) = 1/2."),
            Mistake(
                [4 * np.log(2), np.exp(-10 / 4)],
                "That is P(T > 10) for a new customer. This one has stayed 6 minutes: condition on that.",
            ),
            Mistake([np.log(2) / 4, np.exp(-16)], "The rate is 1/4 a minute, not 4."),
            Mistake([4 * np.log(2), 1 - np.exp(-1)], "That is the probability of leaving within 4 minutes more."),
            Mistake([4 * np.log10(2), np.exp(-1)], "log is the natural logarithm: np.log, not np.log10."),
        ],
        why="The median is 69 % of the mean, and the past does not count.",
    ),
    "2": Value(
        SERVER,
        mistakes=[
            Mistake(
                [SERVER[0], SERVER[1], float(poisson.sf(5, 6))],
                "sf(5) is P(N > 5), without the 5. At least 5 is P(N > 4).",
            ),
            Mistake(
                [SERVER[0], float(expon.cdf(0.5, scale=3)), SERVER[2]],
                "scale is the mean wait, 1/3 of a second; 3 is the rate.",
            ),
            Mistake(
                [SERVER[0], float(expon.sf(0.5, scale=1 / 3)), SERVER[2]],
                "The second is the probability that the first request comes before half a second is over: a cdf.",
            ),
            Mistake([SERVER[0], SERVER[1], float(poisson.sf(4, 3))], "In 2 seconds the mean count is 3 times 2."),
            Mistake([1 - SERVER[0], SERVER[1], SERVER[2]], "That is at least one request. Asked is none."),
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
            Mistake([float(1 - np.exp(-10 / 12)), 0.6], "That is the probability of a failure. Asked is none."),
        ],
        why="Rates add; A is first with a probability in proportion to its rate.",
    ),
    "4": Function(
        failure_rate,
        draw=draw_machines,
        cases=[(np.array([20.0, 5.0, 20.0, 15.0]), np.array([False, True, False, True]))],
        mistakes=[
            Mistake(
                lambda hours, failed: 1 / hours[failed].mean(),
                "The machines that still run have hours too. Leave them out, and the rate comes out too high.",
            ),
            Mistake(
                lambda hours, failed: 1 / hours.mean(),
                "That counts every machine as a failure. Only those count that failed; the hours of all count.",
            ),
            Mistake(
                lambda hours, failed: hours.sum() / failed.sum(),
                "That is the mean time between failures. The rate is its reciprocal.",
            ),
            Mistake(
                lambda hours, failed: failed.mean(),
                "That is the share that failed. A rate is per hour: divide the failures by the hours of all machines.",
            ),
        ],
        why="Failures over hours: without memory, ten machines for an hour are as good as one for ten.",
    ),
    "5": Value(
        [12.5, 6.25],
        mistakes=[
            Mistake([10, 5], "10 is the mean of all gaps. Yours is three times as often a long one as a short one."),
            Mistake([12.5, 12.5], "You arrive anywhere in the gap: on average you wait for half of it."),
            Mistake([12.5, 5], "The wait is half of the gap that you are in, on average; not half of 10."),
            Mistake([20, 10], "That is right for a Poisson process. These gaps are 5 or 15, never longer."),
            Mistake([12.5, 10], "A full mean gap is the wait in a Poisson process. Here the gaps have memory."),
        ],
        why="Long gaps catch three quarters of the arrivals.",
    ),
}
