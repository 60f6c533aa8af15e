"""Derivatives of expressions: the rules of differentiation, applied to Python text."""

import ast
import keyword
import math
import unicodedata
from typing import Any

# The derivative of each function at u; the chain rule multiplies by the derivative of u.
_RULES = {
    name: ast.parse(rule, mode="eval").body
    for name, rule in {
        "abs": "u/abs(u)",
        "acos": "-1/sqrt(1 - u**2)",
        "acosh": "1/sqrt(u**2 - 1)",
        "asin": "1/sqrt(1 - u**2)",
        "asinh": "1/sqrt(u**2 + 1)",
        "atan": "1/(1 + u**2)",
        "atanh": "1/(1 - u**2)",
        "cos": "-sin(u)",
        "cosh": "sinh(u)",
        "exp": "exp(u)",
        "log": "1/u",
        "log10": "1/(u*log(10))",
        "log2": "1/(u*log(2))",
        "sin": "cos(u)",
        "sinh": "cosh(u)",
        "sqrt": "1/(2*sqrt(u))",
        "tan": "1/cos(u)**2",
        "tanh": "1 - tanh(u)**2",
    }.items()
}


def differentiate(expression: str, variable: str = "x", *, simplify: bool = True) -> str:
    """Return the derivative of an expression, by the rules of differentiation.

    Parameters
    ----------
    expression : str
        A Python expression of numbers, names, ``+ - * / **``, brackets and the functions abs, acos, acosh, asin, asinh,
        atan, atanh, cos, cosh, exp, log, log10, log2, sin, sinh, sqrt, tan, tanh. All names but the variable are
        constants.
    variable : str, default "x"
        The name by which to differentiate.
    simplify : bool, default True
        Whether to drop zeros, ones and double signs, to compute with whole numbers, and to put together terms that are
        the same but for a whole number in front; False shows what the rules themselves write.

    Returns
    -------
    str
        The derivative, as a Python expression of the same kind.

    Raises
    ------
    TypeError
        If `expression` or `variable` is no text.
    ValueError
        If `expression` holds anything else than what is named above or is no Python, or if `variable` is no name.

    See Also
    --------
    difference_quotient : For functions that are no expressions.
    companion.autodiff.grad : For programs.
    sympy.diff : The same for all that mathematics has names for, with better simplification.

    Notes
    -----
    With a constant c, and u and v that hold the variable:

    .. math::
        (u + v)' = u' + v', \\quad (uv)' = u'v + uv', \\quad \\Big(\\frac uv\\Big)' = \\frac{u'v - uv'}{v^2}, \\quad
        f(u)' = f'(u)\\,u',

    .. math::
        (u^c)' = c\\,u^{c-1} u', \\quad (c^v)' = c^v \\log(c)\\, v', \\quad
        (u^v)' = u^v \\Big(v' \\log u + v\\,\\frac{u'}{u}\\Big).

    The derivative is meant where `expression` is real and differentiable: that of log(x) is 1/x, for positive x alone;
    that of abs(x) is x/abs(x), with no value at 0. Simplifying drops the factor 0 also where the other is infinite.

    References
    ----------
    Spivak (2008), Calculus, 4th ed., ch. 10.

    Examples
    --------
    >>> differentiate("x**2*sin(x)")
    '2*x*sin(x) + x**2*cos(x)'
    >>> differentiate("sin(x)/x")
    '(cos(x)*x - sin(x))/x**2'
    >>> differentiate("exp(-t**2/2)", "t")
    '-exp(-t**2/2)*t'
    >>> differentiate("x**2", simplify=False)
    '2*x**(2 - 1)*1'
    """
    if not isinstance(variable, str):
        raise TypeError(f"variable must be a text, got {variable!r}")
    variable = unicodedata.normalize("NFKC", variable)  # as Python does with the names in an expression
    if not variable.isidentifier() or keyword.iskeyword(variable) or variable in _RULES:
        raise ValueError(f"variable must be a name, such as 'x', and none of a function; got {variable!r}")
    try:
        derivative = _derivative(_parse(expression), variable)
        return _text(_simplified(derivative) if simplify else derivative)
    except RecursionError:
        raise ValueError(f"expression must be nested less deeply; its text has {len(expression)} characters") from None


