"""Functions of one array, as programs over any NumPy-like module: the suite that other libraries are compared on."""

import numpy as np

A = np.array([[2.0, -1.0, 0.5], [1.0, 3.0, -0.25], [0.5, 0.25, 1.5]])
B = np.array([[1.0, 2.0], [-0.5, 0.25], [3.0, -1.0]])
Y = np.array([0.3, -0.7, 1.1])
POINT = np.array([0.4, 1.3, -0.8])
POSITIVE = np.array([0.4, 1.3, 0.8])


def loop(xp, x):
    for k in range(1, 11):
        x = xp.sin(x) + x**2 / (4 * k)
    return x


def branch(xp, x):
    return x[0] * x[1] if x[0] > 0 else xp.exp(x[2])


def mlp(xp, x):
    hidden = xp.tanh(xp.reshape(x, (1, 3)) @ A + Y)
    return xp.sum((hidden @ B) ** 2)


def logistic_loss(xp, x):
    return xp.mean(xp.logaddexp(0.0, -Y * (A @ x))) + 0.05 * xp.sum(x * x)


def softmax(xp, x):
    shifted = xp.exp(x - xp.max(x))
    return shifted / xp.sum(shifted)


def runge_kutta(xp, x):
    y = x
    for _ in range(5):
        k1 = xp.cos(y)
        k2 = xp.cos(y + 0.05 * k1)
        y = y + 0.1 * k2
    return y


def mixture(xp, x):
    logs = xp.stack([-0.5 * (Y - x[0]) ** 2, -0.5 * ((Y - x[1]) / x[2]) ** 2 - xp.log(abs(x[2]))])
    top = xp.max(logs, axis=0)
    return xp.sum(top + xp.log(xp.sum(xp.exp(logs - top), axis=0)))


def gaussian_loglik(xp, x):
    cov = A @ A.T + xp.outer(x, x)
    return -0.5 * Y @ xp.linalg.solve(cov, Y) - 0.5 * xp.linalg.slogdet(cov)[1]


