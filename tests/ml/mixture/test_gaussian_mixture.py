import pickle
import tracemalloc
import warnings

import numpy as np
import pandas as pd
import pytest
import sklearn.mixture
from hypothesis import assume, example, given, reject, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import chi2, chisquare, multivariate_normal
from sklearn.base import clone
from sklearn.datasets import load_iris, load_wine, make_blobs, make_moons
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import estimator_checks_generator

from companion.datasets import load_old_faithful
from companion.ml.mixture import GaussianMixture, Mixture, e_step, log_gaussian, m_step
from tests.ml.estimators import check_statuses

CHECKS = [
    check for _, check in estimator_checks_generator(GaussianMixture()) if "check_array_api_input" not in str(check)
]
TYPES = ["full", "tied", "diag", "spherical"]
GEYSER = load_old_faithful().data
IRIS = load_iris().data


def blobs(n=300, k=3, d=2, seed=0, spread=1.5):
    return make_blobs(n, centers=k, n_features=d, cluster_std=spread, random_state=seed)[0]


LINE = np.linspace(-3, 5, 60)
CASES = {
    "Old Faithful": (GEYSER, 2),
    "iris": (IRIS, 3),
    "wine": (load_wine().data[:, :5], 3),
    "blobs": (blobs(), 3),
    "overlapping blobs": (blobs(400, 5, 3, 2, 3.0), 4),
    "moons": (make_moons(300, noise=0.1, random_state=1)[0], 4),
    "one component": (blobs(100, 1), 1),
    "one feature": (blobs(200, 2, 1), 2),
    "duplicates": (np.repeat(blobs(40), 5, axis=0), 3),
    "collinear": (np.c_[LINE, 2 * LINE], 2),
    "constant column": (np.c_[blobs(), np.full(300, 7.0)], 3),
    "shifted": (blobs() + 1e4, 3),
    "one far point": (np.vstack([blobs(), [[100.0, 0]]]), 3),
    "Fortran order": (np.asfortranarray(blobs()), 3),
    "two points": (np.array([[0.0, 1], [4, 5]]), 2),
}


def start(X, k, covariance_type, seed=0):
    """Return a start as the arguments of both estimators."""
    rng = np.random.default_rng(seed)
    means = X[rng.choice(len(X), k, replace=False)] + 0.01 * X.std(axis=0)
    variances = X.var(axis=0) + 1e-3 * (1 + X.var(axis=0).max())
    precisions = {
        "full": np.stack([np.diag(1 / variances)] * k),
        "tied": np.diag(1 / variances),
        "diag": np.stack([1 / variances] * k),
        "spherical": np.full(k, 1 / variances.mean()),
    }[covariance_type]
    return {"means_init": means, "weights_init": np.full(k, 1 / k), "precisions_init": precisions}


def fit(cls, X, k, covariance_type, **kwargs):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return cls(k, covariance_type=covariance_type, **{"max_iter": 200, **kwargs}).fit(X)


def matrices(model):
    """Return the covariances of all components as matrices."""
    k, d = model.means_.shape
    cov = model.covariances_
    return {
        "full": lambda: cov,
        "tied": lambda: np.stack([cov] * k),
        "diag": lambda: np.stack([np.diag(c) for c in cov]),
        "spherical": lambda: np.stack([c * np.eye(d) for c in cov]),
    }[model.covariance_type]()


def mixture_of(model):
    return Mixture(model.weights_, model.means_, model.covariances_)


