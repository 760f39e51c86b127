"""The form "Field analytics": opened by the listener, so from local rows only."""

from typing import Any

from bot.asking.core.finder import Choice, matching
from bot.asking.form_filling import filled, opened
from bot.asking.rendering.pick_lists import choice_options
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.intents import FillAnalyticsForm
from bot.fieldreports.rendering.forms import analytics_modal
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.blocks.modals import View
from bot.slack.client import Slack

TITLE = "Field analytics"


class AnalyticsForms:
    """Opens the modal and answers its pick list. Raises SlackError."""

    def __init__(self, slack: Slack, channels: ReportChannels) -> None:
        """Offer the channels as they were last seen."""
        self._slack = slack
        self._channels = channels

    async def open(self, trigger_id: str, *, channel: str = "") -> str:
        """Open the form, with the channel that was typed chosen.

        Where it is not known here, a window is opened that a job fills; return its id, else "".
        """
        found = matching(channel, await self._channels.choices())
        if channel and len(found) != 1:
            return await opened(self._slack, trigger_id, title=TITLE)
        view = analytics_modal(channel=found[0] if found else None)
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)
        return ""

    async def fill(self, job: Job[FillAnalyticsForm]) -> Outcome:
        """Fill a window that was opened."""
        view = self._view(job.details.typed)
        return await filled(job, self._slack, view, title=TITLE)

    async def options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the pick list of channels for what was typed so far."""
        return choice_options(await self._channels.choices(), query)

    async def _view(self, typed: str) -> View:
        found = await self._channels.channel(typed)
        return analytics_modal(channel=Choice(str(found.id), found.name))
