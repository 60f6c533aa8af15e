"""t tests against exact arithmetic (Fraction), SciPy, published examples, and what tests and intervals promise.

`python -m tests.statistics.test_t_tests` prints the worst relative differences from SciPy.
"""

import copy
import pickle
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from sklearn.datasets import load_iris

from companion.probability import t
from companion.statistics import (
    ttest_1samp,
    ttest_1samp_from_stats,
    ttest_ind,
    ttest_ind_from_stats,
    ttest_rel,
)

RNG = np.random.default_rng(0)  # given data
IRIS = load_iris().data
PAIRS = {
    "small": (np.array([7.0, 9, 8, 6, 10, 7]), np.array([9.0, 11, 10, 8, 12, 10])),
    "two and two": (np.array([1.0, 2.5]), np.array([4.0, 4.5])),
    "two and many": (np.array([0.3, -2.0]), RNG.normal(size=200)),
    "skew": (RNG.gamma(1.5, size=17), RNG.gamma(3, 2, size=23)),
    "many": (RNG.normal(0, 1, 5000), RNG.normal(0.05, 3, 7000)),
    "far apart": (RNG.normal(0, 1, 40), RNG.normal(30, 1, 60)),
    "iris": (IRIS[:50], IRIS[50:100]),
    "columns": (RNG.normal(size=(12, 5)), RNG.normal(1, 4, size=(9, 5))),
    "three axes": (RNG.normal(size=(4, 3, 6)), RNG.normal(size=(4, 3, 6)) * 2),
}
ALTERNATIVES = ("two-sided", "less", "greater")
every_pair = pytest.mark.parametrize(("a", "b"), PAIRS.values(), ids=PAIRS)
every_alternative = pytest.mark.parametrize("alternative", ALTERNATIVES)
every_variance = pytest.mark.parametrize("equal_var", [True, False], ids=["pooled", "Welch"])
# Student (1908): hours of additional sleep of ten patients by two drugs.
SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)


def assert_same(ours, theirs, rtol=1e-12):
    assert_allclose(ours.statistic, theirs.statistic, rtol=rtol)
    assert_allclose(ours.pvalue, theirs.pvalue, rtol=10 * rtol)
    assert_allclose(ours.df, theirs.df, rtol=1e-13)
    assert np.shape(ours.statistic) == np.shape(ours.pvalue) == np.shape(ours.df) == np.shape(theirs.statistic)
    for level in (0.95, 0.5, 0.999):
        (low, high), expected = ours.confidence_interval(level), theirs.confidence_interval(level)
        width = np.where(np.isfinite(expected.low + expected.high), expected.high - expected.low, 1)
        assert_allclose(low / width, expected.low / width, rtol=1e-12, atol=1e-12)
        assert_allclose(high / width, expected.high / width, rtol=1e-12, atol=1e-12)


# Exact arithmetic


def moments(values):
    x = [Fraction(value) for value in np.asarray(values, dtype=float).tolist()]
    mean = sum(x) / len(x)
    return len(x), mean, sum((value - mean) ** 2 for value in x)


def quotient(difference, variance):
    """difference / sqrt(variance), rounded once."""
    with localcontext(prec=60):
        square = difference**2 / variance
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
    return float(root) * (1 if difference > 0 else -1)


def exact_1samp(a, popmean):
    n, mean, squares = moments(a)
    return quotient(mean - Fraction(popmean), squares / (n - 1) / n), n - 1


def exact_ind(a, b, equal_var):
    (n1, mean1, squares1), (n2, mean2, squares2) = moments(a), moments(b)
    if equal_var:
        df = n1 + n2 - 2
        return quotient(mean1 - mean2, (squares1 + squares2) / df * (Fraction(1, n1) + Fraction(1, n2))), df
    v1, v2 = squares1 / (n1 - 1) / n1, squares2 / (n2 - 1) / n2
    return quotient(mean1 - mean2, v1 + v2), float((v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1)))


