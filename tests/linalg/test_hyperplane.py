import dataclasses
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.linalg import LinAlgError
from numpy.testing import assert_allclose, assert_array_equal
from scipy.linalg import null_space
from scipy.optimize import minimize
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression, Perceptron
from sklearn.svm import SVC

from companion.linalg import Hyperplane

LINE = Hyperplane([3, 4], -10)


def draw(d, n, seed=0):
    rng = np.random.default_rng(seed)
    return Hyperplane(rng.normal(size=d), rng.normal()), 3 * rng.normal(size=(n, d))


class TestTheLineByHand:
    def test_values_and_distances(self):
        X = [[6, 8], [0, 0], [2, 1]]
        assert_array_equal(LINE.evaluate(X), [40, -10, 0])
        assert_array_equal(LINE.signed_distance(X), [8, -2, 0])
        assert_array_equal(LINE.distance(X), [8, 2, 0])
        assert_array_equal(LINE.side(X), [1, -1, 0])

    def test_foot_and_mirror_image(self):
        assert_allclose(LINE.project([6, 8]), [1.2, 1.6], rtol=1e-15)
        assert_allclose(LINE.reflect([6, 8]), [-3.6, -4.8], rtol=1e-15)
        assert_allclose(LINE.reflect([0, 0]), [2.4, 3.2], rtol=1e-15)

    def test_normalized(self):
        unit = LINE.normalized()
        assert_allclose(unit.w, [0.6, 0.8], rtol=1e-15)
        assert unit.w0 == -2

    @pytest.mark.parametrize("w0", [-5, 0, 5])
    def test_the_origin_has_the_value_w0(self, w0):
        plane = Hyperplane([1, 0], w0)
        assert plane.evaluate([0, 0]) == w0
        assert plane.side([0, 0]) == np.sign(w0)
        assert plane.distance([0, 0]) == abs(w0)

    def test_slope_and_intercept(self):
        line = Hyperplane.from_slope_intercept(2, 3)
        assert_array_equal(line.w, [2, -1])
        assert line.w0 == 3
        assert_array_equal(line.side([[0, 3], [1, 5], [0, 2], [0, 4]]), [0, 0, 1, -1])
        assert_allclose(line.distance([0, 0]), 3 / np.sqrt(5), rtol=1e-15)

    def test_offset_zero_is_the_default(self):
        assert Hyperplane([1, 2]).w0 == 0


class TestShapes:
    @pytest.mark.parametrize("shape", [(), (1,), (7,), (2, 3), (0,)])
    @pytest.mark.parametrize("d", [1, 2, 5])
    def test_many_points_are_as_each_alone(self, shape, d):
        plane, X = draw(d, 6)
        X = np.resize(X, (*shape, d))
        for name in ("evaluate", "signed_distance", "distance", "side", "project", "reflect"):
            method = getattr(plane, name)
            result = method(X)
            assert np.shape(result) == (X.shape if name in ("project", "reflect") else shape)
            for index in np.ndindex(shape):
                assert_allclose(np.asarray(result)[index], method(X[index]), rtol=1e-13, atol=1e-13)

    def test_one_point_gives_numbers(self):
        assert isinstance(LINE.evaluate([1, 2]), float)
        assert isinstance(LINE.distance([1, 2]), float)
        assert isinstance(LINE.side([1, 2]), np.integer)

    def test_sides_are_integers(self):
        assert LINE.side([[1, 2], [3, 4]]).dtype.kind == "i"


