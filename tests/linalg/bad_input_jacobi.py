from companion.linalg import eigh, svd, svdvals
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import cases_of_matrix, cases_of_square

BAD_INPUT = [
    *cases_of_matrix(svd),
    *cases_of_matrix(svdvals),
    *cases_of_square(eigh),
    BadInput(
        eigh, ([[1, 2], [3, 4]],), {}, ValueError, r"symmetric \(Hermitian\); a\[0, 1\] is 2.0 but a\[1, 0\] is 3"
    ),
    BadInput(eigh, ([[1, 2j], [2j, 4]],), {}, ValueError, "must be symmetric"),
]
