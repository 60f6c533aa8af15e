"""Probability: upper bounds on tail probabilities, from the mean alone to the whole moment generating function."""

from companion.probability._bayes import bayes, log_posterior, total_probability
from companion.probability._distributions import (
    bernoulli,
    beta,
    binom,
    expon,
    gamma,
    multinomial,
    norm,
    poisson,
    uniform,
)
from companion.probability._events import are_independent, probability
from companion.probability._information import (
    cross_entropy,
    entropy,
    jensen_shannon_divergence,
    jensenshannon,
    kl_divergence,
    self_information,
)
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
    "are_independent",
    "bayes",
    "bernoulli",
    "bernoulli_log_mgf",
    "beta",
    "binom",
    "binom_log_mgf",
    "cantelli_bound",
    "chebyshev_bound",
    "chernoff_bound",
    "cross_entropy",
    "entropy",
    "expon",
    "expon_log_mgf",
    "gamma",
    "hoeffding_bound",
    "jensen_shannon_divergence",
    "jensenshannon",
    "kl_divergence",
    "log_posterior",
    "markov_bound",
    "multinomial",
    "norm",
    "norm_log_mgf",
    "poisson",
    "poisson_log_mgf",
    "probability",
    "self_information",
    "total_probability",
    "uniform",
]
