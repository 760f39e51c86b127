"""The form "Field analytics": opened by the listener, so from local rows only."""

from typing import Any

from bot.clients.slack import Slack
from bot.core.choices import matching
from bot.rendering.analytics_forms import analytics_modal
from bot.rendering.pick_lists import choice_options
from bot.services.report_channels import ReportChannels


class AnalyticsForms:
    """Opens the modal and answers its pick list. Raises SlackError."""

    def __init__(self, slack: Slack, channels: ReportChannels) -> None:
        """Offer the channels as they were last seen."""
        self._slack = slack
        self._channels = channels

    async def open(self, trigger_id: str, *, channel: str = "") -> None:
        """Open the form, with the channel that was typed where it is surely the one."""
        found = matching(channel, await self._channels.choices())
        view = analytics_modal(channel=found[0] if len(found) == 1 else None)
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)

    async def options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the pick list of channels for what was typed so far."""
        return choice_options(await self._channels.choices(), query)
