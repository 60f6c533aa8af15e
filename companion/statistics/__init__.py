"""Statistics: describing data, correlation, intervals, tests, and measures of performance."""

__all__: list[str] = []
