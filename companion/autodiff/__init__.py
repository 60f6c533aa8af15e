"""Derivatives of programs, by dual numbers, by a tape, and by transformation of their source code.

`grad`, `value_and_grad`, `hessian` and `hvp` differentiate a Python function that is written in operators and NumPy
functions; `jvp` and `jacfwd` do it in forward mode, on the dual numbers `Dual`; `vjp` and `jacrev` in reverse mode, on
a `Tape`. Names and results are those of JAX, with three differences: a list counts as an array, not as a tree of
arguments; integers are taken as floats; where JAX returns inf or nan, they raise.
"""

from companion.autodiff import _array_functions as _array_functions
from companion.autodiff._checkpoint import CheckpointedVjp, checkpoint, checkpointed_vjp
from companion.autodiff._counting import count_operations
from companion.autodiff._derivatives import grad, hessian, hvp, value_and_grad
from companion.autodiff._dual import Dual
from companion.autodiff._elimination import ChainOrder, Elimination, best_elimination, chain_order, eliminate_vertices
from companion.autodiff._forward import jacfwd, jvp
from companion.autodiff._graph import Edge, Graph, Node, trace
from companion.autodiff._implicit import custom_root
from companion.autodiff._reverse import jacrev, vjp
from companion.autodiff._source import adjoint_program, adjoint_source, tangent_program, tangent_source
from companion.autodiff._sparse import group_columns, sparse_jacfwd
from companion.autodiff._tape import Step, Tape, Var
from companion.autodiff._taylor import Taylor, taylor_coefficients
from companion.autodiff._tracked import lift

__all__ = [
    "ChainOrder",
    "CheckpointedVjp",
    "Dual",
    "Edge",
    "Elimination",
    "Graph",
    "Node",
    "Step",
    "Tape",
    "Taylor",
    "Var",
    "adjoint_program",
    "adjoint_source",
    "best_elimination",
    "chain_order",
    "checkpoint",
    "checkpointed_vjp",
    "count_operations",
    "custom_root",
    "eliminate_vertices",
    "grad",
    "group_columns",
    "hessian",
    "hvp",
    "jacfwd",
    "jacrev",
    "jvp",
    "lift",
    "sparse_jacfwd",
    "tangent_program",
    "tangent_source",
    "taylor_coefficients",
    "trace",
    "value_and_grad",
    "vjp",
]
