"""Finite sample spaces, counted exactly: the probability of an event, also given another, and independence."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from fractions import Fraction
from itertools import combinations
from math import prod
from numbers import Integral, Rational
from typing import Any

_Event = Iterable[Any] | Callable[[Any], Any]
_Space = Iterable[Any] | Mapping[Any, Rational]
_Weights = Mapping[Hashable, int | Fraction]


def probability(event: _Event, space: _Space, *, given: _Event | None = None) -> Fraction:
    r"""Probability of an event in a finite sample space, as an exact fraction.

    Parameters
    ----------
    event : set of outcomes, or callable
        The outcomes that make up the event, or a function that says of one outcome whether it belongs to the event.
    space : collection of outcomes, or mapping
        All outcomes, which are then equally likely; or the weight of each one: counts (integers), or probabilities
        (`fractions.Fraction`) that sum to 1.
    given : set of outcomes, or callable, optional
        An event that is known to occur; by default nothing is known.

    Returns
    -------
    Fraction
        :math:`P(A)`, or :math:`P(A \mid B)` if `given` is B.

    Raises
    ------
    TypeError
        If `event` or `given` is neither a collection nor callable, or a function that returns None; an outcome is not
        hashable; or a weight is not an exact number.
    ValueError
        If the space is empty or names an outcome twice, weights are negative, all zero, or fractions that do not sum
        to 1, an event is not a subset of the space, or `given` has probability 0.

    See Also
    --------
    are_independent : whether one event says anything about another.

    Notes
    -----
    With the equally likely outcomes of :math:`\Omega`

    .. math:: P(A) = \frac{|A|}{|\Omega|}, \qquad P(A \mid B) = \frac{P(A \cap B)}{P(B)} = \frac{|A \cap B|}{|B|}

    and with weights, sums of weights stand in place of the numbers of outcomes.

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 2 and 3.

    Examples
    --------
    >>> die = range(1, 7)
    >>> print(probability({1, 2}, die))
    1/3
    >>> print(probability({5}, die, given={1, 3, 5}))
    1/3

    Two dice, and an event that is easier to describe than to list:

    >>> from itertools import product
    >>> print(probability(lambda roll: sum(roll) == 7, product(die, die)))
    1/6

    A crooked coin:

    >>> print(probability({"T"}, {"H": Fraction(2, 3), "T": Fraction(1, 3)}))
    1/3
    """
    weights = _as_weights(space)
    known = set(weights) if given is None else _as_set(given, weights, "given")
    return _probability(_as_set(event, weights, "event"), known, weights)


def are_independent(events: Iterable[_Event], space: _Space, *, given: _Event | None = None) -> bool:
    r"""Say whether events of a finite sample space are mutually independent, exactly.

    Parameters
    ----------
    events : collection of events
        Two or more events, each as for `probability`.
    space : collection of outcomes, or mapping
        As for `probability`.
    given : set of outcomes, or callable, optional
        An event that is known to occur: conditional independence.

    Returns
    -------
    bool
        Whether the product rule holds for every choice of two or more of the events.

    Raises
    ------
    TypeError, ValueError
        As for `probability`; and if there are fewer than two events.

    See Also
    --------
    probability : of an event, also given another one.

    Notes
    -----
    :math:`A_1, \dots, A_n` are mutually independent if for every :math:`I \subseteq \{1, \dots, n\}`

    .. math:: P\Bigl(\bigcap_{i \in I} A_i\Bigr) = \prod_{i \in I} P(A_i).

    That is more than independence of each pair.

    References
    ----------
    S. Ross, A First Course in Probability, 9th ed., 2014, ch. 3.

    Examples
    --------
    >>> from itertools import product
    >>> rolls = list(product(range(1, 7), repeat=2))
    >>> first_odd, second_odd, sum_odd = (lambda r: r[0] % 2), (lambda r: r[1] % 2), (lambda r: sum(r) % 2)
    >>> are_independent([first_odd, sum_odd], rolls)
    True
    >>> are_independent([first_odd, second_odd, sum_odd], rolls)
    False
    """
    weights = _as_weights(space)
    known = set(weights) if given is None else _as_set(given, weights, "given")
    sets = _as_sets(events, weights)
    return all(
        _probability(set.intersection(*some), known, weights) == prod(_probability(one, known, weights) for one in some)
        for size in range(2, len(sets) + 1)
        for some in combinations(sets, size)
    )


def _probability(event: set[Hashable], known: set[Hashable], weights: _Weights) -> Fraction:
    total = sum(weights[outcome] for outcome in known)
    if total == 0:
        raise ValueError("given must have a positive probability: P(A | B) is not defined where P(B) = 0")
    return Fraction(sum(weights[outcome] for outcome in event & known), total)


def _as_weights(space: _Space) -> _Weights:
    if not isinstance(space, Mapping):
        return _equally_likely(space)
    weights = {outcome: _as_weight(weight, outcome) for outcome, weight in space.items()}
    total = sum(weights.values())
    if total == 0:
        raise ValueError("space must hold at least one outcome of positive weight")
    if total != 1 and not all(isinstance(weight, int) for weight in weights.values()):
        raise ValueError(f"space must have probabilities that sum to 1, got the sum {total}; or give integer counts")
    return weights


def _as_weight(weight: Any, outcome: Hashable) -> int | Fraction:
    if not isinstance(weight, Rational):
        raise TypeError(
            f"space must have exact weights, integers or fractions; the weight of {outcome!r} is {weight!r}; "
            "write Fraction(1, 10) or Fraction('0.1') in place of 0.1"
        )
    if weight < 0:
        raise ValueError(f"space must have non-negative weights; the weight of {outcome!r} is {weight}")
    # Python's integers cannot overflow; NumPy's can.
    return int(weight) if isinstance(weight, Integral) else Fraction(int(weight.numerator), int(weight.denominator))


def _equally_likely(outcomes: Iterable[Any]) -> _Weights:
    if not isinstance(outcomes, Iterable):
        raise TypeError(f"space must be a collection of outcomes or a mapping to their weights, got {outcomes!r}")
    weights: dict[Hashable, int | Fraction] = {}
    for outcome in outcomes:
        if _hashable(outcome, "space") in weights:
            raise ValueError(f"space must name each outcome once, got {outcome!r} twice; for weights give a mapping")
        weights[outcome] = 1
    if not weights:
        raise ValueError("space must hold at least one outcome, got none (an iterator is used up by its first use)")
    return weights


def _as_set(event: _Event, weights: _Weights, name: str) -> set[Hashable]:
    if callable(event):
        verdicts = {outcome: event(outcome) for outcome in weights}
        if any(verdict is None for verdict in verdicts.values()):
            raise TypeError(f"{name} must say of each outcome True or False, got None; end the function with a return")
        return {outcome for outcome, verdict in verdicts.items() if verdict}
    if not isinstance(event, Iterable):
        raise TypeError(
            f"{name} must be a set of outcomes or a function of one outcome, got {event!r}; "
            f"a single outcome is {{{event!r}}}"
        )
    outcomes = {_hashable(outcome, name) for outcome in event}
    for outcome in outcomes - weights.keys():
        raise ValueError(f"{name} must be a set of outcomes of the space; {outcome!r} is not one of them")
    return outcomes


def _as_sets(events: Iterable[_Event], weights: _Weights) -> list[set[Hashable]]:
    if not isinstance(events, Iterable):
        raise TypeError(f"events must be a collection of events, got {events!r}")
    sets = [_as_set(event, weights, f"events[{i}]") for i, event in enumerate(events)]
    if len(sets) < 2:
        raise ValueError(f"events must hold at least two events, got {len(sets)}")
    return sets


def _hashable(outcome: Any, name: str) -> Hashable:
    try:
        hash(outcome)
    except TypeError:
        raise TypeError(f"{name} must hold hashable outcomes, got {outcome!r}; write tuples, not lists") from None
    return outcome  # type: ignore[no-any-return]
