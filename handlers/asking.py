"""What belongs to no feature: files once more, the form of an export, messages in doubt."""

import re

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.services import SendFileAgain, SettleDoubt, again_key
from bot.errors import UserError
from bot.jobs.access import Right
from bot.slack.blocks.ids import Action
from bot.slack_app import Services
from handlers.boundary import BY_JOB, guarded
from handlers.payloads import TOO_OLD, Payload, from_click, place_of


def register(app: AsyncApp) -> None:
    """Add the buttons and the event."""
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
    await services.inbox.accept(again_key(action["value"]), wanted)
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
