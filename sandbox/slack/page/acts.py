"""What the page does: a person sends, presses, chooses, submits, closes, or moves the clock."""

from datetime import datetime
from typing import Any

from aiohttp import web

from sandbox.slack import Outcome, SlackSandbox
from sandbox.slack.messages import Message
from sandbox.slack.page.answers import Body, Refused, needed, optional, read_body
from sandbox.slack.page.mentions import escaped, with_mentions
from sandbox.slack.page.moves import MOST_SECONDS, next_time, same_time_tomorrow
from sandbox.slack.page.viewers import Viewers
from sandbox.slack.page import drawings
from sandbox.slack.views import View


class Acts:
    """The POST routes."""

    def __init__(self, slack: SlackSandbox) -> None:
        """Act in this Slack."""
        self._slack = slack
        self._viewers = Viewers(slack)

    async def send(self, request: web.Request) -> web.Response:
        """POST {user, channel, text, thread_ts?}: a slash command, or else a message."""
        body = await read_body(request)
        user = self._user(body)
        channel = self._viewers.channel(user, needed(body, "channel"))
        if channel.is_archived:
            raise Refused("This channel is archived: nobody can write in it.")
        text = needed(body, "text")
        if text.startswith("/"):
            outcome = await self._slack.command(self._typed(text), user=user, channel=channel.id)
        else:
            thread = optional(body, "thread_ts")
            said = with_mentions(escaped(text), self._slack.workspace)
            outcome = await self._slack.say(said, user=user, channel=channel.id, thread_ts=thread)
        return _answer(outcome)

    def _typed(self, text: str) -> str:
        command = self._slack.manifest.command(text.split(maxsplit=1)[0])
        if command is None or not command.should_escape:
            return text
        return with_mentions(text, self._slack.workspace, labelled=True)

    async def shortcut(self, request: web.Request) -> web.Response:
        """POST {user, callback_id, channel?, ts?}: a global or a message shortcut."""
        body = await read_body(request)
        user, callback_id = self._user(body), needed(body, "callback_id")
        if optional(body, "ts") is None:
            return _answer(await self._slack.shortcut(callback_id, user=user))
        message = self._message(user, body)
        outcome = await self._slack.message_shortcut(callback_id, message=message, user=user)
        return _answer(outcome)

    async def click(self, request: web.Request) -> web.Response:
        """POST {user, channel+ts | view_id, block_id, action_id, value}: a press or a choice."""
        body = await read_body(request)
        user = self._user(body)
        outcome = await self._slack.click(
            self._surface(user, body),
            action_id=needed(body, "action_id"),
            block_id=optional(body, "block_id"),
            value=body.get("value"),
            user=user,
        )
        return _answer(outcome)

    async def options(self, request: web.Request) -> web.Response:
        """POST {user, channel+ts | view_id, action_id, query}: what an external menu offers."""
        body = await read_body(request)
        user = self._user(body)
        outcome = await self._slack.options(
            self._surface(user, body),
            action_id=needed(body, "action_id"),
            query=optional(body, "query") or "",
            user=user,
        )
        _refuse_failed(outcome)
        return web.json_response(
            {"options": outcome.options, "option_groups": outcome.option_groups}
        )

    async def submit(self, request: web.Request) -> web.Response:
        """POST {user, view_id, values}: a modal's submission; answers {errors} by block id."""
        body = await read_body(request)
        user = self._user(body)
        view = self._viewers.view(user, needed(body, "view_id"))
        outcome = await self._slack.submit(view, values=_values(body), user=user)
        if outcome.errors:
            return web.json_response({"errors": outcome.errors})
        return _answer(outcome)

    async def close(self, request: web.Request) -> web.Response:
        """POST {user, view_id}: a modal is closed without submitting."""
        body = await read_body(request)
        user = self._user(body)
        view = self._viewers.view(user, needed(body, "view_id"))
        return _answer(await self._slack.close_view(view, user=user))

    async def home(self, request: web.Request) -> web.Response:
        """POST {user, tab}: somebody opens the app's page, on "home" or "messages"."""
        body = await read_body(request)
        user, tab = self._user(body), needed(body, "tab")
        if tab not in {"home", "messages"}:
            raise Refused("tab is home or messages.")
        channel = self._slack.workspace.direct_message(user).id
        event = {"type": "app_home_opened", "user": user, "channel": channel, "tab": tab}
        return _answer(await self._slack.event(event))

    async def clock(self, request: web.Request) -> web.Response:
        """POST {advance_seconds} | {to: ISO} | {next: "HH:MM" | "day", user}: move the time on."""
        body = await read_body(request)
        clock = self._slack.clock
        if "advance_seconds" in body:
            clock.advance(seconds=_seconds(body["advance_seconds"]))
        else:
            clock.advance(to=self._target(body))
        return web.json_response(await drawings.time(clock))

    def _target(self, body: Body) -> datetime:
        now = self._slack.clock.now()
        try:
            if "to" in body:
                return datetime.fromisoformat(needed(body, "to")).astimezone()
            zone = self._viewers.person(needed(body, "user")).tz
            until = needed(body, "next")
            return (
                same_time_tomorrow(now, zone) if until == "day" else next_time(now, until, zone)
            )
        except ValueError:
            raise Refused("That is not a time to move the clock to.") from None

    def _user(self, body: Body) -> str:
        return self._viewers.person(needed(body, "user")).id

    def _surface(self, user: str, body: Body) -> Message | View:
        view_id = optional(body, "view_id")
        return self._viewers.view(user, view_id) if view_id else self._message(user, body)

    def _message(self, user: str, body: Body) -> Message:
        return self._viewers.message(user, needed(body, "channel"), needed(body, "ts"))


def _values(body: Body) -> dict[str, dict[str, Any]]:
    values = body.get("values")
    if not isinstance(values, dict) or not all(isinstance(one, dict) for one in values.values()):
        raise Refused("values are {block_id: {action_id: value}}.")
    return values


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused("advance_seconds is a number.")
    if not 0 <= value <= MOST_SECONDS:
        raise Refused("The clock goes on by up to a year at once, and never back.")
    return value


def _refuse_failed(outcome: Outcome) -> None:
    if outcome.error:
        raise Refused(outcome.error, status=422)


def _answer(outcome: Outcome) -> web.Response:
    _refuse_failed(outcome)
    shown = {"status": outcome.status, "text": outcome.text, "error": outcome.error}
    return web.json_response({"outcome": shown})
