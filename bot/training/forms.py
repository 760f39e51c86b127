"""The form of a training report: opened from local rows, and what its submission wants."""

from bot.asking.form import Form, FormRequest, Options, Shortcut, Submission
from bot.jobs.access import Right
from bot.slack.blocks.modals import Errors, View
from bot.training.ids import TrainingAction, TrainingCallback
from bot.training.names import TrainingNames
from bot.training.rendering.forms import ReportForm, flow_options, report_form, report_modal

TITLE = "Get a training report"


class ReportForms:
    """Looks names up in local stores only."""

    def __init__(self, names: TrainingNames) -> None:
        """Offer the flows that have names."""
        self._names = names

    async def view(self, typed: str) -> View:
        """Return the form, whatever was typed."""
        del typed
        return report_modal()

    async def flows(self, query: str) -> Options:
        """Return the options of the flow pick list for what was typed so far."""
        return flow_options(await self._names.all(), query)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the report that is wanted."""
        form = report_form(submission.values)
        return FormRequest(form.question, form.channel) if isinstance(form, ReportForm) else form


FORM = Form(
    callback=TrainingCallback.GET_REPORT,
    title=TITLE,
    service=ReportForms,
    view=ReportForms.view,
    submit=ReportForms.submit,
    needs=Right.ASK,
    lists={TrainingAction.FLOW: ReportForms.flows},
    shortcut=Shortcut(TITLE, "Choose a flow, a period and a status, and where to show it"),
)
