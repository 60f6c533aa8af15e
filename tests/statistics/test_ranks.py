from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from numpy.testing import assert_array_equal
from scipy import stats

from companion.statistics import rankdata

METHODS = ["average", "min", "max", "dense", "ordinal"]
RNG = np.random.default_rng(1)
DATA = {
    "no ties": RNG.normal(size=50),
    "many ties": RNG.integers(0, 5, size=80),
    "all equal": np.full(7, 3.5),
    "one": np.array([2.0]),
    "a table": RNG.integers(-3, 3, size=(6, 9)),
    "three axes": RNG.integers(0, 4, size=(3, 4, 5)) / 4,
    "truth values": np.array([True, False, True, True]),
    "signed zeros": np.array([0.0, -0.0, 1.0, -1.0]),
    "sizes": np.array([1e308, -1e308, 5e-324, 0, 1e-300, 1e308]),
}
few_values = arrays(np.int64, array_shapes(max_dims=3, max_side=7), elements=st.integers(-3, 3))
lists = st.lists(st.integers(-6, 6), min_size=1, max_size=30)
every_method = pytest.mark.parametrize("method", METHODS)


@every_method
@pytest.mark.parametrize("a", DATA.values(), ids=DATA)
def test_as_scipy(a, method):
    for axis in (None, *range(-a.ndim, a.ndim)):
        expected = stats.rankdata(a, method, axis=axis)
        assert_array_equal(rankdata(a, method, axis=axis), expected, strict=True)
    assert_array_equal(rankdata(a), stats.rankdata(a))


@settings(deadline=None)
@given(few_values, st.sampled_from(METHODS), st.data())
def test_as_scipy_along_any_axis(a, method, data):
    axis = data.draw(st.integers(-a.ndim, a.ndim - 1))
    assert_array_equal(rankdata(a, method, axis=axis), stats.rankdata(a, method, axis=axis))


@every_method
def test_large_samples(method):
    a = RNG.integers(0, 1000, size=100_000)
    assert_array_equal(rankdata(a, method), stats.rankdata(a, method))


@settings(deadline=None)
@given(lists)
def test_what_the_methods_mean(a):
    """Counting instead of sorting."""
    below = [sum(other < value for other in a) for value in a]
    equal = [sum(other == value for other in a) for value in a]
    assert_array_equal(rankdata(a, "min"), [b + 1 for b in below])
    assert_array_equal(rankdata(a, "max"), [b + e for b, e in zip(below, equal, strict=True)])
    assert_array_equal(rankdata(a), [b + (e + 1) / 2 for b, e in zip(below, equal, strict=True)])
    assert_array_equal(rankdata(a, "dense"), [len({other for other in a if other < value}) + 1 for value in a])
    order = sorted(range(len(a)), key=lambda i: (a[i], i))
    assert_array_equal(rankdata(a, "ordinal"), [order.index(i) + 1 for i in range(len(a))])
    assert rankdata(a).sum() == len(a) * (len(a) + 1) / 2


@settings(deadline=None)
@given(lists, st.sampled_from(METHODS))
def test_increasing_functions_change_nothing(a, method):
    assert_array_equal(rankdata(np.exp(a), method), rankdata(a, method))
    assert_array_equal(rankdata(np.array(a) * 1e-300, method), rankdata(a, method))


@settings(deadline=None)
@given(lists, st.sampled_from(METHODS[:4]), st.randoms(use_true_random=False))
def test_ranks_follow_their_numbers(a, method, random):
    order = list(range(len(a)))
    random.shuffle(order)
    assert_array_equal(rankdata(np.array(a)[order], method), rankdata(a, method)[order])


def test_integers_that_become_equal_as_floats():
    assert_array_equal(rankdata([2**53 + 1, 2**53, 2**60 + 1, 2**60]), [2, 1, 4, 3])
    assert_array_equal(rankdata(np.array([2**63 + 1, 2**63], dtype=np.uint64), "dense"), [2, 1])


def test_types_and_inputs():
    a = RNG.normal(size=(4, 5))
    before = a.copy()
    a.flags.writeable = False
    for method in METHODS:
        ranks = rankdata(a, method, axis=0)
        ranks[0] = -1  # the result is writeable, and no view of the input
    assert_array_equal(a, before)
    assert rankdata(3.0).tolist() == [1]
    assert rankdata([]).shape == (0,)
    assert rankdata(np.empty((0, 3)), axis=1).shape == (0, 3)
    assert_array_equal(rankdata([Fraction(1, 3), Fraction(1, 7), 1]), [2, 1, 3])
