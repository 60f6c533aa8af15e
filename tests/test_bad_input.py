"""Every public callable of the package refuses bad input, with a ValueError or a TypeError that says what is wrong."""

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import isclass, signature
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

import pytest

import companion
from tests.bad_input import BadInput

TESTS = Path(__file__).parent
SKIPPED_MODULES = frozenset({"companion.exercises.keys"})  # answers, loaded by the checks alone
RECORDS = frozenset(  # they hold what they are given: the functions that take them check it
    {"companion.exercises.Verdict", "companion.ml.mixture.Mixture"}
)


def read_tables() -> dict[str, list[BadInput]]:
    files = [path.relative_to(TESTS.parent) for path in sorted(TESTS.rglob("bad_input*.py")) if path.parent != TESTS]
    names = [".".join(path.with_suffix("").parts) for path in files]
    return {name: import_module(name).BAD_INPUT for name in names}


def uncovered(package: ModuleType, covered: list[Callable[..., Any]]) -> list[str]:
    """Return the dotted names of the package's public callables with arguments that are not among *covered*."""
    missing = {}
    for module in public_modules(package):
        if not hasattr(module, "__all__"):
            missing[id(module)] = f"{module.__name__}.__all__ is missing"
        for name in getattr(module, "__all__", ()):
            value, full_name = getattr(module, name), f"{module.__name__}.{name}"
            if takes_arguments(value) and not any(value is one for one in covered) and full_name not in RECORDS:
                missing.setdefault(id(value), full_name)
    return list(missing.values())


def public_modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for info in iter_modules(getattr(package, "__path__", ()), f"{package.__name__}."):
        if info.name not in SKIPPED_MODULES and not info.name.rpartition(".")[2].startswith("_"):
            yield from public_modules(import_module(info.name))


def takes_arguments(value: Any) -> bool:
    if not callable(value) or (isclass(value) and issubclass(value, BaseException)):
        return False
    try:
        return bool(signature(value).parameters)
    except ValueError:  # built in, without a signature
        return True


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{table.removeprefix('tests.').removesuffix('.bad_input')}-{name_of(case)}-{case.match}")
        for table, rows in TABLES.items()
        for case in rows
    ]


def name_of(case: BadInput) -> str:
    return getattr(case.subject, "__name__", repr(case.subject))


TABLES = read_tables()


@pytest.mark.parametrize("case", cases())
def test_bad_input_is_refused(case: BadInput) -> None:
    assert case.error in (ValueError, TypeError)
    assert case.match, "say what the message must hold"
    with pytest.raises(case.error, match=case.match):
        case.call(*case.args, **case.kwargs)


def test_no_table_is_empty() -> None:
    assert TABLES
    assert [name for name, rows in TABLES.items() if not rows] == []


def test_every_public_callable_is_in_a_table() -> None:
    missing = uncovered(companion, [case.subject for rows in TABLES.values() for case in rows])
    assert not missing, f"no case of bad input in tests/**/bad_input*.py for: {', '.join(missing)}"


def module_with(**members: Any) -> ModuleType:
    module = ModuleType("demo")
    module.__dict__.update(members, __all__=list(members))
    return module


def square(x: float) -> float:
    return x * x


class Scaler:
    def __init__(self, factor: float) -> None:
        self.factor = factor


class OddInput(ValueError):
    pass


def test_the_finder_names_an_uncovered_function_and_class() -> None:
    assert uncovered(module_with(square=square, Scaler=Scaler), []) == ["demo.square", "demo.Scaler"]


def test_the_finder_is_content_with_what_is_covered() -> None:
    assert uncovered(module_with(square=square, Scaler=Scaler), [square, Scaler]) == []


def test_the_finder_asks_for_nothing_where_nothing_can_be_wrong() -> None:
    members = {"version": "1.0", "submodule": ModuleType("sub"), "OddInput": OddInput, "now": lambda: 0}
    assert uncovered(module_with(**members), []) == []


def test_the_finder_names_an_object_once() -> None:
    assert uncovered(module_with(square=square, sq=square), []) == ["demo.square"]


def test_the_finder_knows_built_ins_and_callable_objects() -> None:
    assert uncovered(module_with(at_least=max, smooth=square.__call__), []) == ["demo.at_least", "demo.smooth"]


def test_the_finder_complains_of_a_module_without_all() -> None:
    assert uncovered(ModuleType("demo"), []) == ["demo.__all__ is missing"]


def test_the_finder_walks_public_modules_only() -> None:
    names = [module.__name__ for module in public_modules(companion)]
    assert {"companion", "companion.probability", "companion.ml"} <= set(names)
    assert not [name for name in names if "._" in name or name.startswith("companion.exercises.keys")]


def test_the_finder_reads_packages() -> None:
    import companion.probability

    assert "companion.probability.markov_bound" in uncovered(companion.probability, [])
    assert "companion.probability.markov_bound" not in uncovered(
        companion.probability, [companion.probability.markov_bound]
    )


def test_a_case_covers_its_call_unless_it_says_otherwise() -> None:
    assert BadInput(square).subject is square
    assert BadInput(lambda: square(1.0), covers=square).subject is square
