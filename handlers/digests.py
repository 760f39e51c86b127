"""/flow: help, and a channel's digests."""

from dataclasses import replace
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.core.arguments import Help, OpenForm
from bot.asking.rendering.offers import FormOpening
from bot.asking.rendering.presses import value_of
from bot.digests.as_code.forms import IMPORT_FORM
from bot.digests.core.command import NAME, FlowRequest, SurfaceLine, parse_flow
from bot.digests.core.subscribe import ME, PlainWordsError, Subscribe, not_for_others
from bot.digests.forms import CHANGE_FORM, NEW_FORM
from bot.digests.handing_over import HAND_OVER_FORM
from bot.digests.intents import CopyOrders, OrderDigest
from bot.digests.muting import REST_FORM
from bot.digests.rendering.menus import wanted_of
from bot.errors import UserError
from bot.jobs.request import Intent, Request
from bot.slack.blocks.ids import Action
from bot.slack.messages import Message
from bot.slack_app import Services
from bot.surface import SurfaceLines
from bot.talk.intents import HearLine
from handlers.boundary import BY_JOB, guarded, say
from handlers.features import Accept, help_of, once_typed
from handlers.forms import open_form, open_pressed
from handlers.payloads import TOO_OLD, Payload, from_click, from_command, pressed_button

_OPENED: Final = (NEW_FORM, CHANGE_FORM, HAND_OVER_FORM, REST_FORM, IMPORT_FORM)
_FORMS: Final = {str(each.callback): each for each in _OPENED}
"""What opens by a line, or from a digest's menu."""


def register(app: AsyncApp) -> None:
    """Add the command, and the menu on each digest and in lists of them."""
    app.command(NAME)(guarded(flow, BY_JOB))
    app.action(Action.DIGEST_MENU)(guarded(chosen, BY_JOB))


async def flow(ack: AsyncAck, command: Payload, services: Services) -> None:
    """Accept a request about digests; usage errors and help are answered at once."""
    said = await carry_out(command, services, once_typed(command, services))
    await (say(ack, said) if said else ack())


async def chosen(ack: AsyncAck, body: Payload, action: Payload, services: Services) -> None:
    """Do what was chosen in a digest's menu, once for a double click."""
    try:
        wanted = wanted_of(value_of(action))
    except (LookupError, ValueError):
        raise UserError(TOO_OLD) from None
    if isinstance(wanted, FormOpening):
        await open_pressed(_FORMS[wanted.form], body, services, about=wanted.about)
    else:
        request = from_click(body, wanted)
        button = pressed_button(body, action, channel=request.channel)
        await services.inbox.accept_click(button, body["trigger_id"], request)
    await ack()


async def carry_out(command: Payload, services: Services, accept: Accept) -> Message | None:
    """Return the help that was asked for, or `accept` what is wanted."""
    parsed = _parsed(command, services)
    if isinstance(parsed, Help):
        return await help_of(NAME, command, services)
    if isinstance(parsed, OpenForm):
        form = _FORMS[parsed.form]
        where = command["channel_id"]
        await services.admission.admit(form.needs, command["user_id"], where=where)
        await open_form(form, command, services, typed=parsed.typed)
        return None
    await accept(_request(parsed, command))
    return None


def _parsed(command: Payload, services: Services) -> Help | OpenForm | Subscribe | Intent:
    """Return what was typed; the words of a surface are read by that, if it is on."""
    try:
        parsed: FlowRequest = parse_flow(command.get("text", ""), services.kinds)
    except PlainWordsError:  # somebody asks in plain words
        return HearLine(command.get("text", ""))
    if isinstance(parsed, SurfaceLine):
        return services.of(SurfaceLines).read(parsed, channel=command["channel_id"])
    return parsed


def _request(parsed: Subscribe | Intent, command: Payload) -> Request[Intent]:
    """Return what is wanted, at the place that was typed if one was."""
    if isinstance(parsed, CopyOrders):
        here = replace(parsed, source=command["channel_id"])
        return from_command(command, here).into(parsed.to)
    if not isinstance(parsed, Subscribe):
        return from_command(command, parsed)
    plan, question = parsed.schedule, parsed.question
    place = _place(parsed.place, command)
    here = command["channel_id"]
    order = OrderDigest(
        question.job,
        question,
        plan.cron,
        plan.words,
        plan.zone,
        note=parsed.note,
        terms=parsed.terms,
    )
    if place in {"", here}:
        return from_command(command, order)
    wanted = from_command(command, order)
    return replace(wanted, channel=place, response_url="", chosen=True, opened_in=here)


def _place(typed: str, command: Payload) -> str:
    """Return the conversation of a digest; in direct messages with us "to me" is here.

    Raises UserError for somebody else's direct messages.
    """
    user, here = str(command["user_id"]), str(command["channel_id"])
    if typed in {ME, user}:
        return here if here.startswith("D") else user
    if typed.startswith(("U", "W")):
        raise not_for_others(typed)
    return typed
