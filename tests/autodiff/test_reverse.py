import copy
import gc
import math
import warnings
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.optimize import rosen, rosen_der, rosen_hess, rosen_hess_prod

from companion.autodiff import (
    Dual,
    Tape,
    Var,
    checkpoint,
    grad,
    hessian,
    hvp,
    jacfwd,
    jacrev,
    jvp,
    lift,
    trace,
    value_and_grad,
    vjp,
)
from tests.autodiff.test_dual import ARRAY_FUNCTIONS, LOST, A, dA


def page(x1, x2):
    return x1 * x2 + np.sin(x1)


def F(x):
    return np.stack([x[0] * x[1] + np.sin(x[0]), x[0] - x[1] ** 2])


# --- the tape ---------------------------------------------------------------------------------------------------------


def test_tape_of_the_page():
    tape = Tape()
    x1, x2 = tape.variable(2.0), tape.variable(3.0)
    y = page(x1, x2)
    assert [step.name for step in tape.steps] == ["input", "input", "multiply", "sin", "add"]
    assert [step.parents for step in tape.steps] == [(), (), (0, 1), (0,), (2, 3)]
    assert [step.value for step in tape.steps] == [2, 3, 6, np.sin(2.0), 6 + np.sin(2.0)]
    assert tape.gradient(y, [x1, x2]) == [3 + np.cos(2.0), 2]
    assert tape.gradient(y, [x2]) == [2]
    assert tape.gradient(y, [x1], adjoint=-2.0) == [-2 * (3 + np.cos(2.0))]
    assert repr(y) == f"Var({6 + np.sin(2.0)})"


def test_steps_keep_their_constants():
    tape = Tape()
    x = tape.variable(4.0)
    _ = 2 / x**0.5
    assert [step.constants for step in tape.steps] == [(), (None, 0.5), (2, None)]


def test_contributions_add_up():
    """An operand that is used twice collects both parts: x * x has the slope 2 x, not x."""
    assert grad(lambda x: x * x)(3.0) == 6
    assert grad(lambda x: x * x * x * x)(2.0) == 32
    assert grad(lambda x: x + x + x)(5.0) == 3
    squares = grad(lambda x: ((x * x) * (x * x)) * ((x * x) * (x * x)))
    assert squares(1.5) == 8 * 1.5**7


def test_product_with_zeros():
    """Entries prod / x_i, also where a factor is 0."""
    assert_array_equal(grad(np.prod)([2.0, 0.0, 3.0, 4.0]), [0, 24, 0, 0])
    assert_array_equal(grad(np.prod)([2.0, 0.0, 3.0, 0.0]), [0, 0, 0, 0])
    x = np.linspace(0.5, 2.0, 33)
    assert_allclose(grad(np.prod)(x), np.prod(x) / x, rtol=1e-13)


def test_results_that_do_not_depend_on_an_input():
    tape = Tape()
    x, y, z = tape.variable(1.0), tape.variable([1.0, 2.0]), tape.variable(3.0)
    assert_array_equal(tape.gradient(x * z, [y])[0], [0, 0])
    assert tape.gradient(x, [z, x]) == [0, 1]
    assert grad(lambda x, y: 3.0 * y)(1.0, 2.0) == 0
    assert grad(lambda x: 5)(1.0) == 0
    assert_array_equal(jacrev(lambda x: np.ones(3))([1.0, 2.0]), np.zeros((3, 2)))


def test_derivatives_by_results_of_steps():
    tape = Tape()
    x = tape.variable([2.0, 3.0])
    w = x * x
    u = np.sum(w)
    y = np.sin(u) + 2 * w[0]
    by_x, by_w, by_u, by_y = tape.gradient(y, [x, w, u, y])
    assert (by_u, by_y) == (np.cos(13.0), 1)
    assert_allclose(by_w, [np.cos(13.0) + 2, np.cos(13.0)], rtol=1e-15)
    assert_allclose(by_x, by_w * [4, 6], rtol=1e-15)
    assert_array_equal(by_x, tape.gradient(y, [x])[0])
    assert tape.gradient(u, [y]) == [0]
    by_w[0] = 7.0
    assert_allclose(tape.gradient(y, [w])[0][0], np.cos(13.0) + 2, rtol=1e-15)


def test_a_variable_in_place_of_a_sequence_is_refused():
    tape = Tape()
    for x in (tape.variable([1.0, 2.0]), tape.variable(1.0)):
        with pytest.raises(TypeError, match=r"inputs must be a sequence of variables, got Var.*write \[x\]"):
            tape.gradient(np.sum(x * x), x)


