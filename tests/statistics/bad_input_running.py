import numpy as np

from companion.statistics import RunningMoments
from tests.bad_input import BadInput


def update(*batches):
    moments = RunningMoments()
    for batch in batches:
        moments.update(batch)
    return moments


def add(a, b):
    return a + b


def refused(call, args, error, match):
    return BadInput(call, args, {}, error, match, covers=RunningMoments)


BAD_INPUT = [
    BadInput(RunningMoments, ([1, 2],), {}, TypeError, "positional argument"),
    refused(update, ([1, np.nan],), ValueError, r"x must be finite; drop or fill .* x\[1\] is nan"),
    refused(update, (np.inf,), ValueError, "x must be finite"),
    refused(update, ("3",), TypeError, "x must hold real numbers"),
    refused(update, ([1, None],), TypeError, "x must hold real numbers"),
    refused(update, (np.ones((2, 2, 2)),), ValueError, r"have shape \(n,\) or \(n, d\), got shape \(2, 2, 2\)"),
    refused(update, ([1, 2], [[1, 2]]), ValueError, r"x must have the shape of what came before"),
    refused(update, ([[1, 2]], [[1, 2, 3]]), ValueError, r"got \(n, \*\(3,\)\)"),
    refused(update, ([[1, 2]], 5), ValueError, r"got \(n, \*\(\)\)"),
    refused(update, ([1e200, -1e200],), ValueError, "x must have squares below 1.8e308, got an overflow; divide"),
    refused(update, (1e308, -1e308), ValueError, "got an overflow"),
    refused(update([1]).var, (1,), ValueError, "var needs 2 or more observations, got 1"),
    refused(update([1, 2]).var, (-1,), ValueError, "ddof must be at least 0, got -1"),
    refused(update([1, 2]).var, (0.5,), TypeError, "ddof must be an integer, got 0.5"),
    refused(update([1, 2]).std, (2,), ValueError, "var needs 3 or more observations, got 2"),
    refused(RunningMoments().var, (), ValueError, "var needs 1 or more observations, got 0; call update"),
    refused(lambda: RunningMoments().mean, (), ValueError, "mean needs 1 or more observations, got 0"),
    refused(add, (update([1, 2]), [3, 4]), TypeError, "unsupported operand"),
    refused(add, (update([1, 2]), update([[3, 4]])), ValueError, "the second summand must have the shape"),
    refused(add, (update(1e300), update(-1e300)), ValueError, "the second summand must have squares below"),
]
