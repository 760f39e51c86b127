"""The channels of field reports, and the fields of one: in Slack and as a file."""

from dataclasses import replace
from typing import Final

from bot.asking.composing import ComposedAnswer, kept
from bot.asking.occasion import Occasion
from bot.asking.table_files import TableContent, TableFile, TableSource
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.core.measures import counted_in
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

    def __init__(self, channels: ReportChannels) -> None:
        """Find channels with `channels`."""
        self._channels = channels

    async def settled(self, question: AnalyticsQuestion) -> AnalyticsQuestion:
        """Return the question with the channel's whole name."""
        if not question.channel:
            return question
        channel = await self._channels.channel(question.channel, channel_id=question.channel_id)
        number = str(channel.id)
        return replace(question, channel=channel.name or number, channel_id=number)

    async def compose(self, question: AnalyticsQuestion, occasion: Occasion) -> ComposedAnswer:
        """Return the answer, and the question with the channel's name and with its number."""
        if question.figure == CHANNELS:
            found = await self._channels.listed()
            answer = (
                _file(question, "Channels of field reports", len(found), occasion)
                if question.export
                else channel_list(found, occasion)
            )
            about = kept(question, replace(question, export=""))
            return ComposedAnswer(answer, about, tally=counted_in(question, found))
        channel = await self._channels.channel(question.channel, channel_id=question.channel_id)
        meant = replace(question, channel=str(channel.id))
        fields = await self._channels.fields(channel)
        title = f"Fields of {channel.name or channel.id}"
        answer = (
            _file(meant, title, len(fields), occasion)
            if question.export
            else field_list(channel, fields, occasion)
        )
        named = replace(question, channel=channel.name or meant.channel, channel_id=meant.channel)
        about = kept(named, replace(meant, export=""))
        return ComposedAnswer(answer, about, tally=counted_in(question, fields))

    async def content(self, file: TableFile[AnalyticsQuestion]) -> TableContent:
        """Return what a file holds; a channel is a number there."""
        if file.question.figure == CHANNELS:
            return TableContent([channels_sheet(await self._channels.listed())])
        channel = await self._channels.channel(file.question.channel)
        return TableContent([fields_sheet(await self._channels.fields(channel))])


def _file(question: AnalyticsQuestion, title: str, rows: int, occasion: Occasion) -> Answer:
    return TABLES.answer(TableFile(question, title, occasion.zone), rows, occasion)
