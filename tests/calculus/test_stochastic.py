import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression, SGDRegressor
from sklearn.utils import gen_batches

from companion.calculus import (
    gradient_descent,
    learning_rate_schedule,
    minibatches,
    stochastic_gradient_descent,
)


class Line:
    """Linear regression on random data: mean of squared errors over some points, and its gradient."""

    def __init__(self, n=60, d=2, noise=0.3, seed=0):
        rng = np.random.default_rng(seed)
        self.n = n
        self.X = np.column_stack([np.ones(n), rng.normal(size=(n, d))])
        self.y = self.X @ np.arange(1, d + 2) + noise * rng.normal(size=n)
        self.best = np.linalg.lstsq(self.X, self.y)[0]
        self.start = np.zeros(d + 1)

    def cost(self, w, batch):
        return np.mean((self.X[batch] @ w - self.y[batch]) ** 2)

    def jac(self, w, batch):
        return 2 / len(batch) * self.X[batch].T @ (self.X[batch] @ w - self.y[batch])

    def fit(self, **options):
        return stochastic_gradient_descent(self.cost, self.start, self.n, jac=self.jac, **options)


class TestSchedule:
    def test_formulas(self):
        t = np.arange(1, 200)
        assert_array_equal(learning_rate_schedule("constant", 0.3)(t), np.full(199, 0.3))
        assert_allclose(learning_rate_schedule("invscaling", 0.3, power_t=0.7, t0=5)(t), 0.3 / (t + 5) ** 0.7)
        assert_allclose(learning_rate_schedule(eta0=0.3)(t), 0.3 / t**0.25)
        assert_allclose(learning_rate_schedule("sqrt", 0.3, t0=2)(t), 0.3 / np.sqrt(t + 2))
        assert_allclose(learning_rate_schedule("exponential", 0.3, gamma=0.9)(t), 0.3 * 0.9 ** (t - 1))

    @pytest.mark.parametrize("kind", ["constant", "invscaling", "sqrt", "exponential"])
    def test_numbers_and_arrays(self, kind):
        eta = learning_rate_schedule(kind, 0.2)
        assert_allclose(eta(np.arange(1, 9)), [eta(t) for t in range(1, 9)], rtol=1e-15)
        assert eta(1) == 0.2
        assert np.all(np.diff(eta(np.arange(1, 9))) <= 0)

    def test_sum_of_the_exponential_rates(self):
        total = learning_rate_schedule("exponential", 0.2, gamma=0.9)(np.arange(1, 2000)).sum()
        assert_allclose(total, 0.2 / (1 - 0.9))


class TestMinibatches:
    @given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 10**6), st.booleans())
    def test_every_point_once(self, n, size, seed, shuffle):
        size = min(size, n)
        batches = list(minibatches(n, size, seed, shuffle=shuffle))
        assert sorted(np.concatenate(batches).tolist()) == list(range(n))
        assert {len(batch) for batch in batches[:-1]} <= {size}
        assert 1 <= len(batches[-1]) <= size

    def test_in_order_as_scikit_learn(self):
        ours = [batch.tolist() for batch in minibatches(103, 10, shuffle=False)]
        assert ours == [list(range(103))[part] for part in gen_batches(103, 10)]

    def test_shuffled_anew(self):
        rng = np.random.default_rng(0)
        first, second = (np.concatenate(list(minibatches(50, 7, rng))) for _ in range(2))
        assert not np.array_equal(first, second)
        assert_array_equal(first, np.concatenate(list(minibatches(50, 7, 0))))

    def test_every_place_is_equally_likely(self):
        rng = np.random.default_rng(1)
        firsts = [next(minibatches(5, 1, rng))[0] for _ in range(5000)]
        assert np.abs(np.bincount(firsts) - 1000).max() < 150  # five standard deviations

    def test_complains_at_once(self):
        with pytest.raises(ValueError, match="batch_size"):
            minibatches(3, 4)  # before the first batch is asked for


