"""Surprisal, entropy, cross-entropy, and the divergences of Kullback and Leibler and of Jensen and Shannon."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr, rel_entr, xlogy

from companion._validation import as_nonnegative, as_probability, as_real

_Floats = NDArray[np.float64]
_Real = np.float64 | _Floats


def self_information(p: ArrayLike, base: float | None = None) -> _Real:
    r"""Say how surprising events are: minus the logarithm of their probability.

    Parameters
    ----------
    p : array_like
        Probabilities of events, of any shape; they need not sum to 1.
    base : float, optional
        Base of the logarithm, greater than 1: 2 for bits. Nats by default.

    Returns
    -------
    float or ndarray
        Surprisal of each event, of the shape of `p`; inf where `p` is 0.

    Raises
    ------
    TypeError
        If `p` or `base` does not hold real numbers.
    ValueError
        If `p` is outside [0, 1], or `base` is not greater than 1.

    Notes
    -----
    .. math:: S(x) = -\log P(x)

    References
    ----------
    T. Cover and J. Thomas, Elements of Information Theory, 2nd ed., 2006, ch. 2.

    Examples
    --------
    >>> self_information([0.5, 0.25, 1.0], base=2).tolist()
    [1.0, 2.0, 0.0]
    """
    with np.errstate(divide="ignore"):  # an impossible event is infinitely surprising
        return _in_units(-np.log(as_probability(p, "p")), base)


def entropy(pk: ArrayLike, qk: ArrayLike | None = None, base: float | None = None, axis: int = 0) -> _Real:
    r"""Compute the entropy of distributions, or their relative entropy to others.

    Parameters
    ----------
    pk : array_like
        Non-negative weights of the outcomes along `axis`, such as probabilities or counts. They are divided by their
        sum, as in `scipy.stats.entropy`; so weights that fail to sum to 1 by mistake go unnoticed.
    qk : array_like, optional
        Weights of the same outcomes in a second distribution, as many along `axis`; the other axes are broadcast
        against those of `pk`. If given, the result is `kl_divergence(pk, qk)`.
    base : float, optional
        Base of the logarithm, greater than 1: 2 for bits. Nats by default.
    axis : int, default 0
        Axis along which a distribution lies.

    Returns
    -------
    float or ndarray
        Entropy of each distribution: the shape of `pk` (broadcast with `qk`) without `axis`.

    Raises
    ------
    TypeError
        If the weights or `base` are not real numbers, or `axis` is no integer.
    ValueError
        If weights are negative, not finite, all 0, or none; if `pk` and `qk` differ in length along `axis` or cannot be
        broadcast; if `base` is not greater than 1 or there is no such `axis`.

    See Also
    --------
    cross_entropy : the expected surprisal under another distribution.

    Notes
    -----
    .. math:: H(P) = -\sum_x P(x) \log P(x), \qquad 0 \log 0 = 0

    It lies between 0 (one outcome is certain) and :math:`\log k` (all :math:`k` outcomes are equally likely).

    References
    ----------
    C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27, 1948.

    Examples
    --------
    A fair and a biased coin:

    >>> float(entropy([0.5, 0.5], base=2)), round(float(entropy([0.9, 0.1], base=2)), 6)
    (1.0, 0.468996)
    """
    if qk is not None:
        return kl_divergence(pk, qk, base, axis)
    pk = _normalised(as_nonnegative(pk, "pk"), axis, "pk")
    return _in_units(np.sum(entr(pk), axis=axis), base)


def cross_entropy(pk: ArrayLike, qk: ArrayLike, base: float | None = None, axis: int = 0) -> _Real:
    r"""Compute the expected surprisal when outcomes follow one distribution and are predicted with another.

    Parameters
    ----------
    pk, qk : array_like
        Non-negative weights of the outcomes along `axis`: the distribution that they follow, and the one that predicts
        them. Each is divided by its sum. Both have the same length along `axis`; the other axes are broadcast.
    base : float, optional
        Base of the logarithm, greater than 1: 2 for bits. Nats by default.
    axis : int, default 0
        Axis along which a distribution lies.

    Returns
    -------
    float or ndarray
        Cross-entropy of each pair, of the broadcast shape without `axis`; inf where an outcome that `qk` excludes can
        happen. The loss of a classifier is the mean over the samples.

    Raises
    ------
    TypeError
        If the weights or `base` are not real numbers, or `axis` is no integer.
    ValueError
        If weights are negative, not finite, all 0, or none; if `pk` and `qk` differ in length along `axis` or cannot be
        broadcast; if `base` is not greater than 1 or there is no such `axis`.

    Notes
    -----
    .. math:: H(P, Q) = -\sum_x P(x) \log Q(x) = H(P) + D(P \Vert Q)

    References
    ----------
    T. Cover and J. Thomas, Elements of Information Theory, 2nd ed., 2006, theorem 5.4.3 (the wrong code).

    Examples
    --------
    The truth is "cat"; two classifiers give it 0.8 and 0.2:

    >>> cross_entropy([1, 0], [[0.8, 0.2], [0.2, 0.8]], base=2, axis=-1).round(6).tolist()
    [0.321928, 2.321928]
    """
    pk, qk = _normalised_pair(pk, qk, axis, "pk", "qk")
    return _in_units(np.sum(-xlogy(pk, qk), axis=axis), base)


def kl_divergence(pk: ArrayLike, qk: ArrayLike, base: float | None = None, axis: int = 0) -> _Real:
    r"""Compute the Kullback-Leibler divergence: what it costs to predict one distribution with another.

    Parameters
    ----------
    pk, qk : array_like
        Non-negative weights of the outcomes along `axis`: the distribution that they follow, and the one that stands in
        for it. Each is divided by its sum. Both have the same length along `axis`; the other axes are broadcast.
    base : float, optional
        Base of the logarithm, greater than 1: 2 for bits. Nats by default.
    axis : int, default 0
        Axis along which a distribution lies.

    Returns
    -------
    float or ndarray
        Divergence of each pair, of the broadcast shape without `axis`. Never negative, 0 for equal distributions, and
        inf where an outcome that `qk` excludes can happen.

    Raises
    ------
    TypeError
        If the weights or `base` are not real numbers, or `axis` is no integer.
    ValueError
        If weights are negative, not finite, all 0, or none; if `pk` and `qk` differ in length along `axis` or cannot be
        broadcast; if `base` is not greater than 1 or there is no such `axis`.

    See Also
    --------
    entropy : the same as ``entropy(pk, qk)``.
    jensen_shannon_divergence : symmetric and always finite.

    Notes
    -----
    .. math:: D(P \Vert Q) = \sum_x P(x) \log \frac{P(x)}{Q(x)}
        = \sum_x \Bigl(P(x) \log \frac{P(x)}{Q(x)} - P(x) + Q(x)\Bigr)

    The sums are equal, since the probabilities of P and of Q sum to 1. The terms of the first one have either sign and
    cancel when P and Q are close. No term of the second is negative, so it keeps its digits.

    References
    ----------
    S. Kullback and R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951.

    Examples
    --------
    >>> p, q = [0.5, 0.5], [0.9, 0.1]
    >>> round(float(kl_divergence(p, q, base=2)), 6), round(float(kl_divergence(q, p, base=2)), 6)
    (0.736966, 0.531004)
    >>> float(kl_divergence([0.5, 0.5], [1, 0]))
    inf
    """
    pk, qk = _normalised_pair(pk, qk, axis, "pk", "qk")
    return _in_units(np.sum(_kl_terms(pk, qk), axis=axis), base)


def jensenshannon(
    p: ArrayLike, q: ArrayLike, base: float | None = None, *, axis: int = 0, keepdims: bool = False
) -> _Real:
    r"""Compute the Jensen-Shannon distance of distributions: the square root of their divergence.

    Parameters
    ----------
    p, q : array_like
        Non-negative weights of the outcomes along `axis`. Each is divided by its sum, as in
        `scipy.spatial.distance.jensenshannon`. Both have the same length along `axis`; the other axes are broadcast.
    base : float, optional
        Base of the logarithm, greater than 1: 2 for the root of bits. Nats by default.
    axis : int, default 0
        Axis along which a distribution lies.
    keepdims : bool, default False
        Whether `axis` stays in the result, with length 1.

    Returns
    -------
    float or ndarray
        Distance of each pair, of the broadcast shape without `axis`; between 0 and the root of ``log(2)``, in base 2
        between 0 and 1.

    Raises
    ------
    TypeError
        If the weights or `base` are not real numbers, or `axis` is no integer.
    ValueError
        If weights are negative, not finite, all 0, or none; if `p` and `q` differ in length along `axis` or cannot be
        broadcast; if `base` is not greater than 1 or there is no such `axis`.

    See Also
    --------
    jensen_shannon_divergence : its square.

    Notes
    -----
    Unlike its square, it obeys the triangle inequality: it is a metric.

    References
    ----------
    D. M. Endres and J. E. Schindelin, A new metric for probability distributions, IEEE Transactions on Information
    Theory 49, 2003.

    Examples
    --------
    >>> float(jensenshannon([1, 0], [0, 1], base=2))
    1.0
    """
    distance: _Real = np.sqrt(jensen_shannon_divergence(p, q, base, axis=axis, keepdims=keepdims))
    return distance


def jensen_shannon_divergence(
    p: ArrayLike, q: ArrayLike, base: float | None = None, *, axis: int = 0, keepdims: bool = False
) -> _Real:
    r"""Compute the Jensen-Shannon divergence: the mean divergence of two distributions from their midpoint.

    Parameters
    ----------
    p, q : array_like
        Non-negative weights of the outcomes along `axis`. Each is divided by its sum. Both have the same length along
        `axis`; the other axes are broadcast.
    base : float, optional
        Base of the logarithm, greater than 1: 2 for bits. Nats by default.
    axis : int, default 0
        Axis along which a distribution lies.
    keepdims : bool, default False
        Whether `axis` stays in the result, with length 1.

    Returns
    -------
    float or ndarray
        Divergence of each pair, of the broadcast shape without `axis`; between 0 and ``log(2)``, which is 1 bit.

    Raises
    ------
    TypeError
        If the weights or `base` are not real numbers, or `axis` is no integer.
    ValueError
        If weights are negative, not finite, all 0, or none; if `p` and `q` differ in length along `axis` or cannot be
        broadcast; if `base` is not greater than 1 or there is no such `axis`.

    See Also
    --------
    jensenshannon : its square root, a metric.

    Notes
    -----
    .. math:: \mathrm{JS}(P, Q) = \tfrac12 D(P \Vert M) + \tfrac12 D(Q \Vert M), \qquad M = \tfrac12 (P + Q)

    References
    ----------
    J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37, 1991.

    Examples
    --------
    >>> round(float(jensen_shannon_divergence([1, 0], [0.8, 0.2], base=2)), 6)
    0.108032
    """
    p, q = _normalised_pair(p, q, axis, "p", "q")
    m = (p + q) / 2
    terms = (_kl_terms(p, m) + _kl_terms(q, m)) / 2
    return _in_units(np.sum(terms, axis=axis, keepdims=keepdims), base)


def _kl_terms(p: _Floats, q: _Floats) -> _Floats:
    """Return the terms p log(p/q) - p + q, which are never negative."""
    terms: _Floats = rel_entr(p, q) - p + q
    near = abs(q - p) < p / 2  # there the line above cancels; with q = p (1 + u) the term is p (u - log(1 + u))
    u = (q[near] - p[near]) / p[near]
    terms[near] = p[near] * (u - np.log1p(u))
    return terms


def _normalised_pair(p: ArrayLike, q: ArrayLike, axis: int, p_name: str, q_name: str) -> tuple[_Floats, _Floats]:
    """Return two arrays of distributions, broadcast against each other."""
    p, q = as_nonnegative(p, p_name), as_nonnegative(q, q_name)
    last = _from_the_end(axis, max(p.ndim, q.ndim), p_name)
    if min(p.ndim, q.ndim) < -last or p.shape[last] != q.shape[last]:  # a single weight is not broadcast to many
        raise ValueError(
            f"{p_name} and {q_name} must have the same number of weights along axis {axis}, got the shapes {p.shape} "
            f"and {q.shape}; insert or move an axis, or name another"
        )
    p, q = np.broadcast_arrays(p, q)
    return _normalised(p, axis, p_name), _normalised(q, axis, q_name)


def _normalised(p: _Floats, axis: int, name: str) -> _Floats:
    """Return weights divided by their sum along an axis."""
    if p.shape[_from_the_end(axis, p.ndim, name)] == 0:
        raise ValueError(f"{name} must hold at least one weight along axis {axis}, got shape {p.shape}")
    _, exponent = np.frexp(p.max(axis=axis, keepdims=True))
    p = np.ldexp(p, -exponent)  # a power of two rounds nothing and keeps the sum from overflow
    total: _Floats = p.sum(axis=axis, keepdims=True)
    if not np.all(total):
        raise ValueError(f"{name} must have a positive sum along axis {axis}; drop the distributions that are all 0")
    return p / total


def _from_the_end(axis: int, ndim: int, name: str) -> int:
    """Return an axis counted from the last one, -1, so that it is the same before and after broadcasting."""
    if isinstance(axis, bool) or not isinstance(axis, (int, np.integer)):
        raise TypeError(f"axis must be an integer, got {axis!r}")
    if ndim == 0:
        raise ValueError(f"{name} must be an array of weights, one for each outcome, got a single number")
    if not -ndim <= axis < ndim:
        raise ValueError(f"axis must be between {-ndim} and {ndim - 1} for {name} of {ndim} dimensions, got {axis}")
    return int(axis) % ndim - ndim


def _in_units(nats: _Real, base: float | None) -> _Real:
    """Return nats in the unit that belongs to the base, with 0 for -0."""
    unit = 1.0 if base is None else np.log(_as_base(base))
    value: _Real = nats / unit + 0.0
    return value


def _as_base(base: float) -> float:
    base = as_real(base, "base")
    if base <= 1:
        raise ValueError(f"base must be greater than 1, got {base}; take 2 for bits")
    return base
