"""Answers to the exercises of the page on dual numbers."""

from collections.abc import Callable
from fractions import Fraction
from math import erf, exp, pi, sqrt
from typing import Any

import numpy as np

from companion.autodiff import Dual
from companion.exercises._questions import Function, Mistake, Property, Value


def divides_zero(pair: Any) -> str:
    """Say why two dual numbers are no zero divisors as the exercise wants them, or return an empty text."""
    if not (isinstance(pair, (tuple, list)) and len(pair) == 2 and all(isinstance(z, Dual) for z in pair)):
        return "Give a pair of dual numbers, (Dual(..., ...), Dual(..., ...))."
    if any(z.shape for z in pair):
        return "The parts of the two must be numbers, not arrays."
    z, w = pair
    # Fractions do not underflow: 1e-300 times 1e-300 is not 0.
    product = Dual(Fraction(z.value), Fraction(z.tangent)) * Dual(Fraction(w.value), Fraction(w.tangent))
    if any(v.value == 0 and v.tangent == 0 for v in pair):
        return "One of the two is 0 + 0d, the zero itself. Both must be something else."
    if product.value != 0:
        return (
            f"The product has the value {z.value} times {w.value}. A product of real numbers is 0 only if a factor is."
        )
    if product.tangent != 0:
        return (
            f"The tangent of the product, {z.value} times {w.tangent} plus {z.tangent} times {w.value}, is not 0. "
            "One value is still not 0, and it multiplies the other tangent."
        )
    if min(z.tangent, w.tangent) >= 0:
        return "The product is 0, well done; but one tangent shall be negative."
    return ""


class Once:
    """A function that can be called a single time.

    >>> f = Once(quadratic)
    >>> f(3.0)
    7.0
    >>> f(3.0)
    Traceback (most recent call last):
    RuntimeError: f is called a second time; one call on Dual(x, 1.0) returns value and tangent
    """

    def __init__(self, f: Callable[[Any], Any]) -> None:
        self.f, self.called, self.__name__ = f, False, f.__name__

    def __call__(self, x: Any) -> Any:
        """Return f(x), the first time."""
        if self.called:
            raise RuntimeError("f is called a second time; one call on Dual(x, 1.0) returns value and tangent")
        self.called = True
        return self.f(x)


def newton_step(f: Callable[[Any], Any], x: float, seed: float = 1.0) -> float:
    """The next iterate of Newton's method, from one run of f; a wrong seed gives a wrong one."""
    y = f(Dual(x, seed))
    return float(x - y.value / y.tangent)


def inverted_step(f: Callable[[Any], Any], x: float) -> float:
    """A wrong one, with the quotient upside down."""
    y = f(Dual(x, 1.0))
    return float(x - y.tangent / y.value)


def quadratic(x: Any) -> Any:
    """A function with the roots -sqrt(2) and sqrt(2)."""
    return x * x - 2


def cosine_minus_x(x: Any) -> Any:
    """A function with the root 0.739085..."""
    return np.cos(x) - x


def exponential(x: Any) -> Any:
    """A function with the root log(3)."""
    return np.exp(x) - 3


def slope(x: float) -> float:
    """The derivative of x erf(x), by the product rule."""
    return erf(x) + x * 2 / sqrt(pi) * exp(-(x**2))


