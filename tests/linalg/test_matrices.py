from fractions import Fraction

import numpy as np
import pytest
import scipy.linalg
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from companion.linalg import _matrices, bandwidth, inv, ishermitian, issymmetric, matrix_power, trace
from tests.linalg.matrices import ALL, SINGULAR, SQUARE

rng = np.random.default_rng(0)
FIBONACCI = np.array([[1, 1], [1, 0]])
KINDS = {
    "integers": rng.integers(-3, 4, size=(4, 4)),
    "small integers": rng.integers(0, 2, size=(3, 3)).astype(np.int16),
    "unsigned": rng.integers(0, 3, size=(3, 3)).astype(np.uint64),
    "truth values": rng.random((5, 5)) < 0.3,
    "floats": rng.normal(size=(6, 6)),
    "complex": rng.normal(size=(4, 4)) + 1j * rng.normal(size=(4, 4)),
    "one": np.array([[-2]]),
    "none": np.zeros((0, 0)),
}


class TestMatrixPower:
    @pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5, 7, 8, 9, 12])
    @pytest.mark.parametrize("kind", KINDS)
    def test_numpy_agrees(self, kind, n):
        a = KINDS[kind]
        ours, theirs = matrix_power(a, n), np.linalg.matrix_power(a, n)
        assert ours.dtype == theirs.dtype
        assert_allclose(ours, theirs, rtol=1e-11, atol=1e-11 * np.abs(theirs).max(initial=0))

    @pytest.mark.parametrize("n", [-1, -2, -3, -6, np.int64(-5)])
    @pytest.mark.parametrize("kind", ["integers", "floats", "complex", "one"])
    def test_negative_powers(self, kind, n):
        a = KINDS[kind]
        assert_allclose(matrix_power(a, n), np.linalg.matrix_power(a, n), rtol=1e-8)
        assert_allclose(matrix_power(a, n) @ matrix_power(a, -n), np.eye(len(a)), atol=1e-8)
        assert matrix_power(a, n).dtype.kind in "fc"

    @pytest.mark.parametrize("n", range(93))
    def test_fibonacci_numbers_are_exact_up_to_the_last_that_fits(self, n):
        before, here = 1, 0
        for _ in range(n):
            before, here = here, before + here
        power = matrix_power(FIBONACCI, n - 1 if n else 0)
        assert power[0, 0].item() == (here if n else 1)
        assert power.dtype == np.int64

    def test_what_would_wrap_around_is_refused(self):
        assert np.linalg.matrix_power(FIBONACCI, 92).min() < 0  # NumPy's do
        with pytest.raises(ValueError, match="fit into int64"):
            matrix_power(FIBONACCI, 92)
        assert matrix_power(FIBONACCI.astype(float), 92)[0, 0] == pytest.approx(12200160415121876738)
        assert matrix_power([[2]], 62).item() == 2**62
        assert matrix_power([[-2]], 61).item() == -(2**61)

    def test_the_range_is_that_of_the_type(self):
        assert matrix_power(np.array([[11]], dtype=np.int8), 2).item() == 121
        assert matrix_power(np.array([[2]], dtype=np.uint64), 63).item() == 2**63
        for entry, kind in ((12, np.int8), (-12, np.int8), (16, np.uint8)):
            with pytest.raises(ValueError, match=f"fit into {np.dtype(kind)}"):
                matrix_power(np.array([[entry]], dtype=kind), 2)

    def test_the_largest_and_the_smallest_integers(self):
        for kind in (np.int8, np.int64, np.uint64):
            most = np.iinfo(kind).max
            assert matrix_power(np.array([[most]], dtype=kind), 1).item() == most
        assert matrix_power(np.array([[1, 127], [0, 0]], dtype=np.int8), 5).tolist() == [[1, 127], [0, 0]]
        assert matrix_power([[-(2**63)]], 1).tolist() == [[-(2**63)]]
        for entry, n in ((2, 63), (-2, 63), (-(2**31), 3), (-(2**63), 2)):
            with pytest.raises(ValueError, match="fit into int64; or pass a as floats"):
                matrix_power([[entry]], n)
        with pytest.raises(ValueError, match="fit into uint64"):
            matrix_power(np.array([[2]], dtype=np.uint64), 64)

    def test_integers_of_more_than_64_bits_become_floats(self):
        power = matrix_power([[2**64]], 2)
        assert power.dtype == float
        assert power.item() == 2.0**128
        assert trace([[2**64, 0], [0, 1]]) == 2.0**64
        assert isinstance(trace([[2**64, 0], [0, 1]]), float)

    @pytest.mark.parametrize("n", [-1, -2, -7])
    @pytest.mark.parametrize("a", [[[1e-320]], [[1e-320, 0], [0, 1]], [[1e-320j]], [[1, 1e-310], [0, 1e-310]]])
    def test_an_inverse_that_does_not_fit_is_refused(self, a, n):
        with pytest.raises(ValueError, match=r"fit into (float64|complex128); or scale a first"):
            matrix_power(a, n)

    def test_a_power_that_fits_is_not_refused_for_a_square_that_it_does_not_need(self):
        assert matrix_power([[10]], 18).item() == 10**18  # the square of 10**16 would not fit

    @pytest.mark.parametrize("n", [1, 2, 3, 7, 8, 13, 64, 100, 1023])
    def test_number_of_products(self, n, monkeypatch):
        calls = []
        product = _matrices._product
        monkeypatch.setattr(_matrices, "_product", lambda a, b: calls.append(1) or product(a, b))
        matrix_power(np.eye(2), n)
        assert len(calls) == n.bit_length() - 1 + n.bit_count() - 1

    def test_published_powers(self):
        turn = np.array([[0, -1], [1, 0]])
        assert matrix_power(turn, 4).tolist() == [[1, 0], [0, 1]]
        assert matrix_power(turn, 10**100 + 1).tolist() == turn.tolist()
        shift = np.eye(5, k=1)
        assert matrix_power(shift, 4).tolist() == np.eye(5, k=4).tolist()
        assert not matrix_power(shift, 5).any()

    def test_the_result_is_a_copy(self):
        a = np.array([[1.0, 2], [3, 4]])
        a.setflags(write=False)
        for n in (0, 1, 2):
            matrix_power(a, n)[0, 0] = 7
        b = np.array([[1, 2], [3, 4]])
        matrix_power(b, 1)[0, 0] = 7
        assert b[0, 0] == 1
        assert matrix_power(a.tolist(), 2).tolist() == (a @ a).tolist()

    def test_fractions_become_floats(self):
        assert matrix_power([[Fraction(1, 2)]], 3).tolist() == [[0.125]]

    @settings(deadline=None, max_examples=40)
    @given(st.integers(1, 4), st.integers(0, 5), st.integers(0, 5), st.integers(0, 10**6))
    def test_exponents_add(self, size, m, n, seed):
        a = np.random.default_rng(seed).integers(-3, 4, size=(size, size))
        assert_array_equal(matrix_power(a, m) @ matrix_power(a, n), matrix_power(a, m + n))
        assert_array_equal(matrix_power(matrix_power(a, m), min(n, 2)), matrix_power(a, m * min(n, 2)))
        assert_array_equal(matrix_power(a.T, m), matrix_power(a, m).T)


