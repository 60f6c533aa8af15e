import numpy as np

from companion.probability import (
    bernoulli_mle,
    beta_mode,
    beta_posterior,
    grid_posterior,
    norm_mle,
    point_estimates,
)
from tests.bad_input import BadInput

GRID, FLAT = [0.0, 0.5, 1.0], [0.0, 0.0, 0.0]
NOWHERE = [-np.inf] * 3


def cases_of_grid(function, *others):
    return [
        BadInput(function, ([0.0, 1.0, 1.0], *others), {}, ValueError, "theta must increase strictly; sort it"),
        BadInput(function, ([1.0, 0.5, 0.0], *others), {}, ValueError, "theta must increase strictly"),
        BadInput(function, ([0.5], *others), {}, ValueError, r"theta must be a grid of at least two .* \(1,\)"),
        BadInput(function, ([GRID], *others), {}, ValueError, r"in one dimension, got shape \(1, 3\)"),
        BadInput(
            function, ([0.0, np.nan, 1.0], *others), {}, ValueError, r"theta must be finite; .* theta\[1\] is nan"
        ),
        BadInput(function, ("grid", *others), {}, TypeError, "theta must hold real numbers"),
    ]


BAD_INPUT = [
    BadInput(bernoulli_mle, ([],), {}, ValueError, "x must hold at least one observation, got none"),
    BadInput(bernoulli_mle, ([0, 1, 2],), {}, ValueError, "x must hold zeros and ones, got 2.0; code success as 1"),
    BadInput(bernoulli_mle, ([1, -1],), {}, ValueError, "x must hold zeros and ones, got -1.0"),
    BadInput(bernoulli_mle, ([1, np.nan],), {}, ValueError, r"x must be finite; .* x\[1\] is nan"),
    BadInput(bernoulli_mle, (["heads"],), {}, TypeError, "x must hold real numbers"),
    BadInput(norm_mle, ([],), {}, ValueError, "data must hold at least one observation, got none"),
    BadInput(norm_mle, ([1, np.nan],), {}, ValueError, r"data must be finite; .* data\[1\] is nan"),
    BadInput(norm_mle, ([1, np.inf],), {}, ValueError, r"data\[1\] is inf"),
    BadInput(norm_mle, (["tall"],), {}, TypeError, "data must hold real numbers"),
    BadInput(beta_posterior, ([0.5],), {}, ValueError, "x must hold zeros and ones, got 0.5"),
    BadInput(beta_posterior, ([1, np.inf],), {}, ValueError, "x must be finite"),
    BadInput(beta_posterior, ([1], 0), {}, ValueError, "a must be positive, got 0"),
    BadInput(beta_posterior, ([1],), {"b": -1}, ValueError, "b must be positive, got -1"),
    BadInput(beta_posterior, ([1],), {"a": np.nan}, ValueError, "a must be finite"),
    BadInput(beta_posterior, ([1],), {"a": [1, 2]}, ValueError, r"a must be a single number, got .* \(2,\)"),
    BadInput(beta_posterior, ([1],), {"b": [1, 2]}, ValueError, "b must be a single number"),
    BadInput(beta_posterior, ([1], "flat"), {}, TypeError, "a must hold real numbers"),
    BadInput(beta_posterior, ("101",), {}, TypeError, "x must hold real numbers"),
    BadInput(beta_mode, (0, 1), {}, ValueError, "a must be positive, got 0"),
    BadInput(beta_mode, (2, [3, -1]), {}, ValueError, r"b must be positive; b\[1\] is -1"),
    BadInput(beta_mode, (1, 1), {}, ValueError, "a and b must give a single mode, got a=1.0 and b=1.0; take the mean"),
    BadInput(beta_mode, ([2, 0.5], [3, 0.7]), {}, ValueError, "single mode, got a=0.5 and b=0.7"),
    BadInput(beta_mode, (np.nan, 1), {}, ValueError, "a must be finite"),
    BadInput(beta_mode, (2, "2"), {}, TypeError, "b must hold real numbers"),
    BadInput(beta_mode, ([2, 3], [2, 3, 4]), {}, ValueError, "shape"),
    *cases_of_grid(grid_posterior, FLAT, FLAT),
    BadInput(grid_posterior, (GRID, [0, 0], FLAT), {}, ValueError, r"log_prior must have the shape \(3,\) of theta"),
    BadInput(grid_posterior, (GRID, [FLAT], FLAT), {}, ValueError, r"log_prior must have the shape .* got \(1, 3\)"),
    BadInput(grid_posterior, (GRID, FLAT, 0.0), {}, ValueError, r"log_likelihood must have the shape .* got \(\)"),
    BadInput(grid_posterior, (GRID, [0, np.nan, 0], FLAT), {}, ValueError, "log_prior must be finite"),
    BadInput(grid_posterior, (GRID, FLAT, [0, np.inf, -np.inf]), {}, ValueError, r"log_likelihood\[1\] is inf"),
    BadInput(grid_posterior, (GRID, NOWHERE, FLAT), {}, ValueError, "must be above -inf somewhere; widen theta"),
    BadInput(grid_posterior, (GRID, [0, 0, -np.inf], [-np.inf, -np.inf, 0]), {}, ValueError, "above -inf somewhere"),
    BadInput(grid_posterior, (GRID, ["a", "b", "c"], FLAT), {}, TypeError, "log_prior must hold real numbers"),
    *cases_of_grid(point_estimates, [1, 2, 1]),
    BadInput(
        point_estimates, (GRID, [1, 2]), {}, ValueError, r"density must have the shape \(3,\) of theta, got \(2,\)"
    ),
    BadInput(point_estimates, (GRID, [1, -2, 1]), {}, ValueError, r"density must be non-negative; density\[1\] is -2"),
    BadInput(point_estimates, (GRID, [0, 0, 0]), {}, ValueError, "density must be positive somewhere; widen theta"),
    BadInput(point_estimates, (GRID, [1, np.nan, 1]), {}, ValueError, "density must be finite"),
    BadInput(point_estimates, (GRID, "abc"), {}, TypeError, "density must hold real numbers"),
]
