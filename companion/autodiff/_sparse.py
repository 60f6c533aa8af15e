"""Sparse Jacobians from few forward runs: columns that share no row are computed together."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real_array
from companion.autodiff._arguments import check_callable
from companion.autodiff._forward import jvp
from companion.autodiff._tracked import Function


def group_columns(sparsity: ArrayLike) -> NDArray[np.intp]:
    """Group the columns of a matrix so that no two of a group have an entry in the same row.

    Parameters
    ----------
    sparsity : array_like or sparse array, shape (m, n)
        Entries other than 0 stand where the matrix may have entries other than 0.

    Returns
    -------
    ndarray of int, shape (n,)
        The number of every column's group, 0, 1, ...

    Raises
    ------
    TypeError
        If `sparsity` does not hold real numbers.
    ValueError
        If `sparsity` is no matrix, or an entry is not finite.

    Notes
    -----
    Column after column goes into the first group that takes it. That need not be the fewest groups: to find these is
    NP-hard in general. For a full band it is: as many as the band is wide, or n if that is less.

    References
    ----------
    Curtis, Powell and Reid (1974), On the estimation of sparse Jacobian matrices, IMA J. Appl. Math. 13, 117-119.

    Examples
    --------
    >>> import numpy as np
    >>> group_columns(np.eye(5) + np.eye(5, k=1) + np.eye(5, k=-1))
    array([0, 1, 2, 0, 1])
    """
    pattern = _as_pattern(sparsity)
    groups = np.zeros(pattern.shape[1], dtype=np.intp)
    taken: list[set[int]] = []
    for column in range(pattern.shape[1]):
        rows = pattern.indices[pattern.indptr[column] : pattern.indptr[column + 1]].tolist()
        group = next((g for g, used in enumerate(taken) if used.isdisjoint(rows)), len(taken))
        taken += [set()] if group == len(taken) else []
        taken[group].update(rows)
        groups[column] = group
    return groups


def sparse_jacfwd(f: Function, sparsity: ArrayLike) -> Callable[..., Any]:
    """Return the function that computes a sparse Jacobian by one forward run a group of columns.

    Parameters
    ----------
    f : callable
        Function of an array of n numbers (and of further arguments) that returns one of m numbers.
    sparsity : array_like or sparse array, shape (m, n)
        Entries other than 0 stand where the Jacobian may have entries other than 0. What it leaves out is not computed,
        and spoils the others if it is not 0.

    Returns
    -------
    callable
        With the arguments of `f`. It returns the Jacobian with respect to the first one as a `scipy.sparse.csr_array`
        of shape (m, n).

    Raises
    ------
    TypeError
        If `f` cannot be called, or `sparsity` does not hold real numbers.
    ValueError
        If `sparsity` is no matrix, or an entry is not finite; when called, if it does not have the shape of the
        Jacobian.

    See Also
    --------
    group_columns : The groups.
    jacfwd : The whole Jacobian, n runs.

    Examples
    --------
    >>> import numpy as np
    >>> square = lambda x: x**2
    >>> sparse_jacfwd(square, np.eye(4))([1.0, 2.0, 3.0, 4.0]).diagonal()
    array([2., 4., 6., 8.])
    """
    from scipy import sparse

    check_callable(f)
    pattern = _as_pattern(sparsity)
    groups = group_columns(pattern)
    rows, columns = pattern.nonzero()

    def jacobian(x: ArrayLike, *args: Any) -> Any:
        point = as_real_array(x, "x")
        if point.shape != pattern.shape[1:]:
            raise ValueError(f"x must have the shape ({pattern.shape[1]},), as sparsity has, got {point.shape}")
        seeds = np.equal.outer(np.arange(groups.max(initial=-1) + 1), groups).astype(float)
        runs = [jvp(lambda z: f(z, *args), (point,), (seed,))[1] for seed in seeds]
        for run in runs[:1]:
            if np.shape(run) != pattern.shape[:1]:
                raise ValueError(f"f must return {pattern.shape[0]} numbers, as sparsity has rows, got {np.shape(run)}")
        entries = np.reshape(runs, (len(runs), pattern.shape[0]))[groups[columns], rows]
        return sparse.csr_array((entries, (rows, columns)), shape=pattern.shape)

    return jacobian


def _as_pattern(sparsity: Any) -> Any:
    """Return the places of the entries as a sparse array of columns."""
    from scipy import sparse

    matrix: Any = sparsity if sparse.issparse(sparsity) else as_real_array(sparsity, "sparsity")
    if matrix.ndim != 2:
        raise ValueError(f"sparsity must be a matrix, got shape {matrix.shape}")
    if sparse.issparse(matrix):
        as_real_array(matrix.tocoo().data, "sparsity")
    pattern = sparse.csc_array(matrix, dtype=float, copy=True)  # the next line works in place
    pattern.eliminate_zeros()
    return pattern
