import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.differentiate import jacobian
from scipy.optimize import rosen, rosen_der, rosen_hess

from companion.autodiff import Dual, grad, jacfwd, jvp, value_and_grad


def page(x1, x2):
    return x1 * x2 + np.sin(x1)


def F(x):
    return np.stack([x[0] * x[1] + np.sin(x[0]), x[0] - x[1] ** 2])


# --- jvp --------------------------------------------------------------------------------------------------------------


def test_seeds_of_the_page():
    assert jvp(page, (2.0, 3.0), (1.0, 0.0)) == pytest.approx((6.909297426825682, 2.5838531634528574), rel=1e-15)
    assert jvp(page, (2.0, 3.0), (0.0, 1.0)) == pytest.approx((6.909297426825682, 2.0), rel=1e-15)
    assert jvp(page, [0.0, 5.0], [1.0, 0.0])[1] == 6
    assert jvp(lambda x: x**3, (1.0,), (1.0,)) == (1.0, 3.0)


def test_jacobian_vector_product():
    value, tangent = jvp(F, ([2.0, 3.0],), ([0.0, 1.0],))
    assert_allclose(value, [6.909297426825682, -7.0], rtol=1e-15)
    assert_array_equal(tangent, [2, -6])
    # A general seed gives a combination of the columns.
    J = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert jvp(lambda x: J @ x, ([5.0, 6.0],), ([1.0, 1.0],))[1].tolist() == [3, 7]


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=4))
def test_jvp_is_linear_in_the_tangent(numbers):
    x, (a, b) = [2.0, 3.0], numbers[2:]
    u, v = np.array(numbers[:2]), np.array([1.0, -0.5])
    both = jvp(F, (x,), (a * u + b * v,))[1]
    assert_allclose(both, a * jvp(F, (x,), (u,))[1] + b * jvp(F, (x,), (v,))[1], rtol=1e-12, atol=1e-12)


def test_outputs_in_tuples_and_lists():
    value, tangent = jvp(lambda x: (x * x, [2 * x, 5, np.ones(2)]), (3.0,), (1.0,))
    assert value[0] == 9
    assert tangent[0] == 6
    assert isinstance(value[1], list)
    assert tangent[1][:2] == [2, 0]
    assert_array_equal(tangent[1][2], [0, 0])


def test_constant_outputs():
    assert jvp(lambda x: 5, (3.0,), (1.0,)) == (5.0, 0.0)
    value, tangent = jvp(lambda x: np.array([1, 2]), (3.0,), (1.0,))
    assert value.dtype == tangent.dtype == float
    assert tangent.tolist() == [0, 0]


def test_results_are_plain_and_the_callers_own():
    x = np.array([1.0, 2.0])
    x.flags.writeable = False
    constant = np.array([5.0])
    value, tangent = jvp(lambda z: (z, constant), (x,), (x,))
    for array in (*value, tangent[0]):
        array += 1
    assert x.tolist() == [1, 2]
    assert constant.tolist() == [5]
    assert type(jvp(np.sin, (1,), (1,))[0]) is float
    broadcast = jvp(lambda z: z + np.zeros((3, 2)), (x,), (x,))[1]
    broadcast += 1


# --- grad, value_and_grad ---------------------------------------------------------------------------------------------


def test_grad_of_scalars():
    assert grad(page)(2.0, 3.0) == pytest.approx(2.5838531634528574, rel=1e-15)
    assert grad(page, argnums=1)(2.0, 3.0) == 2
    assert grad(page, argnums=-1)(2.0, 3.0) == 2
    assert grad(page, argnums=-2)(2.0, 3.0) == grad(page)(2.0, 3.0)
    assert grad(page, argnums=(1, 0))(2.0, 3.0) == pytest.approx((2.0, 2.5838531634528574), rel=1e-15)
    assert grad(page, argnums=[1])(2.0, 3.0) == (2.0,)
    assert type(grad(lambda x: x * x)(3)) is float
    assert type(grad(lambda x: 7)(3)) is float


def test_grad_of_arrays():
    x = np.array([-1.2, 1.0, 0.7, 2.0])
    x.flags.writeable = False

    def rosenbrock(x):
        return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    value, gradient = value_and_grad(rosenbrock)(x)
    assert value == pytest.approx(rosen(x), rel=1e-15)
    assert_allclose(gradient, rosen_der(x), rtol=1e-13)
    assert_allclose(grad(rosenbrock)(x.tolist()), rosen_der(x), rtol=1e-13)
    assert_allclose(jacfwd(jacfwd(rosenbrock))(x), rosen_hess(x), rtol=1e-12, atol=1e-10)
    assert_allclose(jacfwd(grad(rosenbrock))(x), rosen_hess(x), rtol=1e-12, atol=1e-10)