def test_only_variables_of_the_tape_have_gradients():
    tape, other = Tape(), Tape()
    x, y = tape.variable(1.0), other.variable(1.0)
    for result, inputs, name in ((y, [x], "y"), (x, [y], r"inputs\[0\]"), (3.0, [x], "y"), (Dual(1, 1), [x], "y")):
        with pytest.raises(TypeError, match=f"{name} must be a variable of this tape"):
            tape.gradient(result, inputs)
    with pytest.raises(TypeError, match=r"Tape\(\)\.variable"):
        Var()
    with pytest.raises(ValueError, match=r"adjoint must have the shape \(\) of y, got \(2,\)"):
        tape.gradient(x, [x], adjoint=[1.0, 2.0])


def test_a_run_is_forgotten_with_its_tape():
    def loss(x):
        held.append(weakref.ref(x._tape))
        return np.sum(x * x)

    held = []
    gc.disable()
    try:
        grad(loss)(np.ones(1000))
        assert held[0]() is None
    finally:
        gc.enable()


# --- arrays that the program writes over afterwards ---


def operand(x, out):
    a = np.array([1.0, 2.0])
    y = x * a
    a *= 0
    return out(y)


def buffer_of_a_loop(x, out):
    buffer, total = np.empty(2), 0.0
    for k in range(3):
        buffer[:] = k
        total = total + out(x * buffer)
    return total


def view_of_an_operand(x, out):
    a = np.array([1.0, 2.0])
    y = x * a[::-1]
    a[:] = 0
    return out(y)


def matrix(x, out):
    A = np.array([[1.0, 2.0], [3.0, 4.0]])
    y = A @ x
    A[:] = 0
    return out(y)


def second_factor(x, out):
    A = np.array([[1.0, 2.0], [3.0, 4.0]])
    y = np.tensordot(x, A, 1) + np.convolve(x, A[0], "same")
    A[:] = 0
    return out(y)


def system(x, out):
    A = np.array([[2.0, 1.0], [0.0, 3.0]])
    y = np.linalg.solve(A, x)
    A[:] = np.eye(2)
    return out(y)


def mask(x, out):
    chosen = np.array([True, False])
    y = np.where(chosen, x, 2 * x)
    chosen[:] = True
    return out(y)


def mask_in_a_list(x, out):
    chosen = [True, False]
    y = np.where(chosen, x, 2 * x)
    chosen[1] = True
    return out(y)


def mask_as_index(x, out):
    chosen = np.array([True, False])
    y = x[chosen]
    chosen[:] = [False, True]
    return out(y)


def index(x, out):
    i = np.array([0, 0])
    y = x[i]
    i[:] = 1
    return out(y)


def index_in_a_list(x, out):
    i = [0, 0]
    y = x[i]
    i[:] = [1, 1]
    return out(y)


def index_in_a_tuple(x, out):
    i = np.array([0, 0])
    y = x[:, None][i, np.array([0, 0])]
    i[:] = 1
    return out(y)


def index_of_take(x, out):
    i = np.array([0, 0])
    y = np.take(x, indices=i) + np.take(x, i)
    i[:] = 1
    return out(y)


def repeats(x, out):
    n = np.array([3, 1])
    y = np.repeat(x, n)
    n[:] = [1, 3]
    return out(y)


def values_of_a_lifted_function(x, out):
    buffer, slopes = np.empty(2), np.empty(2)
    sin = lift(
        lambda x: np.sin(x, out=buffer), lambda x: np.cos(x, out=slopes) if isinstance(x, np.ndarray) else np.cos(x)
    )
    return out(sin(x) * sin(2 * x))


def argument_of_a_checkpoint(x, out):
    a = np.array([1.0, 2.0])
    y = checkpoint(lambda x, a: x * a)(x, a)
    a *= 0
    return out(y)


WRITING = [
    *(operand, buffer_of_a_loop, view_of_an_operand, matrix, second_factor, system, mask, mask_in_a_list),
    *(mask_as_index, index, index_in_a_list, index_in_a_tuple, index_of_take, repeats, values_of_a_lifted_function),
    argument_of_a_checkpoint,
]


@pytest.mark.parametrize("f", WRITING, ids=lambda f: f.__name__)
def test_a_program_may_write_over_its_arrays(f):
    x = np.array([0.3, 0.5])
    for out in (np.sum, lambda y: np.sum(np.sin(y) ** 2)):
        known = grad(f, mode="dual")(x, out)
        assert np.any(known)
        assert_allclose(grad(f)(x, out), known, rtol=1e-14)
        twice = jacfwd(grad(f, mode="dual"))(x, out)
        assert_allclose(hessian(f)(x, out), twice, rtol=1e-13, atol=1e-15)
        assert_allclose(jacrev(grad(f))(x, out), twice, rtol=1e-13, atol=1e-15)


def test_signed_zeros_and_nans_are_told_apart():
    def f(x):
        a = np.array([0.0, 0.0])
        y = np.arctan2(a, x)
        a *= -1.0
        return y - np.arctan2(a, x)

    assert_array_equal(vjp(f, [-1.0, -1.0])[0], f(np.array([-1.0, -1.0])))


