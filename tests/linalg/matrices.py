"""Matrices on which methods of linear algebra are tried: easy ones, and those on which poor methods fail."""

import numpy as np

EPS = np.finfo(float).eps


def hilbert(n):
    i = np.arange(n)
    return 1 / (i[:, None] + i + 1)


def kahan(n, angle=1.2):
    s, c = np.sin(angle), np.cos(angle)
    return np.diag(s ** np.arange(n)) @ (np.eye(n) - c * np.triu(np.ones((n, n)), 1))


def wilkinson(n):
    """Return the matrix whose pivots grow like 2**k, although none is swapped."""
    a = np.eye(n) - np.tril(np.ones((n, n)), -1)
    a[:, -1] = 1
    return a


rng = np.random.default_rng(0)
SQUARE = {
    "random": rng.normal(size=(40, 40)),
    "large enough for halves": rng.normal(size=(101, 101)),
    "hilbert": hilbert(10),
    "kahan": kahan(30),
    "vandermonde": np.vander(np.linspace(0, 1, 12)),
    "graded rows": np.diag(10.0 ** -np.arange(0, 30, 1.5)) @ rng.normal(size=(20, 20)),
    "graded columns": rng.normal(size=(20, 20)) @ np.diag(10.0 ** -np.arange(0, 30, 1.5)),
    "wilkinson": wilkinson(20),
    "complex": rng.normal(size=(30, 30)) + 1j * rng.normal(size=(30, 30)),
    "permutation": np.eye(9)[rng.permutation(9)],
    "large": 1e200 * rng.normal(size=(6, 6)),
    "small": 1e-200 * rng.normal(size=(6, 6)),
    "one": np.array([[-3.0]]),
}
SINGULAR = {
    "rank five": rng.normal(size=(30, 5)) @ rng.normal(size=(5, 30)),
    "zeros": np.zeros((4, 4)),
    "ones": np.ones((5, 5)),
    "a column of zeros": np.c_[rng.normal(size=(6, 3)), np.zeros(6), rng.normal(size=(6, 2))],
}
OBLONG = {
    "tall": rng.normal(size=(70, 30)),
    "wide": rng.normal(size=(25, 60)),
    "tall, complex": rng.normal(size=(18, 11)) + 1j * rng.normal(size=(18, 11)),
    "a column": rng.normal(size=(7, 1)),
    "a row": rng.normal(size=(1, 7)),
    "no rows": np.zeros((0, 3)),
    "tall zeros": np.zeros((4, 2)),
    "läuchli": np.vstack([np.ones((1, 4)), 1e-9 * np.eye(4)]),
}
ALL = SQUARE | SINGULAR | OBLONG


def size_of(a):
    return np.abs(a).max(initial=0) or 1.0


def is_unitary(q, times=60):
    return np.abs(q.conj().T @ q - np.eye(q.shape[1])).max(initial=0) < times * EPS
