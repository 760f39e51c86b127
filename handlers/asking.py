"""What belongs to no feature: pick lists, files once more, the Export button, being called."""

import re
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.rendering.offers import offer_of
from bot.asking.services import SendFileAgain, SettleDoubt
from bot.errors import UserError
from bot.jobs.access import Right
from bot.slack.blocks.ids import Action
from bot.slack_app import Services
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import (
    TOO_OLD,
    Payload,
    from_click,
    numbered,
    place_of,
    pressed_button,
)


def register(app: AsyncApp) -> None:
    """Add the buttons and the event."""
    app.action(numbered(Action.DO))(guarded(do, BY_JOB))
    app.action(numbered(Action.PICK))(guarded(pick, BY_JOB))
    app.action(Action.OPEN_EXPORT)(guarded(open_export, Right.ASK))
    app.action(Action.TRY_AGAIN)(guarded(try_again, BY_JOB))
    app.action(Action.IT_IS_THERE)(guarded(it_is_there, BY_JOB))
    app.action(Action.SEND_AGAIN)(guarded(send_again, BY_JOB))


def add_outdated(app: AsyncApp) -> None:
    """Add, behind all others, the listener of buttons that only older versions had."""
    app.action(re.compile(".+"))(guarded(outdated, Right.HELP))


async def outdated() -> None:
    """Say that a button does nothing any more, in place of silence."""
    raise UserError(TOO_OLD)


async def open_export(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Open the export form for the report the button belongs to."""
    view = await services.forms.export_view(action["value"])
    await services.forms.open(body["trigger_id"], view, conversation=place_of(body))
    await ack()


async def try_again(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Send a file again that could not be sent, once however often the button is pressed."""
    wanted = from_click(body, SendFileAgain(action["value"]))
    await services.inbox.accept(f"again:{action['value']}", wanted)
    await ack()


async def it_is_there(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Hear that a message of which nobody knew is in Slack."""
    await _settle(body, SettleDoubt(action["value"], there=True), services)
    await ack()


async def send_again(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Hear that a message of which nobody knew is not in Slack."""
    await _settle(body, SettleDoubt(action["value"], there=False), services)
    await ack()


async def _settle(body: Payload, said: SettleDoubt, services: Services) -> None:
    """Accept the first word on a message, whoever of those that were asked says it."""
    wanted = from_click(body, said, replaces=True)
    await services.inbox.accept(f"doubt:{said.key}:{body['trigger_id']}", wanted)


async def do(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Do what a button wants, once for a double click."""
    await _accept(body, action, services)
    await ack()


async def pick(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Go on with what was chosen, which takes the place of the choices."""
    await _accept(body, action, services, picked=(action.get("text") or {}).get("text", ""))
    await ack()


async def _accept(body: Payload, action: Payload, services: Services, *, picked: str = "") -> None:
    try:
        offered = offer_of(action["value"])
        intent = services.tasks.intent(offered.job, offered.details)
    except (LookupError, ValueError):
        raise UserError(TOO_OLD) from None
    wanted = from_click(body, intent, privately=offered.privately)
    here = wanted.channel or offered.channel  # a window is in no channel
    wanted = replace(wanted, channel=here, picked=picked)
    button = pressed_button(body, action, channel=here)
    await services.inbox.accept_click(button, body["trigger_id"], wanted.into(offered.chosen))
