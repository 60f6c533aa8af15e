import pickle
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
import sklearn.decomposition
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from companion.ml.decomposition import PCA, principal_components
from tests.ml.estimators import added_by_import, check_statuses

CHECKS = [check for _, check in estimator_checks_generator(PCA()) if "check_array_api_input" not in str(check)]
IRIS = load_iris().data
FOUR = np.array([[0.0, 0.0], [1, 2], [2, 1], [3, 3]])


def drawn(n, d, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) @ rng.normal(size=(d, d)) + rng.normal(size=d)


CASES = {
    "iris": IRIS,
    "wine": load_wine().data,
    "breast cancer": load_breast_cancer().data,
    "digits, constant columns": load_digits().data,
    "wide": drawn(12, 40),
    "square": drawn(15, 15),
    "tall": drawn(500, 6),
    "constant column": np.c_[drawn(60, 3), np.full(60, 0.1)],
    "duplicate column": drawn(80, 4)[:, [0, 1, 2, 3, 1]],
    "two samples": drawn(2, 3),
    "one feature": drawn(30, 1),
    "scales": drawn(70, 4) * [1e-6, 1, 1e3, 1e6],
    "Fortran order": np.asfortranarray(drawn(60, 5)),
}
SOLVERS = ("auto", "full", "covariance_eigh")


def compare(ours, theirs, X, atol=1e-9):
    """Compare two fits; directions whose variance is rounding are free to differ."""
    top = theirs.explained_variance_[0]
    real = theirs.explained_variance_ > 1e-11 * top
    assert real.any()
    assert ours.n_components_ == theirs.n_components_
    assert ours.n_samples_ == theirs.n_samples_
    assert ours.n_features_in_ == theirs.n_features_in_
    assert ours.components_.shape == theirs.components_.shape
    assert_allclose(ours.mean_, theirs.mean_, rtol=1e-12, atol=1e-13)
    assert_allclose(ours.explained_variance_, theirs.explained_variance_, rtol=1e-9, atol=1e-13 * top)
    assert_allclose(ours.explained_variance_ratio_, theirs.explained_variance_ratio_, rtol=1e-9, atol=1e-13)
    assert_allclose(ours.singular_values_[real], theirs.singular_values_[real], rtol=1e-6)
    assert_allclose(ours.noise_variance_, theirs.noise_variance_, rtol=1e-9, atol=1e-13 * top)
    assert_allclose(ours.components_[real], theirs.components_[real], atol=atol)
    size = np.abs(theirs.transform(X)).max()
    assert_allclose(ours.transform(X)[:, real], theirs.transform(X)[:, real], atol=atol * size)


