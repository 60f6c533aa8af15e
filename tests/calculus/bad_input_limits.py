import math

from companion.calculus import limit
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(limit, (3, 0), {}, TypeError, "f must be a function, got 3"),
    BadInput(limit, (lambda t: "a", 0), {}, TypeError, "f must return"),
    BadInput(
        limit, (lambda t: None, 0), {}, TypeError, r"f must return one real number, got None: is a return missing\?"
    ),
    BadInput(limit, (abs, math.nan), {}, ValueError, "c must be finite"),
    BadInput(limit, (abs, [0, 1]), {}, ValueError, "c must be a single number"),
    BadInput(limit, (abs, "0"), {}, TypeError, "c must be a number"),
    BadInput(limit, (abs, 0, "up"), {}, ValueError, "side must be 'both', 'left' or 'right', got 'up'"),
    BadInput(limit, (abs, math.inf, "right"), {}, ValueError, "nothing lies beyond"),
    BadInput(limit, (abs, -math.inf, "left"), {}, ValueError, "side must be 'right' or 'both' at c = -inf"),
    BadInput(limit, (abs, 0), {"rtol": 0}, ValueError, "rtol must be positive"),
    BadInput(limit, (abs, 0), {"rtol": [1e-3, 1e-3]}, ValueError, "rtol must be a single number"),
]
