"""A channel's standing orders as text: exported, compared with a text, and made as it says."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, Final

from bot.asking.form_filling import FillForm, filled
from bot.asking.rendering.dates import local_day
from bot.asking.store import INPUT, SnapshotStore, drop_snapshot, put_snapshot
from bot.clock import Clock
from bot.codec import dumps
from bot.digests.as_code import replies, window
from bot.digests.as_code.difference import Difference, difference
from bot.digests.as_code.document import ChannelText, CodeError, Sections, documents, written
from bot.digests.as_code.sections import CodedPlace, CodedSection, OrderThere, WantedOrder
from bot.digests.intents import ApplyOrders, CopyOrders, ExportOrders
from bot.errors import SlackError, UserError
from bot.jobs.access import Right, consent_of
from bot.jobs.outcome import Outcome, reply
from bot.jobs.request import Job
from bot.jobs.tasks import Task
from bot.slack.blocks.modals import View
from bot.slack.blocks.problems import sentence
from bot.slack.client import Slack
from bot.slack.messages import Answer, FileOffer, FileSource
from bot.spool import Body, in_memory
from bot.store.database import Database, Transaction
from bot.tables.file_names import safe_filename

FILE: Final = "standing_orders"
"""The name of the source of a channel's text as a file."""
LARGEST: Final = 200_000
"""Bytes of a file that is read."""
CHANGED_MEANWHILE: Final = (
    "The digests of this channel changed meanwhile, so nothing was done. Import the text once more "
    "to see what it would change now."
)
NO_TEXT: Final = "That file is no text in UTF-8. Add the one that /flow export wrote."
FORGOTTEN: Final = "I no longer have that text. Import it once more."


@dataclass(frozen=True, slots=True)
class CompareOrders(FillForm):
    """A text, or Slack's id of a file with one, to be compared with what the channel has."""

    job: ClassVar[str] = "compare_orders"
    needs: ClassVar[Right] = Right.ORDER
    text: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class TextComparison:
    """What a text wants of a channel, beside what that has; `seen` stands for the latter."""

    wanted: tuple[WantedOrder, ...]
    found: Difference
    seen: str


