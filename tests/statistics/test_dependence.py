"""Distance correlation against its definition and closed forms; the design effect against a simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from companion.statistics import design_effect, distance_correlation


def by_definition(x, y):
    """The double sums of Székely, Rizzo and Bakirov (2007), theorem 1: S1 + S2 - 2 S3."""

    def covariance(a, b):
        n = len(a)
        s1 = sum(a[k, m] * b[k, m] for k in range(n) for m in range(n)) / n**2
        s2 = a.sum() / n**2 * b.sum() / n**2
        s3 = sum(a[k, m] * b[k, p] for k in range(n) for m in range(n) for p in range(n)) / n**3
        return s1 + s2 - 2 * s3

    x, y = (np.asarray(z, dtype=float).reshape(len(z), -1) for z in (x, y))
    a, b = (np.linalg.norm(z[:, None] - z, axis=2) for z in (x, y))
    return np.sqrt(covariance(a, b) / np.sqrt(covariance(a, a) * covariance(b, b)))


RNG = np.random.default_rng(0)
PAIRS = {
    "parabola": (np.linspace(-1, 1, 9), np.linspace(-1, 1, 9) ** 2),
    "noise": (RNG.normal(size=12), RNG.normal(size=12)),
    "two and three columns": (RNG.normal(size=(10, 2)), RNG.normal(size=(10, 3))),
    "ties": ([1, 1, 2, 2, 3], [0, 1, 1, 1, 5]),
    "two observations": ([0, 1], [3, 7]),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_as_defined(pair):
    assert_allclose(distance_correlation(*pair), by_definition(*pair), rtol=1e-12)


@pytest.mark.parametrize(
    ("x", "y", "published"),
    [
        # the example in the manual of the package dcor
        (np.arange(1, 17).reshape(4, 4), [[1], [0], [0], [1]], 0.5266403878479265),
        # the example at gist.github.com/satra/aa3d19a12b74e9ab7941, 2014
        ([1, 2, 3, 4, 5], [1, 2, 9, 4, 4], 0.762676242417),
    ],
)
def test_published_values(x, y, published):
    assert_allclose(distance_correlation(x, y), published, rtol=1e-11)


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=4, max_size=30).filter(
        lambda rows: min(len({row[0] for row in rows}), len({row[1] for row in rows})) > 1
    )
)
def test_of_two_yes_or_no_variables_it_is_the_size_of_their_correlation(rows):
    """The distance of two zeros and ones is its own square, and centred squares of distances are products."""
    x, y = np.array(rows, dtype=float).T
    assert_allclose(distance_correlation(x, y), abs(np.corrcoef(x, y)[0, 1]), atol=1e-7)


@pytest.mark.parametrize("rho", [0.0, 0.5, -0.9])
def test_the_bivariate_normal_has_a_closed_form(rho):
    """Székely, Rizzo and Bakirov (2007), theorem 7."""
    r = abs(rho)
    above = r * np.arcsin(r) + np.sqrt(1 - r**2) - r * np.arcsin(r / 2) - np.sqrt(4 - r**2) + 1
    exact = np.sqrt(above / (1 + np.pi / 3 - np.sqrt(3)))
    z = np.random.default_rng(1).normal(size=(2, 3000))
    found = distance_correlation(z[0], rho * z[0] + np.sqrt(1 - rho**2) * z[1])
    assert abs(found - exact) < 0.05


def test_a_line_has_distance_correlation_1_and_so_has_a_rotation():
    x = RNG.normal(size=(20, 2))
    angle = 0.7
    turned = x @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert distance_correlation(x[:, 0], 5 - 3 * x[:, 0]) == pytest.approx(1)
    assert distance_correlation(x, 2 * turned + 7) == pytest.approx(1)


def test_independent_variables_come_near_0():
    grid = np.array([(a, b) for a in range(6) for b in range(5)])
    assert distance_correlation(grid[:, 0], grid[:, 1]) == pytest.approx(0, abs=1e-7)


SAMPLES = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=15).filter(
    lambda rows: min(len({row[0] for row in rows}), len({row[1] for row in rows})) > 1
)


@given(SAMPLES)
def test_between_0_and_1_and_symmetric(rows):
    x, y = np.array(rows).T
    dcor = distance_correlation(x, y)
    assert 0 <= dcor <= 1 + 1e-12
    assert_allclose(distance_correlation(y, x), dcor, atol=1e-7)
    assert_allclose(distance_correlation(x[::-1], y[::-1]), dcor, atol=1e-7)


@given(SAMPLES, st.sampled_from([1e-6, 1e6, -3.0]), st.sampled_from([0.0, 1e8]))
def test_units_and_origin_do_not_matter(rows, scale, shift):
    x, y = np.array(rows).T
    assert_allclose(distance_correlation(scale * x, y + shift), distance_correlation(x, y), atol=1e-6)


@pytest.mark.parametrize("scale", [1e200, 1e-200, 2e307, 5e-324])
def test_neither_huge_nor_tiny_numbers_go_out_of_range(scale):
    x, y = np.array([-8.0, 2.0, 4.0, -1.0, 0.0]), np.array([1.0, 2.0, 2.0, 5.0, 1.0])
    assert_allclose(distance_correlation(scale * x, y), distance_correlation(x, y), rtol=1e-12)


def test_a_tiny_spread_beside_a_constant_column_does_not_underflow():
    x, y = np.array([-1.0, 2.0, 4.0, -8.0, 0.0]), np.array([1.0, 2.0, 2.0, 5.0, 1.0])
    columns = np.column_stack([np.ones(5), 1e-200 * x])
    assert_allclose(distance_correlation(y, columns), distance_correlation(y, x), rtol=1e-12)


def test_a_shift_that_keeps_the_digits_changes_nothing():
    x, y = np.array([0.0, 1.0, 3.0, 7.0, 2.0]), np.array([2.0, 0.0, 1.0, 4.0, 4.0])
    assert_allclose(distance_correlation(x + 2.0**52, y), distance_correlation(x, y), rtol=1e-12)


def test_rounding_does_not_carry_it_beyond_1():
    samples = [np.random.default_rng(seed).normal(size=(2, 7, 3)) for seed in range(200)]
    found = [distance_correlation(x, x @ np.linalg.qr(y[:3])[0]) for x, y in samples]
    assert min(found) > 1 - 1e-12
    assert max(found) == 1


def test_independent_samples_of_many_columns_are_far_above_0():
    """Székely and Rizzo (2013): for a fixed number of observations it tends to 1 as the columns grow in number."""
    x, y = np.random.default_rng(0).normal(size=(2, 20, 400))
    assert distance_correlation(x[:, 0], y[:, 0]) < 0.6 < 0.95 < distance_correlation(x, y) < 1


@pytest.mark.parametrize(
    ("m", "rho", "deff"), [(4, 0.5, 2.5), (1, 0.3, 1.0), (10, 0.0, 1.0), (5, 1.0, 5.0), (3, -0.5, 0.0)]
)
def test_design_effect(m, rho, deff):
    assert design_effect(m, rho) == pytest.approx(deff)


def test_design_effect_is_the_ratio_of_variances():
    rng = np.random.default_rng(0)
    shared, own = rng.normal(size=(20_000, 10, 1)), rng.normal(size=(20_000, 10, 4))
    means = (np.sqrt(0.5) * shared + np.sqrt(0.5) * own).mean(axis=(1, 2))
    assert abs(means.var() * 40 / design_effect(4, 0.5) - 1) < 0.05


def test_design_effect_of_arrays():
    assert_allclose(design_effect([[2], [3]], [0.0, 0.5]), [[1, 1.5], [1, 2]])


def test_inputs_are_not_changed():
    x = np.array([0.0, 1.0, 3.0])
    x.setflags(write=False)
    assert distance_correlation(x, x) == pytest.approx(1)
