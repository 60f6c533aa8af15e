import copy
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import permutations, product
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.feature_selection import SelectKBest, r_regression

from companion.statistics import corrcoef, pearsonr, rankdata, spearmanr

ALTERNATIVES = ["two-sided", "less", "greater"]
every_alternative = pytest.mark.parametrize("alternative", ALTERNATIVES)
RNG = np.random.default_rng(1)


def pair(n, rho, heavy=False):
    x, e = RNG.standard_t(2, (2, n)) if heavy else RNG.normal(size=(2, n))
    return x, rho * x + np.sqrt(1 - rho**2) * e


PAIRS = {
    "three": pair(3, 0.5),
    "four": pair(4, -0.9),
    "ten": pair(10, 0.3),
    "none": pair(60, 0.0),
    "falling": pair(200, -0.5),
    "strong": pair(50, 0.999),
    "heavy tails": pair(300, 0.4, heavy=True),
    "many": pair(5000, 0.05),
    "ties": tuple(RNG.integers(0, 4, (2, 40))),
    "truth values": (np.arange(9) % 2 == 0, np.arange(9) % 3 == 0),
}
every_pair = pytest.mark.parametrize(("x", "y"), PAIRS.values(), ids=PAIRS)
samples = arrays(np.float64, (2, 9), elements=st.integers(-400, 400).map(lambda k: k / 8))


def varying(xy):
    assume(all(np.ptp(row) > 0 for row in xy))
    return xy


def exact(x, y):
    """1 - |r|, and the p-value, of an even number of pairs, to 60 digits.

    Under the null hypothesis (1 + r)/2 has a Beta law whose two parameters are h = n/2 - 1; for whole h its tails are
    those of a binomial law.
    """
    with localcontext(prec=100):
        x, y = ([Decimal(float(v)) for v in row] for row in (x, y))
        n = len(x)
        dx, dy = ([v - sum(row) / n for v in row] for row in (x, y))
        sxy, sxx, syy = (sum(a * b for a, b in zip(p, q, strict=True)) for p, q in ((dx, dy), (dx, dx), (dy, dy)))
        rest = 1 - abs(sxy) / (sxx * syy).sqrt()
        h, u = n // 2 - 1, rest / 2
        tail = sum(comb(2 * h - 1, j) * u**j * (1 - u) ** (2 * h - 1 - j) for j in range(h, 2 * h))
        return float(rest), float(2 * tail)


# SciPy, NumPy, scikit-learn


@every_alternative
@every_pair
def test_pearson_as_scipy(x, y, alternative):
    ours, theirs = (test(x, y, alternative=alternative) for test in (pearsonr, stats.pearsonr))
    assert_allclose(ours.statistic, theirs.statistic, rtol=1e-12)
    assert_allclose(ours.pvalue, theirs.pvalue, rtol=1e-10)
    for level in (0.7, 0.95, 0.999) if len(x) == 3 else (0.0, 0.5, 0.95, 0.999):
        expected = theirs.confidence_interval(level)
        assert_allclose(ours.confidence_interval(level), expected, rtol=1e-11, atol=1e-14)
    assert_array_equal(ours.confidence_interval(1), [-1, 1])
    assert_array_equal(ours.confidence_interval(), ours.confidence_interval(confidence_level=0.95))


@every_alternative
@every_pair
def test_spearman_as_scipy(x, y, alternative):
    ours, theirs = (test(x, y, alternative=alternative) for test in (spearmanr, stats.spearmanr))
    assert_allclose(ours, theirs, rtol=1e-10, atol=1e-15)
    assert isinstance(ours.statistic, np.float64)


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -3, None])
def test_the_axis_is_that_of_scipy(axis):
    x, y = RNG.normal(size=(2, 6, 7, 8))
    ours, theirs = (test(x, y, axis=axis) for test in (pearsonr, stats.pearsonr))
    assert_allclose(ours, theirs, rtol=1e-11)
    assert_allclose(ours.confidence_interval(0.9), theirs.confidence_interval(0.9), rtol=1e-11)


