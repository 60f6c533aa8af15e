"""The language of the source transformation: one elementary step a statement, and the way to it from Python."""

import ast
import copy
import functools
import math
import types
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

import numpy as np

from companion.autodiff._rules import _sech2
from companion.autodiff._source_effects import assignments, changeable, check_calls, is_steady, unshared
from companion.autodiff._source_program import (
    UNKNOWN,
    Activity,
    Source,
    assigned_names,
    is_ours,
    is_python_function,
    names_in,
)
from companion.autodiff._source_rules import (
    OPERATORS,
    TEMPLATES,
    T,
    elementary_name,
    literal,
    partial_times_t,
    spelled_in,
)
from companion.autodiff._tracked import Function

_LISTS = (ast.List, ast.Tuple, ast.ListComp)


@dataclass(frozen=True)
class Term:
    """What one operand adds to the tangent of a result: an expression with ``t`` for the operand's tangent."""

    operand: str
    times_t: ast.expr
    meets: bool = False
    """Whether another operand, that may have another shape, takes part."""


@dataclass(frozen=True)
class Assign:
    """``target = value``, an elementary step; without terms, the value is a constant."""

    target: str
    value: ast.expr
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Entry:
    """``target = operand[index]``."""

    target: str
    operand: str
    index: ast.expr


@dataclass(frozen=True)
class Sum:
    """``target = np.sum(operand)``."""

    target: str
    operand: str
    function: ast.expr


@dataclass(frozen=True)
class Unpack:
    """``a, b = operand``."""

    targets: tuple[str, ...]
    operand: str


@dataclass(frozen=True)
class Call:
    """``target = function(...)``, a Python function, to be transformed as well."""

    target: str
    spelled: ast.expr
    function: Function
    args: tuple[ast.expr, ...]
    inputs: tuple[ast.expr, ...]
    """The arguments that are differentiated."""
    wanted: tuple[int, ...]
    """Their positions."""
    lists: tuple[int, ...]
    """The positions of those that may be lists."""


@dataclass(frozen=True)
class Branch:
    """``if test: ... else: ...``."""

    test: ast.expr
    body: "list[Statement]"
    orelse: "list[Statement]"


@dataclass(frozen=True)
class Loop:
    """``for target in items: ...``, where the items have no derivative."""

    target: ast.expr
    items: ast.expr
    body: "list[Statement]"


@dataclass(frozen=True)
class While:
    """``while test: ...``."""

    test: ast.expr
    body: "list[Statement]"


@dataclass(frozen=True)
class Leave:
    """``break``, ``continue``, ``raise ...`` or ``assert ...``, as they stand."""

    node: ast.stmt


@dataclass(frozen=True)
class Return:
    """The end: variables, or expressions without derivative; several in a tuple or list."""

    values: tuple[ast.expr, ...]
    kind: type = object
    """tuple, list, or object for one value."""


@dataclass(frozen=True)
class Check:
    """A call that complains, where a statement would change an array with two names."""

    call: str


Statement: TypeAlias = Assign | Entry | Sum | Unpack | Call | Branch | Loop | While | Leave | Check | Return


@dataclass
class Program:
    """A function in the language of the transformation."""

    source: Source
    inputs: list[str]
    """The parameters that are differentiated."""
    active: set[str]
    counts: set[str]
    body: list[Statement]
    arrays: set[str] = field(default_factory=set)
    """The variables whose entries are taken or summed."""
    is_steady: bool = True
    """Whether the functions that it calls surely give the same again."""

    def silence(self) -> Any:
        """Return weights 0 for the results."""
        result = next(s for s in all_statements(self.body) if isinstance(s, Return))
        return 0.0 if result.kind is object else (0.0,) * len(result.values)


def lowered(function: Function, wanted: Collection[int] | None = None, lists: Collection[int] = ()) -> Program:
    """Return a Python function in the language of the transformation.

    *wanted* and *lists* are positions of parameters: those to differentiate by, and those that may be lists.
    """
    return Lowering(Source(function), wanted, lists).program()


def name_of(name: str) -> ast.Name:
    """Return the expression of a variable."""
    return ast.Name(name, ast.Load())


