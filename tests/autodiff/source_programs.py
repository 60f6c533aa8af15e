"""Programs in the language of the source transformation: loops, branches, calls, names that get in the way."""

import math
from math import atan2, log

import numpy as np
import scipy.special as sc
from numpy import sin

SCALE = 1.5
WEIGHTS = (0.5, -1.25, 2.0)
TABLE = [3.0, 1.0, 2.0]
GRID = np.array([0.1, 0.4, -0.3])


def lecture(x1, x2):
    w3 = x1 * x2
    w4 = np.sin(x1)
    w5 = w3 + w4
    return w5


def nested(x, y):
    return np.exp(sin(x * y)) * x - y / (2 + x * x) ** 3


def self_overwriting(x, y):
    x = x * y
    y = y / x
    x = np.cos(x) * y
    return x * x + y


def augmented(x, y):
    s = 1.0
    s += x
    s *= y * s
    s -= 3
    s /= x
    s **= 2
    return s


def swapped(x, y):
    for _ in range(4):
        x, y = y, x * y + 0.1
    return x - 2 * y


def rotated(x, y):
    a, b, c = x, y, x * y
    a, b, c = c, a + b, b * c
    return a + b * c


def power_loop(x, y):
    p = 1.0
    for k in range(1, 6):
        p = p * x + k * y
    return p


def double_loop(x, y):
    total = 0.0
    for i in range(3):
        for j in range(i, 3):
            total = total + np.sin((i + 1) * x) * y**j
    return total


def loop_over_globals(x, y):
    total = 0.0
    for w in WEIGHTS:
        total += w * np.tanh(w * x) * y
    for k, t in enumerate(TABLE):
        total += t * x**k
    return total


def loop_over_arguments(x, y):
    product = 1.0
    for z in (x, y, x * y, 2.0):
        product = product * (1 + z * z)
        x = 0.5 * x
    return product


def shrinking_range(x, y):
    n = 5
    for k in range(n):
        n = n - 1
        x = x + k * y * n * x
    return x


def heron(x, y):
    z = x
    while abs(z * z - x) > 1e-14 * x:
        z = (z + x / z) / 2
    return z * y


def nested_while(x, y):
    n = 0
    while n < 3:
        m = 0
        while m < n:
            x = x * y + 0.1 * m
            m += 1
        y = y + 0.5 * x
        n += 1
    return x + y


def with_break(x, y):
    for k in range(100):
        x = x * 1.3 + 0.1 * y
        if x > 4:
            break
        y = y * 1.1 + 0.01 * k
    return x * y


def with_continue(x, y):
    for k in range(6):
        if k % 2:
            continue
        x = np.sin(x) + k * y
    return x * y


def both_leave(x, y):
    while True:
        x = x * 1.2 + y
        if x > 3:
            if y > 1:
                y = x * y
                break
            y = y * x
            continue
        x = x + 0.3
    return x - y


def early_return(x, y):
    if x > 1:
        return x * x * y
    z = x + y
    if z > 1:
        z = z * z
        if y > 5:
            return z
    return np.log(z + 2)


def return_in_loop(x, y):
    for k in range(10):
        x = x * y + k
        for j in range(3):
            y = y * 1.1
            if x * y > 20:
                return x * y**2 + j
    return x - y


def return_in_while(x, y):
    while True:
        x = x * x
        if x < 0.1 or x > 50:
            return np.sqrt(x) * y


def elif_chain(x, y):
    if x < 0.3:
        z = x * y
    elif x < 0.7:
        z = np.exp(x) / y
        z = z * z
    elif y > 100:
        z = x
    else:
        t = y - x
        z = t**3
    return z * x


def conditional(x, y):
    z = (x if x > y else y * y) * (2.0 if x > 0.5 else x)
    return z + max(x, y * 0.9) * min(x * x, y)


def constants(x, y):
    h = 2 * SCALE / len(WEIGHTS)
    c = WEIGHTS[1] ** 2
    c = c + h
    return c * x + h * y * c


def only_one(x, y):
    return 3 * y**2 + (x > 0) * 1.0


def unused(x, y):
    z = x * y
    z = x + 1
    w = np.sin(z) * 3
    w = 2.0
    return z * w


def shadowing(x, dx):
    np_ = x * dx
    stack = np_ + x
    x_bar = stack * np_
    w3 = x_bar - dx
    return w3 * w3


def mathematics(x, y):
    return math.exp(-x) * math.atan2(y, x) + math.log(y) * math.hypot(x, y) - math.erf(x) + log(x) * math.pow(y, 3)


def hyperbolic(x, y):
    return math.sinh(x) * math.cosh(y) + atan2(x, y) + math.tanh(x * y) + math.gamma(1 + x) * math.lgamma(y + 1)


def special(x, y):
    return sc.expit(x * y) + sc.erf(x) * sc.ndtr(y) + sc.gammaln(x + 2) + sc.log_expit(x) - sc.logit(x / 20)


def powers(x, y):
    return x**y + 2.0**x + x**-2 + (x * y) ** 0.5 + x**0 + pow(y, 3) + x**1 * y**1.1


def power_by_variable(x, y):
    total = 0.0
    for k in range(4):
        total = total + y * x**k
    return total


