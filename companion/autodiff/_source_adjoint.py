"""The adjoint program: a forward sweep that keeps what it overwrites and decides, and a reverse sweep."""

import ast
import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from companion.autodiff._source_effects import same
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
    breaks,
    ends,
    name_of,
    passes,
    targets_of,
)
from companion.autodiff._source_program import names_in
from companion.autodiff._source_rules import T, total, with_t, without_sign
from companion.autodiff._source_tangent import NameOfCallee, branched, display, entry_of, indented, text_of
from companion.autodiff._tracked import summed_to


class AdjointWriter:
    """Writes the adjoint program of a function."""

    def __init__(self, program: Program, name: str, name_of_callee: NameOfCallee, broadcast: bool) -> None:
        self.program, self.name, self.name_of_callee, self.broadcast = program, name, name_of_callee, broadcast
        self.source = program.source
        self.adjoints: dict[str, str] = {}
        self.extra: dict[object, str] = {}
        self.body, self.result = self._with_one_end()
        self.seed = self.source.fresh(f"{self.source.name}_bar")
        # What the reverse sweep reads; a variable that it does not read may be overwritten.
        self.needed: set[str] = set()
        self.saved: dict[int, list[str]] = {}
        self.undefined: set[str] = set()
        self.replayed: set[int] = set()
        # The variables whose adjoint is not 0 at this point of the reverse sweep.
        self.live: set[str] = set()

    def lines(self) -> list[str]:
        """Return the text of the whole function."""
        while True:
            self.saved, self.undefined, self.replayed = {}, set(), set()
            self._mark(self.body, {*self.source.parameters}, {*self.source.parameters})
            seeds = self._seeds()
            reverse = self._reverse(self.body)
            read = _loads(reverse) & (self._variables() | {*self.source.parameters})
            if read <= self.needed:
                break
            self.needed |= read
        forward = self._forward(self.body) + self._copies_of_result()
        prologue = [f"{self._stack()} = []"] if any(self._stack() in line for line in forward) else []
        if self.undefined:
            prologue.append(" = ".join(sorted(self.undefined)) + " = None")
        parameters = [*self.source.parameters, f"{self.seed}=1.0"]
        head = f"def {self.name}({', '.join(parameters)}):"
        return [head, *indented([*prologue, *forward, "# reverse sweep", *seeds, *reverse, self._return()])]

    # --- names ---

    def _bar(self, name: str) -> str:
        if name not in self.adjoints:
            self.adjoints[name] = self.source.fresh(f"{name}_bar")
        return self.adjoints[name]

    def _named(self, key: object, usual: str) -> str:
        if key not in self.extra:
            self.extra[key] = self.source.fresh(usual)
        return self.extra[key]

    def _stack(self) -> str:
        return self._named("stack", "stack")

    def _unused(self) -> str:
        return self._named("unused", "_")

    def _np(self) -> str:
        return self.source.module_alias(np, "np")

    def _variables(self) -> set[str]:
        return {name for statement in all_statements(self.body) for name in targets_of(statement)}

    # --- one end in place of several returns ---

    def _with_one_end(self) -> tuple[list[Statement], Return]:
        """Return the body without its returns, and the one that takes their place."""
        body = self.program.body
        returns = [statement for statement in all_statements(body) if isinstance(statement, Return)]
        if len(returns) == 1 and body[-1] is returns[0]:
            return _structured(body[:-1], _Ending([], "", set(), self.source.fresh), _Place()), returns[0]
        shapes = {(statement.kind, len(statement.values)) for statement in returns}
        if len(shapes) > 1:
            self.source.refuse(self.source.node, "returns of different structure", "return as many numbers everywhere")
        (kind, count) = shapes.pop()
        usual = ["result"] if kind is object else [f"result{i}" for i in range(1, count + 1)]
        names = [self._named(name, name) for name in usual]
        if any(names_in(value) & self.program.active for statement in returns for value in statement.values):
            self.program.active.update(names)
        flag = self._named("returned", "returned")
        ending = _Ending(names, flag, self.program.active, self.source.fresh)
        return _structured(body, ending, _Place()), Return(tuple(map(name_of, names)), kind)

    def _copies_of_result(self) -> list[str]:
        """Return lines that keep results whose variables the reverse sweep takes back to earlier values."""
        taken_back = {name for names in self.saved.values() for name in names}
        changed = [value for value in self.result.values if names_in(value) & taken_back]
        return [f"{self._named(('kept', id(value)), 'value')} = {text_of(value)}" for value in changed]

    def _return(self) -> str:
        values = [self.extra.get(("kept", id(value)), text_of(value)) for value in self.result.values]
        result = values[0] if self.result.kind is object else display(values, self.result.kind)
        adjoints = [self._bar(name) if name in self.live else "0.0" for name in self.program.inputs]
        return f"return {', '.join([result, *adjoints])}"

    # --- forward sweep ---

    def _mark(self, body: Sequence[Statement], maybe: set[str], surely: set[str]) -> None:
        """Find the steps that overwrite a value which the reverse sweep needs."""
        for statement in body:
            targets = targets_of(statement)
            self.saved[id(statement)] = [name for name in targets if name in maybe & self.needed]
            self.undefined |= {*self.saved[id(statement)]} - surely
            maybe |= {*targets}
            surely |= {*targets}
            match statement:
                case Branch(body=first, orelse=second):
                    arms = [({*maybe}, {*surely}) for _ in range(2)]
                    for block, arm in zip((first, second), arms, strict=True):
                        self._mark(block, *arm)
                    maybe |= arms[0][0] | arms[1][0]
                    surely |= arms[0][1] & arms[1][1]
                case Loop(body=inner) | While(body=inner):
                    maybe |= {name for s in all_statements(inner) for name in targets_of(s)}
                    self._mark(inner, maybe, {*surely})

    def _forward(self, body: Sequence[Statement], ending: Sequence[str] = ()) -> list[str]:
        """Return the lines of a block; *ending* comes at its end, on every way there."""
        lines: list[str] = []
        for statement in body:
            if isinstance(statement, Leave) and not isinstance(statement.node, ast.Assert):
                # Behind a break it would be skipped; after an error there is no way back.
                return [*lines, *(() if isinstance(statement.node, ast.Raise) else ending), text_of(statement.node)]
            if isinstance(statement, Branch) and _has_exit(statement):
                return lines + self._forward_branch(statement, ending)
            lines += self._forward_statement(statement)
        return [*lines, *ending]

    def _forward_statement(self, statement: Statement) -> list[str]:
        pushes = [f"{self._stack()}.append({name})" for name in self.saved[id(statement)]]
        match statement:
            case Assign(target=target, value=value):
                return [*pushes, f"{target} = {text_of(value)}"]
            case Entry(target=target, operand=operand, index=index):
                return [*pushes, f"{target} = {entry_of(operand, index)}"]
            case Sum(target=target, operand=operand, function=function):
                return [*pushes, f"{target} = {text_of(function)}({operand})"]
            case Unpack(targets=targets, operand=operand):
                return [*pushes, f"{', '.join(targets)} = {operand}"]
            case Call(target=target, spelled=spelled, args=args):
                return [*pushes, f"{target} = {text_of(spelled)}({', '.join(map(text_of, args))})"]
            case Branch():
                return self._forward_branch(statement)
            case Loop():
                return self._forward_loop(statement)
            case While(test=test, body=body):
                if id(statement) not in self.replayed:
                    return [f"while {text_of(test)}:", *indented(self._forward(body))]
                n = self._named(id(statement), "count")
                inner = [f"{n} += 1", *self._forward(body)]
                return [f"{n} = 0", f"while {text_of(test)}:", *indented(inner), f"{self._stack()}.append({n})"]
            case Leave(node=node):
                return [text_of(node)]
            case Check(call=call):
                return [call]
        raise AssertionError(statement)

    def _forward_branch(self, branch: Branch, ending: Sequence[str] = ()) -> list[str]:
        arms = []
        for choice, block in ((True, branch.body), (False, branch.orelse)):
            decision = [f"{self._stack()}.append({choice})"] if id(branch) in self.replayed else []
            arms.append(self._forward(block, [*decision, *ending]))
        return branched(text_of(branch.test), *arms)

    def _forward_loop(self, loop: Loop) -> list[str]:
        head = f"for {text_of(loop.target)} in {text_of(loop.items)}:"
        if id(loop) not in self.replayed or self._can_run_backwards(loop):
            return [head, *indented(self._forward(loop.body))]
        seen = self._named(id(loop), "seen")
        inner = [f"{seen}.append({text_of(loop.target)})", *self._forward(loop.body)]
        return [f"{seen} = []", head, *indented(inner), f"{self._stack()}.append({seen})"]

    def _can_run_backwards(self, loop: Loop) -> bool:
        """Tell whether the items of a loop can be computed again, for the way back."""
        changed = {name for s in all_statements(loop.body) for name in targets_of(s)}
        again = isinstance(loop.items, (ast.Name, ast.Tuple, ast.List)) or (
            isinstance(loop.items, ast.Call) and self.source.resolve(loop.items.func) is range
        )
        constant = (tuple, list, np.ndarray) if self.program.is_steady else (tuple, np.ndarray)
        known = not isinstance(loop.items, ast.Name) or isinstance(self.source.resolve(loop.items), constant)
        steady = known and self.source.is_repeatable(loop.items)
        return again and steady and not names_in(loop.items) & changed and not breaks(loop.body)

    # --- reverse sweep ---

    def _seeds(self) -> list[str]:
        self.live, bars = set(), []
        for value in self.result.values:
            if isinstance(value, ast.Name) and value.id in self.program.active:
                self.live.add(value.id)
                bars.append(self._bar(value.id))
            else:
                bars.append(self._unused())
        if not self.live:
            return []
        target = bars[0] if self.result.kind is object else display(bars, tuple)[1:-1]
        return [f"{target} = {self.seed}", *(self._spread(name) for name in sorted(self.live) if self.broadcast)]

    def _spread(self, name: str) -> str:
        return f"{self._bar(name)} = {self.source.helper('spread', spread)}({self._bar(name)}, {name})"

    def _reverse(self, body: Sequence[Statement]) -> list[str]:
        return [line for statement in reversed(body) for line in self._reverse_statement(statement)]

    def _reverse_statement(self, statement: Statement) -> list[str]:
        match statement:
            case Branch():
                return self._reverse_branch(statement)
            case Loop() | While():
                return self._reverse_loop(statement)
            case Leave() | Check():
                return []
        pops = [f"{name} = {self._stack()}.pop()" for name in reversed(self.saved[id(statement)])]
        if isinstance(statement, Call) and not self.program.is_steady:  # its value is compared, while it is there
            return self._reverse_step(statement) + pops
        return pops + self._reverse_step(statement)

    def _reverse_step(self, step: Statement) -> list[str]:
        """Pass the adjoint of a result on to the operands."""
        live = {*targets_of(step)} & self.live
        if not live:
            return []
        match step:
            case Assign(target=target, terms=terms):
                return self._reverse_assign(target, terms)
            case Entry(target=target, operand=operand, index=index):
                lines, bar = self._zeros(operand), self._bar(operand)
                if isinstance(index, ast.Slice) or self._is_integer(index):
                    lines.append(f"{entry_of(bar, index)} += {self._bar(target)}")
                else:
                    # An array of indices may name an entry twice; += would count it once.
                    sliced = any(isinstance(node, ast.Slice) for node in ast.walk(index))
                    at = entry_of(f"{self._np()}.s_", index) if sliced else text_of(index)
                    lines.append(f"{self._np()}.add.at({bar}, {at}, {self._bar(target)})")
            case Sum(target=target, operand=operand):
                spread = f"{self._np()}.broadcast_to({self._bar(target)}, {self._np()}.shape({operand}))"
                lines = self._add(operand, ast.parse(spread, mode="eval").body)
            case Unpack(operand=operand) if operand not in self.program.active:
                lines = []
            case Unpack(targets=targets, operand=operand):
                lines = self._zeros(operand)
                bar, entries = self._bar(operand), [(i, name) for i, name in enumerate(targets) if name in live]
                lines += [f"{bar}[{i}] += {self._bar(name)}" for i, name in entries]
            case Call():
                lines = self._reverse_call(step)
            case _:
                raise AssertionError(step)
        self.live -= live
        return lines

    def _is_integer(self, index: ast.expr) -> bool:
        """Tell whether an index surely consists of integers: numbers, or the variables of range loops."""
        loops = [s for s in all_statements(self.body) if isinstance(s, Loop) and isinstance(s.target, ast.Name)]
        ranges = {text_of(s.target) for s in loops if text_of(s.items).startswith("range(")}
        if self.source.resolve(name_of("range")) is not range:
            ranges = set()
        arithmetic = (
            ast.Constant,
            ast.Name,
            ast.BinOp,
            ast.UnaryOp,
            ast.Tuple,
            ast.operator,
            ast.unaryop,
            ast.expr_context,
        )
        return names_in(index) <= ranges and all(isinstance(node, arithmetic) for node in ast.walk(index))

    def _reverse_assign(self, target: str, terms: Sequence[Term]) -> list[str]:
        by_operand: dict[str, list[ast.expr]] = {}
        for term in terms:
            expression = with_t(term.times_t, self._bar(target))
            by_operand.setdefault(term.operand, []).append(self._summed(expression, term))
        own = by_operand.pop(target, None)
        lines = [line for operand, parts in by_operand.items() for line in self._add(operand, total(parts))]
        if own is None:
            self.live.discard(target)
            return lines
        # x = f(x): the adjoint of the new x becomes that of the old.
        new = text_of(total(own))
        return lines if new == self._bar(target) else [*lines, f"{self._bar(target)} = {new}"]

    def _summed(self, expression: ast.expr, term: Term) -> ast.expr:
        if not (self.broadcast and term.meets):
            return expression
        helper = self.source.helper("unbroadcast", unbroadcast)
        return ast.parse(f"{helper}({text_of(expression)}, {self._np()}.shape({term.operand}))", mode="eval").body

    def _add(self, operand: str, part: ast.expr) -> list[str]:
        """Add to the adjoint of an operand."""
        bar, opposite = self._bar(operand), without_sign(part)
        lines = self._zeros(operand) if operand in self.program.arrays else []
        if operand not in self.live:
            self.live.add(operand)
            return [f"{bar} = {text_of(part)}"]
        sign, part = ("+", part) if opposite is None else ("-", opposite)
        return [*lines, f"{bar} = {text_of(ast.BinOp(name_of(bar), ast.Add() if sign == '+' else ast.Sub(), part))}"]

    def _zeros(self, name: str) -> list[str]:
        """Start an adjoint, if it is not there yet."""
        if name in self.live:
            return []
        self.live.add(name)
        if name in self.program.arrays:
            return [f"{self._bar(name)} = {self._np()}.zeros({self._np()}.shape({name}))"]
        return [f"{self._bar(name)} = 0.0"]

    def _reverse_call(self, call: Call) -> list[str]:
        names = [arg.id if isinstance(arg, ast.Name) and arg.id in self.program.active else None for arg in call.inputs]
        parts, lines = [], []
        for i, name in enumerate(names):
            if name is None:
                parts.append(self._unused())
            elif name not in self.live and name not in self.program.arrays:
                self.live.add(name)
                parts.append(self._bar(name))
            else:
                part = self._named((id(call), i), f"{name}_part")
                parts.append(part)
                lines += self._add(name, name_of(part))
        arguments = ", ".join([*map(text_of, call.args), self._bar(call.target)])
        callee = self.name_of_callee(call.function, call.wanted, call.lists)
        if self.program.is_steady:
            return [f"{', '.join([self._unused(), *parts])} = {callee}({arguments})", *lines]
        again, helper = self._named("again", "again"), self.source.helper("same", same)
        check = f"{helper}({text_of(call.spelled)!r}, {again}, {call.target})"
        return [f"{', '.join([again, *parts])} = {callee}({arguments})", check, *lines]

    def _reverse_branch(self, branch: Branch) -> list[str]:
        blocks = [block for block in (branch.body, branch.orelse) if not ends(block)]
        if len(blocks) == 1:  # the other one raises
            return self._reverse(blocks[0])
        before, arms, after = {*self.live}, [], []
        for block in blocks:
            self.live = {*before}
            arms.append(self._reverse(block))
            after.append({*self.live})
        for i in range(len(arms)):
            # Behind the branch, the same adjoints are there on both ways.
            self.live = after[i]
            arms[i] += [line for name in sorted(after[1 - i] - after[i]) for line in self._zeros(name)]
        if not any(arms):
            return []
        self.replayed.add(id(branch))
        return branched(f"{self._stack()}.pop()", *arms)

    def _reverse_loop(self, loop: Loop | While) -> list[str]:
        before = {*self.live}
        while True:
            # Each run through the body must find the adjoints there that it leaves.
            start = {*self.live}
            inner = self._reverse(loop.body)
            if self.live <= start:
                break
            self.live |= start
        inner += [line for name in sorted(start - self.live) for line in self._zeros(name)]
        self.live = {*before}
        lines = [line for name in sorted(start - before) for line in self._zeros(name)]
        if not inner:
            return []
        self.replayed.add(id(loop))
        return [*lines, f"{self._backwards(loop)}:", *indented(inner)]

    def _backwards(self, loop: Loop | While) -> str:
        if isinstance(loop, While):
            return f"for {self._unused()} in range({self._stack()}.pop())"
        if self._can_run_backwards(loop):
            return f"for {text_of(loop.target)} in reversed({text_of(loop.items)})"
        return f"for {text_of(loop.target)} in reversed({self._stack()}.pop())"


