"""Reading a Python function for the source transformation: its source, its names, what in it has a derivative."""

import ast
import builtins
import functools
import inspect
import math
import operator
import pathlib
import types
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, NoReturn

import numpy as np

from companion.autodiff._rules import PREDICATES
from companion.autodiff._source_rules import STEPS, elementary_name
from companion.autodiff._tracked import Function

# Functions whose result has no derivative, whatever they are called on: counts, shapes and answers.
_FLAT: frozenset[Any] = PREDICATES | STEPS | {len, range, isinstance, bool, np.shape, np.ndim, np.size, math.isfinite}
# Functions that may be called a second time with the same result. Those that run through their argument are not among
# them: it may be an iterator.
_REPEATABLE = frozenset({abs, bool, float, int, isinstance, len, pow, range, round})
_FOLDER = str(pathlib.Path(__file__).parent)
UNKNOWN = object()
"""What a name stands for that is bound when the function runs."""


class Source:
    """The definition of a function, and what the names in it mean."""

    def __init__(self, function: Function) -> None:
        if not isinstance(function, types.FunctionType):
            raise TypeError(
                f"{_named(function)} cannot be transformed: it is a {type(function).__name__}, not a Python function "
                "with source code. Write a function (def or lambda) that calls it"
            )
        if is_ours(function):
            raise TypeError(
                f"{_named(function)} cannot be transformed: companion.autodiff made it (lift, checkpoint, custom_root, "
                'grad, ...), and mode "source" reads the text of your functions. Take mode "tape" or "dual"'
            )
        self.function = function
        self.node = _definition(function)
        self.name = self._readable_name()
        self.parameters = self._checked_parameters()
        body = self.node.body
        self.body = [ast.copy_location(ast.Return(body), body)] if isinstance(body, ast.expr) else body
        self.locals = {*self.parameters, *assigned_names(self.body)}
        self.names = {*self.parameters} | {name for s in self.body for name in names_in(s)}
        self.original_names = frozenset(self.names)
        self.code, self.scope = function.__code__, _namespace(function)
        self.meanings = self._meanings(self.scope)
        for node in (node for statement in self.body for node in ast.walk(statement)):
            if isinstance(node, ast.NamedExpr):
                self.refuse(node, "an assignment within an expression", "assign on a line of its own")
            if isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await)):
                self.refuse(node, "a function that pauses", "return the result")

    def _readable_name(self) -> str:
        name = self.function.__name__
        return name if name.isidentifier() else "f"

    def _checked_parameters(self) -> list[str]:
        arguments = self.node.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
            self.refuse(self.node, "a parameter with * or after one", "give every input a parameter of its own")
        parameters = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
        if not parameters:
            self.refuse(self.node, "a function without parameters", "differentiate by a parameter")
        return parameters

    def _meanings(self, scope: dict[str, Any]) -> list[Any]:
        nodes = (node for statement in self.body for node in ast.walk(statement))
        return [self.resolve(node, scope) for node in nodes if isinstance(node, (ast.Name, ast.Attribute))]

    def is_current(self) -> bool:
        """Tell whether the function, and what the names in it mean, is still the same."""
        now = self._meanings(_namespace(self.function))
        return self.code is self.function.__code__ and all(map(operator.is_, self.meanings, now))

    def refuse(self, node: ast.AST, what: str, repair: str) -> NoReturn:
        """Complain of a construct that has no rule."""
        line = getattr(node, "lineno", self.function.__code__.co_firstlineno)
        code = "" if isinstance(node, (ast.FunctionDef, ast.Lambda)) else f" `{_first_line(node)}`"
        raise TypeError(f"{self.name}, line {line}:{code} cannot be transformed ({what}); {repair}")

    def resolve(self, expression: ast.expr, scope: dict[str, Any] | None = None) -> Any:
        """Return the object that a name or a dotted name means, UNKNOWN if only a run can tell."""
        if isinstance(expression, ast.Attribute):
            owner = self.resolve(expression.value, scope)
            if not isinstance(owner, types.ModuleType):
                return UNKNOWN
            return getattr(owner, expression.attr, UNKNOWN)
        if not isinstance(expression, ast.Name) or expression.id in self.locals:
            return UNKNOWN
        return (scope or self.scope).get(expression.id, getattr(builtins, expression.id, UNKNOWN))

    def module_alias(self, module: types.ModuleType, usual: str) -> str:
        """Return the name that the function has for a module, or a free one, which is then entered."""
        for name in (usual, *sorted(self.names)):
            if name not in self.locals and self.scope.get(name) is module:
                return name
        return self.helper(usual, module)

    def helper(self, usual: str, value: Any) -> str:
        """Return a name for a value that the transformed program needs, and enter it."""
        name = usual
        while name in self.names and self.scope.get(name) is not value:
            name += "_"
        self.names.add(name)
        self.scope[name] = value
        return name

    def fresh(self, usual: str) -> str:
        """Return *usual* or, where it is taken, a name like it, as that of a new variable."""
        while usual in self.names or usual in dir(builtins):
            usual += "_"
        self.names.add(usual)
        return usual

    def is_repeatable(self, expression: ast.expr) -> bool:
        """Tell whether to evaluate an expression without derivative again gives the same, while its variables do."""
        return all(map(self.is_repeatable_node, ast.walk(expression)))

    def is_repeatable_node(self, node: ast.AST) -> bool:
        """Tell whether a part of an expression is no call, or one of a function that surely gives the same again."""
        if not isinstance(node, ast.Call):
            return not isinstance(node, (ast.comprehension, ast.Starred))  # they may run through an iterator
        f = self.resolve(node.func)
        if f is max or f is min:
            return len(node.args) > 1
        return isinstance(f, np.ufunc) or _in(f, _REPEATABLE) or _in(f, _FLAT) or elementary_name(f) is not None

    def defaults(self) -> dict[str, Any]:
        """Return the default values of the parameters that have one."""
        values = self.function.__defaults__ or ()
        return dict(zip(self.parameters[len(self.parameters) - len(values) :], values, strict=True))

    def counts(self) -> set[str]:
        """Return the parameters that say how often or where, in a range or an index: they have no derivative."""
        inside: list[ast.expr] = []
        for statement in self.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and self.resolve(node.func) is range:
                    inside += node.args
                elif isinstance(node, ast.Subscript):
                    inside.append(node.slice)
        return {name for expression in inside for name in _integers_in(expression)} & {*self.parameters}


