"""Gradients and second derivatives, by whichever mode suits."""

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from companion.autodiff._arguments import as_argnums, check_callable, check_mode, positions, scalar
from companion.autodiff._forward import jacfwd, jvp, value_and_jacfwd
from companion.autodiff._reverse import jacrev, value_and_jacrev
from companion.autodiff._tracked import Function

Mode: TypeAlias = Literal["tape", "dual", "source"]


def grad(f: Function, argnums: int | Sequence[int] = 0, mode: Mode = "tape") -> Function:
    """Return the function that computes the gradient of a scalar function.

    Parameters
    ----------
    f : callable
        Function as in `vjp` that returns one number.
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.
    mode : {"tape", "dual", "source"}, default "tape"
        How: one run on a tape and one sweep back; one run on dual numbers an input; or one call of the adjoint program
        that `adjoint_source` writes, without the adjoints that nobody wants.

    Returns
    -------
    callable
        With the arguments of `f`, also by name. It returns a float for a scalar argument, else an array of the
        argument's shape; a tuple of these if `argnums` is a sequence.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer; when called, if the output is no scalar.
    ValueError
        If there is no such `mode`; when called, if there are too few positional arguments for `argnums`, or as in
        `vjp`.

    Notes
    -----
    .. math:: \\nabla f(x) = \\Big(\\frac{\\partial f}{\\partial x_1}, \\dots, \\frac{\\partial f}{\\partial x_n}\\Big)

    The modes differ in cost, not in the result (but for rounding): a tape takes a small multiple of a run of `f` and
    the memory of all its steps, dual numbers n times as long and no memory. Calls may be nested, in any mode but
    "source". A function must be pure: the same result for the same arguments, and no numbers kept from call to call.

    Examples
    --------
    >>> grad(lambda x: x**3)(2.0)
    12.0
    >>> grad(grad(lambda x: x**3))(2.0)
    12.0
    >>> grad(lambda x, y: x * y**2, argnums=(0, 1))(2.0, 3.0)
    (9.0, 12.0)
    """
    derivative = value_and_grad(f, argnums, mode)
    return lambda *args, **kwargs: derivative(*args, **kwargs)[1]


def value_and_grad(f: Function, argnums: int | Sequence[int] = 0, mode: Mode = "tape") -> Function:
    """Return the function that computes a scalar function's value together with its gradient.

    Parameters
    ----------
    f : callable
        Function as in `vjp` that returns one number.
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.
    mode : {"tape", "dual", "source"}, default "tape"
        As in `grad`.

    Returns
    -------
    callable
        With the arguments of `f`. It returns ``(f(...), grad(f, argnums)(...))``.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer; when called, if the output is no scalar.
    ValueError
        If there is no such `mode`; when called, if there are too few positional arguments for `argnums`, or as in
        `vjp`.

    Examples
    --------
    >>> value_and_grad(lambda x: x @ x)([1.0, 2.0])
    (5.0, array([2., 4.]))
    """
    check_callable(f)
    check_mode(mode, "tape", "dual", "source")
    if mode == "source":
        return _value_and_grad_of_source(f, argnums)
    return (value_and_jacrev if mode == "tape" else value_and_jacfwd)(scalar(f), argnums)


def _value_and_grad_of_source(f: Function, argnums: int | Sequence[int]) -> Function:
    from companion.autodiff._source import Translations, source_value_and_grad

    numbers = as_argnums(argnums)
    known: Translations = {}

    def derivative(*args: Any, **kwargs: Any) -> tuple[Any, Any]:
        chosen = positions(numbers, args)
        value, gradients = source_value_and_grad(f, tuple(sorted(chosen)), args, kwargs, known)
        several = isinstance(argnums, (tuple, list))
        return value, tuple(gradients[i] for i in chosen) if several else gradients[chosen[0]]

    return derivative


def hessian(f: Function, argnums: int | Sequence[int] = 0) -> Function:
    """Return the function that computes the matrix of second derivatives of a scalar function.

    Parameters
    ----------
    f : callable
        Function as in `vjp` that returns one number (or an array: each entry then has a Hessian).
    argnums : int or sequence of int, default 0
        Which positional argument(s) to differentiate with respect to.

    Returns
    -------
    callable
        With the arguments of `f`. For an argument of shape s it returns an array of shape ``(*s, *s)``, a float for a
        scalar one; for a sequence of argnums a tuple of tuples, the entry [i][j] of the derivatives by argument i and
        argument j.

    Raises
    ------
    TypeError
        If `f` cannot be called or `argnums` is no integer.
    ValueError
        When called: if there are too few positional arguments for `argnums`, or as in `vjp`.

    See Also
    --------
    hvp : A Hessian times a vector, for the cost of a few runs of `f`.

    Notes
    -----
    .. math:: H_{ij} = \\frac{\\partial^2 f}{\\partial x_i\\, \\partial x_j}

    Forward over reverse: each of n inputs costs one run of the gradient on dual numbers.

    Examples
    --------
    >>> hessian(lambda x: x[0] ** 2 * x[1])([2.0, 3.0])
    array([[6., 4.],
           [4., 0.]])
    """
    return jacfwd(jacrev(f, argnums), argnums)


def hvp(f: Function, primals: Sequence[Any], tangents: Sequence[Any]) -> Any:
    """Return the product of a scalar function's Hessian with a vector, without the Hessian.

    Parameters
    ----------
    f : callable
        Function as in `vjp` that returns one number.
    primals : tuple or list of numbers or array_like
        The point x, one entry an argument of `f`.
    tangents : tuple or list of numbers or array_like
        The vector v: for each entry of `primals` one of the same shape.

    Returns
    -------
    float or ndarray, or tuple of these
        H(x) v, of the shape of x; with several arguments a tuple, one entry an argument.

    Raises
    ------
    TypeError
        If `f` cannot be called, its output is no scalar, or the arguments are no tuples or lists.
    ValueError
        If primals and tangents differ in number or shape, or an entry is not finite.

    Notes
    -----
    .. math:: H(x)\\,v = \\frac{d}{d\\varepsilon} \\nabla f(x + \\varepsilon v) \\Big|_{\\varepsilon=0}

    Forward over reverse: the gradient, run on dual numbers. The cost is a small multiple of that of `f`, whatever the
    number of inputs.

    References
    ----------
    Pearlmutter (1994), Fast exact multiplication by the Hessian, Neural Computation 6, 147-160.

    Examples
    --------
    >>> hvp(lambda x: x[0] ** 2 * x[1], ([2.0, 3.0],), ([1.0, 0.0],))
    array([6., 4.])
    """
    check_callable(f)
    gradient = grad(f, tuple(range(len(primals))) if isinstance(primals, (tuple, list)) and primals else 0)
    product = jvp(gradient, primals, tangents)[1]
    return product[0] if len(product) == 1 else product
