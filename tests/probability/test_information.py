from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats
from scipy.spatial import distance
from scipy.special import softmax
from sklearn.metrics import log_loss

from companion.probability import (
    cross_entropy,
    entropy,
    jensen_shannon_divergence,
    jensenshannon,
    kl_divergence,
    self_information,
)

PAIRS = [entropy, cross_entropy, kl_divergence, jensenshannon, jensen_shannon_divergence]
SHAPES = [((5,), (5,), 0), ((1,), (1,), 0), ((2, 7), (2, 7), 0), ((7, 2), (7, 2), 1), ((3, 4, 5), (3, 4, 5), -2)]
BROADCAST = [((1, 5), (3, 5), 1), ((4, 1), (4, 6), 0), ((2, 1, 5), (3, 5), -1), ((5,), (2, 3, 5), -1)]
LAW = st.lists(st.floats(0, 1), min_size=2, max_size=6).filter(lambda law: sum(law) > 0.01)
LAWS = st.integers(2, 6).flatmap(
    lambda k: st.lists(
        st.lists(st.floats(1e-9, 1), min_size=k, max_size=k).map(lambda law: np.array(law) / sum(law)),
        min_size=3,
        max_size=3,
    )
)


def draw(*shapes, seed=0):
    rng = np.random.default_rng(seed)
    arrays = [rng.gamma(0.7, size=shape) for shape in shapes]
    for array in arrays:
        array.flags.writeable = False
    return arrays


def exact(weights):
    """Return the distribution of some float weights as fractions that sum to 1."""
    parts = [Fraction(float(weight)) for weight in weights]
    return [part / sum(parts) for part in parts]


def exact_kl(p, q):
    with localcontext(prec=60):
        terms = [(decimal(a) * decimal(a / b).ln()) for a, b in zip(p, q, strict=True) if a]
        return float(sum(terms))


def decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def exact_js(p, q):
    m = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    return (exact_kl(p, m) + exact_kl(q, m)) / 2


# Numbers of the notes, 2.1.14


def test_coins():
    assert_array_equal(self_information([0.5, 0.5], base=2), [1, 1])
    assert entropy([0.5, 0.5], base=2) == 1
    assert_allclose(self_information([0.9, 0.1], base=2), [0.15200309344504995, 3.321928094887362], rtol=1e-15)
    assert_allclose(entropy([0.9, 0.1], base=2), 0.46899559358928117, rtol=1e-15)


@pytest.mark.parametrize(("model", "bits"), [([0.8, 0.2], 0.3219280948873623), ([0.2, 0.8], 2.321928094887362)])
def test_cat_or_dog(model, bits):
    cat = [1.0, 0.0]
    assert entropy(cat, base=2) == 0
    assert_allclose(cross_entropy(cat, model, base=2), bits, rtol=1e-15)
    assert_allclose(kl_divergence(cat, model, base=2), bits, rtol=1e-15)


def test_jensen_shannon_of_both_models():
    cat, models = [[1, 0]], [[0.8, 0.2], [0.2, 0.8]]
    assert_allclose(kl_divergence(cat, [[0.9, 0.1]], base=2, axis=1), 0.15200309344504995, rtol=1e-15)
    assert_allclose(kl_divergence([0.8, 0.2], [0.9, 0.1], base=2), 0.06405999884615013, rtol=1e-14)
    js = jensen_shannon_divergence(cat, models, base=2, axis=1)
    assert_allclose(js, [0.10803154614560004, 0.6099865470109875], rtol=1e-15)


# Other published values


def test_entropies_in_the_textbook():
    assert entropy([1 / 2, 1 / 4, 1 / 8, 1 / 8], base=2) == 1.75  # Cover and Thomas, example 2.1.2
    horses = [1 / 2, 1 / 4, 1 / 8, 1 / 16, *[1 / 64] * 4]
    assert entropy(horses, base=2) == 2  # Cover and Thomas, section 1.1
    assert_allclose(entropy(np.ones(6), base=2), 2.584962500721156, rtol=1e-15)


