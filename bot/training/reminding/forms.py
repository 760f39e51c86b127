"""The form that adds words for those who are reminded; what would be done is shown after it."""

from bot.asking.form import Form, FormRequest, FormUse, Options, Submission
from bot.codec import dumps, loads
from bot.errors import UserError
from bot.jobs.access import Right
from bot.slack.blocks.modals import Errors, View
from bot.training.core.reminding import PreviewReminders
from bot.training.ids import TrainingAction, TrainingCallback
from bot.training.names import TrainingNames
from bot.training.rendering.forms import flow_options
from bot.training.rendering.remind_form import TITLE, remind_form, remind_modal


class RemindForms:
    """Looks names up in local stores only."""

    def __init__(self, names: TrainingNames) -> None:
        """Offer the flows that have names."""
        self._names = names

    async def view(self, opening: FormUse) -> View:
        """Return the form, about a flow where one is meant."""
        try:
            flow = (await self._names.resolve(opening.typed)).name if opening.typed else ""
        except UserError:  # it is chosen in the form then
            flow = ""
        return remind_modal(flow, metadata=dumps({"in": opening.conversation}))

    async def flows(self, query: str) -> Options:
        """Return the options of the flow pick list for what was typed so far."""
        return flow_options(await self._names.all(), query, with_all=False)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the preview that is wanted, to be shown where the form was opened."""
        form = remind_form(submission.values)
        if not isinstance(form, PreviewReminders):
            return form
        return FormRequest(form, str(loads(submission.metadata).get("in", "")), privately=True)


REMIND_FORM = Form(
    callback=TrainingCallback.REMIND,
    title=TITLE,
    service=RemindForms,
    view_for=RemindForms.view,
    submit=RemindForms.submit,
    needs=Right.REMIND,
    lists={TrainingAction.FLOW_TO_REMIND: RemindForms.flows},
)
