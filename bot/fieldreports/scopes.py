"""From the words of a question about field reports to the reports that are meant."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.core import periods
from bot.asking.core.comparing import earlier
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.core.command import DEFAULT_PERIOD
from bot.fieldreports.figures import Scope
from bot.fieldreports.question import BY_FIELD, AnalyticsQuestion


class ReportScopes:
    """Raises UserError, PickError and VendorError."""

    def __init__(self, channels: ReportChannels, *, team_id: int | None) -> None:
        """Find names with `channels`; `team_id` is for channels that do not tell their team."""
        self._channels = channels
        self._team_id = team_id

    async def scope(self, question: AnalyticsQuestion, *, zone: str, asked_at: datetime) -> Scope:
        """Return what a question means, with its period read in `zone` as of `asked_at`."""
        today = asked_at.astimezone(ZoneInfo(zone)).date()
        words = question.period or DEFAULT_PERIOD
        period = periods.period(words, today=today, zone=zone)
        channel = await self._channels.channel(question.channel, channel_id=question.channel_id)
        field = None
        if question.figure == BY_FIELD:
            field = await self._channels.field(channel, question.field, field_id=question.field_id)
        then = earlier(words, period, now=asked_at)
        return Scope(channel, period, asked_at, self._team_id, field, then)


def as_meant(question: AnalyticsQuestion, scope: Scope) -> AnalyticsQuestion:
    """Return the question in numbers and days, so that its data can be had later."""
    return replace(
        question,
        channel=str(scope.channel.id),
        field=str(scope.field.id) if scope.field else "",
        period=f"{scope.period.first}..{scope.period.last}",
        export="",
    )


def as_named(question: AnalyticsQuestion, scope: Scope) -> AnalyticsQuestion:
    """Return the question with the names that were found, as a digest shall ask it."""
    channel, field = scope.channel, scope.field
    return replace(
        question,
        channel=channel.name or str(channel.id),
        channel_id=str(channel.id),
        field=(field.label or str(field.id)) if field else "",
        field_id=str(field.id) if field else "",
    )
