import numpy as np

from companion.calculus import minimize
from tests.bad_input import BadInput


def f(x):
    return x @ x


START = [1.0, 2.0]


def of_options(error, match, method="BFGS", **options):
    return BadInput(minimize, (f, START), {"method": method, "options": options}, error, match)


BAD_INPUT = [
    BadInput(minimize, (3, START), {}, TypeError, "fun must be a function, got 3"),
    BadInput(minimize, (f, START), {"jac": 3}, TypeError, "jac must be a function, True or None, got 3"),
    BadInput(minimize, (f, START), {"jac": "2-point"}, TypeError, "got '2-point'; None differentiates the program fun"),
    BadInput(minimize, (f, START), {"jac": False}, TypeError, "jac must be a function, True or None, got False"),
    BadInput(minimize, (f, START), {"hess": 3}, TypeError, "hess must be a function, got 3"),
    BadInput(minimize, (f, START), {"callback": 3}, TypeError, "callback must be a function, got 3"),
    BadInput(
        minimize, (f, START), {"method": "CG"}, ValueError, "method must be one of Newton, BFGS, L-BFGS, got 'CG'"
    ),
    BadInput(minimize, (f, START), {"method": "L-BFGS-B"}, ValueError, "without bounds it is 'L-BFGS' here"),
    BadInput(minimize, (f, START), {"method": "Newton-CG"}, ValueError, "'Newton' takes the whole Hessian"),
    BadInput(minimize, (f, START), {"method": 3}, TypeError, "method must be a name, got 3"),
    BadInput(minimize, (f, []), {}, ValueError, "x0 must hold at least one number, got none"),
    BadInput(minimize, (f, [[1.0, 2.0]]), {}, ValueError, r"x0 must be a vector, got shape \(1, 2\); flatten it"),
    BadInput(minimize, (f, [1.0, np.nan]), {}, ValueError, r"x0 must be finite; .*x0\[1\] is nan"),
    BadInput(minimize, (f, "a"), {}, TypeError, "x0 must hold real numbers"),
    BadInput(minimize, (f, [1j]), {}, TypeError, "x0 must hold real numbers"),
    BadInput(minimize, (lambda x: np.nan, START), {}, ValueError, "must be finite at the start, got nan"),
    BadInput(minimize, (lambda x: np.inf, START), {"method": "Newton"}, ValueError, "must be finite at the start"),
    BadInput(
        minimize, (lambda x: x, START), {}, TypeError, r"fun must return one real number, got float64 of shape \(2"
    ),
    BadInput(
        minimize, (lambda x: None, START), {}, TypeError, "fun must return one real number, got None: is a return miss"
    ),
    BadInput(minimize, (f, START), {"jac": lambda x: None}, TypeError, "jac must return real numbers, got None: is a"),
    BadInput(minimize, (f, START), {"jac": True}, TypeError, r"must return \(value, gradient\) if jac is True, got"),
    BadInput(minimize, (f, START), {"jac": lambda x: 1.0}, ValueError, r"jac must return an array of shape \(2,\)"),
    BadInput(minimize, (f, START), {"jac": lambda x: x * np.inf}, ValueError, "jac must be finite where fun is"),
    BadInput(
        minimize,
        (f, START),
        {"method": "Newton", "hess": lambda x: np.eye(3)},
        ValueError,
        r"hess must return an array of shape \(2, 2\), got \(3, 3\)",
    ),
    BadInput(
        minimize,
        (f, START),
        {"method": "Newton", "hess": lambda x: np.full((2, 2), np.nan)},
        ValueError,
        "hess must be finite where fun is",
    ),
    of_options(ValueError, "options of BFGS must be among .*, got xtol", xtol=1),
    of_options(ValueError, "options of BFGS must be among .*, got maxcor", maxcor=1),
    of_options(ValueError, "options of Newton must be among .*, got c1", "Newton", c1=1),
    of_options(ValueError, r"options\['gtol'\] must be non-negative", gtol=-1),
    of_options(ValueError, r"options\['gtol'\] must be finite", gtol=np.nan),
    of_options(ValueError, r"options\['maxiter'\] must be at least 0", maxiter=-1),
    of_options(ValueError, r"options\['norm'\] must be", norm=-np.inf),
    of_options(ValueError, r"options\['norm'\] must be 1 or more, or inf, got 0", norm=0),
    of_options(ValueError, r"options\['norm'\] must be 1 or more", "Newton", norm=0.5),
    of_options(ValueError, r"options\['norm'\] must be finite", "L-BFGS", norm=np.nan),
    of_options(TypeError, r"options\['norm'\] must be a number", norm="foo"),
    of_options(TypeError, r"options\['maxiter'\] must be an integer", maxiter=1.5),
    of_options(ValueError, "0 < c1 < c2 < 1", c1=0.95),
    of_options(ValueError, r"options\['hess_inv0'\] must have shape \(2, 2\), got \(3, 3\)", hess_inv0=np.eye(3)),
    of_options(ValueError, "must be symmetric and positive definite", hess_inv0=-np.eye(2)),
    of_options(ValueError, "must be symmetric and positive definite", hess_inv0=[[2, 1], [0, 2]]),
    of_options(ValueError, r"options\['maxcor'\] must be at least 1", "L-BFGS", maxcor=0),
    of_options(ValueError, r"options\['ftol'\] must be non-negative", "L-BFGS", ftol=-1e-9),
    of_options(ValueError, r"options\['maxls'\] must be at least 1", "L-BFGS", maxls=0),
    of_options(ValueError, r"options\['maxfun'\] must be at least 1", "L-BFGS", maxfun=0),
    BadInput(minimize, (f, START), {"tol": -1}, ValueError, r"options\['gtol'\] must be non-negative"),
    BadInput(minimize, (lambda x: np.sum(np.fft.fft(x)), START), {}, TypeError, "fun must return one real number"),
]
