"""A conversation whose id changes, as a private channel's does when it begins to be shared.

Slack knows it by the new id alone, for good, so every row that names it has to.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from bot import log
from bot.jobs.outcome import Outcome
from bot.jobs.request import Intent, Job
from bot.jobs.tasks import Task
from bot.store.database import Transaction


@dataclass(frozen=True, slots=True)
class MoveChannel(Intent):
    """What Slack told: the conversation `old` is `new` from now on."""

    job: ClassVar[str] = "move_channel"
    old: str
    new: str


class PlacedStore(Protocol):
    """A store with rows that name conversations."""

    def move_channel(self, tx: Transaction, old: str, new: str, /) -> int:
        """Let rows name a conversation by its new id; return how many. Done twice, it is done."""
        ...


class ChannelMover:
    """Moves the rows of all stores in one transaction."""

    def __init__(self, stores: Iterable[PlacedStore]) -> None:
        """Move those of these stores."""
        self._stores = tuple(stores)

    def tasks(self) -> tuple[Task[MoveChannel], ...]:
        """Return the work that is done here."""
        return (Task(MoveChannel, self.move),)

    async def move(self, job: Job[MoveChannel]) -> Outcome:
        """Move all that belongs to a conversation."""
        old, new = job.details.old, job.details.new

        def write(tx: Transaction) -> None:
            rows = sum(each.move_channel(tx, old, new) for each in self._stores)
            log.get().info("channel_moved", old=old, new=new, rows=rows)

        return Outcome(writes=(write,))
