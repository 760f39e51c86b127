"""The form "Field analytics": opened by the listener, so from local rows only."""

from bot.asking.core.finder import Choice, matching
from bot.asking.form import Form, FormRequest, Options, Shortcut, Submission
from bot.asking.form_filling import filled
from bot.asking.rendering.pick_lists import choice_options
from bot.fieldreports.channels import ReportChannels
from bot.fieldreports.ids import FieldReportAction, FieldReportCallback
from bot.fieldreports.intents import FillAnalyticsForm, RenewReportChannels
from bot.fieldreports.rendering.forms import AnalyticsForm, analytics_form, analytics_modal
from bot.jobs.access import Right
from bot.jobs.outcome import Outcome
from bot.jobs.request import Job
from bot.slack.blocks.modals import Errors, View
from bot.slack.client import Slack

TITLE = "Field analytics"


class AnalyticsForms:
    """Opens the form and answers its pick list, from local rows; a job fills it where it must."""

    def __init__(self, slack: Slack, channels: ReportChannels) -> None:
        """Offer the channels as they were last seen."""
        self._slack = slack
        self._channels = channels

    async def view(self, typed: str) -> View | None:
        """Return the form, with the channel that was typed chosen; None where it is not known."""
        found = matching(typed, await self._channels.choices())
        if typed and len(found) != 1:
            return None
        return analytics_modal(channel=found[0] if found else None)

    async def channels(self, query: str) -> Options:
        """Return the options of the pick list of channels for what was typed so far."""
        return choice_options(await self._channels.choices(), query)

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the figure that is wanted."""
        form = analytics_form(submission.values)
        return FormRequest(form.question, form.channel) if isinstance(form, AnalyticsForm) else form

    async def fill(self, job: Job[FillAnalyticsForm]) -> Outcome:
        """Fill a window that was opened."""
        view = self._filled_view(job.details.typed)
        return await filled(job, self._slack, view, title=TITLE)

    async def _filled_view(self, typed: str) -> View:
        found = await self._channels.channel(typed)
        return analytics_modal(channel=Choice(str(found.id), found.name))


FORM = Form(
    callback=FieldReportCallback.FIELD_ANALYTICS,
    title=TITLE,
    service=AnalyticsForms,
    view=AnalyticsForms.view,
    fill=FillAnalyticsForm,
    submit=AnalyticsForms.submit,
    needs=Right.ASK,
    lists={FieldReportAction.REPORT_CHANNEL: AnalyticsForms.channels},
    renew=RenewReportChannels(),
    shortcut=Shortcut(TITLE, "Choose a channel of field reports, a figure and a period"),
)
