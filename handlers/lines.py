"""Lines that a button types: carried out as if somebody had typed them."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.rendering.lines import line_of
from bot.digests.core.command import NAME
from bot.errors import UserError
from bot.feature import Feature
from bot.jobs.request import Intent, Request
from bot.slack.blocks.ids import Action
from bot.slack.messages import Message
from bot.slack_app import Services
from handlers import digests
from handlers.boundary import BY_JOB, guarded
from handlers.features import Accept, carry_out
from handlers.payloads import TOO_OLD, Payload, as_command, numbered, pressed_button

CarryOut = Callable[[Payload, Services, Accept], Awaitable[Message | None]]


def add_lines(app: AsyncApp, features: Iterable[Feature[Any]]) -> None:
    """Add the one listener of all buttons that type a line."""
    commands: dict[str, CarryOut] = {
        NAME: digests.carry_out,
        **{each.command.name: partial(carry_out, each) for each in features},
    }

    async def typed(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
        try:
            line = line_of(action["value"])
            carried_out = commands[line.command]
        except (LookupError, ValueError):
            raise UserError(TOO_OLD) from None
        command = as_command(body, line)
        button = pressed_button(body, action, channel=command["channel_id"])

        async def accept(request: Request[Intent]) -> None:
            await services.inbox.accept_click(button, body["trigger_id"], request)

        said = await carried_out(command, services, accept)
        await ack()
        if said:
            await services.forms.notice(body["trigger_id"], said)

    app.action(numbered(Action.TYPE_LINE))(guarded(typed, BY_JOB))
