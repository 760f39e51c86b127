"""The slash command of each feature: help, a form, a question, or something else that is wanted."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.core.arguments import Ask, Help, OpenForm
from bot.asking.form import Form
from bot.feature import Feature
from bot.jobs.request import Intent, Request
from bot.slack.messages import Message
from bot.slack_app import Services
from bot.talk.help import HelpDesk
from handlers.boundary import BY_JOB, guarded, say
from handlers.forms import open_form
from handlers.payloads import Payload, from_command

Accept = Callable[[Request[Intent]], Awaitable[None]]
"""Accepts a request, once where it is repeated."""


def add_command(app: AsyncApp, feature: Feature[Any]) -> None:
    """Add the listener of a feature's command."""

    async def answer(ack: AsyncAck, command: Payload, services: Services) -> None:
        said = await carry_out(feature, command, services, once_typed(command, services))
        await (say(ack, said) if said else ack())

    app.command(feature.command.name)(guarded(answer, BY_JOB))


def once_typed(command: Payload, services: Services) -> Accept:
    """Return what accepts the request of a command once, however often Slack sends it."""

    async def accept(request: Request[Intent]) -> None:
        await services.inbox.accept(f"command:{command['trigger_id']}", request)

    return accept


async def carry_out(
    feature: Feature[Any], command: Payload, services: Services, accept: Accept
) -> Message | None:
    """Return the help that was asked for, open a form, or `accept` what is wanted."""
    about = feature.command
    services.switches.check(about.name)
    parsed = about.parse(command.get("text", ""))
    if isinstance(parsed, Help):
        return await help_of(about.name, command, services)
    if isinstance(parsed, OpenForm):
        form = _form(feature, parsed.form)
        where = command["channel_id"]
        await services.admission.admit(form.needs, command["user_id"], where=where)
        await open_form(form, command, services, typed=parsed.typed)
        return None
    intent = parsed.question if isinstance(parsed, Ask) else parsed
    await accept(from_command(command, intent, privately=parsed.privately))
    return None


async def help_of(name: str, command: Payload, services: Services) -> Message:
    """Return the help of a command with what whoever asks may do there."""
    channel, user = command["channel_id"], command["user_id"]
    may = await services.admission.may(user, where=channel)
    return await services.of(HelpDesk).page(name, channel=channel, may=may)


def _form(feature: Feature[Any], callback: str) -> Form[Any]:
    return next(each for each in feature.forms if callback in ("", each.callback))
