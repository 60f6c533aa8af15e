"""Checks for the exercises of the pages: they work offline and say what is wrong, not only that it is.

A page's exercise ends in a cell such as ``check("tail-bounds-1", answer)``. The answer may be a number, an array, a
choice or a function; a function is tried on many inputs.
"""

from companion.exercises._check import Verdict, check, grade

__all__ = ["Verdict", "check", "grade"]
