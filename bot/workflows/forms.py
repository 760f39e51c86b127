"""The form of an export of workflow events: opened by the listener, from local rows only."""

from bot.asking.core.finder import matching
from bot.asking.form import Form, FormRequest, Options, Shortcut, Submission
from bot.asking.form_filling import filled
from bot.asking.rendering.help import Names
from bot.asking.rendering.pick_lists import choice_options
from bot.asking.store import ChoiceLists
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.blocks.modals import Errors, View
from bot.slack.client import Slack
from bot.workflows.core.command import typed as as_typed
from bot.workflows.finder import LIST, Workflows
from bot.workflows.ids import WorkflowAction, WorkflowCallback
from bot.workflows.intents import FillExportForm, RenewWorkflows
from bot.workflows.rendering.forms import ExportForm, export_step_form, export_step_modal

TITLE = "Export a workflow step"


class WorkflowForms:
    """Opens the form and answers its pick list, from local rows only."""

    def __init__(self, lists: ChoiceLists) -> None:
        self._lists = lists

    async def view(self, typed: str) -> View | None:
        """Return the form, with the workflow of that name or id chosen; None if it is not known."""
        found = matching(typed, await self._lists.get(LIST)) if typed else ()
        if typed and len(found) != 1:
            return None
        return export_step_modal(workflow=found[0] if found else None)

    async def names(self) -> Names:
        """Return the names of workflows as they were last seen, as they are typed."""
        return {"workflow": [as_typed(each.name) for each in await self._lists.get(LIST)]}

    async def workflows(self, query: str) -> Options:
        """Return the options of the pick list for what was typed so far."""
        return choice_options(await self._lists.get(LIST), query)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the export that is wanted."""
        form = export_step_form(submission.values)
        return FormRequest(form.question, form.channel) if isinstance(form, ExportForm) else form


class WorkflowFormFiller:
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


FORM = Form(
    callback=WorkflowCallback.EXPORT_STEP,
    title=TITLE,
    service=WorkflowForms,
    view=WorkflowForms.view,
    fill=FillExportForm,
    submit=WorkflowForms.submit,
    needs=Right.ASK,
    lists={WorkflowAction.WORKFLOW: WorkflowForms.workflows},
    renew=RenewWorkflows(),
    shortcut=Shortcut(TITLE, "Choose a workflow, a step and a period, and where to put the file"),
)
