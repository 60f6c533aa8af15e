from fractions import Fraction
from math import isqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy.spatial import distance

from companion.linalg import angle_between, coordinates
from tests.linalg.matrices import ALL, EPS, OBLONG, SQUARE

DIGITS = 10**60
WELL = ["random", "large enough for halves", "complex", "permutation", "large", "small", "one", "tall", "a column"]
WELL += ["tall, complex"]


def as_fractions(x):
    return [Fraction(float(value)) for value in x]


def root(x):
    return Fraction(isqrt(int(x * DIGITS**2)), DIGITS)


def sine(u, v):
    """Return the sine of the angle between two vectors to 40 digits and more, from Lagrange's identity."""
    u, v = as_fractions(u), as_fractions(v)
    n = len(u)
    across = sum((u[i] * v[j] - u[j] * v[i]) ** 2 for i in range(n) for j in range(i))
    return float(root(across / sum(x * x for x in u) / sum(x * x for x in v)))


class TestAngle:
    @pytest.mark.parametrize("n", [1, 2, 3, 50])
    def test_scipy_s_cosine_distance(self, n):
        for u, v in np.random.default_rng(n).normal(size=(20, 2, n)):
            assert_allclose(np.cos(angle_between(u, v)), 1 - distance.cosine(u, v), atol=4e-16)

    def test_known_angles(self):
        cases = [
            ([1, 0, 1], [0, 1, 1], 60),
            ([1, 2], [3, 4], 10.304846468766044),
            ([2, -1, 2], [1, 4, 1], 90),
            ([1, 1], [-1, -1], 180),
            ([1, 1], [-1, 1], 90),
            ([1, 0], [-1, np.sqrt(3)], 120),
            ([3], [5], 0),
            ([3], [-5], 180),
        ]
        for u, v, degrees in cases:
            assert_allclose(np.degrees(angle_between(u, v)), degrees, rtol=2e-15)
        assert isinstance(angle_between([1, 2], [3, 4]), float)

    @pytest.mark.parametrize("size", 10.0 ** -np.arange(1, 19))
    @pytest.mark.parametrize("n", [2, 3, 10])
    def test_tiny_and_nearly_straight_angles(self, size, n):
        rng = np.random.default_rng(n)
        u = rng.normal(size=n)
        v = 3 * u + size * rng.normal(size=n)
        exact = np.arcsin(sine(u, v))
        assert abs(angle_between(u, v) - exact) < 4 * EPS
        assert abs(np.pi - angle_between(u, -v) - exact) < 6 * EPS

    def test_tiny_angles_at_an_axis_keep_all_digits(self):
        for size in (1e-9, 1e-100, 1e-300):
            assert_allclose(angle_between([1, 0], [1, size]), size, rtol=1e-15)

    @pytest.mark.parametrize("scale", [1e200, 1e-200, 1e308, 1e-320])
    def test_lengths_do_not_matter(self, scale):
        u, v = scale * np.array([1.0, 0.5]), np.array([0.25, 1])
        wanted = angle_between(u / scale, v)
        assert_allclose(angle_between(u, v), wanted, rtol=1e-3 if scale < 1e-300 else 4e-16)
        assert_allclose(angle_between(u, u[::-1]), 2 * np.arctan2(1, 3), rtol=1e-3 if scale < 1e-300 else 4e-16)
        assert angle_between(u, u) == 0
        assert angle_between(u, -u) == np.pi

    def test_subnormal_lengths_keep_their_digits(self):
        least = np.nextafter(0, 1)
        assert_allclose(angle_between([3 * least, 4 * least], [1, 0]), np.arctan2(4, 3), rtol=1e-15)

    def test_lengths_may_overflow(self):
        most = np.finfo(float).max
        assert_allclose(angle_between([most, most], [1, 0]), np.pi / 4, rtol=1e-15)

    def test_many_pairs(self):
        u, v = np.random.default_rng(1).normal(size=(2, 4, 6, 3))
        together = angle_between(u, v)
        assert together.shape == (4, 6)
        assert_allclose(together[2, 3], angle_between(u[2, 3], v[2, 3]), rtol=1e-15)
        assert_allclose(angle_between(u, v[0, 0])[1, 5], angle_between(u[1, 5], v[0, 0]), rtol=1e-15)

    @settings(deadline=None, max_examples=60)
    @given(st.integers(2, 6), st.integers(0, 10**6))
    def test_symmetric_and_supplementary(self, n, seed):
        u, v, w = np.random.default_rng(seed).normal(size=(3, n))
        assert angle_between(u, v) == angle_between(v, u)
        assert_allclose(angle_between(-u, v), np.pi - angle_between(u, v), atol=1e-15)
        assert_allclose(angle_between(8 * u, v), angle_between(u, v), rtol=1e-15)
        assert angle_between(u, w) <= angle_between(u, v) + angle_between(v, w) + 1e-15


