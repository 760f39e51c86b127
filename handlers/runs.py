"""What can be pressed on the cards and questions of Smart Flows, and their pick list."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.runs.runs import CANCEL, cancel_key
from bot.slack.blocks.ids import Action
from bot.slack_app import Services
from handlers.boundary import guarded
from handlers.payloads import Payload, from_click

JOBS = {
    Action.RUN_DETAILS: "show_run",
    Action.WATCH_RUN: "follow_run",
    Action.KEEP_WAITING: "keep_waiting",
}


def register(app: AsyncApp) -> None:
    """Add every button and the pick list."""
    for action in JOBS:
        app.action(action)(guarded(ask))
    app.action(Action.CANCEL_RUN)(guarded(cancel))
    app.action(Action.ANSWER_QUESTION)(guarded(answer))
    app.action(Action.OPEN_RUN)(guarded(open_run))
    app.options(Action.FLOW_TO_RUN)(guarded(flow_options))


async def ask(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Accept a wish about one run; the answer is for whoever pressed."""
    wanted = from_click(body, {"execution": action["value"]}, privately=True)
    key = f"click:{body['trigger_id']}"
    await services.inbox.accept(key, JOBS[Action(action["action_id"])], wanted)
    await ack()


async def cancel(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Accept the first cancel of a run; whoever comes second is told who was first."""
    wanted = from_click(body, {"execution": action["value"]})
    if not await services.inbox.accept(cancel_key(action["value"]), CANCEL, wanted):
        await services.inbox.accept(f"click:{body['trigger_id']}", "cancel_run_too_late", wanted)
    await ack()


async def answer(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form of a question."""
    channel = body["channel"]["id"]
    await services.runs.open_answer(body["trigger_id"], action["value"], channel=channel)
    await ack()


async def open_run(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the form of a run with the flow that needs input."""
    await services.runs.open_run(body["trigger_id"], flow_id=action["value"])
    await ack()


async def flow_options(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Answer the pick list of flows from those kept here."""
    await ack(options=await services.runs.options(body.get("value", "")))
