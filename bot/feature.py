"""One file for each vendor: its client opened, its services put together, its jobs named."""

from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from bot.asking.composing import Composer, Composers
from bot.asking.people import People
from bot.asking.store import ChoiceLists, SnapshotStore
from bot.clock import Clock
from bot.config import Settings
from bot.digests.store import SubscriptionStore
from bot.jobs.tasks import Task
from bot.outbox.files import NarratedSource, Opener
from bot.outbox.store import OutboxStore
from bot.slack.client import Slack
from bot.store.database import Database
from bot.tables.table_files import TableFiles

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Parts:
    """What all features are built from."""

    settings: Settings
    clock: Clock
    stack: AsyncExitStack
    database: Database
    slack: Slack
    people: People
    outbox: OutboxStore
    orders: SubscriptionStore
    snapshots: SnapshotStore
    tables: TableFiles

    @property
    def lists(self) -> ChoiceLists:
        """The pick lists of forms."""
        return ChoiceLists(self.snapshots)

    @property
    def largest(self) -> int:
        """How many bytes a file in this workspace may have."""
        return self.settings.general.largest_file_mb * MB


@dataclass(frozen=True, slots=True)
class Feature:
    """What a vendor adds: tasks, composers by kind of question, sources of files."""

    tasks: tuple[Task[Any], ...]
    composers: Mapping[str, Composer]
    openers: Mapping[str, Opener] = field(default_factory=dict)
    narrated: Mapping[str, NarratedSource] = field(default_factory=dict)


def composers_of(features: Iterable[Feature], **more: Composer) -> Composers:
    """Return the composers of all kinds of questions."""
    return more | {kind: one for each in features for kind, one in each.composers.items()}
