"""The channels of field reports, and the fields of one: in Slack and as a file."""

from dataclasses import replace
from typing import Final

from bot.asking.composing import Composed, Occasion, kept
from bot.asking.subscription import whose
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.clock import Clock
from bot.digests.rendering.digests import with_note
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.question import CHANNELS, AnalyticsQuestion
from bot.fieldreports.rendering.channels import (
    channel_list,
    channels_sheet,
    field_list,
    fields_sheet,
)
from bot.slack.messages import Answer

TABLES: Final = TableSource("saferme_lists", "SaferMe", AnalyticsQuestion)


class ReportLists:
    """Answers questions of REPORT_LISTS. Raises UserError, PickError and VendorError."""

    def __init__(self, channels: ReportChannels, clock: Clock) -> None:
        """Find channels with `channels`."""
        self._channels = channels
        self._clock = clock

    async def settled(self, question: AnalyticsQuestion) -> AnalyticsQuestion:
        """Return the question with the channel's whole name."""
        if not question.channel:
            return question
        channel = await self._channels.channel(question.channel)
        return replace(question, channel=channel.name or str(channel.id))

    async def compose(self, question: AnalyticsQuestion, occasion: Occasion) -> Composed:
        """Return the answer, and the question with the channel's name and with its number."""
        zone, subscription = occasion.zone, occasion.subscription
        footer = whose(occasion.asked_by, subscription)
        if question.figure == CHANNELS:
            found = await self._channels.listed()
            told = (
                self._file(question, "Channels of field reports", len(found), zone, footer)
                if question.export
                else channel_list(found, now=self._clock.now(), zone=zone, footer=footer)
            )
            about = kept(question, replace(question, export=""))
            return Composed(with_note(told, subscription), about)
        channel = await self._channels.channel(question.channel)
        meant = replace(question, channel=str(channel.id))
        fields = await self._channels.fields(channel)
        title = f"Fields of {channel.name or channel.id}"
        told = (
            self._file(meant, title, len(fields), zone, footer)
            if question.export
            else Answer(field_list(channel.name, fields, footer=footer))
        )
        named = replace(question, channel=channel.name or meant.channel)
        return Composed(with_note(told, subscription), kept(named, replace(meant, export="")))

    async def content(self, file: TableFile[AnalyticsQuestion]) -> TableContent:
        """Return what a file holds; a channel is a number there."""
        if file.question.figure == CHANNELS:
            return TableContent([channels_sheet(await self._channels.listed())])
        channel = await self._channels.channel(file.question.channel)
        return TableContent([fields_sheet(await self._channels.fields(channel))])

    def _file(
        self, question: AnalyticsQuestion, title: str, rows: int, zone: str, footer: str
    ) -> Answer:
        file = TableFile(question, title, zone)
        return TABLES.answer(file, rows, footer=footer, now=self._clock.now())
