"""Functions for the source transformation: their text is read, so they stand in a file."""

import math
from math import sin

import numpy as np
import scipy.special as sc

SCALE = 1.5


def page(x1, x2):
    return x1 * x2 + np.sin(x1)


def page_with_names(x1, x2):
    w3 = x1 * x2
    w4 = np.sin(x1)
    w5 = w3 + w4
    return w5


def arithmetic(x, y):
    return (x - 2 * y) * (x / y) - -x / 3 + x**3 - y**-2 + x**0 + 2.0**x


def powers(x, y):
    return x**y + y**1.7 - x**2


def elementary(x, y):
    return np.exp(-x) * np.log(y) + np.sqrt(x * y) - np.tanh(x - y) + np.arctan2(x, y) + np.hypot(x, y)


def of_math(x, y):
    return math.exp(-x) + sin(x * y) + math.log1p(y) + math.pow(x, 2.5) + math.pi * x


def special(x, y):
    return sc.erf(x) * sc.expit(y) + sc.gammaln(x + y)


def kinks(x, y):
    return abs(x - 0.1) + np.maximum(x, y) + np.minimum(x * x, y) + max(x, y) - min(2 * x, y)


def augmented(x, y):
    z = x
    z += y * x
    z *= z
    z -= 3
    z /= y
    return z


def overwriting(x, y):
    x = x * y
    y = x + y
    x = np.sin(x) * y
    return x * y


def tuples(x, y):
    a, b = x * y, x + y
    a, b = b, a * b
    return a / (1 + b * b)


def for_loop(x, y):
    total = 0.0
    for k in range(1, 8):
        total = total + np.sin(x * k) / k
        x = x * y
    return total


def nested_loops(x, y):
    total = x
    for i in range(3):
        for j in range(i + 1):
            total = np.cos(total) + (i + j) * y
    return total


def while_loop(x, y):
    n = 0
    while x < 20:
        x = x * 1.7 + y
        n = n + 1
    return x / (n + 1)


def branches(x, y):
    if x > y:
        z = x * x
    elif x > 0.5:
        z = np.exp(y)
    else:
        z = y * y * x
    return z + x


def early_return(x, y):
    if x > 1:
        return x * y
    z = np.sin(x)
    if z > 0.2:
        return z - y
    return z * y


def loop_with_break(x, y):
    for k in range(100):
        if x > 5:
            break
        if k % 2:
            continue
        x = x * 1.5 + 0.1 * y
    return x * y


def branch_in_loop(x, y):
    for _k in range(6):
        x = np.sin(x) * y if x > 1 else x * x + 0.5
    return x


def inner(z):
    return np.exp(-z) * z


def calls(x, y):
    return inner(x) * inner(x * y) + inner(inner(y))


def with_constants(x, y):
    offset = len("abc") + SCALE
    return SCALE * x + offset * y * x


def condition_by_where(x, y):
    return np.where(x > y, x * y, x - y)


def lower_order(x, y):
    """The floor is flat: it counts as a constant."""
    return np.floor(3 * x) * y + np.sign(y) * x


def heron(x, y):
    root = 1.0
    for _ in range(8):
        root = (root + x / root) / 2
    return root * y


def polynomial(x, y):
    result = 0.0
    for c in (4.0, 3.0, 2.0, 1.0):
        result = result * x + c
    return result * y


def unused(x, y):
    z = x * 7  # noqa: F841
    return y * y


def same_twice(x, y):
    return x * x * x * x + y * y


make_scaled = [lambda x, y, k=k: k * x * y for k in (2.0, 3.0)][1]

SCALARS = [
    page, page_with_names, arithmetic, powers, elementary, of_math, special, kinks, augmented, overwriting, tuples,
    for_loop, nested_loops, while_loop, branches, early_return, loop_with_break, branch_in_loop, calls, with_constants,
    condition_by_where, lower_order, heron, polynomial, unused, same_twice,
]  # fmt: skip


def rosenbrock(x):
    return 100 * (x[1] - x[0] ** 2) ** 2 + (1 - x[0]) ** 2


def entries(x):
    total = 0.0
    for i in range(len(x)):
        total = total + x[i] * np.sin(x[i - 1])
    return total


def sum_of_squares(x):
    return np.sum(x * x) + np.sum(np.exp(-x)) * x[0]


def broadcasting(x):
    return np.sum((x + x[0]) * 2.0 - x / x[1])


VECTORS = [rosenbrock, entries, sum_of_squares, broadcasting]


def power(x, n):
    p = 1.0
    for _ in range(n):
        p = p * x
    return p


def pair(x, y):
    return x * y, np.sin(x) - y


# --- what is refused --------------------------------------------------------------------------------------------------


def with_try(x):
    try:
        return x * x
    except ValueError:
        return x


def with_comprehension(x):
    return sum([x * k for k in range(3)])


def with_unknown_call(x):
    return np.linalg.norm(x)


def with_unknown_ufunc(x):
    return np.floor_divide(x, 2.0)


def writing_into(x):
    y = np.zeros(3)
    y[0] = x
    return y


def with_walrus(x):
    return (y := x * x) + y


def without_result(x):
    if x > 0:
        return x


def with_stars(*xs):
    return xs[0]


def without_parameters():
    return 1.0


def reading_of_index(x, y):
    return x[int(y * 2)] * y


def printing_text(x):
    return f"{x}"


REFUSED = [
    (with_try, "line .*cannot be transformed"),
    (with_comprehension, "line .*cannot be transformed"),
    (with_unknown_call, r"line .*norm.*cannot be transformed"),
    (with_unknown_ufunc, r"line .*floor_divide.*cannot be transformed"),
    (writing_into, "an assignment to a part of a value"),
    (with_walrus, "an assignment within an expression"),
    (without_result, "a path without a result"),
    (with_stars, r"a parameter with \*"),
    (without_parameters, "a function without parameters"),
    (printing_text, "line .*cannot be transformed"),
    (math.sin, "no Python function|cannot be transformed"),
    (np.sin, "no Python function|cannot be transformed"),
]
