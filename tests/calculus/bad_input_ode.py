import math

import numpy as np

from companion.calculus import explicit_euler, implicit_euler, newton_system, runge_kutta4
from tests.bad_input import BadInput


def decay(t, y):
    return -y


def cases_of_method(method):
    return [
        BadInput(method, (3.0, (0.0, 1.0), 1.0, 10), {}, TypeError, "fun must be a function, got 3.0"),
        BadInput(method, (decay, (1.0, 0.0), 1.0, 10), {}, ValueError, "t_span must be a pair t0 < t1"),
        BadInput(method, (decay, (0.0, 1.0, 2.0), 1.0, 10), {}, ValueError, "t_span must be a pair t0 < t1"),
        BadInput(method, (decay, (0.0, math.inf), 1.0, 10), {}, ValueError, r"t_span\[1\] is inf"),
        BadInput(method, (decay, (0.0, 1.0), math.nan, 10), {}, ValueError, "y0 must be finite"),
        BadInput(method, (decay, (0.0, 1.0), [[1.0]], 10), {}, ValueError, "y0 must be a number or a vector"),
        BadInput(
            method, (lambda t, y: [1, 2, 3], (0.0, 1.0), [1.0, 2.0], 9), {}, ValueError, r"fun .* \(2,\), got \(3"
        ),
        BadInput(method, (lambda t, y: [1.0, 2.0], (0.0, 1.0), 1.0, 9), {}, ValueError, r"fun .* \(\), got \(2,\)"),
        BadInput(method, (lambda t, y: [[1.0], 2.0], (0.0, 1.0), [1.0, 2.0], 9), {}, ValueError, "fun must return"),
        BadInput(method, (lambda t, y: "a", (0.0, 1.0), 1.0, 9), {}, TypeError, "fun must return real numbers"),
        BadInput(method, (lambda t, y: 1j, (0.0, 1.0), 1.0, 9), {}, TypeError, "fun must return real numbers"),
        BadInput(
            method,
            (lambda t, y: np.array([math.nan]) if t > 0.5 else -y, (0.0, 1.0), [1.0], 10),
            {},
            ValueError,
            r"fun must return finite numbers, got \[nan\] at t = 0\.[56].*, y = \[0\.[56].*\]; if y ran away, raise",
        ),
        BadInput(method, (decay, (0.0, 1.0), 1.0, 0), {}, ValueError, "n_steps must be 1 or more, got 0"),
        BadInput(method, (decay, (0.0, 1.0), 1.0, 10.0), {}, TypeError, "n_steps must be an integer, got 10.0"),
    ]


BAD_INPUT = [
    *(case for method in (explicit_euler, runge_kutta4, implicit_euler) for case in cases_of_method(method)),
    BadInput(implicit_euler, (decay, (0.0, 1.0), 1.0, 10), {"jac": 3}, TypeError, "jac must be a function, got 3"),
    BadInput(implicit_euler, (decay, (0.0, 1.0), 1.0, 10), {"tol": 0}, ValueError, "tol must be positive, got 0"),
    BadInput(implicit_euler, (decay, (0.0, 1.0), 1.0, 10), {"maxiter": 0}, ValueError, "maxiter must be 1 or more"),
    BadInput(
        implicit_euler,
        (decay, (0.0, 1.0), [1.0, 2.0], 10),
        {"jac": lambda t, y: -1.0},
        ValueError,
        r"jac must return an array of shape \(2, 2\), got \(\)",
    ),
    BadInput(
        newton_system,
        (np.sin, [1.0, 2.0]),
        {"jac": np.cos},
        ValueError,
        r"jac must return an array of shape \(2, 2\), got \(2,\)",
    ),
    BadInput(newton_system, (np.sin, [1.0]), {"jac": lambda x: "a"}, TypeError, "jac must return real numbers"),
    BadInput(newton_system, (3.0, [1.0]), {}, TypeError, "fun must be a function, got 3.0"),
    BadInput(newton_system, (np.sin, [1.0]), {"jac": 3}, TypeError, "jac must be a function, got 3"),
    BadInput(newton_system, (np.sin, [math.nan]), {}, ValueError, r"x0\[0\] is nan"),
    BadInput(newton_system, (np.sin, [[1.0]]), {}, ValueError, r"x0 must be a vector, got shape \(1, 1\)"),
    BadInput(newton_system, (np.sum, [1.0, 2.0]), {}, ValueError, r"fun must return 2 numbers, .* got shape \(1,\)"),
    BadInput(newton_system, (lambda x: np.full(1, np.inf), [1.0]), {}, ValueError, "the value of fun at x0"),
    BadInput(newton_system, (np.sin, [1.0]), {"tol": -1.0}, ValueError, "tol must be positive"),
    BadInput(newton_system, (np.sin, [1.0]), {"maxiter": 0}, ValueError, "maxiter must be at least 1, got 0"),
    BadInput(newton_system, (np.sin, [1.0]), {"maxiter": 1.5}, TypeError, "maxiter must be an integer, got 1.5"),
]
