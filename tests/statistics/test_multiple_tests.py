from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from companion.statistics import false_discovery_control, multipletests

RULES = ["bonferroni", "sidak", "holm", "holm-sidak", "fdr_bh", "fdr_by"]
SHORT = {"b": "bonferroni", "s": "sidak", "h": "holm", "hs": "holm-sidak"}
every_rule = pytest.mark.parametrize("rule", RULES)
RNG = np.random.default_rng(1)
P_VALUES = {
    "uniform": RNG.uniform(size=50),
    "some small": np.r_[RNG.uniform(size=40), RNG.uniform(size=10) * 1e-4],
    "ties": RNG.integers(0, 6, size=30) / 5,
    "one": np.array([0.02]),
    "two": np.array([0.04, 0.03]),
    "ends": np.array([0.0, 1.0, 0.5, 0.0, 1.0]),
    "tiny": np.array([1e-300, 1e-20, 3e-310, 1e-17]),
    "many": RNG.uniform(size=10_000) ** 3,
}
every_case = pytest.mark.parametrize("p", P_VALUES.values(), ids=P_VALUES)
some = st.lists(st.integers(0, 64).map(lambda k: k / 64), min_size=1, max_size=12)
few = st.lists(st.integers(0, 64).map(lambda k: k / 64), min_size=1, max_size=6)

# Benjamini and Hochberg (1995): fifteen comparisons of two treatments of heart attacks.
HEART = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1,
]
# What statsmodels 0.14 gives for them, to 12 digits.
STATSMODELS = {
    "bonferroni": [0.0015, 0.006, 0.0285, 0.1425, 0.3015, 0.417, 0.447, 0.516, 0.6885, 1, 1, 1, 1, 1, 1],
    "sidak": [
        *[0.00149895045486, 0.00598322908509, 0.0281240531303, 0.133402966346, 0.26256055315, 0.344859796798],
        *[0.36478747279, 0.408494405814, 0.505793517505, 0.997186801099, 0.999759337647, 0.999997027113],
        *[0.999999871561, 0.999999999463, 1],
    ],
    "holm": [0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1],
    "holm-sidak": [
        *[0.00149895045486, 0.00558546327039, 0.0244203723878, 0.108228151304, 0.200166970917, 0.245679053994],
        *[0.245679053994, 0.245679053994, 0.280290440955, 0.904571043338, 0.937798233367, 0.96641225005],
        *[0.96641225005, 0.96641225005, 1],
    ],
    "fdr_bh": [
        *[0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571, 0.0638571428571, 0.0645, 0.0765, 0.486],
        *[0.581181818182, 0.714875, 0.753230769231, 0.813214285714, 1],
    ],
    "fdr_by": [
        *[0.00497734348984, 0.00995468697969, 0.0315231754357, 0.118211907884, 0.200089208292, 0.211892622853],
        *[0.211892622853, 0.214025770063, 0.253844517982, 1, 1, 1, 1, 1, 1],
    ],
}


# SciPy, and published values


@pytest.mark.parametrize("method", ["bh", "by"])
@every_case
def test_as_scipy(p, method):
    expected = stats.false_discovery_control(p, method=method)
    assert_allclose(false_discovery_control(p, method=method), expected, rtol=1e-14)
    assert_allclose(multipletests(p, method=f"fdr_{method}").pvals_corrected, expected, rtol=1e-14)
    assert_array_equal(false_discovery_control(p), false_discovery_control(p, method="bh"))


@pytest.mark.parametrize("method", ["bh", "by"])
@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, None])
def test_the_axis_is_that_of_scipy(axis, method):
    p = RNG.uniform(size=(4, 5, 6)) ** 2
    expected = stats.false_discovery_control(p, axis=axis, method=method)
    assert_allclose(false_discovery_control(p, axis=axis, method=method), expected, rtol=1e-14)


@every_rule
def test_heart_attacks(rule):
    """Four rejections at the false discovery rate 0.05, three at the same family-wise error rate."""
    order = RNG.permutation(15)
    result = multipletests(np.array(HEART)[order], 0.05, rule)
    assert_allclose(result.pvals_corrected, np.array(STATSMODELS[rule])[order], rtol=1e-11)
    assert result.reject.sum() == (4 if rule == "fdr_bh" else 3)
    assert_allclose([result.alphacSidak, result.alphacBonf], [0.0034137129465903193, 1 / 300], rtol=1e-14)


def test_names_and_defaults():
    for short, rule in SHORT.items():
        assert_array_equal(multipletests(HEART, method=short).pvals_corrected, multipletests(HEART, method=rule)[1])
    assert_array_equal(multipletests(HEART).pvals_corrected, multipletests(HEART, 0.05, "holm-sidak").pvals_corrected)
    assert_array_equal(multipletests(HEART).reject, multipletests(HEART, 0.05).reject)
    assert multipletests(HEART).alphacBonf == 0.05 / 15
    assert not np.array_equal(multipletests(HEART).reject, multipletests(HEART, 0.11).reject)


# The rules from their definitions


@settings(deadline=None)
@given(few)
def test_holm_is_closed_testing(p):
    """A hypothesis is rejected if each intersection with others is, by the least p-value of its members."""
    m = len(p)
    sets = [s for k in range(1, m + 1) for s in combinations(range(m), k)]
    for rule, combined in (
        ("holm", lambda least, k: min(1, k * least)),
        ("holm-sidak", lambda least, k: 1 - (1 - least) ** k),
    ):
        expected = [max(combined(min(p[j] for j in s), len(s)) for s in sets if i in s) for i in range(m)]
        assert_allclose(multipletests(p, method=rule).pvals_corrected, expected, rtol=1e-12, atol=1e-14)


