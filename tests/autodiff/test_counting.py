import numpy as np
import pytest

from companion.autodiff import count_operations, grad, hvp, jacfwd, jacrev, jvp, lift, vjp


def product(*x):
    result = x[0]
    for factor in x[1:]:
        result = result * factor
    return result


def horner(x, *coefficients):
    y = coefficients[0]
    for c in coefficients[1:]:
        y = y * x + c
    return y


@pytest.mark.parametrize("n", [2, 3, 10, 40])
def test_product_of_n_variables(n):
    """f: n-1 products; its tangent: (3 products, 1 sum) each; its gradient by the tape: 3 products each."""
    x, v = list(np.linspace(1, 2, n)), [1.0] * n
    m = n - 1
    assert count_operations(product, *x) == {"multiply": m}
    assert count_operations(lambda *a: jvp(product, a[:n], a[n:]), *x, *v) == {"multiply": 3 * m, "add": m}
    assert count_operations(lambda *a: vjp(product, *a)[1](1.0), *x) == {"multiply": 3 * m}
    assert count_operations(lambda *a: hvp(product, a[:n], a[n:]), *x, *v).total() < 13 * m


def test_horner():
    assert count_operations(horner, 2.0, *range(1, 6)) == {"multiply": 4, "add": 4}
    assert count_operations(lambda x: horner(x, 4, 3, 2, 1), 2.0) == {"multiply": 3, "add": 3}


def test_arrays_count_once_an_entry():
    A, x = np.ones((4, 3)), np.ones(3)
    assert count_operations(lambda x: A @ x, x) == {"multiply": 12, "add": 8}
    assert count_operations(lambda x: A @ A.T, x) == {}
    assert count_operations(lambda A: A @ A.T, A) == {"multiply": 48, "add": 32}
    assert count_operations(lambda x: np.sum(np.sin(x)), x) == {"sin": 3, "add": 2}
    assert count_operations(lambda A: np.sum(A, axis=0), A) == {"add": 9}
    assert count_operations(lambda x: np.concatenate([x[1:], x[:1]]).reshape(3, 1).T, x) == {}


def test_constants_are_free():
    assert count_operations(lambda x: 2 * 3 + x, 1.0) == {"add": 1}
    assert count_operations(lambda x: 5, 1.0) == {}


def test_gradient_is_cheap_and_the_jacobian_forward_is_not():
    def f(x):
        return np.sum((x[1:] - x[:-1] ** 2) ** 2)

    ratios = []
    for n in (10, 100):
        x = np.linspace(0.5, 1.5, n)
        cost = count_operations(f, x).total()
        ratios.append([count_operations(derivative(f), x).total() / cost for derivative in (grad, jacrev, jacfwd)])
    assert ratios[0][0] == ratios[0][1]
    assert ratios[1][0] < 5
    assert ratios[1][2] > 100


def test_unknown_costs_are_refused():
    with pytest.raises(TypeError, match="count_operations knows no cost of solve"):
        count_operations(lambda A: np.linalg.solve(A, np.ones(2)), np.eye(2))


def test_a_lifted_function_has_no_known_cost():
    def square(x):
        return x * x + 1

    with pytest.raises(TypeError, match="knows no cost of lifted:square"):
        count_operations(lift(square, lambda x: 2 * x), 3.0)


def test_empty_sums_cost_nothing():
    assert count_operations(np.sum, np.zeros(0)).total() == 0
    assert count_operations(lambda x: np.ones((2, 0)) @ x, np.zeros(0)).total() == 0
