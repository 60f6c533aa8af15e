import numpy as np

from companion.calculus import equality_qp, solve_qp
from tests.bad_input import BadInput

I = np.eye(2)
Q, G, H = [0.0, 0], [[1.0, 0]], [1.0]

BAD_INPUT = [
    BadInput(equality_qp, (I, [0, 0, 0], G, H), {}, ValueError, r"P must have shape \(3, 3\) for q of 3, got \(2, 2\)"),
    BadInput(equality_qp, ([[1, 2], [0, 1]], Q, G, H), {}, ValueError, "P must be symmetric"),
    BadInput(equality_qp, (I, Q, [[1, 2, 3]], H), {}, ValueError, r"A must have shape \(m, 2\).* got \(1, 3\)"),
    BadInput(equality_qp, (I, Q, [1, 2], H), {}, ValueError, r"A must have shape \(m, 2\)"),
    BadInput(equality_qp, (I, Q, G, [1, 2]), {}, ValueError, r"b must have shape \(1,\), one number a row of A"),
    BadInput(equality_qp, (I, Q, G, [np.nan]), {}, ValueError, "b must be finite"),
    BadInput(equality_qp, (I, Q, [[1, np.inf]], H), {}, ValueError, "A must be finite"),
    BadInput(equality_qp, (I, Q, [[1, 1], [1, 1]], [0, 1]), {}, ValueError, "A and b must have a solution"),
    BadInput(equality_qp, (0 * I, [0, 1], G, H), {}, ValueError, "P must give a minimum on A x = b"),
    BadInput(equality_qp, (I, "ab", G, H), {}, TypeError, "q must hold real numbers"),
    BadInput(solve_qp, (I, []), {}, ValueError, "q must be a vector of at least one number"),
    BadInput(solve_qp, (I, 1.0), {}, ValueError, "q must be a vector"),
    BadInput(solve_qp, (-I, Q), {}, ValueError, "P must be positive semi-definite"),
    BadInput(solve_qp, ([[0, 1], [1, 0]], Q), {}, ValueError, "P must be positive semi-definite"),
    BadInput(solve_qp, ([[1, 2], [0, 1]], Q), {}, ValueError, "P must be symmetric"),
    BadInput(solve_qp, (np.nan * I, Q), {}, ValueError, "P must be finite"),
    BadInput(solve_qp, (I, Q, G), {}, ValueError, "G and h must be given together"),
    BadInput(solve_qp, (I, Q), {"b": H}, ValueError, "A and b must be given together"),
    BadInput(solve_qp, (I, Q, [[1]], H), {}, ValueError, r"G must have shape \(m, 2\)"),
    BadInput(solve_qp, (I, Q, G, [np.inf]), {}, ValueError, "h must be finite"),
    BadInput(solve_qp, (I, Q, G, 1.0), {}, ValueError, r"h must have shape \(1,\)"),
    BadInput(solve_qp, (I, Q, G, H), {"initvals": [1]}, ValueError, r"initvals must have shape \(2,\), got \(1,\)"),
    BadInput(solve_qp, (I, Q, G, H), {"initvals": [1, np.nan]}, ValueError, "initvals must be finite"),
    BadInput(solve_qp, (I, Q, G, H), {"maxiter": 0}, ValueError, "maxiter must be at least 1"),
    BadInput(solve_qp, (I, Q, G, H), {"maxiter": 2.5}, TypeError, "maxiter must be an integer"),
]