def unbroadcast(adjoint: Any, shape: tuple[int, ...]) -> Any:
    """Return an adjoint summed over the axes along which an operand of *shape* was broadcast."""
    # An adjoint that never got anything is the number 0, and its products have the shape of the other operand.
    full = np.broadcast_shapes(np.shape(adjoint), shape)
    return summed_to(adjoint if full == np.shape(adjoint) else np.broadcast_to(adjoint, full), shape)


def spread(seed: Any, value: Any) -> Any:
    """Return the adjoint of an array as an array of its shape, which is not the caller's."""
    return np.array(np.broadcast_to(seed, np.shape(value)), dtype=np.float64) if np.ndim(value) else seed


def _loads(lines: Sequence[str]) -> set[str]:
    nodes = ast.walk(ast.parse("\n".join(lines)))
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


@dataclass(frozen=True)
class _Ending:
    """The assignments that take the place of a return."""

    names: Sequence[str]
    flag: str
    active: set[str]
    fresh: Callable[[str], str]
    """Gives a new name."""

    def assigned(self, statement: Return, flagged: bool) -> list[Statement]:
        pairs = zip(self.names, statement.values, strict=True)
        results: list[Statement] = [Assign(name, value, self._terms(value)) for name, value in pairs]
        return [*results, Assign(self.flag, ast.Constant(True))] if flagged else results

    def _terms(self, value: ast.expr) -> tuple[Term, ...]:
        return (Term(value.id, name_of(T)),) if isinstance(value, ast.Name) and value.id in self.active else ()


