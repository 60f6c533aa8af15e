"""Hyperplanes: on which side of a flat wall a point lies, how far from it, and where it is mirrored to."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.linalg import LinAlgError
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real, as_real_array
from companion.linalg._input import binary_scale
from companion.linalg._jacobi import svd
from companion.linalg._lu import slogdet
from companion.linalg._norms import norm

_Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Hyperplane:
    r"""All points x with w·x + w0 = 0: a line in the plane, a plane in space, and so on in d dimensions.

    The methods take one point, shape (d,), or many, shape (..., d); lengths come in the unit of the coordinates.

    Parameters
    ----------
    w : array_like, shape (d,)
        Normal vector, perpendicular to the hyperplane, of any length but 0. It points to the positive side.
    w0 : float, default 0
        Offset: the value at the origin.

    Attributes
    ----------
    w : ndarray, shape (d,)
        Read-only.
    w0 : float

    Raises
    ------
    TypeError
        If `w`, `w0` or the points do not hold real numbers.
    ValueError
        If w is 0, is no vector or is empty; w0 / ||w|| overflows; a number is nan or infinite; points have not d
        coordinates; or a value, a distance or an image overflows.

    See Also
    --------
    norm : the length of w.
    sklearn.svm.SVC : with ``kernel="linear"`` it finds ``Hyperplane(coef_[0], intercept_[0])``; so do
        `sklearn.linear_model.Perceptron` and `sklearn.linear_model.LogisticRegression`.

    Notes
    -----
    .. math:: s(x) = \frac{w \cdot x + w_0}{\|w\|}, \qquad
              \operatorname{proj}(x) = x - \frac{w \cdot x + w_0}{\|w\|^2} w

    s is the signed distance. (w, w0) and (c w, c w0) are the same hyperplane; c < 0 swaps its sides. Distances, sides
    and images are computed with w and w0 divided by a power of 2 near the largest entry of w, which costs no digit,
    so that neither large nor small w spoil them. `side` is exact where the sum w·x + w0 is, as for small integers; of
    other points on the hyperplane rounding decides.

    References
    ----------
    T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, 2nd ed., 2009, sec. 4.5.

    Examples
    --------
    The line 3x + 4y - 10 = 0 and two points:

    >>> line = Hyperplane([3, 4], -10)
    >>> line.signed_distance([[6, 8], [0, 0]]).tolist()
    [8.0, -2.0]
    >>> line.side([[6, 8], [0, 0], [2, 1]]).tolist()
    [1, -1, 0]
    >>> line.project([6, 8]).round(12).tolist(), line.reflect([6, 8]).round(12).tolist()
    ([1.2, 1.6], [-3.6, -4.8])

    The plane through three points, at the distance 6/7 from the origin:

    >>> plane = Hyperplane.from_points([[1, 0, 0], [0, 2, 0], [0, 0, 3]])
    >>> (7 * plane.w).round(12).tolist(), round(7 * plane.w0, 12)
    ([6.0, 3.0, 2.0], -6.0)
    """

    w: _Floats
    w0: float = 0.0

    def __init__(self, w: ArrayLike, w0: float = 0.0) -> None:
        normal = as_real_array(w, "w")
        if normal.ndim != 1 or normal.size == 0:
            raise ValueError(f"w must be a vector, not empty, got shape {normal.shape}; of a table pass one row")
        if not normal.any():
            raise ValueError(f"w must not be 0, for a normal vector has a direction; got {normal.tolist()}")
        normal.setflags(write=False)
        object.__setattr__(self, "w", normal)
        object.__setattr__(self, "w0", as_real(w0, "w0"))
        if not np.isfinite(self._scaled()[1]):
            raise ValueError(f"w0 / ||w|| must not overflow; w0 is {self.w0}, ||w|| is {norm(normal)}")

    @classmethod
    def from_points(cls, points: ArrayLike) -> "Hyperplane":
        """Return the hyperplane through d points, the rows of a matrix of shape (d, d), with a unit normal.

        The normal completes the differences to the first point to a basis with positive determinant: in the plane it
        points to the left of the way from the first point to the second, in space it follows the right-hand rule.
        Points in no general position (two that are equal, three on one line, ...) lie on many hyperplanes and are
        refused with a `numpy.linalg.LinAlgError`, to the rounding of their coordinates.
        """
        P = as_real_array(points, "points")
        if P.ndim != 2 or P.shape[0] != P.shape[1] or P.size == 0:
            raise ValueError(f"points must hold d points with d coordinates, one a row, got shape {P.shape}")
        scale = float(binary_scale(np.abs(P).max()))
        P /= scale  # so that no difference overflows
        differences = P[1:] - P[0]
        _, S, Vh = svd(differences)
        if np.any(len(P) * np.finfo(float).eps * np.abs(P).max() >= S):
            raise LinAlgError("points must be in general position; the differences to the first one depend linearly")
        w = Vh[-1] * slogdet(np.vstack([differences, Vh[-1:]])).sign  # row d of Vh spans the null space
        return cls(w, -scale * float(P[0] @ w))

    @classmethod
    def from_slope_intercept(cls, slope: float, intercept: float) -> "Hyperplane":
        """Return the line y = slope * x + intercept, with w = (slope, -1) pointing below it.

        A vertical line x = a has no slope; it is ``Hyperplane([1, 0], -a)``.
        """
        return cls([as_real(slope, "slope"), -1], as_real(intercept, "intercept"))

    def evaluate(self, X: ArrayLike) -> Any:
        """Return the values w·x + w0, shape (...): no distances unless ||w|| = 1."""
        return self._values(X, self.w, self.w0)

    def signed_distance(self, X: ArrayLike) -> Any:
        """Return the distances, shape (...), positive on the side that w points to, negative on the other."""
        w, w0 = self._scaled()
        return self._values(X, w, w0) / norm(w)

    def distance(self, X: ArrayLike) -> Any:
        """Return the distances, shape (...), none negative."""
        return np.abs(self.signed_distance(X))

    def side(self, X: ArrayLike) -> Any:
        """Return 1 in the positive half-space, -1 in the negative one, 0 on the hyperplane, shape (...)."""
        return np.sign(self._values(X, *self._scaled())).astype(int)

    def project(self, X: ArrayLike) -> _Floats:
        """Return the nearest points of the hyperplane, shape (..., d)."""
        return self._move(X, 1)

    def reflect(self, X: ArrayLike) -> _Floats:
        """Return the mirror images, as far behind the hyperplane as the points are before it, shape (..., d)."""
        return self._move(X, 2)

    def normalized(self) -> "Hyperplane":
        """Return the same hyperplane, same sides, with ||w|| = 1: its values are signed distances."""
        w, w0 = self._scaled()
        return Hyperplane(w / norm(w), w0 / norm(w))

    def _scaled(self) -> tuple[_Floats, float]:
        """Return w and w0 over a power of 2: the largest entry of w is then between 1 and 2."""
        unit = binary_scale(np.abs(self.w).max())
        with np.errstate(over="ignore"):
            return self.w / unit, self.w0 / unit

    def _values(self, X: ArrayLike, w: _Floats, w0: float) -> Any:
        points = as_real_array(X, "X")
        if points.ndim == 0 or points.shape[-1] != len(w):
            raise ValueError(f"X must have {len(w)} coordinates a point in its last axis, got shape {points.shape}")
        with np.errstate(over="ignore", invalid="ignore"):
            return _finite(points @ w + w0)

    def _move(self, X: ArrayLike, times: int) -> _Floats:
        """Take the way to the hyperplane, once or twice."""
        w, w0 = self._scaled()
        way = self._values(X, w, w0) / (w @ w)
        with np.errstate(over="ignore", invalid="ignore"):
            images: _Floats = _finite(as_real_array(X, "X") - times * way[..., None] * w)
        return images


def _finite(result: Any) -> Any:
    if not np.all(np.isfinite(result)):
        raise ValueError("X must hold smaller numbers, or w and w0 must; w·x + w0 or a point overflows")
    return result