def test_an_array_that_does_not_change_is_copied_once():
    A, tape = np.eye(3) / 2, Tape()
    x = tape.variable([1.0, 2.0, 3.0])
    for _ in range(5):
        x = A.T @ x
    constants = [step.constants[0] for step in tape.steps[1:]]
    assert all(constant is constants[0] for constant in constants)
    assert constants[0] is not A
    A[0, 0] = 7.0
    assert_array_equal((A.T @ x).value, A.T @ x.value)
    assert constants[0][0, 0] == 0.5


def test_nobody_writes_into_the_values_on_a_tape():
    tape = Tape()
    x = tape.variable([1.0, 2.0])
    y = x * x
    for array in (x.value, y.value, tape.steps[1].value):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 7.0
    constant = np.array([1.0, 2.0])
    assert_array_equal(grad(lambda x: np.sum(checkpoint(lambda x: constant)(x)))([1.0, 2.0]), [0, 0])
    constant[0] = 7.0  # still his own


def test_the_point_may_be_written_over_before_the_way_back():
    for mode in ("tape", "source"):
        x = np.array([1.0, 2.0])
        _, pull = vjp(lambda x: x * x, x, mode=mode)
        x *= 2
        assert_array_equal(pull([1.0, 1.0])[0], [2, 4])


# --- vjp --------------------------------------------------------------------------------------------------------------


def test_rows_of_the_page():
    value, pull = vjp(F, [2.0, 3.0])
    assert_allclose(value, [6.909297426825682, -7.0], rtol=1e-15)
    assert_allclose(pull([1.0, 0.0])[0], [2.5838531634528574, 2.0], rtol=1e-15)
    assert_array_equal(pull([0.0, 1.0])[0], [1, -6])
    # A general seed gives a combination of the rows.
    J = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert vjp(lambda x: J @ x, [5.0, 6.0])[1]([1.0, 1.0])[0].tolist() == [4, 6]


def test_outputs_in_tuples_and_lists():
    value, pull = vjp(lambda x, y: (x * y, [2 * x, 5, np.ones(2), x * y]), 3.0, 4.0)
    assert value[:1] == (12,)
    assert value[1][:2] == [6, 5]
    assert pull((1.0, [10.0, 100.0, np.ones(2), 1000.0])) == (4 + 20 + 4000, 3 + 3000)
    for weights in ((1.0,), 1.0, (1.0, (1.0, 1.0))):
        with pytest.raises(ValueError, match="the weights must be a"):
            pull(weights)
    with pytest.raises(ValueError, match=r"the shape \(2,\) of the output of f, got \(3,\)"):
        pull((1.0, [10.0, 100.0, np.ones(3), 0.0]))


def test_one_result_in_two_places_collects_both_weights():
    def twice(x):
        y = x * x
        return y, y, x

    assert vjp(twice, 3.0)[1]((1.0, 10.0, 100.0)) == (6 + 60 + 100,)


def test_results_can_be_written_into():
    x = np.array([1.0, 2.0])
    value, pull = vjp(lambda x: x, x)
    value[0] = 7.0
    (adjoint,) = pull([1.0, 1.0])
    adjoint[0] = 7.0
    assert_array_equal(x, [1, 2])
    gradient = grad(np.sum)(x)
    gradient[0] = 5.0
    assert_array_equal(gradient, [5, 1])


def test_the_function_back_can_be_called_again_and_differentiated():
    _, pull = vjp(lambda x: x**3, 2.0)
    assert pull(1.0) == pull(1.0) == (12.0,)
    assert grad(lambda u: pull(u * u)[0])(3.0) == 72
    assert jvp(lambda u: pull(u)[0], (1.0,), (5.0,)) == (12.0, 60.0)


def test_copies_carry_the_derivative():
    x = np.array([1.0, 2.0])
    for mode in ("tape", "dual"):
        assert_array_equal(grad(lambda x: np.sum(x.copy() * np.copy(x)), mode=mode)(x), 2 * x)


def test_copies_by_the_module_carry_the_derivative():
    x = np.array([1.0, 2.0])
    for mode in ("tape", "dual"):
        assert_array_equal(grad(lambda x: np.sum(copy.copy(x) * copy.deepcopy(x)), mode=mode)(x), 2 * x)
        parameters = grad(lambda x: sum(p**2 for p in copy.deepcopy([x[0], x[1]])), mode=mode)
        assert_array_equal(parameters(x), 2 * x)


class Recurrent:
    """A program that keeps its state from call to call."""

    def __init__(self, h):
        self.h = h

    def step(self, w):
        self.h = np.tanh(w * self.h + 1.0)
        return self.h


