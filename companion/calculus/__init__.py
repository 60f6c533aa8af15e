"""Calculus by computer: limits, integrals, extrema, and the methods that minimise functions.

Names, arguments and result fields are those of `scipy.integrate`, `scipy.differentiate` and `scipy.optimize` where
these have the thing; what they lack bears its name in the literature.
"""

from companion.calculus._newton_system import newton_system
from companion.calculus._ode import explicit_euler, implicit_euler, runge_kutta4

__all__ = [
    "explicit_euler",
    "implicit_euler",
    "newton_system",
    "runge_kutta4",
]
