from math import factorial

import numpy as np

from companion.probability import bernoulli, beta, binom, chi2, expon, f, gamma, norm, poisson, t, uniform
from tests.bad_input import BadInput


def square(x):
    return x * x


def refused(law, method, args, kwargs, error, match):
    return BadInput(getattr(law, method), args, kwargs, error, match, covers=law)


def cases_of_any_law(law, args):
    frozen = law(*args)
    return [
        refused(law, "moment", (-1, *args), {}, ValueError, "order must be at least 0, got -1"),
        refused(law, "moment", (2.0, *args), {}, TypeError, "order must be an integer, got 2.0"),
        refused(law, "moment", (True, *args), {}, TypeError, "order must be an integer, got True"),
        refused(frozen, "moment", (2, *args), {}, TypeError, "fixed already"),
        refused(law, "stats", args, {"moments": "mx"}, ValueError, "letters m, v, s and k, got 'mx'"),
        refused(law, "stats", args, {"moments": ""}, ValueError, "letters m, v, s and k, got ''"),
        refused(law, "stats", args, {"moments": 2}, ValueError, "letters m, v, s and k, got 2"),
        refused(frozen, "stats", args, {}, TypeError, "fixed already"),
        refused(frozen, "expect", (3,), {}, TypeError, "func must be a function of one number, got 3"),
        refused(frozen, "expect", (square, 1, 0), {}, ValueError, "lb must be at most ub, got lb=1.0, ub=0.0"),
        refused(frozen, "expect", (square, np.nan), {}, ValueError, "lb must be finite"),
        refused(frozen, "expect", (square,), {"ub": "1"}, TypeError, "ub must be a number"),
        refused(frozen, "expect", (square,), {"lb": [0, 1]}, ValueError, "lb must be a single number"),
        refused(frozen, "expect", (square,), {"args": args}, TypeError, "unexpected keyword"),
        refused(law, "expect", (square,), {"args": 0.5}, TypeError, "args must be a tuple of the law's parameters"),
        refused(law, "expect", (square, args), {"maxcount": 9}, TypeError, "unexpected keyword argument 'maxcount'"),
        refused(frozen, "expect", (lambda x: np.nan,), {}, ValueError, "func must return a finite number, got nan"),
        refused(
            frozen,
            "expect",
            (lambda x: 10**400,),
            {},
            ValueError,
            "got inf for .*infinite; else leave such values out by lb",
        ),
        refused(frozen, "expect", (lambda x: np.float64("inf"),), {}, ValueError, "func must return a finite number"),
        refused(frozen, "expect", (lambda x: [x, x],), {}, ValueError, r"one number .* got an array of shape \(2,\)"),
        refused(frozen, "expect", (lambda x: 1j,), {}, TypeError, "func must return a real number, got 1j for"),
        refused(frozen, "expect", (lambda x: None,), {}, TypeError, "func must return a real number, got None"),
        refused(frozen, "expect", (lambda x: "1",), {}, TypeError, "func must return a real number, got '1'"),
        refused(frozen, "expect", (lambda: 1,), {}, TypeError, "positional argument"),
        refused(frozen, "expect", (square, -9, -8, True), {}, ValueError, "a positive probability .* got 0"),
    ]


