import numpy as np

from companion.statistics import permutation_test
from tests.bad_input import BadInput

X, Y = [1.0, 2.0, 4.0], [3.0, 5.0, 5.5]


def gap(a, b):
    return a.mean() - b.mean()


def flawed(a, b):
    return np.nan if b[-1] < 5 else 0.0


def several(a, b):
    return a.mean(), b.mean()


BAD_INPUT = [
    BadInput(permutation_test, (5, gap), {}, TypeError, r"data must hold the samples, as in \(a, b\), got 5"),
    BadInput(permutation_test, ("ab", gap), {}, TypeError, "data must hold the samples"),
    BadInput(
        permutation_test, ((X,), gap), {}, ValueError, "data must hold 2 or more samples for 'independent', got 1"
    ),
    BadInput(permutation_test, ((), gap), {"permutation_type": "pairings"}, ValueError, "1 or more samples .*, got 0"),
    BadInput(permutation_test, ((X, [1]), gap), {}, ValueError, r"data\[1\] must hold 2 .* along axis 0, got 1"),
    BadInput(permutation_test, ((X, []), gap), {}, ValueError, r"data\[1\] must hold 2 .* along axis 0, got 0"),
    BadInput(permutation_test, (X, gap), {}, ValueError, r"data\[0\] must be at least one-dimensional"),
    BadInput(permutation_test, ((X, ["1", "2"]), gap), {}, TypeError, r"data\[1\] must hold real numbers"),
    BadInput(permutation_test, ((X, [1, np.nan]), gap), {}, ValueError, r"data\[1\] must be finite"),
    BadInput(permutation_test, ((np.ones((3, 2)), np.ones((3, 4))), gap), {}, ValueError, "broadcast"),
    BadInput(permutation_test, ((X, Y), gap), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
    BadInput(permutation_test, ((X, Y), gap), {"axis": None}, TypeError, "axis must be an integer"),
    BadInput(permutation_test, ((X, Y), 3), {}, TypeError, "statistic must be a function of the samples, got 3"),
    BadInput(permutation_test, ((X, Y), several), {}, ValueError, r"one number .* got \(2,\); .* take \.statistic"),
    BadInput(
        permutation_test,
        ((X, Y), lambda a, b, axis: a - b),
        {},
        ValueError,
        r"one number .* got \(3,\); pass",
    ),
    BadInput(permutation_test, ((X, Y), lambda a, b: "1"), {}, TypeError, "statistic must return real numbers, got <U"),
    BadInput(permutation_test, ((X, Y), flawed), {}, ValueError, "statistic must be a number for each .*; .* is nan"),
    BadInput(permutation_test, ((X, Y), gap), {"vectorized": "no"}, TypeError, "vectorized must be True or False"),
    BadInput(permutation_test, ((X, Y), gap), {"vectorized": True}, TypeError, "axis"),
    BadInput(permutation_test, ((X, Y), gap, "samples"), {}, TypeError, "positional argument"),
    BadInput(permutation_test, ((X, Y), gap), {"permutation_type": "both"}, ValueError, "permutation_type .* 'both'"),
    BadInput(
        permutation_test,
        ((X, [1, 2]), gap),
        {"permutation_type": "samples"},
        ValueError,
        r"equally long for 'samples', got \[3, 2\]",
    ),
    BadInput(
        permutation_test,
        ((X, [1, 2]), gap),
        {"permutation_type": "pairings"},
        ValueError,
        "equally long for 'pairings'",
    ),
    BadInput(permutation_test, ((X, Y), gap), {"alternative": "up"}, ValueError, "alternative must be .*, got 'up'"),
    BadInput(permutation_test, ((X, Y), gap), {"n_resamples": 0}, ValueError, "n_resamples must be at least 1, got 0"),
    BadInput(permutation_test, ((X, Y), gap), {"n_resamples": 99.5}, TypeError, "n_resamples must be an integer"),
    BadInput(permutation_test, ((X, Y), gap), {"n_resamples": np.nan}, TypeError, "n_resamples must be an integer"),
    *(
        BadInput(
            permutation_test,
            (np.ones((2, n)), gap),
            {"n_resamples": n_resamples},
            ValueError,
            "n_resamples must be at most 100,000,000, got .*; there are more arrangements",
        )
        for n, n_resamples in ((20, np.inf), (2000, np.inf), (20, 2 * 10**8))
    ),
    BadInput(permutation_test, ((X, Y), gap), {"batch": 0}, ValueError, "batch must be at least 1, got 0"),
    BadInput(permutation_test, ((X, Y), gap), {"batch": 1.5}, TypeError, "batch must be an integer"),
    BadInput(permutation_test, ((X, Y), gap), {"n_resamples": 5, "rng": -1}, ValueError, "non-negative"),
    BadInput(permutation_test, ((X, Y), gap), {"n_resamples": 5, "rng": "0"}, TypeError, "SeedSequence expects int"),
]
