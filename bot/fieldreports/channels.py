"""The channels of field reports, found by name, and the fields of their forms."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from bot import log
from bot.asking.core.arguments import quoted
from bot.asking.core.finder import Choice, Finder, matching
from bot.asking.rendering.help import Names
from bot.asking.store import ChoiceLists, SnapshotStore, put_choices
from bot.clock import Clock
from bot.errors import Reason, UserError, VendorError
from bot.fieldreports.client.client import SaferMe
from bot.fieldreports.core.command import SUBCOMMANDS
from bot.fieldreports.core.command import typed as as_typed
from bot.fieldreports.intents import RenewReportChannels
from bot.fieldreports.model import Channel, FieldForm, FormField, Option
from bot.fieldreports.question import CHANNELS, FIELDS, AnalyticsQuestion
from bot.http.connection import Connection
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.store.database import Database

FRESH_SECONDS = 600.0
LIST = "report_channels"
FINDER = Finder(noun="channel", field="channel", words=SUBCOMMANDS, command="/flow-analytics")


class ReportChannels:
    """Finds channels and fields. Raises UserError, PickError and VendorError."""

    def __init__(self, saferme: Connection[SaferMe], database: Database, clock: Clock) -> None:
        """Keep the names for pick lists in `database`."""
        self._saferme = saferme
        self._database = database
        self._clock = clock
        self._kept = ChoiceLists(SnapshotStore(database))
        self._channels: tuple[Channel, ...] = ()
        self._renewed_at: float | None = None

    @property
    def client(self) -> SaferMe:
        """The client; raises VendorError while SaferMe is off."""
        return self._saferme.client

    async def choices(self) -> tuple[Choice, ...]:
        """Return the channels as they were last seen, for a pick list."""
        return await self._kept.get(LIST)

    async def names(self) -> Names:
        """Return the names of channels as they were last seen, as they are typed."""
        return {"channel": [as_typed(each.name) for each in await self.choices()]}

    async def channel(self, typed: str, *, channel_id: str = "") -> Channel:
        """Return the channel meant by a name, a part of one, or a number, or found before.

        What is not among those seen a while ago is looked for at the vendor.
        """
        known = await self._known()
        wanted = channel_id or typed
        if self._renewed_at != self._clock.monotonic() and not matching(wanted, _choices(known)):
            known = await self._renew()
        with _way_out("All channels", AnalyticsQuestion("", CHANNELS)):
            chosen = FINDER.find_again(channel_id, typed, _choices(known))
        return next(each for each in known if str(each.id) == chosen.id)

    async def field(self, channel: Channel, typed: str, *, field_id: str = "") -> FormField:
        """Return the field of a channel's form that is meant by a name, a part of one, a number.

        One that was found before is known by `field_id`.
        """
        fields = (await self.form(channel)).fields
        usable = [each for each in fields if each.selectable]
        options = [Choice(str(each.id), each.label, each.kind) for each in usable]
        others = [Choice(str(each.id), each.label) for each in fields if not each.selectable]
        wanted = field_id or typed
        finder = Finder(noun="field", field="field")
        with _way_out("All fields", _fields_of(channel)):
            if not matching(wanted, options) and matching(wanted, others):
                raise UserError(f"I can't count by {quoted(typed)}: people fill it in freely.")
            chosen = finder.find_again(field_id, typed, options)
        return await self._with_choices(
            channel, next(each for each in usable if str(each.id) == chosen.id)
        )

    async def form(self, channel: Channel) -> FieldForm:
        """Return the channel's form: that of its number, else that of its name, else an empty one.

        The vendor's pages do not say how a form belongs to a channel.
        """
        try:
            return await self.client.form(channel.id)
        except VendorError as error:
            if error.reason is not Reason.NOT_FOUND:
                raise
        named = [each for each in await self.client.forms() if each.name == channel.name]
        return named[0] if len(named) == 1 else FieldForm(channel.id, channel.name)

    async def listed(self) -> tuple[Channel, ...]:
        """Return all channels, as they are now."""
        return await self._renew()

    async def fields(self, channel: Channel) -> tuple[FormField, ...]:
        """Return the fields that reports can be counted by, with their choices."""
        form = await self.form(channel)
        return tuple(
            [await self._with_choices(channel, each) for each in form.fields if each.selectable]
        )

    async def renew(self, _: Job[RenewReportChannels]) -> Outcome:
        """Look for new channels, unless that was done a moment ago; a failure is for next time."""
        try:
            await self._known()
        except VendorError as error:
            log.get().info("report_channels_not_renewed", error=str(error))
        return Outcome()

    async def _with_choices(self, channel: Channel, field: FormField) -> FormField:
        """Return a field with its choices: those of a Category field are not in the form.

        Whether reports can have a category that holds others is not told, so such a one is shown
        where some do.
        """
        if not field.of_categories:
            return field
        try:
            found = await self.client.categories(channel.id)
        except VendorError as error:  # the counts have names as well
            log.get().info("categories_not_known", error=str(error))
            return field
        holding = {each.parent_id for each in found}
        named = (
            Option(each.label, f"{each.id}", enabled=each.id not in holding)
            for each in found
            if each.label
        )
        return replace(field, options=tuple(named))

    async def _known(self) -> tuple[Channel, ...]:
        at = self._renewed_at
        if at is not None and self._clock.monotonic() - at < FRESH_SECONDS:
            return self._channels
        try:
            return await self._renew()
        except VendorError:
            if not self._channels:
                raise
            return self._channels

    async def _renew(self) -> tuple[Channel, ...]:
        channels, now = await self.client.channels(), self._clock.now()
        choices = _choices(channels)
        await self._database.transaction(lambda tx: put_choices(tx, LIST, choices, now=now))
        self._channels, self._renewed_at = channels, self._clock.monotonic()
        return channels


@contextmanager
def _way_out(label: str, wanted: AnalyticsQuestion) -> Iterator[None]:
    """Let an error for the asker have a button for what can be asked instead."""
    try:
        yield
    except UserError as error:
        error.ways = (*error.ways, (label, wanted))
        raise


def _fields_of(channel: Channel) -> AnalyticsQuestion:
    number = f"{channel.id}"
    return AnalyticsQuestion(channel.name or number, FIELDS, channel_id=number)


def _choices(channels: tuple[Channel, ...]) -> tuple[Choice, ...]:
    """Return channels as what can be named, those with most reports first."""
    most = sorted(channels, key=lambda each: -(each.reports_count or 0))
    return tuple(Choice(str(each.id), each.name, each.description) for each in most)
