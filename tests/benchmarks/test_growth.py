"""Time grows as stated, and memory stays in bounds: the stored table, and the largest tables of points once more."""

import json
from contextlib import nullcontext

import course
import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from tests.benchmarks.growth import LINEAR, Method, measure, methods, peak_megabytes, points

STORED = {row["name"]: row for row in json.loads((course.DATA / "growth.json").read_text(encoding="utf-8"))["rows"]}


@pytest.mark.parametrize("method", methods(), ids=lambda method: method.name)
def test_the_stored_table_has_the_stated_order(method):
    row = STORED[method.name]
    assert (row["order"], row["sizes"]) == (method.order, method.sizes)
    assert abs(row["power"] - method.power) < 0.5


@pytest.mark.parametrize("method", [m for m in methods() if m.sizes == LINEAR], ids=lambda method: method.name)
def test_200_000_points_fit_in_a_gibibyte(method):
    with pytest.warns(ConvergenceWarning) if "iterations" in method.name else nullcontext():
        assert peak_megabytes(method, points(200_000)) < 2**30 / 1e6


def test_the_power_is_that_of_the_work():
    cubes = Method("", "n³", 3, [100, 200, 400], lambda X: np.linalg.inv(X @ X.T + np.eye(len(X))))
    row = measure(cubes)
    assert 1.5 < row["power"] < 3.6
    assert row["megabytes"][-1] > 8 * 400**2 / 1e6
