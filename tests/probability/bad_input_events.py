from fractions import Fraction as F

from companion.probability import are_independent, probability
from tests.bad_input import BadInput

DIE = range(1, 7)

SPACES = [
    (7, TypeError, "space must be a collection of outcomes or a mapping to their weights, got 7"),
    ([], ValueError, "space must hold at least one outcome, got none"),
    (iter([]), ValueError, "an iterator is used up by its first use"),
    ("HTT", ValueError, "space must name each outcome once, got 'T' twice"),
    ([[1], [2]], TypeError, r"space must hold hashable outcomes, got \[1\]; write tuples"),
    ({}, ValueError, "at least one outcome of positive weight"),
    ({"a": 0}, ValueError, "at least one outcome of positive weight"),
    ({"a": 2, "b": -1}, ValueError, "space must have non-negative weights; the weight of 'b' is -1"),
    ({"a": F(1, 2), "b": F(1, 3)}, ValueError, "space must have probabilities that sum to 1, got the sum 5/6"),
    ({"a": 0.5, "b": 0.5}, TypeError, r"the weight of 'a' is 0.5; write Fraction\(1, 10\)"),
    ({"a": "1/2"}, TypeError, "space must have exact weights"),
]

EVENTS = [
    (5, TypeError, r"must be a set of outcomes or a function of one outcome, got 5; a single outcome is \{5\}"),
    ({7}, ValueError, "must be a set of outcomes of the space; 7 is not one of them"),
    ({"1"}, ValueError, "must be a set of outcomes of the space; '1' is not"),
    ([[1]], TypeError, r"must hold hashable outcomes, got \[1\]"),
    (lambda face: None, TypeError, "must say of each outcome True or False, got None; end .* with a return"),
]

BAD_INPUT = [
    *(BadInput(probability, ((), space), {}, error, match) for space, error, match in SPACES),
    *(BadInput(are_independent, ([(), ()], space), {}, error, match) for space, error, match in SPACES),
    *(BadInput(probability, (event, DIE), {}, error, f"event {match}") for event, error, match in EVENTS),
    *(BadInput(probability, ({1}, DIE), {"given": event}, error, f"given {match}") for event, error, match in EVENTS),
    *(BadInput(are_independent, ([{1}, e], DIE), {}, error, rf"events\[1\] {match}") for e, error, match in EVENTS),
    *(
        BadInput(are_independent, ([{1}, {2}], DIE), {"given": e}, error, f"given {match}")
        for e, error, match in EVENTS
    ),
    BadInput(probability, ({1}, DIE), {"given": set()}, ValueError, "given must have a positive probability"),
    BadInput(probability, ("a", {"a": 1, "b": 0}), {"given": "b"}, ValueError, "not defined where P"),
    BadInput(are_independent, ([{1}, {2}], DIE), {"given": ()}, ValueError, "given must have a positive probability"),
    BadInput(are_independent, ([{1}], DIE), {}, ValueError, "events must hold at least two events, got 1"),
    BadInput(are_independent, (7, DIE), {}, TypeError, "events must be a collection of events, got 7"),
]
