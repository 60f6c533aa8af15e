import numpy as np

from companion.calculus import backtracking, gradient_descent
from tests.bad_input import BadInput

SQUARE = (lambda x: x @ x, [1.0])
LINE = (lambda x: float(x @ x), [1.0], [-2.0], 1.0, -4.0)

BAD_INPUT = [
    BadInput(backtracking, (1.0, *LINE[1:]), {}, TypeError, "fun must be a function, got 1.0"),
    BadInput(backtracking, (lambda x: x, [1.0, 2.0], [-1.0, 0.0], 1.0, -1.0), {}, TypeError, "one real number"),
    BadInput(backtracking, (LINE[0], [np.nan], *LINE[2:]), {}, ValueError, "x must be finite"),
    BadInput(
        backtracking, (LINE[0], [1.0], [-2.0, 0.0], 1.0, -4.0), {}, ValueError, "direction must have the shape of x"
    ),
    BadInput(backtracking, (*LINE[:3], np.inf, -4.0), {}, ValueError, "fx must be finite"),
    BadInput(backtracking, (*LINE[:4], 4.0), {}, ValueError, "slope must be negative, got 4.0: .* downhill"),
    BadInput(backtracking, (*LINE[:4], 0.0), {}, ValueError, "slope must be negative"),
    BadInput(backtracking, LINE, {"initial_step": [1.0, 1.0]}, ValueError, "initial_step must be a single number"),
    BadInput(backtracking, LINE, {"initial_step": 0.0}, ValueError, "initial_step must be positive"),
    BadInput(backtracking, LINE, {"c1": 1.0}, ValueError, "c1 must lie strictly between 0 and 1"),
    BadInput(backtracking, LINE, {"shrink": 0.0}, ValueError, "shrink must lie strictly between 0 and 1"),
    BadInput(backtracking, LINE, {"max_halvings": -1}, ValueError, "max_halvings must be at least 0"),
    BadInput(backtracking, LINE, {"max_halvings": 2.0}, TypeError, "max_halvings must be an integer"),
    BadInput(gradient_descent, (None, [1.0]), {}, TypeError, "fun must be a function"),
    BadInput(gradient_descent, SQUARE, {"jac": 2.0}, TypeError, "jac must be a function, True or None"),
    BadInput(gradient_descent, SQUARE, {"callback": 2.0}, TypeError, "callback must be a function"),
    BadInput(gradient_descent, (SQUARE[0], [[1.0]]), {}, ValueError, "x0 must be a vector"),
    BadInput(gradient_descent, (lambda x: np.nan, [1.0]), {}, ValueError, "finite at the start"),
    BadInput(
        gradient_descent, SQUARE, {"jac": lambda x: x * np.nan}, ValueError, "gradient must be finite at the start"
    ),
    BadInput(gradient_descent, SQUARE, {"jac": lambda x: [1.0, 2.0]}, ValueError, r"jac must return .* shape \(1,\)"),
    BadInput(gradient_descent, SQUARE, {"jac": lambda x: 2j * x}, TypeError, "jac must return real numbers, got compl"),
    BadInput(
        gradient_descent,
        SQUARE,
        {"jac": lambda x: None},
        TypeError,
        "jac must return real numbers, got None: is a return missing",
    ),
    BadInput(gradient_descent, SQUARE, {"learning_rate": 0.0}, ValueError, "learning_rate must be positive"),
    BadInput(gradient_descent, SQUARE, {"learning_rate": None}, TypeError, "learning_rate must be a number"),
    BadInput(gradient_descent, SQUARE, {"learning_rate": [0.1, 0.2]}, ValueError, "must be a single number"),
    BadInput(gradient_descent, SQUARE, {"learning_rate": "armijo"}, ValueError, "a function or 'backtracking'"),
    BadInput(
        gradient_descent, SQUARE, {"learning_rate": lambda t: -t}, ValueError, r"learning_rate\(1\) must be non-neg"
    ),
    BadInput(
        gradient_descent, SQUARE, {"learning_rate": lambda t: np.inf}, ValueError, r"learning_rate\(1\) must be finite"
    ),
    BadInput(
        gradient_descent, SQUARE, {"learning_rate": 0.1, "momentum": 1.0}, ValueError, "momentum must be at least 0"
    ),
    BadInput(gradient_descent, SQUARE, {"momentum": 0.5}, ValueError, "momentum must be 0 with 'backtracking'"),
    BadInput(gradient_descent, SQUARE, {"tol": -1.0}, ValueError, "tol must be non-negative"),
    BadInput(gradient_descent, SQUARE, {"maxiter": 0}, ValueError, "maxiter must be at least 1"),
    BadInput(gradient_descent, SQUARE, {"maxiter": 1e3}, TypeError, "maxiter must be an integer"),
]
