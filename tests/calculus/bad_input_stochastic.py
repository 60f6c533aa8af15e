import numpy as np

from companion.calculus import learning_rate_schedule, minibatches, stochastic_gradient_descent
from tests.bad_input import BadInput

DATA = np.array([1.0, 2.0, 6.0])
COST = (lambda x, batch: float(np.mean((x - DATA[batch]) ** 2)), [0.0], 3)


def sgd(*args, **options):
    return stochastic_gradient_descent(*args, **{"jac": lambda x, batch: x, **options})


def case(args, options, error, match):
    return BadInput(sgd, args, options, error, match, covers=stochastic_gradient_descent)


BAD_INPUT = [
    BadInput(learning_rate_schedule, ("optimal",), {}, ValueError, "one of constant, invscaling, sqrt, exponential"),
    BadInput(learning_rate_schedule, (["constant"],), {}, ValueError, r"got \['constant'\]"),
    BadInput(learning_rate_schedule, ("constant", 0.0), {}, ValueError, "eta0 must be positive"),
    BadInput(learning_rate_schedule, (), {"power_t": -0.5}, ValueError, "power_t must be non-negative"),
    BadInput(learning_rate_schedule, (), {"t0": -1.0}, ValueError, "t0 must be non-negative"),
    BadInput(learning_rate_schedule, (), {"gamma": 1.0}, ValueError, "gamma must lie strictly between 0 and 1"),
    BadInput(minibatches, (0, 1), {}, ValueError, "n must be at least 1"),
    BadInput(minibatches, (5.0, 1), {}, TypeError, "n must be an integer"),
    BadInput(minibatches, (5, 0), {}, ValueError, "batch_size must be at least 1"),
    BadInput(minibatches, (5, 6), {}, ValueError, "batch_size must be at most n, 5, got 6"),
    case((None, [0.0], 3), {}, TypeError, "fun must be a function"),
    case((lambda x, batch: x - DATA, [0.0], 3), {}, TypeError, "one real number"),
    case((COST[0], [[0.0]], 3), {}, ValueError, "x0 must be a vector"),
    case((COST[0], [0.0], 0), {}, ValueError, "n must be at least 1"),
    case(COST, {"jac": True}, TypeError, "jac must be a function or None, got True"),
    case(COST, {"jac": lambda x, batch: 1j * x}, TypeError, "jac must return real numbers, got complex128"),
    case(COST, {"jac": lambda x, batch: np.zeros(3)}, ValueError, r"jac must return an array of shape \(1,\)"),
    case(COST, {"jac": lambda x, batch: x + np.inf}, ValueError, "gradient must be finite at the start"),
    case((lambda x, batch: np.inf, [0.0], 3), {}, ValueError, "finite at the start"),
    case(COST, {"batch_size": 4}, ValueError, "batch_size must be at most n, 3, got 4"),
    case(COST, {"learning_rate": -0.1}, ValueError, "learning_rate must be positive"),
    case(COST, {"learning_rate": lambda t: np.nan}, ValueError, r"learning_rate\(1\) must be finite"),
    case(COST, {"epochs": 0}, ValueError, "epochs must be at least 1"),
    case(COST, {"epochs": 1.5}, TypeError, "epochs must be an integer"),
    case(COST, {"tol": -1e-3}, ValueError, "tol must be non-negative"),
]