@settings(deadline=None)
@given(some, st.integers(1, 99))
def test_step_up_by_its_definition(p, percent):
    q, m = percent / 100 + 1e-9, len(p)
    least = sorted(p)
    for method, c in (("bh", 1), ("by", sum(1 / j for j in range(1, m + 1)))):
        k = max((i for i in range(1, m + 1) if least[i - 1] <= i * q / (m * c)), default=0)
        rejected = false_discovery_control(p, method=method) <= q
        assert rejected.sum() == k
        assert max((v for v, r in zip(p, rejected, strict=True) if r), default=0) == (least[k - 1] if k else 0)


@settings(deadline=None)
@given(some, st.sampled_from(["bonferroni", "sidak"]))
def test_one_step_looks_at_each_p_value_alone(p, rule):
    corrected = multipletests(p, method=rule).pvals_corrected
    expected = [min(1, len(p) * v) if rule == "bonferroni" else 1 - (1 - v) ** len(p) for v in p]
    assert_allclose(corrected, expected, rtol=1e-12, atol=1e-14)


@every_rule
def test_tiny_p_values_keep_their_digits(rule):
    p = np.array([1e-300, 1e-20, 3e-310, 1e-17])
    corrected = multipletests(p, method=rule).pvals_corrected
    factor = {"fdr_bh": [2, 4 / 3, 4, 1], "fdr_by": np.array([2, 4 / 3, 4, 1]) * 25 / 12}.get(
        rule, [3, 2, 4, 1] if "holm" in rule else 4
    )
    assert_allclose(corrected, p * factor, rtol=1e-14)


# Properties


@settings(deadline=None)
@given(some, st.sampled_from(RULES), st.floats(0, 1))
def test_decisions_and_corrected_p_values_agree(p, rule, alpha):
    result = multipletests(p, alpha, rule)
    assert_array_equal(result.reject, result.pvals_corrected <= alpha)
    assert np.all(result.pvals_corrected >= np.array(p) * (1 - 1e-14))
    assert np.all((result.pvals_corrected >= 0) & (result.pvals_corrected <= 1))
    order = np.argsort(p, kind="stable")
    assert np.all(np.diff(result.pvals_corrected[order]) >= 0)
    assert_allclose(result.alphacSidak, 1 - (1 - alpha) ** (1 / len(p)), atol=1e-15)
    assert result.alphacBonf == alpha / len(p)


@settings(deadline=None)
@given(some, st.sampled_from(RULES), st.randoms(use_true_random=False))
def test_results_follow_their_tests(p, rule, random):
    order = list(range(len(p)))
    random.shuffle(order)
    shuffled = multipletests(np.array(p)[order], method=rule).pvals_corrected
    assert_array_equal(shuffled, multipletests(p, method=rule).pvals_corrected[order])


@settings(deadline=None)
@given(some)
def test_which_rule_is_stricter(p):
    b, s, h, hs, bh, by = (multipletests(p, method=rule).pvals_corrected for rule in RULES)
    slack = 1 + 1e-12
    for strict, mild in ((b, s), (b, h), (s, hs), (h, hs), (h, bh), (by, bh)):
        assert np.all(mild <= strict * slack)


@settings(deadline=None)
@given(st.floats(0, 1), st.sampled_from(RULES))
def test_one_test_needs_no_correction(p, rule):
    assert_allclose(multipletests([p], method=rule).pvals_corrected, [p], rtol=1e-14, atol=0)


def simulate(m0, rng, repetitions=3000, m=20):
    """p-values of two-sided z tests, m0 of them true null hypotheses, the others with an effect of 3."""
    z = rng.normal(size=(repetitions, m)) + 3.0 * (np.arange(m) >= m0)
    return 2 * stats.norm.sf(np.abs(z))


def false_share(reject, m0):
    return np.mean(reject[:, :m0].sum(axis=1) / np.maximum(reject.sum(axis=1), 1))


@pytest.mark.parametrize("m0", [20, 15, 5])
def test_the_false_discovery_rate_is_as_promised(m0):
    """Exactly q m0/m for independent tests."""
    p = simulate(m0, np.random.default_rng(m0))
    assert abs(false_share(false_discovery_control(p, axis=1) <= 0.2, m0) - 0.2 * m0 / 20) < 0.015
    assert false_share(false_discovery_control(p, axis=1, method="by") <= 0.2, m0) < 0.2 * m0 / 20 / 3


@every_rule
def test_the_family_wise_error_rate_is_as_promised(rule):
    p = simulate(20, np.random.default_rng(3), repetitions=2000)
    errors = np.mean([multipletests(row, 0.2, rule).reject.any() for row in p])
    expected = {"bonferroni": 1 - 0.99**20, "holm": 1 - 0.99**20, "fdr_by": 0.2 / 3.5977}.get(rule, 0.2)
    assert abs(errors - expected) < 0.03


# Results and inputs


def test_types_and_inputs():
    p = np.array([[0.3, 0.01], [0.02, 0.5]])
    before = p.copy()
    p.flags.writeable = False
    for axis in (0, 1, None):
        false_discovery_control(p, axis=axis)[...] = 2
    assert_array_equal(p, before)
    for rule in RULES:
        result = multipletests(p[0], method=rule)
        assert result.reject.dtype == bool
        assert result._fields == ("reject", "pvals_corrected", "alphacSidak", "alphacBonf")
        assert isinstance(result.alphacSidak, float)
    assert_array_equal(p, before)
    assert multipletests([0, 1], 1).reject.all()
    assert not np.signbit(multipletests([0, 1], 0, "sidak").pvals_corrected).any()
