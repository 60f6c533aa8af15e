"""Warnings that point at the user's line, however many functions of the package lie between."""

import inspect
import warnings


def warn_user(message: str, category: type[Warning]) -> None:
    """Warn at the line outside the package and scikit-learn, whose mixins may have called us, that led here."""
    frame, level = inspect.currentframe(), 1
    while frame and frame.f_globals["__name__"].startswith(("companion.", "sklearn.")):
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)
