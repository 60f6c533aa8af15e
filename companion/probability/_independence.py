"""Independence in pairs, which is weaker than independence."""

from collections.abc import Iterable
from itertools import combinations

from companion.probability._events import _as_sets, _as_weights, _Event, _Space, are_independent


def are_pairwise_independent(events: Iterable[_Event], space: _Space) -> bool:
    r"""Say whether each two of some events of a finite sample space are independent, exactly.

    Parameters
    ----------
    events : collection of events
        Two or more events, each as for `probability`.
    space : collection of outcomes, or mapping
        As for `probability`.

    Returns
    -------
    bool
        Whether the product rule holds for every pair of the events.

    Raises
    ------
    TypeError, ValueError
        As for `are_independent`.

    See Also
    --------
    are_independent : the product rule for every choice of two or more.

    Notes
    -----
    :math:`A_1, \dots, A_n` are pairwise independent if for all :math:`i \ne j`

    .. math:: P(A_i \cap A_j) = P(A_i)\, P(A_j).

    References
    ----------
    M. Mitzenmacher and E. Upfal, Probability and Computing, 2nd ed., 2017, ch. 15.

    Examples
    --------
    Three tosses; which of them are alike?

    >>> from itertools import product
    >>> tosses = list(product("HT", repeat=3))
    >>> alike = [lambda t: t[0] == t[1], lambda t: t[1] == t[2], lambda t: t[2] == t[0]]
    >>> are_pairwise_independent(alike, tosses)
    True
    >>> are_independent(alike, tosses)
    False
    """
    weights = _as_weights(space)
    return all(are_independent(pair, weights) for pair in combinations(_as_sets(events, weights), 2))
