"""The tables of accuracy: the companion keeps its promises, and what the site shows is whole and keeps them too."""

import json
from types import SimpleNamespace

import course
import pytest

from companion import linalg
from tests.benchmarks.accuracy import LAPACK, MATRICES, METHODS, PROMISED, SMALL, measure, relative_error

STORED = json.loads((course.DATA / "accuracy.json").read_text(encoding="utf-8"))
KEPT = [name for name, (_, _, promised) in SMALL.items() if promised]


def in_single_precision(method):
    """Return a library with half the digits."""
    return SimpleNamespace(**{method: lambda *args: getattr(LAPACK, method)(*(x.astype("f") for x in args))})


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", MATRICES)
def test_promises_are_kept(name, method):
    found = measure(linalg, method, MATRICES[name])
    assert max(found.values()) <= PROMISED[method], found


@pytest.mark.parametrize("method", METHODS)
def test_half_the_digits_would_break_them(method):
    found = measure(in_single_precision(method), method, MATRICES["Random, n = 101"])
    assert min(found.values()) > 1000 * PROMISED[method]


@pytest.mark.parametrize("name", KEPT)
def test_small_values_keep_their_digits(name):
    method, a, promised = SMALL[name]
    assert relative_error(linalg, method, a) <= promised


@pytest.mark.parametrize("name", ["`svd`, columns grow", "`eigh`, rows and columns grow"])
def test_lapack_loses_them_as_the_page_says(name):
    method, a, _ = SMALL[name]
    assert relative_error(LAPACK, method, a) > 1


@pytest.mark.parametrize("name", [name for name in SMALL if name not in KEPT])
def test_nothing_is_promised_where_digits_are_lost(name):
    method, a, _ = SMALL[name]
    assert relative_error(linalg, method, a) > 1e-8  # if not, promise it and mend the page


def test_the_site_shows_all_and_it_keeps_the_promises():
    assert [row["matrix"] for row in STORED["rows"]] == list(MATRICES)
    assert STORED["promised"] == PROMISED
    for row in STORED["rows"]:
        assert list(row["entries"]) == list(METHODS)
        for method, entry in row["entries"].items():
            assert list(entry) == (["residual", "orthogonality"] if method in ("qr", "svd", "eigh") else ["residual"])
            assert all(ours <= PROMISED[method] for ours, _ in entry.values())
    assert [(row["name"], row["promised"]) for row in STORED["small"]] == [(k, v[2]) for k, v in SMALL.items()]
    assert all(row["ours"] <= row["promised"] for row in STORED["small"] if row["promised"])
