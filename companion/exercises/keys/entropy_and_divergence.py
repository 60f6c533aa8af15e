"""Answers to the exercises of the page on entropy and divergence."""

from math import ceil, comb, log, log2

import numpy as np

from companion.exercises._questions import Function, Mistake, Property, Value
from companion.probability import cross_entropy, entropy, kl_divergence

P, Q = [0.7, 0.2, 0.1], [0.5, 0.3, 0.2]


def both_directions(base: float | None = 2) -> list[float]:
    """H(P), H(P, Q), D(P||Q), D(Q||P)."""
    values = entropy(P, base=base), cross_entropy(P, Q, base), kl_divergence(P, Q, base), kl_divergence(Q, P, base)
    return [float(value) for value in values]


def infinite_and_one_bit(pair: tuple[list[float], list[float]]) -> str:
    """Say why D(P||Q) is not infinite or D(Q||P) not one bit, or return an empty text."""
    p, q = (np.asarray(part, dtype=float) for part in pair)
    for name, law in (("P", p), ("Q", q)):
        if law.shape != (3,) or (law < 0).any() or abs(law.sum() - 1) > 1e-9:
            return f"{name} must be three probabilities that sum to 1."
    if kl_divergence(p, q) < np.inf:
        return "D(P||Q) is finite. It is infinite only if some outcome has Q(x) = 0 and P(x) > 0."
    bits = float(kl_divergence(q, p, base=2))
    if bits == np.inf:
        return "D(Q||P) is infinite too: Q has mass where P has none. Let P have mass everywhere."
    if abs(bits - 1) > 1e-9:
        return f"D(P||Q) is infinite, but D(Q||P) is {bits:.6g} bits. How much of P's mass lies where Q lives?"
    return ""


def normal_kl(mu1: float, sigma1: float, mu2: float, sigma2: float) -> float:
    """Divergence of two normal distributions in nats."""
    return log(sigma2 / sigma1) + (sigma1**2 + (mu1 - mu2) ** 2) / (2 * sigma2**2) - 0.5


def bits_per_block(p: float, n: int) -> float:
    """Expected length of Shannon's code word for a block of n tosses."""
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) * ceil(block_surprisal(p, n, k)) for k in range(n + 1))


def block_surprisal(p: float, n: int, heads: int) -> float:
    """Surprisal in bits of one block of n tosses with so many heads."""
    return -heads * log2(p) - (n - heads) * log2(1 - p)


def bits_per_toss(p: float, n: int) -> float:
    """Expected length of Shannon's code for blocks of n tosses, per toss."""
    return bits_per_block(p, n) / n


def binary_entropy(p: float) -> float:
    """Entropy of a coin in bits."""
    return -p * log2(p) - (1 - p) * log2(1 - p)