BAD_INPUT = [
    *cases_of_any_law(bernoulli, (0.3,)),
    *cases_of_any_law(binom, (10, 0.5)),
    *cases_of_any_law(poisson, (5,)),
    *cases_of_any_law(uniform, (0, 1)),
    *cases_of_any_law(expon, (0, 2)),
    *cases_of_any_law(beta, (2, 3)),
    *cases_of_any_law(gamma, (2,)),
    *cases_of_any_law(chi2, (3,)),
    *cases_of_any_law(f, (3, 8)),
    *cases_of_any_law(norm, (0, 0.1))[:-1],
    *cases_of_any_law(t, (5,))[:-1],
    refused(binom, "moment", (2, -1, 0.5), {}, ValueError, "n must be non-negative"),
    refused(norm, "moment", (2, 0, -1), {}, ValueError, "scale must be positive"),
    refused(poisson(3), "moment", (201,), {}, ValueError, "order must be at most 200, got 201"),
    refused(poisson(1e6), "moment", (60,), {}, ValueError, "the moment is finite in floats, got order 60"),
    refused(norm(1e8), "moment", (50,), {}, ValueError, "the moment is finite in floats, got order 50"),
    refused(binom, "stats", (5, 1.5), {}, ValueError, r"p must be in \[0, 1\]"),
    refused(binom(5, 0), "stats", (), {"moments": "s"}, ValueError, r"binom\(5.0, 0.0\) is a constant"),
    refused(bernoulli, "stats", ([0.5, 1],), {"moments": "mk"}, ValueError, "need a variance above 0"),
    refused(poisson, "stats", (0,), {"moments": "k"}, ValueError, r"poisson\(0.0\) is a constant"),
    refused(poisson([1, 2]), "expect", (), {}, ValueError, r"expect takes one law at a time, got poisson\(\[1.0, 2.0"),
    refused(norm, "expect", (square,), {"loc": [0, 1]}, ValueError, "expect takes one law at a time"),
    refused(norm, "expect", (square, (0, 1)), {}, TypeError, "'loc'"),
    refused(gamma, "expect", (square,), {}, TypeError, "'a'"),
    refused(gamma, "expect", (square, (-2,)), {}, ValueError, "a must be positive"),
    refused(t(3), "moment", (3,), {}, ValueError, "so low that the moment is defined, got 3: both tails are infinite"),
    refused(t, "moment", (2, 1), {}, ValueError, "df must be above 1 for a moment to exist"),
    refused(t(3), "stats", (), {"moments": "s"}, ValueError, "moments s needs a finite third moment"),
    refused(t(2), "stats", (), {"moments": "k"}, ValueError, r"moments k needs a finite variance, which t\(2.0"),
    refused(f(3, 4), "stats", (), {"moments": "s"}, ValueError, "moments s needs a finite third moment"),
    refused(t(1), "expect", (), {}, ValueError, "func must have an expectation"),
    refused(t(1), "expect", (abs,), {}, ValueError, r"E\|func\(X\)\| is infinite"),
    refused(t(2), "expect", (square,), {}, ValueError, "func must have an expectation"),
    refused(f(3, 4), "expect", (square,), {}, ValueError, "func must have an expectation"),
    refused(binom, "expect", (square, (10, 0.5), 0), {}, TypeError, "positional argument"),
    refused(norm(), "expect", (lambda x: np.exp(x * x / 2),), {}, ValueError, "func must have an expectation"),
    refused(norm(), "expect", (lambda x: np.exp(0.49 * x * x),), {}, ValueError, "or it converges too slowly"),
    refused(expon(), "expect", (lambda x: 1 / x,), {}, ValueError, "infinite, or it converges too slowly"),
    refused(beta(0.5, 0.5), "expect", (lambda x: x**-0.5,), {}, ValueError, "finite at the end .* a pole at 5e-324"),
    refused(gamma(0.1), "expect", (lambda x: x**-0.1,), {}, ValueError, "the expectation is infinite, or"),
    refused(gamma(0.5, 3), "expect", (lambda x: (x - 3) ** -0.4,), {}, ValueError, "with lb or ub, or shift it to 0"),
    refused(poisson(1), "expect", (lambda k: float(factorial(min(k, 170))),), {}, ValueError, "not become negligible"),
    refused(norm(), "expect", (lambda x: float(round(1e6 * x) % 2),), {}, ValueError, "smooth enough for quadrature"),
    refused(norm(), "expect", (square, 38), {}, ValueError, "a probability of 1e-300 or more"),
    refused(norm(), "expect", (square, 38, np.inf, True), {}, ValueError, "a probability of 1e-300 or more"),
    refused(poisson(5), "expect", (square, 300), {}, ValueError, "a probability of 1e-300 or more"),
    refused(uniform(), "expect", (square, 2, 3, True), {}, ValueError, "a positive probability .* got 0"),
    refused(binom(10, 0.5), "expect", (square, 2.2, 2.8, True), {}, ValueError, "a positive probability .* got 0"),
    refused(poisson(1e14), "expect", (square,), {}, ValueError, "at most 10000000 values to sum, got 7"),
]
