"""One case of bad input, as the tables `tests/**/bad_input*.py` hold them in their list `BAD_INPUT`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class BadInput:
    """A call that must be refused, with the error and a regular expression that its message matches.

    `covers` names the public callable that the case is about where `call` is a wrapper around it, for example
    ``BadInput(lambda **kw: KMeans(**kw).fit(X), (), {"n_clusters": 0}, ValueError, "n_clusters", covers=KMeans)``.
    """

    call: Callable[..., Any]
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    error: type[Exception] = ValueError
    match: str = ""
    covers: Callable[..., Any] | None = None

    @property
    def subject(self) -> Callable[..., Any]:
        return self.call if self.covers is None else self.covers
