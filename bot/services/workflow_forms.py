"""The form of an export of workflow events: opened by the listener, from local rows only."""

from typing import Any

from bot.clients.slack import Slack
from bot.core.choices import matching
from bot.rendering.export_forms import export_step_modal
from bot.rendering.pick_lists import choice_options
from bot.services.choices import ChoiceLists
from bot.services.workflows import LIST


class WorkflowForms:
    """Opens the form and answers its pick list. Raises SlackError."""

    def __init__(self, slack: Slack, lists: ChoiceLists) -> None:
        """Offer what `lists` holds."""
        self._slack = slack
        self._lists = lists

    async def open(self, trigger_id: str, *, workflow: str = "") -> None:
        """Open the form, with the workflow of that name or id chosen where it is known here."""
        found = matching(workflow, await self._lists.get(LIST)) if workflow else ()
        view = export_step_modal(workflow=found[0] if len(found) == 1 else None)
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)

    async def options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the pick list for what was typed so far."""
        return choice_options(await self._lists.get(LIST), query)