QUESTIONS = {
    "1": Value(
        2.25,
        mistakes=[
            Mistake(2.25 * log(2), "That is in nats. Take logarithms to base 2."),
            Mistake(log2(5), "That is the entropy of five equally likely letters. Weight each surprisal."),
            Mistake(12.0, "That is the sum of the surprisals. Weight each with the probability of its letter."),
            Mistake(2.4, "That is the plain mean of the surprisals. Weight each with the probability of its letter."),
            Mistake(-2.25, "Surprisal is minus the logarithm, so it is not negative."),
        ],
        why="A little less than log2(5), the most that five letters can have.",
    ),
    "2": Value(
        both_directions(),
        mistakes=[
            Mistake(both_directions(None), "These are nats. Take logarithms to base 2."),
            Mistake(
                [*both_directions()[:2], *both_directions()[:1:-1]],
                "The two divergences have changed places: D(P||Q) averages over the first argument, P.",
            ),
            Mistake(
                [both_directions()[0], float(cross_entropy(Q, P, 2)), *both_directions()[2:]],
                "That cross-entropy is H(Q, P). In H(P, Q) the outcomes follow P: weights P, logarithm of Q.",
            ),
            Mistake(
                [both_directions()[0], float(cross_entropy(Q, P, 2)), *both_directions()[:1:-1]],
                "P and Q have changed places in the last three: weights are those of the first argument.",
            ),
            Mistake(
                [*both_directions()[:2], *(-value for value in both_directions()[2:])],
                "A divergence is never negative: you took log(Q/P) in place of log(P/Q).",
            ),
        ],
        why="Close, but not equal: the divergence is not symmetric.",
    ),
    "3": Property(
        ([0.25, 0.25, 0.5], [0.5, 0.5, 0.0]),
        infinite_and_one_bit,
        mistakes=[
            Mistake(([0.5, 0.5, 0.0], [0.25, 0.25, 0.5]), infinite_and_one_bit(([0.5, 0.5, 0], [0.25, 0.25, 0.5]))),
            Mistake(([0.5, 0.5, 0.0], [0.0, 0.5, 0.5]), infinite_and_one_bit(([0.5, 0.5, 0], [0, 0.5, 0.5]))),
            Mistake(([1 / 3, 1 / 3, 1 / 3], [0.5, 0.5, 0.0]), infinite_and_one_bit(([1 / 3] * 3, [0.5, 0.5, 0]))),
        ],
        why="If Q is P given an event of probability 1/2, then D(Q||P) is the surprisal of that event: one bit.",
    ),
    "4": Function(
        normal_kl,
        draw=lambda rng: (rng.normal(), rng.uniform(0.2, 3), rng.normal(), rng.uniform(0.2, 3)),
        cases=[(0.0, 1.0, 0.0, 1.0), (0.0, 1.0, 1.0, 2.0), (1.0, 2.0, 0.0, 1.0)],
        mistakes=[
            Mistake(
                lambda mu1, sigma1, mu2, sigma2: normal_kl(mu2, sigma2, mu1, sigma1),
                "That is the other direction, D(q||p). Here x follows p = N(mu1, sigma1^2).",
            ),
            Mistake(
                lambda mu1, sigma1, mu2, sigma2: normal_kl(mu1, sigma1, mu2, sigma2) + 0.5,
                "For equal distributions it must be 0: the term of E[(X - mu1)^2] / (2 sigma1^2) = 1/2 is missing.",
            ),
            Mistake(
                lambda mu1, sigma1, mu2, sigma2: normal_kl(mu1, sigma1, mu1, sigma2),
                "The distance of the means is missing: E[(X - mu2)^2] is sigma1^2 + (mu1 - mu2)^2.",
            ),
            Mistake(
                lambda mu1, sigma1, mu2, sigma2: normal_kl(mu1, sigma1, mu2, sigma2) + 2 * log(sigma1 / sigma2),
                "The logarithm has the wrong sign: 1/sigma1 stands in p, above, so sigma2/sigma1 is in the logarithm.",
            ),
            Mistake(
                lambda mu1, sigma1, mu2, sigma2: normal_kl(mu1, sigma1, mu2, sigma2) / log(2),
                "That is in bits. Nats are asked for: the natural logarithm.",
            ),
            Mistake(
                lambda mu1, sigma1, mu2, sigma2: normal_kl(mu1, sigma1**0.5, mu2, sigma2**0.5),
                "You take sigma for the variance; it is the standard deviation.",
            ),
        ],
        why="It is the surprise at the wrong spread plus the squared distance of the means, in units of q.",
    ),
    "5": Function(
        bits_per_toss,
        draw=lambda rng: (float(rng.uniform(0.05, 0.95)), int(rng.integers(1, 11))),
        cases=[(0.9, 1), (0.9, 10), (0.5, 3)],
        mistakes=[
            Mistake(bits_per_block, "That is the length of a block. Divide by its n tosses."),
            Mistake(
                lambda p, n: binary_entropy(p),
                "That is the entropy, which the code only approaches: its words have whole numbers of bits.",
            ),
            Mistake(
                lambda p, n: bits_per_toss(p, 1),
                "You round up each toss. Round up the surprisal of the whole block.",
            ),
            Mistake(
                lambda p, n: sum(p**k * (1 - p) ** (n - k) * ceil(block_surprisal(p, n, k)) for k in range(n + 1)) / n,
                "You count one block for each number of heads; there are comb(n, k) of them.",
            ),
            Mistake(
                lambda p, n: sum(ceil(block_surprisal(p, n, k)) for k in range(n + 1)) / (n + 1) / n,
                "That is the plain mean over the numbers of heads. Weight each with its binomial probability.",
            ),
        ],
        why="Long blocks come as close to the entropy as you like. No code comes below it.",
    ),
}
