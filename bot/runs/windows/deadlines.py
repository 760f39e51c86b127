"""The window in which a flow's questions get a deadline."""

from bot.asking.form import Form, FormRequest, Submission
from bot.jobs.access import Right
from bot.runs.core.deadlines import AtTheEnd, SetDeadline
from bot.runs.flows import Flows
from bot.runs.ids import RunAction, RunCallback
from bot.runs.intents import RenewFlows
from bot.runs.rendering import deadline_form as words
from bot.slack.blocks.inputs import text_of
from bot.slack.blocks.modals import Errors, View


class DeadlineForms:
    """Opens the window from local rows only."""

    def __init__(self, flows: Flows) -> None:
        """Know the flows that are kept here."""
        self._flows = flows

    async def view(self, about: str) -> View:
        """Return the window, with a flow chosen where its id or its name is known here."""
        wanted = about.casefold()
        known = await self._flows.all()
        named = (one for one in known if wanted in (one.id.casefold(), one.name.casefold()))
        return words.deadline_modal(chosen=next(named, None))

    async def submit(self, submission: Submission) -> FormRequest | Errors:
        """Return the deadline that is wanted, told to whoever set it."""
        values = submission.values
        seconds = int(text_of(values, RunAction.DEADLINE_TIME))
        at_end = AtTheEnd(text_of(values, RunAction.DEADLINE_END))
        flow = text_of(values, RunAction.FLOW_TO_RUN)
        then = text_of(values, RunAction.DEADLINE_PERSON)
        return FormRequest(SetDeadline(flow, seconds, then, at_end), "")


DEADLINE_FORM = Form(
    callback=RunCallback.DEADLINE,
    title=words.TITLE,
    service=DeadlineForms,
    view=DeadlineForms.view,
    submit=DeadlineForms.submit,
    needs=Right.CANCEL,
    renew=RenewFlows(),
)