class TestParity:
    @pytest.mark.parametrize("covariance_type", TYPES)
    @pytest.mark.parametrize("case", CASES)
    def test_same_as_scikit_learn(self, case, covariance_type):
        X, k = CASES[case]
        # Where a variance is only reg_covar, scikit-learn's E[x²] - E[x]² has few digits left; ours has all.
        narrow = ("collinear", "constant column", "two points", "shifted", "one far point")
        loose = 1e-4 if case in narrow else 1e-7
        given = start(X, k, covariance_type)
        ours = fit(GaussianMixture, X, k, covariance_type, **given)
        theirs = fit(sklearn.mixture.GaussianMixture, X, k, covariance_type, **given)
        scale = np.abs(theirs.covariances_).max()
        assert ours.n_iter_ == theirs.n_iter_
        assert ours.converged_ == theirs.converged_
        assert_allclose(ours.lower_bound_, theirs.lower_bound_, rtol=1e-9 if loose < 1e-6 else 1e-6)
        assert_allclose(ours.lower_bounds_, theirs.lower_bounds_, rtol=1e-6)
        assert_allclose(ours.weights_, theirs.weights_, atol=loose)
        assert_allclose(ours.means_, theirs.means_, rtol=loose, atol=loose)
        assert_allclose(ours.covariances_, theirs.covariances_, atol=loose * scale)
        assert_allclose(ours.predict_proba(X), theirs.predict_proba(X), atol=100 * loose)
        assert_allclose(ours.score_samples(X), theirs.score_samples(X), rtol=1e-6, atol=100 * loose)
        assert_allclose(ours.bic(X), theirs.bic(X), rtol=1e-6)
        assert_allclose(ours.aic(X), theirs.aic(X), rtol=1e-6)

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_same_attributes(self, covariance_type):
        given = start(IRIS, 3, covariance_type)
        ours = fit(GaussianMixture, IRIS, 3, covariance_type, **given)
        theirs = fit(sklearn.mixture.GaussianMixture, IRIS, 3, covariance_type, **given)
        public = {name for name in vars(theirs) if not name.startswith("_")}
        assert public <= set(vars(ours)) | {"precisions_"}
        for name in ("precisions_", "precisions_cholesky_", "covariances_", "means_", "weights_"):
            found, expected = getattr(ours, name), getattr(theirs, name)
            assert found.shape == expected.shape
            assert_allclose(found, expected, rtol=1e-6, atol=1e-6 * np.abs(expected).max())

    @pytest.mark.parametrize("covariance_type", TYPES)
    @pytest.mark.parametrize("init_params", ["random", "random_from_data", "k-means++"])
    def test_a_seed_starts_at_the_same_place(self, covariance_type, init_params):
        if covariance_type == "tied" and init_params != "random":
            covariance_type = "full"  # scikit-learn's tied estimate presumes that the shares of each point add up to 1
        X = blobs()
        kwargs = {"init_params": init_params, "random_state": 3, "max_iter": 3, "tol": 0}
        if init_params == "random_from_data":  # a component of one point
            kwargs["reg_covar"] = 0.1
        ours = fit(GaussianMixture, X, 3, covariance_type, **kwargs)
        theirs = fit(sklearn.mixture.GaussianMixture, X, 3, covariance_type, **kwargs)
        assert_allclose(ours.means_, theirs.means_, rtol=1e-6)

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_a_seed_samples_the_same_points(self, covariance_type):
        given = start(IRIS, 3, covariance_type)
        ours = fit(GaussianMixture, IRIS, 3, covariance_type, **given, random_state=5)
        theirs = fit(sklearn.mixture.GaussianMixture, IRIS, 3, covariance_type, **given, random_state=5)
        for found, expected in zip(ours.sample(50), theirs.sample(50), strict=True):
            assert_allclose(found, expected, rtol=1e-6, atol=1e-6)

    def test_names_and_defaults_are_those_of_scikit_learn(self):
        assert GaussianMixture().get_params() == sklearn.mixture.GaussianMixture().get_params()

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_float32_is_kept(self, covariance_type):
        X = blobs().astype(np.float32)
        model = fit(GaussianMixture, X, 3, covariance_type, random_state=0)
        double = fit(GaussianMixture, X.astype(float), 3, covariance_type, random_state=0)
        for array in (model.means_, model.covariances_, model.weights_, model.score_samples(X), model.predict_proba(X)):
            assert array.dtype == np.float32
        assert_allclose(model.score(X), double.score(X.astype(float)), rtol=1e-4)


class TestPublished:
    def test_old_faithful(self):
        # R's mclust, and every textbook since: two full components.
        model = GaussianMixture(2, tol=1e-10, reg_covar=0, max_iter=1000, random_state=0).fit(GEYSER)
        order = model.weights_.argsort()
        assert_allclose(model.score(GEYSER) * 272, -1130.264, atol=5e-4)
        assert_allclose(model.means_[order], [[2.036, 54.479], [4.290, 79.968]], atol=1e-3)
        assert_allclose(model.weights_[order], [0.356, 0.644], atol=1e-3)

    def test_one_component_is_the_sample(self):
        model = GaussianMixture(reg_covar=0).fit(GEYSER)
        assert_allclose(model.means_[0], GEYSER.mean(axis=0))
        assert_allclose(model.covariances_[0], np.cov(GEYSER.T, bias=True))


