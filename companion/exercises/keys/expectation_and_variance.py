"""Answers to the exercises of the page on expectation and variance."""

import numpy as np

from companion.exercises._questions import Function, Mistake, Value

Summary = tuple[int, float, float]


def gain(p: float) -> list[float]:
    """Expectation and variance of 100 with probability p and -50 otherwise."""
    return [150 * p - 50, 150**2 * p * (1 - p)]


def merge(a: Summary, b: Summary) -> Summary:
    """Put together two summaries (n, mean, sum of squared deviations)."""
    (n_a, mean_a, s_a), (n_b, mean_b, s_b) = a, b
    n, delta = n_a + n_b, mean_b - mean_a
    return n, mean_a + delta * n_b / n, s_a + s_b + delta**2 * n_a * n_b / n


def short_formula(a: Summary, b: Summary) -> Summary:
    """Merge by way of the sums of squares, whose digits are lost far from 0."""
    (n_a, mean_a, s_a), (n_b, mean_b, s_b) = a, b
    n = n_a + n_b
    mean = (n_a * mean_a + n_b * mean_b) / n
    squares = s_a + n_a * mean_a**2 + s_b + n_b * mean_b**2
    return n, mean, squares - n * mean**2


def forgetful(a: Summary, b: Summary) -> Summary:
    """Merge without what the distance of the two means adds."""
    n, mean, _ = merge(a, b)
    return n, mean, a[2] + b[2]


def plain_mean(a: Summary, b: Summary) -> Summary:
    """Merge with the unweighted mean of the means."""
    n, _, s = merge(a, b)
    return n, (a[1] + b[1]) / 2, s


def draw_probability(rng: np.random.Generator) -> tuple[float]:
    """Draw a probability."""
    return (float(rng.uniform()),)


def summary(values: list[float]) -> Summary:
    """Return the summary of some numbers."""
    x = np.array(values)
    return len(x), float(x.mean()), float(((x - x.mean()) ** 2).sum())


def draw_summaries(rng: np.random.Generator) -> tuple[Summary, Summary]:
    """Draw two chunks of data, near 0 or far from it."""
    center = float(rng.choice([0.0, 1e9]))
    chunks = [(center + 3 * rng.normal(size=int(rng.integers(1, 9)))).tolist() for _ in range(2)]
    return summary(chunks[0]), summary(chunks[1])


QUESTIONS = {
    "1": Value(
        [3.5, 35 / 12],
        mistakes=[
            Mistake([3.5, 91 / 6], "91/6 is E[X^2]. Subtract the square of the expectation."),
            Mistake([3.5, 3.5], "35/10 divides the squared deviations by 5; each face has probability 1/6."),
            Mistake([3.0, 35 / 12], "The faces run from 1 to 6: their centre is halfway between 3 and 4."),
            Mistake([3.5, float(np.sqrt(35 / 12))], "That is the standard deviation."),
        ],
        why="No face is the expected one.",
    ),
    "2": Function(
        gain,
        draw=draw_probability,
        cases=[(0.0,), (1.0,), (1 / 3,), (0.5,)],
        mistakes=[
            Mistake(
                lambda p: [150 * p - 50, 100**2 * p + 50**2 * (1 - p)],
                "The second number is E[X^2]. Subtract the squared expectation.",
            ),
            Mistake(lambda p: [50 * p, 150**2 * p * (1 - p)], "Tails loses 50 with probability 1 - p, not p."),
            Mistake(lambda p: [150 * p - 50, 150 * p * (1 - p)], "A factor of 150 enters the variance squared."),
            Mistake(
                lambda p: [150 * p - 50, 150 * np.sqrt(p * (1 - p))],
                "The second number is the standard deviation. Give its square.",
            ),
        ],
        why="Fair at p = 1/3.",
    ),
    "3": Value(
        14.7,
        mistakes=[
            Mistake(6.0, "Six packets would do only if each held a new figure."),
            Mistake(36.0, "The last figure alone takes 6 packets on average, but the first ones come faster."),
            Mistake(15.0, "An expectation need not be a possible value: do not round it to a whole number."),
            Mistake(13.7, "The first packet counts, too: it is new for certain."),
        ],
        why="6 (1 + 1/2 + ... + 1/6).",
    ),
    "4": Function(
        merge,
        draw=draw_summaries,
        cases=[((1, 1e9 + 4, 0.0), (3, 1e9 + 12, 42.0))],
        mistakes=[
            Mistake(short_formula, "Far from 0 the sums of squares cancel. Use the distance of the two means."),
            Mistake(forgetful, "The two means differ; that distance adds to the squared deviations."),
            Mistake(plain_mean, "Weight the two means by the numbers of observations."),
        ],
        why="With one observation in b this is Welford's update.",
    ),
    "5": Value(
        [-1, 4],
        mistakes=[
            Mistake([0, 2], "With correlation 0 both have variance 2."),
            Mistake([1, 0], "That is the other way round: at correlation 1 the difference does not vary."),
            Mistake([-1, 2], "Var(X - Y) = 1 + 1 - 2 rho, with rho = -1."),
            Mistake([-1, 0], "X + Y does not vary; then X - Y = 2X minus a constant does."),
        ],
        why="Then Y is a constant minus X.",
    ),
}
