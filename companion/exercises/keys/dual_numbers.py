"""Answers to the exercises of the page on dual numbers."""

from collections.abc import Callable
from math import erf, exp, pi, sqrt
from typing import Any

import numpy as np

from companion.autodiff import Dual
from companion.exercises._questions import Function, Mistake, Property, Value


def divides_zero(pair: tuple[Any, Any]) -> str:
    """Say why two dual numbers are no zero divisors as the exercise wants them, or return an empty text."""
    z, w = pair
    if not (isinstance(z, Dual) and isinstance(w, Dual)):
        return "Give a pair of dual numbers, (Dual(..., ...), Dual(..., ...))."
    if any(v.value == 0 and v.tangent == 0 for v in (z, w)):
        return "One of the two is 0 + 0d, the zero itself. Both must be something else."
    product = z * w
    if product.value != 0:
        return f"The product has the value {product.value:g}. A product of real numbers is 0 only if a factor is."
    if product.tangent != 0:
        return f"The product is {product.tangent:g}d. One value is still not 0, and it multiplies the other tangent."
    if min(z.tangent, w.tangent) >= 0:
        return "The product is 0, well done; but one tangent shall be negative."
    return ""


def newton_step(f: Callable[[Any], Any], x: float) -> float:
    """The next iterate of Newton's method, from one run of f on x + d."""
    y = f(Dual(x, 1.0))
    return float(x - y.value / y.tangent)


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
            Mistake((Dual(0, 1), Dual(0, 1)), divides_zero((Dual(0, 1), Dual(0, 1)))),
        ],
        why="So from zw = zv one must not conclude w = v: a ring, not a field.",
    ),
    "3": Function(
        newton_step,
        draw=lambda rng: ((quadratic, cosine_minus_x, exponential)[rng.integers(3)], float(rng.uniform(0.5, 2))),
        cases=[(cosine_minus_x, 1.0), (quadratic, 1.0), (quadratic, -3.0)],
        mistakes=[
            Mistake(
                lambda f, x: 2 * x - newton_step(f, x),
                "The step goes the wrong way: subtract f(x)/f'(x), do not add it.",
            ),
            Mistake(
                lambda f, x: x - f(Dual(x, 1.0)).tangent / f(Dual(x, 1.0)).value,
                "The quotient stands upside down: divide the value by the tangent.",
            ),
            Mistake(
                lambda f, x: x - f(Dual(x, x)).value / f(Dual(x, x)).tangent,
                "The tangent is the derivative times the seed. Take the seed 1.",
            ),
            Mistake(
                lambda f, x: -f(Dual(x, 1.0)).value / f(Dual(x, 1.0)).tangent,
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
