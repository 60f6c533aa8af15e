import math
from fractions import Fraction

import numpy as np

from companion.probability import (
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
from tests.bad_input import BadInput


def normal(t):
    return np.exp(t * t / 2)


def far_from_0(t):
    return np.exp(1e6 * t + t * t / 2)


def heavy(t):  # what is known of the lognormal law: infinite for t > 0
    return np.where(t.real <= 0, np.exp(t), np.inf)


def constant(t):
    return np.exp(3 * t)


BOTH = [
    ((3.0, 2), TypeError, "mgf must be a function of t, got 3.0"),
    ((lambda t: math.exp(t), 2), TypeError, "for each entry of a complex array, but: .*np.exp and not math.exp"),
    ((lambda t: "1", 2), TypeError, "mgf must return one number .* of type <U1"),
    ((lambda t: None, 2), TypeError, "mgf must return one number .* of type object"),
    ((lambda t: np.ones(3), 2), TypeError, "mgf must return one number .*broadcast"),
    ((lambda t: np.exp(norm_log_mgf(t)), 2), TypeError, "t must hold real numbers"),
    ((normal, 0), ValueError, "n must be at least 1, got 0"),
    ((normal, 101), ValueError, "n must be at most 100, got 101"),
    ((normal, 2.0), TypeError, "n must be an integer, got 2.0"),
    ((normal, True), TypeError, "n must be an integer, got True"),
    ((heavy, 2), ValueError, "mgf must be 1 at t = 0, .* and finite around it; .* no such circle"),
    ((lambda t: t + np.nan, 2), ValueError, "finite around it; .* there is no such circle"),
    ((lambda t: t * t / 2, 2), ValueError, "mgf must be 1 at t = 0.*there is the mean .*; pass M, not log M"),
    ((lambda t: 2 * np.exp(t), 2), ValueError, "mgf must be 1 at t = 0"),
    ((lambda t: 1 / (1 + abs(t)), 2), ValueError, "mgf must be accurate enough for the moment of order 1"),
    ((lambda t: normal(t) + 1e-5 * np.conj(t) ** 2, 1), ValueError, "accurate enough for the moment of order"),
    ((lambda t: np.exp(1e60 * t * t), 20), ValueError, "n must be so low that the moments are finite"),
]

BAD_INPUT = [
    *(
        BadInput(function, args, {}, error, match, covers=function)
        for function in (moments_from_mgf, cumulants_from_mgf)
        for args, error, match in BOTH
    ),
    BadInput(cumulants_from_mgf, (far_from_0, 4), {}, ValueError, "order 3, got .*; if .* pass the MGF of X - mean"),
    BadInput(cumulants_from_mgf, (constant, 2), {}, ValueError, "accurate enough for the moment of order"),
    BadInput(norm_log_mgf, (np.inf,), {}, ValueError, "t must be finite"),
    BadInput(norm_log_mgf, (1, np.nan), {}, ValueError, "loc must be finite"),
    BadInput(norm_log_mgf, (1, 0, 0), {}, ValueError, "scale must be positive, got 0"),
    BadInput(norm_log_mgf, ("1",), {}, TypeError, "t must hold real numbers"),
    BadInput(poisson_log_mgf, (1, -1), {}, ValueError, "mu must be non-negative, got -1"),
    BadInput(poisson_log_mgf, (np.nan, 1), {}, ValueError, "t must be finite"),
    BadInput(poisson_log_mgf, (1, [Fraction(1, 2), -1]), {}, ValueError, r"mu\[1\] is -1"),
    BadInput(bernoulli_log_mgf, (1, 1.5), {}, ValueError, r"p must be in \[0, 1\], got 1.5"),
    BadInput(bernoulli_log_mgf, (1, [0.5, -0.1]), {}, ValueError, r"p\[1\] is -0.1"),
    BadInput(bernoulli_log_mgf, (np.nan, 0.5), {}, ValueError, "t must be finite"),
    BadInput(binom_log_mgf, (1, -1, 0.5), {}, ValueError, "n must be non-negative, got -1"),
    BadInput(binom_log_mgf, (1, 2.5, 0.5), {}, TypeError, "n must hold integers"),
    BadInput(binom_log_mgf, (1, 10, 2), {}, ValueError, r"p must be in \[0, 1\], got 2"),
    BadInput(binom_log_mgf, (np.inf, 10, 0.5), {}, ValueError, "t must be finite"),
    BadInput(expon_log_mgf, (1, 0), {}, ValueError, "scale must be positive, got 0"),
    BadInput(expon_log_mgf, (1, -2), {}, ValueError, "scale must be positive, got -2"),
    BadInput(expon_log_mgf, (np.nan,), {}, ValueError, "t must be finite"),
    BadInput(uniform_log_mgf, (np.nan,), {}, ValueError, "t must be finite"),
    BadInput(uniform_log_mgf, ([1, None],), {}, TypeError, "t must hold real numbers"),
    BadInput(uniform_log_mgf, (1, np.inf), {}, ValueError, "loc must be finite"),
    BadInput(uniform_log_mgf, (1, 0, 0), {}, ValueError, "scale must be positive, got 0"),
    BadInput(uniform_log_mgf, (1, 0, [1, -1]), {}, ValueError, r"scale\[1\] is -1"),
    BadInput(gamma_log_mgf, (1, 0), {}, ValueError, "a must be positive, got 0"),
    BadInput(gamma_log_mgf, (1, -2), {}, ValueError, "a must be positive, got -2"),
    BadInput(gamma_log_mgf, (1, 2, 0), {}, ValueError, "scale must be positive, got 0"),
    BadInput(gamma_log_mgf, (np.inf, 2), {}, ValueError, "t must be finite"),
    BadInput(gamma_log_mgf, (1, "2"), {}, TypeError, "a must hold real numbers"),
]
