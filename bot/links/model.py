"""What a workspace says of its links. Plain values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Links to `domain` that fit `pattern` lead to a thing of `kind`; said by an admin."""

    domain: str
    pattern: str
    kind: str
    set_by: str
    set_at: datetime

    @property
    def words(self) -> str:
        """The links that it is about, such as "learn.example.com/flows/{id}"."""
        return f"{self.domain}{self.pattern}"


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link as it was pasted, to the thing of an id."""

    url: str
    kind: str
    id: str