class TestBandwidth:
    @pytest.mark.parametrize("name", [name for name in ALL if 1 not in ALL[name].shape])
    def test_scipy_agrees(self, name):
        assert bandwidth(ALL[name]) == scipy.linalg.bandwidth(ALL[name])

    @pytest.mark.parametrize("shape", [(5, 5), (3, 7), (8, 4)])
    @pytest.mark.parametrize("lower", [0, 1, 2])
    @pytest.mark.parametrize("upper", [0, 1, 2])
    def test_bands(self, shape, lower, upper):
        band = np.tril(np.triu(np.ones(shape), -lower), upper)
        assert bandwidth(band) == scipy.linalg.bandwidth(band) == (lower, upper)
        assert bandwidth(1j * band.T) == (upper, lower)

    def test_one_entry_decides(self):
        a = np.zeros((6, 6))
        a[5, 1] = 1e-300
        assert bandwidth(a) == (4, 0)
        assert bandwidth(a.T) == (0, 4)
        assert all(isinstance(width, int) for width in bandwidth(a))

    def test_rows_columns_and_what_is_empty(self):
        assert bandwidth([[1, 2, 3]]) == (0, 2)
        assert bandwidth([[1], [2], [0]]) == (1, 0)
        assert bandwidth(np.empty((0, 3))) == bandwidth(np.zeros((2, 3))) == (0, 0)

    @settings(deadline=None, max_examples=40)
    @given(st.integers(1, 7), st.integers(0, 3), st.integers(0, 3), st.integers(0, 10**6))
    def test_bandwidths_of_a_product_add_at_most(self, size, lower, upper, seed):
        rng = np.random.default_rng(seed)
        a, b = (np.tril(np.triu(rng.normal(size=(size, size)), -lower), upper) for _ in "ab")
        below, above = bandwidth(a @ b)
        assert below <= bandwidth(a)[0] + bandwidth(b)[0]
        assert above <= bandwidth(a)[1] + bandwidth(b)[1]


