import numpy as np

from companion.probability import poisson_process
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(poisson_process, (-1, 5), {}, ValueError, "rate must be non-negative, got -1"),
    BadInput(poisson_process, (np.nan, 5), {}, ValueError, "rate must be finite"),
    BadInput(poisson_process, ([1, 2], 5), {}, ValueError, r"rate must be a single number, .* of shape \(2,\)"),
    BadInput(poisson_process, ("two", 5), {}, TypeError, "rate must be a number"),
    BadInput(poisson_process, (None, 5), {}, TypeError, "rate must be a number"),
    BadInput(poisson_process, (1, 0), {}, ValueError, "horizon must be positive, got 0"),
    BadInput(poisson_process, (1, -5), {}, ValueError, "horizon must be positive, got -5"),
    BadInput(poisson_process, (1, np.inf), {}, ValueError, "horizon must be finite"),
    BadInput(poisson_process, (1, [5]), {}, ValueError, "horizon must be a single number"),
    BadInput(poisson_process, (1e9, 1e9), {}, ValueError, r"rate \* horizon, .*, must be at most 2\^53, got 1e\+18"),
    BadInput(poisson_process, (1e300, 1e300), {}, ValueError, r"must be at most 2\^53, got inf"),
    BadInput(poisson_process, (1, 5), {"rng": "seed"}, TypeError, "SeedSequence expects int"),
]