HARD = {
    "integers": ([3, 1, 4, 1, 5, 9, 2, 6], [2, 7, 1, 8, 2, 8]),
    "around 1e8": (1e8 + RNG.normal(size=50), 1e8 + RNG.normal(0.1, 2, size=30)),
    "around -1e12": (-1e12 + RNG.normal(size=50), -1e12 + RNG.normal(0.1, 2, size=30)),
    "neighbouring floats": ([1e16, 1e16 + 2, 1e16 + 4, 1e16 + 2], [1e16 + 8, 1e16 + 2, 1e16 + 10]),
    "next to equal means": ([0.1, 0.2, 0.3], [0.3, 0.1, 0.2 + 2**-50]),
    "an outlier first": ([1e15, 1, 2, 3, 4, 5], [-1e15, 3, 3, 4, 5, 6]),
    "tiny": ([1e-200, 2e-200, 4e-200], [3e-200, 9e-200]),
    "tiny, with squares that are not 0 but have lost digits": ([1e-160, 2e-160, 4e-160], [3e-160, 9e-160]),
    "huge": ([1e200, -2e200, 4e200], [3e200, 9e200]),
    "at the upper end": ([1e307, -2e307, 4e307], [3e307, 6e307]),
    "at the lower end": ([1e-285, -2e-285, 4e-285], [3e-285, 9e-285]),
    "units apart": ([1e-9, 2e-9, 4e-9], [3e9, 9e9]),
    "a constant sample": ([5, 5, 5], [1, 2, 4]),
    "constants of one tenth": ([0.1, 0.1, 0.1], [1, 2, 4]),
}


@every_variance
@pytest.mark.parametrize(("a", "b"), HARD.values(), ids=HARD)
def test_two_samples_in_fractions(a, b, equal_var):
    result = ttest_ind(a, b, equal_var=equal_var)
    statistic, df = exact_ind(a, b, equal_var)
    assert_allclose(result.statistic, statistic, rtol=3e-15)
    assert_allclose(result.df, df, rtol=3e-15)
    assert_allclose(ttest_ind(b, a, equal_var=equal_var).statistic, -statistic, rtol=3e-15)


@pytest.mark.parametrize("a", [a for pair in HARD.values() for a in pair if len(set(np.asarray(a).tolist())) > 1])
def test_one_sample_in_fractions(a):
    for popmean in (0.0, float(a[0]), float(np.mean(np.asarray(a) / 4) * 4)):
        statistic, df = exact_1samp(a, popmean)
        result = ttest_1samp(a, popmean)
        assert_allclose(result.statistic, statistic, rtol=3e-15, atol=1e-15)
        assert result.df == df


@given(
    a=arrays(float, st.integers(2, 20), elements=st.integers(-9, 9).map(float)),
    b=arrays(float, st.integers(2, 20), elements=st.integers(-9, 9).map(float)),
    offset=st.sampled_from([0.0, 1.0, 2.0**26, -(2.0**40)]),
    scale=st.integers(-800, 800).map(lambda k: 2.0**k),
    equal_var=st.booleans(),
)
@settings(deadline=None)
def test_offsets_and_units_change_nothing(a, b, offset, scale, equal_var):
    assume(np.ptp(a) + np.ptp(b) > 0)
    statistic, df = exact_ind(a, b, equal_var) if np.mean(a) != np.mean(b) else (0.0, None)
    for factor in (scale, -scale):
        result = ttest_ind((a + offset) * factor, (b + offset) * factor, equal_var=equal_var)
        assert_allclose(result.statistic, np.sign(factor) * statistic, rtol=1e-14, atol=1e-15)
        assert df is None or abs(result.df - df) < 1e-13 * df


# SciPy


@every_variance
@every_alternative
@every_pair
def test_two_samples_as_scipy(a, b, alternative, equal_var):
    options = {"equal_var": equal_var, "alternative": alternative}
    assert_same(ttest_ind(a, b, **options), stats.ttest_ind(a, b, **options))


@every_alternative
@every_pair
def test_one_sample_as_scipy(a, b, alternative):
    for x, popmean in product((a, b), (0, 1.5, -40)):
        ours, theirs = (test(x, popmean, alternative=alternative) for test in (ttest_1samp, stats.ttest_1samp))
        assert_same(ours, theirs)