@pytest.mark.parametrize(("mode", "kind"), [("tape", "Var"), ("dual", "Dual")])
def test_numbers_of_an_earlier_run_are_refused(mode, kind):
    state = Recurrent(0.5)
    assert_allclose(grad(state.step, mode=mode)(0.5), 0.5 / np.cosh(1.25) ** 2, rtol=1e-14)
    for use in (grad(state.step, mode=mode), lambda w: 2 * state.h * w, lambda w: np.sum(np.stack([state.h, w]))):
        with pytest.raises(TypeError, match=f"(multiply|expand_dims) got a {kind} whose differentiation is over"):
            use(0.5)
    assert state.h.value == np.tanh(1.25)
    state.h = state.h.value
    grad(state.step, mode=mode)(0.5)

    def broken(x):
        state.h = x * x
        raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        grad(broken, mode=mode)(1.0)
    with pytest.raises(TypeError, match="multiply got a"):
        state.h * 2


@pytest.mark.parametrize(("mode", "kind"), [("tape", "Var"), ("dual", "Dual")])
def test_a_number_of_an_earlier_run_is_no_result(mode, kind):
    kept = []

    def f(x):
        if not kept:
            kept.append(x * x)
        return kept[0]

    assert grad(f, mode=mode)(3.0) == 6
    for again in (grad(f, mode=mode), lambda x: jvp(f, (x,), (1.0,)), lambda x: vjp(f, x)):
        with pytest.raises(TypeError, match=f"return got a {kind} whose differentiation is over"):
            again(3.0)


def test_other_value_errors_stay_as_they_are():
    def broken(x):
        raise ValueError("mine") from TypeError("another")

    for differentiate in (grad(broken), grad(broken, mode="dual"), lambda x: trace(broken, x)):
        with pytest.raises(ValueError, match="mine"):
            differentiate(1.0)


@pytest.mark.parametrize("f", ARRAY_FUNCTIONS.values(), ids=ARRAY_FUNCTIONS)
def test_array_function_is_the_transpose_of_forward_mode(f):
    value, pull = vjp(f, A)
    assert_allclose(value, f(A), rtol=1e-15)
    assert np.shape(value) == np.shape(f(A))
    rng = np.random.default_rng(5)
    for direction in (dA, rng.normal(size=A.shape)):
        u = rng.normal(size=np.shape(value))
        pushed = jvp(f, (A,), (direction,))[1]
        assert_allclose(np.sum(pull(u)[0] * direction), np.sum(u * pushed), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("f", ARRAY_FUNCTIONS.values(), ids=ARRAY_FUNCTIONS)
def test_array_function_can_be_differentiated_twice(f):
    def total(x):
        return np.sum(f(x) ** 2)

    pushed = jvp(jacfwd(total), (A,), (dA,))[1]
    assert_allclose(hvp(total, (A,), (dA,)), pushed, rtol=1e-12, atol=1e-10)
    assert_allclose(grad(lambda x: np.sum(grad(total)(x) * dA))(A), pushed, rtol=1e-12, atol=1e-10)


# --- Jacobians, Hessians ----------------------------------------------------------------------------------------------


def test_jacobian_of_the_page():
    assert_allclose(jacrev(F)([2.0, 3.0]), [[2.5838531634528574, 2.0], [1.0, -6.0]], rtol=1e-15)


def test_shapes_and_structures_are_those_of_jax():
    def f(x, Y):
        return (x * Y, [np.sum(Y), x])

    for jacobian in (jacfwd, jacrev):
        by_both = jacobian(f, argnums=(0, 1))(2.0, np.ones((2, 3)))
        assert isinstance(by_both, tuple)
        assert isinstance(by_both[1], list)
        assert [[np.shape(J) for J in pair] for pair in (by_both[0], *by_both[1])] == [
            [(2, 3), (2, 3, 2, 3)],
            [(), (2, 3)],
            [(), (2, 3)],
        ]
        by_second = jacobian(f, argnums=1)(2.0, np.ones((2, 3)))
        assert_array_equal(by_second[0].reshape(6, 6), 2 * np.eye(6))
        assert type(jacobian(np.sin)(1.0)) is float
        assert jacobian(lambda x: x)(np.zeros((2, 0))).shape == (2, 0, 2, 0)
        assert jacobian(lambda x: np.ones(3))(np.zeros((2, 0))).shape == (3, 2, 0)
        assert jacobian(lambda x: np.ones((0, 3)) * x)(np.ones(3)).shape == (0, 3, 3)


def test_hessian_of_several_arguments():
    def f(x, y):
        return x**2 * y[0] + x * y[0] * y[1]

    H = hessian(f, argnums=(0, 1))(3.0, [2.0, 5.0])
    assert H[0][0] == 4
    assert_array_equal(H[0][1], [2 * 3 + 5, 2])
    assert_array_equal(H[1][0], H[0][1])
    assert_array_equal(H[1][1], [[0, 3], [3, 0]])


def test_hessian_of_the_page():
    H = hessian(lambda x: page(x[0], x[1]))([2.0, 3.0])
    assert_allclose(H, [[-0.9092974268256817, 1.0], [1.0, 0.0]], rtol=1e-15)
    assert hessian(lambda x: x**3)(2.0) == 12


@pytest.mark.parametrize("n", [2, 5, 30])
def test_rosenbrock(n):
    def f(x):
        return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)

    x, v = np.linspace(-1.2, 1.0, n), np.cos(np.arange(n))
    assert_allclose(f(x), rosen(x))
    for mode in ("tape", "dual"):
        value, gradient = value_and_grad(f, mode=mode)(x)
        assert value == f(x)
        assert_allclose(gradient, rosen_der(x), rtol=1e-12, atol=1e-11)
    assert_allclose(hessian(f)(x), rosen_hess(x), rtol=1e-12, atol=1e-10)
    assert_allclose(hvp(f, (x,), (v,)), rosen_hess_prod(x, v), rtol=1e-12, atol=1e-10)


