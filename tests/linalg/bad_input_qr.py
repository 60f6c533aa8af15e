import numpy as np

from companion.linalg import gram_schmidt, qr
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import cases_of_matrix

BAD_INPUT = [
    *cases_of_matrix(qr),
    *cases_of_matrix(gram_schmidt),
    BadInput(qr, (np.eye(2), "raw"), {}, ValueError, "mode must be 'reduced' or 'complete', got 'raw'"),
    BadInput(gram_schmidt, (np.eye(2), "fast"), {}, ValueError, "method must be 'modified' or 'classical', got 'fast'"),
    BadInput(gram_schmidt, (np.ones((2, 3)),), {}, ValueError, r"at most as many columns as rows, .* shape \(2, 3\)"),
    BadInput(gram_schmidt, ([[1, 2], [2, 4]],), {}, ValueError, "linearly independent columns; column 1 depends"),
    BadInput(gram_schmidt, ([[0, 1], [0, 4]],), {}, ValueError, "linearly independent columns; column 0 depends"),
]
