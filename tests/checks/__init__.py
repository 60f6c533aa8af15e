"""Checkers of the pages: each takes a page and returns complaints, sentences that say where, what, and how to mend it."""
