"""What a link to a channel of field reports shows: how many there were lately."""

import re
from typing import Final

from bot.asking.linking.things import LinkCard, LinkedThing, stated
from bot.clock import Clock
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.core.command import DEFAULT_PERIOD
from bot.fieldreports.question import BY_STATE, SUMMARY, AnalyticsQuestion
from bot.fieldreports.scopes import ReportScopes
from bot.slack.blocks.wording import counted

CHANNEL: Final = LinkedThing(
    kind="saferme_channel", noun="channel", form=re.compile(r"[1-9][0-9]{0,17}"), example="501"
)
_LATELY: Final = "last-30d"


class ChannelLinks:
    """Raises UserError and VendorError."""

    def __init__(
        self, channels: ReportChannels, scopes: ReportScopes, clock: Clock, *, zone: str
    ) -> None:
        """Count the days of `zone`."""
        self._channels = channels
        self._scopes = scopes
        self._clock = clock
        self._zone = zone

    async def card(self, channel_id: str) -> LinkCard:
        """Return the card of a channel."""
        asked = AnalyticsQuestion(channel_id, BY_STATE, _LATELY, channel_id=channel_id)
        scope = await self._scopes.scope(asked, zone=self._zone, asked_at=self._clock.now())
        states = await self._channels.client.by_state(scope.asked)
        channel = scope.channel
        name = channel.name or channel_id
        total = sum(each.count for each in states)
        return LinkCard(
            title=name,
            news=f"{counted(total, 'report')} in the last 30 days.",
            details=stated(
                *((each.name, f"{each.count:,}") for each in states if each.count),
                ("Description", channel.description),
            ),
            question=AnalyticsQuestion(name, SUMMARY, DEFAULT_PERIOD, channel_id=f"{channel.id}"),
        )