@pytest.mark.parametrize(
    ("learning_rate", "power_t"), [("constant", 0.25), ("invscaling", 0.25), ("invscaling", 0.5), ("invscaling", 1.0)]
)
def test_step_by_step_as_scikit_learn(learning_rate, power_t):
    """Their cost is half the squared error, so their rate is twice ours."""
    line = Line(n=20)
    for epochs in (1, 2, 7):
        model = SGDRegressor(
            penalty=None,
            learning_rate=learning_rate,
            eta0=0.02,
            power_t=power_t,
            shuffle=False,
            max_iter=epochs,
            tol=None,
        ).fit(line.X[:, 1:], line.y)
        ours = line.fit(
            learning_rate=learning_rate_schedule(learning_rate, 0.01, power_t=power_t), epochs=epochs, shuffle=False
        )
        assert_allclose(ours.x, [*model.intercept_, *model.coef_], rtol=1e-12)
        assert ours.nit == 20 * epochs == model.t_ - 1


def test_whole_batch_is_gradient_descent():
    line = Line()
    everything = np.arange(line.n)
    with pytest.warns(ConvergenceWarning):
        known = gradient_descent(
            line.cost, line.start, (everything,), jac=line.jac, learning_rate=0.1, maxiter=30, tol=0, return_all=True
        )
    ours = line.fit(batch_size=line.n, learning_rate=0.1, epochs=30, return_all=True, rng=3)
    assert_array_equal(ours.allvecs, known.allvecs)
    assert_allclose([step.fun for step in ours.history], [step.fun for step in known.history], rtol=1e-12)


@pytest.mark.parametrize("batch_size", [1, 7, 60])
def test_least_squares(batch_size):
    line = Line()
    rate = learning_rate_schedule("invscaling", 1.0, power_t=1.0, t0=20)
    if batch_size == 60:
        rate = 0.2
    found = line.fit(batch_size=batch_size, learning_rate=rate, epochs=500, rng=1)
    assert_allclose(found.x, line.best, atol=0.02)
    model = LinearRegression().fit(line.X[:, 1:], line.y)
    assert_allclose(found.x, [model.intercept_, *model.coef_], atol=0.02)
    assert_allclose(found.fun, line.cost(line.best, np.arange(60)), rtol=1e-2)
    assert found.fun == found.history[-1].fun
    assert np.abs(found.jac).max() < 0.05


def test_falling_rates_beat_a_constant_one():
    line = Line(noise=1.0)
    errors = {}
    for name, rate in {
        "constant": 0.05,
        "falling": learning_rate_schedule("invscaling", 1.0, power_t=1.0, t0=20),
    }.items():
        runs = [line.fit(learning_rate=rate, epochs=200, rng=seed).x for seed in range(3)]
        errors[name] = np.mean(np.linalg.norm(np.array(runs) - line.best, axis=1))
    assert errors["falling"] < errors["constant"] / 5


def test_noise_floor_is_proportional_to_the_rate():
    """With w - eta 2 (w - y_i), i drawn at random: the variance of w tends to eta s^2 / (1 - eta)."""
    data = np.array([-1.0, 1.0] * 500)
    for eta in (0.02, 0.1):
        run = stochastic_gradient_descent(
            lambda w, batch: np.mean((w - data[batch]) ** 2),
            [0.0],
            1000,
            jac=lambda w, batch: 2 * (w - data[batch].mean()),
            learning_rate=eta,
            epochs=50,
            return_all=True,
            rng=0,
        )
        variance = np.mean(np.array(run.allvecs[1000:]) ** 2)
        assert_allclose(variance, eta / (1 - eta), rtol=0.1)


def test_agreeing_points_leave_no_floor():
    line = Line(noise=0.0)
    run = line.fit(learning_rate=0.05, epochs=200, rng=0, tol=1e-8)
    assert run.success
    assert_allclose(run.x, line.best, atol=1e-7)
    assert run.history[-1].nit == run.nit < 200 * 60


def test_autodiff():
    line = Line()
    options = {"batch_size": 8, "learning_rate": 0.05, "epochs": 3, "rng": 5}
    derived = stochastic_gradient_descent(line.cost, line.start, line.n, **options)
    assert_allclose(derived.x, line.fit(**options).x, rtol=1e-10)


