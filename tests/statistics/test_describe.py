import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import stats

from companion.statistics import describe

DATA = np.random.default_rng(0).gamma(2, size=(30, 4))


@pytest.mark.parametrize("axis", [0, 1, -1, None])
@pytest.mark.parametrize("ddof", [0, 1])
@pytest.mark.parametrize("bias", [True, False])
def test_is_scipy_s(axis, ddof, bias):
    ours, theirs = describe(DATA, axis, ddof, bias), stats.describe(DATA, axis, ddof, bias)
    assert ours._fields == theirs._fields
    assert ours.nobs == theirs.nobs
    for name in ("minmax", "mean", "variance", "skewness", "kurtosis"):
        assert_allclose(getattr(ours, name), getattr(theirs, name), rtol=1e-12)


def test_lists_and_defaults():
    assert_allclose(np.hstack(describe([1, 2, 2, 5])), np.hstack(stats.describe([1, 2, 2, 5])))


def test_inputs_stay_as_they_are():
    a = DATA.copy()
    a.setflags(write=False)
    describe(a)