class TestParity:
    @pytest.mark.parametrize("solver", SOLVERS)
    @pytest.mark.parametrize("case", CASES)
    def test_same_as_scikit_learn(self, case, solver):
        X = CASES[case]
        theirs = sklearn.decomposition.PCA(svd_solver="full").fit(X)
        # The ratio 1e-24 of the variances is out of the covariance matrix's reach: its directions to 1e-5 at best.
        atol = {"scales": 1e-4}.get(case, 1e-7) if solver != "full" else 1e-9
        compare(PCA(svd_solver=solver).fit(X), theirs, X, atol)

    @pytest.mark.parametrize("n_components", [0, 1, 3, 4, 0.5, 0.93, 0.98, 0.999999])
    @pytest.mark.parametrize("whiten", [False, True])
    def test_number_kept_and_whitening(self, n_components, whiten):
        if n_components == 0:
            ours = PCA(0).fit(IRIS)
            assert ours.components_.shape == (0, 4)
            assert_allclose(ours.noise_variance_, np.trace(np.cov(IRIS.T)) / 4)
            return
        ours = PCA(n_components, whiten=whiten).fit(IRIS)
        theirs = sklearn.decomposition.PCA(n_components, whiten=whiten).fit(IRIS)
        compare(ours, theirs, IRIS)
        scores = theirs.transform(IRIS)
        assert_allclose(ours.fit_transform(IRIS), scores, atol=1e-10)
        assert_allclose(ours.inverse_transform(scores), theirs.inverse_transform(scores), atol=1e-10)

    @pytest.mark.parametrize(("n", "d"), [(9, 1), (10, 1), (49, 5), (50, 5), (51, 5)])
    def test_choice_of_the_solver(self, n, d):
        X = drawn(n, d)
        theirs = sklearn.decomposition.PCA().fit(X)
        ours = principal_components(X)
        expected = principal_components(X, svd_solver=theirs._fit_svd_solver)
        for found, wanted in zip(ours, expected, strict=True):
            assert_array_equal(found, wanted)

    @pytest.mark.parametrize("solver", SOLVERS)
    def test_shifted_by_1e8(self, solver):
        X = np.round(drawn(300, 4) * 1024) / 1024  # so that the shift itself rounds nothing away
        plain, shifted = PCA(svd_solver=solver).fit(X), PCA(svd_solver=solver).fit(X + 2.0**27)
        assert_allclose(shifted.explained_variance_, plain.explained_variance_, rtol=1e-9)
        assert_allclose(shifted.components_, plain.components_, atol=1e-8)
        assert_allclose(shifted.transform(X + 2.0**27), plain.transform(X), atol=1e-6)
        assert_allclose(shifted.fit_transform(X + 2.0**27), plain.transform(X), atol=1e-6)
        compare(shifted, sklearn.decomposition.PCA(svd_solver="full").fit(X + 2.0**27), X + 2.0**27, 1e-6)

    def test_float32_is_kept(self):
        X = IRIS.astype(np.float32)
        for solver in SOLVERS:
            ours = PCA(2, svd_solver=solver).fit(X)
            for array in (ours.components_, ours.mean_, ours.explained_variance_, ours.transform(X)):
                assert array.dtype == np.float32
            assert PCA(2, whiten=True).fit_transform(X).dtype == np.float32
            assert ours.inverse_transform(ours.transform(X)).dtype == np.float32
            theirs = sklearn.decomposition.PCA(2).fit(IRIS)
            assert_allclose(ours.components_, theirs.components_, atol=1e-5)
            assert_allclose(ours.explained_variance_, theirs.explained_variance_, rtol=1e-5)

    def test_long_float32_column_keeps_its_mean(self):
        X = (np.random.default_rng(0).normal(size=(400_000, 2)) + 1000).astype(np.float32)
        assert_allclose(PCA().fit(X).mean_, X.mean(axis=0, dtype=float), rtol=1e-7)

    def test_names_and_defaults_are_those_of_scikit_learn(self):
        ours, theirs = PCA().get_params(), sklearn.decomposition.PCA().get_params()
        assert ours.items() <= theirs.items()
        assert len(ours) == 4
        assert_array_equal(PCA(2).fit(IRIS).get_feature_names_out(), ["pca0", "pca1"])


class TestNotes:
    """The worked numbers of 2.3.4."""

    def test_four_points(self):
        mean, components, variances = principal_components(FOUR)
        assert mean.tolist() == [1.5, 1.5]
        assert_allclose(variances, [float(Fraction(3)), float(Fraction(1, 3))], rtol=1e-14)
        assert_allclose(np.abs(components), np.full((2, 2), 0.5**0.5), rtol=1e-14)
        assert_allclose(np.cov(PCA().fit_transform(FOUR).T), np.diag([3, 1 / 3]), atol=1e-14)

    def test_published_ratios_of_iris(self):
        # Printed in scikit-learn's user guide.
        assert_allclose(PCA(2).fit(IRIS).explained_variance_ratio_, [0.92461872, 0.05306648], atol=6e-9)

    def test_points_on_a_line_are_rebuilt(self):
        X = [[0, 0], [1, 2], [2, 4]]
        model = PCA(1).fit(X)
        assert_allclose(model.explained_variance_, [5], rtol=1e-14)
        assert_allclose(model.noise_variance_, 0, atol=1e-15)
        assert_allclose(model.inverse_transform(model.transform(X)), X, atol=1e-14)