@every_alternative
@every_pair
def test_pairs_as_scipy(a, b, alternative):
    b = b[: len(a)] if len(b) >= len(a) else np.resize(b, a.shape)
    a = a[: len(b)]
    assert_same(ttest_rel(a, b, alternative=alternative), stats.ttest_rel(a, b, alternative=alternative))
    assert_same(ttest_rel(a, b, alternative=alternative), ttest_1samp(a - b, 0, alternative=alternative))


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, None])
def test_the_axis_is_that_of_scipy(axis):
    a, b = PAIRS["three axes"]
    assert_same(ttest_ind(a, b, axis=axis), stats.ttest_ind(a, b, axis=axis))
    assert_same(ttest_ind(a, b, axis=axis, equal_var=False), stats.ttest_ind(a, b, axis=axis, equal_var=False))
    assert_same(ttest_rel(a, b, axis=axis), stats.ttest_rel(a, b, axis=axis))
    assert_same(ttest_1samp(a, 0.5, axis=axis), stats.ttest_1samp(a, 0.5, axis=axis))
    if axis is not None:
        popmean = np.take(b, [0], axis=axis)
        assert_same(ttest_1samp(a, popmean, axis=axis), stats.ttest_1samp(a, popmean, axis=axis))


def test_samples_of_different_length_along_the_axis():
    a, b = RNG.normal(size=(3, 8)), RNG.normal(size=(3, 11))
    assert_same(ttest_ind(a, b, axis=1), stats.ttest_ind(a, b, axis=1))
    one = b[:1]
    assert_same(ttest_ind(a, one, axis=1), stats.ttest_ind(a, np.repeat(one, 3, axis=0), axis=1))


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_smallest_samples(n):
    b = [4.0, 7.0, 5.5][: max(n, 2)]
    assert_allclose(ttest_ind([1.0], b).statistic, stats.ttest_ind([1.0], b).statistic, rtol=1e-14)
    assert_allclose(ttest_ind([1.0], b)[1], stats.ttest_ind([1.0], b)[1], rtol=1e-12)
    assert_same(ttest_1samp(b, 5), stats.ttest_1samp(b, 5))


@every_variance
@every_alternative
def test_statistics_instead_of_samples(alternative, equal_var):
    cases = [(91, 4, 24, 88, 3, 18), (0, 1, 2, 0.5, 0, 2), (1e8, 1e-3, 1000, 1e8 + 1e-4, 2e-3, 30)]
    for case in cases:
        ours = ttest_ind_from_stats(*case, equal_var, alternative)
        theirs = stats.ttest_ind_from_stats(*case, equal_var, alternative)
        assert_allclose(ours, theirs, rtol=1e-11)
    for a, b in PAIRS.values():
        given_ = [x for s in (a, b) for x in (s.mean(axis=0), s.std(axis=0, ddof=1), len(s))]
        ours = ttest_ind_from_stats(*given_, equal_var, alternative=alternative)
        expected = ttest_ind(a, b, equal_var=equal_var, alternative=alternative)
        assert_allclose(ours.df, expected.df, rtol=1e-12)
        assert_allclose(ours, expected, rtol=1e-9)
        assert_allclose(ours.confidence_interval(0.9), expected.confidence_interval(0.9), rtol=1e-9, atol=1e-12)
        one = ttest_1samp_from_stats(*given_[:3], 0.25, alternative)
        assert_same(one, ttest_1samp(a, 0.25, alternative=alternative), rtol=1e-11)


def test_statistics_are_broadcast():
    result = ttest_ind_from_stats([1, 2, 3], 1, [[10], [20]], 0, 2, 15)
    assert result.statistic.shape == result.pvalue.shape == result.df.shape == (2, 3)
    assert_array_equal(result.df, [[23] * 3, [33] * 3])
    assert ttest_1samp_from_stats(5, [1, 2], 10, [[4], [3], [2]]).df.shape == (3, 2)


# Published values


def test_sleep_of_student():
    """The output of R for its data set sleep, and Student's own conclusion."""
    welch = ttest_ind(*SLEEP, equal_var=False)
    assert_allclose([*welch, welch.df], [-1.8608, 0.07939, 17.776], rtol=1e-4)
    assert_allclose(welch.confidence_interval(), [-3.3654832, 0.2054832], rtol=1e-6)
    pooled = ttest_ind(*SLEEP)
    assert_allclose([*pooled, pooled.df], [-1.8608, 0.07919, 18], rtol=1e-4)
    paired = ttest_rel(*SLEEP)
    assert_allclose([*paired, paired.df], [-4.0621, 0.002833, 9], rtol=2e-4)
    assert_allclose(paired.confidence_interval(0.95), [-2.4598858, -0.7001142], rtol=1e-7)
    # Student, by interpolation in his table: the chances that the second drug is better, and the first any good.
    assert_allclose(ttest_rel(*SLEEP, alternative="greater").pvalue, 0.9985, atol=1e-4)
    assert_allclose(ttest_1samp(SLEEP[0], 0, alternative="less").pvalue, 0.8873, atol=5e-3)