class TestImmutable:
    def test_fields(self):
        with pytest.raises(dataclasses.FrozenInstanceError):
            LINE.w0 = 3
        with pytest.raises(ValueError, match="read-only"):
            LINE.w[0] = 1

    def test_inputs_stay_as_they_are(self):
        w, X, points = np.array([3.0, 4.0]), np.ones((2, 2)), np.array([[1.0, 2.0], [5.0, 7.0]])
        for array in (w, X, points):
            array.setflags(write=False)
        plane = Hyperplane(w, 1)
        plane.reflect(X)
        plane.evaluate(X)
        Hyperplane.from_points(points)
        assert plane.w is not w

    def test_a_change_of_the_given_normal_does_not_reach_in(self):
        w = np.array([3.0, 4.0])
        plane = Hyperplane(w, 1)
        w[0] = 100
        assert_array_equal(plane.w, [3, 4])

    def test_pickle(self):
        copy = pickle.loads(pickle.dumps(LINE))
        assert_array_equal(copy.w, LINE.w)
        assert copy.signed_distance([6, 8]) == 8


class TestNearestPoint:
    @pytest.mark.parametrize("d", [1, 2, 3, 6])
    @pytest.mark.parametrize("seed", range(3))
    def test_an_optimiser_finds_the_same_foot(self, d, seed):
        plane, (x,) = draw(d, 1, seed)
        on_it = {"type": "eq", "fun": plane.evaluate, "jac": lambda p: plane.w}
        found = minimize(lambda p: np.sum((p - x) ** 2), x + 0.1, method="SLSQP", constraints=on_it, tol=1e-14)
        assert found.success
        assert_allclose(plane.project(x), found.x, rtol=1e-6, atol=1e-6)
        assert_allclose(plane.distance(x), np.sqrt(found.fun), rtol=1e-6)

    @settings(deadline=None, max_examples=60)
    @given(st.integers(1, 8), st.integers(0, 10**6))
    def test_what_must_hold(self, d, seed):
        plane, X = draw(d, 5, seed)
        foot, image = plane.project(X), plane.reflect(X)
        assert_allclose(plane.signed_distance(foot), 0, atol=1e-13)
        assert_allclose(np.linalg.norm(X - foot, axis=1), plane.distance(X), rtol=1e-10, atol=1e-13)
        assert_allclose(plane.signed_distance(image), -plane.signed_distance(X), rtol=1e-10, atol=1e-12)
        assert_allclose((X + image) / 2, foot, rtol=1e-10, atol=1e-12)
        assert_allclose(plane.reflect(image), X, rtol=1e-10, atol=1e-12)
        assert_allclose(plane.project(foot), foot, rtol=1e-10, atol=1e-12)
        assert_allclose(np.linalg.norm(image[1:] - image[0], axis=1), np.linalg.norm(X[1:] - X[0], axis=1), rtol=1e-10)
        assert_array_equal(plane.side(X), np.sign(plane.evaluate(X)))
        assert_allclose(plane.signed_distance(X), plane.side(X) * plane.distance(X), rtol=0)
        assert_allclose(plane.normalized().evaluate(X), plane.signed_distance(X), rtol=1e-10, atol=1e-13)
        assert_allclose(np.linalg.norm(plane.normalized().w), 1, rtol=1e-15)

    @settings(deadline=None, max_examples=30)
    @given(st.integers(1, 6), st.integers(0, 10**6), st.sampled_from([-3.0, -1.0, -1e-9, 0.5, 2.0, 1e9]))
    def test_scaling_keeps_the_hyperplane_and_a_negative_factor_swaps_the_sides(self, d, seed, c):
        plane, X = draw(d, 5, seed)
        scaled = Hyperplane(c * plane.w, c * plane.w0)
        assert_allclose(scaled.evaluate(X), c * plane.evaluate(X), rtol=1e-9, atol=1e-12 * abs(c))
        assert_allclose(scaled.signed_distance(X), np.sign(c) * plane.signed_distance(X), rtol=1e-9, atol=1e-12)
        assert_allclose(scaled.reflect(X), plane.reflect(X), rtol=1e-9, atol=1e-12)

    @settings(deadline=None, max_examples=30)
    @given(st.integers(1, 6), st.integers(0, 10**6))
    def test_a_shift_of_plane_and_points_keeps_distances(self, d, seed):
        plane, X = draw(d, 5, seed)
        shift = 100 * np.random.default_rng(seed + 1).normal(size=d)
        moved = Hyperplane(plane.w, plane.w0 - plane.w @ shift)
        assert_allclose(moved.signed_distance(X + shift), plane.signed_distance(X), rtol=1e-9, atol=1e-11)
        assert_allclose(moved.project(X + shift), plane.project(X) + shift, rtol=1e-9, atol=1e-11)