SYMMETRIC = {
    "yes": np.array([[2.0, 1, 3], [1, 0, 4], [3, 4, 5]]),
    "no": np.array([[2.0, 1, 3], [1, 0, 4], [3, 5, 5]]),
    "skew": np.array([[0, 1], [-1, 0]]),
    "complex, symmetric": np.array([[1 + 1j, 3j], [3j, 2]]),
    "complex, hermitian": np.array([[1, 3j], [-3j, 2]]),
    "complex diagonal": np.array([[1j, 0], [0, 1]]),
    "integers": np.array([[1, 2], [2, 1]]),
    "large integers": np.array([[0, 2**53], [2**53 + 1, 0]]),
    "nearly": np.array([[1, 1], [1 + 1e-9, 1]]),
    "empty": np.zeros((0, 0)),
}


@pytest.mark.parametrize("name", SYMMETRIC)
@pytest.mark.parametrize("ours", [issymmetric, ishermitian])
class TestSymmetry:
    @pytest.mark.parametrize("atol", [None, 0, 1e-8, 1e-10, 1.5])
    @pytest.mark.parametrize("rtol", [None, 0.0, 1e-8, 0.3])
    def test_scipy_agrees(self, ours, name, atol, rtol):
        theirs = getattr(scipy.linalg, ours.__name__)(SYMMETRIC[name], atol, rtol)
        if name == "large integers" and (atol is not None or rtol is not None):
            assert ours(SYMMETRIC[name], atol, rtol)  # as floats
        else:
            assert ours(SYMMETRIC[name], atol, rtol) is bool(theirs)


@pytest.mark.parametrize("ours", [issymmetric, ishermitian])
def test_objects_are_compared_exactly(ours):
    third = Fraction(1, 3)
    for above, below, equal in (
        (2**70, 2**70, True),
        (2**70, 2**70 + 1, False),
        (third, Fraction(2, 6), True),
        (third, third + Fraction(1, 10**30), False),
        (1.0, True, True),
    ):
        assert ours(np.array([[0, above], [below, 0]], dtype=object)) is equal
        assert ours([[0, above], [below, 0]]) is equal
    assert ours(np.array([[0, 2**70], [2**70 + 1, 0]], dtype=object), rtol=1e-15)  # as floats


def test_known_symmetries():
    assert {name: (issymmetric(a), ishermitian(a)) for name, a in SYMMETRIC.items()} == {
        "yes": (True, True),
        "no": (False, False),
        "skew": (False, False),
        "complex, symmetric": (True, False),
        "complex, hermitian": (False, True),
        "complex diagonal": (True, False),
        "integers": (True, True),
        "large integers": (False, False),
        "nearly": (False, False),
        "empty": (True, True),
    }


def test_each_tolerance_by_itself():
    a = np.array([[0, 1000.0], [1001, 0]])
    assert [issymmetric(a, atol=atol) for atol in (0.9, 1.1)] == [False, True]
    assert [issymmetric(a, rtol=rtol) for rtol in (0.0009, 0.0011)] == [False, True]
    assert [ishermitian(a, atol, rtol) for atol, rtol in ((0.4, 0.0005), (0.6, 0.0005))] == [False, True]
    assert issymmetric(1e-300 * a) is False


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 6), st.integers(0, 10**6))
def test_each_matrix_is_a_symmetric_part_and_a_skew_one(n, seed):
    a = np.random.default_rng(seed).normal(size=(n, n))
    assert issymmetric(a + a.T)
    assert issymmetric(a @ a.T, atol=1e-12)
    assert n == 1 or not issymmetric(a)
    assert ishermitian(1j * (a - a.T))
    assert ishermitian(a + 1j * a + (a - 1j * a).T)


class TestTrace:
    @pytest.mark.parametrize("name", SQUARE | SINGULAR)
    def test_numpy_agrees(self, name):
        a = (SQUARE | SINGULAR)[name]
        assert trace(a) == np.trace(a)

    def test_integers_are_exact(self):
        assert trace([[2**62, 1], [5, 2**62]]) == 2**63
        assert isinstance(trace([[1, 2], [3, 4]]), int)
        assert trace(np.array([[100, 0], [0, 100]], dtype=np.int8)) == 200
        assert trace(np.eye(3, dtype=bool)) == 3
        assert trace(np.zeros((0, 0), dtype=int)) == 0
        assert trace([[1.5, 9], [9, 2]]) == 3.5
        assert trace([[1j, 9], [9, 2]]) == 2 + 1j

    @settings(deadline=None, max_examples=40)
    @given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**6))
    def test_factors_may_be_swapped(self, m, n, seed):
        rng = np.random.default_rng(seed)
        a, b = rng.integers(-9, 10, size=(m, n)), rng.integers(-9, 10, size=(n, m))
        assert trace(a @ b) == trace(b @ a) == np.sum(a * b.T)
        square = rng.normal(size=(n, n)) + n * np.eye(n)
        assert_allclose(trace(inv(square) @ np.diag(np.arange(n)) @ square), n * (n - 1) / 2, atol=1e-7)