def test_broadcasting_is_that_of_scipy():
    X, y = RNG.normal(size=(12, 5)), RNG.normal(size=12)
    assert_allclose(pearsonr(X, y[:, None]), stats.pearsonr(X, y[:, None]), rtol=1e-11)
    assert_allclose(pearsonr(X.T, y, axis=1), stats.pearsonr(X.T, y, axis=1), rtol=1e-11)
    square = X[:5]
    for axis in (-1, 1):  # a vector counts as a row
        assert_allclose(pearsonr(square, y[:5], axis=axis), stats.pearsonr(square, y[:5], axis=axis), rtol=1e-11)
    with pytest.raises(ValueError, match="same length"):
        pearsonr(square, y[:5], axis=0)


def test_the_matrix_form_is_that_of_scipy():
    X, y = RNG.normal(size=(15, 4)).round(1), RNG.integers(0, 3, size=15)
    for alternative in ALTERNATIVES:
        for args in ((X,), (X, y), (X, X[::-1]), (y, X[:, 0]), (X[:, :2],), (X[:, :1], y)):
            ours, theirs = (test(*args, alternative=alternative) for test in (spearmanr, stats.spearmanr))
            assert np.shape(ours.statistic) == np.shape(theirs.statistic) == np.shape(ours.pvalue)
            assert_allclose(ours, theirs, rtol=1e-9, atol=1e-14)
    assert_allclose(spearmanr(X.T, y, axis=1), stats.spearmanr(X.T, y, axis=1), rtol=1e-9, atol=1e-14)
    assert_allclose(spearmanr(X.T, axis=-1), spearmanr(X), rtol=1e-15)
    assert_allclose(spearmanr(X, axis=-2), spearmanr(X), rtol=1e-15)
    assert_allclose(spearmanr(X, X[::-1], axis=None), stats.spearmanr(X, X[::-1], axis=None), rtol=1e-10)
    assert_array_equal(np.diag(spearmanr(X).pvalue), 0)


@every_pair
def test_as_the_correlation_matrix(x, y):
    assert_allclose(pearsonr(x, y).statistic, corrcoef(x, y)[0, 1], rtol=0, atol=1e-14)
    assert_allclose(spearmanr(x, y).statistic, corrcoef(rankdata(x), rankdata(y))[0, 1], rtol=0, atol=1e-14)


def test_features_as_scikit_learn():
    X = RNG.normal(size=(40, 6))
    y = X[:, 2] - 2 * X[:, 4] + RNG.normal(size=40)
    r = pearsonr(X, y[:, None]).statistic
    assert_allclose(r, r_regression(X, y), rtol=1e-11)
    chosen = SelectKBest(lambda X, y: np.abs(r_regression(X, y)), k=2).fit(X, y).get_support(indices=True)
    assert set(np.argsort(-np.abs(r))[:2]) == set(chosen) == {2, 4}


# Exact p-values


@pytest.mark.parametrize(
    ("n", "noise"), [(4, 1.0), (6, 1e-6), (10, 1e-12), (8, 3.0), (40, 0.3), (40, 1e-7), (300, 0.5), (500, 0.25)]
)
def test_exact_p_values(n, noise):
    x, e = np.random.default_rng(n).integers(-(2**20), 2**20, size=(2, n)) / 2**20
    y = x + noise * e
    rest, pvalue = exact(x, y)
    result = pearsonr(x, y)
    assert_allclose(1 - result.statistic, rest, rtol=1e-13, atol=1e-16)
    assert 0 < pvalue < 1
    assert_allclose(result.pvalue, pvalue, rtol=1e-3 if noise == 1e-12 else 1e-8 if noise < 1e-3 else 1e-11)
    greater, less = (pearsonr(x, y, alternative=name).pvalue for name in ("greater", "less"))
    assert_allclose(greater, result.pvalue / 2, rtol=1e-14)
    assert_allclose(less, 1 - greater, rtol=1e-14)


