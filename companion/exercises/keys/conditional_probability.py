"""Answers to the exercises of the page on conditional probability."""

from typing import Any

import numpy as np

from companion.exercises._questions import Choice, Function, Mistake, Value
from companion.probability import log_posterior


def classify(log_prior: Any, log_words: Any) -> Any:
    """Posterior of each class, from its log-prior and the log-likelihoods of the words, shape (words, classes)."""
    joint = np.asarray(log_prior) + np.sum(log_words, axis=0)
    joint = np.exp(joint - joint.max())
    return joint / joint.sum()


def without_shift(log_prior: Any, log_words: Any) -> Any:
    """Posterior from the plain product; 0/0 for long messages."""
    with np.errstate(invalid="ignore"):
        joint = np.exp(np.asarray(log_prior) + np.sum(log_words, axis=0))
        return joint / joint.sum()


def smallest_shifted(log_prior: Any, log_words: Any) -> Any:
    """Posterior with the smallest exponential made 1; the others overflow for long messages."""
    joint = np.asarray(log_prior) + np.sum(log_words, axis=0)
    with np.errstate(over="ignore", invalid="ignore"):
        joint = np.exp(joint - joint.min())
        return joint / joint.sum()


def without_prior(log_prior: Any, log_words: Any) -> Any:
    """Posterior as if all classes were equally probable at first."""
    return classify(np.zeros(len(log_prior)), log_words)


def switching(n: int, m: int) -> float:
    """Probability to win by switching, when the host opens m of the other n - 1 doors, none of them the car's."""
    return (n - 1) / (n * (n - m - 1))


def draw_message(rng: np.random.Generator) -> tuple[Any, Any]:
    """Return random log-probabilities for two to four classes and up to 600 words."""
    classes, words = int(rng.integers(2, 5)), int(rng.integers(1, 600))
    return np.log(rng.dirichlet(np.ones(classes))), np.log(rng.uniform(0.001, 0.1, size=(words, classes)))


def draw_doors(rng: np.random.Generator) -> tuple[int, int]:
    """Return a number of doors and how many of them the host opens."""
    n = int(rng.integers(3, 30))
    return n, int(rng.integers(0, n - 1))


QUESTIONS = {
    "1": Value(
        [1 / 6, 1 / 5],
        mistakes=[
            Mistake(
                [1 / 5, 1 / 6],
                "The right numbers in the wrong order: what stands behind the bar is what is known.",
            ),
            Mistake(
                [1 / 36, 1 / 36],
                "That is the probability of both together. Divide by the probability of what is known.",
            ),
            Mistake([5 / 36, 1 / 6], "Those are the probabilities of the two events when nothing is known."),
            Mistake([1 / 6, 1 / 3], "(2, 6) and (6, 2) are two rolls: five of them have the sum 8, not three."),
            Mistake(
                [1 / 6, 2 / 5], "Of the rolls with the sum 8, (5, 3) shows the 3 on the second die, not the first."
            ),
        ],
        why="One pair of rolls is in both events; 6 pairs begin with a 3, and 5 pairs have the sum 8.",
    ),
    "2": Value(
        [17 / 1000, 5 / 17, 6 / 17, 6 / 17],
        mistakes=[
            Mistake(
                [17 / 1000, 5 / 1000, 6 / 1000, 6 / 1000],
                "The last three are P(machine and defect). Divide each by P(defect).",
            ),
            Mistake(
                [0.02, 1 / 6, 2 / 6, 3 / 6],
                "The machines do not make equally many parts: weigh each rate by the machine's share.",
            ),
            Mistake(
                [0.06, 1 / 6, 2 / 6, 3 / 6],
                "A sum of the rates alone is no probability: weigh each rate by the machine's share.",
            ),
            Mistake(
                [0.017, 0.01, 0.02, 0.03],
                "The last three are P(defect | machine). Asked is P(machine | defect): turn them round.",
            ),
            Mistake([0.017, 0.5, 0.3, 0.2], "Those are the shares before the defect was seen; it moves them."),
        ],
        why="The machine with the lowest rate makes half of all parts, and yet the fewest of the defective ones.",
    ),
    "3": Choice(
        "b",
        {
            "a": "Count again among 10,000 people: 100 of the ill in place of 99 are found. What happens to the 495?",
            "c": "Not so. Count among 10,000 people how many more of the ill (a) finds, and how many alarms (b) saves.",
        },
        why="99 false alarms in place of 495 make it 1/2; one more of the ill found hardly moves 1/6.",
    ),
    "4": Function(
        classify,
        draw=draw_message,
        cases=[
            (np.log([0.2, 0.8]), np.log([[0.3, 0.1], [0.2, 0.4]])),
            (np.log([0.5, 0.5]), np.log([[0.01, 0.02]] * 3000)),
        ],
        mistakes=[
            Mistake(without_shift, "Right for a short message; for a long one exp gives 0 and the division 0/0."),
            Mistake(
                lambda log_prior, log_words: classify(log_prior, log_words) / classify(log_prior, log_words).max(),
                "These do not sum to 1: the largest is 1. Divide by their sum.",
            ),
            Mistake(without_prior, "The prior is left out: add log_prior to the sum over the words."),
            Mistake(
                smallest_shifted,
                "Subtract the largest logarithm, not the smallest: for a long message the other exponentials overflow.",
            ),
            Mistake(
                lambda log_prior, log_words: log_posterior(log_prior, np.sum(log_words, axis=0)),
                "Those are the logarithms; the question asks for the probabilities.",
            ),
        ],
        why="A factor that all classes share cancels, so the largest may be made 1 before exp is taken.",
    ),
    "5": Function(
        switching,
        draw=draw_doors,
        cases=[(3, 1), (3, 0), (4, 2), (100, 98)],
        mistakes=[
            Mistake(
                lambda n, m: (n - 1) / n,
                "That is the probability that the car is behind one of the others: divide it among those still closed.",
            ),
            Mistake(
                lambda n, m: 1 / (n - m),
                "The closed doors are not equally probable: the host could never have opened yours.",
            ),
            Mistake(
                lambda n, m: 1 / (n - m - 1),
                "That forgets your own door: the car may be behind it, and then you switch away from it.",
            ),
            Mistake(lambda n, m: 1 / n, "That is the probability that you win if you stay."),
        ],
        why="The car is behind the other doors as probably as ever, and the host leaves n - m - 1 of them closed.",
    ),
}
