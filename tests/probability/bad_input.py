import numpy as np

from companion.probability import (
    cantelli_bound,
    chebyshev_bound,
    chernoff_bound,
    hoeffding_bound,
    markov_bound,
    norm_log_mgf,
)
from tests.bad_input import BadInput


def mgf(t):
    return np.exp(t * t / 2)


def nowhere(t):
    return np.nan


BAD_INPUT = [
    BadInput(markov_bound, (-1, 2), {}, ValueError, "mean must be non-negative, got -1"),
    BadInput(markov_bound, (np.nan, 2), {}, ValueError, "mean must be finite; drop or fill"),
    BadInput(markov_bound, ([1, np.inf], 2), {}, ValueError, r"mean\[1\] is inf"),
    BadInput(markov_bound, (1, 0), {}, ValueError, "a must be positive, got 0"),
    BadInput(markov_bound, (1, [3, -2]), {}, ValueError, r"a must be positive; a\[1\] is -2"),
    BadInput(markov_bound, (1, np.inf), {}, ValueError, "a must be finite"),
    BadInput(markov_bound, ("one", 2), {}, TypeError, "mean must hold real numbers"),
    BadInput(markov_bound, (1, [{}]), {}, TypeError, "a must hold real numbers"),
    BadInput(markov_bound, ([1, 2], [1, 2, 3]), {}, ValueError, "broadcast"),
    BadInput(chebyshev_bound, (-1, 2), {}, ValueError, "var must be non-negative, got -1"),
    BadInput(chebyshev_bound, (np.nan, 2), {}, ValueError, "var must be finite"),
    BadInput(chebyshev_bound, (1, 0), {}, ValueError, "k must be positive, got 0"),
    BadInput(chebyshev_bound, (1, [[1, -1]]), {}, ValueError, r"k\[0, 1\] is -1"),
    BadInput(chebyshev_bound, (1j, 2), {}, TypeError, "var must hold real numbers"),
    BadInput(chebyshev_bound, ([1, 2], [1, 2, 3]), {}, ValueError, "broadcast"),
    BadInput(cantelli_bound, (-1, 2), {}, ValueError, "var must be non-negative, got -1"),
    BadInput(cantelli_bound, (1, 0), {}, ValueError, "k must be positive, got 0"),
    BadInput(cantelli_bound, (1, -3), {}, ValueError, "k must be positive, got -3"),
    BadInput(cantelli_bound, (1, np.nan), {}, ValueError, "k must be finite"),
    BadInput(cantelli_bound, (1, "2"), {}, TypeError, "k must hold real numbers"),
    BadInput(hoeffding_bound, (0, 0.1), {}, ValueError, "n must be positive, got 0"),
    BadInput(hoeffding_bound, ([10, -1], 0.1), {}, ValueError, r"n\[1\] is -1"),
    BadInput(hoeffding_bound, (10.0, 0.1), {}, TypeError, r"n must hold integers, got float64 \[10.0\]"),
    BadInput(hoeffding_bound, (True, 0.1), {}, TypeError, "n must hold integers, got bool"),
    BadInput(hoeffding_bound, ("10", 0.1), {}, TypeError, "n must hold integers"),
    BadInput(hoeffding_bound, (10, 0), {}, ValueError, "eps must be positive, got 0"),
    BadInput(hoeffding_bound, (10, np.nan), {}, ValueError, "eps must be finite"),
    BadInput(hoeffding_bound, (10, 0.1, 1, 0), {}, ValueError, "low must be below high, got low=1.0, high=0.0"),
    BadInput(hoeffding_bound, (10, 0.1, 0, [1, 0]), {}, ValueError, "low must be below high, got low=0.0, high=0.0"),
    BadInput(hoeffding_bound, (10, 0.1, -np.inf, 0), {}, ValueError, "low must be finite"),
    BadInput(hoeffding_bound, (10, 0.1, 0, "1"), {}, TypeError, "high must hold real numbers"),
    BadInput(hoeffding_bound, (10, 0.1), {"alternative": "both"}, ValueError, "alternative must be .* got 'both'"),
    BadInput(chernoff_bound, (1.0, 2), {}, TypeError, "log_mgf must be a function of t, got 1.0"),
    BadInput(chernoff_bound, (mgf, 2), {}, ValueError, r"log_mgf\(0\) must be 0.*got 1.0; pass log M"),
    BadInput(chernoff_bound, (nowhere, 2), {}, ValueError, "log_mgf must be finite somewhere"),
    BadInput(chernoff_bound, (lambda t: "0", 2), {}, TypeError, "return a real number, got '0'", covers=chernoff_bound),
    BadInput(
        chernoff_bound, (lambda t: None, 2), {}, TypeError, "return a real number, got None", covers=chernoff_bound
    ),
    BadInput(chernoff_bound, (lambda t: 1j * t, 2), {}, TypeError, "return a real number, got", covers=chernoff_bound),
    BadInput(chernoff_bound, (lambda t: np.inf, 2), {}, ValueError, "got inf; pass log M"),
    BadInput(chernoff_bound, (lambda t: [t, t], 2), {}, ValueError, r"shape \(2,\); for a sum .* add"),
    BadInput(chernoff_bound, (norm_log_mgf, np.nan), {}, ValueError, "a must be finite"),
    BadInput(chernoff_bound, (norm_log_mgf, [1, np.inf]), {}, ValueError, r"a\[1\] is inf"),
    BadInput(chernoff_bound, (norm_log_mgf, "2"), {}, TypeError, "a must hold real numbers"),
    BadInput(chernoff_bound, (norm_log_mgf, 2), {"tail": "right"}, ValueError, "tail must be .* got 'right'"),
    BadInput(chernoff_bound, (norm_log_mgf, 2), {"t_range": 3}, ValueError, "t_range must be a pair .* got 3"),
    BadInput(chernoff_bound, (norm_log_mgf, 2), {"t_range": (1, 2)}, ValueError, r"low <= 0 <= high, got \(1, 2\)"),
    BadInput(chernoff_bound, (norm_log_mgf, 2), {"t_range": (2, -1)}, ValueError, r"got \(2, -1\)"),
    BadInput(chernoff_bound, (norm_log_mgf, 2), {"t_range": (np.nan, 1)}, ValueError, "t_range must be a pair"),
    BadInput(chernoff_bound, (norm_log_mgf, 2), {"t_range": (-1, 0)}, ValueError, "above 0 for the upper tail"),
    BadInput(
        chernoff_bound, (norm_log_mgf, 2), {"t_range": (0, 1), "tail": "lower"}, ValueError, "below 0 for the lower"
    ),
]
