"""Probability: upper bounds on tail probabilities, from the mean alone to the whole moment generating function."""

from companion.probability._tail_bounds import (
    bernoulli_log_mgf,
    binom_log_mgf,
    cantelli_bound,
    chebyshev_bound,
    chernoff_bound,
    expon_log_mgf,
    hoeffding_bound,
    markov_bound,
    norm_log_mgf,
    poisson_log_mgf,
)

__all__ = [
    "bernoulli_log_mgf",
    "binom_log_mgf",
    "cantelli_bound",
    "chebyshev_bound",
    "chernoff_bound",
    "expon_log_mgf",
    "hoeffding_bound",
    "markov_bound",
    "norm_log_mgf",
    "poisson_log_mgf",
]
