"""The derivative of every elementary function as text: what the source transformation prints.

A template gives what one operand adds to the tangent: the partial derivative times ``t``, in the operands ``x`` and
``y`` and in functions by NumPy's names. In adjoint programs the same text stands, with the adjoint of the result for
``t``. The numbers agree with those of `RULES`, conventions at kinks included.
"""

import ast
import copy
import functools
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

TEMPLATES: dict[str, tuple[str, ...]] = {
    "positive": ("t",),
    "negative": ("-t",),
    "add": ("t", "t"),
    "subtract": ("t", "-t"),
    "multiply": ("t * y", "x * t"),
    "divide": ("t / y", "-x / y / y * t"),
    "reciprocal": ("-t / x / x",),
    # Lowered by the comparison, the exponent 0 stays: the derivative of x**0 is 0 at x = 0, too.
    "power": ("y * x ** (y - (y != 0)) * t", "x ** y * log(x) * t"),
    "float_power": ("y * x ** (y - (y != 0)) * t", "x ** y * log(x) * t"),
    "square": ("2 * x * t",),
    "sqrt": ("t / (2 * sqrt(x))",),
    "cbrt": ("t / (3 * cbrt(x) ** 2)",),
    "exp": ("exp(x) * t",),
    "exp2": ("log(2) * exp2(x) * t",),
    "expm1": ("exp(x) * t",),
    "log": ("t / x",),
    "log2": ("t / (log(2) * x)",),
    "log10": ("t / (log(10) * x)",),
    "log1p": ("t / (1 + x)",),
    "logaddexp": ("exp(-logaddexp(0, y - x)) * t", "exp(-logaddexp(0, x - y)) * t"),
    "sin": ("cos(x) * t",),
    "cos": ("-sin(x) * t",),
    "tan": ("(1 + tan(x) ** 2) * t",),
    "arcsin": ("t / sqrt((1 - x) * (1 + x))",),
    "arccos": ("-t / sqrt((1 - x) * (1 + x))",),
    "arctan": ("t / (1 + x * x)",),
    "arctan2": ("y / hypot(x, y) / hypot(x, y) * t", "-x / hypot(x, y) / hypot(x, y) * t"),
    "hypot": ("x / hypot(x, y) * t", "y / hypot(x, y) * t"),
    "sinh": ("cosh(x) * t",),
    "cosh": ("sinh(x) * t",),
    "tanh": ("sech2(x) * t",),
    "arcsinh": ("t / hypot(1, x)",),
    "arccosh": ("t / sqrt(x - 1) / sqrt(x + 1)",),
    "arctanh": ("t / ((1 - x) * (1 + x))",),
    "absolute": ("(2 * (x >= 0) - 1) * t",),
    "fabs": ("(2 * (x >= 0) - 1) * t",),
    "maximum": ("((x > y) + (x == y) / 2) * t", "((x < y) + (x == y) / 2) * t"),
    "minimum": ("((x < y) + (x == y) / 2) * t", "((x > y) + (x == y) / 2) * t"),
    "expit": ("sech2(x / 2) / 4 * t",),
    "log_expit": ("expit(-x) * t",),
    "logit": ("t / (x * (1 - x))",),
    "erf": ("2 / sqrt(pi) * exp(-x * x) * t",),
    "erfc": ("-2 / sqrt(pi) * exp(-x * x) * t",),
    "ndtr": ("exp(-x * x / 2) / sqrt(2 * pi) * t",),
    "gamma": ("gamma(x) * digamma(x) * t",),
    "gammaln": ("digamma(x) * t",),
    "digamma": ("polygamma(1, x) * t",),
}

# Flat between their jumps: the rule is 0 everywhere, so their result counts as a constant.
STEPS = frozenset({np.sign, np.floor, np.ceil, np.trunc, np.rint, math.floor, math.ceil, math.trunc})

# Functions of `math` under NumPy's (or SciPy's) name.
MATH: dict[Callable[..., Any], str] = {
    math.pow: "power", math.fabs: "fabs", math.sqrt: "sqrt", math.cbrt: "cbrt", math.exp: "exp", math.exp2: "exp2",
    math.expm1: "expm1", math.log: "log", math.log2: "log2", math.log10: "log10", math.log1p: "log1p",
    math.sin: "sin", math.cos: "cos", math.tan: "tan", math.asin: "arcsin", math.acos: "arccos", math.atan: "arctan",
    math.atan2: "arctan2", math.hypot: "hypot", math.sinh: "sinh", math.cosh: "cosh", math.tanh: "tanh",
    math.asinh: "arcsinh", math.acosh: "arccosh", math.atanh: "arctanh", math.erf: "erf", math.erfc: "erfc",
    math.gamma: "gamma", math.lgamma: "gammaln",
}  # fmt: skip
_OF_MATH = {name: function.__name__ for function, name in MATH.items()} | {"pi": "pi"}

