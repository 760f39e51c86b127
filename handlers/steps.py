"""What workflows want of Flowbot: a step is accepted, a list to pick from is answered at once."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.jobs.request import Request
from bot.slack_app import Services
from bot.steps.intents import BeginStep, begin_key
from bot.steps.manifest import EVENT
from bot.steps.telling import ListAnswers
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload


def register(app: AsyncApp) -> None:
    """Add the event of a step that is carried out."""
    app.event(EVENT)(guarded(executed, BY_JOB))


async def executed(ack: AsyncAck, event: Payload, services: Services) -> None:
    """Accept a step, or answer a list to pick from."""
    callback = str(event["function"]["callback_id"])
    inputs: Mapping[str, Any] = event.get("inputs") or {}
    execution = str(event["function_execution_id"])
    if services.of(ListAnswers).knows(callback):
        await _answer_list(execution, callback, inputs, services)
    else:
        await _accept(execution, callback, inputs, services)
    await ack()


async def _accept(
    execution: str, callback: str, inputs: Mapping[str, Any], services: Services
) -> None:
    """Accept a step once, however often Slack sends it; of the person's secret nothing is kept."""
    started_by = inputs.get("started_by")
    starter = started_by.get("interactor") if isinstance(started_by, Mapping) else None
    given = {name: value for name, value in inputs.items() if _is_plain(name, value)}
    channel = str(given.get("channel") or "")
    wanted = Request(
        user=str(given.get("person") or ""),
        user_name="",
        channel=channel,
        details=BeginStep(execution, callback, given, _user(starter)),
        chosen=bool(channel),
        step=execution,
    )
    await services.inbox.accept(begin_key(execution), wanted)


async def _answer_list(
    execution: str, callback: str, inputs: Mapping[str, Any], services: Services
) -> None:
    """Answer from local rows; a job brings them up to date for the next time."""
    builder = _user(inputs.get("builder"))
    renew = await services.of(ListAnswers).answer(execution, callback, inputs, builder=builder)
    if renew:
        asked = Request(user=builder, user_name="", channel="", details=renew)
        await services.inbox.accept(f"renew:{execution}", asked)


def _is_plain(name: str, value: Any) -> bool:
    """Return whether a value is of the step's own inputs: Slack may send parts of others beside."""
    return "." not in name and isinstance(value, str | int | float)


def _user(context: Any) -> str:
    """Return the id of somebody as Slack names who does something."""
    return str(context.get("id") or "") if isinstance(context, Mapping) else ""
