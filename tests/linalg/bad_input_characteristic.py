import numpy as np

from companion.linalg import characteristic_polynomial
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(characteristic_polynomial, (np.ones((2, 3)),), {}, ValueError, r"a must be square, got shape \(2, 3\)"),
    BadInput(characteristic_polynomial, ([1, 2],), {}, ValueError, r"two dimensions, got shape \(2,\)"),
    BadInput(characteristic_polynomial, ([[1, np.nan], [0, 1]],), {}, ValueError, "must be finite"),
    BadInput(characteristic_polynomial, ([["a"]],), {}, TypeError, "a must hold real numbers"),
    BadInput(characteristic_polynomial, (np.diag([1e200, 2e200]),), {}, ValueError, "overflows; divide it by its norm"),
    BadInput(characteristic_polynomial, (1e200 * np.eye(3)[[1, 2, 0]],), {}, ValueError, "a coefficient overflows"),
    BadInput(characteristic_polynomial, (1e200j * np.eye(2),), {}, ValueError, "a coefficient overflows"),
]
