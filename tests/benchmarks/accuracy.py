"""How accurate companion.linalg is on hard matrices, beside LAPACK as NumPy and SciPy call it."""

from types import SimpleNamespace
from typing import Any

import mpmath
import numpy as np
import scipy.linalg

from companion import linalg
from tests.linalg.matrices import EPS, SINGULAR, SQUARE

Matrix = np.ndarray
LAPACK = SimpleNamespace(
    lu=scipy.linalg.lu,
    solve=np.linalg.solve,
    qr=np.linalg.qr,
    svd=np.linalg.svd,
    eigh=np.linalg.eigh,
    eig=np.linalg.eig,
)
MATRICES = {
    "Random, n = 101": SQUARE["large enough for halves"],
    "Complex, n = 30": SQUARE["complex"],
    "Rows shrink, n = 20": SQUARE["graded rows"],
    "Columns shrink, n = 20": SQUARE["graded columns"],
    "Hilbert, n = 10": SQUARE["hilbert"],
    "Kahan, n = 30": SQUARE["kahan"],
    "Vandermonde, n = 12": SQUARE["vandermonde"],
    "Rank 5, n = 30": SINGULAR["rank five"],
    "Times $10^{200}$, n = 6": SQUARE["large"],
    "Times $10^{-200}$, n = 6": SQUARE["small"],
}
# The most that a residual or a loss of orthogonality may be on any of them: two to three times what was measured.
PROMISED = {"lu": 10, "solve": 10, "qr": 30, "svd": 100, "eigh": 100, "eig": 120}


def size(a: Matrix) -> Any:
    return np.linalg.norm(a, 2)


def lu(library: Any, a: Matrix) -> tuple[float, list[Matrix]]:
    """Return the relative residual, as each method here does, and the matrices whose columns shall be orthonormal."""
    p, l, u = library.lu(a)
    return size(p @ l @ u - a) / size(a), []


def solve(library: Any, a: Matrix) -> tuple[float, list[Matrix]]:
    b = a @ np.ones((len(a), 1))
    x = library.solve(a, b)
    return size(a @ x - b) / (size(a) * size(x) + size(b)), []


def qr(library: Any, a: Matrix) -> tuple[float, list[Matrix]]:
    Q, R = library.qr(a)
    return size(Q @ R - a) / size(a), [Q]


def svd(library: Any, a: Matrix) -> tuple[float, list[Matrix]]:
    U, S, Vh = library.svd(a)
    return size(U * S @ Vh - a) / size(a), [U, Vh.conj().T]


def eigh(library: Any, a: Matrix) -> tuple[float, list[Matrix]]:
    symmetric = a / 2 + a.conj().T / 2
    values, V = library.eigh(symmetric)
    return size(symmetric @ V - V * values) / size(symmetric), [V]


def eig(library: Any, a: Matrix) -> tuple[float, list[Matrix]]:
    values, V = library.eig(a)
    return size(a @ V - V * values) / size(a), []


METHODS = {method.__name__: method for method in (lu, solve, qr, svd, eigh, eig)}


def measure(library: Any, method: str, a: Matrix) -> dict[str, float]:
    """Return residual and loss of orthogonality, in units of rounding, to two digits."""
    residual, bases = METHODS[method](library, a)
    found = {"residual": residual}
    if bases:
        found["orthogonality"] = max(size(q.conj().T @ q - np.eye(q.shape[1])) for q in bases)
    return {quantity: float(f"{error / EPS:.2g}") for quantity, error in found.items()}


def gram() -> Matrix:
    """Return a positive definite matrix whose rows and columns shrink together, the last entry to about 1e-21."""
    x = np.random.default_rng(1).normal(size=(16, 8)) * 10.0 ** -np.arange(0, 12, 1.5)
    return x.T @ x


# Matrices with small singular values or eigenvalues; what relative error the companion promises, if any.
SMALL = {
    "`svd`, columns shrink": ("svd", SQUARE["graded columns"], 1e-13),
    "`svd`, columns grow": ("svd", SQUARE["graded columns"][:, ::-1], 1e-13),
    "`svd`, rows shrink": ("svd", SQUARE["graded rows"], 1e-13),
    "`svd`, rows grow": ("svd", SQUARE["graded rows"][::-1], None),
    "`svd`, Hilbert, n = 10": ("svd", SQUARE["hilbert"], None),
    "`eigh`, rows and columns shrink": ("eigh", gram(), 1e-13),
    "`eigh`, rows and columns grow": ("eigh", gram()[::-1, ::-1], 1e-13),
}


def exact_values(method: str, a: Matrix) -> list[Any]:
    """Return singular values or eigenvalues in arithmetic of 80 digits, the smallest first."""
    with mpmath.workdps(80):
        digits = mpmath.matrix(a.tolist())
        return sorted(
            mpmath.svd_r(digits, compute_uv=False) if method == "svd" else mpmath.eigsy(digits, eigvals_only=True)
        )


def relative_error(library: Any, method: str, a: Matrix) -> float:
    """Return the largest relative error of a singular value or eigenvalue, to two digits."""
    found = library.svd(a).S if method == "svd" else library.eigh(a).eigenvalues
    pairs = zip(np.sort(found), exact_values(method, a), strict=True)
    return float(f"{float(max(abs(x - exact) / exact for x, exact in pairs)):.2g}")


def table() -> dict[str, Any]:
    """Return all that the site shows: for each quantity, the companion's comes first and LAPACK's second."""
    rows = []
    for name, a in MATRICES.items():
        entries: dict[str, dict[str, list[float]]] = {}
        for method in METHODS:
            ours, theirs = (measure(library, method, a) for library in (linalg, LAPACK))
            entries[method] = {quantity: [ours[quantity], theirs[quantity]] for quantity in ours}
        rows.append({"matrix": name, "entries": entries})
    small = [
        {
            "name": name,
            "ours": relative_error(linalg, method, a),
            "library": relative_error(LAPACK, method, a),
            "promised": promised,
        }
        for name, (method, a, promised) in SMALL.items()
    ]
    return {"promised": PROMISED, "rows": rows, "small": small}
