import math

import numpy as np

from companion.calculus import cumulative_trapezoid, riemann_sum, simpson, trapezoid
from tests.bad_input import BadInput


def square(x):
    return x**2


def cases_of_samples(rule):
    return [
        BadInput(rule, ([1, math.nan],), {}, ValueError, r"y must be finite; .*y\[1\] is nan"),
        BadInput(rule, (["a", "b"],), {}, TypeError, "y must hold real numbers"),
        BadInput(rule, ([1j, 2],), {}, TypeError, "y must hold real numbers"),
        BadInput(rule, ([],), {}, ValueError, "y must have at least one point along the axis, got none"),
        BadInput(rule, (np.empty((0, 3)),), {"axis": 0}, ValueError, "y must have at least one point"),
        BadInput(rule, (3.0,), {}, ValueError, "y must be at least one-dimensional"),
        BadInput(rule, ([1, 2], [0, math.inf]), {}, ValueError, r"x must be finite; .*x\[1\] is inf"),
        BadInput(rule, ([1, 2], [0, 1, 2]), {}, ValueError, r"x must have shape \(2,\), .*; got \(3,\)"),
        BadInput(rule, (np.ones((2, 3)), np.ones((3, 2))), {}, ValueError, r"of y, \(2, 3\); got \(3, 2\)"),
        BadInput(rule, (np.ones((2, 3)), [0, 1]), {}, ValueError, r"x must have shape \(3,\)"),
        BadInput(rule, ([1, 2],), {"dx": math.nan}, ValueError, "dx must be finite"),
        BadInput(rule, ([1, 2],), {"dx": [1.0]}, ValueError, "dx must be a single number"),
        BadInput(rule, ([1, 2],), {"axis": 1}, ValueError, "axis must be between -1 and 0"),
        BadInput(rule, ([1, 2],), {"axis": 0.5}, TypeError, "axis must be an integer, got 0.5"),
    ]


BAD_INPUT = [
    *(case for rule in (trapezoid, simpson, cumulative_trapezoid) for case in cases_of_samples(rule)),
    *(
        BadInput(rule, (np.ones((2, 3)), np.arange(3.0)[None]), {}, ValueError, r"x must have shape.*got \(1, 3\)")
        for rule in (simpson, cumulative_trapezoid)
    ),
    BadInput(cumulative_trapezoid, ([1, 2],), {"initial": 1}, ValueError, "initial must be None or 0, got 1"),
    BadInput(cumulative_trapezoid, ([1, 2],), {"initial": math.nan}, ValueError, "initial must be finite"),
    BadInput(simpson, ([1, 2, 3], [0, 1, 1]), {}, ValueError, "x must rise or fall from each point to the next"),
    BadInput(simpson, ([1, 2, 3], [0, 2, 1]), {}, ValueError, "x must rise or fall from each point to the next"),
    BadInput(simpson, ([1, 2], [1, 1]), {}, ValueError, "x must rise or fall from each point to the next"),
    BadInput(simpson, ([1, 2, 3],), {"dx": 0}, ValueError, "dx must not be 0"),
    BadInput(riemann_sum, (3.0, 0, 1, 4), {}, TypeError, "f must be a function, got 3.0"),
    BadInput(riemann_sum, (square, 0, math.inf, 4), {}, ValueError, "b must be finite"),
    BadInput(riemann_sum, (square, math.nan, 1, 4), {}, ValueError, "a must be finite"),
    BadInput(riemann_sum, (square, [0, 1], 1, 4), {}, ValueError, "a must be a single number"),
    BadInput(riemann_sum, (square, 0, 1, 0), {}, ValueError, "n must be at least 1, got 0"),
    BadInput(riemann_sum, (square, 0, 1, 4.0), {}, TypeError, "n must be an integer, got 4.0"),
    BadInput(riemann_sum, (square, 0, 1, 4, "middle"), {}, ValueError, "method must be .* got 'middle'"),
    BadInput(riemann_sum, (lambda x: x[1:], 0, 1, 4), {}, ValueError, r"one height for each of the 4 points.*\(3,\)"),
    BadInput(riemann_sum, (lambda x: x * np.nan, 0, 1, 4), {}, ValueError, "the values of f must be finite"),
    BadInput(riemann_sum, (lambda x: None, 0, 1, 4), {}, TypeError, "the values of f must hold real numbers"),
]
