from fractions import Fraction
from math import exp, log, nextafter, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import dkw_band, ecdf

SAMPLES = arrays(float, st.integers(1, 40), elements=st.integers(-6, 6).map(float))
EVERYWHERE = np.concatenate([np.linspace(-8, 8, 65), [-np.inf, np.inf, -1e-300, 1e-300]])
DATA = {
    "run times (Conover)": [6.23, 5.58, 7.06, 6.42, 5.20],
    "one": [4.0],
    "ties": [2, 2, 2],
    "counts": [0, 3, 1, 0, 0, 2, 1, 5],
    "normal": np.random.default_rng(0).normal(size=1000),
    "far from 0": 1e9 + np.arange(7),
    "tiny": [1e-300, -1e-300, 0, 5e-324],
    "huge": [1e308, -1e308, 1e308],
}
every_sample = pytest.mark.parametrize("sample", DATA.values(), ids=DATA)


@every_sample
def test_parity_with_scipy(sample):
    ours, theirs = ecdf(sample), stats.ecdf(np.asarray(sample, dtype=float))
    for kind in ("cdf", "sf"):
        a, b = getattr(ours, kind), getattr(theirs, kind)
        assert_array_equal(a.quantiles, b.quantiles)
        assert_allclose(a.probabilities, b.probabilities, rtol=0, atol=3e-16)
        at = np.concatenate([a.quantiles, np.nextafter(a.quantiles, -np.inf), np.nextafter(a.quantiles, np.inf)])
        at = np.concatenate([at, EVERYWHERE])
        assert_allclose(a.evaluate(at), b.evaluate(at), rtol=0, atol=3e-16)


@given(SAMPLES)
def test_it_is_the_share_at_or_below(sample):
    share = ecdf(sample)
    wanted = (sample <= EVERYWHERE[:, None]).mean(axis=1)
    assert_allclose(share.cdf.evaluate(EVERYWHERE), wanted, rtol=1e-15)
    assert_allclose(share.sf.evaluate(EVERYWHERE), (sample > EVERYWHERE[:, None]).mean(axis=1), rtol=1e-15)
    assert_allclose(share.cdf.evaluate(EVERYWHERE) + share.sf.evaluate(EVERYWHERE), 1, rtol=1e-15)


@given(SAMPLES, st.randoms(use_true_random=False))
def test_order_shift_and_repeats(sample, random):
    base = ecdf(sample).cdf
    shuffled = sample.tolist()
    random.shuffle(shuffled)
    for other, shift in ((shuffled, 0), (np.tile(sample, 3), 0), (sample + 2.0**30, 2.0**30)):
        assert_array_equal(ecdf(other).cdf.quantiles, base.quantiles + shift)
        assert_allclose(ecdf(other).cdf.probabilities, base.probabilities, rtol=1e-15)


def test_a_known_staircase():
    share = ecdf([3, 1, 3, 7])
    assert share.cdf.quantiles.tolist() == share.sf.quantiles.tolist() == [1, 3, 7]
    assert share.cdf.probabilities.tolist() == [0.25, 0.75, 1]
    assert share.sf.probabilities.tolist() == [0.75, 0.25, 0]
    x = [-np.inf, nextafter(1, 0), 1, 2, nextafter(3, 0), 3, 7, np.inf]
    assert share.cdf.evaluate(x).tolist() == [0, 0, 0.25, 0.25, 0.25, 0.75, 1, 1]
    assert share.sf.evaluate(x).tolist() == [1, 1, 0.75, 0.75, 0.75, 0.25, 0, 0]


def test_the_ends_are_exact_for_every_n():
    for n in range(1, 200):
        share = ecdf(np.arange(n))
        assert (share.cdf.probabilities[-1], share.sf.probabilities[-1]) == (1, 0)


def test_shapes_and_types():
    share = ecdf([1, 2]).cdf
    assert share.evaluate(1.5) == 0.5
    assert isinstance(share.evaluate(1.5), np.float64)
    assert share.evaluate([[1, 2, 3]]).shape == (1, 3)
    assert share.evaluate([]).shape == (0,)
    assert ecdf([Fraction(1, 2), 1]).cdf.quantiles.tolist() == [0.5, 1]
    assert ecdf([True, False, True]).cdf.probabilities.tolist() == [1 / 3, 1]
    assert repr(ecdf([2]).cdf) == repr(stats.ecdf([2.0]).cdf)


