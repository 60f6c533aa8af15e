import numpy as np

from companion.linalg import cond, norm
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(norm, ([1, np.nan],), {}, ValueError, r"x must be finite; .*x\[1\] is nan"),
    BadInput(norm, (["a"],), {}, TypeError, "x must hold real numbers"),
    BadInput(norm, ([1, 2], "fro"), {}, ValueError, "ord must be a number, inf or None for vectors, got 'fro'"),
    BadInput(norm, ([1, 2], np.nan), {}, ValueError, "ord must be a number, inf or None for vectors, got nan"),
    BadInput(norm, (np.eye(2), np.nan), {}, ValueError, "for matrices, got nan"),
    BadInput(norm, (np.empty((0, 3)), -2), {}, ValueError, "must not be empty for a negative ord, got ord=-2"),
    BadInput(norm, (np.empty((0, 3)), -1), {}, ValueError, "must not be empty for a negative ord, got ord=-1"),
    BadInput(norm, (np.eye(2), 3), {}, ValueError, "ord must be 'fro', 'nuc', .* for matrices, got 3"),
    BadInput(norm, (np.eye(2), "spectral"), {}, ValueError, "for matrices, got 'spectral'"),
    BadInput(norm, (np.ones((2, 2, 2)), 2), {}, ValueError, "vector or a matrix where ord is given, got 3 dimensions"),
    BadInput(norm, (3.0, 2), {}, ValueError, "got 0 dimensions"),
    BadInput(norm, (np.eye(2), 2, 2), {}, ValueError, "axis must be between -2 and 1 for x of 2 dimensions, got 2"),
    BadInput(norm, (np.eye(2), 2, 0.5), {}, TypeError, "axis must be an integer, got 0.5"),
    BadInput(norm, (np.eye(2), 2, (0, 0)), {}, ValueError, r"two different ones, got \(0, 0\)"),
    BadInput(norm, (np.ones((2, 2, 2)), None, (0, 1, 2)), {}, ValueError, "two different ones"),
    BadInput(norm, ([], -1), {}, ValueError, "must not be empty for a negative ord, got ord=-1"),
    BadInput(cond, (np.ones((2, 3)), 1), {}, ValueError, r"x must be square, got shape \(2, 3\)"),
    BadInput(cond, ([1, 2],), {}, ValueError, r"two dimensions, got shape \(2,\)"),
    BadInput(cond, (np.empty((0, 0)),), {}, ValueError, "must not be empty"),
    BadInput(cond, (np.empty((0, 0)), 1), {}, ValueError, "must not be empty"),
    BadInput(cond, (np.eye(2), 3), {}, ValueError, "ord must be 'fro'"),
    BadInput(cond, ([[1, np.inf], [0, 1]],), {}, ValueError, "must be finite"),
]
