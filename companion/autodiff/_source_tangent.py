"""The tangent program: every step followed by the step of its tangent."""

import ast
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from companion.autodiff._source_lowering import (
    Assign,
    Branch,
    Call,
    Check,
    Entry,
    Leave,
    Loop,
    Program,
    Return,
    Statement,
    Sum,
    Term,
    Unpack,
    While,
    all_statements,
    targets_of,
)
from companion.autodiff._source_program import names_in, operands_of
from companion.autodiff._source_rules import literal, total, with_t
from companion.autodiff._tracked import Function

INDENT = "    "

NameOfCallee: TypeAlias = Callable[[Function, tuple[int, ...], tuple[int, ...]], str]
"""Gives the transformed function of one that is called, for the arguments that are differentiated or may be lists."""


def indented(lines: Sequence[str]) -> list[str]:
    """Return the lines of a block, with pass in an empty one."""
    return [INDENT + line for line in lines] or [INDENT + "pass"]


def branched(test: str, first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return the lines of an if with its two blocks, the second as elif if it is one."""
    if not first and second and not test.startswith("not "):
        return branched(f"not {test}", second, ())
    lines = [f"if {test}:", *indented(first)]
    if not second:
        return lines
    one_if = second[0].startswith("if ") and all(line.startswith((" ", "elif ", "else:")) for line in second[1:])
    return [*lines, f"el{second[0]}", *second[1:]] if one_if else [*lines, "else:", *indented(second)]


def text_of(expression: ast.AST) -> str:
    """Return an expression or statement as text."""
    return ast.unparse(expression)


class TangentWriter:
    """Writes the tangent program of a function."""

    def __init__(self, program: Program, name: str, name_of_callee: NameOfCallee) -> None:
        self.program, self.name, self.name_of_callee = program, name, name_of_callee
        self.source = program.source
        self.tangents: dict[str, str] = {}
        self.full = self._full_tangents()

    def lines(self) -> list[str]:
        """Return the text of the whole function."""
        parameters = [*self.source.parameters, *map(self.tangent, self.program.inputs)]
        zeros = [f"{self.tangent(name)} = {self._zero(name)}" for name in self._overwritten_constants()]
        return [f"def {self.name}({', '.join(parameters)}):", *indented([*zeros, *self.block(self.program.body)])]

    def _overwritten_constants(self) -> list[str]:
        """Return the parameters without tangent in whose place the program puts values that have one."""
        return [x for x in self.source.parameters if x in self.program.active and x not in self.program.inputs]

    def _zero(self, name: str) -> str:
        """Return the tangent of a constant that a variable holds."""
        return self._broadcast("0.0", name) if name in self.program.arrays else "0.0"

    def tangent(self, name: str) -> str:
        """Return the name of a variable's tangent: dx for x."""
        if name not in self.tangents:
            self.tangents[name] = self.source.fresh(f"d{name}")
        return self.tangents[name]

    def block(self, body: Sequence[Statement]) -> list[str]:
        """Return the lines of statements."""
        return [line for statement in body for line in self._statement(statement)]

    def _statement(self, statement: Statement) -> list[str]:
        match statement:
            case Assign():
                return self._assign(statement)
            case Entry(target=target, operand=operand, index=index):
                return [
                    f"{target} = {entry_of(operand, index)}",
                    f"{self.tangent(target)} = {entry_of(self.tangent(operand), index)}",
                ]
            case Sum(target=target, operand=operand, function=function):
                add = text_of(function)
                return [f"{target} = {add}({operand})", f"{self.tangent(target)} = {add}({self.tangent(operand)})"]
            case Unpack():
                return self._unpack(statement)
            case Call():
                return self._call(statement)
            case Branch(test=test, body=body, orelse=orelse):
                return branched(text_of(test), self.block(body), self.block(orelse))
            case Loop(target=variable, items=items, body=body):
                return [f"for {text_of(variable)} in {text_of(items)}:", *indented(self.block(body))]
            case While(test=test, body=body):
                return [f"while {text_of(test)}:", *indented(self.block(body))]
            case Leave(node=node):
                return [text_of(node)]
            case Check(call=call):
                return [call]
            case Return():
                return [self._return(statement)]

    def _unpack(self, step: Unpack) -> list[str]:
        value = f"{', '.join(step.targets)} = {step.operand}"
        if step.operand in self.program.active:
            return [value, f"{', '.join(map(self.tangent, step.targets))} = {self.tangent(step.operand)}"]
        # Constants: the tangents of what the variables held before must go.
        active = [name for name in step.targets if name in self.program.active]
        return [value, *(f"{self.tangent(name)} = {self._zero(name)}" for name in active)]

    def _assign(self, step: Assign) -> list[str]:
        value = f"{step.target} = {text_of(step.value)}"
        if step.target not in self.program.active:
            return [value]
        tangent = f"{self.tangent(step.target)} = {self._tangent_of(step)}"
        # x = x * y changes x, of which the tangent needs the old value.
        return [tangent, value] if step.target in names_in(step.value) else [value, tangent]

    def _tangent_of(self, step: Assign) -> str:
        terms = [with_t(term.times_t, self.tangent(term.operand)) for term in step.terms]
        text = text_of(total(terms)) if terms else "0.0"
        if step.target in self.program.arrays and not self._is_full(step):
            # Its entries are asked for: the tangent needs as many.
            return self._broadcast(text, text_of(step.value))
        return text

    def _broadcast(self, tangent: str, value: str) -> str:
        alias = self.source.module_alias(np, "np")
        return f"{alias}.broadcast_to({tangent}, {alias}.shape({value}))"

    def _call(self, call: Call) -> list[str]:
        callee = self.name_of_callee(call.function, call.wanted, call.lists)
        target, tangent = call.target, self.tangent(call.target)
        arguments = ", ".join([*map(text_of, call.args), *map(self._tangent_of_atom, call.inputs)])
        lines = [f"{target}, {tangent} = {callee}({arguments})"]
        return [*lines, f"{tangent} = {self._broadcast(tangent, target)}"] if target in self.program.arrays else lines

    def _tangent_of_atom(self, atom: ast.expr) -> str:
        if isinstance(atom, ast.Name) and atom.id in self.program.active:
            return self.tangent(atom.id)
        return "0.0"

    def _return(self, statement: Return) -> str:
        values = list(map(text_of, statement.values))
        tangents = list(map(self._tangent_of_atom, statement.values))
        if statement.kind is object:
            return f"return {values[0]}, {tangents[0]}"
        return f"return {display(values, statement.kind)}, {display(tangents, statement.kind)}"

    # A tangent is full if it has the shape of its variable. That of a + b, with a number a that varies and an array b
    # that does not, is a number.

    def _full_tangents(self) -> set[str]:
        self.full = self.program.active - ({*self._overwritten_constants()} - self.program.arrays)
        size = -1
        while size != len(self.full):
            size = len(self.full)
            for statement in all_statements(self.program.body):
                if isinstance(statement, (Assign, Call, Unpack)) and not self._is_full(statement):
                    self.full -= {*targets_of(statement)} - self.program.arrays
        return self.full

    def _is_full(self, step: Assign | Call | Unpack) -> bool:
        if isinstance(step, Unpack):
            return step.operand in self.program.active
        if isinstance(step, Call) or not step.terms:
            return isinstance(step, Assign) and literal(step.value) is not None
        if any(term.operand not in self.full for term in step.terms):
            return False
        return len(step.terms) > 1 or not step.terms[0].meets or _covers(step.terms[0], step.value)


def _covers(term: Term, value: ast.expr) -> bool:
    """Tell whether a term has the shape of the value: all other operands stand in it, or are numbers."""
    inside = {ast.dump(node) for node in ast.walk(term.times_t)}
    operands = value.args if isinstance(value, ast.Call) else operands_of(value)
    others = [x for x in operands if not (isinstance(x, ast.Name) and x.id == term.operand)]
    return all(literal(x) is not None or ast.dump(x) in inside for x in others)


def entry_of(array: str, index: ast.expr) -> str:
    """Return the text of an entry of an array."""
    return text_of(ast.Subscript(ast.Name(array, ast.Load()), index, ast.Load()))


def display(entries: Sequence[str], kind: type) -> str:
    """Return the text of a tuple or a list."""
    if kind is list:
        return f"[{', '.join(entries)}]"
    return f"({', '.join(entries)}{',' if len(entries) == 1 else ''})"