def _has_exit(statement: Statement) -> bool:
    """Tell whether a statement may go elsewhere than to the next one (other than by an error)."""
    match statement:
        case Return():
            return True
        case Leave(node=node):
            return isinstance(node, (ast.Break, ast.Continue))
        case Branch(body=body, orelse=orelse):
            return any(map(_has_exit, (*body, *orelse)))
        case Loop(body=body) | While(body=body):
            return _returns(body)
    return False


def _returns(body: Sequence[Statement]) -> bool:
    return any(isinstance(statement, Return) for statement in all_statements(body))


def _exits_of(body: Sequence[Statement]) -> set[type[ast.stmt]]:
    """Return by which statements, break and continue, a block may leave the run of the loop that it is in."""
    exits: set[type[ast.stmt]] = set()
    for statement in body:
        if isinstance(statement, Leave) and isinstance(statement.node, ast.Break | ast.Continue):
            exits.add(type(statement.node))
        elif isinstance(statement, Branch):
            exits |= _exits_of(statement.body) | _exits_of(statement.orelse)
    return exits


@dataclass(frozen=True)
class _Place:
    """Where statements stand."""

    in_loop: bool = False
    """Whether a break may stand there."""
    flagged: bool = False
    """Whether an exit sets a flag only, since what follows is passed over by an if."""
    flags: tuple[str, str] = ("", "")
    """The flags of break and of continue."""

    def left(self, leave: Leave) -> Statement:
        """Return what takes the place of a break or continue (or raise) there."""
        if self.in_loop or isinstance(leave.node, ast.Raise):
            return leave
        return Assign(self.flags[isinstance(leave.node, ast.Continue)], ast.Constant(True))


