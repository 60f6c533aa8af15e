import statistics
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_array_equal
from scipy import stats
from sklearn.datasets import load_iris

from companion.statistics import mode, multimode

rng = np.random.default_rng(0)
DATA = {
    "integers": rng.integers(0, 6, size=40),
    "iris": load_iris().data,
    "three axes": rng.integers(-2, 3, size=(4, 5, 6)),
    "one value": np.array([7.5]),
    "one row": np.array([[3, 1, 2]]),
    "all different": np.array([5.0, -1.0, 3.0]),
    "rounded": rng.normal(size=(30, 4)).round(1),
    "single precision": rng.integers(0, 3, size=(9, 2)).astype(np.float32) / 3,
    "large integers": np.array([2**53 + 1, 2**53, 2**53 + 1]),
}


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize("a", DATA.values(), ids=DATA)
def test_parity_with_scipy(a, keepdims):
    cases = 0
    for axis in (None, *range(-a.ndim, a.ndim)):
        ours, theirs = mode(a, axis, keepdims=keepdims), stats.mode(a, axis, keepdims=keepdims)
        for ours_field, theirs_field in ((ours.mode, theirs.mode), (ours.count, theirs.count)):
            assert_array_equal(ours_field, theirs_field)
            assert np.shape(ours_field) == np.shape(theirs_field)
            assert ours_field.dtype == theirs_field.dtype
        cases += 1
    assert cases >= 3
    assert_array_equal(mode(a).mode, mode(a, 0, keepdims=False).mode)


@given(
    arrays(int, array_shapes(max_dims=3, max_side=7), elements=st.integers(-3, 3)),
    st.integers(-3, 2),
    st.booleans(),
)
def test_parity_on_any_shape(a, axis, keepdims):
    axis = axis if -a.ndim <= axis < a.ndim else None
    for ours, theirs in zip(mode(a, axis, keepdims=keepdims), stats.mode(a, axis, keepdims=keepdims), strict=True):
        assert_array_equal(ours, theirs)
        assert np.shape(ours) == np.shape(theirs)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=30), st.randoms())
def test_against_counting(values, random):
    found, count = mode(values)
    counts = Counter(values)
    assert count == counts[found] == max(counts.values())
    assert found == min(multimode(values))
    random.shuffle(values)
    assert mode(values) == (found, count)


def test_extreme_numbers():
    assert mode([1e308, -1e308, 1e308]) == (1e308, 2)
    assert mode([5e-324, 0.0, -0.0, 5e-324]) == (0, 2)
    assert mode([1.0, np.nextafter(1, 2), np.nextafter(1, 2)]) == (np.nextafter(1, 2), 2)
    assert mode([True, False, True]) == (True, 2)
    assert mode([Fraction(1, 2), 0, Fraction(1, 2)]) == (0.5, 2)


def test_numbers_for_numbers():
    found = mode([2, 2, 1])
    assert found._fields == ("mode", "count")
    assert [np.ndim(field) for field in found] == [0, 0]
    assert found.mode.dtype.kind == "i"
    assert mode([2.5]) == (2.5, 1)


def test_inputs_are_not_touched():
    a = np.array([[3, 1], [2, 1], [3, 0]])
    a.flags.writeable = False
    assert mode(a, axis=None).mode == 1
    free = a.copy()
    mode(free, 1)
    assert_array_equal(free, a)
    words = ["b", "a", "b"]
    multimode(words)
    assert words == ["b", "a", "b"]


VALUES = st.one_of(st.integers(-3, 3), st.sampled_from("abc"), st.booleans(), st.tuples(st.integers(0, 1)))


@given(st.lists(VALUES, min_size=1, max_size=20))
def test_multimode_is_that_of_python(values):
    found = multimode(values)
    assert found == statistics.multimode(values)
    repeated = len(set(values)) < len(values)
    assert multimode(values, unrepeated="none") == (found if repeated else [])
    assert multimode(values, unrepeated="all") == found
    assert multimode(values + values, unrepeated="none") == found


def test_multimode_returns_labels_as_given():
    assert multimode(["A", "0", "B", "0", "A"]) == ["A", "0"]
    assert multimode([3.0, 3, 4]) == [3.0]
    assert type(multimode([3.0, 3, 4])[0]) is float
    assert multimode("banana") == ["a"]
    assert multimode(iter([1, 1, 2])) == [1]
    assert multimode({"x": 1, "y": 2}) == ["x", "y"]
    (label,) = multimode(np.array(["x", "y", "y"]))
    assert label == "y"
    assert multimode([5], unrepeated="none") == []
    assert multimode([5, 5], unrepeated="none") == [5]