class Lowering:
    """Splits the statements of a function into elementary steps."""

    def __init__(self, source: Source, wanted: Collection[int] | None, lists: Collection[int]) -> None:
        self.source = source
        self.activity = Activity(source, wanted)
        check_calls(source)
        self.changeable = changeable(source, self.activity)
        self.lists = {name for name, value in assignments(source, loops=False) if isinstance(value, _LISTS)}
        self.lists |= {source.parameters[i] for i in lists} - self.activity.counts
        self.unshared = functools.partial(unshared, source.original_names)
        self.is_steady = is_steady(source)
        self.arrays: set[str] = set()
        self.out: list[Statement] = []
        # The inputs are w1, w2, ...: the steps are numbered from there, as in the literature.
        self.number = len(source.parameters)

    def program(self) -> Program:
        """Return the whole function."""
        body = self.block(self.source.body)
        if not ends(body):
            self.source.refuse(self.source.node, "a path without a result", "end every path in return")
        if not any(isinstance(statement, Return) for statement in all_statements(body)):
            self.source.refuse(self.source.node, "no path with a result", "end a path in return")
        activity = self.activity
        return Program(self.source, activity.inputs, activity.names, activity.counts, body, self.arrays, self.is_steady)

    def block(self, statements: Sequence[ast.stmt]) -> list[Statement]:
        """Return statements, lowered."""
        outer, self.out = self.out, []
        for statement in statements:
            self._statement(statement)
        done, self.out = self.out, outer
        return done

    # --- statements ---

    def _statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                self._assign_all(targets, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value)
            case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
                self._check_if_shared(node, name)
                total = ast.copy_location(ast.BinOp(name_of(name), op, value), node)
                self._assign(node.target, total)
            case ast.Return(value=ast.expr() as value):
                self._return(value)
            case ast.If(test=test, body=body, orelse=orelse):
                self.out.append(Branch(test, self.block(body), self.block(orelse)))
            case ast.While(test=test, body=body, orelse=[]):
                self.out.append(While(test, self.block(body)))
            case ast.For(orelse=[]):
                self._for(node)
            case ast.Break() | ast.Continue() | ast.Raise() | ast.Assert():
                self.out.append(Leave(node))
            case ast.Pass() | ast.Expr(value=ast.Constant()):
                pass
            case _:
                self._refuse_statement(node)

    def _check_if_shared(self, node: ast.AugAssign, name: str) -> None:
        """Append the check before ``c += 1`` that no other name has the array; what c holds, only the run can tell."""
        if name in self.changeable:
            helper = self.source.helper("unshared", self.unshared)
            place = f"{self.source.name}, line {node.lineno}: {ast.unparse(node)}"
            self.out.append(Check(f"{helper}({place!r}, {name}, locals(), globals())"))

    def _refuse_statement(self, node: ast.stmt) -> None:
        repairs: dict[type[ast.stmt], tuple[str, str]] = {
            ast.AugAssign: ("a change within an array", "make a new variable"),
            ast.For: ("else after a loop", "write the condition out after the loop"),
            ast.While: ("else after a loop", "write the condition out after the loop"),
            ast.Return: ("a return without a value", "return the result"),
            ast.Expr: ("a statement that is called for its effect", "assign its result to a variable"),
            ast.FunctionDef: ("a function within the function", "define it outside"),
        }
        what, repair = repairs.get(
            type(node), (f"a statement of type {type(node).__name__}", "write it with assignments, if, for and while")
        )
        self.source.refuse(node, what, repair)

    def _assign_all(self, targets: Sequence[ast.expr], value: ast.expr) -> None:
        first, *others = targets
        displayed = isinstance(value, (ast.Tuple, ast.List))
        if others and not isinstance(first, ast.Name) and not displayed:  # in a, b = c = x the last is not (a, b)
            value = self._copied(value)
        self._assign(first, value)
        for target in others:
            self._assign(target, _as_value(first) if displayed or isinstance(first, ast.Name) else value)

    def _assign(self, target: ast.expr, value: ast.expr) -> None:
        match target:
            case ast.Name(id=name):
                self._assign_name(name, value)
            case ast.Tuple(elts=elts) if all(isinstance(part, ast.Name) for part in elts):
                self._assign_names([part.id for part in elts if isinstance(part, ast.Name)], target, value)
            case _:
                self.source.refuse(target, "an assignment to a part of a value", "make a new variable")

    def _assign_name(self, name: str, value: ast.expr) -> None:
        if not self.active(value):
            self.out.append(Assign(name, value))
        else:
            self._step(name, value)

    def _assign_names(self, names: list[str], target: ast.expr, value: ast.expr) -> None:
        if not isinstance(value, (ast.Tuple, ast.List)):
            operand = self.variable(value)
            self.arrays.add(operand)
            if operand in names:
                operand = self._copied(name_of(operand)).id
            # In a, a = x the last one stays.
            single = [self._temporary(False) if name in names[i + 1 :] else name for i, name in enumerate(names)]
            self.out.append(Unpack(tuple(single), operand))
            return
        entries: list[ast.expr] = value.elts
        if len(entries) != len(names):
            self.source.refuse(value, f"{len(entries)} values for {len(names)} names", "give each name one value")
        # In a, b = b, a + b the second value is that of the old a.
        if any(name in names_in(entry) for i, name in enumerate(names) for entry in entries[i + 1 :]):
            entries = [self._copied(entry) for entry in entries]
        for name, entry in zip(names, entries, strict=True):
            self._assign_name(name, entry)

    def _for(self, node: ast.For) -> None:
        items, changed = node.iter, assigned_names(node.body)
        if not self.active(items):
            self._check_loop_variables(node)
            self.out.append(Loop(node.target, items, self.block(node.body)))
        elif isinstance(items, ast.Name) and items.id not in changed:
            self.arrays.add(items.id)
            i = name_of(self.source.fresh("i"))
            part = ast.Subscript(items, i, ast.Load())
            body = [ast.copy_location(ast.Assign([node.target], part), node), *node.body]
            self.out.append(Loop(i, ast.parse(f"range(len({items.id}))", mode="eval").body, self.block(body)))
        elif isinstance(items, (ast.Tuple, ast.List)) and not any(_leaves(statement) for statement in node.body):
            # Few entries, each an expression of its own: the loop is written out.
            for value in [x if not names_in(x) & changed else self._copied(x) for x in items.elts]:
                self._assign(node.target, value)
                for statement in node.body:
                    self._statement(statement)
        else:
            self.source.refuse(items, "a loop over differentiated values", "write for i in range(len(x)), with x[i]")

    def _check_loop_variables(self, node: ast.For) -> None:
        """Complain of loop variables with another use: on the way back they take the values of their loop only."""
        everywhere = [n for s in self.source.body for n in ast.walk(s) if isinstance(n, ast.Name)]
        loops = [n for s in self.source.body for n in ast.walk(s) if isinstance(n, ast.For)]
        for name in {n.id for n in ast.walk(node.target) if isinstance(n, ast.Name)}:
            uses = [n for n in everywhere if n.id == name]
            own = [loop for loop in loops if name in names_in(loop.target)]
            inside = [n for loop in own for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id == name]
            stored = sum(isinstance(n.ctx, ast.Store) for n in uses)
            read = any(isinstance(n.ctx, ast.Load) for n in uses)
            if name in self.source.parameters or (read and (stored > len(own) or len(inside) != len(uses))):
                self.source.refuse(
                    node, f"the loop variable {name} has another use", "give each loop a variable of its own"
                )

    def _return(self, value: ast.expr) -> None:
        if not isinstance(value, (ast.Tuple, ast.List)):
            self.out.append(Return((self.atom(value),)))
            return
        values: list[ast.expr] = []
        for entry in value.elts:
            atom = self.atom(entry)
            repeated = isinstance(atom, ast.Name) and atom.id in {name for v in values for name in names_in(v)}
            values.append(self._copied(atom) if repeated else atom)
        self.out.append(Return(tuple(values), tuple if isinstance(value, ast.Tuple) else list))

    # --- expressions ---

    def active(self, expression: ast.expr) -> bool:
        """Tell whether an expression has a derivative."""
        return self.activity.has_derivative(expression)

    def atom(self, expression: ast.expr) -> ast.expr:
        """Return an operand: the name of a variable, or an expression without derivative."""
        if self.active(expression):
            return name_of(self.variable(expression))
        return self._repeatable(expression)

    def _repeatable(self, expression: ast.expr) -> ast.expr:
        """Return an expression without derivative, or the variable that keeps its value if it might not be repeated."""
        looks_inside = any(isinstance(node, ast.Subscript | ast.Attribute) for node in ast.walk(expression))
        if self.source.is_repeatable(expression) and (self.is_steady or not looks_inside):
            return expression
        return self._copied(expression)

    def _operand(self, expression: ast.expr) -> ast.expr:
        """Return an operand of arithmetic, a list as the array that NumPy makes of it: rules compare and negate it."""
        if self.active(expression):
            return self.atom(expression)
        if isinstance(expression, (ast.List, ast.Tuple)):
            asarray = ast.Attribute(name_of(self.source.module_alias(np, "np")), "asarray", ast.Load())
            return self._copied(ast.Call(asarray, [expression], []))
        if isinstance(expression, ast.Name) and self._may_be_list(expression):
            return self._copied(ast.Call(name_of(self.source.helper("operand", operand)), [expression], []))
        return self.atom(expression)

    def _may_be_list(self, name: ast.Name) -> bool:
        """Tell whether a variable without derivative may be a list or tuple."""
        return name.id in self.lists or isinstance(self.source.resolve(name), list | tuple)

    def variable(self, expression: ast.expr) -> str:
        """Return the name of a variable that holds the value of an expression."""
        return expression.id if isinstance(expression, ast.Name) else self._copied(expression).id

    def _copied(self, expression: ast.expr) -> ast.Name:
        """Return a new variable that holds the value of an expression."""
        if self.active(expression):
            return name_of(self._step(None, expression))
        name = self._temporary(False)
        self.out.append(Assign(name, expression))
        return name_of(name)

    def _temporary(self, active: bool) -> str:
        self.number += 1
        name = f"w{self.number}"
        while name in self.source.names:
            self.number += 1
            name = f"w{self.number}"
        self.source.names.add(name)
        if active:
            self.activity.names.add(name)
        return name

    def _step(self, target: str | None, value: ast.expr) -> str:
        """Assign an expression that has a derivative to a variable, a new one if there is no *target*; return it."""
        match value:
            case ast.Name(id=name):
                return self._emit(target, set(), lambda new: Assign(new, value, (Term(name, name_of(T)),)))
            case ast.BinOp(op=op) if type(op) in OPERATORS:
                left, right = self._operand(value.left), self._operand(value.right)
                return self._elementary(target, OPERATORS[type(op)], [left, right], ast.BinOp(left, op, right))
            case ast.UnaryOp(op=op) if type(op) in OPERATORS:
                operand = self.atom(value.operand)
                return self._elementary(target, OPERATORS[type(op)], [operand], ast.UnaryOp(op, operand))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                chosen = target or self._temporary(True)
                self.out.append(Branch(test, self._block_of(chosen, body), self._block_of(chosen, orelse)))
                return chosen
            case ast.Subscript(value=array, slice=index):
                return self._entry(target, array, index)
            case ast.Call():
                return self._call(target, value)
        self._refuse_expression(value)

    def _block_of(self, target: str, value: ast.expr) -> list[Statement]:
        outer, self.out = self.out, []
        self._assign_name(target, value)
        done, self.out = self.out, outer
        return done

    def _refuse_expression(self, node: ast.expr) -> NoReturn:
        repairs: dict[type[ast.expr], tuple[str, str]] = {
            ast.BinOp: ("an operator without a derivative rule", "write it with + - * / ** and np.sum(x * y)"),
            ast.BoolOp: ("and, or between differentiated values", "write a if condition else b"),
            ast.Attribute: ("an attribute of a differentiated value", "call NumPy's functions"),
            ast.Tuple: ("a tuple of differentiated values", "keep them in variables of their own"),
            ast.List: ("a list of differentiated values", "keep them in variables of their own"),
        }
        what, repair = repairs.get(
            type(node), (f"a {type(node).__name__} of differentiated values", "write it with loops and variables")
        )
        self.source.refuse(node, what, repair)

    def _entry(self, target: str | None, array: ast.expr, index: ast.expr) -> str:
        if self.active(index):
            self.source.refuse(index, "an index that depends on the arguments", "compute the index from constants")
        operand = self.variable(array)
        self.arrays.add(operand)
        held = self._repeatable(index)
        return self._emit(target, {operand}, lambda name: Entry(name, operand, held))

    def _elementary(
        self, target: str | None, name: str, operands: list[ast.expr], value: ast.expr, module: str | None = None
    ) -> str:
        """Assign an elementary function of operands, with what each of them adds to the tangent."""

        def spelled(name: str) -> ast.expr:
            return self._spelled(name, module)

        terms = []
        for i, operand in enumerate(operands):
            term = partial_times_t(name, i, operands, spelled) if self.active(operand) else None
            if term is not None and isinstance(operand, ast.Name):
                others = [other for j, other in enumerate(operands) if j != i and literal(other) is None]
                terms.append(Term(operand.id, term, bool(others)))
        return self._emit(target, set(), lambda new: Assign(new, value, tuple(terms)))

    def _spelled(self, name: str, module: str | None) -> ast.expr:
        if module is None:
            used = [value for value in map(self.source.scope.get, self.source.names) if type(value) is types.ModuleType]
            module = "math" if math in used and np not in used else "np"
        alias = self.source.module_alias(math if module == "math" else np, module)
        return spelled_in(module, alias, lambda n: self.source.helper(n, helper_function(n)), name)

    def _call(self, target: str | None, call: ast.Call) -> str:
        function = self.source.resolve(call.func)
        name = "power" if function is pow else elementary_name(function)
        plain = not call.keywords and not any(isinstance(x, ast.Starred) for x in call.args)
        count = len(call.args) if plain else -1
        if name is not None and count == len(TEMPLATES[name]):
            operands = [self._operand(x) for x in call.args]
            module = None if function is abs or function is pow else "np" if isinstance(function, np.ufunc) else "math"
            return self._elementary(target, name, operands, ast.Call(call.func, operands, []), module)
        if (function is max or function is min) and count == 2:
            first, second = (self.atom(x) for x in call.args)
            better = ast.Compare(second, [ast.Gt() if function is max else ast.Lt()], [first])
            return self._step(target, ast.copy_location(ast.IfExp(better, second, first), call))
        if function is np.sum and count == 1:
            operand = self.variable(call.args[0])
            self.arrays.add(operand)
            return self._emit(target, {operand}, lambda name: Sum(name, operand, call.func))
        if function is np.where and count == 3:
            return self._where(target, call)
        if is_python_function(function):
            return self._python_call(target, call, function)
        self._refuse_call(call, function)

    def _where(self, target: str | None, call: ast.Call) -> str:
        if self.active(call.args[0]):
            self.source.refuse(call, "a differentiated condition", "compare it: np.where(x != 0, ...)")
        condition, branches = self.atom(call.args[0]), [self._operand(x) for x in call.args[1:]]
        terms = []
        for i, operand in enumerate(branches):
            if isinstance(operand, ast.Name) and self.active(operand):
                parts: list[ast.expr] = [ast.Constant(0.0), ast.Constant(0.0)]
                parts[i] = name_of(T)
                terms.append(Term(operand.id, ast.Call(call.func, [condition, *parts], []), True))
        value = ast.Call(call.func, [condition, *branches], [])
        return self._emit(target, set(), lambda name: Assign(name, value, tuple(terms)))

    def _python_call(self, target: str | None, call: ast.Call, function: Function) -> str:
        callee = Source(function)
        values = self._arguments(call, callee)
        counts = callee.counts()
        for parameter, value in zip(callee.parameters, values, strict=True):
            if parameter in counts and self.active(value):
                self.source.refuse(call, f"{parameter} of {callee.name} counts", "pass it a constant")
        returned = [node.value for s in callee.body for node in ast.walk(s) if isinstance(node, ast.Return)]
        if any(isinstance(value, (ast.Tuple, ast.List)) for value in returned):
            self.source.refuse(call, f"{callee.name} returns several numbers", "write a function for each")
        args = tuple(self.atom(value) for value in values)
        wanted = tuple(i for i, value in enumerate(values) if self.active(value))
        inputs = tuple(args[i] for i in wanted)
        may_be_lists = [isinstance(x, _LISTS) or (isinstance(x, ast.Name) and self._may_be_list(x)) for x in values]
        lists = tuple(i for i, may_be in enumerate(may_be_lists) if may_be and i not in wanted)
        used = {name for arg in args for name in names_in(arg)}
        return self._emit(target, used, lambda name: Call(name, call.func, function, args, inputs, wanted, lists))

    def _arguments(self, call: ast.Call, callee: Source) -> list[ast.expr]:
        """Return the arguments in the order of the parameters, defaults included."""
        given: dict[str, ast.expr] = dict(zip(callee.parameters, call.args, strict=False))
        given |= {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
        defaults = callee.defaults()
        for name in callee.parameters:
            if name not in given and name in defaults:
                given[name] = name_of(self.source.helper(f"{name}_default", defaults[name]))
        spread = [x for x in call.args if isinstance(x, ast.Starred)] + [k for k in call.keywords if k.arg is None]
        if spread or set(given) != set(callee.parameters) or len(call.args) > len(callee.parameters):
            self.source.refuse(
                call, f"arguments that do not match the parameters of {callee.name}", "pass each parameter once"
            )
        return [given[name] for name in callee.parameters]

    def _refuse_call(self, call: ast.Call, function: Any) -> NoReturn:
        name = ast.unparse(call.func)
        if function is UNKNOWN:
            what, repair = f"what {name} is, only a run can tell", "call functions by name: np.sum(x), not x.sum()"
        elif is_ours(function):
            what, repair = f"{name} was made by companion.autodiff", 'take mode "tape" or "dual"'
        elif function in (float, int, complex):
            what, repair = f"{name} would lose the derivative", "leave it out"
        elif function is sum:
            what, repair = "the built-in sum has no rule", "write np.sum(x), or a loop"
        elif elementary_name(function):
            what = f"{name} with these arguments has no rule"
            repair = "pass the operands alone, one for each operand of the table"
        else:
            what, repair = f"{name} has no derivative rule", "write it in functions that have one"
        self.source.refuse(call, what, repair)

    def _emit(self, target: str | None, reads: set[str], step: Callable[[str], Statement]) -> str:
        """Append the step that assigns *target*; by way of another variable, if the step must not overwrite what it
        reads.
        """
        if target is None or target in reads:
            between = self._temporary(True)
            self.out.append(step(between))
            return between if target is None else self._step(target, name_of(between))
        self.out.append(step(target))
        return target


def operand(x: Any) -> Any:
    """Return an operand of arithmetic: for a list or tuple the array that NumPy makes of it."""
    return np.asarray(x) if isinstance(x, list | tuple) else x


def helper_function(name: str) -> Any:
    """Return a function that transformed programs need beside NumPy's."""
    if name == "sech2":
        return _sech2
    import scipy.special

    return getattr(scipy.special, name)


def _as_value(target: ast.expr) -> ast.expr:
    value = copy.deepcopy(target)
    for node in ast.walk(value):
        if isinstance(node, (ast.Name, ast.Tuple)):
            node.ctx = ast.Load()
    return value


def _leaves(statement: ast.stmt) -> bool:
    return any(isinstance(node, (ast.Break, ast.Continue)) for node in ast.walk(statement))


def targets_of(statement: Statement) -> tuple[str, ...]:
    """Return the variables that a statement itself assigns."""
    match statement:
        case Assign(target=target) | Entry(target=target) | Sum(target=target) | Call(target=target):
            return (target,)
        case Unpack(targets=targets):
            return targets
    return ()


def blocks_of(statement: Statement) -> tuple[list[Statement], ...]:
    """Return the blocks inside a statement."""
    match statement:
        case Branch(body=body, orelse=orelse):
            return body, orelse
        case Loop(body=body) | While(body=body):
            return (body,)
    return ()


def all_statements(body: Sequence[Statement]) -> Iterator[Statement]:
    """Give statements, and those in their blocks."""
    for statement in body:
        yield statement
        for block in blocks_of(statement):
            yield from all_statements(block)


def ends(body: Sequence[Statement]) -> bool:
    """Tell whether every path through statements ends in return or raise."""
    for statement in body:
        match statement:
            case Return() | Leave(node=ast.Raise()):
                return True
            case Branch(body=first, orelse=second) if ends(first) and ends(second):
                return True
            case While(test=ast.Constant(value=True), body=inner) if not breaks(inner):
                return True
    return False


def passes(body: Sequence[Statement]) -> bool:
    """Tell whether a path through statements comes to their end, without return, raise, break or continue."""
    for statement in body:
        match statement:
            case Leave(node=ast.Break() | ast.Continue()):
                return False
            case Branch(body=first, orelse=second) if not (passes(first) or passes(second)):
                return False
    return not ends(body)


def breaks(body: Sequence[Statement]) -> bool:
    """Tell whether statements of a loop leave it by break."""
    return any(
        (isinstance(s, Leave) and isinstance(s.node, ast.Break))
        or (isinstance(s, Branch) and (breaks(s.body) or breaks(s.orelse)))
        for s in body
    )
