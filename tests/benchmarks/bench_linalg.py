"""Linear algebra against LAPACK, by way of NumPy: the price of methods that can be read."""

from typing import Any

import numpy as np

from companion import linalg
from tests.benchmarks.harness import Workload

REACH = {"solve": 15, "det": 15, "cholesky": 10, "qr": 15, "lstsq": 70, "svd": 90, "eigh": 200, "eig": 120}
HALVES = (
    "It goes by halves, so that products of matrices, in compiled code, do most of the operations. What is left is a "
    "Python loop over the columns of narrow blocks; LAPACK has compiled code for that too."
)
NOTES = {
    "solve": HALVES,
    "det": HALVES,
    "cholesky": HALVES,
    "qr": "A Python loop makes one reflection for each column: products of a matrix and a vector. LAPACK gathers "
    "reflections in blocks, and these are products of matrices, which fetch fewer numbers from memory.",
    "lstsq": "Most of the time goes into the singular values of the triangular factor, by Jacobi's rotations.",
    "svd": "Jacobi's rotations sweep over all pairs of columns, about ten times, until all are orthogonal: several "
    "times the operations of LAPACK's way by a bidiagonal matrix, and a Python loop over rounds of disjoint pairs. "
    "It buys small singular values with all their digits: see {doc}`accuracy </book/reference/accuracy>`.",
    "eigh": "Jacobi's rotations again: about ten sweeps over all pairs of rows and columns. LAPACK makes the matrix "
    "tridiagonal once, and goes on with that.",
    "eig": "QR iteration chases a bulge of three rows down the diagonal. Each of some thousand small reflections takes "
    "several calls from Python; LAPACK's are compiled.",
}


def workloads() -> list[Workload]:
    rng = np.random.default_rng(0)
    square = {n: rng.normal(size=(n, n)) for n in (60, 100, 200, 300)}
    b = rng.normal(size=300)
    return [
        workload("solve, 300 equations", square[300], b),
        workload("det, n = 300", square[300]),
        workload("cholesky, n = 300", square[300] @ square[300].T),
        workload("qr, n = 200", square[200]),
        workload("lstsq, 300 equations, 50 unknowns", square[300][:, :50], b),
        workload("svd, n = 100", square[100]),
        workload("eigh, n = 100", square[100] + square[100].T),
        workload("eig, n = 60", square[60]),
    ]


def workload(name: str, *args: Any) -> Workload:
    method = name.split(",")[0]
    ours, theirs = getattr(linalg, method), getattr(np.linalg, method)
    return Workload(
        name=name,
        ours=lambda: ours(*args),
        reference=lambda: theirs(*args),
        reference_name="NumPy",
        check=CHECKS[method],
        reach=REACH[method],
        note=NOTES[method],
    )


def alike(ours: Any, reference: Any) -> str:
    """Say how near two results are, or complain where they differ."""
    error = np.max(np.abs(ours - reference)) / np.max(np.abs(reference))
    if not error < 1e-11:
        raise AssertionError(f"the results differ by {error:.0e} of the largest entry")
    return f"differences at most {error:.0e} of the largest entry"


def same_eigenvalues(ours: Any, reference: Any) -> str:
    """Compare them in one order, in which rounding does not part conjugates."""
    values = (x.eigenvalues[np.lexsort((x.eigenvalues.imag, x.eigenvalues.real.round(9)))] for x in (ours, reference))
    return alike(*values)


# The signs of vectors are a method's own choice; these are not.
CHECKS = {
    "solve": alike,
    "det": alike,
    "cholesky": alike,
    "qr": lambda ours, reference: alike(np.abs(ours.R), np.abs(reference.R)),
    "lstsq": lambda ours, reference: alike(ours.x, reference[0]),
    "svd": lambda ours, reference: alike(ours.S, reference.S),
    "eigh": lambda ours, reference: alike(ours.eigenvalues, reference.eigenvalues),
    "eig": same_eigenvalues,
}
