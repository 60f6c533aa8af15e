from companion.probability import are_pairwise_independent
from tests.bad_input import BadInput
from tests.probability.bad_input_events import DIE, EVENTS, SPACES

BAD_INPUT = [
    *(BadInput(are_pairwise_independent, ([(), ()], space), {}, error, match) for space, error, match in SPACES),
    *(
        BadInput(are_pairwise_independent, ([{1}, {2}, event], DIE), {}, error, rf"events\[2\] {match}")
        for event, error, match in EVENTS
    ),
    BadInput(are_pairwise_independent, ([], DIE), {}, ValueError, "events must hold at least two events, got 0"),
    BadInput(are_pairwise_independent, ([{1}], DIE), {}, ValueError, "events must hold at least two events, got 1"),
    BadInput(are_pairwise_independent, (7, DIE), {}, TypeError, "events must be a collection of events, got 7"),
]
