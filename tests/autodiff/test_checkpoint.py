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


def test_settings_by_name():
    f = checkpoint(lambda x, n, sign="+": x**n if sign == "+" else -(x**n))
    for mode in ("tape", "dual"):
        assert grad(lambda x: f(x, n=3), mode=mode)(2.0) == 12
        assert grad(lambda x: f(x, 3, sign="-"), mode=mode)(2.0) == -12
    assert f(2.0, n=3) == 8
    with pytest.raises(TypeError, match="n is differentiated; pass it by position"):
        grad(lambda x: f(2.0, n=x))(3.0)


def test_constants_of_the_surroundings_may_be_differentiated_outside():
    """The derivative by w is that of another level, which the steps of the inner one carry along."""
    for outer in ("tape", "dual"):
        for inner in ("tape", "dual"):
            gradient = grad(lambda w: grad(checkpoint(lambda x: w * x * x), mode=inner)(3.0), mode=outer)  # noqa: B023
            assert gradient(2.0) == 6
    assert grad(lambda w: checkpoint(lambda x: np.tanh(w * x))(1.0))(0.5) == pytest.approx(np.cosh(0.5) ** -2)


WEIGHTS = [np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([[0.5, -0.2], [0.7, 0.1]])]


def late(h):
    for W in WEIGHTS:
        h = checkpoint(lambda h: np.tanh(W @ h))(h)  # noqa: B023
    return np.sum(h)


def test_a_function_that_changes_before_the_way_back_is_refused():
    with pytest.raises(ValueError, match="checkpoint: the function had another W when it ran again"):
        grad(late)(np.ones(2))
    known = grad(lambda h: np.sum(np.tanh(WEIGHTS[1] @ np.tanh(WEIGHTS[0] @ h))))(np.ones(2))
    assert_allclose(grad(late, mode="dual")(np.ones(2)), known, rtol=1e-14)
    f = checkpoint(lambda W, h: np.tanh(W @ h))
    assert_allclose(grad(lambda h: np.sum(functools.reduce(lambda h, W: f(W, h), WEIGHTS, h)))(np.ones(2)), known)
    rng = np.random.default_rng(0)
    for mode in ("tape", "dual"):
        with pytest.raises(ValueError, match=r"gave another value when it ran again.*draw nothing random"):
            grad(checkpoint(lambda x: x * rng.normal()), mode=mode)(1.0)


def late_at_zero(h):
    for W in (np.eye(2), 2 * np.eye(2)):
        h = checkpoint(lambda h: W @ h)(h)  # noqa: B023
    return np.sum(h)


def test_a_late_binding_is_seen_where_the_value_is_the_same():
    with pytest.raises(ValueError, match="had another W when it ran again"):
        grad(late_at_zero)(np.zeros(2))
    assert_array_equal(grad(late_at_zero, mode="dual")(np.zeros(2)), [2, 2])


SCALE = {"w": 1.0}


def test_each_entry_is_compared():
    def scaled(h):
        for SCALE["w"] in (1.0, 500.0):
            h = checkpoint(lambda h: np.stack([h[0], SCALE["w"] * h[1]]))(h)
        return h[1]

    with pytest.raises(ValueError, match="gave another value when it ran again"):
        grad(scaled)(np.array([1e12, 1.0]))


def test_a_function_may_count_its_runs_and_meet_equal_numbers():
    runs = 0

    def counted(h):
        nonlocal runs
        runs += 1
        return h * h

    def f(h):
        for w in np.ones(2):
            h = checkpoint(lambda h: w * h)(checkpoint(counted)(h))  # noqa: B023
        return h

    assert grad(f)(3.0) == 4 * 27
    assert runs > 2


def test_rounding_is_no_change():
    """On a tape np.prod multiplies in pairs; a chaotic program blows up the difference."""

    def chaotic(x):
        y = np.prod(x) % 1.0 if isinstance(x, np.ndarray) else np.prod(x) - np.floor(np.prod(x).value)
        for _ in range(60):
            y = 3.9 * y * (1 - y)
        return y

    x = np.linspace(0.9, 1.2, 11)
    assert_array_equal(grad(checkpoint(chaotic))(x), vjp(chaotic, x)[1](1.0)[0])


def test_results_that_are_no_number_are_refused():
    for out in (lambda y: (y, y * y), lambda y: [y]):
        with pytest.raises(TypeError, match=r"checkpoint takes a function that returns one number.*np\.stack"):
            grad(lambda x: checkpoint(out)(x)[0])(2.0)  # noqa: B023


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


def test_states_must_be_finite():
    for step_, x, n in ((np.exp, 700.0, 2), (lambda x: np.log(x), 0.5, 2), (lambda x: 1e200 * x, [1.0, 1e150], 2)):
        with pytest.raises(ValueError, match="every state must be finite, but step took"):
            checkpointed_vjp(step_, x, n, 1)
    assert checkpointed_vjp(lambda x: 2 * x, 3, 2, 1).value == 12


def test_long_iterations_need_no_recursion():
    result = checkpointed_vjp(lambda x: 0.999 * x, 1.0, 1500, 0)
    assert result.n_runs == 1500 * 1499 // 2
    assert_allclose(checkpointed_vjp(lambda x: 0.999 * x, 1.0, 3000, 3).vjp_fun(1.0), 0.999**3000, rtol=1e-10)
