"""The answer keys, one module a page; each holds QUESTIONS, from the exercise's number to its question."""
