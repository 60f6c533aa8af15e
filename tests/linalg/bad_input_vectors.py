import numpy as np

from companion.linalg import angle_between, coordinates
from tests.bad_input import BadInput
from tests.linalg.bad_input_lu import SINGULAR

PLANE = [[1.0, 0], [0, 1], [0, 0]]

BAD_INPUT = [
    BadInput(angle_between, ([0, 0], [1, 2]), {}, ValueError, "u must not be the zero vector, which has no direction"),
    BadInput(angle_between, ([1, 2], [[1, 1], [0, 0]]), {}, ValueError, "v must not be the zero vector"),
    BadInput(angle_between, ([], []), {}, ValueError, "u must not be the zero vector"),
    BadInput(angle_between, ([1, 2], [1]), {}, ValueError, "as many components, got 2 and 1"),
    BadInput(angle_between, (np.ones((2, 3)), np.ones((4, 3))), {}, ValueError, r"broadcast, got shapes \(2, 3\)"),
    BadInput(angle_between, ([1, 2], 3), {}, ValueError, r"v must be a vector, got a single number; pass \[v\]"),
    BadInput(angle_between, ([1, np.nan], [1, 2]), {}, ValueError, r"u must be finite; .*u\[1\] is nan"),
    BadInput(angle_between, ([1, 2], [1, -np.inf]), {}, ValueError, r"v must be finite; .*v\[1\] is -inf"),
    BadInput(angle_between, ([1j, 2], [1, 2]), {}, TypeError, "u must hold real numbers"),
    BadInput(angle_between, ("ab", [1, 2]), {}, TypeError, "u must hold real numbers"),
    BadInput(coordinates, ([1, 2], [1, 2]), {}, ValueError, r"basis must be a matrix, .* got shape \(2,\)"),
    BadInput(coordinates, (SINGULAR, [1, 2]), {}, ValueError, "basis must be linearly independent; column 1 depends"),
    BadInput(coordinates, ([[0, 1], [0, 2]], [1, 2]), {}, ValueError, "column 0 depends on those before"),
    BadInput(coordinates, (np.ones((2, 3)), [1, 1]), {}, ValueError, "as many vectors as components, got 3 columns"),
    BadInput(coordinates, (np.eye(2), [1, 2, 3]), {}, ValueError, r"x must have the shape \(2,\).* got \(3,\)"),
    BadInput(coordinates, (np.eye(2), 3), {}, ValueError, r"x must have the shape .* got \(\)"),
    BadInput(coordinates, (np.eye(2), np.ones((2, 1, 1))), {}, ValueError, r"got \(2, 1, 1\)"),
    BadInput(coordinates, (PLANE, [1, 2, 3]), {}, ValueError, "x must be in the span of the basis; it is 3 away"),
    BadInput(coordinates, (PLANE, [0, 0, 1e-9]), {}, ValueError, "it is 1e-09 away"),
    BadInput(coordinates, ([[1, np.nan], [0, 1]], [1, 2]), {}, ValueError, r"basis must be finite; .*\[0, 1\] is nan"),
    BadInput(coordinates, (np.eye(2), [1, np.nan]), {}, ValueError, r"x must be finite; .*x\[1\] is nan"),
    BadInput(coordinates, (np.eye(2), None), {}, TypeError, "x must hold real numbers"),
]