class TestCoordinates:
    @pytest.mark.parametrize("name", WELL)
    def test_the_combination_comes_back(self, name):
        B = ALL[name]
        rng = np.random.default_rng(7)
        for shape in ((B.shape[1],), (B.shape[1], 3), (B.shape[1], 0)):
            c = rng.normal(size=shape) + (1j * rng.normal(size=shape) if np.iscomplexobj(B) else 0)
            found = coordinates(B, B @ c)
            assert found.shape == shape
            assert_allclose(found, c, rtol=1e-12, atol=1e-11)

    @pytest.mark.parametrize("name", SQUARE)
    def test_numpy_solves_the_same(self, name):
        B = SQUARE[name]
        x = B @ np.ones(len(B)) + 0.01 * np.abs(B).max() * np.arange(len(B))
        try:
            found = coordinates(B, x)
        except np.linalg.LinAlgError:
            assert np.linalg.cond(B) > 1e13
            return
        backward = np.abs(B @ found - x) / (np.abs(B) @ np.abs(found)).max()
        assert backward.max() < 40 * EPS
        assert_allclose(found, np.linalg.solve(B, x), rtol=1e-9 if np.linalg.cond(B) < 1e5 else 1)

    def test_a_plane_in_space(self):
        B = np.array([[1.0, 1], [1, 2], [1, 3]])
        assert_allclose(coordinates(B, [0, -1, -2]), [1, -1], rtol=1e-14)
        assert_allclose(coordinates(B, [[2, 0], [3, 0], [4, 0]]), [[1, 0], [1, 0]], atol=1e-14)
        for off in (1.0, 1e-6, 1e-11):
            with pytest.raises(ValueError, match="x must be in the span"):
                coordinates(B, np.array([2.0, 3, 4]) + off * np.array([1, -2, 1]))
        with pytest.raises(ValueError, match=r"it is 2\.45 away"):
            coordinates(B, [[2, 1], [3, -2], [4, 1]])

    def test_lengths_of_the_basis_vectors_do_not_matter(self):
        B = np.array([[3.0, -1], [1, 2]]) * [1e200, 1e-100]
        assert_allclose(coordinates(B, [5, 4]), [2e-200, 1e100], rtol=1e-14)

    def test_nearly_dependent(self):
        # With eps 2**-52 the columns of two rows are taken for dependent up to an angle of 2 eps.
        for size, known in ((1.9 * EPS, False), (2.1 * EPS, True)):
            B = np.array([[1, 1], [0, size]])
            if known:
                assert_allclose(coordinates(B, [1, size]), [0, 1], atol=1e-15)
            else:
                with pytest.raises(np.linalg.LinAlgError, match="column 1"):
                    coordinates(B, [1, size])

    @settings(deadline=None, max_examples=40)
    @given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 10**6))
    def test_linear_and_unchanged_by_a_turn(self, n, k, seed):
        rng = np.random.default_rng(seed)
        k = min(n, k)
        B, c, d = rng.normal(size=(n, k)), rng.normal(size=k), rng.normal(size=k)
        turn = np.linalg.qr(rng.normal(size=(n, n))).Q
        size = np.linalg.cond(B)
        assert_allclose(coordinates(B, B @ (2 * c - d)), 2 * c - d, atol=1e-13 * size)
        assert_allclose(coordinates(turn @ B, turn @ B @ c), c, atol=1e-13 * size)


def test_inputs_stay_as_they_are():
    B, x = np.array([[3.0, -1], [1, 2]]), np.array([5.0, 4])
    B.setflags(write=False)
    x.setflags(write=False)
    coordinates(B, x), angle_between(B, x)
    assert coordinates(B.tolist(), x.tolist()).tolist() == coordinates(B, x).tolist()
    assert OBLONG["no rows"].shape == (0, 3)
    assert coordinates(np.empty((3, 0)), np.zeros(3)).shape == (0,)
