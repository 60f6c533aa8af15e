from companion.exercises import check, grade
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(check, ("no-such-page-1", 0), {}, ValueError, "label must be that of an exercise, got 'no-such-page-1'"),
    BadInput(check, ("tail-bounds-99", 0), {}, ValueError, "there is: tail-bounds-1, tail-bounds-2"),
    BadInput(check, ("em-1", 0), {}, ValueError, "none on .*; did you mean em-for-.*, expectation-maximisation-1, "),
    BadInput(check, ("tail-bound-2", 0), {}, ValueError, "did you mean tail-bounds-1, tail-bounds-2"),
    BadInput(grade, ("", 0), {}, ValueError, "label must be that of an exercise, got ''"),
    BadInput(grade, (7, 0), {}, ValueError, "label must be that of an exercise, got 7"),
]
