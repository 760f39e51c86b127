"""The form of an export of workflow events: opened by the listener, from local rows only."""

from typing import Any

from bot.asking.core.finder import matching
from bot.asking.form_filling import filled, opened
from bot.asking.rendering.pick_lists import choice_options
from bot.asking.store import ChoiceLists
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.blocks.modals import View
from bot.slack.client import Slack
from bot.workflows.finder import LIST, Workflows
from bot.workflows.intents import FillExportForm
from bot.workflows.rendering.forms import export_step_modal

TITLE = "Export a workflow step"


class WorkflowForms:
    """Opens the form and answers its pick list. Raises SlackError."""

    def __init__(self, slack: Slack, lists: ChoiceLists) -> None:
        self._slack = slack
        self._lists = lists

    async def open(self, trigger_id: str, *, workflow: str = "") -> str:
        """Open the form, with the workflow of that name or id chosen.

        Where it is not known here, a window is opened that a job fills; return its id, else "".
        """
        found = matching(workflow, await self._lists.get(LIST)) if workflow else ()
        if workflow and len(found) != 1:
            return await opened(self._slack, trigger_id, title=TITLE)
        view = export_step_modal(workflow=found[0] if found else None)
        await self._slack.call("views.open", trigger_id=trigger_id, view=view)
        return ""

    async def options(self, query: str) -> list[dict[str, Any]]:
        """Return the options of the pick list for what was typed so far."""
        return choice_options(await self._lists.get(LIST), query)


class WorkflowFormFilling:
    """Fills the windows that WorkflowForms opened."""

    def __init__(self, slack: Slack, workflows: Workflows) -> None:
        self._slack = slack
        self._workflows = workflows

    async def fill(self, job: Job[FillExportForm]) -> Outcome:
        """Fill a window."""
        view = self._view(job.details.typed)
        return await filled(job, self._slack, view, title=TITLE)

    async def _view(self, typed: str) -> View:
        return export_step_modal(workflow=await self._workflows.find(typed))
