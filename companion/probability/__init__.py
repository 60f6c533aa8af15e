"""Probability: events, Bayes, distributions, joint tables, tail bounds, information, large numbers, estimation."""

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
from companion.probability._estimation import (
    bernoulli_mle,
    beta_mode,
    beta_posterior,
    grid_posterior,
    norm_mle,
    point_estimates,
)
from companion.probability._events import are_independent, probability
from companion.probability._independence import are_pairwise_independent
from companion.probability._information import (
    cross_entropy,
    entropy,
    jensen_shannon_divergence,
    jensenshannon,
    kl_divergence,
    self_information,
)
from companion.probability._joint import PMF, JointPMF, bivariate_normal_conditional
from companion.probability._large_numbers import deviation_probability, run_probability, running_mean
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
    "PMF",
    "JointPMF",
    "are_independent",
    "are_pairwise_independent",
    "bayes",
    "bernoulli",
    "bernoulli_log_mgf",
    "bernoulli_mle",
    "beta",
    "beta_mode",
    "beta_posterior",
    "binom",
    "binom_log_mgf",
    "bivariate_normal_conditional",
    "cantelli_bound",
    "chebyshev_bound",
    "chernoff_bound",
    "cross_entropy",
    "deviation_probability",
    "entropy",
    "expon",
    "expon_log_mgf",
    "gamma",
    "grid_posterior",
    "hoeffding_bound",
    "jensen_shannon_divergence",
    "jensenshannon",
    "kl_divergence",
    "log_posterior",
    "markov_bound",
    "multinomial",
    "norm",
    "norm_log_mgf",
    "norm_mle",
    "point_estimates",
    "poisson",
    "poisson_log_mgf",
    "probability",
    "run_probability",
    "running_mean",
    "self_information",
    "total_probability",
    "uniform",
]
