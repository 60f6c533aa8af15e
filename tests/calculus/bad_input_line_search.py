import numpy as np

from companion.calculus import line_search
from tests.bad_input import BadInput


def f(x):
    return x @ x


def slope(x):
    return 2 * x


ARGS = (f, slope, [1.0, 2.0], [-1.0, -2.0])

BAD_INPUT = [
    BadInput(line_search, (3, *ARGS[1:]), {}, TypeError, "fun must be a function, got 3"),
    BadInput(line_search, (f, None, *ARGS[2:]), {}, TypeError, "myfprime must be a function, got None"),
    BadInput(line_search, (f, True, *ARGS[2:]), {}, TypeError, "myfprime must be a function, got True"),
    BadInput(line_search, (f, slope, [1, np.nan], [1, 1]), {}, ValueError, r"xk must be finite; .*xk\[1\] is nan"),
    BadInput(line_search, (f, slope, [[1, 2]], [1, 1]), {}, ValueError, r"xk must be a vector, got shape \(1, 2\)"),
    BadInput(line_search, (f, slope, [], []), {}, ValueError, "xk must hold at least one number"),
    BadInput(line_search, (f, slope, [1, 2], [1]), {}, ValueError, r"pk must have the shape of xk, \(2,\), got \(1,\)"),
    BadInput(line_search, (f, slope, [1, 2], ["a", "b"]), {}, TypeError, "pk must hold real numbers"),
    BadInput(line_search, ARGS, {"gfk": [1.0]}, ValueError, r"gfk must have the shape of xk, \(2,\), got \(1,\)"),
    BadInput(line_search, ARGS, {"gfk": [1.0, np.inf]}, ValueError, "gfk must be finite"),
    BadInput(line_search, ARGS, {"old_fval": np.nan}, ValueError, "must be finite at the start, got nan"),
    BadInput(line_search, ARGS, {"old_fval": [1, 2]}, TypeError, "old_fval must return one real number"),
    BadInput(line_search, ARGS, {"old_old_fval": np.nan}, ValueError, "old_old_fval must be finite"),
    BadInput(line_search, ARGS, {"c1": 0}, ValueError, "must satisfy 0 < c1 < c2 < 1, got 0 and 0.9"),
    BadInput(line_search, ARGS, {"c2": 1}, ValueError, "0 < c1 < c2 < 1, got 0.0001 and 1"),
    BadInput(line_search, ARGS, {"c1": 0.5, "c2": 0.5}, ValueError, "0 < c1 < c2 < 1, got 0.5 and 0.5"),
    BadInput(line_search, ARGS, {"amax": 0}, ValueError, "amax must be positive"),
    BadInput(line_search, ARGS, {"amax": np.nan}, ValueError, "amax must be finite"),
    BadInput(line_search, ARGS, {"maxiter": 0}, ValueError, "maxiter must be at least 1"),
    BadInput(line_search, ARGS, {"maxiter": 2.5}, TypeError, "maxiter must be an integer"),
    BadInput(line_search, (lambda x: x, *ARGS[1:]), {}, TypeError, r"fun must return one real number, .* shape \(2,\)"),
    BadInput(line_search, (lambda x: "a", *ARGS[1:]), {}, TypeError, "fun must return one real number, got <U1"),
    BadInput(line_search, (lambda x: 1j, *ARGS[1:]), {}, TypeError, "fun must return one real number, got complex"),
    BadInput(line_search, (lambda x: np.inf, *ARGS[1:]), {}, ValueError, "must be finite at the start, got inf"),
    BadInput(line_search, (f, lambda x: [1.0], *ARGS[2:]), {}, ValueError, r"jac must return an array of shape \(2,\)"),
    BadInput(line_search, (f, lambda x: x * np.nan, *ARGS[2:]), {}, ValueError, "jac must be finite where fun is"),
]