class TestSizes:
    @pytest.mark.parametrize("scale", [2.0**k for k in (-1020, -600, -1, 1, 600, 1018)])
    def test_large_and_small_normals(self, scale):
        plane, X = draw(3, 20)
        scaled = Hyperplane(scale * np.round(plane.w, 4), 0)
        plane = Hyperplane(np.round(plane.w, 4), 0)
        assert_allclose(scaled.signed_distance(X), plane.signed_distance(X), rtol=1e-14, atol=1e-15)
        assert_array_equal(scaled.side(X), plane.side(X))
        assert_allclose(scaled.project(X), plane.project(X), rtol=1e-13, atol=1e-14)
        assert_allclose(scaled.normalized().w, plane.normalized().w, rtol=1e-14)

    @pytest.mark.parametrize("scale", [1e200, 1e-200, 1e300, 1e-300])
    def test_normal_and_points_of_one_size(self, scale):
        plane = Hyperplane([3 * scale, 4 * scale], -10 * scale)
        assert_allclose(plane.signed_distance([6, 8]), 8, rtol=1e-14)
        wide = Hyperplane([3 * scale, -4 * scale])
        assert_allclose(wide.signed_distance([6 * scale, 8 * scale]) / scale, -14 / 5, rtol=1e-14)
        assert wide.side([6 * scale, 8 * scale]) == -1
        assert_allclose(wide.reflect([4 * scale, 3 * scale]) / scale, [4, 3], rtol=1e-14)

    def test_the_smallest_number(self):
        assert Hyperplane([5e-324, 0]).signed_distance([7, 1]) == 7

    def test_the_largest_number(self):
        huge = np.finfo(float).max
        assert_allclose(Hyperplane([huge, huge]).signed_distance([1, 1]), np.sqrt(2), rtol=1e-15)

    def test_integers_on_the_hyperplane_have_no_side(self):
        rng = np.random.default_rng(0)
        for _ in range(200):
            w, x = rng.integers(-50, 50, size=(2, 4))
            w[0] = w[0] or 1
            plane = Hyperplane(w, -w @ x)
            assert plane.side(x) == 0
            assert plane.signed_distance(x) == 0