OPERATORS: dict[type[ast.operator] | type[ast.unaryop], str] = {
    ast.Add: "add",
    ast.Sub: "subtract",
    ast.Mult: "multiply",
    ast.Div: "divide",
    ast.Pow: "power",
    ast.USub: "negative",
    ast.UAdd: "positive",
}

# What stands for the t of a template in the terms of a program, in which t may be a variable.
T = "<t>"
_OPERANDS = ("x", "y")


def elementary_name(function: Any) -> str | None:
    """Return the name under which the table has a function of NumPy, `scipy.special`, `math` or the built-in abs."""
    if function is abs:
        return "absolute"
    if isinstance(function, np.ufunc):
        # scipy.special calls its digamma psi.
        name = "digamma" if function.__name__ == "psi" else str(function.__name__)
        return name if name in TEMPLATES else None
    try:
        return MATH.get(function)
    except TypeError:  # not hashable
        return None


@functools.cache
def _parsed(template: str) -> ast.expr:
    return ast.parse(template, mode="eval").body


class _Substitute(ast.NodeTransformer):
    """Put expressions for names."""

    def __init__(self, expressions: Mapping[str, ast.expr]) -> None:
        self.expressions = expressions

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self.expressions[node.id]) if node.id in self.expressions else node


def substituted(expression: ast.expr, expressions: Mapping[str, ast.expr]) -> ast.expr:
    """Return *expression* with *expressions* in place of names."""
    replaced: ast.expr = _Substitute(expressions).visit(copy.deepcopy(expression))
    return replaced


def partial_times_t(
    name: str, i: int, operands: Sequence[ast.expr], spelled: Callable[[str], ast.expr]
) -> ast.expr | None:
    """Return the partial derivative of a function by its operand *i*, times ``t``; None if it is 0.

    *spelled* gives the expression by which the program calls a function.
    """
    template = TEMPLATES[name][i]
    if name in ("power", "float_power") and i == 0:
        exponent = literal(operands[1])
        if exponent is not None:
            return _power_by_base(operands[0], exponent)
    expression = _parsed(template)
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)} - {"t", *_OPERANDS}
    known = {"t": ast.Name(T, ast.Load()), **dict(zip(_OPERANDS, operands, strict=False))}
    return substituted(expression, known | {name: spelled(name) for name in names})


def _power_by_base(x: ast.expr, n: float) -> ast.expr | None:
    if n == 0:
        return None
    template = "t" if n == 1 else "2 * x * t" if n == 2 else f"{n!r} * x ** {n - 1!r} * t"
    return substituted(_parsed(template), {"x": x, "t": ast.Name(T, ast.Load())})


def literal(expression: ast.expr) -> float | None:
    """Return the number that an expression is, with or without a sign; None if it is no number."""
    try:
        value = ast.literal_eval(expression)
    except (ValueError, TypeError, SyntaxError):
        return None
    return value if type(value) in (int, float) else None


def spelled_in(module: str, alias: str, helper: Callable[[str], str], name: str) -> ast.expr:
    """Return ``np.cos`` or ``math.cos`` for the name cos, or the name of a helper for what the module lacks."""
    if module == "math" and name in _OF_MATH and hasattr(math, _OF_MATH[name]):
        return _attribute(alias, _OF_MATH[name])
    if module == "np" and hasattr(np, name):
        return _attribute(alias, name)
    return ast.Name(helper(name), ast.Load())


def _attribute(module: str, name: str) -> ast.expr:
    return ast.Attribute(ast.Name(module, ast.Load()), name, ast.Load())


def with_t(term: ast.expr, name: str) -> ast.expr:
    """Return a term with a variable for its t."""
    return substituted(term, {T: ast.Name(name, ast.Load())})


def total(terms: Sequence[ast.expr]) -> ast.expr:
    """Return the sum of the terms, with a minus in place of a plus and a sign."""

    def plus(left: ast.expr, right: ast.expr) -> ast.expr:
        opposite = without_sign(right)
        if opposite is None:
            return ast.BinOp(left, ast.Add(), right)
        return ast.BinOp(left, ast.Sub(), opposite)

    return functools.reduce(plus, terms)


def without_sign(term: ast.expr) -> ast.expr | None:
    """Return a product without its leading minus; None if it has none."""
    if isinstance(term, ast.UnaryOp) and isinstance(term.op, ast.USub):
        return term.operand
    if isinstance(term, ast.Constant) and isinstance(term.value, (int, float)) and term.value < 0:
        return ast.Constant(-term.value)
    if isinstance(term, ast.BinOp) and isinstance(term.op, (ast.Mult, ast.Div)):
        left = without_sign(term.left)
        return None if left is None else ast.BinOp(left, term.op, term.right)
    return None