class TestSteps:
    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_densities_are_those_of_scipy(self, covariance_type):
        model = fit(GaussianMixture, IRIS, 3, covariance_type, random_state=0)
        expected = np.stack(
            [multivariate_normal(m, c).logpdf(IRIS) for m, c in zip(model.means_, matrices(model), strict=True)], axis=1
        )
        found = log_gaussian(IRIS, model.means_, model.covariances_, covariance_type)
        assert_allclose(found, expected, rtol=1e-9, atol=1e-9)

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_steps_are_those_of_the_estimator(self, covariance_type):
        model = fit(GaussianMixture, IRIS, 3, covariance_type, random_state=0, reg_covar=1e-6)
        shares, value = e_step(IRIS, mixture_of(model), covariance_type)
        assert_allclose(shares, model.predict_proba(IRIS), atol=1e-14)
        assert_allclose(value, model.score(IRIS) * 150)
        further = m_step(IRIS, shares, covariance_type, reg_covar=1e-6)
        again = fit(
            GaussianMixture,
            IRIS,
            3,
            covariance_type,
            max_iter=1,
            weights_init=model.weights_,
            means_init=model.means_,
            precisions_init=model.precisions_,
        )
        for found, expected in zip(further, mixture_of(again), strict=True):
            assert_allclose(found, expected, rtol=1e-7)

    def test_labels_make_it_maximum_likelihood_with_labels(self):
        labels = load_iris().target
        fitted = m_step(IRIS, np.eye(3)[labels])
        theirs = QuadraticDiscriminantAnalysis(store_covariance=True).fit(IRIS, labels)
        assert_allclose(fitted.weights, theirs.priors_)
        assert_allclose(fitted.means, theirs.means_)
        for k in range(3):
            assert_allclose(fitted.covariances[k], np.cov(IRIS[labels == k].T, bias=True))

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_m_step_maximises_the_expected_likelihood(self, covariance_type):
        rng = np.random.default_rng(0)
        X, shares = blobs(50), rng.dirichlet(np.ones(2), 50)

        def expected(mixture):
            logs = log_gaussian(X, mixture.means, mixture.covariances, covariance_type) + np.log(mixture.weights)
            return (shares * logs).sum()

        best = m_step(X, shares, covariance_type)
        top = expected(best)
        for _ in range(50):
            weights = best.weights * np.exp(0.1 * rng.normal(size=2))
            moved = best._replace(weights=weights / weights.sum(), means=best.means + 0.1 * rng.normal(size=(2, 2)))
            stretched = best._replace(covariances=best.covariances * np.exp(0.2 * rng.normal()))
            assert expected(moved) < top
            assert expected(stretched) <= top

    def test_far_points_keep_their_responsibilities(self):
        mixture = Mixture(np.array([0.5, 0.5]), np.array([[0.0], [1.0]]), np.ones(2))
        shares, value = e_step([[1e6], [-1e6]], mixture, "spherical")
        assert_array_equal(shares, [[0, 1], [1, 0]])
        assert_allclose(value, -1e12, rtol=1e-5)

    def test_a_narrow_component_is_out_of_reach_before_a_wide_one(self):
        X, weights, means = [[1e153]], [0.5, 0.5], [[0.0], [1.0]]
        shares, value = e_step(X, Mixture(np.array(weights), np.array(means), np.array([1e-6, 1.0])), "spherical")
        assert_array_equal(shares, [[0, 1]])
        assert_allclose(value, -0.5e306)

    def test_a_point_out_of_reach_has_the_density_zero(self):
        model = GaussianMixture(2, random_state=0).fit(1e-3 * GEYSER)
        theirs = sklearn.mixture.GaussianMixture(2, random_state=0).fit(1e-3 * GEYSER)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert_array_equal(model.score_samples([[1e154, 0.0]]), [-np.inf])
        with np.errstate(over="ignore"):
            assert_array_equal(theirs.score_samples([[1e154, 0.0]]), [-np.inf])

    def test_a_plain_tuple_is_a_mixture(self):
        mixture = Mixture(np.array([0.5, 0.5]), np.array([[0.0], [1.0]]), np.ones(2))
        expected = e_step([[0.2]], mixture, "spherical")
        for plain in (tuple(mixture), list(mixture), ([0.5, 0.5], [[0], [1]], [1, 1])):
            shares, value = e_step([[0.2]], plain, "spherical")
            assert_array_equal(shares, expected[0])
            assert value == expected[1]

    @pytest.mark.parametrize("unit", [1e-9, 1e9])
    @pytest.mark.parametrize(("dtype", "rounding"), [(np.float32, 1e-4), (np.float64, 5e-9)])
    def test_covariances_are_symmetric_up_to_rounding_in_any_unit(self, dtype, rounding, unit):
        def log_density(correlation):
            covariance = np.array([[1.0, correlation * unit], [0.0, unit**2]], dtype=dtype)
            return log_gaussian([[1.0, unit]], [[0.0, 0.0]], covariance, "tied")

        assert_allclose(log_density(rounding), [[-np.log(2 * np.pi * unit) - 1]], rtol=1e-6)
        with pytest.raises(ValueError, match="covariances must be symmetric"):
            log_density(10 * rounding)

    def test_a_weight_of_zero(self):
        mixture = Mixture(np.array([1.0, 0.0]), np.array([[0.0], [1.0]]), np.ones(2))
        shares, value = e_step([[1.0]], mixture, "spherical")
        assert_array_equal(shares, [[1, 0]])
        assert_allclose(value, multivariate_normal(0, 1).logpdf(1))