@pytest.mark.parametrize(
    ("a", "b", "pvalue"),
    [
        (
            "27.5 21.0 19.0 23.6 17.0 17.9 16.9 20.1 21.9 22.6 23.1 19.6 19.0 21.7 21.4",
            "27.1 22.0 20.8 23.4 23.4 23.5 25.8 22.0 24.8 20.2 21.9 22.1 22.9 20.5 24.4",
            0.021378001462867,
        ),
        (
            "17.2 20.9 22.6 18.1 21.7 21.4 23.5 24.2 14.7 21.8",
            "21.5 22.8 21.0 23.0 21.6 23.6 22.5 20.7 23.4 21.8 20.7 21.7 21.5 22.5 23.6 21.5 22.5 23.5 21.5 21.8",
            0.148841696605328,
        ),
        (
            "19.8 20.4 19.6 17.8 18.5 18.9 18.3 18.9 19.5 22.0",
            "28.2 26.6 20.1 23.3 25.2 22.1 17.7 27.6 20.6 13.7 23.2 17.5 20.6 18.0 23.9 21.6 24.3 20.4 24.0 13.2",
            0.0359722710297969,
        ),
        ("30.02 29.99 30.11 29.97 30.01 29.99", "29.89 29.93 29.72 29.98 30.02 29.98", 0.0907733242856673),
    ],
)
def test_examples_of_welchs_test(a, b, pvalue):
    """The examples of Wikipedia and Rosetta Code, which many programs have agreed on."""
    a, b = (np.array(x.split(), dtype=float) for x in (a, b))
    assert_allclose(ttest_ind(a, b, equal_var=False).pvalue, pvalue, rtol=1e-12)


def test_response_time_and_accuracy():
    """The worked examples of section 2.2.6 of the notes."""
    api = ttest_1samp_from_stats(115, 25, 20, 100, alternative="greater")
    assert_allclose([*api, api.df], [2.683281572999748, 0.0073549537074157, 19], rtol=1e-12)
    models = ttest_ind_from_stats(91, 4, 24, 88, 3, 18, alternative="greater")
    assert_allclose([*models, models.df], [2.665935371803974, 0.0055111344683322515, 40], rtol=1e-12)
    welch = ttest_ind_from_stats(91, 4, 24, 88, 3, 18, equal_var=False, alternative="greater")
    expected = [2.7774602993176547, 0.004149710154972103, 39.99791231732775]
    assert_allclose([*welch, welch.df], expected, rtol=1e-12)
    assert_allclose(t.isf(0.05, [19, 40]), [1.7291328115213682, 1.683851013335652], rtol=1e-12)
    medicines = ttest_ind([7, 9, 8, 6, 10, 7], [9, 11, 10, 8, 12, 10], equal_var=False, alternative="less")
    assert_allclose(medicines, [-2.6, 0.013261735038128972], rtol=1e-12)


# What tests and intervals promise


@every_variance
@every_pair
def test_the_three_alternatives_belong_together(a, b, equal_var):
    two, less, greater = (ttest_ind(a, b, equal_var=equal_var, alternative=x) for x in ALTERNATIVES)
    assert_array_equal(less.statistic, two.statistic)
    assert_allclose(less.pvalue + greater.pvalue, 1, rtol=1e-14)
    assert_allclose(two.pvalue, 2 * np.minimum(less.pvalue, greater.pvalue), rtol=1e-14)
    swapped = ttest_ind(b, a, equal_var=equal_var, alternative="less")
    assert_array_equal(swapped.pvalue, greater.pvalue)
    assert_array_equal(swapped.statistic, -greater.statistic)


