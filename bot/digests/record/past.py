"""What people ask of past digests: how they went, why, and one of them once more."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.asking.rendering.dates import day, local_day
from bot.asking.rendering.shape import headline
from bot.asking.subscription import Subscription
from bot.clock import Clock
from bot.codec import decode, encode
from bot.digests.core import planning
from bot.digests.core.outcomes import DigestRun
from bot.digests.core.past import History, Resend, Why
from bot.digests.record.store import DigestRecord
from bot.digests.rendering import record as words
from bot.digests.store import SubscriptionStore
from bot.digests.subscriptions import Subscriptions, sent_by_hand
from bot.errors import UserError
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.blocks import message
from bot.slack.blocks.tables import file_news
from bot.slack.directory import Directory
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.slack.permalinks import Permalinks
from bot.spool import Body
from bot.tables.columns import Notes
from bot.tables.file_names import safe_filename
from bot.tables.table_files import TableFiles

FILE: Final = "digest_history"
"""The name of the source of the record as a file."""
SHOWN: Final = 5
SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """The record of a digest as a file of the format `form`."""

    number: int
    form: str


class PastDigests:
    """Raises UserError, DeniedError and SlackError."""

    def __init__(
        self,
        orders: Subscriptions,
        subscriptions: SubscriptionStore,
        record: DigestRecord,
        links: Permalinks,
        directory: Directory,
        tables: TableFiles,
        clock: Clock,
    ) -> None:
        """Tell of what is on `record`; `orders` says which digest is whose."""
        self._orders = orders
        self._subscriptions = subscriptions
        self._record = record
        self._links_to = links
        self._directory = directory
        self._tables = tables
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return Task(History, self.history), Task(Why, self.why), Task(Resend, self.resend)

    async def history(self, job: Job[History]) -> Outcome:
        """Show what became of the last digests, or all of them as a file."""
        found = await self._orders.of(job)
        total, sent = await self._record.count(found.id)
        if job.details.export and total:
            return Outcome((reply(job, self._file(found, job.details.export, total)),))
        before = job.details.before
        some = await self._record.of(found.id, before=before, limit=SHOWN + 1)
        runs, more = some[:SHOWN], len(some) > SHOWN
        links, now = await self._links(runs), self._clock.now()
        shown = words.HistoryView(links, total, sent, now, has_more=more, before=before)
        return Outcome((reply(job, Answer(words.history(found, runs, shown)), private=True),))

    async def why(self, job: Job[Why]) -> Outcome:
        """Tell which digest it is, how one of it went and why, who ordered it, and what is next."""
        wanted = job.details
        found = await self._orders.of(job)
        run = None if wanted.by_hand else await self._record.one(found.id, wanted.planned)
        orderer = await self._directory.person(found.creator)
        shown = words.WhyView(
            links=await self._links([run] if run else ()),
            orderer=orderer.name,
            now=self._clock.now(),
            planned=wanted.planned,
            by_hand=wanted.by_hand,
        )
        return Outcome((reply(job, Answer(words.why(found, run, shown)), private=True),))

    async def resend(self, job: Job[Resend]) -> Outcome:
        """Send one of the past once more, about what it was planned for."""
        found = await self._orders.sendable(job, or_past=True)
        planned = await self._planned(found, job.details)
        return sent_by_hand(job, found, self._clock.now(), planned)

    @asynccontextmanager
    async def open_file(self, arguments: dict[str, Any]) -> AsyncIterator[Body]:
        """Open the record as a file. Raises UserError where the digest is gone."""
        wanted = decode(HistoryFile, arguments)
        found = await self._subscriptions.at_any_time(wanted.number)
        if found is None:
            raise UserError("That digest is so long over that nothing is known of it.")
        notes = Notes(
            title=f"Digest {found.id}",
            source=f"Flowbot, /flow history {found.id}",
            made_at=self._clock.now(),
            zone=ZoneInfo(found.zone),
            zone_name=found.zone,
        )
        runs = await self._record.of(found.id)
        async with self._tables.of_sheets([words.sheet(found, runs)], notes, wanted.form) as body:
            yield body

    def _file(self, found: Subscription, form: str, total: int) -> Answer:
        title = f"History of digest {found.id}"
        today = local_day(self._clock.now(), found.zone)
        offer = FileOffer(
            filename=safe_filename(f"{title} {today}", form),
            title=title,
            source=FileSource(FILE, encode(HistoryFile(found.id, form))),
            alt_text=f"{title}, as a table",
        )
        news = file_news(title, total, form=form, vendor="Flowbot")
        return Answer(message(news, headline(news)), files=(offer,))

    async def _planned(self, found: Subscription, wanted: Resend) -> datetime:
        """Return the planned time that is meant: of that day the one that was named, or the last.

        The record knows of times before the schedule was changed, the schedule all others.
        """
        zone, now = ZoneInfo(found.zone), self._clock.now()
        first = datetime.combine(wanted.day, time(), zone)
        until = datetime.combine(wanted.day + timedelta(days=1), time(), zone)
        if first > now:
            raise UserError(f"That day is still to come. `/flow now {found.id}` sends one at once.")
        last = min(until - SECOND, now)
        planned = await self._record.planned(found.id, first, until) or [
            each.at
            for each in planning.times_between(found, first - SECOND, last)
            if not each.skipped
        ]
        meant = [each for each in planned if wanted.at in {"", f"{each.astimezone(zone):%H:%M}"}]
        if not meant:
            times = ", ".join(f"{each.astimezone(zone):%H:%M}" for each in planned)
            only = f"It was planned for {times} on that day." if times else "See its past times: "
            more = "" if times else f"`/flow history {found.id}`"
            at = f" at {wanted.at}" if wanted.at else ""
            what = f"Digest {found.id} was not planned for {day(wanted.day)}{at}."
            raise UserError(f"{what} {only}{more}")
        return meant[-1]

    async def _links(self, runs: Iterable[DigestRun]) -> dict[int, str]:
        """Return the links to those that are in Slack, by their ids."""
        there = [each for each in runs if each.ts]
        found = await asyncio.gather(*(self._links_to.of(run.channel, run.ts) for run in there))
        return {run.id: url for run, url in zip(there, found, strict=True) if url}
