"""Expectation maximisation, for any model whose two steps are given."""

from collections.abc import Callable
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning

from companion._validation import as_count, as_nonnegative, as_real
from companion._warnings import warn_user

# A rise that rounding may hide: so many units of the last place of the log-likelihood.
_SLACK = 1e4 * np.finfo(float).eps


class EMResult(NamedTuple):
    """What `em` returns; see there.

    Examples
    --------
    >>> EMResult(parameters=0.5, log_likelihood=-1.0, n_iter=1, converged=True, history=[-1.0]).converged
    True
    """

    parameters: Any
    log_likelihood: float
    n_iter: int
    converged: bool
    history: list[float]


def em(
    e_step: Callable[[Any], tuple[Any, float]],
    m_step: Callable[[Any], Any],
    start: Any,
    *,
    tol: float = 1e-3,
    max_iter: int = 100,
    monotone: bool = True,
) -> EMResult:
    """Maximise a likelihood with hidden variables: expect what is hidden, maximise over the parameters, in turn.

    Parameters
    ----------
    e_step : callable
        ``e_step(parameters)`` returns the posterior of the hidden variables (in whatever form `m_step` wants it) and
        the log-likelihood of the observed data, both at these parameters.
    m_step : callable
        ``m_step(posterior)`` returns the parameters that maximise the expected complete-data log-likelihood.
    start : object
        The parameters to start from.
    tol : float, default=1e-3
        Stop when the log-likelihood changes by less than this, in its own unit (nats).
    max_iter : int, default=100
        Greatest number of iterations.
    monotone : bool, default=True
        Warn where the log-likelihood falls by more than rounding: then the two steps do not belong together.

    Returns
    -------
    result : EMResult
        A named tuple of `parameters`, after the last M-step; `log_likelihood`, of the last E-step, which is that of
        the parameters before the last M-step (``e_step(result.parameters)[1]`` is that of `parameters`); `n_iter`;
        `converged`, whether the gain fell below `tol`; and `history`, the log-likelihoods of all E-steps, the first
        being that of the start.

    Raises
    ------
    TypeError
        If a step is not callable, or `max_iter` is not an integer.
    ValueError
        If `tol` is negative, `max_iter` is less than 1, `e_step` returns anything but a pair whose second part is one
        number, or that is not a number.

    Warns
    -----
    RuntimeWarning
        If the log-likelihood falls, and `monotone` is true; at its first fall only.
    ConvergenceWarning
        If `max_iter` iterations did not meet a `tol` greater than 0.

    Notes
    -----
    For any distribution q of the hidden z, with F a lower bound of the log-likelihood,

    .. math:: \\ell(\\theta) = \\underbrace{\\sum_z q(z) \\log \\frac{p(x, z; \\theta)}{q(z)}}_{F(q, \\theta)}
        + \\mathrm{KL}(q \\,\\|\\, p(z \\mid x; \\theta)).

    The E-step makes the divergence 0, the M-step raises F; so no iteration lowers the log-likelihood.

    References
    ----------
    A. P. Dempster, N. M. Laird and D. B. Rubin (1977), Maximum likelihood from incomplete data via the EM algorithm,
    Journal of the Royal Statistical Society B 39, 1-38.

    Examples
    --------
    Lifetimes of mean 1/rate: two are known to be 1 and 3, a third to be over 4. What is hidden is the third lifetime;
    its expectation is 4 + 1/rate.

    >>> from math import log
    >>> result = em(
    ...     e_step=lambda rate: ([1, 3, 4 + 1 / rate], 2 * log(rate) - rate * (1 + 3 + 4)),
    ...     m_step=lambda lifetimes: len(lifetimes) / sum(lifetimes),
    ...     start=1.0,
    ...     tol=1e-12,
    ... )
    >>> round(result.parameters, 5)
    0.25
    """
    for step, name in ((e_step, "e_step"), (m_step, "m_step")):
        if not callable(step):
            raise TypeError(f"{name} must be a function, got {type(step).__name__}; pass it without calling it")
    tol = float(as_nonnegative(as_real(tol, "tol"), "tol"))
    max_iter = as_count(max_iter, "max_iter")
    result = _em(lambda parameters: _as_expected(e_step(parameters)), m_step, start, tol, max_iter, monotone)
    if not result.converged and tol > 0:
        warn_user(f"EM did not converge in max_iter={max_iter} iterations; raise max_iter or tol", ConvergenceWarning)
    return result


def _as_expected(result: Any) -> tuple[Any, float]:
    """Return what an E-step has returned, posterior and log-likelihood; complain if it is anything else."""
    if not isinstance(result, tuple) or len(result) != 2:
        got = "nothing: is a return missing?" if result is None else f"{type(result).__name__}"
        raise ValueError(f"e_step must return a pair (posterior, log_likelihood), got {got}")
    posterior, log_likelihood = result
    if np.ndim(log_likelihood) or not isinstance(log_likelihood, Real):
        shape = f" of shape {np.shape(log_likelihood)}" if np.ndim(log_likelihood) else ""
        got = f"{type(log_likelihood).__name__}{shape}"
        raise ValueError(f"e_step must return (posterior, log_likelihood), the second one number, got {got}")
    return posterior, float(log_likelihood)


def _em(
    e_step: Callable[[Any], tuple[Any, float]],
    m_step: Callable[[Any], Any],
    start: Any,
    tol: float,
    max_iter: int,
    monotone: bool,
) -> EMResult:
    parameters, history = start, [-np.inf]
    converged = False
    while not converged and len(history) <= max_iter:
        posterior, log_likelihood = e_step(parameters)
        if np.isnan(log_likelihood):
            raise ValueError("the log-likelihood is not a number: e_step failed")
        # Steps that do not belong together mostly fail again and again: one warning says it.
        monotone = monotone and not _falls(log_likelihood, history[-1])
        converged = bool(abs(log_likelihood - history[-1]) < tol)
        history.append(log_likelihood)
        parameters = m_step(posterior)
    return EMResult(parameters, history[-1], len(history) - 1, converged, history[1:])


def _falls(log_likelihood: float, previous: float) -> bool:
    """Warn if the log-likelihood falls by more than rounding, and say so."""
    falls = bool(log_likelihood < previous - _SLACK * max(1, abs(log_likelihood)))
    if falls:
        message = (
            f"the log-likelihood fell from {previous:.12g} to {log_likelihood:.12g}: is m_step the maximiser for the "
            "posterior that e_step returns?"
        )
        warn_user(message, RuntimeWarning)
    return falls
