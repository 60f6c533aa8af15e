import math

import numpy as np

from companion.autodiff import Dual, grad, jacfwd, jvp, lift, value_and_grad
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(Dual, ("a",), {}, TypeError, r"value must hold real numbers"),
    BadInput(Dual, (1j,), {}, TypeError, r"value must hold real numbers"),
    BadInput(Dual, (1.0, "a"), {}, TypeError, r"tangent must hold real numbers"),
    BadInput(Dual, (Dual(1.0, 1.0),), {}, TypeError, r"value is a Dual already; nest derivatives with grad"),
    BadInput(Dual, (math.nan,), {}, ValueError, r"value must be finite.*got nan"),
    BadInput(Dual, ([1.0, math.inf],), {}, ValueError, r"value\[1\] is inf"),
    BadInput(Dual, (1.0, math.nan), {}, ValueError, r"tangent must be finite"),
    BadInput(Dual, (1.0, [1.0, 2.0]), {}, ValueError, r"tangent must broadcast to the shape \(\) of value, got \(2,\)"),
    BadInput(Dual, ([1.0, 2.0], [1.0, 2.0, 3.0]), {}, ValueError, r"shape \(2,\) of value, got \(3,\)"),
    BadInput(lift, (3, math.cos), {}, TypeError, r"f must be a function, got 3"),
    BadInput(lift, (math.sin, None), {}, TypeError, r"df must be a function, got None"),
    BadInput(jvp, (3.0, (1.0,), (1.0,)), {}, TypeError, r"f must be a function, got 3.0; write grad\(f\)\(x\)"),
    BadInput(jvp, (np.sin, 1.0, (1.0,)), {}, TypeError, r"primals must be a tuple or list.* got float"),
    BadInput(jvp, (np.sin, (1.0,), np.ones(1)), {}, TypeError, r"tangents must be a tuple or list.* got ndarray"),
    BadInput(jvp, (np.sin, (1.0,), (1.0, 2.0)), {}, ValueError, r"equally many, got 1 and 2"),
    BadInput(jvp, (np.sin, ([1.0, 2.0],), (1.0,)), {}, ValueError, r"tangents\[0\] must have the shape \(2,\)"),
    BadInput(jvp, (np.sin, (math.nan,), (1.0,)), {}, ValueError, r"primals\[0\] must be finite"),
    BadInput(jvp, (np.sin, (1.0,), (math.inf,)), {}, ValueError, r"tangents\[0\] must be finite"),
    BadInput(jvp, (np.sin, ("a",), (1.0,)), {}, TypeError, r"primals\[0\] must hold real numbers"),
    BadInput(jvp, (lambda x: None, (1.0,), (1.0,)), {}, TypeError, r"f must return numbers.* got NoneType"),
    BadInput(jvp, (lambda x: {"y": x}, (1.0,), (1.0,)), {}, TypeError, r"f must return numbers.* got dict"),
    BadInput(jvp, (lambda x: x > 0, (1.0,), (1.0,)), {}, TypeError, r"f must return numbers.* got bool"),
    BadInput(jvp, (math.sin, (1.0,), (1.0,)), {}, TypeError, r"np\.sin, not math\.sin"),
    BadInput(grad, (9.0,), {}, TypeError, r"f must be a function, got 9.0; write grad\(f\)\(x\), not grad\(f\(x\)\)"),
    BadInput(grad, (np.sin, 0.5), {}, TypeError, r"argnums must be an integer .* got 0.5"),
    BadInput(grad, (np.sin, True), {}, TypeError, r"argnums must be an integer .* got True"),
    BadInput(grad, (np.sin, ()), {}, ValueError, r"argnums must name at least one argument"),
    BadInput(value_and_grad, (None,), {}, TypeError, r"f must be a function, got None"),
    BadInput(value_and_grad, (np.sin, "x"), {}, TypeError, r"argnums must be an integer .* got 'x'"),
    BadInput(jacfwd, ("f",), {}, TypeError, r"f must be a function, got 'f'"),
    BadInput(jacfwd, (np.sin, (0, 1.5)), {}, TypeError, r"argnums must be an integer .* got \(0, 1.5\)"),
]