ANYWHERE = {
    "add": lambda xp, x: x + 2 * x + A[0],
    "subtract": lambda xp, x: 3 - x - x * A[1],
    "multiply": lambda xp, x: x * x * A[0],
    "divide": lambda xp, x: A[0] / x + x / 3,
    "power": lambda xp, x: x**3 - x**-2 + x**0 + x**1,
    "square": lambda xp, x: xp.square(x),
    "exp": lambda xp, x: xp.exp(-x) * x,
    "expm1": lambda xp, x: xp.expm1(x),
    "exp2": lambda xp, x: xp.exp2(x),
    "sin": lambda xp, x: xp.sin(x * x),
    "cos": lambda xp, x: xp.cos(x) / x,
    "tan": lambda xp, x: xp.tan(x),
    "arctan": lambda xp, x: xp.arctan(x),
    "sinh": lambda xp, x: xp.sinh(x),
    "cosh": lambda xp, x: xp.cosh(x),
    "tanh": lambda xp, x: xp.tanh(x),
    "arcsinh": lambda xp, x: xp.arcsinh(x),
    "abs": lambda xp, x: abs(x) * x,
    "logaddexp": lambda xp, x: xp.logaddexp(x, A[0]),
    "maximum": lambda xp, x: xp.maximum(x, 0.5) + xp.minimum(x * x, x),
    "arctan2": lambda xp, x: xp.arctan2(x, x**2 + 1),
    "where": lambda xp, x: xp.where(x > 0, x**2, -3 * x),
    "clip": lambda xp, x: xp.clip(x, -0.5, 1.0) * x,
    "sum": lambda xp, x: xp.sum(x**3),
    "sum of rows": lambda xp, x: xp.sum(A * x, axis=1),
    "sum keepdims": lambda xp, x: xp.sum(A * x, axis=0, keepdims=True) * x,
    "mean": lambda xp, x: xp.mean(A * x, axis=0),
    "var": lambda xp, x: xp.var(x * A[0]),
    "std": lambda xp, x: xp.std(x),
    "prod": lambda xp, x: xp.prod(x),
    "cumsum": lambda xp, x: xp.cumsum(x**2),
    "max": lambda xp, x: xp.max(x * A, axis=1),
    "min": lambda xp, x: xp.min(x),
    "sort": lambda xp, x: xp.sort(x**2) * A[0],
    "diff": lambda xp, x: xp.diff(x**2),
    "matmul": lambda xp, x: A @ (x * x),
    "matmul of matrices": lambda xp, x: (A * x) @ (B * x[:, None]),
    "quadratic form": lambda xp, x: x @ A @ x,
    "dot": lambda xp, x: xp.dot(x, A) * xp.dot(x, x),
    "inner": lambda xp, x: xp.inner(x, A * x),
    "outer": lambda xp, x: xp.outer(x, x**2),
    "tensordot": lambda xp, x: xp.tensordot(x * A, A, axes=1),
    "kron": lambda xp, x: xp.kron(xp.outer(x, x), B),
    "transpose": lambda xp, x: xp.transpose(A * x) @ A,
    "reshape": lambda xp, x: xp.reshape(xp.outer(x, x), (9,)) ** 2,
    "entry": lambda xp, x: x[0] * x[2],
    "slice": lambda xp, x: x[1:] * x[:-1],
    "fancy index": lambda xp, x: x[np.array([0, 0, 2])] ** 2,
    "mask": lambda xp, x: x[np.array([True, False, True])] * 3,
    "new axis": lambda xp, x: x[:, None] - x[None, :],
    "stack": lambda xp, x: xp.stack([x, x**2, A[0]]),
    "concatenate": lambda xp, x: xp.concatenate([x, A[0], x**2]),
    "vstack": lambda xp, x: xp.vstack([x, xp.sin(x)]),
    "roll": lambda xp, x: xp.roll(x, 1) * x,
    "repeat": lambda xp, x: xp.repeat(x**2, 2),
    "tile": lambda xp, x: xp.tile(x**2, 2),
    "triu": lambda xp, x: xp.triu(xp.outer(x, x)),
    "diag": lambda xp, x: xp.diag(xp.outer(x, x)),
    "trace": lambda xp, x: xp.trace(xp.outer(x, x) @ A),
    "solve": lambda xp, x: xp.linalg.solve(A + xp.outer(x, x), x),
    "inverse": lambda xp, x: xp.linalg.inv(A + xp.outer(x, x)),
    "determinant": lambda xp, x: xp.linalg.det(A + xp.outer(x, x)),
    "logarithm of a determinant": lambda xp, x: xp.linalg.slogdet(A + xp.outer(x, x))[1],
    "norm": lambda xp, x: xp.linalg.norm(A @ x),
    "broadcasting": lambda xp, x: (x + A) * x[0] - x[1],
    "polynomial": lambda xp, x: 4 * x**3 + 3 * x**2 + 2 * x + 1,
    "loop": loop,
    "branch": branch,
    "softmax": softmax,
    "logistic loss": logistic_loss,
    "network": mlp,
    "Runge-Kutta": runge_kutta,
    "mixture": mixture,
    "Gaussian likelihood": gaussian_loglik,
    "rosenbrock": lambda xp, x: xp.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2),
}

POSITIVE_ONLY = {
    "sqrt": lambda xp, x: xp.sqrt(x) * x,
    "log": lambda xp, x: xp.log(x) / x,
    "log2": lambda xp, x: xp.log2(x),
    "log10": lambda xp, x: xp.log10(x),
    "log1p": lambda xp, x: xp.log1p(x),
    "arcsin": lambda xp, x: xp.arcsin(x / 2),
    "arccos": lambda xp, x: xp.arccos(x / 2),
    "arctanh": lambda xp, x: xp.arctanh(x / 2),
    "arccosh": lambda xp, x: xp.arccosh(x + 2),
    "real power": lambda xp, x: x**1.7 + x**-0.3,
    "power of two": lambda xp, x: x**x + 2.0**x,
    "entropy": lambda xp, x: -xp.sum(x * xp.log(x)),
}

PROGRAMS = {
    **{name: (f, POINT) for name, f in ANYWHERE.items()},
    **{name: (f, POSITIVE) for name, f in POSITIVE_ONLY.items()},
}