class TestAlgorithm:
    @pytest.mark.parametrize("solver", SOLVERS)
    @pytest.mark.parametrize("case", CASES)
    def test_optimality(self, case, solver):
        X = CASES[case]
        n, d = X.shape
        model = PCA(svd_solver=solver).fit(X)
        Q, variances = model.components_, model.explained_variance_
        k = min(n, d)
        C = np.atleast_2d(np.cov(X.T))
        assert Q.shape == (k, d)
        assert_allclose(Q @ Q.T, np.eye(k), atol=1e-12)
        assert np.all(np.diff(variances) <= 0)
        assert variances.min() >= 0
        assert_allclose(C @ Q.T, Q.T * variances, atol=1e-11 * variances[0])
        assert_allclose(variances.sum(), np.trace(C), rtol=1e-12)
        assert_allclose(model.explained_variance_ratio_.sum(), 1, rtol=1e-12)
        rows = np.arange(k)
        assert np.all(Q[rows, np.abs(Q).argmax(axis=1)] > 0)

    @pytest.mark.parametrize("case", CASES)
    def test_reconstruction_error_is_what_is_dropped(self, case):
        X = CASES[case]
        n = len(X)
        _, _, variances = principal_components(X, svd_solver="full")
        for k in range(1, len(variances) + 1):
            model = PCA(k, svd_solver="full").fit(X)
            rest = X - model.inverse_transform(model.transform(X))
            assert_allclose((rest**2).sum() / (n - 1), variances[k:].sum(), rtol=1e-6, atol=1e-13 * variances[0])
            if k < len(variances):
                assert_allclose(model.noise_variance_, variances[k:].mean(), rtol=1e-12)

    def test_no_other_plane_does_better(self):
        X = IRIS - IRIS.mean(axis=0)
        best = ((X - PCA(2).fit(X).inverse_transform(PCA(2).fit_transform(X))) ** 2).sum()
        rng = np.random.default_rng(0)
        for _ in range(200):
            Q = np.linalg.qr(rng.normal(size=(4, 2)))[0]
            assert ((X - X @ Q @ Q.T) ** 2).sum() >= best

    def test_whitened_scores(self):
        for case in ("iris", "wine", "tall"):
            X = CASES[case]
            model = PCA(whiten=True, svd_solver="full").fit(X)
            k = model.n_components_
            assert_allclose(np.cov(model.transform(X).T), np.eye(k), atol=1e-9)
            assert_allclose(model.inverse_transform(model.transform(X)), X, rtol=1e-9, atol=1e-9)
            assert_allclose(PCA(whiten=True, svd_solver="full").fit_transform(X), model.transform(X), atol=1e-12)

    def test_whitening_is_finite_without_variance(self):
        X = np.zeros((20, 2))
        X[:, 0] = np.arange(20) - 9.5
        model = PCA(whiten=True).fit(X)
        assert model.explained_variance_[1] == 0
        assert_array_equal(model.transform(X)[:, 1], 0)
        assert_allclose(model.inverse_transform([[0, 1]])[0], [0, 1], atol=1e-14)
        tiny = PCA(whiten=True).fit(IRIS * 1e-20)
        assert_allclose(np.var(tiny.transform(IRIS * 1e-20), axis=0, ddof=1), 1, rtol=1e-9)

    def test_small_variances_are_found_by_the_svd(self):
        rng = np.random.default_rng(4)
        left = np.linalg.qr(rng.normal(size=(200, 3)) - rng.normal(size=(200, 3)).mean(axis=0))[0]
        left = np.linalg.qr(left - left.mean(axis=0))[0]
        right = np.linalg.qr(rng.normal(size=(3, 3)))[0]
        X = left * [1, 1e-3, 1e-9] @ right
        full = principal_components(X, svd_solver="full").variances
        assert_allclose(full * 199, [1, 1e-6, 1e-18], rtol=1e-5)
        tiny = principal_components(X, svd_solver="covariance_eigh").variances[2] * 199
        assert abs(tiny / 1e-18 - 1) > 0.5

    def test_share_that_rounding_keeps_out_of_reach(self):
        model = PCA(np.nextafter(1, 0)).fit(IRIS)
        assert model.n_components_ == 4

    @pytest.mark.parametrize("solver", SOLVERS)
    def test_a_share_must_be_exceeded(self, solver):
        cross = np.array([[1.0, 0], [-1, 0], [0, 1], [0, -1]] * 5)
        shares = PCA(svd_solver=solver).fit(cross).explained_variance_ratio_
        assert shares.tolist() == [0.5, 0.5]
        assert PCA(0.5, svd_solver=solver).fit(cross).n_components_ == 2
        assert PCA(0.49, svd_solver=solver).fit(cross).n_components_ == 1
        assert sklearn.decomposition.PCA(0.5, svd_solver="full").fit(cross).n_components_ == 2

    @pytest.mark.parametrize("share", [0.3, 0.9246, 0.9247, 0.97, 0.978, 0.99])
    def test_share(self, share):
        model = PCA(share).fit(IRIS)
        shares = np.cumsum(PCA().fit(IRIS).explained_variance_ratio_)
        assert shares[model.n_components_ - 1] > share
        assert model.n_components_ == 1 or shares[model.n_components_ - 2] <= share

    @given(st.integers(0, 10**6), st.integers(2, 25), st.integers(1, 6), st.sampled_from(SOLVERS))
    @settings(deadline=None, max_examples=60)
    def test_what_may_not_matter(self, seed, n, d, solver):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(n, d)) * 2.0 ** rng.integers(-3, 4, d)
        variances = principal_components(X, svd_solver=solver).variances
        same = {"atol": 1e-12 * variances[0], "rtol": 1e-9}
        for other in (
            X[rng.permutation(n)],
            X[:, rng.permutation(d)],
            X + 2.0**10,
            -X,
            X @ np.linalg.qr(rng.normal(size=(d, d)))[0],
        ):
            assert_allclose(principal_components(other, svd_solver=solver).variances, variances, **same)
        for scale in (1e-6, 1e6):
            scaled = principal_components(scale * X, svd_solver=solver).variances
            assert_allclose(scaled / scale**2, variances, **same)

    def test_data_are_not_modified(self):
        X = IRIS.copy()
        X.flags.writeable = False
        for solver in SOLVERS:
            model = PCA(2, svd_solver=solver, copy=False)
            scores = model.fit_transform(X)
            scores.flags.writeable = False
            model.inverse_transform(scores)
            assert_allclose(model.transform(X), scores, atol=1e-13)
        assert_array_equal(X, IRIS)
        assert PCA().fit(FOUR.tolist()).mean_.tolist() == [1.5, 1.5]

    def test_second_fit_forgets_the_first(self):
        model = PCA(0.9).fit(IRIS)
        model.fit(FOUR)
        assert_array_equal(model.components_, PCA(0.9).fit(FOUR).components_)
        assert (model.n_samples_, model.n_features_in_, model.n_components) == (4, 2, 0.9)


