"""Answers to the exercises of the page on derivatives."""

from math import cos, pi, sin

from companion.exercises._questions import Function, Mistake, Value


def gradient(x: float, y: float) -> list[float]:
    """Return the partial derivatives of x²y + sin(xy)."""
    return [2 * x * y + y * cos(x * y), x**2 + x * cos(x * y)]


def meets_again(a: float) -> float:
    """Return where the tangent of x³ at a meets the curve again."""
    return -2 * a


QUESTIONS = {
    "1": Value(
        [-(pi**2), -1 / pi, 2 / pi],
        mistakes=[
            Mistake([-2 * pi, -1, 2 / pi], "A product's derivative has two terms: f'g + fg'."),
            Mistake([pi**2, 1 / pi, 2 / pi], "The cosine of pi is -1."),
            Mistake([-(pi**2), 1 / pi, 2 / pi], "The order in the quotient rule: f'g - fg', over g squared."),
            Mistake([-(pi**2), -1 / pi, 1 / pi**2], "The chain rule: times the derivative of x squared."),
            Mistake([-(pi**2), -1, 2 / pi], "Divide by g squared, which is pi squared."),
        ],
        why="By the product, the quotient and the chain rule.",
    ),
    "2": Value(
        [(True, False), (True, True), (False, False), (True, True)],
        mistakes=[
            Mistake(
                [(True, False), (True, False), (False, False), (True, True)],
                "The quotient of x|x| at 0 is |h|, which has a limit.",
            ),
            Mistake(
                [(True, True), (True, True), (False, False), (True, True)],
                "The quotient of |x| at 0 is 1 on the right and -1 on the left.",
            ),
            Mistake(
                [(True, False), (True, True), (False, True), (True, True)],
                "A function that is not continuous has no derivative. The floor jumps at 0: -1 just left of it.",
            ),
            Mistake(
                [(True, False), (True, True), (False, False), (True, False)],
                "The quotient of the last is (sin h - h)/h squared, about -h/6.",
            ),
        ],
        why="The theorem excludes the pair (False, True).",
    ),
    "3": Function(
        meets_again,
        draw=lambda rng: (float(rng.choice([-1, 1]) * rng.uniform(0.3, 5)),),
        cases=[(1.0,), (-2.0,)],
        mistakes=[
            Mistake(lambda a: a, "That is the point of tangency; the other one is asked for."),
            Mistake(lambda a: -a, "The roots add up to 0, and the point of tangency counts twice."),
            Mistake(lambda a: 2 * a, "The sign: the roots add up to 0."),
            Mistake(lambda a: (-2 * a) ** 3, "That is its y; x is asked for."),
        ],
        why="A tangent may meet its curve again.",
    ),
    "4": Function(
        gradient,
        draw=lambda rng: (float(rng.uniform(-2, 2)), float(rng.uniform(-2, 2))),
        cases=[(1.0, 2.0), (0.5, -1.5)],
        mistakes=[
            Mistake(
                lambda x, y: [2 * x * y + cos(x * y), x**2 + cos(x * y)],
                "The chain rule: times the derivative of xy by the variable.",
            ),
            Mistake(
                lambda x, y: [2 * x * y - y * cos(x * y), x**2 - x * cos(x * y)], "The derivative of sin is cos, plus."
            ),
            Mistake(lambda x, y: gradient(x, y)[::-1], "First the derivative by x, then that by y."),
            Mistake(lambda x, y: x**2 * y + sin(x * y), "That is f; its two partial derivatives are asked for."),
        ],
        why="Check it with companion.autodiff.grad.",
    ),
}