class ChannelCode:
    """Raises CodeError, UserError, VendorError and SlackError."""

    def __init__(
        self,
        database: Database,
        sections: Iterable[CodedSection],
        snapshots: SnapshotStore,
        slack: Slack,
        clock: Clock,
    ) -> None:
        """Write and read these sections."""
        self._database = database
        self._sections = tuple(sections)
        self._snapshots = snapshots
        self._slack = slack
        self._clock = clock

    def tasks(self) -> tuple[Task[Any], ...]:
        """Return the work that is done here."""
        return (
            Task(ExportOrders, self.export),
            Task(CompareOrders, self.compare),
            Task(ApplyOrders, self.apply),
            Task(CopyOrders, self.copy),
        )

    async def export(self, job: Job[ExportOrders]) -> Outcome:
        """Return the text as a file, for the asker alone."""
        place = job.request.channel
        standing = await self._standing(place)
        if not standing:
            return Outcome((reply(job, Answer(replies.nothing_there()), private=True),))
        counts = [
            (each.name, sum(one.order.section == each.name for one in standing))
            for each in self._sections
        ]
        name = f"flowbot {job.place.name or 'digests'}"
        today = local_day(self._clock.now(), job.asker.zone)
        offer = FileOffer(
            filename=safe_filename(f"{name} {today}", "yml"),
            title=f"Digests and watches of {job.place.name or 'this conversation'}",
            source=FileSource(FILE, {"channel": place, "name": job.place.name}),
            alt_text="Standing orders as YAML",
        )
        answer = Answer(replies.exported(counts, place), files=(offer,))
        return Outcome((reply(job, answer, private=True),))

    @asynccontextmanager
    async def open_file(self, arguments: dict[str, Any]) -> AsyncIterator[Body]:
        """Open the text of a channel as a file."""
        text = await self.text(arguments["channel"], arguments.get("name") or "")
        yield in_memory(text.encode())

    async def text(self, channel: str, name: str) -> str:
        """Return what a channel has as text; `name` is what people call it."""
        standing = await self._standing(channel)
        listed = {
            each.name: [one.fields for one in standing if one.order.section == each.name]
            for each in self._sections
        }
        remark = f"Flowbot, the digests and watches of {f'#{name}' if name else channel}"
        return written(channel, remark, listed)

    async def channels(self) -> list[str]:
        """Return every channel that has something, in order of their ids."""
        return await self._database.transaction(
            lambda tx: sorted({each for one in self._sections for each in one.channels(tx)})
        )

    async def compare(self, job: Job[CompareOrders]) -> Outcome:
        """Show in the window what a text would change."""
        return await filled(job, self._slack, self._compared(job), title=window.TITLE)

    async def apply(self, job: Job[ApplyOrders]) -> Outcome:
        """Do what a text wants, if it is still what was seen."""
        wanted = job.details
        text = await self._snapshots.get(wanted.key)
        if not text:
            raise UserError(FORGOTTEN)
        there = await self.compared(_only(self.read(text)), _place(job))
        if wanted.others or there.found.changed:
            job.decided(Right.MANAGE, job.place).enforce()
        done = await self._database.transaction(
            lambda tx: self.carry_out(
                tx, job.request.channel, there, seen=wanted.seen, others=wanted.others
            )
        )
        message = replies.applied(done, stopped=wanted.others)
        return Outcome((reply(job, Answer(message)),), (lambda tx: drop_snapshot(tx, wanted.key),))

    async def copy(self, job: Job[CopyOrders]) -> Outcome:
        """Give a channel what another one has, besides what it has itself."""
        text = await self.text(job.details.source, "")
        there = await self.compared(_only(self.read(text)), _place(job))
        additions = Difference(added=there.found.added)
        done = await self._database.transaction(lambda tx: self._put(tx, there.wanted, additions))
        return Outcome((reply(job, Answer(replies.applied(done, stopped=False))),))

    def read(self, text: str) -> tuple[ChannelText, ...]:
        """Return the documents of a text. Raises CodeError."""
        known: Sections = {each.name: each.fields for each in self._sections}
        return documents(text, known)

    async def compared(self, one: ChannelText, place: CodedPlace) -> TextComparison:
        """Return what a document wants of a channel, its names settled."""
        wanted = list[WantedOrder]()
        for section in self._sections:
            entries = [each for each in one.entries if each.section == section.name]
            found = await section.wanted(entries, place, self._clock.now())
            for entry, each in zip(entries, found, strict=True):
                if any(each.order == other.order for other in wanted):
                    raise entry.fault("", f"{each.order.title} is there twice.")
                wanted.append(each)
        standing = await self._standing(place.channel)
        orders = [each.order for each in standing]
        found_now = difference(orders, [each.order for each in wanted])
        return TextComparison(tuple(wanted), found_now, _seen(standing))

    def carry_out(
        self, tx: Transaction, channel: str, one: TextComparison, *, seen: str, others: bool
    ) -> Difference:
        """Make a channel as a text says, all of it or nothing; `others` stops what only it has.

        Raises UserError where it has no longer what was `seen`.
        """
        standing = self._within(tx, channel)
        if seen != _seen(standing):
            raise UserError(CHANGED_MEANWHILE)
        done = self._put(tx, one.wanted, one.found)
        if others:
            gone = {(each.before.section, each.before.id) for each in done.only_here if each.before}
            for each in standing:
                if (each.order.section, each.order.id) in gone:
                    each.stop(tx, self._clock.now())
        return done

    def _put(self, tx: Transaction, wanted: Sequence[WantedOrder], found: Difference) -> Difference:
        puts = {id(each.order): each.put for each in wanted}
        for change in (*found.added, *found.changed):
            puts[id(change.after)](tx, change.before.id if change.before else 0)
        return found

    async def _compared(self, job: Job[CompareOrders]) -> View:
        text = await self._given(job.details)
        place = _place(job)
        one = _only(self.read(text))
        found = await self.compared(one, place)
        key = f"{INPUT}{job.key}"
        now = self._clock.now()
        await self._database.transaction(lambda tx: put_snapshot(tx, key, text, now=now))
        metadata = dumps(window.SeenText(place.channel, key, found.seen))
        other = one.channel if one.channel != place.channel else ""
        return window.difference_modal(found.found, place.channel, metadata=metadata, other=other)

    async def _given(self, wanted: CompareOrders) -> str:
        if not wanted.file:
            return wanted.text
        try:
            content = await self._slack.read_file(wanted.file, largest=LARGEST)
        except SlackError as error:
            raise UserError(
                f"I could not read that file. {sentence(error)} Add it again, or paste the text."
            ) from error
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise UserError(NO_TEXT) from None

    async def _standing(self, channel: str) -> list[OrderThere]:
        return await self._database.transaction(lambda tx: self._within(tx, channel))

    def _within(self, tx: Transaction, channel: str) -> list[OrderThere]:
        return [one for each in self._sections for one in each.there(tx, channel)]


def _only(found: Sequence[ChannelText]) -> ChannelText:
    if len(found) > 1:
        raise CodeError(found[1].spot, "Here begins a second channel. Import one at a time.")
    return found[0]


def _place(job: Job[Any]) -> CodedPlace:
    return CodedPlace(job.request.channel, job.request.user, job.asker.zone, consent_of(job.place))


def _seen(standing: Iterable[OrderThere]) -> str:
    """Return what stands for what a channel has."""
    return sha256(dumps([each.order for each in standing]).encode()).hexdigest()[:32]
