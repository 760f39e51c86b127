"""Reading what Slack sends: commands, clicks, shortcuts and forms become requests."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from typing import Any

from slack_bolt.context.async_context import AsyncBoltContext

from bot.asking.core.retyping import TypedLine
from bot.asking.form import FormRequest, MessageRef
from bot.asking.rendering.presses import FileOfAnswer, press_of, value_of
from bot.codec import decode, loads
from bot.jobs.request import EnteredForm, I, Intent, Request
from bot.slack.blocks.ids import Action
from bot.slack.blocks.modals import View
from bot.slack.blocks.modals import opened_in as marked_with
from bot.slack.blocks.submitted import filled_in
from bot.talk.intents import HomePage

Payload = Mapping[str, Any]
_HOME = "home"
"""Begins the word for where a form was opened, if that was the Home tab; no conversation does."""
TOO_OLD = "That button is of an older version of me. Ask anew, and use the new message's buttons."


def numbered(action: str) -> re.Pattern[str]:
    """Return what matches an action id and those of the same kind in one row, "do:2"."""
    return re.compile(rf"^{re.escape(action)}(:\d+)?$")


def as_command(body: Payload, line: TypedLine) -> Payload:
    """Return the payload that Slack would have sent for a line, of a click on its button."""
    return {
        "command": line.command,
        "text": line.text,
        "user_id": body["user"]["id"],
        "user_name": _user_name(body),
        "channel_id": place_of(body) or line.channel,  # a window is in no channel
        "trigger_id": body["trigger_id"],
        "response_url": body.get("response_url", ""),
        "thread_ts": own_thread(body),
    }


def typed_line(body: Payload) -> TypedLine | None:
    """Return the line that was typed, or that a pressed button types; None for anything else."""
    if "command" in body:
        return TypedLine(body["command"], body.get("text") or "", body["channel_id"])
    action: Payload = next(iter(body.get("actions") or ()), {})
    if action.get("action_id", "").partition(":")[0] not in {Action.TYPE_LINE, Action.MENU}:
        return None
    line = press_of(value_of(action))
    if not isinstance(line, TypedLine):
        return None
    return replace(line, channel=place_of(body) or line.channel)


def pressed_button(body: Payload, action: Payload, *, channel: str) -> str:
    """Return a name for the button of one message or window, the same at each press of it."""
    container = body.get("container") or {}
    where = container.get("message_ts") or container.get("view_id") or ""
    if home_page(body):  # it is one view for ever, and another one after each publishing
        where = f"{where}:{body['view'].get('hash', '')}"
    which = sha256(value_of(action).encode()).hexdigest()[:16]
    return f"{channel}:{where}:{which}"


def from_command(command: Payload, intent: I, *, privately: bool = False) -> Request[I]:
    """Return the request of a slash command."""
    return Request(
        user=command["user_id"],
        user_name=command.get("user_name", ""),
        channel=command["channel_id"],
        response_url=command.get("response_url", ""),
        privately=privately,
        thread_ts=command.get("thread_ts", ""),
        details=intent,
    )


def from_click(
    body: Payload, intent: I, *, replaces: bool = False, privately: bool = False
) -> Request[I]:
    """Return the request of a button in a message."""
    return Request(
        user=body["user"]["id"],
        user_name=_user_name(body),
        channel=place_of(body),
        response_url=body.get("response_url", ""),
        privately=replaces or privately,
        replaces=replaces,
        thread_ts=own_thread(body),
        home=home_page(body),
        details=intent,
    )


def own_thread(body: Payload) -> str:
    """Return the thread of one's direct messages in which something was pressed; empty for none."""
    where = body.get("container") or {}, body.get("message") or {}  # what one alone sees has none
    thread = next((each["thread_ts"] for each in where if each.get("thread_ts")), "")
    return str(thread) if place_of(body).startswith("D") else ""


def home_page(body: Payload) -> str:
    """Return what the Home tab shows in which something was pressed; empty for anywhere else."""
    view = body.get("view") or {}
    return view.get("private_metadata") or "{}" if view.get("type") == "home" else ""


def user_of(body: Payload) -> str:
    """Return who typed or pressed something."""
    return str(body.get("user_id") or body["user"]["id"])


def place_of(body: Payload) -> str:
    """Return the conversation in which something was typed or pressed, empty where in none.

    The Home tab stands beside somebody's direct messages with us.
    """
    here = body.get("channel_id") or (body.get("channel") or {}).get("id")
    return str(here or _direct_of(home_page(body)))


def _direct_of(home: str) -> str:
    try:
        return decode(HomePage, loads(home)).direct
    except ValueError:
        return ""


def opener_of(body: Payload) -> str:
    """Return where a form is opened: a conversation, or the Home tab with what it shows."""
    home = home_page(body)
    return f"{_HOME}{home}" if home and " " not in home else place_of(body)


def from_form(body: Payload, wanted: FormRequest, *, opened_in: str) -> Request[Intent]:
    """Return the request of a submitted form; without a channel it is answered directly.

    `opened_in` is where the form was opened, as far as anybody knows.
    """
    channel, is_home = wanted.channel, opened_in.startswith(_HOME)
    window = str(body["view"]["id"]) if wanted.next_view and not wanted.goes_on_top else ""
    urls = {each["channel_id"]: each["response_url"] for each in body.get("response_urls", ())}
    return Request(
        user=body["user"]["id"],
        user_name=_user_name(body),
        channel=channel,
        response_url=urls.get(channel, ""),
        privately=wanted.privately,
        chosen=bool(channel),
        opened_in="" if is_home else opened_in,
        home=opened_in.removeprefix(_HOME) if is_home else "",
        details=wanted.intent,
        form=EnteredForm(_way_back(wanted, body, opened_in), window),
    )


def _way_back(wanted: FormRequest, body: Payload, conversation: str) -> View:
    """Return the form to be opened again where nothing comes of what is wanted."""
    if wanted.way_back:
        return marked_with(wanted.way_back, conversation)
    return filled_in(body["view"])


def whoever(body: Payload, intent: I) -> Request[I]:
    """Return the request of a command, a shortcut or a click for something that tells nobody."""
    if "command" in body:
        return from_command(body, intent)
    return from_click({"user": body["user"], "channel": body.get("channel", {})}, intent)


def message_ref(body: Payload, context: AsyncBoltContext) -> MessageRef:
    """Return the message in whose menu a shortcut was chosen."""
    message = body["message"]
    ours = message.get("bot_id") or message.get("user")
    return MessageRef(
        channel=body["channel"]["id"],
        ts=message["ts"],
        thread_ts=message.get("thread_ts", ""),
        key=next(_export_keys(message), ""),
        ours=bool(ours) and ours in (context.bot_id, context.bot_user_id),
        text=message.get("text") or "",
        files=tuple(message.get("files") or ()),
        user=body["user"]["id"],
    )


def _export_keys(message: Payload) -> Iterator[str]:
    for block in message.get("blocks") or ():
        for element in block.get("elements") or ():
            if element.get("action_id") == Action.OPEN_EXPORT:
                yield str(element.get("value", ""))
            elif element.get("action_id") == Action.MENU:
                yield from _files_of(element)


def _files_of(menu: Payload) -> Iterator[str]:
    for each in menu.get("options") or ():
        with suppress(LookupError, ValueError):  # it holds something else
            press = press_of(str(each.get("value", "")))
            if isinstance(press, FileOfAnswer):
                yield press.answer


def _user_name(body: Payload) -> str:
    user = body["user"]
    return str(user.get("username") or user.get("name") or "")
