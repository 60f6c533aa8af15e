import numpy as np

from companion.statistics import bootstrap
from tests.bad_input import BadInput

X, Y = [1.0, 2.0, 4.0], [3.0, 5.0]
LOOP = {"n_resamples": 100, "rng": 1}
SURE = {"confidence_level": 1 - 1e-10, "rng": 1}


def pair(x):
    return x.mean(), x.std()


def distinct(x):
    return len(set(x))


def ratio(x):
    return 1 / x.std() if x.std() else np.nan


BAD_INPUT = [
    BadInput(bootstrap, (X, np.mean), {}, ValueError, r"got one of numbers; for one sample pass \(data,\)"),
    BadInput(bootstrap, ((), np.mean), {}, ValueError, r"data must be a sequence of one sample or more, got \(\)"),
    BadInput(bootstrap, (3.0, np.mean), {}, ValueError, "data must be a sequence of one sample or more, got 3.0"),
    BadInput(bootstrap, ("abc", np.mean), {}, ValueError, "data must be a sequence .*, got 'abc'"),
    BadInput(bootstrap, (([1.0],), np.mean), {}, ValueError, r"data\[0\] must hold 2 or more .* along axis 0, got 1"),
    BadInput(bootstrap, ((X, []), np.mean), {}, ValueError, r"data\[1\] must hold 2 or more .* along axis 0, got 0"),
    BadInput(bootstrap, (([1, np.nan],), np.mean), {}, ValueError, r"data\[0\] must be finite; .* is nan"),
    BadInput(bootstrap, ((X, [1, np.inf]), np.mean), {}, ValueError, r"data\[1\] must be finite"),
    BadInput(bootstrap, ((["a", "b"],), np.mean), {}, TypeError, r"data\[0\] must hold real numbers"),
    BadInput(bootstrap, ((X,), np.mean), {"axis": 1}, ValueError, r"axis must be between -1 and 0 for data\[0\]"),
    BadInput(bootstrap, ((X,), np.mean), {"axis": 0.0}, TypeError, "axis must be an integer, got 0.0"),
    BadInput(bootstrap, (([X, X], [X] * 3), np.mean), {"axis": 1}, ValueError, "broadcast"),
    BadInput(bootstrap, ((X, Y), np.corrcoef), {"paired": True}, ValueError, r"must hold pairs .* samples of \[2, 3\]"),
    BadInput(bootstrap, ((X,), np.mean), {"paired": 1}, TypeError, "paired must be True or False, got 1"),
    BadInput(bootstrap, ((X,), 5), {}, TypeError, "statistic must be a function of the samples, got 5"),
    BadInput(bootstrap, ((X,), pair), {}, ValueError, r"statistic must return one number .*, got \(\d+, 2\)"),
    BadInput(bootstrap, ((X,), np.mean), {"vectorized": "yes"}, TypeError, "vectorized must be True or False"),
    BadInput(
        bootstrap, ((X,), lambda x, axis: x.mean()), {}, ValueError, r"got \(\); pass vectorized=False if it does not"
    ),
    BadInput(bootstrap, ((X,), lambda x: str(x)), LOOP, TypeError, "statistic must return real numbers, got <U"),
    BadInput(bootstrap, ((X,), ratio), LOOP, ValueError, "statistic must be finite for every resample, got nan"),
    BadInput(bootstrap, ((X,), lambda x: -np.inf), LOOP, ValueError, "finite for every resample, got -inf"),
    BadInput(bootstrap, ((X,), np.mean), {"n_resamples": 1}, ValueError, "n_resamples must be at least 2, got 1"),
    BadInput(bootstrap, ((X,), np.mean), {"n_resamples": 99.0}, TypeError, "n_resamples must be an integer, got 99.0"),
    BadInput(bootstrap, ((X,), np.mean), {"batch": 0}, ValueError, "batch must be at least 1, got 0"),
    BadInput(bootstrap, ((X,), np.mean), {"batch": 5.0}, TypeError, "batch must be an integer, got 5.0"),
    BadInput(bootstrap, ((X,), np.mean), {"confidence_level": 95}, ValueError, "confidence_level .* between 0 and 1"),
    BadInput(bootstrap, ((X,), np.mean), {"confidence_level": 1}, ValueError, "confidence_level .* between 0 and 1"),
    BadInput(bootstrap, ((X,), np.mean), {"confidence_level": 0}, ValueError, "confidence_level .* between 0 and 1"),
    BadInput(bootstrap, ((X,), np.mean), {"confidence_level": [0.9]}, ValueError, "must be a single number"),
    BadInput(
        bootstrap, ((X,), np.mean), {"alternative": "larger"}, ValueError, "alternative must be one of .*'larger'"
    ),
    BadInput(
        bootstrap, ((X,), np.mean), {"method": "t"}, ValueError, "method must be one of 'percentile', .*, got 't'"
    ),
    BadInput(bootstrap, ((X,), np.mean), {"method": None}, ValueError, "method must be one of .*, got None"),
    BadInput(bootstrap, ((X,), np.mean, 99), {}, TypeError, "positional argument"),
    BadInput(bootstrap, ((X,), np.mean), {"rng": "now"}, TypeError, "SeedSequence expects int"),
    BadInput(bootstrap, (([5, 5, 5],), np.mean), {}, ValueError, "does not change when one observation is left out"),
    BadInput(bootstrap, (([[5, 1], [5, 2]],), np.mean), {}, ValueError, "method must not be 'BCa' .* is left out"),
    BadInput(bootstrap, ((range(40),), distinct), LOOP, ValueError, "all resamples have a statistic on the same side"),
    BadInput(bootstrap, (([0] * 99 + [1],), np.mean), SURE, ValueError, "bias and acceleration are too large"),
    BadInput(bootstrap, (([1, 2, 3, 3, 3, 3, 4, 5],), np.median), {}, ValueError, "is left out; pass 'percentile'"),
]
