"""Probability: events, Bayes, distributions, joint tables, tail bounds, information, large numbers, estimation."""

from companion.probability._bayes import bayes, log_posterior, total_probability
from companion.probability._convergence import settling_time, typewriter
from companion.probability._distributions import (
    bernoulli,
    beta,
    binom,
    chi2,
    expon,
    f,
    gamma,
    multinomial,
    norm,
    poisson,
    t,
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
from companion.probability._joint import JointPMF, bivariate_normal_conditional
from companion.probability._large_numbers import deviation_probability, run_probability, running_mean
from companion.probability._mgf import (
    bernoulli_log_mgf,
    binom_log_mgf,
    cumulants_from_mgf,
    expon_log_mgf,
    gamma_log_mgf,
    moments_from_mgf,
    norm_log_mgf,
    poisson_log_mgf,
    uniform_log_mgf,
)
from companion.probability._pmf import PMF
from companion.probability._poisson_process import poisson_process
from companion.probability._tail_bounds import (
    cantelli_bound,
    chebyshev_bound,
    chernoff_bound,
    hoeffding_bound,
    markov_bound,
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
    "chi2",
    "cross_entropy",
    "cumulants_from_mgf",
    "deviation_probability",
    "entropy",
    "expon",
    "expon_log_mgf",
    "f",
    "gamma",
    "gamma_log_mgf",
    "grid_posterior",
    "hoeffding_bound",
    "jensen_shannon_divergence",
    "jensenshannon",
    "kl_divergence",
    "log_posterior",
    "markov_bound",
    "moments_from_mgf",
    "multinomial",
    "norm",
    "norm_log_mgf",
    "norm_mle",
    "point_estimates",
    "poisson",
    "poisson_log_mgf",
    "poisson_process",
    "probability",
    "run_probability",
    "running_mean",
    "self_information",
    "settling_time",
    "t",
    "total_probability",
    "typewriter",
    "uniform",
    "uniform_log_mgf",
]