def test_exact_p_values_reach_far():
    smallest = []
    for noise in (0.19, 0.2, 0.25):
        x, e = np.random.default_rng(7).integers(-1000, 1000, size=(2, 400)) / 1024
        y = x + noise * e
        _, pvalue = exact(x, y)
        smallest.append(pvalue)
        assert_allclose(pearsonr(x, y).pvalue, pvalue, rtol=1e-11)
    assert min(smallest) < 1e-290
    assert min(smallest) > 0


def test_digits_that_r_has_not():
    """1 - r is 5e-21: r itself rounds to 1, but p-value and interval know."""
    x = np.array([-3.0, -1, 1, 3, -2, 2])
    e = np.array([1.0, -1, -1, 1, 0, 0])
    y = x + 2.0**-33 * e  # exact
    result = pearsonr(x, y)
    assert result.statistic == 1
    rest, pvalue = exact(x, y)
    assert rest < 1e-20
    assert_allclose(result.pvalue, pvalue, rtol=1e-4)
    z = np.log((2 - rest) / rest) / 2
    low, high = result.confidence_interval(0.5)
    assert low == high == 1
    assert_allclose(result._z, z, rtol=1e-6)


@pytest.mark.parametrize(("y", "r"), [([3.0, 8.0], 1), ([8.0, 3.0], -1)])
def test_two_pairs(y, r):
    """r is 1 or -1 by the toss of a coin."""
    for test in (pearsonr, spearmanr):
        expected = {"two-sided": 1, "greater": 0.5 if r > 0 else 1, "less": 0.5 if r < 0 else 1}
        for alternative, pvalue in expected.items():
            assert tuple(test([0.1, 0.7], y, alternative=alternative)) == (r, pvalue)
    assert tuple(pearsonr([0.1, 0.7], y).confidence_interval()) == (-1, 1)


# Published values


def test_examples_of_the_notes():
    assert tuple(pearsonr([1, 2, 3], [2, 4, 6])) == (1, 0)
    assert tuple(pearsonr([1, 2, 3], [-2, -4, -6])) == (-1, 0)
    assert_allclose(pearsonr([1, 2, 3], [1, 8, 27]).statistic, 13 / np.sqrt(181), rtol=1e-15)
    assert spearmanr([1, 2, 3], [1, 8, 27]).statistic == 1
    assert_allclose(spearmanr([1, 2, 3, 4, 5], [2, 1, 3, 5, 4]).statistic, 0.8, rtol=1e-15)
    assert spearmanr([1, 1, 2, 2], [1, 2, 1, 2]).statistic == 0
    assert pearsonr([-2, -1, 0, 1, 2], [4, 1, 0, 1, 4]).statistic == 0


def test_example_of_r():
    """The lightness of tuna and its liking, from the help of R's cor.test (Hollander and Wolfe, 1973)."""
    x = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    y = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    result = pearsonr(x, y)
    assert_allclose(result, [0.5711816, 0.1082], atol=5e-5)
    assert_allclose(result.confidence_interval(), [-0.1497426, 0.8955795], atol=5e-8)
    assert_allclose(spearmanr(x, y).statistic, 0.6, atol=1e-15)


def test_cars_of_r():
    """The speeds and stopping distances that R calls cars: r = 0.8068949, p = 1.49e-12."""
    speed = np.repeat(
        [4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 24, 25],
        [2, 2, 1, 1, 3, 2, 4, 4, 4, 3, 2, 3, 4, 3, 5, 1, 1, 4, 1],
    )
    distance = np.fromstring(
        "2 10 4 22 16 10 18 26 34 17 28 14 20 24 28 26 34 34 46 26 36 60 80 20 26 54 32 40 32 40 50 42 56 76 84 36 46 "
        "68 32 48 52 56 64 66 54 70 92 93 120 85",
        sep=" ",
    )
    result = pearsonr(speed, distance)
    assert_allclose(result.statistic, 0.8068949, atol=5e-8)
    assert_allclose(result.pvalue, 1.49e-12, rtol=2e-3)
    assert_allclose(result.confidence_interval(), [0.6816422, 0.8862036], atol=5e-8)


# Properties


