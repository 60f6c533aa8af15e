import numpy as np

from companion.calculus import kkt_residuals, newton_lagrange
from tests.bad_input import BadInput


def f(x):
    return x[0] ** 2 + x[1] ** 2


def g(x):
    return x[0] + x[1] - 1


X = [1.0, 2.0]
A = np.array([[1.0, 2, 3], [4, 5, 6]])

BAD_INPUT = [
    BadInput(newton_lagrange, (1.0, X, g), {}, TypeError, "fun must be a function, got 1.0"),
    BadInput(newton_lagrange, (f, X, 1.0), {}, TypeError, "constraint must be a function, got 1.0"),
    BadInput(newton_lagrange, (f, X, g), {"jac": 1.0}, TypeError, "jac must be a function"),
    BadInput(newton_lagrange, (f, X, g), {"hess": 1.0}, TypeError, "hess must be a function"),
    BadInput(newton_lagrange, (f, X, g), {"constraint_jac": 1.0}, TypeError, "constraint_jac must be a function"),
    BadInput(newton_lagrange, (f, X, g), {"constraint_hess": 1.0}, TypeError, "constraint_hess must be a function"),
    BadInput(newton_lagrange, (f, [1.0, np.nan], g), {}, ValueError, "x0 must be finite"),
    BadInput(newton_lagrange, (f, [X], g), {}, ValueError, r"x0 must be a vector, got shape \(1, 2\)"),
    BadInput(newton_lagrange, (f, [], g), {}, ValueError, "x0 must hold at least one number"),
    BadInput(newton_lagrange, (f, "ab", g), {}, TypeError, "x0 must hold real numbers"),
    BadInput(newton_lagrange, (lambda x: "a", X, g), {}, TypeError, "fun must return one real number"),
    BadInput(newton_lagrange, (lambda x: np.inf, X, g), {}, ValueError, "fun must be finite at x0"),
    BadInput(newton_lagrange, (f, X, lambda x: np.nan), {}, ValueError, "the value of constraint at x0 must be finite"),
    BadInput(newton_lagrange, (f, X, lambda x: [[1.0]]), {}, ValueError, "constraint must return a number or a vector"),
    BadInput(newton_lagrange, (f, X, g), {"multipliers0": [1, 2]}, ValueError, r"multipliers0 must have shape \(1,\)"),
    BadInput(newton_lagrange, (f, X, g), {"multipliers0": np.nan}, ValueError, "multipliers0 must be finite"),
    BadInput(
        newton_lagrange, (f, X, g), {"constraint_jac": lambda x: [1.0]}, ValueError, r"constraint_jac must .* \(1, 2\)"
    ),
    BadInput(
        newton_lagrange, (f, X, g), {"constraint_hess": lambda x, v: [1.0]}, ValueError, "constraint_hess must return"
    ),
    BadInput(newton_lagrange, (f, X, g), {"jac": lambda x: [1.0]}, ValueError, r"jac must return .* \(2,\)"),
    BadInput(
        newton_lagrange,
        (lambda x: x @ x, [1.0, 2, 3], lambda x: A @ x - 1),
        {"constraint_jac": lambda x: A.T},
        ValueError,
        r"constraint_jac must return an array of shape \(2, 3\), got \(3, 2\)",
    ),
    BadInput(
        newton_lagrange, (f, X, g), {"constraint_jac": lambda x: [[1], [1]]}, ValueError, r"shape \(1, 2\), got \(2, 1"
    ),
    BadInput(newton_lagrange, (f, X, g), {"jac": lambda x: x * np.inf, "multipliers0": 1}, ValueError, "jac must be f"),
    BadInput(
        newton_lagrange,
        (f, X, g),
        {"constraint_jac": lambda x: x * np.inf, "multipliers0": 1},
        ValueError,
        "constraint_jac must be finite",
    ),
    BadInput(newton_lagrange, (f, X, g), {"tol": 0}, ValueError, "tol must be positive"),
    BadInput(newton_lagrange, (f, X, g), {"tol": np.nan}, ValueError, "tol must be finite"),
    BadInput(newton_lagrange, (f, X, g), {"maxiter": 0}, ValueError, "maxiter must be at least 1"),
    BadInput(newton_lagrange, (f, X, g), {"maxiter": 1.5}, TypeError, "maxiter must be an integer"),
    BadInput(kkt_residuals, (1.0, X), {}, TypeError, "fun must be a function"),
    BadInput(kkt_residuals, (f, [1.0, np.inf]), {}, ValueError, "x must be finite"),
    BadInput(kkt_residuals, (lambda x: np.inf, X), {}, ValueError, "fun must be finite at x"),
    BadInput(kkt_residuals, (f, X, 1.0), {"eq_multipliers": [1]}, TypeError, "eq must be a function"),
    BadInput(kkt_residuals, (f, X, g), {}, ValueError, "eq_multipliers must be as many as eq returns, 1, got 0"),
    BadInput(kkt_residuals, (f, X, None, g), {"ineq_multipliers": [1, 2]}, ValueError, "ineq_multipliers must be as"),
    BadInput(kkt_residuals, (f, X), {"ineq_multipliers": [1]}, ValueError, "ineq must be given where"),
    BadInput(kkt_residuals, (f, X, g), {"eq_multipliers": [np.nan]}, ValueError, "eq_multipliers must be finite"),
    BadInput(kkt_residuals, (f, X, g), {"eq_multipliers": 1, "eq_jac": 1.0}, TypeError, "eq_jac must be a function"),
    BadInput(
        kkt_residuals,
        (lambda x: x @ x, [1.0, 2, 3], lambda x: A @ x),
        {"eq_multipliers": [1, 2], "eq_jac": lambda x: A.T},
        ValueError,
        r"eq_jac must return an array of shape \(2, 3\), got \(3, 2\)",
    ),
    BadInput(kkt_residuals, (f, X, lambda x: np.nan), {"eq_multipliers": 1}, ValueError, "the value of eq must be"),
    BadInput(
        kkt_residuals,
        (f, X, None, g),
        {"ineq_multipliers": 1, "ineq_jac": lambda x: [1.0, 2, 3]},
        ValueError,
        r"ineq_jac must return an array of shape \(1, 2\)",
    ),
]
