import numpy as np

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
    *(
        BadInput(function, (1.7e308 * np.ones((3, 3)),), {}, ValueError, "overflows; divide it by its norm first")
        for function in (eig, eigvals, hessenberg, schur)
    ),
]
