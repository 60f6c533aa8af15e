import numpy as np

from companion.linalg import (
    inverse_iteration,
    pagerank,
    power_iteration,
    rayleigh_quotient,
    rayleigh_quotient_iteration,
)
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import cases_of_square, parts

TWO = [[2.0, 1.0], [1.0, 2.0]]
HUGE = np.full((5, 5), 1e308)


def quotient_of(a):
    return rayleigh_quotient(a, [1.0, 2.0])


def cases_of_iteration(function):
    return [
        *cases_of_square(function),
        BadInput(function, (np.empty((0, 0)),), {}, ValueError, "a must have at least one row"),
        BadInput(function, (TWO,), {"x0": [0, 0]}, ValueError, "x0 must not be the zero vector"),
        BadInput(function, (TWO,), {"x0": [1, 2, 3]}, ValueError, r"x0 must be a vector .* a, 2, got shape \(3,\)"),
        BadInput(function, (TWO,), {"x0": [[1], [2]]}, ValueError, r"x0 must be a vector .* got shape \(2, 1\)"),
        BadInput(function, (TWO,), {"x0": [1, np.nan]}, ValueError, r"x0 must be finite; .*x0\[1\] is nan"),
        BadInput(function, (TWO,), {"tol": 0}, ValueError, "tol must be positive, got 0"),
        BadInput(function, (TWO,), {"maxiter": 0}, ValueError, "maxiter must be at least 1, got 0"),
        BadInput(function, (TWO,), {"maxiter": 5.0}, TypeError, "maxiter must be an integer"),
        BadInput(function, (HUGE,), {"x0": np.ones(5)}, ValueError, "smaller entries; its eigenvalue, or an estimate"),
    ]


def of_weights(name):
    return [
        BadInput(pagerank, (TWO,), {name: [1.0]}, ValueError, rf"{name} must hold one weight a page, 2, got"),
        BadInput(pagerank, (TWO,), {name: [0, 0]}, ValueError, f"{name} must hold at least one weight above 0"),
        BadInput(pagerank, (TWO,), {name: [2, -1]}, ValueError, rf"{name} must be non-negative; {name}\[1\] is -1"),
        BadInput(pagerank, (TWO,), {name: [1, np.inf]}, ValueError, f"{name} must be finite"),
    ]


BAD_INPUT = [
    *cases_of_iteration(power_iteration),
    *cases_of_iteration(inverse_iteration),
    *cases_of_iteration(rayleigh_quotient_iteration),
    BadInput(inverse_iteration, (TWO, [1, 2]), {}, ValueError, r"shift must be a single number, .* shape \(2,\)"),
    BadInput(inverse_iteration, (TWO, np.nan), {}, ValueError, "shift must be finite"),
    BadInput(inverse_iteration, (TWO, "a"), {}, TypeError, "shift must hold real numbers"),
    *(BadInput(quotient_of, *rest, covers=rayleigh_quotient) for _, *rest in map(parts, cases_of_square(quotient_of))),
    BadInput(rayleigh_quotient, (TWO, [0, 0]), {}, ValueError, "x must not be the zero vector"),
    BadInput(rayleigh_quotient, (TWO, [1]), {}, ValueError, r"x must be a vector .* a, 2, got shape \(1,\)"),
    BadInput(rayleigh_quotient, (TWO, [1, np.inf]), {}, ValueError, "x must be finite"),
    BadInput(rayleigh_quotient, (HUGE, np.ones(5)), {}, ValueError, "a must have smaller entries"),
    BadInput(pagerank, ([[1, 2, 3], [4, 5, 6]],), {}, ValueError, r"links must be square, got shape \(2, 3\)"),
    BadInput(pagerank, ([1, 2],), {}, ValueError, r"links must be a matrix, .* got shape \(2,\)"),
    BadInput(pagerank, (np.empty((0, 0)),), {}, ValueError, "links must have at least one row"),
    BadInput(pagerank, ([[0, 1], [-1, 0]],), {}, ValueError, r"links must be non-negative; links\[1, 0\] is -1"),
    BadInput(pagerank, ([[0, np.nan], [1, 0]],), {}, ValueError, "links must be finite"),
    BadInput(pagerank, ([[0, 1j], [1, 0]],), {}, TypeError, "links must hold real numbers"),
    BadInput(pagerank, (None,), {}, TypeError, "links must hold real numbers"),
    BadInput(pagerank, (TWO, 1.1), {}, ValueError, r"alpha must be in \[0, 1\], got 1.1"),
    BadInput(pagerank, (TWO, [0.5, 0.5]), {}, ValueError, "alpha must be a single number"),
    BadInput(pagerank, (TWO,), {"tol": 0}, ValueError, "tol must be positive"),
    BadInput(pagerank, (TWO,), {"max_iter": 0}, ValueError, "max_iter must be at least 1"),
    BadInput(pagerank, (TWO,), {"max_iter": 1.5}, TypeError, "max_iter must be an integer"),
    *of_weights("personalization"),
    *of_weights("nstart"),
    *of_weights("dangling"),
]