def test_hvp_of_several_arguments():
    products = hvp(lambda x, y: x**2 * np.sum(y), (3.0, [1.0, 1.0]), (1.0, [0.0, 2.0]))
    assert products[0] == 2 * 2 * 1 + 2 * 3 * 2
    assert_array_equal(products[1], [6, 6])


def test_third_derivatives_in_every_nesting():
    modes = ("tape", "dual")
    for first in modes:
        for second in modes:
            for third in modes:
                f = grad(grad(grad(lambda x: np.exp(2 * x) * x, mode=first), mode=second), mode=third)
                assert_allclose(f(0.3), (8 * 0.3 + 12) * math.exp(0.6), rtol=1e-14)


def test_no_confusion_of_levels():
    for outer in ("tape", "dual"):
        for inner in ("tape", "dual"):
            assert grad(lambda x: x * grad(lambda y: x + y, mode=inner)(1.0), mode=outer)(1.0) == 1  # noqa: B023
            assert grad(lambda x: x * grad(lambda y: x * y, mode=inner)(2.0), mode=outer)(3.0) == 6  # noqa: B023
            assert grad(lambda x: x * grad(lambda y: x, mode=inner)(1.0), mode=outer)(2.0) == 0  # noqa: B023


def test_a_tape_as_constant_of_another():
    """The inner run sees the outer variable as a constant, and hands it back with its derivative."""

    def f(x):
        return vjp(lambda y: x * y**2, x)[1](1.0)[0]  # d/dy x y² at y = x: 2 x²

    assert f(3.0) == 18
    assert grad(f)(3.0) == 12


def test_lifted_functions_are_recorded():
    erf = lift(math.erf, lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x))
    assert_allclose(grad(erf)(0.5), 2 / math.sqrt(math.pi) * math.exp(-0.25), rtol=1e-15)
    assert_allclose(grad(grad(erf))(0.5), -2 / math.sqrt(math.pi) * math.exp(-0.25), rtol=1e-14)


# --- properties -------------------------------------------------------------------------------------------------------

UNARY = [np.sin, np.cos, np.tanh, np.arctan, np.exp, lambda x: x * x, lambda x: 1 / (1 + x * x), lambda x: 3 - x]
BINARY = [
    np.add,
    np.subtract,
    np.multiply,
    lambda x, y: x / (1 + y * y),
    lambda x, y: np.hypot(x, 1 + y * y),
    np.logaddexp,
    np.maximum,
]


@st.composite
def programs(draw):
    """Return a random program on two scalars: a list of steps, each on results of earlier ones."""
    steps = []
    for k in range(2, 2 + draw(st.integers(1, 8))):
        if draw(st.booleans()):
            steps.append((draw(st.sampled_from(UNARY)), (draw(st.integers(0, k - 1)),)))
        else:
            steps.append((draw(st.sampled_from(BINARY)), (draw(st.integers(0, k - 1)), draw(st.integers(0, k - 1)))))
    return steps


def run(program, *inputs):
    results = list(inputs)
    for function, operands in program:
        results.append(np.sin(function(*(results[i] for i in operands))))  # the sine keeps the numbers small
    return results[-1]


@given(programs(), st.floats(0.1, 2.0), st.floats(-2.0, -0.1))
def test_random_programs(program, x, y):
    def f(x, y):
        return run(program, x, y)

    by_tape = grad(f, (0, 1))(x, y)
    assert_allclose(by_tape, grad(f, (0, 1), mode="dual")(x, y), rtol=1e-12, atol=1e-13)
    h = 1e-6
    central = [(f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + h) - f(x, y - h)) / (2 * h)]
    kink = any(function is np.maximum for function, _ in program)
    assert kink or np.allclose(by_tape, central, rtol=1e-3, atol=1e-5)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 10**6))
