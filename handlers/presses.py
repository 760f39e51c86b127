"""The one listener of buttons and menus whose value says what is wanted: it is done once.

What such a value can be is in `bot.asking.rendering.presses`.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.asking.core.retyping import TypedLine
from bot.asking.form import Form
from bot.asking.rendering.offers import FormOpening, Offer
from bot.asking.rendering.presses import PRESSED, FileOfAnswer, FormAgain, press_of, value_of
from bot.asking.way_back import WayBack
from bot.digests.core.command import NAME
from bot.errors import UserError
from bot.feature import Feature
from bot.jobs.access import Right
from bot.jobs.request import Intent, Request
from bot.slack.blocks.ids import Action
from bot.slack.messages import Message
from bot.slack_app import Services
from handlers import digests
from handlers.boundary import BY_JOB, guarded
from handlers.features import Accept, carry_out
from handlers.forms import open_pressed
from handlers.payloads import TOO_OLD, Payload, as_command, from_click, numbered, pressed_button

CarryOut = Callable[[Payload, Services, Accept], Awaitable[Message | None]]


@dataclass(frozen=True, slots=True)
class _Press:
    """One press: Slack's payload, the element, and what is needed to do what it wants."""

    body: Payload
    action: Payload
    services: Services

    async def accept(self, request: Request[Intent], *, channel: str = "") -> None:
        """Accept what is wanted, once for a double click."""
        button = pressed_button(self.body, self.action, channel=channel or request.channel)
        await self.services.inbox.accept_click(button, self.body["trigger_id"], request)

    @property
    def picked(self) -> str:
        """The label of what was chosen among several; empty for any other button."""
        if not numbered(Action.PICK).match(self.action["action_id"]):
            return ""
        label = self.action.get("text") or (self.action.get("selected_option") or {}).get("text")
        return str((label or {}).get("text", ""))


class Presses:
    """Does what a press wants, by its kind. Raises LookupError for what nothing here knows."""

    def __init__(self, features: Iterable[Feature[Any]], forms: Iterable[Form[Any]]) -> None:
        """Know the commands of these features, and these forms."""
        self._forms = {str(each.callback): each for each in forms if each.opens_anywhere}
        self._commands: Mapping[str, CarryOut] = {
            NAME: digests.carry_out,
            **{each.command.name: partial(carry_out, each) for each in features},
        }

    async def pressed(
        self, ack: AsyncAck, body: Payload, action: Payload, services: Services
    ) -> None:
        """Do what is wanted; a value that nothing here knows is of an older version."""
        one = _Press(body, action, services)
        try:
            done = self._done(one)
        except (LookupError, ValueError):
            raise UserError(TOO_OLD) from None
        said = await done()
        await ack()
        if said:
            await services.forms.notice(body["trigger_id"], said)

    def _done(self, one: _Press) -> Callable[[], Awaitable[Message | None]]:
        """Return what does it. Raises LookupError and ValueError."""
        press = press_of(value_of(one.action))
        if isinstance(press, Offer):
            return partial(_do, one, press, one.services.tasks.intent(press.job, press.details))
        if isinstance(press, FormOpening):
            return partial(_open, one, self._forms[press.form], press.about)
        if isinstance(press, TypedLine):
            return partial(_type, one, press, self._commands[press.command])
        if isinstance(press, FormAgain):
            return partial(_open_again, one, press.again)
        return partial(_export, one, press)


def add_presses(
    app: AsyncApp, features: Iterable[Feature[Any]], forms: Iterable[Form[Any]]
) -> None:
    """Add the listener."""
    presses = Presses(features, forms)
    for action in PRESSED:
        app.action(numbered(action))(guarded(presses.pressed, BY_JOB))


async def _do(one: _Press, offered: Offer, intent: Intent) -> None:
    wanted = from_click(one.body, intent, replaces=intent.turned, privately=offered.privately)
    here = wanted.channel or offered.channel  # a window is in no channel
    wanted = replace(wanted, channel=here, picked=one.picked)
    await one.accept(wanted.into(offered.chosen), channel=here)


async def _open(one: _Press, form: Form[Any], about: str) -> None:
    await open_pressed(form, one.body, one.services, about=about)


async def _open_again(one: _Press, key: str) -> None:
    view = await one.services.of(WayBack).view(key, one.body["user"]["id"])
    await one.services.forms.open(one.body["trigger_id"], view)  # it knows where it was opened


async def _type(one: _Press, line: TypedLine, carried_out: CarryOut) -> Message | None:
    command = as_command(one.body, line)
    accept = partial(one.accept, channel=command["channel_id"])
    return await carried_out(command, one.services, accept)


async def _export(one: _Press, wanted: FileOfAnswer) -> None:
    person = one.body["user"]
    await one.services.admission.admit(Right.ASK, person["id"], team=person.get("team_id") or "")
    past = await one.services.forms.past(wanted.answer)
    file = past.exported(wanted.file)
    request = from_click(one.body, file.intent, privately=file.privately)
    await one.accept(replace(request, response_url=""))  # which could bring no file