def _in(x: Any, collection: frozenset[Any]) -> bool:
    try:
        return x in collection
    except TypeError:  # not hashable
        return False


def _named(function: Any) -> str:
    return str(getattr(function, "__name__", repr(function)))


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).splitlines()[0]


def _integers_in(expression: ast.expr | None) -> Iterator[str]:
    """Give the names in an index: those in sums, products and integer quotients, not those inside of calls."""
    if isinstance(expression, ast.Name):
        yield expression.id
    elif isinstance(expression, ast.BinOp) and not isinstance(expression.op, (ast.Div, ast.Pow)):
        yield from _integers_in(expression.left)
        yield from _integers_in(expression.right)
    elif isinstance(expression, ast.UnaryOp):
        yield from _integers_in(expression.operand)
    elif isinstance(expression, ast.Slice):
        for part in (expression.lower, expression.upper, expression.step):
            yield from _integers_in(part)


def names_in(node: ast.AST) -> set[str]:
    """Return the names in an expression or statement."""
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def assigned_names(statements: Iterable[ast.AST]) -> set[str]:
    """Return the names that statements bind."""
    nodes = [node for statement in statements for node in ast.walk(statement)]
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _namespace(function: types.FunctionType) -> dict[str, Any]:
    """Return the globals of a function, and the variables of those around it."""
    values = dict(function.__globals__)
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            values[name] = cell.cell_contents
        except ValueError:  # not yet bound
            continue
    return values


def _definition(function: types.FunctionType) -> ast.FunctionDef | ast.Lambda:
    """Return the syntax tree of a function, found in its file (or cell) by its position."""
    code = function.__code__
    try:
        lines, _ = inspect.findsource(code)
        nodes = _definitions("".join(lines))
    except (OSError, SyntaxError):
        nodes = ()
    found = [node for node in nodes if _defines(node, code)]
    if found:
        # A lambda lies within others: the innermost, whose body begins last, is the one.
        return max(found, key=lambda node: _span(node.body) if isinstance(node, ast.Lambda) else ())
    raise TypeError(
        f"{function.__name__} cannot be transformed: its source code was not found. Define it in a file or in a "
        "cell of a notebook, by def or lambda"
    )


