"""NIST's Statistical Reference Datasets: certified means, standard deviations, autocorrelations and F statistics.

What double precision allows: the certified values are exact for the decimal data, but the data have to be rounded to
floats first. If they have m digits in common, 16 - m digits of their variation are left, and no computation with the
floats can be closer to the certified value than the exact result for the floats is. So two things are tested: agreement
with that exact result (Fraction) to 13 digits and more, and agreement with the certified value to as many digits as
rounding has left.

`python -m tests.statistics.test_nist` prints both numbers of digits.
"""

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import chain, pairwise
from pathlib import Path

import numpy as np
import pytest

from companion.statistics import RunningMoments, cov, f_oneway, ttest_1samp, zscore

DATA = Path(__file__).parent / "data"
NUMBER = r"(-?[\d.]+(?:E[+-]\d+)?)"


def read(name):
    """The rows of numbers of a file, and the certified values of its header."""
    text = (DATA / f"{name.lower()}.txt").read_text(encoding="utf-8")
    certified = {key: Decimal(value) for key, value in re.findall(rf"# certified (.*) {NUMBER}\n", text)}
    return [line.split() for line in text.splitlines() if not line.startswith("#")], certified


def digits_of_pi(n):
    """3, 1, 4, 1, 5, ... by the formula of Machin, but for the one wrong digit that is in NIST's file."""

    def arctan_of_inverse(x, one):
        total, term, k = 0, one // x, 1
        while term:
            total += term // k if k % 4 == 1 else -(term // k)
            term //= x * x
            k += 2
        return total

    half = n // 2
    one = 10 ** (n + 10)
    pi = 4 * (4 * arctan_of_inverse(5, one) - arctan_of_inverse(239, one))
    parts = divmod(pi // 10**11, 10**half)  # Python refuses to print very long integers
    digits_ = [int(digit) for part in parts for digit in str(part).zfill(half)]
    assert digits_[956] == 8
    digits_[956] = 3  # the certified values, too, are those with the 3
    return digits_


def swinging(centre):
    """NumAcc2 to NumAcc4: a number, and 1000 that lie by turns 0.1 below and above it."""
    return [centre, *[centre - Decimal("0.1"), centre + Decimal("0.1")] * 500]


def certified(mean, deviation, autocorrelation):
    keys = ("mean", "standard deviation", "lag-1 autocorrelation")
    return dict(zip(keys, map(Decimal, (mean, deviation, autocorrelation)), strict=True))


def from_file(name):
    rows, values = read(name)
    return list(map(Decimal, chain(*rows))), values


UNIVARIATE = {
    "PiDigits": (digits_of_pi(5000), certified("4.5348", "2.86733906028871", "-0.00355099287237972")),
    "Lottery": from_file("Lottery"),
    "Lew": from_file("Lew"),
    "Mavro": from_file("Mavro"),
    "Michelso": from_file("Michelso"),
    "NumAcc1": ([10000001, 10000003, 10000002], certified("10000002", "1", "-0.5")),
    "NumAcc2": (swinging(Decimal("1.2")), certified("1.2", "0.1", "-0.999")),
    "NumAcc3": (swinging(Decimal("1000000.2")), certified("1000000.2", "0.1", "-0.999")),
    "NumAcc4": (swinging(Decimal("10000000.2")), certified("10000000.2", "0.1", "-0.999")),
}
# Digits of the deviation that rounding leaves, where these are not 13 or more.
ROUNDED = {"NumAcc3": 9, "NumAcc4": 8}


def simon_and_lesage(leading, n):
    """SmLs01 to SmLs09: nine treatments with n replicates each, as Simon and Lesage (1989) generated them."""
    firsts = [Decimal(leading) + Decimal(first) / 10 for first in (4, 3, 5, 3, 5, 3, 5, 3, 5)]
    tenth = Decimal("0.1")
    return [[first, *[first - tenth, first + tenth] * (n // 2)] for first in firsts]


def anova_from_file(name):
    rows, values = read(name)
    return [list(map(Decimal, row)) for row in rows], values


ANOVA = {"SiRstv": anova_from_file("SiRstv"), "AtmWtAg": anova_from_file("AtmWtAg")}
for j, leading in enumerate((1, 10**6, 10**12)):
    for i, (n, F, R) in enumerate(
        [(21, 21, "0.482758620689655"), (201, 201, "0.471830985915493"), (2001, 2001, "0.470712773465067")], 1
    ):
        values = {"F statistic": Decimal(F), "R-squared": Decimal(R)}
        ANOVA[f"SmLs0{3 * j + i}"] = (simon_and_lesage(leading, n), values)
# Digits of F that rounding leaves, where these are not 13: the data have 7 or 13 constant leading digits.
LEFT_OF_F = {"AtmWtAg": 10} | {f"SmLs0{k}": 10 for k in (4, 5, 6)} | {f"SmLs0{k}": 4 for k in (7, 8, 9)}


def digits(value, true):
    """How many digits of the value are right, 15 at most."""
    error = abs((Decimal(float(value)) - true) / true)
    return 15.0 if error < Decimal("1e-15") else float(-error.log10())


def as_decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def exact_univariate(x):
    """Mean, standard deviation and lag-1 autocorrelation of floats, in fractions but for one square root."""
    x = [Fraction(value) for value in x.tolist()]
    mean = sum(x) / len(x)
    deviations = [value - mean for value in x]
    squares = sum(d * d for d in deviations)
    with localcontext(prec=50):
        lagged = sum(d * e for d, e in pairwise(deviations)) / squares
        return as_decimal(mean), as_decimal(squares / (len(x) - 1)).sqrt(), as_decimal(lagged)


def exact_anova(groups):
    """F of floats, in fractions."""
    x = [[Fraction(value) for value in group.tolist()] for group in groups]
    N, k = sum(map(len, x)), len(x)
    means = [sum(group) / len(group) for group in x]
    grand = sum(map(sum, x)) / N
    between = sum(len(group) * (mean - grand) ** 2 for group, mean in zip(x, means, strict=True))
    within = sum((value - mean) ** 2 for group, mean in zip(x, means, strict=True) for value in group)
    with localcontext(prec=50):
        return as_decimal(between / (k - 1) / (within / (N - k)))


def as_floats(values):
    return np.array([float(value) for value in values])


def computed(x):
    """The three numbers by the companion, each in more than one way."""
    running = RunningMoments()
    running.update(x)
    n, z = len(x), zscore(x)
    result = ttest_1samp(x, 0)
    low, high = result.confidence_interval(0.5)
    means = [running.mean, (low + high) / 2]
    deviations = [np.sqrt(cov(x)), running.std(ddof=1), np.sqrt(n) * result._standard_error]
    return means, deviations, [z[:-1] @ z[1:] / n]


@pytest.mark.parametrize("name", UNIVARIATE)
def test_univariate(name):
    values, certified_ = UNIVARIATE[name]
    x = as_floats(values)
    for ours, exact, (key, true) in zip(computed(x), exact_univariate(x), certified_.items(), strict=True):
        for value in ours:
            assert digits(value, exact) > 13.5
            left = 13 if key == "mean" else ROUNDED.get(name, 12)
            assert digits(value, true) > left - 0.5


@pytest.mark.parametrize("name", UNIVARIATE)
def test_t_statistics_far_from_zero(name):
    """Against the certified mean and beside it: there the digits that the data have in common are of no use."""
    values, certified_ = UNIVARIATE[name]
    x = as_floats(values)
    mean, deviation, _ = exact_univariate(x)
    for popmean in (float(certified_["mean"]) + float(certified_["standard deviation"]) / 16, 0.0, float(x[0]) + 7):
        with localcontext(prec=50):
            exact = (mean - Decimal(popmean)) / (deviation / Decimal(len(x)).sqrt())
        assert digits(ttest_1samp(x, popmean).statistic, exact) > 13.5


@pytest.mark.parametrize("name", ANOVA)
def test_anova(name):
    values, certified_ = ANOVA[name]
    groups = [as_floats(group) for group in values]
    statistic = f_oneway(*groups).statistic
    assert digits(statistic, exact_anova(groups)) > 13
    assert digits(statistic, certified_["F statistic"]) > LEFT_OF_F.get(name, 13) - 0.1
    k, N = len(groups), sum(map(len, groups))
    share = statistic * (k - 1) / (statistic * (k - 1) + N - k)
    assert digits(share, certified_["R-squared"]) > LEFT_OF_F.get(name, 13) - 0.1


@pytest.mark.parametrize("name", ["SmLs04", "SmLs07", "AtmWtAg"])
def test_more_digits_are_there_once_the_constant_is_taken_off(name):
    """In decimals, before rounding: so the loss is that of the data, not of the computation."""
    values, certified_ = ANOVA[name]
    groups = [as_floats([value - values[0][0] for value in group]) for group in values]
    assert digits(f_oneway(*groups).statistic, certified_["F statistic"]) > 12.5


def test_nothing_is_missing():
    assert len(UNIVARIATE) == 9
    assert len(ANOVA) == 11
    assert sum(len(group) for group in ANOVA["SmLs09"][0]) == 18009
    assert [len(values) for values, _ in UNIVARIATE.values()] == [5000, 218, 200, 50, 100, 3, 1001, 1001, 1001]
    assert UNIVARIATE["PiDigits"][0][:8] == [3, 1, 4, 1, 5, 9, 2, 6]
    assert all(len(values) == 3 for _, values in UNIVARIATE.values())


if __name__ == "__main__":
    for name, (values, certified_) in UNIVARIATE.items():
        x = as_floats(values)
        for ours, exact, (key, true) in zip(computed(x), exact_univariate(x), certified_.items(), strict=True):
            print(f"{name:9} {key:22} certified {digits(ours[0], true):4.1f}  exact {digits(ours[0], exact):4.1f}")
    for name, (values, certified_) in ANOVA.items():
        groups = [as_floats(group) for group in values]
        F, exact, true = f_oneway(*groups).statistic, exact_anova(groups), certified_["F statistic"]
        left = digits(float(exact), true)
        print(f"{name:9} F certified {digits(F, true):4.1f} of {left:4.1f} left, exact {digits(F, exact):4.1f}")
