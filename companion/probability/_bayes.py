"""The law of total probability and Bayes' theorem over a finite partition, in fractions, floats and logarithms."""

from fractions import Fraction
from numbers import Rational
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from companion._validation import as_probability, as_real_array

_Numbers = NDArray[Any]

# How far the sum of a prior may be from 1 by rounding.
_TOLERANCE = 1e-8
# Products below this have lost digits to underflow.
_SMALLEST = float(np.finfo(np.float64).tiny / np.finfo(np.float64).eps)


def total_probability(prior: ArrayLike, likelihood: ArrayLike) -> Any:
    r"""Probability of an event, from its probabilities in each part of a partition.

    Parameters
    ----------
    prior : array_like, shape (..., k)
        :math:`P(A_i)` of the k parts, along the last axis; non-negative, with the sum 1.
    likelihood : array_like, shape (..., k)
        :math:`P(B \mid A_i)`, in [0, 1]; the axes before the last are broadcast. For a part with prior 0 any number
        will do.

    Returns
    -------
    float, Fraction or ndarray, shape (...)
        :math:`P(B)`. Fractions (and integers beside them) give Fractions, everything else gives floats.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a number is outside [0, 1], the prior does not sum to 1, or the last axes differ.

    See Also
    --------
    bayes : which part it came from.

    Notes
    -----
    .. math:: P(B) = \sum_{i=1}^{k} P(A_i) \, P(B \mid A_i)

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 3.

    Examples
    --------
    Three machines make 50, 30 and 20 % of the parts; 1, 2 and 3 % of their parts are defective:

    >>> round(float(total_probability([0.5, 0.3, 0.2], [0.01, 0.02, 0.03])), 6)
    0.017

    An odd roll of a die, by way of "five" and "not five":

    >>> print(total_probability([Fraction(1, 6), Fraction(5, 6)], [1, Fraction(2, 5)]))
    1/2
    """
    prior, likelihood = _as_prior_and_likelihood(prior, likelihood)
    return np.minimum((prior * likelihood).sum(axis=-1), 1)  # rounding may carry the sum beyond 1


def bayes(prior: ArrayLike, likelihood: ArrayLike) -> _Numbers:
    r"""Posterior probabilities of the parts of a partition, given an event: Bayes' theorem.

    Parameters
    ----------
    prior : array_like, shape (..., k)
        :math:`P(A_i)` of the k parts, along the last axis; non-negative, with the sum 1.
    likelihood : array_like, shape (..., k)
        :math:`P(B \mid A_i)` of what was observed, in [0, 1]; the axes before the last are broadcast.

    Returns
    -------
    ndarray, shape (..., k)
        :math:`P(A_i \mid B)`; each row sums to 1. Fractions (and integers beside them) give Fractions, everything
        else gives floats.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a number is outside [0, 1], the prior does not sum to 1, the last axes differ, or the event has probability
        0 (or one too small for floats).

    See Also
    --------
    log_posterior : the same for many observations, whose likelihoods multiply to almost nothing.
    total_probability : the denominator.

    Notes
    -----
    .. math:: P(A_i \mid B) = \frac{P(A_i) \, P(B \mid A_i)}{\sum_j P(A_j) \, P(B \mid A_j)}

    If observations are independent given each :math:`A_i`, the posterior of one is the prior for the next, in any
    order: ``functools.reduce(bayes, likelihoods, prior)``.

    References
    ----------
    T. Bayes, An essay towards solving a problem in the doctrine of chances, Philosophical Transactions 53, 1763.

    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 3.

    Examples
    --------
    One person in a hundred is ill. A test finds 99 % of the ill, and alarms 5 % of the healthy:

    >>> bayes([0.01, 0.99], [0.99, 0.05]).round(6).tolist()
    [0.166667, 0.833333]

    >>> print(*bayes([Fraction(1, 100), Fraction(99, 100)], [Fraction(99, 100), Fraction(5, 100)]))
    1/6 5/6
    """
    prior, likelihood = _as_prior_and_likelihood(prior, likelihood)
    joint = prior * likelihood
    total = joint.sum(axis=-1, keepdims=True)
    _demand_possible(((prior > 0) & (likelihood > 0)).any(axis=-1))
    if total.dtype != object and (total < _SMALLEST).any():
        raise ValueError(
            f"likelihood must not be so small that P(B) underflows, got P(B) = {total.min():.2g}; use log_posterior"
        )
    posterior: _Numbers = joint / total
    return posterior


