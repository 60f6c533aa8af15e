"""checkpoint, custom_root and lift differentiate by their arguments only: they refuse other differentiated numbers."""

import math

import numpy as np
import pytest

from companion.autodiff import checkpoint, custom_root, grad, lift


def root_of_product(p):
    """Return the root of x p, by a solver that takes the plain number p, as a compiled library would."""
    plain = p.value if hasattr(p, "value") else p
    return custom_root(lambda y, x: y * y - x * p)(lambda x: math.sqrt(x * plain))


CLOSURES = {
    "checkpoint": {
        "argument and closure": lambda x: checkpoint(lambda y: x * y)(x),
        "inner variable": lambda w: grad(lambda x: checkpoint(lambda y: w * x * y)(x))(3.0),
        "in a list": lambda x: checkpoint(lambda y, z: y[0] * z)([x, x], x),
    },
    "custom_root": {
        "of a plain number": lambda p: root_of_product(p)(4.0),
        "of a function of it": lambda p: root_of_product(p)(4.0 * p),
        "of a smooth solver": lambda p: custom_root(lambda y, x: y * y - x * p)(lambda x: np.sqrt(x * p))(4 * p),
        "inside": lambda p: grad(root_of_product(p))(4.0),
    },
    "lifted:<lambda>": {
        "in the value": lambda p: lift(lambda x: x * x * p, lambda x: 2 * x)(3 * p),
        "in the slope": lambda p: lift(lambda x: x * x, lambda x: 2 * x * p)(3 * p),
    },
}
CASES = [pytest.param(name, f, id=f"{name}, {case}") for name, fs in CLOSURES.items() for case, f in fs.items()]


@pytest.mark.parametrize("mode", ["tape", "dual"])
@pytest.mark.parametrize(("name", "f"), CASES)
def test_a_differentiated_number_that_is_no_argument_is_refused(name, f, mode):
    with pytest.raises(TypeError, match=rf"{name}: the function uses a .* that is not among its arguments"):
        grad(f, mode=mode)(2.0)
