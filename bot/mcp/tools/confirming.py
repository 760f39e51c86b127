"""What was shown and may be done: kept under a token for one person and some minutes, done once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, Final

from bot.asking.rendering.offers import Offer
from bot.asking.store import INPUT, SnapshotStore, drop_snapshot, put_snapshot
from bot.clock import Clock
from bot.errors import DeniedError, UserError
from bot.jobs.outcome import NewJob, Outcome
from bot.jobs.request import Job
from bot.jobs.store import free_key
from bot.jobs.tasks import Task
from bot.mcp.tools.catalog import CONFIRM, MINUTES, Catalog
from bot.mcp.tools.intents import ConfirmDeed
from bot.store.database import Database

UNKNOWN: Final = (
    "There is nothing to confirm under that. It may have been done already, or it was shown too "
    "long ago. Call {tool} again to see it anew."
)
EXPIRED: Final = f"That was shown more than {MINUTES} minutes ago. Call {{tool}} again."
SOMEBODY_ELSES: Final = "Only the person who was shown this can confirm it."
_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class ShownDeed:
    """What somebody was shown: by which tool, when, and what its button wants."""

    user: str
    tool: str
    shown_at: datetime
    wanted: Offer


class DeedTokens:
    """Keeps what was shown, and does it. Raises UserError and DeniedError."""

    def __init__(self, database: Database, catalog: Catalog, clock: Clock) -> None:
        """Keep it in this database."""
        self._database = database
        self._kept = SnapshotStore(database)
        self._catalog = catalog
        self._clock = clock

    @property
    def tasks(self) -> tuple[Task[Any], ...]:
        """The work that is done here."""
        return (Task(ConfirmDeed, self.confirm),)

    async def keep(self, tool: str, user: str, wanted: Offer) -> str:
        """Return the token of what a tool has shown somebody."""
        token, now = token_urlsafe(_BYTES), self._clock.now()
        shown = ShownDeed(user, tool, now, wanted)
        await self._database.transaction(lambda tx: put_snapshot(tx, _key(token), shown, now=now))
        return token

    async def confirm(self, job: Job[ConfirmDeed]) -> Outcome:
        """Go on with what was shown, as if its button was pressed; the next job does it, once."""
        wanted, request = job.details, job.request
        shown = await self._kept.read(_key(wanted.token), ShownDeed)
        if shown is None or f"{CONFIRM}{shown.tool}" != wanted.tool:
            raise UserError(UNKNOWN.format(tool=wanted.tool.removeprefix(CONFIRM)))
        if shown.user != request.user:
            raise DeniedError(SOMEBODY_ELSES)
        if self._clock.now() - shown.shown_at > timedelta(minutes=MINUTES):
            raise UserError(EXPIRED.format(tool=shown.tool))
        intent = self._catalog.done(shown.tool, shown.wanted)
        going_on = request.going_on_with(intent, in_channel=shown.wanted.chosen)

        def write(tx: Any) -> None:
            drop_snapshot(tx, _key(wanted.token))
            free_key(tx, job)

        return Outcome(writes=(write,), jobs=(NewJob(f"confirmed:{wanted.token}", going_on),))


def _key(token: str) -> str:
    return f"{INPUT}confirm:{sha256(token.encode()).hexdigest()}"