def test_grad_of_matrices_and_keywords():
    A = np.arange(6.0).reshape(2, 3)

    def f(a, A, *, scale):
        return scale * np.sum(a @ A)

    assert_array_equal(grad(f, argnums=1)([1.0, 2.0], A, scale=3.0), [[3, 3, 3], [6, 6, 6]])
    first, second = grad(f, argnums=(0, 1))([1.0, 2.0], A, scale=1.0)
    assert_array_equal(first, [3, 12])
    assert second.shape == (2, 3)
    assert value_and_grad(f)([1.0, 2.0], A, scale=2.0)[0] == 54


def test_three_variables():
    # x y z + exp(x y): gradient (y z + y e^{xy}, x z + x e^{xy}, x y)
    e2 = np.exp(2.0)
    gradient = grad(lambda v: v[0] * v[1] * v[2] + np.exp(v[0] * v[1]))([1.0, 2.0, 3.0])
    assert_allclose(gradient, [6 + 2 * e2, 3 + e2, 2], rtol=1e-15)


def test_logistic_loss_as_in_the_tutorial_of_jax():
    X = np.array([[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30], [0.74, -2.49, 1.39]])
    y = np.array([True, True, False, True])
    w = np.array([0.3, -0.2, 0.5])

    def loss(w):
        p = 0.5 * (np.tanh((X @ w + 0.1) / 2) + 1)
        return -np.sum(np.log(p * y + (1 - p) * (1 - y)))

    p = 1 / (1 + np.exp(-(X @ w + 0.1)))
    assert_allclose(grad(loss)(w), X.T @ (p - y), rtol=1e-13)


def test_loops_and_branches():
    def f(x):
        for _ in range(10):
            x = np.sin(x) + x * x / 4 if x < 1 else np.cos(x)
        return x

    def complex_step(x, h=1e-200):
        z = complex(x, h)
        for _ in range(10):
            z = np.sin(z) + z * z / 4 if z.real < 1 else np.cos(z)
        return z.imag / h

    for x in (-0.5, 0.1, 0.9, 2.0):
        assert grad(f)(x) == pytest.approx(complex_step(x), rel=1e-13)


def test_output_must_be_scalar():
    for f in (np.sin, lambda x: x[:1], lambda x: np.ones(2)):
        with pytest.raises(TypeError, match=r"Gradient only defined for scalar-output functions. Output had shape: \("):
            grad(f)([1.0, 2.0])
    with pytest.raises(TypeError, match="Output was a tuple"):
        value_and_grad(lambda x: (x, x))(1.0)


# --- jacfwd -----------------------------------------------------------------------------------------------------------


def test_jacobian_of_the_page():
    J = jacfwd(F)([2.0, 3.0])
    assert_allclose(J, [[2.5838531634528574, 2.0], [1.0, -6.0]], rtol=1e-15)
    assert_allclose(J, jacobian(F, [2.0, 3.0]).df, rtol=1e-8)


def test_jacobian_shapes():
    W = np.arange(12.0).reshape(4, 3)
    assert_array_equal(jacfwd(lambda x: W @ x)(np.ones(3)), W)
    assert jacfwd(lambda A: A @ np.ones((3, 5)))(np.ones((2, 3))).shape == (2, 5, 2, 3)
    assert_array_equal(jacfwd(lambda t: np.stack([t, t * t]))(3.0), [1, 6])
    assert jacfwd(lambda t: t * t)(3.0) == 6
    assert jacfwd(lambda x, y: x * y, argnums=(0, 1))(3.0, 4.0) == (4.0, 3.0)
    vector, scalar = jacfwd(lambda x: (2 * x, np.sum(x)))([1.0, 2.0])
    assert vector.shape == (2, 2)
    assert scalar.shape == (2,)
    assert isinstance(jacfwd(lambda x: [x, x])(1.0), list)
    third = jacfwd(jacfwd(jacfwd(lambda x: x[0] ** 2 * x[1])))([3.0, 5.0])
    assert third[0, 0, 1] == third[0, 1, 0] == third[1, 0, 0] == 2
    assert np.sum(third) == 6


def test_jacobian_axes_are_output_then_input():
    A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    J = jacfwd(lambda A: A.T * 10)(A)
    for i, j, k, m in np.ndindex(3, 2, 2, 3):
        assert J[i, j, k, m] == (10 if (i, j) == (m, k) else 0)


def test_empty_arguments():
    assert grad(np.sum)([]).shape == (0,)
    assert jacfwd(lambda x: np.ones(3))(np.zeros((2, 0))).shape == (3, 2, 0)


# --- nesting ----------------------------------------------------------------------------------------------------------


def test_no_perturbation_confusion():
    assert grad(lambda x: x * grad(lambda y: x + y)(1.0))(1.0) == 1
    assert grad(lambda x: x * grad(lambda y: x * y)(2.0))(3.0) == 6
    assert grad(lambda x: x * grad(lambda y: x)(1.0))(2.0) == 0
    assert grad(lambda x: x * jvp(lambda y: x + y, (x,), (1.0,))[1])(1.0) == 1
    gradient = grad(lambda v: np.sum(v * grad(lambda w: np.sum(v + w))(v)))
    assert_array_equal(gradient([1.0, 2.0]), [1, 1])


