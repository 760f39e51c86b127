"""What Home is made of besides digests. Values."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KnownHome:
    """The hash of the view that was published last, and whether the tour is over."""

    hash: str = ""
    toured: bool = False


@dataclass(frozen=True, slots=True)
class KnownHealth:
    """When a service answered last, and what went wrong since, in words; empty for nothing."""

    answered_at: datetime | None = None
    failed_at: datetime | None = None
    trouble: str = ""

    def later(self, other: "KnownHealth") -> "KnownHealth":
        """Return what both know together: a good answer ends what was wrong before it."""
        answered = max(filter(None, (self.answered_at, other.answered_at)), default=None)
        failed = max((self, other), key=lambda each: each.failed_at or _NEVER)
        if failed.failed_at is None or (answered and answered >= failed.failed_at):
            return KnownHealth(answered)
        return KnownHealth(answered, failed.failed_at, failed.trouble)


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file that was sent, where and when, and the link to its message; empty where it has none.

    A direct message has no `channel`.
    """

    name: str
    channel: str
    sent_at: datetime
    link: str = ""
