"""Who did what, shown to admins and given as a file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import local_day
from bot.asking.rendering.shape import headline
from bot.clock import Clock
from bot.codec import decode, encode
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.jobs.trail.store import AuditTrail
from bot.policy.core.command import ShowAudit
from bot.policy.rendering import trail as words
from bot.slack.blocks.blocks import message
from bot.slack.blocks.tables import file_news
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body
from bot.tables.columns import Notes
from bot.tables.file_names import safe_filename
from bot.tables.table_files import TableFiles

FILE: Final = "audit"
"""The name of the source of the rows as a file."""
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class AuditFile:
    """All rows as a file of the format `form`, their times in `zone` (IANA)."""

    form: str
    zone: str


class AuditDesk:
    """Shows the rows."""

    def __init__(self, trail: AuditTrail, tables: TableFiles, clock: Clock) -> None:
        """Read them from `trail`."""
        self._trail = trail
        self._tables = tables
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (Task(ShowAudit, self.show),)

    async def show(self, job: Job[ShowAudit]) -> Outcome:
        """Show a page of rows, or all of them as a file in the asker's direct messages."""
        wanted, zone = job.details, job.asker.zone
        total = await self._trail.count()
        if wanted.export and total:
            answer = self._file(wanted.export, zone, total)
            return Outcome((reply(job, answer, private=True),))
        found = await self._trail.last(PAGE + 1, before=wanted.before)
        page = found[:PAGE]
        shown = words.trail_page(
            [row for _, row in page],
            total=total,
            zone=zone,
            year=self._clock.now().year,
            older=page[-1][0] if len(found) > PAGE else 0,
        )
        return Outcome((reply(job, Answer(shown), private=True),))

    @asynccontextmanager
    async def open_file(self, arguments: dict[str, Any]) -> AsyncIterator[Body]:
        """Open the rows as a file."""
        wanted = decode(AuditFile, arguments)
        notes = Notes(
            title=words.TITLE,
            source="Flowbot, /flow audit",
            made_at=self._clock.now(),
            zone=ZoneInfo(wanted.zone),
            zone_name=wanted.zone,
        )
        sheets = [words.sheet(await self._trail.all())]
        async with self._tables.of_sheets(sheets, notes, wanted.form) as body:
            yield body

    def _file(self, form: str, zone: str, total: int) -> Answer:
        today = local_day(self._clock.now(), zone)
        offer = FileOffer(
            filename=safe_filename(f"{words.TITLE} {today}", form),
            title=words.TITLE,
            source=FileSource(FILE, encode(AuditFile(form, zone))),
            alt_text=f"{words.TITLE}, as a table",
        )
        news = file_news(words.TITLE, total, form=form, vendor="Flowbot")
        return Answer(message(news, headline(news)), files=(offer,))