QUESTIONS = {
    "1": Value(
        [3, 5, 0.25, -0.0625],
        mistakes=[
            Mistake(
                [5, 5, 0.25, -0.0625],
                "That value of the product is right for complex numbers: the unit squared is -1 there, and 0 here.",
            ),
            Mistake(
                [3, 7, 0.25, -0.0625],
                "Mind the sign: the tangent of the product is 1 times -1, plus 2 times 3.",
            ),
            Mistake(
                [3, -2, 0.25, -0.0625],
                "The product of the tangents stands before d squared, which is 0. The new tangent has two terms.",
            ),
            Mistake([3, 5, 0.25, 0.0625], "A reciprocal falls as its argument grows: the last tangent is negative."),
            Mistake([3, 5, 0.25, -0.25], "The tangent of the reciprocal is divided by the square of the value, 16."),
            Mistake([3, 5, 0.25, -0.125], "The square of 4 is 4 times 4, not 2 times 4: divide by that."),
            Mistake([3, 5, 0.25, 1], "1/(4 + d) is not 1/4 + d: multiply both by 4 + d and see what comes out."),
        ],
        why="Product rule and reciprocal rule, with nothing but algebra.",
    ),
    "2": Property(
        (Dual(0, 1), Dual(0, -5)),
        divides_zero,
        mistakes=[
            Mistake((Dual(0, -1), Dual(5, 0)), divides_zero((Dual(0, -1), Dual(5, 0)))),
            Mistake((Dual(0, 0), Dual(1, -1)), divides_zero((Dual(0, 0), Dual(1, -1)))),
            Mistake((Dual(1, 1), Dual(1, -1)), divides_zero((Dual(1, 1), Dual(1, -1)))),
            Mistake((Dual(1e-300, 1), Dual(1e-300, -1)), divides_zero((Dual(1e-300, 1), Dual(1e-300, -1)))),
            Mistake(0, divides_zero(0)),
            Mistake((Dual(0, 1), Dual(0, 1)), divides_zero((Dual(0, 1), Dual(0, 1)))),
        ],
        why="So from zw = zv one must not conclude w = v: a ring, not a field.",
    ),
    "3": Function(
        newton_step,
        draw=lambda rng: (Once((quadratic, cosine_minus_x, exponential)[rng.integers(3)]), float(rng.uniform(0.5, 2))),
        cases=[(Once(cosine_minus_x), 1.0), (Once(quadratic), 1.0), (Once(quadratic), -3.0)],
        mistakes=[
            Mistake(
                lambda f, x: 2 * x - newton_step(f, x),
                "The step goes the wrong way: subtract f(x)/f'(x), do not add it.",
            ),
            Mistake(inverted_step, "The quotient stands upside down: divide the value by the tangent."),
            Mistake(
                lambda f, x: newton_step(f, x, seed=x),
                "The tangent is the derivative times the seed, and the seed is not x. Take the seed 1.",
            ),
            Mistake(
                lambda f, x: newton_step(f, x, seed=2.0),
                "The tangent is the derivative times the seed, and the seed is not 2. Take the seed 1.",
            ),
            Mistake(
                lambda f, x: x - newton_step(f, x),
                "That is the correction f(x)/f'(x); subtract it from x.",
            ),
            Mistake(
                lambda f, x: newton_step(f, x) - x,
                "That is the step. The question asks for where it leads: add x.",
            ),
        ],
        why="Value and derivative came from one call; no formula for f' was needed.",
    ),
    "4": Function(
        slope,
        draw=lambda rng: (float(rng.uniform(-2, 2)),),
        cases=[(0.5,), (1.0,)],
        mistakes=[
            Mistake(
                lambda x: 2 / sqrt(pi) * exp(-(x**2)),
                "That is the derivative of erf alone. For x erf(x) multiply the dual numbers z and erf(z).",
            ),
            Mistake(
                lambda x: x * 2 / sqrt(pi) * exp(-(x**2)),
                "One term of the product rule is missing: was the factor x a dual number with the seed 1, too?",
            ),
            Mistake(
                erf,
                "One term of the product rule is missing: was erf lifted, and did it get the dual number z?",
            ),
            Mistake(
                lambda x: erf(x) + x * exp(-(x**2)),
                "The derivative of erf has a factor in front of the exponential; look at the exercise again.",
            ),
            Mistake(lambda x: x * erf(x), "That is the value. The derivative is the tangent."),
        ],
        why="lift needs f and f' once; the product and the chain rule come from the arithmetic.",
    ),
    "5": Value(
        [8, 12, 6],
        mistakes=[
            Mistake(
                [8, 12, 12],
                "The last factor is what stands before t squared, not f''(2): Taylor divides by 2 factorial.",
            ),
            Mistake([8, 12, 0], "Only t cubed is 0. The term with t squared lives on."),
            Mistake([8, 12, 1], "That 1 is the factor of t cubed, which is 0. The factor of t squared is 3 times 2."),
            Mistake([8, 6, 12], "In this order: the factors of 1, t and t squared."),
        ],
        why="The last one is f''(2)/2. With t to the power k + 1 equal to 0, one carries Taylor's series to order k.",
    ),
}
