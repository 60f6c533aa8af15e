"""Calculus by computer: limits, integrals, extrema, and the methods that minimise functions.

Names, arguments and result fields are those of `scipy.integrate`, `scipy.differentiate` and `scipy.optimize` where
these have the thing; what they lack bears its name in the literature.
"""

from companion.calculus._backtracking import backtracking
from companion.calculus._constrained import kkt_residuals, newton_lagrange
from companion.calculus._convexity import convexity_violation, is_positive_definite, is_positive_semidefinite
from companion.calculus._critical_points import classify_critical_point, critical_points
from companion.calculus._differences import complex_step, difference_quotient, optimal_step, richardson
from companion.calculus._gradient_descent import gradient_descent
from companion.calculus._integrate import cumulative_trapezoid, riemann_sum, simpson, trapezoid
from companion.calculus._limits import limit
from companion.calculus._line_search import line_search
from companion.calculus._losses import absolute_loss, hinge_loss, huber, squared_loss
from companion.calculus._minimize import minimize
from companion.calculus._newton import newton, newton_direction
from companion.calculus._newton_system import newton_system
from companion.calculus._ode import explicit_euler, implicit_euler, runge_kutta4
from companion.calculus._quadratic_programs import equality_qp, solve_qp
from companion.calculus._quasi_newton import bfgs_update, two_loop_recursion
from companion.calculus._stochastic import (
    learning_rate_schedule,
    minibatches,
    stochastic_gradient_descent,
)
from companion.calculus._symbolic import differentiate

__all__ = [
    "absolute_loss",
    "backtracking",
    "bfgs_update",
    "classify_critical_point",
    "complex_step",
    "convexity_violation",
    "critical_points",
    "cumulative_trapezoid",
    "difference_quotient",
    "differentiate",
    "equality_qp",
    "explicit_euler",
    "gradient_descent",
    "hinge_loss",
    "huber",
    "implicit_euler",
    "is_positive_definite",
    "is_positive_semidefinite",
    "kkt_residuals",
    "learning_rate_schedule",
    "limit",
    "line_search",
    "minibatches",
    "minimize",
    "newton",
    "newton_direction",
    "newton_lagrange",
    "newton_system",
    "optimal_step",
    "richardson",
    "riemann_sum",
    "runge_kutta4",
    "simpson",
    "solve_qp",
    "squared_loss",
    "stochastic_gradient_descent",
    "trapezoid",
    "two_loop_recursion",
]
