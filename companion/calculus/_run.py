"""What a method of `minimize` keeps of its run, and says at its end."""

import inspect
from typing import NamedTuple

import numpy as np

from companion.calculus._objective import Floats, Function, Objective

MESSAGES = {  # by status, in SciPy's words where SciPy has the status
    0: "Optimization terminated successfully.",
    1: "Maximum number of iterations has been exceeded.",
    2: "Desired error not necessarily achieved due to precision loss.",
    3: "The full step of Newton's method is not finite.",
    4: "The function falls without end along a direction, as far as was tried: it seems to have no minimum there.",
    5: "The gradient vanishes, but the Hessian has a negative eigenvalue: a saddle or a maximum.",
    99: "`callback` raised `StopIteration`.",
}
SMALL_FALL = "The last step lowered the value by no more than 'ftol' allows; the gradient is still larger than 'gtol'."
NOT_FINITE = "A step of Newton's method led to where a derivative is not finite."
REPAIRS = {
    1: "raise options['maxiter'] (or 'maxfun'), or start nearer; a badly scaled problem wants its variables in "
    "comparable units",
    2: "the values do not fall any more: raise gtol, or check jac; at a kink it may stop short of the minimum",
    3: "the Hessian is singular or infinite there, or the steps run away; leave out options['damped'], start nearer, "
    "or take method='BFGS'",
    4: "check the sign of fun, or bound it below, for example by a penalty",
    5: "start from another point, off the lines of symmetry of fun",
}


class MinimizeStep(NamedTuple):
    """What is kept of a step; an entry of the `history` of a result of `minimize`."""

    fun: float
    jac_norm: float
    step: float
    nfev: int
    njev: int


class Record:
    """The history of a run; it calls the user's callback after each step."""

    def __init__(self, objective: Objective, norm: float, callback: Function | None, return_all: bool) -> None:
        if not (callback is None or callable(callback)):
            raise TypeError(f"callback must be a function, got {callback!r}")
        self.objective, self.norm, self.callback, self.return_all = objective, norm, callback, return_all
        self.history: list[MinimizeStep] = []
        self.allvecs: list[Floats] = []
        self.stopped = False

    def add(self, x: Floats, fun: float, jac: Floats, step: float) -> None:
        """Keep a point; the first one is the start, which is no step."""
        size = float(np.linalg.norm(jac, self.norm))
        self.history.append(MinimizeStep(fun, size, step, self.objective.nfev, self.objective.njev))
        if self.return_all:
            self.allvecs.append(x.copy())
        if self.callback is not None and self.nit:
            self._call(x.copy(), fun)

    def _call(self, x: Floats, fun: float) -> None:
        from scipy.optimize import OptimizeResult

        assert self.callback is not None
        try:
            if list(inspect.signature(self.callback).parameters) == ["intermediate_result"]:
                self.callback(intermediate_result=OptimizeResult(x=x, fun=fun))
            else:
                self.callback(x)
        except StopIteration:
            self.stopped = True

    @property
    def nit(self) -> int:
        """How many steps were made."""
        return len(self.history) - 1

    @property
    def jac_norm(self) -> float:
        """The norm of the last gradient."""
        return self.history[-1].jac_norm


class Run(NamedTuple):
    """Where a method came to, and the status with which it stopped."""

    x: Floats
    fun: float
    jac: Floats
    status: int
    message: str = ""
