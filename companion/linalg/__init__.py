"""Linear algebra: systems of equations, orthogonal bases, eigenvalues, singular values, norms."""

from companion.linalg._characteristic import characteristic_polynomial
from companion.linalg._cofactors import adjugate, cofactor_matrix, laplace_det, minor
from companion.linalg._hyperplane import Hyperplane
from companion.linalg._jacobi import eigh, svd, svdvals
from companion.linalg._least_squares import cholesky, lstsq
from companion.linalg._low_rank import low_rank_approximation, pinv, svds
from companion.linalg._lu import det, inv, lu, slogdet, solve, solve_triangular
from companion.linalg._matrices import bandwidth, ishermitian, issymmetric, matrix_power, trace
from companion.linalg._norms import cond, norm
from companion.linalg._power_iteration import (
    inverse_iteration,
    pagerank,
    power_iteration,
    rayleigh_quotient,
    rayleigh_quotient_iteration,
)
from companion.linalg._qr import gram_schmidt, qr
from companion.linalg._qr_iteration import eig, eigvals, hessenberg, schur
from companion.linalg._rank import matrix_rank, null_space, orth
from companion.linalg._vectors import angle_between, coordinates

__all__ = [
    "Hyperplane",
    "adjugate",
    "angle_between",
    "bandwidth",
    "characteristic_polynomial",
    "cholesky",
    "cofactor_matrix",
    "cond",
    "coordinates",
    "det",
    "eig",
    "eigh",
    "eigvals",
    "gram_schmidt",
    "hessenberg",
    "inv",
    "inverse_iteration",
    "ishermitian",
    "issymmetric",
    "laplace_det",
    "low_rank_approximation",
    "lstsq",
    "lu",
    "matrix_power",
    "matrix_rank",
    "minor",
    "norm",
    "null_space",
    "orth",
    "pagerank",
    "pinv",
    "power_iteration",
    "qr",
    "rayleigh_quotient",
    "rayleigh_quotient_iteration",
    "schur",
    "slogdet",
    "solve",
    "solve_triangular",
    "svd",
    "svds",
    "svdvals",
    "trace",
]