@settings(deadline=None)
@given(samples)
def test_symmetric_and_bounded(xy):
    x, y = varying(xy)
    result, swapped = pearsonr(x, y), pearsonr(y, x)
    assert result == swapped
    assert -1 <= result.statistic <= 1
    assert 0 <= result.pvalue <= 1
    assert_allclose(pearsonr(-x, y).statistic, -result.statistic, rtol=0, atol=1e-15)
    assert_allclose(pearsonr(x, x), [1, 0], rtol=0, atol=1e-15)
    low, high = result.confidence_interval(0.9)
    assert low <= result.statistic + 1e-15
    assert result.statistic <= high + 1e-15


@settings(deadline=None)
@given(samples, st.sampled_from([1e8, -1e8, 1e12]), st.sampled_from([1.0, 1e150, 1e-150, 1e300, 2.0**-1060]))
def test_units_do_not_matter(xy, shift, factor):
    x, y = varying(xy)
    expected = pearsonr(x, y)
    result = pearsonr((x + shift), (y - shift))
    assert_allclose(result.statistic, expected.statistic, rtol=1e-12, atol=1e-15)
    assert_allclose(pearsonr(x * factor, y / 3).statistic, expected.statistic, rtol=1e-12, atol=1e-14)
    assert_allclose(pearsonr(x * 1e-3, y * factor).statistic, expected.statistic, rtol=1e-12, atol=1e-14)


def test_overflow_is_no_danger():
    x, y = [1.7e308, -1.7e308, 1e308, 0], [1e-308, -2e-308, 3e-308, 1e-309]
    expected = stats.pearsonr([1.7, -1.7, 1, 0], [1, -2, 3, 0.1])
    assert_allclose(pearsonr(x, y), expected, rtol=1e-12)


@settings(deadline=None)
@given(samples, st.permutations(range(9)))
def test_the_order_of_the_pairs_does_not_matter(xy, order):
    x, y = varying(xy)
    assert_allclose(pearsonr(x[order], y[order]).statistic, pearsonr(x, y).statistic, rtol=0, atol=1e-14)
    assert_allclose(spearmanr(x[order], y[order]).statistic, spearmanr(x, y).statistic, rtol=0, atol=1e-14)


@settings(deadline=None)
@given(samples)
def test_increasing_functions_do_not_change_spearman(xy):
    x, y = varying(xy)
    result = spearmanr(x, y)
    assert_array_equal(spearmanr(x**3, np.exp(y)), result)
    assert_allclose(spearmanr(x, -y).statistic, -result.statistic, rtol=0, atol=1e-15)
    assert_allclose(result, pearsonr(rankdata(x), rankdata(y)), rtol=1e-6, atol=1e-14)


def test_the_shortcut_without_ties():
    for order in permutations(range(1, 6)):
        d = np.arange(1, 6) - order
        expected = 1 - 6 * (d @ d) / (5 * 24)
        assert_allclose(spearmanr(range(5), order).statistic, expected, rtol=0, atol=1e-15)


def test_large_integers_are_no_ties():
    a = [2**53, 2**53 + 1, 2**53 + 2, 2**53 + 3]
    assert spearmanr(a, [1, 2, 3, 4]).statistic == 1


@every_pair
def test_the_three_alternatives_belong_together(x, y):
    for test in (pearsonr, spearmanr):
        two, less, greater = (test(x, y, alternative=name) for name in ALTERNATIVES)
        assert less.statistic == two.statistic == greater.statistic
        assert_allclose(less.pvalue + greater.pvalue, 1, rtol=1e-13)
        assert_allclose(two.pvalue, 2 * min(less.pvalue, greater.pvalue), rtol=1e-13)
        mirrored = test(x, -1.0 * y, alternative="greater").pvalue
        assert_allclose(mirrored, less.pvalue, rtol=1e-10)