def test_adjoints_of_broadcasting(m, n, seed):
    rng = np.random.default_rng(seed)
    shapes = [(m, n), (n,), (1, n), (m, 1), ()]
    x, y = (rng.normal(size=shapes[i]) for i in rng.integers(5, size=2))
    weights = rng.normal(size=np.broadcast_shapes(x.shape, y.shape))
    gx, gy = grad(lambda x, y: np.sum(weights * x * y), (0, 1))(x, y)
    assert np.shape(gx) == x.shape
    assert np.shape(gy) == y.shape
    by_dual = grad(lambda x, y: np.sum(weights * x * y), (0, 1), mode="dual")(x, y)
    assert_allclose(gx, by_dual[0], rtol=1e-12, atol=1e-13)
    assert_allclose(gy, by_dual[1], rtol=1e-12, atol=1e-13)


MATMUL_SHAPES = [
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 3), (3, 4)),
    ((5, 2, 3), (3, 4)),
    ((2, 3), (5, 3, 4)),
    ((5, 2, 3), (5, 3, 4)),
    ((4, 1, 2, 3), (5, 3, 2)),
    ((3,), (5, 3, 2)),
    ((5, 2, 3), (3,)),
]


@pytest.mark.parametrize(("first", "second"), MATMUL_SHAPES)
def test_matrix_products_of_all_shapes(first, second):
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=first), rng.normal(size=second)
    for f in (np.matmul, lambda x, y: np.sin(x) @ (y * y)):
        _, pull = vjp(f, x, y)
        u = rng.normal(size=np.shape(f(x, y)))
        dx, dy = rng.normal(size=first), rng.normal(size=second)
        gx, gy = pull(u)
        assert_allclose(np.sum(gx * dx) + np.sum(gy * dy), np.sum(u * jvp(f, (x, y), (dx, dy))[1]), rtol=1e-12)


SOLVE_SHAPES = [((3, 3), (3,)), ((3, 3), (3, 2)), ((4, 3, 3), (4, 3, 2)), ((4, 3, 3), (3, 2)), ((4, 3, 3), (3,))]


@pytest.mark.parametrize(("first", "second"), SOLVE_SHAPES)
def test_linear_systems_of_all_shapes(first, second):
    rng = np.random.default_rng(4)
    a, b = rng.normal(size=first) + 3 * np.eye(3), rng.normal(size=second)
    value, pull = vjp(np.linalg.solve, a, b)
    assert_array_equal(value, np.linalg.solve(a, b))
    u, da, db = rng.normal(size=value.shape), rng.normal(size=first), rng.normal(size=second)
    h = 1e-6
    central = (np.linalg.solve(a + h * da, b + h * db) - np.linalg.solve(a - h * da, b - h * db)) / (2 * h)
    assert_allclose(jvp(np.linalg.solve, (a, b), (da, db))[1], central, rtol=1e-6, atol=1e-7)
    ga, gb = pull(u)
    assert_allclose(np.sum(ga * da) + np.sum(gb * db), np.sum(u * central), rtol=1e-6)


def test_only_one_operand_of_a_linear_system_is_differentiated():
    rng = np.random.default_rng(4)
    for first, second in SOLVE_SHAPES:
        a, b = rng.normal(size=first) + 3 * np.eye(3), rng.normal(size=second)
        u = rng.normal(size=np.shape(np.linalg.solve(a, b)))
        both = vjp(np.linalg.solve, a, b)[1](u)
        assert_allclose(vjp(lambda a: np.linalg.solve(a, b), a)[1](u)[0], both[0], rtol=1e-14)  # noqa: B023
        assert_allclose(vjp(lambda b: np.linalg.solve(a, b), b)[1](u)[0], both[1], rtol=1e-14)  # noqa: B023


CROSS_SHAPES = [((3,), (3,), -1), ((4, 3), (3,), -1), ((3,), (3, 5), 0), ((3, 5), (3,), 0), ((2, 3, 4), (1, 3, 4), 1)]


@pytest.mark.parametrize(("first", "second", "axis"), CROSS_SHAPES)
def test_cross_products_of_all_shapes(first, second, axis):
    rng = np.random.default_rng(6)
    x, y, dx, dy = (rng.normal(size=shape) for shape in (first, second) * 2)

    def f(x, y):
        return np.cross(x, y, axis=axis)

    value, pull = vjp(f, x, y)
    assert_allclose(value, f(x, y), rtol=1e-14)
    slope = f(dx, y) + f(x, dy)
    assert_allclose(jvp(f, (x, y), (dx, dy))[1], slope, rtol=1e-13, atol=1e-14)
    u = rng.normal(size=value.shape)
    by_x, by_y = pull(u)
    assert_allclose(np.sum(by_x * dx) + np.sum(by_y * dy), np.sum(u * slope), rtol=1e-12)


