"""The table of speed: each workload does the same work as the library, and the site shows them all."""

import json
from importlib import import_module
from pathlib import Path

import course
import pytest

from tests.benchmarks.harness import Workload, enough, measure

FILES = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
STORED = json.loads((course.DATA / "benchmarks.json").read_text(encoding="utf-8"))


def workloads(name):
    return import_module(f"tests.benchmarks.{name}").workloads()


@pytest.mark.parametrize("name", FILES)
def test_both_do_the_same(name):
    for workload in workloads(name):
        assert workload.check(workload.ours(), workload.reference())


def test_the_site_shows_all():
    names = [workload.name for name in FILES for workload in workloads(name)]
    assert [row["name"] for row in STORED["rows"]] == names
    assert len(set(names)) == len(names) >= 30


def test_who_is_much_slower_says_why():
    assert all(w.note for name in FILES for w in workloads(name) if w.reach > 5)


def test_a_row_compares_the_times_of_single_calls():
    def work(n):
        return lambda: sum(range(n))

    row = measure(Workload("", work(200_000), work(10_000), "", lambda ours, reference: "fine", 20), rounds=5)
    assert 10 < row["ratio"] < 40
    assert row["ratio"] == pytest.approx(row["ours_ms"] / row["reference_ms"], rel=1e-12)
    assert enough(work(10_000)) > enough(work(200_000)) >= 1


def test_who_differs_is_not_measured():
    def check(ours, reference):
        assert ours == reference

    with pytest.raises(AssertionError):
        measure(Workload("", lambda: 1, lambda: 2, "", check, 1))