def _structured(body: Sequence[Statement], ending: _Ending, place: _Place) -> list[Statement]:
    """Return statements without returns, in which nothing follows a branch that may break or continue.

    Where both arms of a branch may go on, an exit from it sets a flag, by which what follows is passed over: copies of
    what follows in both arms would double with every such branch.
    """
    out: list[Statement] = []
    for i, statement in enumerate(body):
        rest = body[i + 1 :]
        match statement:
            case Return():
                leave: list[Statement] = [Leave(ast.Break())] if place.in_loop else []
                return [*out, *ending.assigned(statement, place.in_loop or place.flagged), *leave]
            case Leave(node=node) if not isinstance(node, ast.Assert):
                return [*out, place.left(statement)]
            case Branch(test=test, body=first, orelse=second):
                arms, inside = [first, second], place
                if _has_exit(statement) and passes(first) and passes(second):
                    inside = replace(place, in_loop=False, flagged=True)
                elif _has_exit(statement):
                    arms = [[*arm, *copy.deepcopy(rest)] if passes(arm) else arm for arm in arms]
                out.append(Branch(test, *(_structured(arm, ending, inside) for arm in arms)))
                if _has_exit(statement) and inside is place:
                    return out
            case Loop(body=inner) | While(body=inner):
                flags = (ending.fresh("stopped"), ending.fresh("skipped")) if _exits_of(inner) else ("", "")
                out.append(replace(statement, body=_structured(inner, ending, _Place(True, False, flags))))
            case _:
                out.append(statement)
        if _has_exit(statement):
            return [*out[:-1], *_passed_over(out[-1], statement, rest, ending, place)]
    return out


def _passed_over(
    done: Statement, original: Statement, rest: Sequence[Statement], ending: _Ending, place: _Place
) -> list[Statement]:
    """Return a statement that sets flags (which is *done*), and the rest, which is passed over if it has set one."""
    exits = _exits_of([original]) if isinstance(original, Branch) else set()
    stops = [ending.flag] if _returns([original]) else []
    stops += [place.flags[0]] if ast.Break in exits else []
    skips = [place.flags[1]] if ast.Continue in exits else []
    starts: list[Statement] = [Assign(flag, ast.Constant(False)) for flag in (*stops, *skips)]
    after = _structured(rest, ending, place)
    if not place.in_loop:
        return [*starts, done, Branch(_any_of([*stops, *skips]), [], after)]
    if skips:
        after = [Branch(_any_of(skips), [Leave(ast.Continue())], after)]
    return [*starts, done, Branch(_any_of(stops), [Leave(ast.Break())], after)] if stops else [*starts, done, *after]


def _any_of(flags: Sequence[str]) -> ast.expr:
    return name_of(flags[0]) if len(flags) == 1 else ast.BoolOp(ast.Or(), [*map(name_of, flags)])
