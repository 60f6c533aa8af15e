import numpy as np

from companion.statistics import design_effect, distance_correlation
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(
        distance_correlation, ([1, 2, 3], [1, 2]), {}, ValueError, "x and y must have the same length, got 3 and 2"
    ),
    BadInput(distance_correlation, ([1], [2]), {}, ValueError, r"x must hold two observations or more, .* \(1,\)"),
    BadInput(
        distance_correlation, ([1, 2], 5), {}, ValueError, r"y must hold two observations or more, .* got shape \(\)"
    ),
    BadInput(
        distance_correlation, (np.ones((2, 2, 2)), [1, 2]), {}, ValueError, r"x must hold .* got shape \(2, 2, 2\)"
    ),
    BadInput(distance_correlation, (np.ones((3, 0)), [1, 2, 3]), {}, ValueError, r"x must hold .* got shape \(3, 0\)"),
    BadInput(distance_correlation, ([1, 1], [1, 2]), {}, ValueError, "x does not vary: all 2 observations are equal"),
    BadInput(distance_correlation, ([1, 2], [3, 3]), {}, ValueError, "y does not vary"),
    BadInput(distance_correlation, ([1, np.nan], [1, 2]), {}, ValueError, r"x must be finite; .* x\[1\] is nan"),
    BadInput(distance_correlation, (["a", "b"], [1, 2]), {}, TypeError, "x must hold real numbers"),
    BadInput(design_effect, (0, 0.5), {}, ValueError, "m must be positive, got 0"),
    BadInput(design_effect, (0.5, 0.5), {}, ValueError, "m must be at least 1, got 0.5"),
    BadInput(design_effect, ([3, 0.5], 0.5), {}, ValueError, "m must be at least 1, got 0.5"),
    BadInput(design_effect, (4, 1.5), {}, ValueError, r"rho must be a correlation, from -1/\(m - 1\) to 1, got 1.5"),
    BadInput(design_effect, (4, -0.5), {}, ValueError, r"rho must be a correlation, from -1/\(m - 1\) to 1, got -0.5"),
    BadInput(design_effect, (1, -5), {}, ValueError, r"rho must be a correlation, .* got -5"),
    BadInput(design_effect, ([2, 3], [-1, -0.8]), {}, ValueError, r"rho must be a correlation, .* got -0.8"),
    BadInput(design_effect, (["four"], 0.5), {}, TypeError, "m must hold real numbers"),
    BadInput(design_effect, (4, np.nan), {}, ValueError, "rho must be finite"),
]