def log_posterior(log_prior: ArrayLike, log_likelihood: ArrayLike) -> NDArray[np.float64]:
    r"""Logarithms of the posterior probabilities, for likelihoods too small for floats.

    Parameters
    ----------
    log_prior : array_like, shape (..., k)
        :math:`\log P(A_i)` of the k parts, along the last axis, -inf for probability 0.
    log_likelihood : array_like, shape (..., k)
        :math:`\log P(B \mid A_i)`, -inf for probability 0; the axes before the last are broadcast. For observations
        that are independent given each :math:`A_i`, the sum of their log-likelihoods. Log-densities may be positive.

    Returns
    -------
    ndarray, shape (..., k)
        :math:`\log P(A_i \mid B)`.

    Raises
    ------
    TypeError
        If an argument does not hold real numbers.
    ValueError
        If a number is nan or +inf, the prior does not sum to 1, the last axes differ, or the event is impossible.

    See Also
    --------
    bayes : the same without logarithms.

    Notes
    -----
    .. math:: \log P(A_i \mid B) = \ell_i - \log \sum_j e^{\ell_j}, \qquad
              \ell_i = \log P(A_i) + \log P(B \mid A_i)

    The result does not change if a number is subtracted from all :math:`\ell_i`. With the largest subtracted, the sum
    is at least 1 and cannot underflow.

    References
    ----------
    P. Blanchard, D. Higham and N. Higham, Accurately computing the log-sum-exp and softmax functions, IMA Journal of
    Numerical Analysis 41, 2021.

    Examples
    --------
    A thousand heads in a row, from a fair coin or from one that shows heads in 51 of 100 tosses:

    >>> log_p = log_posterior(np.log([0.5, 0.5]), 1000 * np.log([0.5, 0.51]))
    >>> f"{np.exp(log_p[0]):.3g}"
    '2.51e-09'
    """
    log_prior = _as_logarithms(log_prior, "log_prior")
    log_likelihood = _as_logarithms(log_likelihood, "log_likelihood")
    _demand_same_parts(log_prior, log_likelihood, prefix="log_")
    with np.errstate(over="ignore"):  # the complaint says what is wrong
        _demand_sum_one(np.exp(log_prior), "exp(log_prior)")
    joint = log_prior + log_likelihood
    largest = joint.max(axis=-1, keepdims=True)
    _demand_possible(np.isfinite(largest))
    shifted = joint - largest
    posterior: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return posterior


def _as_prior_and_likelihood(prior: ArrayLike, likelihood: ArrayLike) -> tuple[_Numbers, _Numbers]:
    given = np.asarray(prior), np.asarray(likelihood)
    pair: tuple[_Numbers, _Numbers] = as_probability(given[0], "prior"), as_probability(given[1], "likelihood")
    if all(map(_is_exact, given)) and any(array.dtype == object for array in given):
        pair = _as_fractions(given[0]), _as_fractions(given[1])
    _demand_same_parts(*pair)
    _demand_sum_one(pair[0], "prior")
    return pair


def _is_exact(array: _Numbers) -> bool:
    if array.dtype == object:
        return all(isinstance(entry, Rational) for entry in array.flat)
    return array.dtype.kind in "biu"


def _as_fractions(array: _Numbers) -> _Numbers:
    # Python's integers cannot overflow; NumPy's, which may hide in a Fraction, can.
    fractions = [Fraction(int(entry.numerator), int(entry.denominator)) for entry in array.ravel().tolist()]
    return np.array(fractions, dtype=object).reshape(array.shape)


def _as_logarithms(x: ArrayLike, name: str) -> NDArray[np.float64]:
    array = np.asarray(x)
    if array.dtype.kind != "f":
        return as_real_array(array, name)
    as_real_array(np.where(np.isneginf(array), 0.0, array), name)
    return array.astype(np.float64)


def _demand_same_parts(prior: _Numbers, likelihood: _Numbers, prefix: str = "") -> None:
    if prior.ndim == 0 or likelihood.ndim == 0 or prior.shape[-1] != likelihood.shape[-1]:
        raise ValueError(
            f"{prefix}prior and {prefix}likelihood must have one entry for each part along the last axis, "
            f"got shapes {prior.shape} and {likelihood.shape}"
        )


def _demand_sum_one(prior: _Numbers, name: str) -> None:
    total = np.atleast_1d(prior.sum(axis=-1))
    wrong = np.abs(total - 1) > (0 if prior.dtype == object else _TOLERANCE)
    if wrong.any():
        raise ValueError(f"{name} must sum to 1, got the sum {total[wrong][0]}; divide weights by their sum first")


def _demand_possible(possible: np.bool_ | NDArray[np.bool_]) -> None:
    if not possible.all():
        raise ValueError(
            "likelihood must be positive for some part whose prior is positive; what was observed has probability 0, "
            "and given such an event no probability is defined"
        )