def test_counts_and_history():
    line = Line(n=10)
    run = line.fit(batch_size=4, epochs=3, learning_rate=learning_rate_schedule("sqrt", 0.1), rng=0, return_all=True)
    assert run.nit == 9 == len(run.allvecs) - 1
    assert [step.nit for step in run.history] == [0, 3, 6, 9]
    assert [step.n_points for step in run.history] == [0, 10, 20, 30]
    assert_allclose([step.learning_rate for step in run.history], [0, *(0.1 / np.sqrt([3, 6, 9]))])
    assert_allclose(
        [step.fun for step in run.history], [line.cost(run.allvecs[t], np.arange(10)) for t in (0, 3, 6, 9)]
    )
    assert_array_equal(run.allvecs[-1], run.x)
    assert (run.success, run.status, run.message[:10]) == (True, 0, "All epochs")


def test_the_same_seed_gives_the_same_run():
    line = Line()
    a, b, c = (line.fit(rng=seed).x for seed in (1, 1, 2))
    assert_array_equal(a, b)
    assert not np.array_equal(a, c)


def test_extra_arguments():
    data = np.array([1.0, 2.0, 6.0])
    run = stochastic_gradient_descent(
        lambda x, batch, shift: np.mean((x - data[batch] - shift) ** 2), [0.0], 3, 10.0, batch_size=3, learning_rate=0.5
    )
    assert_allclose(run.x, 13)


def test_failures_are_told():
    line = Line()
    with pytest.warns(ConvergenceWarning, match="not finite. To do: the learning rate is too large"):
        run = line.fit(learning_rate=3.0, epochs=50, rng=0)
    assert (run.success, run.status) == (False, 3)
    assert np.all(np.isfinite(run.x))
    assert run.nit < 3000
    with pytest.warns(ConvergenceWarning, match="not small after all epochs. To do: raise epochs or batch_size"):
        run = line.fit(learning_rate=0.05, epochs=5, rng=0, tol=1e-6)
    assert (run.success, run.status, run.history[-1].n_points) == (False, 1, 300)


def test_a_cost_that_runs_away_is_no_success():
    data = np.array([1.0, 2.0, 6.0])

    def run(**options):
        return stochastic_gradient_descent(lambda x, batch: np.mean((x - data[batch]) ** 2), [0.0], 3, **options)

    with pytest.warns(ConvergenceWarning, match=r"it was 13\.7 and is .*e\+39. To do: the learning rate is too large"):
        lost = run(learning_rate=10.0, epochs=5, rng=0)
    assert (lost.success, lost.status) == (False, 3)
    assert lost.message == f"The cost grows from epoch to epoch: it was 13.7 and is {lost.fun:.3g}."
    with pytest.warns(ConvergenceWarning, match="grows from epoch to epoch"):
        assert not run(learning_rate=10.0, epochs=1, tol=1e-3).success
    noisy = run(learning_rate=0.9, epochs=5, rng=0)  # it jumps about, but stays
    assert (noisy.success, noisy.message) == (True, "All epochs were made.")


def test_a_cost_that_starts_at_0_may_rise_to_its_noise_floor():
    for seed in range(20):
        line = Line(n=100, seed=seed)
        least = line.cost(line.best, slice(None))
        for rate in (0.001, 0.005, 0.02):
            run = stochastic_gradient_descent(
                lambda w, batch, line=line, least=least: line.cost(w, batch) - least,
                line.best, 100, jac=line.jac, learning_rate=rate, epochs=4, rng=seed,
            )  # fmt: skip
            assert run.success


def test_the_message_says_why_the_run_ended():
    line = Line(noise=0.0)
    assert line.fit(learning_rate=0.05, epochs=2, rng=0).message == "All epochs were made."
    ended = line.fit(learning_rate=0.05, epochs=200, rng=0, tol=1e-8)
    assert ended.message == "The gradient of the whole cost became as small as tol."


def test_inputs_are_not_touched():
    line = Line()
    line.start.setflags(write=False)
    run = line.fit(return_all=True, epochs=2)
    assert_array_equal(line.start, 0)
    assert not any(a is b for a, b in itertools.pairwise(run.allvecs))
