import numpy as np

from companion.calculus import convexity_violation, is_positive_definite, is_positive_semidefinite
from tests.bad_input import BadInput

BAD_INPUT = [
    case
    for test in (is_positive_definite, is_positive_semidefinite)
    for case in (
        BadInput(test, ([[1, 2, 3], [4, 5, 6]],), {}, ValueError, r"a must be square, got shape \(2, 3\)"),
        BadInput(test, ([1, 2],), {}, ValueError, "a must be a matrix"),
        BadInput(test, ([[1, 2], [3, 4]],), {}, ValueError, r"a must be symmetric .* \[0, 1\] and \[1, 0\] differ"),
        BadInput(test, ([[1j, 0], [0, 1]],), {}, ValueError, "a must be symmetric"),
        BadInput(test, ([[np.nan]],), {}, ValueError, "a must be finite"),
        BadInput(test, ([["a"]],), {}, TypeError, "a must hold real numbers"),
        BadInput(test, ([[1]], -1e-9), {}, ValueError, "rtol must be non-negative"),
        BadInput(test, ([[1]], np.nan), {}, ValueError, "rtol must be finite"),
    )
] + [
    BadInput(convexity_violation, (2.0, (0, 1)), {}, TypeError, "f must be a function, got 2.0"),
    BadInput(convexity_violation, (np.exp, (1, 0)), {}, ValueError, "bounds must be pairs with low < high"),
    BadInput(convexity_violation, (np.exp, (1, 1)), {}, ValueError, "bounds must be pairs with low < high"),
    BadInput(convexity_violation, (np.exp, (0, 1, 2)), {}, ValueError, r"bounds must be a pair .* got shape \(3,\)"),
    BadInput(convexity_violation, (np.exp, (0, np.inf)), {}, ValueError, "bounds must be finite"),
    BadInput(convexity_violation, (np.exp, "ab"), {}, TypeError, "bounds must hold real numbers"),
    BadInput(
        convexity_violation, (np.exp, lambda rng, size: rng.uniform(size=3)), {}, ValueError, "bounds must draw 1000"
    ),
    BadInput(convexity_violation, (np.exp, (0, 1)), {"n_trials": 0}, ValueError, "n_trials must be at least 1"),
    BadInput(convexity_violation, (np.exp, (0, 1)), {"n_trials": 1.5}, TypeError, "n_trials must be an integer"),
    BadInput(convexity_violation, (np.exp, (0, 1)), {"rtol": -1}, ValueError, "rtol must be non-negative"),
    BadInput(convexity_violation, (lambda x: x, [(0, 1), (0, 1)]), {}, ValueError, "f must return one real number"),
    BadInput(convexity_violation, (lambda x: None, (0, 1)), {}, ValueError, "got None: is a return missing"),
    BadInput(convexity_violation, (lambda x: x[0] ** 2 - x[1] ** 2, (-1, 1)), {}, ValueError, "for two variables give"),
    BadInput(convexity_violation, (lambda x: "a", (0, 1)), {}, ValueError, "f must return one real number"),
    BadInput(convexity_violation, (lambda x: np.nan, (0, 1)), {}, ValueError, "f must be a number or plus infinity"),
    BadInput(convexity_violation, (lambda x: -np.inf, (0, 1)), {}, ValueError, "f must be a number or plus infinity"),
]
