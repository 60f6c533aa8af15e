from companion.calculus import differentiate
from tests.bad_input import BadInput

BAD_INPUT = [
    BadInput(differentiate, (3,), {}, TypeError, "expression must be a text, such as 'x\\*\\*2', got 3"),
    BadInput(differentiate, ("2x",), {}, ValueError, "must be Python, got '2x'.*write products with"),
    BadInput(differentiate, ("x^2",), {}, ValueError, "'x \\^ 2'; write powers with"),
    BadInput(differentiate, ("np.sin(x)",), {}, ValueError, r"write sin\(...\)"),
    BadInput(
        differentiate, ("gamma(x)",), {}, ValueError, "'gamma\\(x\\)'; there is no such function; write products with"
    ),
    BadInput(differentiate, ("x(x + 1)",), {}, ValueError, "'x\\(x \\+ 1\\)'.*; write products with"),
    BadInput(differentiate, ("2(x + 1)",), {}, ValueError, "'2\\(x \\+ 1\\)'; write products with"),
    BadInput(differentiate, ("ln(x)",), {}, ValueError, r"'ln\(x\)'; write log\(...\), with one argument"),
    BadInput(differentiate, ("np.arctan(x)",), {}, ValueError, r"write atan\(...\)"),
    BadInput(differentiate, ("sc.erf(x)",), {}, ValueError, r"'sc.erf\(x\)'; there is no such function$"),
    BadInput(differentiate, ("sin",), {}, ValueError, "the function 'sin' without an argument"),
    BadInput(differentiate, ("sin(x, 2)",), {}, ValueError, "with one argument"),
    BadInput(differentiate, ("x if x > 0 else 0",), {}, ValueError, "IfExp"),
    BadInput(differentiate, ("1e999*x",), {}, ValueError, "finite numbers"),
    BadInput(differentiate, ("x + True",), {}, ValueError, "Constant"),
    BadInput(differentiate, ("+".join(["x"] * 100000),), {}, ValueError, "nested less deeply"),
    BadInput(differentiate, ("x", "sin"), {}, ValueError, "variable must be a name"),
    BadInput(differentiate, ("x", "\uff53in"), {}, ValueError, "variable must be a name"),  # a wide s
    BadInput(differentiate, ("x", "2"), {}, ValueError, "variable must be a name"),
    BadInput(differentiate, ("x", None), {}, TypeError, "variable must be a text, got None"),
]
