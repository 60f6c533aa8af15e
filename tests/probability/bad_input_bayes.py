from fractions import Fraction as F

import numpy as np

from companion.probability import bayes, log_posterior, total_probability
from tests.bad_input import BadInput

HALF = [0.5, 0.5]
LOG_HALF = np.log(HALF)

BOTH = [
    (([-0.1, 1.1], HALF), ValueError, r"prior must be in \[0, 1\]; prior\[0\] is -0.1"),
    (([F(-1, 2), F(3, 2)], [F(1, 2), F(1, 2)]), ValueError, r"prior must be in \[0, 1\]; prior\[0\] is -0.5"),
    (([0.5, 0.4], HALF), ValueError, "prior must sum to 1, got the sum 0.9; divide weights by their sum first"),
    (([0.5, 0.5 + 2e-8], HALF), ValueError, "prior must sum to 1"),
    (([[0.5, 0.5], [0.3, 0.6]], HALF), ValueError, "prior must sum to 1, got the sum 0.89"),
    (([F(1, 3), F(1, 3)], [F(1, 2), F(1, 2)]), ValueError, "prior must sum to 1, got the sum 2/3"),
    (([F(1, 3), F(2, 3) - F(1, 10**12)], [1, 0]), ValueError, "prior must sum to 1, got the sum 999999999999/"),
    (([], []), ValueError, "prior must sum to 1, got the sum 0"),
    ((HALF, [0.5, 1.5]), ValueError, r"likelihood must be in \[0, 1\]; likelihood\[1\] is 1.5"),
    ((HALF, [99, 5]), ValueError, r"likelihood must be in \[0, 1\]; likelihood\[0\] is 99"),
    ((HALF, [F(1, 2), F(-1, 2)]), ValueError, r"likelihood\[1\] is -0.5"),
    ((HALF, [0.5, np.nan]), ValueError, "likelihood must be finite"),
    (([np.nan, 1], HALF), ValueError, "prior must be finite"),
    ((HALF, [0.2, 0.3, 0.5]), ValueError, r"prior and likelihood must have one entry .* shapes \(2,\) and \(3,\)"),
    ((HALF, [0.2]), ValueError, r"along the last axis, got shapes \(2,\) and \(1,\)"),
    ((HALF, 0.2), ValueError, r"got shapes \(2,\) and \(\)"),
    ((1.0, [0.2]), ValueError, r"got shapes \(\) and \(1,\)"),
    (([[0.5, 0.5]] * 2, [[0.1, 0.2]] * 3), ValueError, "broadcast"),
    ((["a", "b"], HALF), TypeError, "prior must hold real numbers"),
    ((HALF, [None, 1]), TypeError, "likelihood must hold real numbers"),
    ((HALF, [1j, 0]), TypeError, "likelihood must hold real numbers"),
]

BAD_INPUT = [
    *(
        BadInput(function, args, {}, error, match)
        for function in (total_probability, bayes)
        for args, error, match in BOTH
    ),
    BadInput(bayes, (HALF, [0, 0]), {}, ValueError, "likelihood must be positive .* observed has probability 0"),
    BadInput(bayes, ([1.0, 0.0], [0, 1]), {}, ValueError, "observed has probability 0"),
    BadInput(bayes, ([F(1), F(0)], [F(0), F(1)]), {}, ValueError, "observed has probability 0"),
    BadInput(bayes, (HALF, [[0.1, 0.2], [0, 0]]), {}, ValueError, "observed has probability 0"),
    BadInput(bayes, (HALF, [1e-300, 1e-300]), {}, ValueError, "underflows, got .* 1e-300; use log_posterior"),
    BadInput(log_posterior, (LOG_HALF, [-np.inf, -np.inf]), {}, ValueError, "observed has probability 0"),
    BadInput(log_posterior, ([0.0, -np.inf], [-np.inf, 0.0]), {}, ValueError, "observed has probability 0"),
    BadInput(log_posterior, (LOG_HALF, [np.nan, 0]), {}, ValueError, r"log_likelihood\[0\] is nan"),
    BadInput(log_posterior, (LOG_HALF, [0, np.inf]), {}, ValueError, r"log_likelihood\[1\] is inf"),
    BadInput(log_posterior, ([np.inf, 0], LOG_HALF), {}, ValueError, r"log_prior\[0\] is inf"),
    BadInput(log_posterior, (HALF, LOG_HALF), {}, ValueError, r"exp\(log_prior\) must sum to 1, got the sum 3.29"),
    BadInput(log_posterior, ([1e3, 0], LOG_HALF), {}, ValueError, r"exp\(log_prior\) must sum to 1, got the sum inf"),
    BadInput(log_posterior, (LOG_HALF, [0.0]), {}, ValueError, "log_prior and log_likelihood must have one entry"),
    BadInput(log_posterior, (0.0, 0.0), {}, ValueError, r"got shapes \(\) and \(\)"),
    BadInput(log_posterior, ("ab", LOG_HALF), {}, TypeError, "log_prior must hold real numbers"),
    BadInput(log_posterior, (LOG_HALF, [None, 0]), {}, TypeError, "log_likelihood must hold real numbers"),
]
