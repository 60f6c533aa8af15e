"""Confusion matrices and the rates made of them, against scikit-learn."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn import metrics as sk
from sklearn.exceptions import UndefinedMetricWarning

from companion.ml.metrics import (
    accuracy_score,
    balanced_accuracy_score,
    confusion_matrix,
    f1_score,
    fbeta_score,
    matthews_corrcoef,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
)

RNG = np.random.default_rng(0)
PAIRS = {
    "binary": (RNG.integers(0, 2, 200), RNG.integers(0, 2, 200)),
    "rare": ((RNG.uniform(size=500) < 0.02).astype(int), (RNG.uniform(size=500) < 0.05).astype(int)),
    "four classes": (RNG.integers(0, 4, 300), RNG.integers(0, 4, 300)),
    "a class never predicted": ([0, 1, 2, 2, 1], [0, 1, 1, 0, 1]),
    "a class that is not there": ([0, 0, 1, 1], [0, 2, 1, 1]),
    "texts": (np.array(["b", "a", "c", "a"]), np.array(["b", "c", "c", "a"])),
    "booleans": ([True, False, True], [True, True, False]),
    "negative labels": ([-1, 1, 1, -1], [-1, -1, 1, 1]),
    "one sample": ([1], [1]),
    "objects": (np.array(["no", "yes", "no"], dtype=object), np.array(["no", "no", "yes"], dtype=object)),
}
ALL = pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
AVERAGES = [None, "micro", "macro", "weighted"]


def weights_of(y):
    return np.random.default_rng(len(y)).uniform(0.1, 3, len(y))


@pytest.fixture(autouse=True)
def _quiet():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UndefinedMetricWarning)
        warnings.filterwarnings("ignore", message="y_pred contains classes not in y_true")
        warnings.filterwarnings("ignore", message="A single label was found")
        yield


@ALL
@pytest.mark.parametrize("normalize", [None, "true", "pred", "all"])
@pytest.mark.parametrize("weighted", [False, True])
def test_confusion_matrix_as_in_scikit_learn(pair, normalize, weighted):
    options = {"normalize": normalize, "sample_weight": weights_of(pair[0]) if weighted else None}
    ours, theirs = confusion_matrix(*pair, **options), sk.confusion_matrix(*pair, **options)
    assert_allclose(ours, theirs, rtol=1e-12)
    assert ours.dtype == theirs.dtype


@pytest.mark.parametrize("labels", [[2, 0, 1, 3], [3, 1], [0], [1, 7, 0]])
def test_labels_choose_and_order_the_classes(labels):
    pair = PAIRS["four classes"]
    assert_array_equal(confusion_matrix(*pair, labels=labels), sk.confusion_matrix(*pair, labels=labels))
    for average in AVERAGES:
        ours = precision_recall_fscore_support(*pair, labels=labels, average=average)
        theirs = sk.precision_recall_fscore_support(*pair, labels=labels, average=average)
        for a, b in zip(ours[:3], theirs[:3], strict=True):
            assert_allclose(a, b, rtol=1e-12)


def test_rows_are_the_truth():
    tn, fp, fn, tp = confusion_matrix([0, 0, 0, 1, 1], [0, 0, 1, 0, 1]).ravel()
    assert (tn, fp, fn, tp) == (2, 1, 1, 1)
    assert confusion_matrix([0, 0, 1], [1, 1, 1]).tolist() == [[0, 2], [0, 1]]


@ALL
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("average", AVERAGES)
@pytest.mark.parametrize("beta", [1.0, 0.5, 2.0])
def test_precision_recall_and_f_as_in_scikit_learn(pair, weighted, average, beta):
    options = {"average": average, "beta": beta, "sample_weight": weights_of(pair[0]) if weighted else None}
    ours = precision_recall_fscore_support(*pair, **options)
    theirs = sk.precision_recall_fscore_support(*pair, **options)
    for a, b in zip(ours[:3], theirs[:3], strict=True):
        assert_allclose(a, b, rtol=1e-12)
        assert np.shape(a) == np.shape(b)
    assert (ours.support is None) == (theirs[3] is None)
    if average is None:
        assert_allclose(ours.support, theirs[3], rtol=1e-12)


@pytest.mark.parametrize("name", ["binary", "rare", "one sample"])
@pytest.mark.parametrize(
    ("ours", "theirs", "options"),
    [
        (precision_score, sk.precision_score, {}),
        (recall_score, sk.recall_score, {}),
        (f1_score, sk.f1_score, {}),
        (fbeta_score, sk.fbeta_score, {"beta": 3}),
        (precision_score, sk.precision_score, {"pos_label": 0}),
        (recall_score, sk.recall_score, {"average": "macro"}),
        (f1_score, sk.f1_score, {"average": None}),
        (fbeta_score, sk.fbeta_score, {"beta": 0.5, "average": "weighted", "labels": [1]}),
    ],
)
def test_each_score_by_itself(name, ours, theirs, options):
    if name == "one sample" and options.get("pos_label") == 0:
        options = {}
    assert_allclose(ours(*PAIRS[name], **options), theirs(*PAIRS[name], **options), rtol=1e-13)


@pytest.mark.parametrize("zero_division", [0, 1, 1.0, np.nan])
@pytest.mark.parametrize("average", [*AVERAGES, "binary"])
def test_what_zero_by_zero_is_can_be_chosen(zero_division, average):
    for pair in ([0, 0, 1], [0, 0, 0]), ([0, 0, 0], [0, 1, 0]), ([0, 0], [0, 0]):
        ours = precision_recall_fscore_support(*pair, average=average, zero_division=zero_division)
        theirs = sk.precision_recall_fscore_support(*pair, average=average, zero_division=zero_division)
        for a, b in zip(ours[:3], theirs[:3], strict=True):
            assert_allclose(a, b, rtol=1e-12)


def test_a_score_warns_of_itself_alone():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert recall_score([0, 1], [0, 0]) == 0
        assert precision_score([0, 0], [0, 1]) == 0
        assert f1_score([0, 1], [0, 0]) == 0


def test_zero_by_zero_warns_and_is_0():
    with pytest.warns(UndefinedMetricWarning, match="precision is 0/0 and set to 0 for 1 of 1 classes") as caught:
        assert precision_score([0, 1], [0, 0]) == 0
    assert caught[0].filename == __file__
    with pytest.warns(UndefinedMetricWarning, match="recall is 0/0"):
        assert recall_score([0, 0], [0, 1]) == 0


@ALL
@pytest.mark.parametrize("weighted", [False, True])
def test_single_numbers_as_in_scikit_learn(pair, weighted):
    weights = weights_of(pair[0]) if weighted else None
    for ours, theirs in (
        (accuracy_score, sk.accuracy_score),
        (balanced_accuracy_score, sk.balanced_accuracy_score),
        (matthews_corrcoef, sk.matthews_corrcoef),
    ):
        assert_allclose(
            ours(*pair, sample_weight=weights), theirs(*pair, sample_weight=weights), rtol=1e-11, atol=1e-15
        )
    count = accuracy_score(*pair, normalize=False, sample_weight=weights)
    assert_allclose(count, sk.accuracy_score(*pair, normalize=False, sample_weight=weights), rtol=1e-13)


@pytest.mark.parametrize("name", ["four classes", "a class that is not there"])
def test_adjusted_balanced_accuracy(name):
    pair = PAIRS[name]
    assert_allclose(
        balanced_accuracy_score(*pair, adjusted=True), sk.balanced_accuracy_score(*pair, adjusted=True), rtol=1e-12
    )
    assert balanced_accuracy_score([0, 0, 1], [0, 0, 0], adjusted=True) == 0


@pytest.mark.parametrize(
    ("true", "predicted", "mcc"), [([0, 1], [1, 0], -1), ([0, 1, 1], [0, 1, 1], 1), ([0, 0], [0, 0], 0)]
)
def test_the_ends_of_matthews_coefficient(true, predicted, mcc):
    assert matthews_corrcoef(true, predicted) == mcc


LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=30)


@given(LABELS)
def test_weights_are_repeats(rows):
    true, predicted, weights = (np.array(column) for column in zip(*rows, strict=True))
    long = np.repeat(true, weights), np.repeat(predicted, weights)
    assert_allclose(confusion_matrix(true, predicted, sample_weight=weights), confusion_matrix(*long))
    assert_allclose(accuracy_score(true, predicted, sample_weight=weights), accuracy_score(*long))
    a = precision_recall_fscore_support(true, predicted, sample_weight=weights, average="macro")
    b = precision_recall_fscore_support(*long, average="macro")
    assert_allclose(a[:3], b[:3])


@given(LABELS, st.permutations(range(4)))
def test_names_of_classes_do_not_matter(rows, names):
    true, predicted, _ = (np.array(column) for column in zip(*rows, strict=True))
    renamed = np.array(names)[true], np.array(names)[predicted]
    assert_allclose(matthews_corrcoef(*renamed), matthews_corrcoef(true, predicted), atol=1e-12)
    assert_allclose(
        f1_score(*renamed, average="macro", zero_division=0),
        f1_score(true, predicted, average="macro", zero_division=0),
    )
    assert accuracy_score(*renamed) == accuracy_score(true, predicted)


@given(LABELS)
def test_f1_is_the_harmonic_mean_and_micro_f1_the_accuracy(rows):
    true, predicted, _ = (np.array(column) for column in zip(*rows, strict=True))
    result = precision_recall_fscore_support(true, predicted, zero_division=0)
    p, r = result.precision, result.recall
    harmonic = np.divide(2 * p * r, p + r, out=np.zeros_like(p), where=p + r > 0)
    assert_allclose(result.fbeta_score, harmonic, atol=1e-15)
    assert_allclose(f1_score(true, predicted, average="micro"), accuracy_score(true, predicted))


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.1, 3)), min_size=1, max_size=12))
def test_one_class_alone_is_uncorrelated_whatever_the_weights(rows):
    classes, weights = (np.array(column) for column in zip(*rows, strict=True))
    for pair in (np.zeros_like(classes), classes), (classes, np.zeros_like(classes)):
        assert matthews_corrcoef(*pair, sample_weight=weights) == 0


@pytest.mark.parametrize("scale", [1e-200, 1e-9, 1e200])
def test_matthews_coefficient_has_no_unit(scale):
    true, predicted = PAIRS["four classes"]
    weights = weights_of(true)
    assert_allclose(
        matthews_corrcoef(true, predicted, sample_weight=scale * weights),
        matthews_corrcoef(true, predicted, sample_weight=weights),
        rtol=1e-12,
    )


@pytest.mark.parametrize(
    "weights", [[2, 3, 1], [True, False, True], np.array([2, 3, 1], dtype=np.uint8), [2.0, 3.0, 1.0]]
)
def test_integer_weights_give_integer_counts(weights):
    ours = confusion_matrix([0, 1, 1], [0, 0, 1], sample_weight=weights)
    theirs = sk.confusion_matrix([0, 1, 1], [0, 0, 1], sample_weight=np.asarray(weights))
    assert_array_equal(ours, theirs)
    assert ours.dtype == theirs.dtype


def test_published_examples():
    """Those of the scikit-learn reference: three classes, and Matthews' coefficient of four labels."""
    assert confusion_matrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]).tolist() == [[2, 0, 0], [0, 0, 1], [1, 0, 2]]
    assert_allclose(matthews_corrcoef([+1, +1, +1, -1], [+1, -1, +1, +1]), -1 / 3)


def test_inputs_are_not_changed():
    true, predicted = np.array([0, 1, 1]), np.array([1, 1, 0])
    for array in (true, predicted):
        array.setflags(write=False)
    assert confusion_matrix(true, predicted).sum() == 3
    assert f1_score(true, predicted) == 0.5