@every_alternative
@every_variance
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999999])
def test_an_interval_ends_where_the_test_rejects(level, equal_var, alternative):
    a, b = PAIRS["skew"]
    interval = ttest_ind(a, b, equal_var=equal_var, alternative=alternative).confidence_interval(level)
    one = ttest_1samp(a, 1, alternative=alternative).confidence_interval(level)
    paired = ttest_rel(a[:17], b[:17], alternative=alternative).confidence_interval(level)
    ends = 0
    for end in ("low", "high"):
        shift = getattr(interval, end)
        if np.isfinite(shift):
            at_the_end = ttest_ind(a - shift, b, equal_var=equal_var, alternative=alternative)
            assert_allclose(at_the_end.pvalue, 1 - level, rtol=1e-8)
            assert_allclose(ttest_1samp(a, getattr(one, end), alternative=alternative).pvalue, 1 - level, rtol=1e-8)
            at_the_end = ttest_rel(a[:17] - getattr(paired, end), b[:17], alternative=alternative)
            assert_allclose(at_the_end.pvalue, 1 - level, rtol=1e-8)
            ends += 1
    assert ends == (2 if alternative == "two-sided" else 1)
    assert interval.low < interval.high


def test_intervals_at_the_limits():
    result = ttest_1samp([1, 2, 4], 0)
    assert_array_equal(result.confidence_interval(1), [-np.inf, np.inf])
    assert_allclose(result.confidence_interval(0), [7 / 3, 7 / 3], rtol=1e-15)
    many = ttest_1samp(PAIRS["columns"][0], 0, alternative="less").confidence_interval()
    assert_array_equal(many.low, np.full(5, -np.inf))
    assert many.high.shape == (5,)


NULL = {
    "one sample": lambda rng: ttest_1samp(rng.normal(3, 2, (6, 4000)), 3),
    "one-sided": lambda rng: ttest_1samp(rng.normal(3, 2, (2, 4000)), 3, alternative="less"),
    "pairs": lambda rng: ttest_rel(*(rng.normal(0, 5, (4, 4000)) + rng.normal(size=(2, 4, 4000)))),
    "pooled": lambda rng: ttest_ind(rng.normal(1, 2, (3, 4000)), rng.normal(1, 2, (9, 4000))),
    "Welch": lambda rng: ttest_ind(rng.normal(1, 2, (25, 4000)), rng.normal(1, 7, (40, 4000)), equal_var=False),
}


@pytest.mark.parametrize("name", NULL)
def test_p_values_are_uniform_under_the_null_hypothesis(name):
    pvalues = NULL[name](np.random.default_rng(1)).pvalue
    assert pvalues.shape == (4000,)
    assert stats.kstest(pvalues, "uniform").pvalue > 0.01


def test_the_pooled_test_needs_equal_variances():
    rng = np.random.default_rng(2)
    few, many = rng.normal(0, 4, (10, 4000)), rng.normal(0, 1, (40, 4000))
    assert np.mean(ttest_ind(few, many).pvalue < 0.05) > 0.25
    assert 0.04 < np.mean(ttest_ind(few, many, equal_var=False).pvalue < 0.05) < 0.07


def test_pairs_see_more():
    rng = np.random.default_rng(3)
    person = rng.normal(0, 5, (8, 1000))
    before, after = person + rng.normal(size=(8, 1000)), person + 1.5 + rng.normal(size=(8, 1000))
    assert np.mean(ttest_rel(before, after).pvalue < 0.05) > 0.6
    assert np.mean(ttest_ind(before, after).pvalue < 0.05) < 0.1


@pytest.mark.parametrize("size", [1e3, 1e50, 1e100, 1e148])
def test_p_values_keep_their_digits_far_out(size):
    """With two degrees of freedom the tail has a closed form."""
    x = np.array([-1.0, 0, 1])
    result = ttest_1samp(x, -size)
    root = np.sqrt(2 + result.statistic**2)
    assert_allclose(result.pvalue, 2 / root / (root + result.statistic), rtol=1e-13)
    assert_allclose(ttest_1samp(x, size, alternative="less").pvalue, result.pvalue / 2, rtol=1e-15)
    assert result.pvalue > 0