def _parse(expression: str) -> ast.expr:
    """Return the tree of an expression that holds nothing but what the rules know."""
    if not isinstance(expression, str):
        raise TypeError(f"expression must be a text, such as 'x**2', got {expression!r}")
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
        _check(tree)
    except (SyntaxError, MemoryError) as error:
        repair = "; write products with *, as in 2*x, and powers with **"
        raise ValueError(f"expression must be Python, got {expression!r}: {error.args[0]}{repair}") from error
    except RecursionError:
        raise ValueError(f"expression must be nested less deeply; its text has {len(expression)} characters") from None
    return tree


def _check(node: ast.expr) -> None:
    """Refuse a tree with anything that the rules do not know."""
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Pow(), left=left, right=right):
            _check(left)
            _check(right)
        case ast.UnaryOp(op=ast.UAdd() | ast.USub(), operand=operand):
            _check(operand)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in _RULES:
            _check(argument)
        case ast.Name(id=name) if name not in _RULES:
            pass
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            pass
        case ast.Constant(value=float() as value) if math.isfinite(value):
            pass
        case _:
            raise ValueError(f"expression must be made of {', '.join(_KNOWN)}; got {_complaint(node)}")


_KNOWN = ("finite numbers", "names", "+ - * / **", f"functions of one argument ({', '.join(_RULES)})")


def _complaint(node: ast.expr) -> str:
    """Return what is wrong with a tree, and what to write in its place where that can be told."""
    text = ast.unparse(node)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
        return f"{text!r}; write powers with **"
    if isinstance(node, ast.Call):
        return f"{text!r}; {_repair_of_call(node.func)}"
    if isinstance(node, ast.Name):
        return f"the function {text!r} without an argument"
    return f"{text!r} ({type(node).__name__})"


def _repair_of_call(function: ast.expr) -> str:
    """Return what to write in place of a call: a known function, one argument, or a product."""
    name = getattr(function, "id", getattr(function, "attr", ""))
    known = "log" if name == "ln" else name.replace("arc", "a", 1)
    if known in _RULES:
        return f"write {known}(...), with one argument"
    if isinstance(function, ast.Attribute):
        return "there is no such function"
    return "there is no such function; write products with *" if name else "write products with *"


def _text(node: ast.expr) -> str:
    """Return a tree as text, without the spaces around * and /."""
    text = ast.unparse(node)
    for operator in ("**", "*", "/"):
        text = text.replace(f" {operator} ", operator)
    return text


# The rules of differentiation


def _derivative(node: ast.expr, x: str) -> ast.expr:
    """Return the derivative by x, as the rules write it."""
    if not _holds(node, x):
        return ast.Constant(0)
    match node:
        case ast.Name():
            return ast.Constant(1)
        case ast.UnaryOp(op=sign, operand=u):
            return ast.UnaryOp(sign, _derivative(u, x))
        case ast.BinOp(left=u, op=ast.Add() | ast.Sub() as sign_of_v, right=v):
            return ast.BinOp(_derivative(u, x), sign_of_v, _derivative(v, x))
        case ast.BinOp(left=u, op=ast.Mult(), right=v):
            return _rule("du*v + u*dv", u=u, v=v, du=_derivative(u, x), dv=_derivative(v, x))
        case ast.BinOp(left=u, op=ast.Div(), right=v) if not _holds(v, x):
            return ast.BinOp(_derivative(u, x), ast.Div(), v)
        case ast.BinOp(left=u, op=ast.Div(), right=v):
            return _rule("(du*v - u*dv)/v**2", u=u, v=v, du=_derivative(u, x), dv=_derivative(v, x))
        case ast.BinOp(left=u, op=ast.Pow(), right=v):
            return _derivative_of_power(u, v, x)
        case ast.Call(func=ast.Name(id=name), args=[u]):
            outer = _substituted(_RULES[name], {"u": u})
            return ast.BinOp(outer, ast.Mult(), _derivative(u, x))
    raise AssertionError(f"_check let through {ast.dump(node)}")


