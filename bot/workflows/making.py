"""What the ways of opening a file of workflow events have in common."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final

from bot.http.streaming import Download
from bot.outbox.files import Opened
from bot.slack.messages import Message
from bot.spool import Body
from bot.tables.csv_rows import CsvMeter
from bot.tables.table_files import TableFiles
from bot.workflows.client import Giosg
from bot.workflows.model import EventRows
from bot.workflows.plans import Plan
from bot.workflows.telling import Telling

TINY: Final = 5
"""Rows. So few are shown in Slack and need no file."""


@dataclass(frozen=True, slots=True)
class Making:
    """One file being made. `largest` is how many bytes it may have."""

    giosg: Giosg
    plan: Plan
    telling: Telling
    tables: TableFiles
    largest: int

    @property
    def meter(self) -> CsvMeter:
        """What counts the CSV that passes."""
        return self.telling.meter

    def download(self, form: str) -> AbstractAsyncContextManager[Download]:
        """Open the vendor's own file of a period that needs no splitting."""
        [period] = self.plan.periods
        asked = self.plan.step_question(period, self.plan.question.limit)
        return self.giosg.download_step(asked, form)

    def made(self, body: Body, rows: int | None, preview: EventRows) -> Opened:
        """Return a finished file, or that it is too large."""
        if body.length > self.largest:
            return only(self.telling.too_large(body.length, as_csv=self.meter.size, rows=rows))
        told = self.telling.made(rows, body.length, preview)
        return Opened(body, lambda: told)

    def is_tiny(self, rows: int) -> bool:
        """Return whether so many rows are shown rather than put into a file."""
        return rows <= TINY and not self.plan.question.always

    async def instead(self, *, whole: bool) -> Opened | None:
        """Return what is told in place of a CSV that was spooled; None where it is to be brought.

        It may be too large, so that there is no file, or have no rows, or so few that they are
        shown.
        """
        telling, rows = self.telling, self.meter.rows
        if not whole:
            size = self.meter.size
            return only(telling.too_large(size, as_csv=size, rows=rows))
        if not rows:
            return await self.empty()
        return only(telling.shown(telling.preview())) if self.is_tiny(rows) else None

    async def empty(self) -> Opened:
        """Return that there is nothing."""
        return only(await self.telling.empty())


def only(told: Message) -> Opened:
    """Return that there is no file, only something to say."""
    return Opened(None, lambda: told)
