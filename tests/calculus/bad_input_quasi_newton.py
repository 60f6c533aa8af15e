import numpy as np

from companion.calculus import bfgs_update, two_loop_recursion
from tests.bad_input import BadInput

EYE = np.eye(2)

BAD_INPUT = [
    BadInput(bfgs_update, (EYE, [1, 0], [-1, 0]), {}, ValueError, "y @ s must be positive, got -1"),
    BadInput(bfgs_update, (EYE, [1, 0], [0, 1]), {}, ValueError, "y @ s must be positive, got 0"),
    BadInput(bfgs_update, (EYE, [1, 0, 0], [1, 0, 0]), {}, ValueError, r"shapes .* got \(2, 2\), \(3,\), \(3,\)"),
    BadInput(bfgs_update, (EYE, [1, 0], [1]), {}, ValueError, r"got \(2, 2\), \(2,\), \(1,\)"),
    BadInput(bfgs_update, ([1, 2], [1, 0], [1, 0]), {}, ValueError, r"got \(2,\), \(2,\), \(2,\)"),
    BadInput(bfgs_update, (EYE, [1, np.nan], [1, 0]), {}, ValueError, r"s must be finite; .*s\[1\] is nan"),
    BadInput(bfgs_update, (EYE, [1, 0], [1, np.inf]), {}, ValueError, "y must be finite"),
    BadInput(bfgs_update, ([[1, np.nan], [0, 1]], [1, 0], [1, 0]), {}, ValueError, "hess_inv must be finite"),
    BadInput(bfgs_update, ("a", [1, 0], [1, 0]), {}, TypeError, "hess_inv must hold real numbers"),
    BadInput(bfgs_update, (EYE, [[1, 0]], [1, 0]), {}, ValueError, r"s must be a vector, got shape \(1, 2\)"),
    BadInput(two_loop_recursion, ([1, 2], [[1, 0]], [[-1, 0]]), {}, ValueError, "each y @ s must be positive"),
    BadInput(two_loop_recursion, ([1, 2], [[1, 0]], []), {}, ValueError, "equally many rows, got 1 and 0"),
    BadInput(two_loop_recursion, ([1, 2], [[1, 0, 0]], [[1, 0, 0]]), {}, ValueError, r"sk must have shape \(m, 2\)"),
    BadInput(two_loop_recursion, ([1, 2], [[1, 0]], [1, 0]), {}, ValueError, r"yk must have shape .* got \(2,\)"),
    BadInput(two_loop_recursion, ([1, 2], [[1, 0]], [[1, np.nan]]), {}, ValueError, "yk must be finite"),
    BadInput(two_loop_recursion, ([1, np.nan], [], []), {}, ValueError, r"jac must be finite; .*jac\[1\] is nan"),
    BadInput(two_loop_recursion, ([], [], []), {}, ValueError, "jac must hold at least one number"),
    BadInput(two_loop_recursion, ([1, 2], [], [], 0), {}, ValueError, "gamma must be positive, got 0"),
    BadInput(two_loop_recursion, ([1, 2], [], [], [1, 2]), {}, ValueError, "gamma must be a single number"),
]
