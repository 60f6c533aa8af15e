"""Checkers of the pages: each takes a page and returns complaints, which say where, what, and how to mend it."""
