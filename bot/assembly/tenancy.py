"""What one process has once, and what makes one workspace different from another."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.asking.question import QuestionKinds
from bot.assembly.features import Features, kinds_of
from bot.clock import Clock
from bot.config import Settings
from bot.slack.client import Slack
from bot.slack_app import Identity
from bot.store.database import MAIN, Database
from bot.store.leases import SPEAKING, Leases
from bot.store.secret_keys import SecretKeys
from bot.tables.table_files import TableFiles

if TYPE_CHECKING:
    from bot.jobs.dispatch.service import JobDispatch


@dataclass(frozen=True, slots=True)
class Resources:
    """What a process has once, whichever workspaces it works for."""

    settings: Settings
    clock: Clock
    database: Database
    leases: Leases
    keys: SecretKeys
    tables: TableFiles
    features: Features
    queue: str
    dispatch: "JobDispatch | None" = None
    """What hands jobs on to all workers; None where the one who leads carries them out."""

    def role_of(self, workspace: str) -> str:
        """Return the lease of who works on a workspace's queue."""
        return SPEAKING + workspace if self.queue == MAIN else self.queue

    @property
    def kinds(self) -> QuestionKinds:
        """Every kind of question that can be asked."""
        return kinds_of(self.features)


@dataclass(frozen=True, slots=True)
class Tenant:
    """A workspace: who the bot is there, its open client, and the settings that are its own.

    `workspace` is what its rows name; `is_own` says that it is that of SLACK_BOT_TOKEN.
    """

    workspace: str
    identity: Identity
    slack: Slack
    settings: Settings
    is_own: bool = True
