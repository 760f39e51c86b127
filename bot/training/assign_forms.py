"""The form that assigns a flow: opened from local rows, its preview the next page of its window."""

from dataclasses import replace
from typing import Any

from bot.asking.form import Form, FormRequest, Options, Submission
from bot.codec import decode, dumps, loads
from bot.errors import UserError
from bot.jobs.access import Right
from bot.slack.blocks.modals import Errors, View, loading_modal
from bot.training.core.command import Assign, AssignFlow, PreviewAssignment
from bot.training.ids import TrainingAction, TrainingCallback
from bot.training.names import TrainingNames
from bot.training.rendering.assign_forms import TITLE, assign_form, assign_modal
from bot.training.rendering.forms import flow_options

ASKING = "Asking MomoFlow…"


class AssignForms:
    """Looks names up in local stores only."""

    def __init__(self, names: TrainingNames) -> None:
        """Offer the flows that have names."""
        self._names = names

    async def view(self, typed: str) -> View:
        """Return the form, about a flow where one is meant."""
        try:
            flow = (await self._names.resolve(typed)).name if typed else ""
        except UserError:  # it is chosen in the form then
            flow = ""
        return assign_modal(AssignFlow(flow), metadata=dumps({"attempt": 0}))

    async def flows(self, query: str) -> Options:
        """Return the options of the flow pick list for what was typed so far."""
        return flow_options(await self._names.all(), query, with_all=False)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the preview that is wanted; it takes the form's place."""
        form = assign_form(submission.values)
        if not isinstance(form, AssignFlow):
            return form
        attempt, window = _attempt(loads(submission.metadata)), submission.view_id
        return FormRequest(
            PreviewAssignment(window, form, attempt),
            "",
            key=f"assignment:{window}:{attempt}:shown",
            next_view=loading_modal(TITLE),
        )

    async def confirm(self, submission: Submission) -> FormRequest | Errors:
        """Return the assignment that was shown."""
        shown = decode(Assign, loads(submission.metadata))
        window = submission.view_id
        return FormRequest(
            replace(shown, view_id=window),
            "",
            key=f"assignment:{window}:{shown.attempt}",
            next_view=loading_modal(TITLE, ASKING),
        )


def _attempt(kept: Any) -> int:
    return int(kept.get("attempt", 0))


ASSIGN_FORM = Form(
    callback=TrainingCallback.ASSIGN,
    title=TITLE,
    service=AssignForms,
    view=AssignForms.view,
    submit=AssignForms.submit,
    needs=Right.ASSIGN,
    lists={TrainingAction.FLOW_TO_ASSIGN: AssignForms.flows},
)
CONFIRM_FORM = Form(
    callback=TrainingCallback.CONFIRM_ASSIGN,
    title=TITLE,
    service=AssignForms,
    submit=AssignForms.confirm,
    needs=Right.ASSIGN,
)
