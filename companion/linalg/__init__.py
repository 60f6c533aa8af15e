"""Linear algebra: systems of equations, orthogonal bases, eigenvalues, singular values, norms."""

from companion.linalg._hyperplane import Hyperplane
from companion.linalg._jacobi import eigh, svd, svdvals
from companion.linalg._low_rank import low_rank_approximation, pinv, svds
from companion.linalg._lu import det, inv, lu, slogdet, solve, solve_triangular
from companion.linalg._norms import cond, norm
from companion.linalg._qr import gram_schmidt, qr
from companion.linalg._qr_iteration import eig, eigvals, hessenberg, schur
from companion.linalg._rank import matrix_rank, null_space, orth
from companion.linalg._vectors import angle_between, coordinates

__all__ = [
    "Hyperplane",
    "angle_between",
    "cond",
    "coordinates",
    "det",
    "eig",
    "eigh",
    "eigvals",
    "gram_schmidt",
    "hessenberg",
    "inv",
    "low_rank_approximation",
    "lu",
    "matrix_rank",
    "norm",
    "null_space",
    "orth",
    "pinv",
    "qr",
    "schur",
    "slogdet",
    "solve",
    "solve_triangular",
    "svd",
    "svds",
    "svdvals",
]
