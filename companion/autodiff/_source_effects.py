"""What a transformed program cannot repeat: changes within objects, and functions whose result changes.

The transformed program makes a new value where Python changes one in place, and runs called functions a second time on
the way back. Whether that gives the same, only the run can tell: the program checks it there.
"""

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np

from companion.autodiff._source_program import UNKNOWN, Activity, Source, is_python_function
from companion.autodiff._source_rules import literal

# Methods by which a list, a set or a dictionary changes.
_CHANGING = frozenset(
    {
        *("append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse", "add", "discard", "update"),
        *("popitem", "setdefault"),
    }
)
_CONTAINERS = (list, set, dict)
# Functions that give the same again, beside those that expressions may repeat.
_STEADY: frozenset[Any] = frozenset({np.sum, np.where, np.dot, np.zeros, np.ones, np.eye, np.arange, np.linspace})
_DISPLAYS = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)


def check_calls(source: Source) -> None:
    """Complain of a call that surely changes an object, since the way back reads it as it was before."""
    nodes = [node for statement in source.body for node in ast.walk(statement)]
    # A call whose result is not used has its own complaint.
    alone = [node.value for node in nodes if isinstance(node, ast.Expr)]
    for call in (node for node in nodes if isinstance(node, ast.Call) and node not in alone):
        method = call.func if isinstance(call.func, ast.Attribute) else None
        if method is not None and method.attr in _CHANGING and _is_container(method.value, source):
            source.refuse(call, f"{method.attr} changes an object", "make a new one, or read it by index")
        if any(keyword.arg == "out" and not isinstance(keyword.value, ast.Constant) for keyword in call.keywords):
            source.refuse(call, "a result written into an array", "assign it to a variable of its own")


def _is_container(expression: ast.expr, source: Source) -> bool:
    """Tell whether an expression is surely a list, a set or a dictionary."""
    if isinstance(expression, ast.Name) and expression.id in source.locals:
        values = [value for name, value in assignments(source) if name == expression.id]
        return bool(values) and all(isinstance(value, _DISPLAYS) for value in values)
    return isinstance(expression, _DISPLAYS) or isinstance(source.resolve(expression), _CONTAINERS)


def assignments(source: Source, loops: bool = True) -> Iterator[tuple[str, ast.expr]]:
    """Give every variable with every expression that is assigned to it, or that it runs through in *loops*."""
    for node in (node for statement in source.body for node in ast.walk(statement)):
        if loops or not isinstance(node, ast.For):
            yield from _assigned_by(node)


def _assigned_by(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _pairs(target, node.value)
    elif isinstance(node, ast.AnnAssign | ast.AugAssign) and node.value is not None:
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


# --- two names for one object ---


def changeable(source: Source, activity: Activity) -> set[str]:
    """Return the variables that may hold an array or a list which ``c += 1`` changes in Python, under all its names.

    Numbers are not changed. What depends on the arguments is a new value here, as on the tape.
    """
    names = {*source.parameters} - {*activity.inputs}
    for name, value in assignments(source):
        if not (activity.has_derivative(value) or _is_number(value, source)):
            names.add(name)
    return names


def _is_number(expression: ast.expr, source: Source) -> bool:
    """Tell whether an expression is surely a number (or a range, for the variable of a loop)."""
    match expression:
        case ast.BinOp(left=left, right=right):
            return _is_number(left, source) and _is_number(right, source)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand, source)
        case ast.Call(func=func):
            function = source.resolve(func)
            return any(function is known for known in (len, int, float, range))
        case ast.Name():
            return isinstance(source.resolve(expression), int | float)
    return literal(expression) is not None


def unshared(names: Collection[str], place: str, value: Any, variables: Mapping[str, Any], scope: Any) -> None:
    """Complain if a value, that a statement changes, has another name, or is in an object that has one.

    *place* is function, line and statement; *names* are those that the function uses, *variables* its own and *scope*
    the ones around it.
    """
    where, statement = place.split(": ", 1)
    name = statement.split()[0]
    if not (isinstance(value, _CONTAINERS) or (isinstance(value, np.ndarray) and value.ndim)):
        return
    for other in sorted(names):
        held = variables.get(other, scope.get(other))
        if other != name and any(_share(value, part) for part in [held, *_entries(held)]):
            operator = statement.split()[1]
            kind = "an array" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
            raise TypeError(
                f"{where}: `{statement}` changes {kind} that {name} shares with another name, {other}; write "
                f"{name} = {name} {operator[:-1]} ..., or copy it first"
            )


def _entries(held: Any) -> Collection[Any]:
    if isinstance(held, dict):
        return held.values()
    return held if isinstance(held, list | tuple | set) else ()


def _share(a: Any, b: Any) -> bool:
    if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)):
        return a is b
    return np.may_share_memory(a, b) and np.shares_memory(a, b)


# --- functions that run again ---


def is_steady(source: Source, seen: frozenset[Any] = frozenset()) -> bool:
    """Tell whether the functions that one calls surely give the same again, as it does itself then."""
    nodes = [node for statement in source.body for node in ast.walk(statement)]
    known = seen | {source.function}
    return all(source.is_repeatable_node(node) or _calls_steady(node, source, known) for node in nodes)


def _calls_steady(node: ast.AST, source: Source, seen: frozenset[Any]) -> bool:
    function: Any = source.resolve(node.func) if isinstance(node, ast.Call) else UNKNOWN
    if not is_python_function(function):
        return any(function is known for known in _STEADY)
    if function in seen:
        return True
    try:
        called = Source(function)
        return not _may_change_arguments(called) and is_steady(called, seen)
    except TypeError:  # it cannot be read
        return False


def _may_change_arguments(source: Source) -> bool:
    """Tell whether a function has a ``c += 1`` for which c may be an array of its caller."""
    nodes = [node for statement in source.body for node in ast.walk(statement)]
    changed = {
        node.target.id for node in nodes if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    others = {
        name
        for node in nodes
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.For)
        for name, value in _assigned_by(node)
        if not isinstance(value, ast.BinOp | ast.UnaryOp | ast.Constant)
    }
    return bool(changed & ({*source.parameters} | others))


def same(name: str, again: Any, value: Any) -> None:
    """Complain if a called function has another value, on the way back, than on the way forward."""
    if np.array_equal(again, value):
        return
    if np.shape(again) != np.shape(value) or not np.allclose(again, value, rtol=1e-9, atol=0.0, equal_nan=True):
        raise ValueError(
            f'{name} gave another value when it was run again, on the way back: mode="source" takes pure functions '
            'only; call what changes outside of it and pass the result, or use mode="tape"'
        )
