import math

import numpy as np

from companion.calculus import complex_step, difference_quotient, optimal_step, richardson
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(difference_quotient, (3.0, 1.0, 0.1), {}, TypeError, "f must be a function, got 3.0"),
    BadInput(difference_quotient, (np.sin, math.nan, 0.1), {}, ValueError, "x must be finite"),
    BadInput(difference_quotient, (np.sin, 1.0, 0.0), {}, ValueError, "h must be positive"),
    BadInput(difference_quotient, (np.sin, 1.0, [0.1, -0.1]), {}, ValueError, r"h\[1\]"),
    BadInput(difference_quotient, (np.sin, 1.0, 0.1, "left"), {}, ValueError, "kind must be 'forward', 'backward' or"),
    BadInput(optimal_step, (math.inf, 1.0), {}, ValueError, "value must be finite"),
    BadInput(optimal_step, (1.0, 0.0), {}, ValueError, "curvature must be positive"),
    BadInput(optimal_step, (1.0, 1.0), {"noise": 0.0}, ValueError, "noise must be positive"),
    BadInput(optimal_step, (1.0, 1.0, "backward"), {}, ValueError, "kind must be 'forward' or 'central'"),
    BadInput(richardson, ("sin", 1.0), {}, TypeError, "f must be a function, got 'sin'"),
    BadInput(richardson, (np.sin, math.nan), {}, ValueError, "x must be finite"),
    BadInput(richardson, (np.sin, [1.0, 2.0]), {}, ValueError, "x must be a single number"),
    BadInput(richardson, (np.sin, 1.0, -0.5), {}, ValueError, "h must be positive"),
    BadInput(richardson, (np.sin, 1.0), {"levels": 0}, ValueError, "levels must be at least 1"),
    BadInput(richardson, (np.sin, 1.0), {"levels": 2.0}, TypeError, "levels must be an integer"),
    BadInput(complex_step, (None, 1.0), {}, TypeError, "f must be a function, got None"),
    BadInput(complex_step, (np.exp, math.inf), {}, ValueError, "x must be finite"),
    BadInput(complex_step, (np.exp, 1.0, -1e-20), {}, ValueError, "h must be positive"),
    BadInput(complex_step, (abs, 1.0), {}, TypeError, "f must return complex numbers .* not analytic"),
    BadInput(complex_step, (lambda x: max(x, 0), 1.0), {}, TypeError, "not supported between"),
]
