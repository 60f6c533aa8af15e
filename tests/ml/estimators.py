"""What the tests of all estimators share: questions that only a process of its own can answer."""

import os
import subprocess
import sys
from collections import Counter

from sklearn.base import BaseEstimator

CHECKS = """
import warnings
from importlib import import_module
from sklearn.utils.estimator_checks import check_estimator
warnings.simplefilter("ignore")
estimator = getattr(import_module({package!r}), {name!r})()
print(*(result["status"] for result in check_estimator(estimator, on_skip=None, on_fail=None)))
"""
IMPORTS = """
import sys, sklearn.base
before = set(sys.modules)
import {package}
print(*(".".join(name.split(".")[:2]) for name in set(sys.modules) - before))
"""


def package_of(estimator: type[BaseEstimator]) -> str:
    return estimator.__module__.rpartition(".")[0]


def check_statuses(estimator: type[BaseEstimator]) -> Counter[str]:
    """Count how scikit-learn's checks end; with the array API switched on none has a reason to be skipped."""
    return Counter(words_printed_by(CHECKS.format(package=package_of(estimator), name=estimator.__name__)))


def added_by_import(estimator: type[BaseEstimator]) -> set[str]:
    """Return the packages that an estimator's package loads beyond what every estimator needs."""
    return set(words_printed_by(IMPORTS.format(package=package_of(estimator))))


def words_printed_by(script: str) -> list[str]:
    environment = {**os.environ, "SCIPY_ARRAY_API": "1"}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.split()
