"""The function that a method minimises, with its derivatives: checked and counted."""

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_real_array

Floats: TypeAlias = NDArray[np.float64]
Function: TypeAlias = Callable[..., Any]


class NotFiniteError(ValueError, ArithmeticError):
    """A derivative is infinite or nan, as that of sqrt at 0, or the solution of an equation runs away.

    At the start that is a bad argument; at a trial point it only says that the step is too long.
    """


class Objective:
    """A function of a vector with its gradient and Hessian; `nfev`, `njev` and `nhev` count their evaluations.

    Without `jac` and `hess` the derivatives come from `companion.autodiff`; `jac` True means that `fun` returns its
    value and gradient together.
    """

    def __init__(self, fun: Function, args: Any, jac: Function | bool | None, hess: Function | None) -> None:
        for name, function in (("fun", fun), ("hess", hess)):
            if not callable(function) and (name == "fun" or function is not None):
                raise TypeError(f"{name} must be a function, got {function!r}")
        if not (callable(jac) or jac is None or jac is True):
            raise TypeError(f"jac must be a function, True or None, got {jac!r}; None differentiates the program fun")
        self.args = args if isinstance(args, tuple) else (args,)
        self.fun, self.jac, self.hess = fun, jac, hess
        self.nfev = self.njev = self.nhev = 0
        self._together: tuple[Floats, Any] | None = None  # with jac=True: the last point, and its gradient

    def value(self, x: Floats) -> float:
        """Return fun(x), which may be nan or infinite."""
        self.nfev += 1
        try:
            out = self.fun(x.copy(), *self.args)  # a copy, lest the function write into our x
        except ArithmeticError:  # an overflow, a division by zero: no value here, as little as nan
            if self.nfev == 1:
                raise
            return np.nan
        if self.jac is True:
            if not isinstance(out, (tuple, list)) or len(out) != 2:
                raise TypeError(f"fun must return (value, gradient) if jac is True, got {type(out).__name__}")
            out, gradient = out
            self._together = x.copy(), gradient
        return as_value(out, "fun")

    def gradient(self, x: Floats) -> Floats:
        """Return the gradient, shape (n,), all of it finite."""
        self.njev += 1
        if self.jac is True:
            if self._together is None or not np.array_equal(self._together[0], x):
                self.value(x)
            assert self._together is not None
            return self._checked(self._together[1], "jac", x.shape, x)
        if self.jac is None:
            from companion.autodiff import grad

            return self._checked(_differentiated(grad(self._value_alone), x, self.args), "jac", x.shape, x)
        assert callable(self.jac)
        return self._checked(self.jac(x.copy(), *self.args), "jac", x.shape, x)

    def hessian(self, x: Floats) -> Floats:
        """Return the matrix of second derivatives, shape (n, n), made symmetric."""
        self.nhev += 1
        if self.hess is not None:
            second = self.hess(x.copy(), *self.args)
        else:
            from companion.autodiff import hessian

            second = _differentiated(hessian(self._value_alone), x, self.args)
        matrix = self._checked(second, "hess", (x.size, x.size), x)
        return (matrix + matrix.T) / 2

    def _value_alone(self, x: Any, *args: Any) -> Any:
        """Return fun(x) without its gradient, for automatic differentiation; as a number if it is an array of one."""
        out = self.fun(x, *args)
        if self.jac is True:
            out = out[0]
        shape = getattr(out, "shape", ())
        return np.reshape(out, ()) if shape and math.prod(shape) == 1 else out

    @staticmethod
    def _checked(derivative: ArrayLike, name: str, shape: tuple[int, ...], x: Floats) -> Floats:
        array = as_floats(derivative, name)
        if array.size != np.prod(shape) or array.ndim > 2:
            raise ValueError(f"{name} must return an array of shape {shape}, got {array.shape}")
        if not np.all(np.isfinite(array)):
            raise NotFiniteError(f"{name} must be finite where fun is, got {array.ravel()[:3]} at x = {x[:3]}")
        return array.reshape(shape)


def _differentiated(derivative: Function, x: Floats, args: tuple[Any, ...]) -> Any:
    """Return what automatic differentiation gives at x; it refuses points where a rule has no finite value."""
    try:
        return derivative(x, *args)
    except (ValueError, ArithmeticError) as error:  # fun itself has a value at x
        raise NotFiniteError(str(error)) from error


def as_floats(out: ArrayLike, name: str) -> Floats:
    """Return what a function gave back as a new array: the caller may return the same one again and again."""
    try:
        array = np.asarray(out)
    except ValueError as error:
        raise ValueError(f"{name} must return rows of equal length: {error}") from error
    if array.dtype.kind not in "biuf":
        raise TypeError(f"{name} must return real numbers, got {kind_of(array)}")
    return array.astype(float)


def as_jacobian(out: Any, n: int) -> NDArray[np.float64]:
    """Return what a Jacobian gave back as a matrix of shape (n, n); for n = 1 it may be a number."""
    matrix = as_floats(out, "jac")
    if matrix.shape != (n, n) and not matrix.size == n == 1:
        raise ValueError(f"jac must return an array of shape {(n, n)}, got {matrix.shape}")
    return matrix.reshape(n, n)


def rounding_of_point(J: Floats, x: Floats) -> Floats:
    """Return how far rounding of x alone moves the values of functions with the Jacobian J: no float does better."""
    with np.errstate(all="ignore"):
        moved: Floats = 4 * np.finfo(float).eps * (np.abs(J) @ np.abs(x))
    return np.where(np.isfinite(moved), moved, 0.0)  # infinite slopes excuse nothing


def as_value(out: Any, name: str) -> float:
    """Return what a function gave back as a float; an array of one number counts as a number."""
    array = np.asarray(out)
    if array.dtype.kind not in "biuf" or array.size != 1:
        raise TypeError(f"{name} must return one real number, got {kind_of(array)}")
    return float(array.reshape(()))


def kind_of(array: NDArray[Any]) -> str:
    """Return in words what a function gave back in place of numbers."""
    if array.dtype == object and array.ndim == 0 and array.item() is None:
        return "None: is a return missing?"
    return f"{array.dtype} of shape {array.shape}"


def as_point(x: ArrayLike, name: str) -> Floats:
    """Return *x* as a new vector of at least one number; a single number is a vector of one."""
    point = np.atleast_1d(as_real_array(x, name))
    if point.ndim != 1:
        raise ValueError(f"{name} must be a vector, got shape {point.shape}; flatten it, and reshape in the function")
    if point.size == 0:
        raise ValueError(f"{name} must hold at least one number, got none")
    return point
