"""Derivatives beside those of Autograd, on a suite of programs, and the modes beside one another."""

import autograd
import autograd.numpy
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.autodiff import grad, hessian, hvp, jacfwd, jacrev, jvp, vjp
from tests.autodiff.programs import PROGRAMS

CASES = pytest.mark.parametrize(("f", "x"), PROGRAMS.values(), ids=PROGRAMS)


def close(found, known):
    scale = max(1.0, np.abs(known).max(initial=0.0))
    assert_allclose(found, known, rtol=1e-12, atol=1e-13 * scale)


def test_the_suite_is_large():
    assert len(PROGRAMS) >= 85


@CASES
def test_jacobians_equal_those_of_autograd(f, x):
    known = autograd.jacobian(lambda x: f(autograd.numpy, x))(x)

    def ours(x):
        return f(np, x)

    assert_array_equal(vjp(ours, x)[0], ours(x))
    for jacobian in (jacrev, jacfwd):
        found = jacobian(ours)(x)
        assert np.shape(found) == np.shape(known)
        close(found, known)


@CASES
def test_second_derivatives_equal_those_of_autograd(f, x):
    def weighted(xp):
        return lambda x: xp.sum(f(xp, x) ** 2)

    known = autograd.hessian(weighted(autograd.numpy))(x)
    ours = weighted(np)
    modes = {
        "forward over reverse": hessian(ours),
        "reverse over reverse": jacrev(jacrev(ours)),
        "reverse over forward": jacrev(jacfwd(ours)),
        "forward over forward": jacfwd(jacfwd(ours)),
    }
    assert np.any(known != 0)
    for found in modes.values():
        # Autograd's own second derivatives round: a few units of the largest entry.
        assert_allclose(found(x), known, rtol=1e-11, atol=1e-12 * np.abs(known).max())
    v = np.array([0.3, -1.0, 0.5])
    assert_allclose(hvp(ours, (x,), (v,)), known @ v, rtol=1e-11, atol=1e-12 * np.abs(known).max())


@CASES
def test_both_modes_are_transposes(f, x):
    """The rows times (J v) equal (the rows times J) v."""
    rng = np.random.default_rng(7)

    def ours(x):
        return f(np, x)

    value, pull = vjp(ours, x)
    for _ in range(5):
        u, v = rng.normal(size=np.shape(value)), rng.normal(size=3)
        pushed = jvp(ours, (x,), (v,))[1]
        (pulled,) = pull(u)
        assert_allclose(pulled @ v, np.sum(u * pushed), rtol=1e-12, atol=1e-12 * np.abs(u).sum() * np.abs(pulled).max())


@CASES
def test_gradients_in_the_modes_agree(f, x):
    def total(x):
        return np.sum(f(np, x))

    close(grad(total, mode="dual")(x), grad(total, mode="tape")(x))
