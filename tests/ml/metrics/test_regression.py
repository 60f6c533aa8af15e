"""Errors of predicted numbers against scikit-learn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from sklearn import metrics as sk

from companion.ml.metrics import mean_absolute_error, mean_squared_error, r2_score, root_mean_squared_error

RNG = np.random.default_rng(0)
PAIRS = {
    "four": ([3, -0.5, 2, 7], [2.5, 0.0, 2, 8]),
    "far from 0": (1e8 + RNG.normal(size=50), 1e8 + RNG.normal(size=50)),
    "two outputs": (RNG.normal(size=(30, 2)), RNG.normal(size=(30, 2))),
    "constant target": ([2.0, 2.0, 2.0], [2.0, 1.0, 3.0]),
    "constant target, met": ([2.0, 2.0], [2.0, 2.0]),
    "constant output": (np.c_[np.ones(5), np.arange(5.0)], np.c_[np.ones(5), np.arange(5.0) ** 2]),
    "worse than the mean": ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]),
}
SCORES = [
    (mean_squared_error, sk.mean_squared_error),
    (root_mean_squared_error, sk.root_mean_squared_error),
    (mean_absolute_error, sk.mean_absolute_error),
    (r2_score, sk.r2_score),
]


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
@pytest.mark.parametrize(("ours", "theirs"), SCORES, ids=lambda score: score.__name__)
@pytest.mark.parametrize("multioutput", ["uniform_average", "raw_values"])
@pytest.mark.parametrize("weighted", [False, True])
def test_as_in_scikit_learn(pair, ours, theirs, multioutput, weighted):
    weights = np.random.default_rng(1).uniform(0.1, 2, len(pair[0])) if weighted else None
    options = {"multioutput": multioutput, "sample_weight": weights}
    a, b = ours(*pair, **options), theirs(*pair, **options)
    assert_allclose(a, b, rtol=1e-12)
    assert np.shape(a) == np.shape(b)


NUMBERS = st.lists(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000)), min_size=2, max_size=20)


@given(NUMBERS, st.floats(0.5, 100))
def test_units(rows, scale):
    true, predicted = (np.array(column) for column in zip(*rows, strict=True))
    assert_allclose(
        mean_squared_error(scale * true, scale * predicted), scale**2 * mean_squared_error(true, predicted), atol=1e-12
    )
    assert_allclose(
        mean_absolute_error(scale * true, scale * predicted), scale * mean_absolute_error(true, predicted), atol=1e-12
    )
    assert mean_absolute_error(true, predicted) <= root_mean_squared_error(true, predicted) * (1 + 1e-12)


def test_the_mean_scores_0_and_the_truth_1():
    y = np.array([1.0, 4.0, 7.0])
    assert r2_score(y, y) == 1
    assert_allclose(r2_score(y, np.full(3, y.mean())), 0, atol=1e-15)


@pytest.mark.parametrize("weights", [None, [0, 1, 2], [0.3, 0.3, 0.3]])
def test_a_constant_whose_mean_is_rounded_is_constant(weights):
    assert np.mean([0.1, 0.1, 0.1]) != 0.1
    assert r2_score([0.1, 0.1, 0.1], [0.1, 0.1, 0.2], sample_weight=weights) == 0
    assert r2_score([0.1, 0.1, 0.1], [0.1, 0.1, 0.1], sample_weight=weights) == 1
    assert r2_score([7.0, 0.1, 0.1], [0.1, 0.1, 0.2], sample_weight=[0, 1, 1]) == 0


def test_inputs_are_not_changed():
    true, predicted = (np.array(values) for values in PAIRS["four"])
    for array in (true, predicted):
        array.setflags(write=False)
    assert mean_squared_error(true, predicted) == 0.375