@every_alternative
def test_an_interval_ends_where_fishers_z_rejects(alternative):
    x, y = PAIRS["ten"]
    result = pearsonr(x, y, alternative=alternative)
    low, high = result.confidence_interval(0.9)
    ends = {"two-sided": (low, high), "less": (high,), "greater": (low,)}[alternative]
    for end in ends:
        distance = np.abs(np.arctanh(end) - np.arctanh(result.statistic)) * np.sqrt(7)
        assert_allclose(stats.norm.sf(distance), 0.05 if alternative == "two-sided" else 0.1, rtol=1e-10)
    assert {"two-sided": True, "less": low == -1, "greater": high == 1}[alternative]


@pytest.mark.parametrize("n", [3, 4, 11])
def test_p_values_are_uniform_under_the_null_hypothesis(n):
    x, y = np.random.default_rng(n).normal(size=(2, n, 4000))
    for alternative in ALTERNATIVES:
        pvalues = pearsonr(x, y, alternative=alternative).pvalue
        assert pvalues.shape == (4000,)
        assert stats.kstest(pvalues, "uniform").pvalue > 0.01


def test_the_interval_holds_the_correlation_as_often_as_it_says():
    x, e = np.random.default_rng(5).normal(size=(2, 25, 4000))
    low, high = pearsonr(x, 0.6 * x + 0.8 * e).confidence_interval(0.9)
    assert abs(np.mean((low < 0.6) & (high > 0.6)) - 0.9) < 0.02


# Results and inputs


def test_a_result_is_a_pair_that_knows_more():
    result = pearsonr(*PAIRS["ten"], alternative="less")
    statistic, pvalue = result
    assert (statistic, pvalue) == (result.statistic, result.pvalue) == result
    assert isinstance(result, tuple)
    assert len(result) == 2
    assert repr(result).startswith("PearsonRResult(statistic=np.float64(")
    for twin in (copy.copy(result), copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
        assert twin == result
        assert twin.confidence_interval() == result.confidence_interval()
    interval = result.confidence_interval(confidence_level=0.9)
    assert (interval.low, interval.high) == tuple(interval)


def test_types_and_inputs():
    assert all(isinstance(v, np.float64) for v in (*pearsonr([1, 2, 4], [1, 3, 2]), *spearmanr([1, 2, 4], [1, 3, 2])))
    assert all(isinstance(v, np.float64) for v in pearsonr([1, 2, 4], [1, 3, 2]).confidence_interval())
    x, y = RNG.normal(size=(2, 8, 3))
    before = x.copy(), y.copy()
    for array in (x, y):
        array.flags.writeable = False
    pearsonr(x, y)
    pearsonr(x, y, axis=None)
    spearmanr(x, y)
    assert_array_equal(x, before[0])
    assert_array_equal(y, before[1])
    fractions = [Fraction(1, 3), Fraction(1, 2), Fraction(3, 4)]
    assert_array_equal(pearsonr(fractions, [1, 2, 4]), pearsonr([1 / 3, 0.5, 0.75], [1, 2, 4]))
    assert_array_equal(pearsonr(np.int8([1, 2, 4]), np.float32([1, 3, 2])), pearsonr([1, 2, 4], [1, 3, 2]))


def test_one_column_does_not_disturb_another():
    x, y = [1.0, 2, 4, 3], [2.0, 1, -4, 5]
    sizes = np.array([1e300, 1e-200, 1, 1e8])
    result = pearsonr(np.outer(x, sizes), np.outer(y, sizes[::-1]))
    for field in ("statistic", "pvalue"):
        assert_allclose(getattr(result, field), np.full(4, getattr(pearsonr(x, y), field)), rtol=1e-13)


def parity_table():
    """Return the worst relative differences of statistics and p-values from SciPy."""
    rows = {}
    for (name, (x, y)), alternative in product(PAIRS.items(), ALTERNATIVES):
        ours, theirs = (test(x, y, alternative=alternative) for test in (pearsonr, stats.pearsonr))
        for field in ("statistic", "pvalue"):
            error = abs(getattr(ours, field) / getattr(theirs, field) - 1)
            rows[name, field] = max(rows.get((name, field), 0), error)
    return rows


if __name__ == "__main__":
    for (name, field), error in parity_table().items():
        print(f"{name:15} {field:10} {error:.1e}")
