import functools

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from companion.autodiff import Tape, checkpoint, checkpointed_vjp, grad, hessian, jacfwd, jacrev, vjp
from companion.autodiff._checkpoint import _best_split, least_runs


def iterate(step, x, n):
    for _ in range(n):
        x = step(x)
    return x


def step(x):
    return np.sin(x) + 0.1 * x[::-1] * x


def test_checkpoint_changes_no_derivative():
    part = checkpoint(lambda x: iterate(step, x, 5))
    x = np.array([0.3, -0.8, 1.2])
    f, g = (lambda x: np.sum(part(part(x)) ** 2)), (lambda x: np.sum(iterate(step, x, 10) ** 2))
    assert f(x) == g(x)
    assert_allclose(grad(f)(x), grad(g)(x), rtol=1e-14)
    assert_allclose(grad(f, mode="dual")(x), grad(g)(x), rtol=1e-13)
    for second in (hessian(f), jacrev(jacrev(f)), jacfwd(jacfwd(f))):
        assert_allclose(second(x), hessian(g)(x), rtol=1e-12, atol=1e-13)


def test_checkpoint_keeps_the_arguments_only():
    tape = Tape()
    x = tape.variable([1.0, 2.0, 3.0])
    checkpoint(lambda x: iterate(step, x, 50))(x)
    assert [s.name for s in tape.steps] == ["input", "checkpoint"]


def test_checkpoint_of_several_arguments():
    f = checkpoint(lambda x, y, z: x * y + np.sin(z))
    assert grad(f, (0, 2))(2.0, 3.0, 0.0) == (3, 1)
    assert grad(lambda x: f(x, x, 1.0))(3.0) == 6
    assert f(1.0, 2.0, 0.0) == 2


@pytest.mark.parametrize("n_checkpoints", [0, 1, 2, 5, 100])
@pytest.mark.parametrize("n_steps", [1, 2, 3, 10, 37])
def test_sweep_with_checkpoints_equals_the_plain_one(n_steps, n_checkpoints):
    runs, x, u = [], np.array([0.3, -0.8, 1.2]), np.array([1.0, 2.0, -1.0])

    def counted(state):
        if isinstance(state, np.ndarray):
            runs.append(1)
        return step(state)

    value, pull = vjp(lambda x: iterate(step, x, n_steps), x)
    result = checkpointed_vjp(counted, x, n_steps, n_checkpoints)
    assert_array_equal(result.value, value)
    runs.clear()
    assert_allclose(result.vjp_fun(u), pull(u)[0], rtol=1e-12)
    assert len(runs) == result.n_runs


@functools.cache
def least(n, s):
    """The least number of runs by its recursion: a checkpoint after m steps, for the best m."""
    if n == 1 or s == 0:
        return n * (n - 1) // 2
    return min(m + least(n - m, s - 1) + least(m, s) for m in range(1, n))


def test_the_schedule_is_the_best_one():
    for s in range(1, 6):
        for n in range(1, 60):
            assert least_runs(n, s) == least(n, s)
            if n > 1:
                m = _best_split(n, s)
                assert m + least(n - m, s - 1) + least(m, s) == least(n, s)
    assert least_runs(10, 0) == 45
    assert least_runs(10, 9) == 9


def test_one_step_in_ten():
    """100 steps with room for ten states, and the first: each step is run about twice more."""
    assert checkpointed_vjp(np.sin, 1.0, 100, 10).n_runs == 209


def test_long_iterations_need_no_recursion():
    result = checkpointed_vjp(lambda x: 0.999 * x, 1.0, 1500, 0)
    assert result.n_runs == 1500 * 1499 // 2
    assert_allclose(checkpointed_vjp(lambda x: 0.999 * x, 1.0, 3000, 3).vjp_fun(1.0), 0.999**3000, rtol=1e-10)
