import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.optimize import brentq, fsolve

from companion.autodiff import custom_root, grad, hessian, jacfwd, jacrev


@custom_root(lambda y, x: y * y - x)
def heron(x):
    y = x
    while abs(y * y - x) > 1e-14 * x:
        y = (y + x / y) / 2
    return y


@custom_root(lambda y, a: np.cos(a * y) - y)
def cosine(a):
    return brentq(lambda y: np.cos(a * y) - y, 0, 1, xtol=1e-15, rtol=1e-15)


B = np.array([[2.0, 0.5], [-0.25, 1.0]])


def residual(y, x):
    return B @ y + 0.1 * y**3 - np.sin(x)


solution = custom_root(residual)(lambda x: fsolve(residual, np.zeros(2), args=(x,), xtol=1e-12))


def test_derivatives_of_a_square_root():
    for x in (0.25, 2.0, 4.0, 100.0):
        assert_allclose(heron(x), np.sqrt(x), rtol=1e-14)
        assert_allclose(grad(heron)(x), 0.5 / np.sqrt(x), rtol=1e-13)
        assert_allclose(grad(heron, mode="dual")(x), 0.5 / np.sqrt(x), rtol=1e-13)
        assert_allclose(grad(grad(heron))(x), -0.25 * x**-1.5, rtol=1e-12)
        assert_allclose(hessian(heron)(x), -0.25 * x**-1.5, rtol=1e-12)


def test_solver_may_be_a_compiled_library():
    y = cosine(1.3)
    by_theorem = -y * np.sin(1.3 * y) / (1 + 1.3 * np.sin(1.3 * y))
    assert_allclose(grad(cosine)(1.3), by_theorem, rtol=1e-12)
    h = 1e-5
    assert_allclose(by_theorem, (cosine(1.3 + h) - cosine(1.3 - h)) / (2 * h), rtol=1e-8)


def test_systems():
    x = np.array([0.4, -1.1])
    y = solution(x)
    by_y = B + np.diag(0.3 * y**2)
    known = np.linalg.solve(by_y, np.diag(np.cos(x)))
    assert_allclose(jacrev(solution)(x), known, rtol=1e-9)
    assert_allclose(jacfwd(solution)(x), known, rtol=1e-9)
    second = hessian(lambda x: np.sum(solution(x) ** 2))(x)
    h = 1e-5
    for k, unit in enumerate(np.eye(2)):
        g = grad(lambda x: np.sum(solution(x) ** 2))
        assert_allclose(second[k], (g(x + h * unit) - g(x - h * unit)) / (2 * h), rtol=1e-5, atol=1e-7)


def test_shapes_that_do_not_fit_are_refused():
    A = np.array([[4.0, 1.0], [2.0, 3.0]])
    inverse = custom_root(lambda y, x: y @ x - np.eye(2))(np.linalg.inv)
    with pytest.raises(ValueError, match=r"custom_root takes a solution y with at most one dimension, .*np\.ravel"):
        grad(lambda x: np.sum(inverse(x)))(A)
    one = custom_root(lambda y, x: np.sum(y * x) - 1.0)(lambda x: np.array([1 / x, 0.0]))
    with pytest.raises(ValueError, match=r"the residual must have the shape \(2,\) of the solution y, got \(\)"):
        grad(lambda x: np.sum(one(x)))(2.0)
    flat = custom_root(lambda y, x: np.ravel(np.reshape(y, (2, 2)) @ x - np.eye(2)))(
        lambda x: np.ravel(np.linalg.inv(x))
    )
    assert_allclose(jacrev(flat)(A), jacrev(lambda x: np.ravel(np.linalg.inv(x)))(A), rtol=1e-12)


def test_singular_solutions_are_refused():
    double = custom_root(lambda y, x: y * y - x)(lambda x: 0.0 * x)
    with pytest.raises(np.linalg.LinAlgError, match="Singular"):
        grad(double)(0.0)
