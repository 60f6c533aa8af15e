"""The shipped data sets hold the published numbers."""

import tomllib
from fnmatch import fnmatch

import course
import numpy as np
import pytest
from numpy.testing import assert_allclose
from sklearn.utils import Bunch

from companion import datasets
from companion.datasets import load_anscombe, load_old_faithful

LOADERS = [getattr(datasets, name) for name in datasets.__all__]


def test_there_are_loaders():
    assert len(LOADERS) >= 2


@pytest.mark.parametrize("load", LOADERS)
def test_every_loader_returns_a_described_bunch(load):
    bunch = load()
    assert isinstance(bunch, Bunch)
    assert bunch.data.dtype == float
    assert bunch.data.shape[-1] == len(bunch.feature_names)
    assert np.isfinite(bunch.data).all()
    assert "Source: " in bunch.DESCR


@pytest.mark.parametrize("load", LOADERS)
def test_nobody_shares_the_arrays(load):
    first = load()
    first.data[:] = 0
    first.feature_names.clear()
    assert load().data.any()
    assert load().feature_names


def test_the_files_are_shipped():
    patterns = tomllib.loads((course.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shipped = patterns["tool"]["setuptools"]["package-data"]["companion"]
    package = course.ROOT / "companion"
    tables = [path.relative_to(package).as_posix() for path in package.glob("datasets/data/*")]
    assert len(tables) == len(LOADERS)
    assert [table for table in tables if not any(fnmatch(table, pattern) for pattern in shipped)] == []


def test_anscombe_has_the_published_summaries():
    quartet = load_anscombe()
    assert quartet.data.shape == (4, 11, 2)
    assert quartet.set_names == ["I", "II", "III", "IV"]
    assert_allclose(quartet.data, np.stack([quartet.x, quartet.y], axis=-1), rtol=0)
    assert_allclose(quartet.x.mean(axis=1), 9, rtol=1e-15)
    assert_allclose(quartet.x.var(axis=1, ddof=1), 11, rtol=1e-15)
    assert_allclose(quartet.y.sum(axis=1), [82.51, 82.51, 82.5, 82.51], rtol=1e-14)
    assert_allclose(quartet.y.var(axis=1, ddof=1), [4.12726909, 4.12762909, 4.12262, 4.12324909], rtol=1e-8)
    r = [np.corrcoef(x, y)[0, 1] for x, y in zip(quartet.x, quartet.y, strict=True)]
    assert_allclose(r, [0.81642052, 0.81623651, 0.81628674, 0.81652144], rtol=1e-7)


def test_anscombe_has_the_published_order():
    quartet = load_anscombe()
    assert quartet.x[:3].tolist() == [[10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]] * 3
    assert quartet.x[3].tolist() == [8] * 7 + [19] + [8] * 3
    assert quartet.y[:, 0].tolist() == [8.04, 9.14, 7.46, 6.58]
    assert quartet.y[2, 2] == 12.74
    assert quartet.y[3, 7] == 12.5


def test_old_faithful_is_the_table_of_r():
    # summary(faithful) and the correlation, as R prints them
    geyser = load_old_faithful()
    assert geyser.data.shape == (272, 2)
    assert geyser.feature_names == ["eruptions (min)", "waiting (min)"]
    quartiles = np.quantile(geyser.data, [0, 0.25, 0.5, 0.75, 1], axis=0)
    assert_allclose(quartiles.T, [[1.6, 2.16275, 4, 4.45425, 5.1], [43, 58, 76, 82, 96]], rtol=1e-12)
    assert_allclose(geyser.data.mean(axis=0), [3.487783, 70.89706], rtol=1e-6)
    assert_allclose(np.corrcoef(geyser.data.T)[0, 1], 0.9008112, rtol=1e-6)
    assert geyser.data[[0, -1]].tolist() == [[3.6, 79], [4.467, 74]]