def kinks(x, y):
    return abs(x - y) * np.maximum(x, y) + np.minimum(x * y, 1.0) * np.fabs(y) + np.floor(3 * x) * y + np.sign(y) * x


def signs(x, y):
    z = -y
    return -x + -z * +x - (-2) * y + -3 * x


def clash(t, x):
    y = t * x
    return y**t / x


def lagged(x, y):
    a = b = c = 0.5
    for _ in range(5):
        y = y * np.cos(a)
        a = b
        b = c
        c = x * c
    return y


def overwritten_on_one_way(x, y):
    if x > 1:
        if y > 1:
            return x * y
        t = x * x
        u = t * y
    else:
        u = y
    t = u * y
    return np.sin(t) * u


def product(x, y):
    return x * y


def twice_the_same(x, y):
    return product(x, x) * product(y, x + y) + product(y, y)


def square(x):
    return x * x


def scaled(x, factor=2.0, power=3):
    for _ in range(power):
        x = factor * np.sin(x)
    return x


def calls(x, y):
    z = square(x + y) * square(y)
    x = scaled(x)
    return z * x + scaled(z, power=1, factor=x) - scaled(2.0) * y


def factorial_like(x, n):
    if n <= 1:
        return x
    return x * n * factorial_like(0.5 * x, n - 1)


def recursion(x, y):
    return factorial_like(x, 4) * y


def make_closure(a, b):
    def inner(x, y):
        return a * x * y + b[0] * np.cos(y)

    return inner


closure = make_closure(2.5, [3.0, 4.0])
by_lambda, first, second = (lambda x, y: x * np.exp(y) / (1 + x**2)), (lambda x, y: x * y), (lambda x, y: x / y)


def guarded(x, y):
    if x < 0:
        raise ValueError("x must be positive")
    assert y > 0
    return np.sqrt(x) * y


def runge_kutta(x, y):
    h = 0.1
    for _ in range(5):
        k1 = np.cos(x) - y * x
        k2 = np.cos(x + h * k1 / 2) - y * (x + h * k1 / 2)
        x = x + h * k2
    return x


def quick(x, y):
    """x**11 by squaring, times y."""
    n, result = 11, y
    while n > 0:
        if n % 2 == 1:
            result = result * x
        x = x * x
        n = n // 2
    return result


SCALAR = [
    lecture, nested, self_overwriting, augmented, swapped, rotated, power_loop, double_loop, loop_over_globals,
    loop_over_arguments, shrinking_range, heron, nested_while, with_break, with_continue, both_leave, early_return,
    return_in_loop, return_in_while, elif_chain, conditional, constants, only_one, unused, shadowing, powers,
    power_by_variable, kinks, signs, calls, recursion, closure, by_lambda, first, second, guarded, runge_kutta, special,
    quick, clash, lagged, overwritten_on_one_way, twice_the_same,
]  # fmt: skip
MATHEMATICAL = [mathematics, hyperbolic]
POINTS = [(0.4, 1.3), (1.7, 0.6), (0.9, 0.8), (0.2, 6.0), (2.5, 2.0)]


def entries(x):
    return x[0] * x[1] - np.sin(x[-1]) * x[0]


def polynomial(x):
    y, power = 0.0, 1.0
    for c in x:
        y = y + c * power
        power = power * 0.5
    return y * y


def rosenbrock(x):
    total = 0.0
    for i in range(len(x) - 1):
        total = total + 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2
    return total


def unpacked(x):
    a, b, c = x
    a, b = b * c, a
    return a * b + c**2


def unpacked_in_a_loop(x):
    total = 0.0
    for k in range(3):
        a, b, c = x
        total = total + a * b**2 * c + k * a
        x = np.sin(x) * x[0]
    return total


def sums(x):
    s = np.sum(x * GRID) * x[0]
    return np.sum((x - s / 3) ** 2) + np.sum(s + GRID)


def slices(x):
    table = x * x[:, None]
    return table[0, 1] * np.sum(table[1:, [0, 0, 1]]) + np.sum(x[1:] * x[:-1]) + np.sum(x[[0, 0, 2]] ** 2)


def overwritten(x):
    for _ in range(3):
        x = np.sin(x) * x[0] + GRID
    return np.sum(x)


def chosen(x):
    return np.sum(np.where(x > 0, x**2, -3 * x))


def copied(x):
    y = x
    z = y
    return z[0] * y[1] + np.sum(x) * z[2]


def late_array(x):
    y = 2.0
    if x[0] > 0:
        y = x * x[1]
    z = y + GRID
    return z[1] * z[0] + z[2]


def log_sum(x):
    top = x[0]
    for i in range(1, 3):
        if x[i] > top:
            top = x[i]
    return top + np.log(np.sum(np.exp(x - top)))


OF_ARRAYS = [
    entries, polynomial, rosenbrock, unpacked, unpacked_in_a_loop, sums, slices, overwritten, chosen, copied,
    late_array, log_sum,
]  # fmt: skip
ARRAY_POINTS = [np.array([0.3, -1.2, 0.8]), np.array([1.1, 0.4, -0.6])]


def vector(x, y):
    r = np.hypot(x, y)
    return r, np.arctan2(y, x)


def listed(x, y):
    if x > y:
        return [x, x]
    return [x * y, 3.0]


def entrywise(x, y):
    for k in range(3):
        x = np.tanh(x) * y + k
    return x / (1 + y * y)
