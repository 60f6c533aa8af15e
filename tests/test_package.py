"""The package as a user meets it: names, documentation, cost of an import, and what it needs."""

import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib import import_module

import course
import pytest

import companion

HEAVY = ("scipy.stats", "matplotlib", "sklearn", "pandas", "IPython")


def subpackages():
    walked = pkgutil.walk_packages(companion.__path__, "companion.")
    names = [module.name for module in walked if module.ispkg and "._" not in module.name]
    return [package for package in map(import_module, names) if hasattr(package, "__all__")]


NAMES = [(package, name) for package in subpackages() for name in package.__all__]
DOCUMENTED = [
    pytest.param(getattr(package, name), id=f"{package.__name__}.{name}")
    for package, name in NAMES
    if callable(getattr(package, name, None))
]


def section(thing, title):
    return re.search(rf"^{title}\n-{{{len(title)}}}\n\S", inspect.getdoc(thing) or "", re.M)


def python(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=course.ROOT, check=True)
    return done.stdout.strip()


def test_there_are_names():
    assert len(DOCUMENTED) > 10


@pytest.mark.parametrize(("package", "name"), NAMES, ids=lambda x: getattr(x, "__name__", x))
def test_every_public_name_exists(package, name):
    assert hasattr(package, name)


@pytest.mark.parametrize("package", subpackages(), ids=lambda package: package.__name__)
def test_every_package_is_documented_and_its_names_sorted(package):
    assert package.__doc__
    assert len(set(package.__all__)) == len(package.__all__)


@pytest.mark.parametrize("thing", DOCUMENTED)
def test_every_docstring_has_an_example(thing):
    assert section(thing, "Examples")
    assert ">>> " in inspect.getdoc(thing)


FUNCTIONS = [parameter for parameter in DOCUMENTED if inspect.isfunction(parameter.values[0])]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_documents_what_it_takes_and_returns(function):
    signature = inspect.signature(function)
    assert section(function, "Parameters") or not signature.parameters
    assert section(function, "Returns") or signature.return_annotation in (None, "None")
    missing = [name for name in signature.parameters if not re.search(rf"\b{name}\b", inspect.getdoc(function))]
    assert not missing


def test_top_level_names_are_loaded_at_first_use():
    for name in companion.__all__:
        assert getattr(companion, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = companion.nothing


def test_import_costs_no_more_than_numpy():
    code = "import time, numpy; start = time.perf_counter(); import companion; print(time.perf_counter() - start)"
    assert min(float(python(code)) for _ in range(5)) < 0.05


LIGHT = ["", ".probability", ".statistics", ".autodiff", ".datasets", ".exercises"]


@pytest.mark.parametrize("name", [f"companion{part}" for part in LIGHT])
def test_light_subpackages_load_no_heavy_library(name):
    loaded = python(f"import sys, {name}; print(*[m for m in {HEAVY} if m in sys.modules])")
    assert loaded == ""


def test_the_package_needs_no_jupyter():
    project = tomllib.loads((course.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = {re.split(r"[<>=!~ \[]", line)[0] for line in project["dependencies"]}
    assert needed == {"numpy", "scipy", "scikit-learn"}
    teaching = [p.__name__ for p in subpackages() if p.__name__ != "companion.notebook"]
    foreign = ("IPython", "ipykernel", "matplotlib")
    assert python(f"import sys, {', '.join(teaching)}; print(*[m for m in {foreign} if m in sys.modules])") == ""