def _defines(node: ast.FunctionDef | ast.Lambda, code: types.CodeType) -> bool:
    """Tell whether a definition may be that of a code; for a lambda, whether its body holds all places of the code."""
    if isinstance(node, ast.FunctionDef):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        return node.name == code.co_name and first == code.co_firstlineno
    begin, end = _span(node.body)
    # Instructions that stand for no text have no place, or one without width.
    places = [((line, column), (last, until)) for line, last, column, until in code.co_positions() if until]
    parameters = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    return (
        code.co_name == "<lambda>"
        and [*code.co_varnames[: code.co_argcount]] == parameters
        and bool(places)
        and all(begin <= place and until <= end for place, until in places)
    )


def _span(node: ast.expr) -> tuple[tuple[int, int], tuple[int, int]]:
    return (node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0)


@functools.lru_cache(maxsize=32)
def _definitions(text: str) -> tuple[ast.FunctionDef | ast.Lambda, ...]:
    return tuple(node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.FunctionDef, ast.Lambda)))


class Activity:
    """Which variables and expressions depend on the arguments, so that they carry a derivative ("active")."""

    def __init__(self, source: Source, wanted: Collection[int] | None = None) -> None:
        self.source = source
        self.counts = source.counts()
        # The parameters that are differentiated: all, or those at the positions *wanted*, but for counts.
        chosen = [name for i, name in enumerate(source.parameters) if wanted is None or i in wanted]
        self.inputs = [name for name in chosen if name not in self.counts]
        self.names = {*self.inputs}
        if not self.names:
            counting = (
                "all parameters count" if len(chosen) == len(source.parameters) else f"{', '.join(chosen)} counts"
            )
            source.refuse(source.node, f"{counting}, in a range or an index", "differentiate by another one")
        size = -1
        while size < len(self.names):
            size = len(self.names)
            for statement in source.body:
                self._spread(statement)
        mixed = sorted(self.names & self.counts)
        if mixed:
            source.refuse(
                source.node, f"{mixed[0]} counts and is differentiated", "use one variable to count and another to vary"
            )

    def _spread(self, statement: ast.stmt) -> None:
        """Mark the variables that a statement makes active."""
        for node in ast.walk(statement):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._assign(target, node.value)
            elif isinstance(node, (ast.AnnAssign, ast.AugAssign)) and node.value is not None:
                self._assign(node.target, node.value)
            elif isinstance(node, ast.For):
                self._assign(node.target, node.iter)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        entries = value.elts if isinstance(value, (ast.Tuple, ast.List)) else None
        if isinstance(target, ast.Tuple) and entries is not None and len(entries) == len(target.elts):
            for part, entry in zip(target.elts, entries, strict=True):
                self._assign(part, entry)
        elif self.has_derivative(value):
            self.names |= assigned_names([target])

    def has_derivative(self, expression: ast.expr) -> bool:
        """Tell whether the value of an expression depends on the arguments other than in steps."""
        match expression:
            case ast.Name(id=name):
                return name in self.names
            case ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return False
            case ast.IfExp(body=body, orelse=orelse):
                return self.has_derivative(body) or self.has_derivative(orelse)
            case ast.Subscript(value=value):
                return self.has_derivative(value)
            case ast.Attribute(value=value, attr=attr):
                return attr not in ("shape", "ndim", "size") and self.has_derivative(value)
            case ast.Call(func=func) if _in(self.source.resolve(func), _FLAT):
                return False
        children = [node for node in ast.walk(expression) if node is not expression]
        if isinstance(expression, (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Call, ast.Tuple, ast.List)):
            return any(map(self.has_derivative, operands_of(expression)))
        return any(isinstance(node, ast.Name) and node.id in self.names for node in children)


def operands_of(expression: ast.expr) -> list[ast.expr]:
    """Return the expressions directly inside one."""
    inner = [child for child in ast.iter_child_nodes(expression) if isinstance(child, ast.expr)]
    return inner + [keyword.value for keyword in getattr(expression, "keywords", [])]


def is_python_function(function: Any) -> bool:
    """Tell whether a called function is one whose source can be transformed in turn."""
    return isinstance(function, types.FunctionType) and not _is_library(function)


def is_ours(function: Any) -> bool:
    """Tell whether a function is a part of this package, such as what `lift` returns."""
    return isinstance(function, types.FunctionType) and function.__code__.co_filename.startswith(_FOLDER)


def _is_library(function: Callable[..., Any]) -> bool:
    # NumPy's functions on arrays have Python wrappers, which end in compiled code.
    return is_ours(function) or str(getattr(function, "__module__", "")).partition(".")[0] in ("numpy", "scipy", "math")
