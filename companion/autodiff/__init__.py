"""Derivatives of programs: dual numbers and the forward mode.

`Dual` is the number x + x'd of the page with d² = 0; NumPy's functions work on it. `jvp`, `grad`, `value_and_grad`
and `jacfwd` differentiate a Python function. Names and results are those of JAX, with three differences: a list counts
as an array, not as a tree of arguments; integers are taken as floats; where JAX returns inf or nan, they raise.
"""

from companion.autodiff._dual import Dual, lift
from companion.autodiff._forward import grad, jacfwd, jvp, value_and_grad

__all__ = ["Dual", "grad", "jacfwd", "jvp", "lift", "value_and_grad"]