def _derivative_of_power(u: ast.expr, v: ast.expr, x: str) -> ast.expr:
    if _is(v, 0):
        return ast.Constant(0)  # by the rule below it would have no value where u is 0
    if not _holds(v, x):
        return _rule("v*u**(v - 1)*du", u=u, v=v, du=_derivative(u, x))
    if not _holds(u, x):
        return _rule("u**v*log(u)*dv", u=u, v=v, dv=_derivative(v, x))
    return _rule("u**v*(dv*log(u) + v*(du/u))", u=u, v=v, du=_derivative(u, x), dv=_derivative(v, x))


def _holds(node: ast.expr, x: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == x for part in ast.walk(node))


def _rule(text: str, **parts: ast.expr) -> ast.expr:
    """Return the tree of a rule with the parts put in."""
    tree: ast.expr = _substituted(ast.parse(text, mode="eval").body, parts)
    return tree


def _substituted(node: Any, parts: dict[str, ast.expr]) -> Any:
    match node:
        case ast.Name(id=name):
            return parts.get(name, node)
        case ast.BinOp(left=left, op=op, right=right):
            return ast.BinOp(_substituted(left, parts), op, _substituted(right, parts))
        case ast.UnaryOp(op=op, operand=operand):
            return ast.UnaryOp(op, _substituted(operand, parts))
        case ast.Call(func=function, args=[argument]):
            return ast.Call(function, [_substituted(argument, parts)], [])
    return node


def _simplified(node: ast.expr) -> ast.expr:
    """Return an equal tree without zeros, ones, signs that cancel, operations of whole numbers, and like terms."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return _simplified_operation(_simplified(left), op, _simplified(right))
        case ast.UnaryOp(op=op, operand=operand):
            operand = _simplified(operand)
            return operand if isinstance(op, ast.UAdd) else _negated(operand)
        case ast.Call(func=function, args=[argument]):
            return ast.Call(function, [_simplified(argument)], [])
    return node


def _simplified_operation(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.expr:
    a, b = _whole_number(left), _whole_number(right)
    if a is not None and b is not None and isinstance(op, (ast.Add, ast.Sub, ast.Mult)):
        value = a + b if isinstance(op, ast.Add) else a - b if isinstance(op, ast.Sub) else a * b
        return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))
    match op:
        case ast.Add() | ast.Sub() if _is(right, 0):
            return left
        case ast.Add() if _is(left, 0):
            return right
        case ast.Sub() if _is(left, 0):
            return _negated(right)
        case ast.Mult() if _is(left, 0) or _is(right, 0):
            return ast.Constant(0)
        case ast.Div() if _is(left, 0):
            return ast.Constant(0)
        case ast.Mult() if _is(left, 1):
            return right
        case ast.Mult() | ast.Div() | ast.Pow() if _is(right, 1):
            return left
        case ast.Pow() if _is(right, 0):
            return ast.Constant(1)
    return _collected(left, op, right) or _with_one_sign(left, op, right)


# Whole factors, and terms that differ by them alone


def _collected(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.expr | None:
    """Return an operation with two whole factors made one, or with like terms put together; None if it has no such."""
    match op:
        case ast.Add():
            return _sum([*_terms(left), *_terms(right)])
        case ast.Sub():
            return _sum([*_terms(left), *_terms(right, -1)])
        case ast.Mult():
            times, (number, rest) = _whole_number(left), _factored(right)
            return None if times is None or number == 1 else _multiple(times * number, rest)  # 3*(2*x) is 6*x
        case ast.Div():
            divisor, (number, rest) = _whole_number(right), _factored(left)
            divides = divisor and number % divisor == 0
            return _multiple(number // divisor, rest) if divisor and divides else None  # 2*x/2 is x
    return None


def _sum(terms: list[tuple[int, ast.expr]]) -> ast.expr | None:
    """Return the sum of whole multiples with like terms put together, None if there are none."""
    unlike: dict[str, tuple[int, ast.expr]] = {}
    for number, rest in terms:
        before, _ = unlike.get(ast.dump(rest), (0, rest))
        unlike[ast.dump(rest)] = before + number, rest
    if len(unlike) == len(terms):
        return None
    total: ast.expr = ast.Constant(0)
    for number, rest in unlike.values():
        if _is(total, 0):
            total = _multiple(number, rest)
        elif number:
            total = ast.BinOp(total, ast.Add() if number > 0 else ast.Sub(), _multiple(abs(number), rest))
    return total


def _terms(node: ast.expr, sign: int = 1) -> list[tuple[int, ast.expr]]:
    """Return the terms of a sum, each as a whole number and what it multiplies."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
            return [*_terms(left, sign), *_terms(right, sign if isinstance(op, ast.Add) else -sign)]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _terms(operand, -sign)
    number, rest = _factored(node)
    return [(sign * number, rest)]


