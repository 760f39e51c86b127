"""Buttons in messages, and the pick lists of forms."""

import json
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.picking import pick_of
from bot.asking.services import SendFileAgain
from bot.jobs.codec import decode
from bot.slack.blocks.ids import Action
from bot.slack_app import Services
from bot.training.core.command import Assign, CancelAssignment
from handlers import runs, webinars, workflows
from handlers.boundary import guarded
from handlers.payloads import Payload, from_click


def register(app: AsyncApp) -> None:
    """Add every button and pick list."""
    app.action(Action.OPEN_EXPORT)(guarded(open_export))
    app.action(Action.CONFIRM_ASSIGN)(guarded(confirm_assign))
    app.action(Action.CANCEL_ASSIGN)(guarded(cancel_assign))
    app.action(Action.TRY_AGAIN)(guarded(try_again))
    app.options(Action.FLOW)(guarded(flow_options))
    app.action(Action.PICK)(guarded(pick))
    runs.register(app)
    workflows.register(app)
    webinars.register(app)


async def open_export(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the export form for the report the button belongs to."""
    await services.forms.open_export(body["trigger_id"], key=action["value"])
    await ack()


async def confirm_assign(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Carry out a previewed assignment, once however often the button is pressed."""
    await _decide(Assign, body, action, services)
    await ack()


async def cancel_assign(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Drop a previewed assignment."""
    await _decide(CancelAssignment, body, action, services)
    await ack()


async def try_again(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Send a file again that could not be sent, once however often the button is pressed."""
    wanted = from_click(body, SendFileAgain(action["value"]))
    await services.inbox.accept(f"again:{action['value']}", wanted)
    await ack()


async def pick(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Go on with a request whose name fitted several things."""
    picked = pick_of(action["value"])
    intent = services.tasks.intent(picked.job, picked.details)
    wanted = from_click(body, intent, privately=picked.privately)
    here = wanted.channel or picked.channel  # a window is in no channel
    await services.inbox.accept(f"pick:{body['trigger_id']}", replace(wanted, channel=here))
    await ack()


async def flow_options(ack: AsyncAck, body: Payload, services: Services) -> None:
    """Answer the flow pick list from the names kept here."""
    await ack(options=await services.forms.flow_options(body.get("value", "")))


async def _decide(
    intent: type[Assign | CancelAssignment], body: Payload, action: Payload, services: Services
) -> None:
    """Accept a decision: both buttons share one key, so the first press wins."""
    details = json.loads(action["value"])
    wanted = from_click(body, decode(intent, details), replaces=True)
    await services.inbox.accept(f"assignment:{details['token']}", wanted)
