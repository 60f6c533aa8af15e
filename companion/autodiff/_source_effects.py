"""What a transformed program could not repeat: changes within objects, and calls whose result changes.

The transformed program makes a new value where Python changes one in place, reads variables again on the way back, and
runs called functions a second time. What would not give the same is refused.
"""

import ast
import types
from collections.abc import Iterator
from typing import Any

from companion.autodiff._source_program import UNKNOWN, Activity, Source, is_python_function
from companion.autodiff._source_rules import elementary_name, literal

# Methods that change their object: those of lists, sets, dictionaries and arrays, and the shuffling of a generator.
_CHANGING = frozenset(
    {
        *("append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse", "add", "discard", "update"),
        *("popitem", "setdefault", "fill", "put", "partition", "resize", "shuffle"),
    }
)
# Methods that give the same whenever they are called on the same object.
_STEADY = frozenset(
    {
        *("items", "keys", "values", "get", "index", "count", "copy", "sum", "mean", "min", "max", "prod", "std"),
        *("var", "any", "all", "argmax", "argmin", "reshape", "ravel", "transpose", "dot", "astype", "item", "tolist"),
    }
)
# Functions and methods whose result shares its entries with their argument.
_VIEWS = frozenset(
    {
        *("reshape", "ravel", "transpose", "swapaxes", "moveaxis", "squeeze", "expand_dims", "view", "diagonal"),
        *("flip", "asarray", "atleast_1d", "atleast_2d", "broadcast_to"),
    }
)
_CHANGING_MODULES = frozenset({"random", "secrets", "time", "datetime", "uuid", "os"})


def check_calls(source: Source) -> None:
    """Complain of a call that changes an object, since the way back reads it as it was before."""
    nodes = [node for statement in source.body for node in ast.walk(statement)]
    # A call whose result is not used has its own complaint.
    alone = [node.value for node in nodes if isinstance(node, ast.Expr)]
    for call in (node for node in nodes if isinstance(node, ast.Call) and node not in alone):
        method = call.func.attr if isinstance(call.func, ast.Attribute) and source.resolve(call.func) is UNKNOWN else ""
        if method in _CHANGING:
            source.refuse(call, f"{method} changes an object", "make a new one, or read it by index")
        if any(keyword.arg == "out" and not isinstance(keyword.value, ast.Constant) for keyword in call.keywords):
            source.refuse(call, "a result written into an array", "assign it to a variable of its own")


def may_be_shared(name: str, source: Source, activity: Activity) -> bool:
    """Tell whether a variable may hold an array that has another name: ``c += 1`` changes it under both in Python."""
    assigned = list(_assignments(source))
    own = [value for target, value in assigned if target == name]
    numbers = _numbers(source)
    # What depends on the arguments is a new value here, as on the tape.
    arrays = [value for value in own if not (activity.has_derivative(value) or _is_number(value, source, numbers))]
    held = any(name in _held(value) for target, value in assigned if target != name)
    return bool(arrays) and (held or any(map(_held, arrays)))


def refusal_of_shared(node: ast.AugAssign, name: str, source: Source) -> ast.Raise:
    """Return the statement by which the transformed program refuses to change an array that has two names."""
    message = (
        f"{source.name}, line {node.lineno}: `{ast.unparse(node)}` changes an array that {name} shares with another "
        f"name; write {name} = {name} + ..., or copy it first"
    )
    error = ast.Call(ast.Name("TypeError", ast.Load()), [ast.Constant(message)], [])
    return ast.Raise(error)


def _assignments(source: Source) -> Iterator[tuple[str, ast.expr]]:
    """Give every variable with every expression that is assigned to it, or that it runs through in a loop."""
    for node in (node for statement in source.body for node in ast.walk(statement)):
        if isinstance(node, ast.Assign):
            first, *others = node.targets
            yield from _pairs(first, node.value)
            for target in others:  # a = b = c gives both one object
                yield from _pairs(target, first)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            yield from _pairs(node.target, node.value)
        elif isinstance(node, ast.For):
            yield from _pairs(node.target, node.iter)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple | ast.List):
        entries = value.elts if isinstance(value, ast.Tuple | ast.List) else []
        values = entries if len(entries) == len(target.elts) else [value] * len(target.elts)
        for part, entry in zip(target.elts, values, strict=True):
            yield from _pairs(part, entry)


def _held(expression: ast.expr) -> set[str]:
    """Return the variables whose object, or a part of it, an expression may be."""
    match expression:
        case ast.Name(id=name):
            return {name}
        case ast.Subscript(value=value) | ast.Starred(value=value):
            return _held(value)
        case ast.Attribute(value=value, attr=attr):
            return set() if attr in ("shape", "ndim", "size") else _held(value)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts) | ast.Dict(values=parts):
            return set().union(*map(_held, parts))
        case ast.IfExp(body=first, orelse=second):
            return _held(first) | _held(second)
        case ast.Call(func=ast.Attribute(value=value, attr=attr), args=args) if attr in _VIEWS:
            return set().union(*map(_held, [value, *args]))
    return set()


def _numbers(source: Source) -> set[str]:
    """Return the variables that are surely numbers: whatever is assigned to them is one."""
    assigned = list(_assignments(source))
    numbers = {name for name, _ in assigned} - {*source.parameters}
    size = -1
    while size != len(numbers):
        size = len(numbers)
        numbers -= {name for name, value in assigned if not _is_number(value, source, numbers)}
    return numbers


def _is_number(expression: ast.expr, source: Source, numbers: set[str]) -> bool:
    """Tell whether an expression is surely a number (or a range, for the variable of a loop)."""
    match expression:
        case ast.Name(id=name):
            return name in numbers or isinstance(source.resolve(expression), int | float)
        case ast.BinOp(left=left, right=right):
            return _is_number(left, source, numbers) and _is_number(right, source, numbers)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand, source, numbers)
        case ast.Call(func=func, args=args):
            function = source.resolve(func)
            if any(function is known for known in (len, int, float, round, range)):
                return True
            of_numbers = elementary_name(function) or any(function is known for known in (max, min, pow))
            return bool(of_numbers) and all(_is_number(x, source, numbers) for x in args)
    return literal(expression) is not None


def check_repeatable(source: Source) -> None:
    """Complain of a call whose result may change from one run of a function to the next."""
    call = changing_call(source, set())
    if call is not None:
        source.refuse(
            call,
            "its result may change when the function runs again, on the way back",
            f"call it outside of {source.name}, and pass the result",
        )


def changing_call(source: Source, seen: set[Any]) -> ast.Call | None:
    """Return a call in a function, or in those that it calls, whose result may change; None if there is none."""
    for call in (node for statement in source.body for node in ast.walk(statement) if isinstance(node, ast.Call)):
        function = source.resolve(call.func)
        if function is UNKNOWN:
            steady = isinstance(call.func, ast.Attribute) and call.func.attr in _STEADY
        elif is_python_function(function):
            steady = function in seen or _is_steady(function, {*seen, function})
        else:
            # A method such as numpy.random.normal belongs to an object, its generator; a function to its module.
            owner = getattr(function, "__self__", None)
            module = str(getattr(function, "__module__", "")).partition(".")[0]
            steady = (owner is None or isinstance(owner, types.ModuleType)) and module not in _CHANGING_MODULES
            steady = steady and function is not next and function is not input
        if not steady:
            return call
    return None


def _is_steady(function: Any, seen: set[Any]) -> bool:
    try:
        return changing_call(Source(function), seen) is None
    except TypeError:  # it cannot be read
        return True
