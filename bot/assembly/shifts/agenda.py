"""What there is to do in which workspace: one look a second for all of them together.

An idle workspace costs a few looks into indexes. Only those in which something is due, or is being
followed, are worked on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from bot.assembly.shifts.statements import look_of
from bot.digests.statements import DATES
from bot.jobs.store import JOBS_BEGUN, JOBS_DUE
from bot.outbox.store import MESSAGES_BEGUN, MESSAGES_DUE
from bot.store.database import Database, stamp
from bot.troubles.store import TROUBLED


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """What there is to do in a workspace.

    Jobs or messages are `due` or `begun`, dates of the `calendar` have come, and something at a
    vendor is `followed`.
    """

    workspace: str
    due: bool = False
    begun: bool = False
    calendar: bool = False
    followed: bool = False


LOOKS: Final = tuple(each.name for each in fields(AgendaItem) if each.name != "workspace")


class Agenda:
    """Looks for work of several workspaces at once."""

    def __init__(
        self, database: Database, *, queue: str, followed: Iterable[str], dates: Iterable[str] = ()
    ) -> None:
        """`followed` are looks at what features poll, `dates` at what surfaces do at a time."""
        self._database = database
        self._queue = queue
        self._looks = {
            "due": (JOBS_DUE, MESSAGES_DUE),
            "begun": (JOBS_BEGUN, MESSAGES_BEGUN),
            "calendar": (*DATES, TROUBLED, *dates),
            "followed": tuple(followed),
        }

    async def look(self, workspaces: Sequence[str], *, now: datetime) -> dict[str, AgendaItem]:
        """Return what there is to do in each."""
        if not workspaces:
            return {}
        named = {f"w{number}": each for number, each in enumerate(workspaces)}
        rows = await self._database.fetch_all(
            look_of(named, self._looks), {**named, "queue": self._queue, "now": stamp(now)}
        )
        found = (AgendaItem(row["workspace"], *(bool(row[each]) for each in LOOKS)) for row in rows)
        return {each.workspace: each for each in found}