class TestFromPoints:
    @pytest.mark.parametrize("d", [2, 3, 4, 7])
    @pytest.mark.parametrize("scale", [1.0, 1e200, 1e-200, 1e307])
    def test_the_points_lie_on_it(self, d, scale):
        points = np.random.default_rng(d).normal(size=(d, d)) * scale
        plane = Hyperplane.from_points(points)
        assert_allclose(plane.signed_distance(points) / scale, 0, atol=1e-14)
        assert_allclose(np.linalg.norm(plane.w), 1, rtol=1e-14)

    @pytest.mark.parametrize("d", [2, 3, 4, 7])
    def test_the_normal_is_the_null_space_of_the_differences(self, d):
        points = np.random.default_rng(d + 10).normal(size=(d, d))
        other = null_space(points[1:] - points[0]).ravel()
        ours = Hyperplane.from_points(points).w
        assert_allclose(ours * np.sign(ours @ other), other, rtol=1e-11, atol=1e-13)

    def test_a_plane_by_hand(self):
        plane = Hyperplane.from_points([[1, 0, 0], [0, 2, 0], [0, 0, 3]])
        assert_allclose([*plane.w, plane.w0], np.array([6, 3, 2, -6]) / 7, rtol=1e-14)
        assert_allclose(plane.distance([0, 0, 0]), 6 / 7, rtol=1e-14)

    def test_the_normal_is_on_the_left_of_the_way(self):
        line = Hyperplane.from_points([[1, 2], [4, 6]])
        assert_allclose([*line.w, line.w0], [-0.8, 0.6, -0.4], rtol=1e-14)
        assert line.side([0, 10]) == 1

    def test_the_right_hand_rule(self):
        points = np.random.default_rng(3).normal(size=(3, 3))
        cross = np.cross(points[1] - points[0], points[2] - points[0])
        assert_allclose(Hyperplane.from_points(points).w, cross / np.linalg.norm(cross), rtol=1e-12)

    @pytest.mark.parametrize("d", [2, 3, 4, 5])
    def test_two_points_swapped_turn_the_normal_round(self, d):
        points = np.random.default_rng(d).normal(size=(d, d))
        plane, turned = Hyperplane.from_points(points), Hyperplane.from_points(points[[1, 0, *range(2, d)]])
        assert_allclose(turned.w, -plane.w, rtol=1e-12)
        assert_allclose(turned.w0, -plane.w0, rtol=1e-12)
        assert np.linalg.det(np.vstack([points[1:] - points[0], plane.w])) > 0

    def test_one_dimension(self):
        point = Hyperplane.from_points([[5]])
        assert_array_equal(point.w, [1])
        assert point.w0 == -5

    def test_points_far_from_the_origin(self):
        near = np.array([[0, 0, 0], [1, 0, 1], [0, 1, 2]])
        plane, far = Hyperplane.from_points(near), Hyperplane.from_points(near + 2.0**30)
        assert_allclose(far.w, plane.w, rtol=1e-14)

    def test_nearly_equal_points_are_refused_when_rounding_made_the_difference(self):
        Hyperplane.from_points([[1.0, 1.0], [1.0 + 1e-14, 1.0]])
        with pytest.raises(LinAlgError, match="general position"):
            Hyperplane.from_points([[1.0, 1.0], [1.0 + 2.3e-16, 1.0]])
        with pytest.raises(LinAlgError, match="general position"):
            Hyperplane.from_points(1e8 + np.array([[0.1, 0.1, 0.1], [0.2, 0.2, 0.2], [0.3, 0.3, 0.3]]))


IRIS = load_iris()
PETALS, IS_SETOSA = IRIS.data[:100, 2:], IRIS.target[:100] == 0


@pytest.mark.parametrize(
    "model",
    [SVC(kernel="linear"), SVC(kernel="linear", C=1e4), Perceptron(random_state=0), LogisticRegression()],
    ids=str,
)
@pytest.mark.parametrize("columns", [[0, 1], [0], slice(None)], ids=["two", "one", "four"])
def test_linear_classifiers_of_scikit_learn_are_hyperplanes(model, columns):
    X = IRIS.data[:100] if isinstance(columns, slice) else PETALS[:, columns]
    model.fit(X, np.where(IS_SETOSA, 1, -1))
    plane = Hyperplane(model.coef_[0], model.intercept_[0])
    assert_allclose(plane.evaluate(X), model.decision_function(X), rtol=1e-10, atol=1e-10)
    assert_allclose(
        plane.signed_distance(X), model.decision_function(X) / np.linalg.norm(model.coef_), rtol=1e-10, atol=1e-10
    )
    assert_array_equal(plane.side(X), model.predict(X))
    assert {1, -1} == set(plane.side(X))


def test_the_margin_of_a_support_vector_machine():
    model = SVC(kernel="linear", C=1e4, tol=1e-8).fit(PETALS, IS_SETOSA)
    plane = Hyperplane(model.coef_[0], model.intercept_[0])
    assert_allclose(2 * plane.distance(PETALS).min(), 2 / np.linalg.norm(plane.w), rtol=1e-6)
    assert_allclose(plane.distance(model.support_vectors_), 1 / np.linalg.norm(plane.w), rtol=1e-6)