def _factored(node: ast.expr) -> tuple[int, ast.expr]:
    """Return the whole number that a product or quotient begins with, and the rest of it; 1 if there is no number."""
    number = _whole_number(node)
    if number is not None:
        return number, ast.Constant(1)
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            number, rest = _factored(operand)
            return -number, rest
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
            number, rest = _factored(left)
            return number, right if isinstance(op, ast.Mult) and _is(rest, 1) else ast.BinOp(rest, op, right)
    return 1, node


def _multiple(number: int, node: ast.expr) -> ast.expr:
    """Return a whole number times a tree; the number joins the first factor, which needs no brackets then."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div)):
        return ast.BinOp(_multiple(number, node.left), node.op, node.right)
    factor = ast.Constant(number) if number >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-number))
    return _negated(node) if number == -1 else _simplified_operation(factor, ast.Mult(), node)


def _with_one_sign(left: ast.expr, op: ast.operator, right: ast.expr) -> ast.expr:
    """Return an operation without a minus sign after another sign, that of a product or quotient in front."""
    of_left, of_right = _without_minus(left), _without_minus(right)
    match op:
        case ast.Add() if of_right is not None:
            return ast.BinOp(left, ast.Sub(), of_right)
        case ast.Sub() if of_right is not None:
            return ast.BinOp(left, ast.Add(), of_right)
        case ast.Mult() | ast.Div() if of_left is not None or of_right is not None:
            unsigned = _simplified_operation(of_left or left, op, of_right or right)
            return unsigned if of_left and of_right else _with_minus_in_front(unsigned)
    return ast.BinOp(left, op, right)


def _negated(node: ast.expr) -> ast.expr:
    """Return minus a tree."""
    return node if _is(node, 0) else _without_minus(node) or ast.UnaryOp(ast.USub(), node)


def _with_minus_in_front(node: ast.expr) -> ast.expr:
    """Return minus a tree; the first factor of a product or quotient gets the sign, which needs no brackets then."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Mult, ast.Div)):
        return ast.BinOp(_with_minus_in_front(node.left), node.op, node.right)
    return _negated(node)


def _without_minus(node: ast.expr) -> ast.expr | None:
    """Return a tree that begins with a minus sign without it, None if it begins with none."""
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return operand
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
            positive = _without_minus(left)
            return None if positive is None else ast.BinOp(positive, op, right)
    return None


def _whole_number(node: ast.expr) -> int | None:
    match node:
        case ast.Constant(value=int() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return -value
    return None


def _is(node: ast.expr, value: int) -> bool:
    return isinstance(node, ast.Constant) and node.value == value
