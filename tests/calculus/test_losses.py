import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import special
from sklearn import metrics

from companion.autodiff import grad
from companion.calculus import absolute_loss, hinge_loss, huber, squared_loss
from companion.ml.metrics import mean_absolute_error, mean_squared_error

NUMBERS = st.floats(-1e6, 1e6)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_sklearn_agrees_on_the_mean(pairs):
    true, predicted = np.array(pairs).T
    assert_allclose(np.mean(squared_loss(true, predicted)), metrics.mean_squared_error(true, predicted), rtol=1e-12)
    assert_allclose(np.mean(absolute_loss(true, predicted)), metrics.mean_absolute_error(true, predicted), rtol=1e-12)
    assert_allclose(np.mean(squared_loss(true, predicted)), mean_squared_error(true, predicted), rtol=1e-12)
    assert_allclose(np.mean(absolute_loss(true, predicted)), mean_absolute_error(true, predicted), rtol=1e-12)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([-1, 1]), st.floats(-5, 5)), min_size=2, max_size=20))
def test_sklearn_agrees_on_hinge_loss(pairs):
    labels, scores = np.array(pairs).T
    if len(set(labels)) == 1:  # scikit-learn needs both
        labels[0] = -labels[0]
    assert_allclose(np.mean(hinge_loss(labels, scores)), metrics.hinge_loss(labels, scores), rtol=1e-12, atol=1e-15)


@settings(deadline=None, max_examples=100)
@given(st.floats(0, 1e3), NUMBERS)
def test_scipy_agrees_on_hubers_loss(delta, r):
    assert_allclose(huber(delta, r), special.huber(delta, r), rtol=1e-12, atol=1e-300)


def test_given_numbers():
    true, predicted = [3, -0.5, 2, 7], [2.5, 0, 2, 8]  # scikit-learn's documentation
    assert np.mean(squared_loss(true, predicted)) == 0.375
    assert np.mean(absolute_loss(true, predicted)) == 0.5
    assert_array_equal(hinge_loss([1, -1, 1, -1], [1, -3, 0, 0.5]), [0, 0, 1, 1.5])
    assert_array_equal(huber(2, [-3, -2, 0, 1, 5]), [4, 2, 0, 0.5, 8])


def test_huber_between_the_two():
    r = np.linspace(-4, 4, 81)
    assert_allclose(huber(1e3, r), squared_loss(r, 0) / 2)
    assert_allclose(huber(1e-9, r) / 1e-9, absolute_loss(r, 0), atol=1e-9)
    assert_array_equal(huber(0, r), 0)


@pytest.mark.parametrize("size", [1e160, 1e300])
def test_huber_of_large_residuals_does_not_overflow(size):
    assert huber(1.0, size) == size


@settings(deadline=None, max_examples=60)
@given(NUMBERS, NUMBERS, NUMBERS, st.floats(0, 1))
def test_convex_in_the_prediction(y, first, second, theta):
    between = theta * first + (1 - theta) * second
    losses = [lambda p: squared_loss(y, p), lambda p: absolute_loss(y, p), lambda p: huber(2.0, y - p)]
    for loss in [*losses, lambda p: hinge_loss(1, p)]:
        ends = loss(first), loss(second)
        assert loss(between) <= theta * ends[0] + (1 - theta) * ends[1] + 1e-9 * (1 + max(ends))


@pytest.mark.parametrize("loss", [squared_loss, absolute_loss, hinge_loss])
def test_shapes(loss):
    assert isinstance(loss(1, 3.0), float)
    assert loss([1, -1], 0.5).shape == (2,)
    assert loss([[1], [-1]], [0.5, 2, 3]).shape == (2, 3)
    assert loss([], []).shape == (0,)


def test_shapes_of_huber():
    assert isinstance(huber(1, 3), float)
    assert huber([[1], [2]], [0.5, 2, 3]).shape == (2, 3)


def test_arguments_are_left_alone():
    r = np.array([-3.0, 1.0])
    huber(1.0, r)
    assert_array_equal(r, [-3, 1])


@pytest.mark.parametrize("r", [-3.0, -0.3, 0.0, 0.7, 5.0])
def test_slopes_of_huber_are_clipped_residuals(r):
    step = 1e-6
    assert_allclose((huber(1.5, r + step) - huber(1.5, r - step)) / 2 / step, np.clip(r, -1.5, 1.5), atol=1e-9)
    assert_allclose(grad(lambda z: z**2 / 2)(r), r)  # the inner piece
