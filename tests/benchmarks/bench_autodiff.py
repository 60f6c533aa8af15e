"""Gradients: of a network beside a hand-written back-propagation, of programs beside Autograd."""

import itertools
from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy
import numpy as np

from companion.autodiff import grad, hvp, value_and_grad
from tests.benchmarks.harness import Workload

Parameters = tuple[np.ndarray, ...]
SIZES = (64, 128, 64, 10)


def workloads() -> list[Workload]:
    rng = np.random.default_rng(0)
    X, Y = rng.normal(size=(256, SIZES[0])), rng.normal(size=(256, SIZES[-1]))
    weights = [rng.normal(size=(m, n)) / np.sqrt(m) for m, n in itertools.pairwise(SIZES)]
    biases = [np.zeros(n) for n in SIZES[1:]]
    parameters = (*weights, *biases)
    ours = value_and_grad(network_loss(X, Y), tuple(range(len(parameters))))
    x, v = np.linspace(-1.2, 1.0, 1000), np.cos(np.arange(1000.0))
    by_autograd = autograd.hessian_vector_product(rosenbrock)
    return [
        Workload(
            name="gradient of a network, 17,226 weights, 256 points",
            ours=lambda: ours(*parameters),
            reference=lambda: by_hand(X, Y, weights, biases),
            reference_name="by hand",
            check=alike,
            reach=4,
            note="Against the matrix products of back-propagation, written out for this one network.",
        ),
        Workload(
            name="gradient, Rosenbrock, n = 1000",
            ours=lambda: grad(rosenbrock)(x),
            reference=lambda: autograd.grad(rosenbrock)(x),
            reference_name="Autograd",
            check=alike,
            reach=1.5,
        ),
        Workload(
            name="Hessian times a vector, Rosenbrock, n = 1000",
            ours=lambda: hvp(rosenbrock, (x,), (v,)),
            reference=lambda: by_autograd(x, v),
            reference_name="Autograd",
            check=alike,
            reach=2.5,
            note="Every number on the way is checked: a derivative that overflows or becomes nan is an error here.",
        ),
    ]


def network_loss(X: np.ndarray, Y: np.ndarray) -> Callable[..., Any]:
    """Return the mean square error of a network of tanh layers as a function of its weights and biases."""

    def loss(*parameters: Any) -> Any:
        layers, activation = len(parameters) // 2, X
        for k in range(layers):
            inputs = activation @ parameters[k] + parameters[layers + k]
            activation = np.tanh(inputs) if k < layers - 1 else inputs
        return np.mean((activation - Y) ** 2)

    return loss


def by_hand(
    X: np.ndarray, Y: np.ndarray, weights: list[np.ndarray], biases: list[np.ndarray]
) -> tuple[Any, Parameters]:
    """Return the same loss and its gradient by back-propagation."""
    activations = [X]
    for k, (W, b) in enumerate(zip(weights, biases, strict=True)):
        inputs = activations[-1] @ W + b
        activations.append(np.tanh(inputs) if k < len(weights) - 1 else inputs)
    residual = activations[-1] - Y
    delta, for_weights, for_biases = 2 * residual / residual.size, [], []
    for k in range(len(weights) - 1, -1, -1):
        for_weights.append(activations[k].T @ delta)
        for_biases.append(delta.sum(axis=0))
        if k:
            delta = (delta @ weights[k].T) * (1 - activations[k] ** 2)
    return np.mean(residual**2), (*for_weights[::-1], *for_biases[::-1])


def rosenbrock(x: Any) -> Any:
    """Return Rosenbrock's function, in operators that both libraries take."""
    d, e = x[1:] - x[:-1] ** 2, 1 - x[:-1]
    return d @ d * 100 + e @ e


def alike(ours: Any, reference: Any) -> str:
    """Say how near the numbers are, or complain where they differ."""
    a, b = (np.concatenate([np.ravel(x) for x in flat(result)]) for result in (ours, reference))
    error = np.max(np.abs(a - b)) / np.max(np.abs(b))
    if not error < 1e-12:
        raise AssertionError(f"the results differ by {error:.0e} of the largest entry")
    return f"differences at most {error:.0e} of the largest entry"


def flat(result: Any) -> list[Any]:
    """Return the arrays of a nest of tuples."""
    return [array for part in result for array in flat(part)] if isinstance(result, tuple) else [result]