def test_relative_entropies_in_the_textbook():
    r, s = [1 / 2, 1 / 2], [3 / 4, 1 / 4]  # Cover and Thomas, example 2.3.1
    assert_allclose(kl_divergence(r, s, base=2), 1 - np.log2(3) / 2, rtol=1e-14)
    assert_allclose(kl_divergence(s, r, base=2), 3 / 4 * np.log2(3) - 1, rtol=1e-14)


# Oracles


@pytest.mark.parametrize("base", [None, 2, 10, 1.5])
@pytest.mark.parametrize(("p_shape", "q_shape", "axis"), SHAPES + BROADCAST)
def test_parity_with_scipy(p_shape, q_shape, axis, base):
    p, q = draw(p_shape, q_shape)
    assert_allclose(entropy(p, base=base, axis=axis), stats.entropy(p, base=base, axis=axis), rtol=1e-13, atol=1e-15)
    theirs = stats.entropy(p, q, base, axis)
    for ours in (entropy(p, q, base, axis), kl_divergence(p, q, base, axis)):
        assert ours.shape == theirs.shape
        assert_allclose(ours, theirs, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("base", [None, 2])
@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize(("p_shape", "q_shape", "axis"), SHAPES + BROADCAST)
def test_parity_of_jensenshannon_with_scipy(p_shape, q_shape, axis, keepdims, base):
    p, q = draw(p_shape, q_shape)
    ours = jensenshannon(p, q, base, axis=axis, keepdims=keepdims)
    theirs = distance.jensenshannon(p, q, base, axis=axis, keepdims=keepdims)
    assert ours.shape == theirs.shape
    assert_allclose(ours, theirs, rtol=1e-12, atol=1e-7)  # SciPy's is the root of a rounding error where p = q
    square = jensen_shannon_divergence(p, q, base, axis=axis, keepdims=keepdims)
    assert_allclose(ours**2, square, rtol=1e-14)


def test_default_axis_is_the_first():
    p, q = draw((3, 4), (3, 4))
    for function in PAIRS:
        assert_array_equal(function(p, q), function(p, q, axis=0))
        assert function(p, q).shape == (4,)
    assert_array_equal(entropy(p), entropy(p, axis=0))


@pytest.mark.parametrize("classes", [2, 3, 10])
def test_log_loss_is_the_mean_cross_entropy(classes):
    rng = np.random.default_rng(classes)
    labels = np.r_[np.arange(classes), rng.integers(classes, size=50)]
    predicted = softmax(rng.normal(size=(labels.size, classes)), axis=1)
    truth = np.eye(classes)[labels]
    assert_allclose(cross_entropy(truth, predicted, axis=1).mean(), log_loss(labels, predicted), rtol=1e-14)


@pytest.mark.parametrize(("m1", "s1", "m2", "s2"), [(0, 1, 1, 2), (1, 2, 0, 1), (-1, 0.5, 0.5, 0.7)])
def test_normal_laws_on_a_fine_grid(m1, s1, m2, s2):
    x = np.linspace(-25, 25, 20001)
    closed = np.log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - 0.5
    found = kl_divergence(stats.norm.pdf(x, m1, s1), stats.norm.pdf(x, m2, s2))
    assert_allclose(found, closed, rtol=1e-9)


def test_surprisal_in_nats():
    p = np.array([1e-300, 0.1, 0.5, 1 - 1e-16])
    assert_allclose(self_information(p), -np.log(p), rtol=1e-15)
    assert_allclose(self_information(p, base=10), -np.log10(p), rtol=1e-14)
    assert self_information([[0.5]]).shape == (1, 1)


# Exact arithmetic: nearly equal distributions


@pytest.mark.parametrize("gap", [0.3, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12])
def test_nearly_equal_distributions_keep_their_digits(gap):
    rng = np.random.default_rng(1)
    rtol = 1e-14 + 1e-15 / gap  # what rounding p and q costs any method
    for _ in range(20):
        p = rng.dirichlet(np.ones(5))
        q = np.abs(p * (1 + gap * rng.normal(size=5)))
        a, b = exact(p), exact(q)
        assert_allclose(kl_divergence(p, q), exact_kl(a, b), rtol=rtol)
        assert_allclose(jensen_shannon_divergence(p, q), exact_js(a, b), rtol=rtol)


@pytest.mark.parametrize("tiny", [1e-9, 1e-16, 1e-20, 1e-300])
def test_a_rare_outcome_that_one_side_lacks_is_not_lost(tiny):
    certain, almost = [1, 0], [1, tiny]
    assert_allclose(kl_divergence(certain, almost), np.log1p(tiny), rtol=1e-7)
    assert_allclose(jensen_shannon_divergence(certain, almost), tiny * np.log(2) / 2, rtol=1e-7)


@settings(deadline=None)
@given(st.lists(st.integers(1, 2**30), min_size=2, max_size=6), st.lists(st.integers(-3, 3), min_size=6, max_size=6))
def test_neighbouring_floats_have_no_negative_divergence(weights, steps):
    p = np.array(weights, dtype=float)
    q = p + np.array(steps[: p.size]) * np.spacing(p)
    for function in PAIRS:
        assert function(p, q) >= 0
    assert kl_divergence(p, q) < 1e-28


# Ends


def test_zeros_count_for_nothing():
    for function in PAIRS:
        assert_allclose(function([0.3, 0.7, 0], [0.6, 0.4, 0]), function([0.3, 0.7], [0.6, 0.4]), rtol=1e-15)
    assert_allclose(entropy([0.3, 0, 0.7]), entropy([0.3, 0.7]), rtol=1e-15)


def test_an_excluded_outcome_is_infinitely_surprising():
    assert_array_equal(self_information([0.0, 1.0]), [np.inf, 0])
    p, q = [0.5, 0.5], [1, 0]
    assert [entropy(p, q), cross_entropy(p, q), kl_divergence(p, q)] == [np.inf] * 3
    assert_allclose([cross_entropy(q, p), kl_divergence(q, p)], np.log(2))
    assert_allclose(jensen_shannon_divergence(p, q), exact_js(exact(p), exact(q)))


def test_zero_is_exact_and_positive():
    certain = [entropy([0, 1]), entropy([3]), entropy([3], base=2), cross_entropy([1, 0], [2, 0]), self_information(1)]
    p = [0.1, 0.2, 0.7]
    for zero in [*certain, *(function(p, p) for function in PAIRS if function is not cross_entropy)]:
        assert zero == 0
        assert not np.signbit(zero)


def test_disjoint_distributions_are_one_bit_apart():
    assert_allclose(jensen_shannon_divergence([1, 0], [0, 1]), np.log(2), rtol=1e-15)
    assert_allclose(jensen_shannon_divergence([0.2, 0.8, 0, 0], [0, 0, 0.6, 0.4], base=2), 1, rtol=1e-15)
    assert_allclose(jensenshannon([0.2, 0.8, 0, 0], [0, 0, 0.6, 0.4]), np.sqrt(np.log(2)), rtol=1e-15)


@pytest.mark.parametrize("scale", [5e-324, 1e-300, 1.0, 7, 1e308])
def test_weights_of_any_size(scale):
    p, q = [scale, scale, scale], [scale, scale, 0]
    assert_allclose(entropy(p), np.log(3))
    assert_allclose([cross_entropy(q, p), kl_divergence(q, p)], [np.log(3), np.log(1.5)])
    assert_allclose(jensen_shannon_divergence(p, q), exact_js(exact([1, 1, 1]), exact([1, 1, 0])))


def test_extreme_ratios_do_not_overflow():
    p, q = [1e-310, 1.0], [1.0, 1e-310]
    assert_allclose(kl_divergence(p, q), 310 * np.log(10))
    assert_allclose(cross_entropy(p, q), 310 * np.log(10))


def test_counts_lists_and_fractions_are_weights():
    assert_allclose(entropy([9, 1]), entropy([0.9, 0.1]), rtol=1e-15)
    assert_allclose(entropy([True, True]), np.log(2))
    assert_allclose(kl_divergence([Fraction(1, 3), Fraction(2, 3)], (1, 1)), exact_kl(exact([1, 2]), exact([1, 1])))


def test_scalars_come_back_as_scalars():
    values = [function([1, 2], [2, 1]) for function in PAIRS] + [entropy([1, 2]), self_information(0.3)]
    assert all(isinstance(value, float) for value in values)


def test_no_distributions_give_no_results():
    none = np.empty((4, 0))
    assert [function(none, none).shape for function in PAIRS] == [(0,)] * 5
    assert jensenshannon(none, none, keepdims=True).shape == (1, 0)


@pytest.mark.parametrize("function", PAIRS)
def test_broadcasting_is_a_loop(function):
    p, q = draw((3, 1, 4), (2, 4))
    expected = [[function(p_i[0], q_j) for q_j in q] for p_i in p]
    assert_allclose(function(p, q, axis=-1), expected, rtol=1e-14)
    assert_allclose(function(p, q, axis=2), expected, rtol=1e-14)
    moved = function(np.moveaxis(p, -1, 0), q.T[:, None], axis=0)
    assert_allclose(moved, expected, rtol=1e-14)


# Properties


@given(LAWS)
def test_cross_entropy_is_entropy_plus_divergence(laws):
    p, q, _ = laws
    assert_allclose(cross_entropy(p, q, 2), entropy(p, base=2) + kl_divergence(p, q, 2), rtol=1e-12, atol=1e-12)


@given(LAWS)
def test_js_is_the_entropy_of_the_midpoint_beyond_the_mean_entropy(laws):
    p, q, _ = laws
    js = entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2
    assert_allclose(jensen_shannon_divergence(p, q), js, atol=1e-13)
    assert_allclose(jensen_shannon_divergence(q, p), jensen_shannon_divergence(p, q), rtol=1e-10)


@given(LAWS)
def test_distance_obeys_the_triangle_inequality(laws):
    p, q, r = laws
    assert jensenshannon(p, r) <= jensenshannon(p, q) + jensenshannon(q, r) + 1e-12


@given(LAW)
def test_entropy_is_between_0_and_log_k(weights):
    h = entropy(weights, base=2)
    assert 0 <= h <= np.log2(len(weights)) + 1e-12
    assert_allclose(h, entropy(weights[::-1], base=2), atol=1e-12)
    gap = kl_divergence(weights, np.ones(len(weights)), base=2)
    assert_allclose(h, np.log2(len(weights)) - gap, atol=1e-12)


@given(LAWS, st.integers(-6, 6))
def test_only_the_ratios_of_the_weights_matter(laws, exponent):
    p, q, _ = laws
    for function in PAIRS:
        assert_allclose(function(p * 10.0**exponent, q), function(p, q), rtol=1e-7, atol=1e-14)
        assert_allclose(function(p[::-1], q[::-1]), function(p, q), rtol=1e-7, atol=1e-14)


@given(LAWS)
def test_divergences_add_over_independent_parts(laws):
    p, q, r = laws
    joint_p, joint_q = np.outer(p, r).ravel(), np.outer(q, p).ravel()
    assert_allclose(entropy(joint_p), entropy(p) + entropy(r), atol=1e-11)
    assert_allclose(kl_divergence(joint_p, joint_q), kl_divergence(p, q) + kl_divergence(r, p), rtol=1e-9, atol=1e-11)


def test_merging_outcomes_loses_information():
    p, q = draw((6, 200), (6, 200))
    merged_p, merged_q = (np.add.reduceat(weights, [0, 2, 5]) for weights in (p, q))
    for function in (kl_divergence, jensen_shannon_divergence, jensenshannon):
        assert np.all(function(merged_p, merged_q) < function(p, q))
