import numpy as np

from companion.calculus import newton, newton_direction
from tests.bad_input import BadInput


def f(x):
    return x**2 - 2


def slope(x):
    return 2 * x


BAD_INPUT = [
    BadInput(newton, (2.0, 1.0), {}, TypeError, "func must be a function, got 2.0"),
    BadInput(newton, (f, 1.0, 2.0), {}, TypeError, "fprime must be a function, got 2.0"),
    BadInput(newton, (f, [1.0, 2.0]), {}, ValueError, r"x0 must be a single number, got an array of shape \(2,\)"),
    BadInput(newton, (f, np.nan), {}, ValueError, "x0 must be finite"),
    BadInput(newton, (f, "a"), {}, TypeError, "x0 must be a number, got 'a'"),
    BadInput(newton, (f, 1j), {}, TypeError, "x0 must hold real numbers"),
    BadInput(newton, (f, 1.0), {"tol": 0}, ValueError, "tol must be positive, got 0"),
    BadInput(newton, (f, 1.0), {"tol": np.nan}, ValueError, "tol must be finite"),
    BadInput(newton, (f, 1.0), {"rtol": -1}, ValueError, "rtol must be non-negative"),
    BadInput(newton, (f, 1.0), {"maxiter": 0}, ValueError, "maxiter must be at least 1"),
    BadInput(newton, (f, 1.0), {"maxiter": 1.5}, TypeError, "maxiter must be an integer"),
    BadInput(newton, (f, 1.0), {"x1": 1.0}, ValueError, "x1 must differ from x0, got 1.0 twice"),
    BadInput(newton, (f, 1.0), {"x1": np.inf}, ValueError, "x1 must be finite"),
    BadInput(newton, (lambda x: "a", 1.0), {}, TypeError, "func must return one real number"),
    BadInput(
        newton, (lambda x: None, 1.0), {}, TypeError, "func must return one real number, got None: is a return missing"
    ),
    BadInput(newton, (f, 1.0, lambda x: [x, x]), {}, TypeError, r"fprime must return one real number, .* \(2,\)"),
    BadInput(newton_direction, ([[1.0, 0], [0, 1]], [1.0]), {}, ValueError, r"hess must have shape \(1, 1\), as jac"),
    BadInput(newton_direction, ([1.0, 2.0], [1.0, 2.0]), {}, ValueError, r"hess must have .* got \(2,\)"),
    BadInput(newton_direction, ([[np.nan]], [1.0]), {}, ValueError, "hess must be finite"),
    BadInput(newton_direction, ([[1.0]], [np.inf]), {}, ValueError, "jac must be finite"),
    BadInput(newton_direction, ("a", [1.0]), {}, TypeError, "hess must hold real numbers"),
    BadInput(newton_direction, (np.empty((0, 0)), []), {}, ValueError, "jac must hold at least one number"),
]
