from companion.linalg import eig, eigvals, hessenberg, schur
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import cases_of_square

BAD_INPUT = [
    *cases_of_square(eig),
    *cases_of_square(eigvals),
    *cases_of_square(hessenberg),
    *cases_of_square(schur),
    BadInput(
        schur, ([[1, 2], [3, 4]], "diagonal"), {}, ValueError, "output must be 'real' or 'complex', got 'diagonal'"
    ),
]
