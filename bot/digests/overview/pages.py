"""Some of many digests, of one person or of all. Values."""

from dataclasses import dataclass
from typing import Final

from bot.asking.subscription import Subscription

EVERYBODY: Final = ""
"""In place of a person: all digests of the workspace."""


@dataclass(frozen=True, slots=True)
class DigestCounts:
    """How many digests there are, and how many of them need attention."""

    total: int
    ailing: int


@dataclass(frozen=True, slots=True)
class DigestPage:
    """Some digests in order, and whether more follow."""

    found: tuple[Subscription, ...] = ()
    has_more: bool = False

    @property
    def end(self) -> str:
        """After which digest the next page goes on; empty where there is none."""
        last = self.found[-1] if self.found and self.has_more else None
        return f"{last.channel}:{last.id}" if last else ""
