"""What can be pressed on the cards and questions of Smart Flows, and of their questions."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.rendering.presses import value_of
from bot.jobs.access import Right
from bot.runs.core.command import ShowRun
from bot.runs.ids import RunAction
from bot.runs.intents import CancelExecution, CancelTooLate, FollowRun, KeepWaiting
from bot.runs.orders.runs import cancel_key
from bot.runs.windows.forms import ANSWER_FORM, RUN_FORM, question_about
from bot.slack_app import Services
from handlers.boundary import BY_JOB, guarded
from handlers.forms import open_form
from handlers.payloads import Payload, from_click

INTENTS: dict[RunAction, type[ShowRun | FollowRun | KeepWaiting]] = {
    RunAction.RUN_DETAILS: ShowRun,
    RunAction.WATCH_RUN: FollowRun,
    RunAction.KEEP_WAITING: KeepWaiting,
}


def register(app: AsyncApp) -> None:
    """Add every button."""
    for action in INTENTS:
        app.action(action)(guarded(ask, BY_JOB))
    app.action(RunAction.CANCEL_RUN)(guarded(cancel, Right.CANCEL))
    app.action(RunAction.ANSWER_QUESTION)(guarded(answer, Right.RUN))
    app.action(RunAction.OPEN_RUN)(guarded(open_run, Right.RUN))


async def ask(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Accept a request about one run; the answer is for whoever pressed, or chose it in a list."""
    wanted = INTENTS[RunAction(action["action_id"])](value_of(action))
    request = from_click(body, wanted, privately=True)
    await services.inbox.accept(f"click:{body['trigger_id']}", request)
    await ack()


async def cancel(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Accept the first cancel of a run; whoever comes second is told who was first."""
    execution = action["value"]
    wanted = from_click(body, CancelExecution(execution))
    if not await services.inbox.accept(cancel_key(execution), wanted):
        late = from_click(body, CancelTooLate(execution))
        await services.inbox.accept(f"click:{body['trigger_id']}", late)
    await ack()


async def answer(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form of a question; one that is not kept here is asked for while it is open."""
    about = question_about(action["value"], body["channel"]["id"])
    await open_form(ANSWER_FORM, body, services, typed=about)
    await ack()


async def open_run(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form of a run with the flow that needs input."""
    await open_form(RUN_FORM, body, services, typed=action["value"])
    await ack()