class TestAlgorithm:
    @pytest.mark.parametrize("covariance_type", TYPES)
    @settings(max_examples=20)
    @given(seed=st.integers(0, 2**20), k=st.integers(1, 4), d=st.integers(1, 3))
    @example(seed=28, k=4, d=2)
    @example(seed=17933, k=3, d=1)
    def test_no_iteration_lowers_the_likelihood(self, covariance_type, seed, k, d):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(60, d)) * rng.uniform(0.5, 3, size=d) + rng.integers(0, 2, size=(60, 1)) * 4
        given = start(X, k, covariance_type, seed)
        try:
            model = fit(GaussianMixture, X, k, covariance_type, reg_covar=0, tol=1e-8, **given)
        except ValueError:
            reject()  # a component fell onto one point, where the likelihood has no bound and rounding decides
        assume(np.linalg.eigvalsh(matrices(model)).min() > 1e-10)  # nor is one about to
        rise = np.diff(model.lower_bounds_)
        assert np.all(rise >= -1e-11 * (1 + np.abs(model.lower_bound_)))

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_order_of_rows_and_units_do_not_matter(self, covariance_type):
        X, given = blobs(), start(blobs(), 3, covariance_type)
        plain = fit(GaussianMixture, X, 3, covariance_type, **given, reg_covar=0)
        turned = fit(GaussianMixture, X[::-1], 3, covariance_type, **given, reg_covar=0)
        assert_allclose(turned.means_, plain.means_, rtol=1e-7)
        metres = {**given, "means_init": given["means_init"] * 100, "precisions_init": given["precisions_init"] / 1e4}
        scaled = fit(GaussianMixture, X * 100, 3, covariance_type, **metres, reg_covar=0)
        assert_allclose(scaled.means_, plain.means_ * 100, rtol=1e-7)
        assert_allclose(scaled.covariances_, plain.covariances_ * 1e4, rtol=1e-6)

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_far_from_0_the_digits_stay(self, covariance_type):
        X = np.random.default_rng(0).integers(0, 50, size=(60, 2)) / 16.0  # exact with 1e8 added
        near, far = (fit(GaussianMixture, X + shift, 1, covariance_type, reg_covar=0) for shift in (0, 1e8))
        assert_allclose(far.covariances_, near.covariances_, rtol=1e-12, atol=1e-12)

    def test_with_a_floor_an_iteration_may_lose_a_little(self):
        def least(reg_covar):
            rises = []
            for seed in range(20):
                X = np.random.default_rng(seed).normal(size=(30, 1))
                rough = {"init_params": "random_from_data", "random_state": seed, "reg_covar": reg_covar}
                rises += np.diff(fit(GaussianMixture, X, 3, "full", **rough).lower_bounds_).tolist()
            return min(rises)

        assert -0.05 < least(0.1) < -1e-4

    def test_types_are_nested(self):
        # Each type is a special case of the ones before it, so from the same start it cannot fit better at the end.
        scores = [GaussianMixture(1, covariance_type=t, reg_covar=0).fit(IRIS).score(IRIS) for t in TYPES]
        assert scores[0] == pytest.approx(scores[1])
        assert scores[0] > scores[2] > scores[3]

    def test_of_several_starts_the_best_is_kept(self):
        X = blobs(400, 6, 2, 3)
        single = [
            fit(GaussianMixture, X, 6, "full", init_params="random", random_state=s).lower_bound_ for s in range(5)
        ]
        several = fit(GaussianMixture, X, 6, "full", init_params="random", n_init=10, random_state=0)
        assert several.lower_bound_ >= single[0] - 1e-12
        assert several.lower_bound_ == pytest.approx(several.lower_bounds_[-1])

    def test_no_iteration_keeps_the_start(self):
        given = start(IRIS, 3, "full")
        model = GaussianMixture(3, max_iter=0, **given).fit(IRIS)
        assert_array_equal(model.means_, given["means_init"])
        assert_allclose(model.precisions_, given["precisions_init"], rtol=1e-12)
        assert model.n_iter_ == 0
        assert not model.converged_

    def test_warm_start_goes_on(self):
        given = start(IRIS, 3, "full")
        whole = fit(GaussianMixture, IRIS, 3, "full", **given, max_iter=8, tol=0)
        parts = GaussianMixture(3, **given, max_iter=4, tol=0, warm_start=True)
        with pytest.warns(ConvergenceWarning, match="did not converge in max_iter=4"):
            parts.fit(IRIS)
        with pytest.warns(ConvergenceWarning):
            parts.fit(IRIS)
        assert_allclose(parts.means_, whole.means_, rtol=1e-8)

    def test_a_component_on_one_point(self):
        X = np.array([[0.0], [1.0], [1.2], [0.8], [0.9], [1.1]])
        given = {"means_init": [[0.0], [1.0]], "weights_init": [0.2, 0.8], "precisions_init": [1e4, 50]}
        with pytest.raises(ValueError, match=r"not positive definite.*increase reg_covar"):
            GaussianMixture(2, covariance_type="spherical", reg_covar=0, **given).fit(X)
        model = GaussianMixture(2, covariance_type="spherical", reg_covar=1e-4, **given).fit(X)
        assert_allclose(model.covariances_[0], 1e-4)

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_sample_has_the_moments(self, covariance_type):
        model = fit(GaussianMixture, GEYSER, 2, covariance_type, random_state=0)
        X, y = model.sample(20_000)
        assert chisquare(np.bincount(y), 20_000 * model.weights_).pvalue > 1e-4
        for k, cov in enumerate(matrices(model)):
            inside = X[y == k] - model.means_[k]
            distances = np.einsum("ij,ij->i", inside @ np.linalg.inv(cov), inside)
            assert_allclose((distances < chi2(2).ppf(0.9)).mean(), 0.9, atol=0.012)

    def test_bic_chooses_the_shape_that_drew_the_points(self):
        rng = np.random.default_rng(0)
        X = np.vstack([rng.normal(size=(300, 2)), rng.normal(size=(300, 2)) * 0.5 + 5])
        best = min(TYPES, key=lambda t: GaussianMixture(2, covariance_type=t, random_state=0).fit(X).bic(X))
        assert best == "spherical"

    @pytest.mark.parametrize("covariance_type", TYPES)
    def test_number_of_parameters(self, covariance_type):
        k, d = 2, 2
        covariances = {"full": k * 3, "tied": 3, "diag": k * d, "spherical": k}[covariance_type]
        model = fit(GaussianMixture, GEYSER, k, covariance_type, random_state=0)
        n_parameters = (model.bic(GEYSER) - model.aic(GEYSER)) / (np.log(272) - 2)
        assert n_parameters == pytest.approx(covariances + k * d + k - 1)

    def test_memory_is_bounded(self):
        X = np.random.default_rng(0).normal(size=(50_000, 4))
        tracemalloc.start()
        fit(GaussianMixture, X, 8, "full", max_iter=2, **start(X, 8, "full"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 12 * X.nbytes  # the shares of 8 components are 2 of these; n x k x d would be 8


class TestEstimator:
    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.func.__name__)
    def test_check_estimator(self, check):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check(GaussianMixture())

    def test_no_check_is_skipped(self):
        assert set(check_statuses(GaussianMixture)) == {"passed"}

    def test_pipeline_and_search(self):
        pipe = make_pipeline(StandardScaler(), GaussianMixture(random_state=0))
        search = GridSearchCV(pipe, {"gaussianmixture__n_components": [1, 2, 3]}, cv=3).fit(GEYSER)
        assert search.best_params_["gaussianmixture__n_components"] >= 2

    def test_unfitted_and_copies(self):
        with pytest.raises(NotFittedError):
            GaussianMixture().predict(IRIS)
        model = GaussianMixture(2, random_state=0).fit(IRIS)
        assert_array_equal(pickle.loads(pickle.dumps(model)).means_, model.means_)
        assert not hasattr(clone(model), "means_")

    def test_feature_names(self):
        frame = pd.DataFrame(GEYSER, columns=["eruption", "waiting"])
        model = GaussianMixture(2, random_state=0).fit(frame)
        assert model.feature_names_in_.tolist() == ["eruption", "waiting"]
        assert_array_equal(model.predict(frame), model.fit_predict(frame))
