import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import sparse

from companion.autodiff import group_columns, jacfwd, sparse_jacfwd


def tridiagonal(x):
    """Broyden's tridiagonal function."""
    padded = np.concatenate([[0.0], x, [0.0]])
    return (3 - 2 * x) * x - padded[:-2] - 2 * padded[2:] + 1


def band(n):
    return sparse.diags_array([1.0, 1.0, 1.0], offsets=[-1, 0, 1], shape=(n, n))


def test_band_matrix_needs_three_groups():
    for n in (3, 7, 100):
        assert_array_equal(group_columns(band(n)), np.arange(n) % 3)
        assert_array_equal(group_columns(band(n).toarray()), np.arange(n) % 3)


def test_the_given_pattern_is_left_alone():
    given = sparse.csc_array(np.eye(3))
    given.data[1] = 0.0
    given.data.flags.writeable = False
    assert_array_equal(group_columns(given), [0, 0, 0])
    assert_array_equal(given.data, [1, 0, 1])
    assert given.nnz == 3
    assert_array_equal(given.indptr, [0, 1, 2, 3])


def test_tridiagonal_jacobian_from_three_runs():
    runs = []

    def counted(x):
        runs.append(1)
        return tridiagonal(x)

    x = np.cos(np.arange(100.0))
    J = sparse_jacfwd(counted, band(100))(x)
    assert isinstance(J, sparse.csr_array)
    assert len(runs) == 3
    assert_array_equal(J.toarray(), jacfwd(tridiagonal)(x))


@given(st.integers(1, 6), st.integers(1, 8), st.floats(0, 1), st.integers(0, 10**6))
def test_random_patterns(m, n, density, seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(m, n)) * (rng.random((m, n)) < density)
    groups = group_columns(A != 0)
    for group in np.unique(groups):
        assert np.all(np.sum(A[:, groups == group] != 0, axis=1) <= 1)
    x = rng.normal(size=n)
    J = sparse_jacfwd(lambda x, k: k * (A @ x**2), A)(x, 0.5)
    assert_allclose(J.toarray(), A * x, rtol=1e-12)
    assert J.shape == (m, n)


def test_empty_and_full_patterns():
    assert group_columns(np.zeros((3, 4))).tolist() == [0, 0, 0, 0]
    assert group_columns(np.ones((3, 4))).tolist() == [0, 1, 2, 3]
    assert sparse_jacfwd(lambda x: x[:2] * 0.0, np.zeros((2, 3)))([1.0, 2.0, 3.0]).nnz == 0


def test_shapes_must_fit():
    jacobian = sparse_jacfwd(lambda x: x**2, np.eye(3))
    with pytest.raises(ValueError, match=r"x must have the shape \(3,\), as sparsity has, got \(2,\)"):
        jacobian([1.0, 2.0])
    with pytest.raises(ValueError, match=r"f must return 2 numbers, as sparsity has rows, got \(3,\)"):
        sparse_jacfwd(lambda x: x**2, np.ones((2, 3)))([1.0, 2.0, 3.0])