class TestScikitLearn:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
    def test_check_estimator(self, check):
        check(PCA())

    def test_no_check_is_skipped(self):
        counts = check_statuses(PCA)
        assert counts.keys() == {"passed"}
        assert counts["passed"] >= len(CHECKS) > 40

    def test_grid_search_in_a_pipeline(self):
        data = load_wine()
        pipeline = make_pipeline(StandardScaler(), PCA(), LogisticRegression())
        search = GridSearchCV(pipeline, {"pca__n_components": [1, 2, 0.8]}, cv=3).fit(data.data, data.target)
        assert search.best_score_ > 0.94

    def test_clone_and_pickle(self):
        model = PCA(2).fit(IRIS)
        with pytest.raises(NotFittedError):
            clone(model).transform(IRIS)
        with pytest.raises(NotFittedError):
            clone(model).inverse_transform([[0, 0]])
        assert_array_equal(pickle.loads(pickle.dumps(model)).transform(IRIS), model.transform(IRIS))

    def test_pandas_output(self):
        frame = pd.DataFrame(IRIS, columns=list("abcd"), index=np.arange(150)[::-1])
        model = PCA(2).set_output(transform="pandas")
        out = model.fit_transform(frame)
        assert out.columns.tolist() == ["pca0", "pca1"]
        assert out.index.tolist() == frame.index.tolist()
        assert model.feature_names_in_.tolist() == list("abcd")

    def test_import_adds_nothing_heavy_to_scikit_learn(self):
        added = added_by_import(PCA)
        assert "companion.ml" in added
        assert not {"scipy.stats", "matplotlib", "pandas", "sklearn.decomposition"} & added
