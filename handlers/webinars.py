"""Webinars: the select of their lists."""

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.rendering.presses import value_of
from bot.slack_app import Services
from bot.webinars.ids import WebinarAction
from bot.webinars.question import EventsQuestion
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import Payload, from_click


def register(app: AsyncApp) -> None:
    """Add the select."""
    app.action(WebinarAction.OPEN_EVENT)(guarded(open_event, BY_JOB))


async def open_event(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Show the event that was chosen in a list, to those who see the list."""
    token = value_of(action)
    alone = bool((body.get("container") or {}).get("is_ephemeral"))
    wanted = from_click(body, EventsQuestion("info", token, token=token), privately=alone)
    await services.inbox.accept(f"click:{body['trigger_id']}", wanted)
    await ack()