def test_duals_by_hand_share_one_d():
    # The confusion that grad avoids: d/dy (x + y) takes the d of x for that of y and returns 2.
    inner = (lambda y, x: x + y)(Dual(1.0, 1.0), Dual(1.0, 1.0)).tangent
    assert inner == 2


def test_hand_made_duals_pass_through_grad():
    y = grad(np.sin)(Dual(1.0, 2.0))
    assert (y.value, y.tangent) == pytest.approx((np.cos(1.0), -2 * np.sin(1.0)), rel=1e-15)
    z = grad(lambda v: v @ v * Dual(3.0, 1.0))([1.0, 2.0])
    assert_array_equal(z.value, [6, 12])
    assert_array_equal(z.tangent, [2, 4])


def test_higher_derivatives():
    f, derivatives = (lambda x: np.exp(np.sin(x))), []
    for _ in range(6):
        f = grad(f)
        derivatives.append(f(0.0))
    assert_allclose(derivatives, [1, 1, 0, -3, -8, -3], atol=1e-14)
    assert grad(grad(grad(lambda x: x**3)))(5.0) == 6
    assert grad(grad(lambda x: x**2))(0.0) == 2
    assert grad(grad(grad(np.tanh)))(0.0) == -2
    assert grad(grad(grad(lambda x: abs(x) ** 3)))(1.0) == 6


def test_hessian_of_the_page():
    hessian = jacfwd(jacfwd(lambda x: x[0] * x[1] + np.sin(x[0])))([2.0, 3.0])
    assert_allclose(hessian, [[-0.9092974268256817, 1.0], [1.0, 0.0]], rtol=1e-15)


def test_inner_derivative_as_a_function_of_the_outer_variable():
    # d/dx d/dy (x y²) at y = x is d/dx 2x², with the inner point held by x: 4x.
    assert grad(lambda x: grad(lambda y: x * y**2)(x))(3.0) == 12
    # Inner gradient along an array, outer through its entries.
    f = grad(lambda t: np.sum(grad(lambda v: np.sum(t * v**3))(np.stack([t, 2.0]))))
    assert f(2.0) == 3 * 3 * 4 + 3 * 4
    assert grad(lambda t: np.max(grad(lambda v: t * np.prod(v))([2.0, 3.0])))(1.0) == 3


def test_nested_array_functions():
    def f(A):
        B = np.concatenate([A, A * A], axis=1)
        C = np.where(B > 1, B**3, np.clip(B, -1.0, 0.5))
        return np.sum(C @ C.T) + np.max(C) * np.mean(C[0]) + np.prod(A[0])

    A = np.array([[1.2, -0.4], [0.3, 2.0]])
    hessian = jacfwd(grad(f))(A).reshape(4, 4)
    assert_allclose(hessian, hessian.T, rtol=1e-13)
    h = 2.0**-12
    for k, unit in enumerate(np.eye(4).reshape(4, 2, 2)):
        difference = (grad(f)(A + h * unit) - grad(f)(A - h * unit)) / (2 * h)
        assert_allclose(hessian[k], difference.ravel(), rtol=1e-5, atol=1e-5)


# --- arguments --------------------------------------------------------------------------------------------------------


def test_argnums_must_fit():
    with pytest.raises(ValueError, match="argnums 2 needs 3 positional arguments"):
        grad(page, argnums=2)(1.0, 2.0)
    with pytest.raises(ValueError, match="argnums -3 needs 3 positional arguments"):
        grad(page, argnums=-3)(1.0, 2.0)
    with pytest.raises(ValueError, match="argnums 0 needs 1"):
        grad(page)(x1=1.0, x2=2.0)


def test_tangents_must_have_the_shape_of_the_primals():
    for tangent in (1.0, [1.0], [[1.0, 1.0]]):
        with pytest.raises(ValueError, match=r"tangents\[1\] must have the shape \(2,\)"):
            jvp(lambda x, y: x * y, (1.0, [1.0, 2.0]), (1.0, tangent))


def test_points_must_be_finite_numbers():
    for bad in (np.nan, np.inf, [1.0, np.nan]):
        for call in (grad(np.sum), jacfwd(np.sin), value_and_grad(np.sum)):
            with pytest.raises(ValueError, match=r"argument 0.* finite"):
                call(bad)
    with pytest.raises(TypeError, match="argument 0 must hold real numbers"):
        grad(np.sin)(1j)
    with pytest.raises(ValueError, match=r"log needs x > 0"):
        grad(np.log)(0.0)


def test_import_is_cheap():
    code = "import sys, companion.autodiff; print([m for m in ('scipy', 'sklearn', 'matplotlib') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