def test_determinants_of_stacks():
    a = np.random.default_rng(8).normal(size=(4, 3, 3))
    gradient = grad(lambda a: np.sum(np.linalg.det(a) * np.arange(4)))(a)
    cofactors = np.linalg.det(a)[:, None, None] * np.swapaxes(np.linalg.inv(a), -1, -2)
    assert_allclose(gradient, np.arange(4)[:, None, None] * cofactors, rtol=1e-12)
    with pytest.raises(np.linalg.LinAlgError, match="Singular"):
        grad(np.linalg.det)(np.ones((2, 2)))


# --- what must fail, and say why --------------------------------------------------------------------------------------


@pytest.mark.parametrize("f", [np.floor_divide, np.remainder, np.gcd], ids=lambda f: f.__name__)
def test_unknown_ufuncs_are_named(f):
    with pytest.raises(TypeError, match=f"{f.__name__} has no derivative rule"):
        grad(lambda x: f(x, 2.0))(3.0)


with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)
    MATRIX = np.matrix([[1.0, 2.0], [3.0, 4.0]])

UNKNOWN = {
    "svd": (lambda x: np.linalg.svd(x)[1], r"numpy\.linalg\.svd has no derivative rule for Var"),
    "eigvalsh": (np.linalg.eigvalsh, r"numpy\.linalg\.eigvalsh has no derivative rule for Var"),
    "fft": (np.fft.fft, r"fft has no derivative rule for Var"),
    "einsum": (lambda x: np.einsum("ij->i", x), "einsum"),
    "math": (lambda x: math.sin(x[0, 0]), "a Var is no float.*np.sin, not math.sin"),
    "float": (lambda x: float(np.sum(x)), r"a Var is no float.*drop float\(\)"),
    "array's dot": (
        lambda x: np.ones((2, 2)).dot(x),
        r"a Var is no array.*Write X @ w or np.dot\(X, w\) for X.dot\(w\)",
    ),
    "array": (lambda x: np.array([x[0, 0], 2.0]), r"a Var is no array.*np\.stack"),
    "list into array": (lambda x: np.add([x[0, 0], 1.0], 2.0), r"np\.stack"),
    "into an array": (lambda x: entry_by_entry(x), r"a Var cannot be written into an array.*np\.stack"),
    "fill": (lambda x: np.zeros(2).fill(x[0, 0]), r"a Var cannot be written into an array.*np\.stack"),
    "item": (lambda x: x[0, 0].item(), "a Var is no float: the derivative would be lost"),
    "tolist": (lambda x: x.tolist(), "a Var is no float: the derivative would be lost"),
    "divmod": (lambda x: divmod(x, 0.4), "divmod has no derivative rule"),
    "remainder": (lambda x: x % 0.4, "remainder has no derivative rule"),
    "by a remainder": (lambda x: 0.4 % x, "remainder has no derivative rule"),
    "write": (lambda x: operator_setitem(x), "a Var cannot be written into"),
    "in place": (lambda x: operator_iadd(x), "add of a Var takes no out"),
    "reduce": (lambda x: np.add.reduce(x), "add.reduce"),
    "norm": (lambda x: np.linalg.norm(x, "nuc"), "norm of a Var takes ord"),
    "spectral norm": (lambda x: np.linalg.norm(x, 2), "norm of a Var takes ord"),
    "norm of columns": (lambda x: np.linalg.norm(x, 1), "norm of a Var takes ord None, or 'fro' of matrices"),
    "norm of vectors": (lambda x: np.linalg.norm(x[0], 3), "norm of a Var takes ord None, or 1, 2 or inf of vectors"),
    "two axes of prod": (lambda x: np.prod(x, axis=(0, 1)), r"prod takes one axis or None, got \(0, 1\)"),
    "several arrays": (lambda x: np.atleast_1d(x, x)[0], "atleast_1d of a Var takes no further arguments"),
    "masked": (lambda x: x * np.ma.array(np.eye(2), mask=np.eye(2)), "an array, got a MaskedArray"),
    "no longer masked": (lambda x: x + np.ma.array(np.eye(2)), "an array, got a MaskedArray"),
    "masked in a stack": (lambda x: np.stack([x, np.ma.array(np.eye(2), mask=np.eye(2))]), "got a MaskedArray"),
    "matrix": (lambda x: x * MATRIX, r"an array, got a matrix.*write np\.asarray\(x\)"),
    "matrix in front": (lambda x: MATRIX * x, "got a matrix"),
    "matrix product": (lambda x: MATRIX @ x, "got a matrix"),
    "dtype": (lambda x: np.sum(x, dtype=int), "sum of a Var"),
    "complex": (lambda x: x * 1j, "real numbers"),
}


def operator_setitem(x):
    x[0] = 1.0


def entry_by_entry(x):
    y = np.zeros(2)
    y[0] = x[0, 0] * x[1, 1]
    return y


def operator_iadd(x):
    y = np.zeros((2, 2))
    y += x