def test_the_sample_is_not_modified_and_not_shared():
    sample = np.array([3.0, 1.0, 2.0])
    sample.flags.writeable = False
    share = ecdf(sample)
    band = dkw_band(sample)
    assert sample.tolist() == [3, 1, 2]
    free = np.array([1.0, 2.0])
    share = ecdf(free)
    free[:] = 9
    assert share.cdf.quantiles.tolist() == [1, 2]
    assert band.low.quantiles.tolist() == [1, 2, 3]


# The band


@pytest.mark.parametrize(("n", "level"), [(1, 0.5), (7, 0.9), (100, 0.95), (100, 0.99), (1000, 0.99), (10**5, 0.6)])
def test_the_half_width_solves_the_inequality(n, level):
    band = dkw_band(np.arange(n), level)
    width = np.minimum(band.high.probabilities - np.arange(1, n + 1) / n, 1)
    free = band.high.probabilities < 1
    half = sqrt(log(2 / (1 - level)) / (2 * n))
    assert_allclose(width[free], half, rtol=1e-12)
    assert_allclose(2 * exp(-2 * n * half**2), 1 - level, rtol=1e-9)
    assert_allclose(band.low.probabilities, np.maximum(np.arange(1, n + 1) / n - half, 0), rtol=1e-12)
    assert_allclose(band.high.evaluate([-np.inf, -1]), min(half, 1), rtol=1e-12)
    assert band.low.evaluate(-1) == 0
    assert_allclose(band.low.evaluate([n, np.inf]), max(1 - half, 0), rtol=1e-12)
    assert band.high.evaluate(n) == 1


def test_published_half_width():
    # Massart (1990): for n = 100 and 95 % the root of log(40)/200
    assert round(float(dkw_band(np.arange(100)).high.before), 4) == 0.1358


@given(SAMPLES, st.floats(0, 1))
def test_the_band_surrounds_the_staircase_and_stays_between_0_and_1(sample, level):
    middle, band = ecdf(sample).cdf.evaluate(EVERYWHERE), dkw_band(sample, level)
    low, high = band.low.evaluate(EVERYWHERE), band.high.evaluate(EVERYWHERE)
    assert (low >= 0).all()
    assert (high <= 1).all()
    assert (low <= middle).all()
    assert (middle <= high).all()


@given(SAMPLES)
def test_more_confidence_needs_a_wider_band(sample):
    bands = [dkw_band(sample, level) for level in (0, 0.5, 0.9, 0.999, 1 - 1e-15, 1)]
    lows = np.array([band.low.evaluate(EVERYWHERE) for band in bands])
    highs = np.array([band.high.evaluate(EVERYWHERE) for band in bands])
    assert (np.diff(lows, axis=0) <= 0).all()
    assert (np.diff(highs, axis=0) >= 0).all()
    assert (lows[-1] == 0).all()
    assert (highs[-1] == 1).all()


def test_the_band_is_little_wider_than_the_exact_one():
    for n in (10, 100, 1000):
        half = dkw_band(np.zeros(n)).high.before
        exact = stats.kstwo.ppf(0.95, n)
        assert exact < half < 1.06 * exact


@pytest.mark.parametrize("law", [stats.uniform(), stats.norm(), stats.expon(), stats.poisson(3), stats.binom(2, 0.5)])
def test_the_band_holds_the_true_function_as_often_as_it_says(law):
    rng, repeats, level = np.random.default_rng(5), 2000, 0.9
    held = 0
    for sample in law.rvs(size=(repeats, 30), random_state=rng):
        band = dkw_band(sample, level)
        # The gap is largest where one of the two functions steps, or just before.
        x = band.low.quantiles
        x = np.union1d(x, np.nextafter(x, -np.inf))
        x = np.union1d(x, np.arange(-1, 12))
        held += np.all((band.low.evaluate(x) <= law.cdf(x)) & (law.cdf(x) <= band.high.evaluate(x)))
    error = sqrt(level * (1 - level) / repeats)
    assert held / repeats > level - 4 * error
    if not hasattr(law.dist, "pmf"):  # for a continuous law the bound is nearly attained
        assert held / repeats < level + 0.03
