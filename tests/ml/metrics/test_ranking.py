"""ROC and precision-recall curves against scikit-learn, and against what areas mean."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import metrics as sk

from companion.ml.metrics import auc, average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

RNG = np.random.default_rng(1)


def noisy(n, share, ties):
    y = (RNG.uniform(size=n) < share).astype(int)
    y[:2] = 0, 1
    score = y + RNG.normal(size=n)
    return y, np.round(score, 1) if ties else score


SETS = {
    "four": ([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]),
    "smooth": noisy(300, 0.5, ties=False),
    "ties": noisy(300, 0.3, ties=True),
    "rare": noisy(2000, 0.01, ties=False),
    "all scores equal": ([0, 1, 1, 0], [0.5] * 4),
    "perfect": ([0, 0, 1, 1], [1, 2, 3, 4]),
    "reversed": ([1, 1, 0, 0], [1, 2, 3, 4]),
    "minus one": ([-1, -1, 1], [3.0, 1.0, 2.0]),
    "straight": ([0, 1, 0, 1, 0, 1], [3, 3, 2, 2, 1, 1]),
    "two samples": ([1, 0], [0.5, 0.5]),
    "near": ([0, 1, 0, 1], [1.0, 1.0 + 1e-15, 1.0 - 1e-15, 1.0]),
}
ALL = pytest.mark.parametrize("data", SETS.values(), ids=SETS)


@ALL
@pytest.mark.parametrize("drop", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
def test_curves_as_in_scikit_learn(data, drop, weighted):
    weights = np.random.default_rng(2).uniform(0.1, 2, len(data[0])) if weighted else None
    options = {"drop_intermediate": drop, "sample_weight": weights}
    for ours, theirs in ((roc_curve, sk.roc_curve), (precision_recall_curve, sk.precision_recall_curve)):
        for a, b in zip(ours(*data, **options), theirs(*data, **options), strict=True):
            assert_allclose(a, b, rtol=1e-12, atol=1e-15)


@ALL
@pytest.mark.parametrize("weighted", [False, True])
def test_areas_as_in_scikit_learn(data, weighted):
    weights = np.random.default_rng(2).uniform(0.1, 2, len(data[0])) if weighted else None
    for ours, theirs in ((roc_auc_score, sk.roc_auc_score), (average_precision_score, sk.average_precision_score)):
        assert_allclose(ours(*data, sample_weight=weights), theirs(*data, sample_weight=weights), rtol=1e-12)


def test_a_weight_of_0_leaves_a_sample_out():
    y, score = SETS["ties"]
    weights = np.arange(len(y)) % 3
    kept = weights > 0
    for curve in (roc_curve, precision_recall_curve):
        for a, b in zip(
            curve(y, score, sample_weight=weights),
            curve(y[kept], score[kept], sample_weight=weights[kept]),
            strict=True,
        ):
            assert_array_equal(a, b)


@pytest.mark.parametrize("labels", [("no", "yes"), (1, 2), (3.0, 7.0)])
def test_the_positive_class_can_be_named(labels):
    y, score = SETS["smooth"]
    named = np.array(labels)[y]
    for curve in (roc_curve, precision_recall_curve):
        for a, b in zip(curve(named, score, pos_label=labels[1]), curve(y, score), strict=True):
            assert_array_equal(a, b)
    assert roc_auc_score(named, score) == roc_auc_score(y, score)
    assert average_precision_score(named, score, pos_label=labels[1]) == average_precision_score(y, score)


def test_precision_without_a_negative_sample_is_1():
    precision, recall, _ = precision_recall_curve([1, 1], [0.2, 0.7])
    assert precision.tolist() == [1, 1, 1]
    assert recall.tolist() == [1, 0.5, 0]


SAMPLES = st.lists(st.tuples(st.booleans(), st.integers(-5, 5)), min_size=2, max_size=40)


def both(rows):
    y, score = (np.array(column) for column in zip(*rows, strict=True))
    assume(0 < y.sum() < len(y))
    return y.astype(int), score.astype(float)


@given(SAMPLES)
def test_the_area_is_the_probability_to_rank_a_pair_rightly(rows):
    y, score = both(rows)
    gap = score[y == 1][:, None] - score[y == 0]
    assert_allclose(roc_auc_score(y, score), np.mean((gap > 0) + 0.5 * (gap == 0)), rtol=1e-12)


@given(SAMPLES)
def test_only_the_order_of_the_scores_counts_and_reversing_it_mirrors_the_area(rows):
    y, score = both(rows)
    assert roc_auc_score(y, np.exp(score) * 1e6 + 1e8) == roc_auc_score(y, score)
    assert_allclose(roc_auc_score(y, -score), 1 - roc_auc_score(y, score), atol=1e-12)
    assert_allclose(average_precision_score(y, 3 * score - 1e6), average_precision_score(y, score))


@given(SAMPLES)
def test_curves_are_those_of_the_definition(rows):
    y, score = both(rows)
    fpr, tpr, thresholds = roc_curve(y, score, drop_intermediate=False)
    flagged = score >= thresholds[:, None]
    assert_allclose(tpr, flagged[:, y == 1].mean(axis=1))
    assert_allclose(fpr, flagged[:, y == 0].mean(axis=1))
    precision, recall, thresholds = precision_recall_curve(y, score)
    flagged = score >= thresholds[:, None]
    assert_allclose(recall[:-1], flagged[:, y == 1].mean(axis=1))
    assert_allclose(precision[:-1], (flagged & (y == 1)).sum(axis=1) / flagged.sum(axis=1))


@given(SAMPLES)
def test_dropped_points_do_not_change_the_area(rows):
    y, score = both(rows)
    short, long = roc_curve(y, score), roc_curve(y, score, drop_intermediate=False)
    assert len(short.fpr) <= len(long.fpr)
    assert_allclose(auc(short.fpr, short.tpr), auc(long.fpr, long.tpr), atol=1e-12)


def test_rates_rise_and_begin_at_0():
    fpr, tpr, thresholds = roc_curve(*SETS["ties"])
    assert fpr[0] == tpr[0] == 0
    assert fpr[-1] == tpr[-1] == 1
    assert thresholds[0] == np.inf
    assert (np.diff(fpr) >= 0).all()
    assert (np.diff(tpr) >= 0).all()
    assert (np.diff(thresholds) < 0).all()


def test_ten_patients():
    """The worked example of section 2.2.9 of the notes: 19 of the 25 pairs are in order."""
    y = [1, 0, 1, 1, 0, 1, 1, 0, 0, 0]
    score = [0.95, 0.85, 0.72, 0.63, 0.59, 0.45, 0.37, 0.20, 0.12, 0.05]
    assert_allclose(roc_auc_score(y, score), 0.76)


def test_random_scores_have_area_one_half_and_the_share_of_positives():
    y = (np.arange(100_000) % 10 == 0).astype(int)
    score = np.random.default_rng(3).uniform(size=100_000)
    assert abs(roc_auc_score(y, score) - 0.5) < 0.02
    assert abs(average_precision_score(y, score) - 0.1) < 0.01


@pytest.mark.parametrize(("x", "y"), [([0, 1], [0, 1]), ([1, 0.5, 0], [0.3, 0.2, 0.9]), ([0, 0, 2], [1, 5, 5])])
def test_auc_as_in_scikit_learn(x, y):
    assert_allclose(auc(x, y), sk.auc(x, y), rtol=1e-15)


def test_inputs_are_not_changed():
    y, score = (np.array(values, dtype=float) for values in SETS["four"])
    for array in (y, score):
        array.setflags(write=False)
    assert roc_auc_score(y, score) == 0.75
    assert_allclose(average_precision_score(y, score), 5 / 6)