@pytest.mark.parametrize(("f", "match"), UNKNOWN.values(), ids=UNKNOWN)
def test_unsupported_operations_are_named(f, match):
    for mode in ("tape", "dual"):
        with pytest.raises(TypeError, match=match if mode == "tape" else match.replace("Var", "Dual")):
            grad(lambda x: np.sum(f(x)), mode=mode)(np.eye(2))


def test_there_are_lost_derivatives_to_refuse():
    assert len(LOST) > 20


def test_no_silent_nan():
    with pytest.raises(ValueError, match="log needs x > 0"):
        grad(np.log)(0.0)
    with pytest.raises(OverflowError, match="exp on the tape overflowed"):
        grad(np.exp)(1000.0)
    with pytest.raises(OverflowError, match="a derivative overflowed"):
        grad(lambda x: x * 1e200 * 1e200)(1e-300)
    with pytest.raises(ValueError, match="a derivative became nan"):
        grad(lambda x: x * 1e308 * 10.0 - x * 1e308 * 10.0)(1e-5)


def test_infinite_constants_are_no_overflow():
    for mode in ("tape", "dual"):
        masked = grad(lambda x: np.max(np.where([True, False], x, -np.inf)), mode=mode)
        assert_array_equal(masked([2.0, 2.0]), [1, 0])
        softmax = grad(lambda x: np.sum(np.exp(x + np.array([0.0, -np.inf]))), mode=mode)
        assert_array_equal(softmax([2.0, 2.0]), [np.exp(2.0), 0])
        with pytest.raises(ValueError, match="became nan"):
            grad(lambda x: np.max(np.where([True, False], x, -np.inf)) * np.inf * 0.0, mode=mode)([2.0, 2.0])
    with pytest.raises(OverflowError, match="a derivative overflowed"):
        grad(lambda x: x * np.inf)(2.0)


def test_variances_of_too_few_numbers():
    for mode in ("tape", "dual"):
        for f in (np.var, np.std):
            for ddof in (3, 4):
                with pytest.raises(ValueError, match=f"var and std need more numbers than ddof, {ddof}, got 3"):
                    grad(lambda x: f(x, ddof=ddof), mode=mode)([1.0, 2.0, 4.0])  # noqa: B023
        assert_allclose(grad(lambda x: np.var(x, ddof=2), mode=mode)([1.0, 2.0, 6.0]), [-4, -2, 6])


def test_cross_products_need_three_numbers():
    for mode in ("tape", "dual"):
        for other in ([1.0, 2.0], [1.0, 2.0, 3.0]):
            with pytest.raises(ValueError, match=r"cross needs vectors of three numbers.*x\[0\] \* y\[1\]"):
                grad(lambda x: np.sum(np.cross(x, other)), mode=mode)([3.0, 4.0])  # noqa: B023


def test_results_of_slogdet_have_their_names():
    a = np.array([[2.0, 1.0], [1.0, 3.0]])
    for mode in ("tape", "dual"):
        gradient = grad(lambda a: np.linalg.slogdet(a).sign * np.linalg.slogdet(a).logabsdet, mode=mode)
        assert_allclose(gradient(a), np.linalg.inv(a).T, rtol=1e-14)


def test_the_axes_of_tensordot_may_be_an_integer_of_numpy():
    assert_array_equal(grad(lambda x: np.tensordot(x, x, np.int64(2)))(np.eye(2)), 2 * np.eye(2))


def test_gradient_needs_a_scalar():
    for f, what in ((lambda x: x, r"shape: \(2,\). Use jacrev"), (lambda x: (x[0], x[1]), "a tuple")):
        with pytest.raises(TypeError, match=f"Gradient only defined for scalar-output functions.*{what}"):
            grad(f)([1.0, 2.0])


def test_arguments_must_differ():
    with pytest.raises(ValueError, match="argnums must name different arguments"):
        grad(page, (0, -2))(1.0, 2.0)


def test_the_norm_at_zero_is_named_and_its_square_is_shown():
    for mode in ("tape", "dual"):
        for f in (np.linalg.norm, lambda w: 0.1 * np.linalg.norm(w) ** 2):
            with pytest.raises(ValueError, match=r"norm needs a sum of squares > 0.*write w @ w"):
                grad(f, mode=mode)(np.zeros(2))
    with pytest.raises(ValueError, match=r"norm needs .*np.sum\(W \* W\)"):
        grad(lambda W: np.sum(np.linalg.norm(W, axis=1)))([[3.0, 4.0], [0.0, 0.0]])
    with pytest.raises(ValueError, match="norm needs"):
        hessian(np.linalg.norm)(np.zeros(2))


def test_a_vector_of_one_entry_is_no_scalar():
    with pytest.raises(TypeError, match=r"shape: \(1,\). Use jacrev. For x of one entry write x\[0\], or return a sum"):
        grad(lambda x: (x - 1) ** 2)([3.0])