def test_p_values_of_many_degrees_of_freedom_keep_their_digits():
    result = ttest_1samp_from_stats(35, 1000, 10**6, 0)
    assert_allclose(result.statistic, 35, rtol=1e-15)
    assert 1e-268 < result.pvalue < 1e-267
    assert_allclose(np.log(result.pvalue), np.log(2) + t.logsf(35, 10**6 - 1), rtol=1e-14)
    assert ttest_1samp_from_stats(35, 1000, 10**6, 0, alternative="less").pvalue == 1


# Results and inputs


def test_a_result_is_a_pair_that_knows_more():
    result = ttest_ind(*SLEEP, equal_var=False, alternative="less")
    statistic, pvalue = result
    assert (statistic, pvalue) == (result.statistic, result.pvalue) == (result[0], result[1]) == result
    assert isinstance(result, tuple)
    assert len(result) == 2
    assert repr(result).startswith("TtestResult(statistic=np.float64(-1.8608")
    assert "df=np.float64(17.77" in repr(result)
    for twin in (copy.copy(result), copy.deepcopy(result), pickle.loads(pickle.dumps(result))):
        assert twin == result
        assert twin.df == result.df
        assert twin.confidence_interval() == result.confidence_interval()
    interval = result.confidence_interval(confidence_level=0.9)
    assert (interval.low, interval.high) == tuple(interval)


def test_types_and_inputs():
    for result in (ttest_1samp([1, 2, 4], 0), ttest_ind([1, 2], [3, 5]), ttest_rel([1, 2], [3, 5])):
        assert all(isinstance(value, np.float64) for value in (*result, result.df, *result.confidence_interval()))
    a, b = PAIRS["columns"]
    before = a.copy(), b.copy()
    for array in (a, b):
        array.flags.writeable = False
    result = ttest_ind(a, b, axis=0)
    result.df[:] = 0
    ttest_rel(a[:9], b)
    ttest_1samp(a, 0)
    assert_array_equal(a, before[0])
    assert_array_equal(b, before[1])
    fractions = [Fraction(1, 3), Fraction(1, 2), Fraction(3, 4)]
    assert_same(ttest_1samp(fractions, 0), ttest_1samp([1 / 3, 0.5, 0.75], 0))
    assert_same(ttest_1samp(np.array([1, 2, 4], dtype=np.int8), 0), ttest_1samp([1.0, 2.0, 4.0], 0))
    assert_same(ttest_ind(np.float32([1, 2, 4]), [True, False, True]), ttest_ind([1, 2, 4], [1, 0, 1]))
    assert ttest_1samp(np.empty((3, 0)), 0).statistic.shape == (0,)


def test_the_order_of_the_observations_does_not_matter():
    a, b = PAIRS["skew"]
    shuffled = np.random.default_rng(4).permutation(a)
    assert_same(ttest_ind(shuffled, b[::-1]), ttest_ind(a, b), rtol=1e-14)


def test_one_column_does_not_disturb_another():
    a = np.column_stack([[1e300, 2e300, 4e300], [1e-200, 2e-200, 4e-200], [1, 2, 4]])
    b = np.column_stack([[2e300, 1e300, -4e300], [2e-200, 1e-200, -4e-200], [2, 1, -4]])
    for equal_var in (True, False):
        result = ttest_ind(a, b, equal_var=equal_var)
        assert_allclose(result.statistic, np.full(3, result.statistic[2]), rtol=1e-14)
        assert_allclose(result.df, np.full(3, result.df[2]), rtol=1e-14)


def parity_table():
    """Return the worst relative differences of statistics and p-values from SciPy."""
    rows = {}
    for (name, (a, b)), equal_var, alternative in product(PAIRS.items(), (True, False), ALTERNATIVES):
        options = {"equal_var": equal_var, "alternative": alternative}
        ours, theirs = ttest_ind(a, b, **options), stats.ttest_ind(a, b, **options)
        for field in ("statistic", "pvalue", "df"):
            error = np.max(np.abs(getattr(ours, field) / getattr(theirs, field) - 1))
            rows[name, field] = max(rows.get((name, field), 0), error)
    return rows


def test_the_parity_table():
    table = parity_table()
    assert len(table) == 3 * len(PAIRS)
    assert max(table.values()) < 1e-11


if __name__ == "__main__":
    for (name, field), error in parity_table().items():
        print(f"{name:15} {field:10} {error:.1e}")
